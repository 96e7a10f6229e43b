"""Metrics that are made of others: their value in each window is the arithmetic of those of their parts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day, goal, kr, read_on
from okrcore._memo import once
from okrcore.journal import Entry
from okrcore.journal.journal import history_of
from okrcore.plan import Measure
from okrcore.review import list_due
from okrcore.scorecard.scorecard import evaluation_of

SUM, MEAN, RATIO = okr.Aggregation.SUM, okr.Aggregation.MEAN, okr.Aggregation.RATIO
LATEST = okr.Aggregation.LATEST
AUGUST = day(8, 31)


def metric(id: str, **fields: Any) -> okr.Metric:
    return okr.Metric(id, id.upper(), **fields)


def made(id: str, how: okr.Aggregation, *of: str, **fields: Any) -> okr.Metric:
    return metric(id, derived=okr.Derived(how, of), **fields)


def plan(*metrics: okr.Metric, reads: str = "d", measure: Any = None, **fields: Any) -> okr.Plan:
    measure = okr.Reach(10) if measure is None else measure
    return okr.Plan([goal(kr("k", measure, metric=reads), **fields)], metrics=metrics)


def evaluated(plan: okr.Plan, *entries: Any, on: date = AUGUST, **options: Any) -> okr.Scorecard:
    return okr.evaluate(plan, okr.Journal().add(*entries), as_of=on, **options)


ARPA = metric("revenue"), metric("accounts"), made("d", RATIO, "revenue", "accounts")


def test_a_ratio_of_two_levels() -> None:
    card = evaluated(
        plan(*ARPA),
        read_on(day(7, 10), revenue=100, accounts=20),
        read_on(day(8, 10), revenue=120),
        read_on(day(8, 20), accounts=30),
    )
    assert card.key_result("k").reading == okr.Ratio(120, 30)
    assert card.key_result("k").read_on == day(8, 20)
    assert card["k"].score == 0.4
    assert card.metric("d").reading == okr.Ratio(120, 30)
    assert card.metric("d").read_on == day(8, 20)


def test_totals_of_a_window_are_divided_as_totals() -> None:
    totals = metric("revenue", aggregation=SUM), metric("accounts", aggregation=SUM)
    card = evaluated(
        plan(*totals, made("d", RATIO, "revenue", "accounts")),
        read_on(day(6, 20), revenue=1000, accounts=1),  # before the cycle
        read_on(day(7, 10), revenue=100, accounts=20),
        read_on(day(8, 10), revenue=50, accounts=10),
    )
    assert card.key_result("k").reading == okr.Ratio(150, 30)
    # The metric itself has the last reading of each part.
    assert card.metric("d").reading == okr.Ratio(50, 10)


@pytest.mark.parametrize(
    ("how", "value"),
    [
        (SUM, 11),
        (MEAN, 5.5),
        (okr.Aggregation.MINIMUM, 4),
        (okr.Aggregation.MAXIMUM, 7),
        (LATEST, 4),
    ],
)
def test_each_aggregation_of_the_values_of_the_parts(how: okr.Aggregation, value: float) -> None:
    metrics = metric("a", aggregation=SUM), metric("b"), made("d", how, "a", "b")
    card = evaluated(
        plan(*metrics),
        read_on(day(7, 10), a=3),
        read_on(day(7, 12), a=4, b=9),
        read_on(day(7, 20), b=4),
    )
    assert card.key_result("k").reading == value


def test_metrics_of_derived_metrics() -> None:
    metrics = (
        *(metric(id) for id in "abc"),
        made("ab", SUM, "a", "b"),
        made("d", RATIO, "ab", "c", unit="%"),
    )
    card = evaluated(plan(*metrics, measure=okr.Reach(100)), read_on(day(7, 10), a=1, b=2, c=4))
    assert card.key_result("k").reading == okr.Ratio(3, 4, per=100)
    assert "75%" in card["k"].why


def test_a_missing_part_is_named() -> None:
    health = okr.AtLeast(3)
    guard = okr.Guardrail("g", "G", okr.AtLeast(3), metric="d")
    metrics = *ARPA[:2], made("d", RATIO, "revenue", "accounts", health=health)
    card = evaluated(plan(*metrics, guardrails=[guard]), read_on(day(7, 10), revenue=100))
    assert card.key_result("k").reading is None
    assert card["k"].score is None
    assert card["k"].no_score_reason == "no reading"
    assert card["k"].why == "unread: accounts"
    assert card.metric("d").state == card.guardrail("g").state == okr.plan.BoundState.UNKNOWN
    assert card.metric("d").status_why == card.guardrail("g").status_why == "unread: accounts"


def test_nothing_divides_by_zero() -> None:
    card = evaluated(
        plan(*ARPA), read_on(day(7, 10), revenue=100, accounts=20), read_on(day(7, 20), accounts=0)
    )
    assert card.key_result("k").reading is None
    assert card["k"].why == card.metric("d").status_why == "accounts is 0"
    earlier = evaluated(plan(*ARPA), read_on(day(7, 10), revenue=100, accounts=20), on=day(7, 15))
    assert earlier["k"].score == 0.5


def test_a_breach_is_dated_by_the_part_that_made_it() -> None:
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d")
    card = evaluated(
        plan(*ARPA, guardrails=[guard]),
        read_on(day(7, 10), revenue=100, accounts=20),
        read_on(day(7, 20), revenue=140),
        read_on(day(7, 30), accounts=28),
    )
    found = card.guardrail("g")
    assert found.state == okr.plan.BoundState.HELD
    assert (found.first_breach, found.first_breach_reading) == (day(7, 20), okr.Ratio(140, 20))
    assert found.within_since == day(7, 30)


def test_a_guardrail_keeps_each_part_over_the_start_of_a_cycle() -> None:
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d")
    entries = read_on(day(6, 28), revenue=100, accounts=20)
    card = evaluated(plan(*ARPA, guardrails=[guard]), entries, on=day(7, 2))
    kept = card.guardrail("g")
    assert (kept.reading, kept.read_on) == (okr.Ratio(100, 20), day(6, 28))
    assert (
        kept.status_why
        == "5 (100 of 20) on 2026-06-28, before the cycle, within its limit (at most 6)"
    )
    assert card["k"].score is None  # progress is made in the cycle
    later = evaluated(
        plan(*ARPA, guardrails=[guard]), entries, read_on(day(7, 3), revenue=140), on=day(7, 3)
    )
    assert later.guardrail("g").state == okr.plan.BoundState.BREACHED
    assert later.guardrail("g").first_breach == day(7, 3)
    assert later.guardrail("g").reading == okr.Ratio(140, 20)


def test_a_total_is_not_kept() -> None:
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d")
    metrics = metric("a", aggregation=SUM), made("d", SUM, "a")
    card = evaluated(plan(*metrics, guardrails=[guard]), read_on(day(6, 28), a=4), on=day(7, 2))
    assert card.guardrail("g").reading is None


def test_own_check_ins_are_refused() -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.admit(plan(*ARPA), okr.Journal(), okr.CheckIn("d", day(7, 10), 5))
    fault = caught.value
    assert (fault.code, fault.path) == ("own-reading-of-derived", "CheckIn('d', 2026-07-10).value")
    assert fault.hint == "check in revenue, accounts"
    with pytest.raises(okr.InconsistentPlanError, match="own-reading-of-derived"):
        evaluated(plan(*ARPA), okr.CheckIn("d", day(7, 10), 5))
    card = evaluated(plan(*ARPA), okr.CheckIn("d", day(7, 10), 5), strict=False)
    assert [problem.code for problem in card.problems] == ["own-reading-of-derived"]


def test_circles_are_refused_with_their_path() -> None:
    metrics = made("a", SUM, "b"), made("b", SUM, "c"), made("c", SUM, "a")
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan([], metrics=metrics)
    assert caught.value.code == "circle"
    assert caught.value.path == "Metric('a').derived"
    assert caught.value.value == "a -> b -> c -> a"
    with pytest.raises(okr.InconsistentPlanError, match="a -> a"):
        okr.Plan([], metrics=[made("a", SUM, "a")])


def test_parts_are_metrics_of_one_unit() -> None:
    with pytest.raises(okr.InconsistentPlanError, match=r"unknown-id"):
        okr.Plan([], metrics=[metric("north"), made("d", SUM, "nort")])
    with pytest.raises(
        okr.InconsistentPlanError, match=r"Metric\('d'\)\.derived\.of\[0\]"
    ) as caught:
        okr.Plan([goal(kr("k"))], metrics=[made("d", SUM, "k")])
    assert caught.value.code == "wrong-kind"
    units = metric("a", unit="USD"), metric("b", unit="EUR")
    with pytest.raises(okr.InconsistentPlanError, match="EUR, USD") as caught:
        okr.Plan([], metrics=[*units, made("d", SUM, "a", "b")])
    assert (caught.value.code, caught.value.path) == ("unit-mismatch", "Metric('d').derived")
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
        okr.Plan([], metrics=[units[0], made("d", SUM, "a", unit="EUR")])
    okr.Plan([], metrics=[*units, made("d", RATIO, "a", "b")])
    with pytest.raises(okr.InvalidValueError, match="aggregation"):
        made("d", SUM, "a", aggregation=SUM)


def test_a_sum_has_the_unit_of_its_parts() -> None:
    metrics = metric("a", unit="USD"), made("d", SUM, "a")
    card = evaluated(plan(*metrics), read_on(day(7, 10), a=5))
    assert card["k"].why == "$5 is 50% of the way from $0 to $10"


def test_a_share_of_one_is_no_percentage() -> None:
    health = okr.AtLeast(3)
    metrics = metric("paid"), metric("trials")
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan(
            [],
            metrics=[
                *metrics,
                okr.Metric(
                    "d",
                    "Conversion, %",
                    health=health,
                    derived=okr.Derived(RATIO, ["paid", "trials"]),
                ),
            ],
        )
    assert (caught.value.code, caught.value.path) == ("unit-mismatch", "Metric('d').unit")
    reader = okr.KeyResult("k", "Conversion in %", okr.Reach(3), metric="d")
    with pytest.raises(okr.InconsistentPlanError, match=r"give it the unit \"%\""):
        okr.Plan([goal(reader)], metrics=[*metrics, made("d", RATIO, "paid", "trials")])
    okr.Plan([goal(reader)], metrics=[*metrics, made("d", RATIO, "paid", "trials", unit="%")])


def test_parts_are_due_and_a_derived_metric_is_not() -> None:
    found = list_due(plan(*ARPA), okr.Journal(), as_of=day(8, 20))
    assert {item.of for item in found if item.what == "check-in"} == {"revenue", "accounts"}
    every = made("d", RATIO, "revenue", "accounts", check_in_days=30)
    monthly = plan(metric("revenue"), metric("accounts", check_in_days=7), every)
    journal = okr.Journal(read_on(day(8, 1), revenue=1, accounts=1))
    due = {item.of: item.on for item in list_due(monthly, journal, as_of=day(8, 31))}
    assert due["revenue"] == day(8, 31)
    assert due["accounts"] == day(8, 8)


def test_final_numbers_of_parts_count_by_the_moment_at_which_they_were_written() -> None:
    def at(month: int, number: int) -> datetime:
        return datetime(2026, month, number, 9, tzinfo=UTC)

    first = okr.check_ins(day(9, 20), {"revenue": 100, "accounts": 20}, recorded=at(9, 20))
    late = okr.CheckIn("revenue", day(9, 29), 180, recorded=at(10, 5))
    too_late = okr.CheckIn("revenue", day(9, 30), 10, recorded=at(12, 20))
    found = evaluated(plan(*ARPA), first, late, too_late, on=day(12, 31))
    assert found.key_result("k").reading == okr.Ratio(180, 20)
    (left_out,) = found["k"].uncounted
    assert (left_out.of, left_out.reading) == ("revenue", 10.0)


def test_live_equals_evaluate() -> None:
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d")
    given = plan(*ARPA, guardrails=[guard])
    live = okr.LiveScorecard(given, okr.Journal(), as_of=day(8, 31))
    entries: list[Entry] = [
        *read_on(day(7, 10), revenue=100, accounts=20),
        *read_on(day(7, 20), revenue=140),
        *read_on(day(7, 15), accounts=25),
        okr.Adjustment("d", day(8, 1), sets={"unit": okr.Unit("x")}, because="clearer"),
        *read_on(day(8, 20), accounts=40),
    ]
    for n, entry in enumerate(entries, 1):
        live.record(entry)
        card = evaluated(given, *entries[:n])
        assert live.score("k") == card["k"].score
        assert live.status("o") == card["o"].status
        assert live.card.key_result("k").reading == card.key_result("k").reading
        assert live.card.guardrail("g") == card.guardrail("g")


def test_series_are_those_of_each_day() -> None:
    journal = okr.Journal().add(
        read_on(day(7, 10), revenue=100, accounts=20), read_on(day(7, 20), revenue=140)
    )
    days = [day(7, 5), day(7, 10), day(7, 21)]
    rows = okr.evaluate_series(plan(*ARPA), journal, days)
    assert [row.score for row in rows if row.id == "k"] == [None, 0.5, 0.7]


def test_a_derivation_is_adjusted_from_its_day_on() -> None:
    entries = read_on(day(7, 10), revenue=100, accounts=20)
    change = okr.Adjustment(
        "d", day(8, 1), sets={"derived": okr.Derived(SUM, ["revenue", "accounts"])}, because="b"
    )
    assert evaluated(plan(*ARPA), entries, change, on=day(7, 31)).key_result(
        "k"
    ).reading == okr.Ratio(100, 20)
    assert evaluated(plan(*ARPA), entries, change).key_result("k").reading == 120.0
    unknown = okr.Adjustment("d", day(8, 1), sets={"derived": okr.Derived(SUM, ["x"])}, because="b")
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        okr.admit(plan(*ARPA), okr.Journal(), unknown)


def test_a_metric_that_becomes_derived_leaves_its_own_readings() -> None:
    plain = plan(metric("revenue"), metric("accounts"), metric("d"))
    change = okr.Adjustment(
        "d", day(8, 1), sets={"derived": okr.Derived(RATIO, ["revenue", "accounts"])}, because="b"
    )
    entries = okr.CheckIn("d", day(7, 10), 3), *read_on(day(8, 5), revenue=50, accounts=10)
    assert evaluated(plain, *entries, change, on=day(7, 31))["k"].score == 0.3
    assert evaluated(plain, *entries, change)["k"].score == 0.5


def test_a_correction_of_a_part_counts() -> None:
    wrong = okr.CheckIn("revenue", day(7, 11), 900, id="wrong")
    card = evaluated(
        plan(*ARPA),
        read_on(day(7, 10), revenue=100, accounts=20),
        wrong,
        okr.Correction("wrong", because="typing error"),
    )
    assert card["k"].score == 0.5


def test_entries_written_after_a_closing_do_not_count_for_it() -> None:
    closing = okr.Closing("o", day(9, 30), okr.ClosingDecision.CARRY)
    entries = read_on(day(9, 1), revenue=100, accounts=20)
    late = okr.CheckIn("revenue", day(9, 30), 10)
    card = evaluated(plan(*ARPA), entries, closing, late, on=day(10, 10))
    assert card["k"].score == 0.5


def test_a_subtree_keeps_the_parts() -> None:
    given = plan(*ARPA, metric("other"))
    part = given.subtree("o")
    assert [each.id for each in part.metrics] == ["revenue", "accounts", "d"]


def test_what_if_a_part_were_other() -> None:
    given = okr.Plan(
        [goal(kr("k", okr.Reach(10), metric="d"), kr("r", okr.Reach(200), metric="revenue"))],
        metrics=ARPA,
    )
    card = evaluated(given, read_on(day(7, 10), revenue=100, accounts=20))
    assert card.what_if({"r": 1.0})["k"].score == 1.0
    assert card.what_if({"k": 1.0})["k"].score == 1.0


def test_a_deep_chain_of_derivations() -> None:
    metrics = [metric("m0"), *(made(f"m{n}", SUM, f"m{n - 1}") for n in range(1, 300))]
    card = evaluated(plan(*metrics, reads="m299"), read_on(day(7, 10), m0=5))
    assert card["k"].score == 0.5


def test_a_plan_without_derived_metrics_has_the_index_of_its_journal() -> None:
    card = evaluated(plan(metric("d")), read_on(day(7, 10), d=5))
    assert evaluation_of(card).facts.every is once(card.journal, history_of)
    assert Q3.start == day(7, 1)


def test_the_parts_are_in_the_explanations() -> None:
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d")
    metrics = *ARPA[:2], made("d", RATIO, "revenue", "accounts", health=okr.AtLeast(3))
    card = evaluated(
        plan(*metrics, guardrails=[guard]), read_on(day(7, 10), revenue=100, accounts=20)
    )
    words = "ratio of revenue: 100 and accounts: 20"
    assert words in str(card.explain("k"))
    for id in ("g", "d"):
        explained = card.explain(id)
        assert words in str(explained)
        steps = [step for _, step in explained.walk()]
        assert all(step.recompute() == step.result for step in steps)


def test_periods_and_prior_periods_of_a_derived_metric() -> None:
    totals = metric("posts", aggregation=SUM), metric("videos", aggregation=SUM)
    months = okr.EachPeriod(okr.AtLeast(10), every=okr.Cadence.MONTHLY)
    card = evaluated(
        plan(*totals, made("d", SUM, "posts", "videos"), measure=months),
        read_on(day(7, 10), posts=6, videos=1),
        read_on(day(7, 20), posts=3),
        read_on(day(8, 10), posts=12),
        on=day(8, 31),
    )
    july, august, _ = card.key_result("k").periods
    assert (july.reading, str(july.state)) == (10.0, "held")
    assert (august.reading, str(august.state)) == (None, "not read")


def test_a_guardrail_against_the_past_of_a_derived_metric() -> None:
    past = okr.AtLeast(okr.plan.PriorPeriod(okr.Cadence.QUARTERLY))
    guard = okr.Guardrail("g", "G", past, metric="d")
    entries = read_on(day(5, 10), revenue=100, accounts=20), read_on(day(6, 10), revenue=160)
    card = evaluated(
        plan(*ARPA, guardrails=[guard]), *entries, read_on(day(7, 10), revenue=140, accounts=20)
    )
    assert card.guardrail("g").bound == okr.AtLeast(8)
    assert card.guardrail("g").state == okr.plan.BoundState.BREACHED
    none = evaluated(plan(*ARPA, guardrails=[guard]), read_on(day(5, 10), revenue=100))
    assert none.guardrail("g").state == okr.plan.BoundState.UNKNOWN


def test_a_change_of_a_derived_metric_after_a_closing_does_not_count_for_its_readers() -> None:
    closed = okr.Closing("o", day(8, 1), okr.ClosingDecision.STOP)
    changed = okr.Adjustment("d", day(8, 3), sets={"owner": "Bo"}, because="b")
    noted = okr.CheckIn("revenue", day(8, 4), note="Bo has it")
    card = evaluated(plan(*ARPA), closed, changed, noted, read_on(day(8, 5), revenue=3))
    assert [(each.of, each.entry, each.reading) for each in card.key_result("k").uncounted] == [
        ("d", "adjustment", None),
        ("d", "check-in", None),
        ("revenue", "reading", 3.0),
    ]


def test_a_reading_of_a_later_day_that_does_not_fit_is_refused_on_its_day() -> None:
    entries = read_on(day(7, 10), revenue=100, accounts=20), read_on(day(8, 10), revenue="much")
    assert evaluated(plan(*ARPA), *entries, on=day(8, 9)).metric("d").reading == okr.Ratio(100, 20)
    card = evaluated(plan(*ARPA), *entries, on=day(8, 10), strict=False)
    assert card.metric("d").reading == okr.Ratio(100, 20)
    assert [fault.code for fault in card.problems] == ["reading-does-not-fit"]


def test_work_carried_over_reads_a_derived_metric_from_its_own_start() -> None:
    """Of a key result that begins later than the work, readings of the parts count from its own start."""
    fourth = okr.FiscalCalendar().quarter(2026, 4)
    first = goal(kr("old", okr.Reach(10), metric="d"), id="q3")
    later = goal(
        kr("old2", okr.Reach(10), metric="d", continues="old"),
        kr("new", okr.Reach(10), metric="d"),
        id="q4",
        cycle=fourth,
        continues="q3",
        supports=["year"],
    )
    year = okr.Objective("year", "Y", cycle=okr.FiscalCalendar().year(2026))
    totals = metric("a", aggregation=SUM), metric("b", aggregation=SUM)
    metrics = *totals, made("m", SUM, "a", "b"), made("d", MEAN, "m")
    given = okr.Plan([year, first, later], metrics=metrics)
    entries = read_on(day(8, 10), a=3, b=1), read_on(day(10, 10), a=1, b=1)
    card = evaluated(given, *entries, on=day(10, 12))
    # The carried one has 4 and 2 of 10, the new one 2 of 10.
    assert card.objective("year").score == pytest.approx((0.6 + 0.2) / 2)


def test_a_total_that_is_made_of_totals_starts_anew() -> None:
    totals = metric("a", aggregation=SUM), metric("b", aggregation=SUM)
    fourth = okr.FiscalCalendar().quarter(2026, 4)
    measure = okr.Increase(0, 100)
    for how, baseline in ((SUM, 0.0), (RATIO, 4.0)):
        of = ("a", "b") if how is RATIO else ("a",)
        given = plan(*totals, made("d", how, *of), measure=measure)
        book = evolve(
            okr.RECOMMENDED,
            closing=evolve(okr.RECOMMENDED.closing, restart=okr.rulebook.CarriedBaseline.LAST),
        )
        card = evaluated(given, read_on(day(8, 10), a=8, b=2), on=Q3.end, rulebook=book)
        closing = okr.Closing("o", Q3.end, okr.ClosingDecision.CARRY)
        rolled = okr.review.roll_over(
            card.plan, card.journal.add(closing), as_of=day(10, 1), cycle=fourth, rulebook=book
        )
        new = next(o for o in rolled.plan.objectives if o.cycle == fourth)
        carried: Any = new.own_key_results[0].measure
        assert carried.baseline == baseline


def test_a_derived_metric_that_joined_goes_on_with_the_parts_that_joined() -> None:
    fourth = okr.FiscalCalendar().quarter(2026, 4)
    joined = metric("a", drives=["old"]), made("d", SUM, "a", "old")
    given = okr.Plan([goal(kr("x"), kr("k", okr.Reach(10), metric="old"))], metrics=[metric("old")])
    adds = [okr.Adjustment(each.id, day(7, 5), adds=[each], because="b") for each in joined]
    reads = okr.Adjustment("k", day(7, 6), sets={"metric": "d"}, because="b")
    journal = okr.Journal([*adds, reads])
    assert (
        okr.evaluate(given, journal.add(read_on(day(7, 10), a=1, old=4)), as_of=day(7, 12))[
            "k"
        ].score
        == 0.5
    )
    closing = okr.Closing("o", Q3.end, okr.ClosingDecision.CARRY)
    rolled = okr.review.roll_over(given, journal.add(closing), as_of=day(10, 1), cycle=fourth)
    new = next(o for o in rolled.plan.objectives if o.cycle == fourth)
    source = rolled.plan.metric(new.own_key_results[1].metric or "")
    assert source.derived is not None
    copy, old = source.derived.of
    assert (rolled.plan.metric(copy).title, old) == ("A", "old")
    assert rolled.plan.metric(copy).drives == ("old",)


def test_a_value_too_large_is_none() -> None:
    card = evaluated(
        plan(metric("a"), metric("b"), made("d", SUM, "a", "b")),
        read_on(day(7, 10), a=9e99, b=9e99),
    )
    assert card["k"].why == "the sum of a, b is too large for a number"


def test_one_journal_serves_many_plans() -> None:
    journal = okr.Journal(read_on(day(7, 10), a=5))
    for n in range(1, 20):
        given = plan(metric("a"), made("d", SUM, "a"), measure=okr.Reach(n))
        card = okr.evaluate(given, journal, as_of=day(7, 20))
        assert card["k"].score == min(1.0, 5 / n)


def test_the_original_plan_has_no_parts_that_joined_later() -> None:
    """The original has the metrics of all days; links that do not fit each other are left out of it."""
    given = plan(metric("a", unit="USD"), metric("b"), made("d", SUM, "a"))
    changes = [
        okr.Adjustment("e", day(7, 5), adds=[made("e", SUM, "d")], because="b"),
        okr.Adjustment("d", day(8, 1), sets={"derived": okr.Derived(SUM, ["b"])}, because="b"),
        okr.Adjustment("k", day(8, 2), measure=okr.Reach(20), because="b"),
        okr.Adjustment("a", day(8, 3), removes=["a"], because="b"),
    ]
    card = evaluated(given, *changes, read_on(day(7, 10), a=5), read_on(day(8, 5), b=10))
    result = card.key_result("k")
    assert (result.score, result.original_score, result.adjusted_score) == (0.5, 0.5, 0.5)


def test_an_item_in_the_unit_it_had_reads_a_metric_in_another_unit() -> None:
    """Its original has the unit of the first day; the metric has that of all days."""
    given = okr.Plan(
        [goal(kr("k", okr.Reach(10), metric="a", unit="USD"), cycle=Q3)],
        metrics=[metric("a", unit="USD")],
    )
    changes = [
        okr.Adjustment("a", day(8, 1), sets={"unit": okr.Unit("EUR")}, because="b"),
        okr.Adjustment("k", day(8, 1), sets={"unit": None}, because="b"),
    ]
    card = evaluated(given, *changes, read_on(day(7, 10), a=5))
    assert card["k"].why == "€5 is 50% of the way from €0 to €10"
    assert card.key_result("k").original_score in {None, 0.5}


def test_a_stalled_key_result_is_found_by_its_derived_value() -> None:
    given = plan(*ARPA, measure=okr.Reach(100))
    journal = okr.Journal().add(
        read_on(day(7, 6), revenue=100, accounts=20), read_on(day(8, 10), revenue=200, accounts=40)
    )
    agenda = okr.review.make_agenda(given, journal, ritual="mid-cycle review", as_of=day(8, 11))
    (section,) = (each for each in agenda.sections if each.topic == "stalled")
    assert [item.ids for item in section.items] == [("k",)]


def test_parts_that_are_read_on_one_day_make_one_value() -> None:
    """With 200 by 20 before the accounts of the day are read it would be 10."""
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d", hard=True)
    card = evaluated(
        plan(*ARPA, guardrails=[guard]),
        *read_on(day(7, 6), revenue=100, accounts=20),
        *read_on(day(8, 10), revenue=200, accounts=40),
    )
    found = card.guardrail("g")
    assert (found.state, found.breaches, found.readings) == (okr.plan.BoundState.HELD, 0, 2)


def test_the_original_plan_has_the_units_of_the_first_day() -> None:
    """Then a sum of dollars and euros could not be derived, so it has no value there."""
    given = plan(metric("a", unit="USD"), metric("b", unit="EUR"), reads="a")
    changes = [
        okr.Adjustment("a", day(7, 20), sets={"unit": okr.Unit("EUR")}, because="b"),
        okr.Adjustment("d", day(7, 21), adds=[made("d", SUM, "a", "b")], because="b"),
        okr.Adjustment("e", day(7, 22), adds=[made("e", SUM, "d", "a")], because="b"),
        okr.Adjustment("k", day(7, 23), sets={"metric": "e"}, because="b"),
    ]
    card = evaluated(given, *changes, read_on(day(7, 25), a=2, b=1))
    result = card.key_result("k")
    assert (result.reading, result.score) == (5.0, 0.5)
    assert result.original_score == 0.2


def test_a_subtree_keeps_a_part_of_two_derived_metrics_once() -> None:
    metrics = metric("a"), made("b", SUM, "a"), made("c", SUM, "a"), made("d", SUM, "b", "c")
    assert [each.id for each in plan(*metrics).subtree("o").metrics] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("measure", "score"),
    [
        (okr.Anchors({1.0: 8}, baseline=4), 0.5),
        (okr.Steps([(okr.AtLeast(8), 1.0), (okr.AtLeast(6), 0.5), (None, 0.0)]), 0.5),
        (okr.Budget(4), 0.5),
        (okr.AtMost(6), 1.0),
    ],
)
def test_any_measure_may_read_a_derived_metric(measure: Measure, score: float) -> None:
    card = evaluated(
        plan(*ARPA, measure=measure),
        read_on(day(7, 10), revenue=120),
        read_on(day(8, 1), accounts=20),
    )
    assert card["k"].score == score


def test_the_history_of_a_derived_metric_has_its_value_on_each_day() -> None:
    health = metric("revenue"), metric("accounts"), made("d", SUM, "revenue", "accounts")
    watched = *health[:2], evolve(health[2], health=okr.AtMost(6))
    card = evaluated(plan(*watched), read_on(day(7, 10), revenue=4, accounts=2))
    card = okr.evaluate(
        card.plan, card.journal.add(read_on(day(7, 20), accounts=5)), as_of=day(8, 1)
    )
    found = [(each.on, each.value, each.state) for each in card.history("d")]
    assert found[-1] == (day(7, 20), 9.0, "breached")
    assert (day(7, 10), 6.0, "held") in found


@pytest.mark.parametrize(("is_hard", "state"), [(True, "breached"), (False, "unknown")])
def test_a_hard_breach_outlives_a_value_that_cannot_be_made(is_hard: bool, state: str) -> None:
    guard = okr.Guardrail("g", "G", okr.AtMost(6), metric="d", hard=is_hard)
    card = evaluated(
        plan(*ARPA, guardrails=[guard]),
        read_on(day(7, 10), revenue=140, accounts=20),
        read_on(day(8, 10), accounts=0),
    )
    assert card.guardrail("g").state == state
    assert card.guardrail("g").reading is None


def test_a_rulebook_may_look_at_every_value_of_a_derived_metric() -> None:
    """A bound on the mean of the values: 6 and 8 with 1 each are 7 and 9, whose mean is 8."""
    reading = evolve(okr.RECOMMENDED.attainment.bounds, reading=okr.rulebook.BoundReading.MEAN)
    attainment = evolve(okr.RECOMMENDED.attainment, bounds=reading)
    book = evolve(okr.RECOMMENDED, attainment=attainment)
    totals = metric("a"), metric("b"), made("d", SUM, "a", "b")
    for limit, score in ((8, 1.0), (8.5, 0.0)):
        card = evaluated(
            plan(*totals, measure=okr.AtLeast(limit)),
            *(read_on(day(7, 10), a=6, b=1), read_on(day(8, 10), a=8)),
            rulebook=book,
        )
        assert card["k"].score == score
        assert card.explain("k").result == score

"""Limits of bounds that are established later, or come from the past; expected values are written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from made_up import MADE_UP, english_in
from okrcore import codec
from okrcore.plan import PriorPeriod
from okrcore.review import CyclePattern, look_back
from okrcore.rulebook import RECOMMENDED, Bands, BreachEffect, GuardrailRule, ReviewRule
from okrcore.scorecard.day.wording import bound_words, describe_bound

END = Q3.end
S = okr.plan.BoundState
YEAR, QUARTER = okr.Cadence.ANNUAL, okr.Cadence.QUARTERLY
SICK = okr.Guardrail("sick", "Sick days a head", okr.AtMost(None))
LAST_YEAR = okr.AtMost(PriorPeriod())


def care(
    guardrail: okr.Guardrail = SICK, *metrics: okr.Metric, cycle: okr.Cycle | None = Q3
) -> okr.Plan:
    key_result = okr.KeyResult("a", "A", okr.Reach(10))
    return okr.Plan(
        [
            okr.Objective(
                "care", "Care", key_results=[key_result], guardrails=[guardrail], cycle=cycle
            )
        ],
        metrics=metrics,
    )


def log(plan: okr.Plan, *entries: Any) -> okr.Journal:
    journal = okr.Journal()
    for entry in entries:
        journal = okr.admit(plan, journal, entry)
    return journal


def reads(of: str, *pairs: tuple[date, float]) -> list[okr.CheckIn]:
    return [okr.CheckIn(of, on, value) for on, value in pairs]


def guard(plan: okr.Plan, journal: okr.Journal, on: date, **more: Any) -> Any:
    return okr.evaluate(plan, journal, as_of=on, **more).guardrail("sick")


# --- to be established -------------------------------------------------------------------------


def test_a_limit_is_unknown_until_it_is_established() -> None:
    plan = care()
    journal = log(plan, *reads("sick", (day(7, 20), 2.3)), okr.BaselineSet("sick", day(8, 2), 2.1))
    before = guard(plan, journal, day(8, 1))
    assert (before.state, before.bound, before.breaches) == (S.UNKNOWN, okr.AtMost(None), 0)
    assert (before.margin, before.worst_margin) == (None, None)
    assert before.status_why == "2.3; limit not established"
    after = guard(plan, journal, day(8, 2))
    assert (after.state, after.bound) == (S.BREACHED, okr.AtMost(2.1))
    # The reading is older; nothing was breached before there was a limit.
    assert after.first_breach == day(8, 2)
    assert after.margin == pytest.approx(-0.2)
    assert "(at most 2.1, established on 2026-08-02)" in after.status_why


def test_without_a_reading_both_are_missing() -> None:
    assert guard(care(), okr.Journal(), day(8, 1)).status_why == (
        "no reading; limit not established"
    )
    early = guard(care(), log(care(), *reads("sick", (day(6, 20), 2))), day(8, 1))
    assert early.status_why.endswith("before the cycle starts on 2026-07-01; limit not established")


def test_a_limit_may_be_established_anew() -> None:
    plan = care()
    journal = log(
        plan,
        okr.BaselineSet("sick", day(7, 1), 2.1),
        *reads("sick", (day(7, 20), 2.3), (day(8, 20), 2.3)),
        okr.BaselineSet("sick", day(8, 10), 2.5),
    )
    assert guard(plan, journal, day(8, 9)).state is S.BREACHED
    found = guard(plan, journal, day(8, 20))
    assert (found.state, found.breaches, found.bound) == (S.HELD, 1, okr.AtMost(2.5))
    assert found.first_breach_bound == okr.AtMost(2.1)


def test_an_adjustment_opens_and_states_a_limit() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", okr.AtMost(2), hard=True))
    opened = okr.Adjustment("sick", day(8, 1), measure=okr.AtMost(None), because="x")
    journal = log(plan, *reads("sick", (day(7, 20), 2.3), (day(7, 27), 1.9)), opened)
    # The breach of a hard guardrail stays, whatever the limit is now.
    found = guard(plan, journal, day(8, 1))
    assert (found.state, found.bound, found.within_since) == (S.BREACHED, okr.AtMost(None), None)
    assert found.status_why == (
        "2.3 on 2026-07-20 was outside its limit (at most 2); hard, so it counts"
    )
    journal = okr.admit(plan, journal, okr.BaselineSet("sick", day(8, 5), 3))
    assert guard(plan, journal, day(8, 5)).bound == okr.AtMost(3)
    stated = okr.Adjustment("sick", day(8, 9), measure=okr.AtMost(4), because="x")
    journal = okr.admit(plan, journal, stated)
    assert guard(plan, journal, day(8, 9)).bound == okr.AtMost(4)
    with pytest.raises(okr.InconsistentPlanError, match="write an Adjustment, with its reason"):
        okr.admit(plan, journal, okr.BaselineSet("sick", day(8, 9), 3))


def test_a_baseline_after_the_cycle_changes_nothing() -> None:
    plan = care()
    late = okr.BaselineSet("sick", day(10, 5), 2.1)
    found = guard(plan, log(plan, *reads("sick", (day(9, 28), 2.3)), late), day(10, 20))
    assert found.state is S.UNKNOWN
    assert [str(each) for each in found.uncounted] == [
        "one baseline, of 2026-10-05, after its cycle ended on 2026-09-30"
    ]


def test_a_success_is_withheld_without_a_limit() -> None:
    plan = okr.Plan([evolve(care().objective("care"), ambition=okr.Ambition.COMMITTED)])
    journal = log(plan, *reads("a", (day(9, 28), 10)), *reads("sick", (day(9, 28), 2)))
    found = okr.evaluate(plan, journal, as_of=END).objective("care")
    assert found.unknown_guardrails == ("sick",)
    assert str(found.verdict) == "success withheld"


def test_a_judgement_settles_an_open_limit() -> None:
    plan = care()
    held = okr.Judgement("sick", day(8, 5), status="held", because="seen with the doctor")
    journal = log(plan, *reads("sick", (day(8, 1), 2.3)), held)
    found = guard(plan, journal, day(8, 6))
    assert (found.state, found.computed_status) == (S.HELD, S.UNKNOWN)
    assert found.status_why == (
        "2.3; limit not established; settled on 2026-08-05: seen with the doctor"
    )
    # A limit of a later day is another question, one of the same day if it was written after.
    for on in (day(8, 5), day(8, 6)):
        later = okr.admit(plan, journal, okr.BaselineSet("sick", on, 2.1))
        assert guard(plan, later, day(8, 6)).state is S.BREACHED


def test_the_health_of_a_metric_may_be_established() -> None:
    metric = okr.Metric("nps", "NPS", health=okr.AtLeast(None))
    plan = care(okr.Guardrail("sick", "Sick days", okr.AtMost(2)), metric)
    journal = log(plan, *reads("nps", (day(7, 5), 30)), okr.BaselineSet("nps", day(7, 9), 40))
    before, after = (
        okr.evaluate(plan, journal, as_of=on).metric("nps") for on in (day(7, 8), day(7, 9))
    )
    assert (before.state, before.health) == (S.UNKNOWN, None)
    assert before.status_why == "30; limit not established"
    assert (after.state, after.health, after.bound) == (S.BREACHED, 0.75, okr.AtLeast(40))


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        (okr.BaselineSet("care", day(7, 1), 1), "wrong-kind", "whose limit is to be established"),
        (okr.BaselineSet("sick", day(7, 1), 1), "baseline-stated", "has AtMost"),
        (okr.BaselineSet("band", day(7, 1), 1), "baseline-stated", "has Between"),
        (okr.BaselineSet("bare", day(7, 1), 1), "wrong-kind", "has no health bound"),
        (okr.BaselineSet("past", day(7, 1), 1), "baseline-stated", "check in the past"),
    ],
)
def test_other_limits_are_not_established(entry: Any, code: str, words: str) -> None:
    metrics = [
        okr.Metric("band", "Band", health=okr.Between(1, 2)),
        okr.Metric("bare", "Bare"),
        okr.Metric("past", "Past", health=LAST_YEAR),
    ]
    plan = care(okr.Guardrail("sick", "Sick days", okr.AtMost(2)), *metrics)
    with pytest.raises(okr.OkrError, match=words) as caught:
        okr.admit(plan, okr.Journal(), entry)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "make",
    [
        lambda bound: okr.KeyResult("k", "K", bound),
        lambda bound: okr.Compound({"a": bound, "b": okr.Reach(1)}),
        lambda bound: okr.Steps([(bound, 1), (None, 0)]),
        lambda bound: Bands([(bound, "green"), (None, "red")]),
        lambda bound: ReviewRule(full=bound),
        lambda bound: bound.holds(5),
        lambda bound: bound.margin(5),
        lambda bound: type(bound)(bound.limit, warn_at=80),
        lambda bound: type(bound)(bound.limit, tolerated_to=80),
    ],
)
@pytest.mark.parametrize("bound", [okr.AtLeast(None), okr.AtLeast(PriorPeriod())])
def test_open_limits_are_for_guardrails_and_metrics(make: Any, bound: Any) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        make(bound)
    assert caught.value.code == "limit-open"


def test_a_key_result_is_not_adjusted_to_an_open_limit() -> None:
    change = okr.Adjustment("a", day(8, 1), measure=okr.AtMost(None), because="x")
    with pytest.raises(okr.OkrError, match="only guardrails"):
        okr.admit(care(), okr.Journal(), change)


def test_an_open_bound_is_unknown_at_every_value() -> None:
    assert okr.Below(None).state(5) is S.UNKNOWN
    assert str(okr.Below(None)) == "below a limit to be established"
    assert str(okr.AtMost(PriorPeriod(okr.Cadence.MICRO_WEEK, change_percent=-10))) == (
        "at most its value 1 week before minus 10%"
    )
    assert not okr.Between(1, 2).is_open


# --- the same period before --------------------------------------------------------------------

#: Two days of the third quarter of 2025, and one after it.
PAST = ((date(2025, 7, 1), 1.0), (date(2025, 9, 30), 1.1), (date(2025, 10, 1), 50.0))


@pytest.mark.parametrize(
    ("aggregation", "limit"),
    [
        (okr.Aggregation.LATEST, 1.1),
        (okr.Aggregation.SUM, 2.1),
        (okr.Aggregation.MEAN, 1.05),
        (okr.Aggregation.MINIMUM, 1.0),
        (okr.Aggregation.MAXIMUM, 1.1),
    ],
)
def test_no_worse_than_the_quarter_of_last_year(aggregation: okr.Aggregation, limit: float) -> None:
    metric = okr.Metric("s", "S", aggregation=aggregation)
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR, metric="s"), metric)
    journal = log(plan, *reads("s", *PAST, (day(7, 20), 1.2), (day(8, 20), 0.9)))
    found = guard(plan, journal, day(8, 20))
    assert found.bound.limit == pytest.approx(limit)
    typed = care(okr.Guardrail("sick", "Sick days", found.bound, metric="s"), metric)
    by_hand = guard(typed, journal, day(8, 20))
    assert found.state is by_hand.state
    assert found.first_breach == by_hand.first_breach
    assert "its value from 2025-07-01 to 2025-09-30" in found.status_why


def test_an_allowance_in_percent() -> None:
    bound = okr.AtMost(PriorPeriod(change_percent=5))
    plan = care(okr.Guardrail("sick", "Sick days", bound))
    journal = log(plan, *reads("sick", *PAST, (day(7, 20), 1.15)))
    found = guard(plan, journal, day(8, 20))
    assert found.bound.limit == pytest.approx(1.155)
    assert (found.state, found.status_why) == (
        S.HELD,
        "1.15, within its limit (at most 1.16, its value from 2025-07-01 to 2025-09-30 plus 5%)",
    )
    # Of a loss of 2, 10% less is a loss of 2.2: a percentage of its size.
    assert PriorPeriod(change_percent=-10).limit_from(-2) == pytest.approx(-2.2)
    assert PriorPeriod(change_percent=1e100).limit_from(1e100) == 1e100


def test_the_quarter_before() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", okr.AtLeast(PriorPeriod(QUARTER))))
    journal = log(plan, *reads("sick", (day(3, 31), 9), (day(6, 30), 5), (day(7, 1), 4)))
    found = guard(plan, journal, day(7, 2))
    assert (found.state, found.bound) == (S.BREACHED, okr.AtLeast(5))
    assert "from 2026-04-01 to 2026-06-30" in found.status_why


def test_a_past_without_a_reading_is_unknown() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR))
    found = guard(plan, log(plan, *reads("sick", (day(7, 20), 1.2))), day(8, 1))
    assert (found.state, found.bound) == (S.UNKNOWN, LAST_YEAR)
    assert found.status_why == "1.2; no reading from 2025-07-01 to 2025-09-30, so no limit"


def test_two_days_of_a_longer_month_are_the_last_one_of_a_shorter() -> None:
    month = okr.AtMost(PriorPeriod(okr.Cadence.MONTHLY))
    plan = care(okr.Guardrail("sick", "Sick days", month), cycle=okr.Cycle(day(3, 29), day(3, 30)))
    journal = log(plan, *reads("sick", (day(2, 27), 1), (day(2, 28), 2), (day(3, 1), 3)))
    assert guard(plan, journal, day(3, 29)).bound == okr.AtMost(2)


def test_readings_of_the_cycle_are_no_past_of_it() -> None:
    year = okr.FiscalCalendar().year(2026)
    bound = okr.AtMost(PriorPeriod(QUARTER))
    plan = care(okr.Guardrail("sick", "Sick days", bound), cycle=year)
    journal = log(plan, *reads("sick", (date(2025, 12, 30), 3), (day(2, 1), 1), (day(3, 1), 2)))
    assert guard(plan, journal, day(3, 1)).bound == okr.AtMost(3)


def test_readings_of_the_past_are_counted() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR))
    found = guard(plan, log(plan, *reads("sick", *PAST)), day(8, 1))
    assert [each.on for each in found.uncounted] == [date(2025, 10, 1)]
    assert found.state is S.UNKNOWN


def test_a_correction_of_the_past_moves_the_limit_and_its_breaches() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR))
    wrong = okr.CheckIn("sick", date(2025, 9, 30), 1.1, id="c1")
    journal = log(plan, wrong, *reads("sick", (day(7, 20), 1.2)))
    assert guard(plan, journal, day(8, 1)).first_breach == day(7, 20)
    journal = log(
        plan,
        wrong,
        *reads("sick", (day(7, 20), 1.2)),
        okr.Correction("c1", because="a typing error"),
        *reads("sick", (date(2025, 9, 30), 1.3)),
    )
    found = guard(plan, journal, day(8, 1))
    assert (found.state, found.breaches, found.bound) == (S.HELD, 0, okr.AtMost(1.3))


def test_a_past_that_is_written_later_is_not_known_before() -> None:
    metric = okr.Metric("s", "S")
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR, metric="s"), metric)

    def at(month: int, on: int) -> datetime:
        return datetime(2026, month, on, tzinfo=UTC)

    journal = log(
        plan,
        okr.CheckIn("s", day(7, 20), 1.2, recorded=at(7, 20)),
        okr.CheckIn("s", date(2025, 9, 30), 1.1, recorded=at(8, 2)),
        okr.CheckIn("s", date(2025, 9, 30), 5, recorded=at(11, 2)),
    )
    known = journal.known_at(at(8, 1))
    assert guard(plan, known, day(8, 1)).state is S.UNKNOWN
    assert guard(plan, journal, day(8, 1)).bound == okr.AtMost(1.1)
    # After the grace the quarter is over: what is written then moves no limit of it.
    assert guard(plan, journal, day(11, 5)).bound == okr.AtMost(1.1)


def test_a_kept_value_is_held_against_the_past() -> None:
    metric = okr.Metric("s", "S", check_in_days=7)
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR, metric="s"), metric)
    found = guard(plan, log(plan, *reads("s", *PAST, (day(6, 28), 1.05))), day(7, 1))
    assert (found.state, found.bound) == (S.HELD, okr.AtMost(1.1))
    assert found.status_why == (
        "1.05 on 2026-06-28, before the cycle, within its limit"
        " (at most 1.1, its value from 2025-07-01 to 2025-09-30)"
    )


@pytest.mark.parametrize("hard", [False, True])
def test_breaches_and_settling_are_those_of_a_typed_number(hard: bool) -> None:
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR, hard=hard))
    held = okr.Judgement("sick", day(8, 1), status="held", because="x")
    journal = log(
        plan, *reads("sick", *PAST, (day(7, 20), 1.2)), held, *reads("sick", (day(9, 28), 1))
    )
    typed = care(okr.Guardrail("sick", "Sick days", okr.AtMost(1.1), hard=hard))
    for on in (day(7, 25), day(8, 5), END):
        found, by_hand = (guard(each, journal, on) for each in (plan, typed))
        for name in (
            "state",
            "computed_status",
            "first_breach",
            "within_since",
            "breaches",
            "margin",
        ):
            assert getattr(found, name) == getattr(by_hand, name)
        assert found.bound == by_hand.bound


def test_a_breach_of_the_past_caps_as_a_typed_number_does() -> None:
    rulebook = evolve(RECOMMENDED, guardrails=GuardrailRule(effect=BreachEffect.CAP, cap=0.3))
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR))
    entries = [*reads("sick", *PAST, (day(7, 20), 1.2)), *reads("a", (day(7, 20), 8))]
    journal = log(plan, *entries)
    found = okr.evaluate(plan, journal, as_of=day(8, 1), rulebook=rulebook)
    assert found["care"].score == 0.3
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=day(8, 1), rulebook=rulebook)
    for entry in entries:
        live.record(entry)
    assert live.card["care"].score == 0.3


def test_live_takes_an_established_limit() -> None:
    for rulebook in (
        RECOMMENDED,
        evolve(RECOMMENDED, guardrails=GuardrailRule(effect=BreachEffect.VETO)),
    ):
        plan = care(SICK, okr.Metric("nps", "NPS", health=okr.AtLeast(None)))
        live = okr.LiveScorecard(plan, okr.Journal(), as_of=day(8, 5), rulebook=rulebook)
        entries: list[Any] = [
            *reads("sick", (day(7, 20), 2.3)),
            *reads("a", (day(7, 20), 8)),
            okr.BaselineSet("nps", day(8, 1), 30),
            okr.BaselineSet("sick", day(8, 2), 2.1),
        ]
        for entry in entries:
            live.record(entry)
        card = okr.evaluate(plan, log(plan, *entries), as_of=day(8, 5), rulebook=rulebook)
        assert live.card["care"].score == card["care"].score
        assert live.card.guardrail("sick").state is S.BREACHED


# --- without a cycle ---------------------------------------------------------------------------


def test_without_a_cycle_the_limit_is_that_of_the_day_moved_back() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR), cycle=None)
    journal = log(plan, *reads("sick", *PAST[:2], (day(7, 20), 1.05), (day(10, 2), 1.05)))
    # As of 20 July the value of the year before was 1.0; as of 2 October it was 1.1.
    found = guard(plan, journal, day(7, 20))
    assert (found.state, found.bound) == (S.BREACHED, okr.AtMost(1))
    assert found.status_why.endswith("(at most 1, its value as of 2025-07-01), first on 2026-07-20")
    found = guard(plan, journal, day(10, 2))
    assert (found.state, found.breaches) == (S.HELD, 1)
    assert found.bound == okr.AtMost(1.1)
    early = guard(plan, journal, date(2025, 8, 1))
    assert early.status_why == "1; no reading up to 2024-08-01, so no limit"


def test_the_health_of_a_metric_is_held_against_its_past() -> None:
    plan = care(SICK, okr.Metric("nps", "NPS", health=okr.AtLeast(PriorPeriod(QUARTER))))
    journal = log(plan, *reads("nps", (day(4, 10), 40), (day(5, 10), 50), (day(7, 10), 44)))
    found = okr.evaluate(plan, journal, as_of=day(7, 12)).metric("nps")
    assert (found.state, found.bound, found.health) == (S.HELD, okr.AtLeast(40), 1.1)
    found = okr.evaluate(plan, journal, as_of=day(8, 10)).metric("nps")
    assert (found.state, found.bound, found.health) == (S.BREACHED, okr.AtLeast(50), 0.88)


def test_a_derived_metric_has_a_past_once_all_its_parts_have() -> None:
    metrics = [
        okr.Metric("x", "X"),
        okr.Metric("y", "Y"),
        okr.Metric(
            "all",
            "All",
            derived=okr.Derived(okr.Aggregation.SUM, ["x", "y"]),
            health=okr.AtMost(PriorPeriod(okr.Cadence.MICRO_WEEK)),
        ),
    ]
    plan = care(SICK, *metrics)
    journal = log(
        plan,
        *reads("x", (day(7, 1), 1), (day(7, 12), 3)),
        *reads("y", (day(7, 3), 2)),
    )
    early, late = (
        okr.evaluate(plan, journal, as_of=on).metric("all") for on in (day(7, 8), day(7, 12))
    )
    assert early.state is S.UNKNOWN
    assert (late.state, late.bound) == (S.BREACHED, okr.AtMost(3))


# --- elsewhere ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bound", [okr.AtMost(None), okr.Above(PriorPeriod(QUARTER, change_percent=5))]
)
def test_open_limits_are_stored(bound: Any) -> None:
    plan = care(okr.Guardrail("sick", "Sick days", bound), okr.Metric("m", "M", health=bound))
    assert codec.load(codec.dump(plan), okr.Plan) == plan
    assert plan.digest != care(okr.Guardrail("sick", "Sick days", okr.AtMost(1))).digest
    assert "Guardrail('sick')" in codec.lost_in_text(plan)


def test_records_of_a_plan_have_no_number_for_an_open_limit() -> None:
    (row,) = [row for row in okr.to_records(care()) if row["id"] == "sick"]
    assert row["at_most"] is None
    assert row["measure_text"] == "AtMost(limit=None, warn_at=None, tolerated_to=None)"


def test_a_guardrail_that_healed_is_looked_back_upon_with_its_limit() -> None:
    plan = care(okr.Guardrail("sick", "Sick days", LAST_YEAR))
    journal = log(plan, *reads("sick", *PAST, (day(7, 20), 1.2), (day(9, 28), 1)))
    found = [
        each
        for each in look_back(okr.evaluate(plan, journal, as_of=END))
        if each.code is CyclePattern.GUARDRAIL_SAVED_US
    ]
    assert "was outside its limit (at most 1.1)" in found[0].words


def test_carried_work_has_the_past_of_its_guardrail() -> None:
    q4 = okr.FiscalCalendar().quarter(2026, 4)
    rulebook = evolve(RECOMMENDED, guardrails=GuardrailRule(effect=BreachEffect.VETO))
    older = care(okr.Guardrail("sick0", "Sick days", LAST_YEAR)).objective("care")
    newer = okr.Objective(
        "care2",
        "Care",
        key_results=[okr.KeyResult("b", "B", okr.Reach(10))],
        guardrails=[okr.Guardrail("sick", "Sick days", LAST_YEAR)],
        cycle=q4,
        continues="care",
        supports=["top"],
    )
    plan = okr.Plan([okr.Objective("top", "Top"), older, newer])
    journal = log(
        plan,
        *reads("b", (day(10, 20), 5)),
        *reads("sick", (date(2025, 12, 1), 1), (day(10, 20), 2)),
    )
    card = okr.evaluate(plan, journal, as_of=day(10, 25), rulebook=rulebook)
    assert card.guardrail("sick").state is S.BREACHED
    assert card["top"].score == 0
    # The limit of the older quarter is not the limit of this one: its own past has no reading.
    other = log(
        plan,
        *reads("b", (day(10, 20), 5)),
        *reads("sick", (date(2025, 8, 1), 1), (day(10, 20), 2)),
    )
    card = okr.evaluate(plan, other, as_of=day(10, 25), rulebook=rulebook)
    assert card.guardrail("sick").state is S.UNKNOWN
    assert card["top"].score == 0.5


def test_sentences_of_open_limits_are_data() -> None:
    bounds: list[Any] = [
        okr.AtMost(None),
        LAST_YEAR,
        okr.Above(PriorPeriod(QUARTER, change_percent=5)),
        okr.Below(PriorPeriod(okr.Cadence.MICRO_WEEK, change_percent=-5)),
        okr.AtLeast(PriorPeriod(okr.Cadence.MONTHLY)),
    ]
    reads_of = reads("sick", *PAST, (day(5, 20), 1), (day(6, 28), 1), (day(7, 20), 1.2))
    for bound in bounds:
        adjusted = okr.Adjustment("sick", day(7, 10), measure=bound, because="x")
        for cycle in (Q3, None):
            plan = care(cycle=cycle)
            journal = okr.Journal([*reads_of, adjusted])
            if bound.limit is None:
                journal = journal.add(okr.BaselineSet("sick", day(7, 15), 1))
            for on in (day(7, 2), day(7, 12), day(7, 22)):
                card = okr.evaluate(plan, journal, as_of=on)
                why = card.guardrail("sick").status_why
                assert not english_in(MADE_UP.write(why)), why
    for bound in bounds:
        assert not english_in(MADE_UP.write(bound_words(bound, None)))
        assert bound_words(bound, None) == str(bound) == describe_bound(bound, None)

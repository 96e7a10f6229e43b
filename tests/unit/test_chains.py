"""Chains of carried work: once wherever it counts, by its whole way. Numbers are worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import day

CALENDAR = okr.FiscalCalendar()
YEAR = CALENDAR.year(2026)
Q1, Q2, Q3, Q4 = (CALENDAR.quarter(2026, n) for n in (1, 2, 3, 4))
CARRY = okr.ClosingDecision.CARRY
PERCENT = okr.Increase(0, 100)
TEN = okr.Reach(10)


def kr(id: str, measure: Any = TEN, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure, **more)


def goal(id: str, *key_results: Any, cycle: okr.Cycle | None = YEAR, **more: Any) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, cycle=cycle, **more)


def work(cycle: okr.Cycle, *key_results: Any, before: str | None = None, **more: Any) -> Any:
    """Return an objective named after its cycle, below the year."""
    more = {"supports": ["year"], **more}
    return goal(cycle.name, *key_results, cycle=cycle, continues=before, **more)


def card(plan: okr.Plan, journal: okr.Journal, on: date, **more: Any) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=on, **more)


def year(plan: okr.Plan, journal: okr.Journal, on: date, **more: Any) -> float | None:
    return card(plan, journal, on, **more).objective("year").score


def of_two(
    first: Any = PERCENT, second: Any = PERCENT, rest: Sequence[Any] = (), **more: Any
) -> okr.Plan:
    """Return a plan in which the second quarter carries on the first one."""
    old = work(Q1, kr("a", first), *rest, **more)
    new = work(Q2, kr("a2", second, continues="a"), before=old.id, **more)
    return okr.Plan([goal("year"), old, new])


READ = okr.Journal(okr.check_ins(Q1.end, {"a": 84}))


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("start", [0, 84])
def test_a_carried_quarter_counts_once_and_by_its_whole_way(start: float, is_closed: bool) -> None:
    plan = of_two(second=okr.Increase(start, 100))
    journal = READ.add([okr.Closing("2026-Q1", Q1.end, CARRY)] if is_closed else [])
    later = journal.add(okr.check_ins(day(4, 6), {"a2": 84}))
    assert year(plan, journal, Q1.end) == 0.84
    for known, on in ((journal, Q2.start), (later, day(4, 6))):
        found = card(plan, known, on)
        above = found.objective("year")
        assert (above.score, above.coverage, above.score_range) == (0.84, 1.0, (0.84, 0.84))
        assert found.objective("2026-Q1").score == 0.84
    assert card(plan, later, day(4, 6))["a2"].score == (0.84 if start == 0 else 0.0)
    done = later.add(okr.check_ins(Q2.end, {"a2": 100}))
    assert year(plan, done, Q2.end) == 1.0
    assert card(plan, done, Q2.end).objective("2026-Q1").score == 0.84


def test_before_the_next_cycle_the_older_one_counts_alone() -> None:
    assert year(of_two(), READ.add(okr.check_ins(day(3, 31), {"a2": 95})), day(3, 31)) == 0.84


def test_a_draft_carries_nothing_on_until_it_is_active() -> None:
    draft = okr.Transition("2026-Q2", day(3, 20), okr.Lifecycle.DRAFT)
    active = okr.Transition("2026-Q2", day(4, 20), okr.Lifecycle.ACTIVE)
    journal = READ.add(draft, active, okr.check_ins(day(4, 19), {"a2": 90}))
    assert year(of_two(), journal, day(4, 19)) == 0.84
    assert year(of_two(), journal, day(4, 20)) == 0.9


def test_what_was_left_behind_keeps_its_last_score_and_weight() -> None:
    plan = of_two(rest=[kr("left", PERCENT, weight=3)])
    journal = READ.add(okr.check_ins(Q1.end, {"left": 20}), okr.check_ins(day(5, 1), {"a2": 100}))
    assert year(plan, journal, Q2.start) == pytest.approx((0.84 + 3 * 0.2) / 4)
    assert year(plan, journal, day(5, 1)) == pytest.approx((1 + 3 * 0.2) / 4)


def test_a_new_target_is_that_of_the_whole() -> None:
    plan = of_two(second=okr.Increase(84, 120))
    assert year(plan, READ, Q2.start) == pytest.approx(84 / 120)
    found = card(plan, READ, Q2.start).explain("year")
    assert "from 0 to 120" in str(found)


def test_two_units_have_no_way_and_the_newest_that_was_read_counts() -> None:
    plan = okr.Plan(
        [
            goal("year"),
            work(Q1, kr("a", PERCENT, unit="%")),
            work(
                Q2,
                kr("a2", okr.Increase(0, 10), unit="people", continues="a"),
                before="2026-Q1",
                guardrails=[okr.Guardrail("g", "G", okr.AtMost(5), protects="a2")],
            ),
        ]
    )
    assert year(plan, READ, Q2.start) == 0.84
    assert year(plan, READ.add(okr.check_ins(day(4, 6), {"a2": 2})), day(4, 6)) == 0.2


@pytest.mark.parametrize("second", [okr.Increase(84, None), okr.EstablishBaseline()])
def test_an_older_score_counts_until_the_newest_has_a_target(second: Any) -> None:
    journal = READ.add(okr.check_ins(day(4, 6), {"a2": 90}))
    plan = of_two(second=second)
    for on in (Q1.end, Q2.start, day(4, 6)):
        assert year(plan, journal, on) == 0.84
    targeted = okr.Adjustment("a2", day(4, 13), because="found", measure=okr.Increase(84, 120))
    assert year(plan, journal.add(targeted), day(4, 13)) == 90 / 120


@pytest.mark.parametrize("first", [okr.Increase(0, None), okr.EstablishBaseline()])
def test_a_reading_without_a_score_is_not_read_for_the_newest(first: Any) -> None:
    plan = of_two(first, okr.PassFail())
    above = card(plan, READ, Q2.start).objective("year")
    assert (above.score, above.coverage, above.score_range) == (None, 0.0, (0.0, 1.0))
    done = READ.add(okr.check_ins(day(4, 6), {"a2": True}))
    assert year(plan, done, day(4, 6)) == 1.0


def test_a_way_from_an_open_target_leads_to_one() -> None:
    assert year(of_two(okr.Increase(0, None), okr.Increase(84, 120)), READ, Q2.start) == 0.7
    assert year(of_two(okr.Increase(0, None), okr.Increase(84, None)), READ, Q2.start) is None


def test_milestones_are_the_union_of_their_stages() -> None:
    plan = of_two(okr.Milestones("plan", "build", "test", "ship"), okr.Milestones("test", "ship"))
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": ["plan", "build"]}))
    assert year(plan, journal, Q2.start) == 0.5
    journal = journal.add(okr.check_ins(day(5, 4), {"a2": ["test"]}))
    found = card(plan, journal, day(5, 4))
    assert (found["a2"].score, found.objective("year").score) == (0.5, 0.75)


@pytest.mark.parametrize("required", [3, 5])
def test_evidence_is_what_was_obtained_in_both(required: int) -> None:
    plan = of_two(okr.Evidence(required=5), okr.Evidence(required=required))
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": ["Ada", "Bo"]}))
    assert year(plan, journal, Q2.start) == 0.4
    journal = journal.add(okr.check_ins(day(5, 4), {"a2": ["Cy"]}))
    assert year(plan, journal, day(5, 4)) == 0.6


def test_a_shared_total_is_that_of_the_whole() -> None:
    total = okr.Metric("sales", "Sales", aggregation=okr.Aggregation.SUM)
    old = work(Q1, kr("a", okr.Reach(100), metric="sales"))
    new = work(Q2, kr("a2", okr.Reach(100), metric="sales", continues="a"), before=old.id)
    plan = okr.Plan([goal("year"), old, new], metrics=[total])
    journal = okr.Journal(
        [*okr.check_ins(day(2, 2), {"sales": 30}), *okr.check_ins(day(4, 9), {"sales": 20})]
    )
    found = card(plan, journal, day(4, 9))
    assert (found["a"].score, found["a2"].score) == (0.3, 0.2)
    assert found.objective("year").score == 0.5


def test_finals_typed_late_come_before_readings_of_the_next_cycle() -> None:
    journal = okr.Journal(
        [*okr.check_ins(day(4, 10), {"a": 84}), *okr.check_ins(day(4, 6), {"a2": 90})]
    )
    assert year(of_two(), journal, day(4, 12)) == 0.9


def test_a_new_key_result_has_no_readings_of_the_time_before_its_cycle() -> None:
    old = work(Q1, kr("a"))
    new = work(Q2, kr("a2", continues="a"), kr("b"), before=old.id)
    plan = okr.Plan([goal("year"), old, new])
    journal = okr.Journal([*okr.check_ins(Q1.end, {"a": 4, "b": 8})])
    above = card(plan, journal, day(4, 20)).objective("year")
    assert (above.score, above.coverage) == (0.4, 0.5)


def test_a_reading_after_the_closing_of_the_older_one_does_not_count_above() -> None:
    closing = okr.Closing("2026-Q1", day(4, 2), CARRY)
    journal = READ.add(closing, okr.check_ins(day(4, 3), {"a": 99}))
    assert year(of_two(), journal, day(4, 20)) == 0.84
    unread = okr.Journal([closing, *okr.check_ins(day(4, 3), {"a": 99})])
    assert year(of_two(), unread, day(4, 20)) is None


@pytest.mark.parametrize(
    "of",
    [
        lambda start: okr.Exactly(12, start),
        lambda start: okr.Anchors({0.5: 6, 1: 12}, baseline=start),
    ],
)
def test_a_number_to_hit_and_anchors_have_their_first_start(of: Any) -> None:
    plan = of_two(of(0), of(3))
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 3}))
    assert year(plan, journal, Q1.end) == year(plan, journal, Q2.start) == 0.25


def test_without_a_way_from_the_first_start_anchors_are_the_newest() -> None:
    plan = of_two(okr.Anchors({1: 12}, baseline=3), okr.Anchors({0.5: 2, 1: 4}, baseline=0))
    assert year(plan, okr.Journal(okr.check_ins(day(4, 2), {"a2": 1})), day(4, 2)) == 0.25


def of_three(second: Any, third: Sequence[Any] = ()) -> okr.Plan:
    """Return a plan in which the third quarter leaves behind a key result of the first two."""
    first = work(Q1, kr("a", PERCENT))
    middle = work(Q2, kr("a2", second, continues="a"), before=first.id)
    last = work(Q3, *third, before=middle.id)
    return okr.Plan([goal("year"), first, middle, last])


@pytest.mark.parametrize("second", [okr.Increase(84, 100), PERCENT, okr.PassFail()])
def test_what_the_third_quarter_leaves_behind_has_its_whole_way(second: Any) -> None:
    plan = of_three(second)
    assert year(plan, READ, Q2.start) == year(plan, READ, Q3.start) == 0.84


def test_of_alignments_to_several_members_that_to_the_newest_counts() -> None:
    old, new = work(Q1), work(Q2, before="2026-Q1")
    edges = [okr.Alignment(old.id, weight=3), okr.Alignment(new.id, weight=1)]
    for supports in (edges, edges[::-1]):
        one = goal("one", kr("k"), supports=supports)
        two = goal("two", kr("l"), supports=[new.id])
        plan = okr.Plan([goal("year"), old, new, one, two])
        journal = okr.Journal(okr.check_ins(day(4, 2), {"k": 4, "l": 8}))
        assert year(plan, journal, day(4, 2)) == pytest.approx(0.6)


@pytest.mark.parametrize("is_cut", [False, True])
def test_a_chain_below_a_chain_counts_once(is_cut: bool) -> None:
    old, new = work(Q1, supports=["year"]), work(Q2, before="2026-Q1")
    more = [work(Q3, before=new.id, supports=[])] if is_cut else []
    one = goal("one", kr("k"), cycle=Q1, supports=[old.id])
    two = goal("two", kr("k2", continues="k"), cycle=Q2, continues="one", supports=[new.id])
    three = goal("three", kr("l"), supports=[new.id])
    plan = okr.Plan([goal("year"), old, new, *more, one, two, three])
    journal = okr.Journal([*okr.check_ins(Q1.end, {"k": 4}), *okr.check_ins(Q1.end, {"l": 8})])
    on = Q3.start if is_cut else Q2.start
    assert year(plan, journal, on) == pytest.approx(0.6)


def test_a_chain_is_explained_under_a_veto() -> None:
    veto = evolve(okr.RECOMMENDED.guardrails, effect=okr.rulebook.BreachEffect.VETO)
    found = card(of_two(), READ, Q2.start, rulebook=evolve(okr.RECOMMENDED, guardrails=veto))
    assert "carries on 2026-Q1" in " ".join(str(found.explain("year")).split())


def test_three_quarters_are_one_piece_of_work() -> None:
    quarters = [
        work(
            cycle,
            kr(f"a{n}", PERCENT, continues=f"a{n - 1}" if n else None),
            before=f"2026-Q{n}" if n else None,
        )
        for n, cycle in enumerate((Q1, Q2, Q3))
    ]
    plan = okr.Plan([goal("year"), *quarters, goal("other", kr("o"), supports=["year"])])
    journal = okr.Journal(
        [
            *okr.check_ins(day(3, 1), {"a0": 30}),
            *okr.check_ins(day(5, 1), {"a1": 50}),
            *okr.check_ins(day(8, 1), {"a2": 70, "o": 1}),
        ]
    )
    for on, score in ((day(3, 2), 0.3), (day(4, 1), 0.3), (day(5, 2), 0.5), (day(7, 1), 0.5)):
        assert year(plan, journal, on) == score
    assert year(plan, journal, day(8, 1)) == pytest.approx((0.7 + 0.1) / 2)


def test_an_objective_that_only_the_older_one_supports_keeps_it() -> None:
    old = work(Q1, kr("a"), supports=["year", "spring"])
    new = work(Q2, kr("a2", continues="a"), before=old.id)
    plan = okr.Plan([goal("year"), goal("spring"), old, new])
    journal = okr.Journal([*okr.check_ins(Q1.end, {"a": 4}), *okr.check_ins(day(5, 1), {"a2": 9})])
    found = card(plan, journal, day(5, 1))
    assert (found.objective("year").score, found.objective("spring").score) == (0.9, 0.4)


def test_an_objective_that_the_first_two_of_three_support_has_their_work() -> None:
    first = work(Q1, kr("a"), supports=["year", "summer"])
    second = work(Q2, kr("a2", continues="a"), before=first.id, supports=["year", "summer"])
    third = work(Q3, kr("a3", continues="a2"), before=second.id)
    plan = okr.Plan([goal("year"), goal("summer"), first, second, third])
    journal = okr.Journal(
        [
            *okr.check_ins(Q1.end, {"a": 4}),
            *okr.check_ins(day(5, 1), {"a2": 6}),
            *okr.check_ins(day(8, 1), {"a3": 9}),
        ]
    )
    found = card(plan, journal, day(8, 1))
    assert (found.objective("year").score, found.objective("summer").score) == (0.9, 0.6)


def test_objectives_below_count_for_the_whole() -> None:
    old, new = work(Q1), work(Q2, before="2026-Q1")
    below = [
        goal("one", kr("k"), cycle=Q1, supports=[old.id]),
        goal("two", kr("l"), cycle=Q2, supports=[new.id]),
    ]
    plan = okr.Plan([goal("year"), old, new, *below])
    journal = okr.Journal([*okr.check_ins(Q1.end, {"k": 4}), *okr.check_ins(day(5, 1), {"l": 8})])
    found = card(plan, journal, day(5, 1))
    assert [found.objective(id).score for id in ("2026-Q1", "2026-Q2", "year")] == [
        0.4,
        0.8,
        pytest.approx(0.6),
    ]


def test_a_predecessor_below_what_carries_it_on_is_no_circle() -> None:
    old = work(Q1, kr("a"), supports=["middle"])
    middle = goal("middle", supports=["2026-Q2"])
    new = work(Q2, kr("a2", continues="a"), before=old.id)
    plan = okr.Plan([goal("year"), old, middle, new])
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 4}))
    assert year(plan, journal, Q2.start) == 0.4


def test_a_part_that_is_not_loaded_begins_with_its_first_member() -> None:
    outside = [okr.Outside("2026-Q1"), okr.Outside("a")]
    new = work(Q2, kr("a2", PERCENT, continues="a"), before="2026-Q1")
    plan = okr.Plan([goal("year"), new], outside=outside)
    assert year(plan, okr.Journal(okr.check_ins(day(4, 6), {"a2": 90})), day(4, 6)) == 0.9


def test_a_micro_okr_joins_no_chain_of_another_cadence() -> None:
    micro = okr.Cycle.starting(day(3, 2), okr.Cadence.MICRO_WEEK)
    probe = goal("probe", kr("p", PERCENT), cycle=micro, supports=["year"])
    new = work(Q2, kr("a2", PERCENT, continues="p"), before="probe")
    plan = okr.Plan([goal("year"), probe, new])
    journal = okr.Journal(
        [*okr.check_ins(day(3, 6), {"p": 90}), *okr.check_ins(day(4, 6), {"a2": 10})]
    )
    assert year(plan, journal, day(4, 6)) == 0.1
    with_micro = okr.Rulebook(name="all", roll_up=evolve(okr.RECOMMENDED.roll_up, with_micro=True))
    assert year(plan, journal, day(4, 6), rulebook=with_micro) == pytest.approx(0.5)


def test_groups_count_it_once_but_by_cycle() -> None:
    plan = of_two(place=okr.Place(team="Ops"))
    found = card(plan, READ.add(okr.check_ins(day(4, 6), {"a2": 84})), day(4, 6))
    by_team, by_cycle = found.group_by("team"), found.group_by("cycle")
    assert [(group.name, group.n, group.mean_score, group.ids) for group in by_team] == [
        ("Ops", 1, 0.84, ("2026-Q2",)),
        (None, 1, 0.84, ("year",)),
    ]
    assert {group.name: group.n for group in by_cycle} == {"2026": 1, "2026-Q1": 1, "2026-Q2": 1}


def test_an_adjusted_target_of_the_newest_counts_for_the_whole() -> None:
    cut = okr.Adjustment("a2", day(5, 4), measure=okr.Increase(0, 90), because="a port closed")
    plan, journal = of_two(), READ.add(okr.check_ins(day(4, 6), {"a2": 84}), cut)
    assert year(plan, journal, day(5, 3)) == 0.84
    above = card(plan, journal, day(5, 4)).objective("year")
    assert [above.score, above.original_score, above.adjusted_score] == [84 / 90, 0.84, 84 / 90]


def test_a_factor_of_progress_stays() -> None:
    cut = okr.Adjustment("a2", day(5, 4), rescale=0.5, because="half of the types are left")
    plan, journal = of_two(), READ.add(okr.check_ins(day(4, 6), {"a2": 84}), cut)
    assert card(plan, journal, day(5, 4))["a2"].score == 0.42
    assert year(plan, journal, day(5, 4)) == 0.42


def test_a_closed_year_keeps_the_work_of_its_day() -> None:
    journal = READ.add(
        okr.check_ins(day(5, 1), {"a2": 90}),
        okr.Closing("year", day(5, 2), okr.ClosingDecision.ACHIEVED),
        okr.check_ins(day(6, 1), {"a2": 100}),
    )
    assert year(of_two(), journal, day(6, 1)) == 0.9


def test_the_explanation_names_what_was_carried_on() -> None:
    text = str(card(of_two(), READ, Q2.start).explain("year"))
    assert "carries on 2026-Q1 since 2026-04-01" in " ".join(text.split())


def test_live_series_and_what_if_have_the_same_chain() -> None:
    plan, journal = of_two(rest=[kr("b")]), READ.add(okr.check_ins(Q1.end, {"b": 2}))
    live = okr.LiveScorecard(plan, journal, as_of=day(5, 1))
    live.record(okr.CheckIn("a2", day(5, 1), 90))
    found = card(plan, live.journal, day(5, 1))
    assert live.score("year") == found.objective("year").score == pytest.approx(0.55)
    live.record(
        okr.CheckIn("a2", day(5, 1), 92), okr.Transition("a2", day(5, 1), okr.Lifecycle.PAUSED)
    )
    found = card(plan, live.journal, day(5, 1))
    assert live.score("year") == found.objective("year").score
    days = [Q1.end, Q2.start, day(5, 1)]
    rows = okr.evaluate_series(plan, journal, days)
    assert [row.score for row in rows if row.id == "year"] == [
        year(plan, journal, on) for on in days
    ]
    supposed = card(plan, journal, day(5, 1)).what_if({"a2": 1.0})
    assert supposed["year"].score == pytest.approx((1 + 0.2) / 2)


@pytest.mark.parametrize(
    ("second", "weight", "words"),
    [
        (okr.Increase(84, 120), 1, ": a2 with target 120 after 100"),
        (PERCENT, 3, ": a2 with weight 3 after 1"),
        (okr.Increase(84, 100), 1, "as one piece of work"),
        (okr.AtLeast(90), 1, ": a2 with target at least 90 after 100"),
    ],
)
def test_the_explanation_names_changed_targets_and_weights(
    second: Any, weight: float, words: str
) -> None:
    plan = of_two(second=second)
    new = evolve(plan.key_result("a2"), weight=weight)
    plan = plan.put(new, into="2026-Q2")
    text = " ".join(str(card(plan, READ, Q2.start).explain("year")).split())
    assert words in text


def test_without_a_cycle_the_explanation_names_no_day() -> None:
    plan = okr.Plan(
        [
            goal("year"),
            goal("old", kr("a"), cycle=None, supports=["year"]),
            goal(
                "new",
                kr("b"),
                kr("a2", continues="a"),
                cycle=None,
                continues="old",
                supports=["year"],
            ),
        ]
    )
    text = " ".join(
        str(
            card(plan, okr.Journal(okr.check_ins(Q1.end, {"a": 4})), Q2.start).explain("year")
        ).split()
    )
    assert "carries on old, as one piece of work" in text


def test_a_key_result_that_is_removed_after_the_carry_is_gone() -> None:
    plan = of_two(rest=[kr("b")])
    plan = plan.put(kr("b2", continues="b"), into="2026-Q2")
    drop = okr.Adjustment("2026-Q2", day(5, 4), removes=["b2"], because="nobody reads it")
    journal = READ.add(okr.check_ins(Q1.end, {"b": 2}), drop)
    assert year(plan, journal, day(5, 3)) == pytest.approx(0.52)
    above = card(plan, journal, day(5, 4)).objective("year")
    assert above.score == 0.84
    assert above.original_score == pytest.approx(0.52)


def test_a_removed_key_result_may_have_continued_another_since_an_adjustment() -> None:
    plan = of_two(rest=[kr("b")]).put(kr("b2"), into="2026-Q2")
    link = okr.Adjustment("b2", Q2.start, sets={"continues": "b"}, because="it goes on from it")
    drop = okr.Adjustment("2026-Q2", day(5, 4), removes=["b2"], because="nobody reads it")
    journal = READ.add(okr.check_ins(Q1.end, {"b": 2}), link, drop)
    assert year(plan, journal, day(5, 3)) == pytest.approx(0.52)
    assert year(plan, journal, day(5, 4)) == 0.84


def test_what_if_is_of_a_key_result_that_carried_work_supports() -> None:
    home = goal("home", kr("h"), supports=["year"])
    plan = of_two().put(home)
    for id in ("2026-Q1", "2026-Q2"):
        plan = plan.put(evolve(plan.objective(id), supports=["year", "h"]))
    supposed = card(plan, READ, Q2.start).what_if({"h": 0.5})
    assert (supposed.objective("home").score, supposed.objective("2026-Q2").score) == (0.5, None)
    assert supposed.sensitivity("2026-Q2") == ()


def test_guardrails_below_carried_work_are_named() -> None:
    veto = okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect.VETO)
    rulebook = okr.Rulebook(name="veto", guardrails=veto)
    plan = of_two()
    guarded = evolve(
        plan.objective("2026-Q2"), guardrails=[okr.Guardrail("g", "Waste", okr.AtMost(5))]
    )
    journal = READ.add(okr.check_ins(day(4, 6), {"g": 9}))
    found = card(plan.put(guarded), journal, day(4, 6), rulebook=rulebook).objective("year")
    assert (found.score, "Waste" in found.why) == (0.0, True)


def test_a_subtree_has_what_the_objectives_below_continue() -> None:
    old, middle = (
        work(Q1, kr("a"), supports=[]),
        work(Q2, kr("a2", continues="a"), before="2026-Q1"),
    )
    middle = evolve(middle, supports=[])
    new = work(Q3, kr("a3", continues="a2"), before=middle.id)
    plan = okr.Plan([goal("year"), old, middle, new])
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 4}))
    part = plan.subtree("year")
    assert part == plan
    assert year(part, journal.only(part), Q3.start) == year(plan, journal, Q3.start) == 0.4
    assert [each.id for each in plan.subtree(new.id).objectives] == [new.id]


def test_a_factor_of_progress_is_carried_over() -> None:
    cut = okr.Adjustment("a", day(2, 2), rescale=0.5, because="half of the types are left")
    again = okr.Adjustment("a2", day(5, 4), rescale=0.5, because="half of these, too")
    journal = READ.add(cut, again)
    days = (Q1.end, Q2.start, day(5, 4))
    assert [year(of_two(), journal, on) for on in days] == [0.42, 0.42, 0.21]


def test_carried_work_below_carried_work_that_ends_counts_once() -> None:
    below = [
        goal("c", kr("a", PERCENT), cycle=Q1, supports=["2026-Q1"]),
        goal("c2", kr("a2", PERCENT, continues="a"), cycle=Q2, supports=["2026-Q2"], continues="c"),
    ]
    quarters = [work(Q1), work(Q2, before="2026-Q1"), work(Q3, before="2026-Q2", supports=[])]
    plan = okr.Plan([goal("year"), *quarters, *below])
    journal = READ.add(okr.check_ins(day(5, 1), {"a2": 90}))
    assert [year(plan, journal, on) for on in (Q1.end, Q2.end, Q3.start)] == [0.84, 0.9, 0.9]


def test_carried_work_below_carried_work_counts_once_after_it_has_moved() -> None:
    below = [
        goal("c", kr("a", PERCENT), cycle=Q1, supports=["2026-Q1"]),
        goal("c2", kr("a2", PERCENT, continues="a"), cycle=Q2, supports=["2026-Q2"], continues="c"),
        goal("c3", kr("a3", PERCENT, continues="a2"), cycle=Q3, supports=["z"], continues="c2"),
    ]
    plan = okr.Plan([goal("year"), goal("z"), work(Q1), work(Q2, before="2026-Q1"), *below])
    journal = READ.add(okr.check_ins(day(5, 1), {"a2": 90}))
    found = card(plan, journal, Q3.start)
    assert [found.objective(id).score for id in ("year", "z")] == [0.9, 0.9]
    assert found.group_by("team")[0].mean_score == 0.9


def test_carried_work_needs_no_total_of_weights() -> None:
    """The weights of an objective are 1; with what was left behind they are 1.25."""
    total = evolve(okr.RECOMMENDED.roll_up, weights_total=1.0)
    whole = okr.Rulebook(name="whole", roll_up=total)
    book = okr.Rulebook(name="total", methods=[whole])
    old = work(Q1, kr("a", PERCENT, weight=0.75), kr("b", weight=0.25), method="whole")
    new = work(Q2, kr("a2", PERCENT, continues="a"), before=old.id, method="whole")
    journal = READ.add(okr.check_ins(Q1.end, {"b": 4}))
    plan = okr.Plan([goal("year"), old, new])
    assert year(plan, journal, Q2.start, rulebook=book) == pytest.approx((0.84 + 0.1) / 1.25)
    bad = plan.put(kr("c2", weight=0.25), into=new.id)
    with pytest.raises(okr.InconsistentPlanError, match="must add up to the total"):
        year(bad, journal, Q2.start, rulebook=book)


def test_carried_work_that_was_closed_is_explained_as_on_its_day() -> None:
    below = [
        goal("c", kr("a"), cycle=Q1, supports=["2026-Q1"]),
        goal("c2", kr("a2", continues="a"), cycle=Q2, supports=["2026-Q2"], continues="c"),
    ]
    plan = okr.Plan([goal("year"), work(Q1), work(Q2, before="2026-Q1"), *below])
    journal = okr.Journal(
        [
            *okr.check_ins(day(5, 1), {"a2": 4}),
            okr.Closing("2026-Q2", day(5, 4), okr.ClosingDecision.ACHIEVED),
            *okr.check_ins(day(5, 9), {"a2": 9}),
        ]
    )
    found = card(plan, journal, day(5, 9))
    assert found.objective("year").score == 0.4
    for _, step in found.explain("year").walk(9):
        assert step.rule is None or step.recompute() == step.result


def test_a_reading_after_the_closing_of_the_older_one_is_not_carried_over() -> None:
    closing = okr.Closing("2026-Q1", day(3, 10), CARRY)
    journal = okr.Journal(okr.check_ins(day(3, 1), {"a": 50})).add(READ.entries, closing)
    assert [year(of_two(), journal, on) for on in (Q1.end, Q2.start)] == [0.5, 0.5]


def test_a_closed_year_keeps_the_adjusted_work_of_its_day() -> None:
    """The part of the plan that is evaluated for a closing has the plan in force, too."""
    journal = READ.add(
        okr.check_ins(day(4, 6), {"a2": 84}),
        okr.Adjustment("a2", day(5, 1), measure=okr.Increase(0, 90), because="a port closed"),
        okr.Closing("year", day(5, 2), okr.ClosingDecision.ACHIEVED),
        okr.check_ins(day(6, 1), {"a2": 90}),
    )
    assert year(of_two(), journal, day(6, 1)) == pytest.approx(84 / 90)


def test_under_a_member_of_its_own_a_chain_does_not_count() -> None:
    """The first quarter keeps its own work, and has the second one below as it is."""
    old = work(Q1, kr("a"))
    new = work(Q2, kr("a2", continues="a"), before=old.id, supports=["year", old.id])
    plan = okr.Plan([goal("year"), old, new])
    journal = okr.Journal([*okr.check_ins(Q1.end, {"a": 4}), *okr.check_ins(day(5, 1), {"a2": 8})])
    found = card(plan, journal, day(5, 1))
    first = found.objective(old.id)
    assert (first.score, first.children_mean, found.objective("year").score) == (0.4, 0.8, 0.8)
    pool = evolve(
        okr.RECOMMENDED.roll_up,
        parts=[evolve(each, otherwise=False) for each in okr.RECOMMENDED.roll_up.parts],
    )
    pooled = card(plan, journal, day(5, 1), rulebook=okr.Rulebook(name="pool", roll_up=pool))
    assert pooled.objective(old.id).score == pytest.approx((0.4 + 0.8) / 2)


def test_a_baseline_that_is_found_later_is_none_of_the_whole_way() -> None:
    """Carried work begins at its first start; a new key result begins at the baseline that was found."""
    plan = of_two(second=okr.Increase(None, 100))
    new = kr("n", okr.Increase(None, 100), weight=3)
    plan = plan.put(new, into="2026-Q2")
    journal = READ.add(
        [okr.BaselineSet("a2", day(4, 2), 80), okr.BaselineSet("n", day(4, 2), 50)],
        okr.check_ins(day(4, 6), {"a2": 84, "n": 75}),
    )
    found = card(plan, journal, day(4, 6))
    assert (found["a2"].score, found["n"].score) == (0.2, 0.5)
    assert found.objective("year").score == pytest.approx((0.84 + 3 * 0.5) / 4)

"""Laws of pace and status.

- what is expected along a line goes from 0 on the first day to 1 on the last
- what is expected never falls as days go by, whatever is paused
- a status never gets worse with more progress
- a status never gets better as days go by and nothing else happens
- what is dated later changes nothing
- the first rule that answers wins
- what people declare never changes the computed status
- a work week counts the days that its protocol calls workdays
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import rulebook
from okrcore.rulebook import Axis
from strategies import CYCLE, Quarter, days, numbers, quarters

NAMES = ["off track", "at risk", "on track", "ahead"]
RANKS = {name: rank for rank, name in enumerate(NAMES)}
RATIO = rulebook.ByBands(
    Axis.RATIO,
    okr.rulebook.Bands(
        [
            (okr.AtLeast(1.1), "ahead"),
            (okr.AtLeast(0.9), "on track"),
            (okr.AtLeast(0.75), "at risk"),
            (rulebook.OTHERWISE, "off track"),
        ]
    ),
)
GAP = rulebook.ByBands(
    Axis.GAP,
    okr.rulebook.Bands(
        [
            (okr.Below(0), "ahead"),
            (okr.AtMost(0), "on track"),
            (okr.AtMost(0.25), "at risk"),
            (rulebook.OTHERWISE, "off track"),
        ]
    ),
)
STATIC = rulebook.ByBands(
    Axis.PROGRESS,
    okr.rulebook.Bands(
        [
            (okr.AtLeast(0.75), "on track"),
            (okr.AtLeast(0.5), "at risk"),
            (rulebook.OTHERWISE, "off track"),
        ]
    ),
)
WORST = rulebook.FromParts(
    rulebook.StatusCombination.WORST, [(name, RANKS[name]) for name in NAMES]
)

work_weeks = st.builds(
    okr.calendar.WorkWeek,
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True),
    days_off=st.lists(days, max_size=6),
)
pacings = st.builds(
    okr.rulebook.PacingRule,
    days=st.sampled_from(rulebook.DayCount),
    workdays=st.none() | work_weeks,
    holds_after_due=st.booleans(),
    objectives_from=st.sampled_from(rulebook.ExpectedFrom),
)
inside = st.integers(0, (CYCLE.end - CYCLE.start).days).map(
    lambda n: CYCLE.start + timedelta(days=n)
)
shares = st.integers(0, 12).map(lambda n: n / 10)


def book_of(*rules: Any, pacing: okr.rulebook.PacingRule = okr.RECOMMENDED.pacing) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, name="law", status=rules, pacing=pacing)


def plan_of(
    *measures: Any,
    ambition: okr.Ambition | None = okr.Ambition.COMMITTED,
    cycle: okr.Cycle = CYCLE,
    **options: Any,
) -> okr.Plan:
    key_results = [
        okr.KeyResult(f"k{number}", "A key result", measure, **options)
        for number, measure in enumerate(measures)
    ]
    return okr.Plan(
        [okr.Objective("o", "O", key_results=key_results, cycle=cycle, ambition=ambition)]
    )


@given(
    pacings,
    st.integers(1, 200),
    st.sampled_from([okr.Increase(10, 20), okr.Decrease(9, 2), okr.Reach(5), okr.FromTo(1, 2)]),
    st.booleans(),
)
def test_expected_progress_goes_from_0_to_1(
    pacing: okr.rulebook.PacingRule, length: int, measure: Any, has_waypoints: bool
) -> None:
    cycle = okr.Cycle(CYCLE.start, CYCLE.start + timedelta(days=length))
    middle = cycle.start + timedelta(days=length // 2)
    timing = okr.Timing(waypoints=[okr.Waypoint(middle, 3)]) if has_waypoints else None
    plan = plan_of(measure, cycle=cycle, timing=timing)
    journal = okr.Journal(okr.check_ins(cycle.start, {"k0": 5}))
    book = book_of(pacing=pacing)

    def expected(day: date) -> float | None:
        return okr.evaluate(plan, journal, as_of=day, rulebook=book).key_result("k0").expected

    assert expected(cycle.start - timedelta(days=1)) is None
    first = expected(cycle.start)
    assert first is not None
    week = pacing.workdays
    # Counted inclusively the first day is over; the one workday of a cycle, or until a waypoint, is its
    # first and last.
    until = middle if has_waypoints else cycle.end
    if has_waypoints and middle == cycle.start:
        baseline, target = measure.ends()
        if week is None or week.count(cycle.start, cycle.end) > 1:
            assert first == pytest.approx((3 - baseline) / (target - baseline))
    elif pacing.days is not rulebook.DayCount.INCLUSIVE and (
        week is None or week.count(cycle.start, until) > 1
    ):
        assert first == 0
    assert expected(cycle.end) == 1


@st.composite
def pauses(draw: st.DrawFn) -> list[okr.Transition]:
    """Moves of the objective into pauses and out of them, in order of days."""
    turns = sorted(draw(st.lists(inside, max_size=6, unique=True)))
    states = [okr.Lifecycle.PAUSED, okr.Lifecycle.ACTIVE]
    return [okr.Transition("o", day, states[number % 2]) for number, day in enumerate(turns)]


@given(pacings, pauses(), inside, inside, st.none() | inside, st.none() | inside)
def test_expected_progress_never_falls(
    pacing: okr.rulebook.PacingRule,
    moves: list[okr.Transition],
    one: date,
    other: date,
    due: date | None,
    waypoint: date | None,
) -> None:
    steps = okr.Milestones(okr.Milestone("a", 1, CYCLE.start + timedelta(days=30)), "b")
    timing = None if waypoint is None else okr.Timing(waypoints=[okr.Waypoint(waypoint, 7)])
    plan = plan_of(okr.Reach(10), okr.Reach(10), steps, okr.AtMost(5))
    objective = plan.objectives[0]
    changed = evolve(objective.own_key_results[0], timing=timing, due=due)
    plan = plan.put(evolve(objective, key_results=[changed, *objective.own_key_results[1:]]))
    read = okr.check_ins(CYCLE.start, {"k0": 1, "k1": 1, "k2": ["a"], "k3": 1})
    journal = okr.Journal([*read, *moves])
    book = book_of(pacing=pacing)
    earlier, later = sorted([one, other])
    before = okr.evaluate(plan, journal, as_of=earlier, rulebook=book)
    after = okr.evaluate(plan, journal, as_of=later, rulebook=book)
    for id in ("k0", "k1", "k2", "k3"):
        low, high = before.key_result(id).expected, after.key_result(id).expected
        if low is not None and high is not None:
            assert low <= high + 1e-12
    low, high = before.objective("o").expected, after.objective("o").expected
    if low is not None and high is not None:
        assert low <= high + 1e-12


def expected_of(card: okr.Scorecard, id: str) -> float | None:
    result = card[id]
    assert isinstance(result, (okr.scorecard.ObjectiveResult, okr.scorecard.KeyResultResult))
    return result.expected


def ranked(plan: okr.Plan, values: dict[str, Any], day: date, book: okr.Rulebook) -> list[int]:
    """Return the ranks of the statuses of an objective and of its first key result."""
    journal = okr.Journal(okr.check_ins(CYCLE.start, values))
    card = okr.evaluate(plan, journal, as_of=day, rulebook=book)
    return [RANKS[card[id].status] for id in ("o", "k0")]


schemes = st.sampled_from([(RATIO,), (GAP,), (STATIC,), (WORST, RATIO), (WORST, GAP)])
ambitions = st.sampled_from([okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL, None])


@given(schemes, ambitions, inside, shares, shares, shares, st.floats(0, 10))
def test_status_never_gets_worse_with_more_progress(
    rules: Any,
    ambition: okr.Ambition | None,
    day: date,
    one: float,
    other: float,
    beside: float,
    bounded: float,
) -> None:
    plan = plan_of(okr.Reach(1), okr.Reach(1), okr.AtMost(5), ambition=ambition)
    low, high = (
        ranked(plan, {"k0": value, "k1": beside, "k2": bounded}, day, book_of(*rules))
        for value in sorted([one, other])
    )
    assert low[0] <= high[0]
    assert low[1] <= high[1]


@given(schemes, ambitions, pacings, inside, inside, shares, shares, st.floats(0, 10))
def test_status_never_gets_better_as_days_go_by(
    rules: Any,
    ambition: okr.Ambition | None,
    pacing: okr.rulebook.PacingRule,
    one: date,
    other: date,
    value: float,
    beside: float,
    bounded: float,
) -> None:
    steps = okr.Milestones(okr.Milestone("a", 1, CYCLE.start + timedelta(days=30)), "b")
    plan = plan_of(okr.Reach(1), okr.Reach(1), okr.AtMost(5), steps, ambition=ambition)
    values: dict[str, Any] = {"k0": value, "k1": beside, "k2": bounded, "k3": ["a"]}
    earlier, later = sorted([one, other])
    book = book_of(*rules, pacing=evolve(pacing, expectations=okr.RECOMMENDED.pacing.expectations))
    journal = okr.Journal(okr.check_ins(CYCLE.start, values))
    card = okr.evaluate(plan, journal, as_of=earlier, rulebook=book)
    # While nothing is expected a ratio says nothing, and stands at 1.
    ids = ["o", *(kr.id for kr in plan.objectives[0].own_key_results)]
    assume(RATIO not in rules or all(expected_of(card, id) for id in ids))
    before, after = (ranked(plan, values, day, book) for day in (earlier, later))
    assert before[0] >= after[0]
    assert before[1] >= after[1]


EVERY_RULE = [
    rulebook.Closed(),
    rulebook.NotStarted(silent_until=0.15),
    rulebook.Done(),
    rulebook.Stale(intervals=2, still_intervals=3, shrinking_steps=2),
    rulebook.Overdue("overdue"),
    okr.rulebook.Declared(keep=okr.rulebook.OverrideDuration.UNTIL_READ),
    okr.rulebook.Declared(),
    WORST,
    RATIO,
    GAP,
    STATIC,
    rulebook.ByBands(Axis.CONFIDENCE, okr.rulebook.Bands([(okr.AtLeast(0.5), "sure")])),
    rulebook.Always("always"),
]


def in_both(quarter: Quarter, other: date) -> tuple[okr.Plan, list[okr.Objective]]:
    """Return the plan of another day, and its objectives with the key results of both days."""
    plan, today = (quarter.journal.effective(quarter.plan, on=on) for on in (other, quarter.day))
    found = [each for each in plan.objectives if each.id in today]
    kept = [
        evolve(each, key_results=[kr for kr in each.own_key_results if kr.id in today])
        for each in found
    ]
    return plan, kept


@given(quarters(), st.integers(1, 50), numbers, st.permutations(EVERY_RULE))
def test_what_is_dated_later_changes_nothing(
    quarter: Quarter, ahead: int, number: float, rules: list[Any]
) -> None:
    later = quarter.day + timedelta(days=ahead)
    plan, objectives = in_both(quarter, later)
    ids = [kr.id for each in objectives for kr in each.own_key_results]
    entries: list[Any] = [
        okr.CheckIn(objective.id, later, status="off track", confidence=0.1)
        for objective in objectives
    ]
    entries += [
        okr.Transition(objective.id, later, okr.Lifecycle.PAUSED) for objective in objectives
    ]
    for id in ids:
        entries.append(okr.CheckIn(id, later, status="ahead", confidence=0.9))
        entries.append(okr.Judgement(id, later, score=0.1, status="at risk", because="a doubt"))
        kr = plan.key_result(id)
        if isinstance(kr.measure, okr.Reach) and kr.metric is None and kr.derived is None:
            entries.append(okr.CheckIn(id, later, number))
    book = book_of(*rules)
    before = quarter.evaluate(rulebook=book)
    after = okr.evaluate(
        quarter.plan, quarter.journal.add(entries), as_of=quarter.day, rulebook=book
    )
    for id in (*ids, *(objective.id for objective in objectives)):
        assert before[id] == after[id]


@given(quarters(), st.lists(st.sampled_from(EVERY_RULE), max_size=6))
def test_the_first_rule_that_answers_wins(quarter: Quarter, rules: list[Any]) -> None:
    on = quarter.day - timedelta(days=3)
    objectives = quarter.evaluate().plan_in_force.objectives
    known = {each.id for each in quarter.journal.effective(quarter.plan, on=on).objectives}
    declared = [
        okr.CheckIn(objective.id, on, status="said")
        for objective in objectives
        if objective.id in known
    ]
    # Of parts that stand otherwise it would answer otherwise.
    rules = [rule for rule in rules if rule is not WORST]
    journal = quarter.journal.add(declared)

    def stood(*rules: Any) -> list[tuple[str, str]]:
        card = okr.evaluate(quarter.plan, journal, as_of=quarter.day, rulebook=book_of(*rules))
        return [
            (card[id].status, card[id].status_why)
            for objective in objectives
            for id in (objective.id, *(kr.id for kr in objective.own_key_results))
        ]

    alone, silent = [stood(rule) for rule in rules], stood()
    for item, found in enumerate(stood(*rules)):
        answers = [one[item] for one in alone if one[item] != silent[item]]
        assert found == (answers[0] if answers else silent[item])


@given(quarters(), st.sampled_from(NAMES), days, st.sampled_from(okr.rulebook.OverrideDuration))
def test_what_is_declared_never_changes_the_computed_status(
    quarter: Quarter, status: str, on: date, keep: okr.rulebook.OverrideDuration
) -> None:
    ids = [
        id
        for objective in in_both(quarter, on)[1]
        for id in (objective.id, *(kr.id for kr in objective.own_key_results))
    ]
    said = [okr.Judgement(id, on, status=status, because="we know more") for id in ids]
    book = book_of(okr.rulebook.Declared(keep=keep), *okr.RECOMMENDED.status)
    before = quarter.evaluate(rulebook=book)
    journal = quarter.journal.add(said)
    after = okr.evaluate(quarter.plan, journal, as_of=quarter.day, rulebook=book)
    for id in ids:
        assert after[id].computed_status == before[id].computed_status
        assert after[id].status in {status, before[id].status, before[id].computed_status}


@given(work_weeks, days, st.integers(0, 60))
def test_a_work_week_counts_its_workdays(
    week: okr.calendar.WorkWeek, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    assert week.count(first, last) == okr.calendar.count_workdays(okr.Period(first, last), week)
    assert week.count(last, first - timedelta(days=1)) == 0

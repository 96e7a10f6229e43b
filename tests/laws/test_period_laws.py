"""Laws of bounds in each period, and of directions without a target.

Periods are worked by hand: days are counted one by one, and months by their names.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.calendar import Cadence
from okrcore.plan import Aggregation, Bound, Measure
from okrcore.plan.measures import has_no_target
from okrcore.scorecard import Movement, PeriodState
from strategies import Quarter, quarters

FIRST = date(2026, 1, 1)
CADENCES = [
    Cadence.MONTHLY,
    Cadence.QUARTERLY,
    Cadence("weekly", weeks=1),
    Cadence("sprint", weeks=3),
]
BOUNDS: list[Bound] = [
    okr.AtLeast(10),
    okr.Above(10),
    okr.AtMost(10),
    okr.Below(10),
    okr.Between(4, 10),
]
HOLDS = {
    okr.AtLeast: lambda value: value >= 10,
    okr.Above: lambda value: value > 10,
    okr.AtMost: lambda value: value <= 10,
    okr.Below: lambda value: value < 10,
    okr.Between: lambda value: 4 <= value <= 10,
}


def _after(start: date, cadence: Cadence, times: int) -> date:
    """Return a day some lengths later; of a shorter month the last day."""
    if cadence.weeks:
        return start + timedelta(days=7 * cadence.weeks * times)
    year, month = divmod(start.year * 12 + start.month - 1 + cadence.months * times, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def cut(start: date, end: date, cadence: Cadence) -> Sequence[tuple[date, date]]:
    """Return the periods of a cycle; less than half a period at the end belongs to the one before."""
    found: list[tuple[date, date]] = []
    while (first := _after(start, cadence, len(found))) <= end:
        full = _after(start, cadence, len(found) + 1) - timedelta(days=1)
        is_half = 2 * ((end - first).days + 1) >= (full - first).days + 1
        if full <= end or is_half or not found:
            found.append((first, min(full, end)))
        else:
            found[-1] = found[-1][0], end
            break
    return found


cycles = st.builds(
    lambda start, days: okr.Cycle(start, start + timedelta(days=days)),
    st.dates(FIRST, date(2026, 12, 31)),
    st.integers(0, 200),
)


@st.composite
def counted(draw: st.DrawFn) -> tuple[okr.Cycle, okr.EachPeriod, list[tuple[int, float]], int]:
    """Return a cycle, a measure, readings by their day in the cycle, and a day in it."""
    cycle = draw(cycles)
    inside = st.integers(0, cycle.period.days - 1)
    values = st.sampled_from([3.0, 4.0, 9.0, 10.0, 11.0])
    read = draw(st.lists(st.tuples(inside, values), max_size=12))
    measure = okr.EachPeriod(draw(st.sampled_from(BOUNDS)), every=draw(st.sampled_from(CADENCES)))
    return cycle, measure, sorted(read, key=lambda one: one[0]), draw(inside)


def result_of(
    cycle: okr.Cycle,
    measure: okr.EachPeriod,
    read: Sequence[tuple[int, float]],
    today: int,
    how: Aggregation | None = None,
) -> okr.scorecard.KeyResultResult:
    kr = okr.KeyResult("p", "P", measure, metric="m" if how else None)
    metrics = [okr.Metric("m", "M", aggregation=how)] if how else []
    plan = okr.Plan([okr.Objective("o", "O", key_results=[kr], cycle=cycle)], metrics=metrics)
    journal = okr.Journal(
        okr.CheckIn("m" if how else "p", cycle.start + timedelta(days=day), value)
        for day, value in read
    )
    as_of = cycle.start + timedelta(days=today)
    return okr.evaluate(plan, journal, as_of=as_of).key_result("p")


@given(counted(), st.sampled_from([None, Aggregation.SUM, Aggregation.MAXIMUM]))
def test_each_period_is_judged_by_its_own_readings(
    drawn: tuple[okr.Cycle, okr.EachPeriod, list[tuple[int, float]], int], how: Aggregation | None
) -> None:
    cycle, measure, read, today = drawn
    day = cycle.start + timedelta(days=today)
    found, states = result_of(cycle, measure, read, today, how), list[str]()
    periods = cut(cycle.start, cycle.end, measure.every)
    for first, last in periods:
        mine = [
            value
            for on, value in read
            if on <= today and first <= cycle.start + timedelta(days=on) <= last
        ]
        value = None
        if mine:
            value = {None: mine[-1], Aggregation.SUM: sum(mine)}.get(how, max(mine))
        is_held = value is not None and HOLDS[type(measure.bound)](value)
        state = "held" if is_held else "not held" if mine else "not read"
        states.append(state if last <= day else "open")
    assert [(each.days.start, each.days.end) for each in found.periods] == periods
    assert [str(each.state) for each in found.periods] == states
    held, over = states.count("held"), len(states) - states.count("open")
    is_read = any(on <= today for on, _ in read)
    expected = Fraction(held, over) if is_read and over else None
    assert found.score == (None if expected is None else float(expected))
    low, high = Fraction(held, len(states)), Fraction(held + len(states) - over, len(states))
    ends = (low, high) if is_read else (0, 1)
    assert found.score_range == tuple(map(float, ends))
    assert found.score_range is not None
    if found.score is not None:
        assert found.score_range[0] <= found.score <= found.score_range[1]


@given(counted())
def test_open_periods_are_those_that_can_still_change(
    drawn: tuple[okr.Cycle, okr.EachPeriod, list[tuple[int, float]], int],
) -> None:
    """Whatever is read in the periods to come, the final score lies in the range of today."""
    cycle, measure, read, today = drawn
    before = [one for one in read if one[0] <= today]
    assume(before)
    now = result_of(cycle, measure, before, today)
    is_open = [each.state is PeriodState.OPEN for each in now.periods]
    ends = [(each.days.end - cycle.start).days for each in now.periods]
    assert now.score_range is not None
    for value in (3.0, 4.0, 10.0, 11.0):
        later = [(end, value) for end, still in zip(ends, is_open, strict=True) if still]
        final = result_of(cycle, measure, [*before, *later], cycle.period.days - 1)
        assert final.score is not None
        assert now.score_range[0] <= final.score <= now.score_range[1]


MEASURES: list[Measure] = [
    okr.Increase(5, None),
    okr.Increase(None, None),
    okr.Decrease(5, None),
    okr.Reach(8),
    okr.PassFail(),
]


@given(quarters(measure=st.sampled_from(MEASURES)))
def test_without_a_target_a_key_result_is_excluded_as_one_that_is_tracked(quarter: Quarter) -> None:
    """Nothing above it differs from a plan in which its weight is 0; it has no score of its own."""
    plan = evolve(quarter.plan, objectives=map(_with_more, quarter.plan.objectives))
    journal = quarter.journal.keep(
        lambda entry: not isinstance(entry, okr.Adjustment | okr.Correction)
    )
    is_open = {each.id: has_no_target(getattr(each, "measure", None)) for each in plan.each()}

    def tracked_in(each: okr.KeyResult | okr.KeyResultRef) -> okr.KeyResult | okr.KeyResultRef:
        id = each.to if isinstance(each, okr.KeyResultRef) else each.id
        return evolve(each, weight=0) if is_open[id] else each

    objectives = [
        evolve(each, key_results=map(tracked_in, each.key_results)) for each in plan.objectives
    ]
    tracked = evolve(plan, objectives=objectives)
    card, other = (
        okr.evaluate(each, journal, as_of=quarter.day, strict=False) for each in (plan, tracked)
    )
    for objective in plan.objectives:
        mine, theirs = card.objective(objective.id), other.objective(objective.id)
        assert mine.score == theirs.score
        assert mine.coverage == theirs.coverage
        assert mine.score_range == theirs.score_range
    for kr in (kr for each in plan.objectives for kr in each.own_key_results):
        if has_no_target(kr.measure):
            found = card.key_result(kr.id)
            assert (found.score, found.coverage, found.excluded) == (None, None, True)


def _with_more(objective: okr.Objective) -> okr.Objective:
    """Return an objective with a key result of another measure that counts, and without carried ones.

    One of tracked key results alone has no weight, and one of open targets alone is excluded.
    """
    if not objective.key_results:
        return objective
    own = [
        each if isinstance(each, okr.KeyResultRef) else evolve(each, continues=None)
        for each in objective.key_results
    ]
    more = okr.KeyResult(f"{objective.id}-more", "More", okr.PassFail())
    return evolve(objective, key_results=[*own, more])


@pytest.mark.parametrize(("kind", "sign"), [(okr.Increase, 1), (okr.Decrease, -1)])
@given(
    start=st.none() | st.integers(-9, 9),
    values=st.lists(st.integers(-9, 9), min_size=1, max_size=4),
)
def test_better_is_the_direction_of_the_line(
    kind: type[okr.Increase | okr.Decrease], sign: int, start: int | None, values: list[int]
) -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("r", "R", kind(start, None))])]
    )
    journal = okr.Journal(
        okr.CheckIn("r", FIRST + timedelta(days=n), value) for n, value in enumerate(values)
    )
    found = okr.evaluate(plan, journal, as_of=FIRST + timedelta(days=9)).key_result("r")

    def moved(before: int | None) -> Movement | None:
        if before is None:
            return None
        change = sign * (values[-1] - before)
        if not change:
            return Movement.UNCHANGED
        return Movement.BETTER if change > 0 else Movement.WORSE

    assert found.against_baseline == moved(start)
    assert found.against_before == moved(values[-2] if len(values) > 1 else None)

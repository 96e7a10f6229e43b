"""Laws of calendars, rhythms and what is due.

- the cycles of a cadence tile the time: the day after one is the first of the next
- a day lies in its cycle, and all days of a cycle have the same one
- quarters make the year, periods the quarter, whatever the year is made of
- a part asked for by its number is the one its first day lies in
- weeks of a year that starts in January are those of ISO 8601
- a split tiles its cycle
- months from an anchor end on the anchor's day or on the month's last
- a next due day lies on an anchor, and never goes back
- a check-in is due once, and moves the due day on
- later entries change nothing that is due
- what is within its grace is not late
- advice is in the words of the reader, with the same numbers
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore.calendar.cycle import add_cadence
from strategies import Quarter, quarters

DAY = timedelta(days=1)

days = st.dates(date(1990, 1, 1), date(2110, 12, 31))
weekdays = st.sampled_from(okr.calendar.Weekday)
months = st.integers(1, 12)
year_ends = st.one_of(
    st.builds(okr.calendar.LastWeekday, weekdays, month=months),
    st.builds(
        okr.calendar.NearestWeekday, weekdays, month=months, day=st.none() | st.integers(1, 28)
    ),
)
cuts = st.sampled_from(
    [
        okr.calendar.FOUR_FOUR_FIVE,
        okr.calendar.FOUR_FIVE_FOUR,
        okr.calendar.FIVE_FOUR_FOUR,
        okr.calendar.THIRTEEN_PERIODS,
    ]
)
week_years = st.builds(
    okr.calendar.WeekYear, year_ends, cuts, leap_period=st.none() | st.integers(1, 12)
)
calendars = st.one_of(
    st.builds(okr.FiscalCalendar, start_month=months, named_for_end=st.booleans()),
    st.builds(okr.FiscalCalendar, weeks=week_years, named_for_end=st.booleans()),
)
#: Those that divide every year; a month of five weeks is no micro cycle.
cadences = st.sampled_from(
    [
        okr.Cadence.ANNUAL,
        okr.Cadence.HALF_YEARLY,
        okr.Cadence.QUARTERLY,
        okr.Cadence.MONTHLY,
        okr.Cadence.MICRO_TWO_WEEKS,
        okr.Cadence.MICRO_WEEK,
    ]
)
rhythms: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        okr.calendar.Weekly, weekdays, every=st.integers(1, 4), early_days=st.integers(0, 10)
    ),
    st.builds(okr.calendar.Monthly, st.integers(1, 31), early_days=st.integers(0, 10)),
    st.builds(okr.calendar.EveryDays, st.integers(1, 40)),
)


@given(calendars, cadences, days)
def test_cycles_of_a_cadence_tile_the_time(
    calendar: okr.FiscalCalendar, cadence: okr.Cadence, day: date
) -> None:
    cycle = calendar.cycle_of(day, cadence)
    following = calendar.next_cycle(cycle)
    assert following.start == cycle.end + DAY
    assert calendar.previous_cycle(following) == cycle
    assert following.name != cycle.name


@given(calendars, cadences, days)
def test_a_day_lies_in_its_cycle(
    calendar: okr.FiscalCalendar, cadence: okr.Cadence, day: date
) -> None:
    cycle = calendar.cycle_of(day, cadence)
    assert day in cycle
    assert {calendar.cycle_of(one, cadence) for one in (cycle.start, cycle.end)} == {cycle}


@given(calendars, st.integers(1990, 2110))
def test_quarters_make_the_year(calendar: okr.FiscalCalendar, year: int) -> None:
    whole = calendar.year(year)
    inside = calendar.cycles_between(whole.start, whole.end, okr.Cadence.QUARTERLY)
    assert inside == tuple(calendar.quarter(year, number) for number in (1, 2, 3, 4))
    assert all(whole.covers(quarter) for quarter in inside)
    assert sum(quarter.period.days for quarter in inside) == whole.period.days
    periods = calendar.cycles_between(whole.start, whole.end, okr.Cadence.MONTHLY)
    assert all(sum(quarter.covers(period) for quarter in inside) == 1 for period in periods)
    if calendar.weeks is not None:
        assert whole.period.days in {364, 371}
        weeks = calendar.cycles_between(whole.start, whole.end, okr.Cadence.MICRO_WEEK)
        assert all(sum(quarter.covers(week) for quarter in inside) == 1 for week in weeks)


@given(calendars, st.integers(1990, 2110), st.integers(1, 4), st.integers(1, 52))
def test_a_part_is_the_one_its_first_day_lies_in(
    calendar: okr.FiscalCalendar, year: int, quarter: int, week: int
) -> None:
    for part in (
        calendar.year(year),
        calendar.half(year, 1 + quarter // 3),
        calendar.quarter(year, quarter),
        calendar.period(year, 3 * quarter),
        calendar.week(year, week),
    ):
        assert part.cadence is not None
        assert calendar.cycle_of(part.start, part.cadence) == part


@given(days)
def test_weeks_are_those_of_iso_8601(day: date) -> None:
    week = okr.FiscalCalendar().cycle_of(day, okr.Cadence.MICRO_WEEK)
    year, number, _ = day.isocalendar()
    assert week.name == f"{year}-W{number:02}"
    assert week.start == date.fromisocalendar(year, number, 1)


@given(days, st.integers(0, 500), cadences | st.just(okr.Cadence.MICRO_MONTH))
def test_a_split_tiles_the_cycle(start: date, length: int, cadence: okr.Cadence) -> None:
    cycle = okr.Cycle(start, start + timedelta(days=length))
    parts = cycle.split(cadence)
    assert (parts[0].start, parts[-1].end) == (cycle.start, cycle.end)
    assert all(a.end + DAY == b.start for a, b in pairwise(parts))
    assert len({part.name for part in parts}) == len(parts)
    for number, part in enumerate(parts[:-1], 1):
        assert part.end + DAY == add_cadence(start, cadence, number)


@given(days, st.integers(-40, 40))
def test_months_end_on_the_anchors_day_or_the_last(anchor: date, times: int) -> None:
    found = add_cadence(anchor, okr.Cadence.MONTHLY, times)
    assert found.day == anchor.day or (found.day < anchor.day and (found + DAY).day == 1)
    apart = (found.year - anchor.year) * 12 + found.month - anchor.month
    assert apart == times


@given(rhythms, days, st.lists(st.integers(0, 60), max_size=8))
def test_next_due_never_goes_back(rhythm: Any, start: date, gaps: list[int]) -> None:
    due = rhythm.first_due(start)
    assert due > start
    day = start
    for gap in gaps:
        day += timedelta(days=gap)
        following = rhythm.next_due(due, day)
        early = day < due - timedelta(days=rhythm.early_days)
        assert following >= due
        assert (following == due) if early else (following > day)
        if isinstance(rhythm, okr.calendar.Weekly):
            assert following.weekday() == rhythm.weekday
            assert (following - due).days % (7 * rhythm.every) == 0
        elif isinstance(rhythm, okr.calendar.Monthly):
            assert following.day == rhythm.day or (following + DAY).day == 1
        due = following


@given(rhythms, days, st.integers(0, 400))
def test_planned_days_are_those_of_check_ins_in_time(rhythm: Any, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    due, in_time = rhythm.first_due(start), []
    while due <= end:
        in_time.append(due)
        due = rhythm.next_due(due, due)
    assert list(rhythm.dues(start, end)) == in_time


@given(quarters(), st.integers(0, 30))
def test_a_check_in_is_due_once(quarter: Quarter, ahead: int) -> None:
    found = okr.review.list_due(quarter.plan, quarter.journal, as_of=quarter.day, ahead_days=ahead)
    check_ins = [one.of for one in found if one.what is okr.calendar.Ritual.CHECK_IN]
    assert len(set(check_ins)) == len(check_ins)
    assert list(found) == sorted(found, key=lambda one: one.on)
    for one in found:
        assert (one.on - quarter.day).days <= ahead
        assert one.days_late == max(0, (quarter.day - one.on).days)
        assert (one.state is okr.review.DueState.COMING) == (one.on > quarter.day)


@given(quarters(), st.integers(1, 60))
def test_later_entries_change_nothing_due(quarter: Quarter, later: int) -> None:
    before = okr.review.list_due(quarter.plan, quarter.journal, as_of=quarter.day)
    assume(quarter.plan.objectives[0].own_key_results)
    kr = quarter.plan.objectives[0].own_key_results[0]
    on = quarter.day + timedelta(days=later)
    more = quarter.journal.add(
        okr.CheckIn(kr.id, on, confidence=0.5),
        okr.Closing(quarter.plan.objectives[0].id, on, okr.ClosingDecision.CARRY),
        okr.Transition(quarter.plan.objectives[0].id, on, okr.Lifecycle.PAUSED),
    )
    assert okr.review.list_due(quarter.plan, more, as_of=quarter.day) == before


Ritual = okr.calendar.Ritual
MEETINGS = {Ritual.WEEKLY, Ritual.FORUM, Ritual.BUSINESS_REVIEW}


def graces(plan: okr.Plan, one: okr.review.DueItem) -> set[int]:
    """Return the days of grace of all who read what is due."""
    if one.what in {Ritual.BASELINE, Ritual.INITIATIVE}:
        return {0}
    if one.what in MEETINGS:
        return {3}
    id, metric = one.of, plan.items[one.of]
    own = (
        metric.timing and metric.timing.check_in_days if isinstance(metric, okr.KeyResult) else None
    )
    if own is not None:
        return {okr.calendar.rhythm_of(own).grace_days}
    made = made_of(plan, id)
    if any(each.id in made and each.check_in_days is not None for each in plan.metrics):
        return {0}  # of its own rhythm, which is one of days
    homes = [
        home
        for home in plan.objectives
        for item in (home, *home.own_key_results, *home.guardrails, *home.initiatives)
        if not made.isdisjoint({getattr(item, "id", None), getattr(item, "metric", None)})
    ]
    cadences = [
        okr.Cadence.MICRO_WEEK if home.is_micro else okr.Cadence.QUARTERLY for home in homes
    ]
    return {okr.calendar.Schedule.of(cadence).check_ins.grace_days for cadence in cadences}


def made_of(plan: okr.Plan, id: str) -> set[str]:
    """Return an id with those of the metrics derived from it."""
    found = {id}
    for _ in plan.metrics:
        found |= {
            each.id
            for each in plan.metrics
            if each.derived is not None and not found.isdisjoint(each.derived.of)
        }
    return found


def measured_daily() -> Quarter:
    """A metric that is measured each day, last two days ago: one day late, without a grace."""
    plan = okr.Plan(
        [okr.Objective("o", "A title", key_results=[okr.KeyResult("k", "A title", okr.Reach(5))])],
        metrics=[okr.Metric("nps", "A title", check_in_days=1)],
    )
    read = okr.CheckIn("nps", date(2026, 7, 1), 0)
    return Quarter(plan, okr.Journal([read]), date(2026, 7, 3))


@given(quarters())
@example(measured_daily())
def test_what_is_within_its_grace_is_not_late(quarter: Quarter) -> None:
    plan = quarter.journal.effective(quarter.plan, on=quarter.day)
    for one in okr.review.list_due(quarter.plan, quarter.journal, as_of=quarter.day):
        is_late = one.state is okr.review.DueState.LATE
        assert is_late in {one.days_late > grace for grace in graces(plan, one)}


@given(quarters(), st.integers(0, 30))
def test_an_objective_has_a_meeting_once_and_never_late(quarter: Quarter, ahead: int) -> None:
    found = okr.review.list_due(quarter.plan, quarter.journal, as_of=quarter.day, ahead_days=ahead)
    meetings = [
        (one.what, id) for one in found if one.what in MEETINGS for id in (one.of, *one.also)
    ]
    days = {(one.what, one.of, one.on) for one in found if one.what in MEETINGS}
    assert len(meetings) == len(set(meetings))  # of each, the next day alone
    assert all(-ahead <= (quarter.day - on).days <= 3 for _, _, on in days)
    assert {one.state for one in found if one.what in MEETINGS} <= {
        okr.review.DueState.DUE,
        okr.review.DueState.COMING,
    }


@given(quarters())
def test_a_baseline_is_due_while_it_is_missing(quarter: Quarter) -> None:
    card = quarter.evaluate()
    found = [
        one
        for one in okr.review.list_due(quarter.plan, quarter.journal, as_of=quarter.day)
        if one.what is Ritual.BASELINE
    ]
    for one in found:
        item: Any = card.plan_in_force.items[one.of]
        if isinstance(item, okr.KeyResult):
            result = card.key_result(one.of)
            assert result.baseline is None
            assert result.no_score_reason is not None
        else:  # a limit to be established
            bound: Any = getattr(item, "bound", None) or item.health
            assert bound.limit is None
            assert card[one.of].status == "unknown"
        set_now = okr.BaselineSet(one.of, quarter.day, 1.0)
        try:
            journal = okr.admit(quarter.plan, quarter.journal, set_now)
        except okr.OkrError:
            continue  # against the direction of its target, or after its closing
        after = okr.review.list_due(quarter.plan, journal, as_of=quarter.day)
        assert one.of not in {each.of for each in after if each.what is Ritual.BASELINE}


@given(st.integers(1, 3000), st.integers(1, 30), st.none() | st.integers(1, 400), st.booleans())
def test_advice_is_in_the_words_of_the_reader(
    horizon: int, teams: int, feedback: int | None, is_changing: bool
) -> None:
    advice = okr.calendar.recommend_cadence(
        horizon_days=horizon, teams=teams, feedback_days=feedback, is_changing=is_changing
    )
    for reason in advice.reasons:
        written = MADE_UP.write(reason)
        assert english_in(written) == []
        assert re.findall(r"\d", written) == re.findall(r"\d", reason)

"""Rhythms, schedules and workdays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.calendar import rhythm_of

QUARTER = okr.FiscalCalendar().quarter(2026, 3)
MONDAY, FRIDAY = okr.calendar.Weekday.MONDAY, okr.calendar.Weekday.FRIDAY


class Office:
    """Monday to Friday, without the days off that are named."""

    def __init__(self, *off: date) -> None:
        self.off = off

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.off


class Closed:
    def is_workday(self, day: date) -> bool:  # noqa: ARG002
        return False


def test_two_weeks_are_counted_from_the_day_that_is_due() -> None:
    rhythm = okr.calendar.Weekly(MONDAY, every=2)
    assert list(rhythm.dues(date(2026, 7, 1), date(2026, 8, 10))) == [
        date(2026, 7, 6),
        date(2026, 7, 20),
        date(2026, 8, 3),
    ]
    # Nine days late: what was missed is not owed twice, and the fortnights stay where they were.
    assert rhythm.next_due(date(2026, 7, 6), date(2026, 7, 15)) == date(2026, 7, 20)
    assert rhythm.next_due(date(2026, 7, 6), date(2026, 7, 21)) == date(2026, 8, 3)


def test_a_due_day_that_was_moved_goes_back_to_its_anchor() -> None:
    moved = date(2026, 7, 7)  # a Tuesday: Monday was a day off
    assert okr.calendar.Weekly(MONDAY).next_due(moved, moved) == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("checked_in", "next_due"),
    [
        (date(2026, 7, 3), date(2026, 7, 6)),
        (date(2026, 7, 4), date(2026, 7, 13)),
        (date(2026, 7, 6), date(2026, 7, 13)),
    ],
)
def test_early_check_ins(checked_in: date, next_due: date) -> None:
    rhythm = okr.calendar.Weekly(MONDAY, early_days=2)
    assert rhythm.next_due(date(2026, 7, 6), checked_in) == next_due


def test_the_last_day_of_every_month() -> None:
    rhythm = okr.calendar.Monthly(31)
    assert list(rhythm.dues(date(2026, 1, 15), date(2026, 5, 31))) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]
    assert okr.calendar.Monthly(15).first_due(date(2026, 1, 15)) == date(2026, 2, 15)


def test_days_after_the_last_check_in() -> None:
    rhythm = okr.calendar.EveryDays(2)
    assert rhythm.first_due(date(2026, 9, 7)) == date(2026, 9, 9)
    assert rhythm.next_due(None, date(2026, 9, 7)) == date(2026, 9, 9)
    assert rhythm.next_due(date(2026, 9, 9), date(2026, 9, 8)) == date(2026, 9, 10)
    assert rhythm.next_due(date(2026, 9, 9), date(2026, 9, 12)) == date(2026, 9, 14)
    assert rhythm.next_due(date(2026, 9, 9), date(2026, 9, 1)) == date(2026, 9, 9)
    assert rhythm.early_days == 2


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [
        (1, okr.calendar.EveryDays(1)),
        (2, okr.calendar.EveryDays(2)),
        (7, okr.calendar.Weekly(MONDAY)),
        (14, okr.calendar.Weekly(MONDAY, every=2)),
        (31, okr.calendar.EveryDays(31)),
    ],
)
def test_rhythms_of_days(days: int, rhythm: okr.calendar.Weekly | okr.calendar.EveryDays) -> None:
    assert rhythm_of(days) == rhythm


def test_the_timeline_of_a_quarter() -> None:
    """METHOD.md 2.9: weeks before the start, the middle, weeks before the end."""
    found = {
        occasion.ritual: occasion.on
        for occasion in okr.calendar.Schedule.of(okr.Cadence.QUARTERLY).occasions(QUARTER)
        if occasion.ritual is not okr.calendar.Ritual.CHECK_IN
    }
    start, end = QUARTER.start, QUARTER.end
    assert found == {
        okr.calendar.Ritual.DRAFT: start - timedelta(weeks=6),
        okr.calendar.Ritual.PUBLISH: start - timedelta(weeks=2),
        okr.calendar.Ritual.TEAM_DRAFT: start - timedelta(weeks=1),
        okr.calendar.Ritual.PEER_REVIEW: start - timedelta(days=4),
        okr.calendar.Ritual.PLANNING: start,
        okr.calendar.Ritual.PERSONAL_PLANNING: start + timedelta(weeks=1),
        okr.calendar.Ritual.MID_CYCLE_REVIEW: date(2026, 8, 15),
        okr.calendar.Ritual.CALL: end - timedelta(weeks=2),
        okr.calendar.Ritual.CLOSE: end,
        okr.calendar.Ritual.RETROSPECTIVE: end + timedelta(weeks=1),
    }
    week_of_review = (found[okr.calendar.Ritual.MID_CYCLE_REVIEW] - start).days // 7 + 1
    assert week_of_review in {6, 7}


def test_check_ins_of_a_quarter_are_its_mondays() -> None:
    occasions = okr.calendar.Schedule.of(okr.Cadence.QUARTERLY).occasions(QUARTER)
    check_ins = [one.on for one in occasions if one.ritual is okr.calendar.Ritual.CHECK_IN]
    assert len(check_ins) == 13
    assert {day.weekday() for day in check_ins} == {0}
    assert (check_ins[0], check_ins[-1]) == (date(2026, 7, 6), date(2026, 9, 28))


@pytest.mark.parametrize(
    ("cadence", "check_ins", "others"),
    [
        (okr.Cadence.MICRO_WEEK, okr.calendar.EveryDays(1), 3),
        (okr.Cadence.MICRO_TWO_WEEKS, okr.calendar.EveryDays(2), 3),
        (okr.Cadence.MICRO_MONTH, okr.calendar.Weekly(MONDAY), 3),
        (okr.Cadence.MONTHLY, okr.calendar.Weekly(MONDAY), 3),
        (okr.Cadence.QUARTERLY, okr.calendar.Weekly(MONDAY), 10),
        (okr.Cadence.ANNUAL, okr.calendar.Weekly(MONDAY, every=2), 10),
        (okr.Cadence("twelve weeks", weeks=12), okr.calendar.Weekly(MONDAY), 10),
        (None, okr.calendar.Weekly(MONDAY), 10),
    ],
)
def test_usual_schedules(
    cadence: okr.Cadence | None,
    check_ins: okr.calendar.Weekly | okr.calendar.EveryDays,
    others: int,
) -> None:
    schedule = okr.calendar.Schedule.of(cadence)
    assert (schedule.check_ins, len(schedule.appointments)) == (check_ins, others)


def test_a_week_has_a_check_in_a_day() -> None:
    week = okr.Cycle.starting(date(2026, 9, 7), okr.Cadence.MICRO_WEEK)
    occasions = okr.calendar.Schedule.of(week.cadence).occasions(week)
    assert [(one.on.day, str(one.ritual)) for one in occasions] == [
        (7, "planning"),
        (8, "check-in"),
        (9, "check-in"),
        (10, "check-in"),
        (11, "check-in"),
        (12, "check-in"),
        (13, "close"),
        (13, "retrospective"),
        (13, "check-in"),
    ]


def test_what_falls_on_a_day_off_moves_to_a_workday() -> None:
    week = okr.Cycle.starting(date(2026, 9, 7), okr.Cadence.MICRO_WEEK)
    office = Office(date(2026, 9, 14))
    occasions = okr.calendar.Schedule.of(week.cadence).occasions(week, workdays=office)
    assert [(one.on.day, str(one.ritual)) for one in occasions] == [
        (7, "planning"),
        (8, "check-in"),
        (9, "check-in"),
        (10, "check-in"),
        (11, "check-in"),
        (15, "close"),
        (15, "retrospective"),
        (15, "check-in"),  # Saturday's and Sunday's are one
    ]


def test_your_own_schedule() -> None:
    schedule = evolve(
        okr.calendar.Schedule.of(okr.Cadence.QUARTERLY),
        check_ins=okr.calendar.Weekly(FRIDAY),
        appointments=[
            okr.calendar.RitualSlot(
                okr.calendar.Ritual.MID_CYCLE_REVIEW, okr.calendar.CyclePoint.START, 35
            )
        ],
    )
    occasions = schedule.occasions(QUARTER)
    assert {
        one.on.weekday() for one in occasions if one.ritual is okr.calendar.Ritual.CHECK_IN
    } == {4}
    assert (
        okr.calendar.ScheduledRitual(okr.calendar.Ritual.MID_CYCLE_REVIEW, date(2026, 8, 5))
        in occasions
    )


def test_workdays() -> None:
    office = Office(date(2026, 9, 7))
    assert okr.calendar.next_workday(date(2026, 9, 4), office) == date(2026, 9, 4)
    assert okr.calendar.next_workday(date(2026, 9, 5), office) == date(2026, 9, 8)
    assert (
        okr.calendar.count_workdays(okr.Period(date(2026, 9, 1), date(2026, 9, 30)), office) == 21
    )
    assert okr.calendar.count_workdays(QUARTER.period, Closed()) == 0
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.calendar.next_workday(date(2026, 9, 5), Closed())
    assert str(caught.value) == (
        "next_workday: must have a workday within a year, got 'none from 2026-09-05 on'"
        " [never-a-workday]"
    )

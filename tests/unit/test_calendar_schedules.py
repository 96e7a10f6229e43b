"""Rhythms, schedules and workdays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.calendar import WorkdayOfMonth, rhythm_of

QUARTER = okr.FiscalCalendar().quarter(2026, 3)
MONDAY, FRIDAY = okr.calendar.Weekday.MONDAY, okr.calendar.Weekday.FRIDAY


Ritual = okr.calendar.Ritual
REPEATED = {Ritual.CHECK_IN, Ritual.WEEKLY, Ritual.FORUM, Ritual.BUSINESS_REVIEW}


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
        if occasion.ritual not in REPEATED
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
        (okr.Cadence.MONTHLY, okr.calendar.Weekly(MONDAY), 4),
        (okr.Cadence("four weeks", weeks=4), okr.calendar.Weekly(MONDAY), 4),
        (okr.Cadence("three weeks", weeks=3), okr.calendar.Weekly(MONDAY), 3),
        (okr.Cadence.QUARTERLY, okr.calendar.Weekly(MONDAY), 13),
        (okr.Cadence.ANNUAL, okr.calendar.Weekly(MONDAY, every=2), 13),
        (okr.Cadence("twelve weeks", weeks=12), okr.calendar.Weekly(MONDAY), 13),
        (None, okr.calendar.Weekly(MONDAY), 13),
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


def days(*slots: okr.calendar.RitualSlot, cycle: okr.Cycle = QUARTER, **given: Any) -> list[str]:
    schedule = okr.calendar.Schedule(okr.calendar.EveryDays(1000), slots)
    return [str(one.on) for one in schedule.occasions(cycle, **given)]


def test_weekly_and_monthly_meetings_of_a_quarter() -> None:
    """Founding document E: weekly reviews, monthly business reviews, a weekly forum of a shared key result."""
    for cadence in (okr.Cadence.QUARTERLY, okr.Cadence.ANNUAL):
        found: dict[Ritual, list[date]] = {}
        for one in okr.calendar.Schedule.of(cadence).occasions(QUARTER):
            found.setdefault(one.ritual, []).append(one.on)
        assert found[Ritual.WEEKLY] == [date(2026, 7, 6) + timedelta(weeks=n) for n in range(13)]
        assert found[Ritual.FORUM] == [date(2026, 7, 7) + timedelta(weeks=n) for n in range(13)]
        # 1 July is a Wednesday, 1 August a Saturday, 1 September a Tuesday.
        assert found[Ritual.BUSINESS_REVIEW] == [
            date(2026, 7, 7),
            date(2026, 8, 7),
            date(2026, 9, 7),
        ]


def test_an_appointment_on_a_workday_of_each_month() -> None:
    last = okr.calendar.RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(-1))
    third = okr.calendar.RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(3))
    assert days(last) == ["2026-07-31", "2026-08-31", "2026-09-30"]
    assert days(third) == ["2026-07-03", "2026-08-05", "2026-09-03"]
    # Holidays are not counted; the last workday never moves into the next month.
    office = Office(date(2026, 7, 2), date(2026, 7, 31))
    assert days(last, workdays=office) == ["2026-07-30", "2026-08-31", "2026-09-30"]
    assert days(third, workdays=office)[0] == "2026-07-06"
    # Of a month with few workdays its last one; of one without any, none.
    july = [date(2026, 7, 1) + timedelta(days=n) for n in range(31)]
    assert days(third, workdays=Office(*july[1:])) == ["2026-07-01", "2026-08-05", "2026-09-03"]
    assert days(third, workdays=Office(*july)) == ["2026-08-05", "2026-09-03"]
    back = okr.calendar.RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(-3))
    assert days(back, workdays=Office(*july[1:]))[0] == "2026-07-01"


def test_both_ends_of_a_cycle_have_their_meetings() -> None:
    weeks = okr.Cycle(date(2026, 9, 7), date(2026, 9, 21))  # Monday to Monday
    mondays = okr.calendar.RitualSlot(Ritual.WEEKLY, every=okr.calendar.Weekly(MONDAY))
    assert days(mondays, cycle=weeks) == ["2026-09-07", "2026-09-14", "2026-09-21"]
    first = okr.calendar.RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(1))
    assert days(first)[0] == "2026-07-01"
    monthly = okr.calendar.RitualSlot(Ritual.BUSINESS_REVIEW, every=okr.calendar.Monthly(31))
    assert days(monthly) == ["2026-07-31", "2026-08-31", "2026-09-30"]
    fortnights = okr.calendar.RitualSlot(
        Ritual.FORUM, every=okr.calendar.Weekly(okr.calendar.Weekday.WEDNESDAY, every=2)
    )
    assert days(fortnights)[:3] == ["2026-07-01", "2026-07-15", "2026-07-29"]
    early = okr.Cycle(date(1000, 1, 1), date(1000, 1, 14))
    assert len(days(mondays, cycle=early)) == 2


def test_meetings_that_move_to_one_day_are_one() -> None:
    mondays = okr.calendar.RitualSlot(Ritual.WEEKLY, every=okr.calendar.Weekly(MONDAY))
    off = [date(2026, 7, 6) + timedelta(days=n) for n in range(7)]
    assert days(mondays, workdays=Office(*off))[:2] == ["2026-07-13", "2026-07-20"]

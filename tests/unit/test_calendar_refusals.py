"""What goes wrong with calendars, cycles and schedules, and the one clear answer to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

import okrcore as okr
from okrcore.codec import to_icalendar, to_rrule

DAY = date(2026, 9, 7)
CALENDAR = okr.FiscalCalendar()
MONDAY = okr.calendar.Weekday.MONDAY
SUNDAY_OF_MAY = okr.calendar.LastWeekday(okr.calendar.Weekday.SUNDAY, month=5)
THIRTEEN = okr.FiscalCalendar(
    weeks=okr.calendar.WeekYear(SUNDAY_OF_MAY, okr.calendar.THIRTEEN_PERIODS)
)
WEEK = okr.Cycle.starting(DAY, okr.Cadence.MICRO_WEEK)
SCHEDULE = okr.calendar.Schedule.of(okr.Cadence.QUARTERLY)
PLAN = okr.Plan([])
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def ask(**given: Any) -> object:
    asked: dict[str, Any] = {"plan": PLAN, "journal": okr.Journal(), "as_of": DAY}
    return okr.review.list_due(**(asked | given))


def advise(**given: Any) -> object:
    goal: dict[str, Any] = {"horizon_days": 90}
    return okr.calendar.recommend_cadence(**(goal | given))


def text(**given: Any) -> str:
    written: dict[str, Any] = {"schedule": SCHEDULE, "cycle": WEEK, "id": "a@b", "stamped": NOON}
    return to_icalendar(**(written | given))


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "end before start": (
        lambda: okr.Cycle(DAY, date(2026, 9, 6)),
        "Cycle: must not end before it starts, got '2026-09-07 to 2026-09-06'; swap them"
        " [ends-before-start]",
    ),
    "a datetime for a day": (
        lambda: okr.Cycle(datetime(2026, 9, 7), DAY),  # noqa: DTZ001
        "Cycle.start: must be a date without a time, got datetime.datetime(2026, 9, 7, 0, 0); use"
        " its .date() [not-a-date]",
    ),
    "a micro cycle longer than a month": (
        lambda: okr.Cycle(DAY, date(2026, 10, 20), cadence=okr.Cadence.MICRO_MONTH),
        "Cycle: must last at most a month, got '2026-09-07 to 2026-10-20'; end it by 2026-10-06, or"
        " take a cadence that is not micro [micro-too-long]",
    ),
    "a micro cycle a day longer than a month": (
        lambda: okr.Cycle(DAY, date(2026, 10, 7), cadence=okr.Cadence.MICRO_WEEK),
        "Cycle: must last at most a month, got '2026-09-07 to 2026-10-07'; end it by 2026-10-06, or"
        " take a cadence that is not micro [micro-too-long]",
    ),
    "a micro cadence of six weeks": (
        lambda: okr.Cadence("sprint", weeks=6, is_micro=True),
        "Cadence: must last at most a month, got '6 weeks'; a longer cadence is no Micro-OKR"
        " [micro-too-long]",
    ),
    "a micro cadence of two months": (
        lambda: okr.Cadence("sprint", months=2, is_micro=True),
        "Cadence: must last at most a month, got '2 months'; a longer cadence is no Micro-OKR"
        " [micro-too-long]",
    ),
    "a cadence without a length": (
        lambda: okr.Cadence("sprint"),
        "Cadence.months: must lie within its range, got 0; give a length in months or in weeks, one"
        " of them [out-of-range]",
    ),
    "a cadence of half a month": (
        lambda: okr.Cadence("sprint", months=0.5),  # type: ignore[arg-type]
        "Cadence.months: must be a whole number, got 0.5 [not-whole]",
    ),
    "a cadence of fewer than no weeks": (
        lambda: okr.Cadence("sprint", weeks=-1),
        "Cadence.weeks: must be >= 0, got -1 [negative]",
    ),
    "check-ins every no days": (
        lambda: okr.Cadence("sprint", weeks=1, check_in_days=0),
        "Cadence.check_in_days: must be > 0, got 0 [not-positive]",
    ),
    "an event that says nothing": (
        lambda: okr.Cycle(DAY, DAY, until=" "),
        "Cycle.until: must be a non-empty text, got ' ' [not-text]",
    ),
    "a cycle beyond all calendars": (
        lambda: okr.Cycle.starting(date(9999, 12, 1), okr.Cadence.QUARTERLY),
        "add_cadence.anchor: must be a year from 1000 to 9000, got datetime.date(9999, 12, 1)"
        " [year-unknown]",
    ),
    "weeks beyond all calendars": (
        lambda: okr.Cycle.starting(date(9999, 12, 30), okr.Cadence.MICRO_WEEK),
        "add_cadence.anchor: must be a year from 1000 to 9000, got datetime.date(9999, 12, 30)"
        " [year-unknown]",
    ),
    "a split by no cadence": (
        lambda: WEEK.split("week"),  # type: ignore[arg-type]
        "add_cadence.cadence: must have the right type, got 'week'; give a Cadence [wrong-type]",
    ),
    "a text for a day in a cycle": (
        lambda: "2026-09-08" in WEEK,
        "Period.__contains__: must be a date without a time, got '2026-09-08' [not-a-date]",
    ),
    "covering a period": (
        lambda: WEEK.covers(WEEK.period),  # type: ignore[arg-type]
        "Cycle.covers: must have the right type, got Period(start=datetime.date(2026, 9, 7),"
        " end=datetime.date(2026, 9, 13)); give a Cycle [wrong-type]",
    ),
    "an unknown month": (
        lambda: okr.FiscalCalendar(start_month=13),
        "FiscalCalendar.start_month: must be a month from 1 to 12, got 13; give 1 to 12 [month-unknown]",
    ),
    "a month by its name": (
        lambda: CALENDAR.month(2026, "July"),  # type: ignore[arg-type]
        "FiscalCalendar.month: must be a month from 1 to 12, got 'July'; give 1 to 12 [month-unknown]",
    ),
    "an unknown month of a year end": (
        lambda: okr.calendar.LastWeekday(MONDAY, month=0),
        "LastWeekday.month: must be a month from 1 to 12, got 0; give 1 to 12 [month-unknown]",
    ),
    "a fifth quarter": (
        lambda: CALENDAR.quarter(2026, 5),
        "FiscalCalendar.quarter: must be a quarter from 1 to 4, got 5; give 1 to 4"
        " [quarter-unknown]",
    ),
    "a third half": (
        lambda: CALENDAR.half(2026, 3),
        "FiscalCalendar.half: must be a part of the year, got 3; give 1 to 2 [not-in-year]",
    ),
    "week 53 of a year of 52": (
        lambda: CALENDAR.week(2025, 53),
        "FiscalCalendar.week: must be a part of the year, got 53; give 1 to 52 [not-in-year]",
    ),
    "week True": (
        lambda: CALENDAR.week(2025, True),
        "FiscalCalendar.week: must be a part of the year, got True; give 1 to 52 [not-in-year]",
    ),
    "a thirteenth period of twelve": (
        lambda: CALENDAR.period(2026, 13),
        "FiscalCalendar.period: must be a part of the year, got 13; give 1 to 12 [not-in-year]",
    ),
    "a month of thirteen periods": (
        lambda: THIRTEEN.month(2026, 2),
        "FiscalCalendar.month: must be a part of the year, got 2; use `period`, 1 to 13"
        " [not-in-year]",
    ),
    "a third of thirteen periods": (
        lambda: THIRTEEN.third(2026, 1),
        "FiscalCalendar: must divide the calendar's year, got '4 months'; take one that does, or"
        " Cycle.starting for a cycle of its own [cadence-does-not-fit]",
    ),
    "a year of two digits": (
        lambda: CALENDAR.quarter(26, 1),
        "FiscalCalendar.year: must be a year from 1000 to 9000, got 26 [year-unknown]",
    ),
    "a day that nobody plans for": (
        lambda: CALENDAR.cycle_of(date.max, okr.Cadence.MONTHLY),
        "FiscalCalendar.cycle_of: must be a year from 1000 to 9000, got datetime.date(9999, 12, 31)"
        " [year-unknown]",
    ),
    "five months": (
        lambda: CALENDAR.cycle_of(DAY, okr.Cadence("five months", months=5)),
        "FiscalCalendar: must divide the calendar's year, got '5 months'; take one that does, or"
        " Cycle.starting for a cycle of its own [cadence-does-not-fit]",
    ),
    "years one by one": (
        lambda: CALENDAR.cycle_of(DAY, okr.Cadence("two years", months=24)),
        "FiscalCalendar: must divide the calendar's year, got '24 months'; take one that does, or"
        " Cycle.starting for a cycle of its own [cadence-does-not-fit]",
    ),
    "years backwards": (
        lambda: CALENDAR.years(2028, 2026),
        "Cycle: must not end before it starts, got '2028-01-01 to 2026-12-31'; swap them"
        " [ends-before-start]",
    ),
    "a micro month of five weeks": (
        lambda: okr.FiscalCalendar(weeks=okr.calendar.WeekYear(SUNDAY_OF_MAY)).cycle_of(
            date(2026, 8, 20), okr.Cadence.MICRO_MONTH
        ),
        "Cycle: must last at most a month, got '2026-07-27 to 2026-08-30'; end it by 2026-08-26, or"
        " take a cadence that is not micro [micro-too-long]",
    ),
    "months and weeks": (
        lambda: okr.FiscalCalendar(start_month=4, weeks=okr.calendar.WeekYear(SUNDAY_OF_MAY)),
        "FiscalCalendar.start_month: must be given once, got 4; leave it out: the weeks have a year end of their own [given-twice]",
    ),
    "an unknown placeholder": (
        lambda: okr.FiscalCalendar(year_label="FY{yyyy}"),
        "FiscalCalendar.year_label: must have only known placeholders, got 'FY{yyyy}'; known are"
        " {end_year}, {end_yy}, {start_year}, {start_yy}, {year}, {yy} [placeholder-unknown]",
    ),
    "a placeholder that reaches further": (
        lambda: okr.FiscalCalendar(part_label="{year.__class__}"),
        "FiscalCalendar.part_label: must have only known placeholders, got '{year.__class__}'; known"
        " are {end_year}, {end_yy}, {label}, {part}, {start_year}, {start_yy}, {year}, {yy}"
        " [placeholder-unknown]",
    ),
    "half a placeholder": (
        lambda: okr.FiscalCalendar(year_label="FY{year"),
        "FiscalCalendar.year_label: must have only known placeholders, got 'FY{year'; known are"
        " {end_year}, {end_yy}, {start_year}, {start_yy}, {year}, {yy} [placeholder-unknown]",
    ),
    "a placeholder with a width": (
        lambda: okr.FiscalCalendar(year_label="{year:>99999}"),
        "FiscalCalendar.year_label: must have only known placeholders, got '{year:>99999}'; known are"
        " {end_year}, {end_yy}, {start_year}, {start_yy}, {year}, {yy} [placeholder-unknown]",
    ),
    "a year of three quarters": (
        lambda: okr.calendar.WeekYear(SUNDAY_OF_MAY, ((4, 4, 5),) * 3),
        "WeekYear.quarters: must be four quarters of 52 weeks together, got ((4, 4, 5), (4, 4, 5),"
        " (4, 4, 5)); give the weeks of each period, such as ((4, 4, 5),) * 4 [year-not-whole]",
    ),
    "a year of 51 weeks": (
        lambda: okr.calendar.WeekYear(SUNDAY_OF_MAY, [(4, 4, 5), (4, 4, 5), (4, 4, 5), (4, 4, 4)]),
        "WeekYear.quarters: must be four quarters of 52 weeks together, got ((4, 4, 5), (4, 4, 5),"
        " (4, 4, 5), (4, 4, 4)); give the weeks of each period, such as ((4, 4, 5),) * 4"
        " [year-not-whole]",
    ),
    "a pattern as a text": (
        lambda: okr.calendar.WeekYear(SUNDAY_OF_MAY, "4-4-5"),  # type: ignore[arg-type]
        "WeekYear.quarters: must be four quarters of 52 weeks together, got '4-4-5'; give the weeks"
        " of each period, such as ((4, 4, 5),) * 4 [year-not-whole]",
    ),
    "a flat pattern": (
        lambda: okr.calendar.WeekYear(SUNDAY_OF_MAY, (13, 13, 13, 13)),  # type: ignore[arg-type]
        "WeekYear.quarters: must be four quarters of 52 weeks together, got (13, 13, 13, 13); give the"
        " weeks of each period, such as ((4, 4, 5),) * 4 [year-not-whole]",
    ),
    "a leap week nowhere": (
        lambda: okr.calendar.WeekYear(SUNDAY_OF_MAY, leap_period=13),
        "WeekYear.leap_period: must be a part of the year, got 13; give 1 to 12 [not-in-year]",
    ),
    "a year end on 29 February": (
        lambda: okr.calendar.NearestWeekday(MONDAY, month=2, day=29),
        "NearestWeekday.day: must be a day of the month, got 29; give 1 to 28 [day-unknown]",
    ),
    "a weekday as a number": (
        lambda: okr.calendar.LastWeekday(5, month=9),  # type: ignore[arg-type]
        "LastWeekday.weekday: must have the right type, got 5; give a Weekday [wrong-type]",
    ),
    "the neighbour of an arbitrary cycle": (
        lambda: CALENDAR.next_cycle(okr.Cycle(DAY, DAY)),
        "FiscalCalendar.next_cycle: must have the right type, got Cycle(2026-09-07 to 2026-09-07,"
        " 2026-09-07 to 2026-09-07); give a cycle with a cadence [wrong-type]",
    ),
    "a check-in on the 32nd": (
        lambda: okr.calendar.Monthly(32),
        "Monthly.day: must be a day of the month, got 32; give 1 to 31 [day-unknown]",
    ),
    "negative grace": (
        lambda: okr.calendar.Weekly(MONDAY, grace_days=-1),
        "Weekly.grace_days: must be >= 0, got -1 [negative]",
    ),
    "half a day early": (
        lambda: okr.calendar.Weekly(MONDAY, early_days=0.5),  # type: ignore[arg-type]
        "Weekly.early_days: must be a whole number, got 0.5 [not-whole]",
    ),
    "every no weeks": (
        lambda: okr.calendar.Weekly(MONDAY, every=0),
        "Weekly.every: must be > 0, got 0 [not-positive]",
    ),
    "every no days": (
        lambda: okr.calendar.EveryDays(0),
        "EveryDays.days: must be > 0, got 0 [not-positive]",
    ),
    "check-ins as an appointment": (
        lambda: okr.calendar.RitualSlot(
            okr.calendar.Ritual.CHECK_IN, okr.calendar.CyclePoint.START
        ),
        "RitualSlot.ritual: must have the right type, got <Ritual.CHECK_IN: 'check-in'>; give the"
        " schedule `check_ins` [wrong-type]",
    ),
    "a baseline among the appointments": (
        lambda: okr.calendar.RitualSlot(
            okr.calendar.Ritual.BASELINE, okr.calendar.CyclePoint.START
        ),
        "RitualSlot.ritual: must have the right type, got <Ritual.BASELINE: 'baseline'>; it is due by"
        " `ReviewRule.instrumented_in_days` [wrong-type]",
    ),
    "a ritual without a day": (
        lambda: okr.calendar.RitualSlot(okr.calendar.Ritual.WEEKLY),
        "RitualSlot.point: must have the right type, got None; give a point of the cycle, or `every`"
        " if it repeats [wrong-type]",
    ),
    "a day beside a repetition": (
        lambda: okr.calendar.RitualSlot(
            okr.calendar.Ritual.WEEKLY, days=3, every=okr.calendar.WorkdayOfMonth()
        ),
        "RitualSlot.days: must be given once, got 3; it repeats, so its days follow from `every`"
        " [given-twice]",
    ),
    "a workday before the first": (
        lambda: okr.calendar.WorkdayOfMonth(0),
        "WorkdayOfMonth.number: must be a day of the month, got 0; give 1 for the first workday, -1"
        " for the last [day-unknown]",
    ),
    "a twenty-first workday": (
        lambda: okr.calendar.WorkdayOfMonth(21),
        "WorkdayOfMonth.number: must be a day of the month, got 21; give -20 to 20 [day-unknown]",
    ),
    "half a day after the start": (
        lambda: okr.calendar.RitualSlot(
            okr.calendar.Ritual.CLOSE,
            okr.calendar.CyclePoint.END,
            0.5,  # type: ignore[arg-type]
        ),
        "RitualSlot.days: must be a whole number, got 0.5 [not-whole]",
    ),
    "days for a rhythm": (
        lambda: okr.calendar.Schedule(7),  # type: ignore[arg-type]
        "Schedule.check_ins: must have the right type, got 7; give a Weekly or Monthly or EveryDays"
        " [wrong-type]",
    ),
    "workdays that know nothing": (
        lambda: okr.calendar.next_workday(DAY, "Mon-Fri"),  # type: ignore[arg-type]
        "next_workday.workdays: must have the right type, got 'Mon-Fri'; give an object with is_workday(day) [wrong-type]",
    ),
    "a horizon of no days": (
        lambda: advise(horizon_days=0),
        "recommend_cadence.horizon_days: must be > 0, got 0 [not-positive]",
    ),
    "one and a half teams": (
        lambda: advise(teams=1.5),
        "recommend_cadence.teams: must be a whole number, got 1.5 [not-whole]",
    ),
    "feedback at once": (
        lambda: advise(feedback_days=0),
        "recommend_cadence.feedback_days: must be > 0, got 0 [not-positive]",
    ),
    "change as a word": (
        lambda: advise(is_changing="often"),
        "recommend_cadence.is_changing: must be True or False, got 'often' [not-true-or-false]",
    ),
    "an experiment without a hypothesis": (
        lambda: okr.Trigger(okr.TriggerKind.EXPERIMENT),
        "Trigger.hypothesis: must be a non-empty text, got ''; give the expected effect [not-text]",
    ),
    "a trigger as a text": (
        lambda: okr.Trigger("event"),  # type: ignore[arg-type]
        "Trigger.kind: must have the right type, got 'event'; write TriggerKind.EVENT [wrong-type]",
    ),
    "a kind for a trigger": (
        lambda: okr.Objective("o", "O", cycle=WEEK, trigger=okr.TriggerKind.EVENT),  # type: ignore[arg-type]
        "Objective('o').trigger: must have the right type, got <TriggerKind.EVENT: 'event'>; give a"
        " Trigger [wrong-type]",
    ),
    "days ahead backwards": (
        lambda: ask(ahead_days=-1),
        "list_due.ahead_days: must be >= 0, got -1 [negative]",
    ),
    "half a day ahead": (
        lambda: ask(ahead_days=0.5),
        "list_due.ahead_days: must be a whole number, got 0.5 [not-whole]",
    ),
    "a rhythm for a schedule": (
        lambda: ask(schedules={okr.Cadence.QUARTERLY: okr.calendar.Weekly(MONDAY)}),
        "list_due.schedules[quarterly]: must have the right type, got Weekly(weekday=<Weekday.MONDAY: 0>,"
        " every=1, early_days=1, grace_days=3); give a Schedule [wrong-type]",
    ),
    "a moment without a time zone": (
        lambda: text(stamped=datetime(2026, 9, 1)),  # noqa: DTZ001
        "to_icalendar.stamped: must be a datetime with a time zone, got"
        " datetime.datetime(2026, 9, 1, 0, 0) [not-a-moment]",
    ),
    "a rule of days": (
        lambda: to_rrule(7, until=DAY),  # type: ignore[arg-type]
        "to_rrule.rhythm: must have the right type, got 7; give a Weekly or Monthly or EveryDays or WorkdayOfMonth"
        " [wrong-type]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    wrong, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        wrong()
    assert str(caught.value) == message

"""The calendar against a day counter that knows nothing of it.

The counter walks from day to day with numbers of its own: it knows how long months are, when a year is
a leap year, and that weekdays follow each other. It adds up and never computes a date. Every day of 2000
to 2100 is asked of every cadence, in the `long` run; a sample of the days otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pytest

import okrcore as okr


class Day(NamedTuple):
    year: int
    month: int
    day: int
    weekday: int  # 0 is Monday


def walk(first_year: int, last_year: int) -> Iterator[Day]:
    weekday = 0  # 1 January 1900 was a Monday
    for year in range(1900, last_year + 1):
        leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
        for month, length in enumerate([31, 29 if leap else 28, 31, 30, 31, 30] * 2, 1):
            days = length if month < 7 else [31, 31, 30, 31, 30, 31][month - 7]
            for day in range(1, days + 1):
                if year >= first_year:
                    yield Day(year, month, day, weekday)
                weekday = (weekday + 1) % 7


class Span(NamedTuple):
    """Days that are counted, more than are asked, so that what lies at the edges is whole."""

    days: list[Day]
    asked: list[int]


def span(first_year: int, last_year: int, step: int) -> Span:
    days = list(walk(first_year - 2, last_year + 3))
    asked = [at for at, day in enumerate(days) if first_year <= day.year <= last_year]
    return Span(days, asked[::step])


@cache
def sample() -> Span:
    """Every 13th day of 14 years, with 53-week years and leap years among them."""
    return span(2016, 2029, 13)


@cache
def century() -> Span:
    return span(2000, 2100, 1)


#: For each day the name of its cycle, and the positions of the cycle's first and last day.
Expected = list[tuple[str, int, int]]


def runs(names: list[str]) -> Expected:
    """Give each day the run of equal names that it lies in."""
    found: Expected = []
    start = 0
    for at, name in enumerate(names):
        if at + 1 == len(names) or names[at + 1] != name:
            found.extend([(name, start, at)] * (at + 1 - start))
            start = at + 1
    return found


def fiscal_year(day: Day, start_month: int) -> int:
    return day.year if day.month >= start_month else day.year - 1


def by_months(days: list[Day], start_month: int, months: int, letter: str, digits: int) -> Expected:
    names = []
    for day in days:
        year = fiscal_year(day, start_month)
        number = (day.month - start_month) % 12 // months + 1
        names.append(f"{year}-{letter}{number:0{digits}}" if letter else f"{year}")
    return runs(names)


def weeks_from_monday(days: list[Day], start_month: int) -> list[tuple[int, int]]:
    """Give each day the fiscal year that has most of its week's days, and the week's number in it."""
    first = next(at for at, day in enumerate(days) if day.weekday == 0)
    found = [(0, 0)] * first
    number, last_year = 0, 0
    for at in range(first, len(days) - 6, 7):
        years = [fiscal_year(day, start_month) for day in days[at : at + 7]]
        year = max(set(years), key=years.count)
        number = number + 1 if year == last_year else 1
        last_year = year
        found += [(year, number)] * 7
    return found + [(9999, 1)] * (len(days) - len(found))


def by_weeks(numbers: list[tuple[int, int]], weeks: int) -> Expected:
    last = dict(numbers)  # of a year's weeks the last stands last
    names = []
    for year, number in numbers:
        start = (number - 1) // weeks * weeks + 1
        end = min(start + weeks - 1, last[year])
        names.append(f"{year}-W{start:02}" + (f"-W{end:02}" if end > start else ""))
    return runs(names)


FORTNIGHTS = okr.Cadence("fortnight", weeks=2)
TWO_MONTHS = okr.Cadence("two months", months=2)


def month_calendar(days: list[Day], start_month: int) -> list[tuple[okr.Cadence, Expected]]:
    weeks = weeks_from_monday(days, start_month)
    two = by_months(days, start_month, 2, "M", 2)
    pairs = [
        (f"{name[:-2]}{2 * int(name[-2:]) - 1:02}-M{2 * int(name[-2:]):02}", first, last)
        for name, first, last in two
    ]
    return [
        (okr.Cadence.ANNUAL, by_months(days, start_month, 12, "", 1)),
        (okr.Cadence.HALF_YEARLY, by_months(days, start_month, 6, "H", 1)),
        (okr.Cadence.FOUR_MONTHLY, by_months(days, start_month, 4, "T", 1)),
        (okr.Cadence.QUARTERLY, by_months(days, start_month, 3, "Q", 1)),
        (TWO_MONTHS, pairs),
        (okr.Cadence.MONTHLY, by_months(days, start_month, 1, "M", 2)),
        (okr.Cadence.MICRO_MONTH, by_months(days, start_month, 1, "M", 2)),
        (okr.Cadence.MICRO_TWO_WEEKS, by_weeks(weeks, 2)),
        (okr.Cadence.MICRO_WEEK, by_weeks(weeks, 1)),
    ]


def last_weekdays(weekday: int, month: int) -> Callable[[list[Day], int], bool]:
    return lambda days, at: (
        days[at].weekday == weekday and days[at].month == month and days[at + 7].month != month
    )


def nearest_weekdays(weekday: int, month: int, day: int) -> Callable[[list[Day], int], bool]:
    return lambda days, at: (
        days[at].weekday == weekday
        and any(
            (days[near].month, days[near].day) == (month, day) for near in range(at - 3, at + 4)
        )
    )


def week_calendar(
    days: list[Day],
    ends: Callable[[list[Day], int], bool],
    lengths: list[list[int]],
    leap_period: int,
    years_later: int,
    letter: str,
) -> list[tuple[okr.Cadence, Expected]]:
    """Count a year of weeks: its name is that of the year before its end, and `years_later`."""
    last_days = [at for at in range(10, len(days) - 10) if ends(days, at)]
    weeks: list[tuple[int, int]] = [(0, 0)] * (last_days[0] + 1)
    parts: dict[str, list[str]] = {name: ["0"] * (last_days[0] + 1) for name in "YHQP"}
    for before, end in pairwise(last_days):
        year = days[end].year - 1 + years_later
        count = (end - before) // 7
        assert count * 7 == end - before
        assert count in {52, 53}
        period = 0
        week = 0
        for quarter, periods in enumerate(lengths, 1):
            for length in periods:
                period += 1
                for _ in range(length + (count == 53 and period == leap_period)):
                    week += 1
                    weeks += [(year, week)] * 7
                    parts["Y"] += [f"{year}"] * 7
                    parts["H"] += [f"{year}-H{(quarter + 1) // 2}"] * 7
                    parts["Q"] += [f"{year}-Q{quarter}"] * 7
                    parts["P"] += [f"{year}-{letter}{period:02}"] * 7
        assert week == count
    return [
        (okr.Cadence.ANNUAL, runs(parts["Y"])),
        (okr.Cadence.HALF_YEARLY, runs(parts["H"])),
        (okr.Cadence.QUARTERLY, runs(parts["Q"])),
        (okr.Cadence.MONTHLY, runs(parts["P"])),
        (FORTNIGHTS, by_weeks(weeks, 2)),
        (okr.Cadence.MICRO_WEEK, by_weeks(weeks, 1)),
    ]


def differences(
    calendar: okr.FiscalCalendar, expected: list[tuple[okr.Cadence, Expected]], asked: Span
) -> Iterator[str]:
    dates = [date(day.year, day.month, day.day) for day in asked.days]
    for cadence, by_day in expected:
        for at in asked.asked:
            name, first, last = by_day[at]
            found = calendar.cycle_of(dates[at], cadence)
            if (found.name, found.start, found.end) != (name, dates[first], dates[last]):
                yield f"{dates[at]} {cadence}: {found!r}, not {name} {dates[first]} {dates[last]}"
            if found.cadence != cadence:
                yield f"{dates[at]} {cadence}: it has the cadence {found.cadence}"


Counted = Callable[[list[Day]], list[tuple[okr.Cadence, Expected]]]

WEEK_CALENDARS: dict[str, tuple[okr.FiscalCalendar, Counted]] = {
    # National Retail Federation: the Saturday nearest 31 January, named for its start.
    "retail 4-5-4": (
        okr.FiscalCalendar(
            weeks=okr.calendar.WeekYear(
                okr.calendar.NearestWeekday(okr.calendar.Weekday.SATURDAY, month=1, day=31),
                okr.calendar.FOUR_FIVE_FOUR,
            )
        ),
        lambda days: week_calendar(days, nearest_weekdays(5, 1, 31), [[4, 5, 4]] * 4, 12, 0, "M"),
    ),
    # Apple: the last Saturday of September, named for its end, the leap week in the first quarter.
    "last Saturday of September": (
        okr.FiscalCalendar(
            weeks=okr.calendar.WeekYear(
                okr.calendar.LastWeekday(okr.calendar.Weekday.SATURDAY, month=9), leap_period=3
            ),
            named_for_end=True,
        ),
        lambda days: week_calendar(days, last_weekdays(5, 9), [[4, 4, 5]] * 4, 3, 1, "M"),
    ),
    "5-4-4 to the last Friday of June, leap week in the middle": (
        okr.FiscalCalendar(
            weeks=okr.calendar.WeekYear(
                okr.calendar.LastWeekday(okr.calendar.Weekday.FRIDAY, month=6),
                okr.calendar.FIVE_FOUR_FOUR,
                leap_period=6,
            )
        ),
        lambda days: week_calendar(days, last_weekdays(4, 6), [[5, 4, 4]] * 4, 6, 0, "M"),
    ),
    "13 periods to the Sunday nearest 30 September": (
        okr.FiscalCalendar(
            weeks=okr.calendar.WeekYear(
                okr.calendar.NearestWeekday(okr.calendar.Weekday.SUNDAY, month=9),
                okr.calendar.THIRTEEN_PERIODS,
            )
        ),
        lambda days: week_calendar(
            days, nearest_weekdays(6, 9, 30), [[4] * 3, [4] * 3, [4] * 3, [4] * 4], 13, 0, "P"
        ),
    ),
    "13 periods, the long quarter first, to the Wednesday nearest 4 March": (
        okr.FiscalCalendar(
            weeks=okr.calendar.WeekYear(
                okr.calendar.NearestWeekday(okr.calendar.Weekday.WEDNESDAY, month=3, day=4),
                [[4] * 4, [4] * 3, [4] * 3, [4] * 3],
                leap_period=1,
            )
        ),
        lambda days: week_calendar(
            days, nearest_weekdays(2, 3, 4), [[4] * 4, [4] * 3, [4] * 3, [4] * 3], 1, 0, "P"
        ),
    ),
}


@pytest.mark.parametrize("start_month", range(1, 13))
def test_months_against_the_counter(start_month: int) -> None:
    calendar = okr.FiscalCalendar(start_month=start_month)
    expected = month_calendar(sample().days, start_month)
    assert list(differences(calendar, expected, sample())) == []


@pytest.mark.parametrize("name", WEEK_CALENDARS)
def test_weeks_against_the_counter(name: str) -> None:
    calendar, counted = WEEK_CALENDARS[name]
    assert list(differences(calendar, counted(sample().days), sample())) == []


@pytest.mark.long
@pytest.mark.parametrize("start_month", range(1, 13))
def test_every_day_of_months_against_the_counter(start_month: int) -> None:
    calendar = okr.FiscalCalendar(start_month=start_month)
    expected = month_calendar(century().days, start_month)
    assert list(differences(calendar, expected, century())) == []


@pytest.mark.long
@pytest.mark.parametrize("name", WEEK_CALENDARS)
def test_every_day_of_weeks_against_the_counter(name: str) -> None:
    calendar, counted = WEEK_CALENDARS[name]
    assert list(differences(calendar, counted(century().days), century())) == []


def test_the_counter_knows_what_everybody_knows() -> None:
    days = set(map(tuple, century().days))
    assert {(2000, 2, 29, 1), (2026, 11, 21, 5), (2100, 12, 31, 4)} <= days
    assert (2100, 2, 29) not in {day[:3] for day in days}
    assert len(century().asked) == 101 * 365 + 25  # 2100 is no leap year

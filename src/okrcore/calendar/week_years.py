"""Years of whole weeks: retailers' 4-4-5, 4-5-4 and 5-4-4 calendars, and 13 periods of four weeks.

Rules of this file:

1. A year is data: its last day, the weeks of its quarters, and the period with the 53rd week. Nothing
   branches on a calendar's name.
2. A year end is written as it is published: "the last Saturday of September", "the Saturday nearest
   31 January".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum, unique
from itertools import accumulate
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from okrcore._checks import (
    FIRST_YEAR,
    LAST_YEAR,
    as_tuple,
    as_whole,
    given_whole,
    is_tuple,
    must_be_a,
    must_be_whole,
    path_of,
)
from okrcore.errors import InvalidValueError

__all__ = [
    "FIVE_FOUR_FOUR",
    "FOUR_FIVE_FOUR",
    "FOUR_FOUR_FIVE",
    "THIRTEEN_PERIODS",
    "LastWeekday",
    "NearestWeekday",
    "WeekYear",
    "Weekday",
    "YearEnd",
]

#: Weeks of a year without a leap week (METHOD.md 2.9).
_WEEKS: Final = 52
#: Quarters of a year (METHOD.md 2.9).
_QUARTERS: Final = 4
#: Days of each month in every year (the Gregorian calendar).
_LAST_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

#: Four quarters of 13 weeks, as weeks per period (METHOD.md 2.9).
FOUR_FOUR_FIVE: Final = ((4, 4, 5),) * _QUARTERS
FOUR_FIVE_FOUR: Final = ((4, 5, 4),) * _QUARTERS
FIVE_FOUR_FOUR: Final = ((5, 4, 4),) * _QUARTERS
#: Thirteen periods of four weeks, four of them in the last quarter (METHOD.md 2.9). If another quarter is
#: the long one, give the four tuples in their order.
THIRTEEN_PERIODS: Final = ((4, 4, 4), (4, 4, 4), (4, 4, 4), (4, 4, 4, 4))


@unique
class Weekday(IntEnum):
    """Day of the week, numbered as by `date.weekday()`."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@final
@frozen
class LastWeekday:
    """Year end on the last such weekday of a month.

    Args:
        weekday: Last day of each week.
        month: 1 (January) to 12.

    Raises:
        InvalidValueError: There is no such month, or the weekday has the wrong type.

    >>> LastWeekday(Weekday.SATURDAY, month=9).in_year(2023)
    datetime.date(2023, 9, 30)
    """

    weekday: Weekday
    month: int = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "weekday", self.weekday, Weekday)
        must_be_month(self, "month", self.month)

    def in_year(self, year: int) -> date:
        """Return the year end in a calendar year."""
        year = given_year(self, "in_year", year)
        end = date(year, self.month, 1) + relativedelta(day=31)
        return end - timedelta(days=(end.weekday() - self.weekday) % 7)

    @property
    def is_end_of_december(self) -> bool:
        """Whether the year starts and ends in one calendar year, but for a few days."""
        return self.month == 12


@final
@frozen
class NearestWeekday:
    """Year end on such a weekday nearest to a date, up to three days before or after it.

    Args:
        weekday: Last day of each week.
        month: 1 (January) to 12.
        day: A day that the month has in every year; its last one if None.

    Raises:
        InvalidValueError: There is no such month or day, or the weekday has the wrong type.

    >>> NearestWeekday(Weekday.SATURDAY, month=1, day=31).in_year(2024)
    datetime.date(2024, 2, 3)
    """

    weekday: Weekday
    month: int = field(kw_only=True)
    day: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "weekday", self.weekday, Weekday)
        must_be_month(self, "month", self.month)
        if self.day is not None:
            last = _LAST_DAYS[self.month - 1]
            must_be_whole(self, "day", self.day, 1, last, "day-unknown")

    def in_year(self, year: int) -> date:
        """Return the year end nearest to the date in a calendar year; it may lie in the next one."""
        year = given_year(self, "in_year", year)
        near = date(year, self.month, 1) + relativedelta(day=self.day or 31)
        return near + timedelta(days=(self.weekday - near.weekday() + 3) % 7 - 3)

    @property
    def is_end_of_december(self) -> bool:
        """Whether the year starts and ends in one calendar year, but for a few days."""
        return self.month == 12 and self.day in {None, 31}


#: End of a year of weeks.
YearEnd: TypeAlias = LastWeekday | NearestWeekday


def _as_quarters(values: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    given = as_tuple(values)
    if type(given) is not tuple:
        return given  # type: ignore[return-value]  # refused by WeekYear
    return tuple(_as_weeks(quarter) for quarter in given)


def _as_weeks(quarter: Any) -> Any:
    weeks: Any = as_tuple(quarter)
    return tuple(map(as_whole, weeks)) if is_tuple(weeks) else weeks


@final
@frozen
class WeekYear:
    """A year of 52 whole weeks, and of 53 every five or six years.

    Args:
        ends: Last day of the year.
        quarters: Weeks of each period, by quarter: `FOUR_FOUR_FIVE` and its like, or your own.
        leap_period: Number of the period that gets the 53rd week; the last one if None.

    Raises:
        InvalidValueError: The quarters are not four, or not 52 weeks together, or there is no such period.

    Source: METHOD.md 2.9. Retailers put the 53rd week at the end; Apple puts it into its first quarter.

    >>> from okrcore import FiscalCalendar
    >>> retail = WeekYear(NearestWeekday(Weekday.SATURDAY, month=1, day=31), FOUR_FIVE_FOUR)
    >>> FiscalCalendar(weeks=retail).year(2023)
    Cycle(2023, 2023-01-29 to 2024-02-03)
    """

    ends: YearEnd
    quarters: tuple[tuple[int, ...], ...] = field(default=FOUR_FOUR_FIVE, converter=_as_quarters)
    leap_period: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ends", self.ends, LastWeekday, NearestWeekday)
        quarters = self.quarters
        if not (
            type(quarters) is tuple
            and len(quarters) == _QUARTERS
            and all(type(quarter) is tuple and quarter for quarter in quarters)
            and all(type(weeks) is int and weeks > 0 for quarter in quarters for weeks in quarter)
            and sum(map(sum, quarters)) == _WEEKS
        ):
            raise InvalidValueError(
                "year-not-whole",
                path_of(self, "quarters"),
                quarters,
                "give the weeks of each period, such as ((4, 4, 5),) * 4",
            )
        leap, periods = self.leap_period, sum(self.periods_of_quarters)
        if leap is not None:
            must_be_whole(self, "leap_period", leap, 1, periods, "not-in-year")

    @property
    def periods_of_quarters(self) -> tuple[int, ...]:
        """Number of periods of each quarter."""
        return tuple(map(len, self.quarters))

    @property
    def spans_years(self) -> bool:
        """Whether it starts in one calendar year and ends in the next."""
        return not self.ends.is_end_of_december

    def week_starts(self, first_year: int) -> list[date]:
        """Return the first day of each week, and the day after the last.

        Args:
            first_year: Calendar year in which it starts, but for a few days.
        """
        end_year = given_year(self, "week_starts", first_year) + self.spans_years
        start = self.ends.in_year(end_year - 1) + timedelta(days=1)
        weeks = ((self.ends.in_year(end_year) - start).days + 1) // 7
        return [start + timedelta(weeks=week) for week in range(weeks + 1)]

    def period_starts(self, first_year: int) -> list[date]:
        """Return the first day of each period, and the day after the last; see `week_starts`."""
        starts = self.week_starts(first_year)
        lengths = [weeks for quarter in self.quarters for weeks in quarter]
        lengths[(self.leap_period or len(lengths)) - 1] += len(starts) - 1 - _WEEKS
        return [starts[week] for week in accumulate(lengths, initial=0)]


def given_year(record: object, name: str, value: object) -> int:
    """Return a year as an int; require one whose days, and days of the year before, are accepted."""
    return given_whole(record, name, value, FIRST_YEAR - 2, LAST_YEAR + 2, "year-unknown")


def must_be_month(record: object, name: str, value: object) -> None:
    """Require the number of a month."""
    must_be_whole(record, name, value, 1, 12, "month-unknown")

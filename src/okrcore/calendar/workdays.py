"""Workdays, given by the host: the library has no holidays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Protocol, final, runtime_checkable

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from okrcore._checks import (
    MOST_DAYS,
    as_tuple,
    as_whole,
    given_day,
    must_be_a,
    must_be_flag,
    must_be_some,
    must_be_unique,
    must_be_whole,
    path_of,
)
from okrcore._shown import repr_of
from okrcore.calendar.cycle import Period
from okrcore.calendar.week_years import Weekday
from okrcore.errors import InvalidValueError

__all__ = ["WorkWeek", "WorkdayOfMonth", "Workdays", "count_workdays", "next_workday"]

#: Days after which a calendar without a workday is an error (library default).
_MOST_DAYS_OFF: Final = 366
_HINT: Final = "give an object with is_workday(day)"
#: Workdays of every month from Monday to Friday: February has four weeks (the Gregorian calendar).
_WORKDAYS_OF_ALL_MONTHS: Final = 20


@runtime_checkable
class Workdays(Protocol):
    """Calendar of workdays, given by the host.

    >>> from datetime import date
    >>> class MondayToFriday:
    ...     def is_workday(self, day: date) -> bool:
    ...         return day.weekday() < 5
    >>> next_workday(date(2026, 8, 15), MondayToFriday())
    datetime.date(2026, 8, 17)
    """

    def is_workday(self, day: date) -> bool:
        """Return whether a day is a workday."""
        ...


def _as_weekdays(values: Iterable[int]) -> tuple[int, ...]:
    given = as_tuple(values)
    if type(given) is not tuple:
        return given
    return tuple(map(as_whole, given))


def _as_days(values: Iterable[date]) -> tuple[date, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class WorkWeek:
    """Workdays as data, for records that are written down, such as a rulebook that counts workdays.

    Args:
        weekdays: Working days of the week, 0 (Monday) to 6 as `date.weekday()` numbers them, or members
            of `Weekday`.
        days_off: Holidays and closures.

    Raises:
        InvalidValueError: There is no weekday, one is repeated or none, or a day off is no date.

    Laws: test_a_work_week_counts_its_workdays.

    >>> from datetime import date
    >>> may = Period(date(2026, 5, 1), date(2026, 5, 31))
    >>> count_workdays(may, WorkWeek(days_off=[date(2026, 5, 1)]))
    20
    """

    weekdays: tuple[int, ...] = field(default=(0, 1, 2, 3, 4), converter=_as_weekdays)
    days_off: tuple[date, ...] = field(default=(), converter=_as_days)

    def __attrs_post_init__(self) -> None:
        must_be_some(self, "weekdays", self.weekdays)
        for position, weekday in enumerate(self.weekdays):
            must_be_whole(self, f"weekdays[{position}]", weekday, 0, max(Weekday))
        must_be_unique(self, "weekdays", [Weekday(weekday).name for weekday in self.weekdays])
        if type(self.days_off) is not tuple:
            raise InvalidValueError("not-a-sequence", path_of(self, "days_off"), self.days_off)
        days = enumerate(self.days_off)
        plain = tuple(given_day(self, f"days_off[{position}]", day) for position, day in days)
        object.__setattr__(self, "days_off", plain)

    def __repr__(self) -> str:
        return repr_of(self)

    def is_workday(self, day: date) -> bool:
        """Return whether a day is a workday."""
        day = given_day(self, "is_workday", day)
        return day.weekday() in self.weekdays and day not in self.days_off

    def count(self, first: date, last: date) -> int:
        """Return the number of workdays from `first` to `last`, both included; 0 if `last` is earlier.

        The time is the same for any distance.

        >>> from datetime import date
        >>> WorkWeek().count(date(2026, 8, 14), date(2026, 8, 17))  # Friday to Monday
        2
        """
        first, last = given_day(self, "first", first), given_day(self, "last", last)
        if last < first:
            return 0
        weeks, rest = divmod((last - first).days + 1, 7)
        start = first.weekday()
        days = weeks * len(self.weekdays) + sum(
            (start + number) % 7 in self.weekdays for number in range(rest)
        )
        return days - (bisect_right(self._off, last) - bisect_left(self._off, first))

    @cached_property
    def _off(self) -> Sequence[date]:
        return sorted({day for day in self.days_off if day.weekday() in self.weekdays})


@final
@frozen
class WorkdayOfMonth:
    """A workday of every month, such as the first, the fifth or the last.

    A month with fewer workdays has its last one, or its first; one without any is left out.

    Args:
        number: 1 to 20 counted from the first workday, -1 to -20 from the last.
        grace_days: Days after it for which it is still due.

    >>> from datetime import date
    >>> [str(day) for day in WorkdayOfMonth(-1).days_in(Period(date(2026, 7, 1), date(2026, 9, 30)))]
    ['2026-07-31', '2026-08-31', '2026-09-30']
    """

    number: int = 1  # library default
    grace_days: int = field(default=3, kw_only=True)  # library default: as for check-ins

    def __attrs_post_init__(self) -> None:
        most = _WORKDAYS_OF_ALL_MONTHS
        must_be_whole(self, "number", self.number, -most, most, "day-unknown")
        if not self.number:
            hint = "give 1 for the first workday, -1 for the last"
            raise InvalidValueError("day-unknown", path_of(self, "number"), self.number, hint)
        must_be_whole(self, "grace_days", self.grace_days, 0, MOST_DAYS)

    def days_in(self, period: Period, workdays: Workdays | None = None) -> tuple[date, ...]:
        """Return its days in a period.

        Args:
            period: Days, both ends included.
            workdays: Calendar of workdays; Monday to Friday if None.
        """
        must_be_a(self, "days_in", period, Period)
        week = WorkWeek() if workdays is None else workdays
        must_be_a(self, "days_in", week, Workdays, hint=_HINT)
        first, found = period.start.replace(day=1), list[date]()
        while first <= period.end:
            following = first + relativedelta(months=1)
            numbers = range((following - first).days)
            each = [first + timedelta(days=number) for number in numbers]
            work = [day for day in each if is_workday(week, day)]
            if work:
                found.append(_counted(work, self.number))
            first = following
        return tuple(day for day in found if day in period)


def _counted(days: Sequence[date], number: int) -> date:
    """Return a day counted from the first or, by a negative number, from the last."""
    return days[min(number, len(days)) - 1] if number > 0 else days[max(number, -len(days))]


def next_workday(day: date, workdays: Workdays) -> date:
    """Return the first workday from a day on, the day itself included.

    Args:
        day: First day to test.
        workdays: Calendar of the host.

    Raises:
        InvalidValueError: There is none within a year.
    """
    day = given_day(next_workday, "day", day)
    must_be_a(next_workday, "workdays", workdays, Workdays, hint=_HINT)
    for days in range(_MOST_DAYS_OFF):
        found = day + timedelta(days=days)
        if is_workday(workdays, found):
            return found
    raise InvalidValueError("never-a-workday", path_of(next_workday), f"none from {day} on")


def count_workdays(period: Period, workdays: Workdays) -> int:
    """Return the number of workdays of a period.

    Args:
        period: Days, both ends included.
        workdays: Calendar of the host.
    """
    must_be_a(count_workdays, "period", period, Period)
    must_be_a(count_workdays, "workdays", workdays, Workdays, hint=_HINT)
    days = (period.start + timedelta(days=number) for number in range(period.days))
    return sum(is_workday(workdays, day) for day in days)


def is_workday(workdays: Workdays, day: date) -> bool:
    """Return whether a day is a workday, and require a flag of the host's calendar."""
    found = workdays.is_workday(day)
    must_be_flag(workdays, "is_workday", found)
    return bool(found)

"""Workdays, which the host knows: the library has no holidays in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Protocol, final, runtime_checkable

from attrs import field, frozen

from okrcore._checks import (
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
from okrcore.calendar.period import Period
from okrcore.calendar.week_years import Weekday
from okrcore.errors import InvalidValueError

__all__ = ["WorkWeek", "Workdays", "count_workdays", "next_workday"]

#: Days after which a calendar that knows no workday is taken to be wrong (library default).
_PATIENCE: Final = 366
_WAY_OUT: Final = "give something with is_workday(day)"


@runtime_checkable
class Workdays(Protocol):
    """Anything that knows on which days people work.

    >>> from datetime import date
    >>> class MondayToFriday:
    ...     def is_workday(self, day: date) -> bool:
    ...         return day.weekday() < 5
    >>> next_workday(date(2026, 8, 15), MondayToFriday())
    datetime.date(2026, 8, 17)
    """

    def is_workday(self, day: date) -> bool:
        """Say whether people work on a day."""
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
    """Workdays as data, for what must be written down with the rest: a rulebook that counts workdays.

    Args:
        weekdays: The days of the week on which people work, 0 (Monday) to 6 as `date.weekday()` gives
            them, or members of `Weekday`.
        days_off: Days on which they do not all the same: holidays, which the host knows, and closures.

    Raises:
        InvalidValueError: There is no weekday, one stands twice or is none, or a day off is no date.

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
        """Say whether people work on a day."""
        day = given_day(self, "is_workday", day)
        return day.weekday() in self.weekdays and day not in self.days_off

    def count(self, first: date, last: date) -> int:
        """Return on how many days people work, from a first to a last one; 0 if that lies before it.

        However far they lie apart, it takes no longer.

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
        off = self._off
        return days - (bisect_right(off, last) - bisect_left(off, first))

    @cached_property
    def _off(self) -> Sequence[date]:
        return sorted({day for day in self.days_off if day.weekday() in self.weekdays})


def next_workday(day: date, workdays: Workdays) -> date:
    """Return the day itself if people work on it, otherwise the first day after it on which they do.

    Args:
        day: The day to start from.
        workdays: Who knows on which days people work.

    Raises:
        InvalidValueError: There is none within a year.
    """
    day = given_day(next_workday, "day", day)
    must_be_a(next_workday, "workdays", workdays, Workdays, way_out=_WAY_OUT)
    for days in range(_PATIENCE):
        found = day + timedelta(days=days)
        if is_workday(workdays, found):
            return found
    raise InvalidValueError("never-a-workday", path_of(next_workday), f"none from {day} on")


def count_workdays(period: Period, workdays: Workdays) -> int:
    """Return on how many days of a period people work.

    Args:
        period: The days, both ends included.
        workdays: Who knows on which days people work.
    """
    must_be_a(count_workdays, "period", period, Period)
    must_be_a(count_workdays, "workdays", workdays, Workdays, way_out=_WAY_OUT)
    days = (period.start + timedelta(days=number) for number in range(period.days))
    return sum(is_workday(workdays, day) for day in days)


def is_workday(workdays: Workdays, day: date) -> bool:
    """Whether people work on a day, by whoever knows it."""
    found = workdays.is_workday(day)
    must_be_flag(workdays, "is_workday", found)
    return bool(found)

"""Workdays, which the host knows: the library has no holidays in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Protocol, runtime_checkable

from okrcore._checks import must_be_a, must_be_date, path_of
from okrcore.calendar.period import Period
from okrcore.errors import InvalidValueError

__all__ = ["Workdays", "count_workdays", "next_workday"]

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


def next_workday(day: date, workdays: Workdays) -> date:
    """Return the day itself if people work on it, otherwise the first day after it on which they do.

    Args:
        day: The day to start from.
        workdays: Who knows on which days people work.

    Raises:
        InvalidValueError: There is none within a year.
    """
    must_be_date(next_workday, "day", day)
    must_be_a(next_workday, "workdays", workdays, Workdays, way_out=_WAY_OUT)
    for days in range(_PATIENCE):
        found = day + timedelta(days=days)
        if workdays.is_workday(found):
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
    return sum(workdays.is_workday(day) for day in days)

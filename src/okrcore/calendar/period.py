"""Periods: days from a first to a last, both included."""

from __future__ import annotations

from datetime import date, timedelta
from typing import final

from attrs import frozen

from okrcore._checks import given_day, must_be_a, path_of
from okrcore.errors import InvalidValueError

__all__ = ["Period", "must_be_in_order"]


@final
@frozen
class Period:
    """The days from `start` to `end`, both included; one day is a period too.

    Args:
        start: First day.
        end: Last day.

    Raises:
        InvalidValueError: The end lies before the start, or one of them is no day.
    >>> from datetime import date
    >>> Period(date(2026, 7, 1), date(2026, 9, 30)).days
    92
    """

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        must_be_in_order(self, self.start, self.end)

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """The day halfway, rounded to the earlier one: the day of a mid-cycle review."""
        return self.start + timedelta(days=(self.days - 1) // 2)

    def __contains__(self, day: object) -> bool:
        return self.start <= given_day(self, "__contains__", day) <= self.end

    def covers(self, other: Period) -> bool:
        """Return whether every day of the other period lies in this one."""
        must_be_a(self, "covers", other, Period)
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Return whether the two have a day in common."""
        must_be_a(self, "overlaps", other, Period)
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


def must_be_in_order(record: object, start: object, end: object) -> None:
    """Require two days, the last not before the first."""
    first, last = given_day(record, "start", start), given_day(record, "end", end)
    if last < first:
        raise InvalidValueError(
            "ends-before-start", path_of(record), f"{first} to {last}", "swap them"
        )

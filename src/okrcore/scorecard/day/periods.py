"""Periods of a window of days: check-in periods, and those that a measure of each period states.

Rules of this file:

1. Check-in periods of whole weeks keep their weekday, and the last one has the days left over; other rhythms,
   such as 30 days for months, are cut as evenly as days allow.
2. Stated periods follow the calendar from the first day on. Days left over at the end are a period of their own
   if they are half of one or more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final, final

from attrs import frozen

from okrcore.calendar import Cadence
from okrcore.calendar.cycle import add_cadence

__all__ = ["Periods"]

_NONE: Final = frozenset[int]()


@final
@frozen
class Periods:
    """A window of days cut into periods.

    Args:
        starts: First day of each as an ordinal, rising.
        last: Last day of the window.
        left_out: Numbers of those that do not count.
    """

    starts: Sequence[int]
    last: int
    left_out: AbstractSet[int] = _NONE

    @classmethod
    def of(cls, first: int, last: int, check_in_days: int) -> Periods:
        """Return the check-in periods from a first to a last day."""
        days = max(1, last - first + 1)
        planned = max(1, round(days / check_in_days))
        if check_in_days % 7 and days % planned:
            # In whole numbers: by a length of 4.142857 days the 29th day of 58 is in two periods.
            cuts = [first - (-days * n // planned) for n in range(planned)]
            return cls(tuple(cuts), last)
        length = days // planned if check_in_days % 7 else check_in_days
        return cls(range(first, first + planned * length, length), last)

    @classmethod
    def each(cls, first: int, last: int, every: Cadence) -> Periods:
        """Return the periods of a cadence from a first to a last day."""
        anchor, starts = date.fromordinal(first), [first]
        while (following := add_cadence(anchor, every, len(starts)).toordinal()) <= last:
            starts.append(following)
        if len(starts) > 1 and 2 * (last + 1 - starts[-1]) < following - starts[-1]:
            starts.pop()
        return cls(tuple(starts), max(first, last))

    @property
    def planned(self) -> int:
        """Number of periods."""
        return len(self.starts)

    @property
    def counted(self) -> Iterator[int]:
        """Numbers of the periods that count, in order."""
        return (number for number in range(self.planned) if number not in self.left_out)

    def number_of(self, day: int) -> int:
        """Return the number of the period of a day, from 0; late days are in the last."""
        return bisect_right(self.starts, day) - 1

    def days_of(self, number: int) -> tuple[int, int]:
        """Return the first and last day of a period, as ordinals."""
        is_last = number == self.planned - 1
        return self.starts[number], self.last if is_last else self.starts[number + 1] - 1

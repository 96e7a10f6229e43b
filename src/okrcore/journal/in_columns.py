"""Check-ins that came in columns: an id, a day and a number each, and nothing else said.

Rules of this file:

1. They stand before all other entries of a journal. They have no id and no moment, so nothing corrects
   them, and of one day they come first.
2. One is an object only for who asks for it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import compress
from typing import Final, final

from attrs import frozen

from okrcore._arith import or_none
from okrcore.journal.entries import CheckIn
from okrcore.journal.history import Column

__all__ = ["NO_COLUMNS", "CheckInColumns"]


@final
@frozen(eq=False)
class CheckInColumns:
    """Check-ins in columns, in the order in which they were given.

    Args:
        of: The ids of what was read.
        on: The days, as ordinals.
        values: The readings; absent where nothing was read.
    """

    of: Sequence[str]
    on: array[int]
    values: array[float]

    def __len__(self) -> int:
        return len(self.of)

    def __iter__(self) -> Iterator[CheckIn]:
        days = {day: date.fromordinal(day) for day in set(self.on)}
        for of, on, value in zip(self.of, self.on, self.values, strict=True):
            yield CheckIn(of, days[on], or_none(value))

    def only(self, wanted: Sequence[bool]) -> CheckInColumns:
        """Return some of them.

        Args:
            wanted: By row, whether it is.
        """
        if all(wanted):
            return self
        return CheckInColumns(
            list(compress(self.of, wanted)),
            array("l", compress(self.on, wanted)),
            array("d", compress(self.values, wanted)),
        )

    def by_day(self) -> Column[float]:
        """Return them in order of day; absent is what was not read."""
        return Column[float].in_order(self.of, self.on, self.values)


NO_COLUMNS: Final = CheckInColumns((), array("l"), array("d"))

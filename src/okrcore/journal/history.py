"""The journal's index: what was read, in columns sorted by day, built once.

Objects cost 120 bytes and a microsecond each; columns of days and values make a history of millions of
check-ins fit, and the last value of every id one pass at the speed of a dict.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar, final

from attrs import frozen

from okrcore.journal.entries import CheckIn, Judgement
from okrcore.journal.lifecycle import Life
from okrcore.plan import Reading

__all__ = ["Column", "History"]

_V = TypeVar("_V")


@final
@frozen(eq=False)
class Column(Generic[_V]):
    """One kind of fact about many ids, sorted by day.

    Args:
        of: The ids.
        on: The days, as ordinals, never falling.
        values: The facts.
    """

    of: Sequence[str]
    on: array[int]
    values: Sequence[_V]

    @classmethod
    def of_facts(cls, facts: Iterable[tuple[str, date, _V]]) -> Column[_V]:
        """Make a column of facts that are sorted by day."""
        of: list[str] = []
        on = array("l")
        values: list[_V] = []
        for id, day, value in facts:
            of.append(id)
            on.append(day.toordinal())
            values.append(value)
        return cls(of, on, values)

    def count_until(self, day: int) -> int:
        """Return how many facts there are up to a day, given as an ordinal."""
        return bisect_right(self.on, day)

    def latest(self, day: int) -> dict[str, int]:
        """Return the row of the last fact of each id up to a day, given as an ordinal."""
        count = self.count_until(day)
        of = self.of if count == len(self.of) else self.of[:count]
        return dict(zip(of, range(count), strict=True))

    def rows(self, id: str, first: int, last: int) -> Sequence[int]:
        """Return the rows of one id from a first to a last day, both included, oldest first."""
        rows = self._rows_of.get(id)
        if rows is None:
            return ()
        low = bisect_right(rows, first - 1, key=self.on.__getitem__)
        high = bisect_right(rows, last, key=self.on.__getitem__)
        return rows[low:high]

    @cached_property
    def _rows_of(self) -> dict[str, array[int]]:
        rows: dict[str, array[int]] = {}
        for row, id in enumerate(self.of):
            found = rows.get(id)
            if found is None:
                rows[id] = found = array("l")
            found.append(row)
        return rows


@final
@frozen(eq=False)
class History:
    """Everything evaluation asks a journal, in columns.

    Args:
        readings: Values that were read.
        baselines: Baselines that were set.
        confidences: Beliefs, 0 to 1.
        statuses: What owners declared.
        check_ins: The check-ins themselves, with or without a value.
        judgements: Scores that people gave beside the computed ones.
        lives: The lifecycle of each item that has one, in order of day.
    """

    readings: Column[Reading]
    baselines: Column[float]
    confidences: Column[float]
    statuses: Column[str]
    check_ins: Column[CheckIn]
    judgements: Column[Judgement]
    lives: Mapping[str, Sequence[Life]]

    def life(self, id: str, day: date) -> Life:
        """Return where an item stands in its life on a day; active without any entry."""
        moves = self.lives.get(id, ())
        return next((life for life in reversed(moves) if (life.since or day) <= day), Life())

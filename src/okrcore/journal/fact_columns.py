"""Facts about many ids in columns, sorted by day.

Objects cost 120 bytes and a microsecond each; with columns of days and values a history of millions of
check-ins fits, and the last value of every id takes one pass at the speed of a dict.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress, islice, repeat
from operator import eq, le
from typing import Any, Final, Generic, TypeVar, final

from attrs import frozen

from okrcore.plan import Reading

__all__ = ["Column", "reading_or_none"]

_V = TypeVar("_V")
_W = TypeVar("_W")

#: Snapshots of the last rows that a column keeps, for days in the past (library default).
_SNAPSHOTS: Final = 16
#: For fewer ids than one in so many, rows are searched one by one for a past day (library default).
_FEW: Final = 8


@final
@frozen(eq=False)
class Column(Generic[_V]):
    """One kind of fact about many ids, sorted by day.

    Args:
        of: Ids.
        on: Days as ordinals, never falling.
        values: Facts.
    """

    of: Sequence[str]
    on: array[int]
    values: Sequence[_V]

    @classmethod
    def of_entries(cls, entries: Sequence[Any], values: Sequence[_V]) -> Column[_V]:
        """Make a column of entries that are sorted by day, with a fact of each."""
        # From a list: an array that grows one by one takes longer.
        on = array("l", [entry.on.toordinal() for entry in entries])
        return cls([entry.of for entry in entries], on, values)

    @classmethod
    def in_order(cls, of: Sequence[str], on: array[int], values: Sequence[_V]) -> Column[_V]:
        """Make a column of facts in any order; of one day, the later one stays the later one."""
        if all(map(le, on, islice(on, 1, None))):
            return cls(of, on, values)
        rows = sorted(range(len(on)), key=on.__getitem__)
        return cls(
            [of[row] for row in rows], array("l", [on[row] for row in rows]), _at(rows, values)
        )

    def followed_by(self, other: Column[Any]) -> Column[Any]:
        """Return the facts of both columns; on one day, this one's come first."""
        if not self.of or not other.of:
            return self if self.of else other
        values = [*self.values, *other.values]
        return Column[Any].in_order([*self.of, *other.of], self.on + other.on, values)

    def present(self) -> Column[_V]:
        """Return the column without rows whose number is absent."""
        are_there = list(
            map(eq, self.values, self.values)
        )  # ABSENT is nan, and differs from itself
        if all(are_there):
            return self
        rows = list(compress(range(len(self.of)), are_there))
        return Column(
            [self.of[row] for row in rows],
            array("l", [self.on[row] for row in rows]),
            _at(rows, self.values),
        )

    def with_values(self, values: Sequence[_W | None]) -> Column[_W]:
        """Return the column of another fact about the same rows; rows without a value are dropped."""
        missing = values.count(None)
        if missing == len(values):
            return Column[_W]((), array("l"), ())
        if missing:
            rows = [row for row, value in enumerate(values) if value is not None]
            of, on = [self.of[row] for row in rows], array("l", [self.on[row] for row in rows])
            return Column[_W](of, on, [value for value in values if value is not None])
        return Column[_W](self.of, self.on, values)  # type: ignore[arg-type]  # none is missing

    @property
    def ids(self) -> AbstractSet[str]:
        """Ids with a fact."""
        return self._last.keys()

    def count_until(self, day: int) -> int:
        """Return the number of facts up to a day, given as an ordinal."""
        return bisect_right(self.on, day)

    def latest(self, day: int) -> Mapping[str, int]:
        """Return the row of the last fact of each id up to a day, given as an ordinal."""
        count = self.count_until(day)
        if count == len(self.of):
            return self._last
        # Past days start from a snapshot, so that a day costs no more than one stretch of the column.
        stretch, snapshots = self._snapshots
        at = count // stretch
        latest = dict(snapshots[at])
        rows = range(at * stretch, count)
        latest.update(zip(self.of[at * stretch : count], rows, strict=True))
        return latest

    def last_of(self, ids: Sequence[str]) -> Sequence[int]:
        """Return the row of the last fact of each of the ids; -1 if none.

        The result is kept for the last list of ids: a plan gives the same list each time.
        """
        kept = self._last_found[0] if self._last_found else None
        if kept is None or kept[0] is not ids:
            kept = ids, list(map(self._last.get, ids, repeat(-1)))
            # Another thread may replace it, so it is not read back.
            self._last_found[:] = [kept]
        return kept[1]

    def last_until(self, day: int, ids: Sequence[str]) -> Sequence[int]:
        """Return the row of the last fact of each of the ids up to a day, an ordinal; -1 if none."""
        if self.count_until(day) == len(self.of):
            return self.last_of(ids)
        if len(ids) < len(self._last) // _FEW:
            rows = [self.rows(id, 0, day) for id in ids]
            return [each[-1] if each else -1 for each in rows]
        return list(map(self.latest(day).get, ids, repeat(-1)))

    @cached_property
    def _last_found(self) -> list[tuple[Sequence[str], Sequence[int]]]:
        return []

    @cached_property
    def _last(self) -> dict[str, int]:
        return dict(zip(self.of, range(len(self.of)), strict=True))

    @cached_property
    def _snapshots(self) -> tuple[int, Sequence[dict[str, int]]]:
        stretch = max(1, -(-len(self.of) // _SNAPSHOTS))
        snapshots: list[dict[str, int]] = [{}]
        for start in range(0, len(self.of), stretch):
            stop = min(start + stretch, len(self.of))
            latest = dict(snapshots[-1])
            latest.update(zip(self.of[start:stop], range(start, stop), strict=True))
            snapshots.append(latest)
        return stretch, snapshots

    def rows(self, id: str, first: int, last: int) -> Sequence[int]:
        """Return the rows of one id from a first to a last day, both included, oldest first."""
        if len(self._last) == len(self.of):  # each id once: no search
            row = self._last.get(id)
            return () if row is None or not first <= self.on[row] <= last else (row,)
        rows = self._rows_of.get(id)
        if rows is None:
            return ()
        if first <= self.on[rows[0]] and self.on[rows[-1]] <= last:
            return rows
        low = bisect_right(rows, first - 1, key=self.on.__getitem__)
        high = bisect_right(rows, last, key=self.on.__getitem__)
        return rows[low:high]

    def until(self, day: int, ids: Iterable[str]) -> Iterator[_V]:
        """Yield the facts of the ids up to a day, given as an ordinal; of each id the oldest first."""
        for id in ids:
            for row in self.rows(id, 0, day):
                yield self.values[row]

    @cached_property
    def _rows_of(self) -> dict[str, array[int]]:
        rows: dict[str, array[int]] = {}
        for row, id in enumerate(self.of):
            found = rows.get(id)
            if found is None:
                rows[id] = found = array("l")
            found.append(row)
        return rows


def reading_or_none(value: Reading) -> Reading | None:
    """Return a reading of a column; None if absent: nan differs from itself."""
    return value if value == value else None  # noqa: PLR0124


def _at(rows: Sequence[int], values: Sequence[_V]) -> Sequence[_V]:
    found = [values[row] for row in rows]
    return array("d", found) if isinstance(values, array) else found  # type: ignore[type-var]

"""The journal's index: what was read, in columns sorted by day, built once.

Objects cost 120 bytes and a microsecond each; columns of days and values make a history of millions of
check-ins fit, and the last value of every id one pass at the speed of a dict.

Rule of this file: check-ins that came in columns stay in columns. One of them is an object for as long as
somebody asks for it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from itertools import compress, groupby, islice, repeat
from math import nan
from operator import attrgetter, eq, le
from typing import Any, Final, Generic, TypeAlias, TypeVar, final

from attrs import frozen

from okrcore.journal.decisions import Adjustment, AdjustmentTrigger, Closing, Decision
from okrcore.journal.entries import CheckIn, Judgement
from okrcore.journal.lifecycle import Life
from okrcore.plan import Ratio, Reading

__all__ = ["NEVER", "Column", "History", "Moment", "reading_or_none"]

_V = TypeVar("_V")
_W = TypeVar("_W")

_PLAIN: Final = frozenset({float})
#: The place of an entry in the order of all: its day as an ordinal, and its position; -1 for what came in
#: columns, which precedes what is written of its day.
Moment: TypeAlias = tuple[int, int]
#: Before every entry (library default).
NEVER: Final[Moment] = (0, -1)
#: How many snapshots of the last rows a column keeps, for days in the past (library default).
_SNAPSHOTS: Final = 16
#: A column of this many times the ids that are looked up is not copied for a past day (library default).
_FEW: Final = 8


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
    def of_entries(cls, entries: Sequence[Any], values: Sequence[_V]) -> Column[_V]:
        """Make a column of entries that are sorted by day, with a fact of each."""
        # Of a list: an array that grows one by one takes longer.
        on = array("l", [entry.on.toordinal() for entry in entries])
        return cls([entry.of for entry in entries], on, values)

    @classmethod
    def in_order(cls, of: Sequence[str], on: array[int], values: Sequence[_V]) -> Column[_V]:
        """Make a column of facts in any order; of one day, the one that comes later is the later one."""
        if all(map(le, on, islice(on, 1, None))):
            return cls(of, on, values)
        rows = sorted(range(len(on)), key=on.__getitem__)
        return cls(
            [of[row] for row in rows], array("l", [on[row] for row in rows]), _at(rows, values)
        )

    def followed_by(self, other: Column[Any]) -> Column[Any]:
        """Return the facts of both columns; of one day, those of this one come first."""
        if not self.of or not other.of:
            return self if self.of else other
        values = [*self.values, *other.values]
        return Column[Any].in_order([*self.of, *other.of], self.on + other.on, values)

    def present(self) -> Column[_V]:
        """Return the column without the rows whose number is absent."""
        are_there = list(map(eq, self.values, self.values))  # what is absent differs from itself
        if all(are_there):
            return self
        rows = list(compress(range(len(self.of)), are_there))
        return Column(
            [self.of[row] for row in rows],
            array("l", [self.on[row] for row in rows]),
            _at(rows, self.values),
        )

    def told(self, values: Sequence[_W | None]) -> Column[_W]:
        """Return the column of another fact about the same rows, without those that do not tell it."""
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
        """The ids that any fact is about."""
        return self._last.keys()

    def count_until(self, day: int) -> int:
        """Return how many facts there are up to a day, given as an ordinal."""
        return bisect_right(self.on, day)

    def latest(self, day: int) -> Mapping[str, int]:
        """Return the row of the last fact of each id up to a day, given as an ordinal."""
        count = self.count_until(day)
        if count == len(self.of):
            return self._last
        # Past days start from a snapshot, so that a day costs no more than a stretch of the column.
        stretch, snapshots = self._snapshots
        at = count // stretch
        latest = dict(snapshots[at])
        rows = range(at * stretch, count)
        latest.update(zip(self.of[at * stretch : count], rows, strict=True))
        return latest

    def last_of(self, ids: Sequence[str]) -> Sequence[int]:
        """Return the row of the last fact of each of some ids; -1 without one.

        It is kept for the ids that asked last: a plan asks with the same list each time.
        """
        kept = self._asked[0] if self._asked else None
        if kept is None or kept[0] is not ids:
            kept = ids, list(map(self._last.get, ids, repeat(-1)))
            # Another thread may put its own in the place of this one: what is returned is not read back.
            self._asked[:] = [kept]
        return kept[1]

    def last_until(self, day: int, ids: Sequence[str]) -> Sequence[int]:
        """Return the row of the last fact of each of some ids up to a day, an ordinal; -1 without one."""
        if self.count_until(day) == len(self.of):
            return self.last_of(ids)
        if len(ids) < len(self._last) // _FEW:
            rows = [self.rows(id, 0, day) for id in ids]
            return [each[-1] if each else -1 for each in rows]
        return list(map(self.latest(day).get, ids, repeat(-1)))

    @cached_property
    def _asked(self) -> list[tuple[Sequence[str], Sequence[int]]]:
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
        if len(self._last) == len(self.of):  # each id once: nothing to look for
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
        """Yield the facts of some ids up to a day, given as an ordinal; of each id the oldest first."""
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
    """Return a reading of a column, None where it is absent: that differs from itself."""
    return value if value == value else None  # noqa: PLR0124


def _at(rows: Sequence[int], values: Sequence[_V]) -> Sequence[_V]:
    found = [values[row] for row in rows]
    return array("d", found) if isinstance(values, array) else found  # type: ignore[type-var]


#: The life of what no entry has moved.
_ACTIVE: Final = Life()


@final
@frozen(eq=False)
class History:
    """Everything evaluation asks a journal, in columns.

    Args:
        readings: Values that were read.
        baselines: Baselines that were set.
        written: The check-ins that were written one by one.
        check_ins: The check-ins themselves, with or without a value; of one that came in columns the
            reading alone, see `check_in`.
        judgements: Scores that people gave beside the computed ones.
        lives: The lifecycle of each item that has one, in order of day.
        rare: The entries that are no check-ins, in order: check-ins come by the million.
        standing: The entries that were written one by one and not corrected, in order.
    """

    readings: Column[Reading]
    baselines: Column[float]
    written: Column[CheckIn]
    check_ins: Column[CheckIn | Reading]
    judgements: Column[Judgement]
    lives: Mapping[str, Sequence[Life]]
    rare: Sequence[Any]
    standing: Sequence[Any]

    @cached_property
    def confidences(self) -> Column[float]:
        """Beliefs, 0 to 1."""
        return self.written.told([entry.confidence for entry in self.written.values])

    @cached_property
    def statuses(self) -> Column[tuple[CheckIn | Judgement, Moment]]:
        """The entries that declare a status, or judge one, in order, each with its place in the order of all."""
        kinds = (CheckIn, Judgement) if self.judgements.of else (CheckIn,)
        given = [
            (entry, (entry.on.toordinal(), position))
            for position, entry in enumerate(self.standing)
            if type(entry) in kinds and entry.status is not None
        ]
        return Column[tuple[CheckIn | Judgement, Moment]].of_entries([e for e, _ in given], given)

    @cached_property
    def judging(self) -> Column[Judgement | Closing]:
        """The entries that judge a score."""
        judging = [
            entry
            for entry in self.rare
            if (isinstance(entry, Judgement) and entry.score is not None)
            or (isinstance(entry, Closing) and entry.judged is not None)
        ]
        return Column[Judgement | Closing].of_entries(judging, judging)

    @cached_property
    def decisions(self) -> Column[Any]:
        """The entries that are no check-ins, by what they are about."""
        return Column[Any].of_entries(self.rare, self.rare)

    @cached_property
    def kept_closings(self) -> dict[Any, Any]:
        """Evaluations of closings, by plan and rulebook; filled and bounded by `evaluation`."""
        return {}

    def check_in(self, row: int) -> CheckIn:
        """Return a check-in by its row in `check_ins`; one that came in columns is made for the asker."""
        found = self.check_ins.values[row]
        if isinstance(found, CheckIn):
            return found
        day = date.fromordinal(self.check_ins.on[row])
        return CheckIn(self.check_ins.of[row], day, reading_or_none(found))

    # --- order within a day --------------------------------------------------------------------

    def moment(self, entry: Any) -> Moment:
        """Place of an entry that is no check-in in the order of all entries."""
        return entry.on.toordinal(), self._positions[id(entry)]

    @cached_property
    def _positions(self) -> Mapping[int, int]:
        return {
            id(entry): position
            for position, entry in enumerate(self.standing)
            if type(entry) is not CheckIn
        }

    @cached_property
    def moments(self) -> Sequence[Moment]:
        """By row of `readings`, its place in the order of all entries."""
        positions = (
            position
            for position, entry in enumerate(self.standing)
            if type(entry) is CheckIn and entry.value is not None
        )
        # Of one day, readings that came in columns precede those that were written, which keep their order.
        written = dict[int, int]()
        for entry in self.written.values:
            if entry.value is not None:
                on = entry.on.toordinal()
                written[on] = written.get(on, 0) + 1
        readings, found = self.readings, list[Moment]()
        for on, rows in groupby(readings.on):
            count, late = len(list(rows)), written.get(on, 0)
            found += [(on, -1)] * (count - late)
            found += [(on, position) for position in islice(positions, late)]
        return found

    def written_after(self, closing: Closing) -> Sequence[Any]:
        """Entries of the day of a closing or before it that are written after it, so do not count for it.

        If both have a moment, the moments decide; else the days do, and of one day the order of the
        entries.

        Source: DESIGN.md 4, on closed items.
        """
        day, position = self.moment(closing)
        start = bisect_left(self._days, day)
        stop = bisect_right(self._days, day)
        after = [*self.standing[max(position + 1, start) : stop]]
        if closing.recorded is not None:
            later = bisect_right(self._timed, closing.recorded, key=attrgetter("recorded"))
            after += [entry for entry in self._timed[later:] if entry.on < closing.on]
        return [entry for entry in after if not self._is_without_effect(entry)]

    def _is_without_effect(self, entry: Any) -> bool:
        """Whether an entry changes no figure of its day, of no objective: so do most closings."""
        return (
            isinstance(entry, Closing)
            and entry.decision is not Decision.DEFER
            and entry.judged is None
            and not self._has_too_hard
        )

    @cached_property
    def _has_too_hard(self) -> bool:
        """Whether some adjustment is dropped at the close, see `AdjustmentTrigger.DIFFICULTY`."""
        adjustments = (entry for entry in self.rare if isinstance(entry, Adjustment))
        return any(entry.trigger is AdjustmentTrigger.DIFFICULTY for entry in adjustments)

    @cached_property
    def _days(self) -> Sequence[int]:
        return [entry.on.toordinal() for entry in self.standing]

    @cached_property
    def _timed(self) -> Sequence[Any]:
        """The entries with a moment, in the order of that."""
        timed = [entry for entry in self.standing if entry.recorded is not None]
        return sorted(timed, key=attrgetter("recorded"))

    @cached_property
    def timed(self) -> Sequence[CheckIn]:
        """The check-ins that say when they were written, in order."""
        heard = (each for each in self.check_ins.values if isinstance(each, CheckIn))
        return [entry for entry in heard if entry.recorded is not None]

    @cached_property
    def _kinds(self) -> AbstractSet[type[Any]]:
        """The kinds of readings there are."""
        values = self.readings.values
        return {float} if isinstance(values, array) else set(map(type, values))

    @cached_property
    def numbers(self) -> array[float]:
        """The numbers that the readings stand for, by row; absent for readings that are none.

        Row -1, which is that of what was never read, has no number either.
        """
        values: Sequence[Any] = self.readings.values
        if self.has_words:
            values = [each if type(each) is float else _number(each) for each in values]
        numbers = array("d", values)
        numbers.append(nan)
        return numbers

    @cached_property
    def has_words(self) -> bool:
        """Whether any reading is more than a plain number: a share, words, a yes or no."""
        return not self._kinds <= _PLAIN

    @cached_property
    def heard(self) -> Column[Any]:
        """The column that tells of which ids there is any check-in."""
        tells_all = len(self.readings.of) == len(self.check_ins.of)
        return self.readings if tells_all else self.check_ins

    def life(self, id: str, day: date) -> Life:
        """Return where an item stands in its life on a day; active without any entry."""
        moves = self.lives.get(id)
        if moves is None:
            return _ACTIVE
        return next((life for life in reversed(moves) if (life.since or day) <= day), _ACTIVE)


def _number(reading: Reading) -> float:
    return reading.value if isinstance(reading, Ratio) else nan

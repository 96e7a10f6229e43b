"""Readings with a moment: the days on which they were written.

Rule of this file: nothing here is made unless a check-in has a moment. Readings in columns never have one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import final

from attrs import frozen

from okrcore.journal.entries import CheckIn
from okrcore.journal.fact_columns import Column
from okrcore.plan import Reading

__all__ = ["TimedReadings", "recorded_on"]


def recorded_on(entry: CheckIn) -> int:
    """Return the day on which a check-in was written, as an ordinal by its own offset; 0 without a moment."""
    return 0 if entry.recorded is None else entry.recorded.date().toordinal()


@final
@frozen(eq=False)
class TimedReadings:
    """Readings with a moment.

    Args:
        readings: All readings.
        written: Check-ins written one by one.
    """

    readings: Column[Reading]
    written: Column[CheckIn]

    @cached_property
    def rows(self) -> Sequence[tuple[int, CheckIn]]:
        """Row of each, and its check-in."""
        by_day: dict[int, list[CheckIn]] = {}
        for on, entry in zip(self.written.on, self.written.values, strict=True):
            if entry.value is not None:
                by_day.setdefault(on, []).append(entry)
        # On one day, readings in columns precede written ones, which keep their order.
        found = [
            (row, entry)
            for on, entries in by_day.items()
            for row, entry in enumerate(entries, self.readings.count_until(on) - len(entries))
            if entry.recorded is not None
        ]
        return sorted(found, key=itemgetter(0))

    @cached_property
    def recorded(self) -> Mapping[int, int]:
        """By row, the day on which each was written, as an ordinal."""
        return {row: recorded_on(entry) for row, entry in self.rows}

    @cached_property
    def until(self) -> int:
        """The last day on which one was written, as an ordinal; 0 without any."""
        return max(self.recorded.values(), default=0)

    def written_by(self, rows: Sequence[int], day: int) -> Sequence[int]:
        """Return the rows of readings that were written up to a day, or have no moment."""
        if self.until <= day:
            return rows
        return [row for row in rows if self.recorded.get(row, 0) <= day]

    @cached_property
    def of(self) -> Mapping[str, Sequence[CheckIn]]:
        """Their check-ins, by id, in order."""
        found: dict[str, list[CheckIn]] = {}
        for _, entry in self.rows:
            found.setdefault(entry.of, []).append(entry)
        return found

    @cached_property
    def last_days(self) -> Mapping[str, int]:
        """By id, the last day on which one was written, or of which one is true, as an ordinal."""
        return {
            id: max(max(recorded_on(entry), entry.on.toordinal()) for entry in entries)
            for id, entries in self.of.items()
        }

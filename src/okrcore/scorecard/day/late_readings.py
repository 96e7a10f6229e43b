"""Readings that do not count by the moment at which they were written.

Rules of this file:

1. The grace is for writing, not for working. The day of a reading with a moment is exact: one of a day after
   the deadline is left out, and so is one of a day up to it that was written after the grace.
2. A reading without a moment is judged by its day alone, see `readings`.
3. Readings of a metric have several deadlines, by the key results that read it, and stay; see
   `readings.counted_rows`.

Source: DESIGN.md 4, on what counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress, repeat
from operator import gt

from okrcore.journal import CheckIn
from okrcore.journal.history import History
from okrcore.journal.timed_readings import recorded_on
from okrcore.rulebook import Rulebook
from okrcore.scorecard.day.compiled_plan import FOREVER, CompiledPlan

__all__ = ["grace_of", "late_by_moment"]


def grace_of(compiled: CompiledPlan, home: int, rulebook: Rulebook) -> int:
    """Return the days of grace after the cycle of an objective; 0 without a cycle."""
    start, end = compiled.starts[home], compiled.ends[home]
    return 0 if end >= FOREVER else rulebook.closing.grace_of(end - start + 1)


def late_by_moment(
    history: History, compiled: CompiledPlan, rulebook: Rulebook
) -> Mapping[int, bool]:
    """Return the readings of items that are true of a day, or written, too late, by `id` of their check-ins.

    True if all of the check-in is left out, and not its reading alone.
    """
    timed, dropped = history.timed_readings, dict[int, bool]()
    if max(timed.last_days.values(), default=0) <= compiled.window[1]:
        return dropped
    for item, home, deadline in _late_items(history, compiled):
        grace_end = deadline + grace_of(compiled, home, rulebook)
        for entry in timed.of[item]:
            is_after = entry.on.toordinal() > deadline
            if is_after or recorded_on(entry) > grace_end:
                # One of a later day may have a note, or a status of that day.
                dropped[id(entry)] = not (is_after and _has_more(entry))
    return dropped


def _has_more(entry: CheckIn) -> bool:
    """Return whether a check-in has more than a reading."""
    bare = CheckIn(
        entry.of, entry.on, entry.value, id=entry.id, recorded=entry.recorded, by=entry.by
    )
    return entry != bare


def _late_items(history: History, compiled: CompiledPlan) -> Iterator[tuple[str, int, int]]:
    """Yield items of cycles with a reading after their deadline: id, index of the objective, deadline."""
    last_day_of = history.timed_readings.last_days.get
    own = compiled.of_key_results
    days = map(last_day_of, compiled.ids[: own.stop], repeat(0))
    for index in compress(own, map(gt, days, compiled.last)):
        if compiled.ends[compiled.home[index]] < FOREVER and index not in compiled.shared:
            yield compiled.ids[index], compiled.home[index], compiled.last[index]
    if compiled.has_guardrails or compiled.initiatives:
        for index, objective in zip(compiled.of_objectives, compiled.objectives, strict=True):
            end = compiled.ends[index]
            ids = [each.id for each in objective.guardrails]
            ids += [each.id for each in objective.initiatives]
            for id in ids:
                if last_day_of(id, 0) > end:
                    yield id, index, end

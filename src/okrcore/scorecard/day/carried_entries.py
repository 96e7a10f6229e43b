"""Entries about carried work: readings of older key results are also readings of the newest.

Rules of this file:

1. Older readings are dated by the last day of their key result, so that they come before newer ones, and never
   before the first day of the newest.
2. The plan of the work is in force already, so of adjustments only factors of progress are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, cast

from attrs import evolve

from okrcore.journal import Adjustment, AdjustmentKind, BaselineSet, CheckIn, Journal
from okrcore.plan import Plan
from okrcore.scorecard.day.whole_ways import NAMED, Way, Ways

__all__ = ["carried_entries"]


def carried_entries(
    ways: Ways,
    whole: Mapping[str, Way],
    remeasured: AbstractSet[str],
    plan: Plan,
    journal: Journal,
) -> Journal:
    """Return the entries about the items of a plan of carried work.

    Args:
        ways: The ways of the day.
        whole: By id of the newest key result, the ways that can be drawn.
        remeasured: Ids of the key results whose measure is another one with the whole way.
        plan: The plan of the work.
        journal: The journal of the day.
    """
    part = ways.part
    added: list[Any] = [
        entry
        for entry in map(_rest_of, ways.facts.in_force.entries)
        if entry is not None and entry.of in part
    ]
    carried_by = {older.id: way[-1].id for way in whole.values() for older in way[:-1]}
    added += [evolve(entry, of=carried_by[entry.of]) for entry in added if entry.of in carried_by]
    reached = {id: _add_readings_before(ways, way, plan, added) for id, way in whole.items()}
    # Of these the cycle begins earlier; a check-in from before their own does not count.
    starts = {
        id: home.cycle.start
        for id, home in part.homes.items()
        if home.cycle is not None and home.cycle != plan.homes[id].cycle
    }

    def is_kept(entry: Any) -> bool:
        if isinstance(entry, Adjustment):
            return False
        if isinstance(entry, BaselineSet):
            return entry.of not in remeasured
        if not isinstance(entry, CheckIn):
            return True
        if entry.of in starts and entry.on < starts[entry.of]:
            return False
        names = reached.get(entry.of)
        if names and entry.value is not None:
            value = tuple(dict.fromkeys((*names, *cast("tuple[str, ...]", entry.value))))
            added.append(evolve(entry, id=None, value=value))
            return False
        return True

    kept = journal.only(part).keep(is_kept)
    return kept.add(added) if added else kept


def _add_readings_before(ways: Ways, way: Way, plan: Plan, added: list[Any]) -> tuple[str, ...]:
    """Add the readings of older key results as those of the newest; return the names among them."""
    newest, names = way[-1], tuple[str, ...]()
    if newest.metric is not None or newest.derived is not None:
        return names
    cycle = plan.homes[newest.id].cycle
    for older in way[:-1]:
        before, last = names, ways.last_day(older)
        for day, read in ways.readings(older):
            value, on = read, date.fromordinal(min(day, last))
            if isinstance(newest.measure, NAMED):
                value = names = tuple(dict.fromkeys((*before, *cast("tuple[str, ...]", read))))
            added.append(CheckIn(newest.id, on if cycle is None else max(on, cycle.start), value))
    return names


def _rest_of(entry: Adjustment) -> Adjustment | None:
    """Return the part of an adjustment that no plan has: a factor of progress; None without one."""
    if entry.rescale is None:
        return None
    return Adjustment(
        entry.of,
        entry.on,
        rescale=entry.rescale,
        kind=AdjustmentKind.PERSIST,
        because=entry.because,
        recorded=entry.recorded,
    )

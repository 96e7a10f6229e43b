"""Entries about carried work: readings of older key results are also readings of the newest.

Rules of this file:

1. Older readings are dated by the last day of their key result, so that they come before newer ones, and never
   before the first day of the newest.
2. The plan of the work is in force already, so of adjustments only factors of progress are left.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import evolve

from okrcore.journal import (
    Adjustment,
    AdjustmentKind,
    BaselineSet,
    CheckIn,
    Correction,
    Entry,
    Journal,
)
from okrcore.journal.check_in_columns import CheckIns
from okrcore.journal.entry_sequence import Entries, columns_of, written_of
from okrcore.journal.journal import reread
from okrcore.plan import Initiative, Plan, Reading
from okrcore.scorecard.day.carried_limits import limits_apart
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO
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
    factors = [
        entry
        for entry in map(_rest_of, ways.facts.in_force.entries)
        if entry is not None and entry.of in part
    ]
    carried_by = {older.id: way[-1].id for way in whole.values() for older in way[:-1]}
    factors += [
        evolve(entry, of=carried_by[entry.of]) for entry in factors if entry.of in carried_by
    ]
    # Of these the cycle begins earlier, or ends later; a check-in of then does not count.
    days = _days_of(ways, plan)

    def is_kept(entry: Entry) -> bool:
        if isinstance(entry, BaselineSet):
            return entry.of not in remeasured
        if isinstance(entry, CheckIn) and entry.of in days:
            return entry.on.toordinal() in days[entry.of]
        return not isinstance(entry, Adjustment | Correction)

    kept = journal.only(part)
    columns = columns_of(kept.entries)
    counted = [
        of not in days or on in days[of] for of, on in zip(columns.of, columns.on, strict=True)
    ]
    written = list(filter(is_kept, written_of(kept.entries)))
    ids = {entry.id for entry in written}
    corrections = [
        entry
        for entry in written_of(kept.entries)
        if isinstance(entry, Correction) and entry.voids in ids
    ]
    kept = Journal(Entries(columns.only(counted), (*written, *corrections)))
    older, names = _readings_before(ways, whole, plan)
    if names:
        kept = reread(kept, lambda of, value: _united(names[of], value) if of in names else value)
    columns = older.followed_by(columns_of(kept.entries))
    limits = limits_apart(ways.facts, ways.part, plan)
    return Journal(Entries(columns, (*written_of(kept.entries), *factors, *limits)))


def _days_of(ways: Ways, plan: Plan) -> Mapping[str, range]:
    """Return the days of the check-ins that count for items whose objective has another cycle in the work."""
    found: dict[str, range] = {}
    for id, home in ways.part.homes.items():
        if isinstance(ways.part.items[id], Initiative):
            if plan.homes[id].id != home.id:
                found[id] = range(LONG_AGO, ways.end_of(home) + 1)
        elif home.cycle is not None and home.cycle != plan.homes[id].cycle:
            found[id] = range(home.cycle.start.toordinal(), FOREVER)
    return found


def _readings_before(
    ways: Ways, whole: Mapping[str, Way], plan: Plan
) -> tuple[CheckIns, Mapping[str, tuple[str, ...]]]:
    """Return the readings of older key results as those of the newest, and by id of that the names among them."""
    found: list[tuple[str, int, Reading]] = []
    reached: dict[str, tuple[str, ...]] = {}
    for id, way in whole.items():
        if way[-1].metric is not None or way[-1].derived is not None:
            continue
        cycle, names = plan.homes[id].cycle, tuple[str, ...]()
        first = LONG_AGO if cycle is None else cycle.start.toordinal()
        for older in way[:-1]:
            before, last = names, ways.last_day(older)
            for day, value in ways.readings(older):
                read = value
                if isinstance(way[-1].measure, NAMED):
                    read = names = _united(before, value)
                found.append((id, max(min(day, last), first), read))
        if names:
            reached[id] = names
    ids, days, values = zip(*found, strict=True) if found else ((), (), ())
    return CheckIns(ids, array("l", days), values), reached


def _united(names: tuple[str, ...], value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *value)))


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

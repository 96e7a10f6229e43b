"""Items that joined a plan by adjustments: a part of a journal keeps what is about an item with its join.

Rule of this file: a journal does not have the plan as stored. An item of which an adjustment says first that
it leaves was in that plan, and so are the members with which it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import cast

from okrcore._checks import path_of
from okrcore.journal.adjustment import Adjustment, Joiner
from okrcore.journal.history import History
from okrcore.plan import KeyResult, KeyResultRef, Metric, Objective, Outside, Plan, Priority
from okrcore.plan.contents import named_in
from okrcore.plan.item import Item, kind_of, members_of
from okrcore.plan.measures import can_replace
from okrcore.plan.metric_links import named_by

__all__ = ["hint_of_rejoin", "joined_beside", "stranded_ids"]


def stranded_ids(history: History, is_kept: Callable[[Adjustment], bool]) -> AbstractSet[str]:
    """Return the ids of items that joined by adjustments of which none is kept."""
    stored, joined, kept = set[str](), set[str](), set[str]()
    for entry in history.adjustments:
        stored.update(id for id in entry.removes if id not in joined)
        for record in entry.adds:
            ids = {*_ids_of(record)}
            if entry.of in stored and isinstance(record, Objective):
                stored |= ids
            joined |= ids
            if is_kept(entry):
                kept |= ids
    return joined - kept - stored


def _ids_of(record: Joiner) -> Iterator[str]:
    """Yield the ids of a record that joins, and of its members."""
    if not isinstance(record, KeyResultRef):
        yield record.id
        if isinstance(record, Objective):
            yield from (member.id for member in members_of(record))


def joined_beside(history: History, plan: Plan) -> AbstractSet[str]:
    """Return the ids of items that join a plan: members of its objectives, and what names no other item.

    An objective that joined and names an item of neither belongs to another part of the whole.
    """
    found = set[str]()
    for entry in history.adjustments:
        for record in entry.adds:
            known = plan.items.keys() | found
            if isinstance(record, Objective):
                mine = {record.id, *(member.id for member in members_of(record))}
                if known.issuperset({*named_in(record)} - mine):
                    found |= mine
            elif entry.of in known or _is_complete(record, known):
                found |= {*_ids_of(record)}
    return found


def _is_complete(record: Joiner, known: AbstractSet[str]) -> bool:
    """Return whether an item that joins under its own id names no item of another part."""
    if isinstance(record, Metric):
        served = None if record.place is None else record.place.priority
        is_served = served is None or served in known
        return is_served and all(id in known for _, id in named_by(record))
    if isinstance(record, Priority):
        return all(each.metric in known for each in record.metrics)
    return isinstance(record, Outside)


def hint_of_rejoin(record: Item, home: str | None, before: Item, home_before: str | None) -> str:
    """Return the reason why an item cannot join under an id that it had before; empty if it can."""
    if type(before) is not type(record):
        return f"it was {kind_of(before)}; give another id"
    if home != home_before:
        return f"it was at home in {home_before!r}; give another id"
    if isinstance(record, KeyResult):
        old = cast("KeyResult", before).measure
        if not can_replace(record.measure, old):
            return f"{path_of(before)} took other readings; give another id"
    return ""

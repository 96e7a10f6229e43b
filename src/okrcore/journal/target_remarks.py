"""Remarks about a target in check-ins: confidence, projection and declared status.

Key results and objectives have targets. A guardrail has a bound, a metric may have one, and an initiative is done
or not: such remarks of theirs would have no reader, so they are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from okrcore._memo import once
from okrcore.errors import InconsistentPlanError
from okrcore.journal.entries import CheckIn
from okrcore.journal.history import History
from okrcore.plan import Guardrail, Initiative, Metric, Plan
from okrcore.plan.item import Item

__all__ = ["faults_of_remarks", "has_misplaced_remarks", "ids_without_target"]

_REMARKS: Final = ("confidence", "projected", "status")
_WORDS: Final = {"confidence": "confidence", "projected": "the projection", "status": "the status"}


def faults_of_remarks(plan: Plan, item: Item, entry: CheckIn) -> Iterator[InconsistentPlanError]:
    """Yield the faults of remarks about a target in a check-in of an item without one."""
    if not isinstance(item, (Guardrail, Metric, Initiative)):
        return
    for name in _REMARKS:
        if getattr(entry, name) is not None:
            path = f"CheckIn({entry.of!r}, {entry.on}).{name}"
            hint = f"check in {_WORDS[name]} of {_of_target(plan, item)}"
            yield InconsistentPlanError("wrong-kind", path, entry.of, hint)


def _of_target(plan: Plan, item: Guardrail | Metric | Initiative) -> str:
    """Return words for the items with a target that a remark may be of."""
    ids: tuple[str, ...] = ()
    if isinstance(item, Initiative):
        ids = item.drives
    elif isinstance(item, Metric):
        columns = plan.columns
        ids = tuple(columns.ids[at] for at, id in columns.with_metric.items() if id == item.id)
    elif item.protects is not None:
        ids = (item.protects,)
    return " or ".join(map(repr, ids)) if ids else "a key result or an objective"


def ids_without_target(plan: Plan) -> frozenset[str]:
    """Return the ids of items without a target."""
    return once(plan, _ids_without_target)


def _ids_without_target(plan: Plan) -> frozenset[str]:
    found = {metric.id for metric in plan.metrics}
    for objective in plan.objectives:
        if objective.guardrails or objective.initiatives:
            found.update(each.id for each in objective.guardrails)
            found.update(each.id for each in objective.initiatives)
    return frozenset(found)


def has_misplaced_remarks(plan: Plan, history: History, day: int) -> bool:
    """Return whether an item without a target has a remark about one, up to a day."""
    written = history.written
    ids = written.ids & ids_without_target(plan)
    return any(
        getattr(written.values[row], name) is not None
        for id in ids
        for row in written.rows(id, 0, day)
        for name in _REMARKS
    )

"""Contents of a plan with an item put in, or with items taken out.

Rules of this file:

1. The contents returned may not fit each other: the plan made of them is checked.
2. Order is kept: an item takes the place of the one with its id, or the last place.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Any, Final, TypeVar

from attrs import evolve

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError, InvalidValueError
from okrcore.plan.contents import Contents
from okrcore.plan.item import Item, did_you_mean, kind_of
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.metrics import Guardrail, Initiative, Metric
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.priorities import Priority

__all__ = ["with_item", "without_items"]

_T = TypeVar("_T", Contents, Objective)

#: Field of a plan, or of an objective, with the records of each kind.
_FIELDS: Final = MappingProxyType(
    {
        Objective: "objectives",
        Metric: "metrics",
        Outside: "outside",
        Priority: "priorities",
        KeyResult: "key_results",
        KeyResultRef: "key_results",
        Guardrail: "guardrails",
        Initiative: "initiatives",
    }
)
_MEMBERS: Final = ("key_results", "guardrails", "initiatives")


def with_item(contents: Contents, item: Item | KeyResultRef, into: Objective | None) -> Contents:
    """Return contents with an item instead of the one with its id, or after the others.

    Args:
        contents: Contents of a plan.
        item: Item, or reference to a key result.
        into: Objective of which it is to be a member; its present one if None.
    """
    if not isinstance(item, KeyResultRef):
        _must_keep_its_kind(contents, item)
    if isinstance(item, (Objective, Metric, Outside, Priority)):
        if into is not None:
            hint = f"leave it out: {item.id!r} is {kind_of(item)}, a member of none"
            raise InconsistentPlanError("wrong-kind", "Plan.put.into", into.id, hint)
        return _with_placed(contents, item)
    id = _id_of(item)
    home = None if isinstance(item, KeyResultRef) else contents.homes.get(id)
    target = into or home
    if target is None:
        hint = "give the id of its objective"
        if not isinstance(item, KeyResultRef):
            near = did_you_mean(id, contents.homes)
            hint = "; ".join(filter(None, [f"{id!r} is new", hint, near]))
        raise InvalidValueError("missing-field", "Plan.put.into", into, hint)

    def edited(objective: Objective) -> Objective:
        if objective.id == target.id:
            return _with_placed(objective, item)
        return _without_members(objective, {id}) if objective is home else objective

    return evolve(contents, objectives=tuple(map(edited, contents.objectives)))


def without_items(contents: Contents, ids: AbstractSet[str]) -> Contents:
    """Return contents without some items; an objective goes with its members."""
    return Contents(
        tuple(_without_members(each, ids) for each in contents.objectives if each.id not in ids),
        tuple(metric for metric in contents.metrics if metric.id not in ids),
        tuple(outside for outside in contents.outside if outside.id not in ids),
        tuple(priority for priority in contents.priorities if priority.id not in ids),
    )


def _must_keep_its_kind(contents: Contents, item: Item) -> None:
    found = contents.items.get(item.id)
    if found is not None and type(found) is not type(item):
        hint = f"{item.id!r} is {kind_of(found)}; give another id"
        raise InconsistentPlanError("duplicate-id", path_of(item, "id"), item.id, hint)


def _with_placed(holder: _T, item: Item | KeyResultRef) -> _T:
    """Return contents, or an objective, with an item instead of the one with its id, or at the end.

    A key result also takes the place of a reference to it.
    """
    kinds, id, name = (type(item), KeyResultRef), _id_of(item), _FIELDS[type(item)]
    parts: tuple[Any, ...] = getattr(holder, name)
    same = (at for at, each in enumerate(parts) if isinstance(each, kinds) and _id_of(each) == id)
    at: int = next(same, len(parts))
    changes: dict[str, Any] = {name: (*parts[:at], item, *parts[at + 1 :])}
    return evolve(holder, **changes)


def _without_members(objective: Objective, ids: AbstractSet[str]) -> Objective:
    """Return an objective without some members of its own; its references stay."""
    changes = dict[str, Any]()
    for name in _MEMBERS:
        members = getattr(objective, name)
        kept = [m for m in members if isinstance(m, KeyResultRef) or m.id not in ids]
        if len(kept) < len(members):
            changes[name] = kept
    return evolve(objective, **changes) if changes else objective


def _id_of(part: Item | KeyResultRef) -> str:
    return part.to if isinstance(part, KeyResultRef) else part.id

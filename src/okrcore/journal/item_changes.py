"""Changes of one item: the new values of its fields, as an adjustment gives them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from attrs import evolve, fields

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.journal.adjustment import SETTABLE, TYPED, Adjustment
from okrcore.plan import (
    Contribution,
    Guardrail,
    KeyResult,
    KeyResultProfile,
    Metric,
    Objective,
    ObjectiveProfile,
    Place,
    Timing,
)
from okrcore.plan.item import Item
from okrcore.plan.metrics import Measurement

__all__ = ["EMPTY_GROUPS", "changes_of"]

#: Field of an item that a new measure changes.
_MEASURES: Final[Mapping[type[Any], str]] = MappingProxyType(
    {KeyResult: "measure", Guardrail: "bound", Metric: "health"}
)
#: Groups without a value of their own, by the kind of item and the field.
EMPTY_GROUPS: Final[Mapping[tuple[type[Any], str], Any]] = MappingProxyType(
    {
        (KeyResult, "timing"): Timing(),
        (KeyResult, "contribution"): Contribution(),
        (KeyResult, "profile"): KeyResultProfile(),
        (Objective, "place"): Place(),
        (Objective, "profile"): ObjectiveProfile(),
        (Metric, "place"): Place(),
        (Metric, "measurement"): Measurement(),
    }
)


def changes_of(entry: Adjustment, item: Item) -> dict[str, Any]:
    """Return the new values of an item by field, as an adjustment gives them.

    Raises:
        InconsistentPlanError: The item has no such field.
        InvalidValueError: A group of fields cannot hold a value.
    """
    known, found = _NAMES[type(item)], dict[str, Any]()
    if entry.measure is not None:
        found[_MEASURES.get(type(item), "measure")] = entry.measure
    given = [(name, getattr(entry, name)) for name in TYPED]
    pairs = [*[(name, value) for name, value in given if value is not None], *entry.sets]
    for name, value in pairs:
        group, _, within = name.partition(".")
        if not within:
            found[name] = value
        elif group in known:
            before = found.get(group, getattr(item, group))
            found[group] = _with_field(item, group, before, within, value)
        else:
            found[name] = value
    for name in found:
        if name not in known:
            raise InconsistentPlanError(
                "wrong-kind", _path(entry, name), entry.of, f"{path_of(item)} has no {name}"
            )
    return found


def _with_field(item: Item, group: str, before: Any, name: str, value: object) -> Any:
    """Return a group of fields with another value; None if it was and no field has a value of its own."""
    empty = EMPTY_GROUPS[type(item), group] if before is None else None
    group_now: Any = empty if before is None else before
    within = f"{group}.{name}"
    if not isinstance(group_now, SETTABLE[within]):
        hint = f"{path_of(item)} has no {within}"
        raise InconsistentPlanError("wrong-kind", path_of(item, within), value, hint)
    found: Any = evolve(group_now, **{name: value})
    return None if found == empty else found


def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


#: Names of the fields of each kind of item.
_NAMES: Final[Mapping[type[Any], frozenset[str]]] = MappingProxyType(
    {kind: _names(kind) for kind in get_args(Item)}
)


def _path(entry: Adjustment, field: str) -> str:
    return f"Adjustment({entry.of!r}, {entry.on}).{field}"

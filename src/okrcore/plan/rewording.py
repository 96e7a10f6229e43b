"""Plans in the wording of another, with all that counts as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import AttrsInstance, evolve, fields

from okrcore._checks import must_be_a
from okrcore.plan.field_table import COLLECTIONS, GROUPS, WORDING, counts
from okrcore.plan.plan import Plan
from okrcore.plan.plan_difference import by_id

__all__ = ["reword"]


def reword(plan: Plan, new: Plan) -> Plan:
    """Return a plan with the wording of another, and in its order; all that counts stays as it is.

    Items in both with the same kind and objective have the wording of the new plan, alignments too. Items in
    one only stay as they are, in their places.

    Args:
        plan: The plan.
        new: The plan with the new wording.

    Raises:
        InconsistentPlanError: A title in percent does not fit a derived key result without a unit.

    Laws: test_a_reworded_plan_differs_in_wording_from_the_one_and_in_the_rest_from_the_other.

    >>> import okrcore as okr
    >>> def plan(title, target):
    ...     kr = okr.KeyResult("k", title, okr.Reach(target))
    ...     return okr.Plan([okr.Objective("o", "Grow", key_results=[kr])])
    >>> reword(plan("Customer", 1000), plan("Customers", 500)).key_result("k")
    KeyResult('k', 'Customers', Reach(target=1000.0))
    """
    must_be_a(reword, "plan", plan, Plan)
    must_be_a(reword, "new", new, Plan)
    reworded: Plan = _reworded(plan, new)
    return reworded


def _reworded(record: AttrsInstance, model: object) -> Any:
    kind = type(record)
    if type(model) is not kind or record == model:
        return record
    groups, collections = GROUPS.get(kind, ()), COLLECTIONS.get(kind, ())
    given: dict[str, Any] = {}
    for name in (attribute.name for attribute in fields(kind)):
        one, other = getattr(record, name), getattr(model, name)
        if name in collections:
            given[name] = _reworded_members(one, other)
        elif name in groups:
            given[name] = _reworded_group(kind, name, one, other)
        elif name in WORDING[kind]:
            given[name] = other
    copied: Any = record
    return evolve(copied, **given)


def _reworded_members(members: Iterable[Any], models: Iterable[Any]) -> tuple[Any, ...]:
    own, others = by_id(members), by_id(models)
    reworded = {id: _reworded(each, others.get(id)) for id, each in own.items()}
    in_order = iter([reworded[id] for id in others if id in reworded])
    return tuple([next(in_order) if id in others else reworded[id] for id in own])


def _reworded_group(kind: type, name: str, one: Any, other: Any) -> Any:
    if counts(kind, name):
        return _reworded(one, other)
    default = GROUPS[kind][name]()
    found = _reworded(default if one is None else one, default if other is None else other)
    # Without content it is there only if its being there is the wording.
    if found == default and (other is None or (one is None and other != default)):
        return None
    return found

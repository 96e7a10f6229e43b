"""Plans of several days in one: references that lead nowhere are mended.

The original of a plan has each objective as of a day of its own, and a plan without some adjustments lacks
items that later ones name. A key result that is only read elsewhere comes in with weight 0; other references
to items that are not there are left out, and so is a second item that continues one, or a circle of them. A
metric is not derived if its parts had several units then, and a reader of a metric has its unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import evolve

from okrcore.plan import (
    KeyResult,
    KeyResultRef,
    Metric,
    Objective,
    Outside,
    Place,
    Plan,
    Priority,
    Trigger,
    Unit,
)
from okrcore.plan.contents import successors
from okrcore.plan.effective_units import unit_of
from okrcore.plan.metric_links import unit_misfits

__all__ = ["repaired"]


def repaired(
    objectives: Sequence[Objective],
    metrics: Sequence[Metric],
    outside: Sequence[Outside],
    priorities: Sequence[Priority],
    key_results: Mapping[str, tuple[str, KeyResult]],
) -> Plan:
    """Return a plan of some items, without references to others.

    Args:
        objectives: Its objectives.
        metrics: Its metrics.
        outside: Its items outside.
        priorities: Its priorities.
        key_results: Key results of all days by id, each with the id of its home.
    """
    whole = _with_parts(list(objectives), key_results)
    ids = {each.id for alone in (whole, metrics, outside, priorities) for each in alone}
    ids |= {member.id for each in whole for member in each.own_key_results}
    linked = _linked([evolve(each, place=_place_without(each.place, ids)) for each in metrics])
    units = {each.id: unit_of(linked, each) for each in linked.values()}
    known = [_without(_in_units(each, units), ids) for each in whole]
    dropped = _misfit_successors(known)
    return Plan(
        [_without_successors(each, dropped) for each in known] if dropped else known,
        metrics=[evolve(each, place=_place_without(each.place, ids)) for each in linked.values()],
        outside=outside,
        priorities=[
            evolve(each, metrics=[one for one in each.metrics if one.metric in ids])
            for each in priorities
        ],
    )


def _linked(metrics: Sequence[Metric]) -> Mapping[str, Metric]:
    """Return metrics by id, without the derivation of those whose parts had several units.

    Links lead to metrics that were there then, and all that ever were are here.
    """
    found = {each.id: each for each in metrics}
    while wrong := [item.id for item, _ in unit_misfits([*found.values()], found)]:
        found.update({id: evolve(found[id], derived=None) for id in wrong})
    return found


def _in_units(objective: Objective, units: Mapping[str, Unit | None]) -> Objective:
    """Return an objective whose members that read a metric with a unit have no unit of their own."""

    def fitted(item: Any) -> Any:
        is_read = not isinstance(item, KeyResultRef) and units.get(item.metric or "") is not None
        return evolve(item, unit=None) if is_read else item

    return evolve(
        objective,
        key_results=[fitted(each) for each in objective.key_results],
        guardrails=[fitted(each) for each in objective.guardrails],
    )


def _with_parts(
    objectives: list[Objective], key_results: Mapping[str, tuple[str, KeyResult]]
) -> list[Objective]:
    """Return the objectives with the key results that others count or derive from, at weight 0."""
    known = {kr.id for each in objectives for kr in each.own_key_results}
    places = {each.id: place for place, each in enumerate(objectives)}
    waiting = [id for each in objectives for id in _needed(each)]
    while waiting:
        id = waiting.pop()
        home, key_result = key_results.get(id, ("", None))
        if id in known or key_result is None or home not in places:
            continue
        known.add(id)
        added, place = evolve(key_result, weight=0.0), places[home]
        before = objectives[place]
        objectives[place] = evolve(before, key_results=(*before.key_results, added))
        waiting += () if added.derived is None else added.derived.of
    return objectives


def _needed(objective: Objective) -> list[str]:
    """Return the ids of key results of others that an objective counts, or derives its own from."""
    found = [kr.to for kr in objective.key_results if isinstance(kr, KeyResultRef)]
    for kr in objective.own_key_results:
        found += () if kr.derived is None else kr.derived.of
    return found


def _without(objective: Objective, ids: set[str]) -> Objective:
    """Return an objective without references to ids that are not there."""
    return evolve(
        objective,
        key_results=[
            _key_result_without(kr, ids) if isinstance(kr, KeyResult) else kr
            for kr in objective.key_results
            if isinstance(kr, KeyResult) or kr.to in ids
        ],
        guardrails=[
            evolve(each, protects=each.protects if each.protects in ids else None)
            for each in objective.guardrails
        ],
        initiatives=[
            evolve(each, drives=[id for id in each.drives if id in ids])
            for each in objective.initiatives
        ],
        supports=[each for each in objective.supports if each.to in ids],
        continues=objective.continues if objective.continues in ids else None,
        place=_place_without(objective.place, ids),
        kpis=[id for id in objective.kpis if id in ids],
        trigger=_trigger_without(objective.trigger, ids),
    )


def _place_without(place: Place | None, ids: set[str]) -> Place | None:
    return place if place is None or place.priority in ids else evolve(place, priority=None)


def _trigger_without(trigger: Trigger | None, ids: set[str]) -> Trigger | None:
    if trigger is None or trigger.of is None or trigger.of in ids:
        return trigger
    return evolve(trigger, of=None)


def _key_result_without(kr: KeyResult, ids: set[str]) -> KeyResult:
    changes: dict[str, Any] = {}
    if kr.derived is not None and not ids.issuperset(kr.derived.of):
        changes["derived"] = None
    if kr.contribution is not None:
        shared = [id for id in kr.contribution.supports if id in ids]
        changes["contribution"] = evolve(kr.contribution, supports=shared)
    if kr.continues not in ids:
        changes["continues"] = None
    if kr.profile is not None and kr.profile.early_warning not in ids:
        changes["profile"] = evolve(kr.profile, early_warning=None)
    return evolve(kr, **changes) if changes else kr


def _misfit_successors(objectives: Sequence[Objective]) -> AbstractSet[str]:
    """Return the ids of items that continue one that another continues already, or close a circle."""
    before: dict[str, str] = {}
    taken: set[tuple[str, bool]] = set()
    found: set[str] = set()
    for objective in objectives:
        for item, id in successors([objective]):
            first: str | None = id
            while first is not None and first != item.id:
                first = before.get(first)
            if (id, objective.is_micro) in taken or first == item.id:
                found.add(item.id)
            else:
                taken.add((id, objective.is_micro))
                before[item.id] = id
    return found


def _without_successors(objective: Objective, ids: AbstractSet[str]) -> Objective:
    """Return an objective, some items of which continue none."""
    return evolve(
        objective,
        key_results=[
            evolve(kr, continues=None) if isinstance(kr, KeyResult) and kr.id in ids else kr
            for kr in objective.key_results
        ],
        continues=None if objective.id in ids else objective.continues,
    )

"""Plans with their adjustments.

Rules of this file:

1. A plan is its latest wording; only measures, weights, deadlines and owners are dated.
2. An adjustment of an objective or key result dated after the end of its cycle changes its owner alone:
   the score of that cycle is final.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from attrs import evolve

from okrcore.journal.adjustment import Adjustment
from okrcore.journal.entries import BaselineSet
from okrcore.plan import KeyResultRef, Measure, Objective, Plan
from okrcore.plan.measures import LINEAR

__all__ = [
    "DATED",
    "adjusted",
    "adjusted_objectives",
    "changes_terms",
    "is_after_cycle",
    "new_measure",
]

#: Fields of a key result that an adjustment can change.
DATED = ("measure", "weight", "due")


def adjusted(plan: Plan, adjustments: Iterable[Adjustment]) -> Plan:
    """Return the plan after some adjustments, in their order; the same plan if they change nothing."""
    objectives = adjusted_objectives(plan, plan.objectives, adjustments)
    return plan if objectives is plan.objectives else evolve(plan, objectives=objectives)


def adjusted_objectives(
    plan: Plan, objectives: Sequence[Objective], adjustments: Iterable[Adjustment]
) -> Sequence[Objective]:
    """Return objectives of a plan after some adjustments, in their order; the same if nothing changes."""
    changes: dict[str, dict[str, Any]] = {}
    for entry in adjustments:
        names = ("owner",) if is_after_cycle(plan, entry) else (*DATED, "owner")
        given = {name: getattr(entry, name) for name in names if getattr(entry, name) is not None}
        if given:
            changes.setdefault(entry.of, {}).update(given)
    if not changes:
        return objectives
    return [_adjusted_objective(objective, changes) for objective in objectives]


def is_after_cycle(plan: Plan, entry: Adjustment | BaselineSet) -> bool:
    """Return whether an entry is dated after the end of the cycle of its item; False without a cycle."""
    item = plan.items.get(entry.of)
    home = item if isinstance(item, Objective) else plan.homes.get(entry.of)
    return home is not None and home.cycle is not None and entry.on > home.cycle.end


def changes_terms(plan: Plan, entry: Adjustment) -> bool:
    """Return whether an adjustment changes the terms of a key result as written.

    One that repeats adjusted terms, or restores the written ones, comes after one that changed them.
    """
    if is_after_cycle(plan, entry):
        return False
    if entry.rescale not in (None, 1):
        return True
    given = {name: getattr(entry, name) for name in DATED if getattr(entry, name) is not None}
    if not given:
        return False
    item = plan.key_result(entry.of)
    if "due" in given and _deadline(plan, entry.of, given["due"]) == _deadline(
        plan, entry.of, item.due
    ):
        del given["due"]
    # Each adjusted measure starts without an established baseline, an equal one too.
    return any(value != getattr(item, name) or _is_open(value) for name, value in given.items())


def _deadline(plan: Plan, id: str, due: date | None) -> date | None:
    cycle = plan.homes[id].cycle
    if cycle is None:
        return due
    return cycle.end if due is None else min(due, cycle.end)


def _is_open(measure: object) -> bool:
    return type(measure) in LINEAR and not measure.states_baseline  # type: ignore[attr-defined]


def new_measure(plan: Plan, entry: object) -> Measure | None:
    """Return the measure that an entry puts in force; None if there is none."""
    if not isinstance(entry, Adjustment) or is_after_cycle(plan, entry):
        return None
    return entry.measure


def _adjusted_objective(objective: Objective, changes: dict[str, dict[str, Any]]) -> Objective:
    if not any(
        id in changes for id in (objective.id, *(kr.id for kr in objective.own_key_results))
    ):
        return objective
    key_results = [
        kr if isinstance(kr, KeyResultRef) else evolve(kr, **changes.get(kr.id, {}))
        for kr in objective.key_results
    ]
    owner = changes.get(objective.id, {}).get("owner", objective.owner)
    return evolve(objective, key_results=key_results, owner=owner)

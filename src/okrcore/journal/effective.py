"""The plan as its adjustments made it.

Rule of this file: a plan is its latest wording; only measures, weights, deadlines and owners are dated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from okrcore.journal.decisions import Adjustment
from okrcore.plan import KeyResultRef, Objective, Plan

__all__ = ["DATED", "adjusted"]

#: What an adjustment can change in a key result, and a change of it explains.
DATED = ("measure", "weight", "due")


def adjusted(plan: Plan, adjustments: Iterable[Adjustment]) -> Plan:
    """Return the plan after some adjustments, in their order; the same plan if they change nothing."""
    changes: dict[str, dict[str, Any]] = {}
    for entry in adjustments:
        given = {
            name: getattr(entry, name)
            for name in (*DATED, "owner")
            if getattr(entry, name) is not None
        }
        if given:
            changes.setdefault(entry.of, {}).update(given)
    if not changes:
        return plan
    return evolve(plan, objectives=[_adjusted_objective(o, changes) for o in plan.objectives])


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

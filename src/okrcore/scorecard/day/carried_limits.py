"""Limits of the past in carried work: those of the newest member, whatever the cycle of the whole way is.

Rule of this file: the plan of the work does not depend on readings, so the limit is a baseline among its entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from attrs import evolve

from okrcore.calendar import Cycle
from okrcore.journal import BaselineSet
from okrcore.plan import AtLeast, Between, Guardrail, Objective, Plan, PriorPeriod
from okrcore.scorecard.day.bounds_by_day import bounds_of_guardrail
from okrcore.scorecard.day.facts import Facts

__all__ = ["limits_apart", "with_limits_apart"]


def with_limits_apart(objective: Objective, before: Objective) -> Objective:
    """Return an objective with another cycle than before, in which limits of the past are to be established."""
    guardrails = tuple(map(_opened, objective.guardrails))
    if objective.cycle == before.cycle or guardrails == objective.guardrails:
        return objective
    return evolve(objective, guardrails=guardrails)


def _opened(guardrail: Guardrail) -> Guardrail:
    bound = guardrail.bound
    if isinstance(bound, Between) or not isinstance(bound.limit, PriorPeriod):
        return guardrail
    return evolve(guardrail, bound=bound.with_limit(None))


def limits_apart(facts: Facts, part: Plan, plan: Plan) -> Iterator[BaselineSet]:
    """Yield the limits of such guardrails in the plan of a work, as of the start of its cycle.

    Args:
        facts: Facts of the day.
        part: Plan of the members, as it is in force.
        plan: The plan of the work.
    """
    for objective in plan.objectives:
        for each in objective.guardrails:
            before = part.guardrail(each.id)
            if each.bound == before.bound:
                continue
            index = facts.compiled.index_of[part.homes[each.id].id]
            bound = bounds_of_guardrail(facts, index, before).now
            if bound is not None and not bound.is_open:
                start = cast("Cycle", objective.cycle).start
                limit = cast("AtLeast", bound).stated_limit()
                yield BaselineSet(each.id, start, limit)

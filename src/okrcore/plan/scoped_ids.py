"""Ids of all items in some scopes: objectives, and all that belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from okrcore.plan.item import members_of
from okrcore.plan.metric_links import made_of
from okrcore.plan.metrics import Initiative
from okrcore.plan.objective import Objective
from okrcore.plan.plan import Plan
from okrcore.plan.scope import Scope, metrics_in

__all__ = ["ids_in"]


def ids_in(plan: Plan, objectives: Iterable[Objective], scopes: Sequence[Scope]) -> set[str]:
    """Return the ids of the objectives in some scopes, with all that belongs to them.

    These are their own members, the metrics that those read with their parts, their KPIs and priorities. A metric
    with an owner or a place in the scopes is there without a reader, too.
    """
    found = {*_ids_of(objectives)}
    found |= {metric.id for metric in metrics_in(plan.metrics, plan.objectives, scopes)}
    return found | made_of(plan.metrics, found)


def _ids_of(objectives: Iterable[Objective]) -> Iterator[str]:
    """Yield the ids of objectives, their own members, the metrics that those read, their KPIs and priorities."""
    for objective in objectives:
        yield objective.id
        if objective.place is not None and objective.place.priority is not None:
            yield objective.place.priority
        yield from objective.kpis
        for member in members_of(objective):
            yield member.id
            if not isinstance(member, Initiative) and member.metric is not None:
                yield member.metric

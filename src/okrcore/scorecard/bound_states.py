"""States of all guardrails, initiatives, metrics and priorities on a day, without their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, final

from okrcore.plan import Reading
from okrcore.scorecard.day.guardrails import watch_guardrail
from okrcore.scorecard.day.metric_states import state_of_metric
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.initiative_results import work_on
from okrcore.scorecard.priority_results import state_of_priority

__all__ = ["BoundOnDay", "states_on"]


@final
class BoundOnDay(NamedTuple):
    """State of a guardrail, initiative, metric or priority on a day.

    Args:
        id: The item.
        kind: "guardrail", "initiative", "metric" or "priority".
        title: Title of the item.
        status: Its state; of an initiative or metric also the name of the rule by which it is stale.
        reading: Last reading; of a guardrail on a total, the total; of an initiative the share done.
        margin: Distance to the limit; negative beyond it.
    """

    id: str
    kind: str
    title: str
    status: str
    reading: Reading | None
    margin: float | None


def states_on(evaluation: Evaluation) -> Iterator[BoundOnDay]:
    """Yield the state of each guardrail, in the order of the plan, then of each initiative, metric and priority."""
    facts, plan = evaluation.facts, evaluation.plan
    compiled = facts.compiled
    with_guardrails = plan.objectives if compiled.has_guardrails else ()
    for objective in with_guardrails:
        for each in objective.guardrails:
            then, index = evaluation.of_item(compiled.index_of[objective.id])
            found = watch_guardrail(then.facts, index, each)
            state = str(found.state)
            yield BoundOnDay(each.id, "guardrail", each.title, state, found.reading, found.margin)
    for objective in plan.objectives if compiled.initiatives else ():
        for work in objective.initiatives:
            on_day = work_on(evaluation, work)
            share = on_day.found.share
            yield BoundOnDay(work.id, "initiative", work.title, on_day.status, share, None)
    for metric in plan.metrics:
        state_of = state_of_metric(metric, facts)
        found = state_of.watch
        yield BoundOnDay(
            metric.id, "metric", metric.title, state_of.status, found.reading, found.margin
        )
    for priority in plan.priorities:
        state = str(state_of_priority(evaluation, priority))
        yield BoundOnDay(priority.id, "priority", priority.title, state, None, None)

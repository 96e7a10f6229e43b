"""States of all guardrails, initiatives and metrics on a day, without their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, final

from okrcore.plan import Reading
from okrcore.scorecard.day.guardrails import watch_guardrail
from okrcore.scorecard.day.metric_states import state_of_metric
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.initiative_results import work_on

__all__ = ["BoundOnDay", "states_on"]


@final
class BoundOnDay(NamedTuple):
    """State of a guardrail, initiative or metric on a day.

    Args:
        id: The item.
        kind: "guardrail", "initiative" or "metric".
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
    """Yield the state of each guardrail, in the order of the plan, then of each initiative, then of each metric."""
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

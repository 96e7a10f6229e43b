"""Results of guardrails and metrics: a state, and no score."""

from __future__ import annotations

from okrcore.plan import Guardrail, Metric
from okrcore.scorecard.day.guardrails import watch_guardrail
from okrcore.scorecard.day.metrics import stand_of_metric
from okrcore.scorecard.day.reasons import why_watch
from okrcore.scorecard.day.uncounted import summed_up, uncounted
from okrcore.scorecard.evaluated_results import last_check_in
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.results import GuardrailResult, MetricResult

__all__ = ["guardrail_result", "metric_result"]


def guardrail_result(evaluation: Evaluation, guardrail: Guardrail) -> GuardrailResult:
    """Return the result of a guardrail."""
    home = evaluation.original.homes[guardrail.id]
    then, index = evaluation.of_item(evaluation.facts.compiled.index_of[home.id])
    found = watch_guardrail(then.facts, index, guardrail)
    left_out = uncounted(evaluation, guardrail.id)
    why = why_watch(found, guardrail.bound, guardrail.unit, is_hard=guardrail.hard)
    if found.reading is None and left_out:
        why = "; ".join(summed_up(left_out))
    return GuardrailResult(
        kind="guardrail",
        id=guardrail.id,
        title=guardrail.title,
        score=None,
        edges=(),
        progress=None,
        status=found.state,
        confidence=None,
        coverage=None,
        why="a guardrail has a state and no score",
        why_not=None,
        status_why=why,
        computed_status=found.state,
        declared=None,
        judged=None,
        original_score=None,
        adjusted_score=None,
        owner=guardrail.owner,
        last_check_in=last_check_in(evaluation, guardrail.id),
        uncounted=left_out,
        state=found.state,
        reading=found.reading,
        read_on=found.read_on,
        margin=found.margin,
        worst_margin=found.worst_margin,
        first_breach=found.first_breach,
        first_breach_reading=found.first_breach_reading,
        within_since=found.within_since,
        breaches=found.breaches,
        readings=found.readings,
        periods_breached=found.periods_breached,
        periods=found.periods,
        objective=home.id,
    )


def metric_result(evaluation: Evaluation, metric: Metric) -> MetricResult:
    """Return the result of a metric."""
    stands = stand_of_metric(metric, evaluation.facts)
    found = stands.watch
    return MetricResult(
        kind="metric",
        id=metric.id,
        title=metric.title,
        score=None,
        edges=(),
        progress=None,
        status=stands.status,
        confidence=None,
        coverage=None,
        why="a metric has a state and no score",
        why_not=None,
        status_why=stands.why,
        computed_status=stands.status,
        declared=None,
        judged=None,
        original_score=None,
        adjusted_score=None,
        owner=metric.owner,
        last_check_in=last_check_in(evaluation, metric.id),
        uncounted=(),
        state=found.state,
        health=stands.health,
        reading=found.reading,
        read_on=found.read_on,
        margin=found.margin,
        worst_margin=found.worst_margin,
        first_breach=found.first_breach,
        first_breach_reading=found.first_breach_reading,
        within_since=found.within_since,
        breaches=found.breaches,
        readings=found.readings,
    )

"""Remarks on the state of a guardrail or metric: its effect on an objective, the memory of breaches, adjustments."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore._arith import short_beside
from okrcore.plan import BoundState, Guardrail, Metric
from okrcore.plan.unit import plain
from okrcore.rulebook import BreachEffect, BreachMemory, GuardrailRule
from okrcore.scorecard.evaluated_results import Results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import GUARDED
from okrcore.scorecard.guardrail_results import guardrail_result, metric_result
from okrcore.scorecard.metric_remarks import described
from okrcore.scorecard.provenance import adjustments_behind, not_counted
from okrcore.scorecard.results import GuardrailResult
from okrcore.scorecard.score_explanation import explain_score
from okrcore.words.reason import Reason, Term

__all__ = ["remarks_on_guardrail", "remarks_on_metric"]

#: States by which success is withheld.
_WITHHOLDING = frozenset({BoundState.BREACHED, BoundState.UNKNOWN})


def remarks_on_guardrail(evaluation: Evaluation, guardrail: Guardrail) -> Iterator[str]:
    """Yield the effect of a guardrail, the rule of its memory, its adjustments and uncounted entries."""
    result = guardrail_result(evaluation, guardrail)
    facts = evaluation.facts
    rule = facts.books[facts.compiled.index_of[result.objective]].guardrails
    yield _effect(evaluation, rule, result)
    if guardrail.hard:
        yield Reason("memory/hard")
    else:
        yield Reason("memory/ever" if rule.memory is BreachMemory.EVER else "memory/now")
    yield from adjustments_behind(facts, guardrail.id)
    yield from not_counted(result, result.status_why)


def remarks_on_metric(evaluation: Evaluation, metric: Metric) -> Iterator[str]:
    """Yield the description of a metric, its adjustments and uncounted entries."""
    yield from described(metric)
    yield from adjustments_behind(evaluation.facts, metric.id)
    result = metric_result(evaluation, metric)
    yield from not_counted(result, result.status_why)


def _effect(evaluation: Evaluation, rule: GuardrailRule, result: GuardrailResult) -> str:
    """Return the effect of a breach on the objective, and the number that it changed."""
    id, state = result.objective, result.state
    words = _effect_words(rule, id)
    if rule.effect is BreachEffect.AVERAGE and state is not BoundState.UNKNOWN:
        credit = int(state is not BoundState.BREACHED)
        words = Reason("effect/entered", effect=words, credit=credit)
    (step,) = explain_score(evaluation, evaluation.facts.compiled.index_of[id]).parts
    if step.what == GUARDED and state is BoundState.BREACHED:
        before, after = step.inputs[0].value, step.result
        if before != after and isinstance(before, float) and isinstance(after, float):
            numbers = {"before": short_beside(before, after), "after": short_beside(after, before)}
            words = Reason("effect/changed", effect=words, **numbers)
    verdict = Results.of(evaluation).objective(id).verdict
    if verdict == rule.withheld and state in _WITHHOLDING:
        words = Reason("effect/withheld", effect=words, verdict=Term("verdict", rule.withheld))
    return words


def _effect_words(rule: GuardrailRule, id: str) -> str:
    """Return the effect of any breach on an objective."""
    if rule.effect is BreachEffect.CAP:
        return Reason("effect/cap", id=id, cap=plain(rule.cap, 0.0, 1.0))
    if rule.effect is BreachEffect.VETO:
        return Reason("effect/veto", id=id)
    is_part = rule.effect is BreachEffect.AVERAGE
    return Reason("effect/average" if is_part else "effect/separate", id=id)

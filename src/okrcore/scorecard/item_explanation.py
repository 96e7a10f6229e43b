"""Explanation of any item that has a result."""

from __future__ import annotations

from okrcore.plan import Guardrail, Initiative, KeyResult, Metric, Objective, Priority
from okrcore.scorecard.bound_explanation import explain_guardrail, explain_metric
from okrcore.scorecard.bound_remarks import remarks_on_guardrail, remarks_on_metric
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import Explanation
from okrcore.scorecard.priority_explanation import explain_priority
from okrcore.scorecard.provenance import remarks_on
from okrcore.scorecard.score_explanation import explain_score
from okrcore.scorecard.work_explanation import explain_initiative
from okrcore.scorecard.work_remarks import remarks_on_initiative

__all__ = ["explain_item"]


def explain_item(
    evaluation: Evaluation,
    item: Objective | KeyResult | Guardrail | Initiative | Metric | Priority,
) -> Explanation:
    """Return the first step to the score or state of an item, with the remarks on it."""
    if isinstance(item, Guardrail):
        remarks = remarks_on_guardrail(evaluation, item)
        return explain_guardrail(evaluation, item, remarks=tuple(remarks))
    if isinstance(item, Initiative):
        remarks = remarks_on_initiative(evaluation, item)
        return explain_initiative(evaluation, item, remarks=tuple(remarks))
    if isinstance(item, Metric):
        remarks = remarks_on_metric(evaluation, item)
        return explain_metric(evaluation, item, remarks=tuple(remarks))
    if isinstance(item, Priority):
        return explain_priority(evaluation, item)
    index = evaluation.facts.compiled.index_of[item.id]
    return explain_score(evaluation, index, remarks=remarks_on(evaluation, item))

"""Grades: the band of an item on a scale of its rulebook."""

from __future__ import annotations

from math import isnan

from okrcore.plan import KeyResult, Metric, Objective
from okrcore.rulebook import Axis
from okrcore.scorecard.day.status_by_rule import number_on
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.guardrail_results import metric_result

__all__ = ["grade_of"]


def grade_of(
    evaluation: Evaluation, scale: str, item: Objective | KeyResult | Metric
) -> str | None:
    """Return the name of the band of an item on a scale, see `Scorecard.grade`."""
    if isinstance(item, Metric):
        found = evaluation.rulebook.scale(scale)
        if found is None or found.axis is not Axis.HEALTH:
            return None
        value = metric_result(evaluation, item).health
        return None if value is None else found.bands.name(value)
    home = item if isinstance(item, Objective) else evaluation.plan.homes[item.id]
    index = evaluation.facts.compiled.index_of[item.id]
    book = evaluation.facts.books[index]
    found = book.scale(scale, home.ambition) if scale in {s.name for s in book.scales} else None
    if found is None:
        return None
    value = number_on(found.axis, *evaluation.of_item(index))
    return None if isnan(value) else found.bands.name(value)

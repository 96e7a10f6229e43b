"""Remarks of an explanation: notes on an item beside the steps of its score."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore._arith import percent_beside, written_beside
from okrcore.plan import KeyResult, Objective
from okrcore.scorecard.bound_results import guardrail_result
from okrcore.scorecard.day.no_score import WhyNot
from okrcore.scorecard.day.reasons import why_score
from okrcore.scorecard.day.uncounted import summed_up
from okrcore.scorecard.evaluated_results import Results
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.provenance import beside_score, readings_of
from okrcore.scorecard.results import KeyResultResult, ObjectiveResult, Result

__all__ = ["remarks_on"]


def remarks_on(evaluation: Evaluation, item: Objective | KeyResult) -> tuple[str, ...]:
    """Return the remarks on an item: open parts, guardrails, judged scores, uncounted entries, status."""
    if isinstance(item, KeyResult):
        index = evaluation.facts.compiled.index_of[item.id]
        of_key_result = Results.of(evaluation).key_result(item.id)
        written = why_score(*evaluation.of_item(index))
        status = f"status {of_key_result.status}: {of_key_result.status_why}"
        return (*_beside(evaluation, of_key_result), *_not_counted(of_key_result, written), status)
    result = Results.of(evaluation).objective(item.id)
    remarks: list[str] = []
    is_open = result.coverage != 1 and result.why_not is not WhyNot.NO_WEIGHT
    if result.score_range is not None and is_open:
        low, high = (written_beside(end, *result.edges) for end in result.score_range)
        index = evaluation.facts.compiled.index_of[item.id]
        least = evaluation.facts.books[index].roll_up.least_coverage
        measured = percent_beside(result.coverage or 0.0, 0.0, 1.0, least)
        remarks.append(f"{measured} measured: {low} to {high} with what is open")
    for guardrail in item.guardrails:
        g = guardrail_result(evaluation, guardrail)
        metric = guardrail.metric and evaluation.original.metric(guardrail.metric)
        made = readings_of(metric or None, g.readings)
        words = f"guardrail {g.title} ({g.id}): {g.status_why}"
        remarks.append(f"{words}; {made}" if made else words)
        remarks.extend(f"guardrail {g.id}, {words}" for words in _not_counted(g, g.status_why))
    remarks.extend(_beside(evaluation, result))
    remarks.extend(_not_counted(result, ""))
    remarks.append(f"status {result.status}: {result.status_why}")
    return tuple(remarks)


def _beside(evaluation: Evaluation, result: ObjectiveResult | KeyResultResult) -> Iterator[str]:
    """Yield the scores of both versions of the plan, a projection, and a judged score."""
    original, adjusted = result.original_score, result.adjusted_score
    if original is not None and adjusted is not None:
        edges = (*result.edges, original, adjusted)
        first, last = (written_beside(grade, *edges) for grade in (original, adjusted))
        yield f"{first} by the original plan, {last} as adjusted"
    yield from beside_score(evaluation, result.id)


def _not_counted(result: Result, written: str) -> Iterator[str]:
    """Yield a remark on the uncounted entries of each kind and reason, unless it is written already."""
    return (f"not counted: {words}" for words in summed_up(result.uncounted, written))

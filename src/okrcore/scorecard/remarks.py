"""Remarks of an explanation: all else there is to know of an item, beside the steps of its score."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore._arith import percent_beside, written_beside
from okrcore.plan import KeyResult, Objective
from okrcore.scorecard.answers import Answers
from okrcore.scorecard.missing import WhyNot
from okrcore.scorecard.provenance import beside_score, readings_of
from okrcore.scorecard.results import KeyResultResult, ObjectiveResult, Result
from okrcore.scorecard.uncounted import summed_up
from okrcore.scorecard.wording import why_score

__all__ = ["remarks_on"]


def remarks_on(answers: Answers, item: Objective | KeyResult) -> tuple[str, ...]:
    """Return what an explanation says beside the steps of a score."""
    if isinstance(item, KeyResult):
        of_key_result = answers.key_result(item)
        place = answers.figures.program.place_of[item.id]
        told = why_score(answers.figures.of_item(place), place)
        status = f"status {of_key_result.status}: {of_key_result.status_why}"
        return (*_beside(answers, of_key_result), *_not_counted(of_key_result, told), status)
    result = answers.objective(item.id)
    remarks: list[str] = []
    is_open = result.coverage != 1 and result.why_not is not WhyNot.NO_WEIGHT
    if result.score_range is not None and is_open:
        low, high = (written_beside(end, *result.edges) for end in result.score_range)
        row = answers.figures.program.rows[item.id]
        least = answers.figures.books[row].roll_up.least_coverage
        measured = percent_beside(result.coverage or 0.0, 0.0, 1.0, least)
        remarks.append(f"{measured} measured: {low} to {high} with what is open")
    for guardrail in item.guardrails:
        g = answers.guardrail(guardrail)
        metric = guardrail.metric and answers.figures.plan.metric(guardrail.metric)
        made = readings_of(metric or None, g.readings)
        words = f"guardrail {g.title} ({g.id}): {g.status_why}"
        remarks.append(f"{words}; {made}" if made else words)
        remarks.extend(f"guardrail {g.id}, {words}" for words in _not_counted(g, g.status_why))
    remarks.extend(_beside(answers, result))
    remarks.extend(_not_counted(result, ""))
    remarks.append(f"status {result.status}: {result.status_why}")
    return tuple(remarks)


def _beside(answers: Answers, result: ObjectiveResult | KeyResultResult) -> Iterator[str]:
    """Yield what there is beside a score: both grades, a projection, a judged score."""
    grades = (result.original_score, result.adjusted_score)
    if grades[0] is not None and grades[1] is not None:
        edges = (*result.edges, grades[0], grades[1])
        original, adjusted = (written_beside(grade, *edges) for grade in (grades[0], grades[1]))
        yield f"{original} by the original plan, {adjusted} as adjusted"
    yield from beside_score(answers.figures, result.id)


def _not_counted(result: Result, told: str) -> Iterator[str]:
    """Yield a remark on the entries of each kind that do not count for the same reason."""
    return (f"not counted: {words}" for words in summed_up(result.uncounted, told))

"""Remarks on the state of an initiative: its part in a score, its adjustments, uncounted entries."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore.plan import Initiative
from okrcore.plan.unit import plain
from okrcore.rulebook import RollUpSource
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.initiative_results import initiative_result
from okrcore.scorecard.provenance import adjustments_behind, not_counted
from okrcore.words.reason import Reason

__all__ = ["remarks_on_initiative"]


def remarks_on_initiative(evaluation: Evaluation, work: Initiative) -> Iterator[str]:
    """Yield whether an initiative enters a score, what it is to move, its adjustments and uncounted entries."""
    result, facts = initiative_result(evaluation, work), evaluation.facts
    parts = facts.books[facts.compiled.index_of[result.objective]].roll_up.parts
    if any(part.of is RollUpSource.INITIATIVES for part in parts):
        yield Reason("work/enters", id=result.objective, weight=plain(work.weight))
    else:
        yield Reason("work/enters-nothing", id=result.objective)
    driven = [evaluation.plan.items[id] for id in work.drives]
    if driven:
        yield Reason("work/drives", titles=[item.title or item.id for item in driven])
    yield from adjustments_behind(facts, work.id)
    yield from not_counted(result, result.status_why)

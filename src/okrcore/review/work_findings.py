"""Findings on the initiatives of an objective: left over, dropped, or done without an effect."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore.review.cycle_findings import CycleFinding, CyclePattern, Look
from okrcore.scorecard import InitiativeResult, InitiativeState
from okrcore.words.reason import Reason, clauses

__all__ = ["work_left_over"]


def work_left_over(look: Look) -> Iterator[CycleFinding]:
    """Yield a finding on each initiative that is not done, or whose key results were short all the same."""
    short = [id for id, hit in look.came().items() if not hit]
    for work in look.objective.initiatives:
        result = look.card.initiative(work.id)
        driven = [id for id in work.drives if id in short]
        if result.state is InitiativeState.DROPPED:
            code, advice = CyclePattern.WORK_DROPPED, Reason("advice/work-dropped")
            yield look.finding(code, _words(result), advice, work.id)
        elif result.state is not InitiativeState.DONE:
            code, advice = CyclePattern.WORK_UNFINISHED, Reason("advice/work-unfinished")
            yield look.finding(code, _words(result), advice, work.id)
        elif driven:
            titles = look.titles(driven)
            words = clauses((_words(result), Reason("finding/driven-short", titles=titles)))
            code, advice = CyclePattern.WORK_WITHOUT_EFFECT, Reason("advice/work-without-effect")
            yield look.finding(code, words, advice, work.id, *driven)


def _words(result: InitiativeResult) -> str:
    """Return an initiative with the reason of its status, and what was learned at its closing."""
    closing = result.lifecycle.closing
    learned = "" if closing is None else " ".join(closing.learned.split())
    words = Reason("finding/of-item", title=result.title, why=result.status_why)
    return clauses((words, learned))

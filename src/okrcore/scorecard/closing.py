"""What the close says: a verdict by ambition, once nothing can change it any more.

Rules of this file:

1. Before the end there is a score to date, and no verdict; as of its last day a cycle is over.
2. A verdict is given only if both ends of the score range agree on it.
3. A breached or unknown guardrail withholds success; it never turns it into a miss.
4. Without an ambition there is a score and no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from attrs import frozen

from okrcore._arith import snap, written_beside
from okrcore.journal import Closing
from okrcore.journal.decisions import decision_words
from okrcore.plan import Ambition, BoundState
from okrcore.rulebook import LearningVerdict, Rulebook, Status

__all__ = ["Close", "close_key_result", "close_objective"]


@final
@frozen(kw_only=True)
class Close:
    """What the close says.

    Args:
        verdict: The rulebook's word; None where it has none yet.
        status: How that stands as a status.
        asks_for: What it asks for, such as a post-mortem.
        why: In a sentence.
    """

    verdict: str | None
    status: str
    asks_for: str = ""
    why: str


def close_objective(
    rulebook: Rulebook,
    ambition: Ambition | None,
    score: float | None,
    score_range: tuple[float, float] | None,
    guardrails: Mapping[str, BoundState],
    closing: Closing | None,
) -> Close:
    """Return what the close says of an objective that is closed, or whose cycle is over.

    Args:
        rulebook: How it is judged.
        ambition: What was meant.
        score: Its score.
        score_range: What it would be at worst and at best, had its guardrails held: a rulebook may let
            a breach lower the score, but that makes no miss of what was reached.
        guardrails: The states of its guardrails, by id.
        closing: The entry that closed it.
    """
    if ambition is Ambition.LEARNING and rulebook.learning is not None:
        return _close_learning(rulebook.learning, closing)
    rule = rulebook.verdict_for(ambition)
    if score is None or score_range is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over, without a score")
    if rule is None:
        why = (
            "over; no ambition says what score was meant"
            if ambition is None
            else f"over; nothing is said of {ambition} objectives"
        )
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    low, high = (rule.bands.name(end) for end in score_range)
    if low is None or low != high:
        why = f"over, but what is still open decides: {low} or {high}"
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    reached = written_beside(max(score, score_range[0]), *rulebook.edges(ambition))
    why = f"{low} with {reached}, as {ambition} objectives close"
    if low != rule.success:
        return Close(verdict=low, status=Status.MISSED, asks_for=rule.asks_for, why=why)
    open_guardrails = [
        f"{id} is {state}"
        for id, state in guardrails.items()
        if state in (BoundState.BREACHED, BoundState.UNKNOWN)
    ]
    if open_guardrails:
        withheld = rulebook.guardrails.withheld
        why = f"reached {reached}; settle the guardrail first: {', '.join(open_guardrails)}"
        return Close(verdict=withheld, status=withheld, why=why)
    return Close(verdict=low, status=Status.ACHIEVED, why=why)


def _close_learning(rule: LearningVerdict, closing: Closing | None) -> Close:
    if closing is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over; what was learnt is to be said")
    name = rule.name(closing.decision)
    learnt = f": {closing.learned}" if closing.learned else ""
    status = Status.UNKNOWN if name == rule.otherwise else Status.ACHIEVED
    return Close(
        verdict=name, status=status, why=f"{name}, {decision_words(closing.decision)}{learnt}"
    )


def close_key_result(score: float | None, asked: float | None, edges: Sequence[float]) -> Close:
    """Return what the close says of a key result: reached what its objective's ambition asks, or not.

    Args:
        score: Its score.
        asked: The share that the ambition of its objective asks for; None without an ambition.
        edges: What scores are compared with.
    """
    if score is None:
        return Close(verdict=None, status=Status.UNKNOWN, why="over, without a score")
    reached_score = written_beside(score, *edges)
    if asked is None and snap(score) < 1:
        why = f"over with {reached_score}; no ambition says what was meant"
        return Close(verdict=None, status=Status.UNKNOWN, why=why)
    line = 1.0 if asked is None else asked
    reached = snap(score) >= snap(line)
    said = "reached" if reached else "not reached"
    return Close(
        verdict=None,
        status=Status.ACHIEVED if reached else Status.MISSED,
        why=f"over with {reached_score}, {said}: {written_beside(line, score, *edges)} was asked",
    )

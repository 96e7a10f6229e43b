"""Outcome of a key result once its objective is over, and the sentence beside it.

Rules of this file:

1. A key result has no verdict: it was reached, came as far as a stretch asks, or fell short.
2. Only an aspirational objective asks for a share of 1. Without an ambition a score below 1.0 has no outcome.
3. A key result that is not counted has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, final

from attrs import frozen

from okrcore._arith import percent_beside, snap
from okrcore.plan import Ambition
from okrcore.rulebook import Outcome, Rulebook

__all__ = ["EndOfKeyResult", "end_of_key_result", "until_words"]

#: Objectives by ambition, in sentences on the share that they ask for.
_ASKING: Final = MappingProxyType(
    {
        Ambition.COMMITTED: "a commitment",
        Ambition.ASPIRATIONAL: "a stretch",
        Ambition.LEARNING: "a learning objective",
    }
)


@final
@frozen
class EndOfKeyResult:
    """Outcome of a key result that is over.

    Args:
        outcome: None without a score, and below 1.0 without an ambition.
        why: The reason, in a sentence.
    """

    outcome: Outcome | None
    why: str


def until_words(until: date | None) -> str:
    """Return a note on the last day on which final numbers may come; empty for None."""
    return "" if until is None else f"; final numbers may come until {until}"


def end_of_key_result(
    score: float, book: Rulebook, ambition: Ambition | None, until: date | None
) -> EndOfKeyResult:
    """Return the outcome of a counted key result with a score.

    Args:
        score: Its score.
        book: Its rulebook.
        ambition: The ambition of its home objective.
        until: The last day on which final numbers may come; None if that is past.
    """
    asked = book.pacing.share_for(ambition) if ambition is Ambition.ASPIRATIONAL else 1.0
    edges = (*book.edges(ambition), asked)
    shown = percent_beside(score, *edges)
    if snap(score) >= 1:
        return EndOfKeyResult(Outcome.REACHED, f"{shown}: {Outcome.REACHED}")
    if ambition is None:
        return EndOfKeyResult(None, f"{shown}: no ambition, so no outcome")
    if snap(score) >= snap(asked):
        return EndOfKeyResult(Outcome.AS_FAR_AS_ASKED, f"{shown}: {Outcome.AS_FAR_AS_ASKED}")
    so_far = "" if until is None else " so far"
    short = _short_words(asked, edges, ambition)
    return EndOfKeyResult(Outcome.SHORT, f"{shown}{so_far}: {short}{until_words(until)}")


def _short_words(asked: float, edges: Sequence[float], ambition: Ambition) -> str:
    return (
        f"{Outcome.SHORT} of the {percent_beside(asked, *edges)} that {_ASKING[ambition]} asks for"
    )

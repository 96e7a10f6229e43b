"""Outcome of a key result once its objective is over, and the sentence beside it.

Rules of this file:

1. A key result has no verdict: it was reached, came as far as a stretch asks, or fell short.
2. Only an aspirational objective asks for a share of 1. Without an ambition a score below 1.0 has no outcome.
3. A key result that is not counted has none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import final

from attrs import field, frozen

from okrcore._arith import percent_beside, snap
from okrcore.plan import Ambition
from okrcore.rulebook import Outcome, Rulebook
from okrcore.words.reason import Reason, clauses

__all__ = ["EndOfKeyResult", "end_of_key_result", "until_words"]


@final
@frozen
class EndOfKeyResult:
    """Outcome of a key result that is over.

    Args:
        outcome: None without a score, and below 1.0 without an ambition.
        words: Function to the reason, in a sentence: outcomes are read of all items, and sentences of a few.
    """

    outcome: Outcome | None
    words: Callable[[], str] = field(eq=lambda words: words())

    @property
    def why(self) -> str:
        """The reason, in a sentence."""
        return self.words()


def until_words(until: date | None) -> str:
    """Return a note on the last day on which final numbers may come; empty for None."""
    return "" if until is None else Reason("end/open-until", day=until)


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
    outcome: Outcome | None = Outcome.SHORT
    if snap(score) >= 1:
        outcome = Outcome.REACHED
    elif ambition is None:
        outcome = None
    elif snap(score) >= snap(asked):
        outcome = Outcome.AS_FAR_AS_ASKED

    def words() -> str:
        edges = (*book.edges(ambition), asked)
        shown: str = percent_beside(score, *edges)
        if outcome is None:
            return Reason("outcome/no-ambition", share=shown)
        if outcome is not Outcome.SHORT:
            return Reason("outcome/as", share=shown, outcome=outcome)
        share = shown if until is None else Reason("outcome/so-far", share=shown)
        code = f"outcome/short-of-{ambition}"
        short = Reason(code, share=share, asked=percent_beside(asked, *edges))
        return clauses((short, until_words(until)))

    return EndOfKeyResult(outcome, words)

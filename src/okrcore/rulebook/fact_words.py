"""One word for one fact: the words of status, outcome, verdict, decision and judgement.

Rules of this file:

1. A fact about an item has words of its own, and no word belongs to two facts.
2. Words of two facts stand beside each other if the facts may. Two words of one fact never do.
3. Dialects have the words of their sources, and are no part of the table.

Laws: test_no_surface_has_two_words_that_may_not_stand_together.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from okrcore.journal import ClosingDecision
from okrcore.rulebook.recommended import RECOMMENDED
from okrcore.rulebook.status_rules import Status

__all__ = ["FACTS_BESIDE", "FACT_WORDS", "Fact", "Outcome"]


@unique
class Outcome(StrEnum):
    """Outcome of a key result whose objective is over; verdicts belong to objectives alone."""

    #: A score of 1.0, by any ambition.
    REACHED = "reached"
    #: A score below 1.0, from the share on that is expected of an aspirational objective: 0.7.
    AS_FAR_AS_ASKED = "as far as a stretch asks"
    #: A lower score, and any below 1.0 of another ambition.
    SHORT = "short"


@unique
class Fact(StrEnum):
    """Fact about an item that has words of its own."""

    #: Status of an item that is not over.
    STATUS = "status"
    #: Status of an item that is over: its cycle has ended, or its objective is closed.
    END = "end"
    #: Outcome of a key result that is over.
    OUTCOME = "outcome"
    #: Verdict of an objective that is over.
    VERDICT = "verdict"
    #: Decision about what becomes of an objective, suggested or taken.
    DECISION = "decision"
    #: Judgement of people, with a score and a reason.
    JUDGEMENT = "judgement"


_ENDS: Final = (Status.OVER, Status.CLOSED)


def _verdicts() -> tuple[str, ...]:
    """Return the verdicts of `RECOMMENDED`, each once."""
    learning = RECOMMENDED.learning
    of_learning = (
        () if learning is None else (*dict(learning.decisions).values(), learning.otherwise)
    )
    of_scores = [name for rule in RECOMMENDED.verdicts for _, name in rule.bands.bands]
    return tuple(dict.fromkeys((*of_scores, *of_learning, RECOMMENDED.guardrails.withheld)))


#: Words of each fact, by `RECOMMENDED`.
FACT_WORDS: Final[Mapping[Fact, tuple[str, ...]]] = MappingProxyType(
    {
        Fact.STATUS: tuple([each.value for each in Status if each not in _ENDS]),
        Fact.END: tuple([each.value for each in _ENDS]),
        Fact.OUTCOME: tuple([each.value for each in Outcome]),
        Fact.VERDICT: _verdicts(),
        Fact.DECISION: tuple([each.value for each in ClosingDecision]),
        Fact.JUDGEMENT: ("judged",),
    }
)
#: The other facts whose words may stand beside those of a fact.
FACTS_BESIDE: Final[Mapping[Fact, frozenset[Fact]]] = MappingProxyType(
    {
        Fact.STATUS: frozenset({Fact.DECISION, Fact.JUDGEMENT}),
        Fact.END: frozenset({Fact.OUTCOME, Fact.VERDICT, Fact.DECISION, Fact.JUDGEMENT}),
        Fact.OUTCOME: frozenset({Fact.END, Fact.JUDGEMENT}),
        Fact.VERDICT: frozenset({Fact.END, Fact.DECISION, Fact.JUDGEMENT}),
        Fact.DECISION: frozenset({Fact.STATUS, Fact.END, Fact.VERDICT, Fact.JUDGEMENT}),
        Fact.JUDGEMENT: frozenset(set(Fact) - {Fact.JUDGEMENT}),
    }
)

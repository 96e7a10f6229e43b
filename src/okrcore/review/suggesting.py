"""Suggested decisions at the close of objectives."""

from __future__ import annotations

from typing import final

from attrs import frozen

from okrcore._arith import written_beside
from okrcore._checks import must_be_a
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.journal import Decision
from okrcore.plan import Ambition
from okrcore.scorecard import Scorecard

__all__ = ["ClosingSuggestion", "suggest_closing"]


@final
@frozen(kw_only=True, repr=False)
class ClosingSuggestion:
    """Suggested decision at the close of an objective; people decide.

    Args:
        of: Id of the objective.
        decision: None if something has to be settled first.
        because: Reason in a few words.
        unsettled: Ids of the guardrails without which it would be achieved.
        carries: Whether it is carried into the next cycle if nobody decides.
        asks_for: Further work that is due, such as a post-mortem.
    """

    of: str
    decision: Decision | None
    because: str
    unsettled: tuple[str, ...]
    carries: bool
    asks_for: str

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


def suggest_closing(card: Scorecard, id: str) -> ClosingSuggestion:
    """Suggest a decision at the close of an objective, by the rulebook of a scorecard.

    There is none for learning objectives, nor while the open part of the score may lead to another one. A
    breached or unknown guardrail has to be settled before "achieved". Before the end of the cycle the
    score to date counts.

    Args:
        card: Scorecard of the closing day.
        id: Id of the objective.

    Raises:
        InconsistentPlanError: There is no such objective.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("o", "Grow", ambition=okr.Ambition.ASPIRATIONAL,
    ...     key_results=[okr.KeyResult("k", "Customers", okr.Reach(100))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 9, 30), {"k": 55}))
    >>> found = suggest_closing(okr.evaluate(plan, journal, as_of=date(2026, 9, 30)), "o")
    >>> print(found.decision, "because of", found.because)
    carry because of a score of 0.55
    """
    must_be_a(suggest_closing, "card", card, Scorecard)
    result, objective = card.objective(id), card.plan.objective(id)
    book = card.rulebook.method(objective.method, f"Objective({id!r}).method")
    rule = book.closing.suggestion_for(objective.ambition)

    def suggestion(
        decision: Decision | None, because: str, unsettled: tuple[str, ...] = ()
    ) -> ClosingSuggestion:
        return ClosingSuggestion(
            of=id,
            decision=decision,
            because=because,
            unsettled=unsettled,
            carries=rule is not None and rule.carries,
            asks_for=result.asks_for,
        )

    if objective.ambition is Ambition.LEARNING:
        return suggestion(None, "what was learnt decides")
    if rule is None:
        return suggestion(None, f"{book.name} suggests nothing")
    if result.score is None or result.score_range is None:
        return suggestion(None, result.why)
    low, high = (rule.decision_for(end) for end in result.score_range)
    if low is not high:
        return suggestion(None, f"what is still open decides: {low} or {high}")
    unsettled = (*result.breached_guardrails, *result.unknown_guardrails)
    if low is Decision.ACHIEVED and unsettled:
        titles = ", ".join(card.plan.guardrail(guardrail).title for guardrail in unsettled)
        return suggestion(None, f"a guardrail to be settled first: {titles}", unsettled)
    return suggestion(low, f"a score of {written_beside(result.score, *result.edges)}")

"""Post-mortems of missed promises, drafted from the journal."""

from __future__ import annotations

from collections.abc import Sequence

from okrcore._checks import must_be_a
from okrcore._memo import once
from okrcore.journal import PlannedActual, PostMortem
from okrcore.journal.journal import history_of
from okrcore.plan import KeyResult
from okrcore.review.signals import signals_of
from okrcore.scorecard import Scorecard
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.targets import target_words

__all__ = ["draft_post_mortem", "drafts_of", "has_post_mortem"]


def draft_post_mortem(card: Scorecard, id: str) -> PostMortem:
    """Draft the post-mortem of an objective; cause and changes are left for people.

    It has planned and actual of each key result that counts; as first signal, the first day on which the
    objective or one of its key results was at risk or worse, or a guardrail breached; and the first
    escalation of its dependencies.

    Args:
        card: Scorecard of the day of the post-mortem.
        id: Id of the objective.

    Raises:
        InconsistentPlanError: There is no such objective.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> q3 = okr.FiscalCalendar().quarter(2026, 3)
    >>> plan = okr.Plan([okr.Objective("bill", "Bill without errors", cycle=q3,
    ...     ambition=okr.Ambition.COMMITTED,
    ...     key_results=[okr.KeyResult("errors", "Bills with errors", okr.Decrease(90, 10))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 9, 28), {"errors": 30}))
    >>> draft = draft_post_mortem(okr.evaluate(plan, journal, as_of=q3.end), "bill")
    >>> print(draft.outcomes[0].planned, "|", draft.outcomes[0].actual, "|", draft.first_signal)
    90 to 10 | 30 is 75% of the way from 90 to 10 | 2026-09-28
    """
    must_be_a(draft_post_mortem, "card", card, Scorecard)
    [draft] = drafts_of(card, [card.plan.objective(id).id])
    return draft


def drafts_of(card: Scorecard, ids: Sequence[str]) -> Sequence[PostMortem]:
    """Return the drafts of some objectives; each day of their cycles is evaluated once for all of them."""
    adjusted = card.journal.effective(card.plan, on=card.as_of)
    signals, drafts = signals_of(card, ids), list[PostMortem]()
    for objective in map(card.plan.objective, ids):
        dependencies = () if objective.profile is None else objective.profile.dependencies
        escalated = [one.escalated for one in dependencies if one.escalated is not None]
        outcomes = [
            PlannedActual(
                kr.id, _planned(kr, adjusted.key_result(kr.id)), card.key_result(kr.id).why
            )
            for kr, weight in card.plan.key_results_of(objective)
            if weight > 0
        ]
        drafts.append(
            PostMortem(
                objective.id,
                card.as_of,
                outcomes=outcomes,
                first_signal=signals[objective.id].first,
                escalated=min(escalated, default=None),
            )
        )
    return drafts


def _planned(kr: KeyResult, adjusted: KeyResult) -> str:
    planned = target_words(kr.measure, kr.unit)
    if adjusted.measure == kr.measure:
        return planned
    return f"{planned}, adjusted to {target_words(adjusted.measure, kr.unit)}"


def has_post_mortem(card: Scorecard, id: str) -> bool:
    """Return whether a complete post-mortem of an objective is in the journal."""
    decisions = once(card.journal, history_of).decisions
    rows = decisions.rows(id, LONG_AGO, card.as_of.toordinal())
    found = (decisions.values[row] for row in rows)
    return any(isinstance(entry, PostMortem) and entry.is_complete for entry in found)

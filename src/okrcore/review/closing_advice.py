"""Advice for closings: suggested decisions, signals of trouble, drafts of post-mortems."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, cast, final

from attrs import frozen

from okrcore._arith import written_beside
from okrcore._checks import must_be_a
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore._shown import repr_of
from okrcore.journal import Adjustment, ClosingDecision, Journal, PlannedActual, PostMortem
from okrcore.journal.journal import history_of
from okrcore.plan import Alignment, Ambition, KeyResult, Objective, Plan
from okrcore.plan.contents import named_in
from okrcore.plan.plan import part_of
from okrcore.scorecard import Scorecard, evaluate
from okrcore.scorecard.adjustment_words import first_version
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.wording import target_words

#: Fields of items with ids of others.
_REFERENCES: Final = frozenset({"supports", "metric", "derived", "drives", "protects"})

__all__ = [
    "ClosingSuggestion",
    "Signals",
    "draft_post_mortem",
    "drafts_of",
    "has_post_mortem",
    "needs_help",
    "signals_of",
    "since_of",
    "suggest_closing",
]


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
    decision: ClosingDecision | None
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
    result, objective = card.objective(id), card.plan_in_force.objective(id)
    book = card.rulebook.method(objective.method, f"Objective({id!r}).method")
    rule = book.closing.suggestion_for(objective.ambition)

    def suggestion(
        decision: ClosingDecision | None, because: str, unsettled: tuple[str, ...] = ()
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
    if low is ClosingDecision.ACHIEVED and unsettled:
        titles = ", ".join(card.plan_in_force.guardrail(guardrail).title for guardrail in unsettled)
        return suggestion(None, f"a guardrail to be settled first: {titles}", unsettled)
    return suggestion(low, f"a score of {written_beside(result.score, *result.edges)}")


@final
@frozen
class Signals:
    """Days on which an objective, or one of its key results, needed help.

    Args:
        first: First of them; None if there was none.
        since: First of the present spell; None if it needs no help now.
    """

    first: date | None = None
    since: date | None = None


def signals_of(card: Scorecard, ids: Collection[str]) -> Mapping[str, Signals]:
    """Return the days on which some objectives needed help, up to the day of a scorecard.

    A status worsens with time as well as with readings, so each day of their cycles is evaluated, once for
    all of them. Without a cycle, only days with an entry are. A breached guardrail is a signal, whatever
    the status.
    """
    plan, journal = _part_of(card, ids)
    days = {id: _days(card, id) for id in ids}
    found = dict.fromkeys(ids, Signals())
    for day in sorted({day for each in days.values() for day in each}):
        on = date.fromordinal(day)
        earlier = evaluate(plan, journal, as_of=on, rulebook=card.rulebook, strict=False)
        for id in ids:
            if day in days[id] and id in earlier:
                first, since = found[id].first, found[id].since
                since = (since or on) if needs_help(earlier, id) else None
                found[id] = Signals(first or since, since)
    return found


def _part_of(card: Scorecard, ids: Collection[str]) -> tuple[Plan, Journal]:
    """Return the part of the plan that some objectives depend on, with its journal.

    If the part gains or loses items by adjustments, that is the whole plan.
    """
    part = part_of(card.plan, [id for id in ids if id in card.plan.items])
    adjustments = card.journal.adjustments
    if any(id not in part for id in ids) or any(_reaches(each, part) for each in adjustments):
        return card.plan, card.journal
    return part, card.journal.only(part)


def _reaches(entry: Adjustment, part: Plan) -> bool:
    """Return whether an adjustment changes the items that a part of a plan depends on."""
    references = [(name, value) for name, value in entry.sets if name in _REFERENCES]
    named = {entry.of} if entry.adds or entry.removes or references else set[str]()
    for record in entry.adds:
        named |= set(named_in(record)) if isinstance(record, Objective) else set()
    for name, value in references:
        # Other references are those of an item, and those of objectives lead from outside the part into it.
        named |= (
            {each.to for each in cast("Iterable[Alignment]", value)}
            if name == "supports"
            else set()
        )
    return not named.isdisjoint(part.items)


def since_of(card: Scorecard, ids: Collection[str]) -> Mapping[str, date | None]:
    """Return the first day since which some objectives need help; None for those that need none."""
    needy = [id for id in ids if _is_over(card, id) or needs_help(card, id)]
    found = signals_of(card, needy)
    return {id: found[id].since if id in found else None for id in ids}


def _is_over(card: Scorecard, id: str) -> bool:
    cycle = card.plan_in_force.objective(id).cycle
    return cycle is not None and cycle.end < card.as_of


def _days(card: Scorecard, id: str) -> Collection[int]:
    """Return the days to evaluate for an objective, as ordinals."""
    cycle, last = card.plan_in_force.objective(id).cycle, card.as_of.toordinal()
    if cycle is not None:
        return range(cycle.start.toordinal(), min(cycle.end.toordinal(), last) + 1)
    history = once(card.journal, history_of)
    written = {*history.check_ins.on, *history.decisions.on, last}
    return {day for day in written if day <= last}


def needs_help(card: Scorecard, id: str) -> bool:
    """Return whether an objective or one of its key results is at risk or worse, or a guardrail is breached."""
    objective = card.objective(id)
    alarms = frozenset(card.rulebook.review.alarms)
    statuses = {objective.status, *(card[kr].status for kr in objective.key_results)}
    return not alarms.isdisjoint(statuses) or bool(objective.breached_guardrails)


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
    [draft] = drafts_of(card, [card.objective(id).id])
    return draft


def drafts_of(card: Scorecard, ids: Sequence[str]) -> Sequence[PostMortem]:
    """Return the drafts of some objectives; each day of their cycles is evaluated once for all of them."""
    plan = card.plan_in_force
    signals, drafts = signals_of(card, ids), list[PostMortem]()
    for objective in map(plan.objective, ids):
        dependencies = () if objective.profile is None else objective.profile.dependencies
        escalated = [one.escalated for one in dependencies if one.escalated is not None]
        outcomes = [
            PlannedActual(kr.id, _planned(card, kr), card.key_result(kr.id).why)
            for kr, weight in plan.key_results_of(objective)
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


def _planned(card: Scorecard, kr: KeyResult) -> str:
    """Return the target as first agreed, and as adjusted last."""
    adjusted = card.journal.effective(card.plan, on=card.as_of)
    first = first_version(card.plan, once(card.journal, history_of), kr.id, card.as_of)
    # Without what was eased since it was too hard, another key result may be in the plan.
    versions = [each for each in (first, adjusted.items.get(kr.id)) if isinstance(each, KeyResult)]
    return ", adjusted to ".join(
        dict.fromkeys(target_words(each.measure, kr.unit) for each in versions)
    )


def has_post_mortem(card: Scorecard, id: str) -> bool:
    """Return whether a complete post-mortem of an objective is in the journal."""
    decisions = once(card.journal, history_of).decisions
    rows = decisions.rows(id, LONG_AGO, card.as_of.toordinal())
    found = (decisions.values[row] for row in rows)
    return any(isinstance(entry, PostMortem) and entry.is_complete for entry in found)

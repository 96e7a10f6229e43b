"""Advice for closings: suggested decisions, signals of trouble, drafts of post-mortems."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, cast, final

from attrs import field, frozen

from okrcore._arith import snap, written_beside
from okrcore._checks import must_be_a
from okrcore._figures import Figure
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore._shown import repr_of
from okrcore.journal import Adjustment, ClosingDecision, Journal, PlannedActual, PostMortem
from okrcore.journal.journal import history_of
from okrcore.plan import Alignment, Ambition, KeyResult, Objective, Plan, Trigger
from okrcore.plan.contents import named_in
from okrcore.plan.effective_units import unit_of
from okrcore.plan.plan import part_of
from okrcore.rulebook import CarriedUntil, Rulebook, SuggestionRule
from okrcore.scorecard import Scorecard, evaluate
from okrcore.scorecard.adjustment_words import first_version
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.settling import is_firm
from okrcore.scorecard.day.wording import target_words
from okrcore.words.reason import Reason, Term, as_reason, clauses

#: Fields of items with ids of others.
_REFERENCES: Final = frozenset(
    {"supports", "metric", "derived", "drives", "protects", "kpis", "trigger"}
)

__all__ = [
    "ClosingSuggestion",
    "Signals",
    "carried_because",
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
        decision: None if something has to be settled first, or people have to decide.
        because: Reason in a few words.
        unsettled: Ids of the guardrails without which it would be achieved, or scaled.
        carries: Whether it is carried into the next cycle if nobody decides; an experiment never is.
        asks_for: Further work that is due, such as a post-mortem.
        trigger: Cause of the objective, with the hypothesis and the scope of an experiment; None without one.
    """

    of: str
    decision: ClosingDecision | None
    because: Reason = field(converter=as_reason)
    unsettled: tuple[str, ...]
    carries: bool
    asks_for: str
    trigger: Trigger | None = None

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


def suggest_closing(card: Scorecard, id: str) -> ClosingSuggestion:
    """Suggest a decision at the close of an objective, by the rulebook of a scorecard.

    There is none for learning objectives, nor while the open part of the score may lead to another one. A
    breached or unknown guardrail has to be settled before "achieved"; if the rulebook lets nobody settle it,
    people decide. Before the end of the cycle the score to date counts.

    An experiment is scaled, iterated or stopped: it ends with that question, whatever its score. Scale is
    suggested for a success, or if "achieved" would be; stop if work would be changed or abandoned, since the
    assumption did not hold; iterate for the rest. It is not scaled with a guardrail that is open: a breach
    would grow with it.

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
    book = _book_of(card, id)
    rule, is_experiment = book.closing.suggestion_for(objective.ambition), objective.is_experiment

    def suggestion(
        decision: ClosingDecision | None, because: str, unsettled: tuple[str, ...] = ()
    ) -> ClosingSuggestion:
        return ClosingSuggestion(
            of=id,
            decision=decision,
            because=because,
            unsettled=unsettled,
            carries=rule is not None and rule.carries and not is_experiment,
            asks_for=result.asks_for,
            trigger=objective.trigger,
        )

    if objective.ambition is Ambition.LEARNING:
        code = "closing/experiment-on-learning" if is_experiment else "closing/learning"
        return suggestion(None, Reason(code))
    if rule is None:
        return suggestion(None, Reason("closing/no-suggestion", rulebook=book.name))
    if result.score is None or result.score_range is None:
        return suggestion(None, result.why)
    low, high = (_decision_for(book, rule, objective, end) for end in result.score_range)
    if low is not high:
        ends = [each or Reason("decision/none") for each in (low, high)]
        return suggestion(None, Reason("closing/unmeasured", low=ends[0], high=ends[1]))
    score = written_beside(result.score, *result.edges)
    unsettled = (*result.breached_guardrails, *result.unknown_guardrails)
    if low in _WELL and unsettled:
        rails = [card.plan_in_force.guardrail(guardrail) for guardrail in unsettled]
        firm = [each.title for each in rails if is_firm(book.guardrails, each)]
        if not firm:
            because = Reason("closing/settle-first", titles=[each.title for each in rails])
            return suggestion(None, because, unsettled)
        because = Reason("closing/hard-guardrail", score=score, titles=firm)
        return suggestion(ClosingDecision.ITERATE if is_experiment else None, because, unsettled)
    is_success = _is_success(book, objective.ambition, result.score)
    if is_experiment:
        because = Reason("closing/experiment", score=score)
    elif result.verdict is not None and is_success and snap(result.score) < 1:
        note = _until(book, result.verdict)
        because = Reason("closing/score-with-note", score=score, note=note)
    else:
        because = Reason("closing/score", score=score)
    return suggestion(low, because)


def carried_because(card: Scorecard, id: str) -> str | None:
    """Return the reason why an objective is carried if nobody decides; None if it is not carried then."""
    suggested, result = suggest_closing(card, id), card.objective(id)
    is_done = suggested.decision is ClosingDecision.ACHIEVED or bool(suggested.unsettled)
    if is_done or not suggested.carries:
        return None
    return _until(_book_of(card, id), result.verdict)


def _until(book: Rulebook, verdict: str | None) -> str:
    """Return a verdict, and the rule by which work is carried on."""
    words = Reason("carried/until-success")
    if book.closing.carried_until is CarriedUntil.FULL:
        words = Reason("carried/until-full", score=Figure("1.0"))
    return clauses([Term("verdict", verdict or ""), words])


def _book_of(card: Scorecard, id: str) -> Rulebook:
    method = card.plan_in_force.objective(id).method
    return card.rulebook.method(method, f"Objective({id!r}).method")


def _decision_for(
    book: Rulebook, rule: SuggestionRule, objective: Objective, score: float
) -> ClosingDecision | None:
    """Return the decision for a score; None if no band holds it."""
    decision = rule.decision_for(score)
    is_success = _is_success(book, objective.ambition, score)
    if objective.is_experiment:
        return ClosingDecision.SCALE if is_success else _OF_EXPERIMENT.get(decision, decision)
    if is_success and book.closing.carried_until is CarriedUntil.SUCCESS:
        return ClosingDecision.ACHIEVED
    return decision


def _is_success(book: Rulebook, ambition: Ambition | None, score: float) -> bool:
    rule = book.verdict_for(ambition)
    return rule is not None and rule.bands.name(score) == rule.success


#: Decisions with which work is done.
_WELL: Final = frozenset({ClosingDecision.ACHIEVED, ClosingDecision.SCALE})
#: Decision about an experiment instead of one about other work.
_OF_EXPERIMENT: Final[Mapping[ClosingDecision | None, ClosingDecision]] = MappingProxyType(
    {
        ClosingDecision.ACHIEVED: ClosingDecision.SCALE,
        ClosingDecision.CARRY: ClosingDecision.ITERATE,
        ClosingDecision.DEFER: ClosingDecision.ITERATE,
        ClosingDecision.MODIFY: ClosingDecision.STOP,
        ClosingDecision.ABANDON: ClosingDecision.STOP,
    }
)


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

    Planned and actual results are reasons. A document keeps their English: to store them in another language, write
    them with `Words` first.

    It has planned and actual of each key result that counts; as first signal, the first day on which the
    objective or one of its key results was at risk or worse, or a guardrail was breached, healed or settled
    since or not; and the first escalation of its dependencies.

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
        breached = [card.guardrail(each.id).first_breach for each in objective.guardrails]
        first = [day for day in (signals[objective.id].first, *breached) if day is not None]
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
                first_signal=min(first, default=None),
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
    unit = unit_of(adjusted.items, kr)
    words = [target_words(each.measure, unit) for each in versions]
    if words[0] == words[-1]:
        return words[0]
    return Reason("post-mortem/planned-as-adjusted", first=words[0], last=words[-1])


def has_post_mortem(card: Scorecard, id: str) -> bool:
    """Return whether a complete post-mortem of an objective is in the journal."""
    decisions = once(card.journal, history_of).decisions
    rows = decisions.rows(id, LONG_AGO, card.as_of.toordinal())
    found = (decisions.values[row] for row in rows)
    return any(isinstance(entry, PostMortem) and entry.is_complete for entry in found)

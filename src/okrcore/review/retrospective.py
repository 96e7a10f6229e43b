"""Findings of a cycle that is over, from its numbers.

1. A finding is about targets, key results and instruments. It names no person and blames nobody.
2. It is a suggestion for the retrospective, never a verdict.
3. A pattern is found by a function in `_FINDERS`. Its thresholds are in the rulebook's `review`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final, cast

from okrcore._arith import snap, written_beside
from okrcore._checks import as_tuple, must_be_a
from okrcore._memo import once
from okrcore._texts import must_be_ids
from okrcore.journal import Adjustment, AdjustmentTrigger
from okrcore.journal.journal import history_of
from okrcore.plan import (
    Ambition,
    BoundState,
    EstablishBaseline,
    Indicator,
    KeyResult,
    KeyResultProfile,
    Objective,
)
from okrcore.plan.effective_units import unit_of
from okrcore.plan.measures import LINEAR, takes_numbers
from okrcore.review.cause_findings import cause_moves
from okrcore.review.closing_advice import has_post_mortem
from okrcore.review.cycle_findings import CycleFinding, CyclePattern, Look
from okrcore.review.scopes import AgendaScope, in_scope
from okrcore.review.work_findings import work_left_over
from okrcore.scorecard import Scorecard
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.derived_metrics import read_ids
from okrcore.scorecard.day.guardrail_reasons import why_healed
from okrcore.scorecard.results import word_of
from okrcore.scorecard.scorecard import evaluation_of
from okrcore.words.reason import Reason, Term

__all__ = ["look_back"]


def look_back(card: Scorecard, *, of: Iterable[str] | None = None) -> tuple[CycleFinding, ...]:
    """Return findings from the numbers of the last cycle, objective by objective.

    Args:
        card: Scorecard of a day after the cycle. Closed items count as they were closed.
        of: Ids of objectives; None for those of the last cycle that ended.

    Raises:
        InconsistentPlanError: There is no such objective.

    Laws: test_findings_name_what_is_in_the_plan.
    Source: founding document E; METHOD.md 2.3.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> q3 = okr.FiscalCalendar().quarter(2026, 3)
    >>> plan = okr.Plan([okr.Objective("ship", "Ship on time", cycle=q3,
    ...     ambition=okr.Ambition.COMMITTED,
    ...     key_results=[okr.KeyResult("late", "Late orders, %", okr.Decrease(9, 3))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 9, 28), {"late": 6}))
    >>> for found in look_back(okr.evaluate(plan, journal, as_of=date(2026, 10, 15))):
    ...     print(f"{found.code}: {found.words}")
    late instrumentation: Late orders, %: first read on 2026-09-28, 89 days into the cycle
    committed miss needs post-mortem: missed, with a score of 0.50
    """
    must_be_a(look_back, "card", card, Scorecard)
    if of is not None:
        of = as_tuple(of)
        must_be_ids(look_back, "of", of)
    ended = (
        in_scope(card, AgendaScope.ENDED) if of is None else map(card.plan_in_force.objective, of)
    )
    early: dict[date, Scorecard] = {}
    return tuple(
        found
        for objective in ended
        for finder in _FINDERS
        for found in finder(Look(card, objective, early))
    )


# --- the patterns ------------------------------------------------------------------------------


def _key_results(look: Look) -> Iterator[CycleFinding]:
    came, opinion = look.came(), look.opinion()
    if opinion is None:
        return
    short = [id for id, hit in came.items() if not hit]
    is_whole = all(kr.id in came or look.card.key_result(kr.id).excluded for kr in look.key_results)
    if not opinion.is_achieved and came and is_whole and not short:
        code = "finding/all-reached" if look.is_full() else "finding/all-as-far-as-expected"
        yield look.finding(
            CyclePattern.WRONG_KEY_RESULTS,
            Reason(code, opinion=opinion.words, because=opinion.because),
            Reason("advice/evidence"),
            *came,
        )
    if opinion.is_achieved and len(short) * 2 > len(came):
        yield look.finding(
            CyclePattern.UNNECESSARY_KEY_RESULTS,
            Reason("finding/mostly-short", opinion=opinion.words, count=len(short), all=len(came)),
            Reason("advice/needed-key-results"),
            *short,
        )


def _sandbagged(look: Look) -> Iterator[CycleFinding]:
    if look.objective.ambition is not Ambition.ASPIRATIONAL:
        return
    rule, confidence = look.book.review, look.first_confidence()
    if confidence is not None and snap(confidence) >= snap(rule.confident_from):
        full_on = _full_early_on(look)
        if full_on is not None:
            yield look.finding(
                CyclePattern.SANDBAGGED,
                Reason(
                    "finding/full-early",
                    confidence=written_beside(confidence, rule.confident_from, 0.0, 1.0),
                    day=full_on,
                ),
                Reason("advice/aim-higher"),
            )
    run = _full_run(look)
    if len(run) >= rule.full_run:
        yield look.finding(
            CyclePattern.SANDBAGGED,
            Reason("finding/full-run", count=len(run)),
            Reason("advice/aim-higher"),
            *run,
        )


def _full_early_on(look: Look) -> date | None:
    """Return the last day of the early part of the cycle, if the score was full on it."""
    cycle, card = look.objective.cycle, look.card
    if cycle is None:
        return None
    days = (cycle.end - cycle.start).days * look.book.review.early_share
    day = min(cycle.start + timedelta(days=int(days)), card.as_of)
    early = look.on(day)
    if look.objective.id not in early:
        return None
    score = early.objective(look.objective.id).score
    return day if score is not None and snap(score) >= 1 else None


def _full_run(look: Look) -> list[str]:
    """Return the ids of a run of full objectives, each continuing the next, the last one first."""
    run: list[str] = []
    at: object = look.objective
    while isinstance(at, Objective) and at.ambition is Ambition.ASPIRATIONAL:
        score = look.card.objective(at.id).score
        if score is None or not look.book.review.full.holds(score):
            break
        run.append(at.id)
        at = look.card.plan_in_force.items.get(at.continues or "")
    return run


def _too_hard(look: Look) -> Iterator[CycleFinding]:
    advice = Reason("advice/smaller-step")
    decisions, today = once(look.card.journal, history_of).decisions, look.card.as_of.toordinal()
    own = {look.objective.id, *(kr.id for kr in look.key_results)}
    rows = sorted(row for id in own for row in decisions.rows(id, LONG_AGO, today))
    adjusted = (
        entry for entry in map(decisions.values.__getitem__, rows) if isinstance(entry, Adjustment)
    )
    for entry in adjusted:
        if entry.trigger is not AdjustmentTrigger.DIFFICULTY:
            continue
        words = Reason("finding/eased", day=entry.on, because=entry.because)
        yield look.finding(CyclePattern.TOO_HARD, words, advice, entry.of)
    confidence, score = look.first_confidence(), look.result.score
    rule = look.book.verdict_for(look.objective.ambition)
    if confidence is None or score is None or rule is None:
        return
    doubtful_to = look.book.review.doubtful_to
    if snap(confidence) <= snap(doubtful_to) and rule.bands.name(score) == rule.bands.bands[-1][1]:
        first = written_beside(confidence, doubtful_to, 0.0, 1.0)
        last = written_beside(score, *look.result.edges)
        words = Reason("finding/doubted", confidence=first, score=last)
        yield look.finding(CyclePattern.TOO_HARD, words, advice)


def _guardrails(look: Look) -> Iterator[CycleFinding]:
    for guardrail in look.objective.guardrails:
        result = look.card.guardrail(guardrail.id)
        # A settled breach happened all the same.
        if result.computed_status == BoundState.BREACHED:
            is_open = result.state is BoundState.BREACHED
            yield look.finding(
                CyclePattern.GUARDRAIL_BREACHED,
                Reason("finding/of-item", title=guardrail.title, why=result.status_why),
                Reason("advice/settle-cost" if is_open else "advice/prevent-return"),
                guardrail.id,
            )
        elif result.breaches and result.computed_status != BoundState.UNKNOWN:
            unit = unit_of(look.card.plan_in_force.items, guardrail)
            why = why_healed(result, unit)
            yield look.finding(
                CyclePattern.GUARDRAIL_SAVED_US,
                Reason("finding/of-item", title=guardrail.title, why=why),
                Reason("advice/keep"),
                guardrail.id,
            )


def _late_instrumentation(look: Look) -> Iterator[CycleFinding]:
    cycle = look.objective.cycle
    if cycle is None:
        return
    joined = evaluation_of(look.card).facts.in_force.joined
    advice = Reason("advice/wire-data")
    for kr in look.objective.own_key_results:
        is_later = kr.timing is not None and kr.timing.observable_from is not None
        is_read = takes_numbers(type(kr.measure)) and kr.derived is None
        if is_later or not is_read or isinstance(kr.measure, EstablishBaseline):
            continue
        start = max(cycle.start, joined.get(kr.id, cycle.start))
        since = "into-cycle" if start == cycle.start else "after-joining"
        limit = start.toordinal() + look.book.review.instrumented_within(cycle.period.days)
        sources = read_ids(look.card.plan_in_force, kr.metric or kr.id)
        first = _first(look.card, "readings", *sources)
        if first is None:
            words = Reason("finding/never-read", title=kr.title)
            yield look.finding(CyclePattern.LATE_INSTRUMENTATION, words, advice, kr.id)
        elif first > limit:
            words = _late(f"finding/first-read-{since}", kr, first, start)
            yield look.finding(CyclePattern.LATE_INSTRUMENTATION, words, advice, kr.id)
        found = _first(look.card, "baselines", kr.id)
        if type(kr.measure) in LINEAR and found is not None and found > limit:
            words = _late(f"finding/baseline-found-{since}", kr, found, start)
            yield look.finding(CyclePattern.LATE_INSTRUMENTATION, words, advice, kr.id)


def _first(card: Scorecard, column: str, *ids: str) -> int | None:
    facts = getattr(once(card.journal, history_of), column)
    rows = [facts.rows(id, LONG_AGO, card.as_of.toordinal()) for id in ids]
    return max(facts.on[each[0]] for each in rows) if all(rows) else None


def _late(code: str, kr: KeyResult, day: int, start: date) -> Reason:
    count = day - start.toordinal()
    return Reason(code, title=kr.title, day=date.fromordinal(day), count=count)


def _post_mortems(look: Look) -> Iterator[CycleFinding]:
    result = look.result
    if result.asks_for and not has_post_mortem(look.card, look.objective.id):
        # A verdict that requires an act is one of a score.
        score = written_beside(cast("float", result.score), *result.edges)
        words = Reason("finding/verdict-with-score", verdict=word_of(result), score=score)
        advice = Reason("advice/hold", act=Term("act", result.asks_for))
        yield look.finding(CyclePattern.COMMITTED_MISS_NEEDS_POST_MORTEM, words, advice)


def _leading_signals(look: Look) -> Iterator[CycleFinding]:
    profiles = [(kr, kr.profile or KeyResultProfile()) for kr in look.key_results]
    signals = [kr for kr, profile in profiles if profile.indicator is Indicator.LEADING]
    came = look.came()
    short = [
        (kr.id, profile.early_warning)
        for kr, profile in profiles
        if profile.indicator is Indicator.LAGGING and came.get(kr.id) is False
    ]
    late = [id for id, _ in short]
    warned = [id for id, warning in short if warning is not None]
    if late and not signals and not warned:
        yield look.finding(
            CyclePattern.NO_LEADING_SIGNAL,
            Reason("finding/no-leading-signal", titles=look.titles(late)),
            Reason("advice/earlier-key-result"),
            *late,
        )
    if late and signals and all(came.get(kr.id) for kr in signals):
        names = [kr.id for kr in signals]
        yield look.finding(
            CyclePattern.WEAK_LEADING_SIGNAL,
            Reason(
                "finding/weak-leading-signal", signals=look.titles(names), titles=look.titles(late)
            ),
            Reason("advice/better-signal"),
            *names,
            *late,
        )


_FINDERS: Final[tuple[Callable[[Look], Iterator[CycleFinding]], ...]] = (
    _key_results,
    _sandbagged,
    _too_hard,
    _guardrails,
    _late_instrumentation,
    _post_mortems,
    _leading_signals,
    cause_moves,
    work_left_over,
)

"""Topics while a cycle runs: movements, guardrails, blockers, due items.

A topic is a row in `WEEK_TOPICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias, cast

from okrcore._arith import snap, written_beside
from okrcore.calendar import Ritual
from okrcore.journal import AdjustmentKind, Lifecycle
from okrcore.plan import (
    BoundState,
    Compound,
    Dependency,
    KeyResult,
    Metric,
    Milestones,
    Ratio,
    Reading,
    Unit,
)
from okrcore.plan.reading import number_of
from okrcore.review.agenda_context import AgendaItem, Desk
from okrcore.review.agenda_templates import AgendaTopic
from okrcore.review.closing_advice import since_of
from okrcore.review.due_desk import DueItem, DueState
from okrcore.review.due_items import list_due
from okrcore.review.scopes import state_of
from okrcore.rulebook import Stale
from okrcore.scorecard import (
    GuardrailResult,
    KeyResultResult,
    MetricResult,
)
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.signals import moved_on
from okrcore.scorecard.day.wording import show_number, show_reading
from okrcore.scorecard.results import word_of, word_with_reason
from okrcore.scorecard.scorecard import evaluation_of
from okrcore.words.reason import Reason, Term, clauses, noted

__all__ = ["WEEK_TOPICS", "Lists"]

#: Function that lists the items of a topic.
Lists: TypeAlias = Callable[[Desk], Iterator[AgendaItem]]

_URGENCY: Final = (BoundState.BREACHED, BoundState.WARNING, BoundState.UNKNOWN, BoundState.HELD)


# --- numbers -----------------------------------------------------------------------------------


def _moved(desk: Desk) -> list[tuple[float, KeyResult]]:
    """Return the key results that moved, with the change of their scores, the largest first."""
    found: list[tuple[float, KeyResult]] = []
    for kr in desk.key_results:
        now, (reading, score, _) = desk.card.key_result(kr.id), _before(desk, kr)
        if (now.reading, now.score) != (reading, score):
            found.append(((now.score or 0.0) - (score or 0.0), kr))
    return sorted(found, key=lambda one: -abs(one[0]))


def _before(desk: Desk, kr: KeyResult) -> tuple[Reading | None, float | None, tuple[float, ...]]:
    """Return the last reading, score and edges of a key result; without the first two before it joined."""
    if kr.id not in desk.before:
        return None, None, ()
    result = desk.before.key_result(kr.id)
    return result.reading, result.score, result.edges


def _movement(desk: Desk, kr: KeyResult) -> AgendaItem:
    now, (reading, before, edges) = desk.card.key_result(kr.id), _before(desk, kr)
    words = [_movement_words(reading, now.reading, kr, desk.unit_of(kr))]
    if now.score is not None:
        score = written_beside(now.score, *now.edges)
        was = score if before is None else written_beside(before, *edges)
        words.append(
            Reason("movement/score", score=score)
            if was == score
            else Reason("movement/score-change", before=was, after=score)
        )
    words += [
        Reason("movement/adjusted", day=entry.on)
        for entry in desk.adjustments_of(kr.id)
        if desk.since < entry.on <= desk.card.as_of
    ]
    return desk.item(kr.id, clauses(words), notes=desk.notes_on(kr.id, kr.metric))


def _movement_words(
    then: Reading | None, now: Reading | None, kr: KeyResult, unit: Unit | None
) -> str:
    if now is None:
        return Reason("movement/not-counted")
    if then is not None and then != now:
        return _change_words(then, now, kr, unit)
    reading = show_reading(now, unit, kr.measure)
    return Reason(
        "movement/first-reading" if then is None else "movement/as-before", reading=reading
    )


def _change_words(then: Reading, now: Reading, kr: KeyResult, unit: Unit | None) -> str:
    if isinstance(then, tuple) and isinstance(now, tuple) and not isinstance(kr.measure, Compound):
        # Milestones are in the order of the measure; those that an adjustment dropped are left out.
        known = kr.measure.names if isinstance(kr.measure, Milestones) else (*then, *now)
        came = [str(name) for name in known if name in now and name not in then]
        went = [str(name) for name in known if name in then and name not in now]
        new = Reason("movement/new", names=came) if came else ""
        return clauses([new, Reason("movement/taken-back", names=went) if went else ""])
    both = [number_of(each) for each in (then, now) if isinstance(each, (float, Ratio))]
    was, reads = (show_reading(each, unit, kr.measure, *both) for each in (then, now))
    return Reason("movement/reading", before=was, after=reads)


def _movements(desk: Desk) -> Iterator[AgendaItem]:
    for _, kr in _moved(desk):
        yield _movement(desk, kr)


def _wins(desk: Desk) -> Iterator[AgendaItem]:
    up = [kr for change, kr in _moved(desk) if change > 0]
    for kr in up:
        yield _movement(desk, kr)
    shown = {id for kr in up for id in (kr.id, kr.metric)}
    for entry in desk.check_ins:
        if entry.shipped.strip() and entry.of not in shown:
            note = " ".join(entry.shipped.split())
            yield desk.item(entry.of, Reason("note/shipped", note=note))


def _confidence(desk: Desk) -> Iterator[AgendaItem]:
    for id in (*(o.id for o in desk.objectives), *(kr.id for kr in desk.key_results)):
        now = desk.card[id].confidence
        then = desk.before[id].confidence if id in desk.before else None
        if now is None or then is None:
            continue
        if snap(abs(now - then)) >= snap(desk.rule.confidence_move):
            before, after = (desk.shown_confidence(id, each) for each in (then, now))
            text = Reason("confidence/change", before=before, after=after)
            yield desk.item(id, text, notes=desk.notes_on(id))


def _confidences(desk: Desk) -> Iterator[AgendaItem]:
    for kr in desk.key_results:
        result = desk.card.key_result(kr.id)
        words = [Reason("confidence/none")]
        if result.confidence is not None:
            shown = desk.shown_confidence(kr.id, result.confidence)
            words = [Reason("confidence/of-target", confidence=shown)]
        last = result.last_check_in
        if last is not None and last.projected is not None:
            reading = show_number(last.projected, desk.unit_of(kr))
            words.append(Reason("confidence/projected", reading=reading))
        yield desk.item(kr.id, clauses([*words, word_with_reason(result)]))


# --- limits ------------------------------------------------------------------------------------


def _bounded(
    desk: Desk, metrics: Sequence[Metric] = ()
) -> Sequence[GuardrailResult | MetricResult]:
    """Return the results of guardrails, and of metrics with a bound, the most urgent first."""
    results: list[GuardrailResult | MetricResult] = [
        desk.card.guardrail(guardrail.id) for o in desk.objectives for guardrail in o.guardrails
    ]
    results += [
        desk.card.metric(m.id) for m in metrics if m.health is not None or m.id in desk.kpis
    ]
    return sorted(results, key=lambda found: _URGENCY.index(found.state))


def _guardrails(desk: Desk) -> Iterator[AgendaItem]:
    for found in _bounded(desk):
        if found.state is not BoundState.HELD:
            metric = desk.plan.guardrail(found.id).metric
            text = _with_reason(found.state, found.status_why)
            yield desk.item(found.id, text, notes=desk.notes_on(found.id, metric))


def _health(desk: Desk) -> Iterator[AgendaItem]:
    for found in _bounded(desk, desk.metrics):
        homes = desk.kpis.get(found.id, ()) if isinstance(found, MetricResult) else ()
        notes = [Reason("kpi/of", titles=[each.title for each in homes])] if homes else []
        text = _with_reason(found.state, found.status_why)
        yield desk.item(found.id, text, *(each.id for each in homes), notes=notes)


def _with_reason(word: str, why: str) -> Reason:
    return Reason("item/with-reason", word=word, why=why)


# --- blockers and dependencies -----------------------------------------------------------------


def _blockers(desk: Desk) -> Iterator[AgendaItem]:
    for entry in desk.check_ins:
        blocker = " ".join(entry.blocker.split())
        if blocker:
            text = Reason("blocker/on", blocker=blocker, day=entry.on)
            yield desk.item(entry.of, text, owner=entry.by)


def _dependencies(desk: Desk) -> Iterator[AgendaItem]:
    waiting: dict[str, list[Dependency]] = {}
    for objective in desk.objectives:
        for dependency in () if objective.profile is None else objective.profile.dependencies:
            if _is_open(dependency, desk.card.as_of):
                waiting.setdefault(objective.id, []).append(dependency)
    since = since_of(desk.card, waiting)
    for id, dependencies in waiting.items():
        for dependency in dependencies:
            yield desk.item(id, _dependency_words(dependency, since[id]))


def _is_open(dependency: Dependency, day: date) -> bool:
    # Deliveries leave no entry: an agreed one is open until the day it is needed by.
    needed_by = dependency.needed_by
    return not dependency.agreed or needed_by is None or needed_by >= day


def _dependency_words(dependency: Dependency, since: date | None) -> str:
    words = [dependency.what]
    if dependency.provider is not None:
        words.append(Reason("dependency/from", provider=str(dependency.provider)))
    if dependency.needed_by is not None:
        words.append(Reason("dependency/needed-by", day=dependency.needed_by))
    words.append(Reason("dependency/agreed" if dependency.agreed else "dependency/not-agreed"))
    if dependency.escalated is not None:
        words.append(Reason("dependency/escalated", day=dependency.escalated))
    elif since is not None:
        until = since + timedelta(days=1)
        words.append(Reason("dependency/to-escalate", since=since, until=until))
    return noted(words)


def _stale(desk: Desk) -> Iterator[AgendaItem]:
    names = {rule.name for rule in desk.card.rulebook.status if isinstance(rule, Stale)}
    read = set[str | None]()
    for kr in desk.key_results:
        result = desk.card.key_result(kr.id)
        if result.status in names:
            read.add(kr.metric)
            yield desk.item(kr.id, _why_status(result))
    for metric in desk.metrics:
        found = desk.card.metric(metric.id)
        if found.status in names and metric.id not in read:
            yield desk.item(metric.id, found.status_why)
    for work in desk.works:
        if work.status in names:
            yield desk.item(work.id, work.status_why)


def _why_status(result: KeyResultResult) -> str:
    """Return the reason of a status, and why no reading counts, if there are some and none does."""
    is_enough = result.reading is not None or result.why.code == "no-score/no-reading"
    return result.status_why if is_enough else clauses([result.status_why, result.why])


def _moved_on(desk: Desk, kr: KeyResult) -> int:
    """Return the day on which the last reading was first the one that it is, as an ordinal."""
    facts = evaluation_of(desk.card).facts
    column = facts.every.readings
    source = kr.metric or kr.id
    if source in facts.compiled.arithmetic:
        return moved_on(facts, facts.compiled.index_of[kr.id]) or facts.today
    rows = column.rows(source, LONG_AGO, facts.today)
    still = [row for row in rows if column.values[row] != column.values[rows[-1]]]
    moved = rows[0] if not still else rows[rows.index(still[-1]) + 1]
    return column.on[moved]


def _stalled(desk: Desk) -> Iterator[AgendaItem]:
    today = desk.card.as_of.toordinal()
    for kr in desk.key_results:
        result = desk.card.key_result(kr.id)
        is_full = result.score is not None and snap(result.score) >= 1
        if result.reading is None or result.expected is None or kr.derived is not None or is_full:
            continue
        days = today - _moved_on(desk, kr)
        if days >= desk.rule.still_days:
            reading = show_reading(result.reading, desk.unit_of(kr), kr.measure)
            still_for = Reason("stalled/for", reading=reading, count=days)
            yield desk.item(kr.id, clauses([still_for, word_of(result)]))


def _behind(desk: Desk) -> Iterator[AgendaItem]:
    found = [desk.card.key_result(kr.id) for kr in desk.key_results if desk.in_alarm(kr.id)]
    order = desk.rule.alarms
    for result in sorted(found, key=lambda one: -order.index(one.status)):
        notes = desk.notes_on(result.id, desk.plan.key_result(result.id).metric)
        text = _with_reason(Term("status", result.status), _why_status(result))
        yield desk.item(result.id, text, notes=notes)


# --- due and coming ----------------------------------------------------------------------------


def _due(desk: Desk) -> Iterator[AgendaItem]:
    """Yield due items, one for each day, ritual and owner, without the meeting of the agenda itself."""
    card, here = desk.card, desk.with_metrics
    together: dict[tuple[object, ...], list[DueItem]] = {}
    for one in list_due(card.plan, card.journal, as_of=card.as_of, rulebook=card.rulebook):
        is_itself = one.what is desk.ritual and one.what in _MEETINGS
        if not is_itself and not here.isdisjoint((one.of, *one.also)):
            together.setdefault((one.on, one.what, desk.resolved(one.owner)), []).append(one)
    for found in together.values():
        ids = [id for each in found for id in (each.of, *each.also) if id in here]
        yield AgendaItem(
            ids=tuple(ids),
            title=_due_words(found[0]),
            text=clauses(desk.plan.items[id].title for id in ids),
            owner=desk.resolved(found[0].owner),
        )


#: Meetings that repeat by the usual schedules.
_MEETINGS: Final = frozenset({Ritual.WEEKLY, Ritual.FORUM, Ritual.BUSINESS_REVIEW})


def _due_words(one: DueItem) -> Reason:
    words = Reason(f"due/{one.what.replace(' ', '-')}", day=one.on)
    if one.days_late:
        words = Reason("due/days-ago", due=words, count=one.days_late)
    return (
        words if one.state is DueState.DUE else Reason("due/in-state", due=words, state=one.state)
    )


def _paused(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.card.listed:
        is_wanted = not desk.named or objective.id in desk.named
        is_now = objective.cycle is None or desk.card.as_of in objective.cycle
        works = (work.id for work in objective.initiatives)
        for id in (objective.id, *(kr.id for kr in objective.own_key_results), *works):
            if is_wanted and is_now and state_of(desk.card, id) is Lifecycle.PAUSED:
                yield desk.item(id, _pause_words(desk, id))


def _pause_words(desk: Desk, id: str) -> str:
    since = cast("date", desk.card.journal.lifecycle(id, on=desk.card.as_of).since)
    made = [
        entry
        for entry in desk.adjustments_of(id)
        if entry.on == since and entry.kind is AdjustmentKind.PAUSE
    ]
    if not made:
        return Reason("pause/since", day=since)
    because = clauses(entry.because.rstrip(".") for entry in made)
    words = [Reason("pause/because", day=since, because=because)]
    words += [
        Reason("pause/look-again", day=entry.resume) for entry in made if entry.resume is not None
    ]
    return clauses(words)


WEEK_TOPICS: Final[Mapping[AgendaTopic, Lists]] = MappingProxyType(
    {
        AgendaTopic.MOVEMENTS: _movements,
        AgendaTopic.WINS: _wins,
        AgendaTopic.CONFIDENCE: _confidence,
        AgendaTopic.BELIEFS: _confidences,
        AgendaTopic.GUARDRAILS: _guardrails,
        AgendaTopic.HEALTH: _health,
        AgendaTopic.BLOCKERS: _blockers,
        AgendaTopic.DEPENDENCIES: _dependencies,
        AgendaTopic.STALE: _stale,
        AgendaTopic.STALLED: _stalled,
        AgendaTopic.BEHIND: _behind,
        AgendaTopic.DUE: _due,
        AgendaTopic.PAUSED: _paused,
    }
)

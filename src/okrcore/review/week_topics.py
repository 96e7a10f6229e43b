"""Topics while a cycle runs: movements, guardrails, blockers, due items.

A topic is a row in `WEEK_TOPICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from okrcore._arith import percent_beside, snap, written_beside
from okrcore._memo import once
from okrcore.journal import Lifecycle
from okrcore.journal.journal import history_of
from okrcore.plan import (
    BoundState,
    Compound,
    Dependency,
    Initiative,
    KeyResult,
    Metric,
    Milestones,
    Objective,
    Ratio,
    Reading,
)
from okrcore.plan.reading import number_of
from okrcore.review.agenda_context import AgendaItem, Desk
from okrcore.review.agenda_templates import AgendaTopic
from okrcore.review.closing_advice import since_of
from okrcore.review.due_items import DueItem, DueState, list_due
from okrcore.review.scopes import state_of
from okrcore.rulebook import Stale
from okrcore.scorecard import GuardrailResult, KeyResultResult, MetricResult
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.wording import show_number, show_reading
from okrcore.scorecard.results import word_of, word_with_reason
from okrcore.words.reason import listed

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
    if now.reading is None:
        text = "no reading counts any more"
    elif reading is None:
        text = f"first read: {show_reading(now.reading, kr.unit, kr.measure)}"
    elif now.reading == reading:
        text = f"{show_reading(now.reading, kr.unit, kr.measure)}, as before"
    else:
        text = _change_words(reading, now.reading, kr)
    if now.score is not None:
        score = written_beside(now.score, *now.edges)
        was = score if before is None else written_beside(before, *edges)
        text += f"; score {score}" if was == score else f"; score {was} to {score}"
    for entry in desk.adjustments_of(kr.id):
        if desk.since < entry.on <= desk.card.as_of:
            text += f"; adjusted on {entry.on}"
    return desk.item(kr.id, text, notes=desk.notes_on(kr.id, kr.metric))


def _change_words(then: Reading, now: Reading, kr: KeyResult) -> str:
    if isinstance(then, tuple) and isinstance(now, tuple) and not isinstance(kr.measure, Compound):
        # Milestones that an adjustment dropped are neither new nor taken back.
        known = kr.measure.names if isinstance(kr.measure, Milestones) else (*then, *now)
        came = [str(name) for name in now if name not in then and name in known]
        went = [str(name) for name in then if name not in now and name in known]
        words = [f"new: {listed(came)}"] if came else []
        return "; ".join([*words, f"taken back: {listed(went)}"] if went else words)
    both = [number_of(each) for each in (then, now) if isinstance(each, (float, Ratio))]
    was, reads = (show_reading(each, kr.unit, kr.measure, *both) for each in (then, now))
    return f"{was} to {reads}"


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
            yield desk.item(entry.of, f"shipped: {' '.join(entry.shipped.split())}")


def _confidence(desk: Desk) -> Iterator[AgendaItem]:
    for id in (*(o.id for o in desk.objectives), *(kr.id for kr in desk.key_results)):
        now = desk.card[id].confidence
        then = desk.before[id].confidence if id in desk.before else None
        if now is None or then is None:
            continue
        if snap(abs(now - then)) >= snap(desk.rule.confidence_move):
            ends = (desk.shown_confidence(id, confidence) for confidence in (then, now))
            text = f"confidence {' to '.join(ends)}"
            yield desk.item(id, text, notes=desk.notes_on(id))


def _confidences(desk: Desk) -> Iterator[AgendaItem]:
    for kr in desk.key_results:
        result = desk.card.key_result(kr.id)
        confidence = result.confidence
        shown = "not said" if confidence is None else desk.shown_confidence(kr.id, confidence)
        text = f"confidence {shown}"
        last = result.last_check_in
        if last is not None and last.projected is not None:
            text += f"; {show_number(last.projected, kr.unit)} projected"
        yield desk.item(kr.id, f"{text}; {word_with_reason(result)}")


# --- limits ------------------------------------------------------------------------------------


def _bounded(
    desk: Desk, metrics: Sequence[Metric] = ()
) -> Sequence[GuardrailResult | MetricResult]:
    """Return the results of guardrails, and of metrics with a bound, the most urgent first."""
    results: list[GuardrailResult | MetricResult] = [
        desk.card.guardrail(guardrail.id) for o in desk.objectives for guardrail in o.guardrails
    ]
    results += [desk.card.metric(m.id) for m in metrics if m.health is not None]
    return sorted(results, key=lambda found: _URGENCY.index(found.state))


def _guardrails(desk: Desk) -> Iterator[AgendaItem]:
    for found in _bounded(desk):
        if found.state is not BoundState.HELD:
            metric = desk.plan.guardrail(found.id).metric
            text = f"{found.state}: {found.status_why}"
            yield desk.item(found.id, text, notes=desk.notes_on(found.id, metric))


def _health(desk: Desk) -> Iterator[AgendaItem]:
    for found in _bounded(desk, desk.metrics):
        yield desk.item(found.id, f"{found.state}: {found.status_why}")


# --- blockers and dependencies -----------------------------------------------------------------


def _blockers(desk: Desk) -> Iterator[AgendaItem]:
    for entry in desk.check_ins:
        blocker = " ".join(entry.blocker.split())
        if blocker:
            yield desk.item(entry.of, f"{blocker} ({entry.on})", owner=entry.by)


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
        words.append(f"from {dependency.provider}")
    if dependency.needed_by is not None:
        words.append(f"needed by {dependency.needed_by}")
    words.append("agreed" if dependency.agreed else "not agreed yet")
    if dependency.escalated is not None:
        words.append(f"escalated on {dependency.escalated}")
    elif since is not None:
        words.append(f"at risk since {since}: escalate by {since + timedelta(days=1)}")
    return ", ".join(words)


def _stale(desk: Desk) -> Iterator[AgendaItem]:
    names = {rule.name for rule in desk.card.rulebook.status if isinstance(rule, Stale)}
    for kr in desk.key_results:
        result = desk.card.key_result(kr.id)
        if result.status in names:
            yield desk.item(kr.id, _why_status(result))


def _why_status(result: KeyResultResult) -> str:
    """Return the reason of a status, and why no reading counts, if there are some and none does."""
    is_enough = result.reading is not None or result.why.code == "no-score/no-reading"
    return result.status_why if is_enough else f"{result.status_why}; {result.why}"


def _stalled(desk: Desk) -> Iterator[AgendaItem]:
    today = desk.card.as_of.toordinal()
    for kr in desk.key_results:
        result = desk.card.key_result(kr.id)
        is_full = result.score is not None and snap(result.score) >= 1
        if result.reading is None or result.expected is None or kr.derived is not None or is_full:
            continue
        readings = once(desk.card.journal, history_of).readings
        rows = readings.rows(kr.metric or kr.id, LONG_AGO, today)
        still = [row for row in rows if readings.values[row] != readings.values[rows[-1]]]
        moved = rows[0] if not still else rows[rows.index(still[-1]) + 1]
        days = today - readings.on[moved]
        if days >= desk.rule.still_days:
            text = f"{show_reading(result.reading, kr.unit, kr.measure)} for {days} days; {word_of(result)}"
            yield desk.item(kr.id, text)


def _behind(desk: Desk) -> Iterator[AgendaItem]:
    found = [desk.card.key_result(kr.id) for kr in desk.key_results if desk.in_alarm(kr.id)]
    order = desk.rule.alarms
    for result in sorted(found, key=lambda one: -order.index(one.status)):
        notes = desk.notes_on(result.id, desk.plan.key_result(result.id).metric)
        yield desk.item(result.id, f"{result.status}: {_why_status(result)}", notes=notes)


# --- due and coming ----------------------------------------------------------------------------


def _due(desk: Desk) -> Iterator[AgendaItem]:
    """Yield due items, one for each day, ritual and owner."""
    card, here = desk.card, desk.ids | {metric.id for metric in desk.metrics}
    together: dict[tuple[object, ...], list[DueItem]] = {}
    for one in list_due(card.plan, card.journal, as_of=card.as_of):
        if one.of in here:
            together.setdefault((one.on, one.what, one.owner), []).append(one)
    for found in together.values():
        one = found[0]
        ago = f", {one.days_late} day{'s' * (one.days_late != 1)} ago" if one.days_late else ""
        state = "" if one.state is DueState.DUE else f" ({one.state})"
        yield AgendaItem(
            ids=tuple(each.of for each in found),
            title=f"{one.what.capitalize()} due on {one.on}{ago}{state}",
            text="; ".join(desk.plan.items[each.of].title for each in found),
            owner=one.owner,
        )


def _paused(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.card.listed:
        is_wanted = not desk.named or objective.id in desk.named
        is_now = objective.cycle is None or desk.card.as_of in objective.cycle
        for id in (objective.id, *(kr.id for kr in objective.own_key_results)):
            if is_wanted and is_now and state_of(desk.card, id) is Lifecycle.PAUSED:
                yield desk.item(id, _pause_words(desk, id))


def _pause_words(desk: Desk, id: str) -> str:
    since = desk.card.journal.lifecycle(id, on=desk.card.as_of).since
    words = f"paused since {since}"
    for entry in desk.adjustments_of(id):
        if entry.on == since:
            words += f": {entry.because.rstrip('.')}"
            if entry.resume is not None:
                words += f"; to be looked at again on {entry.resume}"
    return words


def _work(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        for work in objective.initiatives:
            yield desk.item(work.id, _work_words(desk, work))


def _work_words(desk: Desk, work: Initiative) -> str:
    share = _share_done(desk, work)
    state = "done" if snap(share) >= 1 else f"{percent_beside(share, 0.0, 1.0)} done"
    words = [state if share else "not begun"]
    driven = [desk.plan.items[id] for id in work.drives]
    if driven:
        words.append(f"to move {listed([item.title or item.id for item in driven])}")
    if work.due is not None:
        words.append(f"due on {work.due}")
    return "; ".join(words)


def _share_done(desk: Desk, work: Initiative) -> float:
    readings = once(desk.card.journal, history_of).readings
    row = readings.latest(desk.card.as_of.toordinal()).get(work.id)
    return 0.0 if row is None else float(number_of(readings.values[row]))


def _priorities(desk: Desk) -> Iterator[AgendaItem]:
    """Yield the next open work, that for key results at risk first."""
    open_work = [
        work
        for objective in desk.objectives
        for work in objective.initiatives
        if snap(_share_done(desk, work)) < 1
    ]

    def rank(work: Initiative) -> tuple[bool, date]:
        is_urgent = any(id in desk.card and desk.in_alarm(id) for id in work.drives)
        return (not is_urgent, work.due or date.max)

    for work in sorted(open_work, key=rank)[: desk.rule.priorities]:
        yield desk.item(work.id, _work_words(desk, work))


def _next_weeks(desk: Desk) -> Iterator[AgendaItem]:
    today = desk.card.as_of
    last = today + timedelta(days=desk.rule.looks_ahead_days)
    coming = [one for o in desk.objectives for one in _dated(desk, o) if today <= one[0] <= last]
    for day, item in sorted(coming, key=lambda one: one[0]):
        yield desk.item(item[0], f"{day}: {item[1]}")


def _dated(desk: Desk, objective: Objective) -> Iterator[tuple[date, tuple[str, str]]]:
    for work in objective.initiatives:
        if work.due is not None and snap(_share_done(desk, work)) < 1:
            yield work.due, (work.id, "to be done")
    for kr in objective.own_key_results:
        if kr.due is not None:
            yield kr.due, (kr.id, "its own deadline")
        if isinstance(kr.measure, Milestones):
            read = desk.card.key_result(kr.id).reading
            names = read if isinstance(read, tuple) else ()
            for step in kr.measure.milestones:
                if step.due is not None and step.name not in names:
                    yield step.due, (kr.id, step.name)
    dependencies = () if objective.profile is None else objective.profile.dependencies
    for dependency in dependencies:
        if dependency.needed_by is not None:
            yield dependency.needed_by, (objective.id, f"{dependency.what} is needed")


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
        AgendaTopic.WORK: _work,
        AgendaTopic.PRIORITIES: _priorities,
        AgendaTopic.NEXT_WEEKS: _next_weeks,
    }
)

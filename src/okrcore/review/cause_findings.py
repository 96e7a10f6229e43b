"""Findings on the cause of an objective: whether it moved in its cycle."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore._arith import written_beside
from okrcore.plan import KeyResult, Measure, Metric, Reading, Unit
from okrcore.plan.effective_units import unit_of
from okrcore.review.cycle_findings import CycleFinding, CyclePattern, Look
from okrcore.scorecard import Scorecard
from okrcore.scorecard.day.wording import show_reading
from okrcore.scorecard.results import word_of
from okrcore.words.reason import Reason, Term

__all__ = ["cause_moves"]


def cause_moves(look: Look) -> Iterator[CycleFinding]:
    """Yield a finding on the item that set an objective off, read on the first and the last day of its cycle.

    A cause without an id, or outside the plan, has no readings; nor has one that was not in the plan on both days.
    """
    objective = look.objective
    trigger, cycle = objective.trigger, objective.cycle
    if trigger is None or trigger.of is None or cycle is None or look.card.as_of < cycle.start:
        return
    last = min(cycle.end, look.card.as_of)
    cards = [look.on(cycle.start), look.on(last)]
    if any(trigger.of not in card for card in cards):
        return
    found = [_shown(card, trigger.of) for card in cards]
    (before, was), (after, now) = found
    title = look.card.plan_in_force.items[trigger.of].title
    words = Reason(
        "finding/trigger", title=title, before=before, first=cycle.start, after=after, last=last
    )
    if was == now:
        code, advice = CyclePattern.TRIGGER_DID_NOT_MOVE, Reason("advice/trigger-unmoved")
    else:
        code, advice = CyclePattern.TRIGGER_MOVED, Reason("advice/trigger-moved")
    yield look.finding(code, words, advice, trigger.of)


def _shown(card: Scorecard, id: str) -> tuple[str, tuple[object, ...]]:
    """Return an item in words, and the values that show whether it moved."""
    items = card.plan_in_force.items
    item, unit = items[id], unit_of(items, items[id])
    if isinstance(item, Metric):
        metric = card.metric(id)
        state = "" if item.health is None else Term("bound state", metric.state)
        reading = _reading(metric.reading, unit, item.health)
        return _with_state(reading, state), (metric.reading, metric.state)
    if isinstance(item, KeyResult):
        result = card.key_result(id)
        reading = _reading(result.reading, unit, item.measure)
        return _with_state(reading, word_of(result)), (result.reading, result.score)
    objective = card.objective(id)
    score = objective.score
    words = "" if score is None else written_beside(score, *objective.edges)
    return _with_state(words or objective.why, word_of(objective)), (score,)


def _reading(reading: Reading | None, unit: Unit | None, measure: Measure | None) -> str:
    if reading is None:
        return Reason("no-score/no-reading")
    return show_reading(reading, unit, measure)


def _with_state(words: str, state: str) -> str:
    return Reason("cause/with-state", words=words, state=state) if state else words

"""Entries behind a number, in words: by whom, when and why it was changed, found, judged or closed.

Rule of this file: an entry that had a part in a number is named in the explanation of that number, so
that nobody looks for a change that is on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from okrcore._arith import short_beside, written_beside
from okrcore.journal import Adjustment, BaselineSet, Closing, Judgement
from okrcore.journal.decisions import Transition, decision_words
from okrcore.journal.effective import is_after_cycle
from okrcore.journal.lifecycle import state_after
from okrcore.plan import KeyResult, Metric, Objective, Reads, Unit
from okrcore.plan.bounds import Bound
from okrcore.plan.unit import in_full
from okrcore.rulebook import BoundReading
from okrcore.scorecard.evidence import window_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.targets import target_words
from okrcore.scorecard.wording import edges_at, show_number

__all__ = ["behind_key_result", "behind_objective", "beside_score", "moved_by", "readings_of"]

_E = TypeVar("_E", Adjustment, BaselineSet)


def behind_key_result(figures: Figures, place: int) -> Iterator[str]:
    """Yield how many readings made a number, the baseline that was found, and what was adjusted."""
    id = figures.program.ids[place]
    yield from _readings(figures, place)
    baselines = _entries(figures, id, BaselineSet)
    if baselines and place in figures.established:
        last = baselines[-1]
        value = show_number(last.value, figures.program.key_results[place].unit)
        yield f"baseline {value} found on {last.on}{_by(last.by)}{_because(last.because)}"
    kr: Any = figures.original.items[id]
    changes = {"measure": kr.measure, "weight": kr.weight, "due": kr.due}
    for entry in _entries(figures, id, Adjustment):
        if is_after_cycle(figures.original, entry):
            continue  # listed as not counted
        yield from _adjusted(figures, entry, changes, kr.unit)


def behind_objective(figures: Figures, place: int) -> Iterator[str]:
    """Yield the closing that froze a number."""
    closing = figures.life_of(figures.program.ids[place]).closing
    if closing is not None:
        why = _because(closing.because)
        yield f"closed on {closing.on}{_by(closing.by)}, {decision_words(closing.decision)}{why}"


def moved_by(figures: Figures, id: str) -> str:
    """Return who moved an item to its state and why, if it is not pursued; nothing without an entry."""
    life, item = figures.life_of(id), figures.original.items[id]
    is_parked = isinstance(item, Objective) and item.parked is not None
    if id not in figures.idle or is_parked:
        return ""
    entries = [
        entry
        for entry in _decided(figures, id)
        if isinstance(entry, (Transition, Adjustment))
        and entry.on == life.since
        and state_after(entry) is life.state
    ]
    words = [f"{_by(_decider(entry))}{_because(entry.because)}" for entry in entries]
    return words[-1] if words else ""


def beside_score(figures: Figures, id: str) -> Iterator[str]:
    """Yield what people gave beside a computed score: the last projection, and the last judged score."""
    place = figures.program.place_of[id]
    projections = _projections(figures, id)
    if projections:
        last, item = projections[-1], figures.original.items[id]
        unit = item.unit if isinstance(item, KeyResult) else None
        yield f"{show_number(last.projected, unit)} projected on {last.on}{_by(last.by)}"
    judged = figures.judged.get(id)
    if judged is not None:
        score = written_beside(judged.score, *edges_at(figures, place))
        by = _by(_judge(figures, id, judged.on))
        yield f"judged {score} on {judged.on}{by}: {judged.because}"


def readings_of(metric: Metric | None, count: int) -> str:
    """Return how many readings a value is made of; nothing where it is the last one alone."""
    if metric is None or metric.reads is Reads.LATEST or not count:
        return ""
    return f"{metric.reads} of {count} reading{'s' * (count != 1)}"


# --- readings ----------------------------------------------------------------------------------


def _readings(figures: Figures, place: int) -> Iterator[str]:
    program, kr = figures.program, figures.program.key_results[place]
    first, last = window_of(program, place, figures.rulebook.closing.grace_days)
    rows = figures.history.readings.rows(program.sources[place], first, min(last, figures.today))
    if kr.metric is not None:
        made = readings_of(figures.plan.metric(kr.metric), len(rows))
        if made:
            yield made
    looks_at = figures.book_of(place).attainment.bounds.reading
    if isinstance(kr.measure, Bound) and looks_at is not BoundReading.LATEST and rows:
        yield f"held against the {looks_at} of {len(rows)} reading{'s' * (len(rows) != 1)}"


# --- entries -----------------------------------------------------------------------------------


def _entries(figures: Figures, id: str, kind: type[_E]) -> Sequence[_E]:
    """Return the entries of a kind about an item up to the day, in their order."""
    return [entry for entry in _decided(figures, id) if isinstance(entry, kind)]


def _decided(figures: Figures, id: str) -> Sequence[Any]:
    """Return the entries about an item up to the day that are no check-ins, in their order."""
    column = figures.history.decisions
    return [column.values[row] for row in column.rows(id, 0, figures.today)]


def _adjusted(
    figures: Figures, entry: Adjustment, was: dict[str, Any], unit: Unit | None
) -> Iterator[str]:
    """Yield what an adjustment changed, and note it as what was before the next one."""
    before: list[str] = []
    after: list[str] = []
    for name, value in was.items():
        new = getattr(entry, name)
        if new is not None and new != value:
            before.append(_named(name, value, unit))
            after.append(_named(name, new, unit))
            was[name] = new
    if entry.rescale is not None:
        after.append(f"progress times {short_beside(entry.rescale)}")
    if not after:
        return
    until = f"{' and '.join(before)} until {entry.on - timedelta(days=1)}, " if before else ""
    by = _by(_decider(entry))
    governs = "" if entry in figures.in_effect else " (does not govern this score)"
    yield f"{until}adjusted on {entry.on}{by} to {' and '.join(after)}: {entry.because}{governs}"


def _named(name: str, value: Any, unit: Unit | None) -> str:
    if name == "measure":
        return f"target {target_words(value, unit)}"
    if name == "weight":
        return f"weight {in_full(value)}"
    return "no deadline of its own" if value is None else f"due on {value}"


def _projections(figures: Figures, id: str) -> Sequence[Any]:
    column = figures.history.written
    return [
        column.values[row]
        for row in column.rows(id, 0, figures.today)
        if column.values[row].projected is not None
    ]


def _judge(figures: Figures, id: str, on: date) -> object:
    """Return who judged an item on a day; None where nobody is named."""
    said = [
        entry.by
        for entry in _decided(figures, id)
        if isinstance(entry, (Judgement, Closing)) and entry.on == on
    ]
    return said[-1] if said else None


def _decider(entry: Transition | Adjustment) -> object:
    decided_by = entry.decided_by if isinstance(entry, Adjustment) else None
    return decided_by or entry.by


def _by(who: object) -> str:
    return "" if who is None else f" by {who}"


def _because(reason: str) -> str:
    return f": {reason}" if reason.strip() else ""

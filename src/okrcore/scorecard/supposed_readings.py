"""Readings that suppositions stand for: whatever else depends on a reading gets one that gives the score.

Rules of this file:

1. A score that is supposed is kept as it is. If the readings of its key result feed derived key results, or
   are those of a metric, a check-in of the day that gives the score is read by all of them.
2. A measure is turned round if it can be; whether that gave the score is proved by evaluating it.
3. Of several scores by readings of one source and day, the reading counts that gives all of them. The order
   in which they are supposed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve

from okrcore._arith import snap
from okrcore.journal import CheckIn
from okrcore.plan import (
    Above,
    Anchors,
    AtLeast,
    AtMost,
    Below,
    Between,
    Budget,
    Exactly,
    Measure,
    Ratio,
    Reading,
    Reads,
    Steps,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.rulebook import AttainmentRule
from okrcore.scorecard.attainment import change_of
from okrcore.scorecard.evidence import window_of
from okrcore.scorecard.program import Program

if TYPE_CHECKING:
    from okrcore.scorecard.figures import Figures
    from okrcore.scorecard.frame import Frame

__all__ = ["check_in_for", "check_ins_for", "feeding"]

#: Share of a limit that lies clearly beyond it: edges are met at 12 decimals (library default).
_BEYOND: Final = 1e-9


def feeding(program: Program) -> frozenset[int]:
    """Indexes of key results whose readings feed more than their own score."""
    parts = {program.place_of[id] for derived in program.derived.values() for id in derived.of}
    return program.shared | parts


def check_ins_for(frame: Frame, supposed: Iterable[tuple[str, float]]) -> Iterator[CheckIn]:
    """Yield check-ins of the day that give key results supposed scores, if anything else reads them.

    Args:
        frame: The evaluation without the suppositions.
        supposed: Scores by id.
    """
    program, places = frame.program, feeding(frame.program)
    together: dict[tuple[str, int], list[tuple[int, float]]] = {}
    for place, score in sorted((program.place_of[id], score) for id, score in supposed):
        if place in places and frame.counts(place):
            day = min(frame.today, program.last[place])
            together.setdefault((program.sources[place], day), []).append((place, score))
    for scores in together.values():
        made = (check_in_for(frame, place, score) for place, score in scores)
        entries = [entry for entry in made if entry is not None]
        if len(entries) > 1:
            yield next((each for each in entries if _gives(frame, each, scores)), entries[-1])
        else:
            yield from entries


def _gives(frame: Frame, entry: CheckIn, scores: Iterable[tuple[int, float]]) -> bool:
    """Whether a check-in gives key results some scores, by place."""
    found = cast("Figures", evolve(frame, journal=frame.journal.add(entry))).scores
    return all(snap(found[place]) == snap(score) for place, score in scores)


def check_in_for(frame: Frame, place: int, score: float) -> CheckIn | None:
    """Return a check-in of the day that gives a key result a score; None if there is none.

    After a deadline it is dated by the deadline, since a metric has no days of grace.
    """
    program, readings = frame.program, frame.history.readings
    measure, rule = program.measures[place], frame.book_of(place).attainment
    if place in program.derived:
        return None
    ends = frame.ends[0][place], frame.ends[1][place]
    value = _value_of(measure, rule, ends, score / frame.rescaled.get(place, 1.0))
    if value is None or value != value:  # noqa: PLR0124  # absent: no baseline yet
        return None
    source, (first, _) = program.sources[place], window_of(program, place, 0)
    day = min(frame.today, program.last[place])
    rows = readings.rows(source, first, day)
    reads = program.reads.get(place, Reads.LATEST)
    reading = _completing(reads, [readings.values[row] for row in rows], value)
    if reading is None:
        return None
    on = frame.day.fromordinal(day)
    timed = [each.recorded for each in frame.history.timed if (each.of, each.on) == (source, on)]
    # Of one day, the entry recorded last counts.
    return CheckIn(source, on, reading, recorded=timed[-1] if timed else None)


def _completing(reads: Reads, values: Sequence[Reading], value: float) -> Reading | None:
    """Return the reading that makes a value together with those before it; None if none does."""
    last = values[-1] if values else None
    if reads is Reads.LATEST:
        if isinstance(last, Ratio):
            return Ratio(value / last.per * last.denominator, last.denominator, per=last.per)
        return value
    if any(isinstance(each, Ratio) for each in values):
        return None
    numbers = [number_of(each) for each in values]
    if reads is Reads.TOTAL:
        return value - fsum(numbers)
    if reads is Reads.MEAN:
        return value * (len(numbers) + 1) - fsum(numbers)
    return value


def _value_of(
    measure: Measure, rule: AttainmentRule, ends: tuple[float, float], progress: float
) -> float | None:
    """Return a value with a progress; None if the measure cannot be turned round."""
    if type(measure) in LINEAR:
        change = change_of(measure, ends[0])
        way = ends[1] - ends[0] if change is None else change
        return ends[1] if progress == 1 else ends[0] + progress * way
    if isinstance(measure, Anchors):
        return measure.value_of(progress)
    if isinstance(measure, Exactly):
        return measure.target - (1 - progress) * (measure.target - measure.baseline)
    if isinstance(measure, Budget):
        return measure.limit * (1 + (1 - progress) * (rule.budget_zero_at - 1))
    if isinstance(measure, Steps):
        edges = (edge for edge, score in measure.steps if score == progress)
        edge = next(edges, None)
        return None if edge is None else _held(edge)
    # Of the measures that take numbers, bounds are left.
    return _held(cast("Bound", measure)) if progress == 1 else None


def _held(bound: AtLeast | Above | AtMost | Below | Between) -> float:
    """Return a value within a bound, as near to its limit as it can be told."""
    if isinstance(bound, Between):
        return bound.low
    beyond = _BEYOND * max(1.0, abs(bound.limit))
    if isinstance(bound, Above):
        return bound.limit + beyond
    return bound.limit - beyond if isinstance(bound, Below) else bound.limit

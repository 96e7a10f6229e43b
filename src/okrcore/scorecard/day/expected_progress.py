"""Progress expected by a day, for each kind of measure.

Rules of this file:

1. Days are counted by `elapsed_share` alone, for lines, waypoints and cycles.
2. Expected progress never falls as days go by, unless a waypoint does, and no entry dated after the day
   changes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import fsum, isnan, prod
from typing import Any, Final, TypeAlias, get_args

from okrcore._arith import ABSENT, snap
from okrcore.calendar import Cycle
from okrcore.journal import Lifecycle, LifecycleStage
from okrcore.plan import (
    Anchors,
    Budget,
    Combination,
    Compound,
    EachPeriod,
    Exactly,
    KeyResult,
    Milestones,
    Objective,
    Timing,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.compound_measures import PartMeasure
from okrcore.plan.linear_measures import Ends
from okrcore.plan.measures import LINEAR, change_of
from okrcore.rulebook import DayCount, PacingRule
from okrcore.scorecard.day.periods import Periods

__all__ = [
    "HELD",
    "LINED",
    "MOVING",
    "NO_PAUSES",
    "Pauses",
    "days_between",
    "due_by",
    "elapsed_share",
    "even_progress",
    "expected_progress",
    "pauses_of",
]

#: First and last days of pauses, in order of days; no two share a day.
Pauses: TypeAlias = tuple[tuple[date, date], ...]

NO_PAUSES: Final[Pauses] = ()
_DAY: Final = timedelta(days=1)
#: Measures of a state that is expected from the first day on, under any ambition.
HELD: Final = frozenset({*get_args(Bound), Budget})
#: Measures of a number that moves, along a line or not at all.
MOVING: Final[frozenset[Any]] = LINEAR | {Anchors, Exactly}
#: Measures with progress expected before the end; the others are done at once.
LINED: Final[frozenset[Any]] = HELD | MOVING | {EachPeriod, Milestones, Compound}


def pauses_of(lives: Sequence[Sequence[LifecycleStage]], day: date) -> Pauses:
    """Return the pauses up to a day, given the lifecycles of an item and of its objective.

    Each lifecycle is in order of days; stages that begin later are left out.
    """
    found = sorted(pause for life in lives for pause in _pauses_in(life, day))
    merged: list[tuple[date, date]] = []
    for first, last in found:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _pauses_in(life: Sequence[LifecycleStage], day: date) -> Iterator[tuple[date, date]]:
    since: date | None = None
    for state in life:
        if state.since is None or state.since > day:
            break
        if since is not None and since < state.since:
            yield since, state.since - _DAY
        since = state.since if state.state is Lifecycle.PAUSED else None
    if since is not None:
        yield since, day


def days_between(first: date, last: date, pauses: Pauses = NO_PAUSES) -> int:
    """Return the number of days after a first one up to a last one, without pauses."""
    days = (last - first).days
    for start, end in pauses:
        paused = (min(end, last) - max(start, first + _DAY)).days + 1
        days -= max(paused, 0)
    return days


def elapsed_share(
    start: date,
    end: date,
    day: date,
    rule: PacingRule,
    pauses: Pauses = NO_PAUSES,
    *,
    holds: bool = True,
) -> float:
    """Return the share of a cycle that is over: 0 before its first day, 1 from its last on.

    A cycle of one day is over on that day (METHOD.md 2.7: its denominator is 0 and must be defined), and
    one without a day that counts on its last. Unless it `holds` at 1, the share exceeds 1 after the last day.
    """
    if day < start:
        return 0.0
    if day >= end and (holds or day == end):
        return 1.0
    count = rule.days
    until = day - _DAY if count is DayCount.ELAPSED else day
    if rule.workdays is None and not pauses:
        passed, whole = (until - start).days + 1, (end - start).days + 1
    else:
        passed, whole = (_counted(start, last, rule, pauses) for last in (until, end))
    if count is DayCount.EXCLUSIVE:  # the first day that counts is day 0
        if passed == whole == 1:
            return 1.0
        passed, whole = passed - 1, whole - 1
    share = max(passed, 0) / whole if whole > 0 else 0.0
    return max(share, 1.0) if day > end else share


def _counted(start: date, last: date, rule: PacingRule, pauses: Pauses) -> int:
    """Return the number of days that count from a first to a last one, both included."""
    if rule.workdays is None:
        return days_between(start - _DAY, last, pauses)
    count = rule.workdays.count
    paused = (count(max(first, start), min(end, last)) for first, end in pauses)
    return count(start, last) - sum(paused)


def even_progress(cycle: Cycle | None, day: date, rule: PacingRule, pauses: Pauses) -> float:
    """Return even progress along a cycle by a day; ABSENT before it, and without one."""
    if cycle is None or day < cycle.start:
        return ABSENT
    start, end = cycle.start, cycle.end
    return elapsed_share(start, end, day, rule, pauses, holds=rule.holds_after_due)


def expected_progress(
    kr: KeyResult,
    home: Objective,
    day: date,
    rule: PacingRule,
    ends: Ends,
    pauses: Pauses = NO_PAUSES,
) -> float:
    """Return the progress expected of a key result by a day; ABSENT if it has no line.

    A moving number is expected along a straight line, bent by its waypoints; milestones by the weights due,
    those without a day at the deadline; a bound or a budget from the first day on; one of each period in all that
    are over, from the first one on; a compound as its parts
    are combined, if each has a line. Pass or fail, evidence, steps and judged results have no line.

    `ends` are baseline and target of a line on the day.
    """
    measure, cycle = kr.measure, home.cycle
    kind = type(measure)
    if kind not in LINED or cycle is None or day < cycle.start:
        return ABSENT
    if kind in HELD:
        return 1.0
    start = cycle.start
    deadline = cycle.end if kr.due is None else min(kr.due, cycle.end)
    if isinstance(measure, Milestones):
        return due_by(measure, deadline.toordinal(), day.toordinal())
    if isinstance(measure, EachPeriod):
        periods = Periods.each(start.toordinal(), deadline.toordinal(), measure.every)
        return 1.0 if periods.days_of(0)[1] <= day.toordinal() else ABSENT
    share = elapsed_share(start, deadline, day, rule, pauses, holds=rule.holds_after_due)
    if isinstance(measure, Compound):
        return _of_parts(measure, share)
    if kr.timing is None or not kr.timing.waypoints or share >= 1:
        return share
    inner = _inner_points(kr.timing, start, deadline, measure, ends)
    points = [(elapsed_share(start, deadline, on, rule, pauses), to) for on, to in inner]
    return _along([(0.0, 0.0), *points, (1.0, 1.0)], share)


def due_by(measure: Milestones, deadline: int, day: int) -> float:
    """Return the share of the weight of milestones that is due by a day; without a day of its own, each is due by the deadline."""
    due = [
        step.weight
        for step in measure.milestones
        if (deadline if step.due is None else step.due.toordinal()) <= day
    ]
    return fsum(due) / fsum([step.weight for step in measure.milestones]) if due else 0.0


def _of_parts(measure: Compound, share: float) -> float:
    lines = [_of_part(part, share) for _, part in measure.parts]
    if any(map(isnan, lines)):
        return ABSENT
    if measure.combine is Combination.MEAN:
        return fsum(lines) / len(lines)
    return min(lines) if measure.combine is Combination.MINIMUM else prod(lines)


def _of_part(part: PartMeasure, share: float) -> float:
    if type(part) in HELD:
        return 1.0
    return share if type(part) in MOVING else ABSENT


def _inner_points(
    timing: Timing, start: date, deadline: date, measure: object, ends: Ends
) -> Iterator[tuple[date, float]]:
    """Yield the days of waypoints between start and deadline, with the progress of each."""
    baseline, target = (measure.baseline, measure.target) if isinstance(measure, Exactly) else ends
    change = change_of(measure, baseline)
    span = target - baseline if change is None else change
    for point in timing.waypoints:
        if not start <= point.on < deadline:
            continue
        if isinstance(measure, Anchors):
            yield point.on, measure.score_of(point.value)
        elif snap(span):
            yield point.on, (point.value - baseline) / span


def _along(points: Sequence[tuple[float, float]], share: float) -> float:
    # If no day counts between waypoints the last one is taken, so no stretch has length 0.
    at = bisect_right([over for over, _ in points], share) - 1
    (first, low), (last, high) = points[at], points[at + 1]
    return low + (high - low) * ((share - first) / (last - first))

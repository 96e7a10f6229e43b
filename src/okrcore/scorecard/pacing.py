"""What progress is expected by a day, for each kind of measure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from math import fsum

from okrcore._arith import ABSENT
from okrcore.plan import KeyResult, Milestones, Objective, Timing
from okrcore.plan.bounds import Bound
from okrcore.plan.linear import Ends
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import DayCount

__all__ = ["asked_progress", "elapsed_share", "expected_progress"]


def elapsed_share(start: date, end: date, day: date, count: DayCount = DayCount.EXCLUSIVE) -> float:
    """Return the share of a cycle that is over: 0 before its first day, 1 from its last on.

    A cycle of one day is over on that day (METHOD.md 2.7: its denominator is 0 and must be defined).

    Args:
        start: First day.
        end: Last day.
        day: The day.
        count: How days are counted.
    """
    if day >= end:
        return 1.0
    if day < start:
        return 0.0
    behind, days = (day - start).days, (end - start).days + 1
    if count is DayCount.EXCLUSIVE:
        return behind / (days - 1)
    return (behind + 1 if count is DayCount.INCLUSIVE else behind) / days


def expected_progress(
    kr: KeyResult, home: Objective, day: date, count: DayCount, ends: Ends
) -> float:
    """Return the progress expected of a key result by a day; ABSENT where it has no line.

    A moving metric is expected along a straight line, bent by its waypoints; milestones by the weights
    due, those without a day at the deadline; a bound from the first day on. Pass or fail, evidence and
    judged results arrive in a piece.

    Args:
        kr: The key result.
        home: The objective it is at home in.
        day: The day.
        count: How days are counted.
        ends: Baseline and target of a line, as they are known by the day.
    """
    if home.cycle is None or day < home.cycle.start:
        return ABSENT
    deadline = home.cycle.end if kr.due is None else min(kr.due, home.cycle.end)
    measure = kr.measure
    if type(measure) in LINEAR:
        if kr.timing is not None and kr.timing.waypoints:
            points = _points(kr.timing, home.cycle.start, deadline, ends)
            return _along(points, day, count)
        return elapsed_share(home.cycle.start, deadline, day, count)
    if isinstance(measure, Bound):
        return 1.0
    if isinstance(measure, Milestones):
        due = [step.weight for step in measure.milestones if (step.due or deadline) <= day]
        return fsum(due) / fsum(step.weight for step in measure.milestones)
    return ABSENT


def _points(timing: Timing, start: date, deadline: date, ends: Ends) -> list[tuple[date, float]]:
    baseline, target = ends
    way = target - baseline
    between = [
        (point.on, (point.value - baseline) / way)
        for point in timing.waypoints
        if start < point.on < deadline and way
    ]
    return [(start, 0.0), *between, (deadline, 1.0)]


def _along(points: Sequence[tuple[date, float]], day: date, count: DayCount) -> float:
    if day >= points[-1][0]:
        return 1.0
    at = bisect_right([on for on, _ in points], day) - 1
    (first, low), (last, high) = points[at], points[at + 1]
    return low + (high - low) * elapsed_share(first, last, day, count)


def asked_progress(kr: KeyResult, expected: float, share: float) -> float:
    """Return what an ambition asks of the progress that is expected.

    Args:
        kr: The key result.
        expected: What is expected of it by now.
        share: What the ambition asks for at the end. A bound is a bound under any ambition.
    """
    return expected if isinstance(kr.measure, Bound) else expected * share

"""What progress is expected by a day, for each kind of measure."""

from __future__ import annotations

from datetime import date
from math import fsum

from okrcore._arith import ABSENT
from okrcore.plan import KeyResult, Milestones, Objective
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import LINEAR

__all__ = ["asked_progress", "elapsed_share", "expected_progress"]


def elapsed_share(start: date, end: date, day: date) -> float:
    """Return the share of a cycle that is over: 0 up to its first day, 1 from its last.

    A cycle of one day is over on that day (METHOD.md 2.7: its denominator is 0 and must be defined).
    """
    if day >= end:
        return 1.0
    return max(0, (day - start).days) / (end - start).days


def expected_progress(kr: KeyResult, home: Objective, day: date) -> float:
    """Return the progress expected of a key result by a day; ABSENT where it has no line.

    A moving metric is expected along a straight line; milestones by the weights due, those without a
    day at the deadline; a bound from the first day on. Pass or fail and evidence arrive in a piece.
    """
    if home.cycle is None or day < home.cycle.start:
        return ABSENT
    deadline = home.cycle.end if kr.due is None else min(kr.due, home.cycle.end)
    measure = kr.measure
    if type(measure) in LINEAR:
        return elapsed_share(home.cycle.start, deadline, day)
    if isinstance(measure, Bound):
        return 1.0
    if isinstance(measure, Milestones):
        due = [step.weight for step in measure.milestones if (step.due or deadline) <= day]
        return fsum(due) / fsum(step.weight for step in measure.milestones)
    return ABSENT


def asked_progress(kr: KeyResult, expected: float, share: float) -> float:
    """Return what an ambition asks of the progress that is expected.

    Args:
        kr: The key result.
        expected: What is expected of it by now.
        share: What the ambition asks for at the end. A bound is a bound under any ambition.
    """
    return expected if isinstance(kr.measure, Bound) else expected * share

"""Measures of key results that go on: their baseline, their first day, and the stages that are left.

Rules of this file:

1. The target never moves. Only lines and `Exactly` have a baseline; counts from zero, scales and bounds are
   copied.
2. By its whole way a line keeps its baseline, and a waypoint of its last value on the first day, so that pace
   starts there. A total of a metric starts anew in each cycle, and has no last value.
3. Of milestones and evidence the stages that are left go on, unless all begins from 0.
4. If the new baseline is at or beyond the target, there is no measure: people decide about a new target.
"""

from __future__ import annotations

from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore.plan import (
    Anchors,
    Decrease,
    Evidence,
    Exactly,
    FromTo,
    Increase,
    Measure,
    Milestones,
    Multiple,
    Points,
    Reach,
    Reading,
    Relative,
)
from okrcore.plan.reading import number_of
from okrcore.plan.unit import plain
from okrcore.rulebook import CarriedBaseline
from okrcore.words.reason import Reason

__all__ = ["CarriedMeasure", "carried_measure", "modified_measure", "restarted"]

_STARTING: Final = (Increase, Decrease, FromTo, Relative, Points, Multiple)


@final
@frozen(eq=False)
class CarriedMeasure:
    """Measure of a key result in the next cycle.

    Args:
        measure: The measure.
        start: Value on the first day, from which pace starts; None if that is the baseline.
        left: Part that is left, in words; empty if there is none to name.
    """

    measure: Measure
    start: float | None = None
    left: str = ""


def carried_measure(
    measure: Measure, established: float | None, last: Reading | None, restart: CarriedBaseline
) -> CarriedMeasure | None:
    """Return the measure of a key result that goes on; None if it needs a new target.

    Args:
        measure: The old measure, adjustments included.
        established: The baseline found by `EstablishBaseline`; None without one.
        last: The last reading; None without one, and of a total, which starts anew.
        restart: Choice of the new baseline.
    """
    found = restarted(measure, established, last, restart)
    if found is None or last is None:
        return None if found is None else CarriedMeasure(found)
    if isinstance(found, (Milestones, Evidence)):
        return CarriedMeasure(found) if restart is CarriedBaseline.ZERO else _left(found, last)
    if restart is not CarriedBaseline.BASELINE:
        return CarriedMeasure(found)
    return _whole_way(found, last)


def modified_measure(
    measure: Measure,
    established: float | None,
    last: Reading | None,
    restart: CarriedBaseline,
    given: Measure,
) -> CarriedMeasure:
    """Return a given measure of a key result that goes on; pace starts at the last value if the baseline is the old one."""
    old, new = _ends(measure, established), _ends(given, None)
    is_one_way = old is not None and new is not None and snap(old[0]) == snap(new[0])
    if last is None or not is_one_way or restart is not CarriedBaseline.BASELINE:
        return CarriedMeasure(given)
    return CarriedMeasure(given, number_of(last))


def _ends(measure: Measure, established: float | None) -> tuple[float, float] | None:
    """Return the values for 0 and for 1; None if a measure has no such line, or no baseline yet."""
    if isinstance(measure, (*_STARTING, Reach)):
        return measure.ends(established)
    if isinstance(measure, Exactly):
        return measure.baseline, measure.target
    return (measure.value_of(0), measure.value_of(1)) if isinstance(measure, Anchors) else None


def _left(measure: Milestones | Evidence, last: Reading) -> CarriedMeasure:
    """Return the stages that were not reached; all of them if each was, and the work is not done."""
    reached = set(last) if isinstance(last, tuple) else set[object]()
    if isinstance(measure, Evidence):
        count = measure.required - len(reached)
        words = _are_left(count, measure.required)
        return (
            CarriedMeasure(evolve(measure, required=count), left=words)
            if count > 0
            else CarriedMeasure(measure)
        )
    steps = [step for step in measure.milestones if step.name not in reached]
    if not steps:
        return CarriedMeasure(measure)
    left = _are_left(len(steps), len(measure.milestones))
    words = Reason("left/stages", left=left, names=[step.name for step in steps])
    return CarriedMeasure(Milestones(*steps), left=words)


def _whole_way(measure: Measure, last: Reading) -> CarriedMeasure:
    """Return a measure that keeps its baseline, with its last value."""
    ends = _ends(measure, None)
    span = 0.0 if ends is None else snap(ends[1] - ends[0])
    if ends is None or span == 0:
        return CarriedMeasure(measure)
    start = number_of(last)
    rest = snap(ends[1] - start)
    # If it fell back, more than the span is left.
    is_part = 0 < rest / span <= 1
    return CarriedMeasure(measure, start, _are_left(abs(rest), abs(span)) if is_part else "")


def _are_left(amount: float, whole: float) -> Reason:
    written = plain(amount)
    digits = written.replace(",", "")
    # A part of one takes the plural form of none: "0.5 of 4 are left".
    count = int(digits) if digits.isdigit() else 0
    return Reason("left/amount", count=count, left=written, whole=plain(whole))


def restarted(
    measure: Measure, established: float | None, reading: Reading | None, restart: CarriedBaseline
) -> Measure | None:
    """Return a measure from its new baseline; None if that is at or beyond the target.

    Args:
        measure: The old measure, adjustments included.
        established: The baseline found by `EstablishBaseline`; None without one.
        reading: The last reading.
        restart: Choice of the new baseline.

    Laws: test_roll_over_never_moves_a_target.
    """
    if isinstance(measure, Exactly):
        start = _start(measure.baseline, reading, restart)
        return None if snap(start) == snap(measure.target) else evolve(measure, baseline=start)
    if not isinstance(measure, _STARTING):
        return measure
    if isinstance(measure, (Increase, Decrease)) and measure.target is None:
        known = measure.baseline if established is None else established
        return (
            measure if known is None else evolve(measure, baseline=_start(known, reading, restart))
        )
    ends = measure.ends(established)
    if ends is None:
        return measure  # its baseline is still to be found
    baseline, target = ends
    start, span = _start(baseline, reading, restart), snap(target) - snap(baseline)
    if span == 0:
        return measure  # a level to hold
    if not measure.allows(start) or span * (snap(target) - snap(start)) <= 0:
        return None
    if isinstance(measure, (Increase, Decrease, FromTo)):
        return evolve(measure, baseline=start)
    if snap(start) == snap(baseline):
        return evolve(measure, baseline=baseline)
    # 5% more of another baseline would be another target.
    return FromTo(start, target)


def _start(baseline: float, reading: Reading | None, restart: CarriedBaseline) -> float:
    if restart is CarriedBaseline.ZERO:
        return 0.0
    if restart is CarriedBaseline.BASELINE or reading is None:
        return baseline
    return number_of(reading)

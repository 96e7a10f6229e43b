"""Where a measure starts from when its key result is carried into the next cycle.

Rules of this file:

1. The target never moves: what is left to do is what was left to do.
2. Only lines and `Exactly` have a start. Counts from zero, scales, bounds and deliverables are copied.
3. A start from which there is no way left makes no measure: people decide about a new target.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from okrcore._arith import snap
from okrcore.plan import (
    Decrease,
    Exactly,
    FromTo,
    Increase,
    Measure,
    Multiple,
    Points,
    Reading,
    Relative,
)
from okrcore.plan.reading import number_of
from okrcore.rulebook import Restart

__all__ = ["restarted"]

_STARTING: Final = (Increase, Decrease, FromTo, Relative, Points, Multiple)


def restarted(
    measure: Measure, established: float | None, reading: Reading | None, restart: Restart
) -> Measure | None:
    """Return the measure from its new start; None where no way is left from there.

    Args:
        measure: What it was, adjustments included.
        established: The baseline that was found, where one was.
        reading: What was read last.
        restart: Where it starts.

    Laws: test_roll_over_never_moves_a_target.
    """
    if isinstance(measure, Exactly):
        start = _start(measure.baseline, reading, restart)
        return None if snap(start) == snap(measure.target) else evolve(measure, baseline=start)
    if not isinstance(measure, _STARTING):
        return measure
    ends = measure.ends(established)
    if ends is None:
        return measure  # its baseline is still to be found
    baseline, target = ends
    start, way = _start(baseline, reading, restart), snap(target) - snap(baseline)
    if way == 0:
        return measure  # holding a level has no start
    if not measure.allows(start) or way * (snap(target) - snap(start)) <= 0:
        return None
    if isinstance(measure, (Increase, Decrease, FromTo)):
        return evolve(measure, baseline=start)
    if snap(start) == snap(baseline):
        return evolve(measure, baseline=baseline)
    # 5% more of another baseline would be another target.
    return FromTo(start, target)


def _start(baseline: float, reading: Reading | None, restart: Restart) -> float:
    if restart is Restart.ZERO:
        return 0.0
    if restart is Restart.BASELINE or reading is None:
        return baseline
    return number_of(reading)

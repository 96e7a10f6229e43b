"""Baselines of measures that are carried into the next cycle.

1. The target never moves.
2. Only lines and `Exactly` have a baseline. Counts from zero, scales, bounds and deliverables are copied.
3. If the new baseline is at or beyond the target, there is no measure: people decide about a new target.
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


def _start(baseline: float, reading: Reading | None, restart: Restart) -> float:
    if restart is Restart.ZERO:
        return 0.0
    if restart is Restart.BASELINE or reading is None:
        return baseline
    return number_of(reading)

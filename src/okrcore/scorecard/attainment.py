"""What a reading is worth: progress, raw, before any clipping.

A measure is a row in `PROGRESS`. Progress may be negative or above 1; it is ABSENT, never 0, where
there is nothing to tell. `EstablishBaseline` has no row: it is a state, excluded before anything is
scored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore._arith import ABSENT, snap
from okrcore.plan import Evidence, Milestones, PassFail, Reading
from okrcore.plan.bounds import Bound
from okrcore.plan.reading import number_of
from okrcore.rulebook import AttainmentRule, FlatLine

__all__ = ["PROGRESS", "line_progress"]


def line_progress(rule: AttainmentRule, reading: Reading, baseline: float, target: float) -> float:
    """Return the share of the way from baseline to target, in one formula for both directions."""
    value = number_of(reading)
    if snap(baseline) == snap(target):
        return _flat(rule.flat, value, target)
    return (value - baseline) / (target - baseline)


def _flat(flat: FlatLine, value: float, target: float) -> float:
    if flat is FlatLine.ABSENT:
        return ABSENT
    if flat is FlatLine.ZERO:
        return 0.0
    if flat is FlatLine.FULL:
        return 1.0
    difference = snap(value) - snap(target)
    return float(difference >= 0 if flat is FlatLine.AT_LEAST else difference <= 0)


def _bound(rule: AttainmentRule, measure: Bound, reading: Reading) -> float:  # noqa: ARG001
    return float(measure.holds(number_of(reading)))


def _pass_fail(rule: AttainmentRule, measure: PassFail, reading: Reading) -> float:  # noqa: ARG001
    credit = float(reading)  # type: ignore[arg-type]  # bool or number, see TAKES
    return credit if rule.partial_credit or credit == 1 else 0.0


def _milestones(rule: AttainmentRule, measure: Milestones, reading: Reading) -> float:  # noqa: ARG001
    return measure.weight_of(reading)  # type: ignore[arg-type]  # names, see TAKES


def _evidence(rule: AttainmentRule, measure: Evidence, reading: Reading) -> float:  # noqa: ARG001
    return len(reading) / measure.required  # type: ignore[arg-type]  # names, see TAKES


#: Progress by class of measure; lines have their ends apart, see `line_progress`.
PROGRESS: Final[Mapping[type[Any], Callable[[AttainmentRule, Any, Reading], float]]] = (
    MappingProxyType(
        {
            **dict.fromkeys(get_args(Bound), _bound),
            PassFail: _pass_fail,
            Milestones: _milestones,
            Evidence: _evidence,
        }
    )
)

"""Edges of readings: the numbers that a reading is compared with, and is written beside.

Each measure with such numbers has a row in `_EDGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore.plan.bounds import Between, Bound
from okrcore.plan.deliverables import PassFail
from okrcore.plan.graded import Anchors, Budget, Exactly, Judged, Steps
from okrcore.plan.linear import LinearMeasure
from okrcore.plan.measures import Measure

__all__ = ["edges_of", "limits_of"]


def limits_of(bound: Bound) -> tuple[float, ...]:
    """Return the limits of a bound and the ends of its zones."""
    if isinstance(bound, Between):
        return (bound.low, bound.high, *(bound.warn_at or ()), *(bound.tolerated_to or ()))
    found = (bound.limit, bound.warn_at, bound.tolerated_to)
    return tuple([edge for edge in found if edge is not None])


def edges_of(measure: Measure) -> tuple[float, ...]:
    """Return the numbers that a reading is compared with under a measure.

    >>> from okrcore import AtMost, Steps
    >>> edges_of(AtMost(85, warn_at=80)), edges_of(Steps([(AtMost(7), 0.5), (None, 0)]))
    ((85.0, 80.0), (7.0,))
    """
    return _EDGES.get(type(measure), _none)(measure)


def _none(_: Any) -> tuple[float, ...]:
    return ()


def _steps(steps: Steps) -> tuple[float, ...]:
    return tuple([bound.limit for bound, _ in steps.steps if bound is not None])


_ROWS: Final[dict[type[Any], Callable[[Any], tuple[float, ...]]]] = {
    **dict.fromkeys(get_args(LinearMeasure), lambda line: line.ends() or ()),
    **dict.fromkeys(get_args(Bound), limits_of),
    PassFail: lambda _: (0.0, 1.0),
    Judged: lambda _: (0.0, 1.0),
    Exactly: lambda exactly: (exactly.target, exactly.baseline),
    Budget: lambda budget: (budget.limit,),
    Anchors: lambda anchors: tuple([value for _, value in anchors.knots]),
    Steps: _steps,
}
_EDGES: Final[Mapping[type[Any], Callable[[Any], tuple[float, ...]]]] = MappingProxyType(_ROWS)

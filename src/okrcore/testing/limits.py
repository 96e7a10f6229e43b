"""Strategies of bounds with an open limit, and of usual growth."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from okrcore.calendar import Cadence
from okrcore.plan import Above, AtLeast, AtMost, Below, Growth, PriorPeriod
from okrcore.plan.bounds import Bound
from okrcore.testing.measure_strategies import bounds
from okrcore.testing.values import Strategy

__all__ = ["growths", "watched_bounds"]

_LENGTHS: Final = (Cadence.MICRO_WEEK, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.ANNUAL)


@cache
def watched_bounds() -> Strategy[Bound]:
    """Return bounds of guardrails and of the health of metrics: of every kind, some with an open limit."""
    limits = st.none() | st.builds(
        PriorPeriod,
        st.sampled_from(_LENGTHS),
        change_percent=st.sampled_from([0.0, 5.0, -10.0]),
    )
    kinds: tuple[Any, ...] = (AtLeast, Above, AtMost, Below)
    opened: list[Strategy[Bound]] = [st.builds(kind, limits) for kind in kinds]
    return st.one_of(bounds(), bounds(), bounds(), st.one_of(opened))


@cache
def growths() -> Strategy[Growth]:
    """Return usual growths, in percent and in units."""
    numbers = st.sampled_from([-50.0, -3.0, 0.0, 0.5, 5.0, 100.0])
    in_percent = st.builds(Growth, numbers, per=st.sampled_from(_LENGTHS))
    return in_percent | st.builds(Growth, amount=numbers, per=st.sampled_from(_LENGTHS))

"""The strategies of `okrcore.testing`, under the names that the laws use."""

from __future__ import annotations

from okrcore import testing
from okrcore.testing import Quarter, bounds, lines, measures, quarters
from okrcore.testing import readings as readings_for
from okrcore.testing.values import CYCLE

__all__ = [
    "CYCLE",
    "START",
    "Quarter",
    "bounds",
    "days",
    "lines",
    "measures",
    "numbers",
    "quarters",
    "readings_for",
    "weights",
]

START = CYCLE.start
numbers = testing.numbers()
weights = testing.weights()
days = testing.days()

"""The numbers of an item that bands can name ranges of, by axis; None where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isnan
from types import MappingProxyType
from typing import Final

from okrcore._arith import or_none
from okrcore.rulebook import Axis
from okrcore.scorecard.bearings import Bearings

__all__ = ["on_axis", "ratio"]


def on_axis(axis: Axis, bearings: Bearings, place: int) -> float | None:
    """Return the number that an axis names, of a key result or an objective; None where there is none."""
    return _AXES[axis](bearings, place)


def _progress(bearings: Bearings, place: int) -> float | None:
    figures = bearings.figures
    row = place - figures.offset
    return or_none(figures.progress[place] if row < 0 else figures.rolled[1][row])


def ratio(bearings: Bearings, place: int) -> float | None:
    """Return progress by what the ambition asks of it by now; 1 while nothing is asked yet."""
    paced, asked = bearings.pace.scored[place], bearings.pace.asked[place]
    if isnan(paced) or isnan(asked):
        return None
    return paced / asked if asked > 0 else 1.0


def _gap(bearings: Bearings, place: int) -> float | None:
    pace = bearings.pace
    return or_none(pace.expected[place] - pace.scored[place])


_AXES: Final[Mapping[Axis, Callable[[Bearings, int], float | None]]] = MappingProxyType(
    {
        Axis.SCORE: lambda bearings, place: or_none(bearings.figures.scores[place]),
        Axis.PROGRESS: _progress,
        Axis.CONFIDENCE: lambda bearings, place: or_none(bearings.confidence[place]),
        Axis.GAP: _gap,
        Axis.RATIO: ratio,
        Axis.HEALTH: lambda bearings, place: None,  # noqa: ARG005  # an axis of metrics alone
    }
)

"""The numbers of an item that bands can name ranges of, by axis; ABSENT where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from okrcore._arith import ABSENT, at_least
from okrcore.rulebook import Axis
from okrcore.scorecard.bearings import Bearings

__all__ = ["AXES", "progress", "ratio"]


#: The largest number that is 0 at 12 decimals; a call for each item costs more than the look (library
#: default).
_NOTHING: Final = 5e-13


def progress(bearings: Bearings, place: int) -> float:
    """Return the progress of a key result or an objective, before any clip."""
    figures = bearings.figures
    row = place - figures.offset
    return figures.progress[place] if row < 0 else figures.rolled[1][row]


def ratio(bearings: Bearings, place: int) -> float:
    """Return progress by what the ambition asks of it by now.

    While nothing above 0 is asked there is no quotient: it is 1 if progress is at least what is asked, 0 if
    not.
    """
    pace = bearings.pace
    paced, asked = pace.scored[place], pace.asked[place]
    # What is ABSENT is not 0 or less, and makes the quotient ABSENT.
    return float(at_least(paced, asked)) if asked <= _NOTHING else paced / asked


#: What gives the number of a key result or an objective, by its place.
AXES: Final[Mapping[Axis, Callable[[Bearings, int], float]]] = MappingProxyType(
    {
        Axis.SCORE: lambda bearings, place: bearings.figures.scores[place],
        Axis.PROGRESS: progress,
        Axis.CONFIDENCE: lambda bearings, place: bearings.confidence[place],
        Axis.GAP: lambda bearings, place: (
            bearings.pace.expected[place] - bearings.pace.scored[place]
        ),
        Axis.RATIO: ratio,
        Axis.HEALTH: lambda bearings, place: ABSENT,  # noqa: ARG005  # an axis of metrics alone
    }
)

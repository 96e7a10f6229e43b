"""Numbers of an item that bands can name ranges of, by axis; ABSENT without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from okrcore._arith import ABSENT, at_least
from okrcore.rulebook import Axis
from okrcore.scorecard.day.stages import Stages

__all__ = ["AXES", "ratio"]


#: The largest number that is 0 at 12 decimals; a call for each item costs more than the look (library
#: default).
_NOTHING: Final = 5e-13


def ratio(stages: Stages, index: int) -> float:
    """Return progress by the progress that the ambition requires by now.

    While nothing above 0 is required there is no quotient: it is 1 if progress is at least as required, 0
    if not.
    """
    pace = stages.pace
    paced, required = pace.scored[index], pace.required[index]
    # ABSENT is not 0 or less, and makes the quotient ABSENT.
    return float(at_least(paced, required)) if required <= _NOTHING else paced / required


#: Number of a key result or an objective, by axis and index.
AXES: Final[Mapping[Axis, Callable[[Stages, int], float]]] = MappingProxyType(
    {
        Axis.SCORE: lambda stages, index: stages.scores.values[index],
        Axis.PROGRESS: lambda stages, index: stages.scores.progress[index],
        Axis.CONFIDENCE: lambda stages, index: stages.confidence[index],
        Axis.GAP: lambda stages, index: stages.pace.expected[index] - stages.pace.scored[index],
        Axis.RATIO: ratio,
        Axis.HEALTH: lambda stages, index: ABSENT,  # noqa: ARG005  # an axis of metrics alone
    }
)

"""Numbers on the axes of bands: score, progress, confidence, and pace as a gap or a ratio."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import Final

from okrcore._arith import ABSENT, at_least
from okrcore.rulebook import Axis
from okrcore.scorecard.day.stages import StatusStages

__all__ = ["number_on", "numbers_on"]

#: The largest number that is 0 at 12 decimals (library default).
_NOTHING: Final = 5e-13


def _ratios(stages: StatusStages, items: Sequence[int]) -> list[float]:
    """Return progress by expected progress, of each of some items.

    While nothing above 0 is expected there is no quotient: it is 1 if progress is at least as expected, 0
    if not.
    """
    scored, expected = stages.pace.scored, stages.pace.expected
    # ABSENT is not 0 or less, and makes the quotient ABSENT.
    return [
        scored[at] / due
        if not (due := expected[at]) <= _NOTHING
        else scored[at]
        if isnan(scored[at])
        else float(at_least(scored[at], due))
        for at in items
    ]


def _gaps(stages: StatusStages, items: Sequence[int]) -> list[float]:
    expected, scored = stages.pace.expected, stages.pace.scored
    return [expected[at] - scored[at] for at in items]


#: Numbers of key results and objectives, by axis.
_AXES: Final[Mapping[Axis, Callable[[StatusStages, Sequence[int]], list[float]]]] = {
    Axis.SCORE: lambda stages, items: [*map(stages.scores.values.__getitem__, items)],
    Axis.PROGRESS: lambda stages, items: [*map(stages.scores.progress.__getitem__, items)],
    Axis.CONFIDENCE: lambda stages, items: [*map(stages.confidence.__getitem__, items)],
    Axis.GAP: _gaps,
    Axis.RATIO: _ratios,
    Axis.HEALTH: lambda _, items: [ABSENT] * len(items),  # an axis of metrics alone
}


def numbers_on(axis: Axis, stages: StatusStages, items: Sequence[int]) -> list[float]:
    """Return the number of each of some key results and objectives on an axis."""
    return _AXES[axis](stages, items)


def number_on(axis: Axis, stages: StatusStages, index: int) -> float:
    """Return the number of a key result or an objective on an axis."""
    return numbers_on(axis, stages, [index])[0]

"""How what moves has moved: what it read on the evening of each day, and how far that took it.

Rule of this file: nothing is kept. Few rules ask for it, and most of them of few items.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from okrcore._arith import snap
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.scorecard.attainment import PROGRESS, change_of, line_progress
from okrcore.scorecard.evidence import each_together, window_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.pacing import MOVING

__all__ = ["moved_on", "steps_of"]


def moved_on(figures: Figures, place: int) -> int:
    """Return the ordinal of the day on which a key result last changed; 0 if it is none that moves.

    Args:
        figures: The figures.
        place: The place of the key result.
    """
    path = _path(figures, place)
    moves = (on for (_, before), (on, after) in pairwise(path) if before != after)
    return max(moves, default=path[0][0] if path else 0)


def steps_of(figures: Figures, place: int) -> Sequence[float]:
    """Return how far the progress of a moving key result went from each reading to the next."""
    measure, rule = figures.program.measures[place], figures.book_of(place).attainment
    baseline, target = figures.ends[0][place], figures.ends[1][place]
    way = [
        line_progress(rule, value, baseline, target, change_of(measure, baseline))
        if type(measure) in LINEAR
        else PROGRESS[type(measure)](rule, measure, value)
        for _, value in _path(figures, place)
    ]
    return [snap(after - before) + 0.0 for before, after in pairwise(way)]


def _path(figures: Figures, place: int) -> Sequence[tuple[int, float]]:
    """Return what a moving key result read on the evening of each day, oldest first."""
    program, readings = figures.program, figures.history.readings
    if type(program.measures[place]) not in MOVING:
        return ()
    first, last = window_of(program, place, figures.rulebook.closing.grace_days)
    rows = readings.rows(program.sources[place], first, min(last, figures.today))
    ends = {readings.on[row]: number for number, row in enumerate(rows, 1)}
    how = program.reads.get(place)
    if how is None:
        numbers = figures.history.numbers
        return [(on, numbers[rows[end - 1]]) for on, end in ends.items()]
    made = each_together(how, [readings.values[row] for row in rows])
    return [(on, number_of(made[end - 1])) for on, end in ends.items()]

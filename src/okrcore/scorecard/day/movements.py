"""Movement of key results: readings at the end of each day, and steps of progress between them.

Rule of this file: nothing is kept, since few rules need it, and most of them of few items.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from okrcore._arith import snap
from okrcore.plan.measures import LINEAR, change_of
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.attainment import PROGRESS, line_progress
from okrcore.scorecard.day.expected_progress import MOVING
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import aggregate_each, window_of

__all__ = ["moved_on", "steps_of"]


def moved_on(facts: Facts, index: int) -> int:
    """Return the ordinal of the day on which a key result last changed; 0 if it does not move."""
    path = _path(facts, index)
    moves = (on for (_, before), (on, after) in pairwise(path) if before != after)
    return max(moves, default=path[0][0] if path else 0)


def steps_of(facts: Facts, index: int) -> Sequence[float]:
    """Return the step of progress of a moving key result from each reading to the next."""
    measure, rule = facts.compiled.measures[index], facts.books[index].attainment
    baseline, target = facts.baselines[index], facts.targets[index]
    progress = [
        line_progress(rule, value, baseline, target, change_of(measure, baseline))
        if type(measure) in LINEAR
        else PROGRESS[type(measure)](rule, measure, value)
        for _, value in _path(facts, index)
    ]
    return [snap(after - before) + 0.0 for before, after in pairwise(progress)]


def _path(facts: Facts, index: int) -> Sequence[tuple[int, float]]:
    """Return the reading of a moving key result at the end of each day with one, oldest first."""
    compiled, readings = facts.compiled, facts.history.readings
    if type(compiled.measures[index]) not in MOVING:
        return ()
    first, last = window_of(compiled, index, facts.grace_days)
    rows = readings.rows(compiled.sources[index], first, min(last, facts.today))
    ends = {readings.on[row]: number for number, row in enumerate(rows, 1)}
    how = compiled.reads.get(index)
    if how is None:
        numbers = facts.history.numbers
        return [(on, numbers[rows[end - 1]]) for on, end in ends.items()]
    made = aggregate_each(how, [readings.values[row] for row in rows])
    return [(on, number_of(made[end - 1])) for on, end in ends.items()]

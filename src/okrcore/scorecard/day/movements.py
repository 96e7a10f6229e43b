"""Movements: whether the reading of a line is better or worse than the baseline, and than the reading before.

Rules of this file:

1. Better is the direction of the line, whether or not its target is known. Without a direction, as between
   equal ends, there is no movement.
2. The reading before is that of the last earlier day with one, aggregated in the same way.
3. A derived key result has no readings of its own, and is compared with its baseline alone.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum, unique
from math import isnan
from typing import Final, final

from attrs import frozen

from okrcore._arith import snap
from okrcore.plan import Aggregation, Decrease, Increase, Reading
from okrcore.plan.measures import LINEAR, change_of
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import Read, Readings, counted_rows, read_rows
from okrcore.scorecard.day.wording import show_bare, show_reading
from okrcore.words.reason import Reason, noted

__all__ = ["Movement", "Movements", "moved_words", "movements_of"]


@unique
class Movement(StrEnum):
    """Movement of a number along the direction of its line."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"


@final
@frozen
class Movements:
    """Movements of the reading of a key result.

    Args:
        from_baseline: Against the baseline; None without either, and without a direction.
        from_before: Against the reading before; None likewise.
        before: The reading before, with its day as an ordinal; None without one.
    """

    from_baseline: Movement | None = None
    from_before: Movement | None = None
    before: Read | None = None


_NONE: Final = Movements()


def movements_of(facts: Facts, readings: Readings, index: int) -> Movements:
    """Return the movements of the reading of a key result on the day; a supposed score has none."""
    read = None if index in readings.supposed else readings.of_journal(index)
    sign = _sign(facts, index)
    if read is None or not sign:
        return _NONE
    before, baseline = _before(facts, index, read[1]), facts.baselines[index]
    return Movements(
        None if isnan(baseline) else _movement(sign, read[0], baseline),
        None if before is None else _movement(sign, read[0], number_of(before[0])),
        before,
    )


def _sign(facts: Facts, index: int) -> float:
    """Return a number above 0 if more is better, below 0 if less is; 0 without a direction."""
    measure = facts.compiled.measures[index]
    if type(measure) not in LINEAR:
        return 0.0
    if isinstance(measure, (Increase, Decrease)):
        return 1.0 if isinstance(measure, Increase) else -1.0
    # A stated change has its direction without a baseline, too; that of a multiple is above 0.
    change = change_of(measure, 1.0)
    if change is not None:
        return change
    span = facts.targets[index] - facts.baselines[index]
    return 0.0 if isnan(span) else snap(span)


def _movement(sign: float, reading: Reading, other: float) -> Movement:
    change = sign * (snap(number_of(reading)) - snap(other))
    if change == 0:
        return Movement.UNCHANGED
    return Movement.BETTER if change > 0 else Movement.WORSE


def _before(facts: Facts, index: int, day: int) -> Read | None:
    """Return the value of the readings that count of days before one."""
    column, compiled = facts.history.readings, facts.compiled
    if index in compiled.derived:
        return None
    rows = [row for row in counted_rows(facts, index) if column.on[row] < day]
    return read_rows(column, rows, compiled.aggregations.get(index, Aggregation.LATEST))


def moved_words(facts: Facts, readings: Readings, index: int) -> str:
    """Return a reading with its movements, in words; empty without one."""
    unit, read = facts.compiled.unit_of(index), readings.of_journal(index)
    if read is None:
        return ""
    moved, baseline = movements_of(facts, readings, index), facts.baselines[index]
    value, edges, words = number_of(read[0]), list[float](), list[str]()
    if moved.from_baseline is not None:
        edges.append(baseline)
        shown = show_bare(baseline, unit, value)
        words.append(Reason(f"movement/{moved.from_baseline}-than-start", baseline=shown))
    if moved.from_before is not None and moved.before is not None:
        edges.append(number_of(moved.before[0]))
        shown, day = show_bare(edges[-1], unit, value), date.fromordinal(moved.before[1])
        words.append(Reason(f"movement/{moved.from_before}-than-before", before=shown, day=day))
    return noted((show_reading(read[0], unit, None, *edges), *words))

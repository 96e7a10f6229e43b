"""Which readings count on a day, and the value they make.

Rules of this file:

1. With a cycle, readings count from its start to the earlier of deadline and cycle end.
2. A key result's own readings count for some days of grace after that, and are marked late: final
   numbers are typed late. A shared metric gets no grace: it lives on, and must not change the past.
3. Nothing dated after the day changes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import TypeAlias

from okrcore.journal.history import Column
from okrcore.plan import Metric, Plan, Ratio, Reading, Reads
from okrcore.plan.reading import number_of
from okrcore.scorecard.program import FOREVER, Program

__all__ = ["Read", "read_key_results", "read_window"]

#: A value and the ordinal of the day it is true of.
Read: TypeAlias = tuple[Reading, int]


def read_key_results(
    plan: Plan, program: Program, readings: Column[Reading], day: int, grace_days: int
) -> list[Read | None]:
    """Return what each key result reads as of a day; None where nothing counts."""
    latest = readings.latest(day)
    found: list[Read | None] = []
    for place, source in enumerate(program.sources):
        row = latest.get(source)
        if row is None:
            found.append(None)
            continue
        first, last = program.first[place], program.last[place]
        item = plan.items[source]
        reads = Reads.LATEST
        if isinstance(item, Metric):
            reads = item.reads
        elif last < FOREVER:
            last += grace_days
        if reads is Reads.LATEST and first <= readings.on[row] <= last:
            found.append((readings.values[row], readings.on[row]))
        else:
            found.append(read_window(readings, source, first, min(last, day), reads))
    return found


def read_window(
    readings: Column[Reading], source: str, first: int, last: int, reads: Reads = Reads.LATEST
) -> Read | None:
    """Return the value that the readings of a window make, dated by the last of them."""
    rows = readings.rows(source, first, last)
    if not rows:
        return None
    on = readings.on[rows[-1]]
    if reads is Reads.LATEST:
        return readings.values[rows[-1]], on
    return _together(reads, [readings.values[row] for row in rows]), on


def _together(reads: Reads, values: Sequence[Reading]) -> Reading:
    if reads is Reads.MINIMUM or reads is Reads.MAXIMUM:
        choose = min if reads is Reads.MINIMUM else max
        return choose(values, key=number_of)
    ratios = [value for value in values if isinstance(value, Ratio)]
    if len(ratios) == len(values) and len({ratio.per for ratio in ratios}) == 1:
        # Shares add up by their counts: 30 of 1,000 and 40 of 500 are 70 of 1,500.
        return Ratio(
            fsum(ratio.numerator for ratio in ratios),
            fsum(ratio.denominator for ratio in ratios),
            per=ratios[0].per,
        )
    total = fsum(map(number_of, values))
    return total if reads is Reads.TOTAL else total / len(values)

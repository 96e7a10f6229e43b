"""Which readings count on a day, and the value they make.

Rules of this file:

1. With a cycle, readings count from its start to the earlier of deadline and cycle end.
2. A key result's own readings count for some days of grace after that, and are marked late: final
   numbers are typed late. A shared metric gets no grace: it lives on, and must not change the past.
3. Without a cycle all readings count; those after the deadline are marked late.
4. Nothing dated after the day changes anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from math import fsum
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import ABSENT, running_sums, snap
from okrcore._checks import LARGEST
from okrcore.calendar.cadence import WEEKLY
from okrcore.journal.history import Column, History
from okrcore.plan import (
    Derivation,
    Derived,
    Guardrail,
    KeyResult,
    Objective,
    Plan,
    Ratio,
    Reading,
    Reads,
    Unit,
)
from okrcore.plan.reading import number_of
from okrcore.scorecard.program import FOREVER, Program

__all__ = [
    "Evidence",
    "Periods",
    "Read",
    "Seen",
    "check_in_days",
    "derive",
    "each_together",
    "read_key_results",
    "read_window",
    "see",
    "together",
    "window_of",
]

#: A value and the ordinal of the day it is true of.
Read: TypeAlias = tuple[Reading, int]


@final
@frozen
class Periods:
    """A window of days cut into the periods in which a check-in is expected.

    Whole weeks keep their weekday, and the last one takes what is left over; other rhythms, such as 30
    days for months, are cut as evenly as days allow.

    Args:
        first: The first day, as an ordinal.
        length: Days in a period; a fraction where they are cut evenly.
        planned: How many periods there are.
    """

    first: int
    length: float
    planned: int

    @classmethod
    def of(cls, first: int, last: int, check_in_days: int) -> Periods:
        """Cut the days from a first to a last one by the days between check-ins."""
        days = max(1, last - first + 1)
        planned = max(1, round(days / check_in_days))
        length = check_in_days if check_in_days % 7 == 0 else days / planned
        return cls(first, length, planned)

    def number_of(self, day: int) -> int:
        """Return the number of the period in which a day lies, from 0; late days fall into the last."""
        return min(int((day - self.first) / self.length), self.planned - 1)


@final
@frozen
class Seen:
    """Everything that was read of a key result in its window, oldest first.

    Args:
        reading: The value the readings make.
        series: Ordinals of days with their readings.
        periods: The check-in periods of the window; None without an end to it.
        deadline: The last day before grace, as an ordinal.
    """

    reading: Reading
    series: tuple[tuple[int, Reading], ...] = ()
    periods: Periods | None = None
    deadline: int = FOREVER


@final
@frozen(eq=False)
class Evidence:
    """What every key result reads on a day.

    Args:
        readings: The journal's readings.
        rows: By place, the row of the reading that counts; -1 where none does.
        made: By place, values that are made of several readings: of a metric, or of other key results.
        numbers: By place, the number that is read; absent where there is none.
    """

    readings: Column[Reading]
    rows: Sequence[int]
    made: dict[int, Read | None]
    numbers: Sequence[float]

    def read(self, place: int) -> Read | None:
        """Return what a key result reads, and the ordinal of its day; None where nothing counts."""
        if place in self.made:
            return self.made[place]
        row = self.rows[place]
        return None if row < 0 else (self.readings.values[row], self.readings.on[row])


def read_key_results(
    program: Program,
    history: History,
    day: int,
    grace_days: int,
    closed: Mapping[int, Read | None],
) -> Evidence:
    """Return what each key result reads as of a day.

    Args:
        program: The compiled plan.
        history: The journal's columns.
        day: The day, as an ordinal.
        grace_days: Days after the deadline during which own readings count.
        closed: By place, what was read at the closing of parts of what is derived.
    """
    readings = history.readings
    count, rows = readings.count_until(day), readings.last_until(day, program.sources)
    first, last = program.window
    if count and not (first <= readings.on[0] and readings.on[count - 1] <= last):
        rows = _in_windows(program, readings, rows, day, grace_days)
    made: dict[int, Read | None] = {}
    for place, how in program.reads.items():
        source, (start, end) = program.sources[place], window_of(program, place, grace_days)
        made[place] = read_window(readings, source, start, min(end, day), how)
    made.update(closed)
    every = history.numbers
    numbers = [every[row] for row in rows]
    found = Evidence(readings, rows, made, numbers)
    for place, derived in program.derived.items():
        if place in closed:
            continue
        parts = [found.read(program.place_of[id]) for id in derived.of]
        made[place] = derive(derived, parts, program.key_results[place].unit)
    for place, read in made.items():
        numbers[place] = ABSENT if read is None else number_of(read[0])
    return found


def _in_windows(
    program: Program, readings: Column[Reading], rows: Sequence[int], day: int, grace_days: int
) -> Sequence[int]:
    """Return rows, with the last one inside the window in the place of each that is outside."""
    on, first, last = readings.on, program.first, program.last
    outside = [
        place
        for place, row in enumerate(rows)
        if row >= 0 and not first[place] <= on[row] <= last[place]
    ]
    kept = list(rows)
    for place in outside:
        inside: Sequence[int] = ()
        if (
            on[rows[place]] >= first[place]
        ):  # else the last one lies before the window, and so do all
            start, end = window_of(program, place, grace_days)
            inside = readings.rows(program.sources[place], start, min(end, day))
        kept[place] = inside[-1] if inside else -1
    return kept


def derive(derived: Derived, parts: Sequence[Read | None], unit: Unit | None) -> Read | None:
    """Return what is derived from what its parts read.

    None while one is unread, without a ratio, or where the value is too large for a number.

    Args:
        derived: How it is derived.
        parts: What each part reads.
        unit: The unit of what is derived; a ratio is written in its parts.
    """
    reads = [read for read in parts if read is not None]
    if len(reads) < len(parts):
        return None
    on = max(day for _, day in reads)
    if derived.how is Derivation.LATEST:
        return max(reads, key=lambda read: read[1])
    values = [value for value, _ in reads]
    value = (
        _ratio(number_of(values[0]), number_of(values[1]), unit)
        if derived.how is Derivation.RATIO
        else together(_AS_READS[derived.how], values)
    )
    return (value, on) if value is not None and abs(number_of(value)) <= LARGEST else None


def _ratio(numerator: float, denominator: float, unit: Unit | None) -> Reading | None:
    """Return one number by another, as a share of it where that is a count; None by 0."""
    per = 1.0 if unit is None or unit.whole is None else unit.whole
    if not snap(denominator):
        return None
    value = per * numerator / denominator
    are_counts = denominator > 0 and max(abs(numerator), denominator, abs(value)) <= LARGEST
    return Ratio(numerator, denominator, per=per) if are_counts else value


#: Choices of one reading, the first of equal ones.
_CHOICES: Final[Mapping[Reads, Any]] = MappingProxyType({Reads.MINIMUM: min, Reads.MAXIMUM: max})

_AS_READS: Final = MappingProxyType(
    {
        Derivation.SUM: Reads.TOTAL,
        Derivation.MEAN: Reads.MEAN,
        Derivation.MINIMUM: Reads.MINIMUM,
        Derivation.MAXIMUM: Reads.MAXIMUM,
    }
)


def see(
    plan: Plan,
    program: Program,
    readings: Column[Reading],
    day: int,
    grace_days: int,
    place: int,
    reading: Reading,
) -> Seen:
    """Return everything that was read of a key result, for the rules that look back.

    Args:
        plan: What is intended.
        program: The same, compiled.
        readings: The journal's readings.
        day: The day, as an ordinal.
        grace_days: Days after the deadline during which own readings count.
        place: The place of the key result.
        reading: What it reads as of the day.
    """
    source, deadline = program.sources[place], program.last[place]
    first, last = window_of(program, place, grace_days)
    rows = readings.rows(source, first, min(last, day))
    home = program.objectives[program.home[place]]
    periods = None
    if home.cycle is not None and deadline < FOREVER:
        kr = program.key_results[place]
        periods = Periods.of(first, deadline, check_in_days(plan, home, kr))
    series = tuple((readings.on[row], readings.values[row]) for row in rows)
    return Seen(reading, series, periods, deadline)


def check_in_days(plan: Plan, home: Objective, item: KeyResult | Guardrail | None = None) -> int:
    """Return how many days lie between the check-ins that are expected; a metric has its own rhythm."""
    if item is not None and item.metric is not None:
        metric = plan.metric(item.metric)
        if metric.check_in_days is not None:
            return metric.check_in_days
    cadence = None if home.cycle is None else home.cycle.cadence
    return WEEKLY if cadence is None else cadence.check_in_days


def read_window(
    readings: Column[Reading], source: str, first: int, last: int, reads: Reads = Reads.LATEST
) -> Read | None:
    """Return the value that the readings of a window make, dated by the last of them."""
    rows = readings.rows(source, first, last)
    if not rows:
        return None
    return together(reads, [readings.values[row] for row in rows]), readings.on[rows[-1]]


def together(reads: Reads, values: Sequence[Reading]) -> Reading:
    """Return the one value that several numeric readings make.

    Shares with one `per` pool by their counts. Among others, each reading counts as the number it is.
    """
    if reads is Reads.LATEST:
        return values[-1]
    if reads in _CHOICES:
        chosen: Reading = _CHOICES[reads](values, key=number_of)
        return chosen
    ratios = [value for value in values if isinstance(value, Ratio)]
    if len(ratios) == len(values) and len({ratio.per for ratio in ratios}) == 1:
        # Shares add up by their counts: 30 of 1,000 and 40 of 500 are 70 of 1,500.
        numerator = fsum(ratio.numerator for ratio in ratios)
        return _share(numerator, fsum(ratio.denominator for ratio in ratios), ratios[0].per)
    total = fsum(map(number_of, values))
    return total if reads is Reads.TOTAL else total / len(values)


def _share(numerator: float, denominator: float, per: float) -> Reading:
    """Return the share that pooled counts make, as one number if they are too large for counts."""
    if max(abs(numerator), denominator) <= LARGEST:
        return Ratio(numerator, denominator, per=per)
    return per * numerator / denominator


def each_together(reads: Reads, values: Sequence[Reading]) -> Sequence[Reading]:
    """Return the value of the readings up to each of them: `together` of every beginning, in one pass.

    Laws: test_readings_make_the_value_of_every_beginning.
    """
    if reads is Reads.LATEST:
        return values
    if reads in _CHOICES:
        choose = _CHOICES[reads]
        return [*accumulate(values, lambda one, other: choose(one, other, key=number_of))]
    ratios: list[Ratio] = []
    for value in values:
        if not isinstance(value, Ratio) or (ratios and value.per != ratios[0].per):
            break
        ratios.append(value)
    numerators = running_sums(ratio.numerator for ratio in ratios)
    denominators = running_sums(ratio.denominator for ratio in ratios)
    shares = map(_share, numerators, denominators, [ratio.per for ratio in ratios])
    totals = running_sums(map(number_of, values))
    if reads is Reads.MEAN:
        totals = (total / count for count, total in enumerate(totals, 1))
    return [*shares, *islice(totals, len(ratios), None)]


def window_of(program: Program, place: int, grace_days: int) -> tuple[int, int]:
    """Return the first and the last day on which readings of a key result count."""
    first, last = program.first[place], program.last[place]
    if program.ends[program.home[place]] >= FOREVER:
        return first, FOREVER
    if last < FOREVER and place not in program.shared:
        last += grace_days
    return first, last

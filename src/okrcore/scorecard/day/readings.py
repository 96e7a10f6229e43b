"""Readings that count on a day, and the value they make.

Rules of this file:

1. With a cycle, readings count from its start to the earlier of deadline and cycle end.
2. With a moment, the day of a reading is exact, so that one of a later day does not count, nor one that was
   written after the grace; see `late_readings`.
3. Without a moment, a key result's own readings count for some days of grace after the deadline, and are
   marked late: they are taken for final numbers typed late. Those of a metric do not: it lives on, and must
   not change the past.
4. Without a cycle all readings count; those after the deadline are marked late.
5. Readings dated after the day change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import accumulate, islice
from math import fsum
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import evolve, frozen

from okrcore._arith import ABSENT, running_sums, snap
from okrcore._checks import LARGEST
from okrcore.journal.fact_columns import Column
from okrcore.journal.history import NEVER, Moment
from okrcore.plan import Aggregation, Derived, EachPeriod, Ratio, Reading, Unit
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.compiled_plan import FOREVER, Closed
from okrcore.scorecard.day.derived_metrics import Arithmetic, How, part_read
from okrcore.scorecard.day.expected_progress import Pauses, days_between
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.pauses import pauses_in
from okrcore.scorecard.day.periods import Periods

__all__ = [
    "Read",
    "Readings",
    "Seen",
    "aggregate",
    "aggregate_each",
    "counted_rows",
    "derive",
    "end_of_grace",
    "read_moments",
    "read_rows",
    "readings_of",
    "reads_of_steps",
    "seen_of",
    "value_of",
    "value_of_parts",
    "values_of_rows",
    "window_of",
]

#: A value, and its date as an ordinal.
Read: TypeAlias = tuple[Reading, int]


@final
@frozen
class Seen:
    """All readings of a key result in its window, oldest first.

    Args:
        reading: The value they make; ABSENT without one.
        series: Ordinals of days with their readings.
        periods: The check-in periods of the window, or those of the measure; None if it has no end.
        deadline: The last day before grace, as an ordinal.
        today: The day, as an ordinal.
        aggregation: Aggregation of the readings.
    """

    reading: Reading
    series: tuple[tuple[int, Reading], ...] = ()
    periods: Periods | None = None
    deadline: int = FOREVER
    today: int = FOREVER
    aggregation: How = Aggregation.LATEST


@final
@frozen(eq=False)
class Readings:
    """Readings of every key result on a day.

    Args:
        today: The day as an ordinal.
        column: Readings of the journal.
        rows: By index, the row of the reading that counts; -1 without one.
        made: By index, values made of several readings: of a metric, or of other key results.
        numbers: By index, the value as a number; ABSENT without one.
        supposed: By index, supposed scores of key results that count on the day.
    """

    today: int
    column: Column[Reading]
    rows: Sequence[int]
    made: dict[int, Read | None]
    numbers: Sequence[float]
    supposed: Mapping[int, float]

    def of_journal(self, index: int) -> Read | None:
        """Return the reading of a key result with its date; None without one."""
        if index in self.made:
            return self.made[index]
        row = self.rows[index]
        return None if row < 0 else (self.column.values[row], self.column.on[row])

    def read(self, index: int) -> Read | None:
        """Return the same; a supposed score counts as a reading of the day."""
        if index in self.supposed:
            return self.supposed[index], self.today
        return self.of_journal(index)

    @property
    def days(self) -> Sequence[int]:
        """By index, the date of the reading that counts as an ordinal; 0 without one."""
        on = self.column.on
        days = [on[row] if row >= 0 else 0 for row in self.rows]
        for index in (*self.made, *self.supposed):
            read = self.read(index)
            days[index] = 0 if read is None else read[1]
        return days


def readings_of(
    facts: Facts,
    excluded: Sequence[int],
    supposed: Iterable[tuple[str, float]],
    closed: Closed[Readings],
) -> Readings:
    """Return the readings of each key result on a day; supposed scores are by id."""
    compiled, column, today = facts.compiled, facts.history.readings, facts.today
    count, rows = column.count_until(today), column.last_until(today, compiled.sources)
    first, last = compiled.window
    is_inside = not count or (first <= column.on[0] and column.on[count - 1] <= last)
    if not is_inside or (facts.history.has_moments and facts.history.timed_readings.until > last):
        rows = _in_windows(facts, column, rows)
    made: dict[int, Read | None] = {}
    for index, how in compiled.aggregations.items():
        made[index] = read_rows(column, counted_rows(facts, index), how)
    frozen_parts: Closed[Readings] = closed if compiled.derived else {}
    for index in compiled.parts_of_derived & frozen_parts.keys() if frozen_parts else ():
        then, at = closed[index]
        made[index] = then.of_journal(at)
    every = facts.history.numbers
    numbers = [every[row] for row in rows]
    scores = ((compiled.index_of[id], score) for id, score in supposed)
    counting = {at: score for at, score in scores if not excluded[at] and at not in closed}
    found = Readings(today, column, rows, made, numbers, counting)
    for index, derived in compiled.derived.items():
        if index in frozen_parts and index in made:
            continue
        parts = [found.of_journal(compiled.index_of[id]) for id in derived.of]
        made[index] = derive(derived, parts, compiled.unit_of(index))
    for index, read in made.items():
        numbers[index] = ABSENT if read is None else number_of(read[0])
    return found


def _in_windows(facts: Facts, column: Column[Reading], rows: Sequence[int]) -> Sequence[int]:
    """Return rows, with the last one inside the window in place of each that is outside."""
    compiled, on = facts.compiled, column.on
    first, last = compiled.first, compiled.last
    outside = [
        index
        for index, row in enumerate(rows)
        if row >= 0 and not first[index] <= on[row] <= last[index]
    ]
    if facts.history.has_moments:
        recorded = facts.history.timed_readings.recorded
        # Of other items, readings that were written late are left out already.
        outside += [at for at in compiled.shared if recorded.get(rows[at], 0) > last[at]]
    kept = list(rows)
    for index in outside:
        inside: Sequence[int] = ()
        # If the last reading is before the window, all are.
        if on[rows[index]] >= first[index]:
            inside = counted_rows(facts, index)
        kept[index] = inside[-1] if inside else -1
    return kept


def read_moments(facts: Facts, readings: Readings) -> list[Moment]:
    """Return, by index of a key result, the position of its reading in the order of all entries."""
    compiled, moments = facts.compiled, facts.history.moments
    found = [moments[row] if row >= 0 else NEVER for row in readings.rows]
    # Parts come before derived key results.
    for index, read in readings.made.items():
        found[index] = NEVER
        if read is not None and index in compiled.derived:
            parts = compiled.derived[index].of
            found[index] = max(found[compiled.index_of[part]] for part in parts)
        elif read is not None:
            found[index] = moments[counted_rows(facts, index)[-1]]
    for index in readings.supposed:
        found[index] = (facts.today, len(facts.history.uncorrected))
    return found


def derive(derived: Derived, parts: Sequence[Read | None], unit: Unit | None) -> Read | None:
    """Return the value of a derived key result, given the readings of its parts.

    None if a part is missing, a ratio divides by 0, or the value is too large for a number. The unit is that
    of the derived key result: a ratio is in its parts per whole.
    """
    reads = [read for read in parts if read is not None]
    if len(reads) < len(parts):
        return None
    on = max(day for _, day in reads)
    if derived.how is Aggregation.LATEST:
        return max(reads, key=lambda read: read[1])
    values = [value for value, _ in reads]
    value = (
        _ratio(number_of(values[0]), number_of(values[1]), unit)
        if derived.how is Aggregation.RATIO
        else aggregate(derived.how, values)
    )
    return (value, on) if value is not None and abs(number_of(value)) <= LARGEST else None


def _ratio(numerator: float, denominator: float, unit: Unit | None) -> Reading | None:
    """Return the quotient of two numbers, as a `Ratio` if they may be counts; None if one divides by 0."""
    per = 1.0 if unit is None or unit.whole is None else unit.whole
    if not snap(denominator):
        return None
    value = per * numerator / denominator
    are_counts = denominator > 0 and max(abs(numerator), denominator, abs(value)) <= LARGEST
    return Ratio(numerator, denominator, per=per) if are_counts else value


#: Functions to one of several readings, the first of equal ones.
_CHOICES: Final[Mapping[Aggregation, Any]] = MappingProxyType(
    {Aggregation.MINIMUM: min, Aggregation.MAXIMUM: max}
)


def seen_of(facts: Facts, index: int, read: Read | None) -> Seen:
    """Return all readings of a key result, for rules that need more than the last one.

    A derived key result has no readings of its own: its value is its one reading.

    Args:
        facts: The facts of the day.
        index: Its index.
        read: The value they make; None without one.
    """
    compiled = facts.compiled
    deadline, measure = compiled.last[index], compiled.measures[index]
    how = compiled.aggregations.get(index, Aggregation.LATEST)
    # By check-in periods the last reading of each counts, whatever makes the value of them all.
    aggregation = how if isinstance(measure, EachPeriod) else Aggregation.LATEST
    column = facts.history.readings
    rows = counted_rows(facts, index)
    values: Sequence[Reading | None] = [column.values[row] for row in rows]
    if isinstance(how, Arithmetic) and not isinstance(measure, EachPeriod):
        values = values_of_rows(how, column, rows)
    pairs = zip(rows, values, strict=True)
    series = [(column.on[row], value) for row, value in pairs if value is not None]
    if index in compiled.derived and read is not None:
        series = [(read[1], read[0])]
    reading = ABSENT if read is None else read[0]
    return Seen(
        reading, tuple(series), _periods_planned(facts, index), deadline, facts.today, aggregation
    )


def _periods_planned(facts: Facts, index: int) -> Periods | None:
    """Return the periods of a key result; None without a cycle, or if its result shows later."""
    compiled, home = facts.compiled, facts.compiled.home_of(index)
    first, last, measure = compiled.first[index], compiled.last[index], compiled.measures[index]
    if home.cycle is None or last >= FOREVER:
        return None
    kr = compiled.key_results[index]
    if not isinstance(measure, EachPeriod):
        return Periods.of(first, last, check_in_days(facts.plan, home, kr))
    periods = Periods.each(first, last, measure.every)
    pauses = pauses_in(facts, home.id, kr.id)
    return evolve(periods, left_out=_within(pauses, periods)) if pauses else periods


def _within(pauses: Pauses, periods: Periods) -> AbstractSet[int]:
    """Return the numbers of the periods whose days were all paused."""
    days = map(periods.days_of, range(periods.planned))
    spans = [(date.fromordinal(first - 1), date.fromordinal(last)) for first, last in days]
    return frozenset(n for n, span in enumerate(spans) if not days_between(*span, pauses))


def read_rows(readings: Column[Reading], rows: Sequence[int], how: How) -> Read | None:
    """Return the value of the readings in some rows, dated by the last of them; None without any.

    None for a derived metric, too, if a part has no reading in the rows, or a ratio would divide by 0.
    """
    if not rows:
        return None
    value = value_of(how, [readings.values[row] for row in rows])
    return None if value is None else (value, readings.on[rows[-1]])


def value_of(how: How, values: Sequence[Reading]) -> Reading | None:
    """Return one value of several readings; None if a part of a derived metric makes none."""
    if not isinstance(how, Arithmetic):
        return aggregate(how, values)
    read = reads_of_steps(how, values)[how.steps[-1][0]]
    return None if read is None else read[0]


def reads_of_steps(how: Arithmetic, values: Sequence[Reading]) -> Mapping[str, Read | None]:
    """Return the values of a derived metric and of all below it, each dated by the position of its last reading."""
    by_part: dict[str, list[Reading]] = {}
    last: dict[str, int] = {}
    for at, value in enumerate(values):
        part, read = part_read(value)
        by_part.setdefault(part, []).append(read)
        last[part] = at
    reads: dict[str, Read | None] = {
        id: (aggregate(aggregation, by_part[id]), last[id]) if id in by_part else None
        for id, aggregation in how.parts.items()
    }
    value_of_parts(how, reads)
    return reads


def value_of_parts(how: Arithmetic, reads: dict[str, Read | None]) -> Reading | None:
    """Put the value of each step into `reads`, given those of metrics with readings, and return the last one."""
    for id, derived, unit in how.steps:
        reads[id] = derive(derived, [reads[part] for part in derived.of], unit)
    read = reads[how.steps[-1][0]]
    return None if read is None else read[0]


def aggregate(aggregation: Aggregation, values: Sequence[Reading]) -> Reading:
    """Return one value of several numeric readings.

    Ratios with one `per` are pooled by their counts; otherwise each reading counts as its number.
    """
    if aggregation is Aggregation.LATEST:
        return values[-1]
    if aggregation in _CHOICES:
        chosen: Reading = _CHOICES[aggregation](values, key=number_of)
        return chosen
    ratios = [value for value in values if isinstance(value, Ratio)]
    if len(ratios) == len(values) and len({ratio.per for ratio in ratios}) == 1:
        # 30 of 1,000 and 40 of 500 are 70 of 1,500.
        numerator = fsum(ratio.numerator for ratio in ratios)
        return _share(numerator, fsum(ratio.denominator for ratio in ratios), ratios[0].per)
    total = fsum(map(number_of, values))
    return total if aggregation is Aggregation.SUM else total / len(values)


def _share(numerator: float, denominator: float, per: float) -> Reading:
    """Return the ratio of pooled counts, as a number if they are too large for counts."""
    if max(abs(numerator), denominator) <= LARGEST:
        return Ratio(numerator, denominator, per=per)
    return per * numerator / denominator


def values_of_rows(
    how: How, column: Column[Reading], rows: Sequence[int]
) -> Sequence[Reading | None]:
    """Return the value of the readings up to each row, oldest first; None for rows that make none.

    A derived metric has one value a day, made of all readings of the day, so that it does not matter which part was
    read first. It has none while a part has none.
    """
    values = [column.values[row] for row in rows]
    if not isinstance(how, Arithmetic):
        return aggregate_each(how, values)
    read = [part_read(value) for value in values]
    made = {
        id: iter(aggregate_each(aggregation, [value for part, value in read if part == id]))
        for id, aggregation in how.parts.items()
    }
    reads: dict[str, Read | None] = dict.fromkeys(how.parts)
    found: list[Reading | None] = []
    for at, (part, _) in enumerate(read):
        reads[part] = next(made[part]), at
        is_last = at + 1 == len(rows) or column.on[rows[at]] < column.on[rows[at + 1]]
        found.append(value_of_parts(how, reads) if is_last else None)
    return found


def aggregate_each(aggregation: Aggregation, values: Sequence[Reading]) -> Sequence[Reading]:
    """Return `aggregate` of the readings up to each of them, in one pass.

    Laws: test_readings_make_the_value_of_every_beginning.
    """
    if aggregation is Aggregation.LATEST:
        return values
    if aggregation in _CHOICES:
        choose = _CHOICES[aggregation]
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
    if aggregation is Aggregation.MEAN:
        totals = (total / count for count, total in enumerate(totals, 1))
    return [*shares, *islice(totals, len(ratios), None)]


def counted_rows(facts: Facts, index: int) -> Sequence[int]:
    """Return the rows of the readings of a key result that count on the day, oldest first."""
    compiled, history = facts.compiled, facts.history
    first, last = window_of(facts, index)
    rows = history.readings.rows(compiled.sources[index], first, min(last, facts.today))
    if index not in compiled.shared or not history.has_moments or last >= FOREVER:
        return rows
    return history.timed_readings.written_by(rows, last + facts.grace_of(index))


def window_of(facts: Facts, index: int) -> tuple[int, int]:
    """Return the first and the last day on which readings of a key result count.

    Of those with a moment, only readings up to the deadline count, see `late_readings`.
    """
    compiled = facts.compiled
    first, last = compiled.first[index], compiled.last[index]
    if compiled.ends[compiled.home[index]] >= FOREVER:
        return first, FOREVER
    if last < FOREVER and index not in compiled.shared:
        last += facts.grace_of(index)
    return first, last


def end_of_grace(facts: Facts, index: int) -> int:
    """Return the last day on which final numbers of a key result or objective may be written.

    Without a cycle, or if its result shows later, there is none.
    """
    compiled = facts.compiled
    if compiled.ends[compiled.home[index]] >= FOREVER:
        return FOREVER
    return min(FOREVER, compiled.last[index] + facts.grace_of(index))

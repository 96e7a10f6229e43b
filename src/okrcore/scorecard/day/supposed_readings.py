"""Readings that give supposed scores, for other items that depend on them.

Rules of this file:

1. A supposed score is kept as it is. If the readings of its key result feed derived key results, or are
   those of a metric, a check-in of the day that gives the score counts for all of them.
2. A reading comes from the inverse of a measure if it has one; that it gives the score is checked by an
   evaluation.
3. A supposed score of a key result that continues another one, or is continued, is that of a reading of the
   day too: by the whole way it is another score.
4. Of several scores by readings of one source and day, the reading counts that gives all of them. The order
   in which they are supposed changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import Final, cast

from okrcore._arith import snap
from okrcore.journal import CheckIn
from okrcore.journal.timed_readings import recorded_on
from okrcore.plan import (
    Above,
    Aggregation,
    Anchors,
    Below,
    Between,
    Budget,
    EachPeriod,
    Exactly,
    Measure,
    Ratio,
    Reading,
    Steps,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import LINEAR, change_of
from okrcore.plan.reading import number_of
from okrcore.rulebook import AttainmentRule
from okrcore.scorecard.day.compiled_plan import CompiledPlan
from okrcore.scorecard.day.derived_metrics import Arithmetic
from okrcore.scorecard.day.readings import counted_rows, end_of_grace
from okrcore.scorecard.day.stages import Stages

__all__ = ["check_in_for", "check_ins_along_ways", "check_ins_for", "feeding"]

#: Measures that take numbers.
_NUMERIC: Final = (*LINEAR, Anchors, Exactly, Budget, Steps, Bound)

#: Share of a limit that lies clearly beyond it: edges are met at 12 decimals (library default).
_BEYOND: Final = 1e-9


def feeding(compiled: CompiledPlan) -> frozenset[int]:
    """Return the indexes of key results whose readings feed more than their own score."""
    if not compiled.arithmetic:
        return compiled.shared | compiled.parts_of_derived
    # A derived metric has no reading of its own: a score by it is kept as it is, unless others read it.
    readers = Counter(compiled.sources)
    alone = {at for at, id in enumerate(compiled.sources) if readers[id] == 1}
    made = {at for at, how in compiled.aggregations.items() if isinstance(how, Arithmetic)}
    return (compiled.shared - (alone & made)) | compiled.parts_of_derived


def check_ins_for(stages: Stages, supposed: Iterable[tuple[str, float]]) -> Iterator[CheckIn]:
    """Yield check-ins of the day that give supposed scores, by id, if other items depend on them.

    The stages are those without the suppositions.
    """
    compiled, shared = stages.facts.compiled, feeding(stages.facts.compiled)
    together: dict[tuple[str, int], list[tuple[int, float]]] = {}
    for index, score in sorted((compiled.index_of[id], score) for id, score in supposed):
        if index in shared and stages.counts(index):
            day = min(stages.facts.today, compiled.last[index])
            together.setdefault((compiled.sources[index], day), []).append((index, score))
    for scores in together.values():
        made = (check_in_for(stages, index, score) for index, score in scores)
        entries = [entry for entry in made if entry is not None]
        if len(entries) > 1:
            yield next((each for each in entries if _gives(stages, each, scores)), entries[-1])
        else:
            yield from entries


def check_ins_along_ways(
    stages: Stages, supposed: Iterable[tuple[str, float]]
) -> tuple[list[CheckIn], tuple[tuple[str, float], ...]]:
    """Return check-ins that give supposed scores, by id, of numbers that are carried over; and the other scores.

    The stages are those without the suppositions.
    """
    compiled = stages.facts.compiled
    carried = {each.continues for each in compiled.key_results}
    entries, others = list[CheckIn](), list[tuple[str, float]]()
    for id, score in supposed:
        index, entry = compiled.index_of[id], None
        kr = compiled.key_results[index]
        if (kr.continues is not None or id in carried) and isinstance(kr.measure, _NUMERIC):
            entry = check_in_for(stages, index, score)
        if entry is None:
            others.append((id, score))
        else:
            entries.append(entry)
    return entries, tuple(others)


def _gives(stages: Stages, entry: CheckIn, scores: Iterable[tuple[int, float]]) -> bool:
    """Whether a check-in gives key results some scores, by index."""
    found = stages.with_entries([entry]).scores.values
    return all(snap(found[index]) == snap(score) for index, score in scores)


def check_in_for(stages: Stages, index: int, score: float) -> CheckIn | None:
    """Return a check-in of the day that gives a key result a score; None if there is none.

    It is dated no later than the deadline, since a metric has no days of grace.
    """
    facts, compiled = stages.facts, stages.facts.compiled
    measure, rule = compiled.measures[index], facts.books[index].attainment
    reads = compiled.aggregations.get(index, Aggregation.LATEST)
    if index in compiled.derived or isinstance(reads, Arithmetic):
        return None
    ends = facts.baselines[index], facts.targets[index]
    value = _value_of(measure, rule, ends, score / facts.rescaled.get(index, 1.0))
    if value is None or value != value:  # noqa: PLR0124  # ABSENT without a baseline
        return None
    source, readings = compiled.sources[index], facts.history.readings
    day = min(facts.today, compiled.last[index])
    rows = [row for row in counted_rows(facts, index) if readings.on[row] <= day]
    reading = _completing(reads, [readings.values[row] for row in rows], value)
    if reading is None:
        return None
    on = facts.day.fromordinal(day)
    until = end_of_grace(facts, index)
    timed = [
        entry.recorded
        for entry in facts.history.timed
        if (entry.of, entry.on) == (source, on) and recorded_on(entry) <= until
    ]
    # Of one day, the entry recorded last counts.
    return CheckIn(source, on, reading, recorded=timed[-1] if timed else None)


def _completing(
    aggregation: Aggregation, values: Sequence[Reading], value: float
) -> Reading | None:
    """Return the reading that makes a value together with earlier ones; None if none does."""
    last = values[-1] if values else None
    if aggregation is Aggregation.LATEST:
        if isinstance(last, Ratio):
            return Ratio(value / last.per * last.denominator, last.denominator, per=last.per)
        return value
    if any(isinstance(each, Ratio) for each in values):
        return None
    numbers = [number_of(each) for each in values]
    if aggregation is Aggregation.SUM:
        return value - fsum(numbers)
    if aggregation is Aggregation.MEAN:
        return value * (len(numbers) + 1) - fsum(numbers)
    return value


def _value_of(
    measure: Measure, rule: AttainmentRule, ends: tuple[float, float], progress: float
) -> float | None:
    """Return a value with a progress: the inverse of a measure; None if it has none."""
    if type(measure) in LINEAR:
        change = change_of(measure, ends[0])
        span = ends[1] - ends[0] if change is None else change
        return ends[1] if progress == 1 else ends[0] + progress * span
    if isinstance(measure, Anchors):
        return measure.value_of(progress)
    if isinstance(measure, Exactly):
        return measure.target - (1 - progress) * (measure.target - measure.baseline)
    if isinstance(measure, Budget):
        return measure.limit * (1 + (1 - progress) * (rule.budget_zero_at - 1))
    if isinstance(measure, Steps):
        edges = (edge for edge, score in measure.steps if score == progress)
        edge = next(edges, None)
        return None if edge is None else _held(edge)
    if isinstance(measure, EachPeriod):
        return None  # one reading is of one period
    # Only bounds are left of the measures that take numbers.
    return _held(cast("Bound", measure)) if progress == 1 else None


def _held(bound: Bound) -> float:
    """Return a value within a bound, at its limit or clearly beyond it."""
    if isinstance(bound, Between):
        return bound.low
    beyond = _BEYOND * max(1.0, abs(bound.stated_limit()))
    if isinstance(bound, Above):
        return bound.stated_limit() + beyond
    return bound.stated_limit() - beyond if isinstance(bound, Below) else bound.stated_limit()

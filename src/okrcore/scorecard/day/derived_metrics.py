"""Derived metrics: the arithmetic by which readings of their parts make their value.

Rule of this file: the value of a window of days is made of the values that the parts have in that window, each by
its own aggregation; see `metric_rows` for their readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from types import MappingProxyType
from typing import Any, TypeAlias, cast, final

from attrs import evolve, frozen

from okrcore._memo import once
from okrcore.plan import Aggregation, Derived, Metric, Plan, Reading, Unit
from okrcore.plan.effective_units import unit_of

__all__ = [
    "Arithmetic",
    "How",
    "arithmetic_of",
    "derived_parts",
    "how_of",
    "is_total",
    "of_part",
    "part_read",
    "read_ids",
    "rhythm_of",
]


@final
@frozen(eq=False)
class Arithmetic:
    """Way from the readings of its parts to the value of a derived metric.

    Args:
        parts: Aggregation of each metric with readings of its own, by id.
        steps: Derived metrics with their unit, parts before those derived from them; the last one is the metric.
    """

    parts: Mapping[str, Aggregation]
    steps: Sequence[tuple[str, Derived, Unit | None]]

    def ids(self) -> Iterator[str]:
        """Yield the ids of the metric and of all below it."""
        yield from self.parts
        yield from (id for id, *_ in self.steps)

    @property
    def is_level(self) -> bool:
        """Whether the last reading of each part makes the value."""
        return set(self.parts.values()) == {Aggregation.LATEST}

    def of_last(self) -> Arithmetic:
        """Return the same by the last reading of each part."""
        return evolve(self, parts=dict.fromkeys(self.parts, Aggregation.LATEST))


#: How the readings of a metric become its value.
How: TypeAlias = Aggregation | Arithmetic


def arithmetic_of(plan: Plan) -> Mapping[str, Arithmetic]:
    """Return the arithmetic of each derived metric of a plan, by id; `once(plan, arithmetic_of)` keeps it."""
    derived = {each.id: each for each in plan.metrics if each.derived is not None}
    links = {id: each.derived.of for id, each in derived.items() if each.derived is not None}
    found: dict[str, Arithmetic] = {}
    for id in TopologicalSorter(links).static_order():
        if id in derived:
            found[id] = _arithmetic(plan, derived[id], found)
    return MappingProxyType(found)


def _arithmetic(plan: Plan, metric: Metric, found: Mapping[str, Arithmetic]) -> Arithmetic:
    derived = cast("Derived", metric.derived)
    parts: dict[str, Aggregation] = {}
    steps: dict[str, tuple[str, Derived, Unit | None]] = {}
    for id in derived.of:
        if id in found:
            parts.update(found[id].parts)
            steps.update((step[0], step) for step in found[id].steps)
        else:
            parts[id] = plan.metric(id).aggregation
    own = metric.id, derived, unit_of(plan.items, metric)
    return Arithmetic(MappingProxyType(parts), (*steps.values(), own))


def how_of(plan: Plan, metric: str) -> How:
    """Return the aggregation of the readings of a metric, or the arithmetic of a derived one."""
    derived = once(plan, arithmetic_of).get(metric)
    return plan.metric(metric).aggregation if derived is None else derived


def of_part(row: Any) -> Any:
    """Return a record of a row of a derived metric, with `of` and `reading`, as that of the part."""
    of, reading = part_read(row.reading)
    return evolve(row, of=of, reading=reading)


def rhythm_of(plan: Plan, metric: Metric) -> int | None:
    """Return the days from one measurement of a metric to the next; None if it follows those that read it.

    A derived metric without a rhythm of its own has the quickest of its parts, if each part has one.
    """
    derived = once(plan, arithmetic_of).get(metric.id)
    if metric.check_in_days is not None or derived is None:
        return metric.check_in_days
    days = [plan.metric(id).check_in_days for id in derived.parts]
    return None if None in days else min(filter(None, days))


def read_ids(plan: Plan, source: str) -> Iterable[str]:
    """Return the ids whose readings make the value of a source: of a derived metric its parts, else itself.

    A source is a metric, or an item that reads none.
    """
    derived = once(plan, arithmetic_of).get(source)
    return (source,) if derived is None else derived.parts.keys()


def derived_parts(plan: Plan, metric: str) -> Iterable[str]:
    """Return the ids of all metrics below a derived one; none below another."""
    derived = once(plan, arithmetic_of).get(metric)
    return () if derived is None else [id for id in derived.ids() if id != metric]


def is_total(plan: Plan, metric: str) -> bool:
    """Return whether the value of a metric starts anew in each cycle: a sum, or made of sums without being a ratio."""
    derived = once(plan, arithmetic_of).get(metric)
    if derived is None:
        return plan.metric(metric).aggregation is Aggregation.SUM
    is_ratio = derived.steps[-1][1].how is Aggregation.RATIO
    return Aggregation.SUM in derived.parts.values() and not is_ratio


def part_read(reading: Reading) -> tuple[str, Reading]:
    """Return the part and the reading of a row of a derived metric."""
    ((part, value),) = cast("tuple[tuple[str, Reading]]", reading)
    return part, value

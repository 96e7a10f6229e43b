"""Shares beside numbers: the number that a `Ratio` is in the unit of its item.

Rules of this file:

1. In a unit of parts a share is a number of parts: 30 of 50 is 60 beside a target of 20%. In any other
   unit it is the number of its own `per`.
2. Without a unit, a share of 1 is no reading of an item whose title is in percent and whose numbers all
   lie beyond 1: it would be 0.6 beside 20. The same holds for items that take their value from that reading,
   by a metric or derivation. With any other title the meaning of the numbers is unknown, and a share is a
   number like any other.
3. In a metric that totals or averages its readings all are shares of one kind, or none is: shares pool by
   their counts, numbers add up, and the two give different results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from attrs import evolve

from okrcore._figures import Figure
from okrcore._memo import once
from okrcore.journal.entries import CheckIn
from okrcore.journal.history import History
from okrcore.journal.journal import Journal, history_of, reread
from okrcore.plan import (
    Aggregation,
    Compound,
    Guardrail,
    KeyResult,
    Metric,
    Plan,
    Ratio,
    Reading,
    Unit,
)
from okrcore.plan.item import Item
from okrcore.plan.measures import is_in_percent, least_number
from okrcore.words.reason import Reason

__all__ = ["as_read", "form_of", "in_unit", "in_units", "pooled", "share_misfit"]


#: Aggregations of all readings, so that the form of each matters.
_POOLING: Final = frozenset({Aggregation.SUM, Aggregation.MEAN})
#: Item that reads a share.
_Reader: TypeAlias = KeyResult | Guardrail | Metric
#: By id of a metric or key result, the items that take their value from its readings.
_Takers: TypeAlias = Mapping[str, Sequence[_Reader]]


# --- a share in its unit -----------------------------------------------------------------------


def in_units(plan: Plan, journal: Journal) -> Journal:
    """Return the journal with each share in the unit of its item; the same journal if nothing changes."""
    history = once(journal, history_of)
    if not history.has_words:
        return journal
    wholes = once(plan, _wholes)
    if history.joins:
        wholes = {**_wholes_of_joined(history), **wholes}
    if not wholes:
        return journal
    return reread(journal, lambda of, value: in_unit(value, wholes.get(of)))


def as_read(plan: Plan, entry: CheckIn) -> CheckIn:
    """Return a check-in with its share in the unit of its item; the same one if nothing changes."""
    if type(entry.value) is float or entry.value is None:
        return entry
    value = in_unit(entry.value, once(plan, _wholes).get(entry.of))
    return entry if value is entry.value else evolve(entry, value=value)


def in_unit(reading: Reading, whole: float | None) -> Reading:
    """Return a reading with shares in parts of a whole; the same one if `whole` is None."""
    if whole is None:
        return reading
    if isinstance(reading, Ratio):
        return evolve(reading, per=whole)
    if isinstance(reading, tuple) and any(isinstance(part, tuple) for part in reading):
        parts = cast("tuple[tuple[str, float | bool | Ratio], ...]", reading)
        return tuple((name, cast("Ratio", in_unit(value, whole))) for name, value in parts)
    return reading


def _wholes(plan: Plan) -> Mapping[str, float]:
    """Return the parts of a whole by the id of the checked-in item, if its unit is one of parts."""
    pairs = ((id, unit.whole) for id, unit in _units(plan) if unit is not None)
    # The unit of a metric comes last: it governs if an item that reads it has another.
    return MappingProxyType({id: whole for id, whole in pairs if whole is not None})


def _wholes_of_joined(history: History) -> Mapping[str, float]:
    """Return the same of items that joined the plan by an adjustment."""
    records = (record for joins in history.joins.values() for _, record in joins)
    read = [each for each in records if isinstance(each, (KeyResult, Guardrail, Metric))]
    # The unit of a metric comes last: it governs if an item that reads it has another.
    read.sort(key=lambda each: isinstance(each, Metric))
    pairs = ((getattr(each, "metric", None) or each.id, each.unit) for each in read)
    return {id: unit.whole for id, unit in pairs if unit is not None and unit.whole is not None}


def _units(plan: Plan) -> Iterator[tuple[str, Unit | None]]:
    stated = {metric.id for metric in plan.metrics if metric.unit is not None}
    for objective in plan.objectives:
        items: tuple[KeyResult | Guardrail, ...] = (
            *objective.own_key_results,
            *objective.guardrails,
        )
        for item in items:
            if item.metric not in stated:
                yield item.metric or item.id, item.unit
    for metric in plan.metrics:
        yield metric.id, metric.unit


# --- misfits -----------------------------------------------------------------------------------


def share_misfit(plan: Plan, item: Item, reading: Reading) -> Reason | None:
    """Return the hint if a share of 1 is no reading of an item in percent without a unit; else None.

    Args:
        plan: The plan.
        item: The item, adjusted as of the day.
        reading: The reading.
    """
    if not isinstance(item, (KeyResult, Guardrail, Metric)) or item.unit is not None:
        return None
    if item.id in once(plan, _wholes):
        return None
    if item.id not in once(plan, _takers) and not is_in_percent(item.title):
        return None  # Nearly all items: without this line 100,000 shares take 0.15 s more.
    for share, titled, taker, measure in _comparisons(plan, item, reading):
        least = least_number(measure)
        if share.per == 1 and 0 < share.value <= 1 < least:
            ratio = f"Ratio({share.numerator:g}, {share.denominator:g}, per=100)"
            return _hint_at_percent(item, titled, taker, least=Figure(f"{least:g}"), ratio=ratio)
    return None


def _hint_at_percent(item: _Reader, titled: _Reader, taker: _Reader, **values: str) -> Reason:
    if taker is item:
        return Reason("hint/share-read-here", **values)
    if titled is item:
        return Reason("hint/share-read-by", taker=taker.id, **values)
    if titled is taker:
        return Reason("hint/share-read-by-titled", taker=taker.id, **values)
    return Reason("hint/share-read-below-titled", titled=titled.id, taker=taker.id, **values)


def _comparisons(
    plan: Plan, item: _Reader, reading: Reading
) -> Iterator[tuple[Ratio, _Reader, _Reader, Any]]:
    """Yield each share in a reading, with the item in percent, the item that compares it, and its measure."""
    if isinstance(reading, Ratio):
        for titled, taker in _in_percent(plan, item):
            yield reading, titled, taker, _measure_of(taker)
    elif isinstance(item, KeyResult) and isinstance(item.measure, Compound):
        parts = dict(item.measure.parts)
        for name, value in cast("tuple[tuple[str, Any], ...]", reading):
            if isinstance(value, Ratio) and is_in_percent(item.title):
                yield value, item, item, parts[name]


def _in_percent(plan: Plan, item: _Reader) -> Iterator[tuple[_Reader, _Reader]]:
    """Yield the items that take their value from an item, itself first, if in percent and without a unit.

    Before each is the item whose title is in percent: itself, or the nearest that it takes its value from.
    """
    takers = once(plan, _takers)
    waiting: list[tuple[_Reader, _Reader | None]] = [(item, _titled(item, None))]
    seen = set[tuple[str, str | None]]()  # a part of several parts of one sum is found again
    while waiting:
        taker, titled = waiting.pop()
        key = (taker.id, None if titled is None else titled.id)
        if key in seen:
            continue
        seen.add(key)
        if titled is not None:
            yield titled, taker
        waiting += [
            (each, _titled(each, titled)) for each in takers.get(taker.id, ()) if each.unit is None
        ]


def _titled(item: _Reader, before: _Reader | None) -> _Reader | None:
    return item if is_in_percent(item.title) else before


def _measure_of(item: _Reader) -> Any:
    if isinstance(item, KeyResult):
        return item.measure
    return item.bound if isinstance(item, Guardrail) else item.health


def _takers(plan: Plan) -> _Takers:
    takers: dict[str, list[_Reader]] = {}
    columns = plan.columns
    for at, read in columns.with_metric.items():
        takers.setdefault(read, []).append(columns.key_results[at])
    for at, derived in columns.with_derivation.items():
        # A ratio is another number than its parts.
        for id in () if derived.how is Aggregation.RATIO else derived.of:
            takers.setdefault(id, []).append(columns.key_results[at])
    for metric in plan.metrics:
        if metric.derived is not None and metric.derived.how is not Aggregation.RATIO:
            for id in metric.derived.of:
                takers.setdefault(id, []).append(metric)
    for number in columns.with_references:
        for guardrail in plan.objectives[number].guardrails:
            if guardrail.metric is not None:
                takers.setdefault(guardrail.metric, []).append(guardrail)
    return MappingProxyType({id: tuple(found) for id, found in takers.items()})


# --- forms of pooled readings ------------------------------------------------------------------


def pooled(plan: Plan) -> Iterable[str]:
    """Return the ids of the metrics that total or average their readings."""
    return [metric.id for metric in plan.metrics if metric.aggregation in _POOLING]


def form_of(plan: Plan, id: str, reading: Reading) -> float | None:
    """Return the form of a metric's reading: the base of a share, or None for a plain number."""
    if not isinstance(reading, Ratio):
        return None
    return once(plan, _wholes).get(id, reading.per)

"""Shares beside numbers: the number that a `Ratio` is in the unit of its item.

Rules of this file:

1. In a unit of parts a share is so many of them: 30 of 50 is 60 beside a target of 20%. In any other unit
   it is the number it is made for, by its `per`.
2. Without a unit, a share of 1 is no reading of an item whose title is in percent and whose numbers all
   lie beyond 1: it would be 0.6 beside 20. In any other title nothing says what the numbers are, and it is
   a number like any other.
3. Of a metric that totals or averages its readings all are shares of one kind, or none is: shares pool by
   their counts, numbers add up, and the two give different results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from attrs import evolve

from okrcore.journal.entries import CheckIn
from okrcore.journal.journal import Journal, history_of, reread
from okrcore.plan import (
    Anchors,
    Compound,
    Guardrail,
    KeyResult,
    Metric,
    Plan,
    Ratio,
    Reading,
    Reads,
    Steps,
    Unit,
)
from okrcore.plan.item import Item
from okrcore.plan.plan import compiled_with

__all__ = ["as_read", "form_of", "in_unit", "in_units", "pooled", "share_misfit"]

#: What metrics make one value of, so that the form of each reading matters.
_POOLING: Final = frozenset({Reads.TOTAL, Reads.MEAN})
_IN_PERCENT: Final = re.compile(r"%|\bper ?cent\b|\bpct\b", re.IGNORECASE)
_EDGES: Final = ("baseline", "target", "change", "limit", "low", "high")
#: By id of a metric, the unit and the measure or bound of each item that reads it.
_Readers: TypeAlias = Mapping[str, list[tuple[Unit | None, Any]]]


# --- a share in its unit -----------------------------------------------------------------------


def in_units(plan: Plan, journal: Journal) -> Journal:
    """Return the journal with each share in the unit of its item; the same journal if nothing changes.

    Args:
        plan: The plan.
        journal: The journal.
    """
    if not history_of(journal).has_words:
        return journal
    wholes = _wholes(plan)
    if not wholes:
        return journal
    return reread(journal, lambda of, value: in_unit(value, wholes.get(of)))


def as_read(plan: Plan, entry: CheckIn) -> CheckIn:
    """Return a check-in with its share in the unit of its item; the same one if nothing changes."""
    if type(entry.value) is float or entry.value is None:
        return entry
    value = in_unit(entry.value, _wholes(plan).get(entry.of))
    return entry if value is entry.value else evolve(entry, value=value)


def in_unit(reading: Reading, whole: float | None) -> Reading:
    """Return a reading, shares in parts of a whole; the same one without a whole.

    Args:
        reading: The reading.
        whole: How many parts a whole is.
    """
    if whole is None:
        return reading
    if isinstance(reading, Ratio):
        return evolve(reading, per=whole)
    if isinstance(reading, tuple) and any(isinstance(part, tuple) for part in reading):
        parts = cast("tuple[tuple[str, float | bool | Ratio], ...]", reading)
        return tuple((name, cast("Ratio", in_unit(value, whole))) for name, value in parts)
    return reading


def _wholes(plan: Plan) -> Mapping[str, float]:
    """Return how many parts a whole is, by the id of what is checked in; of what is read in parts."""
    found: Mapping[str, float] | None = compiled_with(plan).get("wholes")
    if found is None:
        pairs = ((id, unit.whole) for id, unit in _units(plan) if unit is not None)
        # The unit of a metric comes last: it governs where that of an item that reads it differs.
        wholes = {id: whole for id, whole in pairs if whole is not None}
        found = compiled_with(plan)["wholes"] = MappingProxyType(wholes)
    return found


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


# --- what is no reading of it ------------------------------------------------------------------


def share_misfit(plan: Plan, item: Item, reading: Reading) -> str:
    """Return the way out if a share of 1 is no reading of an item in percent without a unit; empty if it is.

    Args:
        plan: The plan.
        item: The item, as it stands on the day.
        reading: The reading.
    """
    if not isinstance(item, (KeyResult, Guardrail, Metric)) or item.unit is not None:
        return ""
    if item.id in _wholes(plan) or not _IN_PERCENT.search(item.title):
        return ""
    for share, measure in _shares_with_measures(plan, item, reading):
        if share.per == 1 and 0 < share.value <= 1:
            edges = [abs(edge) for edge in _edges_of(measure) if edge]
            if edges and min(edges) > 1:
                counts = f"{share.numerator:g}, {share.denominator:g}"
                return (
                    f"its title is in percent and its numbers begin at {min(edges):g}: give it the unit"
                    f' "%", or write Ratio({counts}, per=100)'
                )
    return ""


def _shares_with_measures(
    plan: Plan, item: KeyResult | Guardrail | Metric, reading: Reading
) -> Iterator[tuple[Ratio, Any]]:
    if isinstance(reading, Ratio):
        for measure in _measures_of(plan, item):
            yield reading, measure
    elif isinstance(item, KeyResult) and isinstance(item.measure, Compound):
        parts = dict(item.measure.parts)
        for name, value in cast("tuple[tuple[str, Any], ...]", reading):
            if isinstance(value, Ratio):
                yield value, parts[name]


def _measures_of(plan: Plan, item: KeyResult | Guardrail | Metric) -> Iterable[Any]:
    if isinstance(item, KeyResult):
        return (item.measure,)
    if isinstance(item, Guardrail):
        return (item.bound,)
    readers = _readers(plan).get(item.id, [])
    return (item.health, *(measure for unit, measure in readers if unit is None))


def _readers(plan: Plan) -> _Readers:
    found: _Readers | None = compiled_with(plan).get("readers")
    if found is None:
        readers: dict[str, list[tuple[Unit | None, Any]]] = {}
        for objective in plan.objectives:
            for kr in objective.own_key_results:
                if kr.metric is not None:
                    readers.setdefault(kr.metric, []).append((kr.unit, kr.measure))
            for guardrail in objective.guardrails:
                if guardrail.metric is not None:
                    readers.setdefault(guardrail.metric, []).append(
                        (guardrail.unit, guardrail.bound)
                    )
        found = compiled_with(plan)["readers"] = MappingProxyType(readers)
    return found


def _edges_of(measure: Any) -> list[float]:
    """Return the numbers that a measure compares readings with."""
    if isinstance(measure, Anchors):
        return [value for _, value in measure.knots]
    if isinstance(measure, Steps):
        return [edge.limit for edge, _ in measure.steps if edge is not None]
    stated = (getattr(measure, name, None) for name in _EDGES)
    return [edge for edge in stated if edge is not None]


# --- one form for all that makes a value -------------------------------------------------------


def pooled(plan: Plan) -> Iterable[str]:
    """Return the ids of the metrics that total or average their readings."""
    return [metric.id for metric in plan.metrics if metric.reads in _POOLING]


def form_of(plan: Plan, id: str, reading: Reading) -> float | None:
    """Return the form in which a metric is read: what a share is a number per, or None for a plain number."""
    if not isinstance(reading, Ratio):
        return None
    return _wholes(plan).get(id, reading.per)

"""Links between metrics: those that one is derived from, and those that it drives.

Rules of this file:

1. Both are references to metrics of the plan, without circles.
2. Parts of a derived metric have one unit, but for a ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan.cascade import find_circle
from okrcore.plan.effective_units import unit_of
from okrcore.plan.item import Hint, Item, refusal
from okrcore.plan.key_result import KeyResult
from okrcore.plan.measures import Measure, is_in_percent, least_number
from okrcore.plan.metrics import Guardrail, Metric
from okrcore.plan.reading import Aggregation

__all__ = [
    "circles",
    "dead_links",
    "linked_to",
    "made_of",
    "named_by",
    "shares_beside_percent",
    "unit_misfits",
]

_Faults: TypeAlias = Iterator[tuple[Item, InconsistentPlanError]]
_WAYS_OUT: Final = {
    "derived": "derive from metrics with readings of their own",
    "drives": "take one of these links out",
}


def named_by(metric: Metric) -> Iterator[tuple[str, str]]:
    """Yield the fields in which a metric names others, each with the id."""
    if metric.derived is not None:
        yield from ((f"derived.of[{n}]", id) for n, id in enumerate(metric.derived.of))
    yield from ((f"drives[{n}]", id) for n, id in enumerate(metric.drives))


def linked_to(metrics: Sequence[Metric], ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of metrics, of all that they are derived from, and of all that these drive."""
    return _reached(metrics, ids, lambda metric: [id for _, id in named_by(metric)])


def made_of(metrics: Sequence[Metric], ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of metrics, and of all that they are derived from; other ids are left out."""
    return _reached(metrics, ids, lambda metric: metric.derived.of if metric.derived else ())


def _reached(
    metrics: Sequence[Metric], ids: Iterable[str], step: Callable[[Metric], Iterable[str]]
) -> frozenset[str]:
    known = {metric.id: metric for metric in metrics}
    waiting = [id for id in ids if id in known]
    found = set[str]()
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += step(known[id])
    return frozenset(found)


def dead_links(metrics: Sequence[Metric], items: Mapping[str, Item], suggest: Hint) -> _Faults:
    """Yield each metric that names an id which is no metric of the plan."""
    for metric in metrics:
        for field, id in named_by(metric):
            if not isinstance(items.get(id), Metric):
                path, hint = path_of(metric, field), "name a metric"
                yield metric, refusal(items, path, id, hint, suggest)


def circles(metrics: Sequence[Metric], items: Mapping[str, Item]) -> _Faults:
    """Yield the first metric of a circle of derivations, and of one of drivers, with its path."""
    links = {
        "derived": {m.id: m.derived.of if m.derived is not None else () for m in metrics},
        "drives": {m.id: m.drives for m in metrics},
    }
    for field, above in links.items():
        circle = find_circle(above)
        if circle:
            metric = items[circle[0]]
            path, hint = path_of(metric, field), _WAYS_OUT[field]
            yield metric, InconsistentPlanError("circle", path, " -> ".join(circle), hint)


def unit_misfits(metrics: Sequence[Metric], items: Mapping[str, Item]) -> _Faults:
    """Yield each derived metric whose parts, or itself, have several units; a ratio may."""
    for metric in metrics:
        if metric.derived is None or metric.derived.how is Aggregation.RATIO:
            continue
        units = {str(unit_of(items, items[id])) for id in metric.derived.of}
        if metric.unit is not None:
            units.add(str(metric.unit))
        if len(units) > 1:
            found = ", ".join(sorted(units))
            path, hint = (
                path_of(metric, "derived"),
                "give its parts one unit, and leave out its own",
            )
            yield metric, InconsistentPlanError("unit-mismatch", path, found, hint)


def shares_beside_percent(
    metrics: Sequence[Metric], items: Mapping[str, Item], readers: Iterable[KeyResult | Guardrail]
) -> _Faults:
    """Yield each ratio without a unit, so a share of 1, that is read in percent by itself or by a reader."""
    ratios = {
        m.id: m
        for m in metrics
        if m.derived is not None
        and m.derived.how is Aggregation.RATIO
        and m.unit is None
        and not _is_percent(items, items[m.derived.of[0]])
    }
    takers: list[tuple[Metric, KeyResult | Guardrail | Metric, Measure]] = [
        (m, m, m.health) for m in ratios.values() if m.health is not None
    ]
    for item in readers if ratios else ():
        if item.metric in ratios and item.unit is None:
            measure = item.measure if isinstance(item, KeyResult) else item.bound
            takers.append((ratios[item.metric], item, measure))
    for metric, taker, measure in takers:
        least = least_number(measure)
        if least > 1 and (is_in_percent(metric.title) or is_in_percent(taker.title)):
            hint = (
                f"{taker.id!r} reads it in percent, from {least:g}, and without a unit a ratio is a share of 1:"
                ' give it the unit "%"'
            )
            yield (
                metric,
                InconsistentPlanError("unit-mismatch", path_of(metric, "unit"), None, hint),
            )


def _is_percent(items: Mapping[str, Item], item: Item) -> bool:
    unit = unit_of(items, item)
    return is_in_percent(item.title) or (unit is not None and unit.whole is not None)

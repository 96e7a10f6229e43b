"""Metrics of a plan, and the items that read them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from okrcore.plan import (
    Aggregation,
    Derived,
    Guardrail,
    KeyResult,
    Metric,
    Place,
    Unit,
)
from okrcore.plan.effective_units import unit_of
from okrcore.plan.measures import takes_numbers
from okrcore.plan.metrics import Measurement
from okrcore.testing.limits import growths, watched_bounds
from okrcore.testing.values import Strategy, attributes, optionals, people, records, titles, units

__all__ = ["linked_metrics", "metrics", "reading", "reading_some"]

_ReaderT = TypeVar("_ReaderT", KeyResult, Guardrail)
_IDS: Final = ("nps", "churn")
_MADE: Final = "made"

#: Optional fields, by `described`.
_COUNTING: Final = MappingProxyType(
    {
        "aggregation": st.sampled_from(Aggregation).filter(Aggregation.RATIO.__ne__),
        "health": watched_bounds(),
        "check_in_days": st.sampled_from([1, 7, 30]),
    }
)
_OPTIONS: Final = MappingProxyType(
    {
        False: optionals(_COUNTING),
        True: optionals(
            {
                **_COUNTING,
                "title": titles(),
                "owner": people(),
                "unit": units(),
                "definition": titles(),
                "attributes": attributes(),
                "growth": growths(),
                "measurement": records(Measurement),
                "place": records(Place),
            }
        ),
    }
)


@st.composite
def metrics(draw: st.DrawFn, *, id: str = "nps", described: bool = True) -> Metric:
    """Return metrics, with and without a bound of health.

    Args:
        id: Id of each.
        described: Whether titles, owners, units, places and definitions are drawn too; they move no number.
    """
    more = draw(_OPTIONS[described])
    return Metric(id, more.pop("title", "A title"), **more)


@st.composite
def linked_metrics(draw: st.DrawFn, metric: Strategy[Metric]) -> dict[str, Metric]:
    """Return metrics of a plan by id; of those with two or more every third has a derived one and drivers."""
    ids = _IDS[: draw(st.integers(0, len(_IDS)))]
    own = {id: evolve(draw(metric), id=id, derived=None, drives=()) for id in ids}
    if len(own) < 2 or draw(st.integers(0, 2)) < 2:
        return own
    made = evolve(draw(metric), id=_MADE, aggregation=Aggregation.LATEST, drives=())
    first, second = own.values()
    own[first.id] = evolve(first, drives=draw(st.sampled_from([(), (second.id,), (_MADE,)])))
    derived = draw(_derivations(own))
    # Without a unit a ratio may not be read in percent.
    unit = Unit("%") if derived.how is Aggregation.RATIO else None
    return {**own, _MADE: evolve(made, derived=derived, unit=unit)}


@st.composite
def _derivations(draw: st.DrawFn, metrics: Mapping[str, Metric]) -> Derived:
    """Return derivations from one or two metrics; if their units differ, a ratio or of one alone."""
    of = draw(st.permutations([*metrics]))
    how = draw(st.sampled_from(Aggregation))
    if how is Aggregation.RATIO:
        return Derived(how, of)
    is_one = len({str(metric.unit) for metric in metrics.values()}) > 1 or draw(st.booleans())
    return Derived(how, of[:1] if is_one else of)


def reading(item: _ReaderT, metric: str | None, metrics: Mapping[str, Metric]) -> _ReaderT:
    """Return an item that reads a metric, without its own unit if the metric has one; None reads none."""
    read = evolve(item, metric=metric, unit=None)
    return read if unit_of(metrics, read) is not None else evolve(read, unit=item.unit)


@st.composite
def reading_some(draw: st.DrawFn, kr: KeyResult, metrics: Mapping[str, Metric]) -> KeyResult:
    """Return a key result that reads a metric or none; without numbers it reads none."""
    has_rhythm = kr.timing is not None and kr.timing.check_in_days is not None
    if not metrics or has_rhythm or not takes_numbers(type(kr.measure)) or not draw(st.booleans()):
        return evolve(kr, metric=None)
    return reading(kr, draw(st.sampled_from([*metrics])), metrics)

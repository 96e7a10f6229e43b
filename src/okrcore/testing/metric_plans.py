"""Metrics of a plan, and the items that read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from okrcore.plan import Guardrail, KeyResult, Metric
from okrcore.plan.effective_units import unit_of
from okrcore.plan.measures import takes_numbers
from okrcore.testing.values import Strategy

__all__ = ["linked_metrics", "reading", "reading_some"]

_ReaderT = TypeVar("_ReaderT", KeyResult, Guardrail)
_IDS: Final = ("nps", "churn")


@st.composite
def linked_metrics(draw: st.DrawFn, metric: Strategy[Metric]) -> dict[str, Metric]:
    """Return metrics of a plan by id, none to all."""
    ids = _IDS[: draw(st.integers(0, len(_IDS)))]
    return {id: evolve(draw(metric), id=id) for id in ids}


def reading(item: _ReaderT, metric: str | None, metrics: Mapping[str, Metric]) -> _ReaderT:
    """Return an item that reads a metric, without its own unit if the metric has one; None reads none."""
    read = evolve(item, metric=metric, unit=None)
    return read if unit_of(metrics, read) is not None else evolve(read, unit=item.unit)


@st.composite
def reading_some(draw: st.DrawFn, kr: KeyResult, metrics: Mapping[str, Metric]) -> KeyResult:
    """Return a key result that reads a metric or none; without numbers it reads none."""
    if not metrics or not takes_numbers(type(kr.measure)) or not draw(st.booleans()):
        return evolve(kr, metric=None)
    return reading(kr, draw(st.sampled_from([*metrics])), metrics)

"""Priorities, and objectives that serve them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from okrcore.calendar import Cadence, Cycle, Period
from okrcore.plan import Metric, Objective, Place, Priority, Threshold
from okrcore.testing.measure_strategies import bounds
from okrcore.testing.values import CYCLE, Strategy, attributes, optionals, people, records, titles

__all__ = ["placed", "priorities", "serving", "thresholds"]

#: Ids of drawn priorities.
_IDS = ("p0", "p1")
#: Periods that end before, in and after the drawn histories.
_PERIODS = [
    Period(CYCLE.start.replace(year=2024), CYCLE.start),
    Period(CYCLE.start.replace(year=2025), CYCLE.end),
    Cycle.starting(CYCLE.start.replace(month=1), Cadence.ANNUAL),
]


def thresholds(metrics: Sequence[str]) -> Strategy[list[Threshold]]:
    """Return thresholds of some metrics.

    Args:
        metrics: Ids of the metrics.
    """
    if not metrics:
        return st.just([])
    drawn = st.builds(Threshold, st.sampled_from(metrics), bounds())
    return st.lists(drawn, max_size=2, unique_by=lambda one: one.metric)


@st.composite
def priorities(
    draw: st.DrawFn, *, id: str = "p0", metrics: Sequence[str] = (), described: bool = True
) -> Priority:
    """Return priorities with thresholds of metrics.

    Args:
        id: Id of each.
        metrics: Ids of the metrics that a plan has.
        described: Whether titles, owners and attributes are drawn too.
    """
    choices: dict[str, Strategy[Any]] = {
        "metrics": thresholds(metrics),
        "period": st.sampled_from(_PERIODS),
    }
    if described:
        choices |= {"title": titles(), "owner": people(), "attributes": attributes()}
    more = draw(optionals(choices))
    return Priority(id, more.pop("title", "A title"), **more)


@st.composite
def serving(
    draw: st.DrawFn, objectives: Sequence[Objective], metrics: Sequence[str], *, wide: bool = False
) -> tuple[list[Objective], list[Priority]]:
    """Return objectives, some of which serve priorities, and these priorities.

    Args:
        objectives: The objectives.
        metrics: Ids of the metrics of their plan.
        wide: Whether fields have any value, as in `records`.
    """
    ids = _IDS[: draw(st.integers(0, len(_IDS)))]
    served = [
        _served(each, draw(st.sampled_from([None, *ids])) if ids else None) for each in objectives
    ]
    if not wide:
        return served, [draw(priorities(id=id, metrics=metrics)) for id in ids]
    drawn = [draw(records(Priority, wide=True)) for _ in ids]
    return served, [
        evolve(each, id=id, metrics=draw(thresholds(metrics)))
        for id, each in zip(ids, drawn, strict=True)
    ]


def placed(metric: Metric, priorities: Sequence[Priority]) -> Metric:
    """Return a metric; if it has a place, it serves the first of some priorities, or none."""
    if metric.place is None:
        return metric
    first = next((each.id for each in priorities), None)
    return evolve(metric, place=evolve(metric.place, priority=first))


def _served(objective: Objective, priority: str | None) -> Objective:
    place = objective.place
    if priority is None and (place is None or place.priority is None):
        return objective
    return evolve(objective, place=evolve(place or Place(), priority=priority))

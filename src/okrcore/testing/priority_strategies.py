"""Priorities, and objectives and metrics that serve them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from okrcore.calendar import Cadence, Cycle, Period
from okrcore.plan import Metric, Objective, Place, Priority, Threshold
from okrcore.testing.measure_strategies import bounds
from okrcore.testing.values import CYCLE, Strategy, attributes, optionals, people, records, titles

__all__ = ["priorities", "serving", "thresholds"]

_PlacedT = TypeVar("_PlacedT", Objective, Metric)

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
    draw: st.DrawFn,
    objectives: Sequence[Objective],
    metrics: Sequence[Metric],
    *,
    wide: bool = False,
) -> tuple[list[Objective], list[Metric], list[Priority]]:
    """Return objectives and metrics, some of which serve priorities, and these priorities.

    Args:
        objectives: The objectives.
        metrics: The metrics of their plan.
        wide: Whether fields have any value, as in `records`.
    """
    ids, read = _IDS[: draw(st.integers(0, len(_IDS)))], [metric.id for metric in metrics]
    one = st.sampled_from([None, *ids]) if ids else st.none()
    goals = [_served(each, draw(one)) for each in objectives]
    watched = [_served(each, draw(one)) for each in metrics]
    if not wide:
        return goals, watched, [draw(priorities(id=id, metrics=read)) for id in ids]
    drawn = [draw(records(Priority, wide=True)) for _ in ids]
    return (
        goals,
        watched,
        [
            evolve(each, id=id, metrics=draw(thresholds(read)))
            for id, each in zip(ids, drawn, strict=True)
        ],
    )


def _served(item: _PlacedT, priority: str | None) -> _PlacedT:
    place = item.place
    if priority is None and (place is None or place.priority is None):
        return item
    return evolve(item, place=evolve(place or Place(), priority=priority))

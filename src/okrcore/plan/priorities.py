"""Strategic priorities: directions of a company for some years, which objectives serve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, final, get_args

from attrs import field, frozen

from okrcore._checks import as_tuple, must_be_a, must_be_all, must_be_unique
from okrcore._shown import repr_of
from okrcore._texts import must_be_id, must_be_name
from okrcore.calendar import Cycle, Period
from okrcore.plan.attributes import (
    NO_ATTRIBUTES,
    Attribute,
    as_attributes,
    must_be_attributes,
    with_fact_kinds,
)
from okrcore.plan.bounds import Bound, must_be_stated
from okrcore.plan.people import Person, Team, as_owner

__all__ = ["Priority", "Threshold"]

_NONE = type(None)
_BOUNDS: Final = get_args(Bound)


@final
@frozen
class Threshold:
    """Bound that a metric is to hold for a priority.

    Args:
        metric: Id of the metric.
        bound: Bound of its last reading, with a stated limit.

    >>> from okrcore import AtLeast
    >>> Threshold("nps", AtLeast(40)).metric
    'nps'
    """

    metric: str
    bound: Bound

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "metric", self.metric)
        must_be_a(self, "bound", self.bound, *_BOUNDS, hint="give a bound such as AtLeast(40)")
        must_be_stated(self, "bound", self.bound)


def _as_thresholds(values: Iterable[Threshold]) -> tuple[Threshold, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class Priority:
    """A strategic priority: a direction that objectives serve, by its id in their `Place`.

    It has no score: the state of its thresholds follows from its metrics alone, whatever the objectives that
    serve it have reached.

    Args:
        id: Unique in its plan, across all kinds.
        title: Name for people.
        owner: The one accountable person or team; a bare text is a person.
        period: Years for which it is set; after its last day later readings do not count for its thresholds.
        metrics: Thresholds of metrics, one for each.
        attributes: Values of the host, by name, such as the key in a tracker.

    Source: founding document E.

    >>> Priority("mid", "Win the mid-market")
    Priority(id='mid', title='Win the mid-market')
    """

    id: str
    title: str
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    period: Period | Cycle | None = field(default=None, kw_only=True)
    metrics: tuple[Threshold, ...] = field(default=(), kw_only=True, converter=_as_thresholds)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=NO_ATTRIBUTES, kw_only=True, converter=as_attributes, eq=with_fact_kinds
    )

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "id", self.id)
        must_be_name(self, "title", self.title)
        must_be_a(self, "owner", self.owner, Person, Team, _NONE)
        must_be_a(self, "period", self.period, Period, Cycle, _NONE)
        must_be_all(self, "metrics", self.metrics, Threshold)
        must_be_unique(self, "metrics", [each.metric for each in self.metrics])
        must_be_attributes(self, self.attributes)

    def __repr__(self) -> str:
        return repr_of(self)

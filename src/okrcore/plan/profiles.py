"""Groups of fields that most items lack: profile, timing, contribution, place, dependencies.

Rule of this file: apart from `Timing` and `Contribution.fixed_share`, no field has an effect on a number.
They are for queries, reviews and the lint.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum, unique
from itertools import pairwise
from typing import SupportsFloat, final

from attrs import field, frozen

from okrcore._checks import (
    MOST_DAYS,
    as_number,
    as_optional_number,
    as_tuple,
    is_pair,
    must_be_a,
    must_be_all,
    must_be_date,
    must_be_flag,
    must_be_number,
    must_be_positive_count,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import (
    as_texts,
    must_be_id,
    must_be_ids,
    must_be_note,
    must_be_text,
    must_be_texts,
)
from okrcore.errors import InvalidValueError
from okrcore.plan.attributes import Attribute, as_attributes, must_be_attributes, with_fact_kinds
from okrcore.plan.people import Level, Person, Team, as_owner, as_people, as_team
from okrcore.words.reason import must_be_sentence

__all__ = [
    "Contribution",
    "Dependency",
    "Dimension",
    "Indicator",
    "KeyResultProfile",
    "Nature",
    "ObjectiveProfile",
    "Parked",
    "Place",
    "Theme",
    "Timing",
    "Waypoint",
]

_NONE = type(None)


def _as_range(pair: Iterable[SupportsFloat] | None) -> tuple[float, float] | None:
    given = None if pair is None else as_tuple(pair)
    if type(given) is not tuple:
        return given  # type: ignore[return-value]  # None, or refused by _must_be_range
    return tuple(map(as_number, given))  # type: ignore[return-value]  # another length is refused


def _must_be_range(record: object, pair: object) -> None:
    if not is_pair(pair):
        raise InvalidValueError(
            "not-a-sequence", path_of(record, "credible_range"), pair, "give (low, high)"
        )
    must_be_number(record, "credible_range[0]", pair[0])
    must_be_number(record, "credible_range[1]", pair[1])
    if pair[0] > pair[1]:
        raise InvalidValueError("bounds-crossed", path_of(record, "credible_range"), pair)


# --- key results -------------------------------------------------------------------------------


@final
@frozen
class Waypoint:
    """Intermediate target of a key result; it bends the expected progress.

    Args:
        on: Day by which it should be reached.
        value: Value to have reached, in the key result's unit.
    """

    on: date
    value: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_date(self, "on", self.on)
        must_be_number(self, "value", self.value)


def _as_waypoints(values: Iterable[Waypoint]) -> tuple[Waypoint, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True)
class Timing:
    """Days of a key result: intermediate targets, first visibility, and rhythm.

    Args:
        waypoints: Intermediate targets, in order of their days; one on the first day of the cycle is the
            start of the expected progress. Without a baseline they have no effect, and nothing is
            expected before the deadline.
        observable_from: First day on which its result can be seen, even after the close. Until then it
            is excluded; from then on its readings count, without an end.
        check_in_days: Days from one check-in to the next, 1 at least, if not those of its cycle. Days are the
            library's unit: several readings of one day are ordered by their moments, and a reminder of an hour
            is the host's business, which has a clock. A key result that reads a metric has the metric's.

    Raises:
        InvalidValueError: The waypoints are not in order of their days.
    """

    waypoints: tuple[Waypoint, ...] = field(default=(), converter=_as_waypoints)
    observable_from: date | None = None
    check_in_days: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "waypoints", self.waypoints, Waypoint)
        for position, (one, next_one) in enumerate(pairwise(self.waypoints)):
            if next_one.on <= one.on:
                raise InvalidValueError(
                    "out-of-order",
                    path_of(self, f"waypoints[{position + 1}].on"),
                    next_one.on,
                    f"the one before is on {one.on}",
                )
        if self.observable_from is not None:
            must_be_date(self, "observable_from", self.observable_from)
        if self.check_in_days is not None:
            must_be_positive_count(self, "check_in_days", self.check_in_days, MOST_DAYS)


@final
@frozen(kw_only=True)
class Contribution:
    """Contributors to a key result, and its share of other items.

    Args:
        contributors: People and teams beside the one accountable owner.
        supports: Ids of shared key results of which this one is a team's part, in its plan or outside it.
        fixed_share: Share of 1 of its objective; the others share the rest.
    """

    contributors: tuple[Person | Team, ...] = field(default=(), converter=as_people)
    supports: tuple[str, ...] = field(default=(), converter=as_texts)
    fixed_share: float | None = field(default=None, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "contributors", self.contributors, Person, Team)
        must_be_ids(self, "supports", self.supports)
        if self.fixed_share is not None:
            must_be_number(self, "fixed_share", self.fixed_share, low=0.0, high=1.0)


@unique
class Nature(StrEnum):
    """Subject of a key result: a change, a deliverable, or work done."""

    OUTCOME = "outcome"
    OUTPUT = "output"
    ACTIVITY = "activity"


@unique
class Dimension(StrEnum):
    """Side of the business; a balanced objective has one key result on each."""

    VALUE = "value"
    REVENUE = "revenue"
    COST = "cost"


@unique
class Theme(StrEnum):
    """Kind of change (founding document E)."""

    GROWTH = "growth"
    EFFICIENCY = "efficiency"
    QUALITY = "quality"
    ENGAGEMENT = "engagement"
    RELIABILITY = "reliability"
    COST = "cost"
    RISK = "risk"


@unique
class Indicator(StrEnum):
    """Timing of an indicator: before the result, or after it."""

    LEADING = "leading"
    LAGGING = "lagging"


@final
@frozen(kw_only=True, repr=False)
class KeyResultProfile:
    """Traits of a key result.

    Args:
        nature: Outcome, output or activity.
        proxy_until: Last day on which an activity may replace the outcome it should bring.
        dimension: Side of the business.
        theme: Kind of change.
        indicator: Leading or lagging.
        early_warning: Id of a key result or metric that warns before this one fails, in its plan or
            outside it.
        credible_range: Lowest and highest plausible outcome.
        pay_link: Whether pay depends on it.
        tags: Words to find it by.
        attributes: Values of the host, by name.
    """

    nature: Nature | None = None
    proxy_until: date | None = None
    dimension: Dimension | None = None
    theme: Theme | None = None
    indicator: Indicator | None = None
    early_warning: str | None = None
    credible_range: tuple[float, float] | None = field(default=None, converter=_as_range)
    pay_link: bool = False
    tags: tuple[str, ...] = field(default=(), converter=as_texts)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=(), converter=as_attributes, eq=with_fact_kinds
    )

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "nature", self.nature, Nature, _NONE)
        if self.proxy_until is not None:
            must_be_date(self, "proxy_until", self.proxy_until)
        must_be_a(self, "dimension", self.dimension, Dimension, _NONE)
        must_be_a(self, "theme", self.theme, Theme, _NONE)
        must_be_a(self, "indicator", self.indicator, Indicator, _NONE)
        if self.early_warning is not None:
            must_be_id(self, "early_warning", self.early_warning)
        if self.credible_range is not None:
            _must_be_range(self, self.credible_range)
        must_be_flag(self, "pay_link", self.pay_link)
        must_be_texts(self, "tags", self.tags)
        must_be_attributes(self, self.attributes)


# --- objectives --------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Place:
    """Position of an objective in the organisation.

    Args:
        team: Team of the objective; a bare text is a team.
        level: Level of the objective.
        contributors: People and teams beside the owner.
        priority: Id of the strategic priority that it serves.
    """

    team: Team | None = field(default=None, converter=as_team)
    level: Level | None = None
    contributors: tuple[Person | Team, ...] = field(default=(), converter=as_people)
    priority: str | None = None

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "team", self.team, Team, _NONE)
        must_be_a(self, "level", self.level, Level, _NONE)
        must_be_all(self, "contributors", self.contributors, Person, Team)
        if self.priority is not None:
            must_be_id(self, "priority", self.priority)


@final
@frozen
class Dependency:
    """Delivery that an objective needs from another team; never scored.

    Args:
        what: Deliverable.
        provider: Person or team; a bare text is a person.
        needed_by: Day by which it is needed.
        agreed: Whether the provider has agreed.
        escalated: Day on which it was escalated; None if it was not.
    """

    what: str
    provider: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    needed_by: date | None = field(default=None, kw_only=True)
    agreed: bool = field(default=False, kw_only=True)
    escalated: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_text(self, "what", self.what)
        must_be_a(self, "provider", self.provider, Person, Team, _NONE)
        if self.needed_by is not None:
            must_be_date(self, "needed_by", self.needed_by)
        must_be_flag(self, "agreed", self.agreed)
        if self.escalated is not None:
            must_be_date(self, "escalated", self.escalated)


@final
@frozen
class Parked:
    """Mark of an objective that is written down and not pursued now.

    Args:
        because: Reason.
        revisit: Day of the next decision about it.
    """

    because: str
    revisit: date | None = None

    def __attrs_post_init__(self) -> None:
        must_be_sentence(self, "because", self.because)
        if self.revisit is not None:
            must_be_date(self, "revisit", self.revisit)


def _as_dependencies(values: Iterable[Dependency]) -> tuple[Dependency, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class ObjectiveProfile:
    """Traits of an objective.

    Args:
        intent: Reason why it matters, in a sentence or two.
        sufficiency: Reply to "could all key results be met and nothing change?".
        must_hit: Whether it must be reached: a law, a contract.
        resources: People and money it needs.
        dependencies: Deliveries that it needs from other teams.
        parked: Reason why it is not pursued now.
        tags: Words to find it by.
        attributes: Values of the host, by name.
    """

    intent: str = ""
    sufficiency: str = ""
    must_hit: bool = False
    resources: str = ""
    dependencies: tuple[Dependency, ...] = field(default=(), converter=_as_dependencies)
    parked: Parked | None = None
    tags: tuple[str, ...] = field(default=(), converter=as_texts)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=(), converter=as_attributes, eq=with_fact_kinds
    )

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_note(self, "intent", self.intent)
        must_be_note(self, "sufficiency", self.sufficiency)
        must_be_flag(self, "must_hit", self.must_hit)
        must_be_note(self, "resources", self.resources)
        must_be_all(self, "dependencies", self.dependencies, Dependency)
        must_be_a(self, "parked", self.parked, Parked, _NONE)
        must_be_texts(self, "tags", self.tags)
        must_be_attributes(self, self.attributes)

"""What items are about, who works on them and when they can be seen: groups that most items lack.

Rule of this file: apart from `Timing` and `Contribution.fixed_share`, nothing here moves a number. It
feeds queries, reviews and the lint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum, unique
from itertools import pairwise
from typing import SupportsFloat, TypeAlias, final

from attrs import field, frozen

from okrcore._checks import (
    are_pairs,
    as_named,
    as_number,
    as_optional_number,
    as_tuple,
    is_pair,
    is_tuple,
    must_be_a,
    must_be_all,
    must_be_date,
    must_be_flag,
    must_be_number,
    must_be_unique,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import (
    must_be_id,
    must_be_ids,
    must_be_name,
    must_be_note,
    must_be_text,
    must_be_texts,
)
from okrcore.errors import InvalidValueError
from okrcore.plan.people import Level, Person, Team, as_owner, as_people, as_team

__all__ = [
    "Attribute",
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

#: A fact of the host's own about an item.
Attribute: TypeAlias = str | float | bool


def _as_words(values: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(values)


def _as_attributes(
    values: Mapping[str, Attribute] | tuple[tuple[str, Attribute], ...],
) -> tuple[tuple[str, Attribute], ...]:
    given = as_named(values)
    if not are_pairs(given):
        return given  # type: ignore[no-any-return]  # refused by _must_be_attributes
    return tuple(
        (name, fact if isinstance(fact, bool) else as_number(fact)) for name, fact in given
    )


def _with_kinds(attributes: tuple[tuple[str, Attribute], ...]) -> tuple[object, ...]:
    # True equals 1.0, and is another fact.
    return tuple((name, type(fact), fact) for name, fact in attributes)


def _must_be_attributes(record: object, attributes: object) -> None:
    if not is_tuple(attributes):
        raise InvalidValueError("not-a-sequence", path_of(record, "attributes"), attributes)
    for position, pair in enumerate(attributes):
        where = f"attributes[{position}]"
        if not is_pair(pair):
            raise InvalidValueError(
                "wrong-type", path_of(record, where), pair, "give a mapping of names to facts"
            )
        must_be_name(record, f"{where}.name", pair[0])
        if type(pair[1]) is float:
            must_be_number(record, f"{where}.fact", pair[1])
        elif type(pair[1]) is not bool:
            must_be_a(record, f"{where}.fact", pair[1], str, float, bool)
            must_be_note(record, f"{where}.fact", pair[1])
    must_be_unique(record, "attributes", [name for name, _ in attributes])


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
    """An intermediate target: what should be reached by a day. It bends the expected progress.

    Args:
        on: The day.
        value: The value to have reached by then, in the key result's unit.
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
    """When a key result can be seen, and by which steps.

    Args:
        waypoints: Intermediate targets, in order of their days. Without a baseline they lie nowhere on the
            way, and nothing is expected before the deadline.
        observable_from: The first day on which its result can be seen, even after the close. Until
            then it is excluded; from then on its readings count, without an end.

    Raises:
        InvalidValueError: The waypoints are not in order of their days.
    """

    waypoints: tuple[Waypoint, ...] = field(default=(), converter=_as_waypoints)
    observable_from: date | None = None

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


@final
@frozen(kw_only=True)
class Contribution:
    """Who shares a key result, and how much of its objective it is.

    Args:
        contributors: Who else works on it, beside the one accountable owner.
        supports: The ids of the shared key results that this one is a team's part of, in its plan or
            outside it.
        fixed_share: Its fixed share of its objective, 0 to 1; the others share what is left.
    """

    contributors: tuple[Person | Team, ...] = field(default=(), converter=as_people)
    supports: tuple[str, ...] = field(default=(), converter=_as_words)
    fixed_share: float | None = field(default=None, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "contributors", self.contributors, Person, Team)
        must_be_ids(self, "supports", self.supports)
        if self.fixed_share is not None:
            must_be_number(self, "fixed_share", self.fixed_share, low=0.0, high=1.0)


@unique
class Nature(StrEnum):
    """What a key result measures: a change, a thing delivered, or work done."""

    OUTCOME = "outcome"
    OUTPUT = "output"
    ACTIVITY = "activity"


@unique
class Dimension(StrEnum):
    """The side of the business it is on; a balanced objective has one key result on each."""

    VALUE = "value"
    REVENUE = "revenue"
    COST = "cost"


@unique
class Theme(StrEnum):
    """What kind of change it is (founding document E)."""

    GROWTH = "growth"
    EFFICIENCY = "efficiency"
    QUALITY = "quality"
    ENGAGEMENT = "engagement"
    RELIABILITY = "reliability"
    COST = "cost"
    RISK = "risk"


@unique
class Indicator(StrEnum):
    """Whether it moves before the result, or confirms it late."""

    LEADING = "leading"
    LAGGING = "lagging"


@final
@frozen(kw_only=True, repr=False)
class KeyResultProfile:
    """What a key result is about.

    Args:
        nature: Outcome, output or activity.
        proxy_until: Until when an activity may stand in for the outcome it should bring.
        dimension: The side of the business it is on.
        theme: What kind of change it is.
        indicator: Leading or lagging.
        early_warning: The id of the key result or metric that warns before this one fails, in its plan
            or outside it.
        credible_range: The lowest and highest outcome that people find plausible.
        pay_link: Whether somebody's pay depends on it.
        tags: Any words to find it by.
        attributes: The host's own facts about it.
    """

    nature: Nature | None = None
    proxy_until: date | None = None
    dimension: Dimension | None = None
    theme: Theme | None = None
    indicator: Indicator | None = None
    early_warning: str | None = None
    credible_range: tuple[float, float] | None = field(default=None, converter=_as_range)
    pay_link: bool = False
    tags: tuple[str, ...] = field(default=(), converter=_as_words)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=(), converter=_as_attributes, eq=_with_kinds
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
        _must_be_attributes(self, self.attributes)


# --- objectives --------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Place:
    """Where in the organisation an objective stands.

    Args:
        team: The team whose objective it is; a bare text is a team.
        level: How far up it is set.
        contributors: Who else works on it.
        priority: The strategic priority it serves.
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
            must_be_name(self, "priority", self.priority)


@final
@frozen
class Dependency:
    """Something another team must deliver; never scored.

    Args:
        what: What is needed.
        provider: Who delivers it; a bare text is a person.
        needed_by: When it is needed.
        agreed: Whether the provider has agreed.
        escalated: When it was escalated, if it was.
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
    """Not now: an objective that is written down and not pursued.

    Args:
        because: Why not now.
        revisit: When to look at it again.
    """

    because: str
    revisit: date | None = None

    def __attrs_post_init__(self) -> None:
        must_be_text(self, "because", self.because)
        if self.revisit is not None:
            must_be_date(self, "revisit", self.revisit)


def _as_dependencies(values: Iterable[Dependency]) -> tuple[Dependency, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class ObjectiveProfile:
    """What an objective is about.

    Args:
        intent: Why it matters, in a sentence or two.
        sufficiency: The answer to "could all key results be met and nothing change?".
        must_hit: Whether it must be reached: a law, a contract.
        resources: What people and money it counts on.
        dependencies: What other teams must deliver.
        continues: The id of the objective of an earlier cycle that this one carries on, in its plan or
            outside it.
        parked: Why it is not pursued now.
        tags: Any words to find it by.
        attributes: The host's own facts about it.
    """

    intent: str = ""
    sufficiency: str = ""
    must_hit: bool = False
    resources: str = ""
    dependencies: tuple[Dependency, ...] = field(default=(), converter=_as_dependencies)
    continues: str | None = None
    parked: Parked | None = None
    tags: tuple[str, ...] = field(default=(), converter=_as_words)
    attributes: tuple[tuple[str, Attribute], ...] = field(
        default=(), converter=_as_attributes, eq=_with_kinds
    )

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_note(self, "intent", self.intent)
        must_be_note(self, "sufficiency", self.sufficiency)
        must_be_flag(self, "must_hit", self.must_hit)
        must_be_note(self, "resources", self.resources)
        must_be_all(self, "dependencies", self.dependencies, Dependency)
        if self.continues is not None:
            must_be_id(self, "continues", self.continues)
        must_be_a(self, "parked", self.parked, Parked, _NONE)
        must_be_texts(self, "tags", self.tags)
        _must_be_attributes(self, self.attributes)

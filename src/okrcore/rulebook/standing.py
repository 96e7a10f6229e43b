"""How things stand today: expected progress, status, guardrails, and what the close asks for."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import TypeAlias, final, get_args

from attrs import field, frozen

from okrcore._checks import (
    as_number,
    must_be_a,
    must_be_number,
    must_be_positive_count,
    must_be_text,
    path_of,
)
from okrcore.errors import InvalidValueError
from okrcore.plan import Ambition
from okrcore.rulebook.bands import Axis, Bands

__all__ = [
    "ByBands",
    "Closed",
    "ClosingRule",
    "Done",
    "Expectation",
    "GuardrailRule",
    "NotStarted",
    "PacingRule",
    "Stale",
    "Status",
    "StatusRule",
]


@unique
class Status(StrEnum):
    """How something stands today, in the words of `RECOMMENDED`. Colour is for hosts to add."""

    AHEAD = "ahead"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    NOT_STARTED = "not started"
    STALE = "stale"
    UNKNOWN = "unknown"
    ACHIEVED = "achieved"
    MISSED = "missed"


@final
@frozen
class Expectation:
    """What an ambition asks for at the end.

    Args:
        ambition: The ambition; None is an objective without one.
        share: The share of the target that is a full success, above 0 to 1.
    """

    ambition: Ambition | None
    share: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition, type(None))
        must_be_number(self, "share", self.share, low=0.0, high=1.0)
        if self.share == 0:
            raise InvalidValueError("not-positive", path_of(self, "share"), self.share)


@final
@frozen(kw_only=True)
class PacingRule:
    """What progress is expected by a day.

    A moving metric is expected along a straight line, 0 on the first day and 1 on the last; milestones
    by the weights due; a bound holds from the first day; pass or fail and evidence have no line.

    Args:
        expectations: What each ambition asks for; it enters once, into the ratio.

    Source: METHOD.md 2.7.
    """

    expectations: tuple[Expectation, ...] = (
        Expectation(None, 1.0),
        Expectation(Ambition.COMMITTED, 1.0),
        Expectation(Ambition.ASPIRATIONAL, 0.7),
        Expectation(Ambition.LEARNING, 1.0),
    )

    def share_for(self, ambition: Ambition | None) -> float:
        """Return what an ambition asks for; 1 where nothing is said."""
        return next((e.share for e in self.expectations if e.ambition is ambition), 1.0)


@final
@frozen
class NotStarted:
    """Answers before the cycle starts, and while it is young and nothing has been read.

    Args:
        silent_until: Share of the cycle during which nothing read is nothing to worry about.
    """

    silent_until: float = field(default=0.15, kw_only=True, converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "silent_until", self.silent_until, low=0.0, high=1.0)


@final
@frozen
class Closed:
    """Answers once the cycle is over: reached what its ambition asks for, or not."""


@final
@frozen
class Done:
    """Answers when something that is delivered once and cannot fall back is delivered in full."""


@final
@frozen
class Stale:
    """Answers when the last reading is too old to say anything.

    Args:
        intervals: How many check-in intervals may pass; whole, above 0.
    """

    intervals: int = field(default=2, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_positive_count(self, "intervals", self.intervals)


@final
@frozen
class ByBands:
    """Answers by bands over an axis, where the axis has a number.

    Args:
        axis: What is compared.
        bands: The names.
        silent_until: Share of the cycle during which it does not answer: a few days' data is noise.
    """

    axis: Axis
    bands: Bands
    silent_until: float = field(default=0.0, kw_only=True, converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "axis", self.axis, Axis)
        must_be_a(self, "bands", self.bands, Bands)
        must_be_number(self, "silent_until", self.silent_until, low=0.0, high=1.0)


#: One rule of a status scheme; they are tried in order, and the first that answers wins.
StatusRule: TypeAlias = Closed | NotStarted | Done | Stale | ByBands
STATUS_RULES = get_args(StatusRule)


@final
@frozen(kw_only=True)
class GuardrailRule:
    """What a breached or unknown guardrail does to its objective.

    It stays apart from the score; at the close it withholds success: "1.0, success withheld", never
    "missed".

    Args:
        withheld: The word for a success that waits for its guardrails.
    """

    withheld: str = "success withheld"

    def __attrs_post_init__(self) -> None:
        must_be_text(self, "withheld", self.withheld)


@final
@frozen(kw_only=True)
class ClosingRule:
    """What counts around the end of a cycle.

    Args:
        grace_days: Days after the deadline during which a key result's own readings still count: final
            numbers are typed late. Never for a shared metric, which lives on.
    """

    grace_days: int = 14

    def __attrs_post_init__(self) -> None:
        if type(self.grace_days) is not int:
            raise InvalidValueError("not-whole", path_of(self, "grace_days"), self.grace_days)
        if self.grace_days < 0:
            raise InvalidValueError("negative", path_of(self, "grace_days"), self.grace_days)

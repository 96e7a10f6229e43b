"""Rules of statuses: a status scheme is a tuple of rules, and the first that applies gives the status.

A rule is data here; `scorecard.statuses.RULES` has a function for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, TypeAlias, final, get_args

from attrs import field, frozen

from okrcore._arith import Rounding
from okrcore._checks import (
    MOST_DAYS,
    are_pairs,
    as_named,
    as_number,
    is_pair,
    must_be_a,
    must_be_number,
    must_be_positive_count,
    must_be_some,
    must_be_unique,
    must_be_whole,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.rulebook.bands import Axis, Bands
from okrcore.rulebook.roll_up_rule import OverrideDuration

__all__ = [
    "STATUS_RULES",
    "Always",
    "ByBands",
    "Closed",
    "Declared",
    "Done",
    "FromParts",
    "NotStarted",
    "Overdue",
    "Stale",
    "Status",
    "StatusCombination",
    "StatusRule",
]


@unique
class Status(StrEnum):
    """Statuses of `RECOMMENDED`. Colour is for hosts to add.

    A status is how an item stands while it runs. Of one that is over, verdict and outcome have the rest.
    """

    AHEAD = "ahead"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    NOT_STARTED = "not started"
    STALE = "stale"
    UNKNOWN = "unknown"
    #: Its cycle has ended.
    OVER = "over"
    #: Its objective is closed.
    CLOSED = "closed"


@final
@frozen(kw_only=True)
class Closed:
    """Applies once the cycle has ended, or the objective is closed: over, or closed.

    A key result is over with the objective in which it is at home. Some systems have the result as status:
    two words are for them.

    Args:
        success: Status by a verdict of success, and of key results that came as far as their ambition
            expects; None for over or closed.
        failure: Status by any other verdict, and of key results that fell short; None likewise.
    """

    success: str | None = None
    failure: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("success", "failure"):
            if getattr(self, name) is not None:
                must_be_name(self, name, getattr(self, name))


@final
@frozen
class NotStarted:
    """Applies before the cycle starts, and early in it without a reading.

    Args:
        silent_until: Share of the cycle that is early, 0 to 1.
    """

    # library default
    silent_until: float = field(default=0.15, kw_only=True, converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "silent_until", self.silent_until, low=0.0, high=1.0)


@final
@frozen
class Done:
    """Applies when nothing is left to do: delivered in full, or the baseline found. It is ahead until its end."""


@final
@frozen
class Stale:
    """Applies when the last check-in is too old, or a moving metric has stalled.

    Days are counted up to the deadline, without pauses. A key result that has reached its target has not
    stalled, and one that does not move along a line cannot. An objective has stalled when all of its parts
    have; steps are those of a key result alone.

    Args:
        intervals: Check-in intervals that may pass without a check-in; whole, above 0.
        grace_days: Days of patience beyond that.
        still_intervals: Intervals that may pass without movement of a moving metric; None for any number.
        shrinking_steps: Steps in a row, each smaller than the one before, that are a stall: 3 for +400,
            +200, +100; at least 2. None for any number.
        name: Name of the status.

    Source: METHOD.md 2.7.

    >>> Stale(intervals=2, still_intervals=3, shrinking_steps=3, name="stalled").name
    'stalled'
    """

    intervals: int = field(default=2, kw_only=True)  # METHOD.md 2.7: two weekly check-ins missed
    grace_days: int = field(default=0, kw_only=True)  # library default
    still_intervals: int | None = field(default=None, kw_only=True)
    shrinking_steps: int | None = field(default=None, kw_only=True)
    name: str = field(default=Status.STALE, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_positive_count(self, "intervals", self.intervals, MOST_DAYS)
        must_be_whole(self, "grace_days", self.grace_days, 0, MOST_DAYS)
        if self.still_intervals is not None:
            must_be_positive_count(self, "still_intervals", self.still_intervals, MOST_DAYS)
        if self.shrinking_steps is not None:
            must_be_whole(self, "shrinking_steps", self.shrinking_steps, 2, MOST_DAYS)
        must_be_name(self, "name", self.name)


@final
@frozen
class Overdue:
    """Applies after the deadline, while less than all is done.

    Args:
        name: Name of the status.
    """

    name: str

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)


@final
@frozen
class Declared:
    """Applies with the status that was declared in a check-in or judged last.

    The other rules give `computed_status` beside it.

    Args:
        keep: Time during which it applies.
    """

    keep: OverrideDuration = field(default=OverrideDuration.ALWAYS, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "keep", self.keep, OverrideDuration)


@final
@frozen
class ByBands:
    """Applies bands over an axis, if the axis has a number and the item is pursued.

    An item that is paused, a draft or proposed is unknown, whatever its confidence.

    Args:
        axis: Number that is compared.
        bands: Statuses over that number.
        silent_until: Share of the cycle before it applies, 0 to 1: a few days' data is noise.
    """

    axis: Axis
    bands: Bands
    # library default
    silent_until: float = field(default=0.0, kw_only=True, converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "axis", self.axis, Axis)
        must_be_a(self, "bands", self.bands, Bands)
        must_be_number(self, "silent_until", self.silent_until, low=0.0, high=1.0)


@unique
class StatusCombination(StrEnum):
    """Function from the statuses of parts to the status of an objective."""

    WORST = "worst"  # Perdoo, ServiceNow: the first in the order of the names
    MEAN = "mean"  # BOJA: the name nearest the mean of their numbers
    SAME = "same"  # old Ally: the one they share, or else the last name


def _as_codes(values: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    given = as_named(values)
    if not are_pairs(given):
        return given  # type: ignore[no-any-return]  # refused by FromParts
    return tuple((name, as_number(number)) for name, number in given)


@final
@frozen(repr=False)
class FromParts:
    """Applies to an objective that is pursued: a status from those of its parts.

    Args:
        how: The worst, the mean of their numbers, or the one they share.
        codes: Statuses that take part, worst first, with their numbers; others are left out.
        rounding: Direction of halves, for a mean.
        bands: Names over a mean, instead of the name of the nearest number.
    """

    how: StatusCombination
    codes: tuple[tuple[str, float], ...] = field(converter=_as_codes)
    rounding: Rounding = field(default=Rounding.HALF_UP, kw_only=True)
    bands: Bands | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "how", self.how, StatusCombination)
        must_be_some(self, "codes", self.codes)
        for position, code in enumerate(self.codes):
            where = f"codes[{position}]"
            if not is_pair(code):
                raise InvalidValueError(
                    "wrong-type", path_of(self, where), code, "give a pair ('at risk', 2)"
                )
            must_be_name(self, f"{where}[0]", code[0])
            must_be_number(self, f"{where}[1]", code[1])
        must_be_unique(self, "codes", [name for name, _ in self.codes])
        must_be_a(self, "rounding", self.rounding, Rounding)
        must_be_a(self, "bands", self.bands, Bands, type(None))

    def __repr__(self) -> str:
        return repr_of(self)


@final
@frozen
class Always:
    """Applies always.

    Args:
        name: Name of the status.
    """

    name: str

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)


#: One rule of a status scheme.
StatusRule: TypeAlias = (
    Closed | NotStarted | Done | Stale | Overdue | Declared | ByBands | FromParts | Always
)
STATUS_RULES: Final = get_args(StatusRule)

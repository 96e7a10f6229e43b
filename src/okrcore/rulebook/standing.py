"""How something stands today: a status scheme is a tuple of rules, and the first that answers wins.

A rule is data here and a row in `scorecard.statuses.RULES`, which says what it answers.
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
from okrcore.rulebook.rolling import Keep

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
    "PartStatus",
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
class Closed:
    """Answers once the cycle is over: reached what its ambition asks for, or not."""


@final
@frozen
class NotStarted:
    """Answers before the cycle starts, and while it is young and nothing has been read.

    Args:
        silent_until: Share of the cycle during which nothing read is nothing to worry about.
    """

    # library default
    silent_until: float = field(default=0.15, kw_only=True, converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "silent_until", self.silent_until, low=0.0, high=1.0)


@final
@frozen
class Done:
    """Answers when nothing is left to do: delivered in full, or the baseline found."""


@final
@frozen
class Stale:
    """Answers when the last check-in is too old to say anything, or what moves has stalled.

    Silence is counted up to the deadline, and not on days of a pause. What has reached its target has
    not stalled, and what does not move along a line cannot. An objective has stopped moving when all of
    its parts have; steps are those of a key result alone.

    Args:
        intervals: How many check-in intervals may pass without a check-in; whole, above 0.
        grace_days: Days of patience beyond that.
        still_intervals: How many may pass without movement of a moving metric; None for any number.
        shrinking_steps: How many steps in a row, each smaller than the one before, are a stall: 3 for
            +400, +200, +100; at least 2. None for any number.
        name: What it answers.

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
    """Answers after the deadline, while less than all is done.

    Args:
        name: What it answers.
    """

    name: str

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)


@final
@frozen
class Declared:
    """Answers with the status that was declared in a check-in or judged last.

    The computed one, which the other rules give, stays visible beside it, as `computed_status`.

    Args:
        keep: How long it stands.
    """

    keep: Keep = field(default=Keep.ALWAYS, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "keep", self.keep, Keep)


@final
@frozen
class ByBands:
    """Answers by bands over an axis, if the axis has a number and the item is pursued.

    A confidence in what is paused, a draft or proposed is no status of it: that is unknown, for this reason.

    Args:
        axis: What is compared.
        bands: The names.
        silent_until: Share of the cycle during which it does not answer: a few days' data is noise.
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
class PartStatus(StrEnum):
    """How the statuses of its parts become the status of an objective."""

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
    """Answers for an objective that is pursued with what the statuses of its parts make.

    Args:
        how: The worst, the mean of their numbers, or the one they share.
        codes: The names that take part, worst first, with their numbers; others are left out.
        rounding: For a mean, which way halves of the numbers go.
        bands: For a mean, names over it, instead of the name of the nearest number.
    """

    how: PartStatus
    codes: tuple[tuple[str, float], ...] = field(converter=_as_codes)
    rounding: Rounding = field(default=Rounding.HALF_UP, kw_only=True)
    bands: Bands | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "how", self.how, PartStatus)
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
    """Answers always.

    Args:
        name: What it answers.
    """

    name: str

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)


#: One rule of a status scheme.
StatusRule: TypeAlias = (
    Closed | NotStarted | Done | Stale | Overdue | Declared | ByBands | FromParts | Always
)
STATUS_RULES: Final = get_args(StatusRule)

"""How often goals are set anew: the table of cadences, from a year down to one-week Micro-OKRs.

Rules of this file:

1. A cadence is data. What the library does differently for a Micro-OKR it reads here.
2. A micro cadence is an overlay on the others, not a level below them.
3. The seven differences between the two kinds stand in one table, each with what follows from it.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import ClassVar, Final, final

from attrs import frozen

from okrcore._checks import MOST_DAYS, must_be_flag, must_be_whole, path_of
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError

__all__ = [
    "SEVEN_DIFFERENCES",
    "AdjustmentPolicy",
    "Cadence",
    "Character",
    "Difference",
    "Granularity",
    "Purpose",
    "RiskPosture",
]

#: Days between check-ins where nothing else is said: weekly (METHOD.md 2.9).
WEEKLY: Final = 7
#: Weeks that fit into every month (the Gregorian calendar).
_WEEKS_IN_A_MONTH: Final = 4


@unique
class Granularity(StrEnum):
    """How much one objective takes on."""

    BROAD = "broad"
    NARROW = "narrow"


@unique
class Purpose(StrEnum):
    """What an objective is for."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"


@unique
class AdjustmentPolicy(StrEnum):
    """What a change of mind within the cycle asks for."""

    REVIEW = "adjustment review"
    NOTE = "note"


@unique
class RiskPosture(StrEnum):
    """How sure people are of the way."""

    ESTABLISHED = "established"
    EXPERIMENTAL = "experimental"


@final
@frozen(kw_only=True, repr=False)
class Character:
    """What is expected of objectives of a kind; expected, never enforced.

    Args:
        granularity: How much one objective takes on.
        purpose: What it is for.
        adjustment: What a change within the cycle asks for.
        levels: Where it is usually set, in the words of `Level`.
        risk: How sure people are of the way.

    Source: founding document A, differences 2 to 6.
    """

    granularity: Granularity
    purpose: Purpose
    adjustment: AdjustmentPolicy
    levels: tuple[str, ...]
    risk: RiskPosture

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


_TRADITIONAL: Final = Character(
    granularity=Granularity.BROAD,
    purpose=Purpose.STRATEGIC,
    adjustment=AdjustmentPolicy.REVIEW,
    levels=("company", "unit", "department", "team"),
    risk=RiskPosture.ESTABLISHED,
)
_MICRO: Final = Character(
    granularity=Granularity.NARROW,
    purpose=Purpose.TACTICAL,
    adjustment=AdjustmentPolicy.NOTE,
    levels=("team", "individual"),
    risk=RiskPosture.EXPERIMENTAL,
)


@final
@frozen
class Cadence:
    """How long a cycle lasts, and the rhythm that goes with it.

    Args:
        name: As people say it.
        months: Length in months; 0 where the length is in weeks. More than 12 is a horizon of years.
        weeks: Length in weeks; 0 where the length is in months.
        check_in_days: Days from one check-in to the next that people expect; the feedback latency.
        is_micro: Whether its objectives are Micro-OKRs.

    Raises:
        InvalidValueError: Neither or both lengths are given, one is negative, or a micro cadence is
            longer than a month.

    Source: founding document A (time frames); METHOD.md 2.9 (check-ins).

    >>> Cadence.QUARTERLY.months, Cadence.MICRO_WEEK.is_micro
    (3, True)
    >>> Cadence("vehicle programme", months=18).character.purpose
    <Purpose.STRATEGIC: 'strategic'>
    """

    name: str
    months: int = 0
    weeks: int = 0
    check_in_days: int = WEEKLY
    is_micro: bool = False

    ANNUAL: ClassVar[Cadence]
    HALF_YEARLY: ClassVar[Cadence]
    FOUR_MONTHLY: ClassVar[Cadence]
    QUARTERLY: ClassVar[Cadence]
    MONTHLY: ClassVar[Cadence]
    MICRO_MONTH: ClassVar[Cadence]
    MICRO_TWO_WEEKS: ClassVar[Cadence]
    MICRO_WEEK: ClassVar[Cadence]

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        must_be_whole(self, "months", self.months, 0, MOST_DAYS // 31)
        must_be_whole(self, "weeks", self.weeks, 0, MOST_DAYS // 7)
        must_be_whole(self, "check_in_days", self.check_in_days, 1, MOST_DAYS)
        if (self.months > 0) == (self.weeks > 0):
            raise InvalidValueError(
                "out-of-range",
                path_of(self, "months"),
                self.months,
                "give a length in months or in weeks, one of them",
            )
        must_be_flag(self, "is_micro", self.is_micro)
        if self.is_micro and (self.months > 1 or self.weeks > _WEEKS_IN_A_MONTH):
            raise InvalidValueError(
                "micro-too-long",
                path_of(self),
                f"{self.months} months" if self.months else f"{self.weeks} weeks",
                "what takes longer is no Micro-OKR",
            )

    @property
    def character(self) -> Character:
        """What is expected of its objectives."""
        return _MICRO if self.is_micro else _TRADITIONAL

    def __str__(self) -> str:
        return self.name


# Lengths are those of founding document A. Check-ins come as fast as feedback does there: daily in one
# week, weekly in a month.
Cadence.QUARTERLY = Cadence("quarterly", months=3)
Cadence.MICRO_MONTH = Cadence("micro, one month", months=1, is_micro=True)
Cadence.MICRO_WEEK = Cadence("micro, one week", weeks=1, check_in_days=1, is_micro=True)
Cadence.MICRO_TWO_WEEKS = Cadence(
    "micro, two weeks",
    weeks=2,
    check_in_days=2,  # between those of a week and a month: library default
    is_micro=True,
)
Cadence.ANNUAL = Cadence(
    "annual",
    months=12,
    check_in_days=14,  # METHOD.md 2.9: Lamorte, as reported
)
# Lengths that document A does not have are in use all the same: library default.
Cadence.HALF_YEARLY = Cadence("half-yearly", months=6, check_in_days=14)
Cadence.FOUR_MONTHLY = Cadence("four-monthly", months=4)
Cadence.MONTHLY = Cadence("monthly", months=1)


@final
@frozen
class Difference:
    """One way in which traditional and Micro-OKRs differ, and what the library makes of it.

    Args:
        name: What differs.
        traditional: How it is in a quarter, a year, or a longer cycle.
        micro: How it is in a Micro-OKR.
        effect: What the library does about it.
    """

    name: str
    traditional: str
    micro: str
    effect: str

    __attrs_post_init__ = must_fit


#: The table of founding document A, in its order.
SEVEN_DIFFERENCES: Final[tuple[Difference, ...]] = (
    Difference(
        "time frame",
        "a quarter, a year, or longer",
        "one week, two weeks, at most a month",
        "A micro cycle longer than a month is refused.",
    ),
    Difference(
        "granularity",
        _TRADITIONAL.granularity,
        _MICRO.granularity,
        "A Micro-OKR is an overlay: it enters no mean, coverage or worst status of what it serves.",
    ),
    Difference(
        "purpose",
        _TRADITIONAL.purpose,
        _MICRO.purpose,
        "A Micro-OKR names what it serves and why now (`supports`, `micro.trigger`). It moves a "
        "quarter's number only through a metric that both read.",
    ),
    Difference(
        "flexibility",
        _TRADITIONAL.adjustment,
        _MICRO.adjustment,
        "`character.adjustment` says what a change asks for. Every adjustment needs a reason, and the "
        "journal keeps the original.",
    ),
    Difference(
        "level",
        ", ".join(_TRADITIONAL.levels),
        ", ".join(_MICRO.levels),
        "`character.levels` says where it is usually set. No level is refused.",
    ),
    Difference(
        "risk",
        _TRADITIONAL.risk,
        _MICRO.risk,
        "An experiment states its hypothesis, and closes with scale, iterate or stop.",
    ),
    Difference(
        "feedback",
        f"every {Cadence.QUARTERLY.check_in_days} days, {Cadence.ANNUAL.check_in_days} in a year",
        f"every {Cadence.MICRO_WEEK.check_in_days} to {Cadence.MICRO_MONTH.check_in_days} days",
        "`check_in_days` sets what `due` asks for, and after how long a status is stale. Of several "
        "check-ins of one day the last counts, so that hourly ones work.",
    ),
)

"""Cadences, from a year down to one-week Micro-OKRs, and which of them fits a goal.

Rules of this file:

1. A cadence is data: every difference in the treatment of Micro-OKRs is read from here.
2. A micro cadence is an overlay on the others, not a level below them.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import ClassVar, Final, final

from attrs import field, frozen

from okrcore._checks import MOST_DAYS, given_whole, must_be_flag, must_be_whole, path_of
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.words.reason import Reason, Term, as_reason, as_reasons

__all__ = [
    "CADENCE_DIFFERENCES",
    "AdjustmentPolicy",
    "Cadence",
    "CadenceAdvice",
    "CadenceDifference",
    "CadenceTraits",
    "Granularity",
    "Purpose",
    "RiskPosture",
    "recommend_cadence",
]


#: Days between check-ins by default: weekly (METHOD.md 2.9).
WEEKLY: Final = 7
#: Weeks that fit into every month (the Gregorian calendar).
_WEEKS_IN_A_MONTH: Final = 4


@unique
class Granularity(StrEnum):
    """Breadth of one objective."""

    BROAD = "broad"
    NARROW = "narrow"


@unique
class Purpose(StrEnum):
    """Purpose of an objective."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"


@unique
class AdjustmentPolicy(StrEnum):
    """Form of a change within the cycle."""

    REVIEW = "adjustment review"
    NOTE = "note"


@unique
class RiskPosture(StrEnum):
    """Certainty about the way to the goal."""

    ESTABLISHED = "established"
    EXPERIMENTAL = "experimental"


@final
@frozen(kw_only=True, repr=False)
class CadenceTraits:
    """Expected traits of objectives of a kind; never enforced.

    Args:
        granularity: Breadth of one objective.
        purpose: Its purpose.
        adjustment: Form of a change within the cycle.
        levels: Usual levels, in the words of `Level`.
        risk: Certainty about the way to the goal.

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


_TRADITIONAL: Final = CadenceTraits(
    granularity=Granularity.BROAD,
    purpose=Purpose.STRATEGIC,
    adjustment=AdjustmentPolicy.REVIEW,
    levels=("company", "unit", "department", "team"),
    risk=RiskPosture.ESTABLISHED,
)
_MICRO: Final = CadenceTraits(
    granularity=Granularity.NARROW,
    purpose=Purpose.TACTICAL,
    adjustment=AdjustmentPolicy.NOTE,
    levels=("team", "individual"),
    risk=RiskPosture.EXPERIMENTAL,
)


@final
@frozen
class Cadence:
    """Length of a cycle, and days between its check-ins.

    Args:
        name: Name for people.
        months: Length in months, or 0 if it is in weeks. More than 12 is a horizon of years.
        weeks: Length in weeks, or 0 if it is in months.
        check_in_days: Expected days from one check-in to the next; the feedback latency.
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
                "a longer cadence is no Micro-OKR",
            )

    @property
    def character(self) -> CadenceTraits:
        """Expected traits of its objectives."""
        return _MICRO if self.is_micro else _TRADITIONAL

    def __str__(self) -> str:
        return self.name


# Lengths are those of founding document A. Check-ins follow its feedback: daily in one week, weekly in a month.
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
# Lengths in use that document A does not have: library default.
Cadence.HALF_YEARLY = Cadence("half-yearly", months=6, check_in_days=14)
Cadence.FOUR_MONTHLY = Cadence("four-monthly", months=4)
Cadence.MONTHLY = Cadence("monthly", months=1)


@final
@frozen
class CadenceDifference:
    """One difference between traditional and Micro-OKRs, and its effect in the library.

    Args:
        name: Trait in which they differ.
        traditional: The trait in a quarter, a year, or a longer cycle.
        micro: The trait in a Micro-OKR.
        effect: Behaviour of the library that follows.
    """

    name: Reason = field(converter=as_reason)
    traditional: Reason = field(converter=as_reason)
    micro: Reason = field(converter=as_reason)
    effect: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit


def _levels(traits: CadenceTraits) -> Reason:
    return Reason("list/notes", parts=tuple(Term("level", level) for level in traits.levels))


#: Table of founding document A, in its order.
CADENCE_DIFFERENCES: Final[tuple[CadenceDifference, ...]] = (
    CadenceDifference(
        Reason("difference/time-frame"),
        Reason("difference/time-frame-usual"),
        Reason("difference/time-frame-micro"),
        Reason("difference/time-frame-effect"),
    ),
    CadenceDifference(
        Reason("difference/granularity"),
        Reason("text", text=_TRADITIONAL.granularity),
        Reason("text", text=_MICRO.granularity),
        Reason("difference/granularity-effect"),
    ),
    CadenceDifference(
        Reason("difference/purpose"),
        Reason("text", text=_TRADITIONAL.purpose),
        Reason("text", text=_MICRO.purpose),
        Reason("difference/purpose-effect"),
    ),
    CadenceDifference(
        Reason("difference/flexibility"),
        Reason("text", text=_TRADITIONAL.adjustment),
        Reason("text", text=_MICRO.adjustment),
        Reason("difference/flexibility-effect"),
    ),
    CadenceDifference(
        Reason("difference/level"),
        _levels(_TRADITIONAL),
        _levels(_MICRO),
        Reason("difference/level-effect"),
    ),
    CadenceDifference(
        Reason("difference/risk"),
        Reason("text", text=_TRADITIONAL.risk),
        Reason("text", text=_MICRO.risk),
        Reason("difference/risk-effect"),
    ),
    CadenceDifference(
        Reason("difference/feedback"),
        Reason(
            "difference/feedback-usual",
            days=Cadence.QUARTERLY.check_in_days,
            days_in_a_year=Cadence.ANNUAL.check_in_days,
        ),
        Reason(
            "difference/feedback-micro",
            first=Cadence.MICRO_WEEK.check_in_days,
            last=Cadence.MICRO_MONTH.check_in_days,
        ),
        Reason("difference/feedback-effect"),
    ),
)

#: Longest horizon in days of each micro cadence (founding document A).
_MICRO_CADENCES: Final = (
    (7, Cadence.MICRO_WEEK),
    (14, Cadence.MICRO_TWO_WEEKS),
    (31, Cadence.MICRO_MONTH),
)
#: Longest horizon in days of each longer cadence: the longest quarter, half-year and year (library default).
_TRADITIONAL_CADENCES: Final = (
    (92, Cadence.QUARTERLY),
    (184, Cadence.HALF_YEARLY),
    (366, Cadence.ANNUAL),
)


@final
@frozen(kw_only=True)
class CadenceAdvice:
    """Cadence of a goal, with reasons.

    Args:
        cadence: Cadence of the goal itself.
        overlay: Cadence of Micro-OKRs below it; None if they add nothing.
        reasons: One sentence for each condition that counts.
    """

    cadence: Cadence
    overlay: Cadence | None = None
    reasons: tuple[Reason, ...] = field(converter=as_reasons)

    __attrs_post_init__ = must_fit


def recommend_cadence(
    *,
    horizon_days: int,
    teams: int = 1,  # library default
    feedback_days: int | None = None,
    is_changing: bool = False,
) -> CadenceAdvice:
    """Return the cadence that fits a goal, with the reasons.

    Up to a month it is a Micro-OKR. Beyond, it is a traditional cadence, with an overlay of Micro-OKRs if
    conditions change quickly or feedback is needed sooner than at its check-ins.

    Args:
        horizon_days: Days until the goal should be reached; above 0.
        teams: Number of teams or departments involved; above 0.
        feedback_days: Days within which feedback is needed; above 0.
        is_changing: Whether conditions change quickly.

    Raises:
        InvalidValueError: A number is not whole, or not above 0.

    Source: founding document A, "Conclusion".

    >>> advice = recommend_cadence(horizon_days=90, teams=3, is_changing=True)
    >>> print(advice.cadence, "with", advice.overlay)
    quarterly with micro, two weeks
    """
    horizon_days = given_whole(recommend_cadence, "horizon_days", horizon_days, 1)
    teams = given_whole(recommend_cadence, "teams", teams, 1)
    if feedback_days is not None:
        feedback_days = given_whole(recommend_cadence, "feedback_days", feedback_days, 1)
    must_be_flag(recommend_cadence, "is_changing", is_changing)
    if horizon_days <= _MICRO_CADENCES[-1][0]:
        return _micro_advice(horizon_days, teams, feedback_days)
    return _traditional_advice(horizon_days, teams, feedback_days, is_changing=is_changing)


def _micro_advice(horizon_days: int, teams: int, feedback_days: int | None) -> CadenceAdvice:
    cadence = _within(_MICRO_CADENCES, horizon_days)
    reasons = [Reason("cadence/short-horizon", count=horizon_days)]
    if feedback_days is not None and feedback_days < cadence.check_in_days:
        cadence = _quick_enough(feedback_days)
        reasons.append(Reason("cadence/feedback", count=feedback_days, cadence=_term(cadence)))
    if teams > 1:
        reasons.append(Reason("cadence/one-owner", count=teams))
    return CadenceAdvice(cadence=cadence, reasons=tuple(reasons))


def _traditional_advice(
    horizon_days: int, teams: int, feedback_days: int | None, *, is_changing: bool
) -> CadenceAdvice:
    longest = _TRADITIONAL_CADENCES[-1][0]
    cadence = _within(_TRADITIONAL_CADENCES, min(horizon_days, longest))
    reasons = [Reason("cadence/long-horizon", count=horizon_days, cadence=_term(cadence))]
    if horizon_days > longest:
        reasons.append(Reason("cadence/several-years"))
    if teams > 1:
        reasons.append(Reason("cadence/aligned-teams", count=teams))
    overlay = None
    if is_changing:
        overlay = Cadence.MICRO_TWO_WEEKS
        reasons.append(Reason("cadence/changing", cadence=_term(overlay)))
    if feedback_days is not None and feedback_days < cadence.check_in_days:
        overlay = _quick_enough(feedback_days)
        quick = Reason("cadence/feedback-overlay", count=feedback_days, cadence=_term(overlay))
        reasons.append(quick)
    return CadenceAdvice(cadence=cadence, overlay=overlay, reasons=tuple(reasons))


def _within(table: tuple[tuple[int, Cadence], ...], days: int) -> Cadence:
    return next(cadence for longest, cadence in table if days <= longest)


def _quick_enough(feedback_days: int) -> Cadence:
    """Return the longest micro cadence whose check-ins come that often."""
    return [c for _, c in _MICRO_CADENCES if c.check_in_days <= feedback_days][-1]


def _term(cadence: Cadence) -> Term:
    return Term("cadence", cadence.name)

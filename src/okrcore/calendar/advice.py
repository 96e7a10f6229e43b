"""Cadence that fits a goal: the conclusion of founding document A, as a function."""

from __future__ import annotations

from typing import Final, final

from attrs import frozen

from okrcore._checks import given_whole, must_be_flag
from okrcore._made import must_fit
from okrcore.calendar.cadence import Cadence

__all__ = ["CadenceAdvice", "recommend_cadence"]

#: Longest horizon in days of each micro cadence (founding document A).
_MICRO: Final = ((7, Cadence.MICRO_WEEK), (14, Cadence.MICRO_TWO_WEEKS), (31, Cadence.MICRO_MONTH))
#: Longest horizon in days of each longer cadence: the longest quarter, half-year and year (library default).
_TRADITIONAL: Final = ((92, Cadence.QUARTERLY), (184, Cadence.HALF_YEARLY), (366, Cadence.ANNUAL))


@final
@frozen(kw_only=True)
class CadenceAdvice:
    """Cadence of a goal, with reasons.

    Args:
        cadence: Cadence of the goal itself.
        overlay: Cadence of Micro-OKRs below it; None if they add nothing.
        reasons: Sentences.
    """

    cadence: Cadence
    overlay: Cadence | None = None
    reasons: tuple[str, ...]

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
    if horizon_days <= _MICRO[-1][0]:
        return _micro_advice(horizon_days, teams, feedback_days)
    return _traditional_advice(horizon_days, teams, feedback_days, is_changing=is_changing)


def _micro_advice(horizon_days: int, teams: int, feedback_days: int | None) -> CadenceAdvice:
    cadence = _within(_MICRO, horizon_days)
    reasons = [f"a horizon of {_days(horizon_days)} is a short-term focus: a Micro-OKR"]
    if feedback_days is not None and feedback_days < cadence.check_in_days:
        cadence = _quick_enough(feedback_days)
        reasons.append(f"feedback within {_days(feedback_days)}: {cadence}, several if need be")
    if teams > 1:
        reasons.append(f"{teams} teams: name one owner, and let it serve an objective they share")
    return CadenceAdvice(cadence=cadence, reasons=tuple(reasons))


def _traditional_advice(
    horizon_days: int, teams: int, feedback_days: int | None, *, is_changing: bool
) -> CadenceAdvice:
    longest = _TRADITIONAL[-1][0]
    cadence = _within(_TRADITIONAL, min(horizon_days, longest))
    reasons = [f"a horizon of {_days(horizon_days)} is a long-term goal: {cadence} objectives"]
    if horizon_days > longest:
        reasons.append("longer than a year: one horizon over several annual cycles")
    if teams > 1:
        reasons.append(f"{teams} teams must be aligned, which takes a stable goal")
    overlay = None
    if is_changing:
        overlay = Cadence.MICRO_TWO_WEEKS
        reasons.append(f"conditions change quickly: {overlay}, on what stalls or emerges")
    if feedback_days is not None and feedback_days < cadence.check_in_days:
        overlay = _quick_enough(feedback_days)
        reasons.append(f"feedback within {_days(feedback_days)}: {overlay}, under it")
    return CadenceAdvice(cadence=cadence, overlay=overlay, reasons=tuple(reasons))


def _within(table: tuple[tuple[int, Cadence], ...], days: int) -> Cadence:
    return next(cadence for longest, cadence in table if days <= longest)


def _quick_enough(feedback_days: int) -> Cadence:
    """Return the longest micro cadence whose check-ins come that often."""
    return [c for _, c in _MICRO if c.check_in_days <= feedback_days][-1]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"

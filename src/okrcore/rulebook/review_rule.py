"""Numbers behind agendas and findings, each with its source or marked as a library default.

`review` itself has none but the lengths of its rituals.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import (
    MOST_DAYS,
    as_number,
    as_tuple,
    given_whole,
    must_be_a,
    must_be_number,
    must_be_positive_count,
)
from okrcore._shown import repr_of
from okrcore._texts import must_be_texts
from okrcore.plan import Above, AtLeast
from okrcore.plan.bounds import must_be_stated
from okrcore.rulebook.status_rules import Status

__all__ = ["ReviewRule"]


#: Days of a quarter, of which the instruments of a shorter cycle have the same share (METHOD.md 2.9).
_QUARTER: Final = 91


def _as_names(values: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class ReviewRule:
    """Thresholds of reviews and retrospectives.

    Args:
        alarms: Statuses that need help: at risk or worse.
        strengths: Statuses after which more could be done.
        full: Scores that count as full in a run of cycles. One full aspirational score is no alarm.
        full_run: Length of such a run, one cycle continuing the other, after which targets were easy.
        confident_from: First confidence from which a target looked safe, 0 to 1.
        doubtful_to: First confidence up to which a target looked out of reach, 0 to 1.
        early_share: Share of a cycle before which a full score is early, 0 to 1.
        instrumented_in_days: Days from the start within which a first reading and a baseline are expected; in
            a cycle shorter than a quarter, the same share of it.
        still_days: Days without movement after which a key result has stalled.
        confidence_move: Change of confidence that needs a reason.
        calls_within_days: Days before its end from which the result of an objective is called.
        looks_ahead_days: Days of "the next weeks".
        priorities: Items in the priorities of a week.

    Source: METHOD.md 2.3 (a full score, repeatedly), 2.7 (three weeks without movement), 2.9 (results
    called two weeks before the end); founding document E (two weeks to wire the data); Wodtke (steps of
    confidence, four weeks ahead, up to four priorities). 0.8 and 0.2 are ours.
    """

    alarms: tuple[str, ...] = field(default=(Status.AT_RISK, Status.OFF_TRACK), converter=_as_names)
    strengths: tuple[str, ...] = field(default=(Status.AHEAD,), converter=_as_names)
    full: AtLeast | Above = Above(0.85)  # METHOD.md 2.3: pm-skills
    full_run: int = 3  # "repeatedly" in pm-skills: library default
    confident_from: float = field(default=0.8, converter=as_number)  # library default
    doubtful_to: float = field(default=0.2, converter=as_number)  # library default
    early_share: float = field(default=0.5, converter=as_number)  # library default
    instrumented_in_days: int = 14  # founding document E
    still_days: int = 21  # METHOD.md 2.7
    confidence_move: float = field(default=0.2, converter=as_number)  # Wodtke
    calls_within_days: int = 14  # METHOD.md 2.9
    looks_ahead_days: int = 28  # Wodtke
    priorities: int = 4  # Wodtke

    def __attrs_post_init__(self) -> None:
        must_be_texts(self, "alarms", self.alarms)
        must_be_texts(self, "strengths", self.strengths)
        must_be_a(self, "full", self.full, AtLeast, Above)
        must_be_stated(self, "full", self.full)
        for name in (
            "full_run",
            "instrumented_in_days",
            "still_days",
            "calls_within_days",
            "looks_ahead_days",
            "priorities",
        ):
            must_be_positive_count(self, name, getattr(self, name), MOST_DAYS)
        for name in ("confident_from", "doubtful_to", "early_share", "confidence_move"):
            must_be_number(self, name, getattr(self, name), low=0.0, high=1.0)

    def __repr__(self) -> str:
        return repr_of(self)

    def instrumented_within(self, days: int) -> int:
        """Return the days within which the data of a cycle of some days is expected.

        They are `instrumented_in_days`, and in a cycle shorter than a quarter the same share of it.

        >>> [ReviewRule().instrumented_within(days) for days in (365, 92, 30, 14, 7)]
        [14, 14, 5, 3, 2]
        """
        days = given_whole(self, "instrumented_within", days, 1)
        return min(self.instrumented_in_days, ceil(self.instrumented_in_days * days / _QUARTER))

"""How often goals are set anew: the table of cadences, from a year down to one-week Micro-OKRs.

Rules of this file:

1. A cadence is data. What the library does differently for a Micro-OKR it reads here.
2. A micro cadence is an overlay on the others, not a level below them.
"""

from __future__ import annotations

from typing import ClassVar, final

from attrs import frozen

from okrcore._checks import must_be_flag, must_be_text, path_of
from okrcore.errors import InvalidValueError

__all__ = ["Cadence"]


@final
@frozen
class Cadence:
    """How long a cycle lasts, and the rhythm that goes with it.

    Args:
        name: As people say it.
        months: Length in months; 0 where the length is in weeks.
        weeks: Length in weeks; 0 where the length is in months.
        check_in_days: Days from one check-in to the next that people expect.
        is_micro: Whether its objectives are Micro-OKRs.

    Raises:
        InvalidValueError: Neither or both lengths are given, or one is negative.

    Source: founding document A (time frames); METHOD.md 2.9 (check-ins).

    >>> Cadence.QUARTERLY.months, Cadence.MICRO_WEEK.is_micro
    (3, True)
    """

    name: str
    months: int = 0
    weeks: int = 0
    check_in_days: int = 7
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
        must_be_text(self, "name", self.name)
        for field, least in (("months", 0), ("weeks", 0), ("check_in_days", 1)):
            count = getattr(self, field)
            if type(count) is not int:
                raise InvalidValueError("not-whole", path_of(self, field), count)
            if count < least:
                raise InvalidValueError(
                    "not-positive" if least else "negative", path_of(self, field), count
                )
        if (self.months > 0) == (self.weeks > 0):
            raise InvalidValueError(
                "out-of-range",
                path_of(self, "months"),
                self.months,
                "give a length in months or in weeks, one of them",
            )
        must_be_flag(self, "is_micro", self.is_micro)

    def __str__(self) -> str:
        return self.name


# Check-in days: E and Wodtke ask for weekly ones; a Micro-OKR is looked at daily in one week, every
# second day in two, weekly in a month (document A, "Feedback and Iteration"). A year and a half-year
# are our defaults: two-weekly, as Lamorte is reported to favour.
Cadence.ANNUAL = Cadence("annual", months=12, check_in_days=14)
Cadence.HALF_YEARLY = Cadence("half-yearly", months=6, check_in_days=14)
Cadence.FOUR_MONTHLY = Cadence("four-monthly", months=4)
Cadence.QUARTERLY = Cadence("quarterly", months=3)
Cadence.MONTHLY = Cadence("monthly", months=1)
Cadence.MICRO_MONTH = Cadence("micro, one month", months=1, is_micro=True)
Cadence.MICRO_TWO_WEEKS = Cadence("micro, two weeks", weeks=2, check_in_days=2, is_micro=True)
Cadence.MICRO_WEEK = Cadence("micro, one week", weeks=1, check_in_days=1, is_micro=True)

"""Rule of pace: expected progress and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    as_number,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_flag,
    must_be_number,
    must_be_unique,
    optional_member_of,
    path_of,
)
from okrcore._shown import repr_of
from okrcore.calendar import WorkWeek
from okrcore.errors import InvalidValueError
from okrcore.plan import Ambition

__all__ = ["DayCount", "Expectation", "ExpectedFrom", "PacingRule"]


@final
@frozen
class Expectation:
    """Share of the target that an ambition expects at the end.

    Args:
        ambition: None for objectives without one.
        share: Share of the target that is a full success, above 0 to 1.
    """

    ambition: Ambition | None
    share: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition, type(None))
        must_be_number(self, "share", self.share, low=0.0, high=1.0)
        if self.share == 0:
            raise InvalidValueError("not-positive", path_of(self, "share"), self.share)


@unique
class DayCount(StrEnum):
    """Formula of the elapsed share of a cycle."""

    #: (day - first) / (last - first): 0 on the first day, 1 on the last. Viva.
    EXCLUSIVE = "exclusive"
    #: (day - first + 1) / days: 15 April of 1 to 30 April is half. Engagedly.
    INCLUSIVE = "inclusive"
    #: (day - first) / days: full days only.
    ELAPSED = "elapsed"


@unique
class ExpectedFrom(StrEnum):
    """Source of the expected progress of an objective."""

    #: Mean of the expected progress of its parts, over the same parts as its score.
    PARTS = "parts"
    #: Elapsed share of its cycle, without regard to its parts. Viva, MHOKR.
    DATES = "dates"


def _as_expectations(values: Iterable[Expectation]) -> tuple[Expectation, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class PacingRule:
    """Progress expected by a day.

    Lines are expected to move straight, or along their waypoints; milestones by the weights due; a bound
    holds from the first day; pass or fail and evidence have no expected progress. Paused days do not
    count.

    Args:
        expectations: Share of the line that each ambition expects, by the home objective of each key result:
            progress expected by a day is the line times this share. Bounds and budgets are expected in full,
            unless they are part of a compound.
        days: Formula of the elapsed share.
        workdays: Calendar of workdays, the only days counted; None counts every day.
        holds_after_due: Whether a key result that is due before its cycle ends is expected to be full
            from its deadline on; otherwise its line continues beyond full.
        objectives_from: Source of the expected progress of objectives.

    Laws: test_expected_progress_never_falls, test_expected_progress_goes_from_0_to_1.

    Source: METHOD.md 2.7; SYSTEMS.md part 1, sections 2 and 3 (items 9 and 10).

    >>> from okrcore.calendar import WorkWeek
    >>> PacingRule(days=DayCount.ELAPSED, workdays=WorkWeek())
    PacingRule(days='elapsed', workdays=WorkWeek())
    """

    expectations: tuple[Expectation, ...] = field(default=(), converter=_as_expectations)
    days: DayCount = DayCount.EXCLUSIVE
    workdays: WorkWeek | None = None
    holds_after_due: bool = True
    objectives_from: ExpectedFrom = ExpectedFrom.PARTS

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "expectations", self.expectations, Expectation)
        must_be_unique(self, "expectations", [each.ambition for each in self.expectations])
        must_be_a(self, "days", self.days, DayCount)
        must_be_a(self, "workdays", self.workdays, WorkWeek, type(None))
        must_be_flag(self, "holds_after_due", self.holds_after_due)
        must_be_a(self, "objectives_from", self.objectives_from, ExpectedFrom)

    def __repr__(self) -> str:
        return repr_of(self)

    def share_for(self, ambition: Ambition | str | None) -> float:
        """Return the share that an ambition expects; 1 without a rule for it.

        Raises:
            InvalidValueError: There is no such ambition.
        """
        wanted = optional_member_of(self, "share_for", ambition, Ambition)
        return next((e.share for e in self.expectations if e.ambition is wanted), 1.0)

"""Rules from a reading to progress. Defaults are those of `RECOMMENDED`."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._arith import snap
from okrcore._checks import (
    as_number,
    as_optional_number,
    must_be_a,
    must_be_flag,
    must_be_number,
    path_of,
)
from okrcore._shown import repr_of
from okrcore.errors import InvalidValueError
from okrcore.rulebook.clip import ZERO_TO_ONE, Clip

__all__ = [
    "AttainmentRule",
    "BoundReading",
    "BoundRule",
    "BoundShape",
    "FlatLine",
]


@unique
class FlatLine(StrEnum):
    """Progress of a line whose baseline equals its target."""

    ABSENT = "absent"  # no score: a share of no distance
    ZERO = "zero"  # GitLab, Operately, okr-tracker's display
    FULL = "full"  # business-as-code
    AT_LEAST = "at least"  # a level to keep: MetaPulse's flat target
    AT_MOST = "at most"


@unique
class BoundReading(StrEnum):
    """Value that a bound is applied to, out of the readings of a cycle."""

    LATEST = "latest"  # Viva, Quantive, UpRaise, Perdoo
    MEAN = "mean"  # Profit.co, Oboard
    SUM = "sum"  # Profit.co
    MINIMUM = "minimum"  # Oboard
    MAXIMUM = "maximum"
    #: Share of check-in periods, up to the last reported one, in which it held: ServiceNow.
    SHARE_OF_ELAPSED = "share of elapsed periods"
    #: Share of all planned check-in periods in which it held: Profit.co; it accrues.
    SHARE_OF_PLANNED = "share of planned periods"


@unique
class BoundShape(StrEnum):
    """Progress of a bound, by its distance to the limit."""

    HELD = "held"  # 1 or 0
    # 1 plus the distance to the limit as a share of it: Profit.co; 0 on a limit that does not hold itself.
    DISTANCE = "distance"
    SOFT = "soft"  # 1 while held, falling to 0 where `tolerated_to` ends (METHOD.md 2.8)


@final
@frozen(kw_only=True)
class BoundRule:
    """Progress of a bound. Whether the limit itself holds is part of the bound.

    Args:
        reading: Value that the bound is applied to; it does not hold in a period without a reading.
        shape: From that value to progress.
    """

    reading: BoundReading = BoundReading.LATEST
    shape: BoundShape = BoundShape.HELD

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "reading", self.reading, BoundReading)
        must_be_a(self, "shape", self.shape, BoundShape)


@final
@frozen(kw_only=True, repr=False)
class AttainmentRule:
    """From the reading of a key result to its score.

    Args:
        clip: From progress to score.
        missing: Progress without a reading or a baseline; None is not 0, and leaves the mean.
        flat: Progress if the baseline equals the target.
        bounds: Progress of bounds.
        partial_credit: Whether a pass-or-fail key result may get a part of 1.
        late_milestone: Share of its weight that a milestone loses for each week of delay, begun or full,
            0 to 1; 1 loses all of it at once.
        budget_zero_at: Multiple of its limit at which a budget is worth 0; above 1.

    Laws: test_lateness_never_pays, test_spending_more_never_helps,
    test_credit_is_worth_itself_or_nothing.
    """

    clip: Clip = ZERO_TO_ONE
    missing: float | None = field(default=None, converter=as_optional_number)
    flat: FlatLine = FlatLine.ABSENT
    bounds: BoundRule = BoundRule()
    partial_credit: bool = True
    late_milestone: float = field(default=0.0, converter=as_number)  # METHOD.md 2.1
    # GitLab's error budget of 15 points is worth 0 at 30; for other budgets: library default.
    budget_zero_at: float = field(default=2.0, converter=as_number)

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "clip", self.clip, Clip)
        if self.missing is not None:
            must_be_number(self, "missing", self.missing)
        must_be_a(self, "flat", self.flat, FlatLine)
        must_be_a(self, "bounds", self.bounds, BoundRule)
        must_be_flag(self, "partial_credit", self.partial_credit)
        must_be_number(self, "late_milestone", self.late_milestone, low=0.0, high=1.0)
        must_be_number(self, "budget_zero_at", self.budget_zero_at)
        if snap(self.budget_zero_at) <= 1:
            raise InvalidValueError(
                "out-of-range",
                path_of(self, "budget_zero_at"),
                self.budget_zero_at,
                "give a multiple above 1",
            )

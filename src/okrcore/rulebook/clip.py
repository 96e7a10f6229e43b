"""Limits, full credit and rounding of a number."""

from __future__ import annotations

from math import inf
from typing import final

from attrs import field, frozen

from okrcore._arith import MOST_DIGITS, Rounding, round_to, snap
from okrcore._checks import (
    as_optional_number,
    given_number,
    must_be_a,
    must_be_number,
    must_be_whole,
    path_of,
)
from okrcore._shown import repr_of
from okrcore.errors import InvalidValueError
from okrcore.plan.unit import plain

__all__ = ["UNCHANGED", "ZERO_TO_ONE", "Clip"]


@final
@frozen(kw_only=True, repr=False)
class Clip:
    """Limits and rounding of a number, in this order: full credit, floor, ceiling, rounding.

    Rounding for display is separate.

    Args:
        floor: Lower limit; smaller values are raised to it.
        ceiling: Upper limit; larger values are lowered to it.
        full_from: At or above this a number counts as 1.
        digits: Decimals to round to, of a share of 1: 2 rounds to whole percents.
        rounding: Direction of halves.

    Raises:
        InvalidValueError: The floor is above the ceiling, or a field has the wrong type.

    Laws: test_a_clip_keeps_its_limits_and_the_order, test_a_score_is_its_progress_clipped.

    >>> Clip(floor=0, ceiling=1, digits=2).apply(0.145)
    0.15
    """

    floor: float | None = field(default=None, converter=as_optional_number)
    ceiling: float | None = field(default=None, converter=as_optional_number)
    full_from: float | None = field(default=None, converter=as_optional_number)
    digits: int | None = None
    rounding: Rounding = Rounding.HALF_UP

    def __attrs_post_init__(self) -> None:
        for name in ("floor", "ceiling", "full_from"):
            if getattr(self, name) is not None:
                must_be_number(self, name, getattr(self, name))
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise InvalidValueError(
                "bounds-crossed",
                path_of(self, "floor"),
                self.floor,
                f"the ceiling is {plain(self.ceiling, self.floor)}",
            )
        if self.digits is not None:
            must_be_whole(self, "digits", self.digits, -MOST_DIGITS, MOST_DIGITS)
        must_be_a(self, "rounding", self.rounding, Rounding)

    def apply(self, value: float) -> float:
        """Return the number after limits and rounding."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "apply", value)
        if self.full_from is not None and snap(value) >= snap(self.full_from):
            value = 1.0
        if self.floor is not None and value < self.floor:
            value = self.floor
        if self.ceiling is not None and value > self.ceiling:
            value = self.ceiling
        # Adding 0 turns -0.0 into 0.0.
        return value + 0.0 if self.digits is None else round_to(value, self.digits, self.rounding)

    def __repr__(self) -> str:
        return repr_of(self)


UNCHANGED = Clip()
#: A score (METHOD.md 2.1).
ZERO_TO_ONE = Clip(floor=0.0, ceiling=1.0)

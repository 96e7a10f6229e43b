"""Compound measures: several numbers in one key result."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from typing import Final, TypeAlias, final, get_args

from attrs import field, frozen

from okrcore._checks import (
    as_named,
    is_pair,
    must_be_a,
    must_be_some,
    must_be_unique,
    path_of,
)
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.plan.bounds import Bound, must_be_stated
from okrcore.plan.deliverables import PassFail
from okrcore.plan.graded_measures import Anchors, Budget, Exactly, Judged, Steps
from okrcore.plan.linear_measures import (
    Decrease,
    FromTo,
    Increase,
    LinearMeasure,
    Multiple,
    Points,
    Relative,
)

__all__ = ["Combination", "Compound", "PartMeasure"]

#: Measures of parts: read as one number, or as yes or no.
PartMeasure: TypeAlias = (
    LinearMeasure | Bound | PassFail | Exactly | Budget | Anchors | Steps | Judged
)
_PARTS: Final = get_args(PartMeasure)
_WITH_ENDS: Final = (Increase, Decrease, FromTo, Relative, Points, Multiple)


@unique
class Combination(StrEnum):
    """How several numbers become one: parts of a compound key result, or scores in a roll-up."""

    MEAN = "mean"
    MINIMUM = "minimum"
    #: Of a compound key result alone.
    PRODUCT = "product"
    #: The share, by weight, of the parts that reached 1: Grove's yes or no. Of a roll-up alone.
    SHARE_ACHIEVED = "share achieved"


def _as_parts(
    values: Mapping[str, PartMeasure] | tuple[tuple[str, PartMeasure], ...],
) -> tuple[tuple[str, PartMeasure], ...]:
    pairs: tuple[tuple[str, PartMeasure], ...] = as_named(values)
    return pairs


@final
@frozen
class Compound:
    """Several measures in one key result: "ship the forum, and 75 posts in it".

    Each part is clipped before they are combined, so that none raises another. A check-in reads all parts at
    once; if one is missing there is no score.

    Args:
        parts: Measure of each part, by name; a linear one needs its baseline and target.
        combine: Mean, minimum or product.

    Raises:
        InvalidValueError: There are fewer than two parts, or one cannot be a part.

    Laws: test_two_numbers_in_one_lie_where_their_parts_lie.

    >>> from okrcore import Reach
    >>> Compound({"shipped": PassFail(), "posts": Reach(75)}).names
    ('shipped', 'posts')
    """

    parts: tuple[tuple[str, PartMeasure], ...] = field(converter=_as_parts)
    combine: Combination = field(default=Combination.MEAN, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_some(self, "parts", self.parts)
        if len(self.parts) < 2:
            raise InvalidValueError(
                "too-few", path_of(self, "parts"), self.parts, "give two, or the one by itself"
            )
        for position, part in enumerate(self.parts):
            self._must_be_part(f"parts[{position}]", part)
        must_be_unique(self, "parts", self.names)
        must_be_a(self, "combine", self.combine, Combination)
        if self.combine is Combination.SHARE_ACHIEVED:
            hint = "write mean, minimum or product"
            raise InvalidValueError("unknown-word", path_of(self, "combine"), self.combine, hint)

    def _must_be_part(self, field: str, part: object) -> None:
        if not is_pair(part):
            raise InvalidValueError(
                "wrong-type", path_of(self, field), part, 'give {"posts": Reach(75)}'
            )
        name, measure = part
        must_be_name(self, f"{field}.name", name)
        hint = "give a measure that is read as one number"
        must_be_a(self, f"{field}.measure", measure, *_PARTS, hint=hint)
        must_be_stated(self, f"{field}.measure", measure)
        for end in ("baseline", "target"):
            if isinstance(measure, _WITH_ENDS) and getattr(measure, end, 0.0) is None:
                path = path_of(self, f"{field}.measure.{end}")
                raise InvalidValueError("not-a-number", path, None, f"give the {end}")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, in order."""
        return tuple(name for name, _ in self.parts)

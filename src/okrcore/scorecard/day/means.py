"""Mean over the parts of an objective, for scores, coverage, ranges, pace and confidence alike.

Rules of this file:

1. Every mean is `okrcore._arith.mean`. `mean_of` is the plain definition; `batches` has means of many at once.
2. ABSENT is not 0. A part that is *missing* leaves a mean and keeps its weight in coverage and score
   range; a part that is *excluded* leaves all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import TypeAlias

from okrcore._arith import ABSENT, mean, snap
from okrcore.plan import Combination
from okrcore.rulebook import RollUpRule, ZeroWeights
from okrcore.scorecard.day.roll_up_inputs import Inputs

__all__ = [
    "Items",
    "combine",
    "default_if_no_parts",
    "items_of",
    "mean_of",
]

#: Values that entered, and their weights.
Items: TypeAlias = list[tuple[float, float]]


def items_of(
    inputs: Inputs,
    values: Mapping[int, float] | Sequence[float],
    left_out: Sequence[int] | None = None,
) -> Items:
    """Return the values of parts with their weights, blocks as one item each.

    Parts do not enter whose value is ABSENT, whose weight is 0, or which are left out by index.
    """

    def items(start: int, stop: int) -> Iterator[tuple[float, float]]:
        for at, weight in zip(inputs.indexes[start:stop], inputs.weights[start:stop], strict=True):
            if weight and not (left_out is not None and left_out[at]) and not isnan(values[at]):
                yield values[at], weight

    found: Items = []
    for start, stop, as_one in inputs.blocks:
        block = list(items(start, stop))
        if as_one and block:
            found.append((mean_of(block), 1.0))
        else:
            found += block
    return found


def mean_of(items: Items) -> float:
    """Return the weighted mean of some items; ABSENT of none."""
    if not items:
        return ABSENT
    return mean([value for value, _ in items], [weight for _, weight in items])


def combine(rule: RollUpRule, items: Items) -> float:
    """Return the value that a rule makes of some items; ABSENT of none."""
    if not items:
        return ABSENT
    if rule.combine is Combination.MINIMUM:
        return min(value for value, _ in items)
    if rule.combine is Combination.SHARE_ACHIEVED:
        return mean_of([(float(snap(value) >= 1), weight) for value, weight in items])
    return mean_of(items)


def default_if_no_parts(
    rule: RollUpRule, value: float, *, has_parts: bool, has_weight: bool
) -> float:
    """Return the value; if it is ABSENT, the default of a rule for objectives without parts or weights."""
    if not isnan(value):
        return value
    if has_parts and not has_weight and rule.zero_weights is ZeroWeights.ZERO:
        return 0.0
    return ABSENT if rule.empty is None else rule.empty

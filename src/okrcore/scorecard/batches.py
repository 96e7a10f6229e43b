"""Means of many objectives at once.

Rules of this file:

1. Objectives with equally many parts are one batch: a few passes at the speed of C, and no look at each.
2. The arithmetic is that of `okrcore._arith.mean`, to the last bit: exact sums, within the range of the
   parts.
3. A mean leaves that range by rounding alone, and then lies next to each of its parts: only means that lie
   next to their first part are looked at, since a range costs as much as a mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from math import fsum, inf, isnan
from operator import eq, mul, sub
from typing import Final, TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT, quotient

__all__ = ["Group", "Stream", "put"]

_T = TypeVar("_T")

#: More than the rounding of a mean of parts from -1 to 1, which is some 5 units of 2 ** -53 (library
#: default).
_ROUNDING: Final = 2.0**-50
#: More than what products lose that are too small for a float, while weights total so much (library default).
_UNDERFLOW: Final = 1e-280
_LEAST_TOTAL: Final = 1e-30


@final
@frozen(eq=False)
class Stream:
    """Parts of several objectives, one objective after the other, equally many of each.

    Args:
        places: Where they stand.
        weights: Their weights, none of them 0.
        count: How many each objective has.
    """

    places: Sequence[int]
    weights: Sequence[float]
    count: int

    def of(self, values: Sequence[float]) -> Sequence[float]:
        """Return the values of the parts."""
        return [values[place] for place in self.places]


@final
@frozen(eq=False)
class Group:
    """Objectives of one height with equally many parts, so that their means are one batch.

    Args:
        rows: The objectives.
        streams: Their parts that have a weight.
    """

    rows: Sequence[int]
    streams: Sequence[Stream]

    @cached_property
    def _totals(self) -> Sequence[float]:
        return list(map(fsum, self._by_row([stream.weights for stream in self.streams])))

    @cached_property
    def _reach(self) -> float:
        """How far from its first part a mean may lie that has left the range, for parts from -1 to 1.

        Its rounding is at most some 5 units of 2 ** -53. What has left the range by it has all its parts
        that near to the end that it left, each in proportion to its share of the weight; no first part has
        less than the smallest of them would have of the largest total.
        """
        first = self.streams[0]
        share = min(first.weights[:: first.count]) / max(self._totals)
        # Products of very small weights lose more than that; then each range is looked at.
        if not share or min(self._totals) < _LEAST_TOTAL:
            return inf
        return _ROUNDING * (1 + 1 / share)

    def means(self, values: Sequence[float]) -> list[float]:
        """Return the weighted mean of each objective over the parts that have a value; ABSENT of none."""
        parts = [stream.of(values) for stream in self.streams]
        if len(parts) == 1 and self.streams[0].count == 1:
            return list(parts[0])
        weighed = [map(mul, part, stream.weights) for part, stream in self._with(parts)]
        means = list(map(quotient, map(fsum, self._by_row(weighed)), self._totals))
        if isnan(sum(means)):
            return self._means_of_present(parts)
        largest = max(*map(max, parts), -min(map(min, parts)))
        reach = largest * self._reach + _UNDERFLOW
        firsts = parts[0][:: self.streams[0].count]
        differences = map(sub, means, firsts)
        for row in [n for n, each in enumerate(differences) if -reach <= each <= reach]:
            own = [
                value
                for part, stream in self._with(parts)
                for value in part[row * stream.count : (row + 1) * stream.count]
            ]
            means[row] = max(min(own), min(means[row], max(own)))
        return means

    def _means_of_present(self, parts: Sequence[Sequence[float]]) -> list[float]:
        # What is absent is not equal to itself. It weighs 0 and counts as 0, which changes no exact
        # sum, and it bounds nothing.
        weights = [
            list(map(mul, stream.weights, map(eq, part, part)))
            for part, stream in self._with(parts)
        ]
        weighed = [
            map(mul, _with_absent_as(0.0, part), each)
            for part, each in zip(parts, weights, strict=True)
        ]
        totals = map(fsum, self._by_row(weights))
        sums = map(fsum, self._by_row(weighed))
        means = [
            each / total if total else ABSENT for each, total in zip(sums, totals, strict=True)
        ]
        lows = map(min, self._by_row([_with_absent_as(inf, part) for part in parts]))
        highs = map(max, self._by_row([_with_absent_as(-inf, part) for part in parts]))
        return _clamped(means, lows, highs)

    def _with(self, parts: Sequence[_T]) -> Iterable[tuple[_T, Stream]]:
        return zip(parts, self.streams, strict=True)

    def _by_row(self, parts: Sequence[Iterable[float]]) -> Iterable[tuple[float, ...]]:
        """Yield the parts of each objective, of all streams together."""
        taken = ([iter(part)] * stream.count for part, stream in self._with(parts))
        return zip(*chain.from_iterable(taken), strict=True)


def _with_absent_as(number: float, values: Iterable[float]) -> list[float]:
    return [value if value == value else number for value in values]  # noqa: PLR0124  # ABSENT


def _clamped(means: Iterable[float], lows: Iterable[float], highs: Iterable[float]) -> list[float]:
    # The one mean never leaves the range of what it averages; see okrcore._arith.
    return [
        low if mean < low else high if mean > high else mean  # noqa: FURB136  # a call costs more
        for mean, low, high in zip(means, lows, highs, strict=True)
    ]


def put(values: list[float], rows: Sequence[int], offset: int, found: Sequence[float]) -> None:
    """Put what was found for some rows into their places."""
    if isinstance(rows, range):
        values[offset + rows.start : offset + rows.stop] = found
    else:
        for row, each in zip(rows, found, strict=True):
            values[offset + row] = each

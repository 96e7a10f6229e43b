"""Means of many objectives at once.

Rules of this file:

1. Objectives with equally many parts are one batch: a few passes at the speed of C, and no look at each.
2. The arithmetic is that of `okrcore._arith.mean`, to the last bit: exact sums, within the range of the
   parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from math import fsum, inf, isnan
from operator import eq, mul, truediv
from typing import TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT

__all__ = ["Group", "Stream", "put"]

_T = TypeVar("_T")


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

    def means(self, values: Sequence[float]) -> list[float]:
        """Return the weighted mean of each objective over the parts that have a value; ABSENT of none."""
        parts = [stream.of(values) for stream in self.streams]
        weighed = [map(mul, part, stream.weights) for part, stream in self._with(parts)]
        means = list(map(truediv, map(fsum, self._by_row(weighed)), self._totals))
        if isnan(sum(means)):
            return self._means_of_present(parts)
        lows, highs = map(min, self._by_row(parts)), map(max, self._by_row(parts))
        return _clamped(means, lows, highs)

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

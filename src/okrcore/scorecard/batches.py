"""Means of many objectives at once.

Rules of this file:

1. Objectives with equally many parts are one batch: a few passes at the speed of C, and no look at each.
2. The arithmetic is that of `okrcore._arith.mean`, to the last bit: exact sums, within the range of the
   parts.
3. A mean leaves that range by rounding alone, and then lies next to each of its parts: only means that lie
   next to one of them are looked at, since a range costs as much as a mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import fsum, inf, isnan
from operator import mul
from typing import Final, TypeAlias, TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT, quotient

__all__ = ["Group", "put"]

_T = TypeVar("_T")

#: What each part weighs, 0 where it is absent; and by row, what those of an objective weigh.
_Present: TypeAlias = tuple[Sequence[float], Sequence[float]]

#: More than the rounding of a mean, twice over, by the mean size of its parts: that is some 5 units of
#: 2 ** -53 (library default).
_ROUNDING: Final = 2.0**-49
#: Where rounding may reach farther than that, nothing follows from one part (library default).
_NEARBY: Final = 0.25
#: More than what products lose that are too small for a float, while weights total so much (library default).
_UNDERFLOW: Final = 1e-280
_LEAST_TOTAL: Final = 1e-30


@final
@frozen(eq=False)
class Group:
    """Objectives of one height with equally many parts, so that their means are one batch.

    Args:
        rows: The objectives.
        places: Where their parts stand, those of one objective after those of the other.
        weights: What those weigh there, each more than 0.
        count: How many parts each has.
    """

    rows: Sequence[int]
    places: Sequence[int]
    weights: Sequence[float]
    count: int

    @cached_property
    def _totals(self) -> Sequence[float]:
        return list(map(fsum, self._by_row(self.weights)))

    @cached_property
    def _reach(self) -> float:
        """How far from any of its parts, by its size, a mean may lie that has left the range.

        Its rounding is at most some 5 units of 2 ** -53 of its parts, weighed. What has left the range by it
        has each part that near to the end that it left, by the share of the weight that the part has; so the
        parts are hardly larger than that one, and together they are less than twice its size. No part has
        less than the smallest weight would have of the largest total.
        """
        share = min(self.weights) / max(self._totals)
        reach = _ROUNDING * (1 + self.count + 1 / share) if share else inf
        # Products of very small weights lose more than that; then each range is looked at.
        return inf if reach > _NEARBY or min(self._totals) < _LEAST_TOTAL else reach

    def means(self, values: Sequence[float]) -> list[float]:
        """Return the weighted mean of each objective over the parts that have a value; ABSENT of none."""
        return self.means_of([values])[0]

    def means_of(self, facts: Sequence[Sequence[float]]) -> list[list[float]]:
        """Return the same of several facts; what is absent in one is absent in all."""
        found: list[list[float]] = []
        present: _Present | None = None
        for values in facts:
            parts = [values[place] for place in self.places]
            if self.count == 1:
                found.append(parts)
            elif isnan(sum(parts)):
                present = present or self._present(parts)
                found.append(self._means_of_present(parts, present))
            else:
                sums = map(fsum, self._by_row(map(mul, parts, self.weights)))
                means = list(map(quotient, sums, self._totals))
                found.append(self._within_range(means, parts, parts[:: self.count], self._reach))
        return found

    def _present(self, parts: Sequence[float]) -> _Present:
        """Return what the parts weigh that have a value, and all of them together."""
        # What is absent differs from itself. It weighs 0 and counts as 0, which changes no exact sum.
        pairs = zip(parts, self.weights, strict=True)
        weights = [weight if each == each else 0.0 for each, weight in pairs]  # noqa: PLR0124
        return weights, list(map(fsum, self._by_row(weights)))

    def _means_of_present(self, parts: Sequence[float], present: _Present) -> list[float]:
        """Return the means over the parts that have a value."""
        weights, totals = present
        there = [each if each == each else 0.0 for each in parts]  # noqa: PLR0124
        sums = map(fsum, self._by_row(map(mul, there, weights)))
        pairs = zip(sums, totals, strict=True)
        means = [each / total if total else ABSENT for each, total in pairs]
        # A part that is absent says nothing of the others; the next one does as well.
        ahead = zip(parts[:: self.count], parts[1 :: self.count], strict=True)
        any_part = [first if first == first else second for first, second in ahead]  # noqa: PLR0124
        # Products of small weights lose more, see above.
        is_light = min(filter(None, totals), default=inf) < _LEAST_TOTAL
        return self._within_range(means, parts, any_part, inf if is_light else self._reach)

    def _within_range(
        self,
        means: list[float],
        parts: Sequence[float],
        any_part: Sequence[float],
        reach: float,
    ) -> list[float]:
        """Return the means, none of them outside the range of its parts.

        Args:
            means: The means, as they were rounded.
            parts: The parts, those of one after those of the other.
            any_part: One of each.
            reach: How far from it, by its size, a mean may lie that has left the range.
        """
        pairs = enumerate(zip(means, any_part, strict=True))
        # What equals a part lies in the range. What is absent lies nowhere; nor is anything far if reach is inf.
        for row in [
            n for n, (m, p) in pairs if m != p and not abs(m - p) > reach * abs(p) + _UNDERFLOW
        ]:
            mine = parts[row * self.count : (row + 1) * self.count]
            own = [value for value in mine if not isnan(value)]
            if own:
                means[row] = max(min(own), min(means[row], max(own)))
        return means

    def parts_of(self, values: Sequence[_T]) -> Iterable[tuple[_T, ...]]:
        """Yield the values of the parts of each objective."""
        return self._by_row([values[place] for place in self.places])

    @property
    def places_by_row(self) -> Iterable[tuple[int, ...]]:
        """The places of the parts of each objective."""
        return self._by_row(self.places)

    def _by_row(self, parts: Iterable[_T]) -> Iterable[tuple[_T, ...]]:
        """Yield the parts of each objective."""
        return zip(*[iter(parts)] * self.count, strict=True)


def put(values: list[float], rows: Sequence[int], offset: int, found: Sequence[float]) -> None:
    """Put what was found for some rows into their places."""
    if isinstance(rows, range):
        values[offset + rows.start : offset + rows.stop] = found
    else:
        for row, each in zip(rows, found, strict=True):
            values[offset + row] = each

"""Means of many objectives at once.

Rules of this file:

1. Objectives with equally many parts are one batch: a few passes at the speed of C.
2. The arithmetic is that of `okrcore._arith.mean`, to the last bit: exact sums, within the range of the
   parts.
3. A mean leaves that range by rounding alone, and then lies next to each of its parts. Ranges are computed
   only for means next to one of their parts, since a range takes as long as a mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, inf, isnan
from operator import mul
from typing import Final, TypeAlias, TypeVar, final

from attrs import frozen

from okrcore._arith import ABSENT, quotient

__all__ = ["MeanBatch", "put"]

_T = TypeVar("_T")

#: Weight of each part, 0 if it is ABSENT; and the total weight of each objective.
_Present: TypeAlias = tuple[Sequence[float], Sequence[float]]

#: More than the rounding of a mean, twice over, by the mean size of its parts: that is some 5 units of
#: 2 ** -53 (library default).
_ROUNDING: Final = 2.0**-49
#: If rounding may reach farther than that, nothing follows from one part (library default).
_NEARBY: Final = 0.25
#: More than products too small for a float lose, while weights total so much (library default).
_UNDERFLOW: Final = 1e-280
_LEAST_TOTAL: Final = 1e-30


@final
@frozen(eq=False)
class MeanBatch:
    """Objectives of one height with equally many parts.

    Args:
        objectives: Indexes of the objectives.
        parts: Indexes of their parts, one objective after the other.
        weights: Weights of the parts, each above 0.
        count: Number of parts of each.
        totals: Total weight of the parts of each objective.
        reach: Distance from any of its parts, by the size of that, up to which a mean may have left the
            range of its parts.
    """

    objectives: Sequence[int]
    parts: Sequence[int]
    weights: Sequence[float]
    count: int
    totals: Sequence[float]
    reach: float

    @classmethod
    def of(
        cls, objectives: Sequence[int], parts: Sequence[int], weights: Sequence[float], count: int
    ) -> MeanBatch:
        """Return a batch with the totals of its weights."""
        totals = list(map(fsum, zip(*[iter(weights)] * count, strict=True)))
        return cls(objectives, parts, weights, count, totals, _reach(weights, totals, count))

    def means(self, values: Sequence[float]) -> list[float]:
        """Return the mean of each objective over the parts with a value; ABSENT of none.

        The plain definition is `means.mean_of`.

        Laws: test_means_of_a_batch_are_means_of_each, test_absent_parts_leave_the_mean_of_a_batch.
        """
        return self.means_of([values])[0]

    def means_of(self, columns: Sequence[Sequence[float]]) -> list[list[float]]:
        """Return the means of several columns; a part that is ABSENT in one is ABSENT in all."""
        found: list[list[float]] = []
        present: _Present | None = None
        for values in columns:
            parts = [values[index] for index in self.parts]
            if self.count == 1:
                found.append(parts)
            elif parts[0] == parts[-1] and parts.count(parts[0]) == len(parts):
                # As of lines of one cycle. A mean of equal numbers is that number, and a zero has no sign.
                found.append([parts[0] + 0.0] * len(self.objectives))
            elif isnan(sum(parts)):
                present = present or self._present(parts)
                found.append(self._means_of_present(parts, present))
            else:
                sums = map(fsum, self._by_objective(map(mul, parts, self.weights)))
                means = list(map(quotient, sums, self.totals))
                found.append(self._within_range(means, parts, parts[:: self.count], self.reach))
        return found

    def _present(self, parts: Sequence[float]) -> _Present:
        """Return the weight of each part with a value, else 0, and their totals."""
        # ABSENT differs from itself. It weighs 0 and counts as 0, which changes no exact sum.
        pairs = zip(parts, self.weights, strict=True)
        weights = [weight if each == each else 0.0 for each, weight in pairs]  # noqa: PLR0124
        return weights, list(map(fsum, self._by_objective(weights)))

    def _means_of_present(self, parts: Sequence[float], present: _Present) -> list[float]:
        """Return the means over the parts that have a value."""
        weights, totals = present
        if not any(totals):
            return [ABSENT] * len(totals)
        numbers = [each if each == each else 0.0 for each in parts]  # noqa: PLR0124
        sums = map(fsum, self._by_objective(map(mul, numbers, weights)))
        pairs = zip(sums, totals, strict=True)
        means = [each / total if total else ABSENT for each, total in pairs]
        # One part of each is enough: the second if the first is ABSENT.
        pairs = zip(parts[:: self.count], parts[1 :: self.count], strict=True)
        any_part = [first if first == first else second for first, second in pairs]  # noqa: PLR0124
        # Products of small weights lose more, see above.
        is_light = min(filter(None, totals), default=inf) < _LEAST_TOTAL
        return self._within_range(means, parts, any_part, inf if is_light else self.reach)

    def _within_range(
        self, means: list[float], parts: Sequence[float], any_part: Sequence[float], reach: float
    ) -> list[float]:
        """Return the means, none of them outside the range of its parts.

        A mean may have left it up to `reach` times the size of a part from that part; `any_part` has one of
        each objective.
        """
        pairs = enumerate(zip(means, any_part, strict=True))
        # A mean that equals a part lies in the range, and none is ABSENT, which differs from itself; if reach
        # is inf, every range is computed.
        for at in [
            n
            for n, (m, p) in pairs
            if p != m == m and not abs(m - p) > reach * abs(p) + _UNDERFLOW  # noqa: PLR0124
        ]:
            mine = parts[at * self.count : (at + 1) * self.count]
            own = [value for value in mine if not isnan(value)]
            means[at] = max(min(own), min(means[at], max(own)))
        return means

    def parts_of(self, values: Sequence[_T]) -> Iterable[tuple[_T, ...]]:
        """Return the values of the parts of each objective."""
        return self._by_objective([values[index] for index in self.parts])

    @property
    def parts_by_objective(self) -> Iterable[tuple[int, ...]]:
        """Indexes of the parts of each objective."""
        return self._by_objective(self.parts)

    def _by_objective(self, parts: Iterable[_T]) -> Iterable[tuple[_T, ...]]:
        return zip(*[iter(parts)] * self.count, strict=True)


def _reach(weights: Sequence[float], totals: Sequence[float], count: int) -> float:
    """Return the distance up to which a mean may have left the range of its parts.

    Rounding moves a mean by at most some 5 units of 2 ** -53 of its weighed parts. If that takes it out of the
    range, each part is at most this distance, divided by its share of the weight, from the end that the mean
    left. So parts are hardly larger than that end, and together less than twice its size. No share is less
    than the smallest weight by the largest total.
    """
    share = min(weights) / max(totals)
    reach = _ROUNDING * (1 + count + 1 / share) if share else inf
    # Products of very small weights lose more than that; then every range is computed.
    return inf if reach > _NEARBY or min(totals) < _LEAST_TOTAL else reach


def put(values: list[float], objectives: Sequence[int], found: Sequence[float]) -> None:
    """Put the values of some objectives into a column."""
    if isinstance(objectives, range):
        values[objectives.start : objectives.stop] = found
    else:
        for index, each in zip(objectives, found, strict=True):
            values[index] = each

"""What one other score makes of those above it, without looking at the rest of the plan.

Rules of this file:

1. It is the arithmetic of an evaluation: a sum with one part replaced is the exact sum of all parts,
   rounded once, as `fsum` rounds it. So each answer is the one a whole evaluation gives, to the last bit.
2. Nothing that was computed changes: what is tried out is put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from math import fsum, isnan
from typing import final

from attrs import evolve, frozen

from okrcore._arith import exact_parts
from okrcore.rulebook import Keep
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.supposed_readings import feeding

__all__ = ["Climb"]


@final
@frozen(eq=False)
class _Mean:
    """A mean, ready to have some of its parts replaced.

    Args:
        weights: What each part weighs, by place.
        products: Numbers with the exact sum of the parts that are there, by their weights.
        total: Numbers with the exact sum of the weights of those.
        ascending: Those parts, the lowest first.
    """

    weights: Mapping[int, float]
    products: Sequence[float]
    total: Sequence[float]
    ascending: Sequence[tuple[float, int]]

    @classmethod
    def of(cls, places: Sequence[int], weights: Sequence[float], scores: Sequence[float]) -> _Mean:
        """Make ready a mean over parts at some places, with their weights and scores."""
        weight_of = dict(zip(places, weights, strict=True))
        there = zip(scores, places, strict=True)
        ascending = sorted((score, at) for score, at in there if not isnan(score))
        return cls(
            weight_of,
            exact_parts(value * weight_of[at] for value, at in ascending),
            exact_parts(weight_of[at] for _, at in ascending),
            ascending,
        )

    def replaced(self, before: Mapping[int, float], scores: Sequence[float]) -> float:
        """Return the mean with the scores of now in the place of those that were there before."""
        products, total = list(self.products), list(self.total)
        values: list[float] = []  # at least one: what enters has a weight
        for at, was in before.items():
            weight = self.weights.get(at)
            if weight is not None:
                values.append(scores[at])
                products.append(scores[at] * weight)
                if isnan(was):
                    total.append(weight)
                else:
                    products.append(-was * weight)
        raw = fsum(products) / fsum(total)
        # The one mean never leaves the range of what it averages; see okrcore._arith.
        kept = [next((v for v, at in ends if at not in before), values[0]) for ends in self._ends]
        low, high = min(*kept, *values), max(*kept, *values)
        return low if raw < low else min(raw, high)

    @property
    def _ends(self) -> tuple[Iterable[tuple[float, int]], Iterable[tuple[float, int]]]:
        return self.ascending, reversed(self.ascending)


@final
@frozen(eq=False)
class Climb:
    """What other scores of key results make of the objectives above them.

    Args:
        figures: The figures that are there.
    """

    figures: Figures

    def score_with(self, place: int, score: float, above: int) -> float:
        """Return the score at a place above a key result, had that another score by a reading of the day."""
        figures, scores = self.figures, self._scores
        if self._is_entangled or place in self._feeding:
            id = figures.program.ids[place]
            kept = (pair for pair in figures.supposed if pair[0] != id)
            return evolve(figures, supposed=(*kept, (id, score))).scores[above]
        before, waiting = {place: scores[place]}, list(self._above[place])
        scores[place] = score
        # Rows stand children before parents, so the lowest that waits has all its parts.
        while waiting:
            row = heappop(waiting)
            at = figures.offset + row
            if at in before:
                continue
            now, was = self._rolled_up(row, before), scores[at]
            if now != was and not (isnan(now) and isnan(was)):
                before[at], scores[at] = was, now
                for higher in self._above[at]:
                    heappush(waiting, higher)
        found = scores[above]
        for at, was in before.items():
            scores[at] = was
        return found

    def _rolled_up(self, row: int, before: Mapping[int, float]) -> float:
        figures, scores = self.figures, self._scores
        if row not in self._plain:
            return figures.score_of(row, scores)[0]
        places, weights = figures.layout.inputs_of(row).weighed
        if row not in self._means:
            were = [before.get(at, scores[at]) for at in places]
            self._means[row] = _Mean.of(places, weights, were)
        mean = self._means[row].replaced(before, scores)
        return figures.books[row].roll_up.result.apply(mean)

    @cached_property
    def _scores(self) -> list[float]:
        return list(self.figures.scores)

    @cached_property
    def _feeding(self) -> frozenset[int]:
        return feeding(self.figures.program)

    @cached_property
    def _plain(self) -> frozenset[int]:
        return frozenset(self.figures.batched)

    @cached_property
    def _means(self) -> dict[int, _Mean]:
        return {}

    @cached_property
    def _above(self) -> Sequence[Sequence[int]]:
        """The rows into whose scores each place enters."""
        above: list[list[int]] = [[] for _ in range(len(self.figures.program))]
        for row, counted in enumerate(self.figures.layout.counted):
            for at in counted:
                above[at].append(row)
        return above

    @cached_property
    def _is_entangled(self) -> bool:
        """Whether a reading does more than to change a score: it opens others, or ends what was judged.

        Nor do scores climb in place if some are those of a version of the day.
        """
        rules = [book.roll_up for book in self.figures.books]
        return (
            bool(self.figures.versions)
            or any(rule.least_coverage > 0 for rule in rules)
            or (
                bool(self.figures.history.judgements.on)
                and any(rule.with_judged is Keep.UNTIL_READ for rule in rules)
            )
        )

"""Scores of the ancestors of one changed score, computed without the rest of the plan.

Rules of this file:

1. A sum with one part replaced is the exact sum of all parts, rounded once, as by `fsum`. So each score is
   that of a whole evaluation, to the last bit.
2. Nothing that was computed changes: trial scores are put back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from math import fsum, isnan
from typing import final

from attrs import evolve, frozen

from okrcore._arith import exact_parts
from okrcore.rulebook import Keep
from okrcore.scorecard.day.supposed_readings import feeding
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.overlay import plain_means

__all__ = ["Climb"]


@final
@frozen(eq=False)
class _Mean:
    """A mean, ready to have some of its parts replaced.

    Args:
        weights: Weight of each part, by index.
        products: Numbers with the exact sum of score by weight, over the parts with a score.
        total: Numbers with the exact sum of the weights of those.
        ascending: Score and index of those, the lowest first.
    """

    weights: Mapping[int, float]
    products: Sequence[float]
    total: Sequence[float]
    ascending: Sequence[tuple[float, int]]

    @classmethod
    def of(cls, indexes: Sequence[int], weights: Sequence[float], scores: Sequence[float]) -> _Mean:
        """Return the mean of some parts, with their weights and scores."""
        weight_of = dict(zip(indexes, weights, strict=True))
        parts = zip(scores, indexes, strict=True)
        ascending = sorted((score, at) for score, at in parts if not isnan(score))
        return cls(
            weight_of,
            exact_parts(value * weight_of[at] for value, at in ascending),
            exact_parts(weight_of[at] for _, at in ascending),
            ascending,
        )

    def replaced(
        self, moved: Sequence[int], before: Mapping[int, float], scores: Sequence[float]
    ) -> float:
        """Return the mean with new scores of the parts that moved."""
        products, total = list(self.products), list(self.total)
        values: list[float] = []
        for at in moved:
            weight, was = self.weights[at], before[at]
            values.append(scores[at])
            products.append(scores[at] * weight)
            if isnan(was):
                total.append(weight)
            else:
                products.append(-was * weight)
        raw = fsum(products) / fsum(total)
        # The one mean never leaves the range of what it averages; see okrcore._arith.
        both = (self.ascending, reversed(self.ascending))
        kept = [next((v for v, at in parts if at not in before), values[0]) for parts in both]
        low, high = min(*kept, *values), max(*kept, *values)
        return low if raw < low else min(raw, high)


@final
@frozen(eq=False)
class Climb:
    """Recomputes the ancestors of one changed score."""

    evaluation: Evaluation

    def score_with(self, index: int, score: float, above: int) -> float:
        """Return the score of an ancestor, if a reading of the day gave a key result another score."""
        evaluation, scores = self.evaluation, self._scores
        if self._is_entangled or index in self._feeding:
            id = evaluation.facts.compiled.ids[index]
            kept = (pair for pair in evaluation.supposed if pair[0] != id)
            return evolve(evaluation, supposed=(*kept, (id, score))).scores.values[above]
        before, waiting = {index: scores[index]}, list(self._above[index])
        moved = {higher: [index] for higher in waiting}
        scores[index] = score
        # Children come before parents, so all parts of the lowest waiting objective are done.
        while waiting:
            at = heappop(waiting)
            now, was = self._roll_up(at, moved[at], before), scores[at]
            if now != was and not (isnan(now) and isnan(was)):
                before[at], scores[at] = was, now
                for higher in self._above[at]:
                    if higher in moved:
                        moved[higher].append(at)
                    else:
                        moved[higher] = [at]
                        heappush(waiting, higher)
        found = scores[above]
        for at, was in before.items():
            scores[at] = was
        return found

    def _roll_up(self, index: int, moved: Sequence[int], before: Mapping[int, float]) -> float:
        evaluation, scores = self.evaluation, self._scores
        if index not in self._plain:
            return evaluation.basis.score_of(index, scores)[0]
        if index not in self._means:
            parts, weights = evaluation.inputs.of(index).weighed
            were = [before.get(at, scores[at]) for at in parts]
            self._means[index] = _Mean.of(parts, weights, were)
        mean = self._means[index].replaced(moved, before, scores)
        return evaluation.facts.books[index].roll_up.result.apply(mean)

    @cached_property
    def _scores(self) -> list[float]:
        return list(self.evaluation.scores.values)

    @cached_property
    def _feeding(self) -> frozenset[int]:
        return feeding(self.evaluation.facts.compiled)

    @cached_property
    def _plain(self) -> frozenset[int]:
        return frozenset(plain_means(self.evaluation))

    @cached_property
    def _means(self) -> dict[int, _Mean]:
        return {}

    @cached_property
    def _above(self) -> Sequence[Sequence[int]]:
        """By index, the objectives whose score an item enters."""
        above: list[list[int]] = [[] for _ in self.evaluation.scores.values]
        for index, parts in self.evaluation.inputs.each_counted():
            for at in parts:
                above[at].append(index)
        return above

    @cached_property
    def _is_entangled(self) -> bool:
        """Whether a reading does more than change a score: open others, or end judged ones."""
        rules = [book.roll_up for book in self.evaluation.facts.distinct_books]
        return any(rule.least_coverage > 0 for rule in rules) or (
            bool(self.evaluation.facts.history.judgements.on)
            and any(rule.with_judged is Keep.UNTIL_READ for rule in rules)
        )

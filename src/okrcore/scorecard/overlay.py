"""Scores that are written to: a part that moves takes with it what lies above it, and nothing else.

Rules of this file:

1. It owns the scores that it writes to, a copy of those of an evaluation.
2. Children come before parents, so the lowest objective that waits has all its parts.
3. The parts of every mean are kept weighed, so that a part that moves is one number replaced and one sum. The arithmetic is that of `okrcore._arith.mean`, to the last bit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import accumulate, chain, compress, repeat
from math import fsum
from operator import eq
from typing import NamedTuple, final

from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["Overlay", "ScoreChange", "plain_means"]


@final
class ScoreChange(NamedTuple):
    """A score that changed.

    A plain tuple, and no frozen record as the others are: a check-in makes one on each level above it.

    Args:
        id: The key result or objective.
        before: Its score before; None if it had none.
        after: Its score now; None if it has none.
    """

    id: str
    before: float | None
    after: float | None


@final
class Overlay:
    """Scores of an evaluation, ready to be written to.

    The parts of objectives are in slots, one objective after the other: the score of each part, and its
    summand in its objective, which is 0 while it has no score. An item that enters several objectives has
    several slots.

    Args:
        evaluation: The evaluation.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        compiled = evaluation.facts.compiled
        self._basis, self._first = evaluation.basis, compiled.of_objectives.start
        self._ids, inputs = compiled.ids, list(map(evaluation.inputs.of, compiled.of_objectives))
        self._scores = list(evaluation.scores.values)
        self._results = {
            at: evaluation.facts.books[index].roll_up.result
            for at, index in enumerate(compiled.of_objectives)
            if evaluation.facts.books[index].roll_up.result is not UNCHANGED
        }
        # A part without a weight moves nothing, and has no slot.
        weights = list(chain.from_iterable([each.weights for each in inputs]))
        parts = compress(chain.from_iterable([each.indexes for each in inputs]), weights)
        counts = [len(each.weights) - each.weights.count(0.0) for each in inputs]
        self._indexes = array("i", parts)
        self._weights = array("d", filter(None, weights))
        self._homes = array("i", chain.from_iterable(map(repeat, range(len(counts)), counts)))
        self._starts = array("i", accumulate(counts, initial=0))
        self._slots, self._several = _slots_of(self._indexes, evaluation.inputs.count)
        values = map(self._scores.__getitem__, self._indexes)
        self._parts = array(
            "d",
            [
                value * weight if value == value else 0.0  # noqa: PLR0124  # ABSENT
                for value, weight in zip(values, self._weights, strict=True)
            ],
        )
        # The total weight of the parts with a score; 0 if the score is no mean of scores as they are.
        self._totals = array("d", [0.0]) * len(inputs)
        # The indexes of the lowest and the highest part, when they were last looked for.
        self._lows, self._highs = (array("i", [0]) * len(inputs) for _ in range(2))
        self._is_mean = bytearray(len(inputs))
        for at in plain_means(evaluation):
            self._is_mean[at - self._first] = 1
            self._take_stock(at - self._first)

    @property
    def scores(self) -> list[float]:
        """Scores by index, as they are now."""
        return self._scores

    def write(  # noqa: C901  # one loop: a call for each objective takes as long as its sum
        self, scored: Iterable[tuple[int, float]]
    ) -> tuple[ScoreChange, ...]:
        """Give key results new scores, and return the changes, parts before objectives."""
        scores, ids, slots, first = self._scores, self._ids, self._slots, self._first
        parts, weights, homes, starts = self._parts, self._weights, self._homes, self._starts
        totals, lows, highs, results = self._totals, self._lows, self._highs, self._results
        changes: list[ScoreChange] = []
        waiting: list[int] = []
        moved = list(scored)[::-1]
        while moved or waiting:
            if moved:
                index, score = moved.pop()
            else:
                at = heappop(waiting)
                if waiting and waiting[0] == at:
                    continue  # it comes again
                index, total = first + at, totals[at]
                if total:
                    score = fsum(parts[starts[at] : starts[at + 1]]) / total
                    # Between two parts it is within the range of all; the last ends mostly still are.
                    if not scores[lows[at]] <= score <= scores[highs[at]]:
                        self._take_stock(at)
                        score = min(max(score, scores[lows[at]]), scores[highs[at]])
                    if at in results:
                        score = results[at].apply(score)
                else:
                    score, _ = self._basis.score_of(index, scores)
            before = scores[index]
            had_one, has_one = before == before, score == score  # noqa: PLR0124  # ABSENT
            if score != before and (had_one or has_one):
                scores[index] = score
                old, new = before if had_one else None, score if has_one else None
                changes.append(ScoreChange(ids[index], old, new))
            elif index >= first:
                continue
            # Even an equal score of a key result may end a score that people judged until it was read.
            only = slots[index]
            for slot in (only,) if only >= 0 else self._several.get(index, ()):
                parts[slot] = score * weights[slot] if has_one else 0.0
                above = homes[slot]
                if had_one is not has_one and self._is_mean[above]:
                    self._take_stock(above)
                heappush(waiting, above)
        return tuple(changes)

    def _take_stock(self, at: int) -> None:
        """Total the weights of the parts with a score, and look for the lowest and the highest."""
        start, stop = self._starts[at], self._starts[at + 1]
        indexes = self._indexes[start:stop]
        values = [self._scores[index] for index in indexes]
        has_one = list(map(eq, values, values))  # ABSENT is not equal to itself
        self._totals[at] = fsum(compress(self._weights[start:stop], has_one))
        read = list(compress(values, has_one))
        if read:
            self._lows[at] = indexes[values.index(min(read))]
            self._highs[at] = indexes[values.index(max(read))]


def plain_means(evaluation: Evaluation) -> Iterator[int]:
    """Yield the indexes of objectives whose score is a plain mean of scores, as long as one is there."""
    apart = evaluation.basis.apart()
    batches = (batch for batches, _ in evaluation.inputs.levels for batch in batches)
    return (index for batch in batches for index in batch.objectives if index not in apart)


def _slots_of(indexes: Sequence[int], count: int) -> tuple[array[int], dict[int, list[int]]]:
    """Return the slot of each item with one, else -1; and the slots of those with several."""
    slots, several = array("i", [-1]) * count, dict[int, list[int]]()
    for slot, index in enumerate(indexes):
        if index in several:
            several[index].append(slot)
        elif slots[index] < 0:
            slots[index] = slot
        else:
            several[index] = [slots[index], slot]
    for index in several:
        slots[index] = -1
    return slots, several

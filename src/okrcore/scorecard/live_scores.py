"""Scores of a live scorecard: means above the key results that changed.

Rules of this file:

1. It owns the scores that it writes to, a copy of those of an evaluation.
2. Children come before parents, so all parts of the lowest waiting objective are done.
3. The summands of every mean are kept, so that a changed part is one number replaced and one sum. The
   arithmetic is that of `okrcore._arith.mean`, to the last bit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from itertools import accumulate, chain, compress, repeat
from math import fsum
from operator import eq
from typing import NamedTuple, TypeAlias, TypeVar, final

from attrs import evolve, frozen

from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.day.exclusions import excluded_by_themselves, is_emptied
from okrcore.scorecard.day.judgements import JudgedScore
from okrcore.scorecard.day.parts import Inputs
from okrcore.scorecard.day.readings import Read
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["Overlay", "Recomputed", "ScoreChange", "Scored", "plain_means"]


_V = TypeVar("_V")


@final
class ScoreChange(NamedTuple):
    """A score that changed.

    A plain tuple, not a frozen record: a check-in makes one on each level above it.

    Args:
        id: The key result or objective.
        before: Its score before; None without one.
        after: Its score now; None without one.
    """

    id: str
    before: float | None
    after: float | None


@final
@frozen(eq=False)
class Recomputed:
    """Columns of an evaluation of a part, by index in the whole.

    Args:
        scores: Scores of key results.
        excluded: Whether a key result or closed objective is excluded.
        by_themselves: Whether an open objective is excluded, whatever its parts are.
        inputs: The parts of objectives, with their weights.
        closed: Score of a closed objective, and the number before the last clip; None of an open one.
        judged: Judged scores; None without one.
        outdated: Whether a reading came after a judged score.
        readings: Readings of key results without another change.
    """

    scores: Mapping[int, float]
    excluded: Mapping[int, int]
    by_themselves: Mapping[int, int]
    inputs: Mapping[int, Inputs]
    closed: Mapping[int, tuple[float, float] | None]
    judged: Mapping[int, JudgedScore | None]
    outdated: Mapping[int, bool]
    readings: Mapping[int, Read | None]


@final
class Overlay:
    """Scores of an evaluation, ready to be written to.

    The summands of parts are in slots, one objective after the other; that of a part without a score is 0. An
    item that enters several objectives has several slots.

    Args:
        evaluation: The evaluation.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        compiled = evaluation.facts.compiled
        basis, self._first = evaluation.basis, compiled.of_objectives.start
        self._evaluation = evaluation
        self._excluded, self._closed = bytearray(basis.excluded), dict(basis.closed)
        self._judged, self._outdated = dict(basis.judged), set(basis.outdated)
        self._single = dict(basis.inputs.single)
        self._basis = evolve(
            basis,
            inputs=evolve(basis.inputs, single=self._single),
            excluded=self._excluded,
            judged=self._judged,
            outdated=self._outdated,
            closed=self._closed,
        )
        self._ids, inputs = compiled.ids, list(map(evaluation.inputs.of, compiled.of_objectives))
        self._scores = list(evaluation.scores.values)
        self._results = {
            at: evaluation.facts.books[index].roll_up.result
            for at, index in enumerate(compiled.of_objectives)
            if evaluation.facts.books[index].roll_up.result is not UNCHANGED
        }
        # A part without a weight has no slot.
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
        # Indexes of the lowest and the highest part, when they were last determined.
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
        self, scored: Iterable[tuple[int, float]], also: Iterable[int] = ()
    ) -> tuple[ScoreChange, ...]:
        """Put new scores of key results, and return the changes, parts before objectives.

        Args:
            scored: Indexes of key results with their scores.
            also: Indexes of objectives that are recomputed even if no part has another score.
        """
        scores, ids, slots, first = self._scores, self._ids, self._slots, self._first
        parts, weights, homes, starts = self._parts, self._weights, self._homes, self._starts
        totals, lows, highs, results = self._totals, self._lows, self._highs, self._results
        changes: list[ScoreChange] = []
        waiting = sorted([index - first for index in also])
        moved = list(scored)[::-1]
        while moved or waiting:
            if moved:
                index, score = moved.pop()
            else:
                at = heappop(waiting)
                if waiting and waiting[0] == at:
                    continue  # it is in the heap again
                index, total = first + at, totals[at]
                if total:
                    score = fsum(parts[starts[at] : starts[at + 1]]) / total
                    # The last ends are mostly still those of the range.
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
            # An equal score of a key result, too, may end a score that was judged until the next reading.
            only = slots[index]
            for slot in (only,) if only >= 0 else self._several.get(index, ()):
                parts[slot] = score * weights[slot] if has_one else 0.0
                above = homes[slot]
                if had_one is not has_one and self._is_mean[above]:
                    self._take_stock(above)
                heappush(waiting, above)
        return tuple(changes)

    def rewrite(self, part: Recomputed) -> tuple[ScoreChange, ...]:
        """Take the columns of a part that was evaluated, and return the changes, as `write` does."""
        _put(self._closed, part.closed)
        _put(self._judged, part.judged)
        for index, is_outdated in part.outdated.items():
            (self._outdated.add if is_outdated else self._outdated.discard)(index)
        for index, inputs in part.inputs.items():
            self._single[index] = inputs
            self._leave_mean(index)
            self._give_slots(index)
        changed = self._exclude(part)
        touched = {*part.scores, *part.inputs, *part.judged, *changed}
        also = {*part.inputs, *changed}.difference(part.scores)
        also.update(above for index in touched for above in self._above(index))
        return self.write(part.scores.items(), also)

    def _exclude(self, part: Recomputed) -> Sequence[int]:
        """Put exclusions of a part, and of objectives above it; return the indexes of those that changed."""
        for index, is_excluded in part.by_themselves.items():
            self._by_themselves[index] = is_excluded
        changed: list[int] = []
        waiting = sorted({*part.excluded, *part.inputs})
        while waiting:
            index = heappop(waiting)
            if waiting and waiting[0] == index:
                continue  # it is in the heap again
            if index in part.excluded:
                is_excluded = part.excluded[index]
            else:
                parts = self._basis.inputs.of(index).counted
                is_excluded = self._by_themselves[index] or is_emptied(parts, self._excluded)
            if index in self._closed and is_excluded:
                for above in self._above(index):
                    self._leave_mean(above)  # it has a score, and does not enter
            if is_excluded != self._excluded[index]:
                self._excluded[index] = is_excluded
                changed.append(index)
                for above in self._above(index):
                    if above not in self._closed:
                        heappush(waiting, above)
        return changed

    @cached_property
    def _by_themselves(self) -> bytearray:
        """By index, 1 if an item is excluded, whatever its parts are."""
        return excluded_by_themselves(self._evaluation.facts, len(self._excluded))

    def _above(self, index: int) -> Sequence[int]:
        """Return the indexes of objectives that an item enters."""
        only = self._slots[index]
        slots = (only,) if only >= 0 else self._several.get(index, ())
        return [self._first + self._homes[slot] for slot in slots]

    def _leave_mean(self, index: int) -> None:
        """Let the score of an objective be computed by its plain definition."""
        at = index - self._first
        self._is_mean[at], self._totals[at] = 0, 0.0

    def _give_slots(self, index: int) -> None:
        """Give a slot to parts of an objective that had no weight."""
        for part in self._single[index].counted:
            if index not in self._above(part):
                only = self._slots[part]
                self._several[part] = [*self._several.get(part, (only,) if only >= 0 else ())]
                self._several[part].append(len(self._parts))
                self._slots[part] = -1
                self._homes.append(index - self._first)
                # A plain definition looks up neither.
                self._parts.append(0.0)
                self._weights.append(0.0)

    def _take_stock(self, at: int) -> None:
        """Put the total weight of the parts with a score, and the indexes of the lowest and the highest."""
        start, stop = self._starts[at], self._starts[at + 1]
        indexes = self._indexes[start:stop]
        values = [self._scores[index] for index in indexes]
        has_one = list(map(eq, values, values))  # ABSENT is not equal to itself
        self._totals[at] = fsum(compress(self._weights[start:stop], has_one))
        read = list(compress(values, has_one))
        if read:
            self._lows[at] = indexes[values.index(min(read))]
            self._highs[at] = indexes[values.index(max(read))]


def _put(column: dict[int, _V], values: Mapping[int, _V | None]) -> None:
    """Put values into a column; None takes out the one there."""
    for index, value in values.items():
        if value is None:
            column.pop(index, None)
        else:
            column[index] = value


def plain_means(evaluation: Evaluation) -> Iterator[int]:
    """Yield the indexes of objectives whose score is a plain mean of scores."""
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


#: Indexes of key results with the scores that a reading gives them.
Scored: TypeAlias = Sequence[tuple[int, float]]

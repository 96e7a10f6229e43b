"""Scores that are written to: a part that moves takes with it what lies above it, and nothing else.

Rules of this file:

1. It owns the scores that it writes to; nobody else sees them.
2. Rows stand children before parents, so the lowest that waits has all its parts.
3. The parts of every mean are kept weighed, so that a part that moves is one number put in its place
   and one sum. The arithmetic is that of `okrcore._arith.mean`, to the last bit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import accumulate, chain, compress, repeat
from math import fsum
from operator import eq
from typing import NamedTuple, final

from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.figures import Figures

__all__ = ["Overlay", "ScoreChange"]


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
    """The scores of figures, ready to be written to.

    What enters the objectives stands in slots, one objective after the other: the score of each part,
    and what it adds to the sum of its objective, which is 0 while it has no score. A place that enters
    several objectives has several slots.

    Args:
        figures: The figures; nobody else has them.
    """

    def __init__(self, figures: Figures) -> None:
        self._figures, self._offset = figures, figures.offset
        self._ids, inputs = figures.program.ids, figures.layout.inputs
        self._scores = figures.rolled[0]
        self._results = {
            row: book.roll_up.result
            for row, book in enumerate(figures.books)
            if book.roll_up.result is not UNCHANGED
        }
        # What has no weight moves nothing, and has no slot.
        weights = list(chain.from_iterable([each.weights for each in inputs]))
        places = compress(chain.from_iterable([each.places for each in inputs]), weights)
        counts = [len(each.weights) - each.weights.count(0.0) for each in inputs]
        self._places = array("i", places)
        self._weights = array("d", filter(None, weights))
        self._rows = array("i", chain.from_iterable(map(repeat, range(len(counts)), counts)))
        self._starts = array("i", accumulate(counts, initial=0))
        self._slots, self._several = _slots_of(self._places, len(figures.program))
        values = map(self._scores.__getitem__, self._places)
        self._parts = array(
            "d",
            [
                value * weight if value == value else 0.0  # noqa: PLR0124  # ABSENT
                for value, weight in zip(values, self._weights, strict=True)
            ],
        )
        # The total weight of what has a score; 0 where the score is no mean of scores as they are.
        self._totals = array("d", [0.0]) * len(inputs)
        # The places of the lowest and the highest part, when they were last looked for.
        self._lows, self._highs = (array("i", [0]) * len(inputs) for _ in range(2))
        self._is_mean = bytearray(len(inputs))
        for row in figures.batched:
            self._is_mean[row] = 1
            self._take_stock(row)

    def write(  # noqa: C901  # one loop: a call for each objective takes as long as its sum
        self, scored: Iterable[tuple[int, float]]
    ) -> tuple[ScoreChange, ...]:
        """Give key results new scores, and return what that changed, parts before what is made of them."""
        scores, ids, slots, offset = self._scores, self._ids, self._slots, self._offset
        parts, weights, rows, starts = self._parts, self._weights, self._rows, self._starts
        totals, lows, highs, results = self._totals, self._lows, self._highs, self._results
        changes: list[ScoreChange] = []
        waiting: list[int] = []
        moved = list(scored)[::-1]
        while moved or waiting:
            if moved:
                place, score = moved.pop()
            else:
                row = heappop(waiting)
                if waiting and waiting[0] == row:
                    continue  # it comes again
                place, total = offset + row, totals[row]
                if total:
                    score = fsum(parts[starts[row] : starts[row + 1]]) / total
                    # Between two parts it is within the range of all; what were the ends mostly are.
                    if not scores[lows[row]] <= score <= scores[highs[row]]:
                        self._take_stock(row)
                        score = min(max(score, scores[lows[row]]), scores[highs[row]])
                    if row in results:
                        score = results[row].apply(score)
                else:
                    score, _ = self._figures.score_of(row, scores)
            before = scores[place]
            had_one, has_one = before == before, score == score  # noqa: PLR0124  # ABSENT
            if score != before and (had_one or has_one):
                scores[place] = score
                old, new = before if had_one else None, score if has_one else None
                changes.append(ScoreChange(ids[place], old, new))
            elif place >= offset:
                continue
            # Even an equal score of a key result may end what people judged until it was read.
            only = slots[place]
            for slot in (only,) if only >= 0 else self._several.get(place, ()):
                parts[slot] = score * weights[slot] if has_one else 0.0
                row = rows[slot]
                if had_one is not has_one and self._is_mean[row]:
                    self._take_stock(row)
                heappush(waiting, row)
        return tuple(changes)

    def _take_stock(self, row: int) -> None:
        """Total the weights of the parts that have a score, and look for the lowest and the highest."""
        start, stop = self._starts[row], self._starts[row + 1]
        places = self._places[start:stop]
        values = [self._scores[place] for place in places]
        has_one = list(map(eq, values, values))  # ABSENT is not equal to itself
        self._totals[row] = fsum(compress(self._weights[start:stop], has_one))
        read = list(compress(values, has_one))
        if read:
            self._lows[row] = places[values.index(min(read))]
            self._highs[row] = places[values.index(max(read))]


def _slots_of(places: Sequence[int], count: int) -> tuple[array[int], dict[int, list[int]]]:
    """Return the slot of each place that has one, else -1; and the slots of those that have several."""
    slots, several = array("i", [-1]) * count, dict[int, list[int]]()
    for slot, place in enumerate(places):
        if place in several:
            several[place].append(slot)
        elif slots[place] < 0:
            slots[place] = slot
        else:
            several[place] = [slots[place], slot]
    for place in several:
        slots[place] = -1
    return slots, several

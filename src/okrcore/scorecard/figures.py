"""The scores of an evaluation, as flat arrays over a compiled plan.

Rules of this file:

1. Each array is one pass in the order of the program, made when it is first asked for.
2. ABSENT stands for "no number" in arrays; it never leaves this room as a number.
3. Arrays are by place (see `program`); what is by objective alone is by row.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import fsum, isnan
from typing import final

from attrs import evolve, frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import BoundState
from okrcore.plan.measures import LINEAR
from okrcore.plan.reading import number_of
from okrcore.rulebook import Effect, Keep
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.evidence import read_window
from okrcore.scorecard.frame import Frame
from okrcore.scorecard.program import LONG_AGO
from okrcore.scorecard.rolling import (
    Inputs,
    Items,
    combine,
    guard_items,
    guard_value,
    items_of,
    mean_of,
    or_empty,
)

__all__ = ["Figures", "JudgedScore"]


@final
@frozen
class JudgedScore:
    """A score that people gave beside the computed one.

    Args:
        score: The score, 0 to 1.
        because: Why it differs.
        on: The day from which it holds.
    """

    score: float
    because: str
    on: date


@final
@frozen(eq=False)
class Figures(Frame):
    """The scores of a plan on a day."""

    @cached_property
    def settled(self) -> Mapping[int, Figures]:
        """By place, the figures of the day on which an objective was closed, with its key results."""
        if not self.history.lives:
            return {}
        by_day: dict[date, Figures] = {}
        found: dict[int, Figures] = {}
        for row, objective in enumerate(self.program.objectives):
            closing = self.life_of(objective.id).closing
            if closing is not None and self.is_settled(row):
                if closing.on not in by_day:
                    by_day[closing.on] = evolve(self, day=closing.on)
                found[self.offset + row] = by_day[closing.on]
        for place, row in enumerate(self.program.home):
            if self.offset + row in found:
                found[place] = found[self.offset + row]
        return found

    def of_item(self, place: int) -> Figures:
        """Return the figures that answer for an item: those of its closing, once it is closed."""
        return self.settled.get(place, self)

    # --- scores --------------------------------------------------------------------------------

    @cached_property
    def progress(self) -> array[float]:
        """Progress of key results, raw."""
        baselines, targets = self.ends
        progress = array("d", bytes(8 * self.offset))
        for place, read in enumerate(self.reads):
            settled = self.settled.get(place)
            if settled is not None:
                progress[place] = settled.progress[place]
                continue
            rule = self.book_of(place).attainment
            unread = ABSENT if rule.unread is None else rule.unread
            measure = self.program.key_results[place].measure
            if self.excluded[place]:
                progress[place] = ABSENT
            elif read is None or (type(measure) in LINEAR and isnan(baselines[place])):
                progress[place] = unread
            elif type(measure) in LINEAR:
                progress[place] = line_progress(rule, read[0], baselines[place], targets[place])
            else:
                progress[place] = PROGRESS[type(measure)](rule, measure, self.seen(place, read[0]))
        for place, factor in self.rescaled.items():
            progress[place] *= factor
        return progress

    @cached_property
    def rolled(self) -> tuple[array[float], array[float]]:
        """Scores by place, and by row what was combined, before the result was clipped."""
        scores = self.blank()
        for place, progress in enumerate(self.progress):
            clip = self.book_of(place).attainment.clip
            scores[place] = progress if isnan(progress) else clip.apply(progress)
        self._score_initiatives(scores)
        combined = array("d", bytes(8 * len(self.inputs)))
        for row, inputs in enumerate(self.inputs):
            place, rule = self.offset + row, self.books[row].roll_up
            settled = self.settled.get(place)
            if settled is not None:
                scores[place], combined[row] = settled.scores[place], settled.rolled[1][row]
                continue
            if self.excluded[place] or self.is_too_thin(row):
                combined[row] = scores[place] = ABSENT
                continue
            combined[row] = self._combined(row, items_of(inputs, self.entered(row, scores)))
            scores[place] = combined[row]
            if not isnan(combined[row]):
                scores[place] = rule.result.apply(combined[row])
        return scores, combined

    @cached_property
    def scores(self) -> array[float]:
        """Scores by place."""
        return self.rolled[0]

    @cached_property
    def coverage(self) -> array[float]:
        """By place, the share of the weight that was read; recursive; ABSENT where excluded."""
        values = self.blank()
        for place, read in enumerate(self.reads):
            values[place] = float(read is not None and not isnan(self.progress[place]))
        for row, inputs in enumerate(self.inputs):
            place = self.offset + row
            whole = mean_of(items_of(inputs, values, self.excluded))
            values[place] = 0.0 if isnan(whole) else whole
            if place in self.settled:
                values[place] = self.settled[place].coverage[place]
            elif self.excluded[place]:
                values[place] = ABSENT
        return values

    @cached_property
    def ranges(self) -> tuple[array[float], array[float]]:
        """By place, the score with everything that is open scored as 0, and as 1."""
        low, high = (self._scored_with(limit) for limit in (0.0, 1.0))
        for place in range(self.offset, self.offset + len(self.inputs)):
            score = self.scores[place]
            if not isnan(score):
                # Rounding of means may set an end one unit in the last place past the score.
                low[place], high[place] = min(low[place], score), max(high[place], score)
        return low, high

    def range_of(self, place: int) -> tuple[float, float] | None:
        """Return the score range of a key result or objective; None where it is excluded."""
        low, high = self.ranges
        return None if self.excluded[place] else (low[place], high[place])

    def shares(self, row: int) -> Iterator[tuple[str, float]]:
        """Yield the ids of the parts of an objective with the share of its score that each makes."""
        inputs = self.inputs[row]
        blocks = []
        for start, stop, as_one in inputs.blocks:
            total = fsum(inputs.weights[start:stop])
            blocks.append((start, stop, 1.0 if as_one and total else total, total))
        whole = fsum(weight for _, _, weight, _ in blocks)
        for start, stop, weight, total in blocks:
            for n in range(start, stop):
                share = inputs.weights[n] / total * weight / whole if total else 0.0
                yield self.program.ids[inputs.places[n]], share

    def children_mean(self, row: int) -> float:
        """Return the mean score of the objectives below, whether or not they enter the score."""
        places, weights = self.program.below[row]
        below = Inputs(places, weights, ((0, len(places), False),))
        return mean_of(items_of(below, self.scores))

    def _scored_with(self, limit: float) -> array[float]:
        values = self.blank()
        for place in range(self.offset):
            is_open = isnan(self.scores[place]) or self.reads[place] is None
            clip = self.book_of(place).attainment.clip
            values[place] = clip.apply(limit) if is_open else self.scores[place]
        for row, inputs in enumerate(self.inputs):
            place, rule = self.offset + row, self.books[row].roll_up
            if place in self.settled:
                values[place] = self.settled[place].ranges[int(limit)][place]
                continue
            entered = self.entered(row, values)
            items = items_of(inputs, entered, self.excluded)
            whole = self._combined(row, items) if items else limit
            values[place] = ABSENT if self.excluded[place] else rule.result.apply(whole)
        return values

    def entered(self, row: int, scores: array[float]) -> Mapping[int, float]:
        """Return what enters an objective, by place: clipped, and what counts for what is missing."""
        rule = self.books[row].roll_up
        missing = ABSENT if rule.missing is None else rule.missing
        entered: dict[int, float] = {}
        for at in self.inputs[row].places:
            score = scores[at]
            if rule.with_judged is not None:
                score = self._judged(at, rule.with_judged, score)
            if self.excluded[at]:
                entered[at] = ABSENT
            else:
                entered[at] = missing if isnan(score) else rule.entry.apply(score)
        return entered

    def judged(self, id: str) -> JudgedScore | None:
        """Return the score that people gave an item last, beside the computed one."""
        today = self.day.toordinal()
        column = self.history.judgements
        rows = [
            row for row in column.rows(id, LONG_AGO, today) if column.values[row].score is not None
        ]
        found = None
        if rows:
            entry = column.values[rows[-1]]
            found = JudgedScore(entry.score or 0.0, entry.because, entry.on)
        closing = self.life_of(id).closing
        if closing is None or closing.judged is None:
            return found
        if found is not None and found.on > closing.on:
            return found
        return JudgedScore(closing.judged, closing.because, closing.on)

    def _judged(self, place: int, keep: Keep, score: float) -> float:
        if place >= len(self.program.ids):
            return score
        found = self.judged(self.program.ids[place])
        if found is None:
            return score
        read = self.reads[place] if place < self.offset else None
        if keep is Keep.UNTIL_READ and read is not None and read[1] > found.on.toordinal():
            return score
        return found.score

    def _combined(self, row: int, items: Items) -> float:
        """Return what is made of the items of an objective, its guardrails included."""
        book, inputs = self.books[row], self.inputs[row]
        states = self.guard_states(row)
        value = or_empty(
            book.roll_up,
            combine(book.roll_up, items + guard_items(book.guardrails, states)),
            has_parts=bool(inputs.places),
            has_weight=bool(inputs.counted),
        )
        return guard_value(book.guardrails, value, states)

    def guard_states(self, row: int) -> Sequence[BoundState]:
        """Return the states of the guardrails that move the score of an objective."""
        if self.books[row].guardrails.effect is Effect.SEPARATE:
            return ()
        return [found.state for found in self.watches(row).values()]

    def guards_enter(self, row: int) -> bool:
        """Say whether the guardrails of an objective enter its mean."""
        return self.books[row].guardrails.effect is Effect.AVERAGE

    def is_too_thin(self, row: int) -> bool:
        """Say whether too little of an objective was read for it to have a score."""
        rule = self.books[row].roll_up
        return rule.least_coverage > 0 and (
            snap(self.coverage[self.offset + row]) < snap(rule.least_coverage)
        )

    def _score_initiatives(self, scores: array[float]) -> None:
        today, readings = self.day.toordinal(), self.history.readings
        first = self.offset + len(self.program.objectives)
        for place, work in enumerate(self.program.initiatives, first):
            read = read_window(readings, work.id, LONG_AGO, today)
            scores[place] = ABSENT if read is None else float(number_of(read[0]))

    def blank(self) -> array[float]:
        """Return an array of zeros by place."""
        return array("d", bytes(8 * len(self.program)))

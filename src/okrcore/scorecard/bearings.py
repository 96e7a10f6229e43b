"""How things stand beside their scores: pace, confidence, when they were last heard of, what is done.

Rule of this file: the same passes over the same parts as the scores, so that an objective's pace averages
what its score averages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import isnan
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import EstablishBaseline
from okrcore.plan.measures import DELIVERED, LINEAR
from okrcore.plan.reading import number_of
from okrcore.rulebook import ExpectedFrom
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.evidence import Seen, together, window_of
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.pacing import (
    NO_PAUSES,
    Pauses,
    asked_progress,
    elapsed_share,
    expected_progress,
    is_moving,
    pauses_of,
)
from okrcore.scorecard.rolling import combine, items_of, roll_means

__all__ = ["Bearings", "Pace"]


@final
@frozen(eq=False)
class Pace:
    """Arrays by place, of what was read and has a line.

    Args:
        expected: The progress expected by now.
        asked: What the ambition asks of that.
        scored: The score it is held against.
    """

    expected: list[float]
    asked: list[float]
    scored: list[float]


@final
@frozen(eq=False)
class Bearings:
    """How things stand beside their scores.

    Args:
        figures: The scores.
    """

    figures: Figures

    @cached_property
    def pace(self) -> Pace:
        """What was read and has a line, against what is expected of it by now."""
        expected, asked, scored = self.figures.blank(), self.figures.blank(), self.figures.blank()
        program = self.figures.program
        stood_in: list[int] = []
        for place, kr in enumerate(program.key_results):
            score, book = self.figures.scores[place], self.figures.book_of(place)
            home, pacing = program.objectives[program.home[place]], book.pacing
            line, missing = ABSENT, book.roll_up.missing
            if isnan(score) and missing is not None and not self.figures.excluded[place]:
                # What counts in the score of its objective counts in its pace, and has none of its own.
                score = missing
                stood_in.append(place)
            if not isnan(score):
                ends = (self.figures.ends[0][place], self.figures.ends[1][place])
                pauses = self.pauses(home.id, kr.id)
                line = expected_progress(kr, home, self.figures.day, pacing, ends, pauses)
            expected[place] = line
            asked[place] = asked_progress(kr, line, pacing.share_for(home.ambition))
            scored[place] = ABSENT if isnan(line) else score
        for values in (expected, asked, scored):
            self._clear_initiatives(values)
            roll_means(self.figures.layout, values)
            for place in stood_in:
                values[place] = ABSENT
        pace = Pace(expected, asked, scored)
        for row, book in enumerate(self.figures.books):
            if book.pacing.objectives_from is ExpectedFrom.DATES:
                self._pace_by_dates(row, pace)
        return pace

    def _pace_by_dates(self, row: int, pace: Pace) -> None:
        """Hold an objective's whole score against the share of its cycle that is over."""
        place, objective = self.figures.offset + row, self.figures.program.objectives[row]
        score, elapsed = self.figures.scores[place], self.elapsed(row)
        if isnan(score) or elapsed is None:
            pace.expected[place] = pace.asked[place] = pace.scored[place] = ABSENT
            return
        share = self.figures.books[row].pacing.share_for(objective.ambition)
        pace.expected[place], pace.asked[place], pace.scored[place] = (
            elapsed,
            elapsed * share,
            score,
        )

    def elapsed(self, row: int) -> float | None:
        """Return the share of an objective's cycle that is over; None without a cycle."""
        objective, book = self.figures.program.objectives[row], self.figures.books[row]
        if objective.cycle is None:
            return None
        start, end = objective.cycle.start, objective.cycle.end
        pauses = self.pauses(objective.id)
        return elapsed_share(start, end, self.figures.day, book.pacing, pauses)

    def pauses(self, *ids: str) -> Pauses:
        """Return the days up to the day on which one of some items was paused."""
        lives = self.figures.history.lives
        if not lives:
            return NO_PAUSES
        return pauses_of([lives[id] for id in ids if id in lives], self.figures.day)

    @cached_property
    def confidence(self) -> list[float]:
        """The last confidence that was given, by place; of objectives what the rulebook makes of them."""
        values = self.figures.blank()
        self._clear_initiatives(values)
        column = self.figures.history.confidences
        latest = column.latest(self.figures.day.toordinal())
        rules = [book.confidence for book in self.figures.books]
        same = rules == [book.roll_up for book in self.figures.books]
        every = self.figures.inputs if same else self.figures.layout_for(rules).inputs
        for place, kr in enumerate(self.figures.program.key_results):
            row = latest.get(kr.id)
            values[place] = ABSENT if row is None else column.values[row]
        for row, objective in enumerate(self.figures.program.objectives):
            rule, inputs = rules[row], every[row]
            missing = ABSENT if rule.missing is None else rule.missing
            entered = {
                at: missing if isnan(values[at]) else rule.entry.apply(values[at])
                for at in inputs.places
            }
            whole = combine(rule, items_of(inputs, entered))
            values[self.figures.offset + row] = whole if isnan(whole) else rule.result.apply(whole)
            stated = latest.get(objective.id)
            if stated is not None:
                values[self.figures.offset + row] = column.values[stated]
        return values

    @cached_property
    def last_heard(self) -> list[int]:
        """The ordinal of the last day with a check-in, of a value or not, by place; 0 if never."""
        column = self.figures.history.check_ins
        latest = column.latest(self.figures.day.toordinal())
        days: list[int] = []
        for kr, source in zip(
            self.figures.program.key_results, self.figures.program.sources, strict=True
        ):
            rows = [row for row in (latest.get(kr.id), latest.get(source)) if row is not None]
            days.append(max((column.on[row] for row in rows), default=0))
        for place, how in self.figures.program.derived.items():
            # What is derived is heard of through its parts; those come before what is made of them.
            parts = (days[self.figures.program.place_of[id]] for id in how.of)
            days[place] = max(days[place], *parts)
        for place in self.figures.supposed_at:
            days[place] = self.figures.day.toordinal()
        for objective, inputs in zip(
            self.figures.program.objectives, self.figures.inputs, strict=True
        ):
            row = latest.get(objective.id)
            own = 0 if row is None else column.on[row]
            days.append(max((days[at] for at in inputs.places if at < len(days)), default=own))
        return days

    @cached_property
    def last_read(self) -> list[int]:
        """The ordinal of the day of the reading that counts, by place; 0 if never."""
        days: list[int] = []
        for place in range(self.figures.offset):
            read = self.figures.read(place)
            days.append(0 if read is None else read[1])
        return self._with_objectives(days)

    @cached_property
    def last_moved(self) -> list[int]:
        """The ordinal of the day on which what moves last changed, by place; 0 for what does not move."""
        days: list[int] = []
        for place in range(self.figures.offset):
            path = self._path(place)
            moves = (on for (_, before), (on, after) in pairwise(path) if before != after)
            days.append(max(moves, default=path[0][0] if path else 0))
        return self._with_objectives(days)

    def steps(self, place: int) -> Sequence[float]:
        """Return how far the progress of a moving key result went from each reading to the next."""
        figures = self.figures
        kr, rule = figures.program.key_results[place], figures.book_of(place).attainment
        baseline, target = figures.ends[0][place], figures.ends[1][place]
        way = [
            line_progress(rule, value, baseline, target)
            if type(kr.measure) in LINEAR
            else PROGRESS[type(kr.measure)](rule, kr.measure, Seen(value))
            for _, value in self._path(place)
        ]
        return [snap(after - before) for before, after in pairwise(way)]

    def _path(self, place: int) -> Sequence[tuple[int, float]]:
        """Return what a moving key result read on the evening of each day, oldest first."""
        figures = self.figures
        program, readings = figures.program, figures.history.readings
        if not is_moving(program.key_results[place].measure):
            return ()
        first, last = window_of(program, place, figures.rulebook.closing.grace_days)
        rows = readings.rows(program.sources[place], first, min(last, figures.day.toordinal()))
        ends = {readings.on[row]: number for number, row in enumerate(rows, 1)}
        how = program.reads.get(place)
        if how is None:
            numbers = figures.history.numbers
            return [(on, numbers[rows[end - 1]]) for on, end in ends.items()]
        values = [readings.values[row] for row in rows]
        return [(on, number_of(together(how, values[:end]))) for on, end in ends.items()]

    @cached_property
    def awaited(self) -> list[int]:
        """The ordinal of the first day on which a reading is awaited, by place; 0 without a cycle."""
        program, days = self.figures.program, list[int]()
        starts = [0 if o.cycle is None else o.cycle.start.toordinal() for o in program.objectives]
        for place, first in enumerate(program.first):
            start = starts[program.home[place]]
            days.append(max(start, first) if start else 0)
        for start, inputs in zip(starts, self.figures.inputs, strict=True):
            below = [days[at] for at in inputs.counted if at < len(days)]
            days.append(max(start, min(below, default=start)))
        return days

    def _with_objectives(self, days: list[int]) -> list[int]:
        """Add, for each objective, the last of the days of its parts."""
        for inputs in self.figures.inputs:
            days.append(max((days[at] for at in inputs.places if at < len(days)), default=0))
        return days

    @cached_property
    def done(self) -> bytearray:
        """By place, whether nothing is left to do: delivered in full, or the baseline found."""
        done = bytearray(len(self.figures.excluded))
        for place, kr in enumerate(self.figures.program.key_results):
            if self.figures.read(place) is not None:
                full = (
                    not isnan(self.figures.scores[place]) and snap(self.figures.scores[place]) >= 1
                )
                done[place] = isinstance(kr.measure, EstablishBaseline) or (
                    isinstance(kr.measure, DELIVERED) and full
                )
        for row, inputs in enumerate(self.figures.inputs):
            counted = inputs.counted
            done[self.figures.offset + row] = bool(counted) and all(done[at] for at in counted)
        return done

    def _clear_initiatives(self, values: list[float]) -> None:
        figures = self.figures
        for place in range(figures.offset + len(figures.program.objectives), len(values)):
            values[place] = ABSENT

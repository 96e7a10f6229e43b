"""How things stand beside their scores: pace, confidence, when they were last heard of, what is done.

Rule of this file: the same passes over the same parts as the scores, so that an objective's pace averages
what its score averages.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from math import isnan
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import EstablishBaseline
from okrcore.plan.measures import DELIVERED
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.pacing import asked_progress, expected_progress
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
        for place, kr in enumerate(program.key_results):
            score, pacing = self.figures.scores[place], self.figures.book_of(place).pacing
            home = program.objectives[program.home[place]]
            line = ABSENT
            if not isnan(score):
                ends = (self.figures.ends[0][place], self.figures.ends[1][place])
                line = expected_progress(kr, home, self.figures.day, pacing.days, ends)
            expected[place] = line
            asked[place] = asked_progress(kr, line, pacing.share_for(home.ambition))
            scored[place] = ABSENT if isnan(line) else score
        for values in (expected, asked, scored):
            self._clear_initiatives(values)
            roll_means(self.figures.inputs, values, self.figures.offset)
        return Pace(expected, asked, scored)

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
        for inputs in self.figures.inputs:
            days.append(max((days[at] for at in inputs.places if at < len(days)), default=0))
        return days

    @cached_property
    def last_moved(self) -> list[int]:
        """The ordinal of the day on which the reading last changed, by place; 0 if never read."""
        days: list[int] = []
        readings, today = self.figures.history.readings, self.figures.day.toordinal()
        for place, source in enumerate(self.figures.program.sources):
            rows = readings.rows(source, self.figures.program.first[place], today)
            moved = rows[0] if rows else None
            for one, next_one in pairwise(rows):
                if readings.values[one] != readings.values[next_one]:
                    moved = next_one
            days.append(0 if moved is None else readings.on[moved])
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

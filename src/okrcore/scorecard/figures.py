"""All figures of an evaluation, as flat arrays over a compiled plan.

Rules of this file:

1. One pass makes what was read, progress and scores; coverage, ranges, pace and confidence are made
   when asked for, by passes of the same shape.
2. ABSENT stands for "no number" in arrays; it never leaves this room as a number.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from math import isnan
from typing import Final, final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.journal.history import History
from okrcore.plan import (
    Ambition,
    EstablishBaseline,
    Evidence,
    Milestones,
    PassFail,
    Plan,
    Reading,
)
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import Rulebook
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.evidence import Read, Seen, read_key_results, see
from okrcore.scorecard.pacing import asked_progress, expected_progress
from okrcore.scorecard.program import Inputs, Program, compile_plan
from okrcore.scorecard.rolling import inputs_by_rule, roll_means, roll_scores, roll_whole

__all__ = ["Figures", "Pace"]


#: Measures of what is delivered once and cannot fall back.
_DELIVERED: Final = (PassFail, Milestones, Evidence)


@final
@frozen(eq=False)
class Pace:
    """Arrays by place, of what was read and has a line.

    Args:
        expected: The progress expected by now.
        asked: What the ambition asks of that.
        scored: The score it is held against.
    """

    expected: array[float]
    asked: array[float]
    scored: array[float]


@final
@frozen(eq=False)
class Figures:
    """The figures of a plan on a day.

    Args:
        plan: What is intended.
        history: What was read.
        day: The day, as a date.
        rulebook: How it is judged.
    """

    plan: Plan
    history: History
    day: date
    rulebook: Rulebook

    @cached_property
    def program(self) -> Program:
        """The compiled plan."""
        return compile_plan(self.plan)

    @cached_property
    def offset(self) -> int:
        """The place of the first objective."""
        return len(self.program.key_results)

    @cached_property
    def inputs(self) -> Sequence[Inputs]:
        """What enters each objective's score."""
        return inputs_by_rule(self.program, self.rulebook.roll_up)

    @cached_property
    def reads(self) -> Sequence[Read | None]:
        """What each key result reads."""
        return read_key_results(
            self.plan,
            self.program,
            self.history.readings,
            self.day.toordinal(),
            self.rulebook.closing.grace_days,
        )

    @cached_property
    def ends(self) -> tuple[array[float], array[float]]:
        """Baseline and target of each line, with the baselines that were established by the day."""
        program = self.program
        baselines, targets = program.baselines[:], program.targets[:]
        column = self.history.baselines
        for id, row in column.latest(self.day.toordinal()).items():
            place = program.place_of[id]
            # Only lines take a baseline; others were refused.
            ends = program.key_results[place].measure.ends(column.values[row])  # type: ignore[union-attr]
            baselines[place], targets[place] = ends  # type: ignore[misc]  # the baseline is known
        return baselines, targets

    @cached_property
    def excluded(self) -> bytearray:
        """By place, what leaves mean, coverage and range before anything is read.

        Key results that establish a baseline, cannot be seen yet or have not started; objectives that
        learn, or have not started. `scores` adds the objectives in which all is excluded.
        """
        program, today = self.program, self.day.toordinal()
        excluded = bytearray(len(program.key_results) + len(program.objectives))
        for place, kr in enumerate(program.key_results):
            excluded[place] = program.first[place] > today or type(kr.measure) is EstablishBaseline
        for row, objective in enumerate(program.objectives):
            cycle = objective.cycle
            starts_later = cycle is not None and cycle.start > self.day
            excluded[self.offset + row] = starts_later or objective.ambition is Ambition.LEARNING
        return excluded

    @cached_property
    def progress(self) -> array[float]:
        """Progress of key results, raw."""
        rule, (baselines, targets) = self.rulebook.attainment, self.ends
        progress = array("d", bytes(8 * self.offset))
        unread = ABSENT if rule.unread is None else rule.unread
        for place, read in enumerate(self.reads):
            if read is None or self.excluded[place]:
                progress[place] = ABSENT if self.excluded[place] else unread
                continue
            measure = self.program.key_results[place].measure
            if type(measure) in LINEAR:
                known = not isnan(baselines[place])
                progress[place] = (
                    line_progress(rule, read[0], baselines[place], targets[place])
                    if known
                    else unread
                )
            else:
                progress[place] = PROGRESS[type(measure)](rule, measure, self.seen(place, read[0]))
        return progress

    def seen(self, place: int, reading: Reading) -> Seen:
        """Return everything that was read of a key result, for the rules that look back."""
        return see(
            self.plan,
            self.program,
            self.history.readings,
            self.day.toordinal(),
            self.rulebook.closing.grace_days,
            place,
            reading,
        )

    @cached_property
    def rolled(self) -> tuple[array[float], array[float]]:
        """Scores by place, and the means of objectives before they were clipped."""
        clip = self.rulebook.attainment.clip
        scores = array("d", bytes(8 * len(self.excluded)))
        for place, progress in enumerate(self.progress):
            scores[place] = progress if isnan(progress) else clip.apply(progress)
        means = roll_scores(self.inputs, self.rulebook.roll_up, scores, self.excluded, self.offset)
        return scores, means

    @cached_property
    def scores(self) -> array[float]:
        """Scores by place."""
        return self.rolled[0]

    @cached_property
    def coverage(self) -> array[float]:
        """By place, the share of the weight that was read; recursive; ABSENT where excluded."""
        values = self._blank()
        for place, read in enumerate(self.reads):
            values[place] = float(read is not None and not isnan(self.progress[place]))
        return self._whole(values, empty=0.0)

    @cached_property
    def ranges(self) -> tuple[array[float], array[float]]:
        """By place, the score with everything that is open scored as 0, and as 1."""
        attainment, roll_up = self.rulebook.attainment, self.rulebook.roll_up
        ends: list[array[float]] = []
        for limit in (0.0, 1.0):
            values = self._blank()
            open_score = attainment.clip.apply(limit)
            for place in range(self.offset):
                is_open = isnan(self.scores[place]) or self.reads[place] is None
                values[place] = open_score if is_open else self.scores[place]
            whole = roll_whole(
                self.inputs,
                values,
                self._excluded_after_rolling,
                self.offset,
                empty=limit,
                entry=roll_up.entry,
                result=roll_up.result,
            )
            ends.append(whole)
        low, high = ends
        for place in range(self.offset, len(low)):
            score = self.scores[place]
            if not isnan(score):
                # Rounding of means may set an end one unit in the last place past the score.
                low[place], high[place] = min(low[place], score), max(high[place], score)
        return low, high

    @cached_property
    def pace(self) -> Pace:
        """What was read and has a line, against what is expected of it by now."""
        expected, asked, scored = self._blank(), self._blank(), self._blank()
        program, pacing = self.program, self.rulebook.pacing
        for place, kr in enumerate(program.key_results):
            score = self.scores[place]
            home = program.objectives[program.home[place]]
            line = ABSENT if isnan(score) else expected_progress(kr, home, self.day)
            expected[place] = line
            asked[place] = asked_progress(kr, line, pacing.share_for(home.ambition))
            scored[place] = ABSENT if isnan(line) else score
        for values in (expected, asked, scored):
            roll_means(self.inputs, values, self.offset)
        return Pace(expected, asked, scored)

    @cached_property
    def confidence(self) -> array[float]:
        """The last confidence that was given, by place; of objectives the mean of their key results."""
        values = self._blank()
        column = self.history.confidences
        latest = column.latest(self.day.toordinal())
        for place, kr in enumerate(self.program.key_results):
            row = latest.get(kr.id)
            values[place] = ABSENT if row is None else column.values[row]
        roll_means(self.inputs, values, self.offset)
        for row, objective in enumerate(self.program.objectives):
            stated = latest.get(objective.id)
            if stated is not None:
                values[self.offset + row] = column.values[stated]
        return values

    @cached_property
    def last_heard(self) -> list[int]:
        """The ordinal of the last day with a check-in, of a value or not, by place; 0 if never."""
        column = self.history.check_ins
        latest = column.latest(self.day.toordinal())
        days: list[int] = []
        for kr, source in zip(self.program.key_results, self.program.sources, strict=True):
            rows = [row for row in (latest.get(kr.id), latest.get(source)) if row is not None]
            days.append(max((column.on[row] for row in rows), default=0))
        for objective, (places, _) in zip(self.program.objectives, self.inputs, strict=True):
            row = latest.get(objective.id)
            own = 0 if row is None else column.on[row]
            days.append(max((days[place] for place in places), default=own))
        return days

    @cached_property
    def done(self) -> bytearray:
        """By place, whether nothing is left to do: delivered in full, or the baseline found."""
        done = bytearray(len(self.excluded))
        for place, kr in enumerate(self.program.key_results):
            if self.reads[place] is not None:
                full = not isnan(self.scores[place]) and snap(self.scores[place]) >= 1
                done[place] = isinstance(kr.measure, EstablishBaseline) or (
                    isinstance(kr.measure, _DELIVERED) and full
                )
        for row, (places, weights) in enumerate(self.inputs):
            counted = [at for at, weight in zip(places, weights, strict=True) if weight]
            done[self.offset + row] = bool(counted) and all(done[at] for at in counted)
        return done

    @cached_property
    def _excluded_after_rolling(self) -> bytearray:
        _ = self.rolled  # adds the objectives in which everything is excluded
        return self.excluded

    def _blank(self) -> array[float]:
        return array("d", bytes(8 * len(self.excluded)))

    def _whole(self, values: array[float], *, empty: float) -> array[float]:
        return roll_whole(
            self.inputs, values, self._excluded_after_rolling, self.offset, empty=empty
        )

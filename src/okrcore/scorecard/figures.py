"""All figures of an evaluation, as flat arrays over a compiled plan.

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
from itertools import pairwise
from math import fsum, isnan
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore._checks import path_of
from okrcore.journal.history import History
from okrcore.plan import (
    Ambition,
    BoundState,
    EstablishBaseline,
    Plan,
    Reading,
)
from okrcore.plan.measures import DELIVERED, LINEAR
from okrcore.plan.reading import number_of
from okrcore.rulebook import BreachMemory, Effect, RollUpRule, Rulebook
from okrcore.scorecard.attainment import PROGRESS, line_progress
from okrcore.scorecard.evidence import Read, Seen, check_in_days, read_key_results, read_window, see
from okrcore.scorecard.guarding import Watch, watch_guardrail
from okrcore.scorecard.pacing import asked_progress, expected_progress
from okrcore.scorecard.program import LONG_AGO, Program, compile_plan
from okrcore.scorecard.rolling import (
    Inputs,
    Items,
    combine,
    guard_items,
    guard_value,
    inputs_of,
    items_of,
    mean_of,
    or_empty,
    roll_means,
)

__all__ = ["Figures", "Pace"]


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

    # --- the frame -----------------------------------------------------------------------------

    @cached_property
    def program(self) -> Program:
        """The compiled plan."""
        return compile_plan(self.plan)

    @cached_property
    def offset(self) -> int:
        """The place of the first objective."""
        return len(self.program.key_results)

    @cached_property
    def books(self) -> Sequence[Rulebook]:
        """The rulebook of each objective: the main one, or the method it asks for."""
        return [
            self.rulebook.method(objective.method, path_of(objective, "method"))
            for objective in self.program.objectives
        ]

    @cached_property
    def inputs(self) -> Sequence[Inputs]:
        """What enters each objective's score."""
        return self._inputs_for([book.roll_up for book in self.books])

    def book_of(self, place: int) -> Rulebook:
        """Return the rulebook that judges a key result or an objective."""
        is_objective = place >= self.offset
        return self.books[place - self.offset if is_objective else self.program.home[place]]

    # --- what was read -------------------------------------------------------------------------

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
        """By place, what leaves mean, coverage and range.

        Key results that establish a baseline, cannot be seen yet or have not started; objectives that
        learn, have not started, or in which everything is excluded.
        """
        program, today = self.program, self.day.toordinal()
        excluded = bytearray(len(program))
        for place, kr in enumerate(program.key_results):
            excluded[place] = program.first[place] > today or type(kr.measure) is EstablishBaseline
        for row, objective in enumerate(program.objectives):
            counted = self.inputs[row].counted
            excluded[self.offset + row] = (
                objective.ambition is Ambition.LEARNING
                or (objective.cycle is not None and objective.cycle.start > self.day)
                or (bool(counted) and all(excluded[at] for at in counted))
            )
        return excluded

    def watches(self, row: int) -> Mapping[str, Watch]:
        """Return how the guardrails of an objective stand, by id."""
        objective, rule = self.program.objectives[row], self.books[row].guardrails
        return {
            guardrail.id: watch_guardrail(
                guardrail,
                objective,
                self.history.readings,
                self.day,
                grace_days=self.rulebook.closing.grace_days,
                check_in_days=check_in_days(self.plan, objective),
                patience_days=rule.vouches_for * check_in_days(self.plan, objective),
                remembers=guardrail.hard or rule.memory is BreachMemory.EVER,
            )
            for guardrail in objective.guardrails
        }

    # --- scores --------------------------------------------------------------------------------

    @cached_property
    def progress(self) -> array[float]:
        """Progress of key results, raw."""
        baselines, targets = self.ends
        progress = array("d", bytes(8 * self.offset))
        for place, read in enumerate(self.reads):
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
        return progress

    @cached_property
    def rolled(self) -> tuple[array[float], array[float]]:
        """Scores by place, and by row what was combined, before the result was clipped."""
        scores = self._blank()
        for place, progress in enumerate(self.progress):
            clip = self.book_of(place).attainment.clip
            scores[place] = progress if isnan(progress) else clip.apply(progress)
        self._score_initiatives(scores)
        combined = array("d", bytes(8 * len(self.inputs)))
        for row, inputs in enumerate(self.inputs):
            place, rule = self.offset + row, self.books[row].roll_up
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
        values = self._blank()
        for place, read in enumerate(self.reads):
            values[place] = float(read is not None and not isnan(self.progress[place]))
        for row, inputs in enumerate(self.inputs):
            whole = mean_of(items_of(inputs, values, self.excluded))
            excluded = self.excluded[self.offset + row]
            values[self.offset + row] = ABSENT if excluded else 0.0 if isnan(whole) else whole
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
        values = self._blank()
        for place in range(self.offset):
            is_open = isnan(self.scores[place]) or self.reads[place] is None
            clip = self.book_of(place).attainment.clip
            values[place] = clip.apply(limit) if is_open else self.scores[place]
        for row, inputs in enumerate(self.inputs):
            place, rule = self.offset + row, self.books[row].roll_up
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
            if self.excluded[at]:
                entered[at] = ABSENT
            else:
                entered[at] = missing if isnan(scores[at]) else rule.entry.apply(scores[at])
        return entered

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

    # --- how it stands -------------------------------------------------------------------------

    @cached_property
    def pace(self) -> Pace:
        """What was read and has a line, against what is expected of it by now."""
        expected, asked, scored = self._blank(), self._blank(), self._blank()
        program = self.program
        for place, kr in enumerate(program.key_results):
            score, pacing = self.scores[place], self.book_of(place).pacing
            home = program.objectives[program.home[place]]
            line = ABSENT
            if not isnan(score):
                ends = (self.ends[0][place], self.ends[1][place])
                line = expected_progress(kr, home, self.day, pacing.days, ends)
            expected[place] = line
            asked[place] = asked_progress(kr, line, pacing.share_for(home.ambition))
            scored[place] = ABSENT if isnan(line) else score
        for values in (expected, asked, scored):
            self._clear_initiatives(values)
            roll_means(self.inputs, values, self.offset)
        return Pace(expected, asked, scored)

    @cached_property
    def confidence(self) -> array[float]:
        """The last confidence that was given, by place; of objectives what the rulebook makes of them."""
        values = self._blank()
        self._clear_initiatives(values)
        column = self.history.confidences
        latest = column.latest(self.day.toordinal())
        rules = [book.confidence for book in self.books]
        same = rules == [book.roll_up for book in self.books]
        every = self.inputs if same else self._inputs_for(rules)
        for place, kr in enumerate(self.program.key_results):
            row = latest.get(kr.id)
            values[place] = ABSENT if row is None else column.values[row]
        for row, objective in enumerate(self.program.objectives):
            rule, inputs = rules[row], every[row]
            missing = ABSENT if rule.missing is None else rule.missing
            entered = {
                at: missing if isnan(values[at]) else rule.entry.apply(values[at])
                for at in inputs.places
            }
            whole = combine(rule, items_of(inputs, entered))
            values[self.offset + row] = whole if isnan(whole) else rule.result.apply(whole)
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
        for objective, inputs in zip(self.program.objectives, self.inputs, strict=True):
            row = latest.get(objective.id)
            own = 0 if row is None else column.on[row]
            days.append(max((days[at] for at in inputs.places if at < len(days)), default=own))
        return days

    @cached_property
    def last_read(self) -> list[int]:
        """The ordinal of the day of the reading that counts, by place; 0 if never."""
        days = [0 if read is None else read[1] for read in self.reads]
        for inputs in self.inputs:
            days.append(max((days[at] for at in inputs.places if at < len(days)), default=0))
        return days

    @cached_property
    def last_moved(self) -> list[int]:
        """The ordinal of the day on which the reading last changed, by place; 0 if never read."""
        days: list[int] = []
        readings, today = self.history.readings, self.day.toordinal()
        for place, source in enumerate(self.program.sources):
            rows = readings.rows(source, self.program.first[place], today)
            moved = rows[0] if rows else None
            for one, next_one in pairwise(rows):
                if readings.values[one] != readings.values[next_one]:
                    moved = next_one
            days.append(0 if moved is None else readings.on[moved])
        for inputs in self.inputs:
            days.append(max((days[at] for at in inputs.places if at < len(days)), default=0))
        return days

    @cached_property
    def done(self) -> bytearray:
        """By place, whether nothing is left to do: delivered in full, or the baseline found."""
        done = bytearray(len(self.excluded))
        for place, kr in enumerate(self.program.key_results):
            if self.reads[place] is not None:
                full = not isnan(self.scores[place]) and snap(self.scores[place]) >= 1
                done[place] = isinstance(kr.measure, EstablishBaseline) or (
                    isinstance(kr.measure, DELIVERED) and full
                )
        for row, inputs in enumerate(self.inputs):
            counted = inputs.counted
            done[self.offset + row] = bool(counted) and all(done[at] for at in counted)
        return done

    # --- small parts ---------------------------------------------------------------------------

    def _inputs_for(self, rules: Sequence[RollUpRule]) -> Sequence[Inputs]:
        return inputs_of(self.program, rules, self._sizes)

    def _sizes(self) -> Sequence[float]:
        ways = zip(*self.ends, strict=True)
        return [1.0 if isnan(start) else abs(end - start) for start, end in ways]

    def _blank(self) -> array[float]:
        return array("d", bytes(8 * len(self.program)))

    def _clear_initiatives(self, values: array[float]) -> None:
        for place in range(self.offset + len(self.program.objectives), len(values)):
            values[place] = ABSENT

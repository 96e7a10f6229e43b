"""The frame of an evaluation: the plan as it stood on the day, what counts in it, and what was read.

Rules of this file:

1. The plan is the one that adjustments made by the day. Those made because a target was too hard do
   not govern once the objective is closed, or its cycle over: the original target does.
2. What is not active is excluded: a draft, a proposal, what is parked, paused, deferred or put away.
3. What is closed is as it was on the day it was closed; nothing closed is scored again, and whether it is
   excluded is a fact of that day.
4. Of two dated acts the later governs; of two of one day the one written later, whatever their kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, auto, unique
from functools import cached_property
from math import isnan
from typing import Any, Final, Self, TypeVar, final

from attrs import evolve, field, frozen

from okrcore._checks import path_of
from okrcore.journal import (
    Adjustment,
    AdjustmentTrigger,
    BaselineSet,
    Closing,
    Decision,
    Journal,
    Judgement,
    Life,
    Lifecycle,
)
from okrcore.journal.effective import adjusted, is_after_cycle, new_measure
from okrcore.journal.history import NEVER, History, Moment
from okrcore.plan import BoundState, Guardrail, Objective, Plan, Reading
from okrcore.plan.linear import LinearMeasure
from okrcore.rulebook import BreachMemory, Combination, Effect, RollUpRule, Rulebook, Weighing
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.closed import Closings
from okrcore.scorecard.compiling import compile_plan
from okrcore.scorecard.evidence import Evidence, Read, Seen, read_key_results, see
from okrcore.scorecard.guarding import Watch, watch_guardrail
from okrcore.scorecard.layout import Layout
from okrcore.scorecard.program import FOREVER, Program
from okrcore.scorecard.supposed_readings import check_ins_for

__all__ = ["Frame", "JudgedScore"]

_T = TypeVar("_T")


def _is_plain(rule: RollUpRule) -> bool:
    return (
        rule.combine is Combination.MEAN
        and rule.entry == UNCHANGED
        and rule.missing is None
        and rule.least_coverage == 0
        and rule.with_judged is None
    )


#: States in which nothing is pursued.
_IDLE: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED, Lifecycle.PAUSED})


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


@unique
class Grade(Enum):
    """Versions of a plan that an objective is graded by."""

    #: As first agreed, without adjustments.
    ORIGINAL = auto()
    #: With the adjustments that govern on the day.
    GOVERNING = auto()
    #: With every adjustment, those because a target was too hard among them.
    ADJUSTED = auto()


@frozen(eq=False)
class Frame:
    """The frame of an evaluation.

    Args:
        original: The plan as it was written.
        journal: What happened.
        day: The day.
        rulebook: How it is judged.
        supposed: Scores of key results that are supposed, in the place of what was read, by id.
        grade: Which adjustments are applied.
        closing: The closing that it is the frame of, if that has one of its own, see `closed`.
    """

    original: Plan
    journal: Journal
    day: date
    rulebook: Rulebook
    supposed: tuple[tuple[str, float], ...] = ()
    grade: Grade = Grade.GOVERNING
    closing: Closing | None = None
    #: The closings of the evaluation that it is a part of; none for the first frame of one.
    _shared: list[Closings[Any]] = field(factory=list[Closings[Any]], init=False)

    @cached_property
    def today(self) -> int:
        """The day as an ordinal."""
        return self.day.toordinal()

    # --- the plan ------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The plan as it stands on the day."""
        return adjusted(self.original, self.in_effect)

    @cached_property
    def in_effect(self) -> tuple[Adjustment, ...]:
        """The adjustments that govern on the day."""
        if self.grade is Grade.ORIGINAL:
            return ()
        made = (a for a in self.journal.adjustments if a.on <= self.day)
        return tuple(a for a in made if self.grade is Grade.ADJUSTED or self._governs(a))

    def _governs(self, adjustment: Adjustment) -> bool:
        if adjustment.trigger is not AdjustmentTrigger.DIFFICULTY:
            return True
        item = self.original.items[adjustment.of]
        home = item if isinstance(item, Objective) else self.original.homes[item.id]
        if self.life_of(home.id).closing is not None:
            return False
        return home.cycle is None or self.day < home.cycle.end

    @cached_property
    def program(self) -> Program:
        """The compiled plan."""
        return compile_plan(self.plan)

    @cached_property
    def history(self) -> History:
        """What happened, in columns, with the readings that suppositions stand for."""
        if not self.supposed:
            return self.journal.history
        readings = list(check_ins_for(evolve(self, supposed=()), self.supposed))
        return self.journal.add(readings).history if readings else self.journal.history

    @cached_property
    def offset(self) -> int:
        """The place of the first objective."""
        return len(self.program.key_results)

    @cached_property
    def books(self) -> Sequence[Rulebook]:
        """The rulebook of each objective: the main one, or the method it asks for."""
        objectives = self.program.objectives
        if not self.program.has_methods:
            return [self.rulebook] * len(objectives)
        return [
            self.rulebook.method(objective.method, path_of(objective, "method"))
            for objective in objectives
        ]

    def book_of(self, place: int) -> Rulebook:
        """Return the rulebook that judges a key result or an objective."""
        return self.books[self.row_of(place)]

    def row_of(self, place: int) -> int:
        """Return the row of an objective, or of the one in which a key result is at home."""
        offset = self.offset
        return place - offset if place >= offset else self.program.home[place]

    def by_book(self, ask: Callable[[Rulebook], _T]) -> Sequence[_T]:
        """Return what the rulebook of each objective answers, asked once for each rulebook."""
        if not self.program.has_methods:
            return [ask(self.rulebook)] * len(self.books)
        answers = {id(book): ask(book) for book in self.distinct_books}
        return [answers[id(book)] for book in self.books]

    @cached_property
    def distinct_books(self) -> Sequence[Rulebook]:
        """The rulebooks that judge anything, each once; by identity, which costs no look inside."""
        if not self.program.has_methods:
            return [self.rulebook]
        return list({id(book): book for book in self.books}.values())

    @cached_property
    def layout(self) -> Layout:
        """What enters each objective's score, and the order in which it is rolled up."""
        return self.layout_for([book.roll_up for book in self.books])

    def layout_for(self, rules: Sequence[RollUpRule]) -> Layout:
        """Return the layout under the rule of each objective, kept with the plan where it can be."""
        program = self.program
        # Hashing a rule walks through all of it, so it is done once, and for one rule.
        key = (rules[0], self.rulebook.guardrails) if rules and not program.has_methods else None
        if key is None or rules[0].weigh is Weighing.SIZE:
            return Layout(program, rules, self._plain(rules), self._sizes)
        found = program.layouts.get(key)
        if not isinstance(found, Layout):
            found = Layout(program, rules, self._plain(rules), self._sizes)
            program.layouts[key] = found
        return found

    def _plain(self, rules: Sequence[RollUpRule]) -> Sequence[bool]:
        """Say of each objective whether its score is a mean of scores as they are."""
        if self.program.has_methods:
            plain = list(map(_is_plain, rules))
        else:
            plain = [_is_plain(rules[0])] * len(rules) if rules else []
        separate = self.by_book(lambda book: book.guardrails.effect is Effect.SEPARATE)
        for row in [row for row, apart in enumerate(separate) if not apart]:
            plain[row] = plain[row] and not self.program.objectives[row].guardrails
        return plain

    def _sizes(self) -> Sequence[float]:
        ways = zip(*self.ends, strict=True)
        return [1.0 if isnan(start) else abs(end - start) for start, end in ways]

    # --- what counts ---------------------------------------------------------------------------

    def life_of(self, id: str) -> Life:
        """Return where an item stands in its life on the day."""
        return self.history.life(id, self.day)

    @cached_property
    def idle(self) -> frozenset[str]:
        """The ids of what is not pursued: parked, not active, deferred, or put away unclosed."""
        idle = {id for id in self.history.lives if self._is_idle(id)}
        if self.program.has_parked:
            idle.update(each.id for each in self.original.objectives if each.parked is not None)
        return frozenset(idle)

    def _is_idle(self, id: str) -> bool:
        life = self.life_of(id)
        if life.state is Lifecycle.PAUSED and life.since is not None:
            item = self.original.items.get(id)
            home = item if isinstance(item, Objective) else self.original.homes.get(id)
            # A cycle that is over cannot be paused: its score is no longer open to it.
            if home is not None and home.cycle is not None and life.since > home.cycle.end:
                return False
        if life.closing is None:
            return life.state in _IDLE or life.state is Lifecycle.ARCHIVED
        return life.closing.decision is Decision.DEFER

    @cached_property
    def settled(self) -> Mapping[int, Self]:
        """By place, the figures of the day on which an objective was closed, with its key results."""
        return self._closings.settled(self) if self.history.lives else {}

    @property
    def closings(self) -> Iterable[Self]:
        """The figures of the days on which objectives were closed, earlier ones first."""
        return self._closings.before(self) if self.settled else ()

    @cached_property
    def _closings(self) -> Closings[Self]:
        return self._shared[0] if self._shared else Closings(self)

    def closings_first(self, name: str) -> None:
        """Let closings compute a column, the earlier before the later: nothing recurses over them."""
        for closed in self.closings:
            getattr(closed, name)

    def of_item(self, place: int) -> Self:
        """Return the figures of an item: those of its closing, once it is closed."""
        return self.settled.get(place, self)

    @cached_property
    def excluded(self) -> bytearray:
        """By place, what leaves mean, coverage and range.

        Key results that establish a baseline, cannot be seen yet, have not started or are paused;
        objectives that learn, have not started, are not active, or in which everything is excluded.
        """
        self.closings_first("excluded")
        program, today = self.program, self.today
        excluded = bytearray(len(program))
        for place in program.establishing:
            excluded[place] = 1
        for row in program.learning:
            excluded[self.offset + row] = 1
        if program.window[0] > today:
            days = (*program.first, *program.starts)
            for place in (place for place, day in enumerate(days) if day > today):
                excluded[place] = 1
        if self.history.lives or program.has_parked:
            self._exclude_idle(excluded)
        for place, closed in self.settled.items():
            excluded[place] = closed.excluded[place] or self._is_put_away(place)
        if 1 in excluded:
            self._exclude_emptied(excluded)
        return excluded

    def _is_put_away(self, place: int) -> bool:
        """Whether a rulebook leaves out an objective that was closed and archived."""
        row = place - self.offset
        if row < 0 or self.books[row].roll_up.with_archived:
            return False
        return self.life_of(self.program.objectives[row].id).state is Lifecycle.ARCHIVED

    def _exclude_idle(self, excluded: bytearray) -> None:
        program = self.program
        for row, objective in enumerate(program.objectives):
            if objective.id in self.idle:
                excluded[self.offset + row] = 1
        for place, kr in enumerate(program.key_results):
            home = program.objectives[program.home[place]]
            if home.id in self.idle or kr.id in self.idle:
                excluded[place] = 1

    def _exclude_emptied(self, excluded: bytearray) -> None:
        """Exclude the objectives in which everything that counts is excluded, children before parents."""
        for row, counted in enumerate(self.layout.counted):
            place = self.offset + row
            if place not in self.settled and counted and all(excluded[at] for at in counted):
                excluded[place] = 1

    # --- what was read -------------------------------------------------------------------------

    @cached_property
    def evidence(self) -> Evidence:
        """What each key result reads."""
        return read_key_results(
            self.program,
            self.history,
            self.today,
            self.rulebook.closing.grace_days,
        )

    def read(self, place: int) -> Read | None:
        """Return what a key result reads, and the ordinal of its day; None where nothing counts.

        A supposed score stands for a reading of the day.
        """
        if place in self.supposed_at:
            return self.supposed_at[place], self.today
        return self.evidence.read(place)

    @cached_property
    def read_on(self) -> Sequence[int]:
        """By place of a key result, the ordinal of the day of the reading that counts; 0 without one."""
        on = self.history.readings.on
        days = [on[row] if row >= 0 else 0 for row in self.evidence.rows]
        for place in (*self.evidence.made, *self.supposed_at):
            read = self.read(place)
            days[place] = 0 if read is None else read[1]
        return days

    @cached_property
    def read_at(self) -> Sequence[Moment]:
        """By place of a key result, the place of the reading that counts in the order of all entries."""
        moments, sources = self.history.moments, self.program.sources
        found = [moments[row] if row >= 0 else NEVER for row in self.evidence.rows]
        # Parts come before what is derived from them.
        for place, read in self.evidence.made.items():
            found[place] = NEVER
            if read is not None and place in self.program.derived:
                parts = self.program.derived[place].of
                found[place] = max(found[self.program.place_of[part]] for part in parts)
            elif read is not None:
                rows = self.history.readings.rows(sources[place], read[1], read[1])
                found[place] = moments[rows[-1]]
        for place in self.supposed_at:
            found[place] = (self.today, len(self.history.standing))
        return found

    @cached_property
    def supposed_at(self) -> Mapping[int, float]:
        """The supposed scores by place, of what counts on the day."""
        places = ((self.program.place_of[id], score) for id, score in self.supposed)
        return {place: score for place, score in places if self.counts(place)}

    def counts(self, place: int) -> bool:
        """Say whether a reading of a key result counts for anything on the day."""
        return not self.excluded[place] and place not in self.settled

    def seen(self, place: int, reading: Reading) -> Seen:
        """Return everything that was read of a key result, for the rules that look back."""
        return see(
            self.plan,
            self.program,
            self.history.readings,
            self.today,
            self.rulebook.closing.grace_days,
            place,
            reading,
        )

    @cached_property
    def judged(self) -> Mapping[str, JudgedScore]:
        """By id, the score that people gave an item last, beside the computed one."""
        self.closings_first("judged")
        found: dict[str, JudgedScore] = {}
        for id, entry in self.judging.items():
            score = entry.score if isinstance(entry, Judgement) else entry.judged
            if score is not None:
                found[id] = JudgedScore(score, entry.because, entry.on)
        for place, closed in self.settled.items():
            id = self.program.ids[place]
            found.pop(id, None)
            if id in closed.judged:
                found[id] = closed.judged[id]
        return found

    @cached_property
    def judging(self) -> Mapping[str, Judgement | Closing]:
        """By id, the entry of the day or before it that judged a score last."""
        found: dict[str, Judgement | Closing] = {}
        for entry in self.history.rare:
            if entry.on > self.day:
                break
            is_judgement = isinstance(entry, Judgement) and entry.score is not None
            is_closing = isinstance(entry, Closing) and entry.judged is not None
            if is_judgement or (is_closing and entry is self.life_of(entry.of).closing):
                found[entry.of] = entry
        return found

    @cached_property
    def established(self) -> Mapping[int, tuple[float, float]]:
        """By place, baseline and target of the lines whose baseline was established by the day."""
        if not self.history.baselines.of:
            return {}
        program, found = self.program, dict[int, tuple[float, float]]()
        for id, value in self._baselines.items():
            place = program.place_of[id]
            measure = program.key_results[place].measure
            if isinstance(measure, LinearMeasure) and not measure.states_baseline:
                found[place] = (value, measure.target_from(value))
        return found

    @cached_property
    def _baselines(self) -> Mapping[str, float]:
        """By id, the baseline that was set last while the measure of the day was in force.

        A baseline belongs to the measure that was in force when it was set. Each adjusted measure begins
        without one.
        """
        governing = set(map(id, self.in_effect))
        version, governs = Counter[str](), dict[str, int]()
        baselines: dict[tuple[str, int], float] = {}
        for entry in self.history.rare:
            if entry.on > self.day:
                break
            if isinstance(entry, BaselineSet):
                baselines[entry.of, version[entry.of]] = entry.value
            elif new_measure(self.original, entry) is not None:
                version[entry.of] += 1
                if id(entry) in governing:
                    governs[entry.of] = version[entry.of]
        return {of: value for (of, at), value in baselines.items() if at == governs.get(of, 0)}

    @cached_property
    def ends(self) -> tuple[Sequence[float], Sequence[float]]:
        """Baseline and target of each line, with the baselines that were established by the day."""
        program = self.program
        if not self.established:
            return program.baselines, program.targets
        baselines, targets = list(program.baselines), list(program.targets)
        for place, (baseline, target) in self.established.items():
            baselines[place], targets[place] = baseline, target
        return baselines, targets

    @cached_property
    def rescaled(self) -> Mapping[int, float]:
        """By place, what progress is multiplied by since the scope was cut."""
        found: dict[int, float] = {}
        for adjustment in self.in_effect:
            if adjustment.rescale is not None and not is_after_cycle(self.original, adjustment):
                place = self.program.place_of[adjustment.of]
                found[place] = found.get(place, 1.0) * adjustment.rescale
        return found

    # --- guardrails ----------------------------------------------------------------------------

    def states_of(self, row: int) -> Mapping[str, BoundState]:
        """Return how the guardrails of an objective stand, by id."""
        starts, states = self._states
        guardrails = self.program.objectives[row].guardrails
        own = states[starts[row] : starts[row + 1]]
        return {each.id: state for each, state in zip(guardrails, own, strict=True)}

    def guardrails_in(self, row: int, state: BoundState) -> tuple[str, ...]:
        """Return the ids of the guardrails of an objective that are in a state."""
        starts, states = self._states
        own = states[starts[row] : starts[row + 1]]
        if state not in own:
            return ()
        guardrails = self.program.objectives[row].guardrails
        return tuple([each.id for each, has in zip(guardrails, own, strict=True) if has is state])

    @cached_property
    def _states(self) -> tuple[Sequence[int], Sequence[BoundState]]:
        """By row, where the states of its guardrails begin, then where the last ends; and the states."""
        readings, numbers = self.history.readings, self.history.numbers
        row_of, on, unread = readings.latest(self.today).get, readings.on, BoundState.UNKNOWN
        forgets = self.by_book(lambda book: book.guardrails.memory is not BreachMemory.EVER)
        days = zip(self.program.starts, self.program.ends, forgets, strict=True)
        # In the middle of a cycle the last own reading says it all; a look at every one costs more.
        says_all_from = [
            first if last > self.today and may else FOREVER for first, last, may in days
        ]
        for row in range(len(says_all_from)) if self.history.lives else ():
            if self._closed_on(row) < FOREVER:
                says_all_from[row] = FOREVER
        starts, states = [0], list[BoundState]()
        for row, objective in enumerate(self.program.objectives):
            for each in objective.guardrails:
                at = row_of(each.metric or each.id)
                if at is None:
                    states.append(unread)
                elif says_all_from[row] <= on[at] and not each.hard and each.metric is None:
                    states.append(each.bound.state(numbers[at]))
                else:
                    states.append(self.watch(each, row).state)
            starts.append(len(states))
        return starts, states

    def watch(self, guardrail: Guardrail, row: int) -> Watch:
        """Return what there is to tell of a guardrail of an objective."""
        return watch_guardrail(
            self.plan,
            self.program.objectives[row],
            guardrail,
            self.history.readings,
            self.today,
            self.books[row],
            self.rulebook.closing.grace_days,
            self._closed_on(row),
        )

    def _closed_on(self, row: int) -> int:
        """Return the ordinal of the day on which an objective was closed; FOREVER if it was not."""
        closing = self.life_of(self.program.objectives[row].id).closing
        return FOREVER if closing is None else closing.on.toordinal()

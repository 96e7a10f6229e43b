"""The frame of an evaluation: the plan as it stood on the day, what counts in it, and what was read.

Rules of this file:

1. The plan is the one that adjustments made by the day. Those made because a target was too hard do
   not govern once the cycle is over: the original target does.
2. What is not active is excluded: a draft, a proposal, what is paused, deferred or put away.
3. What is closed is as it was on the day it was closed; nothing closed is scored again.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from attrs import frozen

from okrcore._arith import ABSENT
from okrcore._checks import path_of
from okrcore.journal import (
    Adjustment,
    AdjustmentTrigger,
    Decision,
    Journal,
    Life,
    Lifecycle,
)
from okrcore.journal.effective import adjusted
from okrcore.journal.history import History
from okrcore.plan import Ambition, EstablishBaseline, Objective, Plan, Reading
from okrcore.rulebook import BreachMemory, RollUpRule, Rulebook
from okrcore.scorecard.evidence import Read, Seen, check_in_days, read_key_results, see
from okrcore.scorecard.guarding import Watch, watch_guardrail
from okrcore.scorecard.program import Program, compile_plan
from okrcore.scorecard.rolling import Inputs, inputs_of

__all__ = ["Frame"]

#: States in which nothing is pursued.
_IDLE: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED, Lifecycle.PAUSED})
#: States in which the figures of the closing stand.
_SETTLED: Final = frozenset({Lifecycle.CLOSED, Lifecycle.ARCHIVED})


@frozen(eq=False)
class Frame:
    """The frame of an evaluation.

    Args:
        original: The plan as it was written.
        journal: What happened.
        day: The day.
        rulebook: How it is judged.
        adjustments: The adjustments that are applied, whenever they take effect.
    """

    original: Plan
    journal: Journal
    day: date
    rulebook: Rulebook
    adjustments: tuple[Adjustment, ...]

    # --- the plan ------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The plan as it stands on the day."""
        return adjusted(self.original, self.in_effect)

    @cached_property
    def in_effect(self) -> tuple[Adjustment, ...]:
        """The adjustments that govern on the day."""
        return tuple(a for a in self.adjustments if a.on <= self.day and self._governs(a))

    def _governs(self, adjustment: Adjustment) -> bool:
        if adjustment.trigger is not AdjustmentTrigger.DIFFICULTY:
            return True
        item = self.original.items[adjustment.of]
        home = item if isinstance(item, Objective) else self.original.homes[item.id]
        return home.cycle is None or self.day < home.cycle.end

    @cached_property
    def program(self) -> Program:
        """The compiled plan."""
        return compile_plan(self.plan)

    @cached_property
    def history(self) -> History:
        """What happened, in columns."""
        return self.journal.history

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

    def book_of(self, place: int) -> Rulebook:
        """Return the rulebook that judges a key result or an objective."""
        is_objective = place >= self.offset
        return self.books[place - self.offset if is_objective else self.program.home[place]]

    @cached_property
    def inputs(self) -> Sequence[Inputs]:
        """What enters each objective's score."""
        return self.inputs_for([book.roll_up for book in self.books])

    def inputs_for(self, rules: Sequence[RollUpRule]) -> Sequence[Inputs]:
        """Return what enters each objective under some rules."""
        return inputs_of(self.program, rules, self._sizes)

    def _sizes(self) -> Sequence[float]:
        ways = zip(*self.ends, strict=True)
        return [1.0 if start != start else abs(end - start) for start, end in ways]  # noqa: PLR0124  # ABSENT

    # --- what counts ---------------------------------------------------------------------------

    def life_of(self, id: str) -> Life:
        """Return where an item stands in its life on the day."""
        return self.history.life(id, self.day)

    def is_settled(self, row: int) -> bool:
        """Say whether an objective was closed before the day, so that its closing stands."""
        life = self.life_of(self.program.objectives[row].id)
        closing = life.closing
        return life.state in _SETTLED and closing is not None and closing.on < self.day

    def leaves(self, id: str) -> bool:
        """Say whether the life of an item takes it out: not active, deferred, or put away unclosed."""
        life = self.life_of(id)
        if life.state in _IDLE:
            return True
        if life.closing is not None and life.closing.decision is Decision.DEFER:
            return True
        return life.state is Lifecycle.ARCHIVED and life.closing is None

    @cached_property
    def excluded(self) -> bytearray:
        """By place, what leaves mean, coverage and range.

        Key results that establish a baseline, cannot be seen yet, have not started or are paused;
        objectives that learn, have not started, are not active, or in which everything is excluded.
        """
        program, today = self.program, self.day.toordinal()
        excluded = bytearray(len(program))
        has_lives = bool(self.history.lives)
        idle = [has_lives and self.leaves(objective.id) for objective in program.objectives]
        for place, kr in enumerate(program.key_results):
            excluded[place] = (
                program.first[place] > today
                or type(kr.measure) is EstablishBaseline
                or (has_lives and (idle[program.home[place]] or self.leaves(kr.id)))
            )
        for row, objective in enumerate(program.objectives):
            counted = self.inputs[row].counted
            excluded[self.offset + row] = (
                idle[row]
                or objective.ambition is Ambition.LEARNING
                or (objective.cycle is not None and objective.cycle.start > self.day)
                or (has_lives and self._is_put_away(row))
                or (bool(counted) and all(excluded[at] for at in counted))
            )
        return excluded

    def _is_put_away(self, row: int) -> bool:
        life = self.life_of(self.program.objectives[row].id)
        return life.state is Lifecycle.ARCHIVED and not self.books[row].roll_up.with_archived

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
            measure = program.key_results[place].measure
            # An adjustment may have put another kind of measure in the place of the line.
            ends = getattr(measure, "ends", lambda _: None)(column.values[row])
            baselines[place], targets[place] = ends or (ABSENT, ABSENT)
        return baselines, targets

    @cached_property
    def rescaled(self) -> Mapping[int, float]:
        """By place, what progress is multiplied by since the scope was cut."""
        found: dict[int, float] = {}
        for adjustment in self.in_effect:
            if adjustment.rescale is not None:
                place = self.program.place_of[adjustment.of]
                found[place] = found.get(place, 1.0) * adjustment.rescale
        return found

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

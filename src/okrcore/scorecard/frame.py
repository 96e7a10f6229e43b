"""The frame of an evaluation: items that count on its day, readings, and states of guardrails.

Rules of this file:

1. An item that is not active is excluded: a draft, a proposal, one that is parked, paused, deferred or
   put away.
2. Whether a closed item is excluded is a fact of its closing day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import evolve, frozen

from okrcore.journal import (
    Decision,
    Lifecycle,
)
from okrcore.journal.effective import changes_terms
from okrcore.journal.history import NEVER, History, Moment
from okrcore.journal.journal import history_of
from okrcore.plan import BoundState, Guardrail, Objective, Reading
from okrcore.rulebook import BreachMemory, Combination, Effect, RollUpRule, Weighing
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.attainment import change_of
from okrcore.scorecard.evidence import Evidence, Read, Seen, read_key_results, see
from okrcore.scorecard.facts import Facts
from okrcore.scorecard.guarding import Watch, watch_guardrail
from okrcore.scorecard.layout import Layout
from okrcore.scorecard.offers import Sizes
from okrcore.scorecard.program import FOREVER
from okrcore.scorecard.supposed_readings import check_ins_for

__all__ = ["Frame"]


def _is_plain(rule: RollUpRule) -> bool:
    return (
        rule.combine is Combination.MEAN
        and rule.entry == UNCHANGED
        and rule.missing is None
        and rule.least_coverage == 0
        and rule.with_judged is None
    )


#: Layouts that are kept with a plan, the newest ones (library default). One of 10,000 key results takes
#: 2.5 MB, and a service may have a rulebook a tenant.
_MOST_LAYOUTS: Final = 8

#: States in which nothing is pursued.
_IDLE: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED, Lifecycle.PAUSED})


@frozen(eq=False)
class Frame(Facts):
    """What counts on the day of an evaluation, and what was read."""

    @cached_property
    def history(self) -> History:
        """What happened, in columns, with the readings that suppositions stand for."""
        if not self.supposed:
            return history_of(self.journal)
        readings = list(check_ins_for(evolve(self, supposed=()), self.supposed))
        return history_of(self.journal.add(readings) if readings else self.journal)

    @cached_property
    def layout(self) -> Layout:
        """What enters each objective's score, and the order in which it is rolled up."""
        return self.layout_for([book.roll_up for book in self.books])

    def layout_for(self, rules: Sequence[RollUpRule]) -> Layout:
        """Return the layout under the rule of each objective, kept with the plan where it can be."""
        program = self.program
        # Hashing a rule walks through all of it, so it is done once, and for one rule.
        key = (rules[0], self.rulebook.guardrails) if rules and not program.has_methods else None
        frozen_weights = self._frozen_weights
        if key is None or rules[0].weigh is Weighing.SIZE or frozen_weights:
            return Layout(program, rules, self._plain(rules), lambda: self._sizes, frozen_weights)
        found = program.layouts.get(key)
        if not isinstance(found, Layout):
            found = Layout(program, rules, self._plain(rules), lambda: self._sizes, {})
            program.layouts[key] = found
            for old in list(program.layouts)[:-_MOST_LAYOUTS]:
                program.layouts.pop(old, None)  # another thread may have taken it out
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

    @cached_property
    def _frozen_weights(self) -> Mapping[int, float]:
        """By place of a key result, its weight on the day of a closing, if it has another one since."""
        weights = (
            (place, then.program.key_results[place].weight)
            for place, then in self.settled.items()
            if place < self.offset
        )
        now = self.program.key_results
        return {place: weight for place, weight in weights if weight != now[place].weight}

    @cached_property
    def _ways_to_go(self) -> Sequence[float]:
        """By place of a key result, its way; absent where there is none, or none is known."""
        lines = zip(self.program.measures, *self.ends, strict=True)
        stated = ((change_of(measure, start), end - start) for measure, start, end in lines)
        return [abs(way if change is None else change) for change, way in stated]

    @cached_property
    def _sizes(self) -> Sizes:
        """Sizes of key results, and of closed objectives under rules that weigh by size."""
        self.closings_first("_sizes")
        key_results, objectives = list(self._ways_to_go), dict[int, float]()
        for place, then in self.settled.items():
            row = place - self.offset
            if row < 0:
                key_results[place] = then._ways_to_go[place]  # noqa: SLF001  # of another frame
            else:
                size = then.layout.size_of(row)
                if size is not None:
                    objectives[place] = size
        return key_results, objectives

    # --- what counts ---------------------------------------------------------------------------

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

    @cached_property
    def touched(self) -> frozenset[int]:
        """The places of the key results that an adjustment changes, and of the objectives above them."""
        self.closings_first("touched")
        place_of, settled = self.program.place_of, self.settled
        found = {
            place_of[entry.of]
            for entry in self.journal.adjustments
            if entry.on <= self.day and changes_terms(self.original, entry)
        }
        found.difference_update(settled)
        found.update(place for place, closed in settled.items() if place in closed.touched)
        for row, parts in enumerate(self.layout.counted if found else ()):
            if self.offset + row not in settled and not found.isdisjoint(parts):
                found.add(self.offset + row)
        return frozenset(found)

    # --- what was read -------------------------------------------------------------------------

    @cached_property
    def evidence(self) -> Evidence:
        """What each key result reads."""
        return read_key_results(
            self.program,
            self.history,
            self.today,
            self.rulebook.closing.grace_days,
            self._closed_parts() if self.program.derived and self.closed else {},
        )

    def _closed_parts(self) -> Mapping[int, Read | None]:
        """Return what was read at their closing of key results from which others are derived."""
        self.closings_first("evidence")
        place_of, closed = self.program.place_of, self.closed
        parts = {place_of[id] for how in self.program.derived.values() for id in how.of}
        return {place: closed[place].evidence.read(place) for place in parts & closed.keys()}

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

"""Whether guardrails and metrics hold, now and over the cycle.

Rule of this file: a guardrail reads its metric as a key result would. Of a total it meets, at each
reading, what the readings of the cycle make up to then; so a breach is dated by the day that made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import final

from attrs import frozen

from okrcore.calendar.cadence import WEEKLY
from okrcore.journal.history import Column
from okrcore.plan import BoundState, Guardrail, Objective, Plan, Reading, Reads
from okrcore.plan.bounds import Bound
from okrcore.plan.reading import number_of
from okrcore.rulebook import BreachMemory, Rulebook
from okrcore.scorecard.evidence import Periods, check_in_days, together
from okrcore.scorecard.program import FOREVER, LONG_AGO

__all__ = ["Watch", "watch_guardrail"]


@final
@frozen(eq=False)
class Watch:
    """What the readings of a window say of a bound; told when it is asked for.

    Args:
        bound: What must hold; without one nothing is known of its state.
        column: The journal's readings.
        rows: Those of the window, oldest first.
        reads: How the readings up to each day become one value.
        remembers: Whether any breach counts, healed or not.
        is_stale: Whether the last reading is too old to vouch for the state.
        first: The first day of the window, as an ordinal.
        end: The last one, before grace.
        check_in_days: Days from one check-in to the next.
    """

    bound: Bound | None
    column: Column[Reading]
    rows: Sequence[int]
    reads: Reads = Reads.LATEST
    remembers: bool = False
    is_stale: bool = False
    first: int = LONG_AGO
    end: int = FOREVER
    check_in_days: int = WEEKLY

    @property
    def state(self) -> BoundState:
        """How it stands. A reading too old to vouch for it leaves it unknown, or breached if it was."""
        reading = self.reading
        if self.bound is None or reading is None:
            return BoundState.UNKNOWN
        if self.remembers and self._breached:
            return BoundState.BREACHED
        state = self.bound.state(number_of(reading))
        return BoundState.UNKNOWN if self.is_stale and state is not BoundState.BREACHED else state

    @property
    def readings(self) -> int:
        """How many readings there are."""
        return len(self.rows)

    @property
    def reading(self) -> Reading | None:
        """The last reading, or what the readings of a metric make; None without one."""
        return self._made(len(self.rows)) if self.rows else None

    @property
    def read_on(self) -> date | None:
        """The day of the last reading."""
        return date.fromordinal(self.column.on[self.rows[-1]]) if self.rows else None

    @property
    def margin(self) -> float | None:
        """The distance of the last reading to the limit."""
        reading = self.reading
        if self.bound is None or reading is None:
            return None
        return self.bound.margin(number_of(reading))

    @property
    def worst_margin(self) -> float | None:
        """The smallest distance at any reading."""
        return (
            None if self.bound is None else min(map(self.bound.margin, self._values), default=None)
        )

    @property
    def first_breach(self) -> date | None:
        """The day of the first reading that breached."""
        breached = self._breached
        return date.fromordinal(breached[0]) if breached else None

    @property
    def breaches(self) -> int:
        """How many readings breached."""
        return len(self._breached)

    @property
    def periods_breached(self) -> int:
        """In how many check-in periods a reading breached."""
        periods = self._periods
        return 0 if periods is None else len(set(map(periods.number_of, self._breached)))

    @property
    def periods(self) -> int:
        """How many check-in periods there were up to the last reading."""
        periods = self._periods
        if periods is None or self.bound is None or not self.rows:
            return 0
        return periods.number_of(self.column.on[self.rows[-1]]) + 1

    @property
    def _periods(self) -> Periods | None:
        if self.end >= FOREVER:
            return None
        return Periods.of(self.first, self.end, self.check_in_days)

    @property
    def _breached(self) -> Sequence[int]:
        """The days of the readings that breached, as ordinals."""
        bound = self.bound
        if bound is None:
            return ()
        pairs = zip(self.rows, map(bound.state, self._values), strict=True)
        return [self.column.on[row] for row, state in pairs if state is BoundState.BREACHED]

    @property
    def _values(self) -> Sequence[float]:
        """The numbers that the readings make up to each of them."""
        return [number_of(self._made(count)) for count in range(1, len(self.rows) + 1)]

    def _made(self, count: int) -> Reading:
        """Return what the first readings make."""
        values = self.column.values
        if self.reads is Reads.LATEST:
            return values[self.rows[count - 1]]
        return together(self.reads, [values[row] for row in self.rows[:count]])


def watch_guardrail(
    plan: Plan,
    home: Objective,
    guardrail: Guardrail,
    readings: Column[Reading],
    today: int,
    rulebook: Rulebook,
    grace_days: int,
) -> Watch:
    """Return how a guardrail stands on a day; a reading too old to vouch for it leaves it unknown.

    Args:
        plan: What is intended.
        home: The objective it guards.
        guardrail: What must hold.
        readings: The journal's readings.
        today: The day it is looked at, as an ordinal.
        rulebook: How the objective is judged.
        grace_days: Days after the cycle during which its own readings still count.
    """
    rule, metric, days = rulebook.guardrails, guardrail.metric, check_in_days(plan, home, guardrail)
    reads = Reads.LATEST if metric is None else plan.metric(metric).reads
    remembers = guardrail.hard or rule.memory is BreachMemory.EVER
    first, end = LONG_AGO, FOREVER
    if home.cycle is not None:
        first, end = home.cycle.start.toordinal(), home.cycle.end.toordinal()
    last = end
    if metric is None and end < FOREVER:
        last += grace_days
    rows = readings.rows(metric or guardrail.id, first, min(last, today))
    is_stale = today >= end and bool(rows) and end - readings.on[rows[-1]] > rule.vouches_for * days
    return Watch(guardrail.bound, readings, rows, reads, remembers, is_stale, first, end, days)

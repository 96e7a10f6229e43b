"""Whether guardrails and metrics hold, now and over the cycle.

Rule of this file: a guardrail reads its metric as a key result would. Of a total it meets, at each
reading, what the readings of the cycle make up to then; so a breach is dated by the day that made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import final

from attrs import evolve, frozen

from okrcore.journal.history import Column
from okrcore.plan import BoundState, Guardrail, Objective, Plan, Reading, Reads
from okrcore.plan.bounds import Bound
from okrcore.plan.reading import number_of
from okrcore.rulebook import BreachMemory, Rulebook
from okrcore.scorecard.evidence import Periods, check_in_days, each_together
from okrcore.scorecard.program import FOREVER, LONG_AGO

__all__ = ["Watch", "watch", "watch_guardrail", "window_of_guardrail"]


@final
@frozen(kw_only=True)
class Watch:
    """What the readings of a window say of a bound.

    Args:
        state: How it stands.
        reading: The last reading, or what the readings of a metric make; None without one.
        read_on: The day of the last reading.
        made_on: The day that made `reading`: of a minimum or a maximum the first day on which it was
            read, else the day of the last reading.
        margin: The distance of that to the limit.
        worst_margin: The smallest distance at any reading.
        first_breach: The day of the first reading that breached.
        first_breach_reading: That reading.
        within_since: The day from which on no reading breached any more; None without a breach, and while
            the last reading breaches.
        breaches: How many readings breached.
        readings: How many readings there are.
        periods_breached: In how many check-in periods a reading breached.
        periods: How many check-in periods there were up to the last reading.
    """

    state: BoundState
    reading: Reading | None = None
    read_on: date | None = None
    made_on: date | None = None
    margin: float | None = None
    worst_margin: float | None = None
    first_breach: date | None = None
    first_breach_reading: Reading | None = None
    within_since: date | None = None
    breaches: int = 0
    readings: int = 0
    periods_breached: int = 0
    periods: int = 0


def watch_guardrail(
    plan: Plan,
    home: Objective,
    guardrail: Guardrail,
    readings: Column[Reading],
    today: int,
    rulebook: Rulebook,
    grace_days: int,
    closed_on: int = FOREVER,
) -> Watch:
    """Return the state of a guardrail on a day; unknown at the close if its last reading is too old.

    Args:
        plan: What is intended.
        home: The objective it guards.
        guardrail: What must hold.
        readings: The journal's readings.
        today: The day it is looked at, as an ordinal.
        rulebook: How the objective is judged.
        grace_days: Days after the cycle during which its own readings still count.
        closed_on: The day on which the objective was closed, as an ordinal.
    """
    rule, metric, days = rulebook.guardrails, guardrail.metric, check_in_days(plan, home, guardrail)
    first, last = window_of_guardrail(home, guardrail, grace_days)
    end = FOREVER if home.cycle is None else home.cycle.end.toordinal()
    found = watch(
        guardrail.bound,
        readings,
        metric or guardrail.id,
        first,
        min(last, today),
        remembers=guardrail.hard or rule.memory is BreachMemory.EVER,
        reads=Reads.LATEST if metric is None else plan.metric(metric).reads,
        periods=None if end >= FOREVER else Periods.of(first, end, days),
    )
    end = min(end, closed_on)
    is_stale = (
        today >= end
        and found.read_on is not None
        and end - found.read_on.toordinal() > rule.vouches_for * days
    )
    if is_stale and found.state is not BoundState.BREACHED:
        return evolve(found, state=BoundState.UNKNOWN)
    return found


def window_of_guardrail(home: Objective, guardrail: Guardrail, grace_days: int) -> tuple[int, int]:
    """Return the first and the last day on which readings of a guardrail count, as ordinals.

    Args:
        home: The objective it guards.
        guardrail: The guardrail.
        grace_days: Days after the cycle during which its own readings still count.
    """
    if home.cycle is None:
        return LONG_AGO, FOREVER
    grace = grace_days if guardrail.metric is None else 0
    return home.cycle.start.toordinal(), home.cycle.end.toordinal() + grace


def watch(
    bound: Bound | None,
    readings: Column[Reading],
    source: str,
    first: int,
    last: int,
    *,
    remembers: bool = False,
    reads: Reads = Reads.LATEST,
    periods: Periods | None = None,
) -> Watch:
    """Return what the readings of one id from a first to a last day say of a bound.

    Args:
        bound: What must hold; without one nothing is known of its state.
        readings: The journal's readings.
        source: The id they are found under.
        first: The first day, as an ordinal.
        last: The last day, as an ordinal.
        remembers: Whether any breach counts, healed or not.
        reads: How the readings up to each day become one value.
        periods: The check-in periods of the window, to count the breached ones.
    """
    rows = readings.rows(source, first, last)
    if not rows:
        return Watch(state=BoundState.UNKNOWN)
    made = each_together(reads, [readings.values[row] for row in rows])
    reading, on = made[-1], date.fromordinal(readings.on[rows[-1]])
    if bound is None:
        return Watch(state=BoundState.UNKNOWN, reading=reading, read_on=on, readings=len(rows))
    values = list(map(number_of, made))
    states = [bound.state(value) for value in values]
    at = [n for n, state in enumerate(states) if state is BoundState.BREACHED]
    breached = [rows[n] for n in at]
    has_healed = bool(at) and at[-1] < len(rows) - 1
    return Watch(
        state=BoundState.BREACHED if remembers and breached else states[-1],
        reading=reading,
        read_on=on,
        made_on=date.fromordinal(readings.on[rows[_made_by(values, reads)]]),
        margin=bound.margin(values[-1]),
        worst_margin=min(map(bound.margin, values)),
        first_breach=date.fromordinal(readings.on[breached[0]]) if breached else None,
        first_breach_reading=made[at[0]] if at else None,
        within_since=date.fromordinal(readings.on[rows[at[-1] + 1]]) if has_healed else None,
        breaches=len(breached),
        readings=len(rows),
        periods_breached=(
            0 if periods is None else len({periods.number_of(readings.on[r]) for r in breached})
        ),
        periods=0 if periods is None else periods.number_of(readings.on[rows[-1]]) + 1,
    )


def _made_by(values: Sequence[float], reads: Reads) -> int:
    """Return which of the readings made the last value."""
    is_one_of_them = reads is Reads.MINIMUM or reads is Reads.MAXIMUM
    return values.index(values[-1]) if is_one_of_them else -1

"""States of guardrails and metrics, now and over the cycle.

Rules of this file:

1. Readings of a metric are aggregated as for a key result. Of a total, each reading gives the total of the
   cycle up to then, so a breach is dated by the day that made it.
2. A bound may have been another one before. Each reading breached the bound of its day or not; the last one
   is held against the bound of today. Of a bound that joined, breaches before its join are not remembered.
   Limits may be established, or come from the past, see `bounds_by_day`.
3. A judgement settles a guardrail as of its day: breaches up to it stay on record, and later ones alone count.
   Like a reading it becomes too old for the close.
4. `watch` is the plain definition of a state. In the middle of a cycle `states_of` takes the last own
   reading alone, if nothing settled it.

Laws: test_states_of_guardrails_are_those_of_their_watch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore.journal import Judgement
from okrcore.journal.fact_columns import Column
from okrcore.plan import Aggregation, BoundState, Guardrail, Plan, Reading
from okrcore.plan.bounds import Bound
from okrcore.plan.reading import number_of
from okrcore.rulebook import BreachEffect, BreachMemory, GuardrailRule
from okrcore.scorecard.day.bounds_by_day import BoundsByDay, bounds_of_guardrail
from okrcore.scorecard.day.compiled_plan import FOREVER
from okrcore.scorecard.day.derived_metrics import Arithmetic, How, how_of
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.guardrail_readings import rows_of_guardrail, window_of_guardrail
from okrcore.scorecard.day.periods import Periods
from okrcore.scorecard.day.readings import values_of_rows
from okrcore.scorecard.day.settling import Settling, settling_of

__all__ = [
    "GuardrailStates",
    "Watch",
    "aggregation_of",
    "guard_items",
    "guard_value",
    "last_seen",
    "oldest_at_close",
    "remembers",
    "state_if_fresh",
    "states_of",
    "watch",
    "watch_before_close",
    "watch_guardrail",
]


@final
@frozen(kw_only=True)
class Watch:
    """State of a bound by the readings of a window; other fields are those of `GuardrailResult`.

    `made_on` is the day that made `reading`: of a minimum or a maximum the first day on which it was read,
    else the day of the last reading. `is_kept` if that is before the cycle; `ended` is the last day of the cycle, if the
    last reading is of a later day. `by_readings` is the state without a judgement, and `after` the watch
    of the breaches after it; None without any. `origin` is that of the limit in words, see `BoundsByDay`.
    """

    state: BoundState
    by_readings: BoundState
    bound: Bound | None = None
    origin: str = ""
    reading: Reading | None = None
    read_on: date | None = None
    made_on: date | None = None
    is_kept: bool = False
    ended: date | None = None
    margin: float | None = None
    worst_margin: float | None = None
    first_breach: date | None = None
    first_breach_reading: Reading | None = None
    first_breach_bound: Bound | None = None
    within_since: date | None = None
    breaches: int = 0
    readings: int = 0
    periods_breached: int = 0
    periods: int = 0
    settled: Judgement | None = None
    after: Watch | None = None


@final
@frozen(eq=False)
class GuardrailStates:
    """States of the guardrails of every objective on a day.

    Args:
        first: Index of the first objective.
        starts: Position of the first state of each objective; then the end.
        states: One objective after the other.
        settled: By id of a guardrail, the judgement that settles it.
    """

    first: int
    starts: Sequence[int]
    states: Sequence[BoundState]
    settled: Mapping[str, Judgement]

    def of(self, index: int) -> Sequence[BoundState]:
        """Return the states of the guardrails of an objective, in their order."""
        at = index - self.first
        return self.states[self.starts[at] : self.starts[at + 1]]


def states_of(facts: Facts) -> GuardrailStates:
    """Return the states of the guardrails of every objective on a day."""
    compiled, readings, numbers = facts.compiled, facts.history.readings, facts.history.numbers
    if not compiled.has_guardrails:
        none = [0] * (len(compiled.objectives) + 1)
        return GuardrailStates(compiled.of_objectives.start, none, (), {})
    row_of, on, unknown = readings.latest(facts.today).get, readings.on, BoundState.UNKNOWN
    forgets = facts.by_book(lambda book: book.guardrails.memory is not BreachMemory.EVER)
    may_close, judged = bool(facts.history.lives), facts.history.judgements.ids
    starts, states, settled = [0], list[BoundState](), dict[str, Judgement]()
    for index, objective in zip(compiled.of_objectives, compiled.objectives, strict=True):
        if objective.guardrails:
            is_under_way = compiled.ends[index] > facts.today and forgets[index]
            is_open = not may_close or facts.closing_of(index) is None
            decides_from = compiled.starts[index] if is_under_way and is_open else FOREVER
            for each in objective.guardrails:
                at = row_of(each.metric or each.id)
                if each.id in judged:
                    found = watch_guardrail(facts, index, each)
                    states.append(found.state)
                    if found.settled is not None:
                        settled[each.id] = found.settled
                elif at is None:
                    states.append(unknown)
                elif decides_from <= on[at] and not each.hard and each.metric is None:
                    state = each.bound.state(numbers[at])
                    if state is unknown:  # its limit is open
                        state = watch_guardrail(facts, index, each).state
                    states.append(state)
                else:
                    states.append(watch_guardrail(facts, index, each).state)
        starts.append(len(states))
    return GuardrailStates(compiled.of_objectives.start, starts, states, settled)


def watch_guardrail(facts: Facts, index: int, guardrail: Guardrail) -> Watch:
    """Return the watch of a guardrail of an objective; unknown at the close if the last reading is too old."""
    found = watch_before_close(facts, index, guardrail)
    oldest = oldest_at_close(facts, index, guardrail)
    if oldest is None:
        return found
    return evolve(
        found,
        state=state_if_fresh(found.state, last_seen(found), oldest),
        by_readings=state_if_fresh(found.by_readings, found.read_on, oldest),
    )


def watch_before_close(facts: Facts, index: int, guardrail: Guardrail) -> Watch:
    """Return the watch of a guardrail of an objective by its readings and its judgement, of any age."""
    plan, home, book = facts.plan, facts.compiled.objective(index), facts.books[index]
    days, history = check_in_days(plan, home, guardrail), facts.history
    first = window_of_guardrail(facts, index, guardrail)[0]
    rows, is_kept = rows_of_guardrail(facts, history, index, guardrail)
    end = FOREVER if home.cycle is None else home.cycle.end.toordinal()
    found = watch(
        bounds_of_guardrail(facts, index, guardrail),
        history.readings,
        rows,
        remembers=remembers(book.guardrails, guardrail),
        aggregation=aggregation_of(plan, guardrail),
        periods=None if end >= FOREVER or is_kept else Periods.of(first, end, days),
        settling=settling_of(facts, index, guardrail),
        is_kept=is_kept,
    )
    if found.read_on is not None and found.read_on.toordinal() > end:
        found = evolve(found, ended=date.fromordinal(end))
    return found


def remembers(rule: GuardrailRule, guardrail: Guardrail) -> bool:
    """Return whether any breach of a guardrail counts, healed or not."""
    return guardrail.hard or rule.memory is BreachMemory.EVER


def aggregation_of(plan: Plan, guardrail: Guardrail) -> How:
    """Return the aggregation of the readings of a guardrail: that of its metric."""
    return Aggregation.LATEST if guardrail.metric is None else how_of(plan, guardrail.metric)


def oldest_at_close(facts: Facts, index: int, guardrail: Guardrail) -> int | None:
    """Return the first day, as an ordinal, from which a reading counts at the close; None before the close."""
    home, closing = facts.compiled.objective(index), facts.closing_of(index)
    end = FOREVER if home.cycle is None else home.cycle.end.toordinal()
    end = end if closing is None else min(end, closing.on.toordinal())
    if facts.today < end:
        return None
    days = check_in_days(facts.plan, home, guardrail)
    return end - facts.books[index].guardrails.stale_after_intervals * days


def last_seen(found: Watch) -> date | None:
    """Return the day of the last reading or of the judgement that settles it, if that is later."""
    seen = [] if found.read_on is None else [found.read_on]
    if found.settled is not None:
        seen.append(found.settled.on)
    return max(seen, default=None)


def state_if_fresh(state: BoundState, seen_on: date | None, oldest: int) -> BoundState:
    """Return a state; unknown if it was last seen too long ago. A breach does not get too old."""
    is_fresh = seen_on is None or seen_on.toordinal() >= oldest
    return state if is_fresh or state is BoundState.BREACHED else BoundState.UNKNOWN


def watch(
    bounds: BoundsByDay,
    readings: Column[Reading],
    rows: Sequence[int],
    *,
    remembers: bool = False,
    aggregation: How = Aggregation.LATEST,
    periods: Periods | None = None,
    settling: Settling | None = None,
    is_kept: bool = False,
) -> Watch:
    """Return the state of a bound by some readings; unknown without a bound or a reading.

    Args:
        bounds: The bounds.
        readings: Readings of the journal.
        rows: Rows of those that count, oldest first.
        remembers: Whether any breach counts, healed or not.
        aggregation: Aggregation of the readings up to each day.
        periods: Check-in periods of the window; None to count none.
        settling: The judgement that settles breaches up to it; None without one.
        is_kept: Whether the last reading is of a day before the cycle.
    """
    values = values_of_rows(aggregation, readings, rows)
    made = [value for value in values if value is not None]
    rows = [row for row, value in zip(rows, values, strict=True) if value is not None]
    found = _watch(
        bounds,
        readings,
        rows,
        made,
        remembers=remembers,
        aggregation=aggregation,
        periods=periods,
        settling=settling,
        is_kept=is_kept,
    )
    has_value = not values or values[-1] is not None
    return found if has_value else _without_value(found, remembers=remembers)


def _without_value(found: Watch, *, remembers: bool) -> Watch:
    """Return a watch of a derived metric without a value now: a remembered breach counts, and so does a judgement."""
    breached, settled = BoundState.BREACHED, found.settled
    state = BoundState.UNKNOWN if settled is None else BoundState.HELD
    by_readings = BoundState.UNKNOWN
    if remembers and found.by_readings is breached:
        by_readings = breached
        state = found.state if settled is not None else breached
    return evolve(
        found,
        state=state,
        by_readings=by_readings,
        reading=None,
        read_on=None,
        made_on=None,
        margin=None,
        within_since=None,
        after=None,
    )


def _watch(
    bounds: BoundsByDay,
    readings: Column[Reading],
    rows: Sequence[int],
    made: Sequence[Reading],
    *,
    remembers: bool,
    aggregation: How,
    periods: Periods | None,
    settling: Settling | None,
    is_kept: bool,
) -> Watch:
    """Return the state of a bound by some rows with the value that the readings made up to each."""
    settled, bound = None if settling is None else settling.entry, bounds.now
    if not rows:
        unknown = BoundState.UNKNOWN
        state = unknown if settled is None else BoundState.HELD
        return Watch(
            state=state, by_readings=unknown, bound=bound, origin=bounds.origin, settled=settled
        )
    reading, on = made[-1], date.fromordinal(readings.on[rows[-1]])
    values = list(map(number_of, made))
    if bound is None:
        unknown = BoundState.UNKNOWN
        return Watch(
            state=unknown,
            by_readings=unknown,
            reading=reading,
            read_on=on,
            readings=len(rows),
            is_kept=is_kept,
        )
    days = [readings.on[row] for row in rows]
    state, newest = bound.state(values[-1]), len(rows) - 1
    breaches = [
        _Breach(n, day, of_day)
        for n, day in enumerate(days)
        if day >= bounds.first
        and (of_day := bounds.on(day)) is not None
        and of_day.state(values[n]) is BoundState.BREACHED
    ]
    if state is BoundState.BREACHED and (not breaches or breaches[-1].at < newest):
        # The last reading was within the bound of its day, and is outside the one in force.
        breaches.append(_Breach(newest, max(days[-1], bounds.since), bound))

    def watch_of(counted: Sequence[_Breach], state: BoundState) -> Watch:
        within_since = None
        if counted and state is not BoundState.BREACHED and not bound.is_open:
            last_breach = counted[-1].at
            within_since = days[last_breach + 1] if last_breach < newest else bounds.since
        first_breach = counted[0] if counted else None
        found = BoundState.BREACHED if remembers and counted else state
        return Watch(
            state=found,
            by_readings=found,
            bound=bound,
            origin=bounds.origin,
            reading=reading,
            read_on=on,
            made_on=date.fromordinal(readings.on[rows[_made_by(values, aggregation)]]),
            margin=None if bound.is_open else bound.margin(values[-1]),
            worst_margin=None if bound.is_open else min(map(bound.margin, values)),
            first_breach=None if first_breach is None else date.fromordinal(first_breach.day),
            first_breach_reading=None if first_breach is None else made[first_breach.at],
            first_breach_bound=None if first_breach is None else first_breach.bound,
            within_since=None if within_since is None else date.fromordinal(within_since),
            is_kept=is_kept,
            breaches=len(counted),
            readings=len(rows),
            periods_breached=(
                0 if periods is None else len({periods.number_of(each.day) for each in counted})
            ),
            periods=0 if periods is None else periods.number_of(readings.on[rows[-1]]) + 1,
        )

    found = watch_of(breaches, state)
    if settling is None:
        return found
    later = _later_breaches(settling, breaches, values, rows, days, bounds, aggregation)
    is_outside = bool(later) and later[-1].at == newest
    # A judgement settles an open limit, too: nothing is outside it.
    is_settled = bound.is_open or (state is BoundState.BREACHED and not is_outside)
    after = BoundState.HELD if is_settled else state
    new = watch_of(later, after) if later else None
    return evolve(found, state=after if new is None else new.state, settled=settled, after=new)


def _later_breaches(
    settling: Settling,
    breaches: Sequence[_Breach],
    values: Sequence[float],
    rows: Sequence[int],
    days: Sequence[int],
    bounds: BoundsByDay,
    aggregation: How,
) -> Sequence[_Breach]:
    """Return the breaches after a judgement.

    A total or a mean over the readings up to a day is outside again only if it is further outside than the
    one that was settled: of six incidents that were settled, a week without another makes no new breach.
    """
    start = settling.count(rows)
    is_moved = settling.is_before_bound(bounds.days[-1])

    def is_later(breach: _Breach) -> bool:
        if breach.at < start:
            # It was within the bound of its day, and is outside the one in force.
            return is_moved and breach.day > days[breach.at]
        is_level = isinstance(aggregation, Arithmetic) and aggregation.is_level
        if aggregation is Aggregation.LATEST or is_level or not start:
            return True
        # A sum in another order may differ in its last digit, and is not worse.
        worse, before = (snap(breach.bound.margin(values[at])) for at in (breach.at, start - 1))
        return worse < before

    return [each for each in breaches if is_later(each)]


@final
@frozen(eq=False)
class _Breach:
    """A breach.

    Args:
        at: Position of its reading.
        day: Its day as an ordinal.
        bound: The bound that it broke.
    """

    at: int
    day: int
    bound: Bound


def _made_by(values: Sequence[float], aggregation: How) -> int:
    """Return the position of the reading that made the last value."""
    return (
        values.index(values[-1])
        if aggregation in (Aggregation.MINIMUM, Aggregation.MAXIMUM)
        else -1
    )


def guard_items(guard: GuardrailRule, states: Sequence[BoundState]) -> list[tuple[float, float]]:
    """Return the guardrails that enter a mean: 1 if held, 0 if breached; unknown ones do not enter."""
    if guard.effect is not BreachEffect.AVERAGE:
        return []
    known = (state for state in states if state is not BoundState.UNKNOWN)
    return [(float(state is not BoundState.BREACHED), 1.0) for state in known]


def guard_value(guard: GuardrailRule, value: float, states: Sequence[BoundState]) -> float:
    """Return a value after the effect of breached guardrails."""
    if BoundState.BREACHED not in states or isnan(value):
        return value
    if guard.effect is BreachEffect.CAP:
        return min(value, guard.cap)
    return 0.0 if guard.effect is BreachEffect.VETO else value

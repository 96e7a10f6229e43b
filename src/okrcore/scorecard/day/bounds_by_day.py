"""Bounds of guardrails and metrics by day: as stated, adjusted, established, or of the past.

Rules of this file:

1. A limit to be established is that of the last `BaselineSet` up to the day, from its day on. One dated after the
   end of the cycle changes nothing: the cycle is over.
2. A limit of the past in a cycle is one number, of readings before the cycle alone. It is that of the whole cycle,
   so a correction of the past moves it for every day, and breaches with it.
3. Without a cycle, and of a metric, it is the value as of each day moved back, and has another one from day to day.
4. A limit that is not known breaches nothing.

Laws: test_a_limit_of_the_past_is_that_number_typed_by_hand, test_an_open_limit_is_never_held_or_breached.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeAlias, cast, final

from attrs import frozen

from okrcore.calendar import Cadence, Cycle
from okrcore.calendar.cycle import add_cadence
from okrcore.journal import BaselineSet
from okrcore.journal.history import History
from okrcore.plan import Aggregation, Guardrail, Metric, PriorPeriod
from okrcore.plan.bounds import Between, Bound, OneSided
from okrcore.plan.prior_period import with_change
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.derived_metrics import How, how_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrail_readings import rows_between
from okrcore.scorecard.day.readings import read_rows, values_of_rows
from okrcore.words.reason import Reason

__all__ = ["BoundsByDay", "bounds_of_guardrail", "bounds_of_metric", "moved", "past_rows"]

#: First day of a bound as an ordinal, the bound, and the origin of its limit in words.
_Piece: TypeAlias = tuple[int, Bound | None, str]
#: Rows of the readings between two days.
_Rows: TypeAlias = Callable[[int, int], Sequence[int]]


@final
@frozen(eq=False)
class BoundsByDay:
    """Bounds of a guardrail or metric, each from a day on.

    Args:
        first: Day from which breaches are remembered, as an ordinal.
        days: First day of each bound as an ordinal; of the first one `LONG_AGO`.
        bounds: The bounds; the last one is in force. One with an open limit is not known on its days.
        origin: Origin of the limit in force, in words, or the reason why it is open; empty if it is stated.
    """

    first: int
    days: Sequence[int]
    bounds: Sequence[Bound | None]
    origin: str = ""

    @property
    def now(self) -> Bound | None:
        """The bound in force."""
        return self.bounds[-1]

    @property
    def since(self) -> int:
        """First day of the bound in force, or of the item, as an ordinal."""
        return max(self.first, self.days[-1])

    def on(self, day: int) -> Bound | None:
        """Return the bound of a day."""
        return self.bounds[bisect_right(self.days, day) - 1]


@final
@frozen(eq=False)
class _Past:
    """Readings from which the limits of an item come.

    Args:
        cycle: Cycle of its objective; None without one, and of metrics.
        rows: Rows of its readings between two days.
        aggregation: Aggregation of them.
    """

    cycle: Cycle | None
    rows: _Rows
    aggregation: How


def bounds_of_guardrail(facts: Facts, index: int, guardrail: Guardrail) -> BoundsByDay:
    """Return the bounds of a guardrail of an objective up to the day."""
    past = _past_of(facts, facts.history, index, guardrail)
    return _bounds_of(facts, guardrail.id, guardrail.bound, past)


def bounds_of_metric(facts: Facts, metric: Metric) -> BoundsByDay:
    """Return the bounds of the health of a metric up to the day."""
    readings = facts.history.readings
    last_of = facts.compiled.last_of(metric.id)
    past = _Past(None, lambda first, last: readings.rows(metric.id, first, last), last_of)
    return _bounds_of(facts, metric.id, metric.health, past)


def past_rows(facts: Facts, history: History, index: int, guardrail: Guardrail) -> Sequence[int]:
    """Return the rows of readings before the cycle that make the limit of a guardrail; empty without one."""
    past, bound = _past_of(facts, history, index, guardrail), guardrail.bound
    if past.cycle is None or isinstance(bound, Between) or not isinstance(bound.limit, PriorPeriod):
        return ()
    return past.rows(*_prior_days(past.cycle, bound.limit.back))


def _past_of(facts: Facts, history: History, index: int, guardrail: Guardrail) -> _Past:
    return _Past(
        facts.compiled.objective(index).cycle,
        lambda first, last: rows_between(facts, history, index, guardrail, (first, last)),
        Aggregation.LATEST if guardrail.metric is None else how_of(facts.plan, guardrail.metric),
    )


def _bounds_of(facts: Facts, id: str, bound: Bound | None, past: _Past) -> BoundsByDay:
    """Return the bounds of an item, given the one in force."""
    joined = facts.in_force.joined.get(id)
    first = LONG_AGO if joined is None else joined.toordinal()
    dated = facts.in_force.bounds.get(id)
    if dated is None:
        starts, stated = [LONG_AGO], [bound]
    else:
        starts = [LONG_AGO, *[day.toordinal() for day, _ in dated[1:]]]
        stated = [each for _, each in dated]
    if not any(each is not None and each.is_open for each in stated):
        return BoundsByDay(first, starts, stated)
    pieces: list[_Piece] = []
    for each, start, end in zip(stated, starts, [*starts[1:], facts.today + 1], strict=True):
        if each is None or isinstance(each, Between) or not each.is_open:
            pieces.append((start, each, ""))
        elif isinstance(each.limit, PriorPeriod):
            made = _of_cycle if past.cycle is not None else _of_days
            pieces += made(facts, each, each.limit, past, (start, end))
        else:
            pieces += _established(facts, id, each, past.cycle, (start, end))
    days, bounds, origins = zip(*pieces, strict=True)
    return BoundsByDay(first, days, bounds, origins[-1])


# --- to be established -------------------------------------------------------------------------


def _established(
    facts: Facts, id: str, bound: OneSided, cycle: Cycle | None, days: tuple[int, int]
) -> Iterator[_Piece]:
    """Yield a bound whose limit is to be established, and with each baseline that was set while it was in force."""
    start, end = days
    yield start, bound, Reason("limit/not-established")
    last = end - 1 if cycle is None else min(end - 1, cycle.end.toordinal())
    decisions = facts.history.decisions
    for row in decisions.rows(id, start, last):
        entry = decisions.values[row]
        if isinstance(entry, BaselineSet):
            words = Reason("limit/established", day=entry.on)
            yield entry.on.toordinal(), bound.with_limit(entry.value), words


# --- of the past -------------------------------------------------------------------------------


def _of_cycle(
    facts: Facts, bound: OneSided, prior: PriorPeriod, past: _Past, days: tuple[int, int]
) -> Iterator[_Piece]:
    """Yield a bound with the value of the cycle moved back."""
    first, last = _prior_days(cast("Cycle", past.cycle), prior.back)
    read = read_rows(facts.history.readings, past.rows(first, last), past.aggregation)
    period = {"first": date.fromordinal(first), "last": date.fromordinal(last)}
    if read is None:
        yield days[0], bound, Reason("limit/no-past-period", **period)
        return
    words = Reason("limit/of-period", **period)
    yield days[0], bound.with_limit(prior.limit_from(number_of(read[0]))), with_change(words, prior)


def _of_days(
    facts: Facts, bound: OneSided, prior: PriorPeriod, past: _Past, days: tuple[int, int]
) -> Iterator[_Piece]:
    """Yield a bound with the value as of each day moved back."""
    (start, end), readings = days, facts.history.readings
    rows = past.rows(LONG_AGO, facts.today)
    values = values_of_rows(past.aggregation, readings, rows)
    yield (
        start,
        bound,
        Reason("limit/no-past-day", day=date.fromordinal(moved(facts.today, prior.back, -1))),
    )
    for row, value in zip(rows, values, strict=True):
        on = readings.on[row]
        since = moved(on, prior.back, 1)
        if since >= end:
            return
        if value is None:
            continue
        limit, words = (
            prior.limit_from(number_of(value)),
            Reason("limit/of-day", day=date.fromordinal(on)),
        )
        yield max(start, since), bound.with_limit(limit), with_change(words, prior)


def _prior_days(cycle: Cycle, back: Cadence) -> tuple[int, int]:
    """Return the first and the last day of a cycle moved back, as ordinals; none of the cycle itself."""
    start, after = cycle.start.toordinal(), cycle.end.toordinal() + 1
    first = moved(start, back, -1)
    # 29 and 30 March moved back by a month are both 28 February.
    return first, max(first, min(moved(after, back, -1), start) - 1)


def moved(day: int, back: Cadence, times: int) -> int:
    """Return a day moved by a cadence, as an ordinal; a cadence has 400 years at most."""
    return add_cadence(date.fromordinal(day), back, times).toordinal()

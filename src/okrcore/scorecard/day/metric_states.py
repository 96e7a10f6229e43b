"""State of metrics: within their bound or not, and stale or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._checks import LARGEST
from okrcore.calendar import Cycle
from okrcore.journal import Lifecycle
from okrcore.plan import (
    Above,
    AtLeast,
    Between,
    Guardrail,
    KeyResult,
    Metric,
    Objective,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.effective_units import unit_of
from okrcore.plan.reading import number_of
from okrcore.rulebook import Stale
from okrcore.scorecard.day.bounds_by_day import bounds_of_metric
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.derived_metrics import rhythm_of
from okrcore.scorecard.day.derived_words import why_no_value
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.guardrail_reasons import why_watch
from okrcore.scorecard.day.guardrails import Watch, watch
from okrcore.scorecard.day.measure_progress import as_held
from okrcore.words.reason import Reason, clauses

__all__ = [
    "MetricState",
    "Staleness",
    "is_stale",
    "share_of_bound",
    "staleness_of",
    "state_of_metric",
]


@final
@frozen(kw_only=True)
class MetricState:
    """State of a metric on a day.

    Args:
        watch: State of its bound.
        health: See `MetricResult`.
        status: The state of its bound, the name of the rule by which it is stale, or closed if it is retired.
        why: The reason, in a sentence.
    """

    watch: Watch
    health: float | None
    status: str
    why: str


def state_of_metric(metric: Metric, facts: Facts) -> MetricState:
    """Return the state of a metric on a day."""
    bounds = bounds_of_metric(facts, metric)
    readings = facts.history.readings
    rows = readings.rows(metric.id, LONG_AGO, facts.today)
    how = facts.compiled.arithmetic.get(metric.id)
    found = watch(bounds, readings, rows, aggregation=facts.compiled.last_of(metric.id))
    closing = facts.life_of(metric.id).closing
    stale = None if closing is not None else _stale(metric, found.read_on, facts)
    if stale is None:
        found = evolve(found, is_kept=_is_kept(metric, found.read_on, facts))
    status, why = str(found.state), why_watch(found, unit_of(facts.plan.items, metric))
    if how is not None and found.reading is None:
        why = why_no_value(how, [readings.values[row] for row in rows])
    if stale is not None:
        status, why = stale[0], Reason("metric/stale", stale=stale[1], why=why)
    if closing is not None:
        retired = Reason("metric/retired", day=closing.on, because=closing.because)
        status, why = str(Lifecycle.CLOSED), clauses((retired, why))
    health = None
    if found.reading is not None and found.bound is not None and not found.bound.is_open:
        health = share_of_bound(found.bound, number_of(found.reading))
    return MetricState(watch=found, health=health, status=status, why=why)


@final
@frozen(kw_only=True)
class Staleness:
    """Age of the last reading of a metric, and the rule by which it may be too old.

    Args:
        rule: First rule of the rulebook on stale readings.
        read_on: Day of the last reading.
        age: Days from then to the day.
        every: Days from one reading to the next.
    """

    rule: Stale
    read_on: date
    age: int
    every: int

    @property
    def is_stale(self) -> bool:
        """Whether the last reading is too old."""
        return is_stale(self.rule, self.age, self.every)


def is_stale(rule: Stale, age: float, every: float) -> bool:
    """Return whether a reading of an age in days is too old, given the days between readings."""
    return age > rule.intervals * every + rule.grace_days


def staleness_of(metric: Metric, read_on: date | None, facts: Facts) -> Staleness | None:
    """Return the age of the last reading of a metric; None without a reading, a rhythm or a rule."""
    rules = (rule for rule in facts.rulebook.status if isinstance(rule, Stale))
    rule, every = next(rules, None), _days_between_readings(metric, facts)
    if rule is None or every is None or read_on is None:
        return None
    return Staleness(rule=rule, read_on=read_on, age=(facts.day - read_on).days, every=every)


def _stale(metric: Metric, read_on: date | None, facts: Facts) -> tuple[str, str] | None:
    found = staleness_of(metric, read_on, facts)
    if found is None or not found.is_stale:
        return None
    rhythm = Reason("metric/every", count=found.every)
    last_read = Reason("metric/last-read", count=found.age, day=found.read_on, every=rhythm)
    return found.rule.name, last_read


def _days_between_readings(metric: Metric, facts: Facts) -> int | None:
    """Return its rhythm, or the quickest of the present cycles that read it; None if none does."""
    rhythm = rhythm_of(facts.plan, metric)
    if rhythm is not None:
        return rhythm
    readers = _present_readers(metric, facts)
    return min((check_in_days(facts.plan, home) for home, _ in readers), default=None)


def _is_kept(metric: Metric, read_on: date | None, facts: Facts) -> bool:
    """Return whether a metric was last read before the present cycles that read it; false if none does."""
    starts = [cycle.start for _, cycle in _present_readers(metric, facts)]
    return read_on is not None and bool(starts) and read_on < min(starts)


def _present_readers(metric: Metric, facts: Facts) -> Iterator[tuple[Objective, Cycle]]:
    """Yield the objectives that read a metric, or one derived from it, with their cycle, if that runs on the day."""
    for home in facts.compiled.objectives:
        cycle = home.cycle
        if (
            cycle is not None
            and cycle.start <= facts.day <= cycle.end
            and (
                any(_reads(facts, kr, metric) for kr in home.own_key_results)
                or any(_reads(facts, guardrail, metric) for guardrail in home.guardrails)
            )
        ):
            yield home, cycle


def _reads(facts: Facts, item: KeyResult | Guardrail, metric: Metric) -> bool:
    """Return whether an item reads a metric, or one derived from it."""
    return item.metric is not None and metric.id in facts.compiled.sources_of(item.metric)


def share_of_bound(bound: Bound, value: float) -> float:
    """Return a value as a share of a bound: 1 is on it, more is better."""
    # A loss of 20 by a limit of -10 would be 2, and a gain of 5 would be -0.5.
    if isinstance(bound, Between) or snap(bound.stated_limit()) <= 0 or snap(value) <= 0:
        return float(bound.holds(value))
    is_floor, limit = isinstance(bound, (AtLeast, Above)), bound.stated_limit()
    share = value / limit if is_floor else limit / value
    return as_held(bound, value, min(share, LARGEST))

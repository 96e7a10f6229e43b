"""Progress of a measure of each period: which periods are over, and in which of them its bound held.

Rules of this file:

1. A period is over on its last day. The bound does not hold in one that is over without a reading.
2. Readings of a period are those dated in it; they become one value as those of a whole window do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum, unique
from typing import final

from attrs import frozen

from okrcore._arith import ABSENT
from okrcore._made import must_fit
from okrcore.calendar import Period
from okrcore.plan import EachPeriod, Reading
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.periods import Periods
from okrcore.scorecard.day.readings import Seen, seen_of, value_of

__all__ = [
    "PeriodResult",
    "PeriodState",
    "open_ends",
    "period_results",
    "periods_of",
    "share_held",
    "values_by_period",
]


@unique
class PeriodState(StrEnum):
    """State of a period of a measure of each period."""

    HELD = "held"
    NOT_HELD = "not held"
    #: Over without a reading: not held.
    UNREAD = "not read"
    #: Not over yet, whatever was read in it.
    OPEN = "open"


@final
@frozen
class PeriodResult:
    """One period of a key result that is measured each period.

    Args:
        days: Its first and last day.
        state: Whether its bound held; open until its last day.
        reading: The value of its readings; None without one.
    """

    days: Period
    state: PeriodState
    reading: Reading | None

    __attrs_post_init__ = must_fit


def values_by_period(periods: Periods, seen: Seen) -> Mapping[int, Reading]:
    """Return the value of each period with a reading, by its number."""
    read: dict[int, list[Reading]] = {}
    for day, reading in seen.series:
        read.setdefault(periods.number_of(day), []).append(reading)
    made = {number: value_of(seen.aggregation, values) for number, values in read.items()}
    return {number: value for number, value in made.items() if value is not None}


def period_results(measure: EachPeriod, seen: Seen) -> tuple[PeriodResult, ...]:
    """Return the periods that count, in order; none without a cycle."""
    periods, found = seen.periods, list[PeriodResult]()
    if periods is None:
        return ()
    values = values_by_period(periods, seen)
    for number in periods.counted:
        first, last = periods.days_of(number)
        reading = values.get(number)
        state = PeriodState.OPEN
        if last <= seen.today:
            state = PeriodState.UNREAD if reading is None else _state(measure, reading)
        days = Period(date.fromordinal(first), date.fromordinal(last))
        found.append(PeriodResult(days, state, reading))
    return tuple(found)


def periods_of(facts: Facts, index: int) -> tuple[PeriodResult, ...]:
    """Return the periods of a key result on the day, read or not; none of another measure."""
    measure = facts.compiled.measures[index]
    if not isinstance(measure, EachPeriod):
        return ()
    return period_results(measure, seen_of(facts, index, None))


def _state(measure: EachPeriod, reading: Reading) -> PeriodState:
    holds = measure.bound.holds(number_of(reading))
    return PeriodState.HELD if holds else PeriodState.NOT_HELD


def share_held(measure: EachPeriod, seen: Seen) -> float:
    """Return the share of the periods that are over in which the bound held; ABSENT before one is over."""
    held, over, _ = _counts(measure, seen)
    return held / over if over else ABSENT


def open_ends(measure: EachPeriod, seen: Seen) -> tuple[float, float]:
    """Return the share of all periods in which the bound holds, with open ones as not held and as held."""
    held, over, still_open = _counts(measure, seen)
    planned = over + still_open
    return (held / planned, (held + still_open) / planned) if planned else (ABSENT, ABSENT)


def _counts(measure: EachPeriod, seen: Seen) -> tuple[int, int, int]:
    """Return the number of periods that were held, that are over, and that are open."""
    found = period_results(measure, seen)
    states = [each.state for each in found]
    still_open = states.count(PeriodState.OPEN)
    return states.count(PeriodState.HELD), len(states) - still_open, still_open

"""Planned change of a number, from start to target, beside its usual change.

Rules of this file:

1. The usual change is the stated growth of the metric, for the length of the cycle; without one it is that of the
   periods before the cycle, each as long as the cycle, back to the first one without a reading.
2. The baseline is the start. Without one it is the value of the period before, as it is for a count from zero.
3. Nothing here is scored. A target is a decision of people, and may be far from the usual.

Source: founding document D ("with an average growth of 5% one does not aim at 50").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum, unique
from math import expm1, isnan, log, log1p
from typing import Final, cast, final

from attrs import field, frozen

from okrcore._arith import short_beside, snap
from okrcore._checks import LARGEST
from okrcore._figures import Figure
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.calendar import Cadence, Cycle
from okrcore.plan import Aggregation, Growth, KeyResult, Multiple, Points, Reach, Relative, Unit
from okrcore.plan.effective_units import unit_of
from okrcore.plan.linear_measures import LinearMeasure
from okrcore.plan.measures import LINEAR, has_no_target
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.bounds_by_day import moved
from okrcore.scorecard.day.derived_metrics import how_of
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import read_rows
from okrcore.scorecard.day.wording import show_number
from okrcore.words.reason import Reason, as_reason

__all__ = ["GrowthSource", "TargetGrowth", "target_growth_of"]

#: Periods before a cycle from which a usual change is computed at most (library default).
_MOST_PERIODS: Final = 8


@unique
class GrowthSource(StrEnum):
    """Source of a usual change."""

    STATED = "stated"
    READINGS = "readings"


@final
@frozen(kw_only=True, repr=False)
class TargetGrowth:
    """Planned change of a key result, from start to target, beside the usual change of its number.

    Args:
        key_result: Its id.
        planned: Target minus start, in its unit; None without a line, or a start.
        planned_percent: The same in percent of the start; None too from a start of 0.
        usual: Usual change in a cycle as long, in its unit; None if none is known.
        usual_percent: The same in percent of the start.
        multiple: Planned by usual change: 10 if it is 50% where 5% is usual. None without either, and if
            one is 0 or they have opposite directions.
        source: Source of the usual change: stated by the metric, or computed from readings.
        why: All of it in a sentence.
    """

    key_result: str
    planned: float | None = None
    planned_percent: float | None = None
    usual: float | None = None
    usual_percent: float | None = None
    multiple: float | None = None
    source: GrowthSource | None = None
    why: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    def __str__(self) -> str:
        return self.why

    def __repr__(self) -> str:
        return repr_of(self)


def target_growth_of(facts: Facts, kr: KeyResult) -> TargetGrowth:
    """Return the planned change of a key result beside the usual one."""
    if type(kr.measure) not in LINEAR:
        return TargetGrowth(key_result=kr.id, why=Reason("growth/no-line"))
    if has_no_target(kr.measure):
        return TargetGrowth(key_result=kr.id, why=Reason("growth/no-target"))
    index = facts.compiled.index_of[kr.id]
    values = [*_values_before(facts, kr, index)]
    start = _start_of(facts, kr, index, values)
    planned, planned_percent = _planned(cast("LinearMeasure", kr.measure), start)
    if planned is None and planned_percent is None:
        return TargetGrowth(key_result=kr.id, why=Reason("growth/no-start"))
    growth = None if kr.metric is None else facts.plan.metric(kr.metric).growth
    unit = unit_of(facts.plan.items, kr)
    usual: float | None = None
    usual_percent: float | None = None
    source, source_words = None, ""
    if growth is not None:
        usual, usual_percent = _stated(growth, facts.compiled.home_of(index).cycle, start)
        source, source_words = GrowthSource.STATED, _stated_words(growth, unit)
    elif len(values) > 1:
        usual = _number((values[0] - values[-1]) / (len(values) - 1))
        usual_percent = _percent_of(usual, start)
        source = GrowthSource.READINGS
        source_words = Reason("growth/of-readings", count=len(values))
    multiple = _multiple(planned, usual)
    if multiple is None:
        multiple = _multiple(planned_percent, usual_percent)
    change = _change_words(planned, planned_percent, unit)
    if source is None:
        why = Reason("growth/unknown", planned=change)
    else:
        values_of = {
            "planned": change,
            "usual": _change_words(usual, usual_percent, unit),
            "source": source_words,
        }
        why = (
            Reason("growth/compared", **values_of)
            if multiple is None
            else Reason("growth/multiple", **values_of, multiple=short_beside(multiple, 1.0))
        )
    return TargetGrowth(
        key_result=kr.id,
        planned=planned,
        planned_percent=planned_percent,
        usual=usual,
        usual_percent=usual_percent,
        multiple=multiple,
        source=source,
        why=why,
    )


# --- the planned change ------------------------------------------------------------------------


def _start_of(facts: Facts, kr: KeyResult, index: int, values: Sequence[float]) -> float | None:
    baseline = facts.baselines[index]
    if not isnan(baseline) and not isinstance(kr.measure, Reach):
        return baseline
    return values[0] if values else None


def _planned(measure: LinearMeasure, start: float | None) -> tuple[float | None, float | None]:
    """Return the change from a start to the target, in units and in percent."""
    target = None if start is None else measure.target_from(start)
    if start is not None and target is not None:
        planned = _number(target - start)
        return planned, _percent_of(planned, start)
    if isinstance(measure, Relative):
        return None, measure.percent
    if isinstance(measure, Multiple):
        return None, _number(100 * (measure.factor - 1))
    return (measure.change if isinstance(measure, Points) else None), None


# --- the usual change --------------------------------------------------------------------------


def _values_before(facts: Facts, kr: KeyResult, index: int) -> Iterator[float]:
    """Yield the values of the periods before the cycle, each as long, the last one first."""
    compiled, readings = facts.compiled, facts.history.readings
    cycle, source = compiled.home_of(index).cycle, compiled.sources[index]
    if cycle is None:
        return
    how = Aggregation.LATEST if kr.metric is None else how_of(facts.plan, kr.metric)
    start = cycle.start.toordinal()
    for times in range(_MOST_PERIODS):
        first, after = _moved_back(start, cycle, times + 1), _moved_back(start, cycle, times)
        rows = readings.rows(source, first, after - 1)
        read = read_rows(readings, rows, how)
        if read is None:
            return
        yield number_of(read[0])


def _moved_back(start: int, cycle: Cycle, times: int) -> int:
    if cycle.cadence is not None:
        return moved(start, cycle.cadence, -times)
    return start - times * cycle.period.days


def _stated(
    growth: Growth, cycle: Cycle | None, start: float | None
) -> tuple[float | None, float | None]:
    """Return the stated growth for the length of a cycle, in units and in percent; for its own without a cycle."""
    periods = 1.0 if cycle is None else _periods(cycle, growth.per)
    if growth.amount is not None:
        usual = _number(growth.amount * periods)
        return usual, None if start is None else _percent_of(usual, start)
    rate = log1p(cast("float", growth.percent) / 100)
    share = expm1(min(periods * rate, log(LARGEST)))
    usual_percent = _number(100 * share)
    return None if start is None else _number(abs(start) * share), usual_percent


def _periods(cycle: Cycle, per: Cadence) -> float:
    """Return the number of periods in a cycle."""
    cadence = cycle.cadence
    if cadence is not None and cadence.months and per.months:
        return cadence.months / per.months
    start = cycle.start.toordinal()
    return cycle.period.days / (moved(start, per, 1) - start)


# --- numbers and words -------------------------------------------------------------------------


def _number(value: float) -> float:
    return snap(max(-LARGEST, min(LARGEST, value)))


def _percent_of(change: float, start: float | None) -> float | None:
    return None if start is None or not snap(start) else _number(100 * change / abs(start))


def _multiple(planned: float | None, usual: float | None) -> float | None:
    if planned is None or usual is None or planned * usual <= 0:
        return None
    return _number(planned / usual)


def _change_words(change: float | None, percent: float | None, unit: Unit | None) -> str:
    """Return a change in words, in percent if it has them: "+50%"."""
    if percent is not None:
        return _signed(percent, f"{short_beside(percent)}%")
    number = cast("float", change)
    return _signed(number, show_number(number, unit))


def _signed(value: float, text: str) -> Figure:
    return Figure(f"+{text}" if value > 0 else text)


def _stated_words(growth: Growth, unit: Unit | None) -> Reason:
    change, per = _change_words(growth.amount, growth.percent, unit), growth.per
    if per.months:
        return Reason("growth/stated-months", change=change, count=per.months)
    return Reason("growth/stated-weeks", change=change, count=per.weeks)

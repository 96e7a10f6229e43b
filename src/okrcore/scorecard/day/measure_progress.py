"""Raw progress of a reading, before any clip.

A measure is a row in `PROGRESS`, or in `_LOOKING_BACK` if it needs days of readings, or in both if a rule may. Progress may be
negative or above 1; it is ABSENT, never 0, if there is none. `EstablishBaseline` has no row: it is excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, fsum, isnan, prod
from types import MappingProxyType
from typing import Any, Final, get_args

from okrcore._arith import ABSENT, at_least, mean, snap
from okrcore.plan import (
    Aggregation,
    Anchors,
    Between,
    Budget,
    Combination,
    Compound,
    EachPeriod,
    Evidence,
    Exactly,
    Judged,
    Milestones,
    PassFail,
    Reading,
    Steps,
    Zones,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.measures import LINEAR, change_of
from okrcore.plan.reading import number_of
from okrcore.rulebook import AttainmentRule, BoundReading, BoundShape, FlatLine
from okrcore.scorecard.day.each_period import share_held, values_by_period
from okrcore.scorecard.day.readings import Seen, aggregate

__all__ = ["PROGRESS", "as_held", "line_progress", "looks_back", "measured_progress"]


def line_progress(
    rule: AttainmentRule,
    reading: Reading,
    baseline: float,
    target: float,
    change: float | None = None,
) -> float:
    """Return the share of the span from baseline to target, by one formula for both directions.

    `change` is the span of a line that states it: far from 0 its ends are rounded, and their distance is
    another number. The target itself still has progress 1.
    """
    value = number_of(reading)
    if snap(baseline) == snap(target):
        return _flat(rule.flat, value, target)
    if change is None:
        # Adding 0 turns -0.0 into 0.0.
        return (value - baseline) / (target - baseline) + 0.0
    return 1.0 if value == target else (value - baseline) / change + 0.0


def _flat(flat: FlatLine, value: float, target: float) -> float:
    if flat is FlatLine.ABSENT:
        return ABSENT
    if flat is FlatLine.ZERO:
        return 0.0
    if flat is FlatLine.FULL:
        return 1.0
    difference = snap(value) - snap(target)
    return float(difference >= 0 if flat is FlatLine.AT_LEAST else difference <= 0)


# --- bounds ------------------------------------------------------------------------------------


def _bound(rule: AttainmentRule, measure: Bound, reading: Reading) -> float:
    return _shaped(rule.bounds.shape, measure, number_of(reading))


def _bound_over_time(rule: AttainmentRule, measure: Bound, seen: Seen) -> float:
    how = rule.bounds.reading
    if how in (BoundReading.SHARE_OF_ELAPSED, BoundReading.SHARE_OF_PLANNED):
        return _share_of_periods(how, measure, seen)
    if not seen.series:
        return _bound(rule, measure, seen.reading)
    return _bound(rule, measure, aggregate(Aggregation(how), [each for _, each in seen.series]))


def _share_of_periods(how: BoundReading, measure: Bound, seen: Seen) -> float:
    """Return the share of periods whose last reading is within a bound; a missing reading is not."""
    if seen.periods is None:
        return ABSENT  # without a cycle there are no periods
    values = values_by_period(seen.periods, seen)
    held = sum(measure.holds(number_of(reading)) for reading in values.values())
    elapsed = how is BoundReading.SHARE_OF_ELAPSED
    return held / (max(values) + 1 if elapsed else seen.periods.planned)


def _each_period(rule: AttainmentRule, measure: EachPeriod, seen: Seen) -> float:  # noqa: ARG001
    return share_held(measure, seen)


_HELD: Final = BoundShape.HELD
_SOFT: Final = BoundShape.SOFT
_DISTANCE: Final = BoundShape.DISTANCE


def _shaped(shape: BoundShape, measure: Bound, value: float) -> float:
    if shape is _HELD or (shape is _SOFT and measure.holds(value)):
        return float(measure.holds(value))
    if shape is _DISTANCE:
        limit = _nearer_limit(measure, value)
        if not snap(limit):
            return float(measure.holds(value))
        return as_held(measure, value, 1 + measure.margin(value) / abs(limit))
    return _softened(measure, value)


def as_held(bound: Bound, value: float, share: float) -> float:
    """Return a share of a bound, 1 on its limit, made to agree with whether the bound holds.

    It is at least 1 if the bound holds, and below 1 if not: 0 if it comes to 1, as on the limit of a strict
    bound, or nearer to a limit than the 12 decimals of a share.
    """
    if bound.holds(value):
        return max(1.0, share)
    return share if snap(share) < 1 else 0.0


def _nearer_limit(measure: Bound, value: float) -> float:
    if not isinstance(measure, Between):
        return measure.stated_limit()
    return measure.low if value - measure.low < measure.high - value else measure.high


def _softened(measure: Bound, value: float) -> float:
    zone = measure.tolerated_to
    if zone is None:
        return 0.0
    outer = zone
    if isinstance(zone, tuple):
        outer = zone[0] if value < measure.low else zone[1]  # type: ignore[union-attr]  # Between
    limit = _nearer_limit(measure, value)
    return max(0.0, 1 - abs(value - limit) / abs(outer - limit))  # type: ignore[operator]  # a number


# --- deliverables ------------------------------------------------------------------------------


def _pass_fail(rule: AttainmentRule, measure: PassFail, reading: Reading) -> float:  # noqa: ARG001
    credit = float(reading)  # type: ignore[arg-type]  # bool or number, see TAKES
    return credit if rule.partial_credit else float(at_least(credit, 1))


def _milestones(rule: AttainmentRule, measure: Milestones, reading: Reading) -> float:  # noqa: ARG001
    return measure.weight_of(reading)  # type: ignore[arg-type]  # names, see TAKES


def _milestones_with_days(rule: AttainmentRule, measure: Milestones, seen: Seen) -> float:
    reached: tuple[str, ...] = seen.reading  # type: ignore[assignment]  # names, see TAKES
    credits: list[float] = []
    for step in measure.milestones:
        if step.name in reached:
            due = seen.deadline if step.due is None else step.due.toordinal()
            weeks_late = max(0, ceil((_reached_on(step.name, seen) - due) / 7))
            credits.append(step.weight * max(0.0, 1 - rule.late_milestone * weeks_late))
    return fsum(credits) / fsum(step.weight for step in measure.milestones)


def _reached_on(name: str, seen: Seen) -> int:
    """Return the day since which every check-in names a milestone."""
    since = seen.series[-1][0]
    for day, names in reversed(seen.series):
        if name not in names:  # type: ignore[operator]  # names, see TAKES
            break
        since = day
    return since


def _evidence(rule: AttainmentRule, measure: Evidence, reading: Reading) -> float:  # noqa: ARG001
    return len(reading) / measure.required  # type: ignore[arg-type]  # names, see TAKES


# --- scales of their own -----------------------------------------------------------------------


def _exactly(rule: AttainmentRule, measure: Exactly, reading: Reading) -> float:  # noqa: ARG001
    return 1 - abs(number_of(reading) - measure.target) / abs(measure.target - measure.baseline)


def _budget(rule: AttainmentRule, measure: Budget, reading: Reading) -> float:
    spent = number_of(reading)
    if at_least(measure.limit, spent):
        return 1.0
    return 1 - (spent - measure.limit) / (measure.limit * (rule.budget_zero_at - 1))


def _anchors(rule: AttainmentRule, measure: Anchors, reading: Reading) -> float:  # noqa: ARG001
    return measure.score_of(number_of(reading))


def _steps(rule: AttainmentRule, measure: Steps, reading: Reading) -> float:  # noqa: ARG001
    score = measure.score_of(number_of(reading))
    return ABSENT if score is None else score


def _zones(rule: AttainmentRule, measure: Zones, reading: Reading) -> float:  # noqa: ARG001
    return dict(measure.zones)[reading]  # type: ignore[index]  # a label, see TAKES


def _judged(rule: AttainmentRule, measure: Judged, reading: Reading) -> float:  # noqa: ARG001
    return number_of(reading)


def _compound(rule: AttainmentRule, measure: Compound, reading: Reading) -> float:
    read: dict[str, Reading] = dict(reading)  # type: ignore[arg-type]  # parts, see TAKES
    scores: list[float] = []
    for name, part in measure.parts:
        if name not in read:
            return ABSENT
        progress = _part_progress(rule, part, read[name])
        if isnan(progress):
            return ABSENT
        # Clipped here, so that one part never lifts another.
        scores.append(rule.clip.apply(progress))
    if measure.combine is Combination.MEAN:
        return mean(scores, [1.0] * len(scores))
    if measure.combine is Combination.MINIMUM:
        return min(scores)
    # The product of large scores may be infinite, and 0 times infinity is no number.
    return 0.0 if 0.0 in scores else prod(scores)


def _part_progress(rule: AttainmentRule, part: Any, reading: Reading) -> float:
    if type(part) in LINEAR:
        baseline, target = part.ends()
        return line_progress(rule, reading, baseline, target, change_of(part, baseline))
    return measured_progress(rule, part, Seen(reading))


#: Progress of a reading, by class of measure; that of lines is `line_progress`.
PROGRESS: Final[Mapping[type[Any], Callable[[AttainmentRule, Any, Reading], float]]] = (
    MappingProxyType(
        {
            **dict.fromkeys(get_args(Bound), _bound),
            PassFail: _pass_fail,
            Milestones: _milestones,
            Evidence: _evidence,
            Exactly: _exactly,
            Budget: _budget,
            Anchors: _anchors,
            Steps: _steps,
            Zones: _zones,
            Judged: _judged,
            Compound: _compound,
        }
    )
)

#: The same for rules that need more than the last reading.
_LOOKING_BACK: Final[Mapping[type[Any], Callable[[AttainmentRule, Any, Seen], float]]] = (
    MappingProxyType(
        {
            **dict.fromkeys(get_args(Bound), _bound_over_time),
            EachPeriod: _each_period,
            Milestones: _milestones_with_days,
        }
    )
)


def looks_back(rule: AttainmentRule, kind: type[Any]) -> bool:
    """Whether the progress of a kind of measure needs more than the last reading."""
    if kind is Milestones:
        return bool(rule.late_milestone)
    if kind is EachPeriod:
        return True
    return kind in _LOOKING_BACK and rule.bounds.reading is not BoundReading.LATEST


def measured_progress(rule: AttainmentRule, measure: object, seen: Seen) -> float:
    """Return the progress of a measure that is no line, from all its readings."""
    kind = type(measure)
    if looks_back(rule, kind):
        return _LOOKING_BACK[kind](rule, measure, seen)
    return PROGRESS[kind](rule, measure, seen.reading)

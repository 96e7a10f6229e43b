"""The sentences of a result: where a score comes from, or why there is none."""

from __future__ import annotations

from math import isnan

from okrcore._arith import as_percent
from okrcore.plan import (
    Ambition,
    EstablishBaseline,
    Evidence,
    KeyResult,
    Milestones,
    Objective,
    Ratio,
    Reading,
    Unit,
)
from okrcore.plan.bounds import Bound, BoundState
from okrcore.plan.measures import LINEAR
from okrcore.plan.unit import plain
from okrcore.scorecard.figures import Figures
from okrcore.scorecard.guarding import Watch

__all__ = ["show_reading", "why_key_result", "why_objective", "why_watch"]


def show_reading(reading: Reading, unit: Unit | None = None) -> str:
    """Write a reading for people."""
    if isinstance(reading, bool):
        return "yes" if reading else "no"
    if isinstance(reading, Ratio):
        counts = f"{plain(reading.numerator)} of {plain(reading.denominator)}"
        return f"{show_number(reading.value, unit)} ({counts})"
    if isinstance(reading, float):
        return show_number(reading, unit)
    if isinstance(reading, str):
        return reading
    return ", ".join(map(str, reading)) or "none"


def show_number(value: float, unit: Unit | None) -> str:
    """Write a number in its unit, if it has one."""
    return plain(value) if unit is None else unit.format(value)


def why_key_result(figures: Figures, kr: KeyResult, place: int) -> str:
    """Say where the score of a key result comes from, or why there is none."""
    read, measure = figures.reads[place], kr.measure
    if isinstance(measure, EstablishBaseline):
        if read is None:
            return "its work is to find the baseline; it has no score"
        return f"baseline found: {show_reading(read[0], kr.unit)}; it has no score"
    if figures.program.first[place] > figures.day.toordinal():
        if kr.timing is not None and kr.timing.observable_from is not None:
            return f"its result can be seen from {kr.timing.observable_from}"
        return "its cycle has not started"
    baseline, target = figures.ends[0][place], figures.ends[1][place]
    if type(measure) in LINEAR and isnan(baseline):
        return "no baseline yet; a BaselineSet entry gives it"
    if read is None:
        return "no reading"
    if isnan(figures.progress[place]):
        return f"baseline and target are both {show_number(target, kr.unit)}: no way to go"
    if type(measure) in LINEAR:
        way = f"{show_number(baseline, kr.unit)} to {show_number(target, kr.unit)}"
        reading = show_reading(read[0], kr.unit)
        return f"{reading} is {as_percent(figures.progress[place])} of the way from {way}"
    return _attained(kr, read[0], figures.progress[place])


def _attained(kr: KeyResult, reading: Reading, progress: float) -> str:
    measure, shown = kr.measure, show_reading(reading, kr.unit)
    if isinstance(measure, Bound):
        return f"{shown} is {'' if progress else 'not '}{measure}"
    if isinstance(measure, Milestones):
        return f"{as_percent(progress)} of the weight reached: {shown}"
    if isinstance(measure, Evidence):
        return f"{progress * measure.required:g} of {measure.required}: {shown}"
    if isinstance(reading, bool):
        return "met" if reading else "not met"
    return f"credit {shown}"


def why_objective(figures: Figures, objective: Objective, row: int) -> str:
    """Say where the score of an objective comes from, or why there is none."""
    if objective.ambition is Ambition.LEARNING:
        return "a learning objective closes by judgement, without a score"
    if objective.cycle is not None and objective.cycle.start > figures.day:
        return f"starts on {objective.cycle.start}"
    places, weights = figures.inputs[row]
    if not places:
        return "nothing to measure it by: no key results"
    what = "key result" if places[0] < figures.offset else "objective below"
    count = len(places)
    many = what if count == 1 else {"key result": "key results"}.get(what, "objectives below")
    if figures.excluded[figures.offset + row]:
        return (
            f"nothing counts yet of its {count} {many}"
            if count > 1
            else f"its {many} does not count yet"
        )
    there = sum(
        1
        for place, weight in zip(places, weights, strict=True)
        if weight and not isnan(figures.scores[place])
    )
    if not there:
        return (
            f"none of its {count} {many} is measured"
            if count > 1
            else f"its {many} is not measured"
        )
    mean = "weighted mean" if len(set(weights)) > 1 else "mean"
    return f"{mean} of {there} of {count} {many}" if count > 1 else f"its one {many}"


def why_watch(found: Watch, bound: Bound | None, unit: Unit | None) -> str:
    """Say why a guardrail or metric is in its state."""
    if found.reading is None:
        return "no reading"
    reading = show_reading(found.reading, unit)
    if bound is None:
        return f"{reading}; no bound says what is well"
    if found.state is BoundState.UNKNOWN:
        return f"last read on {found.read_on}, too long before the close"
    limit = f"the limit is {bound}"
    if found.state is BoundState.HELD:
        return f"{reading}; {limit}"
    words = {BoundState.WARNING: "close to its limit", BoundState.BREACHED: "outside its limit"}
    return f"{reading} is {words[found.state]}; {limit}"

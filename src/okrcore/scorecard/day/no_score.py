"""Codes for missing scores; `reasons` has the sentences."""

from __future__ import annotations

from enum import StrEnum, unique
from math import isnan

from okrcore._arith import short_beside
from okrcore.journal import Decision
from okrcore.plan import Ambition, EstablishBaseline, Objective
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.day.progress import progress_of_one, unbounded_progress
from okrcore.scorecard.day.stages import Stages

__all__ = ["WhyNot", "too_large", "why_not_key_result", "why_not_objective"]


@unique
class WhyNot(StrEnum):
    """Codes for a missing score. None is not 0, and has a reason."""

    # missing: leaves the mean, keeps its weight in coverage and score range
    NO_READING = "no reading"
    NO_BASELINE = "no baseline"
    NO_WAY = "baseline equals target"
    OFF_SCALE = "the reading has no score"
    TOO_LARGE = "beyond all numbers"
    NO_KEY_RESULTS = "no key results"
    NO_WEIGHT = "no weight"
    NOTHING_MEASURED = "nothing measured"
    TOO_THIN = "too little read"
    # excluded: leaves all three
    ESTABLISHES_BASELINE = "establishes a baseline"
    NOT_OBSERVABLE = "not yet observable"
    NOT_STARTED = "not started"
    LEARNING = "learning"
    NOTHING_COUNTS = "nothing counts yet"
    DRAFT = "draft"
    PROPOSED = "proposed"
    PARKED = "parked"
    PAUSED = "paused"
    DEFERRED = "deferred"
    ARCHIVED = "archived"


def why_not_key_result(stages: Stages, index: int) -> WhyNot | None:
    """Return the code for the missing score of a key result; None if it has one."""
    kr = stages.facts.compiled.key_results[index]
    if not isnan(stages.progress.raw[index]):
        return None
    home = stages.facts.compiled.home_of(index)
    idle = _why_idle(stages, kr.id) or _why_idle(stages, home.id)
    if idle is not None:
        return idle
    if isinstance(kr.measure, EstablishBaseline):
        return WhyNot.ESTABLISHES_BASELINE
    if stages.facts.compiled.first[index] > stages.facts.today:
        is_late = kr.timing is not None and kr.timing.observable_from is not None
        return WhyNot.NOT_OBSERVABLE if is_late else WhyNot.NOT_STARTED
    is_line = type(kr.measure) in LINEAR
    if is_line and isnan(stages.facts.baselines[index]):
        return WhyNot.NO_BASELINE
    if stages.readings.read(index) is None:
        return WhyNot.NO_READING
    if not isnan(unbounded_progress(stages.facts, stages.excluded, stages.readings, index)):
        return WhyNot.TOO_LARGE
    return WhyNot.NO_WAY if is_line else WhyNot.OFF_SCALE


def too_large(stages: Stages, index: int) -> str:
    """Return the number that is too large: the reading, or the product of adjustments."""
    facts = stages.facts
    if isnan(progress_of_one(facts, stages.excluded, stages.readings, index)):
        return "what was read"
    id = facts.compiled.ids[index]
    days = [str(e.on) for e in facts.adjustments if e.of == id and e.rescale is not None]
    factor = short_beside(facts.rescaled[index], 1.0)
    return f"progress times {factor}, as adjusted on {', '.join(days)},"


def why_not_objective(stages: Stages, index: int) -> WhyNot | None:
    """Return the code for the missing score of an objective; None if it has one."""
    facts, objective = stages.facts, stages.facts.compiled.objective(index)
    if not isnan(stages.scores.values[index]):
        return None
    idle = _why_idle(stages, objective.id)
    if idle is not None:
        return idle
    if objective.ambition is Ambition.LEARNING:
        return WhyNot.LEARNING
    if objective.cycle is not None and objective.cycle.start > facts.day:
        return WhyNot.NOT_STARTED
    if not stages.inputs.of(index).indexes:
        return WhyNot.NO_KEY_RESULTS
    if stages.excluded[index]:
        return WhyNot.NOTHING_COUNTS
    if not stages.inputs.of(index).counted:
        return WhyNot.NO_WEIGHT
    if stages.basis.is_too_thin(index):
        return WhyNot.TOO_THIN
    return WhyNot.NOTHING_MEASURED


def _why_idle(stages: Stages, id: str) -> WhyNot | None:
    if id not in stages.facts.idle:
        return None
    item, life = stages.facts.original.items[id], stages.facts.life_of(id)
    if isinstance(item, Objective) and item.parked is not None:
        return WhyNot.PARKED
    if life.closing is not None and life.closing.decision is Decision.DEFER:
        return WhyNot.DEFERRED
    return WhyNot(life.state)

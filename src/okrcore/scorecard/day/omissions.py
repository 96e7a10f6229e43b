"""Reasons for missing scores: None is not 0."""

from __future__ import annotations

from enum import StrEnum, unique
from math import isnan

from okrcore._arith import short_beside
from okrcore.journal import ClosingDecision
from okrcore.plan import Ambition, EstablishBaseline
from okrcore.plan.measures import LINEAR, has_no_target
from okrcore.scorecard.day.compiled_plan import shown_from
from okrcore.scorecard.day.each_period import periods_of
from okrcore.scorecard.day.progress import progress_of_one, unbounded_progress
from okrcore.scorecard.day.stages import Stages
from okrcore.words.reason import Reason

__all__ = ["NoScoreReason", "omission_of_key_result", "omission_of_objective", "too_large"]


@unique
class NoScoreReason(StrEnum):
    """Codes for a missing score. None is not 0, and has a reason."""

    # missing: leaves the mean, keeps its weight in coverage and score range
    NO_READING = "no reading"
    NO_BASELINE = "no baseline"
    BASELINE_EQUALS_TARGET = "baseline equals target"
    OFF_SCALE = "the reading has no score"
    NO_PERIOD_OVER = "no period is over"
    TOO_LARGE = "beyond all numbers"
    NO_KEY_RESULTS = "no key results"
    NO_WEIGHT = "no weight"
    NOTHING_MEASURED = "nothing measured"
    TOO_THIN = "too little read"
    # excluded: leaves all three
    ESTABLISHES_BASELINE = "establishes a baseline"
    NO_TARGET = "no target yet"
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


def omission_of_key_result(stages: Stages, index: int) -> NoScoreReason | None:
    """Return the code for the missing score of a key result; None if it has one."""
    kr = stages.facts.compiled.key_results[index]
    if not isnan(stages.progress.raw[index]):
        return None
    home = stages.facts.compiled.home_of(index)
    idle = _why_idle(stages, kr.id) or _why_idle(stages, home.id)
    if idle is not None:
        return idle
    if isinstance(kr.measure, EstablishBaseline):
        return NoScoreReason.ESTABLISHES_BASELINE
    if has_no_target(kr.measure):
        return NoScoreReason.NO_TARGET
    first = stages.facts.compiled.first[index]
    if first > stages.facts.today:
        shows_late = shown_from(kr) == first
        return NoScoreReason.NOT_OBSERVABLE if shows_late else NoScoreReason.NOT_STARTED
    is_line = type(kr.measure) in LINEAR
    if is_line and isnan(stages.facts.baselines[index]):
        return NoScoreReason.NO_BASELINE
    if stages.readings.read(index) is None:
        return NoScoreReason.NO_READING
    if not isnan(unbounded_progress(stages.facts, stages.excluded, stages.readings, index)):
        return NoScoreReason.TOO_LARGE
    if periods_of(stages.facts, index):
        return NoScoreReason.NO_PERIOD_OVER
    return NoScoreReason.BASELINE_EQUALS_TARGET if is_line else NoScoreReason.OFF_SCALE


def too_large(stages: Stages, index: int) -> str:
    """Return the number that is too large: the reading, or the product of adjustments."""
    facts = stages.facts
    if isnan(progress_of_one(facts, stages.excluded, stages.readings, index)):
        return Reason("no-score/reading-too-large")
    id = facts.compiled.ids[index]
    days = [e.on for e in facts.in_force.entries if e.of == id and e.rescale is not None]
    factor = short_beside(facts.rescaled[index], 1.0)
    return Reason("no-score/product-too-large", factor=factor, days=days)


def omission_of_objective(stages: Stages, index: int) -> NoScoreReason | None:
    """Return the code for the missing score of an objective; None if it has one."""
    facts, objective = stages.facts, stages.facts.compiled.objective(index)
    if not isnan(stages.scores.values[index]):
        return None
    idle = _why_idle(stages, objective.id)
    if idle is not None:
        return idle
    if objective.ambition is Ambition.LEARNING:
        return NoScoreReason.LEARNING
    if objective.cycle is not None and objective.cycle.start > facts.day:
        return NoScoreReason.NOT_STARTED
    if not stages.inputs.of(index).indexes:
        return NoScoreReason.NO_KEY_RESULTS
    if stages.excluded[index]:
        return NoScoreReason.NOTHING_COUNTS
    if not stages.inputs.of(index).counted:
        return NoScoreReason.NO_WEIGHT
    if stages.basis.is_too_thin(index):
        return NoScoreReason.TOO_THIN
    return NoScoreReason.NOTHING_MEASURED


def _why_idle(stages: Stages, id: str) -> NoScoreReason | None:
    if id not in stages.facts.idle:
        return None
    life = stages.facts.life_of(id)
    if id in stages.facts.compiled.parked:
        return NoScoreReason.PARKED
    if life.closing is not None and life.closing.decision is ClosingDecision.DEFER:
        return NoScoreReason.DEFERRED
    return NoScoreReason(life.state)

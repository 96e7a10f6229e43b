"""Why there is no score: a code for programs. `wording` makes the sentence."""

from __future__ import annotations

from enum import StrEnum, unique
from math import isnan

from okrcore._arith import short_beside
from okrcore.journal import Decision
from okrcore.plan import Ambition, EstablishBaseline, Objective
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.figures import Figures

__all__ = ["WhyNot", "too_large", "why_not_key_result", "why_not_objective"]


@unique
class WhyNot(StrEnum):
    """Why something has no score. None is not 0, and has a reason."""

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


def why_not_key_result(figures: Figures, place: int) -> WhyNot | None:
    """Return why a key result has no score; None if it has one."""
    kr = figures.program.key_results[place]
    if not isnan(figures.progress[place]):
        return None
    home = figures.program.objectives[figures.program.home[place]]
    idle = _why_idle(figures, kr.id) or _why_idle(figures, home.id)
    if idle is not None:
        return idle
    if isinstance(kr.measure, EstablishBaseline):
        return WhyNot.ESTABLISHES_BASELINE
    if figures.program.first[place] > figures.today:
        is_late = kr.timing is not None and kr.timing.observable_from is not None
        return WhyNot.NOT_OBSERVABLE if is_late else WhyNot.NOT_STARTED
    is_line = type(kr.measure) in LINEAR
    if is_line and isnan(figures.ends[0][place]):
        return WhyNot.NO_BASELINE
    if figures.read(place) is None:
        return WhyNot.NO_READING
    if not isnan(figures.unbounded(place)):
        return WhyNot.TOO_LARGE
    return WhyNot.NO_WAY if is_line else WhyNot.OFF_SCALE


def too_large(figures: Figures, place: int) -> str:
    """Name the number that is too large: what was read, or what adjustments make of it."""
    if isnan(figures.attained(place)):
        return "what was read"
    id = figures.program.ids[place]
    days = [str(e.on) for e in figures.in_effect if e.of == id and e.rescale is not None]
    factor = short_beside(figures.rescaled[place], 1.0)
    return f"progress times {factor}, as adjusted on {', '.join(days)},"


def why_not_objective(figures: Figures, row: int) -> WhyNot | None:
    """Return why an objective has no score; None if it has one."""
    objective = figures.program.objectives[row]
    if not isnan(figures.scores[figures.offset + row]):
        return None
    idle = _why_idle(figures, objective.id)
    if idle is not None:
        return idle
    if objective.ambition is Ambition.LEARNING:
        return WhyNot.LEARNING
    if objective.cycle is not None and objective.cycle.start > figures.day:
        return WhyNot.NOT_STARTED
    if not figures.layout.places[row]:
        return WhyNot.NO_KEY_RESULTS
    if figures.excluded[figures.offset + row]:
        return WhyNot.NOTHING_COUNTS
    if not figures.layout.counted[row]:
        return WhyNot.NO_WEIGHT
    if figures.is_too_thin(row):
        return WhyNot.TOO_THIN
    return WhyNot.NOTHING_MEASURED


def _why_idle(figures: Figures, id: str) -> WhyNot | None:
    if id not in figures.idle:
        return None
    item, life = figures.original.items[id], figures.life_of(id)
    if isinstance(item, Objective) and item.parked is not None:
        return WhyNot.PARKED
    if life.closing is not None and life.closing.decision is Decision.DEFER:
        return WhyNot.DEFERRED
    return WhyNot(life.state)

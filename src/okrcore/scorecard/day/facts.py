"""Facts of a day: the plan in force, lifecycles, baselines, factors of progress and judged scores.

Rules of this file:

1. The plan in force is the plan as stored with the adjustments up to the day. Those made because a target was
   too hard do not govern once the objective is closed, or its cycle over: the original target does.
2. Of two entries the one of the later day governs; of one day the one written later, whatever their kinds.
3. No other stage puts adjustments in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import Enum, auto, unique
from itertools import chain
from math import isnan
from typing import Final, TypeVar, cast, final

from attrs import evolve, frozen

from okrcore._arith import ABSENT, snap
from okrcore._checks import path_of
from okrcore._memo import once
from okrcore.calendar.cadence import WEEKLY
from okrcore.journal import (
    Adjustment,
    AdjustmentTrigger,
    BaselineSet,
    Closing,
    ClosingDecision,
    Lifecycle,
    LifecycleStage,
)
from okrcore.journal.entry_order import not_after_closings
from okrcore.journal.history import History
from okrcore.journal.plan_draft import PlanInForce
from okrcore.journal.plan_in_force import plan_in_force
from okrcore.plan import Guardrail, KeyResult, Measure, Metric, Objective, Plan
from okrcore.plan.item import members_of
from okrcore.plan.linear_measures import LinearMeasure
from okrcore.plan.measures import LINEAR, change_of
from okrcore.rulebook import Rulebook
from okrcore.scorecard.day.compiled_plan import CompiledPlan
from okrcore.scorecard.day.compiler import compile_part, compile_plan
from okrcore.scorecard.day.derived_metrics import rhythm_of
from okrcore.scorecard.day.late_readings import grace_of, late_by_moment
from okrcore.scorecard.day.metric_rows import with_metric_rows

__all__ = ["Facts", "Grade", "check_in_days", "facts_of"]

_T = TypeVar("_T")

#: States of items that are not pursued.
_IDLE: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED, Lifecycle.PAUSED})


@unique
class Grade(Enum):
    """Versions of a plan by which scores are computed."""

    #: As first agreed, without adjustments.
    ORIGINAL = auto()
    #: With the adjustments that govern on the day.
    GOVERNING = auto()
    #: With every adjustment, those because a target was too hard among them.
    ADJUSTED = auto()


@final
@frozen(eq=False)
class Facts:
    """Facts of a day.

    Args:
        stored: The plan as first agreed.
        in_force: The adjustments that apply, and the days on which the plan changed.
        plan: The plan in force.
        every: Entries in columns, with the rows of metrics, see `metric_rows`.
        history: The same, without readings that do not count by the moment at which they were written.
        dropped: These readings, see `late_readings`.
        day: The day.
        today: The day as an ordinal.
        rulebook: The main rulebook.
        compiled: The plan in force, or the part of it that is evaluated.
        books: Rulebook of each key result and objective, by index: the main one, or a method.
        distinct_books: The rulebooks in use, each once.
        baselines: Baseline of each line on the day; ABSENT without one.
        targets: Target of each line on the day; ABSENT without a baseline.
        spans: Target minus baseline of each line; ABSENT without one, and if the two are equal.
        established: Indexes of the lines whose baseline was established by the day.
        rescaled: By index, the factor of progress since the scope was cut.
        lives: By index, the stage in its life on the day of each key result and objective with a lifecycle.
        idle: Ids of items that are not pursued: parked, not active, deferred, or archived unclosed.
        idle_items: Indexes of these, and of the key results at home in them.
    """

    stored: Plan
    in_force: PlanInForce
    plan: Plan
    every: History
    history: History
    dropped: Mapping[int, bool]
    day: date
    today: int
    rulebook: Rulebook
    compiled: CompiledPlan
    books: Sequence[Rulebook]
    distinct_books: Sequence[Rulebook]
    baselines: Sequence[float]
    targets: Sequence[float]
    spans: Sequence[float]
    established: Sequence[int]
    rescaled: Mapping[int, float]
    lives: Mapping[int, LifecycleStage]
    idle: frozenset[str]
    idle_items: frozenset[int]

    def is_late(self, entry: Adjustment | BaselineSet) -> bool:
        """Return whether an entry comes after the end of the cycle of its item."""
        if isinstance(entry, BaselineSet):
            compiled = self.compiled
            end = compiled.ends[compiled.home[compiled.index_of[entry.of]]]
            return entry.on.toordinal() > end
        return id(entry) in self.in_force.late_ones

    def grace_of(self, index: int) -> int:
        """Return the days after the deadline of an item in which final numbers may be written.

        Without a cycle 0, since a reading of any day counts.
        """
        home = self.compiled.home[index]
        return grace_of(self.compiled, home, self.rulebook)

    def life_of(self, id: str) -> LifecycleStage:
        """Return the lifecycle stage of an item on the day."""
        return self.history.lifecycle(id, self.day)

    def closing_of(self, index: int) -> Closing | None:
        """Return the closing in force of an objective; None if it is open."""
        life = self.lives.get(index)
        return None if life is None else life.closing

    def by_book(self, value: Callable[[Rulebook], _T]) -> Sequence[_T]:
        """Return a value of the rulebook of each item, by index; computed once for each rulebook."""
        if len(self.distinct_books) == 1:
            return [value(self.distinct_books[0])] * len(self.books)
        values = {id(book): value(book) for book in self.distinct_books}
        return [values[id(book)] for book in self.books]

    def size_of(self, index: int) -> float:
        """Return the distance from baseline to target of a key result; ABSENT without either."""
        start = self.baselines[index]
        change = change_of(self.compiled.measures[index], start)
        return abs(self.targets[index] - start if change is None else change)

    def has_baseline(self, index: int) -> bool:
        """Whether a key result has a baseline, or needs none."""
        is_line = type(self.compiled.measures[index]) in LINEAR
        return not (is_line and isnan(self.baselines[index]))


def facts_of(
    stored: Plan,
    history: History,
    day: date,
    rulebook: Rulebook,
    grade: Grade = Grade.GOVERNING,
    part: frozenset[str] | None = None,
) -> Facts:
    """Return the facts of a day; `part` has the ids of the objectives that are evaluated, None for all."""
    in_force, ids = PlanInForce(stored), _in_order(stored, part)
    if history.adjustments:
        in_force = _in_force(stored, history, day, grade, ids)
    plan = in_force.plan
    if part is None:
        compiled = once(plan, compile_plan)
    else:
        ids = _in_order(plan, part)
        compiled = compile_part(plan, [in_force.objective(id) for id in ids])
    books, distinct = _books(compiled, rulebook)
    baselines, targets = compiled.baselines, compiled.targets
    spans: Sequence[float] = compiled.spans
    established: dict[int, float] = {}
    if history.baselines.of:
        established = _established(history, day, in_force, compiled)
        baselines, targets, spans = _ends(compiled, established)
    lives: Mapping[int, LifecycleStage] = _lives(history, day, compiled) if history.lives else {}
    idle = _idle(compiled, lives)
    dropped: Mapping[int, bool] = {}
    if compiled.arithmetic or history.lives:
        history = with_metric_rows(plan, history, day)
    if history.has_moments:
        dropped = late_by_moment(history, compiled, rulebook)
    return Facts(
        stored,
        in_force,
        plan,
        history,
        history.without_readings(dropped) if dropped else history,
        dropped,
        day,
        day.toordinal(),
        rulebook,
        compiled,
        books,
        distinct,
        baselines,
        targets,
        spans,
        tuple(established),
        _rescaled(compiled, in_force.entries) if in_force.entries else {},
        lives,
        idle,
        _idle_items(compiled, idle),
    )


def _books(
    compiled: CompiledPlan, rulebook: Rulebook
) -> tuple[Sequence[Rulebook], Sequence[Rulebook]]:
    """Return the rulebook of each key result and objective, and each rulebook once, by identity."""
    if not compiled.has_methods:
        return [rulebook] * len(compiled.scored), (rulebook,)
    own = [
        rulebook.method(objective.method, path_of(objective, "method"))
        for objective in compiled.objectives
    ]
    first = compiled.of_objectives.start
    books = [own[home - first] for home in compiled.home]
    return books, tuple({id(book): book for book in books}.values())


# --- adjustments -------------------------------------------------------------------------------


def _in_order(plan: Plan, part: frozenset[str] | None) -> Sequence[str]:
    """Return the ids of objectives in the order of a plan."""
    if part is None:
        return ()
    positions = plan.cascade.positions
    return sorted(part & positions.keys(), key=positions.__getitem__)


def _in_force(
    stored: Plan, history: History, day: date, grade: Grade, ids: Sequence[str]
) -> PlanInForce:
    """Return the plan with the adjustments that apply on a day; `ids` are of a part that is evaluated."""
    dated: Sequence[Adjustment] = history.adjustments
    part: Sequence[str] | None = None
    if ids and not history.changes_structure and not _adjusts_metrics(stored, history):
        part = ids
        mine = [(id, *[each.id for each in members_of(stored.objective(id))]) for id in ids]
        column = history.adjusting
        adjusted = [id for id in chain.from_iterable(mine) if id in column.ids]
        dated = sorted(column.until(day.toordinal(), adjusted), key=history.moment)
    made = not_after_closings(stored, history, [e for e in dated if e.on <= day], day)
    if grade is Grade.ORIGINAL:
        found = plan_in_force(stored, history, made, is_original=True, part=part)
        return evolve(found, entries=found.planned)
    every = plan_in_force(stored, history, made, part=part)
    if grade is Grade.ADJUSTED or not history.has_too_hard:
        return every
    eased: dict[str, Measure] = {}
    planned = set(map(id, every.planned))
    governing = [
        entry
        for entry in made
        if not _is_eased(entry, eased)
        or id(entry) in planned
        or _governs(stored, every, history, day, entry)
    ]
    if len(governing) == len(made):
        return every
    return plan_in_force(stored, history, governing, part=part)


def _adjusts_metrics(stored: Plan, history: History) -> bool:
    return any(isinstance(stored.items.get(id), Metric) for id in history.adjusting.ids)


def _is_eased(adjustment: Adjustment, eased: dict[str, Measure]) -> bool:
    """Whether an adjustment was made because a target was too hard, or repeats the measure of one.

    `eased` has the measures of such adjustments by id, and is kept up to date.
    """
    of, measure = adjustment.of, adjustment.measure
    if adjustment.trigger is AdjustmentTrigger.DIFFICULTY:
        if measure is not None:
            eased[of] = measure
        return True
    if measure is None:
        return False
    others = (adjustment.weight, adjustment.due, adjustment.rescale)
    if eased.get(of) == measure and others == (None, None, None):
        return True
    eased.pop(of, None)
    return False


def _governs(
    stored: Plan, every: PlanInForce, history: History, day: date, adjustment: Adjustment
) -> bool:
    """Whether an adjustment because a target was too hard governs: until the close."""
    home = every.home_of(adjustment.of) or PlanInForce(stored).home_of(adjustment.of)
    if home is None:
        return True  # a metric has no close
    if history.lifecycle(home.id, day).closing is not None:
        return False
    return home.cycle is None or day < home.cycle.end


def _rescaled(compiled: CompiledPlan, entries: Sequence[Adjustment]) -> Mapping[int, float]:
    """Return, by index, the factor of progress since the scope was cut."""
    found: dict[int, float] = {}
    for adjustment in entries:
        if adjustment.rescale is not None and adjustment.of in compiled.index_of:
            index = compiled.index_of[adjustment.of]
            found[index] = found.get(index, 1.0) * adjustment.rescale
    return found


def _indexed(ids: AbstractSet[str], compiled: CompiledPlan) -> Sequence[str]:
    """Return the ids that are in a compiled plan, in order of index."""
    return sorted(ids & compiled.index_of.keys(), key=compiled.index_of.__getitem__)


# --- baselines ---------------------------------------------------------------------------------


def _established(
    history: History, day: date, in_force: PlanInForce, compiled: CompiledPlan
) -> dict[int, float]:
    """Return, by index, the last baseline that was set for the measure in force on the day.

    A baseline belongs to the measure that was in force when it was set.
    """
    governing, late = set(map(id, in_force.entries)), set(map(id, in_force.late))
    version, governs = Counter[str](), dict[str, int]()
    baselines: dict[tuple[str, int], float] = {}
    for entry in history.decisions.until(
        day.toordinal(), _indexed(history.baselines.ids, compiled)
    ):
        if isinstance(entry, BaselineSet):
            home = compiled.home[compiled.index_of[entry.of]]
            if entry.on.toordinal() <= compiled.ends[home]:
                baselines[entry.of, version[entry.of]] = entry.value
        elif isinstance(entry, Adjustment) and entry.measure is not None and id(entry) not in late:
            version[entry.of] += 1
            if id(entry) in governing:
                governs[entry.of] = version[entry.of]
    return {
        compiled.index_of[of]: value
        for (of, at), value in baselines.items()
        if at == governs.get(of, 0)
    }


def _ends(
    compiled: CompiledPlan, established: Mapping[int, float]
) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    """Return baselines, targets and spans, with the baselines that were established."""
    baselines, targets = list(compiled.baselines), list(compiled.targets)
    spans = list(compiled.spans)
    for index, baseline in established.items():
        # Only lines without a baseline of their own take one, see `admission`.
        found = cast("LinearMeasure", compiled.measures[index]).target_from(baseline)
        target = ABSENT if found is None else found
        baselines[index], targets[index] = baseline, target
        spans[index] = ABSENT if snap(baseline) == snap(target) else target - baseline
    return baselines, targets, spans


# --- lifecycles --------------------------------------------------------------------------------


def _lives(history: History, day: date, compiled: CompiledPlan) -> Mapping[int, LifecycleStage]:
    """Return, by index, the stage in its life on a day of each key result and objective with a lifecycle."""
    # The smaller one is walked through: evaluations of closings have few items.
    fewer, others = sorted((history.lives, compiled.index_of), key=len)
    found = ((compiled.index_of[id], id) for id in fewer if id in others)
    return {at: history.lifecycle(id, day) for at, id in found if at in compiled.scored}


def _idle(compiled: CompiledPlan, lives: Mapping[int, LifecycleStage]) -> frozenset[str]:
    if not lives:
        return compiled.parked
    ids = compiled.ids
    return compiled.parked.union(
        ids[index] for index, life in lives.items() if _is_idle(compiled, index, life)
    )


def _idle_items(compiled: CompiledPlan, idle: frozenset[str]) -> frozenset[int]:
    if not idle:
        return frozenset()
    ids = compiled.ids
    return frozenset(
        index for index, home in enumerate(compiled.home) if ids[home] in idle or ids[index] in idle
    )


def _is_idle(compiled: CompiledPlan, index: int, life: LifecycleStage) -> bool:
    # A pause after the end of a cycle changes no score of that cycle.
    end = compiled.ends[compiled.home[index]]
    if life.state is Lifecycle.PAUSED and life.since is not None and life.since.toordinal() > end:
        return False
    if life.closing is None:
        return life.state in _IDLE or life.state is Lifecycle.ARCHIVED
    return life.closing.decision is ClosingDecision.DEFER


def check_in_days(plan: Plan, home: Objective, item: KeyResult | Guardrail | None = None) -> int:
    """Return the days from one expected check-in to the next; metrics and key results may have their own."""
    if item is not None and item.metric is not None:
        rhythm = rhythm_of(plan, plan.metric(item.metric))
        if rhythm is not None:
            return rhythm
    if isinstance(item, KeyResult) and item.timing is not None and item.timing.check_in_days:
        return item.timing.check_in_days
    cadence = None if home.cycle is None else home.cycle.cadence
    return WEEKLY if cadence is None else cadence.check_in_days

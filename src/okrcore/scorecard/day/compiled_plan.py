"""A compiled plan: flat columns for evaluation.

Rules of this file:

1. Nothing here depends on a day, a journal or a rulebook, so it is kept with the plan.
2. One index for every item: key results first, then objectives, then initiatives.
3. Children come before parents, so one pass over objectives is a roll-up, without recursion.
4. Objectives of one shape (height, own key results, objectives below) are next to each other: their parts
   are a slice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, repeat
from math import isnan
from operator import sub
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar, final

from attrs import Factory, field, frozen

from okrcore._columns import spread
from okrcore.plan import (
    Aggregation,
    Ambition,
    Derived,
    Initiative,
    KeyResult,
    Measure,
    Objective,
    Unit,
)
from okrcore.plan.measures import LINEAR, SHIFTS, is_scoreless
from okrcore.scorecard.day.derived_metrics import Arithmetic, How

__all__ = [
    "FOREVER",
    "LONG_AGO",
    "Closed",
    "CompiledPlan",
    "Pool",
    "Pools",
    "Shape",
    "homes_of",
    "shown_from",
]

#: Ordinals of days that no reading lies before or after (library default).
LONG_AGO: Final = 0
FOREVER: Final = 10_000_000

#: Lines whose span is the distance between their ends.
_BETWEEN_ENDS: Final = LINEAR - SHIFTS

_T = TypeVar("_T")

#: Indexes of items and their weights.
Pool: TypeAlias = tuple[Sequence[int], Sequence[float]]
#: By index of closed items: a record of their closing, and their index in it.
Closed: TypeAlias = Mapping[int, tuple[_T, int]]


@final
@frozen(eq=False)
class Pools:
    """Items that can enter each objective, one objective after the other.

    Args:
        first: Index of the first objective.
        starts: Position of the first item of each objective; then the end.
        indexes: Indexes of the items.
        weights: Their weights.
    """

    first: int
    starts: Sequence[int]
    indexes: Sequence[int]
    weights: Sequence[float]

    def of(self, index: int) -> Pool:
        """Return the pool of an objective."""
        return self.of_range(range(index, index + 1))

    def of_range(self, objectives: range) -> Pool:
        """Return the pools of objectives next to each other, one after the other."""
        start = self.starts[objectives.start - self.first]
        stop = self.starts[objectives.stop - self.first]
        return self.indexes[start:stop], self.weights[start:stop]


@final
@frozen
class Shape:
    """Objectives next to each other, of one height, with equally many parts of each kind.

    Args:
        height: Levels below.
        objectives: Indexes of the objectives.
        own: Number of key results that count in each, references included.
        below: Number of objectives aligned to each.
    """

    height: int
    objectives: range
    own: int
    below: int


def homes_of(starts: Sequence[int], objectives: Sequence[int]) -> Sequence[int]:
    """Return the index of the home objective of each key result.

    Args:
        starts: By objective in plan order, the index of its first key result; then the end.
        objectives: By objective in plan order, its index.
    """
    counts = map(sub, starts[1:], starts)
    return tuple(chain.from_iterable(map(repeat, objectives, counts)))


def _next(before: range, items: Sequence[Any]) -> range:
    return range(before.stop, before.stop + len(items))


def shown_from(kr: KeyResult) -> int | None:
    """Return the ordinal of the day from which a result can be seen; None if it is seen at once."""
    shows = None if kr.timing is None else kr.timing.observable_from
    return None if shows is None else shows.toordinal()


def _own_days_of(compiled: CompiledPlan) -> Mapping[int, tuple[int, int]]:
    homes = compiled.homes() if compiled.rare else ()
    found: dict[int, tuple[int, int]] = {}
    for index in compiled.rare:
        kr, home = compiled.key_results[index], homes[index]
        shows = shown_from(kr)
        if shows is not None:
            # A result that shows later counts from that day on, also past the close.
            found[index] = max(shows, compiled.starts[home]), FOREVER
        else:
            last = compiled.ends[home]
            due = last if kr.due is None else min(kr.due.toordinal(), last)
            found[index] = compiled.starts[home], due
    return MappingProxyType(found)


def _paced_of(compiled: CompiledPlan) -> Sequence[int]:
    return tuple(index for index in compiled.rare if _has_rhythm(compiled.key_results[index]))


def _has_rhythm(kr: KeyResult) -> bool:
    own = None if kr.timing is None else kr.timing.check_in_days
    return kr.metric is not None or own is not None


def _window_of(compiled: CompiledPlan) -> tuple[int, int]:
    days, objectives = compiled.own_days.values(), slice(compiled.of_objectives.start, None)
    first = chain(compiled.starts[objectives], (day for day, _ in days))
    last = chain(compiled.ends[objectives], (day for _, day in days))
    return max(first, default=LONG_AGO), min(last, default=FOREVER)


def _nonlinear_of(compiled: CompiledPlan) -> Mapping[type[Measure], Sequence[int]]:
    if compiled.kinds <= _BETWEEN_ENDS and not any(map(isnan, compiled.spans)):
        return MappingProxyType({})
    found: dict[type[Measure], list[int]] = {}
    for index, kind in enumerate(map(type, compiled.measures)):
        is_known = not isnan(compiled.baselines[index])
        if kind not in LINEAR or (is_known and (kind in SHIFTS or isnan(compiled.spans[index]))):
            found.setdefault(kind, []).append(index)
    return MappingProxyType({kind: tuple(indexes) for kind, indexes in found.items()})


def _scoreless_of(compiled: CompiledPlan) -> Sequence[int]:
    # One that is ABSENT makes the sum ABSENT, too.
    if not isnan(sum(compiled.targets)):
        return ()
    return tuple([index for index, each in enumerate(compiled.measures) if is_scoreless(each)])


def _learning_of(compiled: CompiledPlan) -> Sequence[int]:
    learning = Ambition.LEARNING  # a member of an enum takes 30 ns to find
    pairs = zip(compiled.of_objectives, compiled.objectives, strict=True)
    return tuple([index for index, each in pairs if each.ambition is learning])


def _parked_of(compiled: CompiledPlan) -> frozenset[str]:
    profiled = (each for each in compiled.objectives if each.profile is not None)
    return frozenset(each.id for each in profiled if each.parked is not None)


def _over_micro_of(compiled: CompiledPlan) -> frozenset[int]:
    if not compiled.has_micro:
        return frozenset()
    return frozenset(
        index
        for index in compiled.of_objectives
        if any(compiled.objective(child).is_micro for child in compiled.below.of(index)[0])
    )


def _made(column: Callable[[CompiledPlan], _T]) -> _T:
    """Return a field that follows from the fields before it."""
    return field(init=False, default=Factory(column, takes_self=True))


@final
@frozen(eq=False)
class CompiledPlan:
    """A compiled plan; lists are in order of index.

    Columns that every score needs are made with it, others when first read.

    Args:
        key_results: In plan order.
        objectives: Children before parents.
        initiatives: Those of all objectives.
        shapes: Groups of objectives of one shape.
        in_plan_order: Indexes of the objectives, in the order of the plan.
        homes: Returns the index of the home objective of each key result.
        sources: Id of the readings of each key result: that of its metric, or its own.
        aggregations: By index, aggregation of the readings of a metric, if not the latest; of a derived one its
            arithmetic.
        arithmetic: Arithmetic of each derived metric, by id.
        shared: Indexes of key results that read a metric.
        metric_units: By index, the unit of the metric that a key result without a unit reads.
        derived: By index, derivations; parts come before derived key results.
        starts: First day of each objective as an ordinal, by index.
        ends: Last day of each objective, likewise.
        rare: Indexes of key results with rare fields: a metric, a deadline, a fixed share.
        measures: Measure of each key result.
        baselines: Planned baseline of each line; ABSENT without one.
        targets: Target of each line; ABSENT without one, or without a baseline.
        spans: Target minus baseline of each line; ABSENT without one, and if the two are equal.
        own: Key results that count in each objective, references included.
        below: Objectives aligned to each objective.
        fixed: By index of a key result, its fixed share.
        kinds: Classes of measures in the plan.
        has_micro: Whether any objective is a Micro-OKR.
    """

    key_results: Sequence[KeyResult]
    objectives: Sequence[Objective]
    initiatives: Sequence[Initiative]
    shapes: Sequence[Shape]
    in_plan_order: Sequence[int]
    homes: Callable[[], Sequence[int]]
    sources: Sequence[str]
    aggregations: Mapping[int, How]
    arithmetic: Mapping[str, Arithmetic]
    shared: frozenset[int]
    metric_units: Mapping[int, Unit]
    derived: Mapping[int, Derived]
    starts: Sequence[int]
    ends: Sequence[int]
    rare: Sequence[int]
    measures: Sequence[Measure]
    baselines: Sequence[float]
    targets: Sequence[float]
    spans: Sequence[float]
    own: Pools
    below: Pools
    fixed: Mapping[int, float]
    kinds: frozenset[type[Measure]]
    has_micro: bool

    # --- indexes -------------------------------------------------------------------------------

    #: Indexes of the key results, of the objectives, and of the initiatives.
    of_key_results: range = _made(lambda self: range(len(self.key_results)))
    of_objectives: range = _made(lambda self: _next(self.of_key_results, self.objectives))
    of_initiatives: range = _made(lambda self: _next(self.of_objectives, self.initiatives))
    #: Indexes of key results and objectives; initiatives have no score.
    scored: range = _made(lambda self: range(self.of_objectives.stop))
    #: Number of items.
    size: int = _made(lambda self: self.of_initiatives.stop)

    # --- columns of every score ----------------------------------------------------------------

    #: By index, first and last day of key results that may have days of their own.
    own_days: Mapping[int, tuple[int, int]] = _made(_own_days_of)
    #: Indexes of key results that may have a rhythm of their own, or that of a metric.
    paced: Sequence[int] = _made(_paced_of)
    #: First and last day on which readings of every key result count.
    window: tuple[int, int] = _made(_window_of)
    #: By class of measure, indexes of key results whose progress is no distance by a span: they have other
    #: measures, equal ends, or a span that is stated apart from the ends.
    nonlinear: Mapping[type[Measure], Sequence[int]] = _made(_nonlinear_of)
    #: Whether progress may exceed all numbers; divided by a span of 2 or more, no reading does.
    may_exceed: bool = _made(
        lambda self: bool(self.nonlinear) or any(-2.0 < span < 2.0 for span in self.spans)
    )
    #: Indexes of key results that no reading gives a score, since they establish a baseline or have no target
    #: yet, and of learning objectives.
    scoreless: Sequence[int] = _made(_scoreless_of)
    learning: Sequence[int] = _made(_learning_of)
    #: Whether any objective has a method of its own, and whether any has a guardrail.
    has_methods: bool = _made(lambda self: bool({each.method for each in self.objectives} - {None}))
    has_guardrails: bool = _made(lambda self: any(each.guardrails for each in self.objectives))
    #: Objectives that continue another one.
    continuing: Sequence[Objective] = _made(
        lambda self: tuple([each for each in self.objectives if each.continues is not None])
    )
    #: Ids of parked objectives.
    parked: frozenset[str] = _made(_parked_of)
    #: Indexes of objectives to which a Micro-OKR is aligned.
    over_micro: frozenset[int] = _made(_over_micro_of)
    #: Parts of each objective, by rule; filled and bounded by `roll_up_inputs`.
    kept_inputs: dict[Any, Any] = field(init=False, factory=dict[Any, Any])
    #: Plans of the work of chains; filled and bounded by `carried_work`.
    kept_works: dict[Any, Any] = field(init=False, factory=dict[Any, Any])

    # --- columns of few figures ----------------------------------------------------------------

    @cached_property
    def ids(self) -> Sequence[str]:
        """Id of each item, by index."""
        found = [kr.id for kr in self.key_results]
        found += [objective.id for objective in self.objectives]
        found += [initiative.id for initiative in self.initiatives]
        return tuple(found)

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Index of each item, by id."""
        return self._indexes_by_id(range(len(self.ids)))

    @cached_property
    def index_of_key_result(self) -> Mapping[str, int]:
        """Index of each key result, by id."""
        return self._indexes_by_id(self.of_key_results)

    @cached_property
    def index_of_objective(self) -> Mapping[str, int]:
        """Index of each objective, by id."""
        return self._indexes_by_id(self.of_objectives)

    def _indexes_by_id(self, indexes: range) -> Mapping[str, int]:
        ids = self.ids[indexes.start : indexes.stop]
        return MappingProxyType(dict(zip(ids, indexes, strict=True)))

    @cached_property
    def parts_of_derived(self) -> frozenset[int]:
        """Indexes of key results from which others are derived."""
        return frozenset(self.index_of[id] for how in self.derived.values() for id in how.of)

    @cached_property
    def home(self) -> Sequence[int]:
        """Index of the home objective of each key result, by index; of an objective its own."""
        return (*self.homes(), *self.of_objectives)

    @cached_property
    def at_home(self) -> Mapping[int, Sequence[int]]:
        """Indexes of the key results at home in each objective, by its index; not of those without any."""
        found: dict[int, list[int]] = {}
        for index, home in zip(self.of_key_results, self.home, strict=False):
            found.setdefault(home, []).append(index)
        return MappingProxyType({home: tuple(indexes) for home, indexes in found.items()})

    @cached_property
    def work(self) -> Pools:
        """Initiatives of each objective, with their weights."""
        counts = (len(objective.initiatives) for objective in self.objectives)
        indexes = self.of_initiatives
        starts = tuple(accumulate(counts, initial=0))
        weights = tuple([each.weight for each in self.initiatives])
        return Pools(self.of_objectives.start, starts, indexes, weights)

    @cached_property
    def first(self) -> Sequence[int]:
        """First day of each key result and objective, as an ordinal, by index."""
        of_objectives = self.of_objectives.start
        first = spread(self.starts[of_objectives:], self.home, of_objectives)
        for index, (day, _) in self.own_days.items():
            first[index] = day
        return tuple(first)

    @cached_property
    def last(self) -> Sequence[int]:
        """Last day of each key result and objective, before grace, by index."""
        of_objectives = self.of_objectives.start
        last = spread(self.ends[of_objectives:], self.home, of_objectives)
        for index, (_, day) in self.own_days.items():
            last[index] = day
        return tuple(last)

    def unit_of(self, index: int) -> Unit | None:
        """Return the unit of the numbers of a key result: its own, or that of the metric it reads."""
        return self.metric_units.get(index) or self.key_results[index].unit

    def last_of(self, metric: str) -> How:
        """Return the way to the last value of a metric: its last reading, or the last ones of its parts."""
        found = self.arithmetic.get(metric)
        return Aggregation.LATEST if found is None else found.of_last()

    def sources_of(self, metric: str) -> Iterable[str]:
        """Return the ids of a metric, and of all those that it is derived from."""
        found = self.arithmetic.get(metric)
        return (metric,) if found is None else found.ids()

    def objective(self, index: int) -> Objective:
        """Return the objective at an index."""
        return self.objectives[index - len(self.key_results)]

    def home_of(self, index: int) -> Objective:
        """Return the objective at an index, or the one in which the key result there is at home."""
        return self.objective(self.home[index])

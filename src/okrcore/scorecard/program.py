"""A plan, compiled once to flat lists: what evaluation walks through, without looking at objects.

Rules of this file:

1. Nothing here depends on a day, a journal or a rulebook, so it is kept with the plan.
2. Objectives stand children before parents; one pass in that order is a roll-up, without recursion.
3. A place is a number: key results come first, then objectives, then initiatives, so that one list
   holds them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import chain
from math import isnan
from operator import attrgetter, sub
from typing import Any, Final, TypeAlias, TypeVar, final

from attrs import fields, frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import (
    Ambition,
    Contribution,
    Derived,
    EstablishBaseline,
    Initiative,
    KeyResult,
    Measure,
    Objective,
    Plan,
    Reads,
    Timing,
)
from okrcore.plan.measures import LINEAR

__all__ = ["FOREVER", "LONG_AGO", "Pool", "Program", "compile_plan"]

#: Ordinals of days that no reading lies before or after (library default).
LONG_AGO: Final = 0
FOREVER: Final = 10_000_000

#: Places and their weights.
Pool: TypeAlias = tuple[tuple[int, ...], tuple[float, ...]]

_T = TypeVar("_T")
_NOTHING: Final[Pool] = ((), ())
_NO_ENDS: Final = (ABSENT, ABSENT)


@final
@frozen(eq=False)
class Program:
    """A compiled plan.

    Args:
        ids: The id at each place.
        key_results: Those at home in the plan, in its order; their place is their position.
        measures: Their measures.
        objectives: Children before parents; their place is `len(key_results)` plus their position.
        heights: How many objectives lie on the longest way down from each objective.
        initiatives: Those of all objectives; their places come last.
        place_of: The place of each key result, objective and initiative, by id.
        home: The position of the objective in which each key result is at home.
        sources: The id under which each key result's readings are found: its metric's, or its own.
        reads: By place, how the readings of a metric become a value, where it is not the last one.
        shared: The places that read a metric.
        derived: By place, what takes its value from others, parts before what is made of them.
        first: The first day on which a reading of a key result counts, as an ordinal.
        last: The last one, before grace.
        baselines: The planned baseline of each line; absent where there is none.
        targets: The target of each line; absent where there is none.
        own: For each objective, the key results that count in it, with weights.
        below: For each objective, the objectives aligned to it, with weights.
        work: For each objective, its initiatives.
        fixed: By place of a key result, its fixed share.
    """

    ids: Sequence[str]
    key_results: Sequence[KeyResult]
    measures: Sequence[Measure]
    objectives: Sequence[Objective]
    heights: Sequence[int]
    initiatives: Sequence[Initiative]
    place_of: Mapping[str, int]
    home: Sequence[int]
    sources: Sequence[str]
    reads: Mapping[int, Reads]
    shared: frozenset[int]
    derived: Mapping[int, Derived]
    first: Sequence[int]
    last: Sequence[int]
    baselines: Sequence[float]
    targets: Sequence[float]
    own: Sequence[Pool]
    below: Sequence[Pool]
    work: Sequence[Pool]
    fixed: Mapping[int, float]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def ways(self) -> Sequence[float]:
        """The way from baseline to target of each line; absent where there is none to go."""
        return _ways(self.baselines, self.targets)

    @cached_property
    def irregular(self) -> Sequence[int]:
        """The places whose progress is not the share of a way: other measures, and flat lines."""
        if set(map(type, self.measures)) <= LINEAR and not any(map(isnan, self.ways)):
            return ()
        return [
            place
            for place, (measure, way) in enumerate(zip(self.measures, self.ways, strict=True))
            if type(measure) not in LINEAR or (isnan(way) and not isnan(self.baselines[place]))
        ]

    @cached_property
    def establishing(self) -> Sequence[int]:
        """The places of key results that establish a baseline."""
        if EstablishBaseline not in set(map(type, self.measures)):
            return ()
        return [
            place for place, each in enumerate(self.measures) if type(each) is EstablishBaseline
        ]

    @cached_property
    def learning(self) -> Sequence[int]:
        """The rows of learning objectives."""
        return [
            row
            for row, objective in enumerate(self.objectives)
            if objective.ambition is Ambition.LEARNING
        ]

    @cached_property
    def starts(self) -> Sequence[int]:
        """The ordinal of the day on which each objective starts."""
        return [
            LONG_AGO if objective.cycle is None else objective.cycle.start.toordinal()
            for objective in self.objectives
        ]

    @cached_property
    def has_methods(self) -> bool:
        """Whether any objective asks for a method of its own."""
        return any(objective.method is not None for objective in self.objectives)

    @cached_property
    def has_parked(self) -> bool:
        """Whether any objective is written down and not pursued."""
        return any(objective.parked is not None for objective in self.objectives)

    @cached_property
    def has_micro(self) -> bool:
        """Whether any objective is a Micro-OKR."""
        return any(objective.is_micro for objective in self.objectives)

    @cached_property
    def window(self) -> tuple[int, int]:
        """The days on which readings of every key result count: the last first and the first last."""
        return max(self.first, default=LONG_AGO), min(self.last, default=FOREVER)

    @cached_property
    def layouts(self) -> dict[Any, Any]:
        """What enters each objective, by the rule it enters by; filled by `rolling`."""
        return {}


def compile_plan(plan: Plan) -> Program:
    """Return the plan's program, compiled at most once for each plan."""
    found = plan.derived.get("program")
    if not isinstance(found, Program):
        found = plan.derived["program"] = _compiled(plan)
    return found


def _compiled(plan: Plan) -> Program:
    columns = _columns(plan)
    count = len(columns.id)
    order, heights = plan.children_first
    objectives = [plan.objectives[number] for number in order]
    row_of = {objective.id: row for row, objective in enumerate(objectives)}
    own: list[Pool] = [_NOTHING] * len(order)
    home: list[int] = []
    first: list[int] = []
    last: list[int] = []
    stop, days = 0, dict[int, tuple[int, int]]()
    for objective, here in zip(plan.objectives, columns.counts, strict=True):
        start, stop, row = stop, stop + here, row_of[objective.id]
        own[row] = tuple(range(start, stop)), tuple(columns.weight[start:stop])
        home += [row] * here
        cycle = id(objective.cycle)
        begins, ends = days.get(cycle) or days.setdefault(cycle, _cycle_days(objective))
        first += [begins] * here
        last += [ends] * here
    _narrow(columns, first, last)
    initiatives = [work for objective in objectives for work in objective.initiatives]
    ids = [*columns.id, *(each.id for each in objectives), *(work.id for work in initiatives)]
    place_of = dict(zip(ids, range(len(ids)), strict=True))
    for row, objective in enumerate(objectives):
        if len(own[row][0]) < len(objective.key_results):  # references count too
            pairs = plan.key_results_of(objective)
            own[row] = _pool([(place_of[kr.id], weight) for kr, weight in pairs])
    ends_of = list(map(_ends, columns.measure))
    shared = dict(_given(columns.metric))
    reads = {place: plan.metric(metric).reads for place, metric in shared.items()}
    return Program(
        ids=ids,
        key_results=columns.key_results,
        measures=columns.measure,
        objectives=objectives,
        heights=heights,
        initiatives=initiatives,
        place_of=place_of,
        home=home,
        sources=[shared.get(place, id) for place, id in enumerate(columns.id)]
        if shared
        else columns.id,
        reads={place: how for place, how in reads.items() if how is not Reads.LATEST},
        shared=frozenset(shared),
        derived=_derived(columns, place_of),
        first=first,
        last=last,
        baselines=[baseline for baseline, _ in ends_of],
        targets=[target for _, target in ends_of],
        own=own,
        below=_below(objectives, row_of, count),
        work=[
            _pool([(place_of[work.id], 1.0) for work in objective.initiatives])
            if objective.initiatives
            else _NOTHING
            for objective in objectives
        ],
        fixed={
            place: contribution.fixed_share
            for place, contribution in _given(columns.contribution)
            if contribution.fixed_share is not None
        },
    )


@final
@frozen(eq=False)
class _Columns:
    """What compiling asks of the key results, attribute by attribute, and how many each objective has."""

    counts: Sequence[int]
    key_results: Sequence[KeyResult]
    id: Sequence[str]
    weight: Sequence[float]
    measure: Sequence[Measure]
    metric: Sequence[str | None]
    derived: Sequence[Derived | None]
    timing: Sequence[Timing | None]
    due: Sequence[date | None]
    contribution: Sequence[Contribution | None]


def _columns(plan: Plan) -> _Columns:
    parts = [objective.key_results for objective in plan.objectives]
    key_results = [kr for kr in chain.from_iterable(parts) if isinstance(kr, KeyResult)]
    if len(key_results) < sum(map(len, parts)):
        parts = [objective.own_key_results for objective in plan.objectives]
    # One attribute after the other: each is one pass at the speed of C.
    return _Columns(
        list(map(len, parts)),
        key_results,
        *(list(map(attrgetter(each.name), key_results)) for each in fields(_Columns)[2:]),
    )


def _below(
    objectives: Sequence[Objective], row_of: Mapping[str, int], offset: int
) -> Sequence[Pool]:
    found: dict[int, list[tuple[int, float]]] = {}
    for place, objective in enumerate(objectives, offset):
        for alignment in objective.supports:
            parent = row_of.get(alignment.to)
            if parent is not None:
                found.setdefault(parent, []).append((place, alignment.weight))
    below: list[Pool] = [_NOTHING] * len(objectives)
    for row, pairs in found.items():
        below[row] = _pool(pairs)
    return below


def _derived(columns: _Columns, place_of: Mapping[str, int]) -> dict[int, Derived]:
    """Return what is derived, by place, in an order in which parts come before what is made of them."""
    derived = {columns.id[place]: how for place, how in _given(columns.derived)}
    ordered = TopologicalSorter({id: how.of for id, how in derived.items()}).static_order()
    return {place_of[id]: derived[id] for id in ordered if id in derived}


def _pool(pairs: Sequence[tuple[int, float]]) -> Pool:
    return tuple([place for place, _ in pairs]), tuple([weight for _, weight in pairs])


def _ends(measure: Measure) -> tuple[float, float]:
    if type(measure) not in LINEAR:
        return _NO_ENDS
    return measure.ends() or _NO_ENDS  # type: ignore[union-attr]  # a line


def _ways(baselines: Sequence[float], targets: Sequence[float]) -> list[float]:
    ways = list(map(sub, targets, baselines))
    for place, way in enumerate(ways):
        # Only what is close needs the 12-decimal look that says whether it is equal.
        if -1e-6 < way < 1e-6 and snap(baselines[place]) == snap(targets[place]):
            ways[place] = ABSENT
    return ways


def _cycle_days(objective: Objective) -> tuple[int, int]:
    cycle = objective.cycle
    return (
        (LONG_AGO, FOREVER) if cycle is None else (cycle.start.toordinal(), cycle.end.toordinal())
    )


def _given(column: Sequence[_T | None]) -> Iterable[tuple[int, _T]]:
    """Return what stands in a column that is mostly empty, by place."""
    if column.count(None) == len(column):
        return ()
    return [(place, each) for place, each in enumerate(column) if each is not None]


def _narrow(columns: _Columns, first: list[int], last: list[int]) -> None:
    """Put in what key results say of their own days."""
    for place, due in _given(columns.due):
        last[place] = min(due.toordinal(), last[place])
    for place, timing in _given(columns.timing):
        if timing.observable_from is not None:
            # Its result shows from that day on, even past the close.
            first[place], last[place] = timing.observable_from.toordinal(), FOREVER

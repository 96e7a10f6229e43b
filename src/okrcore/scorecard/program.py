"""A plan, compiled once to flat lists: what evaluation walks through, without looking at objects.

Rules of this file:

1. Nothing here depends on a day, a journal or a rulebook, so it is kept with the plan.
2. Objectives stand children before parents; one pass in that order is a roll-up, without recursion.
3. A place is a number: key results come first, then objectives, then initiatives, so that one list
   holds them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._arith import ABSENT, snap
from okrcore.plan import (
    Ambition,
    Derived,
    EstablishBaseline,
    Initiative,
    KeyResult,
    Objective,
    Plan,
    Reads,
)
from okrcore.plan.measures import LINEAR

__all__ = ["FOREVER", "LONG_AGO", "Pool", "Program", "compile_plan"]

#: Ordinals of days that no reading lies before or after.
LONG_AGO: Final = 0
FOREVER: Final = 10_000_000

#: Places and their weights.
Pool: TypeAlias = tuple[tuple[int, ...], tuple[float, ...]]

_NOTHING: Final[Pool] = ((), ())
_NO_ENDS: Final = (ABSENT, ABSENT)


@final
@frozen(eq=False)
class Program:
    """A compiled plan.

    Args:
        key_results: Those at home in the plan, in its order; their place is their position.
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

    key_results: Sequence[KeyResult]
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
        return len(self.key_results) + len(self.objectives) + len(self.initiatives)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The id at each place."""
        key_results = [kr.id for kr in self.key_results]
        objectives = [objective.id for objective in self.objectives]
        return [*key_results, *objectives, *(work.id for work in self.initiatives)]

    @cached_property
    def ways(self) -> Sequence[float]:
        """The way from baseline to target of each line; absent where there is none to go."""
        return [_way(*ends) for ends in zip(self.baselines, self.targets, strict=True)]

    @cached_property
    def irregular(self) -> Sequence[int]:
        """The places whose progress is not the share of a way: other measures, and flat lines."""
        return [
            place
            for place, (kr, way) in enumerate(zip(self.key_results, self.ways, strict=True))
            if type(kr.measure) not in LINEAR
            or (way != way and self.baselines[place] == self.baselines[place])  # noqa: PLR0124
        ]

    @cached_property
    def establishing(self) -> Sequence[int]:
        """The places of key results that establish a baseline."""
        return [
            place
            for place, kr in enumerate(self.key_results)
            if type(kr.measure) is EstablishBaseline
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
    order, heights = _children_first(plan)
    objectives = [plan.objectives[number] for number in order]
    row_of = {objective.id: row for row, objective in enumerate(objectives)}
    key_results: list[KeyResult] = []
    home: list[int] = []
    windows: list[tuple[int, int]] = []
    own: list[Pool] = [_NOTHING] * len(objectives)
    with_references: list[int] = []
    for objective in plan.objectives:
        here, start, row = objective.own_key_results, len(key_results), row_of[objective.id]
        key_results += here
        home += [row] * len(here)
        windows += _windows(here, objective)
        places = tuple(range(start, start + len(here)))
        own[row] = places, tuple([kr.weight for kr in here])
        if len(here) < len(objective.key_results):
            with_references.append(row)
    place_of = {kr.id: place for place, kr in enumerate(key_results)}
    count = len(key_results)
    for objective in objectives:
        place_of[objective.id] = len(place_of)
    initiatives = [work for objective in objectives for work in objective.initiatives]
    for work in initiatives:
        place_of[work.id] = len(place_of)
    for row in with_references:
        pairs = plan.key_results_of(objectives[row])
        own[row] = _pool([(place_of[kr.id], weight) for kr, weight in pairs])
    ends = list(map(_ends, key_results))
    shared = {place: kr.metric for place, kr in enumerate(key_results) if kr.metric is not None}
    reads = {place: plan.metric(metric).reads for place, metric in shared.items()}
    return Program(
        key_results=key_results,
        objectives=objectives,
        heights=heights,
        initiatives=initiatives,
        place_of=place_of,
        home=home,
        sources=[kr.metric or kr.id for kr in key_results],
        reads={place: how for place, how in reads.items() if how is not Reads.LATEST},
        shared=frozenset(shared),
        derived=_derived(key_results, place_of),
        first=[first for first, _ in windows],
        last=[last for _, last in windows],
        baselines=[baseline for baseline, _ in ends],
        targets=[target for _, target in ends],
        own=own,
        below=_below(objectives, row_of, count),
        work=[
            _pool([(place_of[work.id], 1.0) for work in objective.initiatives])
            if objective.initiatives
            else _NOTHING
            for objective in objectives
        ],
        fixed={
            place: kr.contribution.fixed_share
            for place, kr in enumerate(key_results)
            if kr.contribution is not None and kr.contribution.fixed_share is not None
        },
    )


def _children_first(plan: Plan) -> tuple[list[int], list[int]]:
    """Return the positions of the objectives and their heights, lowest first, children before parents."""
    number = {objective.id: n for n, objective in enumerate(plan.objectives)}
    above = [_numbers_above(plan, objective, number) for objective in plan.objectives]
    waiting = [0] * len(above)
    for parents in above:
        for parent in parents:
            waiting[parent] += 1
    height = [0] * len(above)
    # Grows while it is walked; alignment has no circle, so everything gets in.
    ordered = [n for n, count in enumerate(waiting) if not count]
    for child in ordered:
        for parent in above[child]:
            height[parent] = max(height[parent], height[child] + 1)
            waiting[parent] -= 1
            if not waiting[parent]:
                ordered.append(parent)
    ordered.sort(key=height.__getitem__)
    return ordered, [height[n] for n in ordered]


def _numbers_above(plan: Plan, objective: Objective, number: Mapping[str, int]) -> Sequence[int]:
    """Return the positions of the objectives that one supports, directly or through a key result."""
    if not objective.supports:
        return ()
    if all(alignment.to in number for alignment in objective.supports):
        return [number[to] for to in {alignment.to: None for alignment in objective.supports}]
    return [number[parent.id] for parent in plan.parents(objective.id)]


def _below(
    objectives: Sequence[Objective], row_of: Mapping[str, int], offset: int
) -> Sequence[Pool]:
    found: dict[int, list[tuple[int, float]]] = {}
    for row, objective in enumerate(objectives):
        for alignment in objective.supports:
            parent = row_of.get(alignment.to)
            if parent is not None:
                found.setdefault(parent, []).append((offset + row, alignment.weight))
    below: list[Pool] = [_NOTHING] * len(objectives)
    for parent, pairs in found.items():
        below[parent] = _pool(pairs)
    return below


def _derived(key_results: Sequence[KeyResult], place_of: Mapping[str, int]) -> dict[int, Derived]:
    """Return what is derived, by place, in an order in which parts come before what is made of them."""
    derived = {kr.id: kr.derived for kr in key_results if kr.derived is not None}
    ordered = TopologicalSorter({id: how.of for id, how in derived.items()}).static_order()
    return {place_of[id]: derived[id] for id in ordered if id in derived}


def _pool(pairs: Sequence[tuple[int, float]]) -> Pool:
    return tuple([place for place, _ in pairs]), tuple([weight for _, weight in pairs])


def _ends(kr: KeyResult) -> tuple[float, float]:
    if type(kr.measure) not in LINEAR:
        return _NO_ENDS
    return kr.measure.ends() or _NO_ENDS  # type: ignore[union-attr]  # a line


def _way(baseline: float, target: float) -> float:
    way = target - baseline
    # Only what is close needs the 12-decimal look that says whether it is equal.
    return way if abs(way) > 1e-6 or snap(baseline) != snap(target) else ABSENT


def _windows(key_results: Sequence[KeyResult], home: Objective) -> list[tuple[int, int]]:
    cycle = home.cycle
    plain = (
        (LONG_AGO, FOREVER) if cycle is None else (cycle.start.toordinal(), cycle.end.toordinal())
    )
    return [
        plain if kr.timing is None and kr.due is None else _window(kr, plain) for kr in key_results
    ]


def _window(kr: KeyResult, plain: tuple[int, int]) -> tuple[int, int]:
    if kr.timing is not None and kr.timing.observable_from is not None:
        # Its result shows from that day on, even past the close.
        return kr.timing.observable_from.toordinal(), FOREVER
    return plain if kr.due is None else (plain[0], min(kr.due.toordinal(), plain[1]))

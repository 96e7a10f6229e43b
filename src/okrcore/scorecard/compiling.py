"""Compiling a plan: from objects to the flat lists of a program, once for each plan.

Rules of this file:

1. One fact after the other: each is one pass over all key results or objectives at the speed of C.
2. What few items have (a deadline of their own, a metric, a fixed share) costs nothing where none has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter
from itertools import accumulate, chain, groupby, repeat
from operator import attrgetter
from typing import Final, TypeVar, final

from attrs import fields, frozen

from okrcore._arith import ABSENT
from okrcore.plan import (
    Contribution,
    Decrease,
    Derived,
    FromTo,
    Increase,
    KeyResult,
    Measure,
    Objective,
    Plan,
    Reach,
    Reads,
    Timing,
)
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.program import FOREVER, LONG_AGO, Pool, Pools, Program, Shape

__all__ = ["compile_plan"]

_T = TypeVar("_T")
_NO_ENDS: Final = (ABSENT, ABSENT)
#: Lines whose ends stand in their fields, where the baseline is known.
_STATED: Final = frozenset({Increase, Decrease, FromTo, Reach})


def compile_plan(plan: Plan) -> Program:
    """Return the plan's program, compiled at most once for each plan."""
    found = plan.derived.get("program")
    if not isinstance(found, Program):
        found = plan.derived["program"] = _compiled(plan)
    return found


def _compiled(plan: Plan) -> Program:
    columns, rows = _columns(plan), _rows_of(plan)
    objectives, offset = rows.objectives, len(columns.id)
    initiatives = list(chain.from_iterable(objective.initiatives for objective in objectives))
    ids = [*columns.id, *(each.id for each in objectives), *(work.id for work in initiatives)]
    # One list of numbers for all that names places: a number is an object too.
    places = list(range(len(ids)))
    place_of = dict(zip(ids, places, strict=True))
    starts, ends = _days_of(plan.objectives)
    first, last = _spread(starts, columns.counts), _spread(ends, columns.counts)
    _narrow(columns, first, last)
    shared = dict(_given(columns.metric))
    reads = {place: plan.metric(metric).reads for place, metric in shared.items()}
    baselines, targets = _ends_of(columns.measure)
    return Program(
        ids=ids,
        key_results=columns.key_results,
        measures=columns.measure,
        objectives=objectives,
        shapes=rows.shapes,
        initiatives=initiatives,
        place_of=place_of,
        home=_spread(rows.row_of, columns.counts),
        sources=[shared.get(place, id) for place, id in enumerate(columns.id)]
        if shared
        else columns.id,
        reads={place: how for place, how in reads.items() if how is not Reads.LATEST},
        shared=frozenset(shared),
        derived=_derived(columns, place_of),
        first=first,
        last=last,
        baselines=baselines,
        targets=targets,
        own=_own(plan, rows, columns, place_of),
        below=Pools(
            rows.below_starts, [places[offset + row] for row in rows.below], rows.below_weights
        ),
        work=_work(objectives, places[offset + len(objectives) :]),
        starts=[starts[number] for number in rows.order],
        fixed={
            place: contribution.fixed_share
            for place, contribution in _given(columns.contribution)
            if contribution.fixed_share is not None
        },
    )


@final
@frozen(eq=False)
class _Rows:
    """Which objective of the plan stands in which row, by shape, and the rows below each.

    Args:
        order: By row, its position in the plan.
        row_of: By position in the plan, its row.
        objectives: By row.
        shapes: Those that stand together.
        below_starts: By row, where what is aligned to it begins; then where the last ends.
        below: The rows aligned to each, one after the other.
        below_weights: The weights of their alignments.
    """

    order: Sequence[int]
    row_of: Sequence[int]
    objectives: Sequence[Objective]
    shapes: Sequence[Shape]
    below_starts: Sequence[int]
    below: Sequence[int]
    below_weights: Sequence[float]


def _rows_of(plan: Plan) -> _Rows:
    count, heights = len(plan.objectives), plan.children_first[1]
    number_of = {objective.id: number for number, objective in enumerate(plan.objectives)}
    edges = [
        (child, parent, alignment.weight)
        for child, objective in enumerate(plan.objectives)
        for alignment in objective.supports
        if (parent := number_of.get(alignment.to)) is not None
    ]
    own = [len(objective.key_results) for objective in plan.objectives]
    below = [0] * count
    for _, parent, _ in edges:
        below[parent] += 1
    # A shape as one number, so that sorting compares numbers: what it counts are its digits.
    most_own, most_below = max(own, default=0) + 1, max(below, default=0) + 1
    shape_of = [
        (height * most_own + mine) * most_below + others
        for height, mine, others in zip(heights, own, below, strict=True)
    ]
    order = sorted(range(count), key=shape_of.__getitem__)
    row_of = [0] * count
    for row, number in enumerate(order):
        row_of[number] = row
    edges.sort(key=lambda edge: row_of[edge[1]] * count + row_of[edge[0]])
    shapes: list[Shape] = []
    for shape, numbers in groupby(order, key=shape_of.__getitem__):
        start = shapes[-1].rows.stop if shapes else 0
        rows = range(start, start + len(list(numbers)))
        high, others = divmod(shape, most_below)
        height, mine = divmod(high, most_own)
        shapes.append(Shape(height, rows, mine, others))
    return _Rows(
        order,
        row_of,
        [plan.objectives[number] for number in order],
        shapes,
        [*accumulate((below[number] for number in order), initial=0)],
        [row_of[child] for child, _, _ in edges],
        [weight for _, _, weight in edges],
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
    key_results = [kr for kr in chain.from_iterable(parts) if type(kr) is KeyResult]
    if len(key_results) < sum(map(len, parts)):
        parts = [objective.own_key_results for objective in plan.objectives]
    # One attribute after the other, in the order of the plan, which is mostly that of memory.
    return _Columns(
        list(map(len, parts)),
        key_results,
        *(list(map(attrgetter(each.name), key_results)) for each in fields(_Columns)[2:]),
    )


def _own(plan: Plan, rows: _Rows, columns: _Columns, place_of: Mapping[str, int]) -> Pools:
    """Return the key results that count in each objective, references resolved."""
    begins = [*accumulate(columns.counts, initial=0)]
    places, weights = list(place_of.values()), columns.weight
    pools: list[Pool] = []
    for number, objective in zip(rows.order, rows.objectives, strict=True):
        start, stop = begins[number], begins[number + 1]
        if stop - start < len(objective.key_results):
            pairs = plan.key_results_of(objective)
            pools.append(([place_of[kr.id] for kr, _ in pairs], [weight for _, weight in pairs]))
        else:
            pools.append((places[start:stop], weights[start:stop]))
    return _one_after_the_other(pools)


def _work(objectives: Sequence[Objective], places: Sequence[int]) -> Pools:
    """Return the initiatives of each objective, each with a weight of 1."""
    counts = (len(objective.initiatives) for objective in objectives)
    return Pools([*accumulate(counts, initial=0)], places, [1.0] * len(places))


def _one_after_the_other(pools: Sequence[Pool]) -> Pools:
    return Pools(
        [*accumulate((len(places) for places, _ in pools), initial=0)],
        list(chain.from_iterable(places for places, _ in pools)),
        list(chain.from_iterable(weights for _, weights in pools)),
    )


def _derived(columns: _Columns, place_of: Mapping[str, int]) -> dict[int, Derived]:
    """Return what is derived, by place, in an order in which parts come before what is made of them."""
    derived = {columns.id[place]: how for place, how in _given(columns.derived)}
    ordered = TopologicalSorter({id: how.of for id, how in derived.items()}).static_order()
    return {place_of[id]: derived[id] for id in ordered if id in derived}


def _ends_of(measures: Sequence[Measure]) -> tuple[Sequence[float], Sequence[float]]:
    """Return baselines and targets, absent where there are none or none is known."""
    if set(map(type, measures)) <= _STATED:
        baselines = list(map(attrgetter("baseline"), measures))
        if None not in baselines:
            return baselines, list(map(attrgetter("target"), measures))
    pairs = [_ends(measure) for measure in measures]
    return [baseline for baseline, _ in pairs], [target for _, target in pairs]


def _ends(measure: Measure) -> tuple[float, float]:
    if type(measure) not in LINEAR:
        return _NO_ENDS
    return measure.ends() or _NO_ENDS  # type: ignore[union-attr]  # a line


def _days_of(objectives: Sequence[Objective]) -> tuple[list[int], list[int]]:
    """Return the ordinals of the first and the last day of each objective."""
    cycles = list(map(attrgetter("cycle"), objectives))
    # By identity: most objectives share a few cycles, and hashing one walks through all of it.
    days = {
        key: (LONG_AGO, FOREVER)
        if cycle is None
        else (cycle.start.toordinal(), cycle.end.toordinal())
        for key, cycle in dict(zip(map(id, cycles), cycles, strict=True)).items()
    }
    found = [days[id(cycle)] for cycle in cycles]
    return [start for start, _ in found], [end for _, end in found]


def _spread(values: Sequence[int], counts: Sequence[int]) -> list[int]:
    """Return each value as often as its count says."""
    return list(chain.from_iterable(map(repeat, values, counts)))


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

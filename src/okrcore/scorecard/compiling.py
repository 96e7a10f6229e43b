"""Compiling a plan: from objects to the flat lists of a program, once for each plan.

Rules of this file:

1. One fact after the other: each is one pass over all key results or objectives at the speed of C.
2. What few items have (a deadline of their own, a metric, a fixed share) costs nothing where none has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from graphlib import TopologicalSorter
from itertools import accumulate, chain, compress, groupby, repeat
from operator import sub
from types import MappingProxyType
from typing import Any, Final, final

from attrs import frozen

from okrcore._arith import ABSENT
from okrcore.plan import (
    Decrease,
    Derived,
    FromTo,
    Increase,
    Objective,
    Plan,
    Reach,
    Reads,
)
from okrcore.plan.columns import Columns
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.program import FOREVER, LONG_AGO, Pools, Program, Shape

__all__ = ["Rows", "arrange", "compile_plan"]

_NO_ENDS: Final = (ABSENT, ABSENT)
#: Lines whose ends stand in their fields, where the baseline is known.
_STATED: Final = frozenset({Increase, Decrease, FromTo, Reach})


def compile_plan(plan: Plan) -> Program:
    """Return the program of a plan."""
    columns, rows = plan.columns, _rows_of(plan)
    key_results = columns.key_results
    objectives = tuple([plan.objectives[number] for number in rows.order])
    shared = dict(columns.given("metric"))
    sources = columns.ids
    if shared:
        sources = tuple([shared.get(place, id) for place, id in enumerate(sources)])
    reads = {place: plan.metric(metric).reads for place, metric in shared.items()}
    days, has_micro = _days_of(objectives)
    baselines, targets = _ends_of(columns)
    return Program(
        key_results=key_results,
        objectives=objectives,
        initiatives=tuple(chain.from_iterable([each.initiatives for each in objectives])),
        shapes=rows.shapes,
        homes=partial(_homes, columns, rows),
        sources=sources,
        reads=MappingProxyType(
            {place: how for place, how in reads.items() if how is not Reads.LATEST}
        ),
        shared=frozenset(shared),
        derived=MappingProxyType(_derived(columns)),
        starts=tuple([start for start, _ in days]),
        ends=tuple([end for _, end in days]),
        telling=columns.telling,
        measures=columns.measures,
        baselines=baselines,
        targets=targets,
        own=_own(plan, rows),
        below=Pools(
            rows.below_starts,
            tuple([len(key_results) + row for row in rows.below]),
            rows.below_weights,
        ),
        fixed=MappingProxyType(
            {
                place: contribution.fixed_share
                for place, contribution in columns.given("contribution")
                if contribution.fixed_share is not None
            }
        ),
        kinds=columns.kinds,
        has_micro=has_micro,
    )


@final
@frozen(eq=False)
class Rows:
    """Which objective of the plan stands in which row, by shape, and the rows below each.

    Args:
        order: By row, its position in the plan.
        row_of: By position in the plan, its row.
        shapes: Those that stand together.
        below_starts: By row, where what is aligned to it begins; then where the last ends.
        below: The rows aligned to each, one after the other.
        below_weights: The weights of their alignments.
    """

    order: Sequence[int]
    row_of: Sequence[int]
    shapes: Sequence[Shape]
    below_starts: Sequence[int]
    below: Sequence[int]
    below_weights: Sequence[float]


def _rows_of(plan: Plan) -> Rows:
    objectives, (children, parents) = plan.objectives, plan.cascade.edges
    stated = [alignment.weight for objective in objectives for alignment in objective.supports]
    if -1 in parents:  # only objectives that are aligned to objectives enter them
        kept = [parent >= 0 for parent in parents]
        children, parents = list(compress(children, kept)), list(compress(parents, kept))
        stated = list(compress(stated, kept))
    own = [len(objective.key_results) for objective in objectives]
    return arrange(plan.cascade.children_first[1], own, children, parents, stated)


def arrange(
    heights: Sequence[int],
    own: Sequence[int],
    children: Sequence[int],
    parents: Sequence[int],
    weights: Sequence[float],
) -> Rows:
    """Return the rows of objectives, given what makes their shape.

    Args:
        heights: How many objectives lie on the longest way down from each.
        own: How many key results count in each.
        children: By alignment, the position of who is aligned.
        parents: By alignment, the position of what it is aligned to.
        weights: What it weighs there.
    """
    count = len(own)
    below = [0] * count
    for parent in parents:
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
    above = [row_of[parent] for parent in parents]
    by_parent = sorted(range(len(above)), key=above.__getitem__)
    shapes: list[Shape] = []
    for shape, numbers in groupby(order, key=shape_of.__getitem__):
        start = shapes[-1].rows.stop if shapes else 0
        rows = range(start, start + len(list(numbers)))
        high, others = divmod(shape, most_below)
        height, mine = divmod(high, most_own)
        shapes.append(Shape(height, rows, mine, others))
    return Rows(
        tuple(order),
        tuple(row_of),
        tuple(shapes),
        tuple(accumulate(map(below.__getitem__, order), initial=0)),
        tuple([row_of[children[edge]] for edge in by_parent]),
        tuple([weights[edge] for edge in by_parent]),
    )


def _own(plan: Plan, rows: Rows) -> Pools:
    """Return the key results that count in each objective, references resolved."""
    columns = plan.columns
    begins, ends = (
        map(cuts.__getitem__, rows.order) for cuts in (columns.starts, columns.starts[1:])
    )
    pools: list[Sequence[int]] = list(map(range, begins, ends))
    referring = {
        rows.row_of[number]: plan.key_results_of(plan.objectives[number])
        for number in columns.referring
    }
    for row, pairs in referring.items():
        pools[row] = [columns.place_of[kr.id] for kr, _ in pairs]
    starts = tuple(accumulate(map(len, pools), initial=0))
    places = tuple(chain.from_iterable(pools))
    stated = [kr.weight for kr in columns.key_results]
    weights = [stated[place] for place in places]
    for row, pairs in referring.items():
        weights[starts[row] : starts[row + 1]] = [weight for _, weight in pairs]
    return Pools(starts, places, tuple(weights))


def _homes(columns: Columns, rows: Rows) -> Sequence[int]:
    counts = map(sub, columns.starts[1:], columns.starts)
    return tuple(chain.from_iterable(map(repeat, rows.row_of, counts)))


def _derived(columns: Columns) -> dict[int, Derived]:
    """Return what is derived, by place, in an order in which parts come before what is made of them."""
    derived = {columns.key_results[place].id: how for place, how in columns.given("derived")}
    ordered = TopologicalSorter({id: how.of for id, how in derived.items()}).static_order()
    return {columns.place_of[id]: derived[id] for id in ordered if id in derived}


def _ends_of(columns: Columns) -> tuple[Sequence[float], Sequence[float]]:
    """Return baselines and targets, absent where there are none or none is known."""
    measures: Sequence[Any] = columns.measures
    if columns.kinds <= _STATED:
        baselines = [measure.baseline for measure in measures]
        if None not in baselines:
            return tuple(baselines), tuple([measure.target for measure in measures])
    baselines, targets = [ABSENT] * len(measures), [ABSENT] * len(measures)
    for place, measure in enumerate(measures):
        kind = type(measure)  # pyright: ignore[reportUnknownVariableType]  # of any measure
        if kind in _STATED:
            if measure.baseline is not None:
                baselines[place], targets[place] = measure.baseline, measure.target
        elif kind in LINEAR:
            baselines[place], targets[place] = measure.ends() or _NO_ENDS
    return tuple(baselines), tuple(targets)


def _days_of(objectives: Sequence[Objective]) -> tuple[Sequence[tuple[int, int]], bool]:
    """Return the first and last day of each objective, as ordinals, and whether any is a Micro-OKR."""
    cycles = [each.cycle for each in objectives]
    # By identity: most objectives share a few cycles, and hashing one walks through all of it.
    distinct = dict(zip(map(id, cycles), cycles, strict=True))
    days = {
        key: (LONG_AGO, FOREVER)
        if cycle is None
        else (cycle.start.toordinal(), cycle.end.toordinal())
        for key, cycle in distinct.items()
    }
    has_micro = any(cycle is not None and cycle.is_micro for cycle in distinct.values())
    if len(days) == 1:
        return list(days.values()) * len(cycles), has_micro
    return [days[id(cycle)] for cycle in cycles], has_micro

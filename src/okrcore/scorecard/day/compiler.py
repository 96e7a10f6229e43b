"""Compiling a plan: from objects to flat columns, once for each plan.

Rules of this file:

1. One column after the other: each is one pass over all key results or objectives at the speed of C.
2. Rare fields (a deadline, a metric, a fixed share) take no time if no item has them.
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

from okrcore._arith import ABSENT, snap
from okrcore._memo import once
from okrcore.plan import (
    Aggregation,
    Decrease,
    Derived,
    FromTo,
    Increase,
    Objective,
    Plan,
    Reach,
    Unit,
)
from okrcore.plan.cascade import Cascade
from okrcore.plan.effective_units import unit_of
from okrcore.plan.key_result_columns import Columns
from okrcore.plan.measures import LINEAR
from okrcore.scorecard.day.compiled_plan import (
    FOREVER,
    LONG_AGO,
    CompiledPlan,
    Pools,
    Shape,
    homes_of,
)
from okrcore.scorecard.day.derived_metrics import arithmetic_of, how_of

__all__ = ["Order", "arrange", "compile_part", "compile_plan", "spans_of"]

_NO_ENDS: Final = (ABSENT, ABSENT)
#: Lines with their ends as fields, if the baseline is known.
_STATED: Final = frozenset({Increase, Decrease, FromTo, Reach})
#: Ends are compared at 12 decimals if the span is nearer to 0 than this (library default).
_NARROW: Final = 1e-6


def compile_plan(plan: Plan) -> CompiledPlan:
    """Return a plan, compiled."""
    return _compiled(plan, plan.columns, plan.cascade)


def compile_part(plan: Plan, objectives: Sequence[Objective]) -> CompiledPlan:
    """Return some objectives of a plan, compiled; the homes of their key results are among them."""
    cascade = Cascade(objectives, plan.items, lambda: plan.homes)
    return _compiled(plan, Columns.of(objectives), cascade)


def _compiled(plan: Plan, columns: Columns, cascade: Cascade) -> CompiledPlan:
    order = _order_of(columns, cascade)
    key_results, count = columns.key_results, len(columns.key_results)
    objectives = tuple([columns.objectives[position] for position in order.positions])
    shared = columns.with_metric
    sources = columns.ids
    if shared:
        sources = tuple([shared.get(index, id) for index, id in enumerate(sources)])
    reads = {index: how_of(plan, metric) for index, metric in shared.items()}
    with_contribution = columns.with_contribution.items()
    days, has_micro = _days_of(objectives)
    baselines, targets = _ends_of(columns)
    return CompiledPlan(
        key_results=key_results,
        objectives=objectives,
        initiatives=tuple(chain.from_iterable([each.initiatives for each in objectives])),
        shapes=order.shapes,
        in_plan_order=order.index_of,
        homes=partial(homes_of, columns.starts, order.index_of),
        sources=sources,
        aggregations=MappingProxyType(
            {index: how for index, how in reads.items() if how is not Aggregation.LATEST}
        ),
        arithmetic=once(plan, arithmetic_of) if _has_derived(plan) else MappingProxyType({}),
        shared=frozenset(shared),
        metric_units=MappingProxyType(_metric_units(plan, columns)),
        derived=MappingProxyType(_derived(columns)),
        starts=_padded(count, [start for start, _ in days], LONG_AGO),
        ends=_padded(count, [end for _, end in days], FOREVER),
        rare=columns.with_rare_fields,
        measures=columns.measures,
        baselines=baselines,
        targets=targets,
        spans=spans_of(baselines, targets),
        own=_own(plan, columns, order),
        below=order.below,
        fixed=MappingProxyType(
            {at: each.fixed_share for at, each in with_contribution if each.fixed_share is not None}
        ),
        kinds=columns.kinds,
        has_micro=has_micro,
    )


@final
@frozen(eq=False)
class Order:
    """Order of the objectives of a compiled plan, and the objectives below each.

    Args:
        positions: Positions of the objectives in the plan, in order of index.
        index_of: Index of each objective, by its position in the plan.
        shapes: Objectives of one shape, which are next to each other.
        below: Objectives aligned to each.
    """

    positions: Sequence[int]
    index_of: Sequence[int]
    shapes: Sequence[Shape]
    below: Pools


def _order_of(columns: Columns, cascade: Cascade) -> Order:
    objectives, (children, parents) = columns.objectives, cascade.edges
    stated = [alignment.weight for objective in objectives for alignment in objective.supports]
    if -1 in parents:  # alignments to key results or outside: only objectives enter objectives
        kept = [parent >= 0 for parent in parents]
        children, parents = list(compress(children, kept)), list(compress(parents, kept))
        stated = list(compress(stated, kept))
    own = [len(objective.key_results) for objective in objectives]
    first = len(columns.key_results)
    return arrange(first, cascade.children_first[1], own, children, parents, stated)


def arrange(
    first: int,
    heights: Sequence[int],
    own: Sequence[int],
    children: Sequence[int],
    parents: Sequence[int],
    weights: Sequence[float],
) -> Order:
    """Return the order of objectives.

    Args:
        first: Index of the first objective.
        heights: Levels below each objective.
        own: Number of key results that count in each.
        children: By alignment, the position of the aligned objective.
        parents: By alignment, the position of the objective above.
        weights: By alignment.
    """
    count = len(own)
    below = [0] * count
    for parent in parents:
        below[parent] += 1
    # A shape as one number, so that sorting compares numbers: its counts are the digits.
    most_own, most_below = max(own, default=0) + 1, max(below, default=0) + 1
    shape_of = [
        (height * most_own + mine) * most_below + others
        for height, mine, others in zip(heights, own, below, strict=True)
    ]
    positions = sorted(range(count), key=shape_of.__getitem__)
    index_of = [0] * count
    for index, position in enumerate(positions, first):
        index_of[position] = index
    above = [index_of[parent] for parent in parents]
    by_parent = sorted(range(len(above)), key=above.__getitem__)
    shapes: list[Shape] = []
    for shape, alike in groupby(positions, key=shape_of.__getitem__):
        start = shapes[-1].objectives.stop if shapes else first
        high, others = divmod(shape, most_below)
        height, mine = divmod(high, most_own)
        shapes.append(Shape(height, range(start, start + len(list(alike))), mine, others))
    return Order(
        tuple(positions),
        tuple(index_of),
        tuple(shapes),
        Pools(
            first,
            tuple(accumulate(map(below.__getitem__, positions), initial=0)),
            tuple([index_of[children[edge]] for edge in by_parent]),
            tuple([weights[edge] for edge in by_parent]),
        ),
    )


def _own(plan: Plan, columns: Columns, order: Order) -> Pools:
    """Return the key results that count in each objective, references resolved."""
    first = len(columns.key_results)
    begins, ends = (
        map(cuts.__getitem__, order.positions) for cuts in (columns.starts, columns.starts[1:])
    )
    pools: list[Sequence[int]] = list(map(range, begins, ends))
    referring = {
        order.index_of[position] - first: plan.key_results_of(columns.objectives[position])
        for position in columns.with_refs
    }
    for at, pairs in referring.items():
        pools[at] = [columns.index_of[kr.id] for kr, _ in pairs]
    starts = tuple(accumulate(map(len, pools), initial=0))
    indexes = tuple(chain.from_iterable(pools))
    stated = [kr.weight for kr in columns.key_results]
    weights = [stated[index] for index in indexes]
    for at, pairs in referring.items():
        weights[starts[at] : starts[at + 1]] = [weight for _, weight in pairs]
    return Pools(first, starts, indexes, tuple(weights))


def _has_derived(plan: Plan) -> bool:
    return any(metric.derived is not None for metric in plan.metrics)


def _metric_units(plan: Plan, columns: Columns) -> dict[int, Unit]:
    """Return the units that key results have from their metrics, by index."""
    without = [at for at in columns.with_metric if columns.key_results[at].unit is None]
    units = {at: unit_of(plan.items, columns.key_results[at]) for at in without}
    return {at: unit for at, unit in units.items() if unit is not None}


def _derived(columns: Columns) -> dict[int, Derived]:
    """Return derivations by index, parts before derived key results."""
    derived = {columns.key_results[index].id: how for index, how in columns.with_derivation.items()}
    ordered = TopologicalSorter({id: how.of for id, how in derived.items()}).static_order()
    return {columns.index_of[id]: derived[id] for id in ordered if id in derived}


def _ends_of(columns: Columns) -> tuple[Sequence[float], Sequence[float]]:
    """Return baselines and targets; ABSENT without a known baseline."""
    measures: Sequence[Any] = columns.measures
    if columns.kinds <= _STATED:
        baselines = [measure.baseline for measure in measures]
        targets = [measure.target for measure in measures]
        if _are_known(baselines) and _are_known(targets):
            return tuple(baselines), tuple(targets)
    baselines, targets = [ABSENT] * len(measures), [ABSENT] * len(measures)
    for index, measure in enumerate(measures):
        kind = type(measure)  # pyright: ignore[reportUnknownVariableType]  # of any measure
        if kind in _STATED:
            if measure.baseline is not None:
                baselines[index] = measure.baseline
                targets[index] = ABSENT if measure.target is None else measure.target
        elif kind in LINEAR:
            baselines[index], targets[index] = measure.ends() or _NO_ENDS
    return tuple(baselines), tuple(targets)


def _are_known(numbers: Sequence[float | None]) -> bool:
    """Return whether none of some numbers is None; a sum finds that out six times as fast as `in`."""
    try:
        sum(numbers)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]
    except TypeError:
        return False
    return True


def spans_of(baselines: Sequence[float], targets: Sequence[float]) -> Sequence[float]:
    """Return target minus baseline of each line; ABSENT if the two are equal at 12 decimals."""
    spans = list(map(sub, targets, baselines))
    for index in [index for index, span in enumerate(spans) if -_NARROW < span < _NARROW]:
        if snap(baselines[index]) == snap(targets[index]):
            spans[index] = ABSENT
    return tuple(spans)


def _days_of(objectives: Sequence[Objective]) -> tuple[Sequence[tuple[int, int]], bool]:
    """Return the first and last day of each objective, as ordinals, and whether any is a Micro-OKR."""
    cycles = [each.cycle for each in objectives]
    # By identity: most objectives share a few cycles, and the hash of one takes in all its fields.
    distinct = dict(zip(map(id, cycles), cycles, strict=True))
    days = {
        key: (LONG_AGO, FOREVER)
        if cycle is None
        else (cycle.start.toordinal(), cycle.end.toordinal())
        for key, cycle in distinct.items()
    }
    has_micro = any(
        each is not None and each.cadence is not None and each.cadence.is_micro
        for each in distinct.values()
    )
    if len(days) == 1:
        return list(days.values()) * len(cycles), has_micro
    return [days[id(cycle)] for cycle in cycles], has_micro


def _padded(count: int, column: Sequence[int], value: int) -> Sequence[int]:
    """Return a column of objectives by index: preceded by a value for each key result."""
    return (*repeat(value, count), *column)

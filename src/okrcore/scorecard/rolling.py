"""Means over the parts of an objective, for scores, coverage, ranges, pace and confidence alike.

Rules of this file:

1. One order, one arithmetic: objectives stand children before parents, and every mean is
   `okrcore._arith.mean`.
2. ABSENT is not 0. A part that is *missing* leaves a mean and keeps its weight in coverage and score
   range; a part that is *excluded* leaves all three.
3. Which parts feed an objective follows from the plan and the rule, never from which readings exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import fsum, isnan
from operator import mul
from typing import TypeAlias, final

from attrs import frozen

from okrcore._arith import ABSENT, mean, snap
from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan import BoundState, Objective
from okrcore.rulebook import (
    Combination,
    Effect,
    GuardrailRule,
    Part,
    Parts,
    RollUpRule,
    Weighing,
    ZeroWeights,
)
from okrcore.scorecard.program import Pool, Program

__all__ = [
    "Group",
    "Inputs",
    "Items",
    "Layout",
    "combine",
    "guard_items",
    "guard_value",
    "inputs_of",
    "items_of",
    "layout_of",
    "mean_of",
    "or_empty",
    "roll_means",
]

#: Values that entered, and their weights.
Items: TypeAlias = list[tuple[float, float]]


@final
@frozen
class Inputs:
    """What enters an objective under a rule.

    Args:
        places: The places of the parts.
        weights: Their weights; a part of weight 0 is tracked, not counted.
        blocks: Where the parts are cut: (from, to, whether these enter as one item of weight 1).
    """

    places: tuple[int, ...]
    weights: tuple[float, ...]
    blocks: tuple[tuple[int, int, bool], ...]

    @property
    def counted(self) -> tuple[int, ...]:
        """The places of the parts that have a weight."""
        if all(self.weights):
            return self.places
        return tuple(at for at, weight in zip(self.places, self.weights, strict=True) if weight)


@final
@frozen(eq=False)
class Group:
    """Objectives of one height with equally many inputs, so that their means are one batch.

    Args:
        rows: The objectives.
        places: The places of their inputs that have a weight, one objective after the other.
        weights: Their weights.
        totals: The total weight of each objective.
        count: How many inputs each has.
    """

    rows: Sequence[int]
    places: Sequence[int]
    weights: Sequence[float]
    totals: Sequence[float]
    count: int

    def means(self, values: Sequence[float]) -> Iterator[float]:
        """Yield the weighted mean of each objective; ABSENT where one of its inputs is absent."""
        entering = [values[place] for place in self.places]
        weighed = list(map(mul, entering, self.weights))
        sums = map(fsum, zip(*[iter(weighed)] * self.count, strict=True))
        lows = map(min, zip(*[iter(entering)] * self.count, strict=True))
        highs = map(max, zip(*[iter(entering)] * self.count, strict=True))
        for total, weight, low, high in zip(sums, self.totals, lows, highs, strict=True):
            mean = total / weight
            # The one mean never leaves the range of what it averages; see okrcore._arith.
            yield low if mean < low else min(mean, high)


@final
@frozen(eq=False)
class Layout:
    """What enters each objective, and the order in which that is rolled up.

    Args:
        inputs: What enters each objective.
        levels: By height: the groups whose means are batches, and the objectives that are no such mean.
    """

    inputs: Sequence[Inputs]
    levels: Sequence[tuple[Sequence[Group], Sequence[int]]]


def layout_of(
    program: Program,
    rules: Sequence[RollUpRule],
    sizes: Callable[[], Sequence[float]],
    plain: Sequence[bool],
) -> Layout:
    """Return the layout of a program under the rule of each objective.

    Args:
        program: The compiled plan.
        rules: The rule of each objective.
        sizes: The way from baseline to target of each key result, asked where a rule weighs by size.
        plain: For each objective, whether its score is a mean of scores as they are.
    """
    inputs = inputs_of(program, rules, sizes)
    by_shape: dict[tuple[int, int], list[int]] = {}
    others: dict[int, list[int]] = {}
    for row, height in enumerate(program.heights):
        found = inputs[row]
        count = len(found.counted)
        if plain[row] and count and not any(as_one for _, _, as_one in found.blocks):
            by_shape.setdefault((height, count), []).append(row)
        else:
            others.setdefault(height, []).append(row)
    heights = range(max(program.heights, default=-1) + 1)
    groups: dict[int, list[Group]] = {height: [] for height in heights}
    for (height, count), rows in by_shape.items():
        groups[height].append(_group(inputs, rows, count))
    return Layout(inputs, [(groups[height], others.get(height, ())) for height in heights])


def _group(inputs: Sequence[Inputs], rows: Sequence[int], count: int) -> Group:
    places: list[int] = []
    weights: list[float] = []
    totals: list[float] = []
    for row in rows:
        found = inputs[row]
        entering = found.weights if all(found.weights) else [w for w in found.weights if w]
        places += found.counted
        weights += entering
        totals.append(fsum(entering))
    return Group(rows, places, weights, totals, count)


def inputs_of(
    program: Program,
    rules: Sequence[RollUpRule],
    sizes: Callable[[], Sequence[float]],
) -> list[Inputs]:
    """Return what enters each objective.

    Args:
        program: The compiled plan.
        rules: The rule of each objective.
        sizes: The way from baseline to target of each key result, asked where a rule weighs by size.

    Raises:
        InconsistentPlanError: Weights do not total what the rule asks for.
    """
    distinct = list({id(rule): rule for rule in rules}.values())
    needs_descent = any(part.of is Parts.DESCENDANTS for rule in distinct for part in rule.parts)
    below = _descendants(program) if needs_descent else {}
    weighed: dict[int, float] = {}
    chosen: list[Inputs] = []
    for row, rule in enumerate(rules):
        places: tuple[int, ...] = ()
        weights: tuple[float, ...] = ()
        blocks: list[tuple[int, int, bool]] = []
        for part in rule.parts:
            if part.otherwise and places:
                continue
            entering, stated = _pool_of(program, row, part, rule, below)
            if entering:
                blocks.append((len(places), len(places) + len(entering), part.as_one))
                places, weights = places + entering, weights + stated
        if rule.weights_total is not None and places:
            _must_total(program.objectives[row], rule.weights_total, fsum(weights))
        if rule.weigh is Weighing.SIZE:
            weights = _by_size(program, row, places, weighed, sizes)
        if rule.zero_weights is ZeroWeights.EQUAL and places and not any(weights):
            weights = (1.0,) * len(places)
        chosen.append(Inputs(places, weights, tuple(blocks)))
    return chosen


def _must_total(objective: Objective, wanted: float, total: float) -> None:
    if snap(total) != snap(wanted):
        raise InconsistentPlanError(
            "weights-total",
            path_of(objective, "key_results"),
            total,
            f"let the weights total {wanted:g}",
        )


def _pool_of(
    program: Program, row: int, part: Part, rule: RollUpRule, below: Mapping[int, Pool]
) -> Pool:
    if part.of is Parts.KEY_RESULTS:
        pool = program.own[row]
        if program.fixed:
            pool = _with_fixed_shares(program, pool)
    elif part.of is Parts.INITIATIVES:
        pool = program.work[row]
    elif part.of is Parts.DESCENDANTS:
        pool = below[row]
    else:
        pool = program.below[row]
        if program.has_micro and not rule.with_micro:
            pool = _without_micro(program, pool)
    if rule.weigh is Weighing.EQUAL:
        return pool[0], tuple([float(weight > 0) for weight in pool[1]])
    return pool


def _without_micro(program: Program, pool: Pool) -> Pool:
    """Leave out Micro-OKRs: an overlay, in no pool, coverage or worst status."""
    first = len(program.key_results)
    kept = [n for n, at in enumerate(pool[0]) if not program.objectives[at - first].is_micro]
    return tuple([pool[0][n] for n in kept]), tuple([pool[1][n] for n in kept])


def _with_fixed_shares(program: Program, pool: Pool) -> Pool:
    """Let those with a fixed share have it, and the others what is left, by their weights."""
    places, weights = pool
    if not any(at in program.fixed for at in places):
        return pool
    taken = fsum(program.fixed[at] for at in places if at in program.fixed)
    free = fsum(w for at, w in zip(places, weights, strict=True) if at not in program.fixed)
    left = max(0.0, 1 - taken)
    return places, tuple(
        program.fixed.get(at, left * weight / free if free else 0.0)
        for at, weight in zip(places, weights, strict=True)
    )


def _descendants(program: Program) -> dict[int, Pool]:
    """Return the key results of all objectives below each objective, each once, with their weights."""
    first = len(program.key_results)
    found: dict[int, dict[int, float]] = {}
    for row in range(len(program.objectives)):
        mine: dict[int, float] = {}
        for place in program.below[row][0]:
            child = place - first
            mine.update(zip(*program.own[child], strict=True))
            mine.update(found[child])
        found[row] = mine
    return {row: (tuple(mine), tuple(mine.values())) for row, mine in found.items()}


def _by_size(
    program: Program,
    row: int,
    places: Sequence[int],
    weighed: dict[int, float],
    sizes: Callable[[], Sequence[float]],
) -> tuple[float, ...]:
    first, size_of = len(program.key_results), sizes()
    weights = [size_of[at] if at < first else weighed.get(at, 1.0) for at in places]
    weighed[first + row] = fsum(weights)
    return tuple(weights)


# --- passes ------------------------------------------------------------------------------------


def items_of(
    inputs: Inputs,
    values: Mapping[int, float] | Sequence[float],
    left_out: Sequence[int] | None = None,
) -> Items:
    """Return the values that enter, with their weights; those absent, left out or of weight 0 do not.

    Args:
        inputs: What enters.
        values: By place.
        left_out: By place, whether something is left out; None leaves out nothing.
    """

    def items(start: int, stop: int) -> Iterator[tuple[float, float]]:
        for at, weight in zip(inputs.places[start:stop], inputs.weights[start:stop], strict=True):
            if weight and not (left_out is not None and left_out[at]) and not isnan(values[at]):
                yield values[at], weight

    found: Items = []
    for start, stop, as_one in inputs.blocks:
        block = list(items(start, stop))
        if as_one and block:
            found.append((mean_of(block), 1.0))
        else:
            found += block
    return found


def mean_of(items: Items) -> float:
    """Return the weighted mean of some items; ABSENT of none."""
    if not items:
        return ABSENT
    return mean([value for value, _ in items], [weight for _, weight in items])


def combine(rule: RollUpRule, items: Items) -> float:
    """Return what a rule makes of some items; ABSENT of none."""
    if not items:
        return ABSENT
    if rule.combine is Combination.MINIMUM:
        return min(value for value, _ in items)
    if rule.combine is Combination.SHARE_ACHIEVED:
        return mean_of([(float(snap(value) >= 1), weight) for value, weight in items])
    return mean_of(items)


def or_empty(rule: RollUpRule, value: float, *, has_parts: bool, has_weight: bool) -> float:
    """Return the value; where there is none, what a rule says of nothing at all.

    Args:
        rule: The rule.
        value: What was combined.
        has_parts: Whether anything could enter.
        has_weight: Whether any of it has a weight.
    """
    if not isnan(value):
        return value
    if has_parts and not has_weight and rule.zero_weights is ZeroWeights.ZERO:
        return 0.0
    return ABSENT if rule.empty is None else rule.empty


def guard_items(guard: GuardrailRule, states: Sequence[BoundState]) -> Items:
    """Return the guardrails that enter a mean: 1 while they hold, 0 when breached, none if unknown."""
    if guard.effect is not Effect.AVERAGE:
        return []
    known = (state for state in states if state is not BoundState.UNKNOWN)
    return [(float(state is not BoundState.BREACHED), 1.0) for state in known]


def guard_value(guard: GuardrailRule, value: float, states: Sequence[BoundState]) -> float:
    """Return what a breach leaves of a value."""
    if BoundState.BREACHED not in states or isnan(value):
        return value
    if guard.effect is Effect.CAP:
        return min(value, guard.cap)
    return 0.0 if guard.effect is Effect.VETO else value


def roll_means(inputs: Sequence[Inputs], values: list[float], offset: int) -> None:
    """Fill in the means of objectives over the parts that have a value."""
    for row, found in enumerate(inputs):
        values[offset + row] = mean_of(items_of(found, values))

"""What enters each objective, with which weight, and in which order that is rolled up.

Rules of this file:

1. Which parts feed an objective follows from the plan and the rule, never from which readings exist.
2. Objectives of one height with equally many parts are one batch; objectives stand children before
   parents, so nothing recurses.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from math import fsum
from operator import mul
from typing import TypeAlias, final

from attrs import frozen

from okrcore._arith import snap
from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan import Objective
from okrcore.rulebook import Part, Parts, RollUpRule, Weighing, ZeroWeights
from okrcore.scorecard.program import Pool, Program

__all__ = ["Group", "Inputs", "Layout", "without_micro"]

#: Where a part is cut: (from, to, whether it enters as one item of weight 1).
Block: TypeAlias = tuple[int, int, bool]


@final
@frozen
class Inputs:
    """What enters an objective under a rule.

    Args:
        places: The places of the parts.
        weights: Their weights; a part of weight 0 is tracked, not counted.
        blocks: Where the parts are cut.
    """

    places: tuple[int, ...]
    weights: tuple[float, ...]
    blocks: tuple[Block, ...]

    @cached_property
    def weighed(self) -> Pool:
        """The parts that have a weight."""
        return _counted(self.places, self.weights)

    @property
    def counted(self) -> tuple[int, ...]:
        """The places of the parts that have a weight."""
        return self.weighed[0]


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

    rows: list[int]
    places: list[int]
    weights: list[float]
    totals: list[float]
    count: int

    def take(self, row: int, places: Sequence[int], weights: Sequence[float]) -> None:
        """Take in one more objective, while the group is being made."""
        self.rows.append(row)
        self.places.extend(places)
        self.weights.extend(weights)
        self.totals.append(fsum(weights))

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
        program: The compiled plan.
        rules: The rule of each objective.
        plain: For each objective, whether its score is a mean of scores as they are.
        sizes: The way from baseline to target of each key result, asked where a rule weighs by size.
    """

    program: Program
    rules: Sequence[RollUpRule]
    plain: Sequence[bool]
    sizes: Callable[[], Sequence[float]]

    @cached_property
    def inputs(self) -> Sequence[Inputs]:
        """What enters each objective."""
        return [Inputs(*entering) for entering in self._entering()]

    @cached_property
    def levels(self) -> Sequence[tuple[Sequence[Group], Sequence[int]]]:
        """By height: the groups whose means are batches, and the objectives that are no such mean."""
        heights = self.program.heights
        groups: list[dict[int, Group]] = [{} for _ in range(max(heights, default=-1) + 1)]
        others: list[list[int]] = [[] for _ in groups]
        for row, entering in enumerate(self._entering()):
            places, weights = _counted(entering[0], entering[1])
            if not (self.plain[row] and places) or any(as_one for _, _, as_one in entering[2]):
                others[heights[row]].append(row)
                continue
            of_height, count = groups[heights[row]], len(places)
            if count not in of_height:
                of_height[count] = Group([], [], [], [], count)
            of_height[count].take(row, places, weights)
        return [(tuple(found.values()), rest) for found, rest in zip(groups, others, strict=True)]

    def fill(
        self,
        values: list[float],
        with_care: Callable[[int], float],
        *,
        apart: Container[int] = (),
        finish: Callable[[Sequence[int]], None] | None = None,
    ) -> None:
        """Fill in objectives, children before parents: plain means in batches, others one by one.

        Args:
            values: By place; those of key results and initiatives are there.
            with_care: Gives an objective whose value is no plain mean, or which has an absent part.
            apart: Objectives that are no plain mean on the day.
            finish: What is done with each batch, once its means are filled in.
        """
        offset = len(self.program.key_results)
        for groups, others in self.levels:
            rest = list(others)
            for group in groups:
                rows: list[int] = []
                for row, whole in zip(group.rows, group.means(values), strict=True):
                    if whole != whole or row in apart:  # noqa: PLR0124  # ABSENT
                        rest.append(row)
                    else:
                        values[offset + row] = whole
                        rows.append(row)
                if finish is not None:
                    finish(rows)
            for row in rest:
                values[offset + row] = with_care(row)

    def _entering(self) -> Iterator[tuple[tuple[int, ...], tuple[float, ...], tuple[Block, ...]]]:
        """Yield the places, weights and blocks of what enters each objective.

        Raises:
            InconsistentPlanError: Weights do not total what the rule asks for.
        """
        sources = {id(rule): _sources(self.program, rule) for rule in _distinct(self.rules)}
        weighed: dict[int, float] = {}
        for row, rule in enumerate(self.rules):
            places: tuple[int, ...] = ()
            weights: tuple[float, ...] = ()
            blocks: list[Block] = []
            for part, pools, may_repeat in sources[id(rule)]:
                if part.otherwise and places:
                    continue
                entering, stated = pools[row]
                if may_repeat and places:
                    entering, stated = _without(entering, stated, places)
                if entering:
                    blocks.append((len(places), len(places) + len(entering), part.as_one))
                    places, weights = places + entering, weights + stated
            if rule.weights_total is not None and places:
                _must_total(self.program.objectives[row], rule.weights_total, fsum(weights))
            if rule.weigh is Weighing.SIZE:
                weights = _by_size(self.program, row, places, weights, weighed, self.sizes)
            if rule.zero_weights is ZeroWeights.EQUAL and places and not any(weights):
                weights = (1.0,) * len(places)
            yield places, weights, tuple(blocks)


def _counted(places: tuple[int, ...], weights: tuple[float, ...]) -> Pool:
    """Return what has a weight."""
    if 0.0 not in weights:
        return places, weights
    pairs = zip(places, weights, strict=True)
    return tuple([at for at, weight in pairs if weight]), tuple(filter(None, weights))


def _distinct(rules: Sequence[RollUpRule]) -> Iterable[RollUpRule]:
    # By identity: hashing a rule walks through all of it.
    return {id(rule): rule for rule in rules}.values()


def _must_total(objective: Objective, wanted: float, total: float) -> None:
    if snap(total) != snap(wanted):
        raise InconsistentPlanError(
            "weights-total",
            path_of(objective, "key_results"),
            total,
            f"let the weights total {wanted:g}",
        )


def _sources(program: Program, rule: RollUpRule) -> list[tuple[Part, Sequence[Pool], bool]]:
    """Return what each part of a rule offers to each objective, and whether another may offer it too."""
    may_repeat = any(part.of is Parts.DESCENDANTS for part in rule.parts)
    return [(part, _pools(program, part, rule), may_repeat) for part in rule.parts]


def _pools(program: Program, part: Part, rule: RollUpRule) -> Sequence[Pool]:
    if part.of is Parts.KEY_RESULTS:
        pools = program.own
        if program.fixed:
            pools = [_with_fixed_shares(program, row, pool) for row, pool in enumerate(pools)]
    elif part.of is Parts.INITIATIVES:
        pools = program.work
    elif part.of is Parts.DESCENDANTS:
        pools = _descendants(program, with_micro=rule.with_micro)
    else:
        pools = program.below
        if program.has_micro and not rule.with_micro:
            pools = [without_micro(program, pool) for pool in pools]
    if rule.weigh is Weighing.EQUAL:
        return [(places, tuple([float(w > 0) for w in weights])) for places, weights in pools]
    return pools


def without_micro(program: Program, pool: Pool) -> Pool:
    """Leave out Micro-OKRs: an overlay, in no pool, coverage or worst status."""
    first = len(program.key_results)
    kept = [n for n, at in enumerate(pool[0]) if not program.objectives[at - first].is_micro]
    return tuple([pool[0][n] for n in kept]), tuple([pool[1][n] for n in kept])


def _without(places: tuple[int, ...], weights: tuple[float, ...], there: tuple[int, ...]) -> Pool:
    """Leave out what has entered with an earlier part: nothing counts twice."""
    entered = frozenset(there)
    kept = [n for n, at in enumerate(places) if at not in entered]
    return tuple([places[n] for n in kept]), tuple([weights[n] for n in kept])


def _with_fixed_shares(program: Program, row: int, pool: Pool) -> Pool:
    """Let those with a fixed share have it, and the others what is left, by their weights.

    A fixed share is one of the objective in which a key result is at home. Another that refers to it
    says with the reference what it weighs there.
    """
    places, weights = pool
    fixed = {
        at: program.fixed[at] for at in places if at in program.fixed and program.home[at] == row
    }
    if not fixed:
        return pool
    free = fsum(w for at, w in zip(places, weights, strict=True) if at not in fixed)
    left = max(0.0, 1 - fsum(fixed.values()))
    return places, tuple(
        fixed.get(at, left * weight / free if free else 0.0)
        for at, weight in zip(places, weights, strict=True)
    )


def _descendants(program: Program, *, with_micro: bool) -> list[Pool]:
    """Return the key results of all objectives below each objective, each once.

    They weigh what they weigh at home: what a reference to one weighs is said of its objective alone.
    """
    first = len(program.key_results)
    found: list[dict[int, None]] = []
    for below in program.below:
        mine: dict[int, None] = {}
        for place in (below if with_micro else without_micro(program, below))[0]:
            child = place - first
            mine.update(dict.fromkeys(program.own[child][0]))
            mine.update(found[child])
        found.append(mine)
    return [(tuple(mine), tuple([program.key_results[at].weight for at in mine])) for mine in found]


def _by_size(
    program: Program,
    row: int,
    places: Sequence[int],
    weights: Sequence[float],
    weighed: dict[int, float],
    sizes: Callable[[], Sequence[float]],
) -> tuple[float, ...]:
    first, size_of = len(program.key_results), sizes()
    sized = tuple(
        (size_of[at] if at < first else weighed.get(at, 1.0)) if weight else 0.0
        for at, weight in zip(places, weights, strict=True)
    )
    weighed[first + row] = fsum(sized)
    return sized

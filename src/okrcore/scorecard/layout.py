"""What enters each objective, with which weight, and in which order that is rolled up.

Rules of this file:

1. Which parts feed an objective follows from the plan and the rule, never from which readings exist.
2. Objectives of one height with equally many parts are one batch; objectives stand children before
   parents, so nothing recurses.
"""

from __future__ import annotations

from array import array
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableSequence,
    Sequence,
)
from decimal import Decimal
from functools import cached_property
from itertools import chain, compress
from math import fsum, isnan
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar, final

from attrs import frozen

from okrcore._arith import snap
from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan import Objective
from okrcore.rulebook import Part, Parts, RollUpRule, Weighing, ZeroWeights
from okrcore.scorecard.batches import Group, put
from okrcore.scorecard.offers import Offer, Sizes, Weighed, by_size, offers_of, without
from okrcore.scorecard.program import Pool, Program, Shape

__all__ = ["Inputs", "Layout"]

#: Where a part is cut: (from, to, whether it enters as one item of weight 1).
Block: TypeAlias = tuple[int, int, bool]
#: The places, weights and blocks of what enters an objective.
Entering: TypeAlias = tuple[tuple[int, ...], tuple[float, ...], tuple[Block, ...]]
_V = TypeVar("_V")
_NONE: Final[Mapping[int, Any]] = MappingProxyType({})


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
    def weighed(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """The parts that have a weight."""
        return _counted(self.places, self.weights)

    @property
    def counted(self) -> tuple[int, ...]:
        """The places of the parts that have a weight."""
        return self.weighed[0]


@final
@frozen(eq=False)
class Layout:
    """What enters each objective, and the order in which that is rolled up.

    Args:
        program: The compiled plan.
        rules: The rule of each objective.
        plain: For each objective, whether its score is a mean of scores as they are.
        sizes: The sizes of key results and closed objectives, for rules that weigh by size.
        frozen_weights: By place, weights of key results on the days of closings, if they differ since.
    """

    program: Program
    rules: Sequence[RollUpRule]
    plain: Sequence[bool]
    sizes: Callable[[], Sizes]
    frozen_weights: Mapping[int, float]

    @cached_property
    def inputs(self) -> Sequence[Inputs]:
        """What enters each objective."""
        return [Inputs(*entering) for entering in self._entering(range(len(self.rules)))]

    def inputs_of(self, row: int) -> Inputs:
        """Return what enters one objective."""
        found = self._asked.get(row)
        if found is None:
            entering = self._loose.get(row) or next(self._entering([row]))
            found = self._asked[row] = Inputs(*entering)
        return found

    @cached_property
    def _asked(self) -> dict[int, Inputs]:
        return {}

    @cached_property
    def places(self) -> Sequence[Sequence[int]]:
        """By row, the places of what enters, weighed or not."""
        found: list[Sequence[int]] = []
        for shape, group in self._sliced.items():
            found += group.places_by_row if group else [self._loose[row][0] for row in shape.rows]
        return found

    @cached_property
    def counted(self) -> Sequence[Sequence[int]]:
        """By row, the places of what enters and has a weight."""
        found = list(self.places)
        for row, (places, weights, _) in self._loose.items():
            found[row] = _counted(places, weights)[0]
        return found

    @cached_property
    def levels(self) -> Sequence[tuple[Sequence[Group], Sequence[int]]]:
        """By height: the groups whose means are batches, and the objectives that are no such mean."""
        shapes = self.program.shapes
        groups: list[list[Group]] = [[] for _ in range(shapes[-1].height + 1 if shapes else 0)]
        others: list[list[int]] = [[] for _ in groups]
        gathered: dict[tuple[int, int], tuple[list[int], list[int], list[float]]] = {}
        for shape, group in self._sliced.items():
            if group:
                groups[shape.height].append(group)
                continue
            for row in shape.rows:
                places, weights, blocks = self._loose[row]
                counted, weighing = _counted(places, weights)
                if not (self.plain[row] and counted) or any(as_one for _, _, as_one in blocks):
                    others[shape.height].append(row)
                    continue
                key = shape.height, len(counted)
                rows, taken, stated = gathered.setdefault(key, ([], [], []))
                rows.append(row)
                taken += counted
                stated += weighing
        for (height, count), (rows, taken, stated) in gathered.items():
            groups[height].append(Group(rows, taken, stated, count))
        return list(zip(groups, others, strict=True))

    @cached_property
    def _sliced(self) -> Mapping[Shape, Group | None]:
        """The objectives of each shape as one group; None if each has to be looked at."""
        return {shape: self._group(shape) for shape in self.program.shapes}

    @cached_property
    def _loose(self) -> Mapping[int, Entering]:
        """What enters the objectives that have to be looked at, by row."""
        rows = [row for shape, group in self._sliced.items() if not group for row in shape.rows]
        return dict(zip(rows, self._entering(rows), strict=True))

    def _group(self, shape: Shape) -> Group | None:
        """Return the objectives of a shape as one group; None if each has to be looked at."""
        program, rule = self.program, self.rules[shape.rows.start]
        if not self._is_sliced or (self._apart and not self._apart.isdisjoint(shape.rows)):
            return None
        pools: list[Pool] = []
        counts: list[int] = []
        for part in rule.parts:
            is_own = part.of is Parts.KEY_RESULTS
            count = shape.own if is_own else shape.below
            if count and not (part.otherwise and pools):
                pools.append((program.own if is_own else program.below).of_rows(shape.rows))
                counts.append(count)
        if not pools:
            return None
        places, weights = (_woven(each, counts) for each in zip(*pools, strict=True))
        if 0.0 in weights:
            return None
        if rule.weigh is Weighing.EQUAL:
            weights = [1.0] * len(weights)
        return Group(shape.rows, places, array("d", weights), sum(counts))

    @cached_property
    def _is_sliced(self) -> bool:
        """Whether all objectives take whole pools of their own by one rule."""
        rules = list(_distinct(self.rules))
        kinds = [part.of for part in rules[0].parts]
        return (
            len(rules) == 1
            and len(set(kinds)) == len(kinds)
            and {Parts.KEY_RESULTS, Parts.OBJECTIVES}.issuperset(kinds)
            and not any(part.as_one for part in rules[0].parts)
            and rules[0].weigh is not Weighing.SIZE
            and rules[0].weights_total is None
        )

    @cached_property
    def _apart(self) -> frozenset[int]:
        """The rows whose pools are not as the plan has them, or whose score is no mean."""
        program, rule = self.program, self.rules[0]
        unlike = {program.home[place] for place in program.fixed}
        if not rule.with_micro:
            unlike |= program.over_micro
        if False in self.plain:
            unlike.update(row for row, is_plain in enumerate(self.plain) if not is_plain)
        return frozenset(unlike)

    def fill(
        self,
        values: list[float],
        with_care: Callable[[int], float],
        *,
        apart: Collection[int] = (),
        finish: Callable[[Sequence[int], list[float]], list[float]] | None = None,
    ) -> None:
        """Fill in objectives, children before parents: plain means in batches, others one by one.

        Args:
            values: By place; those of key results and initiatives are there.
            with_care: Gives an objective whose value is no plain mean, or of which no part has a value.
            apart: Objectives that are no plain mean on the day.
            finish: What is made of the means of a batch before they are filled in.
        """
        offset = len(self.program.key_results)
        for groups, others in self.levels:
            rest = list(others)
            for group in groups:
                means = group.means(values)
                if apart or isnan(sum(means)):
                    rest += [
                        row
                        for row, whole in zip(group.rows, means, strict=True)
                        if isnan(whole) or row in apart
                    ]
                put(values, group.rows, offset, finish(group.rows, means) if finish else means)
            for row in rest:
                values[offset + row] = with_care(row)

    def gather(
        self,
        values: MutableSequence[_V],
        make: Callable[[Sequence[_V], Iterable[Sequence[_V]]], Iterable[_V]],
        *,
        weighed: bool = False,
        closed: Mapping[int, _V] = _NONE,
    ) -> None:
        """Fill in objectives with what is made of the values of their parts, children before parents.

        What has no parts keeps what it has.

        Args:
            values: By place; initiatives are parts if these reach to them.
            make: Is given what some objectives have, and the values of the parts of each.
            weighed: Whether parts without a weight are left out.
            closed: Values of closed objectives and key results, by place, which stay as they are.
        """
        offset = len(self.program.key_results)
        for place, value in closed.items():
            values[place : place + 1] = [value]
        for shape, group in self._sliced.items():
            if group:
                rows = slice(offset + shape.rows.start, offset + shape.rows.stop)
                values[rows] = list(make(values[rows], group.parts_of(values)))
                for row in shape.rows if closed else ():
                    if offset + row in closed:
                        values[offset + row : offset + row + 1] = [closed[offset + row]]
                continue
            for row in shape.rows:
                if offset + row in closed:
                    continue
                places, weights, _ = self._loose[row]
                entering = _counted(places, weights)[0] if weighed else places
                parts = [values[at] for at in entering if at < len(values)]
                if parts:
                    values[offset + row : offset + row + 1] = list(
                        make([values[offset + row]], [parts])
                    )

    @cached_property
    def bare(self) -> Sequence[int]:
        """The rows into which nothing enters."""
        return [row for row, (places, _, _) in self._loose.items() if not places]

    @cached_property
    def _offers(self) -> Mapping[int, list[tuple[Part, Offer, bool]]]:
        return {
            id(rule): offers_of(self.program, rule, self.frozen_weights)
            for rule in _distinct(self.rules)
        }

    def size_of(self, row: int) -> float | None:
        """Return what the parts of an objective total by size; None under a rule that does not weigh by it."""
        self._loose  # noqa: B018  # what enters is weighed from the lowest objective up
        return self._weighed.sizes.get(len(self.program.key_results) + row)

    @cached_property
    def _weighed(self) -> Weighed:
        return Weighed()

    def _entering(self, rows: Sequence[int]) -> Iterator[Entering]:
        """Yield the places, weights and blocks of what enters some objectives, children before parents.

        Raises:
            InconsistentPlanError: Weights do not total what the rule asks for, or sizes are of several
                units.
        """
        for row in rows:
            rule = self.rules[row]
            places: tuple[int, ...] = ()
            weights: tuple[float, ...] = ()
            blocks: list[Block] = []
            for part, offer, may_repeat in self._offers[id(rule)]:
                if part.otherwise and places:
                    continue
                entering, stated = offer(row)
                if may_repeat and places:
                    entering, stated = without(entering, stated, places)
                if entering:
                    blocks.append((len(places), len(places) + len(entering), part.as_one))
                    places, weights = (*places, *entering), (*weights, *stated)
            if rule.weights_total is not None and places:
                _must_total(self.program.objectives[row], rule.weights_total, weights)
            if rule.weigh is Weighing.SIZE:
                weights = by_size(self.program, row, places, weights, self._weighed, self.sizes)
            if rule.zero_weights is ZeroWeights.EQUAL and places and not any(weights):
                weights = (1.0,) * len(places)
            yield places, weights, tuple(blocks)


def _woven(pools: Sequence[Sequence[_V]], counts: Sequence[int]) -> Sequence[_V]:
    """Return so many of each pool for the first objective, then as many for the next, and so on."""
    if len(pools) == 1:
        return pools[0]
    taken = ([iter(pool)] * count for pool, count in zip(pools, counts, strict=True))
    return list(chain.from_iterable(zip(*chain.from_iterable(taken), strict=True)))


def _counted(
    places: tuple[int, ...], weights: tuple[float, ...]
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return what has a weight."""
    if 0.0 not in weights:
        return places, weights
    return tuple(compress(places, weights)), tuple(filter(None, weights))


def _distinct(rules: Sequence[RollUpRule]) -> Iterable[RollUpRule]:
    # By identity: hashing a rule walks through all of it.
    return {id(rule): rule for rule in rules}.values()


def _must_total(objective: Objective, wanted: float, weights: Sequence[float]) -> None:
    total = fsum(weights)
    missing = snap(abs(total - wanted))
    if missing and missing >= snap(_rounding([weight for weight in weights if weight], wanted)):
        raise InconsistentPlanError(
            "weights-total",
            path_of(objective, "key_results"),
            # Of the weights as they were written: 33.3 and 66.6 are 99.9, and no 99.89999999999999.
            snap(float(sum(map(Decimal, map(repr, weights))))),
            f"let the weights total {wanted:g}",
        )


def _rounding(weights: Sequence[float], wanted: float) -> float:
    """Return by how much weights may miss their total because they were rounded as they were written.

    That is half of the last decimal that any of them has, for each: three times 33.3 totals 100, and so does
    17.9 with 41.0 twice. Whole numbers, and decimals of more than 1% of the total, are too coarse to be
    roundings: they are meant as they stand.
    """
    decimals = (int(Decimal(repr(weight)).normalize().as_tuple().exponent) for weight in weights)
    last = min(decimals, default=0)
    step = 10.0**last
    return len(weights) * step / 2 if last < 0 and step * 100 <= wanted else 0.0

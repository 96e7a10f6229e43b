"""Parts of an objective under a rule: its key results, objectives below, initiatives, or all key results below.

Rule of this file: parts follow from the plan and the rule alone, never from readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress
from math import fsum, isnan
from typing import Final, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import snap
from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan import Objective
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import RollUpPart, RollUpRule, RollUpSource, Weighing, ZeroWeights
from okrcore.scorecard.day.compiled_plan import CompiledPlan, Pool

__all__ = [
    "NO_OUTER_PARTS",
    "Inputs",
    "Offer",
    "OuterParts",
    "Weighed",
    "by_size",
    "children_of",
    "offers_of",
    "parts_of_each",
    "without",
    "without_micro",
]

#: Returns the items that can enter the objective at an index.
Offer: TypeAlias = Callable[[int], Pool]
_NO_UNIT: Final = "in no unit"
_NO_SPAN: Final = "without a span"

#: Range of parts: (from, to, whether they enter as one item of weight 1).
Block: TypeAlias = tuple[int, int, bool]


@final
@frozen
class Inputs:
    """Parts of an objective under a rule; those of weight 0 are tracked, not counted."""

    indexes: tuple[int, ...]
    weights: tuple[float, ...]
    blocks: tuple[Block, ...]

    @property
    def weighed(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Indexes and weights of the parts with a weight."""
        if 0.0 not in self.weights:
            return self.indexes, self.weights
        return tuple(compress(self.indexes, self.weights)), tuple(filter(None, self.weights))

    @property
    def counted(self) -> tuple[int, ...]:
        """Indexes of the parts with a weight."""
        return self.weighed[0]


@final
@frozen(eq=False)
class OuterParts:
    """Parts with the numbers of another evaluation: chains, and key results below closed objectives.

    Args:
        pools: By index of an objective and `with_micro` of its rule, all key results below.
        originals: By index of a part, that of its key result, or of the newest member of its chain.
        below: By index of an objective above a chain and `with_micro`, the objectives below.
    """

    pools: Mapping[tuple[int, bool], Pool]
    originals: Mapping[int, int]
    below: Mapping[tuple[int, bool], Pool]


NO_OUTER_PARTS: Final = OuterParts({}, {}, {})


@final
@frozen(eq=False)
class Weighed:
    """Sizes of objectives, by index.

    Args:
        sizes: Total size of the parts of each.
        units: Units of those sizes in words, each with the id of a part in it.
    """

    sizes: dict[int, float] = field(factory=dict[int, float])
    units: dict[int, dict[str, str]] = field(factory=dict[int, dict[str, str]])


def offers_of(
    compiled: CompiledPlan, rule: RollUpRule, outer_parts: OuterParts
) -> list[tuple[RollUpPart, Offer, bool]]:
    """Return the offer of each part of a rule, and whether another one may have the same items."""
    may_repeat = any(part.of is RollUpSource.DESCENDANTS for part in rule.parts)
    return [(part, _offer(compiled, part, rule, outer_parts), may_repeat) for part in rule.parts]


def _offer(
    compiled: CompiledPlan,
    part: RollUpPart,
    rule: RollUpRule,
    outer_parts: OuterParts,
) -> Offer:
    offer: Offer
    if part.of is RollUpSource.KEY_RESULTS:
        offer = partial(_with_fixed_shares, compiled) if compiled.fixed else compiled.own.of
    elif part.of is RollUpSource.INITIATIVES:
        offer = compiled.work.of
    elif part.of is RollUpSource.DESCENDANTS and outer_parts.pools:
        offer = partial(_outer, outer_parts.pools, rule.with_micro)
    elif part.of is RollUpSource.DESCENDANTS:
        offer = _descendants(compiled, with_micro=rule.with_micro).__getitem__
    elif compiled.over_micro or outer_parts.below:
        offer = partial(children_of, compiled, outer_parts, with_micro=rule.with_micro)
    else:
        offer = compiled.below.of
    return partial(_equal, offer) if rule.weigh is Weighing.EQUAL else offer


def children_of(
    compiled: CompiledPlan, outer_parts: OuterParts, index: int, *, with_micro: bool
) -> Pool:
    """Return the objectives below an objective, each chain once."""
    if (index, with_micro) in outer_parts.below:
        return outer_parts.below[index, with_micro]
    if with_micro or index not in compiled.over_micro:
        return compiled.below.of(index)
    return without_micro(compiled, index)


def _outer(pools: Mapping[tuple[int, bool], Pool], with_micro: bool, index: int) -> Pool:  # noqa: FBT001
    return pools[index, with_micro]


def _equal(offer: Offer, index: int) -> Pool:
    indexes, weights = offer(index)
    return indexes, [float(weight > 0) for weight in weights]


def without_micro(compiled: CompiledPlan, index: int) -> Pool:
    """Return the objectives below without Micro-OKRs, which enter no pool, coverage or worst status."""
    indexes, weights = compiled.below.of(index)
    kept = [n for n, at in enumerate(indexes) if not compiled.objective(at).is_micro]
    return [indexes[n] for n in kept], [weights[n] for n in kept]


def without(
    indexes: Sequence[int],
    weights: Sequence[float],
    earlier: tuple[int, ...],
    originals: Mapping[int, int],
) -> Pool:
    """Return items without those that have entered with an earlier part: nothing counts twice."""
    entered = frozenset(earlier)
    kept = [n for n, at in enumerate(indexes) if originals.get(at, at) not in entered]
    return [indexes[n] for n in kept], [weights[n] for n in kept]


def _with_fixed_shares(compiled: CompiledPlan, index: int) -> Pool:
    """Return key results with their fixed share; the others split the rest by weight.

    In an objective that refers to a key result its fixed share does not apply.
    """
    indexes, weights = pool = compiled.own.of(index)
    fixed = {
        at: compiled.fixed[at]
        for at in indexes
        if at in compiled.fixed and compiled.home[at] == index
    }
    if not fixed:
        return pool
    free = fsum(w for at, w in zip(indexes, weights, strict=True) if at not in fixed)
    left = max(0.0, 1 - fsum(fixed.values()))
    return indexes, [
        fixed.get(at, left * weight / free if free else 0.0)
        for at, weight in zip(indexes, weights, strict=True)
    ]


def _descendants(compiled: CompiledPlan, *, with_micro: bool) -> Mapping[int, Pool]:
    """Return, by index of an objective, the key results of all objectives below, each once.

    Their weight is that at home, not that of a reference.
    """
    found: dict[int, dict[int, None]] = {}
    for index in compiled.of_objectives:
        mine: dict[int, None] = {}
        pool = compiled.below.of(index) if with_micro else without_micro(compiled, index)
        for child in pool[0]:
            mine.update(dict.fromkeys(compiled.own.of(child)[0]))
            mine.update(found[child])
        found[index] = mine
    return {
        index: (tuple(mine), [compiled.key_results[at].weight for at in mine])
        for index, mine in found.items()
    }


def by_size(
    compiled: CompiledPlan,
    index: int,
    indexes: Sequence[int],
    weights: Sequence[float],
    weighed: Weighed,
    size_of: Callable[[int], float],
    originals: Mapping[int, int],
) -> tuple[float, ...]:
    """Return weights by size: of a key result its span, of an objective the total of its parts.

    Parts of weight 0 keep it. A line whose baseline is to be established has the mean size of the others until
    then. If no part has a span, each has the size 1. The size of the objective is put into `weighed`.

    Raises:
        InconsistentPlanError: The sizes are of several units, or only some parts have a span.
    """
    counted = [at for at, weight in zip(indexes, weights, strict=True) if weight]
    in_unit: dict[str, str] = {}
    for at in counted:
        original = originals.get(at, at)
        known = {_unit_of(compiled, original): compiled.ids[original]}
        if original in compiled.of_objectives:
            known = weighed.units.get(original, {})
        for unit, id in known.items():
            in_unit.setdefault(unit, id)
    if len(in_unit) > 1:
        raise InconsistentPlanError(
            "unit-mismatch",
            path_of(compiled.objective(index), "key_results"),
            ", ".join(f"{id} {unit}" for unit, id in in_unit.items()),
            "sizes add up in one unit: weigh as stated, or keep other units in an objective with a method"
            " that does",
        )
    above = range(compiled.of_objectives.start, compiled.size)
    found = {
        at: weighed.sizes.get(at, 1.0) if originals.get(at, at) in above else size_of(at)
        for at in counted
    }
    known_sizes = [size for size in found.values() if not isnan(size)]
    mean_size = fsum(known_sizes) / len(known_sizes) if known_sizes else 1.0
    stated = zip(indexes, weights, strict=True)
    sizes = [found[at] if weight else 0.0 for at, weight in stated]
    sized = tuple(mean_size if isnan(size) else size for size in sizes)
    weighed.sizes.setdefault(index, fsum(sized))
    weighed.units[index] = in_unit
    return sized


def _unit_of(compiled: CompiledPlan, index: int) -> str:
    """Return the unit of the size of a key result or initiative, in words."""
    is_key_result = index in compiled.of_key_results
    if not is_key_result or type(compiled.measures[index]) not in LINEAR:
        return _NO_SPAN
    unit = compiled.unit_of(index)
    return _NO_UNIT if unit is None else f"in {unit}"


def parts_of_each(
    compiled: CompiledPlan,
    rules: Sequence[RollUpRule],
    objectives: Sequence[int],
    weighed: Weighed,
    size_of: Callable[[int], float],
    outer_parts: OuterParts = NO_OUTER_PARTS,
) -> Iterator[Inputs]:
    """Yield the parts of some objectives, children before parents.

    Raises:
        InconsistentPlanError: Weights do not have the required total, or sizes are of several units.
    """
    originals = outer_parts.originals
    offers: dict[int, list[tuple[RollUpPart, Offer, bool]]] = {}
    for index in objectives:
        rule = rules[index]
        if id(rule) not in offers:
            offers[id(rule)] = offers_of(compiled, rule, outer_parts)
        indexes: tuple[int, ...] = ()
        weights: tuple[float, ...] = ()
        blocks: list[Block] = []
        for part, offer, may_repeat in offers[id(rule)]:
            if part.otherwise and indexes:
                continue
            entering, stated = offer(index)
            if may_repeat and indexes:
                entering, stated = without(entering, stated, indexes, originals)
            if entering:
                blocks.append((len(indexes), len(indexes) + len(entering), part.as_one))
                indexes, weights = (*indexes, *entering), (*weights, *stated)
        if rule.weights_total is not None and indexes:
            _must_total(compiled.objective(index), rule.weights_total, weights)
        if rule.weigh is Weighing.SIZE:
            weights = by_size(compiled, index, indexes, weights, weighed, size_of, originals)
        if rule.zero_weights is ZeroWeights.EQUAL and indexes and not any(weights):
            weights = (1.0,) * len(indexes)
        yield Inputs(indexes, weights, tuple(blocks))


def _must_total(objective: Objective, wanted: float, weights: Sequence[float]) -> None:
    total = fsum(weights)
    missing = snap(abs(total - wanted))
    if missing and missing >= snap(_rounding([weight for weight in weights if weight], wanted)):
        raise InconsistentPlanError(
            "weights-total",
            path_of(objective, "key_results"),
            # In decimals as written: 33.3 and 66.6 are 99.9, not 99.89999999999999.
            snap(float(sum(map(Decimal, map(repr, weights))))),
            f"let the weights total {wanted:g}",
        )


def _rounding(weights: Sequence[float], wanted: float) -> float:
    """Return the distance from their total that comes from rounding weights as they are written.

    That is half of the last decimal of any, for each: three times 33.3 totals 100, and so does 17.9 with 41.0
    twice. Whole numbers, and decimals of more than 1% of the total, are not taken for rounded.
    """
    decimals = (int(Decimal(repr(weight)).normalize().as_tuple().exponent) for weight in weights)
    last = min(decimals, default=0)
    step = 10.0**last
    return len(weights) * step / 2 if last < 0 and step * 100 <= wanted else 0.0

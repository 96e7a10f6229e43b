"""Parts of each objective with their weights, and the order in which they are rolled up.

Rules of this file:

1. Objectives of one height with equally many parts are one batch; children come before parents, so
   nothing recurses.
2. `parts_of_each` is the plain definition. Batches of one shape are slices of the same pools, cut by `_batch`.

Laws: test_batches_have_the_parts_of_each_objective.
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
from itertools import chain
from math import isnan
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, TypeVar, final

from attrs import frozen

from okrcore.plan import Combination
from okrcore.rulebook import BreachEffect, RollUpRule, RollUpSource, Rulebook, Weighing
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.day.batches import MeanBatch, put
from okrcore.scorecard.day.compiled_plan import CompiledPlan, Pool, Shape
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.parts import Inputs, OuterParts, Weighed, parts_of_each

__all__ = ["Inputs", "RollUpInputs", "confidence_inputs_of", "roll_up_inputs_of"]

_V = TypeVar("_V")
_NONE: Final[Mapping[int, Any]] = MappingProxyType({})
#: Rules that do not weigh by size look up no sizes.
_UNSIZED: Final[Callable[[int], float]] = _NONE.__getitem__
#: Most inputs kept with a plan, one for each rule it was evaluated by (library default).
_MOST_KEPT: Final = 8


@final
@frozen(eq=False)
class RollUpInputs:
    """Parts of each objective, and the order in which they are rolled up.

    Args:
        compiled: The compiled plan.
        rules: Rule of each item, by index.
        batches: Batch of the objectives of each shape; None if they are in `loose`.
        loose: By index, the parts of objectives that are in no batch of their shape.
        levels: By height, batches of plain means, and the indexes of all other objectives.
        outer: Chains, and key results below closed objectives.
        sizes: By index, sizes of objectives under rules that weigh by size.
        single: Parts of single objectives by index: those in `loose`, and those that `of` returned.
        count: Number of indexes, those of outer parts included.
    """

    compiled: CompiledPlan
    rules: Sequence[RollUpRule]
    batches: Mapping[Shape, MeanBatch | None]
    loose: Mapping[int, Inputs]
    levels: Sequence[tuple[Sequence[MeanBatch], Sequence[int]]]
    outer: OuterParts
    sizes: Mapping[int, float]
    single: dict[int, Inputs]
    count: int

    def of(self, index: int) -> Inputs:
        """Return the parts of one objective."""
        found = self.single.get(index)
        if found is None:
            # Objectives of a shape have no outer parts, and no sizes.
            found = next(parts_of_each(self.compiled, self.rules, [index], Weighed(), _UNSIZED))
            self.single[index] = found
        return found

    def original(self, index: int) -> int:
        """Return the index of the item that an outer part has the numbers of; other items have their own."""
        return self.outer.originals.get(index, index)

    def each(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield each objective with the indexes of its parts, weighed or not, children before parents."""
        return self._each(attrgetter("indexes"))

    def each_counted(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield each objective with the indexes of its parts with a weight, children before parents."""
        return self._each(attrgetter("counted"))

    def _each(
        self, parts_of: Callable[[Inputs], Sequence[int]]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        for shape, batch in self.batches.items():
            if batch:
                yield from zip(batch.objectives, batch.parts_by_objective, strict=True)
            else:
                yield from ((index, parts_of(self.loose[index])) for index in shape.objectives)

    @property
    def without_parts(self) -> Iterator[int]:
        """Indexes of objectives without any part."""
        return (index for index, inputs in self.loose.items() if not inputs.indexes)

    def fill(
        self,
        values: list[float],
        compute_one: Callable[[int], float],
        *,
        apart: Collection[int] = (),
        finish: Callable[[Sequence[int], list[float]], list[float]] | None = None,
    ) -> None:
        """Fill in objectives, children before parents: plain means in batches, others one by one.

        Args:
            values: By index; those of key results and initiatives are given.
            compute_one: Returns the value of an objective that is no plain mean, or has no part with one.
            apart: Objectives that are no plain mean on the day.
            finish: Changes the means of a batch before they are filled in.
        """
        for batches, others in self.levels:
            rest = list(others)
            for batch in batches:
                means = batch.means(values)
                if apart or isnan(sum(means)):
                    rest += [
                        index
                        for index, mean in zip(batch.objectives, means, strict=True)
                        if isnan(mean) or index in apart
                    ]
                put(values, batch.objectives, finish(batch.objectives, means) if finish else means)
            for index in rest:
                values[index] = compute_one(index)

    def gather(
        self,
        values: MutableSequence[_V],
        make: Callable[[Sequence[_V], Iterable[Sequence[_V]]], Iterable[_V]],
        *,
        weighed: bool = False,
        with_work: bool = False,
        closed: Mapping[int, _V] = _NONE,
    ) -> None:
        """Fill in objectives with a value made of those of their parts, children before parents.

        Objectives without parts keep their value.

        Args:
            values: By index.
            make: Returns values of objectives from those they have, and those of the parts of each.
            weighed: Whether parts without a weight are left out.
            with_work: Whether initiatives are parts.
            closed: By index, values of closed items, which stay.
        """
        work = range(0) if with_work else self.compiled.of_initiatives
        for index, value in closed.items():
            values[index : index + 1] = [value]
        for shape, batch in self.batches.items():
            if batch:
                cut = slice(shape.objectives.start, shape.objectives.stop)
                values[cut] = list(make(values[cut], batch.parts_of(values)))
                for index in shape.objectives if closed else ():
                    if index in closed:
                        values[index : index + 1] = [closed[index]]
                continue
            for index in shape.objectives:
                if index in closed:
                    continue
                inputs = self.loose[index]
                entering = inputs.counted if weighed else inputs.indexes
                parts = [values[at] for at in entering if at not in work]
                if parts:
                    values[index : index + 1] = list(make([values[index]], [parts]))


def roll_up_inputs_of(
    facts: Facts,
    outer_parts: OuterParts,
    size_of: Callable[[int], float],
    closed_sizes: Mapping[int, float] = _NONE,
) -> RollUpInputs:
    """Return the parts of each objective for its score, given sizes of key results and closed objectives."""
    return _inputs_of(facts, lambda book: book.roll_up, outer_parts, size_of, closed_sizes)


def confidence_inputs_of(facts: Facts, inputs: RollUpInputs) -> RollUpInputs:
    """Return the parts of each objective for its confidence, given those for its score."""
    return _inputs_of(facts, lambda book: book.confidence, inputs.outer, facts.size_of, _NONE)


def _inputs_of(
    facts: Facts,
    rule_of: Callable[[Rulebook], RollUpRule],
    outer_parts: OuterParts,
    size_of: Callable[[int], float],
    closed_sizes: Mapping[int, float],
) -> RollUpInputs:
    """Return the parts of each objective, kept with the plan if they follow from plan and rulebook alone."""
    compiled, rule = facts.compiled, rule_of(facts.rulebook)
    if compiled.has_methods or rule.weigh is Weighing.SIZE or outer_parts.pools:
        return _make(facts, rule_of, outer_parts, size_of, closed_sizes)
    kept = compiled.kept_inputs
    # Chains are the same parts on most days.
    key = rule, facts.rulebook.guardrails, outer_parts
    found = kept.get(key)
    if not isinstance(found, RollUpInputs):
        found = _make(facts, rule_of, outer_parts, size_of, closed_sizes)
        while len(kept) >= _MOST_KEPT:
            # Another thread may have removed it already.
            kept.pop(next(iter(kept)), None)
        kept[key] = found
    return found


def _make(
    facts: Facts,
    rule_of: Callable[[Rulebook], RollUpRule],
    outer_parts: OuterParts,
    size_of: Callable[[int], float],
    closed_sizes: Mapping[int, float],
) -> RollUpInputs:
    compiled, special = facts.compiled, _special(facts, rule_of)
    rules = facts.by_book(rule_of)
    distinct = list({id(rule): rule for rule in map(rule_of, facts.distinct_books)}.values())
    batches: dict[Shape, MeanBatch | None] = dict.fromkeys(compiled.shapes)
    if len(distinct) == 1 and _takes_whole_pools(distinct[0]):
        apart = _with_other_pools(compiled, distinct[0]) | special
        apart |= {index for index, _ in outer_parts.below}
        batches = {
            shape: _batch(compiled, distinct[0], shape)
            if not apart or apart.isdisjoint(shape.objectives)
            else None
            for shape in compiled.shapes
        }
    loose_ones = [
        index for shape, batch in batches.items() if not batch for index in shape.objectives
    ]
    weighed = Weighed(dict(closed_sizes))
    loose: dict[int, Inputs] = {}
    if loose_ones:
        entering = parts_of_each(compiled, rules, loose_ones, weighed, size_of, outer_parts)
        loose = dict(zip(loose_ones, entering, strict=True))
    levels = _levels(batches, loose, special)
    return RollUpInputs(
        compiled,
        rules,
        batches,
        loose,
        levels,
        outer_parts,
        weighed.sizes,
        dict(loose),
        compiled.size + len(outer_parts.originals),
    )


def _special(facts: Facts, rule_of: Callable[[Rulebook], RollUpRule]) -> frozenset[int]:
    """Return the indexes of objectives whose score is no plain mean of scores."""
    compiled, books = facts.compiled, facts.distinct_books
    is_separate = all(book.guardrails.effect is BreachEffect.SEPARATE for book in books)
    if is_separate and all(map(_is_plain, map(rule_of, books))):
        return frozenset()
    plain = facts.by_book(lambda book: _is_plain(rule_of(book)))
    separate = facts.by_book(lambda book: book.guardrails.effect is BreachEffect.SEPARATE)
    return frozenset(
        index
        for index, objective in zip(compiled.of_objectives, compiled.objectives, strict=True)
        if not plain[index] or (objective.guardrails and not separate[index])
    )


def _is_plain(rule: RollUpRule) -> bool:
    return (
        rule.combine is Combination.MEAN
        and rule.entry == UNCHANGED
        and rule.missing is None
        and rule.least_coverage == 0
        and rule.with_judged is None
    )


def _levels(
    batches: Mapping[Shape, MeanBatch | None], loose: Mapping[int, Inputs], special: Collection[int]
) -> Sequence[tuple[Sequence[MeanBatch], Sequence[int]]]:
    """Return, by height, batches of plain means, and the indexes of all other objectives."""
    highest = max((shape.height for shape in batches), default=-1)
    means: list[list[MeanBatch]] = [[] for _ in range(highest + 1)]
    others: list[list[int]] = [[] for _ in means]
    gathered: dict[tuple[int, int], tuple[list[int], list[int], list[float]]] = {}
    for shape, batch in batches.items():
        if batch:
            means[shape.height].append(batch)
            continue
        for index in shape.objectives:
            inputs = loose[index]
            counted, weights = inputs.weighed
            is_plain = index not in special and counted
            if not is_plain or any(as_one for _, _, as_one in inputs.blocks):
                others[shape.height].append(index)
                continue
            key = shape.height, len(counted)
            objectives, taken, stated = gathered.setdefault(key, ([], [], []))
            objectives.append(index)
            taken += counted
            stated += weights
    for (height, count), (objectives, taken, stated) in gathered.items():
        means[height].append(MeanBatch.of(objectives, taken, stated, count))
    return list(zip(means, others, strict=True))


# --- batches of one shape ----------------------------------------------------------------------


def _takes_whole_pools(rule: RollUpRule) -> bool:
    """Whether the parts of each objective are whole pools, with their weights."""
    kinds = [part.of for part in rule.parts]
    return (
        len(set(kinds)) == len(kinds)
        and {RollUpSource.KEY_RESULTS, RollUpSource.OBJECTIVES}.issuperset(kinds)
        and not any(part.as_one for part in rule.parts)
        and rule.weigh is not Weighing.SIZE
        and rule.weights_total is None
    )


def _with_other_pools(compiled: CompiledPlan, rule: RollUpRule) -> frozenset[int]:
    """Return the indexes of objectives whose parts are not the pools of the plan."""
    found = frozenset(compiled.home[index] for index in compiled.fixed)
    return found if rule.with_micro else found | compiled.over_micro


def _batch(compiled: CompiledPlan, rule: RollUpRule, shape: Shape) -> MeanBatch | None:
    """Return the objectives of a shape as one batch; None without parts, or if one has weight 0."""
    pools: list[Pool] = []
    counts: list[int] = []
    for part in rule.parts:
        is_own = part.of is RollUpSource.KEY_RESULTS
        count = shape.own if is_own else shape.below
        if count and not (part.otherwise and pools):
            pools.append((compiled.own if is_own else compiled.below).of_range(shape.objectives))
            counts.append(count)
    if not pools:
        return None
    parts, weights = (_interleaved(each, counts) for each in zip(*pools, strict=True))
    if 0.0 in weights:
        return None
    if rule.weigh is Weighing.EQUAL:
        weights = [1.0] * len(weights)
    return MeanBatch.of(shape.objectives, parts, array("d", weights), sum(counts))


def _interleaved(pools: Sequence[Sequence[_V]], counts: Sequence[int]) -> Sequence[_V]:
    """Return pools by objective: `counts` items of each pool for the first one, then for the next."""
    if len(pools) == 1:
        return pools[0]
    taken = ([iter(pool)] * count for pool, count in zip(pools, counts, strict=True))
    return list(chain.from_iterable(zip(*chain.from_iterable(taken), strict=True)))

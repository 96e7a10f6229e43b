"""Key results below closed objectives, for objectives above those that roll up all key results below.

Rules of this file:

1. For objectives above a closed one, a key result below it has the numbers of that closing. In its own
   objective, which may be open, it has those of the day.
2. Below several objectives, it has the numbers by the one that is open, or was closed last: it enters once.
3. A frozen part has an index of its own, after those of all items, and the numbers of its closing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar

from okrcore.rulebook import Parts, RollUpRule
from okrcore.scorecard.day.closings import OrderedStages
from okrcore.scorecard.day.compiled_plan import Pool
from okrcore.scorecard.day.parts import FrozenParts, without_micro

__all__ = ["Ways", "frozen_parts_of", "rolls_up_all", "ways_of"]


_E = TypeVar("_E", bound=OrderedStages)
#: By index of an objective, the key results below it by id, with the evaluation and index of their numbers.
Ways: TypeAlias = Mapping[int, Mapping[str, tuple[_E, int]]]


def rolls_up_all(rules: Iterable[RollUpRule]) -> frozenset[bool]:
    """Return `with_micro` of the rules that roll up all key results below."""
    return frozenset(
        rule.with_micro
        for rule in rules
        if any(part.of is Parts.DESCENDANTS for part in rule.parts)
    )


def ways_of(
    evaluation: _E,
    closed: Mapping[int, tuple[_E, int]],
    ways_in: Mapping[int, Ways[_E]],
    closed_in: Mapping[int, Mapping[int, tuple[_E, int]]],
    *,
    with_micro: bool,
) -> Ways[_E]:
    """Return the key results below each objective, with the evaluations of their numbers.

    `ways_in` and `closed_in` are those of the evaluations of closings, by identity.
    """
    compiled, found = evaluation.facts.compiled, dict[int, dict[str, tuple[_E, int]]]()
    for index in compiled.of_objectives:
        mine: dict[str, tuple[_E, int]] = {}
        for child in (compiled.below.of(index) if with_micro else without_micro(compiled, index))[
            0
        ]:
            then, at = closed.get(child, (evaluation, child))
            closed_then = closed if then is evaluation else closed_in[id(then)]
            below = found[child] if then is evaluation else ways_in[id(then)][at]
            plan_then = then.facts.compiled
            own = {plan_then.ids[k]: closed_then.get(k, (then, k)) for k in plan_then.own.of(at)[0]}
            # In the order of `parts`, own ones first; one that is below too has its own numbers.
            for key_result, entry in {**own, **below, **own}.items():
                before = mine.get(key_result)
                if before is None or entry[0].order > before[0].order:
                    mine[key_result] = entry
        found[index] = mine
    return found


def frozen_parts_of(
    evaluation: _E, ways: Mapping[bool, Ways[_E]]
) -> tuple[FrozenParts, Mapping[int, tuple[_E, int]]]:
    """Return the frozen parts of a day, and the evaluation and index of the numbers of each, by index.

    `ways` has the key results below each objective, by `with_micro`.
    """
    compiled, first = evaluation.facts.compiled, evaluation.facts.compiled.size
    index_of: dict[tuple[int, int], int] = {}
    sources: dict[int, tuple[_E, int]] = {}
    originals: dict[int, int] = {}
    pools: dict[tuple[int, bool], Pool] = {}
    for with_micro, below in ways.items():
        for objective, entries in below.items():
            indexes: list[int] = []
            weights: list[float] = []
            for key_result, (then, at) in entries.items():
                index = at
                if then is not evaluation:
                    index = index_of.setdefault((id(then), at), first + len(index_of))
                    sources[index] = then, at
                    originals[index] = compiled.index_of[key_result]
                indexes.append(index)
                weights.append(then.facts.compiled.key_results[at].weight)
            pools[objective, with_micro] = tuple(indexes), weights
    return FrozenParts(pools, originals), sources

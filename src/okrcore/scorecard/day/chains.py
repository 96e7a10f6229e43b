"""Chains: objectives of several cycles that carry on one piece of work.

Rules of this file:

1. From the first day of the cycle of its newest member a chain counts once in an objective above, with the
   weight of that member; before that day the older member alone. Drafts and proposals have not started.
2. Under an objective that only an older member supports, that one counts as it is.
3. Under a member of its own a chain does not count: there each other member counts as it is.
4. A Micro-OKR joins no chain of another cadence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar, final

from attrs import frozen

from okrcore.journal.lifecycle import UNSTARTED
from okrcore.plan import Objective
from okrcore.scorecard.day.compiled_plan import CompiledPlan, Pool
from okrcore.scorecard.day.facts import Facts

__all__ = ["Chain", "ChainPools", "chains_of", "pools_with_chains", "works_of"]

_T = TypeVar("_T")


@final
@frozen(eq=False)
class Chain:
    """Objectives that carry on one piece of work, two at least.

    Args:
        members: Oldest first; all have started.
        index: Index of the newest.
    """

    members: tuple[Objective, ...]
    index: int

    @property
    def newest(self) -> Objective:
        """The member that is worked on now."""
        return self.members[-1]

    def until(self, n: int, index: int) -> Chain:
        """Return the chain up to a member, given its index."""
        return Chain(self.members[: n + 1], index)

    @property
    def older(self) -> tuple[Objective, ...]:
        """The members before it."""
        return self.members[:-1]


#: By index of a member, its chain and its number in that.
_Places: TypeAlias = Mapping[int, tuple[Chain, int]]
#: By index of an objective and `with_micro` of a rule, the objectives below it, each chain once.
ChainPools = Mapping[tuple[int, bool], Pool]


def chains_of(facts: Facts) -> Sequence[Chain]:
    """Return the chains of a day with two members or more."""
    compiled, after = facts.compiled, dict[str, Objective]()
    for objective in compiled.continuing:
        before = compiled.index_of.get(objective.continues or "")
        if before is None or before not in compiled.of_objectives:
            continue  # a part begins with its first member
        if _is_carried(facts, compiled.objective(before), objective):
            after[objective.continues or ""] = objective
    later = {objective.id for objective in after.values()}
    chains: list[Chain] = []
    for first in after.keys() - later if len(after) > 1 else after:
        members = [compiled.objective(compiled.index_of[first])]
        while members[-1].id in after:
            members.append(after[members[-1].id])
        chains.append(Chain(tuple(members), compiled.index_of[members[-1].id]))
    return sorted(chains, key=lambda chain: chain.index)


def _is_carried(facts: Facts, before: Objective, after: Objective) -> bool:
    """Return whether an objective has started to carry on another one."""
    if after.cycle is not None and after.cycle.start > facts.day:
        return False
    if before.is_micro or after.is_micro:
        cadences = [each.cycle and each.cycle.cadence for each in (before, after)]
        if cadences[0] != cadences[1]:
            return False
    life = facts.lives.get(facts.compiled.index_of[after.id])
    return life is None or life.state not in UNSTARTED


def pools_with_chains(
    compiled: CompiledPlan, chains: Sequence[Chain]
) -> tuple[ChainPools, Mapping[int, int], Sequence[Chain]]:
    """Return the objectives below each objective that a chain is below.

    Chains have indexes of their own, after those of all items.

    Args:
        compiled: The compiled plan.
        chains: The chains of the day.

    Returns:
        The pools; the index of each chain in them, with that of its newest member; and these chains, in the
        same order. Under an objective that its newest members do not support a chain ends before them.
    """
    places = {
        compiled.index_of[each.id]: (chain, n)
        for chain in chains
        for n, each in enumerate(chain.members)
    }
    originals: dict[int, int] = {}
    found: dict[tuple[int, bool], Pool] = {}
    entering: dict[int, tuple[int, Chain]] = {}
    for index in compiled.of_objectives:
        below, weights = compiled.below.of(index)
        mine = places[index][0] if index in places else None
        inside = {at: places[at] for at in below if at in places and places[at][0] is not mine}
        if not inside:
            continue
        last: dict[int, int] = {}
        for chain, n in inside.values():
            last[id(chain)] = max(n, last.get(id(chain), 0))
        kept: list[tuple[int, float]] = []
        large: list[tuple[int, float]] = []
        for at, weight in zip(below, weights, strict=True):
            pair = at, weight
            if at in inside:
                chain, n = inside[at]
                if n < last[id(chain)]:
                    continue
                if n:
                    if at not in entering:
                        entering[at] = compiled.size + len(entering), chain.until(n, at)
                    pair = entering[at][0], weight
                    originals[pair[0]] = at
            kept.append(pair)
            large += [pair] * (not compiled.objective(at).is_micro)
        for with_micro, pairs in ((True, kept), (False, large)):
            found[index, with_micro] = [at for at, _ in pairs], [weight for _, weight in pairs]
    return found, originals, [chain for _, chain in entering.values()]


def works_of(
    compiled: CompiledPlan,
    whole: Sequence[Chain],
    chains: Sequence[Chain],
    work_of: Callable[[Sequence[Chain]], Mapping[int, _T]],
) -> Mapping[int, _T]:
    """Return the work of each chain, by the index of its newest member.

    Chains are taken together, unless a chain ends in one, or below one, before its newest member.

    Args:
        compiled: The compiled plan.
        whole: The chains of the day.
        chains: These, or some that end before their newest member.
        work_of: Returns the work of chains without a common member, taken together.
    """
    lengths = {chain.index: len(chain.members) for chain in whole}
    places = {
        compiled.index_of[member.id]: (chain, n)
        for chain in whole
        for n, member in enumerate(chain.members)
    }
    nested = {chain: _chains_below(compiled, places, chain) for chain in chains}
    apart = {
        chain: others
        for chain, others in nested.items()
        if any(lengths.get(each.index) != len(each.members) for each in (chain, *others))
    }
    together = [each for each in chains if each not in apart]
    work = dict(work_of(together)) if together else {}
    for chain, others in apart.items():
        work[chain.index] = work_of([chain, *others])[chain.index]
    return work


def _chains_below(compiled: CompiledPlan, places: _Places, chain: Chain) -> list[Chain]:
    """Return the chains below the members of one, each up to its last member there."""
    waiting = [compiled.index_of[each.id] for each in chain.members]
    mine, found = {*waiting}, set[int]()
    while waiting:
        below = {*compiled.below.of(waiting.pop())[0]} - found
        found |= below
        waiting += below
    last: dict[Chain, tuple[int, int]] = {}
    for index in found & places.keys():
        each, n = places[index]
        last[each] = max((n, index), last.get(each, (n, index)))
    return [
        each.until(n, index)
        for each, (n, index) in last.items()
        if n and mine.isdisjoint(compiled.index_of[member.id] for member in each.members)
    ]

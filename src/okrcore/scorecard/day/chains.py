"""Chains: objectives of several cycles that carry on one piece of work.

Rules of this file:

1. From the first day of the cycle of its newest member a chain counts once in an objective above, with the
   weight of that member; before that day the older member alone. Drafts and proposals have not started.
2. Under an objective that only an older member supports, that one counts as it is.
3. A Micro-OKR joins no chain of another cadence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from attrs import frozen

from okrcore.journal.lifecycle import UNSTARTED
from okrcore.plan import Objective
from okrcore.scorecard.day.compiled_plan import CompiledPlan, Pool
from okrcore.scorecard.day.facts import Facts

__all__ = ["Chain", "ChainPools", "chains_of", "pools_with_chains"]


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
        if places.keys().isdisjoint(below):
            continue
        last: dict[int, int] = {}
        for chain, n in (places[at] for at in below if at in places):
            last[id(chain)] = max(n, last.get(id(chain), 0))
        kept: list[tuple[int, float]] = []
        large: list[tuple[int, float]] = []
        for at, weight in zip(below, weights, strict=True):
            pair = at, weight
            if at in places:
                chain, n = places[at]
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

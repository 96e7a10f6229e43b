"""Chains: objectives of several cycles that carry on one piece of work.

Rules of this file:

1. From the first day of the cycle of its newest member a chain counts once in an objective above, with the
   weight of that member; before that day the older member alone. Drafts and proposals have not started.
2. Under an objective that only an older member supports, that one counts as it is.
3. Under a member of its own a chain does not count: there each other member counts as it is.
4. A Micro-OKR joins no chain of another cadence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias, cast, final

from attrs import frozen

from okrcore.journal.lifecycle import UNSTARTED
from okrcore.plan import Objective
from okrcore.scorecard.day.compiled_plan import LONG_AGO, CompiledPlan, Pool
from okrcore.scorecard.day.facts import Facts

__all__ = [
    "Chain",
    "ChainPools",
    "Places",
    "chains_below",
    "chains_of",
    "places_of",
    "pools_with_chains",
    "waiting_of",
    "ways_in",
]


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
Places: TypeAlias = Mapping[int, tuple[Chain, int]]
#: By index of an objective and `with_micro` of a rule, the objectives below it, each chain once.
ChainPools = Mapping[tuple[int, bool], Pool]


def chains_of(facts: Facts) -> Sequence[Chain]:
    """Return the chains of a day with two members or more."""
    compiled, after = facts.compiled, dict[str, Objective]()
    for objective in _carrying_on(facts):
        if _has_started(facts, objective):
            after[objective.continues or ""] = objective
    later = {objective.id for objective in after.values()}
    chains: list[Chain] = []
    for first in after.keys() - later if len(after) > 1 else after:
        members = [compiled.objective(compiled.index_of[first])]
        while members[-1].id in after:
            members.append(after[members[-1].id])
        chains.append(Chain(tuple(members), compiled.index_of[members[-1].id]))
    return sorted(chains, key=lambda chain: chain.index)


def waiting_of(facts: Facts) -> Iterator[Objective]:
    """Yield the objectives that carry on another one, and have not started: until then that one counts alone."""
    return (each for each in _carrying_on(facts) if not _has_started(facts, each))


def _carrying_on(facts: Facts) -> Iterator[Objective]:
    """Yield the objectives that carry on another one of the plan, or will."""
    compiled = facts.compiled
    for objective in compiled.continuing:
        index = compiled.index_of.get(objective.continues or "")
        if index is None or index not in compiled.of_objectives:
            continue  # a part begins with its first member
        pair = compiled.objective(index), objective
        cadences = {each.cycle and each.cycle.cadence for each in pair}
        if len(cadences) == 1 or not any(each.is_micro for each in pair):
            yield objective


def _has_started(facts: Facts, objective: Objective) -> bool:
    if objective.cycle is not None and objective.cycle.start > facts.day:
        return False
    life = facts.lives.get(facts.compiled.index_of[objective.id])
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
    places = places_of(compiled, chains)
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


def places_of(compiled: CompiledPlan, chains: Sequence[Chain]) -> Places:
    """Return the chain of each member and its number in that, by index."""
    return {
        compiled.index_of[each.id]: (chain, n)
        for chain in chains
        for n, each in enumerate(chain.members)
    }


def chains_below(
    facts: Facts, places: Places, chain: Chain, closed_on: Mapping[int, int]
) -> Sequence[Chain]:
    """Return the chains below the members of one, each up to its last member there.

    Members that started after the closing of the objective above are left out.

    Args:
        facts: The facts of the day.
        places: See `places_of`.
        chain: The chain.
        closed_on: By index of a closed item, the day of its closing as an ordinal.
    """
    compiled = facts.compiled
    mine = [compiled.index_of[each.id] for each in chain.members]
    # By index of an objective, the last day on which a part of it counts.
    until = dict.fromkeys(mine, closed_on.get(chain.index, facts.today))
    waiting, last = [*mine], dict[Chain, tuple[int, int]]()
    while waiting:
        index = waiting.pop()
        for at in compiled.below.of(index)[0]:
            if compiled.starts[at] > until[index]:
                continue
            reached = [at]
            if at in places:
                other, n = places[at]
                last[other] = max((n, at), last.get(other, (n, at)))
                reached += [compiled.index_of[each.id] for each in other.members[:n]]
            # The work of a chain is closed with its newest member.
            day = min(until[index], closed_on.get(at, until[index]))
            for each in reached:
                if day > until.get(each, LONG_AGO):
                    until[each] = day
                    waiting.append(each)
    return [
        each.until(n, index)
        for each, (n, index) in last.items()
        if n and each is not places[mine[0]][0]
    ]


def ways_in(compiled: CompiledPlan, chains: Iterable[Chain]) -> Mapping[str, Sequence[str]]:
    """Return the ids of the key results that each one in chains carries on there, newest first, and its own."""
    found: dict[str, Sequence[str]] = {}
    for chain in chains:
        older = set[str]()
        for member in chain.members:
            mine = [compiled.ids[at] for at in compiled.own.of(compiled.index_of[member.id])[0]]
            known = older.difference(mine)
            found.update((id, _way_to(compiled, id, known)) for id in mine)
            older.update(mine)
    return found


def _way_to(compiled: CompiledPlan, id: str, known: AbstractSet[str]) -> Sequence[str]:
    way = [id]
    while (before := compiled.key_results[compiled.index_of[way[-1]]].continues) in known:
        way.append(cast("str", before))
    return way

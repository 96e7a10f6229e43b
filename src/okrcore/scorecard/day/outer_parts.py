"""Parts with the numbers of another evaluation: chains, and key results below closed objectives."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar, final

from attrs import field, frozen

from okrcore.plan import KeyResultRef
from okrcore.scorecard.day.carried_work import key_of
from okrcore.scorecard.day.carried_works import made_once
from okrcore.scorecard.day.chains import (
    Chain,
    chains_below,
    places_of,
    pools_with_chains,
    ways_in,
)
from okrcore.scorecard.day.closed_items import (
    ClosedPart,
    OrderedStages,
    Ways,
    frozen_parts_of,
    rolls_up_all,
    ways_of,
)
from okrcore.scorecard.day.parts import NO_OUTER_PARTS, OuterParts

__all__ = ["ChainParts", "chain_parts_of", "outer_parts_of", "ways_below"]

_P = TypeVar("_P", bound="PartStages")


@final
@frozen(eq=False)
class ChainParts(Generic[_P]):
    """Chains as parts of the objectives above them.

    Args:
        parts: Their indexes and pools.
        sources: By index, the evaluation of the work of a chain, and its index in that.
        chains: The chains by index.
    """

    parts: OuterParts
    sources: Mapping[int, tuple[_P, int]]
    chains: Mapping[int, Chain]

    def with_others(self, stages: _P) -> Mapping[int, tuple[_P, int]]:
        """Return the same of each chain of the day, by the index of its newest member.

        Args:
            stages: The stages of the day.
        """
        lengths = {each.index: len(each.members) for each in stages.chains}
        found = {
            chain.index: self.sources[index]
            for index, chain in self.chains.items()
            if lengths.get(chain.index) == len(chain.members)
        }
        others = [each for each in stages.chains if each.index not in found]
        return {**found, **works_of(stages, others)}


class PartStages(OrderedStages, Protocol):
    """Stages from which outer parts follow."""

    @cached_property
    def closed_parts(self) -> Sequence[ClosedPart[Any]]:
        """Closed items, by the evaluation with their numbers."""
        ...

    @cached_property
    def closed(self) -> Mapping[int, tuple[Any, int]]:
        """By index, the evaluation of the closing of a closed item, and its index in that."""
        ...

    @cached_property
    def chains(self) -> Sequence[Chain]:
        """Chains of objectives that carry on one piece of work."""
        ...

    @cached_property
    def chain_parts(self) -> ChainParts[Any]:
        """The same as parts of the objectives above."""
        ...

    @cached_property
    def carried(self) -> Mapping[int, tuple[Any, int]]:
        """By index of its newest member, the evaluation of the work of each chain, and its index in that."""
        ...

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """Chains and their works, as the journal keeps them for the day."""
        ...

    def work_of(self, chains: Sequence[Chain]) -> Mapping[int, tuple[Any, int]]:
        """Return the same of chains without a common member, all taken together."""
        ...

    @cached_property
    def ways(self) -> Ways[Any]:
        """Key results below each objective, and the evaluations of their numbers."""
        ...

    @cached_property
    def ways_with_micro(self) -> Ways[Any]:
        """The same with those of Micro-OKRs."""
        ...


def chain_parts_of(stages: _P) -> ChainParts[_P]:
    """Return the chains of a day as parts."""
    if not stages.chains:
        return ChainParts(NO_OUTER_PARTS, {}, {})

    def made() -> tuple[OuterParts, Mapping[int, Chain]]:
        below, originals, entering = pools_with_chains(stages.facts.compiled, stages.chains)
        return OuterParts({}, originals, below), dict(zip(originals, entering, strict=True))

    parts, chains = made_once(stages.kept, "parts", made)
    work = works_of(stages, [*chains.values()])
    return ChainParts(parts, {index: work[chain.index] for index, chain in chains.items()}, chains)


def works_of(stages: _P, chains: Sequence[Chain]) -> Mapping[int, tuple[_P, int]]:
    """Return the evaluation of the work of chains, and its index there, by the index of their newest member.

    A chain whose newest member is closed has the work of its closing.

    Args:
        stages: The stages of the day.
        chains: Chains of the day, or some that end before their newest member.
    """
    work = dict(_closed_works(stages, chains))
    left = [chain for chain in chains if chain.index not in work]
    groups = made_once(stages.kept, ("groups", key_of(left, ())), lambda: _groups(stages, left))
    for mine, group in groups:
        found = stages.work_of(group)
        work.update((chain.index, found[chain.index]) for chain in mine)
    return work


@final
@frozen(eq=False)
class _Group:
    """Chains that can be taken together.

    Args:
        chains: The chains.
        every: These and those below them, by the index of their newest member.
        wanted: By the first member of each, its length; by each key result, its way.
    """

    chains: list[Chain] = field(factory=list[Chain], init=False)
    every: dict[int, Chain] = field(factory=dict[int, Chain], init=False)
    wanted: dict[Hashable, Any] = field(factory=dict[Hashable, Any], init=False)


def _groups(
    stages: PartStages, chains: Sequence[Chain]
) -> Sequence[tuple[Sequence[Chain], Sequence[Chain]]]:
    """Return chains in groups, each with the chains below its own, that can be taken together.

    Of one group each chain ends in the same member wherever it enters, and each key result has one way.
    """
    facts = stages.facts
    places = places_of(facts.compiled, stages.chains)
    closed_on = {index: then.facts.today for index, (then, _) in stages.closed.items()}
    with_ways = any(
        isinstance(each, KeyResultRef)
        for chain in chains
        for member in chain.members
        for each in member.key_results
    )
    groups: list[_Group] = []
    for chain in chains:
        below = {each.index: each for each in chains_below(facts, places, chain, closed_on)}
        every = {**below, chain.index: chain}
        wanted: dict[Hashable, Any] = {
            each.members[0].id: len(each.members) for each in every.values()
        }
        if with_ways:
            wanted.update(ways_in(facts.compiled, every.values()).items())
        fitting = (
            group
            for group in groups
            if all(group.wanted.get(key, value) == value for key, value in wanted.items())
        )
        group = next(fitting, None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.chains.append(chain)
        group.every.update(every)
        group.wanted.update(wanted)
    return [(group.chains, [*group.every.values()]) for group in groups]


def _closed_works(stages: _P, chains: Sequence[Chain]) -> Mapping[int, tuple[_P, int]]:
    """Return the work of chains whose newest member is closed, as on the day of its closing."""
    found: dict[int, tuple[_P, int]] = {}
    for chain in chains:
        if chain.index in stages.closed:
            then, at = stages.closed[chain.index]
            for each in then.chains:
                ids = [member.id for member in each.members]
                if chain.newest.id in ids[1:]:
                    n = ids.index(chain.newest.id)
                    is_whole = n == len(ids) - 1
                    works = then.carried if is_whole else works_of(then, [each.until(n, at)])
                    found[chain.index] = works[at]
    return found


def outer_parts_of(stages: _P) -> tuple[OuterParts, Mapping[int, tuple[_P, int]]]:
    """Return the outer parts of a day, and the evaluation and index of the numbers of each, by index."""
    chains = stages.chain_parts
    books = stages.facts.distinct_books
    kinds = rolls_up_all(rule for book in books for rule in (book.roll_up, book.confidence))
    ways = {kind: stages.ways_with_micro if kind else stages.ways for kind in kinds}
    first = stages.facts.compiled.size + len(chains.sources)
    parts, sources = frozen_parts_of(stages, ways, first)
    if not parts.originals:
        return chains.parts, chains.sources
    originals = {**chains.parts.originals, **parts.originals}
    return OuterParts(parts.pools, originals, chains.parts.below), {**chains.sources, **sources}


def ways_below(stages: _P, name: str) -> Ways[_P]:
    """Return the key results below each objective; `name` is that of the stage."""
    chains = stages.chain_parts
    others = [part.then for part in stages.closed_parts]
    others += [then for then, _ in chains.sources.values()]
    return ways_of(
        stages,
        {**stages.closed, **chains.sources},
        {id(then): getattr(then, name) for then in others},
        {id(then): then.closed for then in others},
        chains.parts,
        with_micro=name == "ways_with_micro",
    )

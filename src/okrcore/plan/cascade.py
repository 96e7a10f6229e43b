"""Who stands above and below whom: the alignment of a plan, found once and kept with it.

Rule of this file: aligned to a key result is aligned to its objective. What is outside the plan stands
above nobody here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import final

from attrs import frozen

from okrcore.plan.graph import children_first
from okrcore.plan.item import Item
from okrcore.plan.key_result import KeyResult
from okrcore.plan.objective import Objective

__all__ = ["Cascade"]


@final
@frozen(eq=False)
class Cascade:
    """How the objectives of a plan hang together.

    Args:
        objectives: In the order of the plan.
        items: Everything with an id; the objectives may be a part of it.
        homes: Gives the objective in which each key result is at home, asked where one is aligned to.
    """

    objectives: Sequence[Objective]
    items: Mapping[str, Item]
    homes: Callable[[], Mapping[str, Objective]]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each objective in the plan, by its id."""
        return MappingProxyType(
            {objective.id: position for position, objective in enumerate(self.objectives)}
        )

    @cached_property
    def above(self) -> Mapping[str, Sequence[Objective]]:
        """The objectives that each objective supports, each once, by its id."""
        above: dict[str, tuple[Objective, ...]] = {}
        for objective in self.objectives:
            found: dict[str, Objective] = {}
            for alignment in objective.supports:
                target = self.items[alignment.to]
                if isinstance(target, KeyResult):
                    target = self.homes()[target.id]
                if isinstance(target, Objective):
                    found.setdefault(target.id, target)
            above[objective.id] = tuple(found.values())
        return MappingProxyType(above)

    @cached_property
    def below(self) -> Mapping[str, Sequence[Objective]]:
        """The objectives that support each objective, key result or item outside, by its id."""
        below: dict[str, dict[str, Objective]] = {}
        for objective in self.objectives:
            for alignment in objective.supports:
                below.setdefault(alignment.to, {})[objective.id] = objective
                if isinstance(self.items[alignment.to], KeyResult):
                    home = self.homes()[alignment.to].id
                    below.setdefault(home, {})[objective.id] = objective
        return MappingProxyType({id: tuple(found.values()) for id, found in below.items()})

    @cached_property
    def edges(self) -> tuple[Sequence[int], Sequence[int]]:
        """By alignment, the positions of who is aligned, and of the objective named; -1 is none."""
        position_of, objectives = self.positions.get, self.objectives
        below = [child for child, objective in enumerate(objectives) for _ in objective.supports]
        above = [
            position_of(alignment.to, -1)
            for objective in objectives
            for alignment in objective.supports
        ]
        return tuple(below), tuple(above)

    @cached_property
    def children_first(self) -> tuple[Sequence[int], Sequence[int]]:
        """Positions of the objectives, children before parents; and the levels below each, by position."""
        children, parents = self.edges
        if -1 in parents:  # a key result, or an item outside
            named = (alignment.to for each in self.objectives for alignment in each.supports)
            parents = [
                self._home_of(to) if parent < 0 else parent
                for parent, to in zip(parents, named, strict=True)
            ]
            pairs = [pair for pair in zip(children, parents, strict=True) if pair[1] >= 0]
            children, parents = [child for child, _ in pairs], [parent for _, parent in pairs]
        order, heights = children_first(len(self.objectives), children, parents)
        return tuple(order), tuple(heights)

    def _home_of(self, id: str) -> int:
        """Return the position of the objective in which a key result is at home; -1 of other items."""
        if not isinstance(self.items[id], KeyResult):
            return -1
        return self.positions.get(self.homes()[id].id, -1)

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many objectives stand above each on the longest way up, by its id."""
        depths: dict[str, int] = {}
        for position in reversed(self.children_first[0]):
            id = self.objectives[position].id
            depths[id] = max((depths[parent.id] + 1 for parent in self.above[id]), default=0)
        return MappingProxyType(depths)

"""Alignment of a plan: objectives above and below each other, found once and kept with the plan.

Rule of this file: an alignment to a key result is one to its objective. Items outside the plan are above no
objective here.
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
    """Alignment of the objectives of a plan.

    Args:
        objectives: In the order of the plan.
        items: Items by id; the objectives may be a part of them.
        homes: Returns the objective of each key result, by id; called only if one is aligned to.
    """

    objectives: Sequence[Objective]
    items: Mapping[str, Item]
    homes: Callable[[], Mapping[str, Objective]]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Index of each objective in the plan, by its id."""
        return MappingProxyType(
            {objective.id: position for position, objective in enumerate(self.objectives)}
        )

    @cached_property
    def above(self) -> Mapping[str, Sequence[Objective]]:
        """Objectives that each objective supports, each once, by its id."""
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
        """Objectives that support each objective, key result or item outside, by its id."""
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
        """Indexes of both ends of each alignment: the aligned objective, and the other; -1 if none."""
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
        """Indexes of the objectives, children before parents; and the levels below each, by index."""
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
        """Number of objectives on the longest way up from each, by its id."""
        depths: dict[str, int] = {}
        for position in reversed(self.children_first[0]):
            id = self.objectives[position].id
            depths[id] = max((depths[parent.id] + 1 for parent in self.above[id]), default=0)
        return MappingProxyType(depths)

"""Alignment of a plan: walks over it without recursion, and a cascade kept with the plan.

Rule of this file: an alignment to a key result is one to its objective. Items outside the plan are above no
objective here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar, final

from attrs import frozen

from okrcore.plan.item import Item
from okrcore.plan.key_result import KeyResult
from okrcore.plan.objective import Objective

__all__ = ["Cascade", "children_first", "find_circle", "walk"]


_Node = TypeVar("_Node", bound=Hashable)


def walk(
    start: Iterable[Objective], step: Callable[[Objective], Iterable[Objective]]
) -> Iterator[Objective]:
    """Yield every reachable objective once, nearer ones first."""
    seen: set[str] = set()
    waiting = deque(start)
    while waiting:
        objective = waiting.popleft()
        if objective.id not in seen:
            seen.add(objective.id)
            yield objective
            waiting.extend(step(objective))


def children_first(
    count: int, children: Sequence[int], parents: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Return an order of the nodes with children before parents, and the height of each node.

    Nodes on or above a circle are not in that order.

    Args:
        count: Number of nodes.
        children: Lower node of each edge, in order of nodes.
        parents: Upper node of each edge.
    """
    height = [0] * count
    # Plans are mostly written from the top: then each node comes after its parents.
    for child, parent in zip(reversed(children), reversed(parents), strict=True):
        if parent >= child:
            return _sorted(count, children, parents)
        if height[parent] <= height[child]:
            height[parent] = height[child] + 1
    return range(count - 1, -1, -1), height


def _sorted(
    count: int, children: Sequence[int], parents: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return the same for edges in any order, by Kahn's sorting."""
    above: list[list[int]] = [[] for _ in range(count)]
    waiting, height = [0] * count, [0] * count
    for child, parent in zip(children, parents, strict=True):
        above[child].append(parent)
        waiting[parent] += 1
    ordered = [node for node, count in enumerate(waiting) if not count]
    for child in ordered:  # grows while it is walked
        for parent in above[child]:
            height[parent] = max(height[parent], height[child] + 1)
            waiting[parent] -= 1
            if not waiting[parent]:
                ordered.append(parent)
    return ordered, height


def find_circle(above: Mapping[_Node, Sequence[_Node]]) -> list[_Node]:
    """Return the nodes along one circle, the first repeated at the end; empty if there is none.

    `above` has the parents of each node.
    """
    # Kahn's sorting removes nodes without parents left; the others lie on or below a circle.
    waiting = {id: len(found) for id, found in above.items() if found}
    below: dict[_Node, list[_Node]] = {}
    for id, found in above.items():
        for parent in found:
            below.setdefault(parent, []).append(id)
    ready = deque(id for id in below if id not in waiting)
    while ready:
        for child in below.get(ready.popleft(), ()):
            waiting[child] -= 1
            if not waiting[child]:
                del waiting[child]
                ready.append(child)
    if not waiting:
        return []
    path: dict[_Node, None] = {}
    at = next(iter(waiting))
    while at not in path:
        path[at] = None
        at = next(parent for parent in above[at] if parent in waiting)
    trail = list(path)
    return [*trail[trail.index(at) :], at]


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

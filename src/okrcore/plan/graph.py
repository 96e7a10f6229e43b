"""Walks over alignments, without recursion: a chain of 10,000 objectives works."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from okrcore.plan.objective import Objective

__all__ = ["children_first", "find_circle", "walk"]

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

"""Walks over alignment, without recursion: a chain of 10,000 objectives works."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from okrcore.plan.objective import Objective

__all__ = ["children_first", "find_circle", "walk"]


def walk(
    start: Iterable[Objective], step: Callable[[Objective], Iterable[Objective]]
) -> Iterator[Objective]:
    """Yield every objective that can be reached, once, nearer ones first."""
    seen: set[str] = set()
    waiting = deque(start)
    while waiting:
        objective = waiting.popleft()
        if objective.id not in seen:
            seen.add(objective.id)
            yield objective
            waiting.extend(step(objective))


def children_first(above: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Return nodes in an order in which children come before parents, and the height of each, by node.

    What lies on or above a circle is not in that order.

    Args:
        above: By node, its parents.
    """
    waiting = [0] * len(above)
    for parents in above:
        for parent in parents:
            waiting[parent] += 1
    height = [0] * len(above)
    ordered = [node for node, count in enumerate(waiting) if not count]
    for child in ordered:  # grows while it is walked
        next_height = height[child] + 1
        for parent in above[child]:
            height[parent] = max(height[parent], next_height)
            waiting[parent] -= 1
            if not waiting[parent]:
                ordered.append(parent)
    return ordered, height


def find_circle(above: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the ids along one circle, the first repeated at the end; an empty list without one.

    Args:
        above: What each node points at.
    """
    # Kahn's sorting takes away what has nothing left above it; what stays lies on or below a circle.
    waiting = {id: len(found) for id, found in above.items() if found}
    below: dict[str, list[str]] = {}
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
    path: dict[str, None] = {}
    at = next(iter(waiting))
    while at not in path:
        path[at] = None
        at = next(parent for parent in above[at] if parent in waiting)
    trail = list(path)
    return [*trail[trail.index(at) :], at]

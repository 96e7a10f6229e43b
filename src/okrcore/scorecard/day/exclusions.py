"""Items that leave mean, coverage and range on a day.

Rules of this file:

1. An item that is not active is excluded: a draft, a proposal, one that is parked, paused, deferred or
   archived.
2. A closed item is excluded if it was on the day of its closing.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from okrcore.journal import Lifecycle
from okrcore.scorecard.day.compiled_plan import Closed
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs

__all__ = ["excluded_by_themselves", "exclusions_of", "is_emptied"]


def exclusions_of(facts: Facts, inputs: RollUpInputs, closed: Closed[bytes]) -> bytes:
    """Return, by index, 1 if an item is excluded.

    Key results are excluded that establish a baseline, cannot be seen yet, have not started or are paused;
    objectives that learn, have not started, are not active, or whose parts are all excluded.
    """
    excluded = excluded_by_themselves(facts, inputs.count)
    for index, (column, at) in closed.items():
        excluded[index] = column[at] or _is_put_away(facts, index)
    if 1 in excluded:
        _exclude_emptied(inputs, closed, excluded)
    return bytes(excluded)


def excluded_by_themselves(facts: Facts, count: int) -> bytearray:
    """Return, by index, 1 if an item is excluded, whatever its parts are, and as if nothing were closed.

    Args:
        facts: The facts of the day.
        count: Number of indexes.
    """
    compiled, today = facts.compiled, facts.today
    excluded = bytearray(count)
    for index in (*compiled.establishing, *compiled.learning):
        excluded[index] = 1
    if compiled.window[0] > today:
        for index, day in enumerate(compiled.first):
            if day > today:
                excluded[index] = 1
    for index in facts.idle_items:
        excluded[index] = 1
    return excluded


def _is_put_away(facts: Facts, index: int) -> bool:
    """Whether a rulebook leaves out an objective that was closed and archived."""
    if index not in facts.compiled.of_objectives or facts.books[index].roll_up.with_archived:
        return False
    return facts.life_of(facts.compiled.ids[index]).state is Lifecycle.ARCHIVED


def _exclude_emptied(inputs: RollUpInputs, closed: Container[int], excluded: bytearray) -> None:
    """Exclude open objectives whose weighed parts are all excluded, children before parents."""
    for index, parts in inputs.each_counted():
        if index not in closed and is_emptied(parts, excluded):
            excluded[index] = 1


def is_emptied(parts: Sequence[int], excluded: Sequence[int]) -> bool:
    """Whether an objective has weighed parts, and all of them are excluded."""
    return bool(parts) and all(excluded[at] for at in parts)

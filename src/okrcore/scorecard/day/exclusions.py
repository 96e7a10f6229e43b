"""Items that leave mean, coverage and range on a day.

Rules of this file:

1. An item that is not active is excluded: a draft, a proposal, one that is parked, paused, deferred or
   archived.
2. A closed item is excluded if it was on the day of its closing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from okrcore.journal import Lifecycle
from okrcore.scorecard.day.closed_items import ClosedPart
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs

__all__ = ["excluded_by_themselves", "exclusions_of", "is_emptied"]


def exclusions_of(
    facts: Facts,
    inputs: RollUpInputs,
    closed: Sequence[ClosedPart[bytes]],
    outer_parts: Mapping[int, tuple[bytes, int]],
) -> bytes:
    """Return, by index, 1 if an item is excluded.

    Key results are excluded that establish a baseline, have no target yet, cannot be seen yet, have not started or are paused;
    objectives that learn, have not started, are not active, or whose parts are all excluded.

    Args:
        facts: The facts of the day.
        inputs: The parts of each objective.
        closed: Closed items with the column of their closing.
        outer_parts: By index of outer parts, the column of another evaluation, and their index in it.
    """
    excluded = excluded_by_themselves(facts, inputs.count)
    for index, (column, at) in outer_parts.items():
        excluded[index] = column[at]
    _take_over(closed, excluded)
    put_away = list(_put_away(facts))
    if put_away or 1 in excluded:
        objectives = frozenset(chain.from_iterable(part.objectives for part in closed))
        for index in objectives.intersection(put_away):
            excluded[index] = 1
        _exclude_emptied(inputs, objectives, excluded)
    return bytes(excluded)


def excluded_by_themselves(facts: Facts, count: int) -> bytearray:
    """Return, by index, 1 if an item is excluded, whatever its parts are, and as if nothing were closed.

    Args:
        facts: The facts of the day.
        count: Number of indexes.
    """
    compiled, today = facts.compiled, facts.today
    excluded = bytearray(count)
    for index in (*compiled.scoreless, *compiled.learning):
        excluded[index] = 1
    if compiled.window[0] > today:
        for index, day in enumerate(compiled.first):
            if day > today:
                excluded[index] = 1
    for index in facts.idle_items:
        excluded[index] = 1
    return excluded


def _take_over(closed: Sequence[ClosedPart[bytes]], excluded: bytearray) -> None:
    """Put in whether closed items were excluded at their closing."""
    any_excluded = 1 in excluded
    for part in closed:
        if any_excluded or 1 in part.then:
            for index, at in part.pairs:
                excluded[index] = part.then[at]


def _put_away(facts: Facts) -> Iterator[int]:
    """Yield the indexes of archived objectives, unless their rulebook counts them."""
    archived = Lifecycle.ARCHIVED
    for index, life in facts.lives.items():
        if life.state is archived and index in facts.compiled.of_objectives:
            yield from () if facts.books[index].roll_up.with_archived else (index,)


def _exclude_emptied(inputs: RollUpInputs, closed: AbstractSet[int], excluded: bytearray) -> None:
    """Exclude open objectives whose weighed parts are all excluded, children before parents."""
    for index, parts in inputs.each_counted():
        if index not in closed and is_emptied(parts, excluded):
            excluded[index] = 1


def is_emptied(parts: Sequence[int], excluded: Sequence[int]) -> bool:
    """Whether an objective has weighed parts, and all of them are excluded."""
    return bool(parts) and all(map(excluded.__getitem__, parts))

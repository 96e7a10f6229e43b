"""Status of every item: verdict first, then the rules of its rulebook.

Rule of this file: parts come before objectives whose status follows from theirs, so nothing recurses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, groupby

from okrcore.rulebook import Declared, FromParts
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.stages import Stages
from okrcore.scorecard.day.status_by_rule import statuses_by, why_status_by

__all__ = ["computed_status", "fill_from_parts", "has_rule_on_parts", "statuses_of", "why_status"]


def statuses_of(
    stages: Stages, indexes: Sequence[int], closed: Collection[int]
) -> Mapping[int, str]:
    """Return the statuses of items, by index, without closed ones."""
    books, found = stages.facts.books, dict[int, str]()
    for book in stages.facts.distinct_books:
        mine = [at for at in indexes if books[at] is book and at not in closed]
        found.update(statuses_by(book.status, stages, mine))
    return found


def has_rule_on_parts(facts: Facts) -> bool:
    """Whether a status follows from the statuses of parts."""
    rules = chain.from_iterable(book.status for book in facts.distinct_books)
    return FromParts in set(map(type, rules))


def fill_from_parts(stages: Stages, found: dict[int, str], closed: Collection[int]) -> None:
    """Add the statuses of open objectives to those of key results and closed items, by height.

    They are added to `found`, which is `stages.part_statuses`, for the objectives above.
    """
    for _, alike in groupby(stages.facts.compiled.shapes, key=lambda shape: shape.height):
        indexes = [index for shape in alike for index in shape.objectives]
        found.update(statuses_of(stages, indexes, closed))


def why_status(stages: Stages, index: int) -> str:
    """Return the reason for the status of an item, in a sentence."""
    return why_status_by(stages.facts.books[index].status, stages, index)


def computed_status(stages: Stages, index: int) -> str:
    """Return the status of an item by all rules but those on declared statuses."""
    rules = [rule for rule in stages.facts.books[index].status if type(rule) is not Declared]
    return statuses_by(rules, stages, [index])[index]

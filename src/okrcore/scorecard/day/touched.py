"""Scores that adjustments enter: of adjusted key results, and of the objectives above them."""

from __future__ import annotations

from collections.abc import Mapping

from okrcore.journal.effective import changes_terms
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs

__all__ = ["touched_by"]


def touched_by(
    facts: Facts,
    inputs: RollUpInputs,
    closed: Mapping[int, tuple[frozenset[int], int]],
) -> frozenset[int]:
    """Return the indexes of key results that an adjustment changes, and of the objectives above them."""
    index_of, column = facts.compiled.index_of, facts.history.adjusting
    made = column.until(facts.today, column.ids & index_of.keys())
    found = {index_of[entry.of] for entry in made if changes_terms(facts.original, entry)}
    found.difference_update(closed)
    found.update(index for index, (touched, at) in closed.items() if at in touched)
    for index, parts in inputs.each_counted() if found else ():
        if index not in closed and not found.isdisjoint(parts):
            found.add(index)
    return frozenset(found)

"""Scores that adjustments enter: of adjusted key results, and of the objectives above them."""

from __future__ import annotations

from collections.abc import Iterable

from okrcore.journal import Adjustment
from okrcore.journal.effective import changes_terms
from okrcore.scorecard.day.compiled_plan import Closed
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs

__all__ = ["touched_by"]


def touched_by(
    facts: Facts,
    inputs: RollUpInputs,
    adjustments: Iterable[Adjustment],
    closed: Closed[frozenset[int]],
) -> frozenset[int]:
    """Return the indexes of key results that an adjustment changes, and of the objectives above them."""
    index_of = facts.compiled.index_of
    found = {
        index_of[entry.of]
        for entry in adjustments
        if entry.on <= facts.day and entry.of in index_of and changes_terms(facts.original, entry)
    }
    found.difference_update(closed)
    found.update(index for index, (touched, at) in closed.items() if at in touched)
    for index, parts in inputs.each_counted() if found else ():
        if index not in closed and not found.isdisjoint(parts):
            found.add(index)
    return frozenset(found)

"""The strategies of `okrcore.testing`, under the names that the laws use."""

from __future__ import annotations

from collections.abc import Iterable

import okrcore as okr
from okrcore import testing
from okrcore.journal import Entry
from okrcore.testing import Quarter, bounds, lines, measures, quarters
from okrcore.testing import readings as readings_for
from okrcore.testing.values import CYCLE

__all__ = [
    "CYCLE",
    "START",
    "Quarter",
    "bounds",
    "days",
    "followed_by",
    "lines",
    "measures",
    "numbers",
    "quarters",
    "readings_for",
    "weights",
]

START = CYCLE.start
numbers = testing.numbers()
weights = testing.weights()
days = testing.days()


def followed_by(plan: okr.Plan, journal: okr.Journal, entries: Iterable[Entry]) -> okr.Journal:
    """Return a journal with those of some entries that fit the plan and what was written before."""
    for entry in entries:
        try:
            journal = okr.admit(plan, journal, entry)
        except okr.OkrError:
            continue
    return journal

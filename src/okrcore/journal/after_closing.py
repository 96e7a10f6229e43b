"""Entries after the closing of their objective, or of the one that has their item.

Rules of this file:

1. A closed item stays as it was on its closing day: entries dated later do not count, nor entries of that
   day written after the closing. If both have a moment, the moments decide.
2. A closing holds until the objective is reopened. Entries dated between the two count again then.
3. A metric belongs to no objective, and always takes readings.
"""

from __future__ import annotations

from typing import Final

from okrcore.errors import TransitionError
from okrcore.journal.decisions import Adjustment, Closing, Transition
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement
from okrcore.journal.history import History
from okrcore.journal.journal import Dated, Entry
from okrcore.plan import Plan

__all__ = ["must_not_come_after"]

#: Entries that can change a figure of their item; transitions have rules of their own.
_COUNTING: Final = (CheckIn, BaselineSet, Adjustment, Judgement)


def must_not_come_after(plan: Plan, history: History, entry: Entry) -> None:
    """Refuse an entry that comes after a closing in force.

    Args:
        plan: Plan of its item.
        history: Entries written before it.
        entry: Entry that is written last.

    Raises:
        TransitionError: The objective of the entry, or the one that has its item, is closed.
    """
    if not history.lives or isinstance(entry, Correction):
        return
    home = _home_of(plan, entry.of)
    is_move_within = isinstance(entry, Transition) and entry.of != home
    lives = history.lives.get(home, ())
    if not lives or not (is_move_within or isinstance(entry, _COUNTING)):
        return
    closing = lives[-1].closing
    if closing is not None and _comes_after(closing, entry):
        raise TransitionError(
            "after-closing",
            f"{type(entry).__name__}({entry.of!r}, {entry.on})",
            entry.on,
            f"{home!r} closed on {closing.on}; reopen it first, by a Transition to active",
        )


def _home_of(plan: Plan, id: str) -> str:
    """Return the id of the objective of an item; its own id if it has none."""
    home = plan.homes.get(id)
    return id if home is None else home.id


def _comes_after(closing: Closing, entry: Dated) -> bool:
    """Return whether an entry written later than a closing comes after it."""
    if entry.on > closing.on:
        return True
    if entry.recorded is not None and closing.recorded is not None:
        return entry.recorded >= closing.recorded
    # On one day, entries without a moment come before entries with one.
    return entry.on == closing.on and closing.recorded is None

"""Whether an entry comes after the closing of the objective that it is about, or is at home in.

Rules of this file:

1. What is closed stays as it was on its closing day: an entry dated later counts for nothing in it, and
   of that day none that is written after the closing. If both have a moment, that decides.
2. A closing holds until the objective is reopened. What is dated between the two counts again then.
3. A metric is at home nowhere, and takes readings always.
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

#: The entries that can change a figure of their item; moves of its life have rules of their own.
_COUNTING: Final = (CheckIn, BaselineSet, Adjustment, Judgement)


def must_not_come_after(plan: Plan, history: History, entry: Entry) -> None:
    """Refuse an entry that comes after a closing which still holds.

    Args:
        plan: The plan of its item.
        history: What happened before it was written.
        entry: The entry, which is written last.

    Raises:
        TransitionError: The objective that it is about, or in which its item is at home, is closed.
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
    """Return the id of the objective in which an item is at home; its own if it is at home nowhere."""
    home = plan.homes.get(id)
    return id if home is None else home.id


def _comes_after(closing: Closing, entry: Dated) -> bool:
    """Say whether an entry that is written below a closing comes after it."""
    if entry.on > closing.on:
        return True
    if entry.recorded is not None and closing.recorded is not None:
        return entry.recorded >= closing.recorded
    # Of one day, what has no moment comes before what has one.
    return entry.on == closing.on and closing.recorded is None

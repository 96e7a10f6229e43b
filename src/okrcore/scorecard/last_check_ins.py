"""Last check-ins of items."""

from __future__ import annotations

from okrcore._memo import once
from okrcore.journal import CheckIn
from okrcore.journal.journal import history_of
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["last_check_in"]


def last_check_in(evaluation: Evaluation, of: str) -> CheckIn | None:
    """Return the last check-in of an item; None without one. A supposed score is no check-in.

    One whose reading was written after the grace is left out.
    """
    history, today = once(evaluation.journal, history_of), evaluation.facts.today
    row = history.checked_in.latest(today).get(of)
    if row is None:
        return None
    found, dropped = history.check_in(row), evaluation.facts.dropped
    if not dropped.get(id(found)):
        return found
    rows = history.check_ins.rows(of, LONG_AGO, today)
    entries = (history.check_in(row) for row in reversed(rows))
    return next((entry for entry in entries if not dropped.get(id(entry))), None)

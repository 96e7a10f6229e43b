"""Judgements that settle guardrails.

Rules of this file:

1. The last judgement up to the day settles all that is dated before it. Of two entries of one day the one written
   later is later.
2. A hard guardrail is not settled under a rulebook that lets nobody do so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import final

from attrs import frozen

from okrcore.journal import Adjustment, BaselineSet, Judgement
from okrcore.journal.history import History, Moment
from okrcore.plan import Guardrail
from okrcore.rulebook import GuardrailRule
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.facts import Facts
from okrcore.words.reason import Reason

__all__ = ["Settling", "is_firm", "settled_words", "settling_of"]


@final
@frozen(eq=False)
class Settling:
    """The last judgement of a guardrail up to a day.

    Args:
        entry: The judgement.
        moment: Its position in the order of all entries.
        history: Entries in columns.
    """

    entry: Judgement
    moment: Moment
    history: History

    def count(self, rows: Sequence[int]) -> int:
        """Return the number of readings up to the judgement, of rows in order."""
        day = self.moment[0]
        on = self.history.readings.on
        low, high = (by(rows, day, key=on.__getitem__) for by in (bisect_left, bisect_right))
        if low == high:
            return low
        # Of two entries of one day the one written later comes after the other.
        return bisect_right(rows, self.moment, low, high, key=self.history.moments.__getitem__)

    def is_before_bound(self, since: int) -> bool:
        """Return whether the bound in force since a day, an ordinal, was agreed after the judgement."""
        day = self.moment[0]
        if since != day:
            return since > day
        decisions = self.history.decisions
        entries = (decisions.values[row] for row in decisions.rows(self.entry.of, day, day))
        changes = (entry for entry in entries if isinstance(entry, (Adjustment, BaselineSet)))
        return any(self.history.moment(entry) > self.moment for entry in changes)


def settling_of(facts: Facts, index: int, guardrail: Guardrail) -> Settling | None:
    """Return the last judgement of a guardrail of an objective that settles it; None without one."""
    column = facts.history.judgements
    rows = column.rows(guardrail.id, LONG_AGO, facts.today)
    if not rows or is_firm(facts.books[index].guardrails, guardrail):
        return None
    entry = column.values[rows[-1]]
    return Settling(entry, facts.history.moment(entry), facts.history)


def is_firm(rule: GuardrailRule, guardrail: Guardrail) -> bool:
    """Return whether nobody can settle a guardrail."""
    return guardrail.hard and not rule.settles_hard


def settled_words(entry: Judgement) -> str:
    """Return the day, the author and the reason of a judgement that settles a guardrail."""
    if entry.by is None:
        return Reason("guardrail/settled", day=entry.on, because=entry.because)
    by = str(entry.by)
    return Reason("guardrail/settled-by", day=entry.on, by=by, because=entry.because)

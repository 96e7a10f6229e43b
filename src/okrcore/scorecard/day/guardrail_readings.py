"""Readings of guardrails that count on a day.

Rules of this file:

1. With a cycle, readings count from its start to its end; own readings without a moment for some days of grace
   after it, too.
2. A guardrail without a reading of its cycle keeps the last value of its metric from before, until that is too
   old: as many check-in intervals as at the close, counted to the day, the end or the closing. It is a state of
   the day, and no breach that is remembered.
3. A level is kept, a share of counts too; totals, means and extremes are of one cycle, and start anew. Of a
   derived metric each part is kept for itself, if all are levels. Without a metric nothing is kept, and nothing
   for key results: their progress is made in the cycle.
"""

from __future__ import annotations

from collections.abc import Sequence

from okrcore.journal.fact_columns import Column
from okrcore.journal.history import History
from okrcore.plan import Aggregation, Guardrail, Reading
from okrcore.scorecard.day.compiled_plan import FOREVER, LONG_AGO
from okrcore.scorecard.day.derived_metrics import Arithmetic, how_of, part_read
from okrcore.scorecard.day.facts import Facts, check_in_days
from okrcore.scorecard.day.readings import end_of_grace

__all__ = ["rows_between", "rows_of_guardrail", "window_of_guardrail"]


def rows_of_guardrail(
    facts: Facts, history: History, index: int, guardrail: Guardrail
) -> tuple[Sequence[int], bool]:
    """Return the rows that count for a guardrail of an objective, oldest first, and whether they are of before.

    Args:
        facts: Facts of the day.
        history: Entries in columns, to which the rows belong.
        index: Index of the objective.
        guardrail: The guardrail.
    """
    first, last = window_of_guardrail(facts, index, guardrail)
    rows = rows_between(facts, history, index, guardrail, (first, min(last, facts.today)))
    is_derived = guardrail.metric in facts.compiled.arithmetic
    if (rows and not is_derived) or not first <= facts.today or not _keeps(facts, guardrail):
        return rows, False
    home, closing = facts.compiled.objective(index), facts.closing_of(index)
    day = min(facts.today, last, last if closing is None else closing.on.toordinal())
    intervals = facts.books[index].guardrails.stale_after_intervals
    oldest = day - intervals * check_in_days(facts.plan, home, guardrail)
    kept = rows_between(facts, history, index, guardrail, (oldest, first - 1))
    if is_derived:
        kept = _kept_of_parts(history.readings, kept, rows)
        return [*kept, *rows], bool(kept) and not rows
    return kept[-1:], bool(kept)


def _kept_of_parts(
    column: Column[Reading], before: Sequence[int], rows: Sequence[int]
) -> Sequence[int]:
    """Return the last row of before the cycle of each part of a derived metric without a row in the cycle."""
    known = {part_read(column.values[row])[0] for row in rows}
    last = {part_read(column.values[row])[0]: row for row in before}
    return sorted(row for part, row in last.items() if part not in known)


def _keeps(facts: Facts, guardrail: Guardrail) -> bool:
    """Return whether a guardrail keeps the value of its metric over the start of a cycle."""
    how = None if guardrail.metric is None else how_of(facts.plan, guardrail.metric)
    return how is Aggregation.LATEST or (isinstance(how, Arithmetic) and how.is_level)


def rows_between(
    facts: Facts, history: History, index: int, guardrail: Guardrail, days: tuple[int, int]
) -> Sequence[int]:
    """Return the rows of a guardrail from a first to a last day, written by the end of the grace."""
    rows = history.readings.rows(guardrail.metric or guardrail.id, *days)
    if guardrail.metric is None or not history.has_moments:
        # Own readings that were written late are left out already.
        return rows
    return history.timed_readings.written_by(rows, end_of_grace(facts, index))


def window_of_guardrail(facts: Facts, index: int, guardrail: Guardrail) -> tuple[int, int]:
    """Return the first and the last day on which readings of a guardrail of an objective count, as ordinals.

    Its own readings without a moment count for some days of grace after the cycle, those of a metric do not.
    """
    cycle = facts.compiled.objective(index).cycle
    if cycle is None:
        return LONG_AGO, FOREVER
    grace = facts.grace_of(index) if guardrail.metric is None else 0
    return cycle.start.toordinal(), cycle.end.toordinal() + grace

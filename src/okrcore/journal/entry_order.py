"""Rules of admission on other entries: pooled readings, scopes, closings.

Rules of this file:

1. A closed item stays as it was on its closing day, and so do the items of a closed objective: entries dated
   later do not count, nor entries of that day written after the closing. If both have a moment, the moments decide. If only one has, it comes after
   the other on their day, and otherwise the days decide: one order holds for all entries of a journal.
2. A closing holds until the objective is reopened. Entries dated between the two count again then.
3. A metric belongs to no objective, and takes readings until it is retired, which is a closing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import prod
from typing import Final

from okrcore._arith import snap
from okrcore.errors import InconsistentPlanError, TransitionError
from okrcore.journal.adjustment import LEAST_SCOPE, MOST_SCOPE, Adjustment, AdjustmentTrigger
from okrcore.journal.decisions import Closing, Lifecycle, Transition
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement
from okrcore.journal.entry_sequence import Dated, Entry
from okrcore.journal.history import History
from okrcore.journal.lifecycle import Mover
from okrcore.plan import Aggregation, Initiative, Metric, Plan
from okrcore.plan.unit import plain

__all__ = [
    "Scopes",
    "must_be_revisable",
    "must_not_come_after",
    "not_after_closings",
    "refused_moves_in",
]


def must_be_revisable(
    plan: Plan, history: History, entry: CheckIn, others: Sequence[Entry]
) -> None:
    """Require an id of a reading that adds to one of its day without an id, which no correction can void.

    Args:
        plan: The plan as stored.
        history: Entries written before.
        entry: The reading.
        others: Entries written between these and it.
    """
    item = plan.items.get(entry.of) or history.record_of(entry.of)
    if entry.value is None or entry.id is not None or not isinstance(item, Metric):
        return
    if item.aggregation not in (Aggregation.SUM, Aggregation.MEAN):
        return
    on = entry.on.toordinal()
    of_day = [*map(history.check_in, history.check_ins.rows(entry.of, on, on))]
    of_day += [
        each
        for each in others
        if isinstance(each, CheckIn) and (each.of, each.on) == (entry.of, entry.on)
    ]
    unnamed = (each for each in of_day if each.id is None and each.value is not None)
    first = next(unnamed, None)
    if first is not None:
        raise InconsistentPlanError(
            "reading-adds",
            f"CheckIn({entry.of!r}, {entry.on}).id",
            None,
            f"{first!r} counts as well in a {item.aggregation}, and has no id to correct it by; give this one an id if"
            " both are meant, or read the difference, with an id, if it takes the place of the other",
        )


class Scopes:
    """Changes of scope of key results, in order; their product stays within the range of one."""

    def __init__(self) -> None:
        self._made: dict[str, list[Adjustment]] = {}

    def faults(self, entry: Adjustment) -> Iterator[InconsistentPlanError]:
        """Yield the fault of an entry whose product with earlier ones is beyond the range of one."""
        if entry.rescale is None:
            return
        made = [*self._made.get(entry.of, ()), entry]
        # At the close adjustments whose target was too hard no longer count.
        hard = AdjustmentTrigger.DIFFICULTY
        for counted in (made, [each for each in made if each.trigger is not hard]):
            product = _product(counted)
            if not LEAST_SCOPE <= snap(product) <= MOST_SCOPE:
                days = ", ".join(str(each.on) for each in counted[:-1])
                yield InconsistentPlanError(
                    "out-of-range",
                    f"Adjustment({entry.of!r}, {entry.on}).rescale",
                    product,
                    f"it is the product with the adjustments of {days}; keep it from"
                    f" {plain(LEAST_SCOPE)} to {plain(MOST_SCOPE)}, or adjust the measure",
                )
                return
        self._made[entry.of] = made


def _product(adjustments: Iterable[Adjustment]) -> float:
    return prod(each.rescale for each in adjustments if each.rescale is not None)


#: Entries that can change a figure of their item; transitions have rules of their own.
_COUNTING: Final = (CheckIn, BaselineSet, Adjustment, Judgement)


def must_not_come_after(plan: Plan, history: History, entry: Entry) -> None:
    """Refuse an entry that comes after a closing in force.

    Args:
        plan: Plan of its item.
        history: Entries written before it.
        entry: Entry that is written last.

    Raises:
        TransitionError: The item of the entry, or the objective that has it, is closed.
    """
    if not history.lives or isinstance(entry, Correction):
        return
    home = _home_of(plan, history, entry.of)
    is_move_within = isinstance(entry, (Transition, Closing)) and entry.of != home
    for id in dict.fromkeys((home, entry.of)):
        lives = history.lives.get(id, ())
        closing = lives[-1].closing if lives else None
        applies = isinstance(entry, _COUNTING) or (is_move_within and id == home)
        if applies and closing is not None and _comes_after(closing, entry):
            raise TransitionError(
                "after-closing",
                f"{type(entry).__name__}({entry.of!r}, {entry.on})",
                entry.on,
                f"{id!r} closed on {closing.on}; reopen it first, by a Transition to active",
            )


def refused_moves_in(plan: Plan, history: History) -> Iterator[tuple[Mover, TransitionError]]:
    """Yield the entries whose transition the lifecycle does not have, each with its error.

    A first transition to active is one of an initiative alone: it begins it.
    """
    seen = set[str]()
    for mover, fault in history.refused_moves:
        is_first = mover.of not in seen and history.lives[mover.of][0].state is Lifecycle.ACTIVE
        seen.add(mover.of)
        item = plan.items.get(mover.of) or history.record_of(mover.of)
        if not (is_first and isinstance(item, Initiative)):
            yield mover, fault


def not_after_closings(
    plan: Plan, history: History, adjustments: Sequence[Adjustment], on: date
) -> Sequence[Adjustment]:
    """Return the adjustments that come after no closing of their item, or its objective, in force on a day."""
    if not history.lives:
        return adjustments

    def counts(entry: Adjustment) -> bool:
        ids = {entry.of, _home_of(plan, history, entry.of)} & history.lives.keys()
        closings = (history.lifecycle(id, on).closing for id in ids)
        return not any(each and _is_after(history, each, entry) for each in closings)

    return [entry for entry in adjustments if counts(entry)]


def _is_after(history: History, closing: Closing, entry: Adjustment) -> bool:
    """Return whether an adjustment comes after a closing, by moments if both have one."""
    if entry.on > closing.on:
        return True
    if entry.recorded is not None and closing.recorded is not None:
        return entry.recorded > closing.recorded
    return entry.on == closing.on and history.moment(entry) > history.moment(closing)


def _home_of(plan: Plan, history: History, id: str) -> str:
    """Return the id of the objective of an item; its own id if it has none."""
    home = plan.homes.get(id)
    return history.joined_homes.get(id, id) if home is None else home.id


def _comes_after(closing: Closing, entry: Dated) -> bool:
    """Return whether an entry written later than a closing comes after it."""
    if entry.on > closing.on:
        return True
    if entry.recorded is not None and closing.recorded is not None:
        return entry.recorded >= closing.recorded
    # On one day, entries without a moment come before entries with one.
    return entry.on == closing.on and closing.recorded is None

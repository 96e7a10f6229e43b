"""Entries that add to others: readings of a day that are pooled, and changes of scope that multiply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

from okrcore._arith import snap
from okrcore.errors import InconsistentPlanError
from okrcore.journal.decisions import LEAST_SCOPE, MOST_SCOPE, Adjustment, AdjustmentTrigger
from okrcore.journal.effective import is_after_cycle
from okrcore.journal.entries import CheckIn
from okrcore.journal.history import History
from okrcore.plan import Metric, Plan, Reads
from okrcore.plan.unit import plain

__all__ = ["Scopes", "must_be_revisable"]


def must_be_revisable(plan: Plan, history: History, entry: CheckIn) -> None:
    """Require an id of a reading that adds to one of its day without an id, which no correction can void."""
    item = plan.items[entry.of]
    if entry.value is None or entry.id is not None or not isinstance(item, Metric):
        return
    if item.reads not in (Reads.TOTAL, Reads.MEAN):
        return
    on = entry.on.toordinal()
    of_day = map(history.check_in, history.check_ins.rows(entry.of, on, on))
    unnamed = (each for each in of_day if each.id is None and each.value is not None)
    first = next(unnamed, None)
    if first is not None:
        raise InconsistentPlanError(
            "reading-adds",
            f"CheckIn({entry.of!r}, {entry.on}).id",
            None,
            f"{first!r} counts as well in a {item.reads}, and has no id to correct it by; give this one an id if"
            " both are meant, or read the difference, with an id, if it takes the place of the other",
        )


class Scopes:
    """Changes of scope of key results, in order; their product stays within the range of one."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._made: dict[str, list[Adjustment]] = {}

    def faults(self, entry: object) -> Iterator[InconsistentPlanError]:
        """Yield the fault of an entry whose product with earlier ones is beyond the range of one."""
        if not isinstance(entry, Adjustment) or entry.rescale is None:
            return
        if is_after_cycle(self._plan, entry):
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

"""Changes of a plan that no adjustment explains."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import final

from attrs import frozen

from okrcore._checks import must_be_a
from okrcore._made import must_fit
from okrcore.journal.journal import Journal
from okrcore.plan import KeyResult, Plan

__all__ = ["UnexplainedChange", "unexplained_changes"]


@final
@frozen
class UnexplainedChange:
    """A difference between two versions of a plan.

    Args:
        id: Id of the key result.
        field: Name of the field: measure, weight or due.
        before: Value in the old plan.
        after: Value in the new plan.
    """

    id: str
    field: str
    before: object
    after: object

    __attrs_post_init__ = must_fit


def unexplained_changes(old: Plan, new: Plan, journal: Journal) -> tuple[UnexplainedChange, ...]:
    """Return the changes of targets, baselines, weights and deadlines that no adjustment explains.

    Args:
        old: The plan as it was.
        new: The plan as it is now.
        journal: Journal with the adjustments.

    >>> import okrcore as okr
    >>> def plan(target):
    ...     kr = okr.KeyResult("k", "Customers", okr.Reach(target))
    ...     return okr.Plan([okr.Objective("o", "Grow", key_results=[kr])])
    >>> [change.field for change in unexplained_changes(plan(1000), plan(500), okr.Journal())]
    ['measure']
    """
    must_be_a(unexplained_changes, "old", old, Plan)
    must_be_a(unexplained_changes, "new", new, Plan)
    must_be_a(unexplained_changes, "journal", journal, Journal)
    explained = journal.effective(old, on=date.max)
    found: list[UnexplainedChange] = []
    for id, item in new.items.items():
        was, meant = old.items.get(id), explained.items.get(id)
        if isinstance(item, KeyResult) and isinstance(was, KeyResult):
            found.extend(_changes(was, item, meant))
    return tuple(found)


def _changes(was: KeyResult, item: KeyResult, meant: object) -> Iterable[UnexplainedChange]:
    for name in ("measure", "weight", "due"):
        before, after = getattr(was, name), getattr(item, name)
        if after not in (before, getattr(meant, name)):
            yield UnexplainedChange(item.id, name, before, after)

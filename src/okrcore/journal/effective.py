"""The plan as it stood on a day, with its adjustments; and changes that no adjustment explains."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, final

from attrs import evolve, frozen

from okrcore._checks import must_be_a, must_be_date
from okrcore.journal.decisions import Adjustment
from okrcore.journal.journal import Journal
from okrcore.plan import KeyResult, KeyResultRef, Objective, Plan

__all__ = ["Change", "adjusted", "effective_plan", "unexplained_changes"]

#: What an adjustment can change in a plan, and a change of it explains.
_DATED = ("measure", "weight", "due")


def effective_plan(plan: Plan, journal: Journal, *, on: date) -> Plan:
    """Return the plan as its adjustments made it by a day, that day included.

    A plan is its latest wording: only measures, weights, deadlines and owners are dated.

    Args:
        plan: The plan as it was written.
        journal: Where its adjustments are.
        on: The day.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("o", "Grow",
    ...     key_results=[okr.KeyResult("k", "Customers", okr.Reach(1000))])])
    >>> cut = okr.Adjustment("k", date(2026, 8, 15), measure=okr.Reach(500), because="port closed")
    >>> okr.effective_plan(plan, okr.Journal([cut]), on=date(2026, 8, 15)).key_result("k").measure
    Reach(target=500.0)
    """
    must_be_a(effective_plan, "plan", plan, Plan)
    must_be_a(effective_plan, "journal", journal, Journal)
    must_be_date(effective_plan, "on", on)
    return adjusted(plan, (entry for entry in journal.adjustments if entry.on <= on))


def adjusted(plan: Plan, adjustments: Iterable[Adjustment]) -> Plan:
    """Return the plan after some adjustments, in their order; the same plan if they change nothing."""
    changes: dict[str, dict[str, Any]] = {}
    for entry in adjustments:
        given = {
            name: getattr(entry, name)
            for name in (*_DATED, "owner")
            if getattr(entry, name) is not None
        }
        if given:
            changes.setdefault(entry.of, {}).update(given)
    if not changes:
        return plan
    return evolve(plan, objectives=[_adjusted_objective(o, changes) for o in plan.objectives])


def _adjusted_objective(objective: Objective, changes: dict[str, dict[str, Any]]) -> Objective:
    if not any(
        id in changes for id in (objective.id, *(kr.id for kr in objective.own_key_results))
    ):
        return objective
    key_results = [
        kr if isinstance(kr, KeyResultRef) else evolve(kr, **changes.get(kr.id, {}))
        for kr in objective.key_results
    ]
    owner = changes.get(objective.id, {}).get("owner", objective.owner)
    return evolve(objective, key_results=key_results, owner=owner)


@final
@frozen
class Change:
    """A difference between two versions of a plan.

    Args:
        id: What changed.
        field: Which of its fields: measure, weight or due.
        before: What it was.
        after: What it is.
    """

    id: str
    field: str
    before: object
    after: object


def unexplained_changes(old: Plan, new: Plan, journal: Journal) -> tuple[Change, ...]:
    """Return the changes of targets, baselines, weights and deadlines that no adjustment explains.

    Args:
        old: The plan as it was.
        new: The plan as it is now.
        journal: Where adjustments should be.

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
    explained = adjusted(old, journal.adjustments)
    found: list[Change] = []
    for id, item in new.items.items():
        was, meant = old.items.get(id), explained.items.get(id)
        if isinstance(item, KeyResult) and isinstance(was, KeyResult):
            found.extend(_changes(was, item, meant))
    return tuple(found)


def _changes(was: KeyResult, item: KeyResult, meant: object) -> Iterable[Change]:
    for name in _DATED:
        before, after = getattr(was, name), getattr(item, name)
        if after not in (before, getattr(meant, name)):
            yield Change(item.id, name, before, after)

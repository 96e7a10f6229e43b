"""Plan in force on a day: the plan as first agreed, with its adjustments.

Entries that come after a closing are left out before, see `entry_order`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

from okrcore.errors import InconsistentPlanError
from okrcore.journal.adjustment import Adjustment
from okrcore.journal.history import History
from okrcore.journal.plan_draft import PlanDraft, PlanInForce
from okrcore.plan import Plan

__all__ = ["must_be_in_force", "plan_in_force"]

#: Plans in force that a journal keeps (library default).
_MOST_KEPT: Final = 8


def plan_in_force(
    stored: Plan,
    history: History,
    adjustments: Sequence[Adjustment],
    *,
    is_original: bool = False,
    part: Sequence[str] | None = None,
) -> PlanInForce:
    """Return a plan with adjustments; the last few of a journal are kept with it.

    Args:
        stored: The plan as first agreed.
        history: Entries of its journal.
        adjustments: Adjustments that apply, in their order.
        is_original: Whether each objective is as it was originally, whatever changed since.
        part: Ids of the objectives that are needed, if items neither join nor leave; None for all.
    """
    if not adjustments:
        return PlanInForce(stored)
    if part is not None:
        draft = _draft_of(stored, history, adjustments)
        return draft.in_force(is_original=is_original, part=part)
    kept, key = history.kept_plans, (id(stored), is_original, *map(id, adjustments))
    found = kept.get(key)
    if found is None:
        draft = _draft_of(stored, history, adjustments)
        # With the plan as stored, so that no other plan has its identity while this is kept.
        found = stored, draft.in_force(is_original=is_original)
        _keep(kept, key, found)
    in_force: PlanInForce = found[1]
    return in_force


def keep_draft(
    stored: Plan, history: History, adjustments: Sequence[Adjustment], draft: PlanDraft
) -> None:
    """Keep a plan to which adjustments were applied, so that they are not applied twice."""
    _keep(history.kept_drafts, (id(stored), *map(id, adjustments)), (stored, draft))


def _draft_of(stored: Plan, history: History, adjustments: Sequence[Adjustment]) -> PlanDraft:
    found = history.kept_drafts.get((id(stored), *map(id, adjustments)))
    if found is not None:
        kept: PlanDraft = found[1]
        return kept
    draft = PlanDraft(stored, history)
    for entry in adjustments:
        draft.apply(entry)
    keep_draft(stored, history, adjustments, draft)
    return draft


def _keep(kept: dict[Any, Any], key: Hashable, value: object) -> None:
    while len(kept) >= _MOST_KEPT:
        # Another thread may have taken it out already.
        kept.pop(next(iter(kept), None), None)
    kept[key] = value


def must_be_in_force(in_force: PlanInForce, history: History, id: object) -> None:
    """Refuse the id of an item that has left a plan, or joins it later; other ids are let through."""
    if not history.changes_structure or type(id) is not str or id in in_force.plan.items:
        return
    hint = ""
    if id in in_force.left:
        hint = f"it left the plan on {in_force.left[id]}; as of the day before it has a result"
    elif id in history.joins:
        hint = f"it joins the plan on {history.joins[id][0][0]}"
    if hint:
        raise InconsistentPlanError("not-in-force", "Plan", id, hint)

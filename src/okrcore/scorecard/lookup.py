"""Look-up of items in the plan in force on the day of an evaluation."""

from __future__ import annotations

from typing import Any

from okrcore._checks import as_text
from okrcore.journal.plan_in_force import must_be_in_force
from okrcore.plan import Plan
from okrcore.plan.item import refusal
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["item_in_force", "plan_with"]


def plan_with(evaluation: Evaluation, id: object) -> Plan:
    """Return the plan in force; an id is refused that has left it, or joins later."""
    facts = evaluation.facts
    must_be_in_force(facts.in_force, facts.history, id)
    return facts.plan


def item_in_force(
    evaluation: Evaluation, where: str, id: object, kinds: tuple[type[Any], ...], hint: str
) -> Any:
    """Return the item of an id, if it is of one of some kinds; other ids are refused."""
    id, plan = as_text(id), plan_with(evaluation, id)
    item = plan.items.get(id) if type(id) is str else None
    if not isinstance(item, kinds):
        raise refusal(plan.items, where, id, hint)
    return item

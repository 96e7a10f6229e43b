"""Changes of state of guardrails, initiatives, metrics and priorities between two evaluations."""

from __future__ import annotations

from typing import cast, final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore.plan import Guardrail, Initiative, Metric, Priority
from okrcore.scorecard.bound_states import states_on
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.guardrail_results import guardrail_result, metric_result
from okrcore.scorecard.initiative_results import initiative_result
from okrcore.scorecard.priority_results import priority_result
from okrcore.scorecard.results import Kind
from okrcore.words.reason import Reason, as_reason

__all__ = ["StateMovement", "state_movements"]


@final
@frozen(kw_only=True, repr=False)
class StateMovement:
    """Change of state of a guardrail, initiative, metric or priority.

    An initiative or metric that became stale, or was read again, has moved too: its status did.

    Args:
        kind: "guardrail", "initiative", "metric" or "priority".
        id: The item.
        title: Its title.
        before: Its status in the earlier scorecard; None if it was not in that plan.
        after: Its status in the later one; None if it has left.
        why: The reason for the later one, in a sentence.
    """

    kind: Kind
    id: str
    title: str
    before: str | None
    after: str | None
    why: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"StateMovement({self.id!r}, {self.before or 'none'} to {self.after or 'none'})"


def state_movements(first: Evaluation, last: Evaluation) -> tuple[StateMovement, ...]:
    """Return the changes of state, in the order of the later plan; then those of items that left."""
    before, after = ({each.id: each for each in states_on(card)} for card in (first, last))
    moved = list[StateMovement]()
    for id, newest in {**after, **before, **after}.items():
        then, now = before.get(id), after.get(id)
        statuses = [None if each is None else each.status for each in (then, now)]
        if statuses[0] != statuses[1]:
            why = Reason("cause/not-in-plan") if now is None else _why(last, id)
            moved.append(
                StateMovement(
                    kind=cast("Kind", newest.kind),
                    id=id,
                    title=newest.title,
                    before=statuses[0],
                    after=statuses[1],
                    why=why,
                )
            )
    return tuple(moved)


def _why(evaluation: Evaluation, id: str) -> str:
    item = evaluation.plan.items[id]
    if isinstance(item, Guardrail):
        return guardrail_result(evaluation, item).status_why
    if isinstance(item, Initiative):
        return initiative_result(evaluation, item).status_why
    if isinstance(item, Priority):
        return priority_result(evaluation, item).status_why
    return metric_result(evaluation, cast("Metric", item)).status_why

"""Objectives in a sentence."""

from __future__ import annotations

from okrcore._checks import must_be_a
from okrcore.plan import Guardrail, KeyResult, Objective, Person, Plan
from okrcore.plan.effective_units import unit_of
from okrcore.scorecard.day.wording import bound_words, target_words
from okrcore.words.reason import Reason

__all__ = ["describe_objective", "evidence_words"]


def describe_objective(plan: Plan, id: str) -> Reason:
    """Return an objective in a sentence: I will achieve ..., as measured by ..., via ...

    "I" if its owner is a person, or else "We". Key results of weight 0 are left out.

    Args:
        plan: The plan.
        id: Id of the objective.

    Raises:
        InconsistentPlanError: There is no such objective.

    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Earn more per account", owner="Ana Ruiz",
    ...     key_results=[okr.KeyResult("arpa", "revenue per account", okr.Increase(112, 128),
    ...                                unit="USD")],
    ...     initiatives=[okr.Initiative("bundle", "bundles")])])
    >>> print(describe_objective(plan, "grow"))
    I will achieve "Earn more per account", as measured by revenue per account ($112 to $128), via bundles.
    """
    must_be_a(describe_objective, "plan", plan, Plan)
    objective = plan.objective(id)
    owner = "person" if isinstance(objective.owner, Person) else "team"
    goal = Reason(f"statement/of-{owner}", title=objective.title)
    return Reason("statement/sentence", parts=(goal, *evidence_words(plan, objective)))


def evidence_words(plan: Plan, objective: Objective) -> list[Reason]:
    """Return the key results, guardrails and initiatives of an objective in words."""
    words: list[Reason] = []
    counted = [kr for kr, weight in plan.key_results_of(objective) if weight > 0]
    if counted:
        measured = [
            _with_target(kr, target_words(kr.measure, unit_of(plan.items, kr))) for kr in counted
        ]
        words.append(Reason("statement/measured", key_results=measured))
    if objective.guardrails:
        held = [
            _with_target(each, bound_words(each.bound, unit_of(plan.items, each)))
            for each in objective.guardrails
        ]
        words.append(Reason("statement/holding", guardrails=held))
    if objective.initiatives:
        titles = [work.title for work in objective.initiatives]
        words.append(Reason("statement/via", initiatives=titles))
    return words


def _with_target(item: KeyResult | Guardrail, target: str) -> Reason:
    return Reason("statement/with-target", title=item.title, target=target)

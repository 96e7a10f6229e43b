"""Objectives in a sentence."""

from __future__ import annotations

from okrcore._checks import must_be_a
from okrcore.plan import Objective, Person, Plan
from okrcore.scorecard.day.wording import bound_words, target_words
from okrcore.words.reason import listed

__all__ = ["describe_objective", "evidence_words"]


def describe_objective(plan: Plan, id: str) -> str:
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
    owner = "I" if isinstance(objective.owner, Person) else "We"
    words = [f'{owner} will achieve "{objective.title}"', *evidence_words(plan, objective)]
    return f"{', '.join(words)}."


def evidence_words(plan: Plan, objective: Objective) -> list[str]:
    """Return the key results, guardrails and initiatives of an objective in words."""
    words: list[str] = []
    counted = [kr for kr, weight in plan.key_results_of(objective) if weight > 0]
    if counted:
        measured = listed([f"{kr.title} ({target_words(kr.measure, kr.unit)})" for kr in counted])
        words.append(f"as measured by {measured}")
    if objective.guardrails:
        held = listed([f"{g.title} ({bound_words(g.bound, g.unit)})" for g in objective.guardrails])
        words.append(f"while holding {held}")
    if objective.initiatives:
        words.append(f"via {listed([work.title for work in objective.initiatives])}")
    return words

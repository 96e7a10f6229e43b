"""What makes a plan one: unique ids, references that lead somewhere, alignment without circles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan.derived import Derivation
from okrcore.plan.graph import find_circle
from okrcore.plan.item import Item, kind_of, refusal
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.measures import takes_numbers
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.watched import Guardrail, Metric

if TYPE_CHECKING:
    from okrcore.plan.plan import Plan

__all__ = ["must_cohere"]


def must_cohere(plan: Plan) -> None:
    """Refuse a plan whose parts do not fit each other, naming the first that does not."""
    _must_have_unique_ids(plan)
    for objective in plan.objectives:
        for where, id, kinds in _references(objective):
            if not isinstance(plan.items.get(id), kinds):
                raise refusal(plan.items, where, id)
        _must_count_once(plan, objective)
        _must_read_numbers(objective)
        _must_protect_its_own(objective)
    _must_derive(plan)
    circle = find_circle({o.id: [p.id for p in plan.parents(o.id)] for o in plan.objectives})
    if circle:
        raise InconsistentPlanError(
            "circle",
            f"Objective({circle[0]!r}).supports",
            " -> ".join(circle),
            "take one of these alignments out",
        )


def _must_have_unique_ids(plan: Plan) -> None:
    seen: dict[str, Item] = {}
    for item in plan.each():
        first = seen.setdefault(item.id, item)
        if first is not item:
            raise InconsistentPlanError(
                "duplicate-id", path_of(item, "id"), item.id, f"{kind_of(first)} already has it"
            )


def _references(objective: Objective) -> Iterator[tuple[str, str, tuple[type[Item], ...]]]:
    """Yield the path, the id and the kinds allowed, of everything an objective names."""
    for position, alignment in enumerate(objective.supports):
        path = path_of(objective, f"supports[{position}]")
        yield path, alignment.to, (Objective, KeyResult, Outside)
    yield from _references_of_key_results(objective)
    watched: list[KeyResult | Guardrail] = [*objective.own_key_results, *objective.guardrails]
    for item in watched:
        if item.metric is not None:
            yield path_of(item, "metric"), item.metric, (Metric,)
    for guardrail in objective.guardrails:
        if guardrail.protects is not None:
            yield path_of(guardrail, "protects"), guardrail.protects, (KeyResult,)
    for initiative in objective.initiatives:
        for position, driven in enumerate(initiative.drives):
            path = path_of(initiative, f"drives[{position}]")
            yield path, driven, (KeyResult, Metric, Outside)


def _references_of_key_results(
    objective: Objective,
) -> Iterator[tuple[str, str, tuple[type[Item], ...]]]:
    for position, kr in enumerate(objective.key_results):
        if isinstance(kr, KeyResultRef):
            yield path_of(objective, f"key_results[{position}]"), kr.to, (KeyResult,)
        elif kr.derived is not None:
            for n, part in enumerate(kr.derived.of):
                yield path_of(kr, f"derived.of[{n}]"), part, (KeyResult,)


def _must_count_once(plan: Plan, objective: Objective) -> None:
    counted: set[str] = set()
    for position, kr in enumerate(objective.key_results):
        if isinstance(kr, KeyResultRef):
            if kr.to in counted or plan.homes[kr.to] is objective:
                raise InconsistentPlanError(
                    "duplicate-id",
                    path_of(objective, f"key_results[{position}]"),
                    kr.to,
                    "let a key result count once in an objective, with its weight",
                )
            counted.add(kr.to)


def _must_read_numbers(objective: Objective) -> None:
    for kr in objective.own_key_results:
        if kr.metric is not None and not takes_numbers(kr.measure):
            raise InconsistentPlanError(
                "wrong-kind",
                path_of(kr, "metric"),
                kr.metric,
                f"a metric reads numbers, which {type(kr.measure).__name__} does not take",
            )


def _must_derive(plan: Plan) -> None:
    derived = {
        kr.id: kr.derived
        for objective in plan.objectives
        for kr in objective.own_key_results
        if kr.derived is not None
    }
    for id, how in derived.items():
        kr = plan.key_result(id)
        if kr.metric is not None or not takes_numbers(kr.measure):
            raise InconsistentPlanError(
                "wrong-kind",
                path_of(kr, "derived"),
                kr.metric or type(kr.measure).__name__,
                "derive a key result without a metric whose measure takes numbers",
            )
        units = {str(plan.key_result(part).unit) for part in how.of}
        if how.how is not Derivation.RATIO and len(units) > 1:
            raise InconsistentPlanError(
                "unit-mismatch", path_of(kr, "derived"), ", ".join(sorted(units))
            )
    circle = find_circle({id: [p for p in how.of if p in derived] for id, how in derived.items()})
    if circle:
        raise InconsistentPlanError(
            "circle",
            f"KeyResult({circle[0]!r}).derived",
            " -> ".join(circle),
            "derive from what is read",
        )


def _must_protect_its_own(objective: Objective) -> None:
    counted = {kr.to if isinstance(kr, KeyResultRef) else kr.id for kr in objective.key_results}
    for guardrail in objective.guardrails:
        if guardrail.protects is not None and guardrail.protects not in counted:
            raise InconsistentPlanError(
                "wrong-kind",
                path_of(guardrail, "protects"),
                guardrail.protects,
                f"name a key result that counts in {objective.id!r}",
            )

"""What makes a plan one: unique ids, references that lead somewhere, alignment without circles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan.derived import Derivation
from okrcore.plan.graph import find_circle
from okrcore.plan.in_percent import is_in_percent, least_number
from okrcore.plan.item import Item, kind_of, refusal
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.measures import takes_numbers
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.watched import Guardrail, Metric

if TYPE_CHECKING:
    from okrcore.plan.plan import Plan

__all__ = ["incoherences", "must_cohere", "named_in"]

#: What an objective may be aligned to.
_ALIGNABLE: Final = frozenset({Objective, KeyResult, Outside})

#: Items that do not fit, each with what is wrong with it.
_Faults: TypeAlias = Iterator[tuple[Item, InconsistentPlanError]]
#: Who names something, in which field, its id, and the kinds allowed.
_References: TypeAlias = Iterator[tuple[Item, str, str, tuple[type[Item], ...]]]


def must_cohere(plan: Plan) -> None:
    """Refuse a plan whose parts do not fit each other, naming the first that does not."""
    for _, fault in incoherences(plan):
        raise fault


def incoherences(plan: Plan) -> _Faults:
    """Yield each item that does not fit the others, with what is wrong with it.

    What asks more of a plan waits until it has the less: references until ids are unique, the rest
    until references lead somewhere.
    """
    for ask in (_repeated_ids, _dead_references, _misfits):
        is_sound = True
        for item, fault in ask(plan):
            is_sound = False
            yield item, fault
        if not is_sound:
            return


def _repeated_ids(plan: Plan) -> _Faults:
    if len(plan.items) == _count(plan):
        return
    seen: dict[str, Item] = {}
    for item in plan.each():
        if item.id in seen:
            way_out = f"{kind_of(seen[item.id])} already has it"
            if seen[item.id] is item and isinstance(item, KeyResult):
                way_out = f"to let it count in another objective, write KeyResultRef({item.id!r})"
            yield item, InconsistentPlanError("duplicate-id", path_of(item, "id"), item.id, way_out)
        seen[item.id] = item


def _count(plan: Plan) -> int:
    inside = sum(len(each.guardrails) + len(each.initiatives) for each in plan.objectives)
    outside = len(plan.metrics) + len(plan.outside)
    return len(plan.objectives) + len(plan.columns.key_results) + inside + outside


def _dead_references(plan: Plan) -> _Faults:
    items, naming = plan.items, plan.columns.naming
    children, parents = plan.cascade.edges
    # What is aligned to an objective of the plan leads somewhere.
    elsewhere = {child for child, parent in zip(children, parents, strict=True) if parent < 0}
    for number in sorted(elsewhere | naming):
        objective = plan.objectives[number]
        for position, alignment in enumerate(objective.supports):
            if type(items.get(alignment.to)) not in _ALIGNABLE:
                path = path_of(objective, f"supports[{position}]")
                yield objective, refusal(items, path, alignment.to)
        if number in naming:
            for item, where, id, kinds in _references(objective):
                if not isinstance(items.get(id), kinds):
                    yield item, refusal(items, path_of(item, where), id)


def _misfits(plan: Plan) -> _Faults:
    for number in sorted(plan.columns.naming):
        objective = plan.objectives[number]
        yield from _counted_twice(plan, objective)
        yield from _reading_no_numbers(objective)
        yield from _protecting_others(objective)
        yield from _naming_themselves(objective)
    yield from _derived_in_vain(plan)
    if len(plan.cascade.children_first[0]) < len(plan.objectives):
        circle = find_circle({o.id: [p.id for p in plan.parents(o.id)] for o in plan.objectives})
        first = plan.objective(circle[0])
        yield (
            first,
            InconsistentPlanError(
                "circle",
                path_of(first, "supports"),
                " -> ".join(circle),
                "take one of these alignments out",
            ),
        )


def _references(objective: Objective) -> _References:
    """Yield what an objective and its members name, apart from what it is aligned to."""
    yield from _references_of_key_results(objective)
    watched: list[KeyResult | Guardrail] = [*objective.own_key_results, *objective.guardrails]
    for item in watched:
        if item.metric is not None:
            yield item, "metric", item.metric, (Metric,)
    for guardrail in objective.guardrails:
        if guardrail.protects is not None:
            yield guardrail, "protects", guardrail.protects, (KeyResult,)
    for initiative in objective.initiatives:
        for position, driven in enumerate(initiative.drives):
            yield initiative, f"drives[{position}]", driven, (KeyResult, Metric, Outside)
    if objective.profile is not None and objective.profile.continues is not None:
        yield objective, "profile.continues", objective.profile.continues, (Objective, Outside)


def named_in(objective: Objective) -> Iterator[str]:
    """Yield the ids that an objective and its members name."""
    yield from (alignment.to for alignment in objective.supports)
    yield from (id for _, _, id, _ in _references(objective))


def _references_of_key_results(objective: Objective) -> _References:
    for position, kr in enumerate(objective.key_results):
        if isinstance(kr, KeyResultRef):
            yield objective, f"key_results[{position}]", kr.to, (KeyResult,)
            continue
        if kr.derived is not None:
            for n, part in enumerate(kr.derived.of):
                yield kr, f"derived.of[{n}]", part, (KeyResult,)
        if kr.contribution is not None:
            for n, shared in enumerate(kr.contribution.supports):
                yield kr, f"contribution.supports[{n}]", shared, (KeyResult, Outside)
        if kr.profile is not None and kr.profile.early_warning is not None:
            warning = kr.profile.early_warning
            yield kr, "profile.early_warning", warning, (KeyResult, Metric, Outside)


def _naming_themselves(objective: Objective) -> _Faults:
    """Yield items that support, continue or warn of themselves."""
    names = ("contribution.supports", "profile.early_warning", "profile.continues")
    for item, where, id, _ in _references(objective):
        if where.startswith(names) and id == item.id:
            way_out = "name another item, or leave it out"
            yield item, InconsistentPlanError("circle", path_of(item, where), id, way_out)


def _counted_twice(plan: Plan, objective: Objective) -> _Faults:
    counted: set[str] = set()
    for position, kr in enumerate(objective.key_results):
        if isinstance(kr, KeyResultRef):
            if kr.to in counted or plan.homes[kr.to] is objective:
                yield (
                    objective,
                    InconsistentPlanError(
                        "duplicate-id",
                        path_of(objective, f"key_results[{position}]"),
                        kr.to,
                        "let a key result count once in an objective, with its weight",
                    ),
                )
            counted.add(kr.to)


def _reading_no_numbers(objective: Objective) -> _Faults:
    for kr in objective.own_key_results:
        if kr.metric is not None and not takes_numbers(type(kr.measure)):
            yield (
                kr,
                InconsistentPlanError(
                    "wrong-kind",
                    path_of(kr, "metric"),
                    kr.metric,
                    f"a metric reads numbers, which {type(kr.measure).__name__} does not take",
                ),
            )


def _derived_in_vain(plan: Plan) -> _Faults:
    key_results = plan.columns.key_results
    derived = {key_results[at].id: how for at, how in plan.columns.given("derived")}
    for id, how in derived.items():
        kr = plan.key_result(id)
        if kr.metric is not None or not takes_numbers(type(kr.measure)):
            yield (
                kr,
                InconsistentPlanError(
                    "wrong-kind",
                    path_of(kr, "derived"),
                    kr.metric or type(kr.measure).__name__,
                    "derive a key result without a metric whose measure takes numbers",
                ),
            )
        parts = [plan.key_result(part) for part in how.of]
        for n, part in enumerate(parts):
            if not takes_numbers(type(part.measure)):
                yield (
                    kr,
                    InconsistentPlanError(
                        "wrong-kind",
                        path_of(kr, f"derived.of[{n}]"),
                        part.id,
                        f"name what reads numbers, which {type(part.measure).__name__} does not",
                    ),
                )
        if how.how is Derivation.RATIO:
            yield from _share_beside_percent(kr, parts[0])
        units = {str(part.unit) for part in parts}
        if kr.unit is not None:
            units.add(str(kr.unit))
        if how.how is not Derivation.RATIO and len(units) > 1:
            yield (
                kr,
                InconsistentPlanError(
                    "unit-mismatch", path_of(kr, "derived"), ", ".join(sorted(units))
                ),
            )
    circle = find_circle({id: [p for p in how.of if p in derived] for id, how in derived.items()})
    if circle:
        first = plan.key_result(circle[0])
        yield (
            first,
            InconsistentPlanError(
                "circle",
                path_of(first, "derived"),
                " -> ".join(circle),
                "derive from what is read",
            ),
        )


def _share_beside_percent(kr: KeyResult, divided: KeyResult) -> _Faults:
    """Refuse a ratio in percent without a unit, which is a share of 1, unless percent is divided by a number."""
    is_share = divided.unit is None or divided.unit.whole is None
    if (
        kr.unit is None
        and is_in_percent(kr.title)
        and is_share
        and not is_in_percent(divided.title)
    ):
        least = least_number(kr.measure)
        if least > 1:
            yield (
                kr,
                InconsistentPlanError(
                    "unit-mismatch",
                    path_of(kr, "unit"),
                    None,
                    f"its title is in percent and its numbers begin at {least:g}, and without a unit a ratio"
                    ' is a share of 1: give it the unit "%"',
                ),
            )


def _protecting_others(objective: Objective) -> _Faults:
    counted = {kr.to if isinstance(kr, KeyResultRef) else kr.id for kr in objective.key_results}
    for guardrail in objective.guardrails:
        if guardrail.protects is not None and guardrail.protects not in counted:
            yield (
                guardrail,
                InconsistentPlanError(
                    "wrong-kind",
                    path_of(guardrail, "protects"),
                    guardrail.protects,
                    f"name a key result that counts in {objective.id!r}",
                ),
            )

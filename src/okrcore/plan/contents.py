"""The parts of a plan, and whether they fit: unique ids, known references, no circles.

Rules of this file:

1. Parts that do not fit can be put together all the same, so that a document is refused with every fault.
2. Everything that can be derived is derived on demand, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan.cascade import Cascade
from okrcore.plan.columns import Columns
from okrcore.plan.derived import Derivation
from okrcore.plan.graph import find_circle
from okrcore.plan.in_percent import is_in_percent, least_number
from okrcore.plan.item import FirstHints, Item, kind_of, members_of, refusal
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.measures import takes_numbers
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.watched import Guardrail, Metric

__all__ = ["Contents", "named_in"]

#: What an objective may be aligned to.
_ALIGNABLE: Final = frozenset({Objective, KeyResult, Outside})

#: Items that do not fit, each with what is wrong with it.
_Faults: TypeAlias = Iterator[tuple[Item, InconsistentPlanError]]
#: Who names something, in which field, its id, and the kinds allowed.
_References: TypeAlias = Iterator[tuple[Item, str, str, tuple[type[Item], ...]]]


@final
@frozen(eq=False)
class Contents:
    """The parts of a plan, fitting or not. Every part is sound in itself.

    Args:
        objectives: In the order of the plan.
        metrics: KPIs, and shared sources of readings.
        outside: Objectives of other plans that these are aligned to.
    """

    objectives: tuple[Objective, ...]
    metrics: tuple[Metric, ...]
    outside: tuple[Outside, ...]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Everything with an id, by id, in the order of `each`."""
        return MappingProxyType({item.id: item for item in self.each()})

    @cached_property
    def homes(self) -> Mapping[str, Objective]:
        """The objective of each key result, guardrail and initiative, by its id; references apart."""
        return MappingProxyType(
            {
                member.id: objective
                for objective in self.objectives
                for member in members_of(objective)
            }
        )

    @cached_property
    def columns(self) -> Columns:
        """The key results, in columns."""
        return Columns.of(self.objectives)

    @cached_property
    def cascade(self) -> Cascade:
        """The alignment of the objectives."""
        return Cascade(self.objectives, self.items, lambda: self.homes)

    def each(self) -> Iterator[Item]:
        """Yield everything with an id: objectives with their members, then metrics, then outside."""
        found: list[Item] = []
        for objective, key_results in self.columns.by_objective():
            found.append(objective)
            found += key_results
            found += objective.guardrails
            found += objective.initiatives
        return chain(found, self.metrics, self.outside)

    def faults(self) -> _Faults:
        """Yield each item that does not fit the others, with its refusal.

        Later checks run only if earlier ones found nothing: references if ids are unique, the rest if
        references lead somewhere.
        """
        for check in (_repeated_ids, _dead_references, _misfits):
            is_sound = True
            for item, fault in check(self):
                is_sound = False
                yield item, fault
            if not is_sound:
                return


def _repeated_ids(contents: Contents) -> _Faults:
    if len(contents.items) == _count(contents):
        return
    seen: dict[str, Item] = {}
    for item in contents.each():
        if item.id in seen:
            way_out = f"{kind_of(seen[item.id])} already has it"
            if seen[item.id] is item and isinstance(item, KeyResult):
                way_out = f"to let it count in another objective, write KeyResultRef({item.id!r})"
            yield item, InconsistentPlanError("duplicate-id", path_of(item, "id"), item.id, way_out)
        seen[item.id] = item


def _count(contents: Contents) -> int:
    inside = sum(len(each.guardrails) + len(each.initiatives) for each in contents.objectives)
    outside = len(contents.metrics) + len(contents.outside)
    return len(contents.objectives) + len(contents.columns.key_results) + inside + outside


def _dead_references(contents: Contents) -> _Faults:
    items, naming, hint = contents.items, contents.columns.naming, FirstHints()
    children, parents = contents.cascade.edges
    # What is aligned to an objective of the plan leads somewhere.
    elsewhere = {child for child, parent in zip(children, parents, strict=True) if parent < 0}
    for number in sorted(elsewhere | naming):
        objective = contents.objectives[number]
        for position, alignment in enumerate(objective.supports):
            if type(items.get(alignment.to)) not in _ALIGNABLE:
                path = path_of(objective, f"supports[{position}]")
                yield objective, refusal(items, path, alignment.to, hint=hint)
        if number in naming:
            for item, where, id, kinds in _references(objective):
                if not isinstance(items.get(id), kinds):
                    yield item, refusal(items, path_of(item, where), id, hint=hint)


def _misfits(contents: Contents) -> _Faults:
    for number in sorted(contents.columns.naming):
        objective = contents.objectives[number]
        yield from _counted_twice(contents, objective)
        yield from _reading_no_numbers(objective)
        yield from _protecting_others(objective)
        yield from _naming_themselves(objective)
    yield from _derived_in_vain(contents)
    if len(contents.cascade.children_first[0]) < len(contents.objectives):
        circle = find_circle(
            {o.id: [p.id for p in contents.cascade.above[o.id]] for o in contents.objectives}
        )
        first = contents.items[circle[0]]
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
    """Yield the references of an objective and its members, alignments apart."""
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


def _counted_twice(contents: Contents, objective: Objective) -> _Faults:
    counted: set[str] = set()
    for position, kr in enumerate(objective.key_results):
        if isinstance(kr, KeyResultRef):
            if kr.to in counted or contents.homes[kr.to] is objective:
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


def _derived_in_vain(contents: Contents) -> _Faults:
    columns = contents.columns
    key_results = columns.key_results
    derived = {key_results[at].id: how for at, how in columns.with_derivation.items()}
    for id, how in derived.items():
        kr = key_results[columns.place_of[id]]
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
        parts = [key_results[columns.place_of[part]] for part in how.of]
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
        first = contents.items[circle[0]]
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

"""Parts of a plan, and the checks that they fit: unique ids, known references, no circles.

Rules of this file:

1. Parts that do not fit can be put together all the same, so that a document is refused with every fault.
2. All derived values are made on demand, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from okrcore._checks import path_of
from okrcore.errors import InconsistentPlanError
from okrcore.plan.cascade import Cascade, find_circle
from okrcore.plan.effective_units import unit_of
from okrcore.plan.item import FirstHints, Hint, Item, kind_of, members_of, refusal
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.key_result_columns import Columns
from okrcore.plan.measures import is_in_percent, least_number, takes_numbers
from okrcore.plan.metric_links import circles, dead_links, shares_beside_percent, unit_misfits
from okrcore.plan.metrics import Guardrail, Metric
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.period_measures import EachPeriod
from okrcore.plan.priorities import Priority
from okrcore.plan.reading import Aggregation
from okrcore.plan.trigger import TriggerKind

__all__ = ["Contents", "named_in", "successors"]

#: Kinds that an objective may be aligned to.
_ALIGNABLE: Final = frozenset({Objective, KeyResult, Outside})

#: Kinds that may be the cause of an objective, by kind of cause.
_CAUSES: Final[Mapping[TriggerKind, tuple[type[Item], ...]]] = MappingProxyType(
    {
        TriggerKind.STALLED_KEY_RESULT: (KeyResult, Outside),
        TriggerKind.UNHEALTHY_METRIC: (Metric, Outside),
        TriggerKind.EVENT: (Outside,),
        TriggerKind.CROSS_TEAM_NEED: (Objective, KeyResult, Outside),
        TriggerKind.EXPERIMENT: (Objective, KeyResult, Metric, Outside),
    }
)

_Fault: TypeAlias = tuple[Item, InconsistentPlanError]
_Faults: TypeAlias = Iterator[_Fault]
#: Item with the reference, its field, the id, and the kinds allowed.
_References: TypeAlias = Iterator[tuple[Item, str, str, tuple[type[Item], ...]]]


@final
@frozen(eq=False)
class Contents:
    """Parts of a plan, fitting or not; each part is valid in itself.

    Args:
        objectives: In the order of the plan.
        metrics: KPIs, and shared sources of readings.
        outside: Objectives of other plans that these are aligned to.
        priorities: Strategic priorities that they serve.
    """

    objectives: tuple[Objective, ...]
    metrics: tuple[Metric, ...]
    outside: tuple[Outside, ...]
    priorities: tuple[Priority, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Items by id, in the order of `each`."""
        return MappingProxyType({item.id: item for item in self.each()})

    @cached_property
    def homes(self) -> Mapping[str, Objective]:
        """Objective of each key result, guardrail and initiative of its own, by id."""
        return MappingProxyType(
            {
                member.id: objective
                for objective in self.objectives
                for member in members_of(objective)
            }
        )

    @cached_property
    def columns(self) -> Columns:
        """Key results in columns."""
        return Columns.of(self.objectives)

    @cached_property
    def cascade(self) -> Cascade:
        """Alignment of the objectives."""
        return Cascade(self.objectives, self.items, lambda: self.homes)

    @cached_property
    def linked(self) -> Sequence[Metric]:
        """Metrics that name other items."""
        return [
            each
            for each in self.metrics
            if each.derived is not None or each.drives or each.place is not None
        ]

    @property
    def readers(self) -> Iterator[KeyResult | Guardrail]:
        """Items that may read a metric."""
        return chain.from_iterable(map(_readers, self.objectives))

    def each(self) -> Iterator[Item]:
        """Yield all items: objectives with their members, then metrics, items outside and priorities."""
        found: list[Item] = []
        for objective, key_results in self.columns.by_objective():
            found.append(objective)
            found += key_results
            found += objective.guardrails
            found += objective.initiatives
        return chain(found, self.metrics, self.outside, self.priorities)

    def faults(self) -> _Faults:
        """Yield each item that does not fit the others, with its error.

        Later checks run only if earlier ones found nothing: references if ids are unique, the rest if
        all references are known. The unit of a derived metric is found if these form no circle.
        """
        for check in (_repeated_ids, _dead_references, _circles_of_metrics, _misfits):
            is_sound = True
            for item, fault in check(self):
                is_sound = False
                yield item, fault
            if not is_sound:
                return


def _fault(item: Item, code: str, field: str, value: object, hint: str = "") -> _Fault:
    return item, InconsistentPlanError(code, path_of(item, field), value, hint)


def _repeated_ids(contents: Contents) -> _Faults:
    if len(contents.items) == _count(contents):
        return
    seen: dict[str, Item] = {}
    for item in contents.each():
        if item.id in seen:
            hint = f"{kind_of(seen[item.id])} already has it"
            if seen[item.id] is item and isinstance(item, KeyResult):
                hint = f"to let it count in another objective, write KeyResultRef({item.id!r})"
            yield _fault(item, "duplicate-id", "id", item.id, hint)
        seen[item.id] = item


def _count(contents: Contents) -> int:
    inside = sum(len(each.guardrails) + len(each.initiatives) for each in contents.objectives)
    outside = len(contents.metrics) + len(contents.outside) + len(contents.priorities)
    return len(contents.objectives) + len(contents.columns.key_results) + inside + outside


def _dead_references(contents: Contents) -> _Faults:
    items, suggest = contents.items, FirstHints()
    with_references = contents.columns.with_references
    children, parents = contents.cascade.edges
    # Alignments to objectives of the plan are known ids.
    elsewhere = {child for child, parent in zip(children, parents, strict=True) if parent < 0}
    for number in sorted(elsewhere | with_references):
        objective = contents.objectives[number]
        for position, alignment in enumerate(objective.supports):
            if type(items.get(alignment.to)) not in _ALIGNABLE:
                path = path_of(objective, f"supports[{position}]")
                yield objective, refusal(items, path, alignment.to, suggest=suggest)
        if number in with_references:
            for item, field, id, kinds in _references(objective):
                if not isinstance(items.get(id), kinds):
                    yield item, refusal(items, path_of(item, field), id, suggest=suggest)
    yield from _dead_thresholds(contents, suggest)
    if contents.linked:
        yield from dead_links(contents.linked, items, suggest)


def _dead_thresholds(contents: Contents, suggest: Hint) -> _Faults:
    """Yield each priority that names an unknown metric, and each metric that names an unknown priority."""
    items = contents.items
    for priority in contents.priorities:
        for position, each in enumerate(priority.metrics):
            if not isinstance(items.get(each.metric), Metric):
                path = path_of(priority, f"metrics[{position}].metric")
                yield priority, refusal(items, path, each.metric, suggest=suggest)
    for metric in contents.metrics:
        served = None if metric.place is None else metric.place.priority
        if served is not None and not isinstance(items.get(served), Priority):
            path = path_of(metric, "place.priority")
            yield metric, refusal(items, path, served, suggest=suggest)


def _circles_of_metrics(contents: Contents) -> _Faults:
    return circles(contents.linked, contents.items) if contents.linked else iter(())


def _misfits(contents: Contents) -> _Faults:
    for number in sorted(contents.columns.with_references):
        objective = contents.objectives[number]
        yield from _counted_twice(contents, objective)
        yield from _metrics_without_numbers(objective)
        yield from _other_units(contents, objective)
        yield from _guardrails_of_others(objective)
        yield from _references_to_themselves(objective)
        yield from _causes_of_themselves(contents, objective)
    if contents.linked:
        yield from unit_misfits(contents.linked, contents.items)
        yield from shares_beside_percent(contents.linked, contents.items, contents.readers)
    yield from _misfit_derivations(contents)
    yield from _misfit_chains(contents)
    if len(contents.cascade.children_first[0]) < len(contents.objectives):
        circle = find_circle(
            {o.id: [p.id for p in contents.cascade.above[o.id]] for o in contents.objectives}
        )
        hint = "take one of these alignments out"
        yield _fault(contents.items[circle[0]], "circle", "supports", " -> ".join(circle), hint)


def _references(objective: Objective) -> _References:
    """Yield the references of an objective and its members, alignments apart."""
    yield from _references_of_key_results(objective)
    for item in _readers(objective):
        if item.metric is not None:
            yield item, "metric", item.metric, (Metric,)
    yield from _references_of_members(objective)
    if objective.continues is not None:
        yield objective, "continues", objective.continues, (Objective, Outside)
    if objective.place is not None and objective.place.priority is not None:
        yield objective, "place.priority", objective.place.priority, (Priority,)
    for position, kpi in enumerate(objective.kpis):
        yield objective, f"kpis[{position}]", kpi, (Metric,)
    trigger = objective.trigger
    if trigger is not None and trigger.of is not None:
        yield objective, "trigger.of", trigger.of, _CAUSES[trigger.kind]


def _references_of_members(objective: Objective) -> _References:
    for guardrail in objective.guardrails:
        if guardrail.protects is not None:
            yield guardrail, "protects", guardrail.protects, (KeyResult,)
    for initiative in objective.initiatives:
        for position, driven in enumerate(initiative.drives):
            yield initiative, f"drives[{position}]", driven, (KeyResult, Metric, Outside)


def _readers(objective: Objective) -> Iterator[KeyResult | Guardrail]:
    """Yield the members of an objective that may read a metric."""
    yield from objective.own_key_results
    yield from objective.guardrails


def named_in(objective: Objective) -> Iterator[str]:
    """Yield the ids to which an objective and its members refer."""
    yield from (alignment.to for alignment in objective.supports)
    yield from (id for _, _, id, _ in _references(objective))


def successors(objectives: Iterable[Objective]) -> Iterator[tuple[Objective | KeyResult, str]]:
    """Yield each objective and key result that continues another, with the id of that one."""
    for objective in objectives:
        items: tuple[Objective | KeyResult, ...] = (objective, *objective.own_key_results)
        for item in items:
            if item.continues is not None:
                yield item, item.continues


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
        if kr.continues is not None:
            yield kr, "continues", kr.continues, (KeyResult, Outside)
        if kr.profile is not None and kr.profile.early_warning is not None:
            warning = kr.profile.early_warning
            yield kr, "profile.early_warning", warning, (KeyResult, Metric, Outside)


def _references_to_themselves(objective: Objective) -> _Faults:
    names = ("contribution.supports", "profile.early_warning")
    for item, field, id, _ in _references(objective):
        if field.startswith(names) and id == item.id:
            yield _fault(item, "circle", field, id, "name another item, or leave it out")


def _causes_of_themselves(contents: Contents, objective: Objective) -> _Faults:
    cause = None if objective.trigger is None else objective.trigger.of
    if cause is not None and (cause == objective.id or contents.homes.get(cause) is objective):
        hint = "name an item that was there before it, or leave it out"
        yield _fault(objective, "circle", "trigger.of", cause, hint)


def _counted_twice(contents: Contents, objective: Objective) -> _Faults:
    counted: set[str] = set()
    for position, kr in enumerate(objective.key_results):
        if isinstance(kr, KeyResultRef):
            if kr.to in counted or contents.homes[kr.to] is objective:
                hint = "let a key result count once in an objective, with its weight"
                yield _fault(objective, "duplicate-id", f"key_results[{position}]", kr.to, hint)
            counted.add(kr.to)


def _metrics_without_numbers(objective: Objective) -> _Faults:
    for kr in objective.own_key_results:
        if kr.metric is not None and not takes_numbers(type(kr.measure)):
            hint = f"a metric reads numbers, which {type(kr.measure).__name__} does not take"
            yield _fault(kr, "wrong-kind", "metric", kr.metric, hint)


def _other_units(contents: Contents, objective: Objective) -> _Faults:
    """Yield readers of a metric whose unit is another one than that of the metric."""
    for item in _readers(objective):
        if item.metric is not None and item.unit is not None:
            unit = unit_of(contents.items, contents.items[item.metric])
            if unit is not None and str(unit) != str(item.unit):
                hint = f"its metric {item.metric!r} is in {unit}: leave the unit out"
                yield _fault(item, "unit-mismatch", "unit", str(item.unit), hint)


def _misfit_derivations(contents: Contents) -> _Faults:
    columns = contents.columns
    key_results = columns.key_results
    derived = {key_results[at].id: how for at, how in columns.with_derivation.items()}
    for id, how in derived.items():
        kr = key_results[columns.index_of[id]]
        if kr.metric is not None or not takes_numbers(type(kr.measure)):
            found = kr.metric or type(kr.measure).__name__
            hint = "derive a key result without a metric whose measure takes numbers"
            yield _fault(kr, "wrong-kind", "derived", found, hint)
        elif isinstance(kr.measure, EachPeriod):
            hint = "a derived value has no reading of each period; read a metric, or check in"
            yield _fault(kr, "wrong-kind", "derived", "EachPeriod", hint)
        parts = [key_results[columns.index_of[part]] for part in how.of]
        for n, part in enumerate(parts):
            if not takes_numbers(type(part.measure)):
                hint = f"name a key result read as a number, not a {type(part.measure).__name__}"
                yield _fault(kr, "wrong-kind", f"derived.of[{n}]", part.id, hint)
        if how.how is Aggregation.RATIO:
            yield from _share_beside_percent(contents, kr, parts[0])
        units = {str(unit_of(contents.items, part)) for part in parts}
        if kr.unit is not None:
            units.add(str(kr.unit))
        if how.how is not Aggregation.RATIO and len(units) > 1:
            yield _fault(kr, "unit-mismatch", "derived", ", ".join(sorted(units)))
    circle = find_circle({id: [p for p in how.of if p in derived] for id, how in derived.items()})
    if circle:
        hint = "derive from key results with readings of their own"
        yield _fault(contents.items[circle[0]], "circle", "derived", " -> ".join(circle), hint)


def _misfit_chains(contents: Contents) -> _Faults:
    """Yield items that continue a sibling, one that another continues already, or each other in a circle.

    A Micro-OKR joins no chain of another cadence, so it may continue an item beside another objective.
    """
    after: dict[tuple[str, bool], str] = {}
    before: dict[str, list[str]] = {}
    for number in sorted(contents.columns.with_references):
        objective = contents.objectives[number]
        for item, id in successors([objective]):
            other = after.setdefault((id, objective.is_micro), item.id)
            if other != item.id:
                hint = f"{other!r} continues it; let one go on from it, and name one if several are merged"
                yield _fault(item, "duplicate-id", "continues", id, hint)
            elif item is not objective and item.id != id and contents.homes.get(id) is objective:
                hint = "name a key result of an objective of an earlier cycle"
                yield _fault(item, "wrong-kind", "continues", id, hint)
            before[item.id] = [id]
    circle = find_circle(before)
    if circle:
        hint = "name an item of an earlier cycle, or leave it out"
        yield _fault(contents.items[circle[0]], "circle", "continues", " -> ".join(circle), hint)


def _share_beside_percent(contents: Contents, kr: KeyResult, divided: KeyResult) -> _Faults:
    """Yield a ratio in percent without a unit, which is a share of 1, unless percent is divided by a number."""
    unit = unit_of(contents.items, divided)
    is_share = unit is None or unit.whole is None
    if (
        kr.unit is None
        and is_in_percent(kr.title)
        and is_share
        and not is_in_percent(divided.title)
    ):
        least = least_number(kr.measure)
        if least > 1:
            hint = (
                f"its title is in percent and its numbers begin at {least:g}, and without a unit a ratio"
                ' is a share of 1: give it the unit "%"'
            )
            yield _fault(kr, "unit-mismatch", "unit", None, hint)


def _guardrails_of_others(objective: Objective) -> _Faults:
    counted = {kr.to if isinstance(kr, KeyResultRef) else kr.id for kr in objective.key_results}
    for guardrail in objective.guardrails:
        if guardrail.protects is not None and guardrail.protects not in counted:
            hint = f"name a key result that counts in {objective.id!r}"
            yield _fault(guardrail, "wrong-kind", "protects", guardrail.protects, hint)

"""Edits of a plan, for pairs and rows of plans; each result is a valid plan.

An edit that does not fit the plan is left out, so that a few drawn plans equal the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from attrs import NOTHING, evolve, fields, fields_dict
from hypothesis import strategies as st

from okrcore.calendar import Cycle
from okrcore.errors import OkrError
from okrcore.plan import (
    Aggregation,
    Alignment,
    AtMost,
    Derived,
    Guardrail,
    Initiative,
    KeyResult,
    KeyResultRef,
    Metric,
    Objective,
    Outside,
    Plan,
    Priority,
    Reach,
    Trigger,
    TriggerKind,
)
from okrcore.plan.field_table import COLLECTIONS, COUNTS, GROUPS, counts
from okrcore.plan.item import Item
from okrcore.testing.limits import growths, watched_bounds
from okrcore.testing.measure_strategies import measures
from okrcore.testing.metric_plans import metrics
from okrcore.testing.plans import guardrails, key_results
from okrcore.testing.priority_strategies import priorities, thresholds
from okrcore.testing.values import CYCLE, Strategy, days, of_field, weights

__all__ = [
    "Member",
    "edited",
    "new_item",
    "new_member",
    "new_value",
    "paths_of",
    "revisions",
    "with_value",
]

#: Member of an objective.
Member: TypeAlias = KeyResult | KeyResultRef | Guardrail | Initiative
_Edit: TypeAlias = Callable[[st.DrawFn, Plan], Plan]

#: Collection of each kind of item.
_COLLECTION_OF: Final[Mapping[type[Any], str]] = MappingProxyType(
    {
        KeyResult: "key_results",
        KeyResultRef: "key_results",
        Guardrail: "guardrails",
        Initiative: "initiatives",
        Metric: "metrics",
        Outside: "outside",
        Priority: "priorities",
    }
)
#: Ids of items that join; few, so that some come back.
_NEW_IDS: Final = ("n0", "n1", "n2")
#: Cycles that begin and end on other days.
_CYCLES: Final = st.sampled_from(
    [
        Cycle(CYCLE.start, CYCLE.end.replace(month=10)),
        Cycle(CYCLE.start, CYCLE.end.replace(day=10)),
        Cycle(CYCLE.start.replace(day=20), CYCLE.end),
        CYCLE,
    ]
)


# --- values of fields --------------------------------------------------------------------------


@cache
def paths_of(kind: Any, *, described: bool = True) -> Sequence[str]:
    """Return the fields of an item that are edited, those of groups with a dot; wording only if `described`."""
    found: list[str] = []
    for each in fields(kind):
        group = GROUPS.get(kind, {}).get(each.name)
        if each.name not in {"id", *_MEMBERS}:
            found.append(each.name)
            found += [f"{each.name}.{inner.name}" for inner in fields(group)] if group else []
    return tuple(
        name
        for name in found
        if described or counts(kind, name) or COUNTS.get(GROUPS.get(kind, {}).get(name, object))
    )


_MEMBERS: Final = COLLECTIONS[Objective] - {"supports"}


@st.composite
def new_value(draw: st.DrawFn, plan: Plan, item: Item, path: str) -> Any:
    """Return values of a field of an item; not each fits the other fields.

    Args:
        plan: The plan, with the ids that fields name.
        item: The item.
        path: Name of the field, dotted in a group.
    """
    group, _, inner = path.rpartition(".")
    kind: Any = GROUPS[type(item)][group] if group else type(item)
    default = fields_dict(kind)[inner].default
    if default is not NOTHING and not draw(st.integers(0, 3)):
        return default
    if path in _IDS or path == "continues":
        kinds = (type(item), Outside) if path == "continues" else _IDS[path]
        pool = [each.id for each in plan.each() if isinstance(each, kinds)]
        return draw(st.sampled_from(pool)) if pool else default
    if path == "trigger":
        kind, of = draw(st.sampled_from(TriggerKind)), draw(st.sampled_from([None, *plan.items]))
        return Trigger(kind, of, hypothesis="An effect")
    if path in {"drives", "supports", "contribution.supports", "kpis"}:
        is_of_metrics = path == "kpis" or isinstance(item, Metric)
        metrics_alone = [each.id for each in plan.metrics] if is_of_metrics else []
        pool = metrics_alone or [*plan.items]
        chosen = draw(st.lists(st.sampled_from(pool), max_size=2, unique=True))
        is_weighed = path == "supports"
        return [Alignment(to, weight=draw(weights())) for to in chosen] if is_weighed else chosen
    if path == "metrics":
        return draw(thresholds([each.id for each in plan.metrics]))
    if path == "derived":
        pool = [each.id for each in plan.each() if isinstance(each, type(item))]
        chosen = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True))
        hows = [how for how in Aggregation if how is not Aggregation.RATIO or len(chosen) == 2]
        return Derived(draw(st.sampled_from(hows)), chosen)
    return draw(_of_path(kind, inner))


#: Kinds of the items that a field names, by the field.
_IDS: Final[Mapping[str, tuple[type[Any], ...]]] = MappingProxyType(
    {
        "metric": (Metric,),
        "protects": (KeyResult,),
        "profile.early_warning": (KeyResult, Metric, Outside),
        "place.priority": (Priority,),
    }
)


@cache
def _of_path(kind: Any, name: str) -> Strategy[Any]:
    known: dict[tuple[type[Any], str], Callable[[], Strategy[Any]]] = {
        (KeyResult, "measure"): measures,
        (KeyResult, "weight"): lambda: st.just(0.0) | weights(),
        (Guardrail, "bound"): watched_bounds,
        (Metric, "growth"): growths,
        (Metric, "health"): watched_bounds,
        (Objective, "cycle"): lambda: _CYCLES,
    }
    return known[kind, name]() if (kind, name) in known else of_field(kind, name)


def with_value(item: Any, path: str, value: object) -> Any:
    """Return an item with a value in a field, dotted in a group.

    Raises:
        OkrError: The value does not fit.
        TypeError: There is no such group, and none without other values.
    """
    group, _, inner = path.rpartition(".")
    if not group:
        return evolve(item, **{path: value})
    known: Any = GROUPS[type(item)][group]
    return evolve(item, **{group: evolve(getattr(item, group) or known(), **{inner: value})})


# --- new items ---------------------------------------------------------------------------------


@st.composite
def new_member(draw: st.DrawFn, plan: Plan, *, described: bool = True) -> Member:
    """Return members for an objective, under an id of few, or of a key result in the plan.

    Args:
        plan: The plan, with the ids that they name.
        described: Whether titles, owners, units and profiles are drawn too.
    """
    ids = [each.id for each in plan.each() if isinstance(each, KeyResult)]
    kinds = [KeyResult, Guardrail, Initiative, *[KeyResultRef] * bool(ids)]
    kind, id = draw(st.sampled_from(kinds)), draw(st.sampled_from(_NEW_IDS))
    if kind is KeyResult:
        return draw(key_results(id=id, described=described))
    if kind is Guardrail:
        return draw(guardrails(id=id, described=described))
    if kind is Initiative:
        return Initiative(id, "A title", drives=ids[:1], due=draw(st.none() | days()))
    return KeyResultRef(draw(st.sampled_from(ids)), weight=draw(weights()))


@st.composite
def new_item(
    draw: st.DrawFn, plan: Plan, *, described: bool = True
) -> Objective | Metric | Outside | Priority:
    """Return objectives with their members, metrics, priorities, and items outside, for a plan.

    Args:
        plan: The plan, with the ids that they name.
        described: Whether titles, owners, units and profiles are drawn too.
    """
    kind = draw(st.sampled_from([Objective, Metric, Outside, Priority]))
    id = draw(st.sampled_from(_NEW_IDS))
    if kind is Outside:
        return Outside(id)
    if kind is Metric:
        return draw(metrics(id=id, described=described))
    read = [each.id for each in plan.metrics]
    if kind is Priority:
        return draw(priorities(id=id, metrics=read, described=described))
    own = [
        draw(key_results(id=f"{id}-k{n}", described=described))
        for n in range(draw(st.integers(0, 2)))
    ]
    above = draw(st.sampled_from([None, *plan.items]))
    return Objective(
        id,
        "A title",
        key_results=own,
        guardrails=[draw(guardrails(id=f"{id}-g0", described=described))] if own else [],
        cycle=CYCLE,
        supports=[] if above is None else [above],
    )


# --- edits -------------------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn, plan: Plan, *, most: int = 3, described: bool = True) -> Plan:
    """Return plans after a few edits of another: of any field, link, member or order.

    The method of an objective is edited only if it has one, since many rulebooks refuse another.

    Args:
        plan: The plan before.
        most: Largest number of edits.
        described: Whether wording and order are edited too; they move no number.
    """
    edits = _EDITS[described]
    for _ in range(draw(st.integers(1, most))):
        for _ in range(_TRIES):
            edit, before = draw(st.sampled_from(edits)), plan
            try:
                plan = edit(draw, plan)
            except (OkrError, TypeError):
                continue
            if plan != before:
                break
    return plan


#: Times that an edit is drawn until one fits.
_TRIES: Final = 3


@st.composite
def revisions(
    draw: st.DrawFn, plan: Plan, *, most: int = 3, described: bool = True
) -> tuple[Plan, ...]:
    """Return rows of plans, each an edit of the one before; a few go back to an earlier one.

    Args:
        plan: The plan before the first of them.
        most: Largest number of plans.
        described: Whether wording and order are edited too; they move no number.
    """
    made = [plan]
    for _ in range(draw(st.integers(1, most))):
        is_reversal = len(made) > 1 and draw(st.integers(0, 3)) == 3
        before = draw(st.sampled_from(made[:-1])) if is_reversal else None
        made.append(draw(edited(made[-1], described=described)) if before is None else before)
    return tuple(made[1:])


def _replaced(plan: Plan, id: str, item: Any) -> Plan:
    """Return the plan with another item for an id, in its place; without it if None."""

    def in_place(members: Iterable[Any]) -> list[Any]:
        found = [item if getattr(each, "id", None) == id else each for each in members]
        return [each for each in found if each is not None]

    objectives = [
        evolve(each, **{name: in_place(getattr(each, name)) for name in _MEMBERS})
        for each in in_place(plan.objectives)
    ]
    return Plan(
        objectives,
        metrics=in_place(plan.metrics),
        outside=in_place(plan.outside),
        priorities=in_place(plan.priorities),
    )


def _added(plan: Plan, home: Objective | None, member: Any) -> Plan:
    """Return the plan with one more member of an objective, or item of its own."""
    if isinstance(member, Objective):
        return plan.put(member)
    name = _COLLECTION_OF[type(member)]
    holder: Any = plan if home is None else home
    longer: Any = evolve(holder, **{name: [*getattr(holder, name), member]})
    return longer if home is None else plan.put(longer)


def _change_a_value(draw: st.DrawFn, plan: Plan, *, described: bool = True) -> Plan:
    item: Any = draw(st.sampled_from([*plan.each()]))
    paths = paths_of(cast("Any", type(item)), described=described)  # a class has a hash
    path = draw(st.sampled_from(paths)) if paths else ""
    if not path or (path == "method" and item.method is None):
        return plan
    return _replaced(plan, item.id, with_value(item, path, draw(new_value(plan, item, path))))


def _change_a_value_that_counts(draw: st.DrawFn, plan: Plan) -> Plan:
    return _change_a_value(draw, plan, described=False)


def _weigh_a_link(draw: st.DrawFn, plan: Plan) -> Plan:
    """Change the weight of a reference or an alignment, or remove it."""
    links = [
        (each, name, at)
        for each in plan.objectives
        for name in ("key_results", "supports")
        for at, link in enumerate(getattr(each, name))
        if isinstance(link, (KeyResultRef, Alignment))
    ]
    if not links:
        return plan
    home: Any
    home, name, at = draw(st.sampled_from(links))
    members = [*getattr(home, name)]
    is_kept = draw(st.booleans())
    members[at : at + 1] = [evolve(members[at], weight=draw(weights()))] if is_kept else []
    return plan.put(evolve(home, **{name: members}))


def _remove(draw: st.DrawFn, plan: Plan) -> Plan:
    return plan.remove(draw(st.sampled_from([*plan.items])))


def _add(draw: st.DrawFn, plan: Plan) -> Plan:
    if not plan.objectives or draw(st.booleans()):
        return _added(plan, None, draw(new_item(plan)))
    return _added(plan, draw(st.sampled_from(plan.objectives)), draw(new_member(plan)))


def _move(draw: st.DrawFn, plan: Plan) -> Plan:
    """Move a member to another objective."""
    if not plan.homes:
        return plan
    id = draw(st.sampled_from([*plan.homes]))
    into = draw(st.sampled_from(plan.objectives))
    item: Any = plan.items[id]
    return plan.put(item, into=into.id)


def _order(draw: st.DrawFn, plan: Plan) -> Plan:
    holder: Any = draw(st.sampled_from([plan, *plan.objectives]))
    name = draw(st.sampled_from(sorted(COLLECTIONS[type(holder)])))
    changed = evolve(holder, **{name: draw(st.permutations(getattr(holder, name)))})
    return changed if holder is plan else plan.put(changed)


def _change_the_kind(draw: st.DrawFn, plan: Plan) -> Plan:
    """Put an item of another kind under an id."""
    item = draw(st.sampled_from([*plan.each()]))
    id, home = item.id, plan.homes.get(item.id)
    others: Sequence[Any] = (
        (Metric(id, "Another kind"), Outside(id))
        if home is None
        else (
            Guardrail(id, "Another kind", AtMost(1)),
            Initiative(id, "Another kind"),
            KeyResult(id, "Another kind", Reach(1)),
        )
    )
    other = draw(st.sampled_from(others))
    shorter = plan.remove(id)
    return _added(shorter, None if home is None else shorter.objective(home.id), other)


_COUNTING: Final[Sequence[_Edit]] = (
    _change_a_value_that_counts,
    _change_a_value_that_counts,
    _change_a_value_that_counts,
    _add,
    _remove,
    _weigh_a_link,
)
#: Edits, by `described`.
_EDITS: Final[Mapping[bool, Sequence[_Edit]]] = MappingProxyType(
    {
        False: _COUNTING,
        True: (*_COUNTING, _change_a_value, _change_a_value, _move, _order, _change_the_kind),
    }
)

"""Edits of a plan, drawn: pairs of plans that differ in one place or several, and pairs of any two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import attrs
from hypothesis import strategies as st

import okrcore as okr
from okrcore.plan.field_table import COLLECTIONS, GROUPS
from okrcore.testing import plans, records
from okrcore.testing.values import Strategy

__all__ = ["edited", "field_edits", "pairs"]

_evolved: Any = attrs.evolve  # of records of any kind
_Edit: TypeAlias = Callable[[st.DrawFn, okr.Plan], okr.Plan]

_OF_OBJECTIVES: Final = sorted(COLLECTIONS[okr.Objective])
_OF_PLANS: Final = sorted(COLLECTIONS[okr.Plan])


@st.composite
def edited(draw: st.DrawFn, plan: okr.Plan, *, most: int = 3) -> okr.Plan:
    """Return the plan after one edit to several; an edit that does not fit is left out.

    Args:
        plan: The plan.
        most: Largest number of edits.
    """
    for _ in range(draw(st.integers(1, most))):
        if not plan.objectives:
            break
        edit = draw(st.sampled_from(_EDITS))
        try:
            plan = edit(draw, plan)
        except okr.OkrError:
            continue
    return plan


def pairs() -> Strategy[tuple[okr.Plan, okr.Plan]]:
    """Return pairs of a plan with an edited one, or with any other: ids are the same in all of them."""
    drawn = plans() | plans(wide=True)
    edits = drawn.flatmap(lambda plan: st.tuples(st.just(plan), edited(plan)))
    return edits | edits | st.tuples(drawn, drawn)


@st.composite
def field_edits(draw: st.DrawFn) -> tuple[okr.Plan, okr.Plan, str, str]:
    """Return plans that differ in one field of one item, its id, and the field, dotted in a group."""
    plan = draw(plans(max_objectives=2))
    item = draw(st.sampled_from([*plan.each()]))
    found = _with_a_field(draw, plan, item, in_groups=True)
    if found is None:
        return plan, plan, item.id, ""
    changed, field = found
    try:
        return plan, _replaced(plan, item.id, changed), item.id, field
    except okr.OkrError:
        return plan, plan, item.id, ""


def _with_a_field(
    draw: st.DrawFn, plan: okr.Plan, record: object, *, in_groups: bool = False
) -> tuple[Any, str] | None:
    """Return a record with a drawn value in one field, and that field; None if it does not fit."""
    kind: Any = type(record)
    names = [one.name for one in attrs.fields(kind) if one.name not in COLLECTIONS.get(kind, ())]
    name = draw(st.sampled_from([name for name in names if name not in {"id", "to"}]))
    group: Any = getattr(record, name)
    given: Any
    if name in GROUPS.get(kind, {}):
        if in_groups and group is not None:
            found = _with_a_field(draw, plan, group, in_groups=True)
            return found and (_evolved(record, **{name: found[0]}), f"{name}.{found[1]}")
        if in_groups:
            return None
        its_kind: Any = GROUPS[kind][name]
        given = draw(st.none() | records(its_kind) | st.just(_empty(its_kind)))
    elif name in _REFERENCES:
        given = draw(st.none() | st.sampled_from([*plan.items]))
    elif name in {"drives", "supports"}:
        given = draw(st.lists(st.sampled_from([*plan.items]), max_size=2, unique=True))
    else:
        given = getattr(draw(records(kind, wide=True)), name)
    try:
        return _evolved(record, **{name: given}), name
    except okr.OkrError:
        return None


_REFERENCES: Final = frozenset({"metric", "protects", "early_warning", "continues"})


def _empty(group: Any) -> Any:
    try:
        return group()
    except TypeError:  # it has required fields
        return None


def _replaced(plan: okr.Plan, id: str, item: Any) -> okr.Plan:
    """Return the plan with another item for an id, in its place; without it if None."""

    def in_place(members: Sequence[Any]) -> list[Any]:
        found = [item if getattr(each, "id", None) == id else each for each in members]
        return [each for each in found if each is not None]

    objectives = [
        _evolved(each, **{name: in_place(getattr(each, name)) for name in _OF_OBJECTIVES})
        for each in plan.objectives
    ]
    return okr.Plan(
        in_place(objectives), metrics=in_place(plan.metrics), outside=in_place(plan.outside)
    )


def _change_a_field(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    item = draw(st.sampled_from([*plan.each()]))
    found = _with_a_field(draw, plan, item, in_groups=draw(st.booleans()))
    return plan if found is None else _replaced(plan, item.id, found[0])


def _change_a_link(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    """Change, remove or add an alignment or a reference."""
    objective = draw(st.sampled_from(plan.objectives))
    name = draw(st.sampled_from(["supports", "key_results"]))
    kind: Any = okr.Alignment if name == "supports" else okr.KeyResultRef
    links: list[Any] = [each for each in getattr(objective, name) if type(each) is kind]
    others = [each for each in getattr(objective, name) if type(each) is not kind]
    is_kept: bool = draw(st.booleans())
    if draw(st.booleans()) and links:
        at = draw(st.integers(0, len(links) - 1))
        found = _with_a_field(draw, plan, links[at])
        links[at : at + 1] = [found[0]] if found is not None and is_kept else []
    else:
        links.append(kind(draw(st.sampled_from([*plan.items]))))
    return plan.put(_evolved(objective, **{name: [*others, *links]}))


def _remove(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    return _replaced(plan, draw(st.sampled_from([*plan.items])), None)


def _add(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    """Add an item of a second plan, under a new id."""
    item = draw(st.sampled_from([*draw(plans(max_objectives=1)).each()]))
    if isinstance(item, okr.Objective):
        # Of its members too the ids are new.
        own = [_evolved(kr, id=f"new-{kr.id}") for kr in item.own_key_results]
        bare = _evolved(item, key_results=[], guardrails=[], initiatives=[], supports=[])
        return plan.put(_evolved(bare, id="new", key_results=own))
    return _placed(draw, plan, _evolved(item, id=f"new-{item.id}"))


def _placed(draw: st.DrawFn, plan: okr.Plan, item: Any) -> okr.Plan:
    """Return the plan with one more item in a collection of its kind."""
    if isinstance(item, okr.Metric):
        return okr.Plan(plan.objectives, metrics=[*plan.metrics, item], outside=plan.outside)
    if isinstance(item, okr.Outside):
        return okr.Plan(plan.objectives, metrics=plan.metrics, outside=[*plan.outside, item])
    home = draw(st.sampled_from(plan.objectives))
    name = _COLLECTION_OF[type(item)]
    return plan.put(_evolved(home, **{name: [*getattr(home, name), item]}))


_COLLECTION_OF: Final = {
    okr.KeyResult: "key_results",
    okr.Guardrail: "guardrails",
    okr.Initiative: "initiatives",
}


def _move(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    """Move a member to another objective: there is no plan without it between."""
    ids = [*plan.homes]
    if not ids:
        return plan
    item: Any = plan.items[draw(st.sampled_from(ids))]
    home = draw(st.sampled_from(plan.objectives))
    name = _COLLECTION_OF[type(item)]
    objectives = [
        _evolved(
            each,
            **{
                name: [
                    *(one for one in getattr(each, name) if getattr(one, "id", None) != item.id),
                    *([item] if each is home else []),
                ]
            },
        )
        for each in plan.objectives
    ]
    return okr.Plan(objectives, metrics=plan.metrics, outside=plan.outside)


def _order(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    record: Any = draw(st.sampled_from([plan, *plan.objectives]))
    name = draw(st.sampled_from(_OF_PLANS if record is plan else _OF_OBJECTIVES))
    changed = _evolved(record, **{name: draw(st.permutations(getattr(record, name)))})
    return changed if record is plan else plan.put(changed)


def _change_the_kind(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    item = draw(st.sampled_from([*plan.each()]))
    others: list[Any] = [
        okr.Guardrail(item.id, "Another kind", okr.AtMost(1)),
        okr.Initiative(item.id, "Another kind"),
        okr.KeyResult(item.id, "Another kind", okr.Reach(1)),
    ]
    if isinstance(item, (okr.Objective, okr.Metric, okr.Outside)):
        others = [okr.Metric(item.id, "Another kind"), okr.Outside(item.id)]
    return _placed(draw, _replaced(plan, item.id, None), draw(st.sampled_from(others)))


_EDITS: Final[Sequence[_Edit]] = (
    _change_a_field,
    _change_a_field,
    _change_a_field,
    _change_a_link,
    _remove,
    _add,
    _move,
    _order,
    _change_the_kind,
)

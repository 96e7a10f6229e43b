"""Edits of a plan, drawn: pairs of plans that differ in one place or several, and pairs of any two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
from hypothesis import strategies as st

import okrcore as okr
from okrcore.plan.field_table import COLLECTIONS, GROUPS
from okrcore.testing import edited, plans, records
from okrcore.testing.values import Strategy

__all__ = ["field_edits", "pairs"]

_evolved: Any = attrs.evolve  # of records of any kind
_OF_OBJECTIVES: Final = sorted(COLLECTIONS[okr.Objective])


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


_REFERENCES: Final = frozenset({"metric", "protects", "early_warning", "continues", "priority"})


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
        in_place(objectives),
        metrics=in_place(plan.metrics),
        outside=in_place(plan.outside),
        priorities=in_place(plan.priorities),
    )

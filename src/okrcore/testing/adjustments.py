"""Adjustments of every kind about a plan; some do not fit it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from hypothesis import strategies as st

from okrcore.errors import OkrError
from okrcore.journal import Adjustment, AdjustmentKind, AdjustmentTrigger
from okrcore.journal.adjustment import TYPED
from okrcore.plan import KeyResult, KeyResultRef, Metric, Objective, Outside, Plan, Priority
from okrcore.plan.item import Item
from okrcore.plan.measures import TAKES
from okrcore.plan.plan_difference import differs
from okrcore.testing.edits import Member, new_item, new_member, new_value, paths_of, with_value
from okrcore.testing.measure_strategies import MAKERS
from okrcore.testing.values import Strategy, days, optionals, people, titles

__all__ = ["adjustments_of"]

_REASONS: Final[Mapping[str, Strategy[Any]]] = MappingProxyType(
    {
        "kind": st.sampled_from(
            [AdjustmentKind.PIVOT, AdjustmentKind.PERSIST, AdjustmentKind.PAUSE]
        ),
        "trigger": st.sampled_from(AdjustmentTrigger),
        "resume": days(),
    }
)
_WORDS: Final[Mapping[str, Strategy[Any]]] = MappingProxyType(
    {
        **dict.fromkeys(("new_fact", "broken_assumption", "effects", "moved"), titles()),
        "temporary": st.just("o0"),
        "confirmed": st.lists(people(), max_size=2),
        "decided_by": people(),
        "decided": days(),
        "published": days(),
    }
)
#: Optional fields that change no item, by `described`.
_MORE: Final = MappingProxyType(
    {False: optionals(_REASONS, most=1), True: optionals({**_REASONS, **_WORDS}, most=4)}
)
#: Fields of an adjustment with the new value of a field, by that field.
_TYPED: Final = MappingProxyType(
    {
        "measure": "measure",
        **{name: name for name in TYPED},
        "bound": "measure",
        "health": "measure",
    }
)


@st.composite
def adjustments_of(
    draw: st.DrawFn, plan: Plan, item: Item | None, *, described: bool = True
) -> Adjustment:
    """Return adjustments of an item of a plan; new items if there is none.

    Args:
        plan: The plan.
        item: Item that changes, gains and loses members, or leaves; None for one that joins.
        described: Whether titles, owners, notes and profiles are drawn too; they move no number.
    """
    if item is None:
        joins = draw(new_item(plan, described=described))
        given: dict[str, Any] = {"adds": [joins]}
        of = joins.id
    else:
        given, of = draw(_changes(plan, item, described=described)), item.id
    more = draw(_MORE[described])
    return Adjustment(of, draw(days()), because=draw(titles()), **given, **more)


@st.composite
def _changes(draw: st.DrawFn, plan: Plan, item: Item, *, described: bool) -> dict[str, Any]:
    """Return the changes of an item as arguments of an adjustment."""
    if isinstance(item, Outside) or (
        isinstance(item, (Objective, Metric, Priority)) and _is_rare(draw)
    ):
        return {"removes": [item.id]}
    given: dict[str, Any] = {}
    sets: dict[str, Any] = {}
    # Wording has no days; an owner moves no number.
    paths = [
        path
        for path in paths_of(cast("Any", type(item)), described=False)
        if path != "method" and (described or path != "owner")
    ]
    # Most changes are of a typed field.
    paths += [path for path in paths if path in _TYPED] * 2
    for path in draw(st.lists(st.sampled_from(paths), max_size=3, unique=True)):
        value = draw(_of_measure(item) if path == "measure" else new_value(plan, item, path))
        try:
            changed = with_value(item, path, value)
        except (OkrError, TypeError):
            continue  # the item has no such group, or the value does not fit the item's other fields
        if not differs(item, changed):
            continue  # an adjustment that changes nothing is a problem
        if path in _TYPED and value is not None and draw(st.integers(0, 2)):
            given[_TYPED[path]] = value
        else:
            sets[path] = value
    if isinstance(item, Objective):
        given |= draw(_of_members(plan, item, described=described))
    if isinstance(item, KeyResult) and _is_rare(draw):
        given["rescale"] = draw(st.sampled_from([0.5, 2 / 3, 2.0]))
    return {**given, "sets": sets}


def _is_rare(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 4)) == 4


def _of_measure(item: Any) -> Strategy[Any]:
    """Return measures that take the same readings as that of a key result."""
    takes = TAKES[type(item.measure)]
    return st.one_of([MAKERS[kind]() for kind in MAKERS if TAKES[kind] is takes])


@st.composite
def _of_members(
    draw: st.DrawFn, plan: Plan, objective: Objective, *, described: bool
) -> dict[str, Any]:
    """Return members of an objective that leave and join; none in half of them."""
    if draw(st.booleans()):
        return {}
    held = (*objective.key_results, *objective.guardrails, *objective.initiatives)
    ids = [_id_of(each) for each in held]
    leaving = st.lists(st.sampled_from(ids), max_size=2, unique=True) if ids else st.just([])
    members = new_member(plan, described=described)
    joining = st.lists(members, max_size=2, unique_by=_id_of)
    return {"removes": draw(leaving), "adds": draw(joining)}


def _id_of(member: Member) -> str:
    return member.to if isinstance(member, KeyResultRef) else member.id

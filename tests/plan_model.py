"""Plain model of plans that change: a plan is a dict of items, its history a list of days with plans.

Nothing here is computed by the library, records of plans and entries apart: scores are written by hand from
readings, and entries between two plans come from a comparison of two dicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

import okrcore as okr

__all__ = [
    "MEMBERS",
    "Item",
    "Model",
    "Reading",
    "entries_between",
    "plan_of",
    "score",
    "scores",
    "touched_homes",
]

#: Fields of an item, "kind" and "home" among them.
Item: TypeAlias = Mapping[str, Any]
#: Items by id; references are under "home>to", alignments under "home^to".
Model: TypeAlias = Mapping[str, Item]
#: Source, day and value, in the order in which they were written.
Reading: TypeAlias = tuple[str, date, float]

#: Kinds of items that objectives hold.
MEMBERS: Final = ("key result", "reference", "guardrail", "initiative")
#: Final numbers are typed up to 14 days after the end; those of a metric are not.
GRACE: Final = timedelta(days=14)


# --- records -------------------------------------------------------------------------------------


def record(id: str, item: Item) -> Any:
    """Return the record of a member, a metric or an alignment."""
    title = id.upper()
    match item["kind"]:
        case "key result":
            return okr.KeyResult(
                id,
                title,
                okr.Increase(item["low"], item["high"]),
                weight=item["weight"],
                due=item["due"],
                metric=item["metric"],
                owner=item["owner"],
                timing=timing_of(item),
            )
        case "reference":
            return okr.KeyResultRef(item["to"], weight=item["weight"])
        case "alignment":
            return okr.Alignment(item["to"], weight=item["weight"])
        case "guardrail":
            return okr.Guardrail(
                id, title, okr.AtMost(item["limit"]), protects=item["protects"], hard=False
            )
        case "initiative":
            return okr.Initiative(id, title, drives=item["drives"], due=item["due"])
        case _:
            return okr.Metric(id, title, health=okr.AtMost(item["limit"]))


def timing_of(item: Item) -> okr.Timing | None:
    if item["visible"] is None:
        return None
    return okr.Timing(observable_from=item["visible"])


def members(model: Model, home: str, *kinds: str) -> Iterator[tuple[str, Item]]:
    """Yield the items of some kinds that an objective holds."""
    return (
        (id, item)
        for id, item in model.items()
        if item.get("home") == home and item["kind"] in kinds
    )


def objective(model: Model, id: str) -> okr.Objective:
    def held(*kinds: str) -> list[Any]:
        return [record(each, item) for each, item in members(model, id, *kinds)]

    item = model[id]
    return okr.Objective(
        id,
        id.upper(),
        key_results=held("key result", "reference"),
        guardrails=held("guardrail"),
        initiatives=held("initiative"),
        supports=held("alignment"),
        cycle=okr.Cycle(item["start"], item["end"]),
        ambition=item["ambition"],
        owner=item["owner"],
    )


def plan_of(model: Model) -> okr.Plan:
    """Return the plan of a model."""
    return okr.Plan(
        [objective(model, id) for id, item in model.items() if item["kind"] == "objective"],
        metrics=[record(id, item) for id, item in model.items() if item["kind"] == "metric"],
    )


# --- entries between two plans -------------------------------------------------------------------


#: Fields of an adjustment for fields of an item, by kind; dotted ones are set by name.
_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "objective": {"end": "cycle", "ambition": "ambition", "owner": "owner"},
    "key result": {
        "low": "measure",
        "high": "measure",
        "weight": "weight",
        "due": "due",
        "metric": "metric",
        "owner": "owner",
        "visible": "timing.observable_from",
    },
    "guardrail": {"limit": "measure", "protects": "protects"},
    "initiative": {"drives": "drives", "due": "due"},
    "metric": {"limit": "measure"},
}
#: Fields of items that are not the name of an adjustment's own field, by kind.
_SET_AS: Final[Mapping[str, str]] = {"guardrail": "bound", "metric": "health"}


def new_value(item: Item, name: str) -> Any:
    """Return the new value that an adjustment gives to a field."""
    match name:
        case "measure" if item["kind"] == "key result":
            return okr.Increase(item["low"], item["high"])
        case "measure":
            return okr.AtMost(item["limit"])
        case "cycle":
            return okr.Cycle(item["start"], item["end"])
        case "timing.observable_from":
            return item["visible"]
        case _:
            return item[name]


def entries_between(
    old: Model, new: Model, on: date, *, by_name: Callable[[], bool] = lambda: False
) -> list[okr.Adjustment]:
    """Return the adjustments of a day between two models, written as by hand.

    Args:
        old: Items before.
        new: Items after.
        on: The day.
        by_name: Returns whether the next field is set by its name, though it has a field of its own.
    """
    found: list[okr.Adjustment] = []
    for id, item in old.items():
        if item["kind"] in ("objective", "metric") and id not in new:
            found.append(adjusted(id, on, removes=[id]))
    for id, item in new.items():
        if item["kind"] in ("objective", "metric") and id not in old:
            whole = objective(new, id) if item["kind"] == "objective" else record(id, item)
            found.append(adjusted(id, on, adds=[whole]))
    for id, item in new.items():
        if item["kind"] == "objective" and id in old:
            changes = {**moved_members(old, new, id), **fields_of(old[id], item, by_name)}
            pairs = [
                sorted(
                    (record(each, one).to, one["weight"])
                    for each, one in members(model, id, "alignment")
                )
                for model in (old, new)
            ]
            if pairs[0] != pairs[1]:
                supports = [record(each, one) for each, one in members(new, id, "alignment")]
                changes["sets"] = {**changes.get("sets", {}), "supports": supports}
            found += [adjusted(id, on, **changes)] if changes else []
        elif item["kind"] in _FIELDS and id in old and is_same_member(old[id], item):
            changes = fields_of(old[id], item, by_name)
            found += [adjusted(id, on, **changes)] if changes else []
    return found


def is_same_member(one: Item, other: Item) -> bool:
    return one["kind"] == other["kind"] and one.get("home") == other.get("home")


def adjusted(of: str, on: date, **changes: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, because="the world changed", **changes)


def moved_members(old: Model, new: Model, home: str) -> dict[str, Any]:
    """Return the members of an objective that leave and join; a reference with another weight does both."""
    before, after = dict(members(old, home, *MEMBERS)), dict(members(new, home, *MEMBERS))
    changed = {id for id in before if after.get(id, before[id]) != before[id]}
    changed = {id for id in changed if before[id]["kind"] == "reference"}
    gone = [before[id].get("to", id) for id in before if id not in after or id in changed]
    come = [record(id, after[id]) for id in after if id not in before or id in changed]
    return {**({"removes": gone} if gone else {}), **({"adds": come} if come else {})}


def fields_of(before: Item, after: Item, by_name: Callable[[], bool]) -> dict[str, Any]:
    """Return the fields of an adjustment that leads from one state of an item to another."""
    names = _FIELDS[after["kind"]]
    found: dict[str, Any] = {}
    sets: dict[str, Any] = {}
    for field, name in names.items():
        if before[field] == after[field] or name in found:
            continue
        value = new_value(after, name)
        typed = name in ("measure", "weight", "due", "cycle", "ambition", "owner")
        if typed and value is not None and not by_name():
            found[name] = value
        else:
            sets[_SET_AS.get(after["kind"], name) if name == "measure" else name] = value
    return {**found, **({"sets": sets} if sets else {})}


def touched_homes(old: Model, new: Model) -> set[str]:
    """Return the ids of the objectives of `old` of which something differs."""
    found: set[str] = set()
    for id in {*old, *new}:
        if old.get(id) != new.get(id):
            for model in (old, new):
                if id in model:
                    item = model[id]
                    found.add(id if item["kind"] == "objective" else item.get("home", ""))
    return {id for id in found if id in old}


# --- scores, by hand -----------------------------------------------------------------------------


def score(model: Model, readings: Sequence[Reading], id: str, on: date) -> float | None:
    """Return the score of a key result or an objective on a day; None without one."""
    if model[id]["kind"] == "key result":
        return key_result_score(model, readings, id, on)
    parts = [
        (item.get("to", each), item["weight"])
        for each, item in members(model, id, "key result", "reference")
    ]
    if not parts:
        parts = [
            (item["home"], item["weight"])
            for item in model.values()
            if item["kind"] == "alignment" and item["to"] == id
        ]
    known = [(score(model, readings, part, on), weight) for part, weight in parts]
    counted = [(value, weight) for value, weight in known if value is not None and weight]
    if not counted:
        return None
    total: float = sum(weight for _, weight in counted)
    mean: float = sum(value * weight for value, weight in counted) / total
    return mean


def key_result_score(model: Model, readings: Sequence[Reading], id: str, on: date) -> float | None:
    item = model[id]
    home, visible = model[item["home"]], item["visible"]
    first, last = home["start"], min(home["end"], item["due"] or home["end"])
    if item["metric"] is None:
        last += GRACE
    if visible is not None:  # from that day on, also past the close
        first, last = visible, date.max
    if on < first:
        return None
    source = item["metric"] or id
    counted = [
        (day, value)
        for of, day, value in readings
        if of == source and first <= day <= min(last, on)
    ]
    if not counted:
        return None
    latest = max(day for day, _ in counted)
    value = [each for day, each in counted if day == latest][-1]
    progress: float = (value - item["low"]) / (item["high"] - item["low"])
    return min(1.0, max(0.0, progress))


def scores(model: Model, readings: Sequence[Reading], on: date) -> dict[str, float | None]:
    """Return the scores of all key results and objectives on a day."""
    return {
        id: score(model, readings, id, on)
        for id, item in model.items()
        if item["kind"] in ("objective", "key result")
    }

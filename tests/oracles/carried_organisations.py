"""Organisations in which work is carried over, as plain dictionaries.

Smaller than those of `organisations`: no metrics, adjustments, pauses or Micro-OKRs among what is carried.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from oracles.by_hand.measures import Facts
from oracles.organisations import NAMES, WEIGHTS, bounds, days, lines, milestones, values

__all__ = ["carried_organisations"]

#: First and last days of cycles that follow each other, some with a gap.
CYCLES = (
    [(date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31))],
    [(date(2026, 7, 1), date(2026, 8, 15)), (date(2026, 8, 16), date(2026, 9, 30))],
    [
        (date(2026, 7, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 9, 15)),
        (date(2026, 9, 16), date(2026, 11, 30)),
    ],
    [(date(2026, 6, 25), date(2026, 7, 31)), (date(2026, 9, 1), date(2026, 11, 15))],
)
YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "cadence": "annual"}


@st.composite
def measures(draw: st.DrawFn) -> Facts:
    """A measure that states its start, if it has one."""
    kind = draw(
        st.sampled_from(
            ["line"] * 5
            + ["bound", "exactly", "budget", "anchors", "milestones", "evidence"]
            + ["pass-fail", "judged", "zones", "establish"]
        )
    )
    match kind:
        case "line":
            kinds = lines().filter(lambda each: each.get("baseline", 0) is not None)
            return draw(kinds)
        case "bound":
            return draw(bounds())
        case "exactly":
            start, target = draw(st.integers(0, 4)), draw(st.integers(5, 12))
            return {"kind": kind, "target": target, "baseline": start}
        case "budget":
            return {"kind": kind, "limit": draw(st.integers(1, 15))}
        case "anchors":
            knots = list(zip((0.25, 0.75, 1), (6, 10, 15), strict=True))
            return {"kind": kind, "anchors": knots, "baseline": draw(st.integers(0, 4))}
        case "milestones":
            return draw(milestones())
        case "evidence":
            return {"kind": kind, "required": draw(st.integers(1, 4))}
        case "zones":
            return {"kind": kind, "zones": [("fail", 0), ("commit", 0.25), ("stretch", 1)]}
        case _:
            return {"kind": kind}


@st.composite
def goes_on(draw: st.DrawFn, measure: Facts) -> Facts:
    """The measure by which work goes on: the same, from where it is, to another or no target, or of another kind."""
    what = draw(st.sampled_from(["same", "same", "start", "target", "open", "other"]))
    kind = measure["kind"]
    if what == "other":
        other = draw(measures())
        # Less evidence is the rest of what was required.
        return measure if other["kind"] == kind == "evidence" else other
    if what == "open" and kind == "increase":
        return {**measure, "target": None}
    if what == "start" and kind in ("increase", "exactly", "anchors"):
        return {**measure, "baseline": draw(st.integers(0, 4))}
    if what == "target" and kind in ("increase", "exactly", "reach"):
        return {**measure, "target": draw(st.integers(10, 20))}
    if what == "target" and kind == "budget":
        return {**measure, "limit": draw(st.integers(1, 15))}
    if what == "target" and kind == "milestones":
        count = draw(st.integers(0, len(NAMES) - 1))
        steps = [(name, draw(st.integers(1, 3)), None) for name in NAMES[count:]]
        return {**measure, "steps": steps}
    return measure


def key_result(id: str, measure: Facts, weight: Any, unit: Any, before: str | None) -> Facts:
    absent = dict.fromkeys(("due", "metric", "derived", "observable_from"))
    own = {"id": id, "measure": measure, "weight": weight, "unit": unit, "continues": before}
    return {**own, **absent, "waypoints": []}


@st.composite
def new_key_results(draw: st.DrawFn, id: str, most: int) -> list[Facts]:
    count = draw(st.sampled_from([*range(1, most + 1), 0]))
    return [
        key_result(f"{id}k{n}", draw(measures()), draw(WEIGHTS), None, None) for n in range(count)
    ]


@st.composite
def carried_on(draw: st.DrawFn, id: str, before: Facts) -> list[Facts]:
    """The key results that go on from those of an objective; the others were left behind."""
    found: list[Facts] = []
    for n, each in enumerate(before["key results"]):
        if draw(st.integers(0, 3)):
            found.append(draw(continued(f"{id}c{n}", each)))
    return found


@st.composite
def continued(draw: st.DrawFn, id: str, before: Facts) -> Facts:
    weight = draw(WEIGHTS) if draw(st.integers(0, 2)) == 0 else before["weight"]
    unit = draw(st.sampled_from([before["unit"]] * 4 + ["people"]))
    return key_result(id, draw(goes_on(before["measure"])), weight, unit, before["id"])


def objective(
    id: str, cycle: Any, key_results: Any, supports: Any, before: Any = None
) -> dict[str, Any]:
    return {
        "id": id,
        "key results": key_results,
        "guardrails": [],
        "supports": supports,
        "cycle": cycle,
        "ambition": None,
        "parked": False,
        "method": None,
        "initiatives": 0,
        "continues": before,
    }


@st.composite
def chains(draw: st.DrawFn, id: str, above: list[str], cycles: Any) -> list[dict[str, Any]]:
    """Objectives each of which continues the one before it; `above` are those that they may support."""
    members: list[dict[str, Any]] = []
    for n, (start, end) in enumerate(cycles):
        name, cycle = f"{id}{n}", {"start": start, "end": end, "cadence": None}
        names = draw(st.lists(st.sampled_from(above), unique=True, min_size=1, max_size=3))
        supports = [{"to": each, "weight": draw(WEIGHTS)} for each in names]
        if not members:
            members.append(objective(name, cycle, draw(new_key_results(name, 3)), supports))
            continue
        own = [*draw(carried_on(name, members[-1])), *draw(new_key_results(name, 1))]
        members.append(objective(name, cycle, own, supports, members[-1]["id"]))
    return members


@st.composite
def share(draw: st.DrawFn, members: list[dict[str, Any]], homes: list[dict[str, Any]]) -> None:
    """Let members of a chain refer to key results at home elsewhere in their cycle, and move some there and back."""
    often, seldom = st.booleans(), st.integers(0, 3).map(lambda n: n == 0)
    for n, (member, home) in enumerate(zip(members, homes, strict=True)):
        for here, there in ((member, homes[n - 1]), (home, members[n - 1])) if n else ():
            both = [*member["key results"], *home["key results"]]
            done = {each.get("continues") for each in both}
            for k, each in enumerate(there["key results"]):
                if "ref" not in each and each["id"] not in done and draw(seldom):
                    here["key results"].append(draw(continued(f"{here['id']}m{k}", each)))
        refs = [
            {"ref": each["id"], "weight": draw(WEIGHTS)}
            for each in home["key results"]
            if draw(often)
        ]
        member["key results"] += refs


@st.composite
def closings(draw: st.DrawFn, of: Facts) -> list[dict[str, Any]]:
    """A closing about the end of the cycle, or none."""
    if draw(st.booleans()) or of["cycle"] is None:
        return []
    on = of["cycle"]["end"] + timedelta(days=draw(st.integers(-20, 20)))
    decision = draw(st.sampled_from(["carry", "achieved", "abandon"]))
    said = {"kind": "closing", "of": of["id"], "on": on, "decision": decision, "judged": None}
    return [said]


@st.composite
def carried_organisations(draw: st.DrawFn) -> Facts:
    """An organisation with a chain or two, and the day as of which it is evaluated."""
    top = objective("top", draw(st.sampled_from([YEAR, None])), [], [])
    middle = objective("middle", YEAR, [], [{"to": "top", "weight": draw(WEIGHTS)}])
    beside = objective(
        "beside", YEAR, draw(new_key_results("beside", 2)), [{"to": "top", "weight": 1}]
    )
    cycles = draw(st.sampled_from(CYCLES))
    first = draw(chains("m", ["top", "top", "middle"], cycles))
    more = draw(st.sampled_from(["nothing", "below", "homes", "both"]))
    homes = draw(chains("h", ["beside"], cycles)) if more in ("homes", "both") else []
    if homes:
        draw(share(first, homes))
    for each in homes if draw(st.booleans()) else ():
        each["continues"] = None
    ids = [each["id"] for each in first]
    others = draw(st.sampled_from(CYCLES))
    below = draw(chains("c", [*ids, "beside"], others)) if more in ("below", "both") else []
    objectives = [top, middle, beside, *first, *homes, *below]
    acts: list[dict[str, Any]] = []
    for each in objectives:
        acts += draw(closings(each))
        for one in each["key results"]:
            if "ref" in one:
                continue
            for _ in range(draw(st.sampled_from([2, 1, 0, 3, 4]))):
                value = draw(values(one["measure"]))
                said = {"kind": "check-in", "of": one["id"], "on": draw(days()), "value": value}
                acts.append({**said, "confidence": None, "status": None})
    journal = sorted(acts, key=lambda each: each["on"])
    return {"objectives": objectives, "metrics": [], "journal": journal, "day": draw(days(40))}

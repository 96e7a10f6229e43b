"""Whole organisations as plain dictionaries, with every kind of entry.

`by_hand` evaluates them, and `records_of` makes the package's own values of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from oracles.by_hand.measures import BOUNDS, LINES, Facts

__all__ = ["METHODS", "organisations"]

FIRST = date(2026, 6, 20)
DAYS = 160  # to 26 November
SPAN = {
    "year": (date(2026, 1, 1), date(2026, 12, 31), "annual"),
    "half": (date(2026, 7, 1), date(2026, 12, 31), "half-yearly"),
    "third": (date(2026, 7, 1), date(2026, 9, 30), "quarterly"),
    "fourth": (date(2026, 10, 1), date(2026, 12, 31), "quarterly"),
    "odd": (date(2026, 7, 10), date(2026, 8, 20), None),
    "day": (date(2026, 8, 3), date(2026, 8, 3), None),
    "sprint": (date(2026, 8, 3), date(2026, 8, 16), "micro two weeks"),
    "week": (date(2026, 8, 17), date(2026, 8, 23), "micro week"),
}
METHODS = ("missing is 0", "the weakest")
NAMES = ("a", "b", "c", "d")

# --- what is intended --------------------------------------------------------------------------


def cycles() -> st.SearchStrategy[Any]:
    names = [
        "third",
        None,
        "third",
        "third",
        "half",
        "fourth",
        "odd",
        "year",
        "sprint",
        "week",
        "day",
    ]
    return st.sampled_from(names).map(
        lambda name: name and dict(zip(("start", "end", "cadence"), SPAN[name], strict=True))
    )


def days(first: int = 0, last: int = DAYS) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def lines(draw: st.DrawFn) -> Facts:
    kind = draw(st.sampled_from(LINES))
    start = draw(st.none() | st.integers(0, 9))
    if kind in ("increase", "decrease") and draw(st.integers(0, 5)) == 0:
        return {"kind": kind, "baseline": start, "target": None}
    match kind:
        case "increase":
            return {"kind": kind, "baseline": start, "target": draw(st.integers(10, 20))}
        case "decrease":
            start = None if start is None else start + 10
            return {"kind": kind, "baseline": start, "target": draw(st.integers(-3, 9))}
        case "from-to":
            return {"kind": kind, "baseline": start, "target": draw(st.integers(-3, 20))}
        case "reach":
            return {"kind": kind, "target": draw(st.integers(1, 20))}
        case "relative":
            percent = draw(st.sampled_from([50, 100, -50, 25]))
            return {"kind": kind, "percent": percent, "baseline": (start and start) or None}
        case "points":
            return {"kind": kind, "change": draw(st.sampled_from([5, -5, 8])), "baseline": start}
        case _:
            factor = draw(st.sampled_from([2, 0.5, 3]))
            return {"kind": kind, "factor": factor, "baseline": (start and start) or None}


@st.composite
def bounds(draw: st.DrawFn) -> Facts:
    kind = draw(st.sampled_from(BOUNDS))
    limit = draw(st.integers(0, 15))
    if kind == "between":
        return {"kind": kind, "low": limit, "high": limit + draw(st.integers(0, 6))}
    bound = {"kind": kind, "limit": limit}
    safe = 1 if kind in ("at-least", "above") else -1
    if draw(st.booleans()):
        bound["warn_at"] = limit + 2 * safe
    if draw(st.booleans()):
        bound["tolerated_to"] = limit - 3 * safe
    return bound


@st.composite
def numeric(draw: st.DrawFn, *, of_periods: bool = True) -> Facts:
    """A measure that reads numbers; of a derived key result none of each period."""
    kinds = ["line", "line", "line", "bound", "exactly", "budget", "anchors", "steps"]
    kind = draw(st.sampled_from([*kinds, "each-period"] if of_periods else kinds))
    match kind:
        case "each-period":
            every = draw(st.sampled_from([(1, 0), (3, 0), (0, 1), (0, 2)]))
            return {"kind": kind, "bound": draw(bounds()), "every": every}
        case "line":
            return draw(lines())
        case "bound":
            return draw(bounds())
        case "exactly":
            return {
                "kind": kind,
                "target": draw(st.integers(5, 12)),
                "baseline": draw(st.integers(0, 4)),
            }
        case "budget":
            return {"kind": kind, "limit": draw(st.integers(1, 15))}
        case "steps":
            steps = [({"kind": "below", "limit": 4}, 1), ({"kind": "at-most", "limit": 9}, 0.5)]
            tail = [({"kind": "above", "limit": 9}, 0.25)] if draw(st.booleans()) else []
            return {"kind": kind, "steps": [*steps, *tail]}
        case _:
            falling = draw(st.booleans())
            values = (6, 10, 15) if not falling else (15, 10, 6)
            start = draw(st.sampled_from([None, 2 if not falling else 19]))
            return {
                "kind": kind,
                "anchors": list(zip((0.25, 0.75, 1), values, strict=True)),
                "baseline": start,
            }


@st.composite
def milestones(draw: st.DrawFn, names: Sequence[str] = NAMES) -> Facts:
    count = draw(st.integers(1, len(names)))
    dues = st.none() | days(15, 110)
    steps = [(name, draw(st.integers(1, 3)), draw(dues)) for name in names[:count]]
    return {"kind": "milestones", "steps": steps}


@st.composite
def measures(draw: st.DrawFn) -> Facts:
    kind = draw(
        st.sampled_from(
            ["numeric"] * 6
            + ["milestones", "pass-fail", "judged", "evidence", "zones", "compound", "establish"]
        )
    )
    match kind:
        case "numeric":
            return draw(numeric())
        case "milestones":
            return draw(milestones())
        case "evidence":
            return {"kind": kind, "required": draw(st.integers(1, 4))}
        case "zones":
            return {"kind": kind, "zones": [("fail", 0), ("commit", 0.25), ("stretch", 1)]}
        case "compound":
            first = draw(
                st.sampled_from([{"kind": "reach", "target": 10}, {"kind": "at-most", "limit": 7}])
            )
            second = draw(
                st.sampled_from(
                    [{"kind": "pass-fail"}, {"kind": "increase", "baseline": 2, "target": 10}]
                )
            )
            how = draw(st.sampled_from(["mean", "minimum", "product"]))
            return {"kind": kind, "parts": [("x", first), ("y", second)], "combine": how}
        case _:
            return {"kind": kind}


def is_numeric(measure: Facts) -> bool:
    return measure["kind"] in (
        *LINES,
        *BOUNDS,
        "exactly",
        "budget",
        "anchors",
        "steps",
        "each-period",
        "establish",
    )


@st.composite
def values(draw: st.DrawFn, measure: Facts) -> Any:
    """A reading that the measure takes."""
    match measure["kind"]:
        case "milestones":
            names = [name for name, _, _ in measure["steps"]]
            return draw(st.lists(st.sampled_from(names), unique=True))
        case "evidence":
            return draw(st.lists(st.sampled_from(NAMES), unique=True))
        case "pass-fail":
            return draw(st.sampled_from([True, False, 0.5]))
        case "judged":
            return draw(st.sampled_from([0.75, 0, 0.25, 1]))
        case "zones":
            return draw(st.sampled_from([label for label, _ in measure["zones"]]))
        case "compound":
            return {name: draw(values(part)) for name, part in measure["parts"]}
        case _:
            return draw(st.integers(-4, 24) | st.sampled_from([0.5, 7.25, 12.5]))


WEIGHTS = st.sampled_from([1, 1, 1, 2, 0, 0.5])


@st.composite
def key_results(
    draw: st.DrawFn, id: str, metrics: Sequence[str], numbers: Sequence[str], cycle: Any
) -> Facts:
    """A key result; `numbers` are the key results before it that read numbers of their own."""
    metric = derived = None
    measure = draw(measures())
    if is_numeric(measure):
        source = draw(st.sampled_from(["own", "own", "metric", "derived"]))
        if source == "metric" and metrics:
            metric = draw(st.sampled_from(metrics))
        elif source == "derived" and numbers and measure["kind"] != "each-period":
            how = draw(st.sampled_from(["sum", "mean", "minimum", "maximum", "latest", "ratio"]))
            count = 2 if how == "ratio" else draw(st.integers(1, 2))
            parts = draw(
                st.lists(st.sampled_from(numbers), min_size=1, max_size=count, unique=True)
            )
            derived = (how, parts) if how != "ratio" or len(parts) == 2 else ("sum", parts)
    few = st.integers(0, 5).map(lambda n: n == 0)
    due = draw(days(20, 115)) if draw(few) else None
    if due is not None and cycle is not None and due <= cycle["start"]:
        due = None
    seen = draw(days(30, DAYS)) if draw(few) else None
    if seen is not None and cycle is not None and seen < cycle["start"]:
        seen = None
    waypoints = []
    if measure["kind"] in ("increase", "reach", "decrease") and cycle is not None and draw(few):
        last = cycle["end"] if due is None else min(due, cycle["end"])
        middle = cycle["start"] + (last - cycle["start"]) // 2
        if cycle["start"] < middle < last:
            waypoints = [(middle, draw(st.integers(1, 12)))]
    return {
        "id": id,
        "measure": measure,
        "weight": draw(WEIGHTS),
        "due": due,
        "metric": metric,
        "derived": derived,
        "observable_from": seen,
        "waypoints": waypoints,
        "check_in_days": draw(st.sampled_from([1, 30])) if metric is None and draw(few) else None,
    }


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    metrics: list[dict[str, Any]] = [
        {
            "id": f"m{n}",
            "reads": draw(st.sampled_from(["latest", "sum", "mean", "minimum", "maximum"])),
            "health": draw(st.none() | bounds()),
            "check_in_days": draw(st.none() | st.sampled_from([1, 30])),
            "shares": draw(st.integers(0, 4)) == 0,
        }
        for n in range(draw(st.integers(0, 2)))
    ]
    names = [each["id"] for each in metrics]
    objectives: list[dict[str, Any]] = []
    every: list[str] = []
    numbers: list[str] = []
    for n in range(draw(st.integers(1, 6))):
        id, cycle = f"o{n}", draw(cycles())
        own: list[Facts] = []
        for k in range(draw(st.integers(0, 3))):
            one = draw(key_results(f"{id}k{k}", names, numbers, cycle))
            own.append(one)
            every.append(one["id"])
            if is_numeric(one["measure"]) and one["derived"] is None and one["metric"] is None:
                numbers.append(one["id"])
        elsewhere = [each for each in every if not each.startswith(id)]
        if elsewhere and draw(st.integers(0, 3)) == 0:
            own.append({"ref": draw(st.sampled_from(elsewhere)), "weight": draw(WEIGHTS)})
        guardrails = [
            {
                "id": f"{id}g{k}",
                "bound": draw(bounds()),
                "hard": draw(st.integers(0, 2)) == 0,
                "metric": draw(st.sampled_from([None, *names])),
            }
            for k in range(draw(st.sampled_from([0, 0, 1, 2])))
        ]
        above = (
            draw(
                st.lists(
                    st.sampled_from([each["id"] for each in objectives]), unique=True, max_size=2
                )
            )
            if objectives
            else []
        )
        ambition = draw(
            st.sampled_from(
                [None, "committed", "aspirational", "aspirational", "committed", "learning"]
            )
        )
        objectives.append(
            {
                "id": id,
                "key results": own,
                "guardrails": guardrails,
                "supports": [{"to": each, "weight": draw(WEIGHTS)} for each in above],
                "cycle": cycle,
                "ambition": ambition,
                "parked": draw(st.integers(0, 15)) == 15,
                "method": draw(st.sampled_from([None, None, None, *METHODS])),
                "initiatives": draw(st.integers(0, 1)),
            }
        )
    return {"objectives": objectives, "metrics": metrics}


# --- what happened -----------------------------------------------------------------------------

MOVES = {
    "draft": ("proposed", "active", "archived"),
    "proposed": ("draft", "active", "archived"),
    "active": ("closed", "paused", "pause", "closed", "archived", "draft", "proposed"),
    "paused": ("active", "closed", "archived"),
    "closed": ("active", "archived"),
    "archived": ("active",),
}


@st.composite
def lives(draw: st.DrawFn, objective: Facts) -> list[dict[str, Any]]:
    """A walk through the table of moves, in the order of its days."""
    state, moves = "active", []
    for on in sorted(draw(st.lists(days(5, DAYS), max_size=3))):
        move = draw(st.sampled_from(MOVES[state]))
        each: dict[str, Any] = {"of": objective["id"], "on": on}
        if move == "closed":
            decisions = ["achieved", "carry", "modify", "defer", "abandon", "scale", "stop"]
            each |= {"kind": "closing", "decision": draw(st.sampled_from(decisions))}
            each["judged"] = draw(st.sampled_from([None, None, 0.5]))
        elif move == "pause":
            each |= {"kind": "adjustment", "proposal": "pause"}
        else:
            each |= {"kind": "transition", "to": move}
        moves.append(each)
        state = {"pause": "paused"}.get(move, move)
    return moves


@st.composite
def changes(draw: st.DrawFn, key_result: Facts, end: date) -> list[dict[str, Any]]:
    """Adjustments of a key result, and baselines of the measure that is in force."""
    measure, since, acts = key_result["measure"], date.min, []
    count = draw(st.sampled_from([0, 0, 1, 2, 3]))
    for on in sorted(draw(st.lists(days(), min_size=count, max_size=count))):
        each: dict[str, Any] = {"of": key_result["id"], "on": on}
        kind = measure["kind"]
        open_line = kind in LINES and kind != "reach" and measure["baseline"] is None
        if open_line and since <= end and draw(st.booleans()):
            value = draw(st.integers(1, 9)) + (10 if kind == "decrease" else 0)
            acts.append(each | {"kind": "baseline", "value": value})
            continue
        each |= {"kind": "adjustment", "proposal": draw(st.sampled_from(["pivot", "persist"]))}
        each["trigger"] = draw(st.sampled_from([None, "external change", "difficulty"]))
        kinds = ["measure", "measure", "again", "weight", "due", "rescale", "owner"]
        what = draw(st.sampled_from(kinds))
        if what == "measure" and is_numeric(measure) and kind != "establish":
            measure, since = draw(numeric(of_periods=key_result["derived"] is None)), on
            each["measure"] = measure
        elif what == "measure" and kind == "milestones":
            names = [name for name, _, _ in measure["steps"]]
            measure = each["measure"] = draw(milestones(names))
        elif what == "again" and kind != "establish":
            each["measure"], since = measure, on
        elif what == "due":
            each["due"] = min(draw(days(20, 130)), end)
        elif what == "rescale":
            each["rescale"] = draw(st.sampled_from([0.5, 2]))
        elif what == "owner":
            each["owner"] = "Ana Ruiz"
        else:
            each["weight"] = draw(WEIGHTS)
        acts.append(each)
    return acts


@st.composite
def check_ins(draw: st.DrawFn, id: str, measure: Facts, then: Facts, since: date) -> dict[str, Any]:
    """A check-in of a measure, or of the one that it becomes on a day."""
    on = draw(days())
    takes = measure if on < since else then
    each: dict[str, Any] = {"kind": "check-in", "of": id, "on": on, "value": None}
    each["confidence"] = draw(st.sampled_from([None, 0.25, 0.75]))
    each["status"] = draw(st.sampled_from([None, None, None, "at risk"]))
    if takes.get("shares"):
        each["value"] = ("ratio", draw(st.integers(0, 30)), draw(st.integers(1, 5)))
    elif draw(st.integers(0, 6)):
        each["value"] = draw(values(takes if "kind" in takes else {"kind": "number"}))
    if draw(st.integers(0, 9)) == 9:
        each["void"] = True
    return each


@st.composite
def organisations(draw: st.DrawFn) -> Facts:
    """An organisation with its journal, and the day as of which it is evaluated."""
    plan = draw(plans())
    acts: list[tuple[date, int, dict[str, Any]]] = []  # with the day and hour of writing
    readable = [(each["id"], each, each, date.max) for each in plan["metrics"]]
    owned: list[str] = []

    def act(sequence: Sequence[dict[str, Any]]) -> None:
        hour = draw(st.integers(0, 11))
        acts.extend((each["on"], hour + place, each) for place, each in enumerate(sequence))
        if sequence and draw(st.integers(0, 5)) == 5:
            sequence[-1]["void"] = True

    for objective in plan["objectives"]:
        owned.append(objective["id"])
        act([] if objective["parked"] else draw(lives(objective)))
        for each in objective["key results"]:
            if "ref" in each:
                continue
            owned.append(each["id"])
            changed = draw(changes(each, (objective["cycle"] or {"end": date.max})["end"]))
            act(changed)
            if each["metric"] is None and each["derived"] is None:
                # Milestones take the names that are left from the first change of them on.
                measure = each["measure"]
                later = [one for one in changed if "measure" in one]
                is_cut = measure["kind"] == "milestones" and bool(later)
                then, since = (
                    (later[-1]["measure"], later[0]["on"]) if is_cut else (measure, date.max)
                )
                readable.append((each["id"], measure, then, since))
        own = [each for each in objective["guardrails"] if each["metric"] is None]
        readable += [(each["id"], each["bound"], each["bound"], date.max) for each in own]
    for _ in range(draw(st.integers(0, 18)) if readable else 0):
        each = draw(check_ins(*draw(st.sampled_from(readable))))
        if each["of"] not in owned:  # a metric or guardrail, which has no target
            each |= {"confidence": None, "status": None}
        late = timedelta(days=draw(st.sampled_from([0, 0, 0, 4])))
        acts.append((each["on"] + late, draw(st.integers(0, 23)), each))
    for _ in range(draw(st.integers(0, 2))):
        each = {"kind": "judgement", "of": draw(st.sampled_from(owned)), "on": draw(days())}
        said = {"score": 0.5} if draw(st.booleans()) else {"status": "on track"}
        acts.append((each["on"], 12, {**each, **said}))
    guarded = [each["id"] for one in plan["objectives"] for each in one["guardrails"]]
    for _ in range(draw(st.integers(0, 2)) if guarded else 0):
        each = {"kind": "judgement", "of": draw(st.sampled_from(guarded)), "on": draw(days())}
        acts.append((each["on"], draw(st.integers(0, 23)), {**each, "status": "held"}))
    if draw(st.integers(0, 3)) == 3:
        of = draw(st.sampled_from(plan["objectives"]))["id"]
        each = {"kind": "post-mortem", "of": of, "on": draw(days())}
        acts.append((each["on"], 13, each))
    day = draw(days(10, DAYS))
    watched = [
        (metric, objective["cycle"]["start"])
        for objective in plan["objectives"]
        for guardrail in objective["guardrails"]
        for metric in plan["metrics"]
        if objective["cycle"] is not None and guardrail["metric"] == metric["id"]
    ]
    if watched and draw(st.integers(0, 2)) == 2:
        # Soon after the start of a cycle, with a reading soon before it.
        metric, start = draw(st.sampled_from(watched))
        each = draw(check_ins(metric["id"], metric, metric, date.max))
        each |= {"confidence": None, "status": None}
        each["on"] = start - timedelta(days=draw(st.integers(1, 20)))
        acts.append((each["on"], draw(st.integers(0, 23)), each))
        day = start + timedelta(days=draw(st.integers(0, 20)))
    return plan | {"journal": draw(journals(acts)), "day": day}


@st.composite
def journals(
    draw: st.DrawFn, acts: Sequence[tuple[date, int, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Acts in the order of writing; on some days the hour is recorded, and some are voided.

    Some readings are recorded days later, unless an objective is closed.
    """
    stamped = draw(st.sampled_from(["no", "all", "odd days"]))
    delays = [0, 0, 0, 3, 20] if all(each["kind"] != "closing" for _, _, each in acts) else [0]
    journal: list[dict[str, Any]] = []
    for number, (_, hour, each) in enumerate(sorted(acts, key=lambda one: one[:2])):
        if stamped == "all" or (stamped == "odd days" and each["on"].toordinal() % 2):
            delay = draw(st.sampled_from(delays)) if each["kind"] == "check-in" else 0
            each["recorded"] = delay, hour
        journal.append(each)
        if each.pop("void", False):
            each["id"] = f"e{number}"
            journal.append({"kind": "correction", "voids": each["id"]})
    return journal

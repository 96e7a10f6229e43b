"""Whole organisations as plain dictionaries, with every kind of entry, and the same in the words of the package.

`organisations()` draws dictionaries; `by_hand.py` evaluates them. `plan_of`, `journal_of` and `rulebook_of`
make the package's own values of them, and are the only functions here that know the package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

from attrs import evolve
from hypothesis import strategies as st

import okrcore as okr
from okrcore import rulebook as rb

from oracles.by_hand.figures import RULES
from oracles.by_hand.measures import BOUNDS, LINES, Facts

__all__ = ["RULE_SETS", "journal_of", "organisations", "plan_of", "rulebook_of"]

Draw: TypeAlias = Any

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
def lines(draw: Draw) -> Facts:
    kind = draw(st.sampled_from(LINES))
    start = draw(st.none() | st.integers(0, 9))
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
            return {"kind": kind, "percent": percent, "baseline": start and start or None}
        case "points":
            return {"kind": kind, "change": draw(st.sampled_from([5, -5, 8])), "baseline": start}
        case _:
            factor = draw(st.sampled_from([2, 0.5, 3]))
            return {"kind": kind, "factor": factor, "baseline": start and start or None}


@st.composite
def bounds(draw: Draw) -> Facts:
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
def numeric(draw: Draw) -> Facts:
    kind = draw(
        st.sampled_from(["line", "line", "line", "bound", "exactly", "budget", "anchors", "steps"])
    )
    match kind:
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
def milestones(draw: Draw, names: Sequence[str] = NAMES) -> Facts:
    count = draw(st.integers(1, len(names)))
    dues = st.none() | days(15, 110)
    steps = [(name, draw(st.integers(1, 3)), draw(dues)) for name in names[:count]]
    return {"kind": "milestones", "steps": steps}


@st.composite
def measures(draw: Draw) -> Facts:
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
        "establish",
    )


@st.composite
def values(draw: Draw, measure: Facts) -> Any:
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
    draw: Draw, id: str, metrics: Sequence[str], numbers: Sequence[str], cycle: Any
) -> Facts:
    """A key result; `numbers` are the key results before it that read numbers of their own."""
    metric = derived = None
    measure = draw(measures())
    if is_numeric(measure):
        source = draw(st.sampled_from(["own", "own", "metric", "derived"]))
        if source == "metric" and metrics:
            metric = draw(st.sampled_from(metrics))
        elif source == "derived" and numbers:
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
    }


@st.composite
def plans(draw: Draw) -> dict[str, Any]:
    metrics = [
        {
            "id": f"m{n}",
            "reads": draw(st.sampled_from(["latest", "total", "mean", "minimum", "maximum"])),
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
        own: list[dict[str, Any]] = []
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
def lives(draw: Draw, objective: Facts) -> list[dict[str, Any]]:
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
def changes(draw: Draw, key_result: Facts) -> list[dict[str, Any]]:
    """Adjustments of a key result, and baselines of the measure that is in force."""
    measure, acts = key_result["measure"], []
    count = draw(st.sampled_from([0, 0, 1, 2, 3]))
    for on in sorted(draw(st.lists(days(), min_size=count, max_size=count))):
        each: dict[str, Any] = {"of": key_result["id"], "on": on}
        kind = measure["kind"]
        open_line = kind in LINES and kind != "reach" and measure["baseline"] is None
        if open_line and draw(st.booleans()):
            value = draw(st.integers(1, 9)) + (10 if kind == "decrease" else 0)
            acts.append(each | {"kind": "baseline", "value": value})
            continue
        each |= {"kind": "adjustment", "proposal": draw(st.sampled_from(["pivot", "persist"]))}
        each["trigger"] = draw(st.sampled_from([None, "external change", "difficulty"]))
        what = draw(st.sampled_from(["measure", "measure", "weight", "due", "rescale", "owner"]))
        if what == "measure" and is_numeric(measure) and kind != "establish":
            measure = each["measure"] = draw(numeric())
        elif what == "measure" and kind == "milestones":
            names = [name for name, _, _ in measure["steps"]]
            measure = each["measure"] = draw(milestones(names))
        elif what == "due":
            each["due"] = draw(days(20, 130))
        elif what == "rescale":
            each["rescale"] = draw(st.sampled_from([0.5, 2]))
        elif what == "owner":
            each["owner"] = "Ana Ruiz"
        else:
            each["weight"] = draw(WEIGHTS)
        acts.append(each)
    return acts


@st.composite
def organisations(draw: Draw) -> Facts:
    """An organisation with its journal, and the day as of which it is asked about."""
    plan = draw(plans())
    acts: list[tuple[date, int, dict[str, Any]]] = []  # with the day and hour of writing
    readable: list[tuple[str, Facts]] = []
    owned: list[str] = []

    def act(sequence: Sequence[dict[str, Any]]) -> None:
        hour = draw(st.integers(0, 11))
        for place, each in enumerate(sequence):
            acts.append((each["on"], hour + place, each))
        if sequence and draw(st.integers(0, 5)) == 0:
            sequence[-1]["void"] = True

    for objective in plan["objectives"]:
        owned.append(objective["id"])
        if not objective["parked"]:
            act(draw(lives(objective)))
        for each in objective["key results"]:
            if "ref" in each:
                continue
            owned.append(each["id"])
            act(draw(changes(each)))
            if each["metric"] is None and each["derived"] is None:
                readable.append((each["id"], each["measure"]))
        readable += [
            (each["id"], each["bound"])
            for each in objective["guardrails"]
            if each["metric"] is None
        ]
    readable += [(each["id"], each) for each in plan["metrics"]]
    if readable:
        for _ in range(draw(st.integers(0, 18))):
            id, measure = draw(st.sampled_from(readable))
            on, late = draw(days()), draw(st.sampled_from([0, 0, 0, 4]))
            each = {
                "kind": "check-in",
                "of": id,
                "on": on,
                "confidence": draw(st.none() | st.sampled_from([0.25, 0.75])),
            }
            each["status"] = draw(st.sampled_from([None, None, None, "at risk"]))
            if draw(st.integers(0, 6)) == 0:
                each["value"] = None
            elif measure.get("shares"):
                each["value"] = ("ratio", draw(st.integers(0, 30)), draw(st.integers(1, 5)))
            else:
                each["value"] = draw(values(measure if measure.get("kind") else {"kind": "number"}))
            if draw(st.integers(0, 9)) == 0:
                each["void"] = True
            acts.append((on + timedelta(days=late), draw(st.integers(0, 23)), each))
    for _ in range(draw(st.integers(0, 2))):
        said = draw(st.sampled_from([{"score": 0.5}, {"status": "on track"}]))
        on = draw(days())
        acts.append(
            (on, 12, {"kind": "judgement", "of": draw(st.sampled_from(owned)), "on": on} | said)
        )
    stamped = draw(st.sampled_from(["no", "all", "odd days"]))
    journal: list[dict[str, Any]] = []
    for number, (_, hour, each) in enumerate(sorted(acts, key=lambda one: one[:2])):
        if stamped == "all" or (stamped == "odd days" and each["on"].toordinal() % 2):
            each["recorded"] = hour
        journal.append(each)
        if each.pop("void", False):
            each["id"] = f"e{number}"
            journal.append({"kind": "correction", "voids": each["id"]})
    return plan | {"journal": journal, "day": draw(days(10, DAYS))}


# --- the same in the words of the package --------------------------------------------------------


def measure_of(each: Facts) -> Any:
    match each["kind"]:
        case "increase":
            return okr.Increase(each["baseline"], each["target"])
        case "decrease":
            return okr.Decrease(each["baseline"], each["target"])
        case "from-to":
            return okr.FromTo(each["baseline"], each["target"])
        case "reach":
            return okr.Reach(each["target"])
        case "relative":
            return okr.Relative(percent=each["percent"], baseline=each["baseline"])
        case "points":
            return okr.Points(each["change"], baseline=each["baseline"])
        case "multiple":
            return okr.Multiple(each["factor"], baseline=each["baseline"])
        case "between":
            return okr.Between(each["low"], each["high"])
        case "at-least" | "above" | "at-most" | "below":
            kinds = {
                "at-least": okr.AtLeast,
                "above": okr.Above,
                "at-most": okr.AtMost,
                "below": okr.Below,
            }
            zones = {name: each[name] for name in ("warn_at", "tolerated_to") if name in each}
            return kinds[each["kind"]](each["limit"], **zones)
        case "exactly":
            return okr.Exactly(each["target"], each["baseline"])
        case "budget":
            return okr.Budget(each["limit"])
        case "anchors":
            return okr.Anchors(dict(each["anchors"]), baseline=each["baseline"])
        case "steps":
            return okr.Steps([(measure_of(bound), score) for bound, score in each["steps"]])
        case "milestones":
            return okr.Milestones(
                *(okr.Milestone(name, weight, due) for name, weight, due in each["steps"])
            )
        case "evidence":
            return okr.Evidence(required=each["required"])
        case "zones":
            return okr.Zones(dict(each["zones"]))
        case "compound":
            parts = {name: measure_of(part) for name, part in each["parts"]}
            return okr.Compound(parts, combine=okr.Combine(each["combine"]))
        case "pass-fail":
            return okr.PassFail()
        case "judged":
            return okr.Judged()
        case _:
            return okr.EstablishBaseline()


CADENCES = {
    "annual": okr.Cadence.ANNUAL,
    "half-yearly": okr.Cadence.HALF_YEARLY,
    "quarterly": okr.Cadence.QUARTERLY,
    "micro two weeks": okr.Cadence.MICRO_TWO_WEEKS,
    "micro week": okr.Cadence.MICRO_WEEK,
    None: None,
}


def key_result_of(each: Facts) -> okr.KeyResult | okr.KeyResultRef:
    if "ref" in each:
        return okr.KeyResultRef(each["ref"], weight=each["weight"])
    timing = derived = None
    if each["observable_from"] or each["waypoints"]:
        timing = okr.Timing(
            waypoints=[okr.Waypoint(on, value) for on, value in each["waypoints"]],
            observable_from=each["observable_from"],
        )
    if each["derived"]:
        how, parts = each["derived"]
        derived = okr.Derived(okr.Derivation(how), parts)
    return okr.KeyResult(
        each["id"],
        each["id"],
        measure_of(each["measure"]),
        weight=each["weight"],
        due=each["due"],
        metric=each["metric"],
        derived=derived,
        timing=timing,
    )


def objective_of(each: Facts) -> okr.Objective:
    cycle = each["cycle"] and okr.Cycle(
        each["cycle"]["start"], each["cycle"]["end"], cadence=CADENCES[each["cycle"]["cadence"]]
    )
    return okr.Objective(
        each["id"],
        each["id"],
        key_results=[key_result_of(one) for one in each["key results"]],
        guardrails=[
            okr.Guardrail(
                one["id"],
                one["id"],
                measure_of(one["bound"]),
                hard=one["hard"],
                metric=one["metric"],
            )
            for one in each["guardrails"]
        ],
        supports=[okr.Alignment(one["to"], weight=one["weight"]) for one in each["supports"]],
        cycle=cycle,
        ambition=each["ambition"] and okr.Ambition(each["ambition"]),
        initiatives=[okr.Initiative(f"{each['id']}i", "work")] * each["initiatives"],
        method=each["method"],
        profile=okr.ObjectiveProfile(parked=okr.Parked("later")) if each["parked"] else None,
    )


def plan_of(organisation: Facts) -> okr.Plan:
    return okr.Plan(
        [objective_of(each) for each in organisation["objectives"]],
        metrics=[
            okr.Metric(
                each["id"],
                each["id"],
                reads=okr.Reads(each["reads"]),
                health=each["health"] and measure_of(each["health"]),
                check_in_days=each["check_in_days"],
            )
            for each in organisation["metrics"]
        ],
    )


def entry_of(each: Facts) -> okr.journal.Entry:
    said: dict[str, Any] = {"id": each.get("id")}
    if "recorded" in each:
        said["recorded"] = datetime.combine(each["on"], time(each["recorded"]), UTC)
    match each["kind"]:
        case "correction":
            return okr.Correction(each["voids"])
        case "check-in":
            value = each["value"]
            if isinstance(value, tuple):
                value = okr.Ratio(*value[1:])
            said |= {"confidence": each["confidence"], "status": each["status"]}
            return okr.CheckIn(each["of"], each["on"], value, **said)
        case "baseline":
            return okr.BaselineSet(each["of"], each["on"], each["value"], **said)
        case "transition":
            return okr.Transition(each["of"], each["on"], okr.Lifecycle(each["to"]), **said)
        case "closing":
            because = "so it was" if each["judged"] is not None else ""
            decision = okr.Decision(each["decision"])
            return okr.Closing(
                each["of"], each["on"], decision, judged=each["judged"], because=because, **said
            )
        case "judgement":
            what = {"score": each.get("score"), "status": each.get("status")}
            return okr.Judgement(each["of"], each["on"], because="so it is", **what, **said)
        case _:
            said |= {
                name: each[name] for name in ("weight", "due", "rescale", "owner") if name in each
            }
            if "measure" in each:
                said["measure"] = measure_of(each["measure"])
            if each.get("trigger"):
                said["trigger"] = okr.AdjustmentTrigger(each["trigger"])
            said["proposal"] = okr.Proposal(each["proposal"])
            return okr.Adjustment(each["of"], each["on"], because="the world changed", **said)


def journal_of(organisation: Facts) -> okr.Journal:
    return okr.Journal(map(entry_of, organisation["journal"]))


# --- rules -------------------------------------------------------------------------------------

RULE_SETS: dict[str, Facts] = {
    "RECOMMENDED": {},
    "missing is 0": {"missing": 0, "clip": {"floor": 0}},
    "unread is 0": {"unread": 0, "clip": {"floor": 0, "ceiling": 1, "digits": 2}},
    "one pool": {"parts": (("key results", False), ("objectives below", False))},
    "the weakest": {
        "combine": "minimum",
        "parts": (("objectives below", False), ("key results", True)),
    },
    "all the same": {
        "weigh": "equal",
        "least coverage": 0.5,
        "empty": 0,
        "flat": "full",
        "micro": True,
    },
    "cap": {"effect": "cap"},
    "average": {"effect": "average"},
    "veto": {"effect": "veto", "memory": "ever"},
    "achieved": {"combine": "share achieved", "grace": 0, "partial": False, "flat": "at least"},
    "remembered": {
        "memory": "ever",
        "vouches": 1,
        "archived": False,
        "budget": 3,
        "result": {"digits": 1},
    },
    "zero": {
        "zero weights": "zero",
        "entry": {"full from": 0.75},
        "flat": "zero",
        "result": {"ceiling": 0.9},
    },
    "equal": {"zero weights": "equal", "clip": {"floor": -0.5, "ceiling": 1.5}, "flat": "at most"},
}


def clip_of(each: Facts) -> okr.Clip:
    return okr.Clip(**{name.replace(" ", "_"): value for name, value in each.items()})


def rulebook_of(name: str) -> tuple[okr.Rulebook, Facts]:
    """A rulebook with its methods, in the words of the package and of the evaluator by hand."""
    (book, rules), methods = book_of(name), {method: book_of(method) for method in METHODS}
    named = {method: found for method, (_, found) in methods.items()}
    return evolve(book, methods=[found for found, _ in methods.values()]), {
        **rules,
        "methods": named,
    }


def book_of(name: str) -> tuple[okr.Rulebook, Facts]:
    rules = {**RULES, **RULE_SETS[name]}
    attainment = okr.AttainmentRule(
        clip=clip_of(rules["clip"]),
        unread=rules["unread"],
        flat=rb.FlatLine(rules["flat"]),
        partial_credit=rules["partial"],
        budget_zero_at=rules["budget"],
    )
    roll_up = okr.RollUpRule(
        parts=[okr.Part(okr.Parts(of), otherwise=otherwise) for of, otherwise in rules["parts"]],
        combine=rb.Combination(rules["combine"]),
        weigh=rb.Weighing(rules["weigh"]),
        zero_weights=rb.ZeroWeights(rules["zero weights"]),
        missing=rules["missing"],
        empty=rules["empty"],
        least_coverage=rules["least coverage"],
        with_archived=rules["archived"],
        with_micro=rules["micro"],
        entry=clip_of(rules["entry"]),
        result=clip_of(rules["result"]),
    )
    guardrails = okr.GuardrailRule(
        effect=okr.Effect(rules["effect"]),
        memory=rb.BreachMemory(rules["memory"]),
        vouches_for=rules["vouches"],
    )
    book = evolve(
        okr.RECOMMENDED,
        name=name,
        attainment=attainment,
        roll_up=roll_up,
        guardrails=guardrails,
        closing=evolve(okr.RECOMMENDED.closing, grace_days=rules["grace"]),
    )
    return book, rules

"""Plans, journals and rulebooks of the package, made of the dictionaries that `organisations` draws."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from attrs import evolve

import okrcore as okr
from okrcore import rulebook as rb
from oracles.by_hand.figures import RULES
from oracles.by_hand.measures import Facts
from oracles.organisations import METHODS

__all__ = ["RULE_SETS", "journal_of", "plan_of", "rulebook_of"]


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
        case "each-period":
            months, weeks = each["every"]
            every = okr.Cadence("every", months=months, weeks=weeks)
            return okr.EachPeriod(measure_of(each["bound"]), every=every)
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
            return okr.Compound(parts, combine=okr.plan.Combination(each["combine"]))
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
    if each["observable_from"] or each["waypoints"] or each.get("check_in_days"):
        timing = okr.Timing(
            waypoints=[okr.Waypoint(on, value) for on, value in each["waypoints"]],
            observable_from=each["observable_from"],
            check_in_days=each.get("check_in_days"),
        )
    if each["derived"]:
        how, parts = each["derived"]
        derived = okr.Derived(okr.Aggregation(how), parts)
    return okr.KeyResult(
        each["id"],
        each["id"],
        measure_of(each["measure"]),
        weight=each["weight"],
        due=each["due"],
        metric=each["metric"],
        derived=derived,
        timing=timing,
        unit=each.get("unit"),
        continues=each.get("continues"),
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
        continues=each.get("continues"),
        profile=okr.ObjectiveProfile(parked=okr.Parked("later")) if each["parked"] else None,
    )


def plan_of(organisation: Facts) -> okr.Plan:
    return okr.Plan(
        [objective_of(each) for each in organisation["objectives"]],
        metrics=[
            okr.Metric(
                each["id"],
                each["id"],
                aggregation=okr.Aggregation(each["reads"]),
                health=each["health"] and measure_of(each["health"]),
                check_in_days=each["check_in_days"],
            )
            for each in organisation["metrics"]
        ],
    )


def entry_of(each: Facts) -> okr.journal.Entry:
    said: dict[str, Any] = {"id": each.get("id")}
    if "recorded" in each:
        days, hour = each["recorded"]
        said["recorded"] = datetime.combine(each["on"] + timedelta(days), time(hour), UTC)
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
            decision = okr.ClosingDecision(each["decision"])
            return okr.Closing(
                each["of"], each["on"], decision, judged=each["judged"], because=because, **said
            )
        case "post-mortem":
            return okr.PostMortem(each["of"], each["on"], cause="no people", **said)
        case "judgement":
            said |= {"score": each.get("score"), "status": each.get("status")}
            return okr.Judgement(each["of"], each["on"], because="so it is", **said)
        case _:
            said |= {
                name: each[name] for name in ("weight", "due", "rescale", "owner") if name in each
            }
            if "measure" in each:
                said["measure"] = measure_of(each["measure"])
            if each.get("trigger"):
                said["trigger"] = okr.AdjustmentTrigger(each["trigger"])
            said["kind"] = okr.AdjustmentKind(each["proposal"])
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
    "firm": {"effect": "veto", "settles hard": False},
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
    "all below": {
        "parts": (("key results", False), ("key results of all objectives below", False)),
        "micro": True,
    },
    "all below, unread is 0": {
        "parts": (
            ("key results", False),
            ("key results of all objectives below", True),
            ("objectives below", False),
        ),
        "unread": 0,
        "missing": 0,
    },
    "equal": {"zero weights": "equal", "clip": {"floor": -0.5, "ceiling": 1.5}, "flat": "at most"},
}


def clip_of(each: Facts) -> okr.rulebook.Clip:
    return okr.rulebook.Clip(**{name.replace(" ", "_"): value for name, value in each.items()})


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
    attainment = okr.rulebook.AttainmentRule(
        clip=clip_of(rules["clip"]),
        missing=rules["unread"],
        flat=rb.FlatLine(rules["flat"]),
        partial_credit=rules["partial"],
        budget_zero_at=rules["budget"],
    )
    roll_up = okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource(of), otherwise=otherwise)
            for of, otherwise in rules["parts"]
        ],
        combine=okr.plan.Combination(rules["combine"]),
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
    guardrails = okr.rulebook.GuardrailRule(
        effect=okr.rulebook.BreachEffect(rules["effect"]),
        memory=rb.BreachMemory(rules["memory"]),
        stale_after_intervals=rules["vouches"],
        settles_hard=rules["settles hard"],
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

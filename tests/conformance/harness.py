"""From a worked case to an answer: by kind and by the shape of its inputs, never by its system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from math import floor, isfinite, log10
from traceback import walk_tb
from typing import Any

from attrs import evolve

import okrcore as okr
from conformance import scenes, shapes
from conformance.calendars import answers_of_time
from conformance.scenes import LONG, START, Scene, UnknownCaseError, first_of, has
from conformance.stated import with_method
from okrcore.rulebook import Axis

__all__ = ["UnknownCaseError", "check", "disagreements", "source_of"]

#: What no key of `expected` may be compared with a percent or with a share of 1, as the key says.
_PERCENT = re.compile(r"pct|percent")


def source_of(case: Mapping[str, Any]) -> str:
    """Return where a case was read."""
    return str(case.get("source") or case.get("src"))


def inputs_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case's inputs; published scores have them beside their other fields."""
    if "inputs" in case:
        if not isinstance(case["inputs"], Mapping):
            raise UnknownCaseError(f"prose: inputs that are {case['inputs']!r}")
        return dict(case["inputs"])
    return {name: case[name] for name in case if name not in ("id", "kind", "src", "note")}


def expected_of(case: Mapping[str, Any]) -> Any:
    """Return what a case expects; where a source contradicts itself, what follows from its rule."""
    for name in ("recomputed", "exact", "mean", "expected", "published"):
        if case.get(name) is not None and not (name == "mean" and "expected" in case):
            return case[name]
    return case.get("expected")


def contradicts_itself(case: Mapping[str, Any]) -> bool:
    """Say whether a case's own text says that its numbers do not follow from its rule."""
    said = f"{case.get('arithmetic', '')} {case.get('rule', '')}"
    return (
        re.search(r"inconsistent|disagree|mismatch|unexplained|own metric", said, re.IGNORECASE)
        is not None
    )


# --- from inputs to scenes ---------------------------------------------------------------------


#: What is raised for a case of a shape that a builder does not know.
_OTHER_SHAPE = (UnknownCaseError, okr.OkrError)


@contextmanager
def of_another_shape(part: str) -> Iterator[None]:
    """Take a builder's failure for a case of another shape; a failure of the library comes through.

    Args:
        part: What the builder reads, for the reason.
    """
    try:
        yield
    except _OTHER_SHAPE:
        raise
    except Exception as crash:
        frames = (frame for frame, _ in walk_tb(crash.__traceback__))
        if any(str(frame.f_globals.get("__name__")).startswith("okrcore.") for frame in frames):
            raise
        raise UnknownCaseError(f"{part} of another shape, {crash!r}") from None


def scene_of(case: Mapping[str, Any], rulebook: okr.Rulebook) -> Scene:
    """Return the plan, journal and day that a case describes.

    Raises:
        UnknownCaseError: No builder knows its shape.
        okr.OkrError: What it describes is refused.
    """
    given = inputs_of(case)
    kind = str(case.get("kind", "other"))
    try:
        with of_another_shape("inputs"):
            return _known_scene(given, kind, rulebook)
    except _OTHER_SHAPE as reason:
        try:
            with of_another_shape("inputs"):
                return shapes.general(given, kind, rulebook, expected_of(case))
        except _OTHER_SHAPE:
            if isinstance(reason, okr.OkrError):
                raise reason from None
            raise


def _known_scene(given: dict[str, Any], kind: str, rulebook: okr.Rulebook) -> Scene:
    if kind in ("kr_progress", "score", "value_to_score"):
        return _single(given, rulebook)
    if kind == "objective_rollup":
        return _rolled(given, rulebook)
    if kind in ("status", "pacing"):
        return _standing(given, rulebook)
    if kind in ("grade_band", "zone"):
        return _graded(given)
    return _other(given, rulebook)


def _single(given: dict[str, Any], rulebook: okr.Rulebook) -> Scene:
    if "kr_scores" in given and "weights_pct" in given:
        return scenes.rolled(given["kr_scores"], given["weights_pct"], percent=False)
    if "factor" in given:
        return scenes.key_result({"target": 1, "current": given["factor"]})
    if "formula" in given:
        half = okr.Compound({"shipped": okr.PassFail(), "used": okr.Reach(given["target"])})
        plan = okr.Plan([scenes.objective([half])])
        reading = {"shipped": True, "used": given["final"]}
        return Scene(plan=plan, journal=scenes.read_on(START, {"k0": reading}), id="k0")
    if "before" in given:
        before, _, after = str(given["rule"]).rpartition(" ")[2].partition("/")
        scope = okr.Compound(
            {"before": okr.Judged(), "scope": okr.Reach(int(after))},
            combine=okr.plan.Combination.PRODUCT,
        )
        plan = okr.Plan([scenes.objective([scope])])
        reading = {"before": given["before"], "scope": int(before)}
        return Scene(plan=plan, journal=scenes.read_on(START, {"k0": reading}), id="k0")
    if given.get("type") == "issue":
        works = [okr.Initiative(f"i{n}", f"issue {n}") for n in range(given["children"])]
        plan = okr.Plan([okr.Objective("o", "o", initiatives=works)])
        done = {work.id: True for work in works[: given["done"]]}
        return Scene(plan=plan, journal=scenes.read_on(START, done))
    rule = str(given.get("rule", ""))
    if re.search(r"inverse|target ?/ ?(actual|final|current)", rule):
        current = first_of(given, *scenes.CURRENTS)
        return scenes.key_result({"target": 1, "current": given["target"] / current})
    if re.search(r"all or nothing|all-or-nothing|binary", rule):
        return scenes.key_result({**given, "type": "control_at_least"})
    if "progress" in given and "baseline" in given:
        return scenes.key_result(
            {"start": given["baseline"], "target": None, "current": given["progress"]}
        )
    return scenes.key_result(given)


def _rolled(given: dict[str, Any], rulebook: okr.Rulebook) -> Scene:
    if "tree" in given:
        return scenes.tree(given["tree"])
    if "kr" in given:
        if not isinstance(given["kr"], list):
            raise UnknownCaseError(given["kr"])
        return scenes.rolled(given["kr"], given.get("weights"), percent=False)
    if "only" in given:
        own = [(0.0, weight) for weight in given["kr_weights"]]
        share = float(re.search(r"(\d+)%", given["only"])[1]) / 100  # type: ignore[index]
        below = [(share * (n == 0), weight) for n, weight in enumerate(given["alignment_weights"])]
        return scenes.pooled(own, below)
    if "own_key_results" in given:
        graded = [(None if v is None else v / 100, 1.0) for v in given["own_key_results"]]
        below = [(v / 100, 1.0) for v in given["child_objectives"]]
        return scenes.pooled(graded, below)
    if "targets" in given and "values" in given:
        plan = okr.Plan([scenes.objective([okr.Reach(target) for target in given["targets"]])])
        read = {f"k{n}": value for n, value in enumerate(given["values"])}
        journal = scenes.read_on(START, read)
        # By size, as amounts add up, unless the mean of the percents is asked for.
        mode = str(given.get("mode", "amount")).lower()
        return Scene(plan=plan, journal=journal, method=None if "mean" in mode else "amount")
    if "krs" in given:
        shares = [current / target for current, target in given["krs"]]
        return scenes.rolled(shares, given["weights"], percent=False)
    if "targets" in given and not given.get("checks"):
        shares = [
            (t["current"] - t["start"]) / (t["target"] - t["start"]) for t in given["targets"]
        ]
        return scenes.rolled(shares, percent=False)
    if "existing" in given:
        fixed = {int(name[1:]) - 1: share for name, share in given["set"].items()}
        return scenes.fixed_shares(len(given["existing"]), fixed, given["existing"])
    if "fixed" in given:
        count = given["n_children"]
        fixed = {int(name[2:]) - 1: share / 100 for name, share in given["fixed"].items()}
        return scenes.fixed_shares(count, fixed, [1.0] * count)
    if "sum_weights" in given:
        rest = given["sum_weights"] - given["weight"]
        return scenes.rolled([given["progress"], 0], [given["weight"], rest])
    if "n_subgoals" in given:
        weights = [2.0] + [1.0] * (given["n_subgoals"] - 1)  # "twice as important"
        return scenes.rolled([None] * given["n_subgoals"], weights)
    if "multipliers" in given or ("weights" in given and set(given) <= {"weights", "n_children"}):
        weights = first_of(given, "multipliers", "weights")
        if isinstance(weights, str):  # "equal", "default"
            weights = [1.0] * given["n_children"]
        scene = scenes.rolled([None] * len(weights), weights)
        must_total_one = all(0 < w < 1 for w in weights)
        return evolve(scene, method="manual weights") if must_total_one else scene
    if has(given, "kr_pct", "kr_progress", "own_key_results", "contributors", "checks"):
        raise UnknownCaseError("more than one list of parts")
    children = list(first_of(given, "children", "children_pct"))
    stated: Any = given.get("weights")
    stated = None if isinstance(stated, str) else stated
    method = None
    if children and all(isinstance(c, Mapping) and "weight" in c for c in children):
        stated = [c["weight"] for c in children]
        method = "appraisal"
    return scenes.rolled(children, stated, method=method)


def evolve_method(plan: okr.Plan, method: str) -> okr.Plan:
    """Return a plan whose first objective asks for a method."""
    return plan.put(evolve(plan.objectives[0], method=method))


def _standing(given: dict[str, Any], rulebook: okr.Rulebook) -> Scene:
    if has(given, "kr_statuses"):
        return scenes.with_statuses(given["kr_statuses"])
    if has(given, "expected_pct", "ideal_pct", "expected_percent", "elapsed_percent"):
        expected = first_of(
            given, "expected_pct", "ideal_pct", "expected_percent", "elapsed_percent"
        )
        actual = first_of(given, "actual_pct", "progress_percent")
        return scenes.paced(actual / 100, expected / 100, rulebook)
    if "days_overdue" in given:
        return scenes.paced(
            given["progress_percent"] / 100, 1.0, rulebook, days_late=given["days_overdue"]
        )
    if "position" in given:
        scene = scenes.paced(0.0, float("last" in given["position"]), rulebook)
        return evolve(scene, more={"": lambda card: card.key_result("k0").expected})
    if "last_check_in_status" in given:
        return _last_check_in(given)
    if "rule" in given and "threshold" in given:
        bound = scenes.measure_of(given)
        rail = okr.Guardrail("g", "guardrail", bound)
        plan = okr.Plan([okr.Objective("o", "o", guardrails=[rail])])
        return Scene(plan=plan, journal=scenes.read_on(START, {"g": given["current"]}), id="g")
    if "window_ends" in given:
        later = okr.Timing(observable_from=_date(given["window_ends"]))
        kr = okr.KeyResult("k0", "part 0", okr.Reach(1), timing=later)
        cycle = okr.Cycle(START, _date(given["cycle_ends"]))
        plan = okr.Plan([okr.Objective("o", "o", key_results=[kr], cycle=cycle)])
        return Scene(plan=plan, day=cycle.end, id="k0")
    if "planned_each_k" in given:
        return _breakdown(given)
    if "planned_k" in given:
        return scenes.key_result({"target": given["planned_k"], "current": given["actual_k"]})
    if "weeks" in given:
        cycle = okr.Cycle(START, START + timedelta(days=27), cadence=okr.Cadence.MONTHLY)
        plan = okr.Plan([scenes.objective([okr.Reach(100)], cycle=cycle)])
        entries = [
            okr.CheckIn("k0", START + timedelta(days=7 * n), value)
            for n, value in enumerate(given["weeks"])
        ]
        return Scene(
            plan=plan, journal=okr.Journal(entries), day=START + timedelta(days=14), id="k0"
        )
    if "periods" in given and "mode" in given:
        cycle = okr.Cycle(START, START + timedelta(days=30 * given["periods"]))
        plan = okr.Plan([scenes.objective([okr.Reach(given["target"])], cycle=cycle)])
        day = START + timedelta(days=30)
        return Scene(
            plan=plan,
            journal=scenes.read_on(day, {"k0": 0}),
            day=day,
            id="k0",
            total=given["target"],
        )
    if "children" in given and "confidence" in given:
        scene = scenes.rolled(given["children"])
        said = okr.CheckIn("o", START, confidence=given["confidence"] / 100)
        return evolve(scene, journal=scene.journal.add(said))
    if "kpi_achievement_percent" in given:
        metric = okr.Metric("m", "KPI", health=okr.AtLeast(100))
        plan = okr.Plan([], metrics=[metric])
        read = {"m": given["kpi_achievement_percent"]}
        return Scene(plan=plan, journal=scenes.read_on(START, read), id="m", axis=Axis.HEALTH)
    if "start" in given and "current" in given:
        return scenes.key_result(given)
    if "percent" in given:
        return scenes.with_score(given["percent"] / 100, axis=Axis.PROGRESS)
    if "type" in given and "score" in given:
        return scenes.with_score(given["score"], ambition=given["type"], at_close=True)
    return _graded(given)


def _last_check_in(given: dict[str, Any]) -> Scene:
    late = given.get("overdue_days", 30 if given.get("stale") else 0)
    cycle = okr.Cycle(START, START + timedelta(days=90), cadence=okr.Cadence.QUARTERLY)
    status = given["last_check_in_status"]
    if given.get("closed"):
        return _outcome(str(given.get("outcome", given["closed"])), cycle)
    plan = okr.Plan([scenes.objective([okr.PassFail()], cycle=cycle)])
    # Checked in on the first day, due again after a week, and so many days late since.
    entries = [okr.CheckIn(id, START, status=status) for id in ("o", "k0")]
    return Scene(plan=plan, journal=okr.Journal(entries), day=START + timedelta(days=7 + late))


def _outcome(outcome: str, cycle: okr.Cycle) -> Scene:
    """Return a scene of an objective that was closed as reached, or not."""
    reached = outcome.lower() in ("achieved", "success", "successful", "yes", "true", "completed")
    committed = okr.Ambition.COMMITTED
    top = scenes.objective([okr.PassFail()], cycle=cycle, ambition=committed)
    plan = okr.Plan([top])
    journal = scenes.read_on(cycle.end, {"k0": reached})
    decision = okr.ClosingDecision.ACHIEVED if reached else okr.ClosingDecision.ABANDON
    closing = okr.Closing("o", cycle.end, decision)
    return Scene(plan=plan, journal=journal.add(closing), day=cycle.end + timedelta(days=1))


def _breakdown(given: dict[str, Any]) -> Scene:
    quarter = int(given["through"][1:])
    window = given["planned_each_k"] * quarter
    before = (given["total_actual_k"] - given["actual_k"]) / max(1, quarter - 1)
    actuals = [before] * (quarter - 1) + [given["actual_k"]]
    metric = okr.Metric("m", "actuals", aggregation=okr.Aggregation.SUM)
    measures = [
        okr.KeyResult("k0", "window", okr.Reach(window), metric="m"),
        okr.KeyResult("period", "period", okr.Reach(given["planned_each_k"])),
    ]
    plan = okr.Plan([okr.Objective("o", "o", key_results=measures)], metrics=[metric])
    entries = [
        okr.CheckIn("m", START + timedelta(days=90 * n), value) for n, value in enumerate(actuals)
    ]
    day = START + timedelta(days=360)
    return Scene(
        plan=plan,
        journal=okr.Journal([*entries, okr.CheckIn("period", day, given["actual_k"])]),
        day=day,
        id="k0",
        more={
            "period_pct": lambda card: card.key_result("period").score,
            "window_pct": lambda card: card.key_result("k0").score,
            "window_status": lambda card: card.key_result("k0").status,
        },
    )


def _graded(given: dict[str, Any]) -> Scene:
    if "metric_ratios" in given:
        return _portfolio(given)
    if "confidence" in given or "mean_draft_confidence" in given:
        value = first_of(given, "mean_draft_confidence", "confidence")
        scale = 1 if value <= 1 else 10 if value <= 10 else 100
        return scenes.with_confidence([value / scale])
    if has(given, "score", "mean_score"):
        return scenes.with_score(first_of(given, "score", "mean_score"), ambition=given.get("type"))
    if has(given, "pct", "achievement_pct"):
        return scenes.with_score(first_of(given, "pct", "achievement_pct") / 100)
    if has(given, "baseline", "stretch"):
        marks = dict(given)
        if None in (given.get("baseline"), given.get("stretch")):
            return evolve(scenes.key_result({"start": None, "target": None, **_read(given)}))
        if "commit" not in given:
            marks = {"start": given["baseline"], "target": given["stretch"], **_read(given)}
        scene = scenes.key_result(marks)
        zone = scene.plan.key_result("k0").measure
        return evolve(scene, more=_zones(scene, zone))
    raise UnknownCaseError(sorted(given))


def _read(given: dict[str, Any]) -> dict[str, Any]:
    return {"current": given["current"]}


def _zones(scene: Scene, measure: Any) -> dict[str, Any]:
    def flag(card: okr.Scorecard) -> bool:
        progress = card.key_result("k0").progress
        return progress is not None and progress < 0

    def zone(card: okr.Scorecard) -> Any:
        return card.grade("zone", "k0")

    return {"below_baseline_flag": flag, "zone": zone, "zone_ui": zone, "zone_backend": zone}


def _portfolio(given: dict[str, Any]) -> Scene:
    marks = {"fail": 0, "commit": 0.3, "target": 0.7, "stretch": 1}
    ratios, labels = given["metric_ratios"], [z.lower() for z in given["ordinal_zones"]]
    measures: list[Any] = [okr.Reach(1)] * len(ratios) + [okr.Zones(marks)] * len(labels)
    untyped = [okr.EstablishBaseline()] * given["untyped"]
    plan = okr.Plan([scenes.objective([*measures, *untyped])])
    read = {f"k{n}": value for n, value in enumerate([*ratios, *labels])}

    def count(*zones: str) -> Any:
        return lambda card: sum(
            card.grade("zone", kr.id) in zones for kr in card.plan.objectives[0].own_key_results
        )

    return Scene(
        plan=plan,
        journal=scenes.read_on(START, read),
        more={
            **{zone: count(zone) for zone in marks},
            "target_or_stretch": count("target", "stretch"),
            "key_results": lambda card: len(card.plan.objectives[0].key_results),
            "ordinal": lambda card: _count(card, okr.Zones),
            "metric": lambda card: _count(card, okr.Reach),
        },
    )


def _count(card: okr.Scorecard, kind: type) -> int:
    return sum(isinstance(kr.measure, kind) for kr in card.plan.objectives[0].own_key_results)


def _other(given: dict[str, Any], rulebook: okr.Rulebook) -> Scene:
    if "confidence_0_10" in given:
        scene = scenes.key_result({"target": given["target"], "current": given["actual"]})
        said = okr.CheckIn("k0", START, confidence=given["confidence_0_10"] / 10)
        return evolve(scene, journal=scene.journal.add(said), axis=Axis.CONFIDENCE)
    if "kr_confidence" in given:
        return _confidences(given)
    if {"on_track", "off_track"} <= set(given):
        statuses = [name for name in given for _ in range(given[name])]
        return evolve(scenes.with_statuses(statuses), more={"": _mean_of_codes})
    if "manual" in given:
        cycle = okr.Cycle(START, START + timedelta(days=90), cadence=okr.Cadence.QUARTERLY)
        plan = okr.Plan([scenes.objective([okr.Reach(100)], cycle=cycle)])
        later = START + timedelta(days=7)
        entries = [
            okr.CheckIn("k0", START, status=given["manual"]),
            okr.CheckIn("k0", later, given["then_actual_pct"]),
        ]
        return Scene(plan=plan, journal=okr.Journal(entries), day=later, id="k0")
    if given.get("event") == "open close dialog":
        return scenes.with_score(given["progress"] / 100, axis=Axis.PROGRESS)
    if "tolerance_pct" in given:
        return scenes.key_result({**given, "current": given["target"]})
    if "scores_out_of_5" in given:
        return _out_of_five(given["scores_out_of_5"])
    if set(given) <= {"baseline", "commit", "target", "stretch"}:
        return _marks(given)
    if "mean_draft_confidence" in given:
        return _graded(given)
    if set(given) == {"children"}:
        return scenes.rolled(given["children"])
    raise UnknownCaseError(sorted(given))


def _mean_of_codes(card: okr.Scorecard) -> float | None:
    found = re.search(r"mean (-?[\d.]+)", card["o"].status_why)
    return None if found is None else float(found[1])


def _confidences(given: dict[str, Any]) -> Scene:
    own, below, weights = given["kr_confidence"], given["alignment_confidence"], given["weights"]
    scene = scenes.pooled(
        [(None, weight) for weight in weights[: len(own)]],
        [(None, weight) for weight in weights[len(own) :]],
    )
    entries = [okr.CheckIn(f"k{n}", START, confidence=c / 10) for n, c in enumerate(own)]
    entries += [okr.CheckIn(f"c{n}", START, confidence=c / 10) for n, c in enumerate(below)]
    return evolve(
        scene,
        journal=okr.Journal(entries),
        more={"": lambda card: 10 * (card.objective("o").confidence or 0)},
    )


def _out_of_five(parts: list[dict[str, Any]]) -> Scene:
    weights = [part["weight"] for part in parts]
    scene = scenes.rolled([part["score"] * 20 for part in parts], weights)

    def earned(card: okr.Scorecard) -> list[float]:
        shares = card.shares("o")
        return [5 * shares[id] * (card.key_result(id).score or 0) for id in scene.shares]

    return evolve(
        scene,
        more={"earned": earned, "total": lambda card: 5 * (card.objective("o").score or 0)},
    )


def _marks(given: dict[str, Any]) -> Scene:
    at = {"baseline": 0.0, "commit": 0.3, "target": 0.7, "stretch": 1.0}
    known = {at[name]: value for name, value in given.items() if name != "baseline"}
    anchors = okr.Anchors(known, baseline=given.get("baseline"))
    plan = okr.Plan([scenes.objective([anchors])])

    def mark(score: float) -> Any:
        return lambda card: card.plan.key_result("k0").measure.value_of(score)

    return Scene(plan=plan, id="k0", more={name: mark(score) for name, score in at.items()})


# --- from scorecards to figures ----------------------------------------------------------------


def figure_of(card: okr.Scorecard, scene: Scene, key: str, given: Mapping[str, Any]) -> Any:
    """Return the figure that a key of `expected` means; the empty key is the case's own question."""
    if key in scene.more:
        return scene.more[key](card)
    result = card[scene.id]
    name = _PERCENT.sub("", key).strip("_")
    if key in ("contribution_pct", "share_pct", "weights_pct", "share_of_first_pct"):
        shares = _shares(card, scene)
        return (
            shares[0] if "first" in key or not isinstance(_expected(given, key), list) else shares
        )
    if re.fullmatch(r"kr\d+", key):
        return card.shares("o")[f"k{int(key[2:]) - 1}"]
    if key == "contributions":
        return [card.shares("o")[id] * (card.key_result(id).score or 0) for id in scene.shares]
    scaled = re.search(r"(?:out_of|of|0)_(\d+)$", key)
    if scaled:
        number = result.confidence if "confidence" in key else result.score
        return None if number is None else int(scaled[1]) * number
    if key in ("planned_each", "prorated"):
        expected = card.key_result(scene.id).expected
        return None if expected is None else expected * scene.total
    if key in ("mean", "mean_confidence"):
        return _mean_of_codes(card)
    if key == "guardrail":
        return result.status
    if key == "state":
        return None if result.no_score_reason is None else str(result.no_score_reason)
    if isinstance(_expected(given, key), bool):
        return _yes_or_no(result, key)
    if name in ("confidence", "objective_confidence"):
        return result.confidence
    if (
        key == "verdict"
        and isinstance(result, okr.scorecard.ObjectiveResult)
        and result.verdict is not None
    ):
        return result.verdict
    if re.fullmatch(r"(\w+_)?(status|health|rag|colou?r)", key):
        return _grade(card, scene, name) or result.status
    if isinstance(_expected(given, key), str) or _expected(given, key) is None:
        graded = _grade(card, scene, name)
        if graded is not None or _expected(given, key) is None:
            return graded
    if _RAW.search(name):
        return result.progress
    if _CLAMPED.search(name):
        return None if result.score is None else min(max(result.score, 0.0), 1.0)
    if _SCORE.fullmatch(name):
        return result.progress if given["__raw__"] else result.score
    raise UnknownCaseError(key)


#: Keys of `expected` that mean the raw figure, the clamped one, or the one the rulebook gives.
_RAW = re.compile(r"raw|un(capped|clamped)|display")
_CLAMPED = re.compile(r"capped|clamped|stored")
_SCORE = re.compile(
    r"|(\w+_)?(achievement|progress|pct|ratio|score|percent|value|completion|grade|result|objective"
    r"|parent|roll_?up|overall|average)"
)


def _yes_or_no(result: okr.scorecard.Result, key: str) -> bool:
    if key in ("met", "achieved", "held", "passed", "done", "completed", "success"):
        return result.status == "held" if result.kind == "guardrail" else result.score == 1
    return _word(result.status) == _word(key)


def _expected(given: Mapping[str, Any], key: str) -> Any:
    expected = given.get("__expected__")
    return expected.get(key) if isinstance(expected, Mapping) else expected


def _grade(card: okr.Scorecard, scene: Scene, name: str) -> str | None:
    """Return the name that the rulebook's scale gives: of the axis, and named as the key is."""
    words = name.replace("_", " ")
    scales = [scale for scale in card.rulebook.scales if scale.axis is scene.axis]
    named = [scale for scale in scales if words and words in scale.name]
    chosen = named or (scales if words in ("", "band", "zone", "flag", "verdict") else [])
    return card.grade(chosen[0].name, scene.id) if chosen else None


# --- comparing ---------------------------------------------------------------------------------


def check(case: Mapping[str, Any], rulebook: okr.Rulebook, ignored: Mapping[str, str]) -> list[str]:
    """Return what the library answers differently from a case; nothing if all agrees.

    Raises:
        UnknownCaseError: No builder or figure knows what is asked.
    """
    given, expected = inputs_of(case), expected_of(case)
    if expected is None and "expected" not in case and "published" not in case:
        raise UnknownCaseError("nothing is expected")
    if isinstance(expected, str) and _is_prose(expected):
        raise UnknownCaseError(f"prose: {expected!r} is expected")
    try:
        with of_another_shape("dates"):
            dated = answers_of_time(given)
            if dated is not None:
                return [f"{key}: {dated[key]}" for key in expected if dated[key] != expected[key]]
    except okr.OkrError as reason:
        raise UnknownCaseError(f"dates of another shape, {reason!r}") from None
    try:
        scene = scene_of(case, rulebook)
        rulebook = with_method(rulebook, scene.method or "")
        if any(method.name == scene.method for method in rulebook.methods):
            scene = evolve(scene, plan=evolve_method(scene.plan, str(scene.method)))
        card = okr.evaluate(scene.plan, scene.journal, as_of=scene.day, rulebook=rulebook)
        card.shares("o") if scene.shares else None
    except okr.OkrError as refusal:
        return [] if _wants_refusal(expected) else [f"refused: {refusal}"]
    if _wants_refusal(expected):
        return [f"not refused: {expected!r}"]
    given["__expected__"] = expected
    given["__kind__"] = str(case.get("kind", "other"))
    # What was recomputed from a rule is the raw figure, before the source rounded it.
    given["__raw__"] = any(case.get(name) is not None for name in ("recomputed", "exact", "mean"))
    given["__cut__"] = "truncat" in f"{case.get('note', '')} {case.get('rule', '')}"
    if isinstance(expected, list):
        return disagreements(_shares(card, scene), expected, "shares")
    if isinstance(expected, Mapping):
        wanted = {key: value for key, value in expected.items() if key not in ignored}
    else:
        wanted = {"": expected}
    return _compared(card, scene, given, wanted)


def _compared(
    card: okr.Scorecard, scene: Scene, given: Mapping[str, Any], wanted: Mapping[str, Any]
) -> list[str]:
    """Return what differs; figures that nobody knows are left out, unless there are no others."""
    found: list[str] = []
    unknown: list[str] = []
    for key, value in wanted.items():
        is_word = isinstance(value, (str, bool)) or value is None
        asks_status = key == "" and is_word and given["__kind__"] in ("status", "pacing", "other")
        try:
            with of_another_shape("figures"):
                answer = _answer(card, scene, key, given, asks_status)
        except _OTHER_SHAPE:
            unknown.append(key)
        else:
            found += disagreements(answer, value, key, cut=bool(given["__cut__"]))
    if len(unknown) == len(wanted):
        raise UnknownCaseError(f"no figure is called {', '.join(map(repr, unknown)) or 'anything'}")
    return found


def _is_prose(expected: str) -> bool:
    return len(expected.split()) > 4 or any(mark in expected for mark in "()=;")


#: How sources say that inputs are refused.
_REFUSED = re.compile(r"validation.?error|error|refused|rejected|invalid|raises?|not allowed")


def _wants_refusal(expected: Any) -> bool:
    if isinstance(expected, Mapping):
        return any(
            (_REFUSED.fullmatch(key) and value) or (key in ("valid", "accepted") and value is False)
            for key, value in expected.items()
        )
    return isinstance(expected, str) and _REFUSED.fullmatch(expected.lower()) is not None


#: How sources say that there is no number.
_NO_NUMBER = {"n/s", "n/a", "na", "none", "null", "not scored", "no score", "undefined", "–", "-"}


def _answer(
    card: okr.Scorecard, scene: Scene, key: str, given: Mapping[str, Any], asks_status: bool
) -> Any:
    if key in scene.more:
        return scene.more[key](card)
    wanted = _expected(given, key)
    if isinstance(wanted, str) and wanted.lower() in _NO_NUMBER and card[scene.id].score is None:
        return wanted
    if asks_status:
        graded = _grade(card, scene, "closing") if "event" in given else None
        return graded or card[scene.id].status
    return figure_of(card, scene, key, given)


def _shares(card: okr.Scorecard, scene: Scene) -> list[float]:
    return [card.shares("o")[id] for id in scene.shares]


def disagreements(answer: Any, expected: Any, key: str, *, cut: bool = False) -> list[str]:
    """Return how an answer differs from what is expected, at the precision that is printed.

    Args:
        answer: What the library says.
        expected: What the case says.
        key: What it is called there.
        cut: Whether what is printed was cut off, and not rounded.
    """
    if isinstance(expected, list):
        if not isinstance(answer, list) or len(answer) != len(expected):
            return [f"{key}: {answer!r}, not {expected!r}"]
        pairs = zip(answer, expected, strict=True)
        return [text for a, e in pairs for text in disagreements(a, e, key)]
    if isinstance(expected, bool) or expected is None or isinstance(answer, bool):
        return [] if answer == expected else [f"{key}: {answer!r}, not {expected!r}"]
    if isinstance(expected, str) and isinstance(answer, (int, float)):
        number = re.fullmatch(r"(-?\d+(?:\.\d+)?) ?%?", expected.strip())
        expected = expected if number is None else float(number[1])
    if isinstance(expected, str):
        return [] if _word(answer) == _word(expected) else [f"{key}: {answer!r}, not {expected!r}"]
    if not isinstance(answer, (int, float)):
        return [f"{key}: {answer!r}, not {expected!r}"]
    # Units are not stated: the key may say percent, or it is a share of 1 or a percent of it.
    units = [100.0] if _PERCENT.search(key) else [1.0, 100.0]
    units += [10.0] if "confidence" in key else []
    step = _half_a_step(expected)
    shift = step if cut else 0.0
    near = any(abs(answer * unit - expected - shift) <= step for unit in units)
    return [] if near else [f"{key}: {answer!r}, not {expected!r}"]


def _half_a_step(expected: float) -> float:
    """Return half of the last printed digit; no more than three significant digits are asked for."""
    if not isfinite(expected):
        return 0.0
    text = repr(expected)
    decimals = len(text.partition(".")[2]) if "." in text and not text.endswith(".0") else 0
    if expected:
        decimals = min(decimals, max(0, 2 - floor(log10(abs(expected)))))
    return 0.5 * 10.0**-decimals * (1 + 1e-9)


def _word(value: Any) -> str:
    return str(value).lower().replace("_", " ").replace("-", " ")


def _date(text: str) -> Any:
    return LONG.start.fromisoformat(text)

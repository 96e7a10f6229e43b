"""A worked case as a plan, a journal and a day: what its inputs describe, under the names they go by.

Inputs are polymorphic: one thing has several names, numbers stand for parts, dictionaries for parts with
a weight or a state. A builder takes what it knows; `Unknown` says that no builder knows a case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from attrs import field, frozen

import okrcore as okr
from okrcore.rulebook import Axis

START = date(2026, 1, 1)
#: Long enough that a share of it can be given to a hundredth of a percent.
LONG = okr.Cycle(START, START + timedelta(days=10_000), cadence=okr.Cadence.ANNUAL)


class UnknownCaseError(Exception):
    """No builder knows what a case's inputs describe."""


@frozen(kw_only=True)
class Scene:
    """What a case describes.

    Args:
        plan: The plan.
        journal: What was read.
        day: The day of the question.
        id: The item that the question is about.
        method: The rulebook's method, where the case names one.
        axis: The axis of the number that a scale is asked about.
        shares: Ids of the parts whose shares are asked for.
        total: The number that 1.0 stands for, for figures in the unit of the target.
        more: Figures that the scene itself knows how to ask for.
    """

    plan: okr.Plan
    journal: okr.Journal = okr.Journal()
    day: date = START
    id: str = "o"
    method: str | None = None
    axis: Axis = Axis.SCORE
    shares: tuple[str, ...] = ()
    total: float = 1.0
    more: Mapping[str, Callable[[okr.Scorecard], Any]] = field(factory=dict)


def first_of(inputs: Mapping[str, Any], *names: str) -> Any:
    """Return the first input that is there under one of its names."""
    for name in names:
        if name in inputs:
            return inputs[name]
    raise UnknownCaseError(names)


def has(inputs: Mapping[str, Any], *names: str) -> bool:
    return any(name in inputs for name in names)


_UNITS = ("_pct", "_percent", "_points")
STARTS = ("start", "baseline", "from", "initial")
TARGETS = ("target", "stretch", "goal", "to", "cap", "threshold", "end")
CURRENTS = ("current", "actual", "value", "final", "actuals", "checkins")


def objective(
    measures: Sequence[Any],
    *,
    weights: Sequence[float] | None = None,
    id: str = "o",
    **fields: Any,
) -> okr.Objective:
    """Return an objective of key results k0, k1 and so on."""
    their_weights = weights or [1.0] * len(measures)
    prefix = "" if id == "o" else f"{id}-"
    return okr.Objective(
        id,
        id,
        key_results=[
            okr.KeyResult(f"{prefix}k{n}", f"part {n}", measure, weight=weight)
            for n, (measure, weight) in enumerate(zip(measures, their_weights, strict=True))
        ],
        **fields,
    )


def read_on(day: date, values: Mapping[str, Any]) -> okr.Journal:
    return okr.Journal(okr.check_ins(day, {k: v for k, v in values.items() if v is not None}))


# --- key results -------------------------------------------------------------------------------


def measure_of(inputs: Mapping[str, Any]) -> Any:
    """Return the measure that the inputs of one key result describe."""
    kind = str(inputs.get("type", inputs.get("metric_type", inputs.get("direction", "")))).lower()
    if "steps" in inputs:
        return okr.Steps([_step(edge, score / 100) for edge, score in inputs["steps"]])
    if has(inputs, "low", "high"):
        return okr.Between(inputs["low"], inputs["high"])
    if "tolerance_pct" in inputs:
        return okr.Between.around(inputs["target"], percent=inputs["tolerance_pct"])
    if {"commit", "target", "stretch"} <= set(inputs) and inputs.get("baseline") is not None:
        marks = {0.3: inputs["commit"], 0.7: inputs["target"], 1.0: inputs["stretch"]}
        return okr.Anchors(marks, baseline=inputs["baseline"])
    if kind in ("binary", "milestone", "boolean"):
        return okr.PassFail()
    target = first_of(inputs, *TARGETS)
    bounds = {
        "stay_below": okr.Below,
        "stay_above": okr.Above,
        "control_at_most": okr.AtMost,
        "control_at_least": okr.AtLeast,
        "maintain_below": okr.AtMost,
        "maintain_above": okr.AtLeast,
    }
    if kind in bounds:
        return bounds[kind](target)
    if kind == "guardrail":
        return {"<=": okr.AtMost, ">=": okr.AtLeast, "<": okr.Below, ">": okr.Above}[
            inputs["rule"]
        ](target)
    if kind == "keep_exact_value":
        return okr.Exactly(target, first_of(inputs, *STARTS))
    if kind == "reach":
        return okr.Reach(target)
    if kind == "negative":
        return okr.Decrease(target, 0)  # the target is the worst case, 0 the best
    if kind == "maintain":  # a level to keep where it starts there, and a way to it elsewhere
        start = first_of(inputs, *STARTS) if has(inputs, *STARTS) else None
        return okr.AtLeast(target) if start == target else okr.Reach(target)
    bound = bound_in_words(inputs, target)
    if bound is not None:
        return bound
    if "budget" in str(inputs.get("metric", "")) and "remaining" not in str(inputs.get("rule", "")):
        return okr.Budget(target)
    start = first_of(inputs, *STARTS) if has(inputs, *STARTS) else 0
    if start is None and target is None:
        return okr.FromTo(None, 1)
    if start is None and "rule" in inputs:
        return okr.Reach(target)  # "ratio to target (no baseline)"
    return okr.FromTo(start, target)


_HOLDS = r"stay|maintain|control|keep|threshold|hold|guardrail|at most|at least"
_SAID = ("type", "metric_type", "direction", "operator", "rule", "comparison", "condition")


def bound_in_words(inputs: Mapping[str, Any], target: Any) -> Any:
    """Return the bound that the words of inputs describe; None if they describe none."""
    said = " ".join(str(inputs.get(key, "")) for key in _SAID).lower().replace("_", " ")
    signed = re.search(r"[<>]=?", said)
    if not isinstance(target, (int, float)) or not (re.search(_HOLDS, said) or signed):
        return None
    # "Stay below" is strict; "stay at or below" and a sign with "=" are not.
    strict = "strict" in said or (signed is not None and "=" not in signed[0])
    strict = strict or ("stay" in said and "or" not in said.split())
    if re.search(r"below|most|under|<|\bmax", said):
        return okr.Below(target) if strict else okr.AtMost(target)
    if re.search(r"above|least|over|>|\bmin", said):
        return okr.Above(target) if strict else okr.AtLeast(target)
    return None


def _step(edge: str, score: float) -> tuple[Any, float]:
    low_high = re.fullmatch(r"([\d.]+)-([\d.]+)", edge)
    if low_high:
        return okr.AtMost(float(low_high[2])), score
    sign, number = re.fullmatch(r"([<>]=?)([\d.]+)", edge).groups()  # type: ignore[union-attr]
    bound: Any = {"<": okr.Below, "<=": okr.AtMost, ">": okr.Above, ">=": okr.AtLeast}[sign]
    return bound(float(number)), score


def _number(text: Any) -> Any:
    """Return the number in a text such as ">=10% growth"; anything else as it is."""
    found = re.search(r"-?\d+(\.\d+)?", text) if isinstance(text, str) else None
    return float(found[0]) if found else text


def key_result(inputs: Mapping[str, Any]) -> Scene:
    """Return a scene of one key result with one reading, or a series of them a week apart."""
    given = {name: _number(value) for name, value in inputs.items() if name != "type"}
    if "type" in inputs:
        given["type"] = inputs["type"]
    current = first_of(given, *CURRENTS, "done", "met")
    measure = measure_of(given)
    if isinstance(measure, okr.PassFail) and current is not None:
        current = bool(current)
    if isinstance(current, list) and "checkins" not in given and "actuals" not in given:
        current = okr.Ratio(*current)
    method = str(inputs["method"]) if "method" in inputs else None
    if inputs.get("clamp") is False:
        method = "unclamped"
    if "capped" in str(inputs.get("rule", "")) and "uncapped" not in str(inputs.get("rule", "")):
        method = "capped"
    if isinstance(current, list):
        return series(measure, current, int(given.get("planned_checkins", len(current))), method)
    if isinstance(measure, okr.Between) and "met" in given:
        misses = [given["outlier"]] * (given["periods"] - given["met"])
        return series(measure, [given["target"]] * given["met"] + misses, given["periods"], method)
    target = given.get("target")
    return Scene(
        plan=okr.Plan([objective([measure], cycle=LONG)]),
        journal=read_on(START, {"k0": current}),
        id="k0",
        method=method,
        axis=Axis.PROGRESS,
        more={"band": _limits},
        total=target if isinstance(target, (int, float)) else 1.0,
    )


def _limits(card: okr.Scorecard) -> list[float]:
    measure: Any = card.plan.key_result("k0").measure
    return [measure.low, measure.high]


def series(measure: Any, readings: Sequence[Any], planned: int, method: str | None) -> Scene:
    cycle = okr.Cycle(START, START + timedelta(days=7 * planned - 1), cadence=okr.Cadence.QUARTERLY)
    weeks = [START + timedelta(days=7 * n) for n in range(len(readings))]
    entries = [
        okr.CheckIn("k0", week, value)
        for week, value in zip(weeks, readings, strict=True)
        if value is not None
    ]

    def weekly(card: okr.Scorecard) -> list[float | None]:
        # The series is one question a week, of the plan and journal as they are.
        return [
            okr.evaluate(card.plan, card.journal, as_of=week, rulebook=card.rulebook)
            .key_result("k0")
            .score
            for week in weeks
        ]

    return Scene(
        plan=okr.Plan([objective([measure], cycle=cycle)]),
        journal=okr.Journal(entries),
        day=weeks[-1],
        id="k0",
        method=method,
        axis=Axis.PROGRESS,
        more={"series_pct": weekly, "band": _limits},
    )


# --- objectives --------------------------------------------------------------------------------


def share_of(part: Any, *, percent: bool) -> Any:
    """Return the share of 1 that one part of a roll-up has reached."""
    if isinstance(part, Mapping):
        if "met" in part:
            return float(part["met"])
        part = first_of(part, "pct", "percent", "progress", "score")
    if isinstance(part, bool):
        return float(part)
    return None if part is None else part / 100 if percent else part


def _are_shares(parts: Sequence[Any]) -> bool:
    """Say whether numbers are shares of 1: none is above it, and some are no whole numbers."""
    numbers: list[Any] = [
        next((part[key] for key in ("progress", "score") if key in part), None)
        if isinstance(part, Mapping)
        else part
        for part in parts
        if not (isinstance(part, Mapping) and has(part, "pct", "percent"))
    ]
    known = [abs(number) for number in numbers if type(number) in (int, float)]
    return bool(known) and max(known) <= 1 and any(number != int(number) for number in known)


def rolled(
    parts: Sequence[Any],
    weights: Sequence[float] | None = None,
    *,
    percent: bool = True,
    **more: Any,
) -> Scene:
    """Return a scene of an objective whose key results have reached these shares."""
    percent = percent and not _are_shares(parts)
    reached = [share_of(part, percent=percent) for part in parts]
    lives = {str(part.get("status", "")).lower() for part in parts if isinstance(part, Mapping)}
    if lives & {"draft", "deferred", "abandoned"}:
        raise UnknownCaseError("parts with a life of their own")
    archived = [
        n
        for n, part in enumerate(parts)
        if isinstance(part, Mapping) and str(part.get("status", "")).lower() == "archived"
    ]
    if archived:
        return _with_archived(reached, archived)
    return Scene(
        plan=okr.Plan([objective([okr.Reach(1)] * len(reached), weights=weights)]),
        journal=read_on(START, {f"k{n}": share for n, share in enumerate(reached)}),
        shares=tuple(f"k{n}" for n in range(len(reached))),
        **more,
    )


def _with_archived(reached: Sequence[Any], archived: Sequence[int]) -> Scene:
    children = [objective([okr.Reach(1)], id=f"c{n}", supports=["o"]) for n in range(len(reached))]
    journal = read_on(START, {f"c{n}-k0": share for n, share in enumerate(reached)}).add(
        [okr.Transition(f"c{n}", START, okr.Lifecycle.ARCHIVED) for n in archived]
    )
    return Scene(plan=okr.Plan([okr.Objective("o", "o"), *children]), journal=journal)


def tree(spec: Sequence[Any]) -> Scene:
    """Return a scene of objectives in objectives: a list is an objective, a number a leaf."""
    objectives: list[okr.Objective] = []
    read: dict[str, float] = {}

    def grow(node: Any, id: str, above: tuple[str, ...]) -> None:
        if isinstance(node, (int, float)):
            objectives.append(objective([okr.Reach(100)], id=id, supports=above))
            read[f"{id}-k0"] = node
            return
        objectives.append(okr.Objective(id, id, supports=above))
        for n, child in enumerate(node):
            grow(child, f"{id}{n}", (id,))

    grow(spec, "o", ())
    subtree = next(o.id for o in reversed(objectives) if not o.key_results)
    return Scene(
        plan=okr.Plan(objectives),
        journal=read_on(START, read),
        more={"subtree": lambda card: card.objective(subtree).score},
    )


def pooled(own: Sequence[Any], below: Sequence[Any]) -> Scene:
    """Return a scene of own key results and objectives below, each a pair of share and weight."""
    top = objective([okr.Reach(1)] * len(own), weights=[weight for _, weight in own])
    others = [
        objective([okr.Reach(1)], id=f"c{n}", supports=[okr.Alignment("o", weight=weight)])
        for n, (_, weight) in enumerate(below)
    ]
    read = {f"k{n}": share for n, (share, _) in enumerate(own)}
    read |= {f"c{n}-k0": share for n, (share, _) in enumerate(below)}
    return Scene(plan=okr.Plan([top, *others]), journal=read_on(START, read))


def fixed_shares(count: int, fixed: Mapping[int, float], weights: Sequence[float]) -> Scene:
    """Return a scene of key results of which some have a fixed share."""
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "o",
                key_results=[
                    okr.KeyResult(
                        f"k{n}",
                        f"part {n}",
                        okr.Reach(1),
                        weight=weights[n],
                        contribution=okr.Contribution(fixed_share=fixed.get(n)),
                    )
                    for n in range(count)
                ],
            )
        ]
    )
    return Scene(plan=plan, shares=tuple(f"k{n}" for n in range(count)))


# --- how it stands -----------------------------------------------------------------------------


def paced(actual: float, expected: float, rulebook: okr.Rulebook, *, days_late: float = 0) -> Scene:
    """Return a scene in which so much is reached when so much is expected, both as shares."""
    span = 10_000
    behind = round(expected * span)
    # A cycle in which this day's share is exactly the expected one, as the rulebook counts days.
    count = str(rulebook.pacing.days)
    days = span if count == "exclusive" else span - 1
    start = LONG.start
    day = start + timedelta(days=behind - (count == "inclusive"))
    cycle = okr.Cycle(start, start + timedelta(days=days), cadence=okr.Cadence.ANNUAL)
    if days_late:
        day = cycle.end + timedelta(days=round(days_late))
    plan = okr.Plan([objective([okr.Reach(100)], cycle=cycle)])
    return Scene(
        plan=plan,
        journal=read_on(min(day, cycle.end), {"k0": actual * 100}),
        day=day,
        id="k0",
        more=pace_figures(),
    )


def pace_figures() -> dict[str, Callable[[okr.Scorecard], Any]]:
    """Return the figures of pace of the first key result, under the names they go by."""

    def expected(card: okr.Scorecard) -> float | None:
        return card.key_result("k0").expected

    def gap(card: okr.Scorecard) -> float | None:
        found = card.key_result("k0")
        if found.expected is None or found.progress is None:
            return None
        return found.expected - found.progress

    def ratio(card: okr.Scorecard) -> float | None:
        return card.key_result("k0").pace

    figures = {"expected": expected, "elapsed": expected, "ideal": expected}
    figures |= {"expected_progress": expected, "gap": gap, "ratio": ratio, "pace": ratio}
    return {name + unit: each for name, each in figures.items() for unit in ("", *_UNITS)}


def with_statuses(statuses: Iterable[str]) -> Scene:
    """Return a scene of key results with declared statuses."""
    names = [status.replace("_", " ") for status in statuses]
    return Scene(
        plan=okr.Plan([objective([okr.PassFail()] * len(names))]),
        journal=okr.Journal(
            [okr.CheckIn(f"k{n}", START, status=name) for n, name in enumerate(names)]
        ),
    )


def with_score(
    score: float, *, ambition: str | None = None, axis: Axis = Axis.SCORE, at_close: bool = False
) -> Scene:
    """Return a scene of an objective with a score, raw so that it may pass 1."""
    cycle = okr.Cycle(START, START + timedelta(days=90), cadence=okr.Cadence.QUARTERLY)
    day = cycle.end if at_close else START
    plan = okr.Plan(
        [
            objective(
                [okr.Reach(1)],
                cycle=cycle if at_close else None,
                ambition=None if ambition is None else okr.Ambition(ambition),
            )
        ]
    )
    return Scene(plan=plan, journal=read_on(day, {"k0": score}), day=day, axis=axis)


def with_confidence(values: Sequence[float], **more: Any) -> Scene:
    """Return a scene of key results with confidences, 0 to 1."""
    return Scene(
        plan=okr.Plan([objective([okr.PassFail()] * len(values))]),
        journal=okr.Journal(
            [okr.CheckIn(f"k{n}", START, confidence=value) for n, value in enumerate(values)]
        ),
        axis=Axis.CONFIDENCE,
        **more,
    )

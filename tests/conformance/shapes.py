"""Inputs of shapes that no case had before: read by what a key means, not by how it is spelled.

The builders of `harness` come first; they know the shapes of the known files. What they do not know comes
here: parts that are numbers, texts, pairs or dictionaries, readings under other names, dates, statuses,
gaps and ratios. What is left is reported as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from attrs import evolve, frozen

import okrcore as okr
from conformance import scenes
from conformance.scenes import LONG, START, Scene, UnknownCaseError

__all__ = ["general", "number_in"]

_OF_PARTS = (
    r"(own_)?(krs?|key_results?|child(ren)?|child(ren)?_(objectives?|krs)|sub_?(goals?|objectives?)"
    r"|goals|objectives|items|parts|contributors|alignments|aligned(_objectives)?|scores|grades"
    r"|progress(es)?|targets|checks|checklist)"
)
_PARTS = re.compile(
    rf"{_OF_PARTS}(_(pct|percents?|progress(es)?|scores?|grades?|completions?|ratios?|health|values?))?"
)
_BELOW = re.compile(r"child(ren)?_objectives?|sub|goals|^objectives|contributors|align")
_WEIGHTS = re.compile(r".*(weight|multiplier|importance|contribution)s?(_(pct|percents?))?")
_STATUSES = re.compile(r"(\w+_)?status(es)?")
_NAMES = {
    "start": r"(start|initial|baseline|base|from|beginning)(_?(value|amount|number))?",
    "target": r"(target|goal|to|end|final_target|planned|plan|aim)(_?(value|amount|number))?",
    "current": r"(current|actual|value|now|present|latest|achieved|reached|reading|result|final"
    r"|outcome)(_?(value|amount|number|reading))?",
    "readings": r"(readings|records|values|measurements|checkins|check_ins|actuals|history|months"
    r"|quarters|periods_values)",
    "reads": r"(aggregation|aggregate|mode|method|reads|record_aggregation)",
    "low": r"(low|lower|min|minimum|lower_bound|from_value)",
    "high": r"(high|upper|max|maximum|upper_bound)",
    "expected": r"(expected|ideal|elapsed|planned|plan|prorated|prorated_target|time_elapsed|time|expected_progress)"
    r"(_(progress|share))?(_(pct|percent|ratio))?",
    "progress": r"(actual|progress|current|completion|achieved|percent|pct|done)(_progress)?"
    r"(_(pct|percent|ratio))?",
    "ratio": r"((pace_|progress_)?ratio|pace)(_(pct|percent))?",
    "gap": r"(gap|difference|behind(_by)?|delta)(_(pct|percent|points|pp))?",
    "since": r"(start|starts|start_date|period_start|from|begin|first_day)",
    "until": r"(end|ends|end_date|period_end|to|due|due_date|last_day|deadline)",
    "today": r"(today|as_of|on|date|now|day|check_date)",
    "score": r"(final_|mean_|objective_|avg_|average_)?(score|grade|result|achievement|value|pct|percent"
    r"|progress|completion|ratio|share|health)(_(pct|percent))?",
    "ambition": r"(type|ambition|kind|okr_type|objective_type)",
}
_READS = {
    "sum": okr.Aggregation.SUM,
    "total": okr.Aggregation.SUM,
    "cumulative": okr.Aggregation.SUM,
    "avg": okr.Aggregation.MEAN,
    "average": okr.Aggregation.MEAN,
    "mean": okr.Aggregation.MEAN,
    "min": okr.Aggregation.MINIMUM,
    "minimum": okr.Aggregation.MINIMUM,
    "max": okr.Aggregation.MAXIMUM,
    "maximum": okr.Aggregation.MAXIMUM,
    "last": okr.Aggregation.LATEST,
    "latest": okr.Aggregation.LATEST,
    "most_recent": okr.Aggregation.LATEST,
}
#: How a mode of a roll-up is called among the methods that every rulebook is given, see `harness`.
_MODES = {
    "sum": "amount",
    "total": "amount",
    "value": "amount",
    "size": "amount",
    "min": "minimum",
    "minimum": "minimum",
    "worst": "minimum",
    "both": "pool",
    "pool": "pool",
    "all": "pool",
    "krs": "own",
    "key_results": "own",
    "children": "below",
    "child_objectives": "below",
    "objectives": "below",
}
_DONE = {"done", "completed", "complete", "achieved", "met", "yes", "true", "closed", "finished"}
_OPEN = {"open", "todo", "missed", "not_done", "no", "false", "pending", "not_met", "incomplete"}
_PARTLY = {"partial", "partly", "partially achieved", "half"}


@frozen
class Part:
    """One part of a roll-up: what it measures, what was read, its weight and its life."""

    measure: Any
    reading: Any
    weight: float | None
    lifecycle: str


_Build: TypeAlias = Callable[[Mapping[str, Any], okr.Rulebook, Any], Scene | None]


def number_in(text: Any) -> Any:
    """Return the number in a text such as ">=10% growth" or "1,200"; anything else as it is."""
    if not isinstance(text, str):
        return text
    found = re.search(r"-?\d[\d,]*(\.\d+)?", text)
    return float(found[0].replace(",", "")) if found else text


def general(given: Mapping[str, Any], kind: str, rulebook: okr.Rulebook, expected: Any) -> Scene:
    """Return what inputs of an unknown shape describe.

    Raises:
        UnknownCaseError: Nothing here knows it either.
    """
    standing: list[_Build] = [_statuses, _dated, _paced]
    reading: list[_Build] = [_judged, _stages, _counted, _summed, _series, _reading]
    orders: dict[str, list[_Build]] = {
        "objective_rollup": [_summed, _rolled, *reading, _graded],
        "status": [*standing, _rolled, *reading, _graded],
        "pacing": [*standing, *reading, _rolled],
        "grade_band": [_graded, *reading, _rolled],
        "zone": [*reading, _graded],
    }
    others = [_confidences, *reading, _rolled, *standing, _graded]
    for build in orders.get(kind, others):
        scene = build(given, rulebook, expected)
        if scene is not None:
            return scene
    raise UnknownCaseError(f"no builder knows {', '.join(sorted(given)) or 'these inputs'}")


def _named(given: Mapping[str, Any], name: str) -> Any:
    """Return the input that goes by a name or another of its names; None without one."""
    pattern = re.compile(_NAMES[name])
    return next((value for key, value in given.items() if pattern.fullmatch(key)), None)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# --- roll-ups ----------------------------------------------------------------------------------


def _rolled(given: Mapping[str, Any], _: okr.Rulebook, expected: Any) -> Scene | None:
    counts = [value for key, value in given.items() if re.match(r"n_", key) and type(value) is int]
    if counts and not any(isinstance(value, (list, Mapping)) for value in given.values()):
        return scenes.rolled([None] * sum(counts))
    if isinstance(given.get("checks", given.get("checklist")), list):
        given = {**given, **_whole_checklist(given)}
    lists = {
        key: list(value.values()) if isinstance(value, Mapping) else list(value)
        for key, value in given.items()
        if _PARTS.fullmatch(key) and isinstance(value, (list, tuple, Mapping))
    }
    if not lists:
        return None
    weights = [
        list(value.values()) if isinstance(value, Mapping) else _weights_in(value)
        for key, value in given.items()
        if _WEIGHTS.fullmatch(key)
    ]
    everything = [part for parts in lists.values() for part in parts]
    unit = _unit_of(everything, given, expected)
    flat = [each for some in weights if some is not None for each in some]
    # In a list of key results, pairs without weights beside them are value and target.
    of_two = "krs" in lists and not flat
    built = [_part(part, unit, of_two=of_two) for part in everything]
    if flat and len(flat) == len(built):
        built = [
            evolve(part, weight=_weight(given)) for part, given in zip(built, flat, strict=True)
        ]
    own: list[Part] = []
    below: list[Part] = []
    at = 0
    for key, parts in lists.items():
        is_below = bool(_BELOW.search(key)) and len(lists) > 1
        (below if is_below else own).extend(built[at : at + len(parts)])
        at += len(parts)
    if any(part.lifecycle for part in built) and not below:
        own, below = [], own
    mode = str(next((given[key] for key in ("mode", "rollup", "roll_up") if key in given), ""))
    return evolve(_objective_of(own, below), method=_MODES.get(mode.lower()))


def _whole_checklist(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a checklist as the one part that it is; nothing if nothing stands on it."""
    key = "checks" if "checks" in given else "checklist"
    done = [_stage(check) for check in given[key]]
    credits = [_credit(check.get("done", check.get("completed", False))) for check in done]
    return {key: [{"pct": 100 * sum(credits) / len(credits)}] if credits else []}


def _weights_in(value: Any) -> list[Any] | None:
    if isinstance(value, (list, tuple)):
        return list(value)
    found = re.findall(r"\d+(?:\.\d+)?", str(value)) if ":" in str(value) else []
    return [float(each) for each in found] or None


def _weight(value: Any) -> float | None:
    number = number_in(value)
    return number if _is_number(number) else None


def _unit_of(parts: Iterable[Any], given: Mapping[str, Any], expected: Any) -> float:
    """Return what 1.0 is in the unit of parts: 100 for percents, 1 for shares."""
    numbers = [abs(each) for each in map(_plain_value, parts) if _is_number(each)]
    if any(re.search(r"pct|percent", key) for key in given) or any(n > 1 for n in numbers):
        return 100.0
    asked = expected if _is_number(expected) else None
    is_share = any(n != int(n) for n in numbers) or (
        asked is not None and asked > max(numbers or [0])
    )
    return 1.0 if is_share else 100.0


def _plain_value(part: Any) -> Any:
    if isinstance(part, Mapping):
        return _named(part, "score") if "target" not in part else None
    if isinstance(part, (list, tuple)):
        return number_in(part[0]) if part else None
    return None if isinstance(part, bool) else number_in(part)


def _part(part: Any, unit: float, *, of_two: bool = False) -> Part:
    weight, life = None, ""
    if of_two and isinstance(part, (list, tuple)) and len(part) == 2:
        return Part(okr.Reach(part[1]), part[0], None, "")
    if isinstance(part, (list, tuple)):
        if not part or len(part) > 2:
            raise UnknownCaseError(f"a part that is {part!r}")
        part, weight = part[0], _weight(part[1]) if len(part) == 2 else None
    if isinstance(part, Mapping):
        weight = next((_weight(v) for k, v in part.items() if _WEIGHTS.fullmatch(k)), None)
        life = str(part.get("status", part.get("state", ""))).lower()
        life = life if life in ("archived", "draft", "deferred", "abandoned") else ""
        done = next((part[k] for k in ("met", "done", "completed", "achieved") if k in part), None)
        if isinstance(done, (bool, str)):
            return Part(okr.Reach(1), _credit(done), weight, life)
        if _named(part, "target") is not None and _named(part, "current") is not None:
            start = _named(part, "start")
            line = okr.FromTo(0 if start is None else start, _named(part, "target"))
            return Part(line, _named(part, "current"), weight, life)
        part = _named(part, "score")
    if isinstance(part, str) and part.lower() in _PARTLY:
        return Part(okr.Reach(1), 0.5, weight, life)
    if isinstance(part, (bool, str)) and (isinstance(part, bool) or part.lower() in _DONE | _OPEN):
        return Part(okr.Reach(1), _credit(part), weight, life)
    number = number_in(part)
    if number is not None and not _is_number(number):
        nothing = str(number).strip().lower() in ("", "n/a", "na", "none", "null", "-")
        if not nothing:
            raise UnknownCaseError(f"prose: a part that is {part!r}")
        number = None
    return Part(okr.Reach(1), None if number is None else number / unit, weight, life)


def _credit(done: Any) -> float:
    return float(done if isinstance(done, bool) else str(done).lower() in _DONE)


def _objective_of(own: Sequence[Part], below: Sequence[Part]) -> Scene:
    weights = [1.0 if part.weight is None else part.weight for part in own]
    top = scenes.objective([part.measure for part in own], weights=weights)
    others = [
        scenes.objective(
            [part.measure],
            id=f"c{n}",
            supports=[okr.Alignment("o", weight=1.0 if part.weight is None else part.weight)],
        )
        for n, part in enumerate(below)
    ]
    read = {f"k{n}": part.reading for n, part in enumerate(own)}
    read |= {f"c{n}-k0": part.reading for n, part in enumerate(below)}
    lives: list[Any] = []
    for n, part in enumerate(below):
        if part.lifecycle in ("archived", "draft"):
            lives.append(okr.Transition(f"c{n}", START, okr.Lifecycle(part.lifecycle)))
        elif part.lifecycle:
            decision = okr.ClosingDecision("defer" if part.lifecycle == "deferred" else "abandon")
            lives.append(okr.Closing(f"c{n}", START, decision=decision))
    plan = okr.Plan([top, *others])
    ids = tuple(f"k{n}" for n in range(len(own))) or tuple(f"c{n}" for n in range(len(below)))
    return Scene(plan=plan, journal=scenes.read_on(START, read).add(lives), shares=ids)


# --- key results -------------------------------------------------------------------------------


def _stages(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    stages = next(
        (given[k] for k in ("stages", "milestones", "steps", "checklist") if k in given), None
    )
    if isinstance(stages, Mapping):
        stages = [{"name": name, "done": done} for name, done in stages.items()]
    if not isinstance(stages, (list, tuple)) or not stages:
        return None
    if not all(isinstance(stage, (Mapping, bool, list, tuple)) for stage in stages):
        return None
    milestones, reached = [], set()
    for n, stage in enumerate(map(_stage, stages)):
        weight = next((_weight(v) for k, v in stage.items() if _WEIGHTS.fullmatch(k)), None)
        milestones.append(okr.Milestone(f"m{n}", weight=1 if weight is None else weight))
        if _credit(stage.get("done", stage.get("completed", stage.get("reached", False)))):
            reached.add(f"m{n}")
    return _one(okr.Milestones(*milestones), reached)


def _stage(stage: Any) -> Mapping[str, Any]:
    if isinstance(stage, (list, tuple)):
        return {"weight": stage[0], "done": stage[1]}
    return {"done": stage} if isinstance(stage, bool) else stage


def _counted(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    done = next((given[k] for k in ("done", "finished", "completed", "closed") if k in given), None)
    count = next(
        (given[k] for k in ("total", "count", "of", "n", "children", "items") if k in given), None
    )
    if isinstance(done, (list, tuple)) and count is None:
        return _one(okr.Reach(len(done)), sum(map(bool, done)))
    if _is_number(done) and _is_number(count):
        return _one(okr.Reach(count), done) if count else _one(okr.Reach(1), None)
    if isinstance(done, (bool, str)) and _named(given, "target") is None:
        return _one(okr.PassFail(), bool(_credit(done)))
    return None


def _summed(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    """Amounts of the parts against one target of the whole."""
    target = number_in(_named(given, "target"))
    amounts = next((v for k, v in given.items() if re.match(r"(child|kr|sub).*values?$", k)), None)
    children = given.get("children")
    if amounts is None and isinstance(children, list) and children:
        found = [
            _named(c, "current") for c in children if isinstance(c, Mapping) and "target" not in c
        ]
        amounts = found if len(found) == len(children) else None
    if not _is_number(target) or not isinstance(amounts, list):
        return None
    start = number_in(_named(given, "start"))
    line = okr.FromTo(start if _is_number(start) else 0, target)
    return _one(line, sum(amount for amount in amounts if amount is not None), given)


def _judged(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    """A suggested score, and the one that people gave instead."""
    keys = ("override", "judged", "manual_score", "owner_score", "final_score")
    judged = next((given[key] for key in keys if _is_number(given.get(key))), None)
    if judged is None or not (_named(given, "target") or _is_number(given.get("suggested"))):
        return None
    share = given.get("suggested")
    rest = {key: value for key, value in given.items() if key not in keys}
    scene = _one(okr.Reach(1), share) if _is_number(share) else scenes.key_result(rest)
    said = okr.Judgement(scene.id, START, score=judged, because="as the case says")

    def final(card: okr.Scorecard) -> float | None:
        found = card[scene.id].judged
        return None if found is None else found.score

    names = ("", "final", "judged", "score", "final_score", "override")
    return evolve(scene, journal=scene.journal.add(said), more=dict.fromkeys(names, final))


def _confidences(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    """Confidences of key results, on whatever scale, with or without weights."""
    found = [(k, v) for k, v in given.items() if "confidence" in k and isinstance(v, list)]
    said = [number_in(value) for _, values in found for value in values]
    weights: Any = next((v for k, v in given.items() if _WEIGHTS.fullmatch(k)), None)
    parts: Any = given.get("children", given.get("key_results", given.get("krs")))
    is_inside = isinstance(parts, list) and all(isinstance(part, Mapping) for part in parts)
    if not said and is_inside:
        said = [part.get("confidence") for part in parts]
        weights = [part.get("weight", 1) for part in parts]
    known = [each for each in said if _is_number(each)]
    if not known:
        return None
    scale = 1 if max(known) <= 1 else 100
    plan = okr.Plan([scenes.objective([okr.PassFail()] * len(said), weights=weights)])
    entries = [
        okr.CheckIn(f"k{n}", START, confidence=each / scale)
        for n, each in enumerate(said)
        if each is not None
    ]

    def mean(card: okr.Scorecard) -> float | None:
        of_all = card.objective("o").confidence
        return None if of_all is None else scale * of_all

    names = ("", "confidence", "objective_confidence", "mean_confidence", "mean", "score")
    return Scene(plan=plan, journal=okr.Journal(entries), more=dict.fromkeys(names, mean))


def _series(given: Mapping[str, Any], rulebook: okr.Rulebook, __: Any) -> Scene | None:
    readings, reads = _named(given, "readings"), str(_named(given, "reads") or "").lower()
    if not isinstance(readings, (list, tuple)) or not readings:
        return None
    measure = _measure(given)
    if isinstance(measure, okr.AtLeast | okr.Above | okr.AtMost | okr.Below | okr.Between):
        methods = {"average": "mean", "avg": "mean", "min": "minimum", "total": "sum"}
        name = methods.get(reads, reads)
        numbers = [number_in(value) for value in readings]
        return scenes.series(measure, numbers, len(numbers), name or None)
    metric = okr.Metric("m", "metric", aggregation=_READS.get(reads, okr.Aggregation.LATEST))
    kr = okr.KeyResult("k0", "part 0", measure, metric="m")
    entries = [
        okr.CheckIn("m", START + timedelta(days=n), number_in(value))
        for n, value in enumerate(readings)
        if value is not None
    ]
    plan = okr.Plan([okr.Objective("o", "o", key_results=[kr], cycle=LONG)], metrics=[metric])
    day = START + timedelta(days=len(readings))
    return Scene(plan=plan, journal=okr.Journal(entries), day=day, id="k0")


def _reading(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    if not any(re.fullmatch(_NAMES["current"], key) for key in given):
        return None
    measure = _measure(given)
    current = number_in(_named(given, "current"))
    if isinstance(current, Mapping):
        current = okr.Ratio(*list(current.values())[:2])
    return _one(measure, current, given)


def _one(measure: Any, reading: Any, given: Mapping[str, Any] | None = None) -> Scene:
    total: Any = number_in(_named(given, "target")) if given else None
    return Scene(
        plan=okr.Plan([scenes.objective([measure], cycle=LONG)]),
        journal=scenes.read_on(START, {"k0": reading}),
        id="k0",
        axis=okr.rulebook.Axis.PROGRESS,
        total=total if _is_number(total) else 1.0,
    )


def _measure(given: Mapping[str, Any]) -> Any:
    """Return the measure of inputs by what their type says: to hold, to hit, to lower, to reach."""
    target = number_in(_named(given, "target"))
    if target is None:
        target = number_in(given.get("threshold", given.get("limit", given.get("cap"))))
    low, high = (number_in(_named(given, name)) for name in ("low", "high"))
    if _is_number(low) and _is_number(high):
        return okr.Between(low, high)
    start = number_in(_named(given, "start"))
    bound = scenes.bound_in_words(given, target)
    if bound is not None:
        return bound
    if not _is_number(target):
        raise UnknownCaseError("a reading without a target")
    return okr.FromTo(start if _is_number(start) else 0, target)


# --- how it stands -----------------------------------------------------------------------------


def _statuses(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    for key, value in given.items():
        if not (_STATUSES.fullmatch(key) or _PARTS.fullmatch(key)):
            continue
        members = list(value.values()) if isinstance(value, Mapping) else value
        if not isinstance(members, (list, tuple)) or not members:
            continue
        names: list[Any] = [
            member.get("status") if isinstance(member, Mapping) else member for member in members
        ]
        if all(isinstance(name, str) for name in names):
            return scenes.with_statuses(names)
        if isinstance(value, Mapping) and all(type(count) is int for count in value.values()):
            return scenes.with_statuses([n for n, count in value.items() for _ in range(count)])
    return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _dated(given: Mapping[str, Any], _: okr.Rulebook, __: Any) -> Scene | None:
    since, until, today = (_day(_named(given, name)) for name in ("since", "until", "today"))
    if since is None or until is None or today is None:
        return None
    plan = okr.Plan([scenes.objective([okr.Reach(100)], cycle=okr.Cycle(since, until))])
    reached = number_in(_named(given, "progress"))
    read = {"k0": reached if _is_number(reached) else 0}
    scene = Scene(plan=plan, journal=scenes.read_on(since, read), day=today, id="k0")
    return evolve(scene, more=scenes.pace_figures())


def _paced(given: Mapping[str, Any], rulebook: okr.Rulebook, __: Any) -> Scene | None:
    ratio, gap = number_in(_named(given, "ratio")), number_in(_named(given, "gap"))
    if _is_number(ratio):
        share = ratio / 100 if ratio > 3 else ratio
        return scenes.paced(share * 0.5, 0.5, rulebook)
    if _is_number(gap):
        points = gap / 100 if abs(gap) >= 1 or gap == 0 else gap
        return scenes.paced(0.5 - points / 2, 0.5 + points / 2, rulebook)
    expected, progress = (number_in(_named(given, name)) for name in ("expected", "progress"))
    if not _is_number(expected) or not _is_number(progress):
        return None
    unit = 100 if max(abs(expected), abs(progress)) > 1.5 else 1
    unit = expected if expected > 100 else unit  # amounts: their ratio is what counts
    return scenes.paced(progress / unit, expected / unit, rulebook)


def _graded(given: Mapping[str, Any], rulebook: okr.Rulebook, __: Any) -> Scene | None:
    score = number_in(_named(given, "score"))
    if not _is_number(score):
        return None
    is_percent = any(re.search(r"pct|percent", key) for key in given) or abs(score) > 2
    ambition = str(_named(given, "ambition") or "").lower()
    known = {"committed": "committed", "roofshot": "committed", "learning": "learning"}
    known |= dict.fromkeys(("aspirational", "stretch", "moonshot"), "aspirational")
    axes = {scale.axis for scale in rulebook.scales}
    axis = (
        okr.rulebook.Axis.PROGRESS
        if axes == {okr.rulebook.Axis.PROGRESS}
        else okr.rulebook.Axis.SCORE
    )
    return scenes.with_score(
        score / 100 if is_percent else score, ambition=known.get(ambition), axis=axis
    )

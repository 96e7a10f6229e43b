"""Nothing is accepted and ignored: each field of each record, and each entry, changes a page.

- a field that is left out, or has another value, changes the page of its row: a scorecard, an agenda, a result
- those that only a critique of plans will read are in docs/reference/fields-for-a-critique.md, each with its check
- `attributes` and the like are of the host alone, which reads them in records

A new field fails here until a page shows it, or the list of the critique has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import NOTHING, Factory, evolve, fields, has

import okrcore as okr
from build import Q3, day, kr, read
from every_field import ENTRIES, PAGES, reads, records, with_another, without

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "fields-for-a-critique.md"

#: Fields that are left out, by the page that shows them and by their record.
READ_ON: Final[Mapping[str, Mapping[str, str]]] = {
    "agenda: adjustment review": {
        "Adjustment": "broken_assumption confirmed effects temporary trigger",
        "Place": "contributors",
    },
    "agenda: business review": {
        "Adjustment": "decided moved new_fact published recorded",
    },
    "agenda: planning": {
        "ObjectiveProfile": "intent",
        "Trigger": "scope",
    },
    "agenda: retrospective": {
        "Alignment": "contribution",
        "Closing": "learned",
        "Outside": "title",
        "PostMortem": "escalated first_signal outcomes",
    },
    "agenda: weekly": {
        "Adjustment": "resume",
        "CheckIn": "blocker effect learning note shipped",
        "Dependency": "agreed escalated needed_by provider",
        "ObjectiveProfile": "dependencies",
    },
    "due": {
        "Cadence": "check_in_days",
        "Contribution": "contributors supports",
        "Cycle": "cadence",
        "Timing": "check_in_days",
    },
    "explanation": {
        "Adjustment": "decided_by",
        "BaselineSet": "because by link source",
        "CheckIn": "by link projected source",
        "Closing": "by",
        "Growth": "per",
        "Guardrail": "hard protects",
        "Judgement": "by",
        "Metric": "aggregation growth",
        "Transition": "because by",
    },
    "findings": {
        "KeyResult": "profile",
        "KeyResultProfile": "early_warning indicator",
        "PostMortem": "cause changes",
    },
    "groups by level": {
        "Objective": "place",
        "Place": "level",
    },
    "groups by tag": {
        "Objective": "profile",
        "ObjectiveProfile": "tags",
    },
    "groups by team": {
        "Objective": "continues",
        "Team": "id within",
    },
    "parked": {
        "Parked": "revisit",
    },
    "records": {
        "CheckIn": "confidence",
        "Cycle": "name",
        "KeyResult": "unit",
        "Place": "team",
        "Unit": "per shown_in",
    },
    "results": {
        "Adjustment": "owner sets",
        "Closing": "judged",
        "Guardrail": "owner",
        "Initiative": "drives owner",
        "Judgement": "score",
        "KeyResult": "continues owner",
        "Measurement": "denominator event least_answers method numerator source",
        "Metric": "definition drives measurement owner",
        "Objective": "owner",
        "Person": "id",
        "Place": "priority",
        "Priority": "owner period",
    },
    "scorecard": {
        "Adjustment": "adds ambition cycle due kind measure removes rescale weight",
        "Alignment": "weight",
        "Cadence": "is_micro",
        "CheckIn": "status value",
        "Contribution": "fixed_share",
        "Guardrail": "metric unit",
        "Initiative": "due weight",
        "Judgement": "status",
        "KeyResult": "contribution derived due metric timing weight",
        "KeyResultRef": "weight",
        "Metric": "check_in_days derived health unit",
        "Objective": "ambition cycle guardrails initiatives key_results kpis method supports trigger",
        "ObjectiveProfile": "parked",
        "Priority": "metrics",
        "Timing": "observable_from waypoints",
        "Trigger": "of",
    },
    "scorecard of a team": {
        "Metric": "place",
    },
    "records of the host": {
        "Adjustment": "attributes by id link source",
        "BaselineSet": "attributes id recorded",
        "CheckIn": "attributes recorded",
        "Closing": "attributes id link recorded source",
        "Correction": "attributes because by id link recorded source",
        "Guardrail": "attributes",
        "Initiative": "attributes",
        "Judgement": "attributes id link recorded source",
        "KeyResultProfile": "attributes tags",
        "Metric": "attributes",
        "ObjectiveProfile": "attributes",
        "Outside": "attributes",
        "PostMortem": "attributes by id link recorded source",
        "Priority": "attributes",
        "Transition": "attributes id link recorded source",
    },
}

#: Fields without a default, by record: another value, and the page that shows it.
OTHERS: Final[Mapping[tuple[str, str], tuple[Any, str]]] = {
    ("Adjustment", "because"): ("Another reason", "agenda: business review"),
    ("Adjustment", "on"): (day(8, 9), "explanation"),
    ("AtLeast", "limit"): (99.9, "scorecard"),
    ("AtMost", "limit"): (80.0, "scorecard"),
    ("BaselineSet", "on"): (day(8, 11), "explanation"),
    ("BaselineSet", "value"): (15.0, "scorecard"),
    ("CheckIn", "on"): (day(8, 6), "results"),
    ("Closing", "because"): ("Another reason", "explanation"),
    ("Closing", "decision"): (okr.ClosingDecision.CARRY, "results"),
    ("Closing", "on"): (day(9, 29), "scorecard"),
    ("Cycle", "end"): (day(10, 10), "scorecard"),
    ("Cycle", "start"): (day(8, 1), "scorecard"),
    ("Dependency", "what"): ("Another interface", "agenda: weekly"),
    ("Derived", "how"): (okr.Aggregation.MINIMUM, "scorecard"),
    ("Growth", "percent"): (7.0, "explanation"),
    ("Guardrail", "bound"): (okr.AtMost(100), "scorecard"),
    ("Guardrail", "title"): ("Another title", "scorecard"),
    ("Increase", "baseline"): (2.0, "scorecard"),
    ("Increase", "target"): (60.0, "scorecard"),
    ("Initiative", "title"): ("Another title", "scorecard"),
    ("Judgement", "because"): ("Another reason", "explanation"),
    ("Judgement", "on"): (day(8, 12), "results"),
    ("KeyResult", "measure"): (okr.Reach(99), "scorecard"),
    ("KeyResult", "title"): ("Another title", "scorecard"),
    ("Metric", "title"): ("Another title", "scorecard"),
    ("Objective", "title"): ("Another title", "scorecard"),
    ("Parked", "because"): ("Another reason", "scorecard"),
    ("Person", "name"): ("Another name", "results"),
    ("PlannedActual", "actual"): ("55", "agenda: retrospective"),
    ("PlannedActual", "planned"): ("90", "agenda: retrospective"),
    ("PostMortem", "on"): (day(10, 8), "findings"),
    ("Priority", "title"): ("Another title", "scorecard"),
    ("Reach", "target"): (11.0, "scorecard"),
    ("Team", "name"): ("Another name", "groups by team"),
    ("Threshold", "bound"): (okr.AtLeast(50), "scorecard"),
    ("Transition", "on"): (day(8, 11), "explanation"),
    ("Transition", "to"): (okr.Lifecycle.ARCHIVED, "results"),
    ("Trigger", "hypothesis"): ("More people stay", "agenda: planning"),
    ("Trigger", "kind"): (okr.TriggerKind.EVENT, "scorecard"),
    ("Unit", "name"): ("EUR", "records"),
    ("Waypoint", "on"): (day(8, 20), "scorecard"),
    ("Waypoint", "value"): (20.0, "scorecard"),
}
#: Ids: a plan or a journal refuses one of an item that it does not have, see test_references. And the parts that a
#: cadence is defined by, which pass as a whole.
NAMES: Final[Mapping[str, str]] = {
    "Adjustment": "of",
    "Alignment": "to",
    "BaselineSet": "of",
    "Cadence": "name months weeks",
    "CheckIn": "of id",
    "Closing": "of",
    "Correction": "voids",
    "Derived": "of",
    "Guardrail": "id",
    "Initiative": "id",
    "Judgement": "of",
    "KeyResult": "id",
    "KeyResultRef": "to",
    "Metric": "id",
    "Objective": "id",
    "Outside": "id",
    "PlannedActual": "of",
    "PostMortem": "of",
    "Priority": "id",
    "Threshold": "metric",
    "Transition": "of",
}
#: Alternatives of fields that the records here have.
ELSEWHERE: Final[Mapping[str, str]] = {
    "AtLeast": "warn_at tolerated_to",  # see MEASURES
    "AtMost": "warn_at tolerated_to",
    "Cycle": "until",  # made by the calendar alone, and equal to the end
    "Growth": "amount",  # see test_target_growth
}


def _rows(table: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(kind, name) for kind, names in table.items() for name in names.split()}


def _critique() -> set[tuple[str, str]]:
    found = re.findall(
        r"^\| `(\w+)\.(\w+)` \| OKR\d", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {(kind, name) for kind, name in found}


LEFT_OUT: Final = [
    (page, kind, name) for page, kinds in READ_ON.items() for kind, name in sorted(_rows(kinds))
]


def _of(kind: str) -> Iterator[Any]:
    """Yield the records of a kind that can be replaced by themselves."""
    return (each for each in records() if type(each).__name__ == kind)


def _default(record: Any, name: str) -> Any:
    default = next(each.default for each in fields(type(record)) if each.name == name)
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]


def _is_read(page: str, kind: str, name: str, value: Any = NOTHING) -> bool:
    for record in _of(kind):
        other = _default(record, name) if value is NOTHING else value
        if other is NOTHING or getattr(record, name) == other:
            continue
        try:
            changed = with_another(record, evolve(record, **{name: other}))
            if reads(page, *changed):
                return True
        except okr.OkrError:
            continue  # it does not fit this record
    return False


@pytest.mark.parametrize(("page", "kind", "name"), LEFT_OUT)
def test_a_field_that_is_left_out_changes_a_page(page: str, kind: str, name: str) -> None:
    assert _is_read(page, kind, name)


@pytest.mark.parametrize(("kind", "name"), OTHERS)
def test_another_value_changes_a_page(kind: str, name: str) -> None:
    value, page = OTHERS[kind, name]
    assert _is_read(page, kind, name, value)


@pytest.mark.parametrize(
    "entry",
    ENTRIES,
    ids=lambda entry: f"{type(entry).__name__} {entry.on if hasattr(entry, 'on') else ''}",
)
def test_an_entry_changes_a_page(entry: Any) -> None:
    changed = without(entry)
    assert any(reads(page, *changed) for page in PAGES)


def test_every_field_is_in_a_table() -> None:
    kinds = {type(each) for each in records()}
    for room in (okr.plan, okr.journal):
        kinds |= {kind for name in room.__all__ if has(kind := getattr(room, name))}
    every = {
        (kind.__name__, each.name)
        for kind in kinds - _NO_PARTS
        for each in fields(kind)
        if each.init
    }
    of_measures = {(type(measure).__name__, name) for measure, name, *_ in MEASURES}
    of_measures |= {(kind, name) for kind, name, *_ in PARTS}
    tables = _rows(NAMES) | _rows(ELSEWHERE) | OTHERS.keys() | of_measures | _critique()
    tables |= {(kind, name) for _, kind, name in LEFT_OUT} | {("PriorPeriod", n) for n in LIMITS}
    assert every - tables == set()
    assert tables - every == set()


#: Values that are made of a plan or a journal, or given to functions, and are in neither.
_NO_PARTS: Final[frozenset[Any]] = frozenset(
    {
        okr.Plan,
        okr.Journal,
        okr.journal.LifecycleStage,
        okr.plan.Driver,
        okr.plan.PlanDifference,
        okr.plan.Quantity,
        okr.plan.Scope,
        okr.plan.TargetShare,
        okr.plan.TargetTotal,
    }
)


def test_fields_for_a_critique_are_on_no_page_yet() -> None:
    read_somewhere = {(kind, name) for _, kind, name in LEFT_OUT} | OTHERS.keys()
    assert _critique()
    assert _critique().isdisjoint(read_somewhere)


# --- measures ----------------------------------------------------------------------------------

_STEPS: Final = okr.Milestones(
    okr.Milestone("draft", 1, day(7, 10)), okr.Milestone("final", 2, day(9, 1))
)

#: A measure, a field, another value, and a reading.
MEASURES: Final[tuple[tuple[Any, str, Any, Any], ...]] = (
    *((okr.Increase(10, 30), name, other, 16) for name, other in (("baseline", 5), ("target", 40))),
    *((okr.Decrease(30, 10), name, other, 24) for name, other in (("baseline", 40), ("target", 5))),
    *((okr.FromTo(10, 30), name, other, 16) for name, other in (("baseline", 5), ("target", 40))),
    (okr.Reach(40), "target", 50, 10),
    (okr.Relative(percent=50, baseline=20), "percent", 80, 24),
    (okr.Relative(percent=50, baseline=20), "baseline", 22, 24),
    (okr.Points(5, baseline=20), "change", 6, 22),
    (okr.Points(5, baseline=20), "baseline", 21, 22),
    (okr.Multiple(2, baseline=20), "factor", 3, 30),
    (okr.Multiple(2, baseline=20), "baseline", 25, 30),
    (okr.AtLeast(10), "limit", 12, 11),
    (okr.Above(10), "limit", 12, 11),
    (okr.AtMost(10), "limit", 8, 9),
    (okr.Below(10), "limit", 8, 9),
    (okr.Between(10, 20), "low", 12, 11),
    (okr.Between(10, 20), "high", 15, 16),
    *(
        (okr.AtLeast(10), name, other, at)
        for name, other, at in (("warn_at", 12, 11), ("tolerated_to", 9, 9.5))
    ),
    *(
        (okr.Above(10), name, other, at)
        for name, other, at in (("warn_at", 12, 11), ("tolerated_to", 9, 9.5))
    ),
    *(
        (okr.AtMost(10), name, other, at)
        for name, other, at in (("warn_at", 8, 9), ("tolerated_to", 11, 10.5))
    ),
    *(
        (okr.Below(10), name, other, at)
        for name, other, at in (("warn_at", 8, 9), ("tolerated_to", 11, 10.5))
    ),
    (okr.Between(10, 20), "warn_at", (12, 18), 11),
    (okr.Between(10, 20), "tolerated_to", (9, 21), 9.5),
    (okr.Exactly(10, baseline=0), "target", 12, 8),
    (okr.Exactly(10, baseline=0), "baseline", 5, 8),
    (okr.Budget(100), "limit", 110, 120),
    (_STEPS, "milestones", _STEPS.milestones[:1], ["draft"]),
    (okr.Anchors({0.3: 6, 1.0: 15}, baseline=0), "anchors", ((0.3, 5.0), (1.0, 15.0)), 3),
    (okr.Anchors({0.3: 6, 1.0: 15}, baseline=0), "baseline", 1, 3),
    (okr.Steps([(okr.Below(5), 1), (None, 0)]), "steps", ((okr.Below(20), 1.0), (None, 0.0)), 12),
    (okr.Zones({"red": 0, "green": 1}), "zones", (("red", 0.2), ("green", 1.0)), "red"),
    (okr.Evidence(required=5), "required", 4, ["one"]),
    (okr.Evidence(required=5), "what", "a contract", ["one"]),
    (
        okr.Compound({"a": okr.Reach(10), "b": okr.Reach(20)}),
        "parts",
        (("a", okr.Reach(9)), ("b", okr.Reach(20))),
        {"a": 5, "b": 2},
    ),
    (
        okr.Compound({"a": okr.Reach(10), "b": okr.Reach(20)}),
        "combine",
        okr.plan.Combination.MINIMUM,
        {"a": 5, "b": 2},
    ),
    (okr.EachPeriod(okr.AtLeast(3), every=okr.Cadence.MONTHLY), "bound", okr.AtLeast(9), 5),
    (okr.EachPeriod(okr.AtLeast(3), every=okr.Cadence.MONTHLY), "every", okr.Cadence.QUARTERLY, 5),
)


_MONTHS: Final = okr.Cadence("half", months=6)
_PAST: Final = okr.AtMost(okr.plan.PriorPeriod(_MONTHS, change_percent=5))


def _milestones(**draft: Any) -> okr.Milestones:
    first: dict[str, Any] = {"name": "draft", "weight": 1, "due": day(7, 10)} | draft
    return okr.Milestones(okr.Milestone(**first), okr.Milestone("final", 2, day(9, 1)))


#: A record in a measure or a reading, a field, and two pairs of a measure and a reading.
PARTS: Final[tuple[tuple[str, str, tuple[Any, Any], tuple[Any, Any]], ...]] = (
    ("Milestone", "name", (_milestones(), ["draft"]), (_milestones(name="sketch"), ["sketch"])),
    ("Milestone", "weight", (_milestones(), ["draft"]), (_milestones(weight=3), ["draft"])),
    ("Milestone", "due", (_milestones(), []), (_milestones(due=day(8, 30)), [])),
    ("Ratio", "numerator", (okr.Reach(4), okr.Ratio(1, 2)), (okr.Reach(4), okr.Ratio(2, 2))),
    ("Ratio", "denominator", (okr.Reach(4), okr.Ratio(1, 2)), (okr.Reach(4), okr.Ratio(1, 4))),
    ("Ratio", "per", (okr.Reach(4), okr.Ratio(1, 2)), (okr.Reach(4), okr.Ratio(1, 2, per=10))),
)
#: Limits of the past, which guardrails alone may have.
LIMITS: Final[Mapping[str, Any]] = {
    "back": okr.AtMost(okr.plan.PriorPeriod(okr.Cadence.ANNUAL, change_percent=5)),
    "change_percent": okr.AtMost(okr.plan.PriorPeriod(_MONTHS)),
}


def _shown(measure: Any, reading: Any) -> str:
    guardrails = []
    if isinstance(measure, okr.AtLeast | okr.Above | okr.AtMost | okr.Below | okr.Between):
        guardrails = [okr.Guardrail("g", "G", measure)]
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[kr("k", measure)], guardrails=guardrails, cycle=Q3)]
    )
    entries = [read(reading, id, day=day(8, 7)) for id in ("k", "g")[: 1 + bool(guardrails)]]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=day(8, 10))
    agenda = okr.review.make_agenda(plan, okr.Journal(entries), as_of=day(8, 10), ritual="planning")
    states = [str(card[id].status) for id in ("k", "g")[: 1 + bool(guardrails)]]
    statement = okr.review.describe_objective(plan, "o")
    return "\n".join([statement, str(card), str(card.explain("k")), str(agenda), *states])


@pytest.mark.parametrize(
    ("measure", "name", "other", "reading"),
    MEASURES,
    ids=[f"{type(m).__name__} {n}" for m, n, *_ in MEASURES],
)
def test_a_field_of_a_measure_changes_a_page(
    measure: Any, name: str, other: Any, reading: Any
) -> None:
    changed = evolve(measure, **{name: other})
    assert _shown(measure, reading) != _shown(changed, reading)


@pytest.mark.parametrize(
    ("one", "other"),
    [(one, other) for _, _, one, other in PARTS],
    ids=[f"{kind} {name}" for kind, name, *_ in PARTS],
)
def test_a_field_of_a_part_changes_a_page(one: tuple[Any, Any], other: tuple[Any, Any]) -> None:
    assert _shown(*one) != _shown(*other)


@pytest.mark.parametrize("name", LIMITS)
def test_a_field_of_a_limit_changes_a_page(name: str) -> None:
    def shown(bound: Any) -> str:
        guardrail = okr.Guardrail("g", "G", bound)
        plan = okr.Plan([okr.Objective("o", "O", guardrails=[guardrail], cycle=Q3)])
        entries = [
            read(n, "g", day=date(*on))
            for n, on in ((4, (2025, 8, 1)), (5, (2026, 2, 1)), (5, (2026, 8, 1)))
        ]
        return str(okr.evaluate(plan, okr.Journal(entries), as_of=day(8, 10)))

    assert shown(_PAST) != shown(LIMITS[name])

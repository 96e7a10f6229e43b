"""Every refusal of the codec: where in the document, what, and the hint.

A document is refused once with all its faults, so a row may have several lines; its code is the last one's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec
from okrcore.codec.document_faults import Problem

KR = {"type": "key_result", "id": "arpa", "title": "Revenue", "measure": {"type": "judged"}}


def plan_document(*key_results: Any, **more: Any) -> Any:
    """Return a document with one objective."""
    objective = {"id": "grow", "title": "Grow", "key_results": list(key_results)}
    return {"okrcore": 1, "kind": "plan", "data": {"objectives": [objective | more]}}


def adjustment(**more: Any) -> Any:
    data = {"of": "arpa", "on": "2026-08-14", "because": "x", **more}
    return {"okrcore": 1, "kind": "adjustment", "data": data}


def entry(**more: Any) -> Any:
    """Return a document with one check-in."""
    return {"okrcore": 1, "kind": "check_in", "data": {"of": "arpa", "on": "2026-08-14"} | more}


NESTED: list[Any] = []
for _ in range(60):
    NESTED = [NESTED]
LOOP: dict[str, Any] = {"okrcore": 1, "kind": "plan"}
LOOP["data"] = LOOP

DOCUMENTS: dict[str, tuple[Any, str]] = {
    "no document": ([], "$: must be an object, got [] [not-an-object]"),
    "an empty document": (
        {},
        "$.okrcore: must be given, got {} [missing-field]\n"
        "$.kind: must be given, got {} [missing-field]\n"
        "$.data: must be given, got {} [missing-field]",
    ),
    "a version to come": (
        {"okrcore": 2, "kind": "plan", "data": {}},
        "$.okrcore: must be a known version, got 2; known: 1 to 1 [unknown-version]",
    ),
    "True is no version": (
        {"okrcore": True, "kind": "plan", "data": {}},
        "$.okrcore: must be a known version, got True; known: 1 to 1 [unknown-version]",
    ),
    "an unknown kind": (
        {"okrcore": 1, "kind": ["plan"], "data": {}},
        "$.kind: must be one of the known words, got ['plan']; known: plan, journal, rulebook,"
        " scorecard, objective, key_result, guardrail, initiative, metric, outside,"
        " priority, check_in, baseline_set, adjustment, transition, judgement, closing, post_mortem, correction [unknown-word]",
    ),
    "a field of the envelope": (
        {"okrcore": 1, "kind": "plan", "data": {"objectives": []}, "saved by": "Ana"},
        '$["saved by"]: must be a known field, got \'Ana\' [unknown-field]',
    ),
    "too deep": (
        {"okrcore": 1, "kind": "plan", "data": NESTED},
        f"$.data{'[0]' * 49}: must not be nested deeper than 50 levels, got 'list' [too-deep]",
    ),
    "a document that holds itself": (
        LOOP,
        f"${'.data' * 50}: must not be nested deeper than 50 levels, got 'dict' [too-deep]",
    ),
    "a name that is no text": (
        {"okrcore": 1, "kind": "plan", "data": {3: 4}},
        "$.data: must be a non-empty text, got 3; names must be texts [not-text]",
    ),
    "data that is no object": (
        {"okrcore": 1, "kind": "plan", "data": 5},
        "$.data: must be an object, got 5 [not-an-object]",
    ),
    "an unknown measure": (
        plan_document(KR | {"measure": {"type": "percent"}}),
        "$.data.objectives[0].key_results[0].measure.type: must be a known type, got"
        " 'percent'; known: above, anchors, at_least, at_most, below, between, budget, compound,"
        " decrease, each_period, establish_baseline, evidence, exactly, from_to, increase, judged, milestones,"
        " multiple, pass_fail, points, reach, relative, steps, zones [unknown-type]",
    ),
    "a type that is no text": (
        plan_document(owner={"type": {}, "name": "Ana"}),
        "$.data.objectives[0].owner.type: must be a known type, got {}; known: person,"
        " team [unknown-type]",
    ),
    "an owner without a type": (
        plan_document(owner={"name": "Ana"}),
        "$.data.objectives[0].owner.type: must be given, got {'name': 'Ana'}; known: person, team"
        " [missing-field]",
    ),
    "an owner as a bare text": (
        plan_document(owner="Ana"),
        "$.data.objectives[0].owner: must have the right type, got 'Ana'; give an object with a"
        " type, such as person [wrong-type]",
    ),
    "a type where there is one kind alone": (
        plan_document(cycle={"type": "cycle", "start": "2026-07-01", "end": "2026-09-30"}),
        "$.data.objectives[0].cycle.type: must be a known field, got 'cycle';"
        " known: start, end, name, cadence, until [unknown-field]",
    ),
    "a misspelt field": (
        plan_document(KR | {"wieght": 2}),
        "$.data.objectives[0].key_results[0].wieght: must be a known field, got 2;"
        " did you mean 'weight'? [unknown-field]",
    ),
    "a field of what has none": (
        plan_document(KR | {"measure": {"type": "judged", "of": 1}}),
        "$.data.objectives[0].key_results[0].measure.of: must be a known field, got 1;"
        " known: none [unknown-field]",
    ),
    "a missing title": (
        plan_document({"type": "key_result", "id": "a", "measure": {"type": "judged"}}),
        "$.data.objectives[0].key_results[0].title: must be given, got {'id': 'a', 'measure':"
        " {'type': 'judged'}, 'type': 'key_result'} [missing-field]",
    ),
    "an unknown word": (
        plan_document(ambition="bold"),
        "$.data.objectives[0].ambition: must be one of the known words, got 'bold'; known:"
        " committed, aspirational, learning [unknown-word]",
    ),
    "a day that is none": (
        plan_document(cycle={"start": "2026-02-30", "end": "20260930"}),
        "$.data.objectives[0].cycle.start: must be a date without a time, got '2026-02-30'; write it"
        " as '2026-07-01' [not-a-date]\n"
        "$.data.objectives[0].cycle.end: must be a date without a time, got '20260930'; write it as"
        " '2026-07-01' [not-a-date]",
    ),
    "a moment without a zone": (
        entry(recorded="2026-08-14T17:30:00"),
        "$.data.recorded: must be a datetime with a time zone, got '2026-08-14T17:30:00'; write it"
        " as '2026-08-14T17:30:00+02:00' [not-a-moment]",
    ),
    "25 o'clock": (
        entry(recorded="2026-08-14T25:30:00Z"),
        "$.data.recorded: must be a datetime with a time zone, got '2026-08-14T25:30:00Z'; write it"
        " as '2026-08-14T17:30:00+02:00' [not-a-moment]",
    ),
    "a number for a text": (
        plan_document(KR | {"title": 5}),
        "$.data.objectives[0].key_results[0].title: must be a non-empty text, got 5 [not-text]",
    ),
    "a text for a number": (
        plan_document(KR | {"weight": "1"}),
        "$.data.objectives[0].key_results[0].weight: must be a finite number, got '1'"
        " [not-a-number]",
    ),
    "a float for a whole number": (
        plan_document(KR | {"measure": {"type": "evidence", "required": 3.0}}),
        "$.data.objectives[0].key_results[0].measure.required: must be a whole number, got 3.0"
        " [not-whole]",
    ),
    "1 for true": (
        plan_document(KR | {"profile": {"pay_link": 1}}),
        "$.data.objectives[0].key_results[0].profile.pay_link: must be True or False, got 1"
        " [not-true-or-false]",
    ),
    "a reading that is none": (
        entry(value=[1]),
        "$.data.value: must have the right type, got [1]; give a number or true or false or a text"
        " or an object with a type, such as names [wrong-type]",
    ),
    "a fact that is none": (
        plan_document(KR | {"profile": {"attributes": [["jira", None]]}}),
        "$.data.objectives[0].key_results[0].profile.attributes[0][1]: must have the right type,"
        " got None; give a text or a number or true or false [wrong-type]",
    ),
    "values of fields by name": (
        adjustment(sets={"weight": "3", "colour": 1, "timing.waypoints": [{"on": "2026-08-01"}],
            "profile": {}, "metod": "x"}),
        "$.data.sets.weight: must be a finite number, got '3' [not-a-number]\n"
        '$.data.sets["timing.waypoints"][0].value: must be given, got {\'on\': \'2026-08-01\'}'
        " [missing-field]\n"
        "$.data.sets.profile.type: must be given, got {}; known: key_result_profile,"
        " objective_profile [missing-field]\n"
        "$.data.sets.colour: must be a known field, got 1 [unknown-field]\n"
        "$.data.sets.metod: must be a known field, got 'x'; did you mean 'method'?"
        " [unknown-field]",
    ),
    "values of fields by name that a record refuses": (
        adjustment(sets={"weight": -1}),
        "$.data.sets.weight: must be >= 0, got -1.0 [weight-negative]",
    ),
    "values of fields in a group that a record refuses": (
        adjustment(sets={"timing.waypoints": 2 * [{"on": "2026-08-01", "value": 1}]}),
        '$.data.sets["timing.waypoints"][1].on: must come after the one before, got'
        " datetime.date(2026, 8, 1); the one before is on 2026-08-01 [out-of-order]",
    ),
    "a list for values by name": (
        adjustment(sets=[]),
        "$.data.sets: must be an object, got [] [not-an-object]",
    ),
    "records that join": (
        adjustment(adds=[{"type": "key_result_ref", "to": "a", "weight": -1}, {"id": "o"},
            {"type": "plan"}]),
        "$.data.adds[0].weight: must be >= 0, got -1.0 [weight-negative]\n"
        "$.data.adds[1].type: must be given, got {'id': 'o'}; known: guardrail, initiative,"
        " key_result, key_result_ref, metric, objective, outside, priority [missing-field]\n"
        "$.data.adds[2].type: must be a known type, got 'plan'; known: guardrail, initiative,"
        " key_result, key_result_ref, metric, objective, outside, priority [unknown-type]",
    ),
    "three for a pair": (
        plan_document(KR | {"profile": {"credible_range": [1, 2, 3]}}),
        "$.data.objectives[0].key_results[0].profile.credible_range: must be a list or tuple, got"
        " [1, 2, 3]; give a list of 2 [not-a-sequence]",
    ),
    "an object for a list": (
        plan_document(supports={}),
        "$.data.objectives[0].supports: must be a list or tuple, got {} [not-a-sequence]",
    ),
    "what a record refuses": (
        plan_document(KR | {"weight": -1}),
        "$.data.objectives[0].key_results[0].weight: must be >= 0, got -1.0 [weight-negative]",
    ),
    "what a record refuses of itself": (
        plan_document(cycle={"start": "2026-09-30", "end": "2026-07-01"}),
        "$.data.objectives[0].cycle: must not end before it starts, got '2026-09-30 to 2026-07-01';"
        " swap them [ends-before-start]",
    ),
    "what a record without an id refuses": (
        plan_document(KR | {"measure": {"type": "increase", "baseline": 128, "target": 112}}),
        "$.data.objectives[0].key_results[0].measure.target: must lie in the direction of the"
        " measure, got 112.0; write Decrease(128, 112) [target-against-direction]",
    ),
    "what a record refuses of a member": (
        plan_document(KR | {"timing": {"waypoints": [
            {"on": "2026-08-01", "value": 1}, {"on": "2026-08-01", "value": 2}]}}),
        "$.data.objectives[0].key_results[0].timing.waypoints[1].on: must come after the one before,"
        " got datetime.date(2026, 8, 1); the one before is on 2026-08-01 [out-of-order]",
    ),
    "what a record refuses of a pair": (
        plan_document(KR | {"measure": {"type": "anchors", "anchors": [[-1, 6], [0.7, 10]]}}),
        "$.data.objectives[0].key_results[0].measure.anchors[0]: must be > 0, got -1.0"
        " [not-positive]",
    ),
    "what a record refuses of a pair that it has moved": (
        plan_document(KR | {"measure": {"type": "anchors", "anchors": [[0.7, 10], [-1, 6]]}}),
        "$.data.objectives[0].key_results[0].measure.anchors: must be > 0, got -1.0 [not-positive]",
    ),
    "every id that stands twice": (
        plan_document(KR, KR, KR | {"id": "grow"}),
        "$.data.objectives[0].key_results[1].id: must be used only once, got 'arpa'; a key"
        " result already has it [duplicate-id]\n"
        "$.data.objectives[0].key_results[2].id: must be used only once, got 'grow'; an"
        " objective already has it [duplicate-id]",
    ),
    "every reference that leads nowhere": (
        plan_document(KR | {"metric": "nps"}, supports=[{"to": "co"}], initiatives=[
            {"id": "i", "title": "I", "drives": ["arpa", "arpo"]}]),
        "$.data.objectives[0].supports[0]: must be a known id, got 'co' [unknown-id]\n"
        "$.data.objectives[0].key_results[0].metric: must be a known id, got 'nps'"
        " [unknown-id]\n"
        "$.data.objectives[0].initiatives[0].drives[1]: must be a known id, got 'arpo';"
        " did you mean 'arpa'? [unknown-id]",
    ),
    "a circle": (
        plan_document(supports=[{"to": "grow"}]),
        "$.data.objectives[0].supports: must not lead back to itself, got 'grow -> grow'; take one"
        " of these alignments out [circle]",
    ),
    "every entry that does not fit the others": (
        {"okrcore": 1, "kind": "journal", "data": {"entries": [
            {"type": "check_in", "of": "a", "on": "2026-08-14", "id": "e"},
            {"type": "check_in", "of": "b", "on": "2026-08-14", "id": "e"},
            {"type": "correction", "voids": "f"}]}},
        "$.data.entries[1].id: must be used only once, got 'e' [duplicate-id]\n"
        "$.data.entries[2].voids: must be a known id, got 'f'; give the entry to"
        " correct an id [unknown-id]",
    ),
}  # fmt: skip


# --- scorecards ---


def scorecard_document(entries: list[Any], **more: Any) -> Any:
    objective = {"id": "grow", "title": "Grow", "key_results": [KR]}
    data = {
        "plan": {"objectives": [objective | more]},
        "journal": {"entries": entries},
        "as_of": "2026-08-15",
        "rulebook": {"name": "plain"},
    }
    return {"okrcore": 1, "kind": "scorecard", "data": data}


CARDS: dict[str, tuple[Any, str]] = {
    "entries that do not fit": (
        scorecard_document([
            {"type": "check_in", "of": "arpo", "on": "2026-08-14", "value": 1},
            {"type": "check_in", "of": "arpa", "on": "2026-08-14", "value": 7},
            {"type": "closing", "of": "grow", "on": "2026-08-14", "decision": "carry"},
            {"type": "closing", "of": "grow", "on": "2026-08-14", "decision": "carry"},
        ]),
        "$.data.journal.entries[0].of: must be a known id, got 'arpo'; did you mean"
        " 'arpa'? [unknown-id]\n"
        "$.data.journal.entries[1].value: must be a reading of the measure's form, got 7.0; it"
        " takes a score from 0 to 1 [reading-does-not-fit]\n"
        "$.data.journal.entries[3]: must be a transition of the lifecycle, got 'closed to closed';"
        " it was closed on 2026-08-14; record a Transition to active first [no-such-move]",
    ),
    "adjustments that do not fit": (
        scorecard_document([
            {"type": "adjustment", "of": "arpa", "on": "2026-08-14", "because": "x",
             "sets": {"timing.waypoints": [], "title": "T"}},
            {"type": "adjustment", "of": "arpa", "on": "2026-08-14", "because": "x",
             "sets": {"ambition": "learning"}},
            {"type": "adjustment", "of": "grow", "on": "2026-08-14", "because": "x",
             "removes": ["grow-g", "arpo"]},
            {"type": "adjustment", "of": "grow", "on": "2026-08-14", "because": "x", "adds": [
                {"type": "key_result_ref", "to": "other"},
                {"type": "initiative", "id": "arpa", "title": "T"}]},
            {"type": "adjustment", "of": "new", "on": "2026-08-14", "because": "x", "adds": [
                {"type": "objective", "id": "new", "title": "N", "key_results": [
                    KR | {"type": "key_result", "weight": 2}]}]},
        ]),
        "$.data.journal.entries[0].sets.title: must count, got 'T'; it is wording, which has no"
        " days: put it into the plan as stored [wording]\n"
        "$.data.journal.entries[1].sets.ambition: must be an item of the right kind, got 'arpa';"
        " KeyResult('arpa') has no ambition [wrong-kind]\n"
        "$.data.journal.entries[3].adds[1]: must be used only once, got 'arpa'; a key result has"
        " it; give another id [duplicate-id]\n"
        "$.data.journal.entries[4].adds[0]: must be used only once, got 'arpa'; a key result has"
        " it; give another id [duplicate-id]",
    ),
    "a method that the rulebook lacks": (
        scorecard_document([], method="house"),
        "$.data.plan.objectives[0].method: must name a method of the rulebook, got 'house'; plain"
        " has none [method-unknown]",
    ),
    "scores that cannot be supposed": (
        scorecard_document([]) | {"data": scorecard_document([])["data"] | {"supposed": [
            ["arpo", 0.5], ["arpa", 0.5], ["arpa", 5]]}},
        "$.data.supposed[0]: must be a known id, got 'arpo'; did you mean 'arpa'?"
        " [unknown-id]\n"
        "$.data.supposed[2]: must lie within its range, got 5.0; write 0.05 [out-of-range]",
    ),
    "a problem that is none": (
        scorecard_document([]) | {"data": scorecard_document([])["data"] | {"left_out": [
            {"kind": "refusal", "code": "x", "path": "$", "value": None}]}},
        "$.data.left_out[0].code: must be one of the known words, got 'x' [unknown-word]",
    ),
}  # fmt: skip


# --- JSON text ---

TEXTS: dict[str, tuple[str | bytes, str]] = {
    "no JSON": (
        "{",
        "$: must be JSON, got '{'; Expecting property name enclosed in double quotes: line 1 column"
        " 2 (char 1) [not-json]",
    ),
    "a name that stands twice": (
        '{"okrcore": 1, "okrcore": 1}',
        "$: must not have the same name twice, got 'okrcore'; a reader would take one and drop the"
        " other [repeated]",
    ),
    "NaN": (
        '{"okrcore": 1, "kind": "check_in", "data": {"of": "a", "on": "2026-08-14", "value": NaN}}',
        "$.data.value: must be a finite number, got nan [not-a-number]",
    ),
    "a number beyond floats": (
        '{"okrcore": 1, "kind": "check_in",'
        ' "data": {"of": "a", "on": "2026-08-14", "value": 1e999, "projected": 1e200}}',
        "$.data.value: must be a finite number, got inf [not-a-number]",
    ),
    "deep nesting": (
        "[" * 100_000,
        f"$: must not be nested deeper than 50 levels, got '{'[' * 37}...{'[' * 38}' [too-deep]",
    ),
}


# --- tables ---


def row(**more: Any) -> dict[str, Any]:
    return {"id": "grow", "title": "Grow", "position": 0} | more


def kr_row(**more: Any) -> dict[str, Any]:
    return {
        "objective": "grow",
        "position": 0,
        "id": "arpa",
        "title": "Revenue",
        "measure": {"type": "judged"},
    } | more


CIRCLE: dict[str, Any] = {}
CIRCLE["objectives"] = [CIRCLE]

TABLES: dict[str, tuple[Any, str]] = {
    "no tables": ([], "$: must be an object, got [] [not-an-object]"),
    "tables without an end": (
        CIRCLE,
        f"${'.objectives[0]' * 25}: must not be nested deeper than 50 levels, got 'dict' [too-deep]",
    ),
    "an unknown table": (
        {"keyresults": []},
        "$.keyresults: must be a known field, got []; did you mean 'key_results'? [unknown-field]",
    ),
    "a table of another name": (
        {"x y": []},
        '$["x y"]: must be a known field, got []; known: objectives, key_results,'
        " key_result_refs, guardrails, initiatives, alignments, metrics, outside,"
        " priorities [unknown-field]",
    ),
    "no rows": ({"metrics": {}}, "$.metrics: must be a list or tuple, got {} [not-a-sequence]"),
    "no row": ({"metrics": [5]}, "$.metrics[0]: must be an object, got 5 [not-an-object]"),
    "no position": (
        {"outside": [{"id": "co", "position": "0"}]},
        "$.outside[0].position: must be a whole number, got '0' [not-whole]",
    ),
    "an objective that is not there": (
        {"objectives": [row()], "key_results": [kr_row(objective="grwo")]},
        "$.key_results[0].objective: must be a known id, got 'grwo'; did you mean"
        " 'grow'? [unknown-id]",
    ),
    "no objective": (
        {"alignments": [{"to": "co", "position": 0}]},
        "$.alignments[0].objective: must be a known id, got None; name an objective [unknown-id]",
    ),
    "an objective for a metric": (
        {"metrics": [{"id": "m", "title": "M", "position": 0, "objective": "grow"}]},
        "$.metrics[0].objective: must be a known field, got 'grow'; known: id,"
        " title, aggregation, health, unit, owner, definition, measurement, growth, check_in_days, derived,"
        " drives, place, attributes [unknown-field]",
    ),
    "rows within a row": (
        {"objectives": [row(key_results=[])]},
        "$.objectives[0].key_results: must be a known field, got [] [unknown-field]",
    ),
    "a type in a table of one": (
        {"objectives": [row()], "key_results": [kr_row(type="key_result_ref")]},
        "$.key_results[0].type: must be a known field, got 'key_result_ref' [unknown-field]",
    ),
    "what a row's record refuses, where the row is": (
        {
            "objectives": [row(id="b", position=1), row(position=0)],
            "key_results": [kr_row(weight=-1, position=9), kr_row(id="k", title="")],
            "metrics": [5],
        },
        "$.metrics[0]: must be an object, got 5 [not-an-object]\n"
        "$.key_results[1].title: must be a non-empty text, got '' [not-text]\n"
        "$.key_results[0].weight: must be >= 0, got -1.0 [weight-negative]",
    ),
    "an objective twice": (
        {"objectives": [row(), row()], "key_results": [kr_row()]},
        "$.objectives[1].id: must be used only once, got 'grow'; an objective already has it"
        " [duplicate-id]",
    ),
    "a row without an id": (
        {"objectives": [{"title": "A", "position": 0}]},
        "$.objectives[0].id: must be given, got {'title': 'A'} [missing-field]",
    ),
    "an alignment to nothing": (
        {
            "objectives": [row()],
            "alignments": [{"objective": "grow", "position": 0, "to": "co"}],
        },
        "$.alignments[0]: must be a known id, got 'co' [unknown-id]",
    ),
}


# --- what callers get wrong ---


def team_within(depth: int) -> okr.Team:
    team = okr.Team("a")
    for _ in range(depth):
        team = okr.Team("b", within=team)
    return team


def deep(depth: int) -> okr.Objective:
    return okr.Objective("o", "O", place=okr.Place(team=team_within(depth)))


CALLS: dict[str, tuple[Callable[[], object], str]] = {
    "a document of another kind": (
        lambda: codec.load(entry(), okr.Plan),
        "$.kind: must be an item of the right kind, got 'check_in'; it must be 'plan' [wrong-kind]",
    ),
    "a kind that no document has": (
        lambda: codec.load(entry(), okr.Reach),  # type: ignore[type-var]
        "load.kind: must have the right type, got <class 'okrcore.plan.linear_measures.Reach'>; give a kind"
        " such as Plan [wrong-type]",
    ),
    "no record to dump": (
        lambda: codec.dump({"objectives": []}),  # type: ignore[arg-type]
        "dump.record: must have the right type, got {'objectives': []}; give a plan, or what is in"
        " one [wrong-type]",
    ),
    "what would be too deep to read": (
        lambda: codec.dump(
            codec.Document(okr.Outside("co"), (codec.UnknownField("$", "[" * 60 + "]" * 60, "x"),))
        ),
        f"$.x{'[0]' * 49}: must not be nested deeper than 50 levels, got 'list' [too-deep]",
    ),
    "no text": (
        lambda: codec.from_json({}),  # type: ignore[call-overload]
        "from_json.text: must have the right type, got {}; give a str or bytes [wrong-type]",
    ),
    "no plan for tables": (
        lambda: codec.to_tables(okr.Journal()),  # type: ignore[arg-type]
        "to_tables.plan: must have the right type, got Journal(0 entries); give a Plan [wrong-type]",
    ),
    "no scorecard for a report": (
        lambda: codec.report(okr.Plan([])),  # type: ignore[arg-type]
        "report.card: must have the right type, got Plan(0 objectives, 0 items); give a Scorecard"
        " [wrong-type]",
    ),
    "what is kept and not plain": (
        lambda: codec.load_document(plan_document(mark={1})),
        "$.data.objectives[0].mark: must be plain data, as JSON has it, got {1} [not-plain]",
    ),
    "a problem with an unknown code": (
        lambda: Problem(kind="refusal", code="x", path="$", value=None),
        "Problem.code: must be one of the known words, got 'x' [unknown-word]",
    ),
}


# --- all of them ---


def refusals() -> dict[str, tuple[Callable[[], object], str]]:
    """Return each act that is refused, with its whole message."""
    found: dict[str, tuple[Callable[[], object], str]] = dict(CALLS)
    ways: list[tuple[Callable[[Any], object], dict[str, tuple[Any, str]]]] = [
        (codec.load, DOCUMENTS),
        (codec.load, CARDS),
        (codec.from_json, TEXTS),
        (codec.from_tables, TABLES),
    ]
    for read, rows in ways:
        found |= {name: (partial(read, data), message) for name, (data, message) in rows.items()}
    assert len(found) == len(CALLS) + sum(len(rows) for _, rows in ways), "a name stands twice"
    return found


REFUSALS = refusals()


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_says_where_what_and_the_hint(case: str) -> None:
    act, message = REFUSALS[case]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

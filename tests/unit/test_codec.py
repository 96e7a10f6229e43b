"""Documents: what is written, what is refused with which words, and what an older version keeps.

The traps are those that cattrs, JSON and Python set for a codec, each found by falling into it.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest

import okrcore as okr
from okrcore import codec
from okrcore.codec import converting, documents

DAY = date(2026, 8, 14)
KR = {"type": "key_result", "id": "arpa", "title": "Revenue", "measure": {"type": "judged"}}


def plan(*key_results: Any, **more: Any) -> Any:
    """Return a document with one objective."""
    objective = {"id": "grow", "title": "Grow", "key_results": list(key_results)}
    return {"okrcore": 1, "kind": "plan", "data": {"objectives": [objective | more]}}


def entry(**more: Any) -> Any:
    """Return a document with one check-in."""
    return {"okrcore": 1, "kind": "check_in", "data": {"of": "arpa", "on": "2026-08-14"} | more}


def refusal(document: Any, **options: Any) -> str:
    with pytest.raises(okr.DecodeError) as caught:
        codec.load(document, **options)
    return str(caught.value)


# --- what is refused ---------------------------------------------------------------------------

NESTED: list[Any] = []
for _ in range(60):
    NESTED = [NESTED]
LOOP: dict[str, Any] = {"okrcore": 1, "kind": "plan"}
LOOP["data"] = LOOP

REFUSALS: dict[str, tuple[Any, str]] = {
    "no document": ([], "$: must be an object, got [] [not-an-object]"),
    "an empty document": (
        {},
        "$.okrcore: must be given, got {} [missing-field]\n"
        "$.kind: must be given, got {} [missing-field]\n"
        "$.data: must be given, got {} [missing-field]",
    ),
    "a version to come": (
        {"okrcore": 2, "kind": "plan", "data": {}},
        "$.okrcore: must be a version that is known here, got 2; known: 1 to 1 [unknown-version]",
    ),
    "True is no version": (
        {"okrcore": True, "kind": "plan", "data": {}},
        "$.okrcore: must be a version that is known here, got True; known: 1 to 1 [unknown-version]",
    ),
    "an unknown kind": (
        {"okrcore": 1, "kind": ["plan"], "data": {}},
        "$.kind: must be one of the known words, got ['plan']; known: plan, journal, rulebook,"
        " scorecard, objective, key_result, guardrail, initiative, metric, outside, check_in,"
        " baseline_set, adjustment, transition, judgement, closing, correction [unknown-word]",
    ),
    "a field of the envelope": (
        {"okrcore": 1, "kind": "plan", "data": {"objectives": []}, "saved by": "Ana"},
        '$["saved by"]: must be a field that is known here, got \'Ana\' [unknown-field]',
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
        "$.data: must be a non-empty text, got 3; let names be texts [not-text]",
    ),
    "data that is no object": (
        {"okrcore": 1, "kind": "plan", "data": 5},
        "$.data: must be an object, got 5 [not-an-object]",
    ),
    "an unknown measure": (
        plan(KR | {"measure": {"type": "percent"}}),
        "$.data.objectives[0].key_results[0].measure.type: must be a type that is known here, got"
        " 'percent'; known: above, anchors, at_least, at_most, below, between, budget, compound,"
        " decrease, establish_baseline, evidence, exactly, from_to, increase, judged, milestones,"
        " multiple, pass_fail, points, reach, relative, steps, zones [unknown-type]",
    ),
    "a type that is no text": (
        plan(owner={"type": {}, "name": "Ana"}),
        "$.data.objectives[0].owner.type: must be a type that is known here, got {}; known: person,"
        " team [unknown-type]",
    ),
    "an owner without a type": (
        plan(owner={"name": "Ana"}),
        "$.data.objectives[0].owner.type: must be given, got {'name': 'Ana'}; known: person, team"
        " [missing-field]",
    ),
    "an owner as a bare text": (
        plan(owner="Ana"),
        "$.data.objectives[0].owner: must be of the right kind, got 'Ana'; give an object with a"
        " type, such as person [wrong-type]",
    ),
    "a type where there is one kind alone": (
        plan(cycle={"type": "cycle", "start": "2026-07-01", "end": "2026-09-30"}),
        "$.data.objectives[0].cycle.type: must be a field that is known here, got 'cycle';"
        " known: start, end, name, cadence, until [unknown-field]",
    ),
    "a misspelt field": (
        plan(KR | {"wieght": 2}),
        "$.data.objectives[0].key_results[0].wieght: must be a field that is known here, got 2;"
        " did you mean 'weight'? [unknown-field]",
    ),
    "a field of what has none": (
        plan(KR | {"measure": {"type": "judged", "of": 1}}),
        "$.data.objectives[0].key_results[0].measure.of: must be a field that is known here, got 1;"
        " known: none [unknown-field]",
    ),
    "a missing title": (
        plan({"type": "key_result", "id": "a", "measure": {"type": "judged"}}),
        "$.data.objectives[0].key_results[0].title: must be given, got {'id': 'a', 'measure':"
        " {'type': 'judged'}, 'type': 'key_result'} [missing-field]",
    ),
    "an unknown word": (
        plan(ambition="bold"),
        "$.data.objectives[0].ambition: must be one of the known words, got 'bold'; known:"
        " committed, aspirational, learning [unknown-word]",
    ),
    "a day that is none": (
        plan(cycle={"start": "2026-02-30", "end": "20260930"}),
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
    "a reading that is none": (
        entry(value=[1]),
        "$.data.value: must be of the right kind, got [1]; give a number or true or false or a text"
        " or an object with a type, such as names [wrong-type]",
    ),
    "a fact that is none": (
        plan(KR | {"profile": {"attributes": [["jira", None]]}}),
        "$.data.objectives[0].key_results[0].profile.attributes[0][1]: must be of the right kind,"
        " got None; give a text or a number or true or false [wrong-type]",
    ),
    "three for a pair": (
        plan(KR | {"profile": {"credible_range": [1, 2, 3]}}),
        "$.data.objectives[0].key_results[0].profile.credible_range: must be a list or tuple, got"
        " [1, 2, 3]; give a list of 2 [not-a-sequence]",
    ),
    "an object for a list": (
        plan(supports={}),
        "$.data.objectives[0].supports: must be a list or tuple, got {} [not-a-sequence]",
    ),
    "what a record refuses": (
        plan(KR | {"weight": -1}),
        "$.data.objectives[0].key_results[0].weight: must be >= 0, got -1.0 [weight-negative]",
    ),
    "what a record refuses of itself": (
        plan(cycle={"start": "2026-09-30", "end": "2026-07-01"}),
        "$.data.objectives[0].cycle: must not end before it starts, got '2026-09-30 to 2026-07-01';"
        " swap them [ends-before-start]",
    ),
    "what a record without an id refuses": (
        plan(KR | {"measure": {"type": "increase", "baseline": 128, "target": 112}}),
        "$.data.objectives[0].key_results[0].measure.target: must lie in the direction of the"
        " measure, got 112.0; write Decrease(128, 112) [target-against-direction]",
    ),
    "what a record refuses of a member": (
        plan(KR | {"timing": {"waypoints": [
            {"on": "2026-08-01", "value": 1}, {"on": "2026-08-01", "value": 2}]}}),
        "$.data.objectives[0].key_results[0].timing.waypoints[1].on: must come after the one before,"
        " got datetime.date(2026, 8, 1); the one before is on 2026-08-01 [out-of-order]",
    ),
    "what a record refuses of a pair": (
        plan(KR | {"measure": {"type": "anchors", "anchors": [[-1, 6], [0.7, 10]]}}),
        "$.data.objectives[0].key_results[0].measure.anchors[0]: must be > 0, got -1.0"
        " [not-positive]",
    ),
    "what a record refuses of a pair that it has moved": (
        plan(KR | {"measure": {"type": "anchors", "anchors": [[0.7, 10], [-1, 6]]}}),
        "$.data.objectives[0].key_results[0].measure.anchors: must be > 0, got -1.0 [not-positive]",
    ),
    "every id that stands twice": (
        plan(KR, KR, KR | {"id": "grow"}),
        "$.data.objectives[0].key_results[1].id: must be used once in a plan, got 'arpa'; a key"
        " result already has it [duplicate-id]\n"
        "$.data.objectives[0].key_results[2].id: must be used once in a plan, got 'grow'; an"
        " objective already has it [duplicate-id]",
    ),
    "every reference that leads nowhere": (
        plan(KR | {"metric": "nps"}, supports=[{"to": "co"}], initiatives=[
            {"id": "i", "title": "I", "drives": ["arpa", "arpo"]}]),
        "$.data.objectives[0].supports[0]: must name something in the plan, got 'co' [unknown-id]\n"
        "$.data.objectives[0].key_results[0].metric: must name something in the plan, got 'nps'"
        " [unknown-id]\n"
        "$.data.objectives[0].initiatives[0].drives[1]: must name something in the plan, got 'arpo';"
        " did you mean 'arpa'? [unknown-id]",
    ),
    "a circle": (
        plan(supports=[{"to": "grow"}]),
        "$.data.objectives[0].supports: must not lead back to itself, got 'grow -> grow'; take one"
        " of these alignments out [circle]",
    ),
    "every entry that does not fit the others": (
        {"okrcore": 1, "kind": "journal", "data": {"entries": [
            {"type": "check_in", "of": "a", "on": "2026-08-14", "id": "e"},
            {"type": "check_in", "of": "b", "on": "2026-08-14", "id": "e"},
            {"type": "correction", "voids": "f"}]}},
        "$.data.entries[1].id: must be used once in a plan, got 'e' [duplicate-id]\n"
        "$.data.entries[2].voids: must name something in the plan, got 'f'; give the entry to"
        " correct an id [unknown-id]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_says_where_what_and_the_way_out(case: str) -> None:
    document, message = REFUSALS[case]
    assert refusal(document) == message


def test_every_fault_of_a_document_is_said_at_once() -> None:
    document = plan(
        KR | {"weight": -1},
        {"type": "key_result", "id": "k", "title": None, "measure": {"type": "reach", "target": 0}},
        cycle={"start": 5, "end": "2026-09-30"},
        colour="red",
    )
    document["data"]["metrics"] = [5]
    document["by"] = "Ana"
    with pytest.raises(okr.DecodeError) as caught:
        codec.load(document)
    assert caught.value.code == "undecodable"
    assert caught.value.value == 7
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.data.objectives[0].key_results[0].weight", "weight-negative"),
        ("$.data.objectives[0].key_results[1].title", "not-text"),
        ("$.data.objectives[0].key_results[1].measure.target", "target-equals-baseline"),
        ("$.data.objectives[0].cycle.start", "not-a-date"),
        ("$.data.objectives[0].colour", "unknown-field"),
        ("$.data.metrics[0]", "not-an-object"),
        ("$.by", "unknown-field"),
    ]
    assert pickle.loads(pickle.dumps(caught.value)).faults[0].path.endswith(".weight")  # noqa: S301


def test_another_kind_than_asked_for_is_refused() -> None:
    assert refusal(entry(), kind=okr.Plan) == (
        "$.kind: must name something of another kind, got 'check_in'; it must be 'plan' [wrong-kind]"
    )
    assert codec.load(entry(), okr.CheckIn) == okr.CheckIn("arpa", DAY)


def test_a_kind_that_no_document_has_is_the_callers_mistake() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"load\.kind: .* give a kind such as Plan"):
        codec.load(entry(), okr.Reach)  # type: ignore[type-var]


def test_what_is_no_record_is_not_dumped() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"dump\.record: .* give a plan"):
        codec.dump({"objectives": []})  # type: ignore[arg-type]
    with pytest.raises(okr.InvalidValueError, match=r"report\.card"):
        codec.report(okr.Plan([]))  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", [60, 20_000])
def test_what_would_be_too_deep_to_read_is_not_written(depth: int) -> None:
    team = okr.Team("a")
    for _ in range(depth):
        team = okr.Team("b", within=team)
    with pytest.raises(okr.InvalidValueError, match=r"\[too-deep\]"):
        codec.dump(okr.Objective("o", "O", place=okr.Place(team=team)))
    while team.within is not None:  # taken apart by hand, for Python frees it by recursion
        team = team.within


def test_a_fault_of_the_library_is_no_fault_of_the_document(monkeypatch: Any) -> None:
    def fail(_: okr.Outside) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(okr.Outside, "__attrs_post_init__", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        codec.load({"okrcore": 1, "kind": "outside", "data": {"id": "co"}})


# --- scorecards --------------------------------------------------------------------------------


def card(entries: list[Any], **more: Any) -> Any:
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
        card([
            {"type": "check_in", "of": "arpo", "on": "2026-08-14", "value": 1},
            {"type": "check_in", "of": "arpa", "on": "2026-08-14", "value": 7},
            {"type": "closing", "of": "grow", "on": "2026-08-14", "decision": "carry"},
            {"type": "closing", "of": "grow", "on": "2026-08-14", "decision": "carry"},
        ]),
        "$.data.journal.entries[0].of: must name something in the plan, got 'arpo'; did you mean"
        " 'arpa'? [unknown-id]\n"
        "$.data.journal.entries[1].value: must be a reading that its measure takes, got 7.0; it"
        " takes a score from 0 to 1 [reading-does-not-fit]\n"
        "$.data.journal.entries[3]: must be a move that the lifecycle has, got 'closed to closed';"
        " it is closed; record a Transition to active first [no-such-move]",
    ),
    "a method that the rulebook lacks": (
        card([], method="house"),
        "$.data.plan.objectives[0].method: must name a method of the rulebook, got 'house'; plain"
        " has none [method-unknown]",
    ),
    "a problem that is none": (
        card([]) | {"data": card([])["data"] | {"problems": [
            {"kind": "refusal", "code": "x", "path": "$", "value": None}]}},
        "$.data.problems[0].code: must be one of the known words, got 'x' [unknown-word]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CARDS)
def test_a_scorecard_that_cannot_be_evaluated_is_refused(case: str) -> None:
    document, message = CARDS[case]
    assert refusal(document) == message


def test_a_fault_of_evaluation_that_names_no_item_is_one_of_the_plan(monkeypatch: Any) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise okr.InconsistentPlanError("weights-total", "Rulebook", 3.0)

    monkeypatch.setattr("okrcore.codec.fitting.evaluate", refuse)
    assert refusal(card([])) == (
        "$.data.plan: must total what the rulebook asks for, got 3.0 [weights-total]"
    )


def test_problems_of_every_sort_are_read_back() -> None:
    problems = [
        okr.OkrError("empty", "a", None),
        okr.InvalidValueError("not-text", "b", True),
        okr.InconsistentPlanError("circle", "c", ("x", "y"), "take one out"),
        okr.TransitionError("no-such-move", "d", float("nan")),
        okr.DecodeError("undecodable", "$", 1, faults=(okr.OkrError("empty", "e", "text"),)),
    ]
    plan = okr.Plan([])
    made = attrs.evolve(
        okr.evaluate(plan, okr.Journal(), as_of=DAY),
        problems=tuple(problems),
    )
    document = codec.dump(made)
    read = codec.load(document, okr.Scorecard)
    assert [str(problem) for problem in read.problems] == [str(problem) for problem in problems]
    assert [type(problem) for problem in read.problems] == [type(problem) for problem in problems]
    assert codec.dump(read) == document


# --- JSON text ---------------------------------------------------------------------------------

TEXTS: dict[str, tuple[str | bytes, str]] = {
    "no JSON": (
        "{",
        "$: must be JSON, got '{'; Expecting property name enclosed in double quotes: line 1 column"
        " 2 (char 1) [not-json]",
    ),
    "bytes that are no text": (b"\xff\xfe\x00", "$: must be JSON"),
    "a name that stands twice": (
        '{"okrcore": 1, "okrcore": 1}',
        "$: must not hold the same name twice, got 'okrcore'; a reader would take one and drop the"
        " other [repeated]",
    ),
    "thousands of digits": ('{"okrcore": ' + "9" * 5000 + "}", "$: must be JSON"),
    "NaN": (
        '{"okrcore": 1, "kind": "check_in", "data": {"of": "a", "on": "2026-08-14", "value": NaN}}',
        "$.data.value: must be a finite number, got nan [not-a-number]",
    ),
    "a number beyond floats": (
        '{"okrcore": 1, "kind": "check_in",'
        ' "data": {"of": "a", "on": "2026-08-14", "value": 1e999, "projected": 1e200}}',
        "$.data.value: must be a finite number, got inf [not-a-number]",
    ),
    "deep nesting": ("[" * 100_000, "$: must not be nested deeper than 50 levels"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_that_is_no_document_is_refused(case: str) -> None:
    text, message = TEXTS[case]
    with pytest.raises(okr.DecodeError) as caught:
        codec.from_json(text)
    assert str(caught.value).startswith(message)


def test_what_is_no_text_is_the_callers_mistake() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"from_json\.text"):
        codec.from_json({})  # type: ignore[call-overload]


def test_json_is_ascii_and_can_be_indented() -> None:
    assert codec.to_json(okr.Outside("co", title="Ångström")) == (
        '{"okrcore": 1, "kind": "outside", "data": {"id": "co", "title": "\\u00c5ngstr\\u00f6m"}}'
    )
    assert codec.to_json(okr.Outside("co"), indent=1).splitlines()[1] == ' "okrcore": 1,'
    assert codec.from_json(codec.to_json(okr.Outside("\ud800")).encode()) == okr.Outside("\ud800")


# --- traps -------------------------------------------------------------------------------------

COERCED: list[tuple[Any, str]] = [
    (plan(KR | {"title": None}), "key_results[0].title: must be a non-empty text, got None"),
    (plan(KR | {"title": 5}), "key_results[0].title: must be a non-empty text, got 5"),
    (plan(KR | {"weight": "1"}), "key_results[0].weight: must be a finite number, got '1'"),
    (plan(KR | {"weight": True}), "key_results[0].weight: must be a finite number, got True"),
    (plan(KR | {"weight": 10**400}), "key_results[0].weight: must be a finite number, got 1000"),
    (plan(KR | {"due": 20260701}), "key_results[0].due: must be a date without a time, got 2026"),
    (plan(KR | {"due": DAY}), "key_results[0].due: must be a date without a time, got datetime"),
    (
        plan(KR | {"measure": {"type": "evidence", "required": 3.0}}),
        "measure.required: must be a whole number, got 3.0",
    ),
    (plan(KR | {"profile": {"pay_link": 1}}), "pay_link: must be True or False, got 1"),
    (plan(KR | {"profile": {"tags": "abc"}}), "tags: must be a list or tuple, got 'abc'"),
    (entry(recorded=0), "recorded: must be a datetime with a time zone, got 0"),
]


@pytest.mark.parametrize(("document", "message"), COERCED)
def test_nothing_is_coerced(document: Any, message: str) -> None:
    assert message in refusal(document)


def test_a_whole_number_is_a_number_and_is_written_as_one() -> None:
    read = codec.load(plan(KR | {"measure": {"type": "increase", "baseline": 0, "target": 1}}))
    measure = codec.dump(read)["data"]["objectives"][0]["key_results"][0]["measure"]
    assert json.dumps(measure) == '{"type": "increase", "baseline": 0.0, "target": 1.0}'


def test_readings_are_told_apart() -> None:
    given: list[Any] = [1, True, "a", ["a"], [], {"a": True, "b": 1}, okr.Ratio(1, 2)]
    values = [codec.dump(okr.CheckIn("k", DAY, value))["data"]["value"] for value in given]
    assert values == [
        1.0,
        True,
        "a",
        {"type": "names", "names": ["a"]},
        {"type": "names", "names": []},
        {"type": "parts", "parts": [["a", True], ["b", 1.0]]},
        {"type": "ratio", "numerator": 1.0, "denominator": 2.0},
    ]
    assert [type(value) for value in values[:3]] == [float, bool, str]
    for value in given:
        check_in = okr.CheckIn("k", DAY, value)
        assert codec.load(codec.dump(check_in), okr.CheckIn) == check_in


def test_sets_are_written_in_order() -> None:
    check_in = okr.CheckIn("k", DAY, {"c", "a", "b"})
    assert codec.dump(check_in)["data"]["value"]["names"] == ["a", "b", "c"]


def test_a_word_of_an_enum_is_written_as_a_plain_text() -> None:
    data = codec.dump(okr.CheckIn("k", DAY, okr.Status.STALE, status=okr.Status.ON_TRACK))["data"]
    assert (type(data["status"]), data["status"]) == (str, "on track")
    assert (type(data["value"]), data["value"]) == (str, "stale")
    names = codec.dump(okr.CheckIn("k", DAY, {okr.Status.STALE}))["data"]["value"]
    assert names == {"type": "names", "names": ["stale"]}
    assert type(names["names"][0]) is str


def test_moments_keep_their_instant() -> None:
    read = codec.load(entry(recorded="2026-08-14T17:30:00.250Z"), okr.CheckIn)
    assert read.recorded == datetime(2026, 8, 14, 17, 30, 0, 250_000, tzinfo=UTC)
    assert codec.dump(read)["data"]["recorded"] == "2026-08-14T17:30:00.250000+00:00"


def test_markup_is_text_like_any_other() -> None:
    objective = okr.Objective("<b>", "<script>alert('x')</script>")
    assert codec.from_json(codec.to_json(objective)) == objective


def test_a_decode_error_is_a_value_error_and_no_group() -> None:
    """Web frameworks answer a ValueError with 422; a group of exceptions escapes them."""
    with pytest.raises(ValueError, match="must be") as caught:
        codec.load({})
    assert not isinstance(caught.value, ExceptionGroup)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_records_that_were_read_can_be_hashed() -> None:
    assert len({codec.load(plan(KR)), codec.load(plan(KR))}) == 1


# --- what is unknown ---------------------------------------------------------------------------


def test_an_unknown_field_can_be_ignored() -> None:
    document = plan(KR | {"colour": "red"}, seen=3) | {"saved": "today"}
    assert codec.load(document, unknown="ignore") == codec.load(plan(KR))


def test_an_unknown_measure_is_refused_whatever_is_asked() -> None:
    document = plan(KR | {"measure": {"type": "percent"}})
    assert "[unknown-type]" in refusal(document, unknown="ignore")
    with pytest.raises(okr.DecodeError, match="unknown-type"):
        codec.load_document(document)


def read_marked() -> codec.Document[okr.Plan]:
    """Return a plan with a mark in every sort of place."""
    steps = [[{"type": "below", "limit": 5, "mark": 1}, 1], [None, 0]]
    marked = plan(
        KR | {"measure": {"type": "steps", "steps": steps}, "mark": 2},
        supports=[{"to": "co", "mark": 3}, {"to": "co-2", "mark": 4}],
        profile={"mark": 5},
        owner={"type": "person", "name": "Ana", "mark": 6},
        guardrails=[{"id": "g", "title": "G", "bound": {"type": "at_most", "limit": 1, "mark": 7}}],
    )
    marked["data"]["outside"] = [{"id": "co"}, {"id": "co-2"}]
    marked["mark"] = 8
    return codec.load_document(marked, okr.Plan)


def test_every_mark_has_its_path() -> None:
    assert {(kept.path, kept.json) for kept in read_marked().unknown} == {
        ("$.mark", "8"),
        ("$.data.objectives[0].profile.mark", "5"),
        ("$.data.objectives[0].owner.mark", "6"),
        ("$.data.objectives[0].supports[0].mark", "3"),
        ("$.data.objectives[0].supports[1].mark", "4"),
        ("$.data.objectives[0].key_results[0].mark", "2"),
        ("$.data.objectives[0].key_results[0].measure.steps[0][0].mark", "1"),
        ("$.data.objectives[0].guardrails[0].bound.mark", "7"),
    }


def changed(change: Callable[[okr.Objective], okr.Objective]) -> Any:
    """Return the document of the marked plan after a change of its objective."""
    read = read_marked()
    value = attrs.evolve(read.value, objectives=[change(read.value.objective("grow"))])
    return codec.dump(attrs.evolve(read, value=value))["data"]["objectives"][0]


def test_what_is_kept_goes_with_what_it_belongs_to() -> None:
    """A place is known by its id, or by what is there; so nothing is attached to something else."""
    left = changed(lambda o: attrs.evolve(o, supports=o.supports[1:]))
    assert left["supports"] == [{"to": "co-2", "mark": 4}]
    moved = changed(lambda o: attrs.evolve(o, supports=o.supports[::-1]))
    assert [found["mark"] for found in moved["supports"]] == [4, 3]
    other = changed(
        lambda o: attrs.evolve(o, supports=[attrs.evolve(o.supports[0], weight=2)], guardrails=[])
    )
    assert other["supports"] == [{"to": "co", "weight": 2.0}]
    assert "guardrails" not in other


def test_what_belongs_to_another_kind_is_not_put_into_this_one() -> None:
    def remeasure(measure: Any) -> Any:
        return changed(
            lambda o: attrs.evolve(
                o, key_results=[attrs.evolve(o.own_key_results[0], measure=measure)]
            )
        )["key_results"][0]

    assert remeasure(okr.Judged())["measure"] == {"type": "judged"}
    assert remeasure(okr.Judged())["mark"] == 2
    assert "mark" not in str(remeasure(okr.Steps([(okr.AtMost(5), 1)]))["measure"])
    assert changed(lambda o: attrs.evolve(o, owner=okr.Team("Growth")))["owner"] == {
        "type": "team",
        "name": "Growth",
    }
    assert "profile" not in changed(lambda o: attrs.evolve(o, profile=None))
    bound = changed(
        lambda o: attrs.evolve(o, guardrails=[okr.Guardrail("g", "G", okr.AtLeast(1))])
    )["guardrails"][0]["bound"]
    assert bound == {"type": "at_least", "limit": 1.0}


def test_what_belongs_to_a_default_brings_it_back() -> None:
    document = {
        "okrcore": 1,
        "kind": "rulebook",
        "data": {"name": "r", "attainment": {"clip": {"floor": 0.0, "ceiling": 1.0, "mark": 1}}},
    }
    read = codec.load_document(document, okr.Rulebook)
    assert read.value == okr.Rulebook(name="r")
    assert codec.dump(read) == document


def test_a_type_that_came_later_is_kept() -> None:
    """A later version may hold several kinds of something, and so give each its type."""
    document = plan(
        cycle={"type": "cycle", "start": "2026-07-01", "end": "2026-09-30", "name": "Q"}
    )
    assert codec.dump(codec.load_document(document)) == document | {
        "data": {"objectives": [{
            "id": "grow", "title": "Grow", "cycle": document["data"]["objectives"][0]["cycle"]}]}
    }  # fmt: skip


def test_problems_keep_what_is_unknown_too() -> None:
    problem = {"kind": "refusal", "code": "empty", "path": "$", "value": None, "mark": 1}
    document = card([])
    document["data"]["problems"] = [problem]
    assert codec.dump(codec.load_document(document))["data"]["problems"] == [problem]


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object])
def test_what_is_kept_must_be_plain(value: Any) -> None:
    with pytest.raises(okr.DecodeError) as caught:
        codec.load_document(plan(mark=value))
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [
        ("not-plain", "$.data.objectives[0].mark")
    ]


# --- versions ----------------------------------------------------------------------------------


def test_older_versions_are_rewritten_step_by_step(monkeypatch: Any) -> None:
    """A toy: version 1 said `name`, version 2 `titel`, and version 3 says `title`."""

    def one(kind: str, data: Any) -> Any:
        assert kind == "outside"
        return {"id": data["id"], "titel": data["name"]}

    def two(_: str, data: Any) -> Any:
        return {"id": data["id"], "title": data["titel"]}

    monkeypatch.setattr(documents, "VERSION", 3)
    monkeypatch.setattr(documents, "UPCASTERS", MappingProxyType({1: one, 2: two}))
    old = {"okrcore": 1, "kind": "outside", "data": {"id": "co", "name": "Grow"}}
    kept = json.dumps(old)
    assert codec.load(old) == okr.Outside("co", title="Grow")
    assert codec.load_document(old).unknown == ()
    assert json.dumps(old) == kept
    assert codec.load(old | {"okrcore": 2, "data": {"id": "co", "titel": "Grow"}}) == okr.Outside(
        "co", title="Grow"
    )
    assert codec.dump(okr.Outside("co"))["okrcore"] == 3
    assert refusal(old | {"okrcore": 4}).endswith("got 4; known: 1 to 3 [unknown-version]")


# --- loading -----------------------------------------------------------------------------------


def test_importing_okrcore_loads_neither_json_nor_cattrs() -> None:
    script = (
        "import sys\n"
        "import okrcore as okr\n"
        "seen = [name for name in ('okrcore.codec', 'json', 'cattrs') if name in sys.modules]\n"
        "okr.codec.dump\n"
        "seen.append([name for name in ('json', 'cattrs') if name in sys.modules])\n"
        "okr.codec.dump(okr.Outside('co'))\n"
        "print(seen, 'cattrs' in sys.modules)\n"
    )
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(okr.__file__).parents[1])},
    )
    assert done.stdout == "[['json']] True\n"


def test_an_attribute_that_is_none_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="module 'okrcore' has no attribute 'kodec'"):
        okr.kodec  # type: ignore[attr-defined]  # noqa: B018


def test_without_cattrs_the_way_out_is_said(monkeypatch: Any) -> None:
    converting._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "okrcore.codec.hooks", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        codec.dump(okr.Outside("co"))
    assert caught.value.__notes__ == [
        "cattrs reads and writes documents: pip install 'okrcore[serde]'"
    ]
    monkeypatch.undo()
    assert codec.load(codec.dump(okr.Outside("co"))) == okr.Outside("co")

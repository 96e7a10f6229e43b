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
from okrcore.codec import conversion as converting
from okrcore.codec import documents
from unit.test_codec_refusals import KR, entry, plan_document, scorecard_document

DAY = date(2026, 8, 14)


def refusal(document: Any, **options: Any) -> str:
    with pytest.raises(okr.DecodeError) as caught:
        codec.load(document, **options)
    return str(caught.value)


def test_every_fault_of_a_document_is_said_at_once() -> None:
    document = plan_document(
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


def test_a_fault_of_the_library_is_no_fault_of_the_document(monkeypatch: Any) -> None:
    def fail(_: okr.Outside) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(okr.Outside, "__attrs_post_init__", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        codec.load({"okrcore": 1, "kind": "outside", "data": {"id": "co"}})


# --- scorecards --------------------------------------------------------------------------------


def test_a_fault_of_evaluation_that_names_no_item_is_one_of_the_plan(monkeypatch: Any) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise okr.InconsistentPlanError("weights-total", "Rulebook", 3.0)

    monkeypatch.setattr("okrcore.codec.document_faults.evaluate", refuse)
    assert refusal(scorecard_document([])) == (
        "$.data.plan: must add up to the total of the rulebook, got 3.0 [weights-total]"
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
        left_out=tuple(problems),
    )
    document = codec.dump(made)
    read = codec.load(document, okr.Scorecard)
    assert [str(problem) for problem in read.problems] == [str(problem) for problem in problems]
    assert [type(problem) for problem in read.problems] == [type(problem) for problem in problems]
    assert codec.dump(read) == document


def test_a_supposition_is_read_back() -> None:
    plan = okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Reach(10))])])
    made = okr.evaluate(plan, okr.Journal(), as_of=DAY).what_if({"k": 0.5})
    read = codec.load(codec.dump(made), okr.Scorecard)
    assert read == made
    assert read.objective("o").score == 0.5
    assert codec.report(made)["data"]["supposed"] == [["k", 0.5]]


# --- JSON text ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", '{"okrcore": ' + "9" * 5000 + "}"])
def test_a_text_that_python_cannot_read_is_no_json(text: str | bytes) -> None:
    with pytest.raises(okr.DecodeError) as caught:
        codec.from_json(text)
    assert [fault.code for fault in caught.value.faults] == ["not-json"]


def test_json_is_ascii_and_can_be_indented() -> None:
    assert codec.to_json(okr.Outside("co", title="Ångström")) == (
        '{"okrcore": 1, "kind": "outside", "data": {"id": "co", "title": "\\u00c5ngstr\\u00f6m"}}'
    )
    assert codec.to_json(okr.Outside("co"), indent=1).splitlines()[1] == ' "okrcore": 1,'
    assert codec.from_json(codec.to_json(okr.Outside("ü")).encode()) == okr.Outside("ü")


# --- traps -------------------------------------------------------------------------------------

COERCED: list[tuple[Any, str]] = [
    (
        plan_document(KR | {"title": None}),
        "key_results[0].title: must be a non-empty text, got None",
    ),
    (plan_document(KR | {"title": 5}), "key_results[0].title: must be a non-empty text, got 5"),
    (
        plan_document(KR | {"weight": "1"}),
        "key_results[0].weight: must be a finite number, got '1'",
    ),
    (
        plan_document(KR | {"weight": True}),
        "key_results[0].weight: must be a finite number, got True",
    ),
    (
        plan_document(KR | {"weight": 10**400}),
        "key_results[0].weight: must be a finite number, got 1000",
    ),
    (
        plan_document(KR | {"due": 20260701}),
        "key_results[0].due: must be a date without a time, got 2026",
    ),
    (
        plan_document(KR | {"due": DAY}),
        "key_results[0].due: must be a date without a time, got datetime",
    ),
    (
        plan_document(KR | {"measure": {"type": "evidence", "required": 3.0}}),
        "measure.required: must be a whole number, got 3.0",
    ),
    (plan_document(KR | {"profile": {"pay_link": 1}}), "pay_link: must be True or False, got 1"),
    (plan_document(KR | {"profile": {"tags": "abc"}}), "tags: must be a list or tuple, got 'abc'"),
    (entry(recorded=0), "recorded: must be a datetime with a time zone, got 0"),
]


@pytest.mark.parametrize(("document", "message"), COERCED)
def test_nothing_is_coerced(document: Any, message: str) -> None:
    assert message in refusal(document)


def test_a_whole_number_is_a_number_and_is_written_as_one() -> None:
    read = codec.load(
        plan_document(KR | {"measure": {"type": "increase", "baseline": 0, "target": 1}})
    )
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
    data = codec.dump(
        okr.CheckIn("k", DAY, okr.rulebook.Status.STALE, status=okr.rulebook.Status.ON_TRACK)
    )["data"]
    assert (type(data["status"]), data["status"]) == (str, "on track")
    assert (type(data["value"]), data["value"]) == (str, "stale")
    names = codec.dump(okr.CheckIn("k", DAY, {okr.rulebook.Status.STALE}))["data"]["value"]
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
    assert len({codec.load(plan_document(KR)), codec.load(plan_document(KR))}) == 1


# --- what is unknown ---------------------------------------------------------------------------


def test_an_unknown_field_can_be_ignored() -> None:
    document = plan_document(KR | {"colour": "red"}, seen=3) | {"saved": "today"}
    assert codec.load(document, unknown="ignore") == codec.load(plan_document(KR))


def test_an_unknown_measure_is_refused_whatever_is_asked() -> None:
    document = plan_document(KR | {"measure": {"type": "percent"}})
    assert "[unknown-type]" in refusal(document, unknown="ignore")
    with pytest.raises(okr.DecodeError, match="unknown-type"):
        codec.load_document(document)


def read_marked() -> codec.Document[okr.Plan]:
    """Return a plan with a mark in every sort of place."""
    steps = [[{"type": "below", "limit": 5, "mark": 1}, 1], [None, 0]]
    marked = plan_document(
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
    document = plan_document(
        cycle={"type": "cycle", "start": "2026-07-01", "end": "2026-09-30", "name": "Q"}
    )
    assert codec.dump(codec.load_document(document)) == document | {
        "data": {"objectives": [{
            "id": "grow", "title": "Grow", "cycle": document["data"]["objectives"][0]["cycle"]}]}
    }  # fmt: skip


def test_problems_keep_what_is_unknown_too() -> None:
    problem = {"kind": "refusal", "code": "empty", "path": "$", "value": None, "mark": 1}
    document = scorecard_document([])
    document["data"]["problems"] = [problem]
    assert codec.dump(codec.load_document(document))["data"]["problems"] == [problem]


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object])
def test_what_is_kept_must_be_plain(value: Any) -> None:
    with pytest.raises(okr.DecodeError) as caught:
        codec.load_document(plan_document(mark=value))
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


def test_without_cattrs_python_says_what_is_missing(monkeypatch: Any) -> None:
    converting._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "okrcore.codec.converter_hooks", None)
    with pytest.raises(ModuleNotFoundError, match=r"okrcore\.codec\.converter_hooks"):
        codec.dump(okr.Outside("co"))
    monkeypatch.undo()
    assert codec.load(codec.dump(okr.Outside("co"))) == okr.Outside("co")

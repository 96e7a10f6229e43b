"""What holds for every document.

- a document reads back as what it was, as data and as JSON text
- a document is plain data: exactly dicts, lists, texts, finite numbers, true, false and None
- writing what was read changes nothing
- every document is valid by its schema
- a scorecard reads back as what it was made of
- a report is plain data, valid by the schema, and says what the scorecard says
- any document at all is a value or one decode error, whose faults have paths and can be shown
- a value of another type is found at its place, and every one of several
- what is unknown is refused at its place, can be passed over, and can be kept
- what is kept stays with what it belongs to when the rest is changed
- tables read back as the plan, in whatever order their rows come
- a digest names what a plan says, and no two plans that say different things have one
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import codec, testing
from okrcore.codec.documents import KINDS
from okrcore.testing import records
from strategies import Quarter, quarters

SCHEMA = jsonschema.Draft202012Validator(
    codec.json_schema(), format_checker=jsonschema.FormatChecker()
)
plans = st.just(okr.Plan([])) | testing.plans() | testing.plans(max_objectives=3, wide=True)
journals = testing.plans(max_objectives=2).flatmap(partial(testing.journals, fitting=False))
rulebooks = testing.rulebooks(wide=True)
#: Everything that people make; scorecards are made of it.
written = st.one_of(
    plans,
    journals,
    rulebooks,
    journals.filter(lambda journal: journal.entries).flatmap(
        lambda journal: st.sampled_from(journal.entries)
    ),
    *[
        records(KINDS[name], most=5, wide=True)
        for name in KINDS
        if name not in ("plan", "journal", "rulebook", "scorecard")
    ],
)
cards = quarters(max_objectives=3).map(
    lambda quarter: Quarter(
        quarter.plan,
        quarter.journal.add(okr.CheckIn("nobody", quarter.day, 1)),
        quarter.day,
    ).evaluate(strict=False)
)
documents = st.one_of(written, cards).map(codec.dump)


# --- round trips -------------------------------------------------------------------------------


@given(written)
def test_a_document_reads_back_as_what_it_was(record: Any) -> None:
    assert codec.load(codec.dump(record), type(record)) == record
    assert codec.from_json(codec.to_json(record)) == record


@given(cards)
def test_a_scorecard_reads_back_as_what_it_was_made_of(card: okr.Scorecard) -> None:
    read = codec.from_json(codec.to_json(card), okr.Scorecard)
    assert attrs.evolve(read, left_out=()) == attrs.evolve(card, left_out=())
    assert [str(problem) for problem in read.problems] == [str(one) for one in card.problems]
    assert [type(problem) for problem in read.problems] == [type(one) for one in card.problems]


@given(cards)
def test_a_report_says_what_the_scorecard_says(card: okr.Scorecard) -> None:
    report = codec.report(card)
    SCHEMA.validate(report)
    must_be_plain(report)
    assert [found["id"] for found in report["data"]["objectives"]] == [one.id for one in card]
    for kind in ("objectives", "key_results", "guardrails", "metrics"):
        for found in report["data"][kind]:
            result = card[found["id"]]
            assert set(found) == {field.name for field in attrs.fields(type(result))}
            assert found["score"] == result.score
            assert found["status"] == result.status
            assert found["why"] == result.why
    assert len(report["data"]["problems"]) == len(card.problems)
    assert report["data"]["supposed"] == [list(pair) for pair in card.supposed]


def must_be_plain(document: Any) -> None:
    waiting = [document]
    while waiting:
        value = waiting.pop()
        assert type(value) in (dict, list, str, int, float, bool, type(None))
        if type(value) is dict:
            assert all(type(name) is str for name in value)
            waiting.extend(value.values())
        elif type(value) is list:
            waiting.extend(value)
    assert json.loads(json.dumps(document, allow_nan=False)) == document


@given(documents)
def test_a_document_is_plain_data(document: Any) -> None:
    must_be_plain(document)


@given(documents)
def test_writing_what_was_read_changes_nothing(document: Any) -> None:
    assert codec.dump(codec.load(document)) == document


@given(documents)
def test_every_document_is_valid_by_its_schema(document: Any) -> None:
    SCHEMA.validate(document)


# --- refusals ----------------------------------------------------------------------------------

#: Python values that no JSON holds, among JSON's own oddities.
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.just(10**400),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["1", "<script>alert(1)</script>", "\ud800", "2026-02-30", "increase", "co"]),
    st.sampled_from([b"bytes", {1}, (1, 2), object, 1j]),
)
junk = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "id", "a", "names", ""]), inner, max_size=3)
    ),
    max_leaves=6,
)


def key(name: str) -> str:
    """Return a name as a step of a path, in dots where it can be."""
    return f".{name}" if name.isidentifier() else '["' + name.replace('"', r"\"") + '"]'


def places(value: Any, path: str = "$") -> Iterator[tuple[Any, Any, str]]:
    """Yield every place in plain data: its container, its key there, and its path."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for step, member in list(members):
        where = f"{path}{key(step)}" if isinstance(step, str) else f"{path}[{step}]"
        yield value, step, where
        if isinstance(member, (dict, list)):
            yield from places(member, where)


@st.composite
def hostile(draw: st.DrawFn) -> Any:
    """Draw documents with something wrong in one to three places; some are still right."""
    document = deepcopy(draw(st.one_of(plans, journals, rulebooks).map(codec.dump) | documents))
    for _ in range(draw(st.integers(1, 3))):
        inside = list(places(document.get("data", {}), "$.data"))
        nth = draw(st.integers(0, 7))
        found = inside if inside and nth else list(places(document))
        if not found:
            break
        container, step, _ = draw(st.sampled_from(found))
        act = draw(st.sampled_from(_ACTS))
        if act == "replace":
            container[step] = draw(junk)
        elif act == "swap":
            other, there, _ = draw(st.sampled_from(found))
            container[step] = deepcopy(other[there])
        elif act == "drop":
            del container[step]
        elif act == "repeat" and isinstance(container, list):
            container.append(deepcopy(container[step]))
        elif act == "add" and isinstance(container, dict):
            container[draw(st.text(max_size=3) | st.just(3))] = draw(junk)
        elif act == "rename" and isinstance(container, dict):
            container[draw(st.sampled_from(_NAMES))] = container.pop(step)
        elif act == "bury":
            for _ in range(draw(st.integers(1, 60))):
                container[step] = [container[step]]
        elif act == "loop":
            container[step] = container
            break  # there is no end to walking through it
        if not isinstance(document.get("data", {}), (dict, list)):
            break
    return document


_ACTS = (
    "replace",
    "replace",
    "swap",
    "swap",
    "swap",
    "drop",
    "repeat",
    "add",
    "rename",
    "bury",
    "loop",
)
_NAMES = ("type", "id", "title", "colour", "weight", "to")


def outcome(read: Callable[[Any], Any], data: Any) -> Any:
    """Return the value or the one error; anything else that is raised fails the test."""
    try:
        return read(data)
    except okr.DecodeError as error:
        return error


def must_say_what_is_wrong(error: okr.DecodeError) -> None:
    assert error.faults
    assert all(fault.path.startswith("$") for fault in error.faults)
    assert len(str(error).splitlines()) >= len(error.faults)
    json.dumps(error.as_dict(), allow_nan=False)


def must_be_a_value_or_one_error(document: Any) -> None:
    ways: list[Callable[[Any], Any]] = [
        codec.load,
        lambda data: codec.load(data, unknown="ignore"),
        codec.load_document,
    ]
    for read in ways:
        found = outcome(read, document)
        if isinstance(found, okr.DecodeError):
            must_say_what_is_wrong(found)
        else:
            again = codec.load_document(codec.dump(found))
            assert set(again.unknown) == set(getattr(found, "unknown", ()))


@given(hostile())
def test_any_document_is_a_value_or_one_decode_error(document: Any) -> None:
    must_be_a_value_or_one_error(document)


@given(junk)
def test_anything_else_is_one_decode_error(anything: Any) -> None:
    must_be_a_value_or_one_error(anything)


@pytest.mark.long
@settings(
    max_examples=examples(gate=10_000, explore=10_000), suppress_health_check=list(HealthCheck)
)
@given(hostile())
def test_ten_thousand_documents_are_values_or_one_decode_error(document: Any) -> None:
    must_be_a_value_or_one_error(document)


@given(st.text() | st.binary() | documents.map(json.dumps).flatmap(
    lambda text: st.integers(0, len(text)).map(lambda at: text[:at])
))  # fmt: skip
def test_any_text_is_a_value_or_one_decode_error(text: str | bytes) -> None:
    found = outcome(codec.from_json, text)
    if isinstance(found, okr.DecodeError):
        must_say_what_is_wrong(found)


@given(documents, st.data())
def test_a_value_of_another_type_is_found_at_its_place(document: Any, data: st.DataObject) -> None:
    document = deepcopy(document)
    leaves = [
        (container, step, path)
        for container, step, path in places(document["data"], "$.data")
        if not isinstance(container[step], (dict, list)) and step != "type"
    ]
    chosen = data.draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=3)) if leaves else []
    for container, step, _ in chosen:
        container[step] = []  # no scalar is a list, and no union has both
    if chosen:
        with pytest.raises(okr.DecodeError) as caught:
            codec.load(document)
        assert {path for *_, path in chosen} <= {fault.path for fault in caught.value.faults}


# --- what is unknown ---------------------------------------------------------------------------


@st.composite
def newer(draw: st.DrawFn) -> tuple[Any, Any, set[str]]:
    """Draw a document, the same with fields of a later version in it, and their paths."""
    older = draw(documents)
    document = deepcopy(older)
    objects = [(document, "$")]
    objects += [
        (container[step], path)
        for container, step, path in places(document)
        if isinstance(container[step], dict)
    ]
    added = set()
    for holder, path in draw(st.lists(st.sampled_from(objects), min_size=1, max_size=4)):
        name = draw(st.sampled_from(["colour", "in later years", "Ångström"]))
        holder[name] = draw(st.sampled_from(["red", 5, None, {"deep": [1, {"er": True}]}]))
        added.add(path + key(name))
    return older, document, added


@given(newer())
def test_what_is_unknown_is_refused_at_its_place(made: tuple[Any, Any, set[str]]) -> None:
    _, document, added = made
    with pytest.raises(okr.DecodeError) as caught:
        codec.load(document)
    assert {fault.path for fault in caught.value.faults} == added
    assert {fault.code for fault in caught.value.faults} == {"unknown-field"}


@given(newer())
def test_what_is_unknown_can_be_passed_over(made: tuple[Any, Any, set[str]]) -> None:
    older, document, _ = made
    assert codec.dump(codec.load(document, unknown="ignore")) == older


@given(newer())
def test_what_is_unknown_is_kept(made: tuple[Any, Any, set[str]]) -> None:
    _, document, added = made
    read = codec.load_document(document)
    assert {kept.path for kept in read.unknown} == added
    assert codec.dump(read) == document


@given(plans, st.data())
def test_what_is_kept_stays_with_what_it_belongs_to(plan: okr.Plan, data: st.DataObject) -> None:
    document = codec.dump(plan)
    marked = deepcopy(document)
    for objective in marked["data"]["objectives"]:
        objective["mark"] = objective["id"]
        for kr in objective.get("key_results", []):
            if "id" in kr:
                kr["measure"]["mark"] = kr["id"]
    read = codec.load_document(marked, okr.Plan)
    order = data.draw(st.permutations(plan.objectives))
    changed = attrs.evolve(plan, objectives=order).put(okr.Objective("new", "A new one"))
    for objective in codec.dump(attrs.evolve(read, value=changed))["data"]["objectives"]:
        assert objective.pop("mark", "new") == objective["id"]
        for kr in objective.get("key_results", []):
            if "id" in kr:
                assert kr["measure"].pop("mark") == kr["id"]


# --- tables ------------------------------------------------------------------------------------


@given(plans, st.randoms(use_true_random=False))
def test_tables_read_back_as_the_plan(plan: okr.Plan, random: Any) -> None:
    tables = codec.to_tables(plan)
    for rows in tables.values():
        random.shuffle(rows)
    assert codec.from_tables(json.loads(json.dumps(tables, allow_nan=False))) == plan


@given(plans)
def test_every_row_of_a_table_has_every_column(plan: okr.Plan) -> None:
    for rows in codec.to_tables(plan).values():
        assert len({tuple(row) for row in rows}) <= 1


@st.composite
def hostile_tables(draw: st.DrawFn) -> Any:
    """Draw tables with something wrong in one to three places."""
    tables: Any = deepcopy(codec.to_tables(draw(plans)))
    for _ in range(draw(st.integers(1, 3))):
        container, step, _ = draw(st.sampled_from(list(places(tables))))
        if draw(st.booleans()):
            container[step] = draw(junk)
        elif isinstance(container, dict):
            container[draw(st.sampled_from(["type", "key_results", "objective", "x", 3]))] = draw(
                junk
            )
    return tables


@given(hostile_tables() | junk)
def test_any_tables_are_a_plan_or_one_decode_error(tables: Any) -> None:
    ways: list[Callable[[Any], Any]] = [
        codec.from_tables,
        lambda data: codec.from_tables(data, unknown="ignore"),
    ]
    for read in ways:
        found = outcome(read, tables)
        if isinstance(found, okr.DecodeError):
            must_say_what_is_wrong(found)
        else:
            assert isinstance(found, okr.Plan)


# --- digests -----------------------------------------------------------------------------------


@given(plans, plans)
def test_a_digest_names_what_a_plan_says(one: okr.Plan, other: okr.Plan) -> None:
    same = codec.dump(one) == codec.dump(other)
    assert (one.digest == other.digest) == same
    assert codec.from_json(codec.to_json(one), okr.Plan).digest == one.digest
    assert attrs.evolve(one).digest == one.digest

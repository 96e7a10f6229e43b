"""Values of an adjustment: what `sets`, `adds` and `removes` take, in which form they are kept, what is refused."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore import codec
from okrcore.codec.type_hints import hints_of_sets
from okrcore.journal import Entry
from okrcore.journal.adjustment import SETTABLE

DAY = date(2026, 8, 14)


def adjustment(**more: Any) -> okr.Adjustment:
    return okr.Adjustment("k", DAY, because="x", **more)


def test_values_are_those_of_the_fields_and_sorted_by_name() -> None:
    given = {
        "weight": 2,
        "timing.waypoints": [okr.Waypoint(date(2026, 8, 1), 5)],
        "owner": "Ana Ruiz",
        "method": None,
        "supports": ["co"],
        "unit": "USD",
    }
    found = adjustment(sets=given)
    assert found.sets == (
        ("method", None),
        ("owner", okr.Person("Ana Ruiz")),
        ("supports", (okr.Alignment("co"),)),
        ("timing.waypoints", (okr.Waypoint(date(2026, 8, 1), 5),)),
        ("unit", okr.Unit("USD")),
        ("weight", 2.0),
    )
    assert adjustment(sets=list(given.items())[::-1]) == found
    assert pickle.loads(pickle.dumps(found)) == evolve(found) == found  # noqa: S301
    assert hash(evolve(found)) == hash(found)


def test_a_flag_is_not_the_number_1() -> None:
    flag, number = (adjustment(sets={"profile.attributes": {"done": x}}) for x in (True, 1))
    assert flag != number


class Day(date):
    """A date of another class."""


def test_a_value_of_another_class_is_kept_as_a_plain_one() -> None:
    [(_, due)] = adjustment(sets={"due": Day(2026, 9, 1)}).sets
    assert type(due) is date


def test_every_field_of_every_kind_of_record_has_a_hint() -> None:
    assert list(hints_of_sets()) == list(SETTABLE)
    assert set(SETTABLE) & {"id", "key_results", "guardrails", "initiatives"} == set()


REFUSED = {
    "a value of another type": (
        {"weight": "3"},
        "Adjustment.sets['weight']: must be a finite number, got '3' [not-a-number]",
    ),
    "a moment for a day": (
        {"due": datetime(2026, 9, 1)},  # noqa: DTZ001
        "Adjustment.sets['due']: must be a date without a time, got datetime.datetime(2026, 9, 1,"
        " 0, 0); use its .date() [not-a-date]",
    ),
    "a member of another type": (
        {"supports": ["co", 3]},
        "Adjustment.sets['supports'][1]: must have the right type, got 3; give an Alignment"
        " [wrong-type]",
    ),
    "a value that has no hash": (
        {"profile": []},
        "Adjustment.sets['profile']: must have the right type, got []; give an ObjectiveProfile"
        " [wrong-type]",
    ),
    "a list without names": (
        ["weight"],
        "Adjustment.sets: must have the right type, got ['weight']; give a dict, such as"
        ' {"method": "health"} [wrong-type]',
    ),
    "a name that is no text": (
        [([], 1)],
        "Adjustment.sets: must be a known field, got [] [unknown-field]",
    ),
    "an unknown name": (
        {"wieght": 2},
        "Adjustment.sets: must be a known field, got 'wieght'; did you mean 'weight'?"
        " [unknown-field]",
    ),
    "an id": (
        {"id": "other"},
        "Adjustment.sets: must be a known field, got 'id'; an id stays [unknown-field]",
    ),
    "members": (
        {"key_results": []},
        "Adjustment.sets: must be a known field, got 'key_results'; use adds and removes"
        " [unknown-field]",
    ),
    "a name twice": (
        [("method", "a"), ("method", "b")],
        "Adjustment.sets: must be used only once, got 'method'; give each field once"
        " [duplicate-id]",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_values_are_refused(name: str) -> None:
    sets, message = REFUSED[name]
    with pytest.raises(okr.InvalidValueError) as caught:
        adjustment(sets=sets)
    assert str(caught.value) == message


def test_a_field_is_given_once() -> None:
    with pytest.raises(okr.InvalidValueError, match="give each field once"):
        adjustment(weight=2, sets={"weight": 3})


# --- documents ---------------------------------------------------------------------------------


def test_values_by_name_are_an_object_and_records_that_join_have_a_type() -> None:
    entry = adjustment(
        sets={"due": None, "timing.observable_from": DAY},
        adds=[okr.KeyResultRef("a"), okr.Outside("b")],
        removes=["c"],
    )
    document = codec.dump(entry)
    assert document["data"]["sets"] == {"due": None, "timing.observable_from": "2026-08-14"}
    assert document["data"]["adds"] == [
        {"type": "key_result_ref", "to": "a"},
        {"type": "outside", "id": "b"},
    ]
    assert codec.load(document) == entry


def test_unknown_names_can_be_ignored_and_are_kept_with_the_others() -> None:
    document = codec.dump(okr.Journal([adjustment(sets={"unit": "USD"})]))
    sets = document["data"]["entries"][0]["sets"]
    sets["colour"] = "red"
    sets["unit"]["symbol"] = "$"
    with pytest.raises(okr.DecodeError, match=r"entries\[0\].sets.colour"):
        codec.load(document)
    assert codec.load(document, unknown="ignore") == okr.Journal([adjustment(sets={"unit": "USD"})])
    kept = codec.load_document(document, okr.Journal)
    assert [each.path for each in kept.unknown] == [
        "$.data.entries[0].sets.unit.symbol",
        "$.data.entries[0].sets.colour",
    ]
    assert codec.dump(kept) == document


def test_an_unknown_name_alone_is_kept_in_an_adjustment_without_values() -> None:
    document = codec.dump(adjustment())
    document["data"]["sets"] = {"colour": "red"}
    read = codec.load_document(document, okr.Adjustment)
    assert read.value == adjustment()
    assert codec.dump(read) == document
    assert codec.dump(evolve(read, value=adjustment(weight=2)))["data"]["sets"] == {"colour": "red"}


def test_a_field_of_a_value_goes_with_the_value() -> None:
    document = codec.dump(adjustment(sets={"unit": "USD"}))
    document["data"]["sets"]["unit"]["symbol"] = "$"
    read = codec.load_document(document, okr.Adjustment)
    assert codec.dump(evolve(read, value=adjustment())) == codec.dump(adjustment())


# --- records -----------------------------------------------------------------------------------


def test_the_changes_of_an_adjustment_are_one_text_in_its_record() -> None:
    entries: list[Entry] = [
        adjustment(),
        adjustment(weight=2, sets={"due": DAY, "method": None}, removes=["a"]),
        okr.CheckIn("k", DAY, 1),
    ]
    assert [record["changes"] for record in okr.to_records(okr.Journal(entries))] == [
        None,
        '{"weight":2.0,"sets":{"due":"2026-08-14","method":null},"removes":["a"]}',
        None,
    ]


def test_differences_of_plans_have_records() -> None:
    def plan(title: str, target: float) -> okr.Plan:
        kr = okr.KeyResult("k", title, okr.Reach(target))
        return okr.Plan([okr.Objective("o", "O", key_results=[kr])])

    found = okr.diff(plan("A", 10), plan("B", 12))
    assert [tuple(record.values()) for record in okr.to_records(found)] == [
        ("k", "title", '"A"', '"B"', False),
        (
            "k",
            "measure",
            '{"target":10.0,"type":"reach"}',
            '{"target":12.0,"type":"reach"}',
            True,
        ),
    ]
    with pytest.raises(okr.InvalidValueError, match=r"x\[2\]"):
        okr.to_records([*found, 5])  # type: ignore[arg-type]

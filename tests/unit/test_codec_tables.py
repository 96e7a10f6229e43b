"""Tables: a plan as rows, and what is refused of rows, with the table, the row and the column."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import okrcore as okr
from okrcore import codec
from okrcore.codec.tables import TABLES

PLAN = okr.Plan(
    [
        okr.Objective(
            "grow",
            "Grow",
            key_results=[
                okr.KeyResult("arpa", "Revenue", okr.Increase(112, 128), weight=2),
                okr.KeyResultRef("nps-up"),
                okr.KeyResult("conv", "Conversion", okr.Increase(3.1, 3.8), metric="rate"),
            ],
            guardrails=[okr.Guardrail("tickets", "Tickets", okr.AtMost(85))],
            supports=["co"],
        ),
        okr.Objective("love", "Love", key_results=[okr.KeyResult("nps-up", "NPS", okr.Judged())]),
    ],
    metrics=[okr.Metric("rate", "Rate")],
    outside=[okr.Outside("co")],
)


def test_each_kind_has_its_table() -> None:
    tables = codec.to_tables(PLAN)
    assert {name: len(rows) for name, rows in tables.items()} == {
        "objectives": 2,
        "key_results": 3,
        "key_result_refs": 1,
        "guardrails": 1,
        "initiatives": 0,
        "alignments": 1,
        "metrics": 1,
        "outside": 1,
    }
    assert [(row["objective"], row["position"], row["id"]) for row in tables["key_results"]] == [
        ("grow", 0, "arpa"),
        ("grow", 2, "conv"),
        ("love", 0, "nps-up"),
    ]
    assert tables["key_result_refs"] == [
        {"objective": "grow", "position": 1, "to": "nps-up", "weight": 1.0}
    ]
    assert tables["alignments"] == [
        {"objective": "grow", "position": 0, "to": "co", "contribution": "", "weight": 1.0}
    ]
    assert tables["outside"] == [{"position": 0, "id": "co", "title": ""}]


def test_no_field_has_the_name_of_a_place() -> None:
    for kind, _ in TABLES.values():
        assert {"objective", "position"}.isdisjoint(field.name for field in attrs.fields(kind))


def test_a_table_that_is_left_out_is_empty() -> None:
    assert codec.from_tables({}) == okr.Plan([])


def objective(**more: Any) -> dict[str, Any]:
    return {"id": "grow", "title": "Grow", "position": 0} | more


def key_result(**more: Any) -> dict[str, Any]:
    return {
        "objective": "grow",
        "position": 0,
        "id": "arpa",
        "title": "Revenue",
        "measure": {"type": "judged"},
    } | more


CIRCLE: dict[str, Any] = {}
CIRCLE["objectives"] = [CIRCLE]

REFUSALS: dict[str, tuple[Any, str]] = {
    "no tables": ([], "$: must be an object, got [] [not-an-object]"),
    "tables without an end": (
        CIRCLE,
        f"${'.objectives[0]' * 25}: must not be nested deeper than 50 levels, got 'dict' [too-deep]",
    ),
    "an unknown table": (
        {"keyresults": []},
        "$.keyresults: must be a field that is known here, got []; did you mean 'key_results'?"
        " [unknown-field]",
    ),
    "a table of another name": (
        {"x y": []},
        '$["x y"]: must be a field that is known here, got []; known: objectives, key_results,'
        " key_result_refs, guardrails, initiatives, alignments, metrics, outside [unknown-field]",
    ),
    "no rows": ({"metrics": {}}, "$.metrics: must be a list or tuple, got {} [not-a-sequence]"),
    "no row": ({"metrics": [5]}, "$.metrics[0]: must be an object, got 5 [not-an-object]"),
    "no position": (
        {"outside": [{"id": "co", "position": "0"}]},
        "$.outside[0].position: must be a whole number, got '0' [not-whole]",
    ),
    "an objective that is not there": (
        {"objectives": [objective()], "key_results": [key_result(objective="grwo")]},
        "$.key_results[0].objective: must name something in the plan, got 'grwo'; did you mean"
        " 'grow'? [unknown-id]",
    ),
    "no objective": (
        {"alignments": [{"to": "co", "position": 0}]},
        "$.alignments[0].objective: must name something in the plan, got None; name an objective"
        " [unknown-id]",
    ),
    "an objective for a metric": (
        {"metrics": [{"id": "m", "title": "M", "position": 0, "objective": "grow"}]},
        "$.metrics[0].objective: must be a field that is known here, got 'grow'; known: id,"
        " title, reads, health, unit, owner, definition, check_in_days [unknown-field]",
    ),
    "rows within a row": (
        {"objectives": [objective(key_results=[])]},
        "$.objectives[0].key_results: must be a field that is known here, got [] [unknown-field]",
    ),
    "a type in a table of one": (
        {"objectives": [objective()], "key_results": [key_result(type="key_result_ref")]},
        "$.key_results[0].type: must be a field that is known here, got 'key_result_ref'"
        " [unknown-field]",
    ),
    "what a row's record refuses, where the row is": (
        {
            "objectives": [objective(id="b", position=1), objective(position=0)],
            "key_results": [key_result(weight=-1, position=9), key_result(id="k", title="")],
            "metrics": [5],
        },
        "$.metrics[0]: must be an object, got 5 [not-an-object]\n"
        "$.key_results[1].title: must be a non-empty text, got '' [not-text]\n"
        "$.key_results[0].weight: must be >= 0, got -1.0 [weight-negative]",
    ),
    "an objective twice": (
        {"objectives": [objective(), objective()], "key_results": [key_result()]},
        "$.objectives[1].id: must be used once in a plan, got 'grow'; an objective already has it"
        " [duplicate-id]",
    ),
    "a row without an id": (
        {"objectives": [{"title": "A", "position": 0}]},
        "$.objectives[0].id: must be given, got {'title': 'A'} [missing-field]",
    ),
    "an alignment to nothing": (
        {
            "objectives": [objective()],
            "alignments": [{"objective": "grow", "position": 0, "to": "co"}],
        },
        "$.alignments[0]: must name something in the plan, got 'co' [unknown-id]",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_names_the_table_the_row_and_the_column(case: str) -> None:
    tables, message = REFUSALS[case]
    with pytest.raises(okr.DecodeError) as caught:
        codec.from_tables(tables)
    assert str(caught.value) == message


def test_unknown_tables_and_columns_can_be_ignored() -> None:
    tables: dict[str, Any] = codec.to_tables(PLAN)
    tables["audit"] = [{"who": "Ana"}]
    for rows in tables.values():
        for row in rows:
            row["created_at"] = "2026-08-14"
    tables["objectives"][0]["key_results"] = "see the other table"
    tables["key_results"][0]["type"] = "key_result_ref"
    assert codec.from_tables(tables, unknown="ignore") == PLAN


def test_what_is_no_plan_has_no_tables() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"to_tables\.plan"):
        codec.to_tables(okr.Journal())  # type: ignore[arg-type]

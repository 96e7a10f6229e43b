"""Tables: a plan as rows. What is refused of them stands with the other refusals of the codec."""

from __future__ import annotations

from typing import Any

import attrs

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
        "priorities": 0,
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
    assert tables["outside"] == [{"position": 0, "id": "co", "title": "", "attributes": []}]


def test_no_field_has_the_name_of_a_place() -> None:
    for kind, _ in TABLES.values():
        assert {"objective", "position"}.isdisjoint(field.name for field in attrs.fields(kind))


def test_a_table_that_is_left_out_is_empty() -> None:
    assert codec.from_tables({}) == okr.Plan([])


def test_unknown_tables_and_columns_can_be_ignored() -> None:
    tables: dict[str, Any] = codec.to_tables(PLAN)
    tables["audit"] = [{"who": "Ana"}]
    for rows in tables.values():
        for row in rows:
            row["created_at"] = "2026-08-14"
    tables["objectives"][0]["key_results"] = "see the other table"
    tables["key_results"][0]["type"] = "key_result_ref"
    assert codec.from_tables(tables, unknown="ignore") == PLAN

"""Rows that repeat, add to or differ from the history of one key result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

import okrcore as okr

ROW = {"goal": "Grow", "kr": "NPS", "target": 40}


def read_august(*rows: Mapping[str, Any]) -> okr.codec.ImportResult:
    return okr.read_rows([{**ROW, "date": "2026-08-01", **row} for row in rows])


def repeated(loaded: okr.codec.ImportResult) -> list[int]:
    return [problem.row for problem in loaded.problems if problem.code == "repeated-row"]


@pytest.mark.parametrize(
    ("first", "second", "is_repeated"),
    [
        pytest.param({"value": 30}, {"value": 30}, True, id="the same"),
        pytest.param({"value": 30}, {"value": 30.0}, True, id="a whole number of a data frame"),
        pytest.param({"value": "30"}, {"value": 30}, True, id="the same as a text"),
        pytest.param(
            {"value": 30, "note": "a  b"}, {"value": 30, "note": "a b "}, True, id="space"
        ),
        pytest.param({"value": 30, "kr": "nps"}, {"value": 30}, True, id="another spelling"),
        pytest.param({"value": 30}, {"value": 31}, False, id="another value"),
        pytest.param({"value": 30}, {"value": 30, "note": "n"}, False, id="a note more"),
        pytest.param({"value": 30}, {"value": 30, "date": "2026-08-02"}, False, id="another day"),
        pytest.param({"value": 30}, {"confidence": "30%"}, False, id="another column"),
        pytest.param({}, {}, True, id="nothing read"),
    ],
)
def test_a_row_that_says_what_an_earlier_one_did_is_repeated(
    first: Mapping[str, Any], second: Mapping[str, Any], is_repeated: bool
) -> None:
    assert repeated(read_august(first, second)) == ([2] if is_repeated else [])
    # One in between does not hide it.
    assert repeated(read_august(first, {"value": 99}, second)) == ([3] if is_repeated else [])


class Odd:
    """A cell whose comparison has no answer, like an array, and that has no hash."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ValueError("the truth value is ambiguous")

    def __str__(self) -> str:
        return "30"


def test_cells_are_compared_by_their_words() -> None:
    loaded = read_august({"value": Odd()}, {"value": Odd()}, {"value": 30})
    assert repeated(loaded) == [2, 3]


def test_a_long_history_is_read_whole() -> None:
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(500)]
    rows = [{"value": n % 7, "date": day.isoformat()} for n, day in enumerate(days)]
    loaded = read_august(*rows, *rows[:3])
    assert [(entry.on, entry.value) for entry in loaded.journal.entries] == [  # type: ignore[union-attr]
        (day, n % 7) for n, day in enumerate(days)
    ]
    assert repeated(loaded) == [501, 502, 503]

"""Data frames in and out: what stands for nothing in them, and records in pandas, polars and pyarrow.

The three libraries are far larger than this one, so the suite does not ask for them: `nox -s frames` installs
them and runs these tests. What they do that matters here is proved without them, too.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr

DATA = Path(__file__).parents[1] / "data" / "last_quarter.csv"
Q3 = okr.FiscalCalendar().quarter(2026, 3)
DAY = date(2026, 8, 14)
REASON = "too large to be asked of everybody: nox -s frames"


def last_quarter() -> list[dict[str, Any]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LOADED = okr.read_rows(last_quarter(), cycle=Q3)
CARD = okr.evaluate(LOADED.plan, LOADED.journal, as_of=Q3.end)
TABLES = {
    "plan": okr.to_records(LOADED.plan),
    "journal": okr.to_records(LOADED.journal),
    "scorecard": okr.to_records(CARD),
    "series": okr.to_records(okr.evaluate_series(LOADED.plan, LOADED.journal, [DAY, Q3.end])),
}
each_table = pytest.mark.parametrize("name", TABLES)


class NotATime:
    """As pandas' NaT: it differs from itself, and it is no number."""

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return "NaT"


class NotKnown:
    """As pandas' NA: whether it equals anything is not known."""

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError


class Timestamp(datetime):
    """As pandas' Timestamp: a day is a datetime of midnight."""


NOTHING = [None, float("nan"), NotATime(), NotKnown()]


@pytest.mark.parametrize("nothing", NOTHING)
def test_what_stands_for_nothing_is_missing(nothing: Any) -> None:
    headings = ("Goal", "Owner", "KR", "Target", "Date", "Current", "Score", "Weight", "Status")
    row = dict.fromkeys(headings, nothing)
    first = {"Goal": "Grow", "KR": "NPS", "Target": 40.0, "Date": Timestamp(2026, 8, 14)}
    loaded = okr.read_rows([{**row, **first, "Current": 3.0}, row])
    assert loaded.problems == ()
    assert loaded.plan == okr.Plan(
        [
            okr.Objective(
                "grow", "Grow", key_results=[okr.KeyResult("grow-nps", "NPS", okr.Reach(40))]
            )
        ]
    )
    assert loaded.journal == okr.Journal([okr.CheckIn("grow-nps", DAY, 3)])


def test_cells_behind_the_last_column_are_noted_if_they_hold_something() -> None:
    rows: list[Any] = [{"Goal": "Grow", None: ["", " "]}, {"Goal": "Help", float("nan"): "more"}]
    loaded = okr.read_rows(rows)
    assert [str(problem) for problem in loaded.problems] == [
        "row 2 (line 3): 'more' is not read: its column has no heading"
    ]


def test_whole_numbers_that_a_frame_made_floats_of_name_what_they_named() -> None:
    loaded = okr.read_rows([{"Goal": "Grow", "Goal id": 7.0}, {"Goal": "Help", "Parent": 7.0}])
    assert [o.id for o in loaded.plan.objectives] == ["o-7", "help"]
    assert loaded.plan.objective("help").supports == (okr.Alignment("o-7"),)


# --- pandas --------------------------------------------------------------------------------------


def test_a_frame_of_pandas_says_what_its_file_says() -> None:
    pandas = pytest.importorskip("pandas", reason=REASON)
    frame = pandas.DataFrame(last_quarter())
    assert okr.read_rows(frame.to_dict("records"), cycle=Q3) == LOADED


def test_a_frame_of_pandas_with_types_of_its_own() -> None:
    pandas = pytest.importorskip("pandas", reason=REASON)
    frame = pandas.DataFrame(
        {
            "Goal": ["Grow", None],
            "KR": ["NPS", "Churn"],
            "Target": [40, float("nan")],
            "Date": pandas.to_datetime(["2026-08-14", None]),
            "Score": [None, 0.5],
            "Current": pandas.array([3, None], dtype="Int64"),
        }
    )
    loaded = okr.read_rows(frame.to_dict("records"), on=DAY)
    assert loaded.problems == ()
    assert [kr.measure for kr in loaded.plan.objectives[0].own_key_results] == [
        okr.Reach(40),
        okr.Judged(),
    ]
    assert loaded.journal == okr.Journal(
        [okr.CheckIn("grow-nps", DAY, 3), okr.CheckIn("grow-churn", DAY, 0.5)]
    )


@each_table
def test_pandas_takes_records(name: str) -> None:
    pandas = pytest.importorskip("pandas", reason=REASON)
    records = TABLES[name]
    frame = pandas.DataFrame.from_records(records)
    assert list(frame.columns) == list(records[0])
    again = [
        {column: None if pandas.isna(cell) else cell for column, cell in row.items()}
        for row in frame.to_dict("records")
    ]
    assert again == records


# --- polars and pyarrow --------------------------------------------------------------------------


@each_table
def test_polars_takes_records(name: str) -> None:
    polars = pytest.importorskip("polars", reason=REASON)
    frame = polars.DataFrame(TABLES[name], infer_schema_length=None)
    assert frame.to_dicts() == TABLES[name]


@each_table
def test_pyarrow_takes_records(name: str) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason=REASON)
    assert pyarrow.Table.from_pylist(TABLES[name]).to_pylist() == TABLES[name]

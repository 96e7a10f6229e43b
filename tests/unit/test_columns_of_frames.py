"""Columns of numpy, pandas, polars and pyarrow: they are taken as they are, where these are installed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore import codec

REASON = "too large to be asked of everybody: nox -s frames"
IDS, DAYS = ["a", "b", "a"], [date(2026, 8, 14), date(2026, 8, 14), date(2026, 8, 7)]
NUMBERS = [5.0, 60.0, 4.0]
JOURNAL = okr.Journal.from_columns(IDS, DAYS, NUMBERS)
SCORES = codec.score_columns(
    objectives=[1, 2],
    objective_of=[1, 2, 2],
    baselines=[0, 100, None],
    targets=[10, 50, 3],
    values=[5, None, 1],
)


def scores_of(column: Any) -> codec.ColumnScores:
    """Score columns that are each made by a library."""
    return codec.score_columns(
        objectives=column([1, 2]),
        objective_of=column([1, 2, 2]),
        baselines=column([0.0, 100.0, None]),
        targets=column([10, 50, 3]),
        values=column([5.0, None, 1.0]),
    )


def test_pandas() -> None:
    pd = pytest.importorskip("pandas", reason=REASON)
    days = pd.Series(pd.to_datetime(DAYS))
    journal = okr.Journal.from_columns(pd.Series(IDS), days.dt.date, pd.Series(NUMBERS))
    assert journal == JOURNAL
    with pytest.raises(okr.InvalidValueError, match=r"Journal\.on\[0\].*use its \.date\(\)"):
        okr.Journal.from_columns(pd.Series(IDS), days, pd.Series(NUMBERS))
    assert scores_of(pd.Series) == SCORES
    frame = pd.DataFrame({"score": SCORES.key_result_scores})
    assert str(frame["score"].dtype) == "float64"


def test_numpy() -> None:
    np = pytest.importorskip("numpy", reason=REASON)
    journal = okr.Journal.from_columns(np.array(IDS), DAYS, np.array(NUMBERS, dtype="float32"))
    assert journal == JOURNAL
    assert {type(entry.of) for entry in journal.in_force} == {str}
    assert (
        scores_of(lambda values: np.array([np.nan if v is None else v for v in values])) == SCORES
    )


def test_polars() -> None:
    pl = pytest.importorskip("polars", reason=REASON)
    assert okr.Journal.from_columns(*map(pl.Series, (IDS, DAYS, NUMBERS))) == JOURNAL
    assert scores_of(pl.Series) == SCORES
    assert pl.Series(SCORES.objective_coverage).dtype == pl.Float64


def test_pyarrow() -> None:
    pa = pytest.importorskip("pyarrow", reason=REASON)
    columns = [pa.array(each).to_pylist() for each in (IDS, DAYS, NUMBERS)]
    assert okr.Journal.from_columns(*columns) == JOURNAL
    assert scores_of(lambda values: pa.array(values).to_pylist()) == SCORES


def test_records_have_both_limits_and_changes_as_json() -> None:
    key_result = okr.KeyResult("k", "K", okr.Between(72, 78))
    plan = okr.Plan([okr.Objective("o", "O", key_results=[key_result])])
    (row,) = [row for row in okr.to_records(plan) if row["id"] == "k"]
    assert (row["at_least"], row["at_most"]) == (72.0, 78.0)
    (change,) = okr.to_records(okr.diff(plan, plan.put(evolve(key_result, weight=2))))
    assert (change["field"], change["before"], change["after"]) == ("weight", "1.0", "2.0")

"""What goes wrong with numbers, cells, rows and text, and the one clear answer to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import okrcore
import okrcore.codec
from okrcore.codec.exchange.cells import Cell, as_day, as_quantity, as_share

# What is refused here, types forbid too.
okr: Any = okrcore
codec: Any = okrcore.codec

REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    # numbers
    "too many meanings": (
        lambda: okr.plan.parse_number("5m"),
        "parse_number.text: must be a number as people write it, got '5m'; 'm' has several meanings: write 5M, 5 million or 5 minutes [unreadable-number]",
    ),
    "a rest": (
        lambda: okr.plan.parse_number("5 to 9"),
        "parse_number.text: must be a number as people write it, got '5 to 9'; 5 is understood, 'to 9' is not [unreadable-number]",
    ),
    "another decimal": (
        lambda: okr.plan.parse_number("1.234,5"),
        "parse_number.text: must be a number as people write it, got '1.234,5'; write it as 1,234.5, or give decimal=',' [unreadable-number]",
    ),
    "no number": (
        lambda: okr.plan.parse_number("lots"),
        "parse_number.text: must be a number as people write it, got 'lots'; write it as 1,234.5, $12M, 3.8%, 2:37 or nine [unreadable-number]",
    ),
    "no text": (
        lambda: okr.plan.parse_number(" "),
        "parse_number.text: must be a non-empty text, got ' ' [not-text]",
    ),
    "too long": (
        lambda: okr.plan.parse_number("9" * 201),
        "parse_number.text: must be a number as people write it, got '9999999999999999999999999999999999999...99999999999999999999999999999999999999'; write at most 200 characters [unreadable-number]",
    ),
    "minutes beyond the hour": (
        lambda: okr.plan.parse_number("1:75:00"),
        "parse_number.text: must be a number as people write it, got '1:75:00'; after hours, minutes run from 00 to 59 [unreadable-number]",
    ),
    "two signs": (
        lambda: okr.plan.parse_number("-$-5"),
        "parse_number.text: must be a number as people write it, got '-$-5'; write one sign [unreadable-number]",
    ),
    "too large": (
        lambda: okr.plan.parse_number("9" * 150),
        "parse_number.text: must lie between -1e100 and 1e100, got 1e+150 [too-large]",
    ),
    "not even a float": (
        lambda: okr.plan.parse_number("1e999"),
        "parse_number.text: must be a finite number, got inf [not-a-number]",
    ),
    "decimals of another kind": (
        lambda: okr.plan.parse_number("5", decimal=";"),
        'parse_number.decimal: must lie within its range, got \';\'; give "." or "," [out-of-range]',
    ),
    "a quantity of words": (
        lambda: okr.plan.Quantity("nine"),
        "Quantity.value: must be a finite number, got 'nine' [not-a-number]",
    ),
    "a unit of another kind": (
        lambda: okr.plan.Quantity(9, 5),
        "Quantity.unit: must have the right type, got 5; give an Unit [wrong-type]",
    ),
    "a clock in thousands": (
        lambda: okr.Unit("mm:ss", shown_in="k"),
        "Unit.shown_in: must lie within its range, got 'k'; give k, M or B to money or a noun [out-of-range]",
    ),
    "shown in what is no scale": (
        lambda: okr.Unit("USD", shown_in="T"),
        "Unit.shown_in: must lie within its range, got 'T'; give k, M or B to money or a noun [out-of-range]",
    ),
    # cells: `read_rows` turns these into problems
    "a list for a number": (
        lambda: as_quantity([5], "."),
        "as_quantity.value: must be a finite number, got [5] [not-a-number]",
    ),
    "a share of 70": (
        lambda: as_share(Cell("Score", 70), "."),
        "as_share.cell: must be a share from 0 to 1, got 70; write it as 0.7 or 70% [unreadable-share]",
    ),
    "either day": (
        lambda: as_day("03/04/2026", day_first=None),
        "as_day.value: must be a day as people write it, got '03/04/2026'; write it as 2026-08-14, or set day_first [unreadable-day]",
    ),
    "no such day": (
        lambda: as_day("30 Feb 2026", day_first=None),
        "as_day.value: must be a day as people write it, got '30 Feb 2026'; there is no such day [unreadable-day]",
    ),
    "no day": (
        lambda: as_day("soon", day_first=None),
        "as_day.value: must be a day as people write it, got 'soon'; write it as 2026-08-14 [unreadable-day]",
    ),
    # rows
    "a text for rows": (
        lambda: okr.read_rows("goals.csv"),
        "read_rows.rows: must be a list or tuple, got 'goals.csv'; give an iterable of mappings [not-a-sequence]",
    ),
    "one row for rows": (
        lambda: okr.read_rows({"Goal": "Grow"}),
        "read_rows.rows: must be a list or tuple, got {'Goal': 'Grow'}; give an iterable of mappings [not-a-sequence]",
    ),
    "columns of another kind": (
        lambda: okr.read_rows([], columns={"Goal": "objective"}),
        "read_rows.columns: must have the right type, got {'Goal': 'objective'}; give a ColumnMap [wrong-type]",
    ),
    "a cycle of another kind": (
        lambda: okr.read_rows([], cycle="Q3"),
        "read_rows.cycle: must have the right type, got 'Q3'; give a Cycle [wrong-type]",
    ),
    "owners of another kind": (
        lambda: okr.read_rows([], owners_are=str),
        "read_rows.owners_are: must have the right type, got <class 'str'>; give Person or Team [wrong-type]",
    ),
    "an ambition in words": (
        lambda: okr.read_rows([], ambition="comitted"),
        "read_rows.ambition: must be one of the known words, got 'comitted'; give 'committed',"
        " 'aspirational', 'learning' [unknown-word]",
    ),
    "a day in words": (
        lambda: okr.read_rows([], on="2026-08-14"),
        "read_rows.on: must be a date without a time, got '2026-08-14' [not-a-date]",
    ),
    "a text for names": (
        lambda: okr.codec.ColumnMap(objective="Ziel"),
        "ColumnMap.objective: must be a list or tuple, got 'Ziel'; write ['Ziel'] [not-a-sequence]",
    ),
    "a name twice": (
        lambda: okr.codec.ColumnMap(target=["Soll", "Soll"]),
        "ColumnMap.target: must not have the same name twice, got 'Soll' [repeated]",
    ),
    "decimals after a semicolon": (
        lambda: okr.codec.ColumnMap(decimal=";"),
        'ColumnMap.decimal: must lie within its range, got \';\'; give "." or "," [out-of-range]',
    ),
    "neither yes nor no": (
        lambda: okr.codec.ColumnMap(day_first="yes"),
        "ColumnMap.day_first: must have the right type, got 'yes'; give a bool [wrong-type]",
    ),
    # text
    "text of another kind": (
        lambda: okr.read_text(5),
        "read_text.text: must have the right type, got 5; give a str [wrong-type]",
    ),
    "the cycle of a text": (
        lambda: okr.read_text("O: Grow", cycle="Q3"),
        "read_text.cycle: must have the right type, got 'Q3'; give a Cycle [wrong-type]",
    ),
    "text of no plan": (
        lambda: okr.write_text(okr.Journal()),
        "write_text.plan: must have the right type, got Journal(0 entries); give a Plan [wrong-type]",
    ),
    "losses of no plan": (
        lambda: codec.lost_in_text(okr.Journal()),
        "lost_in_text.plan: must have the right type, got Journal(0 entries); give a Plan [wrong-type]",
    ),
    # records
    "records of a rulebook": (
        lambda: okr.to_records(okr.RECOMMENDED),
        "to_records.x: must have the right type, got Rulebook('RECOMMENDED'); give one of Plan, Journal, Scorecard, Comparison, or a list of one of DayScore, PlanDifference, DueItem, ObjectiveGroup, ScoreMovement, StateMovement, CycleFinding, ImportProblem [wrong-type]",
    ),
    "records of numbers": (
        lambda: okr.to_records([5]),
        "to_records.x[0]: must have the right type, got 5; give one of Plan, Journal, Scorecard, Comparison, or a list of one of DayScore, PlanDifference, DueItem, ObjectiveGroup, ScoreMovement, StateMovement, CycleFinding, ImportProblem [wrong-type]",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_says_what_and_the_hint(case: str) -> None:
    act, message = REFUSALS[case]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

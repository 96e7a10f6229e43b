"""Calendars and check-in dates of open-source systems, typed from their tests and code.

Each row has the id of its case. What they compute is expressed with this library's records; nothing in
the library knows of them.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import okrcore as okr

#: Operately checks in on Fridays, a day early at most, or on the first of the month, a week early.
FRIDAYS = okr.Weekly(okr.Weekday.FRIDAY, early_days=1)
FIRSTS = okr.Monthly(1, early_days=7)


@pytest.mark.parametrize(
    ("rhythm", "due", "checked_in", "next_due"),
    [
        pytest.param(FRIDAYS, "2020-01-03", "2020-01-03", "2020-01-10", id="s060"),
        pytest.param(FRIDAYS, "2020-01-03", "2019-12-22", "2020-01-03", id="s062"),
        pytest.param(FRIDAYS, "2020-01-03", "2020-01-20", "2020-01-24", id="s064"),
        pytest.param(FIRSTS, "2020-02-01", "2020-01-31", "2020-03-01", id="s065"),
        pytest.param(FIRSTS, "2020-02-01", "2020-01-15", "2020-02-01", id="s066"),
        pytest.param(FIRSTS, "2020-02-01", "2020-03-20", "2020-04-01", id="s067"),
        pytest.param(FIRSTS, None, "2020-02-01", "2020-03-01", id="s195"),
        pytest.param(FIRSTS, "2020-02-01", "2020-02-01", "2020-03-01", id="s196"),
        pytest.param(FIRSTS, "2020-02-01", "2020-02-02", "2020-03-01", id="s197"),
    ],
)
def test_operately_next_due(
    rhythm: okr.Weekly | okr.Monthly, due: str | None, checked_in: str, next_due: str
) -> None:
    was = None if due is None else date.fromisoformat(due)
    found = rhythm.next_due(was, date.fromisoformat(checked_in))
    assert found.isoformat() == next_due


@pytest.mark.parametrize(
    ("check_in_days", "days_since", "days_late"),
    [
        pytest.param(7, 8, 1, id="s218"),
        pytest.param(14, 15, 1, id="s219"),
        pytest.param(31, 31, 0, id="s220"),
        pytest.param(31, 40, 9, id="s221"),
    ],
)
def test_mhokr_days_late(check_in_days: int, days_since: int, days_late: int) -> None:
    """Weekly, two-weekly and monthly are 7, 14 and 31 days after the last check-in."""
    last = date(2026, 8, 14)
    plan = okr.Plan([], metrics=[okr.Metric("m", "Metric", check_in_days=check_in_days)])
    journal = okr.Journal(okr.check_ins(last, {"m": 1}))
    (found,) = okr.due(plan, journal, as_of=last + timedelta(days=days_since))
    assert found.days_late == days_late
    assert (found.state is okr.DueState.LATE) == (days_late > 0)


@pytest.mark.parametrize(
    ("start_month", "month", "quarter"),
    [
        pytest.param(5, 1, 3, id="s164"),
        pytest.param(5, 2, 4, id="s165"),
        pytest.param(5, 11, 3, id="s170"),
        pytest.param(5, 12, 3, id="s171"),
        pytest.param(10, 1, 2, id="s172"),
        pytest.param(10, 4, 3, id="s173"),
        pytest.param(10, 9, 4, id="s174"),
    ],
)
def test_puzzle_quarter_of_a_month(start_month: int, month: int, quarter: int) -> None:
    calendar = okr.FiscalCalendar(start_month=start_month)
    found = calendar.cycle_of(date(2030, month, 28), okr.Cadence.QUARTERLY)
    assert found.name[-2:] == f"Q{quarter}"


@pytest.mark.parametrize(
    ("start_month", "year_label", "today", "name", "start", "end"),
    [
        pytest.param(
            *(7, "GJ {start_yy}/{end_yy}", "2030-04-01"),
            *("GJ 30/31-Q1", "2030-07-01", "2030-09-30"),
            id="s177",
        ),
        pytest.param(
            *(7, "GJ {start_yy}/{end_yy}", "2030-10-01"),
            *("GJ 30/31-Q3", "2031-01-01", "2031-03-31"),
            id="s178",
        ),
        pytest.param(
            *(1, "GJ {yy}", "2030-10-01"), *("GJ 31-Q1", "2031-01-01", "2031-03-31"), id="s179"
        ),
        pytest.param(
            *(1, "GJ {year}", "2030-07-01"), *("GJ 2030-Q4", "2030-10-01", "2030-12-31"), id="s180"
        ),
        pytest.param(
            *(2, "{start_yy}-{end_yy}-{start_year}-{end_year}", "2030-02-01"),
            *("30-31-2030-2031-Q2", "2030-05-01", "2030-07-31"),
            id="s181",
        ),
    ],
)
def test_puzzle_next_quarter(
    start_month: int, year_label: str, today: str, name: str, start: str, end: str
) -> None:
    calendar = okr.FiscalCalendar(start_month=start_month, year_label=year_label)
    now = calendar.cycle_of(date.fromisoformat(today), okr.Cadence.QUARTERLY)
    found = calendar.next_cycle(now)
    assert (found.name, found.start.isoformat(), found.end.isoformat()) == (name, start, end)

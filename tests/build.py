"""Builders that tests share: objectives of one quarter, their key results, readings and scorecards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import okrcore as okr

__all__ = [
    "Q3",
    "bare",
    "card_of",
    "day",
    "goal",
    "kr",
    "objective",
    "plan_of",
    "read",
    "read_on",
]

#: From 1 July 2026, a Wednesday, to 30 September.
Q3: Final = okr.FiscalCalendar().quarter(2026, 3)


def day(month: int, number: int) -> date:
    """Return a day of 2026."""
    return date(2026, month, number)


def kr(id: str = "k", measure: Any = None, **fields: Any) -> okr.KeyResult:
    """Return a key result, from 0 to 100 unless a measure is given; its title is its id in capitals."""
    line = okr.Increase(0, 100) if measure is None else measure
    return okr.KeyResult(id, id.upper(), line, **fields)


def objective(id: str = "o", *key_results: Any, **fields: Any) -> okr.Objective:
    """Return a committed objective of Q3; its key result is `<id>-k` unless others are given."""
    given: dict[str, Any] = {"cycle": Q3, "ambition": okr.Ambition.COMMITTED}
    made = key_results or [kr(f"{id}-k")]
    return okr.Objective(id, f"Objective {id}", key_results=made, **(given | fields))


def goal(*key_results: Any, id: str = "o", **fields: Any) -> okr.Objective:
    """Return an objective of Q3 with key results as given, and with no ambition."""
    return okr.Objective(id, id.upper(), key_results=key_results, **({"cycle": Q3} | fields))


def bare(id: str, *key_results: Any, **fields: Any) -> okr.Objective:
    """Return an objective with key results as given, and with no cycle; its title is its id."""
    return okr.Objective(id, **({"title": id, "key_results": key_results} | fields))


def plan_of(*key_results: Any, metrics: Sequence[okr.Metric] = (), **fields: Any) -> okr.Plan:
    """Return a plan of one goal."""
    return okr.Plan([goal(*key_results, **fields)], metrics=metrics)


def card_of(
    *objectives: okr.Objective,
    entries: Iterable[Any] = (),
    on: date = Q3.end,
    metrics: Sequence[okr.Metric] = (),
    **options: Any,
) -> okr.Scorecard:
    """Return the scorecard of some objectives, at the end of Q3 unless a day is given."""
    plan = okr.Plan(objectives, metrics=metrics)
    return okr.evaluate(plan, okr.Journal(entries), as_of=on, **options)


def read(value: Any, id: str = "o-k", day: date = Q3.end, **fields: Any) -> okr.CheckIn:
    """Return a check-in of one key result, at the end of Q3 unless a day is given."""
    return okr.CheckIn(id, day, value, **fields)


def read_on(on: date, **values: Any) -> Sequence[okr.CheckIn]:
    """Return the check-ins of a day, by id."""
    return okr.check_ins(on, values)

"""Sentences of shares that are read, of parts that count, and of the guardrails that make a score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr

Q3 = okr.FiscalCalendar().quarter(2026, 3)
PAUSED = okr.Lifecycle.PAUSED


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def kr(id: str, measure: Any, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id.upper(), measure, **more)


def goal(*key_results: okr.KeyResult, id: str = "o", **more: Any) -> okr.Objective:
    return okr.Objective(id, id.upper(), key_results=key_results, cycle=Q3, **more)


def read(on: date, **values: Any) -> Sequence[okr.CheckIn]:
    return okr.check_ins(on, values)


def ruled(**rule: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, roll_up=evolve(okr.RECOMMENDED.roll_up, **rule))


def card_of(
    *objectives: okr.Objective,
    entries: Sequence[Any] = (),
    on: date = day(8, 3),
    rulebook: okr.Rulebook = okr.RECOMMENDED,
) -> okr.Scorecard:
    return okr.evaluate(okr.Plan(objectives), okr.Journal(entries), as_of=on, rulebook=rulebook)


# --- the share that is read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read_one", "score", "shown", "in_table"),
    [("a", None, "49.96%", "too little of it is read: 49.96%"), ("b", 0.5, "50.04%", "50.04%")],
)
def test_the_share_that_is_read_is_on_its_side_of_the_least_coverage(
    read_one: str, score: float | None, shown: str, in_table: str
) -> None:
    parts = [kr("a", okr.Reach(10), weight=4996), kr("b", okr.Reach(10), weight=5004)]
    card = card_of(
        goal(*parts),
        entries=read(day(8, 1), **{read_one: 5}),
        rulebook=ruled(least_coverage=0.5),
    )
    assert card["o"].score == score
    assert f"{shown} measured: 0.25 to 0.75 with what is open" in card.explain("o").remarks
    assert in_table in str(card)

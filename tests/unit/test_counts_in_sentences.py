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
    on: date = date(2026, 8, 3),
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


# --- parts that count --------------------------------------------------------------------------

NOT_YET = okr.Timing(observable_from=day(9, 1))


@pytest.mark.parametrize(
    ("read_ones", "why"),
    [
        ("a", "its one key result that counts; 2 more count for nothing on the day"),
        ("", "its one key result that counts: no reading; 2 more count for nothing on the day"),
    ],
)
def test_one_of_several_counts(read_ones: str, why: str) -> None:
    parts = [
        kr("a", okr.Reach(10)),
        kr("b", okr.EstablishBaseline()),
        kr("c", okr.Reach(10), timing=NOT_YET),
    ]
    card = card_of(goal(*parts), entries=read(day(8, 1), **dict.fromkeys(read_ones, 5)))
    assert card["o"].why == why
    assert card["o"].coverage == float(bool(read_ones))


@pytest.mark.parametrize(
    ("missing", "read_ones", "why"),
    [
        (None, "ab", "mean of 2 of 2 key results; 1 more counts for nothing on the day"),
        (None, "a", "mean of 1 of 2 key results; 1 more counts for nothing on the day"),
        (
            None,
            "",
            "none of its 2 key results is measured; 1 more counts for nothing on the day",
        ),
        (
            0,
            "a",
            "mean of 1 of 2 key results; 1 without a score counts as 0;"
            " 1 more counts for nothing on the day",
        ),
        (
            0,
            "",
            "none of its 2 key results is measured; 2 without a score count as 0;"
            " 1 more counts for nothing on the day",
        ),
    ],
)
def test_a_paused_key_result_is_no_unmeasured_one(
    missing: float | None, read_ones: str, why: str
) -> None:
    # Of weight 3: without it the mean has no weights.
    parts = [kr("a", okr.Reach(10)), kr("b", okr.Reach(10)), kr("c", okr.Reach(10), weight=3)]
    entries = [
        *read(day(8, 1), c=5, **dict.fromkeys(read_ones, 5)),
        okr.Transition("c", day(8, 2), PAUSED),
    ]
    card = card_of(goal(*parts), entries=entries, rulebook=ruled(missing=missing))
    assert card["o"].why == why


def test_what_counts_for_nothing_is_named_beside_weight_0() -> None:
    parts = [
        kr("a", okr.Reach(10)),
        kr("b", okr.Reach(10)),
        kr("c", okr.EstablishBaseline()),
        kr("d", okr.Reach(10), weight=0),
    ]
    card = card_of(goal(*parts), entries=read(day(8, 1), a=5, b=5))
    assert card["o"].why == (
        "mean of 2 of 2 key results; 1 more counts for nothing on the day;"
        " 1 more has weight 0: tracked, not counted"
    )


def test_an_objective_in_which_nothing_counts_yet_has_all_its_key_results() -> None:
    card = card_of(goal(kr("a", okr.EstablishBaseline()), kr("b", okr.EstablishBaseline())))
    assert card["o"].why == "none of its 2 key results counts yet"


def test_paused_objectives_below_are_no_unmeasured_ones() -> None:
    low = [goal(kr(f"{id}k", okr.Reach(10)), id=id, supports=["top"]) for id in "abc"]
    entries = [*read(day(8, 1), ak=5, bk=5), okr.Transition("c", day(8, 2), PAUSED)]
    card = card_of(goal(id="top"), *low, entries=entries)
    assert card["top"].why == (
        "mean of 2 of 2 objectives below; 1 more counts for nothing on the day"
    )

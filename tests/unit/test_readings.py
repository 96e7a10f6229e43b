"""Readings in their normal form, and what takes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import okrcore as okr
from okrcore.scorecard.day.wording import show_reading

DAY = date(2026, 8, 14)


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        (120, 120.0),
        (Decimal("3.8"), 3.8),
        (Fraction(1, 4), 0.25),
        (True, True),
        (None, None),
        ("green", "green"),
        (okr.Ratio(3, 4), okr.Ratio(3, 4)),
        ({"b", "a"}, ("a", "b")),
        (["b", "a", "a"], ("a", "b")),
        ([], ()),
        ({"y": 2, "x": okr.Ratio(1, 2)}, (("x", okr.Ratio(1, 2)), ("y", 2.0))),
        ((("x", 1.0),), (("x", 1.0),)),
    ],
)
def test_normal_forms(given: Any, normal: Any) -> None:
    value = okr.CheckIn("k", DAY, given).value
    assert value == normal
    assert type(value) is type(normal)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (10**400, "CheckIn.value: must have the right type"),
        (Decimal("sNaN"), "CheckIn.value: must have the right type"),
        (object, "CheckIn.value: must have the right type"),
        ({1: 2}, "CheckIn.value: must have the right type"),
        ([1, 2], "CheckIn.value: must have the right type"),
        ((1, 2), "CheckIn.value[0]: must have the right type"),
        ({"x": "y"}, "CheckIn.value[0]: must have the right type, got ('x', 'y'); give names"),
        ({"x": float("nan")}, "CheckIn.value[0]: must be a finite number"),
        (float("nan"), "CheckIn.value: must be a finite number, got nan"),
        (float("-inf"), "CheckIn.value: must be a finite number, got -inf"),
        (1.1e100, "CheckIn.value: must lie between -1e100 and 1e100, got 1.1e+100"),
        ({"x": True, "": 1}, "CheckIn.value[0]: must be a non-empty text"),
        ([""], "CheckIn.value[0]: must be a non-empty text"),
    ],
)
def test_what_no_measure_could_take(given: Any, message: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.CheckIn("k", DAY, given)
    assert message in str(caught.value)


def test_ratios() -> None:
    assert okr.Ratio(91, 1000, per=1000).value == 91
    with pytest.raises(
        okr.InvalidValueError, match="leave out the check-in of a day without cases"
    ):
        okr.Ratio(0, 0)
    with pytest.raises(okr.InvalidValueError, match="not-positive"):
        okr.Ratio(1, 2, per=0)


def test_answers_for_any_id() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                supports=["up"],
                key_results=[
                    okr.KeyResult("k", "KR", okr.Milestones("a", "b")),
                    okr.KeyResult("e", "KR", okr.Evidence(required=2, what="letters")),
                    okr.KeyResult("b", "KR", okr.AtMost(5), unit="days"),
                    okr.KeyResult("r", "KR", okr.Reach(4)),
                    okr.KeyResult("p", "KR", okr.PassFail()),
                    okr.KeyResult("q", "KR", okr.PassFail()),
                    okr.KeyResult("f", "KR", okr.FromTo(4, 4)),
                ],
                guardrails=[okr.Guardrail("g", "G", okr.AtMost(5, warn_at=4))],
                initiatives=[okr.Initiative("i", "I")],
            )
        ],
        metrics=[okr.Metric("m", "M")],
        outside=[okr.Outside("up")],
    )
    read: dict[str, Any] = {
        "k": ["a"],
        "e": ["x", "y"],
        "b": 7,
        "r": okr.Ratio(1, 2),
        "p": 0.3,
        "q": False,
        "f": 4,
        "g": 4.5,
        "m": 3,
    }
    card = okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, read)), as_of=DAY)
    assert {id: card[id].why for id in "kebrpqf"} == {
        "k": "50% of the weight done: a",
        "e": "2 of 2: x, y",
        "b": "7 days is not at most 5",
        "r": "0.5 (1 of 2) is 13% of the way from 0 to 4",
        "p": "credit 0.3",
        "q": "not met",
        "f": "baseline and target are both 4",
    }
    assert card["m"].status_why == "3; no health bound"
    assert card["g"].status_why == "4.5, close to its limit (at most 5)"
    assert (card["o"].kind, card["k"].kind, card["g"].kind, card["m"].kind) == (
        "objective",
        "key result",
        "guardrail",
        "metric",
    )
    assert ("o" in card, "i" in card, "up" in card, 3 in card) == (True, True, False, False)
    assert len(card) == 1
    with pytest.raises(okr.InconsistentPlanError, match="not outside the plan"):
        card["up"]
    with pytest.raises(okr.InconsistentPlanError, match="not outside the plan"):
        card.explain("up")
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        card["nothing"]
    assert len(list(card.explain("o").walk(0))) == 1


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (("a", ("b", 1.0)), "give names or parts, one of them"),
        ((("a", 1.0), ("a", 2.0)), "must not have the same name twice, got 'a'"),
    ],
)
def test_a_reading_names_each_part_once_and_names_or_parts_alone(value: Any, message: str) -> None:
    with pytest.raises(okr.InvalidValueError, match=message):
        okr.CheckIn("k", date(2026, 8, 14), value)


def test_labels_are_shown_as_they_are() -> None:
    assert show_reading("green") == "green"


def test_guardrails_over_a_cycle() -> None:
    quarter = okr.FiscalCalendar().quarter(2026, 3)

    def card_of(entries: Any, *, hard: bool = False, day: date = quarter.end) -> Any:
        plan = okr.Plan(
            [
                okr.Objective(
                    "o",
                    "O",
                    cycle=quarter,
                    guardrails=[okr.Guardrail("g", "G", okr.AtMost(85), hard=hard)],
                )
            ]
        )
        read = okr.Journal([okr.CheckIn("g", on, value) for on, value in entries])
        return okr.evaluate(plan, read, as_of=day).guardrail("g")

    healed = [(date(2026, 8, 1), 90), (date(2026, 8, 8), 92), (date(2026, 9, 20), 80)]
    result = card_of(healed)
    assert (result.state, result.breaches, result.readings) == ("held", 2, 3)
    assert (result.first_breach, result.worst_margin, result.margin) == (date(2026, 8, 1), -7, 5)
    assert card_of(healed, hard=True).state == "breached"
    old = card_of([*healed[:1], (date(2026, 8, 20), 80)])
    assert (old.state, old.reading) == ("unknown", 80)
    assert old.status_why == "last read on 2026-08-20, too long before the close"
    assert card_of(healed[:1]).state == "breached"  # a breach does not heal by silence
    assert card_of([(date(2026, 10, 1), 99)], day=date(2026, 11, 1)).state == "breached"
    assert card_of([(date(2026, 6, 30), 99)]).state == "unknown"

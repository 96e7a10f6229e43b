"""Suppositions about key results that depend on the same readings, worked by hand."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.plan import Aggregation, Derived

DAY = date(2026, 8, 14)


def card_with_guard(*key_results: okr.KeyResult, read: dict[str, Any]) -> okr.Scorecard:
    guard = okr.Guardrail("g", "G", okr.AtMost(8), metric="m")
    objective = okr.Objective("o", "O", key_results=key_results, guardrails=[guard])
    plan = okr.Plan([objective], metrics=[okr.Metric("m", "M")])
    return okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, read)), as_of=DAY)


A = okr.KeyResult("a", "A", okr.Reach(10), metric="m")
B = okr.KeyResult("b", "B", okr.Increase(5, 20), metric="m")
CARD = card_with_guard(A, B, read={"m": 6})


def refused(card: okr.Scorecard, scores: dict[str, float]) -> set[str]:
    found = set[str]()
    for pairs in permutations(scores.items()):
        with pytest.raises(okr.InvalidValueError) as raised:
            card.what_if(dict(pairs))
        assert raised.value.code == "no-such-reading"
        found.add(str(raised.value))
    return found


def test_scores_that_no_one_reading_gives_are_refused_by_name_in_any_order() -> None:
    # A score of 1.0 of a takes 10 or more, 0.0 of b takes 5 or less.
    assert refused(CARD, {"a": 1.0, "b": 0.0}) == {
        "Scorecard.what_if['b']: must be a score that a reading of the day gives, got 0.0; the same"
        " readings make 'a' 1; suppose scores that one reading gives, or one of them [no-such-reading]"
    }
    # So is one that was read, and one that was supposed before.
    assert len(refused(CARD, {"a": 1.0, "b": CARD.key_result("b").score or 0})) == 1
    with pytest.raises(okr.InvalidValueError, match=r"what_if\['a'\].* make 'b' 0;"):
        CARD.what_if({"b": 0.0}).what_if({"a": 1.0})
    with pytest.raises(okr.InvalidValueError, match=r"sensitivity\('o'\)\['b'\].* make 'a' 0\.5;"):
        CARD.what_if({"a": 0.5}).sensitivity("o")


@pytest.mark.parametrize(
    ("scores", "reading"),
    [({"a": 1.0, "b": 1 / 3}, 10), ({"a": 1.0, "b": 1.0}, 20), ({"a": 0.5, "b": 0.0}, 5)],
)
def test_scores_that_one_reading_gives_are_supposed(
    scores: dict[str, float], reading: float
) -> None:
    for pairs in permutations(scores.items()):
        card = CARD.what_if(dict(pairs))
        assert card == CARD.what_if(scores)
        assert {id: card[id].score for id in scores} == scores
        assert card.guardrail("g").reading == pytest.approx(reading)
    assert CARD.what_if({"a": 1.0}).what_if({"b": 1.0}) == CARD.what_if({"a": 1.0, "b": 1.0})


def test_what_is_derived_agrees_with_all_its_parts() -> None:
    parts = [okr.KeyResult(id, "Part", okr.Reach(10)) for id in ("p", "q")]
    whole = okr.KeyResult("t", "T", okr.Reach(20), derived=Derived(Aggregation.SUM, ["p", "q"]))
    card = card_with_guard(*parts, whole, read={"p": 4, "q": 4})
    assert card.what_if({"p": 0.6, "q": 0.2, "t": 0.4}).supposed == (
        ("p", 0.6), ("q", 0.2), ("t", 0.4)
    )  # fmt: skip
    assert len(refused(card, {"p": 0.9, "q": 0.5, "t": 0.1})) == 1
    # So may a reading of p beyond 10.
    assert card.what_if({"p": 1.0, "q": 0.5, "t": 0.9})["t"].score == 0.9
    # Another reading of q makes it so.
    assert card.what_if({"p": 1.0, "t": 0.5})["t"].score == 0.5


def test_key_results_of_one_metric_with_other_deadlines_take_readings_of_other_days() -> None:
    due = evolve(A, due=date(2026, 8, 1))
    objective = okr.Objective(
        "o", "O", key_results=[due, B], cycle=okr.FiscalCalendar().quarter(2026, 3)
    )
    plan = okr.Plan([objective], metrics=[okr.Metric("m", "M")])
    journal = okr.Journal([okr.CheckIn("m", date(2026, 7, 20), 6)])
    card = okr.evaluate(plan, journal, as_of=DAY).what_if({"a": 1.0, "b": 0.0})
    assert (card["a"].score, card["b"].score, card.metric("m").reading) == (1.0, 0.0, 5.0)


def test_faults_are_refused_in_one_order() -> None:
    given: dict[Any, float] = {"b": 7.0, "a": 9.0, "nobody": 0.5}
    found = set[str]()
    for pairs in permutations(given.items()):
        with pytest.raises(okr.OkrError) as raised:
            CARD.what_if(dict(pairs))
        found.add(str(raised.value))
    assert len(found) == 1
    odd: Any = {5: 0.5}
    with pytest.raises(okr.InconsistentPlanError):
        CARD.what_if(odd)

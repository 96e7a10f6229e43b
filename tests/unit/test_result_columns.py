"""Fields of results as columns: `card.columns`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr

DAY = date(2026, 8, 14)
PLAN = okr.Plan(
    [
        okr.Objective("o", "Grow", key_results=[okr.KeyResult("a", "A", okr.Reach(10))]),
        okr.Objective(
            "p",
            "Keep",
            supports=["o"],
            key_results=[okr.KeyResult("b", "B", okr.Reach(10)), okr.KeyResultRef("a")],
            guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
        ),
        okr.Objective("q", "Closed", key_results=[okr.KeyResult("c", "C", okr.Reach(10))]),
    ]
)
JOURNAL = okr.Journal(
    [
        *okr.check_ins(date(2026, 8, 1), {"c": 3}),
        okr.Closing("q", date(2026, 8, 2), okr.ClosingDecision.CARRY),
        *okr.check_ins(DAY, {"a": 4, "g": 6}),
    ]
)
CARD = okr.evaluate(PLAN, JOURNAL, as_of=DAY)


def test_columns_of_both_kinds_follow_the_plan() -> None:
    found = CARD.columns("id", "kind", "score", "reading", "breached_guardrails")
    assert found == {
        "id": ["o", "a", "p", "b", "q", "c"],
        "kind": ["objective", "key result"] + ["objective", "key result"] * 2,
        "score": [0.4, 0.4, 0.4, None, 0.3, 0.3],
        "reading": [None, 4.0, None, None, None, 3.0],
        "breached_guardrails": [(), None, ("g",), None, (), None],
    }


def test_columns_of_one_kind() -> None:
    assert CARD.columns("id", "verdict", kind="objective") == {
        "id": ["o", "p", "q"],
        "verdict": [None, None, None],
    }
    assert CARD.columns("excluded", "objective", kind="key result") == {
        "excluded": [False, False, False],
        "objective": ["o", "p", "q"],
    }


def test_columns_are_in_the_order_that_their_names_are_given_in() -> None:
    assert list(CARD.columns("why", "id", "score")) == ["why", "id", "score"]
    assert CARD.columns() == {}


@pytest.mark.parametrize(
    ("names", "kind", "words"),
    [
        (("scores",), None, "did you mean 'score'?"),
        (("reading",), "objective", "only key results have it"),
        (("verdict",), "key result", "only objectives have it"),
        (("zzz",), None, "give names of fields: adjusted_score, adjusted_verdict, "),
        ((["score"],), None, "give names of fields: adjusted_score, "),
        (("score",), "guardrail", "give 'objective' or 'key result'"),
        (("score",), 5, "give 'objective' or 'key result'"),
        (("score",), ["objective"], "give 'objective' or 'key result'"),
    ],
)
def test_other_names_and_kinds_are_refused(names: Any, kind: Any, words: str) -> None:
    with pytest.raises(okr.InvalidValueError, match=r"^Scorecard\.columns: ") as caught:
        CARD.columns(*names, kind=kind)
    assert words in str(caught.value)

"""Pace where objectives differ in what a missing part counts: as in the score of what it enters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3

DAY = date(2026, 8, 14)  # 44 of 91 days are over
METHOD = evolve(okr.RECOMMENDED, name="missing is 0", roll_up=okr.rulebook.RollUpRule(missing=0))
BOOK = evolve(okr.RECOMMENDED, methods=[METHOD])


def plan_of_two_methods(home: str | None, other: str | None, **more: Any) -> okr.Plan:
    """A key result without a reading, at home in "a" and referred to in "b"."""
    k = okr.KeyResult("k", "Win ten customers", okr.Reach(10))
    a = okr.Objective("a", "Grow", key_results=[k], cycle=Q3, method=home, **more)
    b = okr.Objective("b", "Be chosen", key_results=[okr.KeyResultRef("k")], cycle=Q3, method=other)
    return okr.Plan([a, b])


def figures_of(card: okr.Scorecard, id: str) -> tuple[Any, ...]:
    found = card.objective(id)
    return found.score, found.expected and round(found.expected, 4), found.pace


@pytest.mark.parametrize("home", [None, "missing is 0"])
@pytest.mark.parametrize("other", [None, "missing is 0"])
def test_a_missing_part_is_paced_by_the_rule_of_each_objective_it_enters(
    home: str | None, other: str | None
) -> None:
    card = okr.evaluate(plan_of_two_methods(home, other), okr.Journal(), as_of=DAY, rulebook=BOOK)
    counts, leaves = (0.0, 0.4835, 0.0), (None, 0.4835, None)
    assert figures_of(card, "a") == (counts if home else leaves)
    assert figures_of(card, "b") == (counts if other else leaves)
    k = card.key_result("k")
    assert (k.score, k.expected and round(k.expected, 4), k.pace) == (None, 0.4835, None)


def test_a_missing_part_of_a_closed_objective_is_paced_as_on_its_closing_day() -> None:
    journal = okr.Journal([okr.Closing("a", DAY, okr.ClosingDecision.STOP)])
    card = okr.evaluate(
        plan_of_two_methods(None, "missing is 0"), journal, as_of=date(2026, 9, 10), rulebook=BOOK
    )
    assert figures_of(card, "b") == (0.0, 0.4835, 0.0)


def test_a_part_without_a_line_when_it_was_closed_is_in_no_pace() -> None:
    journal = okr.Journal([okr.Closing("a", DAY, okr.ClosingDecision.STOP)])
    k = okr.KeyResult("k", "Pass the audit", okr.PassFail())
    a = okr.Objective("a", "Grow", key_results=[k], cycle=Q3)
    b = okr.Objective(
        "b", "Be chosen", key_results=[okr.KeyResultRef("k")], cycle=Q3, method="missing is 0"
    )
    card = okr.evaluate(okr.Plan([a, b]), journal, as_of=date(2026, 9, 10), rulebook=BOOK)
    assert figures_of(card, "b") == (0.0, None, None)


def test_what_ambitions_of_several_kinds_ask_for_is_paced_too() -> None:
    plan = plan_of_two_methods(None, "missing is 0", ambition=okr.Ambition.ASPIRATIONAL)
    card = okr.evaluate(plan, okr.Journal(), as_of=DAY, rulebook=BOOK)
    # By the ambition of its home: 0.7 of 44 days of 91.
    assert figures_of(card, "a") == (None, 0.3385, None)
    assert figures_of(card, "b") == (0.0, 0.3385, 0.0)

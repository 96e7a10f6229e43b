"""Originals of several days in one plan: one refers to items that joined, or left, before the original of another."""

from __future__ import annotations

from typing import Any

import pytest

import okrcore as okr
from build import day, kr

JULY, AUGUST = okr.Cycle(day(7, 1), day(9, 30)), okr.Cycle(day(8, 1), day(10, 30))


def goal(id: str, cycle: okr.Cycle, *key_results: Any, **more: Any) -> okr.Objective:
    return okr.Objective(id, id, cycle=cycle, key_results=key_results, **more)


def adjusted(of: str, on: Any, **changes: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, because="the market moved", **changes)


def changed(plan: okr.Plan, *acts: Any) -> okr.Journal:
    """Return a journal of acts, each fitting those before it; the acts of a tuple are one."""
    journal = okr.Journal()
    for act in acts:
        journal = okr.admit(plan, journal, *(act if isinstance(act, tuple) else (act,)))
    return journal


def grades(card: okr.Scorecard, id: str) -> tuple[float | None, float | None]:
    found = card[id]
    return found.score, found.original_score


def test_an_original_counts_a_key_result_that_joined_its_home_later() -> None:
    plan = okr.Plan([goal("a", JULY, kr("k")), goal("b", AUGUST, kr("own"))])
    journal = changed(
        plan,
        adjusted("a", day(7, 10), adds=[kr("x")]),
        adjusted("b", day(7, 15), adds=[okr.KeyResultRef("x")]),
        adjusted("b", day(8, 20), adds=[kr("late")]),
        *okr.check_ins(day(8, 25), {"k": 50, "x": 100, "own": 0, "late": 100}),
    )
    card = okr.evaluate(plan, journal, as_of=day(8, 26))
    assert grades(card, "a") == pytest.approx((0.75, 0.5))  # k alone at first
    assert grades(card, "b") == pytest.approx((2 / 3, 0.5))  # own and x at first


def test_an_original_counts_a_derived_key_result_with_its_sources() -> None:
    least = okr.plan.Derived(okr.Aggregation.MINIMUM, ["y", "z"])
    plan = okr.Plan([goal("a", JULY, kr("k")), goal("b", AUGUST, kr("own"))])
    journal = changed(
        plan,
        adjusted("a", day(7, 10), adds=[kr("y"), kr("z"), kr("x", derived=least)]),
        adjusted("b", day(7, 15), adds=[okr.KeyResultRef("x"), okr.KeyResultRef("y")]),
        adjusted("b", day(8, 20), adds=[kr("late")]),
        *okr.check_ins(day(8, 25), {"k": 20, "y": 30, "z": 60, "own": 0, "late": 60}),
    )
    card = okr.evaluate(plan, journal, as_of=day(8, 26))
    assert card["x"].score == 0.3
    assert grades(card, "a") == pytest.approx((0.35, 0.2))
    assert grades(card, "b") == pytest.approx((0.3, 0.2))  # the original: own, x and y


def test_an_original_goes_without_an_objective_that_left_before_it_began() -> None:
    """References to it, and to its members, are left out; nothing else of the original changes."""
    early = okr.plan.KeyResultProfile(early_warning="x", tags=["new"])
    plan = okr.Plan(
        [
            goal(
                "b",
                JULY,
                kr("own", profile=early),
                kr("sum", derived=okr.plan.Derived(okr.Aggregation.SUM, ["x"])),
                kr("shared", contribution=okr.plan.Contribution(supports=["x", "own"])),
                okr.KeyResultRef("x", weight=7),
                guardrails=[okr.Guardrail("g", "g", okr.AtMost(5), protects="x")],
                initiatives=[okr.Initiative("i", "i", drives=["x", "own"])],
                supports=["a"],
                continues="a",
                profile=okr.plan.ObjectiveProfile(intent="grow"),
            ),
            goal("a", AUGUST, kr("x")),
        ]
    )
    journal = changed(
        plan,
        (
            adjusted("b", day(7, 10), removes=["x", "sum"], sets={"supports": []}),
            adjusted("own", day(7, 10), sets={"profile.early_warning": None}),
            adjusted("shared", day(7, 10), sets={"contribution.supports": ["own"]}),
            adjusted("g", day(7, 10), sets={"protects": None}),
            adjusted("i", day(7, 10), sets={"drives": ["own"]}),
            adjusted("b", day(7, 10), sets={"continues": None}),
            adjusted("a", day(7, 10), removes=["a"]),
        ),
        *okr.check_ins(day(7, 25), {"own": 50, "shared": 100}),
    )
    card = okr.evaluate(plan, journal, as_of=day(7, 26))
    assert "a" not in card.plan_in_force.items
    assert grades(card, "b") == pytest.approx((0.75, 0.75))
    assert journal.effective(plan, on=day(7, 26)) == okr.Plan(
        [
            goal(
                "b",
                JULY,
                kr("own", profile=okr.plan.KeyResultProfile(tags=["new"])),
                kr("shared", contribution=okr.plan.Contribution(supports=["own"])),
                guardrails=[okr.Guardrail("g", "g", okr.AtMost(5))],
                initiatives=[okr.Initiative("i", "i", drives=["own"])],
                profile=okr.plan.ObjectiveProfile(intent="grow"),
            )
        ]
    )

"""Items of every kind put into a plan and removed from it, and subtrees of several objectives."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

import okrcore as okr

LEAD = okr.KeyResult("lead", "Lead time, days", okr.Decrease(30, 10), weight=2)
NPS_UP = okr.KeyResult("nps-up", "NPS", okr.Increase(30, 40), metric="nps")
CALLS = okr.Guardrail("calls", "Repeated calls, %", okr.AtMost(3))
ERRORS = okr.Guardrail("errors", "Errors, %", okr.AtMost(2))
DESK = okr.Initiative("desk", "A second desk", drives=["lead"])
HIRE = okr.Initiative("hire", "Hire two people")
NPS, CHURN = okr.Metric("nps", "NPS"), okr.Metric("churn", "Churn")
CO, GROUP = okr.Outside("co", title="Win"), okr.Outside("group")
SERVE = okr.Objective(
    "serve",
    "Serve faster",
    key_results=[LEAD, NPS_UP],
    guardrails=[CALLS, ERRORS],
    initiatives=[DESK, HIRE],
    supports=["co", "group"],
)
DEALS = okr.KeyResult("deals", "Deals", okr.Reach(5))
SELL = okr.Objective("sell", "Sell more", key_results=[okr.KeyResultRef("lead"), DEALS])
PAINT = okr.Objective("paint", "Paint the wall")
PLAN = okr.Plan([SERVE, SELL, PAINT], metrics=[NPS, CHURN], outside=[CO, GROUP])

ITEMS: list[Any] = [*PLAN.each()]


def members(plan: okr.Plan, id: str) -> list[str]:
    objective = plan.objective(id)
    key_results = [
        f"-> {kr.to}" if isinstance(kr, okr.KeyResultRef) else kr.id for kr in objective.key_results
    ]
    others: list[okr.Guardrail | okr.Initiative] = [*objective.guardrails, *objective.initiatives]
    return key_results + [each.id for each in others]


@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_an_item_takes_the_place_of_the_one_with_its_id(item: Any) -> None:
    renamed = evolve(item, title="Another title")
    plan = PLAN.put(renamed)
    assert [each.id for each in plan.each()] == [each.id for each in PLAN.each()]
    assert [each for each in plan.each() if each.title == "Another title"] == [renamed]
    assert plan.put(item) == PLAN


@pytest.mark.parametrize(
    ("item", "into", "ids"),
    [
        (okr.Objective("new", "New"), None, ["serve", "sell", "paint", "new"]),
        (okr.Metric("new", "New"), None, ["nps", "churn", "new"]),
        (okr.Outside("new"), None, ["co", "group", "new"]),
        (okr.KeyResult("new", "New", okr.Reach(1)), "sell", ["-> lead", "deals", "new"]),
        (okr.Guardrail("new", "New", okr.AtMost(1)), "sell", ["-> lead", "deals", "new"]),
        (okr.Initiative("new", "New"), "paint", ["new"]),
        (okr.KeyResultRef("deals"), "paint", ["-> deals"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_new_item_comes_last(item: Any, into: str | None, ids: list[str]) -> None:
    plan = PLAN.put(item, into=into)
    if into is not None:
        found = members(plan, into)
    elif isinstance(item, okr.Objective):
        found = [each.id for each in plan.objectives]
    else:
        found = [
            each.id for each in (plan.metrics if isinstance(item, okr.Metric) else plan.outside)
        ]
    assert found == ids
    others = [each for each in plan.objectives if each.id not in (into, "new")]
    assert others == [each for each in PLAN.objectives if each.id != into]


def test_a_reference_takes_the_place_of_the_one_to_its_key_result() -> None:
    plan = PLAN.put(okr.KeyResultRef("lead", weight=3), into="sell")
    assert plan.objective("sell").key_results == (okr.KeyResultRef("lead", weight=3), DEALS)


def test_into_its_own_objective_is_in_its_place() -> None:
    for item in (LEAD, CALLS, DESK):
        assert PLAN.put(item, into="serve") == PLAN


def test_a_member_moves_into_another_objective() -> None:
    plan = PLAN.put(NPS_UP, into="sell").put(CALLS, into="sell").put(DESK, into="paint")
    assert members(plan, "serve") == ["lead", "errors", "hire"]
    assert members(plan, "sell") == ["-> lead", "deals", "nps-up", "calls"]
    assert members(plan, "paint") == ["desk"]
    assert plan.homes["nps-up"] == plan.objective("sell")


def test_a_key_result_that_moves_takes_the_place_of_a_reference_to_it() -> None:
    plan = PLAN.put(LEAD, into="sell")
    assert members(plan, "serve") == ["nps-up", "calls", "errors", "desk", "hire"]
    assert plan.objective("sell").key_results == (LEAD, DEALS)
    back = plan.put(okr.KeyResultRef("lead"), into="serve")
    assert members(back, "serve")[:2] == ["nps-up", "-> lead"]


def test_a_measure_is_corrected_in_its_place() -> None:
    plan = PLAN.correct_measure("nps-up", okr.Increase(30, 35))
    assert plan == PLAN.put(evolve(NPS_UP, measure=okr.Increase(30, 35)))


@pytest.mark.parametrize(
    ("ids", "left"),
    [
        ([], [each.id for each in PLAN.each()]),
        (["paint"], "serve lead nps-up calls errors desk hire sell deals nps churn co group"),
        (["churn"], "serve lead nps-up calls errors desk hire sell deals paint nps co group"),
        (["nps-up", "nps"], "serve lead calls errors desk hire sell deals paint churn co group"),
        (["deals"], "serve lead nps-up calls errors desk hire sell paint nps churn co group"),
        (["calls", "hire", "calls"], "serve lead nps-up errors desk sell deals paint nps churn co group"),
        (["sell"], "serve lead nps-up calls errors desk hire paint nps churn co group"),
        (["serve", "sell", "co", "group"], "paint nps churn"),
        ([each.id for each in PLAN.each()], []),
    ],
    ids=" ".join,
)  # fmt: skip
def test_items_of_every_kind_are_removed(ids: list[str], left: str | list[str]) -> None:
    plan = PLAN.remove(*ids)
    assert [each.id for each in plan.each()] == (left.split() if isinstance(left, str) else left)
    assert PLAN.items.keys() >= plan.items.keys()


def test_references_stay_when_other_members_are_removed() -> None:
    assert PLAN.remove("deals").objective("sell").key_results == (okr.KeyResultRef("lead"),)


def test_a_subtree_of_several_has_each_objective_once() -> None:
    def ids(plan: okr.Plan) -> list[str]:
        return [objective.id for objective in plan.objectives]

    # The home of the key result that "sell" refers to comes with it.
    assert ids(PLAN.subtree("sell")) == ["serve", "sell"]
    assert PLAN.subtree("sell", "serve") == PLAN.subtree("serve", "sell", "serve")
    assert PLAN.subtree("sell", "serve") == PLAN.subtree("sell")
    both = PLAN.subtree("paint", "serve")
    assert ids(both) == ["serve", "paint"]
    assert both.metrics == (NPS,)
    assert both.outside == (CO, GROUP)
    assert PLAN.subtree("paint").outside == ()


def test_a_parent_in_the_same_subtree_is_not_outside() -> None:
    plan = PLAN.put(evolve(PAINT, supports=["serve"]))
    assert [each.id for each in plan.subtree("paint").outside] == ["serve"]
    assert [each.id for each in plan.subtree("paint", "serve").outside] == ["co", "group"]

"""Readers of a metric have its unit, and no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from build import Q3, day, goal, kr, read_on
from okrcore.plan.target_totals import total_targets
from okrcore.review import describe_objective


def _plan(**fields: Any) -> okr.Plan:
    objective = goal(
        kr("a", okr.Increase(0, 5), metric="sales", **fields),
        guardrails=[okr.Guardrail("c", "Churn", okr.AtMost(3), metric="churn")],
    )
    metrics = [
        okr.Metric("sales", "Sales", unit="USD"),
        okr.Metric("churn", "Churn", unit="%", health=okr.AtMost(3)),
    ]
    return okr.Plan([objective], metrics=metrics)


def _card(plan: okr.Plan, *entries: Any, on: date = date(2026, 8, 2)) -> okr.Scorecard:
    journal = okr.Journal([*read_on(day(8, 1), sales=2, churn=2.4), *entries])
    return okr.evaluate(plan, journal, as_of=on)


def test_readers_have_the_unit_of_their_metric() -> None:
    card = _card(_plan())
    assert card["a"].why == "$2 is 40% of the way from $0 to $5"
    assert card.guardrail("c").status_why == "2.4%, within its limit (at most 3%)"
    assert card.metric("churn").status_why == "2.4%, within its limit (at most 3%)"
    assert "$2 is 40%" in str(card.explain("a"))
    assert "2.4%, within its limit (at most 3%)" in str(card.explain("o"))


def test_the_unit_may_be_repeated() -> None:
    assert _card(_plan(unit="USD"))["a"].why == _card(_plan())["a"].why


def test_another_unit_is_refused() -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        _plan(unit="EUR")
    fault = caught.value
    assert (fault.code, fault.path, fault.value) == ("unit-mismatch", "KeyResult('a').unit", "EUR")
    assert fault.hint == "its metric 'sales' is in USD: leave the unit out"
    guardrail = okr.Guardrail("c", "Churn", okr.AtMost(3), metric="churn", unit="points")
    with pytest.raises(okr.InconsistentPlanError, match=r"Guardrail\('c'\)\.unit"):
        okr.Plan([goal(guardrails=[guardrail])], metrics=[okr.Metric("churn", "Churn", unit="%")])


def test_a_metric_without_a_unit_takes_any() -> None:
    objective = goal(kr("a", okr.Increase(0, 5), metric="sales", unit="EUR"))
    plan = okr.Plan([objective], metrics=[okr.Metric("sales", "Sales")])
    assert _card(plan.put(okr.Metric("churn", "Churn")))["a"].why.startswith("€2 is 40%")


def test_a_dated_unit_of_a_metric_goes_to_its_readers() -> None:
    change = okr.Adjustment("sales", day(8, 2), sets={"unit": okr.Unit("EUR")}, because="ledger")
    card = _card(_plan(), change)
    assert card["a"].why == "€2 is 40% of the way from €0 to €5"
    before = _card(_plan(), change, on=day(8, 1))
    assert before["a"].why == "$2 is 40% of the way from $0 to $5"


def test_a_dated_unit_that_a_reader_does_not_share_is_refused() -> None:
    change = okr.Adjustment("sales", day(8, 2), sets={"unit": okr.Unit("EUR")}, because="ledger")
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
        okr.admit(_plan(unit="USD"), okr.Journal(), change)


def test_plans_in_words_and_records_have_the_unit_of_the_metric() -> None:
    plan = _plan()
    assert "$0 to $5" in describe_objective(plan, "o")
    units = {row["id"]: row["unit"] for row in okr.to_records(plan)}
    assert units == {"o": None, "a": "USD", "c": "%", "sales": "USD", "churn": "%"}
    assert [total.unit for total in total_targets(plan, "o")] == [okr.Unit("USD")]


def test_parts_of_a_derived_key_result_have_the_units_of_their_metrics() -> None:
    derived = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
    parts = kr("a", metric="sales"), kr("b", unit="EUR"), kr("c", derived=derived)
    with pytest.raises(okr.InconsistentPlanError, match="EUR, USD"):
        okr.Plan([goal(*parts)], metrics=[okr.Metric("sales", "Sales", unit="USD")])


def test_a_key_result_carried_over_with_its_unit_left_out_is_one_piece_of_work() -> None:
    quarters = okr.FiscalCalendar()
    first = goal(kr("a", metric="sales", unit="USD"), id="o1", cycle=Q3)
    later = goal(
        kr("b", metric="sales", continues="a"),
        id="o2",
        cycle=quarters.quarter(2026, 4),
        continues="o1",
        supports=["top"],
    )
    top = okr.Objective("top", "Top", cycle=quarters.year(2026))
    plan = okr.Plan([top, first, later], metrics=[okr.Metric("sales", "Sales", unit="USD")])
    journal = okr.Journal([*read_on(day(8, 1), sales=40), *read_on(day(10, 5), sales=50)])
    card = okr.evaluate(plan, journal, as_of=day(10, 6))
    assert card.objective("top").score == 0.5

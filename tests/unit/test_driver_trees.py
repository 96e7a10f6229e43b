"""Metrics and those that are believed to move them: a tree that scores nothing."""

from __future__ import annotations

from typing import Any

import pytest

import okrcore as okr
from build import day, goal, kr, read_on
from okrcore.plan import Driver, Measurement, driver_tree


def _plan(**drives: list[str]) -> okr.Plan:
    ids = dict.fromkeys([*drives, *(id for each in drives.values() for id in each)])
    metrics = [okr.Metric(id, id.upper(), drives=drives.get(id, [])) for id in ids]
    return okr.Plan([goal(kr("k", metric=next(iter(ids))))], metrics=metrics)


def test_a_tree_has_each_link_once_and_nearer_ones_above() -> None:
    plan = _plan(deals=["revenue"], calls=["deals", "visits"], visits=["deals"], leads=["calls"])
    assert driver_tree(plan, "revenue") == (
        Driver("deals", "revenue", 1),
        Driver("calls", "deals", 2),
        Driver("leads", "calls", 3),
        Driver("visits", "deals", 2),
        Driver("calls", "visits", 3, is_repeated=True),
    )
    assert driver_tree(plan, "leads") == ()


def test_a_chain_of_any_length_is_a_tree() -> None:
    metrics = [
        okr.Metric(f"m{n}", "M", drives=[f"m{n + 1}"] if n < 3000 else []) for n in range(3001)
    ]
    tree = driver_tree(okr.Plan([], metrics=metrics), "m3000")
    assert (len(tree), tree[-1]) == (3000, Driver("m0", "m1", 3000))


def test_a_tree_of_an_unknown_metric_is_refused() -> None:
    with pytest.raises(okr.InconsistentPlanError, match="did you mean 'deals'"):
        driver_tree(_plan(deals=["revenue"]), "deal")


def test_drivers_are_metrics_without_circles() -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan(
            [], metrics=[okr.Metric("deals", "D", drives=["revenu"]), okr.Metric("revenue", "R")]
        )
    fault = caught.value
    assert (fault.code, fault.path) == ("unknown-id", "Metric('deals').drives[0]")
    assert fault.hint == "did you mean 'revenue'?"
    with pytest.raises(okr.InconsistentPlanError, match="a -> b -> c -> a"):
        _plan(a=["b"], b=["c"], c=["a"])
    with pytest.raises(okr.InvalidValueError, match="drives"):
        okr.Metric("a", "A", drives=["b", "b"])


def test_a_result_and_a_subtree_have_the_drivers() -> None:
    plan = _plan(deals=["revenue"], calls=["deals"])
    card = okr.evaluate(plan, okr.Journal(), as_of=day(8, 1))
    assert card.metric("deals").drives == ("revenue",)
    # The metric that it drives goes with it, its own driver does not.
    assert [metric.id for metric in plan.subtree("o").metrics] == ["deals", "revenue"]


def test_drivers_move_no_number() -> None:
    journal = okr.Journal(read_on(day(8, 1), deals=40, calls=3))
    cards = [
        okr.evaluate(plan, journal, as_of=day(8, 2))
        for plan in (_plan(deals=["revenue"], calls=["deals"]), _plan(deals=[], calls=[]))
    ]
    assert cards[0]["o"] == cards[1]["o"]
    assert cards[0]["k"] == cards[1]["k"]


def test_a_metric_is_described() -> None:
    survey = Measurement(
        numerator="promoters minus detractors", source="survey tool", least_answers=50
    )
    place = okr.Place(team="Growth")
    metric = okr.Metric(
        "nps", "NPS", definition="would recommend us", measurement=survey, place=place
    )
    card = okr.evaluate(okr.Plan([], metrics=[metric]), okr.Journal(), as_of=day(8, 1))
    found = card.metric("nps")
    assert (found.definition, found.measurement) == ("would recommend us", survey)
    words = str(card.explain("nps"))
    assert "would recommend us" in words
    assert "numerator: promoters minus detractors" in words
    assert "source: survey tool" in words
    assert "at least 50 answers" in words
    with pytest.raises(okr.InvalidValueError, match="least_answers"):
        Measurement(least_answers=0)
    assert repr(survey).startswith("Measurement(numerator='promoters")


def test_a_team_has_its_metrics() -> None:
    metrics = [
        okr.Metric("nps", "NPS", place=okr.Place(team=okr.Team("Growth", within="Product"))),
        okr.Metric("uptime", "Uptime", place=okr.Place(team="Platform"), owner="Ana Ruiz"),
        okr.Metric("trials", "Trials"),
        okr.Metric("part", "Part"),
        okr.Metric("made", "Made", derived=okr.Derived(okr.Aggregation.SUM, ["part"])),
    ]
    growth = goal(
        kr("k", metric="made"), place=okr.Place(team=okr.Team("Growth", within="Product"))
    )
    plan = okr.Plan([growth], metrics=metrics)
    card = okr.evaluate(plan, okr.Journal(), as_of=day(8, 1))

    def shown(**scope: Any) -> set[Any]:
        return {row["id"] for row in okr.to_records(card.where(**scope)) if row["kind"] == "metric"}

    assert shown(team="Growth") == shown(team="Product") == {"nps", "made", "part"}
    assert shown(team="Platform") == shown(owner="Ana Ruiz") == {"uptime"}
    assert shown(tag="growth") == set()


def test_a_metric_serves_a_priority_of_the_plan() -> None:
    place = okr.Place(priority="grow")
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan([], metrics=[okr.Metric("nps", "NPS", place=place)])
    fault = caught.value
    assert (fault.code, fault.path) == ("unknown-id", "Metric('nps').place.priority")
    # Once, for a metric with drivers too.
    driving = okr.Metric("nps", "NPS", place=place, drives=["deals"])
    with pytest.raises(okr.InconsistentPlanError) as again:
        okr.Plan([], metrics=[driving, okr.Metric("deals", "Deals")])
    assert str(again.value) == str(fault)
    plan = okr.Plan(
        [goal(kr("k", metric="nps"))],
        metrics=[okr.Metric("nps", "NPS", place=place)],
        priorities=[okr.plan.Priority("grow", "Grow")],
    )
    # The part has the priorities of its metrics, too.
    part = plan.subtree("o")
    assert part.metric("nps").place == place
    assert part.priorities == plan.priorities


def test_a_part_of_a_journal_has_the_metrics_that_join_it() -> None:
    """One that names a metric of another part does not join it."""
    plan = okr.Plan(
        [goal(kr("k", metric="a")), goal(kr("k2", metric="b"), id="o2")],
        metrics=[okr.Metric("a", "A"), okr.Metric("b", "B")],
    )
    joins = [
        okr.Adjustment(id, day(8, 1), adds=[okr.Metric(id, id, drives=[to])], because="b")
        for id, to in (("c", "a"), ("d", "b"))
    ]
    kept = okr.Journal(joins).only(plan.subtree("o"))
    assert [getattr(entry, "of", None) for entry in kept.entries] == ["c"]


def test_an_explanation_has_the_drivers() -> None:
    card = okr.evaluate(_plan(deals=["revenue"]), okr.Journal(), as_of=day(8, 1))
    assert "believed to drive revenue" in str(card.explain("deals"))

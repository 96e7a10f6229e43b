"""Plans: look-ups, queries, and plans made from plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.plan.cascade import find_circle

Q3 = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
REVENUE = okr.KeyResult("rev", "Revenue", okr.Reach(10), owner="Ana Ruiz")
COMPANY = okr.Objective(
    "co",
    "Win",
    key_results=[REVENUE],
    guardrails=[okr.Guardrail("churn", "Churn", okr.Below(2), protects="rev", metric="churn-m")],
    place=okr.Place(level=okr.Level.COMPANY),
    cycle=Q3,
    owner="Ana Ruiz",
)
TEAM = okr.Objective(
    "team",
    "Sell more",
    key_results=[okr.KeyResult("deals", "Deals", okr.Reach(5), metric="deals-m")],
    supports=[okr.Alignment("rev", contribution="deals bring revenue"), "ext"],
    place=okr.Place(team="Sales", contributors=["Cy Wu", okr.Team("Growth")]),
    profile=okr.ObjectiveProfile(tags=["pilot"]),
)
SQUAD = okr.Objective(
    "squad",
    "Better demos",
    supports=["team", "co"],
    key_results=[okr.KeyResultRef("deals", weight=2)],
    initiatives=[okr.Initiative("demo", "New demo", drives=["deals", "churn-m"])],
)
ALONE = okr.Objective("alone", "Paint the wall")
PLAN = okr.Plan(
    [COMPANY, TEAM, SQUAD, ALONE],
    metrics=[okr.Metric("deals-m", "Deals won"), okr.Metric("churn-m", "Churn")],
    outside=[okr.Outside("ext", title="Group target")],
)


def ids(objectives: tuple[okr.Objective, ...]) -> list[str]:
    return [objective.id for objective in objectives]


def test_look_ups() -> None:
    assert PLAN.objective("co") is COMPANY
    assert PLAN.key_result("rev") is REVENUE
    assert PLAN.guardrail("churn").bound == okr.Below(2)
    assert PLAN.initiative("demo").drives == ("deals", "churn-m")
    assert PLAN.metric("deals-m").title == "Deals won"
    assert PLAN.homes["deals"] is TEAM
    assert "rev" in PLAN
    assert "nothing" not in PLAN
    assert 3 not in PLAN
    assert len(PLAN) == 4
    assert repr(PLAN) == "Plan(4 objectives, 11 items)"
    assert PLAN.key_results_of(SQUAD) == ((PLAN.key_result("deals"), 2.0),)


def test_the_graph() -> None:
    assert ids(PLAN.children("co")) == ["team", "squad"]
    assert ids(PLAN.children("rev")) == ["team"]
    assert ids(PLAN.children("ext")) == ["team"]
    assert ids(PLAN.parents("squad")) == ["team", "co"]
    assert ids(PLAN.parents("team")) == ["co"]
    assert ids(PLAN.descendants("co")) == ["team", "squad"]
    assert ids(PLAN.descendants("ext")) == ["team", "squad"]
    assert ids(PLAN.ancestors("squad")) == ["team", "co"]
    assert ids(PLAN.roots()) == ["co", "alone"]
    assert ids(PLAN.orphans()) == ["alone"]
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        PLAN.children("nothing")


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({}, ["co", "team", "squad", "alone"]),
        ({"owner": "Ana Ruiz"}, ["co"]),
        ({"owner": okr.Team("Ana Ruiz")}, []),
        ({"team": "Sales"}, ["team"]),
        ({"level": okr.Level.COMPANY}, ["co"]),
        ({"cycle": "2026-Q3"}, ["co"]),
        ({"cycle": Q3}, ["co"]),
        ({"tag": "pilot"}, ["team"]),
        ({"tag": "pilot", "team": "Other"}, []),
    ],
)
def test_where(condition: Any, found: list[str]) -> None:
    assert ids(PLAN.where(**condition)) == found


def test_put() -> None:
    renamed = evolve(TEAM, title="Sell better")
    assert PLAN.put(renamed).objective("team").title == "Sell better"
    assert ids(PLAN.put(renamed).objectives) == ids(PLAN.objectives)
    assert ids(PLAN.put(okr.Objective("new", "New")).objectives)[-1] == "new"
    assert PLAN.objective("team").title == "Sell more"


def test_correct_measure() -> None:
    corrected = PLAN.correct_measure("deals", okr.Reach(6))
    assert corrected.key_result("deals").measure == okr.Reach(6)
    assert corrected.key_result("rev") is REVENUE
    assert PLAN.key_result("deals").measure == okr.Reach(5)


def test_a_subtree_stands_alone() -> None:
    part = PLAN.subtree("squad")
    # The home of the key result it refers to comes along; what both support is named as outside.
    assert ids(part.objectives) == ["team", "squad"]
    assert {outside.id: outside.title for outside in part.outside} == {
        "co": "Win",
        "rev": "Revenue",
        "ext": "Group target",
    }
    assert [metric.id for metric in part.metrics] == ["deals-m", "churn-m"]


def test_a_subtree_has_what_it_derives_from() -> None:
    north = okr.Objective("north", "North", key_results=[okr.KeyResult("n", "N", okr.Reach(10))])
    total = okr.KeyResult("t", "T", okr.Reach(20), derived=okr.Derived(okr.Aggregation.SUM, ["n"]))
    whole = okr.Plan([north, okr.Objective("all", "All", key_results=[total]), ALONE])
    assert ids(whole.subtree("all").objectives) == ["north", "all"]


def test_a_subtree_leaves_out_what_it_does_not_need() -> None:
    assert ids(PLAN.subtree("alone").objectives) == ["alone"]
    assert PLAN.subtree("alone").metrics == ()


@pytest.mark.parametrize(
    ("objectives", "message"),
    [
        (
            [evolve(ALONE, key_results=[REVENUE, okr.KeyResultRef("rev")])],
            "Objective('alone').key_results[1]: must be used only once, got 'rev'; let a key"
            " result count once in an objective, with its weight [duplicate-id]",
        ),
        (
            [
                evolve(COMPANY, guardrails=()),
                evolve(ALONE, key_results=[okr.KeyResultRef("rev"), okr.KeyResultRef("rev")]),
            ],
            "Objective('alone').key_results[1]: must be used only once, got 'rev'; let a key"
            " result count once in an objective, with its weight [duplicate-id]",
        ),
        (
            [evolve(ALONE, key_results=[okr.KeyResultRef("alone")])],
            "Objective('alone').key_results[0]: must be an item of the right kind, got 'alone'; it"
            " is an objective [wrong-kind]",
        ),
        (
            [
                evolve(COMPANY, guardrails=()),
                evolve(ALONE, guardrails=[okr.Guardrail("g", "G", okr.AtMost(1), protects="rev")]),
            ],
            "Guardrail('g').protects: must be an item of the right kind, got 'rev'; name a key"
            " result that counts in 'alone' [wrong-kind]",
        ),
        (
            [evolve(ALONE, initiatives=[okr.Initiative("i", "I", drives=["alone"])])],
            "Initiative('i').drives[0]: must be an item of the right kind, got 'alone'; it is an"
            " objective [wrong-kind]",
        ),
        (
            [evolve(ALONE, key_results=[evolve(REVENUE, metric="alone")])],
            "KeyResult('rev').metric: must be an item of the right kind, got 'alone'; it is an"
            " objective [wrong-kind]",
        ),
    ],
)
def test_references_lead_somewhere(objectives: list[okr.Objective], message: str) -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan(objectives)
    assert str(caught.value) == message


def test_a_circle_is_found_below_other_things() -> None:
    assert find_circle({"a": ["b"], "b": []}) == []
    assert find_circle({"x": ["a"], "a": ["b", "top"], "b": ["a"], "top": []}) == ["a", "b", "a"]
    assert find_circle({"a": ["a"]}) == ["a", "a"]


def test_objectives() -> None:
    assert COMPANY.own_key_results == (REVENUE,)
    assert SQUAD.own_key_results == ()
    sprint = okr.Cycle.starting(date(2026, 9, 7), okr.Cadence.MICRO_WEEK)
    assert evolve(ALONE, cycle=sprint).is_micro
    assert not COMPANY.is_micro
    assert not ALONE.is_micro
    assert repr(COMPANY) == "Objective('co', 'Win', 1 key result)"
    assert str(TEAM.place and TEAM.place.contributors[1]) == "Growth"
    assert str(okr.Person("Ana Ruiz")) == "Ana Ruiz"
    assert okr.Team("Growth", within="Product").within == okr.Team("Product")


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("USD", 12_000_000, "$12,000,000"),
        ("USD", -4.5, "-$4.5"),
        ("%", 3.8, "3.8%"),
        ("%", -0.25, "-0.25%"),
        ("mm:ss", 157, "2:37"),
        ("mm:ss", -65, "-1:05"),
        ("people", 500, "500 people"),
        ("tickets per month", 30, "30 tickets per month"),
        ("points", 1e-5, "1e-05 points"),
        ("points", 0, "0 points"),
    ],
)
def test_units_format(unit: str, value: float, text: str) -> None:
    measured = okr.KeyResult("k", "K", okr.Reach(1), unit=unit).unit
    assert measured is not None
    assert measured.format(value) == text


def test_units_have_names() -> None:
    assert str(okr.Unit("tickets", per="month")) == "tickets per month"
    assert str(okr.Unit("%")) == "%"


def test_milestones_are_named_as_values() -> None:
    steps = okr.Milestones("a", okr.Milestone("b", 3))
    assert steps.names == ("a", "b")
    assert evolve(steps) == steps
    assert steps.weight_of(["b", "unknown"]) == 0.75


@pytest.mark.parametrize(
    ("bound", "states"),
    [
        (okr.AtMost(85, warn_at=80, tolerated_to=90), "HHWWWB"),
        (okr.Below(85, warn_at=80, tolerated_to=90), "HHWWWB"),
        (okr.AtMost(85), "HHHHBB"),
        (okr.Below(85), "HHHBBB"),
        (okr.AtLeast(85, warn_at=88, tolerated_to=80), "BWWWWH"),
        (okr.Above(85), "BBBBHH"),
        (okr.AtLeast(85), "BBBHHH"),
        (okr.Between(80, 85), "BHHHBB"),
        (okr.Between(80, 90, warn_at=(82, 86), tolerated_to=(79, 90.5)), "BWHHWW"),
    ],
)
def test_states_of_bounds(bound: Any, states: str) -> None:
    values: tuple[float, ...] = (70, 80, 84.9, 85, 88, 90.4)
    if states == "HHWWWB":
        values = (70, 79.9, 80, 85, 90, 90.1)
    assert "".join(bound.state(value).name[0] for value in values) == states


def test_bounds_in_words() -> None:
    assert str(okr.AtMost(1_250_000)) == "at most 1,250,000"
    assert str(okr.Between(72, 78)) == "between 72 and 78"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: okr.AtMost(85, warn_at=90), "give a value below 85"),
        (lambda: okr.AtMost(85, tolerated_to=85), "give a value above 85"),
        (lambda: okr.AtLeast(85, warn_at=80), "give a value above 85"),
        (lambda: okr.Between(78, 72), "high is 72"),
        (lambda: okr.Between(72, 78, warn_at=(72, 75)), "give a zone inside 72 to 78"),
        (lambda: okr.Between(72, 78, tolerated_to=(73, 80)), "give a zone around 72 to 78"),
        (lambda: okr.Between(72, 78, warn_at=(73,)), "give (low, high)"),
        (lambda: okr.Between(72, 78, warn_at=3), "give (low, high)"),  # type: ignore[arg-type]
        (lambda: okr.Between(72, 78, warn_at=("a", "b")), "must be a finite number"),  # type: ignore[arg-type]
    ],
)
def test_zones_on_the_wrong_side(make: Any, message: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        make()
    assert message in str(caught.value)


def test_a_metric_reads_numbers() -> None:
    ship = okr.KeyResult("ship", "Shipped", okr.PassFail(), metric="m")
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan([okr.Objective("o", "O", key_results=[ship])], metrics=[okr.Metric("m", "M")])
    assert str(caught.value) == (
        "KeyResult('ship').metric: must be an item of the right kind, got 'm'; a metric reads"
        " numbers, which PassFail does not take [wrong-kind]"
    )


def test_waypoints_are_in_order_of_their_days() -> None:
    points = [okr.Waypoint(date(2026, month, 1), 10.0 * month) for month in (7, 8, 9)]
    assert okr.Timing(waypoints=points).waypoints == tuple(points)
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.Timing(waypoints=[points[0], points[2], points[1]])
    assert caught.value.path == "Timing.waypoints[2].on"


def test_a_dependency_is_known_before_its_day_is() -> None:
    dependency = okr.Dependency("an interface", provider="Cy Wu")
    assert dependency.provider == okr.Person("Cy Wu")
    assert (dependency.needed_by, dependency.agreed, dependency.escalated) == (None, False, None)

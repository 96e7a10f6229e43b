"""Selections of objectives, and teams within teams."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec
from okrcore.plan import Scope
from okrcore.review import list_due, list_parked, look_back, make_agenda

YEAR = okr.FiscalCalendar()
Q1, Q2, Q3 = (YEAR.quarter(2026, n) for n in (1, 2, 3))
DAY = date(2026, 8, 14)
CARRY, ACHIEVED = okr.ClosingDecision.CARRY, okr.ClosingDecision.ACHIEVED


def goal(n: int, cycle: okr.Cycle | None, team: str | okr.Team = "Operations", **more: Any) -> Any:
    key_results = [okr.KeyResult(f"k{n}", f"Customers {n}", okr.Reach(10))]
    place = okr.Place(team=okr.Team(team) if isinstance(team, str) else team)
    return okr.Objective(
        f"ops{n}", f"Goal {n}", key_results=key_results, cycle=cycle, place=place, **more
    )


PLAN = okr.Plan([goal(1, Q1), goal(2, Q2), goal(3, Q3)])
JOURNAL = okr.Journal(
    [
        *okr.check_ins(Q1.end, {"k1": 10}),
        *okr.check_ins(Q2.end, {"k2": 10}),
        *okr.check_ins(DAY, {"k3": 3}),
        okr.Closing("ops1", Q1.end, ACHIEVED),
        okr.Closing("ops2", Q2.end, ACHIEVED),
    ]
)
CARD = okr.evaluate(PLAN, JOURNAL, as_of=DAY)


def ids(card: okr.Scorecard) -> list[str]:
    return [result.id for result in card]


def groups(card: okr.Scorecard, **more: Any) -> list[tuple[str | None, int, float | None]]:
    found = card.group_by("team", **more)
    return [(group.name, group.n, group.mean_score) for group in found]


@pytest.mark.parametrize(
    "card", [CARD.where(running=True), CARD.where(cycle="2026-Q3"), CARD.where(cycle=Q3)]
)
def test_this_quarter_of_a_team(card: okr.Scorecard) -> None:
    card = card.where(team="Operations")
    assert ids(card) == ["ops3"]
    assert len(card) == 1
    assert groups(card) == [("Operations", 1, 0.3)]
    assert card.columns("id", "score") == {"id": ["ops3", "k3"], "score": [0.3, 0.3]}
    assert card.columns("id", kind="key result") == {"id": ["k3"]}
    assert [row["id"] for row in okr.to_records(card)] == ["ops3", "k3"]
    report = codec.report(card)["data"]
    assert [each["id"] for each in report["objectives"] + report["key_results"]] == ["ops3", "k3"]
    for shown in (
        str(card),
        okr.display.scorecard_markdown(card),
        okr.display.scorecard_html(card),
    ):
        assert "Goal 3" in shown
        assert "Goal 1" not in shown
        assert "1 of 3 objectives: " in shown
    assert repr(card).endswith("RECOMMENDED, 1 listed)")


def test_all_of_the_past_is_there_if_it_is_not_left_out() -> None:
    [(name, count, score)] = groups(CARD)
    assert (name, count) == ("Operations", 3)
    assert score == pytest.approx(2.3 / 3)
    assert "objectives: " not in str(CARD)


def test_look_up_reaches_everything() -> None:
    card = CARD.where(running=True)
    assert card.objective("ops1").score == card["ops1"].score == 1.0
    assert "ops1" in card
    assert card.explain("k2").result == 1.0
    assert ids(card.what_if({"k3": 0.5})) == ["ops3"]


def test_a_second_where_narrows() -> None:
    assert ids(CARD.where(running=False)) == ["ops1", "ops2"]
    assert ids(CARD.where(running=False).where(cycle=Q2)) == ["ops2"]
    assert ids(CARD.where(ids=["ops3", "ops1"])) == ["ops1", "ops3"]
    assert ids(CARD.where(ids=["ops3", "ops1"]).where(ids=["ops3", "ops2"])) == ["ops3"]
    assert ids(CARD.where()) == ["ops1", "ops2", "ops3"]


@pytest.mark.parametrize(
    "card", [CARD.where(team="Sales"), CARD.where(ids=[]), CARD.where(cycle=Q1).where(cycle=Q2)]
)
def test_a_selection_of_nothing(card: okr.Scorecard) -> None:
    assert (ids(card), len(card), card.group_by("team"), okr.to_records(card)) == ([], 0, (), [])
    assert card.columns("id") == {"id": []}
    for shown in (
        str(card),
        okr.display.scorecard_markdown(card),
        okr.display.scorecard_html(card),
    ):
        assert "no objectives: " in shown


def test_the_title_has_the_conditions() -> None:
    owner = okr.Team("Board")
    place = okr.Place(level=okr.Level.TEAM)
    tagged = okr.ObjectiveProfile(tags=["pilot"])
    plan = okr.Plan([okr.Objective("o", "O", owner=owner, place=place, profile=tagged)])
    card = okr.evaluate(plan, okr.Journal(), as_of=DAY)
    found = card.where(owner=owner, level="team", tag="pilot").where(running=True, ids=["o"])
    title = "1 of 1 objective: owner Board; level team; tag pilot; running; by id"
    assert title in okr.display.scorecard_html(found)
    assert ids(found) == ["o"]
    assert ids(card.where(level="unit")) == ids(card.where(team="Board")) == []
    found = card.where(team="Board", running=False)
    assert "no objectives: team Board, with teams within it; not running" in " ".join(
        str(found).split()
    )


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"owner": 5}, "Scope.owner: must have the right type, got 5"),
        ({"team": 5}, "Scope.team: must have the right type, got 5"),
        ({"level": "top"}, "Scorecard.where.level: must be one of the known words, got 'top'"),
        ({"cycle": 5}, "Scope.cycle: must have the right type, got 5"),
        ({"tag": 5}, "Scope.tag: must have the right type, got 5"),
        ({"running": "yes"}, "Scope.running: must be True or False, got 'yes'"),
        ({"ids": "ops1"}, "Scope.ids: must be a list or tuple, got 'ops1'; write ['ops1']"),
        ({"ids": ["ops9"]}, "Plan.objective: must be a known id, got 'ops9'"),
        ({"ids": ["k1"]}, "must be an item of the right kind, got 'k1'; it is a key result"),
    ],
)
def test_refused_conditions(condition: Any, message: str) -> None:
    with pytest.raises(okr.OkrError) as refused:
        CARD.where(**condition)
    assert message in str(refused.value)
    if "ids" not in condition or condition["ids"] == "ops1":
        with pytest.raises(okr.OkrError):
            Scope(**condition)


def test_an_unknown_condition_is_refused() -> None:
    with pytest.raises(TypeError):
        CARD.where(teams="Operations")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def test_a_scope_of_an_id_that_has_left() -> None:
    two = okr.Plan([goal(1, Q3), goal(2, Q3)])
    gone = okr.Adjustment("ops2", date(2026, 8, 1), removes=["k2"], because="no data")
    card = okr.evaluate(two, okr.Journal([gone]), as_of=DAY)
    assert card.where(ids=["ops2"]).columns("id") == {"id": ["ops2"]}
    assert [row["id"] for row in okr.to_records(card.where(ids=["ops2"]))] == ["ops2"]


def test_documents_of_a_selection() -> None:
    card = CARD.where(team=okr.Team("Operations", within="All"), ids=["ops1"]).where(
        cycle="2026-Q1"
    )
    assert codec.load(codec.dump(card)) == card != CARD
    assert codec.load(codec.dump(CARD.where(cycle=Q1))) == CARD.where(cycle=Q1)
    document = codec.dump(card)
    document["data"]["scopes"][0]["ids"] = ["ops1", "ops7"]
    with pytest.raises(okr.DecodeError) as refused:
        codec.load(document)
    assert [fault.path for fault in refused.value.faults] == ["$.data.scopes[0].ids[1]"]


# --- members, metrics, Micro-OKRs ---------------------------------------------------------------


def test_members_and_metrics_of_a_selection() -> None:
    week = okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_WEEK)
    first = okr.Objective(
        "a",
        "First",
        cycle=Q3,
        key_results=[okr.KeyResult("ka", "A", okr.Reach(10), metric="m")],
        guardrails=[okr.Guardrail("ga", "Guard A", okr.AtMost(3), metric="n")],
        initiatives=[okr.Initiative("ia", "Work A", drives=["ka"])],
    )
    second = okr.Objective(
        "b",
        "Second",
        cycle=Q3,
        key_results=[okr.KeyResult("kb", "B", okr.Reach(10), metric="o"), okr.KeyResultRef("ka")],
        guardrails=[okr.Guardrail("gb", "Guard B", okr.AtMost(3))],
    )
    micro = okr.Objective("w", "Unblock", cycle=week, supports=["a"])
    plan = okr.Plan(
        [first, second, micro], metrics=[okr.Metric(id, f"Metric {id}") for id in "mnop"]
    )
    card = okr.evaluate(plan, okr.Journal(), as_of=DAY)
    found = card.where(ids=["a"])
    assert [row["id"] for row in okr.to_records(found)] == ["a", "ka", "ga", "ia", "m", "n"]
    assert [row["id"] for row in okr.to_records(card.where(ids=["b"]))] == ["b", "kb", "gb", "o"]
    report = codec.report(found)["data"]
    assert [each["id"] for each in report["guardrails"] + report["metrics"]] == ["ga", "m", "n"]
    assert "↳" not in str(found)
    assert "↳" in str(card.where(ids=["a", "w"]))
    assert "Metric m" in str(found)
    assert "Metric o" not in str(found)
    due = list_due(plan, okr.Journal(), as_of=DAY, scope=Scope(ids=["b"]))
    assert {one.of for one in due} == {"b", "gb", "o"}
    assert {one.of for one in list_due(plan, okr.Journal(), as_of=DAY)} >= {"a", "m", "n", "b"}


# --- rituals ------------------------------------------------------------------------------------


def test_rituals_of_a_scope() -> None:
    mine, sales = goal(1, Q3), goal(2, Q3, "Sales")
    waits = okr.Parked("no people", None)
    parked = goal(4, None, "Sales", profile=okr.ObjectiveProfile(parked=waits))
    paused = okr.Transition("ops1", DAY, okr.Lifecycle.PAUSED)
    change = okr.Adjustment("k1", DAY, weight=2, because="more of it")
    plan = okr.Plan([mine, sales, parked], metrics=[okr.Metric("free", "Free", check_in_days=3)])
    journal = okr.Journal(
        [*okr.check_ins(DAY, {"k1": 4, "k2": 6}), change, okr.CheckIn("free", DAY, 2)]
    )
    page = make_agenda(plan, journal, as_of=DAY, scope=Scope(team="Sales"))
    about = {id for section in page.sections for item in section.items for id in item.ids}
    assert "k2" in about
    assert not about & {"k1", "ops1", "free"}
    every = make_agenda(plan, journal, as_of=DAY)
    about = {id for section in every.sections for item in section.items for id in item.ids}
    assert about >= {"k1", "k2", "free"}
    page = make_agenda(plan, journal, as_of=DAY, scope=Scope(team="Sales"), of=["ops1", "ops2"])
    about = {id for section in page.sections for item in section.items for id in item.ids}
    assert about & {"k1", "k2"} == {"k2"}
    nobody = make_agenda(plan, journal, as_of=DAY, scope=Scope(team="Nobody"))
    assert "no objective is running in the scope" in {one.empty for one in nobody.sections}
    stopped = journal.add(paused)
    page = make_agenda(plan, stopped, as_of=DAY, scope=Scope(team="Sales"))
    assert not page.section(okr.review.AgendaTopic.PAUSED).items
    card = okr.evaluate(plan, journal, as_of=DAY)
    assert [one.of for one in list_parked(card)] == ["ops4"]
    assert list_parked(card.where(team="Operations")) == ()


def test_a_retrospective_of_a_scope_has_the_last_cycle_of_its_objectives() -> None:
    plan = okr.Plan([goal(1, Q1, "Sales", ambition=okr.Ambition.COMMITTED), goal(2, Q2)])
    card = okr.evaluate(plan, okr.Journal(), as_of=DAY)
    assert {found.of for found in look_back(card)} <= {"ops2", "k2"}
    assert {found.of for found in look_back(card.where(team="Sales"))} <= {"ops1", "k1"}
    assert look_back(card.where(team="Sales"))


def test_a_reallocation_window_of_a_scope() -> None:
    plan = okr.Plan([goal(1, Q3), goal(2, Q3, "Sales")])
    card = okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, {"k1": 1, "k2": 1})), as_of=DAY)
    assert okr.review.find_reallocation_window(card, budget=1).weaker == ("ops1", "ops2")
    found = okr.review.find_reallocation_window(card.where(team="Sales"), budget=1)
    assert found.weaker == ("ops2",)


@pytest.mark.parametrize("act", [make_agenda, list_due])
def test_refused_scopes_of_rituals(act: Any) -> None:
    with pytest.raises(okr.InvalidValueError, match="wrong-type"):
        act(PLAN, JOURNAL, as_of=DAY, scope="running")
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        act(PLAN, JOURNAL, as_of=DAY, scope=Scope(ids=["ops9"]))


# --- chains -------------------------------------------------------------------------------------


def test_members_of_a_chain_in_a_scope() -> None:
    plan = okr.Plan(
        [goal(1, Q2), goal(2, Q3, continues="ops1", profile=okr.ObjectiveProfile(tags=["new"]))]
    )
    journal = okr.Journal(
        [
            *okr.check_ins(Q2.end, {"k1": 8}),
            okr.Closing("ops1", Q2.end, CARRY),
            *okr.check_ins(DAY, {"k2": 3}),
        ]
    )
    card = okr.evaluate(plan, journal, as_of=DAY)
    whole = groups(card)
    assert whole != [("Operations", 1, 0.3)]
    # The chain counts once, with its score, if its newest objective is listed.
    assert groups(card.where(tag="new")) == groups(card.where(team="Operations")) == whole
    # By cycle, and without the newest, each counts by itself.
    assert (
        groups(card.where(cycle=Q3)) == groups(card.where(running=True)) == [("Operations", 1, 0.3)]
    )
    assert (
        groups(card.where(cycle=Q2)) == groups(card.where(ids=["ops1"])) == [("Operations", 1, 0.8)]
    )
    assert len(card.where(team="Operations")) == 2


# --- teams within teams -------------------------------------------------------------------------

GROWTH, PRODUCT = okr.Team("Growth", within="Product"), okr.Team("Product", within="Tech")


def card_of(*teams: okr.Team | None, **scores: float) -> okr.Scorecard:
    objectives = [
        okr.Objective(
            f"o{n}",
            f"O{n}",
            place=okr.Place(team=team),
            key_results=[okr.KeyResult(f"k{n}", f"K{n}", okr.Reach(10))],
        )
        for n, team in enumerate(teams)
    ]
    return okr.evaluate(okr.Plan(objectives), okr.Journal(okr.check_ins(DAY, scores)), as_of=DAY)


def test_a_team_has_the_objectives_of_the_teams_within_it() -> None:
    card = card_of(GROWTH, PRODUCT, k0=2, k1=8)
    for view in (card, card.plan):
        found = {
            name: [each.id for each in view.where(team=name)]
            for name in ("Growth", "Product", "Tech")
        }
        assert found == {"Growth": ["o0"], "Product": ["o0", "o1"], "Tech": ["o0", "o1"]}
        assert len(tuple(view.where(team=PRODUCT))) == 2
        assert not tuple(view.where(team=okr.Team("Product", within="Sales")))
    assert sorted(groups(card)) == [("Growth", 1, 0.2), ("Product", 1, 0.8)]
    assert repr(card.group_by("team", with_containing=True)) == (
        "(ObjectiveGroup('Tech', 2 objectives with teams within it, 0.50),"
        " ObjectiveGroup('Product', 2 objectives with teams within it, 0.50),"
        " ObjectiveGroup('Growth', 1 objective, 0.20))"
    )


def test_containing_teams_and_nobody() -> None:
    card = card_of(GROWTH, None, k0=2, k1=8)
    assert groups(card, with_containing=True) == [
        ("Product", 1, 0.2),
        ("Growth", 1, 0.2),
        (None, 1, 0.8),
    ]
    assert [each.with_contained for each in card.group_by("team", with_containing=True)] == [
        True,
        False,
        False,
    ]


def test_teams_of_one_name_within_several_are_several() -> None:
    one, other = okr.Team("Support", within="Europe"), okr.Team("Support", within="Asia")
    card = card_of(one, other, okr.Team("Support"), k0=2, k1=4, k2=6)
    assert sorted(groups(card)) == [
        ("Support", 1, 0.6),
        ("Support within Asia", 1, 0.4),
        ("Support within Europe", 1, 0.2),
    ]
    assert ids(card.where(team="Support")) == ["o0", "o1", "o2"]
    assert ids(card.where(team=one)) == ids(card.where(team="Europe")) == ["o0"]


def test_teams_within_each_other_in_a_circle() -> None:
    card = card_of(okr.Team("A", within="B"), okr.Team("B", within="A"), k0=2, k1=4)
    assert ids(card.where(team="A")) == ["o0", "o1"]
    found = card.group_by("team", with_containing=True)
    assert sum(group.n for group in found if group.name is not None) == 4


def test_containing_groups_are_of_teams() -> None:
    with pytest.raises(okr.InvalidValueError, match="teams alone contain each other"):
        CARD.group_by("cycle", with_containing=True)
    with pytest.raises(okr.InvalidValueError, match="not-true-or-false"):
        CARD.group_by("team", with_containing="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for by in ("owner", "person"):
        with pytest.raises(okr.InvalidValueError, match="of-people"):
            CARD.where(running=True).group_by(by)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

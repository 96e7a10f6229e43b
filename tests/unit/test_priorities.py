"""Priorities: records with thresholds, which objectives serve by their id. S45: a priority is a word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore import codec
from okrcore.plan import Priority, Threshold

Q3 = okr.FiscalCalendar().quarter(2026, 3)
YEAR = okr.FiscalCalendar().year(2026)
DAY = date(2026, 8, 14)
MID = Priority(
    "mid",
    "Win the mid-market",
    owner="Ana Ruiz",
    period=YEAR,
    metrics=[Threshold("nps", okr.AtLeast(40)), Threshold("churn", okr.AtMost(3))],
)
CASH = Priority("cash", "Keep cash")
METRICS = [okr.Metric("nps", "Promoters"), okr.Metric("churn", "Churn", unit="%")]


def goal(id: str, priority: str | None = None, **more: Any) -> okr.Objective:
    place = okr.Place(priority=priority)
    kr = okr.KeyResult(f"k-{id}", f"Key result {id}", okr.Reach(10))
    return okr.Objective(id, f"Goal {id}", key_results=[kr], cycle=Q3, place=place, **more)


def plan(*objectives: okr.Objective, priorities: Any = (MID, CASH)) -> okr.Plan:
    return okr.Plan(objectives, metrics=METRICS, priorities=priorities)


def card(which: okr.Plan, *entries: Any, **values: float) -> okr.Scorecard:
    journal = okr.Journal([*okr.check_ins(DAY, values), *entries])
    return okr.evaluate(which, journal, as_of=DAY)


def test_a_typing_error_is_an_unknown_id() -> None:
    """S45."""
    with pytest.raises(okr.InconsistentPlanError) as caught:
        plan(goal("a", "mid"), goal("b", "mud"))
    assert str(caught.value) == (
        "Objective('b').place.priority: must be a known id, got 'mud'; did you mean 'mid'?"
        " [unknown-id]"
    )
    # A plan without priorities refuses it as well.
    with pytest.raises(okr.InconsistentPlanError):
        okr.Plan([goal("a", "mid")])
    with pytest.raises(okr.InconsistentPlanError) as caught:
        plan(goal("a", "nps"))
    assert caught.value.code == "wrong-kind"


def test_groups_are_by_id_with_the_title_in_the_order_of_the_plan() -> None:
    found = card(
        plan(goal("a", "cash"), goal("b", "mid"), goal("c"), goal("d", "mid")),
        **{"k-a": 2, "k-b": 5, "k-d": 7},
    )
    groups = found.group_by("priority")
    assert [(each.name, each.id, each.ids, each.mean_score) for each in groups] == [
        ("Win the mid-market", "mid", ("b", "d"), 0.6),
        ("Keep cash", "cash", ("a",), 0.2),
        (None, None, ("c",), None),
    ]
    assert codec.to_records(groups)[0]["id"] == "mid"
    alike = plan(
        goal("a", "x"), goal("b", "y"), priorities=[Priority("y", "Grow"), Priority("x", "Grow")]
    )
    assert [each.name for each in card(alike).group_by("priority")] == ["Grow (y)", "Grow (x)"]


def test_its_state_is_the_worst_of_its_thresholds() -> None:
    which = plan(goal("a", "mid"), goal("b", "mid"))
    for values, state in (
        ({"nps": 45, "churn": 2}, "held"),
        ({"nps": 45, "churn": 4}, "breached"),
        ({"nps": 45}, "unknown"),
        ({"churn": 4}, "breached"),
        ({}, "unknown"),
    ):
        result = card(which, **values).priority("mid")
        assert (result.state, result.status) == (state, state)
        assert result.score is None
    found = card(which, nps=45, churn=4)
    assert found["mid"] == found.priority("mid")
    assert "mid" in found
    one, other = found.priority("mid").thresholds
    assert (one.metric, one.state, one.reading, one.read_on, one.margin) == (
        "nps",
        "held",
        45.0,
        DAY,
        5.0,
    )
    assert (other.metric, other.state, other.margin) == ("churn", "breached", -1.0)
    assert other.why == "4%, outside its limit (at most 3%), first on 2026-08-14"
    assert found["mid"].status_why == f"Promoters: {one.why}; Churn: {other.why}"
    assert found.priority("mid").objectives == ("a", "b")
    assert found.priority("mid").period == YEAR
    assert found.priority("mid").owner == okr.Person("Ana Ruiz")
    assert (found["cash"].status, found["cash"].status_why) == ("unknown", "no thresholds")


def test_a_threshold_warns_as_other_bounds_do() -> None:
    warning = Priority("mid", "Win", metrics=[Threshold("nps", okr.AtLeast(40, warn_at=45))])
    assert card(plan(goal("a"), priorities=[warning]), nps=42)["mid"].status == "warning"


def test_no_reading_counts_after_its_period() -> None:
    short = evolve(MID, period=okr.Period(date(2026, 1, 1), date(2026, 7, 31)))
    entries = okr.check_ins(date(2026, 7, 1), {"nps": 45, "churn": 1})
    found = card(plan(goal("a"), priorities=[short]), *entries, nps=30, churn=9)
    assert [each.reading for each in found.priority("mid").thresholds] == [45.0, 1.0]
    assert found["mid"].status == "held"
    # A period with a day to come is judged by the day.
    assert card(plan(goal("a")), *entries, nps=30, churn=1)["mid"].status == "breached"


def test_it_moves_no_number_and_takes_no_check_in() -> None:
    served, plain = plan(goal("a", "mid")), plan(goal("a"), priorities=())
    for name in ("score", "status", "coverage", "expected", "why", "status_why"):
        values = {"k-a": 4, "nps": 45}
        with_it, without = (card(each, **values) for each in (served, plain))
        assert getattr(with_it["a"], name) == getattr(without["a"], name)
    with pytest.raises(okr.InconsistentPlanError):
        card(served, mid=1)
    for entry in (
        okr.Closing("mid", DAY, okr.ClosingDecision.CARRY),
        okr.Judgement("mid", DAY, status="held", because="x"),
        okr.Adjustment("mid", DAY, measure=okr.AtMost(1), because="x"),
        okr.Adjustment("mid", DAY, weight=2, because="x"),
    ):
        with pytest.raises(okr.InconsistentPlanError):
            okr.admit(served, okr.Journal(), entry)


def test_its_parts_are_refused_where_they_are_wrong() -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        plan(priorities=[Priority("p", "P", metrics=[Threshold("npz", okr.AtLeast(1))])])
    assert caught.value.path == "Priority('p').metrics[0].metric"
    assert caught.value.hint == "did you mean 'nps'?"
    with pytest.raises(okr.InconsistentPlanError) as caught:
        plan(goal("mid"))
    assert caught.value.code == "duplicate-id"
    twice = [Threshold("nps", okr.AtLeast(1)), Threshold("nps", okr.AtMost(9))]
    for wrong in ({"metrics": twice}, {"metrics": ["nps"]}, {"period": "2026"}, {"owner": 5}):
        with pytest.raises(okr.InvalidValueError):
            Priority("p", "P", **wrong)
    with pytest.raises(okr.InvalidValueError) as of_bound:
        Threshold("nps", okr.Reach(10))  # type: ignore[arg-type]
    assert of_bound.value.hint == "give a bound such as AtLeast(40)"
    with pytest.raises(okr.InvalidValueError):
        okr.Plan([], priorities=["mid"])  # type: ignore[list-item]


def test_a_document_refuses_a_dead_reference_at_its_place() -> None:
    document = codec.dump(plan(goal("a", "mid")))
    document["data"]["priorities"] = []
    with pytest.raises(okr.DecodeError) as caught:
        codec.load(document)
    assert [fault.path for fault in caught.value.faults] == ["$.data.objectives[0].place.priority"]
    tables = codec.to_tables(plan(goal("a", "mid")))
    assert codec.from_tables(tables) == plan(goal("a", "mid"))
    tables["metrics"] = []
    with pytest.raises(okr.DecodeError) as caught:
        codec.from_tables(tables)
    assert [fault.path for fault in caught.value.faults] == [
        "$.priorities[0].metrics[0].metric",
        "$.priorities[0].metrics[1].metric",
    ]


def test_a_part_of_a_plan_keeps_the_priorities_it_serves_with_their_metrics() -> None:
    which = plan(goal("a", "mid"), goal("b"), goal("c", "cash"))
    part = which.subtree("a")
    assert (part.priorities, part.metrics) == ((MID,), tuple(METRICS))
    assert which.subtree("b").priorities == ()
    assert which.subtree("b").metrics == ()
    assert which.subtree("c").priorities == (CASH,)


def test_a_scope_by_priority_has_its_objectives_and_the_priority() -> None:
    which = plan(goal("a", "mid"), goal("b"), goal("c", "cash"))
    assert [each.id for each in which.where(priority="mid")] == ["a"]
    found = card(which, nps=45, churn=4).where(priority="mid")
    assert [each.id for each in found] == ["a"]
    assert [row["id"] for row in codec.to_records(found)] == ["a", "k-a", "mid"]
    assert [each["id"] for each in codec.report(found)["data"]["priorities"]] == ["mid"]
    shown = str(found)
    assert "priority mid" in shown
    assert "Win the mid-market" in shown
    for where in (which.where, found.where):
        with pytest.raises(okr.InconsistentPlanError) as caught:
            where(priority="mud")
        assert caught.value.hint == "did you mean 'mid'?"
    document = codec.dump(found)
    assert codec.load(document).scopes == found.scopes  # type: ignore[union-attr]
    document["data"]["scopes"][0]["priority"] = "mud"
    with pytest.raises(okr.DecodeError) as of_document:
        codec.load(document)
    assert [fault.path for fault in of_document.value.faults] == ["$.data.scopes[0].priority"]


def test_displays_show_priorities_with_thresholds() -> None:
    found = card(plan(goal("a", "mid"), goal("b", "cash")), nps=45, churn=4)
    for show in (
        okr.display.scorecard_text,
        okr.display.scorecard_markdown,
        okr.display.scorecard_html,
    ):
        shown = show(found).replace("\\", "")
        assert "Win the mid-market" in shown
        assert "Keep cash" not in shown


def test_what_serves_no_priority_is_found() -> None:
    which = plan(
        goal("co", "mid"),
        goal("team", supports=["co"]),
        goal("squad", supports=["k-team"]),
        goal("side"),
        goal("below", supports=["side"]),
        goal("own", "cash", supports=["side"]),
    )
    assert [each.id for each in which.untraced()] == ["side", "below"]


def test_a_priority_is_put_changed_and_removed() -> None:
    which = plan(goal("a", "mid"))
    other = which.put(Priority("trust", "Be trusted"))
    assert [each.id for each in other.priorities] == ["mid", "cash", "trust"]
    assert other.priority("trust").title == "Be trusted"
    assert other.remove("trust") == which
    with pytest.raises(okr.InconsistentPlanError):
        which.remove("mid")
    with pytest.raises(okr.InconsistentPlanError):
        which.put(CASH, into="a")
    changed = which.put(evolve(MID, title="Win", owner="Bo"))
    assert [(one.id, one.field, one.counts) for one in okr.diff(which, changed)] == [
        ("mid", "title", False),
        ("mid", "owner", True),
    ]
    assert okr.plan.reword(which, changed).priority("mid") == evolve(MID, title="Win")
    reversed_ = evolve(which, priorities=which.priorities[::-1])
    assert [(one.field, one.counts) for one in okr.diff(which, reversed_)] == [
        ("priorities", False)
    ]


def test_priorities_change_by_dated_entries() -> None:
    which = plan(goal("a", "mid"))
    new = which.put(evolve(MID, metrics=[], owner="Bo")).put(Priority("trust", "Be trusted"))
    new = new.put(goal("a", "trust")).remove("cash")
    entries = okr.journal.adjustments(which, okr.Journal(), new, on=DAY, because="a new strategy")
    journal = okr.Journal(entries)
    assert journal.effective(which, on=DAY) == new
    assert journal.effective(which, on=date(2026, 8, 13)) == which
    found = okr.evaluate(which, journal, as_of=DAY)
    assert [each.id for each in found.group_by("priority")] == ["trust"]
    assert found["mid"].status_why == "no thresholds"
    with pytest.raises(okr.InconsistentPlanError):
        found.priority("cash")
    assert okr.journal.unexplained_changes(which, new, journal) == ()
    unexplained = okr.journal.unexplained_changes(which, new, okr.Journal())
    assert {each.id for each in unexplained} == {"a", "mid", "cash", "trust"}


def test_work_that_is_carried_over_serves_the_same_priority() -> None:
    which = plan(goal("a", "mid"))
    closing = okr.Closing("a", date(2026, 9, 30), okr.ClosingDecision.CARRY)
    journal = okr.Journal([*okr.check_ins(DAY, {"k-a": 4}), closing])
    rolled = okr.review.roll_over(
        which,
        journal,
        as_of=date(2026, 10, 1),
        cycle=okr.FiscalCalendar().quarter(2026, 4),
    )
    places = [each.place.priority for each in rolled.plan.objectives if each.place is not None]
    assert places == ["mid", "mid"]
    assert rolled.plan.priorities == (MID, CASH)


def test_work_that_is_carried_over_serves_a_priority_that_joined() -> None:
    """The stored plan does not have it, so that an entry names it."""
    which = plan(goal("a", "mid"))
    new = which.put(Priority("trust", "Be trusted")).put(goal("a", "trust"))
    entries = okr.journal.adjustments(which, okr.Journal(), new, on=DAY, because="a new strategy")
    closing = okr.Closing("a", date(2026, 9, 30), okr.ClosingDecision.CARRY)
    journal = okr.Journal([*okr.check_ins(DAY, {"k-a": 4}), *entries, closing])
    cycle = okr.FiscalCalendar().quarter(2026, 4)
    rolled = okr.review.roll_over(which, journal, as_of=date(2026, 10, 1), cycle=cycle)
    longer = okr.admit(rolled.plan, journal, *rolled.adjustments)
    found = okr.evaluate(rolled.plan, longer, as_of=cycle.start)
    assert found.priority("trust").objectives == ("a", "a@2026-Q4")


def test_a_metric_serves_a_priority_too() -> None:
    """Its place names one by its id, as that of an objective does."""
    churn = okr.Metric("churn", "Churn", place=okr.Place(priority="cash"))
    which = okr.Plan([goal("a", "mid")], metrics=[METRICS[0], churn], priorities=[MID, CASH])
    assert which.subtree("a") == which
    with pytest.raises(okr.InconsistentPlanError) as caught:
        which.remove("cash")
    assert caught.value.path == "Metric('churn').place.priority"
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Plan([], metrics=[churn], priorities=[Priority("cush", "Cash")])
    assert caught.value.hint == "did you mean 'cush'?"
    bare = which.put(okr.Metric("churn", "Churn"))
    entry = okr.Adjustment("churn", DAY, sets={"place.priority": "cash"}, because="a new strategy")
    assert okr.Journal([entry]).effective(bare, on=DAY) == which

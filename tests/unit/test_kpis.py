"""KPIs beside objectives, the cause of an objective, and recoveries (S39, S40)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore import codec, display
from okrcore.review import AgendaTopic, CyclePattern, list_sick_kpis, list_without_kpis

Kind = okr.TriggerKind
CALENDAR = okr.FiscalCalendar()
Q2, Q3, Q4 = (CALENDAR.quarter(2026, n) for n in (2, 3, 4))
UPTIME = okr.Metric("up", "Uptime", health=okr.AtLeast(99), unit="%", owner="Ana Ruiz")
CHURN = okr.Metric("churn", "Churn", health=okr.Below(3))
COUNT = okr.Metric("count", "Accounts")
STORM = okr.Outside("storm", title="The port is closed")
ON = date(2026, 8, 14)


def goal(id: str, *key_results: okr.KeyResult, **more: Any) -> okr.Objective:
    own = key_results or (okr.KeyResult(f"{id}-k", f"Visits of {id}", okr.Reach(10)),)
    return okr.Objective(id, f"Goal {id}", key_results=own, **{"cycle": Q3, **more})


def plan(*objectives: okr.Objective) -> okr.Plan:
    return okr.Plan(objectives, metrics=[UPTIME, CHURN, COUNT], outside=[STORM])


def log(*entries: Any, **readings: dict[date, float]) -> okr.Journal:
    read = [
        entry
        for id, days in readings.items()
        for on, value in days.items()
        for entry in okr.check_ins(on, {id.replace("_", "-"): value})
    ]
    return okr.Journal().add(*read, *entries)


def sick(on: date = ON) -> okr.Journal:
    return log(up={on: 97})


def caused(kind: okr.TriggerKind, of: str | None = None, **more: Any) -> okr.Trigger:
    return okr.Trigger(kind, of, hypothesis="Fewer calls", **more)


# --- KPIs beside an objective ------------------------------------------------------------------


def test_an_objective_shows_the_kpis_it_lives_with() -> None:
    """S39: traffic is the key result, uptime the KPI beside it."""
    card = okr.evaluate(plan(goal("o", kpis=["up", "count"])), sick(), as_of=ON)
    assert card.objective("o").kpis == ("up", "count")
    lines = str(card).splitlines()
    place = lines.index(
        "  ✗ KPI Uptime: 97%, outside its limit (at least 99%), first on 2026-08-14"
    )
    assert lines[place + 1] == "  ? KPI Accounts: no reading"
    # A KPI has its line under the objective, and other metrics have theirs below.
    assert [line.split()[0] for line in lines[place + 3 :]] == ["Churn", "no"]
    assert 'font-style:italic">KPI Uptime</td>' in display.scorecard_html(card)
    assert "| &emsp;*KPI Uptime* |  |  |  | breached · 97%" in display.scorecard_markdown(card)


def test_a_kpi_moves_no_number() -> None:
    journal = log(up={ON: 97}, o_k={ON: 4})
    ones = [plan(goal("o", ambition=okr.Ambition.COMMITTED, kpis=kpis)) for kpis in ([], ["up"])]
    cards = [okr.evaluate(one, journal, as_of=Q3.end) for one in ones]
    without, beside = (card.objective("o") for card in cards)
    assert evolve(without, kpis=("up",)) == evolve(beside)


def test_a_stale_kpi_has_its_word() -> None:
    old = evolve(UPTIME, check_in_days=7)
    card = okr.evaluate(
        okr.Plan([goal("o", kpis=["up"])], metrics=[old]),
        log(up={date(2026, 7, 1): 99.5}),
        as_of=ON,
    )
    assert "  ✓ KPI Uptime: stale; last read 44 days ago" in str(card)


def test_a_subtree_and_a_scope_keep_kpis() -> None:
    whole = plan(goal("o", kpis=["up"]), goal("p"))
    assert [metric.id for metric in whole.subtree("o").metrics] == ["up"]
    card = okr.evaluate(whole, sick(), as_of=ON)
    assert "KPI Uptime" in str(card.where(ids=["o"]))
    assert "Uptime" not in str(card.where(ids=["p"]))
    [row, *_] = okr.to_records(whole)
    assert (row["id"], row["kpis"]) == ("o", "up")


def test_kpis_come_by_a_dated_entry() -> None:
    old, new = plan(goal("o")), plan(goal("o", kpis=["up"]))
    assert [(one.field, one.counts) for one in okr.diff(old, new)] == [("kpis", True)]
    entries = okr.adjustments(old, okr.Journal(), new, on=ON, because="we watch it")
    journal = okr.admit(old, sick(), *entries)
    found = [okr.evaluate(old, journal, as_of=on) for on in (date(2026, 8, 13), ON)]
    assert [card.objective("o").kpis for card in found] == [(), ("up",)]
    assert okr.journal.unexplained_changes(old, new, journal) == ()
    topic = okr.review.make_agenda(old, journal, as_of=ON, ritual="mid-cycle review")
    assert "KPIs none became up" in str(topic)


def test_a_metric_stays_while_it_is_a_kpi() -> None:
    one = plan(goal("o", kpis=["up"]))
    gone = okr.Adjustment("up", ON, removes=["up"], because="no use")
    with pytest.raises(okr.InconsistentPlanError, match="kpis"):
        okr.admit(one, okr.Journal(), gone)
    with pytest.raises(okr.InconsistentPlanError, match="to be removed"):
        one.remove("up")


# --- reviews -----------------------------------------------------------------------------------


def test_a_sick_kpi_is_named_with_its_objectives() -> None:
    one = plan(goal("o", kpis=["up", "count"]), goal("p", kpis=["up"]))
    agenda = okr.review.make_agenda(one, sick(), as_of=ON, ritual="business review")
    found = agenda.section(AgendaTopic.HEALTH).items
    assert [(item.ids, *item.notes) for item in found] == [
        (("up", "o", "p"), "KPI of Goal o and Goal p"),
        (("churn",),),
        (("count", "o"), "KPI of Goal o"),
    ]
    status = agenda.section(AgendaTopic.STANDING).items
    assert [item.text.endswith("KPI outside its limit: Uptime") for item in status] == [True, True]


def test_an_agenda_about_one_objective_has_its_kpis_alone() -> None:
    one = plan(goal("o", kpis=["up"]), goal("p", kpis=["churn"]))
    agenda = okr.review.make_agenda(one, sick(), as_of=ON, ritual="business review", of="o")
    assert [item.ids for item in agenda.section(AgendaTopic.HEALTH).items] == [("up", "o")]
    blocked = okr.CheckIn("up", ON, 97, blocker="no spare part")
    agenda = okr.review.make_agenda(one, okr.Journal([blocked]), as_of=ON, of="o")
    assert [item.ids for item in agenda.section(AgendaTopic.BLOCKERS).items] == [("up",)]


def test_objectives_without_a_kpi_are_listed_and_asked_about() -> None:
    week = okr.Cycle.starting(ON, okr.Cadence.MICRO_WEEK)
    parked = okr.ObjectiveProfile(parked=okr.Parked("no people"))
    one = plan(
        goal("with", kpis=["up"]),
        goal("without"),
        goal("over", cycle=Q2),
        goal("later", cycle=Q4),
        goal("week", cycle=week),
        goal("parked", profile=parked),
    )
    card = okr.evaluate(one, okr.Journal(), as_of=ON)
    assert [each.id for each in list_without_kpis(card)] == ["without", "later"]
    assert list_without_kpis(card.where(ids=["with"])) == ()
    agenda = okr.review.make_agenda(one, sick(), as_of=ON, ritual="planning")
    section = agenda.section(AgendaTopic.KPIS)
    assert [(item.ids, str(item.text)) for item in section.items] == [
        (("without",), "no KPI beside it"),
        (("later",), "no KPI beside it"),
    ]
    assert str(section.questions[0]).startswith("Which KPI is watched")


@pytest.mark.parametrize(
    ("made", "words"),
    [(goal("o", kpis=["up"], cycle=Q4), "every objective has a KPI"), (goal("o"), "no objective")],
)
def test_a_section_without_kpis_to_ask_for(made: okr.Objective, words: str) -> None:
    agenda = okr.review.make_agenda(plan(made), okr.Journal(), as_of=ON, ritual="planning")
    section = agenda.section(AgendaTopic.KPIS)
    assert section.items == ()
    assert section.empty.startswith(words)


ATTENTION: dict[str, okr.Objective] = {
    "lives with it": goal("o", kpis=["up"]),
    "set off by it": goal("o", trigger=caused(Kind.UNHEALTHY_METRIC, "up")),
    "aims at it": goal("o", okr.KeyResult("k", "K", okr.Increase(97, 99), metric="up")),
    "will aim at it": goal("o", okr.KeyResult("k", "K", okr.AtLeast(99), metric="up"), cycle=Q4),
}
NEGLECT: dict[str, okr.Objective] = {
    "a guardrail": goal("o", guardrails=[okr.Guardrail("g", "G", okr.AtLeast(99), metric="up")]),
    "a cause without an id": goal("o", trigger=caused(Kind.UNHEALTHY_METRIC)),
    "over": goal("o", kpis=["up"], cycle=Q2),
}


@pytest.mark.parametrize("name", [*ATTENTION, *NEGLECT])
def test_a_sick_kpi_that_no_objective_attends_to_is_a_suggestion(name: str) -> None:
    one = plan((ATTENTION | NEGLECT)[name])
    card = okr.evaluate(one, sick(), as_of=ON)
    found = list_sick_kpis(card)
    assert [each.id for each in found] == ([] if name in ATTENTION else ["up"])
    agenda = okr.review.make_agenda(one, sick(), as_of=ON, ritual="planning")
    items = [item for item in agenda.section(AgendaTopic.KPIS).items if item.ids == ("up",)]
    assert [str(item.owner) for item in items] == ([] if name in ATTENTION else ["Ana Ruiz"])


def test_suggestions_are_those_of_the_scope() -> None:
    reads = goal("o", guardrails=list(NEGLECT["a guardrail"].guardrails))
    card = okr.evaluate(plan(reads, goal("p")), sick(), as_of=ON)
    assert [each.id for each in list_sick_kpis(card.where(ids=["o"]))] == ["up"]
    assert list_sick_kpis(card.where(ids=["p"])) == ()
    agenda = okr.review.make_agenda(card.plan, sick(), as_of=ON, ritual="planning", of="p")
    assert agenda.section(AgendaTopic.KPIS).items == ()


def test_a_retired_kpi_is_no_suggestion() -> None:
    end = okr.Closing("up", ON, okr.ClosingDecision.ABANDON, because="replaced")
    one, journal = plan(goal("o")), log(end, up={date(2026, 8, 1): 97})
    assert list_sick_kpis(okr.evaluate(one, journal, as_of=date(2026, 8, 13))) != ()
    card = okr.evaluate(one, journal, as_of=ON)
    assert list_sick_kpis(card) == ()
    with pytest.raises(okr.InvalidValueError, match="it is retired"):
        okr.review.draft_recovery(card, "up", cycle=Q4)


# --- recovery ----------------------------------------------------------------------------------


def draft(metric: okr.Metric, value: float) -> okr.Objective:
    one = okr.Plan([], metrics=[metric])
    card = okr.evaluate(one, log(**{metric.id: {ON: value}}), as_of=ON)
    return okr.review.draft_recovery(card, metric.id, cycle=Q4)


def test_a_recovery_is_a_draft_and_a_value() -> None:
    one = plan(goal("o"))
    card = okr.evaluate(one, sick(), as_of=ON)
    found = okr.review.draft_recovery(card, "up", cycle=Q4)
    assert found == okr.Objective(
        "recover-up",
        "Bring Uptime back within its limit",
        key_results=[
            okr.KeyResult("recover-up-kr", "Uptime", okr.Increase(97, 99), metric="up", unit="%")
        ],
        cycle=Q4,
        owner="Ana Ruiz",
        trigger=okr.Trigger(Kind.UNHEALTHY_METRIC, "up"),
    )
    assert len(card.plan) == 1
    with_it = one.put(found)
    assert codec.load(codec.dump(with_it)) == with_it
    assert list_sick_kpis(okr.evaluate(with_it, sick(), as_of=ON)) == ()
    healed = log(up={ON: 97, date(2026, 11, 1): 98.5})
    assert okr.evaluate(with_it, healed, as_of=date(2026, 11, 1))["recover-up"].score == 0.75
    # A second one, while the first is in the plan or joins it, has ids of its own.
    joins = okr.Adjustment("recover-up", date(2026, 10, 5), adds=[found], because="uptime fell")
    for where, journal in ((with_it, sick()), (one, sick().add(joins))):
        again = okr.review.draft_recovery(okr.evaluate(where, journal, as_of=ON), "up", cycle=Q4)
        assert [again.id, again.own_key_results[0].id] == ["recover-up-2", "recover-up-2-kr"]


@pytest.mark.parametrize(
    ("health", "value", "measure"),
    [
        (okr.AtLeast(99, tolerated_to=98), 97, okr.Increase(97, 99)),
        (okr.AtMost(85, warn_at=80), 90, okr.Decrease(90, 85)),
        (okr.Between(30, 70), 20, okr.Increase(20, 30)),
        (okr.Between(30, 70), 80.5, okr.Decrease(80.5, 70)),
        # On a limit to stay above or below, the KPI is still sick.
        (okr.Below(3), 3, okr.Below(3)),
        (okr.Above(8, warn_at=9), 5, okr.Above(8)),
    ],
)
def test_the_way_back_ends_at_the_limit(
    health: okr.plan.Bound, value: float, measure: okr.plan.Measure
) -> None:
    [kr] = draft(evolve(CHURN, health=health), value).own_key_results
    assert (kr.measure, kr.metric) == (measure, "churn")


def test_the_recovery_of_a_total_reads_each_value() -> None:
    weekly = okr.Metric("s", "Sales a week", aggregation=okr.Aggregation.SUM, health=okr.AtLeast(9))
    [kr] = draft(weekly, 7).own_key_results
    assert (kr.measure, kr.metric) == (okr.Increase(7, 9), None)


def test_a_share_has_a_way_back() -> None:
    metric = okr.Metric("late", "Late orders", health=okr.AtMost(0.1))
    one = okr.Plan([], metrics=[metric])
    journal = okr.Journal([okr.CheckIn("late", ON, okr.Ratio(1, 4))])
    card = okr.evaluate(one, journal, as_of=ON)
    [kr] = okr.review.draft_recovery(card, "late", cycle=Q4).own_key_results
    assert kr.measure == okr.Decrease(0.25, 0.1)


# --- causes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trigger", "shown"),
    [
        (caused(Kind.STALLED_KEY_RESULT, "q-k"), "stalled key result: Visits of q"),
        (caused(Kind.UNHEALTHY_METRIC, "up"), "unhealthy metric: Uptime"),
        (caused(Kind.EVENT, "storm"), "event: The port is closed"),
        (caused(Kind.CROSS_TEAM_NEED, "q"), "cross-team need: Goal q"),
        (caused(Kind.EXPERIMENT, "up", scope="one region"), "experiment: Uptime"),
        (caused(Kind.EVENT), "event"),
    ],
)
@pytest.mark.parametrize("cycle", [Q3, okr.Cycle.starting(ON, okr.Cadence.MICRO_WEEK), None])
def test_an_objective_of_any_cadence_has_a_cause(
    trigger: okr.Trigger, shown: str, cycle: okr.Cycle | None
) -> None:
    """S40: a sick KPI, a stalled key result, an event, a need of another team, an experiment."""
    one = plan(goal("q", supports=[]), goal("o", cycle=cycle, trigger=trigger, supports=["q"]))
    assert codec.load(codec.dump(one)) == one
    assert one.subtree("o").objective("o").trigger == trigger
    text = display.scorecard_markdown(okr.evaluate(one, okr.Journal(), as_of=ON))
    assert f"set off by {shown}" in text
    is_micro = cycle is not None and cycle.is_micro
    assert (f"Micro-OKR to 2026-08-20, {shown}" in text) is is_micro
    row = next(row for row in okr.to_records(one) if row["id"] == "o")
    assert (row["trigger"], row["trigger_of"]) == (trigger.kind, trigger.of)
    assert one.objective("o").is_experiment is (trigger.kind is Kind.EXPERIMENT)


def moves(one: okr.Plan, journal: okr.Journal, on: date = date(2026, 10, 16)) -> list[Any]:
    card = okr.evaluate(one, journal, as_of=on)
    patterns = (CyclePattern.TRIGGER_MOVED, CyclePattern.TRIGGER_DID_NOT_MOVE)
    return [
        (found.code.value, found.ids, str(found.words))
        for found in okr.review.look_back(card, of=["o"])
        if found.code in patterns
    ]


def test_a_retrospective_says_whether_a_sick_kpi_moved() -> None:
    """S40: the metric was breached, is held."""
    one = plan(goal("o", trigger=caused(Kind.UNHEALTHY_METRIC, "up")))
    readings = {date(2026, 6, 20): 97.0, date(2026, 9, 10): 99.5}
    assert moves(one, log(up=readings)) == [
        (
            "trigger moved",
            ("o", "up"),
            "Uptime: 97% (breached) on 2026-07-01, 99.5% (held) on 2026-09-30",
        )
    ]
    # A reading after the cycle is none of its end, and in mid-cycle the day is the end.
    later = {date(2026, 6, 20): 97.0, date(2026, 10, 10): 99.5}
    stays = "Uptime: 97% (breached) on 2026-07-01, 97% (breached) on 2026-09-30"
    assert moves(one, log(up=later)) == [("trigger did not move", ("o", "up"), stays)]
    [found] = moves(one, log(up=readings), ON)
    assert found[2] == "Uptime: 97% (breached) on 2026-07-01, 97% (breached) on 2026-08-14"
    assert moves(one, log(up=readings), date(2026, 6, 25)) == []


def test_a_retrospective_says_whether_other_causes_moved() -> None:
    stalled = okr.Cycle.starting(date(2026, 8, 3), okr.Cadence.MICRO_TWO_WEEKS)
    q = goal("q")
    of_key_result = goal("o", cycle=stalled, trigger=caused(Kind.STALLED_KEY_RESULT, "q-k"))
    journal = log(q_k={date(2026, 7, 10): 3, ON: 6})
    [found] = moves(plan(q, of_key_result), journal)
    assert found[0] == "trigger moved"
    assert found[2] == "Visits of q: 3 (stale) on 2026-08-03, 6 (ahead) on 2026-08-16"
    needed = goal("o", trigger=caused(Kind.CROSS_TEAM_NEED, "q"))
    [found] = moves(plan(q, needed), journal)
    assert found[2].startswith(
        "Goal q: its one key result: no reading (not started) on 2026-07-01, 0.60"
    )
    watched = goal("o", trigger=caused(Kind.EXPERIMENT, "count"))
    [found] = moves(plan(q, watched), log(count={ON: 7}))
    assert found[2] == "Accounts: no reading on 2026-07-01, 7 on 2026-09-30"


def test_the_reading_of_a_cause_has_the_unit_of_its_metric() -> None:
    spent, twice = (
        okr.Metric("spent", "Spent", unit="USD"),
        okr.Metric("twice", "Twice", derived=okr.Derived(okr.Aggregation.SUM, ["spent"])),
    )
    cost = okr.KeyResult("cost", "Cost", okr.Decrease(9, 3), metric="spent")
    q = okr.Objective("q", "Save", key_results=[cost], cycle=Q3)
    for kind, of in ((Kind.UNHEALTHY_METRIC, "twice"), (Kind.STALLED_KEY_RESULT, "cost")):
        goals = [q, goal("o", trigger=caused(kind, of))]
        [found] = moves(okr.Plan(goals, metrics=[spent, twice]), log(spent={date(2026, 7, 1): 9}))
        assert "$9" in found[2]


def test_a_cause_without_readings_has_no_finding() -> None:
    for trigger in (None, caused(Kind.EVENT), caused(Kind.EVENT, "storm")):
        assert moves(plan(goal("o", trigger=trigger)), okr.Journal()) == []
    timeless = goal("o", cycle=None, trigger=caused(Kind.UNHEALTHY_METRIC, "up"))
    assert moves(plan(timeless), sick()) == []
    # Nor has one that joined in mid-cycle.
    joins = okr.Adjustment("new", ON, adds=[okr.Metric("new", "New")], because="measured now")
    turns = okr.Adjustment(
        "o", ON, sets={"trigger": caused(Kind.UNHEALTHY_METRIC, "new")}, because="seen now"
    )
    assert moves(plan(goal("o")), log(joins, turns)) == []


# --- hypothesis and scope ----------------------------------------------------------------------


def test_hypothesis_and_scope_are_seen_where_an_experiment_is_decided() -> None:
    """N3: the reach of an experiment is limited, and stated."""
    trigger = caused(Kind.EXPERIMENT, scope=" one region,\n one month ")
    month = okr.Cycle.starting(date(2026, 7, 20), okr.Cadence.MICRO_MONTH)
    one = plan(goal("o", cycle=month, trigger=trigger, ambition=okr.Ambition.ASPIRATIONAL))
    journal = log(o_k={ON: 8})
    card = okr.evaluate(one, journal, as_of=month.end)
    assert okr.review.suggest_closing(card, "o").trigger == trigger
    tested = ("hypothesis: Fewer calls", "scope: one region, one month")
    close = okr.review.make_agenda(one, journal, as_of=month.end, ritual="close")
    [item] = close.section(AgendaTopic.DECISIONS).items
    assert item.notes == tested
    retrospective = okr.review.make_agenda(
        one, journal, as_of=ON.replace(day=25), ritual="retrospective"
    )
    found = [item.text for item in retrospective.section(AgendaTopic.FINDINGS).items]
    assert "; ".join(tested) in found
    # A hypothesis that is written anew has its day, and the one before stays on record.
    other = evolve(trigger, hypothesis="More calls")
    turn = okr.Adjustment("o", ON, sets={"trigger": other}, because="a second look")
    [words] = okr.journal.unexplained_changes(
        one, plan(evolve(one.objective("o"), trigger=other)), okr.Journal()
    )
    assert words.field == "trigger"
    agenda = okr.review.make_agenda(one, log(turn), as_of=ON, ritual="mid-cycle review", of="o")
    assert "hypothesis: Fewer calls" in str(agenda.section(AgendaTopic.ADJUSTED).items[0].text)


# --- the next cycle ----------------------------------------------------------------------------


def rolled(one: okr.Plan, journal: okr.Journal) -> okr.review.Rollover:
    closing = okr.Closing("o", Q3.end, okr.ClosingDecision.CARRY, because="goes on")
    return okr.review.roll_over(one, journal.add(closing), as_of=date(2026, 10, 2), cycle=Q4)


def test_what_goes_on_keeps_its_kpis_and_its_cause() -> None:
    trigger = caused(Kind.UNHEALTHY_METRIC, "up")
    found = rolled(plan(goal("o", kpis=["up"], trigger=trigger)), log(o_k={ON: 4}))
    onward = found.plan.objective("o@2026-Q4")
    assert (onward.kpis, onward.trigger) == (("up",), trigger)
    assert found.unlinked == ()
    readings = log(up={date(2026, 9, 10): 97, date(2026, 12, 1): 99.5})
    card = okr.evaluate(found.plan, readings, as_of=date(2027, 1, 20))
    moved = [one for one in okr.review.look_back(card) if one.code is CyclePattern.TRIGGER_MOVED]
    assert [one.of for one in moved] == ["o@2026-Q4"]


def test_a_kpi_that_joined_is_copied_and_a_cause_that_joined_is_noted() -> None:
    joins = okr.Adjustment("new", ON, adds=[okr.Metric("new", "New")], because="measured now")
    trigger = caused(Kind.UNHEALTHY_METRIC, "new")
    turns = okr.Adjustment("o", ON, sets={"kpis": ["up", "new"], "trigger": trigger}, because="now")
    found = rolled(plan(goal("o")), log(joins, turns, o_k={ON: 4}))
    onward = found.plan.objective("o@2026-Q4")
    assert onward.kpis == ("up", "new@2026-Q4")
    assert onward.trigger == evolve(trigger, of=None)
    assert found.unlinked == (("o@2026-Q4", "new"), ("o@2026-Q4", "new"))


def test_a_chain_counts_as_before_with_kpis_and_causes() -> None:
    """The work of a chain is one, whatever it lives with."""

    def chain(**more: Any) -> okr.Plan:
        return plan(
            goal("year", cycle=CALENDAR.year(2026), kpis=["up"]),
            goal("o", supports=["year"], **more),
            goal("p", cycle=Q4, supports=["year"], continues="o", **more),
        )

    journal = log(o_k={ON: 4}, p_k={date(2026, 11, 2): 8})
    more = {"kpis": ["up", "churn"], "trigger": caused(Kind.CROSS_TEAM_NEED, "year")}
    for on in (Q3.end, date(2026, 11, 20)):
        with_them, without = (
            okr.evaluate(one, journal, as_of=on) for one in (chain(**more), chain())
        )
        assert [each.score for each in with_them] == [each.score for each in without]


def test_a_live_card_follows_a_kpi() -> None:
    live = okr.LiveScorecard(plan(goal("o", kpis=["up"])), okr.Journal(), as_of=ON)
    live.record(okr.CheckIn("up", ON, 97))
    assert live.card.objective("o").kpis == ("up",)
    assert "✗ KPI Uptime" in str(live.card)


def test_the_original_plan_is_without_kpis_and_causes_that_left() -> None:
    """The first grade is of the objective as agreed; what it lived with may be gone since."""
    trigger = caused(Kind.UNHEALTHY_METRIC, "up")
    one = plan(goal("o", kpis=["up", "count"], trigger=trigger, ambition=okr.Ambition.COMMITTED))
    other = okr.Trigger(Kind.EVENT)
    turns = okr.Adjustment(
        "o", ON, sets={"kpis": ["count"], "trigger": other}, because="another cause"
    )
    gone = okr.Adjustment("up", ON, removes=["up"], because="no use")
    eased = okr.Adjustment("o-k", ON, measure=okr.Reach(5), because="half the people")
    journal = okr.admit(one, okr.Journal(), turns, gone, eased).add(*okr.check_ins(ON, {"o-k": 4}))
    found = okr.evaluate(one, journal, as_of=Q3.end).objective("o")
    assert (found.original_score, found.adjusted_score) == (0.4, 0.8)
    assert found.kpis == ("count",)
    agenda = okr.review.make_agenda(one, journal, as_of=ON, ritual="mid-cycle review", of="o")
    words = str(agenda.section(AgendaTopic.ADJUSTED).items)
    assert "unhealthy metric" in words


def test_a_cause_that_joined_since_a_target_was_too_hard_is_left_out_at_the_end() -> None:
    """A target that was eased counts no more after the close, and neither do references to it."""
    one = plan(goal("p"), goal("o", kpis=["up"]), goal("q", trigger=caused(Kind.EVENT, "storm")))
    joins = okr.Adjustment(
        "p",
        ON,
        adds=[okr.KeyResult("new", "New", okr.Reach(5))],
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard otherwise",
    )
    trigger = caused(Kind.STALLED_KEY_RESULT, "new")
    turns = okr.Adjustment("o", ON, sets={"trigger": trigger}, because="seen now")
    closing = okr.Closing("p", Q3.end, okr.ClosingDecision.ABANDON, because="too hard")
    journal = okr.admit(one, okr.Journal(), joins, turns, closing)
    before, after = (
        okr.evaluate(one, journal, as_of=on).plan_in_force for on in (ON, date(2026, 10, 1))
    )
    assert before.objective("o").trigger == trigger
    assert "new" not in after
    assert after.objective("o").trigger == evolve(trigger, of=None)
    assert after.objective("o").kpis == ("up",)
    assert after.objective("q") == one.objective("q")


# --- other words -------------------------------------------------------------------------------


def test_kpis_and_causes_are_written_in_other_words() -> None:
    """No English is left but titles, ids and what people wrote."""
    trigger = caused(Kind.UNHEALTHY_METRIC, "up", scope="one region")
    one = plan(goal("o", kpis=["up"], trigger=trigger), goal("p"))
    turn = okr.Adjustment("p", ON, sets={"kpis": ["up"], "trigger": trigger}, because="seen now")
    journal = log(turn, up={date(2026, 6, 20): 97}, churn={ON: 4})
    given = (
        *("Goal o", "Goal p", "Visits of o", "Visits of p", "Uptime", "Churn", "Accounts", "up"),
        *("Fewer calls", "one region", "seen now", "Ana Ruiz", "RECOMMENDED", "Q"),
    )
    shown = [display.scorecard_text(okr.evaluate(one, journal, as_of=ON), words=MADE_UP)]
    for on, ritual in (
        (ON, "business review"),
        (ON, "mid-cycle review"),
        (Q3.end, "close"),
        (date(2026, 10, 9), "planning"),
        (date(2026, 10, 9), "retrospective"),
    ):
        agenda = okr.review.make_agenda(one, journal, as_of=on, ritual=ritual)
        shown.append(display.agenda_text(agenda, words=MADE_UP))
    for text in shown:
        assert english_in(" ".join(text.split()), *given) == []
    card = okr.evaluate(one, journal, as_of=ON)
    made = okr.review.draft_recovery(card, "churn", cycle=Q4, words=MADE_UP)
    assert english_in(made.title, *given) == []

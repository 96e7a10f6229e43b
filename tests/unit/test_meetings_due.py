"""Meetings that repeat, and baselines that are missing: when they are due, for whom, and once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.calendar import (
    CyclePoint,
    Ritual,
    RitualSlot,
    Schedule,
    Weekday,
    Weekly,
    WorkdayOfMonth,
)
from okrcore.plan import Scope
from okrcore.review import AgendaTopic, DueItem, DueState, list_due, make_agenda

CALENDAR = okr.FiscalCalendar()
Q3 = CALENDAR.quarter(2026, 3)  # 1 July, a Wednesday, to 30 September
MEETINGS = {Ritual.WEEKLY, Ritual.FORUM, Ritual.BUSINESS_REVIEW}


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def kr(id: str, measure: Any = None, **given: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure or okr.Reach(10), **given)


def goal(id: str, *key_results: Any, **given: Any) -> okr.Objective:
    found: dict[str, Any] = {"cycle": Q3, "key_results": key_results or [kr(f"{id}-kr")]}
    return okr.Objective(id, id, **(found | given))


def due(on: date, *objectives: okr.Objective, of: set[Ritual], **given: Any) -> list[DueItem]:
    entries = given.pop("entries", ())
    found = list_due(okr.Plan(objectives), okr.Journal(entries), as_of=on, **given)
    return [one for one in found if one.what in of]


def shown(found: list[DueItem]) -> list[tuple[str, str, str, str]]:
    return [(one.what.value, one.of, str(one.on), one.state.value) for one in found]


# --- meetings ----------------------------------------------------------------------------------


def test_of_a_weekly_the_next_day_or_the_last_within_its_grace_is_due() -> None:
    def weekly(on: date, **given: Any) -> list[tuple[str, str]]:
        found = due(on, goal("a"), of={Ritual.WEEKLY}, **given)
        return [(str(one.on), one.state.value) for one in found]

    assert weekly(day(8, 3)) == [("2026-08-03", "due")]  # a Monday
    assert weekly(day(8, 6)) == [("2026-08-03", "due")]
    assert weekly(day(8, 7)) == [("2026-08-10", "coming")]
    assert weekly(day(8, 7), ahead_days=2) == []
    assert weekly(day(6, 28)) == []  # eight days ahead
    assert weekly(day(9, 28), ahead_days=30) == [("2026-09-28", "due")]
    assert weekly(day(10, 2)) == []  # none is left in the cycle


def test_a_team_has_one_weekly_for_all_of_its_objectives() -> None:
    growth, care = okr.Place(team="Growth"), okr.Place(team="Care")
    found = due(
        day(8, 3),
        goal("a", place=growth, owner="Ana Ruiz"),
        goal("b", place=care, owner="Bo Lind"),
        goal("c", place=growth, owner="Li Wei"),
        goal("d", owner="Jo Kim"),
        goal("e", owner="Jo Kim", place=okr.Place(level=okr.Level.TEAM)),
        goal("f"),
        of={Ritual.WEEKLY},
    )
    assert [(one.of, one.also, str(one.owner)) for one in found] == [
        ("a", ("c",), "Growth"),
        ("b", (), "Bo Lind"),
        ("d", ("e",), "Jo Kim"),
        ("f", (), "None"),
    ]


def test_one_person_has_one_weekly_with_an_id_and_without() -> None:
    ana = okr.Person("Ana Ruiz", id="ana-1")
    found = due(
        day(8, 3),
        goal("a", owner=ana),
        goal("b", owner="Ana Ruiz"),
        goal("c", owner=okr.Person("Bo Lind")),
        of={Ritual.WEEKLY},
    )
    assert [(one.of, one.also, one.owner) for one in found] == [
        ("a", ("b",), ana),
        ("c", (), okr.Person("Bo Lind")),
    ]


def test_a_year_and_its_quarter_have_one_weekly() -> None:
    year = goal("year", cycle=CALENDAR.year(2026), owner="Ana Ruiz")
    found = due(day(8, 3), year, goal("a", owner="Ana Ruiz"), of={Ritual.WEEKLY})
    assert [(one.of, one.also) for one in found] == [("year", ("a",))]


def test_a_business_review_is_on_the_fifth_workday_of_a_month() -> None:
    (found,) = due(day(8, 3), goal("a"), of={Ritual.BUSINESS_REVIEW})
    assert (found.on, found.state) == (day(8, 7), DueState.COMING)


def test_a_forum_is_of_a_shared_key_result_alone() -> None:
    sales = okr.Team("Sales")
    shared = kr("lead", owner="Ana Ruiz", contribution=okr.Contribution(contributors=[sales]))
    assert due(day(8, 4), goal("a"), of={Ritual.FORUM}) == []
    found = due(day(8, 4), goal("a", shared, kr("own"), owner="Bo Lind"), of={Ritual.FORUM})
    assert shown(found) == [("forum", "lead", "2026-08-04", "due")]
    assert found[0].owner == okr.Person("Ana Ruiz")
    reader = goal("b", okr.KeyResultRef("a-kr"))
    found = due(day(8, 4), goal("a", owner="Bo Lind"), reader, of={Ritual.FORUM})
    assert [(one.of, one.owner) for one in found] == [("a-kr", okr.Person("Bo Lind"))]


def test_meetings_follow_the_lifecycle() -> None:
    def found(to: okr.Lifecycle) -> list[DueItem]:
        return due(day(8, 3), goal("a"), of=MEETINGS, entries=[okr.Transition("a", day(7, 20), to)])

    assert found(okr.Lifecycle.DRAFT) == []
    assert found(okr.Lifecycle.ARCHIVED) == []
    assert found(okr.Lifecycle.PAUSED) == []
    assert len(found(okr.Lifecycle.ACTIVE)) == 2
    closing = okr.Closing("a", day(7, 31), okr.ClosingDecision.ABANDON)
    assert due(day(8, 3), goal("a"), of=MEETINGS, entries=[closing]) == []


def test_schedules_and_levels_of_your_own() -> None:
    slots = [
        RitualSlot(Ritual.WEEKLY, every=Weekly(Weekday.THURSDAY, grace_days=0), level="team"),
        RitualSlot(Ritual.WEEKLY, every=Weekly(Weekday.THURSDAY, grace_days=0)),
        RitualSlot(Ritual.BUSINESS_REVIEW, every=WorkdayOfMonth(-1)),
    ]
    given = {"schedules": {okr.Cadence.QUARTERLY: Schedule(Weekly(Weekday.MONDAY), slots)}}
    team = goal("a", place=okr.Place(level=okr.Level.TEAM))
    found = due(day(7, 31), team, goal("b"), of=MEETINGS, **given)
    assert [(one.what.value, one.of, one.also, str(one.on)) for one in found] == [
        ("business review", "a", ("b",), "2026-07-31"),
        ("weekly", "a", ("b",), "2026-08-06"),  # two slots, one meeting
    ]
    assert Ritual.FORUM in {slot.ritual for slot in Schedule.of(okr.Cadence.QUARTERLY).appointments}


def test_workdays_move_a_meeting() -> None:
    class Office:
        def is_workday(self, one: date) -> bool:
            return one.weekday() < 5 and one != day(8, 3)

    (found,) = due(day(8, 4), goal("a"), of={Ritual.WEEKLY}, workdays=Office())
    assert (found.on, found.days_late) == (day(8, 4), 0)


def test_an_endless_cycle_has_no_meetings() -> None:
    endless = okr.Cycle(date(1000, 1, 1), date(9000, 1, 1))
    assert due(day(8, 3), goal("a", cycle=endless), of=MEETINGS) == []


def test_a_scope_has_the_meetings_of_its_objectives() -> None:
    growth = okr.Place(team="Growth")
    two = goal("a", place=growth), goal("c", place=growth)
    plan = okr.Plan(two)
    for ids in (["a"], ["c"], ["a", "c"]):
        found = list_due(plan, okr.Journal(), as_of=day(8, 3), scope=Scope(ids=ids))
        weekly = [[one.of, *one.also] for one in found if one.what is Ritual.WEEKLY]
        assert weekly == [ids]


def test_an_agenda_lists_meetings_but_not_itself() -> None:
    plan = okr.Plan([goal("a", owner="Ana Ruiz"), goal("b", owner="Ana Ruiz")])
    found = {
        ritual: [
            (str(item.title), item.ids)
            for item in make_agenda(plan, okr.Journal(), as_of=day(8, 3), ritual=ritual)
            .section(AgendaTopic.DUE)
            .items
        ]
        for ritual in ("weekly", "check-in")
    }
    meeting = ("Weekly due on 2026-08-03", ("a", "b"))
    assert meeting in found["check-in"]
    assert meeting not in found["weekly"]
    assert ("Business review due on 2026-08-07 (coming)", ("a", "b")) in found["weekly"]
    named = make_agenda(plan, okr.Journal(), as_of=day(8, 3), ritual="check-in", of="b")
    items = named.section(AgendaTopic.DUE).items
    assert [one.ids for one in items if one.title == meeting[0]] == [("b",)]
    # Check-ins are what an agenda of check-ins is about.
    assert any("Check-in due" in title for title, _ in found["check-in"])


def test_records_name_the_other_objectives() -> None:
    plan = okr.Plan([goal("a"), goal("b"), goal("c")])
    rows = okr.to_records(list_due(plan, okr.Journal(), as_of=day(8, 3)))
    assert [row["also"] for row in rows if row["what"] == "weekly"] == ["b; c"]


# --- baselines ---------------------------------------------------------------------------------


def baselines(on: date, *key_results: okr.KeyResult, **given: Any) -> list[DueItem]:
    asked = {name: given.pop(name) for name in ("entries", "workdays") if name in given}
    own = {"owner": "Bo Lind"} | given
    return due(on, goal("grow", *key_results, **own), of={Ritual.BASELINE}, **asked)


OPEN = kr("a", okr.Increase(None, 45), owner="Ana Ruiz")


@pytest.mark.parametrize(
    ("on", "state", "days_late"),
    [
        (day(7, 8), DueState.COMING, 0),
        (day(7, 15), DueState.DUE, 0),
        (day(7, 16), DueState.LATE, 1),
        (day(7, 20), DueState.LATE, 5),
        (day(9, 30), DueState.LATE, 77),
    ],
)
def test_a_missing_baseline_is_due_two_weeks_into_the_cycle(
    on: date, state: DueState, days_late: int
) -> None:
    (found,) = baselines(on, OPEN)
    assert found == DueItem(
        what=Ritual.BASELINE,
        of="a",
        on=day(7, 15),
        state=state,
        days_late=days_late,
        owner=okr.Person("Ana Ruiz"),
    )


def test_before_its_time_after_the_cycle_and_once_set_no_baseline_is_due() -> None:
    assert baselines(day(7, 7), OPEN) == []
    assert baselines(day(10, 1), OPEN) == []
    found = okr.BaselineSet("a", day(7, 20), 30)
    assert len(baselines(day(7, 19), OPEN, entries=[found])) == 1
    assert baselines(day(7, 20), OPEN, entries=[found]) == []


@pytest.mark.parametrize(
    ("measure", "is_due"),
    [
        (okr.Increase(None, 45), True),
        (okr.Decrease(None, 5), True),
        (okr.Relative(percent=5), True),
        (okr.Points(5), True),
        (okr.Multiple(2), True),
        (okr.Relative(percent=5, baseline=20), False),
        (okr.Increase(30, 45), False),
        (okr.Reach(45), False),
        (okr.AtLeast(45), False),
        (okr.PassFail(), False),
        (okr.EstablishBaseline(), False),  # its result is the baseline: it has the whole cycle
    ],
)
def test_measures_whose_baseline_is_due(measure: Any, *, is_due: bool) -> None:
    found = baselines(day(7, 20), kr("a", measure))
    assert [(one.of, one.owner) for one in found] == [("a", okr.Person("Bo Lind"))] * is_due


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        (okr.Cadence.MICRO_WEEK, 2),
        (okr.Cadence.MICRO_TWO_WEEKS, 3),
        (okr.Cadence.MONTHLY, 5),
        (okr.Cadence.QUARTERLY, 14),
        (okr.Cadence.ANNUAL, 14),
    ],
)
def test_a_short_cycle_has_a_share_of_the_days(cadence: okr.Cadence, days: int) -> None:
    """Two weeks of thirteen: 7 x 14 / 91 is 1.1, 14 days 2.2, the 31 of July 4.8; whole days, upwards."""
    cycle = okr.Cycle.starting(day(7, 1), cadence)
    (found,) = baselines(day(7, 1) + timedelta(days=days), OPEN, cycle=cycle)
    assert (found.on, found.state) == (day(7, 1) + timedelta(days=days), DueState.DUE)


def test_a_baseline_is_due_by_the_deadline_of_its_key_result() -> None:
    (found,) = baselines(day(7, 9), evolve(OPEN, due=day(7, 10)))
    assert found.on == day(7, 10)
    assert baselines(day(7, 11), evolve(OPEN, due=day(7, 10))) == []


def test_without_a_cycle_a_baseline_is_due_at_once() -> None:
    (found,) = baselines(day(7, 20), OPEN, cycle=None)
    assert (found.on, found.days_late) == (day(7, 20), 0)


def test_a_measure_that_was_adjusted_has_two_weeks_from_then() -> None:
    change = okr.Adjustment("a", day(8, 3), measure=okr.Increase(None, 60), because="a new survey")
    before = okr.BaselineSet("a", day(7, 10), 30)
    assert baselines(day(8, 9), OPEN, entries=[before, change]) == []
    (found,) = baselines(day(8, 14), OPEN, entries=[before, change])
    assert (found.on, found.state) == (day(8, 17), DueState.COMING)


def test_a_key_result_that_joins_has_two_weeks_from_then() -> None:
    joins = okr.Adjustment("grow", day(8, 3), adds=[OPEN], because="a new market")
    (found,) = baselines(day(8, 14), kr("b"), entries=[joins])
    assert (found.of, found.on) == ("a", day(8, 17))


@pytest.mark.parametrize("id", ["grow", "a"])
def test_of_paused_and_closed_items_no_baseline_is_due(id: str) -> None:
    pause = okr.Transition(id, day(7, 10), okr.Lifecycle.PAUSED)
    assert baselines(day(7, 20), OPEN, entries=[pause]) == []
    closing = okr.Closing("grow", day(7, 10), okr.ClosingDecision.ABANDON)
    assert baselines(day(7, 20), OPEN, entries=[closing]) == []


def test_days_of_the_rulebook() -> None:
    week = evolve(okr.RECOMMENDED, review=okr.rulebook.ReviewRule(instrumented_in_days=7))
    objective = goal("grow", OPEN)
    found = due(day(7, 8), objective, of={Ritual.BASELINE}, rulebook=week)
    assert [(one.on, one.state) for one in found] == [(day(7, 8), DueState.DUE)]


def test_an_agenda_of_baselines_lists_what_cannot_be_measured() -> None:
    found = make_agenda(
        okr.Plan([goal("grow", OPEN)]), okr.Journal(), as_of=day(7, 16), ritual="baseline"
    )
    (item,) = found.section(AgendaTopic.INSTRUMENTS).items
    assert (item.ids, str(item.text)) == (("a",), "no baseline yet, never read")
    assert "Baseline due on 2026-07-15, 1 day ago (late)" in str(found)


@pytest.mark.parametrize(
    ("decided", "published", "words"),
    [
        (
            day(8, 14),
            day(8, 14),
            ["decided on 2026-08-14, published the same day, in force 3 days later"],
        ),
        (
            day(8, 14),
            day(8, 18),
            ["decided on 2026-08-14, published 4 days later, in force 3 days later"],
        ),
        (
            day(8, 18),
            day(8, 17),
            ["decided on 2026-08-18, published 1 day before, in force 1 day before"],
        ),
        (day(8, 17), None, ["decided on 2026-08-17, in force the same day"]),
        (None, day(8, 18), []),
    ],
)
def test_an_agenda_has_the_days_from_decision_to_effect(
    decided: date | None, published: date | None, words: list[str]
) -> None:
    change = okr.Adjustment(
        "a-kr",
        day(8, 17),
        measure=okr.Reach(8),
        because="a strike",
        decided=decided,
        published=published,
    )
    plan, journal = okr.Plan([goal("a")]), okr.Journal([change])
    for on, ritual in ((day(8, 20), "mid-cycle review"), (day(10, 5), "retrospective")):
        found = make_agenda(plan, journal, as_of=on, ritual=ritual)
        (item,) = found.section(AgendaTopic.ADJUSTED).items
        assert [str(note) for note in item.notes] == words


def test_slots_are_refused_if_they_fit_no_day() -> None:
    for ritual in (Ritual.BASELINE, Ritual.CHECK_IN):
        with pytest.raises(okr.InvalidValueError, match="wrong-type"):
            RitualSlot(ritual, CyclePoint.START)
    mondays = Weekly(Weekday.MONDAY)
    for make, code in (
        (lambda: RitualSlot(Ritual.WEEKLY), "wrong-type"),
        (lambda: RitualSlot(Ritual.WEEKLY, CyclePoint.START, every=mondays), "given-twice"),
        (lambda: RitualSlot(Ritual.WEEKLY, days=3, every=mondays), "given-twice"),
        (lambda: RitualSlot(Ritual.WEEKLY, every="monday"), "wrong-type"),  # type: ignore[arg-type]
        (lambda: WorkdayOfMonth(0), "day-unknown"),
        (lambda: WorkdayOfMonth(21), "day-unknown"),
        (lambda: WorkdayOfMonth(1, grace_days=-1), "negative"),
    ):
        with pytest.raises(okr.InvalidValueError) as caught:
            make()
        assert caught.value.code == code


# --- rhythms of key results --------------------------------------------------------------------


def in_rhythm(days: int | None, **given: Any) -> okr.KeyResult:
    return kr("a", timing=okr.Timing(check_in_days=days), **given)


@pytest.mark.parametrize(
    ("days", "on", "state", "status"),
    [
        (None, "2026-07-13", "late", "stale"),  # of the quarter: each Monday, stale after 14 days
        (1, "2026-07-07", "late", "stale"),
        (14, "2026-07-20", "due", "ahead"),
        (30, "2026-08-05", "coming", "ahead"),  # EveryDays: 30 days after 6 July
    ],
)
def test_a_key_result_has_a_rhythm_of_its_own(
    days: int | None, on: str, state: str, status: str
) -> None:
    read = okr.CheckIn("a", day(7, 6), 3)
    found = due(
        day(7, 22), goal("g", in_rhythm(days)), of={Ritual.CHECK_IN}, entries=[read], ahead_days=14
    )
    assert shown(found) == [("check-in", "a", on, state)]
    card = okr.evaluate(
        okr.Plan([goal("g", in_rhythm(days))]), okr.Journal([read]), as_of=day(7, 22)
    )
    assert card.key_result("a").status == status
    live = okr.LiveScorecard(
        okr.Plan([goal("g", in_rhythm(days))]), okr.Journal(), as_of=day(7, 22)
    )
    live.record(read)
    assert live.status("a") == status


def test_an_objective_is_stale_by_the_quickest_of_its_key_results() -> None:
    read = [okr.CheckIn("a", day(7, 6), 3), okr.CheckIn("b", day(7, 6), 3)]

    def status(*key_results: okr.KeyResult) -> str:
        plan = okr.Plan([goal("g", *key_results)])
        return str(okr.evaluate(plan, okr.Journal(read), as_of=day(7, 22)).objective("g").status)

    slow = okr.Timing(check_in_days=30)
    assert status(kr("a", timing=slow), kr("b", timing=slow)) == "ahead"
    assert status(kr("a", timing=slow), kr("b")) == "stale"


def test_the_rhythm_of_a_metric_is_its_own() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"timing\.check_in_days.*Metric\('m'\)"):
        in_rhythm(3, metric="m")


def test_a_rhythm_changes_on_a_day_and_goes_on() -> None:
    change = okr.Adjustment(
        "a", day(7, 10), sets={"timing.check_in_days": 30}, because="the survey is monthly"
    )
    read = okr.CheckIn("a", day(7, 6), 3)
    objective = goal("g", kr("a"))
    found = due(day(7, 22), objective, of={Ritual.CHECK_IN}, entries=[read, change], ahead_days=30)
    assert [str(one.on) for one in found] == ["2026-08-05"]
    plan = okr.Plan([goal("g", in_rhythm(30))])
    journal = okr.Journal([read, okr.Closing("g", Q3.end, okr.ClosingDecision.CARRY)])
    fourth = CALENDAR.quarter(2026, 4)
    rolled = okr.review.roll_over(plan, journal, as_of=Q3.end, cycle=fourth).plan
    (carried,) = next(each for each in rolled.objectives if each.id != "g").own_key_results
    assert carried.timing is not None
    assert carried.timing.check_in_days == 30


def test_a_derived_key_result_is_read_with_its_parts() -> None:
    total = kr("t", okr.Reach(20), derived=okr.Derived(okr.Aggregation.SUM, ["a", "b"]))
    found = due(day(7, 6), goal("g", kr("a"), kr("b"), total), of={Ritual.CHECK_IN})
    assert [one.of for one in found] == ["a", "b"]


# --- limits to be established ------------------------------------------------------------------


def test_a_limit_to_be_established_is_due_as_a_baseline_is() -> None:
    sick = okr.Guardrail("sick", "Sick days", okr.AtMost(None), owner="Ana Ruiz")
    past = okr.Guardrail("past", "Sick days", okr.AtMost(okr.plan.PriorPeriod()))
    band = okr.Guardrail("band", "Band", okr.Between(1, 2))
    given: Any = {"guardrails": [sick, past, band]}
    (found,) = baselines(day(7, 16), kr("a", okr.Reach(1)), **given)
    assert (found.of, found.on, found.state) == ("sick", day(7, 15), DueState.LATE)
    assert found.owner == okr.Person("Ana Ruiz")
    established = okr.BaselineSet("sick", day(7, 16), 2.1)
    assert baselines(day(7, 16), kr("a", okr.Reach(1)), entries=[established], **given) == []
    assert baselines(day(10, 1), kr("a", okr.Reach(1)), **given) == []


def test_the_limit_of_a_metric_is_due_at_once() -> None:
    metrics = [
        okr.Metric("nps", "NPS", health=okr.AtLeast(None), owner="Bo Lind"),
        okr.Metric("bare", "Bare"),
        okr.Metric("arr", "ARR", health=okr.AtLeast(1)),
    ]
    plan = okr.Plan([], metrics=metrics)
    (found,) = list_due(plan, okr.Journal(), as_of=day(7, 16))
    assert (found.what, found.of, found.on) == (Ritual.BASELINE, "nps", day(7, 16))
    assert found.owner == okr.Person("Bo Lind")
    journal = okr.Journal([okr.BaselineSet("nps", day(7, 16), 30)])
    assert list_due(plan, journal, as_of=day(7, 16)) == ()


def test_a_limit_that_joined_because_a_target_was_too_hard_is_due_until_the_end() -> None:
    sick = okr.Guardrail("sick", "Sick days", okr.AtMost(None))
    joins = okr.Adjustment(
        "grow",
        day(8, 3),
        adds=[sick],
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard without it",
    )
    (found,) = baselines(day(9, 30), kr("a", okr.Reach(1)), entries=[joins])
    assert (found.of, found.on) == ("sick", day(8, 17))


def test_a_baseline_that_joined_because_a_target_was_too_hard_is_due_until_the_end() -> None:
    joins = okr.Adjustment(
        "grow",
        day(8, 3),
        adds=[kr("b", okr.Increase(None, 45))],
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard without it",
    )
    (found,) = baselines(day(9, 30), kr("a", okr.Reach(1)), entries=[joins])
    assert (found.of, found.on) == ("b", day(8, 17))

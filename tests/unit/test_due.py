"""What is due, late or coming, and whom to remind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr

CALENDAR = okr.FiscalCalendar()
QUARTER = CALENDAR.quarter(2026, 3)  # 1 July, a Wednesday, to 30 September
Ritual = okr.calendar.Ritual
CHECK_IN = Ritual.CHECK_IN
REPEATED = {Ritual.WEEKLY, Ritual.FORUM, Ritual.BUSINESS_REVIEW}
REVENUE = okr.KeyResult("arpa", "Revenue", okr.Increase(112, 128))


def growing(*key_results: okr.KeyResult, **given: Any) -> okr.Objective:
    fields: dict[str, Any] = {"cycle": QUARTER, "owner": "Ana Ruiz", "key_results": key_results}
    return okr.Objective(**({"id": "grow", "title": "Grow"} | fields | given))


def check_ins_due(
    plan: okr.Plan, as_of: date, *entries: Any, **given: Any
) -> list[okr.review.DueItem]:
    found = okr.review.list_due(plan, okr.Journal(entries), as_of=as_of, **given)
    return [one for one in found if one.what is CHECK_IN]


def rituals_due(plan: okr.Plan, as_of: date, *entries: Any, **given: Any) -> list[str]:
    found = okr.review.list_due(plan, okr.Journal(entries), as_of=as_of, **given)
    once = [one for one in found if one.what not in {CHECK_IN, *REPEATED}]
    return [f"{one.on} {one.what} {one.state}" for one in once]


@pytest.mark.parametrize(
    ("as_of", "state", "days_late"),
    [
        (date(2026, 7, 1), okr.review.DueState.COMING, 0),
        (date(2026, 7, 5), okr.review.DueState.COMING, 0),
        (date(2026, 7, 6), okr.review.DueState.DUE, 0),
        (date(2026, 7, 9), okr.review.DueState.DUE, 3),
        (date(2026, 7, 10), okr.review.DueState.LATE, 4),
        (date(2026, 9, 30), okr.review.DueState.LATE, 86),
    ],
)
def test_a_check_in_comes_is_due_and_is_late(
    as_of: date, state: okr.review.DueState, days_late: int
) -> None:
    (found,) = check_ins_due(okr.Plan([growing(REVENUE)]), as_of)
    assert found == okr.review.DueItem(
        what=CHECK_IN,
        of="arpa",
        on=date(2026, 7, 6),
        state=state,
        days_late=days_late,
        owner=okr.Person("Ana Ruiz"),
    )


def test_check_ins_move_the_due_day_on() -> None:
    plan = okr.Plan([growing(REVENUE)])
    early = okr.CheckIn("arpa", date(2026, 7, 3), 113)
    in_time = okr.CheckIn("arpa", date(2026, 7, 6), 113)
    note_alone = okr.CheckIn("arpa", date(2026, 7, 14), confidence=0.6)
    asked = date(2026, 7, 14)
    assert [one.on.day for one in check_ins_due(plan, asked, early)] == [6]
    assert [one.on.day for one in check_ins_due(plan, asked, in_time)] == [13]
    assert [one.on.day for one in check_ins_due(plan, asked, in_time, note_alone)] == [20]
    before = okr.CheckIn("arpa", date(2026, 6, 30), 113)
    assert [one.on.day for one in check_ins_due(plan, asked, before)] == [6]


def test_what_lies_too_far_ahead_is_not_listed() -> None:
    plan = okr.Plan([growing(REVENUE)])
    assert check_ins_due(plan, date(2026, 6, 28), ahead_days=7) == []
    assert len(check_ins_due(plan, date(2026, 6, 29), ahead_days=7)) == 1
    assert check_ins_due(plan, date(2026, 7, 5), ahead_days=0) == []
    assert len(check_ins_due(plan, date(2026, 7, 6), ahead_days=0)) == 1


def test_after_the_cycle_or_the_deadline_no_check_in_is_due() -> None:
    plan = okr.Plan([growing(evolve(REVENUE, due=date(2026, 8, 31)))])
    assert [one.on for one in check_ins_due(plan, date(2026, 8, 31))] == [date(2026, 7, 6)]
    assert check_ins_due(plan, date(2026, 9, 1)) == []
    last = okr.CheckIn("arpa", date(2026, 9, 28), 120)
    assert check_ins_due(okr.Plan([growing(REVENUE)]), date(2026, 9, 29), last) == []
    assert check_ins_due(okr.Plan([growing(REVENUE)]), date(2026, 10, 1)) == []


def test_the_first_and_the_last_day_count() -> None:
    week = okr.Cycle(date(2026, 7, 5), date(2026, 7, 13))  # a Sunday, to a Monday
    plan = okr.Plan([growing(REVENUE, cycle=week)])
    on_the_first = okr.CheckIn("arpa", week.start, 113)  # settles Monday's, a day early
    assert [one.on for one in check_ins_due(plan, week.end, on_the_first)] == [week.end]


def test_what_can_be_seen_later_is_due_later_and_past_the_close() -> None:
    later = okr.Timing(observable_from=date(2026, 10, 12))
    plan = okr.Plan([growing(evolve(REVENUE, timing=later))])
    assert check_ins_due(plan, date(2026, 9, 15)) == []
    assert [one.on for one in check_ins_due(plan, date(2026, 10, 20))] == [date(2026, 10, 19)]


@pytest.mark.parametrize(
    ("measure", "so_far", "delivered"),
    [
        (okr.PassFail(), False, True),
        (okr.Milestones("beta", "launch"), ["beta"], ["beta", "launch"]),
        (okr.Evidence(required=2), ["a"], ["a", "b"]),
    ],
)
def test_what_is_delivered_asks_for_no_more(measure: Any, so_far: Any, delivered: Any) -> None:
    plan = okr.Plan([growing(okr.KeyResult("ship", "Ship", measure))])
    day, asked = date(2026, 7, 6), date(2026, 7, 14)
    assert len(check_ins_due(plan, asked)) == 1
    assert len(check_ins_due(plan, asked, okr.CheckIn("ship", day, so_far))) == 1
    assert check_ins_due(plan, asked, okr.CheckIn("ship", day, delivered)) == []


def test_a_baseline_is_found_once() -> None:
    plan = okr.Plan([growing(okr.KeyResult("base", "Baseline", okr.EstablishBaseline()))])
    asked = date(2026, 7, 14)
    assert len(check_ins_due(plan, asked)) == 1
    assert check_ins_due(plan, asked, okr.CheckIn("base", date(2026, 7, 6), 21)) == []


def test_guardrails_follow_their_objective_and_have_their_own_owner() -> None:
    guardrail = okr.Guardrail("tickets", "Tickets", okr.AtMost(85), owner="Li Wei")
    plan = okr.Plan([growing(REVENUE, guardrails=[guardrail])])
    found = {one.of: (one.on, one.owner) for one in check_ins_due(plan, date(2026, 7, 6))}
    assert found == {
        "arpa": (date(2026, 7, 6), okr.Person("Ana Ruiz")),
        "tickets": (date(2026, 7, 6), okr.Person("Li Wei")),
    }


def test_a_shared_metric_is_due_once_for_the_quickest_of_its_readers() -> None:
    shared = evolve(REVENUE, metric="m")
    week = okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_WEEK)
    sprint = growing(evolve(shared, id="week-arpa"), id="week", cycle=week, owner="Li Wei")
    plan = okr.Plan([growing(shared), sprint], metrics=[okr.Metric("m", "Revenue")])
    read = okr.CheckIn("m", date(2026, 8, 10), 115)
    found = [one for one in check_ins_due(plan, date(2026, 8, 11), read) if one.of == "m"]
    assert [(one.on, one.owner) for one in found] == [(date(2026, 8, 11), okr.Person("Li Wei"))]
    # Once the week is over, the quarter's rhythm is what remains.
    found = check_ins_due(plan, date(2026, 8, 17), okr.CheckIn("m", date(2026, 8, 16), 115))
    assert [one.on for one in found] == [date(2026, 8, 17)]


def test_a_metric_has_its_own_interval_and_owner() -> None:
    shared = evolve(REVENUE, metric="m", owner="Li Wei")
    monthly = okr.Metric("m", "Revenue", check_in_days=30, owner="Jo Kim")
    plan = okr.Plan([growing(shared)], metrics=[monthly])
    read = okr.CheckIn("m", date(2026, 6, 15), 115)
    (found,) = check_ins_due(plan, date(2026, 7, 10), read)
    assert (found.of, found.on, found.owner) == ("m", date(2026, 7, 15), okr.Person("Jo Kim"))
    (never,) = check_ins_due(plan, date(2026, 7, 10))
    assert (never.on, never.state) == (date(2026, 7, 10), okr.review.DueState.DUE)
    unowned = okr.Plan([growing(shared)], metrics=[evolve(monthly, owner=None)])
    assert [one.owner for one in check_ins_due(unowned, date(2026, 7, 10))] == [
        okr.Person("Li Wei")
    ]
    alone = okr.Plan([], metrics=[evolve(monthly, owner=None)])
    assert [one.owner for one in check_ins_due(alone, date(2026, 7, 10))] == [None]
    assert (
        check_ins_due(okr.Plan([], metrics=[okr.Metric("m", "Revenue")]), date(2026, 7, 10)) == []
    )


def test_a_measurement_is_late_the_day_after_its_own_interval() -> None:
    daily = okr.Metric("m", "Revenue", check_in_days=1)
    plan = okr.Plan([growing(evolve(REVENUE, metric="m"))], metrics=[daily])
    read = okr.CheckIn("m", date(2026, 7, 1), 115)
    found = [check_ins_due(plan, date(2026, 7, day), read)[0] for day in (2, 3)]
    assert [(one.on, one.days_late, one.state) for one in found] == [
        (date(2026, 7, 2), 0, okr.review.DueState.DUE),
        (date(2026, 7, 2), 1, okr.review.DueState.LATE),
    ]


def test_without_a_cycle_it_is_weekly_from_the_last_check_in() -> None:
    plan = okr.Plan([growing(REVENUE, cycle=None)])
    asked = date(2026, 8, 14)
    assert [one.on for one in check_ins_due(plan, asked)] == [asked]
    read = okr.CheckIn("arpa", date(2026, 8, 6), 115)
    assert [one.on for one in check_ins_due(plan, asked, read)] == [date(2026, 8, 10)]
    assert rituals_due(plan, asked) == []


@pytest.mark.parametrize(
    ("to", "is_due"),
    [
        (okr.Lifecycle.DRAFT, False),
        (okr.Lifecycle.PROPOSED, False),
        (okr.Lifecycle.ACTIVE, True),
        (okr.Lifecycle.PAUSED, False),
        (okr.Lifecycle.ARCHIVED, False),
    ],
)
def test_check_ins_are_due_while_it_is_active(to: okr.Lifecycle, *, is_due: bool) -> None:
    plan = okr.Plan([growing(REVENUE)])
    move = okr.Transition("grow", date(2026, 7, 1), to)
    assert bool(check_ins_due(plan, date(2026, 7, 6), move)) is is_due
    before_the_move = okr.Transition("grow", date(2026, 7, 7), to)
    assert check_ins_due(plan, date(2026, 7, 6), before_the_move)


def test_check_ins_are_due_until_it_is_closed() -> None:
    plan = okr.Plan([growing(REVENUE)])
    closing = okr.Closing("grow", date(2026, 7, 6), okr.ClosingDecision.ABANDON)
    assert check_ins_due(plan, date(2026, 7, 5), closing)
    assert not check_ins_due(plan, date(2026, 7, 6), closing)


def test_the_rituals_of_a_quarter() -> None:
    plan = okr.Plan([growing()])
    assert rituals_due(plan, date(2026, 6, 20)) == []
    assert rituals_due(plan, date(2026, 6, 28)) == ["2026-07-01 planning coming"]
    assert rituals_due(plan, date(2026, 7, 4)) == ["2026-07-01 planning due"]
    assert rituals_due(plan, date(2026, 7, 5)) == []
    assert rituals_due(plan, date(2026, 8, 14)) == ["2026-08-15 mid-cycle review coming"]
    assert rituals_due(plan, date(2026, 8, 18)) == ["2026-08-15 mid-cycle review due"]
    assert rituals_due(plan, date(2026, 8, 19)) == []
    assert rituals_due(plan, date(2026, 9, 16)) == ["2026-09-16 call of the results due"]
    assert rituals_due(plan, date(2026, 9, 30)) == [
        "2026-09-30 close due",
        "2026-10-07 retrospective coming",
    ]


def test_a_close_is_late_until_it_is_in_the_journal() -> None:
    plan = okr.Plan([growing()])
    asked = date(2026, 10, 8)
    assert rituals_due(plan, asked) == ["2026-09-30 close late", "2026-10-07 retrospective due"]
    closing = okr.Closing("grow", date(2026, 10, 5), okr.ClosingDecision.CARRY)
    assert rituals_due(plan, asked, closing) == ["2026-10-07 retrospective due"]
    assert rituals_due(plan, date(2027, 10, 8)) == ["2026-09-30 close late"]
    reopened = okr.Transition("grow", date(2026, 10, 6), okr.Lifecycle.ACTIVE)
    assert rituals_due(plan, asked, closing, reopened) == rituals_due(plan, asked)


def test_adjustments_move_deadlines_and_owners() -> None:
    plan = okr.Plan([growing(REVENUE)])
    change = okr.Adjustment(
        "arpa", date(2026, 8, 3), due=date(2026, 8, 12), owner="Bo Lind", because="a new fact"
    )
    (found,) = check_ins_due(plan, date(2026, 8, 12), change)
    assert found.owner == okr.Person("Bo Lind")
    assert check_ins_due(plan, date(2026, 8, 13), change) == []
    assert len(check_ins_due(plan, date(2026, 8, 13))) == 1


def test_what_an_adjustment_paused_asks_for_nothing() -> None:
    two = (REVENUE, okr.KeyResult("conv", "Conversion", okr.Increase(3, 4)))
    day = date(2026, 8, 14)
    pause = okr.Adjustment("grow", day, kind=okr.AdjustmentKind.PAUSE, because="the port closed")
    plan = okr.Plan([growing(*two)])
    assert [one.of for one in check_ins_due(plan, date(2026, 8, 13), pause)] == ["arpa", "conv"]
    assert check_ins_due(plan, day, pause) == []
    again = okr.Transition("grow", date(2026, 8, 20), okr.Lifecycle.ACTIVE)
    assert len(check_ins_due(plan, date(2026, 8, 20), pause, again)) == 2
    one = okr.Adjustment("conv", day, kind=okr.AdjustmentKind.PAUSE, because="no data")
    assert [found.of for found in check_ins_due(plan, day, one)] == ["arpa"]


def test_planning_is_late_while_an_objective_is_a_draft() -> None:
    plan = okr.Plan([growing()])
    draft = okr.Transition("grow", date(2026, 6, 1), okr.Lifecycle.DRAFT)
    assert rituals_due(plan, date(2026, 6, 28), draft) == ["2026-07-01 planning coming"]
    assert rituals_due(plan, date(2026, 8, 15), draft) == ["2026-07-01 planning late"]
    assert rituals_due(plan, date(2026, 10, 8), draft) == []
    archived = okr.Transition("grow", date(2026, 6, 1), okr.Lifecycle.ARCHIVED)
    assert rituals_due(plan, date(2026, 9, 30), archived) == []


@pytest.mark.parametrize(
    ("level", "rituals"),
    [
        (None, ["planning"]),
        (okr.Level.TEAM, ["team drafts", "peer review", "planning"]),
        (okr.Level.INDIVIDUAL, ["planning", "personal planning"]),
        (okr.Level.COMPANY, ["company draft", "company publication", "planning"]),
    ],
)
def test_some_rituals_are_for_a_level(level: okr.Level | None, rituals: list[str]) -> None:
    plan = okr.Plan([growing(place=okr.Place(level=level))])
    draft = okr.Journal([okr.Transition("grow", date(2026, 5, 1), okr.Lifecycle.DRAFT)])
    found = okr.review.list_due(plan, draft, as_of=date(2026, 7, 1))
    assert [str(one.what) for one in found] == rituals


def test_your_own_schedules() -> None:
    fridays = okr.calendar.Schedule(
        okr.calendar.Weekly(okr.calendar.Weekday.FRIDAY, grace_days=0), []
    )
    plan = okr.Plan([growing(REVENUE)])
    (found,) = okr.review.list_due(
        plan,
        okr.Journal(),
        as_of=date(2026, 7, 4),
        schedules={okr.Cadence.QUARTERLY: fridays},
    )
    assert (found.on, found.state) == (date(2026, 7, 3), okr.review.DueState.LATE)
    arbitrary = okr.Plan([growing(REVENUE, cycle=okr.Cycle(QUARTER.start, QUARTER.end))])
    (found,) = okr.review.list_due(
        arbitrary, okr.Journal(), as_of=date(2026, 7, 4), schedules={None: fridays}
    )
    assert found.on == date(2026, 7, 3)


def test_workdays_move_what_is_due() -> None:
    class Office:
        def is_workday(self, day: date) -> bool:
            return day.weekday() < 5 and day != date(2026, 7, 6)

    plan = okr.Plan([growing(REVENUE)])
    (found,) = check_ins_due(plan, date(2026, 7, 7), workdays=Office())
    assert (found.on, found.days_late) == (date(2026, 7, 7), 0)


def test_the_most_overdue_comes_first() -> None:
    sprint = okr.Cycle.starting(date(2026, 7, 27), okr.Cadence.MICRO_TWO_WEEKS)
    plan = okr.Plan(
        [
            growing(REVENUE),
            growing(evolve(REVENUE, id="trial"), id="sprint", cycle=sprint),
        ]
    )
    read = okr.CheckIn("arpa", date(2026, 8, 3), 115)
    found = okr.review.list_due(plan, okr.Journal([read]), as_of=date(2026, 8, 5))
    assert [(str(one.what), one.of, one.on.isoformat(), one.days_late) for one in found] == [
        ("check-in", "trial", "2026-07-29", 7),
        ("weekly", "grow", "2026-08-03", 2),
        ("business review", "grow", "2026-08-07", 0),
        ("close", "sprint", "2026-08-09", 0),
        ("retrospective", "sprint", "2026-08-09", 0),
        ("check-in", "arpa", "2026-08-10", 0),
    ]
    assert found[0].state is okr.review.DueState.LATE


def test_a_daily_rhythm_has_no_grace() -> None:
    week = okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_WEEK)
    plan = okr.Plan([growing(REVENUE, cycle=week)])
    read = okr.CheckIn("arpa", week.start, 115)
    states = [
        check_ins_due(plan, week.start + timedelta(days=days), read)[0].state for days in range(3)
    ]
    assert states == [okr.review.DueState.COMING, okr.review.DueState.DUE, okr.review.DueState.LATE]


def test_what_is_parked_asks_for_nothing() -> None:
    parked = okr.ObjectiveProfile(parked=okr.Parked("nobody is free"))
    plan = okr.Plan([growing(REVENUE, profile=parked)])
    assert okr.review.list_due(plan, okr.Journal(), as_of=date(2026, 8, 15)) == ()
    tagged = okr.Plan([growing(REVENUE, profile=okr.ObjectiveProfile(tags=["growth"]))])
    assert len(okr.review.list_due(tagged, okr.Journal(), as_of=date(2026, 8, 15))) == 3

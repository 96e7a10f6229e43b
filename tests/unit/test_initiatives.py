"""Initiatives: state, share done, due day, weight; they end, are dropped, blocked and late as others are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore.codec import report
from okrcore.journal import misfits
from okrcore.review import DueState, list_due, roll_over
from okrcore.rulebook import RollUpPart, RollUpSource, dialects
from okrcore.scorecard import InitiativeResult, InitiativeState

CALENDAR = okr.FiscalCalendar()
Q3, Q4 = CALENDAR.quarter(2026, 3), CALENDAR.quarter(2026, 4)
PLANNED, DOING, DONE, DROPPED = InitiativeState
ACTIVE, PAUSED, DRAFT, ARCHIVED = (
    okr.Lifecycle.ACTIVE,
    okr.Lifecycle.PAUSED,
    okr.Lifecycle.DRAFT,
    okr.Lifecycle.ARCHIVED,
)
ACHIEVED, STOP = okr.ClosingDecision.ACHIEVED, okr.ClosingDecision.STOP
#: Scores the initiatives of an objective alone.
BY_WORK = evolve(
    okr.RECOMMENDED,
    roll_up=evolve(okr.RECOMMENDED.roll_up, parts=[RollUpPart(RollUpSource.INITIATIVES)]),
)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def at(month: int, number: int, hour: int = 9) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def plan_of(*more: okr.Initiative, cycle: okr.Cycle | None = Q3, **fields: Any) -> okr.Plan:
    """Return a plan with one initiative, due on 1 August, and others."""
    given: dict[str, Any] = {"drives": ["a"], "owner": "Ana Ruiz", "due": day(8, 1)} | fields
    page = okr.Initiative("page", "A faster page", **given)
    kr = okr.KeyResult("a", "Signups", okr.Reach(10))
    return okr.Plan(
        [okr.Objective("grow", "Grow", key_results=[kr], initiatives=[page, *more], cycle=cycle)]
    )


PLAN = plan_of()
TODAY = day(8, 15)


def result(
    *entries: okr.journal.Entry, on: date = TODAY, plan: okr.Plan = PLAN, of: str = "page"
) -> InitiativeResult:
    return okr.evaluate(plan, okr.Journal(entries), as_of=on).initiative(of)


def read(month: int, number: int, value: Any, **more: Any) -> okr.CheckIn:
    return okr.CheckIn("page", day(month, number), value, **more)


def move(month: int, number: int, to: okr.Lifecycle, **more: Any) -> okr.Transition:
    return okr.Transition("page", day(month, number), to, **more)


def close(
    month: int, number: int, decision: okr.ClosingDecision = STOP, **more: Any
) -> okr.Closing:
    return okr.Closing("page", day(month, number), decision, **more)


# --- the case ----------------------------------------------------------------------------------


def test_half_done_and_two_weeks_late() -> None:
    journal = okr.admit(PLAN, okr.Journal(), read(8, 10, 0.5))
    card = okr.evaluate(PLAN, journal, as_of=day(8, 15))
    found = card["page"]
    assert isinstance(found, InitiativeResult)
    assert found == card.initiative("page")
    assert "page" in card
    assert (found.kind, found.state, found.status, found.score) == (
        "initiative",
        DOING,
        "doing",
        None,
    )
    assert (found.share_done, found.read_on, found.due, found.days_late) == (
        0.5,
        day(8, 10),
        day(8, 1),
        14,
    )
    assert (found.objective, found.drives, found.owner) == ("grow", ("a",), okr.Person("Ana Ruiz"))
    assert found.status_why == "50% done; due on 2026-08-01, 14 days late"
    assert found.why == "an initiative has a state and no score"
    assert "◐ A faster page: 50% done; due on 2026-08-01, 14 days late" in str(card)
    late = [
        (item.what, item.on, item.days_late, item.owner)
        for item in list_due(PLAN, journal, as_of=day(8, 15))
        if item.of == "page"
    ]
    ana = okr.Person("Ana Ruiz")
    assert late == [
        (okr.calendar.Ritual.INITIATIVE, day(8, 1), 14, ana),
        (okr.calendar.Ritual.CHECK_IN, day(8, 17), 0, ana),
    ]


def test_it_is_ended_moved_and_adjusted() -> None:
    journal = okr.admit(PLAN, okr.Journal(), read(8, 10, 0.5))
    dropped = okr.admit(PLAN, journal, close(8, 15, because="no budget"))
    found = okr.evaluate(PLAN, dropped, as_of=day(8, 20)).initiative("page")
    assert (found.state, found.status, found.ended_on, found.days_late) == (
        DROPPED,
        "dropped",
        day(8, 15),
        0,
    )
    assert found.status_why == "closed on 2026-08-15, decided to stop; no budget"
    assert found.lifecycle.closing == close(8, 15, because="no budget")
    paused = okr.admit(PLAN, journal, move(8, 15, PAUSED))
    found = okr.evaluate(PLAN, paused, as_of=day(8, 20)).initiative("page")
    assert (found.state, found.status_why) == (
        DOING,
        "50% done; due on 2026-08-01, 19 days late; paused since 2026-08-15",
    )
    assert english_in(MADE_UP.write(found.status_why)) == []
    later = okr.Adjustment("page", day(8, 15), due=day(9, 1), because="late parts")
    adjusted = okr.admit(PLAN, journal, later)
    on = {
        each: okr.evaluate(PLAN, adjusted, as_of=day(8, each)).initiative("page")
        for each in (14, 15)
    }
    assert [(each.due, each.days_late) for each in on.values()] == [
        (day(8, 1), 13),
        (day(9, 1), 0),
    ]


# --- states ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "state", "share", "ended"),
    [
        ([], PLANNED, None, None),
        ([read(8, 3, 0)], PLANNED, 0.0, None),
        ([read(8, 3, False)], PLANNED, 0.0, None),
        ([okr.CheckIn("page", day(8, 3), note="we met")], PLANNED, None, None),
        ([read(8, 3, 0.1)], DOING, 0.1, None),
        ([read(8, 3, True)], DONE, 1.0, day(8, 3)),
        ([read(8, 3, 1), read(8, 10, 1)], DONE, 1.0, day(8, 3)),
        ([read(8, 3, 1), read(8, 10, 0.8)], DOING, 0.8, None),
        ([read(8, 3, 1), read(8, 5, 0.8), read(8, 10, 1)], DONE, 1.0, day(8, 10)),
        ([read(8, 10, 0.3), read(8, 3, 0.6)], DOING, 0.3, None),
        ([read(8, 20, 1)], PLANNED, None, None),
        # moves
        ([move(8, 3, ACTIVE)], DOING, None, None),
        ([move(8, 3, ACTIVE), read(8, 5, 0)], DOING, 0.0, None),
        ([move(7, 3, DRAFT)], PLANNED, None, None),
        ([move(7, 3, DRAFT), move(8, 3, ACTIVE)], DOING, None, None),
        ([read(8, 3, 0.4), move(8, 5, DRAFT)], PLANNED, 0.4, None),
        ([read(8, 3, 0.4), move(8, 5, DRAFT), read(8, 6, 0.5)], DOING, 0.5, None),
        ([move(8, 3, PAUSED)], PLANNED, None, None),
        ([move(8, 3, ACTIVE), move(8, 5, PAUSED)], DOING, None, None),
        ([read(8, 3, 0.4), move(8, 5, PAUSED)], DOING, 0.4, None),
        ([move(8, 3, ARCHIVED)], DROPPED, None, day(8, 3)),
        ([read(8, 3, 0.4), move(8, 5, ARCHIVED), move(8, 9, ACTIVE)], DOING, 0.4, None),
        # closings
        ([close(8, 3, ACHIEVED)], DONE, 1.0, day(8, 3)),
        ([read(8, 1, 1), close(8, 3, ACHIEVED)], DONE, 1.0, day(8, 1)),
        ([read(8, 1, 0.6), close(8, 3, ACHIEVED)], DONE, 1.0, day(8, 3)),
        ([read(8, 1, 1), close(8, 3)], DROPPED, 1.0, day(8, 3)),
        ([read(8, 1, 0.6), close(8, 3, okr.ClosingDecision.DEFER)], DROPPED, 0.6, day(8, 3)),
        ([close(8, 3), move(8, 5, ARCHIVED)], DROPPED, None, day(8, 3)),
        ([close(8, 20)], PLANNED, None, None),
        # reopened
        ([read(8, 1, 0.6), close(8, 3), move(8, 5, ACTIVE)], DOING, 0.6, None),
        ([read(8, 1, 1), close(8, 3, ACHIEVED), move(8, 5, ACTIVE)], DOING, 1.0, None),
        ([read(8, 1, 1), close(8, 3), move(8, 5, ACTIVE), read(8, 5, 1)], DONE, 1.0, day(8, 1)),
    ],
)
def test_a_state_follows_from_the_journal(
    entries: list[Any], state: InitiativeState, share: float | None, ended: date | None
) -> None:
    found = result(*entries)
    assert (found.state, found.share_done, found.ended_on) == (state, share, ended)
    assert found.status in (state, "stale")


def test_a_pause_by_an_adjustment() -> None:
    pause = okr.Adjustment(
        "page", day(8, 3), kind=okr.AdjustmentKind.PAUSE, because="the designer is ill"
    )
    found = result(read(8, 1, 0.5), pause)
    assert (found.state, found.lifecycle.state) == (DOING, PAUSED)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([], "not begun; due on 2026-08-01, 14 days late; nothing read in 45 days"),
        ([move(8, 3, ACTIVE)], "begun; due on 2026-08-01, 14 days late"),
        ([read(7, 30, 1)], "finished on 2026-07-30"),
        ([read(8, 10, 1)], "finished on 2026-08-10; due on 2026-08-01, 9 days late"),
        (
            [close(8, 2, ACHIEVED, because="good enough")],
            "closed on 2026-08-02, taken as achieved; good enough; due on 2026-08-01, 1 day late",
        ),
        ([move(8, 3, ARCHIVED)], "archived since 2026-08-03"),
        (
            [read(8, 10, 0.5, blocker="no  test\nserver")],
            "50% done; due on 2026-08-01, 14 days late; blocked: no test server",
        ),
    ],
)
def test_its_reason_in_words(entries: list[Any], why: str) -> None:
    assert result(*entries).status_why == why


# --- what a door takes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "decision",
    [
        okr.ClosingDecision.CARRY,
        okr.ClosingDecision.MODIFY,
        okr.ClosingDecision.SCALE,
        okr.ClosingDecision.ITERATE,
    ],
)
def test_decisions_that_are_none_about_work_are_refused(decision: okr.ClosingDecision) -> None:
    with pytest.raises(okr.InconsistentPlanError, match=r"roll_over carries it") as caught:
        okr.admit(PLAN, okr.Journal(), close(8, 3, decision))
    assert caught.value.code == "decision-does-not-fit"
    [misfit] = misfits(PLAN, okr.Journal([close(8, 3, decision)]))
    assert misfit.fault.code == "decision-does-not-fit"
    judged = close(8, 3, judged=0.5, because="half of it")
    with pytest.raises(okr.InconsistentPlanError, match=r"a state and no score"):
        okr.admit(PLAN, okr.Journal(), judged)


@pytest.mark.parametrize(
    "entry",
    [
        read(8, 10, 0.8),
        okr.CheckIn("page", day(8, 10), note="we go on"),
        okr.Adjustment("page", day(8, 10), due=day(9, 1), because="late parts"),
    ],
)
def test_what_has_ended_takes_no_entry_until_it_is_reopened(entry: Any) -> None:
    journal = okr.admit(PLAN, okr.Journal(), read(8, 1, 0.5), close(8, 5))
    with pytest.raises(okr.TransitionError, match=r"'page' closed on 2026-08-05; reopen") as caught:
        okr.admit(PLAN, journal, entry)
    assert caught.value.code == "after-closing"
    with pytest.raises(okr.TransitionError) as caught:
        okr.admit(PLAN, journal, close(8, 10))
    assert caught.value.code == "no-such-move"
    reopened = okr.admit(PLAN, journal, move(8, 8, ACTIVE), entry)
    assert result(*reopened.entries).state is DOING
    # An entry that is in a journal already does not count, and is listed.
    late = okr.evaluate(PLAN, journal.add(entry), as_of=day(8, 15)).initiative("page")
    assert (late.state, late.share_done, late.due) == (DROPPED, 0.5, day(8, 1))
    assert [each.reason for each in late.uncounted] == [okr.scorecard.NotCounted.AFTER_CLOSING]


def test_an_entry_before_the_closing_counts_unless_it_was_written_later() -> None:
    closing = close(8, 5, recorded=at(8, 5))
    before, after = (read(8, 4, 0.7, recorded=at(8, each)) for each in (4, 6))
    assert result(closing, before).share_done == 0.7
    found = result(closing, after)
    assert (found.share_done, len(found.uncounted)) == (None, 1)
    with pytest.raises(okr.TransitionError, match=r"'page' closed"):
        okr.admit(PLAN, okr.Journal([closing]), after)


def test_only_an_initiative_is_begun_by_a_first_transition_to_active() -> None:
    begun = move(8, 3, ACTIVE)
    journal = okr.admit(PLAN, okr.Journal(), begun)
    for id in ("grow", "a"):
        with pytest.raises(okr.TransitionError, match=r"active to active"):
            okr.admit(PLAN, journal, okr.Transition(id, day(8, 3), ACTIVE))
    with pytest.raises(okr.TransitionError, match=r"active to active"):
        okr.admit(PLAN, journal, move(8, 4, ACTIVE))
    # Dated back, it takes the place of the one that began it.
    with pytest.raises(okr.TransitionError, match=r"no longer be a transition"):
        okr.admit(PLAN, journal, move(8, 1, ACTIVE))
    assert misfits(PLAN, journal) == ()
    objective = okr.Journal([okr.Transition("grow", day(8, 3), ACTIVE)])
    assert [each.fault.code for each in misfits(PLAN, objective)] == ["no-such-move"]


# --- its objective -----------------------------------------------------------------------------


def test_an_initiative_is_over_with_its_objective() -> None:
    closing = okr.Closing("grow", day(8, 20), okr.ClosingDecision.ABANDON)
    journal = okr.admit(PLAN, okr.Journal(), read(8, 10, 0.5), closing)
    found = okr.evaluate(PLAN, journal, as_of=day(9, 15)).initiative("page")
    assert (found.state, found.status, found.days_late) == (DOING, "closed", 19)
    assert found.status_why == (
        "50% done; due on 2026-08-01, 19 days late; its objective closed on 2026-08-20, decided to abandon"
    )
    for entry in (read(8, 21, 1), close(8, 21, ACHIEVED), move(8, 21, PAUSED)):
        with pytest.raises(okr.TransitionError, match=r"'grow' closed on 2026-08-20"):
            okr.admit(PLAN, journal, entry)
    assert [item.of for item in list_due(PLAN, journal, as_of=day(9, 15))] == []
    reopened = okr.admit(PLAN, journal, okr.Transition("grow", day(8, 25), ACTIVE), read(8, 26, 1))
    assert result(*reopened.entries, on=day(9, 1)).state is DONE


def test_work_ends_with_the_grace_of_its_cycle() -> None:
    inside, outside = read(10, 10, 1), read(10, 20, 1)
    assert result(inside, on=day(10, 25)).state is DONE
    found = result(read(9, 1, 0.5), outside, on=day(10, 25))
    assert (found.state, found.status, found.share_done) == (DOING, "over", 0.5)
    # 14 days of grace after 30 September
    assert found.days_late == (day(10, 14) - day(8, 1)).days
    assert "its cycle ended on 2026-09-30" in found.status_why
    assert [each.reading for each in found.uncounted] == [1.0]
    never = result(outside, on=day(10, 25))
    assert never.status_why.endswith("more than 14 days after its cycle ended on 2026-09-30")
    # A decision about it may come later.
    assert result(close(10, 20, ACHIEVED), on=day(10, 25)).state is DONE
    # It goes on with its objective, but not if it is done.
    aspiration = evolve(PLAN.objective("grow"), ambition=okr.Ambition.ASPIRATIONAL)
    kept = PLAN.put(aspiration)
    for entries, carried in (([outside], 0), ([read(9, 1, 0.5)], 1), ([close(9, 1)], 0)):
        rolled = roll_over(kept, okr.Journal(entries), as_of=day(10, 25), cycle=Q4)
        assert len(rolled.plan.objective("grow@2026-Q4").initiatives) == carried


def test_without_a_cycle_work_has_no_end() -> None:
    plan = plan_of(cycle=None)
    found = result(read(8, 1, 0.5), on=date(2028, 1, 1), plan=plan)
    assert (found.state, found.status) == (DOING, "doing")
    assert found.days_late == (date(2028, 1, 1) - day(8, 1)).days


def test_in_a_micro_okr() -> None:
    week = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_WEEK)
    plan = plan_of(cycle=week, due=day(8, 5))
    assert result(on=day(8, 4), plan=plan).days_late == 0
    found = result(read(8, 6, 1), on=day(8, 7), plan=plan)
    assert (found.state, found.days_late) == (DONE, 1)
    [item] = [i for i in list_due(plan, okr.Journal(), as_of=day(8, 4)) if i.of == "page"][:1]
    assert (item.what, item.on) == (okr.calendar.Ritual.CHECK_IN, day(8, 4))


def test_of_work_that_joined_or_left() -> None:
    tour = okr.Initiative("tour", "A tour", due=day(9, 1))
    joins = okr.Adjustment("grow", day(8, 10), adds=[tour], because="a new idea")
    leaves = okr.Adjustment("grow", day(9, 10), removes=["tour"], because="no effect")
    journal = okr.admit(PLAN, okr.Journal(), joins, leaves)
    card = okr.evaluate(PLAN, journal, as_of=day(8, 15))
    assert card.initiative("tour").state is PLANNED
    assert card.objective("grow").initiatives == ("page", "tour")
    assert "tour" not in okr.evaluate(PLAN, journal, as_of=day(8, 9))
    with pytest.raises(okr.InconsistentPlanError, match=r"left the plan on 2026-09-10"):
        okr.evaluate(PLAN, journal, as_of=day(9, 15)).initiative("tour")


def test_what_was_known_then() -> None:
    journal = okr.Journal(
        [read(8, 10, 0.5, recorded=at(8, 10)), close(8, 12, recorded=at(8, 14), id="end")]
    )
    then = okr.evaluate(PLAN, journal.known_at(at(8, 13)), as_of=day(8, 12))
    assert (then.initiative("page").state, result(*journal.entries).state) == (DOING, DROPPED)
    voided = journal.add(okr.Correction("end", because="a mistake"))
    assert result(*voided.entries).state is DOING


# --- stale, blocked, due -----------------------------------------------------------------------


def test_it_is_stale_by_the_rule_of_key_results() -> None:
    # two intervals of 7 days
    found = {on: result(read(8, 3, 0.5), on=day(8, on)) for on in (17, 18)}
    assert [each.status for each in found.values()] == ["doing", "stale"]
    assert "last check-in 15 days ago, on 2026-08-03" in found[18].status_why
    assert found[18].state is DOING
    assert [result(on=day(7, on)).status for on in (15, 16)] == ["planned", "stale"]
    assert "nothing read in 15 days" in result(on=day(7, 16)).status_why
    assert result(okr.CheckIn("page", day(7, 10), note="soon"), on=day(7, 23)).status == "planned"
    assert result(move(7, 10, ACTIVE), on=day(7, 23)).status == "doing"
    assert result(read(6, 10, 0.5), on=day(7, 16)).status == "stale"
    assert result(move(7, 2, DRAFT), on=day(7, 30)).status == "planned"
    assert result(read(8, 3, 1), on=day(9, 25)).status == "done"
    assert result(move(7, 2, PAUSED), on=day(7, 30)).status == "planned"
    rested = [move(7, 2, PAUSED), move(7, 25, ACTIVE)]
    assert result(*rested, on=day(7, 30)).status == "doing"
    draft = okr.Transition("grow", day(7, 1), DRAFT)
    assert result(draft, on=day(8, 30)).status == "planned"
    no_rule = evolve(okr.RECOMMENDED, status=[])
    card = okr.evaluate(PLAN, okr.Journal(), as_of=day(9, 1), rulebook=no_rule)
    assert card.initiative("page").status == "planned"


def test_a_blocker_is_there_until_a_later_check_in_has_none() -> None:
    blocked = read(8, 3, 0.5, blocker="no test server")
    assert result(blocked).blocker == "no test server"
    assert result(blocked, read(8, 5, 0.6)).blocker == ""
    assert result(blocked, close(8, 5)).blocker == ""


def test_work_is_due_until_it_is_done_or_dropped() -> None:
    def kinds(*entries: okr.journal.Entry, on: date = TODAY) -> list[str]:
        due = list_due(PLAN, okr.Journal(entries), as_of=on)
        return [item.what.value for item in due if item.of == "page"]

    assert kinds() == ["check-in", "initiative"]
    for entries in ([read(8, 3, 1)], [close(8, 3)], [move(8, 3, PAUSED)], [move(7, 2, DRAFT)]):
        assert kinds(*entries) == []
    assert kinds(okr.Transition("grow", day(7, 1), DRAFT)) == []
    assert kinds(on=day(10, 20)) == ["initiative"]
    [item] = [i for i in list_due(PLAN, okr.Journal(), as_of=day(7, 28)) if i.what == "initiative"]
    assert (item.state, item.days_late) == (DueState.COMING, 0)
    on_the_day = list_due(PLAN, okr.Journal(), as_of=day(8, 1))
    assert [i.state for i in on_the_day if i.what == "initiative"] == [DueState.DUE]


# --- shown, counted, carried -------------------------------------------------------------------


def test_every_view_has_it() -> None:
    tour = okr.Initiative("tour", "A tour")
    plan = plan_of(tour)
    journal = okr.Journal([read(8, 10, 0.5), okr.CheckIn("tour", day(8, 10), True)])
    card = okr.evaluate(plan, journal, as_of=day(8, 15))
    assert card.objective("grow").initiatives == ("page", "tour")
    for show in (okr.display.scorecard_markdown, okr.display.scorecard_html):
        shown = show(card)
        assert "A faster page" in shown
        assert "doing" in shown
        assert "finished on 2026" in shown.replace("\\", "")
    rows = [row for row in okr.to_records(card) if row["kind"] == "initiative"]
    assert [
        (row["id"], row["objective"], row["state"], row["share_done"], row["due"], row["days_late"])
        for row in rows
    ] == [
        ("page", "grow", "doing", 0.5, day(8, 1), 14),
        ("tour", "grow", "done", 1.0, None, 0),
    ]
    data = report(card)["data"]["initiatives"]
    assert [each["state"] for each in data] == ["doing", "done"]
    other = plan.put(okr.Objective("help", "Help", cycle=Q3))
    scoped = okr.evaluate(other, journal, as_of=day(8, 15)).where(ids=["help"])
    assert "A faster page" not in str(scoped)
    assert scoped.initiative("page").state is DOING


def test_stale_and_closed_work_keep_the_mark_of_their_state() -> None:
    card = okr.evaluate(PLAN, okr.Journal([read(7, 5, 0.5)]), as_of=day(8, 30))
    assert "◐ A faster page" in str(card)
    assert "| stale ·" in okr.display.scorecard_markdown(card)


@pytest.mark.parametrize(("weight", "score"), [(1, 0.5), (3, 0.25), (0, 1.0)])
def test_a_weight_counts_where_work_is_scored(weight: float, score: float) -> None:
    plan = plan_of(okr.Initiative("tour", "A tour"), weight=weight)
    journal = okr.Journal(okr.check_ins(day(8, 10), {"page": 0, "tour": 1}))
    card = okr.evaluate(plan, journal, as_of=day(8, 15), rulebook=BY_WORK)
    assert card.objective("grow").score == score
    assert card.shares("grow")["page"] == weight / (1 + weight)
    assert okr.evaluate(plan, journal, as_of=day(8, 15)).objective("grow").score is None
    heavier = okr.Adjustment("page", day(8, 12), weight=9, because="it matters")
    adjusted = okr.admit(plan, journal, heavier)
    card = okr.evaluate(plan, adjusted, as_of=day(8, 15), rulebook=BY_WORK)
    assert card.objective("grow").score == 0.1


def test_work_taken_as_achieved_counts_as_done_where_work_is_scored() -> None:
    def score(*entries: okr.journal.Entry, on: date = TODAY) -> float | None:
        card = okr.evaluate(PLAN, okr.Journal(entries), as_of=on, rulebook=BY_WORK)
        return card.objective("grow").score

    half = read(8, 1, 0.5)
    assert score(half, close(8, 10, ACHIEVED)) == 1.0
    assert score(half, close(8, 10)) == 0.5
    assert score(close(8, 10)) is None
    assert score(half, move(8, 10, PAUSED)) == 0.5
    # A closing after the end of the grace changes no score of the cycle.
    assert score(half, close(10, 20, ACHIEVED), on=day(10, 25)) == 0.5
    card = okr.evaluate(
        PLAN, okr.Journal([close(8, 10, ACHIEVED)]), as_of=day(8, 15), rulebook=dialects.OPERATELY
    )
    assert card.initiative("page").share_done == 1.0


def test_live_equals_an_evaluation() -> None:
    plan = plan_of(okr.Initiative("tour", "A tour"))
    entries: list[okr.journal.Entry] = [
        read(8, 3, 0.5),
        move(8, 4, PAUSED),
        okr.CheckIn("a", day(8, 4), 3),
        close(8, 5, ACHIEVED),
        okr.Adjustment("tour", day(8, 5), weight=3, due=day(9, 1), because="it matters"),
        okr.Transition("tour", day(8, 6), ACTIVE),
        okr.Closing("grow", day(8, 12), okr.ClosingDecision.ABANDON),
    ]
    for rulebook in (okr.RECOMMENDED, BY_WORK):
        live = okr.LiveScorecard(plan, okr.Journal(), as_of=day(8, 15), rulebook=rulebook)
        for entry in entries:
            live.record(entry)
            card = okr.evaluate(plan, live.journal, as_of=day(8, 15), rulebook=rulebook)
            for id in ("page", "tour"):
                assert live.card.initiative(id) == card.initiative(id)
            assert live.score("grow") == card.objective("grow").score
        with pytest.raises(okr.TransitionError):
            live.record(read(8, 13, 1))


# --- explained, in a series, compared ----------------------------------------------------------


def test_a_state_explains_itself() -> None:
    journal = okr.Journal([read(8, 10, 0.5)])
    steps = okr.evaluate(PLAN, journal, as_of=day(8, 15)).explain("page")
    assert (steps.what, steps.result) == ("state", "doing")
    assert [(part.what, part.result) for part in steps.parts] == [
        ("share done", 0.5),
        ("days late", 14.0),
    ]
    assert steps.remarks == (
        "enters no score: grow is scored without its initiatives",
        "to move Signups",
    )
    stale = okr.evaluate(PLAN, journal, as_of=day(8, 30)).explain("page")
    (by_age, state, share, late) = [step for _, step in stale.walk()]
    assert (by_age.result, state.what, state.result) == ("stale", "state by the journal", "doing")
    assert isinstance(by_age.rule, okr.rulebook.Stale)
    assert (share.result, late.result) == (0.5, 29.0)
    over = okr.evaluate(PLAN, journal, as_of=day(10, 30)).explain("page")
    assert over.result == "over"
    closing = okr.Closing("grow", day(8, 20), okr.ClosingDecision.ABANDON)
    closed = okr.evaluate(PLAN, journal.add(closing), as_of=day(9, 30)).explain("page")
    assert closed.result == "closed"
    dropped = okr.evaluate(PLAN, journal.add(close(8, 12)), as_of=day(9, 30)).explain("page")
    assert [part.what for part in dropped.parts] == ["share done"]
    for found in (steps, stale, over, closed, dropped):
        for _, step in found.walk():
            assert step.recompute() == step.result
    text = " ".join(str(stale).split())
    assert "A faster page (page): state by the journal doing, 50% done" in text
    assert "<pre" in okr.display.explanation_html(steps)


def test_a_remark_has_adjustments_and_what_does_not_count() -> None:
    later = okr.Adjustment("page", day(8, 12), due=day(9, 1), because="late parts")
    entries: list[okr.journal.Entry] = [read(8, 10, 0.5), later, close(8, 15), read(8, 20, 0.9)]
    card = okr.evaluate(PLAN, okr.Journal(entries), as_of=day(8, 25), rulebook=BY_WORK)
    first, _, adjusted, left_out = card.explain("page").remarks
    assert first == "enters the score of grow by its share done, with weight 1"
    assert "late parts" in adjusted
    assert left_out == "not counted: one reading, of 2026-08-20, after the closing on 2026-08-15"
    remarks = card.explain("grow").remarks
    assert "initiative A faster page (page): closed on 2026-08-15, decided to stop" in remarks
    assert f"initiative page, {left_out}" in remarks


def test_its_state_is_in_a_series_and_a_comparison() -> None:
    journal = okr.Journal([read(8, 10, 0.5), read(8, 20, 1)])
    days = [day(8, 5), day(8, 15), day(8, 25)]
    rows = [row for row in okr.evaluate_series(PLAN, journal, days) if row.id == "page"]
    assert [(row.kind, row.status, row.reading, row.score) for row in rows] == [
        ("initiative", "stale", None, None),
        ("initiative", "doing", 0.5, None),
        ("initiative", "done", 1.0, None),
    ]
    first, then, last = (okr.evaluate(PLAN, journal, as_of=on) for on in days)
    (moved,) = okr.compare(last, then).states
    assert (moved.kind, moved.id, moved.before, moved.after) == (
        "initiative",
        "page",
        "doing",
        "done",
    )
    assert moved.why == "finished on 2026-08-20; due on 2026-08-01, 19 days late"
    assert okr.compare(then, then).states == ()
    assert [each.before for each in okr.compare(then, first).states] == ["stale"]
    assert "A faster page" in str(okr.compare(last, then))


def test_a_retrospective_lists_what_became_of_the_work() -> None:
    tour, help_, quiz = (
        okr.Initiative(id, id.title(), drives=["a"]) for id in ("tour", "help", "quiz")
    )
    plan = plan_of(tour, help_, quiz)
    objective = evolve(plan.objective("grow"), ambition=okr.Ambition.ASPIRATIONAL)
    entries: list[okr.journal.Entry] = [
        okr.CheckIn("a", day(9, 28), 3),
        read(9, 1, 0.5),
        okr.CheckIn("tour", day(9, 1), 1),
        okr.Closing("help", day(9, 2), STOP, because="no effect", learned="nobody reads it"),
    ]
    card = okr.evaluate(plan.put(objective), okr.Journal(entries), as_of=day(10, 5))
    found = {each.ids[1]: each for each in okr.review.look_back(card) if len(each.ids) > 1}
    assert {id: each.code.value for id, each in found.items() if id != "a"} == {
        "page": "work unfinished",
        "tour": "work without effect",
        "help": "work dropped",
        "quiz": "work unfinished",
    }
    assert found["tour"].ids == ("grow", "tour", "a")
    assert found["tour"].words == "Tour: finished on 2026-09-01; short: Signups"
    assert found["help"].words == (
        "Help: closed on 2026-09-02, decided to stop; no effect; nobody reads it"
    )
    reached = okr.Journal([okr.CheckIn("a", day(9, 28), 9), okr.CheckIn("tour", day(9, 1), 1)])
    card = okr.evaluate(plan.put(objective), reached, as_of=day(10, 5))
    assert not [each for each in okr.review.look_back(card) if "tour" in each.ids]


def test_a_change_of_work_that_is_not_scored_makes_no_original_score() -> None:
    tour = okr.Initiative("tour", "A tour")
    entries: list[okr.journal.Entry] = [
        okr.CheckIn("a", day(8, 1), 4),
        okr.Adjustment("page", day(8, 3), weight=2, because="it matters"),
        okr.Adjustment("grow", day(8, 4), adds=[tour], because="a new idea"),
        okr.Adjustment("grow", day(8, 5), removes=["tour"], because="no effect"),
    ]
    journal = okr.admit(PLAN, okr.Journal(), *entries)
    found = okr.evaluate(PLAN, journal, as_of=TODAY).objective("grow")
    assert (found.score, found.original_score, found.adjusted_score) == (0.4, None, None)
    scored = okr.evaluate(PLAN, journal.add(read(8, 6, 0.5)), as_of=TODAY, rulebook=BY_WORK)
    assert scored.objective("grow").original_score == 0.5
    assert repr(scored.initiative("page")) == "InitiativeResult('page', doing, doing)"

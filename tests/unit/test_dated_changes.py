"""Changes of a plan in mid-cycle: each as an entry by hand, and by `adjustments` of the plan as it is wanted.

Numbers and verdicts are worked out by hand. The plan is stored as first agreed; entries have the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day

END = Q3.end
LONGER = okr.Cycle(Q3.start, day(12, 31))
Q4 = okr.FiscalCalendar().quarter(2026, 4)
C, A = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL
DIFFICULTY = okr.AdjustmentTrigger.DIFFICULTY
BOTH_WAYS = pytest.mark.parametrize("way", ["by hand", "from the new plan"])


def kr(id: str, measure: Any = okr.Reach(100), **more: Any) -> okr.KeyResult:  # noqa: B008  # frozen
    return okr.KeyResult(id, id, measure, **more)


def goal(id: str, *key_results: Any, **more: Any) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, **{"cycle": Q3, **more})


def plan(*objectives: okr.Objective, metrics: Sequence[okr.Metric] = ()) -> okr.Plan:
    return okr.Plan(objectives, metrics=metrics)


def log(*entries: Any) -> okr.Journal:
    return okr.Journal().add(*entries)


def read(on: date, **values: Any) -> Any:
    return okr.check_ins(on, values)


def adjusted(of: str, on: date, **changes: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, **{"because": "the market moved", **changes})


def changed(
    way: str,
    old: okr.Plan,
    journal: okr.Journal,
    on: date,
    new: okr.Plan,
    *entries: okr.Adjustment,
    **act: Any,
) -> okr.Journal:
    """Return a journal with a change of the plan: entries by hand, or those that lead to the new plan."""
    if way == "from the new plan":
        entries = okr.adjustments(old, journal, new, on=on, because="the market moved", **act)
    else:
        entries = tuple(evolve(each, **act) for each in entries)
    return okr.admit(old, journal, *entries)


def card(plan: okr.Plan, journal: okr.Journal, on: date) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=on)


def refused(act: Callable[..., object], *args: Any) -> okr.OkrError:
    with pytest.raises(okr.OkrError) as caught:
        act(*args)
    return caught.value


def verdicts(found: okr.scorecard.ObjectiveResult) -> tuple[str | None, str | None, str | None]:
    return found.verdict, found.original_verdict, found.adjusted_verdict


def grades(found: okr.scorecard.Result) -> Any:
    return found.score, found.original_score, found.adjusted_score


def named(old: okr.Plan, new: okr.Plan, *entries: Any, on: date | None = None) -> list[Any]:
    """Return what no entry explains, as ids and fields."""
    return [
        (each.id, each.field)
        for each in okr.journal.unexplained_changes(old, new, log(*entries), on=on)
    ]


# --- a key result joins ------------------------------------------------------------------------------

SERVE = plan(goal("serve", kr("calls")))
SERVE_TWO = plan(goal("serve", kr("calls"), kr("chats", okr.Reach(50))))
CHATS_JOIN = adjusted("serve", day(9, 1), adds=[kr("chats", okr.Reach(50))])


@BOTH_WAYS
def test_a_key_result_joins(way: str) -> None:
    journal = changed(way, SERVE, log(read(day(7, 20), calls=40)), day(9, 1), SERVE_TWO, CHATS_JOIN)
    before, after = card(SERVE, journal, day(8, 31)), card(SERVE, journal, day(9, 1))
    found = before.objective("serve")
    assert (found.score, found.coverage, found.score_range) == (0.4, 1.0, (0.4, 0.4))
    assert (found.original_score, found.adjusted_score) == (None, None)
    assert "chats" not in before
    found = after.objective("serve")
    assert (found.score, found.coverage, found.score_range) == (0.4, 0.5, (0.2, 0.7))
    assert (found.original_score, found.adjusted_score) == (0.4, 0.4)
    assert "chats" in after
    assert journal.effective(SERVE, on=day(9, 1)) == SERVE_TWO
    assert journal.effective(SERVE, on=day(8, 31)) == SERVE
    journal = okr.admit(SERVE, journal, okr.CheckIn("chats", day(9, 10), 50))
    assert grades(card(SERVE, journal, day(9, 10))["serve"]) == (0.7, 0.4, 0.7)
    assert grades(card(SERVE, journal, day(9, 10))["chats"])[0] == 1.0


@BOTH_WAYS
def test_a_reading_before_the_join_counts_from_the_join_on(way: str) -> None:
    journal = changed(way, SERVE, log(read(day(7, 20), calls=40)), day(9, 1), SERVE_TWO, CHATS_JOIN)
    journal = okr.admit(SERVE, journal, okr.CheckIn("chats", day(8, 20), 25))
    found = card(SERVE, journal, day(8, 25)).objective("serve")
    assert (found.score, found.coverage) == (0.4, 1.0)
    assert card(SERVE, journal, day(9, 1)).objective("serve").score == pytest.approx(0.45)
    assert card(SERVE, journal, day(9, 1)).key_result("chats").read_on == day(8, 20)


def test_items_that_join_later_have_no_result_before() -> None:
    journal = okr.admit(SERVE, log(), CHATS_JOIN)
    error = refused(card(SERVE, journal, day(8, 31)).__getitem__, "chats")
    assert error.code == "not-in-force"
    assert "2026-09-01" in str(error)
    with pytest.raises(okr.InconsistentPlanError):
        okr.admit(SERVE, log(), okr.CheckIn("chats", day(9, 2), 5))


# --- a key result leaves -----------------------------------------------------------------------------

BAD = plan(goal("serve", kr("calls"), kr("returns"), ambition=C))
GOOD = plan(goal("serve", kr("calls"), ambition=C))
RETURNS_LEAVE = adjusted("serve", day(8, 5), removes=["returns"])


@BOTH_WAYS
def test_a_key_result_leaves(way: str) -> None:
    journal = log(read(day(7, 20), calls=90, returns=10))
    journal = changed(way, BAD, journal, day(8, 5), GOOD, RETURNS_LEAVE)
    found = card(BAD, journal, day(8, 4)).objective("serve")
    assert grades(found) == (0.5, None, None)
    found = card(BAD, journal, day(8, 5)).objective("serve")
    assert grades(found) == (0.9, 0.5, 0.9)
    assert found.key_results == ("calls",)
    error = refused(card(BAD, journal, day(8, 5)).__getitem__, "returns")
    assert error.code == "not-in-force"
    assert "2026-08-05" in error.hint
    assert "returns" not in card(BAD, journal, day(8, 5))
    assert card(BAD, journal, day(8, 4))["returns"].score == pytest.approx(0.1)
    assert journal.effective(BAD, on=day(8, 5)) == GOOD


@BOTH_WAYS
def test_what_has_left_takes_no_entries(way: str) -> None:
    journal = changed(way, BAD, log(), day(8, 5), GOOD, RETURNS_LEAVE)
    for entry in (
        okr.CheckIn("returns", day(8, 5), 50),
        okr.CheckIn("returns", day(8, 20), 50),
        okr.Judgement("returns", day(8, 20), score=0.5, because="seen"),
        adjusted("returns", day(8, 20), weight=2),
    ):
        error = refused(okr.admit, BAD, journal, entry)
        assert "2026-08-05" in str(error)
    earlier = okr.admit(BAD, journal, okr.CheckIn("returns", day(8, 4), 50))
    assert card(BAD, earlier, day(8, 4))["returns"].score == 0.5
    assert card(BAD, earlier, day(8, 5))["serve"].original_score == 0.5


@BOTH_WAYS
def test_a_missed_key_result_that_left_is_in_the_original_verdict(way: str) -> None:
    journal = log(read(day(7, 20), calls=100, returns=10))
    journal = changed(way, BAD, journal, day(8, 5), GOOD, RETURNS_LEAVE)
    found = card(BAD, journal, END).objective("serve")
    assert grades(found) == (1.0, 0.55, 1.0)
    assert verdicts(found) == ("delivered", "missed", "delivered")


@BOTH_WAYS
def test_a_key_result_that_left_because_it_was_too_hard_governs_at_the_close(way: str) -> None:
    journal = log(read(day(7, 20), calls=100, returns=10))
    journal = changed(way, BAD, journal, day(8, 5), GOOD, RETURNS_LEAVE, trigger=DIFFICULTY)
    found = card(BAD, journal, day(8, 5)).objective("serve")
    assert grades(found) == (1.0, 0.55, 1.0)
    found = card(BAD, journal, END).objective("serve")
    assert grades(found) == (0.55, 0.55, 1.0)
    assert verdicts(found) == ("missed", "missed", "delivered")


@BOTH_WAYS
def test_a_key_result_joins_again(way: str) -> None:
    journal = log(read(day(7, 20), calls=90, returns=10))
    journal = changed(way, BAD, journal, day(8, 5), GOOD, RETURNS_LEAVE)
    back = adjusted("serve", day(9, 10), adds=[kr("returns")])
    journal = changed(way, BAD, journal, day(9, 10), BAD, back)
    scores = [
        card(BAD, journal, on)["serve"].score
        for on in (day(8, 4), day(8, 5), day(9, 9), day(9, 10))
    ]
    assert scores == [0.5, 0.9, 0.9, 0.5]
    assert card(BAD, journal, day(9, 10))["returns"].score == pytest.approx(0.1)
    assert refused(card(BAD, journal, day(8, 20)).__getitem__, "returns").code == "not-in-force"
    journal = okr.admit(BAD, journal, okr.CheckIn("returns", day(8, 20), 30))
    assert card(BAD, journal, day(8, 20))["serve"].score == 0.9
    assert card(BAD, journal, day(9, 10))["serve"].score == pytest.approx(0.6)
    journal = okr.admit(BAD, journal, okr.CheckIn("returns", day(9, 20), 50))
    assert card(BAD, journal, day(9, 20))["serve"].score == pytest.approx(0.7)


@BOTH_WAYS
def test_a_key_result_is_replaced(way: str) -> None:
    """One leaves and another joins, by one entry; the old one keeps its last reading in the original."""
    new = plan(goal("serve", kr("calls"), kr("refunds"), ambition=C))
    journal = log(read(day(7, 20), calls=90, returns=10))
    swap = adjusted("serve", day(8, 5), removes=["returns"], adds=[kr("refunds")])
    journal = changed(way, BAD, journal, day(8, 5), new, swap)
    journal = okr.admit(BAD, journal, okr.CheckIn("refunds", day(8, 20), 70))
    found = card(BAD, journal, day(8, 20)).objective("serve")
    assert grades(found) == (pytest.approx(0.8), 0.5, pytest.approx(0.8))


@BOTH_WAYS
def test_a_reference_leaves_and_comes_back_with_another_weight(way: str) -> None:
    def two(*refs: okr.KeyResultRef) -> okr.Plan:
        return plan(goal("serve", kr("calls"), *refs), goal("sell", kr("deals")))

    old, none, heavy = (
        two(okr.KeyResultRef("deals")),
        two(),
        two(okr.KeyResultRef("deals", weight=3)),
    )
    journal = log(read(day(7, 20), calls=90, deals=10))
    gone = adjusted("serve", day(8, 5), removes=["deals"])
    journal = changed(way, old, journal, day(8, 5), none, gone)
    back = adjusted("serve", day(8, 9), adds=[okr.KeyResultRef("deals", weight=3)])
    journal = changed(way, old, journal, day(8, 9), heavy, back)
    scores = [card(old, journal, on)["serve"].score for on in (day(8, 4), day(8, 5), day(8, 9))]
    assert scores == [0.5, 0.9, pytest.approx(0.3)]
    assert card(old, journal, day(8, 9))["serve"].original_score == 0.5
    assert card(old, journal, day(8, 5))["deals"].score == pytest.approx(0.1)
    lighter = two(okr.KeyResultRef("deals", weight=0))
    swap = adjusted(
        "serve", day(8, 20), removes=["deals"], adds=[okr.KeyResultRef("deals", weight=0)]
    )
    journal = changed(way, old, journal, day(8, 20), lighter, swap)
    assert card(old, journal, day(8, 20))["serve"].score == 0.9


# --- too hard, and an easy one instead ---------------------------------------------------------------


@BOTH_WAYS
def test_an_easy_key_result_in_place_of_a_hard_one(way: str) -> None:
    hard, mid, easy = kr("hard"), kr("mid"), kr("easy", okr.Reach(1))
    old = plan(goal("serve", hard, mid, ambition=A))
    new = plan(goal("serve", evolve(hard, weight=0), mid, easy, ambition=A))
    entries = adjusted("hard", day(9, 1), weight=0), adjusted("serve", day(9, 1), adds=[easy])
    journal = changed(way, old, log(), day(9, 1), new, *entries, trigger=DIFFICULTY)
    journal = okr.admit(old, journal, *read(day(9, 20), hard=10, mid=50, easy=1))
    found = card(old, journal, day(9, 20)).objective("serve")
    assert grades(found) == (0.75, pytest.approx(0.3), 0.75)
    found = card(old, journal, END).objective("serve")
    assert grades(found) == (pytest.approx(0.3), pytest.approx(0.3), 0.75)
    assert verdicts(found) == ("fell short", "fell short", "succeeded")


@BOTH_WAYS
def test_a_weight_changed_for_a_new_fact_governs(way: str) -> None:
    old = plan(goal("serve", kr("hard"), kr("mid"), ambition=A))
    new = plan(goal("serve", kr("hard", weight=0), kr("mid"), ambition=A))
    entry = adjusted("hard", day(9, 1), weight=0)
    journal = changed(way, old, log(read(day(8, 1), hard=10, mid=50)), day(9, 1), new, entry)
    assert card(old, journal, day(8, 31))["serve"].score == pytest.approx(0.3)
    found = card(old, journal, END).objective("serve")
    assert grades(found) == (0.5, pytest.approx(0.3), 0.5)
    assert verdicts(found) == ("progressed", "fell short", "progressed")


# --- guardrails and metrics --------------------------------------------------------------------------


def grow(limit: float, **more: Any) -> okr.Plan:
    guard = okr.Guardrail("churn", "Churn, %", okr.AtMost(limit), **more)
    return plan(goal("grow", kr("sales"), ambition=C, guardrails=[guard]))


LOOSER = adjusted("churn", day(9, 1), measure=okr.AtMost(5))


@BOTH_WAYS
def test_a_bound_is_loosened_after_the_breach(way: str) -> None:
    journal = log(read(day(8, 20), sales=50, churn=4))
    journal = changed(way, grow(3), journal, day(9, 1), grow(5), LOOSER)
    journal = okr.admit(grow(3), journal, *read(END, sales=100, churn=4))
    guard = card(grow(3), journal, day(8, 31)).guardrail("churn")
    assert (guard.state, guard.margin) == (okr.plan.BoundState.BREACHED, -1)
    guard = card(grow(3), journal, day(9, 1)).guardrail("churn")
    assert (guard.state, guard.margin) == (okr.plan.BoundState.HELD, 1)
    guard = card(grow(3), journal, END).guardrail("churn")
    assert (guard.state, guard.breaches, guard.first_breach) == (
        okr.plan.BoundState.HELD,
        1,
        day(8, 20),
    )
    found = card(grow(3), journal, END).objective("grow")
    assert verdicts(found) == ("delivered", "success withheld", "delivered")
    assert found.score == 1.0


@BOTH_WAYS
def test_a_bound_loosened_because_it_was_too_hard_governs_at_the_close(way: str) -> None:
    journal = log(read(END, sales=100, churn=4))
    journal = changed(way, grow(3), journal, day(9, 1), grow(5), LOOSER, trigger=DIFFICULTY)
    found = card(grow(3), journal, END).objective("grow")
    assert verdicts(found) == ("success withheld", "success withheld", "delivered")


@BOTH_WAYS
def test_a_hard_guardrail_remembers_a_breach_of_the_bound_of_its_day(way: str) -> None:
    old, new = grow(3, hard=True), grow(5, hard=True)
    journal = log(read(day(8, 20), sales=50, churn=4))
    journal = changed(way, old, journal, day(9, 1), new, LOOSER)
    journal = okr.admit(old, journal, *read(END, sales=100, churn=2))
    assert card(old, journal, END).guardrail("churn").state is okr.plan.BoundState.BREACHED
    assert card(old, journal, END).objective("grow").verdict == "success withheld"


@BOTH_WAYS
def test_a_tighter_bound_makes_no_breach_of_an_earlier_reading(way: str) -> None:
    old, new = grow(5, hard=True), grow(3, hard=True)
    journal = log(read(day(8, 20), sales=50, churn=4))
    tighter = adjusted("churn", day(9, 1), measure=okr.AtMost(3))
    journal = changed(way, old, journal, day(9, 1), new, tighter)
    journal = okr.admit(old, journal, *read(END, sales=100, churn=2))
    guard = card(old, journal, END).guardrail("churn")
    assert (guard.state, guard.breaches, guard.first_breach) == (okr.plan.BoundState.HELD, 0, None)
    found = card(old, journal, END).objective("grow")
    assert found.verdict == "delivered"


@BOTH_WAYS
def test_a_guardrail_leaves(way: str) -> None:
    without = plan(goal("grow", kr("sales"), ambition=C))
    journal = log(read(day(9, 10), sales=100, churn=4))
    leaves = adjusted("grow", day(9, 20), removes=["churn"])
    journal = changed(way, grow(3), journal, day(9, 20), without, leaves)
    assert card(grow(3), journal, day(9, 19))["churn"].status == okr.plan.BoundState.BREACHED
    assert refused(card(grow(3), journal, day(9, 20)).__getitem__, "churn").code == "not-in-force"
    refused(okr.admit, grow(3), journal, okr.CheckIn("churn", END, 4))
    found = card(grow(3), journal, END).objective("grow")
    assert found.guardrails == ()
    assert verdicts(found) == ("delivered", "success withheld", "delivered")


@BOTH_WAYS
def test_a_guardrail_joins(way: str) -> None:
    without = plan(goal("grow", kr("sales"), ambition=C))
    journal = log(read(END, sales=100))
    joins = adjusted("grow", day(9, 1), adds=[okr.Guardrail("churn", "Churn, %", okr.AtMost(3))])
    journal = changed(way, without, journal, day(9, 1), grow(3), joins)
    assert "churn" not in card(without, journal, day(8, 31))
    unread = card(without, journal, END).objective("grow")
    assert verdicts(unread) == ("success withheld", "delivered", "success withheld")
    journal = okr.admit(without, journal, okr.CheckIn("churn", day(8, 20), 4))
    journal = okr.admit(without, journal, okr.CheckIn("churn", END, 2))
    guard = card(without, journal, day(9, 1)).guardrail("churn")
    assert guard.state is okr.plan.BoundState.BREACHED
    guard = card(without, journal, END).guardrail("churn")
    assert guard.state is okr.plan.BoundState.HELD
    found = card(without, journal, END).objective("grow")
    assert verdicts(found) == ("delivered", "delivered", "delivered")


@BOTH_WAYS
def test_the_health_of_a_metric_is_adjusted(way: str) -> None:
    def watched(limit: float) -> okr.Plan:
        metric = okr.Metric("nps", "NPS", health=okr.AtLeast(limit))
        return plan(goal("grow", kr("sales")), metrics=[metric])

    journal = log(read(day(8, 1), nps=8))
    entry = adjusted("nps", day(9, 1), measure=okr.AtLeast(5))
    journal = changed(way, watched(10), journal, day(9, 1), watched(5), entry)
    states = [card(watched(10), journal, on).metric("nps").state for on in (day(8, 31), day(9, 1))]
    assert states == [okr.plan.BoundState.BREACHED, okr.plan.BoundState.HELD]
    assert card(watched(10), journal, day(9, 1)).metric("nps").margin == 3
    assert watched(5) == journal.effective(watched(10), on=day(9, 1))


@BOTH_WAYS
def test_a_metric_joins_and_a_key_result_reads_it(way: str) -> None:
    old = plan(goal("grow", kr("sales")))
    metric = okr.Metric("orders", "Orders")
    new = plan(goal("grow", kr("sales", metric="orders")), metrics=[metric])
    journal = log(read(day(8, 1), sales=20))
    entries = (
        adjusted("orders", day(9, 1), adds=[metric]),
        adjusted("sales", day(9, 1), sets={"metric": "orders"}),
    )
    journal = changed(way, old, journal, day(9, 1), new, *entries)
    assert card(old, journal, day(8, 31))["sales"].score == pytest.approx(0.2)
    assert card(old, journal, day(9, 1))["sales"].score is None
    journal = okr.admit(old, journal, okr.CheckIn("orders", day(9, 5), 70))
    assert card(old, journal, day(9, 5))["sales"].score == pytest.approx(0.7)
    refused(okr.admit, old, journal, okr.CheckIn("sales", day(9, 6), 70))


# --- ambition ----------------------------------------------------------------------------------------


@BOTH_WAYS
@pytest.mark.parametrize(
    ("before", "after", "act", "wanted"),
    [
        (C, A, {}, ("succeeded", "missed", "succeeded")),
        (C, A, {"trigger": DIFFICULTY}, ("missed", "missed", "succeeded")),
        (A, C, {}, ("missed", "succeeded", "missed")),
        (None, A, {}, ("succeeded", None, "succeeded")),
        (C, None, {}, (None, "missed", None)),
    ],
)
def test_the_close_has_the_verdicts_of_both_ambitions(
    way: str, before: Any, after: Any, act: Any, wanted: Any
) -> None:
    def ambitious(ambition: okr.Ambition | None) -> okr.Plan:
        return plan(goal("grow", kr("sales"), ambition=ambition))

    journal = log(read(END, sales=80))
    entry = adjusted("grow", day(9, 1), sets={"ambition": after})
    if after is not None:
        entry = adjusted("grow", day(9, 1), ambition=after)
    journal = changed(way, ambitious(before), journal, day(9, 1), ambitious(after), entry, **act)
    found = card(ambitious(before), journal, END).objective("grow")
    assert verdicts(found) == wanted
    assert found.score == 0.8
    early = card(ambitious(before), journal, day(8, 31)).objective("grow")
    assert verdicts(early) == (None, None, None)


# --- the end of a cycle, and deadlines ----------------------------------------------------------------


def ship(cycle: okr.Cycle, **more: Any) -> okr.Plan:
    return plan(goal("ship", kr("ports", **more), ambition=C, cycle=cycle))


EXTENDED = adjusted("ship", day(9, 10), cycle=LONGER)


@BOTH_WAYS
def test_a_cycle_is_extended(way: str) -> None:
    journal = log(read(day(9, 30), ports=80))
    journal = changed(way, ship(Q3), journal, day(9, 10), ship(LONGER), EXTENDED)
    before = card(ship(Q3), journal, day(9, 9)).objective("ship")
    assert before.elapsed == pytest.approx(70 / 91)  # 1 July to 9 September
    assert card(ship(Q3), journal, day(9, 10)).objective("ship").elapsed == pytest.approx(71 / 183)
    at_old_end = card(ship(Q3), journal, END).objective("ship")
    assert at_old_end.verdict is None
    assert at_old_end.original_verdict == "missed"
    assert at_old_end.status != "missed"
    journal = okr.admit(ship(Q3), journal, *read(day(12, 20), ports=100))
    found = card(ship(Q3), journal, LONGER.end).objective("ship")
    assert grades(found) == (1.0, 0.8, 1.0)
    assert verdicts(found) == ("delivered", "missed", "delivered")


@BOTH_WAYS
def test_a_cycle_that_was_extended_because_it_was_too_hard(way: str) -> None:
    journal = log(read(day(9, 30), ports=80))
    journal = changed(
        way, ship(Q3), journal, day(9, 10), ship(LONGER), EXTENDED, trigger=DIFFICULTY
    )
    journal = okr.admit(ship(Q3), journal, *read(day(12, 20), ports=100))
    found = card(ship(Q3), journal, LONGER.end).objective("ship")
    assert grades(found) == (0.8, 0.8, 1.0)
    assert verdicts(found) == ("missed", "missed", "delivered")


@BOTH_WAYS
def test_a_cycle_is_cut(way: str) -> None:
    shorter = okr.Cycle(Q3.start, day(8, 31))
    journal = log(read(day(8, 30), ports=80))
    cut = adjusted("ship", day(8, 10), cycle=shorter)
    journal = changed(way, ship(Q3), journal, day(8, 10), ship(shorter), cut)
    assert card(ship(Q3), journal, day(8, 30)).objective("ship").verdict is None
    journal = okr.admit(ship(Q3), journal, *read(day(9, 29), ports=100))  # 29 days after the end
    at_new_end = card(ship(Q3), journal, day(8, 31)).objective("ship")
    assert verdicts(at_new_end) == ("missed", None, "missed")
    found = card(ship(Q3), journal, END).objective("ship")
    assert grades(found) == (0.8, 1.0, 0.8)
    assert verdicts(found) == ("missed", "delivered", "missed")


def test_a_cut_before_a_deadline_is_refused_unless_that_moves_too() -> None:
    old, shorter = ship(Q3, due=day(9, 15)), okr.Cycle(Q3.start, day(8, 31))
    cut = adjusted("ship", day(8, 10), cycle=shorter)
    error = refused(okr.admit, old, log(), cut)
    assert "ports" in str(error)
    earlier = adjusted("ports", day(8, 10), due=day(8, 25))
    for both in ((cut, earlier), (earlier, cut)):
        journal = okr.admit(old, log(), *both)
        assert journal.effective(old, on=day(8, 10)) == ship(shorter, due=day(8, 25))
    dropped = adjusted("ports", day(8, 10), sets={"due": None})
    journal = okr.admit(old, log(), cut, dropped)
    assert journal.effective(old, on=day(8, 10)) == ship(shorter)


def test_a_deadline_after_the_end_is_refused_in_an_adjustment() -> None:
    later = adjusted("ports", day(9, 10), due=day(10, 15))
    error = refused(okr.admit, ship(Q3), log(), later)
    assert "2026-09-30" in str(error)
    journal = okr.admit(ship(Q3), log(), later, EXTENDED)
    assert journal.effective(ship(Q3), on=day(9, 10)) == ship(LONGER, due=day(10, 15))
    assert okr.admit(ship(Q3), log(), adjusted("ports", day(9, 10), due=END))
    # In a plan the earlier day governs.
    assert (
        card(ship(Q3, due=day(10, 15)), log(read(END, ports=80)), END).objective("ship").score
        == 0.8
    )


@BOTH_WAYS
def test_a_deadline_moves(way: str) -> None:
    old, new = ship(Q3, due=day(8, 1)), ship(Q3, due=day(9, 1))
    later = adjusted("ports", day(7, 20), due=day(9, 1))
    journal = changed(way, old, log(read(day(7, 25), ports=80)), day(7, 20), new, later)
    journal = okr.admit(
        old, journal, *read(day(8, 28), ports=100)
    )  # 27 days after the first deadline
    assert grades(card(old, journal, END)["ports"]) == (1.0, 0.8, 1.0)
    assert verdicts(card(old, journal, END).objective("ship")) == (
        "delivered",
        "missed",
        "delivered",
    )


def test_the_end_of_an_objective_is_no_deadline() -> None:
    error = refused(okr.admit, ship(Q3), log(), adjusted("ship", day(9, 10), due=day(12, 31)))
    assert error.code == "wrong-kind"


@BOTH_WAYS
def test_a_change_on_the_first_day_is_in_the_original(way: str) -> None:
    """Planning ends with the first day of the cycle."""
    new = plan(goal("serve", kr("calls"), kr("chats", okr.Reach(50))))
    for on, original in ((day(6, 20), None), (Q3.start, None), (day(7, 2), 0.4)):
        joins = adjusted("serve", on, adds=[kr("chats", okr.Reach(50))])
        journal = changed(way, SERVE, log(), on, new, joins)
        journal = okr.admit(SERVE, journal, *read(day(7, 20), calls=40, chats=50))
        found = card(SERVE, journal, day(8, 1)).objective("serve")
        assert found.score == pytest.approx(0.7)
        assert found.original_score in (original, found.score if original is None else original)


@BOTH_WAYS
def test_planning_that_is_taken_back_after_the_first_day_has_an_original(way: str) -> None:
    planned = plan(goal("serve", kr("calls", okr.Reach(50))))
    entry = adjusted("calls", day(6, 20), measure=okr.Reach(50))
    journal = changed(way, SERVE, log(), day(6, 20), planned, entry)
    back = adjusted("calls", day(7, 12), measure=okr.Reach(100))
    journal = changed(way, SERVE, journal, day(7, 12), SERVE, back)
    journal = okr.admit(SERVE, journal, *read(day(7, 20), calls=40))
    assert grades(card(SERVE, journal, day(7, 20))["serve"]) == (0.4, 0.8, 0.4)


@pytest.mark.parametrize(
    "entry",
    [
        LOOSER,
        adjusted("churn", day(9, 1), owner="Ana Ruiz"),
        adjusted("work", day(9, 1), due=day(9, 20)),
        adjusted("nps", day(9, 1), measure=okr.AtLeast(5)),
        adjusted("nps", day(9, 1), removes=["nps"]),
        adjusted("grow", day(9, 1), removes=["churn"]),
        adjusted("grow", day(9, 1), ambition=A),
        adjusted("grow", day(9, 1), adds=[kr("more")]),
    ],
)
def test_every_kind_of_adjustment_is_recorded_live(entry: okr.Adjustment) -> None:
    old = (
        grow(3)
        .put(okr.Initiative("work", "Work"), into="grow")
        .put(okr.Metric("nps", "NPS", health=okr.AtLeast(10)))
    )
    journal = log(read(day(8, 20), sales=50, churn=4, nps=8))
    live = okr.LiveScorecard(old, journal, as_of=day(9, 1))
    live.record(entry)
    full = okr.evaluate(old, okr.admit(old, journal, entry), as_of=day(9, 1))
    assert live.card == full
    for result in full:
        assert live.score(result.id) == result.score
        assert live.status(result.id) == result.status


# --- stored too early --------------------------------------------------------------------------------


def serve(target: float) -> okr.Plan:
    return plan(goal("serve", kr("calls", okr.Reach(target)), ambition=C))


def codes(found: okr.Scorecard) -> list[str]:
    return [each.code for each in found.problems]


def test_a_plan_that_has_the_adjustment_already_is_a_problem() -> None:
    hard = adjusted("calls", day(8, 15), measure=okr.Reach(500), trigger=DIFFICULTY)
    journal = log(read(day(8, 1), calls=300), hard, read(END, calls=450))
    first = card(serve(1000), journal, END)
    assert codes(first) == []
    assert grades(first["serve"]) == (0.45, 0.45, 0.9)
    stored = journal.effective(serve(1000), on=day(8, 16))
    for strict in (True, False):
        found = okr.evaluate(stored, journal, as_of=END, strict=strict)
        assert codes(found) == ["already-in-plan"]
        assert "2026-08-15" in str(found.problems[0])
        assert grades(found["serve"]) == (0.9, None, None)
    assert codes(card(stored, journal, day(8, 14))) == []
    assert named(serve(1000), stored, hard) == []


STORED_TOO_EARLY: list[Any] = [
    (SERVE, CHATS_JOIN),
    (BAD, RETURNS_LEAVE),
    (grow(3), LOOSER),
    (ship(Q3), EXTENDED),
    (BAD, adjusted("calls", day(8, 1), weight=3)),
    (BAD, adjusted("calls", day(8, 1), due=day(9, 1))),
    (BAD, adjusted("serve", day(8, 1), ambition=A)),
    (BAD, adjusted("calls", day(8, 1), sets={"unit": "JPY"})),
    (BAD, adjusted("more", day(8, 1), adds=[goal("more", kr("more-k"))])),
    (BAD.put(goal("more")), adjusted("more", day(8, 1), removes=["more"])),
]


@pytest.mark.parametrize(("old", "entry"), STORED_TOO_EARLY)
def test_every_kind_of_change_is_a_problem_if_the_plan_has_it(
    old: okr.Plan, entry: okr.Adjustment
) -> None:
    journal = okr.admit(old, log(), entry)
    assert codes(card(old, journal, END)) == []
    stored = journal.effective(old, on=entry.on)
    found = card(stored, journal, END)
    assert codes(found) == ["already-in-plan"]
    assert found.plan_in_force == stored


def test_an_adjustment_that_says_to_persist_is_no_problem() -> None:
    entry = adjusted("calls", day(8, 1), kind=okr.AdjustmentKind.PERSIST)
    assert codes(card(SERVE, log(entry), END)) == []


def test_changes_there_and_back_are_no_problem() -> None:
    there = adjusted("calls", day(8, 1), measure=okr.Reach(500))
    back = adjusted("calls", day(8, 20), measure=okr.Reach(1000))
    assert codes(card(serve(1000), log(there, back), END)) == []
    stored = card(serve(500), log(there, back), END)
    assert codes(stored) == ["already-in-plan"]
    assert stored.plan_in_force == serve(1000)


# --- edits that are easily overlooked ------------------------------------------------------------------


def two(**more: Any) -> okr.Plan:
    return plan(goal("ship", kr("a"), kr("b", **more), ambition=C))


def steps(value: float) -> okr.Timing:
    return okr.Timing(waypoints=[okr.Waypoint(day(8, 15), value)])


@BOTH_WAYS
def test_a_waypoint_is_lowered(way: str) -> None:
    old, new = two(timing=steps(60)), two(timing=steps(30))
    entry = adjusted("b", day(8, 16), sets={"timing.waypoints": [okr.Waypoint(day(8, 15), 30)]})
    journal = changed(way, old, log(read(day(8, 14), a=60, b=30)), day(8, 16), new, entry)
    statuses = [card(old, journal, on)["b"].status for on in (day(8, 15), day(8, 16))]
    assert statuses == ["off track", "on track"]
    assert new == journal.effective(old, on=day(8, 16))


@BOTH_WAYS
def test_a_missed_key_result_is_visible_in_december_only(way: str) -> None:
    old, new = two(), two(timing=okr.Timing(observable_from=day(12, 1)))
    entry = adjusted("b", day(9, 20), sets={"timing.observable_from": day(12, 1)})
    journal = changed(way, old, log(read(day(9, 10), a=100, b=20)), day(9, 20), new, entry)
    assert card(old, journal, day(9, 19))["ship"].score == 0.6
    assert not card(old, journal, day(9, 19)).key_result("b").excluded
    found = card(old, journal, END).objective("ship")
    assert card(old, journal, END).key_result("b").excluded
    assert grades(found) == (1.0, 0.6, 1.0)
    assert verdicts(found) == ("delivered", "missed", "delivered")


@BOTH_WAYS
def test_dollars_become_yen(way: str) -> None:
    old, new = two(unit="USD"), two(unit="JPY")
    entry = adjusted("b", day(9, 20), sets={"unit": "JPY"})
    journal = changed(way, old, log(), day(9, 20), new, entry)
    units = [
        str(journal.effective(old, on=on).key_result("b").unit) for on in (day(9, 19), day(9, 20))
    ]
    assert units == ["USD", "JPY"]


@BOTH_WAYS
def test_an_owner_is_dated(way: str) -> None:
    old, new = two(owner="Ana Ruiz"), two(owner="Bo Lind")
    entry = adjusted("b", day(9, 1), owner="Bo Lind")
    journal = changed(way, old, log(), day(9, 1), new, entry)
    owners = [str(card(old, journal, on)["b"].owner) for on in (day(8, 31), day(9, 1))]
    assert owners == ["Ana Ruiz", "Bo Lind"]
    assert grades(card(old, journal, day(9, 1))["b"]) == (None, None, None)


# --- objectives join and leave -------------------------------------------------------------------------

PARENT = goal("company")
CHILDREN = [goal(id, kr(f"{id}-k"), supports=["company"]) for id in ("sales", "service")]


@BOTH_WAYS
def test_an_objective_joins_below_another(way: str) -> None:
    old, new = plan(PARENT, CHILDREN[0]), plan(PARENT, *CHILDREN)
    journal = log(read(day(7, 20), **{"sales-k": 80}))
    joins = adjusted("service", day(8, 20), adds=[CHILDREN[1]])
    journal = changed(way, old, journal, day(8, 20), new, joins)
    journal = okr.admit(old, journal, *read(day(8, 20), **{"service-k": 20}))
    before, after = card(old, journal, day(8, 19)), card(old, journal, day(8, 20))
    assert [each.id for each in before] == ["company", "sales"]
    assert {each.id for each in after} == {"company", "sales", "service"}
    assert before["company"].score == 0.8
    assert after["company"].score == 0.5
    assert after.objective("company").children == ("sales", "service")
    assert refused(before.__getitem__, "service").code == "not-in-force"
    assert refused(before.__getitem__, "service-k").code == "not-in-force"


@BOTH_WAYS
def test_an_objective_leaves_and_its_parent_keeps_it_in_the_original(way: str) -> None:
    old, new = plan(PARENT, *CHILDREN), plan(PARENT, CHILDREN[0])
    journal = log(read(day(7, 20), **{"sales-k": 80, "service-k": 20}))
    leaves = adjusted("service", day(8, 20), removes=["service"])
    journal = changed(way, old, journal, day(8, 20), new, leaves)
    before, after = card(old, journal, day(8, 19)), card(old, journal, day(8, 20))
    assert before["company"].score == 0.5
    assert grades(after["company"]) == (0.8, 0.5, 0.8)
    for id in ("service", "service-k"):
        assert before[id].score == pytest.approx(0.2)
        error = refused(after.__getitem__, id)
        assert error.code == "not-in-force"
        assert "2026-08-20" in error.hint
        refused(okr.admit, old, journal, okr.CheckIn(id, day(8, 21), note="x"))
    assert journal.effective(old, on=day(8, 20)) == new


@BOTH_WAYS
def test_an_objective_joins_again(way: str) -> None:
    old, new = plan(PARENT, *CHILDREN), plan(PARENT, CHILDREN[0])
    journal = log(read(day(7, 20), **{"sales-k": 80, "service-k": 20}))
    leaves = adjusted("service", day(8, 20), removes=["service"])
    journal = changed(way, old, journal, day(8, 20), new, leaves)
    back = adjusted("service", day(9, 1), adds=[CHILDREN[1]])
    journal = changed(way, old, journal, day(9, 1), old, back)
    scores = [
        card(old, journal, on)["company"].score
        for on in (day(8, 19), day(8, 20), day(8, 31), day(9, 1))
    ]
    assert scores == [0.5, 0.8, 0.8, 0.5]
    assert card(old, journal, day(9, 1))["service"].score == pytest.approx(0.2)


@BOTH_WAYS
def test_alignment_moves(way: str) -> None:
    other = goal("other")
    moved = evolve(CHILDREN[1], supports=["other"])
    old, new = plan(PARENT, other, *CHILDREN), plan(PARENT, other, CHILDREN[0], moved)
    journal = log(read(day(7, 20), **{"sales-k": 80, "service-k": 20}))
    entry = adjusted("service", day(8, 20), sets={"supports": ["other"]})
    journal = changed(way, old, journal, day(8, 20), new, entry)
    found = [
        (card(old, journal, on)["company"].score, card(old, journal, on)["other"].score)
        for on in (day(8, 19), day(8, 20))
    ]
    assert found == [(0.5, None), (0.8, pytest.approx(0.2))]


# --- plans that an edit cannot lead to -----------------------------------------------------------------


@pytest.mark.parametrize(
    "new",
    [
        plan(goal("serve", kr("calls", okr.PassFail()), kr("returns"), ambition=C)),
        plan(goal("serve", kr("calls"), ambition=C), goal("other", kr("returns"))),
        plan(
            goal(
                "serve", kr("calls"), ambition=C, initiatives=[okr.Initiative("returns", "Returns")]
            )
        ),
        plan(goal("serve", kr("calls"), ambition=C), metrics=[okr.Metric("returns", "Returns")]),
    ],
)
def test_another_reading_home_or_kind_takes_a_new_id(new: okr.Plan) -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.adjustments(BAD, log(), new, on=day(8, 1), because="better")
    assert "id" in caught.value.hint


def test_nothing_is_admitted_if_one_of_several_does_not_fit() -> None:
    fits, does_not = CHATS_JOIN, adjusted("nobody", day(9, 1), weight=2)
    for entries in ((fits, does_not), (does_not, fits)):
        refused(okr.admit, SERVE, log(), *entries)


def test_a_plan_that_is_wanted_already_takes_no_entries() -> None:
    assert okr.adjustments(BAD, log(), BAD, on=day(8, 1), because="x") == ()
    reworded = plan(evolve(BAD.objectives[0], title="Serve them well"))
    assert okr.adjustments(BAD, log(), reworded, on=day(8, 1), because="x") == ()
    journal = log(RETURNS_LEAVE)
    assert okr.adjustments(BAD, journal, GOOD, on=day(8, 5), because="x") == ()


def test_entries_have_the_act() -> None:
    entries = okr.adjustments(
        BAD,
        log(),
        GOOD,
        on=day(8, 5),
        because="no returns any more",
        trigger=okr.AdjustmentTrigger.IRRELEVANT,
        decided_by="Ana Ruiz",
        decided=day(8, 3),
        new_fact="The shop closed",
    )
    found = [
        (
            each.of,
            each.on,
            each.because,
            each.trigger,
            str(each.decided_by),
            each.decided,
            each.new_fact,
        )
        for each in entries
    ]
    irrelevant = okr.AdjustmentTrigger.IRRELEVANT
    act = day(8, 5), "no returns any more", irrelevant, "Ana Ruiz", day(8, 3), "The shop closed"
    assert found == [("serve", *act)]


# --- changes that no entry explains --------------------------------------------------------------------

MORE = goal("more", kr("more-k"))
GUARD = okr.Guardrail("guard", "Guard", okr.AtMost(3))
WORK = okr.Initiative("work", "Work")
METRIC = okr.Metric("metric", "Metric", health=okr.AtMost(3))


def base(**more: Any) -> okr.Plan:
    return plan(goal("o", kr("k"), **more))


def of_kr(**more: Any) -> okr.Plan:
    return plan(goal("o", kr("k", **more)))


#: Old plan, new plan, id and field that are named, entry that explains it.
UNEXPLAINED: list[Any] = [
    (
        of_kr(timing=steps(60)),
        of_kr(),
        ("k", "timing.waypoints"),
        {"sets": {"timing.waypoints": ()}},
    ),
    (
        base().put(okr.Outside("co")),
        base(),
        ("co", "outside"),
        {"of": "co", "removes": ["co"]},
    ),
    (of_kr(), of_kr(measure=okr.Reach(50)), ("k", "measure"), {"measure": okr.Reach(50)}),
    (of_kr(), of_kr(weight=2), ("k", "weight"), {"weight": 2}),
    (of_kr(), of_kr(due=day(9, 1)), ("k", "due"), {"due": day(9, 1)}),
    (of_kr(), of_kr(owner="Ana"), ("k", "owner"), {"owner": "Ana"}),
    (of_kr(), of_kr(unit="JPY"), ("k", "unit"), {"sets": {"unit": "JPY"}}),
    (
        of_kr(timing=steps(60)),
        of_kr(timing=steps(30)),
        ("k", "timing.waypoints"),
        {"sets": {"timing.waypoints": [okr.Waypoint(day(8, 15), 30)]}},
    ),
    (
        of_kr(),
        of_kr(timing=okr.Timing(observable_from=day(12, 1))),
        ("k", "timing.observable_from"),
        {"sets": {"timing.observable_from": day(12, 1)}},
    ),
    (
        of_kr(),
        of_kr(contribution=okr.Contribution(fixed_share=0.5)),
        ("k", "contribution.fixed_share"),
        {"sets": {"contribution.fixed_share": 0.5}},
    ),
    (base(), base(ambition=A), ("o", "ambition"), {"ambition": A}),
    (base(), base(cycle=LONGER), ("o", "cycle"), {"cycle": LONGER}),
    (base(), base(owner="Ana"), ("o", "owner"), {"owner": "Ana"}),
    (base(), base(method="health"), ("o", "method"), {"sets": {"method": "health"}}),
    (
        base(),
        base(profile=okr.ObjectiveProfile(parked=okr.Parked("later"))),
        ("o", "profile.parked"),
        {"sets": {"profile.parked": okr.Parked("later")}},
    ),
    (base(), base().put(kr("new"), into="o"), ("new", "key_results"), {"adds": [kr("new")]}),
    (base().put(kr("new"), into="o"), base(), ("new", "key_results"), {"removes": ["new"]}),
    (base(), base(guardrails=[GUARD]), ("guard", "guardrails"), {"adds": [GUARD]}),
    (base(guardrails=[GUARD]), base(), ("guard", "guardrails"), {"removes": ["guard"]}),
    (
        base(guardrails=[GUARD]),
        base(guardrails=[evolve(GUARD, bound=okr.AtMost(5))]),
        ("guard", "bound"),
        {"of": "guard", "measure": okr.AtMost(5)},
    ),
    (
        base(guardrails=[GUARD]),
        base(guardrails=[evolve(GUARD, hard=True)]),
        ("guard", "hard"),
        {"of": "guard", "sets": {"hard": True}},
    ),
    (base(), base(initiatives=[WORK]), ("work", "initiatives"), {"adds": [WORK]}),
    (base(initiatives=[WORK]), base(), ("work", "initiatives"), {"removes": ["work"]}),
    (
        base(initiatives=[WORK]),
        base(initiatives=[evolve(WORK, due=day(9, 1))]),
        ("work", "due"),
        {"of": "work", "due": day(9, 1)},
    ),
    (base(), base().put(MORE), ("more", "objectives"), {"of": "more", "adds": [MORE]}),
    (base().put(MORE), base(), ("more", "objectives"), {"of": "more", "removes": ["more"]}),
    (base(), base().put(METRIC), ("metric", "metrics"), {"of": "metric", "adds": [METRIC]}),
    (base().put(METRIC), base(), ("metric", "metrics"), {"of": "metric", "removes": ["metric"]}),
    (
        base().put(METRIC),
        base().put(evolve(METRIC, health=okr.AtMost(5))),
        ("metric", "health"),
        {"of": "metric", "measure": okr.AtMost(5)},
    ),
    (
        okr.Plan(base().objectives, outside=[okr.Outside("co")]),
        okr.Plan([goal("o", kr("k"), supports=["co"])], outside=[okr.Outside("co")]),
        ("o", "supports[co]"),
        {"sets": {"supports": ["co"]}},
    ),
    (
        base(),
        base().put(okr.Outside("co")),
        ("co", "outside"),
        {"of": "co", "adds": [okr.Outside("co")]},
    ),
    (
        base().put(MORE),
        base().put(MORE).put(okr.KeyResultRef("more-k"), into="o"),
        ("o", "key_results[more-k]"),
        {"adds": [okr.KeyResultRef("more-k")]},
    ),
]


@pytest.mark.parametrize(("old", "new", "found", "changes"), UNEXPLAINED)
def test_each_change_is_named_unless_an_entry_explains_it(
    old: okr.Plan, new: okr.Plan, found: Any, changes: dict[str, Any]
) -> None:
    id = found[0] if found[0] in ("o", "k") else "o"
    entry = adjusted(on=day(8, 1), **{"of": id, **changes})
    assert named(old, new) == [found]
    assert named(old, new, entry) == []
    assert named(old, old, entry) == []
    assert named(old, new, adjusted("o", day(8, 1), kind=okr.AdjustmentKind.PERSIST)) == [found]
    journal = okr.admit(old, log(), entry)
    assert [
        each for each in okr.diff(new, journal.effective(old, on=day(8, 1))) if each.counts
    ] == []
    written = okr.adjustments(old, log(), new, on=day(8, 1), because="the market moved")
    assert [each.of for each in written] == [entry.of]
    assert named(old, new, *written) == []


def test_changes_are_named_together() -> None:
    old = plan(goal("o", kr("k"), kr("gone"), guardrails=[GUARD], ambition=C), MORE)
    new = plan(
        goal(
            "o",
            kr("k", okr.Reach(50), weight=2),
            kr("new"),
            guardrails=[evolve(GUARD, bound=okr.AtMost(9))],
            ambition=A,
            owner="Ana",
        ),
        metrics=[METRIC],
    )
    every = {
        ("k", "measure"),
        ("k", "weight"),
        ("new", "key_results"),
        ("gone", "key_results"),
        ("guard", "bound"),
        ("o", "ambition"),
        ("o", "owner"),
        ("more", "objectives"),
        ("metric", "metrics"),
    }
    assert len(named(old, new)) == len(every)
    assert set(named(old, new)) == every
    some = (
        adjusted("k", day(8, 1), weight=2),
        adjusted("o", day(8, 1), removes=["gone"], ambition=A),
    )
    explained = {("k", "weight"), ("gone", "key_results"), ("o", "ambition")}
    assert set(named(old, new, *some)) == every - explained


def test_an_entry_with_another_value_explains_nothing() -> None:
    assert named(of_kr(), of_kr(weight=2), adjusted("k", day(8, 1), weight=3)) == [("k", "weight")]
    other = adjusted("k", day(8, 1), measure=okr.Reach(40))
    assert named(of_kr(), of_kr(measure=okr.Reach(50)), other) == [("k", "measure")]


def test_wording_and_order_are_never_unexplained() -> None:
    old = plan(goal("o", kr("a"), kr("b")), MORE)
    new = plan(
        evolve(MORE, title="More of it"),
        evolve(goal("o", kr("b"), kr("a")), title="Better", place=okr.Place(team="Growth")),
    )
    assert okr.diff(old, new) != ()
    assert named(old, new) == []


def test_a_plan_for_a_next_cycle_is_planning() -> None:
    next_cycle = goal("next", kr("next-k"), cycle=Q4)
    old, new = base(), base().put(next_cycle)
    for on in (day(9, 20), Q4.start):
        assert named(old, new, on=on) == []
    assert named(old, new, on=day(10, 2)) == [("next", "objectives")]
    heavier = base().put(goal("next", kr("next-k", weight=2), kr("other"), cycle=Q4))
    assert named(new, heavier, on=day(9, 20)) == []
    assert named(new, heavier, on=day(10, 2)) != []
    assert named(new, old, on=day(9, 20)) == []
    running = new.put(goal("late", kr("late-k")))
    assert named(old, running, on=day(9, 20)) == [("late", "objectives")]


# --- one change at a time ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"adds": [kr("chats")]}, "adds"),
        ({"removes": ["serve", "calls"]}, "removes"),
        ({"ambition": C}, "ambition"),
        ({"owner": "Ana"}, "owner"),
        ({"cycle": LONGER}, "cycle"),
        ({"sets": {"title": "Serve"}}, "sets"),
        ({"adds": [goal("serve"), kr("chats")]}, "adds"),
    ],
)
def test_an_objective_that_leaves_has_no_other_change(changes: Any, field: str) -> None:
    fault = refused(lambda: adjusted("serve", day(8, 1), **{"removes": ["serve"], **changes}))
    assert (fault.code, fault.path) == ("mixed-change", f"Adjustment.{field}")


@pytest.mark.parametrize("changes", [{"sets": {"title": "Serve"}}, {"adds": [kr("chats")]}])
def test_an_objective_that_joins_has_no_other_change(changes: Any) -> None:
    adds = [goal("serve"), *changes.pop("adds", [])]
    fault = refused(lambda: adjusted("serve", day(8, 1), adds=adds, **changes))
    assert fault.code == "mixed-change"


def test_an_objective_leaves_for_another_under_its_id() -> None:
    anew = goal("serve", kr("chats"))
    entry = adjusted("serve", day(8, 1), removes=["serve"], adds=[anew])
    found = log(entry).effective(SERVE, on=day(8, 1))
    assert found == plan(anew)


@pytest.mark.parametrize(
    "entry",
    [
        adjusted("nowhere", day(8, 1), adds=[kr("chats")]),
        adjusted("other", day(8, 1), adds=[goal("serve two")]),
        adjusted("calls", day(8, 1), adds=[kr("chats")]),
        adjusted("calls", day(8, 1), sets={"place.level": okr.Level.TEAM}),
        adjusted("calls", day(8, 1), sets={"method": "effort"}),
        adjusted("serve", day(8, 1), adds=[kr("calls", okr.Reach(5))]),
    ],
)
def test_an_adjustment_that_does_not_fit_is_refused_and_changes_nothing(
    entry: okr.Adjustment,
) -> None:
    journal = log(entry)
    assert [each.entry for each in okr.journal.misfits(SERVE, journal)] == [entry]
    assert journal.effective(SERVE, on=day(8, 1)) == SERVE
    codes = {"unknown-id", "wrong-kind", "duplicate-id"}
    assert refused(okr.admit, SERVE, okr.Journal(), entry).code in codes


def test_a_plan_in_force_is_refused_if_its_changes_do_not_fit_each_other() -> None:
    least = okr.plan.Derived(okr.Aggregation.MINIMUM, ["calls"])
    stored = plan(goal("serve", kr("calls"), kr("least", derived=least)))
    gone = adjusted("serve", day(8, 1), removes=["calls"])
    journal = log(okr.CheckIn("calls", day(7, 20), "many"), gone)
    fault = refused(lambda: journal.effective(stored, on=day(8, 1)))
    assert (fault.code, fault.path) == ("unknown-id", "KeyResult('least').derived.of[0]")
    assert journal.effective(stored, on=day(7, 31)) == stored
    found = okr.journal.misfits(stored, journal)
    assert [each.fault.code for each in found] == ["reading-does-not-fit", "unknown-id"]


REST = plan(
    goal(
        "serve", kr("calls"), kr("chats"), guardrails=[okr.Guardrail("cost", "Cost", okr.AtMost(5))]
    ),
    goal("sell", kr("sales"), okr.KeyResultRef("calls")),
    metrics=[okr.Metric("nps", "Nps")],
)


@pytest.mark.parametrize(
    ("entry", "code", "id"),
    [
        # Readings of another form.
        (adjusted("serve", day(8, 1), removes=["calls"], adds=[kr("calls", okr.PassFail())]), "wrong-kind", "calls"),
        # Another kind under the id.
        (
            adjusted("serve", day(8, 1), removes=["calls"], adds=[okr.Guardrail("calls", "Calls", okr.AtMost(5))]),
            "wrong-kind",
            "calls",
        ),
        (adjusted("serve", day(8, 1), removes=["serve"], adds=[goal("serve", kr("cost"))]), "wrong-kind", "cost"),
        (adjusted("nps", day(8, 1), removes=["nps"], adds=[goal("nps")]), "wrong-kind", "nps"),
        (adjusted("nps", day(8, 1), adds=[kr("chats")]), "wrong-kind", "chats"),
        # The id of an item elsewhere: the reference leaves, the key result itself does not.
        (adjusted("sell", day(8, 1), removes=["calls"], adds=[kr("calls", okr.Reach(5))]), "duplicate-id", "calls"),
        (adjusted("serve", day(8, 1), removes=["serve"], adds=[goal("serve", kr("sales"))]), "duplicate-id", "sales"),
        (adjusted("nps", day(8, 1), adds=[okr.Metric("nps", "Nps", unit="%")]), "duplicate-id", "nps"),
        (adjusted("nps", day(8, 1), removes=["calls"]), "wrong-kind", "calls"),
    ],
)  # fmt: skip
def test_a_join_that_the_plan_cannot_take_is_refused(
    entry: okr.Adjustment, code: str, id: str
) -> None:
    fault = refused(okr.admit, REST, okr.Journal(), entry)
    assert (fault.code, fault.value) == (code, id)


def test_a_join_under_an_id_in_use_changes_nothing() -> None:
    entry = adjusted("serve", day(8, 1), adds=[kr("sales", okr.Reach(5))])
    assert log(entry).effective(REST, on=day(8, 1)) == REST


def test_a_key_result_leaves_and_joins_anew_by_one_adjustment() -> None:
    entry = adjusted("serve", day(8, 1), removes=["calls"], adds=[kr("calls", okr.Reach(200))])
    journal = okr.admit(REST, log(read(day(7, 20), calls=50, chats=10)), entry)
    assert grades(card(REST, journal, day(8, 1))["serve"]) == pytest.approx((0.175, 0.3, 0.175))


def test_a_key_result_that_joined_has_no_original_grade_and_its_objective_that_of_its_own() -> None:
    joins = adjusted("serve", day(8, 1), adds=[kr("chats")])
    easier = adjusted("chats", day(8, 5), measure=okr.Reach(50))
    journal = okr.admit(SERVE, okr.Journal(), joins)
    journal = okr.admit(SERVE, journal, easier, *read(day(8, 6), chats=20, calls=20))
    found = card(SERVE, journal, day(8, 7))
    assert grades(found["chats"]) == (0.4, None, 0.4)
    assert grades(found["serve"]) == pytest.approx((0.3, 0.2, 0.3))
    words = found.explain("chats").words
    assert "joined on 2026-08-01" in words
    assert "target 100 until 2026-08-04" in words

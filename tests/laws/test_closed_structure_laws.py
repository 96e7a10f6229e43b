"""Closings and changes of members, in any order of days and of writing.

- a journal that was admitted entry by entry fits on every day, and its plan in force is that of `effective`
- so it does with the plan of a roll-over, and the adjustments that come with it
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.journal import Entry
from strategies import CYCLE, START, followed_by

NEXT = okr.FiscalCalendar().quarter(2026, 4)
DAYS = st.integers(1, 12).map(lambda week: START + timedelta(7 * week))
MOMENTS = st.none() | DAYS.map(lambda day: datetime.combine(day, time(9), UTC))
IDS = ("o0", "o1", "o2")


def key_result(id: str, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, "K", okr.Reach(10), **more)


def plan() -> okr.Plan:
    """Return three objectives: the second refers to a key result of the first, and derives one from it."""
    derived = key_result("o1-d", derived=okr.Derived(okr.Aggregation.SUM, ["o0-a"]))
    shapes: list[tuple[str, list[str], list[okr.KeyResult | okr.KeyResultRef]]] = [
        ("o0", [], []),
        ("o1", ["o0"], [derived, okr.KeyResultRef("o0-b")]),
        ("o2", ["o1"], []),
    ]
    return okr.Plan(
        [
            okr.Objective(
                id,
                "O",
                key_results=[key_result(f"{id}-a"), key_result(f"{id}-b"), *more],
                cycle=CYCLE,
                ambition=okr.Ambition.ASPIRATIONAL,
                supports=above,
            )
            for id, above, more in shapes
        ]
    )


@st.composite
def entries_about(draw: st.DrawFn, id: str) -> Entry:
    """Draw closings and openings of an objective, changes of its members, and readings of them."""
    given: dict[str, Any] = {"because": "a fact", "recorded": draw(MOMENTS)}
    on, member = draw(DAYS), draw(st.sampled_from(["a", "b", "d", "new"]))
    joining: list[okr.KeyResult | okr.KeyResultRef] = [
        key_result(f"{id}-new"),
        key_result(f"{id}-new", derived=okr.Derived(okr.Aggregation.SUM, ["o0-new"])),
        okr.KeyResultRef("o0-new"),
        okr.KeyResultRef("o2-a"),
    ]
    new = draw(st.sampled_from(joining))
    match draw(st.sampled_from(["close", "close", "open", "leave", "join", "support", "read"])):
        case "close":
            return okr.Closing(id, on, okr.ClosingDecision.CARRY, **given)
        case "open":
            return okr.Transition(id, on, okr.Lifecycle.ACTIVE, **given)
        case "leave":
            left = draw(st.sampled_from([f"{id}-{member}", "o0-b", "o0-new"]))
            return okr.Adjustment(id, on, removes=[left], **given)
        case "join":
            return okr.Adjustment(id, on, adds=[new], **given)
        case "support":
            above = draw(st.sampled_from([[], ["o0"], ["o2"]]))
            return okr.Adjustment(id, on, sets={"supports": above}, **given)
        case _:
            return okr.CheckIn(f"{id}-{member}", on, 5, recorded=draw(MOMENTS))


def must_roll_over(old: okr.Plan, known: okr.Journal, day: date) -> None:
    rolled = okr.review.roll_over(old, known, as_of=day, cycle=NEXT)
    longer = okr.admit(rolled.plan, known, *rolled.adjustments)
    assert okr.journal.misfits(rolled.plan, longer) == ()
    okr.evaluate(rolled.plan, longer, as_of=NEXT.end)


ENTRIES = st.lists(st.sampled_from(IDS).flatmap(entries_about), min_size=2, max_size=10)


@given(ENTRIES, st.lists(DAYS, min_size=1, max_size=4), DAYS)
def test_what_is_admitted_around_closings_fits_and_rolls_over(
    entries: list[Entry], days: list[date], rolled_on: date
) -> None:
    old = plan()
    journal = followed_by(old, okr.Journal(), entries)
    for day in (*days, CYCLE.end, NEXT.end):
        card = okr.evaluate(old, journal, as_of=day)
        assert card.plan_in_force == journal.effective(old, on=day)
    for day in (rolled_on, CYCLE.end, NEXT.end):
        must_roll_over(old, journal.as_of(day), day)


@given(ENTRIES, DAYS)
def test_a_whole_journal_that_fits_rolls_over(entries: list[Entry], rolled_on: date) -> None:
    old, journal = plan(), okr.Journal(entries)
    for day in (rolled_on, CYCLE.end, NEXT.end):
        known = journal.as_of(day)
        wrong = {id(misfit.entry) for misfit in okr.journal.misfits(old, known)}
        known = okr.Journal(entry for entry in known.entries if id(entry) not in wrong)
        if not okr.journal.misfits(old, known):
            must_roll_over(old, known, day)

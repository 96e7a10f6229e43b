"""What comes after a closing is refused at the door, until the objective is opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

import okrcore as okr

Q3 = okr.FiscalCalendar().quarter(2026, 3)
END = Q3.end
LATER = date(2026, 10, 2)
PLAN = okr.Plan(
    [
        okr.Objective(
            "o",
            "O",
            cycle=Q3,
            key_results=[
                okr.KeyResult("k", "K", okr.Reach(100)),
                okr.KeyResult("n", "N", okr.Increase(None, 100)),
                okr.KeyResult("s", "S", okr.Reach(100), metric="m"),
            ],
            guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
            initiatives=[okr.Initiative("i", "I")],
        ),
        okr.Objective("p", "P", cycle=Q3, key_results=[okr.KeyResultRef("k")]),
        okr.Objective(
            "home", "Home", cycle=Q3, key_results=[okr.KeyResult("h", "H", okr.Reach(10))]
        ),
        okr.Objective("counts", "C", cycle=Q3, key_results=[okr.KeyResultRef("h")]),
    ],
    metrics=[okr.Metric("m", "M")],
)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def closed(of: str = "o", on: date = END, **more: Any) -> okr.Journal:
    return okr.Journal([okr.Closing(of, on, okr.ClosingDecision.ABANDON, **more)])


#: By name, an entry about a closed objective or about what is at home in it, from a day on.
ABOUT: dict[str, Callable[[date], Any]] = {
    "a reading": lambda on: okr.CheckIn("k", on, 80),
    "a confidence": lambda on: okr.CheckIn("k", on, confidence=0.5),
    "a reading of a guardrail": lambda on: okr.CheckIn("g", on, 3),
    "work that is done": lambda on: okr.CheckIn("i", on, value=True),
    "a note on the objective": lambda on: okr.CheckIn("o", on, note="we went on"),
    "a baseline": lambda on: okr.BaselineSet("n", on, 20),
    "a judgement of the objective": lambda on: okr.Judgement("o", on, score=1, because="x"),
    "a judgement of a key result": lambda on: okr.Judgement("k", on, status="well", because="x"),
    "an adjustment": lambda on: okr.Adjustment("k", on, measure=okr.Reach(50), because="x"),
    "an adjustment of the objective": lambda on: okr.Adjustment("o", on, owner="Bo", because="x"),
    "a pause of a key result": lambda on: okr.Transition("k", on, okr.Lifecycle.PAUSED),
}
REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "a reading after the close": (
        lambda: okr.admit(PLAN, closed(), okr.CheckIn("k", LATER, 80)),
        "CheckIn('k', 2026-10-02): must not come after the closing of its item or objective, got"
        " datetime.date(2026, 10, 2); 'o' closed on 2026-09-30; reopen it first, by a Transition to"
        " active [after-closing]",
    ),
    "a target that changes after the close": (
        lambda: okr.admit(PLAN, closed(), ABOUT["an adjustment"](date(2026, 10, 5))),
        "Adjustment('k', 2026-10-05): must not come after the closing of its item or objective, got"
        " datetime.date(2026, 10, 5); 'o' closed on 2026-09-30; reopen it first, by a Transition to"
        " active [after-closing]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    """P07 and S30."""
    wrong, message = REFUSALS[name]
    with pytest.raises(okr.TransitionError) as caught:
        wrong()
    assert str(caught.value) == message


@pytest.mark.parametrize("name", ABOUT)
def test_nothing_is_admitted_after_a_closing(name: str) -> None:
    """A law over every kind of entry, at both doors; on the closing day what is written later, too."""
    make = ABOUT[name]
    for journal in (closed(), closed().add(okr.Transition("o", LATER, okr.Lifecycle.ARCHIVED))):
        for entry in (make(END), make(LATER), make(date(2027, 1, 5))):
            with pytest.raises(okr.TransitionError, match="reopen it first"):
                okr.admit(PLAN, journal, entry)
            for day in (Q3.start, END, LATER, date(2027, 1, 5)):
                live = okr.LiveScorecard(PLAN, journal, as_of=day)
                before = live.card
                with pytest.raises(okr.TransitionError, match="reopen it first"):
                    live.record(entry)
                assert live.card == before
    early = make(date(2026, 9, 29))
    assert okr.admit(PLAN, closed(), early).entries[-1] == early
    reopened = closed().add(okr.Transition("o", LATER, okr.Lifecycle.ACTIVE))
    for entry in (make(END), make(LATER), make(date(2027, 1, 5))):
        assert okr.admit(PLAN, reopened, entry).entries[-1] == entry


@pytest.mark.parametrize("name", ABOUT)
def test_finals_that_are_typed_after_the_cycle_are_admitted_until_the_closing(name: str) -> None:
    journal = closed(on=date(2026, 10, 10))
    assert len(okr.admit(PLAN, journal, ABOUT[name](date(2026, 10, 9)))) == 2


def test_a_journal_without_a_closing_admits_everything() -> None:
    moved = okr.Journal([okr.Transition("o", END, okr.Lifecycle.PAUSED)])
    for make in ABOUT.values():
        assert len(okr.admit(PLAN, okr.Journal(), make(LATER))) == 1
    assert len(okr.admit(PLAN, moved, ABOUT["a reading"](LATER))) == 2


def test_what_is_at_home_elsewhere_goes_on() -> None:
    journal = closed("counts").add(*closed().entries)
    assert len(okr.admit(PLAN, journal, okr.CheckIn("h", LATER, 5))) == 3
    assert len(okr.admit(PLAN, journal, okr.CheckIn("m", LATER, 5))) == 3
    assert len(okr.admit(PLAN, journal, okr.PostMortem("o", LATER))) == 3
    with pytest.raises(okr.TransitionError, match="'home' closed"):
        okr.admit(PLAN, closed("home"), okr.CheckIn("h", LATER, 5))


@pytest.mark.parametrize(
    ("of_closing", "of_entry", "is_after"),
    [
        (None, None, True),
        (at(END, 17), None, False),  # what has no moment stands first on its day
        (None, at(END, 9), True),
        (at(END, 17), at(END, 9), False),
        (at(END, 17), at(END, 17), True),
        (at(END, 17), at(END, 18), True),
    ],
)
def test_on_the_closing_day_the_order_decides(
    of_closing: datetime | None, of_entry: datetime | None, *, is_after: bool
) -> None:
    journal = closed(recorded=of_closing)
    entry = okr.CheckIn("k", END, 80, recorded=of_entry)
    if is_after:
        with pytest.raises(okr.TransitionError):
            okr.admit(PLAN, journal, entry)
    else:
        assert okr.admit(PLAN, journal, entry).in_force[0] == entry


def test_a_reading_of_before_that_is_recorded_after_the_closing_is_late() -> None:
    journal = closed(recorded=at(END, 17))
    day = date(2026, 9, 20)
    with pytest.raises(okr.TransitionError):
        okr.admit(PLAN, journal, okr.CheckIn("k", day, 80, recorded=at(LATER, 9)))
    assert len(okr.admit(PLAN, journal, okr.CheckIn("k", day, 80, recorded=at(END, 9)))) == 2
    assert len(okr.admit(PLAN, closed(), okr.CheckIn("k", day, 80, recorded=at(LATER, 9)))) == 2
    assert len(okr.admit(PLAN, journal, okr.CheckIn("k", day, 80))) == 2


def test_what_was_evaluated_before_goes_on_being_evaluated() -> None:
    """Entries that are in a journal already are kept, and listed as not counted."""
    entries = [*(make(LATER) for make in ABOUT.values()), okr.PostMortem("o", LATER)]
    journal = closed().add(okr.CheckIn("k", date(2026, 9, 1), 50), *entries)
    card = okr.evaluate(PLAN, journal, as_of=date(2026, 10, 14))
    assert card.problems == ()
    assert (card["k"].score, card["o"].score) == (0.5, 0.5)
    listed = {
        id: [each.entry for each in card[id].uncounted] for id in ("k", "n", "g", "i", "o", "s")
    }
    assert listed == {
        "k": ["reading", "check-in", "judgement", "adjustment", "transition"],
        "n": ["baseline"],
        "g": ["reading"],
        "i": ["reading"],
        "o": ["check-in", "judgement", "adjustment"],
        "s": [],
    }
    assert {each.reason for id in listed for each in card[id].uncounted} == {
        okr.scorecard.NotCounted.AFTER_CLOSING
    }

"""What goes wrong with reviews, and the one clear answer to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import okrcore as okr

DAY = date(2026, 8, 14)
PLAN = okr.Plan([okr.Objective("grow", "Grow")])
Q4 = okr.FiscalCalendar().quarter(2026, 4)


def ask(**given: Any) -> okr.review.Agenda:
    asked: dict[str, Any] = {"plan": PLAN, "journal": okr.Journal(), "as_of": DAY}
    return okr.review.make_agenda(**(asked | given))


def roll(**given: Any) -> object:
    asked: dict[str, Any] = {"plan": PLAN, "journal": okr.Journal(), "as_of": DAY, "cycle": Q4}
    return okr.review.roll_over(**(asked | given))


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "a ritual that is none": (
        lambda: ask(ritual="standup"),
        "make_agenda.ritual: must be a ritual that has a row, got 'standup'; give adjustment review,"
        " baseline, business review, call of the results, check-in, close, company draft, company publication,"
        " forum, four-square, initiative, mid-cycle review, peer review, performance talk,"
        " personal planning, planning,"
        " retrospective, team drafts, triage, weekly, wins [ritual-unknown]",
    ),
    "a topic that the agenda does not have": (
        lambda: ask(ritual="wins").section(okr.review.AgendaTopic.DUE),
        "Agenda.topic: must be a topic of the agenda, got <AgendaTopic.DUE: 'due'>; it has wins"
        " [not-in-agenda]",
    ),
    "an agenda of nothing known": (
        lambda: ask(of="grwo"),
        "make_agenda.of: must be a known id, got 'grwo'; did you mean 'grow'? [unknown-id]",
    ),
    "an agenda for no plan": (
        lambda: ask(plan="grow"),
        "make_agenda.plan: must have the right type, got 'grow'; give a Plan [wrong-type]",
    ),
    "a name twice": (
        lambda: ask(of=["grow", "grow"]),
        "make_agenda.of: must not have the same name twice, got 'grow' [repeated]",
    ),
    "a row of another kind": (
        lambda: ask(rites={okr.calendar.Ritual.WEEKLY: "x"}),
        "make_agenda.rites[weekly]: must have the right type, got 'x'; give an AgendaTemplate [wrong-type]",
    ),
    "rolling over into no cycle": (
        lambda: roll(cycle="Q4"),
        "roll_over.cycle: must have the right type, got 'Q4'; give a Cycle [wrong-type]",
    ),
    "rolling over on no day": (
        lambda: roll(as_of="today"),
        "roll_over.as_of: must be a date without a time, got 'today' [not-a-date]",
    ),
    "a suggestion that is no decision": (
        lambda: okr.rulebook.SuggestionRule(None, okr.rulebook.Bands([(None, "celebrate")])),
        "SuggestionRule.bands[0][1]: must have the right type, got 'celebrate'; give a decision: achieved,"
        " carry, modify, defer, abandon, scale, iterate, stop [wrong-type]",
    ),
    "a rule without patience": (
        lambda: okr.rulebook.ReviewRule(still_days=0),
        "ReviewRule.still_days: must be > 0, got 0 [not-positive]",
    ),
    "a share beyond all": (
        lambda: okr.rulebook.ReviewRule(early_share=2),
        "ReviewRule.early_share: must lie within its range, got 2.0; give a number from 0 to 1"
        " [out-of-range]",
    ),
    "a budget below nothing": (
        lambda: okr.review.find_reallocation_window(
            okr.evaluate(PLAN, okr.Journal(), as_of=DAY), budget=-1
        ),
        "find_reallocation_window.budget: must be >= 0, got -1.0 [negative]",
    ),
    "a ritual of no minutes": (
        lambda: okr.review.AgendaTemplate("Stand-up", 0, okr.review.AgendaScope.RUNNING, 1, []),
        "AgendaTemplate.minutes: must be > 0, got 0 [not-positive]",
    ),
    "a post-mortem of a key result": (
        lambda: okr.admit(
            okr.Plan(
                [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Reach(5))])]
            ),
            okr.Journal(),
            okr.PostMortem("k", DAY),
        ),
        "PostMortem('k', 2026-08-14).of: must be an item of the right kind, got 'k'; hold a"
        " post-mortem of an objective, not a key result [wrong-kind]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    wrong, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        wrong()
    assert str(caught.value) == message

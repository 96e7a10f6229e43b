"""Items that join and leave, under one id, in any order of days and of writing.

- an adjustment of an item is admitted only from its join on
- an agenda and the problems of a whole journal never fail
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, START

DAYS = st.integers(1, 8).map(lambda days: START + timedelta(days))
PLANS = [
    okr.Plan([okr.Objective("o", "O", cycle=CYCLE), okr.Objective("q", "Q", cycle=CYCLE)]),
    okr.Plan(
        [okr.Objective("o", "O", cycle=CYCLE, key_results=[okr.KeyResult("x", "X", okr.Reach(10))])]
    ),
]


@st.composite
def entries_about_x(draw: st.DrawFn) -> okr.journal.Entry:
    on, home = draw(DAYS), draw(st.sampled_from(["o", "o", "o", "q"]))
    given: dict[str, Any] = {"because": "a fact"}
    records: list[Any] = [
        okr.KeyResult("x", "X", okr.Reach(10)),
        okr.Guardrail("x", "X", okr.AtMost(5)),
        okr.Initiative("x", "X"),
    ]
    match draw(st.sampled_from(["join", "join", "leave", "leave", "due", "due", "bound", "close"])):
        case "join":
            return okr.Adjustment(home, on, adds=[draw(st.sampled_from(records))], **given)
        case "leave":
            return okr.Adjustment(home, on, removes=["x"], **given)
        case "due":
            return okr.Adjustment("x", on, due=CYCLE.end, **given)
        case "bound":
            return okr.Adjustment("x", on, measure=okr.AtMost(4), **given)
        case _:
            return okr.Closing(home, on, okr.ClosingDecision.CARRY)


@given(st.sampled_from(PLANS), st.lists(entries_about_x(), min_size=3, max_size=8))
def test_an_adjustment_is_admitted_only_from_the_join_on(
    plan: okr.Plan, entries: list[okr.journal.Entry]
) -> None:
    journal = okr.Journal()
    for entry in entries:
        try:
            journal = okr.admit(plan, journal, entry)
        except okr.OkrError:
            continue
    joins = [entry.on for entry in journal.adjustments if entry.adds]
    for entry in journal.adjustments:
        if entry.of == "x" and "x" not in plan.items:
            assert min(joins, default=date.max) <= entry.on


@given(st.sampled_from(PLANS), st.lists(entries_about_x(), min_size=3, max_size=8), DAYS)
def test_an_agenda_is_made_of_any_journal_that_fits(
    plan: okr.Plan, entries: list[okr.journal.Entry], day: date
) -> None:
    wrong = {id(each.entry) for each in okr.journal.misfits(plan, okr.Journal(entries), as_of=day)}
    journal = okr.Journal(entry for entry in entries if id(entry) not in wrong)
    if not okr.journal.misfits(plan, journal, as_of=day):
        agenda = okr.review.make_agenda(plan, journal, as_of=day, ritual="adjustment review")
        assert agenda.ritual == "adjustment review"

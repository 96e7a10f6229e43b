"""Worked cases of readings that come late or early, and of experiments at the close."""

from __future__ import annotations

from typing import Any

import pytest

import okrcore as okr
from build import Q3, day, goal, kr, objective
from made_up import MADE_UP, english_in
from okrcore.review import make_agenda

END = Q3.end
C = okr.Ambition.COMMITTED
MARK = "dated 8 days after its cycle ended on 2026-09-30, so taken for a final number typed late"


def ship(*, hard: bool = False) -> okr.Plan:
    rail = okr.Guardrail("tickets", "Tickets", okr.AtMost(85), hard=hard)
    return okr.Plan([goal(kr("sales", okr.Reach(10)), ambition=C, guardrails=[rail])])


def state(plan: okr.Plan, *entries: Any) -> Any:
    return okr.evaluate(plan, okr.Journal(entries), as_of=day(10, 20)).guardrail("tickets")


def test_a_guardrail_read_in_the_grace_without_a_moment_is_marked() -> None:
    last = okr.CheckIn("tickets", END, 92), okr.CheckIn("tickets", day(10, 8), 80)
    found = state(ship(), *last)
    assert (found.state, found.status_why) == ("held", f"80, within its limit (at most 85); {MARK}")
    assert not english_in(MADE_UP.write(found.status_why))
    hard = state(ship(hard=True), *last)
    assert hard.status_why == (
        "92 on 2026-09-30 was outside its limit (at most 85); within it since 2026-10-08; "
        f"hard, so it counts; {MARK}"
    )


def test_a_guardrail_read_in_its_cycle_is_not_marked() -> None:
    assert state(ship(), okr.CheckIn("tickets", END, 80)).status_why == (
        "80, within its limit (at most 85)"
    )


def pilot(id: str, trigger: okr.TriggerKind) -> okr.Objective:
    weeks = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_TWO_WEEKS)
    return goal(
        kr(f"{id}-k"), id=id, cycle=weeks, trigger=okr.Trigger(trigger, hypothesis="people buy")
    )


@pytest.mark.parametrize(
    ("triggers", "questions"),
    [
        ((), ["Achieved, carried, modified, deferred or abandoned? And what was learnt?"]),
        (
            (okr.TriggerKind.EVENT,),
            ["Achieved, carried, modified, deferred or abandoned? And what was learnt?"],
        ),
        (
            (okr.TriggerKind.EXPERIMENT,),
            ["Scaled, iterated or stopped? And what was learnt?"],
        ),
        (
            (okr.TriggerKind.EXPERIMENT, okr.TriggerKind.EVENT),
            [
                "Achieved, carried, modified, deferred or abandoned? And what was learnt?",
                "Scaled, iterated or stopped? And what was learnt?",
            ],
        ),
    ],
)
def test_the_close_puts_the_question_of_its_objectives(triggers: Any, questions: list[str]) -> None:
    plan = okr.Plan([pilot(f"p{n}", each) for n, each in enumerate(triggers)])
    agenda = make_agenda(plan, okr.Journal(), as_of=day(8, 16), ritual="close")
    assert list(agenda.section(okr.review.AgendaTopic.DECISIONS).questions) == questions


def test_a_row_of_before_the_cycle_is_a_problem_and_is_kept() -> None:
    row = {"Objective": "O", "Key Result": "K", "Target": "10", "Current": "8"}
    loaded = okr.read_rows([{**row, "Date": "2026-04-03"}], cycle=Q3)
    (problem,) = loaded.problems
    assert (problem.code, str(problem)) == (
        "before-cycle",
        "row 1 (line 2), Date: '2026-04-03' is before the cycle of its objective, so the reading "
        "does not count; the cycle starts on 2026-07-01",
    )
    assert loaded.journal.entries == (okr.CheckIn("o-k", day(4, 3), 8),)
    for other in ({"cycle": Q3, "on": day(4, 3)}, {"cycle": None}):
        assert okr.read_rows([{**row, "Date": "2026-08-03"}], **other).problems == ()
    without = okr.read_rows([{**row, "Date": "2026-04-03"}])
    assert without.problems == ()
    noted = {"Objective": "O", "Key Result": "K", "Target": "10", "Note": "planned"}
    assert okr.read_rows([{**noted, "Date": "2026-04-03"}], cycle=Q3).problems == ()


@pytest.mark.parametrize("is_draft", [False, True])
def test_what_is_to_carry_on_an_objective_is_no_second_one_in_its_team(is_draft: bool) -> None:
    place = okr.Place(team="Ops")
    q4 = okr.FiscalCalendar().quarter(2026, 4)
    first = objective("o", place=place)
    then = objective("then", continues="o", cycle=Q3 if is_draft else q4, place=place)
    plan = okr.Plan([first, then])
    journal = okr.Journal([okr.CheckIn("o-k", day(8, 1), 40)])
    if is_draft:
        journal = journal.add(okr.Transition("then", Q3.start, okr.Lifecycle.DRAFT))
    card = okr.evaluate(plan, journal, as_of=day(8, 1))
    (ops,) = card.group_by("team")
    assert (ops.ids, ops.n, ops.mean_score) == (("o",), 1, 0.4)
    (alone,) = card.where(ids=["then"]).group_by("team")
    assert (alone.ids, alone.n, alone.mean_score) == (("then",), 1, None)
    assert sum(group.n for group in card.group_by("cycle")) == 2

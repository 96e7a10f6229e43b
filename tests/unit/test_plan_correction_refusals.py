"""Refusals of `correct`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore

okr: Any = okrcore

DAY = date(2026, 8, 14)
CALLS = okr.KeyResult("calls", "Calls", okr.Reach(100))
ERRORS = okr.Guardrail("errors", "Errors, %", okr.AtMost(3))
SERVE = okr.Objective("serve", "Serve", key_results=[CALLS], guardrails=[ERRORS])
PLAN = okr.Plan([SERVE])
JOURNAL = okr.Journal(
    [
        *okr.check_ins(DAY, {"calls": 40, "errors": 2}),
        okr.Adjustment(
            "serve",
            DAY,
            adds=[okr.KeyResult("chats", "Chats", okr.Reach(50))],
            because="chats came",
        ),
    ]
)


def correct(item: Any, **more: Any) -> Any:
    return okr.journal.correct(PLAN, JOURNAL, item, **more)


WAY_OUT = "write an Adjustment, or give rewrites_history_ok=True [rewrites-history]"
REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "no plan": (
        lambda: okr.journal.correct(SERVE, JOURNAL, CALLS),
        "correct.plan: must have the right type, got Objective('serve', 'Serve', 1 key result); give"
        " a Plan [wrong-type]",
    ),
    "no journal": (
        lambda: okr.journal.correct(PLAN, PLAN, CALLS),
        "correct.journal: must have the right type, got Plan(1 objective, 3 items); give a Journal"
        " [wrong-type]",
    ),
    "a reference": (
        lambda: correct(okr.KeyResultRef("calls")),
        "correct.item: must have the right type, got KeyResultRef(to='calls', weight=1.0); give an"
        " Objective or KeyResult or Guardrail or Initiative or Metric or Outside or Priority [wrong-type]",
    ),
    "no flag": (
        lambda: correct(CALLS, rewrites_history_ok="yes"),
        "correct.rewrites_history_ok: must be True or False, got 'yes' [not-true-or-false]",
    ),
    "an unknown item": (
        lambda: correct(okr.Metric("nps", "NPS")),
        "correct.item: must be a known id, got 'nps'; to add an item, put it into the plan"
        " [unknown-id]",
    ),
    "an item with a misspelt id": (
        lambda: correct(evolve(CALLS, id="call")),
        "correct.item: must be a known id, got 'call'; did you mean 'calls'? [unknown-id]",
    ),
    "an item that joins on a day": (
        lambda: correct(okr.KeyResult("chats", "Chats", okr.Reach(5))),
        "correct.item: must be a known id, got 'chats'; it joins by an Adjustment: void that by a"
        " Correction, and write it anew [unknown-id]",
    ),
    "an item of another kind": (
        lambda: correct(okr.Metric("calls", "Calls"), rewrites_history_ok=True),
        "Metric('calls').id: must be used only once, got 'calls'; 'calls' is a key result; give"
        " another id [duplicate-id]",
    ),
    "another measure": (
        lambda: correct(evolve(CALLS, measure=okr.Reach(50))),
        "KeyResult('calls').measure: must not change a past that entries depend on, got"
        f" Reach(target=50.0); the first is CheckIn('calls', 2026-08-14, 40.0): {WAY_OUT}",
    ),
    "a waypoint": (
        lambda: correct(evolve(CALLS, timing=okr.Timing(waypoints=[okr.Waypoint(DAY, 10)]))),
        "KeyResult('calls').timing.waypoints: must not change a past that entries depend on, got"
        " (Waypoint(on=datetime.date(2026, 8, 14), value=10.0),); the first is CheckIn('calls',"
        f" 2026-08-14, 40.0): {WAY_OUT}",
    ),
    "a member that joins": (
        lambda: correct(evolve(SERVE, initiatives=[okr.Initiative("desk", "Desk")])),
        "Objective('serve').initiatives: must not change a past that entries depend on, got"
        " Initiative(id='desk', title='Desk', drives=(), owner=None, due=None,"
        " weight=1.0); the first is"
        f" Adjustment('serve', 2026-08-14, pivot): {WAY_OUT}",
    ),
    "a member that leaves": (
        lambda: correct(evolve(SERVE, guardrails=[])),
        "Objective('serve').guardrails: must not change a past that entries depend on, got"
        " Guardrail('errors', 'Errors, %', AtMos...=3.0, warn_at=None, tolerated_to=None)); the"
        f" first is CheckIn('errors', 2026-08-14, 2.0): {WAY_OUT}",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_correction_is_refused_with_its_reason(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

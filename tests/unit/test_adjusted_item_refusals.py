"""Refusals of adjustments by their place: ids, homes and groups of the items that they change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore

okr: Any = okrcore

DAY, LATER = date(2026, 8, 14), date(2026, 8, 17)
Q3 = okr.FiscalCalendar().quarter(2026, 3)
CALLS = okr.KeyResult("calls", "Calls", okr.Reach(100), due=date(2026, 9, 20))
CHATS = okr.KeyResult("chats", "Chats", okr.Reach(50))
ERRORS = okr.Guardrail("errors", "Errors, %", okr.AtMost(3))
SERVE = okr.Objective("serve", "Serve", cycle=Q3, key_results=[CALLS], guardrails=[ERRORS])
SELL = okr.Objective("sell", "Sell", cycle=Q3, key_results=[okr.KeyResultRef("calls")])
VISITS = okr.Metric("visits", "Visits")
PLAN = okr.Plan([SERVE, SELL], metrics=[VISITS])


def adjusted(of: str = "calls", on: date = DAY, **given: Any) -> Any:
    return okr.Adjustment(of, on, **({"because": "a storm"} | given))


def admit(*entries: Any) -> Any:
    return okr.admit(PLAN, okr.Journal(), *entries)


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "another id": (
        lambda: adjusted(sets={"id": "talks"}),
        "Adjustment.sets: must be a known field, got 'id'; an id stays [unknown-field]",
    ),
    "members as a field": (
        lambda: adjusted("serve", sets={"guardrails": []}),
        "Adjustment.sets: must be a known field, got 'guardrails'; use adds and removes "
        "[unknown-field]",
    ),
    "a weight of an objective": (
        lambda: admit(adjusted("serve", weight=2)),
        "Adjustment('serve', 2026-08-14).weight: must be an item of the right kind, got "
        "'serve'; adjust its key results [wrong-kind]",
    ),
    "a field of another kind": (
        lambda: admit(adjusted(sets={"hard": False})),
        "Adjustment('calls', 2026-08-14).hard: must be an item of the right kind, got "
        "'calls'; KeyResult('calls') has no hard [wrong-kind]",
    ),
    "a part of the group of another kind": (
        lambda: admit(adjusted(sets={"profile.must_hit": True})),
        "KeyResult('calls').profile.must_hit: must be an item of the right kind, got True; "
        "KeyResult('calls') has no profile.must_hit [wrong-kind]",
    ),
    "an item that joins later": (
        lambda: admit(adjusted("serve", LATER, adds=[CHATS]), adjusted("chats", weight=2)),
        "Adjustment('chats', 2026-08-14).of: must be in the plan on that day, got 'chats'; it"
        " joins the plan on 2026-08-17 [not-in-force]",
    ),
    "an item that is not there": (
        lambda: admit(adjusted("chat", weight=2)),
        "Adjustment('chat', 2026-08-14).of: must be a known id, got 'chat' [unknown-id]",
    ),
    "an id in use": (
        lambda: admit(adjusted("sell", adds=[evolve(CALLS, weight=2)])),
        "Adjustment('sell', 2026-08-14).adds['calls']: must be used only once, got 'calls'; a"
        " key result has it; give another id [duplicate-id]",
    ),
    "another kind under an id that left": (
        lambda: admit(
            adjusted("serve", removes=["errors"]),
            adjusted("serve", LATER, adds=[evolve(CHATS, id="errors")]),
        ),
        "Adjustment('serve', 2026-08-17).adds['errors']: must be an item of the right kind, "
        "got 'errors'; it was a guardrail; give another id [wrong-kind]",
    ),
    "another home under an id that left": (
        lambda: admit(
            adjusted("serve", removes=["errors"]), adjusted("sell", LATER, adds=[ERRORS])
        ),
        "Adjustment('sell', 2026-08-17).adds['errors']: must be an item of the right kind, "
        "got 'errors'; it was at home in 'serve'; give another id [wrong-kind]",
    ),
    "other readings under an id that left": (
        lambda: admit(
            adjusted("serve", adds=[CHATS]),
            adjusted("serve", LATER, removes=["chats"]),
            adjusted("serve", date(2026, 8, 20), adds=[evolve(CHATS, measure=okr.PassFail())]),
        ),
        "Adjustment('serve', 2026-08-20).adds['chats']: must be an item of the right kind, "
        "got 'chats'; KeyResult('chats') took other readings; give another id [wrong-kind]",
    ),
    "a member that others count": (
        lambda: admit(adjusted("serve", removes=["calls"])),
        "Adjustment('serve', 2026-08-14): must be a known id, got 'calls'; "
        "Objective('sell').key_results[0] would not fit: Objective('sell').key_results[0]: "
        "must be a known id, got 'calls' [unknown-id] [unknown-id]",
    ),
    "a member that is none": (
        lambda: admit(adjusted("serve", removes=["visits"])),
        "Adjustment('serve', 2026-08-14).removes[0]: must be an item of the right kind, got "
        "'visits'; name a member of the objective, not a metric [wrong-kind]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_changed_plan_is_refused_with_its_reason(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

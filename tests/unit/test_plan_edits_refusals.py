"""Refusals of `put`, `remove` and `subtree`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import okrcore

okr: Any = okrcore

LEAD = okr.KeyResult("lead", "Lead time, days", okr.Decrease(30, 10))
HOME = okr.Objective(
    "serve",
    "Serve faster",
    key_results=[LEAD, okr.KeyResult("nps-up", "NPS", okr.Increase(30, 40), metric="nps")],
    guardrails=[okr.Guardrail("calls", "Repeated calls, %", okr.AtMost(3), protects="lead")],
    initiatives=[okr.Initiative("desk", "A second desk", drives=["lead"])],
    supports=["co"],
)
GUEST = okr.Objective(
    "sell", "Sell more", key_results=[okr.KeyResultRef("lead")], supports=["serve"]
)
PLAN = okr.Plan([HOME, GUEST], metrics=[okr.Metric("nps", "NPS")], outside=[okr.Outside("co")])

REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "put: no item": (
        lambda: PLAN.put("lead"),
        "Plan.put: must have the right type, got 'lead'; give an Objective or KeyResult or"
        " Guardrail or Initiative or Metric or Outside or Priority or KeyResultRef [wrong-type]",
    ),
    "put: a new key result without its objective": (
        lambda: PLAN.put(okr.KeyResult("led", "Lead time", okr.PassFail())),
        "Plan.put.into: must be given, got None; 'led' is new; give the id of its objective; did you"
        " mean 'lead'? [missing-field]",
    ),
    "put: a new guardrail without its objective": (
        lambda: PLAN.put(okr.Guardrail("errors", "Errors", okr.AtMost(2))),
        "Plan.put.into: must be given, got None; 'errors' is new; give the id of its objective"
        " [missing-field]",
    ),
    "put: a new initiative without its objective": (
        lambda: PLAN.put(okr.Initiative("hire", "Hire two people")),
        "Plan.put.into: must be given, got None; 'hire' is new; give the id of its objective"
        " [missing-field]",
    ),
    "put: a reference without an objective": (
        lambda: PLAN.put(okr.KeyResultRef("lead", weight=2)),
        "Plan.put.into: must be given, got None; give the id of its objective [missing-field]",
    ),
    "put: an unknown objective": (
        lambda: PLAN.put(LEAD, into="sel"),
        "Plan.put.into: must be a known id, got 'sel'; did you mean 'sell'? [unknown-id]",
    ),
    "put: into an item that is no objective": (
        lambda: PLAN.put(LEAD, into="nps"),
        "Plan.put.into: must be an item of the right kind, got 'nps'; it is a metric [wrong-kind]",
    ),
    "put: into no text": (
        lambda: PLAN.put(LEAD, into=HOME),
        "Plan.put.into: must be a known id, got Objective('serve', 'Serve faster', 2 key results)"
        " [unknown-id]",
    ),
    "put: an objective into another": (
        lambda: PLAN.put(GUEST, into="serve"),
        "Plan.put.into: must be an item of the right kind, got 'serve'; leave it out: 'sell' is an"
        " objective, a member of none [wrong-kind]",
    ),
    "put: a metric into an objective": (
        lambda: PLAN.put(okr.Metric("churn", "Churn"), into="serve"),
        "Plan.put.into: must be an item of the right kind, got 'serve'; leave it out: 'churn' is a"
        " metric, a member of none [wrong-kind]",
    ),
    "put: an item outside into an objective": (
        lambda: PLAN.put(okr.Outside("co-2"), into="serve"),
        "Plan.put.into: must be an item of the right kind, got 'serve'; leave it out: 'co-2' is"
        " outside the plan, a member of none [wrong-kind]",
    ),
    "put: an objective with the id of a key result": (
        lambda: PLAN.put(okr.Objective("lead", "Lead")),
        "Objective('lead').id: must be used only once, got 'lead'; 'lead' is a key result; give"
        " another id [duplicate-id]",
    ),
    "put: a key result with the id of a guardrail": (
        lambda: PLAN.put(okr.KeyResult("calls", "Calls", okr.AtMost(3)), into="serve"),
        "KeyResult('calls').id: must be used only once, got 'calls'; 'calls' is a guardrail;"
        " give another id [duplicate-id]",
    ),
    "put: a metric with an id outside the plan": (
        lambda: PLAN.put(okr.Metric("co", "Company")),
        "Metric('co').id: must be used only once, got 'co'; 'co' is outside the plan; give"
        " another id [duplicate-id]",
    ),
    "put: a reference to an unknown key result": (
        lambda: PLAN.put(okr.KeyResultRef("nps-upp"), into="sell"),
        "Objective('sell').key_results[1]: must be a known id, got 'nps-upp'; did you mean 'nps-up'?"
        " [unknown-id]",
    ),
    "put: a reference into the home of its key result": (
        lambda: PLAN.put(okr.KeyResultRef("lead"), into="serve"),
        "Objective('serve').key_results[2]: must be used only once, got 'lead'; let a key result"
        " count once in an objective, with its weight [duplicate-id]",
    ),
    "put: a key result away from its guardrail": (
        lambda: PLAN.put(LEAD, into="sell"),
        "Guardrail('calls').protects: must be an item of the right kind, got 'lead'; name a key"
        " result that counts in 'serve' [wrong-kind]",
    ),
    "put: an unknown metric": (
        lambda: PLAN.put(okr.KeyResult("lead", "Lead time", okr.Decrease(30, 10), metric="npss")),
        "KeyResult('lead').metric: must be a known id, got 'npss'; did you mean 'nps'? [unknown-id]",
    ),
    "remove: an unknown id": (
        lambda: PLAN.remove("desk", "selll"),
        "Plan.remove: must be a known id, got 'selll'; did you mean 'sell'? [unknown-id]",
    ),
    "remove: no id": (
        lambda: PLAN.remove(["desk"]),
        "Plan.remove: must be a known id, got ['desk'] [unknown-id]",
    ),
    "remove: a key result that others name": (
        lambda: PLAN.remove("lead"),
        "Guardrail('calls').protects: must be a known id, got 'lead'; it is to be removed: change"
        " this field first, or remove both [unknown-id]",
    ),
    "remove: a key result that counts elsewhere": (
        lambda: PLAN.remove("lead", "calls", "desk"),
        "Objective('sell').key_results[0]: must be a known id, got 'lead'; it is to be removed:"
        " change this field first, or remove both [unknown-id]",
    ),
    "remove: an objective that another supports": (
        lambda: PLAN.remove("serve"),
        "Objective('sell').supports[0]: must be a known id, got 'serve'; it is to be removed: change"
        " this field first, or remove both [unknown-id]",
    ),
    "remove: a metric that is read": (
        lambda: PLAN.remove("nps"),
        "KeyResult('nps-up').metric: must be a known id, got 'nps'; it is to be removed: change this"
        " field first, or remove both [unknown-id]",
    ),
    "remove: an item outside that is supported": (
        lambda: PLAN.remove("co"),
        "Objective('serve').supports[0]: must be a known id, got 'co'; it is to be removed: change"
        " this field first, or remove both [unknown-id]",
    ),
    "subtree: of none": (
        PLAN.subtree,
        "Plan.subtree: must not be empty, got () [empty]",
    ),
    "subtree: of an unknown objective": (
        lambda: PLAN.subtree("sell", "serv"),
        "Plan.objective: must be a known id, got 'serv'; did you mean 'serve'? [unknown-id]",
    ),
    "subtree: of a key result": (
        lambda: PLAN.subtree("sell", "lead"),
        "Plan.objective: must be an item of the right kind, got 'lead'; it is a key result"
        " [wrong-kind]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_an_edit_is_refused_with_its_reason(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message
    assert len(PLAN.items) == 8

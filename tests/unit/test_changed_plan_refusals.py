"""Refusals of changed plans: of adjustments, of their admission, and of plans that are saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore
from okrcore import codec

okr: Any = okrcore

NOON = datetime(2026, 8, 14, 12, tzinfo=UTC)
DAY, LATER = date(2026, 8, 14), date(2026, 8, 17)
Q3, Q4 = okr.FiscalCalendar().quarter(2026, 3), okr.FiscalCalendar().quarter(2026, 4)
CALLS = okr.KeyResult("calls", "Calls", okr.Reach(100), due=date(2026, 9, 20))
CHATS = okr.KeyResult("chats", "Chats", okr.Reach(50))
ERRORS = okr.Guardrail("errors", "Errors, %", okr.AtMost(3))
SERVE = okr.Objective("serve", "Serve", cycle=Q3, key_results=[CALLS], guardrails=[ERRORS])
SELL = okr.Objective("sell", "Sell", cycle=Q3, key_results=[okr.KeyResultRef("calls")])
VISITS = okr.Metric("visits", "Visits")
PLAN = okr.Plan([SERVE, SELL], metrics=[VISITS])
NONE = okr.Journal()


def adjusted(of: str = "calls", on: date = DAY, **given: Any) -> Any:
    return okr.Adjustment(of, on, **({"because": "a storm"} | given))


def admit(*entries: Any, plan: Any = PLAN) -> Any:
    return okr.admit(plan, NONE, *entries)


def saved(new: Any, *, on: date = DAY, journal: Any = NONE) -> Any:
    return okr.adjustments(PLAN, journal, new, on=on, because="a storm")


def with_calls(**given: Any) -> Any:
    return PLAN.put(evolve(CALLS, **given))


def evaluated(*entries: Any) -> Any:
    return okr.evaluate(PLAN, okr.Journal(entries), as_of=DAY)


def read_sets(sets: object) -> Any:
    document = codec.dump(okr.Journal([adjusted(weight=2)]))
    document["data"]["entries"][0]["sets"] = sets
    return codec.load(document)


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    # adjustments
    "fields that are no pairs": (
        lambda: adjusted(sets="method"),
        "Adjustment.sets: must have the right type, got 'method'; give a dict, such as "
        '{"method": "health"} [wrong-type]',
    ),
    "an unknown field": (
        lambda: adjusted(sets={"metod": "house"}),
        "Adjustment.sets: must be a known field, got 'metod'; did you mean 'method'? "
        "[unknown-field]",
    ),
    "another id": (
        lambda: adjusted(sets={"id": "talks"}),
        "Adjustment.sets: must be a known field, got 'id'; an id stays [unknown-field]",
    ),
    "members as a field": (
        lambda: adjusted("serve", sets={"guardrails": []}),
        "Adjustment.sets: must be a known field, got 'guardrails'; use adds and removes "
        "[unknown-field]",
    ),
    "a field twice": (
        lambda: adjusted(weight=2, sets={"weight": 3}),
        "Adjustment.sets: must be used only once, got 'weight'; give each field once "
        "[duplicate-id]",
    ),
    "a value that no record has": (
        lambda: adjusted(sets={"hard": "no"}),
        "Adjustment.sets['hard']: must be True or False, got 'no' [not-true-or-false]",
    ),
    "fields in a document that are no object": (
        lambda: read_sets([1]),
        "$.data.entries[0].sets: must be an object, got [1] [not-an-object]",
    ),
    "a wrong value in a document": (
        lambda: read_sets({"hard": "no"}),
        "$.data.entries[0].sets.hard: must be True or False, got 'no' [not-true-or-false]",
    ),
    # one entry
    "a weight of an objective": (
        lambda: admit(adjusted("serve", weight=2)),
        "Adjustment('serve', 2026-08-14).weight: must be an item of the right kind, got "
        "'serve'; adjust its key results [wrong-kind]",
    ),
    "a scope of a guardrail": (
        lambda: admit(adjusted("errors", rescale=0.5)),
        "Adjustment('errors', 2026-08-14).rescale: must be an item of the right kind, got "
        "'errors'; adjust a key result [wrong-kind]",
    ),
    "members of a key result": (
        lambda: admit(adjusted(adds=[CHATS])),
        "Adjustment('calls', 2026-08-14).adds: must be an item of the right kind, got "
        "'calls'; members join and leave under the id of their objective [wrong-kind]",
    ),
    "a field of another kind": (
        lambda: admit(adjusted(sets={"hard": False})),
        "Adjustment('calls', 2026-08-14).hard: must be an item of the right kind, got "
        "'calls'; KeyResult('calls') has no hard [wrong-kind]",
    ),
    "a part of a group without a default": (
        lambda: admit(adjusted("serve", sets={"micro.hypothesis": "x"})),
        "Objective('serve').micro.hypothesis: must be an item of the right kind, got 'x'; set"
        " micro as a whole [wrong-kind]",
    ),
    "a title": (
        lambda: admit(adjusted(sets={"title": "Calls a day"})),
        "Adjustment('calls', 2026-08-14).sets['title']: must count, got 'Calls a day'; it is "
        "wording, which has no days: put it into the plan as stored [wording]",
    ),
    # entries in order
    "an item that left": (
        lambda: admit(adjusted("serve", removes=["errors"]), okr.CheckIn("errors", LATER, 2)),
        "CheckIn('errors', 2026-08-17).of: must be in the plan on that day, got 'errors'; it "
        "left the plan on 2026-08-14 [not-in-force]",
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
    "a member under another id": (
        lambda: admit(adjusted("serve", adds=[okr.Metric("nps", "NPS")])),
        "Adjustment('serve', 2026-08-14).adds: must be an item of the right kind, got 'nps'; "
        "it joins by an adjustment of its own id [wrong-kind]",
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
    "a join that changes nothing": (
        lambda: admit(adjusted("serve", adds=[ERRORS])),
        "Adjustment('serve', 2026-08-14): must change the plan as stored, got 'serve'; the "
        "plan as stored has what the adjustment of 2026-08-14 gives; keep the plan as it was "
        "[already-in-plan]",
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
    "a due day after the end": (
        lambda: admit(adjusted(due=date(2026, 10, 9))),
        "Adjustment('calls', 2026-08-14).due: must not be after the end of the cycle, got "
        "datetime.date(2026, 10, 9); 'serve' ends on 2026-09-30; move its end, by an "
        "Adjustment of its cycle [after-cycle]",
    ),
    "an end before a due day": (
        lambda: admit(adjusted("serve", cycle=okr.Cycle(Q3.start, date(2026, 8, 31)))),
        "Adjustment('serve', 2026-08-14).cycle: must not be after the end of the cycle, got "
        "datetime.date(2026, 8, 31); due later: calls; move their deadlines on the same day "
        "[after-cycle]",
    ),
    # results and roll-over
    "a result of an item that left": (
        lambda: evaluated(adjusted("serve", removes=["errors"]))["errors"],
        "Plan: must be in the plan on that day, got 'errors'; it left the plan on 2026-08-14;"
        " as of the day before it has a result [not-in-force]",
    ),
    "a result of an item that joins later": (
        lambda: evaluated(adjusted("serve", LATER, adds=[CHATS]))["chats"],
        "Plan: must be in the plan on that day, got 'chats'; it joins the plan on 2026-08-17 "
        "[not-in-force]",
    ),
    "a roll-over to the id of a join": (
        lambda: okr.review.roll_over(
            PLAN,
            okr.Journal(
                [
                    adjusted("serve", adds=[CHATS]),
                    okr.Closing("serve", Q3.end, okr.ClosingDecision.CARRY),
                ]
            ),
            as_of=Q3.end,
            cycle=Q4,
            name=lambda _: "chats",
        ),
        "roll_over.name: must be used only once, got 'chats'; an adjustment adds an item of "
        "this id; give other names [duplicate-id]",
    ),
    # a plan that is saved
    "another kind of reading": (
        lambda: saved(with_calls(measure=okr.PassFail())),
        "KeyResult('calls').measure: must be an item of the right kind, got PassFail(); it "
        "takes a number or a Ratio; give a key result that takes other readings an id of its "
        "own [wrong-kind]",
    ),
    "another kind": (
        lambda: saved(PLAN.remove("errors").put(okr.Initiative("errors", "Errors"), into="serve")),
        "Initiative('errors').kind: must be an item of the right kind, got "
        "Initiative(id='errors', title='Errors', drives=(), owner=None, due=None); it is a "
        "guardrail; give the new item an id of its own [wrong-kind]",
    ),
    "another home": (
        lambda: saved(PLAN.put(ERRORS, into="sell")),
        "Guardrail('errors').home: must be an item of the right kind, got 'sell'; it is at "
        "home in 'serve'; give it an id of its own in 'sell' [wrong-kind]",
    ),
    "a change after the end": (
        lambda: saved(with_calls(weight=2), on=date(2026, 10, 9)),
        "KeyResult('calls').weight: must not be after the end of the cycle, got "
        "datetime.date(2026, 10, 9); 'serve' ended on 2026-09-30, and its score is final; "
        "carry it over [after-cycle]",
    ),
    "a change before another of the day": (
        lambda: saved(
            with_calls(weight=2), journal=okr.Journal([adjusted(weight=3, recorded=NOON)])
        ),
        "KeyResult('calls').weight: must come after the one before, got datetime.date(2026, "
        "8, 14); other adjustments of the day have a moment: give `recorded`, after them "
        "[out-of-order]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_changed_plan_is_refused_with_its_reason(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

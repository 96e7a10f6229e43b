"""Refusals of adjustments, of the changes between plans, and of items that are not in the plan on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore

okr: Any = okrcore

DAY = date(2026, 8, 14)
LATER = date(2026, 8, 20)
END = date(2026, 9, 30)
Q3 = okr.Cycle(date(2026, 7, 1), END)
CALLS = okr.KeyResult("calls", "Calls", okr.Reach(100))
CHATS = okr.KeyResult("chats", "Chats", okr.Reach(50))
ERRORS = okr.Guardrail("errors", "Errors", okr.AtMost(3))
SERVE = okr.Objective("serve", "Serve", key_results=[CALLS], guardrails=[ERRORS], cycle=Q3)
GROW = okr.Objective("grow", "Grow", cycle=Q3)
PLAN = okr.Plan([SERVE, GROW], metrics=[okr.Metric("nps", "NPS")])
NONE = okr.Journal()


def adjustment(of: str, on: date = DAY, **more: Any) -> Any:
    return okr.Adjustment(of, on, because="x", **more)


def admit(*entries: Any, journal: Any = NONE) -> Any:
    return okr.admit(PLAN, journal, *entries)


def adjust(new: Any, *, journal: Any = NONE, on: date = DAY, **more: Any) -> Any:
    return okr.adjustments(PLAN, journal, new, on=on, because="x", **more)


JOINED = admit(adjustment("serve", adds=[CHATS]))
LEFT = admit(adjustment("serve", removes=["calls"]))

REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "values in no mapping": (lambda: adjustment("k", sets=["due"]),
        "Adjustment.sets: must have the right type, got ['due']; give a dict, such as "
        '{"method": "health"} [wrong-type]'),
    "an unknown field": (lambda: adjustment("k", sets={"wieght": 2}),
        "Adjustment.sets: must be a known field, got 'wieght'; did you mean 'weight'? "
        "[unknown-field]"),
    "a field twice": (lambda: adjustment("k", weight=2, sets={"weight": 3}),
        "Adjustment.sets: must be used only once, got 'weight'; give each field once "
        "[duplicate-id]"),
    "a bound twice": (
        lambda: adjustment("errors", measure=okr.AtMost(3), sets={"bound": okr.AtMost(4)}),
        "Adjustment.sets: must be used only once, got 'bound'; give each field once [duplicate-id]",
    ),
    "an item twice": (
        lambda: adjustment("serve", adds=[CHATS, okr.Guardrail("chats", "C", okr.AtMost(3))]),
        "Adjustment.adds: must not have the same name twice, got 'chats' [repeated]",
    ),
    "a value of another type": (lambda: adjustment("k", sets={"weight": "3"}),
        "Adjustment.sets['weight']: must be a finite number, got '3' [not-a-number]"),
    "a pause without a lifecycle": (
        lambda: admit(adjustment("errors", kind=okr.AdjustmentKind.PAUSE)),
        "Adjustment('errors', 2026-08-14).kind: must be an item of the right kind, got "
        "'errors'; pause an objective, key result or initiative [wrong-kind]",
    ),
    "a factor of a guardrail": (lambda: admit(adjustment("errors", rescale=2)),
        "Adjustment('errors', 2026-08-14).rescale: must be an item of the right kind, got "
        "'errors'; adjust a key result [wrong-kind]"),
    "a plan whose changes do not fit each other": (
        lambda: okr.Journal([adjustment("serve", removes=["calls"])]).effective(
            okr.Plan([SERVE, evolve(GROW, key_results=[okr.KeyResultRef("calls")])]), on=DAY),
        "Objective('grow').key_results[0]: must be a known id, got 'calls' [unknown-id]"),
    "a change beside a leaving": (lambda: adjustment("serve", removes=["serve"], owner="Ana"),
        "Adjustment.owner: must not change an item that joins or leaves by the same adjustment, "
        "got Person(name='Ana'); the item joins or leaves as a whole; put it in another "
        "adjustment [mixed-change]"),
    "a member of a metric": (lambda: admit(adjustment("nps", adds=[CHATS])),
        "Adjustment('nps', 2026-08-14).adds: must be an item of the right kind, got 'chats'; "
        "members join under the id of their objective [wrong-kind]"),
    "members of a key result": (lambda: admit(adjustment("calls", removes=["errors"])),
        "Adjustment('calls', 2026-08-14).removes: must be an item of the right kind, got "
        "'calls'; members join and leave under the id of their objective [wrong-kind]"),
    "wording": (lambda: admit(adjustment("calls", sets={"title": "Phone calls"})),
        "Adjustment('calls', 2026-08-14).sets['title']: must count, got 'Phone calls'; it is "
        "wording, which has no days: put it into the plan as stored [wording]"),
    "a deadline after the cycle": (lambda: admit(adjustment("calls", due=date(2026, 10, 9))),
        "Adjustment('calls', 2026-08-14).due: must not be after the end of the cycle, got "
        "datetime.date(2026, 10, 9); 'serve' ends on 2026-09-30; move its end, by an "
        "Adjustment of its cycle [after-cycle]"),
    "an end before a deadline": (
        lambda: admit(
            adjustment("calls", due=END),
            adjustment("serve", LATER, cycle=evolve(Q3, end=date(2026, 9, 1))),
        ),
        "Adjustment('serve', 2026-08-20).cycle: must not be after the end of the cycle, got "
        "datetime.date(2026, 9, 1); due later: calls; move their deadlines on the same day "
        "[after-cycle]",
    ),
    "an item that has left": (lambda: admit(okr.CheckIn("calls", LATER, 5), journal=LEFT),
        "CheckIn('calls', 2026-08-20).of: must be in the plan on that day, got 'calls'; it "
        "left the plan on 2026-08-14 [not-in-force]"),
    "a result of an item that has left": (
        lambda: okr.evaluate(PLAN, LEFT, as_of=LATER)["calls"],
        "Plan: must be in the plan on that day, got 'calls'; it left the plan on 2026-08-14; "
        "as of the day before it has a result [not-in-force]",
    ),
    "a result of an item that joins later": (
        lambda: okr.evaluate(PLAN, JOINED, as_of=date(2026, 8, 1))["chats"],
        "Plan: must be in the plan on that day, got 'chats'; it joins the plan on 2026-08-14 "
        "[not-in-force]",
    ),
    "an item of its own among members": (
        lambda: admit(adjustment("serve", adds=[okr.Metric("csat", "CSAT")])),
        "Adjustment('serve', 2026-08-14).adds: must be an item of the right kind, got 'csat';"
        " it joins by an adjustment of its own id [wrong-kind]",
    ),
    "an id of another kind again": (
        lambda: admit(
            adjustment("serve", LATER, adds=[okr.Initiative("calls", "Call")]), journal=LEFT
        ),
        "Adjustment('serve', 2026-08-20).adds['calls']: must be an item of the right kind, "
        "got 'calls'; it was a key result; give another id [wrong-kind]",
    ),
    "a plan that does not fit": (
        lambda: admit(adjustment("calls", sets={"metric": "csat"})),
        "Adjustment('calls', 2026-08-14): must be a known id, got 'csat'; "
        "KeyResult('calls').metric would not fit: KeyResult('calls').metric: must be a known "
        "id, got 'csat' [unknown-id] [unknown-id]",
    ),
    "nothing new": (
        lambda: okr.admit(PLAN.put(CHATS, into="serve"), NONE, adjustment("serve", adds=[CHATS])),
        "Adjustment('serve', 2026-08-14): must change the plan as stored, got 'serve'; the "
        "plan as stored has what the adjustment of 2026-08-14 gives; keep the plan as it was "
        "[already-in-plan]",
    ),
    "another kind in a new plan": (
        lambda: adjust(PLAN.remove("nps").put(okr.Outside("nps"))),
        "Outside('nps').kind: must be an item of the right kind, got Outside(id='nps', "
        "title=''); it is a metric; give the new item an id of its own [wrong-kind]",
    ),
    "another home in a new plan": (lambda: adjust(PLAN.put(CALLS, into="grow")),
        "KeyResult('calls').home: must be an item of the right kind, got 'grow'; it is at "
        "home in 'serve'; give it an id of its own in 'grow' [wrong-kind]"),
    "other readings in a new plan": (
        lambda: adjust(PLAN.put(evolve(CALLS, measure=okr.PassFail()))),
        "KeyResult('calls').measure: must be an item of the right kind, got PassFail(); it "
        "takes a number or a Ratio; give a key result that takes other readings an id of its "
        "own [wrong-kind]",
    ),
    "a new plan after the end": (
        lambda: adjust(PLAN.put(evolve(CALLS, weight=2)), on=date(2026, 10, 5)),
        "KeyResult('calls').weight: must not be after the end of the cycle, got "
        "datetime.date(2026, 10, 5); 'serve' ended on 2026-09-30, and its score is final; "
        "carry it over [after-cycle]",
    ),
    "a new plan without a moment": (
        lambda: adjust(
            PLAN.put(evolve(CALLS, weight=2)),
            journal=admit(
                adjustment("calls", weight=3, recorded=datetime(2026, 8, 14, 9, tzinfo=UTC))
            ),
        ),
        "KeyResult('calls').weight: must come after the one before, got datetime.date(2026, "
        "8, 14); other adjustments of the day have a moment: give `recorded`, after them "
        "[out-of-order]",
    ),
    "an id of an item that joins": (
        lambda: okr.review.roll_over(
            evolve(PLAN, objectives=[evolve(SERVE, ambition=okr.Ambition.ASPIRATIONAL), GROW]),
            admit(adjustment("grow", adds=[okr.KeyResult("calls@next", "C", okr.Reach(1))])),
            as_of=END,
            cycle=okr.Cycle(date(2026, 10, 1), date(2026, 12, 31), name="next"),
        ),
        "roll_over.name: must be used only once, got 'calls@next'; an adjustment adds an item of"
        " this id; give other names [duplicate-id]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_has_its_whole_message(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

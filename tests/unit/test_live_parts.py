"""Entries that take an evaluation of their part, and those that take one of everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.journal import Entry
from okrcore.rulebook import BreachEffect, GuardrailRule, OverrideDuration, Weighing
from okrcore.scorecard import live as module

DAY = date(2026, 8, 14)
BEFORE = date(2026, 8, 10)
Q3 = okr.FiscalCalendar().quarter(2026, 3)
POOL = okr.rulebook.RollUpRule(
    parts=[
        okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
        okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
    ]
)
SUM = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
PLAN = okr.Plan(
    [
        okr.Objective("top", "Top", cycle=Q3, key_results=[okr.KeyResult("t", "T", okr.Reach(10))]),
        okr.Objective(
            "sum",
            "Sum",
            cycle=Q3,
            supports=["top"],
            key_results=[okr.KeyResult("s", "S", okr.Increase(0, 20), derived=SUM)],
        ),
        okr.Objective(
            "mid",
            "Mid",
            cycle=Q3,
            supports=["top"],
            key_results=[
                okr.KeyResult("m", "M", okr.Increase(None, 10)),
                okr.KeyResultRef("a", weight=3),
            ],
            guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
        ),
        okr.Objective(
            "low",
            "Low",
            cycle=Q3,
            supports=["mid"],
            key_results=[
                okr.KeyResult("a", "A", okr.Increase(0, 10), weight=0),
                okr.KeyResult("b", "B", okr.Increase(0, 10)),
                okr.KeyResult("c", "C", okr.Increase(0, 10), metric="x"),
            ],
            initiatives=[okr.Initiative("i", "I")],
        ),
    ],
    metrics=[okr.Metric("x", "X", aggregation=okr.Aggregation.SUM)],
)
READ = okr.Journal(
    [
        *okr.check_ins(
            date(2026, 8, 3), {"a": 1, "b": 2, "t": 3, "x": 2, "m": 4, "g": 1, "i": 0.5}
        ),
        *okr.check_ins(DAY, {"a": 4, "b": 6}),
    ]
)
CLOSE = okr.Closing("low", DAY, okr.ClosingDecision.CARRY, because="over", id="close", judged=0.1)
REOPEN = okr.Transition("low", DAY, okr.Lifecycle.ACTIVE)
CONFINED: dict[str, Sequence[Entry]] = {
    "adjusted measure": [okr.Adjustment("a", DAY, measure=okr.Increase(0, 5), because="less")],
    "weight of a part that had none": [
        okr.Adjustment("a", DAY, weight=2.0, because="more"),
        okr.CheckIn("a", DAY, 9.0),
    ],
    "paused key result": [okr.Transition("b", DAY, okr.Lifecycle.PAUSED)],
    "all parts paused": [
        okr.Transition(id, DAY, okr.Lifecycle.PAUSED) for id in ("a", "b", "c", "low", "mid", "sum")
    ],
    "baseline": [okr.BaselineSet("m", DAY, 2.0), okr.CheckIn("m", DAY, 5.0)],
    "closing": [CLOSE],
    "closing of an earlier day": [evolve(CLOSE, on=BEFORE), okr.CheckIn("t", DAY, 4.0)],
    "pause below a closing of an earlier day": [
        evolve(CLOSE, of="mid", on=BEFORE),
        okr.Transition("low", DAY, okr.Lifecycle.PAUSED),
        okr.Transition("low", DAY, okr.Lifecycle.ACTIVE),
    ],
    "deferral": [evolve(CLOSE, decision=okr.ClosingDecision.DEFER)],
    "archived": [evolve(CLOSE, on=BEFORE), okr.Transition("low", DAY, okr.Lifecycle.ARCHIVED)],
    "reopened": [evolve(CLOSE, on=BEFORE), REOPEN, okr.CheckIn("b", DAY, 8.0)],
    "correction": [CLOSE, okr.Correction("close"), okr.CheckIn("b", DAY, 8.0)],
    "judgement": [
        okr.Judgement("low", DAY, score=0.9, because="near"),
        okr.CheckIn("b", DAY, 8.0),
        okr.Judgement("b", DAY, score=0.9, because="near", id="j"),
        okr.Correction("j"),
    ],
    "metric that is a total": [okr.CheckIn("x", DAY, 3.0)],
    "check-in dated back": [
        okr.Adjustment("t", DAY, measure=okr.Reach(5), because="less"),
        okr.CheckIn("t", BEFORE, 4.0),
        okr.CheckIn("t", DAY, 5.0, recorded=datetime(2026, 8, 14, 9, tzinfo=UTC)),
    ],
    "one correction for the first reading": [
        okr.CheckIn("b", DAY, 7.0, id="r"),
        okr.Correction("r"),
        okr.CheckIn("b", DAY, 8.0),
    ],
    "items that join later": [
        okr.Adjustment(
            "low",
            date(2026, 8, 20),
            adds=[
                okr.KeyResult("n", "N", okr.Increase(0, 10)),
                okr.KeyResult("e", "E", okr.Increase(None, 10)),
            ],
            because="new",
        ),
        okr.CheckIn("n", DAY, 4.0),
        okr.BaselineSet("e", DAY, 4.0),
        okr.CheckIn("b", DAY, 8.0),
    ],
    "words alone": [
        okr.PostMortem("top", DAY),
        okr.Transition("top", date(2026, 8, 20), okr.Lifecycle.PAUSED),
        okr.CheckIn("top", DAY, confidence=0.5, id="w"),
        okr.Correction("w"),
    ],
}
WHOLE: dict[str, tuple[okr.rulebook.RollUpRule, Sequence[Entry]]] = {
    "sizes": (
        okr.rulebook.RollUpRule(
            parts=[okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS)],
            weigh=Weighing.SIZE,
        ),
        [CLOSE],
    ),
    "coverage": (evolve(POOL, least_coverage=0.1), [CLOSE]),
    "descendants": (
        okr.rulebook.RollUpRule(
            parts=[okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.DESCENDANTS)]
        ),
        [CLOSE],
    ),
    "dated before a closing above": (
        POOL,
        [evolve(CLOSE, of="mid"), okr.Adjustment("b", BEFORE, weight=2.0, because="more")],
    ),
    "bound": (POOL, [okr.Adjustment("g", DAY, measure=okr.AtMost(3), because="tighter")]),
    "read before a closing above": (POOL, [evolve(CLOSE, of="mid"), okr.CheckIn("b", BEFORE, 3.0)]),
}
KEEPS = [None, OverrideDuration.ALWAYS, OverrideDuration.UNTIL_READ]


def scores(card: Any) -> dict[str, float | None]:
    ids = (item.id for item in PLAN.each() if isinstance(item, (okr.Objective, okr.KeyResult)))
    return {id: card[id].score for id in ids}


def record(live: okr.LiveScorecard, rulebook: okr.Rulebook, *entries: Entry) -> None:
    before = {id: live.score(id) for id in scores(live.card)}
    changes = live.record(*entries)
    card = okr.evaluate(PLAN, live.journal, as_of=DAY, rulebook=rulebook)
    after = scores(card)
    assert {id: live.score(id) for id in after} == after
    expected = {(id, before[id], now) for id, now in after.items() if now != before[id]}
    assert {(each.id, each.before, each.after) for each in changes} == expected
    assert {id: live.status(id) for id in after} == {id: card[id].status for id in after}


@pytest.fixture
def evaluations(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days of evaluations of everything that a live scorecard makes."""
    found: list[date] = []

    def evaluate(*args: Any, as_of: date, **more: Any) -> okr.Scorecard:
        found.append(as_of)
        return okr.evaluate(*args, as_of=as_of, **more)

    monkeypatch.setattr(module, "evaluate", evaluate)
    return found


@pytest.mark.parametrize("is_one_call", [False, True])
@pytest.mark.parametrize("keep", KEEPS)
@pytest.mark.parametrize("name", CONFINED)
def test_a_part_is_evaluated_alone(
    name: str, keep: OverrideDuration | None, is_one_call: bool, evaluations: list[date]
) -> None:
    rulebook = okr.Rulebook(name="r", roll_up=evolve(POOL, with_judged=keep, with_archived=False))
    live = okr.LiveScorecard(PLAN, READ, as_of=DAY, rulebook=rulebook)
    if is_one_call:
        record(live, rulebook, *CONFINED[name])
    else:
        for entry in CONFINED[name]:
            record(live, rulebook, entry)
    assert len(evaluations) == 1


@pytest.mark.parametrize("name", WHOLE)
def test_everything_is_evaluated_if_more_than_a_part_may_change(
    name: str, evaluations: list[date]
) -> None:
    roll_up, entries = WHOLE[name]
    rulebook = okr.Rulebook(name="r", roll_up=roll_up)
    live = okr.LiveScorecard(PLAN, READ, as_of=DAY, rulebook=rulebook)
    for entry in entries:
        record(live, rulebook, entry)
    assert len(evaluations) == 2


def test_guardrails_that_enter_scores_follow_from_closings(evaluations: list[date]) -> None:
    veto = GuardrailRule(effect=BreachEffect.VETO)
    rulebook = okr.Rulebook(name="veto", roll_up=POOL, guardrails=veto)
    live = okr.LiveScorecard(PLAN, READ, as_of=DAY, rulebook=rulebook)
    record(live, rulebook, CLOSE)
    assert len(evaluations) == 1
    record(live, rulebook, okr.CheckIn("g", BEFORE, 9.0))
    record(live, rulebook, evolve(CLOSE, of="mid", id="other"))
    assert len(evaluations) == 3


def test_weights_without_their_total_leave_everything_as_it_was() -> None:
    half = [okr.KeyResult(id, id, okr.Reach(10), weight=0.5) for id in "ab"]
    plan = okr.Plan([okr.Objective("o", "O", key_results=half)])
    rulebook = okr.Rulebook(name="total", roll_up=okr.rulebook.RollUpRule(weights_total=1))
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=DAY, rulebook=rulebook)
    heavier = okr.Adjustment("a", DAY, weight=0.7, because="more")
    with pytest.raises(okr.InconsistentPlanError, match="weights"):
        live.record(heavier)
    assert live.journal == okr.Journal()
    live.record(heavier, okr.Adjustment("b", DAY, weight=0.3, because="less"))
    assert len(live.journal) == 2


def test_entries_after_a_refused_one_are_filed_as_if_it_had_not_come() -> None:
    live = okr.LiveScorecard(PLAN, READ, as_of=DAY)
    with pytest.raises(okr.TransitionError):
        live.record(CLOSE, okr.CheckIn("b", DAY, 9.0))
    assert live.journal == READ
    live.record(okr.CheckIn("b", DAY, 9.0), CLOSE)
    with pytest.raises(okr.InconsistentPlanError):
        live.record(okr.CheckIn("t", DAY, 9.0, id="close"))
    assert len(live.journal) == len(READ) + 2


def test_a_history_in_columns_is_that_of_its_check_ins() -> None:
    ids = ["a", "b", "t", "b"]
    days = [BEFORE, BEFORE, DAY, DAY]
    live = okr.LiveScorecard(PLAN, okr.Journal.from_columns(ids, days, [1, 2, 3, 4]), as_of=DAY)
    record(live, okr.RECOMMENDED, okr.Adjustment("b", DAY, measure=okr.Reach(8), because="less"))
    record(live, okr.RECOMMENDED, CLOSE)


def test_an_id_is_used_once_in_a_call() -> None:
    live = okr.LiveScorecard(PLAN, READ, as_of=DAY)
    twice = [okr.CheckIn("b", DAY, 9.0, id="e"), okr.CheckIn("t", DAY, 9.0, id="e")]
    with pytest.raises(okr.InconsistentPlanError, match="duplicate-id"):
        live.record(*twice)
    assert live.journal == READ
    live.record(twice[0])
    assert len(live.journal) == len(READ) + 1

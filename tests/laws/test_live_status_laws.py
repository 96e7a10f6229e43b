"""Statuses of a live scorecard, against those of an evaluation of everything after each entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.plan import Combination
from okrcore.rulebook import (
    OTHERWISE,
    Axis,
    ByBands,
    Closed,
    Declared,
    Done,
    FromParts,
    NotStarted,
    Overdue,
    OverrideDuration,
    Stale,
    StatusCombination,
)
from strategies import START

ADVICE = okr.RECOMMENDED
POOL = okr.rulebook.RollUpRule(
    parts=[
        okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
        okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
    ]
)
CODES = [("off track", 0), ("at risk", 1), ("on track", 2), ("achieved", 3)]
PACE = ADVICE.status[-2]
BELIEF = ADVICE.status[-1]
RULES = {
    "recommended": ADVICE.status,
    "declared": (Declared(), *ADVICE.status),
    "declared until read": (Declared(keep=OverrideDuration.UNTIL_READ), *ADVICE.status),
    "worst part": (NotStarted(), FromParts(StatusCombination.WORST, CODES), PACE),
    "mean of parts": (Closed(), Done(), FromParts(StatusCombination.MEAN, CODES), BELIEF, PACE),
    "stalls": (Stale(intervals=2, still_intervals=1), PACE),
    "late": (Stale(intervals=1), Overdue(name="late"), BELIEF, PACE),
    "scores": (
        ByBands(Axis.SCORE, okr.rulebook.Bands([(okr.AtLeast(0.4), "good"), (OTHERWISE, "bad")])),
    ),
}
RULEBOOKS = [
    evolve(ADVICE, name=name, status=rules, roll_up=roll_up)
    for name, rules in RULES.items()
    for roll_up in (ADVICE.roll_up, POOL, evolve(POOL, combine=Combination.MINIMUM))
]
#: The largest of a few, since most drawn plans are one objective.
plans = st.lists(testing.plans(max_objectives=6, described=False), min_size=3, max_size=3).map(
    lambda drawn: max(drawn, key=len)
)


@st.composite
def entries(draw: st.DrawFn, plan: okr.Plan, day: Any) -> Any:
    items = [item for item in plan.each() if not isinstance(item, okr.Outside)]
    entry = draw(testing.check_ins_of(draw(st.sampled_from(items)), described=False))
    if isinstance(draw(st.sampled_from(items)), okr.Objective) and draw(st.booleans()):
        objective = draw(st.sampled_from(plan.objectives))
        return okr.Judgement(objective.id, day, status="judged", because="seen from near")
    hours = draw(st.sampled_from([None, None, 9, 12, 15]))
    return evolve(
        entry,
        id=None,
        on=day - timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 2, 9, 30, -1]))),
        confidence=draw(st.sampled_from([None, None, 0.1, 0.5, 0.9])),
        status=draw(st.sampled_from([None, None, None, "at risk", "on track"])),
        recorded=None if hours is None else datetime(2026, 8, 14, hours, tzinfo=UTC),
    )


@settings(max_examples=examples(gate=150, explore=3000))
@given(
    plan=plans,
    rulebook=st.sampled_from(RULEBOOKS),
    days=st.integers(-3, 100),
    data=st.data(),
)
def test_a_live_status_is_that_of_an_evaluation(
    plan: okr.Plan, rulebook: okr.Rulebook, days: int, data: st.DataObject
) -> None:
    day = START + timedelta(days=days)
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=day, rulebook=rulebook)
    for _ in range(data.draw(st.integers(1, 6))):
        several = data.draw(st.lists(entries(plan, day), min_size=1, max_size=3))
        try:
            live.record(*several)
        except okr.OkrError:
            continue
        card = okr.evaluate(plan, live.journal, as_of=day, rulebook=rulebook)
        items = card.plan_in_force.each()
        ids = [each.id for each in items if isinstance(each, (okr.Objective, okr.KeyResult))]
        assert {id: live.status(id) for id in ids} == {id: card[id].status for id in ids}

"""Parts that closings, judgements, adjustments and the like touch, against an evaluation of everything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.plan import Combination
from okrcore.rulebook import BreachEffect, Clip, GuardrailRule, OverrideDuration, ZeroWeights
from okrcore.testing.journals import decisions_about
from strategies import START

KEY_RESULTS, OBJECTIVES = (
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
)
BOTH = [KEY_RESULTS, OBJECTIVES]
POOL = okr.rulebook.RollUpRule(parts=BOTH)
#: Rules under which entries are confined to a part.
ROLL_UPS = [
    okr.RECOMMENDED.roll_up,
    POOL,
    okr.rulebook.RollUpRule(parts=BOTH, missing=0),
    okr.rulebook.RollUpRule(parts=BOTH, empty=0, with_archived=False),
    okr.rulebook.RollUpRule(parts=BOTH, combine=Combination.MINIMUM, result=Clip(digits=2)),
    okr.rulebook.RollUpRule(parts=BOTH, zero_weights=ZeroWeights.EQUAL, with_archived=False),
    okr.rulebook.RollUpRule(parts=BOTH, with_judged=OverrideDuration.ALWAYS),
    okr.rulebook.RollUpRule(parts=BOTH, with_judged=OverrideDuration.UNTIL_READ),
    okr.rulebook.RollUpRule(
        parts=[
            KEY_RESULTS,
            OBJECTIVES,
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES),
        ]
    ),
]
RULEBOOKS = [
    *(okr.Rulebook(name=str(n), roll_up=rule) for n, rule in enumerate(ROLL_UPS)),
    okr.Rulebook(name="veto", roll_up=POOL, guardrails=GuardrailRule(effect=BreachEffect.VETO)),
    okr.Rulebook(name="unread", roll_up=POOL, attainment=okr.rulebook.AttainmentRule(missing=0)),
]
#: The largest of a few, since most drawn plans are one objective.
plans = st.lists(testing.plans(max_objectives=7, described=False), min_size=4, max_size=4).map(
    lambda drawn: max(drawn, key=len)
)


@st.composite
def entries(draw: st.DrawFn, plan: okr.Plan, count: int, named: list[str], day: Any) -> Any:
    """Mostly decisions of the day, which close, judge, adjust, pause and reopen; and what they void."""
    id = draw(st.sampled_from([None, f"n{count}"]))
    ago = timedelta(days=draw(st.sampled_from([0, 0, 0, 0, 1, 7, 40, -1])))
    kind = draw(
        st.sampled_from(["decision"] * 4 + ["closing"] * 2 + ["check-in"] * 2 + ["correction"])
    )
    if kind == "correction" and named:
        return okr.Correction(draw(st.sampled_from(named)))
    if kind == "closing":
        objective = draw(st.sampled_from(plan.objectives))
        judged = draw(st.sampled_from([None, 0.2]))
        decision = draw(st.sampled_from(okr.ClosingDecision))
        return okr.Closing(objective.id, day - ago, decision, because="over", judged=judged, id=id)
    if kind == "check-in":
        items = [item for item in plan.each() if not isinstance(item, okr.Outside)]
        entry: Any = draw(testing.check_ins_of(draw(st.sampled_from(items)), described=False))
    else:
        entry = draw(decisions_about(plan, described=False))
    return evolve(entry, id=id, on=day - ago, recorded=None)


@settings(max_examples=examples(gate=150, explore=6000))
@given(
    plan=plans,
    rulebook=st.sampled_from(RULEBOOKS),
    days=st.integers(-3, 100),
    data=st.data(),
)
def test_a_part_that_is_evaluated_has_the_scores_of_an_evaluation(
    plan: okr.Plan, rulebook: okr.Rulebook, days: int, data: st.DataObject
) -> None:
    day = START + timedelta(days=days)
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=day, rulebook=rulebook)
    ids = [item.id for item in plan.each() if isinstance(item, (okr.Objective, okr.KeyResult))]
    before = {id: live.score(id) for id in ids}
    named: list[str] = []
    for step in range(data.draw(st.integers(1, 10))):
        entry = data.draw(entries(plan, step, named, day))
        try:
            changes = live.record(entry)
        except okr.OkrError:
            continue
        named += [entry.id] if entry.id else []
        card = okr.evaluate(plan, live.journal, as_of=day, rulebook=rulebook)
        # One that left the plan has no score.
        after = {id: card[id].score for id in ids if id in card}
        assert {id: live.score(id) for id in after} == after
        both = [(id, before.get(id), after.get(id)) for id in ids]
        expected = {id: (was, now) for id, was, now in both if was != now}
        assert {each.id: (each.before, each.after) for each in changes} == expected
        before = after

"""Laws of judgements that settle guardrails, on whole quarters.

- a settlement changes states, verdicts and the scores that a breach moves, and nothing that was read
- it changes no day before its own
- a settled guardrail is held, until it is read outside its limit or its judgement is too old
- it makes no state worse, moves no other guardrail, and makes no success of a result that fell short
- under a rulebook that lets nobody settle hard guardrails it changes nothing of them but the uncounted list
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, Quarter, quarters

#: Fields of a guardrail's result that follow from a judgement.
JUDGED = {"state", "status", "status_why", "settled", "uncounted"}
days = st.integers(-3, 105).map(lambda number: CYCLE.start + timedelta(number))


@st.composite
def settled_quarters(draw: st.DrawFn) -> tuple[Quarter, okr.Judgement, okr.Journal]:
    """Quarters under any rule of guardrails, and a judgement that the journal takes last."""
    quarter = draw(quarters(max_objectives=4))
    rule = okr.rulebook.GuardrailRule(
        effect=draw(st.sampled_from(okr.rulebook.BreachEffect)),
        memory=draw(st.sampled_from(okr.rulebook.BreachMemory)),
        settles_hard=draw(st.booleans()),
    )
    quarter = evolve(quarter, rulebook=evolve(okr.RECOMMENDED, guardrails=rule), day=draw(days))
    rails = [each for each in quarter.plan.each() if isinstance(each, okr.Guardrail)]
    assume(rails)
    act = okr.Judgement(draw(st.sampled_from(rails)).id, draw(days), status="held", because="so")
    try:
        return quarter, act, okr.admit(quarter.plan, quarter.journal, act)
    except okr.OkrError:
        assume(False)
        raise


def fields_of(card: okr.Scorecard, id: str) -> dict[str, Any]:
    result = card.guardrail(id)
    names = {name for name in dir(result) if not name.startswith("_")}
    return {name: getattr(result, name) for name in names - JUDGED}


def in_force(card: okr.Scorecard) -> list[okr.Guardrail]:
    return [each for each in card.plan_in_force.each() if isinstance(each, okr.Guardrail)]


@given(settled_quarters())
def test_a_settlement_changes_nothing_that_was_read(
    drawn: tuple[Quarter, okr.Judgement, okr.Journal],
) -> None:
    quarter, _, journal = drawn
    before, after = quarter.evaluate(), evolve(quarter, journal=journal).evaluate()
    columns = ("id", "progress", "score", "reading", "read_on", "coverage", "confidence")
    assert before.columns(*columns, kind="key result") == after.columns(*columns, kind="key result")
    for each in in_force(before):
        assert fields_of(before, each.id) == fields_of(after, each.id)


@given(settled_quarters())
def test_a_settlement_changes_no_day_before_its_own(
    drawn: tuple[Quarter, okr.Judgement, okr.Journal],
) -> None:
    quarter, act, journal = drawn
    day = min(quarter.day, act.on - timedelta(days=1))
    before = okr.evaluate(quarter.plan, quarter.journal, as_of=day, rulebook=quarter.rulebook)
    after = okr.evaluate(quarter.plan, journal, as_of=day, rulebook=quarter.rulebook)
    assert list(before) == list(after)
    assert [before.guardrail(each.id) for each in in_force(before)] == [
        after.guardrail(each.id) for each in in_force(after)
    ]


@given(settled_quarters())
def test_a_settled_guardrail_holds_on_its_day(
    drawn: tuple[Quarter, okr.Judgement, okr.Journal],
) -> None:
    quarter, act, journal = drawn
    card = okr.evaluate(quarter.plan, journal, as_of=act.on, rulebook=quarter.rulebook)
    assume(act.of in card)
    found = card.guardrail(act.of)
    item = card.plan_in_force.guardrail(act.of)
    if item.hard and not quarter.rulebook.guardrails.settles_hard:
        assert found.settled is None
        assert "cannot settle" in {each.reason for each in found.uncounted}
        return
    home = card.plan_in_force.homes[act.of]
    cycle = home.cycle
    # Long before the close nothing is too old, and after its own moment nothing was read.
    if cycle is None or act.on <= cycle.end:
        later = [
            each
            for each in journal.in_force
            if isinstance(each, (okr.CheckIn, okr.Adjustment, okr.Judgement))
            and each.on == act.on
            and each.of in (act.of, item.metric)
        ]
        assume(later == [act])
        assert found.state in ("held", "warning")
        assert found.settled == act


@given(settled_quarters())
def test_a_settlement_makes_nothing_worse_and_no_success_of_a_miss(
    drawn: tuple[Quarter, okr.Judgement, okr.Journal],
) -> None:
    quarter, act, journal = drawn
    before, after = quarter.evaluate(), evolve(quarter, journal=journal).evaluate()
    for each in in_force(before):
        states = [card.guardrail(each.id).state for card in (before, after)]
        if each.id != act.of:
            assert states[0] == states[1]
        elif states[0] in ("held", "warning"):
            assert states[1] == states[0]
    if quarter.rulebook.guardrails.effect is not okr.rulebook.BreachEffect.SEPARATE:
        return
    for one, other in zip(before, after, strict=True):
        assert one.score == other.score
        if one.verdict != other.verdict:
            assert one.verdict == "success withheld"
            assert act.of in one.guardrails
            assert other.verdict in ("delivered", "succeeded")


@given(settled_quarters())
def test_a_live_scorecard_takes_a_settlement_as_an_evaluation_does(
    drawn: tuple[Quarter, okr.Judgement, okr.Journal],
) -> None:
    quarter, act, journal = drawn
    live = okr.LiveScorecard(
        quarter.plan, quarter.journal, as_of=quarter.day, rulebook=quarter.rulebook
    )
    before = quarter.evaluate()
    changes = live.record(act)
    card = okr.evaluate(quarter.plan, journal, as_of=quarter.day, rulebook=quarter.rulebook)
    assert {each.id for each in changes} == {
        id
        for id, score in zip(*card.columns("id", "score").values(), strict=True)
        if before[id].score != score
    }
    for result in card:
        assert live.score(result.id) == result.score
        assert live.status(result.id) == result.status

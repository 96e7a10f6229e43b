"""Laws of explanations of guardrails and metrics.

- every step recomputes to its result
- the first step is the status of the result
- a step has its name once
- a history ends with the reading of the result
- a live scorecard explains states as an evaluation does
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.rulebook import BreachEffect, BreachMemory, GuardrailRule
from strategies import Quarter, quarters

BOOKS = st.builds(
    lambda effect, memory, stale, settles: evolve(
        okr.RECOMMENDED,
        guardrails=GuardrailRule(
            effect=effect, memory=memory, stale_after_intervals=stale, settles_hard=settles
        ),
    ),
    st.sampled_from(BreachEffect),
    st.sampled_from(BreachMemory),
    st.integers(1, 3),
    st.booleans(),
)


def explained(card: okr.Scorecard) -> list[okr.scorecard.Explanation]:
    """Return the explanation of each guardrail and metric in force."""
    kinds = (okr.Guardrail, okr.Metric)
    items = card.plan_in_force.items
    return [card.explain(id) for id, item in items.items() if isinstance(item, kinds)]


@given(quarters(), BOOKS)
def test_explanations_of_bounds_recompute(quarter: Quarter, book: okr.Rulebook) -> None:
    for top in explained(quarter.evaluate(rulebook=book)):
        steps = [step for _, step in top.walk(20)]
        for step in steps:
            assert step.recompute() == step.result, step
        assert set(Counter(step.what for step in steps).values()) == {1}


@given(quarters(), BOOKS)
def test_an_explained_state_is_that_of_the_result(quarter: Quarter, book: okr.Rulebook) -> None:
    card = quarter.evaluate(rulebook=book)
    for top in explained(card):
        result = card[top.id]
        assert (top.result, top.words) == (result.status, result.status_why)


@given(quarters(), BOOKS)
def test_a_history_ends_with_the_reading_of_the_result(
    quarter: Quarter, book: okr.Rulebook
) -> None:
    card = quarter.evaluate(rulebook=book)
    for top in explained(card):
        result: Any = card[top.id]
        history = card.history(top.id)
        assert len(history) == result.readings
        if history:
            last, item = history[-1], card.plan_in_force.items[top.id]
            assert (last.on, last.value) == (result.read_on, result.reading)
            # A limit may have changed since the last reading.
            if last.bound in (getattr(item, "bound", None), getattr(item, "health", None)):
                assert last.margin == result.margin


@given(quarters(), BOOKS, st.integers(0, 40))
def test_a_live_scorecard_explains_states_as_an_evaluation_does(
    quarter: Quarter, book: okr.Rulebook, days: int
) -> None:
    earlier = quarter.day - timedelta(days=days)
    live = okr.LiveScorecard(quarter.plan, quarter.journal, as_of=earlier, rulebook=book)
    live.advance(quarter.day)
    assert explained(live.card) == explained(quarter.evaluate(rulebook=book))

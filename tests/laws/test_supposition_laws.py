"""Laws of suppositions about key results that depend on the same readings.

- equal mappings in any order give equal scorecards, or the same refusal
- what is accepted has every score that was supposed
- scores that one reading gives are accepted
"""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.plan import Aggregation, Derived, Measure
from strategies import START

MEASURES = st.sampled_from(
    [
        okr.Reach(10),
        okr.Increase(5, 20),
        okr.Decrease(12, 2),
        okr.AtLeast(7),
        okr.AtMost(8),
        okr.Between(3, 9),
        okr.Budget(6),
    ]
)
SCORES = st.sampled_from([0.0, 0.25, 0.5, 1.0])


def plan_of(measures: list[Measure], *, with_derived: bool) -> okr.Plan:
    """Return a plan of key results that read one metric, and of one that is derived from two."""
    key_results = [
        okr.KeyResult(f"k{n}", "K", measure, metric="m") for n, measure in enumerate(measures)
    ]
    if with_derived:
        highest = Derived(Aggregation.MAXIMUM, ["k0", "k1"])
        key_results.append(okr.KeyResult("whole", "W", okr.Reach(20), derived=highest))
    guard = okr.Guardrail("g", "G", okr.AtMost(8), metric="m")
    objective = okr.Objective("o", "O", key_results=key_results, guardrails=[guard])
    return okr.Plan([objective], metrics=[okr.Metric("m", "M")])


plans = st.builds(
    plan_of, st.lists(MEASURES, min_size=2, max_size=3, unique=True), with_derived=st.booleans()
)


def card_of(plan: okr.Plan, value: float) -> okr.Scorecard:
    return okr.evaluate(plan, okr.Journal([okr.CheckIn("m", START, value)]), as_of=START)


def supposed(card: okr.Scorecard, scores: dict[str, float]) -> okr.Scorecard | str:
    try:
        return card.what_if(scores)
    except okr.InvalidValueError as error:
        return str(error)


@given(plans, st.integers(0, 25), st.data())
def test_the_order_of_suppositions_changes_nothing(
    plan: okr.Plan, value: int, data: st.DataObject
) -> None:
    card = card_of(plan, value)
    ids = [kr.id for kr in plan.objective("o").own_key_results]
    scores = data.draw(st.dictionaries(st.sampled_from(ids), SCORES, min_size=1))
    first, *others = [supposed(card, dict(pairs)) for pairs in permutations(scores.items())]
    for other in others:
        assert other == first
        if not isinstance(first, str) and not isinstance(other, str):
            assert str(other) == str(first)
            assert other.guardrail("g") == first.guardrail("g")
    if not isinstance(first, str):
        assert {id: round(first[id].score or 0, 9) for id in scores} == scores


@given(plans, st.integers(0, 25), st.integers(0, 25))
def test_scores_that_one_reading_gives_are_accepted(plan: okr.Plan, value: int, other: int) -> None:
    read = card_of(plan, other)
    ids = [kr.id for kr in plan.objective("o").own_key_results]
    # A score of 0 or 1 beyond a limit is that of many readings; no bound has one reading for 0.
    bounds = (okr.AtLeast, okr.AtMost, okr.Between)
    scores = {
        id: score
        for id in ids
        if (score := read[id].score) or not isinstance(plan.key_result(id).measure, bounds)
    }
    found = card_of(plan, value).what_if({id: score or 0.0 for id, score in scores.items()})
    assert {id: round(found[id].score or 0, 9) for id in scores} == {
        id: round(score or 0, 9) for id, score in scores.items()
    }

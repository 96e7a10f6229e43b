"""Laws of explanations.

- every step recomputes to its result, from what it holds
- every mean is the mean of its inputs, in exact fractions
- every line is the share of its way, in exact fractions
- the first step of an explanation is the score on the card
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.rulebook import RollUpPart, RollUpSource
from strategies import Quarter, quarters

rulebooks = st.builds(
    lambda entry, result, missing, empty, unread, pool: evolve(
        okr.RECOMMENDED,
        attainment=okr.rulebook.AttainmentRule(clip=entry, missing=unread),
        roll_up=okr.rulebook.RollUpRule(
            parts=[
                RollUpPart(RollUpSource.KEY_RESULTS),
                RollUpPart(RollUpSource.OBJECTIVES, otherwise=pool),
            ],
            entry=entry,
            result=result,
            missing=missing,
            empty=empty,
        ),
    ),
    st.sampled_from(
        [
            okr.rulebook.Clip(),
            okr.rulebook.Clip(floor=0, ceiling=1),
            okr.rulebook.Clip(full_from=0.7, ceiling=1),
        ]
    ),
    st.sampled_from([okr.rulebook.Clip(), okr.rulebook.Clip(digits=2)]),
    st.sampled_from([None, 0.0]),
    st.sampled_from([None, 0.0]),
    st.sampled_from([None, 0.0]),
    st.booleans(),
)


def steps_of(card: okr.Scorecard) -> list[okr.scorecard.Explanation]:
    ids = [o.id for o in card.plan_in_force.objectives]
    return [step for _, step in chain.from_iterable(card.explain(id).walk(20) for id in ids)]


@given(quarters(), rulebooks)
def test_explanations_recompute(quarter: Quarter, rulebook: okr.Rulebook) -> None:
    for step in steps_of(quarter.evaluate(rulebook=rulebook)):
        assert step.recompute() == step.result, step


@given(quarters())
def test_means_are_means_of_their_inputs(quarter: Quarter) -> None:
    for step in steps_of(quarter.evaluate()):
        if isinstance(step.rule, okr.rulebook.RollUpRule) and step.result is not None:
            entering = [
                (Fraction(i.value), Fraction(i.weight))
                for i in step.inputs
                if isinstance(i.value, float) and i.weight
            ]
            exact = sum(v * w for v, w in entering) / sum(w for _, w in entering)
            assert step.result == pytest.approx(float(exact), rel=1e-12, abs=1e-15)


@given(quarters())
def test_lines_are_shares_of_their_way(quarter: Quarter) -> None:
    for step in steps_of(quarter.evaluate()):
        given = {i.name: i.value for i in step.inputs}
        if {"baseline", "target"} <= set(given) and step.result is not None:
            reading, start, end = (given[name] for name in ("reading", "baseline", "target"))
            reading = reading.value if isinstance(reading, okr.Ratio) else reading
            assert isinstance(reading, float)
            assert isinstance(start, float)
            assert isinstance(end, float)
            exact = (Fraction(reading) - Fraction(start)) / (Fraction(end) - Fraction(start))
            assert step.result == pytest.approx(float(exact), rel=1e-9)


@given(quarters())
def test_an_explanation_starts_at_the_score(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for result in card:
        assert card.explain(result.id).result == result.score
        for id in result.key_results:
            assert card.explain(id).result == card.key_result(id).score

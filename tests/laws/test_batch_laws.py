"""The laws of many objectives at once: each is made of its parts as it would be alone.

- a mean is the one mean of its parts, to the last bit; what is absent leaves it
- what is gathered otherwise, such as the last day, is made of the parts of each
- what is expected, what is asked and what is held against it are there together, so that one weighing of
  the parts serves all three

Means leave the range of what they average by rounding alone, where all parts lie close together; so those
are what is drawn, with weights of every size, some parts absent.
"""

from __future__ import annotations

from math import inf, isnan, nan, nextafter
from typing import TypeAlias

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore._arith import or_none
from okrcore.scorecard.day.batches import MeanBatch
from okrcore.scorecard.day.means import items_of, mean_of
from okrcore.scorecard.evaluation import Evaluation
from okrcore.testing import Quarter, plans, quarters
from strategies import START

WEIGHTS = st.sampled_from([1.0, 3.0, 0.1, 7.0, 1 / 3, 1e-9, 1e9, 1e-40, 5e-324, 1e100])
ANYTHING = st.floats(-1e3, 1e3)

Row: TypeAlias = tuple[list[float], list[float]]


def lists(of: st.SearchStrategy[float], count: int) -> st.SearchStrategy[list[float]]:
    return st.lists(of, min_size=count, max_size=count)


def close(count: int) -> st.SearchStrategy[list[float]]:
    return st.sampled_from([0.1, 0.7, 1 / 3, 1.0, 0.0, -0.3, 1e-300, 97.0]).flatmap(
        lambda value: lists(
            st.sampled_from([value, nextafter(value, inf), nextafter(value, -inf)]), count
        )
    )


#: Objectives with equally many parts: values and weights of each.
ROWS: st.SearchStrategy[list[Row]] = st.integers(1, 4).flatmap(
    lambda count: st.lists(
        st.tuples(close(count) | lists(ANYTHING, count), lists(WEIGHTS, count)),
        min_size=1,
        max_size=6,
    )
)
#: The same with one value for all parts.
EQUAL = st.sampled_from([0.0, -0.0, 0.1, 1 / 3, 1.0, -0.3, 1e-300]).flatmap(
    lambda value: ROWS.map(lambda rows: [([value] * len(part), weights) for part, weights in rows])
)

#: Children count beside own key results.
POOL = okr.Rulebook(
    name="pool",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ]
    ),
)
#: What is missing counts as nothing reached.
MISSING = evolve(POOL, name="missing", roll_up=evolve(POOL.roll_up, missing=0.0))
#: And so does the work.
WORK = okr.Rulebook(
    name="work",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES),
        ]
    ),
)


def means_of(rows: list[Row]) -> list[float]:
    values = [each for part, _ in rows for each in part]
    weights = [each for _, stated in rows for each in stated]
    batch = MeanBatch.of(range(len(rows)), range(len(values)), weights, len(rows[0][0]))
    return batch.means(values)


@given(ROWS | EQUAL)
def test_means_of_a_batch_are_means_of_each(rows: list[Row]) -> None:
    plain = [mean_of(list(zip(part, weights, strict=True))) for part, weights in rows]
    assert means_of(rows) == plain


@given(ROWS, st.lists(st.sets(st.integers(0, 3)), min_size=6, max_size=6))
def test_absent_parts_leave_the_mean_of_a_batch(rows: list[Row], absent: list[set[int]]) -> None:
    blank = [
        ([nan if n in gone else each for n, each in enumerate(part)], weights)
        for (part, weights), gone in zip(rows, absent, strict=False)
    ]
    for found, (part, weights) in zip(means_of(blank), blank, strict=True):
        pairs = [(v, w) for v, w in zip(part, weights, strict=True) if not isnan(v)]
        assert or_none(found) == or_none(mean_of(pairs))


@given(quarters(), st.sampled_from([okr.RECOMMENDED, POOL, MISSING]))
def test_what_a_pace_holds_together_is_there_together(
    quarter: Quarter, rulebook: okr.Rulebook
) -> None:
    evaluation = Evaluation(quarter.plan, quarter.journal, quarter.day, rulebook)
    pace, objectives = evaluation.pace, evaluation.facts.compiled.of_objectives
    pairs = list(zip(pace.expected, pace.scored, strict=True))
    assert not any(isnan(line) and not isnan(score) for line, score in pairs)
    # What only stands in for something missing counts in a mean, and has no pace of its own.
    read = [nan if isnan(score) else line for line, score in pairs]
    for index in objectives if rulebook is not MISSING else ():
        inputs, excluded = evaluation.inputs.of(index), evaluation.excluded
        score = mean_of(items_of(inputs, pace.scored, excluded))
        assert or_none(pace.scored[index]) == or_none(score)
        lines = pace.expected if isnan(score) else read
        assert or_none(pace.expected[index]) == or_none(mean_of(items_of(inputs, lines, excluded)))


@given(plans(max_objectives=6), st.sampled_from([okr.RECOMMENDED, POOL, WORK]), st.data())
def test_what_is_gathered_is_made_of_the_parts_of_each(
    plan: okr.Plan, rulebook: okr.Rulebook, data: st.DataObject
) -> None:
    weights = st.sampled_from([0.0, 1.0, 2.0])  # a third is tracked alone
    weighed_anew = [
        evolve(each, key_results=[evolve(kr, weight=data.draw(weights)) for kr in each.key_results])
        for each in plan.objectives
    ]
    plan = evolve(plan, objectives=weighed_anew)
    evaluation = Evaluation(plan, okr.Journal(), START, rulebook)
    count = evaluation.inputs.count  # chains have indexes after those of the items
    drawn = data.draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    for weighed in (False, True):
        gathered, one_by_one = list(drawn), list(drawn)
        evaluation.inputs.gather(
            gathered,
            lambda own, parts: map(max, own, map(min, parts)),
            weighed=weighed,
            with_work=True,
        )
        for index in evaluation.facts.compiled.of_objectives:
            inputs = evaluation.inputs.of(index)
            parts = [one_by_one[at] for at in (inputs.counted if weighed else inputs.indexes)]
            if parts:
                one_by_one[index] = max(one_by_one[index], min(parts))
        assert gathered == one_by_one

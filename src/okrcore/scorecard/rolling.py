"""Means over the parts of an objective, for scores, coverage, ranges, pace and confidence alike.

Rules of this file:

1. One order, one arithmetic: objectives stand children before parents, and every mean is
   `okrcore._arith.mean`.
2. ABSENT is not 0. A part that is *missing* leaves a mean and keeps its weight in coverage and score
   range; a part that is *excluded* leaves all three.
3. Which parts feed an objective follows from the plan, never from which readings exist.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import isnan

from okrcore._arith import ABSENT, mean
from okrcore.rulebook import Clip, Parts, RollUpRule
from okrcore.rulebook.clip import UNCHANGED
from okrcore.scorecard.program import Inputs, Program

__all__ = ["inputs_by_rule", "mean_of_present", "roll_means", "roll_scores", "roll_whole"]


def inputs_by_rule(program: Program, rule: RollUpRule) -> list[Inputs]:
    """Return what enters each objective's mean under a rule."""
    pools = {Parts.KEY_RESULTS: program.own, Parts.OBJECTIVES: program.below}
    chosen: list[Inputs] = []
    for row in range(len(program.objectives)):
        places: tuple[int, ...] = ()
        weights: tuple[float, ...] = ()
        for part in rule.parts:
            if not (part.otherwise and places):
                more_places, more_weights = pools[part.of][row]
                places, weights = places + more_places, weights + more_weights
        chosen.append((places, weights))
    return chosen


def mean_of_present(values: Sequence[float], inputs: Inputs) -> float:
    """Return the weighted mean of the values that are there; ABSENT without any weight."""
    places, weights = inputs
    there = [
        (values[place], weight)
        for place, weight in zip(places, weights, strict=True)
        if weight and not isnan(values[place])
    ]
    if not there:
        return ABSENT
    return mean([value for value, _ in there], [weight for _, weight in there])


def roll_scores(
    inputs: Sequence[Inputs],
    rule: RollUpRule,
    scores: array[float],
    excluded: bytearray,
    offset: int,
) -> array[float]:
    """Fill in the scores of objectives, and return their means before the result is clipped.

    Args:
        inputs: What enters each objective.
        rule: How.
        scores: Scores by place; those of objectives are written.
        excluded: By place, whether something leaves mean, coverage and range.
        offset: The place of the first objective.
    """
    raw = array("d", bytes(8 * len(inputs)))
    for row, (places, weights) in enumerate(inputs):
        place = offset + row
        if excluded[place]:
            raw[row] = scores[place] = ABSENT
            continue
        entering = [
            (_entering(scores[at], rule), weight)
            for at, weight in zip(places, weights, strict=True)
            if weight and not excluded[at]
        ]
        there = [(value, weight) for value, weight in entering if not isnan(value)]
        if there:
            raw[row] = mean([value for value, _ in there], [weight for _, weight in there])
            scores[place] = rule.result.apply(raw[row])
        elif places and not entering and any(excluded[at] for at in places):
            excluded[place] = 1
            raw[row] = scores[place] = ABSENT
        else:
            raw[row] = scores[place] = ABSENT if rule.empty is None else rule.empty
    return raw


def _entering(score: float, rule: RollUpRule) -> float:
    if isnan(score):
        return ABSENT if rule.missing is None else rule.missing
    return rule.entry.apply(score)


def roll_means(inputs: Sequence[Inputs], values: array[float], offset: int) -> None:
    """Fill in the means of objectives over the parts that have a value."""
    for row, found in enumerate(inputs):
        values[offset + row] = mean_of_present(values, found)


def roll_whole(
    inputs: Sequence[Inputs],
    values: array[float],
    excluded: bytearray,
    offset: int,
    *,
    empty: float,
    entry: Clip = UNCHANGED,
    result: Clip = UNCHANGED,
) -> array[float]:
    """Fill in means of objectives over everything that is not excluded, read or not.

    Args:
        inputs: What enters each objective.
        values: By place, present for every key result that is not excluded.
        excluded: By place.
        offset: The place of the first objective.
        empty: The value of an objective with nothing in it.
        entry: What is done to a part as it enters.
        result: What is done to the mean.
    """
    for row, (places, weights) in enumerate(inputs):
        place = offset + row
        counted = [
            (entry.apply(values[at]), weight)
            for at, weight in zip(places, weights, strict=True)
            if weight and not excluded[at]
        ]
        if excluded[place]:
            values[place] = ABSENT
        elif counted:
            whole = mean([value for value, _ in counted], [weight for _, weight in counted])
            values[place] = result.apply(whole)
        else:
            values[place] = empty
    return values

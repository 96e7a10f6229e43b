"""Means over the parts of an objective, for scores, coverage, ranges, pace and confidence alike.

Rules of this file:

1. One arithmetic: every mean is `okrcore._arith.mean`.
2. ABSENT is not 0. A part that is *missing* leaves a mean and keeps its weight in coverage and score
   range; a part that is *excluded* leaves all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import TypeAlias

from okrcore._arith import ABSENT, mean, snap
from okrcore.plan import BoundState
from okrcore.rulebook import Combination, Effect, GuardrailRule, RollUpRule, ZeroWeights
from okrcore.scorecard.batches import put
from okrcore.scorecard.layout import Inputs, Layout

__all__ = [
    "Items",
    "combine",
    "guard_items",
    "guard_value",
    "items_of",
    "mean_of",
    "or_empty",
    "roll_means",
]

#: Values that entered, and their weights.
Items: TypeAlias = list[tuple[float, float]]


def items_of(
    inputs: Inputs,
    values: Mapping[int, float] | Sequence[float],
    left_out: Sequence[int] | None = None,
) -> Items:
    """Return the values that enter, with their weights; those absent, left out or of weight 0 do not.

    Args:
        inputs: What enters.
        values: By place.
        left_out: By place, whether something is left out; None leaves out nothing.
    """

    def items(start: int, stop: int) -> Iterator[tuple[float, float]]:
        for at, weight in zip(inputs.places[start:stop], inputs.weights[start:stop], strict=True):
            if weight and not (left_out is not None and left_out[at]) and not isnan(values[at]):
                yield values[at], weight

    found: Items = []
    for start, stop, as_one in inputs.blocks:
        block = list(items(start, stop))
        if as_one and block:
            found.append((mean_of(block), 1.0))
        else:
            found += block
    return found


def mean_of(items: Items) -> float:
    """Return the weighted mean of some items; ABSENT of none."""
    if not items:
        return ABSENT
    return mean([value for value, _ in items], [weight for _, weight in items])


def combine(rule: RollUpRule, items: Items) -> float:
    """Return what a rule makes of some items; ABSENT of none."""
    if not items:
        return ABSENT
    if rule.combine is Combination.MINIMUM:
        return min(value for value, _ in items)
    if rule.combine is Combination.SHARE_ACHIEVED:
        return mean_of([(float(snap(value) >= 1), weight) for value, weight in items])
    return mean_of(items)


def or_empty(rule: RollUpRule, value: float, *, has_parts: bool, has_weight: bool) -> float:
    """Return the value; where there is none, what a rule says of nothing at all.

    Args:
        rule: The rule.
        value: What was combined.
        has_parts: Whether anything could enter.
        has_weight: Whether any of it has a weight.
    """
    if not isnan(value):
        return value
    if has_parts and not has_weight and rule.zero_weights is ZeroWeights.ZERO:
        return 0.0
    return ABSENT if rule.empty is None else rule.empty


def guard_items(guard: GuardrailRule, states: Sequence[BoundState]) -> Items:
    """Return the guardrails that enter a mean: 1 while they hold, 0 when breached, none if unknown."""
    if guard.effect is not Effect.AVERAGE:
        return []
    known = (state for state in states if state is not BoundState.UNKNOWN)
    return [(float(state is not BoundState.BREACHED), 1.0) for state in known]


def guard_value(guard: GuardrailRule, value: float, states: Sequence[BoundState]) -> float:
    """Return what a breach leaves of a value."""
    if BoundState.BREACHED not in states or isnan(value):
        return value
    if guard.effect is Effect.CAP:
        return min(value, guard.cap)
    return 0.0 if guard.effect is Effect.VETO else value


def roll_means(
    layout: Layout,
    facts: Sequence[list[float]],
    closed: Mapping[int, Sequence[float]],
    excluded: Sequence[int],
    standing_in: dict[int, Sequence[float]],
    thin: frozenset[int],
) -> None:
    """Fill in the means of objectives over the parts that have a value.

    Args:
        layout: What enters, and in which order.
        facts: Values by place; what is absent in one is absent in all.
        closed: By place of what is closed, its value of each fact, which stays as it is.
        excluded: By place, whether it is left out of what is above it; it keeps values of its own.
        standing_in: By place of what has no score, its values of all facts but the last, for the rules by
            which a missing part counts; the last is what it counts as.
        thin: Places of objectives of which too little was read for a score; they are missing above them.
    """
    offset = len(layout.program.key_results)
    apart: dict[int, Sequence[float]] = {}
    care = bool(closed) or 1 in excluded or bool(thin)
    for place, kept in closed.items():
        for values, value in zip(facts, kept, strict=True):
            values[place] = value
    for groups, others in layout.levels:
        for group in groups:
            for values, means in zip(facts, group.means_of(facts), strict=True):
                put(values, group.rows, offset, means)
            for row in group.rows if care else ():
                _put_row(facts, offset + row, closed.get(offset + row, ()))
                _leave_out(facts, offset + row, excluded, thin, standing_in, apart)
        for row in others:
            inputs, missing = layout.inputs_of(row), layout.rules[row].missing
            entering: Sequence[Mapping[int, float] | Sequence[float]] = facts
            if standing_in and missing is not None:
                entering = _filled(inputs, facts, standing_in, missing)
            means = [mean_of(items_of(inputs, values)) for values in entering]
            _put_row(facts, offset + row, closed.get(offset + row, means))
            _leave_out(facts, offset + row, excluded, thin, standing_in, apart)
    for place, own in apart.items():
        _put_row(facts, place, own)


def _filled(
    inputs: Inputs,
    facts: Sequence[list[float]],
    standing_in: Mapping[int, Sequence[float]],
    missing: float,
) -> list[Mapping[int, float]]:
    """Return the values of each fact for what enters, those of what stands in among them."""
    own = {at: (*standing_in[at], missing) for at in inputs.places if at in standing_in}
    return [
        {at: own[at][n] if at in own else values[at] for at in inputs.places}
        for n, values in enumerate(facts)
    ]


def _leave_out(
    facts: Sequence[list[float]],
    place: int,
    excluded: Sequence[int],
    thin: frozenset[int],
    standing_in: dict[int, Sequence[float]],
    apart: dict[int, Sequence[float]],
) -> None:
    """Put the values of an excluded or thin item aside until everything above it has its own."""
    if excluded[place] or place in thin:
        apart[place] = [values[place] for values in facts]
        if not excluded[place] and not isnan(apart[place][0]):
            standing_in[place] = apart[place][:-1]
        _put_row(facts, place, [ABSENT] * len(facts))


def _put_row(facts: Sequence[list[float]], place: int, found: Sequence[float]) -> None:
    """Put what was found of each fact into a place, if anything was."""
    for values, value in zip(facts, found, strict=False):
        values[place] = value

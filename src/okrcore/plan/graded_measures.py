"""Measures with a scale of their own: exactly, budget, anchors, steps, zones, judged.

Rule of this file: a scale belongs to the key result and was agreed before the cycle; general scales of a
company belong to the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, SupportsFloat, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import snap
from okrcore._checks import (
    are_pairs,
    as_named,
    as_number,
    as_optional_number,
    as_pairs,
    as_tuple,
    given_number,
    is_pair,
    must_be_a,
    must_be_number,
    must_be_some,
    must_be_unique,
    path_of,
)
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.plan.bounds import Above, AtLeast, AtMost, Below, must_be_stated
from okrcore.plan.unit import in_full

__all__ = ["Anchors", "Budget", "Exactly", "Judged", "Step", "Steps", "Zones"]


@final
@frozen
class Exactly:
    """Hit a number: as far above it scores like as far below it.

    Args:
        target: Number to hit.
        baseline: Value at the start; progress is 0 there.

    Raises:
        InvalidValueError: The target equals the baseline.

    Laws: test_nearer_to_the_number_is_never_worse.
    Source: Qulture.Rocks' mirrored ruler (SYSTEMS.md 1b).

    >>> Exactly(5, 0)
    Exactly(target=5.0, baseline=0.0)
    """

    target: float = field(converter=as_number)
    baseline: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "target", self.target)
        must_be_number(self, "baseline", self.baseline)
        if snap(self.target) == snap(self.baseline):
            raise InvalidValueError(
                "target-equals-baseline",
                path_of(self, "target"),
                self.target,
                "write Between to hold a level",
            )


@final
@frozen
class Budget:
    """Spend at most an amount: full progress within it, falling to 0 at the rulebook's multiple of it.

    Args:
        limit: Amount; above 0 at 12 decimals.

    Laws: test_spending_more_never_helps.
    Source: error budgets as GitLab scored them (published_scores: 15 points, 0 at 30).

    >>> Budget(15).limit
    15.0
    """

    limit: float = field(converter=as_number)

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "limit", self.limit)
        if snap(self.limit) <= 0:
            raise InvalidValueError(
                "not-positive", path_of(self, "limit"), self.limit, "write AtMost(0) to allow none"
            )


def _as_anchors(
    values: Mapping[float, float] | tuple[tuple[float, float], ...],
) -> tuple[tuple[float, float], ...]:
    given = as_pairs(values)
    if not are_pairs(given):
        return given  # type: ignore[no-any-return]  # refused by Anchors
    anchors = tuple((as_number(score), as_number(value)) for score, value in given)
    is_ordered = all(type(number) is float for pair in anchors for number in pair)
    return tuple(sorted(anchors)) if is_ordered else anchors  # other kinds are refused there


@final
@frozen
class Anchors:
    """Values agreed in advance for scores, such as 0.3, 0.7 and 1.0; linear between them.

    Beyond the ends the nearest line goes on; for a stretch target give an anchor above 1.0.

    Args:
        anchors: Value for each score; scores above 0, values all rising or all falling with them.
        baseline: Value for 0; None if it lies on the line through the first two anchors.

    Raises:
        InvalidValueError: There are too few, or the values change direction.

    Laws: test_anchors_are_exact_at_their_knots, test_anchors_have_no_jumps,
    test_a_score_by_anchors_never_falls, test_the_value_of_a_score_is_the_way_back.
    Source: pre-scoring, METHOD.md 2.1 and 2.8.

    >>> Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0).score_of(12)
    0.82
    """

    anchors: tuple[tuple[float, float], ...] = field(converter=_as_anchors)
    baseline: float | None = field(default=None, kw_only=True, converter=as_optional_number)

    def __attrs_post_init__(self) -> None:
        must_be_some(self, "anchors", self.anchors)
        if not are_pairs(self.anchors):
            raise InvalidValueError(
                "wrong-type", path_of(self, "anchors"), self.anchors, "give {0.7: 10, 1.0: 15}"
            )
        for position, (score, value) in enumerate(self.anchors):
            must_be_number(self, f"anchors[{position}].score", score)
            must_be_number(self, f"anchors[{position}].value", value)
            if score <= 0:
                raise InvalidValueError(
                    "not-positive", path_of(self, f"anchors[{position}].score"), score
                )
        if self.baseline is not None:
            must_be_number(self, "baseline", self.baseline)
        knots = self.knots
        if len(knots) < 2:
            raise InvalidValueError(
                "too-few", path_of(self, "anchors"), self.anchors, "give two, or one and a baseline"
            )
        if any(snap(b[0]) == snap(a[0]) for a, b in pairwise(knots)):
            raise InvalidValueError(
                "bounds-crossed",
                path_of(self, "anchors"),
                [score for score, _ in knots],
                "let the scores differ, at 12 decimals",
            )
        steps = [snap(b[1] - a[1]) for a, b in pairwise(knots)]
        if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
            raise InvalidValueError(
                "bounds-crossed",
                path_of(self, "anchors"),
                [value for _, value in knots],
                "let the values rise, or fall, with the scores",
            )

    @property
    def knots(self) -> tuple[tuple[float, float], ...]:
        """Scores with their values, the baseline first if there is one."""
        return self.anchors if self.baseline is None else ((0.0, self.baseline), *self.anchors)

    def value_of(self, score: float) -> float:
        """Return the value at which a score is reached: the inverse of `score_of`.

        >>> Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0).value_of(0.15)
        3.0
        """
        score = given_number(self, "value_of", score)
        knots = self.knots
        start = max(
            (n for n, (at, _) in enumerate(knots[:-1]) if snap(at) <= snap(score)), default=0
        )
        (low, first), (high, last) = knots[start], knots[start + 1]
        if snap(score) == snap(high):
            return last
        return first + (last - first) * (score - low) / (high - low)

    def score_of(self, value: float) -> float:
        """Return the score of a value."""
        value = given_number(self, "score_of", value)
        knots = self.knots
        for score, at in knots:
            if snap(at) == snap(value):
                return score
        rises = knots[-1][1] > knots[0][1]
        # The last segment that starts before the value; the first one if none does.
        start = max(
            (n for n, (_, at) in enumerate(knots[:-1]) if (at < value) == rises),
            default=0,
        )
        (low, first), (high, last) = knots[start], knots[start + 1]
        return low + (high - low) * (value - first) / (last - first)


#: A bound, or None for all other values, and the score of values for which it holds.
Step: TypeAlias = tuple[AtLeast | Above | AtMost | Below | None, float]


def _as_steps(values: Iterable[tuple[object, SupportsFloat]]) -> tuple[Step, ...]:
    given: Any = as_tuple(values)
    if not are_pairs(given):
        return given  # type: ignore[no-any-return]  # refused by Steps
    return tuple((edge, as_number(score)) for edge, score in given)


@final
@frozen
class Steps:
    """A score for each band of values; the first band that holds counts.

    Args:
        steps: Pairs of a bound and a score; None as a bound holds for every value.

    Raises:
        InvalidValueError: There is no step, or one is not such a pair.

    Laws: test_a_value_is_worth_its_step.

    >>> Steps([(Below(5), 1), (AtMost(7), 0.5), (None, 0)]).score_of(7.1)
    0.0
    """

    steps: tuple[Step, ...] = field(converter=_as_steps)

    def __attrs_post_init__(self) -> None:
        must_be_some(self, "steps", self.steps)
        for position, step in enumerate(self.steps):
            field = f"steps[{position}]"
            if not is_pair(step):
                raise InvalidValueError(
                    "wrong-type", path_of(self, field), step, "give a pair (AtMost(7), 0.5)"
                )
            must_be_a(self, f"{field}[0]", step[0], AtLeast, Above, AtMost, Below, type(None))
            must_be_stated(self, f"{field}[0]", step[0])
            must_be_number(self, f"{field}[1]", step[1])
        must_be_unique(self, "steps", [edge for edge, _ in self.steps])

    def score_of(self, value: float) -> float | None:
        """Return the score of a value; None if no step holds."""
        value = given_number(self, "score_of", value)
        return next((s for edge, s in self.steps if edge is None or edge.holds(value)), None)

    def __str__(self) -> str:
        return "; ".join(
            f"{'else' if edge is None else edge}: {in_full(snap(score))}"
            for edge, score in self.steps
        )


def _as_zones(
    values: Mapping[str, float] | tuple[tuple[str, float], ...],
) -> tuple[tuple[str, float], ...]:
    given = as_named(values)
    if not are_pairs(given):
        return given  # type: ignore[no-any-return]  # refused by Zones
    return tuple((label, as_number(score)) for label, score in given)


@final
@frozen
class Zones:
    """A score for each named zone: an ordinal key result, read as a label.

    Args:
        zones: Score of each label.

    Raises:
        InvalidValueError: There is no zone, or a label is repeated.

    Laws: test_a_zone_is_worth_its_score.
    Source: Puzzle's ordinal key results (SYSTEMS.md part 2).

    >>> Zones({"fail": 0, "commit": 0.3, "target": 0.7, "stretch": 1}).labels
    ('fail', 'commit', 'target', 'stretch')
    """

    zones: tuple[tuple[str, float], ...] = field(converter=_as_zones)

    def __attrs_post_init__(self) -> None:
        must_be_some(self, "zones", self.zones)
        for position, zone in enumerate(self.zones):
            if not is_pair(zone):
                raise InvalidValueError(
                    "wrong-type", path_of(self, f"zones[{position}]"), zone, 'give {"target": 0.7}'
                )
            must_be_name(self, f"zones[{position}].label", zone[0])
            must_be_number(self, f"zones[{position}].score", zone[1])
        must_be_unique(self, "zones", self.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the zones, in order."""
        return tuple(label for label, _ in self.zones)


@final
@frozen
class Judged:
    """Judge a result at the end: a reading is the score itself, 0 to 1, with a note of its reasons.

    Laws: test_credit_is_worth_itself_or_nothing.

    >>> Judged()
    Judged()
    """

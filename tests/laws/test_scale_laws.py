"""Laws of measures with a scale of their own.

- anchors are exact at their knots
- anchors have no jumps: a small step beside a knot moves the score by no more than the steeper line
- the value of a score is the way back from the score of a value
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr

scores = st.lists(st.integers(1, 150).map(lambda n: n / 100), min_size=2, max_size=6, unique=True)
steps = st.lists(st.integers(1, 5000).map(lambda n: n / 10), min_size=6, max_size=6)


@st.composite
def anchors(draw: st.DrawFn) -> okr.Anchors:
    start, sign = draw(st.integers(-1000, 1000)), draw(st.sampled_from([1, -1]))
    ways = draw(steps)
    return okr.Anchors(
        {
            score: start + sign * sum(ways[: place + 1])
            for place, score in enumerate(sorted(draw(scores)))
        },
        baseline=draw(st.sampled_from([None, float(start)])),
    )


@given(anchors())
def test_anchors_are_exact_at_their_knots(scale: okr.Anchors) -> None:
    for score, value in scale.knots:
        assert scale.score_of(value) == score


@given(anchors(), st.sampled_from([-1.0, 1.0]))
def test_anchors_have_no_jumps(scale: okr.Anchors, side: float) -> None:
    knots = scale.knots
    steepest = max(abs((b[0] - a[0]) / (b[1] - a[1])) for a, b in pairwise(knots))
    for score, value in knots:
        assert abs(scale.score_of(value + side * 1e-6) - score) <= steepest * 1.01e-6 + 1e-9


@given(anchors(), st.integers(0, 200).map(lambda n: n / 100))
def test_the_value_of_a_score_is_the_way_back(scale: okr.Anchors, score: float) -> None:
    assert scale.score_of(scale.value_of(score)) == pytest.approx(score, abs=1e-9)

"""The law of means of many objectives at once: each is the one mean of its parts, to the last bit.

Means leave the range of what they average by rounding alone, where all parts lie close together; so those
are what is drawn, with weights of every size, some parts absent.
"""

from __future__ import annotations

from math import inf, isnan, nan, nextafter

from hypothesis import given
from hypothesis import strategies as st

from okrcore._arith import mean
from okrcore.scorecard.batches import Group, Stream

COUNT = 3
WEIGHTS = st.sampled_from([1.0, 3.0, 0.1, 7.0, 1 / 3, 1e-9, 1e9, 1e-40, 5e-324, 1e100])
ANYTHING = st.floats(-1e3, 1e3)
CLOSE = st.sampled_from([0.1, 0.7, 1 / 3, 1.0, 0.0, -0.3, 1e-300, 97.0]).flatmap(
    lambda value: st.lists(
        st.sampled_from([value, nextafter(value, inf), nextafter(value, -inf)]),
        min_size=COUNT,
        max_size=COUNT,
    )
)
ROWS = st.lists(
    st.tuples(
        CLOSE | st.lists(ANYTHING, min_size=COUNT, max_size=COUNT),
        st.lists(WEIGHTS, min_size=COUNT, max_size=COUNT),
    ),
    min_size=1,
    max_size=6,
)


def means_of(rows: list[tuple[list[float], list[float]]]) -> list[float]:
    """Return the means of a group whose first part stands in one stream and the others in a second."""
    count = len(rows)
    values = [part[0] for part, _ in rows] + [each for part, _ in rows for each in part[1:]]
    first = Stream(range(count), [weights[0] for _, weights in rows], 1)
    rest = Stream(
        range(count, count * COUNT),
        [each for _, weights in rows for each in weights[1:]],
        COUNT - 1,
    )
    return Group(range(count), [first, rest]).means(values)


@given(ROWS)
def test_a_mean_of_a_batch_is_the_one_mean(rows: list[tuple[list[float], list[float]]]) -> None:
    assert means_of(rows) == [mean(part, weights) for part, weights in rows]


@given(ROWS, st.lists(st.sets(st.integers(0, COUNT - 1)), min_size=6, max_size=6))
def test_what_is_absent_leaves_a_mean_of_a_batch(
    rows: list[tuple[list[float], list[float]]], absent: list[set[int]]
) -> None:
    blank = [
        ([nan if n in gone else each for n, each in enumerate(part)], weights)
        for (part, weights), gone in zip(rows, absent, strict=False)
    ]
    for found, (part, weights) in zip(means_of(blank), blank, strict=True):
        pairs = [(v, w) for v, w in zip(part, weights, strict=True) if not isnan(v)]
        if pairs:
            assert found == mean([v for v, _ in pairs], [w for _, w in pairs])
        else:
            assert isnan(found)

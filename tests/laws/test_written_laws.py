"""Laws of numbers as they are written.

- two decimals, and whole percents, are the decimal of the number rounded half up
- edges are met at 12 decimals, whether or not that was worth rounding
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import inf, nan, nextafter

from hypothesis import given
from hypothesis import strategies as st

from okrcore._arith import above, as_percent, at_least, written

#: Numbers of three decimals, half of which lie near half-way, with their neighbours in floats.
near_half_way = st.builds(
    lambda thousandths, towards: nextafter(thousandths / 1000, towards),
    st.integers(-3_000_000, 3_000_000),
    st.sampled_from([-inf, inf, 0.145]),
)
all_sizes = st.floats(-1e9, 1e9) | st.integers(-(10**12), 10**12).map(lambda n: n / 1000)


#: Differences about as large as what rounding to 12 decimals takes away.
slight = st.integers(-40, 40).map(lambda n: n * 1e-13) | st.just(nan)
edges = st.sampled_from([0.0, 0.7, 1.0, -0.3, 85.0, 1 / 3, 12345.6, 1e6, 1e15, 1e100])


def rounded(value: float, step: str) -> Decimal:
    """Return the decimal of a number, cleaned of what floats leave behind its twelfth digit; no -0."""
    return Decimal(repr(round(value, 12))).quantize(Decimal(step), ROUND_HALF_UP) + 0


@given(near_half_way | all_sizes)
def test_numbers_are_written_as_their_decimals_round(value: float) -> None:
    assert written(value) == str(rounded(value, "0.01"))
    assert as_percent(value) == f"{rounded(value * 100, '1')}%"


@given(edges | all_sizes, slight | all_sizes)
def test_edges_are_met_at_12_decimals(edge: float, difference: float) -> None:
    for value in (edge + difference, nextafter(edge + difference, edge)):
        assert at_least(value, edge) == (round(value, 12) >= round(edge, 12))
        assert above(value, edge) == (round(value, 12) > round(edge, 12))
        assert at_least(edge, value) == (round(edge, 12) >= round(value, 12))
        assert above(edge, value) == (round(edge, 12) > round(value, 12))

"""Laws of numbers as they are written.

- two decimals, and whole percents, are the decimal of the number rounded half up
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import inf, nextafter

from hypothesis import given
from hypothesis import strategies as st

from okrcore._arith import as_percent, written

#: Numbers of three decimals, half of which lie near half-way, with their neighbours in floats.
near_half_way = st.builds(
    lambda thousandths, towards: nextafter(thousandths / 1000, towards),
    st.integers(-3_000_000, 3_000_000),
    st.sampled_from([-inf, inf, 0.145]),
)
all_sizes = st.floats(-1e9, 1e9) | st.integers(-(10**12), 10**12).map(lambda n: n / 1000)


def rounded(value: float, step: str) -> Decimal:
    """Return the decimal of a number, cleaned of what floats leave behind its twelfth digit."""
    return Decimal(repr(round(value, 12))).quantize(Decimal(step), ROUND_HALF_UP)


@given(near_half_way | all_sizes)
def test_numbers_are_written_as_their_decimals_round(value: float) -> None:
    assert written(value) == str(rounded(value, "0.01"))
    assert as_percent(value) == f"{rounded(value * 100, '1')}%"

"""Laws of shares as they are shown.

- they total what they are: those of a whole 100, those of a part what the part is, rounded
- each is less than a step away from what it is
- the order of the names stays
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from okrcore.display import format_shares

amounts = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)
digits = st.integers(0, 6)


def exact(value: float) -> Fraction:
    """Return a number as it is written, not as it is stored."""
    return Fraction(Decimal(repr(value)))


def named(values: list[int], whole: int) -> dict[str, float]:
    return {f"n{position}": value / whole for position, value in enumerate(values)}


@given(amounts, st.integers(0, 1000), digits)
def test_shown_shares_total_what_they_are(values: list[int], rest: int, places: int) -> None:
    whole = sum(values) + rest
    total = sum(map(exact, format_shares(named(values, whole), places).values()))
    # Half up, in fractions.
    steps = floor(Fraction(sum(values), whole) * 100 * 10**places + Fraction(1, 2))
    assert total == Fraction(steps, 10**places)
    assert rest or total == 100


@given(amounts, st.integers(0, 1000), digits)
def test_shown_shares_are_less_than_a_step_away(values: list[int], rest: int, places: int) -> None:
    whole = sum(values) + rest
    shown = format_shares(named(values, whole), places)
    step = Fraction(1, 10**places)
    for value, share in zip(values, shown.values(), strict=True):
        assert abs(exact(share) - Fraction(value, whole) * 100) < step


@given(amounts, digits)
def test_shown_shares_keep_their_order(values: list[int], places: int) -> None:
    shares = named(values, sum(values))
    assert list(format_shares(shares, places)) == list(shares)

"""Shares in percent, rounded so that they add up.

Rounded one by one, three thirds are 33.33, 33.33 and 33.33, which is 99.99.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from math import fsum
from typing import Final

from okrcore._arith import Rounding, round_to, snap
from okrcore._checks import as_number, given_mapping, given_whole, must_be_number
from okrcore._texts import given_text

__all__ = ["shown_shares"]

#: More digits would show the noise of floats.
_MOST_DIGITS: Final = 6


def shown_shares(shares: Mapping[str, float], digits: int = 0) -> dict[str, float]:
    """Return shares in percent, rounded by largest remainder: shares of a whole total 100.

    Each is rounded down, and the remaining steps go to the largest losses, the first of equals. So equal
    shares may be one step apart.

    Args:
        shares: Shares by name, each 0 to 1, such as `card.shares("grow")`; their total is kept.
        digits: Decimals, 0 to 6.

    Returns:
        Percents by name, in the same order.

    Laws: test_shown_shares_total_what_they_are, test_shown_shares_are_less_than_a_step_away.

    Source: SYSTEMS.md part 1: Viva shows three equal contributions as 33.33 each.

    >>> shown_shares({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, digits=2)
    {'a': 33.34, 'b': 33.33, 'c': 33.33}
    """
    shares = given_mapping(shown_shares, "shares", shares)
    digits = given_whole(shown_shares, "digits", digits, 0, _MOST_DIGITS)
    given = {
        given_text(shown_shares, "shares", name): as_number(share) for name, share in shares.items()
    }
    for name, share in given.items():
        must_be_number(shown_shares, f"shares[{name!r}]", share, low=0.0, high=1.0)
    step = Decimal(1).scaleb(-digits)
    exact = {name: Decimal(repr(snap(share * 100))) for name, share in given.items()}
    shown = {name: share.quantize(step, rounding=ROUND_FLOOR) for name, share in exact.items()}
    total = Decimal(repr(round_to(fsum(given.values()) * 100, digits, Rounding.HALF_UP)))
    left = int((total - sum(shown.values(), Decimal(0))) / step)
    by_loss = sorted(exact, key=lambda name: shown[name] - exact[name])
    for name in by_loss[:left]:
        shown[name] += step
    return {name: float(share) for name, share in shown.items()}

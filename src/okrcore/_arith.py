"""Arithmetic shared by batch, live and explanation: one mean, one snap, one rounding.

Rules of this file:

1. Sums are `math.fsum`, so the order of siblings never matters, exactly.
2. A mean never leaves the range of its values: 1% of random means would, by one unit in the last place,
   and 30% of means of equal numbers would differ from that number.
3. A number is snapped to 12 decimals before it is compared with an edge or rounded, and only there:
   7.2 to 8.5 at 8.11 is 0.6999999999999995 in floats, and is 0.7.
4. A number that is compared with an edge is written with enough decimals to differ from it, so that 0.996
   is never the 1.00 that it missed. Nothing is ever written as -0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import (
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from enum import StrEnum, unique
from math import fsum, nan
from operator import mul, truediv  # pyright: ignore[reportUnknownVariableType]
from typing import Final

from okrcore._checks import LARGEST
from okrcore._figures import Figure

__all__ = [
    "ABSENT",
    "MOST_DIGITS",
    "NEAR",
    "Rounding",
    "above",
    "apart",
    "as_percent",
    "at_least",
    "bounded",
    "exact_parts",
    "mean",
    "near_edges",
    "or_none",
    "percent_beside",
    "quotient",
    "round_to",
    "running_sums",
    "short_beside",
    "snap",
    "written",
    "written_beside",
]

#: Missing number in arrays of floats; never shown, never returned.
ABSENT: Final = nan

#: Precision for every digit that a number of this library can have.
_WIDE: Final = Context(prec=400)
#: Decimals that survive a snap (library default).
_SNAP_DIGITS: Final = 12
#: Most decimals to round to, and most places before the point: no more survive a snap (library default).
MOST_DIGITS: Final = _SNAP_DIGITS
#: Larger than any difference of numbers that are equal at 12 decimals (library default).
NEAR: Final = 1e-11
#: Within this distance of half-way between two whole numbers, or beyond this size, a float may round
#: differently than its decimal (library default).
_NEAR_HALF: Final = 1e-6
_LARGE: Final = 1e6
#: Numbers this far apart differ at two decimals (library default).
_STEP: Final = 0.011


@unique
class Rounding(StrEnum):
    """Direction in which a number between two decimals is rounded."""

    HALF_UP = "half-up"  # 72.5 -> 73: Quantive, GitLab's key results
    HALF_EVEN = "half-even"  # 72.5 -> 72: bankers
    HALF_DOWN = "half-down"  # 72.5 -> 72, 73.5 -> 73: Planview
    TRUNCATE = "truncate"  # towards 0: UpRaise, Cascade, Oboard
    FLOOR = "floor"  # downwards: GitLab's parents


_DECIMAL_MODE: Final = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.HALF_DOWN: ROUND_HALF_DOWN,
    Rounding.TRUNCATE: ROUND_DOWN,
    Rounding.FLOOR: ROUND_FLOOR,
}


#: Quotient of two floats; the stubs leave its type open.
quotient: Final[Callable[[float, float], float]] = truediv  # pyright: ignore[reportUnknownVariableType]


def or_none(value: float) -> float | None:
    """Return a number of an array for people: None if missing, no -0."""
    return value + 0.0 if value == value else None  # noqa: PLR0124  # ABSENT differs from itself


def bounded(value: float) -> float:
    """Return a product; ABSENT if it lies beyond every accepted number."""
    return value if -LARGEST <= value <= LARGEST else ABSENT


def snap(value: float) -> float:
    """Return the value at 12 decimals; a zero has no sign."""
    return round(value, _SNAP_DIGITS) + 0.0


def at_least(value: float, edge: float) -> bool:
    """Return whether a value is at or above an edge, both at 12 decimals.

    Laws: test_edges_are_met_at_12_decimals.

    >>> at_least(0.1 + 0.2 + 0.4, 0.7), at_least(0.69, 0.7)
    (True, False)
    """
    # Rounding keeps order, and makes equal only numbers within `NEAR`; most need no rounding.
    return value >= edge or (value > edge - NEAR and snap(value) == snap(edge))


def above(value: float, edge: float) -> bool:
    """Return whether a value is above an edge, both at 12 decimals; see `at_least`."""
    return value > edge and (value > edge + NEAR or snap(value) != snap(edge))


def round_to(value: float, digits: int, rounding: Rounding) -> float:
    """Return the value rounded in decimal, after the snap.

    >>> round_to(0.145, 2, Rounding.HALF_UP)  # the float is 0.14499999999999999
    0.15
    """
    exact = Decimal(repr(snap(value)))
    step = Decimal(1).scaleb(-digits)
    # Adding 0 makes -0.0 positive.
    return float(exact.quantize(step, rounding=_DECIMAL_MODE[rounding], context=_WIDE)) + 0.0


def written(value: float) -> Figure:
    """Write a number with two decimals, rounded half-up in decimal.

    Laws: test_numbers_are_written_as_their_decimals_round, test_nothing_is_written_as_minus_zero.

    >>> written(0.7 / 0.8)  # 0.8749999999999999 in floats
    '0.88'
    """
    if _rounds_alike(value * 100):
        return Figure(f"{value:z.2f}")
    return Figure(f"{round_to(value, 2, Rounding.HALF_UP):.2f}")


def as_percent(share: float) -> Figure:
    """Write a share as a whole percent."""
    percent = share * 100
    if _rounds_alike(percent):
        return Figure(f"{percent:z.0f}%")
    return Figure(f"{round_to(percent, 0, Rounding.HALF_UP):.0f}%")


def written_beside(value: float, *edges: float) -> Figure:
    """Write a number with two decimals, or with more to differ from edges that it is not on.

    Numbers written beside each other keep their order: rounding to the same decimals keeps it, and
    decimals are added until the numbers differ. A number is on an edge if equal to it at 12 decimals.

    Laws: test_numbers_stay_on_their_side_of_an_edge.

    >>> written_beside(0.996, 1.0), written_beside(0.95, 1.0), written_beside(0.1 + 0.2 + 0.4, 0.7)
    ('0.996', '0.95', '0.70')
    """
    close = [edge for edge in edges if -_STEP < edge - value < _STEP]
    near = near_edges(value, close, written) if close else ()
    if not near:
        return written(value)
    whole, _, decimals = apart(value, near).partition(".")
    return Figure(f"{whole}.{decimals.rstrip('0'):0<2}")


def percent_beside(share: float, *edges: float) -> Figure:
    """Write a share as a whole percent, or with decimals to differ from edges; see `written_beside`.

    >>> percent_beside(0.996, 1.0), percent_beside(0.95, 1.0)
    ('99.6%', '95%')
    """
    close = [edge for edge in edges if -_STEP < edge - share < _STEP]
    near = near_edges(share, close, as_percent) if close else ()
    if not near:
        return as_percent(share)
    return Figure(f"{Decimal(apart(share, near)) * 100:f}".rstrip("0").rstrip(".") + "%")


def short_beside(value: float, *edges: float) -> Figure:
    """Write a number with four digits at most, or more to differ from edges; see `written_beside`.

    >>> short_beside(2 / 3), short_beside(0.5), short_beside(0.99998, 1.0)
    ('0.6667', '0.5', '0.99998')
    """
    near = near_edges(value, edges, _in_four_digits)
    if near:
        return Figure(apart(value, near).rstrip("0").rstrip("."))
    # At 12 decimals 1e-13 is on an edge of 0.
    return Figure(_in_four_digits(snap(value) if edges else value))


def _in_four_digits(value: float) -> str:
    return f"{value:z.4g}"


def near_edges(
    value: float, edges: Iterable[float], write: Callable[[float], str]
) -> Sequence[float]:
    """Return all edges that a number is not on, if it is written like one of them; else none."""
    at = snap(value)
    others = [edge for edge in edges if snap(edge) != at]
    text = write(at) if others else ""
    return others if any(write(edge) == text for edge in others) else ()


def apart(value: float, edges: Sequence[float]) -> str:
    """Write a number with the fewest decimals, from three on, that differ from all of the edges.

    The edges must differ from the number at 12 decimals.
    """
    digits = 3
    while any(_in_decimals(edge, digits) == _in_decimals(value, digits) for edge in edges):
        digits += 1
    return _in_decimals(value, digits)


def _in_decimals(value: float, digits: int) -> str:
    return f"{round_to(value, digits, Rounding.HALF_UP):.{digits}f}"


def _rounds_alike(value: float) -> bool:
    """Return whether a float rounds to a whole number as its decimal does."""
    return -_LARGE < value < _LARGE and abs(value % 1 - 0.5) > _NEAR_HALF


def exact_parts(values: Iterable[float]) -> list[float]:
    """Return few numbers with exactly the sum of the values: as terms of `fsum` they replace the values.

    Source: Shewchuk 1997, as `fsum` uses it; the recipe in the notes of Python's `math.fsum`.

    >>> exact_parts([1e16, 1.0, -1e16, 0.1]) == exact_parts([1.0, 0.1])
    True
    """
    parts: list[float] = []
    for value in values:
        parts = _with_part(parts, value)
    return parts


def _with_part(parts: Sequence[float], value: float) -> list[float]:
    """Return the parts of a sum with one more value."""
    rest: list[float] = []
    for part in parts:
        larger, smaller = (part, value) if abs(value) < abs(part) else (value, part)
        total = larger + smaller
        lost = smaller - (total - larger)
        if lost:
            rest.append(lost)
        value = total
    return [*rest, value]


def running_sums(values: Iterable[float]) -> Iterator[float]:
    """Yield `fsum` of the values up to each of them, to the last bit.

    >>> list(running_sums([1e16, 1.0, -1e16, 0.1]))
    [1e+16, 1e+16, 1.0, 1.1]
    """
    parts: list[float] = []
    for value in values:
        parts = _with_part(parts, value)
        yield fsum(parts)


def mean(values: Sequence[float], weights: Iterable[float]) -> float:
    """Return the weighted mean of at least one value; the weights must not all be 0."""
    weights = tuple(weights)
    raw = fsum(map(mul, values, weights)) / fsum(weights)
    low, high = min(values), max(values)
    return low if raw < low else min(raw, high)

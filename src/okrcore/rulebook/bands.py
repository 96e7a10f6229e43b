"""Names for ranges of a number: grades, colours, verdicts.

Bands are tried in order, and the first that holds applies. Whether a limit belongs to a band follows from
the type of its bound; numbers are compared after the 12-decimal snap.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from enum import StrEnum, unique
from math import inf, isnan, nextafter
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import MOST_DIGITS, NEAR, Rounding, round_to
from okrcore._checks import (
    LARGEST,
    as_text,
    as_tuple,
    given_number,
    is_pair,
    is_tuple,
    must_be_a,
    must_be_unique,
    must_be_whole,
    path_of,
)
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.plan import Above, Ambition, AtLeast, AtMost, Below
from okrcore.plan.bounds import must_be_stated

__all__ = ["OTHERWISE", "Axis", "Band", "Bands", "Edge", "Scale", "band_edges", "names_of"]

#: Numbers whose names take as long, one by one, as to find the stretches of some bands (library default).
_FEW: Final = 64

#: Bound of a band; None holds everything that is left.
Edge: TypeAlias = AtLeast | Above | AtMost | Below | None
Band: TypeAlias = tuple[Edge, str]
OTHERWISE: Final = None


@unique
class Axis(StrEnum):
    """Number whose ranges a scale names."""

    SCORE = "score"
    PROGRESS = "progress"
    CONFIDENCE = "confidence"
    #: Expected minus actual progress, as a share: 0.05 is five points behind.
    GAP = "gap"
    #: Actual progress by the progress that the ambition expects by now.
    RATIO = "ratio"
    #: Value of a metric as a share of its bound: value by limit, or limit by value for a ceiling.
    HEALTH = "health"


def _as_bands(values: Iterable[Band]) -> tuple[Band, ...]:
    given: Any = as_tuple(values)
    return as_tuple(map(_as_band, given)) if is_tuple(given) else given


def _as_band(pair: Any) -> Any:
    return (pair[0], as_text(pair[1])) if is_pair(pair) else pair


@final
@frozen
class Bands:
    """Ordered list of bounds with their names.

    Args:
        bands: Pairs of a bound and a name; None as a bound holds everything that is left.
        digits: Decimals to round to before the comparison; None does not round.

    Raises:
        InvalidValueError: There is no band, or one is not such a pair.

    Source: METHOD.md 2.2 on the holes that published bands leave.

    >>> colours = Bands([(AtLeast(0.7), "green"), (AtLeast(0.4), "yellow"), (OTHERWISE, "red")])
    >>> colours.name(0.66), Bands(colours.bands, digits=1).name(0.66)
    ('yellow', 'green')
    """

    bands: tuple[Band, ...] = field(converter=_as_bands)
    digits: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.bands) is not tuple:
            raise InvalidValueError("not-a-sequence", path_of(self, "bands"), self.bands)
        if not self.bands:
            raise InvalidValueError("bands-empty", path_of(self, "bands"), self.bands)
        for position, band in enumerate(self.bands):
            where = f"bands[{position}]"
            if not is_pair(band):
                raise InvalidValueError(
                    "wrong-type", path_of(self, where), band, "give a pair (AtLeast(0.7), 'green')"
                )
            must_be_a(self, f"{where}[0]", band[0], AtLeast, Above, AtMost, Below, type(None))
            must_be_stated(self, f"{where}[0]", band[0])
            must_be_name(self, f"{where}[1]", band[1])
        must_be_unique(self, "bands", [bound for bound, _ in self.bands])
        if self.digits is not None:
            must_be_whole(self, "digits", self.digits, -MOST_DIGITS, MOST_DIGITS)

    def band(self, value: float) -> Band | None:
        """Return the first band that holds a number; None if none does."""
        if type(value) is not float or not -inf < value < inf:
            value = given_number(self, "band", value)
        if self.digits is not None:
            value = round_to(value, self.digits, Rounding.HALF_UP)
        for band in self.bands:
            if band[0] is None or band[0].holds(value):
                return band
        return None

    def name(self, value: float) -> str | None:
        """Return the name for a number; None if no band holds it."""
        found = self.band(value)
        return None if found is None else found[1]


@final
@frozen
class Scale:
    """Named bands over an axis, for one ambition or for all.

    Args:
        name: Such as "grade" or "verdict".
        axis: Number whose ranges are named.
        bands: Ranges and their names.
        ambition: None for all, and for objectives without one.
    """

    name: str
    axis: Axis
    bands: Bands
    ambition: Ambition | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        must_be_a(self, "axis", self.axis, Axis)
        must_be_a(self, "bands", self.bands, Bands)
        must_be_a(self, "ambition", self.ambition, Ambition, type(None))


def band_edges(bands: Bands) -> tuple[float, ...]:
    """Return the edges of bands; with rounding, also the ends of the range that rounds to each.

    >>> from okrcore import AtLeast
    >>> band_edges(Bands([(AtLeast(0.7), "green"), (None, "red")], digits=1))
    (0.7, 0.65)
    """
    found: list[float] = []
    for bound, _ in bands.bands:
        if bound is None:
            continue
        found.append(bound.stated_limit())
        if bands.digits is not None:
            # An edge outside its band starts the range at the next rounded number.
            side = -1 if isinstance(bound, (AtLeast, Below)) else 1
            at = side * round_to(side * bound.stated_limit(), bands.digits, Rounding.FLOOR)
            half = 10.0**-bands.digits / 2
            found.append(round_to(at + side * half, bands.digits + 1, Rounding.HALF_UP))
    return tuple(found)


def names_of(bands: Bands, numbers: Sequence[float]) -> list[str | None]:
    """Return the name for each number; None of ABSENT, and if no band holds it.

    The plain definition is `Bands.name`.

    Laws: test_names_of_many_are_those_of_each.
    """
    if len(numbers) < _FEW:
        return [None if isnan(number) else bands.name(number) for number in numbers]
    cuts, names = _stretches(bands)
    found = [names[bisect(cuts, number)] for number in numbers]
    for n in [n for n, name in enumerate(found) if name is None]:
        found[n] = None if isnan(numbers[n]) else bands.name(numbers[n])
    return found


def _stretches(bands: Bands) -> tuple[Sequence[float], Sequence[str | None]]:
    """Return numbers between which every number has one name, and the names.

    None if a number has to be looked at: as near to an edge as this the snap decides.
    """
    cuts = [-LARGEST]
    for edge in sorted(band_edges(bands)):
        low, high = (
            min(edge - NEAR, nextafter(edge, -inf)),
            max(edge + NEAR, nextafter(edge, inf)),
        )
        if low <= cuts[-1]:
            cuts[-1] = high
        else:
            cuts += [low, high]
    names = [bands.name(cut) if n % 2 == 0 else None for n, cut in enumerate(cuts)]
    return [*cuts, inf], [None, *names, None]

"""Laws of bands: names of many numbers are those of each.

Numbers are drawn at edges, within the snap to 12 decimals of them, and one float beside them: there alone could
a name be another one.
"""

from __future__ import annotations

from math import inf, nan, nextafter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.errors import InvalidValueError
from okrcore.rulebook.bands import band_edges, names_of

LIMITS = st.sampled_from(
    [0.0, 0.4, 0.65, 0.7, 0.7 + 1e-12, 0.7 + 2e-11, 1.0, 1e6, 1e17, -0.65, -1e6, 1e100, -1e100]
)
BOUNDS: st.SearchStrategy[Any] = st.none() | st.builds(
    lambda bound, limit: bound(limit),
    st.sampled_from([okr.AtLeast, okr.Above, okr.AtMost, okr.Below]),
    LIMITS,
)
BANDS = st.builds(
    lambda bounds, digits: okr.rulebook.Bands(
        [(bound, f"{at}") for at, bound in enumerate(bounds)], digits=digits
    ),
    st.lists(BOUNDS, min_size=1, max_size=5, unique=True),
    st.sampled_from([None, None, -3, 0, 1, 2, 12]),
)
#: More numbers than are named one by one.
MANY = 100
#: Distances from an edge: within the snap, at its border, and beyond.
NEARBY = (0.0, 1e-13, 4e-13, 5e-13, 6e-13, 1e-12, 9e-12, 1e-11, 1.1e-11, 1e-9, 0.049, 0.05, 0.06)


@given(BANDS, st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_names_of_many_are_those_of_each(bands: okr.rulebook.Bands, anything: list[float]) -> None:
    beside = [edge + sign * by for edge in band_edges(bands) for by in NEARBY for sign in (-1, 1)]
    beside += [nextafter(each, end) for each in beside for end in (inf, -inf)]
    numbers = [*beside, *anything, *[0.5] * MANY]
    assert names_of(bands, numbers) == list(map(bands.name, numbers))


@given(BANDS)
def test_an_absent_number_has_no_name(bands: okr.rulebook.Bands) -> None:
    assert names_of(bands, [nan]) == [None]
    assert names_of(bands, [nan] * MANY) == [None] * MANY


@pytest.mark.parametrize("count", [1, MANY])
@pytest.mark.parametrize("number", [inf, -inf])
def test_what_is_no_number_is_refused(number: float, count: int) -> None:
    bands = okr.rulebook.Bands([(okr.AtLeast(0.7), "green"), (None, "red")])
    with pytest.raises(InvalidValueError):
        names_of(bands, [number] * count)

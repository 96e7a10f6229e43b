"""Key results derived from the readings of others; never from their scores."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import must_be_a, must_be_some, path_of
from okrcore._texts import as_texts, must_be_ids
from okrcore.errors import InvalidValueError

__all__ = ["Derivation", "Derived"]


@unique
class Derivation(StrEnum):
    """Aggregation of the readings of several key results."""

    SUM = "sum"
    MEAN = "mean"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    #: The first by the second.
    RATIO = "ratio"
    LATEST = "latest"


@final
@frozen
class Derived:
    """Derivation of a key result's value from the readings of others.

    It has no value if a reading is missing, or a ratio would divide by 0. Shares read as `Ratio` add up by
    their counts if all parts are read so, with one `per`; otherwise each is a number. A ratio is in the unit
    of the derived key result: in percent 30 by 50 is 60. Without a unit it is a share of 1, and a plan refuses
    one whose title is in percent and whose numbers lie beyond 1.

    Args:
        how: Aggregation of the readings.
        of: Ids of key results that read numbers, all in one unit, that of the derived one if it has one; a
            ratio has two, dividend and divisor, which may differ in unit.

    Raises:
        InvalidValueError: There is none, or not two for a ratio.

    >>> Derived(Derivation.SUM, ["north", "south"]).of
    ('north', 'south')
    """

    how: Derivation
    of: tuple[str, ...] = field(converter=as_texts)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "how", self.how, Derivation)
        must_be_ids(self, "of", self.of)
        must_be_some(self, "of", self.of)
        if self.how is Derivation.RATIO and len(self.of) != 2:
            way_out = "give the ids of dividend and divisor"
            raise InvalidValueError("not-two", path_of(self, "of"), self.of, way_out)

"""Readings: numbers, shares with their counts, yes or no, names, labels, parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum, unique
from typing import Any, SupportsFloat, TypeAlias, TypeGuard, final

from attrs import field, frozen

from okrcore._checks import (
    as_named,
    as_number,
    as_plain,
    as_text,
    is_tuple,
    must_be_number,
    must_be_unique,
    path_of,
)
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError
from okrcore.words.reason import Reason

__all__ = [
    "Aggregation",
    "Ratio",
    "Reading",
    "ReadingLike",
    "are_names",
    "as_reading",
    "must_be_reading",
    "number_of",
]


@unique
class Aggregation(StrEnum):
    """How several readings become one value: those of a metric, or of the parts of a derived key result or metric.

    All readings of a day count in a sum and a mean: 50 and 122 of one day total 172. If 122 takes the place
    of 50, a `Correction` voids the first, which therefore needs an `id`; `admit` refuses a second one of a day if
    neither has an `id`. Otherwise a later reading of a day takes the place of an earlier one.
    """

    LATEST = "latest"
    #: The sum: sales of each day, or of each hour.
    SUM = "sum"
    MEAN = "mean"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    #: The first by the second, of derived key results and metrics alone.
    RATIO = "ratio"


@final
@frozen
class Ratio:
    """A share with its counts, so that shares add up by them.

    30 of 1,000 and 40 of 500 are together 70 of 1,500, which is 4.667%; the mean of 3% and 8% is 5.5%.

    A check-in of it is read in the unit of its item: in percent 30 of 50 is 60, in a unit per 1,000 it is 600,
    whatever its own `per`. In any other unit, and without one, it is the number `value`. `admit` and `evaluate`
    refuse a share of 1 for an item without unit whose title is in percent and whose numbers lie beyond 1, also
    by way of a metric or derivation; and shares mixed with plain numbers in a metric that totals or averages its
    readings.

    Args:
        numerator: Count of cases that fit.
        denominator: Count of all cases; above 0.
        per: Base of the value: 100 for percent, 1,000 for "tickets per 1,000 accounts".

    Raises:
        InvalidValueError: The denominator is 0 or less, or a number is not finite.

    Laws: test_a_share_is_worth_the_number_it_is_in_its_unit, test_shares_pool_by_their_counts.

    >>> Ratio(31, 1000, per=100).value
    3.1
    """

    numerator: float = field(converter=as_number)
    denominator: float = field(converter=as_number)
    per: float = field(default=1.0, kw_only=True, converter=as_number)  # library default

    def __attrs_post_init__(self) -> None:
        must_be_number(self, "numerator", self.numerator)
        must_be_number(self, "denominator", self.denominator)
        must_be_number(self, "per", self.per)
        if self.denominator == 0:
            raise InvalidValueError(
                "denominator-zero",
                path_of(self, "denominator"),
                self.denominator,
                Reason("hint/no-cases"),
            )
        if self.denominator < 0:
            raise InvalidValueError(
                "not-positive",
                path_of(self, "denominator"),
                self.denominator,
                "a count of cases is never negative; for a quotient of other numbers give the number",
            )
        if self.per <= 0:
            raise InvalidValueError("not-positive", path_of(self, "per"), self.per)
        must_be_number(self, "value", self.value)

    @property
    def value(self) -> float:
        """The share as one number."""
        return self.per * self.numerator / self.denominator


#: A reading in its normal form, as in a check-in.
Reading: TypeAlias = (
    float | bool | str | Ratio | tuple[str, ...] | tuple[tuple[str, float | bool | Ratio], ...]
)
#: Argument of a check-in: a reading, any real number or Decimal, a set or list of names, a mapping of parts.
ReadingLike: TypeAlias = Reading | SupportsFloat | Iterable[str] | Mapping[str, object]


def as_reading(value: ReadingLike | None) -> Reading | None:
    """Convert a reading to its normal form, if it has one.

    Names become a sorted tuple without repeats, parts a sorted tuple of pairs.
    """
    if value is None:
        return value
    if type(value) is float:
        return value or 0.0  # no -0.0
    if type(value) is int:
        return as_number(value)
    normal: Reading | None = _normal(value)
    return normal


def _normal(value: Any) -> Any:
    if isinstance(value, (bool, str, Ratio)):
        return as_text(value)
    if _is_collection(value):
        return tuple(sorted({*map(as_text, value)})) if _are_texts(value) else value
    if _is_mapping(value):
        pairs = as_named(value)
        if not is_tuple(pairs) or not _are_texts([name for name, _ in pairs]):
            return value
        return tuple(sorted((name, _part(part)) for name, part in dict(pairs).items()))
    return _part(as_plain(value))


def _part(value: Any) -> Any:
    """Convert a part of a reading to its normal form, if it has one."""
    return value if isinstance(value, (bool, Ratio)) else as_number(value)


def _are_texts(values: Iterable[object]) -> bool:
    kinds = set(map(type, values))
    return kinds == {str} or all(issubclass(kind, str) for kind in kinds)


def _is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _is_collection(value: object) -> TypeGuard[Iterable[Any]]:
    return isinstance(value, (list, tuple, AbstractSet))


def are_names(value: object) -> TypeGuard[tuple[str, ...]]:
    """Return whether a reading in its normal form is a tuple of names."""
    return is_tuple(value) and set(map(type, value)) == {str} and "" not in value


def must_be_reading(record: object, name: str, value: object) -> None:
    """Require a reading that a measure may take."""
    if isinstance(value, float):
        must_be_number(record, name, value)
    elif isinstance(value, str):
        must_be_name(record, name, value)
    elif is_tuple(value):
        for position, member in enumerate(value):
            _must_be_name_or_part(record, f"{name}[{position}]", member)
        if len({isinstance(member, str) for member in value}) > 1:
            raise InvalidValueError(
                "wrong-type", path_of(record, name), value, "give names or parts, one of them"
            )
        must_be_unique(
            record, name, [member if isinstance(member, str) else member[0] for member in value]
        )
    elif not isinstance(value, (bool, Ratio)) or isinstance(value, date):
        raise InvalidValueError(
            "wrong-type",
            path_of(record, name),
            value,
            "give a number, a Ratio, True or False, a label, names, or a mapping of parts",
        )


def _must_be_name_or_part(record: object, field: str, member: object) -> None:
    if isinstance(member, str):
        must_be_name(record, field, member)
        return
    if is_tuple(member) and len(member) == 2 and isinstance(member[0], str):
        must_be_name(record, field, member[0])
        part = member[1]
        if isinstance(part, float):
            must_be_number(record, field, part)
        if isinstance(part, (bool, float, Ratio)):
            return
    raise InvalidValueError(
        "wrong-type", path_of(record, field), member, "give names, or parts with their numbers"
    )


def number_of(reading: Reading) -> float:
    """Return the number of a numeric reading; other readings were refused before."""
    return reading.value if isinstance(reading, Ratio) else reading  # type: ignore[return-value]

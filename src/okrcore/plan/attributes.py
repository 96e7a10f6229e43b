"""Attributes: values of the host that an item or an entry has by name; no rule reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from okrcore._checks import (
    are_pairs,
    as_named,
    as_number,
    is_pair,
    is_tuple,
    must_be_a,
    must_be_number,
    must_be_unique,
    path_of,
)
from okrcore._texts import must_be_name, must_be_note
from okrcore.errors import InvalidValueError

__all__ = ["NO_ATTRIBUTES", "Attribute", "as_attributes", "must_be_attributes", "with_fact_kinds"]

#: Value of an attribute of the host.
Attribute: TypeAlias = str | float | bool

#: Attributes of a record without any. An empty tuple is always this object.
NO_ATTRIBUTES: Final[tuple[tuple[str, Attribute], ...]] = ()


def as_attributes(
    values: Mapping[str, Attribute] | tuple[tuple[str, Attribute], ...],
) -> tuple[tuple[str, Attribute], ...]:
    """Convert a mapping of names to facts to a tuple of pairs with plain texts, numbers and flags."""
    if values is NO_ATTRIBUTES:
        return NO_ATTRIBUTES  # the default of every record
    given = as_named(values)
    if not are_pairs(given):
        return given  # type: ignore[no-any-return]  # refused by must_be_attributes
    return tuple(
        (name, fact if isinstance(fact, bool) else as_number(fact)) for name, fact in given
    )


def with_fact_kinds(attributes: tuple[tuple[str, Attribute], ...]) -> tuple[object, ...]:
    """Return attributes with the kind of each fact."""
    if attributes is NO_ATTRIBUTES:
        return attributes
    # True equals 1.0, and is another fact.
    return tuple((name, type(fact), fact) for name, fact in attributes)


def must_be_attributes(record: object, attributes: object) -> None:
    """Require a tuple of pairs of a name and a text, number or flag; names differ."""
    if not is_tuple(attributes):
        raise InvalidValueError("not-a-sequence", path_of(record, "attributes"), attributes)
    for position, pair in enumerate(attributes):
        field = f"attributes[{position}]"
        if not is_pair(pair):
            raise InvalidValueError(
                "wrong-type", path_of(record, field), pair, "give a mapping of names to facts"
            )
        must_be_name(record, f"{field}.name", pair[0])
        if type(pair[1]) is float:
            must_be_number(record, f"{field}.fact", pair[1])
        elif type(pair[1]) is not bool:
            must_be_a(record, f"{field}.fact", pair[1], str, float, bool)
            must_be_note(record, f"{field}.fact", pair[1])
    must_be_unique(record, "attributes", [name for name, _ in attributes])

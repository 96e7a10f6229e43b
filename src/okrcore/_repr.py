"""How records with many fields show themselves: by what was said of them, and never at length."""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import AttrsInstance, fields

__all__ = ["repr_of"]

#: Characters at which the fields are cut off: a repr stands in messages and debuggers, and is no
#: document (library default).
_LONGEST: Final = 150


def repr_of(record: AttrsInstance) -> str:
    """Write a record without the fields that are at their default, and cut off what gets long."""
    said: list[str] = []
    for attribute in fields(type(record)):
        value = getattr(record, attribute.name)
        if value != attribute.default:
            said.append(f"{attribute.name}={_word(value)}")
    text = ", ".join(said)
    return f"{type(record).__name__}({text if len(text) <= _LONGEST else text[:_LONGEST] + '...'})"


def _word(value: object) -> str:
    return repr(value.value if isinstance(value, Enum) else value)

"""Texts in the values of a reason, and those that the host gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from attrs import fields, has

from okrcore.plan import Person, Team, Unit
from okrcore.words import TABLE, Figure, Reason, Term

__all__ = ["english_left", "host_texts"]


def english_left(text: str, host: set[str]) -> list[str]:
    """Return the texts in a sentence that are neither from the table nor of the host."""
    return [each for each in _plain_texts(text) if each and each not in host]


def _plain_texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value that words write as they are, down all reasons in it."""
    if isinstance(value, Reason):
        for inner in value.values.values():
            yield from _plain_texts(inner)
    elif isinstance(value, Term):
        if f"{value.kind}: {value}" not in TABLE:
            yield str(value)
    elif isinstance(value, Enum):
        kind = "".join(f" {c.lower()}" if c.isupper() else c for c in type(value).__name__)
        if f"{kind.strip()}: {value}" not in TABLE:
            yield str(value)
    elif isinstance(value, Figure):
        return
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Sequence):
        for each in value:
            yield from _plain_texts(each)


def host_texts(*records: Any) -> set[str]:
    """Return the texts in some records, as they are and in one line."""
    found = set[str]()
    waiting: list[Any] = list(records)
    while waiting:
        value = waiting.pop()
        if isinstance(value, Enum):
            continue
        if isinstance(value, (Person, Team)):
            found.add(str(value))
        if isinstance(value, Unit):  # nouns of the table are no texts of the host
            found |= {text for text in (value.name, value.per) if f"unit: {text}" not in TABLE}
            continue
        if isinstance(value, str):
            found |= {str(value), " ".join(value.split())}
        elif isinstance(value, Mapping):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, (tuple, list, frozenset, set)):
            waiting += value
        elif has(type(value)):
            waiting += [getattr(value, each.name) for each in fields(type(value))]
    return found

"""Digests: one stable name for the contents of a plan, on every machine and in every version.

Rules of this file:

1. The canonical text is JSON: records with their `type`, fields sorted by name, no spaces. It is made
   here and not by the codec, whose documents may change their form.
2. A field at its default is left out, so that a field added later with a default changes no digest. A
   default, once released, never changes.
3. Equal plans have one digest: -0.0 is written as 0.0, and the type of a given number leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, Final

from attrs import AttrsInstance, fields

from okrcore._checks import is_tuple

__all__ = ["canonical_text", "digest_of", "tag_of"]

_ESCAPES: Final = str.maketrans(
    {chr(code): f"\\u{code:04x}" for code in range(32)}
    | {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
)


def digest_of(record: AttrsInstance) -> str:
    """Return the SHA-256 of a record's canonical text, in 64 hexadecimal digits."""
    return sha256(canonical_text(record).encode("utf-8", "surrogatepass")).hexdigest()


def canonical_text(value: Any) -> str:
    """Return the canonical JSON text of a record, the same for all equal ones.

    >>> from okrcore import Alignment, AtMost
    >>> canonical_text((Alignment("co-1"), AtMost(85), None, True))
    '[{"to":"co-1","type":"alignment"},{"limit":85.0,"type":"at_most"},null,true]'
    """
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"'
    if isinstance(value, float):
        return repr(value + 0.0)
    if is_tuple(value):
        return f"[{','.join(map(canonical_text, value))}]"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if value is None or isinstance(value, int):  # True and False among them
        return "null" if value is None else str(value).lower()
    return f"{{{','.join(_members(value))}}}"


def _members(record: object) -> Iterator[str]:
    kind: type = type(record)
    for name, default in _defaults(kind):
        if name == "type":
            yield f'"type":"{default}"'
            continue
        value = getattr(record, name)
        if value != default:
            yield f'"{name}":{canonical_text(value)}'


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a record with their defaults, sorted by name, its tag among them."""
    named = [(attribute.name, attribute.default) for attribute in fields(kind)]
    return tuple(sorted([*named, ("type", tag_of(kind))], key=lambda pair: pair[0]))


def tag_of(kind: type) -> str:
    """Return the name of a kind of record in plain data.

    >>> from okrcore import AtMost
    >>> tag_of(AtMost)
    'at_most'
    """
    return _snake_case(kind.__name__)


@cache
def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")

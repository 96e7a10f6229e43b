"""Records as `repr`, and as text, Markdown and HTML by functions that `display` registers."""

from __future__ import annotations

from enum import Enum
from functools import singledispatch
from html import escape
from typing import Final

from attrs import AttrsInstance, fields

__all__ = ["Shown", "as_block", "as_preformatted", "html", "markdown", "repr_of", "text"]

#: Length of the fields in a repr, which is for messages and debuggers (library default).
_LONGEST: Final = 150


@singledispatch
def text(record: object) -> str:
    """Return a record as text; its repr if no function is registered for its class."""
    return repr(record)


@singledispatch
def markdown(record: object) -> str:
    """Return a record as Markdown; its text as a block if no function is registered."""
    return as_block(text(record))


@singledispatch
def html(record: object) -> str:
    """Return a record as HTML; its text, preformatted, if no function is registered."""
    return as_preformatted(text(record))


def as_block(text: str) -> str:
    """Return a text as a block of Markdown."""
    return f"```text\n{text.replace('```', '`` `')}\n```"


def as_preformatted(text: str) -> str:
    """Return a text as preformatted HTML."""
    return f"<pre>{escape(text)}</pre>"


class Shown:
    """Base of records that are printed as pages, and shown in notebooks."""

    __slots__ = ()

    def __str__(self) -> str:
        return text(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/plain": text(self),
            "text/markdown": markdown(self),
            "text/html": html(self),
        }


def repr_of(record: AttrsInstance) -> str:
    """Write a record without fields at their default, cut off at `_LONGEST` characters."""
    parts: list[str] = []
    for attribute in fields(type(record)):
        value = getattr(record, attribute.name)
        if value != attribute.default:
            parts.append(f"{attribute.name}={_value(value)}")
    written = ", ".join(parts)
    cut = written if len(written) <= _LONGEST else written[:_LONGEST] + "..."
    return f"{type(record).__name__}({cut})"


def _value(value: object) -> str:
    return repr(value.value if isinstance(value, Enum) else value)

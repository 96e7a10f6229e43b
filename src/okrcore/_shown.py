"""Faces of records: `repr`, and the text, Markdown and HTML for which `display` registers functions."""

from __future__ import annotations

from enum import Enum
from functools import singledispatch
from html import escape
from typing import Final

from attrs import AttrsInstance, fields

__all__ = ["Shown", "html", "markdown", "repr_of", "text"]

#: Characters at which the fields are cut off: a repr stands in messages and debuggers, and is no
#: document (library default).
_LONGEST: Final = 150


@singledispatch
def text(record: object) -> str:
    """Return a record as text; its repr if no function is registered for its class."""
    return repr(record)


@singledispatch
def markdown(record: object) -> str:
    """Return a record as Markdown; its text as a block if no function is registered."""
    return f"```text\n{text(record).replace('```', '`` `')}\n```"


@singledispatch
def html(record: object) -> str:
    """Return a record as HTML; its text, preformatted, if no function is registered."""
    return f"<pre>{escape(text(record))}</pre>"


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
    """Write a record without the fields that are at their default, and cut off what gets long."""
    said: list[str] = []
    for attribute in fields(type(record)):
        value = getattr(record, attribute.name)
        if value != attribute.default:
            said.append(f"{attribute.name}={_word(value)}")
    written = ", ".join(said)
    cut = written if len(written) <= _LONGEST else written[:_LONGEST] + "..."
    return f"{type(record).__name__}({cut})"


def _word(value: object) -> str:
    return repr(value.value if isinstance(value, Enum) else value)

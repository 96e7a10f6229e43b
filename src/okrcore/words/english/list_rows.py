"""Texts of the host, and lists, which all rooms use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["LISTS"]

LISTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "text": "{text}",
    "list/separator": ", ",
    "list/pair": "{first} and {last}",
    "list/more": "{parts} and {count} more",
    "list/all": "{parts}",
    "list/notes": "{parts:, }",
    "list/clauses": "{parts:; }",
}

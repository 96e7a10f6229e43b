"""Numbers as text, a type of their own, so that each language may have its own signs in them."""

from __future__ import annotations

from typing import final

from okrcore._checks import must_be_a

__all__ = ["Figure"]


@final
class Figure(str):
    """Number as text: digits with "," for thousands and "." for decimals, perhaps with a unit.

    >>> Figure("1,250.5")
    '1,250.5'
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Figure:
        """Return a text as a number."""
        must_be_a(cls, "text", text, str)
        return super().__new__(cls, text)

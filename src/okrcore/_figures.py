"""Numbers as text, a type of their own, so that each language may have its own signs in them."""

from __future__ import annotations

from typing import final

__all__ = ["Figure"]


@final
class Figure(str):
    """Number as text: digits with "," for thousands and "." for decimals, perhaps with a unit.

    >>> Figure("1,250.5")
    '1,250.5'
    """

    __slots__ = ()

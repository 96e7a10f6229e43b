"""Ids made from titles: the same titles in the same order give the same ids."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

__all__ = ["Ids", "slug"]

_LONGEST: Final = 40


def slug(title: str) -> str:
    """Return a title as an id: its letters and digits in lower case, with hyphens between them.

    >>> slug("Earn more per account, without hurting support!")
    'earn-more-per-account-without-hurting'
    """
    words = re.findall(r"[^\W_]+", normalize("NFKC", title).lower())
    made = "-".join(words)
    if len(made) <= _LONGEST:
        return made
    cut = made[: _LONGEST + 1].rpartition("-")[0]
    return cut or made[:_LONGEST]


class Ids:
    """Source of ids, each given once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        # Last number of each id, so that a thousand rows of one title take a thousand steps.
        self._last: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return the wanted id, or the first free one with a number behind it."""
        id, number = wanted, self._last.get(wanted, 1)
        while id in self.taken:
            number += 1
            id = f"{wanted}-{number}"
        self._last[wanted] = number
        self.taken.add(id)
        return id

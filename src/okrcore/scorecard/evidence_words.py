"""Source of a reading and link to its evidence, in words."""

from __future__ import annotations

from collections.abc import Iterator

from okrcore.journal.entries import Written
from okrcore.journal.history import History
from okrcore.words.reason import Reason

__all__ = ["evidence_in", "evidence_of"]


def evidence_in(entry: Written) -> Iterator[Reason]:
    """Yield the source and the link of an entry, as far as it has them."""
    if entry.source:
        yield Reason("evidence/source", source=entry.source)
    if entry.link:
        yield Reason("evidence/link", link=entry.link)


def evidence_of(history: History, id: str, on: int) -> Iterator[Reason]:
    """Yield the source and the link of the last reading of an item on a day.

    Args:
        history: Index of the journal.
        id: The item with the reading, or its metric.
        on: The day as an ordinal.
    """
    written = history.written
    for row in reversed(written.rows(id, on, on)):
        if written.values[row].value is not None:
            yield from evidence_in(written.values[row])
            return

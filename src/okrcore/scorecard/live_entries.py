"""Entries of a live scorecard by item, so that a part of the plan is evaluated with its own entries alone.

Rules of this file:

1. A correction belongs to the item of the entry that it voids.
2. Entries of a part are in the order of the whole journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import cast, final

from okrcore._memo import once
from okrcore.journal import CheckIn, Closing, Correction, Entry, Journal
from okrcore.journal.journal import Dated, history_of, written_in

__all__ = ["EntriesByItem"]


@final
class EntriesByItem:
    """Entries by the item that they are about.

    Args:
        journal: The journal up to now.
    """

    def __init__(self, journal: Journal) -> None:
        self._begun, self._history = journal, once(journal, history_of)
        self._filed: list[tuple[str, Entry]] = []
        self._about: dict[str, list[tuple[int, Entry]]] = {}
        self._named: dict[str, tuple[str, Entry]] = {}
        # A correction may come before the entry that it voids.
        written = written_in(journal)
        items = {entry.id: entry.of for entry in written if not isinstance(entry, Correction)}
        for entry in written:
            self._file(items[entry.voids] if isinstance(entry, Correction) else entry.of, entry)
        self._count = len(self._filed)

    def add(self, entry: Entry) -> None:
        """Add an entry after the others; a correction comes after the entry that it voids."""
        self._file(self.item_of(entry), entry)

    def drop(self, count: int) -> None:
        """Remove the last entries."""
        for _ in range(count):
            of, entry = self._filed.pop()
            self._about[of].pop()
            if entry.id is not None:
                del self._named[entry.id]

    def is_new(self, entry: Entry) -> bool:
        """Whether no entry has the id of another one."""
        return entry.id not in self._named

    def item_of(self, entry: Entry) -> str:
        """Return the id of the item of an entry; of a correction of an unknown entry, the id of that."""
        if not isinstance(entry, Correction):
            return entry.of
        return self._named[entry.voids][0] if entry.voids in self._named else entry.voids

    def voided_by(self, entry: Entry) -> Dated:
        """Return the entry that a correction voids; any other entry itself."""
        return cast(
            "Dated", self._named[entry.voids][1] if isinstance(entry, Correction) else entry
        )

    def about(self, id: str) -> Sequence[Entry]:
        """Return the entries about an item that were written one by one, voided ones too."""
        return [entry for _, entry in self._about.get(id, ())]

    def closings(self, id: str) -> Sequence[Closing]:
        """Return the closings of an objective that no correction voids."""
        about = self.about(id)
        voided = {entry.voids for entry in about if isinstance(entry, Correction)}
        return [each for each in about if isinstance(each, Closing) and each.id not in voided]

    def whole(self) -> Journal:
        """Return all entries, in their order."""
        return self._begun.add([entry for _, entry in self._filed[self._count :]])

    def journal_for(self, entry: Entry, home: str | None) -> Journal:
        """Return the entries on which the fit of another one depends, given the id of its home objective."""
        same = self._named[entry.id][0] if entry.id in self._named else None
        ids = (self.item_of(entry), home, same)
        return self.journal_of(dict.fromkeys(id for id in ids if id is not None))

    def journal_of(self, ids: Iterable[str]) -> Journal:
        """Return the entries about some items."""
        check_ins, ids = self._history.check_ins, list(ids)
        first, last = date.min.toordinal(), date.max.toordinal()
        rows = sorted(row for id in ids for row in check_ins.rows(id, first, last))
        in_columns = [row for row in rows if not isinstance(check_ins.values[row], CheckIn)]
        written = sorted(
            (pair for id in ids for pair in self._about.get(id, ())), key=itemgetter(0)
        )
        return Journal([*map(self._history.check_in, in_columns), *[entry for _, entry in written]])

    def _file(self, of: str, entry: Entry) -> None:
        self._about.setdefault(of, []).append((len(self._filed), entry))
        self._filed.append((of, entry))
        if entry.id is not None:
            self._named[entry.id] = of, entry

"""Objectives and key results in the making: rows gathered by item, ids made from titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias
from unicodedata import normalize

from attrs import define, field

from okrcore.codec.exchange.cells import Cell, as_words
from okrcore.codec.exchange.column_map import Row
from okrcore.codec.exchange.import_result import Report
from okrcore.words.reason import Reason

__all__ = ["Drafts", "Ids", "Part", "Whole", "slug"]


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


#: Fields that define a key result; the others are readings of a day.
_DEFINES: Final = frozenset(
    {"key_result", "key_result_id", "kind", "measure", "key_result_owner", "unit", "baseline"}
    | {"target", "weight", "due"}
)
_KINDS: Final[Mapping[str, str]] = {
    "kr": "key result",
    "key result": "key result",
    "objective": "objective",
    "goal": "objective",
    "guardrail": "guardrail",
    "control": "guardrail",
    "counter metric": "guardrail",
    "kpi": "metric",
    "metric": "metric",
    "health metric": "metric",
    "initiative": "initiative",
    "project": "initiative",
    "task": "initiative",
}


#: Cells of a row: name of the field, heading and words of each.
_Words: TypeAlias = frozenset[tuple[str, str, str]]


@define
class Part:
    """Draft of a key result, guardrail, metric or initiative.

    Args:
        row: Its first row.
        title: Its title.
        kind: "key result", "guardrail", "metric" or "initiative".
        cells: Cells that define it.
        readings: Cells of each row with readings, and the number of the row.
        read: The same cells in words, to find repeated rows.
        id: Its id, once all rows are taken.
    """

    row: int
    title: str
    kind: str
    cells: dict[str, Cell] = field(factory=dict[str, Cell])
    readings: list[tuple[int, dict[str, Cell]]] = field(factory=list[tuple[int, dict[str, Cell]]])
    read: set[_Words] = field(factory=set[_Words])
    id: str = ""


@define
class Whole:
    """Draft of an objective.

    Args:
        row: Its first row.
        title: Its title.
        cells: Cells that define it.
        parts: Its parts, by title or id.
        id: Its id, once all rows are taken.
    """

    row: int
    title: str
    cells: dict[str, Cell] = field(factory=dict[str, Cell])
    parts: dict[str, Part] = field(factory=dict[str, Part])
    id: str = ""


@define
class Drafts:
    """Drafts of all rows.

    Args:
        report: Collector of problems.
        wholes: Objectives by title or id, in order of their first rows.
        last: Objective of the row before, for cells that are filled from above.
        ids: Source of ids.
    """

    report: Report
    wholes: dict[str, Whole] = field(factory=dict[str, Whole])
    last: Whole | None = None
    ids: Ids = field(factory=Ids)

    def take(self, row: Row) -> None:
        """Add a row to the drafts of its objective and parts."""
        whole = self._whole_of(row)
        if whole is None:
            first = next(cell for part in (row.own, *row.parts) for cell in part.values())
            self.report.note(row.number, first.column, first.value, "no-objective")
            return
        self.last = whole
        self._define(whole.cells, row.number, row.own)
        for cells in row.parts:
            self._take_part(whole, row, cells)

    def name(self) -> None:
        """Set all ids: first those that rows state, then those made from titles."""
        for whole in self.wholes.values():
            whole.id = self._stated(whole.row, whole.cells.get("objective_id"), "o")
            for part in whole.parts.values():
                part.id = self._stated(part.row, part.cells.get("key_result_id"), "kr")
        for whole in self.wholes.values():
            whole.id = whole.id or self.ids.take(slug(whole.title) or "objective")
            for part in whole.parts.values():
                part.id = part.id or self.ids.take(f"{whole.id}-{slug(part.title) or 'key-result'}")

    def _stated(self, row: int, cell: Cell | None, prefix: str) -> str:
        if cell is None:
            return ""
        wanted = as_words(cell.value)
        wanted = f"{prefix}-{wanted}" if wanted.isdecimal() else wanted
        id = self.ids.take(wanted)
        if id != wanted:
            hint = Reason("hint/made-id", id=id)
            self.report.note(row, cell.column, cell.value, "id-taken", hint)
        return id

    def _whole_of(self, row: Row) -> Whole | None:
        title, id = row.own.get("objective"), row.own.get("objective_id")
        named = id or title
        if named is None:
            return self.last
        words = as_words((title or named).value)
        return self.wholes.setdefault(as_words(named.value).casefold(), Whole(row.number, words))

    def _take_part(self, whole: Whole, row: Row, cells: Mapping[str, Cell]) -> None:
        kind = self._kind(row.number, cells.get("kind"))
        title, id = cells.get("key_result"), cells.get("key_result_id")
        named = id or title
        is_measured = any(name in cells for name in ("target", "baseline", "value", "score"))
        if kind == "objective" or not (named or is_measured):
            self._define(whole.cells, row.number, cells)
            return
        key = "" if named is None else as_words(named.value).casefold()
        if key not in whole.parts:
            name = whole.title if named is None else as_words((title or named).value)
            whole.parts[key] = Part(row.number, name, kind)
        part = whole.parts[key]
        self._define(
            part.cells, row.number, {name: cells[name] for name in cells if name in _DEFINES}
        )
        reading = {name: cell for name, cell in cells.items() if name not in _DEFINES}
        if reading and "on" in row.own:
            reading.setdefault("on", row.own["on"])
        # By words: cells of a host may compare in any way, and a history of 6,400 rows took 3 s by pairs.
        words = frozenset(
            (name, cell.column, as_words(cell.value)) for name, cell in reading.items()
        )
        if words in part.read:
            self.report.note(row.number, None, part.title, "repeated-row")
        else:
            part.read.add(words)
            part.readings.append((row.number, reading))

    def _kind(self, row: int, cell: Cell | None) -> str:
        if cell is None:
            return "key result"
        words = as_words(cell.value).casefold().replace("-", " ").replace("_", " ")
        if words not in _KINDS:
            kinds = ("key result", "guardrail", "KPI")
            hint = Reason("hint/one-or", words=kinds, last="initiative")
            self.report.note(row, cell.column, cell.value, "cell-unreadable", hint)
        return _KINDS.get(words, "key result")

    def _define(self, known: dict[str, Cell], row: int, cells: Mapping[str, Cell]) -> None:
        for name, cell in cells.items():
            before = known.setdefault(name, cell)
            if as_words(before.value) != as_words(cell.value):
                hint = Reason("hint/earlier-value", value=repr(as_words(before.value)))
                self.report.note(row, cell.column, cell.value, "differs", hint)

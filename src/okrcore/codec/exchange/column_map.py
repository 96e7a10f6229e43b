"""Columns of tables: their headings, and rows with their cells sorted by meaning.

1. The map is declared, never guessed: a column with an unknown heading is reported, once.
2. A long table has a row for each key result, a wide one a row for each objective with numbered columns.
   Both give the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast, final

from attrs import field, fields, frozen

from okrcore._checks import as_text, as_tuple, must_be_a, path_of, settled
from okrcore._shown import repr_of
from okrcore._texts import must_be_texts, without_unsafe
from okrcore.codec.document_faults import is_list
from okrcore.codec.exchange.cells import Cell, is_missing
from okrcore.codec.exchange.import_result import Report, shown
from okrcore.errors import InvalidValueError

__all__ = ["ColumnMap", "Row", "sorted_rows"]


def _as_names(value: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(value)


@final
@frozen(kw_only=True, repr=False)
class ColumnMap:
    """Headings of the columns of a table, and the form of its cells.

    Capitals, spaces, underscores and hyphens do not matter: "Key Result" is "key_result". If several
    columns have one meaning, the first heading in this order counts. A wide table numbers its columns:
    "Key Result 1", "KR 1 target", "key_result_2_completion".

    Args:
        objective: Title of the objective; an empty cell is filled from above.
        objective_id: Id of the objective.
        description: Intent of the objective.
        owner: Owner of the objective.
        team: Team of the objective.
        level: Level of the objective.
        ambition: Committed, aspirational or learning.
        supports: Ids or titles of the items it supports, with semicolons between them.
        start: First day of its cycle.
        end: Last day of its cycle.
        key_result: Title of the key result.
        key_result_id: Id of the key result.
        kind: Guardrail, KPI or initiative, if the row is no key result.
        measure: Number, percentage, currency, yes or no, baseline.
        key_result_owner: Owner of the key result.
        unit: Unit of its numbers.
        baseline: Value at the start; "tbd" if it is to be established.
        target: Value to reach, or a bound: "<= 85".
        value: Last reading.
        score: Score, 0 to 1, if there is no value; 70 under "Progress %" is 0.7.
        confidence: Confidence that the target will be reached, 0 to 1.
        status: Status declared by the owner.
        note: Any note.
        source: Origin of the reading.
        link: Address of the evidence.
        weight: Weight in the objective.
        on: Day of the reading.
        due: Its own deadline.
        decimal: Decimal mark in texts: "." or ",".
        day_first: Whether 03/04/2026 is 3 April; None refuses it as ambiguous.

    Source: ECOSYSTEM.md 9 (the headings of xto10x, Culture Amp, Engagedly).

    >>> ColumnMap(objective=["Ziel"], target=["Soll", "Zielwert"])
    ColumnMap(objective=('Ziel',), target=('Soll', 'Zielwert'))
    """

    objective: tuple[str, ...] = field(
        default=(
            "objective",
            "objective title",
            "objective name",
            "goal",
            "goal title",
            "goal name",
            "title",
        ),
        converter=_as_names,
    )
    objective_id: tuple[str, ...] = field(
        default=("objective id", "goal id", "goal identifier", "id"), converter=_as_names
    )
    description: tuple[str, ...] = field(
        default=("description", "why", "intent"), converter=_as_names
    )
    owner: tuple[str, ...] = field(
        default=(
            "owner",
            "objective owner",
            "owner email id",
            "owner email",
            "dri",
            "name",
            "email",
        ),
        converter=_as_names,
    )
    team: tuple[str, ...] = field(
        default=("team", "department", "squad", "group"), converter=_as_names
    )
    level: tuple[str, ...] = field(default=("level", "goal level"), converter=_as_names)
    ambition: tuple[str, ...] = field(
        default=("ambition", "okr type", "goal type", "commitment"), converter=_as_names
    )
    supports: tuple[str, ...] = field(
        default=(
            "supports",
            "parent",
            "parent objective",
            "parent goal",
            "parent id",
            "aligned to",
        ),
        converter=_as_names,
    )
    start: tuple[str, ...] = field(
        default=("start date", "starts", "cycle start", "created at"), converter=_as_names
    )
    end: tuple[str, ...] = field(
        default=("end date", "due date", "due at", "ends", "cycle end", "deadline"),
        converter=_as_names,
    )
    key_result: tuple[str, ...] = field(
        default=(
            "key result",
            "key result title",
            "key result name",
            "kr",
            "kr title",
            "metric name",
            "metric",
        ),
        converter=_as_names,
    )
    key_result_id: tuple[str, ...] = field(
        default=("key result id", "kr id", "metric id"), converter=_as_names
    )
    kind: tuple[str, ...] = field(default=("kind", "row type", "item type"), converter=_as_names)
    measure: tuple[str, ...] = field(
        default=(
            "measure",
            "metric type",
            "measure type",
            "check in type",
            "key result type",
            "kr type",
        ),
        converter=_as_names,
    )
    key_result_owner: tuple[str, ...] = field(
        default=("key result owner", "kr owner", "metric owner"), converter=_as_names
    )
    unit: tuple[str, ...] = field(
        default=("unit", "units", "unit of measure", "uom"), converter=_as_names
    )
    baseline: tuple[str, ...] = field(
        default=(
            "baseline",
            "start value",
            "metric start value",
            "starting value",
            "initial value",
            "from",
        ),
        converter=_as_names,
    )
    target: tuple[str, ...] = field(
        default=("target", "target value", "metric target value", "goal value", "to"),
        converter=_as_names,
    )
    value: tuple[str, ...] = field(
        default=("value", "current", "current value", "actual", "actual value", "latest value"),
        converter=_as_names,
    )
    score: tuple[str, ...] = field(
        default=(
            "score",
            "completion",
            "progress",
            "progress %",
            "% complete",
            "completion %",
            "grade",
        ),
        converter=_as_names,
    )
    confidence: tuple[str, ...] = field(
        default=("confidence", "confidence level"), converter=_as_names
    )
    status: tuple[str, ...] = field(default=("status", "health", "rag"), converter=_as_names)
    note: tuple[str, ...] = field(
        default=("note", "notes", "comment", "comments", "update"), converter=_as_names
    )
    source: tuple[str, ...] = field(default=("source", "data source"), converter=_as_names)
    link: tuple[str, ...] = field(
        default=("link", "evidence", "evidence link"), converter=_as_names
    )
    weight: tuple[str, ...] = field(
        default=("weight", "weighting", "weightage"), converter=_as_names
    )
    on: tuple[str, ...] = field(
        default=("date", "as of", "on", "checked on", "updated", "last updated"),
        converter=_as_names,
    )
    due: tuple[str, ...] = field(
        default=("key result due", "kr due", "key result due date", "kr due date"),
        converter=_as_names,
    )
    decimal: str = "."
    day_first: bool | None = None

    def __attrs_post_init__(self) -> None:
        for name in _NAMES:
            must_be_texts(self, name, getattr(self, name))
        decimal: object = settled(self, "decimal", self.decimal, as_text(self.decimal))
        if type(decimal) is not str or decimal not in _DECIMALS:
            hint = 'give "." or ","'
            raise InvalidValueError("out-of-range", path_of(self, "decimal"), decimal, hint)
        must_be_a(self, "day_first", self.day_first, bool, type(None))

    def __repr__(self) -> str:
        return repr_of(self)


_DECIMALS: Final = frozenset({".", ","})
_NAMES: Final = tuple(f.name for f in fields(ColumnMap) if type(f.default) is tuple)
_OF_KEY_RESULT: Final = frozenset(_NAMES[_NAMES.index("key_result") :])


# --- rows --------------------------------------------------------------------------------------


@final
@frozen
class Row:
    """A row with its cells sorted by meaning, without missing cells.

    Args:
        number: 1 for the first row under the heading.
        own: Cells about the objective, by field of `ColumnMap`.
        parts: Cells about each key result; a wide table has several in a row.
    """

    number: int
    own: Mapping[str, Cell]
    parts: tuple[Mapping[str, Cell], ...]


#: "KR 1 target", "key_result_2_completion".
_NUMBERED: Final = re.compile(r"(?:key result|kr) ?(\d+) ?(.*)")


def sorted_rows(rows: Iterable[object], columns: ColumnMap, report: Report) -> Iterator[Row]:
    """Yield the rows that are not empty."""
    ranks = {
        _plain(name): (rank, field_name)
        for field_name in reversed(_NAMES)
        for rank, name in enumerate(getattr(columns, field_name))
    }
    unknown: set[str] = set()
    for number, row in enumerate(rows, start=1):
        cells = _cells(row)
        if cells is None:
            report.note(number, None, row, "row-unreadable")
            continue
        found: dict[tuple[int, str], tuple[int, Cell]] = {}
        for given, written in cells:
            heading: str = as_text(shown(given))
            value = _safe(number, heading, as_text(written), report)
            if is_missing(given):
                _note_surplus(number, value, report)
            elif not is_missing(value):
                meaning = _meaning_of(heading, ranks)
                if meaning is None:
                    if heading not in unknown:
                        report.note(number, heading, value, "column-unknown")
                        unknown.add(heading)
                    continue
                group, rank, name = meaning
                before = found.get((group, name))
                if before is None or rank < before[0]:
                    found[group, name] = (rank, Cell(heading, value))
        if found:
            yield _row(number, found)


def _safe(number: int, heading: str, value: object, report: Report) -> object:
    """Return a cell without unsafe characters, and note them as a problem."""
    if type(value) is not str:
        return value
    safe = without_unsafe(value)
    if safe != value:
        report.note(number, heading, value, "characters-left-out")
    return safe


def _cells(row: object) -> Sequence[tuple[object, object]] | None:
    """Return the headings and cells of a row; None if it is no mapping, or raises."""
    if not issubclass(type(row), Mapping):
        return None
    try:
        return tuple(cast("Mapping[object, object]", row).items())
    except Exception:  # noqa: BLE001  # a mapping by name alone
        return None


def _note_surplus(number: int, value: object, report: Report) -> None:
    """Note cells behind the last column, which csv.DictReader gives as a list under None."""
    surplus = value if is_list(value) else [value]
    if not all(map(is_missing, surplus)):
        report.note(number, None, value, "cell-surplus")


def _meaning_of(heading: str, ranks: Mapping[str, tuple[int, str]]) -> tuple[int, int, str] | None:
    """Return the number of the key result, the rank of the name, and the field of a heading."""
    plain = _plain(heading)
    if plain in ranks:
        return 0, *ranks[plain]
    numbered = _NUMBERED.fullmatch(plain)
    if numbered is None:
        return None
    group, rest = int(numbered[1]) + 1, numbered[2]
    if not rest:
        return group, 0, "key_result"
    for name in (rest, f"key result {rest}"):
        rank, meant = ranks.get(name, (0, ""))
        if meant in _OF_KEY_RESULT:
            return group, rank, meant
        if meant in _ALSO_OF_KEY_RESULT:
            return group, rank, _ALSO_OF_KEY_RESULT[meant]
    return None


#: Fields of headings for objectives, if they are numbered: "KR 1 title".
_ALSO_OF_KEY_RESULT: Final[Mapping[str, str]] = {
    "objective": "key_result",
    "objective_id": "key_result_id",
    "owner": "key_result_owner",
    "end": "due",
}


def _plain(heading: str) -> str:
    words = re.sub(r"[\s_\-./:()#\ufeff]+", " ", heading.replace("%", " % "))
    return " ".join(words.split()).casefold()


def _row(number: int, found: Mapping[tuple[int, str], tuple[int, Cell]]) -> Row:
    groups: dict[int, dict[str, Cell]] = {}
    for (group, name), (_, cell) in sorted(found.items(), key=lambda item: item[0][0]):
        groups.setdefault(group, {})[name] = cell
    plain = groups.pop(0, {})
    if groups:
        return Row(number, plain, tuple(groups.values()))
    own = {name: cell for name, cell in plain.items() if name not in _OF_KEY_RESULT}
    part = {name: cell for name, cell in plain.items() if name in _OF_KEY_RESULT}
    return Row(number, own, (part,) if part else ())

"""Columns of tables: what their headings may be called, and rows sorted by what their cells mean.

Rules of this file:

1. A map is declared, never guessed: a column that no heading names is reported, once.
2. A long table has a row for each key result, a wide one a row for each objective with numbered columns.
   Both become the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, cast, final

from attrs import field, fields, frozen

from okrcore._checks import as_text, as_tuple, must_be_a, path_of, settled
from okrcore._shown import repr_of
from okrcore._texts import must_be_texts, without_unsafe
from okrcore.codec.cells import Cell, is_missing
from okrcore.codec.loaded import Report, shown
from okrcore.codec.plain import is_list
from okrcore.errors import InvalidValueError

__all__ = ["Columns", "Row", "sorted_rows"]


def _as_names(value: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(value)


#: What a column is about; fields without it say how cells are written.
_OWN: Final = MappingProxyType({"about": "objective"})
_PART: Final = MappingProxyType({"about": "key result"})


@final
@frozen(kw_only=True, repr=False)
class Columns:
    """What the columns of a table may be called, and how its cells are written.

    Capitals, spaces, underscores and hyphens do not matter: "Key Result" is "key_result". Of several
    columns with one meaning the first that is named here counts. A wide table numbers its columns:
    "Key Result 1", "KR 1 target", "key_result_2_completion".

    Args:
        objective: The title of the objective; an empty cell is filled from above.
        objective_id: Its id.
        description: Why it matters.
        owner: Who owns it.
        team: The team whose objective it is.
        level: How far up it is set.
        ambition: Committed, aspirational or learning.
        supports: What it is aligned to: ids or titles, several with semicolons between them.
        start: The first day of its cycle.
        end: The last one.
        key_result: The title of the key result.
        key_result_id: Its id.
        kind: Guardrail, KPI or initiative, where the row is no key result.
        measure: Number, percentage, currency, yes or no, baseline.
        key_result_owner: Who owns the key result.
        unit: The unit of its numbers.
        baseline: The value at the start; "tbd" where it is to be established.
        target: The value to reach, or a bound: "<= 85".
        value: What was read.
        score: A score, 0 to 1, where there is no value; 70 under "Progress %" is 0.7.
        confidence: The belief that it will be reached.
        status: What the owner declares.
        note: Anything.
        weight: Its share of the objective.
        on: The day of which the value is true.
        due: Its own deadline.
        decimal: What stands before decimals in texts: "." or ",".
        day_first: Whether 03/04/2026 is 3 April; None refuses what can be read both ways.

    Source: ECOSYSTEM.md 9 (the headings of xto10x, Culture Amp, Engagedly).

    >>> Columns(objective=["Ziel"], target=["Soll", "Zielwert"])
    Columns(objective=('Ziel',), target=('Soll', 'Zielwert'))
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
        metadata=_OWN,
    )
    objective_id: tuple[str, ...] = field(
        default=("objective id", "goal id", "goal identifier", "id"),
        converter=_as_names,
        metadata=_OWN,
    )
    description: tuple[str, ...] = field(
        default=("description", "why", "intent"), converter=_as_names, metadata=_OWN
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
        metadata=_OWN,
    )
    team: tuple[str, ...] = field(
        default=("team", "department", "squad", "group"), converter=_as_names, metadata=_OWN
    )
    level: tuple[str, ...] = field(
        default=("level", "goal level"), converter=_as_names, metadata=_OWN
    )
    ambition: tuple[str, ...] = field(
        default=("ambition", "okr type", "goal type", "commitment"),
        converter=_as_names,
        metadata=_OWN,
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
        metadata=_OWN,
    )
    start: tuple[str, ...] = field(
        default=("start date", "starts", "cycle start", "created at"),
        converter=_as_names,
        metadata=_OWN,
    )
    end: tuple[str, ...] = field(
        default=("end date", "due date", "due at", "ends", "cycle end", "deadline"),
        converter=_as_names,
        metadata=_OWN,
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
        metadata=_PART,
    )
    key_result_id: tuple[str, ...] = field(
        default=("key result id", "kr id", "metric id"), converter=_as_names, metadata=_PART
    )
    kind: tuple[str, ...] = field(
        default=("kind", "row type", "item type"), converter=_as_names, metadata=_PART
    )
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
        metadata=_PART,
    )
    key_result_owner: tuple[str, ...] = field(
        default=("key result owner", "kr owner", "metric owner"),
        converter=_as_names,
        metadata=_PART,
    )
    unit: tuple[str, ...] = field(
        default=("unit", "units", "unit of measure", "uom"), converter=_as_names, metadata=_PART
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
        metadata=_PART,
    )
    target: tuple[str, ...] = field(
        default=("target", "target value", "metric target value", "goal value", "to"),
        converter=_as_names,
        metadata=_PART,
    )
    value: tuple[str, ...] = field(
        default=("value", "current", "current value", "actual", "actual value", "latest value"),
        converter=_as_names,
        metadata=_PART,
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
        metadata=_PART,
    )
    confidence: tuple[str, ...] = field(
        default=("confidence", "confidence level"), converter=_as_names, metadata=_PART
    )
    status: tuple[str, ...] = field(
        default=("status", "health", "rag"), converter=_as_names, metadata=_PART
    )
    note: tuple[str, ...] = field(
        default=("note", "notes", "comment", "comments", "update"),
        converter=_as_names,
        metadata=_PART,
    )
    weight: tuple[str, ...] = field(
        default=("weight", "weighting", "weightage"), converter=_as_names, metadata=_PART
    )
    on: tuple[str, ...] = field(
        default=("date", "as of", "on", "checked on", "updated", "last updated"),
        converter=_as_names,
        metadata=_PART,
    )
    due: tuple[str, ...] = field(
        default=("key result due", "kr due", "key result due date", "kr due date"),
        converter=_as_names,
        metadata=_PART,
    )
    decimal: str = "."
    day_first: bool | None = None

    def __attrs_post_init__(self) -> None:
        for name in _NAMES:
            must_be_texts(self, name, getattr(self, name))
        decimal: object = settled(self, "decimal", self.decimal, as_text(self.decimal))
        if type(decimal) is not str or decimal not in _DECIMALS:
            way_out = 'give "." or ","'
            raise InvalidValueError("out-of-range", path_of(self, "decimal"), decimal, way_out)
        must_be_a(self, "day_first", self.day_first, bool, type(None))

    def __repr__(self) -> str:
        return repr_of(self)


#: What stands before decimals.
_DECIMALS: Final = frozenset({".", ","})
_NAMES: Final = tuple(f.name for f in fields(Columns) if "about" in f.metadata)
_OF_KEY_RESULT: Final = frozenset(
    f.name for f in fields(Columns) if f.metadata.get("about") == "key result"
)


# --- rows --------------------------------------------------------------------------------------


@final
@frozen
class Row:
    """A row, its cells sorted by what they mean; cells that hold nothing are left out.

    Args:
        number: 1 for the first row under the heading.
        own: The cells about the objective, by field of `Columns`.
        parts: The cells about each key result; in a wide table there are several.
    """

    number: int
    own: Mapping[str, Cell]
    parts: tuple[Mapping[str, Cell], ...]


#: "KR 1 target", "key_result_2_completion".
_NUMBERED: Final = re.compile(r"(?:key result|kr) ?(\d+) ?(.*)")


def sorted_rows(rows: Iterable[object], columns: Columns, report: Report) -> Iterator[Row]:
    """Yield each row that holds anything."""
    ranks = {
        _plain(name): (place, field_name)
        for field_name in reversed(_NAMES)
        for place, name in enumerate(getattr(columns, field_name))
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
                place = _place_of(heading, ranks)
                if place is None:
                    if heading not in unknown:
                        report.note(number, heading, value, "column-unknown")
                        unknown.add(heading)
                    continue
                group, rank, name = place
                before = found.get((group, name))
                if before is None or rank < before[0]:
                    found[group, name] = (rank, Cell(heading, value))
        if found:
            yield _row(number, found)


def _safe(number: int, heading: str, value: object, report: Report) -> object:
    """Return a cell without the characters that no text may have, and note it."""
    if type(value) is not str:
        return value
    safe = without_unsafe(value)
    if safe != value:
        report.note(number, heading, value, "characters-left-out")
    return safe


def _cells(row: object) -> Sequence[tuple[object, object]] | None:
    """Return the headings and cells of a row; None if it is no mapping, or breaks."""
    if not issubclass(type(row), Mapping):
        return None
    try:
        return tuple(cast("Mapping[object, object]", row).items())
    except Exception:  # noqa: BLE001  # a mapping by name alone
        return None


def _note_surplus(number: int, value: object, report: Report) -> None:
    """Note cells behind the last column: csv.DictReader gives a list of them, under None."""
    surplus = value if is_list(value) else [value]
    if not all(map(is_missing, surplus)):
        report.note(number, None, value, "cell-surplus")


def _place_of(heading: str, ranks: Mapping[str, tuple[int, str]]) -> tuple[int, int, str] | None:
    """Return the number of the key result, the rank of the name, and the field that a heading means."""
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


#: What "KR 1 title" means: the words for an objective's own, numbered.
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

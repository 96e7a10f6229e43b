"""Flat records for data frames: one mapping a row, the same columns in every row, scalars in every cell.

Rules of this file:

1. A column holds one type, or None; so pandas, polars and pyarrow take the records as they are.
2. `COLUMNS` is the list of columns, and the reference page is made from it.
3. Records are for looking at. What has to come back whole goes through JSON or tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final, TypeAlias, cast, final

from attrs import frozen

from okrcore._checks import as_tuple, is_tuple, must_be_all, path_of
from okrcore._made import must_fit
from okrcore.errors import InvalidValueError
from okrcore.journal import Journal
from okrcore.plan import (
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    Bound,
    KeyResult,
    KeyResultRef,
    Objective,
    Plan,
    Ratio,
)
from okrcore.scorecard import DayScore, Scorecard
from okrcore.scorecard.day.reading_words import show_reading

__all__ = ["COLUMNS", "Column", "Scalar", "to_records"]

_WAY_OUT: Final = "give a Plan, a Journal, a Scorecard, or what evaluate_series returned"
#: What a cell may hold.
Scalar: TypeAlias = str | float | int | bool | date | datetime | None


@final
@frozen
class Column:
    """One column of the records.

    Args:
        name: Its heading.
        holds: The type of its cells that are not None.
        means: What it says, in a sentence.
    """

    name: str
    holds: type[Any]
    means: str

    __attrs_post_init__ = must_fit


def to_records(x: Plan | Journal | Scorecard | Iterable[DayScore]) -> list[dict[str, Scalar]]:
    """Return flat records of a plan, a journal, a scorecard or a series, for data frames.

    Texts are given as they are. In a file for a spreadsheet one that begins with `=`, `+`, `-` or `@` is a formula: put an
    apostrophe before it, as the page on pitfalls shows.

    Args:
        x: A plan gives a record for each item, a journal for each entry in force, a scorecard for each
            result, a series for each day and item.

    Returns:
        A list of mappings, all with the columns of `COLUMNS` for that kind, in that order.

    Raises:
        InvalidValueError: It is something else.

    Laws: test_records_hold_scalars_of_one_type.

    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", key_results=[
    ...     okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128), unit="USD")])])
    >>> [(r["id"], r["measure"], r["target"], r["unit"]) for r in to_records(plan)]
    [('grow', None, None, None), ('arpa', 'Increase', 128.0, 'USD')]
    """
    kind = _KIND.get(type(x))
    if kind is None:
        rows = cast("object", as_tuple(cast("Any", x)))  # a series; what is none is refused
        if not is_tuple(rows):
            raise InvalidValueError("wrong-type", path_of(to_records, "x"), x, _WAY_OUT)
        must_be_all(to_records, "x", rows, DayScore)
        kind = "series"
    else:
        rows = tuple(_ROWS[kind](x))
    return [{column.name: cell(row) for column, cell in _TABLES[kind]} for row in rows]


# --- rows --------------------------------------------------------------------------------------


@frozen
class _ItemRow:
    """An item of a plan, the objective it counts in, and its result where there is one."""

    item: Any
    home: Objective | None
    result: Any = None
    card: Any = None


def _rows_of_plan(plan: Plan) -> Iterator[_ItemRow]:
    for item in plan.each():
        home = item if isinstance(item, Objective) else plan.homes.get(item.id)
        yield _ItemRow(item, home)
        if isinstance(item, Objective):
            for kr in item.key_results:
                if isinstance(kr, KeyResultRef):
                    yield _ItemRow(kr, item)


def _rows_of_scorecard(card: Scorecard) -> Iterator[_ItemRow]:
    homes = card.plan.homes
    in_bulk = zip(*card.columns(*_FIELDS).values(), strict=True)
    for item in card.plan.each():
        if isinstance(item, (Objective, KeyResult)):
            home = item if isinstance(item, Objective) else homes[item.id]
            result = SimpleNamespace(**dict(zip(_FIELDS, next(in_bulk), strict=True)))
            yield _ItemRow(item, home, result, card)
        elif item.id in card:
            yield _ItemRow(item, homes.get(item.id), card[item.id], card)


_KIND: Final[Mapping[type[Any], str]] = MappingProxyType(
    {Plan: "plan", Journal: "journal", Scorecard: "scorecard"}
)
_ROWS: Final[Mapping[str, Callable[[Any], Iterable[Any]]]] = MappingProxyType(
    {
        "plan": _rows_of_plan,
        "journal": lambda journal: journal.in_force,
        "scorecard": _rows_of_scorecard,
    }
)


# --- cells -------------------------------------------------------------------------------------


def _scalar(value: Any) -> Scalar:
    """Return a field of a record as one scalar, or None where it has no such form."""
    if value is None or isinstance(value, (bool, float, int)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC)  # one time zone, as columns have
    if isinstance(value, date):
        return value
    if isinstance(value, Ratio):
        return value.value
    return str(value) or None


def _raw(path: str) -> Callable[[Any], Any]:
    """Return the getter of a field, or of a field of a field; None where there is none on the way."""
    names = path.split(".")

    def get(row: Any) -> Any:
        for name in names:
            row = getattr(row, name, None)
        return row

    return get


def _get(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of a field as a scalar."""
    get = _raw(path)
    return lambda row: _scalar(get(row))


def _kind(row: Any) -> str:
    """Return what a record is, in words: "key result"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(row).__name__).lower()


def _owner_kind(row: _ItemRow) -> Scalar:
    owner = getattr(row.item, "owner", None)
    return None if owner is None else _kind(owner)


def _first(*paths: str) -> Callable[[Any], Scalar]:
    """Return the getter of the first of several fields that holds something."""
    getters = [_get(path) for path in paths]
    return lambda row: next((v for v in (get(row) for get in getters) if v is not None), None)


def _bound(row: _ItemRow) -> Any:
    """Return the bound of an item: a guardrail's, a metric's health, or a key result's measure."""
    item = row.item
    found = [getattr(item, name, None) for name in ("bound", "health", "measure")]
    return next((one for one in found if isinstance(one, Bound)), None)


def _limit(kinds: tuple[type[Any], ...], end: str) -> Callable[[_ItemRow], Scalar]:
    def cell(row: _ItemRow) -> Scalar:
        bound = _bound(row)
        if isinstance(bound, Between):
            return _scalar(getattr(bound, end))
        return bound.limit if isinstance(bound, kinds) else None

    return cell


def _measure(row: _ItemRow) -> Any:
    return getattr(row.item, "measure", None) or _bound(row)


def _measure_name(row: _ItemRow) -> Scalar:
    measure = _measure(row)
    return None if measure is None else type(measure).__name__


def _measure_text(row: _ItemRow) -> Scalar:
    measure = _measure(row)
    return None if measure is None else repr(measure)


def _joined(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of several ids or words as one text."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        members = get(row) or ()
        return "; ".join(str(getattr(member, "to", member)) for member in members) or None

    return cell


def _number_read(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of a reading as a number; None for names, labels and parts."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        reading = get(row)
        if isinstance(reading, bool):
            return float(reading)
        return _scalar(reading) if isinstance(reading, (float, Ratio)) else None

    return cell


def _text_read(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of a reading in words."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        reading = get(row)
        return None if reading is None else show_reading(reading)

    return cell


def _count_of(name: str) -> Callable[[Any], Scalar]:
    """Return the getter of a count of a share that was read."""

    def cell(entry: Any) -> Scalar:
        value = getattr(entry, "value", None)
        return _scalar(getattr(value, name)) if isinstance(value, Ratio) else None

    return cell


def _end_of_range(place: int) -> Callable[[_ItemRow], Scalar]:
    def cell(row: _ItemRow) -> Scalar:
        found = getattr(row.result, "score_range", None)
        return None if found is None else found[place]

    return cell


# --- the columns -------------------------------------------------------------------------------

#: A column, and what gives the cell of a row.
_Filled: TypeAlias = tuple[Column, Callable[[Any], Any]]


def _filled(name: str, holds: type[Any], means: str, cell: Callable[[Any], Any]) -> _Filled:
    return Column(name, holds, means), cell


_OF_PLAN: Final = (
    _filled("kind", str, "What the item is.", lambda row: _kind(row.item)),
    _filled(
        "id",
        str,
        "Its id; of a shared key result the one it has at home.",
        _first("item.id", "item.to"),
    ),
    _filled("title", str, "Its title.", _get("item.title")),
    _filled("objective", str, "The id of the objective it counts in.", _get("home.id")),
    _filled("supports", str, "The ids of what it is aligned to.", _joined("item.supports")),
    _filled("owner", str, "Who is to be asked.", _get("item.owner")),
    _filled("owner_kind", str, "Whether that is a person or a team.", _owner_kind),
    _filled("team", str, "The team whose objective it is.", _get("home.place.team")),
    _filled("level", str, "How far up it is set.", _get("home.place.level")),
    _filled("ambition", str, "The ambition of its objective.", _get("home.ambition")),
    _filled("cycle", str, "The name of its objective's cycle.", _get("home.cycle.name")),
    _filled("start", date, "The first day of the cycle.", _get("home.cycle.start")),
    _filled("end", date, "The last day of the cycle.", _get("home.cycle.end")),
    _filled("due", date, "Its own deadline.", _get("item.due")),
    _filled("measure", str, "The name of its measure or bound.", _measure_name),
    _filled("measure_text", str, "The measure or bound in full.", _measure_text),
    _filled("baseline", float, "The value at the start, of lines.", _get("item.measure.baseline")),
    _filled("target", float, "The value to reach, of lines.", _get("item.measure.target")),
    _filled("at_least", float, "The lower limit, of bounds.", _limit((AtLeast, Above), "low")),
    _filled("at_most", float, "The upper limit, of bounds.", _limit((AtMost, Below), "high")),
    _filled("unit", str, "The unit of its numbers.", _get("item.unit")),
    _filled("weight", float, "Its weight among its siblings.", _get("item.weight")),
    _filled("metric", str, "The id of the metric it reads.", _get("item.metric")),
    _filled("tags", str, "Its tags.", _joined("item.profile.tags")),
)
_OF_JOURNAL: Final = (
    _filled("kind", str, "What the entry is.", _kind),
    _filled("id", str, "Its own id.", _get("id")),
    _filled("of", str, "The id of what it is about.", _get("of")),
    _filled("on", date, "The day it is true of.", _get("on")),
    _filled("recorded", datetime, "When it was written, in UTC.", _get("recorded")),
    _filled("by", str, "Who wrote it.", _get("by")),
    _filled("value", float, "The number read; yes is 1, a share its value.", _number_read("value")),
    _filled("numerator", float, "How many, of a share.", _count_of("numerator")),
    _filled("denominator", float, "Of how many, of a share.", _count_of("denominator")),
    _filled("reading", str, "What was read, in words.", _text_read("value")),
    _filled("confidence", float, "The belief in reaching the target, 0 to 1.", _get("confidence")),
    _filled("projected", float, "The owner's own projection.", _get("projected")),
    _filled("status", str, "The status that was declared.", _get("status")),
    _filled("score", float, "The score that was judged.", _first("score", "judged")),
    _filled(
        "decision",
        str,
        "What was decided, or where it moved.",
        _first("decision", "proposal", "to"),
    ),
    _filled("because", str, "Why.", _get("because")),
    _filled("note", str, "Anything else that was said.", _first("note", "learned")),
    _filled("shipped", str, "What was shipped.", _get("shipped")),
    _filled("effect", str, "What that did.", _get("effect")),
    _filled("learning", str, "What was learnt.", _get("learning")),
    _filled("blocker", str, "What is in the way.", _get("blocker")),
)
_OF_SCORECARD: Final = (
    _filled("as_of", date, "The day whose evening it describes.", _get("card.as_of")),
    _filled("rulebook", str, "The name of the rulebook.", _get("card.rulebook.name")),
    _filled("kind", str, "What the item is.", _get("result.kind")),
    _filled("id", str, "Its id.", _get("result.id")),
    _filled("title", str, "Its title.", _get("result.title")),
    _filled("objective", str, "The id of its objective.", _get("home.id")),
    _filled("team", str, "The team whose objective it is.", _get("home.place.team")),
    _filled("cycle", str, "The name of the cycle.", _get("home.cycle.name")),
    _filled("score", float, "The score; empty is not 0.", _get("result.score")),
    _filled("progress", float, "The progress before clipping.", _get("result.progress")),
    _filled(
        "coverage", float, "The share of the weight that is measured.", _get("result.coverage")
    ),
    _filled("score_low", float, "The score with what is open as 0.", _end_of_range(0)),
    _filled("score_high", float, "The score with what is open as 1.", _end_of_range(1)),
    _filled("expected", float, "The progress expected by now.", _get("result.expected")),
    _filled("pace", float, "The progress by what is expected.", _get("result.pace")),
    _filled("confidence", float, "What people believe, 0 to 1.", _get("result.confidence")),
    _filled("status", str, "How it stands today.", _get("result.status")),
    _filled("verdict", str, "What the close says.", _get("result.verdict")),
    _filled("value", float, "The number that was read.", _number_read("result.reading")),
    _filled("reading", str, "What was read, in words.", _text_read("result.reading")),
    _filled("read_on", date, "The day that is true of.", _get("result.read_on")),
    _filled("baseline", float, "The baseline it is measured from.", _get("result.baseline")),
    _filled("target", float, "The target it is measured to.", _get("result.target")),
    _filled("margin", float, "The distance to the limit, of bounds.", _get("result.margin")),
    _filled("why", str, "Where the score comes from, or why there is none.", _get("result.why")),
    _filled("why_not", str, "The same as a code.", _get("result.why_not")),
    _filled("status_why", str, "Why the status is what it is.", _get("result.status_why")),
)
_OF_SERIES: Final = (
    _filled("day", date, "The day whose evening it describes.", _get("day")),
    _filled("id", str, "The id of the item.", _get("id")),
    _filled("progress", float, "The progress before clipping.", _get("progress")),
    _filled("score", float, "The score.", _get("score")),
    _filled("expected", float, "The progress expected by then.", _get("expected")),
)

#: The fields of results in records of a scorecard.
_FIELDS: Final = (
    *("kind", "id", "title", "score", "progress", "coverage", "score_range", "expected", "pace"),
    *("confidence", "status", "verdict", "reading", "read_on", "baseline", "target"),
    *("why", "why_not", "status_why"),
)

_TABLES: Final[Mapping[str, tuple[_Filled, ...]]] = MappingProxyType(
    {"plan": _OF_PLAN, "journal": _OF_JOURNAL, "scorecard": _OF_SCORECARD, "series": _OF_SERIES}
)
#: The columns of the records, by what they are made from.
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {kind: tuple(column for column, _ in table) for kind, table in _TABLES.items()}
)

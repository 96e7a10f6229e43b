"""Columns of the records of each kind: name, type, meaning, and the cell of a row.

1. A column holds one type, or None; so pandas, polars and pyarrow take the records as they are.
2. The reference page of columns is made from `COLUMNS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from okrcore._made import must_fit
from okrcore.journal import Adjustment
from okrcore.plan import (
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    Bound,
    Objective,
    Ratio,
)
from okrcore.plan.digest import canonical_text
from okrcore.scorecard.day.each_period import PeriodState
from okrcore.scorecard.day.wording import show_reading

__all__ = ["COLUMNS", "TABLES", "Column", "ItemRow", "Scalar"]

#: Value of a cell.
Scalar: TypeAlias = str | float | int | bool | date | datetime | None


@final
@frozen
class Column:
    """One column of the records.

    Args:
        name: Heading.
        holds: Type of its cells that are not None.
        means: Meaning in a sentence.
    """

    name: str
    holds: type[Any]
    means: str

    __attrs_post_init__ = must_fit


@frozen
class ItemRow:
    """An item of a plan, the objective it counts in, its unit, and its result if there is one."""

    item: Any
    home: Objective | None
    result: Any = None
    card: Any = None
    unit: Any = None


# --- cells -------------------------------------------------------------------------------------


def _scalar(value: Any) -> Scalar:
    """Return a field of a record as one scalar; None for an empty text."""
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
    """Return the getter of a field, or of a field of a field; it gives None if one is missing."""
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
    """Return the kind of a record in words: "key result"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(row).__name__).lower()


def _owner_kind(row: ItemRow) -> Scalar:
    owner = getattr(row.item, "owner", None)
    return None if owner is None else _kind(owner)


def _first(*paths: str) -> Callable[[Any], Scalar]:
    """Return the getter of the first of several fields that is not None."""
    getters = [_get(path) for path in paths]
    return lambda row: next((v for v in (get(row) for get in getters) if v is not None), None)


def _bound(row: ItemRow) -> Any:
    """Return the bound of an item: a guardrail's, a metric's health, or a key result's measure."""
    item = row.item
    found = [getattr(item, name, None) for name in ("bound", "health", "measure")]
    found += [getattr(found[-1], "bound", None)]
    return next((one for one in found if isinstance(one, Bound)), None)


def _limit(kinds: tuple[type[Any], ...], end: str) -> Callable[[ItemRow], Scalar]:
    def cell(row: ItemRow) -> Scalar:
        bound = _bound(row)
        if isinstance(bound, Between):
            return _scalar(getattr(bound, end))
        is_stated = isinstance(bound, kinds) and not bound.is_open
        return _scalar(bound.limit) if is_stated else None

    return cell


def _measure(row: ItemRow) -> Any:
    return getattr(row.item, "measure", None) or _bound(row)


def _measure_name(row: ItemRow) -> Scalar:
    measure = _measure(row)
    return None if measure is None else type(measure).__name__


def _measure_text(row: ItemRow) -> Scalar:
    measure = _measure(row)
    return None if measure is None else repr(measure)


def _joined(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of several ids or words as one text."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        members = get(row) or ()
        return "; ".join(str(getattr(member, "to", member)) for member in members) or None

    return cell


def _causes(movement: Any) -> Scalar:
    """Return the causes of a movement as one text."""
    return "; ".join(str(cause.by) for cause in movement.causes) or None


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
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        reading = get(row)
        return None if reading is None else str(show_reading(reading))

    return cell


def _count_of(name: str) -> Callable[[Any], Scalar]:
    """Return the getter of a count of a share that was read."""

    def cell(entry: Any) -> Scalar:
        value = getattr(entry, "value", None)
        return _scalar(getattr(value, name)) if isinstance(value, Ratio) else None

    return cell


def _end_of_range(index: int) -> Callable[[ItemRow], Scalar]:
    def cell(row: ItemRow) -> Scalar:
        found = getattr(row.result, "score_range", None)
        return None if found is None else found[index]

    return cell


def _json(name: str) -> Callable[[Any], Scalar]:
    """Return the getter of a field as JSON text."""

    def cell(row: Any) -> Scalar:
        value = getattr(row, name)
        return None if value is None else canonical_text(value)

    return cell


#: Fields of an adjustment that change an item.
_CHANGING: Final = (
    *("measure", "weight", "due", "cycle", "ambition", "owner"),
    *("rescale", "sets", "adds", "removes"),
)


def _changes(entry: Any) -> Scalar:
    """Return the changes of an adjustment as JSON text."""
    if not isinstance(entry, Adjustment):
        return None
    given = {name: getattr(entry, name) for name in _CHANGING}
    found = {
        name: canonical_text(value) for name, value in given.items() if value not in (None, ())
    }
    if "sets" in found:
        found["sets"] = _object({name: canonical_text(value) for name, value in entry.sets})
    return _object(found) if found else None


def _attributes(row: Any) -> Scalar:
    """Return the attributes of an entry, of an item, or of its profile, as JSON text."""
    item = getattr(row, "item", row)
    found = getattr(getattr(item, "profile", item), "attributes", ())
    return _object({name: canonical_text(fact) for name, fact in found}) if found else None


def _object(members: Mapping[str, str]) -> str:
    return f"{{{','.join(f'{canonical_text(name)}:{text}' for name, text in members.items())}}}"


# --- the columns -------------------------------------------------------------------------------

#: States of periods that are over.
_OVER: Final = frozenset(PeriodState) - {PeriodState.OPEN}


def _periods(*states: PeriodState) -> Callable[[Any], Scalar]:
    """Return the number of periods in some states; None of an item without periods."""

    def cell(row: Any) -> Scalar:
        # Those of a guardrail are a number.
        periods = row.result.periods if row.result.kind == "key result" else ()
        return sum(each.state in states for each in periods) if periods else None

    return cell


#: A column and the function from a row to its cell.
_Filled: TypeAlias = tuple[Column, Callable[[Any], Any]]


def _filled(name: str, holds: type[Any], means: str, cell: Callable[[Any], Any]) -> _Filled:
    return Column(name, holds, means), cell


#: Period of a priority, which has no cycle.
_START, _END = "item.period.start", "item.period.end"
_OF_PLAN: Final = (
    _filled("kind", str, "Kind of the item.", lambda row: _kind(row.item)),
    _filled("id", str, "Id; of a shared key result its own.", _first("item.id", "item.to")),
    _filled("title", str, "Title.", _get("item.title")),
    _filled("objective", str, "Id of the objective it counts in.", _get("home.id")),
    _filled("supports", str, "Ids of the items it supports.", _joined("item.supports")),
    _filled("owner", str, "Name of the owner.", _get("item.owner")),
    _filled("owner_kind", str, "Person or team.", _owner_kind),
    _filled("owner_id", str, "Id of the owner.", _get("item.owner.id")),
    _filled("team", str, "Team of its objective.", _get("home.place.team")),
    _filled("team_id", str, "Id of the team.", _get("home.place.team.id")),
    _filled("level", str, "Level of its objective.", _get("home.place.level")),
    _filled("priority", str, "Id of the priority of its objective.", _get("home.place.priority")),
    _filled("ambition", str, "Ambition of its objective.", _get("home.ambition")),
    _filled("cycle", str, "Name of its objective's cycle.", _get("home.cycle.name")),
    _filled("start", date, "First day of the cycle.", _first("home.cycle.start", _START)),
    _filled("end", date, "Last day of the cycle.", _first("home.cycle.end", _END)),
    _filled("due", date, "Its own deadline.", _get("item.due")),
    _filled("measure", str, "Name of its measure or bound.", _measure_name),
    _filled("measure_text", str, "Measure or bound in full.", _measure_text),
    _filled("baseline", float, "Baseline, of lines.", _get("item.measure.baseline")),
    _filled("target", float, "Target, of lines.", _get("item.measure.target")),
    _filled("at_least", float, "Lower limit, of bounds.", _limit((AtLeast, Above), "low")),
    _filled("at_most", float, "Upper limit, of bounds.", _limit((AtMost, Below), "high")),
    _filled("unit", str, "Unit of its numbers, its own or of its metric.", _get("unit")),
    _filled("weight", float, "Weight among its siblings.", _get("item.weight")),
    _filled("metric", str, "Id of the metric it reads.", _get("item.metric")),
    _filled("tags", str, "Tags.", _joined("item.profile.tags")),
    _filled("kpis", str, "Ids of the KPIs beside it.", _joined("item.kpis")),
    _filled("trigger", str, "Kind of its cause.", _get("item.trigger.kind")),
    _filled("trigger_of", str, "Id of its cause.", _get("item.trigger.of")),
    _filled("attributes", str, "Values of the host, as JSON text.", _attributes),
)
_OF_JOURNAL: Final = (
    _filled("kind", str, "Kind of the entry.", _kind),
    _filled("id", str, "Id of the entry.", _get("id")),
    _filled("of", str, "Id of the item it is about.", _get("of")),
    _filled("voids", str, "Id of the entry that a correction voids.", _get("voids")),
    _filled("on", date, "Day it applies to.", _get("on")),
    _filled("recorded", datetime, "Time of writing, in UTC.", _get("recorded")),
    _filled("by", str, "Author.", _get("by")),
    _filled("by_id", str, "Id of the author.", _get("by.id")),
    _filled("value", float, "Number read; yes is 1, a share its value.", _number_read("value")),
    _filled("numerator", float, "Count of a share.", _count_of("numerator")),
    _filled("denominator", float, "Count of its whole.", _count_of("denominator")),
    _filled("reading", str, "Reading in words.", _text_read("value")),
    _filled("confidence", float, "Confidence in reaching the target, 0 to 1.", _get("confidence")),
    _filled("projected", float, "The owner's own projection.", _get("projected")),
    _filled("status", str, "Declared status.", _get("status")),
    _filled("score", float, "Judged score.", _first("score", "judged")),
    _filled("decision", str, "Decision or new state.", _first("decision", "kind", "to")),
    _filled("changes", str, "Changes by an adjustment, as JSON text.", _changes),
    _filled("because", str, "Reason.", _get("because")),
    _filled("note", str, "Any other note.", _first("note", "learned")),
    _filled("shipped", str, "Work shipped.", _get("shipped")),
    _filled("effect", str, "Effect of that work.", _get("effect")),
    _filled("learning", str, "Learning.", _get("learning")),
    _filled("blocker", str, "Blocker.", _get("blocker")),
    _filled("source", str, "Origin of it.", _get("source")),
    _filled("link", str, "Address of the evidence.", _get("link")),
    _filled("attributes", str, "Values of the host, as JSON text.", _attributes),
)
_OF_SCORECARD: Final = (
    _filled("as_of", date, "Evaluation date.", _get("card.as_of")),
    _filled("rulebook", str, "Name of the rulebook.", _get("card.rulebook.name")),
    _filled("kind", str, "Kind of the item.", _get("result.kind")),
    _filled("id", str, "Id.", _get("result.id")),
    _filled("title", str, "Title.", _get("result.title")),
    _filled("objective", str, "Id of its objective.", _get("home.id")),
    _filled("team", str, "Team of its objective.", _get("home.place.team")),
    _filled("cycle", str, "Name of the cycle.", _get("home.cycle.name")),
    _filled("score", float, "Score; empty is not 0.", _get("result.score")),
    _filled("progress", float, "Progress before clipping.", _get("result.progress")),
    _filled("coverage", float, "Share of the weight that is measured.", _get("result.coverage")),
    _filled("score_low", float, "Lowest possible score.", _end_of_range(0)),
    _filled("score_high", float, "Highest possible score.", _end_of_range(1)),
    _filled("expected", float, "Progress expected by now.", _get("result.expected")),
    _filled("pace", float, "Progress by expected progress.", _get("result.pace")),
    _filled("confidence", float, "Confidence, 0 to 1.", _get("result.confidence")),
    _filled("status", str, "Status of the day.", _get("result.status")),
    _filled("verdict", str, "Verdict at the close, of objectives.", _get("result.verdict")),
    _filled("outcome", str, "Outcome at the close, of key results.", _get("result.outcome")),
    _filled("value", float, "Number read.", _number_read("result.reading")),
    _filled("reading", str, "Reading in words.", _text_read("result.reading")),
    _filled("read_on", date, "Day of the reading.", _get("result.read_on")),
    _filled("baseline", float, "Baseline it is measured from.", _get("result.baseline")),
    _filled("target", float, "Target it is measured to.", _get("result.target")),
    _filled("periods_held", int, "Periods in which it held.", _periods(PeriodState.HELD)),
    _filled("periods_over", int, "Periods that are over.", _periods(*_OVER)),
    _filled("margin", float, "Distance to the limit, of bounds.", _get("result.margin")),
    _filled("state", str, "State of a guardrail, initiative or metric.", _get("result.state")),
    _filled("share_done", float, "Share done, of initiatives.", _get("result.share_done")),
    _filled("due", date, "Its own deadline.", _get("item.due")),
    _filled("days_late", int, "Days after its deadline, of initiatives.", _get("result.days_late")),
    _filled("why", str, "Reason of the score, or of a missing one.", _get("result.why")),
    _filled("no_score_reason", str, "Code for a missing score.", _get("result.no_score_reason")),
    _filled("status_why", str, "Reason of the status.", _get("result.status_why")),
)
_OF_SERIES: Final = (
    _filled("day", date, "Evaluation date.", _get("day")),
    _filled("kind", str, "Kind of the item.", _get("kind")),
    _filled("id", str, "Id of the item.", _get("id")),
    _filled("title", str, "Title.", _get("title")),
    _filled("progress", float, "Progress before clipping.", _get("progress")),
    _filled("score", float, "Score; empty is not 0.", _get("score")),
    _filled("coverage", float, "Share of the weight that is measured.", _get("coverage")),
    _filled("expected", float, "Progress expected by then.", _get("expected")),
    _filled("status", str, "Status of the day.", _get("status")),
    _filled("value", float, "Number read.", _number_read("reading")),
    _filled("margin", float, "Distance to the limit, of bounds.", _get("margin")),
)

_OF_DIFFERENCE: Final = (
    _filled("id", str, "Id of the item.", _get("id")),
    _filled("field", str, "Name of the field.", _get("field")),
    _filled("before", str, "Value in the old plan, as JSON text.", _json("before")),
    _filled("after", str, "Value in the new plan, as JSON text.", _json("after")),
    _filled("counts", bool, "Whether it counts, or is wording.", _get("counts")),
)

_OF_DUE: Final = (
    _filled("what", str, "The ritual, or initiative.", _get("what")),
    _filled("of", str, "Id of the item.", _get("of")),
    _filled("on", date, "Due day.", _get("on")),
    _filled("state", str, "Late, due or coming.", _get("state")),
    _filled("days_late", int, "Days since the due day.", _get("days_late")),
    _filled("owner", str, "Name of the owner.", _get("owner")),
    _filled("also", str, "Ids of the other objectives of a meeting.", _joined("also")),
    _filled("owner_id", str, "Id of the owner.", _get("owner.id")),
)

_OF_GROUP: Final = (
    _filled("name", str, "The team or the like; empty without one.", _get("name")),
    _filled("n", int, "Number of objectives; carried work is one.", _get("n")),
    _filled("scored", int, "Number of objectives with a score.", _get("scored")),
    _filled("mean_score", float, "Unweighted mean of their scores.", _get("mean_score")),
    _filled("coverage", float, "Unweighted mean of their coverage.", _get("coverage")),
    _filled("ids", str, "Ids of the objectives.", _joined("ids")),
    _filled("with_contained", bool, "Whether teams within it count.", _get("with_contained")),
    _filled("id", str, "Id of the team or priority.", _get("id")),
)

_OF_MOVEMENT: Final = (
    _filled("kind", str, "Kind of the item.", _get("kind")),
    _filled("id", str, "Id of the item.", _get("id")),
    _filled("title", str, "Title.", _get("title")),
    _filled("before", float, "Score in the earlier scorecard.", _get("before")),
    _filled("after", float, "Score in the later scorecard.", _get("after")),
    _filled("change", float, "After minus before.", _get("change")),
    _filled("causes", str, "Causes in order.", _causes),
)

_OF_STATE_MOVEMENT: Final = (
    _filled("kind", str, "Kind of the item.", _get("kind")),
    _filled("id", str, "Id of the item.", _get("id")),
    _filled("title", str, "Title.", _get("title")),
    _filled("before", str, "State in the earlier scorecard.", _get("before")),
    _filled("after", str, "State in the later scorecard.", _get("after")),
    _filled("why", str, "Reason of the later one.", _get("why")),
)

_OF_FINDING: Final = (
    _filled("code", str, "The pattern.", _get("code")),
    _filled("of", str, "Id of the objective.", _get("of")),
    _filled("ids", str, "Ids of the items that show it.", _joined("ids")),
    _filled("words", str, "Observation in a sentence.", _get("words")),
    _filled("advice", str, "Advice for the next cycle.", _get("advice")),
)

_OF_PROBLEM: Final = (
    _filled("row", int, "Number of the row below the headings.", _get("row")),
    _filled("line", int, "Number of the row in a spreadsheet.", _get("line")),
    _filled("column", str, "Heading of the cell.", _get("column")),
    _filled("value", str, "The cell, row or line as text.", _get("value")),
    _filled("code", str, "Code of the problem.", _get("code")),
    _filled("message", str, "Fault and hint.", _get("message")),
)

#: Columns with their cells, by the kind of the source.
TABLES: Final[Mapping[str, tuple[_Filled, ...]]] = MappingProxyType(
    {
        "plan": _OF_PLAN,
        "journal": _OF_JOURNAL,
        "scorecard": _OF_SCORECARD,
        "series": _OF_SERIES,
        "difference": _OF_DIFFERENCE,
        "due": _OF_DUE,
        "group": _OF_GROUP,
        "movement": _OF_MOVEMENT,
        "state movement": _OF_STATE_MOVEMENT,
        "finding": _OF_FINDING,
        "problem": _OF_PROBLEM,
    }
)
#: Columns of the records, by the kind of their source.
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {kind: tuple(column for column, _ in table) for kind, table in TABLES.items()}
)

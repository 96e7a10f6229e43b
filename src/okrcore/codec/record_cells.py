"""Cells of records: functions from a row to a scalar."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, TypeAlias

from attrs import frozen

from okrcore.journal import Adjustment
from okrcore.plan import Between, Bound, Objective, Ratio
from okrcore.plan.digest import canonical_text
from okrcore.scorecard.day.each_period import PeriodState
from okrcore.scorecard.day.wording import show_reading

__all__ = [
    "ItemRow",
    "Scalar",
    "attributes",
    "causes",
    "changes",
    "count_of",
    "end_of_range",
    "field_of",
    "first_of",
    "joined",
    "json_of",
    "kind_of",
    "limit",
    "measure_name",
    "measure_text",
    "number_read",
    "owner_kind",
    "periods",
    "text_read",
]

#: Value of a cell.
Scalar: TypeAlias = str | float | int | bool | date | datetime | None


@frozen
class ItemRow:
    """An item of a plan, the objective it counts in, its unit, and its result if there is one."""

    item: Any
    home: Objective | None
    result: Any = None
    card: Any = None
    unit: Any = None


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


def field_of(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of a field as a scalar."""
    get = _raw(path)
    return lambda row: _scalar(get(row))


def kind_of(row: Any) -> str:
    """Return the kind of a record in words: "key result"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(row).__name__).lower()


def owner_kind(row: ItemRow) -> Scalar:
    """Return the kind of the owner: person or team."""
    owner = getattr(row.item, "owner", None)
    return None if owner is None else kind_of(owner)


def first_of(*paths: str) -> Callable[[Any], Scalar]:
    """Return the getter of the first of several fields that is not None."""
    getters = [field_of(path) for path in paths]
    return lambda row: next((v for v in (get(row) for get in getters) if v is not None), None)


def _bound(row: ItemRow) -> Any:
    """Return the bound of an item: a guardrail's, a metric's health, or a key result's measure."""
    item = row.item
    found = [getattr(item, name, None) for name in ("bound", "health", "measure")]
    found += [getattr(found[-1], "bound", None)]
    return next((one for one in found if isinstance(one, Bound)), None)


def limit(kinds: tuple[type[Any], ...], end: str) -> Callable[[ItemRow], Scalar]:
    """Return the getter of an end of a bound: of `Between`, or of a bound of some kinds.

    It gives None if that limit is open.
    """

    def cell(row: ItemRow) -> Scalar:
        bound = _bound(row)
        if isinstance(bound, Between):
            return _scalar(getattr(bound, end))
        is_stated = isinstance(bound, kinds) and not bound.is_open
        return _scalar(bound.limit) if is_stated else None

    return cell


def _measure(row: ItemRow) -> Any:
    return getattr(row.item, "measure", None) or _bound(row)


def measure_name(row: ItemRow) -> Scalar:
    """Return the name of a measure or bound."""
    measure = _measure(row)
    return None if measure is None else type(measure).__name__


def measure_text(row: ItemRow) -> Scalar:
    """Return a measure or bound in full."""
    measure = _measure(row)
    return None if measure is None else repr(measure)


def joined(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of several ids or words as one text."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        members = get(row) or ()
        return "; ".join(str(getattr(member, "to", member)) for member in members) or None

    return cell


def causes(movement: Any) -> Scalar:
    """Return the causes of a movement as one text."""
    return "; ".join(str(cause.by) for cause in movement.causes) or None


def number_read(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of a reading as a number; None for names, labels and parts."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        reading = get(row)
        if isinstance(reading, bool):
            return float(reading)
        return _scalar(reading) if isinstance(reading, (float, Ratio)) else None

    return cell


def text_read(path: str) -> Callable[[Any], Scalar]:
    """Return the getter of a reading in words."""
    get = _raw(path)

    def cell(row: Any) -> Scalar:
        reading = get(row)
        return None if reading is None else str(show_reading(reading))

    return cell


def count_of(name: str) -> Callable[[Any], Scalar]:
    """Return the getter of a count of a share that was read."""

    def cell(entry: Any) -> Scalar:
        value = getattr(entry, "value", None)
        return _scalar(getattr(value, name)) if isinstance(value, Ratio) else None

    return cell


def end_of_range(index: int) -> Callable[[ItemRow], Scalar]:
    """Return the getter of an end of the score range: 0 for the lowest score, 1 for the highest."""

    def cell(row: ItemRow) -> Scalar:
        found = getattr(row.result, "score_range", None)
        return None if found is None else found[index]

    return cell


def json_of(name: str) -> Callable[[Any], Scalar]:
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


def changes(entry: Any) -> Scalar:
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


def attributes(row: Any) -> Scalar:
    """Return the attributes of an entry, of an item, or of its profile, as JSON text."""
    item = getattr(row, "item", row)
    found = getattr(getattr(item, "profile", item), "attributes", ())
    return _object({name: canonical_text(fact) for name, fact in found}) if found else None


def _object(members: Mapping[str, str]) -> str:
    return f"{{{','.join(f'{canonical_text(name)}:{text}' for name, text in members.items())}}}"


def periods(*states: PeriodState) -> Callable[[Any], Scalar]:
    """Return the number of periods in some states; None of an item without periods."""

    def cell(row: Any) -> Scalar:
        # Of a guardrail `periods` is their number.
        periods = row.result.periods if row.result.kind == "key result" else ()
        return sum(each.state in states for each in periods) if periods else None

    return cell

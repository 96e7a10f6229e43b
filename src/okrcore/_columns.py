"""Columns of plain values, checked as a whole; an error has the position of the first wrong value.

Rules of this file:

1. The kinds of a column are tested once each, its values one by one only if a kind is wrong.
2. Columns are copied: later changes of the given one have no effect.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from math import isfinite, isnan
from numbers import Real
from typing import Any, Final, TypeVar, cast

from okrcore._arith import ABSENT
from okrcore._checks import (
    FIRST_YEAR,
    LARGEST,
    LAST_YEAR,
    as_number,
    as_text,
    as_tuple,
    is_tuple,
    must_be_date,
    path_of,
)
from okrcore._texts import is_id, must_be_id
from okrcore.errors import InvalidValueError

__all__ = [
    "column_of",
    "days_of",
    "must_be_as_long",
    "numbers_of",
    "plain_zeros",
    "spread",
    "texts_of",
]


_T = TypeVar("_T")

_DAYS: Final = range(date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR + 1, 1, 1).toordinal())


def column_of(record: object, field: str, values: Any) -> Collection[Any]:
    """Return a column that can be iterated more than once; require one."""
    # Columns of numpy or pandas have a length and an iterator, but are no registered Collection.
    kind = type(cast("object", values))
    if kind in _COLUMNS or (kind.__module__.split(".")[0] in _FRAMES and _has_rows(values)):
        column: Collection[Any] = values
        return column
    found = cast("object", as_tuple(values))
    if not is_tuple(found):
        raise InvalidValueError("not-a-sequence", path_of(record, field), values)
    return found


#: Columns used as they are; others are copied first, for an iterator runs only once.
_COLUMNS: Final = frozenset({list, tuple, array})
_FRAMES: Final = frozenset({"numpy", "pandas", "polars", "pyarrow"})


def _has_rows(values: Any) -> bool:
    try:
        return len(values) == sum(1 for _ in values)
    except TypeError:  # an array of no dimension
        return False


def texts_of(record: object, field: str, values: object) -> list[str]:
    """Return a column of non-empty texts; equal ones become one object."""
    column = column_of(record, field, values)
    if _kinds_but(column, lambda kind: kind is str):
        column = tuple(map(as_text, column))
        wrong = _kinds_but(column, lambda kind: kind is str)
        if wrong:
            position, text = _first(column, lambda each: type(each) in wrong)
            must_be_id(record, f"{field}[{position}]", text)
    # Data frames and databases return a new text for each row.
    once: dict[str, str] = {text: text for text in column}
    no_ids = {text for text in once if not is_id(text)}
    if no_ids:
        position, text = _first(column, no_ids.__contains__)
        must_be_id(record, f"{field}[{position}]", text)
    return [once[text] for text in column]


def days_of(record: object, field: str, values: object) -> array[int]:
    """Return the ordinals of a column of dates."""
    column = column_of(record, field, values)
    wrong = _kinds_but(
        column, lambda kind: issubclass(kind, date) and not issubclass(kind, datetime)
    )
    if wrong:
        position, day = _first(column, lambda each: type(each) in wrong)
        must_be_date(record, f"{field}[{position}]", day)
    days = array("l", map(date.toordinal, column))
    if days and not (min(days) in _DAYS and max(days) in _DAYS):
        position, day = _first(days, lambda each: each not in _DAYS)
        must_be_date(record, f"{field}[{position}]", date.fromordinal(day))
    return days


def numbers_of(
    record: object,
    field: str,
    values: object,
    *,
    takes_none: bool = False,
    takes_nan: bool = False,
) -> array[float]:
    """Return a column of finite numbers; None, and NaN, only if taken: both become ABSENT."""
    column = column_of(record, field, values)
    nones = sum(each is None for each in column) if takes_none else 0
    numbers = _as_floats(column, has_nones=nones > 0)
    if numbers is not None:
        out_of_range = [each for each in numbers if not -LARGEST <= each <= LARGEST]
        if takes_nan:
            out_of_range = [each for each in out_of_range if not isnan(each)]
            nones = 0
        # Only the Nones may be out of range.
        if len(out_of_range) == nones:
            return numbers
    fits = partial(_fits, takes_none=takes_none, takes_nan=takes_nan)
    position, wrong = _first(column, lambda each: not fits(each))
    number = as_number(wrong)
    if type(number) is float and isfinite(number):
        raise InvalidValueError("too-large", path_of(record, f"{field}[{position}]"), wrong)
    hint = "give None for a missing reading" if takes_none else ""
    raise InvalidValueError("not-a-number", path_of(record, f"{field}[{position}]"), wrong, hint)


def _as_floats(column: Collection[Any], *, has_nones: bool) -> array[float] | None:
    """Return a column as floats; None if a value is no number."""
    if has_nones:
        column = [ABSENT if each is None else each for each in column]
    if _kinds_but(column, _is_numeric):
        return None
    try:
        return plain_zeros(array("d", column))
    except Exception:  # noqa: BLE001  # 10**400; a signalling NaN; a Real by name alone
        return None


def plain_zeros(numbers: array[float]) -> array[float]:
    """Return numbers without -0.0."""
    return array("d", [each or 0.0 for each in numbers]) if 0.0 in numbers else numbers


def spread(values: Sequence[_T], places: Sequence[int], first: int) -> list[_T]:
    """Return the values at some indexes; `values` starts at index `first`."""
    if len(set(values)) == 1:  # such as the days of a plan for one quarter
        return [values[0]] * len(places)
    return [values[place - first] for place in places]


def _is_numeric(kind: type[Any]) -> bool:
    return issubclass(kind, (Real, Decimal)) and not issubclass(kind, bool)


def _fits(value: object, *, takes_none: bool, takes_nan: bool) -> bool:
    if value is None:
        return takes_none
    number = as_number(value)  # type: ignore[arg-type]  # total
    if type(number) is not float:
        return False
    return takes_nan if isnan(number) else -LARGEST <= number <= LARGEST


def must_be_as_long(
    record: object, field: str, column: Collection[object], of: str, other: Collection[object]
) -> None:
    """Require a column as long as another, which the hint names."""
    if len(column) != len(other):
        raise InvalidValueError(
            "columns-differ",
            path_of(record, field),
            len(column),
            f"{of} has {len(other)} rows",
        )


def _kinds_but(column: Collection[Any], fits: Callable[[type[Any]], bool]) -> set[type[Any]]:
    """Return the kinds of a column that do not fit."""
    return {kind for kind in set(map(type, column)) if not fits(kind)}


def _first(column: Collection[Any], is_wrong: Callable[[Any], bool]) -> tuple[int, Any]:
    return next((at, each) for at, each in enumerate(column) if is_wrong(each))

"""Columns of plain values: taken whole, and refused with the position of the first wrong value.

Rules of this file:

1. What a column holds is asked of the kinds of its values, once each. Only a column with something wrong
   in it is looked at value by value, to name the first one.
2. What is returned is a copy: a column that changes afterwards changes nothing.
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
    """Return a column that can be gone through more than once; refuse what is none."""
    # A column of numpy or pandas has a length and can be gone through, and is no more than that.
    kind = type(cast("object", values))
    if kind in _COLUMNS or (kind.__module__.split(".")[0] in _FRAMES and _has_rows(values)):
        column: Collection[Any] = values
        return column
    found = cast("object", as_tuple(values))
    if not is_tuple(found):
        raise InvalidValueError("not-a-sequence", path_of(record, field), values)
    return found


#: Columns that are taken as they are; any other is copied first, for it may be gone through but once.
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
    # Data frames and databases hand out a new text for each row.
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
    """Return a column of finite numbers.

    Args:
        record: Whose column it is, for the path of a refusal.
        field: Its name there.
        values: The column.
        takes_none: Whether None may stand for no number; it is ABSENT in what is returned.
        takes_nan: Whether NaN may, too.
    """
    column = column_of(record, field, values)
    nones = sum(each is None for each in column) if takes_none else 0
    numbers = _as_floats(column, has_nones=nones > 0)
    if numbers is not None:
        strange = [each for each in numbers if not -LARGEST <= each <= LARGEST]
        if takes_nan:
            strange = [each for each in strange if not isnan(each)]
            nones = 0
        # What was None is all that may be strange.
        if len(strange) == nones:
            return numbers
    fits = partial(_fits, takes_none=takes_none, takes_nan=takes_nan)
    position, wrong = _first(column, lambda each: not fits(each))
    number = as_number(wrong)
    if type(number) is float and isfinite(number):
        raise InvalidValueError("too-large", path_of(record, f"{field}[{position}]"), wrong)
    way_out = "give None for what was not read" if takes_none else ""
    raise InvalidValueError("not-a-number", path_of(record, f"{field}[{position}]"), wrong, way_out)


def _as_floats(column: Collection[Any], *, has_nones: bool) -> array[float] | None:
    """Return a column as floats; None where something in it is no number."""
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
    """Return the value of each of some places.

    Args:
        values: The value of each place from the first on.
        places: The places.
        first: The first place.
    """
    if len(set(values)) == 1:  # as of days in a plan for one quarter
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
    """Refuse a column that is longer or shorter than another, which is named in the way out."""
    if len(column) != len(other):
        raise InvalidValueError(
            "columns-differ",
            path_of(record, field),
            len(column),
            f"{of} has {len(other)} rows",
        )


def _kinds_but(column: Collection[Any], fits: Callable[[type[Any]], bool]) -> set[type[Any]]:
    """Return the kinds of values in a column that do not fit."""
    return {kind for kind in set(map(type, column)) if not fits(kind)}


def _first(column: Collection[Any], is_wrong: Callable[[Any], bool]) -> tuple[int, Any]:
    return next((at, each) for at, each in enumerate(column) if is_wrong(each))

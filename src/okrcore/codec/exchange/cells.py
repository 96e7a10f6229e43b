"""Cells of tables, as spreadsheets, exports and data frames hold them.

1. None, an empty text, NaN, NaT, and words such as "n/a" are missing.
2. Ambiguous cells, such as 03/04/2026 or a score of 70, are refused with a hint.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from numbers import Real
from typing import Any, Final

from attrs import frozen

from okrcore._checks import as_number, path_of
from okrcore._texts import as_seen, without_unsafe
from okrcore.codec.exchange.import_result import shown
from okrcore.errors import InvalidValueError
from okrcore.plan import Quantity, Ratio, Unit, parse_number
from okrcore.words.reason import Reason

__all__ = [
    "Cell",
    "as_day",
    "as_quantity",
    "as_share",
    "as_words",
    "as_yes",
    "is_missing",
]


@frozen
class Cell:
    """A cell that is not missing, with its heading as written."""

    column: str
    value: Any


_NOTHING: Final = frozenset(
    {"", "-", "–", "—", "n/a", "na", "#n/a", "nan", "nat", "null", "none", "<na>"}
)
_YES: Final = frozenset(
    {"yes", "y", "true", "done", "complete", "completed", "achieved", "met", "x", "✓"}
)
_NO: Final = frozenset({"no", "n", "false", "not done", "not met", "open", "missed", "not started"})
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_NUMERIC: Final = re.compile(r"(\d{1,2})(?P<mark>[./])(\d{1,2})[./](\d{4})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})")
_MONTH_FIRST: Final = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def is_missing(value: object) -> bool:
    """Return whether a cell is missing.

    >>> is_missing(" "), is_missing(float("nan")), is_missing("N/A"), is_missing(0)
    (True, True, True, False)
    """
    if value is None:
        return True
    if isinstance(value, str):
        return as_words(value).casefold() in _NOTHING
    try:
        if value != value:  # noqa: PLR0124  # NaN and NaT differ from themselves
            return True
    except TypeError:  # pandas' NA is neither
        return True
    except Exception:  # noqa: BLE001  # an array has no truth; it is refused when it is read
        return False
    return not as_words(value)


def as_words(value: object) -> str:
    """Return a cell as text; 12.0, as spreadsheets hold whole numbers, is "12"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return as_seen(" ".join(without_unsafe(shown(value)).split()))


def as_quantity(value: object, decimal: str) -> Quantity:
    """Return a cell as a number with its unit.

    Raises:
        InvalidValueError: It is no number.
    """
    if isinstance(value, (Real, Decimal)) and not isinstance(value, bool):
        return Quantity(as_number(value))
    if not isinstance(value, str):
        raise InvalidValueError("not-a-number", path_of(as_quantity, "value"), value)
    return parse_number(value, decimal=decimal)


def as_share(cell: Cell, decimal: str) -> float:
    """Return a cell as a share: 0.7, "70%", "7 of 10", or 70 under a heading with a percent sign.

    Raises:
        InvalidValueError: It is no number, or none from 0 to 1.
    """
    found = as_quantity(cell.value, decimal)
    share = found.number
    if not isinstance(found.value, Ratio) and (
        found.unit == Unit("%") or _is_in_percent(cell.column)
    ):
        share /= 100
    if found.unit not in (None, Unit("%")) or not 0 <= share <= 1:
        raise InvalidValueError(
            "unreadable-share", path_of(as_share, "cell"), cell.value, Reason("hint/write-share")
        )
    return share


def _is_in_percent(heading: str) -> bool:
    return "%" in heading or re.search(r"percent|pct", heading, re.IGNORECASE) is not None


def as_yes(value: object) -> bool | None:
    """Return True for yes, False for no, and None for anything else."""
    if isinstance(value, bool):
        return value
    word = shown(value).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def as_day(value: object, *, day_first: bool | None) -> date:
    """Return a cell as a day.

    Args:
        value: A date, a datetime, "2026-08-14", "14 Aug 2026", "Aug 14, 2026", "14.08.2026".
        day_first: Whether 03/04/2026 is 3 April; None refuses it as ambiguous.

    Raises:
        InvalidValueError: It is no day.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    year, month, day = _parts_of_day(shown(value).strip(), day_first=day_first)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(value, Reason("hint/no-such-day")) from None


def _parts_of_day(text: str, *, day_first: bool | None) -> tuple[int, int, int]:
    found = _ISO.fullmatch(text)
    if found is not None:
        return int(found[1]), int(found[2]), int(found[3])
    found = _DAY_FIRST.fullmatch(text)
    if found is not None and found[2].casefold() in _MONTHS:
        return int(found[3]), _MONTHS.index(found[2].casefold()) + 1, int(found[1])
    found = _MONTH_FIRST.fullmatch(text)
    if found is not None and found[1].casefold() in _MONTHS:
        return int(found[3]), _MONTHS.index(found[1].casefold()) + 1, int(found[2])
    found = _NUMERIC.fullmatch(text)
    if found is None:
        raise _no_day(text, Reason("hint/write-day"))
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found["mark"] == "." or first > 12 or (day_first is True and second <= 12):
        return year, second, first
    if second > 12 or day_first is False:
        return year, first, second
    raise _no_day(text, Reason("hint/write-day-or-day-first"))


def _no_day(value: object, hint: Reason) -> InvalidValueError:
    return InvalidValueError("unreadable-day", path_of(as_day, "value"), value, hint)

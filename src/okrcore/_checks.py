"""Conversions and checks that guard every field.

Rules of this file:

1. Conversions (`as_...`) are total: a value of another kind is returned unchanged. They are attrs
   converters, and receive neither field nor id.
2. Checks (`must_be_...`, `given_...`) run in `__attrs_post_init__`, receive both, and raise. They are not
   attrs validators: any code in the host process may switch those off.
3. The kind comes first, by `type(value)`: values compare, hash and convert by methods of their own, which
   may raise anything (pandas.NA, arrays, NaT).
4. bool is never a number, a text never a sequence, a datetime never a date.
5. Records hold plain values: a text, flag, whole number, day or moment of another class (numpy, pandas,
   StrEnum) is replaced by the plain one in the field that holds it.
6. Records made by the hundred thousand test a field inline first, and call a check only if it fails: a
   call costs more than the test.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from math import inf, isfinite
from numbers import Real
from operator import index
from types import MappingProxyType
from typing import Any, Final, SupportsFloat, SupportsIndex, TypeGuard, TypeVar, cast

from attrs import fields_dict, has

from okrcore.errors import InvalidValueError, in_short

__all__ = [
    "FIRST_YEAR",
    "LARGEST",
    "LAST_YEAR",
    "MOST_DAYS",
    "are_pairs",
    "as_named",
    "as_number",
    "as_optional_number",
    "as_pairs",
    "as_plain",
    "as_text",
    "as_tuple",
    "as_whole",
    "given_day",
    "given_mapping",
    "given_moment",
    "given_number",
    "given_whole",
    "is_pair",
    "is_tuple",
    "member_of",
    "must_be_a",
    "must_be_all",
    "must_be_date",
    "must_be_flag",
    "must_be_moment",
    "must_be_number",
    "must_be_positive_count",
    "must_be_some",
    "must_be_unique",
    "must_be_whole",
    "optional_member_of",
    "path_of",
    "settled",
]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)

#: Largest accepted number, so that no sum, difference or quotient overflows (library default).
LARGEST: Final = 1e100
#: First and last accepted year: Python's dates end with the years 1 and 9999, and the days before and after
#: must be writable (library default).
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9000
#: Longest period in days: 400 years (library default).
MOST_DAYS: Final = 146_097
#: Largest count of anything else (library default).
_MOST: Final = 1_000_000_000


# --- coercions ---------------------------------------------------------------------------------


def as_number(value: SupportsFloat) -> float:
    """Convert a real number (numpy's too) or Decimal to a float; -0.0 to 0.0, for equal documents."""
    if type(value) is float:
        return value or 0.0
    kind = type(value)
    # Whole numbers first: a test for Real takes longer than all the rest.
    if kind is int or (kind is not bool and issubclass(kind, (Real, Decimal))):
        try:
            return float(value) or 0.0
        except Exception:  # noqa: BLE001  # 10**400; a signalling NaN; numpy.timedelta64 is a Real, and none
            return value  # type: ignore[return-value]  # refused by must_be_number
    return value  # type: ignore[return-value]  # refused by must_be_number


def as_optional_number(value: SupportsFloat | None) -> float | None:
    """Convert as `as_number`; None stays None."""
    return None if value is None else as_number(value)


def as_tuple(value: Iterable[_T]) -> tuple[_T, ...]:
    """Convert a list or any other ordered iterable to a tuple.

    Sets stay unchanged: their order differs from one run to the next. The attrs plugin of mypy needs
    converters without type variables, so each record has its own, which forwards to this one.
    """
    if type(value) is tuple:
        return value  # pyright: ignore[reportUnknownVariableType]  # its members are what it yields
    # Lists first, for most are: a test for Mapping takes longer than all the rest.
    if type(value) is list:
        return tuple(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    kind = type(value)
    if issubclass(kind, (str, bytes, Mapping, AbstractSet)) or not issubclass(kind, Iterable):
        return value  # type: ignore[return-value]  # refused by must_be_all
    try:
        return tuple(value)
    except Exception:  # noqa: BLE001  # an array of no dimension; an iterator that breaks off
        return value  # type: ignore[return-value]  # refused by must_be_all


def as_pairs(values: Any) -> Any:
    """Convert a mapping, or an ordered iterable of pairs, to a tuple of pairs."""
    if issubclass(type(values), Mapping):
        try:
            values = tuple(values.items())
        except Exception:  # noqa: BLE001  # a mapping by name alone
            return values
    return as_tuple(values)


def as_named(values: Any) -> Any:
    """Convert a mapping, or pairs, to a tuple of pairs with plain texts and flags."""
    pairs = as_pairs(values)
    return tuple((as_plain(a), as_plain(b)) for a, b in pairs) if are_pairs(pairs) else pairs


def as_text(value: Any) -> Any:
    """Convert a text of a subclass of str, such as numpy's or a StrEnum's, to a plain one."""
    if type(value) is not str and issubclass(type(value), str):
        return str.__str__(value)
    return value


def as_plain(value: object) -> Any:
    """Convert a text, or a flag of numpy, to a plain one."""
    kind = type(value)
    if kind.__module__ == "numpy" and kind.__name__ in {"bool", "bool_"}:  # "bool_" until numpy 2
        return bool(value)
    return as_text(value)


def as_whole(value: object) -> Any:
    """Convert a whole number of another class, such as numpy's, to an int."""
    kind = type(value)
    if kind is int or kind is bool or not hasattr(kind, "__index__"):
        return value
    try:
        return index(cast("SupportsIndex", value))
    except Exception:  # noqa: BLE001  # an array has `__index__` too
        return value


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Return whether a value is a tuple, of anything."""
    return type(value) is tuple


def is_pair(value: object) -> TypeGuard[tuple[Any, Any]]:
    """Return whether a value is a tuple of two."""
    return is_tuple(value) and len(value) == 2


def are_pairs(values: object) -> TypeGuard[tuple[tuple[Any, Any], ...]]:
    """Return whether a value is a tuple of pairs."""
    return is_tuple(values) and all(map(is_pair, values))


# --- checks ------------------------------------------------------------------------------------


def path_of(record: object, field: str = "") -> str:
    """Return the path of a field in messages: `KeyResult('arpa').weight`."""
    name = getattr(record, "__name__", type(record).__name__)  # functions have a name of their own
    identity = getattr(record, "id", None)
    path = f"{name}({in_short(identity)})" if type(identity) is str and identity else name
    return f"{path}.{field}" if field else path


def must_be_flag(record: object, field: str, value: object) -> None:
    """Require True or False."""
    if value is not True and value is not False:
        value = settled(record, field, value, as_plain(value))
        if type(value) is not bool:
            raise InvalidValueError("not-true-or-false", path_of(record, field), value)


def must_be_number(
    record: object,
    field: str,
    value: object,
    *,
    low: float = -inf,
    high: float = inf,
    code: str = "out-of-range",
    hint: str = "",
) -> None:
    """Require a finite float from `low` to `high`, both included."""
    if type(value) is not float or not isfinite(value):
        raise InvalidValueError("not-a-number", path_of(record, field), value)
    if abs(value) > LARGEST:
        raise InvalidValueError("too-large", path_of(record, field), value)
    if not low <= value <= high:
        if code == "out-of-range":
            hint = hint or f"give a number from {low:g} to {high:g}"
        raise InvalidValueError(code, path_of(record, field), value, hint)


def given_number(
    record: object, field: str, value: SupportsFloat, *, low: float = -inf, high: float = inf
) -> float:
    """Return a number as a float; require one from `low` to `high`, both included."""
    number = as_number(value)
    must_be_number(record, field, number, low=low, high=high)
    return number


def must_be_whole(
    record: object, field: str, value: object, low: int, high: int = _MOST, code: str = ""
) -> None:
    """Require a whole number from `low` to `high`, both included."""
    given_whole(record, field, value, low, high, code)


def given_whole(
    record: object, field: str, value: object, low: int, high: int = _MOST, code: str = ""
) -> int:
    """Return a whole number as an int; require one from `low` to `high`, both included.

    Every refusal has `code`, if given; otherwise the code of its cause.
    """
    hint = f"give {low} to {high}"
    if type(value) is not int:
        value = settled(record, field, value, as_whole(value))
        if type(value) is not int:
            found, hint = (code, hint) if code else ("not-whole", "")
            raise InvalidValueError(found, path_of(record, field), value, hint)
    if value < low and low in _LOWEST and not code:
        raise InvalidValueError(_LOWEST[low], path_of(record, field), value)
    if not low <= value <= high:
        raise InvalidValueError(code or "out-of-range", path_of(record, field), value, hint)
    return value


#: Codes of values below the commonest lower limits.
_LOWEST: Final = MappingProxyType({0: "negative", 1: "not-positive"})


def must_be_positive_count(record: object, field: str, value: object, high: int = _MOST) -> None:
    """Require a whole number above 0."""
    must_be_whole(record, field, value, 1, high)


def must_be_date(record: object, field: str, value: object) -> None:
    """Require a date; a datetime is none."""
    given_day(record, field, value)


def given_day(record: object, field: str, value: object) -> date:
    """Return a day as a plain date; require one from `FIRST_YEAR` to `LAST_YEAR`."""
    kind = type(value)
    if kind is not date:
        if not issubclass(kind, date) or issubclass(kind, datetime):
            hint = "use its .date()" if issubclass(kind, datetime) else ""
            raise InvalidValueError("not-a-date", path_of(record, field), value, hint)
        plain = date.fromordinal(date.toordinal(cast("date", value)))
        value = settled(record, field, value, plain)
    day = cast("date", value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValueError("year-unknown", path_of(record, field), day)
    return day


def must_be_moment(record: object, field: str, value: object) -> None:
    """Require a datetime with a time zone."""
    given_moment(record, field, value)


def given_moment(record: object, field: str, value: object) -> datetime:
    """Return a moment as a plain datetime; require one with a time zone."""
    moment = _moment(value)
    if moment is None:
        raise InvalidValueError("not-a-moment", path_of(record, field), value)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InvalidValueError("year-unknown", path_of(record, field), value)
    if moment is not value:
        settled(record, field, value, moment)
    return moment


def _moment(value: object) -> datetime | None:
    kind = type(value)
    if not issubclass(kind, datetime):
        return None
    moment = cast("datetime", value)
    try:
        if kind is not datetime:  # pandas.Timestamp
            moment = datetime.combine(moment.date(), moment.time(), moment.tzinfo)
        return None if moment.utcoffset() is None else moment
    except Exception:  # noqa: BLE001  # pandas.NaT has no offset; a tzinfo is anybody's
        return None


def must_be_a(record: object, field: str, value: object, *kinds: type[Any], hint: str = "") -> None:
    """Require an instance of one of the kinds; a class is not its instance."""
    if not issubclass(type(value), kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
        if isinstance(value, type) and issubclass(value, kinds):
            hint = f"write {value.__name__}(...)"
        elif isinstance(value, str) and issubclass(kinds[0], StrEnum):
            hint = _member_for(as_text(value), kinds[0])
        raise InvalidValueError(
            "wrong-type", path_of(record, field), value, hint or f"give {_article(wanted)}"
        )


def member_of(record: object, field: str, value: object, kind: type[_E]) -> _E:
    """Return the member of an enum for a member or its word: `Level.COMPANY` and "company" are one.

    The hint for an unknown word lists all words.
    """
    if type(value) is kind:
        return value
    word = as_text(value)
    for member in kind if type(word) is str else ():
        if member.value == word:
            return member
    code = "unknown-word" if type(word) is str else "wrong-type"
    raise InvalidValueError(code, path_of(record, field), value, f"give {_words(kind)}")


def optional_member_of(record: object, field: str, value: object, kind: type[_E]) -> _E | None:
    """Return the member as `member_of`; None stays None."""
    return None if value is None else member_of(record, field, value, kind)


def given_mapping(record: object, field: str, value: object) -> dict[Any, Any]:
    """Return a mapping as a dict; require a mapping whose items can be read."""
    must_be_a(record, field, value, Mapping)
    try:
        return dict(cast("Mapping[Any, Any]", value))
    except Exception:  # noqa: BLE001  # a mapping by name alone
        raise InvalidValueError(
            "wrong-type", path_of(record, field), value, "give a dict"
        ) from None


def must_be_all(record: object, field: str, value: object, *kinds: type[Any]) -> None:
    """Require a tuple of instances of the kinds; the path has the position of the first other one."""
    if not is_tuple(value):
        is_one = issubclass(type(value), kinds)
        hint = f"write [{type(value).__name__}(...)]" if is_one else ""
        raise InvalidValueError("not-a-sequence", path_of(record, field), value, hint)
    # Each kind is tested once, members one by one only if a kind is wrong.
    wrong = {kind for kind in set(map(type, value)) if not issubclass(kind, kinds)}
    if wrong:
        position, member = next((n, each) for n, each in enumerate(value) if type(each) in wrong)
        must_be_a(record, f"{field}[{position}]", member, *kinds)


def must_be_some(record: object, field: str, value: object) -> None:
    """Require a tuple that is not empty; its members are not checked."""
    if not is_tuple(value):
        raise InvalidValueError("not-a-sequence", path_of(record, field), value)
    if not value:
        raise InvalidValueError("empty", path_of(record, field), value)


def must_be_unique(record: object, field: str, names: Sequence[Hashable]) -> None:
    """Require names, or other keys, of which none is repeated."""
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidValueError("repeated", path_of(record, field), twice)


def _words(kind: type[StrEnum]) -> str:
    return ", ".join(repr(member.value) for member in kind)


def _member_for(word: str, kind: type[StrEnum]) -> str:
    """Return the hint for a word given instead of a member of an enum."""
    for member in kind:
        if member.value == word:
            return f"write {kind.__name__}.{member.name}"
    return f"give {_article(kind.__name__)}: {_words(kind)}"


def settled(record: object, field: str, given: object, plain: _T) -> _T:
    """Return the plain form of a given value, and replace the value in the field that holds it."""
    kind = type(record)
    # An argument of a method may have the name of a field, and is another value.
    if has(kind) and field in fields_dict(kind) and getattr(record, field) is given:
        object.__setattr__(record, field, plain)
    return plain


def _article(wanted: str) -> str:
    return f"{'an' if wanted[:1] in 'AEIOU' else 'a'} {wanted}"

"""The coercions and refusals that guard every field.

Rules of this file:

1. Coercions (`as_...`) are total: what they cannot turn into the wanted kind they pass on untouched.
   They are attrs converters, and know neither field nor id.
2. Refusals (`must_be_...`) run in `__attrs_post_init__`, know both, and raise. They are not attrs
   validators: any code in the host process may switch those off.
3. The kind comes first, by `type(value)`: values compare, hash and convert by methods of their own, which
   may raise anything (pandas.NA, arrays, NaT).
4. bool is never a number, a text never a sequence, a datetime never a date.
5. Records hold plain values: a text, flag, whole number, day or moment of another class (numpy, pandas,
   StrEnum) is replaced by the plain one in the field that holds it.
6. Records made by the hundred thousand look first whether a field is plainly right, in the open, and
   call a refusal only if it is not: a call costs more than the look.
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

#: Larger numbers are refused, so that no sum, difference or quotient of accepted ones overflows
#: (library default).
LARGEST: Final = 1e100
#: Years of days and calendars: beyond them the days before and after could not be written (library
#: default; Python's dates end with the years 1 and 9999).
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9000
#: Days that may lie between two that belong together: 400 years (library default).
MOST_DAYS: Final = 146_097
#: Largest count of anything else (library default).
_MOST: Final = 1_000_000_000


# --- coercions ---------------------------------------------------------------------------------


def as_number(value: SupportsFloat) -> float:
    """Turn any real number or Decimal into a float; numpy's scalars are real numbers.

    -0.0 becomes 0.0: equal values must have equal documents.
    """
    if type(value) is float:
        return value or 0.0
    kind = type(value)
    # Whole numbers first: asking whether something is a Real takes longer than all the rest.
    if kind is int or (kind is not bool and issubclass(kind, (Real, Decimal))):
        try:
            return float(value) or 0.0
        except Exception:  # noqa: BLE001  # 10**400; a signalling NaN; numpy.timedelta64 is a Real, and none
            return value  # type: ignore[return-value]  # refused by must_be_number
    return value  # type: ignore[return-value]  # refused by must_be_number


def as_optional_number(value: SupportsFloat | None) -> float | None:
    """Like `as_number`, and None stays None."""
    return None if value is None else as_number(value)


def as_tuple(value: Iterable[_T]) -> tuple[_T, ...]:
    """Turn a list or any other ordered iterable into a tuple.

    Sets are left to be refused: their order differs from one run to the next. The attrs plugin of mypy
    needs a converter without type variables, so each record names its own, which forwards to this.
    """
    if type(value) is tuple:
        return value  # pyright: ignore[reportUnknownVariableType]  # its members are what it yields
    # Lists first, for most are: asking whether something is a Mapping takes longer than all the rest.
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
    """Turn a mapping, or an ordered iterable of pairs, into a tuple of pairs; the rest is passed on."""
    if issubclass(type(values), Mapping):
        try:
            values = tuple(values.items())
        except Exception:  # noqa: BLE001  # a mapping by name alone
            return values
    return as_tuple(values)


def as_named(values: Any) -> Any:
    """Turn names and what is named into a tuple of pairs, with plain names and facts."""
    pairs = as_pairs(values)
    return tuple((as_plain(a), as_plain(b)) for a, b in pairs) if are_pairs(pairs) else pairs


def as_text(value: Any) -> Any:
    """Turn a text of a subclass of str, such as numpy's or a StrEnum's, into a plain one."""
    if type(value) is not str and issubclass(type(value), str):
        return str.__str__(value)
    return value


def as_plain(value: object) -> Any:
    """Turn a text, or a flag of numpy, into a plain one; the rest is passed on."""
    kind = type(value)
    if kind.__module__ == "numpy" and kind.__name__ in {"bool", "bool_"}:  # "bool_" until numpy 2
        return bool(value)
    return as_text(value)


def as_whole(value: object) -> Any:
    """Turn a whole number of another class, such as numpy's, into an int; the rest is passed on."""
    kind = type(value)
    if kind is int or kind is bool or not hasattr(kind, "__index__"):
        return value
    try:
        return index(cast("SupportsIndex", value))
    except Exception:  # noqa: BLE001  # an array has `__index__` too
        return value


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Say whether a value is a tuple, of anything: what `as_tuple` passed on untouched is none."""
    return type(value) is tuple


def is_pair(value: object) -> TypeGuard[tuple[Any, Any]]:
    """Say whether a value is a tuple of two."""
    return is_tuple(value) and len(value) == 2


def are_pairs(values: object) -> TypeGuard[tuple[tuple[Any, Any], ...]]:
    """Say whether a value is a tuple of pairs."""
    return is_tuple(values) and all(map(is_pair, values))


# --- refusals ----------------------------------------------------------------------------------


def path_of(record: object, field: str = "") -> str:
    """Name a field of a record as messages do: `KeyResult('arpa').weight`."""
    name = getattr(record, "__name__", type(record).__name__)  # functions name themselves
    identity = getattr(record, "id", None)
    where = f"{name}({in_short(identity)})" if type(identity) is str and identity else name
    return f"{where}.{field}" if field else where


def must_be_flag(record: object, field: str, value: object) -> None:
    """Refuse what is not True or False."""
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
    way_out: str = "",
) -> None:
    """Refuse what is not a finite float from `low` to `high`, both ends included."""
    if type(value) is not float or not isfinite(value):
        raise InvalidValueError("not-a-number", path_of(record, field), value)
    if abs(value) > LARGEST:
        raise InvalidValueError("too-large", path_of(record, field), value)
    if not low <= value <= high:
        if code == "out-of-range":
            way_out = way_out or f"give a number from {low:g} to {high:g}"
        raise InvalidValueError(code, path_of(record, field), value, way_out)


def given_number(
    record: object, field: str, value: SupportsFloat, *, low: float = -inf, high: float = inf
) -> float:
    """Return a number as a float, and refuse it unless it is one from `low` to `high`."""
    number = as_number(value)
    must_be_number(record, field, number, low=low, high=high)
    return number


def must_be_whole(
    record: object, field: str, value: object, low: int, high: int = _MOST, code: str = ""
) -> None:
    """Refuse what is not a whole number from `low` to `high`, both ends included."""
    given_whole(record, field, value, low, high, code)


def given_whole(
    record: object, field: str, value: object, low: int, high: int = _MOST, code: str = ""
) -> int:
    """Return a whole number as an int, and refuse it unless it is one from `low` to `high`.

    Args:
        record: The record or function.
        field: The field or argument.
        value: The number.
        low: The lowest.
        high: The highest.
        code: The code of every refusal; without one it goes by what is wrong.
    """
    way_out = f"give {low} to {high}"
    if type(value) is not int:
        value = settled(record, field, value, as_whole(value))
        if type(value) is not int:
            found, way_out = (code, way_out) if code else ("not-whole", "")
            raise InvalidValueError(found, path_of(record, field), value, way_out)
    if value < low and low in _LOWEST and not code:
        raise InvalidValueError(_LOWEST[low], path_of(record, field), value)
    if not low <= value <= high:
        raise InvalidValueError(code or "out-of-range", path_of(record, field), value, way_out)
    return value


#: The codes of what lies below the commonest lowest numbers.
_LOWEST: Final = MappingProxyType({0: "negative", 1: "not-positive"})


def must_be_positive_count(record: object, field: str, value: object, high: int = _MOST) -> None:
    """Refuse what is not a whole number above 0."""
    must_be_whole(record, field, value, 1, high)


def must_be_date(record: object, field: str, value: object) -> None:
    """Refuse what is not a day; a datetime has a clock in it."""
    given_day(record, field, value)


def given_day(record: object, field: str, value: object) -> date:
    """Return a day as a plain date, and refuse it unless it is one of the years there are."""
    kind = type(value)
    if kind is not date:
        if not issubclass(kind, date) or issubclass(kind, datetime):
            way_out = "use its .date()" if issubclass(kind, datetime) else ""
            raise InvalidValueError("not-a-date", path_of(record, field), value, way_out)
        plain = date.fromordinal(date.toordinal(cast("date", value)))
        value = settled(record, field, value, plain)
    day = cast("date", value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValueError("year-unknown", path_of(record, field), day)
    return day


def must_be_moment(record: object, field: str, value: object) -> None:
    """Refuse a moment that does not say in which time zone it is."""
    given_moment(record, field, value)


def given_moment(record: object, field: str, value: object) -> datetime:
    """Return a moment as a plain datetime, and refuse it unless it has a time zone."""
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


def must_be_a(
    record: object, field: str, value: object, *kinds: type[Any], way_out: str = ""
) -> None:
    """Refuse what is not an instance of one of the kinds; a class is not its instance."""
    if not issubclass(type(value), kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
        if isinstance(value, type) and issubclass(value, kinds):
            way_out = f"write {value.__name__}(...)"
        elif isinstance(value, str) and issubclass(kinds[0], StrEnum):
            way_out = _member_for(as_text(value), kinds[0])
        raise InvalidValueError(
            "wrong-type", path_of(record, field), value, way_out or f"give {_article(wanted)}"
        )


def member_of(record: object, field: str, value: object, kind: type[_E]) -> _E:
    """Return the member of an enum that a value is, or is the word of; refuse any other.

    `Level.COMPANY` and "company" are one. The way out of an unknown word is the list of those there are.
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
    """Like `member_of`, and None stays None."""
    return None if value is None else member_of(record, field, value, kind)


def given_mapping(record: object, field: str, value: object) -> dict[Any, Any]:
    """Return a mapping as a dict, and refuse what is none, or none that can be gone through."""
    must_be_a(record, field, value, Mapping)
    try:
        return dict(cast("Mapping[Any, Any]", value))
    except Exception:  # noqa: BLE001  # a mapping by name alone
        raise InvalidValueError(
            "wrong-type", path_of(record, field), value, "give a dict"
        ) from None


def must_be_all(record: object, field: str, value: object, *kinds: type[Any]) -> None:
    """Refuse what is not a tuple of such instances; the path names the first wrong one."""
    if not is_tuple(value):
        is_one = issubclass(type(value), kinds)
        way_out = f"write [{type(value).__name__}(...)]" if is_one else ""
        raise InvalidValueError("not-a-sequence", path_of(record, field), value, way_out)
    # Asked of the kinds there are, once each: only what is wrong is looked for one by one.
    strange = {kind for kind in set(map(type, value)) if not issubclass(kind, kinds)}
    if strange:
        position, member = next((n, each) for n, each in enumerate(value) if type(each) in strange)
        must_be_a(record, f"{field}[{position}]", member, *kinds)


def must_be_some(record: object, field: str, value: object) -> None:
    """Refuse what is not a tuple with something in it; its members are for others to check."""
    if not is_tuple(value):
        raise InvalidValueError("not-a-sequence", path_of(record, field), value)
    if not value:
        raise InvalidValueError("empty", path_of(record, field), value)


def must_be_unique(record: object, field: str, names: Sequence[Hashable]) -> None:
    """Refuse a name, or what stands for one, that stands twice."""
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidValueError("repeated", path_of(record, field), twice)


def _words(kind: type[StrEnum]) -> str:
    return ", ".join(repr(member.value) for member in kind)


def _member_for(word: str, kind: type[StrEnum]) -> str:
    """Return what to write in the place of a word, in a field that takes the members of an enum."""
    for member in kind:
        if member.value == word:
            return f"write {kind.__name__}.{member.name}"
    return f"give {_article(kind.__name__)}: {_words(kind)}"


def settled(record: object, field: str, given: object, plain: _T) -> _T:
    """Return the plain form of what was given, and put it into the field that holds what was given."""
    kind = type(record)
    # An argument of a method may have the name of a field, and is another value.
    if has(kind) and field in fields_dict(kind) and getattr(record, field) is given:
        object.__setattr__(record, field, plain)
    return plain


def _article(wanted: str) -> str:
    return f"{'an' if wanted[:1] in 'AEIOU' else 'a'} {wanted}"

"""The coercions and refusals that guard every field.

Rules of this file:

1. Coercions (`as_...`) are total: what they cannot turn into the wanted kind they pass on untouched.
   They are attrs converters, and know neither field nor id.
2. Refusals (`must_be_...`) run in `__attrs_post_init__`, know both, and raise. They are not attrs
   validators: any code in the host process may switch those off.
3. bool is never a number, a text never a sequence, a datetime never a date.
4. Records made by the hundred thousand look first whether a field is plainly right, in the open, and
   call a refusal only if it is not: a call costs more than the look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from math import inf, isfinite
from numbers import Real
from typing import Any, Final, SupportsFloat, TypeGuard, TypeVar

from okrcore.errors import InvalidValueError

__all__ = [
    "LARGEST",
    "are_pairs",
    "as_number",
    "as_optional_number",
    "as_pairs",
    "as_tuple",
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
    "must_be_text",
    "must_be_texts",
    "must_be_unique",
    "optional_member_of",
    "path_of",
]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)

#: Larger numbers are refused, so that no sum, difference or quotient of accepted ones overflows
#: (library default).
LARGEST: Final = 1e100


# --- coercions ---------------------------------------------------------------------------------


def as_number(value: SupportsFloat) -> float:
    """Turn any real number or Decimal into a float; numpy's scalars are real numbers."""
    if type(value) is float:
        return value
    # Whole numbers first: asking whether something is a Real takes longer than all the rest.
    if type(value) is int or (isinstance(value, (Real, Decimal)) and not isinstance(value, bool)):
        try:
            return float(value)
        except (OverflowError, ValueError):  # 10**400; a signalling NaN
            return value  # type: ignore[return-value]  # refused by must_be_number
    return value  # type: ignore[return-value]  # refused by must_be_number


def as_optional_number(value: SupportsFloat | None) -> float | None:
    """Like `as_number`, and None stays None."""
    return value if value is None or type(value) is float else as_number(value)


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
    if isinstance(value, (str, bytes, Mapping, AbstractSet)) or not isinstance(value, Iterable):
        return value  # type: ignore[return-value]  # refused by must_be_all
    return tuple(value)


def as_pairs(values: Any) -> Any:
    """Turn a mapping, or an ordered iterable of pairs, into a tuple of pairs; the rest is passed on."""
    if isinstance(values, Mapping):
        return tuple(values.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return as_tuple(values)


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
    where = f"{name}({identity!r})" if isinstance(identity, str) and identity else name
    return f"{where}.{field}" if field else where


def must_be_text(record: object, field: str, value: object) -> None:
    """Refuse what is not a text with something to read in it."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidValueError("not-text", path_of(record, field), value)


def must_be_flag(record: object, field: str, value: object) -> None:
    """Refuse what is not True or False."""
    if not isinstance(value, bool):
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


def must_be_positive_count(record: object, field: str, value: object) -> None:
    """Refuse what is not a whole number above 0."""
    if type(value) is not int:
        raise InvalidValueError("not-whole", path_of(record, field), value)
    if value <= 0:
        raise InvalidValueError("not-positive", path_of(record, field), value)


def must_be_date(record: object, field: str, value: object) -> None:
    """Refuse what is not a day; a datetime has a clock in it."""
    if not isinstance(value, date) or isinstance(value, datetime):
        way_out = "use its .date()" if isinstance(value, datetime) else ""
        raise InvalidValueError("not-a-date", path_of(record, field), value, way_out)


def must_be_moment(record: object, field: str, value: object) -> None:
    """Refuse a moment that does not say in which time zone it is."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise InvalidValueError("not-a-moment", path_of(record, field), value)


def must_be_a(
    record: object, field: str, value: object, *kinds: type[Any], way_out: str = ""
) -> None:
    """Refuse what is not an instance of one of the kinds; a class is not its instance."""
    if not isinstance(value, kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
        if isinstance(value, type) and issubclass(value, kinds):
            way_out = f"write {value.__name__}(...)"
        elif isinstance(value, str) and issubclass(kinds[0], StrEnum):
            way_out = _member_for(value, kinds[0])
        raise InvalidValueError(
            "wrong-type", path_of(record, field), value, way_out or f"give {_article(wanted)}"
        )


def member_of(record: object, field: str, value: object, kind: type[_E]) -> _E:
    """Return the member of an enum that a value is, or is the word of; refuse any other.

    `Level.COMPANY` and "company" are one. The way out of an unknown word is the list of those there are.
    """
    if isinstance(value, kind):
        return value
    for member in kind if isinstance(value, str) else ():
        if member.value == value:
            return member
    code = "unknown-word" if isinstance(value, str) else "wrong-type"
    raise InvalidValueError(code, path_of(record, field), value, f"give {_words(kind)}")


def optional_member_of(record: object, field: str, value: object, kind: type[_E]) -> _E | None:
    """Like `member_of`, and None stays None."""
    return None if value is None else member_of(record, field, value, kind)


def must_be_all(record: object, field: str, value: object, *kinds: type[Any]) -> None:
    """Refuse what is not a tuple of such instances; the path names the first wrong one."""
    if not is_tuple(value):
        way_out = f"write [{type(value).__name__}(...)]" if isinstance(value, kinds) else ""
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


def must_be_texts(record: object, field: str, value: object) -> None:
    """Refuse what is not a tuple of different, non-empty texts; a text is not a sequence."""
    if not is_tuple(value):
        way_out = f"write [{value!r}]" if isinstance(value, str) else ""
        raise InvalidValueError("not-a-sequence", path_of(record, field), value, way_out)
    for position, member in enumerate(value):
        must_be_text(record, f"{field}[{position}]", member)
    must_be_unique(record, field, value)


def must_be_unique(record: object, field: str, names: Sequence[str]) -> None:
    """Refuse a name that stands twice."""
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


def _article(wanted: str) -> str:
    return f"{'an' if wanted[:1] in 'AEIOU' else 'a'} {wanted}"

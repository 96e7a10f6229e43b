"""Check of the records that the library makes: results, findings, proposals.

Their constructors check the kind of each field by its hint, and nothing more: whether fields fit each other
is up to the code that makes them. `MADE_BY_THE_LIBRARY` in tests/contract/examples.py lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum, StrEnum
from functools import cache, partial
from math import isfinite
from types import MappingProxyType, NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from attrs import fields, has

from okrcore._checks import LARGEST, is_tuple, path_of
from okrcore._figures import Figure
from okrcore.errors import InvalidValueError, OkrError
from okrcore.words.reason import Reason, Term

__all__ = ["must_fit"]

_Fits: TypeAlias = Callable[[Any], bool]


def must_fit(record: object) -> None:
    """Require of each field a value of the kind of its hint; used as `__attrs_post_init__`."""
    kind: type = type(record)
    for name, kinds, fits in _fits_of(kind):
        value = getattr(record, name)
        if type(value) not in kinds and not fits(value):
            raise InvalidValueError(
                "wrong-type", path_of(record, name), value, "leave it to the library to make one"
            )


@cache
def _fits_of(kind: type[Any]) -> tuple[tuple[str, frozenset[type[Any]], _Fits], ...]:
    """Return the fields of a record: name, kinds that always fit, test for any other kind."""
    hints = get_type_hints(kind)
    found: list[tuple[str, frozenset[type[Any]], _Fits]] = []
    for attribute in fields(kind):
        hint = hints[attribute.name]
        members = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
        plain = frozenset(one for one in members if isinstance(one, type) and one not in _LIMITED)
        # None always fits: a number beside it is tested alone. Subclasses of a kind fit by the test.
        rest = tuple(_fits(one) for one in members if one is not NoneType)
        fits = rest[0] if len(rest) == 1 else partial(_is_any_of, rest)
        found.append((attribute.name, plain, fits if rest else _fits(hint)))
    return tuple(found)


def _fits(hint: Any) -> _Fits:
    origin, members = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return partial(_is_any_of, tuple(map(_fits, members)))
    if origin is type:
        return partial(_is_a, type)
    if origin is Literal:
        return partial(_is_one_of, members)
    if origin is tuple and members[-1:] != (...,):
        return partial(_is_row, tuple(map(_fits, members)))
    if origin in (tuple, Sequence):
        return partial(_is_tuple_of, _fits(members[0]))
    if origin is frozenset:
        return partial(_is_set_of, _fits(members[0]))
    if hint is Any:  # a member of a list of records or errors
        return partial(_is_any_of, (_is_plain, partial(_is_a, OkrError)))
    if hint is object or isinstance(hint, TypeVar):
        return _is_plain
    return _OF_KIND.get(hint) or partial(_is_a, hint)


def _is_one_of(members: tuple[str, ...], value: Any) -> bool:
    return type(value) is str and value in members


def _is_a(kind: type[Any], value: Any) -> bool:
    return issubclass(type(value), kind)


def _is_plain(value: object) -> bool:
    """Return whether a value is one that fields of records have."""
    if is_tuple(value):
        return all(map(_is_plain_member, value))
    kind = type(value)
    if kind in _OF_KIND:
        return _OF_KIND[kind](value)
    is_ours = has(kind) or issubclass(kind, Enum)
    return kind is NoneType or (is_ours and kind.__module__.startswith("okrcore."))


def _is_plain_member(value: Any) -> bool:
    """Return whether a member of a tuple is plain: tuples of tuples at most."""
    return all(map(_is_flat, value)) if is_tuple(value) else _is_plain(value)


def _is_flat(value: Any) -> bool:
    return type(value) is not tuple and _is_plain(value)


def _is_any_of(fits: tuple[_Fits, ...], value: Any) -> bool:
    return any(one(value) for one in fits)


def _is_row(fits: tuple[_Fits, ...], value: Any) -> bool:
    if not is_tuple(value) or len(value) != len(fits):
        return False
    return all(one(member) for one, member in zip(fits, value, strict=True))


def _is_tuple_of(fits: _Fits, value: Any) -> bool:
    return is_tuple(value) and all(map(fits, value))


def _is_set_of(fits: _Fits, value: object) -> bool:
    return type(value) is frozenset and all(
        fits(member) for member in cast("frozenset[object]", value)
    )


def _is_number(value: Any) -> bool:
    if type(value) is int:
        return -LARGEST <= value <= LARGEST
    return type(value) is float and isfinite(value)


#: Kinds of text: of the host, and of the library.
_TEXTS: Final = frozenset({str, Figure, Reason, Term})
#: Kinds of which not every instance fits, and their tests.
_OF_KIND: Final[Mapping[Any, _Fits]] = MappingProxyType(
    {
        float: _is_number,
        date: lambda value: type(value) is date,
        int: lambda value: type(value) is int and abs(value) <= LARGEST,
        str: lambda value: type(value) in _TEXTS or isinstance(value, StrEnum),
        bool: lambda value: type(value) is bool,
    }
)

#: Kinds left to their tests; of the others every instance of that very kind fits.
_LIMITED: Final = frozenset({object, float, int})

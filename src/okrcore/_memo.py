"""Values made once from a record and kept with it, outside its equality, hash and pickle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["Memoized", "keep", "once"]


class Memoized:
    """Base of records that keep values made from them."""

    __slots__ = ("_memo",)
    _memo: dict[Callable[[Any], Any], Any]


_R = TypeVar("_R", bound=Memoized)
_V = TypeVar("_V")


def once(record: _R, make: Callable[[_R], _V]) -> _V:
    """Return the value that a function makes from a frozen record, made at the first call only.

    Values are kept by function, so it must be the same one each time.
    """
    memo = _memo_of(record)
    if make not in memo:
        memo[make] = make(record)
    found: _V = memo[make]
    return found


def keep(record: _R, make: Callable[[_R], _V], value: _V) -> None:
    """Keep a value of the function that was made in another way."""
    _memo_of(record)[make] = value


def _memo_of(record: Memoized) -> dict[Callable[[Any], Any], Any]:
    try:
        return record._memo  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # of this module
    except AttributeError:
        memo: dict[Callable[[Any], Any], Any] = {}
        object.__setattr__(record, "_memo", memo)
        return memo

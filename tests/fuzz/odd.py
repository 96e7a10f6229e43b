"""Odd values: whatever a host may pass on by mistake, or somebody on purpose.

Each has a name, and is made anew for each call: some can be used up.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from numbers import Real
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

import attrs

import okrcore as okr

__all__ = ["ODD", "odd"]


class Missing:
    """As pandas.NA: compares to neither true nor false."""

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    def __lt__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("neither true nor false")

    __hash__ = object.__hash__


class Sour:
    """Everything that can be asked of it raises."""

    def _refuse(self, *_: object) -> Any:
        raise ZeroDivisionError("sour")

    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse
    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = _refuse
    __float__ = __int__ = __index__ = __hash__ = _refuse
    __str__ = __repr__ = __format__ = __reduce_ex__ = _refuse


@Real.register
class Span:
    """As numpy.timedelta64: a Real by name alone."""

    def __float__(self) -> float:
        raise TypeError("float() argument must be a string or a real number")


class NoTime(datetime):
    """As pandas.NaT: a datetime without an offset, which says so by raising."""

    def utcoffset(self) -> timedelta | None:
        raise ValueError("NaTType does not support utcoffset")


class NoZone(tzinfo):
    def utcoffset(self, _: datetime | None, /) -> timedelta | None:
        raise OverflowError("no zone")

    def tzname(self, _: datetime | None, /) -> str | None:
        raise OverflowError("no zone")

    def dst(self, _: datetime | None, /) -> timedelta | None:
        raise OverflowError("no zone")


class Id(str):
    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]


class LyingText(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError("a text that compares with nothing")

    def strip(self, *_: object) -> Any:
        return 5

    __hash__ = str.__hash__


class LyingDay(date):
    def __lt__(self, other: object) -> bool:
        raise ZeroDivisionError("a day that compares with nothing")

    __le__ = __gt__ = __ge__ = __eq__ = __lt__
    __hash__ = date.__hash__


class Whole:
    """As numpy's integers: no int, and a whole number all the same."""

    def __index__(self) -> int:
        return 3


class Broken(Mapping[Any, Any]):
    """A mapping that has keys and no values."""

    def __getitem__(self, key: object) -> Any:
        raise ZeroDivisionError("no value")

    def __iter__(self) -> Iterator[Any]:
        yield "a"

    def __len__(self) -> int:
        return 1


class Colour(Enum):
    RED = "red"


class Word(StrEnum):
    SCORE = "score"


class Count(IntEnum):
    ONE = 1


@attrs.frozen
class Foreign:
    id: Any = None


def _own_list() -> Any:
    own: list[Any] = []
    own.append(own)
    return own


def _own_dict() -> Any:
    own: dict[str, Any] = {}
    own["own"] = own
    return own


def _deep(make: Callable[[Any], Any], levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = make(value)
    return value


def _nothing(*_: object) -> None:
    """As a test that forgets to return."""


def _breaks_off() -> Iterator[Any]:
    yield "a"
    raise ZeroDivisionError("broken off")


#: What makes each odd value, by name.
ODD: Final[Mapping[str, Callable[[], Any]]] = MappingProxyType(
    {
        # of no kind
        "none": lambda: None,
        "ellipsis": lambda: ...,
        "not implemented": lambda: NotImplemented,
        "object": object,
        "class": lambda: Foreign,
        "record class": lambda: okr.KeyResult,
        "function": lambda: _nothing,
        "module": lambda: sys,
        "foreign record": Foreign,
        "missing": Missing,
        "sour": Sour,
        "exception": lambda: ZeroDivisionError("x"),
        # numbers
        "true": lambda: True,
        "false": lambda: False,
        "zero": lambda: 0,
        "minus one": lambda: -1,
        "half": lambda: 0.5,
        "minus zero": lambda: -0.0,
        "nan": lambda: float("nan"),
        "infinity": lambda: float("inf"),
        "minus infinity": lambda: float("-inf"),
        "largest": lambda: 1e100,
        "beyond the largest": lambda: 1.1e100,
        "largest float": lambda: sys.float_info.max,
        "smallest float": lambda: 5e-324,
        "million": lambda: 10**6,
        "huge": lambda: 10**18,
        "400 digits": lambda: 10**400,
        "5000 digits": lambda: 10**5000,
        "minus huge": lambda: -(10**30),
        "signalling nan": lambda: Decimal("sNaN"),
        "decimal": lambda: Decimal("0.1"),
        "huge decimal": lambda: Decimal("1e9999"),
        "fraction": lambda: Fraction(1, 3),
        "huge fraction": lambda: Fraction(10**400),
        "complex": lambda: 1j,
        "span": Span,
        "whole": Whole,
        "int enum": lambda: Count.ONE,
        # texts
        "empty": lambda: "",
        "blank": lambda: " ",
        "spaced": lambda: " grow ",
        "odd text": lambda: "x",
        "number as text": lambda: "12",
        "day as text": lambda: "2026-08-14",
        "long": lambda: "x" * 100_000,
        "half surrogate": lambda: "half \ud800",
        "escape": lambda: "\x1b[31mred\x07",
        "null": lambda: "a\x00b",
        "override": lambda: "a\u202eb",
        "isolate": lambda: "\u2067a\u2069",
        "zero width": lambda: "\u200b",
        "filler": lambda: "\u3164",
        "mark": lambda: "\u0301",
        "line": lambda: "a\nb",
        "separator": lambda: "a\u2028b",
        "arabic": lambda: "هدف",
        "braces": lambda: "{0} {x} %s {",
        "markup": lambda: "<script>|`*_[",
        "formula": lambda: "=cmd|' /C calc'!A0",
        "text enum": lambda: Word.SCORE,
        "unhashable text": lambda: Id("grow"),
        "lying text": lambda: LyingText("grow"),
        "bytes": lambda: b"grow",
        "bytearray": lambda: bytearray(b"grow"),
        "path": lambda: PurePosixPath("/etc"),
        # days
        "day": lambda: date(2026, 8, 14),
        "first day": lambda: date.min,
        "last day": lambda: date.max,
        "day of the year 1000": lambda: date(1000, 1, 1),
        "day of the year 9000": lambda: date(9000, 12, 31),
        "lying day": lambda: LyingDay(2026, 8, 14),
        "moment": lambda: datetime(2026, 8, 14, 12, tzinfo=UTC),
        "moment without a zone": lambda: datetime(2026, 8, 14),  # noqa: DTZ001
        "first moment": lambda: datetime.min.replace(tzinfo=UTC),
        "last moment": lambda: datetime.max.replace(tzinfo=UTC),
        "no time": lambda: NoTime(2026, 8, 14),
        "no zone": lambda: datetime(2026, 8, 14, tzinfo=NoZone()),
        "time": lambda: time(12),
        "timedelta": lambda: timedelta(days=1),
        # several
        "empty list": list,
        "empty tuple": tuple,
        "empty dict": dict,
        "empty set": set,
        "list of none": lambda: [None],
        "list of a list": lambda: [[]],
        "list of ids": lambda: ["grow", "arpa"],
        "list of one text twice": lambda: ["a", "a"],
        "list of the sour": lambda: [Sour()],
        "list of the missing": lambda: [Missing()],
        "tuple of nan": lambda: (float("nan"), float("nan")),
        "tuple of pairs": lambda: (("a", 1), ("a", 2)),
        "pair": lambda: (1, 2),
        "dict": lambda: {"a": 1},
        "dict of numbers": lambda: {1: 2},
        "dict of the sour": lambda: {"a": Sour()},
        "dict of a dict": lambda: {"a": {"b": {"c": 1}}},
        "set": lambda: {"a", "b"},
        "range": lambda: range(3),
        "array": lambda: array("d", [1.0]),
        "own list": _own_list,
        "own dict": _own_dict,
        "deep list": lambda: _deep(lambda value: [value], 2000),
        "deep tuple": lambda: _deep(lambda value: (value,), 2000),
        "deep dict": lambda: _deep(lambda value: {"a": value}, 2000),
        "generator": lambda: (each for each in ("a", "b")),
        "iterator that breaks off": _breaks_off,
        "broken mapping": Broken,
        "keys": {"a": 1}.keys,
        "enum": lambda: Colour.RED,
        "foreign enum": lambda: okr.calendar.Ritual.CLOSE,
        "another foreign enum": lambda: okr.Lifecycle.CLOSED,
        # records of other kinds
        "person": lambda: okr.Person("Ana"),
        "key result": lambda: okr.KeyResult("k", "K", okr.Reach(1)),
        "empty plan": lambda: okr.Plan([]),
        "empty journal": okr.Journal,
        "period": lambda: okr.Period(date(2026, 7, 1), date(2026, 9, 30)),
        "endless cycle": lambda: okr.Cycle(date(1000, 1, 1), date(9000, 12, 31)),
        "ratio": lambda: okr.Ratio(1, 10),
        "bare rulebook": lambda: okr.Rulebook(name="bare"),
        "unclipped rulebook": lambda: okr.Rulebook(
            name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
        ),
        "error": lambda: okr.InvalidValueError("negative", "x", Sour()),
    }
)


def odd(name: str) -> Any:
    """Return an odd value, made anew."""
    return ODD[name]()

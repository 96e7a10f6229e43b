"""Hooks of scalars: texts, numbers, dates. Nothing is coerced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, get_args, get_origin

from okrcore._checks import as_number
from okrcore.errors import InvalidValueError
from okrcore.words import Reason
from okrcore.words.reason import as_reason

__all__ = ["SCALARS", "Read", "is_literal", "reads_word", "refusal"]

Read: TypeAlias = Callable[[Any, Any], Any]

#: One form for a day and one for a moment; `fromisoformat` alone takes many more.
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d(:\d\d(\.\d{6})?)?)"
)


def refusal(code: str, value: object, hint: str = "", where: str = "") -> InvalidValueError:
    """Return a refusal of a value, or of a step below it, with a relative path."""
    return InvalidValueError(code, where, value, hint)


def _text(value: object, kind: type) -> str:
    if kind is not str:  # cattrs calls it for enums of texts too
        return _word(value, kind)  # type: ignore[no-any-return]
    if type(value) is not str:
        raise refusal("not-text", value)
    return value


def is_literal(kind: object) -> bool:
    """Return whether a type hint is a choice of texts."""
    return get_origin(kind) is Literal


def reads_word(_: object) -> Read:
    """Return the hook of a choice of texts."""
    return _word


def _word(value: object, kind: Any) -> Any:
    members: Iterable[Any] = get_args(kind) if is_literal(kind) else kind
    for member in members:
        if type(value) is str and member == value:
            return member
    raise refusal("unknown-word", value, f"known: {', '.join(map(str, members))}")


def _number(value: object, _: object) -> float:
    number = as_number(value) if type(value) in (int, float) else None  # type: ignore[arg-type]
    if type(number) is not float or not isfinite(number):
        raise refusal("not-a-number", value)
    return number


def _whole(value: object, _: object) -> int:
    if type(value) is not int:
        raise refusal("not-whole", value)
    return value


def _flag(value: object, _: object) -> bool:
    if type(value) is not bool:
        raise refusal("not-true-or-false", value)
    return value


def _day(value: object, _: object) -> date:
    try:
        if type(value) is str and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:  # 2026-02-30
        pass
    raise refusal("not-a-date", value, "write it as '2026-07-01'")


def _moment(value: object, _: object) -> datetime:
    try:
        if type(value) is str and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:  # 25 o'clock
        pass
    raise refusal("not-a-moment", value, "write it as '2026-08-14T17:30:00+02:00'")


#: Hook by type.
SCALARS: Final[Mapping[type, Read]] = MappingProxyType(
    {
        str: _text,
        Reason: lambda value, _: as_reason(_text(value, str)),
        float: _number,
        int: _whole,
        bool: _flag,
        date: _day,
        datetime: _moment,
    }
)

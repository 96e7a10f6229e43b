"""Measures in a few words: "3.1% -> 3.8%", "80% -> up", "<= 85", "between 72 and 78", "+5%", "2x"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from attrs import frozen

from okrcore.errors import OkrError
from okrcore.plan import (
    Above,
    AtLeast,
    AtMost,
    Below,
    Between,
    Bound,
    Decrease,
    FromTo,
    Increase,
    Measure,
    Multiple,
    Points,
    Quantity,
    Reach,
    Relative,
    Unit,
    parse_number,
)

__all__ = ["UNKNOWN", "Measured", "line_between", "read_bound", "read_phrase", "split_phrase"]

Read: TypeAlias = Callable[[str], Quantity]


@frozen
class Measured:
    """A measure and the unit of its numbers."""

    measure: Any
    unit: Unit | None = None


_BOUNDS: Final[dict[str, Callable[[float], Bound]]] = {
    "<=": AtMost,
    "=<": AtMost,
    "≤": AtMost,
    "at most": AtMost,
    "no more than": AtMost,
    "not to exceed": AtMost,
    "max": AtMost,
    ">=": AtLeast,
    "=>": AtLeast,
    "≥": AtLeast,
    "at least": AtLeast,
    "no less than": AtLeast,
    "min": AtLeast,
    "<": Below,
    "below": Below,
    "under": Below,
    "less than": Below,
    ">": Above,
    "above": Above,
    "over": Above,
    "more than": Above,
}
_OPERATOR: Final = "|".join(
    rf"\b{re.escape(word)}\b" if word[0].isalpha() else re.escape(word)
    for word in sorted(_BOUNDS, key=len, reverse=True)
)
#: Words before a bound, without a meaning of their own.
_KEPT: Final = r"(?:\b(?:must be|stays?|keep) )?"
_BOUND: Final = re.compile(rf"{_KEPT}(?P<how>{_OPERATOR}) *(?P<limit>.+)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"between (?P<low>.+?) and (?P<high>.+)", re.IGNORECASE)
_ARROW: Final = re.compile(r"(?P<baseline>.*?) *(?:->|→|➔) *(?P<target>.+)")
_FROM: Final = re.compile(r"from (?P<baseline>.+?) to (?P<target>.+)", re.IGNORECASE)
_CHANGE: Final = re.compile(r"(?P<change>[+\-−].+)")
_TIMES: Final = re.compile(r"(?P<factor>[\d.,]+) ?[x×]", re.IGNORECASE)
#: Beginning of a phrase in a title.
_BEGINNING: Final = re.compile(
    rf"(?:->|→|➔|\bbetween\b|\bfrom\b|{_KEPT}(?:{_OPERATOR})|(?<!\S)[+\-−](?=[\d$€£])"
    r"|(?<!\S)[\d.,]+ ?[x×]$)",
    re.IGNORECASE,
)
#: Lines whose target is open, by the word in its place.
_DIRECTIONS: Final[dict[str, Callable[[float | None, None], Measure]]] = {
    "up": Increase,
    "down": Decrease,
}
#: Words for a baseline that is to be established.
UNKNOWN: Final = frozenset({"?", "tbd", "tba", "unknown", "to be established"})


def line_between(baseline: float, target: float) -> Increase | Decrease | FromTo:
    """Return the line between two numbers, by its direction; `FromTo` for equal ones."""
    for kind in (Increase, Decrease):
        try:
            return kind(baseline, target)
        except OkrError:
            continue
    return FromTo(baseline, target)


def read_bound(text: str, read: Read = parse_number) -> Measured | None:
    """Read a bound: "<= 85", "at most 85 tickets", "between 72% and 78%"; None if it is none."""
    found = _BETWEEN.fullmatch(text)
    if found is not None:
        return _two(found["low"], found["high"], read, Between)
    found = _BOUND.fullmatch(text)
    if found is None:
        return None
    limit = _try(read, found["limit"])
    if limit is None:
        return None
    return Measured(_BOUNDS[found["how"].casefold()](limit.number), limit.unit)


def read_phrase(text: str, read: Read = parse_number) -> Measured | None:
    """Read a measure in words; None if it is none. Refusals of measures are raised.

    >>> read_phrase("3.1% -> 3.8%").measure, read_phrase("-> 10 interviews").measure
    (Increase(baseline=3.1, target=3.8), Reach(target=10.0))
    """
    text = text.strip()
    found = _ARROW.fullmatch(text)
    if found is not None and found["target"].casefold() in _DIRECTIONS:
        return _without_target(found["baseline"], _DIRECTIONS[found["target"].casefold()], read)
    if found is not None and not found["baseline"]:
        target = _try(read, found["target"])
        return None if target is None else Measured(Reach(target.number), target.unit)
    found = found or _FROM.fullmatch(text)
    if found is not None:
        if found["baseline"].casefold() in UNKNOWN:
            target = _try(read, found["target"])
            return None if target is None else Measured(FromTo(None, target.number), target.unit)
        return _two(found["baseline"], found["target"], read, line_between)
    return read_bound(text, read) or _read_change(text, read)


def _without_target(
    baseline: str, line: Callable[[float | None, None], Measure], read: Read
) -> Measured | None:
    """Return a line with an open target: "80% -> up", "? -> down"."""
    if not baseline or baseline.casefold() in UNKNOWN:
        return Measured(line(None, None))
    start = _try(read, baseline)
    return None if start is None else Measured(line(start.number, None), start.unit)


def _read_change(text: str, read: Read) -> Measured | None:
    found = _TIMES.fullmatch(text)
    if found is not None:
        factor = _try(read, found["factor"])
        return None if factor is None else Measured(Multiple(factor.number))
    found = _CHANGE.fullmatch(text)
    change = None if found is None else _try(read, found["change"])
    if change is None:
        return None
    if change.unit == Unit("%"):
        return Measured(Relative(percent=change.number))
    return Measured(Points(change.number), change.unit)


def _two(
    first: str, second: str, read: Read, make: Callable[[float, float], Measure]
) -> Measured | None:
    one, other = _try(read, first), _try(read, second)
    if one is None or other is None:
        return None
    if one.unit is not None and other.unit is not None and one.unit != other.unit:
        return None
    return Measured(make(one.number, other.number), other.unit or one.unit)


def _try(read: Read, text: str) -> Quantity | None:
    try:
        return read(text)
    except OkrError:
        return None


def split_phrase(text: str, read: Read = parse_number) -> tuple[str, Measured | None]:
    """Return a title and the measure behind it: "conversion 3.1% -> 3.8%"."""
    for found in _BEGINNING.finditer(text):
        title, phrase = text[: found.start()].rstrip(), text[found.start() :]
        if found[0] in ("->", "→", "➔"):
            title, baseline = _split_number(title, read)
            phrase = f"{baseline} {phrase}"
        known = read_phrase(phrase, read)
        if known is not None:
            return title.rstrip(" :,"), known
    return text, None


def _split_number(text: str, read: Read) -> tuple[str, str]:
    """Return a text without the number at its end, and that number, with all of its words."""
    words = text.split(" ")
    for start in range(len(words) - 1, max(len(words) - 6, -1), -1):
        tail = " ".join(words[start:])
        if tail.casefold() in UNKNOWN or _try(read, tail) is not None:
            begin = start
            while begin and _try(read, " ".join(words[begin - 1 :])) is not None:
                begin -= 1
            return " ".join(words[:begin]), " ".join(words[begin:])
    return text, ""

"""Whole numbers in English words: "nine", "twenty-five", "two hundred thousand", "half a dozen"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf
from types import MappingProxyType
from typing import Final

__all__ = ["NUMBER_WORDS", "TIMES", "read_words"]

_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: Numbers that words add.
_ADDS: Final = (
    {word: number for number, word in enumerate((*_ONES, *_TEENS), start=1)}
    | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
)  # fmt: skip
#: Factors of words after digits or another word.
TIMES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "dozen": 12,
        "hundred": 100,
        "thousand": 10**3,
        "lakh": 10**5,
        "million": 10**6,
        "crore": 10**7,
        "billion": 10**9,
        "trillion": 10**12,
    }
)
#: Every word of a number, none of which may be a unit.
NUMBER_WORDS: Final = frozenset({*_ADDS, *TIMES, "zero", "half"})

_SMALL: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?"
    rf"|{'|'.join(_TEENS)}|{'|'.join(_ONES)})(?![^\W_])"
)
_GROUP: Final = rf"{_SMALL}(?: (?:hundred|dozen)\b(?: (?:and )?{_SMALL})?)?"
_SCALE: Final = rf"(?:{'|'.join(word for word, times in TIMES.items() if times > 100)})\b"
_SPELLED: Final = re.compile(
    rf"(?P<words>zero\b|{_GROUP}(?: {_SCALE}(?: (?:and )?{_GROUP})?)*)(?: (?P<rest>.*)|)",
    re.IGNORECASE,
)
_A_SCALE: Final = re.compile(rf"an? (?=(?:{'|'.join(TIMES)})\b)", re.IGNORECASE)
_HALF: Final = re.compile(
    rf"(?:a )?half(?: an? (?P<times>{'|'.join(TIMES)})\b)?(?: (?P<rest>.*)|)", re.IGNORECASE
)


def read_words(text: str) -> tuple[float | None, str]:
    """Return the number in words at the start of a text, and the rest; None if there is none.

    >>> read_words("twenty-five interviews"), read_words("interviews")
    ((25.0, 'interviews'), (None, ''))
    """
    half = _HALF.fullmatch(text)
    if half is not None:
        return TIMES.get((half["times"] or "").casefold(), 1) / 2, half["rest"] or ""
    found = _SPELLED.fullmatch(_A_SCALE.sub("one ", text, count=1))
    number = None if found is None else _value(found["words"].casefold())
    if found is None or number is None:
        return None, ""
    return float(number), found["rest"] or ""


def _value(words: str) -> int | None:
    total = group = 0
    last = inf
    for word in re.split("[ -]", words):
        times = TIMES.get(word, 1)
        if times <= 100:
            group = group * times if times > 1 else group + _ADDS.get(word, 0)
        elif times < last:
            last, total, group = times, total + group * times, 0
        else:
            return None  # "two thousand million": larger scales come first
    return total + group

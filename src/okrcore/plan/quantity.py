"""Numbers as people write them: "$12 million", "3.8%", "nine", "2:37", "30 of 1,000".

Rules of this file:

1. A text is read whole or refused; the error has the part that was read.
2. No unit is converted: 30 basis points are 30, with their unit. Only words for digits become digits:
   "million", "dozen", "k".
3. Ambiguous texts are refused: "1.234,5" needs `decimal=","`, and "5m" a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from math import inf
from types import MappingProxyType
from typing import Final, SupportsFloat, final

from attrs import field, frozen

from okrcore._checks import as_number, as_text, must_be_a, must_be_number, path_of
from okrcore._texts import given_text
from okrcore.errors import InvalidValueError
from okrcore.plan.reading import Ratio
from okrcore.plan.unit import CURRENCIES, SIGNS, SINGULARS, Unit, as_unit, plain
from okrcore.words.reason import Reason

__all__ = ["NUMBER_WORDS", "TIMES", "Quantity", "parse_number", "read_words"]


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
_SCALE_WORD: Final = rf"(?:{'|'.join(word for word, times in TIMES.items() if times > 100)})\b"
_SPELLED: Final = re.compile(
    rf"(?P<words>zero\b|{_GROUP}(?: {_SCALE_WORD}(?: (?:and )?{_GROUP})?)*)(?: (?P<rest>.*)|)",
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
    number = None if found is None else _value_of_words(found["words"].casefold())
    if found is None or number is None:
        return None, ""
    return float(number), found["rest"] or ""


def _value_of_words(words: str) -> int | None:
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


def _as_value(value: SupportsFloat | Ratio) -> float | Ratio:
    return value if isinstance(value, Ratio) else as_number(value)


@final
@frozen
class Quantity:
    """A number with its unit, as read from a text.

    Args:
        value: Number, or share with its counts.
        unit: Unit; None if none was written.

    >>> print(Quantity(12e6, Unit("USD")))
    $12,000,000
    """

    value: float | Ratio = field(converter=_as_value)
    unit: Unit | None = field(default=None, converter=as_unit)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.value, Ratio):
            must_be_number(self, "value", self.value)
        must_be_a(self, "unit", self.unit, Unit, type(None))

    @property
    def number(self) -> float:
        """The value as one number."""
        return self.value.value if isinstance(self.value, Ratio) else self.value

    def __str__(self) -> str:
        if isinstance(self.value, Ratio):
            return f"{plain(self.value.numerator)} of {plain(self.value.denominator)}"
        return plain(self.value) if self.unit is None else self.unit.format(self.value)


# --- patterns ----------------------------------------------------------------------------------

_LIKE_ASCII: Final = str.maketrans(
    {"−": "-", "–": "-", "’": "'", "×": "x", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_SHORT: Final[Mapping[str, int]] = MappingProxyType(
    {
        "k": 10**3,
        "K": 10**3,
        "M": 10**6,
        "MM": 10**6,
        "mn": 10**6,
        "mio": 10**6,
        "B": 10**9,
        "bn": 10**9,
        "tn": 10**12,
    }
)
#: Abbreviations of a scale for money, and of other words otherwise.
_OF_MONEY: Final[Mapping[str, int]] = MappingProxyType({"m": 10**6, "b": 10**9})
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {sign: code for code, sign in SIGNS.items()} | {"US$": "USD"}
)
#: Other words for a unit; case does not matter.
_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {one: many for many, one in SINGULARS.items()}
    | dict.fromkeys(("pct", "p.c."), "%")
    | dict.fromkeys(("bp", "bps"), "basis points")
    | dict.fromkeys(("pp", "ppt"), "percentage points")
    | dict.fromkeys(("pt", "pts"), "points")
)
#: Longest text read: longer ones hold no number, and take long to match (library default).
_LONGEST: Final = 200
#: Words that continue a sentence, not a unit.
_NO_UNIT: Final = frozenset(
    ("of", "out", "to", "or", "and", "in", "from", "until", "than", "plus", "minus", "times")
)

_MONEY: Final = "|".join(
    [*map(re.escape, sorted(_CODES, key=len, reverse=True)), rf"(?:{'|'.join(sorted(CURRENCIES))})"]
)


def _digits(decimal: str, thousands: str) -> str:
    point, comma = re.escape(decimal), re.escape(thousands)
    grouped = rf"\d{{1,3}}(?:{comma}\d{{2,3}})*{comma}\d{{3}}(?:{point}\d+)?"
    spaced = rf"\d{{1,3}}(?:[ ']\d{{3}})+(?:{point}\d+)?"
    whole = rf"(?:\d+(?:{point}\d+)?|{point}\d+)(?:[eE][+-]?\d{{1,3}})?"
    return rf"(?:{grouped}|{spaced}|{whole})(?![.,' ]?\d)"


_DIGITS: Final = MappingProxyType({".": _digits(".", ","), ",": _digits(",", ".")})
_NUMBER: Final = MappingProxyType(
    {
        decimal: re.compile(
            rf"(?P<sign>[+-])? ?(?P<money>{_MONEY})? ?(?P<inner>[+-])?(?P<digits>{digits})(?P<rest>.*)"
        )
        for decimal, digits in _DIGITS.items()
    }
)
_CLOCK: Final = re.compile(
    r"(?P<sign>[+-])?(?:(?P<hours>\d+):(?=\d\d:))?(?P<minutes>\d+):(?P<seconds>[0-5]\d(?:\.\d+)?)"
    r"(?P<rest>[^:\d].*)?"
)
_SCALE: Final = re.compile(r"(?P<name>[^\W\d_]+)(?P<rest>.*)")
_PER_CENT: Final = re.compile(r"^per ?cent\b", re.IGNORECASE)
_RATE: Final = re.compile(
    r"(?P<name>.*?)(?: ?/ ?(?!\d)|(?:^| )per )(?P<per>.+)"
    r"|(?P<noun>.*?)(?:^| )(?:an?|each|every) "
    r"(?P<period>second|minute|hour|day|week|sprint|month|quarter|year)"
)


# --- reading -----------------------------------------------------------------------------------


def parse_number(text: str, *, decimal: str = ".") -> Quantity:
    """Read a number as people write it, with its unit.

    Units are never converted: "30 basis points" is 30 of them, not 0.3%. "2:37" is the one exception: 157
    seconds. Times of day are read so too: "14:30" is 14 minutes 30.

    Args:
        text: Such as "$12 million", "€3.5k", "3.8%", "twenty-five", "10 per month", "30 of 1,000".
        decimal: Decimal mark, "." or ","; the other one groups thousands.

    Returns:
        The number and its unit; for "30 of 1,000" and "1/4" a `Ratio`, which keeps its counts.

    Raises:
        InvalidValueError: A part of the text cannot be read; the hint has the part that can.

    Laws: test_what_a_unit_writes_is_read_back, test_words_are_read_back.

    >>> parse_number("$12 million")
    Quantity(value=12000000.0, unit=Unit(name='USD', per='', shown_in=''))
    >>> parse_number("2:37").value, parse_number("30 of 1,000").value
    (157.0, Ratio(numerator=30.0, denominator=1000.0, per=1.0))
    """
    text = given_text(parse_number, "text", text)
    must_be_a(parse_number, "decimal", decimal, str)
    decimal = as_text(decimal)
    if decimal not in _DIGITS:
        raise InvalidValueError(
            "out-of-range", path_of(parse_number, "decimal"), decimal, 'give "." or ","'
        )
    cleaned = " ".join(text.translate(_LIKE_ASCII).split())
    if len(cleaned) > _LONGEST:
        raise _unreadable(text, Reason("hint/shorter", count=_LONGEST))
    if cleaned.startswith("(") and cleaned.endswith(")"):  # accountants' minus
        cleaned = f"-{cleaned[1:-1].strip()}"
    ratio = _ratio(cleaned, decimal)
    if ratio is not None:
        return Quantity(ratio)
    clock = _CLOCK.fullmatch(cleaned)
    if clock is not None:
        return _time(text, clock)
    found = _NUMBER[decimal].fullmatch(cleaned)
    if found is not None:
        return _digits_with_unit(text, found, decimal)
    number, rest = read_words(cleaned)
    if number is None:
        raise _unreadable(text, _hint(cleaned, decimal))
    return Quantity(number, _unit(text, number, rest, ""))


def _ratio(cleaned: str, decimal: str) -> Ratio | None:
    left, separator, right = cleaned.partition("/")
    if not separator:
        left, separator, right = cleaned.partition(" of ")
        left = left.removesuffix(" out")
    if not separator:
        return None
    numerator, denominator = _count(left.strip(), decimal), _count(right.strip(), decimal)
    return None if numerator is None or denominator is None else Ratio(numerator, denominator)


def _count(side: str, decimal: str) -> float | None:
    if re.fullmatch(_DIGITS[decimal], side):
        return _as_float(_value(side, decimal))
    number, rest = read_words(side)
    return number if not rest else None


def _time(text: str, clock: re.Match[str]) -> Quantity:
    minutes, seconds = int(clock["minutes"]), Fraction(clock["seconds"])
    if clock["hours"] is not None and minutes >= 60:
        raise _unreadable(text, Reason("hint/minutes-to-59"))
    total = (int(clock["hours"] or 0) * 60 + minutes) * 60 + seconds
    name = "mm:ss" if clock["hours"] is None else "h:mm:ss"
    value = _as_float(-total if clock["sign"] == "-" else total)
    unit = _unit(text, value, (clock["rest"] or "").strip(), name)
    return Quantity(value, unit)


def _digits_with_unit(text: str, found: re.Match[str], decimal: str) -> Quantity:
    if found["sign"] and found["inner"]:
        raise _unreadable(text, Reason("hint/one-sign"))
    value, rest = _value(found["digits"], decimal), found["rest"]
    money = _CODES.get(found["money"] or "", found["money"] or "")
    value, rest = _scaled(text, value, rest, is_money=bool(money))
    if "-" in (found["sign"], found["inner"]):
        value = -value
    number = _as_float(value)
    return Quantity(number, _unit(text, number, rest, money))


def _value(digits: str, decimal: str) -> Fraction:
    for mark in {" ", "'", ",", "."} - {decimal}:
        digits = digits.replace(mark, "")
    return Fraction(digits.replace(",", "."))


def _as_float(exact: Fraction) -> float:
    try:
        number = float(exact)
    except OverflowError:
        number = inf
    must_be_number(parse_number, "text", number)
    return number


def _scaled(text: str, value: Fraction, rest: str, *, is_money: bool) -> tuple[Fraction, str]:
    """Return the value times its abbreviation or word, and the rest of the text."""
    is_attached, rest = not rest.startswith(" "), rest.strip()
    found = _SCALE.match(rest)
    if found is None:
        return value, rest
    name, after = found["name"], found["rest"].strip()
    times = _SHORT.get(name) or TIMES.get(name.casefold())
    if times is None and name in _OF_MONEY:
        if is_money or re.match(rf"(?:{_MONEY})(?!\w)", after):
            times = _OF_MONEY[name]
        elif is_attached:
            raise _unreadable(text, Reason("hint/several-meanings", word=repr(name)))
    return (value, rest) if times is None else (value * times, after)


def _unit(text: str, number: float, rest: str, name: str) -> Unit | None:
    """Return the unit in the rest of the text; `name` is its money or clock, if found already."""
    rest = _PER_CENT.sub("%", rest)
    rate = _RATE.fullmatch(rest)
    noun, per = rest, ""
    if rate is not None:
        noun = (rate["name"] or rate["noun"] or "").strip()
        per = (rate["per"] or rate["period"]).strip()
    noun = _CODES.get(noun, _ALIASES.get(noun.casefold(), noun))
    if name and (not noun or noun == name):
        return Unit(name, per=per)
    if not name and not noun:
        return Unit(f"per {per}") if per else None
    if name == "USD" and noun in {"CAD", "AUD", "NZD", "HKD", "SGD", "TWD"}:  # "$5 CAD"
        return Unit(noun, per=per)
    if name or not (noun[0].isalpha() or noun[0] in "%°") or not _is_noun(noun):
        hint = Reason("hint/not-all-understood", number=plain(number), rest=repr(rest))
        raise _unreadable(text, hint)
    return Unit(noun, per=per)


def _is_noun(noun: str) -> bool:
    words = noun.split(" ")
    return words[0].casefold() not in _NO_UNIT and not any(
        word[0].isdigit() or word[-1] in ",;:" or word.casefold() in NUMBER_WORDS for word in words
    )


def _hint(cleaned: str, decimal: str) -> Reason:
    if re.search(r"\d[.,']\d", cleaned):
        other = "," if decimal == "." else "."
        example = "1,234.5" if decimal == "." else "1.234,5"
        return Reason("hint/write-number-or-decimal", example=example, decimal=repr(other))
    return Reason("hint/write-number")


def _unreadable(text: str, hint: Reason) -> InvalidValueError:
    return InvalidValueError("unreadable-number", path_of(parse_number, "text"), text, hint)

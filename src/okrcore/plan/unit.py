"""Units: format of numbers for people.

Rules of this file:

1. A unit formats and never computes: the same number means the same in every unit. A share becomes a number
   of a unit by its `whole`.
2. `parse_number` reads what a unit writes: the same number, within the digits shown.
3. A number that is compared with an edge is written with enough digits to differ from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._arith import Rounding, apart, near_edges, round_to, snap
from okrcore._checks import as_text, given_number, path_of
from okrcore._figures import Figure
from okrcore._texts import must_be_name, must_be_note
from okrcore.errors import InvalidValueError
from okrcore.words.reason import Reason, Term

__all__ = [
    "CURRENCIES",
    "SCALES",
    "SIGNS",
    "SINGULARS",
    "Unit",
    "as_unit",
    "dressed",
    "in_full",
    "plain",
    "unit_words",
]

#: Currencies with a sign before the number, by ISO 4217 code.
SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "USD": "$",
        "EUR": "€",
        "GBP": "£",
        "JPY": "¥",
        "INR": "₹",
        "KRW": "₩",
        "BRL": "R$",
        "CAD": "C$",
        "AUD": "A$",
        "ILS": "₪",
        "NGN": "₦",
        "PHP": "₱",
        "TRY": "₺",
        "UAH": "₴",
        "VND": "₫",
    }
)
#: Currencies by ISO 4217 code: with a sign, and some written by their code.
CURRENCIES: Final = frozenset(SIGNS) | {
    "AED", "ARS", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "HKD", "HUF", "IDR", "KES", "MXN",
    "MYR", "NOK", "NZD", "PEN", "PKR", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TWD", "ZAR",
}  # fmt: skip
#: Scales in which numbers may be shown.
SCALES: Final[Mapping[str, float]] = MappingProxyType({"k": 1e3, "M": 1e6, "B": 1e9})
#: Nouns with another form for exactly one.
SINGULARS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "people": "person",
        "points": "point",
        "percentage points": "percentage point",
        "basis points": "basis point",
        "seconds": "second",
        "minutes": "minute",
        "hours": "hour",
        "days": "day",
        "weeks": "week",
        "months": "month",
        "quarters": "quarter",
        "years": "year",
    }
)
#: Units of seconds written as a clock: 157 is 2:37, or 0:02:37.
_CLOCKS: Final = ("mm:ss", "h:mm:ss")
#: Units written directly after the number.
_ATTACHED: Final = ("%", "x")
#: Size of a whole in units of parts.
_WHOLES: Final[Mapping[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(("%", "percent", "per cent", "pct", "percentage points"), 100.0),
        "‰": 1e3,
        "basis points": 1e4,
    }
)
#: A round number of cases at the start of a `per`: "1,000 accounts".
_CASES: Final = re.compile(r"(?P<number>10{2,9}|1(?:0{0,2}(?:,000){1,3}))(?: |$)")


@final
@frozen
class Unit:
    """Unit of a number, for its format. Nothing is converted: `Unit("%")` writes 0.038 as 0.038%.

    Args:
        name: "USD" or another currency, "%", "mm:ss" or "h:mm:ss" for seconds, or any noun: "points",
            "people".
        per: Period or thing, as in "tickets per month".
        shown_in: "k", "M" or "B" to write large numbers short; the number stays the same.

    Laws: test_what_a_unit_writes_is_read_back.

    >>> Unit("USD").format(1250000), Unit("mm:ss").format(157), Unit("%").format(3.8)
    ('$1,250,000', '2:37', '3.8%')
    >>> Unit("USD", shown_in="M").format(1250000), Unit("people", per="week").format(1)
    ('$1.25M', '1 person per week')
    """

    name: str
    per: str = field(default="", kw_only=True)
    shown_in: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        must_be_note(self, "per", self.per)
        if self.per:
            must_be_name(self, "per", self.per)
        must_be_note(self, "shown_in", self.shown_in)
        if self.shown_in and (self.shown_in not in SCALES or self._is_symbol):
            raise InvalidValueError(
                "out-of-range",
                path_of(self, "shown_in"),
                self.shown_in,
                "give k, M or B to money or a noun",
            )

    def format(self, value: float, *edges: float) -> str:
        """Write a number in this unit.

        Args:
            value: The number.
            edges: Numbers that it is compared with, such as a limit: digits are added until it differs from
                edges that it is not on.

        Laws: test_numbers_stay_on_their_side_of_an_edge.

        >>> Unit("%").format(84.998), Unit("%").format(84.998, 85)
        ('85%', '84.998%')
        """
        value = given_number(self, "format", value)
        edges = tuple(given_number(self, "format", edge) for edge in edges)
        text = self._shown(value, edges)
        return Figure(f"{text} per {self.per}" if self.per else text)

    def bare(self, value: float, *edges: float) -> str:
        """Write a number without its noun, beside one with it: "88 tickets, from 120 to 30"."""
        value = given_number(self, "bare", value)
        edges = tuple(given_number(self, "bare", edge) for edge in edges)
        is_short = self.name in SIGNS or self._is_symbol
        return Figure(self._shown(value, edges) if is_short else self._digits(value, edges))

    @property
    def whole(self) -> float | None:
        """Size of a whole in this unit, for a share to be read in it; None if it is no unit of parts.

        >>> Unit("%").whole, Unit("tickets", per="1,000 accounts").whole, Unit("USD").whole
        (100.0, 1000.0, None)
        """
        cases = _CASES.match(self.per)
        if cases is not None:
            return float(cases["number"].replace(",", ""))
        return _WHOLES.get(self.name.casefold())

    @property
    def _is_symbol(self) -> bool:
        return self.name in (*_CLOCKS, *_ATTACHED)

    def _shown(self, value: float, edges: Sequence[float]) -> str:
        if self.name in _CLOCKS:
            return _clock(value, self.name, edges)
        return dressed(self._digits(value, edges), self.name)

    def _digits(self, value: float, edges: Sequence[float]) -> str:
        size = SCALES.get(self.shown_in, 1.0)
        # Snapped at a billion, 12 decimals are three at one, which may not separate numbers that differ.
        if any(snap(e / size) == snap(value / size) for e in edges if snap(e) != snap(value)):
            return plain(value, *edges)
        return plain(value / size, *[edge / size for edge in edges]) + self.shown_in

    def __str__(self) -> str:
        return f"{self.name} per {self.per}" if self.per else self.name


def as_unit(value: str | Unit | None) -> Unit | None:
    """Convert a bare text to a unit; "tickets per month" has a period."""
    text = as_text(value)
    if type(text) is not str or not text.strip():
        return value  # type: ignore[return-value]  # refused by must_be_a
    name, _, per = text.partition(" per ")
    return Unit(name, per=per)


def unit_words(unit: Unit) -> str:
    """Return the name of a unit as a sentence, in words that may be replaced.

    >>> unit_words(Unit("people", per="week"))
    'people per week'
    """
    name = Term("unit", unit.name)
    if not unit.per:
        return name
    per = Figure(unit.per) if unit.per[0].isdigit() else Term("unit", unit.per)
    return Reason("number/per", amount=name, unit=per)


def dressed(digits: str, name: str) -> str:
    """Write digits, with or without minus, with the name of a unit that is no clock."""
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    if name in SIGNS:
        return f"{sign}{SIGNS[name]}{digits}"
    if name in _ATTACHED:
        return f"{sign}{digits}{name}"
    return f"{sign}{digits} {SINGULARS.get(name, name) if digits == '1' else name}"


def _clock(value: float, name: str, edges: Sequence[float]) -> str:
    text = _whole_seconds(value, name)
    near = near_edges(value, edges, lambda edge: _whole_seconds(edge, name))
    if not near:
        return text
    seconds = apart(value, near)
    whole, _, rest = seconds.lstrip("-").partition(".")
    sign = "-" if seconds.startswith("-") else ""
    return f"{sign}{_whole_seconds(float(whole), name)}.{rest.rstrip('0')}".removesuffix(".")


def _whole_seconds(value: float, name: str) -> str:
    seconds = int(round_to(abs(value), 0, Rounding.HALF_UP))
    minutes, rest = divmod(seconds, 60)
    sign = "-" if value < 0 and seconds else ""
    if name == "mm:ss":
        return f"{sign}{minutes}:{rest:02}"
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{rest:02}"


def plain(value: float, *edges: float) -> Figure:
    """Write a number with thousands separated, to two decimals or, below 0.1, three digits.

    Args:
        value: The number.
        edges: Numbers that it is compared with: decimals are added until it differs from edges that it is
            not on.

    Laws: test_numbers_stay_on_their_side_of_an_edge.

    >>> plain(1250000.0), plain(3.10), plain(0.00016)
    ('1,250,000', '3.1', '0.00016')
    >>> plain(999.998), plain(999.998, 1000)
    ('1,000', '999.998')
    """
    if not edges:
        return _plain(value)
    near = near_edges(value, edges, _plain)
    if not near:
        # At 12 decimals 1e-13 is on an edge of 0.
        return _plain(snap(value))
    return Figure(f"{Decimal(apart(value, near)):,f}".rstrip("0").rstrip("."))


def _plain(value: float) -> Figure:
    if value and abs(value) < 0.1:
        return Figure(f"{value:.3g}")
    return Figure(f"{round_to(value, 2, Rounding.HALF_UP):,.2f}".rstrip("0").rstrip("."))


def in_full(value: float) -> Figure:
    """Write a number with thousands separated and every digit it has.

    >>> in_full(1250000.0), in_full(22.0512345)
    ('1,250,000', '22.0512345')
    """
    # Adding 0 makes -0.0 positive.
    return Figure(f"{value + 0.0:,}".removesuffix(".0"))

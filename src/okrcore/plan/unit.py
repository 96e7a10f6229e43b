"""Units: how a number is written for people. A unit formats and never computes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._arith import Rounding, round_to
from okrcore._checks import must_be_text

__all__ = ["Unit", "as_unit", "plain"]

#: Currencies that are written before the number, by ISO 4217 code.
_SIGN: Final = MappingProxyType(
    {"USD": "$", "EUR": "\u20ac", "GBP": "\u00a3", "JPY": "\u00a5", "INR": "\u20b9"}
)
#: Symbols of seconds that are written as a clock: 157 is 2:37.
_CLOCK: Final = "mm:ss"


@final
@frozen
class Unit:
    """What a number counts, and per what.

    The same number is not converted: `Unit("%")` writes 3.8 as 3.8%, and 0.038 as 0.038%.

    Args:
        name: "USD" or another currency, "%", "mm:ss" for seconds, or any noun: "points", "people".
        per: A period or a thing, as in "tickets per month".

    >>> Unit("USD").format(1250000), Unit("mm:ss").format(157), Unit("%").format(3.8)
    ('$1,250,000', '2:37', '3.8%')
    """

    name: str
    per: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_text(self, "name", self.name)
        if self.per != "":
            must_be_text(self, "per", self.per)

    def format(self, value: float) -> str:
        """Write a number in this unit."""
        text = _written(value, self.name)
        return f"{text} per {self.per}" if self.per else text

    def bare(self, value: float) -> str:
        """Write a number without its noun, beside one that has it: "88 tickets, from 120 to 30"."""
        is_short = self.name in _SIGN or self.name in (_CLOCK, "%")
        return _written(value, self.name) if is_short else plain(value)

    def __str__(self) -> str:
        return f"{self.name} per {self.per}" if self.per else self.name


def as_unit(value: str | Unit | None) -> Unit | None:
    """Turn a bare text into a unit; "tickets per month" has a period."""
    if not isinstance(value, str) or not value.strip():
        return value  # type: ignore[return-value]  # refused by must_be_a
    name, _, per = value.partition(" per ")
    return Unit(name, per=per)


def _written(value: float, name: str) -> str:
    if name == _CLOCK:
        sign, seconds = ("-" if value < 0 else ""), round(abs(value))
        return f"{sign}{seconds // 60}:{seconds % 60:02}"
    number = plain(abs(value))
    sign = "-" if value < 0 and number != "0" else ""
    if name in _SIGN:
        return f"{sign}{_SIGN[name]}{number}"
    return f"{sign}{number}%" if name == "%" else f"{sign}{number} {name}"


def plain(value: float) -> str:
    """Write a number with thousands separated, to two decimals or, below 0.1, three digits.

    >>> plain(1250000.0), plain(3.10), plain(0.00016)
    ('1,250,000', '3.1', '0.00016')
    """
    if value and abs(value) < 0.1:
        return f"{value:.3g}"
    return f"{round_to(value, 2, Rounding.HALF_UP):,.2f}".rstrip("0").rstrip(".")

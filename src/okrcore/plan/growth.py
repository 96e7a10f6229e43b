"""Usual growth of a metric, against which a target can be held."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from okrcore._checks import as_optional_number, must_be_a, must_be_number, path_of
from okrcore.calendar import Cadence
from okrcore.errors import InvalidValueError

__all__ = ["Growth"]


@final
@frozen
class Growth:
    """Usual change of a metric in a period: 5% a year. It scores nothing; see `target_growth`.

    Args:
        percent: Percent of its value, negative if it falls; above -100. It compounds: 5% a year is 1.23% a
            quarter.
        amount: Change in its own unit instead: half as much in half the time.
        per: Length of the period; a year by default.

    Raises:
        InvalidValueError: Neither or both of percent and amount are given, or one cannot hold its value.

    Source: founding document D, on credible targets.

    >>> Growth(percent=5).per.name, Growth(amount=-3, per=Cadence.QUARTERLY).amount
    ('annual', -3.0)
    """

    percent: float | None = field(default=None, converter=as_optional_number)
    amount: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    per: Cadence = field(default=Cadence.ANNUAL, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.percent is not None:
            must_be_number(self, "percent", self.percent)
        if self.amount is not None:
            must_be_number(self, "amount", self.amount)
        must_be_a(self, "per", self.per, Cadence)
        if (self.percent is None) == (self.amount is None):
            hint = "give a percent or an amount, one of them"
            raise InvalidValueError("out-of-range", path_of(self, "percent"), self.percent, hint)
        if self.percent is not None and self.percent <= -100:
            hint = "give a percent above -100, or an amount"
            raise InvalidValueError("out-of-range", path_of(self, "percent"), self.percent, hint)

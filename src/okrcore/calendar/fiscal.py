"""Years, halves, quarters and months of a company whose year starts in any month."""

from __future__ import annotations

from datetime import date
from typing import final

from attrs import frozen

from okrcore._checks import path_of
from okrcore.calendar.cadence import Cadence
from okrcore.calendar.cycle import Cycle, add_cadence
from okrcore.errors import InvalidValueError

__all__ = ["FiscalCalendar"]


@final
@frozen(kw_only=True)
class FiscalCalendar:
    """A company's year, cut into cycles.

    A year is labelled by the calendar year in which it starts: with `start_month=4`, the first
    quarter of 2026 is April to June 2026 and its fourth is January to March 2027.

    Args:
        start_month: 1 (January) to 12.

    Raises:
        InvalidValueError: There is no such month, quarter or year.

    >>> FiscalCalendar(start_month=1).quarter(2026, 3)
    Cycle(2026-Q3, 2026-07-01 to 2026-09-30)
    """

    start_month: int = 1

    def __attrs_post_init__(self) -> None:
        _must_be_count(self, "start_month", self.start_month, 12, "month-unknown")

    def year(self, year: int) -> Cycle:
        """Return a whole year."""
        return self._part(year, 1, Cadence.ANNUAL, "year", f"{year}")

    def half(self, year: int, half: int) -> Cycle:
        """Return the first or the second half of a year."""
        return self._part(year, half, Cadence.HALF_YEARLY, "half", f"{year}-H{half}")

    def quarter(self, year: int, quarter: int) -> Cycle:
        """Return a quarter, 1 to 4, of a year."""
        return self._part(year, quarter, Cadence.QUARTERLY, "quarter", f"{year}-Q{quarter}")

    def month(self, year: int, month: int) -> Cycle:
        """Return a month of a year, 1 being the month in which the year starts."""
        return self._part(year, month, Cadence.MONTHLY, "month", f"{year}-M{month:02}")

    def _part(self, year: int, number: int, cadence: Cadence, field: str, name: str) -> Cycle:
        _must_be_count(self, "year", year, 9998, "year-unknown")
        code = "quarter-unknown" if field == "quarter" else "month-unknown"
        _must_be_count(self, field, number, 12 // cadence.months, code)
        first_day = date(year, self.start_month, 1)
        return Cycle.starting(add_cadence(first_day, cadence, number - 1), cadence, name=name)


def _must_be_count(record: object, field: str, value: object, most: int, code: str) -> None:
    if type(value) is not int or not 1 <= value <= most:
        raise InvalidValueError(code, path_of(record, field), value)

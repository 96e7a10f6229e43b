"""Periods, both ends included, and cycles: periods in which objectives are pursued.

Rules of this file:

1. Months are added from the anchor, never chained.
2. Cycles may nest and overlap: `covers` tests it, nothing refuses it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from okrcore._checks import MOST_DAYS, given_day, must_be_a, must_be_whole, path_of
from okrcore._texts import must_be_name, must_be_text
from okrcore.calendar.cadence import Cadence
from okrcore.errors import InvalidValueError
from okrcore.words.reason import Reason

__all__ = ["Cycle", "Period", "add_cadence", "must_be_bounded", "must_be_in_order"]


@final
@frozen
class Period:
    """The days from `start` to `end`, both included; one day is a period too.

    Args:
        start: First day.
        end: Last day.

    Raises:
        InvalidValueError: The end lies before the start, or one of them is no day.
    >>> from datetime import date
    >>> Period(date(2026, 7, 1), date(2026, 9, 30)).days
    92
    """

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        must_be_in_order(self, self.start, self.end)

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """The day halfway, rounded to the earlier one: the day of a mid-cycle review."""
        return self.start + timedelta(days=(self.days - 1) // 2)

    def __contains__(self, day: object) -> bool:
        return self.start <= given_day(self, "__contains__", day) <= self.end

    def covers(self, other: Period) -> bool:
        """Return whether every day of the other period lies in this one."""
        must_be_a(self, "covers", other, Period)
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Return whether the two have a day in common."""
        must_be_a(self, "overlaps", other, Period)
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


def must_be_in_order(record: object, start: object, end: object) -> None:
    """Require two days, the last not before the first."""
    first, last = given_day(record, "start", start), given_day(record, "end", end)
    if last < first:
        raise InvalidValueError(
            "ends-before-start", path_of(record), f"{first} to {last}", Reason("hint/swap-days")
        )


_DAY: Final = timedelta(days=1)
_MONTH: Final = relativedelta(months=1)
#: Days of the longest month (the Gregorian calendar).
_LONGEST_MONTH: Final = 31


def _named(name: str | None) -> str:
    return "" if name is None else name


@final
@frozen(repr=False)
class Cycle:
    """A period in which objectives are pursued; without a cadence, of arbitrary length.

    Args:
        start: First day.
        end: Last day, included: as of that day the cycle is over and gets its verdict.
        name: Name for people; its days by default.
        cadence: Cadence of such cycles.
        until: The event that ends it, if one does: "the merger is signed". The end is then the expected
            day; if that moves, make a cycle with another end.

    Raises:
        InvalidValueError: The end lies before the start, the cadence is micro and the cycle longer than
            a month, or a field has the wrong type.

    >>> from datetime import date
    >>> from okrcore import Cadence
    >>> Cycle.starting(date(2026, 9, 7), Cadence.MICRO_WEEK).end
    datetime.date(2026, 9, 13)
    """

    start: date
    end: date
    name: str = field(default=None, kw_only=True, converter=_named)
    cadence: Cadence | None = field(default=None, kw_only=True)
    until: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_in_order(self, self.start, self.end)
        if type(self.name) is str and not self.name:
            object.__setattr__(self, "name", str(self.period))
        must_be_name(self, "name", self.name)
        must_be_a(self, "cadence", self.cadence, Cadence, type(None))
        if self.until is not None:
            must_be_text(self, "until", self.until)
        if self.is_micro:
            _must_fit_a_month(self)

    @classmethod
    def starting(cls, day: date, cadence: Cadence, *, name: str | None = None) -> Cycle:
        """Return the cycle of a cadence that starts on a day.

        >>> from datetime import date
        >>> print(Cycle.starting(date(2026, 1, 31), Cadence.MONTHLY, name="February sprint"))
        February sprint
        """
        return cls(day, add_cadence(day, cadence) - _DAY, name=name, cadence=cadence)

    @property
    def period(self) -> Period:
        """Its days alone."""
        return Period(self.start, self.end)

    @property
    def is_micro(self) -> bool:
        """Whether its objectives are Micro-OKRs: an overlay, in no pool, coverage or worst status."""
        return self.cadence is not None and self.cadence.is_micro

    def covers(self, other: Cycle) -> bool:
        """Return whether every day of the other cycle lies in this one."""
        must_be_a(self, "covers", other, Cycle)
        return self.period.covers(other.period)

    def split(self, cadence: Cadence) -> tuple[Cycle, ...]:
        """Return the cycle cut into cycles of a shorter cadence, from its first day on.

        The last one may be shorter: a quarter of 92 days is 13 weeks and a day. A cadence longer than the
        cycle returns the cycle in one piece.

        Laws: test_a_split_tiles_the_cycle.

        >>> from okrcore import Cadence, FiscalCalendar
        >>> quarter = FiscalCalendar(start_month=1).quarter(2026, 1)
        >>> [str(month) for month in quarter.split(Cadence.MONTHLY)]
        ['2026-Q1 1/3', '2026-Q1 2/3', '2026-Q1 3/3']
        """
        must_be_bounded(self, "split")
        starts = [self.start]
        while (following := add_cadence(self.start, cadence, len(starts))) <= self.end:
            starts.append(following)
        ends = [following - _DAY for following in starts[1:]]
        return tuple(
            Cycle(first, last, name=f"{self.name} {number}/{len(starts)}", cadence=cadence)
            for number, (first, last) in enumerate(zip(starts, [*ends, self.end], strict=True), 1)
        )

    def __contains__(self, day: object) -> bool:
        return day in self.period

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Cycle({self.name}, {self.start} to {self.end})"


def add_cadence(anchor: date, cadence: Cadence, times: int = 1) -> date:
    """Return the day a number of cadence lengths after an anchor.

    31 January and two months is 31 March; by adding one month twice it would be 28 March.
    """
    anchor = given_day(add_cadence, "anchor", anchor)
    must_be_a(add_cadence, "cadence", cadence, Cadence)
    return anchor + relativedelta(months=cadence.months * times, weeks=cadence.weeks * times)


def must_be_bounded(cycle: Cycle, method: str) -> None:
    """Require a cycle of at most 400 years: its parts are made one by one."""
    must_be_whole(cycle, method, cycle.period.days, 1, MOST_DAYS)


def _must_fit_a_month(cycle: Cycle) -> None:
    # A month counts from the first day on, or back from the last: 28 February to 30 March is the second
    # month of a cycle from 31 January.
    longest = add_cadence(cycle.start, Cadence.MONTHLY) - _DAY
    if cycle.period.days > _LONGEST_MONTH or cycle.start < cycle.end + _DAY - _MONTH:
        raise InvalidValueError(
            "micro-too-long",
            "Cycle",
            f"{cycle.start} to {cycle.end}",
            f"end it by {longest}, or take a cadence that is not micro",
        )

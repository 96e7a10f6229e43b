"""A cycle: a period in which objectives are pursued, with its cadence and the name people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from okrcore._checks import must_be_a, must_be_date, must_be_text
from okrcore.calendar.cadence import Cadence
from okrcore.calendar.period import Period

__all__ = ["Cycle"]


def _named(name: str | None) -> str:
    return name or ""


@final
@frozen(repr=False)
class Cycle:
    """A period in which objectives are pursued.

    A cycle without a cadence is one of arbitrary length: until an event, say.

    Args:
        start: First day.
        end: Last day, included: as of that day the cycle is over and gets its verdict.
        name: What people call it; without one, its days.
        cadence: How often such cycles come.

    Raises:
        InvalidValueError: The end lies before the start, or a field is of another kind.

    >>> from datetime import date
    >>> from okrcore import Cadence
    >>> Cycle.starting(date(2026, 9, 7), Cadence.MICRO_WEEK).end
    datetime.date(2026, 9, 13)
    """

    start: date
    end: date
    name: str = field(default=None, kw_only=True, converter=_named)
    cadence: Cadence | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_date(self, "start", self.start)
        must_be_date(self, "end", self.end)
        period = Period(self.start, self.end)
        if self.name == "":
            object.__setattr__(self, "name", str(period))
        must_be_text(self, "name", self.name)
        must_be_a(self, "cadence", self.cadence, Cadence, type(None))

    @classmethod
    def starting(cls, day: date, cadence: Cadence, *, name: str | None = None) -> Cycle:
        """Return the cycle of that cadence that starts on a day.

        >>> from datetime import date
        >>> print(Cycle.starting(date(2026, 1, 31), Cadence.MONTHLY, name="February sprint"))
        February sprint
        """
        return cls(day, add_cadence(day, cadence) - timedelta(days=1), name=name, cadence=cadence)

    @property
    def period(self) -> Period:
        """The days alone."""
        return Period(self.start, self.end)

    @property
    def is_micro(self) -> bool:
        """Whether its objectives are Micro-OKRs: an overlay, in no pool, coverage or worst status."""
        return self.cadence is not None and self.cadence.is_micro

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Cycle({self.name}, {self.start} to {self.end})"


def add_cadence(anchor: date, cadence: Cadence, times: int = 1) -> date:
    """Return the day that many cadence lengths after the anchor.

    Months are added from the anchor, never chained: 31 January and two months is 31 March, where
    adding one month twice is 28 March.
    """
    return anchor + relativedelta(months=cadence.months * times, weeks=cadence.weeks * times)

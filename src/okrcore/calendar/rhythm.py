"""Rhythms of check-ins: on a weekday, on a day of the month, or some days after the last one.

Rules of this file:

1. A check-in that comes too early settles nothing: the due day stays.
2. Otherwise the next one is due on the first anchor strictly after the later of check-in and due day, so
   missed ones are not owed twice.
3. A missed check-in stays due on its day, so that the days it is late can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeAlias, final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from okrcore._checks import (
    MOST_DAYS,
    given_day,
    given_whole,
    must_be_a,
    must_be_positive_count,
    must_be_whole,
)
from okrcore.calendar.week_years import Weekday

__all__ = ["EveryDays", "Monthly", "Rhythm", "Weekly", "rhythm_of"]


class _Rhythm:
    """Shared part of the rhythms; a subclass has the anchors."""

    __slots__ = ()

    early_days: int
    grace_days: int

    def first_due(self, start: date) -> date:
        """Return the first day on which a check-in is due, strictly after a start."""
        raise NotImplementedError

    def _after(self, due: date, day: date) -> date:
        """Return the first anchor strictly after a day, counted from a due day not after it."""
        raise NotImplementedError

    def next_due(self, due: date | None, checked_in: date) -> date:
        """Return the day on which a check-in is due after one was made.

        Args:
            due: The day on which one was due; None before the first.
            checked_in: The day on which one was made.

        Laws: test_next_due_never_goes_back.

        >>> from datetime import date
        >>> Weekly(Weekday.FRIDAY).next_due(date(2020, 1, 3), date(2020, 1, 20))
        datetime.date(2020, 1, 24)
        """
        checked_in = given_day(self, "next_due", checked_in)
        if due is None:
            return self.first_due(checked_in)
        due = given_day(self, "next_due", due)
        if checked_in < due - timedelta(days=self.early_days):
            return due
        return self._after(due, max(due, checked_in))

    def dues(self, start: date, end: date) -> Iterator[date]:
        """Return the days on which check-ins are due after `start`, up to `end` included."""
        due, last = self.first_due(start), given_day(self, "dues", end)
        return self._dues(due, last)

    def _dues(self, due: date, last: date) -> Iterator[date]:
        while due <= last:
            yield due
            due = self._after(due, due)

    def _must_have_days(self, *names: str) -> None:
        for name in names:
            must_be_whole(self, name, getattr(self, name), 0, MOST_DAYS)


@final
@frozen
class Weekly(_Rhythm):
    """Check in on a weekday, every week or every few weeks.

    Args:
        weekday: Day of the week.
        every: Weeks from one to the next; above 0.
        early_days: Days before the due day from which a check-in settles it.
        grace_days: Days after the due day up to which a check-in is not late.

    Source: one day early is Operately's tolerance; three days of grace are open-okr's.

    >>> from datetime import date
    >>> Weekly(Weekday.MONDAY).first_due(date(2026, 7, 1))
    datetime.date(2026, 7, 6)
    """

    weekday: Weekday
    every: int = field(default=1, kw_only=True)  # METHOD.md 2.9: weekly
    early_days: int = field(default=1, kw_only=True)  # SYSTEMS.md part 2: Operately
    grace_days: int = field(default=3, kw_only=True)  # SYSTEMS.md part 2: open-okr

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "weekday", self.weekday, Weekday)
        must_be_positive_count(self, "every", self.every, MOST_DAYS // 7)
        self._must_have_days("early_days", "grace_days")

    def first_due(self, start: date) -> date:
        """Return the first such weekday strictly after a start."""
        start = given_day(self, "first_due", start)
        return start + timedelta(days=(self.weekday - start.weekday() - 1) % 7 + 1)

    def _after(self, due: date, day: date) -> date:
        anchor = due - timedelta(days=(due.weekday() - self.weekday) % 7)
        step = 7 * self.every
        return anchor + timedelta(days=step * ((day - anchor).days // step + 1))


@final
@frozen
class Monthly(_Rhythm):
    """Check in on a day of the month; in a shorter month on its last day.

    Args:
        day: 1 to 31.
        early_days: Days before the due day from which a check-in settles it.
        grace_days: Days after the due day up to which a check-in is not late.

    Source: seven days early is Operately's tolerance; three days of grace are open-okr's.

    >>> from datetime import date
    >>> Monthly(31).first_due(date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """

    day: int = 1  # library default
    early_days: int = field(default=7, kw_only=True)  # SYSTEMS.md part 2: Operately
    grace_days: int = field(default=3, kw_only=True)  # SYSTEMS.md part 2: open-okr

    def __attrs_post_init__(self) -> None:
        must_be_whole(self, "day", self.day, 1, 31, "day-unknown")
        self._must_have_days("early_days", "grace_days")

    def first_due(self, start: date) -> date:
        """Return the first such day of a month strictly after a start."""
        start = given_day(self, "first_due", start)
        this_month = start + relativedelta(day=self.day)
        return this_month if this_month > start else start + relativedelta(months=1, day=self.day)

    def _after(self, due: date, day: date) -> date:  # noqa: ARG002  # months have no phase
        return self.first_due(day)


@final
@frozen
class EveryDays(_Rhythm):
    """Check in some days after the last check-in; there is no anchor.

    Args:
        days: Days from one to the next; above 0.
        grace_days: Days after the due day up to which a check-in is not late.

    >>> from datetime import date
    >>> EveryDays(2).next_due(date(2026, 9, 9), date(2026, 9, 8))
    datetime.date(2026, 9, 10)
    """

    days: int
    grace_days: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_positive_count(self, "days", self.days, MOST_DAYS)
        self._must_have_days("grace_days")

    @property
    def early_days(self) -> int:  # type: ignore[override]  # read alone, here as in the others
        """All of its days: every check-in starts the count anew."""
        return self.days

    def first_due(self, start: date) -> date:
        """Return the day `days` after a start."""
        start = given_day(self, "first_due", start)
        return start + timedelta(days=self.days)

    def next_due(self, due: date | None, checked_in: date) -> date:
        """Return the day `days` after a check-in, or the due day if that is later."""
        following = self.first_due(checked_in)
        return following if due is None else max(given_day(self, "next_due", due), following)

    def _after(self, due: date, day: date) -> date:  # noqa: ARG002  # it has no anchor
        return self.first_due(day)


#: Rhythm of check-ins.
Rhythm: TypeAlias = Weekly | Monthly | EveryDays


def rhythm_of(days: int) -> Rhythm:
    """Return the rhythm of a number of days: on Mondays if they are whole weeks.

    Source: METHOD.md 2.9; Wodtke's week begins with a Monday commitment.

    >>> rhythm_of(14).every
    2
    """
    days = given_whole(rhythm_of, "days", days, 1, MOST_DAYS)
    if days % 7:
        return EveryDays(days)
    return Weekly(Weekday.MONDAY, every=days // 7)

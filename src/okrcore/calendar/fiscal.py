"""Fiscal years, cut into cycles: years, halves, thirds, quarters, months, periods and weeks.

Rules of this file:

1. `_MonthYear` or `WeekYear` has the starts of the periods and weeks of a year. All else is grouping, the
   same for both.
2. The cycles of one cadence tile the time: each day lies in exactly one.
3. The name of a year is data: by its start or its end, in the company's words.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from string import Formatter
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from okrcore._checks import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_DAYS,
    as_text,
    as_whole,
    given_day,
    must_be_a,
    must_be_flag,
    must_be_whole,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import must_be_name
from okrcore.calendar.cadence import Cadence
from okrcore.calendar.cycle import Cycle, Period
from okrcore.calendar.week_years import NearestWeekday, Weekday, WeekYear, must_be_month
from okrcore.errors import InvalidValueError

__all__ = ["FiscalCalendar"]

_DAY: Final = timedelta(days=1)
#: Placeholders of a year's label, and of a part's.
_OF_YEAR: Final = frozenset({"year", "yy", "start_year", "start_yy", "end_year", "end_yy"})
_OF_PART: Final = _OF_YEAR | {"label", "part"}
#: Letters of the parts that have one, by months.
_LETTERS: Final = MappingProxyType({6: "H", 4: "T", 3: "Q"})


@final
@frozen
class _MonthYear:
    """A year of twelve calendar months; its weeks are those of ISO 8601, moved to its first month."""

    start_month: int

    #: Number of periods of each quarter.
    periods_of_quarters = (3, 3, 3, 3)

    @property
    def spans_years(self) -> bool:
        """Whether it starts in one calendar year and ends in the next."""
        return self.start_month > 1

    def period_starts(self, first_year: int) -> list[date]:
        """Return the first day of each month, and the day after the last."""
        months = range(self.start_month - 1, self.start_month + 12)
        return [date(first_year + month // 12, month % 12 + 1, 1) for month in months]

    def week_starts(self, first_year: int) -> list[date]:
        """Return the Monday of each week with most of its days in the year, and the next one."""
        last_month = (self.start_month - 2) % 12 + 1
        weeks = WeekYear(NearestWeekday(Weekday.SUNDAY, month=last_month))
        return weeks.week_starts(first_year)


@final
@frozen(kw_only=True, repr=False)
class FiscalCalendar:
    """A company's year, cut into cycles.

    A year is named by the calendar year in which it starts, unless `named_for_end`: with `start_month=4`,
    the first quarter of 2026 is April to June 2026, and its fourth is January to March 2027. For a year of
    weeks, the few days by which it starts or ends early or late do not count.

    Weeks start on Monday and belong to the year that has most of their days, as in ISO 8601, and so may
    straddle a quarter; weeks of a `WeekYear` start the day after its year end, and never do.

    Args:
        start_month: 1 (January) to 12, for years of calendar months.
        weeks: Rule of a year of weeks; `start_month` is then left out.
        named_for_end: Whether a year is named by the calendar year in which it ends.
        year_label: Name of a year. `{year}` is the year it is named by, `{start_year}` and `{end_year}` the
            years in which it starts and ends; `{yy}`, `{start_yy}` and `{end_yy}` their last two digits.
        part_label: Name of a part: `{label}` is the name of its year, `{part}` is H1, T1, Q1, M01 (P01 of
            13 periods) or W01.

    Raises:
        InvalidValueError: There is no such month, quarter or year, or a label has an unknown placeholder.

    Laws: test_cycles_of_a_cadence_tile_the_time, test_quarters_make_the_year.

    Source: METHOD.md 2.9.

    >>> FiscalCalendar(start_month=1).quarter(2026, 3)
    Cycle(2026-Q3, 2026-07-01 to 2026-09-30)
    >>> FiscalCalendar(start_month=10, named_for_end=True, year_label="FY{yy}").quarter(2026, 1)
    Cycle(FY26-Q1, 2025-10-01 to 2025-12-31)
    """

    start_month: int = 1  # library default
    weeks: WeekYear | None = None
    named_for_end: bool = False
    year_label: str = "{year}"
    part_label: str = "{label}-{part}"

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_month(self, "start_month", self.start_month)
        must_be_a(self, "weeks", self.weeks, WeekYear, type(None))
        if self.weeks is not None and self.start_month != 1:
            raise InvalidValueError(
                "given-twice",
                path_of(self, "start_month"),
                self.start_month,
                "leave it out: the weeks have a year end of their own",
            )
        must_be_flag(self, "named_for_end", self.named_for_end)
        _must_be_label(self, "year_label", self.year_label, _OF_YEAR)
        _must_be_label(self, "part_label", self.part_label, _OF_PART)

    # --- parts by number -----------------------------------------------------------------------

    def year(self, year: int) -> Cycle:
        """Return a whole year."""
        return self._part("year", year, 1, Cadence.ANNUAL)

    def half(self, year: int, half: int) -> Cycle:
        """Return the first or the second half of a year."""
        return self._part("half", year, half, Cadence.HALF_YEARLY)

    def third(self, year: int, third: int) -> Cycle:
        """Return four months of a year: the first, second or third."""
        return self._part("third", year, third, Cadence.FOUR_MONTHLY)

    def quarter(self, year: int, quarter: int) -> Cycle:
        """Return a quarter of a year, 1 to 4."""
        return self._part("quarter", year, quarter, Cadence.QUARTERLY)

    def month(self, year: int, month: int) -> Cycle:
        """Return a month of a year, 1 to 12; in a year of weeks it has four or five of them.

        Raises:
            InvalidValueError: There is no such month, or the year has 13 periods instead of months.
        """
        must_be_month(self, "month", month)
        if self._period_count != 12:
            raise InvalidValueError(
                "not-in-year", path_of(self, "month"), month, "use `period`, 1 to 13"
            )
        return self._part("month", year, month, Cadence.MONTHLY)

    def period(self, year: int, period: int) -> Cycle:
        """Return a period of a year: a month, or one of 13 periods of four weeks."""
        return self._part("period", year, period, Cadence.MONTHLY)

    def week(self, year: int, week: int) -> Cycle:
        """Return a week of a year, 1 to 52 or 53: a cycle for a Micro-OKR of one week."""
        return self._part("week", year, week, Cadence.MICRO_WEEK)

    def years(self, first: int, last: int) -> Cycle:
        """Return several years as one cycle: a horizon beyond the annual one.

        >>> FiscalCalendar().years(2026, 2028)
        Cycle(2026 to 2028, 2026-01-01 to 2028-12-31)
        """
        start, end = self.year(first), self.year(last)
        if start == end:
            return start
        count = last - first + 1
        return Cycle(
            start.start,
            end.end,
            name=f"{start} to {end}",
            cadence=evolve(Cadence.ANNUAL, name=f"{count} years", months=12 * max(count, 1)),
        )

    # --- cycles by day -------------------------------------------------------------------------

    def cycle_of(self, day: date, cadence: Cadence) -> Cycle:
        """Return the cycle of a cadence that contains a day.

        Cadences of several weeks are counted from the first week of the year; the last of a year may be
        shorter: the 27th of two weeks is week 53 alone.

        Args:
            day: Any day.
            cadence: In months that divide the year (12, 6, 4, 3, 2 or 1), or in weeks.

        Raises:
            InvalidValueError: The cadence does not divide the year; for a horizon of years use `years`.

        >>> from datetime import date
        >>> FiscalCalendar(start_month=4).cycle_of(date(2027, 1, 15), Cadence.QUARTERLY)
        Cycle(2026-Q4, 2027-01-01 to 2027-03-31)
        """
        day = given_day(self, "cycle_of", day)
        must_be_a(self, "cycle_of", cadence, Cadence)
        year = day.year
        edges = self._edges(year, cadence)
        while day < edges[0]:
            year -= 1
            edges = self._edges(year, cadence)
        while day >= edges[-1]:
            year += 1
            edges = self._edges(year, cadence)
        return self._cut(year, edges, bisect_right(edges, day), cadence)

    def next_cycle(self, cycle: Cycle) -> Cycle:
        """Return the cycle of the same cadence that contains the day after a cycle."""
        return self._neighbour("next_cycle", cycle, after=True)

    def previous_cycle(self, cycle: Cycle) -> Cycle:
        """Return the cycle of the same cadence that contains the day before a cycle."""
        return self._neighbour("previous_cycle", cycle, after=False)

    def cycles_between(self, first: date, last: date, cadence: Cadence) -> tuple[Cycle, ...]:
        """Return the cycles of a cadence with a day from `first` to `last`, both included.

        >>> from datetime import date
        >>> months = FiscalCalendar().cycles_between(
        ...     date(2026, 1, 31), date(2026, 3, 1), Cadence.MONTHLY)
        >>> [str(month) for month in months]
        ['2026-M01', '2026-M02', '2026-M03']
        """
        period = Period(first, last)
        must_be_whole(self, "cycles_between", period.days, 1, MOST_DAYS)
        cycles = [self.cycle_of(period.start, cadence)]
        while cycles[-1].end < period.end:
            cycles.append(self.next_cycle(cycles[-1]))
        return tuple(cycles)

    # --- cuts of a year ------------------------------------------------------------------------

    @cached_property
    def _rule(self) -> _MonthYear | WeekYear:
        return _MonthYear(self.start_month) if self.weeks is None else self.weeks

    @property
    def _period_count(self) -> int:
        return sum(self._rule.periods_of_quarters)

    def _edges(self, year: int, cadence: Cadence) -> list[date]:
        """Return the first day of each part of a year, and the day after the last."""
        year = as_whole(year)
        if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
            raise InvalidValueError("year-unknown", path_of(self, "year"), year)
        first_year = year - (self.named_for_end and self._rule.spans_years)
        if cadence.weeks:
            weeks = self._rule.week_starts(first_year)
            return [*weeks[: -1 : cadence.weeks], weeks[-1]]
        periods = self._rule.period_starts(first_year)
        return [periods[count] for count in accumulate(self._sizes(cadence), initial=0)]

    def _sizes(self, cadence: Cadence) -> tuple[int, ...]:
        """Return the number of periods of each part of a year."""
        quarters, months = self._rule.periods_of_quarters, cadence.months
        if months in {3, 6, 12}:
            together = months // 3
            return tuple(sum(quarters[at : at + together]) for at in range(0, 4, together))
        if months == 1:
            return (1,) * self._period_count
        if self._period_count == 12 and 12 % months == 0:
            return (months,) * (12 // months)
        raise InvalidValueError(
            "cadence-does-not-fit",
            path_of(self),
            f"{months} months",
            "take one that does, or Cycle.starting for a cycle of its own",
        )

    def _part(self, field: str, year: int, number: int, cadence: Cadence) -> Cycle:
        edges = self._edges(year, cadence)
        count = len(edges) - 1
        number = as_whole(number)
        if type(number) is not int or not 1 <= number <= count:
            code = "quarter-unknown" if field == "quarter" else "not-in-year"
            raise InvalidValueError(code, path_of(self, field), number, f"give 1 to {count}")
        return self._cut(year, edges, number, cadence)

    def _cut(self, year: int, edges: list[date], number: int, cadence: Cadence) -> Cycle:
        return Cycle(
            edges[number - 1],
            edges[number] - _DAY,
            name=self._name(year, self._part_name(edges, number, cadence)),
            cadence=cadence,
        )

    def _neighbour(self, method: str, cycle: Cycle, *, after: bool) -> Cycle:
        must_be_a(self, method, cycle, Cycle)
        if cycle.cadence is None:
            raise InvalidValueError(
                "wrong-type", path_of(self, method), cycle, "give a cycle with a cadence"
            )
        day = cycle.end + _DAY if after else cycle.start - _DAY
        return self.cycle_of(day, cycle.cadence)

    # --- names ---------------------------------------------------------------------------------

    def _name(self, year: int, part: str) -> str:
        spans = self._rule.spans_years
        start_year = year - (self.named_for_end and spans)
        years = {"": year, "start_": start_year, "end_": start_year + spans}
        words = {f"{prefix}year": f"{one}" for prefix, one in years.items()}
        words |= {f"{prefix}yy": f"{one % 100:02}" for prefix, one in years.items()}
        label = self.year_label.format(**words)
        return self.part_label.format(**words, label=label, part=part) if part else label

    def _part_name(self, edges: list[date], number: int, cadence: Cadence) -> str:
        if cadence.months == 12:
            return ""
        if cadence.months in _LETTERS:
            return f"{_LETTERS[cadence.months]}{number}"
        if cadence.weeks:
            letter, size, most = "W", cadence.weeks, (edges[-1] - edges[0]).days // 7
        else:
            size, most = cadence.months, self._period_count
            letter = "M" if most == 12 else "P"
        first, last = (number - 1) * size + 1, min(number * size, most)
        return f"{letter}{first:02}" + (f"-{letter}{last:02}" if last > first else "")


def _must_be_label(record: object, name: str, label: object, known: frozenset[str]) -> None:
    must_be_name(record, name, label)
    try:
        fields = list(Formatter().parse(as_text(label)))
    except ValueError:  # a brace without its partner
        fields = [("", "", "", None)]
    for _, placeholder, format_spec, conversion in fields:
        if placeholder is not None and (placeholder not in known or format_spec or conversion):
            raise InvalidValueError(
                "placeholder-unknown",
                path_of(record, name),
                label,
                f"known are {', '.join(f'{{{one}}}' for one in sorted(known))}",
            )

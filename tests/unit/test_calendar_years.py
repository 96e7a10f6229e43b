"""Companies' years as they are published, and the days at which calendars go wrong."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr

SATURDAY = okr.calendar.Weekday.SATURDAY
#: The National Retail Federation's 4-5-4 calendar: to the Saturday nearest 31 January.
RETAIL = okr.calendar.WeekYear(
    okr.calendar.NearestWeekday(SATURDAY, month=1, day=31), okr.calendar.FOUR_FIVE_FOUR
)
NRF = okr.FiscalCalendar(weeks=RETAIL)
#: Apple's: to the last Saturday of September, named for its end, the leap week in the first quarter.
APPLE = okr.FiscalCalendar(
    weeks=okr.calendar.WeekYear(okr.calendar.LastWeekday(SATURDAY, month=9), leap_period=3),
    named_for_end=True,
)

APPLE_BY_START = okr.FiscalCalendar(weeks=APPLE.weeks)


def shown(cycle: okr.Cycle) -> str:
    return f"{cycle.name}: {cycle.start} to {cycle.end}"


@pytest.mark.parametrize(
    ("calendar", "years"),
    [(NRF, [2012, 2017, 2023, 2028]), (APPLE, [2012, 2017, 2023, 2028])],
    ids=["NRF", "Apple"],
)
def test_years_of_53_weeks_are_the_published_ones(
    calendar: okr.FiscalCalendar, years: list[int]
) -> None:
    weeks = {year: calendar.year(year).period.days / 7 for year in range(2012, 2030)}
    assert set(weeks.values()) == {52, 53}
    assert [year for year, count in weeks.items() if count == 53] == years
    assert all(calendar.week(year, 53).end == calendar.year(year).end for year in years)


@pytest.mark.parametrize(
    ("year", "start", "end"),
    [
        (2012, date(2012, 1, 29), date(2013, 2, 2)),
        (2017, date(2017, 1, 29), date(2018, 2, 3)),
        (2022, date(2022, 1, 30), date(2023, 1, 28)),
        (2023, date(2023, 1, 29), date(2024, 2, 3)),
        (2024, date(2024, 2, 4), date(2025, 2, 1)),
    ],
)
def test_retail_years(year: int, start: date, end: date) -> None:
    assert (NRF.year(year).start, NRF.year(year).end) == (start, end)


def test_retail_puts_the_53rd_week_at_the_end() -> None:
    quarters = [NRF.quarter(2023, number).period.days for number in (1, 2, 3, 4)]
    assert quarters == [91, 91, 91, 98]
    months = [NRF.month(2023, number).period.days // 7 for number in range(1, 13)]
    assert months == [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("year", "start", "first_quarter", "end"),
    [
        (2017, date(2016, 9, 25), date(2016, 12, 31), date(2017, 9, 30)),
        (2022, date(2021, 9, 26), date(2021, 12, 25), date(2022, 9, 24)),
        (2023, date(2022, 9, 25), date(2022, 12, 31), date(2023, 9, 30)),
        (2024, date(2023, 10, 1), date(2023, 12, 30), date(2024, 9, 28)),
    ],
)
def test_apple_years(year: int, start: date, first_quarter: date, end: date) -> None:
    assert (APPLE.year(year).start, APPLE.year(year).end) == (start, end)
    assert APPLE.quarter(year, 1).end == first_quarter


def test_apple_puts_the_leap_week_into_its_first_quarter() -> None:
    for year in (2017, 2023, 2028):
        weeks = [APPLE.quarter(year, number).period.days // 7 for number in (1, 2, 3, 4)]
        assert weeks == [14, 13, 13, 13]


def test_a_leap_week_goes_where_it_is_said_to() -> None:
    """Planon's three: 4-4-6, 5-4-5 and 4-5-5."""
    cuts = {
        okr.calendar.FOUR_FOUR_FIVE: [4, 4, 6],
        okr.calendar.FIVE_FOUR_FOUR: [5, 4, 5],
        okr.calendar.FOUR_FIVE_FOUR: [4, 5, 5],
    }
    for quarters, last_quarter in cuts.items():
        calendar = okr.FiscalCalendar(weeks=evolve(RETAIL, quarters=quarters))
        found = [calendar.month(2023, number).period.days // 7 for number in (10, 11, 12)]
        assert found == last_quarter


def test_thirteen_periods() -> None:
    weeks = okr.calendar.WeekYear(
        okr.calendar.LastWeekday(okr.calendar.Weekday.SUNDAY, month=12),
        okr.calendar.THIRTEEN_PERIODS,
    )
    calendar = okr.FiscalCalendar(weeks=weeks)
    lengths = {calendar.period(2026, number).period.days for number in range(1, 14)}
    assert lengths == {28}
    assert calendar.period(2026, 13).name == "2026-P13"
    assert [calendar.quarter(2026, number).period.days // 7 for number in (1, 2, 3, 4)] == [
        12,
        12,
        12,
        16,
    ]
    assert calendar.half(2026, 2).period.days == 28 * 7
    assert calendar.week(2026, 1).start == calendar.year(2026).start


@pytest.mark.parametrize(
    ("calendar", "year", "named"),
    [
        ({"start_month": 1}, 2026, "2026: 2026-01-01 to 2026-12-31"),
        ({"start_month": 1, "named_for_end": True}, 2026, "2026: 2026-01-01 to 2026-12-31"),
        (
            {"year_label": "{start_year}/{end_year}"},
            2026,
            "2026/2026: 2026-01-01 to 2026-12-31",
        ),
        # United Kingdom, Japan and India, by the year in which it starts.
        ({"start_month": 4}, 2025, "2025: 2025-04-01 to 2026-03-31"),
        (
            {"start_month": 4, "year_label": "FY{start_year}-{end_year}"},
            2025,
            "FY2025-2026: 2025-04-01 to 2026-03-31",
        ),
        # The United States' federal year, by the year in which it ends.
        (
            {"start_month": 10, "named_for_end": True, "year_label": "FY{year}"},
            2026,
            "FY2026: 2025-10-01 to 2026-09-30",
        ),
        # A year that starts in February and is named for its end.
        ({"start_month": 2, "named_for_end": True}, 2027, "2027: 2026-02-01 to 2027-01-31"),
        ({"start_month": 12}, 2026, "2026: 2026-12-01 to 2027-11-30"),
        ({"start_month": 7, "year_label": "{start_yy}/{end_yy}"}, 2099, "99/00: 2099-07-01 to"),
    ],
)
def test_names_of_years(calendar: dict[str, Any], year: int, named: str) -> None:
    assert shown(okr.FiscalCalendar(**calendar).year(year)).startswith(named)


def test_parts_of_a_year() -> None:
    calendar = okr.FiscalCalendar(start_month=2, named_for_end=True)
    assert shown(calendar.half(2027, 2)) == "2027-H2: 2026-08-01 to 2027-01-31"
    assert shown(calendar.third(2027, 3)) == "2027-T3: 2026-10-01 to 2027-01-31"
    assert shown(calendar.quarter(2027, 1)) == "2027-Q1: 2026-02-01 to 2026-04-30"
    assert shown(calendar.month(2027, 12)) == "2027-M12: 2027-01-01 to 2027-01-31"
    assert shown(calendar.period(2027, 1)) == "2027-M01: 2026-02-01 to 2026-02-28"
    assert calendar.week(2027, 1).cadence is okr.Cadence.MICRO_WEEK
    assert calendar.quarter(2027, 1).cadence is okr.Cadence.QUARTERLY


def test_the_quarter_of_the_readme() -> None:
    quarter = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
    assert shown(quarter) == "2026-Q3: 2026-07-01 to 2026-09-30"
    assert quarter == okr.FiscalCalendar().quarter(2026, 3)


def test_a_part_can_stand_before_its_year() -> None:
    calendar = okr.FiscalCalendar(
        start_month=10, named_for_end=True, year_label="FY{yy}", part_label="{part} {label}"
    )
    assert calendar.quarter(2026, 4).name == "Q4 FY26"
    assert calendar.year(2026).name == "FY26"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        # ISO 8601: 2020 and 2026 have 53 weeks, and 1 January may lie in the last of the year before.
        (date(2020, 12, 31), "2020-W53: 2020-12-28 to 2021-01-03"),
        (date(2021, 1, 3), "2020-W53: 2020-12-28 to 2021-01-03"),
        (date(2021, 1, 4), "2021-W01: 2021-01-04 to 2021-01-10"),
        (date(2027, 1, 1), "2026-W53: 2026-12-28 to 2027-01-03"),
        (date(2025, 12, 29), "2026-W01: 2025-12-29 to 2026-01-04"),
    ],
)
def test_weeks_are_those_of_iso_8601(day: date, week: str) -> None:
    assert shown(okr.FiscalCalendar().cycle_of(day, okr.Cadence.MICRO_WEEK)) == week


def test_the_27th_fortnight_is_week_53_alone() -> None:
    calendar = okr.FiscalCalendar()
    last = calendar.cycle_of(date(2027, 1, 1), okr.Cadence.MICRO_TWO_WEEKS)
    assert shown(last) == "2026-W53: 2026-12-28 to 2027-01-03"
    assert shown(calendar.previous_cycle(last)) == "2026-W51-W52: 2026-12-14 to 2026-12-27"
    assert shown(calendar.next_cycle(last)) == "2027-W01-W02: 2027-01-04 to 2027-01-17"


def test_cadences_that_no_constant_has() -> None:
    calendar = okr.FiscalCalendar()
    two_months = okr.Cadence("two months", months=2)
    found = calendar.cycle_of(date(2026, 12, 31), two_months)
    assert shown(found) == "2026-M11-M12: 2026-11-01 to 2026-12-31"
    six_weeks = okr.Cadence("six weeks", weeks=6)
    assert calendar.cycle_of(date(2026, 1, 1), six_weeks).name == "2026-W01-W06"


def test_years_in_a_row_are_one_horizon() -> None:
    calendar = okr.FiscalCalendar(start_month=4, year_label="FY{yy}")
    horizon = calendar.years(2026, 2028)
    assert shown(horizon) == "FY26 to FY28: 2026-04-01 to 2029-03-31"
    assert horizon.cadence == okr.Cadence("3 years", months=36, check_in_days=14)
    assert calendar.years(2026, 2026) == calendar.year(2026)


def test_leap_days_and_month_ends() -> None:
    calendar = okr.FiscalCalendar(start_month=2)
    assert calendar.month(2028, 1).end == date(2028, 2, 29)
    assert calendar.month(2027, 1).end == date(2027, 2, 28)
    leap_day = calendar.cycle_of(date(2028, 2, 29), okr.Cadence.QUARTERLY)
    assert shown(leap_day) == "2028-Q1: 2028-02-01 to 2028-04-30"


def test_cycles_between_two_days() -> None:
    calendar = okr.FiscalCalendar()
    found = calendar.cycles_between(date(2026, 12, 31), date(2027, 4, 1), okr.Cadence.QUARTERLY)
    assert [cycle.name for cycle in found] == ["2026-Q4", "2027-Q1", "2027-Q2"]
    assert calendar.cycles_between(date(2026, 5, 5), date(2026, 5, 5), okr.Cadence.QUARTERLY) == (
        calendar.quarter(2026, 2),
    )


def test_nearest_and_last_weekdays() -> None:
    nearest = okr.calendar.NearestWeekday(SATURDAY, month=2)
    assert nearest.in_year(2024) == date(2024, 3, 2)  # of 29 February, a Thursday
    assert nearest.in_year(2026) == date(2026, 2, 28)
    assert okr.calendar.LastWeekday(SATURDAY, month=2).in_year(2024) == date(2024, 2, 24)
    assert okr.calendar.NearestWeekday(SATURDAY, month=12, day=31).in_year(2026) == date(2027, 1, 2)


def test_a_year_that_ends_with_december_is_named_alike_either_way() -> None:
    for ends in (
        okr.calendar.LastWeekday(SATURDAY, month=12),
        okr.calendar.NearestWeekday(SATURDAY, month=12, day=31),
        okr.calendar.NearestWeekday(SATURDAY, month=12),
    ):
        weeks = okr.calendar.WeekYear(ends)
        by_start = okr.FiscalCalendar(weeks=weeks).year(2026)
        assert by_start == okr.FiscalCalendar(weeks=weeks, named_for_end=True).year(2026)
        assert by_start.end.year - (by_start.end.month == 1) == 2026
    # Six days before, it ends in another year than the one in which the next one starts.
    early = okr.calendar.WeekYear(okr.calendar.NearestWeekday(SATURDAY, month=12, day=25))
    assert okr.FiscalCalendar(weeks=early).year(2026).end.year == 2027


def test_a_calendar_is_a_value() -> None:
    before = evolve(APPLE)
    APPLE.quarter(2026, 1)  # what it works out for itself is no part of it
    assert before == APPLE
    assert hash(before) == hash(APPLE)
    assert pickle.loads(pickle.dumps(APPLE)) == APPLE  # noqa: S301  # our own bytes
    assert evolve(APPLE, named_for_end=False).quarter(2026, 1) == APPLE_BY_START.quarter(2026, 1)

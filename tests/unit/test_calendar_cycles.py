"""Periods, cadences and cycles."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from attrs import fields

import okrcore as okr
from okrcore.calendar.cycle import add_cadence

QUARTER = okr.FiscalCalendar().quarter(2026, 3)
MICRO = (okr.Cadence.MICRO_WEEK, okr.Cadence.MICRO_TWO_WEEKS, okr.Cadence.MICRO_MONTH)
LONG = (
    okr.Cadence.ANNUAL,
    okr.Cadence.HALF_YEARLY,
    okr.Cadence.FOUR_MONTHLY,
    okr.Cadence.QUARTERLY,
    okr.Cadence.MONTHLY,
)


def test_periods() -> None:
    third_quarter = okr.Period(date(2026, 7, 1), date(2026, 9, 30))
    august = okr.Period(date(2026, 8, 1), date(2026, 8, 31))
    assert (third_quarter.days, august.days) == (92, 31)
    assert third_quarter.covers(august)
    assert not august.covers(third_quarter)
    assert third_quarter.covers(third_quarter)
    assert august.overlaps(third_quarter)
    assert not august.overlaps(okr.Period(date(2026, 9, 1), date(2026, 9, 1)))
    assert date(2026, 8, 31) in august
    assert date(2026, 9, 1) not in august
    assert date(2026, 7, 31) not in august
    assert str(august) == "2026-08-01 to 2026-08-31"


@pytest.mark.parametrize(
    ("days", "middle"),
    [(1, date(2026, 7, 1)), (2, date(2026, 7, 1)), (3, date(2026, 7, 2)), (92, date(2026, 8, 15))],
)
def test_the_middle_is_the_earlier_of_two(days: int, middle: date) -> None:
    start = date(2026, 7, 1)
    assert okr.Period(start, date.fromordinal(start.toordinal() + days - 1)).middle == middle


@pytest.mark.parametrize(
    ("start", "cadence", "end"),
    [
        # Month ends, without and with a leap day.
        (date(2026, 1, 31), okr.Cadence.MONTHLY, date(2026, 2, 27)),
        (date(2028, 1, 31), okr.Cadence.MONTHLY, date(2028, 2, 28)),
        (date(2026, 11, 30), okr.Cadence.QUARTERLY, date(2027, 2, 27)),
        (date(2028, 2, 29), okr.Cadence.ANNUAL, date(2029, 2, 27)),
        # Across a year.
        (date(2026, 12, 1), okr.Cadence.QUARTERLY, date(2027, 2, 28)),
        (date(2026, 12, 28), okr.Cadence.MICRO_WEEK, date(2027, 1, 3)),
        (date(2026, 9, 7), okr.Cadence.MICRO_TWO_WEEKS, date(2026, 9, 20)),
        (date(2026, 1, 1), okr.Cadence("vehicle", months=18), date(2027, 6, 30)),
    ],
)
def test_cycles_that_start_on_a_day(start: date, cadence: okr.Cadence, end: date) -> None:
    cycle = okr.Cycle.starting(start, cadence)
    assert (cycle.start, cycle.end, cycle.cadence) == (start, end, cadence)


def test_months_are_added_from_the_anchor() -> None:
    anchor = date(2026, 1, 31)
    found = [add_cadence(anchor, okr.Cadence.MONTHLY, times) for times in range(4)]
    assert found == [anchor, date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_cycle_of_one_day() -> None:
    day = okr.Cycle(date(2026, 7, 1), date(2026, 7, 1), cadence=okr.Cadence.MICRO_WEEK)
    assert day.period.days == 1
    assert day.is_micro
    assert day.split(okr.Cadence.MICRO_WEEK)[0].period == day.period


def test_a_cycle_may_end_with_an_event() -> None:
    cycle = okr.Cycle(date(2026, 9, 1), date(2026, 11, 15), until="the merger is signed")
    assert (cycle.cadence, cycle.is_micro, cycle.until) == (None, False, "the merger is signed")
    assert (str(cycle), repr(cycle)) == (
        "2026-09-01 to 2026-11-15",
        "Cycle(2026-09-01 to 2026-11-15, 2026-09-01 to 2026-11-15)",
    )
    assert pickle.loads(pickle.dumps(cycle)) == cycle  # noqa: S301  # our own bytes


def test_cycles_nest() -> None:
    calendar = okr.FiscalCalendar()
    week = calendar.cycle_of(date(2026, 8, 14), okr.Cadence.MICRO_WEEK)
    assert calendar.year(2026).covers(QUARTER)
    assert QUARTER.covers(week)
    assert not week.covers(QUARTER)
    # A sprint may straddle a quarter: that is answered, and not refused.
    straddling = calendar.cycle_of(date(2026, 7, 1), okr.Cadence.MICRO_WEEK)
    assert not QUARTER.covers(straddling)
    assert date(2026, 8, 14) in week
    assert date(2026, 8, 17) not in week


def test_a_split_by_months_and_by_weeks() -> None:
    months = QUARTER.split(okr.Cadence.MICRO_MONTH)
    assert [(part.start.month, part.end.day, part.is_micro) for part in months] == [
        (7, 31, True),
        (8, 31, True),
        (9, 30, True),
    ]
    weeks = QUARTER.split(okr.Cadence.MICRO_WEEK)
    assert [part.period.days for part in weeks] == [7] * 13 + [1]
    assert weeks[3].name == "2026-Q3 4/14"
    assert [part.period for part in QUARTER.split(okr.Cadence.ANNUAL)] == [QUARTER.period]


def test_a_split_from_a_month_end_keeps_to_it() -> None:
    cycle = okr.Cycle(date(2026, 1, 31), date(2026, 5, 30))
    found = [(part.start, part.end) for part in cycle.split(okr.Cadence.MICRO_MONTH)]
    assert found == [
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2026, 2, 28), date(2026, 3, 30)),
        (date(2026, 3, 31), date(2026, 4, 29)),
        (date(2026, 4, 30), date(2026, 5, 30)),
    ]


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2026, 9, 7), date(2026, 10, 6), True),
        (date(2026, 9, 7), date(2026, 10, 7), False),
        (date(2026, 2, 1), date(2026, 2, 28), True),
        (date(2026, 2, 1), date(2026, 3, 1), False),
        (date(2026, 1, 1), date(2026, 1, 31), True),
        (date(2026, 2, 10), date(2026, 3, 12), False),
        # The second month of what starts on 31 January, counted back from its last day.
        (date(2026, 2, 28), date(2026, 3, 30), True),
        (date(2026, 2, 27), date(2026, 3, 30), False),
    ],
)
def test_a_micro_cycle_lasts_at_most_a_month(start: date, end: date, *, fits: bool) -> None:
    assert okr.Cycle(start, end).period.days <= 32
    if fits:
        assert okr.Cycle(start, end, cadence=okr.Cadence.MICRO_MONTH).is_micro
    else:
        with pytest.raises(okr.InvalidValueError, match="micro-too-long"):
            okr.Cycle(start, end, cadence=okr.Cadence.MICRO_MONTH)


def test_the_seven_differences_stand_in_their_order() -> None:
    """Typed from founding document A."""
    assert [(one.name, one.traditional, one.micro) for one in okr.calendar.CADENCE_DIFFERENCES] == [
        (
            "time frame",
            "a quarter, a year, or longer",
            "one week, two weeks, at most a month",
        ),
        ("granularity", "broad", "narrow"),
        ("purpose", "strategic", "tactical"),
        ("flexibility", "adjustment review", "note"),
        ("level", "company, unit, department, team", "team, individual"),
        ("risk", "established", "experimental"),
        ("feedback", "every 7 days, 14 in a year", "every 1 to 7 days"),
    ]
    assert all(one.effect.endswith(".") for one in okr.calendar.CADENCE_DIFFERENCES)


def test_what_the_differences_say_that_the_library_does() -> None:
    """Every name in backquotes is there to be found."""
    for one in okr.calendar.CADENCE_DIFFERENCES:
        for name in one.effect.split("`")[1::2]:
            first, _, last = name.partition(".")
            homes = (okr.Cadence.QUARTERLY, okr.Objective, okr, okr.review)
            assert any(hasattr(home, first) for home in homes), name
            assert not last or any(
                hasattr(home, last) for home in (okr.calendar.CadenceTraits, okr.Trigger)
            )


def test_cadences_know_their_kind() -> None:
    for cadence in MICRO:
        character = cadence.character
        assert (cadence.is_micro, character.purpose) == (True, okr.calendar.Purpose.TACTICAL)
        assert character.adjustment is okr.calendar.AdjustmentPolicy.NOTE
        assert character.risk is okr.calendar.RiskPosture.EXPERIMENTAL
    for cadence in LONG:
        character = cadence.character
        assert (cadence.is_micro, character.granularity) == (False, okr.calendar.Granularity.BROAD)
        assert character.adjustment is okr.calendar.AdjustmentPolicy.REVIEW
    assert [cadence.check_in_days for cadence in (*MICRO, *LONG)] == [1, 2, 7, 14, 14, 7, 7, 7]
    assert {str(cadence) for cadence in MICRO} == {
        "micro, one week",
        "micro, two weeks",
        "micro, one month",
    }


def test_expected_levels_are_levels_of_objectives() -> None:
    levels = {level for c in (*MICRO, *LONG) for level in c.character.levels}
    assert levels == set(okr.Level)


def test_no_field_holds_what_can_be_changed() -> None:
    """A `relativedelta` can be; it stays inside the functions that need it."""
    for record in (
        okr.Cadence,
        okr.Cycle,
        okr.FiscalCalendar,
        okr.calendar.WeekYear,
        okr.calendar.Schedule,
    ):
        assert not any("delta" in str(one.type) for one in fields(record))
        assert record.__setattr__ is not object.__setattr__

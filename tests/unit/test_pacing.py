"""What is expected by a day, and what says that nothing moves: numbers worked by hand (METHOD.md 2.7)."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore import rulebook
from okrcore.rulebook import DayCount, ExpectedFrom, Stale
from okrcore.scorecard.day.expected_progress import days_between, expected_progress, pauses_of

APRIL = okr.Cycle(date(2026, 4, 1), date(2026, 4, 30))
HUNDRED = okr.Cycle(date(2026, 1, 1), date(2026, 4, 11), cadence=okr.Cadence.QUARTERLY)
PAUSE, ON = okr.Lifecycle.PAUSED, okr.Lifecycle.ACTIVE


def committed(measure: Any, cycle: okr.Cycle = HUNDRED, **options: Any) -> okr.Plan:
    kr = okr.KeyResult("k", "KR", measure, **options)
    return okr.Plan(
        [okr.Objective("o", "O", key_results=[kr], cycle=cycle, ambition=okr.Ambition.COMMITTED)]
    )


def book_of(*rules: Any, **pacing: Any) -> okr.Rulebook:
    pace = evolve(okr.RECOMMENDED.pacing, **pacing)
    return evolve(okr.RECOMMENDED, name="test", status=rules, pacing=pace)


def paced(plan: okr.Plan, day: date, *entries: Any, book: okr.Rulebook) -> okr.Scorecard:
    return okr.evaluate(plan, okr.Journal(entries), as_of=day, rulebook=book)


def expected(plan: okr.Plan, day: date, value: Any = 1, *more: Any, **pacing: Any) -> float | None:
    start = plan.objectives[0].cycle
    assert start is not None
    read = okr.CheckIn("k", start.start, value)
    return paced(plan, day, read, *more, book=book_of(**pacing)).key_result("k").expected


@pytest.mark.parametrize(
    ("count", "day", "share"),
    [
        (DayCount.EXCLUSIVE, 1, 0),
        (DayCount.EXCLUSIVE, 15, 14 / 29),
        (DayCount.EXCLUSIVE, 29, 28 / 29),
        (DayCount.EXCLUSIVE, 30, 1),
        (DayCount.INCLUSIVE, 1, 1 / 30),
        (DayCount.INCLUSIVE, 15, 0.5),  # Engagedly's own example
        (DayCount.INCLUSIVE, 29, 29 / 30),
        (DayCount.INCLUSIVE, 30, 1),
        (DayCount.ELAPSED, 1, 0),
        (DayCount.ELAPSED, 15, 14 / 30),
        (DayCount.ELAPSED, 29, 28 / 30),
        (DayCount.ELAPSED, 30, 1),
    ],
)
def test_three_ways_to_count_days(count: DayCount, day: int, share: float) -> None:
    found = expected(committed(okr.Reach(10), APRIL), date(2026, 4, day), days=count)
    assert found == pytest.approx(share, abs=1e-15)


@pytest.mark.parametrize("count", DayCount)
@pytest.mark.parametrize(
    "week", [None, okr.calendar.WorkWeek(), okr.calendar.WorkWeek(days_off=[date(2026, 4, 1)])]
)
def test_a_cycle_of_one_day_is_due_on_it(
    count: DayCount, week: okr.calendar.WorkWeek | None
) -> None:
    one = okr.Cycle(APRIL.start, APRIL.start)
    assert expected(committed(okr.Reach(10), one), APRIL.start, days=count, workdays=week) == 1


@pytest.mark.parametrize("count", [DayCount.EXCLUSIVE, DayCount.INCLUSIVE])
def test_a_cycle_with_one_workday_is_over_on_it(count: DayCount) -> None:
    # Saturday, Sunday, Monday 21 September 2026, and Tuesday, a day off.
    plan = committed(okr.Reach(10), okr.Cycle(date(2026, 9, 19), date(2026, 9, 22)))
    week = okr.calendar.WorkWeek(days_off=[date(2026, 9, 22)])
    found = [expected(plan, date(2026, 9, n), days=count, workdays=week) for n in range(19, 23)]
    assert found == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("count", "day", "share"),
    [
        # Monday 7 to Friday 18 September 2026 are 10 workdays.
        (DayCount.INCLUSIVE, 11, 5 / 10),
        (DayCount.INCLUSIVE, 12, 5 / 10),
        (DayCount.INCLUSIVE, 13, 5 / 10),
        (DayCount.INCLUSIVE, 14, 6 / 10),
        (DayCount.INCLUSIVE, 18, 1),
        (DayCount.INCLUSIVE, 19, 1),  # nothing more is to come on the weekend
        (DayCount.EXCLUSIVE, 7, 0),
        (DayCount.EXCLUSIVE, 11, 4 / 9),
        (DayCount.EXCLUSIVE, 13, 4 / 9),
        (DayCount.ELAPSED, 11, 4 / 10),
        (DayCount.ELAPSED, 12, 5 / 10),
        (DayCount.ELAPSED, 14, 5 / 10),
    ],
)
def test_working_days(count: DayCount, day: int, share: float) -> None:
    cycle = okr.Cycle(date(2026, 9, 7), date(2026, 9, 20))
    plan = committed(okr.Reach(10), cycle)
    found = expected(plan, date(2026, 9, day), days=count, workdays=okr.calendar.WorkWeek())
    assert found == pytest.approx(share, abs=1e-15)


def test_working_days_of_another_week_and_holidays() -> None:
    # Sunday to Thursday, the 9th off: of 7 to 16 September work is on 7, 8, 10, 13, 14, 15 and 16.
    week = okr.calendar.WorkWeek(
        weekdays=[okr.calendar.Weekday.SUNDAY, 0, 1, 2, 3],
        days_off=[date(2026, 9, 9), date(2026, 9, 9), date(2026, 9, 12)],
    )
    plan = committed(okr.Reach(10), okr.Cycle(date(2026, 9, 7), date(2026, 9, 16)))
    options: Any = {"days": DayCount.INCLUSIVE, "workdays": week}
    assert expected(plan, date(2026, 9, 9), **options) == 2 / 7
    assert expected(plan, date(2026, 9, 10), **options) == 3 / 7
    assert expected(plan, date(2026, 9, 13), **options) == 4 / 7


def test_a_cycle_without_a_workday_is_due_on_its_last_day() -> None:
    weekend = okr.Cycle(date(2026, 9, 12), date(2026, 9, 13))
    plan = committed(okr.Reach(10), weekend)
    assert expected(plan, date(2026, 9, 12), workdays=okr.calendar.WorkWeek()) == 0
    assert expected(plan, date(2026, 9, 13), workdays=okr.calendar.WorkWeek()) == 1


def test_days_of_a_pause_are_not_counted() -> None:
    plan = committed(okr.Reach(10))
    pause = okr.Transition("o", date(2026, 1, 21), PAUSE)
    back = okr.Transition("o", date(2026, 1, 31), ON)
    # Ten days away: on day 60 of 100, 50 of 90 are over.
    assert expected(plan, date(2026, 3, 2), 1, pause, back) == 50 / 90
    assert expected(plan, date(2026, 3, 2)) == 60 / 100
    assert expected(plan, date(2026, 1, 25), 1, pause, back) is None
    assert expected(plan, date(2026, 1, 20), 1, pause, back) == 19 / 100
    assert expected(plan, HUNDRED.end, 1, pause, back) == 1
    card = paced(plan, date(2026, 3, 2), pause, back, book=book_of())
    assert card.objective("o").elapsed == 50 / 90


def test_workdays_of_a_pause_are_not_counted() -> None:
    # Of the 10 workdays of 7 to 18 September, the pause takes Thursday, Friday and Monday.
    plan = committed(okr.Reach(10), okr.Cycle(date(2026, 9, 7), date(2026, 9, 18)))
    moves = [
        okr.Transition("o", date(2026, 9, 10), PAUSE),
        okr.Transition("o", date(2026, 9, 15), ON),
    ]
    options: Any = {"days": DayCount.INCLUSIVE, "workdays": okr.calendar.WorkWeek()}
    assert expected(plan, date(2026, 9, 16), 1, *moves, **options) == 5 / 7


def test_pauses_of_a_key_result_and_its_objective_are_one() -> None:
    def life(first: int, last: int | None) -> list[Any]:
        found = [okr.journal.LifecycleStage(PAUSE, date(2026, 1, first))]
        return (
            found if last is None else [*found, okr.journal.LifecycleStage(ON, date(2026, 1, last))]
        )

    day = date(2026, 1, 20)
    both = pauses_of([life(3, 8), life(5, 11)], day)
    assert both == ((date(2026, 1, 3), date(2026, 1, 10)),)
    assert pauses_of([life(3, 5), life(7, None)], day) == (
        (date(2026, 1, 3), date(2026, 1, 4)),
        (date(2026, 1, 7), day),
    )
    assert pauses_of([life(5, 5)], day) == ()
    assert pauses_of([life(25, None)], day) == ()
    assert days_between(date(2026, 1, 1), day, both) == 19 - 8
    assert days_between(date(2026, 1, 5), date(2026, 1, 7), both) == 0
    assert days_between(date(2026, 1, 15), day, both) == 5


def test_waypoints_bend_the_line() -> None:
    # 10 to 20, with 12 due on day 50 of 100: 0.1 on day 25, 0.2 on day 50, 0.6 on day 75.
    timing = okr.Timing(waypoints=[okr.Waypoint(date(2026, 2, 20), 12)])
    plan = committed(okr.Increase(10, 20), timing=timing)
    days = [date(2026, 1, 26), date(2026, 2, 20), date(2026, 3, 17), HUNDRED.end]
    assert [expected(plan, day, 11) for day in days] == pytest.approx([0.1, 0.2, 0.6, 1])


def test_waypoints_of_other_lines() -> None:
    timing = okr.Timing(waypoints=[okr.Waypoint(date(2026, 2, 20), 10)])
    day = date(2026, 2, 20)
    anchors = okr.Anchors({0.3: 6, 0.7: 10, 1: 15}, baseline=0)
    assert expected(committed(anchors, timing=timing), day) == pytest.approx(0.7)
    exactly = okr.Exactly(20, baseline=0)
    assert expected(committed(exactly, timing=timing), day) == pytest.approx(0.5)
    assert expected(committed(exactly), date(2026, 3, 2)) == pytest.approx(0.6)


def test_waypoints_outside_the_way_say_nothing() -> None:
    points = [okr.Waypoint(date(2025, 12, 1), 1), okr.Waypoint(date(2026, 5, 1), 9)]
    plan = committed(okr.Reach(10), timing=okr.Timing(waypoints=points))
    assert expected(plan, date(2026, 3, 2)) == pytest.approx(0.6)
    level = committed(
        okr.FromTo(5, 5), timing=okr.Timing(waypoints=[okr.Waypoint(date(2026, 2, 20), 7)])
    )
    flat = evolve(book_of(), attainment=okr.rulebook.AttainmentRule(flat=rulebook.FlatLine.FULL))
    card = paced(level, date(2026, 3, 2), okr.CheckIn("k", HUNDRED.start, 5), book=flat)
    assert card.key_result("k").expected == pytest.approx(0.6)


def test_after_its_own_deadline_a_line_holds_or_goes_on() -> None:
    plan = committed(okr.Reach(10), due=date(2026, 2, 20))
    day = date(2026, 3, 2)  # 60 days, of 50
    assert expected(plan, day) == 1
    assert expected(plan, day, holds_after_due=False) == 1.2
    assert expected(plan, date(2026, 2, 20), holds_after_due=False) == 1


def test_what_arrives_in_a_piece_has_no_line() -> None:
    day = date(2026, 3, 2)
    for measure, value in [
        (okr.PassFail(), True),
        (okr.Judged(), 0.5),
        (okr.Evidence(required=2), ["a"]),
        (okr.Steps([(okr.AtLeast(1), 1)]), 2),
    ]:
        assert expected(committed(measure), day, value) is None


def test_what_must_hold_is_expected_in_full_from_the_first_day() -> None:
    for measure in (okr.AtMost(5), okr.Between(0, 5), okr.Budget(5)):
        assert expected(committed(measure), HUNDRED.start) == 1


@pytest.mark.parametrize(
    ("combine", "share"),
    [
        (okr.plan.Combination.MEAN, 0.8),
        (okr.plan.Combination.MINIMUM, 0.6),
        (okr.plan.Combination.PRODUCT, 0.6),
    ],
)
def test_two_numbers_in_one_are_expected_as_they_are_combined(
    combine: okr.plan.Combination, share: float
) -> None:
    both = okr.Compound({"a": okr.Reach(10), "b": okr.AtMost(5)}, combine=combine)
    value = {"a": 1, "b": 1}
    assert expected(committed(both), date(2026, 3, 2), value) == pytest.approx(share)
    piece = okr.Compound({"a": okr.Reach(10), "b": okr.PassFail()}, combine=combine)
    assert expected(committed(piece), date(2026, 3, 2), {"a": 1, "b": 1}) is None


def test_an_objective_goes_by_its_parts_or_by_its_dates() -> None:
    key_results = [okr.KeyResult("k", "K", okr.Reach(10)), okr.KeyResult("g", "G", okr.AtMost(5))]
    objective = okr.Objective(
        "o", "O", key_results=key_results, cycle=HUNDRED, ambition=okr.Ambition.ASPIRATIONAL
    )
    day, read = date(2026, 3, 2), okr.check_ins(date(2026, 3, 2), {"k": 4, "g": 4})
    plan = okr.Plan([objective])
    by_parts = paced(plan, day, *read, book=book_of()).objective("o")
    # The ambition asks 0.7 of 0.6, once, and a bound is a bound: (0.42 + 1) / 2.
    assert by_parts.expected == pytest.approx(0.71)
    assert by_parts.pace == pytest.approx(0.7 / 0.71)
    book = book_of(objectives_from=ExpectedFrom.DATES)
    by_dates = paced(plan, day, *read, book=book).objective("o")
    assert by_dates.expected == pytest.approx(0.42)
    assert by_dates.pace == pytest.approx(0.7 / 0.42)
    unread = paced(plan, day, book=book).objective("o")
    assert unread.expected == pytest.approx(0.42)
    assert unread.pace is None
    always = okr.Plan([evolve(objective, cycle=None)])
    assert paced(always, day, *read, book=book).objective("o").expected is None


def test_what_counts_as_0_while_unread_lags_as_such() -> None:
    key_results = [okr.KeyResult("k", "K", okr.Reach(10)), okr.KeyResult("l", "L", okr.Reach(10))]
    plan = okr.Plan(
        [
            okr.Objective(
                "o", "O", key_results=key_results, cycle=HUNDRED, ambition=okr.Ambition.COMMITTED
            )
        ]
    )
    book = evolve(book_of(), roll_up=okr.rulebook.RollUpRule(missing=0))
    card = paced(plan, date(2026, 3, 2), okr.CheckIn("k", date(2026, 3, 2), 6), book=book)
    found = card.objective("o")
    assert (found.score, found.expected, found.pace) == (0.3, 0.6, 0.5)
    assert (card.key_result("l").expected, card.key_result("l").pace) == (0.6, None)


def test_a_result_that_cannot_be_seen_yet_is_not_missed() -> None:
    later = okr.Timing(observable_from=date(2026, 3, 1))
    plan = committed(okr.Reach(10), timing=later)
    before = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 2, 28))
    for id in ("o", "k"):
        assert before[id].status == "unknown"
        assert before[id].status_why.endswith("its result can be seen from 2026-03-01")
    assert before.key_result("k").expected is None
    # The silence counts from the day on which there is something to hear.
    after = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 3, 15))
    assert after["k"].status == after["o"].status == "unknown"
    silent = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 3, 16))
    assert (silent["k"].status, silent["k"].status_why) == ("stale", "nothing read in 15 days")
    assert silent["o"].status == "stale"


# --- silence and stall -------------------------------------------------------------------------


def stands(
    measure: Any, rule: Stale, day: date, *readings: tuple[date, Any], **options: Any
) -> tuple[str, str]:
    entries = [okr.CheckIn("k", on, value) for on, value in readings]
    plan = committed(measure, **options)
    result = paced(plan, day, *entries, book=book_of(rule)).key_result("k")
    return result.status, result.status_why


def day(number: int) -> date:
    return date.fromordinal(HUNDRED.start.toordinal() + number)


WEEKLY = [(day(7 * n), 3) for n in range(1, 9)]
STILL = Stale(still_intervals=3)


def test_no_movement_for_three_intervals_is_a_stall() -> None:
    readings = [(day(7), 2), *[(on, 3) for on, _ in WEEKLY[1:]]]
    assert stands(okr.Reach(10), STILL, day(35), *readings)[0] == "unknown"
    assert stands(okr.Reach(10), STILL, day(36), *readings) == (
        "stale",
        "no movement in 22 days, since 2026-01-15",
    )
    assert (
        stands(okr.Reach(3), STILL, day(36), *readings)[0] == "unknown"
    )  # it is where it should be
    assert stands(okr.AtMost(1), STILL, day(36), *readings)[0] == "unknown"  # it does not move
    assert stands(okr.Reach(10), Stale(), day(36), *readings)[0] == "unknown"


def test_going_back_is_movement_and_a_corrected_day_is_none() -> None:
    back = [*WEEKLY[:4], (day(30), 2), (day(37), 2)]
    assert stands(okr.Reach(10), STILL, day(40), *back)[0] == "unknown"
    # Of one day the last reading counts.
    typo = [*WEEKLY[:4], (day(30), 9), (day(30), 3), (day(37), 3)]
    assert stands(okr.Reach(10), STILL, day(40), *typo)[0] == "stale"


def test_a_check_in_dated_back_counts_from_its_day() -> None:
    # Typed last, true of day 14: the value went to 1 there, and back on day 21.
    assert stands(okr.Reach(10), STILL, day(42), *WEEKLY[:5], (day(14), 1))[0] == "unknown"
    assert stands(okr.Reach(10), STILL, day(43), *WEEKLY[:5], (day(14), 1)) == (
        "stale",
        "no movement in 22 days, since 2026-01-22",
    )
    # Typed last, true of day 24: between them the value went to 4 and back on day 28.
    between = [*WEEKLY[:4], (day(35), 3), (day(24), 4)]
    assert stands(okr.Reach(10), STILL, day(42), *between)[0] == "unknown"
    assert stands(okr.Reach(10), STILL, day(42), *WEEKLY[:5])[0] == "stale"


def test_a_total_moves_when_something_is_added() -> None:
    metric = okr.Metric("m", "Sales", aggregation=okr.Aggregation.SUM)
    kr = okr.KeyResult("k", "K", okr.Reach(1000), metric="m")
    plan = okr.Plan([okr.Objective("o", "O", key_results=[kr], cycle=HUNDRED)], metrics=[metric])

    def status(*values: float) -> str:
        entries = [okr.CheckIn("m", day(7 * n), value) for n, value in enumerate(values, 1)]
        return paced(plan, day(36), *entries, book=book_of(STILL))["k"].status

    assert status(100, 100, 100, 100, 100) == "unknown"
    assert status(100, 0, 0, 0, 0) == "stale"


def test_steps_that_shrink_are_a_stall() -> None:
    rule = Stale(shrinking_steps=3)

    def status(*values: float, measure: Any = None) -> tuple[str, str]:
        readings = [(day(7 * n), value) for n, value in enumerate(values, 1)]
        return stands(measure or okr.Increase(0, 1000), rule, day(35), *readings)

    assert status(100, 500, 700, 800) == ("stale", "steps shrink: +0.40, +0.20, +0.10")
    assert status(100, 500, 700)[0] == "unknown"
    assert status(100, 500, 700, 900)[0] == "unknown"  # +400, +200, +200
    assert status(800, 700, 500, 400)[0] == "unknown"  # back
    assert status(100, 500, 700, 650)[0] == "unknown"
    assert status(0, 400, 800, 1000)[0] == "unknown"  # there
    assert status(900, 500, 300, 200, measure=okr.Decrease(1000, 0))[0] == "stale"
    anchors = okr.Anchors({0.3: 300, 0.7: 700, 1: 1000}, baseline=0)
    assert status(100, 500, 700, 800, measure=anchors)[0] == "stale"
    assert status(100, 500, 700, 800, measure=okr.AtLeast(2000))[0] == "unknown"


def test_nothing_is_asked_for_after_the_deadline() -> None:
    rule = Stale(intervals=2)
    assert stands(okr.Reach(10), rule, day(60), (day(38), 4), due=day(40))[0] == "unknown"
    assert stands(okr.Reach(10), rule, day(60), (day(25), 4), due=day(40)) == (
        "stale",
        "last check-in 15 days ago, on 2026-01-26",
    )


@pytest.mark.parametrize(
    ("measure", "on"), [(okr.PassFail(), date(2026, 8, 15)), (okr.Reach(10), date(2026, 6, 30))]
)
def test_no_progress_is_expected_without_a_line_and_before_the_cycle(
    measure: Any, on: date
) -> None:
    home = okr.Objective("o", "O", cycle=okr.FiscalCalendar().quarter(2026, 3))
    kr = okr.KeyResult("k", "K", measure)
    assert isnan(expected_progress(kr, home, on, okr.RECOMMENDED.pacing, (0.0, 10.0)))

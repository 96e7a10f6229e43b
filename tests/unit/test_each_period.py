"""So many each period: the share of the periods that are over in which a bound held."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.calendar import Cadence
from okrcore.plan import Aggregation, Measure
from okrcore.scorecard import NoScoreReason, PeriodState

CALENDAR = okr.FiscalCalendar()
Q1, Q3, Q4 = (CALENDAR.quarter(2026, n) for n in (1, 3, 4))
WEEKLY = Cadence("weekly", weeks=1)
MONTHLY = okr.EachPeriod(okr.AtLeast(10), every=Cadence.MONTHLY)
COMMITTED = okr.Ambition.COMMITTED


def on(month: int, day: int) -> date:
    return date(2026, month, day)


def kr(id: str, measure: Measure = MONTHLY, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure, **more)


def goal(*key_results: okr.KeyResult, **more: Any) -> okr.Objective:
    fields: dict[str, Any] = {"id": "o", "title": "O", "cycle": Q3}
    return okr.Objective(key_results=key_results, **(fields | more))


def plan_of(*key_results: okr.KeyResult, **more: Any) -> okr.Plan:
    return okr.Plan([goal(*key_results, **more)])


def posts(*values: tuple[date, float], of: str = "p") -> okr.Journal:
    return okr.Journal([okr.CheckIn(of, day, value) for day, value in values])


TEN_TEN_NINE = posts((on(7, 31), 10), (on(8, 31), 10), (Q3.end, 9))


def states(result: Any) -> list[tuple[str, float | None]]:
    return [(each.state, each.reading) for each in result.periods]


def test_two_of_three_months_held() -> None:
    card = okr.evaluate(plan_of(kr("p"), ambition=COMMITTED), TEN_TEN_NINE, as_of=Q3.end)
    found = card.key_result("p")
    assert found.score == 2 / 3
    assert [str(each.days) for each in found.periods] == [
        "2026-07-01 to 2026-07-31", "2026-08-01 to 2026-08-31", "2026-09-01 to 2026-09-30"
    ]  # fmt: skip
    assert states(found) == [("held", 10.0), ("held", 10.0), ("not held", 9.0)]
    assert found.why == "2 of 3 periods held, at least 10 each month: 10, 10, 9"
    assert (found.outcome, card.objective("o").verdict) == ("short", "missed")
    shown = " ".join(str(card.explain("p")).split())
    assert "2026-07-01 to 2026-07-31: 10, held; 2026-08-01 to 2026-08-31: 10, held" in shown
    assert "2026-09-01 to 2026-09-30: 9, not held" in shown
    assert card.explain("p").parts[0].recompute() == 2 / 3


@pytest.mark.parametrize(
    ("day", "score", "low", "high", "expected"),
    [
        (on(7, 1), None, 0, 1, None),
        (on(7, 30), None, 0, 1, None),  # read, and no month is over
        (on(7, 31), 1, 1 / 3, 1, 1),  # a month is over on its last day
        (on(8, 30), 1, 1 / 3, 1, 1),
        (on(8, 31), 1 / 2, 1 / 3, 2 / 3, 1),
        (Q3.end, 2 / 3, 2 / 3, 2 / 3, 1),
        (on(12, 1), 2 / 3, 2 / 3, 2 / 3, 1),
    ],
)
def test_the_score_to_date(
    day: date, score: float | None, low: float, high: float, expected: float | None
) -> None:
    journal = posts((on(7, 20), 10), (on(8, 31), 9), (on(9, 30), 12))
    card = okr.evaluate(plan_of(kr("p"), ambition=COMMITTED), journal, as_of=day)
    found = card.key_result("p")
    assert (found.score, found.score_range, found.expected) == (score, (low, high), expected)
    assert card.objective("o").score_range == (low, high)


def test_a_month_without_a_reading_is_not_held() -> None:
    journal = posts((on(8, 20), 10))
    found = okr.evaluate(plan_of(kr("p")), journal, as_of=on(8, 31)).key_result("p")
    assert (found.score, found.why) == (
        0.5, "1 of 2 periods held, at least 10 each month: none, 10; 1 to come"
    )  # fmt: skip
    assert states(found) == [("not read", None), ("held", 10.0), ("open", None)]


def test_nothing_read_is_missing_and_shows_its_periods() -> None:
    found = okr.evaluate(plan_of(kr("p")), okr.Journal(), as_of=on(8, 5)).key_result("p")
    assert (found.score, found.no_score_reason) == (None, NoScoreReason.NO_READING)
    assert (found.coverage, found.score_range) == (0.0, (0.0, 1.0))
    assert states(found) == [("not read", None), ("open", None), ("open", None)]


def test_before_a_period_is_over_the_score_is_missing() -> None:
    card = okr.evaluate(plan_of(kr("p")), posts((on(7, 5), 4)), as_of=on(7, 9))
    found = card.key_result("p")
    assert (found.score, found.no_score_reason) == (None, NoScoreReason.NO_PERIOD_OVER)
    assert (found.why, found.coverage) == ("4 so far; no period is over", 0.0)
    shown = " ".join(str(card.explain("p")).split())
    assert "2026-07-01 to 2026-07-31: 4 so far; 2026-08-01 to 2026-08-31: to come" in shown


def test_without_a_cycle_there_are_no_periods() -> None:
    for more in ({"cycle": None}, {"cycle": Q3, "timing": True}):
        timing = okr.Timing(observable_from=on(7, 15)) if more.pop("timing", False) else None
        plan = plan_of(kr("p", timing=timing), **more)
        found = okr.evaluate(plan, TEN_TEN_NINE, as_of=Q3.end).key_result("p")
        assert (found.score, found.no_score_reason) == (None, NoScoreReason.OFF_SCALE)
        assert (found.why, found.periods) == ("9 has no score: no cycle, so no periods", ())


def test_of_a_period_the_last_reading_counts_and_of_a_metric_its_aggregation() -> None:
    own = posts((on(7, 5), 12), (on(7, 20), 4), (on(8, 20), 3), (on(8, 20), 11))
    found = okr.evaluate(plan_of(kr("p")), own, as_of=on(8, 31)).key_result("p")
    assert (states(found)[:2], found.score) == ([("not held", 4.0), ("held", 11.0)], 0.5)
    plan = okr.Plan(
        [goal(kr("p", metric="m"))], metrics=[okr.Metric("m", "M", aggregation=Aggregation.SUM)]
    )
    journal = posts((on(6, 30), 50), (on(7, 5), 6), (on(7, 20), 4), (on(8, 20), 9), of="m")
    found = okr.evaluate(plan, journal, as_of=on(8, 31)).key_result("p")
    assert (states(found)[:2], found.score) == ([("held", 10.0), ("not held", 9.0)], 0.5)
    assert found.reading == 19.0


def test_periods_of_other_lengths() -> None:
    def periods(every: Cadence, cycle: okr.Cycle = Q3, **more: Any) -> list[tuple[date, date]]:
        measure = okr.EachPeriod(okr.AtMost(3), every=every)
        plan = plan_of(kr("p", measure, **more), cycle=cycle)
        found = okr.evaluate(plan, okr.Journal(), as_of=cycle.start).key_result("p")
        return [(each.days.start, each.days.end) for each in found.periods]

    weeks = periods(WEEKLY)
    # 92 days are 13 weeks and a day, which is in the last.
    assert len(weeks) == 13
    assert weeks[0] == (on(7, 1), on(7, 7))
    assert weeks[-1] == (on(9, 23), on(9, 30))
    assert periods(Cadence.MONTHLY, Q1)[1] == (on(2, 1), on(2, 28))
    assert periods(Cadence.ANNUAL) == [(Q3.start, Q3.end)]
    fortnights = periods(Cadence("sprint", weeks=2))
    # A week is half of two: a period of its own.
    assert (len(fortnights), fortnights[-1]) == (7, (on(9, 23), on(9, 30)))
    assert periods(Cadence.MONTHLY, due=on(8, 20)) == [
        (on(7, 1), on(7, 31)), (on(8, 1), on(8, 20))
    ]  # fmt: skip
    assert periods(Cadence.MONTHLY, due=on(8, 10)) == [(on(7, 1), on(8, 10))]
    assert periods(Cadence.MONTHLY, due=on(6, 10)) == [(on(7, 1), on(7, 1))]


def test_many_periods_show_the_last_twelve() -> None:
    measure = okr.EachPeriod(okr.AtLeast(1), every=WEEKLY)
    week = timedelta(weeks=1)
    journal = posts(*((Q3.start + n * week, n % 2) for n in range(13)))
    found = okr.evaluate(plan_of(kr("p", measure)), journal, as_of=Q3.end).key_result("p")
    assert found.why == (
        "6 of 13 periods held, at least 1 each week; the last 12: 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0"
    )


def test_a_bound_held_each_week_in_a_micro_okr() -> None:
    sprint = okr.Cycle(on(7, 6), on(7, 19), cadence=Cadence.MICRO_TWO_WEEKS)
    measure = okr.EachPeriod(okr.AtMost(3), every=Cadence.MICRO_WEEK)
    plan = plan_of(kr("p", measure), cycle=sprint)
    journal = posts((on(7, 12), 3), (on(7, 19), 4))
    found = okr.evaluate(plan, journal, as_of=on(7, 19)).key_result("p")
    assert (found.score, len(found.periods)) == (0.5, 2)
    assert found.why == "1 of 2 periods held, at most 3 each week: 3, 4"


def test_beside_another_key_result_and_under_a_stretch() -> None:
    plan = plan_of(kr("p"), kr("k", okr.Reach(10)), ambition=okr.Ambition.ASPIRATIONAL)
    journal = TEN_TEN_NINE.add(okr.CheckIn("k", on(8, 15), 5))
    card = okr.evaluate(plan, journal, as_of=on(8, 31))
    assert card.objective("o").score == 0.75
    assert card.objective("o").score_range == ((2 / 3 + 0.5) / 2, 0.75)
    assert card.key_result("p").expected == 0.7
    end = okr.evaluate(plan, journal, as_of=Q3.end)
    assert end.objective("o").score == (2 / 3 + 0.5) / 2
    assert end.key_result("p").outcome == "short"


def test_a_pause_takes_a_period_out() -> None:
    plan = plan_of(kr("p"))
    journal = TEN_TEN_NINE.add(
        okr.Transition("o", on(7, 1), okr.journal.Lifecycle.PAUSED, because="moving"),
        okr.Transition("o", on(8, 1), okr.journal.Lifecycle.ACTIVE, because="moved"),
    )
    found = okr.evaluate(plan, journal, as_of=Q3.end).key_result("p")
    assert (found.score, len(found.periods)) == (0.5, 2)


def test_finals_typed_late_and_written_late() -> None:
    plan = plan_of(kr("p"))
    late = posts((on(7, 31), 10), (on(8, 31), 10), (on(10, 3), 10))
    assert okr.evaluate(plan, late, as_of=on(10, 5)).key_result("p").score == 1.0
    written = datetime(2026, 10, 20, tzinfo=UTC)
    stamped = posts((on(7, 31), 10), (on(8, 31), 10)).add(
        okr.CheckIn("p", Q3.end, 10, recorded=written)
    )
    assert okr.evaluate(plan, stamped, as_of=on(10, 25)).key_result("p").score == 2 / 3


def test_live_series_and_what_if() -> None:
    plan = plan_of(kr("p"), kr("k", okr.Reach(10)))
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=on(7, 31))
    live.record(okr.CheckIn("p", on(7, 10), 3))
    assert live.score("p") == 0.0
    live.record(okr.CheckIn("p", on(7, 31), 10))
    assert live.score("p") == 1.0
    live.advance(on(8, 31))
    assert live.score("p") == 0.5
    live.record(okr.CheckIn("p", on(8, 31), 10))
    assert live.score("o") == 1.0
    days = [on(7, 30), on(7, 31), on(8, 31), Q3.end]
    series = okr.evaluate_series(plan, TEN_TEN_NINE, days)
    assert [each.score for each in series if each.id == "p"] == [None, 1.0, 1.0, 2 / 3]
    card = okr.evaluate(plan, TEN_TEN_NINE, as_of=on(8, 31))
    assert card.what_if({"p": 0.25})["p"].score == 0.25
    assert dict(card.sensitivity("o")) == {}


def test_a_metric_of_periods_has_no_supposed_reading() -> None:
    plan = okr.Plan(
        [goal(kr("p", metric="m"), kr("q", metric="m"))], metrics=[okr.Metric("m", "M")]
    )
    card = okr.evaluate(plan, posts((on(7, 31), 9), of="m"), as_of=on(8, 31))
    with pytest.raises(okr.OkrError, match="must be a score that a reading of the day gives"):
        card.what_if({"p": 0.5})


def test_compared_months_move_by_readings_and_by_time() -> None:
    plan = plan_of(kr("p"))
    earlier = okr.evaluate(plan, TEN_TEN_NINE, as_of=on(8, 31))
    later = okr.evaluate(plan, TEN_TEN_NINE, as_of=Q3.end)
    (move,) = [each for each in okr.compare(later, earlier).movements if each.id == "p"]
    assert (move.before, move.after) == (1.0, 2 / 3)


def test_a_closing_freezes_it_and_leaves_open_periods_open() -> None:
    plan = plan_of(kr("p"), ambition=COMMITTED)
    closing = okr.Closing("o", on(8, 31), okr.journal.ClosingDecision.ABANDON, because="bought")
    card = okr.evaluate(plan, TEN_TEN_NINE.add(closing), as_of=Q3.end)
    assert card.key_result("p").score == 1.0
    assert card.objective("o").score_range == (2 / 3, 1.0)
    assert card.objective("o").verdict is None
    assert [each.state for each in card.key_result("p").periods][-1] is PeriodState.OPEN


def test_a_chain_has_the_periods_of_all_its_members() -> None:
    old = goal(kr("p"), ambition=COMMITTED)
    new = goal(kr("p4", continues="p"), id="o4", cycle=Q4, continues="o", supports=["up"])
    up = okr.Objective("up", "Up", cycle=CALENDAR.year(2026))
    plan = okr.Plan([up, old, new])
    journal = TEN_TEN_NINE.add(
        okr.CheckIn(
            "p4",
            on(10, 31),
            10,
        )
    )
    before = okr.evaluate(plan, journal, as_of=on(10, 1))
    assert before["up"].score == 2 / 3
    card = okr.evaluate(plan, journal, as_of=on(10, 31))
    assert (card["p4"].score, card["up"].score) == (1.0, 3 / 4)


def test_an_adjusted_bound_applies_to_all_periods() -> None:
    change = okr.Adjustment(
        "p",
        on(9, 1),
        measure=okr.EachPeriod(okr.AtLeast(9), every=Cadence.MONTHLY),
        because="fewer",
    )
    plan = plan_of(kr("p"))
    journal = okr.admit(plan, TEN_TEN_NINE, change)
    assert okr.evaluate(plan, journal, as_of=Q3.end)["p"].score == 1.0
    assert okr.evaluate(plan, journal, as_of=Q3.end).key_result("p").original_score == 2 / 3


def test_refusals() -> None:
    with pytest.raises(okr.InvalidValueError, match="give a bound such as"):
        okr.EachPeriod(okr.Reach(10), every=Cadence.MONTHLY)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(okr.InvalidValueError, match="give a cadence such as"):
        okr.EachPeriod(okr.AtLeast(10), every="month")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(okr.InconsistentPlanError, match="no reading of each period"):
        plan_of(kr("k", okr.Reach(5)), kr("p", derived=okr.Derived(Aggregation.SUM, ["k"])))


def test_it_goes_on_even_if_every_period_was_held() -> None:
    plan = plan_of(kr("p"), kr("k", okr.Reach(10)), ambition=okr.Ambition.ASPIRATIONAL)
    journal = posts((on(7, 31), 10), (on(8, 31), 10), (Q3.end, 10))
    rolled = okr.review.roll_over(plan, journal, as_of=on(10, 5), cycle=Q4)
    assert [(each.id, each.fate) for each in rolled.items if each.id == "p"] == [("p", "carried")]
    assert rolled.plan.key_result("p@2026-Q4").measure == MONTHLY


def test_a_plan_document_and_its_records() -> None:
    plan = plan_of(kr("p", okr.EachPeriod(okr.AtMost(3), every=Cadence.MONTHLY)))
    assert okr.codec.load(okr.codec.dump(plan), okr.Plan) == plan
    (row,) = [each for each in okr.to_records(plan) if each["id"] == "p"]
    assert (row["measure"], row["at_most"]) == ("EachPeriod", 3.0)
    records = okr.to_records(okr.evaluate(plan, TEN_TEN_NINE, as_of=on(8, 31)))
    (row,) = [each for each in records if each["id"] == "p"]
    assert (row["periods_held"], row["periods_over"]) == (0, 2)
    assert okr.review.describe_objective(plan, "o").endswith("p (at most 3 each month).")


def test_a_derived_bound_by_check_in_periods_has_one_reading() -> None:
    rule = okr.rulebook.BoundRule(reading=okr.rulebook.BoundReading.SHARE_OF_ELAPSED)
    book = evolve(okr.RECOMMENDED, attainment=okr.rulebook.AttainmentRule(bounds=rule))
    plan = plan_of(
        kr("k", okr.Reach(10)),
        kr("d", okr.AtLeast(3), derived=okr.Derived(Aggregation.SUM, ["k"])),
    )
    journal = posts((on(7, 8), 5), of="k")
    card = okr.evaluate(plan, journal, as_of=on(7, 20), rulebook=book)
    assert card["d"].score == 0.5  # held in the second of two weeks


def test_a_share_is_refused_beside_a_bound_in_percent() -> None:
    measure = okr.EachPeriod(okr.AtLeast(30), every=Cadence.MONTHLY)
    plan = okr.Plan([goal(okr.KeyResult("p", "Share, %", measure))])
    with pytest.raises(okr.OkrError, match="its numbers begin at 30"):
        okr.admit(plan, okr.Journal(), okr.CheckIn("p", on(7, 31), okr.Ratio(3, 10)))

"""Day true and day written: which readings count, and which verdict is final. Numbers by hand.

Q3 ends on 30 September; the grace of 14 days ends on 14 October.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day, goal, kr

END = Q3.end
COMMITTED = okr.Ambition.COMMITTED
ASPIRATIONAL = okr.Ambition.ASPIRATIONAL
CLOSED = "after its cycle ended on 2026-09-30"
LATE = "taken for a final number typed late"


def at(month: int, number: int, hour: int = 9) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def said(on: date, value: Any, written: datetime | None = None, of: str = "k") -> okr.CheckIn:
    return okr.CheckIn(of, on, value, recorded=written)


PORTS = okr.Plan([goal(kr("k", okr.Reach(10)), ambition=COMMITTED)])


def card(entries: Sequence[Any], on: date, plan: okr.Plan = PORTS, **more: Any) -> okr.Scorecard:
    found = okr.evaluate(plan, okr.Journal(entries), as_of=on, **more)
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=on, **more)
    for entry in entries:
        live.record(entry)
        for id in plan.items:
            if isinstance(plan.items[id], (okr.Objective, okr.KeyResult)):
                written = okr.evaluate(plan, live.journal, as_of=on, **more)
                assert live.score(id) == written[id].score
                assert live.status(id) == written[id].status
    assert live.card == found
    return found


def verdicts(entries: Sequence[Any], days: Sequence[date], plan: okr.Plan = PORTS) -> list[Any]:
    return [card(entries, on, plan).objective("o").verdict for on in days]


def reasons(result: okr.scorecard.Result) -> list[tuple[str, str]]:
    return [(one.reason.value, one.why) for one in result.uncounted]


# --- the cases ---------------------------------------------------------------------------------


def test_the_tenth_port_opens_two_weeks_after_the_end() -> None:
    entries = [said(END, 9, at(9, 30)), said(day(10, 14), 10, at(10, 14))]
    assert verdicts(entries, [END, day(10, 13), day(10, 14), day(10, 15)]) == ["missed"] * 4
    result = card(entries, day(10, 14)).key_result("k")
    assert (result.score, result.reading, result.late) == (0.9, 9.0, False)
    assert reasons(result) == [("after the deadline", CLOSED)]


def test_a_final_number_without_a_moment_is_taken_for_one_typed_late() -> None:
    entries = [said(END, 9), said(day(10, 14), 10)]
    assert verdicts(entries, [END, day(10, 13), day(10, 14)]) == ["missed", "missed", "delivered"]
    result = card(entries, day(10, 14)).key_result("k")
    assert (result.late, result.uncounted) == (True, ())
    assert result.why == (f"10 is 100% of the way from 0 to 10, dated 14 days {CLOSED}, so {LATE}")
    shown = " ".join(str(card(entries, day(10, 14)).explain("k")).split())
    assert LATE in shown


def test_the_fifth_partner_signs_after_week_six() -> None:
    plan = okr.Plan([goal(kr("k", okr.Reach(5), due=day(8, 9)), ambition=COMMITTED)])
    moments = [said(day(8, 9), 4, at(8, 9)), said(day(8, 20), 5, at(8, 20))]
    found = card(moments, END, plan)
    assert (found["k"].score, found.objective("o").verdict) == (0.8, "missed")
    assert reasons(found["k"]) == [("after the deadline", "after it was due on 2026-08-09")]
    # Its final numbers could come until 23 August, so the miss is final on the last day.
    assert found.objective("o").open_until is None
    assert found.objective("o").asks_for == "a post-mortem"
    assert card([said(day(8, 9), 4), said(day(8, 20), 5)], END, plan)["k"].score == 1.0


def test_the_verdict_of_the_last_evening() -> None:
    journal = okr.Journal([said(END, 9, at(9, 30)), said(END, 10, at(10, 5))])
    before = okr.evaluate(PORTS, journal.known_at(at(9, 30, 20)), as_of=END)
    first = before.objective("o")
    assert (first.verdict, first.asks_for, first.open_until) == ("missed", "", day(10, 14))
    words = "final numbers may come until 2026-10-14"
    assert first.status_why == f"missed so far, with 0.90; {words}"
    assert before["k"].status_why == (
        f"90% so far: short of the 100% that a commitment asks for; {words}"
    )
    for on in (day(10, 6), day(10, 14), day(10, 15), day(12, 31)):
        found = okr.evaluate(PORTS, journal, as_of=on).objective("o")
        assert (found.verdict, found.open_until, found.asks_for) == ("delivered", None, "")


def test_a_miss_is_final_after_the_grace() -> None:
    entries = [said(END, 9, at(9, 30))]
    last, after = (card(entries, on).objective("o") for on in (day(10, 14), day(10, 15)))
    assert (last.asks_for, last.open_until) == ("", day(10, 14))
    assert (after.asks_for, after.open_until) == ("a post-mortem", None)
    assert after.status_why == "missed with 0.90, as committed objectives close"


def test_a_closing_makes_a_miss_final() -> None:
    closing = okr.Closing("o", day(10, 2), okr.ClosingDecision.CARRY)
    found = card([said(END, 9), closing], day(10, 3)).objective("o")
    assert (found.verdict, found.open_until, found.asks_for) == ("missed", None, "a post-mortem")
    on_its_day = card([said(END, 9), closing], day(10, 2)).objective("o")
    assert (on_its_day.open_until, on_its_day.asks_for) == (None, "a post-mortem")


def test_written_in_december_about_september() -> None:
    journal = okr.Journal([said(day(9, 28), 9, at(9, 28)), said(day(9, 29), 10, at(12, 1))])
    days = [day(9, 29), END, day(10, 14), day(11, 30), day(12, 2)]
    found = [okr.evaluate(PORTS, journal, as_of=on) for on in days]
    assert [one["k"].score for one in found] == [0.9] * 5
    assert [one.objective("o").verdict for one in found] == [None, *["missed"] * 4]
    why = "written 62 days after the end of its cycle on 2026-09-30"
    assert reasons(found[-1]["k"]) == [("written after the grace", why)]
    assert f"not counted: one reading, of 2026-09-29, {why}" in " ".join(str(found[-1]).split())
    assert why in " ".join(str(found[-1].explain("k")).split())
    last = found[-1]["k"].last_check_in
    assert last is not None
    assert last.value == 9.0
    judged = okr.Judgement("k", day(12, 2), score=1, because="it opened on the 29th")
    said_so = okr.evaluate(PORTS, journal.add(judged), as_of=day(12, 2))["k"]
    assert said_so.judged is not None


def test_a_guardrail_heals_after_the_end() -> None:
    plan = okr.Plan(
        [
            goal(
                kr("k", okr.Reach(10)),
                ambition=COMMITTED,
                guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(85))],
            )
        ]
    )
    entries = [said(END, 10, at(9, 30)), said(END, 92, at(9, 30), "g")]
    healed = said(day(10, 8), 80, at(10, 8), "g")
    days = [END, day(10, 8), day(10, 20)]
    assert verdicts([*entries, healed], days, plan) == ["success withheld"] * 3
    assert reasons(card([*entries, healed], day(10, 8), plan)["g"]) == [
        ("after the deadline", CLOSED)
    ]
    typed = said(END, 80, at(10, 8), "g")
    assert verdicts([*entries, typed], days, plan) == ["delivered"] * 3
    too_late = said(END, 80, at(10, 15), "g")
    assert verdicts([*entries, too_late], days, plan) == ["success withheld"] * 3
    assert reasons(card([*entries, too_late], day(10, 20), plan)["g"]) == [
        ("written after the grace", "written 15 days after the end of its cycle on 2026-09-30")
    ]


# --- variants ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "written", "score"),
    [
        (END, at(9, 30), 1.0),
        (END, at(10, 14, 23), 1.0),
        (END, at(10, 15, 0), 0.5),
        (day(10, 1), at(10, 1), 0.5),
        (day(10, 1), None, 1.0),
        (day(10, 14), None, 1.0),
        (day(10, 15), None, 0.5),
        # Written before it is true: the day of a plan, and within the cycle.
        (day(9, 1), at(8, 1), 1.0),
    ],
)
def test_days_and_moments(on: date, written: datetime | None, score: float) -> None:
    entries = [said(day(8, 1), 5, None), said(on, 10, written)]
    for later in (day(10, 15), day(12, 31)):
        assert card(entries, later)["k"].score == score


def test_the_day_of_writing_is_that_of_its_own_offset() -> None:
    tokyo, honolulu = timezone(timedelta(hours=9)), timezone(timedelta(hours=-10))
    in_time = said(END, 10, datetime(2026, 10, 14, 23, 30, tzinfo=honolulu))  # the 15th in UTC
    late = said(END, 10, datetime(2026, 10, 15, 0, 30, tzinfo=tokyo))  # the 14th in UTC
    assert card([in_time], day(11, 1))["k"].score == 1.0
    assert card([late], day(11, 1))["k"].score is None


def test_without_a_cycle_everything_counts_and_is_marked_late_after_the_deadline() -> None:
    plan = okr.Plan([goal(kr("k", okr.Reach(10), due=day(8, 1)), cycle=None)])
    found = card([said(day(8, 20), 8, at(12, 1))], day(12, 2), plan).key_result("k")
    assert (found.score, found.late, found.uncounted) == (0.8, True, ())
    assert (
        found.why
        == "8 is 80% of the way from 0 to 10, dated 19 days after it was due on 2026-08-01"
    )


def test_of_a_day_the_reading_written_late_does_not_supersede() -> None:
    entries = [said(END, 9, at(9, 30)), said(END, 10, at(12, 1))]
    result = card(entries, day(12, 2)).key_result("k")
    assert (result.reading, len(result.uncounted)) == (9.0, 1)


def test_the_last_in_time_counts_however_many_come_too_late() -> None:
    entries = [
        said(day(9, 1), 3, at(9, 1)),
        said(day(9, 20), 8, at(12, 1)),
        said(day(9, 25), 4, at(9, 25)),
        said(day(9, 28), 9, at(12, 1)),
        said(day(10, 3), 10, at(10, 3)),
    ]
    result = card(entries, day(12, 2)).key_result("k")
    assert (result.reading, result.read_on) == (4.0, day(9, 25))
    assert [one.reading for one in result.uncounted] == [8.0, 9.0, 10.0]


def metric_plan(aggregation: okr.Aggregation, **more: Any) -> okr.Plan:
    return okr.Plan(
        [goal(kr("k", okr.Reach(100), metric="m"), ambition=COMMITTED, **more)],
        metrics=[okr.Metric("m", "M", aggregation=aggregation)],
    )


@pytest.mark.parametrize(
    ("aggregation", "score"),
    [(okr.Aggregation.LATEST, 0.3), (okr.Aggregation.SUM, 0.5), (okr.Aggregation.MAXIMUM, 0.3)],
)
def test_of_a_metric_no_later_day_counts_and_its_finals_are_written_in_the_grace(
    aggregation: okr.Aggregation, score: float
) -> None:
    entries = [
        said(day(8, 1), 20, None, "m"),
        said(day(9, 29), 30, at(10, 2), "m"),
        said(END, 40, at(10, 15), "m"),
        said(day(10, 3), 50, at(10, 3), "m"),
        said(day(10, 4), 60, None, "m"),
    ]
    found = card(entries, day(10, 20), metric_plan(aggregation))
    assert found["k"].score == score
    assert [one.reason.value for one in found["k"].uncounted] == [
        "written after the grace",
        "after the deadline",
        "after the deadline",
    ]
    # The metric itself lives on.
    assert found.metric("m").reading == 60.0


def test_one_metric_is_late_for_one_quarter_and_in_time_for_the_next() -> None:
    q4 = okr.FiscalCalendar().quarter(2026, 4)
    plan = okr.Plan(
        [
            okr.Objective("a", "A", cycle=Q3, key_results=[kr("ka", okr.Reach(10), metric="m")]),
            okr.Objective("b", "B", cycle=q4, key_results=[kr("kb", okr.Reach(10), metric="m")]),
        ],
        metrics=[okr.Metric("m", "M")],
    )
    entries = [
        said(END, 5, at(9, 30), "m"),
        said(END, 7, at(11, 1), "m"),
        said(day(10, 20), 8, at(10, 20), "m"),
    ]
    found = card(entries, day(11, 2), plan)
    assert (found["ka"].score, found["kb"].score) == (0.5, 0.8)


def test_a_metric_guardrail_takes_no_reading_written_after_the_grace() -> None:
    guardrail = okr.Guardrail("g", "G", okr.AtMost(85), metric="m")
    plan = metric_plan(okr.Aggregation.LATEST, guardrails=[guardrail])
    entries = [said(day(9, 29), 90, None, "m"), said(END, 80, at(12, 1), "m")]
    found = card(entries, day(12, 2), plan).guardrail("g")
    assert (found.state.value, found.reading) == ("breached", 90.0)
    assert [one.reason.value for one in found.uncounted] == ["written after the grace"]


def test_a_week_has_seven_days_of_grace() -> None:
    week = okr.Cycle.starting(day(9, 7), okr.Cadence.MICRO_WEEK)
    assert week.end == day(9, 13)
    plan = okr.Plan([goal(kr("k", okr.Reach(10)), ambition=COMMITTED, cycle=week)])
    for on, score in ((day(9, 20), 1.0), (day(9, 21), None)):
        found = card([said(on, 10)], day(9, 30), plan)["k"]
        assert found.score == score
    assert found.uncounted[0].why == "more than 7 days after its cycle ended on 2026-09-13"
    entries = [said(day(9, 13), 10, at(9, 21))]
    assert card(entries, day(9, 30), plan)["k"].score is None
    short = card([said(day(9, 13), 9)], day(9, 20), plan).objective("o")
    assert short.open_until == day(9, 20)
    assert card([said(day(9, 13), 9)], day(9, 21), plan).objective("o").asks_for


@pytest.mark.parametrize(
    ("rule", "days", "grace"),
    [
        ({}, 92, 14),
        ({}, 14, 14),
        ({}, 7, 7),
        ({"grace_cycles": 0.5}, 7, 3),
        ({"grace_cycles": 0}, 92, 0),
        ({"grace_days": 100}, 92, 92),
        ({"grace_days": 100, "grace_cycles": 0.29}, 100, 29),
    ],
)
def test_the_grace_fits_the_cycle(rule: dict[str, Any], days: int, grace: int) -> None:
    assert okr.rulebook.ClosingRule(**rule).grace_of(days) == grace


def test_columns_have_no_moments_and_come_before_what_is_written() -> None:
    journal = okr.Journal.from_columns(["k", "k"], [day(9, 1), day(10, 5)], [4.0, 6.0])
    assert okr.evaluate(PORTS, journal, as_of=day(10, 6))["k"].score == 0.6
    more = journal.add(
        [said(day(9, 20), 5, at(9, 20)), said(END, 9, at(12, 1)), said(day(10, 5), 9, at(10, 5))]
    )
    found = okr.evaluate(PORTS, more, as_of=day(12, 2)).key_result("k")
    assert (found.score, found.late, found.read_on) == (0.6, True, day(10, 5))
    assert [one.reading for one in found.uncounted] == [9.0, 9.0]
    live = okr.LiveScorecard(PORTS, journal, as_of=day(12, 2))
    live.record(*more.entries[2:])
    assert live.card == okr.evaluate(PORTS, more, as_of=day(12, 2))


def test_a_moved_end_opens_the_window_on_its_day() -> None:
    longer = okr.Cycle(Q3.start, day(12, 31))
    moved = okr.Adjustment("o", day(9, 10), cycle=longer, because="ports are closed")
    entries = [said(END, 8, at(9, 30)), said(day(12, 31), 10, at(12, 31)), moved]
    found = card(entries, day(12, 31)).objective("o")
    assert (found.verdict, found.original_verdict) == ("delivered", "missed")


@pytest.mark.parametrize("is_timed", [True, False])
def test_work_after_the_end_enters_no_score(is_timed: bool) -> None:
    parts = (okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES),)
    book = evolve(okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(parts=parts))
    plan = okr.Plan([goal(ambition=COMMITTED, initiatives=[okr.Initiative("i", "I")])])
    late = day(10, 20)
    written = at(10, 20) if is_timed else None
    entries = [said(day(9, 1), 0.5, at(9, 1), "i"), said(late, 1.0, written, "i")]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=late, rulebook=book)
    assert card.objective("o").score == 0.5
    (one,) = card.initiative("i").uncounted
    assert (one.of, one.on) == ("i", late)


def test_a_note_of_a_later_day_stays() -> None:
    note = okr.CheckIn("k", day(10, 3), 10, recorded=at(10, 3), note="it opened", confidence=0.9)
    found = card([said(END, 9, at(9, 30)), note], day(10, 4)).key_result("k")
    assert (found.score, found.confidence, found.last_check_in) == (0.9, 0.9, note)


def test_of_what_is_closed_the_reading_written_later_does_not_count() -> None:
    closing = okr.Closing("o", END, okr.ClosingDecision.CARRY, recorded=at(9, 30))
    before, after = said(day(9, 28), 9, at(9, 28)), said(day(9, 29), 10, at(10, 1))

    def score(*entries: Any) -> float | None:
        return okr.evaluate(PORTS, okr.Journal(entries), as_of=day(10, 2))["k"].score

    assert score(before, closing, after) == 0.9
    # Without both moments days decide.
    assert score(before, evolve(closing, recorded=None), after) == 1.0
    assert score(before, closing, evolve(after, recorded=None)) == 1.0
    # In a journal the closing may come first.
    assert score(closing, after, before) == 0.9


def test_a_series_and_a_comparison_agree() -> None:
    journal = okr.Journal([said(day(9, 28), 9, at(9, 28)), said(day(9, 29), 10, at(12, 1))])
    days = [day(9, 28), day(9, 29), day(10, 14), day(12, 2)]
    points = okr.evaluate_series(PORTS, journal, days)
    assert [point.score for point in points if point.id == "k"] == [0.9] * 4
    earlier, later = (okr.evaluate(PORTS, journal, as_of=on) for on in (END, day(12, 2)))
    assert okr.compare(later, earlier).movements == ()


def test_what_if_counts_as_today() -> None:
    entries = [said(day(9, 28), 9, at(9, 28)), said(day(9, 29), 10, at(12, 1))]
    found = card(entries, day(10, 2))
    assert found.what_if({"k": 1.0})["o"].score == 1.0


def test_indexes_without_late_readings_are_bounded() -> None:
    """Each deadline leaves out other readings of one journal."""
    days = [day(7, 6 + n) for n in range(12)]
    journal = okr.Journal([said(on, n, at(on.month, on.day)) for n, on in enumerate(days)])
    for n, due in enumerate(days):
        plan = okr.Plan([goal(kr("k", okr.Reach(10), due=due), ambition=COMMITTED)])
        assert okr.evaluate(plan, journal, as_of=days[-1])["k"].score == min(1.0, n / 10)

"""How it stands today, and why (METHOD.md 2.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.rulebook import OTHERWISE, Axis, ByBands

YEAR_DAYS = okr.Cycle(date(2026, 1, 1), date(2026, 4, 11), cadence=okr.Cadence.QUARTERLY)
DAY_60 = date(2026, 3, 2)  # 60 of 100 days


def result_of(
    *parts: tuple[Any, Any],
    day: date = DAY_60,
    ambition: Any = okr.Ambition.COMMITTED,
    cycle: Any = YEAR_DAYS,
    read_on: date | None = None,
    confidence: float | None = None,
    rulebook: okr.Rulebook = okr.RECOMMENDED,
) -> okr.ObjectiveResult:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "Objective",
                cycle=cycle,
                ambition=ambition,
                key_results=[
                    okr.KeyResult(f"k{n}", "KR", measure) for n, (measure, _) in enumerate(parts)
                ],
            )
        ]
    )
    entries = [
        okr.CheckIn(f"k{n}", read_on or day, value, confidence=confidence)
        for n, (_, value) in enumerate(parts)
        if value is not None or confidence is not None
    ]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=day, rulebook=rulebook)
    return card.objective("o")


def test_a_bound_that_holds_does_not_hide_a_lag() -> None:
    # Bound held 1.0, moving metric at 0.4, 60% elapsed: progress 0.70, expected 0.80, ratio 0.875.
    result = result_of((okr.AtMost(5), 4), (okr.Reach(10), 4))
    assert result.elapsed == 0.6
    assert result.score == pytest.approx(0.7)
    assert result.expected == pytest.approx(0.8)
    assert result.pace == pytest.approx(0.875)
    assert result.status == "at risk"
    assert result.status_why == "progress 0.70, expected 0.80 by now (0.88 of it)"


@pytest.mark.parametrize(
    ("value", "ambition", "status"),
    [
        (6.6, "committed", "ahead"),
        (6.5, "committed", "on track"),
        (5.4, "committed", "on track"),
        (5.39, "committed", "at risk"),
        (4.5, "committed", "at risk"),
        (4.49, "committed", "off track"),
        (3.78, "aspirational", "on track"),  # 0.9 of 0.7 of 0.6
        (3.77, "aspirational", "at risk"),
    ],
)
def test_edges_of_the_ratio(value: float, ambition: str, status: str) -> None:
    assert result_of((okr.Reach(10), value), ambition=okr.Ambition(ambition)).status == status


def test_milestones_are_expected_when_due() -> None:
    steps = okr.Milestones(
        okr.Milestone("a", 0.2, date(2026, 2, 1)),
        okr.Milestone("b", 0.3, date(2026, 3, 1)),
        okr.Milestone("c", 0.5, date(2026, 3, 31)),
    )
    quarter = okr.FiscalCalendar().quarter(2026, 1)
    result = result_of((steps, ["a", "b"]), day=date(2026, 3, 1), cycle=quarter)
    assert result.expected == 0.5
    assert result.status == "on track"  # along a line 0.663 would be expected


def test_early_days_are_silent() -> None:
    young = date(2026, 1, 10)
    assert result_of((okr.Reach(10), 0.1), day=young).status == "unknown"
    assert result_of((okr.Reach(10), 0.1), day=young).status_why == "too early to say"
    assert result_of((okr.Reach(10), None), day=young).status == "not started"
    assert result_of((okr.Reach(10), 0.1), day=date(2026, 1, 16)).status == "off track"


def test_before_the_start() -> None:
    result = result_of((okr.Reach(10), None), day=date(2025, 12, 31))
    assert (result.status, result.status_why) == ("not started", "starts on 2026-01-01")
    assert result.coverage is None
    assert result.why == "starts on 2026-01-01"


def test_old_readings_are_stale() -> None:
    result = result_of((okr.Reach(10), 6), read_on=date(2026, 2, 15))
    assert (result.status, result.status_why) == (
        "stale",
        "last check-in 15 days ago, on 2026-02-15",
    )
    assert result_of((okr.Reach(10), 6), read_on=date(2026, 2, 16)).status == "on track"
    assert result_of((okr.Reach(10), None)).status_why == "nothing read in 60 days"


def test_without_a_line_confidence_speaks() -> None:
    assert result_of((okr.PassFail(), False), confidence=0.8).status == "on track"
    assert result_of((okr.PassFail(), False), confidence=0.4).status == "at risk"
    low = result_of((okr.PassFail(), False), confidence=0.39)
    assert (low.status, low.status_why) == ("off track", "confidence 0.39")
    assert result_of((okr.PassFail(), False)).status_why == "no line, no confidence"


def test_what_is_delivered_stays_delivered() -> None:
    card = okr.evaluate(
        okr.Plan(
            [
                okr.Objective(
                    "o",
                    "O",
                    cycle=YEAR_DAYS,
                    key_results=[okr.KeyResult("k", "Shipped", okr.PassFail())],
                )
            ]
        ),
        okr.Journal([okr.CheckIn("k", date(2026, 1, 5), True)]),
        as_of=DAY_60,
    )
    result = card.key_result("k")
    assert (result.status, result.status_why) == ("achieved", "done: met")


def test_without_a_cycle_there_is_no_pace() -> None:
    result = result_of((okr.Reach(10), 5), cycle=None)
    assert (result.status, result.status_why) == ("unknown", "no cycle, so no pace")
    assert result.elapsed is None


def test_a_cycle_of_one_day_is_over_on_it() -> None:
    day = date(2026, 1, 1)
    result = result_of((okr.Reach(10), 10), day=day, cycle=okr.Cycle(day, day))
    assert (result.elapsed, result.verdict) == (1.0, "delivered")


def test_the_owner_s_confidence_in_the_objective_comes_first() -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "KR", okr.PassFail())])]
    )
    entries = [okr.CheckIn("k", DAY_60, confidence=0.4)]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=DAY_60)
    assert (card["o"].confidence, card["o"].status) == (0.4, "at risk")
    stated = okr.Journal([*entries, okr.CheckIn("o", DAY_60, confidence=0.9)])
    assert okr.evaluate(plan, stated, as_of=DAY_60)["o"].confidence == 0.9


def test_schemes_are_data() -> None:
    # Viva: the gap in points; on track to 0, behind to 25, at risk beyond (METHOD.md 2.7).
    viva = evolve(
        okr.RECOMMENDED,
        name="points",
        status=[
            ByBands(
                Axis.GAP,
                okr.Bands(
                    [
                        (okr.AtMost(0), "on track"),
                        (okr.AtMost(0.25), "behind"),
                        (OTHERWISE, "at risk"),
                    ]
                ),
            )
        ],
    )
    behind = result_of((okr.Reach(10), 4.5), rulebook=viva)
    assert (behind.status, behind.status_why) == (
        "behind",
        "progress 0.45, expected 0.60 by now (gap 0.15)",
    )
    assert result_of((okr.Reach(10), 6), rulebook=viva).status == "on track"
    assert result_of((okr.PassFail(), True), rulebook=viva).status == "unknown"
    assert result_of((okr.Reach(10), 3.4), rulebook=viva).status == "at risk"
    only_scores = evolve(viva, status=[ByBands(Axis.SCORE, okr.Bands([(okr.AtLeast(1), "done")]))])
    assert result_of((okr.Reach(10), 3), rulebook=only_scores).status == "unknown"
    by_progress = evolve(
        viva, status=[ByBands(Axis.PROGRESS, okr.Bands([(OTHERWISE, "in progress")]))]
    )
    assert result_of((okr.Reach(10), 3), rulebook=by_progress).status_why == "progress 0.30"


def test_a_key_result_has_its_own_end() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=YEAR_DAYS,
                ambition=okr.Ambition.COMMITTED,
                key_results=[
                    okr.KeyResult("k", "KR", okr.Reach(10), due=date(2026, 2, 20)),
                    okr.KeyResult("l", "KR", okr.Reach(10)),
                    okr.KeyResult("e", "KR", okr.EstablishBaseline()),
                ],
            )
        ]
    )
    journal = okr.Journal(okr.check_ins(date(2026, 2, 20), {"k": 5, "l": 10, "e": 3}))
    late = journal.add(okr.CheckIn("k", date(2026, 2, 25), 9))
    card = okr.evaluate(plan, late, as_of=DAY_60)
    assert card.key_result("k").expected == 1.0
    assert (card.key_result("k").reading, card.key_result("k").late) == (9.0, True)
    over = okr.evaluate(plan, late, as_of=YEAR_DAYS.end)
    assert over.key_result("k").status == "missed"
    assert over.key_result("k").status_why == "over with 0.90, not reached: 1.00 was asked"
    assert over.key_result("l").status == "achieved"
    assert over.key_result("e").why == "baseline found: 3"
    assert over.objective("o").coverage == 1.0


def test_key_results_at_the_close() -> None:
    def close(value: Any, ambition: Any) -> str:
        plan = okr.Plan(
            [
                okr.Objective(
                    "o",
                    "O",
                    cycle=YEAR_DAYS,
                    ambition=ambition,
                    key_results=[okr.KeyResult("k", "KR", okr.Reach(10))],
                )
            ]
        )
        read = {} if value is None else {"k": value}
        journal = okr.Journal(okr.check_ins(YEAR_DAYS.end, read))
        return okr.evaluate(plan, journal, as_of=YEAR_DAYS.end).key_result("k").status

    assert close(7, okr.Ambition.ASPIRATIONAL) == "achieved"
    assert close(6, okr.Ambition.ASPIRATIONAL) == "missed"
    assert close(10, None) == "achieved"
    assert close(9, None) == "unknown"
    assert close(None, None) == "unknown"

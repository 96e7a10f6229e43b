"""Journals: order, corrections, windows, and what counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr

Q3 = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
DAY = date(2026, 8, 14)
GROW = okr.Objective(
    "grow", "Grow", cycle=Q3, key_results=[okr.KeyResult("k", "KR", okr.Reach(100))]
)
PLAN = okr.Plan([GROW])


def reading(*entries: object, as_of: date = Q3.end, plan: okr.Plan = PLAN) -> object:
    return okr.evaluate(plan, okr.Journal(entries), as_of=as_of).key_result("k").reading  # type: ignore[arg-type]


def test_the_last_of_a_day_counts() -> None:
    assert reading(okr.CheckIn("k", DAY, 1), okr.CheckIn("k", DAY, 2)) == 2
    morning = datetime(2026, 8, 14, 9, tzinfo=UTC)
    evening = datetime(2026, 8, 14, 18, tzinfo=UTC)
    late, early = (okr.CheckIn("k", DAY, v, recorded=m) for v, m in [(8, evening), (7, morning)])
    assert reading(late, early) == 8
    assert reading(late, okr.CheckIn("k", DAY, 9)) == 8  # without a moment comes first


def test_order_of_adding_does_not_matter_across_days() -> None:
    earlier, later = okr.CheckIn("k", date(2026, 8, 1), 1), okr.CheckIn("k", DAY, 2)
    assert reading(later, earlier) == reading(earlier, later) == 2


def test_a_check_in_without_a_value_changes_no_value() -> None:
    note = okr.CheckIn("k", date(2026, 8, 20), note="no data this week", confidence=0.3)
    card = okr.evaluate(
        PLAN, okr.Journal([okr.CheckIn("k", DAY, 5, confidence=0.8), note]), as_of=Q3.end
    )
    assert (card.key_result("k").reading, card.key_result("k").confidence) == (5, 0.3)


def test_a_correction_takes_an_entry_out() -> None:
    typo = okr.CheckIn("k", DAY, 999, id="e2")
    journal = okr.Journal([okr.CheckIn("k", date(2026, 8, 7), 3), typo])
    corrected = journal.add(okr.Correction("e2", because="typed twice"))
    assert okr.evaluate(PLAN, corrected, as_of=DAY).key_result("k").reading == 3
    assert okr.evaluate(PLAN, corrected.as_of(date(2026, 8, 7)), as_of=DAY).journal.entries == (
        journal.entries[0],
    )
    assert corrected.as_of(DAY) == corrected


def test_corrections_name_what_they_void() -> None:
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.Journal([okr.Correction("e9")])
    assert str(caught.value) == (
        "Correction.voids: must be a known id, got 'e9'; give the entry to correct an"
        " id [unknown-id]"
    )
    with pytest.raises(okr.InconsistentPlanError, match="duplicate-id"):
        okr.Journal([okr.CheckIn("k", DAY, 1, id="e"), okr.CheckIn("k", DAY, 2, id="e")])


def test_adding_is_a_new_value() -> None:
    journal = okr.Journal()
    more = journal.add(okr.CheckIn("k", DAY, 1), okr.check_ins(DAY, {"k": 2}))
    assert (len(journal), len(more)) == (0, 2)
    assert (repr(journal), repr(more)) == ("Journal(0 entries)", "Journal(2 entries)")
    assert repr(journal.add(okr.CheckIn("k", DAY, 1))) == "Journal(1 entry)"
    with pytest.raises(okr.InvalidValueError, match="wrong-type"):
        journal.add([3])  # type: ignore[list-item]


def test_only_what_concerns_a_plan() -> None:
    journal = okr.Journal(okr.check_ins(DAY, {"k": 1, "other": 2}))
    assert [entry.of for entry in journal.only(PLAN).in_force] == ["k"]


@pytest.mark.parametrize(
    ("on", "counts", "late"),
    [
        (date(2026, 6, 30), False, False),
        (date(2026, 7, 1), True, False),
        (date(2026, 9, 30), True, False),
        (date(2026, 10, 1), True, True),
        (date(2026, 10, 14), True, True),
        (date(2026, 10, 15), False, False),
    ],
)
def test_the_window_of_a_cycle_has_a_grace(on: date, counts: bool, late: bool) -> None:
    card = okr.evaluate(PLAN, okr.Journal([okr.CheckIn("k", on, 5)]), as_of=date(2026, 12, 31))
    result = card.key_result("k")
    assert (result.reading is not None, result.late) == (counts, late)


def test_a_late_reading_gives_way_to_one_in_the_window() -> None:
    inside, outside = okr.CheckIn("k", DAY, 5), okr.CheckIn("k", date(2026, 12, 1), 9)
    assert reading(inside, outside, as_of=date(2026, 12, 31)) == 5


def test_a_shared_metric_gets_no_grace() -> None:
    plan = okr.Plan(
        [evolve(GROW, key_results=[okr.KeyResult("k", "KR", okr.Reach(100), metric="m")])],
        metrics=[okr.Metric("m", "M", health=okr.AtLeast(6))],
    )
    inside, outside = okr.CheckIn("m", DAY, 5), okr.CheckIn("m", date(2026, 10, 1), 9)
    card = okr.evaluate(plan, okr.Journal([inside, outside]), as_of=date(2026, 12, 31))
    assert card.key_result("k").reading == 5
    metric = card.metric("m")
    assert (metric.reading, metric.state, metric.readings) == (9, "held", 2)
    assert card["m"].status_why == "9, within its limit (at least 6)"


@pytest.mark.parametrize(
    ("reads", "value"),
    [("latest", 4), ("sum", 10), ("mean", 10 / 3), ("minimum", 1), ("maximum", 5)],
)
def test_how_a_metric_reads(reads: str, value: float) -> None:
    plan = okr.Plan(
        [evolve(GROW, key_results=[okr.KeyResult("k", "KR", okr.Reach(100), metric="m")])],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation(reads))],
    )
    entries = [okr.CheckIn("m", date(2026, 7, n), v) for n, v in [(3, 1), (10, 5), (17, 4)]]
    outside = okr.CheckIn("m", date(2026, 6, 30), 1000)
    assert reading(outside, *entries, plan=plan) == value


def test_shares_add_up_by_their_counts() -> None:
    plan = okr.Plan(
        [evolve(GROW, key_results=[okr.KeyResult("k", "KR", okr.Reach(100), metric="m")])],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.MEAN)],
    )
    # 30 of 1,000 and 40 of 500 are 4.667%, not 5.5%.
    entries = [
        okr.CheckIn("m", date(2026, 7, 3), okr.Ratio(30, 1000, per=100)),
        okr.CheckIn("m", date(2026, 7, 10), okr.Ratio(40, 500, per=100)),
    ]
    pooled = reading(*entries, plan=plan)
    assert isinstance(pooled, okr.Ratio)
    assert pooled.value == pytest.approx(4.6667, abs=5e-5)
    with pytest.raises(okr.InconsistentPlanError, match="read as shares until now; give a Ratio"):
        reading(entries[0], okr.CheckIn("m", date(2026, 7, 10), 5), plan=plan)


READ = {"a": (date(2026, 7, 10), 16), "b": (date(2026, 7, 9), 4), "c": (date(2026, 7, 12), 7)}


@pytest.mark.parametrize(
    ("how", "of", "value"),
    [
        ("sum", "abc", 27),
        ("mean", "abc", 9),
        ("minimum", "abc", 4),
        ("maximum", "abc", 16),
        ("latest", "abc", 7),
        ("ratio", "ab", okr.Ratio(16, 4)),
        ("sum", "au", None),  # one part is unread
        ("latest", "au", None),
        ("ratio", "az", None),  # by 0
    ],
)
def test_what_is_derived(how: str, of: str, value: Any) -> None:
    parts = [okr.KeyResult(id, id, okr.Reach(100)) for id in "abcuz"]
    derived = okr.KeyResult(
        "k", "KR", okr.Reach(40), derived=okr.Derived(okr.Aggregation(how), list(of))
    )
    entries = [okr.CheckIn(id, on, number) for id, (on, number) in READ.items()]
    plan = okr.Plan([evolve(GROW, key_results=[derived, *parts])])
    assert reading(*entries, okr.CheckIn("z", DAY, 0), plan=plan) == value


def test_a_ratio_of_two_key_results_is_scored() -> None:
    parts = [okr.KeyResult(id, id, okr.Reach(100)) for id in "ab"]
    derived = okr.KeyResult(
        "k", "KR", okr.Reach(8), derived=okr.Derived(okr.Aggregation.RATIO, ["a", "b"])
    )
    plan = okr.Plan([evolve(GROW, key_results=[derived, *parts])])
    journal = okr.Journal(okr.check_ins(DAY, {"a": 16, "b": 4}))
    assert okr.evaluate(plan, journal, as_of=DAY).key_result("k").score == 0.5


def test_what_can_be_seen_only_later_is_excluded_until_then() -> None:
    later = date(2026, 10, 20)
    plan = okr.Plan(
        [
            evolve(
                GROW,
                key_results=[
                    okr.KeyResult("k", "KR", okr.Reach(100)),
                    okr.KeyResult(
                        "r",
                        "Revenue after launch",
                        okr.Reach(100),
                        timing=okr.Timing(observable_from=later),
                    ),
                ],
            )
        ]
    )
    journal = okr.Journal([okr.CheckIn("k", DAY, 50), okr.CheckIn("r", later, 100)])
    before = okr.evaluate(plan, journal, as_of=Q3.end)
    assert before.key_result("r").why == "its result can be seen from 2026-10-20"
    assert before.key_result("r").excluded
    assert before.key_result("r").score_range is None
    assert (before.objective("grow").score, before.objective("grow").coverage) == (0.5, 1)
    after = okr.evaluate(plan, journal, as_of=later)
    assert after.objective("grow").score == 0.75


def test_baselines_take_effect_from_their_day() -> None:
    plan = okr.Plan([evolve(GROW, key_results=[okr.KeyResult("k", "KR", okr.Increase(None, 20))])])
    journal = okr.Journal(
        [
            okr.CheckIn("k", date(2026, 7, 6), 12),
            okr.BaselineSet("k", date(2026, 7, 13), 10, because="two weeks of data"),
        ]
    )
    before = okr.evaluate(plan, journal, as_of=date(2026, 7, 12)).key_result("k")
    assert (before.score, before.why) == (None, "no baseline yet")
    after = okr.evaluate(plan, journal, as_of=date(2026, 7, 13)).key_result("k")
    assert (after.score, after.baseline, after.target) == (0.2, 10, 20)


@pytest.mark.parametrize(
    ("measure", "baseline", "value", "score"),
    [
        (okr.FromTo(None, 20), 5, 12.5, 0.5),
        (okr.FromTo(None, 20), 30, 25, 0.5),
        (okr.Multiple(2), 12, 15, 0.25),
    ],
)
def test_a_baseline_that_was_found_is_where_the_line_starts(
    measure: Any, baseline: float, value: float, score: float
) -> None:
    plan = okr.Plan([evolve(GROW, key_results=[okr.KeyResult("k", "KR", measure)])])
    journal = okr.Journal([okr.BaselineSet("k", DAY, baseline), okr.CheckIn("k", DAY, value)])
    assert okr.evaluate(plan, journal, as_of=DAY).key_result("k").score == score


@pytest.mark.parametrize(
    ("measure", "baseline"), [(okr.Increase(None, 10), 10), (okr.Multiple(2), 0)]
)
def test_a_baseline_that_leaves_no_way_is_refused(measure: Any, baseline: float) -> None:
    plan = okr.Plan([evolve(GROW, key_results=[okr.KeyResult("k", "KR", measure)])])
    with pytest.raises(okr.InconsistentPlanError, match="adjust its target"):
        okr.admit(plan, okr.Journal(), okr.BaselineSet("k", DAY, baseline))


def test_an_own_reading_of_what_is_read_elsewhere_is_one_problem() -> None:
    plan = okr.Plan(
        [
            evolve(
                GROW,
                key_results=[
                    okr.KeyResult("k", "KR", okr.Reach(100), metric="m"),
                    okr.KeyResult(
                        "d", "D", okr.Reach(80), derived=okr.Derived(okr.Aggregation.SUM, ["k"])
                    ),
                ],
                guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
            )
        ],
        metrics=[okr.Metric("m", "M")],
    )
    # Neither fits its measure either, which nobody has to be told.
    journal = okr.Journal(okr.check_ins(DAY, {"k": True, "d": True, "m": 40}))
    card = okr.evaluate(plan, journal, as_of=DAY, strict=False)
    assert [problem.code for problem in card.problems] == [
        "own-reading-of-metric",
        "own-reading-of-derived",
    ]
    assert (card.key_result("k").score, card.key_result("d").score) == (0.4, 0.5)
    assert len(okr.admit(plan, okr.Journal(), okr.CheckIn("g", DAY, okr.Ratio(3, 4)))) == 1


def test_a_baseline_to_be_found_is_a_state() -> None:
    plan = okr.Plan([evolve(GROW, key_results=[okr.KeyResult("k", "KR", okr.EstablishBaseline())])])
    card = okr.evaluate(plan, okr.Journal(), as_of=DAY)
    assert card.key_result("k").why == "baseline not found yet"
    assert card.key_result("k").no_score_reason is okr.scorecard.NoScoreReason.ESTABLISHES_BASELINE
    assert card.objective("grow").why == "its one key result: baseline not found yet"
    assert card.objective("grow").no_score_reason is okr.scorecard.NoScoreReason.NOTHING_COUNTS
    found = okr.evaluate(plan, okr.Journal([okr.CheckIn("k", DAY, 3)]), as_of=Q3.end)
    assert found.key_result("k").status == "over"
    assert found.key_result("k").outcome is None
    assert found.objective("grow").status == "over"
    with pytest.raises(okr.InconsistentPlanError, match="check in the baseline that was found"):
        okr.evaluate(plan, okr.Journal([okr.BaselineSet("k", DAY, 3)]), as_of=DAY)


def test_judgements_and_closings_need_a_reason() -> None:
    with pytest.raises(okr.InvalidValueError, match="give a score, a status, or both"):
        okr.Judgement("k", DAY, because="felt so")
    with pytest.raises(okr.InvalidValueError, match="give the reason why the judged score differs"):
        okr.Closing("grow", DAY, okr.ClosingDecision.CARRY, judged=0.8)
    closing = okr.Closing("grow", DAY, okr.ClosingDecision.CARRY, judged=0.8, because="late start")
    assert okr.Judgement("k", DAY, score=1, status="on track", because="seen").score == 1
    move = okr.Transition("grow", DAY, okr.Lifecycle.PAUSED)
    adjusted = okr.Adjustment("k", DAY, weight=2, due=DAY, decided=DAY, because="new fact")
    journal = okr.Journal()
    for entry in (move, adjusted, closing):
        journal = okr.admit(PLAN, journal, entry)
    assert okr.admit(PLAN, journal.add(okr.CheckIn("k", DAY, 1, id="x")), okr.Correction("x"))

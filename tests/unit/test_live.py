"""What a live scorecard does at the edges that chance meets seldom; the machine does the rest."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.plan import Combination
from okrcore.rulebook import BoundReading, BoundRule

START = date(2026, 7, 1)
DAY = date(2026, 8, 14)
CYCLE = okr.FiscalCalendar(start_month=1).quarter(2026, 3)


def live_of(
    *key_results: okr.KeyResult, rulebook: okr.Rulebook = okr.RECOMMENDED
) -> okr.LiveScorecard:
    plan = okr.Plan([okr.Objective("o", "O", cycle=CYCLE, key_results=key_results)])
    return okr.LiveScorecard(plan, okr.Journal(), as_of=DAY, rulebook=rulebook)


def test_a_bound_read_as_a_mean_looks_at_every_reading() -> None:
    rulebook = okr.Rulebook(
        name="means",
        attainment=okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.MEAN)),
    )
    live = live_of(okr.KeyResult("k", "K", okr.AtLeast(4)), rulebook=rulebook)
    live.record(okr.CheckIn("k", DAY, 10))
    live.record(okr.CheckIn("k", DAY, 2))
    assert live.score("k") == 1  # the mean is 6


def test_a_milestone_reached_on_time_is_not_late_because_it_is_named_again() -> None:
    rulebook = okr.Rulebook(
        name="late", attainment=okr.rulebook.AttainmentRule(late_milestone=0.25)
    )
    design = okr.Milestone("design", due=date(2026, 8, 1))
    live = live_of(okr.KeyResult("k", "K", okr.Milestones(design)), rulebook=rulebook)
    live.record(okr.CheckIn("k", date(2026, 7, 30), ["design"]))
    live.record(okr.CheckIn("k", DAY, ["design"]))
    assert live.score("k") == 1


def test_a_change_is_a_tuple_with_names() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    change, *_ = live.record(okr.CheckIn("k", DAY, 5))
    id, before, after = change
    assert (id, before, after) == (change.id, change.before, change.after) == ("k", None, 0.5)
    assert repr(change) == "ScoreChange(id='k', before=None, after=0.5)"
    assert pickle.loads(pickle.dumps(change)) == change  # noqa: S301  # made a moment ago
    with pytest.raises(AttributeError):
        change.after = 0.6  # type: ignore[misc]


def test_what_is_dated_later_waits_for_its_day() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    assert live.record(okr.CheckIn("k", date(2026, 8, 20), 5)) == ()
    assert live.score("k") is None
    assert live.advance(date(2026, 8, 20)) == (
        okr.scorecard.ScoreChange("k", None, 0.5),
        okr.scorecard.ScoreChange("o", None, 0.5),
    )


def test_a_reading_outside_the_cycle_is_kept_and_not_counted() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    assert live.record(okr.CheckIn("k", date(2026, 6, 1), 5)) == ()
    assert len(live.journal) == 1
    assert live.score("k") is None


def test_a_card_is_a_value_that_later_entries_leave_alone() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    live.record(okr.CheckIn("k", DAY, 5))
    card = live.card
    assert live.card is card
    live.record(okr.CheckIn("k", DAY, 6))
    assert card.key_result("k").score == 0.5
    assert live.card.key_result("k").score == 0.6
    assert live.as_of == DAY
    assert repr(live) == "LiveScorecard(Plan(1 objective, 2 items), as of 2026-08-14, RECOMMENDED)"


def test_a_refused_entry_leaves_no_trace() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.PassFail()))
    with pytest.raises(okr.InconsistentPlanError):
        live.record(okr.CheckIn("k", DAY, 7))
    assert len(live.journal) == 0
    assert live.score("k") is None


def live_plan(
    *objectives: okr.Objective, rulebook: okr.Rulebook = okr.RECOMMENDED, **fields: Any
) -> okr.LiveScorecard:
    return okr.LiveScorecard(
        okr.Plan(objectives, **fields), okr.Journal(), as_of=DAY, rulebook=rulebook
    )


def changes_of(live: okr.LiveScorecard, id: str, value: Any) -> list[tuple[Any, ...]]:
    """Record a reading of the day, and return what it changed."""
    return [(c.id, c.before, c.after) for c in live.record(okr.CheckIn(id, DAY, value))]


def test_a_metric_moves_all_that_reads_it() -> None:
    def reads(id: str, target: float) -> okr.KeyResult:
        return okr.KeyResult(id, id, okr.Reach(target), metric="m")

    live = live_plan(
        okr.Objective("top", "Top"),
        okr.Objective("o", "O", supports=["top"], key_results=[reads("a", 10), reads("b", 20)]),
        okr.Objective("p", "P", supports=["top"], key_results=[reads("c", 5)]),
        metrics=[okr.Metric("m", "M"), okr.Metric("n", "N")],
    )
    assert changes_of(live, "m", 5) == [
        ("a", None, 0.5),
        ("b", None, 0.25),
        ("c", None, 1.0),
        ("p", None, 1.0),
        ("o", None, 0.375),
        ("top", None, 0.6875),
    ]
    assert changes_of(live, "m", 5) == []
    assert changes_of(live, "m", 10) == [
        ("a", 0.5, 1.0),
        ("b", 0.25, 0.5),
        ("o", 0.375, 0.75),
        ("top", 0.6875, 0.875),
    ]
    assert changes_of(live, "n", 3) == []  # nothing reads it


def test_a_guardrail_moves_a_score_where_a_rulebook_lets_it() -> None:
    objective = okr.Objective(
        "o",
        "O",
        key_results=[okr.KeyResult("k", "K", okr.Reach(10))],
        guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
    )
    veto = okr.Rulebook(
        name="veto", guardrails=okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect.VETO)
    )
    for rulebook, changes in ((veto, [("o", 1.0, 0.0)]), (okr.RECOMMENDED, [])):
        live = live_plan(objective, rulebook=rulebook)
        live.record(okr.CheckIn("k", DAY, 10))
        assert changes_of(live, "g", 6) == changes


def test_work_moves_a_score_where_a_rulebook_lets_it() -> None:
    objective = okr.Objective(
        "o",
        "O",
        key_results=[okr.KeyResult("k", "K", okr.Reach(10))],
        initiatives=[okr.Initiative("w", "W")],
    )
    parts = [
        okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
        okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES),
    ]
    counted = okr.Rulebook(name="work counts", roll_up=okr.rulebook.RollUpRule(parts=parts))
    for rulebook, changes in ((counted, [("o", 1.0, 0.75)]), (okr.RECOMMENDED, [])):
        live = live_plan(objective, rulebook=rulebook)
        live.record(okr.CheckIn("k", DAY, 10))
        assert changes_of(live, "w", 0.5) == changes


def test_what_is_derived_moves_with_its_parts() -> None:
    total = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
    live = live_of(
        okr.KeyResult("a", "A", okr.Reach(10)),
        okr.KeyResult("b", "B", okr.Reach(10)),
        okr.KeyResult("d", "D", okr.Reach(20), derived=total),
    )
    assert changes_of(live, "a", 4) == [("a", None, 0.4), ("o", None, 0.4)]
    assert changes_of(live, "b", 6) == [("b", None, 0.6), ("d", None, 0.5), ("o", 0.4, 0.5)]


def test_what_stands_for_no_baseline_stands_until_there_is_one() -> None:
    rulebook = okr.Rulebook(name="0", attainment=okr.rulebook.AttainmentRule(missing=0))
    live = live_of(okr.KeyResult("k", "K", okr.Increase(None, 10)), rulebook=rulebook)
    assert changes_of(live, "k", 6) == []
    assert (live.score("k"), live.card["k"].coverage) == (0.0, 0.0)
    assert live.card.key_result("k").score_range == (0.0, 1.0)
    assert live.card["k"].why == "no baseline yet, which counts as 0"
    live.record(okr.BaselineSet("k", DAY, 2))
    assert (live.score("k"), live.card["k"].coverage) == (0.5, 1.0)


def test_what_is_excluded_moves_nothing() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.EstablishBaseline()))
    assert changes_of(live, "k", 3) == []
    assert live.card.key_result("k").reading == 3


def at(hour: int) -> datetime:
    return datetime(2026, 8, 14, hour, tzinfo=UTC)


def test_of_one_day_what_has_a_moment_comes_last() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    live.record(okr.CheckIn("k", DAY, 8, recorded=at(18)))
    assert changes_of(live, "k", 9) == []
    assert live.score("k") == 0.8


def test_of_one_day_what_was_recorded_last_counts_in_whatever_order_it_comes() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    for hour, value, score in ((12, 3, 0.3), (18, 8, 0.8), (15, 5, 0.8), (18, 9, 0.9)):
        live.record(okr.CheckIn("k", DAY, value, recorded=at(hour)))
        assert live.score("k") == live.card.key_result("k").score == score
    # A journal that says moments is taken up where it ends.
    again = okr.LiveScorecard(live.card.plan, live.journal, as_of=DAY)
    assert again.record(okr.CheckIn("k", DAY, 1, recorded=at(17))) == ()
    assert len(again.record(okr.CheckIn("k", DAY, 1, recorded=at(19)))) == 2


def three(**roll_up: Any) -> okr.LiveScorecard:
    key_results = [okr.KeyResult(id, id, okr.Reach(10)) for id in "abc"]
    rulebook = okr.Rulebook(name="three", roll_up=okr.rulebook.RollUpRule(**roll_up))
    return live_of(*key_results, rulebook=rulebook)


def test_enough_must_be_read() -> None:
    live = three(least_coverage=0.5)
    assert changes_of(live, "a", 5) == [("a", None, 0.5)]
    assert changes_of(live, "b", 10) == [("b", None, 1.0), ("o", None, 0.75)]


def test_the_worst_counts() -> None:
    live = three(combine=Combination.MINIMUM)
    assert changes_of(live, "a", 5) == [("a", None, 0.5), ("o", None, 0.5)]
    assert changes_of(live, "b", 10) == [("b", None, 1.0)]
    assert changes_of(live, "a", 8) == [("a", 0.5, 0.8), ("o", 0.5, 0.8)]


def test_what_is_unread_leaves_the_mean() -> None:
    live = three()
    assert changes_of(live, "a", 5) == [("a", None, 0.5), ("o", None, 0.5)]
    assert changes_of(live, "b", 10) == [("b", None, 1.0), ("o", 0.5, 0.75)]
    assert changes_of(live, "c", 0) == [("c", None, 0.0), ("o", 0.75, 0.5)]


def test_a_weight_of_0_moves_nothing_above() -> None:
    live = live_of(
        okr.KeyResult("k", "K", okr.Reach(10)), okr.KeyResult("l", "L", okr.Reach(10), weight=0)
    )
    assert changes_of(live, "l", 5) == [("l", None, 0.5)]
    assert changes_of(live, "k", 10) == [("k", None, 1.0), ("o", None, 1.0)]
    assert changes_of(live, "l", 0) == [("l", 0.5, 0.0)]


def test_the_first_reading_is_told_as_a_change() -> None:
    # Of every kind of measure, and before anybody has asked for a score.
    for measure, value in ((okr.Reach(10), 10), (okr.PassFail(), True), (okr.AtMost(5), 4)):
        live = live_of(okr.KeyResult("k", "K", measure))
        assert changes_of(live, "k", value) == [("k", None, 1.0), ("o", None, 1.0)]


def test_a_reading_off_the_scale_takes_the_score_away() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Steps([(okr.Below(5), 1)])))
    assert changes_of(live, "k", 3) == [("k", None, 1.0), ("o", None, 1.0)]
    assert changes_of(live, "k", 7) == [("k", 1.0, None), ("o", 1.0, None)]


def test_the_ends_of_a_mean_are_looked_for_again_once_they_have_moved() -> None:
    live = three()
    for id in "abc":
        live.record(okr.CheckIn(id, DAY, 1))
    # Exactly, though the sum of three times 0.1 is 0.30000000000000004 in floats.
    assert live.score("o") == 0.1
    for id, score in (("a", 0.4), ("b", 0.7), ("c", 1.0)):
        live.record(okr.CheckIn(id, DAY, 10))
        assert live.score("o") == pytest.approx(score)
    for id in "abc":
        live.record(okr.CheckIn(id, DAY, 7))
    assert live.score("o") == 0.7


def test_a_line_without_a_baseline_keeps_what_stands_for_it() -> None:
    rulebook = okr.Rulebook(name="unread is 0", attainment=okr.rulebook.AttainmentRule(missing=0))
    live = live_of(okr.KeyResult("k", "K", okr.Increase(None, 10)), rulebook=rulebook)
    assert changes_of(live, "k", 5) == []
    assert live.score("k") == live.card.key_result("k").score == 0


def test_a_method_has_a_clip_of_its_own() -> None:
    unclipped = okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
    rulebook = okr.Rulebook(name="main", methods=[okr.Rulebook(name="open", attainment=unclipped)])
    live = live_plan(
        okr.Objective("o", "O", key_results=[okr.KeyResult("a", "A", okr.Reach(10))]),
        okr.Objective(
            "p", "P", method="open", key_results=[okr.KeyResult("b", "B", okr.Reach(10))]
        ),
        rulebook=rulebook,
    )
    assert changes_of(live, "a", 12) == [("a", None, 1.0), ("o", None, 1.0)]
    assert changes_of(live, "b", 12) == [("b", None, 1.2), ("p", None, 1.2)]


def test_a_reading_that_is_a_share_moves_a_line_too() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(1)))
    assert changes_of(live, "k", okr.Ratio(30, 60)) == [("k", None, 0.5), ("o", None, 0.5)]
    # One dated before it is no last reading any more.
    assert live.record(okr.CheckIn("k", date(2026, 8, 13), 0.9)) == ()
    assert changes_of(live, "k", 0.7) == [("k", 0.5, 0.7), ("o", 0.5, 0.7)]


def test_snapshots_between_check_ins_leave_what_is_kept_in_its_place() -> None:
    live = three()
    cards: list[okr.Scorecard] = []
    for day, value in enumerate((2, 5, 8), start=10):
        live.record(okr.CheckIn("a", date(2026, 8, day), value))
        cards.append(live.card)
    assert [card.objective("o").score for card in cards] == [0.2, 0.5, 0.8]
    assert [len(card.journal) for card in cards] == [1, 2, 3]


def test_a_result_that_is_rounded_stays_so() -> None:
    rule = okr.rulebook.RollUpRule(result=okr.rulebook.Clip(digits=1))
    rulebook = evolve(okr.RECOMMENDED, name="rounded", roll_up=rule)
    live = live_plan(
        okr.Objective(
            "o",
            "O",
            key_results=[okr.KeyResult(id, id, okr.Reach(100)) for id in ("a", "b")],
        ),
        rulebook=rulebook,
    )
    assert changes_of(live, "a", 37) == [("a", None, 0.37), ("o", None, 0.4)]
    assert changes_of(live, "b", 52) == [("b", None, 0.52)]  # 0.445 is 0.4 still

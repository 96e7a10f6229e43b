"""What a live scorecard does at the edges that chance meets seldom; the machine does the rest."""

from __future__ import annotations

from datetime import date

import pytest

import okrcore as okr
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
        name="means", attainment=okr.AttainmentRule(bounds=BoundRule(reading=BoundReading.MEAN))
    )
    live = live_of(okr.KeyResult("k", "K", okr.AtLeast(4)), rulebook=rulebook)
    live.record(okr.CheckIn("k", DAY, 10))
    live.record(okr.CheckIn("k", DAY, 2))
    assert live.score("k") == 1  # the mean is 6


def test_a_milestone_reached_on_time_is_not_late_because_it_is_named_again() -> None:
    rulebook = okr.Rulebook(name="late", attainment=okr.AttainmentRule(late_milestone=0.25))
    design = okr.Milestone("design", due=date(2026, 8, 1))
    live = live_of(okr.KeyResult("k", "K", okr.Milestones(design)), rulebook=rulebook)
    live.record(okr.CheckIn("k", date(2026, 7, 30), ["design"]))
    live.record(okr.CheckIn("k", DAY, ["design"]))
    assert live.score("k") == 1


def test_what_is_dated_later_waits_for_its_day() -> None:
    live = live_of(okr.KeyResult("k", "K", okr.Reach(10)))
    assert live.record(okr.CheckIn("k", date(2026, 8, 20), 5)) == ()
    assert live.score("k") is None
    assert live.advance(date(2026, 8, 20)) == (
        okr.ScoreChange("k", None, 0.5),
        okr.ScoreChange("o", None, 0.5),
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

"""Deliverables that grow, shrink and are weighed anew by an adjustment; numbers by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import okrcore as okr
from build import Q3, kr, plan_of

DONE, GROWN = date(2026, 8, 10), date(2026, 8, 20)
DAY = timedelta(days=1)


def grown(*names: Any, on: date = GROWN, **more: Any) -> okr.Adjustment:
    return okr.Adjustment("k", on, measure=okr.Milestones(*names), because="customs", **more)


PLAN = plan_of(kr("k", okr.Milestones("a", "b")))
BOTH = okr.CheckIn("k", DONE, ["a", "b"])
FOUR = grown("a", "b", "c", "d")


def scores(journal: okr.Journal, day: date, plan: okr.Plan = PLAN) -> tuple[Any, Any]:
    result = okr.evaluate(plan, journal, as_of=day).key_result("k")
    return result.score, result.original_score


def test_two_stages_of_four_are_half_from_the_day_they_became_four() -> None:
    journal = okr.admit(PLAN, okr.Journal([BOTH]), FOUR)
    assert scores(journal, GROWN - DAY) == (1.0, None)
    assert scores(journal, GROWN) == (0.5, 1.0)
    journal = okr.admit(PLAN, journal, okr.CheckIn("k", date(2026, 8, 25), ["a", "b", "c"]))
    assert scores(journal, date(2026, 8, 24)) == (0.5, 1.0)
    assert scores(journal, Q3.end) == (0.75, 1.0)


def test_a_new_stage_is_checked_in_from_its_day_on() -> None:
    journal = okr.Journal([BOTH, FOUR])
    assert len(okr.admit(PLAN, journal, okr.CheckIn("k", GROWN, ["a", "b", "c"]))) == 3
    early = okr.CheckIn("k", GROWN - DAY, ["a", "b", "c"])
    for act in (
        lambda: okr.admit(PLAN, journal, early),
        lambda: okr.evaluate(PLAN, journal.add(early), as_of=Q3.end),
        lambda: okr.LiveScorecard(PLAN, journal, as_of=Q3.end).record(early),
    ):
        with pytest.raises(okr.InconsistentPlanError, match="reading-does-not-fit"):
            act()
    with pytest.raises(okr.InconsistentPlanError, match="reading-does-not-fit"):
        okr.admit(PLAN, journal, okr.CheckIn("k", GROWN, ["e"]))


def test_a_live_scorecard_takes_the_new_stage_at_once() -> None:
    live = okr.LiveScorecard(PLAN, okr.Journal([BOTH]), as_of=Q3.end)
    live.record(FOUR)
    live.record(okr.CheckIn("k", date(2026, 8, 25), ["a", "b", "c"]))
    assert live.score("k") == 0.75
    assert live.card == okr.evaluate(PLAN, live.journal, as_of=Q3.end)


def test_what_was_dropped_may_still_be_named_and_counts_for_nothing() -> None:
    plan = plan_of(kr("k", okr.Milestones("a", "b", "c")))
    journal = okr.Journal([BOTH, grown("a", "c", "d")])
    assert scores(journal, GROWN, plan) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    journal = okr.admit(plan, journal, okr.CheckIn("k", GROWN, ["a", "b", "d"]))
    assert scores(journal, GROWN, plan) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    # An adjustment that is dated back makes no earlier reading unfit.
    journal = okr.admit(plan, okr.Journal([okr.CheckIn("k", GROWN, ["b"])]), grown("a", on=DONE))
    assert scores(journal, GROWN, plan) == (0.0, pytest.approx(1 / 3))


def test_what_was_unfit_before_keeps_nothing_out() -> None:
    journal = okr.Journal([okr.CheckIn("k", DONE, ["z"]), FOUR])
    assert len(okr.admit(PLAN, journal, okr.CheckIn("k", GROWN, ["a", "c"]))) == 3


def test_stages_are_weighed_anew() -> None:
    journal = okr.Journal(
        [BOTH, grown(okr.Milestone("a", 3), okr.Milestone("b", 3), okr.Milestone("c", 2))]
    )
    assert scores(journal, GROWN) == (0.75, 1.0)


def test_of_several_adjustments_the_last_governs() -> None:
    journal = okr.Journal([BOTH, FOUR, grown("a", "b", "c", "d", "e", on=GROWN + DAY)])
    assert scores(journal, GROWN) == (0.5, 1.0)
    assert scores(journal, GROWN + DAY) == (0.4, 1.0)
    five = okr.CheckIn("k", GROWN + DAY, ["a", "b", "c", "d", "e"])
    assert scores(okr.admit(PLAN, journal, five), Q3.end) == (1.0, 1.0)


def test_lateness_is_told_of_new_stages_too() -> None:
    late = okr.Rulebook(name="late", attainment=okr.rulebook.AttainmentRule(late_milestone=1))
    journal = okr.Journal([BOTH, grown("a", "b", okr.Milestone("c", due=GROWN))])
    journal = okr.admit(PLAN, journal, okr.CheckIn("k", GROWN + DAY, ["a", "b", "c"]))
    card = okr.evaluate(PLAN, journal, as_of=Q3.end, rulebook=late)
    assert card.key_result("k").score == pytest.approx(2 / 3)


def test_evidence_may_be_asked_for_more_and_labels_stay() -> None:
    plan = plan_of(kr("k", okr.Evidence(required=2)))
    more = okr.Adjustment("k", GROWN, measure=okr.Evidence(required=4), because="a fact")
    journal = okr.admit(plan, okr.Journal([okr.CheckIn("k", DONE, ["x", "y"])]), more)
    assert scores(journal, GROWN, plan) == (0.5, 1.0)
    zones = plan_of(kr("k", okr.Zones({"red": 0, "green": 1})))
    swap = okr.Adjustment("k", GROWN, measure=okr.Zones({"red": 0, "blue": 1}), because="a fact")
    with pytest.raises(okr.InconsistentPlanError, match="goes on taking one of its labels"):
        okr.admit(zones, okr.Journal(), swap)


# --- two values of a day -----------------------------------------------------------------------


def test_two_values_of_a_day_add_and_a_correction_revises() -> None:
    metric = okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)
    kr = okr.KeyResult("k", "K", okr.Reach(1000), metric="m")
    plan = okr.Plan([okr.Objective("o", "O", key_results=[kr])], metrics=[metric])
    first = okr.CheckIn("m", date(2026, 7, 15), 50, id="provisional")
    second = okr.CheckIn("m", date(2026, 7, 15), 122)
    journal = okr.Journal([first, second])
    assert okr.evaluate(plan, journal, as_of=Q3.end).key_result("k").reading == 172
    revised = okr.admit(plan, journal, okr.Correction("provisional", because="final"))
    assert okr.evaluate(plan, revised, as_of=Q3.end).key_result("k").reading == 122

"""A live scorecard takes a changed plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import okrcore as okr
from build import day, goal, kr, plan_of, read_on

DAY = day(8, 14)


def live_of(plan: okr.Plan, *entries: Any) -> okr.LiveScorecard:
    return okr.LiveScorecard(plan, okr.Journal(entries), as_of=DAY)


def test_scores_follow_the_changed_plan() -> None:
    live = live_of(plan_of(kr("a"), kr("b")), *read_on(DAY, a=20, b=60))
    live.record(okr.CheckIn("a", DAY, 40, id="latest"))
    plan = okr.Plan([goal(kr("a", okr.Increase(0, 50)), kr("b")), goal(kr("c"), id="p")])
    assert live.replan(plan) == (
        okr.scorecard.ScoreChange("a", 0.4, 0.8),
        okr.scorecard.ScoreChange("o", 0.5, 0.7),
    )
    assert live.card.plan == plan
    # An id of an entry stays one, and new items take entries.
    with pytest.raises(okr.InconsistentPlanError):
        live.record(okr.CheckIn("a", DAY, 50, id="latest"))
    changes = live.record(okr.CheckIn("c", DAY, 30))
    assert changes == (
        okr.scorecard.ScoreChange("c", None, 0.3),
        okr.scorecard.ScoreChange("p", None, 0.3),
    )


def test_items_that_are_gone_have_no_score_any_more() -> None:
    live = live_of(okr.Plan([goal(kr("a")), goal(kr("c"), id="p")]), *read_on(DAY, a=20))
    with pytest.raises(okr.InconsistentPlanError):
        live.replan(plan_of(kr("b")))
    gone = live.replan(okr.Plan([goal(id="o"), goal(kr("a"), id="q")]))
    assert gone == (
        okr.scorecard.ScoreChange("o", 0.2, None),
        okr.scorecard.ScoreChange("q", None, 0.2),
    )


@pytest.mark.parametrize("ago", [3, 0, -3])
def test_a_plan_that_entries_do_not_fit_is_refused_and_changes_nothing(ago: int) -> None:
    plan = plan_of(kr("a"), kr("b"))
    live = live_of(plan, *read_on(DAY - timedelta(days=ago), b=60))
    live.record(okr.CheckIn("a", DAY, 40))
    journal, card = live.journal, live.card
    for wrong in (plan_of(kr("a")), plan_of(kr("a"), kr("b", okr.PassFail()))):
        with pytest.raises(okr.InconsistentPlanError) as refused:
            live.replan(wrong)
        assert len(refused.value.faults) == 1
    with pytest.raises(okr.InconsistentPlanError):
        live.replan(plan_of(kr("a"), kr("b"), method="unknown"))
    unknown: Any = None
    with pytest.raises(okr.InvalidValueError):
        live.replan(unknown)
    assert live.card is card
    assert live.journal is journal
    assert live.record(okr.CheckIn("a", DAY, 50))[0] == okr.scorecard.ScoreChange("a", 0.4, 0.5)

"""Laws of a plan over many days.

- a series is an evaluation of each day, whatever was adjusted or closed between them
"""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.plan.measures import takes_numbers
from strategies import Quarter, days, followed_by, quarters

DECISIONS = (okr.ClosingDecision.ACHIEVED, okr.ClosingDecision.DEFER, okr.ClosingDecision.ABANDON)


def expected_of(card: okr.Scorecard, id: str) -> float | None:
    result = card[id]
    assert isinstance(result, (okr.scorecard.ObjectiveResult, okr.scorecard.KeyResultResult))
    return result.expected


@given(
    quarters(),
    st.lists(days, max_size=4),
    st.none() | st.tuples(days, st.sampled_from(DECISIONS)),
    st.none() | st.tuples(days, st.sampled_from([None, okr.AdjustmentTrigger.DIFFICULTY])),
    testing.rulebooks(),
)
def test_a_series_is_an_evaluation_of_each_day(
    quarter: Quarter,
    asked: list[date],
    close: tuple[date, okr.ClosingDecision] | None,
    change: tuple[date, okr.AdjustmentTrigger | None] | None,
    rulebook: okr.Rulebook,
) -> None:
    plan, journal = quarter.plan, quarter.journal
    if close is not None:
        journal = followed_by(plan, journal, [okr.Closing("o0", close[0], close[1])])
    measured = [
        kr
        for objective in plan.objectives
        for kr in objective.own_key_results
        if takes_numbers(type(kr.measure))  # as Reach does
    ]
    if change is not None and measured:
        adjustment = okr.Adjustment(
            measured[0].id, change[0], measure=okr.Reach(7), because="a new fact", trigger=change[1]
        )
        journal = followed_by(plan, journal, [adjustment])
    rows = list(okr.evaluate_series(plan, journal, asked, rulebook=rulebook))
    found = {}
    for day in asked:
        card = okr.evaluate(plan, journal, as_of=day, rulebook=rulebook)
        for objective in card.plan_in_force.objectives:
            for id in (objective.id, *(kr.id for kr in objective.own_key_results)):
                found[day, id] = (card[id].progress, card[id].score, expected_of(card, id))
    assert {(row.day, row.id): (row.progress, row.score, row.expected) for row in rows} == found


def test_no_days_have_no_rows() -> None:
    plan = okr.Plan([okr.Objective("o", "O")])
    assert list(okr.evaluate_series(plan, okr.Journal(), [])) == []

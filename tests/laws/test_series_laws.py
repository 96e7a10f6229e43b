"""Laws of a plan over many days.

- a series is an evaluation of each day, whatever was adjusted or closed between them
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.plan.measures import takes_numbers
from strategies import Quarter, days, followed_by, quarters

DECISIONS = (okr.ClosingDecision.ACHIEVED, okr.ClosingDecision.DEFER, okr.ClosingDecision.ABANDON)


def row_of(day: date, result: okr.scorecard.Result) -> okr.scorecard.DayScore:
    """Return a result as a row; a field that its kind does not have is None."""
    names = okr.scorecard.DayScore._fields[1:]
    row = okr.scorecard.DayScore._make([day, *(getattr(result, name, None) for name in names)])
    if isinstance(result, okr.scorecard.InitiativeResult):
        return row._replace(reading=result.share_done)
    return row


def results_of(card: okr.Scorecard) -> Iterator[okr.scorecard.Result]:
    """Yield the results of objectives with their key results, then of guardrails, initiatives and metrics."""
    plan = card.plan_in_force
    for objective in plan.objectives:
        yield card.objective(objective.id)
        yield from (card.key_result(kr.id) for kr in objective.own_key_results)
    for objective in plan.objectives:
        yield from (card.guardrail(each.id) for each in objective.guardrails)
    for objective in plan.objectives:
        yield from (card.initiative(work.id) for work in objective.initiatives)
    yield from (card.metric(each.id) for each in plan.metrics)


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
    cards = [okr.evaluate(plan, journal, as_of=day, rulebook=rulebook) for day in asked]
    assert rows == [row_of(card.as_of, each) for card in cards for each in results_of(card)]


def test_no_days_have_no_rows() -> None:
    plan = okr.Plan([okr.Objective("o", "O")])
    assert list(okr.evaluate_series(plan, okr.Journal(), [])) == []

"""Laws of priorities.

- a priority moves no number of objectives, key results, guardrails and metrics
- a threshold has the state that the health of its metric would have with that bound
- each step of an explained priority recomputes; the state is that of its result, in series and comparisons too
- groups by priority have the objectives that name it, in the order of the priorities
"""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.testing.priority_strategies import serving
from strategies import Quarter, quarters

NUMBERS = ("score", "progress", "status", "coverage", "expected", "verdict", "why", "status_why")


@st.composite
def served_quarters(draw: st.DrawFn) -> Quarter:
    """Draw a quarter with priorities."""
    quarter: Quarter = draw(quarters(max_objectives=4))
    plan = quarter.plan
    objectives, metrics, priorities = draw(serving(plan.objectives, plan.metrics))
    served = evolve(plan, objectives=objectives, metrics=metrics, priorities=priorities)
    return evolve(quarter, plan=served)


def without_priorities(plan: okr.Plan) -> okr.Plan:
    return evolve(
        plan,
        objectives=[
            evolve(each, place=each.place and evolve(each.place, priority=None))
            for each in plan.objectives
        ],
        metrics=[
            evolve(each, place=each.place and evolve(each.place, priority=None))
            for each in plan.metrics
        ],
        priorities=[],
    )


def with_readings_alone(quarter: Quarter) -> Quarter:
    """Return a quarter with the readings of its stored items, which name no priority."""
    entries = quarter.journal.in_force
    read = [one for one in entries if isinstance(one, okr.CheckIn) and one.of in quarter.plan]
    return evolve(quarter, journal=okr.Journal(read))


@given(served_quarters())
def test_a_priority_moves_no_number(quarter: Quarter) -> None:
    card = with_readings_alone(quarter).evaluate()
    bare = evolve(card, plan=without_priorities(quarter.plan))
    assert card.columns("id", *NUMBERS) == bare.columns("id", *NUMBERS)
    for item in bare.plan.each():
        if isinstance(item, (okr.Guardrail, okr.Metric)):
            assert card[item.id] == bare[item.id]


@given(served_quarters())
def test_a_threshold_has_the_state_of_a_health_bound(quarter: Quarter) -> None:
    card = with_readings_alone(quarter).evaluate()
    for priority in quarter.plan.priorities:
        end = card.as_of if priority.period is None else min(card.as_of, priority.period.end)
        for found in card.priority(priority.id).thresholds:
            metric = evolve(quarter.plan.metric(found.metric), health=found.bound)
            watched = evolve(card, plan=quarter.plan.put(metric), as_of=end).metric(metric.id)
            assert (found.state, found.reading, found.read_on, found.margin) == (
                watched.state,
                watched.reading,
                watched.read_on,
                watched.margin,
            )


@given(served_quarters())
def test_groups_by_priority_are_those_that_name_it(quarter: Quarter) -> None:
    card = with_readings_alone(quarter).evaluate()
    ids: list[str | None] = [each.id for each in quarter.plan.priorities]
    found = card.group_by("priority")
    assert [each.id for each in found] == [
        id for id in (*ids, None) if id in {each.id for each in found}
    ]
    for group in found:
        for id in group.ids:
            place = quarter.plan.objective(id).place
            assert group.id == (None if place is None else place.priority)
        if group.id is not None:
            assert set(group.ids) <= set(card.priority(group.id).objectives)


@given(testing.plans(), st.data())
def test_a_subtree_keeps_the_priorities_it_serves(plan: okr.Plan, data: Any) -> None:
    objective = data.draw(st.sampled_from(plan.objectives))
    part = plan.subtree(objective.id)
    placed: list[Any] = [*part.objectives, *part.metrics]
    served = {each.place.priority for each in placed if each.place is not None}
    assert [each.id for each in part.priorities] == [
        each.id for each in plan.priorities if each.id in served
    ]


@given(served_quarters())
def test_explanations_of_priorities_recompute(quarter: Quarter) -> None:
    card = with_readings_alone(quarter).evaluate()
    series = okr.evaluate_series(card.plan, card.journal, [card.as_of], rulebook=card.rulebook)
    states = {row.id: row.status for row in series}
    for priority in quarter.plan.priorities:
        found, whole = card.priority(priority.id), card.explain(priority.id)
        assert (whole.result, whole.words) == (found.state, found.status_why)
        assert states[priority.id] == found.status
        assert [part.result for part in whole.parts] == [each.state for each in found.thresholds]
        for _, step in whole.walk():
            assert step.recompute() == step.result

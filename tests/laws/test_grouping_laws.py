"""Laws of groups.

- a group is the mean of the scores and of the coverage of its objectives, those without left out
- every objective stands in the group of each of its names, and in the last one without a name
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from strategies import Quarter, quarters

TAGS = ("a", "b", "c")


@st.composite
def tagged_cards(draw: st.DrawFn) -> okr.Scorecard:
    """Draw a scorecard whose objectives have up to three tags."""
    quarter: Quarter = draw(quarters(max_objectives=4))
    objectives = [
        evolve(
            objective,
            profile=okr.ObjectiveProfile(tags=draw(st.lists(st.sampled_from(TAGS), unique=True))),
        )
        for objective in quarter.plan.objectives
    ]
    return evolve(quarter.evaluate(), plan=evolve(quarter.plan, objectives=objectives))


def mean_of(values: list[float | None]) -> float | None:
    there = [Fraction(value) for value in values if value is not None]
    return float(sum(there) / len(there)) if there else None


def is_close(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return found == pytest.approx(wanted, abs=1e-12)


@given(tagged_cards())
def test_groups_are_means_of_their_scores(card: okr.Scorecard) -> None:
    for group in card.group_by("tag"):
        results = [card.objective(id) for id in group.ids]
        scores = [result.score for result in results]
        coverage = [None if result.score_range is None else result.coverage for result in results]
        assert is_close(group.mean_score, mean_of(scores))
        assert is_close(group.coverage, mean_of(coverage))
        assert (group.n, group.scored) == (
            len(results),
            sum(score is not None for score in scores),
        )
        assert dict(group.statuses) == Counter(str(result.status) for result in results)


def _is_one_chain(plan: okr.Plan, objective: okr.Objective) -> bool:
    """Return whether an objective and the one it continues are one piece of work: no Micro-OKR with another cadence."""
    before = plan.items.get(objective.continues or "")
    if not isinstance(before, okr.Objective):
        return False
    one, other = (each.cycle and each.cycle.cadence for each in (before, objective))
    return one == other or not (before.is_micro or objective.is_micro)


def counted_elsewhere(card: okr.Scorecard) -> set[str | None]:
    """Return the ids of objectives whose work another one carries on by the day, and of those that will carry on."""
    found: set[str | None] = set()
    for each in card.plan_in_force.objectives:
        if _is_one_chain(card.plan_in_force, each):
            life = card.journal.lifecycle(each.id, on=card.as_of)
            is_begun = life.state not in (okr.Lifecycle.DRAFT, okr.Lifecycle.PROPOSED)
            is_begun &= each.cycle is None or each.cycle.start <= card.as_of
            found.add(each.continues if is_begun else each.id)
    return found


@given(tagged_cards())
def test_every_objective_stands_in_the_group_of_each_of_its_names(card: okr.Scorecard) -> None:
    wanted: dict[str | None, list[str]] = {}
    profiles = [each.profile for each in card.plan_in_force.objectives]
    known = {tag for each in profiles if each is not None for tag in each.tags}
    for tag in (*sorted(known), None):
        for objective in card.plan_in_force.objectives:
            # In one cycle work is carried over by the newest objective alone.
            if objective.is_micro or objective.id in counted_elsewhere(card):
                continue
            tags = objective.profile.tags if objective.profile is not None else ()
            if tag in tags or (tag is None and not tags):
                wanted.setdefault(tag, []).append(objective.id)
    found = {group.name: list(group.ids) for group in card.group_by("tag")}
    assert list(found.items()) == list(wanted.items())

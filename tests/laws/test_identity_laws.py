"""Laws of people and teams with ids.

- groups and selections of a plan with ids are those of the plan whose names were made unique by hand
"""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from strategies import Quarter, quarters

#: Names by id: two namesakes of each kind, and one alone. Names are shared, ids are not.
PEOPLE = {"p1": "Ana", "p2": "Ana", "p3": "Cy"}
TEAMS = {"t1": "Growth", "t2": "Growth", "t3": "Sales", "t4": "Product"}


def person(id: str | None, *, unique: bool) -> okr.Person | None:
    if id is None:
        return None
    return okr.Person(f"{PEOPLE[id]} {id}") if unique else okr.Person(PEOPLE[id], id=id)


def team(ids: tuple[str, ...], *, unique: bool) -> okr.Team | None:
    """Return the team of the first id, within those after it."""
    made: okr.Team | None = None
    for id in reversed(ids):
        name = f"{TEAMS[id]} {id}" if unique else TEAMS[id]
        made = okr.Team(name, id=None if unique else id, within=made)
    return made


#: Containers of each team: a tree, so that one name by hand is one team.
CHAINS = ((), ("t1", "t4"), ("t2", "t3"), ("t3",), ("t4",))


@st.composite
def twins(draw: st.DrawFn) -> tuple[Quarter, okr.Plan, Any]:
    """Draw a quarter whose owners and teams have ids, and its plan with unique names."""
    quarter: Quarter = draw(quarters(max_objectives=5))
    drawn = [
        (draw(st.sampled_from([None, *PEOPLE])), draw(st.sampled_from(CHAINS)))
        for _ in quarter.plan.objectives
    ]

    def placed(*, unique: bool) -> okr.Plan:
        return evolve(
            quarter.plan,
            objectives=[
                evolve(
                    objective,
                    owner=person(owner, unique=unique),
                    place=okr.Place(team=team(chain, unique=unique)),
                )
                for objective, (owner, chain) in zip(quarter.plan.objectives, drawn, strict=True)
            ],
        )

    return evolve(quarter, plan=placed(unique=False)), placed(unique=True), drawn


def by_ids(groups: tuple[okr.scorecard.ObjectiveGroup, ...]) -> dict[Any, Any]:
    return {each.ids: (each.mean_score, each.coverage, each.statuses, each.n) for each in groups}


@given(twins())
def test_groups_with_ids_are_those_of_unique_names(drawn: Any) -> None:
    quarter, by_hand, _ = drawn
    named = okr.evaluate(by_hand, quarter.journal, as_of=quarter.day, rulebook=quarter.rulebook)
    found = quarter.evaluate()
    assert by_ids(found.group_by("team")) == by_ids(named.group_by("team"))
    assert by_ids(found.group_by("team", with_containing=True)) == by_ids(
        named.group_by("team", with_containing=True)
    )
    names = [each.name for each in found.group_by("team")]
    assert len(set(names)) == len(names)


@given(twins())
def test_selections_by_id_are_those_of_unique_names(drawn: Any) -> None:
    quarter, by_hand, _ = drawn
    for id, name in PEOPLE.items():
        wanted = [each.id for each in by_hand.where(owner=f"{name} {id}")]
        if wanted:  # an id that the plan does not have is a name
            assert [each.id for each in quarter.plan.where(owner=id)] == wanted
    for id, name in TEAMS.items():
        wanted = [each.id for each in by_hand.where(team=f"{name} {id}")]
        if wanted:
            assert [each.id for each in quarter.plan.where(team=id)] == wanted


@given(twins())
def test_a_text_with_an_id_is_that_person(drawn: Any) -> None:
    """Each owner but the first of each id written as a bare text: nothing moves."""
    quarter, _, owners = drawn
    seen: set[str] = set()
    objectives = []
    for objective, (owner, _) in zip(quarter.plan.objectives, owners, strict=True):
        objectives.append(evolve(objective, owner=owner) if owner in seen else objective)
        seen.add(owner)
    texts = evolve(quarter.plan, objectives=objectives)
    for id in PEOPLE:
        assert [each.id for each in texts.where(owner=id)] == [
            each.id for each in quarter.plan.where(owner=id)
        ]

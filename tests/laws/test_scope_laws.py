"""Laws of scopes.

- a scope changes no number: every field of every listed item is the one of the whole scorecard
- the listed objectives are those that meet the conditions, in the order of the plan
- scopes narrow each other, in any order
- groups of a scope are those of its objectives; a containing team has the objectives within it
- due items of a scope are those of its items, on the same days
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import codec
from okrcore.plan import Scope
from okrcore.scorecard import KeyResultResult, ObjectiveResult
from strategies import Quarter, quarters

NAMES = ("a", "b", "c", "d")
FIELDS = sorted({each.name for kind in (ObjectiveResult, KeyResultResult) for each in fields(kind)})


@st.composite
def teams(draw: st.DrawFn) -> okr.Team | None:
    """Draw a team within up to two others, or none; one name may be within several."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    team = None
    for name in names:
        team = okr.Team(name, within=team)
    return team


@st.composite
def placed_quarters(draw: st.DrawFn) -> Quarter:
    """Draw a quarter whose objectives have teams and tags."""
    quarter: Quarter = draw(quarters(max_objectives=4))
    objectives = [
        evolve(
            objective,
            place=okr.Place(team=draw(teams())),
            profile=okr.ObjectiveProfile(tags=draw(st.lists(st.sampled_from(NAMES), unique=True))),
        )
        for objective in quarter.plan.objectives
    ]
    return evolve(quarter, plan=evolve(quarter.plan, objectives=objectives))


@st.composite
def conditions(draw: st.DrawFn, card: okr.Scorecard) -> dict[str, Any]:
    """Draw some conditions."""
    every = [objective.id for objective in card.plan_in_force.objectives]
    cycles = [each.cycle for each in card.plan_in_force.objectives if each.cycle is not None]
    known = {
        "team": st.sampled_from(NAMES) | teams().filter(lambda team: team is not None),
        "tag": st.sampled_from(NAMES),
        "running": st.booleans(),
        "ids": st.lists(st.sampled_from(every), unique=True) if every else st.just([]),
        "cycle": st.sampled_from(cycles) if cycles else st.just("none"),
    }
    names = draw(st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True))
    return {name: draw(known[name]) for name in names}


def listed(card: okr.Scorecard) -> list[str]:
    return [result.id for result in card]


@given(placed_quarters(), st.data())
def test_a_scope_changes_no_number(quarter: Quarter, data: st.DataObject) -> None:
    card = quarter.evaluate()
    found = card.where(**data.draw(conditions(card)))
    homes = card.plan_in_force.homes
    here = set(listed(found))
    for name in FIELDS:
        whole = zip(card.columns("id")["id"], card.columns(name)[name], strict=True)
        wanted = [
            (id, value) for id, value in whole if (homes[id].id if id in homes else id) in here
        ]
        part = zip(found.columns("id")["id"], found.columns(name)[name], strict=True)
        assert list(part) == wanted
    rows = {row["id"]: row for row in okr.to_records(card)}
    assert all(rows[row["id"]] == row for row in okr.to_records(found))
    reports = [codec.report(each)["data"] for each in (card, found)]
    for kind in ("objectives", "key_results", "guardrails", "metrics"):
        assert all(each in reports[0][kind] for each in reports[1][kind])
    assert len(found) == len(here)


@given(placed_quarters(), st.data())
def test_scopes_narrow_each_other(quarter: Quarter, data: st.DataObject) -> None:
    card = quarter.evaluate()
    one, other = data.draw(conditions(card)), data.draw(conditions(card))
    both = [id for id in listed(card.where(**one)) if id in listed(card.where(**other))]
    assert listed(card.where(**one).where(**other)) == both
    assert listed(card.where(**other).where(**one)) == both
    assert listed(card.where(**one)) == [
        id for id in listed(card) if id in listed(card.where(**one))
    ]


def plain_mean(values: list[float | None]) -> Fraction | None:
    there = [Fraction(value) for value in values if value is not None]
    return sum(there, Fraction()) / len(there) if there else None


@given(placed_quarters(), st.data())
def test_groups_of_a_scope_are_those_of_its_objectives(
    quarter: Quarter, data: st.DataObject
) -> None:
    card = quarter.evaluate()
    asked = data.draw(conditions(card))
    found = card.where(**asked)
    here = set(listed(found))
    by_cycle = found.group_by("cycle")
    assert [id for group in by_cycle for id in group.ids if group.name is None] == [
        id for id in listed(found) if card.plan_in_force.objective(id).cycle is None
    ]
    assert sorted(id for group in by_cycle for id in group.ids) == sorted(here)
    for group in (*by_cycle, *found.group_by("team"), *found.group_by("tag")):
        assert set(group.ids) <= here
        assert group.n == len(group.ids)
    for group in by_cycle:
        mean = plain_mean([card.objective(id).score for id in group.ids])
        assert (group.mean_score is None) == (mean is None)
        assert mean is None or abs(Fraction(group.mean_score or 0.0) - mean) < Fraction(1, 10**12)


@given(placed_quarters())
def test_a_containing_team_has_the_objectives_within_it(quarter: Quarter) -> None:
    card = quarter.evaluate()
    apart = card.group_by("team")
    together = card.group_by("team", with_containing=True)
    every = {id for group in apart for id in group.ids}
    assert {id for group in together for id in group.ids} == every
    named = Counter((group.name or "").split(" within ")[0] for group in together)
    for group in together:
        if group.name is None or named[group.name] != 1:
            continue  # several teams have the name
        # All objectives of the team itself, and of those that name it as containing them.
        assert set(group.ids) == {id for id in listed(card.where(team=group.name)) if id in every}
    for group in apart:
        heads = [(each.ids, (each.name or "").split(" within ")[0]) for each in together]
        mine = (group.name or "").split(" within ")[0]
        assert any(head == mine and set(group.ids) <= set(ids) for ids, head in heads)


@given(placed_quarters(), st.data())
def test_due_items_of_a_scope_are_those_of_its_items(quarter: Quarter, data: st.DataObject) -> None:
    card = quarter.evaluate()
    asked = data.draw(conditions(card))
    every = okr.review.list_due(card.plan, card.journal, as_of=card.as_of)
    found = okr.review.list_due(card.plan, card.journal, as_of=card.as_of, scope=Scope(**asked))
    here = {row["id"] for row in okr.to_records(card.where(**asked))}
    mine: list[okr.review.DueItem] = []
    for one in every:
        # A meeting of several objectives has those of the scope.
        ids = [id for id in (one.of, *one.also) if id in here]
        if ids:
            mine.append(evolve(one, of=ids[0], also=tuple(ids[1:])))
    assert list(found) == mine

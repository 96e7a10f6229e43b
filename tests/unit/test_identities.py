"""People and teams with an id apart from their name: a text is an id, or else a name; namesakes stay two."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore import codec
from okrcore.plan import Scope

Q3 = okr.FiscalCalendar().quarter(2026, 3)
DAY = date(2026, 8, 14)
ANA_1 = okr.Person("Ana Ruiz", id="ana-1")
ANA_2 = okr.Person("Ana Ruiz", id="ana-2")
GROWTH_1 = okr.Team("Growth", id="g-1", within="Product")
GROWTH_2 = okr.Team("Growth", id="g-2", within=okr.Team("Sales", id="s"))


def goal(id: str, owner: Any = None, team: Any = None, **more: Any) -> okr.Objective:
    kr = okr.KeyResult(f"k-{id}", f"Key result {id}", okr.Reach(10))
    return okr.Objective(
        id,
        f"Goal {id}",
        key_results=[kr],
        owner=owner,
        place=okr.Place(team=team),
        cycle=Q3,
        **more,
    )


def card(*objectives: okr.Objective) -> okr.Scorecard:
    read = {f"k-{each.id}": n + 1 for n, each in enumerate(objectives)}
    return okr.evaluate(okr.Plan(objectives), okr.Journal(okr.check_ins(DAY, read)), as_of=DAY)


def found(plan: okr.Plan, **conditions: Any) -> list[str]:
    return [each.id for each in plan.where(**conditions)]


def test_an_id_is_optional_and_apart_from_the_name() -> None:
    assert ANA_1 != ANA_2 != okr.Person("Ana Ruiz")
    assert str(ANA_1) == str(ANA_2) == "Ana Ruiz"
    for kind in (okr.Person, okr.Team):
        for wrong in ("", " a", 5):
            with pytest.raises(okr.InvalidValueError) as caught:
                kind("Ana", id=wrong)  # type: ignore[arg-type]
            assert (
                caught.value.path == f"{kind.__name__}({wrong!r}).id" or "id" in caught.value.path
            )


def test_a_text_is_an_id_or_else_a_name() -> None:
    """Namesakes stay two; a name that both have finds both, and a text with an id finds its own."""
    plan = okr.Plan(
        [
            goal("a", ANA_1),
            goal("b", ANA_2),
            goal("c", "ana-1"),
            goal("d", "Cy Wu"),
            goal("e", okr.Person("Cy Wu", id="cy")),
            goal("f", "Ana Ruiz"),
        ]
    )
    assert found(plan, owner="ana-1") == ["a", "c"]
    assert found(plan, owner=ANA_2) == ["b"]
    assert found(plan, owner="Ana Ruiz") == ["a", "b", "c", "f"]
    # The only person with the name has an id: the text means that one.
    assert found(plan, owner="cy") == found(plan, owner="Cy Wu") == ["d", "e"]
    assert found(plan, owner=okr.Person("Cy Wu", id="other")) == []
    assert found(plan, owner=okr.Team("Cy Wu")) == []
    assert [each.id for each in card(*plan.objectives).where(owner="cy")] == ["d", "e"]


def test_an_id_with_another_name_is_the_same_person() -> None:
    plan = okr.Plan([goal("a", ANA_1), goal("b", okr.Person("Ana Ruiz-Lopez", id="ana-1"))])
    assert found(plan, owner="ana-1") == found(plan, owner="Ana Ruiz") == ["a", "b"]
    assert found(plan, owner="Ana Ruiz-Lopez") == ["a", "b"]


def test_groups_keep_namesakes_apart_and_show_their_ids() -> None:
    one = card(goal("a", team=GROWTH_1), goal("b", team=GROWTH_2), goal("c", team="g-1"))
    groups = one.group_by("team")
    assert [(each.name, each.id, each.ids) for each in groups] == [
        ("Growth (g-1)", "g-1", ("a", "c")),
        ("Growth (g-2)", "g-2", ("b",)),
    ]
    rolled = one.group_by("team", with_containing=True)
    assert [(each.name, each.id, each.ids) for each in rolled] == [
        ("Product", None, ("a", "c")),
        ("Growth (g-1)", "g-1", ("a", "c")),
        ("Sales", "s", ("b",)),
        ("Growth (g-2)", "g-2", ("b",)),
    ]
    assert [row["id"] for row in codec.to_records(groups)] == ["g-1", "g-2"]
    alone = card(goal("a", team=GROWTH_1))
    assert [each.name for each in alone.group_by("team")] == ["Growth"]


def test_a_team_is_found_by_id_or_name_with_the_teams_within_it() -> None:
    plan = okr.Plan(
        [
            goal("a", team=GROWTH_1),
            goal("b", team=GROWTH_2),
            goal("c", team=okr.Team("Pricing", within="g-2")),
            goal("d", team="Product"),
        ]
    )
    assert found(plan, team="g-1") == ["a"]
    assert found(plan, team="g-2") == ["b", "c"]
    assert found(plan, team="Growth") == ["a", "b", "c"]
    assert found(plan, team="Product") == ["a", "d"]
    assert found(plan, team="s") == found(plan, team="Sales") == ["b", "c"]
    assert found(plan, team=okr.Team("Growth", within="Sales")) == ["b", "c"]
    assert found(plan, team=okr.Team("Growth", within="s")) == ["b", "c"]
    assert found(plan, team=GROWTH_1) == ["a"]


def test_one_id_is_one_team_wherever_it_is_placed() -> None:
    one = card(
        goal("a", team=okr.Team("Growth", id="g", within="Product")),
        goal("b", team=okr.Team("Growing", id="g", within="Sales")),
    )
    assert [(each.name, each.ids) for each in one.group_by("team")] == [("Growth", ("a", "b"))]
    assert found(one.plan, team="Product") == ["a", "b"]


def test_agendas_and_due_items_name_the_person_of_an_id() -> None:
    plan = okr.Plan([goal("a", ANA_1), goal("b", "ana-1"), goal("c", ANA_2)])
    agenda = okr.review.make_agenda(plan, okr.Journal(), as_of=DAY)
    owners = {item.owner for each in agenda.sections for item in each.items}
    assert owners == {ANA_1, ANA_2}
    shown_as = okr.display.agenda_text, okr.display.agenda_markdown, okr.display.agenda_html
    for shown in (show(agenda).replace("\\", "") for show in shown_as):
        assert "Ana Ruiz (ana-1)" in shown
        assert "Ana Ruiz (ana-2)" in shown
    alone = okr.review.make_agenda(okr.Plan([goal("a", ANA_1)]), okr.Journal(), as_of=DAY)
    assert "Ana Ruiz" in str(alone)
    assert "ana-1" not in str(alone)


def test_a_contributor_is_the_owner_with_the_id() -> None:
    """A team's part of a shared key result is there, though one names the team by its id."""
    shared = evolve(
        goal("a").own_key_results[0], contribution=okr.Contribution(contributors=["ana-1", "bo"])
    )
    part = evolve(goal("b").own_key_results[0], contribution=okr.Contribution(supports=["k-a"]))
    plan = okr.Plan(
        [evolve(goal("a"), key_results=[shared]), evolve(goal("b", ANA_1), key_results=[part])]
    )
    agenda = okr.review.make_agenda(
        plan, okr.Journal(), as_of=DAY, ritual=okr.calendar.Ritual.FORUM
    )
    missing = [
        str(item.owner)
        for each in agenda.sections
        for item in each.items
        if item.text.code == "contribution/none"
    ]
    assert missing == ["bo"]


def test_documents_and_records_have_the_ids() -> None:
    plan = okr.Plan([goal("a", ANA_1, GROWTH_2)])
    assert codec.load(codec.dump(plan)) == plan
    assert codec.from_tables(codec.to_tables(plan)) == plan
    row = codec.to_records(plan)[0]
    assert (row["owner"], row["owner_id"], row["team"], row["team_id"]) == (
        "Ana Ruiz",
        "ana-1",
        "Growth",
        "g-2",
    )
    entry = okr.CheckIn("k-a", DAY, 1, by=ANA_1)
    assert codec.to_records(okr.Journal([entry]))[0]["by_id"] == "ana-1"
    due = okr.review.list_due(plan, okr.Journal(), as_of=DAY)
    assert codec.to_records(due)[0]["owner_id"] == "ana-1"


def test_an_adjusted_owner_is_the_person_of_that_id() -> None:
    plan = okr.Plan([goal("a", ANA_1), goal("b", "Bo Lind")])
    journal = okr.Journal([okr.Adjustment("b", DAY, owner="ana-1", because="Bo left")])
    later = okr.evaluate(plan, journal, as_of=DAY)
    assert [each.id for each in later.where(owner=ANA_1)] == ["a", "b"]
    before = okr.evaluate(plan, journal, as_of=date(2026, 8, 13))
    assert [each.id for each in before.where(owner=ANA_1)] == ["a"]


def test_a_scope_of_due_items_takes_an_id() -> None:
    plan = okr.Plan([goal("a", ANA_1), goal("b", ANA_2)])
    due = okr.review.list_due(plan, okr.Journal(), as_of=DAY, scope=Scope(owner="ana-2"))
    assert {each.of for each in due} <= {"b", "k-b"}
    assert due


def test_groups_by_ambition_are_in_the_order_of_ambitions() -> None:
    one = card(
        goal("a", ambition=okr.Ambition.LEARNING),
        goal("b"),
        goal("c", ambition=okr.Ambition.COMMITTED),
        goal("d", ambition=okr.Ambition.ASPIRATIONAL),
        goal("e", ambition=okr.Ambition.COMMITTED),
    )
    assert [(each.name, each.ids) for each in one.group_by("ambition")] == [
        ("committed", ("c", "e")),
        ("aspirational", ("d",)),
        ("learning", ("a",)),
        (None, ("b",)),
    ]

"""Objectives taken together: by what, in which order, and what is left out. Numbers worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import okrcore as okr

DAY = date(2026, 8, 14)
CALENDAR = okr.FiscalCalendar(start_month=1)


def placed(id: str, *, profile: Any = None, **more: Any) -> okr.Objective:
    """Return an objective with one key result `k-<id>` of 10; a place is made of what is no field."""
    place = {name: more.pop(name) for name in ("team", "level", "priority") if name in more}
    return okr.Objective(
        id,
        id,
        key_results=[okr.KeyResult(f"k-{id}", id, okr.Reach(10))],
        place=okr.Place(**place) if place else None,
        profile=profile,
        **more,
    )


#: In the order of the plan, which is not that of their titles.
PRIORITIES = [okr.plan.Priority("profit", "Profit"), okr.plan.Priority("care", "Care")]


def card_of_placed(*objectives: okr.Objective, **read: float) -> okr.Scorecard:
    readings = {f"k-{id}": value for id, value in read.items()}
    journal = okr.Journal(okr.check_ins(DAY, readings))
    return okr.evaluate(okr.Plan(objectives, priorities=PRIORITIES), journal, as_of=DAY)


def names(groups: tuple[okr.scorecard.ObjectiveGroup, ...]) -> dict[str | None, tuple[str, ...]]:
    return {group.name: group.ids for group in groups}


def test_by_team_with_what_is_missing_shown() -> None:
    growth = okr.Team("Growth")
    found = card_of_placed(
        placed("a", team=growth),
        placed("b", team=growth),
        placed("c", team=growth),
        placed("d", team="Sales"),
        placed("e"),
        a=4,
        b=8,
    ).group_by("team")
    assert names(found) == {"Growth": ("a", "b", "c"), "Sales": ("d",), None: ("e",)}
    first, second, last = found
    assert (first.n, first.scored, round(first.mean_score or 0, 12)) == (3, 2, 0.6)
    assert (second.mean_score, second.coverage, second.scored) == (None, 0.0, 0)
    assert sum(count for _, count in first.statuses) == 3
    assert [repr(group) for group in found] == [
        "ObjectiveGroup('Growth', 3 objectives, 0.60)",
        "ObjectiveGroup('Sales', 1 objective, no score)",
        "ObjectiveGroup(None, 1 objective, no score)",
    ]
    assert last.ids == ("e",)


def test_a_team_stands_after_the_one_it_is_within() -> None:
    product = okr.Team("Product")
    web = okr.Team("Web", within=product)
    found = card_of_placed(
        placed("a", team=web),
        placed("b", team=product),
        placed("c", team=okr.Team("Apps", within=product)),
    ).group_by("team")
    assert [group.ids for group in found] == [("b",), ("c",), ("a",)]


def test_by_level_from_the_top() -> None:
    found = card_of_placed(
        placed("a", level=okr.Level.TEAM),
        placed("b", level=okr.Level.COMPANY),
        placed("c", team="Growth"),
    ).group_by("level")
    assert names(found) == {"company": ("b",), "team": ("a",), None: ("c",)}


def test_by_cycle_in_the_order_of_days() -> None:
    found = card_of_placed(
        placed("a", cycle=CALENDAR.quarter(2026, 4)),
        placed("b", cycle=CALENDAR.quarter(2026, 3)),
        placed("c"),
    ).group_by("cycle")
    assert [group.ids for group in found] == [("b",), ("a",), ("c",)]
    assert found[0].name == str(CALENDAR.quarter(2026, 3))


def test_by_priority_and_by_tag() -> None:
    found = card_of_placed(
        placed("a", priority="profit", profile=okr.ObjectiveProfile(tags=["eu", "b2b"])),
        placed("b", priority="care", profile=okr.ObjectiveProfile(tags=["eu"])),
        placed("c", level=okr.Level.TEAM, profile=okr.ObjectiveProfile(tags=[])),
    )
    assert names(found.group_by("priority")) == {"Profit": ("a",), "Care": ("b",), None: ("c",)}
    assert names(found.group_by("tag")) == {"b2b": ("a",), "eu": ("a", "b"), None: ("c",)}


def test_what_learns_has_no_coverage_to_tell() -> None:
    found = card_of_placed(placed("a", ambition=okr.Ambition.LEARNING), a=4).group_by("team")
    assert [(group.n, group.scored, group.coverage) for group in found] == [(1, 0, None)]


def test_micro_okrs_are_grouped_by_cycle_alone() -> None:
    sprint = placed(
        "sprint",
        cycle=okr.Cycle.starting(DAY, okr.Cadence.MICRO_WEEK),
        trigger=okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="a shorter form"),
        team="Growth",
        ambition=okr.Ambition.LEARNING,
    )
    whole = card_of_placed(placed("a", team="Growth"), sprint)
    assert names(whole.group_by("team")) == {"Growth": ("a",)}
    assert [group.ids for group in whole.group_by("cycle")] == [("sprint",), ("a",)]
    pooled = okr.Rulebook(name="micro", roll_up=okr.rulebook.RollUpRule(with_micro=True))
    both = okr.evaluate(whole.plan, okr.Journal(), as_of=DAY, rulebook=pooled)
    assert names(both.group_by("team")) == {"Growth": ("a", "sprint")}

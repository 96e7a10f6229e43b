"""The strategies of changed plans: every kind of edit and of adjustment is drawn, and each result is valid."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.journal.adjustment import Joiner
from okrcore.testing.edits import new_item, paths_of

quickly = settings(
    max_examples=3000,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
pairs = testing.plans().flatmap(lambda plan: st.tuples(st.just(plan), testing.edited(plan)))

#: Fields of differences: of items, of groups, of links, of membership and order.
WANTED = {
    *("measure", "bound", "cycle", "owner", "due", "title", "contribution", "profile.parked"),
    *("supports[]", "supports[].weight", "key_results[]"),
    *("objectives", "key_results", "guardrails", "initiatives", "metrics", "outside"),
    *("home", "kind"),
}


def test_edits_of_every_kind_are_drawn() -> None:
    left = set(WANTED)

    def draws_another(pair: tuple[okr.Plan, okr.Plan]) -> bool:
        left.difference_update(re.sub(r"\[.*\]", "[]", each.field) for each in okr.diff(*pair))
        return not left

    find(pairs, draws_another, settings=quickly)
    assert left == set()


def test_an_edit_shrinks_to_one_difference() -> None:
    old, new = find(pairs, lambda pair: pair[0] != pair[1], settings=settings(database=None))
    assert len(old.objectives) == 1
    assert len(okr.diff(old, new)) == 1


@given(testing.plans(described=False), st.data())
@settings(max_examples=examples(gate=50, explore=500))
def test_edits_that_count_change_what_counts_or_whole_groups(
    plan: okr.Plan, data: st.DataObject
) -> None:
    new = data.draw(testing.edited(plan, described=False))
    for each in okr.diff(plan, new):
        is_of_group = each.field.partition(".")[0] in ("timing", "contribution", "profile")
        assert each.counts or is_of_group


def test_an_empty_plan_stays_one() -> None:
    empty = okr.Plan([])
    assert find(testing.edited(empty), lambda _: True, settings=quickly) == empty


def test_methods_are_edited_where_there_is_one() -> None:
    plan = okr.Plan([okr.Objective("o", "O", method="house")])
    without = find(
        testing.edited(plan),
        lambda new: [(each.id, each.method) for each in new.objectives] == [("o", None)],
        settings=quickly,
    )
    assert without != plan


def test_revisions_go_back() -> None:
    drawn = testing.plans().flatmap(
        lambda plan: st.tuples(st.just(plan), testing.revisions(plan, described=False))
    )
    plan, (first, *others) = find(
        drawn, lambda pair: pair[1][0] != pair[0] and pair[0] in pair[1][1:], settings=quickly
    )
    assert first != plan
    assert plan in others


@pytest.mark.parametrize("kind", [okr.Objective, okr.Metric, okr.Outside])
def test_new_items_of_every_kind_are_drawn(kind: type[Any]) -> None:
    items = testing.plans().flatmap(new_item)
    assert find(items, lambda item: type(item) is kind, settings=quickly).id[0] == "n"


def test_wording_is_left_out_of_the_fields_that_count() -> None:
    assert paths_of(okr.Outside, described=False) == ()
    assert "title" not in paths_of(okr.Objective, described=False)
    assert "title" in paths_of(okr.Objective)


def test_journals_have_adjustments_of_every_kind() -> None:
    names = ("measure", "weight", "due", "cycle", "ambition", "sets", "removes", "rescale")
    left: set[object] = {*names, *get_args(Joiner), "check-in of an item that joined"}

    def draws_another(pair: tuple[okr.Plan, okr.Journal]) -> bool:
        plan, journal = pair
        for entry in journal.entries:
            if isinstance(entry, okr.Adjustment):
                left.difference_update(name for name in names if getattr(entry, name))
                left.difference_update(map(type, entry.adds))
            elif isinstance(entry, okr.CheckIn) and entry.of not in plan:
                left.discard("check-in of an item that joined")
        return not left

    drawn = testing.plans().flatmap(
        lambda plan: st.tuples(st.just(plan), testing.journals(plan, described=False))
    )
    find(drawn, draws_another, settings=quickly)
    assert left == set()

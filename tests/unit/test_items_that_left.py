"""Entries about items that joined and left, and items that no plan has any more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from build import Q3, day, goal, kr

PLAN = okr.Plan([goal(kr("k"), id="o")])
RAIL = okr.Guardrail("x", "X", okr.AtMost(5))


def change(of: str, on: date, **fields: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, because="a fact", **fields)


JOINS, LEAVES = change("o", day(8, 1), adds=[RAIL]), change("o", day(8, 20), removes=["x"])


@pytest.mark.parametrize("on", [day(7, 20), day(7, 31)])
def test_an_adjustment_before_the_join_is_refused_also_if_the_item_left_later(on: date) -> None:
    early = change("x", on, due=day(9, 1))
    for journal in (okr.Journal([JOINS]), okr.Journal([JOINS, LEAVES])):
        with pytest.raises(okr.InconsistentPlanError, match="joins the plan on 2026-08-01"):
            okr.admit(PLAN, journal, early)
    whole = okr.Journal([early, JOINS, LEAVES])
    assert [each.entry for each in okr.journal.misfits(PLAN, whole)] == [early]
    left_out = okr.evaluate(PLAN, whole, as_of=day(9, 1), strict=False)
    assert [each.code for each in left_out.problems] == ["not-in-force"]


def test_an_agenda_names_an_item_that_no_plan_has_by_its_id() -> None:
    """Somebody stored the plan in force after the item had left."""
    gone = change("o", day(8, 20), removes=["gone"])
    moved = change("gone", day(8, 10), due=day(9, 1))
    journal = okr.Journal([moved, gone])
    for ritual in ("adjustment review", "weekly"):
        agenda = okr.review.make_agenda(PLAN, journal, as_of=day(8, 21), ritual=ritual)
        assert agenda.ritual == ritual
    titles = {
        item.title
        for section in okr.review.make_agenda(
            PLAN, journal, as_of=day(8, 21), ritual="adjustment review"
        ).sections
        for item in section.items
    }
    assert "gone" in titles
    assert okr.evaluate(PLAN, journal, as_of=Q3.end).explain("o").id == "o"

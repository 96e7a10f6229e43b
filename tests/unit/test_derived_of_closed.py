"""Key results derived from others: parts of a closed objective count as at its closing."""

from __future__ import annotations

from datetime import date

import okrcore as okr
from build import Q3

CLOSING = okr.Closing("regions", date(2026, 7, 15), okr.ClosingDecision.STOP)


def plan_of_sums() -> okr.Plan:
    """A sum of two regions, and a sum of that sum, each in an objective of its own."""

    def total(id: str, of: list[str]) -> okr.KeyResult:
        derived = okr.Derived(okr.Aggregation.SUM, of)
        return okr.KeyResult(id, "Customers", okr.Reach(10), derived=derived)

    regions = [okr.KeyResult(id, id, okr.Reach(10)) for id in ("north", "south")]
    own = [*regions, total("both", ["north", "south"])]
    return okr.Plan(
        [
            okr.Objective("regions", "Win regions", key_results=own, cycle=Q3),
            okr.Objective(
                "company", "Grow", key_results=[total("all", ["north", "south"])], cycle=Q3
            ),
            okr.Objective("group", "Grow more", key_results=[total("again", ["both"])], cycle=Q3),
        ]
    )


def entries() -> list[okr.journal.Entry]:
    return [
        okr.CheckIn("north", date(2026, 7, 10), 2),
        okr.CheckIn("south", date(2026, 7, 10), 3),
        CLOSING,
        okr.CheckIn("north", date(2026, 8, 2), 5),
    ]


def test_a_reading_after_the_closing_of_a_part_moves_nothing_derived_from_it() -> None:
    card = okr.evaluate(plan_of_sums(), okr.Journal(entries()), as_of=date(2026, 8, 20))
    assert card["north"].score == 0.2
    assert (card["all"].score, card["again"].score, card["both"].score) == (0.5, 0.5, 0.5)
    assert card["all"].why == "5 is 50% of the way from 0 to 10"


def test_a_part_unread_at_its_closing_leaves_what_is_derived_unread() -> None:
    journal = okr.Journal(entries()[1:])
    card = okr.evaluate(plan_of_sums(), journal, as_of=date(2026, 8, 20))
    assert (card["all"].score, card["all"].why) == (None, "unread: north")


def test_a_reopened_part_counts_again_in_what_is_derived() -> None:
    reopened = okr.Transition("regions", date(2026, 8, 3), okr.Lifecycle.ACTIVE)
    journal = okr.Journal([*entries(), reopened])
    card = okr.evaluate(plan_of_sums(), journal, as_of=date(2026, 8, 20))
    assert (card["all"].score, card["again"].score) == (0.8, 0.8)

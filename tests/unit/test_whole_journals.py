"""Parts of a journal keep what is about an item with its join: as of a day, as known, of a plan."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import okrcore as okr
from build import day, goal, kr

PLAN = okr.Plan([goal(kr("calls"), id="serve")])


def at(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=UTC)


def joins(of: str, *records: Any, on: Any, **more: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, adds=records, because="a new channel", **more)


def leaves(of: str, *ids: str, on: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, removes=ids, because="the channel closed")


def abouts(journal: okr.Journal) -> list[str]:
    return [entry.of for entry in journal.in_force]


def test_evidence_from_before_a_join_is_not_there_before_it() -> None:
    journal = okr.Journal(
        [
            okr.CheckIn("chats", day(7, 20), 3),
            okr.CheckIn("calls", day(7, 20), 4),
            joins("serve", kr("chats"), on=day(8, 1)),
        ]
    )
    assert abouts(journal.as_of(day(7, 31))) == ["calls"]
    assert abouts(journal.as_of(day(8, 1))) == ["chats", "calls", "serve"]
    for on in (day(7, 20), day(7, 31), day(8, 1)):
        assert okr.journal.misfits(PLAN, journal.as_of(on)) == ()


def test_evidence_in_columns_goes_with_its_join() -> None:
    columns = okr.Journal.from_columns(["chats", "calls"], [day(7, 20)] * 2, [3, 4])
    journal = columns.add(joins("serve", kr("chats"), on=day(8, 1), recorded=at(8, 1)))
    assert abouts(journal.as_of(day(7, 31))) == ["calls"]
    assert abouts(journal.known_at(at(7, 31))) == ["calls"]
    assert journal.known_at(at(8, 2)) == journal


def test_what_was_known_before_a_join_was_written() -> None:
    journal = okr.Journal(
        [
            okr.CheckIn("chats", day(7, 20), 3, recorded=at(7, 20)),
            okr.CheckIn("calls", day(7, 20), 4, recorded=at(7, 20)),
            joins("serve", kr("chats"), on=day(7, 15), recorded=at(8, 1), id="join"),
            okr.Correction("join", recorded=at(8, 5)),
        ]
    )
    assert abouts(journal.known_at(at(8, 2))) == ["serve", "chats", "calls"]
    assert okr.journal.misfits(PLAN, journal.known_at(at(8, 2))) == ()


def test_an_item_that_leaves_first_was_in_the_plan() -> None:
    """It leaves and joins again: without its second join it is still an item of the stored plan."""
    journal = okr.Journal(
        [
            okr.CheckIn("calls", day(7, 20), 4),
            leaves("serve", "calls", on=day(8, 1)),
            joins("serve", kr("calls"), on=day(8, 20)),
        ]
    )
    assert abouts(journal.as_of(day(8, 10))) == ["calls", "serve"]
    team = okr.Journal(
        [
            okr.CheckIn("calls", day(7, 20), 4),
            leaves("serve", "serve", on=day(8, 1)),
            joins("serve", PLAN.objective("serve"), on=day(8, 20)),
        ]
    )
    assert abouts(team.as_of(day(8, 10))) == ["calls", "serve"]


def test_a_part_of_the_whole_keeps_what_joined_it() -> None:
    other = okr.Plan([goal(kr("sales"), id="sell")])
    mine = goal(kr("bots"), id="automate", supports=["serve"])
    theirs = goal(kr("leads"), id="advertise", supports=["sell"])
    entries: list[Any] = [
        joins("serve", kr("chats"), okr.KeyResultRef("calls"), on=day(8, 1)),
        joins("sell", kr("visits"), on=day(8, 1)),
        joins("automate", mine, on=day(8, 2)),
        joins("advertise", theirs, on=day(8, 2)),
        joins("nps", okr.Metric("nps", "NPS"), on=day(8, 2)),
        *okr.check_ins(day(8, 3), {"chats": 1, "visits": 2, "bots": 3, "leads": 4, "nps": 5}),
    ]
    journal = okr.Journal(entries)
    assert abouts(journal.only(PLAN)) == ["serve", "automate", "nps", "chats", "bots", "nps"]
    assert abouts(journal.only(other)) == ["sell", "advertise", "nps", "visits", "leads", "nps"]

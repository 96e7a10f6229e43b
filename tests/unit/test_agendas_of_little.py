"""Agendas of plans in which nothing exists, and of key results of which no reading counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

import okrcore as okr
from okrcore.review.ritual_templates import AGENDA_TEMPLATES

Q3 = okr.FiscalCalendar().quarter(2026, 3)
TODAY = date(2026, 8, 3)

#: Words that are true of nothing: they are no sentence about each of some things.
OF_NOTHING = {
    "nothing",
    "to be filled in",
    "to be decided",
    "no key result is shared",
    "nothing was read yet; show what is in progress",
}


@pytest.mark.parametrize("ritual", okr.calendar.Ritual)
def test_no_section_of_an_empty_plan_is_about_all_of_nothing(ritual: okr.calendar.Ritual) -> None:
    found = okr.review.make_agenda(okr.Plan([]), okr.Journal(), as_of=TODAY, ritual=ritual)
    for section, row in zip(found.sections, AGENDA_TEMPLATES[ritual].sections, strict=True):
        assert section.items == ()
        assert section.empty == (row.none or row.empty)
        assert row.none or row.empty in OF_NOTHING


@pytest.mark.parametrize("ritual", ["weekly", "forum", "business review"])
def test_without_key_results_no_number_is_said_to_be_as_before(ritual: str) -> None:
    found = okr.review.make_agenda(okr.Plan([]), okr.Journal(), as_of=TODAY, ritual=ritual)
    assert found.section(okr.review.AgendaTopic.MOVEMENTS).empty == "no key results"


@pytest.mark.parametrize(
    ("entries", "moved", "believed"),
    [
        ((), "no number changed", "no confidence was given"),
        (
            (okr.CheckIn("k", date(2026, 7, 6), 5, confidence=0.6),),
            "no number changed",
            "no confidence changed much",
        ),
    ],
)
def test_key_results_and_confidence_may_be_as_before(
    entries: Sequence[Any], moved: str, believed: str
) -> None:
    parts = [okr.KeyResult("k", "K", okr.Reach(10))]
    plan = okr.Plan([okr.Objective("o", "O", key_results=parts, cycle=Q3)])
    found = okr.review.make_agenda(plan, okr.Journal(entries), as_of=TODAY, ritual="weekly")
    assert found.section(okr.review.AgendaTopic.MOVEMENTS).empty == moved
    assert found.section(okr.review.AgendaTopic.CONFIDENCE).empty == believed


def test_a_ritual_of_other_objectives_denies_no_movement() -> None:
    plan = okr.Plan([okr.Objective("o", "O", key_results=(), cycle=Q3)])
    found = okr.review.make_agenda(
        plan, okr.Journal(), as_of=Q3.end + timedelta(days=60), ritual="weekly"
    )
    assert found.section(okr.review.AgendaTopic.MOVEMENTS).empty == "no objective is running"
    assert found.section(okr.review.AgendaTopic.CONFIDENCE).empty == "no objective is running"


# --- no reading that counts --------------------------------------------------------------------


def stale_texts(
    *parts: okr.KeyResult, entries: Sequence[Any], metrics: Sequence[okr.Metric] = ()
) -> dict[str, str]:
    plan = okr.Plan([okr.Objective("o", "O", key_results=parts, cycle=Q3)], metrics=metrics)
    found = okr.review.make_agenda(plan, okr.Journal(entries), as_of=TODAY, ritual="weekly")
    return {item.ids[0]: item.text for item in found.section(okr.review.AgendaTopic.STALE).items}


@pytest.mark.parametrize("metric", [None, "m"])
@pytest.mark.parametrize("days", [1, 11, 40])
def test_a_reading_before_the_cycle_is_named_where_nothing_is_read(
    days: int, metric: str | None
) -> None:
    on = Q3.start - timedelta(days=days)
    entries = okr.check_ins(on, {metric or "k": 5})
    metrics = [okr.Metric("m", "M")] if metric else []
    part = okr.KeyResult("k", "K", okr.Reach(10), metric=metric)
    # From 1 July to 3 August.
    assert stale_texts(part, entries=entries, metrics=metrics)["k"] == (
        f"nothing read in 33 days; one reading, of {on}, before the cycle starts on 2026-07-01"
    )


def test_unread_parts_are_named_where_nothing_is_derived() -> None:
    total = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
    parts = [okr.KeyResult(id, id, okr.Reach(10)) for id in "ab"]
    derived = okr.KeyResult("d", "D", okr.Reach(20), derived=total)
    found = stale_texts(*parts, derived, entries=())
    assert found["d"] == "nothing read in 33 days; unread: a, b"
    assert found["a"] == "nothing read in 33 days"


def test_a_key_result_whose_reading_counts_is_told_by_its_days_alone() -> None:
    part = okr.KeyResult("k", "K", okr.Reach(10))
    entries = okr.check_ins(date(2026, 7, 6), {"k": 5})
    assert stale_texts(part, entries=entries) == {"k": "last check-in 28 days ago, on 2026-07-06"}

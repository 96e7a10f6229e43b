"""The quarter of the documentation on its Monday: work, KPIs and limits, and numbers worked out by hand.

Readings of 21 August, by (value - baseline) / (target - baseline); 24 August is day 55 of 92:

    c1   July had 10 posts of 10; bounce 47.1 of 48 to 45.6; traffic, 118 of 110 to 132, has weight 0
    c2   both milestones of the roadmap, none of two of the design, no launch; the revenue is seen in March
    d2   21.5 of 20.4 to 22.44
    d4   6 guest posts of 10, a target since 31 July; traffic 12.3 of 8.2 to 16.4
    e2   3,280 of 40,000 are 8.2%, of 20%
    e9   355 disputes of 420 to 294; the parts of four teams have no target
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"


@pytest.fixture(scope="module")
def quarter() -> Iterator[Any]:
    sys.path.insert(0, str(EXAMPLES))
    try:
        import quarter  # noqa: PLC0415  # from the folder of the examples

        yield quarter
    finally:
        sys.path.remove(str(EXAMPLES))


@pytest.mark.parametrize(
    ("id", "score"),
    [
        ("c1", (1 + 0.9 / 2.4) / 2),
        ("c2", (1 + 0 + 0) / 3),
        ("d2", 1.1 / 2.04),
        ("d4", (0.6 + 0.5) / 2),
        ("e2", 8.2 / 20),
        ("e9", 65 / 126),
        ("d6", None),
        ("e11", None),
        ("e17", None),
    ],
)
def test_scores_on_the_monday(quarter: Any, id: str, score: float | None) -> None:
    found = quarter.CARD.objective(id).score
    assert found == (None if score is None else pytest.approx(score))


def test_work_is_shown_by_its_state(quarter: Any) -> None:
    page = "\n".join(quarter.work())
    assert page.startswith("12 initiatives: 1 planned, 8 doing, 2 done, 1 dropped.")
    for line in (
        "Not begun; nothing read in 54 days.",
        "50% done; last check-in 17 days ago, on 2026-08-07.",
        "Finished on 2026-08-07.",
        "Closed on 2026-08-14, decided to stop;",
    ):
        assert line in page


def test_kpis_are_shown_under_their_objectives(quarter: Any) -> None:
    lines = list(quarter.kpis())
    assert lines[:2] == [
        "b8   A brand people recognise",
        "     · Website uptime: 99.6%, within its limit (at least 99.5%).",
    ]
    assert [line[:3].strip() for line in lines if line[0] != " "] == ["b8", "c1", "c3", "e4", "e14"]


def test_guardrails_have_the_budget_and_their_own_past(quarter: Any) -> None:
    page = "\n".join(quarter.guardrails())
    assert "at most 420, established on 2026-07-06" in page
    assert "at most 2.1, its value from\n     2025-07-01 to 2025-09-30" in page
    sick = quarter.CARD.guardrail("e13-sick-days")
    assert (sick.state, sick.margin) == ("held", pytest.approx(0.2))


def test_priorities_have_the_state_of_their_own_numbers(quarter: Any) -> None:
    states = {each.id: quarter.CARD.priority(each.id).state for each in quarter.PLAN.priorities}
    assert states == {
        "merchants": "unknown",
        "partnerships": "unknown",
        "fast-onboarding": "held",
        "low-fraud": "breached",
    }


def test_every_entry_of_the_journal_counts_and_fits(quarter: Any) -> None:
    assert quarter.CARD.problems == ()
    assert okr.admit(quarter.PLAN, quarter.JOURNAL) == quarter.JOURNAL
    plan, journal = quarter.PLAN, okr.Journal()
    for entry in quarter.JOURNAL.entries:
        journal = okr.admit(plan, journal, entry)
    assert len(journal.entries) == len(quarter.JOURNAL.entries)

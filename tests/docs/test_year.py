"""The year of the documentation: each number of its last page is worked out here, by hand.

Scores of key results, by (value - baseline) / (target - baseline), at the end of each quarter:

    share      30, 60, 84, 95 of 0 to 100    0.30  0.60  0.84   0.95
    hours      31, 22, 16, 13 of 40 to 10    0.30  0.60  0.80   0.90
    errors     7.6 of 10 to 2, then 6        0.30  0.50, removed on 4 May
    customers  9 of 20, then 12, 14, 16      0.45  0.75  0.875  1.00, of 16 since 18 May
    audits     3, then 4 on 20 October, of 4 0.75  1.00
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "tutorial" / "a-year.md").read_text(encoding="utf-8")
PROGRAM = runpy.run_path(str(ROOT / "docs" / "examples" / "year.py"))
YEAR: Any = PROGRAM["run"]()

AUTO = [(0.3 + 0.3 + 0.3) / 3, (0.6 + 0.6) / 2, (0.84 + 0.8) / 2, (0.95 + 0.9) / 2]
ONBOARD = [(0.45 + 0.3) / 2, (0.75 + 0.6) / 2, (0.875 + 0.8) / 2, (1.0 + 0.9) / 2]
IMPORTS = [(auto + onboard) / 2 for auto, onboard in zip(AUTO, ONBOARD, strict=True)]
#: With the errors of May, and with customers of 16 as carried into the third and fourth quarters.
ORIGINAL_AUTO, ORIGINAL_ONBOARD = (0.95 + 0.9 + 0.5) / 3, (1.0 + 0.9) / 2


def found(name: str, on: Any) -> Any:
    return YEAR.card(on).objective(name)


@pytest.mark.parametrize("quarter", range(4))
def test_scores_at_the_end_of_each_quarter(quarter: int) -> None:
    cycle = PROGRAM["QUARTERS"][quarter]
    suffix = "" if quarter == 0 else f"@{cycle}"
    for name, scores in (("auto", AUTO), ("onboard", ONBOARD)):
        assert found(f"{name}{suffix}", cycle.end).score == pytest.approx(scores[quarter])
    assert found("imports", cycle.end).score == pytest.approx(IMPORTS[quarter])


def test_nothing_changes_above_on_the_days_of_the_carries() -> None:
    """Targets and weights go on as they were, so the year begins each quarter as it ended the last."""
    for before, after in zip(PROGRAM["QUARTERS"], PROGRAM["QUARTERS"][1:], strict=False):
        known = found("imports", before.end).score
        assert found("imports", after.start).score == pytest.approx(known)


def test_the_year_at_its_close() -> None:
    closed = found("imports", PROGRAM["CLOSES"][-1])
    assert closed.score == pytest.approx(0.9375)
    assert closed.original_score == pytest.approx((ORIGINAL_AUTO + ORIGINAL_ONBOARD) / 2)
    assert (closed.verdict, closed.lifecycle.state) == ("succeeded", "closed")


def test_the_promise_is_kept_by_its_new_end_and_was_not_by_its_old_one() -> None:
    promise = found("safe", PROGRAM["CLOSES"][-1])
    assert (promise.score, promise.original_score) == (1.0, 0.75)
    assert (promise.verdict, promise.original_verdict) == ("delivered", "missed")
    leaks = YEAR.card(PROGRAM["CLOSES"][-1]).guardrail("leaks")
    assert (leaks.state, str(leaks.first_breach)) == ("held", "2026-08-10")


def test_teams_have_each_piece_of_work_once() -> None:
    groups = {group.name: group for group in YEAR.card(PROGRAM["CLOSES"][-1]).group_by("team")}
    assert (groups["Operations"].n, groups["Sales"].n) == (2, 1)
    assert groups["Operations"].mean_score == pytest.approx((0.925 + 1.0) / 2)
    assert groups["Sales"].mean_score == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("quarter", "calls", "limit"), [(0, 136, 140), (1, 128, 131), (2, 119, 127), (3, 112, 133)]
)
def test_calls_for_help_are_held_against_the_same_quarter_of_last_year(
    quarter: int, calls: int, limit: int
) -> None:
    cycle = PROGRAM["QUARTERS"][quarter]
    suffix = "" if quarter == 0 else f"@{cycle}"
    found = YEAR.card(cycle.end).guardrail(f"help{suffix}")
    assert (found.reading, found.bound.limit, found.margin) == (calls, limit, limit - calls)
    assert found.state == "held"


def test_the_states_of_the_work_at_the_end_of_each_quarter() -> None:
    q1, q2, q3, q4 = (YEAR.card(cycle.end) for cycle in PROGRAM["QUARTERS"])
    assert [q1.initiative(id).state for id in ("parser", "night")] == ["doing", "planned"]
    states = [q2.initiative(f"{name}@2026-Q2").state for name in ("parser", "night")]
    assert states == ["done", "planned"]
    assert q3.initiative("night@2026-Q3").state == "doing"
    assert q4.initiative("night@2026-Q4").state == "done"
    assert "parser@2026-Q3" not in q3.plan.items


def test_a_kpi_beside_the_year_is_unhealthy_for_a_quarter_and_moves_no_score() -> None:
    cards = [YEAR.card(cycle.end) for cycle in PROGRAM["QUARTERS"]]
    assert [card.metric("uptime").state for card in cards] == ["held", "breached", "held", "held"]
    assert cards[1].objective("imports").score == pytest.approx(IMPORTS[1])


LAST_PAGE = """\
                                  31 Mar    30 Jun    30 Sep    31 Dec
Imports run by themselves           0.34      0.64      0.83      0.94
Nobody types an import              0.30      0.60      0.82      0.93
Customers move over                 0.38      0.68      0.84      0.95
"""


def test_the_last_page_has_these_numbers_and_the_documentation_shows_it() -> None:
    assert LAST_PAGE in YEAR.pages[-1]
    shown = PAGE.split("```text\n")[-1].split("```")[0]
    assert shown.strip() == YEAR.pages[-1].strip()

"""The page of the founding OKRs is made from the plan and its words, and has each of their items."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr

DOCS = Path(__file__).parent.parent.parent / "docs"
SRC = Path(okr.__file__).parent.parent
PAGE = (DOCS / "reference" / "founding-okrs.md").read_text(encoding="utf-8")
PROGRAM = runpy.run_path(str(DOCS / "examples" / "founding_okrs.py"))
WORDS: Any = runpy.run_path(str(DOCS / "examples" / "founding_words.py"))["WORDS"]
PLAN: okr.Plan = PROGRAM["PLAN"]
ROWS = {row[1]: row[0] for row in re.finditer(r"^\| `(\w+)` \| .+ \|$", PAGE, flags=re.MULTILINE)}
#: Key results, guardrails, initiatives, metrics, priorities and items outside, by the name of their kind.
ITEM = re.compile(r"<br>(?:(?:guardrail|initiative|metric|priority|outside the plan) )?`([\w-]+)` ")


def test_the_page_is_up_to_date() -> None:
    made = subprocess.run(  # this Python, our script
        [sys.executable, "-c", "import founding_page; print(founding_page.page(), end='')"],
        capture_output=True,
        check=True,
        cwd=DOCS / "_tools",
        env={"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
    ).stdout.decode("utf-8")
    assert made == PAGE, "run: python docs/_tools/founding_page.py"


def test_there_are_48_of_them_each_with_words_and_a_row() -> None:
    ids = [
        f"{letter}{number}"
        for letter, count in (("a", 14), ("b", 8), ("c", 3), ("d", 6), ("e", 17))
        for number in range(1, count + 1)
    ]
    assert [objective.id for objective in PLAN.objectives] == ids
    assert list(WORDS) == ids
    assert list(ROWS) == ids
    assert all(WORDS[id].document for id in ids)


@pytest.mark.parametrize("objective", PLAN.objectives, ids=[o.id for o in PLAN.objectives])
def test_a_row_has_the_members_of_its_objective_and_no_others(objective: okr.Objective) -> None:
    members: list[okr.KeyResult | okr.Guardrail | okr.Initiative] = [
        *objective.own_key_results,
        *objective.guardrails,
        *objective.initiatives,
    ]
    found = ITEM.findall(ROWS[objective.id])
    beside = {*objective.kpis, *(kr.metric for kr in objective.own_key_results if kr.metric)}
    assert found[: len(members)] == [item.id for item in members]
    assert beside <= {*found[len(members) :]}


def test_every_item_of_the_plan_is_on_the_page_and_every_id_of_the_page_is_in_the_plan() -> None:
    on_the_page = {*ROWS, *(id for row in ROWS.values() for id in ITEM.findall(row))}
    assert on_the_page == {*PLAN.items}


def _measures() -> dict[str, Any]:
    return {kr.id: kr.measure for o in PLAN.objectives for kr in o.own_key_results}


def test_directions_without_a_number_are_open() -> None:
    up, down = okr.Increase(None, None), okr.Decrease(None, None)
    found = {id: m for id, m in _measures().items() if m in (up, down)}
    assert found == {
        **dict.fromkeys(["a14-ctr", "a14-conversion", "d3-deal-size", "e1-partnerships"], up),
        **dict.fromkeys(["e11-coverage", "e17-mix", "e17-channels", "e17-add-ons"], up),
        **dict.fromkeys(["e9-support", "e9-product", "e9-risk", "e9-sellers"], down),
    }
    assert _measures()["d4-guests"] == okr.Increase(0, None)


def test_limits_without_a_number_are_open_and_the_others_are_typed_here() -> None:
    bounds = {rail.id: rail.bound for o in PLAN.objectives for rail in o.guardrails}
    assert bounds == {
        "e5-tickets": okr.AtMost(85),
        "e6-overtime": okr.AtMost(None),
        "e13-sick-days": okr.AtMost(okr.plan.PriorPeriod()),
    }
    healths = {metric.id: metric.health for metric in PLAN.metrics if metric.health is not None}
    assert healths == {"uptime": okr.AtLeast(99.5), "pre-audit": okr.AtMost(None)}
    strict = {id: m for id, m in _measures().items() if isinstance(m, okr.Above | okr.Below)}
    assert strict == {
        "e1-onboarding": okr.Below(48),
        "e1-fraud": okr.Below(8),
        "e12-attrition": okr.Below(6),
        "e13-clients": okr.Above(8.7),
    }


def test_five_signatures_of_small_customers_do_not_reach_e7() -> None:
    names = ["Halden Rail", "Orsino Foods", "Kestrel Air", "Brightwater Health", "Tamarind Stores"]
    day = PLAN.key_result("e7-spend").due
    assert day is not None
    for spend, score, verdict in ((18e6, 0.8, "missed"), (30e6, 1.0, "delivered")):
        journal = okr.Journal(okr.check_ins(day, {"e7-partners": names, "e7-spend": spend}))
        card = okr.evaluate(PLAN, journal, as_of=PROGRAM["QUARTER"].end)
        result = card.objective("e7")
        assert result.score == pytest.approx(score)
        assert result.verdict == verdict


def test_the_usual_growth_of_sales_is_held_against_the_target_of_d3() -> None:
    journal = okr.Journal([okr.BaselineSet("d3-revenue", PROGRAM["YEAR"].start, 40)])
    card = okr.evaluate(PLAN, journal, as_of=PROGRAM["QUARTER"].start)
    growth = okr.scorecard.target_growth(card, "d3-revenue")
    assert growth.planned == 10  # 25% of 40
    assert growth.usual == pytest.approx(2)  # 5% of 40

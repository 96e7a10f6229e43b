"""Confidence, projection and declared status belong to what has a target: nothing accepts and ignores them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr

DAY = date(2026, 8, 3)
REMARKS: dict[str, Any] = {"confidence": 0.2, "projected": 5, "status": "worried"}
GUARDRAIL = okr.Guardrail("guard", "Tickets", okr.AtMost(85))
OBJECTIVE = okr.Objective(
    "grow",
    "Grow",
    cycle=okr.FiscalCalendar().quarter(2026, 3),
    key_results=[
        okr.KeyResult("a", "A", okr.Reach(10), metric="m"),
        okr.KeyResult("b", "B", okr.Reach(10)),
    ],
    guardrails=[GUARDRAIL, evolve(GUARDRAIL, id="of-b", protects="b")],
    initiatives=[okr.Initiative("page", "A page", drives=["b"]), okr.Initiative("free", "Free")],
)
PLAN = okr.Plan([OBJECTIVE], metrics=[okr.Metric("m", "Orders"), okr.Metric("kpi", "Uptime")])
READ: dict[str, Any] = {"page": 0.5, "free": 0.5, "a": None, "grow": None}


@pytest.mark.parametrize("name", REMARKS)
@pytest.mark.parametrize(
    ("id", "way_out"),
    [
        ("m", "'a'"),
        ("kpi", "a key result or an objective"),
        ("guard", "a key result or an objective"),
        ("of-b", "'b'"),
        ("page", "'b'"),
        ("free", "a key result or an objective"),
    ],
)
def test_remarks_about_a_target_are_refused_without_one(id: str, name: str, way_out: str) -> None:
    words = {"confidence": "confidence", "projected": "the projection", "status": "the status"}
    for value in (READ.get(id, 3), None):  # beside a reading, and alone
        entry = okr.CheckIn(id, DAY, value, **{name: REMARKS[name]})
        with pytest.raises(okr.InconsistentPlanError) as caught:
            okr.admit(PLAN, okr.Journal(), entry)
        assert (caught.value.code, caught.value.value) == ("wrong-kind", id)
        assert caught.value.path == f"CheckIn({id!r}, 2026-08-03).{name}"
        assert str(caught.value).endswith(f"check in {words[name]} of {way_out} [wrong-kind]")
        with pytest.raises(okr.InconsistentPlanError, match=r"check in .* of"):
            okr.evaluate(PLAN, okr.Journal([entry]), as_of=DAY)
        card = okr.evaluate(PLAN, okr.Journal([entry]), as_of=DAY, strict=False)
        assert [problem.code for problem in card.problems] == ["wrong-kind"]
        assert okr.evaluate(PLAN, okr.Journal([entry]), as_of=date(2026, 8, 2)).problems == ()
        live = okr.LiveScorecard(PLAN, okr.Journal(), as_of=DAY)
        with pytest.raises(okr.InconsistentPlanError):
            live.record(entry)


@pytest.mark.parametrize("name", REMARKS)
@pytest.mark.parametrize("id", ["a", "b", "grow"])
def test_items_with_a_target_take_them(id: str, name: str) -> None:
    entry = okr.CheckIn(id, DAY, READ.get(id, 3), **{name: REMARKS[name]})
    journal = okr.admit(PLAN, okr.Journal(), entry)
    card = okr.evaluate(PLAN, journal, as_of=DAY)
    result = card.objective("grow") if id == "grow" else card.key_result(id)
    if name == "projected":
        assert "5" in str(card.explain(id))
    else:
        assert {"confidence": result.confidence, "status": result.declared}[name] is not None


def test_notes_are_for_all() -> None:
    notes: dict[str, Any] = dict.fromkeys(
        ("note", "shipped", "effect", "learning", "blocker"), "words"
    )
    entries = [okr.CheckIn(id, DAY, **notes) for id in PLAN.items]
    journal = okr.admit(PLAN, okr.Journal(), *entries)
    assert okr.evaluate(PLAN, journal, as_of=DAY).problems == ()


def test_a_guardrail_that_joined_takes_none_either() -> None:
    plan = okr.Plan([evolve(OBJECTIVE, guardrails=[])], metrics=PLAN.metrics)
    joins = okr.Adjustment("grow", date(2026, 7, 20), adds=[GUARDRAIL], because="complaints")
    entry = okr.CheckIn("guard", DAY, 80, confidence=0.5)
    with pytest.raises(okr.InconsistentPlanError, match="confidence"):
        okr.admit(plan, okr.Journal(), joins, entry)
    card = okr.evaluate(plan, okr.Journal([joins, entry]), as_of=DAY, strict=False)
    assert [problem.code for problem in card.problems] == ["wrong-kind"]

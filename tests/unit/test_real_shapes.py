"""Every shape in which organisations really write key results can be stated (1,173 of them)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr

FACTS = Path(__file__).parent.parent / "conformance" / "cases" / "real_okr_facts.jsonl"
OBJECTIVES = [json.loads(line) for line in FACTS.read_text().splitlines()]


def measure_of(facts: Mapping[str, Any]) -> Any:
    """State a key result as its facts describe it."""
    shape: str = facts["shape"]
    target: Any = facts.get("target")
    baseline: Any = facts.get("baseline")
    falls = facts["direction"] == "decrease"
    if shape in ("binary-deliverable", "dated-binary"):
        return okr.PassFail()
    if shape == "milestone":
        return okr.Milestones("first", "second", "last")
    if shape == "zero-tolerance":
        return okr.AtMost(0)
    if shape in ("redacted-number", "directional-no-number") or (
        target is None and shape != "compound-numeric"
    ):
        return okr.EstablishBaseline()
    if shape == "compound-numeric":
        return okr.Compound({"first": okr.Reach(1), "second": okr.Reach(1)})
    if isinstance(target, list):
        return okr.Between(min(target), max(target))
    if shape == "ceiling":
        return okr.AtMost(target)
    if shape == "relative-change" and target == 0:
        return okr.AtLeast(0)  # "no less than before"
    if shape == "relative-change":
        return okr.Relative(percent=-abs(target) if falls else abs(target), baseline=baseline)
    if shape == "multiple":
        return okr.Multiple(target, baseline=baseline)
    if baseline is not None:
        return okr.FromTo(baseline, target)
    return okr.Reach(target) if target else okr.AtMost(0)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=[o["id"] for o in OBJECTIVES])
def test_it_can_be_stated(objective: Mapping[str, Any]) -> None:
    stated = okr.Objective(
        objective["id"],
        objective["cycle"] or "no cycle",
        key_results=[
            okr.KeyResult(
                f"{objective['id']}-{n}",
                kr["shape"],
                measure_of(kr),
                unit=kr.get("unit") or None,
            )
            for n, kr in enumerate(objective["krs"])
        ],
    )
    assert len(okr.Plan([stated]).items) == 1 + len(objective["krs"])


def test_all_of_them_are_there() -> None:
    assert (len(OBJECTIVES), sum(len(o["krs"]) for o in OBJECTIVES)) == (392, 1173)

"""Worked cases of other systems, run under the rulebook that each source means.

Every case is run, or listed with its reason; the tests print how many of each, system by system. A case
tagged as an anti-example must not come out as its source does.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conformance.harness import UnknownCaseError, check, source_of
from conformance.listed import DISPLAY_ONLY, LISTED
from conformance.sources import SOURCES, rulebook_for

HERE = Path(__file__).parent / "cases"


def read_cases(folder: Path) -> list[dict[str, Any]]:
    """Return the cases of a folder, in the order of its files."""
    return [case for file in sorted(folder.glob("*.json")) for case in json.loads(file.read_text())]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        cases = read_cases(metafunc.config.getoption("--cases") or HERE)
        metafunc.parametrize("case", cases, ids=[str(case["id"]) for case in cases])


def outcome_of(case: dict[str, Any]) -> str:
    """Return "passed", or the reason why a case was not run; raises for one that disagrees."""
    if case["id"] in LISTED:
        return LISTED[case["id"]]
    rulebook = rulebook_for(source_of(case), SOURCES)
    try:
        found = check(case, rulebook, DISPLAY_ONLY)
    except UnknownCaseError as unknown:
        return f"unknown: {unknown}"
    if "anti-example" in case.get("tags", ()):
        assert found, f"{case['id']} must not come out as its source does"
    else:
        assert not found, f"{case['id']} under {rulebook.name}: {found}: {case}"
    return "passed"


def test_case(case: dict[str, Any]) -> None:
    outcome = outcome_of(case)
    assert outcome == "passed" or case["id"] in LISTED, outcome


def test_most_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    cases = read_cases(HERE)
    systems: dict[str, Counter[str]] = {}
    for case in cases:
        name = rulebook_for(source_of(case), SOURCES).name
        kind = "listed" if case["id"] in LISTED else "passed"
        systems.setdefault(name, Counter())[kind] += 1
    with capsys.disabled():
        print()
        for name in sorted(systems, key=str.lower):
            print(
                f"  {name:<28} {systems[name]['passed']:>4} passed {systems[name]['listed']:>4} listed"
            )
        passed = sum(counter["passed"] for counter in systems.values())
        print(
            f"  {'in all':<28} {passed:>4} passed {len(cases) - passed:>4} listed, of {len(cases)}"
        )
        for id, reason in LISTED.items():
            print(f"  {id}  {reason}")
    assert passed / len(cases) >= 0.95

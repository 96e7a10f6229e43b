"""Worked cases of other systems, run under the rulebook that each source means.

Every case is run, or listed with its reason; the tests print how many of each, system by system. A case
tagged as an anti-example must not come out as its source does.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from conformance.listed import LISTED
from conformance.running import Case, Outcome, Row, outcome_of, read_cases, read_rulebooks
from conformance.sources import rulebook_for

HERE = Path(__file__).resolve().parent / "cases"


def folder_of(config: pytest.Config) -> Path:
    """Return the folder of the cases to run."""
    chosen: Path | None = config.getoption("--cases")
    return HERE if chosen is None else chosen.resolve()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        cases = read_cases(folder_of(metafunc.config))
        metafunc.parametrize("case", cases, ids=[str(case.get("id")) for case in cases])


@pytest.fixture(scope="session")
def rows(pytestconfig: pytest.Config) -> list[Row]:
    file = pytestconfig.getoption("--rulebooks")
    return [] if file is None else read_rulebooks(file)


def test_case(case: Case, rows: list[Row], pytestconfig: pytest.Config) -> None:
    outcome = outcome_of(case, rows)
    if outcome.kind == "listed" and folder_of(pytestconfig) != HERE:
        pytest.skip(f"listed: {outcome.reason}")
    assert outcome.kind != "failed", f"{outcome.reason}: {case}"
    assert outcome.kind == "passed" or case["id"] in LISTED, outcome.reason


def test_most_cases_pass(
    rows: list[Row], pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = read_cases(folder_of(pytestconfig))
    outcomes = [(case, outcome_of(case, rows)) for case in cases]
    with capsys.disabled():
        print(f"\n{table_of(outcomes, rows)}")
    passed = sum(outcome.kind == "passed" for _, outcome in outcomes)
    # How many of somebody else's cases pass is theirs to judge; each of them is a test.
    assert folder_of(pytestconfig) != HERE or passed / len(cases) >= 0.95


def table_of(outcomes: list[tuple[Case, Outcome]], rows: list[Row]) -> str:
    """Return how many cases of each system passed, and why the others did not."""
    systems: dict[str, Counter[str]] = {}
    for case, outcome in outcomes:
        name = rulebook_for(case, rows).name
        systems.setdefault(name, Counter())[outcome.kind] += 1
    systems["in all"] = sum(systems.values(), Counter())
    lines = [
        f"  {name:<28} {of['passed']:>4} passed {of['listed']:>4} listed {of['failed']:>4} failed"
        for name, of in sorted(
            systems.items(), key=lambda row: (row[0] == "in all", row[0].lower())
        )
    ]
    reasons = [
        f"  {case.get('id')}  {outcome.reason}" for case, outcome in outcomes if outcome.reason
    ]
    return "\n".join([*lines, *reasons])

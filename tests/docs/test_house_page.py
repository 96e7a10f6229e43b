"""The page of the house: every function that it names is there, and every stage is on it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "explanation" / "the-house.md").read_text(encoding="utf-8")
TESTS = "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))
)
STAGES = sorted(
    path.stem
    for path in (Path(okr.__file__).parent / "scorecard" / "day").glob("*.py")
    if path.stem != "__init__"
)


def section(heading: str) -> str:
    return PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


FUNCTIONS = [
    name
    for _, cell in rows(section("Where is this computed?"))
    for name in re.findall(r"`([\w.]+)`", cell)
]


def resolved(name: str) -> tuple[Any, str]:
    """Return an object by its dotted name below the package, and the name of its module."""
    steps, found, module = name.split("."), okr, "okrcore"
    for step in steps:
        try:
            found = import_module(f"{module}.{step}")
            module = found.__name__
        except ModuleNotFoundError:
            found = getattr(found, step)
    return found, module


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_question_leads_to_a_function_of_its_module(name: str) -> None:
    found, module = resolved(name)
    assert callable(found)
    assert found.__module__ == module


def test_every_question_leads_somewhere() -> None:
    assert len(FUNCTIONS) >= len(rows(section("Where is this computed?"))) >= 50
    assert len(FUNCTIONS) == len(set(FUNCTIONS))


def test_every_stage_is_on_the_page() -> None:
    named = {step for name in re.findall(r"`([\w.]+)`", PAGE) for step in name.split(".")}
    assert [name for name in STAGES if name not in named] == []


def test_plain_definitions_fast_ways_and_laws_are_there() -> None:
    table = [row for row in rows(section("The stages of a day")) if len(row) == 4]
    assert len(table) >= 8
    for _, plain, fast, law in table:
        assert f"def {law.strip('`')}(" in TESTS
        for name in re.findall(r"`(\w+(?:\.\w+)+)`", f"{plain} {fast}"):
            room = "rulebook.bands." if name.lower().startswith("bands.") else "scorecard.day."
            below = name.partition(".")[2] if name.startswith("bands.") else name
            assert callable(resolved(room + below)[0])

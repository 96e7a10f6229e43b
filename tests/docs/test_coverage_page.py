"""Coverage of the founding documents: every rule once, every name a public one, the page as its tool makes it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import attrs
import pytest

import okrcore as okr

ROOT: Final = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "docs" / "_tools"))

from coverage_page import (  # type: ignore[import-not-found]  # noqa: E402  # a tool of the docs
    CRITIQUE,
    ENCODED,
    HOST,
    PAGE,
    kind_of,
    page,
)
from coverage_rules import RULES, Rule  # type: ignore[import-not-found]  # noqa: E402

ROOMS: Final[tuple[ModuleType, ...]] = (
    okr,
    okr.calendar,
    okr.plan,
    okr.journal,
    okr.rulebook,
    okr.scorecard,
    okr.review,
    okr.codec,
    okr.display,
)
#: Rules of each document: 151 in all.
COUNTS: Final = {"A": 16, "B": 27, "C": 13, "D": 15, "E": 80}


def is_public(name: str) -> bool:
    """Return whether a dotted name is public: of the top level or a room, then a member or field of it."""
    head, *rest = name.split(".")
    found: Any = next((getattr(room, head) for room in ROOMS if head in room.__all__), None)
    for part in rest:
        is_field = attrs.has(found) and part in {field.name for field in attrs.fields(found)}
        if not is_field and not hasattr(found, part):
            return False
        found = getattr(found, part, None)
    return found is not None or bool(rest)


def test_every_rule_is_there_once() -> None:
    assert [rule.number for rule in RULES[:151]] == [str(n) for n in range(1, 152)]
    assert [rule.number for rule in RULES[151:]] == [f"N{n}" for n in range(1, 25)]
    assert Counter(rule.document for rule in RULES[:151]) == COUNTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_names_of_a_rule_are_public(rule: Rule) -> None:
    assert [name for name in rule.names if not is_public(name)] == []
    assert rule.names or rule.note


def test_unknown_names_are_none() -> None:
    assert is_public("Objective.kpis")
    assert is_public("Cadence.ANNUAL")
    assert not is_public("Objective.nothing")
    assert not is_public("Nothing")


def test_at_least_120_rules_are_encoded() -> None:
    counts = Counter(map(kind_of, RULES[:151]))
    assert counts[ENCODED] >= 120
    assert counts.keys() <= {ENCODED, CRITIQUE, HOST}


def test_a_critique_has_its_checks() -> None:
    for rule in RULES:
        if kind_of(rule) == CRITIQUE:
            assert rule.note.removeprefix(f"{CRITIQUE}: ").startswith("OKR"), rule


def test_the_page_is_the_one_that_its_tool_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()

"""The house keeps in order: counts of what makes it hard to read, each with a ceiling.

A ceiling is today's count. It comes down with the count, and never goes up.

- the modules and moves on the way of one answer, as `python -m benchmarks.trace` counts them
- summaries of docstrings that start from no noun, or in which data speaks
- file names that are used twice, and the longest module
- names at the top
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import okrcore as okr

ROOT = Path(__file__).parent.parent.parent
SRC = Path(okr.__file__).parent
MODULES = {path: path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*.py"))}

#: By answer: modules, moves.
WAYS: Final = {"first score": (20, 46), "next score": (13, 21), "status": (17, 44)}

HEADS: Final = re.compile(
    r"(?:(?:Return|Yield|Say) )?(?:what|who|whom|whose|those|that|something|whatever)\b",
    re.IGNORECASE,
)
SPEECH: Final = re.compile(
    r"\b(?:ask|say|tell|hear|speak|believe|vouch)(?:s|ed|ing)?\b|\b(?:said|told|heard)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def traced() -> dict[str, tuple[int, int]]:
    # In a process of its own: what is made once for all plans is made on the first way.
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.trace"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.findall(r"^(.+): (\d+) modules, (\d+) moves$", done.stdout, flags=re.MULTILINE)
    return {name: (int(modules), int(moves)) for name, modules, moves in found}


@pytest.mark.parametrize("name", WAYS)
def test_an_answer_crosses_few_modules(traced: dict[str, tuple[int, int]], name: str) -> None:
    modules, moves = traced[name]
    most_modules, most_moves = WAYS[name]
    assert 0 < modules <= most_modules
    assert modules <= moves <= most_moves


def summaries() -> Iterator[str]:
    for source in MODULES.values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(
                node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            ) and (text := ast.get_docstring(node)):
                yield text.partition("\n")[0]


def test_summaries_start_from_a_noun() -> None:
    found = [summary for summary in summaries() if HEADS.match(summary)]
    assert found == []


def test_data_does_not_speak() -> None:
    found = [summary for summary in summaries() if SPEECH.search(summary)]
    assert found == []


def test_the_patterns_match_summaries_of_their_kind() -> None:
    assert HEADS.match("Return what a plan and a journal mean on a day.")
    assert HEADS.match("Whose guardrail it is.")
    assert not HEADS.match("Return the score of an objective.")
    assert SPEECH.search("Key results that were heard of.")
    assert not SPEECH.search("Tasks of a guardrail.")


def test_a_file_name_is_used_once() -> None:
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")
    twice = [name for name, count in names.items() if count > 1]
    assert twice == []


def test_modules_are_short() -> None:
    # Data of the dialects, and the list of names at the top, which has a ceiling of its own.
    apart = {SRC / "__init__.py", *(SRC / "rulebook" / "dialects").iterdir()}
    lines = {path: len(text.splitlines()) for path, text in MODULES.items() if path not in apart}
    assert max(lines.values()) <= 450, max(lines, key=lambda path: lines[path])


def test_the_top_has_few_names() -> None:
    assert len(okr.__all__) <= 90

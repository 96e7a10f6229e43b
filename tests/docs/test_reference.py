"""The reference is whole, and says what the source says.

- every public name stands on one page of the reference
- the pages of errors and columns are what `errors.RULES` and `codec.COLUMNS` make of them
- every public docstring describes each argument, and no other
- every room is described and drawn
- the laws that docstrings name are tests, and every measure names some; the sources they name stand on the page of sources
"""

from __future__ import annotations

import ast
import enum
import inspect
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest

import okrcore as okr
from contract.examples import public_names, public_records, rooms
from okrcore.plan.measures import MEASURES

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
TESTS = ROOT / "tests"
SRC = Path(okr.__file__).parent

SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*.py"))}


def described() -> Counter[str]:
    """Return the names that the pages describe, each as often as it is described."""
    pages = (path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md"))
    return Counter(
        name
        for page in pages
        for name in re.findall(
            r"^\.\. auto(?!module)\w+:: (okrcore\.[\w.]+)$", page, flags=re.MULTILINE
        )
    )


def test_every_public_name_is_described_once() -> None:
    found, wanted = described(), set(public_names())
    missing = sorted(wanted - set(found))
    assert not missing, f"describe on a page of docs/reference/: {', '.join(missing)}"
    assert sorted(set(found) - wanted) == [], "described and not public"
    assert [name for name, count in found.items() if count > 1] == []


@pytest.mark.parametrize("name", ["errors", "columns"])
def test_a_page_that_is_made_is_up_to_date(name: str) -> None:
    made = subprocess.run(  # noqa: S603  # this Python, our script
        [sys.executable, "-c", f"import {name}_page as made; print(made.page(), end='')"],
        capture_output=True,
        check=True,
        cwd=DOCS / "_tools",
        env={"PYTHONPATH": str(SRC.parent), "PYTHONIOENCODING": "utf-8"},
    ).stdout.decode("utf-8")
    page = (REFERENCE / f"{name}.md").read_text(encoding="utf-8")
    assert page == made, f"run: python docs/_tools/{name}_page.py"


def test_every_code_of_an_error_is_on_its_page() -> None:
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", page, flags=re.MULTILINE) == list(okr.errors.CODES)


def arguments_in(docstring: str | None) -> list[str]:
    """Return the arguments that a docstring describes."""
    section = re.search(
        r"^Args:\n((?:    .*\n|\n)*)", f"{inspect.cleandoc(docstring or '')}\n", re.MULTILINE
    )
    return re.findall(r"^    (\w+): ", section[1], flags=re.MULTILINE) if section else []


@pytest.mark.parametrize(
    "record", [pytest.param(kind, id=name) for name, kind in public_records().items()]
)
def test_every_field_of_a_record_is_described(record: type[Any]) -> None:
    inherited = {
        field.name for kind in record.__mro__[1:] if attrs.has(kind) for field in attrs.fields(kind)
    }
    own = [
        field.name
        for field in attrs.fields(record)
        if field.name not in inherited and not field.name.startswith("_")
    ]
    assert record.__doc__
    assert sorted(arguments_in(record.__doc__)) == sorted(own)


def test_every_argument_of_a_public_function_is_described() -> None:
    wrong = {
        name: (arguments_in(function.__doc__), list(inspect.signature(function).parameters))
        for name, function in public_names().items()
        if inspect.isfunction(function)
    }
    # One argument of a function that is named for it needs no words.
    assert [
        name
        for name, (told, there) in wrong.items()
        if told != there and not (told == [] and len(there) == 1)
    ] == []


def test_every_public_thing_has_a_docstring() -> None:
    bare: list[str] = []
    for path, source in SOURCES.items():
        waiting: list[tuple[str, ast.AST]] = [("", ast.parse(source))]
        while waiting:
            within, node = waiting.pop()
            if ast.get_docstring(node) is None:  # type: ignore[arg-type]  # of those that have one
                bare.append(f"{path.relative_to(SRC)}: {within or 'module'}")
            if isinstance(node, ast.Module | ast.ClassDef):
                waiting.extend(
                    (f"{within}.{child.name}".strip("."), child)
                    for child in node.body
                    if isinstance(child, ast.FunctionDef | ast.ClassDef)
                    and not child.name.startswith("_")
                    # The last of several overloads is the one that is described.
                    and not any(ast.unparse(one) == "overload" for one in child.decorator_list)
                )
    assert bare == []


def test_every_member_of_a_public_enum_is_a_word() -> None:
    for name, kind in public_names().items():
        if isinstance(kind, type) and issubclass(kind, enum.Enum) and issubclass(kind, str):
            assert [m.value for m in kind if not re.fullmatch(r"[a-z][a-z -]*", m.value)] == [], (
                name
            )


def test_every_room_has_its_place_in_the_house() -> None:
    house = (DOCS / "explanation" / "the-house.md").read_text(encoding="utf-8")
    drawing = (DOCS / "explanation" / "floors.svg").read_text(encoding="utf-8")
    missing = [
        name for name in rooms() if f"\n`{name}`\n: " not in house or f">{name}<" not in drawing
    ]
    assert not missing, (
        f"add to docs/explanation/the-house.md and docs/_tools/floors.py: {', '.join(missing)}"
    )


def laws_in(docstring: str | None) -> list[str]:
    """Return the names under "Laws:" in a docstring, up to the next section or empty line."""
    section = re.search(
        r"^Laws: (.*(?:\n(?![A-Z]\w+:|\n| *>>>).+)*)",
        inspect.cleandoc(docstring or ""),
        re.MULTILINE,
    )
    return re.findall(r"\w+", re.sub(r"\(.*?\)", "", section[1])) if section else []


def test_the_laws_that_docstrings_name_are_tests() -> None:
    docstrings = [
        ast.get_docstring(node)
        for source in SOURCES.values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Module)
    ]
    named = {law for docstring in docstrings for law in laws_in(docstring)}
    # A machine of Hypothesis is a class.
    tests = {
        test
        for path in TESTS.rglob("test_*.py")
        for test in re.findall(
            r"^(?:def (test_\w+)|class (\w+Machine)\b)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        for test in test
    }
    assert len(named) > 50
    assert sorted(named - tests) == []
    assert sum((docstring or "").count("Laws:") for docstring in docstrings) == len(
        [docstring for docstring in docstrings if laws_in(docstring)]
    ), "a docstring names its laws once, and at least one"


@pytest.mark.parametrize("measure", [pytest.param(kind, id=kind.__name__) for kind in MEASURES])
def test_every_measure_names_its_laws(measure: type[Any]) -> None:
    assert laws_in(measure.__doc__)


def test_the_sources_that_docstrings_name_are_on_the_page_of_sources() -> None:
    page = (REFERENCE / "sources.md").read_text(encoding="utf-8")
    sections = {
        section
        for source in SOURCES.values()
        for section in re.findall(r"METHOD\.md (\d(?:\.\d+)?)\b(?!\.\d| there)", source)
    }
    assert len(sections) > 3
    missing = [section for section in sorted(sections) if f"\n### {section} " not in page]
    assert not missing, f"say on docs/reference/sources.md what METHOD.md says in: {missing}"

"""The rules of the stages of a day, see `okrcore.scorecard.day`, held to the source.

- `facts` alone puts the plan in force and compiles it
- a stage takes records and never an `Evaluation`; neither does a stage import one
- records of stages are frozen, and nothing in them is computed later, the compiled plan apart
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import okrcore as okr

DAY = Path(okr.__file__).parent / "scorecard" / "day"
STAGES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in DAY.glob("*.py")}

#: Functions that put adjustments in force, and that compile what is in force.
IN_FORCE = {"compile_part", "compile_plan", "effective", "plan_in_force"}


def names_in(tree: ast.AST) -> set[str]:
    """Return the names that a module uses, imports or takes as attributes."""
    found = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case _:
                pass
    return found


def annotations_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield ast.unparse(node.annotation)


def test_facts_alone_have_the_plan_in_force() -> None:
    users = {name for name, tree in STAGES.items() if names_in(tree) & IN_FORCE}
    assert users == {"facts"}
    assert names_in(STAGES["facts"]) >= IN_FORCE - {"effective"}


def test_the_compiler_alone_makes_compiled_plans() -> None:
    made = {
        name
        for name, tree in STAGES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "CompiledPlan"
    }
    assert made == {"compiler"}


@pytest.mark.parametrize("name", sorted(STAGES))
def test_a_stage_takes_no_evaluation(name: str) -> None:
    tree = STAGES[name]
    assert "Evaluation" not in names_in(tree)
    assert not [text for text in annotations_in(tree) if "Evaluation" in text.replace("_E", "")]
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {
        module
        for module in imported
        if module and module.startswith("okrcore.scorecard") and ".day." not in module
    }


@pytest.mark.parametrize("name", sorted(STAGES))
def test_records_of_stages_are_frozen_columns(name: str) -> None:
    for node in ast.walk(STAGES[name]):
        if not isinstance(node, ast.ClassDef):
            continue
        bases = {ast.unparse(base).partition("[")[0] for base in node.bases}
        if bases & {"Protocol", "Enum", "StrEnum"}:
            continue
        decorators = {ast.unparse(each).partition("(")[0] for each in node.decorator_list}
        assert {"final", "frozen"} <= decorators, node.name
        is_lazy = "cached_property" in names_in(node)
        assert is_lazy == (node.name == "CompiledPlan"), node.name

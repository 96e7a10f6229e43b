"""What type checkers see: what they must know, and what they must refuse.

- mypy and pyright refuse each marked line of must_fail.py, and no other
- revealed.py states the type of every public function, method and property
- pyright knows every public type completely

That revealed.py is right is proved by the gates that check the tests themselves, strictly.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import okrcore as okr
from contract.examples import public_names

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MUST_FAIL = HERE / "must_fail.py"

SOURCE = (ROOT / "src").is_dir()

pytestmark = pytest.mark.skipif(not SOURCE, reason="types are checked on the sources")


def run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603  # tools of this environment
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    return done.stdout


def marked() -> dict[int, set[str]]:
    """Return the codes expected of mypy, by line."""
    found: dict[int, set[str]] = {}
    for number, line in enumerate(MUST_FAIL.read_text(encoding="utf-8").splitlines(), start=1):
        if mark := re.search(r"# E: ([a-z-]+(?:, [a-z-]+)*)$", line):
            found[number] = set(mark[1].split(", "))
    return found


def test_mypy_refuses_each_mistake_and_nothing_else() -> None:
    pytest.importorskip("mypy")
    found: dict[int, set[str]] = {}
    out = run("mypy", "--config-file", "pyproject.toml", "--no-pretty", str(MUST_FAIL))
    for line in out.splitlines():
        if error := re.match(r".*must_fail\.py:(\d+): error: .*\[([a-z-]+)\]$", line):
            found.setdefault(int(error[1]), set()).add(error[2])
    assert found == marked()


def test_pyright_refuses_each_mistake_and_nothing_else() -> None:
    pytest.importorskip("pyright")
    out = run("pyright", "--pythonpath", sys.executable, "--outputjson", str(MUST_FAIL))
    found = {
        diagnostic["range"]["start"]["line"] + 1
        for diagnostic in json.loads(out)["generalDiagnostics"]
        if diagnostic["severity"] == "error"
    }
    assert found == set(marked())


def test_there_are_many_mistakes() -> None:
    assert len(marked()) >= 40


def test_pyright_knows_every_public_type() -> None:
    pytest.importorskip("pyright")
    out = run(
        "pyright", "--pythonpath", sys.executable, "--verifytypes", "okrcore", "--ignoreexternal",
        "--outputjson",
    )  # fmt: skip
    report = json.loads(out)["typeCompleteness"]
    unknown = [
        symbol["name"]
        for symbol in report["symbols"]
        if symbol["isExported"] and not symbol["isTypeKnown"]
    ]
    assert unknown == []
    assert report["completenessScore"] == 1
    assert report["exportedSymbolCounts"]["withKnownType"] > 1000


def public_callables() -> set[str]:
    """Return every public function, and every public method and property as `Class.name`."""
    found: set[str] = set()
    for name, value in public_names().items():
        if inspect.isfunction(value):
            found.add(name.rpartition(".")[2])
        elif isinstance(value, type) and value.__module__.startswith("okrcore"):
            for kind in value.__mro__[:-1]:
                if kind.__module__.startswith("okrcore"):
                    found |= {f"{value.__name__}.{method}" for method in methods_of(kind)}
    return found


def methods_of(kind: type) -> set[str]:
    # Read off the source: attrs turns cached properties into slots.
    body = ast.parse(dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        node.name
        for node in body.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def stated() -> set[str]:
    """Return what revealed.py states, in the same form."""
    found: set[str] = set()
    tree = ast.parse((HERE / "revealed.py").read_text(encoding="utf-8"))
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        kinds = {
            argument.arg: re.findall(r"\b[a-z_]+\.([A-Z]\w*)", ast.unparse(argument.annotation))
            for argument in function.args.args
            if argument.annotation is not None
        }
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "assert_type":
                for node in ast.walk(call.args[0]):
                    if isinstance(node, ast.Name):
                        found.add(node.id)
                    if isinstance(node, ast.Attribute):
                        owner = ast.unparse(node.value)
                        found.add(node.attr)
                        found.add(f"{owner.rpartition('.')[2]}.{node.attr}")
                        found |= {f"{kind}.{node.attr}" for kind in kinds.get(owner, ())}
    return found


def test_every_public_function_has_its_type_stated() -> None:
    missing = sorted(public_callables() - stated())
    assert not missing, f"state the types in tests/typing/revealed.py of: {', '.join(missing)}"
    assert {"evaluate", "Scorecard.objective", "Cycle.starting", "Plan.items"} <= public_callables()
    assert okr.evaluate.__name__ in stated()

"""The example programs run, without a warning, and fit a terminal of 80 columns."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import okrcore

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = [
    pytest.param(path, id=path.name)
    for path in sorted((ROOT / "docs" / "examples").glob("*.py"))
    if "__main__" in ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs_and_fits_a_terminal(program: Path) -> None:
    done = subprocess.run(  # noqa: S603  # this Python, our program
        [sys.executable, "-W", "error", str(program)],
        capture_output=True,
        check=False,
        env=os.environ
        | {"PYTHONPATH": str(Path(okrcore.__file__).parent.parent), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stderr == b""
    lines = done.stdout.decode("utf-8").splitlines()
    assert len(lines) > 1
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []


def test_there_are_programs() -> None:
    assert PROGRAMS

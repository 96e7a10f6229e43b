"""The page of the lifecycle is what `LIFECYCLE_TRANSITIONS` makes of it, and shows every move and no other."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import okrcore as okr

DOCS = Path(__file__).parent.parent.parent / "docs"
SRC = Path(okr.__file__).parent.parent
PAGE = (DOCS / "reference" / "lifecycle.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    made = subprocess.run(  # this Python, our script
        [sys.executable, "-c", "import lifecycle_page; print(lifecycle_page.page(), end='')"],
        capture_output=True,
        check=True,
        cwd=DOCS / "_tools",
        env={"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
    ).stdout.decode("utf-8")
    assert made == PAGE, "run: python docs/_tools/lifecycle_page.py"


def test_the_diagram_has_every_move_and_no_other() -> None:
    drawn = set(re.findall(r"^    (\w+) --> (\w+)$", PAGE, flags=re.MULTILINE))
    assert drawn == {
        (str(here), str(to))
        for here, there in okr.journal.LIFECYCLE_TRANSITIONS.items()
        for to in there
    }
    assert "    [*] --> active\n" in PAGE


def test_the_table_has_every_move_and_no_other() -> None:
    section = PAGE[PAGE.index("## Transitions") :]
    rows = re.findall(r"^\| (.+) \|$", section, flags=re.MULTILINE)
    states = [cell.removeprefix("to ") for cell in rows[0].split(" | ")[1:]]
    marked = set()
    for row in rows[1:]:
        here, *marks = row.split("|")
        marked |= {
            (here.strip(), to) for to, mark in zip(states, marks, strict=True) if mark.strip()
        }
    assert marked == {
        (str(here), str(to))
        for here, there in okr.journal.LIFECYCLE_TRANSITIONS.items()
        for to in there
    }


def test_every_state_is_described() -> None:
    table = PAGE[PAGE.index("## Stages") : PAGE.index("## Transitions")]
    assert re.findall(r"^\| (\w+) \|", table, flags=re.MULTILINE)[1:] == [
        str(s) for s in okr.journal.LIFECYCLE_TRANSITIONS
    ]

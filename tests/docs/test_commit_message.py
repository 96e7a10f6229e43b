"""The hook for commit messages, run as git runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HOOK = Path(__file__).parent.parent.parent / ".ci" / "commit-msg"


def run(message: str, folder: Path) -> tuple[int, str]:
    file = folder / "COMMIT_EDITMSG"
    file.write_text(message, encoding="utf-8")
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, HOOK, file], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "message",
    [
        "journal: index entries once",
        "fix: pace unread parts by their closing\n\nThe reason, at any length.",
        "# a comment of git\n\ntests/unit: type the case by hand\n",
        "scorecard.day: " + "x" * 50 + " in it",
        'Merge branch "closings"',
        'Revert "Journal: index entries once, and more than seventy-two characters in all"',
    ],
)
def test_a_good_subject_passes(message: str, tmp_path: Path) -> None:
    assert run(message, tmp_path) == (0, "")


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("Index entries once", "no `area: verb object`"),
        ("journal: Index entries once", "no `area: verb object`"),
        ("journal: index", "no `area: verb object`"),
        ("journal:index entries", "no `area: verb object`"),
        ("", "no `area: verb object`"),
        ("journal: index entries once.", "full stop"),
        ("journal: index " + "x" * 58, "73 characters; shorten it to 72"),
    ],
)
def test_a_bad_subject_is_refused(message: str, fault: str, tmp_path: Path) -> None:
    code, printed = run(message, tmp_path)
    assert code == 1
    assert fault in printed

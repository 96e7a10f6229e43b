"""Changes are written down for users, and the version is stated once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_newest_version_of_the_changelog_is_the_version() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", CHANGELOG, flags=re.MULTILINE)
    assert newest is not None
    assert newest[1] == project()["project"]["version"]


def test_new_notes_have_a_place_in_the_changelog() -> None:
    assert project()["tool"]["towncrier"]["start_string"] in CHANGELOG


@pytest.mark.parametrize(
    "fragment",
    [pytest.param(path, id=path.name) for path in sorted((ROOT / "changelog.d").glob("*"))],
)
def test_a_fragment_is_of_a_known_kind_and_in_sentences(fragment: Path) -> None:
    kinds = {kind["directory"] for kind in project()["tool"]["towncrier"]["type"]}
    assert re.fullmatch(rf"(\+[a-z0-9-]+|\d+)\.({'|'.join(sorted(kinds))})\.md", fragment.name)
    lines = fragment.read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not line.endswith(".")] == [], "one sentence a line"

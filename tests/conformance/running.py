"""Cases and rulebooks from files, and what comes of a case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from attrs import frozen

import okrcore as okr
from conformance.harness import UnknownCaseError, check, contradicts_itself
from conformance.listed import DISPLAY_ONLY, LISTED
from conformance.sources import SOURCES, Row, row_of, rulebook_for
from conformance.stated import as_published
from okrcore import codec
from okrcore.rulebook.dialects import DIALECTS

__all__ = ["Case", "Outcome", "Row", "outcome_of", "read_cases", "read_rulebooks"]

Case: TypeAlias = dict[str, Any]


@frozen
class Outcome:
    """What came of a case: whether it passed, or why it did not."""

    kind: Literal["passed", "listed", "failed"]
    reason: str = ""


def read_cases(folder: Path) -> list[Case]:
    """Return the cases of a folder, in the order of its files."""
    found: list[Case] = []
    for file in sorted(folder.glob("*.json")):
        read = json.loads(file.read_text(encoding="utf-8"))
        cases = read.get("cases", []) if isinstance(read, Mapping) else read
        found += [
            case for case in cases if isinstance(case, dict) and {"kind", "inputs"} & set(case)
        ]
    return found


def read_rulebooks(file: Path) -> list[Row]:
    """Return the rows of a file of rulebooks, which come before the table.

    The file is an object: `rulebooks` is a list of documents of rulebooks, as `codec.to_json` writes them,
    and `sources` an object from a text that stands in a case's source to the name of a rulebook: one of
    these, a dialect, or RECOMMENDED.
    """
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        own = [codec.load(document, okr.Rulebook) for document in read.get("rulebooks", [])]
        sources: Mapping[str, str] = read.get("sources", {})
    except (OSError, ValueError, AttributeError, okr.OkrError) as reason:
        raise pytest.UsageError(f"--rulebooks {file}: {reason}") from None
    known = {**DIALECTS, "RECOMMENDED": okr.RECOMMENDED, **{book.name: book for book in own}}
    for name in sources.values():
        if name not in known:
            names = ", ".join(sorted(known))
            raise pytest.UsageError(f"--rulebooks {file}: no rulebook {name!r}; there are {names}")
    return [((text.lower(),), known[name]) for text, name in sources.items()]


def outcome_of(case: Case, rows: list[Row]) -> Outcome:
    """Return what comes of a case under the rulebook that its source means."""
    id = str(case.get("id"))
    if id in LISTED:
        return Outcome("listed", LISTED[id])
    rulebook = as_published(case, rulebook_for(case, rows))
    try:
        found = check(case, rulebook, DISPLAY_ONLY)
    except UnknownCaseError as unknown:
        return Outcome("listed", f"unknown: {unknown}")
    if "anti-example" in str(case.get("tags")):
        must_not = f"{id} must not come out as its source does"
        return Outcome("passed") if found else Outcome("failed", must_not)
    if not found:
        return Outcome("passed")
    said = f"{'; '.join(found)} under {rulebook.name}"
    if contradicts_itself(case):
        return Outcome("listed", f"contradiction: by its own words; {said}")
    if row_of(case, [*rows, *SOURCES]) is None:
        return Outcome("listed", f"no rulebook for its source, --rulebooks gives one; {said}")
    return Outcome("failed", said)

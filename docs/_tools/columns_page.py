"""Writes docs/reference/columns.md from `okrcore.codec`: run it after changing a column of the records or rows.

python docs/_tools/columns_page.py
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Final

import attrs

from okrcore import codec
from okrcore.codec import COLUMNS, ColumnMap

PAGE: Final = Path(__file__).parent.parent / "reference" / "columns.md"

_HEAD: Final = """\
# Columns of rows and records

Headings that `read_rows` takes, and columns that `to_records` gives. Both lists are data in the source, and
this page is made from them.

<!-- From here on, this page is made by docs/_tools/columns_page.py. -->

## Rows in

The headings that `read_rows` takes. Capitals, spaces, underscores and hyphens do not matter. Your own go
into [`ColumnMap`](codec.md).

| meaning | headings |
|---|---|
"""
_RECORDS: Final = """
## Records out

Every record has every column of its kind, in this order. A cell has the type below, or None.
A float is never NaN.
"""
_PROBLEMS: Final = """
## Problems

Codes of cells, rows or lines that were not read as written. They may also have a code of
[](errors.md).

| code | message |
|---|---|
"""
_MADE_FROM: Final = {
    "plan": "a plan: a record for each item",
    "journal": "a journal: a record for each entry in force, then for each correction",
    "scorecard": "a scorecard: a record for each result",
    "series": "a series: a record for each day and item",
    "difference": "the differences of two plans: a record for each",
    "due": "due items: a record for each",
    "state movement": "changes of state: a record for each",
    "group": "groups of objectives: a record for each",
    "movement": "a comparison, or movements: a record for each movement",
    "finding": "findings of a retrospective: a record for each",
    "problem": "problems of an import: a record for each",
}


def page() -> str:
    """Return the page as it should be."""
    described = dict(
        re.findall(r"^    (\w+): (.+)", inspect.getdoc(ColumnMap) or "", flags=re.MULTILINE)
    )
    rows = "".join(
        f"| `{field.name}`: {described[field.name]} | {', '.join(field.default)} |\n"
        for field in attrs.fields(ColumnMap)
        if isinstance(field.default, tuple)
    )
    records = "".join(
        f"\n### Of {_MADE_FROM[kind]}\n\n| column | type | meaning |\n|---|---|---|\n"
        + "".join(f"| `{c.name}` | {c.holds.__name__} | {c.means} |\n" for c in columns)
        for kind, columns in COLUMNS.items()
    )
    problems = "".join(f"| `{code}` | {message} |\n" for code, message in codec.PROBLEMS.items())
    return _HEAD + rows + _RECORDS + records + _PROBLEMS + problems


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

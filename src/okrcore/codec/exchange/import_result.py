"""Results of reading rows or text: a plan, a journal, and the problems.

Reading never stops at a problem: it is noted, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore.errors import CODES, OkrError
from okrcore.journal import Journal
from okrcore.plan import Plan

__all__ = ["PROBLEMS", "ImportProblem", "ImportResult", "Report", "shown"]

#: Messages of problems by code, beside those of `okrcore.errors.CODES`. Codes are stable.
PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "row-unreadable": "is not read: a row is a mapping of columns to cells",
        "column-unknown": "is not read: no column has this name",
        "cell-surplus": "is not read: its column has no heading",
        "cell-unreadable": "is not understood",
        "line-unreadable": "is not understood",
        "characters-left-out": "is read without its control characters and the like",
        "no-objective": "is not read: there is no objective for it",
        "no-title": "has no title",
        "no-target": "has neither a target nor a score, so it can only be judged",
        "no-bound": "is not read: it needs a bound",
        "no-day": "is not read: it has no date",
        "not-kept": "is not kept",
        "differs": "differs from an earlier row, which counts",
        "repeated-row": "is not read: it repeats an earlier row",
        "unit-differs": "is not read: its unit is another one",
        "id-taken": "is taken, so another id was made",
        "not-here": "is no objective or key result of the plan, so it is outside",
    }
)
#: Longer values are cut in messages (library default).
_LONGEST: Final = 80


@final
@frozen
class ImportProblem:
    """A cell, row or line that was not read, or not as it was written.

    Args:
        row: Number of the row or line, from 1; a heading is no row.
        column: Heading of the cell, as written; None for a whole row or line.
        value: The cell, row or line as text.
        code: Key of `PROBLEMS` or of `okrcore.errors.CODES`; stable, for programs.
        message: Fault and hint, for people.

    >>> print(ImportProblem(3, "Target", "soon", "cell-unreadable", "is not understood; write a number"))
    row 3, Target: 'soon' is not understood; write a number
    """

    row: int
    column: str | None
    value: str
    code: str
    message: str

    __attrs_post_init__ = must_fit

    def __str__(self) -> str:
        where = f"row {self.row}" if self.column is None else f"row {self.row}, {self.column}"
        shown = self.value if len(self.value) <= _LONGEST else f"{self.value[:_LONGEST]}…"
        return f"{where}: {shown!r} {self.message}"


@final
@frozen(repr=False)
class ImportResult:
    """A plan and a journal that were read, with the problems.

    Args:
        plan: The plan.
        journal: Its entries; they fit the plan.
        problems: Cells, rows or lines that were not read as written, in order of rows.
    """

    plan: Plan
    journal: Journal = field(factory=Journal)
    problems: tuple[ImportProblem, ...] = ()

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        count = len(self.problems)
        return f"ImportResult({self.plan!r}, {self.journal!r}, {count} problem{'s' * (count != 1)})"


class Report:
    """Collector of problems while rows or lines are read."""

    def __init__(self) -> None:
        self.problems: list[ImportProblem] = []

    def note(self, row: int, column: str | None, value: object, code: str, hint: str = "") -> None:
        """Note a problem of `PROBLEMS`."""
        message = PROBLEMS[code] + (f"; {hint}" if hint else "")
        self.problems.append(ImportProblem(row, column, shown(value), code, message))

    def refused(self, row: int, column: str | None, value: object, error: OkrError) -> None:
        """Note the refusal of a record or a number."""
        message = CODES[error.code] + (f"; {error.hint}" if error.hint else "")
        self.problems.append(ImportProblem(row, column, shown(value), error.code, message))

    def in_order(self) -> tuple[ImportProblem, ...]:
        """Return the problems in order of rows."""
        return tuple(sorted(self.problems, key=lambda problem: problem.row))


def shown(value: object) -> str:
    """Return any value as text."""
    try:
        return value if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001  # a host's object may fail in any way
        return f"<{type(value).__name__}>"

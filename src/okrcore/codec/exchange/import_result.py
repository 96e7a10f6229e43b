"""Results of reading rows or text: a plan, a journal, and the problems.

Reading never stops at a problem: it is noted, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._figures import Figure
from okrcore._made import must_fit
from okrcore.errors import OkrError
from okrcore.journal import Journal
from okrcore.plan import Plan
from okrcore.words.reason import Reason, as_reason, clauses
from okrcore.words.table import TABLE

__all__ = ["PROBLEMS", "ImportProblem", "ImportResult", "Report", "shown"]

_PROBLEM: Final = "problem/"
#: English messages of problems by code, beside those of `okrcore.errors.CODES`. Codes are stable.
PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        code.removeprefix(_PROBLEM): text
        for code, text in TABLE.items()
        if code.startswith(_PROBLEM) and isinstance(text, str)
    }
)
#: Longer values are cut in messages (library default).
_LONGEST: Final = 80


@final
@frozen
class ImportProblem:
    """A cell, row or line that was not read, or not as it was written.

    Args:
        row: Number of the row, from 1 below the headings; of a text, number of the line.
        column: Heading of the cell, as written; None for a whole row or line.
        value: The cell, row or line as text.
        code: Key of `PROBLEMS` or of `okrcore.errors.CODES`; stable, for programs.
        message: Fault and hint, for people.
        is_line: Whether the row is a line of a text.

    >>> print(ImportProblem(3, "Target", "soon", "cell-unreadable", "is not understood; write a number"))
    row 3 (line 4), Target: 'soon' is not understood; write a number
    """

    row: int
    column: str | None
    value: str
    code: str
    message: Reason = field(converter=as_reason)
    is_line: bool = field(default=False, kw_only=True)

    __attrs_post_init__ = must_fit

    @property
    def line(self) -> int:
        """Number of the row as spreadsheets show it, below one line of headings; of a text, of the line.

        Lines of a file differ from it if lines above are empty, or cells have several lines.
        """
        return self.row if self.is_line else self.row + 1

    @property
    def sentence(self) -> Reason:
        """Place, value and message in a sentence, for `Words`."""
        shown = self.value if len(self.value) <= _LONGEST else f"{self.value[:_LONGEST]}…"
        row, line, value = Figure(str(self.row)), Figure(str(self.line)), repr(shown)
        if self.is_line:
            return Reason("problem-at/line", line=line, value=value, message=self.message)
        if self.column is None:
            return Reason("problem-at/row", row=row, line=line, value=value, message=self.message)
        return Reason(
            "problem-at/cell",
            row=row,
            line=line,
            column=self.column,
            value=value,
            message=self.message,
        )

    def __str__(self) -> str:
        return str(self.sentence)


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
    """Collector of problems while rows or lines are read.

    Args:
        of_lines: Whether rows are lines of a text.
    """

    def __init__(self, *, of_lines: bool = False) -> None:
        self.of_lines = of_lines
        self.problems: list[ImportProblem] = []

    def note(
        self, row: int, column: str | None, value: object, code: str, hint: Reason | None = None
    ) -> None:
        """Note a problem of `PROBLEMS`."""
        message = Reason(f"{_PROBLEM}{code}")
        self._add(row, column, value, code, message if hint is None else clauses([message, hint]))

    def refused(self, row: int, column: str | None, value: object, error: OkrError) -> None:
        """Note the refusal of a record or a number."""
        message = clauses([Reason(f"error/{error.code}"), error.hint])
        self._add(row, column, value, error.code, message)

    def _add(self, row: int, column: str | None, value: object, code: str, message: str) -> None:
        problem = ImportProblem(row, column, shown(value), code, message, is_line=self.of_lines)
        self.problems.append(problem)

    def in_order(self) -> tuple[ImportProblem, ...]:
        """Return the problems in order of rows."""
        return tuple(sorted(self.problems, key=lambda problem: problem.row))


def shown(value: object) -> str:
    """Return any value as text."""
    try:
        return value if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001  # a host's object may fail in any way
        return f"<{type(value).__name__}>"

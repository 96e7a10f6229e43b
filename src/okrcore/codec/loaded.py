"""What came in from rows or text: a plan, a journal, and what was not understood, with its place.

Rule of this file: reading never stops at what it does not understand. It says so and reads on.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore.errors import RULES, OkrError
from okrcore.journal import Journal
from okrcore.plan import Plan

__all__ = ["PROBLEMS", "Loaded", "Problem", "Report", "shown"]

#: What was found, by code, beside the refusals of `okrcore.errors.RULES`. Codes are stable.
PROBLEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "row-unreadable": "is not read: a row is a mapping of columns to cells",
        "column-unknown": "is not read: no column is called that",
        "cell-surplus": "is not read: its column has no heading",
        "cell-unreadable": "is not understood",
        "line-unreadable": "is not understood",
        "characters-left-out": "is read without its control characters and the like",
        "no-objective": "is not read: there is no objective for it",
        "no-title": "has no title",
        "no-target": "has neither a target nor a score, so it can only be judged",
        "no-bound": "is not read: it needs a bound",
        "no-day": "is not read: nothing says of which day it is true",
        "not-kept": "is not kept",
        "differs": "differs from what was said before, which counts",
        "repeated-row": "is not read: an earlier row says the same",
        "unit-differs": "is not read: its unit is another one",
        "id-taken": "is taken, so another id was made",
        "not-here": "is not among what was read, so it stands outside the plan",
    }
)
#: Longer values are cut where they are shown.
_LONGEST: Final = 80


@final
@frozen
class Problem:
    """Something that was not understood, or not taken as it was written.

    Args:
        row: The number of the row or line, the first one being 1; a heading is no row.
        column: The heading of the cell, as it is written; None where a whole row or line is meant.
        value: What stood there, as text.
        code: A key of `PROBLEMS` or of `okrcore.errors.RULES`; stable, for programs.
        message: What is wrong and what to write instead, for people.

    >>> print(Problem(3, "Target", "soon", "cell-unreadable", "is not understood; write a number"))
    row 3, Target: 'soon' is not understood; write a number
    """

    row: int
    column: str | None
    value: str
    code: str
    message: str

    __attrs_post_init__ = must_fit

    def __str__(self) -> str:
        place = f"row {self.row}" if self.column is None else f"row {self.row}, {self.column}"
        shown = self.value if len(self.value) <= _LONGEST else f"{self.value[:_LONGEST]}…"
        return f"{place}: {shown!r} {self.message}"


@final
@frozen(repr=False)
class Loaded:
    """What came in, and what did not.

    Args:
        plan: What is intended.
        journal: What happened; it fits the plan.
        problems: What was not understood, in order of rows.
    """

    plan: Plan
    journal: Journal = field(factory=Journal)
    problems: tuple[Problem, ...] = ()

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        count = len(self.problems)
        return f"Loaded({self.plan!r}, {self.journal!r}, {count} problem{'s' * (count != 1)})"


class Report:
    """Collects problems while rows or lines are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(
        self, row: int, column: str | None, value: object, code: str, way_out: str = ""
    ) -> None:
        """Note a problem of `PROBLEMS`."""
        message = PROBLEMS[code] + (f"; {way_out}" if way_out else "")
        self.problems.append(Problem(row, column, shown(value), code, message))

    def refused(self, row: int, column: str | None, value: object, error: OkrError) -> None:
        """Note what a record or a number refused."""
        message = RULES[error.code] + (f"; {error.way_out}" if error.way_out else "")
        self.problems.append(Problem(row, column, shown(value), error.code, message))

    def in_order(self) -> tuple[Problem, ...]:
        """Return what was noted, in order of rows."""
        return tuple(sorted(self.problems, key=lambda problem: problem.row))


def shown(value: object) -> str:
    """Return a value as text, whatever it is."""
    try:
        return value if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001  # a host's object may fail in any way
        return f"<{type(value).__name__}>"

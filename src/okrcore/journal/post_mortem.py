"""Post-mortems of missed commitments: about the work, never about people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import final

from attrs import field, frozen

from okrcore._checks import as_tuple, must_be_all, must_be_date
from okrcore._shown import repr_of
from okrcore._texts import must_be_id, must_be_note, must_be_text
from okrcore.journal.entries import Written

__all__ = ["PlannedActual", "PostMortem"]


@final
@frozen(repr=False)
class PlannedActual:
    """Planned and actual result of a key result, in words.

    Args:
        of: Id of the key result.
        planned: Planned result: "$112 to $128".
        actual: Actual result: "$124, 75% of the way".
    """

    of: str
    planned: str
    actual: str

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_text(self, "planned", self.planned)
        must_be_text(self, "actual", self.actual)

    def __repr__(self) -> str:
        return repr_of(self)


def _as_outcomes(values: Iterable[PlannedActual]) -> tuple[PlannedActual, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class PostMortem(Written):
    """Causes of a missed commitment, and changes that follow. It finds causes in the work.

    `draft_post_mortem` fills in the facts of the journal; cause and changes are left to people.

    Args:
        of: Id of the objective.
        on: Day on which it was held.
        outcomes: Planned and actual results.
        first_signal: First day on which the miss was visible.
        escalated: Day on which help was requested.
        cause: Cause in the work.
        changes: Changes from now on.

    Source: the post-mortem of a missed commitment, METHOD.md 2.3 (GP).
    """

    of: str
    on: date
    outcomes: tuple[PlannedActual, ...] = field(default=(), kw_only=True, converter=_as_outcomes)
    first_signal: date | None = field(default=None, kw_only=True)
    escalated: date | None = field(default=None, kw_only=True)
    cause: str = field(default="", kw_only=True)
    changes: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_all(self, "outcomes", self.outcomes, PlannedActual)
        for name in ("first_signal", "escalated"):
            if getattr(self, name) is not None:
                must_be_date(self, name, getattr(self, name))
        must_be_note(self, "cause", self.cause)
        must_be_note(self, "changes", self.changes)
        self._must_be_written()

    @property
    def is_complete(self) -> bool:
        """Whether it has a cause and changes: a draft has none."""
        return bool(self.cause.strip() and self.changes.strip())

    def __repr__(self) -> str:
        return f"PostMortem({self.of!r}, {self.on})"

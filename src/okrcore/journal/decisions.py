"""Decisions: adjustments, moves of the lifecycle, closings, post-mortems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    as_optional_number,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_date,
    must_be_number,
    path_of,
)
from okrcore._shown import repr_of
from okrcore._texts import must_be_id, must_be_note
from okrcore.errors import InvalidValueError, TransitionError
from okrcore.journal.entries import Written
from okrcore.words.reason import Reason, must_be_sentence

__all__ = [
    "Closing",
    "ClosingDecision",
    "Lifecycle",
    "PlannedActual",
    "PostMortem",
    "Transition",
    "decision_words",
]


_NONE = type(None)


@unique
class Lifecycle(StrEnum):
    """Stage of an objective in its life; its health is another axis, its status."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


@unique
class ClosingDecision(StrEnum):
    """Decision about an objective at its close; the last three end an experiment.

    An initiative is done if it was achieved, and dropped by abandon, stop or defer; it takes no other decision.
    """

    ACHIEVED = "achieved"
    CARRY = "carry"
    MODIFY = "modify"
    DEFER = "defer"
    ABANDON = "abandon"
    SCALE = "scale"
    ITERATE = "iterate"
    STOP = "stop"


def decision_words(decision: ClosingDecision) -> Reason:
    """Return a decision in words.

    >>> decision_words(ClosingDecision.CARRY), decision_words(ClosingDecision.ACHIEVED)
    ('decided to carry', 'taken as achieved')
    """
    return Reason(f"decided/{decision}")


@final
@frozen(repr=False)
class Transition(Written):
    """Transition of the lifecycle: proposed, started, paused, reopened, archived.

    One to closed is refused: only a `Closing` closes, with its decision, and freezes the score.

    Args:
        of: Id of the objective, key result or initiative, or of a metric that is taken up again. An active
            initiative is being done.
        on: Day of the transition.
        to: Stage after it.
        because: Reason.

    Raises:
        TransitionError: It leads to closed.
    """

    of: str
    on: date
    to: Lifecycle
    because: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_a(self, "to", self.to, Lifecycle)
        if self.to is Lifecycle.CLOSED:
            raise TransitionError(
                "no-such-move",
                f"Transition({self.of!r}, {self.on}).to",
                self.to,
                "write a Closing, which has the decision and freezes the score",
            )
        must_be_note(self, "because", self.because)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"Transition({self.of!r}, {self.on}, {self.to})"


@final
@frozen(repr=False)
class Closing(Written):
    """End of an objective: its computed score is frozen, with a judged one beside it. Or end of an initiative or metric.

    An initiative is done or dropped by its decision, and has no judged score. A metric is retired: from then on it
    takes no check-ins and is not due, and its past stays. Its decision is to abandon it, and `because` has the
    reason, such as the metric that replaces it.

    Without `recorded` it comes before the entries of its day that have a moment, so that none of them counts for
    it. Give a moment to all entries of a day, or to none.

    Args:
        of: Id of the objective, initiative or metric.
        on: Day of the close.
        decision: Decision about it.
        judged: Judged score, 0 to 1, beside the computed one.
        because: Reason why the judged score differs, required with one; reason why a metric is retired.
        learned: Lessons, in words.
    """

    of: str
    on: date
    decision: ClosingDecision
    judged: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    because: str = field(default="", kw_only=True)
    learned: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_a(self, "decision", self.decision, ClosingDecision)
        must_be_note(self, "because", self.because)
        if self.judged is not None:
            must_be_number(self, "judged", self.judged, low=0.0, high=1.0)
            if not self.because.strip():
                raise InvalidValueError(
                    "not-text",
                    path_of(self, "because"),
                    self.because,
                    "give the reason why the judged score differs from the computed one",
                )
        must_be_note(self, "learned", self.learned)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"Closing({self.of!r}, {self.on}, {self.decision})"


@final
@frozen(repr=False)
class PlannedActual:
    """Planned and actual result of a key result, in words.

    In a draft they are reasons, which `Words` translates; read from a document, they are its texts.

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
        must_be_sentence(self, "planned", self.planned)
        must_be_sentence(self, "actual", self.actual)

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

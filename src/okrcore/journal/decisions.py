"""What was decided: adjustments, moves of the lifecycle, closings."""

from __future__ import annotations

from datetime import date
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    as_optional_number,
    must_be_a,
    must_be_all,
    must_be_date,
    must_be_number,
    path_of,
)
from okrcore._texts import must_be_id, must_be_note, must_be_text
from okrcore.errors import InvalidValueError, TransitionError
from okrcore.journal.entries import Written
from okrcore.plan import Measure, Person, Team
from okrcore.plan.measures import MEASURES
from okrcore.plan.people import as_owner, as_people

__all__ = [
    "Adjustment",
    "AdjustmentTrigger",
    "Closing",
    "Decision",
    "Lifecycle",
    "Proposal",
    "Transition",
    "decision_words",
]

_NONE = type(None)
#: Ends of what progress may be multiplied by: what is cut or grows more is another goal (library default).
LEAST_SCOPE = 0.001
MOST_SCOPE = 1000.0


@unique
class Lifecycle(StrEnum):
    """Where an objective stands in its life; how well it does is another axis, its status."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


@unique
class Proposal(StrEnum):
    """What an adjustment review decides (founding document E)."""

    PAUSE = "pause"
    PIVOT = "pivot"
    PERSIST = "persist"


@unique
class AdjustmentTrigger(StrEnum):
    """What brought an adjustment about."""

    EXTERNAL_CHANGE = "external change"
    NEW_INFORMATION = "new information"
    IRRELEVANT = "key result irrelevant"
    RESOURCES = "resources changed"
    #: "Too hard": recorded and flagged, not forbidden. At the close the original target governs.
    DIFFICULTY = "difficulty"


@unique
class Decision(StrEnum):
    """What becomes of an objective at its close; the last three end an experiment."""

    ACHIEVED = "achieved"
    CARRY = "carry"
    MODIFY = "modify"
    DEFER = "defer"
    ABANDON = "abandon"
    SCALE = "scale"
    ITERATE = "iterate"
    STOP = "stop"


def decision_words(decision: Decision) -> str:
    """Return a decision in words.

    >>> decision_words(Decision.CARRY), decision_words(Decision.ACHIEVED)
    ('decided to carry', 'taken as achieved')
    """
    if decision is Decision.ACHIEVED:
        return "taken as achieved"
    return f"decided to {decision}"


@final
@frozen(repr=False)
class Adjustment(Written):
    """The dated act of changing what was intended. The original is kept, and graded too.

    Before the day it takes effect the old target counts, from then on the new one. Where it was made
    because the target was too hard, the original one governs again at the close.

    Args:
        of: The id of the objective or key result. An objective pauses, or gets another owner; what
            counts is changed in its key results.
        on: The day from which it takes effect.
        measure: The new measure, where it changes. It takes the same readings, since those from before
            go on counting; a key result that is read in another way is another key result. Milestones may
            be added: a new one is checked in from the day on. One that is dropped counts for nothing from
            then on.
        weight: The new weight, where it changes.
        due: The new deadline, where it changes.
        rescale: What progress is multiplied by from then on, where the scope was cut: two types of
            three are 2/3; 0.001 to 1,000, and so are all of a key result together.
        proposal: Pause, pivot or persist.
        trigger: What brought it about.
        because: Why; an adjustment without a reason is refused.
        new_fact: What changed in the world.
        broken_assumption: What no longer holds.
        effects: What it does to key results, guardrails and other teams.
        temporary: The id of the objective that stands in meanwhile.
        resume: For a pause, when to look at it again.
        owner: The owner from then on, where it changes.
        confirmed: The owners who confirmed it again.
        moved: People who moved, in words: "two teams to rerouting, six weeks".
        decided_by: Who decided.
        decided: When it was decided.
        published: When it was told to those concerned.
    """

    of: str
    on: date
    measure: Measure | None = field(default=None, kw_only=True)
    weight: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    due: date | None = field(default=None, kw_only=True)
    rescale: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    proposal: Proposal = field(default=Proposal.PIVOT, kw_only=True)
    trigger: AdjustmentTrigger | None = field(default=None, kw_only=True)
    because: str = field(kw_only=True)
    new_fact: str = field(default="", kw_only=True)
    broken_assumption: str = field(default="", kw_only=True)
    effects: str = field(default="", kw_only=True)
    temporary: str | None = field(default=None, kw_only=True)
    resume: date | None = field(default=None, kw_only=True)
    owner: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    confirmed: tuple[Person | Team, ...] = field(default=(), kw_only=True, converter=as_people)
    moved: str = field(default="", kw_only=True)
    decided_by: Person | Team | None = field(default=None, kw_only=True, converter=as_owner)
    decided: date | None = field(default=None, kw_only=True)
    published: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_a(
            self,
            "measure",
            self.measure,
            *MEASURES,
            _NONE,
            way_out="give a measure such as Increase(112, 124)",
        )
        if self.weight is not None:
            must_be_number(self, "weight", self.weight, low=0.0, code="weight-negative")
        for name in ("due", "resume", "decided", "published"):
            if getattr(self, name) is not None:
                must_be_date(self, name, getattr(self, name))
        if self.rescale is not None:
            must_be_number(self, "rescale", self.rescale)
            if self.rescale <= 0:
                raise InvalidValueError("not-positive", path_of(self, "rescale"), self.rescale)
            must_be_number(self, "rescale", self.rescale, low=LEAST_SCOPE, high=MOST_SCOPE)
        must_be_a(self, "proposal", self.proposal, Proposal)
        must_be_a(self, "trigger", self.trigger, AdjustmentTrigger, _NONE)
        must_be_text(self, "because", self.because)
        for name in ("new_fact", "broken_assumption", "effects", "moved"):
            must_be_note(self, name, getattr(self, name))
        if self.temporary is not None:
            must_be_id(self, "temporary", self.temporary)
        must_be_all(self, "confirmed", self.confirmed, Person, Team)
        must_be_a(self, "owner", self.owner, Person, Team, _NONE)
        must_be_a(self, "decided_by", self.decided_by, Person, Team, _NONE)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"Adjustment({self.of!r}, {self.on}, {self.proposal})"


@final
@frozen(repr=False)
class Transition(Written):
    """A move of the lifecycle: proposed, started, paused, reopened, archived.

    A move to closed is refused: a `Closing` alone closes, with its decision, and freezes the score.

    Args:
        of: The id of the objective.
        on: The day of the move.
        to: The state it leads to.
        because: Why.

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
    """The end of an objective: its computed score is frozen, with a judged one beside it.

    Args:
        of: The id of the objective.
        on: The day of the close.
        decision: What becomes of it.
        judged: A judged score, 0 to 1, beside the computed one.
        because: Why the judged score differs; required with one.
        learned: What was learnt.
    """

    of: str
    on: date
    decision: Decision
    judged: float | None = field(default=None, kw_only=True, converter=as_optional_number)
    because: str = field(default="", kw_only=True)
    learned: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_id(self, "of", self.of)
        must_be_date(self, "on", self.on)
        must_be_a(self, "decision", self.decision, Decision)
        must_be_note(self, "because", self.because)
        if self.judged is not None:
            must_be_number(self, "judged", self.judged, low=0.0, high=1.0)
            if not self.because.strip():
                raise InvalidValueError(
                    "not-text",
                    path_of(self, "because"),
                    self.because,
                    "say why the judged score differs from the computed one",
                )
        must_be_note(self, "learned", self.learned)
        self._must_be_written()

    def __repr__(self) -> str:
        return f"Closing({self.of!r}, {self.on}, {self.decision})"

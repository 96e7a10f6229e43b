"""Stages of a day, as later stages see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from okrcore.journal import Closing, Entry
from okrcore.journal.history import Moment
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.guardrails import GuardrailStates
from okrcore.scorecard.day.judgements import Judgements
from okrcore.scorecard.day.pace import Pace
from okrcore.scorecard.day.progress import Progress
from okrcore.scorecard.day.readings import Readings
from okrcore.scorecard.day.roll_up_inputs import RollUpInputs
from okrcore.scorecard.day.scores import Coverage, Ranges, ScoreBasis, Scores
from okrcore.scorecard.day.signals import CheckIns, Declarations
from okrcore.scorecard.day.verdicts import Verdicts

__all__ = ["Stages", "StatusStages"]


class StatusStages(Protocol):
    """Stages that statuses follow from: those of an `Evaluation`, or of a live scorecard."""

    @cached_property
    def facts(self) -> Facts:
        """The plan in force, lifecycles, baselines."""
        ...

    @cached_property
    def inputs(self) -> RollUpInputs:
        """The parts of each objective."""
        ...

    @cached_property
    def scores(self) -> Scores:
        """Scores."""
        ...

    @cached_property
    def pace(self) -> Pace:
        """Actual and expected progress."""
        ...

    @cached_property
    def elapsed(self) -> Sequence[float]:
        """By index, the share of the cycle that is over."""
        ...

    @cached_property
    def confidence(self) -> Sequence[float]:
        """By index, the last confidence."""
        ...

    @cached_property
    def declarations(self) -> Declarations:
        """Declared statuses."""
        ...

    @cached_property
    def check_ins(self) -> CheckIns:
        """Last, awaited and due check-ins."""
        ...

    @cached_property
    def read_moments(self) -> Sequence[Moment]:
        """By index, the position of the last reading in the order of all entries."""
        ...

    @cached_property
    def last_moves(self) -> Sequence[int]:
        """By index, the day of the last change."""
        ...

    @cached_property
    def done(self) -> Sequence[int]:
        """By index, 1 if nothing is left to do."""
        ...

    @cached_property
    def verdicts(self) -> Verdicts:
        """Verdicts of items that are over."""
        ...

    @cached_property
    def part_statuses(self) -> Mapping[int, str]:
        """Statuses of parts, by index, as far as a rule on parts needs them."""
        ...


class Stages(StatusStages, Protocol):
    """Stages of a day, each computed once, when a later one needs it: an `Evaluation`.

    Rules and sentences take all of them, since each needs a few others.
    """

    def of_item(self, index: int) -> tuple[Stages, int]:
        """Return the stages with the numbers of an item, those of its closing if it is closed, and its index."""
        ...

    def counts(self, index: int) -> bool:
        """Whether a reading of a key result counts on the day."""
        ...

    def with_entries(self, entries: Iterable[Entry]) -> Stages:
        """Return the stages with more entries in the journal."""
        ...

    @property
    def own_closing(self) -> Closing | None:
        """The closing of the stages, if entries written after it are left out."""
        ...

    @cached_property
    def excluded(self) -> bytes:
        """By index, 1 if an item is excluded."""
        ...

    @cached_property
    def readings(self) -> Readings:
        """The reading of each key result."""
        ...

    @cached_property
    def guardrails(self) -> GuardrailStates:
        """The states of guardrails."""
        ...

    @cached_property
    def progress(self) -> Progress:
        """Progress of key results."""
        ...

    @cached_property
    def judgements(self) -> Judgements:
        """Judged scores."""
        ...

    @cached_property
    def basis(self) -> ScoreBasis:
        """The basis of scores of objectives."""
        ...

    @cached_property
    def coverage(self) -> Coverage:
        """Coverage."""
        ...

    @cached_property
    def ranges(self) -> Ranges:
        """Score ranges."""
        ...

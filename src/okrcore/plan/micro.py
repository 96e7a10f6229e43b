"""Micro-OKRs: reasons of an objective of a week, two weeks or a month.

Rule of this file: a Micro-OKR is an objective like any other, in a micro cycle. The objective it serves is in
its `supports`, its end in its `Closing`; only its other fields are here.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import must_be_a, path_of
from okrcore._texts import must_be_note
from okrcore.errors import InvalidValueError

__all__ = ["MicroOkr", "Trigger"]


@unique
class Trigger(StrEnum):
    """Reason to start a Micro-OKR."""

    STALLED_KEY_RESULT = "stalled key result"
    EVENT = "event"
    CROSS_TEAM_NEED = "cross-team need"
    EXPERIMENT = "experiment"


@final
@frozen
class MicroOkr:
    """Reason why a Micro-OKR is pursued now.

    Args:
        trigger: Kind of reason.
        hypothesis: Expected effect; an experiment needs one.

    Raises:
        InvalidValueError: An experiment has no hypothesis, or a field has the wrong type.

    Source: founding document A, "Risk and Experimentation"; METHOD.md 2.9 (triggers).

    >>> MicroOkr(Trigger.EXPERIMENT, hypothesis="A shorter form brings more trials").trigger
    <Trigger.EXPERIMENT: 'experiment'>
    """

    trigger: Trigger
    hypothesis: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "trigger", self.trigger, Trigger)
        must_be_note(self, "hypothesis", self.hypothesis)
        if self.trigger is Trigger.EXPERIMENT and not self.hypothesis.strip():
            raise InvalidValueError(
                "not-text",
                path_of(self, "hypothesis"),
                self.hypothesis,
                "give the expected effect",
            )

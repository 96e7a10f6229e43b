"""Causes of objectives: the fact that set one off, now and not in another cycle."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import must_be_a, path_of
from okrcore._texts import must_be_id, must_be_note
from okrcore.errors import InvalidValueError

__all__ = ["Trigger", "TriggerKind"]


@unique
class TriggerKind(StrEnum):
    """Kind of the cause of an objective."""

    STALLED_KEY_RESULT = "stalled key result"
    #: A KPI outside its limit (founding document D).
    UNHEALTHY_METRIC = "unhealthy metric"
    EVENT = "event"
    CROSS_TEAM_NEED = "cross-team need"
    EXPERIMENT = "experiment"


@final
@frozen
class Trigger:
    """Cause of an objective, of any cadence: the reason why it is pursued now.

    It is a value, dated as a whole: a hypothesis that is written anew in mid-cycle is an `Adjustment`, so that the
    one under test stays on record.

    Args:
        kind: Kind of cause.
        of: Id of the item that is the cause. A stalled key result names a key result, an unhealthy metric a
            metric, a cross-team need an objective or a key result; an experiment may name any of them. Each may
            name an item outside the plan, such as an event. None if the cause has no id.
        hypothesis: Expected effect; an experiment needs one.
        scope: Reach of an experiment in words, such as "one region, one month".

    Raises:
        InvalidValueError: An experiment has no hypothesis, or a field has the wrong type.

    Source: founding document A, "Risk and Experimentation"; founding document D (a falling KPI); METHOD.md 2.9.

    >>> Trigger(TriggerKind.UNHEALTHY_METRIC, "uptime").of
    'uptime'
    """

    kind: TriggerKind
    of: str | None = None
    hypothesis: str = field(default="", kw_only=True)
    scope: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "kind", self.kind, TriggerKind)
        if self.of is not None:
            must_be_id(self, "of", self.of)
        must_be_note(self, "hypothesis", self.hypothesis)
        must_be_note(self, "scope", self.scope)
        if self.kind is TriggerKind.EXPERIMENT and not self.hypothesis.strip():
            raise InvalidValueError(
                "not-text",
                path_of(self, "hypothesis"),
                self.hypothesis,
                "give the expected effect",
            )

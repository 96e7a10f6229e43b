"""How a reading becomes progress, and how scores become a score.

Rule of this file: what is not said of a system is `RECOMMENDED`'s default, so a rulebook states only
what it does differently.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    as_optional_number,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_flag,
    must_be_number,
)
from okrcore.rulebook.clip import UNCHANGED, ZERO_TO_ONE, Clip

__all__ = ["AttainmentRule", "FlatLine", "Part", "Parts", "RollUpRule"]


@unique
class FlatLine(StrEnum):
    """What a line means whose baseline equals its target."""

    ABSENT = "absent"  # no score: there is no distance to have a share of
    ZERO = "zero"  # GitLab, Operately, okr-tracker's display
    FULL = "full"  # business-as-code
    AT_LEAST = "at least"  # a level to keep: MetaPulse's flat target
    AT_MOST = "at most"


@final
@frozen(kw_only=True)
class AttainmentRule:
    """How the reading of a key result becomes its score.

    Args:
        clip: From progress to score.
        unread: The progress that stands for no reading; None is not 0, and leaves the mean.
        flat: What a baseline equal to the target means.
        partial_credit: Whether a pass-or-fail key result may get a part of 1.
    """

    clip: Clip = ZERO_TO_ONE
    unread: float | None = field(default=None, converter=as_optional_number)
    flat: FlatLine = FlatLine.ABSENT
    partial_credit: bool = True

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "clip", self.clip, Clip)
        if self.unread is not None:
            must_be_number(self, "unread", self.unread)
        must_be_a(self, "flat", self.flat, FlatLine)
        must_be_flag(self, "partial_credit", self.partial_credit)


@unique
class Parts(StrEnum):
    """What an objective's score is made of."""

    KEY_RESULTS = "key results"
    OBJECTIVES = "objectives below"


@final
@frozen
class Part:
    """One kind of thing that enters a roll-up.

    Args:
        of: What enters.
        otherwise: Whether it enters only if nothing before it is there. That follows from the plan,
            never from which readings exist.
    """

    of: Parts
    otherwise: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "of", self.of, Parts)
        must_be_flag(self, "otherwise", self.otherwise)


def _as_parts(values: Iterable[Part]) -> tuple[Part, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True)
class RollUpRule:
    """How the scores of its parts become the score of an objective.

    Args:
        parts: What enters, in order.
        entry: What is done to a part's score as it enters.
        missing: What a part without a score counts as; None leaves it out of the mean and keeps its
            weight in coverage and score range.
        empty: The score of an objective with nothing to average; None is not 0.
        result: What is done to the mean.
    """

    parts: tuple[Part, ...] = field(
        default=(Part(Parts.KEY_RESULTS), Part(Parts.OBJECTIVES, otherwise=True)),
        converter=_as_parts,
    )
    entry: Clip = UNCHANGED
    missing: float | None = field(default=None, converter=as_optional_number)
    empty: float | None = field(default=None, converter=as_optional_number)
    result: Clip = UNCHANGED

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "parts", self.parts, Part)
        must_be_a(self, "entry", self.entry, Clip)
        for name in ("missing", "empty"):
            if getattr(self, name) is not None:
                must_be_number(self, name, getattr(self, name))
        must_be_a(self, "result", self.result, Clip)

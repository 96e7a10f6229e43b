"""Rules from the scores of parts to the score of an objective. Defaults are those of `RECOMMENDED`.

The parts of an objective follow from the plan and this rule, never from which readings exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    as_number,
    as_optional_number,
    as_tuple,
    must_be_a,
    must_be_all,
    must_be_flag,
    must_be_number,
    must_be_unique,
    path_of,
)
from okrcore._shown import repr_of
from okrcore.errors import InvalidValueError
from okrcore.plan.compound_measures import Combination
from okrcore.rulebook.clip import UNCHANGED, Clip

__all__ = [
    "OverrideDuration",
    "RollUpPart",
    "RollUpRule",
    "RollUpSource",
    "Weighing",
    "ZeroWeights",
]


@unique
class OverrideDuration(StrEnum):
    """Time during which a declared value replaces the computed one."""

    ALWAYS = "until said again"  # Viva, if chosen
    UNTIL_READ = "until the next reading"  # ServiceNow, GitLab


@unique
class RollUpSource(StrEnum):
    """Kind of part of an objective's score."""

    KEY_RESULTS = "key results"
    OBJECTIVES = "objectives below"
    #: Progress of work, as checked in: 0 to 1, or done.
    INITIATIVES = "initiatives"
    #: Key results of all objectives below, each once, whatever the number of paths to it. Below a closed
    #: objective they count as on the day of its closing, unless another path is open.
    DESCENDANTS = "key results of all objectives below"


@final
@frozen
class RollUpPart:
    """Parts of one kind in a roll-up.

    Args:
        of: Their kind.
        as_one: Whether they enter together as one item of weight 1: Synergita's key results.
        otherwise: Whether they enter only if there are no parts before them: "own, otherwise below".
    """

    of: RollUpSource
    as_one: bool = field(default=False, kw_only=True)
    otherwise: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "of", self.of, RollUpSource)
        must_be_flag(self, "as_one", self.as_one)
        must_be_flag(self, "otherwise", self.otherwise)


@unique
class Weighing(StrEnum):
    """Source of the weight of a part."""

    STATED = "stated"
    EQUAL = "equal"
    #: Distance from baseline to target, so that amounts add up: Lattice, Viva issue 518. Parts with and
    #: without a distance are refused together, and so are several units. A line whose baseline is to be
    #: established has the mean size of the others until then.
    SIZE = "size"


@unique
class ZeroWeights(StrEnum):
    """Score of an objective whose weights are all 0."""

    ABSENT = "absent"
    EQUAL = "equal"  # memoflow
    ZERO = "zero"  # ShamanR


def _as_parts(values: Iterable[RollUpPart]) -> tuple[RollUpPart, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True, repr=False)
class RollUpRule:
    """From the scores of parts to the score of an objective.

    Args:
        parts: Kinds of parts, in order.
        combine: Function from their scores to one.
        weigh: Source of their weights; a weight of 0 leaves the denominator.
        weights_total: Required total of stated weights, such as 1 or 100; None for relative ones. Each may
            be rounded to its last decimal: three times 33.3 totals 100.
        zero_weights: Score if all weights are 0. An objective without a score for this reason is missing
            above it, and not excluded; one that has 0 has a score range from 0 to 1.
        missing: Score of a part without one; None leaves it out of the mean and keeps its weight in
            coverage and score range.
        empty: Score of an objective with nothing to combine; None is not 0.
        least_coverage: Share of the weight that must be read for a score, 0 to 1. It comes before
            `empty`: with less read there is no score.
        with_archived: Whether objectives still count after they were closed and archived, by their own
            method.
        with_judged: Time during which a judged score replaces the computed one; None for never. The next
            reading of an objective is one of its parts.
        with_micro: Whether Micro-OKRs enter with the other objectives below.
        entry: Clip of a part's score as it enters.
        result: Clip of the combined score.

    Source: METHOD.md 2.5; SYSTEMS.md part 1, section 3.
    """

    parts: tuple[RollUpPart, ...] = field(
        default=(
            RollUpPart(RollUpSource.KEY_RESULTS),
            RollUpPart(RollUpSource.OBJECTIVES, otherwise=True),
        ),
        converter=_as_parts,
    )
    combine: Combination = Combination.MEAN
    weigh: Weighing = Weighing.STATED
    weights_total: float | None = field(default=None, converter=as_optional_number)
    zero_weights: ZeroWeights = ZeroWeights.ABSENT
    missing: float | None = field(default=None, converter=as_optional_number)
    empty: float | None = field(default=None, converter=as_optional_number)
    least_coverage: float = field(default=0.0, converter=as_number)  # library default
    with_archived: bool = True
    with_judged: OverrideDuration | None = None
    with_micro: bool = False
    entry: Clip = UNCHANGED
    result: Clip = UNCHANGED

    def __repr__(self) -> str:
        return repr_of(self)

    def __attrs_post_init__(self) -> None:
        must_be_all(self, "parts", self.parts, RollUpPart)
        must_be_unique(self, "parts", [part.of for part in self.parts])
        must_be_a(self, "combine", self.combine, Combination)
        if self.combine is Combination.PRODUCT:
            hint = "write mean, minimum or share achieved"
            raise InvalidValueError("unknown-word", path_of(self, "combine"), self.combine, hint)
        must_be_a(self, "weigh", self.weigh, Weighing)
        must_be_a(self, "zero_weights", self.zero_weights, ZeroWeights)
        for name in ("weights_total", "missing", "empty"):
            if getattr(self, name) is not None:
                must_be_number(self, name, getattr(self, name))
        if self.weights_total is not None and self.weights_total <= 0:
            raise InvalidValueError(
                "not-positive", path_of(self, "weights_total"), self.weights_total
            )
        must_be_number(self, "least_coverage", self.least_coverage, low=0.0, high=1.0)
        must_be_flag(self, "with_archived", self.with_archived)
        must_be_a(self, "with_judged", self.with_judged, OverrideDuration, type(None))
        must_be_flag(self, "with_micro", self.with_micro)
        must_be_a(self, "entry", self.entry, Clip)
        must_be_a(self, "result", self.result, Clip)

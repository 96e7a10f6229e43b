"""Explanation of a result, step by step: a rule, its inputs and its result.

Rules of this file:

1. The rule of a step, applied to its inputs, gives its result again.
2. Steps are made when they are read. A tree as deep as a long chain would break repr and pickle.
3. One type has the steps of all kinds of items. The origin of a step makes its parts: `score_explanation` has
   that of scores, `bound_explanation` that of guardrails and metrics, `work_explanation` that of initiatives, `priority_explanation` that
   of priorities.

Laws: test_explanations_recompute, test_explanations_of_bounds_recompute.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator
from datetime import date
from typing import Final, TypeAlias, final

from attrs import field, frozen

from okrcore._arith import short_beside
from okrcore._checks import given_whole, path_of
from okrcore._made import must_fit
from okrcore._shown import Shown
from okrcore.errors import InvalidValueError
from okrcore.plan import Above, Aggregation, AtLeast, AtMost, Below, Between, Derived
from okrcore.rulebook import AttainmentRule, Clip, GuardrailRule, RollUpRule, Stale
from okrcore.scorecard.day.derived_metrics import Arithmetic
from okrcore.scorecard.recomputation import READING, SUPPOSED, Input
from okrcore.words.reason import Reason, as_reason, as_reasons

__all__ = [
    "AFTER_JUDGEMENT",
    "BY_JOURNAL",
    "DAYS_LATE",
    "ENTRY",
    "FIRST_BREACH",
    "GUARDED",
    "HEALTH",
    "JUDGED",
    "LAST_STATE",
    "MARGIN",
    "MISSING",
    "PROGRESS",
    "REMEMBERED",
    "SCORE",
    "SCORES",
    "SETTLED",
    "SHARE_DONE",
    "STATE",
    "Explanation",
    "Kept",
    "ShownSteps",
    "StepOrigin",
    "StepResult",
    "StepRule",
]


#: The rule of a step: a component of the rulebook, a bound, or an aggregation; None if nothing was computed.
StepRule: TypeAlias = (
    Clip
    | AttainmentRule
    | RollUpRule
    | GuardrailRule
    | Stale
    | Derived
    | Aggregation
    | Arithmetic
    | Above
    | AtLeast
    | AtMost
    | Below
    | Between
    | None
)

#: The result of a step: a number, a word such as a state, or a day.
StepResult: TypeAlias = float | str | date | None

SCORE: Final = "score"
ENTRY: Final = "score as it enters"
GUARDED: Final = "progress under its guardrails"
PROGRESS: Final = "progress"
JUDGED: Final = "judged score"
MISSING: Final = "what counts for no score"

STATE: Final = "state"
SETTLED: Final = "state as settled"
REMEMBERED: Final = "state with earlier breaches"
LAST_STATE: Final = "state of the last reading"
MARGIN: Final = "margin"
HEALTH: Final = "health"
FIRST_BREACH: Final = "first breach"
AFTER_JUDGEMENT: Final = "first breach after the judgement"

BY_JOURNAL: Final = "state by the journal"
SHARE_DONE: Final = "share done"
DAYS_LATE: Final = "days late"

#: Results that are about 1.
SCORES: Final = frozenset({SCORE, ENTRY, GUARDED, PROGRESS, SUPPOSED, SHARE_DONE})
_FIGURES: Final = SCORES | {
    READING,
    STATE,
    SETTLED,
    REMEMBERED,
    LAST_STATE,
    MARGIN,
    HEALTH,
    FIRST_BREACH,
    AFTER_JUDGEMENT,
    BY_JOURNAL,
    DAYS_LATE,
}


class StepOrigin(ABC):
    """Item of an evaluation whose steps are explained; base of its kinds."""

    __slots__ = ()

    @property
    @abstractmethod
    def key(self) -> Hashable:
        """The same for all steps of the item in one evaluation."""
        ...

    @abstractmethod
    def edges(self, step: Explanation) -> tuple[float, ...]:
        """Return the numbers that the result of a step is compared with."""
        ...

    @abstractmethod
    def parts(self, step: Explanation, kept: Kept) -> tuple[Explanation, ...]:
        """Return the steps that gave the inputs of a step; those of `kept` are not made again."""
        ...

    @abstractmethod
    def recompute(self, step: Explanation) -> StepResult:
        """Return the result of the rule of a step, applied to its inputs."""
        ...


@final
@frozen(repr=False)
class Explanation(Shown):
    """One step in the computation of a result.

    Args:
        id: The item.
        what: The result: "score", "score as it enters" a mean, "progress", "progress under its
            guardrails", or the "reading" that is derived from others. Of guardrails and metrics "state", which
            is the status of a metric, and below it "margin", "health", "reading", "first breach", and
            states on the way to that of the day. Of initiatives "state", which is the status, and below it "state
            by the journal", "share done" and "days late". Of priorities "state", and below it the "state of the
            last reading" of each threshold.
        rule: The component of the rulebook that was applied, the derivation or aggregation of a reading, or
            the bound that it is held against.
        inputs: The values that it was applied to.
        result: A number, a state, or the day of a breach; None is not 0.
        words: The step in a sentence.
        title: Title of the item.
        remarks: Notes on the item: open parts, guardrails, status.
    """

    id: str
    what: str
    rule: StepRule
    inputs: tuple[Input, ...]
    result: StepResult
    words: Reason = field(converter=as_reason)
    title: str
    _origin: StepOrigin = field(eq=False)
    remarks: tuple[Reason, ...] = field(default=(), kw_only=True, converter=as_reasons)

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        if self.what not in _FIGURES:
            raise InvalidValueError("unknown-word", path_of(self, "what"), self.what)

    @property
    def edges(self) -> tuple[float, ...]:
        """Numbers that the result is compared with; rounded beside them, it stays on its side of each."""
        return self._origin.edges(self)

    @property
    def parts(self) -> tuple[Explanation, ...]:
        """The steps that gave the inputs."""
        return self._origin.parts(self, {})

    def recompute(self) -> StepResult:
        """Apply the rule to the inputs again."""
        return self._origin.recompute(self)

    def walk(self, depth: int = 6) -> Iterator[tuple[int, Explanation]]:  # library default
        """Return this step and those below it with their depth, down to a depth.

        A step with several parents comes once with the steps below it, and then without them.

        Laws: test_a_walk_has_the_parts_of_each_step_once.
        """
        return self._walk(given_whole(self, "walk", depth, 0))

    def _walk(self, depth: int) -> Iterator[tuple[int, Explanation]]:
        shown_steps = ShownSteps(depth)
        waiting: list[tuple[int, Explanation]] = [(0, self)]
        while waiting:
            level, step = waiting.pop()
            yield level, step
            if shown_steps.is_new(step, level) and level < depth:
                waiting.extend((level + 1, part) for part in reversed(shown_steps.parts_of(step)))

    def __repr__(self) -> str:
        result = self.result
        if result is None:
            result = "none"
        elif isinstance(result, float):
            result = short_beside(result, *self.edges)
        return f"Explanation({self.id!r}, {self.what} {result}: {self.words})"


#: First steps of items that were made, by the key of their origin.
Kept: TypeAlias = dict[Hashable, Explanation]

#: A step by its origin, and its result.
_Key: TypeAlias = tuple[Hashable, str]


@final
class ShownSteps:
    """Steps that were shown, since a step may have several parents.

    Args:
        depth: Levels that are shown.
    """

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._levels: dict[_Key, int] = {}
        self._parts: dict[_Key, tuple[Explanation, ...]] = {}
        self._kept: Kept = {}
        self._is_cut = False

    def is_new(self, step: Explanation, level: int) -> bool:
        """Mark a step as shown; True if its parts are to be shown too.

        They are shown again at a higher level if the depth may have cut the steps below it.
        """
        before = self._levels.get(_key_of(step))
        is_new = before is None or (level < before and self._is_cut)
        if is_new:
            self._levels[_key_of(step)] = level
        self._is_cut |= level >= self._depth
        return is_new

    def parts_of(self, step: Explanation) -> tuple[Explanation, ...]:
        """Return the parts of a step, made once."""
        found = self._parts.get(_key_of(step))
        if found is None:
            found = step._origin.parts(step, self._kept)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            self._parts[_key_of(step)] = found
        return found


def _key_of(step: Explanation) -> _Key:
    return step._origin.key, step.what  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

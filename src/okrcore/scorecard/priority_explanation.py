"""Steps to the state of a priority: the state of each of its thresholds, and the worst of them.

Laws: test_explanations_of_priorities_recompute.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast, final

from attrs import frozen

from okrcore.plan import BoundState, Priority, Reading
from okrcore.plan.measures import edges_of
from okrcore.scorecard.bound_recomputation import state_at
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.explanation import (
    LAST_STATE,
    STATE,
    Explanation,
    Kept,
    StepOrigin,
    StepResult,
)
from okrcore.scorecard.priority_results import (
    PriorityResult,
    ThresholdState,
    priority_result,
    worst_of,
)
from okrcore.scorecard.provenance import adjustments_behind
from okrcore.scorecard.recomputation import READING, Input

__all__ = ["explain_priority"]


def explain_priority(evaluation: Evaluation, priority: Priority) -> Explanation:
    """Return the step to the state of a priority, with its adjustments."""
    found = priority_result(evaluation, priority)
    inputs = tuple(Input(each.metric, each.state) for each in found.thresholds)
    origin = _Origin(evaluation=evaluation, found=found)
    remarks = tuple(adjustments_behind(evaluation.facts, priority.id))
    return Explanation(
        *(found.id, STATE, None, inputs, found.state, found.status_why, found.title, origin),
        remarks=remarks,
    )


@final
@frozen(eq=False, kw_only=True)
class _Origin(StepOrigin):
    """A priority on a day."""

    evaluation: Evaluation
    found: PriorityResult

    @property
    def key(self) -> Hashable:
        # An evaluation lives as long as a step of it.
        return id(self.evaluation), self.found.id

    def edges(self, step: Explanation) -> tuple[float, ...]:  # noqa: ARG002
        return ()

    def parts(self, step: Explanation, kept: Kept) -> tuple[Explanation, ...]:  # noqa: ARG002
        return tuple(map(self._of_threshold, self.found.thresholds))

    def _of_threshold(self, each: ThresholdState) -> Explanation:
        title = self.evaluation.plan.metric(each.metric).title
        inputs = (Input(READING, each.reading, on=each.read_on),)
        origin = _ThresholdOrigin(above=self.key, threshold=each)
        return Explanation(
            each.metric, LAST_STATE, each.bound, inputs, each.state, each.why, title, origin
        )

    def recompute(self, step: Explanation) -> StepResult:
        return worst_of(cast("BoundState", each.value) for each in step.inputs)


@final
@frozen(eq=False, kw_only=True)
class _ThresholdOrigin(StepOrigin):
    """A threshold of a priority on a day."""

    above: Hashable
    threshold: ThresholdState

    @property
    def key(self) -> Hashable:
        return self.above, self.threshold.metric

    def edges(self, step: Explanation) -> tuple[float, ...]:  # noqa: ARG002
        return edges_of(self.threshold.bound)

    def parts(self, step: Explanation, kept: Kept) -> tuple[Explanation, ...]:  # noqa: ARG002
        return ()

    def recompute(self, step: Explanation) -> StepResult:
        (read,) = step.inputs
        return state_at(self.threshold.bound, cast("Reading | None", read.value))

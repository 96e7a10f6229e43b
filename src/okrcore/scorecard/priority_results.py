"""Results of priorities: the state of their thresholds, and no score.

Rules of this file:

1. The state of a threshold follows from the last reading of its metric up to the day, and up to the last day of
   the priority's period.
2. That of a priority is the worst of its thresholds: one that is breached, else one that is unknown, else one
   with a warning. A priority without any is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore.calendar import Cycle, Period
from okrcore.plan import Bound, BoundState, Priority, Reading, Threshold
from okrcore.plan.effective_units import unit_of
from okrcore.scorecard.day.bounds_by_day import BoundsByDay
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.guardrail_reasons import why_watch
from okrcore.scorecard.day.guardrails import Watch, watch
from okrcore.scorecard.evaluation import Evaluation
from okrcore.scorecard.results import Result
from okrcore.words.reason import Reason, as_reason, clauses

__all__ = ["PriorityResult", "ThresholdState", "priority_result", "state_of_priority", "worst_of"]

#: States from the worst to the best.
_WORST_FIRST: Final = (
    BoundState.BREACHED,
    BoundState.UNKNOWN,
    BoundState.WARNING,
    BoundState.HELD,
)


@final
@frozen(kw_only=True, repr=False)
class ThresholdState:
    """State of one threshold of a priority.

    Args:
        metric: Id of the metric.
        bound: Bound that it is to hold.
        state: Held, warning, breached or unknown.
        reading: Last reading up to the last day of the period.
        read_on: Its date.
        margin: Distance to the limit; negative beyond it.
        why: The state in a sentence.
    """

    metric: str
    bound: Bound
    state: BoundState
    reading: Reading | None
    read_on: date | None
    margin: float | None
    why: Reason = field(converter=as_reason)

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return f"ThresholdState({self.metric!r}, {self.state})"


@final
@frozen(kw_only=True, repr=False)
class PriorityResult(Result):
    """Result of a priority on a day: the state of its thresholds, which is its status too, and no score.

    Args:
        state: The worst of its thresholds; unknown without any.
        thresholds: State of each threshold.
        period: Years for which it is set; None without.
        objectives: Ids of the objectives that serve it, in plan order.
    """

    state: BoundState
    thresholds: tuple[ThresholdState, ...]
    period: Period | Cycle | None
    objectives: tuple[str, ...]

    __attrs_post_init__ = must_fit


def priority_result(evaluation: Evaluation, priority: Priority) -> PriorityResult:
    """Return the result of a priority."""
    found = tuple(_threshold(evaluation, priority, each) for each in priority.metrics)
    state = worst_of(each.state for each in found)
    plan = evaluation.plan
    why: str = Reason("priority/no-thresholds")
    if found:
        titles = (plan.metric(each.metric).title for each in found)
        why = clauses(
            Reason("priority/threshold", title=title, why=each.why)
            for title, each in zip(titles, found, strict=True)
        )
    return PriorityResult(
        kind="priority",
        id=priority.id,
        title=priority.title,
        score=None,
        progress=None,
        status=str(state),
        status_why=why,
        computed_status=str(state),
        confidence=None,
        coverage=None,
        why=Reason("no-score/priority"),
        no_score_reason=None,
        declared=None,
        judged=None,
        original_score=None,
        adjusted_score=None,
        owner=priority.owner,
        last_check_in=None,
        uncounted=(),
        state=state,
        thresholds=found,
        period=priority.period,
        objectives=tuple(
            each.id
            for each in plan.objectives
            if each.place is not None and each.place.priority == priority.id
        ),
    )


def state_of_priority(evaluation: Evaluation, priority: Priority) -> BoundState:
    """Return the state of a priority alone."""
    return worst_of(_watch(evaluation, priority, each).state for each in priority.metrics)


def worst_of(states: Iterable[BoundState]) -> BoundState:
    """Return the state of a priority whose thresholds have some states; unknown without any."""
    found = frozenset(states)
    return next((each for each in _WORST_FIRST if each in found), BoundState.UNKNOWN)


def _watch(evaluation: Evaluation, priority: Priority, threshold: Threshold) -> Watch:
    facts, period = evaluation.facts, priority.period
    last = facts.today if period is None else min(facts.today, period.end.toordinal())
    readings = facts.history.readings
    bounds = BoundsByDay(LONG_AGO, (LONG_AGO,), (threshold.bound,))
    return watch(
        bounds,
        readings,
        readings.rows(threshold.metric, LONG_AGO, last),
        aggregation=facts.compiled.last_of(threshold.metric),
    )


def _threshold(evaluation: Evaluation, priority: Priority, threshold: Threshold) -> ThresholdState:
    found = _watch(evaluation, priority, threshold)
    unit = unit_of(evaluation.plan.items, evaluation.plan.metric(threshold.metric))
    return ThresholdState(
        metric=threshold.metric,
        bound=threshold.bound,
        state=found.state,
        reading=found.reading,
        read_on=found.read_on,
        margin=found.margin,
        why=as_reason(why_watch(found, unit)),
    )

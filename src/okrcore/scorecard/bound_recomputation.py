"""Steps to the state of a guardrail or metric applied to their inputs again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, cast

from okrcore.plan import BoundState, Reading
from okrcore.plan.bounds import Bound
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.derived_metrics import Arithmetic
from okrcore.scorecard.day.guardrails import state_if_fresh
from okrcore.scorecard.day.metric_states import is_stale, share_of_bound
from okrcore.scorecard.day.readings import Read, Seen, aggregate, value_of_parts
from okrcore.scorecard.explanation import (
    AFTER_JUDGEMENT,
    FIRST_BREACH,
    HEALTH,
    LAST_STATE,
    MARGIN,
    REMEMBERED,
    SETTLED,
    StepResult,
    StepRule,
)
from okrcore.scorecard.recomputation import READING, Input

__all__ = ["AT_CLOSE", "BY_AGE", "reapply", "state_at"]

#: Steps that are the first one if they are there, so that they have the name of the state.
AT_CLOSE: Final = "at the close"
BY_AGE: Final = "by age"


def reapply(stage: str, rule: StepRule, inputs: Sequence[Input]) -> StepResult:
    """Return the result of a step by its name, its rule and its inputs."""
    return _RECOMPUTE[stage](rule, inputs)


def state_at(bound: Bound | None, reading: Reading | None) -> BoundState:
    """Return the state of a bound at a reading; unknown without one of them."""
    if bound is None or reading is None:
        return BoundState.UNKNOWN
    return bound.state(number_of(reading))


def _if_fresh(_: StepRule, inputs: Sequence[Input]) -> BoundState:
    state, seen, oldest = _values(inputs)
    return state_if_fresh(state, seen, oldest.toordinal())


def _if_of_age(rule: Any, inputs: Sequence[Input]) -> str:
    state, age, every = _values(inputs)
    return str(rule.name if is_stale(rule, age, every) else state)


def _if_settled(_: StepRule, inputs: Sequence[Input]) -> BoundState:
    state, breaches, is_outside, every, _judgement = _values(inputs)
    if state is BoundState.UNKNOWN or (state is BoundState.BREACHED and not is_outside):
        state = BoundState.HELD
    return BoundState.BREACHED if every and breaches else state


def _if_remembered(_: StepRule, inputs: Sequence[Input]) -> BoundState:
    state, breaches, every = _values(inputs)
    return BoundState.BREACHED if every and breaches else state


def _state_of_last(bound: Any, inputs: Sequence[Input]) -> BoundState:
    return state_at(bound, *_values(inputs))


def _margin(bound: Any, inputs: Sequence[Input]) -> float:
    (reading,) = _values(inputs)
    return cast("float", bound.margin(number_of(reading)))


def _share(bound: Any, inputs: Sequence[Input]) -> float:
    (reading,) = _values(inputs)
    return share_of_bound(bound, number_of(reading))


def _first_day(bound: Any, inputs: Sequence[Input]) -> date | None:
    """Return the day of a breach: of its reading, or of a later limit; None if the reading is within it."""
    reading, *since = inputs
    if _state_of_last(bound, [reading]) is not BoundState.BREACHED:
        return None
    days: list[date] = [cast("date", reading.on), *_values(since)]
    return max(days)


def _aggregated(how: Any, inputs: Sequence[Input]) -> float:
    if isinstance(how, Arithmetic):
        reads: dict[str, Read | None] = dict.fromkeys(how.parts)
        for at, part in enumerate(inputs):
            reads[part.name] = cast("Reading", part.value), at
        return number_of(cast("Reading", value_of_parts(how, reads)))
    values = list[Reading]()
    for value in _values(inputs):
        values += [read for _, read in value.series] if isinstance(value, Seen) else [value]
    return number_of(aggregate(how, values))


def _values(inputs: Sequence[Input]) -> list[Any]:
    return [entered.value for entered in inputs]


_RECOMPUTE: Final[Mapping[str, Callable[[StepRule, Sequence[Input]], StepResult]]] = (
    MappingProxyType(
        {
            AT_CLOSE: _if_fresh,
            BY_AGE: _if_of_age,
            SETTLED: _if_settled,
            REMEMBERED: _if_remembered,
            LAST_STATE: _state_of_last,
            MARGIN: _margin,
            HEALTH: _share,
            FIRST_BREACH: _first_day,
            AFTER_JUDGEMENT: _first_day,
            READING: _aggregated,
        }
    )
)

"""Readings of a guardrail or metric up to a day, each held against the limit of its day."""

from __future__ import annotations

from datetime import date
from typing import final

from attrs import frozen

from okrcore._made import must_fit
from okrcore.plan import Aggregation, BoundState, Guardrail, Metric, Reading
from okrcore.plan.bounds import Bound
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.bounds_by_day import bounds_of_guardrail, bounds_of_metric
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.day.derived_metrics import Arithmetic, How
from okrcore.scorecard.day.guardrail_readings import rows_of_guardrail
from okrcore.scorecard.day.guardrails import aggregation_of
from okrcore.scorecard.day.readings import values_of_rows
from okrcore.scorecard.evaluation import Evaluation

__all__ = ["DatedState", "dated_states"]


@final
@frozen(kw_only=True)
class DatedState:
    """Reading of a guardrail or metric, held against the limit of its day.

    Args:
        on: Day of the reading.
        reading: The reading.
        value: The same; of a guardrail on a total or a mean, that of the readings up to it.
        state: State of the bound of that day at the value; unknown without one. Judgements, the memory of
            breaches, and the age of a reading change the state of a result, and none of these.
        margin: Distance of the value to the limit; negative beyond it. None without a bound.
        bound: The bound of that day; None without one, and if its limit was open.
    """

    on: date
    reading: Reading
    value: Reading
    state: BoundState
    margin: float | None
    bound: Bound | None

    __attrs_post_init__ = must_fit


def dated_states(evaluation: Evaluation, item: Guardrail | Metric) -> tuple[DatedState, ...]:
    """Return the readings that count for a guardrail or metric, oldest first."""
    facts = evaluation.facts
    how: How = Aggregation.LATEST
    if isinstance(item, Guardrail):
        home = evaluation.plan.homes[item.id]
        then, index = evaluation.of_item(facts.compiled.index_of[home.id])
        facts = then.facts
        rows = rows_of_guardrail(facts, facts.history, index, item)[0]
        how, bounds = aggregation_of(facts.plan, item), bounds_of_guardrail(facts, index, item)
    else:
        rows = facts.history.readings.rows(item.id, LONG_AGO, facts.today)
        bounds = bounds_of_metric(facts, item)
        how = facts.compiled.last_of(item.id)
    column = facts.history.readings
    readings = [column.values[row] for row in rows]
    values = values_of_rows(how, column, rows)
    # A reading of a part is none of the derived metric.
    is_derived = isinstance(how, Arithmetic)
    return tuple(
        _dated(column.on[row], value if is_derived else reading, value, bounds.on(column.on[row]))
        for row, reading, value in zip(rows, readings, values, strict=True)
        if value is not None
    )


def _dated(day: int, reading: Reading, value: Reading, bound: Bound | None) -> DatedState:
    number = number_of(value)
    if bound is not None and bound.is_open:
        bound = None
    return DatedState(
        on=date.fromordinal(day),
        reading=reading,
        value=value,
        state=BoundState.UNKNOWN if bound is None else bound.state(number),
        margin=None if bound is None else bound.margin(number),
        bound=bound,
    )

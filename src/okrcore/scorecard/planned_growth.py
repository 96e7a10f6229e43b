"""Planned change of a key result beside the usual one, of a scorecard."""

from __future__ import annotations

from okrcore._checks import must_be_a
from okrcore.scorecard.day.target_growths import TargetGrowth, target_growth_of
from okrcore.scorecard.scorecard import Scorecard, evaluation_of

__all__ = ["target_growth"]


def target_growth(card: Scorecard, id: str) -> TargetGrowth:
    """Return the planned change of a key result, from start to target, beside the usual change of its number.

    It scores nothing and refuses nothing: 50% where 5% is usual may be right, and should be meant. The usual
    change is the growth that the metric states, else that of the periods before the cycle, of which readings
    are needed, and no plan.

    Args:
        card: The scorecard; an empty journal will do if the metric states its growth.
        id: Id of a key result.

    Raises:
        InconsistentPlanError: There is no such key result in the plan in force.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> arr = okr.Metric("arr", "Recurring revenue", growth=okr.plan.Growth(percent=5))
    >>> key_result = okr.KeyResult("double", "Grow", okr.Increase(100, 150), metric="arr")
    >>> year = okr.FiscalCalendar(start_month=1).year(2026)
    >>> plan = okr.Plan([okr.Objective("o", "Lead", key_results=[key_result], cycle=year)], metrics=[arr])
    >>> card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 1, 1))
    >>> print(okr.scorecard.target_growth(card, "double"))
    +50% planned where +5% is usual (stated: +5% in 12 months): 10 times as much
    """
    must_be_a(target_growth, "card", card, Scorecard)
    evaluation = evaluation_of(card)
    return target_growth_of(evaluation.facts, evaluation.plan.key_result(id))

"""Amounts that carry other amounts: a quarter's part of a year, and targets that add up to a goal.

Rule of this file: it asks the plan alone. What was adjusted or found is asked of `effective`.
"""

from __future__ import annotations

from math import fsum
from typing import final

from attrs import frozen

from okrcore._arith import snap
from okrcore._checks import as_number, must_be_a, must_be_number
from okrcore._made import must_fit
from okrcore.plan.key_result import KeyResult
from okrcore.plan.linear import LinearMeasure
from okrcore.plan.plan import Plan
from okrcore.plan.unit import Unit

__all__ = ["Amount", "ShareOfChange", "amounts_of", "shares_of_change"]


@final
@frozen
class ShareOfChange:
    """How much of a key result's change another one is to bring.

    Args:
        of: The id of the other one.
        change: Its way from baseline to target; None while its baseline is not known.
        share: That as a share of the whole change, below 0 for a change the other way; None if either is
            not known, or the whole change is 0.
    """

    of: str
    change: float | None
    share: float | None

    __attrs_post_init__ = must_fit


def shares_of_change(plan: Plan, id: str) -> tuple[ShareOfChange, ...]:
    """Return how much of a key result's change the key results under it are to bring.

    Under it are those that name it in `contribution.supports`, and those of objectives below its own
    that read the same metric: a quarter's key result under the year's. Whether shares should total 1
    is for people to say: quarters one after the other should, a first quarter alone is a part.

    Args:
        plan: The plan.
        id: The key result whose change is shared.

    Returns:
        One for each, in the order of the plan.

    Source: founding document B: 12 to 15 million in the first quarter is 25% of 12 to 24 in the year.

    >>> import okrcore as okr
    >>> def revenue(id, target):
    ...     return okr.KeyResult(id, "Revenue, millions", okr.Increase(12, target), metric="arr")
    >>> plan = okr.Plan([
    ...     okr.Objective("year", "Double", key_results=[revenue("arr-year", 24)]),
    ...     okr.Objective("q1", "Start", key_results=[revenue("arr-q1", 15)], supports=["year"])],
    ...     metrics=[okr.Metric("arr", "Recurring revenue")])
    >>> shares_of_change(plan, "arr-year")
    (ShareOfChange(of='arr-q1', change=3.0, share=0.25),)
    """
    must_be_a(shares_of_change, "plan", plan, Plan)
    whole = plan.key_result(id)
    way = _change(whole)
    found: list[ShareOfChange] = []
    below = {objective.id for objective in plan.descendants(plan.homes[id].id)}
    for objective in plan.objectives:
        for kr in objective.own_key_results:
            is_named = kr.contribution is not None and id in kr.contribution.supports
            is_same = kr.metric is not None and kr.metric == whole.metric and objective.id in below
            if kr.id != id and (is_named or is_same):
                change = _change(kr)
                share = change / way if change is not None and way and snap(way) else None
                found.append(ShareOfChange(kr.id, change, share))
    return tuple(found)


@final
@frozen
class Amount:
    """What the key results of an objective add up to, in one unit.

    Args:
        unit: The unit; None for those without one.
        total: The sum of their ways from baseline to target.
        parts: The id of each, with its way.
    """

    unit: Unit | None
    total: float
    parts: tuple[tuple[str, float], ...]

    __attrs_post_init__ = must_fit

    def short_of(self, amount: float) -> float:
        """Return what is missing to an amount; below 0 where it is exceeded, 0 where it is met."""
        wanted = as_number(amount)
        must_be_number(self, "short_of", wanted)
        return snap(wanted - self.total) + 0.0  # without the sign of a -0.0


def amounts_of(plan: Plan, id: str) -> tuple[Amount, ...]:
    """Return what the key results of an objective add up to: targets should sum to what it promises.

    An objective states its amount in words, so the caller gives it: `amount.short_of(1_000_000)`. Key
    results are counted where their way from baseline to target is known, those with weight 0 too.

    Args:
        plan: The plan.
        id: The objective.

    Returns:
        One for each unit, in the order of the key results; different units do not add up.

    Source: founding document B: 500,000 + 300,000 + 200,000 are the million of the objective.

    >>> import okrcore as okr
    >>> deals = {"enterprise": 500_000, "mid-market": 300_000, "small": 200_000}
    >>> plan = okr.Plan([okr.Objective("million", "Add a million from new customers", key_results=[
    ...     okr.KeyResult(id, f"{id} deals", okr.Reach(n), unit="USD") for id, n in deals.items()])])
    >>> (amount,) = amounts_of(plan, "million")
    >>> amount.total, amount.short_of(1_000_000)
    (1000000.0, 0.0)
    """
    must_be_a(amounts_of, "plan", plan, Plan)
    by_unit: dict[Unit | None, list[tuple[str, float]]] = {}
    for kr, _ in plan.key_results_of(plan.objective(id)):
        change = _change(kr)
        if change is not None:
            by_unit.setdefault(kr.unit, []).append((kr.id, change))
    return tuple(
        Amount(unit, fsum(change for _, change in parts), tuple(parts))
        for unit, parts in by_unit.items()
    )


def _change(kr: KeyResult) -> float | None:
    ends = kr.measure.ends() if isinstance(kr.measure, LinearMeasure) else None
    return None if ends is None else ends[1] - ends[0]

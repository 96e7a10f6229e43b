"""Totals of targets, and shares of a key result's change; of the plan alone, adjustments left out."""

from __future__ import annotations

from math import fsum
from typing import final

from attrs import frozen

from okrcore._arith import snap
from okrcore._checks import as_number, must_be_a, must_be_number
from okrcore._made import must_fit
from okrcore.plan.effective_units import unit_of
from okrcore.plan.key_result import KeyResult
from okrcore.plan.linear_measures import LinearMeasure
from okrcore.plan.plan import Plan
from okrcore.plan.unit import Unit

__all__ = ["TargetShare", "TargetTotal", "split_target", "total_targets"]


@final
@frozen
class TargetShare:
    """Share of a key result's change that another one is to bring.

    Args:
        of: Id of the other one.
        change: Its target minus its baseline; None if the baseline is unknown.
        share: Share of the whole change, below 0 for the opposite direction; None if either change is
            unknown, or the whole one is 0.
    """

    of: str
    change: float | None
    share: float | None

    __attrs_post_init__ = must_fit


def split_target(plan: Plan, id: str) -> tuple[TargetShare, ...]:
    """Return the share of a key result's change that each key result below it is to bring.

    Below it are key results with its id in `contribution.supports`, and key results with the same metric in
    objectives below its own: a quarter's below the year's. Nothing checks that shares total 1: quarters one
    after the other should, a first quarter alone is a part.

    Args:
        plan: The plan.
        id: Id of the key result whose change is shared.

    Returns:
        One share for each, in the order of the plan.

    Raises:
        InvalidValueError: The plan has no such key result.

    Source: founding document B: 12 to 15 million in the first quarter is 25% of 12 to 24 in the year.

    >>> import okrcore as okr
    >>> def revenue(id, target):
    ...     return okr.KeyResult(id, "Revenue, millions", okr.Increase(12, target), metric="arr")
    >>> plan = okr.Plan([
    ...     okr.Objective("year", "Double", key_results=[revenue("arr-year", 24)]),
    ...     okr.Objective("q1", "Start", key_results=[revenue("arr-q1", 15)], supports=["year"])],
    ...     metrics=[okr.Metric("arr", "Recurring revenue")])
    >>> split_target(plan, "arr-year")
    (TargetShare(of='arr-q1', change=3.0, share=0.25),)
    """
    must_be_a(split_target, "plan", plan, Plan)
    whole = plan.key_result(id)
    whole_change = _change(whole)
    found: list[TargetShare] = []
    below = {objective.id for objective in plan.descendants(plan.homes[id].id)}
    for objective in plan.objectives:
        for kr in objective.own_key_results:
            is_named = kr.contribution is not None and id in kr.contribution.supports
            is_same = kr.metric is not None and kr.metric == whole.metric and objective.id in below
            if kr.id != id and (is_named or is_same):
                change = _change(kr)
                share = None
                if change is not None and whole_change and snap(whole_change):
                    share = change / whole_change
                found.append(TargetShare(kr.id, change, share))
    return tuple(found)


@final
@frozen
class TargetTotal:
    """Total change of an objective's key results in one unit.

    Args:
        unit: Unit; None for key results without one.
        total: Sum of their targets minus their baselines.
        parts: Id and change of each.
    """

    unit: Unit | None
    total: float
    parts: tuple[tuple[str, float], ...]

    __attrs_post_init__ = must_fit

    def short_of(self, amount: float) -> float:
        """Return an amount minus the total; below 0 if the total exceeds it, 0 at 12 decimals."""
        wanted = as_number(amount)
        must_be_number(self, "short_of", wanted)
        return snap(wanted - self.total) + 0.0  # without the sign of a -0.0


def total_targets(plan: Plan, id: str) -> tuple[TargetTotal, ...]:
    """Return the total change of an objective's key results, for each unit.

    An objective has its amount in its title only, so compare it by `amount.short_of(1_000_000)`. Key results
    without a known baseline are left out; those with weight 0 are not.

    Args:
        plan: The plan.
        id: Id of the objective.

    Returns:
        One total for each unit, in the order of the key results; different units do not add up.

    Raises:
        InvalidValueError: The plan has no such objective.

    Source: founding document B: 500,000 + 300,000 + 200,000 are the million of the objective.

    >>> import okrcore as okr
    >>> deals = {"enterprise": 500_000, "mid-market": 300_000, "small": 200_000}
    >>> plan = okr.Plan([okr.Objective("million", "Add a million from new customers", key_results=[
    ...     okr.KeyResult(id, f"{id} deals", okr.Reach(n), unit="USD") for id, n in deals.items()])])
    >>> (amount,) = total_targets(plan, "million")
    >>> amount.total, amount.short_of(1_000_000)
    (1000000.0, 0.0)
    """
    must_be_a(total_targets, "plan", plan, Plan)
    by_unit: dict[Unit | None, list[tuple[str, float]]] = {}
    for kr, _ in plan.key_results_of(plan.objective(id)):
        change = _change(kr)
        if change is not None:
            by_unit.setdefault(unit_of(plan.items, kr), []).append((kr.id, change))
    return tuple(
        TargetTotal(unit, fsum(change for _, change in parts), tuple(parts))
        for unit, parts in by_unit.items()
    )


def _change(kr: KeyResult) -> float | None:
    ends = kr.measure.ends() if isinstance(kr.measure, LinearMeasure) else None
    return None if ends is None else ends[1] - ends[0]

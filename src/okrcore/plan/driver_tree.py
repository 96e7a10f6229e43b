"""Driver tree: the metrics that are believed to move another one, and those that move them."""

from __future__ import annotations

from typing import final

from attrs import frozen

from okrcore._checks import must_be_a
from okrcore._made import must_fit
from okrcore.plan.plan import Plan

__all__ = ["Driver", "driver_tree"]


@final
@frozen
class Driver:
    """Link of a driver tree.

    Args:
        metric: Id of the metric that drives.
        drives: Id of the metric that it drives.
        depth: Links from there to the root; 1 for a direct driver.
        is_repeated: Whether the metric came before with its own drivers, which do not come again.
    """

    metric: str
    drives: str
    depth: int
    is_repeated: bool = False

    __attrs_post_init__ = must_fit


def driver_tree(plan: Plan, id: str) -> tuple[Driver, ...]:
    """Return the links of the driver tree of a metric, each followed by those below it.

    A tree as rows, so that one of any depth can be shown: indent by `depth`. Links are beliefs, and no number
    follows from them.

    Args:
        plan: The plan.
        id: Id of the metric at the root.

    Raises:
        InconsistentPlanError: The plan has no such metric.

    >>> plan = Plan([], metrics=[Metric("revenue", "Revenue"), Metric("deals", "Deals", drives=["revenue"]),
    ...                          Metric("calls", "Calls", drives=["deals"])])
    >>> [(link.metric, link.depth) for link in driver_tree(plan, "revenue")]
    [('deals', 1), ('calls', 2)]
    """
    must_be_a(driver_tree, "plan", plan, Plan)
    root = plan.metric(id)
    drivers: dict[str, list[str]] = {}
    for metric in plan.metrics:
        for driven in metric.drives:
            drivers.setdefault(driven, []).append(metric.id)
    found, seen = list[Driver](), set[str]()
    waiting = [(driver, root.id, 1) for driver in reversed(drivers.get(root.id, []))]
    while waiting:
        metric_id, drives, depth = waiting.pop()
        below = () if metric_id in seen else drivers.get(metric_id, ())
        is_repeated = metric_id in seen and metric_id in drivers
        found.append(Driver(metric_id, drives, depth, is_repeated))
        seen.add(metric_id)
        waiting += [(driver, metric_id, depth + 1) for driver in reversed(below)]
    return tuple(found)

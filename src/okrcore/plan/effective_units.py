"""Units of items: an item that reads a metric has the unit of the metric."""

from __future__ import annotations

from collections.abc import Mapping

from okrcore.plan.item import Item
from okrcore.plan.key_result import KeyResult
from okrcore.plan.metrics import Guardrail, Metric
from okrcore.plan.unit import Unit

__all__ = ["unit_of"]


def unit_of(items: Mapping[str, Item], item: Item | None) -> Unit | None:
    """Return the unit of an item's numbers: its own, or else that of the metric it reads; None without either.

    A plan refuses an item with another unit than its metric.

    Args:
        items: Items of the plan by id.
        item: The item. Objectives, initiatives and items outside have none.
    """
    if isinstance(item, (KeyResult, Guardrail)):
        metric = items.get(item.metric) if item.unit is None and item.metric else None
        return metric.unit if isinstance(metric, Metric) else item.unit
    return item.unit if isinstance(item, Metric) else None

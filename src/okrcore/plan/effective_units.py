"""Units of items: an item that reads a metric has the unit of the metric."""

from __future__ import annotations

from collections.abc import Mapping

from okrcore.plan.item import Item
from okrcore.plan.key_result import KeyResult
from okrcore.plan.metrics import Guardrail, Metric
from okrcore.plan.reading import Aggregation
from okrcore.plan.unit import Unit

__all__ = ["unit_of"]


def unit_of(items: Mapping[str, Item], item: Item | None) -> Unit | None:
    """Return the unit of an item's numbers: its own, or else that of the metric it reads; None without either.

    A derived metric has the unit of its parts, a ratio its own alone. A plan refuses an item with another unit
    than its metric.

    Args:
        items: Items of the plan by id; derived metrics form no circle.
        item: The item. Objectives, initiatives and items outside have none.
    """
    if not isinstance(item, (KeyResult, Guardrail, Metric)):
        return None
    while item.unit is None:
        source = items.get(_source_of(item))
        if not isinstance(source, Metric):
            break
        item = source
    return item.unit


def _source_of(item: KeyResult | Guardrail | Metric) -> str:
    """Return the id of the metric whose unit an item has; empty without one."""
    if not isinstance(item, Metric):
        return item.metric or ""
    if item.derived is None or item.derived.how is Aggregation.RATIO:
        return ""
    return item.derived.of[0]

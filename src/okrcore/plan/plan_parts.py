"""Part of a plan: some objectives, and all items that their scores depend on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from okrcore.plan.cascade import walk
from okrcore.plan.contents import Contents, named_in
from okrcore.plan.item import Item, members_of
from okrcore.plan.key_result import KeyResultRef
from okrcore.plan.metric_links import linked_to
from okrcore.plan.metrics import Metric
from okrcore.plan.objective import Objective, Outside
from okrcore.plan.priorities import Priority

__all__ = ["contents_of_part"]


def contents_of_part(contents: Contents, heads: Iterable[Objective]) -> Contents:
    """Return the contents of a plan of some objectives and all that their scores depend on.

    They have the priorities that these objectives serve, with their metrics.
    """
    kept = {each.id for each in walk(heads, lambda objective: _needs(contents, objective))}
    objectives = tuple(each for each in contents.objectives if each.id in kept)
    here = {i for o in objectives for i in (o.id, *(member.id for member in members_of(o)))}
    named = {id for objective in objectives for id in named_in(objective)}
    metrics, priorities = _watched(contents, named)
    elsewhere = named - here
    return Contents(
        objectives,
        metrics,
        tuple(
            item if isinstance(item, Outside) else Outside(item.id, title=item.title)
            for item in contents.items.values()
            if item.id in elsewhere and not isinstance(item, (Metric, Priority))
        ),
        priorities,
    )


def _watched(
    contents: Contents, named: AbstractSet[str]
) -> tuple[tuple[Metric, ...], tuple[Priority, ...]]:
    """Return the metrics and priorities of some ids, and those that they name in turn."""
    while True:
        read = linked_to(contents.metrics, named)
        metrics = tuple(each for each in contents.metrics if each.id in read)
        served = {each.place.priority for each in metrics if each.place and each.place.priority}
        priorities = tuple(each for each in contents.priorities if each.id in named | served)
        thresholds = {each.metric for priority in priorities for each in priority.metrics}
        more = named | served | thresholds
        if more == named:
            return metrics, priorities
        named = more


def _needs(contents: Contents, objective: Objective) -> Iterator[Objective]:
    for below in contents.cascade.below.get(objective.id, ()):
        carried: Item | None = below
        while isinstance(carried, Objective):
            yield carried
            carried = contents.items.get(carried.continues or "")
    for kr in objective.key_results:
        if isinstance(kr, KeyResultRef):
            yield contents.homes[kr.to]
        elif kr.derived is not None:
            yield from (contents.homes[part] for part in kr.derived.of)

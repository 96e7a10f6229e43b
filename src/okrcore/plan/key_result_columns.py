"""Key results of a plan in columns, found in one pass and kept with the plan.

Rules of this file:

1. Fields that nearly every key result has are columns, in the order of the plan.
2. Rare fields (a metric, a deadline, a fixed share) are kept by index, so that checks and evaluation skip
   all other key results.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Any, TypeVar, final

from attrs import Factory, field, frozen

from okrcore.plan.key_result import Derived, KeyResult, KeyResultRef
from okrcore.plan.measures import Measure, takes_numbers
from okrcore.plan.objective import Objective
from okrcore.plan.profiles import Contribution

__all__ = ["Columns"]


_T = TypeVar("_T")


def _restricted(columns: Columns) -> Sequence[int]:
    kinds = {kind for kind in columns.kinds if not takes_numbers(kind)}
    if not kinds:
        return ()
    return tuple([index for index, each in enumerate(columns.measures) if type(each) in kinds])


def _given(columns: Columns, name: str) -> Mapping[int, Any]:
    fields = [(at, getattr(columns.key_results[at], name)) for at in columns.with_rare_fields]
    return MappingProxyType({at: value for at, value in fields if value is not None})


def _made(column: Callable[[Columns], _T]) -> _T:
    """Return a field that is made from the fields before it."""
    return field(init=False, default=Factory(column, takes_self=True))


@final
@frozen(eq=False)
class Columns:
    """Key results at home in the objectives of a plan.

    Args:
        objectives: In the order of the plan.
        key_results: One objective after the other; their index here is their index everywhere.
        starts: Index of the first key result of each objective; then the number of key results.
        with_rare_fields: Indexes of key results with a rare field.
        with_refs: Indexes of objectives with a `KeyResultRef`.
    """

    objectives: Sequence[Objective]
    key_results: Sequence[KeyResult]
    starts: Sequence[int]
    with_rare_fields: Sequence[int]
    with_refs: Sequence[int]
    #: Id and measure of each key result.
    ids: Sequence[str] = _made(lambda self: tuple([kr.id for kr in self.key_results]))
    measures: Sequence[Measure] = _made(lambda self: tuple([kr.measure for kr in self.key_results]))
    #: Classes of the measures.
    kinds: frozenset[type[Measure]] = _made(lambda self: frozenset(map(type, self.measures)))
    #: Indexes of key results whose measure does not take every number.
    restricted: Sequence[int] = _made(_restricted)
    #: Metric, derivation and contribution of each key result with one, by index.
    with_metric: Mapping[int, str] = _made(lambda self: _given(self, "metric"))
    with_derivation: Mapping[int, Derived] = _made(lambda self: _given(self, "derived"))
    with_contribution: Mapping[int, Contribution] = _made(lambda self: _given(self, "contribution"))

    @classmethod
    def of(cls, objectives: Sequence[Objective]) -> Columns:
        """Return the columns of objectives."""
        parts: list[Sequence[Any]] = [objective.key_results for objective in objectives]
        key_results = list(chain.from_iterable(parts))
        with_refs: list[int] = []
        if KeyResultRef in set(map(type, key_results)):
            with_refs = [n for n, part in enumerate(parts) if KeyResultRef in set(map(type, part))]
            for number in with_refs:
                parts[number] = objectives[number].own_key_results
            key_results = list(chain.from_iterable(parts))
        with_rare_fields = [
            position
            for position, kr in enumerate(key_results)
            if kr.metric is not None
            or kr.derived is not None
            or kr.due is not None
            or kr.timing is not None
            or kr.contribution is not None
            or kr.continues is not None
            or (kr.profile is not None and kr.profile.early_warning is not None)
        ]
        starts = accumulate(map(len, parts), initial=0)
        return cls(
            tuple(objectives),
            tuple(key_results),
            tuple(starts),
            tuple(with_rare_fields),
            tuple(with_refs),
        )

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Index of each key result, by its id."""
        return MappingProxyType({id: index for index, id in enumerate(self.ids)})

    @cached_property
    def with_references(self) -> frozenset[int]:
        """Indexes of objectives with references beside their alignments, of their own or of members."""
        homes = (bisect_right(self.starts, index) - 1 for index in self.with_rare_fields)
        working = [n for n, objective in enumerate(self.objectives) if objective.initiatives]
        guarded = [
            n
            for n, objective in enumerate(self.objectives)
            for guardrail in objective.guardrails
            if guardrail.metric is not None or guardrail.protects is not None
        ]
        continuing = [
            n
            for n, objective in enumerate(self.objectives)
            if objective.continues is not None or objective.kpis or objective.trigger is not None
        ]
        serving = [
            n
            for n, objective in enumerate(self.objectives)
            if objective.place is not None and objective.place.priority is not None
        ]
        return frozenset(chain(self.with_refs, homes, working, guarded, continuing, serving))

    def by_objective(self) -> Iterable[tuple[Objective, Sequence[KeyResult]]]:
        """Return each objective with its own key results."""
        cuts = map(slice, self.starts, self.starts[1:])
        return zip(self.objectives, map(self.key_results.__getitem__, cuts), strict=True)

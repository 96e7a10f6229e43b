"""What the key results of a plan say, found in one pass and kept with the plan.

Rules of this file:

1. What nearly every key result has is a column, in the order of the plan, which is mostly that of memory.
2. What few have (a metric, a deadline of their own, a fixed share) is kept by who has it: checks and
   evaluation ask those, and nobody else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Any, TypeVar, final

from attrs import Factory, field, frozen

from okrcore.plan.derived import Derived
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.measures import Measure, takes_numbers
from okrcore.plan.objective import Objective
from okrcore.plan.profiles import Contribution

__all__ = ["Columns"]


_T = TypeVar("_T")


def _choosy(columns: Columns) -> Sequence[int]:
    choosy = {kind for kind in columns.kinds if not takes_numbers(kind)}
    if not choosy:
        return ()
    kinds = enumerate(map(type, columns.measures))
    return tuple([position for position, kind in kinds if kind in choosy])


def _given(columns: Columns, name: str) -> Mapping[int, Any]:
    fields = [(at, getattr(columns.key_results[at], name)) for at in columns.telling]
    return MappingProxyType({at: value for at, value in fields if value is not None})


def _made(column: Callable[[Columns], _T]) -> _T:
    """Return a field that is made from the fields before it."""
    return field(init=False, default=Factory(column, takes_self=True))


@final
@frozen(eq=False)
class Columns:
    """The key results that are at home in a plan.

    Args:
        objectives: In the order of the plan.
        key_results: One objective after the other; their position here is their place everywhere.
        starts: By objective, the position of its first one; then where the last ones end.
        telling: The positions of those that say something that few say.
        referring: The positions of the objectives that refer to key results at home elsewhere.
    """

    objectives: Sequence[Objective]
    key_results: Sequence[KeyResult]
    starts: Sequence[int]
    telling: Sequence[int]
    referring: Sequence[int]
    #: Id and measure of each key result.
    ids: Sequence[str] = _made(lambda self: tuple([kr.id for kr in self.key_results]))
    measures: Sequence[Measure] = _made(lambda self: tuple([kr.measure for kr in self.key_results]))
    #: Classes of the measures.
    kinds: frozenset[type[Measure]] = _made(lambda self: frozenset(map(type, self.measures)))
    #: Positions of key results whose measure does not take just any number.
    choosy: Sequence[int] = _made(_choosy)
    #: By position, the metric, derivation and contribution of each key result with one.
    with_metric: Mapping[int, str] = _made(lambda self: _given(self, "metric"))
    with_derivation: Mapping[int, Derived] = _made(lambda self: _given(self, "derived"))
    with_contribution: Mapping[int, Contribution] = _made(lambda self: _given(self, "contribution"))

    @classmethod
    def of(cls, objectives: Sequence[Objective]) -> Columns:
        """Return the columns of some objectives."""
        parts: list[Sequence[Any]] = [objective.key_results for objective in objectives]
        key_results = list(chain.from_iterable(parts))
        referring: list[int] = []
        if KeyResultRef in set(map(type, key_results)):
            referring = [n for n, part in enumerate(parts) if KeyResultRef in set(map(type, part))]
            for number in referring:
                parts[number] = objectives[number].own_key_results
            key_results = list(chain.from_iterable(parts))
        telling = [
            position
            for position, kr in enumerate(key_results)
            if kr.metric is not None
            or kr.derived is not None
            or kr.due is not None
            or kr.timing is not None
            or kr.contribution is not None
            or (kr.profile is not None and kr.profile.early_warning is not None)
        ]
        starts = accumulate(map(len, parts), initial=0)
        return cls(
            tuple(objectives), tuple(key_results), tuple(starts), tuple(telling), tuple(referring)
        )

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """The position of each key result, by its id."""
        return MappingProxyType({id: position for position, id in enumerate(self.ids)})

    @cached_property
    def naming(self) -> frozenset[int]:
        """The positions of the objectives that name others beside what they support: few do.

        They or their members do so.
        """
        homes = (bisect_right(self.starts, position) - 1 for position in self.telling)
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
            if objective.profile is not None and objective.profile.continues is not None
        ]
        return frozenset(chain(self.referring, homes, working, guarded, continuing))

    def by_objective(self) -> Iterable[tuple[Objective, Sequence[KeyResult]]]:
        """Return each objective with the key results that are at home in it."""
        cuts = map(slice, self.starts, self.starts[1:])
        return zip(self.objectives, map(self.key_results.__getitem__, cuts), strict=True)

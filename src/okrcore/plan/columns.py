"""What the key results of a plan say, found in one pass and kept with the plan.

Rules of this file:

1. What nearly every key result has is a column, in the order of the plan, which is mostly that of memory.
2. What few have (a metric, a deadline of their own, a fixed share) is kept by who has it: checks and
   evaluation ask those, and nobody else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Any, final

from attrs import frozen

from okrcore.plan.derived import Derived
from okrcore.plan.key_result import KeyResult, KeyResultRef
from okrcore.plan.measures import Measure, takes_numbers
from okrcore.plan.objective import Objective
from okrcore.plan.profiles import Contribution

__all__ = ["Columns"]


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
    def ids(self) -> Sequence[str]:
        """The id of each key result."""
        return tuple([kr.id for kr in self.key_results])

    @cached_property
    def measures(self) -> Sequence[Measure]:
        """The measure of each key result."""
        return tuple([kr.measure for kr in self.key_results])

    @cached_property
    def kinds(self) -> frozenset[type[Measure]]:
        """The kinds of measures there are."""
        return frozenset(map(type, self.measures))

    @cached_property
    def choosy(self) -> Sequence[int]:
        """The positions of those whose measure does not take just any number."""
        choosy = {kind for kind in self.kinds if not takes_numbers(kind)}
        if not choosy:
            return ()
        kinds = enumerate(map(type, self.measures))
        return tuple([place for place, kind in kinds if kind in choosy])

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

    @cached_property
    def with_metric(self) -> Mapping[int, str]:
        """Metric of each key result with one, by position."""
        return self._given("metric")

    @cached_property
    def with_derivation(self) -> Mapping[int, Derived]:
        """Derivation of each derived key result, by position."""
        return self._given("derived")

    @cached_property
    def with_contribution(self) -> Mapping[int, Contribution]:
        """Contribution of each key result with one, by position."""
        return self._given("contribution")

    def _given(self, name: str) -> Mapping[int, Any]:
        fields = [(at, getattr(self.key_results[at], name)) for at in self.telling]
        return MappingProxyType({at: value for at, value in fields if value is not None})

"""Whole ways: key results that continue each other, from their first start to their newest target.

Rules of this file:

1. A way has the first start and the newest target. Stages of milestones are united by name.
2. If no way can be drawn, as between two units, it begins anew, and the newest key result that was read counts.
3. No way leads to a measure without a score, as to an open target: the newest key result with one counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from math import isnan
from typing import Any, TypeAlias, cast, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore.errors import OkrError
from okrcore.plan import (
    Anchors,
    Evidence,
    Exactly,
    FromTo,
    KeyResult,
    Measure,
    Milestones,
    Objective,
    Plan,
)
from okrcore.plan.measures import LINEAR, is_scoreless
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import counted_rows, end_of_grace

__all__ = ["NAMED", "Way", "Ways", "can_be_drawn", "drawn"]

#: Key results that continue each other, oldest first.
Way: TypeAlias = tuple[KeyResult, ...]
#: Measures whose reading is all names so far.
NAMED = (Milestones, Evidence)


@final
@frozen(eq=False)
class Ways:
    """Ways of the key results of a day.

    Args:
        facts: The facts of the day.
        part: The plan in force, or a part of it.
        closed: By index of a closed item, the facts of its closing, and its index in them.
        supposed: Supposed scores, by id.
    """

    facts: Facts
    part: Plan
    closed: Mapping[int, tuple[Facts, int]]
    supposed: Mapping[str, float]

    def way_to(self, key_result: KeyResult, known: AbstractSet[str]) -> Way:
        """Return a key result with those that it continues, as far as their ids are known."""
        way = [key_result]
        while (before := way[0].continues) is not None and before in known:
            way.insert(0, self.part.key_result(before))
        return tuple(way)

    def counting(self, way: Way) -> KeyResult:
        """Return the newest key result of a way with a score; the newest of all if none has one."""
        last = way
        while last:
            part = drawn(last)
            if self._is_scored(part):
                return last[-1]
            last = last[: -len(part)]
        return way[-1]

    def _is_scored(self, part: Way) -> bool:
        return not is_scoreless(part[-1].measure) and any(map(self._is_read, part))

    def _is_read(self, key_result: KeyResult) -> bool:
        index = self.facts.compiled.index_of.get(key_result.id)
        if index is None or index in self.facts.compiled.derived or key_result.id in self.supposed:
            return index is not None
        return bool(self.readings(key_result))

    def readings(self, key_result: KeyResult) -> Sequence[tuple[int, Any]]:
        """Return the days and values of the readings that count, of a closed item as of its closing."""
        facts, index = self.facts_of(key_result)
        readings = facts.history.readings
        return [(readings.on[row], readings.values[row]) for row in counted_rows(facts, index)]

    def last_day(self, key_result: KeyResult) -> int:
        """Return the last day of a key result and its objective, as an ordinal."""
        compiled = self.facts.compiled
        index = compiled.index_of[key_result.id]
        return min(compiled.last[index], compiled.ends[compiled.home[index]])

    def end_of(self, objective: Objective) -> int:
        """Return the last day on which readings of an objective count, as an ordinal: at most that of its closing."""
        index = self.facts.compiled.index_of[objective.id]
        then, _ = self.closed.get(index, (None, index))
        end = end_of_grace(self.facts, index)
        return end if then is None else min(end, then.today)

    def facts_of(self, key_result: KeyResult) -> tuple[Facts, int]:
        """Return the facts with the figures of a key result, and its index in them."""
        index = self.facts.compiled.index_of[key_result.id]
        return self.closed.get(index, (self.facts, index))

    def depends_on_journal(self, way: Way) -> bool:
        """Return whether the measure of a way follows from more than the plan in force."""
        compiled = self.facts.compiled
        ends = (compiled.baselines[compiled.index_of[each.id]] for each in (way[0], way[-1]))
        return isinstance(way[-1].measure, Evidence) or any(map(isnan, ends))

    def ends_of(self, key_result: KeyResult) -> tuple[float, float]:
        """Return the baseline and target of a line; ABSENT without one."""
        facts, index = self.facts_of(key_result)
        return facts.baselines[index], facts.targets[index]

    def measure_of(self, way: Way) -> Measure:
        """Return the measure of the newest key result of a way, with the whole way."""
        newest = way[-1].measure
        if isinstance(newest, Milestones):
            steps = {
                step.name: step
                for each in way
                for step in cast("Milestones", each.measure).milestones
            }
            return Milestones(*steps.values())
        if isinstance(newest, Evidence):
            return self._whole_evidence(way)
        if isinstance(newest, Exactly | Anchors):
            first = cast("Exactly | Anchors", way[0].measure)
            try:
                return evolve(newest, baseline=cast("Any", first.baseline))
            except OkrError:  # no way leads from there
                return newest
        if type(newest) not in LINEAR:
            return newest
        (start, _), (own, target) = self.ends_of(way[0]), self.ends_of(way[-1])
        if isnan(start) or isnan(target) or snap(start) in (snap(own), snap(target)):
            return newest
        return FromTo(start, target)

    def _whole_evidence(self, way: Way) -> Evidence:
        """Return evidence with all that is required: of what was carried that is the rest."""
        required = 0
        for before, after in pairwise(way):
            old, new = (cast("Evidence", each.measure) for each in (before, after))
            required += len(self._names(before)) if new.required < old.required else 0
        newest = cast("Evidence", way[-1].measure)
        return evolve(newest, required=required + newest.required)

    def _names(self, key_result: KeyResult) -> tuple[str, ...]:
        """Return the last reading of a key result that takes names."""
        readings = self.readings(key_result)
        return cast("tuple[str, ...]", readings[-1][1]) if readings else ()


def drawn(way: Way) -> Way:
    """Return the last key results of a way from which one can be drawn."""
    first = len(way) - 1
    if is_scoreless(way[first].measure):
        return way[first:]
    while first and can_be_drawn(way[first - 1], way[first]):
        first -= 1
    return way[first:]


def can_be_drawn(before: KeyResult, after: KeyResult) -> bool:
    """Return whether one way leads from a key result to another."""
    sources = (before.metric, before.derived is None) == (after.metric, after.derived is None)
    kinds = type(before.measure), type(after.measure)
    are_lines = all(kind in LINEAR for kind in kinds)
    are_alike = before.unit is after.unit or str(before.unit) == str(after.unit)
    # Of one metric the numbers are the same, with the unit stated or not.
    are_alike |= before.metric is not None and None in (before.unit, after.unit)
    return sources and are_alike and (are_lines or kinds[0] is kinds[1])

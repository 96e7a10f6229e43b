"""The work of chains as a plan of its own: the newest member of each with the whole way of its key results.

Rules of this file:

1. A key result has its whole way: from its first start to its newest target, with the newest weight. Stages of
   milestones are united by name.
2. If no way can be drawn, as between two units, the newest key result that was read counts.
3. Key results that were left behind keep their score and weight: the newest member refers to them. One that
   an adjustment removed after it was carried over is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import pairwise
from math import isnan
from typing import Any, TypeAlias, cast, final

from attrs import evolve, field, frozen

from okrcore._arith import snap
from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError, OkrError
from okrcore.journal import Adjustment, AdjustmentKind, BaselineSet, CheckIn, Journal
from okrcore.plan import (
    Alignment,
    Anchors,
    Evidence,
    Exactly,
    FromTo,
    KeyResult,
    KeyResultRef,
    Measure,
    Milestones,
    Objective,
    Plan,
)
from okrcore.plan.measures import LINEAR
from okrcore.rulebook import Rulebook
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.readings import counted_rows

__all__ = ["CarriedWork", "carried_work"]

#: Key results that continue each other, oldest first, of which a way can be drawn.
_Way: TypeAlias = tuple[KeyResult, ...]
#: Measures whose reading is all names so far.
_NAMED = (Milestones, Evidence)


@final
@frozen(eq=False)
class CarriedWork:
    """A plan of carried work, and its entries.

    Args:
        plan: The members of some chains and all that their scores depend on; the newest member of each has
            the work of all.
        journal: Entries about its items. Readings of an older key result are also readings of the newest.
        rulebook: The rulebook of the day, without totals of weights: of what was left behind they are more.
    """

    plan: Plan
    journal: Journal
    rulebook: Rulebook


def carried_work(
    facts: Facts,
    chains: Sequence[Chain],
    journal: Journal,
    closed: Mapping[int, tuple[Facts, int]],
) -> CarriedWork:
    """Return the work of chains without a common member.

    Args:
        facts: The facts of the day.
        chains: The chains.
        journal: The journal of the day.
        closed: By index of a closed item, the facts of its closing, and its index in them.
    """
    plan, part = facts.plan, facts.in_force.part
    if part:  # the plan is as stored
        plan = evolve(plan, objectives=[part.get(each.id, each) for each in plan.objectives])
    work = _Work(facts, plan.subtree(*_ids(chains)), closed)
    # A key result that a member in the middle left behind has its whole way there.
    carried = {
        member.id: work.whole_of(chain.members[: n + 1])
        for chain in chains
        for n, member in enumerate(chain.members)
        if n
    }
    made = work.plan_with(carried, chains)
    entries = work.entries(journal, set(carried))
    return CarriedWork(made, entries, _without_totals(facts.rulebook))


def _ids(chains: Sequence[Chain]) -> Iterator[str]:
    for chain in chains:
        yield from (member.id for member in chain.members)


@final
@frozen(eq=False)
class _Work:
    """Work while it is put together.

    Args:
        facts: The facts of the day.
        part: The members and all that their scores depend on, as they are in force.
        closed: By index of a closed item, the facts of its closing, and its index in them.
    """

    facts: Facts
    part: Plan
    closed: Mapping[int, tuple[Facts, int]]
    _ways: list[_Way] = field(factory=list[_Way], init=False)
    _remeasured: set[str] = field(factory=set[str], init=False)

    # --- the plan ------------------------------------------------------------------------------

    def whole_of(self, members: Sequence[Objective]) -> Objective:
        """Return the newest of some members, oldest first, with the work of all."""
        *older, newest = members
        before: dict[str, KeyResult | KeyResultRef] = {}
        for member in older:
            for each in member.key_results:
                before[_named(each)] = each
                before.pop(self.part.key_result(_named(each)).continues or "", None)
        found = list[KeyResult | KeyResultRef]()
        every = {_named(each) for member in older for each in member.key_results}
        known = every - {_named(each) for each in newest.key_results}  # which counts them beside
        for each in newest.key_results:
            way = self._way_to(self.part.key_result(_named(each)), known)
            for one in way:
                before.pop(one.id, None)
            found += self._carried(way) if isinstance(each, KeyResult) else [each]
        ended = self._ended()
        left: list[KeyResultRef] = []
        for id, each in before.items():
            if id in ended:
                continue
            read = None
            if isinstance(each, KeyResult):
                read = self._newest_read(self._way_to(each, every))
            left.append(KeyResultRef(id if read is None else read.id, weight=each.weight))
        starts = [each.cycle for each in members]
        cycle = newest.cycle
        if cycle is not None and starts[0] is not None:
            cycle = Cycle(min(starts[0].start, cycle.start), cycle.end)
        return evolve(
            newest,
            key_results=[*found, *left],
            cycle=cycle,
            continues=None,
            micro=None,
        )

    def _ended(self) -> AbstractSet[object]:
        """Return the ids of the key results that removed ones continued."""
        stored, history = self.facts.stored.items, self.facts.history
        left = self.facts.in_force.left
        removed = (stored.get(id) or history.record_of(id) for id in left)
        found: set[object] = {each.continues for each in removed if isinstance(each, KeyResult)}
        for entry in history.adjustments if left else ():
            if entry.of in left:
                found.update(value for name, value in entry.sets if name == "continues")
        return found

    def _way_to(self, key_result: KeyResult, known: set[str]) -> _Way:
        """Return a key result with those that it continues, if their objectives are of the chain."""
        way = [key_result]
        while way[0].continues in known:
            way.insert(0, self.part.key_result(way[0].continues))
        return tuple(way)

    def _carried(self, way: _Way) -> Sequence[KeyResult | KeyResultRef]:
        """Return the newest key result of a way with its whole; or unread and without one, an older one."""
        newest, drawn = way[-1], _drawn(way)
        read = self._newest_read(way)
        if read is not None and read is not newest:
            # Others may name the newest one, so it stays.
            unread = evolve(newest, continues=None, weight=0.0)
            return unread, KeyResultRef(read.id, weight=newest.weight)
        if len(drawn) == 1:
            return (evolve(newest, continues=None),)
        measure = self._whole_measure(drawn)
        if measure != newest.measure:
            self._remeasured.add(newest.id)
        self._ways.append(drawn)
        return (evolve(newest, continues=None, measure=measure),)

    def _newest_read(self, way: _Way) -> KeyResult | None:
        """Return the newest key result of a way that was read, itself or before it; None if none was."""
        while len(way) and not any(map(self._is_read, _drawn(way))):
            way = way[: -len(_drawn(way))]
        return way[-1] if way else None

    def _is_read(self, key_result: KeyResult) -> bool:
        index = self.facts.compiled.index_of.get(key_result.id)
        if index is None or index in self.facts.compiled.derived:
            return index is not None
        return bool(self._readings(key_result))

    def _readings(self, key_result: KeyResult) -> Sequence[tuple[int, Any]]:
        """Return the days and values of the readings that count, of a closed item as of its closing."""
        facts, index = self._facts_of(key_result)
        readings = facts.history.readings
        return [(readings.on[row], readings.values[row]) for row in counted_rows(facts, index)]

    def _facts_of(self, key_result: KeyResult) -> tuple[Facts, int]:
        index = self.facts.compiled.index_of[key_result.id]
        return self.closed.get(index, (self.facts, index))

    def _whole_measure(self, way: _Way) -> Measure:
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
        start, target = self._end(way[0], "baselines"), self._end(way[-1], "targets")
        own = self._end(way[-1], "baselines")
        if isnan(start) or isnan(target) or snap(start) in (snap(own), snap(target)):
            return newest
        return FromTo(start, target)

    def _end(self, key_result: KeyResult, ends: str) -> float:
        facts, index = self._facts_of(key_result)
        column: Sequence[float] = getattr(facts, ends)
        return column[index]

    def _whole_evidence(self, way: _Way) -> Evidence:
        """Return evidence with all that is required: of what was carried that is the rest."""
        required = 0
        for before, after in pairwise(way):
            old, new = (cast("Evidence", each.measure) for each in (before, after))
            required += len(self._names(before)) if new.required < old.required else 0
        newest = cast("Evidence", way[-1].measure)
        return evolve(newest, required=required + newest.required)

    def _names(self, key_result: KeyResult) -> tuple[str, ...]:
        """Return the last reading of a key result that takes names."""
        readings = self._readings(key_result)
        return cast("tuple[str, ...]", readings[-1][1]) if readings else ()

    def plan_with(self, carried: Mapping[str, Objective], chains: Sequence[Chain]) -> Plan:
        """Return the plan with the work of all members in the newest ones."""
        newest = {each.id: chain.newest.id for chain in chains for each in chain.older}
        part = self.part
        objectives = [carried.get(each.id, each) for each in part.objectives]
        kept = [_without_predecessors(each) for each in objectives]
        try:
            made = self._once([self._supporting(each, newest) for each in kept], chains)
            return Plan(made, metrics=part.metrics, outside=part.outside)
        except InconsistentPlanError:  # an older member above what the newest one supports
            return Plan(kept, metrics=part.metrics, outside=part.outside)

    @staticmethod
    def _once(objectives: Sequence[Objective], chains: Sequence[Chain]) -> Sequence[Objective]:
        """Return the objectives with one alignment of each chain to an objective: that of the newest."""
        made = {each.id: each for each in objectives}
        for chain in chains:
            above = set[str]()
            for member in reversed(chain.members):
                one = made[member.id]
                left = [each for each in one.supports if each.to not in above]
                above.update(each.to for each in left)
                if len(left) < len(one.supports):
                    made[member.id] = evolve(one, supports=left)
        return list(made.values())

    def _supporting(self, objective: Objective, newest: Mapping[str, str]) -> Objective:
        """Return an objective that supports the newest member of a chain instead of an older one."""
        found: dict[str, Alignment] = {}
        ages = {id: age for age, id in enumerate(newest)}
        homes = self.part.homes

        def above(each: Alignment) -> str:
            return homes[each.to].id if each.to in homes else each.to

        # Of alignments to several members that to the newest counts.
        for each in sorted(objective.supports, key=lambda each: ages.get(above(each), len(ages))):
            to = newest.get(above(each))
            if to is None:
                found[each.to] = each
            elif to != objective.id:
                found[to] = evolve(each, to=to)
        mine = newest.get(objective.id)
        if mine is not None:
            for each in self.part.objective(mine).supports:
                found.pop(newest.get(each.to, each.to), None)
        return evolve(objective, supports=list(found.values()))

    # --- entries -------------------------------------------------------------------------------

    def entries(self, journal: Journal, carried: AbstractSet[str]) -> Journal:
        """Return the entries about the items of the plan.

        Args:
            journal: The journal of the day.
            carried: Ids of the newest members, whose cycles begin with the first ones in the plan.
        """
        newest = {way[-1].id: way for way in self._ways}
        added: list[Any] = [
            entry
            for entry in map(_rest_of, self.facts.in_force.entries)
            if entry is not None and entry.of in self.part
        ]
        carried_by = {older.id: way[-1].id for way in self._ways for older in way[:-1]}
        added += [
            evolve(entry, of=carried_by[entry.of]) for entry in added if entry.of in carried_by
        ]
        reached = {id: self._readings_before(way, added) for id, way in newest.items()}

        def is_kept(entry: Any) -> bool:
            if isinstance(entry, Adjustment):
                return False
            if isinstance(entry, BaselineSet):
                return entry.of not in self._remeasured
            if not isinstance(entry, CheckIn):
                return True
            home = self.part.homes.get(entry.of)
            if home is not None and home.id in carried and self._is_early(entry, home):
                return False
            if entry.of not in newest:
                return True
            names = reached[entry.of]
            if names and entry.value is not None:
                value = tuple(dict.fromkeys((*names, *cast("tuple[str, ...]", entry.value))))
                added.append(evolve(entry, id=None, value=value))
                return False
            return True

        kept = journal.only(self.part).keep(is_kept)
        return kept.add(added) if added else kept

    @staticmethod
    def _is_early(entry: CheckIn, home: Objective) -> bool:
        """Return whether a check-in is dated before the cycle of the objective, so that it does not count."""
        return home.cycle is not None and entry.on < home.cycle.start

    def _readings_before(self, way: _Way, added: list[Any]) -> tuple[str, ...]:
        """Add the readings of older key results as those of the newest; return the names among them."""
        newest, names = way[-1], tuple[str, ...]()
        if newest.metric is not None or newest.derived is not None:
            return names
        compiled = self.facts.compiled
        for older in way[:-1]:
            index, before = compiled.index_of[older.id], names
            last = min(compiled.last[index], compiled.ends[compiled.home[index]])
            for on, read in self._readings(older):
                value = read
                if isinstance(newest.measure, _NAMED):
                    value = names = tuple(dict.fromkeys((*before, *cast("tuple[str, ...]", read))))
                added.append(CheckIn(newest.id, date.fromordinal(min(on, last)), value))
        return names


def _named(member: KeyResult | KeyResultRef) -> str:
    return member.to if isinstance(member, KeyResultRef) else member.id


def _drawn(way: _Way) -> _Way:
    """Return the last key results of a way from which one can be drawn."""
    first = len(way) - 1
    while first and _can_be_drawn(way[first - 1], way[first]):
        first -= 1
    return way[first:]


def _can_be_drawn(before: KeyResult, after: KeyResult) -> bool:
    """Return whether one way leads from a key result to another."""
    sources = (before.metric, before.derived is None) == (after.metric, after.derived is None)
    kinds = type(before.measure), type(after.measure)
    are_lines = all(kind in LINEAR for kind in kinds)
    return sources and str(before.unit) == str(after.unit) and (are_lines or len({*kinds}) == 1)


def _without_predecessors(objective: Objective) -> Objective:
    key_results = [
        each
        if isinstance(each, KeyResultRef) or each.continues is None
        else evolve(each, continues=None)
        for each in objective.key_results
    ]
    return evolve(objective, continues=None, key_results=key_results)


def _without_totals(rulebook: Rulebook) -> Rulebook:
    books = rulebook, *rulebook.methods
    if all(book.roll_up.weights_total is None for book in books):
        return rulebook
    roll_up = evolve(rulebook.roll_up, weights_total=None)
    return evolve(rulebook, roll_up=roll_up, methods=map(_without_totals, rulebook.methods))


def _rest_of(entry: Adjustment) -> Adjustment | None:
    """Return the part of an adjustment that no plan has: a factor of progress; None without one."""
    if entry.rescale is None:
        return None
    return Adjustment(
        entry.of,
        entry.on,
        rescale=entry.rescale,
        kind=AdjustmentKind.PERSIST,
        because=entry.because,
        recorded=entry.recorded,
    )

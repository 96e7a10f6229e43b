"""The work of chains as a plan of its own: the newest member of each with the whole way of its key results.

Rules of this file:

1. A key result has its whole way, see `whole_ways`, also where a member refers to it, with the newest weight.
2. If no way can be drawn, the newest key result that was read counts.
3. Key results that were left behind keep their score and weight: the newest member refers to them. One that
   an adjustment removed after it was carried over is gone.
4. An objective whose key results have a way from before its cycle begins with that way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from typing import TypeAlias, final

from attrs import evolve, field, frozen

from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError
from okrcore.journal import Journal
from okrcore.plan import Alignment, KeyResult, KeyResultRef, Measure, Objective, Plan
from okrcore.rulebook import Rulebook
from okrcore.scorecard.day.carried_entries import carried_entries
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.whole_ways import Way, Ways, drawn

__all__ = ["CarriedWork", "carried_work"]

_Member: TypeAlias = KeyResult | KeyResultRef


@final
@frozen(eq=False)
class CarriedWork:
    """A plan of carried work, and its entries.

    Args:
        plan: The members of some chains and all that their scores depend on; the newest member of each has
            the work of all.
        journal: Entries about its items. Readings of an older key result are also readings of the newest.
        rulebook: The rulebook of the day, without totals of weights: of what was left behind they are more.
        supposed: Supposed scores, by id.
    """

    plan: Plan
    journal: Journal
    rulebook: Rulebook
    supposed: tuple[tuple[str, float], ...]


def carried_work(
    facts: Facts,
    chains: Sequence[Chain],
    journal: Journal,
    closed: Mapping[int, tuple[Facts, int]],
    supposed: Sequence[tuple[str, float]] = (),
    *,
    apart: Collection[Chain] = (),
) -> CarriedWork:
    """Return the work of chains without a common member.

    Args:
        facts: The facts of the day.
        chains: The chains.
        journal: The journal of the day.
        closed: By index of a closed item, the facts of its closing, and its index in them.
        supposed: Supposed scores, by id.
        apart: Chains whose members have their own work, by the whole way of their key results.
    """
    plan, part = facts.plan, facts.in_force.part
    if part:  # the plan is as stored
        plan = evolve(plan, objectives=[part.get(each.id, each) for each in plan.objectives])
    plan = plan.subtree(*_ids(chains))
    work = _Work(Ways(facts, plan, closed, dict(supposed)))
    # A key result that a member in the middle left behind has its whole way there.
    carried = {
        member.id: work.whole_of(chain.members[: n + 1], is_one=chain not in apart)
        for chain in chains
        for n, member in enumerate(chain.members)
        if n
    }
    made = work.plan_with(carried, [chain for chain in chains if chain not in apart])
    entries = carried_entries(work.ways, work.whole, work.remeasured, made, journal)
    scores = work.supposed_in(made, supposed)
    return CarriedWork(made, entries, _without_totals(facts.rulebook), scores)


def _ids(chains: Sequence[Chain]) -> Iterator[str]:
    for chain in chains:
        yield from (member.id for member in chain.members)


@final
@frozen(eq=False)
class _Work:
    """Work while it is put together.

    Args:
        ways: Ways in the plan of the members and all that their scores depend on, as it is in force.
        whole: By id of the newest key result, the ways that can be drawn.
    """

    ways: Ways
    whole: dict[str, Way] = field(factory=dict[str, Way], init=False)

    # --- the work of a chain -------------------------------------------------------------------

    def whole_of(self, members: Sequence[Objective], *, is_one: bool) -> Objective:
        """Return the newest of some members, oldest first, with the work of all, or if not one, with its own."""
        *older, newest = members
        before: dict[str, _Member] = {}
        for member in older:
            mine = {_named(each): each for each in member.key_results}
            for id in mine:
                if (goes_on := self._key_result(id).continues or "") not in mine:
                    before.pop(goes_on, None)
            before |= mine
        mine = {_named(each): each for each in newest.key_results}
        every = {_named(each) for member in older for each in member.key_results}
        found = list[_Member]()
        for id, each in mine.items():
            way = self.ways.way_to(self._key_result(id), every - mine.keys())
            for one in way:
                before.pop(one.id, None)
            found += self._carried(way, each)
        left = self._left_behind(before, every) if is_one else {}
        counted = {_named(each) for each in found}
        found += [each for id, each in left.items() if id not in counted]
        first, cycle = members[0].cycle, newest.cycle
        if cycle is not None and first is not None:
            cycle = Cycle(min(first.start, cycle.start), cycle.end)
        return evolve(newest, key_results=found, cycle=cycle, micro=None)

    def _key_result(self, id: str) -> KeyResult:
        return self.ways.part.key_result(id)

    def _carried(self, way: Way, each: _Member) -> Sequence[_Member]:
        """Return the newest key result of a way as a member has it; if it is unread and no way leads to it, an
        older one.
        """
        newest, read = way[-1], self.ways.newest_read(way)
        if read is None or read is newest:
            self._draw(way)
            return (each,)
        older = KeyResultRef(read.id, weight=each.weight)
        if isinstance(each, KeyResultRef):
            return (older,)
        # Others may name the newest one, so it stays.
        return evolve(each, weight=0.0), older

    def _draw(self, way: Way) -> None:
        """Keep a way that can be drawn; the longest one to a key result counts."""
        found, id = drawn(way), way[-1].id
        if len(found) > len(self.whole.get(id, way[-1:])):
            self.whole[id] = found

    def _left_behind(
        self, before: Mapping[str, _Member], every: AbstractSet[str]
    ) -> Mapping[str, KeyResultRef]:
        """Return the key results that were left behind, by id."""
        ended, left = self._ended(), dict[str, KeyResultRef]()
        for id, each in before.items():
            if id not in ended:
                read = self.ways.newest_read(self.ways.way_to(self._key_result(id), every))
                counting = id if read is None else read.id
                left[counting] = KeyResultRef(counting, weight=each.weight)
        return left

    def _ended(self) -> AbstractSet[object]:
        """Return the ids of the key results that removed ones continued."""
        facts = self.ways.facts
        left, stored, history = facts.in_force.left, facts.stored.items, facts.history
        removed = (stored.get(id) or history.record_of(id) for id in left)
        found: set[object] = {each.continues for each in removed if isinstance(each, KeyResult)}
        for entry in history.adjustments if left else ():
            if entry.of in left:
                found.update(value for name, value in entry.sets if name == "continues")
        return found

    # --- the plan ------------------------------------------------------------------------------

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Measures with the whole way, by id."""
        return {id: self.ways.measure_of(way) for id, way in self.whole.items()}

    @property
    def remeasured(self) -> AbstractSet[str]:
        """Ids of the key results whose measure is another one with the whole way."""
        return {id for id, made in self.measures.items() if made != self.whole[id][-1].measure}

    def plan_with(self, carried: Mapping[str, Objective], chains: Sequence[Chain]) -> Plan:
        """Return the plan with the work of all members in the newest ones."""
        part, measures = self.ways.part, self.measures
        kept = [self._along_ways(carried.get(each.id, each), measures) for each in part.objectives]
        try:
            made = _once(self._supporting(kept, chains), chains)
            return Plan(made, metrics=part.metrics, outside=part.outside)
        except InconsistentPlanError:  # an older member above what the newest one supports
            return Plan(kept, metrics=part.metrics, outside=part.outside)

    def _along_ways(self, objective: Objective, measures: Mapping[str, Measure]) -> Objective:
        """Return an objective whose key results have their whole way, and continue nothing."""
        starts, members = list[date](), list[_Member]()
        for each in objective.key_results:
            one = each
            if isinstance(each, KeyResult) and each.id in measures:
                one = evolve(each, continues=None, measure=measures[each.id])
                home = self.ways.part.homes[self.whole[each.id][0].id]
                starts += [] if home.cycle is None else [home.cycle.start]
            elif isinstance(each, KeyResult) and each.continues is not None:
                one = evolve(each, continues=None)
            members.append(one)
        cycle, micro = objective.cycle, objective.micro
        if cycle is not None and starts and min(starts) < cycle.start:
            cycle, micro = Cycle(min(starts), cycle.end), None
        return evolve(objective, key_results=members, cycle=cycle, micro=micro, continues=None)

    def _supporting(
        self, objectives: Sequence[Objective], chains: Sequence[Chain]
    ) -> Sequence[Objective]:
        """Return objectives that support the newest member of a chain instead of an older one."""
        newest = {each.id: chain.newest.id for chain in chains for each in chain.older}
        ages = {id: age for age, id in enumerate(newest)}
        homes = self.ways.part.homes

        def above(each: Alignment) -> str:
            return homes[each.to].id if each.to in homes else each.to

        def supporting(objective: Objective) -> Objective:
            found: dict[str, Alignment] = {}
            # Of alignments to several members that to the newest counts.
            for each in sorted(
                objective.supports, key=lambda each: ages.get(above(each), len(ages))
            ):
                to = newest.get(above(each))
                if to is None:
                    found[each.to] = each
                elif to != objective.id:
                    found[to] = evolve(each, to=to)
            mine = newest.get(objective.id)
            if mine is not None:
                for each in self.ways.part.objective(mine).supports:
                    found.pop(newest.get(each.to, each.to), None)
            return evolve(objective, supports=list(found.values()))

        return [supporting(each) if each.supports else each for each in objectives]

    def supposed_in(
        self, plan: Plan, supposed: Sequence[tuple[str, float]]
    ) -> tuple[tuple[str, float], ...]:
        """Return supposed scores in the plan of the work: that of an unread key result is the last before it."""
        given = {id: score for id, score in supposed if id in plan.homes}
        for id, way in self.whole.items() if given else ():
            if id not in given and not self.ways.readings(way[-1]):
                scores = [given[each.id] for each in way if each.id in given]
                given.update((id, score) for score in scores[-1:])
        return tuple(given.items())


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


def _named(member: _Member) -> str:
    return member.to if isinstance(member, KeyResultRef) else member.id


def _without_totals(rulebook: Rulebook) -> Rulebook:
    books = rulebook, *rulebook.methods
    if all(book.roll_up.weights_total is None for book in books):
        return rulebook
    roll_up = evolve(rulebook.roll_up, weights_total=None)
    return evolve(rulebook, roll_up=roll_up, methods=map(_without_totals, rulebook.methods))

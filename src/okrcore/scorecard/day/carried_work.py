"""The work of chains as a plan of its own: the newest member of each with the whole way of its key results.

Rules of this file:

1. A key result has its whole way, see `whole_ways`, also where a member refers to it, with the newest weight.
2. If no way can be drawn, the newest key result with a score counts.
3. Key results that were left behind keep their score and weight: the newest member refers to them. One that
   an adjustment removed after it was carried over is gone.
4. Initiatives of all members are those of the newest. Guardrails are the newest member's own, over the whole
   way: two are one if they read one metric, and a judgement that settles the older one settles both.
5. An objective whose key results have a way from before its cycle begins with that way.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import chain as chained
from operator import is_
from typing import Final, TypeAlias, final

from attrs import evolve, field, frozen

from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError
from okrcore.journal import Journal, Judgement
from okrcore.plan import Alignment, KeyResult, KeyResultRef, Measure, Objective, Plan
from okrcore.rulebook import Rulebook
from okrcore.scorecard.day.begun_metrics import (
    BegunMetric,
    with_begun_metrics,
    with_begun_readings,
)
from okrcore.scorecard.day.carried_entries import carried_entries
from okrcore.scorecard.day.carried_limits import with_limits_apart
from okrcore.scorecard.day.chains import Chain
from okrcore.scorecard.day.facts import Facts
from okrcore.scorecard.day.whole_ways import Way, Ways, drawn

__all__ = ["CarriedWork", "carried_work", "key_of"]

#: Plans of works that are kept with a compiled plan (library default).
_MOST_KEPT: Final = 8
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
    given = dict(supposed)
    kept, key = facts.compiled.kept_works, key_of(chains, apart)
    found: _WorkPlan | None = kept.get(key)
    if found is None or not found.holds(Ways(facts, found.part, closed, given)):
        found = _plan_of(facts, chains, closed, given, apart)
        while len(kept) >= _MOST_KEPT:
            # Another thread may have taken it out already.
            kept.pop(next(iter(kept), None), None)
        kept[key] = found
    ways = Ways(facts, found.part, closed, given)
    entries = carried_entries(ways, found.whole, found.remeasured, found.plan, journal)
    entries = with_begun_readings(facts, found.begun, entries)
    settled = _settled(facts, chains, apart)
    entries = entries.add(settled) if settled else entries
    scores = found.supposed(ways)
    return CarriedWork(found.plan, entries, _without_totals(facts.rulebook), scores)


def _settled(
    facts: Facts, chains: Sequence[Chain], apart: Collection[Chain]
) -> Sequence[Judgement]:
    """Return judgements on guardrails of older members as those on guardrails of the newest, by metric."""
    judged = facts.history.judgements
    found: list[Judgement] = []
    for chain in chains if judged.of else ():
        newest = {each.metric: each.id for each in chain.newest.guardrails if each.metric}
        follows = {
            each.id: newest[each.metric]
            for member in (() if chain in apart else chain.older)
            for each in member.guardrails
            if each.metric in newest
        }
        found += [
            evolve(entry, of=follows[entry.of], id=None)
            for entry in judged.values
            if entry.of in follows
        ]
    return found


def key_of(chains: Sequence[Chain], apart: Collection[Chain]) -> Hashable:
    """Return the key of the work of some chains of a compiled plan."""
    return tuple([(each.index, len(each.members), each in apart) for each in chains])


@final
@frozen(eq=False)
class _WorkPlan:
    """The plan of a work, which is the same on most days and in most journals.

    Args:
        part: The members and all that their scores depend on, as they are in force.
        plan: The plan of the work.
        begun: Metrics without their readings from before a day, see `with_begun_metrics`.
        whole: By id of the newest key result, the ways that can be drawn.
        measures: Measures with the whole way, by id of the same.
        choices: Ways that cannot be drawn as a whole, with the id of the key result that counts.
        depending: Ids of measures that follow from more than the plan in force.
    """

    part: Plan
    plan: Plan
    begun: Mapping[str, BegunMetric]
    whole: Mapping[str, Way]
    measures: Mapping[str, Measure]
    choices: Sequence[tuple[Way, str]]
    depending: Sequence[str]

    @property
    def remeasured(self) -> AbstractSet[str]:
        """Ids of the key results whose measure is another one with the whole way."""
        return {id for id, made in self.measures.items() if made != self.whole[id][-1].measure}

    def holds(self, ways: Ways) -> bool:
        """Return whether the plan is the same by the ways of a day."""
        return all(ways.counting(way).id == id for way, id in self.choices) and all(
            ways.measure_of(self.whole[id]) == self.measures[id] for id in self.depending
        )

    def supposed(self, ways: Ways) -> tuple[tuple[str, float], ...]:
        """Return supposed scores in the plan: that of an unread key result is the last before it."""
        given = {id: score for id, score in ways.supposed.items() if id in self.plan.homes}
        for id, way in self.whole.items() if given else ():
            if id not in given and not ways.readings(way[-1]):
                scores = [given[each.id] for each in way if each.id in given]
                given.update((id, score) for score in scores[-1:])
        return tuple(given.items())


def _plan_of(
    facts: Facts,
    chains: Sequence[Chain],
    closed: Mapping[int, tuple[Facts, int]],
    supposed: Mapping[str, float],
    apart: Collection[Chain],
) -> _WorkPlan:
    """Return the plan of the work of chains, see `carried_work`."""
    plan, part = facts.plan, facts.in_force.part
    if part:  # the plan is as stored
        plan = evolve(plan, objectives=[part.get(each.id, each) for each in plan.objectives])
    plan = plan.subtree(*_ids(chains))
    work = _Work(Ways(facts, plan, closed, supposed))
    # A key result that a member in the middle left behind has its whole way there.
    carried = {
        member.id: work.whole_of(chain.members[: n + 1], is_one=chain not in apart)
        for chain in chains
        for n, member in enumerate(chain.members)
        if n
    }
    for chain in chains:
        if chain not in apart:
            carried |= _with_initiatives([carried.get(each.id, each) for each in chain.members])
    measures = {id: work.ways.measure_of(way) for id, way in work.whole.items()}
    made, begun = with_begun_metrics(
        work.ways, work.whole, work.plan_with(carried, measures, chains, apart)
    )
    depending = [id for id, way in work.whole.items() if work.ways.depends_on_journal(way)]
    return _WorkPlan(plan, made, begun, work.whole, measures, work.choices, depending)


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
        choices: Ways that cannot be drawn as a whole, with the id of the key result that counts.
    """

    ways: Ways
    whole: dict[str, Way] = field(factory=dict[str, Way], init=False)
    choices: list[tuple[Way, str]] = field(factory=list[tuple[Way, str]], init=False)

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
        if is_one:
            counted = {_named(each) for each in found}
            left = self._left_behind(before, every)
            found += [each for id, each in left.items() if id not in counted]
        first, cycle = members[0].cycle, newest.cycle
        if cycle is not None and first is not None:
            cycle = Cycle(min(first.start, cycle.start), cycle.end)
        return evolve(newest, key_results=found, cycle=cycle, trigger=None, continues=None)

    def _key_result(self, id: str) -> KeyResult:
        return self.ways.part.key_result(id)

    def _carried(self, way: Way, each: _Member) -> Sequence[_Member]:
        """Return the newest key result of a way as a member has it, or the older one that counts."""
        counting, newest = self._counting(way), way[-1]
        if counting is newest:
            self._draw(way)
            return (each,)
        older = KeyResultRef(counting.id, weight=each.weight)
        if isinstance(each, KeyResultRef):
            return (older,)
        # Others may name the newest one, so it stays.
        return evolve(each, weight=0.0), older

    def _draw(self, way: Way) -> None:
        """Keep a way that can be drawn, and those of the key results from which its own are derived."""
        found, id = drawn(way), way[-1].id
        # The longest way to a key result counts.
        if len(found) > len(self.whole.get(id, way[-1:])):
            self.whole[id] = found
            *older, newest = [each.derived.of for each in found if each.derived is not None] or [()]
            for part in newest:
                self._draw(self.ways.way_to(self._key_result(part), {*chained(*older)}))

    def _counting(self, way: Way) -> KeyResult:
        """Return the key result that counts for a way."""
        found = self.ways.counting(way)
        if len(drawn(way)) < len(way):
            self.choices.append((way, found.id))
        return found

    def _left_behind(
        self, before: Mapping[str, _Member], every: AbstractSet[str]
    ) -> Mapping[str, KeyResultRef]:
        """Return the key results that were left behind, by id."""
        ended, left = self._ended(), dict[str, KeyResultRef]()
        for id, each in before.items():
            if id not in ended:
                counting = self._counting(self.ways.way_to(self._key_result(id), every)).id
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

    def plan_with(
        self,
        carried: Mapping[str, Objective],
        measures: Mapping[str, Measure],
        chains: Sequence[Chain],
        apart: Collection[Chain],
    ) -> Plan:
        """Return the plan with the work of all members in the newest ones, except for some chains."""
        part = self.ways.part
        kept = [
            with_limits_apart(self._along_ways(carried.get(each.id, each), measures), each)
            for each in part.objectives
        ]
        united = [chain for chain in chains if chain not in apart]
        try:
            made = _once(self._supporting(kept, united), chains)
            return evolve(part, objectives=made)
        except InconsistentPlanError:  # an older member above what the newest one supports
            return evolve(part, objectives=kept)

    def _along_ways(self, objective: Objective, measures: Mapping[str, Measure]) -> Objective:
        """Return an objective whose key results have their whole way, and continue nothing."""
        start: date | None = None
        members = list[_Member]()
        for each in objective.key_results:
            one = each
            if isinstance(each, KeyResult) and each.id in measures:
                if measures[each.id] is not each.measure:
                    one = evolve(each, measure=measures[each.id])
                home = self.ways.part.homes[self.whole[each.id][0].id]
                if home.cycle is not None:
                    start = min(home.cycle.start, start or home.cycle.start)
            members.append(one)
        cycle = objective.cycle
        if cycle is not None and start is not None and start < cycle.start:
            cycle = Cycle(start, cycle.end)
        is_same = cycle is objective.cycle and objective.continues is None
        if is_same and all(map(is_, members, objective.key_results)):
            return objective
        return evolve(objective, key_results=members, cycle=cycle, continues=None)

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
            supports = tuple(found.values())
            return (
                objective
                if supports == objective.supports
                else evolve(objective, supports=supports)
            )

        return [supporting(each) if each.supports else each for each in objectives]


def _with_initiatives(members: Sequence[Objective]) -> Mapping[str, Objective]:
    """Return the members of a chain by id, the newest with the initiatives of all; none if the older have none."""
    *older, newest = members
    every = [work for member in members for work in member.initiatives]
    if len(every) == len(newest.initiatives):
        return {}
    found = {member.id: evolve(member, initiatives=()) for member in older}
    return {**found, newest.id: evolve(newest, initiatives=every)}


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

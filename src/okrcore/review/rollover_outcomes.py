"""Outcomes of a roll-over for everything that ended.

Rules of this file:

1. A closing decides; without one the advice of the rulebook does, if it carries or is done. To modify without a
   change decides nothing.
2. Of an objective that goes on, its key results do, apart from those that were reached: a bound is kept to, and
   never reached.
3. A shared key result whose home does not go on has no owner: that is undecided, and until somebody decides,
   the first carried objective that counts it holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from types import MappingProxyType
from typing import Final, final, get_args

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore.calendar import Cycle
from okrcore.journal import ClosingDecision, Lifecycle
from okrcore.journal.decisions import decision_words
from okrcore.plan import (
    Budget,
    EachPeriod,
    EstablishBaseline,
    KeyResult,
    KeyResultRef,
    Measure,
    Metric,
    Objective,
    Outside,
    Plan,
    Reading,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.contents import successors
from okrcore.plan.effective_units import unit_of
from okrcore.plan.measures import DELIVERED, LINEAR, has_no_target, takes_numbers
from okrcore.review.carried_measures import CarriedMeasure, carried_measure, modified_measure
from okrcore.review.closing_advice import carried_because, suggest_closing
from okrcore.review.rollover_records import RolloverItem, RolloverOutcome
from okrcore.rulebook import CarriedBaseline
from okrcore.scorecard import Scorecard
from okrcore.scorecard.day.derived_metrics import is_total
from okrcore.words.reason import Reason, Term, clauses

__all__ = ["GOES_ON", "Changes", "Outcomes"]

_FATES: Final = MappingProxyType(
    {
        ClosingDecision.ACHIEVED: RolloverOutcome.LEFT,
        ClosingDecision.CARRY: RolloverOutcome.CARRIED,
        ClosingDecision.MODIFY: RolloverOutcome.CARRIED,
        ClosingDecision.DEFER: RolloverOutcome.PARKED,
        ClosingDecision.ABANDON: RolloverOutcome.LEFT,
        # An experiment that worked is over; doing it at scale is new work.
        ClosingDecision.SCALE: RolloverOutcome.LEFT,
        ClosingDecision.ITERATE: RolloverOutcome.CARRIED,
        ClosingDecision.STOP: RolloverOutcome.LEFT,
    }
)
#: Outcomes of objectives that are in the new cycle.
GOES_ON: Final = frozenset({RolloverOutcome.CARRIED, RolloverOutcome.PARKED})
#: States of an objective that was not pursued when its cycle ended.
_IDLE: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED, Lifecycle.PAUSED})
#: Measures of a state to be kept to.
_HELD: Final = (*get_args(Bound), Budget, EachPeriod)


@final
@frozen(eq=False)
class Changes:
    """Changes of items that go on, by old id.

    Args:
        measures: Measures of key results.
        weights: Weights of key results.
        titles: Titles of objectives and key results.
    """

    measures: Mapping[str, Measure]
    weights: Mapping[str, float]
    titles: Mapping[str, str]

    def has(self, id: str) -> bool:
        """Return whether an item is changed."""
        return id in self.measures or id in self.weights or id in self.titles


@final
@frozen(eq=False)
class Outcomes:
    """Outcomes of one roll-over.

    Args:
        card: Scorecard of its day.
        in_force: The plan with its adjustments, those because a target was too hard too.
        cycle: The new cycle.
        new_id: From an old id to the new one.
        changes: Changes of items that go on.
    """

    card: Scorecard
    in_force: Plan
    cycle: Cycle
    new_id: Callable[[str], str]
    changes: Changes

    # --- items ---------------------------------------------------------------------------------

    @cached_property
    def ended(self) -> tuple[Objective, ...]:
        """Objectives of the last cycle before the new one that no other continues yet."""
        over = [
            (objective.cycle, objective)
            for objective in self.in_force.objectives
            if objective.cycle is not None
            and objective.cycle.end < self.cycle.start
            and _is_alike(objective.cycle, self.cycle)
        ]
        last = max((cycle for cycle, _ in over), key=lambda cycle: cycle.end, default=None)
        return tuple(
            objective
            for cycle, objective in over
            if last is not None
            and cycle.end >= last.start
            and objective.parked is None
            and objective.id not in self.continued
            and objective.id in self.card
            and not self._goes_on_already(objective)
        )

    @cached_property
    def continued(self) -> AbstractSet[str]:
        """Ids of items that another one continues, or continued until it left."""
        known = (*self.card.plan.objectives, *self.in_force.objectives)
        return {id for _, id in self._successors(known)}

    @cached_property
    def _onward(self) -> Mapping[str, str]:
        """Id of the item that carries one on, by the id of that one."""
        found = self._successors(self.in_force.objectives)
        return {id: item.id for item, id in found if item.id in self.card.plan}

    def _successors(
        self, objectives: Iterable[Objective]
    ) -> Iterator[tuple[Objective | KeyResult, str]]:
        """Return the items that continue others; a Micro-OKR goes on beside quarters."""
        is_micro = self.cycle.is_micro
        return successors(each for each in objectives if each.is_micro == is_micro)

    def _goes_on_already(self, objective: Objective) -> bool:
        """Return whether an objective that joined, which no other in the plan continues, has its new id there."""
        return objective.id not in self.card.plan and self.new_id(objective.id) in self.card.plan

    @cached_property
    def items(self) -> Mapping[str, RolloverItem]:
        """Outcomes of the ended objectives, of the key results of those that go on, and of shared ones without a home."""
        found = {**self._at_home, **{id: self._of_homeless(id) for id in self._homeless}}
        while needed := self._needed(found):
            because = Reason("roll-over/reached-part")
            found.update((id, self._item(id, RolloverOutcome.CARRIED, because)) for id in needed)
        while broken := [id for id in found if self._is_broken(id, found)]:
            because = Reason("roll-over/parts-left")
            found.update((id, self._item(id, RolloverOutcome.UNDECIDED, because)) for id in broken)
        return {id: self._with_lost_links(item, found) for id, item in found.items()}

    @cached_property
    def _at_home(self) -> dict[str, RolloverItem]:
        """Outcomes of the ended objectives, and of the key results of those that go on."""
        found: dict[str, RolloverItem] = {}
        for objective in self.ended:
            item = self._of_objective(objective)
            found[item.id] = item
            if item.fate in GOES_ON:
                own = map(self._of_key_result, objective.own_key_results)
                found.update((each.id, each) for each in own)
        return found

    @cached_property
    def _homeless(self) -> Mapping[str, str]:
        """Id of the first objective that goes on and counts a shared key result whose home does not, by its id."""
        going = [each for each in self.ended if self._at_home[each.id].fate in GOES_ON]
        going.sort(key=lambda each: self._at_home[each.id].fate is RolloverOutcome.PARKED)
        found: dict[str, str] = {}
        for objective in going:
            for kr in objective.key_results:
                if isinstance(kr, KeyResultRef) and self._is_homeless(kr.to):
                    found.setdefault(kr.to, objective.id)
        return found

    def _is_homeless(self, id: str) -> bool:
        cycle = self.in_force.homes[id].cycle
        is_chained = cycle is not None and _is_alike(cycle, self.cycle) and id in self.card
        is_known = id in self._at_home or self._leads_to(id, self._at_home) is not None
        return is_chained and not is_known and id not in self.continued

    @cached_property
    def held(self) -> Mapping[str, str]:
        """Id of the objective that holds a shared key result without a home, by the id of that one."""
        return {id: to for id, to in self._homeless.items() if self.items[id].to is not None}

    @cached_property
    def measures(self) -> Mapping[str, CarriedMeasure]:
        """Measures of the key results that go on under a new id."""
        kept = [id for id, item in self.items.items() if item.to is not None]
        found = {
            id: self._measure(id)
            for id in kept
            if isinstance(self.in_force.items[id], KeyResult) and id not in self.continued
        }
        return {id: measure for id, measure in found.items() if measure is not None}

    def followed(self, id: str) -> str | None:
        """Return the id that a link names from now on; None if the item is over."""
        return self._leads_to(id, self.items)

    def _leads_to(self, id: str, found: Mapping[str, RolloverItem]) -> str | None:
        if id in found:
            return found[id].to
        onward: str | None = id
        while onward is not None and self._is_over(onward):
            onward = self._onward.get(onward)
        # The new objectives are in the plan as stored. A circle cannot arise: the items of other cycles that are
        # there support none of the new ones.
        is_known = onward in self.card.plan and onward not in found
        return onward if is_known else None

    def _is_over(self, id: str) -> bool:
        item = self.in_force.items[id]
        if isinstance(item, (Outside, Metric)):
            return False
        home = item if isinstance(item, Objective) else self.in_force.homes[id]
        return home.cycle is not None and home.cycle.end < self.cycle.start

    def _item(
        self,
        id: str,
        fate: RolloverOutcome,
        because: str,
        suggestion: ClosingDecision | None = None,
    ) -> RolloverItem:
        to = self.new_id(id) if fate in GOES_ON else None
        return RolloverItem(id, fate, because, to, suggestion)

    # --- objectives ----------------------------------------------------------------------------

    def _of_objective(self, objective: Objective) -> RolloverItem:
        id = objective.id
        result = self.card.objective(id)
        closing, state = result.lifecycle.closing, result.lifecycle.state
        if closing is not None:
            is_changed = any(map(self.changes.has, _ids_of(objective)))
            if closing.decision is ClosingDecision.MODIFY and not is_changed:
                return self._item(id, RolloverOutcome.UNDECIDED, Reason("roll-over/modified-to"))
            return self._item(id, _FATES[closing.decision], decision_words(closing.decision))
        if state is Lifecycle.ARCHIVED:
            return self._item(id, RolloverOutcome.LEFT, result.why)
        if state in _IDLE:
            return self._item(id, RolloverOutcome.UNDECIDED, result.why)
        suggested = suggest_closing(self.card, id)
        if suggested.decision is ClosingDecision.ACHIEVED:
            because = Reason("roll-over/done", because=suggested.because)
            return self._item(id, RolloverOutcome.LEFT, because)
        carried = carried_because(self.card, id)
        if carried is not None:
            return self._item(id, RolloverOutcome.CARRIED, carried)
        because = suggested.because
        if result.verdict:
            because = Reason(
                "roll-over/verdict-so-far" if result.open_until else "roll-over/verdict",
                verdict=Term("verdict", result.verdict),
                because=because,
            )
        return self._item(id, RolloverOutcome.UNDECIDED, because, suggested.decision)

    def _with_lost_links(
        self, item: RolloverItem, found: Mapping[str, RolloverItem]
    ) -> RolloverItem:
        """Return the item of an objective with a question for each alignment that leads nowhere from now on."""
        objective = self.in_force.items[item.id]
        if not isinstance(objective, Objective) or item.fate not in GOES_ON:
            return item
        lost = [
            each.to
            for each in objective.supports
            if each.to in self._homeless or self._leads_to(each.to, found) is None
        ]
        if not lost:
            return item
        titles = [Reason("roll-over/quoted", title=self.in_force.items[id].title) for id in lost]
        question = Reason("roll-over/lost-alignments", count=len(lost), titles=titles)
        return evolve(item, because=clauses([item.because, question]))

    # --- key results ---------------------------------------------------------------------------

    def _of_key_result(self, kr: KeyResult) -> RolloverItem:
        if kr.id in self.continued:
            to = self._onward.get(kr.id)
            if to is not None and not self._is_over(to):
                because = Reason("roll-over/goes-on-already")
                return RolloverItem(kr.id, RolloverOutcome.CARRIED, because, to)
            return self._item(kr.id, RolloverOutcome.LEFT, Reason("roll-over/went-on-before"))
        if kr.id in self.changes.measures:
            return self._item(kr.id, RolloverOutcome.CARRIED, Reason("roll-over/modified"))
        if kr.id not in self.card:
            because = Reason("roll-over/joined-too-hard")
            return self._item(kr.id, RolloverOutcome.UNDECIDED, because)
        result = self.card.key_result(kr.id)
        if isinstance(kr.measure, EstablishBaseline) and result.reading is not None:
            words = clauses([result.why, Reason("roll-over/needs-target")])
            return self._item(kr.id, RolloverOutcome.UNDECIDED, words)
        if self._is_reached(kr):
            because = Reason("roll-over/reached", why=result.why)
            return self._item(kr.id, RolloverOutcome.LEFT, because)
        carried = self._measure(kr.id)
        if carried is None:
            words = clauses([result.why, Reason("roll-over/needs-new-target")])
            return self._item(kr.id, RolloverOutcome.UNDECIDED, words)
        because = Reason("roll-over/with-objective")
        if has_no_target(carried.measure):
            because = Reason("roll-over/without-target")
        if carried.left:
            because = Reason("roll-over/part-left", left=carried.left)
        return self._item(kr.id, RolloverOutcome.CARRIED, because)

    def _is_reached(self, kr: KeyResult) -> bool:
        """Return whether a key result is done, and stays behind."""
        progress = self.card.key_result(kr.id).progress
        if progress is None or snap(progress) < 1 or isinstance(kr.measure, _HELD):
            return False
        if isinstance(kr.measure, DELIVERED):
            return True
        ends = self.card.key_result(kr.id).baseline, self.card.key_result(kr.id).target
        is_level = type(kr.measure) in LINEAR and ends[0] == ends[1]
        return self._restart(kr.id) is CarriedBaseline.BASELINE and not is_level

    def _restart(self, id: str) -> CarriedBaseline:
        home = self.in_force.homes[id]
        where = f"Objective({home.id!r}).method"
        return self.card.rulebook.method(home.method, where).closing.restart

    def _measure(self, id: str) -> CarriedMeasure | None:
        """Return the measure of a key result that goes on; None if it needs a new target."""
        kr, restart = self.in_force.key_result(id), self._restart(id)
        established: float | None = None
        last: Reading | None = None
        if id in self.card:
            result = self.card.key_result(id)
            established, last = result.baseline, result.reading
        if kr.metric is not None and is_total(self.in_force, kr.metric):
            last = None
        if id in self.changes.measures:
            given = self.changes.measures[id]
            return modified_measure(kr.measure, established, last, restart, given)
        return carried_measure(kr.measure, established, last, restart)

    # --- key results that others need ----------------------------------------------------------

    def _of_homeless(self, id: str) -> RolloverItem:
        kr, home = self.in_force.key_result(id), self.in_force.homes[id]
        item = self._of_key_result(kr)
        if item.to is None:
            return item
        holder = self.in_force.objective(self._homeless[id])
        because = Reason("roll-over/no-owner", home=home.title, holder=holder.title)
        return RolloverItem(id, RolloverOutcome.UNDECIDED, because, item.to)

    def _needed(self, found: Mapping[str, RolloverItem]) -> Sequence[str]:
        """Return the ids of key results that were reached, and of which one that goes on is made."""
        going = [id for id, item in found.items() if item.to is not None]
        parts = dict.fromkeys(part for id in going for part in self._parts_of(id))
        return [
            id
            for id in parts
            if id in found and found[id].fate is RolloverOutcome.LEFT and id not in self.continued
        ]

    def _is_broken(self, id: str, found: Mapping[str, RolloverItem]) -> bool:
        """Return whether a key result that goes on is made of one that does not, or not as its number."""
        if found[id].to is None or id in self.continued:
            return False
        old = self._parts_of(id)
        parts = [self._leads_to(part, found) for part in old]
        pairs = zip(old, parts, strict=True)
        return len({*parts}) < len(parts) or any(
            to is None or (to in self.card.plan and not self._is_the_number_of(part, to))
            for part, to in pairs
        )

    def _is_the_number_of(self, id: str, to: str) -> bool:
        """Return whether the key result that carries another on has numbers of its unit."""
        old, new = self.in_force.key_result(id), self.card.plan.key_result(to)
        units = [unit_of(self.in_force.items, old), unit_of(self.card.plan.items, new)]
        return takes_numbers(type(new.measure)) and str(units[0]) == str(units[1])

    def _parts_of(self, id: str) -> Sequence[str]:
        """Return the ids of key results of which one is made."""
        item = self.in_force.items[id]
        if not isinstance(item, KeyResult) or item.derived is None:
            return ()
        return item.derived.of


def _ids_of(objective: Objective) -> Iterator[str]:
    yield objective.id
    yield from (kr.id for kr in objective.own_key_results)


def _is_alike(one: Cycle, other: Cycle) -> bool:
    if one.cadence is None or other.cadence is None:
        return one.is_micro == other.is_micro
    return one.cadence == other.cadence

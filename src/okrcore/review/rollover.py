"""Roll-over from one cycle into the next.

1. Definitions are copied, under new ids; check-ins are not. Items that read a metric keep reading it.
2. Ended objectives stay in the plan, so that past numbers do not change.
3. Undecided items are listed, and not carried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum, unique
from functools import cached_property
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._checks import given_day, must_be_a, path_of
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore._shown import repr_of
from okrcore._texts import must_be_id
from okrcore.calendar import Cycle
from okrcore.errors import InconsistentPlanError, InvalidValueError
from okrcore.journal import ClosingDecision, Journal, Lifecycle
from okrcore.journal.decisions import decision_words
from okrcore.journal.journal import history_of
from okrcore.plan import (
    EstablishBaseline,
    KeyResult,
    Measure,
    Metric,
    Objective,
    Outside,
    Parked,
    Plan,
)
from okrcore.plan.contents import successors
from okrcore.plan.measures import DELIVERED
from okrcore.review.carried_key_results import Continuation, restarted
from okrcore.review.closing_advice import suggest_closing
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import Scorecard, evaluate

__all__ = ["Rollover", "RolloverItem", "RolloverOutcome", "roll_over"]


@unique
class RolloverOutcome(StrEnum):
    """Outcome of the roll-over for an item."""

    CARRIED = "carried"
    PARKED = "parked"
    LEFT = "left behind"
    UNDECIDED = "undecided"


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
_GOES_ON: Final = frozenset({RolloverOutcome.CARRIED, RolloverOutcome.PARKED})
#: States of an objective that was not pursued when its cycle ended.
_IDLE: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED, Lifecycle.PAUSED})


@final
@frozen(repr=False)
class RolloverItem:
    """Outcome for an objective, or for a key result of one that goes on.

    Args:
        id: Id in the ended cycle.
        fate: Carried, parked, left behind or undecided.
        because: Reason in a few words.
        to: New id if it goes on.
        suggestion: Suggested decision if it is undecided; None if there is none.
    """

    id: str
    fate: RolloverOutcome
    because: str
    to: str | None = None
    suggestion: ClosingDecision | None = None

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


@final
@frozen(repr=False)
class Rollover:
    """A plan with the objectives of a new cycle, and the outcome for everything that ended.

    Args:
        plan: The plan as stored, with the new objectives at its end.
        cycle: The new cycle.
        items: Outcomes of the ended objectives, and of the key results of those that go on.
        unlinked: Links to items that do not go on, or joined by an adjustment, as pairs of a new id and the id
            that it named. They are dropped; a metric that joined goes on under a new id.
    """

    plan: Plan
    cycle: Cycle
    items: tuple[RolloverItem, ...]
    unlinked: tuple[tuple[str, str], ...]

    __attrs_post_init__ = must_fit

    @property
    def carried(self) -> tuple[RolloverItem, ...]:
        """Items that go on."""
        return self._with(RolloverOutcome.CARRIED)

    @property
    def parked(self) -> tuple[RolloverItem, ...]:
        """Items on the not-now list."""
        return self._with(RolloverOutcome.PARKED)

    @property
    def left(self) -> tuple[RolloverItem, ...]:
        """Items that are over."""
        return self._with(RolloverOutcome.LEFT)

    @property
    def undecided(self) -> tuple[RolloverItem, ...]:
        """Items that need a decision first; they are not carried."""
        return self._with(RolloverOutcome.UNDECIDED)

    def _with(self, fate: RolloverOutcome) -> tuple[RolloverItem, ...]:
        return tuple(item for item in self.items if item.fate is fate)

    def __repr__(self) -> str:
        return (
            f"Rollover({self.cycle}, {len(self.carried)} carried, {len(self.parked)} parked, "
            f"{len(self.left)} left behind, {len(self.undecided)} undecided)"
        )


def roll_over(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    cycle: Cycle,
    rulebook: Rulebook = RECOMMENDED,
    name: Callable[[str], str] | None = None,
) -> Rollover:
    """Return the plan with the objectives that go on from the last cycle into a new one.

    The last cycle of the same cadence before the new one is rolled over, by the closing of each objective.
    Without one, aspirational work is carried, finished work is left behind, and the rest is undecided: a
    missed promise, a learning objective, one that was paused or never started. The new objective
    `continues` the old one, if that is in the plan as stored. A second roll-over, after more was decided, carries nothing twice.

    Members that joined go on with their objective, and what left stays behind. A key result goes on as adjusted, from the baseline chosen by the rulebook to the same target. One
    beyond its target, or an established baseline, is undecided, since it needs a new target. A full
    delivery is left behind.

    Args:
        plan: The plan with the ended cycle.
        journal: The journal of both plans; it is not changed.
        as_of: Day of the roll-over; entries dated later do not count.
        cycle: The new cycle.
        rulebook: Source of suggestions and of new baselines.
        name: From an old id to the new one; without it, "grow" becomes "grow@2026-Q4" in a cycle of that
            name, and "grow@2026-Q3" too.

    Raises:
        InconsistentPlanError: A new id is in use already, or entries do not fit the plan.

    Laws: test_roll_over_copies_no_check_in, test_roll_over_makes_new_ids,
    test_roll_over_changes_no_past_number, test_rolling_over_twice_carries_nothing_twice,
    test_roll_over_never_moves_a_target.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> q3, q4 = (okr.FiscalCalendar().quarter(2026, n) for n in (3, 4))
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", cycle=q3, ambition=okr.Ambition.ASPIRATIONAL,
    ...     key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 9, 30), {"arpa": 124}))
    >>> rolled = roll_over(plan, journal, as_of=q3.end, cycle=q4)
    >>> rolled.plan.key_result("arpa@2026-Q4").measure
    Increase(baseline=124.0, target=128.0)
    """
    must_be_a(roll_over, "plan", plan, Plan)
    must_be_a(roll_over, "journal", journal, Journal)
    as_of = given_day(roll_over, "as_of", as_of)
    must_be_a(roll_over, "cycle", cycle, Cycle)
    must_be_a(roll_over, "rulebook", rulebook, Rulebook)
    if name is not None and not callable(name):
        hint = "give a function that makes a new id of an old one"
        raise InvalidValueError("wrong-type", path_of(roll_over, "name"), name, hint)
    card = evaluate(plan, journal, as_of=as_of, rulebook=rulebook)
    in_force = journal.effective(plan, on=as_of)
    return _Move(card, in_force, cycle, name).result


@final
@frozen(eq=False)
class _Move:
    """One roll-over; `in_force` is the plan with its adjustments, those because a target was too hard too."""

    card: Scorecard
    in_force: Plan
    cycle: Cycle
    rename: Callable[[str], str] | None

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
    def continued(self) -> Mapping[str, str]:
        """Id of the item that carries one on, by the id of that one."""
        known = (*self.card.plan.objectives, *self.in_force.objectives)
        return {id: item.id for item, id in successors(known)}

    def _goes_on_already(self, objective: Objective) -> bool:
        """Return whether an objective that joined, which no other can continue, has its new id in the plan."""
        return objective.id not in self.card.plan and self._new_id(objective.id) in self.card.plan

    @cached_property
    def fates(self) -> dict[str, RolloverItem]:
        """Outcomes of the ended objectives, and of the key results of those that go on."""
        found: dict[str, RolloverItem] = {}
        for objective in self.ended:
            item = self._fate_of(objective)
            found[item.id] = item
            if item.fate in _GOES_ON:
                own = map(self._fate_of_key_result, objective.own_key_results)
                found.update((each.id, each) for each in own)
        while broken := [id for id in found if self._is_broken(id, found)]:
            because = "not everything it is made of goes on"
            found.update((id, self._item(id, RolloverOutcome.UNDECIDED, because)) for id in broken)
        return found

    def _is_broken(self, id: str, found: Mapping[str, RolloverItem]) -> bool:
        """Return whether a carried key result is derived from one that does not go on."""
        item = self.in_force.items[id]
        if found[id].fate is not RolloverOutcome.CARRIED or not isinstance(item, KeyResult):
            return False
        parts = () if item.derived is None else item.derived.of
        return any(self._leads_to(part, found) is None for part in parts)

    def followed(self, id: str) -> str | None:
        """Return the id that a link names from now on; None if the item is over."""
        return self._leads_to(id, self.fates)

    def _leads_to(self, id: str, fates: Mapping[str, RolloverItem]) -> str | None:
        if id in fates:
            return fates[id].to
        if id not in self.card.plan:
            return None  # the new objectives are in the plan as stored
        found = self.in_force.items[id]
        if isinstance(found, (Outside, Metric)):
            return id
        home = found if isinstance(found, Objective) else self.in_force.homes[id]
        is_over = home.cycle is not None and home.cycle.end < self.cycle.start
        return None if is_over else id

    def _fate_of(self, objective: Objective) -> RolloverItem:
        id = objective.id
        result = self.card.objective(id)
        closing, state = result.lifecycle.closing, result.lifecycle.state
        if closing is not None:
            return self._item(id, _FATES[closing.decision], decision_words(closing.decision))
        if state is Lifecycle.ARCHIVED:
            return self._item(id, RolloverOutcome.LEFT, result.why)
        if state in _IDLE:
            return self._item(id, RolloverOutcome.UNDECIDED, result.why)
        suggested = suggest_closing(self.card, id)
        if suggested.decision is ClosingDecision.ACHIEVED:
            return self._item(id, RolloverOutcome.LEFT, f"done, with {suggested.because}")
        if suggested.carries and not suggested.unsettled:
            return self._item(
                id, RolloverOutcome.CARRIED, f"{objective.ambition} work goes on until it is done"
            )
        so_far = " so far" if result.open_until else ""
        because = suggested.because
        if result.verdict:
            because = f"{result.verdict}{so_far}: {because}"
        return self._item(id, RolloverOutcome.UNDECIDED, because, suggested.decision)

    def _fate_of_key_result(self, kr: KeyResult) -> RolloverItem:
        if kr.id not in self.card:
            because = "it joined because a target was too hard"
            return self._item(kr.id, RolloverOutcome.UNDECIDED, because)
        if kr.id in self.continued:
            to = self.continued[kr.id]
            return RolloverItem(kr.id, RolloverOutcome.CARRIED, "it goes on already", to)
        result = self.card.key_result(kr.id)
        if isinstance(kr.measure, EstablishBaseline) and result.reading is not None:
            return self._item(kr.id, RolloverOutcome.UNDECIDED, f"{result.why}; it needs a target")
        is_full = result.progress is not None and snap(result.progress) >= 1
        if isinstance(kr.measure, DELIVERED) and is_full:
            return self._item(kr.id, RolloverOutcome.LEFT, f"delivered: {result.why}")
        if kr.id not in self.measures:
            return self._item(
                kr.id, RolloverOutcome.UNDECIDED, f"{result.why}; it needs a new target"
            )
        return self._item(kr.id, RolloverOutcome.CARRIED, "goes with its objective")

    def _item(
        self,
        id: str,
        fate: RolloverOutcome,
        because: str,
        suggestion: ClosingDecision | None = None,
    ) -> RolloverItem:
        to = self.renamed(id) if fate in _GOES_ON else None
        return RolloverItem(id, fate, because, to, suggestion)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Measures of the key results that are short of their target, from their new baseline."""
        found: dict[str, Measure] = {}
        for objective in self.ended:
            where = f"Objective({objective.id!r}).method"
            restart = self.card.rulebook.method(objective.method, where).closing.restart
            for kr in (each for each in objective.own_key_results if each.id in self.card):
                result = self.card.key_result(kr.id)
                measure = restarted(kr.measure, result.baseline, result.reading, restart)
                if measure is not None:
                    found[kr.id] = measure
        return found

    def renamed(self, id: str) -> str:
        renamed = self._new_id(id)
        if renamed in once(self.card.journal, history_of).joins:
            hint = "an adjustment adds an item of this id; give other names"
            raise InconsistentPlanError("duplicate-id", path_of(roll_over, "name"), renamed, hint)
        return renamed

    def _new_id(self, id: str) -> str:
        if self.rename is not None:
            renamed = self.rename(id)
            must_be_id(roll_over, "name", renamed)
            return renamed
        item = self.in_force.items[id]
        home = item if isinstance(item, Objective) else self.in_force.homes.get(id)
        name = id if home is None else id.removesuffix(f"@{home.cycle}")
        return f"{name}@{self.cycle}"

    @property
    def result(self) -> Rollover:
        gone_on = {id for id, item in self.fates.items() if item.fate is RolloverOutcome.CARRIED}
        making = Continuation(
            self.card,
            self.in_force,
            self.cycle,
            self.renamed,
            self.followed,
            self.continued,
            {id: measure for id, measure in self.measures.items() if id in gone_on},
            unlinked=[],
            metrics={},
        )
        made = [
            making.objective(objective, self._parking(objective))
            for objective in self.ended
            if self.fates[objective.id].fate in _GOES_ON
        ]
        plan = self.card.plan
        return Rollover(
            plan=evolve(
                plan,
                objectives=(*plan.objectives, *made),
                metrics=(*plan.metrics, *making.metrics.values()),
            ),
            cycle=self.cycle,
            items=tuple(self.fates.values()),
            unlinked=tuple(making.unlinked),
        )

    def _parking(self, objective: Objective) -> Parked | None:
        if self.fates[objective.id].fate is not RolloverOutcome.PARKED:
            return None
        closing = self.card.objective(objective.id).lifecycle.closing
        reason = "" if closing is None else closing.because.strip() or closing.learned.strip()
        because = reason or f"deferred at the close of {objective.cycle}"
        return Parked(because, revisit=self.cycle.end)


def _is_alike(one: Cycle, other: Cycle) -> bool:
    if one.cadence is None or other.cadence is None:
        return one.is_micro == other.is_micro
    return one.cadence == other.cadence

"""A plan while its adjustments are applied, one after the other.

Rules of this file:

1. Adjustments apply in their order. One of an item that is not in the plan then changes nothing.
2. One dated after the end of the cycle in force changes the owner alone: the score of that cycle is final.
3. The original of an objective is as it was in force at the end of the first day of its cycle, or of the day
   on which it became active, if that is later; without a cycle, when it came into the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import is_
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar, final

from attrs import evolve, frozen

from okrcore.errors import InconsistentPlanError, OkrError
from okrcore.journal.adjustment import ALONE, Adjustment, Joiner
from okrcore.journal.history import History
from okrcore.journal.item_changes import changes_of
from okrcore.journal.lifecycle import UNSTARTED
from okrcore.journal.plan_repair import repaired
from okrcore.plan import (
    Guardrail,
    Initiative,
    KeyResult,
    KeyResultRef,
    Metric,
    Objective,
    Outside,
    Plan,
    Priority,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.item import Item, members_of

__all__ = ["Member", "PlanDraft", "PlanInForce", "named"]

#: Member of an objective, and its collection.
Member: TypeAlias = KeyResult | KeyResultRef | Guardrail | Initiative
_ItemT = TypeVar("_ItemT", bound=Objective | Metric | Outside | Priority)
_WITH_IDS: Final = (KeyResult, Guardrail, Initiative)


@final
@frozen(eq=False)
class PlanInForce:
    """A plan with adjustments, and the days on which it changed.

    Args:
        plan: The plan.
        entries: Adjustments that apply.
        planned: Those of them that are in the original, since they came before it.
        late: Adjustments that come after the end of a cycle, and change an owner at most.
        joined: Day of the join of each item that joined and is in the plan, by id.
        left: Day on which each item left, by id.
        bounds: By id of a guardrail or metric with another bound before, its bounds, each with its first
            day; the last one is in force.
        originals: Objectives as they were originally, if they changed since, by id.
        part: Objectives as they are in force, by id, if a part alone is evaluated; the plan then is the
            stored one.
        fault: First fault of the items together, if they do not fit each other; they were then repaired.
    """

    plan: Plan
    entries: tuple[Adjustment, ...] = ()
    planned: tuple[Adjustment, ...] = ()
    late: tuple[Adjustment, ...] = ()
    joined: Mapping[str, date] = MappingProxyType({})
    left: Mapping[str, date] = MappingProxyType({})
    bounds: Mapping[str, Sequence[tuple[date, Bound | None]]] = MappingProxyType({})
    originals: Mapping[str, Objective] = MappingProxyType({})
    part: Mapping[str, Objective] = MappingProxyType({})
    fault: InconsistentPlanError | None = None

    def objective(self, id: str) -> Objective:
        """Return an objective as it is in force."""
        return self.part.get(id) or self.plan.objective(id)

    def home_of(self, id: str) -> Objective | None:
        """Return the objective of an item, of an objective itself; None if there is none."""
        item = self.plan.items.get(id)
        home = item if isinstance(item, Objective) else self.plan.homes.get(id)
        return None if home is None else self.part.get(home.id, home)

    @cached_property
    def without_effect(self) -> frozenset[int]:
        """Identities of the adjustments that are planned or late, and so change no grade."""
        return frozenset(map(id, (*self.planned, *self.late)))

    @cached_property
    def late_ones(self) -> frozenset[int]:
        """Identities of those that are late."""
        return frozenset(map(id, self.late))

    @cached_property
    def original_items(self) -> Mapping[str, Item]:
        """Items as they were originally, of the objectives that changed since, by id."""
        found: dict[str, Item] = {}
        for objective in self.originals.values():
            found[objective.id] = objective
            found.update((member.id, member) for member in members_of(objective))
        return found


def named(member: Member) -> str:
    """Return the id of a member, or the id that a reference names."""
    return member.to if isinstance(member, KeyResultRef) else member.id


def _bound_of(item: Item) -> Bound | None:
    """Return the bound of a guardrail, or the health of a metric; None of any other item."""
    if isinstance(item, Guardrail):
        return item.bound
    return item.health if isinstance(item, Metric) else None


@final
class PlanDraft:
    """A plan while adjustments are applied to it."""

    def __init__(self, stored: Plan, history: History) -> None:
        self._stored, self._history = stored, history
        #: Items that were changed or joined, by id; objectives with the members that they have in `_members`.
        self._items: dict[str, Any] = {}
        #: Members of objectives that gained or lost some, by id.
        self._members: dict[str, list[Member]] = {}
        #: Homes of items that joined, by id; None of those that left.
        self._homes: dict[str, str | None] = {}
        self._homes_of_joined: dict[str, str] = {}
        self._joined: dict[str, date] = {}
        self._left: dict[str, date] = {}
        self._touched: set[str] = set()
        self._originals: dict[str, Objective] = {}
        #: First version of each item that joined, and last one of each objective that left.
        self._first: dict[str, Joiner] = {}
        self._last: dict[str, Objective] = {}
        self._bounds: dict[str, list[tuple[date, Bound | None]]] = {}
        self._entries: list[Adjustment] = []
        self._planned: list[Adjustment] = []
        self._late: list[Adjustment] = []

    # --- items as they are now -----------------------------------------------------------------

    def item(self, id: str) -> Any:
        """Return an item as it is now; None if it is not in the plan."""
        if id in self._left:
            return None
        return self._items.get(id) or self._stored.items.get(id)

    def home(self, id: str) -> Objective | None:
        """Return the objective of an item; of an objective itself."""
        item = self.item(id)
        if item is None or isinstance(item, Objective):
            return item
        stored = self._stored.homes.get(id)
        home = self._homes.get(id, None if stored is None else stored.id)
        return None if home is None else self.item(home)

    def _objective(self, head: Objective) -> Objective:
        """Return an objective with its members as they are now."""
        if head.id not in self._touched:
            return head
        members = [
            self._items.get(member.id, member) if isinstance(member, _WITH_IDS) else member
            for member in self.members_of(head)
        ]
        return evolve(
            head,
            key_results=[each for each in members if isinstance(each, (KeyResult, KeyResultRef))],
            guardrails=[each for each in members if isinstance(each, Guardrail)],
            initiatives=[each for each in members if isinstance(each, Initiative)],
        )

    def members_of(self, head: Objective) -> Sequence[Member]:
        """Return the members that an objective has now, as they came into the plan."""
        found = self._members.get(head.id)
        return (*head.key_results, *head.guardrails, *head.initiatives) if found is None else found

    def known(self, id: str) -> tuple[Item, str | None] | None:
        """Return an item that is or was in the plan, with the id of its last home; None if there is none."""
        item = self._items.get(id) or self._stored.items.get(id)
        if item is None:
            return None
        stored = self._stored.homes.get(id)
        return item, self._homes_of_joined.get(id, None if stored is None else stored.id)

    def left_on(self, id: str) -> date | None:
        """Return the day on which an item left; None if it did not."""
        return self._left.get(id)

    # --- one adjustment ------------------------------------------------------------------------

    def apply(self, entry: Adjustment) -> None:
        """Apply an adjustment; one that does not fit the plan as it is now changes nothing."""
        item, home = self.item(entry.of), self.home(entry.of)
        if item is None:
            self._join_alone(entry)
        elif home is not None and home.cycle is not None and entry.on > home.cycle.end:
            self._late.append(entry)
            if entry.owner is not None:
                self._put(home, evolve(item, owner=entry.owner))
        else:
            is_planned = home is not None and self._is_planned(home, entry.on)
            if self._change(item, home, entry):
                self._entries.append(entry)
                self._planned += [entry] * is_planned

    def _join_alone(self, entry: Adjustment) -> None:
        """Add an objective, a metric or an item outside under its own id."""
        for record in entry.adds:
            if isinstance(record, ALONE) and record.id == entry.of:
                self._add_alone(record, entry.on)
                self._entries.append(entry)

    def _change(self, item: Any, home: Objective | None, entry: Adjustment) -> bool:
        """Apply the changes of an adjustment to an item; return whether they fit it."""
        if entry.of in entry.removes:
            self._leave(item, entry.on)
            self._join_alone(entry)
            return True
        try:
            changes = changes_of(entry, item)
            changed = evolve(item, **changes) if changes else item
        except OkrError:
            return False
        if changes:
            self._put(home, changed)
            self._note_bound(item, changed, entry.on)
        if isinstance(item, Objective) and (entry.removes or entry.adds):
            for id in entry.removes:
                self._remove(item, id, entry.on)
            for record in entry.adds:
                if not isinstance(record, ALONE):
                    self._add(item, record, entry.on)
        return True

    def _put(self, home: Objective | None, item: Any) -> None:
        self._items[item.id] = item
        if home is not None:
            self._touched.add(home.id)

    def _note_bound(self, before: Item, after: Item, on: date) -> None:
        bound = _bound_of(after)
        if _bound_of(before) != bound:
            self._bounds.setdefault(before.id, [(date.min, _bound_of(before))]).append((on, bound))

    # --- members -------------------------------------------------------------------------------

    def _add_alone(self, record: Objective | Metric | Outside | Priority, on: date) -> None:
        self._come(record.id, record, on)
        if isinstance(record, Objective):
            self._members.pop(record.id, None)
            self._touched.discard(record.id)
            for member in self.members_of(record):
                if not isinstance(member, KeyResultRef):
                    self._come(member.id, member, on)
                    self._settle(member.id, record.id)

    def _add(self, home: Objective, record: Member, on: date) -> None:
        members = self._changed_members(home)
        if any(named(member) == named(record) for member in members):
            return
        if isinstance(record, KeyResultRef):
            members.append(record)
        elif self.item(record.id) is None:
            members.append(record)
            self._come(record.id, record, on)
            self._settle(record.id, home.id)

    def _come(self, id: str, record: Joiner, on: date) -> None:
        self._items[id] = record
        self._first.setdefault(id, record)
        self._joined[id] = on
        self._left.pop(id, None)
        self._bounds.pop(id, None)

    def _settle(self, id: str, home: str) -> None:
        self._homes[id] = self._homes_of_joined[id] = home

    def _changed_members(self, home: Objective) -> list[Member]:
        self._touched.add(home.id)
        return self._members.setdefault(home.id, [*self.members_of(self.item(home.id))])

    def _remove(self, home: Objective, id: str, on: date) -> None:
        members = self._changed_members(home)
        for member in [each for each in members if named(each) == id]:
            members.remove(member)
            if not isinstance(member, KeyResultRef):
                self._go(id, on)

    def _leave(self, item: Item, on: date) -> None:
        if isinstance(item, Objective):
            self._last[item.id] = item
            for member in self.members_of(item):
                if not isinstance(member, KeyResultRef):
                    self._go(member.id, on)
        self._go(item.id, on)

    def _go(self, id: str, on: date) -> None:
        self._left[id] = on
        self._joined.pop(id, None)
        self._homes[id] = None

    # --- originals -------------------------------------------------------------------------

    def _is_planned(self, home: Objective, on: date) -> bool:
        """Return whether a change comes before the original; else keep that as it is before the first one."""
        if home.id in self._originals:
            return False
        is_planned = self._is_before_original(home, on)
        if not is_planned:
            self._originals[home.id] = self._objective(home)
        return is_planned

    def _is_before_original(self, home: Objective, on: date) -> bool:
        """Return whether a day is not after the one as of which an objective is as it was originally."""
        first = date.min if home.cycle is None else home.cycle.start
        first = max(first, self._joined.get(home.id, date.min))
        stages = self._history.lives.get(home.id, ())
        if on <= first or not stages or stages[0].state not in UNSTARTED:
            return on <= first
        since = stages[0].since or date.min
        # Without an entry it was active: a draft of a later day is none from the start.
        if since > on or (home.cycle is not None and since > home.cycle.start):
            return False
        started = (each.since for each in stages if each.state not in UNSTARTED)
        return on <= (next(started, None) or date.max)

    # --- the result ----------------------------------------------------------------------------

    def plan(self) -> Plan:
        """Return the plan as it is now.

        Raises:
            InconsistentPlanError: Its items do not fit each other.
        """
        stored = self._stored
        return Plan(
            [*map(self._objective, self._present(Objective, stored.objectives))],
            metrics=self._present(Metric, stored.metrics),
            outside=self._present(Outside, stored.outside),
            priorities=self._present(Priority, stored.priorities),
        )

    def in_force(self, *, is_original: bool, part: Sequence[str] | None = None) -> PlanInForce:
        """Return the plan with the adjustments applied, or the original of it.

        Args:
            is_original: Whether each objective is as it was originally.
            part: Ids of the objectives that are needed, if items neither join nor leave; None for all.
        """
        stored = self._stored
        if part is not None:
            mine: list[Objective] = [self._objective(self.item(id)) for id in part]
            mine = self._as_originally(mine) if is_original else mine
            return self._record(
                stored, {each.id: each for each in mine}, None, has_bounds=not is_original
            )
        fault: InconsistentPlanError | None = None
        objectives = [*map(self._objective, self._present(Objective, stored.objectives))]
        metrics = self._present(Metric, stored.metrics)
        outside = self._present(Outside, stored.outside)
        priorities = self._present(Priority, stored.priorities)
        if is_original:
            objectives = self._as_originally(objectives)
            metrics, outside = self._every(Metric), self._every(Outside)
            priorities = self._every(Priority)
        others: list[Item] = [*metrics, *outside, *priorities]
        if self._is_unchanged(objectives, others):
            plan = stored
        else:
            try:
                plan = Plan(objectives, metrics=metrics, outside=outside, priorities=priorities)
            except InconsistentPlanError as caught:
                fault = caught.with_traceback(None)
                plan = repaired(objectives, metrics, outside, priorities, self._key_results())
        return self._record(plan, {}, fault, has_bounds=not is_original)

    def _record(
        self,
        plan: Plan,
        part: Mapping[str, Objective],
        fault: InconsistentPlanError | None,
        *,
        has_bounds: bool,
    ) -> PlanInForce:
        bounds = {id: tuple(found) for id, found in self._bounds.items() if has_bounds}
        return PlanInForce(
            plan,
            tuple(self._entries),
            tuple(self._planned),
            tuple(self._late),
            self._joined,
            self._left,
            bounds,
            self._originals,
            part,
            fault,
        )

    def _present(self, kind: type[_ItemT], stored: Sequence[_ItemT]) -> list[_ItemT]:
        """Return the items of a kind in the plan, in its order; those that joined come last."""
        if not self._items and not self._left:
            return [*stored]
        before = [each for each in stored if each.id not in self._joined]
        found = [self._items.get(each.id, each) for each in before if each.id not in self._left]
        joined = [self._items[id] for id in self._joined]
        return [*found, *[each for each in joined if isinstance(each, kind)]]

    def _every(self, kind: type[_ItemT]) -> list[_ItemT]:
        """Return the first version of each item of a kind that ever was in the plan."""
        items = {**self._stored.items, **self._first}
        return [each for each in items.values() if isinstance(each, kind)]

    def _is_unchanged(self, objectives: Sequence[Objective], others: Sequence[Item]) -> bool:
        stored = self._stored
        return (
            len(objectives) == len(stored.objectives)
            and all(map(is_, objectives, stored.objectives))
            and (*others,) == (*stored.metrics, *stored.outside, *stored.priorities)
        )

    def _as_originally(self, objectives: Sequence[Objective]) -> list[Objective]:
        """Return the objectives as they were originally; alignment is as it is now, or was last."""
        found = [
            evolve(self._originals[each.id], supports=each.supports)
            if each.id in self._originals
            else each
            for each in objectives
        ]
        gone = [
            evolve(original, supports=self._last[id].supports)
            for id, original in self._originals.items()
            if id in self._left
        ]
        return [*found, *gone]

    def _key_results(self) -> Mapping[str, tuple[str, KeyResult]]:
        """Return the key results that ever were in the plan, by id, each with the id of its home."""
        homes = {id: home.id for id, home in self._stored.homes.items()} | self._homes_of_joined
        items = {**self._stored.items, **self._first, **self._items}
        return {id: (homes[id], item) for id, item in items.items() if isinstance(item, KeyResult)}

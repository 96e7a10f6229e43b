"""Due items, and the context in which they are found: the plan in force, schedules and days of check-ins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum, unique
from functools import cached_property
from typing import final

from attrs import frozen

from okrcore._checks import MOST_DAYS
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore.calendar import (
    Cadence,
    Cycle,
    Rhythm,
    Ritual,
    RitualSlot,
    Schedule,
    Workdays,
    next_workday,
)
from okrcore.journal import CheckIn, Journal, Lifecycle
from okrcore.journal.entry_order import not_after_closings
from okrcore.journal.journal import history_of
from okrcore.journal.plan_draft import PlanInForce
from okrcore.journal.plan_in_force import plan_in_force
from okrcore.plan import (
    Guardrail,
    Initiative,
    KeyResult,
    Objective,
    Person,
    Plan,
    Team,
)
from okrcore.plan.identities import Identities, identities_of
from okrcore.review.scopes import sharers_of
from okrcore.rulebook import Rulebook
from okrcore.scorecard import Scorecard, evaluate
from okrcore.scorecard.day.derived_metrics import read_ids
from okrcore.scorecard.day.metric_rows import retired_on

__all__ = ["DueDesk", "DueItem", "DueState"]


@unique
class DueState(StrEnum):
    """Urgency of a due item."""

    LATE = "late"
    DUE = "due"
    COMING = "coming"


@final
@frozen(kw_only=True)
class DueItem:
    """Ritual that is due for an item.

    Args:
        what: The ritual, or the task: a check-in, a baseline, an initiative on its own due day.
        of: Id of the objective, key result, guardrail, initiative or metric.
        on: Due day.
        state: Late, due or coming.
        days_late: Days since the due day; 0 until it is over. Days of grace count, and are not late.
        owner: Its own owner, otherwise its objective's; None if nobody is named. Of a meeting that repeats, the
            team of objectives with several owners.
        also: Ids of the other objectives of the same meeting, if it repeats.
    """

    what: Ritual
    of: str
    on: date
    state: DueState
    days_late: int
    owner: Person | Team | None
    also: tuple[str, ...] = ()

    __attrs_post_init__ = must_fit


@final
@frozen(eq=False)
class DueDesk:
    """Arguments of `due`, and values found once for all items."""

    written: Plan
    journal: Journal
    as_of: date
    ahead_days: int
    schedules: Mapping[Cadence | None, Schedule]
    workdays: Workdays | None
    rulebook: Rulebook

    @cached_property
    def in_force(self) -> PlanInForce:
        """The plan with its adjustments up to the day, and the days on which it changed."""
        history = once(self.journal, history_of)
        made = [entry for entry in history.adjustments if entry.on <= self.as_of]
        counted = not_after_closings(self.written, history, made, self.as_of)
        return plan_in_force(self.written, history, counted)

    @property
    def plan(self) -> Plan:
        """The plan with its adjustments up to the day."""
        return self.in_force.plan

    @cached_property
    def card(self) -> Scorecard:
        """Scorecard of the day."""
        return evaluate(
            self.written, self.journal, as_of=self.as_of, rulebook=self.rulebook, strict=False
        )

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """Objectives that are not parked."""
        return [o for o in self.plan.objectives if o.parked is None]

    @cached_property
    def check_in_days(self) -> Mapping[str, Sequence[date]]:
        """Days of the check-ins of each id, oldest first."""
        days: dict[str, list[date]] = {}
        for entry in self.journal.in_force:
            if isinstance(entry, CheckIn) and entry.on <= self.as_of:
                days.setdefault(entry.of, []).append(entry.on)
        return days

    @cached_property
    def identities(self) -> Identities:
        """People and teams of the plan that have an id."""
        return identities_of(self.plan.objectives)

    @cached_property
    def shared(self) -> Mapping[str, Sequence[str]]:
        """Ids of the shared key results, each with the ids of those that support it."""
        return sharers_of(self.plan)

    @cached_property
    def _meeting_days(self) -> dict[tuple[RitualSlot, Cycle], Sequence[date]]:
        return {}

    @cached_property
    def _measured_since(self) -> Mapping[str, date]:
        return {e.of: e.on for e in self.in_force.entries if e.measure is not None}

    def measured_since(self, id: str) -> date:
        """Return the day on which an item got its measure; the first day of all for measures first agreed."""
        return self._measured_since.get(id, date.min)

    def joined(self, id: str) -> date:
        """Return the day on which an item joined the plan; the first day of all for items first agreed."""
        return self.in_force.joined.get(id, date.min)

    def lifecycle(self, item: Objective | KeyResult | Guardrail | Initiative) -> Lifecycle:
        """Return the lifecycle state of an item on the day."""
        return self.journal.lifecycle(item.id, on=self.as_of).state

    def open_sources(self, source: str) -> Iterator[str]:
        """Yield the ids to check in for a source: of a derived metric its parts; none that are retired."""
        if source not in self.retired:
            yield from (id for id in read_ids(self.plan, source) if id not in self.retired)

    @cached_property
    def retired(self) -> AbstractSet[str]:
        """Ids of the retired metrics."""
        return retired_on(self.plan, once(self.journal, history_of), self.as_of).keys()

    def schedule(self, objective: Objective) -> Schedule:
        """Return the schedule of an objective: the host's for its cadence, or else the usual one."""
        cadence = None if objective.cycle is None else objective.cycle.cadence
        return self.schedules.get(cadence) or Schedule.of(cadence)

    def next_check_in(self, source: str, start: date | None, rhythm: Rhythm) -> date:
        """Return the due day of the next check-in of an id in a rhythm; the day itself without a start."""
        on = None if start is None else rhythm.first_due(start)
        for day in self.check_in_days.get(source, ()):
            if start is None or day >= start:
                on = rhythm.next_due(on, day)
        return on or self.as_of

    def due_item(
        self,
        what: Ritual,
        of: str,
        on: date,
        owner: Person | Team | None,
        *,
        grace_days: int,
        can_be_late: bool,
        also: Sequence[str] = (),
    ) -> Iterator[DueItem]:
        """Yield a due item, unless it is far ahead or over."""
        if self.workdays is not None:
            on = next_workday(on, self.workdays)
        days = (self.as_of - on).days
        if days < -self.ahead_days or (days > grace_days and not can_be_late):
            return
        late = DueState.DUE if days <= grace_days else DueState.LATE
        state = DueState.COMING if days < 0 else late
        yield DueItem(
            what=what,
            of=of,
            on=on,
            state=state,
            days_late=max(days, 0),
            owner=owner,
            also=tuple(also),
        )

    def meeting(
        self, ritual: Ritual, ids: Sequence[str], on: date, owner: Person | Team | None, grace: int
    ) -> Iterator[DueItem]:
        """Yield a meeting of items."""
        first, *also = ids
        return self.due_item(
            ritual, first, on, owner, grace_days=grace, can_be_late=False, also=also
        )

    def next_meeting(self, slot: RitualSlot, cycle: Cycle, grace_days: int) -> date | None:
        """Return the first day of a meeting that is not over, its grace included; None if all are."""
        if cycle.period.days > MOST_DAYS:
            return None
        days = self._meeting_days.get((slot, cycle))
        if days is None:
            days = slot.days_in(cycle, workdays=self.workdays)
            self._meeting_days[slot, cycle] = days
        return next((day for day in days if (self.as_of - day).days <= grace_days), None)

    def window(
        self, objective: Objective, item: KeyResult | Guardrail | Initiative
    ) -> tuple[date | None, date]:
        """Return the first and last day of an item's check-ins; the first is None without a start."""
        start, last = None, date.max
        if objective.cycle is not None:
            start, last = max(objective.cycle.start, self.joined(item.id)), objective.cycle.end
        if isinstance(item, KeyResult):
            if item.timing is not None and item.timing.observable_from is not None:
                return max(item.timing.observable_from, self.joined(item.id)), date.max
            last = min(last, item.due or date.max)
        return start, last

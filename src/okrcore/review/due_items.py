"""Items that are due, late or coming, so that a host can send reminders.

1. Due days follow from cycles, schedules and entries alone. Plans change: those in force on the day count.
2. A ritual that leaves no entry, such as a review, cannot be late: it is listed until its grace is over.
3. One check-in of a shared metric serves all its readers, so it is due once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum, unique
from functools import cached_property
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._checks import MOST_DAYS, given_day, given_mapping, given_whole, must_be_a
from okrcore._made import must_fit
from okrcore._memo import once
from okrcore.calendar import (
    Cadence,
    EveryDays,
    Rhythm,
    Ritual,
    Schedule,
    Workdays,
    next_workday,
)
from okrcore.journal import CheckIn, Journal, Lifecycle
from okrcore.journal.entry_order import not_after_closings
from okrcore.journal.journal import history_of
from okrcore.journal.lifecycle import UNSTARTED
from okrcore.journal.plan_draft import PlanInForce
from okrcore.journal.plan_in_force import must_be_in_force, plan_in_force
from okrcore.plan import (
    EstablishBaseline,
    Guardrail,
    KeyResult,
    Metric,
    Objective,
    Person,
    Plan,
    Scope,
    Team,
)
from okrcore.plan.measures import DELIVERED
from okrcore.plan.scope import ids_of, selected
from okrcore.scorecard import Scorecard, evaluate
from okrcore.scorecard.day.derived_metrics import read_ids
from okrcore.scorecard.day.metric_rows import retired_on

__all__ = ["DueItem", "DueState", "list_due"]

#: Measures without further check-ins once they are full.
_ONCE: Final = (*DELIVERED, EstablishBaseline)
#: Rituals before the work starts: due while an objective is not yet active.
_BEFORE: Final = frozenset(
    {
        Ritual.DRAFT,
        Ritual.PUBLISH,
        Ritual.TEAM_DRAFT,
        Ritual.PEER_REVIEW,
        Ritual.PLANNING,
        Ritual.PERSONAL_PLANNING,
    }
)
_NO_SCHEDULES: Final[Mapping[Cadence | None, Schedule]] = MappingProxyType({})


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
        what: The ritual.
        of: Id of the objective, key result, guardrail or metric.
        on: Due day.
        state: Late, due or coming.
        days_late: Days since the due day; 0 until it is over. Days of grace count, and are not late.
        owner: Its own owner, otherwise its objective's; None if nobody is named.
    """

    what: Ritual
    of: str
    on: date
    state: DueState
    days_late: int
    owner: Person | Team | None

    __attrs_post_init__ = must_fit


def list_due(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    ahead_days: int = 7,  # library default
    schedules: Mapping[Cadence | None, Schedule] = _NO_SCHEDULES,
    workdays: Workdays | None = None,
    scope: Scope | None = None,
) -> tuple[DueItem, ...]:
    """List the items that are due, late or coming on a day, the most overdue first.

    Check-ins are due while their objective is active and its cycle runs, a close until a `Closing` is in
    the journal. What has left the plan is not due; what joined it, from then on. A full delivery and an established baseline need no more check-ins, and a parked objective
    nothing. Items without a cycle are due weekly, and at once if they were never read. Instead of a derived metric
    its parts are due. A retired metric is not.

    Args:
        plan: The plan.
        journal: Its entries; those of later days change nothing.
        as_of: Evaluation date.
        ahead_days: Days to look ahead; 0 for items due by now.
        schedules: Your own schedules, by cadence; the key None is for cycles without one. Other cadences
            have `Schedule.of`.
        workdays: Calendar of workdays; with one, due days move from days off to the next workday.
        scope: Objectives whose items are listed; None for all. It moves no due day: a shared metric is due
            by its quickest reader, in the scope or not.

    Raises:
        InvalidValueError: An argument has the wrong type or is out of range.
        InconsistentPlanError: The scope names an unknown id, or none of an objective on the day.

    Laws: test_due_items_of_a_scope_are_those_of_its_items, test_a_check_in_is_due_once, test_later_entries_change_nothing_due.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", owner="Ana Ruiz",
    ...     cycle=okr.FiscalCalendar().quarter(2026, 3),
    ...     key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 3), {"arpa": 117}))
    >>> for one in okr.review.list_due(plan, journal, as_of=date(2026, 8, 14)):
    ...     print(one.on, one.what, one.of, one.state, one.days_late, one.owner)
    2026-08-10 check-in arpa late 4 Ana Ruiz
    2026-08-15 mid-cycle review grow coming 0 Ana Ruiz
    """
    must_be_a(list_due, "plan", plan, Plan)
    must_be_a(list_due, "journal", journal, Journal)
    as_of = given_day(list_due, "as_of", as_of)
    ahead_days = given_whole(list_due, "ahead_days", ahead_days, 0, MOST_DAYS)
    schedules = given_mapping(list_due, "schedules", schedules)
    for cadence, schedule in schedules.items():
        must_be_a(list_due, "schedules", cadence, Cadence, type(None))
        must_be_a(list_due, f"schedules[{cadence}]", schedule, Schedule)
    must_be_a(list_due, "scope", scope, Scope, type(None))
    desk = _Desk(plan, journal, as_of, ahead_days, schedules, workdays)
    found = [one for objective in desk.objectives for one in _rituals(desk, objective)]
    found += _check_ins(desk)
    if scope is not None:
        here = _ids_in(desk, scope)
        found = [one for one in found if one.of in here]
    return tuple(sorted(found, key=lambda one: one.on))


def _ids_in(desk: _Desk, scope: Scope) -> frozenset[str]:
    for id in scope.ids or ():
        must_be_in_force(desk.in_force, once(desk.journal, history_of), id)
        desk.plan.objective(id)
    return frozenset(ids_of(selected(desk.plan.objectives, [scope], on=desk.as_of)))


@final
@frozen(eq=False)
class _Desk:
    """Arguments of `due`, and values found once for all items."""

    written: Plan
    journal: Journal
    as_of: date
    ahead_days: int
    schedules: Mapping[Cadence | None, Schedule]
    workdays: Workdays | None

    @cached_property
    def in_force(self) -> PlanInForce:
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
        return evaluate(self.written, self.journal, as_of=self.as_of, strict=False)

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        return [o for o in self.plan.objectives if o.parked is None]

    @cached_property
    def check_in_days(self) -> Mapping[str, Sequence[date]]:
        """Days of the check-ins of each id, oldest first."""
        days: dict[str, list[date]] = {}
        for entry in self.journal.in_force:
            if isinstance(entry, CheckIn) and entry.on <= self.as_of:
                days.setdefault(entry.of, []).append(entry.on)
        return days

    def joined(self, id: str) -> date:
        """Return the day on which an item joined the plan; the first day of all for items first agreed."""
        return self.in_force.joined.get(id, date.min)

    def lifecycle(self, item: Objective | KeyResult | Guardrail) -> Lifecycle:
        return self.journal.lifecycle(item.id, on=self.as_of).state

    def open_sources(self, source: str) -> Iterator[str]:
        """Yield the ids to check in for a source: of a derived metric its parts; none that are retired."""
        if source not in self.retired:
            yield from (id for id in read_ids(self.plan, source) if id not in self.retired)

    @cached_property
    def retired(self) -> AbstractSet[str]:
        """Ids of the metrics that are retired."""
        return retired_on(self.plan, once(self.journal, history_of), self.as_of).keys()

    def schedule(self, objective: Objective) -> Schedule:
        cadence = None if objective.cycle is None else objective.cycle.cadence
        return self.schedules.get(cadence) or Schedule.of(cadence)

    def next_check_in(self, source: str, reader: _Reader) -> date:
        """Return the due day of the next check-in."""
        start, rhythm = reader.start, reader.rhythm
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
    ) -> Iterator[DueItem]:
        """Yield a due item, unless it is far ahead or over."""
        if self.workdays is not None:
            on = next_workday(on, self.workdays)
        days = (self.as_of - on).days
        if days < -self.ahead_days or (days > grace_days and not can_be_late):
            return
        late = DueState.DUE if days <= grace_days else DueState.LATE
        state = DueState.COMING if days < 0 else late
        yield DueItem(what=what, of=of, on=on, state=state, days_late=max(days, 0), owner=owner)


def _rituals(desk: _Desk, objective: Objective) -> Iterator[DueItem]:
    cycle, life = objective.cycle, desk.lifecycle(objective)
    if cycle is None or life is Lifecycle.ARCHIVED:
        return
    schedule = desk.schedule(objective)
    level = None if objective.place is None else objective.place.level
    for appointment in schedule.appointments:
        ritual = appointment.ritual
        is_before, is_unstarted = ritual in _BEFORE, life in UNSTARTED
        if (
            appointment.level not in {None, level}
            or (is_unstarted and not is_before)
            or (life is Lifecycle.CLOSED and ritual is not Ritual.RETROSPECTIVE)
        ):
            continue
        on = appointment.day_in(cycle)
        yield from desk.due_item(
            ritual,
            objective.id,
            max(on, desk.joined(objective.id)) if is_unstarted else on,
            objective.owner,
            grace_days=schedule.check_ins.grace_days,
            can_be_late=ritual is Ritual.CLOSE or (is_unstarted and desk.as_of <= cycle.end),
        )


@final
@frozen(eq=False)
class _Reader:
    """Item that needs the readings of an id, in a rhythm, from a start to a last day."""

    source: str
    rhythm: Rhythm
    start: date | None
    last: date
    owner: Person | Team | None


def _check_ins(desk: _Desk) -> Iterator[DueItem]:
    readers: dict[str, list[_Reader]] = {}
    for reader in _readers(desk):
        readers.setdefault(reader.source, []).append(reader)
    # Derived ones first: a part with an interval of its own keeps that.
    for metric in sorted(desk.plan.metrics, key=lambda metric: metric.derived is None):
        if metric.check_in_days is not None:
            # A metric with an interval of its own is due by it, with or without readers.
            own = _Reader(metric.id, EveryDays(metric.check_in_days), None, date.max, None)
            for source in desk.open_sources(metric.id):
                others = readers.get(source, [])
                readers[source] = [evolve(own, owner=others[0].owner if others else None)]
    for source, found in readers.items():
        on, reader = min(
            ((desk.next_check_in(source, reader), reader) for reader in found),
            key=lambda one: one[0],
        )
        if on <= reader.last:
            item = desk.plan.items[source]
            owner = item.owner if isinstance(item, Metric) else None
            yield from desk.due_item(
                Ritual.CHECK_IN,
                source,
                on,
                owner or reader.owner,
                grace_days=reader.rhythm.grace_days,
                can_be_late=True,
            )


def _readers(desk: _Desk) -> Iterator[_Reader]:
    for objective in desk.objectives:
        if desk.lifecycle(objective) is not Lifecycle.ACTIVE:
            continue
        rhythm = desk.schedule(objective).check_ins
        items: list[KeyResult | Guardrail] = [*objective.own_key_results, *objective.guardrails]
        for item in items:
            start, last = _window(desk, objective, item)
            is_active = desk.lifecycle(item) is Lifecycle.ACTIVE
            if is_active and desk.as_of <= last and not _is_done(desk, item):
                owner = item.owner or objective.owner
                for source in desk.open_sources(item.metric or item.id):
                    yield _Reader(source, rhythm, start, last, owner)


def _window(
    desk: _Desk, objective: Objective, item: KeyResult | Guardrail
) -> tuple[date | None, date]:
    """Return the first and last day of an item's check-ins; the first is None without a start."""
    start, last = None, date.max
    if objective.cycle is not None:
        start, last = max(objective.cycle.start, desk.joined(item.id)), objective.cycle.end
    if isinstance(item, KeyResult):
        if item.timing is not None and item.timing.observable_from is not None:
            return max(item.timing.observable_from, desk.joined(item.id)), date.max
        last = min(last, item.due or date.max)
    return start, last


def _is_done(desk: _Desk, item: KeyResult | Guardrail) -> bool:
    """Return whether no check-in is left: delivered in full, or the baseline found."""
    if not isinstance(item, KeyResult) or not isinstance(item.measure, _ONCE):
        return False
    if item.id not in desk.card:
        return False  # it joined because a target was too hard, and the cycle is over
    result = desk.card.key_result(item.id)
    if isinstance(item.measure, EstablishBaseline):
        return result.reading is not None
    return result.progress is not None and snap(result.progress) >= 1

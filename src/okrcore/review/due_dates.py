"""What is due, late or coming, so that a host can remind people. Sending is the host's.

Rules of this file:

1. Due days follow from cycles, schedules and what the journal holds; nothing is remembered elsewhere.
2. What leaves no entry in a journal, such as a review, cannot be late: it is listed until its grace is
   over, and then no more.
3. One check-in of a shared metric serves all who read it, so it is due once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum, unique
from functools import cached_property
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._checks import MOST_DAYS, given_day, given_mapping, given_whole, must_be_a
from okrcore._made import must_fit
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
from okrcore.plan import (
    EstablishBaseline,
    Guardrail,
    KeyResult,
    Metric,
    Objective,
    Person,
    Plan,
    Team,
)
from okrcore.plan.measures import DELIVERED
from okrcore.scorecard import Scorecard, evaluate

__all__ = ["Due", "DueState", "due"]

#: Measures of what is over once it is there.
_ONCE: Final = (*DELIVERED, EstablishBaseline)
#: What happens before the work starts: open while an objective is not yet active.
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
_UNSTARTED: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED})
_NO_SCHEDULES: Final[Mapping[Cadence | None, Schedule]] = MappingProxyType({})


@unique
class DueState(StrEnum):
    """How urgent it is."""

    LATE = "late"
    DUE = "due"
    COMING = "coming"


@final
@frozen(kw_only=True)
class Due:
    """Something to do, and by whom.

    Args:
        what: The ritual.
        of: The id of the objective, key result, guardrail or metric.
        on: The day for which it is or was due.
        state: Late, due or coming.
        days_late: Days since that day; 0 until it is over. Within the grace it counts, and is not late.
        owner: Whom to remind: its own owner, otherwise its objective's; None where nobody is named.
    """

    what: Ritual
    of: str
    on: date
    state: DueState
    days_late: int
    owner: Person | Team | None

    __attrs_post_init__ = must_fit


def due(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    ahead_days: int = 7,  # library default
    schedules: Mapping[Cadence | None, Schedule] = _NO_SCHEDULES,
    workdays: Workdays | None = None,
) -> tuple[Due, ...]:
    """Return what is due on a day, what is late, and what comes soon, the most overdue first.

    Check-ins are due while their objective is active and its cycle runs, a close until a `Closing` is in
    the journal. A deliverable that is delivered in full and a baseline that is found ask for no more
    check-ins, a parked objective for nothing. What has no cycle is looked at weekly, and is due at once where it was never read.

    Args:
        plan: What is intended.
        journal: What happened; entries of later days change nothing.
        as_of: The day.
        ahead_days: How many days ahead to look; 0 for what is due by now.
        schedules: Your own schedules, by cadence; None stands for cycles without one. Other cadences
            have `Schedule.of`.
        workdays: With them, what falls on a day off is due on the next workday.

    Raises:
        InvalidValueError: An argument cannot hold what was given.

    Laws: test_a_check_in_is_due_once, test_later_entries_change_nothing_due.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", owner="Ana Ruiz",
    ...     cycle=okr.FiscalCalendar().quarter(2026, 3),
    ...     key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 3), {"arpa": 117}))
    >>> for one in okr.due(plan, journal, as_of=date(2026, 8, 14)):
    ...     print(one.on, one.what, one.of, one.state, one.days_late, one.owner)
    2026-08-10 check-in arpa late 4 Ana Ruiz
    2026-08-15 mid-cycle review grow coming 0 Ana Ruiz
    """
    must_be_a(due, "plan", plan, Plan)
    must_be_a(due, "journal", journal, Journal)
    as_of = given_day(due, "as_of", as_of)
    ahead_days = given_whole(due, "ahead_days", ahead_days, 0, MOST_DAYS)
    schedules = given_mapping(due, "schedules", schedules)
    for cadence, schedule in schedules.items():
        must_be_a(due, "schedules", cadence, Cadence, type(None))
        must_be_a(due, f"schedules[{cadence}]", schedule, Schedule)
    desk = _Desk(plan, journal, as_of, ahead_days, schedules, workdays)
    found = [one for objective in desk.objectives for one in _rituals(desk, objective)]
    found += _check_ins(desk)
    return tuple(sorted(found, key=lambda one: one.on))


@final
@frozen(eq=False)
class _Desk:
    """What is asked, and what is looked up once for all answers."""

    written: Plan
    journal: Journal
    as_of: date
    ahead_days: int
    schedules: Mapping[Cadence | None, Schedule]
    workdays: Workdays | None

    @cached_property
    def plan(self) -> Plan:
        """The plan with the deadlines and owners that adjustments gave it."""
        return self.journal.effective(self.written, on=self.as_of)

    @cached_property
    def card(self) -> Scorecard:
        """The scorecard of the day, for what has been delivered."""
        return evaluate(self.written, self.journal, as_of=self.as_of, strict=False)

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """The objectives that are pursued: those that are parked ask for nothing."""
        return [o for o in self.plan.objectives if o.parked is None]

    @cached_property
    def checked_in(self) -> Mapping[str, Sequence[date]]:
        """The days of the check-ins of each id, oldest first."""
        days: dict[str, list[date]] = {}
        for entry in self.journal.in_force:
            if isinstance(entry, CheckIn) and entry.on <= self.as_of:
                days.setdefault(entry.of, []).append(entry.on)
        return days

    def lifecycle(self, item: Objective | KeyResult | Guardrail) -> Lifecycle:
        """Return where something stands in its life."""
        return self.journal.life(item.id, on=self.as_of).state

    def schedule(self, objective: Objective) -> Schedule:
        """Return the schedule of an objective's cycle."""
        cadence = None if objective.cycle is None else objective.cycle.cadence
        return self.schedules.get(cadence) or Schedule.of(cadence)

    def next_check_in(self, source: str, reader: _Reader) -> date:
        """Return when a check-in is due, after those that were made."""
        start, rhythm = reader.start, reader.rhythm
        on = None if start is None else rhythm.first_due(start)
        for day in self.checked_in.get(source, ()):
            if start is None or day >= start:
                on = rhythm.next_due(on, day)
        return on or self.as_of

    def answer(
        self,
        what: Ritual,
        of: str,
        on: date,
        owner: Person | Team | None,
        *,
        grace_days: int,
        can_be_late: bool,
    ) -> Iterator[Due]:
        """Yield what is to be said of a due day; nothing where it is far ahead, or is over."""
        if self.workdays is not None:
            on = next_workday(on, self.workdays)
        days = (self.as_of - on).days
        if days < -self.ahead_days or (days > grace_days and not can_be_late):
            return
        late = DueState.DUE if days <= grace_days else DueState.LATE
        state = DueState.COMING if days < 0 else late
        yield Due(what=what, of=of, on=on, state=state, days_late=max(days, 0), owner=owner)


def _rituals(desk: _Desk, objective: Objective) -> Iterator[Due]:
    cycle, life = objective.cycle, desk.lifecycle(objective)
    if cycle is None or life is Lifecycle.ARCHIVED:
        return
    schedule = desk.schedule(objective)
    level = None if objective.place is None else objective.place.level
    for appointment in schedule.appointments:
        ritual = appointment.ritual
        is_before, is_unstarted = ritual in _BEFORE, life in _UNSTARTED
        if (
            appointment.level not in {None, level}
            or (is_unstarted and not is_before)
            or (life is Lifecycle.CLOSED and ritual is not Ritual.RETROSPECTIVE)
        ):
            continue
        yield from desk.answer(
            ritual,
            objective.id,
            appointment.day_in(cycle),
            objective.owner,
            grace_days=schedule.check_ins.grace_days,
            can_be_late=ritual is Ritual.CLOSE or (is_unstarted and desk.as_of <= cycle.end),
        )


@final
@frozen(eq=False)
class _Reader:
    """Something that needs the readings found under an id, in a rhythm, for some time."""

    source: str
    rhythm: Rhythm
    start: date | None
    last: date
    owner: Person | Team | None


def _check_ins(desk: _Desk) -> Iterator[Due]:
    readers: dict[str, list[_Reader]] = {}
    for reader in _readers(desk):
        readers.setdefault(reader.source, []).append(reader)
    for metric in desk.plan.metrics:
        if metric.check_in_days is not None:
            # A metric that says how often it is measured is measured that often, read or not.
            own = _Reader(metric.id, EveryDays(metric.check_in_days), None, date.max, None)
            others = readers.get(metric.id, [])
            readers[metric.id] = [evolve(own, owner=others[0].owner if others else None)]
    for source, found in readers.items():
        on, reader = min(
            ((desk.next_check_in(source, reader), reader) for reader in found),
            key=lambda one: one[0],
        )
        if on <= reader.last:
            item = desk.plan.items[source]
            owner = item.owner if isinstance(item, Metric) else None
            yield from desk.answer(
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
            start, last = _window(objective, item)
            is_active = desk.lifecycle(item) is Lifecycle.ACTIVE
            if is_active and desk.as_of <= last and not _is_done(desk, item):
                source, owner = item.metric or item.id, item.owner or objective.owner
                yield _Reader(source, rhythm, start, last, owner)


def _window(objective: Objective, item: KeyResult | Guardrail) -> tuple[date | None, date]:
    """Return from when to when something is checked in; None where there is no start."""
    start, last = None, date.max
    if objective.cycle is not None:
        start, last = objective.cycle.start, objective.cycle.end
    if isinstance(item, KeyResult):
        if item.timing is not None and item.timing.observable_from is not None:
            return item.timing.observable_from, date.max
        last = min(last, item.due or date.max)
    return start, last


def _is_done(desk: _Desk, item: KeyResult | Guardrail) -> bool:
    """Say whether there is nothing left to check in: delivered in full, or the baseline found."""
    if not isinstance(item, KeyResult) or not isinstance(item.measure, _ONCE):
        return False
    result = desk.card.key_result(item.id)
    if isinstance(item.measure, EstablishBaseline):
        return result.reading is not None
    return result.progress is not None and snap(result.progress) >= 1

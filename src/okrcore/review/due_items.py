"""Items that are due, late or coming, so that a host can send reminders.

1. Due days follow from cycles, schedules and entries alone. Plans change: those in force on the day count.
2. Appointments are in `due_appointments`, check-ins here.
3. One check-in of a shared metric serves all its readers, so it is due once.
4. An initiative is due by the rhythm of its objective until it is done or dropped, and on its own due day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import evolve, frozen

from okrcore._arith import snap
from okrcore._checks import MOST_DAYS, given_day, given_mapping, given_whole, must_be_a
from okrcore._memo import once
from okrcore.calendar import (
    Cadence,
    EveryDays,
    Rhythm,
    Ritual,
    Schedule,
    Workdays,
    rhythm_of,
)
from okrcore.journal import Journal, Lifecycle
from okrcore.journal.journal import history_of
from okrcore.journal.plan_in_force import must_be_in_force
from okrcore.plan import (
    EstablishBaseline,
    Guardrail,
    Initiative,
    KeyResult,
    Metric,
    Person,
    Plan,
    Scope,
    Team,
)
from okrcore.plan.measures import DELIVERED
from okrcore.plan.scope import selected
from okrcore.plan.scoped_ids import ids_in
from okrcore.review.due_appointments import baselines_due, meetings_due, rituals_due
from okrcore.review.due_desk import DueDesk, DueItem
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import InitiativeState

__all__ = ["list_due"]

#: Measures without further check-ins once they are full.
_ONCE: Final = (*DELIVERED, EstablishBaseline)
#: Items with check-ins of their own.
_Checked: TypeAlias = KeyResult | Guardrail | Initiative
_NO_SCHEDULES: Final[Mapping[Cadence | None, Schedule]] = MappingProxyType({})


def list_due(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    ahead_days: int = 7,  # library default
    schedules: Mapping[Cadence | None, Schedule] = _NO_SCHEDULES,
    workdays: Workdays | None = None,
    scope: Scope | None = None,
    rulebook: Rulebook = RECOMMENDED,
) -> tuple[DueItem, ...]:
    """List the items that are due, late or coming on a day, the most overdue first.

    Check-ins are due while their objective is active and its cycle runs, a close until a `Closing` is in
    the journal. What has left the plan is not due; what joined it, from then on. A full delivery, an established
    baseline, and an initiative that is done or dropped need no more check-ins, and a parked objective nothing.
    Items without a cycle are due weekly, and at once if they were never read. An initiative is due on its own
    day, and late since then until it is done or dropped, or its objective closed. Instead of a derived metric its
    parts are due, and a retired one is not.

    A measure without a baseline, such as `Increase(None, 45)`, has one due 14 days into its cycle, after the
    key result joined, or after the measure was adjusted: in a cycle shorter than a quarter the same share of
    it. It is late from the day after until a `BaselineSet` is in the journal. `EstablishBaseline` has the whole
    cycle, since its baseline is the result. A limit to be established, such as `AtMost(None)` of a guardrail, is due
    likewise; that of the health of a metric, which has no cycle, at once.

    A meeting that repeats, such as the weekly, is due once for a team, or for an owner of objectives without a
    team, and names the objectives it is about; of its days only the next, or the last within its grace. A forum
    is due for each shared key result.

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
        rulebook: Rules of scores, and of the days in which a baseline is expected.

    Raises:
        InvalidValueError: An argument has the wrong type or is out of range.
        InconsistentPlanError: The scope names an unknown id, or none of an objective on the day.

    Laws: test_due_items_of_a_scope_are_those_of_its_items, test_a_check_in_is_due_once, test_later_entries_change_nothing_due.

    >>> from datetime import date, timedelta
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", owner="Ana Ruiz",
    ...     cycle=okr.FiscalCalendar().quarter(2026, 3),
    ...     key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal(okr.check_ins(date(2026, 8, 3), {"arpa": 117}))
    >>> for one in okr.review.list_due(plan, journal, as_of=date(2026, 8, 14)):
    ...     print(one.on, one.what, one.of, one.state, one.days_late, one.owner)
    2026-08-10 check-in arpa late 4 Ana Ruiz
    2026-08-15 mid-cycle review grow coming 0 Ana Ruiz
    2026-08-17 weekly grow coming 0 Ana Ruiz
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
    must_be_a(list_due, "rulebook", rulebook, Rulebook)
    desk = DueDesk(plan, journal, as_of, ahead_days, schedules, workdays, rulebook)
    found = [one for objective in desk.objectives for one in rituals_due(desk, objective)]
    found += [*meetings_due(desk), *baselines_due(desk), *_check_ins(desk), *_deadlines(desk)]
    if scope is not None:
        here = _ids_in(desk, scope)
        found = [
            one if {one.of, *one.also} <= here else _within(one, here)
            for one in found
            if not here.isdisjoint((one.of, *one.also))
        ]
    return tuple(sorted(found, key=lambda one: one.on))


def _within(one: DueItem, here: frozenset[str]) -> DueItem:
    """Return a meeting without the objectives that are not in scope."""
    of, *also = (id for id in (one.of, *one.also) if id in here)
    return evolve(one, of=of, also=tuple(also))


def _ids_in(desk: DueDesk, scope: Scope) -> frozenset[str]:
    for id in scope.ids or ():
        must_be_in_force(desk.in_force, once(desk.journal, history_of), id)
        desk.plan.objective(id)
    found = selected(desk.plan.objectives, [scope], on=desk.as_of)
    return frozenset(ids_in(desk.plan, found, [scope]))


# --- check-ins ---------------------------------------------------------------------------------


@final
@frozen(eq=False)
class _Reader:
    """Item that needs the readings of an id, in a rhythm, from a start to a last day."""

    source: str
    rhythm: Rhythm
    start: date | None
    last: date
    owner: Person | Team | None


def _check_ins(desk: DueDesk) -> Iterator[DueItem]:
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
            ((desk.next_check_in(source, reader.start, reader.rhythm), reader) for reader in found),
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


def _readers(desk: DueDesk) -> Iterator[_Reader]:
    for objective in desk.objectives:
        if desk.lifecycle(objective) is not Lifecycle.ACTIVE:
            continue
        rhythm = desk.schedule(objective).check_ins
        # A derived key result is read with its parts.
        read = (kr for kr in objective.own_key_results if kr.derived is None)
        items: list[_Checked] = [*read, *objective.guardrails, *objective.initiatives]
        for item in items:
            start, last = desk.window(objective, item)
            is_active = desk.lifecycle(item) is Lifecycle.ACTIVE
            if is_active and desk.as_of <= last and not _is_done(desk, item):
                metric = None if isinstance(item, Initiative) else item.metric
                owner, own = item.owner or objective.owner, _own_rhythm(item)
                for source in desk.open_sources(metric or item.id):
                    yield _Reader(source, own or rhythm, start, last, owner)


def _own_rhythm(item: _Checked) -> Rhythm | None:
    if not isinstance(item, KeyResult) or item.timing is None:
        return None
    days = item.timing.check_in_days
    return None if days is None else rhythm_of(days)


def _deadlines(desk: DueDesk) -> Iterator[DueItem]:
    """Yield the due days of initiatives that are neither done nor dropped."""
    for objective in desk.objectives:
        if desk.lifecycle(objective) is not Lifecycle.ACTIVE:
            continue
        for work in objective.initiatives:
            is_active = desk.lifecycle(work) is Lifecycle.ACTIVE
            if work.due is not None and is_active and not _is_done(desk, work):
                owner = work.owner or objective.owner
                yield from desk.due_item(
                    Ritual.INITIATIVE, work.id, work.due, owner, grace_days=0, can_be_late=True
                )


def _is_done(desk: DueDesk, item: _Checked) -> bool:
    """Return whether no check-in is left: delivered in full, the baseline found, or work done or dropped."""
    if isinstance(item, Initiative):
        state = desk.card.initiative(item.id).state if item.id in desk.card else None
        return state in (InitiativeState.DONE, InitiativeState.DROPPED)
    if not isinstance(item, KeyResult) or not isinstance(item.measure, _ONCE):
        return False
    if item.id not in desk.card:
        return False  # it joined because a target was too hard, and the cycle is over
    result = desk.card.key_result(item.id)
    if isinstance(item.measure, EstablishBaseline):
        return result.reading is not None
    return result.progress is not None and snap(result.progress) >= 1

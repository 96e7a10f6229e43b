"""Due appointments: rituals of a cycle, meetings that repeat, and baselines that are missing.

1. A ritual that leaves no entry, such as a review, cannot be late: it is listed until its grace is over.
2. A meeting that repeats is listed once for those who meet, since a team has one weekly for all of its
   objectives; of its days the next, or the last within its grace.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, TypeAlias, cast

from okrcore._checks import path_of
from okrcore.calendar import (
    Cycle,
    Ritual,
    RitualSlot,
    Schedule,
)
from okrcore.journal import Lifecycle
from okrcore.journal.lifecycle import UNSTARTED
from okrcore.plan import (
    Between,
    Guardrail,
    KeyResult,
    Metric,
    Objective,
    Person,
    Team,
)
from okrcore.plan.bounds import Bound
from okrcore.plan.identities import Identity
from okrcore.plan.linear_measures import LinearMeasure
from okrcore.plan.measures import LINEAR
from okrcore.review.due_desk import DueDesk, DueItem

__all__ = ["baselines_due", "meetings_due", "rituals_due"]

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


def rituals_due(desk: DueDesk, objective: Objective) -> Iterator[DueItem]:
    """Yield the rituals of an objective that have one day in its cycle."""
    for slot, schedule, cycle in _slots(desk, objective):
        if slot.every is not None:
            continue
        is_unstarted = desk.lifecycle(objective) in UNSTARTED
        (on,) = slot.days_in(cycle)
        yield from desk.due_item(
            slot.ritual,
            objective.id,
            max(on, desk.joined(objective.id)) if is_unstarted else on,
            objective.owner,
            grace_days=schedule.check_ins.grace_days,
            can_be_late=slot.ritual is Ritual.CLOSE or (is_unstarted and desk.as_of <= cycle.end),
        )


def _slots(desk: DueDesk, objective: Objective) -> Iterator[tuple[RitualSlot, Schedule, Cycle]]:
    """Yield the appointments of an objective in its state, with its schedule and cycle."""
    cycle, life = objective.cycle, desk.lifecycle(objective)
    if cycle is None or life is Lifecycle.ARCHIVED:
        return
    schedule = desk.schedule(objective)
    level = None if objective.place is None else objective.place.level
    for slot in schedule.appointments:
        is_before = slot.ritual in _BEFORE
        is_over = life is Lifecycle.CLOSED and slot.ritual is not Ritual.RETROSPECTIVE
        if slot.level in {None, level} and not is_over and (is_before or life not in UNSTARTED):
            yield slot, schedule, cycle


# --- meetings that repeat ----------------------------------------------------------------------


#: Ritual, day and grace of a meeting, and those who meet.
_Meeting: TypeAlias = tuple[Ritual, date, int, Identity | None]


def meetings_due(desk: DueDesk) -> Iterator[DueItem]:
    """Yield the next day of each meeting that repeats: once for those who meet, not for each objective."""
    together: dict[_Meeting, list[Objective]] = {}
    for objective, ritual, on, grace in _next_meetings(desk):
        if ritual is Ritual.FORUM:
            for kr in objective.own_key_results:
                if kr.id in desk.shared:
                    yield from desk.meeting(ritual, [kr.id], on, kr.owner or objective.owner, grace)
        else:
            team = None if objective.place is None else objective.place.team
            who = team or objective.owner
            key = (ritual, on, grace, None if who is None else desk.identities.of(who))
            together.setdefault(key, []).append(objective)
    for (ritual, on, grace, _), found in together.items():
        first, *others = found
        owner = first.owner
        if first.place is not None and any(
            not desk.identities.are_same(each.owner, owner) for each in others
        ):
            owner = first.place.team
        # Two slots of one day are one meeting.
        ids = list(dict.fromkeys(each.id for each in found))
        yield from desk.meeting(ritual, ids, on, owner, grace)


def _next_meetings(desk: DueDesk) -> Iterator[tuple[Objective, Ritual, date, int]]:
    """Yield the next day of each meeting of each objective, and its days of grace."""
    for objective in desk.objectives:
        if desk.lifecycle(objective) is not Lifecycle.ACTIVE:
            continue  # nobody meets for paused work
        for slot, _, cycle in _slots(desk, objective):
            if slot.every is not None:
                grace = slot.every.grace_days
                on = desk.next_meeting(slot, cycle, grace)
                if on is not None:
                    yield objective, slot.ritual, on, grace


# --- baselines ---------------------------------------------------------------------------------


def baselines_due(desk: DueDesk) -> Iterator[DueItem]:
    """Yield the key results without a baseline, and guardrails and metrics whose limit is to be established."""
    for objective in desk.objectives:
        if desk.lifecycle(objective) is not Lifecycle.ACTIVE:
            continue
        items: list[KeyResult | Guardrail] = [
            kr for kr in objective.own_key_results if _lacks_baseline(desk, kr)
        ]
        items += [each for each in objective.guardrails if _lacks_limit(desk, each, each.bound)]
        for item in items:
            _, last = desk.window(objective, item)
            if desk.lifecycle(item) is not Lifecycle.ACTIVE or desk.as_of > last:
                continue
            on, cycle = desk.as_of, objective.cycle
            if cycle is not None:
                start = max(cycle.start, desk.joined(item.id), desk.measured_since(item.id))
                book = desk.rulebook.method(objective.method, path_of(objective, "method"))
                days = book.review.instrumented_within(cycle.period.days)
                on = min(start + timedelta(days=days), last)
            yield from _baseline(desk, item.id, on, item.owner or objective.owner)
    for metric in desk.plan.metrics:
        if metric.id in desk.retired:
            continue
        if metric.health is not None and _lacks_limit(desk, metric, metric.health):
            yield from _baseline(desk, metric.id, desk.as_of, metric.owner)


def _baseline(desk: DueDesk, id: str, on: date, owner: Person | Team | None) -> Iterator[DueItem]:
    return desk.due_item(Ritual.BASELINE, id, on, owner, grace_days=0, can_be_late=True)


def _lacks_limit(desk: DueDesk, item: Guardrail | Metric, bound: Bound) -> bool:
    if isinstance(bound, Between) or bound.limit is not None:
        return False
    card = desk.card
    if isinstance(item, Metric):
        return card.metric(item.id).bound == bound
    # It may have joined because a target was too hard, and the cycle is over.
    return item.id not in card or card.guardrail(item.id).bound == bound


def _lacks_baseline(desk: DueDesk, kr: KeyResult) -> bool:
    measure = kr.measure
    if type(measure) not in LINEAR or cast("LinearMeasure", measure).states_baseline:
        return False
    if kr.id not in desk.card:
        return True  # it joined because a target was too hard, and the cycle is over
    return desk.card.key_result(kr.id).baseline is None

"""Objectives in the scope of a ritual: running, ending, ended, coming or shared.

1. Parked objectives are in no scope.
2. "Ended" means the last cycle that ended, with the Micro-OKRs in it, and no earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from okrcore.calendar import Cycle
from okrcore.journal import Lifecycle
from okrcore.plan import KeyResult, Objective
from okrcore.scorecard import Scorecard

__all__ = ["Scope", "in_scope", "is_running", "sharers_of", "state_of"]

_OPEN: Final = frozenset({Lifecycle.ACTIVE, Lifecycle.PAUSED})
_UNSTARTED: Final = frozenset({Lifecycle.DRAFT, Lifecycle.PROPOSED})


@unique
class Scope(StrEnum):
    """Objectives of a ritual, unless it is called for named ones."""

    #: Active, in a cycle that runs or without one.
    RUNNING = "running"
    #: Open, and over within two weeks or already.
    ENDING = "ending"
    #: In the last cycle that ended.
    ENDED = "ended"
    #: Drafts, proposals, and objectives that start later.
    COMING = "coming"
    #: Running, and sharing a key result with others.
    SHARED = "shared"


def in_scope(card: Scorecard, scope: Scope) -> tuple[Objective, ...]:
    """Return the objectives in a scope, in the order of the plan."""
    return _SELECT[scope](card)


def state_of(card: Scorecard, id: str) -> Lifecycle:
    """Return the lifecycle state of an objective or key result."""
    return card.journal.life(id, on=card.as_of).state


def is_running(card: Scorecard, objective: Objective) -> bool:
    """Return whether an objective is pursued on the day."""
    return (
        objective.parked is None
        and state_of(card, objective.id) is Lifecycle.ACTIVE
        and (objective.cycle is None or card.as_of in objective.cycle)
    )


def sharers_of(card: Scorecard) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the key results that support each shared one, by its id.

    A key result is shared if it has contributors, if others support it, or if several objectives count it.
    """
    parts: dict[str, list[str]] = {}
    for objective in card.plan.objectives:
        for kr, _ in card.plan.key_results_of(objective):
            if card.plan.homes[kr.id] is not objective:
                parts.setdefault(kr.id, [])
        for kr in objective.own_key_results:
            if kr.contribution is not None:
                if kr.contribution.contributors:
                    parts.setdefault(kr.id, [])
                for shared in kr.contribution.supports:
                    parts.setdefault(shared, []).append(kr.id)
    items = card.plan.items
    return {id: tuple(ids) for id, ids in parts.items() if isinstance(items.get(id), KeyResult)}


def _running(card: Scorecard) -> tuple[Objective, ...]:
    return tuple(o for o in card.plan.objectives if is_running(card, o))


def _ending(card: Scorecard) -> tuple[Objective, ...]:
    days = card.rulebook.review.calls_within_days
    return tuple(
        objective
        for objective in _ended_by(card, card.as_of + timedelta(days=days))
        if state_of(card, objective.id) in _OPEN
    )


def _ended(card: Scorecard) -> tuple[Objective, ...]:
    return _ended_by(card, card.as_of)


def _ended_by(card: Scorecard, day: date) -> tuple[Objective, ...]:
    pursued = [objective for objective in card.plan.objectives if objective.parked is None]
    over = [(o.cycle, o) for o in pursued if o.cycle is not None and o.cycle.end <= day]
    last = max((cycle for cycle, _ in over), key=_rank, default=None)
    found = {o.id for cycle, o in over if last is not None and cycle.end >= last.start}
    found |= {o.id for o in pursued if o.cycle is None and _is_closed(card, o.id)}
    return tuple(objective for objective in pursued if objective.id in found)


def _rank(cycle: Cycle) -> tuple[bool, date, date]:
    # If a year and a quarter end on one day, the quarter is last; sprints come with their quarter.
    return (not cycle.is_micro, cycle.end, cycle.start)


def _is_closed(card: Scorecard, id: str) -> bool:
    return card.journal.life(id, on=card.as_of).closing is not None


def _coming(card: Scorecard) -> tuple[Objective, ...]:
    return tuple(
        objective
        for objective in card.plan.objectives
        if objective.parked is None
        and (
            state_of(card, objective.id) in _UNSTARTED
            or (objective.cycle is not None and objective.cycle.start > card.as_of)
        )
    )


def _shared(card: Scorecard) -> tuple[Objective, ...]:
    shared = sharers_of(card)
    concerned = {id for id, parts in shared.items() for id in (id, *parts)}
    return tuple(
        objective
        for objective in _running(card)
        if any(kr.id in concerned for kr in objective.own_key_results)
    )


_SELECT: Final[Mapping[Scope, Callable[[Scorecard], tuple[Objective, ...]]]] = MappingProxyType(
    {
        Scope.RUNNING: _running,
        Scope.ENDING: _ending,
        Scope.ENDED: _ended,
        Scope.COMING: _coming,
        Scope.SHARED: _shared,
    }
)

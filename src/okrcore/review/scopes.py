"""Scopes: which objectives a ritual covers, and the list of parked ones.

Rules of this file:

1. Scopes of rituals choose by the day among the objectives that a scorecard lists, see `Scorecard.where`.
   Parked ones are in none.
2. "Ended" means the last cycle that ended, with the Micro-OKRs in it, and no earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import must_be_a
from okrcore._made import must_fit
from okrcore._shown import repr_of
from okrcore.calendar import Cycle
from okrcore.journal import ClosingDecision, Lifecycle
from okrcore.journal.lifecycle import UNSTARTED
from okrcore.plan import KeyResult, Objective, Plan
from okrcore.scorecard import Scorecard
from okrcore.words.reason import Reason, as_reason

__all__ = [
    "AgendaScope",
    "ParkedObjective",
    "in_scope",
    "is_coming",
    "is_running",
    "list_parked",
    "sharers_of",
    "state_of",
]


_OPEN: Final = frozenset({Lifecycle.ACTIVE, Lifecycle.PAUSED})


@unique
class AgendaScope(StrEnum):
    """Objectives of a ritual among those that its scorecard lists, unless it is called for named ones."""

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


def in_scope(card: Scorecard, scope: AgendaScope) -> tuple[Objective, ...]:
    """Return the objectives in a scope, in the order of the plan."""
    return _SELECT[scope](card)


def state_of(card: Scorecard, id: str) -> Lifecycle:
    """Return the lifecycle state of an objective or key result."""
    return card.journal.lifecycle(id, on=card.as_of).state


def is_running(card: Scorecard, objective: Objective) -> bool:
    """Return whether an objective is pursued on the day."""
    return (
        objective.parked is None
        and state_of(card, objective.id) is Lifecycle.ACTIVE
        and (objective.cycle is None or card.as_of in objective.cycle)
    )


def is_coming(card: Scorecard, objective: Objective) -> bool:
    """Return whether an objective is a draft, a proposal, or starts later."""
    return objective.parked is None and (
        state_of(card, objective.id) in UNSTARTED
        or (objective.cycle is not None and objective.cycle.start > card.as_of)
    )


def sharers_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the key results that support each shared one, by its id.

    A key result is shared if it has contributors, if others support it, or if several objectives count it.
    """
    parts: dict[str, list[str]] = {}
    for objective in plan.objectives:
        for kr, _ in plan.key_results_of(objective):
            if plan.homes[kr.id] is not objective:
                parts.setdefault(kr.id, [])
        for kr in objective.own_key_results:
            if kr.contribution is not None:
                if kr.contribution.contributors:
                    parts.setdefault(kr.id, [])
                for shared in kr.contribution.supports:
                    parts.setdefault(shared, []).append(kr.id)
    return {
        id: tuple(ids) for id, ids in parts.items() if isinstance(plan.items.get(id), KeyResult)
    }


def _running(card: Scorecard) -> tuple[Objective, ...]:
    return tuple(o for o in card.listed if is_running(card, o))


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
    pursued = [objective for objective in card.listed if objective.parked is None]
    over = [(o.cycle, o) for o in pursued if o.cycle is not None and o.cycle.end <= day]
    last = max((cycle for cycle, _ in over), key=_rank, default=None)
    found = {o.id for cycle, o in over if last is not None and cycle.end >= last.start}
    found |= {o.id for o in pursued if o.cycle is None and _is_closed(card, o.id)}
    return tuple(objective for objective in pursued if objective.id in found)


def _rank(cycle: Cycle) -> tuple[bool, date, date]:
    # If a year and a quarter end on one day, the quarter is last; sprints come with their quarter.
    return (not cycle.is_micro, cycle.end, cycle.start)


def _is_closed(card: Scorecard, id: str) -> bool:
    return card.journal.lifecycle(id, on=card.as_of).closing is not None


def _coming(card: Scorecard) -> tuple[Objective, ...]:
    return tuple(o for o in card.listed if is_coming(card, o))


def _shared(card: Scorecard) -> tuple[Objective, ...]:
    shared = sharers_of(card.plan_in_force)
    concerned = {id for id, parts in shared.items() for id in (id, *parts)}
    return tuple(
        objective
        for objective in _running(card)
        if any(kr.id in concerned for kr in objective.own_key_results)
    )


_SELECT: Final[Mapping[AgendaScope, Callable[[Scorecard], tuple[Objective, ...]]]] = (
    MappingProxyType(
        {
            AgendaScope.RUNNING: _running,
            AgendaScope.ENDING: _ending,
            AgendaScope.ENDED: _ended,
            AgendaScope.COMING: _coming,
            AgendaScope.SHARED: _shared,
        }
    )
)


@final
@frozen(kw_only=True, repr=False)
class ParkedObjective:
    """Objective that waits.

    Args:
        of: Id of the objective.
        because: Reason to wait.
        revisit: Day to look at it again; None without one.
        is_due: Whether that day has come.
    """

    of: str
    because: Reason = field(converter=as_reason)
    revisit: date | None
    is_due: bool

    __attrs_post_init__ = must_fit

    def __repr__(self) -> str:
        return repr_of(self)


def list_parked(card: Scorecard) -> tuple[ParkedObjective, ...]:
    """Return the objectives that wait, in the order of the days to look at them again.

    They are listed by the scorecard, and parked in the plan, or were deferred at their close and no other objective continues them.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> waits = okr.Parked("no team until spring", date(2027, 3, 1))
    >>> plan = okr.Plan([okr.Objective("app", "An app for drivers",
    ...                                profile=okr.ObjectiveProfile(parked=waits))])
    >>> [found] = list_parked(okr.evaluate(plan, okr.Journal(), as_of=date(2026, 10, 1)))
    >>> print(found.of, "waits:", found.because, "-", found.revisit)
    app waits: no team until spring - 2027-03-01
    """
    must_be_a(list_parked, "card", card, Scorecard)
    continued = {objective.continues for objective in card.plan_in_force.objectives}
    found: list[ParkedObjective] = []
    for objective in card.listed:
        if objective.id in continued:
            continue
        closing = card.journal.lifecycle(objective.id, on=card.as_of).closing
        if objective.parked is not None:
            because, revisit = objective.parked.because, objective.parked.revisit
        elif closing is not None and closing.decision is ClosingDecision.DEFER:
            because = closing.because.strip() or Reason("parked/deferred", day=closing.on)
            revisit = None
        else:
            continue
        is_due = revisit is not None and revisit <= card.as_of
        found.append(
            ParkedObjective(of=objective.id, because=because, revisit=revisit, is_due=is_due)
        )
    return tuple(sorted(found, key=lambda one: one.revisit or date.max))

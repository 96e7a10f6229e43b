"""Scope of a view: conditions that select objectives, and change no number.

Rules of this file:

1. Conditions that are not given select all.
2. A team has the objectives of the teams within it.
3. Conditions are about the plan in force on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final, final

from attrs import field, frozen

from okrcore._checks import as_text, must_be_a, must_be_flag
from okrcore._shown import repr_of
from okrcore._texts import as_texts, must_be_ids
from okrcore.calendar import Cycle
from okrcore.plan.identities import NOBODY, Identities, identities_of
from okrcore.plan.metrics import Metric
from okrcore.plan.objective import Objective
from okrcore.plan.people import Level, Person, Team, as_owner, as_team
from okrcore.plan.teams import Teams

__all__ = ["Scope", "metrics_in", "must_have_named", "selected"]

_NONE = type(None)
_NO_TEAMS: Final = Teams.of(())


def _as_ids(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else as_texts(values)


@final
@frozen(kw_only=True, repr=False)
class Scope:
    """Conditions that select objectives; those that meet every condition given are selected.

    Args:
        owner: Owner; a bare text is the id of a person, or else a name. A name that several people have
            selects the objectives of all of them.
        team: Team, with the teams within it; a bare text is its id, or else its name. A team with `within` has
            objectives of that one alone, if several have its name.
        level: Level.
        cycle: Cycle, or its name. An objective and those that continue it are each selected by their own.
        tag: One of its tags.
        priority: Id of the priority that it serves.
        running: Whether the cycle runs on the day. Without a cycle an objective runs on every day, and one
            that was closed early runs until its cycle is over.
        ids: Ids of objectives; () selects none.

    Raises:
        InvalidValueError: A condition has the wrong type, or ids are repeated.

    >>> Scope(tag="growth", running=True)
    Scope(tag='growth', running=True)
    """

    owner: Person | Team | None = field(default=None, converter=as_owner)
    team: Team | None = field(default=None, converter=as_team)
    level: Level | None = None
    cycle: Cycle | str | None = field(default=None, converter=as_text)
    tag: str | None = field(default=None, converter=as_text)
    priority: str | None = field(default=None, converter=as_text)
    running: bool | None = None
    ids: tuple[str, ...] | None = field(default=None, converter=_as_ids)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "owner", self.owner, Person, Team, _NONE)
        must_be_a(self, "team", self.team, Team, _NONE)
        must_be_a(self, "level", self.level, Level, _NONE)
        must_be_a(self, "cycle", self.cycle, str, Cycle, _NONE)
        must_be_a(self, "tag", self.tag, str, _NONE)
        must_be_a(self, "priority", self.priority, str, _NONE)
        if self.running is not None:
            must_be_flag(self, "running", self.running)
        if self.ids is not None:
            must_be_ids(self, "ids", self.ids)

    def __repr__(self) -> str:
        return repr_of(self)


def selected(
    objectives: Sequence[Objective], scopes: Sequence[Scope], *, on: date
) -> tuple[Objective, ...]:
    """Return the objectives of a plan that are in all scopes on a day, in their order."""
    teams, people = _named(objectives, scopes)
    found: Iterable[Objective] = objectives
    for scope in scopes:
        ids = None if scope.ids is None else frozenset(scope.ids)
        found = [
            objective
            for objective in found
            if (ids is None or objective.id in ids)
            and (scope.owner is None or _has_owner(scope.owner, objective, people))
            and _has_place(scope, objective, teams)
            and _has_cycle(scope, objective, on)
            and (scope.tag is None or scope.tag in _tags_of(objective))
        ]
    return tuple(found)


def metrics_in(
    metrics: Iterable[Metric], objectives: Sequence[Objective], scopes: Sequence[Scope]
) -> Sequence[Metric]:
    """Return the metrics that are in all scopes by their owner or place; they have no cycle and no tags.

    Args:
        metrics: The metrics of a plan.
        objectives: All objectives of that plan.
        scopes: The scopes.
    """
    if not all(map(_is_of_owner_or_place, scopes)):
        return ()
    teams, people = _named(objectives, scopes)
    return [
        metric
        for metric in metrics
        if all(
            (scope.owner is None or _has_owner(scope.owner, metric, people))
            and _has_place(scope, metric, teams)
            for scope in scopes
        )
    ]


def _is_of_owner_or_place(scope: Scope) -> bool:
    others = (scope.cycle, scope.tag, scope.running, scope.ids)
    given = (scope.owner, scope.team, scope.level, scope.priority)
    return all(each is None for each in others) and any(each is not None for each in given)


def _named(objectives: Sequence[Objective], scopes: Sequence[Scope]) -> tuple[Teams, Identities]:
    """Return the teams and people of objectives, if scopes name any."""
    teams, people = _NO_TEAMS, NOBODY
    if any(scope.team is not None for scope in scopes):
        teams = Teams.of(objectives)
    if any(scope.owner is not None for scope in scopes):
        people = identities_of(objectives)
    return teams, people


def _has_owner(wanted: Person | Team, objective: Objective | Metric, people: Identities) -> bool:
    owner = objective.owner
    return owner is not None and people.is_meant(wanted, people.of(owner))


def _has_place(scope: Scope, objective: Objective | Metric, teams: Teams) -> bool:
    if scope.team is None and scope.level is None and scope.priority is None:
        return True
    place = objective.place
    if place is None or scope.level not in {None, place.level}:
        return False
    if scope.priority not in {None, place.priority}:
        return False
    return scope.team is None or (
        place.team is not None and teams.is_within(place.team, scope.team)
    )


def _has_cycle(scope: Scope, objective: Objective, on: date) -> bool:
    cycle = objective.cycle
    if scope.cycle is not None and (cycle is None or scope.cycle not in (cycle, cycle.name)):
        return False
    return scope.running is None or scope.running is (cycle is None or on in cycle)


def _tags_of(objective: Objective) -> tuple[str, ...]:
    return () if objective.profile is None else objective.profile.tags


def must_have_named(plan_with: Callable[[str], Any], scopes: Iterable[Scope]) -> None:
    """Require the objectives and priorities that scopes name.

    Args:
        plan_with: Returns the plan in which an id is looked up, or refuses the id.
        scopes: The scopes.
    """
    for scope in scopes:
        for id in scope.ids or ():
            plan_with(id).objective(id)
        if scope.priority is not None:
            plan_with(scope.priority).priority(scope.priority)

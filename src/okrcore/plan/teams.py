"""Teams within teams: the team that a name means in a plan, and the teams that contain it.

Rules of this file:

1. A team without `within` is the one of its name, if the teams of the plan place that name within one other.
2. Otherwise teams of one name within several others are several teams.
3. Names within each other in a circle are followed up to the first that comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias

from okrcore.plan.objective import Objective
from okrcore.plan.people import Team

__all__ = ["TeamPath", "containers_of", "is_within", "team_path"]

#: Names of a team and of those that contain it, the nearest first.
TeamPath: TypeAlias = tuple[str, ...]


def containers_of(objectives: Iterable[Objective]) -> Mapping[str, str]:
    """Return the name of the one team that contains each team, by the name of that team."""
    found: dict[str, set[str]] = {}
    for team in {each.place.team for each in objectives if each.place is not None}:
        names = _names(team)
        for name, above in pairwise(names):
            found.setdefault(name, set()).add(above)
    return {name: next(iter(above)) for name, above in found.items() if len(above) == 1}


def team_path(team: Team, containers: Mapping[str, str]) -> TeamPath:
    """Return the names of a team and of all that contain it, the nearest first."""
    names = _names(team)
    while (above := containers.get(names[-1])) is not None and above not in names:
        names.append(above)
    return tuple(names)


def is_within(path: TeamPath, team: Team) -> bool:
    """Return whether a path has a team, with the teams named as containing it right above."""
    wanted = tuple(_names(team))
    return any(path[at : at + len(wanted)] == wanted for at in range(len(path)))


def _names(team: Team | None) -> list[str]:
    names: list[str] = []
    while team is not None:
        names.append(team.name)
        team = team.within
    return names

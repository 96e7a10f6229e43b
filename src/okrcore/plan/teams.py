"""Teams within teams: the team that a name means in a plan, and the teams that contain it.

Rules of this file:

1. A team without `within` is the one of its name, if the teams of the plan place that name within one other.
2. Otherwise teams of one name within several others are several teams.
3. Names within each other in a circle are followed up to the first that comes again.
4. A team with an id is one team, within the first that the plan places it in; see `identities` for texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias, final

from attrs import frozen

from okrcore.plan.identities import Identities, Identity, identities_of
from okrcore.plan.objective import Objective
from okrcore.plan.people import Team

__all__ = ["TeamPath", "Teams"]

#: Identities of a team and of those that contain it, the nearest first.
TeamPath: TypeAlias = tuple[Identity, ...]


@final
@frozen(eq=False)
class Teams:
    """Teams of a plan.

    Args:
        identities: Teams with an id.
        containers: The one team that contains each, by the identity of that team.
    """

    identities: Identities
    containers: Mapping[Identity, Identity]

    @classmethod
    def of(cls, objectives: Sequence[Objective]) -> Teams:
        """Return the teams of the objectives of a plan."""
        identities = identities_of(objectives)
        found: dict[Identity, dict[Identity, None]] = {}
        for team in _teams_of(objectives):
            for one, above in pairwise(_chain(identities, team)):
                found.setdefault(one, {})[above] = None
        containers = {
            one: next(iter(above))
            for one, above in found.items()
            if len(above) == 1 or one in identities.known
        }
        return cls(identities, containers)

    def path(self, team: Team) -> TeamPath:
        """Return the identities of a team and of all that contain it, the nearest first."""
        path: list[Identity] = []
        for one in _chain(self.identities, team):
            path.append(one)
            if one in self.identities.known:
                break  # its containers are those of its id
        while (above := self.containers.get(path[-1])) is not None and above not in path:
            path.append(above)
        return tuple(path)

    def is_within(self, team: Team, wanted: Team) -> bool:
        """Return whether a team is another, or in it, with the teams named as containing it right above."""
        path, names = self.path(team), _each(wanted)
        return any(
            len(path) >= at + len(names)
            and all(self.identities.is_meant(one, path[at + n]) for n, one in enumerate(names))
            for at in range(len(path))
        )

    def names(self, path: TeamPath) -> tuple[str, ...]:
        """Return the names of the teams of a path."""
        return tuple(map(self.identities.name, path))


def _teams_of(objectives: Iterable[Objective]) -> Iterable[Team]:
    places = [each.place for each in objectives if each.place is not None]
    return dict.fromkeys(place.team for place in places if place.team is not None)


def _chain(identities: Identities, team: Team) -> list[Identity]:
    return [identities.of(one) for one in _each(team)]


def _each(team: Team | None) -> list[Team]:
    found: list[Team] = []
    while team is not None:
        found.append(team)
        team = team.within
    return found

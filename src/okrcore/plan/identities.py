"""Identities of people and teams in a plan: by their id, or else by their name.

Rules of this file:

1. A text is the id of the person or team that has it; else the name of the only one with that name and an id.
2. Namesakes with ids of their own stay two. A name that two of them have, and no id, is a third one: no rule
   tells whose it is.
3. One id is one person or team, whatever names it is written with; the first of the plan is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from okrcore.plan.objective import Objective
from okrcore.plan.people import Person, Team

__all__ = ["NOBODY", "Identities", "Identity", "identities_of", "names_beside"]

#: Kind of an owner, and its id, or else its name.
Identity: TypeAlias = tuple[type[Person | Team], str]


@final
@frozen(eq=False)
class Identities:
    """People and teams of a plan that have an id.

    Args:
        known: The first record of each id.
        by_name: The ids of each name.
    """

    known: Mapping[Identity, Person | Team]
    by_name: Mapping[Identity, Collection[str]]

    def of(self, one: Person | Team) -> Identity:
        """Return the identity of a person or team of the plan."""
        kind = type(one)
        if one.id is not None:
            return kind, one.id
        named = kind, one.name
        ids = self.by_name.get(named, ())
        is_only = len(ids) == 1 and named not in self.known
        return (kind, next(iter(ids))) if is_only else named

    def are_same(self, one: Person | Team | None, other: Person | Team | None) -> bool:
        """Return whether both are one person or team, or none."""
        if one is None or other is None:
            return one is other
        return one == other or self.of(one) == self.of(other)

    def resolved(self, one: Person | Team) -> Person | Team:
        """Return a person or team as the first of the plan with its id."""
        return self.known.get(self.of(one), one)

    def name(self, identity: Identity) -> str:
        """Return the name of an identity."""
        found = self.known.get(identity)
        return identity[1] if found is None else found.name

    def is_meant(self, wanted: Person | Team, identity: Identity) -> bool:
        """Return whether a condition names an identity: by the id, or by a name that it may share."""
        if wanted.id is not None or (type(wanted), wanted.name) in self.known:
            return self.of(wanted) == identity
        kind, text = identity
        ids = self.by_name.get((type(wanted), wanted.name), ())
        return type(wanted) is kind and (text == wanted.name or text in ids)


#: Identities of a plan without any id.
NOBODY: Final = Identities(MappingProxyType({}), MappingProxyType({}))


def identities_of(objectives: Iterable[Objective]) -> Identities:
    """Return the identities of the owners, teams and contributors of objectives and key results."""
    known: dict[Identity, Person | Team] = {}
    ids: dict[Identity, set[str]] = {}
    for one in _each(objectives):
        if one.id is not None:
            known.setdefault((type(one), one.id), one)
            ids.setdefault((type(one), one.name), set()).add(one.id)
    if not known:
        return NOBODY
    return Identities(known, ids)


def _each(objectives: Iterable[Objective]) -> Iterator[Person | Team]:
    for objective in objectives:
        owners = [objective.owner, *(kr.owner for kr in objective.own_key_results)]
        owners += [guardrail.owner for guardrail in objective.guardrails]
        owners += [initiative.owner for initiative in objective.initiatives]
        if objective.place is not None:
            owners += [objective.place.team, *objective.place.contributors]
        for kr in objective.own_key_results:
            if kr.contribution is not None:
                owners += kr.contribution.contributors
        for one in owners:
            if one is not None:
                yield from _with_containers(one)


def _with_containers(one: Person | Team) -> Iterator[Person | Team]:
    yield one
    above = one.within if isinstance(one, Team) else None
    while above is not None:
        yield above
        above = above.within


def names_beside(owners: Iterable[Person | Team | None]) -> Mapping[Person | Team, str]:
    """Return the name of each, with the id of those that have a namesake among them."""
    every = {one for one in owners if one is not None}
    names: dict[str, set[tuple[type, str | None]]] = {}
    for one in every:
        names.setdefault(one.name, set()).add((type(one), one.id))
    return {
        one: f"{one.name} ({one.id})" if one.id and len(names[one.name]) > 1 else one.name
        for one in every
    }

"""People and teams that own objectives, and the level of an objective."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import as_tuple, must_be_a, path_of
from okrcore._shown import repr_of
from okrcore._texts import must_be_id, must_be_name
from okrcore.errors import InvalidValueError

__all__ = ["Level", "Person", "Team", "as_owner", "as_people", "as_team"]


#: Most teams within each other: a document of them has fewer than 50 levels (library default).
_DEEPEST: Final = 40


@unique
class Level(StrEnum):
    """Level of an objective in the organisation; not a rank of people."""

    COMPANY = "company"
    UNIT = "unit"
    DEPARTMENT = "department"
    TEAM = "team"
    INDIVIDUAL = "individual"


@final
@frozen(repr=False)
class Person:
    """One named person: an owner. No function of this library scores a person.

    Args:
        name: Full name, one line. One without an id is the person of the plan with that id, or else the only
            one with that name and an id.
        id: Id in the host, such as a key or an address: two people of one name are two by their ids.

    >>> Person("Ana Ruiz", id="ana-1").name
    'Ana Ruiz'
    """

    name: str
    id: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        if self.id is not None:
            must_be_id(self, "id", self.id)

    def __repr__(self) -> str:
        return repr_of(self)

    def __str__(self) -> str:
        return self.name


def as_team(value: str | Team | None) -> Team | None:
    """Convert a bare text to a team."""
    return Team(value) if isinstance(value, str) else value


@final
@frozen(repr=False)
class Team:
    """A group of people. As an owner it is accepted; one named person is better.

    Args:
        name: Name for people. One without an id is the team of the plan with that id, or else the only one
            with that name and an id.
        id: Id in the host: two teams of one name are two by their ids, and one id is one team.
        within: Larger team that contains it; a bare text is its name or id.

    >>> print(Team("Growth", within="Product"))
    Growth
    """

    name: str
    id: str | None = field(default=None, kw_only=True)
    within: Team | None = field(default=None, kw_only=True, converter=as_team)

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
        if self.id is not None:
            must_be_id(self, "id", self.id)
        must_be_a(self, "within", self.within, Team, type(None))
        depth, above = 1, self.within
        while above is not None:
            depth, above = depth + 1, above.within
        if depth > _DEEPEST:
            raise InvalidValueError(
                "out-of-range",
                path_of(self, "within"),
                depth,
                f"give at most {_DEEPEST} teams within each other",
            )

    def __repr__(self) -> str:
        return repr_of(self)

    def __str__(self) -> str:
        return self.name


def as_owner(value: str | Person | Team | None) -> Person | Team | None:
    """Convert a bare text to a person, for an owner who is no team."""
    return Person(value) if isinstance(value, str) else value


def as_people(values: Iterable[str | Person | Team]) -> tuple[Person | Team, ...]:
    """Convert a list of people, teams or bare texts to a tuple; a bare text is a person."""
    given = as_tuple(values)
    if type(given) is not tuple:
        return given  # type: ignore[return-value]  # refused by must_be_all
    return tuple(Person(one) if isinstance(one, str) else one for one in given)

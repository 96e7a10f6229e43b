"""People and teams that own objectives, and the level of an objective."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import as_tuple, must_be_a, path_of
from okrcore._texts import must_be_name
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
@frozen
class Person:
    """One named person: an owner. No function of this library scores a person.

    Args:
        name: Full name, one line.

    >>> Person("Ana Ruiz").name
    'Ana Ruiz'
    """

    name: str

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)

    def __str__(self) -> str:
        return self.name


def as_team(value: str | Team | None) -> Team | None:
    """Convert a bare text to a team."""
    return Team(value) if isinstance(value, str) else value


@final
@frozen
class Team:
    """A group of people. As an owner it is accepted; one named person is better.

    Args:
        name: Name for people.
        within: Larger team that contains it; a bare text is its name.

    >>> print(Team("Growth", within="Product"))
    Growth
    """

    name: str
    within: Team | None = field(default=None, kw_only=True, converter=as_team)

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)
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

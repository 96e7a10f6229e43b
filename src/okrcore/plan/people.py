"""Who is answerable: a person, a team, and the level at which an objective is set."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import as_tuple, must_be_a, path_of
from okrcore._texts import must_be_name
from okrcore.errors import InvalidValueError

__all__ = ["Level", "Person", "Team", "as_owner", "as_people", "as_team"]


#: Teams within each other: a document of them has fewer than 50 levels (library default).
_DEEPEST: Final = 40


@unique
class Level(StrEnum):
    """How far up an objective is set; a fact about the objective, not a rank of people."""

    COMPANY = "company"
    UNIT = "unit"
    DEPARTMENT = "department"
    TEAM = "team"
    INDIVIDUAL = "individual"


@final
@frozen
class Person:
    """One named person: the owner to ask. No function of this library scores a person.

    Args:
        name: As the person is called.

    >>> Person("Ana Ruiz").name
    'Ana Ruiz'
    """

    name: str

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "name", self.name)

    def __str__(self) -> str:
        return self.name


def as_team(value: str | Team | None) -> Team | None:
    """Turn a bare text into a team, in the fields that hold teams."""
    return Team(value) if isinstance(value, str) else value


@final
@frozen
class Team:
    """A group of people. As an owner it is accepted; one named person is better.

    Args:
        name: As the team is called.
        within: The larger team it belongs to; a bare text is its name.

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
    """Turn a bare text into a person: an owner is somebody, and a team is said to be one."""
    return Person(value) if isinstance(value, str) else value


def as_people(values: Iterable[str | Person | Team]) -> tuple[Person | Team, ...]:
    """Turn a list of people, teams or bare texts into a tuple; a bare text in it is a person."""
    given = as_tuple(values)
    if type(given) is not tuple:
        return given  # type: ignore[return-value]  # refused by must_be_all
    return tuple(Person(one) if isinstance(one, str) else one for one in given)

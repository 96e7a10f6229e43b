"""Refusals as plain data, for the problems of a scorecard."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from okrcore._checks import given_whole
from okrcore.errors import (
    RULES,
    DecodeError,
    InconsistentPlanError,
    InvalidValueError,
    OkrError,
    TransitionError,
)

__all__ = ["Problem", "Shown"]

Kind: TypeAlias = Literal[
    "refusal", "invalid value", "inconsistent plan", "transition", "undecodable"
]

_KINDS: Final[Mapping[Kind, type[OkrError]]] = MappingProxyType(
    {
        "refusal": OkrError,
        "invalid value": InvalidValueError,
        "inconsistent plan": InconsistentPlanError,
        "transition": TransitionError,
        "undecodable": DecodeError,
    }
)


@final
@frozen(repr=False)
class Shown:
    """A value of which only the repr was kept."""

    text: str

    def __repr__(self) -> str:
        return self.text


@final
@frozen(kw_only=True)
class Problem:
    """A refusal as a record, on its way to plain data or back.

    Args:
        kind: Kind of refusal.
        code: Key of `RULES`.
        path: Path of the refused value.
        value: The refused value; `Shown` if plain data has no form for it.
        way_out: Hint.
        faults: Single refusals, if there were several.
        unlisted: Count of single refusals beyond those in `faults`.
    """

    kind: Kind
    code: str
    path: str
    value: str | float | bool | Shown | None
    way_out: str = ""
    faults: tuple[Problem, ...] = ()
    unlisted: int = 0

    def __attrs_post_init__(self) -> None:
        given_whole(self, "unlisted", self.unlisted, 0)
        if self.code not in RULES:
            raise InvalidValueError("unknown-word", "Problem.code", self.code)

    @classmethod
    def of(cls, error: OkrError) -> Problem:
        """Return a refusal as a record."""
        value = error.value
        is_plain = (
            value is None
            or type(value) in (str, bool, Shown)
            or (type(value) is float and isfinite(value))
        )
        return cls(
            kind=next(kind for kind, found in _KINDS.items() if found is type(error)),
            code=error.code,
            path=error.path,
            value=value if is_plain else Shown(str(error.as_dict()["value"])),  # type: ignore[arg-type]
            way_out=error.way_out,
            faults=tuple(map(cls.of, error.faults)),
            unlisted=error.unlisted,
        )

    def error(self) -> OkrError:
        """Return the refusal."""
        faults = tuple(fault.error() for fault in self.faults)
        error = _KINDS[self.kind](self.code, self.path, self.value, self.way_out, faults)
        error.unlisted += self.unlisted
        return error

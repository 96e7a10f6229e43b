"""Entries of a journal: check-ins in columns, and entries written after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeAlias, cast, final, overload

from attrs import frozen

from okrcore.journal.adjustment import Adjustment
from okrcore.journal.check_in_columns import CheckIns
from okrcore.journal.decisions import Closing, PostMortem, Transition
from okrcore.journal.entries import BaselineSet, CheckIn, Correction, Judgement

__all__ = ["Dated", "Entries", "Entry", "columns_of", "written_of"]

#: An entry with a day of its own.
Dated: TypeAlias = (
    CheckIn | BaselineSet | Adjustment | Transition | Judgement | Closing | PostMortem
)
#: Any entry of a journal.
Entry: TypeAlias = Dated | Correction


@final
@frozen(eq=False, repr=False)
class Entries(Sequence[Entry]):
    """Entries in the order in which they were added; equal to a tuple of them.

    columns: Check-ins in columns, before all written entries. They have no id and no moment, so nothing
        corrects them, and on one day they come first.
    written: Entries written one by one.
    """

    _columns: CheckIns
    _written: tuple[Entry, ...]

    @cached_property
    def _every(self) -> tuple[Entry, ...]:
        return (*self._columns, *self._written)

    def __len__(self) -> int:
        return len(self._columns) + len(self._written)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        return self._every[at]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._every)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Entries):
            other = other._every
        return self._every == other if type(other) is tuple else NotImplemented

    def __hash__(self) -> int:
        return hash(self._every)

    def __repr__(self) -> str:
        return repr(self._every)


def columns_of(entries: Sequence[Entry]) -> CheckIns:
    """Return the check-ins given in columns."""
    return cast("Entries", entries)._columns  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def written_of(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries written one by one."""
    return cast("Entries", entries)._written  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

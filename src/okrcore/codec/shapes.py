"""What a type hint looks like in plain data: the one reading of hints that hooks and schema share.

Rules of this file:

1. No record is named here: a new measure, entry or field is read off its type hints.
2. A record or list in a union carries its `type`, so that a union may grow without a change to what it
   held. For a list that takes a record with the list in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeGuard, Union, cast, final, get_args, get_origin

from attrs import Attribute, field, fields, frozen, has, make_class, resolve_types

from okrcore import _checks
from okrcore.journal.entry_sequence import Entries
from okrcore.plan.digest import tag_of

__all__ = [
    "LISTS",
    "TYPE",
    "Choice",
    "choice_of",
    "fields_of",
    "is_row",
    "is_tuple",
    "is_union",
    "kind_of",
    "members_of",
]

#: The key that says which member of a union an object is.
TYPE: Final = "type"
#: The types of lists in unions: of texts, and of pairs of a name and a value.
LISTS: Final = ("names", "parts")


def fields_of(kind: Any) -> tuple[Attribute[Any], ...]:
    """Return the fields of a record, their type hints resolved."""
    return _resolved(kind)


@cache
def _resolved(kind: Any) -> tuple[Attribute[Any], ...]:
    return cast("tuple[Attribute[Any], ...]", fields(resolve_types(kind)))


def kind_of(value: object) -> type | None:
    """Return the kind of a record; None for what is none."""
    return type(value) if has(type(value)) else None


def is_union(kind: object) -> bool:
    """Say whether a type hint is a union."""
    return get_origin(kind) in (Union, UnionType)


def is_tuple(kind: object) -> bool:
    """Return whether a type hint is a tuple, or a sequence that equals one."""
    return get_origin(kind) in (tuple, Sequence)


def members_of(kind: Any) -> tuple[Any, ...]:
    """Return the arguments of a type hint of a list, as those of a tuple: of any length if the last is `...`."""
    return get_args(kind) if get_origin(kind) is tuple else (*get_args(kind), ...)


def is_row(value: object) -> TypeGuard[Sequence[Any]]:
    """Return whether a value is a tuple, or a sequence that equals one."""
    return _checks.is_tuple(value) or isinstance(value, Entries)


@final
@frozen
class Choice:
    """What a union may hold in plain data, by the form that takes there.

    Args:
        is_optional: Whether null is a member.
        only: The one member beside null, which needs no tag; None where there are several.
        plain: Members without a tag, by the Python types of their plain data.
        tagged: Records by their tag; a list is a record with the list in a field named as the tag.
    """

    is_optional: bool
    only: Any
    plain: Mapping[type, Any]
    tagged: Mapping[str, Any]

    def carried(self, value: object) -> tuple[str, Any]:
        """Return the tag of a member that is a record or a list, and the record that stands for it."""
        if not _checks.is_tuple(value):
            return tag_of(type(value)), value
        tag = "parts" if value and isinstance(value[0], tuple) else "names"
        return tag, self.tagged[tag](value)


@cache
def choice_of(union: Any) -> Choice:
    """Return what a union may hold in plain data."""
    members = [member for member in get_args(union) if member is not NoneType]
    is_optional = len(members) < len(get_args(union))
    if len(members) == 1:
        return Choice(is_optional, members[0], {}, {})
    plain: dict[type, Any] = {member: member for member in members if member in (str, bool, float)}
    if float in plain:
        plain[int] = float  # plain data makes no difference
    tagged: dict[str, Any] = {tag_of(member): member for member in members if has(member)}
    for kind in filter(is_tuple, members):
        tag = "names" if get_args(kind)[0] is str else "parts"
        tagged[tag] = make_class(tag, {tag: field(type=kind)}, frozen=True)
    return Choice(is_optional, None, plain, tagged)

"""What a type hint looks like in plain data: the one reading of hints that hooks and schema share.

Rules of this file:

1. No record is named here: a new measure, entry or field is read off its type hints.
2. A record in a union carries its `type`, so that a union may grow without a change to what it held.
3. So do lists, where a union holds several kinds of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, cast, final, get_args, get_origin

from attrs import Attribute, field, fields, frozen, has, make_class, resolve_types

from okrcore.plan.digest import tag_of

__all__ = ["TYPE", "Choice", "choice_of", "fields_of", "is_tuple", "is_union"]

#: The key that says which member of a union an object is.
TYPE: Final = "type"
#: What a list is called, by what it holds, where a union has several.
_LISTS: Final[Mapping[type, str]] = {str: "names", tuple: "parts"}


def fields_of(kind: Any) -> tuple[Attribute[Any], ...]:
    """Return the fields of a record, their type hints resolved."""
    return _resolved(kind)


@cache
def _resolved(kind: Any) -> tuple[Attribute[Any], ...]:
    return cast("tuple[Attribute[Any], ...]", fields(resolve_types(kind)))


def is_union(kind: object) -> bool:
    """Say whether a type hint is a union."""
    return get_origin(kind) in (Union, UnionType)


def is_tuple(kind: object) -> bool:
    """Say whether a type hint is a tuple."""
    return get_origin(kind) is tuple


@final
@frozen
class Choice:
    """What a union may hold in plain data, by the form that takes there.

    Args:
        is_optional: Whether null is a member.
        only: The one member beside null, which needs no tag; None where there are several.
        plain: Members without a tag, by the Python types of their plain data.
        tagged: Records by their tag; a list among several is a record with the list in it.
        lists: The tags of those.
    """

    is_optional: bool
    only: Any
    plain: Mapping[type, Any]
    tagged: Mapping[str, type]
    lists: tuple[str, ...]

    def tag_for(self, value: object) -> str:
        """Return the tag of a member that is a record, or a list among several."""
        if not isinstance(value, tuple):
            return tag_of(type(value))
        return _LISTS[type(value[0])] if value else self.lists[0]


@cache
def choice_of(union: Any) -> Choice:
    """Return what a union may hold in plain data."""
    members = [member for member in get_args(union) if member is not NoneType]
    is_optional = len(members) < len(get_args(union))
    if len(members) == 1:
        return Choice(is_optional, members[0], {}, {}, ())
    plain: dict[type, Any] = {member: member for member in members if member in (str, bool, float)}
    if float in plain:
        plain[int] = float  # plain data makes no difference
    tagged: dict[str, type] = {tag_of(member): member for member in members if has(member)}
    lists = {_LISTS[_origin(get_args(one)[0])]: one for one in members if is_tuple(one)}
    if len(lists) == 1:
        plain[list] = next(iter(lists.values()))
        lists = {}
    for name, kind in lists.items():
        tagged[name] = make_class(name, {name: field(type=kind)}, frozen=True)
    return Choice(is_optional, None, plain, tagged, tuple(lists))


def _origin(kind: Any) -> Any:
    return get_origin(kind) or kind

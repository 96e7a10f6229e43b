"""Forms of type hints in plain data, shared by hooks and schema.

1. No record is named here: new measures, entries and fields are found by their type hints.
2. A record or list in a union has its `type` in plain data, so that a union may grow without a change to
   old documents. A list gets it in a record with the list as its field.
3. Values by field name are an object; each has the type hint of that field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeAlias, TypeGuard, Union, cast, final, get_args, get_origin

from attrs import Attribute, field, fields, frozen, has, make_class, resolve_types

from okrcore import _checks
from okrcore.journal.adjustment import SETTABLE
from okrcore.journal.entry_sequence import Entries
from okrcore.plan.digest import tag_of

__all__ = [
    "LISTS",
    "TYPE",
    "Choice",
    "choice_of",
    "fields_of",
    "hints_of_sets",
    "is_row",
    "is_sets",
    "is_tuple",
    "is_union",
    "kind_of",
    "members_of",
]

#: Key of the tag of a union's member.
TYPE: Final = "type"
#: Tags of lists in unions: of texts, and of pairs of a name and a value.
LISTS: Final = ("names", "parts")
#: Type hint of values by field name.
_SETS: TypeAlias = tuple[tuple[str, object], ...]


def fields_of(kind: Any) -> tuple[Attribute[Any], ...]:
    """Return the fields of a record, their type hints resolved."""
    return _resolved(kind)


@cache
def _resolved(kind: Any) -> tuple[Attribute[Any], ...]:
    return cast("tuple[Attribute[Any], ...]", fields(resolve_types(kind)))


@cache
def hints_of_sets() -> Mapping[str, Any]:
    """Return the type hints of values by field name: of each name, those of all records with the field."""
    return {
        name: Union[tuple(_field(kind, name.rpartition(".")[2]).type for kind in kinds)]  # noqa: UP007  # made at run time
        for name, kinds in SETTABLE.items()
    }


def _field(kind: type[Any], name: str) -> Attribute[Any]:
    return next(each for each in fields_of(kind) if each.name == name)


def kind_of(value: object) -> type | None:
    """Return the class of a record; None for other values."""
    return type(value) if has(type(value)) else None


def is_union(kind: object) -> bool:
    """Return whether a type hint is a union."""
    return get_origin(kind) in (Union, UnionType)


def is_sets(kind: object) -> bool:
    """Return whether a type hint is that of values by field name."""
    return kind == _SETS


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
    """Members of a union, by their form in plain data.

    Args:
        is_optional: Whether null is a member.
        only: The one member beside null, which needs no tag; None if there are several.
        plain: Members without a tag, by the Python types of their plain data.
        tagged: Records by tag; a list is a record with the list in a field named as the tag.
    """

    is_optional: bool
    only: Any
    plain: Mapping[type, Any]
    tagged: Mapping[str, Any]

    def carried(self, value: object) -> tuple[str, Any]:
        """Return the tag of a record or list, and its record."""
        if not _checks.is_tuple(value):
            return tag_of(type(value)), value
        tag = "parts" if value and isinstance(value[0], tuple) else "names"
        return tag, self.tagged[tag](value)


@cache
def choice_of(union: Any) -> Choice:
    """Return the members of a union by their form in plain data."""
    members = [member for member in get_args(union) if member is not NoneType]
    is_optional = len(members) < len(get_args(union))
    if len(members) == 1:
        return Choice(is_optional, members[0], {}, {})
    plain: dict[type, Any] = {member: member for member in members if member in (str, bool, float)}
    if float in plain:
        plain[int] = float  # JSON has one kind of number
    tagged: dict[str, Any] = {tag_of(member): member for member in members if has(member)}
    for kind in filter(is_tuple, members):
        tag = "names" if get_args(kind)[0] is str else "parts"
        tagged[tag] = make_class(tag, {tag: field(type=kind)}, frozen=True)
    return Choice(is_optional, None, plain, tagged)

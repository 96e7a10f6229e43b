"""Unknown fields of a document: kept beside the value, and put back when it is dumped.

1. Members of lists are found by record id, or else by the record, not by position. So a field stays with
   its key result if another objective is put before it.
2. A field is dropped if its record is gone, or was replaced by one of another kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Generic, TypeAlias, TypeVar, final

from attrs import field, frozen

from okrcore._made import must_fit
from okrcore.codec.conversion import to_plain
from okrcore.codec.document_faults import Problem, key
from okrcore.codec.type_hints import (
    TYPE,
    choice_of,
    fields_of,
    hints_of_sets,
    is_row,
    is_sets,
    is_union,
    kind_of,
    members_of,
)
from okrcore.errors import InvalidValueError, OkrError
from okrcore.plan.digest import tag_of

__all__ = ["ENVELOPE", "Document", "UnknownField", "kept_in", "kept_of", "put_back"]

_T = TypeVar("_T")

ENVELOPE: Final = ("okrcore", "kind", "data")

#: A field of a record, or a member of a list with its old position.
_Step: TypeAlias = str | tuple[int, Any]


@final
@frozen
class UnknownField:
    """An unknown field.

    Args:
        path: Its JSON path.
        json: Its value as JSON text.
        name: Its name.
        steps: Steps from the value to its record.
        holder: Kind of that record; empty for the envelope.
    """

    path: str
    json: str
    name: str = field(repr=False)
    steps: tuple[_Step, ...] = field(default=(), repr=False)
    holder: str = field(default="", repr=False)

    __attrs_post_init__ = must_fit


@final
@frozen
class Document(Generic[_T]):
    """A record and the unknown fields of its document.

    Args:
        value: The record.
        unknown: Fields that this version does not have.
    """

    value: _T
    unknown: tuple[UnknownField, ...] = ()

    __attrs_post_init__ = must_fit


# --- in ----------------------------------------------------------------------------------------


def kept_of(document: dict[str, Any]) -> Iterator[UnknownField]:
    """Yield the unknown fields of an envelope."""
    for name, found in document.items():
        if name not in ENVELOPE:
            path = f"${key(name)}"
            yield UnknownField(path, _text(found, path), name)


def kept_in(
    value: Any, kind: Any, data: Any, path: str = "$.data", steps: tuple[_Step, ...] = ()
) -> Iterator[UnknownField]:
    """Yield the unknown fields in the plain data of a value.

    Args:
        value: The value that was read.
        kind: Its type hint.
        data: Its plain data.
        path: Path of the data in its document.
        steps: Steps to the value.
    """
    value, kind, is_tagged = _opened(value, kind)
    if is_row(value) and not is_sets(kind):
        # A tuple of names may be shorter than its data, without repeated ones; it has no fields.
        for position, (member, found) in enumerate(zip(value, data, strict=False)):
            yield from kept_in(
                member,
                _member_kind(kind, position),
                found,
                f"{path}[{position}]",
                (*steps, (position, member)),
            )
        return
    holder = _holder(value, kind)
    if holder:
        parts = _parts(value, kind)
        for name, found in data.items():
            where = f"{path}{key(name)}"
            if name in parts:
                yield from kept_in(*parts[name], found, where, (*steps, name))
            elif name != TYPE or not is_tagged:
                yield UnknownField(where, _text(found, where), name, steps, holder)


def _text(data: Any, path: str) -> str:
    try:
        return json.dumps(data, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise InvalidValueError("not-plain", path, data) from None


# --- out ---------------------------------------------------------------------------------------


def put_back(document: Document[Any], plain: dict[str, Any]) -> None:
    """Put the unknown fields of a document, whose value may have changed, into its dumped envelope."""
    for kept in document.unknown:
        holder = plain
        if kept.holder:
            path = _path_to(kept, document.value)
            if path is None:
                continue
            holder = plain["data"]
            for at, value, kind in path:
                # A record equal to its default is left out; its unknown field needs it.
                holder = (
                    holder.setdefault(at, to_plain(value, kind))
                    if isinstance(at, str)
                    else holder[at]
                )
        holder[kept.name] = json.loads(kept.json)


def _path_to(kept: UnknownField, value: Any) -> list[tuple[str | int, Any, Any]] | None:
    """Return the present steps to the record of an unknown field; None if it is gone.

    Each is a key in plain data, with the value there and its type hint.
    """
    path: list[tuple[str | int, Any, Any]] = []
    kind: Any = kind_of(value)
    for step in kept.steps:
        value, kind, _ = _opened(value, kind)
        at: str | int | None
        if isinstance(step, tuple):
            at = _position(value, *step) if is_row(value) else None
            value, kind = (None, None) if at is None else (value[at], _member_kind(kind, at))
        else:
            parts = _parts(value, kind)
            at = step if step in parts else None
            value, kind = parts.get(step, (None, None))
        if at is None:
            return None
        path.append((at, value, kind))
    return path if _holder(*_opened(value, kind)[:2]) == kept.holder else None


def _position(members: Sequence[Any], position: int, wanted: Any) -> int | None:
    """Return the position of a member: the old one, if it is still there, or else the first."""
    order = (position, *range(len(members)))
    return next((at for at in order if at < len(members) and _is_same(members[at], wanted)), None)


def _is_same(one: Any, other: Any) -> bool:
    id = getattr(other, "id", None)
    return one == other if id is None else kind_of(one) is kind_of(other) and one.id == id


# --- both --------------------------------------------------------------------------------------


def _opened(value: Any, kind: Any) -> tuple[Any, Any, bool]:
    """Return a value as the record or tuple of its plain data, its type hint, and whether it has a tag."""
    if kind is OkrError:
        return Problem.of(value), Problem, False
    if not is_union(kind):
        return value, kind, False
    choice = choice_of(kind)
    if choice.only is not None:
        return _opened(value, choice.only)
    if not is_row(value) and kind_of(value) is None:
        return None, None, False
    _, record = choice.carried(value)
    return record, kind_of(record), True


#: Holder of unknown names among values by field name.
_OF_SETS: Final = "sets"


def _holder(value: Any, kind: Any) -> str:
    """Return the kind of an object in plain data: the tag of a record; empty for other values."""
    if is_sets(kind):
        return _OF_SETS
    record = kind_of(value)
    return "" if record is None else tag_of(record)


def _parts(value: Any, kind: Any) -> dict[str, tuple[Any, Any]]:
    """Return the named parts of an object in plain data, each with its type hint; none of other values."""
    if is_sets(kind):
        return {name: (each, hints_of_sets()[name]) for name, each in value}
    record = kind_of(value)
    named = () if record is None else fields_of(record)
    return {field.name: (getattr(value, field.name), field.type) for field in named}


def _member_kind(kind: Any, position: int) -> Any:
    members = members_of(kind)
    return members[0] if members[-1] is ... else members[position]

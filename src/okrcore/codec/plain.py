"""Plain data from outside: its objects and lists, the paths in it, and whether it can be walked at all.

Rule of this file: nothing recurses, so that no document is too deep to be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, TypeGuard

from okrcore.errors import DecodeError, InvalidValueError, OkrError

__all__ = ["DEEPEST", "is_list", "is_object", "key", "undecodable", "unwalkable"]

#: Levels of a document that are read (library default). Deeper ones are refused, and no plan needs a
#: quarter of it.
DEEPEST: Final = 50

#: A place: the one above it, and the step from there. It becomes a path only where one is asked for.
_Place: TypeAlias = tuple[Any, str | int] | None


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Say whether a value is an object of plain data."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Say whether a value is a list of plain data."""
    return type(value) is list


def key(name: str) -> str:
    """Return a name as a step of a JSON path.

    >>> key("title"), key("in Q3")
    ('.title', '["in Q3"]')
    """
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f".{name}" if name.isidentifier() else f'["{quoted}"]'


def unwalkable(document: object) -> OkrError | None:
    """Return why a document cannot be walked; None if it can.

    It can be too deep, which is also the end of one that holds itself, or have a name that is no text.
    """
    waiting: list[tuple[object, _Place, int]] = [(document, None, 1)]
    while waiting:
        value, place, depth = waiting.pop()
        if not is_object(value) and not is_list(value):
            continue
        if depth > DEEPEST:
            return InvalidValueError("too-deep", _path(place), type(value).__name__)
        if is_object(value):
            for name, member in value.items():
                if type(name) is not str:
                    return InvalidValueError("not-text", _path(place), name, "let names be texts")
                waiting.append((member, (place, name), depth + 1))
        else:
            waiting.extend((member, (place, n), depth + 1) for n, member in enumerate(value))
    return None


def undecodable(faults: Sequence[OkrError]) -> DecodeError:
    """Return the one error that answers a document with faults."""
    return DecodeError("undecodable", "$", len(faults), faults=tuple(faults))


def _path(place: _Place) -> str:
    steps: list[str] = []
    while place is not None:
        place, step = place
        steps.append(f"[{step}]" if isinstance(step, int) else key(step))
    return f"${''.join(reversed(steps))}"

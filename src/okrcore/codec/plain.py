"""Plain data from outside: objects, lists, and paths in them.

No function recurses, so that no document is too deep to be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, TypeGuard

from okrcore.errors import DecodeError, InvalidValueError, OkrError

__all__ = ["DEEPEST", "at_path", "is_list", "is_object", "key", "undecodable", "unwalkable"]

#: Levels of a document that are read (library default); no plan needs a quarter of it.
DEEPEST: Final = 50

#: A node: the one above it, and the step from there. It becomes a path only in a fault.
_Node: TypeAlias = tuple[Any, str | int] | None


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a value is an object of plain data."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Return whether a value is a list of plain data."""
    return type(value) is list


def key(name: str) -> str:
    """Return a name as a step of a JSON path.

    >>> key("title"), key("in Q3")
    ('.title', '["in Q3"]')
    """
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f".{name}" if name.isidentifier() else f'["{quoted}"]'


def unwalkable(document: object) -> OkrError | None:
    """Return the fault of a document that is too deep, or has a name that is no text; None without one.

    A document that contains itself is too deep.
    """
    waiting: list[tuple[object, _Node, int]] = [(document, None, 1)]
    while waiting:
        value, node, depth = waiting.pop()
        if not is_object(value) and not is_list(value):
            continue
        if depth > DEEPEST:
            return InvalidValueError("too-deep", _path(node), type(value).__name__)
        if is_object(value):
            for name, member in value.items():
                if type(name) is not str:
                    return InvalidValueError("not-text", _path(node), name, "names must be texts")
                waiting.append((member, (node, name), depth + 1))
        else:
            waiting.extend((member, (node, n), depth + 1) for n, member in enumerate(value))
    return None


def undecodable(faults: Sequence[OkrError]) -> DecodeError:
    """Return one error for the faults of a document."""
    return DecodeError("undecodable", "$", len(faults), faults=tuple(faults))


def at_path(fault: OkrError, path: str) -> OkrError:
    """Return a fault with another path."""
    return type(fault)(fault.code, path, fault.value, fault.way_out)


def _path(node: _Node) -> str:
    steps: list[str] = []
    while node is not None:
        node, step = node
        steps.append(f"[{step}]" if isinstance(step, int) else key(step))
    return f"${''.join(reversed(steps))}"

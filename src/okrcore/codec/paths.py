"""JSON paths, and the outer form of a document: one that can be walked, or one answer to it.

Rule of this file: nothing recurses, so that no document is too deep to be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from okrcore.errors import DecodeError, InvalidValueError, OkrError

__all__ = ["DEEPEST", "key", "undecodable", "unwalkable"]

#: Deeper documents are refused. No plan needs a quarter of it.
DEEPEST: Final = 50

#: A place: the one above it, and the step from there. It becomes a path only where one is asked for.
_Place: TypeAlias = tuple[Any, str | int] | None


def key(name: str) -> str:
    """Return a name as a step of a JSON path.

    >>> key("title"), key("in Q3")
    ('.title', '["in Q3"]')
    """
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f".{name}" if name.isidentifier() else f'["{quoted}"]'


def unwalkable(document: Any) -> OkrError | None:
    """Return why a document cannot be walked; None if it can.

    It can be too deep, which is also the end of one that holds itself, or have a name that is no text.
    """
    waiting: list[tuple[Any, _Place, int]] = [(document, None, 1)]
    while waiting:
        value, place, depth = waiting.pop()
        if depth > DEEPEST:
            return InvalidValueError("too-deep", _path(place), type(value).__name__)
        if type(value) is dict:
            for name in value:
                if type(name) is not str:
                    return InvalidValueError("not-text", _path(place), name, "let names be texts")
        members = value.items() if type(value) is dict else enumerate(value)
        waiting.extend(
            (member, (place, step), depth + 1)
            for step, member in members
            if type(member) in (dict, list)
        )
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

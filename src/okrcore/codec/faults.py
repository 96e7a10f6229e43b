"""Refusals with JSON paths, from the exceptions that cattrs collects.

A path is cut to the depth of the document, if a field has another form in plain data, as
`anchors[0].score` has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from cattrs import BaseValidationError
from cattrs.errors import (
    AttributeValidationNote,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from okrcore.codec.plain import at_path, is_list, is_object, key
from okrcore.codec.shapes import fields_of
from okrcore.errors import InvalidValueError, OkrError
from okrcore.plan.item import FirstHints, Hint

__all__ = ["faults_of"]

_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")


def faults_of(error: Exception, data: Any, path: str) -> Iterator[OkrError]:
    """Yield the refusals in an exception of cattrs, each with its JSON path.

    Args:
        error: The exception.
        data: The plain data that was read.
        path: Path of the data in its document.
    """
    return _faults(error, data, path, FirstHints())


def _faults(error: Exception, data: Any, path: str, hint: Hint) -> Iterator[OkrError]:
    if not isinstance(error, BaseValidationError):
        yield _leaf(error, data, path)
        return
    for inner in error.exceptions:
        note = _note(inner)
        if isinstance(note, IterableValidationNote):
            yield from _faults(inner, data[note.index], f"{path}[{note.index}]", hint)
        elif isinstance(note, AttributeValidationNote):
            if isinstance(inner, KeyError):
                yield InvalidValueError("missing-field", f"{path}{key(note.name)}", data)
            else:
                yield from _faults(inner, data[note.name], f"{path}{key(note.name)}", hint)
        elif isinstance(inner, ForbiddenExtraKeysError):
            yield from _unknown(inner, data, path, hint)
        else:
            yield _leaf(inner, data, path, error.cl)


def _note(error: BaseException) -> object:
    return next(iter(getattr(error, "__notes__", ())), None)


def _unknown(
    error: ForbiddenExtraKeysError, data: Any, path: str, hint: Hint
) -> Iterator[OkrError]:
    known = [field.name for field in fields_of(error.cl)]
    listed = f"known: {', '.join(known) or 'none'}"
    for name in sorted(error.extra_fields):
        way_out = hint(name, known) or listed
        yield InvalidValueError("unknown-field", f"{path}{key(name)}", data[name], way_out)


def _leaf(error: BaseException, data: Any, path: str, kind: type | None = None) -> OkrError:
    if not isinstance(error, OkrError):
        raise error  # no fault of the document
    below = error.path
    if kind is not None and below and below[0] not in ".[":
        below = _as_deep_as(data, _field_path(error, data, kind), error.value)
    return at_path(error, f"{path}{below}")


def _field_path(error: OkrError, data: Any, kind: type) -> str:
    """Return the path of a refusal behind the name of its record: `.weight`."""
    id = data.get("id")
    record = f"{kind.__name__}({id!r})" if isinstance(id, str) and id else kind.__name__
    return error.path.removeprefix(record) if error.path.startswith(f"{record}.") else ""


def _as_deep_as(data: Any, path: str, value: object) -> str:
    """Return as much of a path as the data has."""
    end = 0
    for step in _STEP.finditer(path):
        name, index = step.group(1), step.group(2)
        if is_object(data) and name in data:
            data = data[name]
        elif is_list(data) and index is not None and int(index) < len(data):
            data = data[int(index)]
            if is_list(data) and value not in data:
                break  # another pair: records sort them
        else:
            break
        end = step.end()
    return path[:end]

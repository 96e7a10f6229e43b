"""Nothing mutable is reached from a frozen value by names without an underscore."""

from __future__ import annotations

import inspect
from array import array
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import attrs
import pytest

import okrcore as okr
from contract.examples import EXAMPLES

MUTABLE = (list, dict, set, bytearray, array)


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    kind = type(value)
    for name in dir(kind):
        raw = inspect.getattr_static(kind, name)
        if not name.startswith("_") and not callable(raw) and not isinstance(raw, classmethod):
            yield name, getattr(value, name)


def _below(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, (tuple, frozenset)):
        yield from (("[]", member) for member in value)
    elif isinstance(value, MappingProxyType):
        yield from (("[]", member) for member in [*value, *value.values()])
    elif type(value).__module__.startswith("okrcore") and not isinstance(value, type):
        yield from _attributes(value)


def mutable_below(value: Any) -> set[str]:
    """Return where something mutable is: the kind and the name that leads to it."""
    found: set[str] = set()
    seen: dict[int, Any] = {}
    waiting = [(type(value).__name__, value)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, MUTABLE):
            found.add(place)
        elif id(value) not in seen:
            seen[id(value)] = value
            waiting += ((f"{type(value).__name__}.{name}", each) for name, each in _below(value))
    return found


@pytest.mark.parametrize(
    "example",
    [pytest.param(value, id=kind.__name__) for kind in EXAMPLES for value in EXAMPLES[kind]],
)
def test_nothing_mutable_is_reached(example: Any) -> None:
    assert mutable_below(example) == set()


def test_something_mutable_would_be_found() -> None:
    @attrs.frozen
    class Soft:
        rows: Any

    Soft.__module__ = "okrcore.soft"
    assert mutable_below((okr.Plan([]), Soft(MappingProxyType({"a": ([],)})))) == {"tuple.[]"}

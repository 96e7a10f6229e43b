"""Every public signature and every word of every enum, one a line, in tests/contract/signatures.txt.

The file is what callers depend on by name and by position. After a change that is meant, write it anew and
read the difference line by line:

    PYTHONPATH=tests python -m contract.signatures

Types are not in it: tests/typing/revealed.py has those.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from inspect import Parameter
from pathlib import Path
from typing import Any, Final

from contract.examples import public_names

__all__ = ["FILE", "lines"]

FILE: Final = Path(__file__).parent / "signatures.txt"
_PLAIN: Final = (bool, int, float, str, type(None))


def lines() -> Iterator[str]:
    """Yield the lines of the file."""
    for name, value in sorted(public_names().items()):
        if isinstance(value, type) and issubclass(value, Enum):
            yield f"{name}: {', '.join(f'{each.name}={each.value!r}' for each in value)}"
        elif callable(value):
            yield f"{name}{_signature(value)}"
        else:
            yield f"{name}: {type(value).__name__}"
        if isinstance(value, type) and value.__module__.startswith("okrcore"):
            yield from sorted(_members(value))


def _members(kind: type[Any]) -> Iterator[str]:
    """Yield what a class has beside its fields, which are in its own signature."""
    fields = {field.name for field in getattr(kind, "__attrs_attrs__", ())}
    owners = [each for each in kind.__mro__ if each.__module__.startswith("okrcore")]
    names = {name for owner in owners for name in vars(owner) if not name.startswith("_")}
    for name in names - fields - {each.name for each in _words(kind)}:
        member = inspect.getattr_static(kind, name)
        if isinstance(member, (staticmethod, classmethod)):
            yield f"    {name}{_signature(getattr(kind, name))}  # {type(member).__name__}"
        elif inspect.isfunction(member):
            yield f"    {name}{_signature(member)}"
        elif isinstance(member, (property, cached_property)) or inspect.isdatadescriptor(member):
            yield f"    {name}  # property"
        else:
            yield f"    {name}  # constant"


def _words(kind: Any) -> tuple[Enum, ...]:
    return tuple(kind) if issubclass(kind, Enum) else ()


def _signature(value: Any) -> str:
    """Return names, kinds and defaults of the arguments; a default that is no plain value is `...`."""
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return "(*args)"  # made by a class of the standard library
    parameters = [
        parameter.replace(annotation=Parameter.empty, default=_Shown.of(parameter.default))
        for parameter in found.parameters.values()
        if parameter.name != "self"
    ]
    return str(inspect.Signature(parameters))


class _Shown:
    """A default, written so that it is the same in every Python."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, default: Any) -> Any:
        if default is Parameter.empty:
            return default
        if isinstance(default, Enum):
            return cls(f"{type(default).__name__}.{default.name}")
        is_plain = type(default) in _PLAIN or default == ()
        return cls(repr(default) if is_plain else "...")

    def __repr__(self) -> str:
        return self.text


if __name__ == "__main__":
    FILE.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")

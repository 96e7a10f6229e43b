"""What must fit what in a document: every fault of a plan, a journal or a scorecard, and where it is.

Constructors refuse the first fault. A document is answered with all of them, so its parts are asked here,
once they could not be put together. Paths are relative to the plan, journal or scorecard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from okrcore._checks import path_of
from okrcore.codec.shapes import fields_of, is_row, kind_of
from okrcore.errors import OkrError
from okrcore.journal import Journal
from okrcore.journal.admission import misfits
from okrcore.journal.journal import incoherences as journal_incoherences
from okrcore.plan import Plan
from okrcore.plan.contents import Contents
from okrcore.scorecard import Scorecard, evaluate

__all__ = ["WHOLES", "card_faults", "faults_between"]

_Found = Iterator[tuple[Any, OkrError]]

#: By kind of record, the faults between parts of which none can be made.
WHOLES: Final[Mapping[type, Callable[[Mapping[str, Any]], _Found]]] = MappingProxyType(
    {
        Plan: lambda parts: Contents(**parts).faults(),
        Journal: lambda parts: journal_incoherences(parts["entries"]),
    }
)


def faults_between(kind: type[Any], parts: Mapping[str, Any]) -> list[OkrError]:
    """Return every fault between the parts of a plan or journal.

    Args:
        kind: Plan or Journal.
        parts: Its fields; each is sound in itself.
    """
    where = {key: path for name, value in parts.items() for key, path in _places(value, f".{name}")}
    return [
        _moved(fault, f"{where[id(item)]}{fault.path.removeprefix(path_of(item))}")
        for item, fault in WHOLES[kind](parts)
    ]


def card_faults(parts: Mapping[str, Any]) -> list[OkrError]:
    """Return the faults that keep a scorecard from being evaluated.

    Entries that do not fit come first, then unknown methods, then scores that cannot be supposed.

    Args:
        parts: Its fields; each is sound in itself.
    """
    plan, journal, as_of = parts["plan"], parts["journal"], parts["as_of"]
    where = dict(_places(journal, ".journal"))
    wrong = misfits(plan, journal, as_of=as_of)
    if wrong:
        return [
            _moved(fault, f"{where[id(entry)]}{_field_in(fault.path, entry)}")
            for entry, fault in wrong
        ]
    try:
        card = evaluate(plan, journal, as_of=as_of, rulebook=parts["rulebook"])
    except OkrError as fault:
        where = dict(_places(plan, ".plan"))
        about = {path_of(item): where[id(item)] for item in plan.each()}
        record = next((path for path in about if fault.path.startswith(f"{path}.")), fault.path)
        return [_moved(fault, f"{about.get(record, '.plan')}{fault.path.removeprefix(record)}")]
    return list(_supposed_faults(card, parts["supposed"]))


def _supposed_faults(
    card: Scorecard, supposed: tuple[tuple[str, float], ...]
) -> Iterator[OkrError]:
    for position, (id, score) in enumerate(supposed):
        try:
            card.what_if({id: score})
        except OkrError as fault:
            yield _moved(fault, f".supposed[{position}]")


def _field_in(path: str, record: object) -> str:
    _, dot, name = path.rpartition(".")
    return f"{dot}{name}" if any(name == field.name for field in fields_of(type(record))) else ""


def _moved(fault: OkrError, path: str) -> OkrError:
    return type(fault)(fault.code, path, fault.value, fault.way_out)


def _places(value: object, path: str) -> Iterator[tuple[int, str]]:
    """Yield the identity of every record in a value, with its relative path."""
    if is_row(value):
        for position, member in enumerate(value):
            yield from _places(member, f"{path}[{position}]")
        return
    kind = kind_of(value)
    if kind is not None:
        yield id(value), path
        for field in fields_of(kind):
            yield from _places(getattr(value, field.name), f"{path}.{field.name}")

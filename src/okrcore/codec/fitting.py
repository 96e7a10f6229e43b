"""Faults between the parts of a plan, a journal or a scorecard in a document.

Constructors refuse the first fault; a document gets all of them. Paths are relative to the plan, journal
or scorecard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from okrcore._checks import path_of
from okrcore.codec.plain import at_path
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

#: From the parts of a record to the faults between them, by kind.
WHOLES: Final[Mapping[type, Callable[[Mapping[str, Any]], _Found]]] = MappingProxyType(
    {
        Plan: lambda parts: Contents(**parts).faults(),
        Journal: lambda parts: journal_incoherences(parts["entries"]),
    }
)


def faults_between(kind: type[Any], parts: Mapping[str, Any]) -> list[OkrError]:
    """Return the faults between the fields of a plan or journal, each field valid in itself."""
    where = {key: path for name, value in parts.items() for key, path in _paths(value, f".{name}")}
    return [
        at_path(fault, f"{where[id(item)]}{fault.path.removeprefix(path_of(item))}")
        for item, fault in WHOLES[kind](parts)
    ]


def card_faults(parts: Mapping[str, Any]) -> list[OkrError]:
    """Return the faults of the first kind: entries that do not fit, unknown methods, supposed scores.

    Args:
        parts: Its fields; each is sound in itself.
    """
    plan, journal, as_of = parts["plan"], parts["journal"], parts["as_of"]
    where = dict(_paths(journal, ".journal"))
    wrong = misfits(plan, journal, as_of=as_of)
    if wrong:
        return [
            at_path(fault, f"{where[id(entry)]}{_field_in(fault.path, entry)}")
            for entry, fault in wrong
        ]
    try:
        card = evaluate(plan, journal, as_of=as_of, rulebook=parts["rulebook"])
    except OkrError as fault:
        where = dict(_paths(plan, ".plan"))
        about = {path_of(item): where[id(item)] for item in plan.each()}
        record = next((path for path in about if fault.path.startswith(f"{path}.")), fault.path)
        return [at_path(fault, f"{about.get(record, '.plan')}{fault.path.removeprefix(record)}")]
    return list(_supposed_faults(card, parts["supposed"]))


def _supposed_faults(
    card: Scorecard, supposed: tuple[tuple[str, float], ...]
) -> Iterator[OkrError]:
    for position, (id, score) in enumerate(supposed):
        try:
            card.what_if({id: score})
        except OkrError as fault:
            yield at_path(fault, f".supposed[{position}]")


def _field_in(path: str, record: object) -> str:
    _, dot, name = path.rpartition(".")
    return f"{dot}{name}" if any(name == field.name for field in fields_of(type(record))) else ""


def _paths(value: object, path: str) -> Iterator[tuple[int, str]]:
    """Yield the identity of every record in a value, with its relative path."""
    if is_row(value):
        for position, member in enumerate(value):
            yield from _paths(member, f"{path}[{position}]")
        return
    kind = kind_of(value)
    if kind is not None:
        yield id(value), path
        for field in fields_of(kind):
            yield from _paths(getattr(value, field.name), f"{path}.{field.name}")

"""Texts in a sentence that are no rows of the table: those of the host, and no others, may be in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import fields, has

import okrcore as okr
from okrcore.words import TABLE, Figure, Reason, Term

__all__ = ["texts_not_given"]


def texts_not_given(sentences: Iterable[str], plan: okr.Plan, journal: okr.Journal) -> set[str]:
    """Return the texts in sentences that are no rows, no words of a vocabulary and no texts of the records.

    >>> from okrcore.words import Reason
    >>> late = Reason("text", text="too late")
    >>> texts_not_given([late, Reason("no-score/no-reading")], okr.Plan([]), okr.Journal())
    {'too late'}
    """
    given = {*_texts_of((plan.objectives, plan.metrics, plan.outside, tuple(journal.entries)))}
    found = {leaf for each in sentences for leaf in _leaves(each)}
    return found - given - {okr.RECOMMENDED.name}


def _leaves(value: Any) -> Iterator[str]:
    """Yield the texts in a sentence that no row of the table has."""
    if isinstance(value, Reason):
        for each in value.values.values():
            yield from _leaves(each)
    elif isinstance(value, (Term, StrEnum)):
        kind = value.kind if isinstance(value, Term) else _vocabulary(value)
        if f"{kind}: {value}" not in TABLE:
            # Units beside those of the table are names of the host.
            yield str(value) if kind == "unit" else f"{kind}: {value}"
    elif isinstance(value, str):
        if not isinstance(value, Figure) and value:
            yield value
    elif not isinstance(value, (int, date)):
        for each in value:
            yield from _leaves(each)


def _vocabulary(word: StrEnum) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in type(word).__name__).strip()


def _texts_of(record: Any) -> Iterator[str]:
    """Yield the texts of a record, as they may be written in a sentence."""
    if isinstance(record, str):
        seen = " ".join(record.split())
        yield from (record, record.strip(), seen, record.rstrip("."))
    elif isinstance(record, (tuple, frozenset)):
        for each in record:
            yield from _texts_of(each)
    elif has(type(record)):
        if isinstance(record, okr.Unit):
            yield from (record.name, record.per)
            return
        if isinstance(record, (okr.Cycle, okr.Person, okr.Team)):
            yield str(record)
        for each in fields(type(record)):
            yield from _texts_of(getattr(record, each.name))

"""Refusals of levels, attempts, agendas and measures to draw, each with its whole message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import attrs

import okrcore
import okrcore.testing

okr: Any = okrcore
testing: Any = okrcore.testing

DAY: Final = date(2026, 8, 14)


def empty_agenda() -> Any:
    return okr.review.make_agenda(okr.Plan([]), okr.Journal(), as_of=DAY)


REFUSALS: Final[Mapping[str, tuple[Callable[[], object], str]]] = {
    "a level that is none": (
        lambda: okr.calendar.RitualSlot(
            okr.calendar.Ritual.CLOSE, okr.calendar.CyclePoint.END, level="teem"
        ),
        "RitualSlot.level: must be one of the known words, got 'teem'; give 'company', 'unit',"
        " 'department', 'team', 'individual' [unknown-word]",
    ),
    "an agenda without columns": (
        lambda: attrs.evolve(empty_agenda(), columns=0),
        "Agenda.columns: must be > 0, got 0 [not-positive]",
    ),
    "an agenda without time": (
        lambda: attrs.evolve(empty_agenda(), minutes=0),
        "Agenda.minutes: must be > 0, got 0 [not-positive]",
    ),
    "an attempt to make no class": (
        lambda: testing.Attempt("Plan", (), "no class"),
        "Attempt.kind: must have the right type, got 'Plan'; give a class [wrong-type]",
    ),
    "an attempt of no pairs": (
        lambda: testing.Attempt(okr.Person, ("name",), "no pairs"),
        "Attempt.arguments: must be a list or tuple, got ('name',);"
        " give pairs of a name and a value [not-a-sequence]",
    ),
    "an attempt of a name that is none": (
        lambda: testing.Attempt(okr.Person, ((5, "Ana"),), "no name"),
        "Attempt.arguments[0][0]: must be a non-empty text, got 5 [not-text]",
    ),
    "an attempt without a fault": (
        lambda: testing.Attempt(okr.Person, (("name", ""),), ""),
        "Attempt.fault: must be a non-empty text, got '' [not-text]",
    ),
    "measures of no classes": (
        lambda: testing.measures(kinds=()),
        "measures.kinds: must not be empty, got () [empty]",
    ),
    "measures of another class": (
        lambda: testing.measures(kinds=[okr.Reach, okr.Person]),
        "measures.kinds[1]: must have the right type, got <class 'okrcore.plan.people.Person'>;"
        " give a class such as Reach [wrong-type]",
    ),
    "readings of no measure": (
        lambda: testing.readings(None),
        "readings.measure: must have the right type, got None;"
        " give a measure such as Reach(10) [wrong-type]",
    ),
}

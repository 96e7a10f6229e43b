"""Doors that take words and texts: known words alone, and plain texts in every field."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest

import okrcore
import okrcore.testing
from contract.examples import EXAMPLES, OUTPUTS

okr: Any = okrcore


class Foul(str):
    """A text of another library: no method of its own can be called."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def _refuse(self, *_: object, **__: object) -> Any:
        raise ZeroDivisionError("foul")

    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse
    __str__ = __repr__ = __format__ = __iter__ = __len__ = __getitem__ = __contains__ = _refuse
    strip = split = partition = lower = casefold = encode = isascii = isprintable = _refuse
    format = format_map = replace = isspace = isalnum = startswith = endswith = _refuse


#: Fields that take a text and hold what is made of it.
_MADE_OF_TEXTS: Final = {
    (okr.KeyResult, "unit"): "USD per month",
    (okr.Guardrail, "unit"): "tickets",
    (okr.Metric, "unit"): "%",
    (okr.plan.Quantity, "unit"): "days",
    (okr.KeyResult, "owner"): "Ana Ruiz",
    (okr.Objective, "owner"): "Ana Ruiz",
}

FIELDS: Final = [
    pytest.param(example, field, text, id=f"{kind.__name__}.{field.name}")
    for kind, examples in EXAMPLES.items()
    for example in examples[:1]
    for field in attrs.fields(kind)
    if field.init
    for text in [_MADE_OF_TEXTS.get((kind, field.name), getattr(example, field.name))]
    if type(text) is str
]


@pytest.mark.parametrize(("example", "field", "text"), FIELDS)
def test_a_text_of_any_class_is_taken_as_a_plain_one(example: Any, field: Any, text: str) -> None:
    """Law: no method of a text of another class is called, and no record holds it."""

    def outcome(given: str) -> object:
        try:
            made = attrs.evolve(example, **{field.alias: given})
        except okr.OkrError as error:
            return error.code, error.path
        return made

    taken = outcome(Foul(text))
    # A record that the library makes refuses texts that the library never makes.
    assert taken == outcome(text) or example.__class__ in OUTPUTS
    assert type(getattr(taken, field.name, "")) is not Foul


def test_there_are_fields_of_texts() -> None:
    assert len(FIELDS) > 100


def test_labels_of_a_calendar_are_plain() -> None:
    calendar = okr.FiscalCalendar(year_label=Foul("FY{year}"), part_label=Foul("{label} {part}"))
    assert calendar.quarter(2026, 1).name == "FY2026 Q1"
    assert {type(calendar.year_label), type(calendar.part_label)} == {str}


def test_a_blank_unit_of_any_text_is_refused() -> None:
    with pytest.raises(okr.OkrError):
        okr.KeyResult("k", "K", okr.Reach(1), unit=Foul(" "))


def test_the_levels_of_appointments_are_the_words_of_levels() -> None:
    for level in okr.Level:
        for given in (level, level.value, Foul(level.value)):
            appointment = okr.calendar.RitualSlot(
                okr.calendar.Ritual.CLOSE, okr.calendar.CyclePoint.END, level=given
            )
            assert (appointment.level, type(appointment.level)) == (level.value, str)
    known = {level.value for level in okr.Level}
    for other in ("teem", "Team", "TEAM", "teams", "squad", "1"):
        assert other not in known
        with pytest.raises(okr.OkrError) as caught:
            okr.calendar.RitualSlot(
                okr.calendar.Ritual.CLOSE, okr.calendar.CyclePoint.END, level=other
            )
        assert (caught.value.code, caught.value.path) == ("unknown-word", "RitualSlot.level")
        assert set(caught.value.hint.removeprefix("give ").split(", ")) == set(map(repr, known))


def test_a_heading_that_cannot_be_written_breaks_nothing() -> None:
    class Heading:
        def __str__(self) -> str:
            raise ZeroDivisionError("no heading")

        __repr__ = __str__

    loaded = okr.read_rows([{"Objective": "Grow", Heading(): 1}])
    assert [o.title for o in loaded.plan.objectives] == ["Grow"]
    assert len(loaded.problems) == 1


def test_an_attempt_holds_anything_that_is_to_be_refused() -> None:
    attempt = okrcore.testing.Attempt(okr.Person, (("name", [object()]),), "no name")
    with pytest.raises(okr.OkrError):
        attempt.make()

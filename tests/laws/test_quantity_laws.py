"""Laws of units and of the numbers people write.

- what a unit writes is read back: the number within the digits shown, and the unit
- a quantity that was read is read again from how it is shown
- any whole number in words is read back (against an independent speller)
- thousands may be grouped in any of four ways, and mean the same
- any text at all gives a quantity or one refusal
"""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import Unit
from okrcore.plan import parse_number

UNITS = st.sampled_from(
    [
        *map(Unit, ["USD", "EUR", "CAD", "CHF", "%", "x", "points", "people", "days", "bp", "h"]),
        *map(Unit, ["tickets", "monthly active users", "mm:ss", "h:mm:ss", "basis points"]),
        Unit("USD", per="seat"),
        Unit("tickets", per="1,000 users"),
        Unit("%", per="month"),
        Unit("per week"),
        Unit("mm:ss", per="visit"),
        Unit("USD", shown_in="M"),
        Unit("users", shown_in="k", per="week"),
    ]
)
VALUES = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.floats(-1e12, 1e12),
    st.floats(-1, 1),
    st.floats(-1e-6, 1e-6),
)


@given(UNITS, VALUES)
@example(Unit("%"), -0.0)
@example(Unit("mm:ss"), -0.4)
@example(Unit("points"), 1.0)
def test_what_a_unit_writes_is_read_back(unit: Unit, value: float) -> None:
    found = parse_number(unit.format(value))
    shown = {"k": 1e3, "M": 1e6}.get(unit.shown_in, 1.0)
    step = 0.5 if ":" in unit.name else max(0.005, abs(value) / shown * 1e-12) * shown
    if abs(value) / shown < 0.1 and ":" not in unit.name:
        step = abs(value) * 0.006  # three digits
    assert isinstance(found.value, float)
    assert math.isclose(found.value, value, rel_tol=1e-12, abs_tol=step)
    wanted = "basis points" if unit.name == "bp" else unit.name
    assert found.unit == Unit(wanted, per=unit.per)


@given(st.text(max_size=30))
@example("5 / /x")
@example("$")
@example("5 per ")
def test_any_text_gives_a_quantity_or_one_refusal(text: str) -> None:
    try:
        found = parse_number(text)
    except okr.InvalidValueError:
        return
    assert math.isfinite(found.number)


@given(st.text("0123456789.,:%$-+()/ kMmoaxfpert", max_size=12))
def test_what_was_read_is_read_again_from_how_it_is_shown(text: str) -> None:
    try:
        found = parse_number(text)
    except okr.InvalidValueError:
        return
    if abs(found.number) < 1e12:
        again = parse_number(str(found))
        assert math.isclose(again.number, found.number, rel_tol=0.006, abs_tol=0.5)


def spell(number: int) -> str:
    """Spell a whole number as schoolbooks do; written for this test alone."""
    small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    small += " sixteen seventeen eighteen nineteen"
    tens = "- - twenty thirty forty fifty sixty seventy eighty ninety"
    if number < 20:
        return small.split()[number]
    if number < 100:
        rest = f"-{spell(number % 10)}" if number % 10 else ""
        return tens.split()[number // 10] + rest
    size, name = next(
        (s, n)
        for s, n in [(10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")]
        if number >= s
    )
    rest = (
        f" {'and ' if number % size < 100 else ''}{spell(number % size)}" if number % size else ""
    )
    return f"{spell(number // size)} {name}{rest}"


@given(st.one_of(st.integers(0, 2000), st.integers(0, 10**11)))
@example(100_000)
@example(999_999_999_999)
def test_words_are_read_back(number: int) -> None:
    assert parse_number(spell(number)).value == number
    assert parse_number(f"{spell(number).upper()} tickets").unit == Unit("tickets") or number == 1


@pytest.mark.parametrize("mark", [",", " ", "'", "\u202f"])
@given(number=st.integers(0, 10**15))
def test_thousands_may_be_grouped(mark: str, number: int) -> None:
    assert parse_number(f"{number:,}".replace(",", mark)).value == number

"""Laws of shares and counts in sentences.

- a share that is read is on its own side of the least coverage, in each sentence that has it
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr

Q3 = okr.FiscalCalendar().quarter(2026, 3)
TODAY = date(2026, 8, 3)
RULE = okr.RECOMMENDED.roll_up


@given(st.sampled_from([0.5, 0.25, 0.3, 0.75]), st.integers(-60, 60))
def test_shares_that_are_read_are_on_their_side_of_the_least_coverage(
    least: float, steps: int
) -> None:
    weight = round(least * 10_000) + steps
    assume(steps)
    parts = [
        okr.KeyResult("a", "A", okr.Reach(10), weight=weight),
        okr.KeyResult("b", "B", okr.Reach(10), weight=10_000 - weight),
    ]
    card = okr.evaluate(
        okr.Plan([okr.Objective("o", "O", key_results=parts, cycle=Q3)]),
        okr.Journal(okr.check_ins(TODAY, {"a": 5})),
        as_of=TODAY,
        rulebook=evolve(okr.RECOMMENDED, roll_up=evolve(RULE, least_coverage=least)),
    )
    shown = re.findall(r"([0-9.]+)% measured|is read: ([0-9.]+)%", f"{card}\n{card.explain('o')}")
    assert len(shown) >= 2
    for each in map("".join, shown):
        assert (Decimal(each) < Decimal(str(least * 100))) == (steps < 0)
        assert Decimal(each) != Decimal(str(least * 100))

"""What goes wrong with columns of plain values, and the one clear answer to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

import okrcore
import okrcore.codec

# What is refused here, types forbid too.
okr: Any = okrcore
codec: Any = okrcore.codec

DAY = date(2026, 8, 14)
MOMENT = datetime(2026, 8, 14, 17, 30, tzinfo=UTC)


def journal(of: Any = ("a", "b"), on: Any = (DAY, DAY), values: Any = (1, 2)) -> object:
    return okr.Journal.from_columns(of, on, values)


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    # a journal
    "a text for a column": (
        lambda: journal(of="ab"),
        "Journal.of: must be a list or tuple, got 'ab' [not-a-sequence]",
    ),
    "a class for a column": (
        lambda: journal(of=list),
        "Journal.of: must be a list or tuple, got <class 'list'> [not-a-sequence]",
    ),
    "a set for a column": (
        lambda: journal(values={1}),
        "Journal.values: must be a list or tuple, got {1} [not-a-sequence]",
    ),
    "no column": (
        lambda: journal(on=DAY),
        "Journal.on: must be a list or tuple, got datetime.date(2026, 8, 14) [not-a-sequence]",
    ),
    "an id that is no text": (
        lambda: journal(of=["a", 7]),
        "Journal.of[1]: must be a non-empty text, got 7 [not-text]",
    ),
    "an id with nothing in it": (
        lambda: journal(of=["a", " "]),
        "Journal.of[1]: must be a non-empty text, got ' ' [not-text]",
    ),
    "an ordinal": (
        lambda: journal(on=[DAY, 739477]),
        "Journal.on[1]: must be a date without a time, got 739477 [not-a-date]",
    ),
    "a moment": (
        lambda: journal(on=[MOMENT, DAY]),
        "Journal.on[0]: must be a date without a time, got datetime.datetime(2026, 8, 14, 17, 30, tzinfo=datetime.timezone.utc); use its .date() [not-a-date]",
    ),
    "fewer days than ids": (
        lambda: journal(on=[DAY]),
        "Journal.on: must have as many rows as the others, got 1; of has 2 rows [columns-differ]",
    ),
    "more values than ids": (
        lambda: journal(values=[1, 2, 3]),
        "Journal.values: must have as many rows as the others, got 3; of has 2 rows [columns-differ]",
    ),
    "not a number": (
        lambda: journal(values=[None, float("nan")]),
        "Journal.values[1]: must be a finite number, got nan; give None for what was not read [not-a-number]",
    ),
    "an infinite number": (
        lambda: journal(values=[1, float("inf")]),
        "Journal.values[1]: must be a finite number, got inf; give None for what was not read [not-a-number]",
    ),
    "a text for a number": (
        lambda: journal(values=[1, "2"]),
        "Journal.values[1]: must be a finite number, got '2'; give None for what was not read [not-a-number]",
    ),
    "a flag for a number": (
        lambda: journal(values=[1, True]),
        "Journal.values[1]: must be a finite number, got True; give None for what was not read [not-a-number]",
    ),
    "a number beyond floats": (
        lambda: journal(values=[1, Decimal("sNaN")]),
        "Journal.values[1]: must be a finite number, got Decimal('sNaN'); give None for what was not read [not-a-number]",
    ),
    "a number too large": (
        lambda: journal(values=[1, 10**101]),
        f"Journal.values[1]: must lie between -1e100 and 1e100, got 1{'0' * 17}...{'0' * 19} [too-large]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_with_its_whole_message(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

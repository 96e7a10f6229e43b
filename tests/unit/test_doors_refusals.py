"""Refusals at every door: texts that a terminal would obey, numbers without end, errors made wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

import okrcore

okr: Any = okrcore

CARD: Any = okr.evaluate(
    okr.Plan([okr.Objective("o", "O")]), okr.Journal(), as_of=date(2026, 8, 14)
)


class Broken(Mapping[str, Any]):
    """A mapping that has a key and no value."""

    def __getitem__(self, key: str) -> Any:
        raise ZeroDivisionError

    def __iter__(self) -> Iterator[str]:
        return iter("k")

    def __len__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "<Broken>"


def nested(count: int) -> Any:
    team = None
    for _ in range(count):
        team = okr.Team("t", within=team)
    return team


def methods(count: int) -> Any:
    book = okr.Rulebook(name="m0")
    for number in range(1, count):
        book = okr.Rulebook(name=f"m{number}", methods=[book])
    return book


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "a title with an escape": (
        lambda: okr.Objective("o", "\x1b[31mred"),
        "Objective('o').title: must have no control characters, half surrogates or marks that turn"
        " its direction, got '\\x1b[31mred'; leave out '\\x1b' at position 0 [unsafe-text]",
    ),
    "a note with half a character": (
        lambda: okr.CheckIn("k", date(2026, 8, 14), 1, note="half \ud800"),
        "CheckIn.note: must have no control characters, half surrogates or marks that turn its"
        " direction, got 'half \\ud800'; leave out '\\ud800' at position 5 [unsafe-text]",
    ),
    "an id with a space behind it": (
        lambda: okr.Objective("a ", "A"),
        "Objective('a ').id: must have no space around it, got 'a '; write 'a' [space-around]",
    ),
    "a title with nothing to see": (
        lambda: okr.Objective("o", "\u200b"),
        "Objective('o').title: must be a non-empty text, got '\\u200b' [not-text]",
    ),
    "a moment before all years": (
        lambda: okr.Journal().known_at(datetime(999, 12, 31, tzinfo=UTC)),
        "Journal.known_at: must be a year from 1000 to 9000, got datetime.datetime(999, 12, 31, 0, 0,"
        " tzinfo=datetime.timezone.utc) [year-unknown]",
    ),
    "an error of an unknown code": (
        lambda: okr.InvalidValueError("no-such-code", "x", 1),
        "InvalidValueError.code: must be one of the known words, got 'no-such-code' [unknown-word]",
    ),
    "an error without a path": (
        lambda: okr.OkrError("negative", None, 1),
        "OkrError.path: must be a non-empty text, got None [not-text]",
    ),
    "an error of faults that are none": (
        lambda: okr.OkrError("negative", "x", 1, "", "faults"),
        "OkrError.faults: must have the right type, got 'faults' [wrong-type]",
    ),
    "teams within each other without end": (
        lambda: nested(41),
        "Team.within: must lie within its range, got 41; give at most 40 teams within each other"
        " [out-of-range]",
    ),
    "rulebooks within each other": (
        lambda: methods(6),
        "Rulebook.methods: must lie within its range, got 6; give at most 5 rulebooks within each"
        " other [out-of-range]",
    ),
    "a scope cut to nothing": (
        lambda: okr.Adjustment("k", date(2026, 8, 14), rescale=1e-4, because="cut"),
        "Adjustment.rescale: must lie within its range, got 0.0001; give a number from 0.001 to 1000"
        " [out-of-range]",
    ),
    "a mapping by name alone": (
        lambda: okr.check_ins(date(2026, 8, 14), Broken()),
        "check_ins.values: must have the right type, got <Broken>; give a dict [wrong-type]",
    ),
    "an answer that nobody found": (
        lambda: okr.codec.ImportResult("a", "b", "c"),
        "ImportResult.plan: must have the right type, got 'a'; leave it to the library to make one"
        " [wrong-type]",
    ),
    "a step of no number": (
        lambda: attrs.evolve(CARD.explain("o"), what="mood"),
        "Explanation('o').what: must be one of the known words, got 'mood' [unknown-word]",
    ),
    "a closing before another": (
        lambda: okr.admit(
            CARD.plan,
            okr.Journal([okr.Closing("o", date(2026, 8, 5), okr.ClosingDecision.ACHIEVED)]),
            okr.Closing("o", date(2026, 8, 1), okr.ClosingDecision.CARRY),
        ),
        "Closing('o', 2026-08-01): must be a transition of the lifecycle, got 'closed to closed';"
        " Closing('o', 2026-08-05) would no longer be a transition of the lifecycle"
        " [no-such-move]",
    ),
    "digits beyond all numbers": (
        lambda: okr.rulebook.Clip(digits=500),
        "Clip.digits: must lie within its range, got 500; give -12 to 12 [out-of-range]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    wrong, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        wrong()
    assert str(caught.value) == message

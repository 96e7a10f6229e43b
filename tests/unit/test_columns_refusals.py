"""What goes wrong with columns of plain values, and the one clear answer to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

import okrcore
import okrcore.codec
from okrcore.rulebook import RollUpPart, RollUpSource

# What is refused here, types forbid too.
okr: Any = okrcore
codec: Any = okrcore.codec

DAY = date(2026, 8, 14)
MOMENT = datetime(2026, 8, 14, 17, 30, tzinfo=UTC)


def journal(of: Any = ("a", "b"), on: Any = (DAY, DAY), values: Any = (1, 2)) -> object:
    return okr.Journal.from_columns(of, on, values)


def scores(**columns: Any) -> object:
    given: dict[str, Any] = {
        "objectives": ["grow", "love", 7],
        "objective_of": ["grow", 7],
        "baselines": [1, None],
        "targets": [2, 3],
        "values": [1, float("nan")],
    }
    return codec.score_columns(**given | columns)


def ruled(**rules: Any) -> object:
    return scores(rulebook=okr.Rulebook(name="mine", roll_up=okr.rulebook.RollUpRule(**rules)))


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
        "Journal.values[1]: must be a finite number, got nan; give None for a missing reading [not-a-number]",
    ),
    "an infinite number": (
        lambda: journal(values=[1, float("inf")]),
        "Journal.values[1]: must be a finite number, got inf; give None for a missing reading [not-a-number]",
    ),
    "a text for a number": (
        lambda: journal(values=[1, "2"]),
        "Journal.values[1]: must be a finite number, got '2'; give None for a missing reading [not-a-number]",
    ),
    "a flag for a number": (
        lambda: journal(values=[1, True]),
        "Journal.values[1]: must be a finite number, got True; give None for a missing reading [not-a-number]",
    ),
    "a number beyond floats": (
        lambda: journal(values=[1, Decimal("sNaN")]),
        "Journal.values[1]: must be a finite number, got Decimal('sNaN'); give None for a missing reading [not-a-number]",
    ),
    "a number too large": (
        lambda: journal(values=[1, 10**101]),
        f"Journal.values[1]: must lie between -1e100 and 1e100, got 1{'0' * 17}...{'0' * 19} [too-large]",
    ),
    # scores
    "no rulebook": (
        lambda: scores(rulebook="mine"),
        "score_columns.rulebook: must have the right type, got 'mine'; give a Rulebook [wrong-type]",
    ),
    "key results of all below": (
        lambda: ruled(
            parts=[RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.DESCENDANTS)]
        ),
        "score_columns.rulebook.roll_up.parts: must be a rule that columns of numbers can follow, got <RollUpSource.DESCENDANTS: 'key results of all objectives below'>; evaluate a plan under it [rule-beyond-columns]",
    ),
    "weights that must total something": (
        lambda: ruled(weights_total=100),
        "score_columns.rulebook.roll_up.weights_total: must be a rule that columns of numbers can follow, got 100.0; evaluate a plan under it [rule-beyond-columns]",
    ),
    "an id that is neither text nor number": (
        lambda: scores(objectives=["grow", None]),
        "score_columns.objectives[1]: must have the right type, got None; give a text or a whole number [wrong-type]",
    ),
    "a flag for an id": (
        lambda: scores(objective_of=["grow", True]),
        "score_columns.objective_of[1]: must have the right type, got True; give a text or a whole number [wrong-type]",
    ),
    "an id that stands twice": (
        lambda: scores(objectives=["grow", "love", 7, "grow"]),
        "score_columns.objectives[3]: must be used only once, got 'grow' [duplicate-id]",
    ),
    "an unknown id": (
        lambda: scores(objective_of=["grow", "lover"]),
        "score_columns.objective_of[1]: must be a known id, got 'lover'; did you mean 'love'? [unknown-id]",
    ),
    "an unknown number": (
        lambda: scores(children=["grow"], parents=[8]),
        "score_columns.parents[0]: must be a known id, got 8 [unknown-id]",
    ),
    "fewer parents than children": (
        lambda: scores(children=["grow"]),
        "score_columns.parents: must have as many rows as the others, got 0; children has 1 rows [columns-differ]",
    ),
    "the same alignment twice": (
        lambda: scores(children=["grow", "grow"], parents=["love", "love"]),
        "score_columns.parents[1]: must not have the same name twice, got 'love'; 'grow' supports it already [repeated]",
    ),
    "alignments in a circle": (
        lambda: scores(children=["grow", "love", 7], parents=["love", 7, "grow"]),
        "score_columns.parents: must not lead back to itself, got 'grow -> love -> 7 -> grow'; take one of these alignments out [circle]",
    ),
    "a target that is not there": (
        lambda: scores(targets=[2, None]),
        "score_columns.targets[1]: must be a finite number, got None [not-a-number]",
    ),
    "a value without an end": (
        lambda: scores(values=[None, float("inf")]),
        "score_columns.values[1]: must be a finite number, got inf; give None for a missing reading [not-a-number]",
    ),
    "fewer values than key results": (
        lambda: scores(values=[1]),
        "score_columns.values: must have as many rows as the others, got 1; objective_of has 2 rows [columns-differ]",
    ),
    "a weight below 0": (
        lambda: scores(weights=[1, -2]),
        "score_columns.weights[1]: must be >= 0, got -2.0 [weight-negative]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_with_its_whole_message(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

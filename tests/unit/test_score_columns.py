"""Scores of columns of plain numbers: what they take, and numbers worked by hand."""

from __future__ import annotations

from array import array
from decimal import Decimal
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec
from okrcore.rulebook import RollUpPart, RollUpSource, dialects

NAN = float("nan")


def scored(**columns: Any) -> codec.ColumnScores:
    given: dict[str, Any] = {
        "objectives": ["o"],
        "objective_of": ["o", "o"],
        "baselines": [0, 100],
        "targets": [10, 50],
        "values": [5, 60],
    }
    return codec.score_columns(**given | columns)


def test_without_weights_each_weighs_1() -> None:
    # 5 of 10 is 0.5, and from 100 down to 50 at 60 is 0.8.
    assert scored().key_result_scores == (0.5, 0.8)
    assert scored().objective_scores == (0.65,)
    assert scored(weights=[1, 1]) == scored()
    assert scored(weights=[1, 3]).objective_scores == pytest.approx((0.725,))
    assert scored(weights=[0, 3]).objective_scores == (0.8,)


@pytest.mark.parametrize("unread", [None, NAN, Decimal("NaN")])
def test_what_is_unread_is_not_0(unread: Any) -> None:
    scores = scored(values=[unread, 60])
    assert scores.key_result_scores == (None, 0.8)
    assert scores.key_result_coverage == (0.0, 1.0)
    assert (scores.objective_scores, scores.objective_coverage) == ((0.8,), (0.5,))
    assert scored(baselines=[unread, 100]) == scores


def test_objectives_stand_in_any_order_and_may_have_several_parents() -> None:
    # left is 0.5, right 0.8; both hold up the middle one, and right the top as well: by 3 to 1.
    scores = codec.score_columns(
        objectives=["right", "top", "left", "middle", "idle"],
        objective_of=["left", "right"],
        baselines=array("d", [0, 100]),
        targets=(10, 50),
        values=iter([5, 60]),
        children=["left", "right", "middle", "right"],
        parents=["middle", "middle", "top", "top"],
        alignment_weights=[1, 1, 1, 3],
    )
    assert scores.objective_scores == (0.8, scores.objective_scores[1], 0.5, 0.65, None)
    assert scores.objective_scores[1] == pytest.approx(0.7625)
    assert scores.objective_coverage == (1.0, 1.0, 1.0, 1.0, 0.0)


def test_numbers_name_objectives_as_well() -> None:
    by_number = scored(objectives=range(3), objective_of=[2, 2], children=[2], parents=[0])
    assert by_number.objective_scores == (0.65, None, 0.65)


def test_nothing_at_all_has_no_scores() -> None:
    nothing: dict[str, list[float]] = {
        "objective_of": [],
        "baselines": [],
        "targets": [],
        "values": [],
    }
    assert scored(objectives=[], **nothing) == codec.ColumnScores((), (), (), ())
    assert scored(weights=[], **nothing) == codec.ColumnScores((), (), (None,), (0.0,))


def test_a_rulebook_is_followed() -> None:
    own_and_below = okr.rulebook.RollUpRule(
        parts=[RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)]
    )
    columns = {
        "objectives": ["o", "p"],
        "objective_of": ["o", "p"],
        "children": ["p"],
        "parents": ["o"],
    }
    assert scored(**columns).objective_scores == (0.5, 0.8)
    pool = okr.Rulebook(name="pool", roll_up=own_and_below)
    assert scored(**columns, rulebook=pool).objective_scores == (0.65, 0.8)
    # Zero where nothing was read, and whole percents downwards.
    assert scored(values=[None, 61], rulebook=dialects.GITLAB).objective_scores == (0.39,)

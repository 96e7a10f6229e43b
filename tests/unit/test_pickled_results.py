"""Pickles and copies of results are the plain records."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

import okrcore as okr


def card_of_many(count: int) -> okr.Scorecard:
    key_results = [okr.KeyResult(f"k{n}", "Customers", okr.Reach(10)) for n in range(count)]
    plan = okr.Plan([okr.Objective("o", "Grow", key_results=key_results[:1])])
    if count > 1:
        others = [
            okr.Objective(f"o{n}", "Grow", key_results=[kr]) for n, kr in enumerate(key_results)
        ]
        plan = okr.Plan(
            [
                okr.Objective("o", "Grow", key_results=[okr.KeyResult("k", "K", okr.Reach(1))]),
                *others,
            ]
        )
    return okr.evaluate(
        plan, okr.Journal(okr.check_ins(date(2026, 8, 14), {"k0": 4})), as_of=date(2026, 8, 15)
    )


@pytest.mark.parametrize("id", ["o", "k0"])
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_result_is_an_equal_record(id: str, protocol: int) -> None:
    result = card_of_many(1)[id]
    again = pickle.loads(pickle.dumps(result, protocol))  # noqa: S301  # made a moment ago
    assert again == result == copy.copy(result) == copy.deepcopy(result)
    assert type(again) is result.__class__


def test_a_pickled_result_holds_no_plan() -> None:
    assert (
        len(pickle.dumps(card_of_many(200)["k0"])) < len(pickle.dumps(card_of_many(1)["k0"])) + 100
    )

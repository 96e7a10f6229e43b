"""Values kept with a plan are made once, by the function that makes them, and leave no trace in the plan."""

from __future__ import annotations

import copy
import pickle

from attrs import evolve

import okrcore as okr
from okrcore._memo import keep, once

OBJECTIVES = [okr.Objective("o", "O"), okr.Objective("p", "P")]


def count(plan: okr.Plan) -> list[int]:
    return [len(plan)]


def nothing(plan: okr.Plan) -> None:
    made.append(len(plan))


made: list[int] = []


def test_a_value_is_made_once_for_each_function_and_plan() -> None:
    plan, other = okr.Plan(OBJECTIVES), okr.Plan(OBJECTIVES[:1])
    assert once(plan, count) == [2]
    assert once(plan, count) is once(plan, count)
    assert once(other, count) == [1]


def test_none_is_a_value_too() -> None:
    plan = okr.Plan(OBJECTIVES)
    made.clear()
    assert [once(plan, nothing), once(plan, nothing)] == [None, None]
    assert made == [2]


def test_a_value_made_in_another_way_is_kept() -> None:
    plan, value = okr.Plan(OBJECTIVES), [7]
    keep(plan, count, value)
    assert once(plan, count) is value


def test_values_are_outside_equality_hash_pickle_and_copies() -> None:
    plan, plain = okr.Plan(OBJECTIVES), okr.Plan(OBJECTIVES)
    before = pickle.dumps(plan)
    keep(plan, count, [7])
    assert plan == plain
    assert hash(plan) == hash(plain)
    assert pickle.dumps(plan) == before
    unpickled: okr.Plan = pickle.loads(before)  # noqa: S301  # of our own making
    for twin in (unpickled, copy.copy(plan), copy.deepcopy(plan), evolve(plan)):
        assert once(twin, count) == [2]

"""Laws of the values kept with a plan: none can be changed from outside, and the plan stays as it is.

A list, dict or array among them would let one caller break the evaluations of all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest
from attrs import has
from hypothesis import given

import okrcore as okr
from okrcore._memo import once
from okrcore.scorecard.day.compiler import compile_plan
from strategies import Quarter, quarters

_ATOMS = (str, int, float, date, type, Enum, range, type(None))
#: Caches that evaluation fills.
_CACHES = {"kept_inputs", "kept_works"}


def changeable(value: Any, path: str, seen: dict[int, Any]) -> Iterator[str]:
    if id(value) in seen or isinstance(value, _ATOMS) or callable(value):
        return
    seen[id(value)] = value
    if isinstance(value, (tuple, frozenset)):
        for number, member in enumerate(value):
            yield from changeable(member, f"{path}[{number}]", seen)
    elif isinstance(value, MappingProxyType):
        for key, member in value.items():
            yield from changeable(member, f"{path}[{key!r}]", seen)
    elif has(type(value)):
        names = [name for name in dir(value) if not name.startswith("_") and name not in _CACHES]
        for name in names:
            yield from changeable(getattr(value, name), f"{path}.{name}", seen)
    else:
        yield f"{path}: {type(value).__name__}"


@given(quarters())
def test_nothing_kept_with_a_plan_can_be_changed(quarter: Quarter) -> None:
    plan, program = quarter.plan, once(quarter.plan, compile_plan)
    for kept, path in ((plan, "plan"), (program, "program")):
        assert list(changeable(kept, path, {})) == []


def test_columns_of_a_plan_have_no_way_to_clear_them() -> None:
    plan = okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.AtMost(1))])])
    columns: Any = plan.columns
    with pytest.raises(AttributeError):
        columns.key_results.clear()
    with pytest.raises(TypeError):
        columns.index_of["k"] = 7
    with pytest.raises(AttributeError):
        columns.key_results = ()

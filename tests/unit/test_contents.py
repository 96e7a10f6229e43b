"""Contents: the parts of a plan are put together whether they fit or not, and a plan only if they do."""

from __future__ import annotations

from hashlib import sha256

import pytest

import okrcore as okr
from okrcore.plan.contents import Contents
from okrcore.plan.digest import digest_of

_KR = okr.KeyResult("k", "K", okr.Increase(1, 2))


def contents(*objectives: okr.Objective) -> Contents:
    return Contents(objectives, (), ())


UNFIT = [
    (contents(okr.Objective("o", "O"), okr.Objective("o", "P")), ["Objective('o').id"]),
    (
        contents(
            okr.Objective("o", "O", supports=["x", "y"]), okr.Objective("p", "P", supports=["z"])
        ),
        ["Objective('o').supports[0]", "Objective('o').supports[1]", "Objective('p').supports[0]"],
    ),
    (
        contents(okr.Objective("o", "O", supports=["p"]), okr.Objective("p", "P", supports=["o"])),
        ["Objective('o').supports"],
    ),
    (
        contents(
            okr.Objective("o", "O", key_results=[_KR]),
            okr.Objective("p", "P", key_results=[okr.KeyResultRef("k"), okr.KeyResultRef("k")]),
        ),
        ["Objective('p').key_results[1]"],
    ),
]


@pytest.mark.parametrize(("found", "paths"), UNFIT, ids=range(len(UNFIT)))
def test_contents_have_every_fault_and_a_plan_the_first(found: Contents, paths: list[str]) -> None:
    assert [fault.path for _, fault in found.faults()] == paths
    with pytest.raises(okr.InconsistentPlanError) as refused:
        okr.Plan(
            found.objectives,
            metrics=found.metrics,
            outside=found.outside,
            priorities=found.priorities,
        )
    assert refused.value.path == paths[0]


def test_a_plan_has_the_contents_of_its_parts() -> None:
    plan = okr.Plan([okr.Objective("o", "O", key_results=[_KR])], metrics=[okr.Metric("m", "M")])
    found = Contents(plan.objectives, plan.metrics, plan.outside)
    assert list(found.faults()) == []
    assert list(found.each()) == list(plan.each()) == list(plan.items.values())
    assert dict(found.items) == dict(plan.items)
    assert dict(found.homes) == dict(plan.homes) == {"k": plan.objectives[0]}


def test_any_record_has_a_digest() -> None:
    text = '{"name":"Ada","type":"person"}'
    assert digest_of(okr.Person("Ada")) == sha256(text.encode()).hexdigest()

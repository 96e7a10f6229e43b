"""Laws of what a journal is refused for.

- a journal of readings is refused exactly if one of its entries alone is, whatever stands beside it
- the problems of a journal are those of its entries alone
- what is admitted is evaluated without a problem
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.plan.measures import LINEAR
from okrcore.testing.journals import decisions_about
from strategies import START, Quarter, followed_by, quarters

#: A measure of each kind, with a reading that it takes and one that it does not.
KINDS: list[tuple[Any, Any, Any]] = [
    (okr.Increase(2, 8), 5, "a label"),
    (okr.Decrease(8, 2), 5, True),
    (okr.FromTo(2, 8), 5, ["a"]),
    (okr.Reach(8), 5, "a label"),
    (okr.Relative(percent=5), 5, False),
    (okr.Points(5), 5, "a label"),
    (okr.Multiple(2), 5, ["a"]),
    (okr.AtLeast(5), 5, "a label"),
    (okr.Above(5), 5, True),
    (okr.AtMost(5), 5, ["a"]),
    (okr.Below(5), 5, "a label"),
    (okr.Between(1, 5), 5, {"a": 1}),
    (okr.Exactly(3, 5), 5, "a label"),
    (okr.Budget(5), 5, True),
    (okr.Anchors({0.7: 6, 1.0: 10}), 5, "a label"),
    (okr.Steps([(okr.AtLeast(5), 1.0)]), 5, ["a"]),
    (okr.EachPeriod(okr.AtLeast(5), every=okr.Cadence.MONTHLY), 5, "a label"),
    (okr.EstablishBaseline(), 5, "a label"),
    (okr.PassFail(), True, "a label"),
    (okr.PassFail(), 0.5, 1.5),
    (okr.Judged(), 0.5, -0.5),
    (okr.Evidence(required=2), ["a"], 5),
    (okr.Milestones("a", "b"), ["a"], 5),
    (okr.Zones({"a": 1.0, "b": 0.0}), "a", "zz"),
    (okr.Compound({"a": okr.Reach(1), "b": okr.PassFail()}), {"a": 1}, {"c": 1}),
]
DAY = START + timedelta(days=30)


def is_refused(plan: okr.Plan, *entries: okr.CheckIn) -> bool:
    try:
        okr.evaluate(plan, okr.Journal(entries), as_of=DAY).objective("o")
    except okr.OkrError:
        return True
    return False


def test_every_kind_of_measure_is_in_the_table() -> None:
    assert {type(measure) for measure, _, _ in KINDS} == set(okr.plan.measures.MEASURES)


@pytest.mark.parametrize("first", KINDS, ids=lambda row: type(row[0]).__name__)
def test_a_reading_is_refused_beside_any_other_as_alone(first: tuple[Any, Any, Any]) -> None:
    for second in KINDS:
        plan = okr.Plan(
            [
                okr.Objective(
                    "o",
                    "O",
                    key_results=[
                        okr.KeyResult("a", "A", first[0]),
                        okr.KeyResult("b", "B", second[0]),
                    ],
                )
            ]
        )
        for one, other in product((1, 2), (1, 2)):
            a, b = okr.CheckIn("a", DAY, first[one]), okr.CheckIn("b", DAY, second[other])
            wanted = 2 in (one, other)
            assert is_refused(plan, a) == (one == 2)
            assert is_refused(plan, a, b) == wanted
            assert is_refused(plan, b, a) == wanted
            # Read more than once, and beside what is no key result.
            assert is_refused(plan, a, b, evolve(a, on=START)) == wanted
            assert is_refused(plan, okr.CheckIn("o", DAY, confidence=0.5), a, b) == wanted


@pytest.mark.parametrize("measure", [kind for kind, _, _ in KINDS], ids=repr)
def test_a_baseline_is_found_of_lines_that_state_none(measure: Any) -> None:
    """A count states that it starts at 0, as `Increase(2, 8)` states that it starts at 2."""
    is_open = type(measure) in LINEAR and measure.baseline is None
    plan = okr.Plan([okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", measure)])])
    found = okr.BaselineSet("k", DAY, 4)
    card = okr.evaluate(plan, okr.Journal([found]), as_of=DAY, strict=False)
    assert bool(card.problems) is not is_open
    if is_open:
        assert len(okr.admit(plan, okr.Journal(), found)) == 1
    else:
        with pytest.raises(okr.InconsistentPlanError):
            okr.admit(plan, okr.Journal(), found)


def problems_of(plan: okr.Plan, *entries: Any) -> list[tuple[str, str]]:
    card = okr.evaluate(plan, okr.Journal(entries), as_of=DAY, strict=False)
    return sorted((problem.code, problem.path) for problem in card.problems)


VALUES = st.one_of(
    testing.numbers(),
    st.booleans(),
    st.sampled_from(["commit", "stretch", "zz"]),
    st.sets(st.sampled_from(["design", "build", "Acme"]), min_size=1),
    st.fixed_dictionaries({"posts": testing.numbers(), "shipped": testing.numbers()}),
    st.none(),
)


@given(testing.plans(max_objectives=3, described=False), st.data())
def test_the_problems_of_a_journal_are_those_of_its_entries(
    plan: okr.Plan, data: st.DataObject
) -> None:
    ids = st.sampled_from([*plan.items, "nobody"])
    entry = st.builds(okr.CheckIn, ids, testing.days(), VALUES)
    fitting = [
        testing.check_ins_of(item, described=False).filter(
            lambda entry: not isinstance(entry.value, okr.Ratio)
        )
        for item in plan.each()
        if isinstance(item, okr.KeyResult)
    ]
    entries = data.draw(st.lists(st.one_of(entry, *fitting), max_size=6))
    alone = [problem for entry in entries for problem in problems_of(plan, entry)]
    assert problems_of(plan, *entries) == sorted(alone)


@given(quarters(), st.data())
def test_what_is_admitted_is_evaluated_without_a_problem(
    quarter: Quarter, data: st.DataObject
) -> None:
    plan = quarter.plan
    more = data.draw(st.lists(decisions_about(plan, described=False), max_size=4))
    journal = followed_by(plan, quarter.journal, more)
    problems = okr.evaluate(plan, journal, as_of=START + timedelta(days=200)).problems
    # An adjustment may repeat what the plan has, which refuses nothing.
    assert {each.code for each in problems} <= {"already-in-plan"}

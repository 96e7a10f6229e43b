"""Worked cases of initiatives, guardrails, metrics, priorities and open targets; expected values are written by hand."""

from __future__ import annotations

from typing import Any

import pytest

import okrcore as okr
from build import card_of, day, goal, kr, read_on

RATIO = okr.Aggregation.RATIO
#: 12 of 4 is 3.
ARPA = (
    okr.Metric("revenue", "Revenue"),
    okr.Metric("accounts", "Accounts"),
    okr.Metric("arpa", "Revenue per account", derived=okr.Derived(RATIO, ["revenue", "accounts"])),
)
READ = read_on(day(8, 20), revenue=12, accounts=4)


@pytest.mark.parametrize(
    ("measure", "score"),
    [
        (okr.Increase(2, 4), 0.5),
        (okr.Decrease(5, 1), 0.5),
        (okr.Reach(4), 0.75),
        (okr.AtLeast(3), 1),
        (okr.Above(3), 0),
        (okr.AtMost(3), 1),
        (okr.Below(3), 0),
        (okr.Between(2, 4), 1),
        (okr.Exactly(4, baseline=2), 0.5),
        (okr.Budget(3), 1),
        (okr.Anchors({0.3: 2, 0.7: 3, 1.0: 4}, baseline=0), 0.7),
        (okr.Steps([(okr.AtLeast(3), 0.6), (None, 0)]), 0.6),
    ],
)
def test_every_measure_of_a_number_reads_a_derived_metric(measure: Any, score: float) -> None:
    objective = goal(kr("k", measure, metric="arpa"))
    found = card_of(objective, entries=READ, on=day(8, 25), metrics=ARPA)
    assert found["k"].score == pytest.approx(score)


def test_without_a_target_there_is_no_growth_to_compare() -> None:
    sales = okr.Metric("sales", "Sales", growth=okr.plan.Growth(percent=5))
    objective = goal(kr("k", okr.Increase(100, None), metric="sales"))
    found = okr.scorecard.target_growth(card_of(objective, metrics=[sales]), "k")
    assert (found.planned, str(found)) == (None, "no target yet")


def test_a_priority_is_explained_compared_and_in_series() -> None:
    mid = okr.plan.Priority(
        "mid", "Mid-market", metrics=[okr.plan.Threshold("nps", okr.AtLeast(40))]
    )
    plan = okr.Plan([goal(kr())], metrics=[okr.Metric("nps", "NPS")], priorities=[mid])
    journal = okr.Journal([*read_on(day(7, 5), nps=42), *read_on(day(8, 3), nps=38)])
    july, august = (okr.evaluate(plan, journal, as_of=day(m, 8)) for m in (7, 8))
    whole = august.explain("mid")
    assert (whole.what, whole.result, whole.recompute()) == ("state", "breached", "breached")
    (part,) = whole.parts
    assert (part.id, part.result, part.recompute(), part.edges, part.parts) == (
        *("nps", "breached", "breached", (40.0,)),
        (),
    )
    assert (whole.edges, part.inputs[0].value, part.inputs[0].on) == ((), 38, day(8, 3))
    (moved,) = okr.compare(august, july).states
    assert (moved.kind, moved.id, moved.before, moved.after) == (
        *("priority", "mid", "held"),
        "breached",
    )
    assert moved.why == whole.words
    rows = okr.evaluate_series(plan, journal, [day(7, 8), day(8, 8)])
    assert [row.status for row in rows if row.id == "mid"] == ["held", "breached"]

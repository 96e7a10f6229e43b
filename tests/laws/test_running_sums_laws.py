"""Laws of values that readings make up to each of them."""

from __future__ import annotations

from datetime import date, timedelta
from math import fsum

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore._arith import exact_parts, running_sums
from okrcore.plan import Reading
from okrcore.scorecard.day.readings import aggregate, aggregate_each

START = date(2026, 7, 1)
numbers = st.floats(-1e100, 1e100, allow_nan=False)
some_numbers = st.lists(numbers | st.sampled_from([0.1, 0.2, 1e16, -1e16, 1.0, -0.0]), max_size=30)
#: Counts go up to the largest number, where pooled ones have no room for counts any more.
ratios = (
    st.tuples(numbers, st.floats(0.001, 1e100, allow_nan=False), st.sampled_from([1.0, 100.0]))
    .filter(lambda parts: abs(parts[2] * parts[0] / parts[1]) <= 1e100)
    .map(lambda parts: okr.Ratio(parts[0], parts[1], per=parts[2]))
)
readings: st.SearchStrategy[list[Reading]] = st.lists(
    st.one_of(ratios, ratios, numbers), max_size=20
)


@given(some_numbers)
@example([1e16, 1.0, -1e16, 0.1])
@example([1e100, -1e100, 1e-100])
def test_running_sums_are_exact(values: list[float]) -> None:
    beginnings = [values[: count + 1] for count in range(len(values))]
    assert [*running_sums(values)] == [*map(fsum, beginnings)]
    assert fsum(exact_parts(values)) == fsum(values)


@given(readings, st.sampled_from(okr.Aggregation).filter(okr.Aggregation.RATIO.__ne__))
@example([okr.Ratio(1, 10), okr.Ratio(2, 10, per=100), 0.3, okr.Ratio(1, 10)], okr.Aggregation.SUM)
@example([okr.Ratio(9e99, 9e99), okr.Ratio(9e99, 9e99)], okr.Aggregation.MEAN)
@example([okr.Ratio(1, 10), okr.Ratio(2, 20), 0.1], okr.Aggregation.MAXIMUM)
@example([], okr.Aggregation.SUM)
def test_readings_make_the_value_of_every_beginning(
    values: list[Reading], reads: okr.Aggregation
) -> None:
    beginnings = [values[: count + 1] for count in range(len(values))]
    assert list(aggregate_each(reads, values)) == [aggregate(reads, one) for one in beginnings]


@pytest.mark.parametrize(
    ("reads", "first_breach", "breaches", "last"),
    [
        # 4, 3, 8 and 1 against a limit of 6: totals 4, 7, 15, 16; means 4, 3.5, 5, 4.
        (okr.Aggregation.SUM, START + timedelta(days=1), 3, 16.0),
        (okr.Aggregation.MEAN, None, 0, 4.0),
        (okr.Aggregation.MAXIMUM, START + timedelta(days=2), 2, 8.0),
        (okr.Aggregation.MINIMUM, None, 0, 1.0),
        (okr.Aggregation.LATEST, START + timedelta(days=2), 1, 1.0),
    ],
)
def test_a_guardrail_meets_the_value_of_each_day(
    reads: okr.Aggregation, first_breach: date | None, breaches: int, last: float
) -> None:
    guardrail = okr.Guardrail("g", "G", okr.AtMost(6), metric="m")
    plan = okr.Plan(
        [okr.Objective("o", "O", guardrails=[guardrail])],
        metrics=[okr.Metric("m", "M", aggregation=reads)],
    )
    days = [START + timedelta(days=n) for n in range(4)]
    journal = okr.Journal.from_columns(["m"] * 4, days, [4, 3, 8, 1])
    found = okr.evaluate(plan, journal, as_of=days[-1]).guardrail("g")
    assert (found.first_breach, found.breaches, found.reading) == (first_breach, breaches, last)

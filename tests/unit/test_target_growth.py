"""Planned changes beside usual ones; expected values are written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from build import Q3, day
from made_up import MADE_UP, english_in
from okrcore.plan import Growth
from okrcore.scorecard import GrowthSource, TargetGrowth, target_growth

CALENDAR = okr.FiscalCalendar(start_month=1)
YEAR = CALENDAR.year(2026)
FIVE = Growth(percent=5)


def found(
    measure: Any,
    *reads: tuple[date, float],
    growth: Growth | None = None,
    cycle: okr.Cycle | None = YEAR,
    aggregation: okr.Aggregation = okr.Aggregation.LATEST,
    **more: Any,
) -> TargetGrowth:
    metric = okr.Metric("arr", "ARR", growth=growth, aggregation=aggregation)
    key_result = okr.KeyResult("k", "K", measure, **({"metric": "arr"} | more))
    objective = okr.Objective("o", "O", key_results=[key_result], cycle=cycle)
    journal = okr.Journal([okr.CheckIn(key_result.metric or "k", *each) for each in reads])
    plan = okr.Plan([objective], metrics=[metric])
    return target_growth(okr.evaluate(plan, journal, as_of=day(7, 1)), "k")


def test_fifty_percent_where_five_is_usual() -> None:
    growth = found(okr.Increase(100, 150), growth=FIVE)
    assert growth == TargetGrowth(
        key_result="k",
        planned=50.0,
        planned_percent=50.0,
        usual=5.0,
        usual_percent=5.0,
        multiple=10.0,
        source=GrowthSource.STATED,
        why=str(growth),
    )
    assert str(growth) == (
        "+50% planned where +5% is usual (stated: +5% in 12 months): 10 times as much"
    )


def test_growth_is_that_of_a_cycle_as_long() -> None:
    # 1.05 ** (1 / 4) is 1.01227.
    growth = found(okr.Increase(100, 150), growth=FIVE, cycle=Q3)
    assert growth.usual_percent == pytest.approx(1.227223)
    assert growth.multiple == pytest.approx(40.7424, rel=1e-4)
    # Of 3 a quarter, 12 in a year.
    growth = found(okr.Increase(100, 124), growth=Growth(amount=3, per=okr.Cadence.QUARTERLY))
    assert (growth.usual, growth.usual_percent, growth.multiple) == (12, 12, 2)
    # 2026 has 365 days, 365 / 7 weeks.
    growth = found(okr.Increase(100, 124), growth=Growth(amount=7, per=okr.Cadence.MICRO_WEEK))
    assert growth.usual == pytest.approx(365)
    assert "(stated: +7% in 1 week)" not in str(growth)
    assert "(stated: +7 in 1 week)" in str(growth)
    # Without a cycle it is the growth of its own period.
    growth = found(okr.Increase(100, 110), growth=FIVE, cycle=None)
    assert (growth.usual, growth.multiple) == (5, 2)


def test_a_shift_needs_no_baseline() -> None:
    growth = found(okr.Relative(percent=50), growth=FIVE)
    assert (growth.planned, growth.planned_percent, growth.usual, growth.multiple) == (
        *(None, 50.0, None),
        10.0,
    )
    assert found(okr.Multiple(1.1), growth=FIVE).multiple == 2
    points = found(okr.Points(5), growth=Growth(amount=2.5))
    assert (points.planned, points.planned_percent, points.multiple) == (5, None, 2)
    unknown = found(okr.Points(5), growth=FIVE)
    assert unknown.multiple is None
    assert str(unknown) == "+5 planned where +5% is usual (stated: +5% in 12 months)"


#: Years of 100, 105 and 110.
PAST = ((date(2023, 6, 1), 100.0), (date(2024, 6, 1), 105.0), (date(2025, 6, 1), 110.0))


def test_usual_growth_from_the_years_before() -> None:
    growth = found(okr.Increase(110, 160), *PAST)
    assert (growth.planned, growth.usual, growth.multiple) == (50, 5, 10)
    assert growth.source is GrowthSource.READINGS
    assert str(growth).endswith("(readings of 3 periods before): 10 times as much")
    # A gap ends them: what was before it is another story.
    growth = found(okr.Increase(110, 160), (date(2021, 6, 1), 0), *PAST[1:])
    assert (growth.usual, growth.multiple) == (5, 10)
    alone = found(okr.Increase(110, 160), PAST[2])
    assert (alone.usual, alone.multiple, alone.source) == (None, None, None)
    assert str(alone) == "+45.45% planned; no usual change is known"
    assert found(okr.Increase(110, 160), *PAST, cycle=None).usual is None
    # Of 10 years the last 8 count: 2 a year.
    years = [(date(2016 + n, 6, 1), 100.0 + (2 * n if n > 1 else 50)) for n in range(10)]
    assert found(okr.Increase(118, 120), *years).usual == 2


def test_own_readings_and_cycles_without_a_cadence() -> None:
    cycle = okr.Cycle(day(7, 1), day(7, 10))
    reads = ((day(6, 12), 10.0), (day(6, 25), 12.0))
    growth = found(okr.Increase(12, 16), *reads, cycle=cycle, metric=None)
    assert (growth.usual, growth.multiple) == (2, 2)


def test_a_count_starts_from_the_period_before() -> None:
    reads = [
        (date(year, month, 1), 10.0 + year - 2024) for year in (2024, 2025) for month in (2, 5)
    ]
    growth = found(okr.Reach(33), *reads, aggregation=okr.Aggregation.SUM)
    # 20 in 2024, 22 in 2025, 33 planned.
    assert (growth.planned, growth.planned_percent, growth.usual, growth.multiple) == (
        *(11, 50, 2),
        5.5,
    )
    bare = found(okr.Reach(33))
    assert (bare.planned, str(bare)) == (None, "no value to start from")


def test_a_baseline_to_be_established_is_the_value_before() -> None:
    growth = found(okr.Increase(None, 165), *PAST)
    assert (growth.planned, growth.planned_percent) == (55, 50)


@pytest.mark.parametrize("measure", [okr.AtLeast(5), okr.Anchors({0.5: 1, 1: 2})])
def test_without_a_line_there_is_no_planned_change(measure: Any) -> None:
    growth = found(measure, *PAST)
    assert (growth.planned, str(growth)) == (None, "no line from a start to a target")


def test_opposite_directions_have_no_multiple() -> None:
    growth = found(okr.Increase(100, 150), growth=Growth(-5))
    assert growth.multiple is None
    assert str(growth) == "+50% planned where -5% is usual (stated: -5% in 12 months)"
    assert found(okr.Increase(100, 150), growth=Growth(0)).multiple is None
    # From 0 there is no percentage.
    growth = found(okr.Increase(0, 10), growth=Growth(amount=5))
    assert (growth.planned_percent, growth.usual_percent, growth.multiple) == (None, None, 2)


def test_numbers_are_in_the_unit_of_the_metric() -> None:
    metric = okr.Metric("m", "M", unit="USD", growth=Growth(amount=5))
    key_result = okr.KeyResult("k", "K", okr.Increase(0, 10), metric="m")
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[key_result], cycle=YEAR)], metrics=[metric]
    )
    growth = target_growth(okr.evaluate(plan, okr.Journal(), as_of=day(7, 1)), "k")
    assert str(growth) == (
        "+$10 planned where +$5 is usual (stated: +$5 in 12 months): 2 times as much"
    )


def test_the_parts_of_a_derived_metric_have_a_past() -> None:
    metrics = [
        *(okr.Metric(id, id, aggregation=okr.Aggregation.SUM) for id in ("a", "b")),
        okr.Metric("all", "All", derived=okr.Derived(okr.Aggregation.SUM, ["a", "b"])),
    ]
    key_result = okr.KeyResult("k", "K", okr.Reach(40), metric="all")
    rail = okr.Guardrail("g", "G", okr.AtLeast(okr.plan.PriorPeriod()), metric="all")
    objective = okr.Objective("o", "O", key_results=[key_result], guardrails=[rail], cycle=YEAR)
    reads = [
        okr.CheckIn(id, date(year, 5, 1), value)
        for id, year, value in [("a", 2024, 4), ("b", 2024, 6), ("a", 2025, 8), ("b", 2025, 12)]
    ]
    card = okr.evaluate(okr.Plan([objective], metrics=metrics), okr.Journal(reads), as_of=day(7, 1))
    growth = target_growth(card, "k")
    # 10 and 20 in the years before, 40 planned.
    assert (growth.planned, growth.usual, growth.multiple) == (20, 10, 2)
    assert card.guardrail("g").bound == okr.AtLeast(20)


def test_large_numbers_stay_numbers() -> None:
    growth = found(okr.Increase(1e99, 1e100), growth=Growth(1e90, per=okr.Cadence.MICRO_WEEK))
    assert growth.usual_percent is not None
    assert 0 < growth.usual_percent <= 1e100


def test_the_explanation_has_it_if_growth_is_stated() -> None:
    def explained(growth: Growth | None) -> str:
        metric = okr.Metric("arr", "ARR", growth=growth)
        key_result = okr.KeyResult("k", "K", okr.Increase(100, 150), metric="arr")
        objective = okr.Objective("o", "O", key_results=[key_result], cycle=YEAR)
        plan = okr.Plan([objective], metrics=[metric])
        card = okr.evaluate(plan, okr.Journal(), as_of=day(7, 1))
        return " ".join(str(card.explain("k")).split())

    assert "target: +50% planned where +5% is usual" in explained(FIVE)
    assert "planned" not in explained(None)


def test_growth_moves_no_number_and_is_wording() -> None:
    plan = okr.Plan([], metrics=[okr.Metric("arr", "ARR")])
    other = okr.Plan([], metrics=[okr.Metric("arr", "ARR", growth=FIVE)])
    assert [(each.field, each.counts) for each in okr.diff(plan, other)] == [("growth", False)]


def test_other_ids_and_kinds_are_refused() -> None:
    card = okr.evaluate(okr.Plan([]), okr.Journal(), as_of=day(7, 1))
    with pytest.raises(okr.OkrError):
        target_growth(card, "nope")
    with pytest.raises(okr.InvalidValueError):
        target_growth("card", "nope")  # type: ignore[arg-type]


def test_its_sentences_are_data() -> None:
    for growth in (
        found(okr.Increase(100, 150), growth=FIVE),
        found(okr.Points(5), growth=Growth(5, per=okr.Cadence.MICRO_WEEK)),
        found(okr.Increase(110, 160), *PAST),
        found(okr.Increase(110, 160)),
        found(okr.Reach(5)),
        found(okr.AtLeast(5)),
    ):
        assert not english_in(MADE_UP.write(growth.why))

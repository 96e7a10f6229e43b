"""Numbers below zero and at the ends of their range: ratios to limits, directions, zeros; by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, kr, plan_of
from okrcore import rulebook as rules
from okrcore.rulebook import dialects

DAY = date(2026, 8, 1)
RAW = okr.Rulebook(name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip()))


def result_of(measure: Any, value: Any, *, rulebook: Any = okr.RECOMMENDED) -> Any:
    journal = okr.Journal(okr.check_ins(DAY, {"k": value}))
    return okr.evaluate(
        plan_of(kr("k", measure)), journal, as_of=DAY, rulebook=rulebook
    ).key_result("k")


# --- health ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "value", "health", "name"),
    [
        # Open-okr's corridors: healthy from 1, and no share where the limit is below 0.
        (okr.AtLeast(-10), -5, 1.0, "healthy"),
        (okr.AtLeast(-10), -20, 0.0, "unhealthy"),
        (okr.AtLeast(-10), 5, 1.0, "healthy"),
        (okr.AtLeast(10), -5, 0.0, "unhealthy"),
        (okr.AtLeast(10), 5, 0.5, "unhealthy"),
        (okr.AtLeast(10), 20, 2.0, "healthy"),
        (okr.Above(-10), -10, 0.0, "unhealthy"),
        (okr.AtMost(-10), -20, 1.0, "healthy"),
        (okr.AtMost(-10), -5, 0.0, "unhealthy"),
        (okr.AtMost(-10), 5, 0.0, "unhealthy"),
        (okr.AtMost(10), -5, 1.0, "healthy"),
        (okr.AtMost(10), 0, 1.0, "healthy"),
        (okr.AtMost(10), 20, 0.5, "unhealthy"),
        (okr.AtMost(0), 5, 0.0, "unhealthy"),
        (okr.Below(0), -5, 1.0, "healthy"),
        (okr.AtLeast(0), 0, 1.0, "healthy"),
        (okr.AtLeast(0), -5, 0.0, "unhealthy"),
        (okr.AtMost(1e100), 1e-300, 1.0, "healthy"),
        (okr.Between(-10, -5), -7, 1.0, "healthy"),
        # The edge of a strict bound is breached, and is not healthy.
        (okr.Above(10), 10, 0.0, "unhealthy"),
        (okr.Above(10), 10 + 1e-14, 0.0, "unhealthy"),
        (okr.Above(10), 11, 1.1, "healthy"),
        (okr.Above(10), 6, 0.6, "unhealthy"),
        (okr.Below(10), 10, 0.0, "unhealthy"),
        (okr.Below(10), 8, 1.25, "healthy"),
        (okr.Below(10), 20, 0.5, "unhealthy"),
        (okr.AtLeast(10), 10, 1.0, "healthy"),
        (okr.AtMost(10), 10, 1.0, "healthy"),
        # Held at 12 decimals, and 96% of its limit; breached, and no further than 1e-14 of it.
        (okr.AtLeast(1e-11), 9.6e-12, 1.0, "healthy"),
        (okr.AtLeast(1e12), 1e12 - 0.01, 0.0, "unhealthy"),
    ],
)
def test_health_below_zero_is_held_or_not(
    bound: Any, value: float, health: float, name: str
) -> None:
    plan = okr.Plan([], metrics=[okr.Metric("m", "Margin", health=bound)])
    journal = okr.Journal(okr.check_ins(DAY, {"m": value}))
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=dialects.OPEN_OKR)
    assert card.metric("m").health == health
    assert card.grade("kpi state", "m") == name


@pytest.mark.parametrize(
    ("bound", "value", "progress"),
    [
        (okr.Above(10), 10, 0.0),
        (okr.Above(10), 12, 1.2),
        (okr.Above(10), 8, 0.8),
        (okr.Below(10), 10, 0.0),
        (okr.Below(10), 8, 1.2),
        (okr.Below(10), 12, 0.8),
        (okr.Above(-10), -10, 0.0),
        (okr.Above(0), 0, 0.0),
        (okr.AtLeast(10), 10, 1.0),
        (okr.AtMost(10), 10, 1.0),
        (okr.Between(5, 10), 10, 1.0),
        (okr.Between(5, 10), 12, 0.8),
    ],
)
def test_the_edge_of_a_strict_bound_is_no_full_progress(
    bound: Any, value: float, progress: float
) -> None:
    shape = rules.BoundRule(shape=rules.BoundShape.DISTANCE)
    book = evolve(
        RAW, attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(), bounds=shape)
    )
    assert result_of(bound, value, rulebook=book).progress == pytest.approx(progress)


# --- the ratio of a pace -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "ratio", "words"),
    [
        # A waypoint of 8 on the way from 10 to 20 asks for -0.2 by then.
        (7, 0.0, "progress -0.30, expected -0.20 by now"),
        (8, 1.0, "progress -0.20, expected -0.20 by now"),
        (10, 1.0, "progress 0.00, expected -0.20 by now"),
    ],
)
def test_a_dip_that_was_planned_is_kept_to_or_not(value: float, ratio: float, words: str) -> None:
    timing = okr.Timing(waypoints=[okr.Waypoint(date(2026, 8, 1), 8)])
    kr = okr.KeyResult("k", "K", okr.Increase(10, 20), timing=timing)
    plan = okr.Plan([okr.Objective("o", "O", cycle=Q3, key_results=[kr])])
    journal = okr.Journal(okr.check_ins(DAY, {"k": value}))
    book = evolve(okr.RECOMMENDED, attainment=RAW.attainment)
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book)
    assert card.key_result("k").pace == ratio
    assert words in card.key_result("k").status_why


def test_a_loss_on_the_first_day_is_behind_nothing() -> None:
    plan = plan_of(kr("k", okr.Increase(10, 20)), cycle=Q3)
    journal = okr.Journal(okr.check_ins(Q3.start, {"k": 8}))
    early = okr.Rulebook(
        name="early",
        attainment=RAW.attainment,
        status=[
            rules.ByBands(
                okr.rulebook.Axis.RATIO,
                okr.rulebook.Bands([(okr.AtLeast(0.5), "good"), (None, "bad")]),
            )
        ],
    )
    card = okr.evaluate(plan, journal, as_of=Q3.start, rulebook=early)
    assert card.key_result("k").status == "bad"
    assert card.key_result("k").status_why == "progress -0.20, expected 0.00 by now"


# --- directions --------------------------------------------------------------------------------


@pytest.mark.parametrize("target", [-10_000, -1, -0.01, -1e100, -1e-11])
def test_a_target_below_zero_has_no_direction(target: float) -> None:
    for make in (
        lambda: okr.Reach(target),
        lambda: okr.Compound({"a": okr.Reach(target), "b": okr.PassFail()}),
        lambda: okr.Adjustment("k", DAY, measure=okr.Reach(target), because="a fact"),
    ):
        with pytest.raises(okr.InvalidValueError, match="no-direction"):
            make()


@pytest.mark.parametrize(
    ("value", "progress"),
    [(-20_000, 0.0), (-15_000, 0.5), (-10_000, 1.0), (0, 2.0), (-30_000, -1.0)],
)
def test_the_ways_out_of_a_target_below_zero(value: float, progress: float) -> None:
    assert result_of(okr.Increase(-20_000, -10_000), value).progress == progress
    assert result_of(okr.FromTo(-20_000, -10_000), value).progress == progress
    assert result_of(okr.AtLeast(-10_000), value).progress == float(value >= -10_000)


def test_a_multiple_of_a_negative_baseline_is_refused_wherever_it_is_found() -> None:
    with pytest.raises(okr.InvalidValueError, match="no-direction"):
        okr.Multiple(2, baseline=-5)
    assert okr.Relative(percent=5, baseline=-20).ends() == (-20, -19)
    plan, found = plan_of(kr("k", okr.Multiple(2))), okr.BaselineSet("k", DAY, -5)
    for act in (
        lambda: okr.admit(plan, okr.Journal(), found),
        lambda: okr.evaluate(plan, okr.Journal([found]), as_of=DAY),
    ):
        with pytest.raises(
            okr.InconsistentPlanError, match=r"BaselineSet\('k', 2026-08-01\).value"
        ):
            act()
    assert (
        okr.BaselineSet("k", DAY, 5)
        in okr.admit(plan, okr.Journal(), okr.BaselineSet("k", DAY, 5)).entries
    )


@pytest.mark.parametrize("cell", [-10_000, "-> -10000"])
def test_an_imported_target_below_zero_is_a_problem(cell: Any) -> None:
    loaded = okr.read_rows(
        [{"Objective": "O", "Key Result": "Growth", "Target": cell, "Current": -20_000}], cycle=Q3
    )
    assert "no-direction" in [problem.code for problem in loaded.problems]
    assert "AtLeast(-10,000)" in loaded.problems[0].message
    card = okr.evaluate(loaded.plan, loaded.journal, as_of=Q3.end)
    assert card.key_result("o-growth").score is None


def test_a_written_target_below_zero_is_a_problem() -> None:
    loaded = okr.read_text("O: Grow\n  KR: Growth -> -10000\n", cycle=Q3)
    assert [problem.code for problem in loaded.problems] == ["no-direction"]


# --- zeros -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (okr.Decrease(90, 45), 90),
        (okr.Decrease(0, -10), 0),
        (okr.FromTo(-5, -10), -5),
        (okr.Points(-3, baseline=7), 7),
        (okr.Relative(percent=-10, baseline=50), 50),
        (okr.Multiple(0.5, baseline=8), 8),
    ],
)
def test_the_start_of_a_way_down_is_0_and_no_minus_0(measure: Any, value: float) -> None:
    result = result_of(measure, value, rulebook=RAW)
    assert (str(result.progress), str(result.score)) == ("0.0", "0.0")
    assert " is 0% of the way" in result.why
    live = okr.LiveScorecard(plan_of(kr("k", measure)), okr.Journal(), as_of=DAY, rulebook=RAW)
    live.record(okr.CheckIn("k", DAY, value))
    assert str(live.score("k")) == "0.0"


def test_what_is_met_to_the_last_is_short_of_nothing() -> None:
    plan = plan_of(kr("k", okr.Reach(0.3)))
    (amount,) = okr.plan.total_targets(plan, "o")
    assert str(amount.short_of(0.1 + 0.2 - 1e-13)) == "0.0"


# --- a change as it was given ------------------------------------------------------------------


def test_a_change_that_is_known_is_divided_by_as_it_was_given() -> None:
    measure, value = okr.Points(0.35, baseline=-1e9), -1e9 + 0.07
    exact = (Fraction(value) - Fraction(-1e9)) / Fraction(0.35)
    progress = result_of(measure, value).progress
    assert abs(Fraction(progress) - exact) / exact < Fraction(1, 10**12)
    assert result_of(measure, -1e9 + 0.35).progress == 1.0
    journal = okr.Journal(okr.check_ins(DAY, {"k": value}))
    card = okr.evaluate(plan_of(kr("k", measure)), journal, as_of=DAY, rulebook=RAW)
    for _, step in card.explain("k").walk():
        assert step.recompute() == step.result == progress
    both = okr.Compound({"a": measure, "b": okr.PassFail()})
    assert result_of(both, {"a": -1e9 + 0.35, "b": True}).progress == 1.0


# --- the ends of the range ---------------------------------------------------------------------


def test_small_numbers_name_a_larger_unit_as_hint() -> None:
    with pytest.raises(okr.InvalidValueError, match="choose a unit in which they are larger"):
        okr.Increase(0, 1e-13)
    with pytest.raises(okr.InvalidValueError, match="choose a unit in which they are larger"):
        okr.Reach(1e-13)
    with pytest.raises(okr.InvalidValueError, match="choose a unit in which they are larger"):
        okr.Points(1e-13)
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.Increase(5, 5)
    assert "larger" not in caught.value.hint


@pytest.mark.parametrize(
    ("measure", "value", "rule"),
    [
        (
            okr.Compound(
                {f"p{n}": okr.Reach(1e-11) for n in range(5)}, combine=okr.plan.Combination.PRODUCT
            ),
            {f"p{n}": 1e100 for n in range(5)},
            {},
        ),
        (okr.Anchors({1e-11: 1e-11, 1e100: 1e100}), -1e100, {}),
        (okr.Reach(1e-11), 1e100, {}),
        (okr.AtLeast(1e-300), 1e100, {"bounds": rules.BoundRule(shape=rules.BoundShape.DISTANCE)}),
        (
            okr.AtMost(5, tolerated_to=5 + 1e-15),
            1e100,
            {"bounds": rules.BoundRule(shape=rules.BoundShape.SOFT)},
        ),
        (okr.Budget(1e-11), 1e100, {"budget_zero_at": 1 + 1e-11}),
        (okr.Exactly(1e-11, 0), 1e100, {}),
    ],
)
def test_huge_but_legal_numbers_give_numbers_or_none(measure: Any, value: Any, rule: Any) -> None:
    book = okr.Rulebook(
        name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(), **rule)
    )
    journal = okr.Journal(okr.check_ins(DAY, {"k": value}))
    card = okr.evaluate(plan_of(kr("k", measure)), journal, as_of=DAY, rulebook=book)
    progress = card.key_result("k").progress
    assert progress is None or abs(progress) < 1e250
    assert str(card) and str(card.explain("o"))  # noqa: PT018  # both are written


def test_a_product_beyond_all_bounds_has_no_score_and_says_why() -> None:
    parts = {f"p{n}": okr.Reach(1e-11) for n in range(5)}
    measure = okr.Compound(parts, combine=okr.plan.Combination.PRODUCT)
    result = result_of(measure, dict.fromkeys(parts, 1e100), rulebook=RAW)
    assert result.score is None
    assert result.why == "the reading comes to a number beyond all others"
    assert result_of(measure, {"p0": 1.0}).why.endswith("has no score: a part is unread")


def test_anchors_of_one_score_are_refused() -> None:
    with pytest.raises(okr.InvalidValueError, match="let the scores differ"):
        okr.Anchors(((0.7, 10), (0.7, 12), (1.0, 15)))
    with pytest.raises(okr.InvalidValueError, match="let the scores differ"):
        okr.Anchors({1e-300: 10, 1.0: 12}, baseline=0)


def test_a_budget_is_above_0_at_12_decimals() -> None:
    with pytest.raises(okr.InvalidValueError, match="not-positive"):
        okr.Budget(5e-324)


# --- shares of a change ------------------------------------------------------------------------


def test_a_change_the_other_way_is_a_negative_share() -> None:
    whole = okr.KeyResult("year", "Year", okr.Increase(10, 20), metric="m")
    part = okr.KeyResult("q", "Quarter", okr.FromTo(10, 8), metric="m")
    flat = okr.KeyResult("f", "Flat", okr.FromTo(5, 5 + 1e-14), metric="m")
    plan = okr.Plan(
        [
            okr.Objective("top", "Top", key_results=[whole, flat]),
            okr.Objective("below", "Below", key_results=[part], supports=["top"]),
        ],
        metrics=[okr.Metric("m", "M")],
    )
    assert [each.share for each in okr.plan.split_target(plan, "year")] == [-0.2]
    assert [each.share for each in okr.plan.split_target(plan, "f")] == [None]

"""Rare figures: moments of one instant, tiny changes, products, baselines of counts, sizes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec, rulebook

DAY = date(2026, 8, 1)


def timeless_plan(*key_results: okr.KeyResult, **more: Any) -> okr.Plan:
    return okr.Plan([okr.Objective("o", "O", key_results=key_results)], **more)


def result_of(
    measure: Any, value: Any, *before: Any, rulebook: Any = okr.RECOMMENDED
) -> okr.scorecard.KeyResultResult:
    """Return the result of one key result that has read a value."""
    plan = timeless_plan(okr.KeyResult("k", "K", measure))
    journal = okr.Journal([*before, okr.CheckIn("k", DAY, value)])
    return okr.evaluate(plan, journal, as_of=DAY, rulebook=rulebook).key_result("k")


# --- moments of one instant --------------------------------------------------------------------


def test_an_offset_is_a_part_of_a_moment() -> None:
    noon = datetime(2026, 8, 1, 12, tzinfo=UTC)
    afternoon = datetime(2026, 8, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert noon == afternoon
    a, b, c = (
        okr.Journal([okr.CheckIn("k", DAY, 5, recorded=moment)])
        for moment in (noon, afternoon, noon.replace(tzinfo=timezone(timedelta(0))))
    )
    assert a != b
    assert codec.to_json(a) != codec.to_json(b)
    assert a == c
    assert hash(a) == hash(c)
    assert codec.to_json(a) == codec.to_json(c)


# --- changes that are tiny beside where they begin ---------------------------------------------


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        (okr.Multiple(1.0000000001, baseline=1e9), (Fraction(1.0000000001) - 1) * 10**9),
        (okr.Relative(percent=1e-9, baseline=1e9), Fraction(1e-9) / 100 * 10**9),
        (okr.Points(0.01, baseline=1e9), Fraction(0.01)),
    ],
)
def test_a_tiny_change_is_divided_by_as_it_was_given(
    measure: okr.Multiple | okr.Relative | okr.Points, change: Fraction
) -> None:
    value = 1e9 + 2.0**-10
    progress = result_of(measure, value).progress
    assert progress is not None
    exact = Fraction(2) ** -10 / change
    assert abs(Fraction(progress) - exact) <= exact / 10**15
    assert result_of(measure, measure.target_from(1e9)).progress == 1.0


# --- where a count begins ----------------------------------------------------------------------


def test_a_count_starts_at_0_whatever_is_found() -> None:
    plan, found = (
        timeless_plan(okr.KeyResult("k", "K", okr.Reach(10))),
        okr.BaselineSet("k", DAY, 6),
    )
    assert result_of(okr.Reach(10), 8).score == 0.8
    for refuse in (
        lambda: okr.admit(plan, okr.Journal(), found),
        lambda: okr.evaluate(plan, okr.Journal([found]), as_of=DAY),
    ):
        with pytest.raises(okr.InconsistentPlanError, match=r"Adjustment to Increase\(None, 10\)"):
            refuse()
    card = okr.evaluate(
        plan, okr.Journal([found, okr.CheckIn("k", DAY, 8)]), as_of=DAY, strict=False
    )
    assert (card["k"].score, card["k"].why) == (0.8, "8 is 80% of the way from 0 to 10")
    assert [problem.code for problem in card.problems] == ["baseline-stated"]


def test_a_count_becomes_a_line_with_a_baseline_by_an_adjustment() -> None:
    plan, journal = timeless_plan(okr.KeyResult("k", "K", okr.Reach(10))), okr.Journal()
    opened = okr.Adjustment("k", DAY, measure=okr.Increase(None, 10), because="6 were there")
    for entry in (opened, okr.BaselineSet("k", DAY, 6), okr.CheckIn("k", DAY, 8)):
        journal = okr.admit(plan, journal, entry)
    result = okr.evaluate(plan, journal, as_of=DAY).key_result("k")
    assert (result.score, result.original_score) == (0.5, 0.8)


def test_a_count_has_no_way_from_its_target() -> None:
    assert [okr.Reach(10).allows(baseline) for baseline in (0, 6.0, 10.0)] == [True, True, False]


# --- numbers that are 0 at 12 decimals ---------------------------------------------------------


def test_what_is_0_at_12_decimals_is_said_to_be_so() -> None:
    assert result_of(okr.AtMost(1e-13), 4e-13).why == "0 is at most 0 at 12 decimals"
    assert result_of(okr.Between(-1e-13, 5), 1e-14).why == "0 is between 0 and 5 at 12 decimals"
    # 5e-11 is on its own side of the edge.
    assert result_of(okr.AtMost(1e-13), 5e-11).why == "5e-11 is not at most 0 at 12 decimals"
    assert result_of(okr.AtMost(0), 0).why == "0 is at most 0"
    assert result_of(okr.AtMost(0.3), 0.1 + 0.2).why == "0.3 is at most 0.3"


@pytest.mark.parametrize(
    ("denominator", "why"),
    [(1e-100, "b is 0 at 12 decimals"), (0, "b is 0"), (-4e-13, "b is 0 at 12 decimals")],
)
def test_a_ratio_by_nothing_says_how_small_it_is(denominator: float, why: str) -> None:
    of = okr.Derived(okr.Aggregation.RATIO, ["a", "b"])
    parts = [okr.KeyResult(id, id, okr.Reach(10)) for id in "ab"]
    plan = timeless_plan(*parts, okr.KeyResult("r", "R", okr.Reach(10), derived=of))
    journal = okr.Journal(okr.check_ins(DAY, {"a": 5, "b": denominator}))
    assert okr.evaluate(plan, journal, as_of=DAY)["r"].why == why


# --- two values of a day -----------------------------------------------------------------------


def test_a_second_value_that_could_not_be_revised_is_refused() -> None:
    metric = okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)
    plan = timeless_plan(okr.KeyResult("k", "K", okr.Reach(1000), metric="m"), metrics=[metric])
    unnamed = okr.admit(plan, okr.Journal(), okr.CheckIn("m", DAY, 50))
    with pytest.raises(okr.InconsistentPlanError, match="reading-adds"):
        okr.admit(plan, unnamed, okr.CheckIn("m", DAY, 122))
    both = okr.admit(plan, unnamed, okr.CheckIn("m", DAY, 122, id="afternoon"))
    assert okr.evaluate(plan, both, as_of=DAY).key_result("k").reading == 172
    again = okr.admit(plan, both, okr.Correction("afternoon", because="a mistake"))
    assert okr.evaluate(plan, again, as_of=DAY).key_result("k").reading == 50
    named = okr.Journal([okr.CheckIn("m", DAY, 50, id="first")])
    for journal in (named, okr.Journal([okr.CheckIn("m", DAY, note="soon")])):
        assert len(okr.admit(plan, journal, okr.CheckIn("m", DAY, 122))) == 2


# --- numbers beyond all others -----------------------------------------------------------------

UNCLIPPED = okr.Rulebook(
    name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
)
DISTANCE = okr.Rulebook(
    name="raw",
    attainment=okr.rulebook.AttainmentRule(
        clip=okr.rulebook.Clip(), bounds=rulebook.BoundRule(shape=rulebook.BoundShape.DISTANCE)
    ),
)


@pytest.mark.parametrize(
    ("measure", "value", "book"),
    [
        (okr.Reach(1e-11), 1e100, UNCLIPPED),
        (okr.Decrease(1, 0.5), 1e100, UNCLIPPED),
        (okr.Points(1e-11, baseline=0), -1e100, UNCLIPPED),
        (okr.Multiple(2, baseline=1e-10), 1e100, UNCLIPPED),
        (okr.Exactly(1, 1 + 1e-6), 1e100, UNCLIPPED),
        (okr.Budget(1e-11), 1e100, UNCLIPPED),
        (okr.AtLeast(1e-11), 1e100, DISTANCE),
        (okr.Anchors({0.5: 1e-9, 1.0: 2e-9}), 1e100, UNCLIPPED),
        (okr.Compound({"a": okr.Reach(1e-11), "b": okr.Reach(1)}), {"a": 1e100, "b": 1}, UNCLIPPED),
    ],
    ids=repr,
)
def test_progress_beyond_all_numbers_is_missing(measure: Any, value: Any, book: Any) -> None:
    result = result_of(measure, value, rulebook=book)
    assert (result.progress, result.no_score_reason) == (
        None,
        okr.scorecard.NoScoreReason.TOO_LARGE,
    )
    assert result.why == "the reading comes to a number beyond all others"
    plan = timeless_plan(okr.KeyResult("k", "K", measure))
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=DAY, rulebook=book)
    live.record(okr.CheckIn("k", DAY, value))
    assert live.score("k") is None
    assert live.card == okr.evaluate(plan, live.journal, as_of=DAY, rulebook=book)
    assert live.card.explain("k").recompute() is None


def test_parts_beyond_all_numbers_and_one_of_nothing_are_worth_nothing() -> None:
    parts = {f"p{n}": okr.Reach(1e-11) for n in range(5)}
    measure = okr.Compound(parts, combine=okr.plan.Combination.PRODUCT)
    value = dict.fromkeys(parts, 1e100) | {"p3": 0}
    assert result_of(measure, value, rulebook=UNCLIPPED).progress == 0


def test_health_is_at_most_the_largest_number() -> None:
    metric = okr.Metric("m", "M", health=okr.AtLeast(1e-11))
    journal = okr.Journal([okr.CheckIn("m", DAY, 1e100)])
    assert (
        okr.evaluate(okr.Plan([], metrics=[metric]), journal, as_of=DAY).metric("m").health == 1e100
    )


def rescaled(on: int, factor: float, **more: Any) -> okr.Adjustment:
    return okr.Adjustment("k", date(2026, 8, on), rescale=factor, because="scope", **more)


def test_scopes_together_are_refused_at_the_door() -> None:
    plan, journal = timeless_plan(okr.KeyResult("k", "K", okr.Reach(10))), okr.Journal()
    for entry in (rescaled(1, 1000, id="first"), rescaled(2, 0.001, id="back"), rescaled(3, 1000)):
        journal = okr.admit(plan, journal, entry)
    with pytest.raises(
        okr.InconsistentPlanError, match="it is the product with the adjustments of 2026-08-01"
    ) as caught:
        okr.admit(plan, journal, rescaled(4, 2))
    assert (caught.value.code, caught.value.value) == ("out-of-range", 2000.0)
    assert caught.value.path == "Adjustment('k', 2026-08-04).rescale"
    # Neither does one dated back, nor a correction, leave others beyond.
    with pytest.raises(okr.InconsistentPlanError, match="would no longer fit"):
        okr.admit(plan, journal, okr.Correction("back", because="a mistake"))
    assert len(okr.admit(plan, journal, okr.Correction("first", because="a mistake"))) == 4
    # Of another key result, or after the end of its cycle, it multiplies nothing.
    assert okr.admit(plan, journal, okr.CheckIn("k", DAY, 5))


def test_scopes_that_were_too_hard_are_counted_apart() -> None:
    hard = okr.AdjustmentTrigger.DIFFICULTY
    plan, journal = timeless_plan(okr.KeyResult("k", "K", okr.Reach(10))), okr.Journal()
    for entry in (rescaled(1, 0.001, trigger=hard), rescaled(2, 1000)):
        journal = okr.admit(plan, journal, entry)
    with pytest.raises(okr.InconsistentPlanError, match="adjustments of 2026-08-02"):
        okr.admit(plan, journal, rescaled(3, 1000))  # 1,000,000 without the first, at the close


def test_a_scope_after_the_end_multiplies_nothing() -> None:
    quarter = okr.Cycle(date(2026, 7, 1), date(2026, 8, 2))
    kr = okr.KeyResult("k", "K", okr.Reach(10))
    plan = okr.Plan([okr.Objective("o", "O", key_results=[kr], cycle=quarter)])
    journal = okr.Journal([rescaled(1, 1000)])
    assert len(okr.admit(plan, journal, rescaled(3, 1000))) == 2

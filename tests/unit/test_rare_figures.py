"""Rare figures: moments of one instant, tiny changes, products, baselines of counts, sizes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

import okrcore as okr
from okrcore import codec

DAY = date(2026, 8, 1)


def plan_of(*key_results: okr.KeyResult, **more: Any) -> okr.Plan:
    return okr.Plan([okr.Objective("o", "O", key_results=key_results)], **more)


def read(
    measure: Any, value: Any, *before: Any, rulebook: okr.Rulebook = okr.RECOMMENDED
) -> okr.KeyResultResult:
    """Return the result of one key result that has read a value."""
    plan = plan_of(okr.KeyResult("k", "K", measure))
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
    progress = read(measure, value).progress
    assert progress is not None
    exact = Fraction(2) ** -10 / change
    assert abs(Fraction(progress) - exact) <= exact / 10**15
    assert read(measure, measure.target_from(1e9)).progress == 1.0


# --- where a count begins ----------------------------------------------------------------------


def test_a_count_starts_at_0_whatever_is_found() -> None:
    plan, found = plan_of(okr.KeyResult("k", "K", okr.Reach(10))), okr.BaselineSet("k", DAY, 6)
    assert read(okr.Reach(10), 8).score == 0.8
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
    plan, journal = plan_of(okr.KeyResult("k", "K", okr.Reach(10))), okr.Journal()
    opened = okr.Adjustment("k", DAY, measure=okr.Increase(None, 10), because="6 were there")
    for entry in (opened, okr.BaselineSet("k", DAY, 6), okr.CheckIn("k", DAY, 8)):
        journal = okr.admit(plan, journal, entry)
    result = okr.evaluate(plan, journal, as_of=DAY).key_result("k")
    assert (result.score, result.original_score) == (0.5, 0.8)


def test_a_count_has_no_way_from_its_target() -> None:
    assert [okr.Reach(10).allows(baseline) for baseline in (0, 6, 10)] == [True, True, False]


# --- numbers that are 0 at 12 decimals ---------------------------------------------------------


def test_what_is_0_at_12_decimals_is_said_to_be_so() -> None:
    assert read(okr.AtMost(1e-13), 4e-13).why == "0 is at most 0 at 12 decimals"
    assert read(okr.Between(-1e-13, 5), 1e-14).why == "0 is between 0 and 5 at 12 decimals"
    # 5e-11 is on its own side of the edge.
    assert read(okr.AtMost(1e-13), 5e-11).why == "5e-11 is not at most 0 at 12 decimals"
    assert read(okr.AtMost(0), 0).why == "0 is at most 0"
    assert read(okr.AtMost(0.3), 0.1 + 0.2).why == "0.3 is at most 0.3"


@pytest.mark.parametrize(
    ("denominator", "why"),
    [(1e-100, "b is 0 at 12 decimals"), (0, "b is 0"), (-4e-13, "b is 0 at 12 decimals")],
)
def test_a_ratio_by_nothing_says_how_small_it_is(denominator: float, why: str) -> None:
    of = okr.Derived(okr.Derivation.RATIO, ["a", "b"])
    parts = [okr.KeyResult(id, id, okr.Reach(10)) for id in "ab"]
    plan = plan_of(*parts, okr.KeyResult("r", "R", okr.Reach(10), derived=of))
    journal = okr.Journal(okr.check_ins(DAY, {"a": 5, "b": denominator}))
    assert okr.evaluate(plan, journal, as_of=DAY)["r"].why == why

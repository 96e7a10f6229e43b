"""Dated acts: the later governs, of one day the one written later; closings; numbers by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, bare, day, kr, read_on
from okrcore.rulebook import OverrideDuration

DECLARED = okr.Rulebook(name="declared", status=(okr.rulebook.Declared(),))


def at(month: int, number: int, hour: int = 9) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def one(measure: Any, **more: Any) -> okr.Plan:
    return okr.Plan([bare("o", kr("k", measure), **more)])


def card_after(plan: okr.Plan, *entries: Any, on: date, **more: Any) -> okr.Scorecard:
    return okr.evaluate(plan, okr.Journal().add(*entries), as_of=on, **more)


# --- baselines and adjusted measures -----------------------------------------------------------

FOUND = okr.BaselineSet("k", day(7, 1), 10)


@pytest.mark.parametrize(
    ("measure", "value", "progress"),
    [(okr.Increase(12, 20), 16, 0.5), (okr.Increase(3, 8), 9, 1.2), (okr.FromTo(30, 20), 25, 0.5)],
)
def test_an_adjusted_measure_has_its_own_baseline(measure: Any, value: int, progress: Any) -> None:
    change = okr.Adjustment("k", day(7, 15), measure=measure, because="counted anew")
    plan = one(okr.Increase(None, 20))
    found = card_after(plan, FOUND, change, read_on(day(7, 20), k=value), on=day(7, 31)).key_result(
        "k"
    )
    assert found.progress == pytest.approx(progress)
    effective = okr.Journal([FOUND, change]).effective(plan, on=day(7, 31))
    assert (found.baseline, found.target) == effective.key_result("k").measure.ends()  # type: ignore[union-attr]


def test_both_grades_have_the_baseline_of_their_measure() -> None:
    change = okr.Adjustment("k", day(8, 1), measure=okr.Increase(50, 100), because="counted anew")
    found = card_after(
        one(okr.Increase(None, 100)), FOUND, change, okr.CheckIn("k", day(8, 10), 60), on=day(8, 14)
    )["k"]
    assert found.score == 0.2
    assert found.original_score == pytest.approx(50 / 90)
    assert found.adjusted_score == 0.2


def test_an_adjusted_measure_waits_for_a_baseline_of_its_own() -> None:
    change = okr.Adjustment("k", day(8, 1), measure=okr.Increase(None, 50), because="counted anew")
    plan, entry = one(okr.Increase(None, 100)), okr.CheckIn("k", day(8, 10), 30)
    waiting = card_after(plan, FOUND, change, entry, on=day(8, 14))["k"]
    assert (waiting.score, waiting.why) == (None, "no baseline yet")
    again = okr.BaselineSet("k", day(8, 5), 20)
    assert card_after(plan, FOUND, change, again, entry, on=day(8, 14))["k"].score == pytest.approx(
        1 / 3
    )
    # Of one day, the act written later governs.
    same_day = okr.BaselineSet("k", day(8, 1), 20)
    assert card_after(plan, change, same_day, entry, on=day(8, 14))["k"].score == pytest.approx(
        1 / 3
    )
    assert card_after(plan, same_day, change, entry, on=day(8, 14))["k"].score is None


def test_a_measure_that_was_too_hard_gives_its_place_back_with_its_baseline() -> None:
    eased = okr.Adjustment(
        "k",
        day(8, 1),
        measure=okr.Increase(None, 50),
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard",
    )
    again, entry = okr.BaselineSet("k", day(8, 5), 20), okr.CheckIn("k", day(8, 10), 35)
    plan = one(okr.Increase(None, 60), cycle=Q3)
    acts = (FOUND, eased, again, entry)
    assert card_after(plan, *acts, on=day(8, 14))["k"].score == 0.5  # from 20 to 50
    assert card_after(plan, *acts, on=Q3.end)["k"].score == 0.5  # from 10 to 60
    assert card_after(plan, *acts, on=Q3.end).key_result("k").baseline == 10


def test_a_baseline_that_the_plan_states_is_not_set_again() -> None:
    entry = okr.BaselineSet("k", day(8, 1), 20)
    with pytest.raises(okr.InconsistentPlanError, match="write an Adjustment") as caught:
        okr.admit(one(okr.Increase(10, 100)), okr.Journal(), entry)
    assert caught.value.code == "baseline-stated"
    left_out = card_after(one(okr.Increase(10, 100)), entry, on=day(8, 3), strict=False)
    assert [problem.code for problem in left_out.problems] == ["baseline-stated"]
    # It has to fit the measure in force on its day.
    change = okr.Adjustment("k", day(8, 1), measure=okr.Increase(None, 100), because="a new count")
    journal = okr.Journal([change])
    assert len(okr.admit(one(okr.Increase(10, 100)), journal, okr.BaselineSet("k", day(8, 2), 20)))
    with pytest.raises(okr.InconsistentPlanError, match="baseline-stated"):
        okr.admit(one(okr.Increase(10, 100)), journal, okr.BaselineSet("k", day(7, 31), 20))


# --- closings and moments ----------------------------------------------------------------------


@pytest.mark.parametrize("is_closed_first", [True, False])
@pytest.mark.parametrize(
    ("closed_at", "read_at", "score"),
    [
        (None, at(9, 30, 9), 0.4),
        (at(9, 30, 17), None, 0.9),
        (at(9, 30, 17), at(9, 30, 9), 0.9),
        (at(9, 30, 17), at(9, 30, 18), 0.4),
    ],
)
def test_of_one_day_what_has_no_moment_comes_first(
    closed_at: Any, read_at: Any, score: float, *, is_closed_first: bool
) -> None:
    """Whatever their places in the journal: one order holds for all entries."""
    closing = okr.Closing("o", Q3.end, okr.ClosingDecision.ABANDON, recorded=closed_at)
    last = okr.CheckIn("k", Q3.end, 9, recorded=read_at)
    both = (closing, last) if is_closed_first else (last, closing)
    plan, early = one(okr.Reach(10), cycle=Q3), okr.CheckIn("k", day(9, 1), 4)
    card = card_after(plan, early, *both, on=day(10, 5))
    assert card["o"].score == score
    assert [each.reading for each in card["k"].uncounted] == ([] if score == 0.9 else [9])
    if is_closed_first and score < 0.9:
        with pytest.raises(okr.TransitionError, match="after-closing"):
            okr.admit(plan, okr.Journal([early, closing]), last)
    else:
        assert len(okr.admit(plan, okr.Journal([early, both[0]]), both[1])) == 3


# --- declared and judged -----------------------------------------------------------------------


def test_of_two_statuses_of_a_day_the_one_written_later_holds() -> None:
    judged = okr.Judgement("k", day(8, 1), status="at risk", because="the supplier fails")
    declared = okr.CheckIn("k", day(8, 1), status="on track")
    plan = one(okr.Reach(10))

    def status(*entries: Any) -> tuple[str, str]:
        found = card_after(plan, *entries, on=day(8, 2), rulebook=DECLARED)["k"]
        return found.status, found.status_why

    assert status(judged, declared) == ("on track", "declared on 2026-08-01")
    because = "judged on 2026-08-01: the supplier fails"
    assert status(declared, judged) == ("at risk", because)
    timed = evolve(declared, recorded=at(8, 1, 18)), evolve(judged, recorded=at(8, 1, 9))
    assert status(*timed) == ("on track", "declared on 2026-08-01")
    # The same word is that of the entry which gave it.
    assert status(judged, evolve(declared, status="at risk"))[1] == "declared on 2026-08-01"


@pytest.mark.parametrize(("read_first", "score"), [(True, 0.9), (False, 0.4)])
def test_a_judgement_until_read_ends_with_a_reading_written_after_it(
    read_first: bool, score: float
) -> None:
    until_read = evolve(
        okr.RECOMMENDED,
        roll_up=evolve(okr.RECOMMENDED.roll_up, with_judged=OverrideDuration.UNTIL_READ),
    )
    judged = okr.Judgement("k", day(8, 1), score=0.9, because="nearly there")
    entry = okr.CheckIn("k", day(8, 1), 4)
    both = (entry, judged) if read_first else (judged, entry)
    assert (
        card_after(one(okr.Reach(10)), *both, on=day(8, 2), rulebook=until_read)["o"].score == score
    )
    # The same for a key result that is derived, or reads a metric.
    derived = okr.Plan(
        [
            bare("p", kr("k", okr.Reach(10))),
            bare("o", kr("d", okr.Reach(10), derived=okr.Derived(okr.Aggregation.SUM, ["k"]))),
        ]
    )
    of_d = evolve(judged, of="d")
    both = (entry, of_d) if read_first else (of_d, entry)
    assert card_after(derived, *both, on=day(8, 2), rulebook=until_read)["o"].score == score
    shared = okr.Plan(
        [bare("o", kr("k", okr.Reach(10), metric="m"))],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.MEAN)],
    )
    of_m = evolve(entry, of="m")
    both = (of_m, judged) if read_first else (judged, of_m)
    assert card_after(shared, *both, on=day(8, 2), rulebook=until_read)["o"].score == score


def test_of_a_judgement_and_a_closing_of_a_day_the_one_written_later_holds() -> None:
    judged = okr.Judgement("o", day(8, 1), score=0.5, because="first thought")
    closing = okr.Closing(
        "o", day(8, 1), okr.ClosingDecision.CARRY, judged=0.6, because="second thought"
    )
    plan, entry = one(okr.Reach(10)), okr.CheckIn("k", day(7, 1), 4)
    for acts, score in (((judged, closing), 0.6), ((closing, judged), 0.6)):
        found = card_after(plan, entry, *acts, on=day(8, 2))["o"].judged
        assert found is not None
        assert found.score == score  # nothing that is written after a closing judges it


# --- doors -------------------------------------------------------------------------------------


def test_only_a_closing_closes() -> None:
    with pytest.raises(okr.TransitionError, match="write a Closing") as caught:
        okr.Transition("o", day(8, 10), okr.Lifecycle.CLOSED)
    assert (caught.value.code, caught.value.path) == (
        "no-such-move",
        "Transition('o', 2026-08-10).to",
    )


def test_what_was_closed_and_put_away_is_not_closed_again() -> None:
    closing = okr.Closing("o", day(8, 1), okr.ClosingDecision.ACHIEVED)
    away = okr.Transition("o", day(8, 5), okr.Lifecycle.ARCHIVED)
    plan = one(okr.Reach(10))
    journal = okr.Journal([closing, away])
    with pytest.raises(okr.TransitionError, match="closed on 2026-08-01; record a Transition"):
        okr.admit(plan, journal, okr.Closing("o", day(8, 9), okr.ClosingDecision.CARRY))
    # What was put away without a closing may still get one.
    late = okr.Journal([away, okr.Closing("o", day(8, 9), okr.ClosingDecision.CARRY)])
    assert late.lifecycle("o", on=day(8, 10)).state is okr.Lifecycle.CLOSED


def test_a_correction_is_final() -> None:
    entries: list[Any] = [okr.CheckIn("k", day(7, 5), 2, id="x"), okr.Correction("x", id="c1")]
    assert card_after(one(okr.Reach(10)), *entries, on=day(8, 1))["k"].score is None
    with pytest.raises(okr.InconsistentPlanError, match="write the voided entry again"):
        okr.Journal([*entries, okr.Correction("c1", id="c2")])


# --- what is closed stays ----------------------------------------------------------------------

CASCADE = okr.Plan(
    [
        bare("co"),
        bare("dept", supports=["co"]),
        bare("team", kr("k", okr.Reach(10)), supports=["dept"]),
        bare("other", kr("k2", okr.Reach(10)), supports=["co"]),
    ]
)
JUNE = (
    *read_on(day(6, 1), k=8, k2=2),
    okr.Closing("dept", day(6, 30), okr.ClosingDecision.ACHIEVED),
)


@pytest.mark.parametrize(
    "later",
    [
        okr.Transition("team", day(7, 5), okr.Lifecycle.PAUSED),
        okr.Transition("team", day(7, 5), okr.Lifecycle.DRAFT),
        okr.Transition("team", day(7, 5), okr.Lifecycle.ARCHIVED),
        okr.Transition("dept", day(7, 5), okr.Lifecycle.ARCHIVED),
        okr.Transition("k", day(7, 5), okr.Lifecycle.PAUSED),
        okr.Adjustment("team", day(7, 5), kind=okr.AdjustmentKind.PAUSE, because="port closed"),
        okr.Adjustment("k", day(7, 5), measure=okr.Reach(20), because="more"),
        okr.Adjustment("k", day(7, 5), weight=0, because="less"),
        okr.Closing("team", day(7, 5), okr.ClosingDecision.DEFER),
        okr.Judgement("dept", day(7, 5), score=0.1, because="not so well"),
        okr.CheckIn("k", day(7, 5), 1),
        # Written on the day of the closing, after it.
        okr.CheckIn("k", day(6, 30), 1),
        okr.Transition("team", day(6, 30), okr.Lifecycle.PAUSED),
    ],
)
def test_a_closed_objective_counts_as_on_its_closing_day(later: Any) -> None:
    before, after = (card_after(CASCADE, *JUNE, *more, on=day(7, 10)) for more in ((), (later,)))
    for id in ("dept", "co"):
        assert after.objective(id).score == before.objective(id).score
        assert after.objective(id).score_range == before.objective(id).score_range
        assert after.objective(id).coverage == before.objective(id).coverage
        assert after.objective(id).status == before.objective(id).status
        assert after.objective(id).confidence == before.objective(id).confidence
    assert (after["dept"].score, after["co"].score) == (0.8, 0.5)


def test_an_entry_written_after_a_closing_does_not_move_it() -> None:
    plan, reached = one(okr.Reach(10)), okr.CheckIn("k", day(9, 1), 5, recorded=at(9, 1))
    closing = okr.Closing("o", day(9, 30), okr.ClosingDecision.CARRY, recorded=at(9, 30))
    late = okr.CheckIn("k", day(9, 20), 9, recorded=at(10, 4))
    assert card_after(plan, reached, closing, late, on=day(10, 10))["o"].score == 0.5
    assert card_after(plan, reached, closing, late, on=day(9, 30))["o"].score == 0.5
    # Without a moment the days decide: what is true of a day before it counts.
    undated = okr.CheckIn("k", day(9, 20), 9)
    assert card_after(plan, reached, closing, undated, on=day(10, 10))["o"].score == 0.9
    # A reopening lets it in.
    again = okr.Transition("o", day(10, 5), okr.Lifecycle.ACTIVE)
    assert card_after(plan, reached, closing, late, again, on=day(10, 10))["o"].score == 0.9


def test_a_parent_closed_after_its_child_has_the_child_as_it_was_closed() -> None:
    plan = okr.Plan([bare("top"), bare("o", kr("k", okr.Reach(10)), supports=["top"])])
    on = day(9, 30)
    acts: list[Any] = [
        okr.CheckIn("k", on, 5),
        okr.Closing("o", on, okr.ClosingDecision.CARRY),
        okr.CheckIn("k", on, 9),
        okr.Closing("top", on, okr.ClosingDecision.CARRY),
    ]
    for as_of in (on, day(10, 1)):
        found = card_after(plan, *acts, on=as_of)
        assert (found["o"].score, found["top"].score) == (0.5, 0.5)
    # Closed before its child, it has what was read by then.
    acts = [acts[0], evolve(acts[1], of="top"), acts[2], evolve(acts[3], of="o")]
    found = card_after(plan, *acts, on=day(10, 1))
    assert (found["o"].score, found["top"].score) == (0.9, 0.5)


@pytest.mark.parametrize("on", [day(9, 29), day(9, 30)])
@pytest.mark.parametrize("cycle", [Q3, None])
@pytest.mark.parametrize("as_of", ["on the day", "later"])
def test_too_hard_governs_from_the_closing_on(on: date, cycle: Any, as_of: str) -> None:
    eased = okr.Adjustment(
        "k",
        day(8, 1),
        measure=okr.Reach(50),
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard",
    )
    plan = one(okr.Reach(100), cycle=cycle, ambition=okr.Ambition.COMMITTED)
    acts = [eased, *read_on(day(9, 1), k=50), okr.Closing("o", on, okr.ClosingDecision.ACHIEVED)]
    found = card_after(plan, *acts, on=on if as_of == "on the day" else day(10, 31)).objective("o")
    assert (found.score, found.verdict) == (0.5, "missed")
    assert (found.original_score, found.adjusted_score) == (0.5, 1.0)
    assert card_after(plan, *acts[:-1], on=day(9, 28)).objective("o").score == 1.0


@pytest.mark.parametrize(
    "change",
    [
        {"measure": okr.Reach(5)},
        {"weight": 0},
        {"due": day(8, 1)},
        {"rescale": 0.5},
        {"kind": okr.AdjustmentKind.PAUSE},
    ],
)
def test_an_adjustment_after_the_end_does_not_move_the_cycle(change: Any) -> None:
    plan = okr.Plan([bare("o", kr("k", okr.Reach(10)), kr("l", okr.Reach(10)), cycle=Q3)])
    late = okr.Adjustment("k", day(10, 5), because="five would have done", **change)
    found = card_after(plan, *read_on(day(9, 1), k=4, l=8), late, on=day(10, 6))
    assert found["o"].score == pytest.approx(0.6)
    assert okr.Journal([late]).effective(plan, on=day(10, 6)) == plan
    # On the last day it counts.
    in_time = evolve(late, on=Q3.end)
    assert card_after(plan, *read_on(day(9, 1), k=4, l=8), in_time, on=day(10, 6))["o"].score != 0.6


def test_an_owner_may_change_after_the_end() -> None:
    plan = one(okr.Reach(10), cycle=Q3)
    late = okr.Adjustment("k", day(10, 5), owner="Ana Ruiz", because="Bo left")
    assert card_after(plan, late, on=day(10, 6))["k"].owner == okr.Person("Ana Ruiz")


# --- what would be if --------------------------------------------------------------------------


def test_a_supposition_reaches_what_is_derived() -> None:
    total = okr.Derived(okr.Aggregation.SUM, ["n", "s"])
    plan = okr.Plan(
        [
            bare(
                "o",
                kr("n", okr.Reach(10)),
                kr("s", okr.Reach(10)),
                kr("t", okr.Reach(20), derived=total),
            )
        ]
    )
    found = card_after(plan, *read_on(day(7, 20), n=5, s=5), on=day(7, 31))
    assert found.what_if({"n": 1.0})["o"].score == pytest.approx(0.75)
    assert found.sensitivity("o")[:2] == (("n", 0.25), ("s", 0.25))
    supposed = found.what_if({"n": 1.0})
    assert supposed["t"].score == pytest.approx(0.75)
    assert supposed.key_result("n").last_check_in == found.key_result("n").last_check_in


@pytest.mark.parametrize(
    ("reads", "before", "state"),
    [
        (okr.Aggregation.LATEST, (5,), "breached"),
        (okr.Aggregation.SUM, (2, 3), "breached"),
        (okr.Aggregation.MEAN, (4, 6), "breached"),
        (okr.Aggregation.MAXIMUM, (5,), "breached"),
    ],
)
def test_a_supposition_reaches_what_shares_the_metric(reads: Any, before: Any, state: str) -> None:
    plan = okr.Plan(
        [
            bare(
                "o",
                kr("a", okr.Reach(10), metric="m"),
                kr("b", okr.Reach(20), metric="m"),
                guardrails=[okr.Guardrail("g", "G", okr.AtMost(6), metric="m")],
            )
        ],
        metrics=[okr.Metric("m", "M", aggregation=reads)],
    )
    entries = [okr.CheckIn("m", day(7, 20 + n), value) for n, value in enumerate(before)]
    supposed = card_after(plan, *entries, on=day(7, 31)).what_if({"a": 1.0})
    assert supposed.guardrail("g").state == state
    assert (supposed["a"].score, supposed["b"].score) == (1.0, 0.5)
    assert supposed["o"].score == 0.75


def test_a_share_is_supposed_as_one() -> None:
    plan = okr.Plan(
        [bare("o", kr("a", okr.Reach(0.5), metric="m"), kr("b", okr.Reach(1), metric="m"))],
        metrics=[okr.Metric("m", "M")],
    )
    found = card_after(plan, okr.CheckIn("m", day(7, 20), okr.Ratio(1, 10)), on=day(7, 31))
    assert found.what_if({"a": 1.0})["b"].score == 0.5
    mean = evolve(plan, metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.MEAN)])
    with pytest.raises(okr.InvalidValueError, match="other items depend on its readings"):
        card_after(mean, okr.CheckIn("m", day(7, 20), okr.Ratio(1, 10)), on=day(7, 31)).what_if(
            {"a": 1}
        )


@pytest.mark.parametrize(
    ("measure", "score", "value"),
    [
        (okr.Increase(10, 20), 0.3, 13),
        (okr.Decrease(20, 10), 1.0, 10),
        (okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0), 0.7, 10),
        (okr.Exactly(5, 0), 0.6, 3),
        (okr.Budget(15), 0.5, 22.5),
        (okr.AtLeast(7), 1.0, 7),
        (okr.AtMost(7), 1.0, 7),
        (okr.Between(5, 9), 1.0, 5),
        (okr.Above(7), 1.0, 7),
        (okr.Below(7), 1.0, 7),
        (okr.Steps([(okr.AtLeast(9), 1), (okr.AtLeast(7), 0.5), (None, 0)]), 0.5, 7),
    ],
)
def test_a_measure_is_turned_round(measure: Any, score: float, value: Any) -> None:
    plan = okr.Plan(
        [bare("o", kr("a", measure, metric="m"), kr("b", okr.Reach(100), metric="m"))],
        metrics=[okr.Metric("m", "M")],
    )
    found = card_after(plan, on=day(7, 31)).what_if({"a": score})
    assert found["a"].score == score
    assert found["b"].score == pytest.approx(value / 100)


@pytest.mark.parametrize(
    ("measure", "score"),
    [
        (okr.AtLeast(7), 0.5),
        (okr.Steps([(okr.AtLeast(9), 1), (None, 0)]), 0.5),
        (okr.Steps([(okr.AtLeast(9), 1), (None, 0)]), 0.0),
        (okr.Relative(percent=5), 0.5),
    ],
)
def test_a_score_that_no_reading_gives_is_refused(measure: Any, score: float) -> None:
    plan = okr.Plan(
        [bare("o", kr("a", measure, metric="m"), kr("b", okr.Reach(100), metric="m"))],
        metrics=[okr.Metric("m", "M")],
    )
    with pytest.raises(okr.InvalidValueError, match="other items depend on its readings"):
        card_after(plan, okr.CheckIn("m", day(7, 20), 99), on=day(7, 31)).what_if({"a": score})


def test_a_derived_key_result_that_feeds_another_is_not_supposed() -> None:
    plan = okr.Plan(
        [
            bare(
                "o",
                kr("n", okr.Reach(10)),
                kr("t", okr.Reach(10), derived=okr.Derived(okr.Aggregation.SUM, ["n"])),
                kr("u", okr.Reach(10), derived=okr.Derived(okr.Aggregation.SUM, ["t"])),
            )
        ]
    )
    found = card_after(plan, *read_on(day(7, 20), n=5), on=day(7, 31))
    with pytest.raises(okr.InvalidValueError, match="other items depend on its readings"):
        found.what_if({"t": 1.0})
    assert found.what_if({"n": 1.0})["u"].score == 1.0
    assert found.what_if({"u": 1.0})["o"].score == pytest.approx(2 / 3)


# --- what is excluded, what is too old ---------------------------------------------------------


def test_a_learning_child_does_not_move_the_pace_above_it() -> None:
    learn = bare(
        "l", kr("k", okr.Reach(10)), cycle=Q3, ambition=okr.Ambition.LEARNING, supports=["top"]
    )
    other = bare("n", kr("j", okr.Reach(10)), cycle=Q3, supports=["top"])
    plan = okr.Plan([bare("top", cycle=Q3), learn, other])
    found = card_after(plan, *read_on(day(8, 14), k=9, j=1), on=day(8, 14)).objective("top")
    elapsed = 44 / 91
    assert (found.score, found.status) == (0.1, "off track")
    assert found.expected == pytest.approx(elapsed)
    assert found.pace == pytest.approx(0.1 / elapsed)
    alone = okr.Plan([bare("top", cycle=Q3), learn])
    assert (
        card_after(alone, *read_on(day(8, 14), k=9), on=day(8, 14)).objective("top").expected
        is None
    )


def test_a_closed_child_keeps_its_pace_above() -> None:
    closed = bare("a", kr("k", okr.Reach(10)), cycle=Q3, supports=["b"])
    plan = okr.Plan([closed, bare("b"), bare("c", okr.KeyResultRef("k"))])
    acts = [*read_on(day(8, 1), k=5), okr.Closing("a", day(8, 14), okr.ClosingDecision.STOP)]
    acts.append(okr.CheckIn("k", day(8, 20), confidence=0.1))
    found = card_after(plan, *acts, on=day(9, 10))
    for id in "abc":
        assert found.objective(id).expected == pytest.approx(44 / 91)
        assert found.objective(id).confidence is None


def test_a_guardrail_that_was_read_long_before_the_closing_is_unknown() -> None:
    plan = okr.Plan(
        [
            bare(
                "o",
                kr("k", okr.Reach(10)),
                ambition=okr.Ambition.COMMITTED,
                guardrails=[okr.Guardrail("g", "G", okr.AtMost(5))],
            )
        ]
    )
    closing = okr.Closing("o", day(9, 30), okr.ClosingDecision.ACHIEVED)
    for seen_on, verdict in ((day(6, 1), "success withheld"), (day(9, 16), "delivered")):
        acts = [okr.CheckIn("g", seen_on, 3), okr.CheckIn("k", day(9, 1), 10), closing]
        for on in (day(9, 30), day(10, 5)):
            assert card_after(plan, *acts, on=on).objective("o").verdict == verdict


def test_a_reading_before_the_cycle_starts_nothing() -> None:
    plan = one(okr.Reach(10), cycle=Q3)
    before = okr.CheckIn("k", day(6, 22), 5)
    for on in (day(7, 3), day(7, 10)):
        assert card_after(plan, before, on=on)["k"].status == "not started"
        assert card_after(plan, before, on=on)["o"].status == "not started"
    for acts in ((), (before,)):
        found = card_after(plan, *acts, on=day(8, 14))["k"]
        assert (found.status, found.status_why) == ("stale", "nothing read in 44 days")


def test_a_key_result_without_weight_is_excluded_and_tracked() -> None:
    plan = okr.Plan([bare("o", kr("k", okr.Reach(10), weight=0), kr("j", okr.Reach(10)))])
    found = card_after(plan, okr.CheckIn("k", day(8, 1), 5), on=day(8, 1)).key_result("k")
    assert (found.excluded, found.score, found.coverage) == (True, 0.5, 1.0)


# --- the past, and references -------------------------------------------------------------------


@pytest.mark.parametrize(
    "entries",
    [
        (
            okr.Transition("o", day(8, 1), okr.Lifecycle.PAUSED, recorded=at(8, 20)),
            okr.Transition("o", day(8, 3), okr.Lifecycle.ACTIVE),
        ),
        (
            okr.Closing("o", day(8, 5), okr.ClosingDecision.CARRY, recorded=at(8, 20)),
            okr.Transition("o", day(8, 7), okr.Lifecycle.ACTIVE),
            okr.Transition("o", day(8, 8), okr.Lifecycle.PAUSED),
        ),
        (
            okr.Closing("o", day(8, 5), okr.ClosingDecision.CARRY, id="c", recorded=at(8, 5)),
            okr.Correction("c", recorded=at(8, 20)),
            okr.Transition("o", day(8, 7), okr.Lifecycle.PAUSED),
        ),
    ],
)
def test_a_question_in_the_past_leaves_out_moves_that_were_not_possible_then(entries: Any) -> None:
    plan, journal = one(okr.Reach(10)), okr.Journal(entries)
    assert card_after(plan, *entries, on=day(8, 10))["o"].score is None
    known = journal.known_at(at(8, 10))
    assert not known.refused_moves
    assert okr.evaluate(plan, known, as_of=day(8, 10)).problems == ()
    assert journal.known_at(at(8, 21)) == journal


def test_an_objective_that_stands_in_is_there() -> None:
    plan = okr.Plan([bare("o", kr("k", okr.Reach(10))), bare("p")])
    pause = okr.Adjustment("o", day(8, 1), because="port closed", temporary="p")
    assert len(okr.admit(plan, okr.Journal(), pause)) == 1
    for id, code in (("nowhere", "unknown-id"), ("k", "wrong-kind")):
        with pytest.raises(okr.InconsistentPlanError, match=code):
            okr.admit(plan, okr.Journal(), evolve(pause, temporary=id))


@pytest.mark.parametrize(
    "objective",
    [
        bare("o", kr("k", okr.Reach(10), contribution=okr.Contribution(supports=["k"]))),
        bare("o", kr("k", okr.Reach(10), profile=okr.KeyResultProfile(early_warning="k"))),
        bare("o", continues="o"),
    ],
)
def test_nothing_refers_to_itself(objective: okr.Objective) -> None:
    with pytest.raises(okr.InconsistentPlanError, match="circle"):
        okr.Plan([objective])


def test_a_bound_stands_once_among_bands_and_steps() -> None:
    for make in (
        lambda: okr.rulebook.Bands([(okr.AtLeast(0.7), "a"), (okr.AtLeast(0.7), "b")]),
        lambda: okr.rulebook.Bands([(None, "a"), (None, "b")]),
        lambda: okr.Steps([(okr.AtLeast(5), 1.0), (okr.AtLeast(5), 0.5)]),
    ):
        with pytest.raises(okr.InvalidValueError, match="repeated"):
            make()


def test_an_adjustment_that_repeats_an_eased_measure_does_not_keep_it() -> None:
    hard = okr.AdjustmentTrigger.DIFFICULTY
    eased = okr.Adjustment("k", day(8, 1), measure=okr.Reach(50), trigger=hard, because="too hard")
    again = okr.Adjustment("k", day(8, 10), measure=okr.Reach(50), because="as agreed")
    plan, entry = one(okr.Reach(100), cycle=Q3), okr.CheckIn("k", day(9, 1), 50)
    assert card_after(plan, eased, again, entry, on=Q3.end)["k"].score == 0.5
    assert card_after(plan, eased, again, entry, on=day(9, 2))["k"].score == 1.0
    # A new fact afterwards governs, as does another weight with the measure.
    fact = evolve(again, measure=okr.Reach(80))
    assert card_after(plan, eased, fact, entry, on=Q3.end)["k"].score == 0.625
    assert card_after(plan, eased, evolve(again, weight=2), entry, on=Q3.end)["k"].score == 1.0
    assert (
        card_after(plan, evolve(eased, measure=None, weight=2), entry, on=Q3.end)["k"].score == 0.5
    )


def test_a_baseline_after_the_end_does_not_move_the_cycle() -> None:
    plan, entry = one(okr.Increase(None, 10), cycle=Q3), okr.CheckIn("k", day(9, 20), 5)
    found, late = okr.BaselineSet("k", day(7, 5), 0), okr.BaselineSet("k", day(10, 20), 4)
    after = card_after(plan, found, entry, late, on=day(10, 25)).key_result("k")
    assert after.score == 0.5
    assert [each.on for each in after.uncounted] == [day(10, 20)]


def test_an_adjustment_after_the_end_is_not_named_behind_the_number() -> None:
    late = okr.Adjustment("k", day(10, 5), measure=okr.Reach(50), because="five would have done")
    plan, entry = one(okr.Reach(100), cycle=Q3), okr.CheckIn("k", day(9, 20), 50)
    words = str(card_after(plan, entry, late, on=day(10, 6)).explain("k"))
    assert "adjusted on" not in words
    assert "not counted" in words


@pytest.mark.parametrize("text", ["\x1b[31m", "\ud800", "\u200b", "a\x07"])
def test_texts_within_readings_are_safe_to_show(text: str) -> None:
    for value in ([text], text, {text: 5}):
        with pytest.raises(okr.OkrError):
            okr.CheckIn("k", day(8, 1), value)
    with pytest.raises(okr.OkrError):
        okr.Alignment("top", contribution=f"{text}\x1b")


class Neither:
    """As the missing value of data frames, neither true nor false."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError


def test_kinds_are_looked_at_before_values() -> None:
    neither: Any = Neither()
    for make in (
        lambda: okr.Objective("o", "O", initiatives=neither),
        lambda: okr.codec.ColumnMap(decimal=neither),
        lambda: okr.RECOMMENDED.edges(neither),
        lambda: okr.RECOMMENDED.edges([]),  # type: ignore[arg-type]
        lambda: okr.review.roll_over(
            one(okr.Reach(1)), okr.Journal(), as_of=Q3.end, cycle=Q3, name=neither
        ),
    ):
        with pytest.raises(okr.OkrError):
            make()


def test_a_new_id_is_one() -> None:
    plan = one(okr.Increase(0, 10), cycle=Q3, ambition=okr.Ambition.ASPIRATIONAL)
    q4 = okr.FiscalCalendar().quarter(2026, 4)
    journal = okr.Journal(read_on(day(9, 20), k=5))
    for name in (lambda _: 5, lambda _: " x"):
        bad: Any = name
        with pytest.raises(okr.InvalidValueError, match="roll_over"):
            okr.review.roll_over(plan, journal, as_of=Q3.end, cycle=q4, name=bad)


# --- judged until read --------------------------------------------------------------------------

UNTIL_READ = evolve(
    okr.RECOMMENDED,
    roll_up=evolve(okr.RECOMMENDED.roll_up, with_judged=OverrideDuration.UNTIL_READ),
)


def test_a_judgement_ends_with_a_reading_below_but_not_with_one_after_a_closing() -> None:
    plan = okr.Plan(
        [
            bare("top"),
            bare("mid", supports=["top"]),
            bare("o", kr("k", okr.Reach(10)), supports=["mid"]),
        ]
    )
    judged = okr.Judgement("mid", day(8, 5), score=0.9, because="nearly there")
    first, late = okr.CheckIn("k", day(8, 1), 4), okr.CheckIn("k", day(8, 20), 5)
    assert card_after(plan, first, judged, on=day(8, 31), rulebook=UNTIL_READ)["top"].score == 0.9
    assert (
        card_after(plan, first, judged, late, on=day(8, 31), rulebook=UNTIL_READ)["top"].score
        == 0.5
    )
    closed = okr.Closing("o", day(8, 10), okr.ClosingDecision.CARRY)
    found = card_after(plan, first, judged, closed, late, on=day(8, 31), rulebook=UNTIL_READ)
    assert found["top"].score == 0.9


def test_a_supposition_is_read_last() -> None:
    judged = okr.Judgement("k", day(8, 1), score=0.9, because="nearly there")
    found = card_after(one(okr.Reach(10)), judged, on=day(8, 1), rulebook=UNTIL_READ)
    assert found["o"].score == 0.9
    assert found.what_if({"k": 0.2})["o"].score == 0.2


def test_a_supposition_that_no_reading_gives_stays_alone() -> None:
    plan = okr.Plan(
        [bare("o", kr("a", okr.AtLeast(7), metric="m"), kr("b", okr.Reach(100), metric="m"))],
        metrics=[okr.Metric("m", "M")],
    )
    found = evolve(card_after(plan, read_on(day(8, 1), m=5), on=day(8, 1)), supposed=(("a", 0.5),))
    assert (found["a"].score, found["b"].score) == (0.5, 0.05)


def test_a_journal_with_a_move_that_was_refused_takes_others() -> None:
    closings = [okr.Closing("o", day(8, n), okr.ClosingDecision.CARRY) for n in (1, 2)]
    plan = okr.Plan([bare("o"), bare("p", kr("k", okr.Reach(10)))])
    assert len(okr.admit(plan, okr.Journal(closings), okr.CheckIn("k", day(8, 3), 1))) == 3

"""Rulebooks: clips, bands, flat lines, roll-up options, typed from SYSTEMS.md where a system has them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.rulebook import (
    OTHERWISE,
    Axis,
    ByBands,
    Expectation,
    FlatLine,
    NotStarted,
    RollUpPart,
    RollUpSource,
    Rounding,
    Stale,
    Verdict,
)

DAY = date(2026, 8, 14)


@pytest.mark.parametrize(
    ("clip", "value", "result"),
    [
        (okr.rulebook.Clip(), 1.5, 1.5),
        (okr.rulebook.Clip(floor=0, ceiling=1), 1.5, 1.0),
        (okr.rulebook.Clip(floor=0, ceiling=1), -0.2, 0.0),
        (okr.rulebook.Clip(full_from=0.7), 0.7, 1.0),
        (okr.rulebook.Clip(full_from=0.7), 0.6999999999999995, 1.0),
        (okr.rulebook.Clip(full_from=0.7), 0.69, 0.69),
        (okr.rulebook.Clip(digits=2), 0.725, 0.73),  # Quantive: 72.5 -> 73
        (okr.rulebook.Clip(digits=2, rounding=Rounding.HALF_EVEN), 0.725, 0.72),
        (okr.rulebook.Clip(digits=2, rounding=Rounding.HALF_DOWN), 0.725, 0.72),  # Planview
        (okr.rulebook.Clip(digits=2, rounding=Rounding.HALF_DOWN), 0.7251, 0.73),
        (
            okr.rulebook.Clip(digits=4, rounding=Rounding.TRUNCATE),
            500 / 34 / 100,
            0.147,
        ),  # UpRaise: 14.70
        (okr.rulebook.Clip(digits=2, rounding=Rounding.TRUNCATE), -0.129, -0.12),
        (okr.rulebook.Clip(digits=2, rounding=Rounding.FLOOR), 80 / 3 / 100, 0.26),  # GitLab: 26
        (okr.rulebook.Clip(digits=2, rounding=Rounding.FLOOR), -0.121, -0.13),
        (okr.rulebook.Clip(digits=2), 0.94, 0.94),  # GitLab: 94 of 100 is 94
        (okr.rulebook.Clip(digits=0), 1e40, 1e40),
    ],
)
def test_clips(clip: okr.rulebook.Clip, value: float, result: float) -> None:
    assert clip.apply(value) == result


@pytest.mark.parametrize(
    ("score", "half_open", "rounded"),
    [
        (0.35, "red", "yellow"),
        (0.66, "yellow", "green"),
        (0.6882, "yellow", "green"),
        (0.6911, "yellow", "green"),
        (0.7, "green", "green"),
        (0.34, "red", "red"),
    ],
)
def test_bands_as_published_and_as_rounded(score: float, half_open: str, rounded: str) -> None:
    bands = [(okr.AtLeast(0.7), "green"), (okr.AtLeast(0.4), "yellow"), (OTHERWISE, "red")]
    assert okr.rulebook.Bands(bands).name(score) == half_open
    assert okr.rulebook.Bands(bands, digits=1).name(score) == rounded


def test_bands_may_leave_holes() -> None:
    holes = okr.rulebook.Bands([(okr.AtLeast(0.7), "green"), (okr.AtMost(0.3), "red")])
    assert holes.name(0.5) is None


def test_scales_answer_by_ambition() -> None:
    red = okr.rulebook.Bands([(OTHERWISE, "red")])
    book = okr.Rulebook(
        name="one scale",
        scales=[okr.rulebook.Scale("grade", Axis.SCORE, red, ambition=okr.Ambition.COMMITTED)],
    )
    assert book.grade("grade", 0.5, okr.Ambition.COMMITTED) == "red"
    assert book.grade("grade", 0.5) is None
    assert okr.RECOMMENDED.grade("grade", 0.5) == "yellow"
    assert book.scale("grade", okr.Ambition.LEARNING) is None


def score_of(
    rulebook: okr.Rulebook, parts: list[tuple[Any, Any]], below: list[Any] | None = None
) -> float | None:
    """Score an objective of key results with readings, and objectives below with a credit each."""
    top = okr.Objective(
        "o", "O", key_results=[okr.KeyResult(f"k{n}", "KR", m) for n, (m, _) in enumerate(parts)]
    )
    others = [
        okr.Objective(
            f"c{n}",
            "C",
            supports=["o"],
            key_results=[okr.KeyResult(f"ck{n}", "KR", okr.PassFail())],
        )
        for n, _ in enumerate(below or [])
    ]
    read = {f"k{n}": value for n, (_, value) in enumerate(parts)}
    read |= {f"ck{n}": value for n, value in enumerate(below or [])}
    journal = okr.Journal(
        okr.check_ins(DAY, {id: value for id, value in read.items() if value is not None})
    )
    card = okr.evaluate(okr.Plan([top, *others]), journal, as_of=DAY, rulebook=rulebook)
    return card.objective("o").score


def book(**changes: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, name="a test", **changes)


@pytest.mark.parametrize(
    ("flat", "reading", "score"),
    [
        ("absent", 5, None),
        ("zero", 5, 0.0),  # GitLab, Operately
        ("full", 3, 1.0),  # business-as-code
        ("at least", 4.9, 0.0),  # MetaPulse's flat target
        ("at least", 5, 1.0),
        ("at most", 5.1, 0.0),
        ("at most", 5, 1.0),
    ],
)
def test_what_a_flat_line_means(flat: str, reading: float, score: float | None) -> None:
    rule = okr.rulebook.AttainmentRule(flat=FlatLine(flat))
    assert score_of(book(attainment=rule), [(okr.FromTo(5, 5), reading)]) == score


def test_partial_credit_can_be_denied() -> None:
    strict = book(attainment=okr.rulebook.AttainmentRule(partial_credit=False))
    assert score_of(strict, [(okr.PassFail(), 0.9)]) == 0
    assert score_of(strict, [(okr.PassFail(), 1)]) == 1


def test_missing_can_count_as_0() -> None:
    half = [(okr.PassFail(), True), (okr.PassFail(), None)]
    assert score_of(okr.RECOMMENDED, half) == 1.0
    assert score_of(book(roll_up=okr.rulebook.RollUpRule(missing=0)), half) == 0.5
    assert score_of(book(attainment=okr.rulebook.AttainmentRule(missing=0)), half) == 0.5


def test_nothing_can_count_as_0() -> None:
    assert score_of(okr.RECOMMENDED, []) is None
    assert score_of(book(roll_up=okr.rulebook.RollUpRule(empty=0)), []) == 0


def test_parts_of_a_roll_up() -> None:
    own, below = [(okr.PassFail(), 0.2)], [0.5, 0.8]
    assert score_of(okr.RECOMMENDED, own, below) == 0.2
    assert score_of(okr.RECOMMENDED, [], below) == 0.65
    # What feeds a mean follows from the plan: an unread key result is still the one that counts.
    assert score_of(okr.RECOMMENDED, [(okr.PassFail(), None)], below) is None
    pool = okr.rulebook.RollUpRule(
        parts=[RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)]
    )
    assert score_of(book(roll_up=pool), own, below) == 0.5  # 15Five: one equal pool


def test_what_enters_can_be_clipped() -> None:
    # Perdoo: a key result may show -20%, and enters its parent as 0.
    open_ended = okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
    floored = okr.rulebook.RollUpRule(entry=okr.rulebook.Clip(floor=0))
    parts = [(okr.Reach(100), -20), (okr.Reach(100), 40)]
    assert score_of(book(attainment=open_ended, roll_up=floored), parts) == 0.2
    # MOONSHOT: from 70 a key result counts as 100; the mean is truncated to 83.
    full = okr.rulebook.RollUpRule(
        entry=okr.rulebook.Clip(full_from=0.7),
        result=okr.rulebook.Clip(digits=2, rounding=Rounding.TRUNCATE),
    )
    parts = [(okr.Reach(100), 85), (okr.Reach(100), 50), (okr.Reach(100), 75)]
    assert score_of(book(roll_up=full), parts) == 0.83


def test_nothing_is_clipped_where_there_is_nothing() -> None:
    plan = okr.Plan(
        [
            okr.Objective(id, id, key_results=[okr.KeyResult(f"{id}-k", "KR", okr.PassFail())])
            for id in ("read", "unread")
        ]
    )
    journal = okr.Journal(okr.check_ins(DAY, {"read-k": 0.34}))
    rounded = book(roll_up=okr.rulebook.RollUpRule(result=okr.rulebook.Clip(floor=0.1, digits=1)))
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=rounded)
    assert (card["read"].score, card["unread"].score) == (0.3, None)


def test_explanations_name_what_was_clipped() -> None:
    rule = okr.rulebook.RollUpRule(
        entry=okr.rulebook.Clip(full_from=0.7), result=okr.rulebook.Clip(digits=1)
    )
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "KR", okr.Reach(100))])]
    )
    journal = okr.Journal(okr.check_ins(DAY, {"k": 85}))
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book(roll_up=rule))
    assert str(card.explain("o")) == (
        "O (o): score 1, its one key result\n"
        "  KR (k): score as it enters 1, 1 from 0.7\n"
        "    KR (k): score 0.85, 85 is 85% of the way from 0 to 100, read on 2026-08-14\n"
        "  status unknown: no cycle, so no pace"
    )
    rounded = book(
        roll_up=okr.rulebook.RollUpRule(result=okr.rulebook.Clip(floor=0, ceiling=1, digits=1))
    )
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=rounded)
    assert str(card.explain("o")).splitlines()[:2] == [
        "O (o): score 0.9, progress 0.85, at least 0, at most 1, 1 decimal, half-up",
        "  O (o): progress 0.85, its one key result",
    ]


def test_a_rulebook_may_say_nothing_of_an_ambition() -> None:
    silent = okr.rulebook.PacingRule(expectations=())
    assert silent.share_for(okr.Ambition.COMMITTED) == 1
    assert okr.RECOMMENDED.pacing.share_for(okr.Ambition.ASPIRATIONAL) == 0.7
    assert okr.RECOMMENDED.verdict_for(okr.Ambition.LEARNING) is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: okr.rulebook.Clip(floor=1, ceiling=0),
            "Clip.floor: must leave room between its ends",
        ),
        (lambda: okr.rulebook.Clip(digits=1.5), "Clip.digits: must be a whole number, got 1.5"),  # type: ignore[arg-type]
        (lambda: okr.rulebook.Bands([]), "Bands.bands: must have at least one band"),
        (lambda: okr.rulebook.Bands("green"), "Bands.bands: must be a list or tuple"),  # type: ignore[arg-type]
        (lambda: okr.rulebook.Bands([okr.AtLeast(0.7)]), "give a pair (AtLeast(0.7), 'green')"),  # type: ignore[list-item]
        (
            lambda: okr.rulebook.Bands([(0.7, "green")]),  # type: ignore[list-item]
            "Bands.bands[0][0]: must have the right type",
        ),
        (
            lambda: okr.rulebook.Bands([(None, "red")], digits="1"),  # type: ignore[arg-type]
            "Bands.digits: must be a whole number",
        ),
        (
            lambda: okr.rulebook.ClosingRule(grace_days=-1),
            "ClosingRule.grace_days: must be >= 0, got -1",
        ),
        (
            lambda: okr.rulebook.ClosingRule(grace_days=1.0),  # type: ignore[arg-type]
            "ClosingRule.grace_days: must be a whole number",
        ),
        (lambda: Expectation(None, 0), "Expectation.share: must be > 0, got 0.0"),
        (lambda: Stale(intervals=0), "Stale.intervals: must be > 0, got 0"),
        (lambda: NotStarted(silent_until=2), "NotStarted.silent_until: must lie within its range"),
        (
            lambda: ByBands(Axis.RATIO, okr.rulebook.Bands([(None, "x")]), silent_until=-1),
            "ByBands.silent_until: must lie within its range",
        ),
        (lambda: Verdict(okr.Ambition.COMMITTED, 3), "Verdict.bands: must have the right type"),  # type: ignore[arg-type]
    ],
)
def test_rulebooks_refuse_what_makes_no_sense(make: Any, message: str) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        make()
    assert message in str(caught.value)


# --- roll-up -----------------------------------------------------------------------------------


def test_key_results_that_enter_as_one_are_explained_so() -> None:
    # Synergita: the key results together weigh what one objective below weighs.
    def objective(id: str, *credits: str, **fields: Any) -> okr.Objective:
        key_results = [okr.KeyResult(credit, "KR", okr.PassFail()) for credit in credits]
        return okr.Objective(id, id, key_results=key_results, **fields)

    plan = okr.Plan([objective("o", "k", "l"), objective("below", "m", supports=["o"])])
    journal = okr.Journal(okr.check_ins(DAY, {"k": 0.25, "l": 0.5, "m": 0.875}))
    parts = [RollUpPart(RollUpSource.KEY_RESULTS, as_one=True), RollUpPart(RollUpSource.OBJECTIVES)]
    rule = okr.rulebook.RollUpRule(parts=parts)
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book(roll_up=rule))
    (mean,) = card.explain("o").parts
    assert [entered.block for entered in mean.inputs] == [0, 0, None]
    assert (mean.result, mean.recompute()) == (0.625, 0.625)  # (0.375 + 0.875) / 2


def test_too_little_is_read_to_say() -> None:
    key_results = [okr.KeyResult(id, "KR", okr.PassFail()) for id in "kl"]
    plan = okr.Plan([okr.Objective("o", "O", key_results=key_results)])
    journal = okr.Journal(okr.check_ins(DAY, {"k": 1}))
    for least, score in ((0.5, 1.0), (0.75, None)):
        rule = okr.rulebook.RollUpRule(least_coverage=least)
        card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book(roll_up=rule))
        assert card.objective("o").score == score
    assert card["o"].why == "too little of it is read: 50%"
    assert card["o"].no_score_reason is okr.scorecard.NoScoreReason.TOO_THIN


def test_work_alone_may_be_unread() -> None:
    plan = okr.Plan([okr.Objective("o", "O", initiatives=[okr.Initiative("w", "W")])])
    rule = okr.rulebook.RollUpRule(parts=[RollUpPart(RollUpSource.INITIATIVES)])
    card = okr.evaluate(plan, okr.Journal(), as_of=DAY, rulebook=book(roll_up=rule))
    assert (card["o"].score, card["o"].why) == (None, "its one part: no reading")


def test_what_is_unread_may_count_as_0_and_is_explained_so() -> None:
    key_results = [
        okr.KeyResult("unread", "KR", okr.PassFail()),
        okr.KeyResult("baseline", "KR", okr.Increase(None, 20)),
        okr.KeyResult("met", "KR", okr.PassFail()),
        okr.KeyResult("found", "KR", okr.EstablishBaseline()),
    ]
    plan = okr.Plan([okr.Objective("o", "O", key_results=key_results)])
    journal = okr.Journal(okr.check_ins(DAY, {"baseline": 10, "met": True, "found": 3}))
    rule = okr.rulebook.AttainmentRule(missing=0)
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book(attainment=rule))
    assert card.objective("o").score == pytest.approx(1 / 3)
    steps = {id: card.explain(id).parts[0] for id in ("unread", "baseline", "met", "found")}
    assert {id: (step.result, step.recompute()) for id, step in steps.items()} == {
        "unread": (0.0, 0.0),
        "baseline": (0.0, 0.0),
        "met": (1.0, 1.0),
        "found": (None, None),  # no rule scores it
    }

"""What differs between two rulebooks: paths, values and sentences, written by hand."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.rulebook import (
    OTHERWISE,
    BoundReading,
    BoundRule,
    ByBands,
    Closed,
    DayCount,
    Declared,
    Expectation,
    FlatLine,
    FromParts,
    LearningVerdict,
    NotStarted,
    RollUpPart,
    RollUpSource,
    Rounding,
    Stale,
    StatusCombination,
    StatusRule,
    Verdict,
    Weighing,
    ZeroWeights,
    dialects,
)
from okrcore.rulebook.differences import adopt

PLAIN = okr.Rulebook(name="A")
COLOURS = okr.rulebook.Bands([(okr.AtLeast(0.7), "green"), (OTHERWISE, "red")])
CARRIED = okr.rulebook.SuggestionRule(
    okr.Ambition.COMMITTED,
    okr.rulebook.Bands([(okr.AtMost(0), "carry"), (OTHERWISE, "achieved")]),
    carries=True,
)
BY_RATIO = ByBands(okr.rulebook.Axis.RATIO, COLOURS, silent_until=0.15)


def found(a: okr.Rulebook, b: okr.Rulebook) -> list[tuple[str, object, object, str]]:
    return [(each.path, each.a, each.b, str(each)) for each in okr.rulebook.diff_rulebooks(a, b)]


def changed(**fields: Any) -> okr.Rulebook:
    return evolve(PLAIN, name="B", **fields)


@pytest.mark.parametrize(
    ("other", "path", "mine", "theirs", "words"),
    [
        (
            changed(attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(floor=0))),
            "attainment.clip.ceiling",
            1.0,
            None,
            "Key results, upper limit: 1 by A; none by B.",
        ),
        (
            changed(attainment=okr.rulebook.AttainmentRule(missing=0)),
            "attainment.missing",
            None,
            0.0,
            "Key results, without a reading: no score by A; 0 by B.",
        ),
        (
            changed(attainment=okr.rulebook.AttainmentRule(flat=FlatLine.FULL)),
            "attainment.flat",
            FlatLine.ABSENT,
            FlatLine.FULL,
            "Key results, a baseline equal to the target: absent by A; full by B.",
        ),
        (
            changed(
                attainment=okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.MEAN))
            ),
            "attainment.bounds.reading",
            BoundReading.LATEST,
            BoundReading.MEAN,
            "Key results, bounds, reading: latest by A; mean by B.",
        ),
        (
            changed(attainment=okr.rulebook.AttainmentRule(partial_credit=False)),
            "attainment.partial_credit",
            True,
            False,
            "Key results, part of 1 for a pass or fail: yes by A; no by B.",
        ),
        (
            changed(roll_up=okr.rulebook.RollUpRule(weigh=Weighing.SIZE)),
            "roll_up.weigh",
            Weighing.STATED,
            Weighing.SIZE,
            "Objectives, weights: stated by A; size by B.",
        ),
        (
            changed(roll_up=okr.rulebook.RollUpRule(zero_weights=ZeroWeights.EQUAL)),
            "roll_up.zero_weights",
            ZeroWeights.ABSENT,
            ZeroWeights.EQUAL,
            "Objectives, all weights 0: absent by A; equal by B.",
        ),
        (
            changed(
                roll_up=okr.rulebook.RollUpRule(
                    parts=[
                        RollUpPart(RollUpSource.KEY_RESULTS, as_one=True),
                        RollUpPart(RollUpSource.OBJECTIVES),
                    ]
                )
            ),
            "roll_up.parts",
            PLAIN.roll_up.parts,
            (
                RollUpPart(RollUpSource.KEY_RESULTS, as_one=True),
                RollUpPart(RollUpSource.OBJECTIVES),
            ),
            "Objectives, made of: key results, otherwise objectives below by A; "
            "key results as one and objectives below by B.",
        ),
        (
            changed(roll_up=okr.rulebook.RollUpRule(entry=okr.rulebook.Clip(full_from=0.7))),
            "roll_up.entry.full_from",
            None,
            0.7,
            "Objectives, parts as they enter, counted as 1 from: no number by A; 0.7 by B.",
        ),
        (
            changed(confidence=okr.rulebook.RollUpRule(missing=0)),
            "confidence.missing",
            None,
            0.0,
            "Confidence of objectives, a part without a score counts as: "
            "nothing, and leaves the mean by A; 0 by B.",
        ),
        (
            changed(scales=[okr.rulebook.Scale("grade", okr.rulebook.Axis.SCORE, COLOURS)]),
            "scales[grade]",
            None,
            okr.rulebook.Scale("grade", okr.rulebook.Axis.SCORE, COLOURS),
            "Scale 'grade': none by A; green at least 0.7, red otherwise, of score by B.",
        ),
        (
            changed(verdicts=[Verdict(okr.Ambition.COMMITTED, COLOURS, asks_for="a post-mortem")]),
            "verdicts[committed]",
            None,
            Verdict(okr.Ambition.COMMITTED, COLOURS, asks_for="a post-mortem"),
            "Verdict of committed objectives: none by A; "
            "green at least 0.7, red otherwise; anything else asks for a post-mortem by B.",
        ),
        (
            changed(
                learning=LearningVerdict({okr.ClosingDecision.SCALE: "validated"}, "inconclusive")
            ),
            "learning",
            None,
            LearningVerdict({okr.ClosingDecision.SCALE: "validated"}, "inconclusive"),
            "Verdict on learning objectives: nothing by A; "
            "scale: validated, otherwise inconclusive by B.",
        ),
        (
            changed(status=[Closed(), Stale(intervals=1, name="outdated"), BY_RATIO]),
            "status",
            (),
            (Closed(), Stale(intervals=1, name="outdated"), BY_RATIO),
            "Status: none by A; closed, then stale (intervals 1, name outdated), "
            "then by ratio (green at least 0.7, red otherwise, from 15% of the cycle) by B.",
        ),
        (
            changed(status=[FromParts(StatusCombination.WORST, [("late", 0), ("fine", 1)])]),
            "status",
            (),
            (FromParts(StatusCombination.WORST, [("late", 0), ("fine", 1)]),),
            "Status: none by A; from parts (how worst, codes late 0, fine 1) by B.",
        ),
        (
            changed(pacing=okr.rulebook.PacingRule(days=DayCount.ELAPSED)),
            "pacing.days",
            DayCount.EXCLUSIVE,
            DayCount.ELAPSED,
            "Pace, days counted: exclusive by A; elapsed by B.",
        ),
        (
            changed(pacing=okr.rulebook.PacingRule(workdays=okr.calendar.WorkWeek())),
            "pacing.workdays",
            None,
            okr.calendar.WorkWeek(),
            "Pace, workdays: every day by A; work week by B.",
        ),
        (
            changed(pacing=okr.rulebook.PacingRule(expectations=[Expectation(None, 0.7)])),
            "pacing.expectations[no ambition]",
            None,
            Expectation(None, 0.7),
            "Pace, share of the target expected of objectives without an ambition: "
            "all of it by A; 0.7 by B.",
        ),
        (
            changed(guardrails=okr.rulebook.GuardrailRule(stale_after_intervals=3)),
            "guardrails.stale_after_intervals",
            2,
            3,
            "Guardrails, check-in intervals until a reading is stale: 2 by A; 3 by B.",
        ),
        (
            changed(closing=okr.rulebook.ClosingRule(grace_days=7)),
            "closing.grace_days",
            14,
            7,
            "The close, grace days: 14 by A; 7 by B.",
        ),
        (
            changed(closing=okr.rulebook.ClosingRule(restart=okr.rulebook.CarriedBaseline.ZERO)),
            "closing.restart",
            okr.rulebook.CarriedBaseline.BASELINE,
            okr.rulebook.CarriedBaseline.ZERO,
            "The close, baseline of carried work: baseline by A; zero by B.",
        ),
        (
            changed(closing=okr.rulebook.ClosingRule(suggestions=[CARRIED])),
            "closing.suggestions[committed]",
            None,
            CARRIED,
            "The close, suggestion of committed objectives: none by A; "
            "carry at most 0, achieved otherwise, carried over undecided by B.",
        ),
        (
            changed(review=okr.rulebook.ReviewRule(full=okr.AtLeast(0.9))),
            "review.full",
            okr.Above(0.85),
            okr.AtLeast(0.9),
            "Reviews, full: above 0.85 by A; at least 0.9 by B.",
        ),
        (
            changed(
                methods=[
                    okr.Rulebook(
                        name="mean",
                        attainment=okr.rulebook.AttainmentRule(
                            bounds=BoundRule(reading=BoundReading.MEAN)
                        ),
                        closing=okr.rulebook.ClosingRule(grace_days=7),
                    )
                ]
            ),
            "methods[mean]",
            None,
            okr.Rulebook(
                name="mean",
                attainment=okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.MEAN)),
                closing=okr.rulebook.ClosingRule(grace_days=7),
            ),
            "Method 'mean': none by A; attainment rule (bound rule (reading mean)), "
            "closing rule (grace days 7) by B.",
        ),
        (
            changed(methods=[okr.Rulebook(name="house")]),
            "methods[house]",
            None,
            okr.Rulebook(name="house"),
            "Method 'house': none by A; the defaults by B.",
        ),
    ],
)
def test_one_rule_differs(
    other: okr.Rulebook, path: str, mine: object, theirs: object, words: str
) -> None:
    assert found(PLAIN, other) == [(path, mine, theirs, words)]
    # The other way round it is the same rule.
    assert [(p, b, a) for p, a, b, _ in found(other, PLAIN)] == [(path, mine, theirs)]


def status_of(*rules: StatusRule) -> okr.Rulebook:
    return okr.Rulebook(name="A", status=rules)


@pytest.mark.parametrize(
    ("a", "b", "paths"),
    [
        # The same kinds of rules in the same order are compared one by one.
        (
            status_of(Closed(), Stale(intervals=1), BY_RATIO),
            status_of(Closed(), Stale(intervals=2), evolve(BY_RATIO, silent_until=0)),
            ["status[1].intervals", "status[2].silent_until"],
        ),
        # Otherwise the scheme is one rule: the first that answers wins.
        (status_of(Closed(), NotStarted()), status_of(NotStarted(), Closed()), ["status"]),
        (status_of(Declared()), status_of(Declared(), Closed()), ["status"]),
        # Bands are one rule, too.
        (
            status_of(BY_RATIO),
            status_of(evolve(BY_RATIO, bands=evolve(COLOURS, digits=1))),
            ["status[0].bands"],
        ),
    ],
)
def test_status_schemes(a: okr.Rulebook, b: okr.Rulebook, paths: list[str]) -> None:
    assert [each.path for each in okr.rulebook.diff_rulebooks(a, b)] == paths


def test_what_is_known_by_its_name_is_found_in_any_order() -> None:
    grade = okr.rulebook.Scale("grade", okr.rulebook.Axis.SCORE, COLOURS)
    held = okr.rulebook.Scale("health", okr.rulebook.Axis.HEALTH, COLOURS)
    ours = okr.rulebook.Scale(
        "grade", okr.rulebook.Axis.SCORE, COLOURS, ambition=okr.Ambition.COMMITTED
    )
    a = okr.Rulebook(name="A", scales=[grade, held, ours])
    b = okr.Rulebook(name="B", scales=[evolve(ours, bands=evolve(COLOURS, digits=1)), held, grade])
    assert found(a, b) == [
        (
            "scales[grade, committed].bands",
            COLOURS,
            evolve(COLOURS, digits=1),
            "Scale 'grade' of committed objectives: green at least 0.7, red otherwise by A; "
            "green at least 0.7, red otherwise, rounded to 1 digit by B.",
        )
    ]


def test_to_ask_for_all_of_it_is_to_say_nothing() -> None:
    asks = okr.rulebook.PacingRule(expectations=[Expectation(okr.Ambition.COMMITTED, 1)])
    assert okr.rulebook.diff_rulebooks(PLAIN, evolve(PLAIN, pacing=asks)) == ()


def test_a_name_is_no_rule() -> None:
    assert okr.rulebook.diff_rulebooks(PLAIN, evolve(PLAIN, name="another")) == ()


def test_recommended_and_viva() -> None:
    paths = [each.path for each in okr.rulebook.diff_rulebooks(okr.RECOMMENDED, dialects.VIVA)]
    # Viva pools key results and objectives below, has colours and a status of its own, and lets
    # guardrails enter the mean; a key result comes to its score as it does in RECOMMENDED.
    assert {"roll_up.parts", "scales[grade, committed]", "status", "guardrails.effect"} < set(paths)
    assert [path for path in paths if path.startswith("attainment")] == []


# --- following another rulebook in some rules ---------------------------------------------------


def test_one_rule_of_another_rulebook_is_adopted_alone() -> None:
    rounding, digits = (
        each
        for path in ("roll_up.result.rounding", "roll_up.result.digits")
        for each in okr.rulebook.diff_rulebooks(PLAIN, dialects.GITLAB)
        if each.path == path
    )
    assert adopt(PLAIN, [digits], "A+") == evolve(
        PLAIN, name="A+", roll_up=okr.rulebook.RollUpRule(result=okr.rulebook.Clip(digits=2))
    )
    assert adopt(PLAIN, [digits, rounding], "A+") == evolve(
        PLAIN,
        name="A+",
        roll_up=okr.rulebook.RollUpRule(
            result=okr.rulebook.Clip(digits=2, rounding=Rounding.FLOOR)
        ),
    )


def test_limits_that_cross_on_the_way_are_adopted_together() -> None:
    high, low = okr.rulebook.Clip(floor=2, ceiling=3), okr.rulebook.Clip(floor=0, ceiling=1)
    a = okr.Rulebook(name="A", attainment=okr.rulebook.AttainmentRule(clip=high))
    b = okr.Rulebook(name="B", attainment=okr.rulebook.AttainmentRule(clip=low))
    floor, ceiling = okr.rulebook.diff_rulebooks(a, b)
    assert adopt(a, [floor, ceiling], "B") == b
    with pytest.raises(okr.OkrError) as caught:
        adopt(a, [ceiling], "half")
    assert caught.value.code == "bounds-crossed"


def test_a_rule_of_a_status_scheme_is_adopted_alone() -> None:
    a = status_of(Closed(), Stale(intervals=1), BY_RATIO)
    b = status_of(Closed(), Stale(intervals=2), evolve(BY_RATIO, silent_until=0))
    (stale, silent) = okr.rulebook.diff_rulebooks(a, b)
    assert adopt(a, [stale], "A") == status_of(Closed(), Stale(intervals=2), BY_RATIO)
    assert adopt(a, [stale, silent], "A") == b
    assert repr(stale) == "RuleDifference('status[1].intervals')"


def test_members_are_added_changed_and_taken_away() -> None:
    one, two = okr.Rulebook(name="one"), okr.Rulebook(name="two")
    strict = okr.Rulebook(name="two", roll_up=okr.rulebook.RollUpRule(missing=0))
    a = okr.Rulebook(name="A", methods=[one, two])
    b = okr.Rulebook(name="B", methods=[strict, okr.Rulebook(name="three")])
    gone, stricter, new = okr.rulebook.diff_rulebooks(a, b)
    assert [each.path for each in (gone, stricter, new)] == [
        "methods[one]",
        "methods[two].roll_up.missing",
        "methods[three]",
    ]
    assert adopt(a, [gone], "x").methods == (two,)
    assert adopt(a, [stricter], "x").methods == (one, strict)
    assert adopt(a, [new], "x").methods == (one, two, okr.Rulebook(name="three"))

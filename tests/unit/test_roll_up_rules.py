"""Roll-up rules with numbers worked by hand: those of published systems, typed from SYSTEMS.md."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import bare
from okrcore.display import format_shares
from okrcore.plan import Combination
from okrcore.rulebook import RollUpPart, RollUpSource, Rounding, Weighing, ZeroWeights

DAY = date(2026, 8, 14)
HOUSE = okr.FiscalCalendar(start_month=1)
YES_NO = okr.PassFail()

KEY_RESULTS = RollUpPart(RollUpSource.KEY_RESULTS)
OBJECTIVES = RollUpPart(RollUpSource.OBJECTIVES)
INITIATIVES = RollUpPart(RollUpSource.INITIATIVES)
DISTINCT = RollUpPart(RollUpSource.DESCENDANTS)


def weighed(
    id: str, weight: float = 1, measure: Any = YES_NO, fixed: float | None = None
) -> okr.KeyResult:
    contribution = None if fixed is None else okr.Contribution(fixed_share=fixed)
    return okr.KeyResult(id, "KR", measure, weight=weight, contribution=contribution)


def evaluated(objectives: list[okr.Objective], read: dict[str, Any], **rule: Any) -> okr.Scorecard:
    return okr.evaluate(
        okr.Plan(objectives),
        okr.Journal(okr.check_ins(DAY, read)),
        as_of=DAY,
        rulebook=okr.Rulebook(name="a test", roll_up=okr.rulebook.RollUpRule(**rule)),
    )


def score(objectives: list[okr.Objective], read: dict[str, Any], **rule: Any) -> float | None:
    return evaluated(objectives, read, **rule).objective(objectives[0].id).score


def own(*scores: float | None, weights: list[float] | None = None, **rule: Any) -> float | None:
    """Score an objective of key results with these scores."""
    key_results = [weighed(f"k{n}", w) for n, w in enumerate(weights or [1.0] * len(scores))]
    read = {f"k{n}": s for n, s in enumerate(scores) if s is not None}
    return score([bare("o", *key_results)], read, **rule)


def below(scores: list[float], weights: list[float] | None = None) -> list[okr.Objective]:
    """Return objectives below "o", each with one key result."""
    return [
        bare(f"c{n}", weighed(f"ck{n}"), supports=[okr.Alignment("o", weight=weight)])
        for n, weight in enumerate(weights or [1.0] * len(scores))
    ]


def read_below(scores: list[float]) -> dict[str, Any]:
    return {f"ck{n}": score for n, score in enumerate(scores)}


# --- how several become one --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "weights", "result"),
    [
        # METHOD.md 2.5: key results of 1.0, 0.5 and 0.0.
        ({}, [1, 1, 1], 0.5),
        ({}, [5, 3, 2], 0.65),
        ({"combine": Combination.MINIMUM}, [1, 1, 1], 0.0),
        ({"combine": Combination.MINIMUM}, [1, 1, 0], 0.5),
        ({"combine": Combination.SHARE_ACHIEVED}, [1, 1, 1], 1 / 3),
        ({"combine": Combination.SHARE_ACHIEVED}, [5, 3, 2], 0.5),
        ({"weigh": Weighing.EQUAL}, [5, 3, 2], 0.5),
        ({"weigh": Weighing.EQUAL}, [5, 3, 0], 0.75),
    ],
)
def test_three_key_results(rule: dict[str, Any], weights: list[float], result: float) -> None:
    assert own(1.0, 0.5, 0.0, weights=weights, **rule) == result


def test_a_share_achieved_counts_what_floats_call_nearly_1() -> None:
    thirds = okr.Compound({name: okr.Reach(3) for name in "abc"})
    read = {"k": {"a": 3, "b": 3, "c": 3}, "l": 0.9999999999999998}
    krs = [weighed("k", measure=thirds), weighed("l")]
    assert score([bare("o", *krs)], read, combine=Combination.SHARE_ACHIEVED) == 1


# --- what enters, and as what ------------------------------------------------------------------


def test_key_results_as_one_item_or_as_many() -> None:
    # Synergita: 30, 30 and 40 with weights .4, .2 and .4 are 34 together; with 50 and 75, 53.00.
    plan = [bare("o", weighed("a", 0.4), weighed("b", 0.2), weighed("c", 0.4)), *below([0.5, 0.75])]
    read = {"a": 0.3, "b": 0.3, "c": 0.4, **read_below([0.5, 0.75])}
    block = [RollUpPart(RollUpSource.KEY_RESULTS, as_one=True), OBJECTIVES]
    assert score(plan, read, parts=block) == pytest.approx(0.53, abs=1e-12)
    assert evaluated(plan, read, parts=block).shares("o") == pytest.approx(
        {"a": 0.4 / 3, "b": 0.2 / 3, "c": 0.4 / 3, "c0": 1 / 3, "c1": 1 / 3}
    )
    # In one equal pool the same are 225 / 5.
    pool = [KEY_RESULTS, OBJECTIVES]
    assert score(plan, read, parts=pool, weigh=Weighing.EQUAL) == pytest.approx(0.45, abs=1e-12)


def test_one_equal_pool() -> None:
    # 15Five: one key result and four objectives below are 20% each.
    plan = [bare("o", weighed("k")), *below([0.0] * 4)]
    card = evaluated(plan, {}, parts=[KEY_RESULTS, OBJECTIVES])
    assert set(card.shares("o").values()) == {0.2}


def test_one_weighted_pool_truncated() -> None:
    # UpRaise: weights 3, 5, 7, 10 and 5, 4; the first objective below at 100% is 500/34, shown 14.70.
    plan = [
        bare("o", weighed("a", 3), weighed("b", 5), weighed("c", 7), weighed("d", 10)),
        *below([1, 0], weights=[5, 4]),
    ]
    read = {**dict.fromkeys("abcd", 0.0), **read_below([1, 0])}
    rule = {"parts": [KEY_RESULTS, OBJECTIVES]}
    assert score(plan, read, **rule) == pytest.approx(5 / 34)
    truncated = okr.rulebook.Clip(digits=4, rounding=Rounding.TRUNCATE)
    assert score(plan, read, **rule, result=truncated) == 0.147


def test_own_otherwise_below() -> None:
    rule = {"parts": [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)]}
    both = [bare("o", weighed("k")), *below([0.3, 0.5])]
    assert score(both, {"k": 0.9, **read_below([0.3, 0.5])}, **rule) == 0.9
    assert score(both, read_below([0.3, 0.5]), **rule) is None
    # MHOKR: without key results the mean of what is below, 40 of 30 and 50.
    without_own = [bare("o"), *below([0.3, 0.5])]
    assert score(without_own, read_below([0.3, 0.5]), **rule) == 0.4


def test_initiatives_where_a_rulebook_lets_them_count() -> None:
    work = [okr.Initiative(f"i{n}", "Work") for n in range(4)]
    plan = [okr.Objective("o", "O", initiatives=work)]
    read = {"i0": True, "i1": True, "i2": True, "i3": 0.5}
    card = evaluated(plan, read, parts=[INITIATIVES])
    assert card.objective("o").score == 0.875
    assert card.objective("o").coverage == 1
    assert card.objective("o").score_range == (0.875, 0.875)
    del read["i3"]
    half_open = evaluated(plan, read, parts=[INITIATIVES]).objective("o")
    assert (half_open.score, half_open.coverage) == (1.0, 0.75)
    assert half_open.score_range == (0.75, 1.0)
    assert evaluated(plan, read).objective("o").score is None


# --- counting once -----------------------------------------------------------------------------


def test_mean_of_means_or_mean_of_distinct_key_results() -> None:
    # Frappe HR's tree of 0 and (50 and 0): level by level 12.5, and all three alike 16.67.
    plan = [
        bare("o"),
        bare("left", weighed("a"), supports=["o"]),
        bare("right", supports=["o"]),
        bare("r1", weighed("b"), supports=["right"]),
        bare("r2", weighed("c"), supports=["right"]),
    ]
    read = {"a": 0.0, "b": 0.5, "c": 0.0}
    assert score(plan, read, parts=[OBJECTIVES]) is None  # what has no objective below has no score
    otherwise = [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)]
    assert score(plan, read, parts=otherwise) == 0.125
    assert score(plan, read, parts=[DISTINCT]) == 0.5 / 3


DIAMOND = [
    bare("o"),
    bare("left", supports=["o"]),
    bare("right", weighed("b"), supports=["o"]),
    bare("both", weighed("a"), supports=["left", "right"]),
]


def test_a_diamond_counts_once() -> None:
    # "both" stands under "left" and under "right".
    read = {"a": 1.0, "b": 0.0}
    assert score(DIAMOND, read, parts=[DISTINCT]) == 0.5
    # Level by level it counts on both ways: left 1.0, right 0.5.
    assert score(DIAMOND, read, parts=[KEY_RESULTS, OBJECTIVES]) == 0.75


def test_a_key_result_that_is_shared_counts_once_with_the_weight_of_its_home() -> None:
    plan = [
        bare("o"),
        bare("home", weighed("a", 3), weighed("b", 1), supports=["o"]),
        bare("guest", okr.KeyResultRef("a", weight=9), supports=["o"]),
    ]
    read = {"a": 1.0, "b": 0.0}
    assert score(plan, read, parts=[DISTINCT]) == 0.75
    assert score([plan[0], plan[2], plan[1]], read, parts=[DISTINCT]) == 0.75
    # By objectives: 0.75 at home and 1.0 as a guest.
    otherwise = [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)]
    assert score(plan, read, parts=otherwise) == 0.875


def test_own_key_results_do_not_count_again_below() -> None:
    plan = [
        bare("o", okr.KeyResultRef("a", weight=2)),
        bare("child", weighed("a"), weighed("b"), supports=["o"]),
    ]
    card = evaluated(plan, {"a": 1.0, "b": 0.4}, parts=[KEY_RESULTS, DISTINCT])
    assert card.shares("o") == pytest.approx({"a": 2 / 3, "b": 1 / 3})
    assert card.objective("o").score == pytest.approx(0.8)


# --- weights -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "weights", "result"),
    [
        ([1.0, 0.0], [6, 4], 0.6),  # UpRaise
        ([1.0, 0.0, 0.0, 0.0], [3, 5, 7, 10], 0.12),  # UpRaise
        ([0.8, 0.0], [1, 0], 0.8),  # OKRnest: a weight of 0 leaves the denominator
        ([1.0, 0.0, 0.0], [0, 50, 50], 0.0),  # Lattice
        ([0.125, 0.5], [30, 70], 0.3875),  # Frappe HR
    ],
)
def test_stated_weights(scores: list[float], weights: list[float], result: float) -> None:
    assert own(*scores, weights=weights) == result


def test_multipliers_of_which_one_is_0() -> None:
    # Ally: of 2, 1, 1 and 0 the first is half.
    plan = [bare("o", weighed("a", 2), weighed("b", 1), weighed("c", 1), weighed("d", 0))]
    assert evaluated(plan, {}).shares("o") == {"a": 0.5, "b": 0.25, "c": 0.25, "d": 0.0}


def test_weights_that_must_total() -> None:
    assert own(0.5, 1.0, weights=[0.6, 0.4], weights_total=1) == pytest.approx(0.7)
    with pytest.raises(okr.InconsistentPlanError, match="let the weights total 1"):
        own(0.5, 1.0, weights=[0.6, 0.6], weights_total=1)  # Profit.co's own page


@pytest.mark.parametrize(
    ("zero", "result"),
    [(ZeroWeights.ABSENT, None), (ZeroWeights.EQUAL, 0.5), (ZeroWeights.ZERO, 0.0)],
)
def test_all_weights_0(zero: ZeroWeights, result: float | None) -> None:
    # memoflow takes them as equal, ShamanR as 0; okr-tracker divided by 0.
    assert own(0.2, 0.8, weights=[0, 0], zero_weights=zero) == result


def test_all_weights_0_share_nothing() -> None:
    plan = [bare("o", weighed("a", 0), weighed("b", 0))]
    assert evaluated(plan, {"a": 0.2}).shares("o") == {"a": 0.0, "b": 0.0}


def test_weighing_by_size_adds_amounts_up() -> None:
    # 29 of 30, 30 of 30 and 20 of 40 are 79 of 100; the mean of their percents is 82.2.
    targets = {"a": (29, 30), "b": (30, 30), "c": (20, 40)}
    plan = [bare("o", *(weighed(id, measure=okr.Reach(t)) for id, (_, t) in targets.items()))]
    read = {id: value for id, (value, _) in targets.items()}
    assert score(plan, read, weigh=Weighing.SIZE) == pytest.approx(0.79, abs=1e-12)
    assert score(plan, read) == pytest.approx(0.822, abs=3e-4)


def test_weighing_by_size_asks_for_shares() -> None:
    # Viva issue 518: shares of 82.6, 16.5 and 0.8, as 100 to 20 to 1.
    plan = [bare("o", *(weighed(f"k{n}", measure=okr.Reach(n)) for n in (100, 20, 1)))]
    shares = evaluated(plan, {}, weigh=Weighing.SIZE).shares("o")
    assert list(format_shares(shares, digits=1).values()) == [82.7, 16.5, 0.8]  # totals 100.0
    assert [round(share * 100, 1) for share in shares.values()] == [82.6, 16.5, 0.8]  # 99.9
    # Lattice: 300 of 300, 500 and 1,000 is 16.67.
    plan = [bare("o", *(weighed(f"k{n}", measure=okr.Reach(n)) for n in (300, 500, 1000)))]
    read = {"k300": 300, "k500": 0, "k1000": 0}
    assert score(plan, read, weigh=Weighing.SIZE) == pytest.approx(1 / 6)


def test_weighing_by_size_goes_up_the_cascade() -> None:
    plan = [
        bare("o"),
        bare(
            "large",
            weighed("a", measure=okr.Reach(60)),
            weighed("b", measure=okr.Reach(30)),
            supports=["o"],
        ),
        bare("small", weighed("c", measure=okr.Increase(10, 20)), supports=["o"]),
        bare("nothing", weighed("d", 0, okr.Reach(900)), supports=["o"]),
    ]
    rule = {
        "parts": [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)],
        "weigh": Weighing.SIZE,
    }
    # 30 of 60, 30 of 30 and 5 of 10: together 65 of 100. What is tracked has no size.
    assert score(plan, {"a": 30, "b": 30, "c": 15, "d": 900}, **rule) == pytest.approx(0.65)


def test_an_objective_under_another_rule_has_the_size_1() -> None:
    stated = okr.Rulebook(name="stated")
    plan = [
        bare("o", weighed("a", measure=okr.Reach(3))),
        bare("other", weighed("b", measure=okr.Reach(50)), supports=["o"], method="stated"),
    ]
    rule = okr.rulebook.RollUpRule(parts=[KEY_RESULTS, OBJECTIVES], weigh=Weighing.SIZE)
    book = okr.Rulebook(name="size", roll_up=rule, methods=[stated])
    journal = okr.Journal(okr.check_ins(DAY, {"a": 3, "b": 0}))
    card = okr.evaluate(okr.Plan(plan), journal, as_of=DAY, rulebook=book)
    assert card.objective("o").score == 0.75


# --- fixed shares ------------------------------------------------------------------------------


def shares_of(*key_results: okr.KeyResult) -> dict[str, float]:
    return evaluated([bare("o", *key_results)], {}).shares("o")


def test_fixed_shares_leave_the_rest_to_the_others() -> None:
    # Viva: one of three fixed at 50 leaves 25 and 25; with a fourth, 16.67 for each of three.
    assert shares_of(weighed("a", fixed=0.5), weighed("b"), weighed("c")) == {
        "a": 0.5,
        "b": 0.25,
        "c": 0.25,
    }
    four = shares_of(weighed("a", fixed=0.5), weighed("b"), weighed("c"), weighed("d"))
    assert format_shares(four, digits=2) == {"a": 50, "b": 16.67, "c": 16.67, "d": 16.66}
    # Lark: of 0.3, 0.3 and 0.4, the first two set to 0.6 and 0.3 leave 0.1.
    lark = shares_of(weighed("a", fixed=0.6), weighed("b", fixed=0.3), weighed("c", 0.4))
    assert lark == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1})


def test_fixed_shares_beside_nothing_free() -> None:
    assert shares_of(weighed("a", fixed=0.5), weighed("b", fixed=0.25)) == pytest.approx(
        {"a": 2 / 3, "b": 1 / 3}
    )
    # More than the whole leaves nothing for the others.
    assert shares_of(weighed("a", fixed=0.8), weighed("b", fixed=0.8), weighed("c")) == {
        "a": 0.5,
        "b": 0.5,
        "c": 0,
    }
    assert shares_of(weighed("a", fixed=0.5), weighed("b", 0)) == {"a": 1.0, "b": 0.0}


def test_a_fixed_share_is_one_of_its_own_objective() -> None:
    plan = [
        bare("home", weighed("a", fixed=0.9), weighed("b")),
        bare("guest", okr.KeyResultRef("a", weight=1), weighed("c", 3)),
    ]
    card = evaluated(plan, {})
    assert card.shares("home") == pytest.approx({"a": 0.9, "b": 0.1})
    assert card.shares("guest") == pytest.approx({"a": 0.25, "c": 0.75})


def test_three_equal_shares_are_shown_as_100() -> None:
    thirds = shares_of(weighed("a"), weighed("b"), weighed("c"))
    assert format_shares(thirds, digits=2) == {"a": 33.34, "b": 33.33, "c": 33.33}
    assert format_shares(thirds) == {"a": 34.0, "b": 33.0, "c": 33.0}


# --- what is not there -------------------------------------------------------------------------


def test_missing_is_left_out_or_counts() -> None:
    assert own(0.8, None) == 0.8  # MHOKR, BurningOKR
    assert own(0.8, None, missing=0) == 0.4  # GitLab, Frappe HR
    assert own(0.8, None, missing=0.5) == 0.65
    assert own(None, None) is None
    assert own(None, None, missing=0) == 0
    assert own(None, None, empty=0) == 0  # GitLab


def test_least_coverage() -> None:
    assert own(0.8, None, least_coverage=0.5) == 0.8
    assert own(0.8, None, None, least_coverage=0.5) is None
    plan = [bare("o", weighed("k0"), weighed("k1"), weighed("k2"))]
    thin = evaluated(plan, {"k0": 0.8}, least_coverage=0.5).objective("o")
    assert thin.no_score_reason is okr.scorecard.NoScoreReason.TOO_THIN
    assert thin.why == "too little of it is read: 33%"
    assert thin.coverage == pytest.approx(1 / 3)
    # Thirds of thirds: 1/3 of the weight is 1/3, whatever floats make of it.
    assert own(0.8, None, None, least_coverage=1 / 3) == 0.8


def test_coverage_is_recursive() -> None:
    plan = [
        bare("o"),
        bare("half", weighed("a"), weighed("b"), supports=[okr.Alignment("o", weight=3)]),
        bare("none", weighed("c"), supports=["o"]),
    ]
    rule = {"parts": [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)]}
    card = evaluated(plan, {"a": 0.6}, **rule)
    assert card.objective("o").score == 0.6
    assert card.objective("o").coverage == 0.375  # (3 x 0.5 + 1 x 0) / 4
    assert card.objective("o").score_range == pytest.approx((0.225, 0.85))
    # As one item the two together cover a half of it, beside an own key result.
    block = [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, as_one=True)]
    own_too = [bare("o", weighed("k")), *plan[1:]]
    assert evaluated(own_too, {"a": 0.6, "k": 1.0}, parts=block).objective("o").coverage == 0.6875


# --- micro, methods, clips ---------------------------------------------------------------------


def test_micro_okrs_enter_where_a_rulebook_lets_them() -> None:
    week = HOUSE.cycle_of(DAY, okr.Cadence.MICRO_WEEK)
    plan = [
        bare("o"),
        bare("quarter", weighed("a"), supports=["o"]),
        bare("sprint", weighed("b"), supports=["o"], cycle=week),
    ]
    read = {"a": 0.5, "b": 1.0}
    otherwise = [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)]
    for parts in (otherwise, [DISTINCT]):
        assert score(plan, read, parts=parts) == 0.5
        assert score(plan, read, parts=parts, with_micro=True) == 0.75


def test_an_objective_may_ask_for_another_method() -> None:
    worst = okr.Rulebook(name="worst", roll_up=okr.rulebook.RollUpRule(combine=Combination.MINIMUM))
    book = okr.Rulebook(name="house", methods=[worst])
    plan = okr.Plan(
        [
            bare("o"),
            bare("mean", weighed("a"), weighed("b"), supports=["o"]),
            bare("worst", weighed("c"), weighed("d"), supports=["o"], method="worst"),
        ]
    )
    journal = okr.Journal(okr.check_ins(DAY, {"a": 1.0, "b": 0.5, "c": 1.0, "d": 0.5}))
    card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book)
    assert card.objective("mean").score == 0.75
    assert card.objective("worst").score == 0.5
    assert card.objective("o").score == 0.625


def test_parents_may_be_floored() -> None:
    # GitLab: 20, 30 and 30 are 26.67, and the parent is shown and kept as 26.
    floor = okr.rulebook.Clip(digits=2, rounding=Rounding.FLOOR)
    assert own(0.2, 0.3, 0.3, result=floor) == 0.26
    # The floored 0.26 is what enters above.
    plan = [bare("top"), bare("o", weighed("a"), weighed("b"), weighed("c"), supports=["top"])]
    rule = {
        "parts": [KEY_RESULTS, RollUpPart(RollUpSource.OBJECTIVES, otherwise=True)],
        "result": floor,
    }
    assert score(plan, {"a": 0.2, "b": 0.3, "c": 0.3}, **rule) == 0.26


def test_a_judged_score_may_enter_above() -> None:
    plan = [bare("o"), bare("child", weighed("k"), supports=["o"])]
    judged = okr.Judgement("child", DAY, score=0.9, because="half of it is not in the metric")
    journal = okr.Journal(okr.check_ins(DAY, {"k": 0.5})).add(judged)
    for with_judged, result in (
        (None, 0.5),
        (okr.rulebook.OverrideDuration.ALWAYS, 0.9),
        (okr.rulebook.OverrideDuration.UNTIL_READ, 0.9),
    ):
        book = okr.Rulebook(name="a test", roll_up=okr.rulebook.RollUpRule(with_judged=with_judged))
        card = okr.evaluate(okr.Plan(plan), journal, as_of=DAY, rulebook=book)
        assert card.objective("o").score == result
        assert card.objective("child").score == 0.5


def test_micro_okrs_are_in_the_mean_of_what_is_below_only_where_they_enter() -> None:
    week = okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_WEEK)
    sprint = bare("sprint", weighed("s"), supports=["o"], cycle=week)
    plan = okr.Plan([bare("o", weighed("k")), bare("child", weighed("c"), supports=["o"]), sprint])
    journal = okr.Journal(okr.check_ins(DAY, {"k": 0.5, "c": 1.0, "s": 0.0}))
    for with_micro, below in ((False, 1.0), (True, 0.5)):
        book = okr.Rulebook(name="a test", roll_up=okr.rulebook.RollUpRule(with_micro=with_micro))
        card = okr.evaluate(plan, journal, as_of=DAY, rulebook=book)
        assert card.objective("o").children_mean == below


def explained(plan: list[okr.Objective], journal: okr.Journal, **rule: Any) -> list[str]:
    book = okr.Rulebook(name="a test", roll_up=okr.rulebook.RollUpRule(**rule))
    card = okr.evaluate(okr.Plan(plan), journal, as_of=DAY, rulebook=book)
    for _, step in card.explain("o").walk():
        assert step.recompute() == step.result
    return [line.strip() for line in str(card.explain("o")).splitlines()[:-1]]


def test_an_explanation_says_what_enters_in_the_place_of_a_score() -> None:
    plan = [bare("o", weighed("k"), weighed("l"), weighed("p"), title="O")]
    journal = okr.Journal(okr.check_ins(DAY, {"k": 0.5, "p": 0.1}))
    journal = journal.add(okr.Judgement("k", DAY, score=0.9, because="late data"))
    journal = journal.add(okr.Transition("p", DAY, okr.Lifecycle.PAUSED))
    assert explained(
        plan, journal, missing=0, with_judged=okr.rulebook.OverrideDuration.ALWAYS
    ) == [
        "O (o): score 0.45, mean of 1 of 2 key results; 1 without a score counts as 0; 1",
        "more is excluded on the day",
        "KR (k): score as it enters 0.9, judged 0.9 on 2026-08-14: late data",
        "KR (k): score 0.5, credit 0.5, read on 2026-08-14",
        "KR (l): score as it enters 0, no score counts as 0",
        "KR (l): no score, no reading",
        "KR (p): no score, paused since 2026-08-14",
        "50% measured; final score between 0.45 and 0.95",
    ]


def test_an_explanation_goes_down_to_work_and_to_what_a_reading_is_derived_from() -> None:
    total = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
    plan = [
        okr.Objective(
            "o",
            "O",
            key_results=[okr.KeyResult("d", "KR", okr.Reach(4000), weight=3, derived=total)],
            initiatives=[okr.Initiative("w", "Work")],
        ),
        bare("sources", *(okr.KeyResult(id, "KR", okr.Reach(2000)) for id in "ab")),
    ]
    journal = okr.Journal(okr.check_ins(DAY, {"a": 1000, "b": 1000, "w": 0.9}))
    parts = [RollUpPart(RollUpSource.INITIATIVES), KEY_RESULTS]
    assert explained(plan, journal, parts=parts) == [
        "O (o): score 0.6, weighted mean of 2 of 2 parts",
        "Work (w): score as it enters 0.9, as far as it is done",
        "KR (d): score 0.5 (weight 3), 2,000 is 50% of the way from 0 to 4,000, read",
        "on 2026-08-14",
        "KR (d): reading 2,000, sum of a, b",
        "KR (a): score 0.5, 1,000 is 50% of the way from 0 to 2,000, read on",
        "2026-08-14",
        "KR (b): score 0.5, 1,000 is 50% of the way from 0 to 2,000, read on",
        "2026-08-14",
        "initiative Work (w): 90% done",
    ]
    journal = okr.Journal(okr.check_ins(DAY, {"a": 1000}))
    assert "KR (d): no reading, unread: b" in explained(plan, journal, parts=parts)


def test_what_was_put_away_is_explained_as_counting_for_nothing() -> None:
    day = date(2026, 8, 14)
    plan = okr.Plan(
        [
            okr.Objective("top", "Top"),
            *(
                okr.Objective(
                    id,
                    id.upper(),
                    supports=["top"],
                    key_results=[okr.KeyResult(f"{id}-k", "K", okr.Reach(10))],
                )
                for id in ("a", "b")
            ),
        ]
    )
    journal = okr.Journal(okr.check_ins(day, {"a-k": 4, "b-k": 8}))
    put_away = journal.add(
        okr.Closing("a", day, okr.ClosingDecision.ACHIEVED),
        okr.Transition("a", date(2026, 8, 15), okr.Lifecycle.ARCHIVED),
    )
    rule = okr.rulebook.RollUpRule(with_archived=False)
    book = okr.Rulebook(name="test", roll_up=rule)
    card = okr.evaluate(plan, put_away, as_of=date(2026, 8, 16), rulebook=book)
    assert card.objective("a").score == 0.4
    assert card.objective("top").score == 0.8
    assert "excluded on the day" in str(card.explain("top"))


# --- weights as they are written, and sizes of one unit -----------------------------------------


@pytest.mark.parametrize(
    ("weights", "total"),
    [
        ([33.3] * 3, 100),
        ([33.33] * 3, 100),
        ([33.33, 33.33, 33.34], 100),
        ([16.7] * 6, 100),
        ([14.3] * 7, 100),
        ([66.7, 33.3], 100),
        ([0.33] * 3, 1),
        ([0.333] * 3, 1),
        ([0.17] * 6, 1),
        ([1 / 3] * 3, 1),
        ([0.1] * 10, 1),
    ],
)
def test_weights_total_as_they_are_rounded(weights: list[float], total: float) -> None:
    scores = [1.0] + [0.0] * (len(weights) - 1)
    found = own(*scores, weights=weights, weights_total=total)
    assert found == pytest.approx(weights[0] / sum(weights))


@pytest.mark.parametrize(
    ("weights", "total"),
    [
        ([33, 33, 33], 100),
        ([50, 49], 100),
        ([50.5, 49.4], 100),  # half a tenth each is not reached by rounding
        ([33.3, 33.3, 33.2], 100),
        ([0.5, 0.4], 1),
        ([0.3, 0.3, 0.3], 1),
        ([0.33, 0.33], 1),
        ([0.5, 0.25, 0.2], 1),
    ],
)
def test_weights_that_are_no_roundings_are_refused(weights: list[float], total: float) -> None:
    with pytest.raises(okr.InconsistentPlanError, match=f"let the weights total {total}"):
        own(*[1.0] * len(weights), weights=weights, weights_total=total)


@pytest.mark.parametrize(
    ("weights", "total", "shown"),
    [
        ([33.3, 66.6], 100, 99.9),
        ([16.6] * 6, 100, 99.6),
        ([50, 49], 100, 99.0),
        ([0.3, 0.3, 0.3], 1, 0.9),
        ([0.1, 0.2], 1, 0.3),
        ([33333.3, 33333.3, 33333.2], 100, 99999.8),
    ],
)
def test_a_refused_total_has_no_noise(weights: list[float], total: float, shown: float) -> None:
    with pytest.raises(okr.InconsistentPlanError, match="weights-total") as caught:
        own(*[1.0] * len(weights), weights=weights, weights_total=total)
    assert caught.value.value == shown
    assert f"got {shown!r};" in str(caught.value)


def test_weights_of_nothing_total_nothing() -> None:
    with pytest.raises(okr.InconsistentPlanError, match="let the weights total 100"):
        own(1.0, 1.0, weights=[0, 0], weights_total=100)


def in_unit(id: str, unit: str | None, *, weight: float = 1, measure: Any = None) -> okr.KeyResult:
    return evolve(weighed(id, weight, measure or okr.Reach(10)), unit=unit)


SIZES = {"weigh": Weighing.SIZE, "parts": [KEY_RESULTS, OBJECTIVES]}


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        ([bare("o", in_unit("a", "USD"), in_unit("b", "%"))], "a in USD, b in %"),
        ([bare("o", in_unit("a", "USD"), in_unit("b", None))], "a in USD, b in no unit"),
        (
            [
                bare("o", in_unit("a", "USD")),
                bare("below", in_unit("b", "EUR"), supports=["o"]),
            ],
            "a in USD, b in EUR",
        ),
        (
            [
                bare("o"),
                bare("mid", supports=["o"]),
                bare("low", in_unit("a", "USD"), supports=["mid"]),
                bare("other", in_unit("b", "days"), supports=["o"]),
            ],
            "a in USD, b in days",
        ),
        # What has no way would weigh 1 beside 600 USD.
        (
            [bare("o", in_unit("a", "USD", measure=okr.Increase(0, 600)), weighed("b"))],
            "a in USD, b without a span",
        ),
        (
            [bare("o", in_unit("a", "USD"), weighed("b", measure=okr.Milestones("x", "y")))],
            "a in USD, b without a span",
        ),
        (
            [bare("o", in_unit("a", "USD"), in_unit("b", "USD", measure=okr.AtMost(5)))],
            "a in USD, b without a span",
        ),
        (
            [bare("o", in_unit("a", "USD")), bare("below", weighed("b"), supports=["o"])],
            "a in USD, b without a span",
        ),
        (
            [bare("o", in_unit("a", "USD"), weighed("b"), in_unit("c", None))],
            "a in USD, b without a span, c in no unit",
        ),
        # Without a unit it would weigh 1 beside 10 as well.
        (
            [bare("o", in_unit("a", None), weighed("b", measure=okr.AtMost(-10)))],
            "a in no unit, b without a span",
        ),
    ],
)
def test_sizes_of_several_units_are_refused_by_name(plan: Any, named: str) -> None:
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch") as caught:
        score(plan, {}, **SIZES)
    assert sorted(str(caught.value.value).split(", ")) == sorted(named.split(", "))
    assert caught.value.path == "Objective('o').key_results"


def test_what_has_no_size_has_no_unit_of_it() -> None:
    plan = [
        bare(
            "o",
            in_unit("a", "USD"),
            in_unit("b", "%", weight=0),
            weighed("c", 0),
        )
    ]
    assert score(plan, {"a": 10, "b": 0, "c": 0.0}, **SIZES) == 1.0
    # Where nothing has a way, everything has the size 1.
    plan = [bare("o", weighed("c"), in_unit("d", "days", measure=okr.AtMost(5)))]
    assert score(plan, {"c": 0.0, "d": 4}, **SIZES) == 0.5


def test_work_has_no_size_beside_sizes_in_a_unit() -> None:
    work = [okr.Initiative("i", "I")]
    rule = {"weigh": Weighing.SIZE, "parts": [KEY_RESULTS, INITIATIVES]}
    for unit, words in (("USD", "in USD"), (None, "in no unit")):
        plan = [evolve(bare("o", in_unit("a", unit)), initiatives=work)]
        with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch") as caught:
            score(plan, {"a": 0, "i": 1.0}, **rule)
        assert caught.value.value == f"a {words}, i without a span"


def test_a_line_without_a_baseline_has_the_mean_size_of_the_others() -> None:
    """Its way is not known yet: 1 beside 30 and 60 would leave it out of the coverage."""
    late = in_unit("c", "USD", measure=okr.Increase(None, 500))
    plan = [
        bare(
            "o",
            in_unit("a", "USD", measure=okr.Reach(30)),
            in_unit("b", "USD", measure=okr.Decrease(90, 30)),
            late,
        )
    ]
    card = evaluated(plan, {"a": 15, "b": 60}, weigh=Weighing.SIZE)
    assert card.shares("o") == pytest.approx({"a": 30 / 135, "b": 60 / 135, "c": 45 / 135})
    assert card.objective("o").coverage == pytest.approx(2 / 3)
    assert card.objective("o").score == 0.5
    alone = evaluated([bare("o", late, in_unit("d", "USD", measure=late.measure))], {}, **SIZES)
    assert alone.shares("o") == {"c": 0.5, "d": 0.5}
    # The way of a change is known without its baseline.
    plan = [bare("o", weighed("a", measure=okr.Points(-30)), weighed("b", measure=okr.Reach(10)))]
    assert evaluated(plan, {}, **SIZES).shares("o") == {"a": 0.75, "b": 0.25}

"""Measures with scales of their own, and the rules that look back over a cycle; numbers by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3
from okrcore.plan.measures import MEASURES
from okrcore.rulebook import BoundReading, BoundRule, BoundShape

DAY = date(2026, 8, 14)


def card_of_one(measure: Any, entries: Any, *, rule: Any = None, day: date = DAY) -> okr.Scorecard:
    plan = okr.Plan(
        [okr.Objective("o", "O", cycle=Q3, key_results=[okr.KeyResult("k", "KR", measure)])]
    )
    read = entries if isinstance(entries, list) else [okr.CheckIn("k", day, entries)]
    book = okr.RECOMMENDED if rule is None else evolve(okr.RECOMMENDED, attainment=rule)
    return okr.evaluate(plan, okr.Journal(read), as_of=day, rulebook=book)


def progress_of(measure: Any, entries: Any, **more: Any) -> float | None:
    return card_of_one(measure, entries, **more).key_result("k").progress


PRESCORED = okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}, baseline=0)


@pytest.mark.parametrize(
    ("measure", "reading", "progress"),
    [
        # METHOD.md 2.8: pre-scored 6/10/15 customers
        *[
            (PRESCORED, value, score)
            for value, score in [(3, 0.15), (6, 0.3), (9, 0.6), (10, 0.7), (12, 0.82), (15, 1.0)]
        ],
        (PRESCORED, 20, 1.3),  # the last line goes on; the score is clipped
        (PRESCORED, -6, -0.3),
        (okr.Anchors({0.7: 10, 1.0: 15, 1.2: 20}, baseline=0), 17.5, 1.1),  # stretch
        (okr.Anchors({0.5: 10, 1.0: 0}, baseline=20), 5, 0.75),  # downwards
        (okr.Anchors({0.7: 8.5, 1.0: 10}), 5, 0.0),  # the line through the first two
        (okr.Exactly(5, 0), 1, 0.2),  # Qulture.Rocks
        (okr.Exactly(5, 0), 2, 0.4),
        (okr.Exactly(5, 0), 6, 0.8),
        (okr.Exactly(5, 0), 7, 0.6),
        (okr.Exactly(5, 0), 11, -0.2),
        (okr.Exactly(5, 10), 8, 0.4),  # from above
        (okr.Budget(15), 0, 1.0),  # GitLab's error budget
        (okr.Budget(15), 15, 1.0),
        (okr.Budget(15), 22.5, 0.5),
        (okr.Budget(15), 30, 0.0),
        (okr.Budget(15), 45, -1.0),
        (okr.Steps([(okr.Below(5), 1), (okr.AtMost(7), 0.5), (None, 0)]), 5, 0.5),
        (okr.Steps([(okr.Below(5), 1), (okr.AtMost(7), 0.5), (None, 0)]), 7.1, 0.0),
        (okr.Steps([(okr.Below(5), 1)]), 5, None),  # a hole
        (okr.Zones({"fail": 0, "commit": 0.3, "target": 0.7}), "commit", 0.3),
        (okr.Judged(), 0.6, 0.6),
        (
            okr.Compound({"shipped": okr.PassFail(), "posts": okr.Reach(75)}),
            {"shipped": True, "posts": 7},
            (1 + 7 / 75) / 2,
        ),
        (
            okr.Compound({"a": okr.Reach(2), "b": okr.Reach(10)}),
            {"a": 4, "b": 5},
            0.75,  # 2.0 is clipped to 1.0, and lifts nothing
        ),
        (
            okr.Compound(
                {"a": okr.Reach(2), "b": okr.Reach(10)}, combine=okr.plan.Combination.MINIMUM
            ),
            {"a": 4, "b": 5},
            0.5,
        ),
        (
            okr.Compound(
                {"a": okr.Judged(), "b": okr.Reach(3)}, combine=okr.plan.Combination.PRODUCT
            ),
            {"a": 0.68, "b": 2},
            0.68 * (2 / 3),
        ),
        (okr.Compound({"a": okr.Reach(2), "b": okr.Reach(10)}), {"a": 4}, None),
        (
            okr.Compound({"a": okr.FromTo(5, 5), "b": okr.AtMost(10)}),
            {"a": 5, "b": 5},
            None,  # one part has no score
        ),
    ],
)
def test_progress(measure: Any, reading: Any, progress: float | None) -> None:
    assert progress_of(measure, reading) == (
        None if progress is None else pytest.approx(progress, rel=1e-12, abs=1e-12)
    )


def test_what_has_no_score_says_why() -> None:
    hole = card_of_one(okr.Steps([(okr.Below(5), 1)]), 5).key_result("k")
    assert (hole.why, hole.no_score_reason) == (
        "5 has no score: no step holds it",
        okr.scorecard.NoScoreReason.OFF_SCALE,
    )
    half = card_of_one(okr.Compound({"a": okr.Reach(2), "b": okr.Reach(9)}), {"a": 4}).key_result(
        "k"
    )
    assert half.why == "a: 4 has no score: a part is unread"
    zoned = card_of_one(okr.Zones({"fail": 0, "commit": 0.3}), "commit").key_result("k")
    assert zoned.why == "commit is worth 0.30"


@pytest.mark.parametrize(
    ("anchors", "score", "value"),
    [
        (okr.Anchors({0.7: 8.5, 1.0: 10}), 0, 5),  # Puzzle's marks
        (okr.Anchors({0.7: 8.5, 1.0: 10}), 0.3, 6.5),
        (okr.Anchors({1.0: -10}, baseline=-5), 0.7, -8.5),
        (PRESCORED, 0.3, 6),
        (PRESCORED, 0.85, 12.5),
        (PRESCORED, 1.0, 15),
        (PRESCORED, 1.3, 20),
    ],
)
def test_the_value_a_score_asks_for(anchors: Any, score: float, value: float) -> None:
    assert anchors.value_of(score) == pytest.approx(value, rel=1e-12)
    assert anchors.score_of(value) == pytest.approx(score, abs=1e-12)


# --- what each takes ----------------------------------------------------------------------------

NUMBERS: list[Any] = [0, -3, 2.5, okr.Ratio(31, 1000, per=100)]
NO_NUMBERS: list[Any] = [True, "green", ["a"], {"a": 1}]
COMPOUND = okr.Compound({"shipped": okr.PassFail(), "posts": okr.Reach(75)})


@pytest.mark.parametrize(
    ("measure", "taken", "refused"),
    [
        *[
            (measure, NUMBERS, NO_NUMBERS)
            for measure in (
                okr.Increase(1, 2),
                okr.Decrease(2, 1),
                okr.FromTo(2, 1),
                okr.Reach(2),
                okr.Relative(percent=5, baseline=21),
                okr.Points(5, baseline=21),
                okr.Multiple(2, baseline=21),
                okr.AtLeast(1),
                okr.Above(1),
                okr.AtMost(1),
                okr.Below(1),
                okr.Between(1, 2),
                okr.Exactly(5, 0),
                okr.Budget(15),
                okr.EachPeriod(okr.AtLeast(10), every=okr.Cadence.MONTHLY),
                PRESCORED,
                okr.Steps([(okr.Below(5), 1), (None, 0)]),
            )
        ],
        (okr.EstablishBaseline(), NUMBERS, NO_NUMBERS),
        (okr.PassFail(), [True, False, 0, 0.3, 1], [1.01, -0.1, "yes", okr.Ratio(1, 2), ["a"]]),
        (okr.Judged(), [0, 0.3, 1], [True, 1.01, -0.1, "good", okr.Ratio(1, 2)]),
        (okr.Milestones("a", "b"), [[], ["a"], {"b", "a"}], [1, True, ["c"], {"a": 1}, "a"]),
        (okr.Evidence(required=2), [[], ["x"], {"x", "y", "z"}], [1, True, "x", {"a": 1}]),
        (
            okr.Zones({"fail": 0, "target": 0.7}),
            ["fail", "target"],
            ["commit", 0.7, True, ["fail"]],
        ),
        (
            COMPOUND,
            [{}, {"shipped": True}, {"shipped": 0.5, "posts": 7}, {"posts": okr.Ratio(1, 2)}],
            [7, True, "shipped", ["shipped"], {"likes": 1}, {"posts": True}, {"shipped": 2}],
        ),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_a_measure_reads(measure: Any, taken: list[Any], refused: list[Any]) -> None:
    for reading in taken:
        assert card_of_one(measure, [okr.CheckIn("k", DAY, reading)]).problems == ()
    for reading in refused:
        with pytest.raises(okr.OkrError, match="reading-does-not-fit"):
            card_of_one(measure, [okr.CheckIn("k", DAY, reading)])


def test_every_measure_is_in_the_table_of_readings() -> None:
    mark = next(m for m in test_what_a_measure_reads.pytestmark if m.name == "parametrize")
    assert {type(case[0]) for case in mark.args[1]} == set(MEASURES)


# --- edges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "edge", "grades"),
    [
        # 0.7 and 0.4, exactly on them and a hair to either side, by every measure that computes.
        (okr.Increase(7.2, 8.5), 8.11, ("yellow", "green", "green")),
        (okr.Increase(28, 40), 36.4, ("yellow", "green", "green")),
        (okr.Decrease(8.5, 7.2), 7.59, ("green", "green", "yellow")),
        (okr.Increase(7.2, 8.5), 7.72, ("red", "yellow", "yellow")),
        (okr.FromTo(40, 28), 31.6, ("green", "green", "yellow")),
        (okr.Reach(0.3), 0.21, ("yellow", "green", "green")),
        (okr.Relative(percent=5, baseline=21), 21.735, ("yellow", "green", "green")),
        (okr.Points(5, baseline=21), 24.5, ("yellow", "green", "green")),
        (okr.Multiple(2, baseline=12), 20.4, ("yellow", "green", "green")),
        (okr.Exactly(5, 0), 3.5, ("yellow", "green", "green")),
        (okr.Exactly(5, 0), 6.5, ("green", "green", "yellow")),
        (okr.Budget(15), 19.5, ("green", "green", "yellow")),
        (PRESCORED, 10, ("yellow", "green", "green")),
        (okr.Anchors({0.3: 6, 0.7: 10, 1.0: 15}), 7, ("red", "yellow", "yellow")),
        (okr.Steps([(okr.AtMost(5), 0.7), (None, 0.4)]), 5, ("green", "green", "yellow")),
        (okr.Judged(), 0.7, ("yellow", "green", "green")),
        (okr.PassFail(), 0.4, ("red", "yellow", "yellow")),
    ],
)
def test_an_edge_and_a_hair_to_either_side(
    measure: Any, edge: float, grades: tuple[str, str, str]
) -> None:
    assert grades == tuple(
        card_of_one(measure, edge + hair).grade("grade", "k") for hair in (-1e-9, 0, 1e-9)
    )


@pytest.mark.parametrize(
    ("ambition", "edge", "verdicts"),
    [
        ("committed", 1.0, ("missed", "delivered", "delivered")),
        ("aspirational", 0.7, ("progressed", "succeeded", "succeeded")),
        ("aspirational", 0.4, ("fell short", "progressed", "progressed")),
    ],
)
def test_verdicts_on_an_edge_and_a_hair_to_either_side(
    ambition: str, edge: float, verdicts: tuple[str, str, str]
) -> None:
    def verdict(value: float) -> str | None:
        kr = okr.KeyResult("k", "KR", okr.Reach(1))
        objective = okr.Objective(
            "o", "O", cycle=Q3, ambition=okr.Ambition(ambition), key_results=[kr]
        )
        journal = okr.Journal(okr.check_ins(Q3.end, {"k": value}))
        result = okr.evaluate(okr.Plan([objective]), journal, as_of=date(2026, 10, 15)).objective(
            "o"
        )
        # A committed miss asks for a post-mortem; an aspirational full score raises no alarm.
        assert (result.asks_for == "a post-mortem") == (result.verdict == "missed")
        return result.verdict

    assert verdicts == tuple(verdict(edge + hair) for hair in (-1e-9, 0, 1e-9))
    assert verdict(edge - 1e-14) == verdict(edge)


# --- bounds over a cycle -----------------------------------------------------------------------


def weekly(values: list[Any], start: date = Q3.start) -> list[okr.CheckIn]:
    return [
        okr.CheckIn("k", start + timedelta(days=7 * n), value)
        for n, value in enumerate(values)
        if value is not None
    ]


WEEKS = weekly([4.8, 4.2, 4.5, 3.5, 4.25, None, 4.5, 2])  # Profit.co: 4 to 5, 13 weeks planned


@pytest.mark.parametrize(
    ("reading", "progress"),
    [
        ("latest", 0.0),
        ("mean", 0.0),  # 3.96
        ("sum", 0.0),
        ("minimum", 0.0),
        ("maximum", 1.0),
        ("share of elapsed periods", 5 / 8),
        ("share of planned periods", 5 / 13),
    ],
)
def test_what_a_bound_looks_at(reading: str, progress: float) -> None:
    rule = okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading(reading)))
    found = progress_of(okr.Between(4, 5), WEEKS, rule=rule, day=date(2026, 8, 20))
    assert found == pytest.approx(progress)


def test_shares_of_periods_need_a_cycle() -> None:
    rule = okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.SHARE_OF_PLANNED))
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "KR", okr.AtMost(5))])]
    )
    book = evolve(okr.RECOMMENDED, attainment=rule)
    card = okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, {"k": 4})), as_of=DAY, rulebook=book)
    assert card.key_result("k").why == "4 has no score: no cycle, so no periods"


def test_periods_follow_the_metric_s_own_rhythm() -> None:
    rule = okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.SHARE_OF_ELAPSED))
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=okr.FiscalCalendar().year(2026),
                key_results=[okr.KeyResult("k", "KR", okr.Between.around(250), metric="m")],
            )
        ],
        metrics=[okr.Metric("m", "Headcount", check_in_days=30)],
    )
    # METHOD.md 2.8: headcount 250 within 5%, 11 of 12 months.
    months = [okr.CheckIn("m", date(2026, n, 28), 250 if n != 7 else 268) for n in range(1, 13)]
    book = evolve(okr.RECOMMENDED, attainment=rule)
    card = okr.evaluate(plan, okr.Journal(months), as_of=date(2026, 12, 31), rulebook=book)
    assert card.key_result("k").score == pytest.approx(0.9167, abs=5e-5)


def test_periods_follow_the_cadence_where_the_metric_says_nothing() -> None:
    rule = okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.SHARE_OF_ELAPSED))
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=Q3,
                key_results=[okr.KeyResult("k", "KR", okr.AtMost(5), metric="m")],
            )
        ],
        metrics=[okr.Metric("m", "M")],
    )
    # Weeks from Wednesday, 1 July: held in the first, the second and the fourth, of four.
    entries = [okr.CheckIn("m", date(2026, 7, day), 4) for day in (1, 7, 8, 22)]
    book = evolve(okr.RECOMMENDED, attainment=rule)
    card = okr.evaluate(plan, okr.Journal(entries), as_of=date(2026, 7, 28), rulebook=book)
    assert card.key_result("k").score == 0.75


def test_steps_are_said_in_order() -> None:
    steps = okr.Steps([(okr.Below(5), 1), (okr.AtMost(7), 0.5), (None, 0)])
    assert str(steps) == "below 5: 1; at most 7: 0.5; else: 0"


@pytest.mark.parametrize(
    ("shape", "bound", "value", "progress"),
    [
        ("distance", okr.AtMost(1), 0.5, 1.5),  # Profit.co
        ("distance", okr.AtMost(1), 1.75, 0.25),
        ("distance", okr.AtLeast(10), 8, 0.8),
        ("distance", okr.Between(4, 5), 3, 0.75),
        ("distance", okr.Between(4, 5), 6, 0.8),
        ("distance", okr.AtMost(0), 1, 0.0),
        ("distance", okr.AtMost(0), 0, 1.0),
        ("soft", okr.Between(72, 78, tolerated_to=(66, 84)), 70, 2 / 3),  # METHOD.md 2.8
        ("soft", okr.Between(72, 78, tolerated_to=(66, 84)), 75, 1.0),
        ("soft", okr.Between(72, 78, tolerated_to=(66, 84)), 80, 2 / 3),
        ("soft", okr.Between(72, 78, tolerated_to=(66, 84)), 90, 0.0),
        ("soft", okr.AtMost(85, tolerated_to=95), 90, 0.5),
        ("soft", okr.AtLeast(85, tolerated_to=75), 80, 0.5),
        ("soft", okr.AtMost(85), 90, 0.0),
        ("held", okr.Between(72, 78, tolerated_to=(66, 84)), 70, 0.0),
    ],
)
def test_shapes_of_bounds(shape: str, bound: Any, value: float, progress: float) -> None:
    rule = okr.rulebook.AttainmentRule(bounds=BoundRule(shape=BoundShape(shape)))
    assert progress_of(bound, value, rule=rule) == pytest.approx(progress)


# --- milestones that come late -----------------------------------------------------------------

STEPS = okr.Milestones(
    okr.Milestone("a", 1, date(2026, 7, 10)),
    okr.Milestone("b", 1, date(2026, 7, 31)),
    okr.Milestone("c", 2),
)


def said(on: date, *names: str) -> okr.CheckIn:
    return okr.CheckIn("k", on, names)


@pytest.mark.parametrize(
    ("late", "progress"),
    [
        (0.0, 0.5),  # lateness costs nothing
        (1.0, 0.25),  # it costs all
        (0.25, 0.4375),  # a quarter of a milestone's weight a week, begun or full
        (0.1, 0.475),
    ],
)
def test_late_milestones(late: float, progress: float) -> None:
    # "a" is a day late, "b" is on time.
    read = [said(date(2026, 7, 11), "a"), said(date(2026, 7, 31), "a", "b")]
    rule = okr.rulebook.AttainmentRule(late_milestone=late)
    assert progress_of(STEPS, read, rule=rule) == pytest.approx(progress)


def test_a_milestone_that_was_taken_back_counts_from_its_return() -> None:
    read = [said(date(2026, 7, 9), "a"), said(date(2026, 7, 16)), said(date(2026, 7, 23), "a")]
    rule = okr.rulebook.AttainmentRule(late_milestone=0.25)
    assert progress_of(STEPS, read, rule=rule) == pytest.approx(0.5 * 0.25)
    assert progress_of(STEPS, read[:1], rule=rule) == pytest.approx(0.25)
    # Without a day of its own it is due at the end of the cycle.
    assert progress_of(STEPS, [said(DAY, "c")], rule=rule) == pytest.approx(0.5)
    grace = [said(date(2026, 10, 2), "c")]
    assert progress_of(STEPS, grace, rule=rule, day=date(2026, 10, 2)) == pytest.approx(0.375)


def test_budgets_end_where_the_rulebook_says() -> None:
    rule = okr.rulebook.AttainmentRule(budget_zero_at=3)
    assert progress_of(okr.Budget(15), 30, rule=rule) == 0.5


# --- guardrails that move the score ------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "score"),
    [("separate", 1.0), ("cap", 0.69), ("average", 2 / 3), ("veto", 0.0)],
)
def test_four_ways_with_a_breach(effect: str, score: float) -> None:
    # METHOD.md 2.6: E5, 1.0 and 1.0, tickets at 92 against 85.
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=Q3,
                key_results=[
                    okr.KeyResult("k", "ARPA", okr.Increase(112, 128)),
                    okr.KeyResult("l", "Paid", okr.Increase(3.1, 3.8)),
                ],
                guardrails=[
                    okr.Guardrail("g", "Tickets", okr.AtMost(85)),
                    okr.Guardrail("u", "Unread", okr.AtMost(85)),
                ],
            )
        ]
    )
    book = evolve(
        okr.RECOMMENDED,
        guardrails=okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect(effect)),
    )
    read = okr.check_ins(DAY, {"k": 128, "l": 3.8, "g": 92})
    card = okr.evaluate(plan, okr.Journal(read), as_of=DAY, rulebook=book)
    assert card.objective("o").score == pytest.approx(score)
    assert all(
        step.recompute() == pytest.approx(step.result) for _, step in card.explain("o").walk()
    )
    held = okr.evaluate(
        plan,
        okr.Journal(okr.check_ins(DAY, {"k": 128, "l": 3.8, "g": 80})),
        as_of=DAY,
        rulebook=book,
    )
    assert held.objective("o").score == 1.0
    nothing = okr.evaluate(
        plan, okr.Journal(okr.check_ins(DAY, {"g": 92})), as_of=DAY, rulebook=book
    )
    assert nothing.objective("o").score == (0.0 if effect == "average" else None)


def test_a_healed_breach_may_be_remembered() -> None:
    rail = okr.Guardrail("g", "Tickets", okr.AtMost(85))
    plan = okr.Plan([okr.Objective("o", "O", cycle=Q3, guardrails=[rail])])
    read = okr.Journal([okr.CheckIn("g", date(2026, 7, 10), 92), okr.CheckIn("g", DAY, 80)])
    assert okr.evaluate(plan, read, as_of=DAY).guardrail("g").state == "held"
    ever = okr.rulebook.GuardrailRule(memory=okr.rulebook.BreachMemory.EVER)
    book = evolve(okr.RECOMMENDED, guardrails=ever)
    result = okr.evaluate(plan, read, as_of=DAY, rulebook=book).guardrail("g")
    assert (result.state, result.breaches, result.first_breach) == (
        "breached",
        1,
        date(2026, 7, 10),
    )
    # Weeks: the breach was in the second, the last reading in the seventh.
    assert (result.periods_breached, result.periods) == (1, 7)


# --- grades ------------------------------------------------------------------------------------


def test_grades_of_items() -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "KR", okr.Reach(100))])],
        metrics=[
            okr.Metric("up", "Uptime", health=okr.AtLeast(99.5)),
            okr.Metric("cost", "Cost", health=okr.AtMost(10)),
            okr.Metric("band", "Band", health=okr.Between(4, 5)),
            okr.Metric("none", "None", health=okr.AtMost(0)),
            okr.Metric("free", "Free"),
        ],
        outside=[okr.Outside("x")],
    )
    corridor = okr.rulebook.Scale(
        "corridor",
        okr.rulebook.Axis.HEALTH,
        okr.rulebook.Bands(
            [(okr.AtLeast(0.9), "well"), (okr.AtLeast(0.7), "watch"), (None, "unwell")]
        ),
    )
    book = evolve(okr.RECOMMENDED, scales=[*okr.RECOMMENDED.scales, corridor])
    read = {"k": 66, "up": 90, "cost": 13, "band": 6, "none": 0, "free": 3}
    card = okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, read)), as_of=DAY, rulebook=book)
    assert card.grade("grade", "o") == "yellow"
    assert card.grade("grade, one decimal", "k") == "green"
    assert {id: card.grade("corridor", id) for id in ("up", "cost", "band", "none", "free")} == {
        "up": "well",
        "cost": "watch",
        "band": "unwell",
        "none": "well",
        "free": None,
    }
    assert card.grade("grade", "up") is None
    assert card.grade("corridor", "k") is None
    empty = okr.evaluate(plan, okr.Journal(), as_of=DAY, rulebook=book)
    assert (empty.grade("grade", "o"), empty.grade("corridor", "up")) == (None, None)
    with pytest.raises(okr.InconsistentPlanError, match="grade an objective, key result or metric"):
        card.grade("grade", "x")


def test_a_short_way_is_a_way() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                key_results=[
                    okr.KeyResult("short", "Short", okr.FromTo(0, 1e-7)),
                    okr.KeyResult("none", "None", okr.FromTo(0, 1e-13)),
                ],
            )
        ]
    )
    day = date(2026, 8, 14)
    card = okr.evaluate(
        plan, okr.Journal(okr.check_ins(day, {"short": 5e-8, "none": 0})), as_of=day
    )
    assert card.key_result("short").score == 0.5
    assert card.key_result("none").score is None


def test_what_is_no_milestone_is_refused() -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.Milestones("beta", 3)  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.path) == ("wrong-type", "Milestones.milestones[1]")


@pytest.mark.parametrize(
    ("looks_at", "progress"),
    [
        (BoundReading.MEAN, 0.75),
        # A part is read with the others, and has no periods of its own to have a share of.
        (BoundReading.SHARE_OF_ELAPSED, None),
    ],
)
def test_a_bound_that_is_a_part_looks_at_what_was_read_with_it(
    looks_at: BoundReading, progress: float | None
) -> None:
    measure = okr.Compound({"late": okr.AtMost(5), "sold": okr.Reach(10)})
    rule = evolve(okr.RECOMMENDED.attainment, bounds=BoundRule(reading=looks_at))
    assert progress_of(measure, {"late": 3, "sold": 5}, rule=rule) == progress

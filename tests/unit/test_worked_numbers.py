"""Numbers worked by hand in the sources (METHOD.md 2.1 to 2.8), typed by hand here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from build import Q3

#: The day on which a verdict is final: the grace ends on 14 October.
AFTER_GRACE = date(2026, 10, 15)


def card_of_parts(
    parts: list[tuple[Any, Any]], *, day: date = Q3.end, ambition: Any = None, guardrails: Any = ()
) -> okr.Scorecard:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "Objective",
                cycle=Q3,
                ambition=ambition,
                key_results=[
                    okr.KeyResult(f"k{n}", "Key result", measure)
                    for n, (measure, _) in enumerate(parts)
                ],
                guardrails=[guardrail for guardrail, _ in guardrails],
            )
        ]
    )
    read = {f"k{n}": value for n, (_, value) in enumerate(parts) if value is not None}
    read |= {guardrail.id: value for guardrail, value in guardrails if value is not None}
    journal = okr.Journal(okr.check_ins(min(day, Q3.end), read))
    return okr.evaluate(plan, journal, as_of=day)


@pytest.mark.parametrize(
    ("parts", "scores", "mean"),
    [
        pytest.param(
            [(okr.Decrease(90, 45), 60), (okr.Decrease(3.8, 1.5), 2), (okr.Increase(7.2, 8.5), 8)],
            [0.6667, 0.7826, 0.6154],
            0.6882,
            id="E3 checkout",
        ),
        pytest.param(
            [(okr.Increase(11, 18), 16), (okr.Decrease(2.7, 1.5), 1.9), (okr.Increase(82, 95), 91)],
            [0.7143, 0.6667, 0.6923],
            0.6911,
            id="E6 retail",
        ),
        pytest.param(
            [(okr.Decrease(90, 60), 66), (okr.Increase(28, 40), 37)], [0.8, 0.75], 0.775, id="E12"
        ),
        pytest.param(
            [
                (okr.Increase(30000, 45000), 42000),
                (okr.Increase(80, 90), 86),
                (okr.Decrease(3, 1), 1.5),
            ],
            [0.8, 0.6, 0.75],
            0.7167,
            id="B3",
        ),
        pytest.param(
            [
                (okr.Decrease(120, 30), 57),
                (okr.Decrease(9, 6), 7),
                (okr.Increase(157, 225), 200),
            ],
            [0.7, 0.6667, 0.6324],
            0.6663,
            id="B4",
        ),
    ],
)
def test_means_of_key_results(
    parts: list[tuple[Any, Any]], scores: list[float], mean: float
) -> None:
    card = card_of_parts(parts)
    for n, score in enumerate(scores):
        assert card.key_result(f"k{n}").score == pytest.approx(score, abs=5e-5)
    assert card.objective("o").score == pytest.approx(mean, abs=5e-5)


@pytest.mark.parametrize(
    ("measure", "reading", "progress", "score"),
    [
        (okr.Increase(112, 128), 136, 1.5, 1.0),  # 2.4: over-achievement
        (okr.Increase(400, 650), 700, 1.2, 1.0),
        (okr.Decrease(90, 45), 99, -0.2, 0.0),  # 2.4: a regression
        (okr.Reach(4), 7, 1.75, 1.0),
        (okr.PassFail(), True, 1.0, 1.0),
        (okr.PassFail(), False, 0.0, 0.0),
        (okr.PassFail(), 0.7, 0.7, 0.7),
        (okr.Below(8), 8, 0.0, 0.0),  # "below 8 basis points"
        (okr.AtMost(85), 85, 1.0, 1.0),  # "not to exceed 85"
        (okr.Below(6), 6, 0.0, 0.0),  # "under 6%"
        (okr.Above(8.7), 8.7, 0.0, 0.0),  # "over 8.7"
        (okr.Between(72, 78), 70, 0.0, 0.0),  # hard
        (okr.Between(72, 78), 75, 1.0, 1.0),
        (okr.Between(72, 78), 80, 0.0, 0.0),
        (okr.Milestones(okr.Milestone("a", 1), okr.Milestone("b", 3)), ["b"], 0.75, 0.75),
        (okr.Evidence(required=5), ["x", "y"], 0.4, 0.4),
        (okr.Evidence(required=2), {"x", "y", "z"}, 1.5, 1.0),
        (okr.Increase(0, 20), okr.Ratio(31, 310, per=100), 0.5, 0.5),
    ],
)
def test_progress_and_score(measure: Any, reading: Any, progress: float, score: float) -> None:
    result = card_of_parts([(measure, reading)]).key_result("k0")
    assert result.progress == pytest.approx(progress, rel=1e-12)
    assert result.score == pytest.approx(score, rel=1e-12)


def test_one_key_result_never_lifts_another() -> None:
    # METHOD.md 2.4: 1.5 and 0.5 average 0.75, not 1.0.
    assert card_of_parts([(okr.Reach(10), 15), (okr.Reach(10), 5)]).objective("o").score == 0.75


def test_edges_are_met_in_decimals() -> None:
    # 7.2 to 8.5 at 8.11 is 0.6999999999999995 in floats, and 28 to 40 at 36.4 is 0.7 or less.
    for measure, reading in [(okr.Increase(7.2, 8.5), 8.11), (okr.Increase(28, 40), 36.4)]:
        result = card_of_parts([(measure, reading)], ambition=okr.Ambition.ASPIRATIONAL).objective(
            "o"
        )
        assert result.verdict == "succeeded"
        score = result.score
        assert score is not None
        assert okr.RECOMMENDED.grade("grade", score) == "green"
        assert okr.RECOMMENDED.grade("grade", score - 1e-9) == "yellow"
        assert okr.RECOMMENDED.grade("grade", score + 1e-9) == "green"


COMMITTED, ASPIRATIONAL = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL


@pytest.mark.parametrize(
    ("ambition", "score", "verdict", "outcome", "asks_for"),
    [
        (COMMITTED, 1.0, "delivered", "reached", ""),
        (COMMITTED, 0.8, "missed", "short", "a post-mortem"),  # 2.3: 0.8 is a fail
        (COMMITTED, 0.99, "missed", "short", "a post-mortem"),
        (ASPIRATIONAL, 1.0, "succeeded", "reached", ""),
        (ASPIRATIONAL, 0.7, "succeeded", "as far as a stretch asks", ""),
        (ASPIRATIONAL, 0.69, "progressed", "short", ""),
        (ASPIRATIONAL, 0.4, "progressed", "short", ""),
        (ASPIRATIONAL, 0.39, "fell short", "short", ""),
        (None, 1.0, None, "reached", ""),
        (None, 0.5, None, None, ""),
    ],
)
def test_verdicts(ambition: Any, score: float, verdict: Any, outcome: Any, asks_for: str) -> None:
    card = card_of_parts([(okr.PassFail(), score)], ambition=ambition, day=AFTER_GRACE)
    result = card.objective("o")
    assert (result.verdict, result.status, result.asks_for) == (verdict, "over", asks_for)
    (key_result,) = map(card.key_result, result.key_results)
    assert (key_result.outcome, key_result.status) == (outcome, "over")


def test_there_is_no_verdict_before_the_end() -> None:
    card = card_of_parts([(okr.PassFail(), True)], ambition=COMMITTED, day=date(2026, 9, 29))
    assert card.objective("o").verdict is None


def test_there_is_no_verdict_while_the_open_part_decides() -> None:
    result = card_of_parts(
        [(okr.PassFail(), True), (okr.PassFail(), None)], ambition=COMMITTED, day=AFTER_GRACE
    ).objective("o")
    assert (result.score, result.score_range, result.verdict) == (1.0, (0.5, 1.0), None)
    assert result.status_why == (
        "cycle ended; unmeasured key results decide between missed and delivered"
    )
    low = card_of_parts(
        [(okr.PassFail(), False), (okr.PassFail(), None)], ambition=COMMITTED
    ).objective("o")
    assert low.verdict == "missed"  # both ends agree


TICKETS = okr.Guardrail("tickets", "Tickets per 1,000", okr.AtMost(85))


@pytest.mark.parametrize(
    ("reading", "verdict", "breached", "unknown"),
    [
        (85, "delivered", (), ()),
        (92, "success withheld", ("tickets",), ()),  # METHOD.md 2.6: E5
        (None, "success withheld", (), ("tickets",)),
    ],
)
def test_guardrails_withhold_success(
    reading: Any, verdict: str, breached: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    result = card_of_parts(
        [(okr.Increase(112, 128), 128), (okr.Increase(3.1, 3.8), 3.8)],
        ambition=COMMITTED,
        guardrails=[(TICKETS, reading)],
    ).objective("o")
    assert result.score == 1.0
    assert result.verdict == verdict
    assert (result.breached_guardrails, result.unknown_guardrails) == (breached, unknown)


def test_a_guardrail_never_turns_a_miss_into_something_else() -> None:
    result = card_of_parts(
        [(okr.PassFail(), 0.5)], ambition=COMMITTED, guardrails=[(TICKETS, 92)]
    ).objective("o")
    assert result.verdict == "missed"


def test_the_design_s_smallest_program() -> None:
    card = card_of_parts(
        [(okr.Increase(112, 128), 120), (okr.Increase(3.1, 3.8), None)],
        day=date(2026, 8, 15),
        guardrails=[(TICKETS, 91)],
    )
    result = card.objective("o")
    assert result.score == 0.5
    assert result.coverage == 0.5
    assert result.score_range == (0.25, 0.75)
    assert result.breached_guardrails == ("tickets",)
    assert card["o"] == result
    assert [r.id for r in card] == ["o"]

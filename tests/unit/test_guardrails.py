"""Guardrails and metrics in full: states at the edges, what is remembered, what their metrics say.

Numbers by hand. The guardrail of founding document E: tickets per 1,000 accounts, not above 85.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3

TICKETS = okr.Guardrail("g", "Tickets", okr.AtMost(85))


def guarded(
    rail: okr.Guardrail,
    entries: list[tuple[date, Any]],
    *,
    day: date = Q3.end,
    cycle: okr.Cycle | None = Q3,
    metric: okr.Metric | None = None,
    rulebook: okr.Rulebook = okr.RECOMMENDED,
) -> okr.Scorecard:
    """Evaluate a committed objective whose one key result is done, with a guardrail."""
    objective = okr.Objective(
        "o",
        "O",
        cycle=cycle,
        ambition=okr.Ambition.COMMITTED,
        key_results=[okr.KeyResult("k", "KR", okr.PassFail())],
        guardrails=[rail],
    )
    plan = okr.Plan([objective], metrics=[] if metric is None else [metric])
    source = rail.metric or rail.id
    read = [okr.CheckIn("k", Q3.start, True)]
    read += [okr.CheckIn(source, on, value) for on, value in entries]
    return okr.evaluate(plan, okr.Journal(read), as_of=day, rulebook=rulebook)


def weekly(*values: Any) -> list[tuple[date, Any]]:
    return [(Q3.start + timedelta(days=7 * n), value) for n, value in enumerate(values)]


# --- states ------------------------------------------------------------------------------------

HELD, WARNING, BREACHED = (
    okr.plan.BoundState.HELD,
    okr.plan.BoundState.WARNING,
    okr.plan.BoundState.BREACHED,
)


@pytest.mark.parametrize(
    ("bound", "edge", "below", "at", "above"),
    [
        (okr.AtMost(85), 85, HELD, HELD, BREACHED),  # "not to exceed 85"
        (okr.Below(6), 6, HELD, BREACHED, BREACHED),  # "under 6%"
        (okr.AtLeast(99.5), 99.5, BREACHED, HELD, HELD),
        (okr.Above(8.7), 8.7, BREACHED, BREACHED, HELD),  # "over 8.7"
        (okr.Between(72, 78), 72, BREACHED, HELD, HELD),
        (okr.Between(72, 78), 78, HELD, HELD, BREACHED),
        # `warn_at` lies on the safe side, and warns from there to the limit.
        (okr.AtMost(85, warn_at=80), 80, HELD, WARNING, WARNING),
        (okr.AtMost(85, warn_at=80), 85, WARNING, WARNING, BREACHED),
        (okr.Below(85, warn_at=80), 85, WARNING, BREACHED, BREACHED),
        (okr.AtLeast(99.5, warn_at=99.7), 99.7, WARNING, WARNING, HELD),
        (okr.Above(8.7, warn_at=9), 9, WARNING, WARNING, HELD),
        (okr.Between(70, 80, warn_at=(72, 78)), 72, WARNING, WARNING, HELD),
        (okr.Between(70, 80, warn_at=(72, 78)), 78, HELD, WARNING, WARNING),
        # `tolerated_to` lies beyond the limit, and warns up to there.
        (okr.AtMost(85, tolerated_to=90), 85, HELD, HELD, WARNING),
        (okr.AtMost(85, tolerated_to=90), 90, WARNING, WARNING, BREACHED),
        (okr.Below(6, tolerated_to=7), 6, HELD, WARNING, WARNING),
        (okr.AtLeast(99.5, tolerated_to=99), 99, BREACHED, WARNING, WARNING),
        (okr.Above(8.7, tolerated_to=8), 8, BREACHED, WARNING, WARNING),
        (okr.Between(72, 78, tolerated_to=(66, 84)), 66, BREACHED, WARNING, WARNING),
        (okr.Between(72, 78, tolerated_to=(66, 84)), 84, WARNING, WARNING, BREACHED),
    ],
)
def test_states_on_an_edge_and_a_hair_to_either_side(
    bound: Any,
    edge: float,
    below: okr.plan.BoundState,
    at: okr.plan.BoundState,
    above: okr.plan.BoundState,
) -> None:
    assert [bound.state(edge + hair) for hair in (-1e-9, 0, 1e-9)] == [below, at, above]
    # A reading that floats have missed by their last digit is on the edge.
    assert bound.state(edge + 1e-14) is at
    assert bound.state(edge - 1e-14) is at


@pytest.mark.parametrize(
    ("reading", "state", "verdict"),
    [
        (80, "held", "delivered"),
        (82, "warning", "delivered"),  # a warning withholds nothing
        (88, "warning", "delivered"),
        (91, "breached", "success withheld"),
    ],
)
def test_a_warning_withholds_nothing(reading: float, state: str, verdict: str) -> None:
    rail = evolve(TICKETS, bound=okr.AtMost(85, warn_at=82, tolerated_to=90))
    card = guarded(rail, [(Q3.end, reading)])
    assert (card.guardrail("g").state, card.objective("o").verdict) == (state, verdict)
    assert card.objective("o").score == 1.0


# --- over a cycle ------------------------------------------------------------------------------


def test_first_breach_worst_margin_and_periods() -> None:
    readings = weekly(80, 84, 92, 85, 88, 90, None, 70)
    result = guarded(
        TICKETS, [r for r in readings if r[1] is not None], day=date(2026, 8, 20)
    ).guardrail("g")
    assert result.first_breach == date(2026, 7, 15)
    assert (result.margin, result.worst_margin) == (15, -7)
    assert (result.breaches, result.readings) == (3, 7)
    assert (result.periods_breached, result.periods) == (3, 8)  # a week without a reading counts
    assert result.state == "held"


def test_two_breaches_in_a_week_are_one_period() -> None:
    read = [(Q3.start, 90), (Q3.start + timedelta(days=2), 91), (Q3.end, 80)]
    result = guarded(TICKETS, read).guardrail("g")
    assert (result.breaches, result.periods_breached, result.periods) == (2, 1, 13)


def test_without_a_cycle_there_are_no_periods() -> None:
    card = guarded(TICKETS, [(Q3.start, 92)], cycle=None)
    assert (card.guardrail("g").periods_breached, card.guardrail("g").periods) == (0, 0)
    assert card.guardrail("g").first_breach == Q3.start


@pytest.mark.parametrize(
    ("hard", "memory", "state", "verdict"),
    [
        (False, "now", "held", "delivered"),
        (False, "ever", "breached", "success withheld"),
        (True, "now", "breached", "success withheld"),  # safety, regulation: healed or not
        (True, "ever", "breached", "success withheld"),
    ],
)
def test_what_a_healed_breach_counts(hard: bool, memory: str, state: str, verdict: str) -> None:
    rule = okr.rulebook.GuardrailRule(memory=okr.rulebook.BreachMemory(memory))
    card = guarded(
        evolve(TICKETS, hard=hard),
        [(Q3.start, 92), (Q3.end, 80)],
        rulebook=evolve(okr.RECOMMENDED, guardrails=rule),
    )
    assert (card.guardrail("g").state, card.objective("o").verdict) == (state, verdict)


@pytest.mark.parametrize(
    ("days_before", "state", "verdict"),
    [
        (0, "held", "delivered"),
        (14, "held", "delivered"),  # two weekly check-ins
        (15, "unknown", "success withheld"),
    ],
)
def test_an_old_reading_vouches_for_nothing(days_before: int, state: str, verdict: str) -> None:
    card = guarded(TICKETS, [(Q3.end - timedelta(days=days_before), 80)])
    assert (card.guardrail("g").state, card.objective("o").verdict) == (state, verdict)
    # Before the close it is the last thing known.
    early = guarded(TICKETS, [(Q3.start, 80)], day=Q3.end - timedelta(days=1))
    assert early.guardrail("g").state == "held"


@pytest.mark.parametrize(
    ("effect", "score"), [("separate", 1.0), ("cap", 0.69), ("average", 0.5), ("veto", 0.0)]
)
def test_whatever_a_breach_does_to_the_score_it_makes_no_miss(effect: str, score: float) -> None:
    rule = okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect(effect))
    book = evolve(okr.RECOMMENDED, guardrails=rule)
    found = guarded(TICKETS, [(Q3.end, 92)], rulebook=book).objective("o")
    assert (found.score, found.verdict) == (score, "success withheld")
    assert found.status_why == "score 1.00; settle the guardrail first: g is breached"
    held = guarded(TICKETS, [(Q3.end, 80)], rulebook=book).objective("o")
    assert (held.score, held.verdict) == (1.0, "delivered")
    unread = guarded(TICKETS, [], rulebook=book).objective("o")
    assert (unread.score, unread.verdict) == (1.0, "success withheld")


@pytest.mark.parametrize("effect", list(okr.rulebook.BreachEffect))
def test_a_breach_saves_no_miss_either(effect: okr.rulebook.BreachEffect) -> None:
    def verdict(credit: float | None, ambition: okr.Ambition) -> str | None:
        objective = okr.Objective(
            "o",
            "O",
            cycle=Q3,
            ambition=ambition,
            key_results=[okr.KeyResult("k", "KR", okr.PassFail())],
            guardrails=[TICKETS],
        )
        read = {"g": 92.0} if credit is None else {"k": credit, "g": 92}
        journal = okr.Journal(okr.check_ins(Q3.end, read))
        book = evolve(okr.RECOMMENDED, guardrails=okr.rulebook.GuardrailRule(effect=effect))
        card = okr.evaluate(okr.Plan([objective]), journal, as_of=Q3.end, rulebook=book)
        return card.objective("o").verdict

    assert verdict(0.6, okr.Ambition.COMMITTED) == "missed"
    assert verdict(None, okr.Ambition.COMMITTED) is None  # what is open decides
    # Where guardrails enter the mean, half and a guardrail that holds are 0.75.
    half = "success withheld" if effect is okr.rulebook.BreachEffect.AVERAGE else "progressed"
    assert verdict(0.5, okr.Ambition.ASPIRATIONAL) == half
    assert verdict(0.3, okr.Ambition.LEARNING) is None


def test_a_guardrail_of_a_key_result_withholds_the_success_of_its_objective() -> None:
    card = guarded(evolve(TICKETS, protects="k"), [(Q3.end, 92)])
    assert card.key_result("k").outcome == "reached"
    assert card.objective("o").verdict == "success withheld"


# --- of a metric -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reads", "value", "first_breach", "worst", "breaches"),
    [
        # 3, 4, 2 and 4 incidents in four weeks, at most 5: by hand.
        ("latest", 4, None, 1, 0),
        ("sum", 13, date(2026, 7, 8), -8, 3),  # 3, 7, 9, 13
        ("mean", 3.25, None, 1.5, 0),  # 3, 3.5, 3, 3.25
        ("minimum", 2, None, 2, 0),  # 3, 3, 2, 2
        ("maximum", 4, None, 1, 0),  # 3, 4, 4, 4
    ],
)
def test_a_guardrail_reads_its_metric_as_a_key_result_would(
    reads: str, value: float, first_breach: date | None, worst: float, breaches: int
) -> None:
    card = guarded(
        okr.Guardrail("g", "Incidents", okr.AtMost(5), metric="m"),
        weekly(3, 4, 2, 4),
        day=date(2026, 7, 23),
        metric=okr.Metric("m", "Incidents", aggregation=okr.Aggregation(reads)),
    )
    result = card.guardrail("g")
    assert (result.reading, result.first_breach) == (value, first_breach)
    assert (result.worst_margin, result.breaches) == (worst, breaches)
    assert (result.state == "breached") == (value > 5)


def test_shares_are_averaged_by_their_counts() -> None:
    # 30 of 1,000 and 40 of 500 are 4.667% together; the mean of 3% and 8% is 5.5%.
    card = guarded(
        okr.Guardrail("g", "Refunds, %", okr.AtMost(5), metric="m"),
        weekly(okr.Ratio(30, 1000, per=100), okr.Ratio(40, 500, per=100)),
        day=date(2026, 7, 10),
        metric=okr.Metric("m", "Refunds", aggregation=okr.Aggregation.MEAN),
    )
    assert card.guardrail("g").state == "held"
    assert card.guardrail("g").margin == pytest.approx(5 - 14 / 3)


def test_a_metric_has_a_rhythm_of_its_own() -> None:
    # Measured monthly, so the reading of 5 September vouches at the end of the month.
    rail = okr.Guardrail("g", "NPS", okr.AtLeast(30), metric="m")
    read = [(date(2026, 7, 5), 20), (date(2026, 8, 5), 35), (date(2026, 9, 5), 40)]
    monthly = okr.Metric("m", "NPS", check_in_days=30)
    card = guarded(rail, read, metric=monthly)
    assert (card.guardrail("g").state, card.objective("o").verdict) == ("held", "delivered")
    assert (card.guardrail("g").periods_breached, card.guardrail("g").periods) == (1, 3)
    weeks = guarded(rail, read, metric=okr.Metric("m", "NPS"))
    assert weeks.guardrail("g").state == "unknown"


def test_a_key_result_is_stale_by_the_rhythm_of_its_metric() -> None:
    def card(days: int | None, *others: okr.KeyResult) -> okr.Scorecard:
        kr = okr.KeyResult("k", "NPS", okr.Increase(30, 60), metric="m")
        plan = okr.Plan(
            [okr.Objective("o", "O", cycle=Q3, key_results=[kr, *others])],
            metrics=[okr.Metric("m", "NPS", check_in_days=days)],
        )
        journal = okr.Journal([okr.CheckIn("m", date(2026, 7, 20), 45)])
        return okr.evaluate(plan, journal, as_of=date(2026, 8, 14))

    assert card(None).key_result("k").status == "stale"
    assert (card(30)["k"].status, card(30)["o"].status) == ("on track", "on track")
    # An objective is asked about as often as the quickest of its key results.
    assert card(30, okr.KeyResult("l", "L", okr.Reach(3)))["o"].status == "stale"


def test_no_grace_for_a_living_metric() -> None:
    late = [(Q3.end, 80), (Q3.end + timedelta(days=3), 99)]
    day = Q3.end + timedelta(days=10)
    own = guarded(TICKETS, late, day=day).guardrail("g")
    assert (own.reading, own.state) == (99, "breached")  # final numbers are typed late
    shared = guarded(
        evolve(TICKETS, metric="m"), late, day=day, metric=okr.Metric("m", "Tickets")
    ).guardrail("g")
    assert (shared.reading, shared.state) == (80, "held")

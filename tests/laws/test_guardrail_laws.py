"""Laws of guardrails.

- a breach withholds success, whatever it does to the score, and makes no miss
- a guardrail that is remembered is breached once a reading breached it, and stays so
- what is told of a breach fits together: its first day, its count, its periods, its worst margin
- a guardrail on a metric reads it as a key result does
- an objective says of its guardrails what they say of themselves
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, bounds, numbers

readings = st.lists(st.tuples(st.integers(0, 91), numbers), max_size=8)
#: Bounds that are breached wherever they do not hold.
untolerated = bounds().map(lambda bound: evolve(bound, tolerated_to=None))
OF_METRICS = [each for each in okr.Aggregation if each is not okr.Aggregation.RATIO]
PASS = okr.KeyResult("k", "KR", okr.PassFail())


def card_of(
    rail: okr.Guardrail,
    read: list[tuple[int, float]],
    *,
    credit: float = 1,
    effect: okr.rulebook.BreachEffect = okr.rulebook.BreachEffect.SEPARATE,
    day: date = CYCLE.end,
    key_results: Any = (PASS,),
    metrics: Any = (),
) -> okr.Scorecard:
    objective = okr.Objective(
        "o",
        "O",
        cycle=CYCLE,
        ambition=okr.Ambition.COMMITTED,
        key_results=key_results,
        guardrails=[rail],
    )
    source = rail.metric or rail.id
    entries = [okr.CheckIn("k", CYCLE.start, credit)] if PASS in key_results else []
    entries += [okr.CheckIn(source, CYCLE.start + timedelta(on), value) for on, value in read]
    book = evolve(okr.RECOMMENDED, guardrails=okr.rulebook.GuardrailRule(effect=effect))
    plan = okr.Plan([objective], metrics=metrics)
    return okr.evaluate(plan, okr.Journal(entries), as_of=day, rulebook=book)


@given(
    bounds(), readings, st.sampled_from([0.0, 0.6, 1.0]), st.sampled_from(okr.rulebook.BreachEffect)
)
def test_a_breach_withholds_success_and_makes_no_miss(
    bound: Any, read: list[tuple[int, float]], credit: float, effect: okr.rulebook.BreachEffect
) -> None:
    rail = okr.Guardrail("g", "G", bound)
    card = card_of(rail, read, credit=credit, effect=effect)
    holds = card.guardrail("g").state in ("held", "warning")
    if credit < 1:
        assert card.objective("o").verdict == "missed"
    else:
        assert card.objective("o").verdict == ("delivered" if holds else "success withheld")


@given(bounds(), readings)
def test_a_remembered_breach_never_heals(bound: Any, read: list[tuple[int, float]]) -> None:
    rail = okr.Guardrail("g", "G", bound, hard=True)
    states = [
        card_of(rail, read, day=CYCLE.start + timedelta(day)).guardrail("g").state
        for day in range(0, 92, 13)
    ]
    breached = [state == "breached" for state in states]
    assert breached == sorted(breached)


@given(untolerated, readings)
def test_what_is_told_of_a_breach_fits_together(bound: Any, read: list[tuple[int, float]]) -> None:
    found = card_of(okr.Guardrail("g", "G", bound), read).guardrail("g")
    in_order = sorted(read, key=lambda pair: pair[0])
    broke = [on for on, value in in_order if not bound.holds(value)]
    assert (found.breaches, found.readings) == (len(broke), len(read))
    assert found.first_breach == (CYCLE.start + timedelta(broke[0]) if broke else None)
    # Thirteen weeks and a day: the last week takes it.
    assert found.periods_breached == len({min(on // 7, 12) for on in broke})
    assert found.periods_breached <= found.periods
    if found.margin is not None:
        assert found.worst_margin == min(bound.margin(value) for _, value in read)
        assert found.margin == bound.margin(in_order[-1][1])


@given(untolerated, readings, st.sampled_from(OF_METRICS))
def test_a_guardrail_reads_a_metric_as_a_key_result_does(
    bound: Any, read: list[tuple[int, float]], reads: okr.Aggregation
) -> None:
    card = card_of(
        okr.Guardrail("g", "G", bound, metric="m"),
        read,
        key_results=[okr.KeyResult("r", "R", bound, metric="m")],
        metrics=[okr.Metric("m", "M", aggregation=reads)],
    )
    assert card.guardrail("g").reading == card.key_result("r").reading
    assert card.guardrail("g").read_on == card.key_result("r").read_on
    if card.guardrail("g").state != "unknown":
        assert (card.guardrail("g").state != "breached") == (card.key_result("r").score == 1)


@given(
    bounds(),
    readings,
    st.sampled_from([None, *OF_METRICS]),
    st.booleans(),
    st.integers(0, 120).map(lambda on: CYCLE.start + timedelta(on)),
    st.sampled_from(okr.rulebook.BreachEffect),
)
def test_an_objective_says_of_its_guardrails_what_they_say(
    bound: Any,
    read: list[tuple[int, float]],
    reads: okr.Aggregation | None,
    hard: bool,
    day: date,
    effect: okr.rulebook.BreachEffect,
) -> None:
    metrics = [] if reads is None else [okr.Metric("m", "M", aggregation=reads)]
    rail = okr.Guardrail("g", "G", bound, metric=metrics[0].id if metrics else None, hard=hard)
    card = card_of(rail, read, effect=effect, day=day, metrics=metrics)
    objective, state = card.objective("o"), card.guardrail("g").state
    assert objective.guardrails == ("g",)
    assert objective.breached_guardrails == (("g",) if state == "breached" else ())
    assert objective.unknown_guardrails == (("g",) if state == "unknown" else ())

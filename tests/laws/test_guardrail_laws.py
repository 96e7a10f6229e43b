"""Laws of guardrails.

- a breach withholds success, whatever it does to the score, and makes no miss
- a guardrail that is remembered is breached once a reading breached it, and stays so
- what is told of a breach fits together: its first day, its count, its periods, its worst margin
- a guardrail on a metric reads it as a key result does
- over the start of a cycle a guardrail keeps the last value of a level, until it is as old as at the close
- that is a state of the day: once there is a reading of the cycle, all is as without the one before
- an objective says of its guardrails what they say of themselves
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
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


before = st.lists(st.tuples(st.integers(-40, -1), numbers), min_size=1, max_size=4)


def metric_card(
    bound: Any,
    read: list[tuple[int, float]],
    day: int,
    how: okr.Aggregation = okr.Aggregation.LATEST,
    *,
    every: int | None = None,
    known: datetime | None = None,
    hard: bool = False,
) -> okr.Scorecard:
    rail = okr.Guardrail("g", "G", bound, metric="m", hard=hard)
    objective = okr.Objective("o", "O", cycle=CYCLE, key_results=[PASS], guardrails=[rail])
    metric = okr.Metric("m", "M", aggregation=how, health=bound, check_in_days=every)
    entries = [
        okr.CheckIn(
            "m",
            on := CYCLE.start + timedelta(at),
            value,
            recorded=datetime.combine(on, time(9), tzinfo=UTC),
        )
        for at, value in read
    ]
    journal = okr.Journal(entries) if known is None else okr.Journal(entries).known_at(known)
    plan = okr.Plan([objective], metrics=[metric])
    return okr.evaluate(plan, journal, as_of=CYCLE.start + timedelta(day))


@given(bounds(), before, st.integers(0, 100), st.none() | st.sampled_from([1, 7, 30]))
def test_the_last_value_of_a_level_is_kept_until_it_is_too_old(
    bound: Any, read: list[tuple[int, float]], day: int, every: int | None
) -> None:
    read = sorted(read, key=lambda each: each[0])
    card = metric_card(bound, read, day, every=every)
    found, metric = card.guardrail("g"), card.metric("m")
    at, value = read[-1]
    is_fresh = min(day, 91) - at <= 2 * (every or 7)
    assert found.state == (bound.state(value) if is_fresh else "unknown")
    assert found.reading == (value if is_fresh else None)
    assert found.read_on == (CYCLE.start + timedelta(at) if is_fresh else None)
    assert (found.readings, found.periods) == (int(is_fresh), 0)
    assert len(found.uncounted) == len(read) - is_fresh
    assert metric.reading == value
    if is_fresh:
        assert f" on {found.read_on}, before the cycle" in found.status_why
        if day <= 91:
            assert f" on {found.read_on}, before the cycle" in metric.status_why
            assert metric.status == metric.state == found.state
    for how in OF_METRICS:
        if how is not okr.Aggregation.LATEST:
            assert metric_card(bound, read, day, how, every=every).guardrail("g").reading is None


@given(bounds(), before, readings.filter(bool), st.booleans())
def test_a_kept_value_is_a_state_of_the_day_alone(
    bound: Any, earlier: list[tuple[int, float]], read: list[tuple[int, float]], hard: bool
) -> None:
    day = max(at for at, _ in read)
    fields = ("state", "reading", "first_breach", "breaches", "worst_margin", "periods", "readings")
    with_it, without = (
        metric_card(bound, some, day, hard=hard).guardrail("g")
        for some in ([*earlier, *read], read)
    )
    assert [getattr(with_it, name) for name in fields] == [
        getattr(without, name) for name in fields
    ]


@given(bounds(), before, readings, st.integers(0, 100))
def test_kept_values_of_live_scorecards_and_of_what_was_known(
    bound: Any, earlier: list[tuple[int, float]], read: list[tuple[int, float]], day: int
) -> None:
    every = sorted([*earlier, *read], key=lambda each: each[0])
    card = metric_card(bound, every, day)
    for effect in okr.rulebook.BreachEffect:
        book = evolve(okr.RECOMMENDED, guardrails=okr.rulebook.GuardrailRule(effect=effect))
        whole = okr.evaluate(card.plan, card.journal, as_of=card.as_of, rulebook=book)
        live = okr.LiveScorecard(card.plan, okr.Journal(), as_of=card.as_of, rulebook=book)
        for entry in card.journal.entries:
            if isinstance(entry, okr.CheckIn) and entry.on <= card.as_of:
                live.record(entry)
        assert live.card["g"] == whole["g"] == card["g"]
        assert (live.score("o"), live.status("o")) == (whole["o"].score, whole["o"].status)
    moment = datetime.combine(CYCLE.start + timedelta(day), time(12), tzinfo=UTC)
    then = metric_card(bound, every, day, known=moment)
    assert then.guardrail("g") == card.guardrail("g")

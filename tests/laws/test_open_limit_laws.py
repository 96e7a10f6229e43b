"""Laws of limits that are established, or come from the past.

- a guardrail against its own past is one with that number typed by hand
- a limit that is established is an adjustment of that day
- an open limit is never held or breached, and has no margin
- the health of a metric against its past is held against the value of each day moved back
"""

from __future__ import annotations

from datetime import date, timedelta
from math import fsum
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.plan import BoundState, PriorPeriod
from strategies import CYCLE, Quarter, numbers, quarters

KINDS = st.sampled_from([okr.AtLeast, okr.Above, okr.AtMost, okr.Below])
OF_METRICS = [each for each in okr.Aggregation if each is not okr.Aggregation.RATIO]
#: First and last day of the cycle moved back, by hand.
MOVED = {
    okr.Cadence.MICRO_WEEK: (date(2026, 6, 24), date(2026, 6, 30)),
    okr.Cadence.QUARTERLY: (date(2026, 4, 1), date(2026, 6, 30)),
    okr.Cadence.ANNUAL: (date(2025, 7, 1), date(2025, 9, 30)),
}
days = st.integers(0, 120).map(lambda on: CYCLE.start + timedelta(on))
past = st.sampled_from([0, 7, 8, 92, 276, 290, 366]).map(lambda n: CYCLE.start - timedelta(n))
reads = st.lists(st.tuples(days | past, numbers), max_size=8)


def made(how: okr.Aggregation, values: list[float]) -> float:
    ways: dict[Any, Any] = {
        okr.Aggregation.LATEST: lambda: values[-1],
        okr.Aggregation.SUM: lambda: fsum(values),
        okr.Aggregation.MEAN: lambda: fsum(values) / len(values),
        okr.Aggregation.MINIMUM: lambda: min(values),
        okr.Aggregation.MAXIMUM: lambda: max(values),
    }
    return float(ways[how]())


def facts(result: Any) -> dict[str, Any]:
    """Return the fields of a result, apart from words and what is not counted."""
    names = ("status_why", "uncounted")
    return {
        name: getattr(result, name)
        for name in type(result).__match_args__
        or [each.name for each in type(result).__attrs_attrs__]
        if name not in names
    }


def card_of(
    rail: okr.Guardrail, entries: list[Any], day: date, effect: Any, metrics: Any
) -> okr.Scorecard:
    objective = okr.Objective(
        "o",
        "O",
        cycle=CYCLE,
        ambition=okr.Ambition.COMMITTED,
        key_results=[okr.KeyResult("k", "KR", okr.Reach(2))],
        guardrails=[rail],
    )
    book = evolve(okr.RECOMMENDED, guardrails=okr.rulebook.GuardrailRule(effect=effect))
    read = okr.CheckIn("k", CYCLE.start, 1)
    plan = okr.Plan([objective], metrics=metrics)
    return okr.evaluate(plan, okr.Journal([read, *entries]), as_of=day, rulebook=book)


@given(
    KINDS,
    st.sampled_from([*MOVED]),
    st.sampled_from([0, 5, -10]),
    reads,
    st.sampled_from([None, *OF_METRICS]),
    st.booleans(),
    days,
    st.sampled_from(okr.rulebook.BreachEffect),
    st.none() | days,
)
def test_a_limit_of_the_past_is_that_number_typed_by_hand(
    kind: Any,
    back: okr.Cadence,
    percent: float,
    read: list[tuple[date, float]],
    how: okr.Aggregation | None,
    hard: bool,
    day: date,
    effect: okr.rulebook.BreachEffect,
    settled: date | None,
) -> None:
    first, last = MOVED[back]
    in_order = sorted(read, key=lambda pair: pair[0])
    values = [value for on, value in in_order if first <= on <= last]
    number = None
    if values:
        value = made(how or okr.Aggregation.LATEST, values)
        number = value + abs(value) * percent / 100
    metric = None if how is None else "m"
    metrics = [] if how is None else [okr.Metric("m", "M", aggregation=how)]
    entries: list[Any] = [okr.CheckIn(metric or "g", on, value) for on, value in in_order]
    if settled is not None:
        entries.append(okr.Judgement("g", settled, status="held", because="seen"))
    open_rail = okr.Guardrail(
        "g", "G", kind(PriorPeriod(back, change_percent=percent)), hard=hard, metric=metric
    )
    found = card_of(open_rail, entries, day, effect, metrics)
    typed = card_of(evolve(open_rail, bound=kind(number)), entries, day, effect, metrics)
    mine, by_hand = found.guardrail("g"), typed.guardrail("g")
    if number is None:
        by_hand = evolve(by_hand, bound=open_rail.bound)
    assert facts(mine) == facts(by_hand)
    assert found.objective("o").score == typed.objective("o").score
    assert found.objective("o").verdict == typed.objective("o").verdict


@given(KINDS, numbers, days, reads, st.booleans(), days, st.sampled_from(okr.rulebook.BreachEffect))
def test_a_limit_that_is_established_is_an_adjustment_of_its_day(
    kind: Any,
    limit: float,
    on: date,
    read: list[tuple[date, float]],
    hard: bool,
    day: date,
    effect: okr.rulebook.BreachEffect,
) -> None:
    entries: list[Any] = [okr.CheckIn("g", *each) for each in read]
    rail = okr.Guardrail("g", "G", kind(None), hard=hard)
    adjusted = okr.Adjustment("g", on, measure=kind(limit), because="agreed")
    found, other = (
        card_of(rail, [*entries, each], day, effect, ())
        for each in (okr.BaselineSet("g", on, limit), adjusted)
    )
    assert facts(found.guardrail("g")) == facts(other.guardrail("g"))
    assert found.objective("o").score == other.objective("o").score


@given(quarters())
def test_an_open_limit_is_never_held_or_breached(quarter: Quarter) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=quarter.day, rulebook=quarter.rulebook)
    for item in quarter.journal.effective(quarter.plan, on=quarter.day).each():
        if not isinstance(item, (okr.Guardrail, okr.Metric)):
            continue
        found = card.guardrail(item.id) if isinstance(item, okr.Guardrail) else card.metric(item.id)
        bound = found.bound
        if bound is None or not bound.is_open:
            continue
        # A hard breach of an earlier limit stays.
        is_before = found.breaches > 0
        assert found.computed_status not in ("held", "warning")
        assert found.state is not BoundState.BREACHED or is_before
        assert found.margin is None


@given(KINDS, reads, days)
def test_the_health_of_a_metric_is_held_against_its_past(
    kind: Any, read: list[tuple[date, float]], day: date
) -> None:
    metric = okr.Metric("m", "M", health=kind(PriorPeriod(okr.Cadence.MICRO_WEEK)))
    in_order = sorted(read, key=lambda pair: pair[0])
    journal = okr.Journal([okr.CheckIn("m", *each) for each in in_order])
    card = okr.evaluate(okr.Plan([], metrics=[metric]), journal, as_of=day)

    def bound_of(on: date) -> Any:
        before = [value for at, value in in_order if at <= on - timedelta(7)]
        return kind(before[-1]) if before else None

    found, seen = card.metric("m"), [each for each in in_order if each[0] <= day]
    now = bound_of(day)
    if not seen or now is None:
        assert found.state is BoundState.UNKNOWN
        return
    assert found.bound == now
    assert found.state == now.state(seen[-1][1])
    broke = [on for on, value in seen if (its := bound_of(on)) and not its.holds(value)]
    if not now.holds(seen[-1][1]) and (not broke or bound_of(seen[-1][0]).holds(seen[-1][1])):
        broke.append(day)
    assert found.breaches == len(broke)

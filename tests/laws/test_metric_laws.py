"""Laws of derived and retired metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from build import Q3, goal, kr
from effort import examples
from okrcore import testing
from okrcore.plan.measures import MEASURES, takes_numbers
from okrcore.plan.reading import number_of

A = okr.Aggregation
PARTS = ("a", "b", "c")
OWN = st.sampled_from([A.LATEST, A.SUM, A.MEAN, A.MINIMUM, A.MAXIMUM])
#: From a month before the quarter to two weeks after it.
DAYS = st.integers(-30, 105).map(lambda n: Q3.start + timedelta(days=n))
Read = tuple[str, date, int]
READS = st.lists(st.tuples(st.sampled_from(PARTS), DAYS, st.integers(-3, 9)), max_size=12)


@st.composite
def derivations(draw: st.DrawFn) -> Mapping[str, tuple[A, tuple[str, ...]]]:
    """Return two derivations, the second one of the first and of others."""
    found: dict[str, tuple[A, tuple[str, ...]]] = {}
    for id, pool in (("d", PARTS), ("e", ("d", *PARTS))):
        how = draw(st.sampled_from(A))
        least = most = 2
        if how is not A.RATIO:
            least, most = 1, 3
        of = draw(st.lists(st.sampled_from(pool), min_size=least, max_size=most, unique=True))
        found[id] = how, tuple(of)
    return found


# --- by hand -----------------------------------------------------------------------------------


def aggregated(how: A, values: Sequence[Fraction]) -> Fraction | None:
    if how is A.SUM:
        return sum(values, Fraction(0))
    if how is A.MEAN:
        return sum(values, Fraction(0)) / len(values)
    if how is A.RATIO:
        return values[0] / values[1] if values[1] else None
    return {A.MINIMUM: min, A.MAXIMUM: max}[how](values)


def value_by_hand(
    id: str,
    reads: Sequence[Read],
    own: Mapping[str, A],
    made: Mapping[str, tuple[A, tuple[str, ...]]],
) -> tuple[Fraction, int] | None:
    """Return the value of a metric, and the place of the last reading in it."""
    if id not in made:
        mine = [(n, Fraction(value)) for n, (of, _, value) in enumerate(reads) if of == id]
        if not mine:
            return None
        last, value = mine[-1]
        found = value if own[id] is A.LATEST else aggregated(own[id], [v for _, v in mine])
        return None if found is None else (found, last)
    how, of = made[id]
    parts = [value_by_hand(part, reads, own, made) for part in of]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    last = max(at for _, at in known)
    if how is A.LATEST:
        return max(known, key=lambda part: part[1])[0], last
    found = aggregated(how, [value for value, _ in known])
    return None if found is None else (found, last)


@given(
    own=st.fixed_dictionaries(dict.fromkeys(PARTS, OWN)),
    made=derivations(),
    reads=READS,
    on=DAYS,
)
@settings(max_examples=examples(gate=150, explore=3000))
def test_a_derived_metric_is_the_arithmetic_of_its_parts(
    own: Mapping[str, A], made: Mapping[str, tuple[A, tuple[str, ...]]], reads: list[Read], on: date
) -> None:
    metrics = [
        *(okr.Metric(id, id, aggregation=how) for id, how in own.items()),
        *(okr.Metric(id, id, derived=okr.Derived(how, of)) for id, (how, of) in made.items()),
    ]
    readers = [kr(f"k{id}", okr.Increase(-100, 100), metric=id) for id in made]
    guards = [okr.Guardrail(f"g{id}", "G", okr.AtMost(3), metric=id) for id in made]
    plan = okr.Plan([goal(*readers, guardrails=guards)], metrics=metrics)
    entries = [okr.CheckIn(of, day, value) for of, day, value in reads]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=on)
    in_order = sorted((each for each in reads if each[1] <= on), key=lambda each: each[1])
    in_cycle = [each for each in in_order if Q3.start <= each[1] <= Q3.end]
    last = dict.fromkeys(PARTS, A.LATEST)
    for id in made:
        for reading, wanted in (
            (card.key_result(f"k{id}").reading, value_by_hand(id, in_cycle, own, made)),
            (card.metric(id).reading, value_by_hand(id, in_order, last, made)),
        ):
            if wanted is None:
                assert reading is None
            else:
                assert reading is not None
                assert number_of(reading) == pytest.approx(float(wanted[0]), abs=1e-12)
        for step in (step for each in (id, f"g{id}") for _, step in card.explain(each).walk()):
            assert step.recompute() == step.result


#: Measures of one number; that of each period has a value in each.
OF_A_NUMBER = testing.measures(
    kinds=[kind for kind in MEASURES if takes_numbers(kind) and kind is not okr.EachPeriod]
)


@given(
    measure=OF_A_NUMBER,
    own=st.fixed_dictionaries(dict.fromkeys(PARTS, OWN)),
    made=derivations(),
    reads=READS,
    on=DAYS,
)
@settings(max_examples=examples(gate=100, explore=2000))
def test_a_key_result_of_a_derived_metric_is_one_with_its_value(
    measure: okr.plan.Measure,
    own: Mapping[str, A],
    made: Mapping[str, tuple[A, tuple[str, ...]]],
    reads: list[Read],
    on: date,
) -> None:
    metrics = [
        *(okr.Metric(id, id, aggregation=how) for id, how in own.items()),
        *(okr.Metric(id, id, derived=okr.Derived(how, of)) for id, (how, of) in made.items()),
    ]
    plan = okr.Plan([goal(kr("k", measure, metric="e"), kr("twin", measure))], metrics=metrics)
    entries = [okr.CheckIn(of, day, value) for of, day, value in reads]
    found = okr.evaluate(plan, okr.Journal(entries), as_of=on).key_result("k")
    assert (found.read_on is None) == (found.reading is None)
    if found.read_on is not None:
        entries.append(okr.CheckIn("twin", found.read_on, found.reading))
    card = okr.evaluate(plan, okr.Journal(entries), as_of=on)
    one, twin = card.key_result("k"), card.key_result("twin")
    assert (one.reading, one.progress, one.score) == (twin.reading, twin.progress, twin.score)


@given(
    own=st.fixed_dictionaries(dict.fromkeys(PARTS, OWN)),
    made=derivations(),
    reads=READS,
    on=DAYS,
)
@settings(max_examples=examples(gate=40, explore=1000))
def test_a_live_scorecard_of_derived_metrics_is_an_evaluation(
    own: Mapping[str, A], made: Mapping[str, tuple[A, tuple[str, ...]]], reads: list[Read], on: date
) -> None:
    metrics = [
        *(okr.Metric(id, id, aggregation=how) for id, how in own.items()),
        *(okr.Metric(id, id, derived=okr.Derived(how, of)) for id, (how, of) in made.items()),
    ]
    readers = [kr(f"k{id}", okr.Increase(-100, 100), metric=id) for id in (*made, "a")]
    plan = okr.Plan([goal(*readers)], metrics=metrics)
    live, entries = okr.LiveScorecard(plan, okr.Journal(), as_of=on), list[Any]()
    for n, (of, day, value) in enumerate(reads):
        entries.append(okr.CheckIn(of, day, value, id=str(n)))
        live.record(entries[-1])
        card = okr.evaluate(plan, okr.Journal(entries), as_of=on)
        assert [live.score(each.id) for each in readers] == [
            card[each.id].score for each in readers
        ]
        assert live.status("o") == card["o"].status


@st.composite
def retirements(draw: st.DrawFn) -> tuple[okr.Plan, okr.Journal, okr.Closing]:
    """Return plans with metrics, journals, and the end of a metric."""
    plan = draw(testing.plans().filter(lambda plan: bool(plan.metrics)))
    journal = draw(testing.journals(plan))
    metric = draw(st.sampled_from(plan.metrics))
    end = okr.Closing(metric.id, draw(DAYS), okr.ClosingDecision.ABANDON, because="replaced")
    return plan, journal, end


@given(drawn=retirements(), before=st.integers(1, 60))
@settings(max_examples=examples(gate=60, explore=1500))
def test_a_retired_metric_has_the_past_it_had(
    drawn: tuple[okr.Plan, okr.Journal, okr.Closing], before: int
) -> None:
    plan, journal, end = drawn
    day = end.on - timedelta(days=before)
    kept, ended = (
        okr.evaluate(plan, each, as_of=day, strict=False) for each in (journal, journal.add(end))
    )
    for item in kept.plan_in_force.each():
        if item.id in kept:
            assert kept[item.id] == ended[item.id]
    # After its end no later reading of it counts.
    late = okr.CheckIn(end.of, end.on + timedelta(days=1), 5)
    on = end.on + timedelta(days=before)
    without, with_late = (
        okr.evaluate(plan, journal.add(end, *more), as_of=on, strict=False) for more in ([], [late])
    )
    for objective in without.plan_in_force.objectives:
        assert without[objective.id].score == with_late[objective.id].score

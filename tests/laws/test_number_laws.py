"""Laws of numbers below zero, of scale and of shares.

- with all numbers turned to the other side of zero, and directions with them, everything is as it was
- with all numbers a million times as large, everything is as it was
- a ratio to a limit falls back to held or not as soon as one of the two is not above 0
- a line from its end is never shown as -0
- a target below zero without a baseline is refused, and so is a multiple of a negative baseline
- a share is worth the number it is in the unit of its item
- shares pool by their counts, and one plain number among them is refused
- weights that were rounded as they were written total what they must
- sizes add up in one unit alone
- a deliverable that grew keeps its original grade, and counts what it has now
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.rulebook import BoundRule, BoundShape, Weighing
from strategies import CYCLE, START

DAY = date(2026, 8, 14)

#: Numbers that people write, on both sides of zero.
written = st.integers(-10_000, 10_000).map(lambda n: n / 100)
counts = st.integers(1, 1000)
BOUNDS = (okr.AtLeast, okr.Above, okr.AtMost, okr.Below)
MIRRORED: dict[Any, Any] = {
    okr.AtLeast: okr.AtMost,
    okr.AtMost: okr.AtLeast,
    okr.Above: okr.Below,
    okr.Below: okr.Above,
}
RULES = st.sampled_from(
    [
        evolve(
            okr.RECOMMENDED,
            attainment=okr.rulebook.AttainmentRule(clip=clip, bounds=BoundRule(shape=shape)),
        )
        for shape in BoundShape
        for clip in (okr.rulebook.Clip(), okr.rulebook.Clip(floor=0, ceiling=1))
    ]
)


def plan_of(*key_results: Any, **more: Any) -> okr.Plan:
    return okr.Plan([okr.Objective("o", "O", cycle=CYCLE, key_results=key_results)], **more)


def card_of(plan: okr.Plan, values: Any, rulebook: Any = okr.RECOMMENDED) -> Any:
    journal = okr.Journal(okr.check_ins(START, values))
    return okr.evaluate(plan, journal, as_of=DAY, rulebook=rulebook)


# --- both sides of zero ------------------------------------------------------------------------


@st.composite
def bounds_and_mirrors(draw: st.DrawFn) -> tuple[Any, Any, Any]:
    """Return a bound, the one on the other side of zero, and one in a unit a million times as small."""
    kind, limit = draw(st.sampled_from(BOUNDS)), draw(written)
    safe = 1 if kind in (okr.AtLeast, okr.Above) else -1
    zone = draw(st.none() | st.sampled_from([0.5, 20.0]))

    def made(of: Any, sign: float, unit: float) -> Any:
        outer = None if zone is None else (limit - safe * zone) * sign * unit
        return of(limit * sign * unit, tolerated_to=outer)

    return made(kind, 1, 1), made(MIRRORED[kind], -1, 1), made(kind, 1, 1e6)


@given(bounds_and_mirrors(), written, RULES)
@example((okr.AtLeast(-10), okr.AtMost(10), okr.AtLeast(-1e7)), -20, okr.RECOMMENDED)
def test_a_bound_is_the_same_on_both_sides_of_zero(bounds: Any, value: float, book: Any) -> None:
    bound, mirrored, larger = bounds
    here = card_of(plan_of(okr.KeyResult("k", "K", bound)), {"k": value}, book).key_result("k")
    there = card_of(plan_of(okr.KeyResult("k", "K", mirrored)), {"k": -value}, book).key_result("k")
    scaled = card_of(plan_of(okr.KeyResult("k", "K", larger)), {"k": value * 1e6}, book).key_result(
        "k"
    )
    assert there.progress == here.progress
    assert scaled.progress == pytest.approx(here.progress, rel=1e-9, abs=1e-9)


@given(bounds_and_mirrors(), written)
@example((okr.AtLeast(-10), okr.AtMost(10), okr.AtLeast(-1e7)), -20)
@example((okr.AtMost(10), okr.AtLeast(-10), okr.AtMost(1e7)), 0)
def test_health_is_a_share_above_zero_and_held_or_not_below(bounds: Any, value: float) -> None:
    def metric(bound: Any, reading: float) -> Any:
        plan = okr.Plan([], metrics=[okr.Metric("m", "M", health=bound)])
        return card_of(plan, {"m": reading}).metric("m")

    bound, _, larger = bounds
    health = metric(bound, value).health
    assert metric(larger, value * 1e6).health == pytest.approx(health, rel=1e-9)
    if bound.limit > 0 and value > 0:
        is_floor = isinstance(bound, (okr.AtLeast, okr.Above))
        share = value / bound.limit if is_floor else bound.limit / value
        # On the limit a strict bound does not hold.
        assert health == (share if bound.holds(value) or value != bound.limit else 0.0)
        assert bound.holds(value) == okr.AtLeast(1).holds(health)
    else:
        assert health == float(bound.holds(value))


@given(written, written, written, st.floats(0, 1))
def test_a_line_is_the_same_on_both_sides_of_zero(
    baseline: float, target: float, value: float, at: float
) -> None:
    assume(abs(target - baseline) > 1e-3)
    waypoint = baseline + at * (target - baseline)

    def result(sign: float, unit: float) -> Any:
        factor = sign * unit
        timing = okr.Timing(waypoints=[okr.Waypoint(DAY, waypoint * factor)])
        line = okr.FromTo(baseline * factor, target * factor)
        plan = plan_of(okr.KeyResult("k", "K", line, timing=timing))
        raw = evolve(
            okr.RECOMMENDED, attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip())
        )
        return card_of(plan, {"k": value * factor}, raw).key_result("k")

    here, there, scaled = result(1, 1), result(-1, 1), result(1, 1e6)
    assert (there.progress, there.pace, there.status) == (here.progress, here.pace, here.status)
    assert scaled.progress == pytest.approx(here.progress, rel=1e-9, abs=1e-9)
    assert not str(here.progress).startswith("-0.0") or here.progress < 0
    assert " is -0%" not in here.why


@given(written.filter(lambda n: n < -1e-3))
def test_a_target_below_zero_has_no_direction(target: float) -> None:
    with pytest.raises(okr.InvalidValueError, match="no-direction"):
        okr.Reach(target)
    assert okr.Reach(-target).ends() == (0.0, -target)


@given(written, st.sampled_from([0.5, 1.05, 2.0, 10.0]), written)
@example(-20, 1.05, -19)
def test_a_multiple_goes_the_way_of_its_percent(
    baseline: float, factor: float, value: float
) -> None:
    if baseline <= 0:
        with pytest.raises(okr.InvalidValueError, match=r"Multiple\.baseline"):
            okr.Multiple(factor, baseline=baseline)
        return
    times, percent = okr.Multiple(factor, baseline=baseline), (factor - 1) * 100
    more = okr.Relative(percent=percent, baseline=baseline)
    results = [card_of(plan_of(okr.KeyResult("k", "K", m)), {"k": value}) for m in (times, more)]
    first, second = (card.key_result("k").progress for card in results)
    assert first == pytest.approx(second, rel=1e-9, abs=1e-9)


# --- a change as it was given ------------------------------------------------------------------


@given(
    st.integers(-(10**9), 10**9), written.filter(lambda n: abs(n) > 0.01), st.integers(-300, 300)
)
@example(-(10**9), 0.35, 20)
def test_points_are_worth_their_change_far_from_zero(
    baseline: int, change: float, percent: int
) -> None:
    measure, value = okr.Points(change, baseline=baseline), baseline + change * percent / 100
    _must_be_worth(measure, baseline, Fraction(change), value)


@given(
    st.integers(1, 10**9),
    st.sampled_from([1e-9, -1e-9, 1e-7, 3e-8, 0.001, -0.3, 0.7, 1.5]),
    st.integers(-300, 300),
    st.booleans(),
)
@example(10**9, 1e-10, 20, False)
def test_shares_and_multiples_are_worth_their_change_far_from_zero(
    baseline: int, share: float, percent: int, is_found_later: bool
) -> None:
    """Of a share of the baseline, or of a multiple of it, next to 1: the change that was given."""
    value, given_now = baseline + baseline * share * percent / 100, not is_found_later
    relative, multiple = okr.Relative(percent=share * 100), okr.Multiple(1 + share)
    for measure, way in (
        (relative, Fraction(relative.percent) / 100 * baseline),
        (multiple, (Fraction(multiple.factor) - 1) * baseline),
    ):
        stated = evolve(measure, baseline=baseline) if given_now else measure
        _must_be_worth(stated, baseline, way, value)


def _must_be_worth(
    measure: okr.Relative | okr.Multiple | okr.Points, baseline: int, change: Fraction, value: float
) -> None:
    plan, found = plan_of(okr.KeyResult("k", "K", measure)), list[Any]()
    if measure.baseline is None:
        found.append(okr.BaselineSet("k", START, baseline))
    read = okr.CheckIn("k", START, value)
    card = okr.evaluate(plan, okr.Journal([*found, read]), as_of=DAY)
    progress = card.key_result("k").progress
    assert progress is not None
    if value == measure.target_from(baseline):
        assert progress == 1
    else:
        exact = (Fraction(value) - baseline) / change
        assert abs(Fraction(progress) - exact) <= abs(exact) / 10**12
    assert all(step.recompute() == step.result for _, step in card.explain("k").walk())
    live = okr.LiveScorecard(plan, okr.Journal(found), as_of=DAY)
    live.record(read)
    assert live.score("k") == min(max(progress, 0.0), 1.0)


# --- shares ------------------------------------------------------------------------------------

UNITS = st.sampled_from([("%", 100), ("‰", 1000), ("faults per 1,000 parts", 1000)])


@given(
    st.sampled_from(
        [
            okr.Increase(5, 60),
            okr.Decrease(90, 20),
            okr.AtMost(20),
            okr.Exactly(50, 20),
            okr.Budget(30),
        ]
    ),
    counts,
    counts,
    st.sampled_from([1, 100, 1000]),
    UNITS,
)
def test_a_share_is_worth_the_number_it_is_in_its_unit(
    measure: Any, numerator: int, denominator: int, per: float, unit: tuple[str, int]
) -> None:
    name, whole = unit
    plan = plan_of(okr.KeyResult("k", "K", measure, unit=name))
    share = card_of(plan, {"k": okr.Ratio(numerator, denominator, per=per)})
    number = card_of(plan, {"k": whole * numerator / denominator})
    assert share.key_result("k").progress == pytest.approx(
        number.key_result("k").progress, rel=1e-12
    )
    assert share.key_result("k").status == number.key_result("k").status
    for _, step in share.explain("o").walk():
        assert step.recompute() == step.result


@given(
    st.lists(st.tuples(counts, counts), min_size=2, max_size=5),
    st.sampled_from([okr.Aggregation.SUM, okr.Aggregation.MEAN]),
    st.sampled_from([None, "%"]),
    st.integers(0, 4),
)
def test_shares_pool_by_their_counts(
    pairs: list[tuple[int, int]], reads: Any, unit: str | None, at: int
) -> None:
    plan = plan_of(
        okr.KeyResult("k", "K", okr.Reach(1), metric="m"),
        metrics=[okr.Metric("m", "M", aggregation=reads, unit=unit)],
    )
    made: list[Any] = [
        okr.CheckIn("m", START + timedelta(days=n), okr.Ratio(*p)) for n, p in enumerate(pairs)
    ]
    whole = 1 if unit is None else 100
    pooled = Fraction(sum(n for n, _ in pairs), sum(d for _, d in pairs)) * whole
    card = okr.evaluate(plan, okr.Journal(made), as_of=CYCLE.end)
    assert card.key_result("k").progress == pytest.approx(float(pooled), rel=1e-12)
    # One of them as a plain number is refused, wherever it is.
    at %= len(made)
    mixed = [evolve(e, value=e.value.value) if n == at else e for n, e in enumerate(made)]
    with pytest.raises(okr.InconsistentPlanError, match="reading-mixed"):
        okr.evaluate(plan, okr.Journal(mixed), as_of=CYCLE.end)
    before = okr.Journal([e for n, e in enumerate(mixed) if n != at])
    with pytest.raises(okr.InconsistentPlanError, match="read as shares until now"):
        okr.admit(plan, before, mixed[at])


@given(
    st.sampled_from(["K", "Churn, %", "Percentage of churn"]),
    st.sampled_from(["own", "metric", "sum", "metric, sum"]),
    st.sampled_from([None, "%"]),
    st.sampled_from([None, "%"]),
)
def test_a_share_is_never_0_6_beside_20_percent(
    title: str, way: str, unit: str | None, of_source: str | None
) -> None:
    metric = "m" if "metric" in way else None
    derived = okr.Derived(okr.Aggregation.SUM, ["n"]) if "sum" in way else None
    items = [
        okr.KeyResult("n", "N", okr.Reach(1), metric=metric, unit=unit),
        okr.KeyResult(
            "k",
            title,
            okr.Reach(20),
            unit=unit,
            derived=derived,
            metric=None if derived else metric,
        ),
    ]
    metrics = [okr.Metric("m", "M", unit=of_source)] if metric else []
    source = metric or ("n" if derived else "k")
    journal = okr.Journal([okr.CheckIn(source, DAY, okr.Ratio(60, 100))])
    plan = okr.Plan([okr.Objective("o", "O", key_results=items)], metrics=metrics)
    has_unit = unit is not None or (metric is not None and of_source is not None)
    if title != "K" and not has_unit:
        with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
            okr.evaluate(plan, journal, as_of=DAY)
        return
    progress = okr.evaluate(plan, journal, as_of=DAY).key_result("k").progress
    assert progress == (3.0 if has_unit else 0.03)


# --- edges of bounds ---------------------------------------------------------------------------


@given(
    st.sampled_from([okr.AtLeast, okr.Above, okr.AtMost, okr.Below]),
    st.sampled_from([-10.0, 0.0, 1e-11, 0.3, 10.0, 1e12]),
    st.sampled_from([0.0, 1e-14, -1e-14, 1e-12, -1e-12, 0.01, -0.01, 5.0, -5.0]),
)
@example(okr.Above, 10.0, 0.0)
@example(okr.Below, 10.0, 0.0)
def test_a_share_of_a_bound_is_full_if_and_only_if_it_holds(
    kind: Any, limit: float, beyond: float
) -> None:
    bound, value = kind(limit), limit + beyond
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", bound)])],
        metrics=[okr.Metric("m", "M", health=bound)],
    )
    shape = BoundRule(shape=BoundShape.DISTANCE)
    book = okr.Rulebook(
        name="raw", attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(), bounds=shape)
    )
    card = card_of(plan, {"k": value, "m": value}, book)
    metric, progress = card.metric("m"), card.key_result("k").progress
    assert metric.health is not None
    assert progress is not None
    is_held = metric.state is okr.plan.BoundState.HELD
    full = okr.AtLeast(1)
    assert full.holds(metric.health) == full.holds(progress) == is_held == bound.holds(value)


# --- weights and sizes -------------------------------------------------------------------------


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.integers(1, 4))
@example([1, 1, 1], 1)
def test_weights_total_what_they_must_as_they_were_written(parts: list[int], digits: int) -> None:
    weights = [round(100 * part / sum(parts), digits) for part in parts]
    plan = plan_of(
        *(okr.KeyResult(f"k{n}", "K", okr.Reach(1), weight=w) for n, w in enumerate(weights))
    )
    book = okr.Rulebook(name="total", roll_up=okr.rulebook.RollUpRule(weights_total=100))
    assert card_of(plan, {"k0": 1}, book).objective("o").coverage == pytest.approx(
        weights[0] / sum(weights)
    )
    # What no rounding explains is refused.
    wrong = evolve(plan.key_result("k0"), weight=weights[0] + len(weights))
    others = [plan.key_result(f"k{n}") for n in range(1, len(weights))]
    with pytest.raises(okr.InconsistentPlanError, match="weights-total") as caught:
        card_of(plan_of(wrong, *others), {"k0": 1}, book)
    # What is shown has no more decimals than the weights.
    shown = caught.value.value
    assert isinstance(shown, float)
    assert shown == round(shown, digits)


@given(st.lists(st.sampled_from([None, "USD", "%", "no way"]), min_size=1, max_size=4))
def test_sizes_add_up_in_one_unit_alone(units: list[str | None]) -> None:
    plan = plan_of(
        *(
            okr.KeyResult(f"k{n}", "K", okr.PassFail())
            if unit == "no way"
            else okr.KeyResult(f"k{n}", "K", okr.Reach(10 + n), unit=unit)
            for n, unit in enumerate(units)
        )
    )
    book = okr.Rulebook(name="size", roll_up=okr.rulebook.RollUpRule(weigh=Weighing.SIZE))
    first = {"k0": True if units[0] == "no way" else 10}
    if len({*units}) == 1:
        assert card_of(plan, first, book).objective("o").score == 1.0
        return
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
        card_of(plan, first, book)


@given(st.lists(st.integers(1, 900), min_size=1, max_size=5), st.integers(1, 3))
def test_unknown_sizes_are_the_mean_of_those_that_are_known(ways: list[int], late: int) -> None:
    known = [okr.KeyResult(f"k{n}", "K", okr.Reach(way)) for n, way in enumerate(ways)]
    open_lines = [okr.KeyResult(f"u{n}", "U", okr.Increase(None, 7)) for n in range(late)]
    book = okr.Rulebook(name="size", roll_up=okr.rulebook.RollUpRule(weigh=Weighing.SIZE))
    card = card_of(plan_of(*known, *open_lines), {each.id: 1 for each in known}, book)
    assert card.objective("o").coverage == pytest.approx(len(ways) / (len(ways) + late))
    without = card_of(plan_of(*known), {each.id: 1 for each in known}, book)
    assert card.objective("o").score == without.objective("o").score


# --- deliverables ------------------------------------------------------------------------------

STAGES = "abcdef"


@given(
    st.sets(st.sampled_from(STAGES), min_size=1),
    st.sets(st.sampled_from(STAGES), min_size=1),
    st.data(),
)
def test_a_deliverable_keeps_its_original_grade_as_it_changes(
    first: set[str], second: set[str], data: st.DataObject
) -> None:
    before = data.draw(st.sets(st.sampled_from(sorted(first))))
    after = data.draw(st.sets(st.sampled_from(sorted(first | second))))
    plan = plan_of(okr.KeyResult("k", "K", okr.Milestones(*sorted(first))))
    change = okr.Adjustment(
        "k", DAY, measure=okr.Milestones(*sorted(second)), because="customs want more"
    )
    journal = okr.Journal()
    for entry in (okr.CheckIn("k", START, before), change, okr.CheckIn("k", DAY, after)):
        journal = okr.admit(plan, journal, entry)
    yesterday = okr.evaluate(plan, journal, as_of=DAY - timedelta(days=1)).key_result("k")
    today = okr.evaluate(plan, journal, as_of=DAY).key_result("k")
    assert yesterday.score == pytest.approx(len(before) / len(first))
    assert today.score == pytest.approx(len(after & second) / len(second))
    original = None if first == second else pytest.approx(len(after & first) / len(first))
    assert today.original_score == original

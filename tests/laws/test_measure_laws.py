"""Laws of measures and pace.

- progress is 0 at the baseline and 1 at the target
- increase and decrease mirror each other
- every measure of a number has its mirror: with all signs turned it says the same
- a change of unit never matters: exactly by a power of two, to 1e-9 else
- attainment never falls as a reading moves towards the target
- a score is its progress, clipped to 0 to 1
- a relative target is the line it makes of its baseline
- a baseline that is to be found has no score, whatever is read
- a bound and its opposite never both hold, apart from an edge that both include
- a warning zone changes no progress
- a breached state means the bound does not hold
- expected progress never falls over time; on a line it is 0 on the first day and 1 on the last
- a baseline that is established later makes the line that was planned with it
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, START, bounds, lines, measures, numbers, readings_for

#: Numbers that no change of unit brings near the end of what floats can tell apart.
plain_numbers = st.integers(-1000, 1000).map(float)


def result_of(measure: Any, reading: Any, *, entries: Any = (), day: Any = START) -> Any:
    plan = okr.Plan(
        [
            okr.Objective(
                "o", "Objective", cycle=CYCLE, key_results=[okr.KeyResult("k", "KR", measure)]
            )
        ]
    )
    read = okr.check_ins(START, {} if reading is None else {"k": reading})
    return okr.evaluate(plan, okr.Journal((*entries, *read)), as_of=day).key_result("k")


@st.composite
def numeric_measures(draw: st.DrawFn, of: Any = numbers) -> Any:
    """Measures that read one number, and compute with nothing but numbers in its unit."""
    low, high = sorted(draw(st.tuples(of, of).filter(lambda p: abs(p[0] - p[1]) > 1e-3)))
    between = low + (high - low) / 2
    choices = [
        okr.Increase(low, high),
        okr.Decrease(high, low),
        okr.FromTo(high, low),
        okr.Reach(abs(high or low)),
        okr.Points(high - low, baseline=low),
        okr.AtLeast(low),
        okr.Above(low),
        okr.AtMost(high),
        okr.Below(high),
        okr.Between(low, high),
        okr.Exactly(low, high),
        okr.Anchors({0.3: low, 0.7: between, 1.0: high}),
        okr.Anchors({0.5: between, 1.0: low}, baseline=high),
        okr.Steps([(okr.AtMost(low), 1), (okr.Below(high), 0.5), (None, 0)]),
    ]
    return draw(st.sampled_from(choices))


_OPPOSITE = {
    okr.Increase: okr.Decrease,
    okr.Decrease: okr.Increase,
    okr.AtLeast: okr.AtMost,
    okr.AtMost: okr.AtLeast,
    okr.Above: okr.Below,
    okr.Below: okr.Above,
}


def mirror(measure: Any) -> Any:
    """Return the measure with all signs turned."""
    if isinstance(measure, okr.Between):
        return okr.Between(-measure.high, -measure.low)
    if isinstance(measure, okr.Steps):
        return okr.Steps([(edge and mirror(edge), score) for edge, score in measure.steps])
    if isinstance(measure, okr.Reach):  # from 0 there is a way upwards alone
        return okr.Decrease(0, -measure.target)
    turned = in_unit(measure, -1) if type(measure) not in _OPPOSITE else None
    if turned is not None:
        return turned
    numbers_of = [
        -getattr(measure, name)
        for name in ("baseline", "target", "limit")
        if hasattr(measure, name)
    ]
    return _OPPOSITE[type(measure)](*numbers_of)


def in_unit(measure: Any, factor: float) -> Any:
    """Return the measure with its numbers in another unit."""
    if isinstance(measure, okr.Steps):
        return okr.Steps([(edge and in_unit(edge, factor), score) for edge, score in measure.steps])
    if isinstance(measure, okr.Anchors):
        baseline = None if measure.baseline is None else measure.baseline * factor
        return okr.Anchors({s: v * factor for s, v in measure.anchors}, baseline=baseline)
    changed = {
        field.name: getattr(measure, field.name) * factor
        for field in fields(type(measure))
        if isinstance(getattr(measure, field.name), float)
    }
    return evolve(measure, **changed)


@given(lines())
def test_progress_is_0_at_the_baseline_and_1_at_the_target(line: Any) -> None:
    baseline, target = line.ends()
    assert result_of(line, baseline).progress == 0
    assert result_of(line, target).progress == 1


@given(numbers, numbers, numbers)
def test_increase_and_decrease_mirror_each_other(a: float, b: float, value: float) -> None:
    assume(a < b)
    up = result_of(okr.Increase(a, b), value)
    down = result_of(okr.Decrease(-a, -b), -value)
    assert (up.progress, up.score) == (down.progress, down.score)


@given(numeric_measures(), numbers)
def test_every_measure_has_its_mirror(measure: Any, value: float) -> None:
    mirrored = result_of(mirror(measure), -value)
    assert mirrored.progress == result_of(measure, value).progress


@given(numeric_measures(), numbers, st.integers(-6, 6))
def test_a_power_of_two_as_unit_never_matters(measure: Any, value: float, exponent: int) -> None:
    factor = 2.0**exponent
    scaled = result_of(in_unit(measure, factor), value * factor)
    assert scaled.progress == result_of(measure, value).progress


@given(numeric_measures(plain_numbers), plain_numbers, st.sampled_from([0.01, 60, 100, 1000, 1e6]))
def test_units_never_matter(measure: Any, value: float, factor: float) -> None:
    scaled = result_of(in_unit(measure, factor), value * factor)
    progress = result_of(measure, value).progress
    assert scaled.progress == pytest.approx(progress, rel=1e-9, abs=1e-9)


@given(lines(), st.floats(-2, 3), st.floats(0, 2))
def test_attainment_never_falls_towards_the_target(line: Any, at: float, step: float) -> None:
    baseline, target = line.ends()
    nearer = result_of(line, baseline + (at + step) * (target - baseline)).score
    assert nearer >= result_of(line, baseline + at * (target - baseline)).score - 1e-12


@given(measures(), st.data())
def test_a_score_is_its_progress_clipped(measure: Any, data: st.DataObject) -> None:
    result = result_of(measure, data.draw(readings_for(measure)))
    if result.progress is None:
        assert result.score is None
    else:
        assert result.score == min(max(result.progress, 0.0), 1.0)


@given(numbers)
def test_a_baseline_to_be_found_has_no_score(value: float) -> None:
    result = result_of(okr.EstablishBaseline(), value)
    assert (result.progress, result.score, result.excluded) == (None, None, True)
    assert result.score_range is None


@given(numbers, numbers)
def test_opposite_bounds_never_both_hold(limit: float, value: float) -> None:
    assert okr.AtLeast(limit).holds(value) != okr.Below(limit).holds(value)
    assert okr.Above(limit).holds(value) != okr.AtMost(limit).holds(value)


@given(bounds(), st.floats(0.1, 5), numbers)
def test_a_warning_zone_changes_no_progress(bound: Any, width: float, value: float) -> None:
    if isinstance(bound, okr.Between):
        outer = (bound.low - width, bound.high + width)
        third = (bound.high - bound.low) / 3
        inner = (bound.low + third, bound.high - third) if third > 1e-6 else None
        zoned: Any = evolve(bound, tolerated_to=outer, warn_at=inner)
    else:
        safe = width if isinstance(bound, okr.AtLeast | okr.Above) else -width
        zoned = evolve(bound, warn_at=bound.limit + safe, tolerated_to=bound.limit - safe)
    assert result_of(zoned, value).progress == result_of(bound, value).progress
    # What holds is never breached, and what is breached never holds.
    assert (zoned.state(value) is okr.plan.BoundState.BREACHED) <= (not zoned.holds(value))
    assert (zoned.state(value) is okr.plan.BoundState.HELD) <= zoned.holds(value)


@given(bounds(), numbers)
def test_breached_means_not_held(bound: Any, value: float) -> None:
    assert (bound.state(value) is okr.plan.BoundState.BREACHED) <= (not bound.holds(value))
    assert (bound.state(value) is okr.plan.BoundState.HELD) <= bound.holds(value)
    if bound.tolerated_to is None:
        assert (bound.state(value) is okr.plan.BoundState.BREACHED) == (not bound.holds(value))
    assert (bound.margin(value) < 0) <= (not bound.holds(value))


def test_progress_is_expected_from_0_to_1_along_a_line() -> None:
    days = [CYCLE.start + timedelta(days=n) for n in range(CYCLE.period.days)]
    expected = [result_of(okr.Reach(10), 3, day=day).expected for day in days]
    assert expected == sorted(expected)
    assert (expected[0], expected[-1]) == (0, 1)


@given(numbers, numbers, numbers)
def test_a_baseline_may_come_later(baseline: float, target: float, value: float) -> None:
    assume(abs(target - baseline) > 1e-3)
    found = okr.BaselineSet("k", START, baseline)
    late = result_of(okr.FromTo(None, target), value, entries=[found])
    assert late.progress == result_of(okr.FromTo(baseline, target), value).progress
    assert result_of(okr.FromTo(None, target), value).score is None


@given(plain_numbers.filter(bool), plain_numbers, st.integers(-90, 90).filter(bool))
def test_a_relative_target_is_a_line(baseline: float, value: float, percent: int) -> None:
    found = [okr.BaselineSet("k", START, baseline)]
    line = okr.FromTo(baseline, baseline + abs(baseline) * percent / 100)
    relative = result_of(okr.Relative(percent=percent), value, entries=found)
    # Its change is divided by as it was given, and not as the difference of two rounded ends.
    assert relative.progress == pytest.approx(result_of(line, value).progress, rel=1e-9, abs=1e-9)
    points = okr.Points(line.target - baseline)
    assert result_of(points, value, entries=found).progress == pytest.approx(
        relative.progress, rel=1e-9, abs=1e-9
    )
    # A negative baseline has no multiple with a direction.
    above = [okr.BaselineSet("k", START, abs(baseline))]
    times, of_size = okr.Multiple(1 + percent / 100), okr.Relative(percent=percent)
    assert result_of(times, value, entries=above).progress == pytest.approx(
        result_of(of_size, value, entries=above).progress, rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize(
    ("measure", "ends"),
    [
        (okr.Relative(percent=5), (21.0, 22.05)),  # METHOD.md 2.8: +5% of 21%
        (okr.Points(5), (21.0, 26.0)),  # and +5 points
        (okr.Multiple(2), (21.0, 42.0)),
        (okr.Relative(percent=-10), (21.0, 18.9)),
    ],
)
def test_relative_targets(measure: Any, ends: tuple[float, float]) -> None:
    result = result_of(measure, 21, entries=[okr.BaselineSet("k", START, 21)])
    assert (result.baseline, result.target) == pytest.approx(ends, rel=1e-15)
    assert result.progress == 0

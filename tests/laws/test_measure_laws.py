"""Laws of measures and pace.

- progress is 0 at the baseline and 1 at the target
- increase and decrease mirror each other
- a change of unit by a power of two never matters, exactly
- attainment never falls as a reading moves towards the target
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
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, START, bounds, lines, numbers


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


@given(lines(), numbers, st.integers(-6, 6))
def test_units_never_matter(line: Any, value: float, exponent: int) -> None:
    factor = 2.0**exponent
    baseline, target = line.ends()
    scaled = okr.FromTo(baseline * factor, target * factor)
    assert result_of(line, value).progress == result_of(scaled, value * factor).progress


@given(lines(), st.floats(-2, 3), st.floats(0, 2))
def test_attainment_never_falls_towards_the_target(line: Any, at: float, step: float) -> None:
    baseline, target = line.ends()
    nearer = result_of(line, baseline + (at + step) * (target - baseline)).score
    assert nearer >= result_of(line, baseline + at * (target - baseline)).score - 1e-12


@given(numbers, numbers)
def test_opposite_bounds_never_both_hold(limit: float, value: float) -> None:
    assert okr.AtLeast(limit).holds(value) != okr.Below(limit).holds(value)
    assert okr.Above(limit).holds(value) != okr.AtMost(limit).holds(value)


@given(numbers, st.floats(0.1, 5), numbers)
def test_a_warning_zone_changes_no_progress(limit: float, width: float, value: float) -> None:
    zoned = okr.AtMost(limit, warn_at=limit - width, tolerated_to=limit + width)
    assert result_of(zoned, value).progress == result_of(okr.AtMost(limit), value).progress


@given(bounds(), numbers)
def test_breached_means_not_held(bound: Any, value: float) -> None:
    assert (bound.state(value) is okr.BoundState.BREACHED) == (not bound.holds(value))
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

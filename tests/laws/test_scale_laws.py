"""Laws of measures with a scale of their own, of credit and lateness, and of clips.

- anchors are exact at their knots
- anchors have no jumps: a small step beside a knot moves the score by no more than the steeper line
- a score by anchors never falls as a value goes the way they go
- the value of a score is the way back from the score of a value
- a number to be hit counts alike before and beyond it, and nearer is never worse
- spending more of a budget never helps; within it, it costs nothing
- a value is worth what the step or zone that holds it says
- credit is what a pass or fail is worth, if credit is given; else there is all or nothing
- one more milestone or piece of evidence is never worse; milestones are worth their weights
- a milestone in time loses nothing, a later one never gains, and none loses more than its weight
- two numbers in one lie where their parts lie: a product below the minimum, that below the mean
- a clip keeps its limits, keeps order, and a second one changes nothing
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.rulebook import Rounding
from strategies import CYCLE, numbers

scores = st.lists(st.integers(1, 150).map(lambda n: n / 100), min_size=2, max_size=6, unique=True)
steps = st.lists(st.integers(1, 5000).map(lambda n: n / 10), min_size=6, max_size=6)


@st.composite
def anchors(draw: st.DrawFn) -> okr.Anchors:
    start, sign = draw(st.integers(-1000, 1000)), draw(st.sampled_from([1, -1]))
    ways = draw(steps)
    return okr.Anchors(
        {
            score: start + sign * sum(ways[: place + 1])
            for place, score in enumerate(sorted(draw(scores)))
        },
        baseline=draw(st.sampled_from([None, float(start)])),
    )


@given(anchors())
def test_anchors_are_exact_at_their_knots(scale: okr.Anchors) -> None:
    for score, value in scale.knots:
        assert scale.score_of(value) == score


@given(anchors(), st.sampled_from([-1.0, 1.0]))
def test_anchors_have_no_jumps(scale: okr.Anchors, side: float) -> None:
    knots = scale.knots
    steepest = max(abs((b[0] - a[0]) / (b[1] - a[1])) for a, b in pairwise(knots))
    for score, value in knots:
        assert abs(scale.score_of(value + side * 1e-6) - score) <= steepest * 1.01e-6 + 1e-9


@given(anchors(), st.integers(0, 200).map(lambda n: n / 100))
def test_the_value_of_a_score_is_the_way_back(scale: okr.Anchors, score: float) -> None:
    assert scale.score_of(scale.value_of(score)) == pytest.approx(score, abs=1e-9)


@given(anchors(), numbers, st.floats(0, 100))
def test_a_score_by_anchors_never_falls(scale: okr.Anchors, value: float, step: float) -> None:
    way = 1 if scale.knots[-1][1] > scale.knots[0][1] else -1
    assert scale.score_of(value + way * step) >= scale.score_of(value) - 1e-9


# --- what has to be evaluated ------------------------------------------------------------------

shares = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1 + 0.2, 1 / 3, 0.7, 1 - 2**-53, 1.0]))


def progress_of(measure: Any, *readings: Any, at: Any = (0,), **rule: Any) -> Any:
    """Return the progress at the end of the cycle, of readings so many days after its start."""
    plan = okr.Plan(
        [okr.Objective("o", "O", cycle=CYCLE, key_results=[okr.KeyResult("k", "KR", measure)])]
    )
    read = [
        okr.CheckIn("k", CYCLE.start + timedelta(days=day), reading)
        for day, reading in zip(at, readings, strict=True)
    ]
    book = evolve(okr.RECOMMENDED, attainment=okr.rulebook.AttainmentRule(**rule))
    card = okr.evaluate(plan, okr.Journal(read), as_of=CYCLE.end, rulebook=book)
    return card.key_result("k").progress


@given(numbers, numbers, st.floats(0, 500), st.floats(0, 500))
def test_nearer_to_the_number_is_never_worse(
    target: float, baseline: float, off: float, more: float
) -> None:
    if abs(target - baseline) < 1e-3:
        return
    measure = okr.Exactly(target, baseline)
    here = progress_of(measure, target + off)
    assert here <= 1
    assert progress_of(measure, target - off) == pytest.approx(here, rel=1e-6, abs=1e-6)
    assert progress_of(measure, target + off + more) <= here
    assert (progress_of(measure, target), progress_of(measure, baseline)) == (1, 0)


@given(st.floats(0.1, 1000), st.floats(0, 4), st.floats(0, 2), st.floats(1.1, 5))
def test_spending_more_never_helps(limit: float, spent: float, more: float, zero: float) -> None:
    at = progress_of(okr.Budget(limit), limit * spent, budget_zero_at=zero)
    assert progress_of(okr.Budget(limit), limit * (spent + more), budget_zero_at=zero) <= at
    assert progress_of(okr.Budget(limit), limit * min(spent, 1), budget_zero_at=zero) == 1
    at_zero = progress_of(okr.Budget(limit), limit * zero, budget_zero_at=zero)
    assert at_zero == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=4, unique=True), numbers)
def test_a_value_is_worth_its_step(limits: list[int], value: float) -> None:
    rising = sorted(limits)
    steps: list[Any] = [(okr.AtMost(limit), n / 10) for n, limit in enumerate(rising)]
    worth = next((n / 10 for n, limit in enumerate(rising) if round(value, 12) <= limit), None)
    assert progress_of(okr.Steps(steps), value) == worth
    assert progress_of(okr.Steps([*steps, (None, -1)]), value) == (-1 if worth is None else worth)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), shares, min_size=1), st.data())
def test_a_zone_is_worth_its_score(zones: dict[str, float], data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(sorted(zones)))
    assert progress_of(okr.Zones(zones), label) == zones[label]


@given(shares)
def test_credit_is_worth_itself_or_nothing(credit: float) -> None:
    assert progress_of(okr.PassFail(), credit) == credit
    assert progress_of(okr.Judged(), credit) == credit
    strict = progress_of(okr.PassFail(), credit, partial_credit=False)
    assert strict == (1 if round(credit, 12) == 1 else 0)
    assert progress_of(okr.PassFail(), credit == 1) == (1 if credit == 1 else 0)


steps_of_work = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 91) | st.none()), min_size=1, max_size=5
)


def milestones(steps: list[tuple[int, int | None]]) -> okr.Milestones:
    """Return milestones "0", "1" and so on, of these weights, due so many days after the start."""
    return okr.Milestones(
        *(
            okr.Milestone(str(n), weight, None if due is None else CYCLE.start + timedelta(due))
            for n, (weight, due) in enumerate(steps)
        )
    )


@given(steps_of_work, st.data())
def test_one_more_is_never_worse(steps: list[Any], data: st.DataObject) -> None:
    names = [str(n) for n in range(len(steps))]
    reached = data.draw(st.lists(st.sampled_from(names), unique=True))
    one = data.draw(st.sampled_from(names))
    measure = milestones(steps)
    total = sum(weight for weight, _ in steps)
    worth = progress_of(measure, reached)
    assert worth == pytest.approx(sum(steps[int(name)][0] for name in reached) / total, abs=1e-12)
    assert progress_of(measure, {*reached, one}) >= worth
    assert progress_of(measure, names) == 1
    evidence = okr.Evidence(required=len(steps))
    assert progress_of(evidence, reached) == len(reached) / len(steps)
    assert progress_of(evidence, {*reached, one}) >= progress_of(evidence, reached)


@given(steps_of_work, st.integers(0, 91), st.integers(0, 30), shares)
def test_lateness_never_pays(steps: list[Any], on: int, later: int, cost: float) -> None:
    measure, names = milestones(steps), [str(n) for n in range(len(steps))]

    def worth(day: int, share: float = cost) -> Any:
        return progress_of(measure, names, at=[min(day, 91)], late_milestone=share)

    assert 0 <= worth(on + later) <= worth(on) <= 1
    assert worth(on, 0) == 1
    in_time = [weight for weight, due in steps if on <= (91 if due is None else due)]
    total = sum(weight for weight, _ in steps)
    assert worth(on, 1) == pytest.approx(sum(in_time) / total, abs=1e-12)


@given(st.lists(st.tuples(shares, st.integers(-30, 130)), min_size=2, max_size=4))
def test_two_numbers_in_one_lie_where_their_parts_lie(parts: list[tuple[float, int]]) -> None:
    # A credit and a line for each; the line is clipped before it is combined.
    measures: dict[str, Any] = {}
    reading: dict[str, Any] = {}
    scores: list[float] = []
    for n, (credit, value) in enumerate(parts):
        measures |= {f"a{n}": okr.PassFail(), f"b{n}": okr.Reach(100)}
        reading |= {f"a{n}": credit, f"b{n}": value}
        scores += [credit, min(max(value / 100, 0), 1)]

    def worth(combine: okr.plan.Combination) -> Any:
        return progress_of(okr.Compound(measures, combine=combine), reading)

    product, minimum, mean = map(
        worth,
        [okr.plan.Combination.PRODUCT, okr.plan.Combination.MINIMUM, okr.plan.Combination.MEAN],
    )
    assert product <= minimum == min(scores)
    assert minimum <= mean <= max(scores)
    assert mean == pytest.approx(sum(scores) / len(scores), abs=1e-12)


clips = st.builds(
    okr.rulebook.Clip,
    floor=st.none() | st.integers(-2, 0),
    ceiling=st.none() | st.integers(1, 3),
    digits=st.none() | st.integers(0, 4),
    rounding=st.sampled_from(Rounding),
)


@given(clips, st.floats(-5, 5), st.floats(0, 5))
def test_a_clip_keeps_its_limits_and_the_order(
    clip: okr.rulebook.Clip, value: float, more: float
) -> None:
    clipped = clip.apply(value)
    assert clip.floor is None or clipped >= clip.floor
    assert clip.ceiling is None or clipped <= clip.ceiling
    assert clip.apply(clipped) == clipped
    assert clip.apply(value + more) >= clipped

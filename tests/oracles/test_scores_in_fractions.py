"""An independent oracle: scores in exact fractions, from the formulas of the method, not from the package.

It knows the formulas of METHOD.md 2.1, 2.4 and 2.5 and the bands of 2.2, and nothing of okrcore: it takes
plain tuples. What both say must agree to 1e-12, and no grade may differ, on the edges too.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, START

# --- the oracle --------------------------------------------------------------------------------


def exact(number: float) -> Fraction:
    """Return the decimal that people wrote, not the float that stands for it."""
    return Fraction(repr(number))


def exact_progress(kind: str, numbers: tuple[float, ...], value: float) -> Fraction:
    v = exact(value)
    if kind == "line":
        base, target = map(exact, numbers)
        return (v - base) / (target - base)
    if kind == "reach":
        return v / exact(numbers[0])
    if kind == "at most":
        return Fraction(v <= exact(numbers[0]))
    if kind == "below":
        return Fraction(v < exact(numbers[0]))
    if kind == "between":
        low, high = map(exact, numbers)
        return Fraction(low <= v <= high)
    knots = [(Fraction(0), Fraction(0))]
    for score, at in zip((Fraction(3, 10), Fraction(7, 10), Fraction(1)), numbers, strict=True):
        knots.append((score, exact(at)))
    for (low, first), (high, last) in pairwise(knots):
        if v <= last or high == 1:
            return low + (high - low) * (v - first) / (last - first)
    raise AssertionError


def exact_score(progress: Fraction) -> Fraction:
    return min(max(progress, Fraction(0)), Fraction(1))


def exact_grade(score: Fraction) -> str:
    if score >= Fraction(7, 10):
        return "green"
    return "yellow" if score >= Fraction(4, 10) else "red"


# --- the same in okrcore -----------------------------------------------------------------------

MEASURES: dict[str, Any] = {
    "line": okr.FromTo,
    "reach": okr.Reach,
    "at most": okr.AtMost,
    "below": okr.Below,
    "between": okr.Between,
    "anchors": lambda *at: okr.Anchors(dict(zip((0.3, 0.7, 1.0), at, strict=True)), baseline=0),
}


def evaluated(parts: list[tuple[str, tuple[float, ...], float, int]]) -> okr.Scorecard:
    objective = okr.Objective(
        "o",
        "O",
        cycle=CYCLE,
        key_results=[
            okr.KeyResult(f"k{n}", "KR", MEASURES[kind](*numbers), weight=weight)
            for n, (kind, numbers, _, weight) in enumerate(parts)
        ],
    )
    read = {f"k{n}": value for n, (_, _, value, _) in enumerate(parts)}
    journal = okr.Journal(okr.check_ins(START, read))
    return okr.evaluate(okr.Plan([objective]), journal, as_of=START)


decimals = st.integers(-99_999, 99_999).map(lambda n: n / 100)
pairs = st.tuples(decimals, decimals).filter(lambda p: p[0] != p[1])
ordered = pairs.map(lambda p: (min(p), max(p)))
rising = st.lists(st.integers(1, 9_999), min_size=3, max_size=3, unique=True).map(
    lambda ns: tuple(n / 10 for n in sorted(ns))
)
parts = st.one_of(
    st.tuples(st.just("line"), pairs, decimals, st.integers(1, 9)),
    st.tuples(
        st.just("reach"), st.tuples(decimals.filter(bool).map(abs)), decimals, st.integers(1, 9)
    ),
    st.tuples(
        st.sampled_from(["at most", "below"]), st.tuples(decimals), decimals, st.integers(1, 9)
    ),
    st.tuples(st.just("between"), ordered, decimals, st.integers(1, 9)),
    st.tuples(st.just("anchors"), rising, decimals, st.integers(1, 9)),
)


@given(st.lists(parts, min_size=1, max_size=8))
@example([("line", (7.2, 8.5), 8.11, 1)])  # 0.7 exactly; 0.6999999999999995 in floats
@example([("line", (28.0, 40.0), 36.4, 1)])
@example([("line", (7.2, 8.5), 8.11 - 1e-9, 1)])
@example([("line", (7.2, 8.5), 8.11 + 1e-9, 1)])
@example([("line", (28.0, 40.0), 36.4 - 1e-9, 1)])
@example([("line", (28.0, 40.0), 36.4 + 1e-9, 1)])
@example([("line", (0.0, 1.0), 0.4, 1)])
@example([("line", (0.0, 1.0), 0.4 - 1e-9, 1)])
@example([("reach", (10.0,), 6.0, 1), ("reach", (10.0,), 8.0, 1)])
@example([("at most", (0.3,), 0.1 + 0.2, 1)])
def test_scores_agree_with_exact_fractions(
    parts: list[tuple[str, tuple[float, ...], float, int]],
) -> None:
    card = evaluated(parts)
    scores = [exact_score(exact_progress(kind, numbers, v)) for kind, numbers, v, _ in parts]
    # A bound of 0.3 read as 0.1 + 0.2 is 0.30000000000000004 written out: people mean 0.3.
    snapped = [
        exact_score(exact_progress(kind, numbers, round(v, 12))) for kind, numbers, v, _ in parts
    ]
    total = sum(weight for *_, weight in parts)
    weighed = (s * w for s, (*_, w) in zip(snapped, parts, strict=True))
    mean = sum(weighed, Fraction(0)) / total
    for n, score in enumerate(snapped):
        ours = card.key_result(f"k{n}").score
        assert ours is not None
        assert abs(Fraction(ours) - score) <= Fraction(1, 10**12) * max(Fraction(1), score)
        if scores[n] == score:
            assert card.grade("grade", f"k{n}") == exact_grade(score)
    ours = card.objective("o").score
    assert ours is not None
    assert abs(Fraction(ours) - mean) <= Fraction(1, 10**12) * max(Fraction(1), mean)
    if scores == snapped:
        assert card.grade("grade", "o") == exact_grade(mean)

"""Laws of scores under RECOMMENDED.

- a score lies in the range of its parts
- a score lies in its score range, and so does what any reading of the open parts would give
- the order of siblings never matters, exactly
- scaling all weights never matters: exactly for powers of two, to 1e-12 else
- equal parts give that value, exactly
- raising the attainment of one key result never lowers a score
- a later entry changes no earlier day
- coverage lies between 0 and 1, is 1 where everything is read, and 0 where nothing is
- a subtree scores as in the whole
- a weight of 0 never matters
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from strategies import CYCLE, START, Quarter, quarters, weights

shares = st.one_of(
    st.floats(0, 1), st.integers(0, 100).map(lambda n: n / 100), st.sampled_from([1 / 3, 0.1, 0.7])
)


def scored(parts: list[tuple[float, float]]) -> okr.scorecard.ObjectiveResult:
    """Evaluate an objective of pass-or-fail key results with these credits and weights."""
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "Objective",
                cycle=CYCLE,
                key_results=[
                    okr.KeyResult(f"k{n}", "Key result", okr.PassFail(), weight=weight)
                    for n, (_, weight) in enumerate(parts)
                ],
            )
        ]
    )
    journal = okr.Journal(okr.check_ins(START, {f"k{n}": s for n, (s, _) in enumerate(parts)}))
    return okr.evaluate(plan, journal, as_of=START).objective("o")


parts = st.lists(st.tuples(shares, weights), min_size=1, max_size=12)


@given(parts)
def test_a_score_lies_in_the_range_of_its_parts(parts: list[tuple[float, float]]) -> None:
    score = scored(parts).score
    assert score is not None
    assert min(s for s, _ in parts) <= score <= max(s for s, _ in parts)


@given(quarters())
def test_a_score_lies_in_its_range(quarter: Quarter) -> None:
    for result in quarter.evaluate():
        if result.score is not None and result.score_range is not None:
            low, high = result.score_range
            assert 0 <= low <= result.score <= high <= 1


@given(parts, st.randoms(use_true_random=False))
def test_order_of_siblings_never_matters(parts: list[tuple[float, float]], chance: Any) -> None:
    shuffled = parts[:]
    chance.shuffle(shuffled)
    assert scored(parts).score == scored(shuffled).score


@given(parts, st.integers(-8, 8))
def test_scaling_weights_by_powers_of_two_never_matters(
    parts: list[tuple[float, float]], exponent: int
) -> None:
    scaled = [(share, weight * 2.0**exponent) for share, weight in parts]
    assert scored(parts).score == scored(scaled).score


@given(parts, st.floats(1e-3, 1e3))
def test_scaling_weights_never_matters(parts: list[tuple[float, float]], factor: float) -> None:
    scaled = [(share, weight * factor) for share, weight in parts]
    assert scored(parts).score == pytest.approx(scored(scaled).score, rel=1e-12, abs=1e-15)


@given(shares, st.lists(weights, min_size=1, max_size=12))
def test_equal_parts_give_that_value(share: float, their_weights: list[float]) -> None:
    assert scored([(share, weight) for weight in their_weights]).score == share


@given(parts, shares, st.data())
def test_raising_one_part_never_lowers_the_score(
    parts: list[tuple[float, float]], share: float, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    raised = parts[:]
    raised[at] = (max(share, parts[at][0]), parts[at][1])
    before, after = scored(parts).score, scored(raised).score
    assert before is not None
    assert after is not None
    assert after >= before or after == pytest.approx(before, rel=1e-15)


@given(quarters(), st.integers(1, 60), st.data())
def test_a_later_entry_changes_no_earlier_day(
    quarter: Quarter, days: int, data: st.DataObject
) -> None:
    ids = [kr.id for o in quarter.plan.objectives for kr in o.own_key_results]
    assume(ids)
    kr = quarter.plan.key_result(data.draw(st.sampled_from(ids)))
    assume(not isinstance(kr.measure, (okr.PassFail, okr.Milestones, okr.Evidence)))
    later = okr.CheckIn(kr.id, quarter.day + timedelta(days=days), 7, confidence=0.5)
    card = evolve(quarter, journal=quarter.journal.add(later)).evaluate()
    assert list(card) == list(quarter.evaluate())


@given(quarters())
def test_coverage_says_how_much_is_read(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for result in card:
        if result.coverage is not None:
            assert 0 <= result.coverage <= 1
    empty = okr.evaluate(quarter.plan, okr.Journal(), as_of=quarter.day)
    assert all(result.coverage in (None, 0) for result in empty)


@given(quarters())
def test_full_coverage_leaves_no_range(quarter: Quarter) -> None:
    # Periods to come are a range of what is measured.
    own = (kr for each in quarter.plan.objectives for kr in each.own_key_results)
    assume(not any(isinstance(kr.measure, okr.EachPeriod) for kr in own))
    for result in quarter.evaluate():
        if result.coverage == 1 and result.score is not None:
            assert result.score_range == (result.score, result.score)


def has_more(whole: okr.Scorecard, alone: okr.Scorecard) -> bool:
    """Return whether adjustments bring work across the border of a part that is evaluated alone."""
    heads = [each.id for each in alone.plan_in_force.objectives]
    below = whole.plan_in_force.subtree(*heads).items.keys()
    return below != alone.plan_in_force.items.keys()


@given(quarters())
def test_a_subtree_scores_as_in_the_whole(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for objective in quarter.plan.objectives:
        if objective.id not in card:
            continue
        part = quarter.plan.subtree(objective.id)
        journal = quarter.journal.only(part)
        if okr.journal.misfits(part, journal):
            continue  # an adjustment brings a reference across the border
        alone = okr.evaluate(part, journal, as_of=quarter.day)
        if has_more(card, alone):
            continue
        whole = card.objective(objective.id)
        if not journal.adjustments:  # the whole is graded twice for adjustments elsewhere
            whole = evolve(whole, original_score=None, adjusted_score=None)
        assert alone.objective(objective.id) == whole


@given(quarters(), st.data())
def test_a_subtree_of_several_scores_as_in_the_whole(quarter: Quarter, data: st.DataObject) -> None:
    card = quarter.evaluate()
    left = [each.id for each in card.plan_in_force.objectives if each.id in quarter.plan]
    assume(left)
    ids = st.sampled_from(left)
    some = data.draw(st.lists(ids, min_size=1, max_size=3))
    part = quarter.plan.subtree(*some)
    assert part == quarter.plan.subtree(*reversed(some))
    journal = quarter.journal.only(part)
    assume(not okr.journal.misfits(part, journal))
    alone = okr.evaluate(part, journal, as_of=quarter.day)
    assume(not has_more(card, alone))
    for id in some:
        assert quarter.plan.subtree(id).items.keys() <= part.items.keys()
        whole = card.objective(id)
        if not journal.adjustments:  # the whole is graded twice for adjustments elsewhere
            whole = evolve(whole, original_score=None, adjusted_score=None)
        assert alone.objective(id) == whole


@given(parts, shares)
def test_a_weight_of_zero_never_matters(parts: list[tuple[float, float]], share: float) -> None:
    assert scored(parts).score == scored([*parts, (share, 0.0)]).score


@given(quarters())
def test_permuting_a_plan_never_matters(quarter: Quarter) -> None:
    turned = evolve(quarter.plan, objectives=tuple(reversed(quarter.plan.objectives)))
    card, again = quarter.evaluate(), okr.evaluate(turned, quarter.journal, as_of=quarter.day)
    for result in card:
        other = again.objective(result.id)
        assert (result.score, result.score_range, result.status) == (
            other.score,
            other.score_range,
            other.status,
        )


def test_a_deep_chain_is_no_recursion() -> None:
    count = 5_000
    objectives = [okr.Objective("o0", "Top")]
    objectives += [okr.Objective(f"o{n}", "Below", supports=[f"o{n - 1}"]) for n in range(1, count)]
    bottom = okr.Objective(
        "bottom",
        "Bottom",
        supports=[f"o{count - 1}"],
        key_results=[okr.KeyResult("k", "Done", okr.PassFail())],
    )
    plan = okr.Plan([*objectives, bottom])
    card = okr.evaluate(
        plan, okr.Journal(okr.check_ins(date(2026, 8, 1), {"k": 0.7})), as_of=date(2026, 8, 1)
    )
    assert card.objective("o0").score == 0.7
    assert len(plan.descendants("o0")) == count

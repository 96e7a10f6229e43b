"""Laws of roll-up under every option of a rule, on graphs with several parents, references and methods.

- permuting objectives and key results changes nothing, exactly
- a mean or minimum lies in the range of what enters; a share achieved between 0 and 1
- equal parts give that value, exactly
- raising one key result never lowers a score
- a key result split into equal halves changes nothing, exactly
- a weight of 0 never matters beside one that counts
- scaling all weights by a power of two changes nothing, exactly
- a second way to the same objective changes nothing where distinct key results count
- what counts for something missing is what would be if that were read
- a subtree scores as in the whole
- shares total 1, and what enters by its share adds up to what was combined
- what enters an objective is what the step below it made, part by part
- the ends of a score range are what would be if everything open had no score, and a full one
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from cascades import (
    all_numbers,
    credits_of,
    key_results_of,
    numbers_of,
    readings_of,
    size_of,
    with_credits,
    with_each,
    with_each_kr,
    with_readings,
    with_rules,
    without_work,
)
from okrcore.plan import Combination
from okrcore.rulebook import RollUpPart, RollUpSource, Weighing, ZeroWeights
from okrcore.testing import Quarter, cascades, roll_up_rules

UNCLIPPED = okr.rulebook.Clip()
hundredths = st.integers(0, 100)


def score_of(card: okr.Scorecard, id: str) -> float | None:
    return numbers_of(card, id)[0]


@given(cascades(), st.randoms(use_true_random=False))
def test_order_never_matters_under_any_rule(cascade: Quarter, chance: Any) -> None:
    def turned(objective: okr.Objective) -> okr.Objective:
        key_results = [*objective.key_results]
        chance.shuffle(key_results)
        return evolve(objective, key_results=key_results)

    mixed = with_each(cascade, turned)
    objectives = [*mixed.plan.objectives]
    chance.shuffle(objectives)
    card = cascade.evaluate()
    other = evolve(mixed, plan=evolve(mixed.plan, objectives=objectives)).evaluate()
    assert all_numbers(card) == all_numbers(other)
    for objective in card.plan.objectives:
        assert card.shares(objective.id) == other.shares(objective.id)


@given(cascades())
def test_a_combined_score_lies_in_the_range_of_what_enters(cascade: Quarter) -> None:
    card = cascade.evaluate()
    for objective in card.plan.objectives:
        for _, step in card.explain(objective.id).walk(1):
            values = [i.value for i in step.inputs if isinstance(i.value, float) and i.weight]
            if (
                not isinstance(step.rule, okr.rulebook.RollUpRule)
                or not isinstance(step.result, float)
                or not values
            ):
                continue
            if step.rule.combine == "share achieved":
                assert 0 <= step.result <= 1
            else:
                assert min(values) <= step.result <= max(values)


neutral_rules = roll_up_rules().map(
    lambda rule: evolve(
        rule,
        combine=Combination.MINIMUM if rule.combine is Combination.MINIMUM else Combination.MEAN,
        zero_weights=ZeroWeights.ABSENT
        if rule.zero_weights is ZeroWeights.ZERO
        else rule.zero_weights,
        missing=None,
        empty=None,
        entry=UNCLIPPED,
        result=UNCLIPPED,
    )
)


@given(cascades(rules=neutral_rules), hundredths)
def test_equal_parts_give_that_value_under_any_rule(cascade: Quarter, credit: int) -> None:
    unclipped = okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(floor=0, ceiling=1))
    (method,) = cascade.rulebook.methods
    methods = [evolve(method, attainment=unclipped)]
    book = evolve(cascade.rulebook, attainment=unclipped, methods=methods)
    sized = with_each_kr(
        evolve(cascade, rulebook=book), lambda kr: evolve(kr, measure=okr.Reach(1))
    )
    read = readings_of(sized)

    def with_work_done(objective: okr.Objective) -> okr.Objective:
        done = [each for each in objective.initiatives if read.get(each.id)]
        return evolve(objective, initiatives=done)

    cascade = with_each(sized, with_work_done)
    cascade = with_readings(cascade, dict.fromkeys(readings_of(cascade), credit / 100))
    for score, *_ in all_numbers(cascade.evaluate()).values():
        assert score in (None, credit / 100)


@given(cascades(), st.data())
def test_raising_a_key_result_lowers_nothing(cascade: Quarter, data: st.DataObject) -> None:
    card = cascade.evaluate()
    read = [*credits_of(cascade)]
    assume(read)
    id = data.draw(st.sampled_from(read))
    score = card.key_result(id).score
    assert score is not None
    higher = card.what_if({id: data.draw(st.floats(score, 1))})
    for id, (before, *_) in all_numbers(card).items():
        after = score_of(higher, id)
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert after >= before - 1e-12


def halved(cascade: Quarter, id: str) -> Quarter:
    """Return a cascade in which a key result stands as two halves of it, wherever it counts."""

    def halves(one: okr.KeyResult | okr.KeyResultRef) -> list[okr.KeyResult | okr.KeyResultRef]:
        if isinstance(one, okr.KeyResultRef):
            half = evolve(one, weight=one.weight / 2)
            return [half, evolve(half, to=f"{id}-2")] if one.to == id else [one]
        if one.id != id:
            return [one]
        own, share = one.contribution, one.contribution and one.contribution.fixed_share
        own = okr.Contribution(fixed_share=share / 2) if share else own
        measure = okr.Reach(size_of(one) / 2)
        part = evolve(one, weight=one.weight / 2, measure=measure, contribution=own)
        return [part, evolve(part, id=f"{id}-2")]

    credits = credits_of(cascade)
    if id in credits:
        credits[f"{id}-2"] = credits[id]
    made = with_each(
        cascade,
        lambda objective: evolve(
            objective, key_results=[half for one in objective.key_results for half in halves(one)]
        ),
    )
    return with_credits(made, credits)


dividing_rules = roll_up_rules().map(
    lambda rule: evolve(
        rule,
        weigh=Weighing.STATED if rule.weigh is Weighing.EQUAL else rule.weigh,
        zero_weights=ZeroWeights.ABSENT
        if rule.zero_weights is ZeroWeights.EQUAL
        else rule.zero_weights,
    )
)


@given(cascades(rules=dividing_rules), st.data())
def test_two_halves_are_the_whole(cascade: Quarter, data: st.DataObject) -> None:
    def doubled(objective: okr.Objective) -> okr.Objective:
        key_results: list[Any] = [
            evolve(kr, weight=2 * kr.weight, measure=okr.Reach(2 * size_of(kr)))
            if isinstance(kr, okr.KeyResult)
            else evolve(kr, weight=2 * kr.weight)
            for kr in objective.key_results
        ]
        return evolve(objective, key_results=key_results)

    whole = with_credits(with_each(cascade, doubled), credits_of(cascade))
    assume(key_results_of(whole))
    id = data.draw(st.sampled_from(key_results_of(whole))).id
    assert all_numbers(halved(whole, id).evaluate()) == all_numbers(whole.evaluate())


@given(cascades(), hundredths | st.none())
def test_a_weight_of_zero_never_matters_under_any_rule(
    cascade: Quarter, credit: int | None
) -> None:
    credits = credits_of(cascade)

    def tracked(objective: okr.Objective) -> okr.Objective:
        # Alone it would say that the objective has a key result, which is another matter.
        own = objective.own_key_results
        if not any(kr.weight and kr.contribution is None for kr in own):
            return objective
        extra = okr.KeyResult(f"{own[0].id}-tracked", "KR", okr.Reach(7), weight=0)
        if credit is not None:
            credits[extra.id] = credit
        return evolve(objective, key_results=[*objective.key_results, extra])

    more = with_credits(with_each(cascade, tracked), credits)
    assert all_numbers(more.evaluate()) == all_numbers(cascade.evaluate())


relative_rules = roll_up_rules().map(
    lambda rule: evolve(rule, parts=[evolve(part, as_one=False) for part in rule.parts])
)


@given(cascades(rules=relative_rules), st.sampled_from([2, 4, 64]))
def test_scaling_all_weights_never_matters_under_any_rule(cascade: Quarter, factor: int) -> None:
    # Fixed shares, and the 1 of parts that enter as one, are no relative weights.
    cascade = with_each_kr(cascade, lambda kr: evolve(kr, contribution=None))

    def scaled(objective: okr.Objective) -> okr.Objective:
        return evolve(
            objective,
            key_results=[evolve(kr, weight=factor * kr.weight) for kr in objective.key_results],
            supports=[evolve(each, weight=factor * each.weight) for each in objective.supports],
            initiatives=[
                evolve(each, weight=factor * each.weight) for each in objective.initiatives
            ],
        )

    assert all_numbers(with_each(cascade, scaled).evaluate()) == all_numbers(cascade.evaluate())


distinct_rules = roll_up_rules().map(
    lambda rule: evolve(rule, parts=[RollUpPart(RollUpSource.DESCENDANTS)])
)


@given(cascades(rules=distinct_rules), st.data())
def test_a_second_way_changes_nothing_where_distinct_ones_count(
    cascade: Quarter, data: st.DataObject
) -> None:
    cascade = with_each(cascade, lambda objective: evolve(objective, cycle=None))
    plan = cascade.plan
    above = {each.id: [to.to for to in each.supports] for each in plan.objectives}
    longer = [
        (id, top)
        for id, parents in above.items()
        for parent in parents
        for top in above[parent]
        if top not in parents
    ]
    assume(longer)
    id, top = data.draw(st.sampled_from(longer))
    low = plan.objective(id)
    more = plan.put(evolve(low, supports=[*low.supports, okr.Alignment(top)]))
    assert all_numbers(evolve(cascade, plan=more).evaluate()) == all_numbers(cascade.evaluate())


own_rules = roll_up_rules().map(
    lambda rule: evolve(
        rule, parts=[RollUpPart(RollUpSource.KEY_RESULTS)], entry=UNCLIPPED, least_coverage=0
    )
)


@given(cascades(rules=own_rules), st.sampled_from([0, 50, 100]))
def test_missing_counts_as_if_it_were_read(cascade: Quarter, missing: int) -> None:
    counting = with_rules(cascade, lambda rule: evolve(rule, missing=missing / 100))
    read = credits_of(cascade)
    unread = [kr.id for kr in key_results_of(cascade) if kr.id not in read]
    supposed = cascade.evaluate().what_if(dict.fromkeys(unread, missing / 100))
    for id, (score, *_) in all_numbers(counting.evaluate()).items():
        assert score == score_of(supposed, id)


@given(cascades())
def test_a_subtree_scores_as_in_the_whole_under_any_rule(cascade: Quarter) -> None:
    card = cascade.evaluate()
    for objective in card.plan.objectives:
        part = card.plan.subtree(objective.id)
        journal = card.journal.only(part)
        alone = okr.evaluate(part, journal, as_of=card.as_of, rulebook=card.rulebook)
        assert numbers_of(alone, objective.id) == numbers_of(card, objective.id)


mean_rules = roll_up_rules().map(
    lambda rule: evolve(rule, combine=Combination.MEAN, least_coverage=0)
)


@given(cascades(rules=mean_rules))
def test_contributions_add_up(cascade: Quarter) -> None:
    work = [each.id for objective in cascade.plan.objectives for each in objective.initiatives]
    ids = [*(kr.id for kr in key_results_of(cascade)), *work]
    card = with_readings(cascade, dict.fromkeys(ids, 0.0) | readings_of(cascade)).evaluate()
    for objective in card.plan.objectives:
        shares = card.shares(objective.id)
        if not any(shares.values()):
            continue
        assert sum(map(Fraction, shares.values())) == pytest.approx(1, abs=1e-12)
        (step,) = card.explain(objective.id).parts
        if any(entered.value is None and entered.weight for entered in step.inputs):
            continue  # an objective below with nothing to combine
        parts = [Fraction(shares[i.name]) * Fraction(i.value or 0) for i in step.inputs]  # type: ignore[arg-type]  # numbers
        assert isinstance(step.result, float)
        assert abs(sum(parts) - Fraction(step.result)) <= Fraction(1, 10**12)


@given(cascades())
def test_what_enters_is_what_the_step_below_it_made(cascade: Quarter) -> None:
    card = cascade.evaluate()
    for objective in card.plan.objectives:
        for _, step in card.explain(objective.id).walk():
            if isinstance(step.rule, okr.rulebook.RollUpRule):
                made = [(part.id, part.result) for part in step.parts]
                assert made == [(entered.name, entered.value) for entered in step.inputs]


@given(cascades())
def test_a_score_range_ends_where_everything_open_has_none_or_all(cascade: Quarter) -> None:
    cascade = without_work(cascade)
    card, clip = cascade.evaluate(), cascade.rulebook.attainment.clip
    read = credits_of(cascade)
    unread = [kr.id for kr in key_results_of(cascade) if kr.id not in read]
    none, full = (card.what_if(dict.fromkeys(unread, clip.apply(share))) for share in (0.0, 1.0))
    # What has nothing that could be read stays open.
    assume(all(coverage == 1 for _, _, coverage, _ in all_numbers(full).values()))
    for id, (score, _, _, score_range) in all_numbers(card).items():
        ends = [end for end in (score_of(none, id), score_of(full, id), score) if end is not None]
        assert score_range == (min(ends), max(ends))

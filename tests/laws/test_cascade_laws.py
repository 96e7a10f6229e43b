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
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from cascades import (
    Cascade,
    Clip,
    Kr,
    Node,
    all_numbers,
    cascades,
    evaluated,
    hundredths,
    key_results_of,
    numbers_of,
    rulebook_of,
    rules,
    with_each,
    with_each_kr,
)

UNCLIPPED = Clip()


def score_of(card: okr.Scorecard, id: str) -> float | None:
    return numbers_of(card, id)[0]


@given(cascades(), st.randoms(use_true_random=False))
def test_order_never_matters_under_any_rule(cascade: Cascade, chance: Any) -> None:
    def turned(node: Node) -> Node:
        key_results, refs = list(node.key_results), list(node.refs)
        chance.shuffle(key_results)
        chance.shuffle(refs)
        return node._replace(key_results=tuple(key_results), refs=tuple(refs))

    order = list(range(len(cascade.nodes)))
    chance.shuffle(order)
    card, other = evaluated(cascade), evaluated(with_each(cascade, turned), order)
    assert all_numbers(card) == all_numbers(other)
    for objective in card.plan.objectives:
        assert card.shares(objective.id) == other.shares(objective.id)


@given(cascades())
def test_a_combined_score_lies_in_the_range_of_what_enters(cascade: Cascade) -> None:
    card = evaluated(cascade)
    for objective in card.plan.objectives:
        for _, step in card.explain(objective.id).walk(1):
            values = [i.value for i in step.inputs if isinstance(i.value, float) and i.weight]
            if not isinstance(step.rule, okr.RollUpRule) or step.result is None or not values:
                continue
            if step.rule.combine == "share achieved":
                assert 0 <= step.result <= 1
            else:
                assert min(values) <= step.result <= max(values)


neutral_rules = rules().map(
    lambda rule: rule._replace(
        combine="minimum" if rule.combine == "minimum" else "mean",
        zero_weights="absent" if rule.zero_weights == "zero" else rule.zero_weights,
        missing=None,
        empty=None,
        entry=UNCLIPPED,
        result=UNCLIPPED,
    )
)


@given(cascades(neutral_rules), hundredths)
def test_equal_parts_give_that_value_under_any_rule(cascade: Cascade, credit: int) -> None:
    cascade = with_each(
        with_each_kr(
            cascade._replace(clip=Clip(0, 100)),
            lambda kr: kr._replace(credit=None if kr.credit is None else credit, size=1),
        ),
        lambda node: node._replace(work=tuple(done and credit for done in node.work if done)),
    )
    for score, *_ in all_numbers(evaluated(cascade)).values():
        assert score in (None, credit / 100)


@given(cascades(), st.data())
def test_raising_a_key_result_lowers_nothing(cascade: Cascade, data: st.DataObject) -> None:
    card = evaluated(cascade)
    read = [kr.id for kr in key_results_of(cascade) if kr.credit is not None]
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


def halved(cascade: Cascade, id: str) -> Cascade:
    """Return a cascade in which a key result stands as two halves of it, wherever it counts."""

    def one(node: Node) -> Node:
        key_results = []
        for kr in node.key_results:
            if kr.id == id:
                fixed = None if kr.fixed is None else kr.fixed // 2
                half = kr._replace(weight=kr.weight // 2, fixed=fixed, size=kr.size // 2)
                key_results += [half, half._replace(id=f"{id}-2")]
            else:
                key_results.append(kr)
        refs = []
        for to, weight in node.refs:
            refs += [(to, weight // 2), (f"{id}-2", weight // 2)] if to == id else [(to, weight)]
        return node._replace(key_results=tuple(key_results), refs=tuple(refs))

    return with_each(cascade, one)


dividing_rules = rules().map(
    lambda rule: rule._replace(
        weigh="stated" if rule.weigh == "equal" else rule.weigh,
        zero_weights="absent" if rule.zero_weights == "equal" else rule.zero_weights,
    )
)


@given(cascades(dividing_rules), st.data())
def test_two_halves_are_the_whole(cascade: Cascade, data: st.DataObject) -> None:
    whole = with_each(
        with_each_kr(cascade, lambda kr: kr._replace(weight=2 * kr.weight, size=2 * kr.size)),
        lambda node: node._replace(refs=tuple((to, 2 * weight) for to, weight in node.refs)),
    )
    assume(key_results_of(whole))
    id = data.draw(st.sampled_from(key_results_of(whole))).id
    assert all_numbers(evaluated(halved(whole, id))) == all_numbers(evaluated(whole))


@given(cascades(), hundredths | st.none())
def test_a_weight_of_zero_never_matters_under_any_rule(
    cascade: Cascade, credit: int | None
) -> None:
    def tracked(node: Node) -> Node:
        # Alone it would say that the objective has a key result, which is another matter.
        if not any(kr.weight and kr.fixed is None for kr in node.key_results):
            return node
        extra = Kr(f"{node.key_results[0].id}-tracked", credit, 0, None, 7)
        return node._replace(key_results=(*node.key_results, extra))

    assert all_numbers(evaluated(with_each(cascade, tracked))) == all_numbers(evaluated(cascade))


relative_rules = rules().map(
    lambda rule: rule._replace(
        parts=tuple((kind, False, otherwise) for kind, _, otherwise in rule.parts)
    )
)


@given(cascades(relative_rules), st.sampled_from([2, 4, 64]))
def test_scaling_all_weights_never_matters_under_any_rule(cascade: Cascade, factor: int) -> None:
    # Fixed shares, and the 1 of an initiative or of parts that enter as one, are no relative weights.
    cascade = with_each(
        with_each_kr(cascade, lambda kr: kr._replace(fixed=None)),
        lambda node: node._replace(work=()),
    )

    def scaled(node: Node) -> Node:
        return node._replace(
            key_results=tuple(kr._replace(weight=factor * kr.weight) for kr in node.key_results),
            refs=tuple((to, factor * weight) for to, weight in node.refs),
            above=tuple((to, factor * weight) for to, weight in node.above),
        )

    assert all_numbers(evaluated(with_each(cascade, scaled))) == all_numbers(evaluated(cascade))


distinct_rules = rules().map(
    lambda rule: rule._replace(parts=(("key results of all objectives below", False, False),))
)


@given(cascades(distinct_rules), st.data())
def test_a_second_way_changes_nothing_where_distinct_ones_count(
    cascade: Cascade, data: st.DataObject
) -> None:
    cascade = with_each(cascade, lambda node: node._replace(is_micro=False))
    nodes = cascade.nodes
    longer = [
        (at, top)
        for at, node in enumerate(nodes)
        for to, _ in node.above
        for top, _ in nodes[to].above
        if top not in dict(node.above)
    ]
    assume(longer)
    at, top = data.draw(st.sampled_from(longer))
    more = nodes[at]._replace(above=(*nodes[at].above, (top, 1)))
    other = cascade._replace(nodes=(*nodes[:at], more, *nodes[at + 1 :]))
    assert all_numbers(evaluated(other)) == all_numbers(evaluated(cascade))


own_rules = rules().map(
    lambda rule: rule._replace(
        parts=(("key results", False, False),), entry=UNCLIPPED, least_coverage=0
    )
)


@given(cascades(own_rules), st.sampled_from([0, 50, 100]))
def test_missing_counts_as_if_it_were_read(cascade: Cascade, missing: int) -> None:
    first, second = cascade.rules
    asked = cascade._replace(
        rules=(first._replace(missing=missing), second._replace(missing=missing))
    )
    unread = [kr.id for kr in key_results_of(cascade) if kr.credit is None]
    supposed = evaluated(cascade).what_if(dict.fromkeys(unread, missing / 100))
    for id, (score, *_) in all_numbers(evaluated(asked)).items():
        assert score == score_of(supposed, id)


@given(cascades())
def test_a_subtree_scores_as_in_the_whole_under_any_rule(cascade: Cascade) -> None:
    card = evaluated(cascade)
    for objective in card.plan.objectives:
        part = card.plan.subtree(objective.id)
        journal = card.journal.only(part)
        alone = okr.evaluate(part, journal, as_of=card.as_of, rulebook=card.rulebook)
        assert numbers_of(alone, objective.id) == numbers_of(card, objective.id)


mean_rules = rules().map(lambda rule: rule._replace(combine="mean", least_coverage=0))


@given(cascades(mean_rules))
def test_contributions_add_up(cascade: Cascade) -> None:
    read = with_each(
        with_each_kr(cascade, lambda kr: kr._replace(credit=kr.credit or 0)),
        lambda node: node._replace(work=tuple(done or 0 for done in node.work)),
    )
    card = evaluated(read)
    for objective in card.plan.objectives:
        shares = card.shares(objective.id)
        if not any(shares.values()):
            continue
        assert sum(map(Fraction, shares.values())) == pytest.approx(1, abs=1e-12)
        (step,) = card.explain(objective.id).parts
        if any(entered.value is None and entered.weight for entered in step.inputs):
            continue  # an objective below with nothing to combine
        parts = [Fraction(shares[i.name]) * Fraction(i.value or 0) for i in step.inputs]  # type: ignore[arg-type]  # numbers
        assert step.result is not None
        assert abs(sum(parts) - Fraction(step.result)) <= Fraction(1, 10**12)


@given(cascades())
def test_what_enters_is_what_the_step_below_it_made(cascade: Cascade) -> None:
    card = evaluated(cascade)
    for objective in card.plan.objectives:
        for _, step in card.explain(objective.id).walk():
            if isinstance(step.rule, okr.RollUpRule):
                made = [(part.id, part.result) for part in step.parts]
                assert made == [(entered.name, entered.value) for entered in step.inputs]


@given(cascades())
def test_a_score_range_ends_where_everything_open_has_none_or_all(cascade: Cascade) -> None:
    cascade = with_each(cascade, lambda node: node._replace(work=()))
    card, clip = evaluated(cascade), rulebook_of(cascade).attainment.clip
    unread = [kr.id for kr in key_results_of(cascade) if kr.credit is None]
    none, full = (card.what_if(dict.fromkeys(unread, clip.apply(share))) for share in (0.0, 1.0))
    # What has nothing that could be read stays open.
    assume(all(coverage == 1 for _, _, coverage, _ in all_numbers(full).values()))
    for id, (score, _, _, score_range) in all_numbers(card).items():
        ends = [end for end in (score_of(none, id), score_of(full, id), score) if end is not None]
        assert score_range == (min(ends), max(ends))

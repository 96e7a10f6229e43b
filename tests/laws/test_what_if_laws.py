"""Laws of what-if and of sensitivity, under every option of a rule.

- a supposed score is one that was read: the same numbers as an evaluation with readings that give it
- the whole answer is the same, status and pace included, where the measure takes the score as its reading
- supposing what was read changes nothing, exactly
- supposing one after another is supposing both
- a supposition changes nothing that is not above it
- every step of an explanation of a supposition makes its number again
- sensitivity is the what-if of each, and leaves out what would change nothing
"""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from cascades import (
    Numbers,
    all_numbers,
    credits_of,
    key_results_of,
    numbers_of,
    size_of,
    with_credits,
    with_each_kr,
)
from okrcore.testing import cascades
from strategies import CYCLE, START, Quarter, quarters


def powers_of_two(cascade: Quarter) -> Quarter:
    """Return a cascade whose readings give their credits exactly."""
    return with_each_kr(cascade, lambda kr: evolve(kr, measure=okr.Reach(2 ** (size_of(kr) % 6))))


def drawn_credits(data: st.DataObject, cascade: Quarter) -> dict[str, int]:
    """Draw credits that the clip of the cascade leaves as they are."""
    clip = cascade.rulebook.attainment.clip
    fixed = [credit for credit in range(101) if clip.apply(credit / 100) == credit / 100]
    ids = [kr.id for kr in key_results_of(cascade)]
    assume(ids)
    chosen = data.draw(st.sets(st.sampled_from(ids), min_size=1, max_size=3))
    return {id: data.draw(st.sampled_from(fixed)) for id in sorted(chosen)}


@given(cascades(), st.data())
def test_a_supposed_score_is_one_that_was_read(cascade: Quarter, data: st.DataObject) -> None:
    cascade = powers_of_two(cascade)
    credits = drawn_credits(data, cascade)
    read = with_credits(cascade, credits_of(cascade) | credits).evaluate()
    supposed = cascade.evaluate().what_if({id: c / 100 for id, c in credits.items()})
    assert all_numbers(supposed) == all_numbers(read)
    assert {kr.id: supposed.key_result(kr.id).score for kr in key_results_of(cascade)} == {
        kr.id: read.key_result(kr.id).score for kr in key_results_of(cascade)
    }


def judged_plan(quarter: Quarter) -> okr.Plan:
    """Return the plan of a quarter with every key result measured by a judgement, due at the end."""
    return evolve(
        quarter.plan,
        objectives=[
            evolve(
                objective,
                cycle=CYCLE,
                trigger=None,
                key_results=[
                    evolve(kr, measure=okr.Judged(), metric=None, derived=None, due=None)
                    if isinstance(kr, okr.KeyResult)
                    else kr
                    for kr in objective.key_results
                ],
            )
            for objective in quarter.plan.objectives
        ],
    )


@given(quarters(), st.floats(0, 1), st.integers(0, 91), st.data())
def test_a_supposition_answers_as_a_reading_does(
    quarter: Quarter, score: float, days: int, data: st.DataObject
) -> None:
    plan = judged_plan(quarter)
    ids = [kr.id for objective in plan.objectives for kr in objective.own_key_results]
    assume(ids)
    id = data.draw(st.sampled_from(ids))
    day = date_of(days)
    others = [other for other in ids if other != id and data.draw(st.booleans())]
    journal = okr.Journal(okr.check_ins(START, dict.fromkeys(others, 0.5)))
    card = okr.evaluate(plan, journal, as_of=day)
    read = okr.evaluate(plan, journal.add(okr.CheckIn(id, day, score)), as_of=day)
    supposed = card.what_if({id: score})
    for one, other in zip(supposed, read, strict=True):
        assert without_words(one) == without_words(other)
    assert without_words(supposed.key_result(id)) == without_words(read.key_result(id))


def date_of(days: int) -> Any:
    return START.fromordinal(START.toordinal() + days)


def without_words(result: okr.scorecard.Result) -> okr.scorecard.Result:
    """Return an answer without what a supposition has not: a check-in, a reading, and its words."""
    changes: dict[str, Any] = {"why": "", "status_why": "", "last_check_in": None}
    if isinstance(result, okr.scorecard.KeyResultResult):
        changes |= {"reading": None, "read_on": None, "late": False}
    return evolve(result, **changes)


@given(cascades())
def test_supposing_what_was_read_changes_nothing(cascade: Quarter) -> None:
    card = cascade.evaluate()
    scores = {
        id: score for id in credits_of(cascade) if (score := card.key_result(id).score) is not None
    }
    assert card.what_if(scores) == card
    # Supposed all the same, for all that `what_if` leaves out.
    forced = evolve(card, supposed=tuple(scores.items()))
    assert all_numbers(forced) == all_numbers(card)


@given(cascades(), st.data())
def test_supposing_one_after_another_is_supposing_both(
    cascade: Quarter, data: st.DataObject
) -> None:
    scores = {id: credit / 100 for id, credit in drawn_credits(data, cascade).items()}
    card = cascade.evaluate()
    one_by_one = card
    for id, score in scores.items():
        one_by_one = one_by_one.what_if({id: score})
    assert all_numbers(one_by_one) == all_numbers(card.what_if(scores))


@given(cascades(), st.data())
def test_a_supposition_moves_only_what_it_enters(cascade: Quarter, data: st.DataObject) -> None:
    ((id, credit), *_) = drawn_credits(data, cascade).items()
    card = cascade.evaluate()
    supposed = card.what_if({id: credit / 100})
    holders = {o.id for o in card.plan.objectives if id in dict(card.shares(o.id))}
    reached = holders | {above.id for holder in holders for above in card.plan.ancestors(holder)}
    for objective in card.plan.objectives:
        if objective.id not in reached:
            assert numbers_of(supposed, objective.id) == numbers_of(card, objective.id)


@given(cascades(), st.data())
def test_a_supposition_explains_itself(cascade: Quarter, data: st.DataObject) -> None:
    scores = {id: credit / 100 for id, credit in drawn_credits(data, cascade).items()}
    card = cascade.evaluate().what_if(scores)
    for id in (*scores, *(objective.id for objective in card.plan.objectives)):
        explanation = card.explain(id)
        assert explanation.result == card[id].score
        for _, step in explanation.walk():
            assert step.recompute() == step.result


@given(cascades())
def test_sensitivity_is_what_if_of_each(cascade: Quarter) -> None:
    card, full = cascade.evaluate(), cascade.rulebook.attainment.clip.apply(1.0)
    for objective in card.plan.objectives:
        before = numbers_of(card, objective.id)[0]
        found = card.sensitivity(objective.id)
        gains = [gain for _, gain in found]
        assert gains == sorted(gains, reverse=True)
        if before is None:
            assert found == ()
            continue
        wanted = {}
        for kr in key_results_of(cascade):
            after = numbers_of(card.what_if({kr.id: full}), objective.id)[0]
            assert after is not None
            if after != before:
                wanted[kr.id] = after - before
        assert dict(found) == wanted


def test_numbers_compare_what_they_say() -> None:
    # A guard: the laws above would hold of numbers that are all None.
    kr = okr.KeyResult("k", "KR", okr.Reach(1))
    plan = okr.Plan([okr.Objective("o0", "O", key_results=[kr])])
    one: Numbers = (0.4, 0.4, 1.0, (0.4, 0.4))
    cascade = with_credits(Quarter(plan, okr.Journal(), START), {"k": 40})
    assert all_numbers(cascade.evaluate()) == {"o0": one}


@given(st.lists(st.tuples(st.none() | st.floats(0, 1), st.floats(0, 1e3)), min_size=1, max_size=30))
def test_sensitivity_is_exact_over_many_parts(parts: list[tuple[float | None, float]]) -> None:
    # Sums with one part replaced are the sums of a whole evaluation, to the last bit.
    key_results = [
        okr.KeyResult(f"k{n}", "KR", okr.Judged(), weight=weight)
        for n, (_, weight) in enumerate(parts)
    ]
    child = okr.Objective("o", "O", key_results=key_results, supports=["top"])
    plan = okr.Plan([okr.Objective("top", "T"), child])
    read = {f"k{n}": score for n, (score, _) in enumerate(parts) if score is not None}
    card = okr.evaluate(plan, okr.Journal(okr.check_ins(START, read)), as_of=START)
    before = card["top"].score
    for id, gain in card.sensitivity("top"):
        after = card.what_if({id: 1.0})["top"].score
        assert before is not None
        assert after is not None
        assert gain == after - before

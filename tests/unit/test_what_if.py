"""What would be, worked by hand; the laws of suppositions are in tests/laws/test_what_if_laws.py."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.plan import Combination

DAY = date(2026, 8, 14)
KRS = [
    okr.KeyResult("half", "Half", okr.Reach(10)),
    okr.KeyResult("full", "Full", okr.Reach(10)),
    okr.KeyResult("free", "Weighs nothing", okr.Reach(10), weight=0),
]
PLAN = okr.Plan(
    [
        okr.Objective("top", "Top"),
        okr.Objective("o", "O", supports=["top"], key_results=KRS),
        okr.Objective(
            "p", "P", supports=["top"], key_results=[okr.KeyResult("p-k", "KR", okr.Reach(10))]
        ),
    ]
)
READ = {"half": 5, "full": 10, "free": 2, "p-k": 2.5}


def card_with_closings(
    *entries: okr.Closing, day: date = DAY, rulebook: okr.Rulebook = okr.RECOMMENDED
) -> okr.Scorecard:
    journal = okr.Journal([*okr.check_ins(DAY, READ), *entries])
    return okr.evaluate(PLAN, journal, as_of=day, rulebook=rulebook)


def test_a_supposed_score_is_explained_as_one() -> None:
    card = card_with_closings().what_if({"half": 0.25})
    assert card.objective("o").score == 0.625
    (step,) = card.explain("half").parts
    assert [(entered.name, entered.value) for entered in step.inputs] == [("supposed score", 0.25)]
    assert (step.result, step.recompute()) == (0.25, 0.25)


def test_what_was_read_is_not_supposed() -> None:
    card = card_with_closings().what_if({"half": 0.5, "full": 0.75})
    assert card.supposed == (("full", 0.75),)


def test_gains_are_of_what_is_open_and_counts() -> None:
    # o is 0.75 and p 0.25, so top is 0.5. What is full, or weighs nothing, gains nothing.
    assert card_with_closings().sensitivity("top") == (("p-k", 0.375), ("half", 0.125))
    assert okr.evaluate(PLAN, okr.Journal(), as_of=DAY).sensitivity("top") == ()


def test_what_is_closed_gains_nothing() -> None:
    closing = okr.Closing("p", DAY, okr.ClosingDecision.CARRY)
    card = card_with_closings(closing, day=date(2026, 8, 15))
    assert card.sensitivity("top") == (("half", 0.125),)


def test_where_the_worst_counts_the_worst_alone_gains() -> None:
    worst = okr.Rulebook(name="worst", roll_up=okr.rulebook.RollUpRule(combine=Combination.MINIMUM))
    # p, with 0.25, is worse than o, with 0.5, and cannot raise top any higher than that.
    assert card_with_closings(rulebook=worst).sensitivity("top") == (("p-k", 0.25),)


def test_gains_are_of_a_part_if_others_were_closed_on_the_same_day() -> None:
    below = [
        okr.Objective(id, id, key_results=[okr.KeyResult(f"{id}-k", "KR", okr.Reach(10))])
        for id in ("a", "b", "c")
    ]
    plan = okr.Plan([okr.Objective("top", "Top"), *(evolve(o, supports=["top"]) for o in below)])
    plan = plan.put(okr.Objective("other", "Other", key_results=[okr.KeyResultRef("c-k")]))
    read = okr.Journal(okr.check_ins(DAY, {"a-k": 5, "b-k": 5, "c-k": 5}))
    carry = okr.ClosingDecision.CARRY
    later = okr.Adjustment("a-k", DAY, due=DAY, because="it is over")
    for entries in ([okr.Closing("a", DAY, carry)], [okr.Closing("a", DAY, carry), later]):
        journal = read.add(okr.Closing("b", DAY, carry), *entries)
        card = okr.evaluate(plan, journal, as_of=date(2026, 8, 15))
        assert card.sensitivity("other") == (("c-k", 0.5),)
        assert card.sensitivity("b") == ()


def test_a_late_reading_of_what_is_closed_is_not_supposed_either() -> None:
    late = okr.CheckIn("p-k", date(2026, 8, 16), 20)
    closing = okr.Closing("p", date(2026, 8, 13), okr.ClosingDecision.CARRY)
    card = okr.evaluate(
        PLAN, okr.Journal([closing, late]), as_of=date(2026, 8, 17), rulebook=okr.RECOMMENDED
    )
    with pytest.raises(okr.InvalidValueError, match="its objective was closed on 2026-08-13"):
        card.what_if({"p-k": 1})

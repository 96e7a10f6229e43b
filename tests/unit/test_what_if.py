"""What would be, worked by hand; the laws of suppositions are in tests/laws/test_what_if_laws.py."""

from __future__ import annotations

from datetime import date

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

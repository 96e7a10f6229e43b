"""Work that is carried over, against an evaluator that shares no code with the package."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from oracles.by_hand.figures import Answer
from oracles.by_hand.measures import Facts
from oracles.by_hand.words import ByHand
from oracles.carried_organisations import carried_organisations
from oracles.organisations import days
from oracles.records_of import RULE_SETS, journal_of, plan_of, rulebook_of
from oracles.test_organisations import check

#: Without rules that roll up key results of all levels.
BOOKS = st.sampled_from(["RECOMMENDED", *(name for name in RULE_SETS if name[:9] != "all below")])


def check_card(card: okr.Scorecard, organisation: Facts, rules: Facts, day: date) -> None:
    hand = ByHand(organisation, rules)
    point = hand.at(day)
    for id in hand.key_results:
        check(f"{id} score", card.key_result(id).score, hand.key_result(id, point).score)
    for id in hand.objectives:
        check_figures(id, card.objective(id), hand.objective(id, point))


def check_figures(id: str, found: okr.scorecard.ObjectiveResult, wanted: Answer) -> None:
    check(f"{id} score", found.score, wanted.score)
    check(f"{id} progress", found.progress, wanted.progress)
    check(f"{id} coverage", found.coverage, wanted.coverage)
    if found.score_range is not None:
        check(f"{id} at least", found.score_range[0], wanted.ends[0])
        check(f"{id} at most", found.score_range[1], wanted.ends[1])


@settings(max_examples=examples(gate=500, explore=20_000))
@given(carried_organisations(), BOOKS)
def test_carried_work_counts_as_worked_by_hand(organisation: Facts, name: str) -> None:
    book, rules = rulebook_of(name)
    plan, journal, day = plan_of(organisation), journal_of(organisation), organisation["day"]
    card = okr.evaluate(plan, journal, as_of=day, rulebook=book)
    check_card(card, organisation, rules, day)


@settings(max_examples=examples(gate=60, explore=2_000))
@given(carried_organisations(), BOOKS, st.lists(days(40), max_size=4), st.integers(0, 30))
def test_works_that_are_kept_are_those_made_anew(
    organisation: Facts, name: str, others: list[date], count: int
) -> None:
    """One plan and one journal on several days, and the plan with a journal of fewer entries."""
    book, _ = rulebook_of(name)
    plan, whole = plan_of(organisation), journal_of(organisation)
    for on in (*others, organisation["day"]):
        for journal in (whole, okr.Journal(whole.entries[:count])):
            kept = okr.evaluate(plan, journal, as_of=on, rulebook=book)
            anew = okr.evaluate(
                plan_of(organisation), okr.Journal(journal.entries), as_of=on, rulebook=book
            )
            for id in ("top", "middle", "beside"):
                assert kept.objective(id) == anew.objective(id)

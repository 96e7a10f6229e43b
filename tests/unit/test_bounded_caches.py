"""Values kept with a plan or a journal: of the last eight rulebooks, and the others made anew."""

from __future__ import annotations

from datetime import date

import okrcore as okr
from okrcore._memo import once
from okrcore.journal.journal import history_of
from okrcore.scorecard.day.compiler import compile_plan

DAY, LATER = date(2026, 8, 14), date(2026, 8, 20)


def plan_of_two() -> okr.Plan:
    read, unread = (okr.KeyResult(id, id, okr.Reach(10)) for id in ("read", "unread"))
    return okr.Plan([okr.Objective("o", "O", key_results=[read, unread])])


def score_of(plan: okr.Plan, least_coverage: float) -> float | None:
    book = okr.Rulebook(name="x", roll_up=okr.rulebook.RollUpRule(least_coverage=least_coverage))
    journal = okr.Journal(okr.check_ins(DAY, {"read": 5}))
    return okr.evaluate(plan, journal, as_of=DAY, rulebook=book).objective("o").score


def test_a_plan_keeps_the_layouts_of_the_last_eight_rulebooks() -> None:
    plan = plan_of_two()
    # Half of the weight is read: enough up to a least coverage of 0.5.
    expected = [0.5] * 11 + [None] * 9
    for _ in range(2):
        assert [score_of(plan, n / 20) for n in range(20)] == expected
        kept = [rule.least_coverage for rule, *_ in once(plan, compile_plan).kept_inputs]
        assert kept == [n / 20 for n in range(12, 20)]


def test_a_kept_layout_is_taken_again() -> None:
    plan = plan_of_two()
    for n in range(8):
        score_of(plan, n / 20)
    before = dict(once(plan, compile_plan).kept_inputs)
    for n in range(8):
        score_of(plan, n / 20)
    after = once(plan, compile_plan).kept_inputs
    assert all(after[key] is layout for key, layout in before.items())
    assert len(after) == 8


def test_a_journal_keeps_the_closings_of_the_last_eight_rulebooks() -> None:
    plan, closed = plan_of_two(), okr.Closing("o", DAY, okr.ClosingDecision.CARRY)
    journal = okr.Journal(
        [*okr.check_ins(DAY, {"read": 5}), closed, *okr.check_ins(LATER, {"read": 9})]
    )
    books = [okr.Rulebook(name=f"x{n}") for n in range(10)]
    for _ in range(2):
        cards = [okr.evaluate(plan, journal, as_of=LATER, rulebook=book) for book in books]
        assert [card.objective("o").score for card in cards] == [0.5] * 10
        kept = once(journal, history_of).kept_closings
        assert [book for _, book, *_ in kept] == [id(book) for book in books[2:]]

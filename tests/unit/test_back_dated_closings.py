"""Closings dated before adjustments that are written already."""

from __future__ import annotations

from typing import Any

import pytest

import okrcore as okr
from build import Q3, day, goal, kr

Q4 = okr.FiscalCalendar().quarter(2026, 4)
PLAN = okr.Plan(
    [
        goal(kr("k"), kr("n"), id="o", ambition=okr.Ambition.ASPIRATIONAL),
        goal(kr("q"), id="p", ambition=okr.Ambition.ASPIRATIONAL),
    ]
)
CLOSED = okr.Closing("o", day(8, 10), okr.ClosingDecision.CARRY)
OPENED = okr.Transition("o", day(9, 10), okr.Lifecycle.ACTIVE)


def change(of: str, on: Any, **fields: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, because="a new fact", **fields)


@pytest.mark.parametrize(
    "more",
    [
        [change("o", day(8, 20), removes=["k"])],
        [change("o", day(8, 20), adds=[kr("k2")]), okr.CheckIn("k2", day(8, 25), 5)],
        [change("o", day(8, 20), removes=["k"], adds=[kr("k2")]), okr.CheckIn("k2", day(9, 1), 5)],
        [change("o", day(8, 20), removes=["o"])],
    ],
)
@pytest.mark.parametrize("is_at_the_door", [True, False])
def test_a_closing_before_a_change_of_members_leaves_the_objective_as_it_was_and_carries_it(
    more: list[Any], *, is_at_the_door: bool
) -> None:
    entries = [okr.CheckIn("k", day(8, 1), 40), *more, CLOSED]
    journal = okr.admit(PLAN, okr.Journal(), *entries) if is_at_the_door else okr.Journal(entries)
    rolled = okr.review.roll_over(PLAN, journal, as_of=Q3.end, cycle=Q4)
    assert [kr.id for kr in rolled.plan.objective("o@2026-Q4").own_key_results] == [
        "k@2026-Q4",
        "n@2026-Q4",
    ]
    assert okr.journal.misfits(rolled.plan, journal) == ()
    assert okr.evaluate(rolled.plan, journal, as_of=Q4.start)["o"].score == 0.4


def test_a_closing_that_takes_a_join_back_is_refused_if_others_refer_to_it() -> None:
    joins = change("o", day(8, 20), adds=[kr("k2")])
    refers = change("p", day(8, 25), adds=[okr.KeyResultRef("k2")])
    journal = okr.admit(PLAN, okr.Journal(), joins, refers)
    with pytest.raises(okr.InconsistentPlanError, match="would no longer fit") as caught:
        okr.admit(PLAN, journal, CLOSED)
    assert (caught.value.code, caught.value.value) == ("entry-mismatch", "p")
    whole = okr.Journal([joins, refers, CLOSED])
    assert [each.fault.code for each in okr.journal.misfits(PLAN, whole)] == ["unknown-id"]
    # Opened again, the objective has its change again; on the days between, it has not.
    with pytest.raises(okr.InconsistentPlanError, match="would no longer fit"):
        okr.admit(PLAN, journal, CLOSED, OPENED)
    reopened = okr.Journal([joins, refers, CLOSED, OPENED])
    assert okr.journal.misfits(PLAN, reopened) == ()
    assert okr.journal.misfits(PLAN, reopened, as_of=day(9, 9)) != ()
    alone = okr.admit(PLAN, okr.Journal(), joins, CLOSED, OPENED)
    assert okr.admit(PLAN, alone, change("p", day(9, 11), adds=[okr.KeyResultRef("k2")]))


def test_a_fault_of_one_day_leaves_out_its_adjustments_around_a_closing() -> None:
    closed = change("o", day(8, 20), removes=["k"])
    wrong = change("p", day(8, 25), adds=[okr.KeyResultRef("nobody")])
    right = change("p", day(8, 26), adds=[okr.KeyResultRef("k")])
    journal = okr.Journal([closed, wrong, right, CLOSED])
    assert [each.entry for each in okr.journal.misfits(PLAN, journal)] == [wrong]


def test_other_transitions_and_known_faults_refuse_no_entry() -> None:
    """Of a journal in which an item joins, only days before an opening are checked beside the last one."""
    joins = change("o", day(8, 20), adds=[kr("k2")])
    paused = okr.Transition("p", day(8, 1), okr.Lifecycle.PAUSED)
    back = okr.Transition("p", day(8, 5), okr.Lifecycle.ACTIVE)
    assert len(okr.admit(PLAN, okr.Journal(), joins, paused, back)) == 3
    # A fault that was known is none of the closing that is admitted.
    wrong = okr.Adjustment("o", day(8, 21), adds=[okr.KeyResultRef("nobody")], because="a fact")
    known = okr.Journal([joins, wrong])
    assert len(okr.admit(PLAN, known, okr.Closing("p", day(9, 1), okr.ClosingDecision.CARRY))) == 3
    # One that changes nothing is a remark on it alone.
    same = okr.Adjustment("o", day(8, 22), measure=None, owner="Bo", because="a fact")
    assert len(okr.admit(PLAN, okr.Journal([joins]), same)) == 2

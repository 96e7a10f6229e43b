"""Laws of changes of a plan: `adjustments` leads to a plan, `unexplained_changes` finds the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.plan import PlanDifference
from okrcore.testing.plans import MONDAY
from okrcore.testing.values import titles
from strategies import CYCLE, lines

ONE_DAY = timedelta(days=1)
#: Days on which no cycle of a drawn plan is over.
changing_days = st.integers(-3, (MONDAY - CYCLE.start).days).map(
    lambda n: CYCLE.start + timedelta(days=n)
)
#: Each law runs for some seconds with 100 examples.
few = settings(max_examples=examples(gate=30, explore=1000))


def in_time(plan: okr.Plan) -> okr.Plan:
    """Return a plan without deadlines after the end of a cycle, which an adjustment refuses."""

    def fitting(kr: Any, end: date | None) -> Any:
        if isinstance(kr, okr.KeyResultRef) or end is None or kr.due is None or kr.due <= end:
            return kr
        return evolve(kr, due=None)

    def ended(objective: okr.Objective) -> okr.Objective:
        end = None if objective.cycle is None else objective.cycle.end
        return evolve(objective, key_results=[fitting(kr, end) for kr in objective.key_results])

    return evolve(plan, objectives=[ended(each) for each in plan.objectives])


#: Plans whose items have the same ids and kinds, and whose key results take the same readings. Pairs of them
#: differ in items, members and every field.
plans = testing.plans(max_objectives=3, measure=lines()).map(in_time)


@st.composite
def edited(draw: st.DrawFn, plan: okr.Plan) -> okr.Plan:
    """Draw another plan: most often that with one thing changed."""
    other = draw(plans)
    if draw(st.integers(0, 3)) == 0:
        return other
    items = [item for item in other.each() if item.id in plan.items]
    gone = draw(st.sampled_from([None, *plan.items]))
    try:
        if gone is not None and draw(st.booleans()):
            return plan.remove(gone)
        item = draw(st.sampled_from(items or list(plan.each())))
        return in_time(plan.put(item))
    except okr.OkrError:
        return other  # others name it, or it names others


def counting(old: okr.Plan, new: okr.Plan) -> list[PlanDifference]:
    return [each for each in okr.diff(old, new) if each.counts]


def changed(
    plan: okr.Plan, journal: okr.Journal, new: okr.Plan, on: date, **act: Any
) -> okr.Journal:
    entries = okr.adjustments(plan, journal, new, on=on, because="the market moved", **act)
    return okr.admit(plan, journal, *entries)


@few
@given(plans, st.data(), changing_days)
def test_adjustments_lead_to_the_new_plan(plan: okr.Plan, data: st.DataObject, day: date) -> None:
    new = data.draw(edited(plan))
    entries = okr.adjustments(plan, okr.Journal(), new, on=day, because="the market moved")
    assert (entries == ()) == (counting(plan, new) == [])
    journal = okr.admit(plan, okr.Journal(), *entries)
    assert journal.effective(plan, on=day - ONE_DAY) == plan
    for later in (day, day + ONE_DAY, date(2030, 1, 1)):
        assert counting(journal.effective(plan, on=later), new) == []
    # Once it is so, nothing is left to be changed.
    assert okr.adjustments(plan, journal, new, on=day, because="again") == ()
    assert {(each.on, each.because) for each in entries} <= {(day, "the market moved")}


@few
@given(plans, st.data(), st.lists(changing_days, min_size=2, max_size=4).map(sorted))
def test_edits_one_after_another_each_have_their_days(
    plan: okr.Plan, data: st.DataObject, days: list[date]
) -> None:
    """Reversals among them, and several edits of one day."""
    journal, wanted = okr.Journal(), [(date.min, plan)]
    for day in days:
        earlier = [each for _, each in wanted]
        new = data.draw(st.sampled_from(earlier) | edited(earlier[-1]))
        journal = changed(plan, journal, new, day)
        wanted.append((day, new))
    for day in {each + n * ONE_DAY for each in days for n in (-1, 0, 1)}:
        new = [each for first, each in wanted if first <= day][-1]
        assert counting(journal.effective(plan, on=day), new) == []


@settings(max_examples=examples(gate=12, explore=500))  # half of the pairs are refused
@given(plans, st.data(), st.lists(changing_days, min_size=2, max_size=2, unique=True).map(sorted))
def test_an_edit_that_is_dated_back_lasts_until_the_next_one(
    plan: okr.Plan, data: st.DataObject, days: list[date]
) -> None:
    first, later = days
    one, other = data.draw(edited(plan)), data.draw(edited(plan))
    journal = changed(plan, okr.Journal(), one, later)
    try:
        longer = changed(plan, journal, other, first)
    except okr.InconsistentPlanError:
        assume(False)  # what follows would no longer fit
    assert longer.effective(plan, on=first - ONE_DAY) == plan
    for day in (first, later - ONE_DAY):
        assert counting(longer.effective(plan, on=day), other) == []


@few
@given(plans, st.data(), changing_days)
def test_no_edit_changes_an_earlier_day(plan: okr.Plan, data: st.DataObject, day: date) -> None:
    new = data.draw(edited(plan))
    own = [kr for kr in plan.columns.key_results if kr.metric is None and kr.derived is None]
    items: list[Any] = [*own, *(each for each in plan.metrics if each.derived is None)]
    read = [data.draw(testing.check_ins_of(each)) for each in items]
    journal = okr.Journal(read)
    days = [day - n * ONE_DAY for n in (1, 2, 9)]
    before = [of_day(plan, journal, each) for each in days]
    try:
        longer = changed(plan, journal, new, day)
    except okr.InconsistentPlanError:
        assume(False)  # a reading is dated after its item has left
    assert [of_day(plan, longer, each) for each in days] == before
    assert series(plan, longer, days) == series(plan, journal, days)
    # Nor does another on top of it.
    assert [
        of_day(plan, changed(plan, longer, plan, day + ONE_DAY), each) for each in days
    ] == before


def of_day(plan: okr.Plan, journal: okr.Journal, day: date) -> Any:
    """Return all fields of all results of a day, as lists by name."""
    card = okr.evaluate(plan, journal, as_of=day)
    names = ("id", "score", "coverage", "score_range", "status", "verdict", "expected", "why")
    more = ("original_score", "adjusted_score", "status_why", "owner", "uncounted")
    return card.columns(*names, *more), [card[each.id] for each in card.plan_in_force.metrics]


def series(plan: okr.Plan, journal: okr.Journal, days: list[date]) -> Any:
    return list(okr.evaluate_series(plan, journal, sorted(days)))


@few
@given(plans, st.data(), changing_days)
def test_unexplained_changes_are_the_counting_differences_without_an_entry(
    plan: okr.Plan, data: st.DataObject, day: date
) -> None:
    new = data.draw(edited(plan))
    nothing, unexplained = okr.Journal(), okr.journal.unexplained_changes
    differences = tuple(counting(plan, new))
    assert unexplained(plan, new, nothing) == differences
    assert unexplained(plan, plan, nothing) == ()
    entries = okr.adjustments(plan, nothing, new, on=day, because="the market moved")
    assert unexplained(plan, new, okr.Journal(entries)) == ()
    assert unexplained(plan, plan, okr.Journal(entries)) == ()
    # Part of the entries explain their part.
    some = [each for each in entries if data.draw(st.booleans())]
    about = {id for each in some for id in (each.of, *each.removes, *ids_in(each.adds))}
    try:
        part = okr.admit(plan, nothing, *some)
    except okr.InconsistentPlanError:
        return  # they lead to no plan without the others
    left = unexplained(plan, new, part)
    assert set(left) <= set(differences)
    assert {each for each in differences if each.id not in about} <= set(left)


def ids_in(records: Iterable[Any]) -> Iterable[str]:
    for each in records:
        yield getattr(each, "id", None) or each.to


@few
@given(plans, st.data())
def test_wording_takes_no_entry(plan: okr.Plan, data: st.DataObject) -> None:
    objectives = [
        evolve(
            each,
            title=data.draw(titles()),
            key_results=data.draw(st.permutations(each.key_results)),
        )
        for each in plan.objectives
    ]
    reworded = okr.Plan(
        data.draw(st.permutations(objectives)),
        metrics=plan.metrics,
        outside=plan.outside,
        priorities=plan.priorities,
    )
    assert okr.adjustments(plan, okr.Journal(), reworded, on=CYCLE.start, because="x") == ()
    assert okr.journal.unexplained_changes(plan, reworded, okr.Journal()) == ()


@few
@given(plans, st.data(), changing_days)
def test_a_plan_with_its_adjustments_already_in_is_a_problem(
    plan: okr.Plan, data: st.DataObject, day: date
) -> None:
    new = data.draw(edited(plan))
    journal = changed(plan, okr.Journal(), new, day)
    card = okr.evaluate(plan, journal, as_of=day)
    assert card.problems == ()
    stored = journal.effective(plan, on=day)
    again = okr.evaluate(stored, journal, as_of=day)
    assert {each.code for each in again.problems} <= {"already-in-plan"}
    assert bool(again.problems) == bool(counting(plan, new))
    assert counting(again.plan_in_force, new) == []


@few
@given(plans, st.data(), changing_days, st.sampled_from([0, 5]))
def test_what_is_recorded_live_is_what_is_evaluated(
    plan: okr.Plan, data: st.DataObject, day: date, ahead: int
) -> None:
    """Also with changes of a day ahead, and readings of items that join on it."""
    new, today = data.draw(edited(plan)), day - ahead * ONE_DAY
    items = [kr for kr in new.columns.key_results if kr.metric is None and kr.derived is None]
    if ahead:
        before = plan.columns.key_results
        others = {kr.id for kr in before if kr.metric is not None or kr.derived is not None}
        items = [kr for kr in items if kr.id not in others]  # those are not read until the day
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=today)
    live.record(*okr.adjustments(plan, okr.Journal(), new, on=day, because="the market moved"))
    for kr in items:
        live.record(evolve(data.draw(testing.check_ins_of(kr)), on=today))
    for now in {today, day}:
        live.advance(now)
        card = okr.evaluate(plan, live.journal, as_of=now)
        ids, scores = card.columns("id", "score").values()
        assert [live.score(id) for id in ids] == scores


@given(plans, plans, st.data())
def test_joins_that_are_admitted_are_in_the_plan(
    plan: okr.Plan, other: okr.Plan, data: st.DataObject
) -> None:
    """Items of another plan join one that has the same ids, while some of its own leave."""
    home = data.draw(st.sampled_from(list(plan.each())))
    records = [*other.each(), *(kr for each in other.objectives for kr in each.key_results)]
    adds = data.draw(st.lists(st.sampled_from(records), max_size=2))
    leaving = [each for each in plan.items if plan.homes.get(each) in (None, home)]
    removes = data.draw(st.lists(st.sampled_from([home.id, *leaving]), max_size=2, unique=True))
    try:
        entry = okr.Adjustment(home.id, CYCLE.start, adds=adds, removes=removes, because="x")
        journal = okr.admit(plan, okr.Journal(), entry)
    except okr.OkrError:
        return
    found = journal.effective(plan, on=CYCLE.start)
    joined = {record.id: record for record in adds if not isinstance(record, okr.KeyResultRef)}
    assert all(found.items[id] == record for id, record in joined.items())
    assert all(
        id in joined or id not in found.items for id in removes if plan.homes.get(id) is home
    )

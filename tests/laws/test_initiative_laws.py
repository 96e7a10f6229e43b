"""Laws of initiatives.

- under `RECOMMENDED` no initiative, and no entry about one, moves a number or a word of objectives and key results
- a state, its share and its days fit together, and later entries change no earlier day
- live equals an evaluation, whether a rulebook scores work or not
- what is done, dropped or closed with its objective takes no entry, and is not due
- the share that a rulebook scores is the share of the result
- each step of an explanation recomputes to its result, and the first is the status of the result
- a series has the statuses of evaluations of each day, and a comparison their changes
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.journal import Entry
from okrcore.plan.item import members_of
from okrcore.review import list_due
from okrcore.rulebook import RollUpPart, RollUpSource
from okrcore.scorecard import InitiativeResult, InitiativeState
from okrcore.testing.journals import check_ins_of, decisions_about
from strategies import CYCLE, Quarter, days, followed_by, quarters

DONE, DROPPED = InitiativeState.DONE, InitiativeState.DROPPED
BY_WORK = evolve(
    okr.RECOMMENDED,
    roll_up=evolve(okr.RECOMMENDED.roll_up, parts=[RollUpPart(RollUpSource.INITIATIVES)]),
)
FIELDS = (
    *("id", "score", "progress", "coverage", "score_range", "status", "computed_status"),
    *("expected", "pace", "confidence", "verdict", "outcome", "no_score_reason", "why"),
    *("status_why", "original_score", "adjusted_score", "original_verdict", "adjusted_verdict"),
)


def works_of(plan: okr.Plan) -> list[okr.Initiative]:
    return [work for objective in plan.objectives for work in objective.initiatives]


@st.composite
def worked_quarters(draw: st.DrawFn) -> Quarter:
    """Quarters with initiatives, and more entries about them."""
    quarter = draw(quarters(max_objectives=4))
    objectives = [
        evolve(
            objective,
            initiatives=[
                *objective.initiatives,
                okr.Initiative(f"{objective.id}-w", "Work", due=draw(st.none() | days)),
            ],
        )
        for objective in quarter.plan.objectives
    ]
    plan = evolve(quarter.plan, objectives=objectives)
    return evolve(quarter, plan=plan, journal=draw(about_work(plan, quarter.journal)))


@st.composite
def about_work(draw: st.DrawFn, plan: okr.Plan, journal: okr.Journal) -> okr.Journal:
    """Return a journal with more entries about initiatives."""
    works = works_of(plan)
    if not works:
        return journal
    alone = okr.Plan([okr.Objective("o", "O", initiatives=[evolve(w, drives=()) for w in works])])
    about: st.SearchStrategy[Any] = st.sampled_from(works).flatmap(check_ins_of)
    about |= decisions_about(alone)
    entries = draw(st.lists(about, max_size=5))
    return followed_by(plan, journal, [e for e in entries if e.of not in {"o", *_joining(e)}])


def _joining(entry: Any) -> list[str]:
    """Return the ids of what an adjustment brings, and of what it takes."""
    added = getattr(entry, "adds", ())
    return [entry.of] if added or getattr(entry, "removes", ()) else []


@given(worked_quarters(), st.integers(-3, 40) | st.none())
def test_initiatives_move_no_score(quarter: Quarter, after: int | None) -> None:
    plan, on = quarter.plan, quarter.day
    if after is not None:
        on = CYCLE.end + timedelta(days=after)
    joined = {
        record.id
        for entry in quarter.journal.adjustments
        for record in _records(entry)
        if isinstance(record, okr.Initiative)
    }
    ids = {work.id for work in works_of(plan)} | joined
    # An id that another kind of item had before, or has after, is not followed here.
    assume(ids.isdisjoint(_other_ids(quarter)))
    bare = evolve(plan, objectives=[evolve(each, initiatives=()) for each in plan.objectives])
    journal = quarter.journal.keep(lambda entry: entry.of not in ids)
    journal = okr.Journal(
        [bare_entry for entry in journal.entries for bare_entry in _without(entry, ids)]
    )
    with_work = okr.evaluate(plan, quarter.journal, as_of=on)
    without = okr.evaluate(bare, journal, as_of=on)
    assert with_work.columns(*FIELDS) == without.columns(*FIELDS)


def _other_ids(quarter: Quarter) -> set[str]:
    """Return the ids of items that joined and are no initiatives."""
    found: set[str] = set()
    for entry in quarter.journal.adjustments:
        for record in entry.adds:
            members = members_of(record) if isinstance(record, okr.Objective) else ()
            each = [one for one in (record, *members) if not isinstance(one, okr.KeyResultRef)]
            found |= {one.id for one in each if not isinstance(one, okr.Initiative)}
    return found


def _records(entry: okr.Adjustment) -> list[Any]:
    found: list[Any] = []
    for record in entry.adds:
        found.append(record)
        found += record.initiatives if isinstance(record, okr.Objective) else ()
    return found


def _without(entry: Entry, ids: set[str]) -> list[Entry]:
    """Return an entry without initiatives that it brings or takes; nothing if nothing is left of it."""
    if not isinstance(entry, okr.Adjustment) or not (entry.adds or entry.removes):
        return [entry]
    adds = [
        evolve(each, initiatives=()) if isinstance(each, okr.Objective) else each
        for each in entry.adds
        if not isinstance(each, okr.Initiative)
    ]
    removes = [id for id in entry.removes if id not in ids]
    if tuple(adds) == entry.adds and tuple(removes) == entry.removes:
        return [entry]
    try:
        return [evolve(entry, adds=adds, removes=removes)]
    except okr.OkrError:
        return []  # it changes nothing else


@given(worked_quarters())
def test_a_state_fits_its_share_and_days(quarter: Quarter) -> None:
    card = quarter.evaluate()
    for work in works_of(card.plan_in_force):
        found = card.initiative(work.id)
        assert found == card[work.id]
        assert (found.ended_on is not None) == (found.state in (DONE, DROPPED))
        if found.ended_on is not None:
            assert found.ended_on <= card.as_of
            assert found.status == found.state
            assert not found.blocker
        if found.state is DONE:
            assert found.share_done == 1.0
        late = found.days_late
        assert late >= 0
        if late:
            assert work.due is not None
            last = found.ended_on or card.as_of
            assert late <= (last - work.due).days
        until = quarter.journal.as_of(card.as_of)
        again = okr.evaluate(quarter.plan, until, as_of=card.as_of, rulebook=quarter.rulebook)
        assert again.initiative(work.id) == found


@given(worked_quarters(), st.sampled_from([okr.RECOMMENDED, BY_WORK]))
def test_live_equals_an_evaluation_of_work(quarter: Quarter, rulebook: okr.Rulebook) -> None:
    live = okr.LiveScorecard(quarter.plan, okr.Journal(), as_of=quarter.day, rulebook=rulebook)
    for entry in quarter.journal.entries:
        try:
            live.record(entry)
        except okr.OkrError:
            continue
        card = okr.evaluate(quarter.plan, live.journal, as_of=quarter.day, rulebook=rulebook)
        for objective in card.plan.objectives:
            if objective.id in card:
                assert live.score(objective.id) == card.objective(objective.id).score
    whole = okr.evaluate(quarter.plan, live.journal, as_of=quarter.day, rulebook=rulebook)
    for work in works_of(whole.plan_in_force):
        assert live.card.initiative(work.id) == whole.initiative(work.id)


@given(worked_quarters(), st.floats(0, 1))
def test_what_has_ended_takes_no_entry_and_is_not_due(quarter: Quarter, share: float) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=CYCLE.end)
    due = {item.of for item in list_due(quarter.plan, quarter.journal, as_of=CYCLE.end)}
    for work in works_of(card.plan_in_force):
        found = card.initiative(work.id)
        if found.state in (DONE, DROPPED):
            assert work.id not in due
        later = okr.CheckIn(work.id, CYCLE.end + timedelta(days=200), share)
        home = card.objective(found.objective)
        life = okr.Journal.lifecycle(quarter.journal, work.id, on=later.on)
        end = okr.Journal.lifecycle(quarter.journal, home.id, on=later.on)
        if life.closing is not None or end.closing is not None:
            try:
                okr.admit(quarter.plan, quarter.journal, later)
            except okr.OkrError:
                continue
            raise AssertionError


@given(worked_quarters())
def test_work_is_late_in_the_list_of_due_items_as_in_its_result(quarter: Quarter) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=quarter.day)
    for item in list_due(quarter.plan, quarter.journal, as_of=quarter.day):
        if item.what is okr.calendar.Ritual.INITIATIVE:
            found = card.initiative(item.of)
            assert found.due == item.on
            cycle = card.plan_in_force.objective(found.objective).cycle
            if cycle is None or card.as_of <= cycle.end:
                assert found.days_late == item.days_late


@given(worked_quarters())
def test_the_share_that_is_scored_is_the_share_of_the_result(quarter: Quarter) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=quarter.day, rulebook=BY_WORK)
    for result in card:
        entered = [
            each
            for _, step in card.explain(result.id).walk()
            if step.id == result.id and isinstance(step.rule, okr.rulebook.RollUpRule)
            for each in step.inputs
        ]
        found = {id: card.initiative(id) for id in result.initiatives}
        for each in entered:
            work = found.get(each.name)
            if work is not None and not _ended_late(work, card):
                assert each.value == work.share_done


def _ended_late(work: InitiativeResult, card: okr.Scorecard) -> bool:
    """Return whether work was taken as done after the grace of its cycle."""
    cycle = card.plan_in_force.objective(work.objective).cycle
    last = work.ended_on
    return last is not None and cycle is not None and last > cycle.end + timedelta(days=14)


@given(worked_quarters(), st.sampled_from([okr.RECOMMENDED, BY_WORK]))
def test_explanations_of_initiatives_recompute(quarter: Quarter, rulebook: okr.Rulebook) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=quarter.day, rulebook=rulebook)
    for work in works_of(card.plan_in_force):
        found = card.explain(work.id)
        assert found.result == card.initiative(work.id).status
        assert found.words == card.initiative(work.id).status_why
        for _, step in found.walk():
            assert step.recompute() == step.result


@given(worked_quarters(), st.lists(days, min_size=2, max_size=2))
def test_series_and_comparisons_have_the_states_of_work(quarter: Quarter, on: list[Any]) -> None:
    first, last = (okr.evaluate(quarter.plan, quarter.journal, as_of=d) for d in sorted(on))
    rows = {
        (row.day, row.id): row.status
        for row in okr.evaluate_series(quarter.plan, quarter.journal, on)
        if row.kind == "initiative"
    }
    wanted = {
        (card.as_of, work.id): card.initiative(work.id).status
        for card in (first, last)
        for work in works_of(card.plan_in_force)
    }
    assert rows == wanted
    moved = {m.id: (m.before, m.after) for m in okr.compare(last, first).states}
    for id in {id for _, id in wanted}:
        before, after = (wanted.get((card.as_of, id)) for card in (first, last))
        assert moved.get(id, (before, before)) == (before, after)

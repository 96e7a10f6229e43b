"""Laws of reviews, pages and explanations of plans that change, with adjustments of every kind.

- agendas name items that were in the plan on some day up to theirs
- what is due is in the plan in force
- roll-over returns a plan that the journal fits, and changes no past number
- every item of the day has a page, a record and an explanation
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.codec import report, to_records
from okrcore.testing.edits import edited
from strategies import CYCLE, Quarter, quarters

Q4 = okr.FiscalCalendar(start_month=1).quarter(2026, 4)
rituals = st.sampled_from(okr.calendar.Ritual)


@st.composite
def changed_quarters(draw: st.DrawFn) -> Quarter:
    """Quarters whose plan changed once or twice."""
    quarter: Quarter = draw(quarters(max_objectives=4))
    plan, journal = quarter.plan, quarter.journal
    days = sorted(draw(st.lists(st.integers(0, 90), min_size=1, max_size=2, unique=True)))
    for number in days:
        on = CYCLE.start + timedelta(days=number)
        because = draw(st.sampled_from(["a storm", "too much"]))
        trigger = draw(st.sampled_from([None, okr.AdjustmentTrigger.DIFFICULTY]))
        try:
            new = draw(edited(journal.effective(plan, on=on)))
            made = okr.adjustments(plan, journal, new, on=on, because=because, trigger=trigger)
            journal = okr.admit(plan, journal, *made)
        except okr.OkrError:
            continue
    day = draw(st.sampled_from([quarter.day, CYCLE.end, CYCLE.end + timedelta(days=5)]))
    return Quarter(plan, journal, day)


def ids_by(quarter: Quarter, day: date) -> set[str]:
    """Return the ids of items that were in the plan on some day up to another."""
    changes = [entry.on for entry in quarter.journal.adjustments if entry.on <= day]
    plans = [quarter.plan, *(quarter.journal.effective(quarter.plan, on=on) for on in changes)]
    return {id for plan in plans for id in plan.items}


@given(changed_quarters(), rituals)
def test_agendas_name_what_was_in_the_plan(quarter: Quarter, ritual: okr.calendar.Ritual) -> None:
    known = ids_by(quarter, quarter.day)
    found = okr.review.make_agenda(quarter.plan, quarter.journal, as_of=quarter.day, ritual=ritual)
    for section in found.sections:
        for item in section.items:
            assert set(item.ids) <= known
            assert item.title.strip()
            assert item.text.strip()


@given(changed_quarters())
def test_what_is_due_is_in_the_plan_in_force(quarter: Quarter) -> None:
    items = quarter.journal.effective(quarter.plan, on=quarter.day).items
    for one in okr.review.list_due(quarter.plan, quarter.journal, as_of=quarter.day):
        assert one.of in items


@given(changed_quarters())
def test_roll_over_changes_no_past_number_of_a_changed_plan(quarter: Quarter) -> None:
    day = CYCLE.end + timedelta(days=5)
    rolled = okr.review.roll_over(quarter.plan, quarter.journal, as_of=day, cycle=Q4)
    before = okr.evaluate(quarter.plan, quarter.journal, as_of=CYCLE.end)
    after = okr.evaluate(rolled.plan, quarter.journal, as_of=CYCLE.end)
    for result in before:
        assert after.objective(result.id).score == result.score
    again = okr.review.roll_over(rolled.plan, quarter.journal, as_of=day, cycle=Q4)
    assert not again.carried
    assert not again.parked


@given(changed_quarters())
def test_every_item_of_the_day_is_on_its_page(quarter: Quarter) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=quarter.day)
    shown: set[Any] = {row["id"] for row in to_records(card)}
    kinds = (okr.Objective, okr.KeyResult, okr.Guardrail, okr.Metric, okr.Initiative)
    with_results = (*kinds, okr.plan.Priority)
    items = card.plan_in_force.items.values()
    assert shown == {each.id for each in items if isinstance(each, with_results)}
    assert str(card)
    assert report(card)
    okr.review.list_parked(card)
    okr.review.look_back(card)
    for item in items:
        if isinstance(item, with_results):
            assert str(card.explain(item.id))

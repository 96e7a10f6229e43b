"""Laws of KPIs and causes.

- no KPI and no cause changes a number, a status or a verdict of any item
- a recovery starts at 0, and is full on the limit exactly if the limit is held there
- a suggested KPI is sick, and no running objective lives with it
"""

from __future__ import annotations

from datetime import date

from attrs import evolve, fields
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.review import draft_recovery, list_sick_kpis
from okrcore.scorecard import KeyResultResult, ObjectiveResult
from okrcore.testing import bounds
from strategies import Quarter, quarters

Q4 = okr.FiscalCalendar().quarter(2026, 4)
FIELDS = sorted({each.name for kind in (ObjectiveResult, KeyResultResult) for each in fields(kind)})


@given(quarters())
def test_kpis_and_causes_change_no_number(quarter: Quarter) -> None:
    plan, journal, day = quarter.plan, quarter.journal, quarter.day
    # Without an experiment among the causes a closing may be another one.
    assume(not any(each.is_experiment for each in plan.objectives))
    bare = [evolve(each, kpis=(), trigger=None) for each in plan.objectives]
    names = [name for name in FIELDS if name != "kpis"]
    both = [
        okr.evaluate(each, journal, as_of=day, rulebook=quarter.rulebook).columns(*names)
        for each in (plan, evolve(plan, objectives=bare))
    ]
    assert both[0] == both[1]


@given(bounds(), st.floats(-1000, 1000, width=32))
def test_a_recovery_ends_where_the_limit_is_held(bound: okr.plan.Bound, value: float) -> None:
    assume(bound.state(value) is okr.plan.BoundState.BREACHED)
    on, later = date(2026, 9, 30), date(2026, 10, 5)
    metric = okr.Metric("m", "M", health=bound)
    sick = okr.Journal(okr.check_ins(on, {"m": value}))
    found = draft_recovery(
        okr.evaluate(okr.Plan([], metrics=[metric]), sick, as_of=on), "m", cycle=Q4
    )
    plan = okr.Plan([found], metrics=[metric])

    def score(reading: float) -> float | None:
        journal = okr.Journal(okr.check_ins(later, {"m": reading}))
        return okr.evaluate(plan, journal, as_of=later)[found.id].score

    assert score(value) == 0
    ends = [bound.low, bound.high] if isinstance(bound, okr.Between) else [bound.stated_limit()]
    nearest = min(ends, key=lambda end: abs(end - value))
    assert (score(nearest) == 1) is bound.holds(nearest)


@given(quarters())
def test_a_suggested_kpi_is_sick_and_nobodys(quarter: Quarter) -> None:
    plan, journal, day = quarter.plan, quarter.journal, quarter.day
    card = okr.evaluate(plan, journal, as_of=day, rulebook=quarter.rulebook)
    for found in list_sick_kpis(card):
        if found.id not in plan:
            continue  # one that joined by an entry is known to the journal alone
        assert found.state is okr.plan.BoundState.BREACHED
        draft = draft_recovery(card, found.id, cycle=Q4)
        assert draft.id not in plan
        with_it = okr.evaluate(plan.put(draft), journal, as_of=day, rulebook=quarter.rulebook)
        assert found.id not in {each.id for each in list_sick_kpis(with_it)}

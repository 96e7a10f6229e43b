"""Laws of dated acts: later ones govern, closed objectives stay, suppositions reach what readings reach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.plan.linear_measures import LinearMeasure
from okrcore.testing import journals, lines
from strategies import Quarter, quarters

FIELDS = (
    "score",
    "progress",
    "coverage",
    "status",
    "confidence",
    "score_range",
    "expected",
    "pace",
)


def figures_of(card: okr.Scorecard, id: str) -> dict[str, Any]:
    result = card[id]
    return {name: getattr(result, name) for name in FIELDS}


def scored(plan: okr.Plan) -> list[str]:
    own = [[o.id, *(kr.id for kr in o.own_key_results)] for o in plan.objectives]
    return [id for ids in own for id in ids]


def later_entries(data: st.DataObject, quarter: Quarter, ids: set[str], on: date) -> list[Any]:
    """Draw entries about some items, of a day or after it."""
    drawn = data.draw(journals(quarter.plan)).entries
    entries = [e for e in drawn if not isinstance(e, okr.Correction) and e.of in ids]
    # A reopening lets everything in again.
    entries = [e for e in entries if getattr(e, "to", None) is not okr.Lifecycle.ACTIVE]
    days = st.integers(0, 10).map(lambda n: on + timedelta(days=n))
    moved = [evolve(e, on=data.draw(days), id=None, recorded=None) for e in entries]
    pauses = [okr.Transition(id, data.draw(days), okr.Lifecycle.PAUSED) for id in sorted(ids)[:2]]
    return [*moved, *pauses]


@given(quarters(), st.sampled_from(okr.ClosingDecision), st.data())
def test_what_is_closed_stays(
    quarter: Quarter, decision: okr.ClosingDecision, data: st.DataObject
) -> None:
    plan, on = quarter.plan, quarter.day
    journal = quarter.journal.as_of(on)
    in_force = journal.effective(plan, on=on)
    assume(in_force.objectives)
    closed = data.draw(st.sampled_from(in_force.objectives))
    assume(
        journal.lifecycle(closed.id, on=on).state in (okr.Lifecycle.ACTIVE, okr.Lifecycle.PAUSED)
    )
    journal = journal.add(okr.Closing(closed.id, on, decision))
    own = {closed.id, *(kr.id for kr in closed.own_key_results)}
    below = {d.id for d in in_force.descendants(closed.id)}
    about = data.draw(st.sampled_from([own, own | below]))
    later = later_entries(data, quarter, about, on)
    for as_of in (on, on + timedelta(days=10)):
        before = okr.evaluate(plan, journal, as_of=as_of)
        after = okr.evaluate(plan, journal.add(later), as_of=as_of, strict=False)
        ids = [closed.id, *(kr.id for kr in closed.own_key_results)]
        if about == own:
            ids += [above.id for above in in_force.ancestors(closed.id)]
        for id in ids:
            assert figures_of(after, id) == figures_of(before, id)


@given(quarters(measure=lines(), cycle=None), st.data())
def test_the_effective_plan_and_evaluation_are_one_truth(
    quarter: Quarter, data: st.DataObject
) -> None:
    plan, on = quarter.plan, quarter.day
    krs = [kr for objective in plan.objectives for kr in objective.own_key_results]
    assume(krs)
    changed = data.draw(st.lists(st.sampled_from(krs), min_size=1, max_size=3))
    days = st.integers(-20, 5).map(lambda n: on + timedelta(days=n))
    acts: list[Any] = []
    for kr in changed:
        measure: LinearMeasure = data.draw(lines())
        weight = data.draw(st.none() | st.sampled_from([0.0, 1.0, 2.0]))
        act = okr.Adjustment(
            kr.id, data.draw(days), measure=measure, weight=weight, because="a fact"
        )
        acts.append(act)
        value = data.draw(st.floats(-100, 100))
        if not measure.states_baseline and measure.allows(value):
            acts.append(okr.BaselineSet(kr.id, act.on, value))
    # Pauses, closings and changes of scope are outside of what the law says.
    said = (okr.CheckIn, okr.BaselineSet, okr.Judgement)
    journal = quarter.journal.keep(lambda entry: isinstance(entry, said)).add(acts)
    assume(not _misfits(plan, journal, on))
    last = {a.of: a for a in sorted(journal.adjustments, key=lambda a: a.on) if a.on <= on}
    order = {id(e): n for n, e in enumerate(journal.in_force)}
    kept = [
        e
        for e in journal.in_force
        if not isinstance(e, okr.Adjustment)
        and not (
            isinstance(e, okr.BaselineSet) and e.of in last and order[id(e)] < order[id(last[e.of])]
        )
    ]
    effective = journal.effective(plan, on=on)
    one = okr.evaluate(plan, journal, as_of=on)
    other = okr.evaluate(effective, okr.Journal(kept), as_of=on)
    for of in scored(one.plan_in_force):
        assert figures_of(one, of) == figures_of(other, of)


def _misfits(plan: okr.Plan, journal: okr.Journal, on: date) -> bool:
    return bool(okr.evaluate(plan, journal, as_of=on, strict=False).problems)


def sharing(quarter: Quarter, ids: list[str]) -> Quarter:
    """Return the quarter with some key results that read one metric."""
    plan = quarter.plan

    def shared(kr: Any) -> Any:
        is_one = isinstance(kr, okr.KeyResult) and kr.id in ids
        return evolve(kr, metric="shared", derived=None, unit=None) if is_one else kr

    objectives = [
        evolve(o, key_results=[shared(kr) for kr in o.key_results]) for o in plan.objectives
    ]
    metrics = [*plan.metrics, okr.Metric("shared", "M")]
    journal = quarter.journal.keep(lambda entry: entry.of not in ids)
    return evolve(
        quarter, plan=evolve(plan, objectives=objectives, metrics=metrics), journal=journal
    )


@given(quarters(measure=lines()), st.integers(-50, 50), st.data())
def test_a_supposed_score_reaches_what_its_reading_reaches(
    quarter: Quarter, value: int, data: st.DataObject
) -> None:
    krs = [kr for objective in quarter.plan.objectives for kr in objective.own_key_results]
    parts = {part for kr in krs if kr.derived is not None for part in kr.derived.of}
    ids = [kr.id for kr in krs if kr.id not in parts]
    assume(ids)
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
    quarter = sharing(quarter, chosen)
    plan, on = quarter.plan, quarter.day
    kr = plan.key_result(chosen[0])
    assert kr.metric is not None
    raw = evolve(
        okr.RECOMMENDED, attainment=evolve(okr.RECOMMENDED.attainment, clip=okr.rulebook.Clip())
    )
    read = okr.evaluate(
        plan, quarter.journal.add(okr.CheckIn(kr.metric, on, value)), as_of=on, rulebook=raw
    )
    assume(kr.id in read)
    result = read.key_result(kr.id)
    score = result.score
    assume(score is not None and result.reading == value and abs(score) < 1e6)
    assert score is not None
    supposed = quarter.evaluate(rulebook=raw).what_if({kr.id: score})
    for of in scored(read.plan_in_force):
        now, then = supposed[of].score, read[of].score
        assert (now is None) is (then is None)
        assert (now or 0) == pytest.approx(then or 0, rel=1e-6, abs=1e-6)
    for objective in read.plan_in_force.objectives:
        for guardrail in objective.guardrails:
            bound, limits = guardrail.bound, ("limit", "low", "high")
            edges = [getattr(bound, name) for name in limits if hasattr(bound, name)]
            if any(not isinstance(edge, float) for edge in edges):
                continue  # a limit of the past moves with the number that is supposed
            if all(abs(edge - value) > 1e-6 for edge in edges):
                assert supposed.guardrail(guardrail.id).state == read.guardrail(guardrail.id).state

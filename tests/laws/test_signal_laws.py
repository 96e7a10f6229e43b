"""Laws of the days on which objectives ask for help."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import testing
from okrcore.review.closing_advice import Signals, needs_help, signals_of, since_of

START = date(2026, 7, 1)
CYCLE = okr.Cycle(START, START + timedelta(days=27))


@st.composite
def cards(draw: st.DrawFn) -> okr.Scorecard:
    plan = draw(testing.plans(max_objectives=3, cycle=CYCLE, described=False))
    journal = draw(testing.journals(plan, described=False))
    as_of = START + timedelta(days=draw(st.integers(-1, 35)))
    return okr.evaluate(plan, journal, as_of=as_of)


def one_by_one(card: okr.Scorecard, id: str) -> Signals:
    """Signals of one objective, from the whole plan on each day."""
    cycle = card.plan.objective(id).cycle
    if cycle is None:
        written = sorted({entry.on for entry in card.journal.in_force} | {card.as_of})
        days = [day for day in written if day <= card.as_of]
    else:
        length = (min(cycle.end, card.as_of) - cycle.start).days + 1
        days = [cycle.start + timedelta(days=n) for n in range(length)]
    first = since = None
    for day in days:
        that = okr.evaluate(card.plan, card.journal, as_of=day, rulebook=card.rulebook)
        since = (since or day) if needs_help(that, id) else None
        first = first or since
    return Signals(first, since)


@given(cards())
@settings(max_examples=examples(gate=60, explore=600))
def test_signals_of_several_are_those_of_each(card: okr.Scorecard) -> None:
    ids = [objective.id for objective in card.plan_in_force.objectives]
    expected = {id: one_by_one(card, id) for id in ids}
    assert signals_of(card, ids) == expected
    assert since_of(card, ids) == {id: found.since for id, found in expected.items()}
    for id in ids:
        assert signals_of(card, [id]) == {id: expected[id]}
        assert since_of(card, [id]) == {id: expected[id].since}


def test_an_agenda_names_the_spell_of_each_objective() -> None:
    goals = [
        okr.Objective(
            id,
            id,
            key_results=[okr.KeyResult(f"{id}-k", "K", okr.Increase(0, 10))],
            profile=okr.ObjectiveProfile(dependencies=[okr.Dependency("data")]),
            cycle=CYCLE,
        )
        for id in ("a", "b", "c")
    ]
    readings = [("a", 5, 1), ("b", 5, 10), ("c", 5, 1), ("c", 9, 3), ("c", 10, 1)]
    journal = okr.Journal(
        [okr.CheckIn(f"{id}-k", date(2026, 7, day), value) for id, day, value in readings]
    )
    found = okr.review.make_agenda(okr.Plan(goals), journal, as_of=date(2026, 7, 12))
    texts = [item.text for item in found.section(okr.review.AgendaTopic.DEPENDENCIES).items]
    # The first 15% of 27 days are silent, which ends on the 5th. On the 6th 5 of 27 are expected, and 0.1 of
    # 1 is off track; on the 9th 8 of 27, and 0.3 is on track.
    assert texts == [
        "data, not agreed yet, at risk since 2026-07-06: escalate by 2026-07-07",
        "data, not agreed yet",
        "data, not agreed yet, at risk since 2026-07-10: escalate by 2026-07-11",
    ]

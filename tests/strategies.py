"""The strategies of `okrcore.testing`, under the names that the laws use, and quarters that were closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.journal import Entry
from okrcore.plan.measures import takes_numbers
from okrcore.testing import Quarter, bounds, lines, measures, quarters
from okrcore.testing import readings as readings_for
from okrcore.testing.values import CYCLE

__all__ = [
    "CYCLE",
    "START",
    "Quarter",
    "bounds",
    "closed_quarters",
    "days",
    "followed_by",
    "lines",
    "measures",
    "numbers",
    "quarters",
    "readings_for",
    "weights",
]

START = CYCLE.start
numbers = testing.numbers()
weights = testing.weights()
days = testing.days()


def followed_by(plan: okr.Plan, journal: okr.Journal, entries: Iterable[Entry]) -> okr.Journal:
    """Return a journal with those of some entries that fit the plan and what was written before."""
    for entry in entries:
        try:
            journal = okr.admit(plan, journal, entry)
        except okr.OkrError:
            continue
    return journal


@st.composite
def closed_quarters(draw: st.DrawFn) -> Quarter:
    """Quarters that are over, some of their objectives closed, paused or parked."""
    quarter = draw(quarters(max_objectives=5))
    entries: list[Any] = []
    for objective in quarter.plan.objectives:
        what = draw(st.sampled_from(["open", "open", "closed", "paused", "eased"]))
        if what == "closed":
            decision = draw(st.sampled_from(okr.ClosingDecision))
            because, judged = draw(
                st.sampled_from([("", None), ("so it was", None), ("so it was", 0.2), ("it is", 1)])
            )
            given: Any = {"because": because, "judged": judged, "learned": "it takes time"}
            entries.append(okr.Closing(objective.id, CYCLE.end, decision, **given))
        elif what == "paused":
            day = CYCLE.start + timedelta(days=draw(st.integers(0, 60)))
            entries.append(
                okr.Adjustment(objective.id, day, kind=okr.AdjustmentKind.PAUSE, because="a fact")
            )
        elif what == "eased" and objective.own_key_results:
            kr = draw(st.sampled_from(objective.own_key_results))
            entries.append(
                okr.Adjustment(
                    kr.id,
                    CYCLE.start + timedelta(days=40),
                    measure=okr.Reach(7) if takes_numbers(type(kr.measure)) else kr.measure,
                    because="a fact",
                    trigger=draw(st.sampled_from(okr.AdjustmentTrigger)),
                )
            )
    day = CYCLE.end + timedelta(days=5)
    return Quarter(quarter.plan, followed_by(quarter.plan, quarter.journal, entries), day)

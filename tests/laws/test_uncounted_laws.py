"""Laws of what does not count.

- of everything that was read of a key result, each reading counts, gives way to a later day, or is listed
- the same of guardrails, which look at every reading
- what is listed changes no number: without it, everything is as it was
- what is admitted is no reading that comes after a closing
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from okrcore.plan.reading import number_of
from okrcore.scorecard.day.readings import aggregate
from okrcore.testing.values import moments
from strategies import Quarter, followed_by, quarters


@st.composite
def closed_quarters(draw: st.DrawFn) -> Quarter:
    """Quarters in which some objectives are closed, with entries before and after."""
    quarter = draw(quarters())
    entries: list[Any] = []
    for objective in quarter.plan.objectives:
        if draw(st.booleans()):
            decision = draw(st.sampled_from(okr.ClosingDecision))
            moment = draw(st.none() | moments())
            closing = okr.Closing(objective.id, draw(testing.days()), decision, recorded=moment)
            entries.append(closing)
    read = draw(testing.journals(quarter.plan))
    journal = followed_by(quarter.plan, read, draw(st.permutations(entries)))
    return Quarter(quarter.plan, journal, quarter.day + timedelta(draw(st.integers(0, 60))))


def read_of(quarter: Quarter, source: str) -> list[tuple[date, Any]]:
    """What was read of an id up to the day, in the order in which it counts."""
    return [
        (entry.on, entry.value)
        for entry in quarter.journal.in_force
        if isinstance(entry, okr.CheckIn)
        and entry.of == source
        and entry.value is not None
        and entry.on <= quarter.day
    ]


def rest_of(quarter: Quarter, source: str, result: okr.scorecard.Result) -> list[tuple[date, Any]]:
    """The readings that are not listed."""
    rest = read_of(quarter, source)
    for one in result.uncounted:
        if one.entry == "reading" and one.of == source:
            assert one.why
            rest.remove((one.on, one.reading))  # which fails for one that was never read
    return rest


@given(closed_quarters())
def test_a_reading_counts_or_is_listed(quarter: Quarter) -> None:
    """Sums up the law of the house for readings: nothing that was accepted disappears."""
    card = quarter.evaluate()
    for objective in card.plan_in_force.objectives:
        for kr in objective.own_key_results:
            result = card.key_result(kr.id)
            rest = rest_of(quarter, kr.metric or kr.id, result)
            if not rest:
                assert result.reading is None or kr.derived is not None
                continue
            reads = (
                okr.Aggregation.LATEST
                if kr.metric is None
                else card.plan_in_force.metric(kr.metric).aggregation
            )
            if reads is okr.Aggregation.LATEST:
                days = [on for on, _ in rest]
                assert days == sorted(set(days)) or looks_back(kr)
            assert result.read_on == rest[-1][0]
            assert result.reading == aggregate(reads, [value for _, value in rest])
        for guardrail in objective.guardrails:
            found = card.guardrail(guardrail.id)
            rest = rest_of(quarter, guardrail.metric or guardrail.id, found)
            assert found.readings == len(rest)
            assert found.read_on == (rest[-1][0] if rest else None)


def looks_back(kr: okr.KeyResult) -> bool:
    """Whether all that was read of a key result makes its value, under `RECOMMENDED`."""
    return isinstance(kr.measure, okr.Milestones)


@given(closed_quarters())
def test_what_is_listed_changes_no_number(quarter: Quarter) -> None:
    card = quarter.evaluate()
    items = [item for item in quarter.plan.each() if item.id in card]
    for item in items:
        journal = without(quarter.journal, card[item.id].uncounted)
        again = okr.evaluate(quarter.plan, journal, as_of=quarter.day)[item.id]
        before = card[item.id]
        assert (again.score, again.progress) == (before.score, before.progress)
        assert number_or_none(again) == number_or_none(before)


def without(journal: okr.Journal, listed: tuple[okr.scorecard.Uncounted, ...]) -> okr.Journal:
    """Return a journal without the readings that are listed; of equal ones, as many as are."""
    left_out: Counter[object] = Counter(
        (one.of, one.on, one.reading) for one in listed if one.reading is not None
    )

    def is_kept(entry: Any) -> bool:
        key = (entry.of, entry.on, getattr(entry, "value", None))
        left_out[key] -= 1
        return not isinstance(entry, okr.CheckIn) or left_out[key] < 0

    return journal.keep(is_kept)


def number_or_none(result: Any) -> float | None:
    reading = getattr(result, "reading", None)
    return None if not isinstance(reading, (float, okr.Ratio)) else number_of(reading)

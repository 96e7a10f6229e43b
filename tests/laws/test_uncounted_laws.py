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


def sources_of(plan: okr.Plan, id: str) -> set[str]:
    """Return the ids whose readings make the value of an id: of a derived metric those of its parts."""
    item = plan.items.get(id)
    if not isinstance(item, okr.Metric) or item.derived is None:
        return {id}
    return {source for part in item.derived.of for source in sources_of(plan, part)}


def read_of(quarter: Quarter, sources: set[str]) -> list[okr.CheckIn]:
    """Readings of some ids up to the day, in the order in which they count."""
    return [
        entry
        for entry in quarter.journal.in_force
        if isinstance(entry, okr.CheckIn)
        and entry.of in sources
        and entry.value is not None
        and entry.on <= quarter.day
    ]


def rest_of(
    quarter: Quarter, sources: set[str], result: okr.scorecard.Result
) -> list[tuple[date, Any]]:
    """The readings that are not listed."""
    rest = [(entry.of, entry.on, entry.value) for entry in read_of(quarter, sources)]
    for one in result.uncounted:
        if one.entry == "reading" and one.of in sources:
            assert one.why
            rest.remove((one.of, one.on, one.reading))  # which fails for one that was never read
    return [(on, value) for _, on, value in rest]


@given(closed_quarters())
def test_a_reading_counts_or_is_listed(quarter: Quarter) -> None:
    """Sums up the law of the house for readings: nothing that was accepted disappears."""
    card = quarter.evaluate()
    plan = card.plan_in_force
    for objective in plan.objectives:
        for kr in objective.own_key_results:
            result, source = card.key_result(kr.id), kr.metric or kr.id
            rest = rest_of(quarter, sources_of(plan, source), result)
            if source not in sources_of(plan, source):  # of its parts, one may be missing
                assert result.reading is None or result.read_on == rest[-1][0]
                continue
            if not rest:
                assert result.reading is None or kr.derived is not None
                continue
            reads = (
                okr.Aggregation.LATEST if kr.metric is None else plan.metric(kr.metric).aggregation
            )
            if reads is okr.Aggregation.LATEST:
                days = [on for on, _ in rest]
                assert days == sorted(set(days)) or looks_back(kr)
            assert result.read_on == rest[-1][0]
            assert result.reading == aggregate(reads, [value for _, value in rest])
        for guardrail in objective.guardrails:
            found = card.guardrail(guardrail.id)
            source = guardrail.metric or guardrail.id
            days = [on for on, _ in rest_of(quarter, sources_of(plan, source), found)]
            if objective.cycle is not None and reads_its_past(quarter, guardrail):
                # Readings before the cycle may make the limit alone.
                since = [on for on in days if on >= objective.cycle.start]
                assert len(since) <= found.readings <= len(days)
                days = days if found.read_on is not None else since
            elif source in sources_of(plan, source):
                assert found.readings == len(days)
            else:
                # Of a derived metric a part may be missing, and then a reading of another makes no value.
                assert found.readings <= len(set(days))
            if found.read_on is not None or source in sources_of(plan, source):
                assert found.read_on == (days[-1] if days else None)


def reads_its_past(quarter: Quarter, guardrail: okr.Guardrail) -> bool:
    """Whether a limit of a guardrail is a value of the past, on its day or before an adjustment."""
    bounds: list[Any] = [guardrail.bound]
    if guardrail.id in quarter.plan:
        bounds.append(quarter.plan.guardrail(guardrail.id).bound)
    for entry in quarter.journal.adjustments:
        added = [each for each in entry.adds if isinstance(each, okr.Guardrail)]
        bounds += [each.bound for each in added if each.id == guardrail.id]
        if entry.of == guardrail.id:
            bounds += [entry.measure, dict(entry.sets).get("bound")]
    return any(isinstance(getattr(one, "limit", None), okr.plan.PriorPeriod) for one in bounds)


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

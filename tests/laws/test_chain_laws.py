"""Laws of carried work: it is one piece of work, however often it is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from okrcore import testing
from strategies import lines

YEAR = okr.FiscalCalendar().year(2026)
FIGURES = ("score", "coverage", "score_range")
DAYS = st.integers(0, (YEAR.end - YEAR.start).days).map(lambda n: YEAR.start + timedelta(days=n))
STAGES = ("plan", "build", "test", "ship")
measures = st.one_of(
    lines(),
    st.just(okr.Milestones(*STAGES)),
    st.just(okr.Evidence(required=3)),
    st.just(okr.AtLeast(5)),
    st.just(okr.PassFail()),
)


@frozen
class Work:
    """A year of work: its key results, its readings, and the days on which it is carried over."""

    key_results: Sequence[okr.KeyResult]
    readings: Sequence[tuple[int, date, Any]]
    starts: Sequence[date]

    def plan(self, starts: Sequence[date]) -> okr.Plan:
        """Return the year above the work, which is carried over on some days."""
        ends = [*(day - timedelta(days=1) for day in starts[1:]), YEAR.end]
        members = [
            okr.Objective(
                f"w{n}",
                "Work",
                key_results=[
                    evolve(kr, id=f"{kr.id}-{n}", continues=f"{kr.id}-{n - 1}" if n else None)
                    for kr in self.key_results
                ],
                cycle=okr.Cycle(start, end),
                supports=["year"],
                continues=f"w{n - 1}" if n else None,
                place=okr.Place(team="Ops"),
            )
            for n, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]
        other = okr.Objective(
            "other",
            "Other",
            key_results=[okr.KeyResult("o", "O", okr.Reach(10))],
            supports=["year"],
        )
        return okr.Plan([okr.Objective("year", "Year", cycle=YEAR), *members, other])

    def entries(self, starts: Sequence[date]) -> list[okr.CheckIn]:
        """Return the readings as check-ins of the key results of their day."""
        number = {day: sum(start <= day for start in starts) - 1 for _, day, _ in self.readings}
        found = [
            okr.CheckIn(f"{self.key_results[at].id}-{number[day]}", day, value)
            for at, day, value in self.readings
        ]
        return [*found, okr.CheckIn("o", YEAR.start, 5)]


@st.composite
def works(draw: st.DrawFn) -> Work:
    drawn = draw(st.lists(measures, min_size=1, max_size=3))
    weights = st.sampled_from([0.0, 1.0, 2.5])
    key_results = [
        okr.KeyResult(f"k{n}", "K", measure, weight=draw(weights))
        for n, measure in enumerate(drawn)
    ]
    read = draw(st.lists(st.integers(0, len(drawn) - 1), max_size=6))
    readings = [(at, draw(DAYS), draw(testing.readings(drawn[at]))) for at in read]
    starts = draw(st.lists(DAYS, max_size=4, unique=True))
    return Work(key_results, cumulative(key_results, readings), sorted({YEAR.start, *starts}))


def cumulative(
    key_results: Sequence[okr.KeyResult], readings: Sequence[tuple[int, date, Any]]
) -> list[tuple[int, date, Any]]:
    """Return readings in order of day; names that were reached stay reached."""
    found: list[tuple[int, date, Any]] = []
    names: dict[int, tuple[str, ...]] = {}
    for at, day, value in sorted(readings, key=lambda one: one[1]):
        if isinstance(key_results[at].measure, (okr.Milestones, okr.Evidence)):
            names[at] = tuple(dict.fromkeys((*names.get(at, ()), *value)))
            found.append((at, day, names[at]))
        else:
            found.append((at, day, value))
    return found


def figures(card: okr.Scorecard) -> dict[str, Any]:
    result = card.objective("year")
    return {name: getattr(result, name) for name in FIGURES}


@given(works(), st.lists(DAYS, min_size=1, max_size=4))
@settings(max_examples=examples(gate=100, explore=3000))
def test_a_year_is_the_same_in_any_number_of_carried_cycles(
    work: Work, days: Sequence[date]
) -> None:
    whole, split = work.plan([YEAR.start]), work.plan(work.starts)
    journals = [okr.Journal(work.entries(starts)) for starts in ([YEAR.start], work.starts)]
    for day in days:
        cards = [
            okr.evaluate(plan, journal, as_of=day)
            for plan, journal in zip((whole, split), journals, strict=True)
        ]
        assert figures(cards[1]) == figures(cards[0])
        (ops, *_) = cards[1].group_by("team")
        begun = sum(start <= day for start in work.starts)
        assert ops.n == len(work.starts) - begun + 1


@given(works(), st.sets(st.integers(0, 2)), st.booleans(), st.booleans())
@settings(max_examples=examples(gate=100, explore=3000))
def test_nothing_changes_above_on_the_day_of_a_carry(
    work: Work, left: set[int], restarts: bool, closes: bool
) -> None:
    """Also if some key results are left behind, and if the way begins anew at the last value."""
    middle = date(2026, 7, 1)
    last = middle - timedelta(days=1)
    starts = [YEAR.start, middle]
    known = [entry for entry in work.entries(starts) if entry.on < middle]
    plan = work.plan(starts)
    new = plan.objective("w1")
    kept = [kr for n, kr in enumerate(new.own_key_results) if n not in left]
    if restarts:
        values = {entry.of: entry.value for entry in known}
        kept = [restarted(kr, values.get(f"{kr.id[:-1]}0")) for kr in kept]
    plan = plan.put(evolve(new, key_results=kept))
    journal = okr.Journal(known)
    if closes:
        journal = journal.add(okr.Closing("w0", last, okr.ClosingDecision.CARRY))
    before, after = (okr.evaluate(plan, journal, as_of=day) for day in (last, middle))
    for name, value in figures(before).items():
        assert figures(after)[name] == pytest.approx(value, abs=1e-9)


def restarted(kr: okr.KeyResult, value: Any) -> okr.KeyResult:
    """Return a key result whose way begins at a value, if it has a line to its target from there."""
    measure: Any = kr.measure
    is_line = isinstance(measure, (okr.Increase, okr.Decrease)) and measure.states_baseline
    if not is_line or not isinstance(value, float) or not measure.allows(value):
        return kr
    return evolve(kr, measure=evolve(measure, baseline=value))


@given(works())
@settings(max_examples=examples(gate=30, explore=500))
def test_carried_work_that_is_recorded_live_is_what_is_evaluated(work: Work) -> None:
    plan = work.plan(work.starts)
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=YEAR.start)
    for entry in sorted(work.entries(work.starts), key=lambda each: each.on):
        live.advance(entry.on)
        live.record(entry)
        card = okr.evaluate(plan, live.journal, as_of=entry.on)
        ids, scores = card.columns("id", "score").values()
        assert [live.score(id) for id in ids] == scores

"""Laws of carried work: it is one piece of work, however often it is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import assume, given, settings
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
    """A year of work: its key results, its readings, and the days on which it is carried over.

    Its key results may be at home in other objectives.
    """

    key_results: Sequence[okr.KeyResult]
    readings: Sequence[tuple[int, date, Any]]
    starts: Sequence[date]
    is_elsewhere: bool

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
        homes = list[okr.Objective]()
        for n, member in enumerate(members if self.is_elsewhere else ()):
            refs = [okr.KeyResultRef(kr.id, weight=kr.weight) for kr in member.own_key_results]
            members[n] = evolve(member, key_results=refs)
            homes.append(
                okr.Objective(
                    f"h{n}", "Home", key_results=member.own_key_results, cycle=member.cycle
                )
            )
        other = okr.Objective(
            "other",
            "Other",
            key_results=[okr.KeyResult("o", "O", okr.Reach(10))],
            supports=["year"],
        )
        return okr.Plan([okr.Objective("year", "Year", cycle=YEAR), *members, *homes, other])

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
    days = sorted({YEAR.start, *starts})
    return Work(key_results, cumulative(key_results, readings), days, draw(st.booleans()))


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
        assert ops.n == 1


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
    kept = [each for n, each in enumerate(new.key_results) if n not in left]
    plan = plan.put(evolve(new, key_results=kept))
    if restarts:
        plan = with_restarts(plan, known)
    journal = okr.Journal(known)
    if closes:
        journal = journal.add(okr.Closing("w0", last, okr.ClosingDecision.CARRY))
    before, after = (okr.evaluate(plan, journal, as_of=day) for day in (last, middle))
    for name, value in figures(before).items():
        assert figures(after)[name] == pytest.approx(value, abs=1e-9)


def with_restarts(plan: okr.Plan, known: Sequence[okr.CheckIn]) -> okr.Plan:
    """Return a plan in which the key results of the second cycle begin at the last value of the first."""
    values = {entry.of: entry.value for entry in known}
    home = plan.objective("h1" if "h1" in plan else "w1")
    begun = [
        restarted(each, values.get(f"{each.id[:-1]}0")) if isinstance(each, okr.KeyResult) else each
        for each in home.key_results
    ]
    return plan.put(evolve(home, key_results=begun))


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


@given(works(), st.booleans(), st.data())
@settings(max_examples=examples(gate=60, explore=2000))
def test_a_supposed_score_of_carried_work_is_that_of_a_reading(
    work: Work, restarts: bool, data: st.DataObject
) -> None:
    """Of the first cycle as well as of the second, with the way begun anew or not."""
    middle = date(2026, 7, 1)
    starts = [YEAR.start, middle]
    plan, known = work.plan(starts), work.entries(starts)
    plan = with_restarts(plan, known) if restarts else plan
    kr = plan.key_result(data.draw(st.sampled_from(sorted(plan.homes.keys() - {"o"}))))
    value = data.draw(testing.readings(kr.measure))
    day = data.draw(DAYS.filter(lambda day: (day < middle) == kr.id.endswith("0")))
    journal = okr.Journal([entry for entry in known if entry.on < day])
    read = okr.evaluate(plan, journal.add(okr.CheckIn(kr.id, day, value)), as_of=day)
    score = read.key_result(kr.id).score
    # Of a score at an end of its clip, and of named stages, there are several readings.
    several = isinstance(kr.measure, (okr.Milestones, okr.Evidence))
    assume(score is not None and 0 < score < 1 and not several)
    supposed = okr.evaluate(plan, journal, as_of=day).what_if({kr.id: score or 0.0})
    for name, wanted in figures(read).items():
        assert figures(supposed)[name] == pytest.approx(wanted, abs=1e-6)

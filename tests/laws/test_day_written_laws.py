"""Laws of days true and days written.

- a reading written after the grace changes nothing but the list of readings that do not count
- after the grace no reading changes a verdict, with a moment or without
- a live scorecard that takes such readings equals an evaluation
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore import testing
from strategies import CYCLE, START, Quarter, quarters

GRACE_ENDS = CYCLE.end + timedelta(14)
#: Fields that a reading written after the grace leaves as they are.
FIELDS = (
    *("score", "progress", "status", "computed_status", "confidence", "coverage", "score_range"),
    *("expected", "pace", "verdict", "asks_for", "open_until", "reading", "read_on", "late"),
    *("original_score", "adjusted_score", "original_verdict", "adjusted_verdict", "last_check_in"),
    *("state", "breaches", "readings", "margin", "first_breach", "within_since", "excluded"),
)


def fields_of(card: okr.Scorecard) -> dict[str, dict[str, Any]]:
    items = [each for each in card.plan_in_force.each() if each.id in card]
    return {
        item.id: {name: getattr(card[item.id], name, None) for name in FIELDS} for item in items
    }


def moment(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def is_read_itself(kr: okr.KeyResult) -> bool:
    """Return whether readings of its own make the value of a key result, up to the end of its cycle."""
    shows_later = kr.timing is not None and kr.timing.observable_from is not None
    return kr.metric is None and kr.derived is None and not shows_later


@st.composite
def with_late_readings(draw: st.DrawFn) -> tuple[Quarter, list[okr.CheckIn]]:
    """Draw a quarter, and readings of its items that are written years after it."""
    quarter = draw(quarters())
    in_force = quarter.evaluate().plan_in_force
    owned: list[Any] = []
    for objective in in_force.objectives:
        if objective.cycle is not None:
            owned += [kr for kr in objective.own_key_results if is_read_itself(kr)]
            owned += [each for each in objective.guardrails if each.metric is None]
    assume(owned)
    late: list[okr.CheckIn] = []
    for _ in range(draw(st.integers(1, 3))):
        item = draw(st.sampled_from(owned))
        measure = item.measure if isinstance(item, okr.KeyResult) else item.bound
        on = START + timedelta(draw(st.integers(-5, (CYCLE.end - START).days)))
        value = draw(testing.readings(measure))
        written = moment(date(2030, 1, draw(st.integers(1, 28))))
        late.append(okr.CheckIn(item.id, on, value, recorded=written))
    return quarter, late


@given(with_late_readings(), st.integers(-40, 80))
def test_a_reading_written_after_the_grace_changes_nothing_but_the_list(
    drawn: tuple[Quarter, list[okr.CheckIn]], days: int
) -> None:
    quarter, late = drawn
    day = quarter.day + timedelta(days)
    plan, journal = quarter.plan, quarter.journal
    try:
        before = okr.evaluate(plan, journal, as_of=day)
        after = okr.evaluate(plan, journal.add(late), as_of=day)
    except okr.OkrError:
        assume(False)  # a reading of the measure before it was adjusted
    homes = before.plan_in_force.homes
    # Without a cycle a reading of any day counts.
    assume(all(each.of not in homes or homes[each.of].cycle is not None for each in late))
    then, now = fields_of(before), fields_of(after)
    changed = {
        (id, name): (then[id][name], now[id][name])
        for id in then
        for name in FIELDS
        if then[id][name] != now[id][name]
    }
    assert changed == {}
    known = [each for each in late if each.on <= day]
    for each in known:
        if each.of in after:
            assert (each.on, each.value) in {
                (one.on, one.reading) for one in after[each.of].uncounted
            }


@given(with_late_readings(), st.integers(-40, 80))
def test_a_live_scorecard_takes_readings_written_late(
    drawn: tuple[Quarter, list[okr.CheckIn]], days: int
) -> None:
    quarter, late = drawn
    day = quarter.day + timedelta(days)
    live = okr.LiveScorecard(quarter.plan, quarter.journal, as_of=day)
    for entry in late:
        try:
            live.record(entry)
        except okr.OkrError:
            assume(False)  # on its day the item took no such reading
        card = okr.evaluate(quarter.plan, live.journal, as_of=day)
        for item in card.plan_in_force.each():
            if isinstance(item, (okr.Objective, okr.KeyResult)):
                assert live.score(item.id) == card[item.id].score
                assert live.status(item.id) == card[item.id].status


MEASURES: st.SearchStrategy[Any] = st.sampled_from(
    [okr.Reach(10), okr.Increase(0, 20), okr.AtLeast(5), okr.Reach(8)]
)
AMBITIONS = st.sampled_from([okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL])


@st.composite
def cycles_of_readings(draw: st.DrawFn) -> tuple[okr.Plan, okr.Journal]:
    """Draw objectives of one cycle with key results, guardrails and metrics, and readings of any days."""
    objectives: list[okr.Objective] = []
    sources = ["m"]
    for n in range(draw(st.integers(1, 4))):
        own: list[okr.KeyResult] = []
        for k in range(draw(st.integers(0, 2))):
            due = draw(st.none() | st.integers(0, 91).map(lambda days: START + timedelta(days)))
            metric = draw(st.sampled_from([None, None, "m"]))
            own.append(okr.KeyResult(f"o{n}-k{k}", "K", draw(MEASURES), due=due, metric=metric))
        rails = [okr.Guardrail(f"o{n}-g", "G", okr.AtMost(9))] if draw(st.booleans()) else []
        above = [f"o{draw(st.integers(0, n - 1))}"] if n and draw(st.booleans()) else []
        objectives.append(
            okr.Objective(
                f"o{n}",
                "O",
                key_results=own,
                guardrails=rails,
                supports=above,
                cycle=CYCLE,
                ambition=draw(AMBITIONS),
            )
        )
        sources += [each.id for each in own if each.metric is None]
        sources += [each.id for each in rails]
    how = draw(st.sampled_from([okr.Aggregation.LATEST, okr.Aggregation.MAXIMUM]))
    entries: list[okr.CheckIn] = []
    for _ in range(draw(st.integers(0, 12))):
        on = START + timedelta(draw(st.integers(60, 150)))
        delay = draw(st.none() | st.integers(0, 60))
        written = None if delay is None else moment(on + timedelta(delay))
        value = draw(st.sampled_from([4, 7, 10, 20]))
        entries.append(okr.CheckIn(draw(st.sampled_from(sources)), on, value, recorded=written))
    plan = okr.Plan(objectives, metrics=[okr.Metric("m", "M", aggregation=how)])
    return plan, okr.Journal(entries)


@given(cycles_of_readings(), st.integers(1, 200))
def test_after_the_grace_no_reading_changes_a_verdict(
    drawn: tuple[okr.Plan, okr.Journal], days: int
) -> None:
    plan, journal = drawn
    first = okr.evaluate(plan, journal, as_of=GRACE_ENDS)
    final = okr.evaluate(plan, journal, as_of=GRACE_ENDS + timedelta(1))
    later = okr.evaluate(plan, journal, as_of=GRACE_ENDS + timedelta(1 + days))
    for objective in plan.objectives:
        last, then, now = (card.objective(objective.id) for card in (first, final, later))
        assert (last.verdict, last.score) == (then.verdict, then.score)
        assert then.open_until is None
        fields = ("verdict", "score", "status", "status_why", "asks_for", "open_until")
        assert [getattr(now, name) for name in fields] == [getattr(then, name) for name in fields]


YEAR = okr.FiscalCalendar().year(2026)
HALF = okr.Cycle(CYCLE.start, YEAR.end)
NEXT = okr.FiscalCalendar().quarter(2026, 4)


@st.composite
def cycles_with_parts_that_go_on(draw: st.DrawFn) -> tuple[okr.Plan, okr.Journal]:
    """Draw objectives of a cycle with parts of longer or later ones, and readings of any days."""
    shows = st.none() | st.integers(30, 150).map(lambda days: START + timedelta(days))
    yearly = [okr.KeyResult(f"y-k{n}", "K", draw(MEASURES)) for n in range(2)]
    yearly.append(okr.KeyResult("y-m", "K", okr.Reach(10), metric="m"))
    ids = [kr.id for kr in yearly]
    derived = okr.Derived(okr.Aggregation.SUM, [draw(st.sampled_from(["y-k0", "y-k1"]))])
    objectives = [
        okr.Objective("y", "Y", key_results=yearly, cycle=draw(st.sampled_from([YEAR, HALF, None])))
    ]
    for n in range(draw(st.integers(1, 3))):
        own: list[okr.KeyResult | okr.KeyResultRef] = [
            okr.KeyResult(
                f"o{n}-k", "K", draw(MEASURES), timing=okr.Timing(observable_from=draw(shows))
            )
        ]
        own += [okr.KeyResultRef(id) for id in draw(st.sets(st.sampled_from(ids)))]
        if draw(st.booleans()):
            own.append(okr.KeyResult(f"o{n}-d", "K", okr.Reach(10), derived=derived))
        above = [f"o{draw(st.integers(0, n - 1))}"] if n and draw(st.booleans()) else []
        ambition = draw(AMBITIONS)
        objectives.append(
            okr.Objective(
                f"o{n}",
                "O",
                key_results=own if draw(st.booleans()) else [],
                supports=above,
                cycle=CYCLE,
                ambition=ambition,
            )
        )
    for n in range(draw(st.integers(0, 2))):
        last = objectives[-1]
        is_carried = draw(st.booleans()) and last.supports
        objectives.append(
            okr.Objective(
                f"c{n}",
                "C",
                key_results=[okr.KeyResult(f"c{n}-k", "K", draw(MEASURES))],
                supports=last.supports if is_carried else [f"o{draw(st.integers(0, 0))}"],
                cycle=draw(st.sampled_from([NEXT] if is_carried else [YEAR, HALF, NEXT, None])),
                continues=last.id if is_carried else None,
            )
        )
    plan = okr.Plan(objectives, metrics=[okr.Metric("m", "M")])
    read = [
        kr.id
        for objective in objectives
        for kr in objective.own_key_results
        if kr.metric is None and kr.derived is None
    ]
    entries: list[okr.journal.Entry] = []
    for _ in range(draw(st.integers(2, 14))):
        on = START + timedelta(draw(st.integers(40, 170)))
        delay = draw(st.none() | st.integers(0, 60))
        written = None if delay is None else moment(on + timedelta(delay))
        value = draw(st.sampled_from([1, 4, 7, 10, 20]))
        entries.append(
            okr.CheckIn(draw(st.sampled_from([*read, "m"])), on, value, recorded=written)
        )
    for of in draw(st.sets(st.sampled_from([each.id for each in objectives]))):
        on = START + timedelta(draw(st.integers(60, 170)))
        entries.append(okr.Closing(of, on, okr.ClosingDecision.ABANDON))
    return plan, okr.Journal(entries)


@given(cycles_with_parts_that_go_on(), st.integers(1, 200))
def test_after_the_grace_no_part_that_goes_on_changes_a_verdict(
    drawn: tuple[okr.Plan, okr.Journal], days: int
) -> None:
    plan, journal = drawn
    first = okr.evaluate(plan, journal, as_of=GRACE_ENDS)
    final = okr.evaluate(plan, journal, as_of=GRACE_ENDS + timedelta(1))
    later = okr.evaluate(plan, journal, as_of=GRACE_ENDS + timedelta(1 + days))
    for objective in plan.objectives:
        closing = later.objective(objective.id).lifecycle.closing
        is_open = closing is None or closing.on < GRACE_ENDS
        if objective.cycle == CYCLE and is_open:
            last, then, now = (card.objective(objective.id) for card in (first, final, later))
            assert last.verdict == then.verdict
            fields = ("verdict", "status", "status_why", "asks_for", "open_until")
            assert [getattr(now, name) for name in fields] == [
                getattr(then, name) for name in fields
            ]


@given(cycles_of_readings(), st.integers(0, 13))
def test_a_success_asks_for_nothing_and_a_miss_in_the_grace_neither(
    drawn: tuple[okr.Plan, okr.Journal], days: int
) -> None:
    plan, journal = drawn
    card = okr.evaluate(plan, journal, as_of=CYCLE.end + timedelta(days))
    for result in card:
        if result.open_until is not None:
            assert (result.asks_for, result.open_until >= card.as_of) == ("", True)
            assert str(result.open_until) in result.status_why
        if result.verdict in ("delivered", "succeeded", "success withheld"):
            assert result.open_until is None

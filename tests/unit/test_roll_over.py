"""What goes on into the next cycle; numbers by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import read
from okrcore.plan import Measure

CALENDAR = okr.FiscalCalendar(start_month=1)
Q2, Q3, Q4 = (CALENDAR.quarter(2026, n) for n in (2, 3, 4))
YEAR = CALENDAR.year(2026)
ASPIRATIONAL, COMMITTED, LEARNING = (
    okr.Ambition.ASPIRATIONAL,
    okr.Ambition.COMMITTED,
    okr.Ambition.LEARNING,
)
UP = okr.Increase(0, 100)


def aspiration(id: str = "o", *key_results: Any, **given: Any) -> okr.Objective:
    fields: dict[str, Any] = {"cycle": Q3, "ambition": ASPIRATIONAL}
    made = key_results or [okr.KeyResult(f"{id}-k", "KR", UP)]
    return okr.Objective(id, f"Objective {id}", key_results=made, **(fields | given))


def roll(
    objectives: Any, *entries: Any, cycle: okr.Cycle = Q4, **given: Any
) -> okr.review.Rollover:
    plan = objectives if isinstance(objectives, okr.Plan) else okr.Plan(objectives)
    as_of = given.pop("as_of", date(2026, 10, 5))
    return okr.review.roll_over(plan, okr.Journal(entries), as_of=as_of, cycle=cycle, **given)


def fates(rolled: okr.review.Rollover) -> dict[str, str]:
    return {item.id: f"{item.fate}: {item.because}" for item in rolled.items}


# --- what becomes of it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ambition", "value", "fate"),
    [
        (ASPIRATIONAL, 60, "carried: progressed; carried until 1.0, by the rulebook"),
        (ASPIRATIONAL, 10, "carried: fell short; carried until 1.0, by the rulebook"),
        (ASPIRATIONAL, None, "carried: carried until 1.0, by the rulebook"),
        (ASPIRATIONAL, 100, "left behind: done, with a score of 1.00"),
        (COMMITTED, 100, "left behind: done, with a score of 1.00"),
        (COMMITTED, 90, "undecided: missed so far: a score of 0.90"),
        (COMMITTED, None, "undecided: its one key result: no reading"),
        (LEARNING, 100, "undecided: what was learnt decides"),
        (None, 90, "undecided: a score of 0.90"),
        (None, 120, "left behind: done, with a score of 1.00"),
    ],
)
def test_without_a_decision(ambition: Any, value: Any, fate: str) -> None:
    entries = [] if value is None else [read(value)]
    assert fates(roll([aspiration(ambition=ambition)], *entries))["o"] == fate


@pytest.mark.parametrize(
    ("decision", "fate"),
    [
        (okr.ClosingDecision.ACHIEVED, okr.review.RolloverOutcome.LEFT),
        (okr.ClosingDecision.CARRY, okr.review.RolloverOutcome.CARRIED),
        (okr.ClosingDecision.DEFER, okr.review.RolloverOutcome.PARKED),
        (okr.ClosingDecision.ABANDON, okr.review.RolloverOutcome.LEFT),
        (okr.ClosingDecision.SCALE, okr.review.RolloverOutcome.LEFT),
        (okr.ClosingDecision.ITERATE, okr.review.RolloverOutcome.CARRIED),
        (okr.ClosingDecision.STOP, okr.review.RolloverOutcome.LEFT),
    ],
)
@pytest.mark.parametrize("ambition", [None, *okr.Ambition])
def test_a_closing_decides(
    ambition: Any, decision: okr.ClosingDecision, fate: okr.review.RolloverOutcome
) -> None:
    rolled = roll([aspiration(ambition=ambition)], read(90), okr.Closing("o", Q3.end, decision))
    assert rolled.items[0] == okr.review.RolloverItem(
        "o",
        fate,
        "taken as achieved"
        if decision is okr.ClosingDecision.ACHIEVED
        else f"decided to {decision}",
        "o@2026-Q4"
        if fate in {okr.review.RolloverOutcome.CARRIED, okr.review.RolloverOutcome.PARKED}
        else None,
    )


def test_a_missed_promise_has_a_suggestion() -> None:
    (item,) = roll([aspiration(ambition=COMMITTED)], read(90)).undecided
    assert item.suggestion is okr.ClosingDecision.CARRY
    (item,) = roll([aspiration(ambition=COMMITTED)], read(39)).undecided
    assert item.suggestion is okr.ClosingDecision.MODIFY


def test_a_success_withheld_is_decided_by_people() -> None:
    guarded = aspiration(guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(85))])
    rolled = roll([guarded], read(100), read(92, "g"))
    assert fates(rolled)["o"] == (
        "undecided: success withheld: a guardrail to be settled first: Tickets"
    )


@pytest.mark.parametrize(
    ("to", "fate"),
    [
        ("paused", "undecided: paused since 2026-08-14"),
        ("draft", "undecided: draft since 2026-08-14"),
        ("proposed", "undecided: proposed since 2026-08-14"),
        ("archived", "left behind: archived since 2026-08-14"),
    ],
)
def test_what_was_not_pursued(to: str, fate: str) -> None:
    move = okr.Transition("o", date(2026, 8, 14), okr.Lifecycle(to))
    assert fates(roll([aspiration()], move))["o"] == fate


def test_only_the_last_cycle_of_the_cadence_is_rolled() -> None:
    week = okr.Cycle.starting(date(2026, 9, 7), okr.Cadence.MICRO_WEEK)
    plan = [
        aspiration("old", cycle=Q2),
        aspiration("o"),
        aspiration("year", cycle=YEAR),
        aspiration("week", cycle=week),
        aspiration("none", cycle=None),
        aspiration("next", cycle=Q4),
        aspiration("waits", profile=okr.ObjectiveProfile(parked=okr.Parked("no team"))),
    ]
    assert [item.id for item in roll(plan).items] == ["o", "o-k"]
    sprint = okr.Cycle.starting(date(2026, 10, 5), okr.Cadence.MICRO_WEEK)
    assert [item.id for item in roll(plan, cycle=sprint).items] == ["week", "week-k"]
    # A cycle without a cadence is as good as any that is not micro.
    free = okr.Cycle(date(2026, 10, 1), date(2026, 11, 30))
    assert [item.id for item in roll(plan, cycle=free).items] == ["o", "o-k"]
    assert roll(plan, cycle=CALENDAR.quarter(2026, 1)).items == ()
    assert repr(roll(plan)) == (
        "Rollover(2026-Q4, 2 carried, 0 parked, 0 left behind, 0 undecided)"
    )


def test_what_was_carried_is_not_carried_twice() -> None:
    once = roll([aspiration()], read(60))
    assert once.plan.objective("o@2026-Q4").continues == "o"
    assert roll(once.plan, read(60)).items == ()
    # Two cycles on: the name of the cycle is replaced.
    q1 = CALENDAR.quarter(2027, 1)
    again = roll(once.plan, read(60), cycle=q1, as_of=date(2027, 1, 4))
    assert [item.to for item in again.carried] == ["o@2027-Q1", "o-k@2027-Q1"]


def test_names_of_your_own() -> None:
    rolled = roll([aspiration()], name="{}/next".format)
    assert rolled.plan.key_result("o-k/next").title == "KR"
    with pytest.raises(okr.InconsistentPlanError, match="duplicate-id"):
        roll([aspiration()], name=str)


def test_a_deferred_objective_is_on_the_not_now_list() -> None:
    closing = okr.Closing("o", Q3.end, okr.ClosingDecision.DEFER, because="no team until spring")
    rolled = roll([aspiration()], read(60), closing)
    assert [item.id for item in rolled.parked] == ["o"]
    parked = rolled.plan.objective("o@2026-Q4")
    assert parked.parked == okr.Parked("no team until spring", Q4.end)
    card = okr.evaluate(rolled.plan, okr.Journal([closing]), as_of=date(2026, 11, 1))
    assert [found.of for found in okr.review.list_parked(card)] == ["o@2026-Q4"]
    silent = roll([aspiration()], okr.Closing("o", Q3.end, okr.ClosingDecision.DEFER))
    assert silent.plan.objective("o@2026-Q4").parked == okr.Parked(
        "deferred at the close of 2026-Q3", Q4.end
    )
    learnt = okr.Closing("o", Q3.end, okr.ClosingDecision.DEFER, learned="it needs the new site")
    assert roll([aspiration()], learnt).plan.objective("o@2026-Q4").parked == okr.Parked(
        "it needs the new site", Q4.end
    )


# --- where it starts from ----------------------------------------------------------------------

ZERO, STAYS, LAST = (
    okr.rulebook.CarriedBaseline.ZERO,
    okr.rulebook.CarriedBaseline.BASELINE,
    okr.rulebook.CarriedBaseline.LAST,
)


def restarting(restart: okr.rulebook.CarriedBaseline) -> okr.Rulebook:
    closing = evolve(okr.RECOMMENDED.closing, restart=restart)
    return evolve(okr.RECOMMENDED, closing=closing)


@pytest.mark.parametrize(
    ("measure", "value", "restart", "found"),
    [
        (okr.Increase(112, 128), 124, LAST, okr.Increase(124, 128)),
        (okr.Increase(112, 128), 110, LAST, okr.Increase(110, 128)),
        (okr.Increase(112, 128), 124, STAYS, okr.Increase(112, 128)),
        (okr.Increase(112, 128), 124, ZERO, okr.Increase(0, 128)),
        (okr.Increase(112, 128), None, LAST, okr.Increase(112, 128)),
        (okr.Increase(112, 128), 128, LAST, None),
        (okr.Increase(112, 128), 130, LAST, None),
        (okr.Increase(112, 128), 127, STAYS, okr.Increase(112, 128)),
        (okr.Increase(-20, -5), -10, ZERO, None),
        (okr.Increase(None, 128), 124, LAST, okr.Increase(None, 128)),
        (okr.Decrease(90, 45), 60, LAST, okr.Decrease(60, 45)),
        (okr.Decrease(90, 45), 44, LAST, None),
        (okr.Decrease(90, 45), 60, ZERO, None),
        (okr.FromTo(10, 20), 15, LAST, okr.FromTo(15, 20)),
        (okr.FromTo(10, 20), 22, LAST, None),
        (okr.FromTo(20, 10), 15, LAST, okr.FromTo(15, 10)),
        (okr.FromTo(20, 10), 15, ZERO, None),
        (okr.FromTo(5, 5), 7, LAST, okr.FromTo(5, 5)),
        (okr.Reach(1000), 700, LAST, okr.Reach(1000)),
        (okr.Reach(1000), 1200, LAST, okr.Reach(1000)),
        # 5% more of 20 is 21, and stays it.
        (okr.Relative(percent=5, baseline=20), 20.4, LAST, okr.FromTo(20.4, 21)),
        (okr.Relative(percent=5, baseline=20), 20.4, STAYS, okr.Relative(percent=5, baseline=20)),
        (okr.Relative(percent=5, baseline=20), 20, LAST, okr.Relative(percent=5, baseline=20)),
        (okr.Relative(percent=5, baseline=20), 20.4, ZERO, None),
        (okr.Points(4, baseline=20), 23, LAST, okr.FromTo(23, 24)),
        (okr.Multiple(2, baseline=12), 18, LAST, okr.FromTo(18, 24)),
        (okr.Exactly(5, 0), 3, LAST, okr.Exactly(5, 3)),
        (okr.Exactly(5, 0), 5, LAST, None),
        (okr.Exactly(5, 0), 7, STAYS, okr.Exactly(5, 0)),
        (okr.AtLeast(99), 99.5, LAST, okr.AtLeast(99)),
        (okr.Budget(15), 9, LAST, okr.Budget(15)),
        (okr.Judged(), 0.5, LAST, okr.Judged()),
        (okr.PassFail(), False, LAST, okr.PassFail()),
    ],
)
def test_measures_start_again(measure: Any, value: Any, restart: Any, found: Any) -> None:
    entries = [okr.Closing("o", date(2026, 10, 2), okr.ClosingDecision.CARRY)]
    if value is not None:
        entries.insert(0, read(value))  # type: ignore[arg-type]  # entries of several kinds
    made = aspiration("o", okr.KeyResult("o-k", "KR", measure))
    rolled = roll([made], *entries, rulebook=restarting(restart))
    if found is None:
        (item,) = rolled.undecided
        assert item.id == "o-k"
        assert item.because.endswith("; it needs a new target")
        assert rolled.plan.objective("o@2026-Q4").key_results == ()
    else:
        assert rolled.plan.key_result("o-k@2026-Q4").measure == found


def test_a_share_restarts_at_its_value() -> None:
    made = aspiration("o", okr.KeyResult("o-k", "KR", okr.Decrease(5, 2)))
    rolled = roll([made], read(okr.Ratio(30, 1000, per=100)), rulebook=restarting(LAST))
    assert rolled.plan.key_result("o-k@2026-Q4").measure == okr.Decrease(3, 2)


def test_a_baseline_that_was_found_is_known_in_the_next_cycle() -> None:
    made = aspiration("o", okr.KeyResult("o-k", "KR", okr.Relative(percent=50)))
    found = okr.BaselineSet("o-k", date(2026, 7, 10), 40)
    rolled = roll([made], found, read(50), rulebook=restarting(STAYS))
    measure = rolled.plan.key_result("o-k@2026-Q4").measure
    assert measure == okr.Relative(percent=50, baseline=40)
    # A measure that was adjusted since begins without one.
    cut = okr.Adjustment("o-k", date(2026, 8, 1), measure=okr.Increase(None, 60), because="a fact")
    rolled = roll([made], found, read(50), cut, rulebook=restarting(STAYS))
    assert rolled.plan.key_result("o-k@2026-Q4").measure == okr.Increase(None, 60)
    again = okr.BaselineSet("o-k", date(2026, 8, 2), 45)
    rolled = roll([made], found, read(50), cut, again, rulebook=restarting(STAYS))
    assert rolled.plan.key_result("o-k@2026-Q4").measure == okr.Increase(45, 60)


def test_it_goes_on_as_it_was_adjusted() -> None:
    cut = okr.Adjustment(
        "o-k", date(2026, 8, 15), measure=okr.Increase(0, 80), weight=2, because="a fact"
    )
    key_result = roll([aspiration()], read(40), cut).plan.key_result("o-k@2026-Q4")
    assert (key_result.measure, key_result.weight) == (okr.Increase(0, 80), 2)
    last = roll([aspiration()], read(40), cut, rulebook=restarting(LAST))
    assert last.plan.key_result("o-k@2026-Q4").measure == okr.Increase(40, 80)


def test_what_is_delivered_stays_behind_and_what_is_found_needs_a_target() -> None:
    steps = okr.Milestones(okr.Milestone("a", due=date(2026, 8, 1)), okr.Milestone("b"))
    made = aspiration(
        "o",
        okr.KeyResult("done", "Shipped", okr.PassFail()),
        okr.KeyResult("half", "Steps", steps),
        okr.KeyResult("signed", "Partners", okr.Evidence(required=2)),
        okr.KeyResult("found", "Baseline", okr.EstablishBaseline()),
        okr.KeyResult("open", "Baseline", okr.EstablishBaseline()),
        okr.KeyResult("k", "KR", UP),
    )
    rolled = roll(
        [made],
        read(True, "done"),
        read(["a"], "half"),
        read(["x", "y"], "signed"),
        read(7, "found"),
    )
    assert fates(rolled) == {
        "o": "carried: carried until 1.0, by the rulebook",
        "done": "left behind: reached: met",
        "half": "carried: goes with its objective: 1 of 2 is left: b",
        "signed": "left behind: reached: 2 of 2: x, y",
        "found": "undecided: baseline found: 7; it needs a target",
        "open": "carried: goes with its objective",
        "k": "carried: goes with its objective",
    }
    assert rolled.plan.key_result("half@2026-Q4").measure == okr.Milestones("b")
    # The day of a step that has passed is left behind.
    late = roll([made], read(["b"], "half")).plan.key_result("half@2026-Q4")
    assert late.measure == okr.Milestones("a")


def test_a_method_has_a_restart_of_its_own() -> None:
    zero = evolve(restarting(ZERO), name="zero")
    book = evolve(okr.RECOMMENDED, methods=[zero])
    rolled = roll([aspiration(method="zero"), aspiration("p")], read(60), rulebook=book)
    assert rolled.plan.key_result("o-k@2026-Q4").measure == okr.Increase(0, 100)


# --- links and days ----------------------------------------------------------------------------


def test_links_follow_what_goes_on() -> None:
    above = aspiration("above", okr.KeyResult("above-k", "KR", UP), supports=["co", "year"])
    year = aspiration("year", okr.KeyResult("year-k", "KR", UP), cycle=YEAR)
    gone = aspiration("gone", ambition=COMMITTED)
    child = aspiration(
        "child",
        okr.KeyResult(
            "child-k",
            "KR",
            UP,
            metric="nps",
            contribution=okr.Contribution(supports=["above-k", "gone-k", "elsewhere"]),
            profile=okr.KeyResultProfile(early_warning="nps", proxy_until=date(2026, 8, 1)),
        ),
        okr.KeyResult("child-l", "KR", UP, profile=okr.KeyResultProfile(early_warning="gone-k")),
        okr.KeyResultRef("above-k", weight=3),
        okr.KeyResultRef("gone-k"),
        supports=[okr.Alignment("above", contribution="half"), "above-k", "gone", "year-k"],
        guardrails=[
            okr.Guardrail("g", "G", okr.AtMost(5), protects="child-k", metric="nps"),
            okr.Guardrail("h", "H", okr.AtMost(5), protects="gone-k"),
            okr.Guardrail("i", "I", okr.AtMost(5)),
        ],
        initiatives=[
            okr.Initiative("w", "W", drives=["child-k", "gone-k", "nps"], due=date(2026, 11, 1)),
            okr.Initiative("v", "V", due=date(2026, 8, 1)),
            okr.Initiative("done", "Done"),
        ],
    )
    plan = okr.Plan(
        [above, year, gone, child],
        metrics=[okr.Metric("nps", "NPS")],
        outside=[okr.Outside("co"), okr.Outside("elsewhere")],
    )
    rolled = roll(plan, read(100, "gone-k"), read(1.0, "done"))
    assert [item.fate for item in rolled.items if item.id == "gone"] == [
        okr.review.RolloverOutcome.LEFT
    ]
    new = rolled.plan.objective("child@2026-Q4")
    assert [(a.to, a.contribution) for a in new.supports] == [
        ("above@2026-Q4", "half"),
        ("above-k@2026-Q4", ""),
        ("year-k", ""),
    ]
    assert [a.to for a in rolled.plan.objective("above@2026-Q4").supports] == ["co", "year"]
    assert new.key_results[2:] == (okr.KeyResultRef("above-k@2026-Q4", weight=3),)
    key_result, other = new.own_key_results
    assert key_result.contribution == okr.Contribution(supports=["above-k@2026-Q4", "elsewhere"])
    assert key_result.profile == okr.KeyResultProfile(early_warning="nps")
    assert other.profile == okr.KeyResultProfile()
    assert key_result.metric == "nps"
    assert [(g.id, g.protects) for g in new.guardrails] == [
        ("g@2026-Q4", "child-k@2026-Q4"),
        ("h@2026-Q4", None),
        ("i@2026-Q4", None),
    ]
    assert [(w.id, w.drives, w.due) for w in new.initiatives] == [
        ("w@2026-Q4", ("child-k@2026-Q4", "nps"), date(2026, 11, 1)),
        ("v@2026-Q4", (), None),
    ]
    assert {to for id, to in rolled.unlinked if id == "child@2026-Q4"} == {"gone", "gone-k"}


def test_days_of_the_old_cycle_are_left_behind() -> None:
    early, late = date(2026, 9, 1), date(2026, 11, 1)
    made = aspiration(
        "o",
        okr.KeyResult(
            "k",
            "KR",
            UP,
            due=early,
            timing=okr.Timing(
                waypoints=[okr.Waypoint(early, 50), okr.Waypoint(late, 80)],
                observable_from=date(2026, 10, 15),
            ),
        ),
        okr.KeyResult("l", "KR", UP, due=late, timing=okr.Timing(observable_from=early)),
        profile=okr.ObjectiveProfile(
            intent="Why",
            dependencies=[
                okr.Dependency("data", needed_by=early, escalated=early),
                okr.Dependency("people", needed_by=late, agreed=True),
            ],
        ),
    )
    new = roll([made]).plan.objective("o@2026-Q4")
    first, second = new.own_key_results
    assert (first.due, second.due) == (None, late)
    assert first.timing == okr.Timing(
        waypoints=[okr.Waypoint(late, 80)], observable_from=date(2026, 10, 15)
    )
    assert second.timing == okr.Timing()
    assert new.continues == "o"
    assert new.profile == okr.ObjectiveProfile(
        intent="Why",
        dependencies=[
            okr.Dependency("data"),
            okr.Dependency("people", needed_by=late, agreed=True),
        ],
    )


def test_what_derives_goes_on_with_all_its_parts() -> None:
    north, south = (okr.KeyResult(id, id, okr.Increase(0, 10)) for id in ("north", "south"))
    total = okr.KeyResult(
        "total",
        "Total",
        okr.Reach(20),
        derived=okr.Derived(okr.Aggregation.SUM, ["north", "south"]),
    )
    twice = okr.KeyResult(
        "twice", "Twice", okr.Reach(40), derived=okr.Derived(okr.Aggregation.SUM, ["total"])
    )
    made = [aspiration("o", total), aspiration("p", north, south), aspiration("q", twice)]
    rolled = roll(made, read(4, "north"), read(5, "south"))
    new = rolled.plan.key_result("total@2026-Q4")
    assert new.derived == okr.Derived(okr.Aggregation.SUM, ["north@2026-Q4", "south@2026-Q4"])
    # One part is beyond its target, and starts at the last value: what is made of it waits for the decision.
    rolled = roll(made, read(12, "north"), read(5, "south"), rulebook=restarting(LAST))
    assert [(item.id, item.because) for item in rolled.undecided] == [
        ("total", "not everything it is made of goes on"),
        ("north", "12 is 120% of the way from 0 to 10; it needs a new target"),
        ("twice", "not everything it is made of goes on"),
    ]


@pytest.mark.parametrize(
    ("measure", "unit", "because"),
    [
        (okr.Reach(12), None, "goes with its objective: 16 of 20 are left"),
        (okr.PassFail(), None, "not everything it is made of goes on"),
        (okr.Reach(12), okr.Unit("USD"), "not everything it is made of goes on"),
    ],
)
def test_what_derives_goes_on_if_its_part_does_as_a_number_of_its_unit(
    measure: Measure, unit: okr.Unit | None, because: str
) -> None:
    north = okr.KeyResult("north", "North", okr.Reach(10))
    total = okr.KeyResult(
        "total", "Total", okr.Reach(20), derived=okr.Derived(okr.Aggregation.SUM, ["north"])
    )
    onward = okr.KeyResult("onward", "Onward", measure, unit=unit, continues="north")
    made = [aspiration("o", total), aspiration("p", north), aspiration("q", onward, cycle=Q4)]
    rolled = roll(made, read(4, "north"))
    assert {each.id: each.because for each in rolled.items}["total"] == because


# --- history runs on ---------------------------------------------------------------------------


def test_the_history_of_a_metric_runs_on() -> None:
    made = aspiration("o", okr.KeyResult("o-k", "NPS", okr.Increase(30, 50), metric="nps"))
    plan = okr.Plan([made], metrics=[okr.Metric("nps", "NPS")])
    journal = okr.Journal([read(36, "nps", date(2026, 9, 28))])
    rolled = okr.review.roll_over(plan, journal, as_of=Q3.end, cycle=Q4, rulebook=restarting(LAST))
    assert rolled.plan.key_result("o-k@2026-Q4").measure == okr.Increase(36, 50)
    later = journal.add(read(43, "nps", date(2026, 10, 12)))
    card = okr.evaluate(rolled.plan, later, as_of=date(2026, 10, 12))
    # 43 is half of the way from 36 to 50; the quarter before is what it was: (36 - 30) / 20.
    assert card["o-k@2026-Q4"].score == pytest.approx(0.5)
    assert card["o-k"].score == pytest.approx(0.3)
    assert card.metric("nps").readings == 2


def test_an_objective_without_anything_to_name_rolls_over() -> None:
    bare = okr.Objective("o", "Bare", cycle=Q3, ambition=ASPIRATIONAL)
    assert roll([bare]).plan.objective("o@2026-Q4").key_results == ()
    assert roll([]).items == ()


@pytest.mark.parametrize("field", ["plan", "journal", "as_of", "cycle", "rulebook"])
def test_arguments_are_checked(field: str) -> None:
    given: dict[str, Any] = {
        "plan": okr.Plan([]),
        "journal": okr.Journal(),
        "as_of": Q3.end,
        "cycle": Q4,
    }
    with pytest.raises(okr.InvalidValueError, match=f"roll_over.{field}"):
        okr.review.roll_over(**(given | {field: "x"}))

"""Work that goes on into the next cycle: by its whole way, as it was modified, with an owner; numbers by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.plan.contents import successors

CALENDAR = okr.FiscalCalendar()
YEAR = CALENDAR.year(2026)
Q1, Q2, Q3 = (CALENDAR.quarter(2026, n) for n in (1, 2, 3))
DAY = date(2026, 4, 2)
ASPIRATIONAL, COMMITTED = okr.Ambition.ASPIRATIONAL, okr.Ambition.COMMITTED
Decision = okr.ClosingDecision


def kr(id: str, measure: Any, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure, **more)


def goal(id: str, *key_results: Any, **more: Any) -> okr.Objective:
    fields: dict[str, Any] = {"cycle": Q1, "ambition": ASPIRATIONAL, **more}
    return okr.Objective(id, id.capitalize(), key_results=key_results, **fields)


def plan(*objectives: okr.Objective, **more: Any) -> okr.Plan:
    return okr.Plan(objectives, **more)


def log(*entries: Any, **readings: Any) -> okr.Journal:
    return okr.Journal(okr.check_ins(Q1.end, readings)).add(*entries)


def closed(id: str, decision: okr.ClosingDecision, **more: Any) -> okr.Closing:
    return okr.Closing(id, Q1.end, decision, **more)


def roll(plan: okr.Plan, journal: okr.Journal, **more: Any) -> okr.review.Rollover:
    given: dict[str, Any] = {"as_of": DAY, "cycle": Q2, **more}
    return okr.review.roll_over(plan, journal, **given)


def fates(rolled: okr.review.Rollover) -> dict[str, str]:
    return {item.id: f"{item.fate}: {item.because}" for item in rolled.items}


# --- by its whole way --------------------------------------------------------------------------


def test_what_is_left_of_a_way_is_a_part_of_the_whole() -> None:
    """S16: 66 of 20 to 70 is 92% of the way in the next cycle too, and 40 of 100 stays 40%."""
    serve = plan(goal("serve", kr("nps", okr.Increase(20, 70)), kr("self", okr.Increase(0, 100))))
    journal = log(nps=66, self=40)
    rolled = roll(serve, journal)
    new = rolled.plan.objective("serve@2026-Q2")
    assert [(each.measure, each.continues) for each in new.own_key_results] == [
        (okr.Increase(20, 70), "nps"),
        (okr.Increase(0, 100), "self"),
    ]
    assert new.continues == "serve"
    assert [item.because for item in rolled.items[1:]] == [
        "goes with its objective: 4 of 50 are left",
        "goes with its objective: 60 of 100 are left",
    ]
    later = date(2026, 4, 20)
    journal = journal.add(okr.check_ins(later, {"nps@2026-Q2": 69, "self@2026-Q2": 40}))
    card = okr.evaluate(rolled.plan, journal, as_of=later)
    assert [card[id].score for id in ("nps@2026-Q2", "self@2026-Q2")] == [0.98, 0.4]


def test_pace_starts_at_the_last_value() -> None:
    """From 0.92 on 1 April to 1 on 30 June, evenly: 20 April is the 19th of 90 days. A stretch asks for 0.7 of it."""
    serve = plan(goal("serve", kr("nps", okr.Increase(20, 70))))
    rolled = roll(serve, log(nps=66))
    assert rolled.plan.key_result("nps@2026-Q2").timing == okr.Timing(
        waypoints=[okr.Waypoint(Q2.start, 66)]
    )

    def expected(day: date) -> float | None:
        journal = log(nps=66).add(okr.check_ins(day, {"nps@2026-Q2": 66}))
        card = okr.evaluate(rolled.plan, journal, as_of=day)
        return card.key_result("nps@2026-Q2").expected

    days = [Q2.start, date(2026, 4, 20), Q2.end]
    share = okr.RECOMMENDED.pacing.days
    assert share is okr.rulebook.DayCount.EXCLUSIVE
    assert [expected(day) for day in days] == pytest.approx(
        [0.7 * 0.92, 0.7 * (0.92 + 0.08 * 19 / 90), 0.7]
    )


@pytest.mark.parametrize(
    ("measure", "last", "because", "start"),
    [
        (okr.Increase(20, 70), 66, "4 of 50 are left", 66),
        (okr.Increase(20, 70), 69, "1 of 50 is left", 69),
        (okr.Increase(20, 70), 20, "50 of 50 are left", 20),
        # It fell back: more is left than there was.
        (okr.Increase(20, 70), 15, "", 15),
        (okr.Decrease(30, 10), 12, "2 of 20 are left", 12),
        (okr.FromTo(30, 10), 12.5, "2.5 of 20 are left", 12.5),
        (okr.Reach(100), 40, "60 of 100 are left", 40),
        (okr.Points(4, baseline=20), 23, "1 of 4 is left", 23),
        (okr.Relative(percent=50, baseline=40), 50, "10 of 20 are left", 50),
        (okr.Exactly(5, 0), 3, "2 of 5 are left", 3),
        (okr.Anchors({0.5: 10, 1.0: 15}, baseline=0), 12, "3 of 15 are left", 12),
        (okr.Increase(20, 70), okr.Ratio(60, 100, per=100), "10 of 50 are left", 60),
        # No line, or none yet.
        (okr.FromTo(5, 5), 7, "", None),
        (okr.AtLeast(99), 98, "", None),
        (okr.PassFail(), False, "", None),
        (okr.Judged(), 0.5, "", None),
        (okr.Increase(20, 70), None, "", None),
        (okr.Increase(None, 70), 66, "", None),
    ],
)
def test_the_reason_has_the_part_that_is_left(
    measure: Any, last: Any, because: str, start: float | None
) -> None:
    made = plan(goal("o", kr("k", measure)))
    journal = log() if last is None else log(k=last)
    rolled = roll(made, journal.add(closed("o", Decision.CARRY)))
    assert rolled.items[1].because == "goes with its objective" + (because and f": {because}")
    new = rolled.plan.key_result("k@2026-Q2")
    assert new.measure == measure
    points = None if start is None else okr.Timing(waypoints=[okr.Waypoint(Q2.start, start)])
    assert new.timing == points


def test_waypoints_of_the_next_cycle_stay() -> None:
    points = [okr.Waypoint(day, n) for n, day in enumerate([Q1.end, Q2.start, Q2.end], 50)]
    made = kr("k", okr.Reach(100), timing=okr.Timing(waypoints=points))
    new = roll(plan(goal("o", made)), log(k=40)).plan.key_result("k@2026-Q2")
    assert new.timing == okr.Timing(
        waypoints=[okr.Waypoint(Q2.start, 40), okr.Waypoint(Q2.end, 52)]
    )


def test_a_total_starts_anew() -> None:
    """Its metric adds up the readings of a cycle, so 40 of the last one are no part of the next."""
    sales = okr.Metric("sales", "Sales", aggregation=okr.Aggregation.SUM)
    rolled = roll(
        plan(goal("o", kr("k", okr.Reach(100), metric="sales")), metrics=[sales]), log(sales=40)
    )
    assert rolled.items[1].because == "goes with its objective"
    assert rolled.plan.key_result("k@2026-Q2").timing is None


def test_a_baseline_that_was_established_is_the_start_of_the_way() -> None:
    found = okr.BaselineSet("k", date(2026, 1, 10), 40)
    made = plan(goal("o", kr("k", okr.Relative(percent=50))))
    rolled = roll(made, log(k=50).add(found))
    assert rolled.plan.key_result("k@2026-Q2").measure == okr.Relative(percent=50, baseline=40)
    assert rolled.items[1].because == "goes with its objective: 10 of 20 are left"


@pytest.mark.parametrize(
    ("measure", "last", "new", "because"),
    [
        (
            okr.Milestones("a", okr.Milestone("b", weight=2), "c"),
            ["a"],
            okr.Milestones(okr.Milestone("b", weight=2), "c"),
            "2 of 3 are left: b, c",
        ),
        (okr.Milestones("a", "b"), [], okr.Milestones("a", "b"), "2 of 2 are left: a, b"),
        (okr.Evidence(required=5), ["x", "y", "z"], okr.Evidence(required=2), "2 of 5 are left"),
    ],
)
def test_the_stages_that_are_left_go_on(measure: Any, last: Any, new: Any, because: str) -> None:
    """Their own score starts at 0; under a rulebook that begins from 0, all stages go on."""
    made = plan(goal("o", kr("k", measure)))
    rolled = roll(made, log(k=last))
    assert rolled.plan.key_result("k@2026-Q2").measure == new
    assert rolled.items[1].because == f"goes with its objective: {because}"
    journal = log(k=last).add(okr.check_ins(DAY, {"k@2026-Q2": []}))
    assert okr.evaluate(rolled.plan, journal, as_of=DAY)["k@2026-Q2"].score == 0
    zero = okr.Rulebook(
        name="zero",
        closing=okr.rulebook.ClosingRule(
            restart=okr.rulebook.CarriedBaseline.ZERO,
            suggestions=okr.RECOMMENDED.closing.suggestions,
        ),
    )
    again = roll(made, log(k=last), rulebook=zero)
    assert again.plan.key_result("k@2026-Q2").measure == measure


@pytest.mark.parametrize("measure", [okr.Milestones("a", "b"), okr.Evidence(required=2)])
def test_all_stages_go_on_if_they_are_not_all_of_the_work(measure: Any) -> None:
    """Each was reached, and their progress was scaled to a half since."""
    scaled = okr.Adjustment("k", date(2026, 3, 1), rescale=0.5, because="half of it was redone")
    rolled = roll(plan(goal("o", kr("k", measure))), log(scaled, k=["a", "b"]))
    assert rolled.plan.key_result("k@2026-Q2").measure == measure
    assert rolled.items[1].because == "goes with its objective"


def test_what_was_reached_is_left_behind() -> None:
    """A bound is kept to, and goes on; so does a level to be held."""
    made = plan(
        goal(
            "o",
            kr("done", okr.PassFail()),
            kr("line", okr.Increase(20, 70)),
            kr("count", okr.Reach(10)),
            kr("hit", okr.Exactly(5, 0)),
            kr("judged", okr.Judged()),
            kr("bound", okr.AtMost(5)),
            kr("budget", okr.Budget(15)),
            kr("level", okr.FromTo(5, 5)),
            kr("open", okr.Reach(10)),
        )
    )
    journal = log(done=True, line=71, count=10, hit=5, judged=1, bound=4, budget=9, level=5, open=9)
    rolled = roll(made, journal)
    assert [item.id for item in rolled.left] == ["done", "line", "count", "hit", "judged"]
    assert fates(rolled)["line"] == "left behind: reached: 71 is 102% of the way from 20 to 70"
    assert fates(rolled)["done"] == "left behind: reached: met"
    new = rolled.plan.objective("o@2026-Q2").own_key_results
    assert [each.continues for each in new] == ["bound", "budget", "level", "open"]


def test_what_another_is_made_of_goes_on_though_reached() -> None:
    """The total would lose the 12 of the north."""
    parts = [kr(id, okr.Reach(10)) for id in ("north", "south")]
    total = kr(
        "total",
        okr.Reach(30),
        derived=okr.Derived(okr.Aggregation.SUM, ["north", "south"]),
    )
    rolled = roll(plan(goal("o", total, *parts)), log(north=12, south=5))
    assert fates(rolled)["north"] == "carried: reached, and another is made of it"
    new = rolled.plan.key_result("total@2026-Q2")
    assert new.derived == okr.Derived(okr.Aggregation.SUM, ["north@2026-Q2", "south@2026-Q2"])


def test_a_success_is_carried_by_a_rule_that_its_reason_names() -> None:
    """S18: nobody decided. Until 1.0 by `RECOMMENDED`; by another rulebook until it succeeds."""
    serve = plan(goal("serve", kr("nps", okr.Increase(20, 70))))
    rolled = roll(serve, log(nps=66))
    assert fates(rolled) == {
        "serve": "carried: succeeded; carried until 1.0, by the rulebook",
        "nps": "carried: goes with its objective: 4 of 50 are left",
    }
    ends = evolve(okr.RECOMMENDED.closing, carried_until=okr.rulebook.CarriedUntil.SUCCESS)
    book = evolve(okr.RECOMMENDED, closing=ends)
    assert [item.id for item in roll(serve, log(nps=66), rulebook=book).left] == ["serve"]
    short = roll(serve, log(nps=40), rulebook=book)
    assert fates(short)["serve"] == (
        "carried: progressed; carried until it succeeds, by the rulebook"
    )


# --- modified ----------------------------------------------------------------------------------


def test_to_modify_without_a_change_is_undecided() -> None:
    """S17: 17 instead of 14."""
    sell = plan(goal("sell", kr("sales", okr.Increase(12, 14))))
    journal = log(closed("sell", Decision.MODIFY, learned="go for 17"), sales=13)
    undecided = roll(sell, journal)
    assert fates(undecided) == {"sell": "undecided: modified, to what?"}
    assert undecided.plan == sell
    rolled = roll(sell, journal, measures={"sales": okr.Increase(12, 17)})
    new = rolled.plan.key_result("sales@2026-Q2")
    assert (new.measure, new.continues) == (okr.Increase(12, 17), "sales")
    # It is on the old way, a fifth of which was gone.
    assert new.timing == okr.Timing(waypoints=[okr.Waypoint(Q2.start, 13)])
    assert fates(rolled) == {
        "sell": "carried: decided to modify",
        "sales": "carried: goes with its objective, modified",
    }
    assert roll(rolled.plan, journal).items == ()


@pytest.mark.parametrize(
    "given", [{"weights": {"k": 3}}, {"titles": {"k": "New"}}, {"titles": {"o": "New"}}]
)
def test_a_weight_and_a_title_modify_too(given: dict[str, Any]) -> None:
    made = plan(goal("o", kr("k", okr.Reach(10)), kr("l", okr.Reach(10))))
    rolled = roll(made, log(closed("o", Decision.MODIFY), k=5), **given)
    new = rolled.plan.objective("o@2026-Q2")
    first, second = new.own_key_results
    found: dict[str, dict[str, object]] = {
        "weights": {"k": first.weight},
        "titles": {"k": first.title, "o": new.title},
    }
    ((name, changes),) = given.items()
    assert changes.items() <= found[name].items()
    assert (second.title, second.weight, second.measure) == ("l", 1, okr.Reach(10))
    assert roll(made, log(closed("o", Decision.MODIFY), k=5)).carried == ()


def test_what_is_carried_can_be_changed_too() -> None:
    """Also a key result that was reached, a baseline that was found, and one that joined as too hard."""
    made = plan(
        goal(
            "o",
            kr("full", okr.Reach(10)),
            kr("found", okr.EstablishBaseline()),
            kr("k", okr.Reach(9)),
        )
    )
    journal = log(full=10, found=7, k=3)
    new = {"full": okr.Reach(20), "found": okr.Increase(7, 12)}
    rolled = roll(made, journal, measures=new, weights={"k": 2})
    members = rolled.plan.objective("o@2026-Q2").own_key_results
    assert [(each.measure, each.weight) for each in members] == [
        (okr.Reach(20), 1),
        (okr.Increase(7, 12), 1),
        (okr.Reach(9), 2),
    ]
    assert [each.timing and each.timing.waypoints[0].value for each in members] == [10, None, 3]


def test_one_that_joined_because_a_target_was_too_hard_goes_on_with_a_measure() -> None:
    made = plan(goal("o", kr("k", okr.Reach(10))))
    easier = okr.Adjustment(
        "o",
        date(2026, 2, 1),
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
        because="too hard",
        adds=[kr("easy", okr.Reach(5))],
    )
    closing = closed("o", Decision.CARRY)
    assert [item.id for item in roll(made, log(easier, closing, k=5)).undecided] == ["easy"]
    rolled = roll(made, log(easier, closing, k=5), measures={"easy": okr.Reach(7)})
    new = rolled.plan.key_result("easy@2026-Q2")
    assert (new.measure, new.timing) == (okr.Reach(7), None)


@pytest.mark.parametrize(
    ("measure", "given", "start"),
    [
        (okr.Increase(12, 14), okr.Increase(12, 17), 13),
        (okr.Increase(12, 14), okr.FromTo(12, 17), 13),
        (okr.Reach(20), okr.Increase(0, 30), 13),
        # Another way, or one that is still to be found.
        (okr.Increase(12, 14), okr.Increase(13, 17), None),
        (okr.Increase(12, 14), okr.Increase(None, 17), None),
        (okr.Increase(12, 14), okr.AtLeast(17), None),
        (okr.Judged(), okr.Increase(12, 14), None),
    ],
)
def test_pace_of_a_new_measure_starts_at_the_last_value_of_its_way(
    measure: Any, given: Any, start: float | None
) -> None:
    made = plan(goal("o", kr("k", measure)))
    last = 0.5 if isinstance(measure, okr.Judged) else 13
    new = roll(made, log(k=last), measures={"k": given}).plan.key_result("k@2026-Q2")
    assert new.measure == given
    assert new.timing == (start and okr.Timing(waypoints=[okr.Waypoint(Q2.start, start)]))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"measures": {"nowhere": okr.Reach(1)}}, "unknown-id"),
        ({"measures": {5: okr.Reach(1)}}, "unknown-id"),
        ({"measures": {"o": okr.Reach(1)}}, "wrong-kind"),
        ({"measures": {"k": 5}}, "wrong-type"),
        ({"measures": 5}, "wrong-type"),
        ({"weights": {"o": 1}}, "wrong-kind"),
        ({"weights": {"k": -1}}, "weight-negative"),
        ({"titles": {"m": "M"}}, "wrong-kind"),
        ({"titles": {"o": ""}}, "not-text"),
    ],
)
def test_a_change_of_anything_else_is_refused(given: Any, code: str) -> None:
    made = plan(goal("o", kr("k", okr.Reach(10))), metrics=[okr.Metric("m", "M")])
    with pytest.raises(okr.OkrError) as caught:
        roll(made, log(), **given)
    assert caught.value.code == code


# --- shared key results ------------------------------------------------------------------------


def shared(*others: okr.Objective, **lead: Any) -> okr.Plan:
    home = goal("onboard", kr("lead", okr.Decrease(30, 10), owner="Ana", **lead))
    own = kr("auto", okr.Increase(0, 100))
    guest = goal("import", own, okr.KeyResultRef("lead", weight=3), supports=["onboard"])
    return plan(home, guest, *others)


def test_a_shared_key_result_without_a_home_is_held_until_somebody_owns_it() -> None:
    """S15: its home was achieved, and the other objective goes on."""
    journal = log(
        closed("onboard", Decision.ACHIEVED), closed("import", Decision.CARRY), lead=12, auto=60
    )
    rolled = roll(shared(), journal)
    assert fates(rolled) == {
        "onboard": "left behind: taken as achieved",
        "import": ('carried: decided to carry; what does it support now? "Onboard" does not go on'),
        "auto": "carried: goes with its objective: 40 of 100 are left",
        "lead": (
            'undecided: who owns it now? "Onboard" does not go on; "Import" holds it until then'
        ),
    }
    assert [(item.id, item.to) for item in rolled.undecided] == [("lead", "lead@2026-Q2")]
    new = rolled.plan.objective("import@2026-Q2")
    assert [(each.id, each.continues) for each in new.own_key_results] == [
        ("auto@2026-Q2", "auto"),
        ("lead@2026-Q2", "lead"),
    ]
    lead = rolled.plan.key_result("lead@2026-Q2")
    assert (lead.measure, lead.weight) == (okr.Decrease(30, 10), 3)
    assert rolled.unlinked == (("import@2026-Q2", "onboard"),)
    again = roll(rolled.plan, journal)
    assert (list(fates(again)), again.plan) == (["onboard"], rolled.plan)


def test_others_count_it_where_it_is_held() -> None:
    """A carried objective holds it before a parked one; the next ones refer to it."""
    others = [goal(id, okr.KeyResultRef("lead", weight=2)) for id in ("later", "sell")]
    journal = log(
        closed("onboard", Decision.ABANDON, because="sold"),
        closed("import", Decision.DEFER),
        closed("later", Decision.CARRY),
        closed("sell", Decision.CARRY),
        lead=12,
        auto=60,
    )
    rolled = roll(shared(*others), journal)
    members = {
        id: rolled.plan.objective(f"{id}@2026-Q2").key_results for id in ("import", "later", "sell")
    }
    assert [getattr(each, "id", None) for each in members["later"]] == ["lead@2026-Q2"]
    assert members["import"][1] == okr.KeyResultRef("lead@2026-Q2", weight=3)
    assert members["sell"] == (okr.KeyResultRef("lead@2026-Q2", weight=2),)


def test_the_home_of_a_shared_key_result_is_carried_later() -> None:
    """It counts the one that is held meanwhile, and nothing is carried twice."""
    journal = log(closed("import", Decision.CARRY), lead=12, auto=60)
    made = shared()
    home = okr.Transition("onboard", date(2026, 3, 1), okr.Lifecycle.PAUSED)
    first = roll(made, journal.add(home))
    assert [item.id for item in first.undecided] == ["onboard", "lead"]
    later = log(
        closed("onboard", Decision.CARRY), closed("import", Decision.CARRY), lead=12, auto=60
    )
    second = roll(first.plan, later)
    assert fates(second) == {
        "onboard": "carried: decided to carry",
        "lead": "carried: it goes on already",
    }
    assert second.plan.objective("onboard@2026-Q2").key_results == (
        okr.KeyResultRef("lead@2026-Q2", weight=1),
    )
    assert roll(second.plan, later).plan == second.plan


def test_a_guest_that_is_carried_later_counts_and_supports_what_went_on() -> None:
    made = shared()
    paused = okr.Transition("import", date(2026, 3, 1), okr.Lifecycle.PAUSED)
    first = roll(made, log(paused, lead=12, auto=60))
    assert [item.id for item in first.carried] == ["onboard", "lead"]
    second = roll(first.plan, log(closed("import", Decision.CARRY), lead=12, auto=60))
    new = second.plan.objective("import@2026-Q2")
    assert new.key_results[1] == okr.KeyResultRef("lead@2026-Q2", weight=3)
    assert [each.to for each in new.supports] == ["onboard@2026-Q2"]
    assert second.unlinked == ()


def test_a_shared_key_result_that_was_reached_stays_behind() -> None:
    journal = log(
        closed("onboard", Decision.ACHIEVED), closed("import", Decision.CARRY), lead=10, auto=60
    )
    rolled = roll(shared(), journal)
    assert fates(rolled)["lead"] == "left behind: reached: 10 is 100% of the way from 30 to 10"
    assert len(rolled.plan.objective("import@2026-Q2").key_results) == 1
    assert ("import@2026-Q2", "lead") in rolled.unlinked


def test_alignments_to_a_key_result_that_changes_home_are_asked_for_again() -> None:
    """It is held by an objective that may support this one in turn, or is this one."""
    made = shared()
    guest = made.objective("import")
    made = made.put(evolve(guest, supports=["lead"]))
    made = made.put(goal("sell", kr("deals", okr.Reach(10)), supports=["lead", "import"]))
    journal = log(
        closed("onboard", Decision.ACHIEVED), closed("import", Decision.CARRY), lead=12, deals=5
    )
    rolled = roll(made, journal)
    new = [rolled.plan.objective(f"{id}@2026-Q2").supports for id in ("import", "sell")]
    assert [[each.to for each in links] for links in new] == [[], ["import@2026-Q2"]]
    assert rolled.unlinked == (("import@2026-Q2", "lead"), ("sell@2026-Q2", "lead"))
    assert fates(rolled)["sell"].endswith('what does it support now? "lead" does not go on')


def test_what_went_on_before_is_counted_once() -> None:
    """An objective counts a key result of an earlier cycle, and the one that continues it."""
    old = goal("old", kr("lead", okr.Decrease(30, 10)), cycle=CALENDAR.quarter(2025, 4))
    new = goal("new", kr("lead2", okr.Decrease(30, 10), continues="lead"), cycle=YEAR)
    counts = [okr.KeyResultRef("lead", weight=2), okr.KeyResultRef("lead2")]
    upward = {"supports": ["old", "new"]}
    both = evolve(new, continues="old")
    made = plan(old, both, goal("o", kr("k", okr.Reach(10)), *counts, **upward))
    rolled = roll(made, log(k=5)).plan.objective("o@2026-Q2")
    assert rolled.key_results[1:] == (okr.KeyResultRef("lead2", weight=2),)
    assert [each.to for each in rolled.supports] == ["new"]


def test_a_fixed_share_is_one_of_its_home() -> None:
    share = okr.Contribution(fixed_share=0.5, contributors=["Bo"])
    made = shared(contribution=share)
    journal = log(closed("onboard", Decision.ACHIEVED), closed("import", Decision.CARRY), lead=12)
    held = roll(made, journal).plan.key_result("lead@2026-Q2")
    assert held.contribution == okr.Contribution(contributors=["Bo"])
    assert (held.owner, held.weight) == (okr.Person("Ana"), 3)
    heavier = roll(made, journal, weights={"lead": 5}).plan.key_result("lead@2026-Q2")
    assert heavier.weight == 5


def test_a_key_result_of_a_micro_okr_joins_no_chain_of_quarters() -> None:
    week = okr.Cycle.starting(date(2026, 3, 9), okr.Cadence.MICRO_WEEK)
    sprint = goal("sprint", kr("trial", okr.Reach(10)), cycle=week)
    made = plan(sprint, goal("o", kr("k", okr.Reach(10)), okr.KeyResultRef("trial")))
    rolled = roll(made, log(k=5))
    assert list(fates(rolled)) == ["o", "k"]
    assert rolled.unlinked == (("o@2026-Q2", "trial"),)


def test_what_is_made_of_parts_that_stay_behind_is_not_held() -> None:
    derived = okr.Derived(okr.Aggregation.SUM, ["part"])
    home = goal("home", kr("part", okr.Reach(10)), kr("total", okr.Reach(20), derived=derived))
    made = plan(home, goal("o", kr("k", okr.Reach(10)), okr.KeyResultRef("total")))
    rolled = roll(made, log(closed("home", Decision.ABANDON, because="sold"), part=5, k=5))
    assert fates(rolled)["total"] == "undecided: not everything it is made of goes on"
    assert [item.to for item in rolled.undecided] == [None]
    assert len(rolled.plan.objective("o@2026-Q2").key_results) == 1


# --- cycles in a row ---------------------------------------------------------------------------


def test_three_cycles_in_a_row_are_one_way() -> None:
    made = plan(goal("o", kr("k", okr.Increase(20, 70)), kr("m", okr.Milestones("a", "b", "c"))))
    journal = log(k=40, m=["a"])
    second = roll(made, journal).plan
    journal = journal.add(okr.check_ins(Q2.end, {"k@2026-Q2": 60, "m@2026-Q2": ["b"]}))
    rolled = roll(second, journal, as_of=date(2026, 7, 2), cycle=Q3)
    assert [(item.id, item.to) for item in rolled.carried] == [
        ("o@2026-Q2", "o@2026-Q3"),
        ("k@2026-Q2", "k@2026-Q3"),
        ("m@2026-Q2", "m@2026-Q3"),
    ]
    new = rolled.plan.key_result("k@2026-Q3")
    assert (new.measure, new.timing) == (
        okr.Increase(20, 70),
        okr.Timing(waypoints=[okr.Waypoint(Q3.start, 60)]),
    )
    assert rolled.plan.key_result("m@2026-Q3").measure == okr.Milestones("c")
    assert {item.id: id for item, id in successors(rolled.plan.objectives)} == {
        f"{id}@2026-Q{n}": f"{id}@2026-Q2" if n == 3 else id for n in (2, 3) for id in "okm"
    }


def test_a_micro_okr_goes_on_in_its_own_cadence_alone() -> None:
    week = okr.Cycle.starting(date(2026, 3, 23), okr.Cadence.MICRO_WEEK)
    after = okr.Cycle.starting(date(2026, 4, 6), okr.Cadence.MICRO_WEEK)
    fortnight = okr.Cycle.starting(date(2026, 4, 6), okr.Cadence.MICRO_TWO_WEEKS)
    made = plan(goal("sprint", kr("k", okr.Reach(10)), cycle=week))
    journal = okr.Journal(okr.check_ins(week.end, {"k": 5}))
    assert roll(made, journal).items == ()
    assert roll(made, journal, cycle=fortnight).items == ()
    rolled = roll(made, journal, cycle=after)
    assert [id for _, id in successors(rolled.plan.objectives)] == ["sprint", "k"]


def test_a_micro_okr_that_continues_an_objective_does_not_take_its_place() -> None:
    week = okr.Cycle.starting(date(2026, 3, 9), okr.Cadence.MICRO_WEEK)
    sprint = goal("sprint", kr("trial", okr.Reach(10), continues="k"), cycle=week, continues="o")
    rolled = roll(plan(goal("o", kr("k", okr.Reach(10))), sprint), log(k=5))
    assert [(item.id, item.to) for item in rolled.items] == [
        ("o", "o@2026-Q2"),
        ("k", "k@2026-Q2"),
    ]
    assert rolled.plan.key_result("k@2026-Q2").continues == "k"


# --- items that joined -------------------------------------------------------------------------


def test_an_entry_lets_what_joined_go_on() -> None:
    """A plan cannot name an item that joined by an adjustment; from the first day on the entry does."""
    made = plan(goal("o", kr("k", okr.Reach(10))))
    joined = okr.Adjustment(
        "o", date(2026, 2, 1), because="chats", adds=[kr("chats", okr.Reach(50))]
    )
    journal = log(joined, k=5, chats=20)
    rolled = roll(made, journal)
    assert rolled.plan.key_result("chats@2026-Q2").continues is None
    assert rolled.adjustments == (
        okr.Adjustment(
            "chats@2026-Q2",
            Q2.start,
            sets={"continues": "chats"},
            because="it goes on from an item that joined by an adjustment",
        ),
    )
    journal = okr.admit(rolled.plan, journal, *rolled.adjustments)
    card = okr.evaluate(rolled.plan, journal, as_of=DAY)
    assert card.plan_in_force.key_result("chats@2026-Q2").continues == "chats"
    assert roll(rolled.plan, journal).items == ()
    assert [
        item.id for item in roll(rolled.plan, journal, as_of=date(2026, 7, 2), cycle=Q3).items
    ] == [
        "o@2026-Q2",
        "k@2026-Q2",
        "chats@2026-Q2",
    ]


def test_an_objective_that_joined_goes_on_too() -> None:
    made = plan(goal("o", kr("k", okr.Reach(10))))
    late = goal("late", kr("l", okr.Reach(10)))
    journal = log(okr.Adjustment("late", date(2026, 2, 1), because="new", adds=[late]), k=5, l=5)
    rolled = roll(made, journal)
    assert [(each.of, each.sets) for each in rolled.adjustments] == [
        ("l@2026-Q2", (("continues", "l"),)),
        ("late@2026-Q2", (("continues", "late"),)),
    ]
    assert rolled.unlinked == ()
    journal = okr.admit(rolled.plan, journal, *rolled.adjustments)
    assert roll(rolled.plan, journal).items == ()


def test_what_went_on_and_left_is_not_carried_again() -> None:
    """The plan as stored has its successor still, and one item has one successor."""
    home = goal("onboard", kr("lead", okr.Decrease(30, 10)))
    new = goal("sell", kr("lead2", okr.Decrease(30, 10), continues="lead"), cycle=Q2)
    journal = log(
        closed("onboard", Decision.CARRY),
        okr.Adjustment("sell", date(2026, 4, 2), because="sold", removes=["lead2"]),
        lead=12,
    )
    rolled = roll(plan(home, new), journal)
    assert fates(rolled)["lead"] == "left behind: another one went on from it"
    assert rolled.plan.objective("onboard@2026-Q2").key_results == ()


def test_what_went_on_in_the_same_cycle_goes_on_from_there() -> None:
    home = goal("onboard", kr("lead", okr.Decrease(30, 10)))
    other = goal("sell", kr("lead2", okr.Decrease(30, 10), continues="lead"))
    rolled = roll(plan(home, other), log(lead=12, lead2=11))
    assert fates(rolled)["lead"] == "left behind: another one went on from it"
    assert rolled.plan.objective("onboard@2026-Q2").key_results == ()
    assert rolled.plan.key_result("lead2@2026-Q2").continues == "lead2"

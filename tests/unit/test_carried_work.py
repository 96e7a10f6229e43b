"""Carried work at the edges: references, sizes, closed chains, ranges, suppositions. Numbers are worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import day
from okrcore import rulebook as rb

CALENDAR = okr.FiscalCalendar()
YEAR = CALENDAR.year(2026)
Q1, Q2, Q3, Q4 = (CALENDAR.quarter(2026, n) for n in (1, 2, 3, 4))
CARRY = okr.ClosingDecision.CARRY
PERCENT = okr.Increase(0, 100)
TEN = okr.Reach(10)
ref = okr.KeyResultRef


def kr(id: str, measure: Any = PERCENT, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure, **more)


def goal(id: str, *key_results: Any, cycle: okr.Cycle | None = YEAR, **more: Any) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, cycle=cycle, **more)


def work(cycle: okr.Cycle, *key_results: Any, before: str | None = None, **more: Any) -> Any:
    """Return an objective named after its cycle, below the year."""
    more = {"supports": ["year"], **more}
    return goal(cycle.name, *key_results, cycle=cycle, continues=before, **more)


def year(
    plan: okr.Plan, journal: okr.Journal, on: date, **more: Any
) -> okr.scorecard.ObjectiveResult:
    return okr.evaluate(plan, journal, as_of=on, **more).objective("year")


HALF = okr.Journal(okr.check_ins(Q1.end, {"k": 50}))

# --- references --------------------------------------------------------------------------------

OLD_HOME = goal("home", kr("k"), cycle=Q1)
NEW_HOME = goal("home2", kr("k2", continues="k"), cycle=Q2)


def referring(new_home: okr.Objective = NEW_HOME, *rest: okr.Objective) -> okr.Plan:
    """Return a plan in which a chain refers to key results that go on in other objectives."""
    chain = work(Q1, ref("k", weight=2)), work(Q2, ref("k2", weight=2), before="2026-Q1")
    return okr.Plan([goal("year"), OLD_HOME, new_home, *chain, *rest])


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("before", [None, "home"])
def test_a_reference_has_its_whole_way(before: str | None, is_closed: bool) -> None:
    plan = referring(evolve(NEW_HOME, continues=before))
    closings = [okr.Closing(id, Q1.end, CARRY) for id in ("home", "2026-Q1")]
    journal = HALF.add(closings if is_closed else [])
    for on in (Q1.end, Q2.start):
        found = year(plan, journal, on)
        assert (found.score, found.coverage, found.score_range) == (0.5, 1.0, (0.5, 0.5))
    later = journal.add(okr.check_ins(day(4, 20), {"k2": 60}))
    card = okr.evaluate(plan, later, as_of=day(4, 20))
    assert card.objective("year").score == 0.6
    closed = later.add(
        okr.Closing("home2", day(4, 22), CARRY), okr.check_ins(day(4, 25), {"k2": 90})
    )
    assert year(plan, closed, day(4, 26)).score == 0.6


def test_key_results_keep_their_way_if_they_move() -> None:
    """From a member to another objective, to which the next member refers, and the other way round."""
    away = [work(Q1, kr("k")), NEW_HOME, work(Q2, ref("k2"), before="2026-Q1")]
    back = [OLD_HOME, work(Q1, ref("k")), work(Q2, kr("k2", continues="k"), before="2026-Q1")]
    for objectives in (away, back):
        plan = okr.Plan([goal("year"), *objectives])
        assert [year(plan, HALF, on).score for on in (Q1.end, Q2.start)] == [0.5, 0.5]


@pytest.mark.parametrize("third", [(), (ref("k3"),)])
def test_a_reference_that_is_left_behind_has_its_whole_way(third: Any) -> None:
    last = work(Q3, *third, before="2026-Q2")
    plan = referring(NEW_HOME, goal("home3", kr("k3", continues="k2"), cycle=Q3), last)
    assert [year(plan, HALF, on).score for on in (Q1.end, Q2.start, Q3.start)] == [0.5] * 3


def test_a_reference_without_a_way_counts_the_older_one_until_it_is_read() -> None:
    plan = referring(goal("home2", kr("k2", okr.PassFail(), continues="k"), cycle=Q2))
    assert [year(plan, HALF, on).score for on in (Q1.end, Q2.start)] == [0.5, 0.5]
    read = HALF.add(okr.check_ins(day(4, 6), {"k2": True}))
    assert year(plan, read, day(4, 6)).score == 1.0


def test_a_key_result_that_is_named_again_counts_once() -> None:
    """The third quarter refers to the first of two between which no way can be drawn."""
    middle = kr("k2", okr.PassFail(), continues="k")
    quarters = [
        work(Q1, kr("k")),
        work(Q2, middle, before="2026-Q1"),
        work(Q3, ref("k"), before="2026-Q2"),
    ]
    plan = okr.Plan([goal("year"), *quarters])
    assert [year(plan, HALF, each.start).score for each in (Q2, Q3)] == [0.5, 0.5]


def test_key_results_from_which_others_are_derived_have_their_whole_way() -> None:
    """Also if they are at home elsewhere: the mean of 50 and 70."""

    def mean_of(*ids: str) -> okr.Derived:
        return okr.Derived(okr.Aggregation.MEAN, ids)

    homes = [
        goal("home", kr("a"), kr("b"), cycle=Q1),
        goal("home2", kr("a2", continues="a"), kr("b2", continues="b"), cycle=Q2),
    ]
    first = work(Q1, kr("d", derived=mean_of("a", "b")))
    second = work(Q2, kr("d2", continues="d", derived=mean_of("a2", "b2")), before="2026-Q1")
    plan = okr.Plan([goal("year"), *homes, first, second])
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 50, "b": 70}))
    assert [year(plan, journal, on).score for on in (Q1.end, Q2.start)] == [0.6, 0.6]
    later = journal.add(okr.check_ins(day(4, 6), {"b2": 80}))
    assert year(plan, later, day(4, 6)).score == 0.65


def test_a_way_that_a_chain_has_in_it_is_none_of_another_chain() -> None:
    """The others have a key result of the home newly in the second quarter: there it begins anew."""
    others = [
        goal("o1", kr("a"), cycle=Q1, supports=["top"]),
        goal("o2", kr("a2", continues="a"), ref("k2"), cycle=Q2, supports=["top"], continues="o1"),
    ]
    new_home = evolve(NEW_HOME, continues="home", supports=["year"])
    old_home = evolve(OLD_HOME, supports=["year"])
    plan = okr.Plan([goal("year"), goal("top"), old_home, new_home, *others])
    journal = HALF.add(okr.check_ins(Q1.end, {"a": 20}))
    card = okr.evaluate(plan, journal, as_of=Q2.start)
    top = card.objective("top")
    assert (top.score, top.coverage) == (0.2, 0.5)
    assert card.objective("year").score == 0.5


@pytest.mark.parametrize("is_written", [False, True])
def test_a_new_key_result_has_no_readings_of_its_metric_from_before_its_cycle(
    is_written: bool,
) -> None:
    """Sales of 50 in the first quarter and of 10 in the second: of 100, 10 for the new key result."""
    sales = okr.Metric("sales", "Sales", aggregation=okr.Aggregation.SUM)
    new = kr("m", okr.Reach(100), metric="sales")
    second = work(Q2, kr("k2", continues="k"), new, before="2026-Q1")
    third = work(
        Q3,
        kr("k3", continues="k2"),
        kr("m2", okr.Reach(100), metric="sales", continues="m"),
        before="2026-Q2",
    )
    plan = okr.Plan([goal("year"), work(Q1, kr("k")), second, third], metrics=[sales])
    read = [(day(2, 2), 50), (day(4, 6), 10), (day(7, 6), 20)]
    entries = [entry for on, value in read for entry in okr.check_ins(on, {"sales": value})]
    journal = HALF.add(entries)
    if not is_written:
        columns = okr.Journal(okr.check_ins(Q1.end, {"k": 50}))
        for on, value in read:
            columns = columns.add(okr.check_ins(on, {"sales": value}))
        journal = columns
    days = (Q1.end, Q2.start, day(4, 6), Q3.start, day(7, 6))
    found = [year(plan, journal, on) for on in days]
    assert [each.score for each in found] == pytest.approx([0.5, 0.5, 0.3, 0.3, 0.4])
    assert [each.coverage for each in found] == [1.0, 0.5, 1.0, 1.0, 1.0]


def test_work_without_a_cycle_goes_on_in_one() -> None:
    old = goal("old", kr("k"), cycle=None, supports=["year"])
    new = work(Q2, kr("k2", continues="k"), before="old")
    plan = okr.Plan([goal("year"), old, new])
    assert [year(plan, HALF, on).score for on in (Q1.end, Q2.start)] == [0.5, 0.5]


# --- sizes -------------------------------------------------------------------------------------

BY_SIZE = okr.Rulebook(
    name="sizes", roll_up=evolve(okr.RECOMMENDED.roll_up, weigh=rb.Weighing.SIZE)
)


def test_sizes_of_two_units_do_not_add_up_so_the_newest_with_a_score_counts() -> None:
    """Of 100 and 300 dollars; then people."""
    old = work(Q1, kr("a", unit="USD"), kr("b", okr.Reach(300), unit="USD"))
    new = work(Q2, kr("c", TEN, unit="people"), before="2026-Q1")
    plan = okr.Plan([goal("year"), old, new])
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 40, "b": 240}))
    found = year(plan, journal, Q2.start, rulebook=BY_SIZE)
    assert found.score == pytest.approx(0.7)
    assert found.coverage == 1.0
    read = journal.add(okr.check_ins(day(4, 6), {"c": 1}))
    assert year(plan, read, day(4, 6), rulebook=BY_SIZE).score == 0.1
    unread = year(plan, okr.Journal(), day(4, 6), rulebook=BY_SIZE)
    assert (unread.score, unread.coverage) == (None, 0.0)


def test_sizes_of_one_unit_add_up_beside_those_of_two() -> None:
    mixed = work(Q1, kr("a", unit="USD")), work(Q2, kr("c", unit="people"), before="2026-Q1")
    one = [
        goal("one", kr("b"), cycle=Q1, supports=["top"]),
        goal("two", kr("d", okr.Reach(300)), cycle=Q2, supports=["top"], continues="one"),
    ]
    plan = okr.Plan([goal("year"), goal("top"), *mixed, *one])
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 40, "b": 80}))
    journal = journal.add(okr.check_ins(day(4, 6), {"d": 30}))
    card = okr.evaluate(plan, journal, as_of=day(4, 6), rulebook=BY_SIZE)
    assert card.objective("year").score == 0.4
    assert card.objective("top").score == pytest.approx((80 + 30) / 400)


def test_a_member_with_sizes_of_two_units_is_refused_as_without_a_chain() -> None:
    new = work(Q2, kr("c", unit="USD"), kr("d", unit="people"), before="2026-Q1")
    plan = okr.Plan([goal("year"), work(Q1, kr("a", unit="USD")), new])
    with pytest.raises(okr.InconsistentPlanError, match="unit-mismatch"):
        year(plan, okr.Journal(), Q2.start, rulebook=BY_SIZE)


# --- closed chains -----------------------------------------------------------------------------


def test_a_closed_chain_leaves_out_work_below_it_that_began_later() -> None:
    quarters = [work(Q1), work(Q2, before="2026-Q1")]
    below = [
        goal("c", kr("a"), cycle=Q1, supports=["2026-Q2"]),
        goal(
            "c3",
            kr("a3", okr.Increase(0, 200), continues="a"),
            kr("n"),
            cycle=Q3,
            supports=["2026-Q2"],
            continues="c",
        ),
    ]
    plan = okr.Plan([goal("year"), *quarters, *below])
    journal = okr.Journal(
        [*okr.check_ins(Q1.end, {"a": 40}), okr.Closing("2026-Q2", Q2.end, CARRY)]
    )
    for on in (Q2.end, Q3.start):
        found = year(plan, journal, on)
        assert (found.score, found.coverage) == (0.4, 1.0)
    open_one = okr.Journal(okr.check_ins(Q1.end, {"a": 40}))
    assert year(plan, open_one, Q3.start).score == 0.2


def test_a_closed_chain_keeps_the_target_below_it_of_its_day() -> None:
    quarters = [work(Q1), work(Q2, before="2026-Q1")]
    below = goal("c", kr("a"), supports=["2026-Q2"])
    plan = okr.Plan([goal("year"), *quarters, below])
    journal = okr.Journal(
        [
            *okr.check_ins(Q1.end, {"a": 40}),
            okr.Closing("2026-Q2", day(5, 4), CARRY),
            okr.Adjustment("a", day(6, 1), measure=okr.Reach(50), because="less is needed"),
        ]
    )
    assert [year(plan, journal, on).score for on in (day(5, 4), day(6, 1))] == [0.4, 0.4]


def test_a_closed_chain_has_the_work_below_members_that_were_closed_before() -> None:
    """Below it the second one supports the first quarter, and the first one the second quarter."""
    below = [
        goal("c", kr("a"), cycle=Q1, supports=["2026-Q2"]),
        goal("c2", kr("a2", continues="a"), cycle=Q2, supports=["2026-Q1"], continues="c"),
    ]
    plan = okr.Plan([goal("year"), work(Q1), work(Q2, before="2026-Q1"), *below])
    journal = okr.Journal(
        [
            *okr.check_ins(Q1.end, {"a": 40}),
            okr.Closing("2026-Q1", day(3, 1), CARRY),
            okr.Closing("2026-Q2", day(5, 4), CARRY),
        ]
    )
    for on in (day(5, 4), day(5, 5)):
        found = year(plan, journal, on)
        assert (found.score, found.coverage) == (0.4, 1.0)


def test_a_chain_that_is_closed_before_it_goes_on_counts_as_of_then() -> None:
    plan = okr.Plan([goal("year"), work(Q1, kr("k")), work(Q2, kr("k2", continues="k"))])
    plan = plan.put(evolve(plan.objective("2026-Q2"), continues="2026-Q1"))
    dropped = okr.Closing("2026-Q2", day(3, 2), okr.ClosingDecision.ABANDON)
    journal = okr.Journal([*okr.check_ins(day(3, 1), {"k": 30}), dropped]).add(HALF.entries)
    assert [year(plan, journal, on).score for on in (Q1.end, Q2.start)] == [0.5, 0.3]


def test_a_chain_that_ends_under_an_objective_is_closed_there_as_of_its_day() -> None:
    first = work(Q1, kr("k"), supports=["year", "half"])
    second = work(Q2, kr("k2", continues="k"), before=first.id, supports=["year", "half"])
    third = work(Q3, kr("k3", continues="k2"), before=second.id)
    plan = okr.Plan([goal("year"), goal("half"), first, second, third])
    journal = HALF.add(
        okr.check_ins(day(5, 1), {"k2": 70}),
        okr.Closing(second.id, Q2.end, CARRY),
        okr.check_ins(day(8, 1), {"k3": 90}),
        okr.Closing(third.id, day(8, 3), CARRY),
    )
    card = okr.evaluate(plan, journal, as_of=day(8, 4))
    assert [card.objective(id).score for id in ("half", "year")] == [0.7, 0.9]


def test_a_chain_below_a_chain_that_is_below_nothing_counts_once() -> None:
    below = [
        goal("c", kr("a"), cycle=Q1, supports=["2026-Q1"]),
        goal("c2", kr("a2", continues="a"), cycle=Q2, supports=["2026-Q2"], continues="c"),
        goal("d", kr("b"), supports=["2026-Q2"]),
    ]
    team = okr.Place(team="Ops")
    quarters = [
        work(Q1, supports=[], place=team),
        work(Q2, before="2026-Q1", supports=[], place=team),
    ]
    plan = okr.Plan([*quarters, *below])
    journal = okr.Journal(okr.check_ins(Q1.end, {"a": 40, "b": 80}))
    (ops, _) = okr.evaluate(plan, journal, as_of=Q2.start).group_by("team")
    assert ops.name == "Ops"
    assert ops.mean_score == pytest.approx(0.6)


# --- ranges ------------------------------------------------------------------------------------

UP_TO_150 = okr.Rulebook(
    name="150%", attainment=evolve(okr.RECOMMENDED.attainment, clip=rb.Clip(floor=0, ceiling=1.5))
)


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("before", [None, "2026-Q1"])
def test_a_range_above_has_1_for_what_is_open(before: str | None, is_closed: bool) -> None:
    """At best 1.5 and 1 in the one and 0 and 1 in the other, so 1.25 and 0.5: its mean, 0.875."""
    old = work(Q1, kr("a"), kr("b"), supports=["year"] if before else [])
    new = work(
        Q2,
        kr("a2", continues="a" if before else None),
        kr("b2", continues="b" if before else None),
        before=before,
    )
    other = goal("other", kr("c"), kr("d"), supports=["year"])
    plan = okr.Plan([goal("top"), goal("year", supports=["top"]), old, new, other])
    journal = okr.Journal(okr.check_ins(day(4, 6), {"a2": 150, "c": 0}))
    journal = journal.add([okr.Closing("2026-Q2", day(4, 7), CARRY)] if is_closed else [])
    card = okr.evaluate(plan, journal, as_of=day(4, 8), rulebook=UP_TO_150)
    assert card.objective("2026-Q2").score_range == (0.75, 1.5)
    for id in ("year", "top"):
        assert card.objective(id).score == 0.75
        assert card.objective(id).score_range == (0.375, 0.875)


# --- suppositions ------------------------------------------------------------------------------


def supposed(plan: okr.Plan, journal: okr.Journal, **scores: float) -> float | None:
    return okr.evaluate(plan, journal, as_of=day(4, 6)).what_if(scores).objective("year").score


def test_a_supposed_score_is_that_of_a_reading_by_the_whole_way() -> None:
    """Half of the way from 84 to 100 is 92; half of that from 0 to 100 is 50."""
    new = work(Q2, kr("k2", okr.Increase(84, 100), continues="k"), before="2026-Q1")
    plan = okr.Plan([goal("year"), work(Q1, kr("k")), new])
    assert supposed(plan, HALF, k2=0.5) == 0.92
    assert supposed(plan, okr.Journal(), k=0.5) == 0.5
    assert supposed(plan, HALF.add(okr.check_ins(day(4, 2), {"k2": 90})), k=0.7) == 0.9


def test_a_supposed_score_of_an_older_key_result_is_that_of_the_unread_one() -> None:
    one = okr.Judged()
    new = work(Q2, kr("k2", one, continues="k"), before="2026-Q1")
    plan = okr.Plan([goal("year"), work(Q1, kr("k", one)), new])
    assert supposed(plan, okr.Journal(), k=0.3) == 0.3
    assert supposed(plan, okr.Journal(), k=0.3, k2=0.6) == 0.6
    read = okr.Journal(okr.check_ins(day(4, 2), {"k2": 0.9}))
    assert supposed(plan, read, k=0.3) == 0.9


def test_a_supposed_score_is_a_reading_of_a_key_result_without_a_way_to_it() -> None:
    new = work(Q2, kr("k2", okr.Judged(), continues="k"), before="2026-Q1")
    plan = okr.Plan([goal("year"), work(Q1, kr("k")), new])
    assert supposed(plan, HALF, k2=0.2) == 0.2


# --- initiatives and guardrails ----------------------------------------------------------------

WITH_WORK = okr.Rulebook(
    name="work",
    roll_up=evolve(
        okr.RECOMMENDED.roll_up,
        parts=[
            *okr.RECOMMENDED.roll_up.parts,
            rb.RollUpPart(rb.RollUpSource.INITIATIVES, otherwise=False),
        ],
    ),
)


def test_initiatives_of_all_members_count_where_a_rulebook_counts_them() -> None:
    """Each by its last share, and no share that was noted after its quarter."""
    older, newer = okr.Initiative("i", "Clean up"), okr.Initiative("j", "Automate")
    quarters = [
        work(Q1, kr("k"), initiatives=[older]),
        work(Q2, kr("k2", continues="k"), before="2026-Q1", initiatives=[newer]),
        work(Q3, before="2026-Q2"),
    ]
    plan = okr.Plan([goal("year"), *quarters])
    journal = HALF.add(okr.check_ins(day(2, 1), {"i": 0.2, "j": 0.8}))
    before, after = (
        year(plan, journal, Q1.end, rulebook=WITH_WORK),
        year(plan, journal, Q2.start, rulebook=WITH_WORK),
    )
    assert before.score == pytest.approx(0.35)
    assert after.score == pytest.approx((0.5 + 0.2 + 0.8) / 3)
    closed = journal.add(okr.Closing("2026-Q1", day(4, 2), CARRY))
    for known, late in ((journal, day(5, 5)), (closed, day(4, 3))):
        found = year(plan, known.add(okr.check_ins(late, {"i": 1})), Q3.start, rulebook=WITH_WORK)
        assert found.score == pytest.approx((0.5 + 0.2 + 0.8) / 3)


VETO = okr.Rulebook(
    name="veto",
    guardrails=rb.GuardrailRule(effect=rb.BreachEffect.VETO, memory=rb.BreachMemory.EVER),
)


@pytest.mark.parametrize("is_settled", [False, True])
def test_guardrails_on_one_metric_are_one_over_the_whole_way(is_settled: bool) -> None:
    limits = [okr.Guardrail(id, "Tickets", okr.AtMost(85), metric="tickets") for id in ("g", "g2")]
    quarters = [
        work(Q1, kr("k"), guardrails=[limits[0], okr.Guardrail("h", "Waste", okr.AtMost(5))]),
        work(Q2, kr("k2", continues="k"), before="2026-Q1", guardrails=[limits[1]]),
    ]
    plan = okr.Plan([goal("year"), *quarters], metrics=[okr.Metric("tickets", "Tickets")])
    journal = HALF.add(okr.check_ins(day(3, 2), {"tickets": 92}))
    journal = journal.add(okr.check_ins(day(3, 30), {"tickets": 80}))
    if is_settled:
        held = okr.Judgement("g", day(3, 5), status="held", because="the provider's outage")
        journal = journal.add(held)
    wanted = 0.5 if is_settled else 0.0
    for on in (Q1.end, Q2.start):
        assert year(plan, journal, on, rulebook=VETO).score == wanted


# --- shapes of plans ---------------------------------------------------------------------------


def test_an_older_member_above_the_newest_has_its_own_work() -> None:
    """No circle comes of the union of the first quarter, the objective below it, and the second below that."""
    middle = goal("middle", supports=["2026-Q1"])
    new = work(Q2, kr("k2", continues="k"), before="2026-Q1", supports=["middle"])
    plan = okr.Plan([goal("year"), work(Q1, kr("k")), middle, new])
    card = okr.evaluate(plan, HALF, as_of=Q2.start)
    assert [card.objective(id).score for id in ("year", "2026-Q1", "middle")] == [0.5, 0.5, 0.5]


def test_key_results_that_a_member_counts_beside_each_other_are_left_behind_as_two() -> None:
    both = work(Q2, ref("k"), kr("k2", continues="k"), before="2026-Q1")
    plan = okr.Plan([goal("year"), work(Q1, kr("k")), both, work(Q3, before="2026-Q2")])
    journal = HALF.add(okr.check_ins(day(5, 1), {"k2": 90}))
    assert [year(plan, journal, on).score for on in (day(5, 1), Q3.start)] == [0.7, 0.7]


def test_micro_okrs_of_one_cadence_are_one_piece_of_work() -> None:
    weeks = [okr.Cycle.starting(day(4, n), okr.Cadence.MICRO_WEEK) for n in (6, 13)]
    first = goal("p", kr("a"), cycle=weeks[0], supports=["year"])
    second = goal("p2", kr("a2", continues="a"), cycle=weeks[1], supports=["year"], continues="p")
    plan = okr.Plan([goal("year"), first, second])
    journal = okr.Journal(okr.check_ins(day(4, 8), {"a": 40}))
    book = okr.Rulebook(name="all", roll_up=evolve(okr.RECOMMENDED.roll_up, with_micro=True))
    for on in (day(4, 12), day(4, 13)):
        found = year(plan, journal, on, rulebook=book)
        assert (found.score, found.coverage) == (0.4, 1.0)


def test_chains_that_go_on_one_after_the_other_are_each_right_on_their_days() -> None:
    """More days than are kept, there and back."""
    objectives, readings, days = list[okr.Objective](), dict[str, float](), range(1, 13)
    for n in days:
        before = okr.Cycle(Q1.start, day(4, n))
        after = okr.Cycle(day(4, n + 1), YEAR.end)
        objectives += [
            goal(f"a{n}", kr(f"k{n}"), cycle=before, supports=["year"]),
            goal(
                f"b{n}",
                kr(f"l{n}", okr.Increase(0, 200), continues=f"k{n}"),
                cycle=after,
                supports=["year"],
                continues=f"a{n}",
            ),
        ]
        readings[f"k{n}"] = 48
    plan = okr.Plan([goal("year"), *objectives])
    journal = okr.Journal(okr.check_ins(day(3, 30), readings))
    for n in (*days, *reversed(days)):
        found = year(plan, journal, day(4, n + 1))
        assert found.score == pytest.approx((24 * n + 48 * (12 - n)) / 1200)


def test_a_chain_below_two_objectives_counts_once_in_each() -> None:
    above = ["year", "top"]
    quarters = [
        work(Q1, kr("k"), supports=above),
        work(Q2, kr("k2", continues="k"), before="2026-Q1", supports=above),
    ]
    plan = okr.Plan([goal("year"), goal("top"), *quarters])
    card = okr.evaluate(plan, HALF, as_of=Q2.start)
    assert [card.objective(id).score for id in above] == [0.5, 0.5]

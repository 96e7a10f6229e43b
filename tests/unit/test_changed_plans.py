"""Reviews, pages and explanations of plans that changed in mid-quarter; days and words by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, bare, day, goal, kr, read_on
from okrcore.codec import report, to_records

CALENDAR = okr.FiscalCalendar()
Q2, Q4 = CALENDAR.quarter(2026, 2), CALENDAR.quarter(2026, 4)
LONGER = okr.Cycle(Q3.start, Q4.end)
FRIDAY, OCTOBER = day(8, 14), day(10, 5)
SWAP = okr.Adjustment("o", day(8, 3), removes=["a"], adds=[kr("b")], because="the port closed")
TOO_HARD = okr.AdjustmentTrigger.DIFFICULTY
CHECK_IN = okr.calendar.Ritual.CHECK_IN
TOPICS = okr.review.AgendaTopic


def adjusted(of: str, on: date, **given: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, **({"because": "a storm"} | given))


def plan_of_one(*key_results: okr.KeyResult, **fields: Any) -> okr.Plan:
    return okr.Plan([goal(*(key_results or (kr("a"),)), **fields)])


def texts(
    topic: okr.review.AgendaTopic,
    plan: okr.Plan,
    *entries: Any,
    on: date,
    scope: okr.review.AgendaScope = okr.review.AgendaScope.RUNNING,
    of: Any = None,
    back_days: int = 60,
) -> list[str]:
    rite = okr.review.AgendaTemplate(
        "Test", 5, scope, back_days, [okr.review.TemplateSection(topic, "Section")]
    )
    found = okr.review.make_agenda(
        plan, okr.Journal(entries), as_of=on, of=of, rites={okr.calendar.Ritual.WEEKLY: rite}
    )
    return [f"{', '.join(item.ids)}: {item.text}" for item in found.section(topic).items]


def due(plan: okr.Plan, *entries: Any, on: date, **given: Any) -> list[str]:
    found = okr.review.list_due(plan, okr.Journal(entries), as_of=on, **given)
    return [f"{one.on} {one.of} {one.state}" for one in found if one.what is CHECK_IN]


def rituals(plan: okr.Plan, *entries: Any, on: date) -> list[str]:
    found = okr.review.list_due(plan, okr.Journal(entries), as_of=on)
    return [f"{one.on} {one.what} {one.state}" for one in found if one.what is not CHECK_IN]


def steps(card: okr.Scorecard, id: str) -> list[str]:
    """Return the words of an explanation after the first."""
    return card.explain(id).words.split("; ")[1:]


# --- due ---------------------------------------------------------------------------------------


def test_check_ins_are_due_from_the_join_to_the_day_of_leaving() -> None:
    plan = plan_of_one()
    # A check-in is due on the first Monday after the start: 6 July, and after a join on Monday 10 August.
    assert due(plan, SWAP, on=day(8, 2), ahead_days=0) == ["2026-07-06 a late"]
    assert due(plan, SWAP, on=day(8, 3)) == ["2026-08-10 b coming"]
    assert due(plan, SWAP, *read_on(day(8, 10), b=2), on=day(8, 17)) == ["2026-08-17 b due"]
    back = okr.Adjustment("o", day(8, 20), removes=["b"], adds=[kr("a")], because="open again")
    assert due(plan, SWAP, back, on=day(8, 20)) == ["2026-08-24 a coming"]


def test_what_joins_when_it_can_be_observed_already_is_due_from_the_join() -> None:
    late = kr("b", timing=okr.Timing(observable_from=day(7, 15)))
    entry = evolve(SWAP, adds=[late])
    assert due(plan_of_one(), entry, on=day(8, 3)) == ["2026-08-10 b coming"]
    later = kr("b", timing=okr.Timing(observable_from=day(8, 12)))
    assert due(plan_of_one(), evolve(SWAP, adds=[later]), on=day(8, 12)) == ["2026-08-17 b coming"]


def test_a_moved_due_day_and_a_moved_end_count() -> None:
    read = read_on(day(9, 28), a=4)
    assert due(plan_of_one(), *read, on=day(10, 5)) == []
    longer = adjusted("o", day(9, 1), cycle=LONGER)
    assert due(plan_of_one(), longer, *read, on=day(10, 5)) == ["2026-10-05 a due"]
    cut = adjusted("a", day(9, 1), due=day(9, 5))
    assert due(plan_of_one(), cut, on=day(9, 5)) == ["2026-07-06 a late"]
    assert due(plan_of_one(), cut, on=day(9, 6)) == []
    shorter = adjusted("o", day(8, 1), cycle=okr.Cycle(Q3.start, day(8, 31)))
    assert due(plan_of_one(), shorter, *read, on=day(9, 1)) == []


def test_appointments_are_those_of_the_cycle_in_force() -> None:
    plan, moved = plan_of_one(), adjusted("o", day(9, 1), cycle=Q4)
    assert "2026-09-30 close due" in rituals(plan, on=Q3.end)
    assert not [each for each in rituals(plan, moved, on=Q3.end) if "close" in each]
    assert "2026-12-31 close due" in rituals(plan, moved, on=Q4.end)


def test_a_draft_that_joins_is_planned_from_then_on() -> None:
    draft = goal(kr("n"), id="new", cycle=Q3)
    joins = adjusted("new", day(8, 3), adds=[draft])
    waits = okr.Transition("new", day(8, 3), okr.Lifecycle.DRAFT)
    found = okr.review.list_due(plan_of_one(), okr.Journal([joins, waits]), as_of=day(8, 4))
    assert {one.on for one in found if one.of == "new"} == {day(8, 3)}


def test_what_joined_because_a_target_was_too_hard_is_read_on_the_last_day() -> None:
    staged = kr("b", okr.Milestones("one", "two"))
    entry = evolve(SWAP, on=day(9, 1), adds=[staged], trigger=TOO_HARD)
    assert due(plan_of_one(), entry, on=Q3.end) == ["2026-09-07 b late"]


# --- agendas -----------------------------------------------------------------------------------

#: A quarter with two objectives, a guardrail and a metric.
PLAN = okr.Plan(
    [
        goal(
            kr("a"),
            kr("c"),
            ambition=okr.Ambition.COMMITTED,
            guardrails=[okr.Guardrail("g", "Errors", okr.AtMost(5), unit="%")],
        ),
        goal(kr("x"), id="p"),
    ],
    metrics=[okr.Metric("m", "Visits")],
)


def adjustments(*entries: Any, on: date = FRIDAY, of: Any = None) -> list[str]:
    return texts(TOPICS.ADJUSTED, PLAN, *entries, on=on, of=of)


@pytest.mark.parametrize(
    ("of", "given", "words"),
    [
        ("o", {"cycle": LONGER}, "end moved from 2026-09-30 to 2026-12-31"),
        ("o", {"cycle": Q4}, "cycle 2026-Q3 became 2026-Q4"),
        ("o", {"sets": {"cycle": None}}, "cycle 2026-Q3 became none"),
        ("o", {"ambition": okr.Ambition.ASPIRATIONAL}, "ambition committed became aspirational"),
        ("p", {"ambition": okr.Ambition.LEARNING}, "ambition none became learning"),
        ("o", {"owner": "Ana Ruiz"}, "owner none became Ana Ruiz"),
        ("o", {"sets": {"supports": ["p"]}}, "supports changed"),
        ("o", {"sets": {"continues": "p"}}, "continues none became p"),
        ("c", {"weight": 2}, "weight 1 became 2"),
        ("c", {"due": day(9, 1)}, "no deadline of its own became due on 2026-09-01"),
        ("c", {"sets": {"measure": okr.Increase(0, 50)}}, "0 to 100 became 0 to 50"),
        ("c", {"sets": {"contribution.supports": []}}, "supports none became none"),
        ("c", {"rescale": 0.5}, "progress times 0.5"),
        ("c", {"measure": okr.Increase(0, 50), "weight": 3}, "0 to 100 became 0 to 50, weight 1 became 3"),
        ("c", {"sets": {"metric": "m"}}, "metric none became m"),
        ("c", {"sets": {"timing.observable_from": day(8, 1)}}, "observable from none became 2026-08-01"),
        ("c", {"sets": {"timing.waypoints": [okr.Waypoint(day(8, 30), 5)]}}, "waypoints changed"),
        ("c", {"sets": {"contribution.supports": ["x"]}}, "supports none became x"),
        ("g", {"sets": {"hard": True}}, "hard no became yes"),
        ("g", {"measure": okr.AtMost(3)}, "at most 5% became at most 3%"),
        ("m", {"measure": okr.AtLeast(9)}, "no bound became at least 9"),
        ("m", {"sets": {"aggregation": okr.Aggregation.SUM}}, "aggregation latest became sum"),
    ],
)  # fmt: skip
def test_an_adjustment_names_each_field_with_the_value_it_replaced(
    of: str, given: Any, words: str
) -> None:
    assert adjustments(adjusted(of, day(8, 12), **given)) == [
        f"{of}: pivot on 2026-08-12, {words}: a storm"
    ]


def test_a_derivation_is_named_without_its_value() -> None:
    derived = okr.Derived(okr.Aggregation.SUM, ["a"])
    entry = adjusted("c", day(8, 12), measure=okr.Reach(9), sets={"derived": derived})
    plan = plan_of_one(kr("a", okr.Reach(5)), kr("c", okr.Reach(9)))
    assert texts(TOPICS.ADJUSTED, plan, entry, on=day(8, 14)) == [
        "c: pivot on 2026-08-12, 9 became 9, derivation changed: a storm"
    ]


def test_an_adjustment_names_what_joined_and_what_left() -> None:
    swap = adjusted("o", day(8, 3), removes=["a"], adds=[kr("b"), okr.KeyResultRef("x")])
    joins = adjusted("q", day(8, 4), adds=[goal(kr("q-k"), id="q")])
    leaves = adjusted("q", day(8, 11), removes=["q"])
    eased = adjusted("b", day(8, 12), measure=okr.Increase(0, 80))
    outside = adjusted("co", day(8, 13), adds=[okr.Outside("co")])
    assert adjustments(swap, joins, leaves, eased, outside) == [
        "o: pivot on 2026-08-03, A left, B and X joined: a storm",
        "q: pivot on 2026-08-04, Q joined: a storm",
        "q: pivot on 2026-08-11, Q left: a storm",
        "b: pivot on 2026-08-12, 0 to 100 became 0 to 80: a storm",
        "co: pivot on 2026-08-13, co joined: a storm",
    ]
    assert len(texts(TOPICS.RECORDS, PLAN, swap, joins, leaves, outside, on=day(8, 14))) == 4


def test_the_value_before_is_that_in_force_before() -> None:
    entries: list[Any] = [
        adjusted("o", day(8, 3), cycle=okr.Cycle(Q3.start, day(10, 31))),
        adjusted("o", day(8, 3), cycle=LONGER),
        adjusted("g", day(8, 4), measure=okr.AtMost(4)),
        adjusted("g", day(8, 5), measure=okr.AtMost(3)),
        # Of an item that leaves and joins again, from the record of the second join.
        adjusted("o", day(8, 6), removes=["a"]),
        adjusted("o", day(8, 7), adds=[kr("a", okr.Increase(0, 60))]),
        adjusted("a", day(8, 8), measure=okr.Increase(0, 50)),
    ]
    assert adjustments(*entries) == [
        "o: pivot on 2026-08-03, end moved from 2026-09-30 to 2026-10-31: a storm",
        "o: pivot on 2026-08-03, end moved from 2026-10-31 to 2026-12-31: a storm",
        "g: pivot on 2026-08-04, at most 5% became at most 4%: a storm",
        "g: pivot on 2026-08-05, at most 4% became at most 3%: a storm",
        "o: pivot on 2026-08-06, A left: a storm",
        "o: pivot on 2026-08-07, A joined: a storm",
        "a: pivot on 2026-08-08, 0 to 60 became 0 to 50: a storm",
    ]


def test_an_agenda_about_an_objective_has_the_adjustments_of_what_left_it() -> None:
    eased = adjusted("a", day(8, 3), measure=okr.Increase(0, 80))
    other = adjusted("x", day(8, 3), weight=2)
    leaves = adjusted("o", day(8, 11), removes=["a"])
    assert adjustments(eased, other, leaves, of="o") == [
        "a: pivot on 2026-08-03, 0 to 100 became 0 to 80: a storm",
        "o: pivot on 2026-08-11, A left: a storm",
    ]
    assert adjustments(eased, other, leaves, of="p") == [
        "x: pivot on 2026-08-03, weight 1 became 2: a storm"
    ]


def test_an_agenda_is_not_about_what_left_or_joins_later() -> None:
    leaves = adjusted("o", day(8, 11), removes=["a"], adds=[kr("b")])
    with pytest.raises(okr.InconsistentPlanError, match="left the plan on 2026-08-11"):
        adjustments(leaves, of="a")
    with pytest.raises(okr.InconsistentPlanError, match="joins the plan on 2026-08-11"):
        adjustments(leaves, of="b", on=day(8, 10))
    with pytest.raises(okr.InconsistentPlanError, match=r"make_agenda\.of"):
        adjustments(leaves, of="nobody")


def test_what_joined_since_the_last_week_moved_from_nothing() -> None:
    joins = adjusted("o", day(8, 11), removes=["a"], adds=[kr("b")])
    entries: list[Any] = [
        *read_on(day(8, 3), a=9),
        joins,
        okr.CheckIn("b", day(8, 12), 20, confidence=0.3),
        okr.CheckIn("c", day(8, 12), 10, confidence=0.9),
        okr.CheckIn("c", day(8, 3), confidence=0.3),
    ]
    plan = plan_of_one(kr("a"), kr("c"))
    rites = {
        topic: texts(topic, plan, *entries, on=day(8, 14), back_days=7)
        for topic in (TOPICS.MOVEMENTS, TOPICS.CONFIDENCE, TOPICS.DUE)
    }
    assert rites[TOPICS.MOVEMENTS] == [
        "b: first read: 20; score 0.20",
        "c: first read: 10; score 0.10",
    ]
    assert rites[TOPICS.CONFIDENCE] == [
        "o: confidence 0.30 to 0.60",
        "c: confidence 0.30 to 0.90",
    ]
    assert rites[TOPICS.DUE] == ["o: O", "c, b: C; B"]


def test_scopes_follow_the_cycle_in_force() -> None:
    plan, longer = plan_of_one(), adjusted("o", day(9, 1), cycle=LONGER)
    ended = okr.review.AgendaScope.ENDED
    assert texts(TOPICS.DECISIONS, plan, on=day(10, 5), scope=ended)
    assert not texts(TOPICS.DECISIONS, plan, longer, on=day(10, 5), scope=ended)
    budget = okr.review.find_reallocation_window(
        okr.evaluate(plan, okr.Journal([longer, *read_on(day(10, 2), a=0)]), as_of=day(10, 5)),
        budget=100,
    )
    assert budget.weaker == ("o",)


def test_a_forum_has_the_key_results_that_are_shared_by_now() -> None:
    joins = adjusted("p", day(8, 3), adds=[okr.KeyResultRef("a")])
    shared = okr.review.AgendaScope.SHARED
    assert texts(TOPICS.SHARED, PLAN, on=day(8, 14), scope=shared) == []
    found = texts(TOPICS.SHARED, PLAN, joins, on=day(8, 14), scope=shared)
    assert [each.partition(":")[0] for each in found] == ["a"]


def test_an_objective_that_is_parked_waits_from_then_on() -> None:
    parks = adjusted("p", day(8, 3), sets={"profile.parked": okr.Parked("no team", day(9, 1))})
    plan, journal = PLAN, okr.Journal([parks])
    assert okr.review.list_parked(okr.evaluate(plan, journal, as_of=day(8, 2))) == ()
    (found,) = okr.review.list_parked(okr.evaluate(plan, journal, as_of=day(8, 3)))
    assert (found.of, found.because, found.revisit) == ("p", "no team", day(9, 1))
    assert adjustments(parks) == ["p: pivot on 2026-08-03, parked changed: a storm"]


# --- explanations ------------------------------------------------------------------------------


def test_an_explanation_names_joins_leavings_cycles_and_ambitions() -> None:
    card = okr.evaluate(
        PLAN,
        okr.Journal(
            [
                adjusted("o", day(8, 3), removes=["a"], adds=[kr("b")], decided_by="Ana Ruiz"),
                adjusted(
                    "o", day(8, 4), cycle=LONGER, ambition=okr.Ambition.ASPIRATIONAL, by="Bo Lind"
                ),
                adjusted("o", day(8, 5), owner="Ana Ruiz"),
                adjusted("o", day(8, 6), adds=[kr("d")], trigger=TOO_HARD),
            ]
        ),
        as_of=day(8, 14),
    )
    assert steps(card, "o") == [
        "adjusted on 2026-08-03 by Ana Ruiz, A left, B joined: a storm",
        "end on 2026-09-30 and ambition committed until 2026-08-03, adjusted on 2026-08-04 by Bo Lind"
        " to end on 2026-12-31 and ambition aspirational: a storm",
        "adjusted on 2026-08-06, D joined: a storm",
    ]
    assert steps(card, "b") == ["joined on 2026-08-03 by Ana Ruiz: a storm"]
    assert steps(card, "c") == []


def test_an_explanation_names_what_does_not_govern() -> None:
    eased = adjusted("o", day(8, 6), removes=["a"], adds=[kr("d")], trigger=TOO_HARD)
    shown = "adjusted on 2026-08-06, A left, D joined: a storm"
    for on, words in (
        (day(9, 29), shown),
        (Q3.end, f"{shown} (does not govern this score)"),
    ):
        assert steps(okr.evaluate(PLAN, okr.Journal([eased]), as_of=on), "o") == [words]


def test_an_explanation_leaves_what_came_too_late_to_the_uncounted() -> None:
    late = adjusted("o", day(10, 2), ambition=okr.Ambition.LEARNING)
    card = okr.evaluate(PLAN, okr.Journal([late]), as_of=OCTOBER)
    assert steps(card, "o") == []


def test_an_explanation_starts_from_the_record_that_joined() -> None:
    entries: list[Any] = [
        adjusted("o", day(8, 3), removes=["a"]),
        adjusted("o", day(8, 4), adds=[kr("a", okr.Increase(0, 60), weight=2)]),
        adjusted("a", day(8, 5), measure=okr.Increase(0, 50), weight=2),
        adjusted("a", day(8, 6), sets={"timing.waypoints": [okr.Waypoint(day(8, 30), 5)], "due": None}),
    ]  # fmt: skip
    card = okr.evaluate(PLAN, okr.Journal(entries), as_of=day(8, 14))
    assert steps(card, "a") == [
        "joined on 2026-08-04: a storm",
        "target 0 to 60 until 2026-08-04, adjusted on 2026-08-05 to target 0 to 50: a storm",
        "adjusted on 2026-08-06 to other waypoints: a storm",
    ]


def test_an_objective_that_joined_names_its_join() -> None:
    joins = adjusted("q", day(8, 4), adds=[goal(kr("q-k"), id="q")], decided_by="Ana Ruiz")
    # Wording of what joined has a day, and moves no number.
    renamed = adjusted("q-k", day(8, 7), sets={"title": "Calls"})
    card = okr.evaluate(PLAN, okr.Journal([joins, renamed]), as_of=day(8, 14))
    assert steps(card, "q") == ["joined on 2026-08-04 by Ana Ruiz: a storm"]
    assert steps(card, "q-k") == ["joined on 2026-08-04 by Ana Ruiz: a storm"]


# --- the close ---------------------------------------------------------------------------------


def test_a_suggestion_is_for_the_ambition_in_force() -> None:
    plan = plan_of_one(ambition=okr.Ambition.COMMITTED)
    asks = adjusted("o", day(8, 4), ambition=okr.Ambition.LEARNING)
    card = okr.evaluate(plan, okr.Journal([asks, *read_on(Q3.end, a=80)]), as_of=Q3.end)
    assert okr.review.suggest_closing(card, "o").because == "what was learnt decides"
    limit = okr.Guardrail("g", "Errors", okr.AtMost(5))
    guards = adjusted("o", day(8, 4), adds=[limit])
    plan = plan_of_one(ambition=okr.Ambition.ASPIRATIONAL)
    journal = okr.Journal([guards, *read_on(Q3.end, a=100, g=9)])
    found = okr.review.suggest_closing(okr.evaluate(plan, journal, as_of=Q3.end), "o")
    assert found.because == "a guardrail to be settled first: Errors"


def test_a_post_mortem_is_of_the_key_results_in_force() -> None:
    plan = plan_of_one(kr("a"), kr("c"), ambition=okr.Ambition.COMMITTED)
    entries: list[Any] = [
        adjusted("o", day(8, 3), removes=["a"], adds=[kr("b", okr.Increase(0, 60))]),
        adjusted("b", day(8, 4), measure=okr.Increase(0, 50)),
        adjusted("c", day(8, 4), measure=okr.Increase(0, 80), trigger=TOO_HARD),
        *read_on(day(8, 14), b=1, c=40),
    ]
    draft = okr.review.draft_post_mortem(
        okr.evaluate(plan, okr.Journal(entries), as_of=Q3.end), "o"
    )
    assert [(each.of, each.planned) for each in draft.outcomes] == [
        ("c", "0 to 100, adjusted to 0 to 80"),
        ("b", "0 to 60, adjusted to 0 to 50"),
    ]
    # On the day of the reading 1 of 50 is behind; before it B was never read.
    assert draft.first_signal == day(8, 14)


def test_a_signal_of_an_objective_that_joined_comes_after_its_join() -> None:
    joins = adjusted(
        "q", day(8, 4), adds=[goal(kr("q-k"), id="q", ambition=okr.Ambition.COMMITTED)]
    )
    journal = okr.Journal([joins, *read_on(day(8, 14), **{"q-k": 1})])
    draft = okr.review.draft_post_mortem(okr.evaluate(PLAN, journal, as_of=Q3.end), "q")
    assert draft.first_signal == day(8, 14)


@pytest.mark.parametrize(
    "entry",
    [
        adjusted("x", day(8, 4), weight=2),
        adjusted("x", day(8, 4), sets={"metric": "m"}),
        adjusted("q", day(8, 4), adds=[goal(kr("q-k"), id="q", supports=["o"])]),
        adjusted("q", day(8, 4), adds=[goal(kr("q-k"), id="q")]),
        adjusted("p", day(8, 4), sets={"supports": ["o"]}),
        adjusted("p", day(8, 4), removes=["x"]),
    ],
)
def test_a_signal_is_found_whatever_changes_elsewhere(entry: okr.Adjustment) -> None:
    journal = okr.Journal([entry, *read_on(day(8, 14), a=1, c=90)])
    draft = okr.review.draft_post_mortem(okr.evaluate(PLAN, journal, as_of=Q3.end), "o")
    assert draft.first_signal == day(8, 14)


def test_looking_back_counts_what_was_in_force() -> None:
    swap = adjusted("o", day(9, 7), removes=["a"], adds=[kr("b")])
    plan = plan_of_one()

    def late(*entries: Any) -> list[str]:
        card = okr.evaluate(plan, okr.Journal([swap, *entries]), as_of=Q3.end)
        found = okr.review.look_back(card)
        return [each.words for each in found if each.code == "late instrumentation"]

    # Two weeks after its join, not after the start of the quarter.
    assert late(*read_on(day(9, 21), b=5)) == []
    assert late(*read_on(day(9, 22), b=5)) == [
        "B: first read on 2026-09-22, 15 days after it joined"
    ]
    assert late() == ["B: never read"]


def test_an_objective_that_joined_later_was_not_full_early() -> None:
    joined = goal(kr("q-k"), id="q", ambition=okr.Ambition.ASPIRATIONAL)
    entries: list[Any] = [
        adjusted("q", day(9, 4), adds=[joined]),
        okr.CheckIn("q-k", day(9, 5), 100, confidence=1.0),
    ]
    card = okr.evaluate(PLAN, okr.Journal(entries), as_of=Q3.end)
    assert [each.code for each in okr.review.look_back(card, of=["q"])] == []


# --- roll-over ---------------------------------------------------------------------------------


def roll(
    plan: okr.Plan, *entries: Any, cycle: okr.Cycle = Q4, on: date = OCTOBER, **given: Any
) -> okr.review.Rollover:
    return okr.review.roll_over(plan, okr.Journal(entries), as_of=on, cycle=cycle, **given)


def growing(*key_results: Any, **given: Any) -> okr.Objective:
    return goal(*(key_results or (kr("a"),)), ambition=okr.Ambition.ASPIRATIONAL, **given)


def ids(items: Iterable[Any]) -> list[str]:
    return [each.id for each in items]


def test_members_in_force_at_the_end_go_on() -> None:
    limit = okr.Guardrail("g", "Errors", okr.AtMost(5))
    work = okr.Initiative("w", "A second desk", drives=["b"])
    plan = okr.Plan([growing(kr("a"), kr("c"))])
    entries: list[Any] = [
        adjusted("o", day(8, 3), removes=["a"], adds=[kr("b"), limit, work]),
        adjusted("g", day(8, 4), measure=okr.AtMost(4)),
        adjusted("c", day(8, 4), weight=3),
        *read_on(Q3.end, b=40, c=20),
    ]
    rolled = roll(plan, *entries)
    new = rolled.plan.objective("o@2026-Q4")
    assert ids(new.own_key_results) == ["c@2026-Q4", "b@2026-Q4"]
    assert [(each.weight, each.measure) for each in new.own_key_results] == [
        (3, okr.Increase(0, 100)),
        (1, okr.Increase(0, 100)),
    ]
    assert ids(new.guardrails) == ["g@2026-Q4"]
    assert new.guardrails[0].bound == okr.AtMost(4)
    assert new.initiatives[0].drives == ("b@2026-Q4",)
    # The stored plan has its quarter as first agreed.
    assert rolled.plan.objective("o") == plan.objective("o")
    assert ids(rolled.items) == ["o", "c", "b"]
    assert not rolled.unlinked
    again = okr.evaluate(rolled.plan, okr.Journal(entries), as_of=day(10, 5))
    assert {"b", "b@2026-Q4", "c@2026-Q4"} <= set(again.plan_in_force.items)


def test_an_objective_whose_cycle_was_extended_is_not_over() -> None:
    plan = okr.Plan([growing()])
    assert ids(roll(plan).items) == ["o", "a"]
    assert roll(plan, adjusted("o", day(9, 1), cycle=LONGER)).items == ()
    cut = adjusted("o", day(8, 1), cycle=okr.Cycle(Q3.start, day(8, 31), cadence=Q3.cadence))
    assert ids(roll(okr.Plan([growing(cycle=LONGER)]), cut).items) == ["o", "a"]


def test_objectives_that_joined_go_on_and_those_that_left_do_not() -> None:
    plan = okr.Plan([growing(), growing(kr("x"), id="p")])
    entries: list[Any] = [
        adjusted("q", day(8, 4), adds=[growing(kr("q-k"), id="q")]),
        adjusted("p", day(8, 5), removes=["p"]),
    ]
    rolled = roll(plan, *entries)
    assert ids(rolled.plan.objectives) == ["o", "p", "o@2026-Q4", "q@2026-Q4"]
    # A stored objective cannot continue one that joined; entries of the first day do.
    assert [each.of for each in rolled.adjustments] == ["q-k@2026-Q4", "q@2026-Q4"]
    assert roll(rolled.plan, *entries).items == ()


def test_links_to_what_joined_elsewhere_are_dropped_and_noted() -> None:
    ongoing = okr.Plan([growing(), bare("p", kr("x"))], metrics=[okr.Metric("n", "Orders")])
    sums = okr.Derived(okr.Aggregation.SUM, ["y"])
    entries: list[Any] = [
        adjusted("p", day(8, 3), adds=[kr("y", okr.Reach(9))]),
        adjusted("m", day(8, 3), adds=[okr.Metric("m", "Visits")]),
        adjusted("o", day(8, 4), adds=[
            okr.KeyResultRef("x"),
            okr.KeyResultRef("y"),
            kr("b", metric="m"),
            kr("d", metric="n"),
            kr("e", okr.Reach(9), derived=sums),
            okr.Guardrail("g", "Visits", okr.AtLeast(5), metric="m"),
        ]),
    ]  # fmt: skip
    rolled = roll(ongoing, *entries)
    new = rolled.plan.objective("o@2026-Q4")
    shared = [kr.to for kr in new.key_results if isinstance(kr, okr.KeyResultRef)]
    assert shared == ["x"]
    assert {kr.id: kr.metric for kr in new.own_key_results} == {
        "a@2026-Q4": None,
        "b@2026-Q4": "m@2026-Q4",
        "d@2026-Q4": "n",
    }
    assert new.guardrails[0].metric == "m@2026-Q4"
    assert ids(rolled.plan.metrics) == ["n", "m@2026-Q4"]
    assert rolled.plan.metric("m@2026-Q4").title == "Visits"
    assert rolled.unlinked == (
        ("o@2026-Q4", "y"),
        ("b@2026-Q4", "m"),
        ("g@2026-Q4", "m"),
    )
    assert [each.because for each in rolled.undecided] == ["not everything it is made of goes on"]
    assert okr.evaluate(rolled.plan, okr.Journal(entries), as_of=day(10, 5)).problems == ()


def test_what_continues_already_is_not_carried_again_even_if_it_left() -> None:
    once = roll(okr.Plan([growing()]))
    leaves = adjusted("o@2026-Q4", day(10, 10), removes=["o@2026-Q4"])
    assert roll(once.plan, leaves, on=day(10, 12)).items == ()


def test_a_new_id_that_an_adjustment_adds_is_refused() -> None:
    plan = okr.Plan([growing(), bare("p", kr("x"))])
    joins = adjusted("p", day(8, 3), adds=[kr("a@2026-Q4")])
    with pytest.raises(okr.InconsistentPlanError) as refused:
        roll(plan, joins)
    assert refused.value.code == "duplicate-id"
    assert refused.value.value == "a@2026-Q4"
    rolled = roll(plan, joins, name="new-{}".format)
    assert ids(rolled.carried) == ["o", "a"]


def test_what_joined_because_a_target_was_too_hard_waits_for_a_decision() -> None:
    entries: list[Any] = [
        adjusted("o", day(8, 3), adds=[kr("b")], trigger=TOO_HARD),
        adjusted("q", day(8, 3), adds=[growing(kr("q-k"), id="q")], trigger=TOO_HARD),
        adjusted("a", day(8, 3), measure=okr.Increase(0, 80), trigger=TOO_HARD),
    ]
    rolled = roll(okr.Plan([growing()]), *entries)
    assert {each.id: f"{each.fate}: {each.because}" for each in rolled.items} == {
        "o": "carried: carried until 1.0, by the rulebook",
        "a": "carried: goes with its objective",
        "b": "undecided: it joined because a target was too hard",
    }
    assert rolled.plan.key_result("a@2026-Q4").measure == okr.Increase(0, 80)


# --- pages and records -------------------------------------------------------------------------


def test_pages_and_records_have_the_items_of_the_day() -> None:
    swap = adjusted("o", day(8, 3), removes=["a"], adds=[kr("b")])
    metric = adjusted("n", day(8, 3), adds=[okr.Metric("n", "Orders", health=okr.AtLeast(5))])
    journal = okr.Journal([swap, metric])
    for on, here, away in ((day(8, 2), "a", "b"), (day(8, 3), "b", "a")):
        card = okr.evaluate(PLAN, journal, as_of=on)
        rows = to_records(card)
        shown = {row["id"] for row in rows}
        assert here in shown
        assert away not in shown
        assert ("n" in shown) is (on == day(8, 3))
        data = report(card)["data"]
        assert [each["id"] for each in data["key_results"]].count(here) == 1
        assert away not in [each["id"] for each in data["key_results"]]
        page = str(card)
        assert f" {here.upper()} " in page
        assert f" {away.upper()} " not in page
        assert ("Orders" in page) is (on == day(8, 3))


def test_micro_okrs_that_joined_are_below_what_they_support() -> None:
    week = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_TWO_WEEKS)
    micro = okr.Objective("m-1", "Try a desk", supports=["o"], cycle=week, key_results=[kr("m-k")])
    joins = adjusted("m-1", day(8, 3), adds=[micro])
    card = okr.evaluate(PLAN, okr.Journal([joins]), as_of=day(8, 5))
    assert "↳ Try a desk" in str(card)


def test_rulebooks_are_compared_on_the_plan_of_the_day() -> None:
    joins = adjusted("q", day(8, 4), adds=[goal(kr("q-k"), id="q")])
    journal = okr.Journal([joins, *read_on(day(8, 5), **{"q-k": 5})])
    other = evolve(okr.RECOMMENDED, name="other")
    found = okr.compare_rulebooks(
        PLAN, journal, as_of=day(8, 14), rulebooks=[okr.RECOMMENDED, other]
    )
    assert "Q-K" in str(found)


def test_the_close_has_the_verdicts_of_both_versions() -> None:
    committed, aspirational = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL
    plan = okr.Plan([goal(kr("sales"), id="grow", ambition=committed)])
    change = okr.Adjustment("grow", day(9, 1), ambition=aspirational, because="a new market")
    journal = okr.Journal([*okr.check_ins(Q3.end, {"sales": 80}), change])
    told = str(okr.evaluate(plan, journal, as_of=Q3.end).explain("grow"))
    assert "missed by the original plan, succeeded as adjusted" in " ".join(told.split())
    longer = okr.Adjustment(
        "grow", day(9, 1), cycle=okr.Cycle(Q3.start, day(12, 31)), because="the port is closed"
    )
    journal = okr.Journal([*okr.check_ins(Q3.end, {"sales": 80}), longer])
    told = str(okr.evaluate(plan, journal, as_of=Q3.end).explain("grow"))
    assert "missed by the original plan, no verdict as adjusted" in " ".join(told.split())

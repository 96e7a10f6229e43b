"""Reviews, pages and explanations of plans that changed in mid-quarter; days and words by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, bare, card_of, day, goal, kr, objective, read_on
from okrcore.codec import report, to_records
from okrcore.display import text

CALENDAR = okr.FiscalCalendar()
Q2, Q4 = CALENDAR.quarter(2026, 2), CALENDAR.quarter(2026, 4)
LONGER = okr.Cycle(Q3.start, Q4.end)
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
) -> list[str]:
    rite = okr.review.AgendaTemplate(
        "Test", 5, scope, 60, [okr.review.TemplateSection(topic, "Section")]
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


def adjustments(*entries: Any, on: date = day(8, 14), of: Any = None) -> list[str]:
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
        ("o", {"sets": {"profile.continues": "old"}}, "continues none became old"),
        ("c", {"weight": 2}, "weight 1 became 2"),
        ("c", {"due": day(9, 1)}, "no deadline of its own became due on 2026-09-01"),
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
    entries = [
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
    entries = [
        *read_on(day(8, 3), a=9),
        joins,
        okr.CheckIn("b", day(8, 12), 20, confidence=0.3),
        okr.CheckIn("c", day(8, 12), 10, confidence=0.9),
        okr.CheckIn("c", day(8, 3), confidence=0.3),
    ]
    plan = plan_of_one(kr("a"), kr("c"))
    rites = {
        topic: texts(topic, plan, *entries, on=day(8, 14))
        for topic in (TOPICS.MOVEMENTS, TOPICS.CONFIDENCE, TOPICS.DUE)
    }
    assert rites[TOPICS.MOVEMENTS] == [
        "b: first read: 20; score 0.20",
        "c: first read: 10; score 0.10",
    ]

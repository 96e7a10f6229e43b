"""A change of each field that counts changes some answer: one example for each row of the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from okrcore.plan.field_table import COUNTS, GROUPS
from okrcore.review import AgendaScope, AgendaTemplate, AgendaTopic, TemplateSection
from okrcore.rulebook import AttainmentRule, Clip, RollUpRule, Weighing

END = Q3.end
Q4 = okr.FiscalCalendar().quarter(2026, 4)
C, A = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL
UNCLIPPED = okr.Rulebook(name="unclipped", attainment=AttainmentRule(clip=Clip(ceiling=None)))
BY_METHODS = evolve(okr.RECOMMENDED, name="methods", methods=[UNCLIPPED])
BY_SIZE = evolve(okr.RECOMMENDED, name="size", roll_up=RollUpRule(weigh=Weighing.SIZE))
BELOW_THREE = okr.Guardrail("guard", "Guard", okr.AtMost(3))
WORK = okr.Initiative("work", "Work")
SALES = okr.Metric("sales", "Sales", health=okr.AtMost(3))


class Example(NamedTuple):
    """Two plans that differ in one field, and a question with another answer for each."""

    old: okr.Plan
    new: okr.Plan
    question: Callable[[okr.Plan], Any]


def kr(id: str, measure: Any = okr.Reach(100), **more: Any) -> okr.KeyResult:  # noqa: B008  # frozen
    return okr.KeyResult(id, id, measure, **more)


def goal(id: str, *key_results: Any, **more: Any) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, **{"cycle": Q3, **more})


def plan(*objectives: okr.Objective, **more: Any) -> okr.Plan:
    return okr.Plan(objectives, **more)


def of_kr(**more: Any) -> okr.Plan:
    return plan(goal("o", kr("k", **more), kr("other"), owner="Ana"), metrics=[SALES])


def of_goal(**more: Any) -> okr.Plan:
    return plan(goal("o", kr("k"), **more))


def of_guard(**more: Any) -> okr.Plan:
    guard = evolve(BELOW_THREE, **more)
    return plan(goal("o", kr("k"), guardrails=[guard], ambition=C), metrics=[SALES])


def of_metric(**more: Any) -> okr.Plan:
    return plan(goal("o", kr("k", metric="sales")), metrics=[evolve(SALES, **more)])


_MID = okr.plan.Priority(
    "mid", "Win the mid-market", metrics=[okr.plan.Threshold("sales", okr.AtLeast(3))]
)


def serving(priority: str | None, *priorities: okr.plan.Priority) -> okr.Plan:
    """Return a plan with priorities, and an objective that serves one of them, or none."""
    objective = goal("o", kr("k"), place=okr.Place(priority=priority))
    return plan(objective, metrics=[SALES], priorities=priorities)


def of_parts(part: str, **more: Any) -> okr.Plan:
    """Return a plan with a metric that is derived from one of two others."""
    derived = okr.Derived(okr.Aggregation.SUM, [part])
    made = evolve(SALES, derived=derived, **more)
    others = [okr.Metric(id, id.upper()) for id in "ab"]
    return plan(goal("o", kr("k", metric="sales")), metrics=[made, *others])


def card(
    on: date = END, *entries: Any, book: okr.Rulebook = okr.RECOMMENDED, **values: Any
) -> Callable[[okr.Plan], okr.Scorecard]:
    """Return a scorecard by readings of 14 August, with only those of items that a plan has."""

    def made(plan: okr.Plan) -> okr.Scorecard:
        read = [each for each in okr.check_ins(day(8, 14), values) if each.of in plan.items]
        return okr.evaluate(plan, okr.Journal([*read, *entries]), as_of=on, rulebook=book)

    return made


def field(name: str, id: str = "o", on: date = END, *entries: Any, **values: Any) -> Any:
    """Return a question for one field of a result."""
    return lambda plan: getattr(card(on, *entries, **values)(plan)[id], name)


def score(id: str = "o", on: date = END, *entries: Any, **values: Any) -> Any:
    return field("score", id, on, *entries, **values)


def due(on: date) -> Callable[[okr.Plan], Any]:
    return lambda plan: okr.review.list_due(plan, okr.Journal(), as_of=on)


def admits(entry: Any) -> Callable[[okr.Plan], bool]:
    def is_admitted(plan: okr.Plan) -> bool:
        try:
            okr.admit(plan, okr.Journal(), entry)
        except okr.InconsistentPlanError:
            return False
        return True

    return is_admitted


def working(**more: Any) -> okr.Plan:
    """Return a plan with work that is due on 1 September, and work with fields as given."""
    later = okr.Initiative("later", "Later", due=day(9, 1))
    return of_kr().put(later, into="o").put(evolve(WORK, **more), into="o")


def score_by_work(plan: okr.Plan, **done: float) -> Any:
    """Return the score of an objective under a rulebook that scores its initiatives."""
    parts = [okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES)]
    book = evolve(okr.RECOMMENDED, roll_up=evolve(okr.RECOMMENDED.roll_up, parts=parts))
    journal = okr.Journal(okr.check_ins(day(8, 14), done))
    return okr.evaluate(plan, journal, as_of=day(8, 14), rulebook=book).objective("o").score


def priorities(plan: okr.Plan) -> Any:
    """Return the work that comes first in a week in which one key result is behind, with its owners."""
    section = TemplateSection(AgendaTopic.PRIORITIES, "First")
    template = AgendaTemplate("Monday", 5, AgendaScope.RUNNING, 60, [section])
    journal = okr.Journal(okr.check_ins(day(8, 14), {"k": 5, "other": 90}))
    found = okr.review.make_agenda(
        plan, journal, as_of=day(8, 14), rites={okr.calendar.Ritual.WEEKLY: template}
    )
    return [(item.ids, item.owner) for item in found.section(AgendaTopic.PRIORITIES).items]


def supporting(weight: float) -> okr.Plan:
    """Return a plan of one objective above two others, one of them with a weight."""
    first = goal("a", kr("a-k"), supports=[okr.Alignment("top", weight=weight)])
    return plan(goal("top"), first, goal("b", kr("b-k"), supports=["top"]))


def counting(*refs: okr.KeyResultRef) -> okr.Plan:
    return plan(goal("o", kr("k"), *refs), goal("two", kr("x"), kr("y")))


def next_one(**more: Any) -> okr.Plan:
    return plan(goal("q3", kr("k"), kr("other")), goal("q4", kr("n"), cycle=Q4, **more))


def next_key_result(**more: Any) -> okr.Plan:
    return plan(goal("q3", kr("k"), kr("other")), goal("q4", kr("n", **more), cycle=Q4))


def parked(revisit: date | None) -> okr.Plan:
    profile = okr.ObjectiveProfile(parked=okr.Parked("no people", revisit=revisit))
    return plan(goal("o", kr("k"), profile=profile))


def rolled_over(plan: okr.Plan) -> Any:
    journal = okr.Journal(
        [
            *okr.check_ins(day(8, 14), {"k": 50}),
            okr.Closing("q3", END, okr.ClosingDecision.CARRY, because="goes on"),
        ]
    )
    return [
        (objective.id, [kr.id for kr in objective.own_key_results])
        for objective in okr.review.roll_over(
            plan, journal, as_of=day(10, 2), cycle=Q4
        ).plan.objectives
    ]


def timing(**more: Any) -> okr.Timing:
    return okr.Timing(**more)


def shared(*ids: str) -> okr.Plan:
    """Return a plan with a key result that is a part of the target of others."""
    contribution = okr.Contribution(supports=ids) if ids else None
    return plan(
        goal("top", kr("x"), kr("y")),
        goal("o", kr("k", okr.Reach(30), contribution=contribution)),
    )


LAGGING = okr.KeyResultProfile(indicator=okr.plan.Indicator.LAGGING)
PILOT = okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="An effect")

EXAMPLES: dict[tuple[type, str], Example] = {
    (okr.Plan, "objectives"): Example(
        plan(goal("top"), goal("a", kr("k"), supports=["top"])),
        plan(goal("top")),
        score("top", k=50),
    ),
    (okr.Plan, "metrics"): Example(
        of_goal(), of_goal().put(SALES), admits(okr.CheckIn("sales", END, 1))
    ),
    (okr.Plan, "outside"): Example(
        of_goal(),
        of_goal().put(okr.Outside("co")),
        admits(okr.Adjustment("o", END, temporary="co", because="x")),
    ),
    (okr.Plan, "priorities"): Example(
        serving(None), serving(None, _MID), lambda plan: "mid" in card()(plan)
    ),
    (okr.Objective, "id"): Example(
        of_goal(), plan(goal("p", kr("k"))), admits(okr.CheckIn("o", END, confidence=0.5))
    ),
    (okr.Objective, "key_results"): Example(
        of_goal(), plan(goal("o", kr("k"), kr("more"))), score(k=50, more=100)
    ),
    (okr.Objective, "guardrails"): Example(
        of_goal(ambition=C),
        of_goal(ambition=C, guardrails=[BELOW_THREE]),
        field("verdict", k=100),
    ),
    (okr.Objective, "initiatives"): Example(
        of_goal(), of_goal(initiatives=[WORK]), admits(okr.CheckIn("work", END, 0.5))
    ),
    (okr.Objective, "supports"): Example(
        plan(goal("top"), goal("o", kr("k"))),
        plan(goal("top"), goal("o", kr("k"), supports=["top"])),
        score("top", k=50),
    ),
    (okr.Objective, "cycle"): Example(
        of_goal(ambition=C), of_goal(ambition=C, cycle=Q4), field("verdict", k=50)
    ),
    (okr.Objective, "owner"): Example(of_goal(), of_goal(owner="Ana"), field("owner")),
    (okr.Objective, "ambition"): Example(
        of_goal(ambition=C), of_goal(ambition=A), field("verdict", k=80)
    ),
    (okr.Objective, "method"): Example(
        of_goal(),
        of_goal(method="unclipped"),
        lambda plan: card(END, book=BY_METHODS, k=150)(plan)["o"].score,
    ),
    (okr.Objective, "kpis"): Example(
        of_goal().put(SALES),
        plan(goal("o", kr("k"), kpis=["sales"]), metrics=[SALES]),
        field("kpis"),
    ),
    (okr.Objective, "trigger"): Example(
        of_goal(),
        of_goal(trigger=PILOT),
        admits(okr.Closing("o", END, okr.ClosingDecision.ACHIEVED)),
    ),
    (okr.KeyResult, "id"): Example(
        plan(goal("o", kr("k"))), plan(goal("o", kr("kk"))), admits(okr.CheckIn("k", END, 5))
    ),
    (okr.KeyResult, "measure"): Example(of_kr(), of_kr(measure=okr.Reach(50)), score(k=50)),
    (okr.KeyResult, "owner"): Example(of_kr(), of_kr(owner="Bo"), field("owner", "k")),
    (okr.KeyResult, "weight"): Example(of_kr(), of_kr(weight=2), score(k=50, other=100)),
    (okr.KeyResult, "due"): Example(of_kr(), of_kr(due=day(7, 20)), score("k", k=50)),
    (okr.KeyResult, "metric"): Example(of_kr(), of_kr(metric="sales"), score("k", sales=50)),
    (okr.KeyResult, "derived"): Example(
        of_kr(),
        of_kr(derived=okr.Derived(okr.Aggregation.SUM, ["other"])),
        score("k", other=50),
    ),
    (okr.KeyResult, "unit"): Example(
        of_kr(unit="%"),
        of_kr(unit="USD"),
        score("k", k=okr.Ratio(1, 2)),
    ),
    (okr.KeyResultRef, "to"): Example(
        counting(okr.KeyResultRef("x")), counting(okr.KeyResultRef("y")), score(k=50, x=100, y=0)
    ),
    (okr.KeyResultRef, "weight"): Example(
        counting(okr.KeyResultRef("x")),
        counting(okr.KeyResultRef("x", weight=2)),
        score(k=50, x=100),
    ),
    (okr.Alignment, "to"): Example(
        plan(goal("top"), goal("up"), goal("o", kr("k"), supports=["top"])),
        plan(goal("top"), goal("up"), goal("o", kr("k"), supports=["up"])),
        score("top", k=50),
    ),
    (okr.Alignment, "weight"): Example(
        supporting(1),
        supporting(2),
        score("top", END, *okr.check_ins(day(8, 14), {"a-k": 50, "b-k": 100})),
    ),
    (okr.Guardrail, "id"): Example(
        of_guard(), of_guard(id="other-guard"), admits(okr.CheckIn("guard", END, 5))
    ),
    (okr.Guardrail, "bound"): Example(
        of_guard(), of_guard(bound=okr.AtMost(5)), field("state", "guard", day(8, 14), guard=4)
    ),
    (okr.Guardrail, "protects"): Example(
        of_guard(),
        of_guard(protects="k"),
        # A key result that is protected does not leave alone.
        admits(okr.Adjustment("o", day(8, 1), removes=["k"], because="x")),
    ),
    (okr.Guardrail, "hard"): Example(
        of_guard(),
        of_guard(hard=True),
        field("verdict", "o", END, *okr.check_ins(END, {"guard": 2}), k=100, guard=4),
    ),
    (okr.Guardrail, "owner"): Example(of_guard(), of_guard(owner="Bo"), field("owner", "guard")),
    (okr.Guardrail, "metric"): Example(
        of_guard(), of_guard(metric="sales"), field("state", "guard", day(8, 14), sales=9)
    ),
    (okr.Guardrail, "unit"): Example(
        of_guard(unit="%"),
        of_guard(unit="USD"),
        field("state", "guard", day(8, 14), guard=okr.Ratio(1, 2)),
    ),
    (okr.Initiative, "id"): Example(
        of_goal(initiatives=[WORK]),
        of_goal(initiatives=[evolve(WORK, id="other-work")]),
        admits(okr.CheckIn("work", END, 0.5)),
    ),
    (okr.Initiative, "drives"): Example(
        working(drives=["other"]), working(drives=["k"]), priorities
    ),
    (okr.Initiative, "owner"): Example(working(), working(owner="Bo"), priorities),
    (okr.Initiative, "due"): Example(working(), working(due=day(8, 1)), priorities),
    (okr.Initiative, "weight"): Example(
        working(weight=1),
        working(weight=3),
        lambda plan: score_by_work(plan, later=0, work=1),
    ),
    (okr.Metric, "id"): Example(
        plan(goal("o", kr("k")), metrics=[SALES]),
        plan(goal("o", kr("k")), metrics=[evolve(SALES, id="other-sales")]),
        admits(okr.CheckIn("sales", END, 5)),
    ),
    (okr.Metric, "aggregation"): Example(
        of_metric(),
        of_metric(aggregation=okr.Aggregation.SUM),
        score("k", END, *okr.check_ins(day(8, 20), {"sales": 20}), sales=30),
    ),
    (okr.Metric, "health"): Example(
        of_metric(), of_metric(health=okr.AtMost(50)), field("state", "sales", sales=30)
    ),
    (okr.Metric, "unit"): Example(
        of_metric(unit="%"),
        of_metric(unit="USD"),
        field("state", "sales", sales=okr.Ratio(1, 2)),
    ),
    (okr.Metric, "owner"): Example(of_metric(), of_metric(owner="Bo"), field("owner", "sales")),
    (okr.Metric, "check_in_days"): Example(
        of_metric(), of_metric(check_in_days=30), due(day(8, 14))
    ),
    (okr.Metric, "derived"): Example(
        of_parts("a"), of_parts("b"), field("reading", "k", a=30, b=50)
    ),
    (okr.Metric, "drives"): Example(
        of_parts("a"), of_parts("a", drives=["b"]), lambda plan: okr.plan.driver_tree(plan, "b")
    ),
    (okr.Outside, "id"): Example(
        okr.Plan([goal("o", kr("k"))], outside=[okr.Outside("co")]),
        okr.Plan([goal("o", kr("k"))], outside=[okr.Outside("company")]),
        admits(okr.Adjustment("o", END, temporary="co", because="x")),
    ),
    (okr.plan.Priority, "id"): Example(
        serving(None, _MID),
        serving(None, evolve(_MID, id="top")),
        lambda plan: "mid" in card()(plan),
    ),
    (okr.plan.Priority, "owner"): Example(
        serving(None, _MID), serving(None, evolve(_MID, owner="Bo")), field("owner", "mid")
    ),
    (okr.plan.Priority, "period"): Example(
        serving(None, _MID),
        serving(None, evolve(_MID, period=okr.Period(day(7, 1), day(7, 31)))),
        field("state", "mid", sales=5),
    ),
    (okr.plan.Priority, "metrics"): Example(
        serving(None, _MID), serving(None, evolve(_MID, metrics=())), field("state", "mid", sales=5)
    ),
    (okr.plan.Place, "priority"): Example(
        serving(None, _MID), serving("mid", _MID), lambda plan: card()(plan).group_by("priority")
    ),
    (okr.Timing, "waypoints"): Example(
        of_kr(timing=timing(waypoints=[okr.Waypoint(day(8, 15), 60)])),
        of_kr(timing=timing(waypoints=[okr.Waypoint(day(8, 15), 30)])),
        field("status", "k", day(8, 15), k=30),
    ),
    (okr.Timing, "observable_from"): Example(
        of_kr(), of_kr(timing=timing(observable_from=day(12, 1))), score(k=50, other=100)
    ),
    (okr.Timing, "check_in_days"): Example(
        of_kr(), of_kr(timing=timing(check_in_days=30)), due(day(8, 14))
    ),
    (okr.Contribution, "supports"): Example(
        shared(), shared("x"), lambda plan: okr.plan.split_target(plan, "x")
    ),
    (okr.Contribution, "fixed_share"): Example(
        of_kr(), of_kr(contribution=okr.Contribution(fixed_share=0.2)), score(k=50, other=100)
    ),
    (okr.plan.KeyResultProfile, "early_warning"): Example(
        of_kr(profile=LAGGING),
        of_kr(profile=evolve(LAGGING, early_warning="other")),
        lambda plan: [
            each.code for each in okr.review.look_back(card(END, k=50, other=0)(plan), of=["o"])
        ],
    ),
    (okr.KeyResult, "continues"): Example(
        next_key_result(), next_key_result(continues="k"), rolled_over
    ),
    (okr.Objective, "continues"): Example(next_one(), next_one(continues="q3"), rolled_over),
    (okr.ObjectiveProfile, "parked"): Example(
        of_goal(),
        parked(None),
        field("excluded", "k"),
    ),
    (okr.Parked, "revisit"): Example(
        parked(day(8, 1)),
        parked(day(9, 1)),
        lambda plan: [each.is_due for each in okr.review.list_parked(card(day(8, 14))(plan))],
    ),
}

ROWS = [(kind, name) for kind, names in COUNTS.items() for name in sorted(names)]


@pytest.mark.parametrize(("kind", "name"), ROWS)
def test_a_change_of_a_field_that_counts_changes_an_answer(kind: type, name: str) -> None:
    assert (kind, name) in EXAMPLES, "a field that counts has an example here"
    old, new, question = EXAMPLES[kind, name]
    assert question(old) == question(old)
    assert question(old) != question(new)
    assert any(each.counts for each in okr.diff(old, new))
    assert okr.diff(old, okr.plan.reword(new, old)) != ()


def test_every_example_is_of_a_row() -> None:
    assert set(EXAMPLES) == set(ROWS)
    # Groups count by their fields, a few as wholes.
    for kind, groups in GROUPS.items():
        for name, group in groups.items():
            is_wording = group in (okr.Place, okr.plan.Measurement)
            assert COUNTS[group] or name in COUNTS[kind] or is_wording

"""Agendas: what each topic lists, at its edges, and who is looked at; numbers by hand."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import kr

CALENDAR = okr.FiscalCalendar(start_month=1)
Q3, Q4 = CALENDAR.quarter(2026, 3), CALENDAR.quarter(2026, 4)
MONDAY = date(2026, 8, 17)
LAST = date(2026, 8, 10)
ASPIRATIONAL, COMMITTED = okr.Ambition.ASPIRATIONAL, okr.Ambition.COMMITTED


def owned(id: str = "o", *key_results: Any, **given: Any) -> okr.Objective:
    fields: dict[str, Any] = {"cycle": Q3, "ambition": COMMITTED, "owner": "Ana Ruiz"}
    made = key_results or [kr(f"{id}-k")]
    return okr.Objective(id, f"Objective {id}", key_results=made, **(fields | given))


def read_monday(value: Any, id: str = "o-k", day: date = MONDAY, **said: Any) -> okr.CheckIn:
    return okr.CheckIn(id, day, value, **said)


def agenda(plan: Any, *entries: Any, day: date = MONDAY, **given: Any) -> okr.review.Agenda:
    made = plan if isinstance(plan, okr.Plan) else okr.Plan(plan)
    return okr.review.make_agenda(made, okr.Journal(entries), as_of=day, **given)


def items(topic: str, plan: Any, *entries: Any, **given: Any) -> list[okr.review.AgendaItem]:
    wanted = okr.review.AgendaTopic[topic]
    rite = okr.review.AgendaTemplate(
        "Test",
        5,
        okr.review.AgendaScope.RUNNING,
        7,
        [okr.review.TemplateSection(wanted, "Section")],
    )
    scope = given.pop("scope", okr.review.AgendaScope.RUNNING)
    back = given.pop("back_days", 7)
    rites = {okr.calendar.Ritual.WEEKLY: evolve(rite, scope=scope, back_days=back)}
    return list(agenda(plan, *entries, rites=rites, **given).section(wanted).items)


def texts(topic: str, plan: Any, *entries: Any, **given: Any) -> list[str]:
    return [f"{item.ids[0]}: {item.text}" for item in items(topic, plan, *entries, **given)]


def notes(topic: str, plan: Any, *entries: Any, **given: Any) -> list[tuple[str, ...]]:
    return [item.notes for item in items(topic, plan, *entries, **given)]


# --- movements ---------------------------------------------------------------------------------


def test_movements_since_the_last_week_the_largest_first() -> None:
    plan = [owned("o", kr("a"), kr("b"), kr("c"), kr("d"), kr("e", unit="USD"))]
    entries = [
        *(read_monday(20, id, LAST) for id in "abcd"),
        read_monday(25, "a"),
        read_monday(10, "b"),
        read_monday(20, "c"),  # read, and not moved
        read_monday(50, "e"),
    ]
    assert texts("MOVEMENTS", plan, *entries) == [
        "e: first read: $50; score 0.50",
        "b: 20 to 10; score 0.20 to 0.10",
        "a: 20 to 25; score 0.20 to 0.25",
    ]
    # A week later, the last week has nothing new.
    assert texts("MOVEMENTS", plan, *entries, day=date(2026, 8, 24)) == []


def test_movements_of_other_readings() -> None:
    steps = okr.Milestones("design", "build", "launch")
    parts = okr.Compound({"shipped": okr.PassFail(), "posts": okr.Reach(10)})
    plan = [
        owned(
            "o", kr("m", steps), kr("p", okr.PassFail()), kr("c", parts), kr("full", okr.Reach(4))
        )
    ]
    entries = [
        read_monday(["design", "build"], "m", LAST),
        read_monday(["design", "launch"], "m"),
        read_monday(False, "p", LAST),
        read_monday(True, "p"),
        read_monday({"shipped": False, "posts": 1}, "c", LAST),
        read_monday({"shipped": False, "posts": 2}, "c"),
        read_monday(5, "full", LAST),
        read_monday(6, "full"),
    ]
    assert texts("MOVEMENTS", plan, *entries) == [
        "p: no to yes; score 0.00 to 1.00",
        "c: posts: 1, shipped: no to posts: 2, shipped: no; score 0.05 to 0.10",
        "m: new: launch; taken back: build; score 0.67",
        "full: 5 to 6; score 1.00",
    ]
    more = texts("MOVEMENTS", plan, entries[0], read_monday(["design", "build", "launch"], "m"))
    assert more == ["m: new: launch; score 0.67 to 1.00"]


def test_an_adjustment_moves_a_score_without_a_reading() -> None:
    cut = okr.Adjustment("o-k", MONDAY, measure=okr.Increase(0, 50), because="the port closed")
    assert texts("MOVEMENTS", [owned()], read_monday(30, day=LAST), cut) == [
        "o-k: 30, as before; score 0.30 to 0.60; adjusted on 2026-08-17"
    ]
    # What is paused keeps its reading, and loses its score.
    pause = okr.Adjustment("o-k", MONDAY, kind=okr.AdjustmentKind.PAUSE, because="no data")
    assert texts("MOVEMENTS", [owned()], read_monday(30, day=LAST), pause) == [
        "o-k: 30, as before; adjusted on 2026-08-17"
    ]


def test_a_reading_may_count_no_more() -> None:
    # The deadline was moved to before it was read, and beyond the days of grace.
    earlier = okr.Adjustment("a", MONDAY, due=date(2026, 7, 20), because="a law")
    plan = [owned("o", kr("a"), kr("b"))]
    entries = [
        read_monday(20, "a", LAST),
        read_monday(20, "b", LAST),
        earlier,
        read_monday(30, "b"),
    ]
    assert texts("MOVEMENTS", plan, *entries) == [
        "a: no reading counts any more; adjusted on 2026-08-17",
        "b: 20 to 30; score 0.20 to 0.30",
    ]


def test_what_was_said_goes_with_the_movement() -> None:
    plan = okr.Plan([owned("o", kr("o-k", metric="nps"))], metrics=[okr.Metric("nps", "NPS")])
    said = read_monday(
        30,
        "nps",
        shipped="a shorter form",
        effect="fewer\nquit",
        learning="whether it lasts",
        note="two days of data",
        blocker="the vendor",
    )
    earlier = okr.CheckIn("o-k", LAST, note="not of this week")
    (item,) = items("MOVEMENTS", plan, earlier, said)
    assert item == okr.review.AgendaItem(
        ids=("o-k",),
        title="O-K",
        text="first read: 30; score 0.30",
        notes=(
            "shipped: a shorter form",
            "effect: fewer quit",
            "to learn: whether it lasts",
            "note: two days of data",
            "blocker: the vendor",
        ),
        owner=okr.Person("Ana Ruiz"),
    )


def test_wins_are_what_went_up_or_was_shipped() -> None:
    plan = [owned("o", kr("a"), kr("b"), kr("c"))]
    entries = [
        read_monday(20, "a", LAST),
        read_monday(30, "a", shipped="a shorter form"),
        read_monday(20, "b", LAST),
        read_monday(10, "b", shipped="a new page"),
        okr.CheckIn("c", MONDAY, note="nothing yet"),
    ]
    assert texts("WINS", plan, *entries) == [
        "a: 20 to 30; score 0.20 to 0.30",
        "b: shipped: a new page",
    ]


# --- what is believed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "listed"),
    [
        (0.5, 0.7, ["o: confidence 0.50 to 0.70", "o-k: confidence 0.50 to 0.70"]),
        (0.7, 0.5, ["o: confidence 0.70 to 0.50", "o-k: confidence 0.70 to 0.50"]),
        (0.5, 0.69, []),
        (None, 0.7, []),
    ],
)
def test_confidence_that_moved(then: Any, now: Any, listed: list[str]) -> None:
    entries = [
        read_monday(10, day=LAST, confidence=then),
        okr.CheckIn("o-k", MONDAY, confidence=now, note="why"),
    ]
    found = items("CONFIDENCE", [owned()], *entries)
    assert [f"{item.ids[0]}: {item.text}" for item in found] == listed
    assert [item.notes for item in found[1:]] == [("note: why",)] * len(listed[1:])


def test_beliefs() -> None:
    plan = [owned("o", kr("a", unit="USD"), kr("b"))]
    entries = [read_monday(48, "a", confidence=0.6, projected=90), read_monday(90, "b")]
    assert texts("BELIEFS", plan, *entries) == [
        "a: confidence 0.60; $90 projected; on track",
        "b: no confidence given; ahead",
    ]


# --- limits ------------------------------------------------------------------------------------


def guarded() -> okr.Plan:
    bound = okr.AtMost(85, warn_at=80)
    return okr.Plan(
        [
            owned(
                guardrails=[
                    okr.Guardrail("held", "Held", bound),
                    okr.Guardrail("none", "None", bound),
                    okr.Guardrail("warned", "Warned", bound),
                    okr.Guardrail("broken", "Broken", bound, owner="Bo Lind"),
                ]
            )
        ],
        metrics=[
            okr.Metric("kpi", "KPI", health=okr.AtLeast(50)),
            okr.Metric("plain", "Plain"),
        ],
    )


LIMITS = [
    read_monday(70, "held"),
    read_monday(82, "warned", note="close"),
    read_monday(90, "broken"),
    read_monday(40, "kpi"),
    read_monday(40, "plain"),
]


def test_guardrails_that_do_not_hold() -> None:
    assert texts("GUARDRAILS", guarded(), *LIMITS) == [
        "broken: breached: 90, outside its limit (at most 85), first on 2026-08-17",
        "warned: warning: 82, close to its limit (at most 85)",
        "none: unknown: no reading",
    ]
    assert notes("GUARDRAILS", guarded(), *LIMITS) == [(), ("note: close",), ()]
    owners = [item.owner for item in items("GUARDRAILS", guarded(), *LIMITS)]
    assert owners == [okr.Person("Bo Lind"), okr.Person("Ana Ruiz"), okr.Person("Ana Ruiz")]


def test_health_shows_everything_that_has_a_bound() -> None:
    ids = [item.ids[0] for item in items("HEALTH", guarded(), *LIMITS)]
    assert ids == ["broken", "kpi", "warned", "none", "held"]
    # Asked about one objective, the metrics of others stay away.
    assert "kpi" not in [i.ids[0] for i in items("HEALTH", guarded(), *LIMITS, of="o")]


# --- in the way --------------------------------------------------------------------------------


def test_blockers_of_the_week() -> None:
    entries = [
        okr.CheckIn("o-k", LAST, blocker="the old one"),
        okr.CheckIn("o-k", date(2026, 8, 11), blocker="the vendor", by="Cy Wu"),
        okr.CheckIn("o", MONDAY, blocker="the budget"),
        okr.CheckIn("o", MONDAY, note="nothing"),
    ]
    found = items("BLOCKERS", [owned()], *entries)
    assert [(item.ids, item.text, str(item.owner)) for item in found] == [
        (("o-k",), "the vendor (2026-08-11)", "Cy Wu"),
        (("o",), "the budget (2026-08-17)", "Ana Ruiz"),
    ]


def test_dependencies_are_escalated_within_a_day() -> None:
    needs = [
        okr.Dependency("data", provider=okr.Team("Platform"), needed_by=date(2026, 9, 1)),
        okr.Dependency("people", agreed=True),
        okr.Dependency("money", agreed=True, needed_by=date(2026, 8, 16)),
        okr.Dependency("space", agreed=True, needed_by=MONDAY, escalated=date(2026, 8, 12)),
    ]
    plan = [owned(profile=okr.ObjectiveProfile(dependencies=needs)), owned("p")]
    # 40 of 100 on 10 August, 40 of 91 days over: 0.44 expected, 91%; from the 11th on at risk.
    assert texts("DEPENDENCIES", plan, read_monday(40, day=LAST)) == [
        "o: data, from Platform, needed by 2026-09-01, not agreed yet, at risk since 2026-08-11:"
        " escalate by 2026-08-12",
        "o: people, agreed, at risk since 2026-08-11: escalate by 2026-08-12",
        "o: space, needed by 2026-08-17, agreed, escalated on 2026-08-12",
    ]
    assert texts("DEPENDENCIES", plan, read_monday(90))[0] == (
        "o: data, from Platform, needed by 2026-09-01, not agreed yet"
    )


def test_stale_by_the_rulebook() -> None:
    plan = [owned("o", kr("a"), kr("b"))]
    entries = [read_monday(10, "a", date(2026, 8, 1)), read_monday(10, "b")]
    assert texts("STALE", plan, *entries) == ["a: last check-in 16 days ago, on 2026-08-01"]
    silent = evolve(okr.RECOMMENDED, status=[okr.rulebook.Declared()])
    assert texts("STALE", plan, *entries, rulebook=silent) == []


def test_what_does_not_move() -> None:
    still = [read_monday(30, day=date(2026, 7, 10)), read_monday(30, day=date(2026, 8, 14))]
    assert texts("STALLED", [owned()], *still) == ["o-k: 30 for 38 days; off track"]
    moved = [
        read_monday(20, day=date(2026, 7, 10)),
        read_monday(30, day=date(2026, 7, 26)),
        still[1],
    ]
    assert texts("STALLED", [owned()], *moved) == ["o-k: 30 for 22 days; off track"]


def test_what_moved_within_three_weeks_has_not_stalled() -> None:
    plan = [
        owned(
            "o",
            kr("moves"),
            kr("full"),
            kr("bound", okr.AtMost(90)),
            kr("unread"),
            kr("sum", okr.Reach(500), derived=okr.Derived(okr.Aggregation.SUM, ["moves", "full"])),
        )
    ]
    entries = [
        read_monday(10, "moves", date(2026, 7, 10)),
        read_monday(11, "moves", date(2026, 7, 28)),  # 20 days ago
        read_monday(100, "full", date(2026, 7, 10)),
        read_monday(10, "bound", date(2026, 7, 10)),
    ]
    assert texts("STALLED", plan, *entries) == []
    assert texts("STALLED", plan, *entries, day=date(2026, 8, 18)) == [
        "moves: 11 for 21 days; stale"
    ]


def test_behind_the_worst_first() -> None:
    plan = [owned("o", kr("risk"), kr("off"), kr("fine"))]
    # 47 of 91 days: 0.52 expected; 0.42 is 81% of it, 0.30 is 58%.
    entries = [
        read_monday(42, "risk"),
        read_monday(30, "off", note="late start"),
        read_monday(90, "fine"),
    ]
    found = items("BEHIND", plan, *entries)
    assert [item.ids[0] for item in found] == ["off", "risk"]
    assert found[0].text.startswith("off track: progress 0.30, expected 0.52 by now")
    assert found[0].notes == ("note: late start",)


# --- what comes --------------------------------------------------------------------------------


def test_what_is_due_is_listed_by_who_does_it() -> None:
    plan = okr.Plan(
        [owned("o", kr("a"), kr("b", owner="Bo Lind"), kr("c")), owned("p")],
        metrics=[okr.Metric("kpi", "KPI", check_in_days=7)],
    )
    entries = [
        read_monday(1, "a", date(2026, 8, 3)),
        read_monday(1, "c", date(2026, 8, 3)),
        read_monday(1, "b", LAST),
    ]
    found = items("DUE", plan, *entries, read_monday(1, "p-k"), read_monday(1, "kpi", LAST))
    assert [(item.title, item.text, item.ids, str(item.owner)) for item in found] == [
        ("Check-in due on 2026-08-10, 7 days ago (late)", "A; C", ("a", "c"), "Ana Ruiz"),
        (
            "Mid-cycle review due on 2026-08-15, 2 days ago",
            "Objective o; Objective p",
            ("o", "p"),
            "Ana Ruiz",
        ),
        ("Check-in due on 2026-08-17", "B", ("b",), "Bo Lind"),
        ("Check-in due on 2026-08-17", "KPI", ("kpi",), "None"),
        ("Check-in due on 2026-08-24 (coming)", "P-K", ("p-k",), "Ana Ruiz"),
    ]
    *_, one = items("DUE", plan, *entries, of="b", day=date(2026, 8, 18))
    assert one.title == "Check-in due on 2026-08-17, 1 day ago"


def test_paused() -> None:
    plan = [owned(), owned("p"), owned("q"), owned("r", cycle=Q4)]
    until = okr.Adjustment(
        "o",
        LAST,
        kind=okr.AdjustmentKind.PAUSE,
        because="the port closed",
        resume=date(2026, 9, 21),
    )
    entries = [
        until,
        okr.Transition("p", LAST, okr.Lifecycle.PAUSED),
        okr.Adjustment("q-k", LAST, kind=okr.AdjustmentKind.PAUSE, because="no data"),
        evolve(until, of="r", resume=None),
    ]
    assert texts("PAUSED", plan, *entries) == [
        "o: paused since 2026-08-10: the port closed; to be looked at again on 2026-09-21",
        "p: paused since 2026-08-10",
        "q-k: paused since 2026-08-10: no data",
    ]
    assert texts("PAUSED", plan, *entries, of="p") == ["p: paused since 2026-08-10"]
    free = owned("f", cycle=None)
    assert texts("PAUSED", [free], evolve(until, of="f", resume=None)) == [
        "f: paused since 2026-08-10: the port closed"
    ]


def working() -> okr.Plan:
    return okr.Plan(
        [
            owned(
                "o",
                kr("off"),
                kr("fine"),
                kr(
                    "m",
                    okr.Milestones(
                        okr.Milestone("beta", due=date(2026, 9, 1)),
                        okr.Milestone("alpha", due=date(2026, 8, 20)),
                    ),
                ),
                kr("own", due=date(2026, 9, 14)),
                initiatives=[
                    okr.Initiative("a", "A", drives=["fine"], due=date(2026, 8, 18)),
                    okr.Initiative("b", "B", drives=["off", "co-1", "nps"]),
                    okr.Initiative("c", "C", due=date(2026, 8, 31)),
                    okr.Initiative("d", "D", due=date(2026, 8, 20)),
                    okr.Initiative("e", "E", due=date(2026, 12, 1)),
                    okr.Initiative("f", "F"),
                ],
                profile=okr.ObjectiveProfile(
                    dependencies=[
                        okr.Dependency("data", needed_by=date(2026, 8, 25)),
                        okr.Dependency("people"),
                    ]
                ),
            )
        ],
        metrics=[okr.Metric("nps", "NPS")],
        outside=[okr.Outside("co-1")],
    )


WORK = [
    read_monday(10, "off"),
    read_monday(90, "fine"),
    read_monday(["alpha"], "m"),
    read_monday(True, "c"),
    read_monday(0.6, "d"),
]


def test_work() -> None:
    assert texts("WORK", working(), *WORK) == [
        "a: not begun; to move FINE; due on 2026-08-18",
        "b: not begun; to move OFF, co-1 and NPS",
        "c: finished on 2026-08-17",
        "d: 60% done; due on 2026-08-20",
        "e: not begun; due on 2026-12-01",
        "f: not begun",
    ]


def test_priorities_first_what_helps_where_help_is_needed() -> None:
    found = items("PRIORITIES", working(), *WORK)
    assert [item.ids[0] for item in found] == ["b", "a", "d", "e"]
    two = evolve(okr.RECOMMENDED, review=okr.rulebook.ReviewRule(priorities=2))
    assert len(items("PRIORITIES", working(), *WORK, rulebook=two)) == 2


def test_the_next_four_weeks() -> None:
    assert texts("NEXT_WEEKS", working(), *WORK) == [
        "a: 2026-08-18: to be done",
        "d: 2026-08-20: to be done",
        "o: 2026-08-25: data is needed",
        "m: 2026-09-01: beta",
        "own: 2026-09-14: its own deadline",
    ]
    # Nothing reached yet: every step is ahead.
    assert "m: 2026-08-20: alpha" in texts("NEXT_WEEKS", working())


# --- how it stands -----------------------------------------------------------------------------


def test_standing() -> None:
    plan = [
        owned(guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(85))]),
        owned("p", ambition=okr.Ambition.LEARNING),
    ]
    found = items("STANDING", plan, read_monday(50), read_monday(92, "g"))
    assert [item.text for item in found] == [
        "score 0.50; 0.52 expected; on track; outside its limit: Tickets",
        "a learning objective closes by judgement, without a score; stale",
    ]
    assert found[0].notes == ("O-K: 50 is 50% of the way from 0 to 100; on track",)
    over = texts("STANDING", plan, read_monday(50), day=Q3.end)
    assert over[0] == "o: score 0.50; verdict missed so far"
    closed = okr.Closing("o", MONDAY, okr.ClosingDecision.ABANDON)
    early = texts("STANDING", plan, read_monday(50), closed, of="o")
    assert early == ["o: score 0.50; verdict missed"]


def test_effects_on_others() -> None:
    plan = okr.Plan(
        [
            owned("o", kr("a", metric="nps"), kr("b"), kr("l", metric="own")),
            owned("child", supports=["o"]),
            owned("other", okr.KeyResultRef("b"), kr("x", metric="nps")),
            owned("watch", guardrails=[okr.Guardrail("g", "G", okr.AtMost(5), metric="nps")]),
        ],
        metrics=[okr.Metric("nps", "NPS"), okr.Metric("own", "Own")],
    )
    # "child" is below "o", so it is looked at with it.
    assert texts("EFFECTS", plan, of="b") == [
        "other: counts B",
        "x: reads the same metric as A",
        "g: reads the same metric as A",
    ]
    coming = evolve(plan.objective("child"), cycle=Q4)
    assert texts("EFFECTS", plan.put(coming), of="o")[0] == "child: supports Objective o"
    assert texts("EFFECTS", plan) == []


def test_owners() -> None:
    plan = [
        owned("o", kr("a"), kr("b", owner="Ana Ruiz"), kr("c", owner="Bo Lind")),
        owned("p", owner=None),
    ]
    found = items("OWNERS", plan)
    assert [(item.ids[0], item.text, str(item.owner)) for item in found] == [
        ("o", "objective", "Ana Ruiz"),
        ("c", "key result", "Bo Lind"),
        ("p", "objective: nobody is named", "None"),
    ]


def test_reallocation() -> None:
    plan = [owned("ahead"), owned("behind"), owned("fine")]
    entries = [read_monday(90, "ahead-k"), read_monday(10, "behind-k"), read_monday(50, "fine-k")]
    assert texts("REALLOCATION", plan, *entries) == [
        "ahead: ahead: would more pay off?",
        "behind: off track: rethink target, timing or effort?",
    ]


# --- shared key results ------------------------------------------------------------------------


def forum() -> okr.Plan:
    part = okr.Contribution(supports=["shared", "elsewhere"])
    return okr.Plan(
        [
            owned(
                "o",
                kr(
                    "shared",
                    contribution=okr.Contribution(
                        contributors=["Bo Lind", okr.Team("Risk"), "Cy Wu"]
                    ),
                ),
                kr("alone"),
            ),
            owned("bo", kr("bo-k", contribution=part, owner="Bo Lind")),
            owned("risk", kr("risk-k", contribution=part), place=okr.Place(team="Risk")),
            owned("counts", okr.KeyResultRef("both")),
            owned("home", kr("both")),
            owned("away", kr("away-k")),
        ],
        outside=[okr.Outside("elsewhere")],
    )


def test_the_forum_of_shared_key_results() -> None:
    entries = [
        read_monday(50, "shared"),
        read_monday(20, "bo-k"),
        read_monday(70, "alone"),
        read_monday(5, "away-k"),
    ]
    page = agenda(forum(), *entries, ritual="forum")
    shared = page.section(okr.review.AgendaTopic.SHARED).items
    assert [(item.ids[0], item.text) for item in shared] == [
        ("shared", "50 is 50% of the way from 0 to 100; on track"),
        ("both", "no reading; stale"),
    ]
    parts = page.section(okr.review.AgendaTopic.CONTRIBUTIONS).items
    assert [(item.ids, item.text, str(item.owner)) for item in parts] == [
        (("bo-k", "shared"), "20 is 20% of the way from 0 to 100; off track", "Bo Lind"),
        (("risk-k", "shared"), "no reading; stale", "Ana Ruiz"),
        (("shared",), "has no key result of its own for its part yet", "Cy Wu"),
    ]
    moved = page.section(okr.review.AgendaTopic.MOVEMENTS).items
    assert [item.ids[0] for item in moved] == ["shared", "bo-k"]


def test_the_forum_of_one() -> None:
    page = agenda(
        forum(), read_monday(50, "shared"), read_monday(9, "both"), ritual="forum", of="shared"
    )
    assert [item.ids[0] for item in page.section(okr.review.AgendaTopic.SHARED).items] == ["shared"]
    assert [item.ids[0] for item in page.section(okr.review.AgendaTopic.MOVEMENTS).items] == [
        "shared"
    ]
    lonely = agenda(forum(), read_monday(7, "away-k"), ritual="forum", of="away-k")
    assert lonely.section(okr.review.AgendaTopic.SHARED).items == ()
    assert [item.ids[0] for item in lonely.section(okr.review.AgendaTopic.MOVEMENTS).items] == [
        "away-k"
    ]


# --- adjustments -------------------------------------------------------------------------------

CUT = okr.Adjustment(
    "o-k",
    MONDAY,
    measure=okr.Increase(0, 50),
    because="the port closed",
    new_fact="two ports closed",
)


def test_adjusted() -> None:
    again = evolve(CUT, measure=okr.Increase(0, 40), because="the third closed", new_fact="")
    eased = okr.Adjustment(
        "o", MONDAY, because="too much", trigger=okr.AdjustmentTrigger.DIFFICULTY
    )
    old = evolve(CUT, on=LAST)
    assert texts("ADJUSTED", [owned()], old, CUT, again, eased) == [
        "o-k: pivot on 2026-08-17, 0 to 50 became 0 to 50: the port closed",
        "o-k: pivot on 2026-08-17, 0 to 50 became 0 to 40: the third closed",
        "o: pivot on 2026-08-17: too much",
    ]
    assert notes("ADJUSTED", [owned()], CUT, eased) == [
        ("new fact: two ports closed",),
        ("too hard: the original target is graded at the close",),
    ]
    assert texts("ADJUSTED", [owned()], CUT)[0].startswith(
        "o-k: pivot on 2026-08-17, 0 to 100 became 0 to 50"
    )
    # What it paused does not run any more, and is listed all the same.
    pause = okr.Adjustment("o", MONDAY, kind=okr.AdjustmentKind.PAUSE, because="a storm")
    assert texts("ADJUSTED", [owned(), owned("p")], pause) == ["o: pause on 2026-08-17: a storm"]
    assert texts("ADJUSTED", [owned(), owned("p")], pause, of="p") == []


def test_a_quarter_asks_for_a_review_and_a_sprint_for_a_note() -> None:
    whole = evolve(
        CUT,
        trigger=okr.AdjustmentTrigger.EXTERNAL_CHANGE,
        broken_assumption="ships arrive",
        effects="fewer trials",
        decided_by="Ana Ruiz",
        decided=MONDAY,
        confirmed=["Ana Ruiz"],
        published=MONDAY,
    )
    assert texts("RECORDS", [owned()], whole) == []
    pause = evolve(whole, of="o", measure=None, kind=okr.AdjustmentKind.PAUSE)
    assert texts("RECORDS", [owned()], pause) == [
        "o: adjusted on 2026-08-17; to be filled in: what stands in meanwhile, when to look at it again"
    ]
    complete = evolve(pause, temporary="p", resume=date(2026, 9, 28))
    meanwhile = okr.Objective("p", "Reroute")
    assert texts("RECORDS", [owned(), meanwhile], complete) == []
    assert texts("RECORDS", [owned()], evolve(CUT, new_fact="")) == [
        "o-k: adjusted on 2026-08-17; to be filled in: what brought it about, the new fact, the broken"
        " assumption, the effects, who decided, when it was decided, who confirmed to own it, when it was"
        " published"
    ]
    assert texts("RECORDS", [owned()], evolve(whole, published=None, of="o", measure=None)) == [
        "o: adjusted on 2026-08-17; to be filled in: when it was published"
    ]
    assert len(texts("RECORDS", [owned(cycle=None)], CUT)) == 1
    sprint = okr.Cycle.starting(LAST, okr.Cadence.MICRO_TWO_WEEKS)
    assert texts("RECORDS", [owned(cycle=sprint)], CUT) == []


# --- the close ---------------------------------------------------------------------------------


def test_results_show_both_grades_and_what_was_judged() -> None:
    cut = evolve(CUT, on=date(2026, 8, 15))
    entries = [
        read_monday(30, day=date(2026, 8, 14)),
        cut,
        read_monday(45, day=date(2026, 9, 28)),
        okr.Judgement("o", Q3.end, score=0.8, because="the last week is missing"),
    ]
    (item,) = items("RESULTS", [owned()], *entries, day=Q3.end, scope=okr.review.AgendaScope.ENDING)
    assert (
        item.text
        == "score 0.90; verdict missed so far; 0.45 by the original plan, 0.90 as adjusted"
    )
    assert item.notes == (
        "judged 0.80: the last week is missing",
        "O-K: 45 is 90% of the way from 0 to 50; short; 0.45 by the original plan, 0.90 as adjusted",
    )
    same = okr.Adjustment("o-k", MONDAY, owner="Bo Lind", because="Ana moved on")
    (item,) = items("RESULTS", [owned()], read_monday(45), same, day=Q3.end)
    assert item.text == "score 0.45; verdict missed so far"


def test_decisions_to_be_made() -> None:
    plan = [owned(), owned("p"), owned("q", ambition=okr.Ambition.LEARNING)]
    entries = [read_monday(75), okr.Closing("p", date(2026, 9, 29), okr.ClosingDecision.CARRY)]
    options: dict[str, Any] = {"day": Q3.end, "scope": okr.review.AgendaScope.ENDING}
    assert texts("DECISIONS", plan, *entries, **options) == [
        "o: decision suggested: carry, because of a score of 0.75",
        "q: decision open: what was learnt decides",
    ]
    assert texts("DECISIONS", plan, *entries, **options, of=["p", "q"]) == [
        "q: decision open: what was learnt decides"
    ]


def test_missed_promises_ask_for_a_post_mortem() -> None:
    needs = okr.ObjectiveProfile(dependencies=[okr.Dependency("data", escalated=date(2026, 9, 2))])
    plan = [owned(profile=needs), owned("p"), owned("q"), owned("fine")]
    entries = [
        read_monday(75, day=date(2026, 9, 28)),
        *(read_monday(40, "p-k", date(2026, 8, day)) for day in (3, 10)),
        read_monday(100, "fine-k"),
        read_monday(10, "q-k"),
        okr.PostMortem("q", Q3.end, cause="a storm", changes="a second site"),
    ]
    ending: dict[str, Any] = {"scope": okr.review.AgendaScope.ENDING}
    # Final numbers may come until 14 October.
    so_far = items("POST_MORTEMS", plan, *entries, day=date(2026, 10, 14), **ending)
    assert [f"{item.ids[0]}: {item.text}" for item in so_far] == [
        "o: missed so far; final numbers may come until 2026-10-14",
        "p: missed so far; final numbers may come until 2026-10-14",
    ]
    after_grace = date(2026, 10, 15)
    found = items("POST_MORTEMS", plan, *entries, day=after_grace, **ending)
    assert [f"{item.ids[0]}: {item.text}" for item in found] == [
        "o: missed; asks for a post-mortem; first signal on 2026-09-28, escalated on 2026-09-02",
        # 40 of 100 on 3 August: 0.36 expected. On 11 August 0.45: 89%.
        "p: missed; asks for a post-mortem; first signal on 2026-08-11, not escalated",
    ]
    assert found[0].notes == ("O-K: 0 to 100 was planned; 75 is 75% of the way from 0 to 100",)
    sudden = [read_monday(100, day=date(2026, 8, 14)), read_monday(99, day=date(2026, 10, 2))]
    (item,) = items(
        "POST_MORTEMS",
        [owned()],
        *sudden,
        day=after_grace,
        **ending,
    )
    assert item.text == "missed; asks for a post-mortem; no signal, not escalated"


# --- back and ahead ----------------------------------------------------------------------------

ENDED: dict[str, Any] = {
    "day": date(2026, 10, 7),
    "scope": okr.review.AgendaScope.ENDED,
    "back_days": None,
}


def test_findings_come_with_advice() -> None:
    entries = read_monday(0, day=Q3.start), read_monday(90)
    assert items("FINDINGS", [owned()], *entries, **ENDED) == []
    ended = {**ENDED, "day": date(2026, 10, 15)}
    (item,) = items("FINDINGS", [owned()], *entries, **ended)
    assert item.ids == ("o",)
    assert item.text == "committed miss needs post-mortem: missed, with a score of 0.90"
    assert item.notes == (
        "next time: hold a post-mortem: what brought it about, and what will be different",
    )


def test_what_was_learnt() -> None:
    entries = [
        okr.CheckIn("o-k", date(2026, 6, 20), learning="of another quarter"),
        okr.CheckIn("o-k", MONDAY, learning="people read\nthe first line"),
        okr.CheckIn("o-k", MONDAY, note="no lesson"),
        okr.Closing("o", Q3.end, okr.ClosingDecision.CARRY, learned="it takes two"),
        okr.PostMortem("o", Q3.end, changes="two vendors"),
        okr.PostMortem("o", date(2026, 10, 9), changes="later"),
        okr.Closing(
            "p", date(2026, 6, 29), okr.ClosingDecision.CARRY, learned="of another quarter"
        ),
        okr.Transition("q", Q3.start, okr.Lifecycle.DRAFT),
    ]
    plan = [owned(), owned("p", cycle=CALENDAR.quarter(2026, 2)), owned("q", cycle=Q4)]
    assert texts("LEARNED", plan, *entries, **ENDED) == [
        "o-k: people read the first line",
        "o: it takes two",
        "o: two vendors",
    ]


def test_links_that_say_nothing() -> None:
    plan = okr.Plan(
        [owned(supports=["co-1", okr.Alignment("co-2", contribution="half of the growth")])],
        outside=[okr.Outside("co-1"), okr.Outside("co-2", title="Grow")],
    )
    (item,) = items("LINKS", plan)
    assert (item.ids, item.text) == (("o", "co-1"), "supports co-1")


def test_what_goes_on() -> None:
    plan = [
        owned("o", ambition=ASPIRATIONAL),
        owned("p"),
        owned("q"),
        owned("r", ambition=ASPIRATIONAL),
        owned("r2", cycle=Q4, continues="r"),
    ]
    entries = [
        read_monday(60),
        read_monday(60, "p-k"),
        okr.Closing("q", Q3.end, okr.ClosingDecision.ABANDON),
    ]
    found = items("NEXT", plan, *entries, **ENDED)
    assert [(item.ids, item.text) for item in found] == [
        (
            ("o",),
            "decision suggested: carry, because of a score of 0.60; carried if nobody decides",
        ),
        (("p",), "decision suggested: carry, because of a score of 0.60"),
        (("q",), "decided to abandon"),
        (("r", "r2"), "goes on as Objective r2"),
    ]


def test_what_is_drafted_for_the_next_cycle() -> None:
    plan = [
        owned(),
        owned("next", kr("found", okr.Increase(None, 5)), kr("known"), cycle=Q4),
        owned("draft", cycle=None),
        okr.Objective("bare", "Bare", cycle=Q4),
        owned("waits", cycle=Q4, profile=okr.ObjectiveProfile(parked=okr.Parked("no team"))),
    ]
    entries = [read_monday(3, "known"), okr.Transition("draft", MONDAY, okr.Lifecycle.DRAFT)]
    words = [
        "next: as measured by FOUND (from a baseline to be found to 5) and KNOWN (0 to 100)",
        "draft: as measured by DRAFT-K (0 to 100)",
        "bare: no key results yet",
    ]
    assert texts("STATEMENTS", plan, *entries, **ENDED) == words
    assert texts("STATEMENTS", plan, *entries, scope=okr.review.AgendaScope.COMING) == words
    assert texts("STATEMENTS", plan, *entries) == ["o: as measured by O-K (0 to 100)"]
    assert texts("INSTRUMENTS", plan, *entries, **ENDED) == [
        "found: no baseline yet, never read",
        "draft-k: never read",
    ]
    first = {**ENDED, "day": MONDAY}
    assert texts("STATEMENTS", plan[1:2], **first) == words[:1]
    total = kr("sum", okr.Reach(5), derived=okr.Derived(okr.Aggregation.SUM, ["o-k"]))
    more = [*plan, owned("sum-o", total, cycle=Q4)]
    assert "sum: never read" not in texts("INSTRUMENTS", more, *entries, **ENDED)


def test_not_now() -> None:
    def waits(revisit: date | None) -> okr.ObjectiveProfile:
        return okr.ObjectiveProfile(parked=okr.Parked("no team", revisit))

    plan = [
        owned("a", profile=waits(MONDAY)),
        owned("b", profile=waits(date(2026, 12, 1))),
        owned("c", profile=waits(None)),
    ]
    assert texts("NOT_NOW", plan) == [
        "a: no team; look again now",
        "b: no team; look again on 2026-12-01",
        "c: no team",
    ]
    assert texts("NOT_NOW", plan, of="c") == ["c: no team"]


# --- who is looked at --------------------------------------------------------------------------


def test_rituals_look_at_what_they_are_for() -> None:
    plan = [
        owned("run"),
        owned("free", cycle=None),
        owned("paused"),
        owned("closed"),
        owned("coming", cycle=Q4),
        owned("old", cycle=CALENDAR.quarter(2026, 2)),
        owned("waits", profile=okr.ObjectiveProfile(parked=okr.Parked("no team"))),
    ]
    entries = [
        okr.Transition("paused", LAST, okr.Lifecycle.PAUSED),
        okr.Closing("closed", LAST, okr.ClosingDecision.ACHIEVED),
    ]

    def looked_at(scope: okr.review.AgendaScope, day: date) -> list[str]:
        return [i.ids[0] for i in items("STANDING", plan, *entries, scope=scope, day=day)]

    assert looked_at(okr.review.AgendaScope.RUNNING, MONDAY) == ["run", "free"]
    assert looked_at(okr.review.AgendaScope.COMING, MONDAY) == ["coming"]
    # Two weeks before the end it is time to call the results.
    assert looked_at(okr.review.AgendaScope.ENDING, date(2026, 9, 15)) == ["old"]
    assert looked_at(okr.review.AgendaScope.ENDING, date(2026, 9, 16)) == ["run", "paused"]
    assert looked_at(okr.review.AgendaScope.ENDED, date(2026, 9, 29)) == ["old"]
    assert looked_at(okr.review.AgendaScope.ENDED, date(2026, 10, 7)) == ["run", "paused", "closed"]
    assert looked_at(okr.review.AgendaScope.RUNNING, date(2026, 10, 7)) == ["free", "coming"]


def test_an_agenda_of_something() -> None:
    plan = [
        owned("top"),
        owned("child", supports=["top"]),
        owned("grandchild", supports=["child-k"]),
        owned("later", supports=["child"], cycle=Q4),
        owned("other", kr("a"), kr("b")),
    ]

    def looked_at(of: Any) -> list[str]:
        return [item.ids[0] for item in items("STANDING", plan, of=of)]

    assert looked_at("top") == ["top", "child", "grandchild"]
    assert looked_at("child") == ["child", "grandchild"]
    assert looked_at(["grandchild", "other"]) == ["grandchild", "other"]
    assert looked_at("later") == ["later"]  # what is asked for is looked at, whatever its state
    assert looked_at("b") == ["other"]
    found = items("STANDING", plan, read_monday(5, "a"), read_monday(6, "b"), of="b")
    assert found[0].notes == ("B: 6 is 6% of the way from 0 to 100; off track",)
    assert looked_at([]) == ["top", "child", "grandchild", "other"]
    with pytest.raises(okr.InconsistentPlanError, match="did you mean 'other'"):
        looked_at("othr")


def test_since_the_start_of_the_quarter() -> None:
    sprint = okr.Cycle.starting(LAST, okr.Cadence.MICRO_TWO_WEEKS)
    plan = [owned("year", cycle=CALENDAR.year(2026)), owned(), owned("s", cycle=sprint)]
    blocked = [
        okr.CheckIn("o", day, blocker=str(day.month))
        for day in (date(2026, 6, 30), date(2026, 7, 1), MONDAY)
    ]
    assert texts("BLOCKERS", plan, *blocked, back_days=None) == [
        "o: 7 (2026-07-01)",
        "o: 8 (2026-08-17)",
    ]
    # Without a cycle, since the first thing that was written down.
    free = [owned(cycle=None)]
    assert len(texts("BLOCKERS", free, *blocked, back_days=None)) == 3
    assert texts("BLOCKERS", free, back_days=None) == []
    assert texts("BLOCKERS", plan, *blocked, back_days=100_000) == [
        "o: 6 (2026-06-30)",
        "o: 7 (2026-07-01)",
        "o: 8 (2026-08-17)",
    ]


# --- rituals -----------------------------------------------------------------------------------


def test_every_ritual_has_a_row_and_every_topic_a_place() -> None:
    assert set(okr.review.AGENDA_TEMPLATES) == set(okr.calendar.Ritual)
    listed = {
        section.topic for rite in okr.review.AGENDA_TEMPLATES.values() for section in rite.sections
    }
    assert listed == set(okr.review.AgendaTopic)


def test_numbers_of_the_rituals_are_those_of_the_field() -> None:
    # Minutes at most: founding document E; a mid-cycle review of 60 to 90.
    minutes = {"weekly": 30, "mid-cycle review": 90, "adjustment review": 45}
    assert {
        ritual: okr.review.AGENDA_TEMPLATES[okr.calendar.Ritual(ritual)].minutes
        for ritual in minutes
    } == minutes
    # Wodtke: four priorities, four weeks ahead; two steps of ten ask why confidence moved.
    rule = okr.RECOMMENDED.review
    assert (rule.priorities, rule.looks_ahead_days, rule.confidence_move) == (4, 28, 0.2)
    # Three weeks without movement, two weeks to wire the data, results called two weeks before the end.
    assert (rule.still_days, rule.instrumented_in_days, rule.calls_within_days) == (21, 14, 14)
    four_squares = okr.review.AGENDA_TEMPLATES[okr.calendar.Ritual.FOUR_SQUARE]
    assert (len(four_squares.sections), four_squares.columns) == (4, 2)


def test_a_weekly_check_in_begins_with_what_moved() -> None:
    page = agenda([owned()])
    assert [section.topic.name for section in page.sections] == [
        "MOVEMENTS",
        "CONFIDENCE",
        "GUARDRAILS",
        "BLOCKERS",
        "DEPENDENCIES",
        "STALE",
        "PAUSED",
        "DUE",
    ]
    assert (page.ritual, page.title, page.minutes) == (
        okr.calendar.Ritual.WEEKLY,
        "Weekly check-in",
        30,
    )
    assert agenda([owned()], ritual="adjustment review").minutes == 45
    assert repr(page) == "Agenda('Weekly check-in', 2026-08-17, 8 sections, 3 items)"


def test_no_question_asks_for_somebody_to_blame() -> None:
    asked = [
        question.lower()
        for rite in okr.review.AGENDA_TEMPLATES.values()
        for section in rite.sections
        for question in section.questions
    ]
    assert len(asked) > 50
    for question in asked:
        assert not any(word in question for word in ("fault", "blame", "responsible for", "fail"))


def test_words_of_your_own() -> None:
    weekly = okr.review.AGENDA_TEMPLATES[okr.calendar.Ritual.WEEKLY]
    german = evolve(
        weekly,
        title="Wochentermin",
        sections=[
            evolve(weekly.sections[0], title="Bewegung", questions=["Was ist neu?"], empty="-")
        ],
    )
    rites = MappingProxyType({**okr.review.AGENDA_TEMPLATES, okr.calendar.Ritual.WEEKLY: german})
    assert str(agenda([owned()], rites=rites)) == (
        "Wochentermin, 2026-08-17 (30 minutes)\n\nBEWEGUNG\n  ? Was ist neu?\n  - -"
    )


# --- pages -------------------------------------------------------------------------------------


def page() -> okr.review.Agenda:
    plan = [owned("o", okr.KeyResult("k", "Revenue <&> *more*", okr.Increase(0, 100)))]
    rite = okr.review.AgendaTemplate(
        "Weekly",
        30,
        okr.review.AgendaScope.RUNNING,
        7,
        [
            okr.review.TemplateSection(
                okr.review.AgendaTopic.MOVEMENTS, "Moved", ["What did it do?"]
            ),
            okr.review.TemplateSection(
                okr.review.AgendaTopic.GUARDRAILS, "Guardrails", empty="all hold"
            ),
        ],
        columns=2,
    )
    said = read_monday(50, "k", note="two <days> of data")
    return agenda(plan, said, rites={okr.calendar.Ritual.WEEKLY: rite})


def test_a_page_of_text() -> None:
    assert str(page()) == (
        "Weekly, 2026-08-17 (30 minutes)\n"
        "\n"
        "MOVED\n"
        "  ? What did it do?\n"
        "  - Revenue <&> *more*: first read: 50; score 0.50 [Ana Ruiz]\n"
        "      note: two <days> of data\n"
        "\n"
        "GUARDRAILS\n"
        "  - all hold"
    )


def test_a_page_of_markdown_and_html() -> None:
    bundle = page()._repr_mimebundle_()
    assert bundle["text/plain"] == str(page())
    assert bundle["text/markdown"] == (
        "## Weekly, 2026-08-17 \\(30 minutes\\)\n"
        "\n"
        "### Moved\n"
        "\n"
        "> What did it do?  \n"
        "\n"
        "- **Revenue \\<&\\> \\*more\\*** (Ana Ruiz): first read: 50; score 0.50\n"
        "  - note: two \\<days\\> of data\n"
        "\n"
        "### Guardrails\n"
        "\n"
        "- all hold"
    )
    html = bundle["text/html"]
    assert html.count("<tr>") == 1  # two columns side by side
    assert "<em>What did it do?</em>" in html
    assert "Revenue &lt;&amp;&gt; *more*</strong> (Ana Ruiz): first read: 50" in html
    assert "<small>note: two &lt;days&gt; of data</small>" in html
    assert "<li>all hold</li>" in html
    one = evolve(page(), columns=1)
    assert one._repr_mimebundle_()["text/html"].count("<tr>") == 2


def test_wide_characters_stay_within_80_columns() -> None:
    plan = [owned("o", okr.KeyResult("k", "売上" * 40, okr.Increase(0, 100)))]
    lines = str(agenda(plan, read_monday(50, "k"))).split("\n")
    wide = [line for line in lines if "売" in line]
    assert len(wide) > 1
    assert all(len(line) + line.count("売") + line.count("上") < 80 for line in wide)
    card = okr.evaluate(okr.Plan(plan), okr.Journal(), as_of=MONDAY)
    assert all(
        len(line) + sum(line.count(c) for c in "売上") < 80 for line in str(card).split("\n")
    )


# --- refusals ----------------------------------------------------------------------------------


def test_unknown_rituals_and_topics() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"give .*close.*weekly.*\[ritual-unknown\]"):
        agenda([owned()], ritual="standup")
    with pytest.raises(okr.InvalidValueError, match=r"movements, .*due \[not-in-agenda\]"):
        agenda([owned()]).section(okr.review.AgendaTopic.RESULTS)
    with pytest.raises(okr.InvalidValueError, match="wrong-type"):
        agenda([owned()], ritual=5)
    with pytest.raises(okr.InvalidValueError, match=r"rites\[weekly\]: .*give an AgendaTemplate"):
        agenda([owned()], rites={okr.calendar.Ritual.WEEKLY: "x"})

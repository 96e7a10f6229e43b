"""Statuses of a live scorecard at the edges that chance meets seldom; a law does the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

import okrcore as okr
from build import Q3, day, goal, kr
from okrcore.rulebook import (
    ByBands,
    Declared,
    FromParts,
    OverrideDuration,
    Stale,
    StatusCombination,
)

DAY = day(8, 14)
NOON = datetime(2026, 8, 14, 12, tzinfo=UTC)
POOL = evolve(
    okr.RECOMMENDED,
    name="pool",
    roll_up=okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ]
    ),
)


def live_of(
    *objectives: okr.Objective,
    entries: Any = (),
    on: Any = DAY,
    rulebook: okr.Rulebook = okr.RECOMMENDED,
) -> okr.LiveScorecard:
    plan = okr.Plan(objectives or [goal(kr("a"), kr("b"))])
    return okr.LiveScorecard(plan, okr.Journal(entries), as_of=on, rulebook=rulebook)


def must_equal_those_of_the_card(live: okr.LiveScorecard) -> dict[str, str]:
    scored = (okr.Objective, okr.KeyResult)
    ids = [item.id for item in live.card.plan.each() if isinstance(item, scored)]
    found = {id: live.status(id) for id in ids}
    card = okr.evaluate(live.card.plan, live.journal, as_of=live.as_of, rulebook=live.card.rulebook)
    assert found == {id: card[id].status for id in ids}
    return found


def test_statuses_follow_each_check_in() -> None:
    live = live_of()
    assert live.status("o") == "stale"
    live.record(okr.CheckIn("a", DAY, 10))
    assert (live.status("a"), live.status("b"), live.status("o")) == (
        "off track",
        "stale",
        "off track",
    )
    live.record(okr.CheckIn("b", DAY, 90))
    assert (live.status("a"), live.status("b"), live.status("o")) == (
        "off track",
        "ahead",
        "on track",
    )
    must_equal_those_of_the_card(live)


def test_a_confidence_is_that_of_the_entry_recorded_last() -> None:
    live = live_of(goal(kr("a", okr.PassFail()), kr("b", okr.PassFail())))
    assert live.status("a") == "stale"
    for hour, belief in ((0, 0.9), (2, 0.2), (1, 0.9), (None, 0.9)):
        moment = None if hour is None else NOON + timedelta(hours=hour)
        live.record(okr.CheckIn("a", DAY, confidence=belief, recorded=moment))
        must_equal_those_of_the_card(live)
    live.record(okr.CheckIn("o", DAY, confidence=0.9, recorded=NOON + timedelta(hours=3)))
    live.record(okr.CheckIn("a", day(8, 13), confidence=0.6))
    assert must_equal_those_of_the_card(live)["o"] == "on track"


def test_a_paused_objective_leaves_the_pace_above_it() -> None:
    low = goal(kr("c"), id="low", supports=["top"])
    paused = goal(kr("b"), id="paused", supports=["top"])
    live = live_of(
        goal(kr("a"), id="top"),
        low,
        paused,
        entries=[
            okr.CheckIn("b", day(8, 1), 1),
            okr.Transition("paused", day(8, 2), okr.Lifecycle.PAUSED),
        ],
        rulebook=POOL,
    )
    for id in ("a", "c", "b"):
        live.status("top")
        live.record(okr.CheckIn(id, DAY, 80))
        must_equal_those_of_the_card(live)


def test_a_check_in_before_the_cycle_is_none_of_it() -> None:
    early = okr.FiscalCalendar().quarter(2026, 2)
    live = live_of(
        goal(kr("a"), id="below", cycle=early, supports=["top"]),
        goal(kr("b"), id="top", cycle=Q3),
        rulebook=POOL,
    )
    must_equal_those_of_the_card(live)
    live.record(okr.CheckIn("a", day(6, 29), 50))
    live.record(okr.CheckIn("b", day(6, 29), 50))
    must_equal_those_of_the_card(live)
    live.record(okr.CheckIn("b", DAY, 50))
    must_equal_those_of_the_card(live)


def test_closed_objectives_keep_their_status() -> None:
    closing = okr.Closing("old", day(8, 1), okr.ClosingDecision.CARRY)
    read = okr.CheckIn("c", day(7, 30), 40)
    live = live_of(
        goal(kr("a"), id="top"),
        goal(kr("c"), id="old", supports=["top"]),
        entries=[read, closing],
        rulebook=POOL,
    )
    must_equal_those_of_the_card(live)
    live.record(okr.CheckIn("a", DAY, 40))
    must_equal_those_of_the_card(live)
    live.record(okr.CheckIn("c", day(7, 30), note="written late", confidence=0.1))
    must_equal_those_of_the_card(live)


def test_a_part_without_a_weight_moves_no_pace() -> None:
    live = live_of(goal(kr("a", weight=0)))
    for value in (10, 90):
        live.record(okr.CheckIn("a", DAY, value))
        must_equal_those_of_the_card(live)


def test_a_verdict_of_an_objective_takes_an_evaluation() -> None:
    live = live_of(goal(kr("a"), ambition=okr.Ambition.COMMITTED), on=Q3.end)
    for value in (50, 100):
        live.record(okr.CheckIn("a", Q3.end, value))
        assert (live.status("a"), live.status("o")) == ("over", "over")
        must_equal_those_of_the_card(live)


def test_rules_that_need_more_take_an_evaluation() -> None:
    codes = [("off track", 0), ("on track", 1)]
    bands = okr.RECOMMENDED.status[-2]
    assert isinstance(bands, ByBands)
    rulebooks = [
        evolve(okr.RECOMMENDED, status=[Stale(intervals=2, still_intervals=1), bands]),
        evolve(okr.RECOMMENDED, status=[evolve(bands, axis=okr.rulebook.Axis.PROGRESS)]),
        evolve(okr.RECOMMENDED, status=[FromParts(StatusCombination.WORST, codes), bands]),
        evolve(okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(missing=0)),
    ]
    for rulebook in rulebooks:
        for on in (DAY, Q3.end):
            live = live_of(rulebook=rulebook, on=on)
            for value in (10, 90):
                live.record(okr.CheckIn("a", on, value))
                must_equal_those_of_the_card(live)


def test_a_post_mortem_changes_no_status() -> None:
    live = live_of()
    before = must_equal_those_of_the_card(live)
    live.record(okr.PostMortem("o", DAY, cause="rain"))
    assert must_equal_those_of_the_card(live) == before


def test_a_declared_status_is_kept_until_something_is_read() -> None:
    rulebook = evolve(
        okr.RECOMMENDED,
        name="until read",
        status=[Declared(keep=OverrideDuration.UNTIL_READ), *okr.RECOMMENDED.status],
    )
    live = live_of(rulebook=rulebook)
    live.record(okr.CheckIn("a", DAY, 10))
    assert live.status("o") == "off track"
    live.record(okr.Judgement("o", DAY, status="on track", because="a fix is out", recorded=NOON))
    assert must_equal_those_of_the_card(live)["o"] == "on track"
    live.record(okr.CheckIn("b", DAY, 20, recorded=NOON + timedelta(hours=1)))
    assert live.status("o") == "off track"
    must_equal_those_of_the_card(live)


def test_a_check_in_of_an_initiative_is_no_status_of_an_item() -> None:
    work = okr.Initiative("page", "A faster page", drives=["a"])
    worst = FromParts(StatusCombination.WORST, [("not started", 0), ("on track", 1)])
    rulebook = evolve(okr.RECOMMENDED, name="worst", status=[worst, *okr.RECOMMENDED.status])
    live = live_of(goal(kr("a"), kr("b"), initiatives=[work]), rulebook=rulebook)
    before = must_equal_those_of_the_card(live)
    live.record(okr.CheckIn("page", DAY, 0.5))
    assert must_equal_those_of_the_card(live) == before

"""Key results below closed objectives, for rules that roll up all key results below, worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, bare
from okrcore.rulebook import Weighing
from okrcore.rulebook.dialects import IPFS

READ, CLOSED, LATER, TODAY = (
    date(2026, 7, 20),
    date(2026, 8, 6),
    date(2026, 8, 20),
    date(2026, 8, 25),
)
ALL_BELOW = okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.DESCENDANTS)


def of_ten(id: str, measure: Any = okr.Reach(10)) -> okr.KeyResult:  # noqa: B008  # a frozen value
    return okr.KeyResult(id, "KR", measure)


def closed(id: str, on: date = CLOSED) -> okr.Closing:
    return okr.Closing(id, on, okr.ClosingDecision.ACHIEVED)


#: top <- mid <- team (k), top <- other (z).
PLAN = okr.Plan(
    [
        bare("top"),
        bare("mid", supports=["top"]),
        bare("team", of_ten("k"), supports=["mid"]),
        bare("other", of_ten("z"), supports=["top"]),
    ]
)
JOURNAL = okr.Journal(okr.check_ins(READ, {"k": 8, "z": 2}))


def card_after(*entries: Any, plan: okr.Plan = PLAN, book: okr.Rulebook = IPFS) -> okr.Scorecard:
    return okr.evaluate(plan, JOURNAL.add(entries), as_of=TODAY, rulebook=book)


LATE: list[Any] = [
    okr.CheckIn("k", LATER, 0),
    okr.CheckIn("k", CLOSED, 0),
    okr.Transition("team", LATER, okr.Lifecycle.PAUSED),
    okr.Adjustment("k", LATER, measure=okr.Reach(100), because="a fact"),
    okr.Adjustment("k", LATER, weight=5, because="a fact"),
    closed("team", LATER),
]


@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize("home", ["mid", "team"])
def test_later_entries_below_a_closed_objective_move_nothing_above_it(late: Any, home: str) -> None:
    if home == "team" and not isinstance(late, (okr.CheckIn, okr.Adjustment)):
        return
    card = okr.evaluate(
        PLAN, JOURNAL.add([closed(home), late]), as_of=TODAY, rulebook=IPFS, strict=False
    )
    top = card.objective("top")
    assert (top.score, top.coverage, top.score_range) == (0.5, 1.0, (0.5, 0.5))
    assert (top.original_score, card.shares("top")) == (None, {"k": 0.5, "z": 0.5})


def test_the_open_objective_below_a_closed_one_goes_on() -> None:
    card = card_after(closed("mid"), okr.CheckIn("k", LATER, 0))
    assert [card[id].score for id in ("k", "team", "mid", "top")] == [0.0, 0.0, 0.8, 0.5]
    (step,) = card.explain("top").parts
    assert [(part.id, part.result) for part in step.parts] == [("k", 0.8), ("z", 0.2)]
    # A reading of k moves team alone; z moves top.
    assert card.what_if({"k": 1, "z": 1})["top"].score == 0.9
    assert card.sensitivity("top") == (("z", 0.4),)
    live = okr.LiveScorecard(PLAN, JOURNAL.add(closed("mid")), as_of=TODAY, rulebook=IPFS)
    assert [change.id for change in live.record(okr.CheckIn("k", LATER, 0))] == ["k", "team"]
    assert live.score("top") == 0.5


def test_an_unread_key_result_below_a_closed_objective_has_the_pace_of_the_closing() -> None:
    # Nothing read counts as 0, and a limit is expected to hold: 0 of 1, before the closing and after it.
    book = evolve(IPFS, roll_up=evolve(IPFS.roll_up, missing=0))
    team = bare("team", of_ten("k", okr.AtLeast(5)), supports=["mid"], cycle=Q3)
    plan = okr.Plan([bare("top", cycle=Q3), bare("mid", supports=["top"], cycle=Q3), team])
    for entries in ([], [closed("mid")]):
        card = okr.evaluate(plan, okr.Journal(entries), as_of=TODAY, rulebook=book)
        for id in ("mid", "top"):
            result = card.objective(id)
            assert (result.score, result.expected, result.pace) == (0, 1, 0)


def test_the_first_closing_on_the_way_up_counts() -> None:
    # Closed on 20 August, team has 0.4 itself; for what is above mid it has the 0.8 of 6 August.
    late = okr.CheckIn("k", LATER, 4)
    card = card_after(closed("mid"), late, closed("team", LATER))
    assert [card[id].score for id in ("team", "mid", "top")] == [0.4, 0.8, 0.5]
    card = card_after(closed("team"), late, closed("mid", LATER))
    assert [card[id].score for id in ("team", "mid", "top")] == [0.8, 0.8, 0.5]


def test_an_objective_that_is_closed_later_keeps_what_was_closed_below_it() -> None:
    card = card_after(
        closed("mid"), okr.CheckIn("k", LATER, 0), okr.CheckIn("z", LATER, 4), closed("top", LATER)
    )
    assert card["top"].score == pytest.approx(0.6)
    assert card["top"].status == card_after(closed("top", LATER))["top"].status


def test_on_several_ways_the_open_one_counts() -> None:
    plan = PLAN.put(bare("way", supports=["top"])).put(
        bare("team", of_ten("k"), supports=["mid", "way"])
    )
    card = card_after(closed("mid"), okr.CheckIn("k", LATER, 4), plan=plan)
    assert [card[id].score for id in ("mid", "way", "top")] == [0.8, 0.4, pytest.approx(0.3)]


def test_objectives_that_take_a_key_result_as_on_several_days() -> None:
    # For root k counts as on 6 August, when mid was closed, for mid's team as on 20 August.
    plan = okr.Plan(
        [
            bare("root"),
            bare("mid", supports=["root"]),
            bare("team", supports=["mid"]),
            bare("low", supports=["team"]),
            bare("base", of_ten("k"), supports=["low"]),
        ]
    )
    rule = okr.rulebook.RollUpRule(
        parts=[okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS), ALL_BELOW]
    )
    book = okr.Rulebook(name="all below", roll_up=rule)
    journal = okr.Journal(
        [
            okr.CheckIn("k", READ, 8),
            closed("mid"),
            okr.CheckIn("k", date(2026, 8, 10), 6),
            closed("low", LATER),
            okr.CheckIn("k", date(2026, 8, 21), 1),
        ]
    )
    card = okr.evaluate(plan, journal, as_of=TODAY, rulebook=book)
    scores = [card[id].score for id in ("base", "low", "team", "mid", "root")]
    assert scores == [0.1, 0.6, 0.6, 0.8, 0.8]
    rows = okr.evaluate_series(plan, journal, [TODAY], rulebook=book)
    assert {row.id: row.score for row in rows} == {
        "base": 0.1, "low": 0.6, "team": 0.6, "mid": 0.8, "root": 0.8, "k": 0.1
    }  # fmt: skip


def test_what_is_closed_keeps_its_size() -> None:
    by_size = okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ],
        weigh=Weighing.SIZE,
    )
    book = evolve(okr.RECOMMENDED, name="by size", roll_up=by_size)
    plan = okr.Plan(
        [
            bare("top"),
            bare("a", of_ten("k"), supports=["top"]),
            bare("b", of_ten("z"), supports=["top"]),
        ]
    )
    late = okr.Adjustment("k", LATER, measure=okr.Reach(90), because="a fact")
    for entries in ([], [late]):
        card = card_after(closed("a"), *entries, plan=plan, book=book)
        assert (card["top"].score, card.shares("top")) == (0.5, {"a": 0.5, "b": 0.5})
    assert card_after(late, plan=plan, book=book).shares("top") == {"a": 0.9, "b": 0.1}


def test_what_is_closed_without_a_size_has_the_size_1() -> None:
    by_size = okr.rulebook.RollUpRule(
        parts=[
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
        ],
        weigh=Weighing.SIZE,
    )
    book = evolve(okr.RECOMMENDED, name="by size", roll_up=by_size, methods=[okr.RECOMMENDED])
    method = okr.RECOMMENDED.name
    plan = okr.Plan(
        [bare("top", of_ten("z")), bare("a", of_ten("k"), supports=["top"], method=method)]
    )
    assert card_after(closed("a"), plan=plan, book=book).shares("top") == {
        "z": 10 / 11,
        "a": 1 / 11,
    }


def test_several_objectives_above_closed_ones() -> None:
    plan = PLAN
    for each in (bare("peak"), bare("top", supports=["peak"]), bare("also", supports=["peak"])):
        plan = plan.put(each)
    plan = plan.put(bare("mid", supports=["top", "also"]))
    card = card_after(closed("mid"), okr.CheckIn("k", LATER, 0), plan=plan)
    assert [card[id].score for id in ("peak", "top", "also", "team")] == [0.5, 0.5, 0.8, 0.0]


def test_what_stands_for_no_reading_stays_open_once_it_is_closed() -> None:
    book = okr.Rulebook(
        name="unread is 0",
        attainment=okr.rulebook.AttainmentRule(missing=0),
        roll_up=okr.rulebook.RollUpRule(parts=[ALL_BELOW]),
    )
    plan = PLAN.put(bare("team", of_ten("k"), of_ten("new"), supports=["mid"]))
    for late in ([], [okr.CheckIn("new", LATER, 10)]):
        top = card_after(closed("mid"), *late, plan=plan, book=book).objective("top")
        assert top.score_range == pytest.approx((1 / 3, 2 / 3))


@pytest.mark.parametrize("closings", [[], [closed("team")], [closed("mid")], [closed("other")]])
def test_key_results_below_are_in_the_order_of_the_plan_whatever_is_closed(closings: Any) -> None:
    plan = okr.Plan(
        [
            bare("top"),
            bare("mid", of_ten("m"), supports=["top"]),
            bare("team", of_ten("k"), supports=["mid"]),
            bare("other", of_ten("z"), supports=["top"]),
        ]
    )
    card = card_after(*closings, plan=plan)
    assert list(card.shares("top")) == ["m", "k", "z"]


def test_a_reading_after_the_closing_is_no_reason_elsewhere() -> None:
    # m is read after "home" was closed, on the same day: for "other", too, k was not read.
    k = okr.KeyResult("k", "K", okr.Budget(10), metric="m")
    plan = okr.Plan(
        [bare("home", k, cycle=Q3), bare("other", okr.KeyResultRef("k"), cycle=Q3)],
        metrics=[okr.Metric("m", "M")],
    )
    journal = okr.Journal([closed("home"), okr.CheckIn("m", CLOSED, 0)])
    card = okr.evaluate(plan, journal, as_of=TODAY)
    assert card.key_result("k").no_score_reason is okr.scorecard.NoScoreReason.NO_READING
    words = "its one key result: no reading by the closing on 2026-08-06"
    assert card.objective("other").why == words
    assert card.explain("other").words.startswith(words)


def test_an_adjusted_key_result_below_a_closed_objective_is_graded_in_both_versions() -> None:
    """4 of 10 at the closing, then 4 of 8 as adjusted; above, that stays, and in its open home it goes on."""
    kr = okr.KeyResult("k", "K", okr.Reach(10))
    top = okr.Objective("top", "T", cycle=Q3)
    guest = okr.Objective(
        "guest", "G", cycle=Q3, supports=["top"], key_results=[okr.KeyResultRef("k")]
    )
    plan = okr.Plan([top, guest, okr.Objective("own", "O", cycle=Q3, key_results=[kr])])
    journal = okr.Journal().add(
        okr.CheckIn("k", date(2026, 7, 20), 4),
        okr.Adjustment("k", date(2026, 8, 1), measure=okr.Reach(8), because="a new fact"),
        okr.Closing("guest", date(2026, 8, 10), okr.ClosingDecision.CARRY),
        okr.CheckIn("k", date(2026, 8, 20), 6),
    )
    book = evolve(okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(parts=[ALL_BELOW]))
    card = okr.evaluate(plan, journal, as_of=date(2026, 9, 1), rulebook=book)
    grades = [(card[id].original_score, card[id].adjusted_score) for id in ("top", "k")]
    assert grades == [(0.4, 0.5), (0.6, 0.75)]

"""What decisions do to an evaluation: adjustments, pauses, closings, judgements; numbers by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3

TOP = okr.Objective("top", "Top", cycle=Q3)


def in_thousands(id: str = "o", *, measure: Any = None, **fields: Any) -> okr.Objective:
    given: dict[str, Any] = {"cycle": Q3, "ambition": okr.Ambition.COMMITTED} | fields
    return okr.Objective(
        id, id, key_results=[okr.KeyResult(f"{id}-k", "KR", measure or okr.Reach(1000))], **given
    )


def card_of_entries(
    entries: list[Any], *objectives: okr.Objective, day: date = Q3.end, **options: Any
) -> okr.Scorecard:
    plan = okr.Plan(objectives or [in_thousands()])
    return okr.evaluate(plan, okr.Journal(entries), as_of=day, **options)


def read_on_day(value: Any, day: date, id: str = "o-k") -> okr.CheckIn:
    return okr.CheckIn(id, day, value)


# --- adjustments -------------------------------------------------------------------------------

DAY = date(2026, 8, 14)

CUT = okr.Adjustment(
    "o-k",
    date(2026, 8, 15),
    measure=okr.Reach(500),
    because="the port closed",
    trigger=okr.AdjustmentTrigger.EXTERNAL_CHANGE,
)
PIVOT = [read_on_day(300, date(2026, 8, 14)), CUT, read_on_day(450, date(2026, 9, 28))]


def test_before_and_after_an_adjustment() -> None:
    # 0 to 1000, 300 on 14 August; target 500 from 15 August; 450 at the close.
    assert card_of_entries(PIVOT, day=date(2026, 8, 14))["o"].score == pytest.approx(0.30)
    assert card_of_entries(PIVOT, day=date(2026, 8, 15))["o"].score == pytest.approx(0.60)
    result = card_of_entries(PIVOT)["o"]
    assert result.score == pytest.approx(0.90)
    assert (result.adjusted_score, result.original_score) == pytest.approx((0.90, 0.45))
    before = card_of_entries(PIVOT, day=date(2026, 8, 14))["o"]
    assert (before.adjusted_score, before.original_score) == (None, None)
    assert card_of_entries(PIVOT)["o-k"].original_score == pytest.approx(0.45)


def test_too_hard_is_allowed_and_the_original_governs_at_the_close() -> None:
    easier = evolve(CUT, trigger=okr.AdjustmentTrigger.DIFFICULTY)
    entries = [PIVOT[0], easier, PIVOT[2]]
    assert card_of_entries(entries, day=date(2026, 9, 29))["o"].score == pytest.approx(0.90)
    result = card_of_entries(entries)["o"]
    assert result.score == pytest.approx(0.45)
    assert (result.adjusted_score, result.original_score) == pytest.approx((0.90, 0.45))


def test_a_scope_that_was_cut_rescales() -> None:
    # Joystream, Rome: three content types became two; 0.68 became 0.45.
    cut = okr.Adjustment("o-k", date(2026, 8, 15), rescale=2 / 3, because="three types became two")
    card = card_of_entries(
        [read_on_day(0.68, date(2026, 8, 14)), cut], in_thousands(measure=okr.Judged())
    )
    assert card["o"].score == pytest.approx(0.4533, abs=5e-5)
    assert card["o"].original_score == 0.68
    for _, step in card.explain("o").walk():
        assert step.recompute() == step.result


def test_adjustments_of_weight_deadline_and_owner() -> None:
    two = evolve(
        in_thousands(),
        key_results=[
            okr.KeyResult("o-k", "KR", okr.Reach(10), owner="Ana Ruiz"),
            okr.KeyResult("o-l", "KR", okr.Reach(10)),
        ],
    )
    day = date(2026, 8, 14)
    change = okr.Adjustment(
        "o-k", day, weight=3, due=date(2026, 8, 20), owner="Cy Wu", because="new fact"
    )
    lead = okr.Adjustment("o", day, owner="Bo Li", because="Ana moved on")
    entries: list[Any] = [read_on_day(10, day), read_on_day(0, day, "o-l"), change, lead]
    assert card_of_entries(entries, two, day=date(2026, 8, 13))["o"].score is None
    card = card_of_entries(entries, two, day=day)
    assert card["o"].score == 0.75
    assert (card["o"].owner, card["o-k"].owner) == (okr.Person("Bo Li"), okr.Person("Cy Wu"))
    assert card.key_result("o-k").expected == pytest.approx(44 / 50)
    plan = okr.Journal(entries).effective(okr.Plan([two]), on=day)
    assert plan.key_result("o-k").weight == 3
    assert okr.Journal().effective(okr.Plan([two]), on=day) == okr.Plan([two])


@pytest.mark.parametrize(
    "change",
    [{"measure": okr.Reach(5)}, {"weight": 2}, {"due": Q3.end}, {"rescale": 0.5}],
    ids=lambda change: next(iter(change)),
)
def test_what_counts_is_changed_in_key_results(change: dict[str, Any]) -> None:
    entry = okr.Adjustment("o", date(2026, 8, 14), because="a fact", **change)
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.admit(okr.Plan([in_thousands()]), okr.Journal(), entry)
    assert caught.value.path == f"Adjustment('o', 2026-08-14).{next(iter(change))}"
    assert caught.value.hint.endswith("adjust its key results")
    with pytest.raises(okr.InconsistentPlanError):
        card_of_entries([entry])


def test_a_bound_takes_the_place_of_a_line() -> None:
    swap = okr.Adjustment("o-k", DAY, measure=okr.AtMost(12), because="growth is not wanted now")
    found = okr.BaselineSet("o-k", date(2026, 7, 2), 5)
    entries = [found, read_on_day(10, date(2026, 7, 3)), swap]
    line = in_thousands(measure=okr.Increase(None, 20))
    # 10 is a third of the way from 5 to 20; from the day of the adjustment on it is at most 12.
    assert card_of_entries(entries, line, day=date(2026, 8, 13))["o"].score == pytest.approx(1 / 3)
    after = card_of_entries(entries, line, day=DAY)["o"]
    assert (after.score, after.adjusted_score) == (1, 1)
    assert after.original_score == pytest.approx(1 / 3)


THREE = okr.Milestones("a", "b", "c")


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        (okr.EstablishBaseline(), okr.Increase(5, 20), True),
        (okr.Reach(10), okr.Steps([(okr.Below(5), 0), (None, 1)]), True),
        (okr.Reach(10), okr.PassFail(), False),
        (okr.PassFail(), okr.Evidence(required=3), False),
        (okr.Evidence(required=3), okr.Evidence(required=2), True),
        (THREE, okr.Milestones("a", "b"), True),
        (THREE, okr.Milestones("a", "b", "c", "d"), True),
        (THREE, okr.Milestones("x", "y"), True),
        (okr.Zones({"red": 0, "green": 1}), okr.Zones({"red": 0.3, "green": 1}), True),
        (okr.Zones({"red": 0, "green": 1}), okr.Zones({"amber": 0.3, "green": 1}), False),
        (
            okr.Compound({"x": okr.Reach(3), "y": okr.PassFail()}),
            okr.Compound({"x": okr.AtLeast(2), "y": okr.PassFail()}),
            True,
        ),
        (
            okr.Compound({"x": okr.Reach(3), "y": okr.PassFail()}),
            okr.Compound({"x": okr.Judged(), "y": okr.PassFail()}),
            False,
        ),
        (
            okr.Compound({"x": okr.Reach(3), "y": okr.PassFail()}),
            okr.Compound({"x": okr.Reach(3), "z": okr.PassFail()}),
            False,
        ),
    ],
)
def test_a_measure_takes_the_place_of_one_that_is_read_as_it_is(
    old: Any, new: Any, *, fits: bool
) -> None:
    plan = okr.Plan([in_thousands(measure=old)])
    swap = okr.Adjustment("o-k", DAY, measure=new, because="a new fact")
    if fits:
        assert len(okr.admit(plan, okr.Journal(), swap)) == 1
        return
    with pytest.raises(okr.InconsistentPlanError) as caught:
        okr.admit(plan, okr.Journal(), swap)
    assert caught.value.code == "wrong-type"
    assert caught.value.value == new


def test_a_milestone_that_was_dropped_is_passed_over() -> None:
    cut = okr.Adjustment("o-k", DAY, measure=okr.Milestones("b", "c"), because="no need of a")
    entries = [read_on_day({"a", "b"}, date(2026, 8, 1)), cut]
    before = card_of_entries(entries, in_thousands(measure=THREE), day=date(2026, 8, 13))
    assert before["o"].score == pytest.approx(2 / 3)
    assert card_of_entries(entries, in_thousands(measure=THREE), day=DAY)["o"].score == 0.5


def test_changes_that_no_adjustment_explains() -> None:
    old = okr.Plan([in_thousands(), in_thousands("p")])
    cut = okr.Plan([in_thousands(measure=okr.Reach(500)), in_thousands("p")])
    assert okr.journal.unexplained_changes(old, old, okr.Journal()) == ()
    (change,) = okr.journal.unexplained_changes(old, cut, okr.Journal())
    assert (change.id, change.field) == ("o-k", "measure")
    assert (change.before, change.after) == (okr.Reach(1000), okr.Reach(500))
    assert okr.journal.unexplained_changes(old, cut, okr.Journal([CUT])) == ()
    other = okr.Plan([in_thousands(measure=okr.Reach(400)), in_thousands("p"), in_thousands("q")])
    assert [c.id for c in okr.journal.unexplained_changes(old, other, okr.Journal([CUT]))] == [
        "o-k",
        "q",
    ]


# --- lifecycle ---------------------------------------------------------------------------------


def moved(to: str, day: date = DAY, id: str = "o") -> okr.Transition:
    return okr.Transition(id, day, okr.Lifecycle(to))


@pytest.mark.parametrize(
    ("entries", "no_score_reason", "why"),
    [
        ([moved("draft")], "draft", "draft since 2026-08-14"),
        ([moved("proposed")], "proposed", "proposed since 2026-08-14"),
        ([moved("paused")], "paused", "paused since 2026-08-14"),
        ([moved("archived")], "archived", "archived since 2026-08-14"),
        (
            [okr.Adjustment("o", DAY, kind=okr.AdjustmentKind.PAUSE, because="port closed")],
            "paused",
            "paused since 2026-08-14",
        ),
        (
            [okr.Closing("o", DAY, okr.ClosingDecision.DEFER)],
            "deferred",
            "deferred since 2026-08-14",
        ),
    ],
)
def test_what_is_not_active_is_excluded(entries: list[Any], no_score_reason: str, why: str) -> None:
    child = in_thousands(supports=["top"])
    other = in_thousands("p", supports=["top"])
    everything = [
        read_on_day(500, date(2026, 7, 10)),
        read_on_day(100, date(2026, 7, 10), "p-k"),
        *entries,
    ]
    card = card_of_entries(everything, TOP, child, other, day=date(2026, 8, 20))
    assert (card["o"].score, card["o"].coverage) == (None, None)
    assert (card["o"].no_score_reason, card["o"].why) == (no_score_reason, why)
    is_closed = no_score_reason == "deferred"
    assert card["o"].status == ("closed" if is_closed else "unknown")
    assert card["o-k"].no_score_reason == no_score_reason
    assert card["top"].score == pytest.approx(0.1)
    assert card["top"].coverage == 1
    earlier = card_of_entries(everything, TOP, child, other, day=date(2026, 8, 13))
    assert earlier["top"].score == pytest.approx(0.3)


def test_an_adjustment_that_goes_on_moves_nothing() -> None:
    on = okr.Adjustment("o", DAY, kind=okr.AdjustmentKind.PERSIST, because="the logic holds")
    assert (
        card_of_entries([read_on_day(500, DAY), on], day=DAY).objective("o").lifecycle.state
        == "active"
    )


def test_a_paused_key_result_can_go_on() -> None:
    pause = okr.Adjustment("o-k", DAY, kind=okr.AdjustmentKind.PAUSE, because="no data")
    entries = [read_on_day(500, date(2026, 8, 1)), pause, moved("active", date(2026, 9, 1), "o-k")]
    assert card_of_entries(entries, day=date(2026, 8, 20))["o-k"].why == "paused since 2026-08-14"
    assert card_of_entries(entries, day=date(2026, 9, 1))["o"].score == 0.5


def test_nothing_closed_is_scored_again() -> None:
    child, other = in_thousands(supports=["top"]), in_thousands("p", supports=["top"])
    entries = [
        read_on_day(500, date(2026, 8, 1)),
        read_on_day(100, date(2026, 8, 1), "p-k"),
        okr.Closing("o", DAY, okr.ClosingDecision.ABANDON),
        read_on_day(900, date(2026, 8, 20)),
        read_on_day(300, date(2026, 8, 20), "p-k"),
    ]
    card = card_of_entries(entries, TOP, child, other, day=date(2026, 8, 31))
    closed = card.objective("o")
    assert (closed.score, card.key_result("o-k").reading) == (0.5, 500)
    assert (closed.verdict, closed.status) == ("missed", "closed")
    assert closed.lifecycle.closing is not None
    assert closed.lifecycle.closing.decision is okr.ClosingDecision.ABANDON
    assert card["top"].score == pytest.approx(0.4)  # 0.5 as it was closed, 0.3 as it is
    assert card["top"].coverage == 1
    assert card.explain("top").result == card["top"].score
    assert all(step.recompute() == step.result for _, step in card.explain("top").walk())
    # Put away, it still counts as it was closed; a rulebook may say otherwise.
    away = [*entries, moved("archived", date(2026, 8, 25))]
    kept = card_of_entries(away, TOP, child, other, day=date(2026, 8, 31))
    assert kept["top"].score == pytest.approx(0.4)
    without = evolve(okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(with_archived=False))
    dropped = card_of_entries(away, TOP, child, other, day=date(2026, 8, 31), rulebook=without)
    assert dropped["top"].score == pytest.approx(0.3)


def test_what_is_closed_on_one_day_is_frozen_together() -> None:
    child, other = in_thousands(supports=["top"]), in_thousands("p", supports=["top"])
    entries = [
        *okr.check_ins(date(2026, 8, 1), {"o-k": 500, "p-k": 100}),
        okr.Closing("o", DAY, okr.ClosingDecision.CARRY),
        okr.Closing("p", DAY, okr.ClosingDecision.ABANDON),
        *okr.check_ins(date(2026, 8, 20), {"o-k": 900, "p-k": 700}),
    ]
    card = card_of_entries(entries, TOP, child, other, day=date(2026, 8, 31))
    assert (card["o"].score, card["p"].score) == (0.5, 0.1)
    assert card["top"].score == pytest.approx(0.3)


def test_a_second_closing_needs_a_recorded_reopening() -> None:
    plan = okr.Plan([in_thousands()])
    closed = okr.Journal([okr.Closing("o", DAY, okr.ClosingDecision.ACHIEVED)])
    again = okr.Closing("o", date(2026, 8, 20), okr.ClosingDecision.CARRY)
    with pytest.raises(okr.TransitionError) as caught:
        okr.admit(plan, closed, again)
    assert str(caught.value) == (
        "Closing('o', 2026-08-20): must be a transition of the lifecycle, got 'closed to closed'; it"
        " was closed on 2026-08-14; record a Transition to active first [no-such-move]"
    )
    reopened = okr.admit(plan, closed, moved("active", date(2026, 8, 18)))
    assert okr.admit(plan, reopened, again).lifecycle("o", on=Q3.end).closing == again
    assert reopened.lifecycle("o", on=date(2026, 8, 19)).closing is None
    # Without it, a whole journal is refused, or the entry left out.
    journal = closed.add(again)
    with pytest.raises(okr.InconsistentPlanError, match="closed to closed"):
        okr.evaluate(plan, journal, as_of=Q3.end)
    card = okr.evaluate(plan, journal, as_of=Q3.end, strict=False)
    assert [problem.code for problem in card.problems] == ["no-such-move"]
    assert card.objective("o").lifecycle.since == DAY


def test_a_back_dated_move_must_leave_the_later_ones_possible() -> None:
    plan = okr.Plan([in_thousands()])
    journal = okr.Journal([okr.Closing("o", DAY, okr.ClosingDecision.ACHIEVED)])
    with pytest.raises(okr.TransitionError, match="draft to closed"):
        okr.admit(plan, journal, moved("draft", date(2026, 8, 1)))


def test_learning_closes_by_decision() -> None:
    learning = in_thousands(ambition=okr.Ambition.LEARNING, supports=["top"])
    for decision, verdict in [
        ("scale", "validated"),
        ("stop", "invalidated"),
        ("iterate", "inconclusive"),
    ]:
        closing = okr.Closing("o", DAY, okr.ClosingDecision(decision), learned="people pay")
        card = card_of_entries([read_on_day(500, DAY), closing], TOP, learning, day=DAY)
        assert (card.objective("o").verdict, card["o"].status) == (verdict, "closed")
        assert card["o"].score is None
        assert card["top"].score is None
    assert "decided to iterate: people pay" in card["o"].status_why
    alone = evolve(learning, supports=())
    waiting = card_of_entries([], alone)["o"]
    assert waiting.status_why == "no decision yet, so no verdict"
    silent = evolve(okr.RECOMMENDED, learning=None)
    assert card_of_entries([], alone, rulebook=silent)["o"].status_why == "over, without a score"


# --- judgements --------------------------------------------------------------------------------


def test_a_judged_score_stands_beside_the_computed_one() -> None:
    child = in_thousands(supports=["top"])
    judged = okr.Judgement("o", DAY, score=0.8, because="late data")
    entries = [read_on_day(300, date(2026, 8, 1)), judged]
    card = card_of_entries(entries, TOP, child, day=DAY)
    found = card["o"].judged
    assert found is not None
    assert (found.score, found.because, found.on) == (0.8, "late data", DAY)
    assert (card["o"].score, card["top"].score) == pytest.approx((0.3, 0.3))
    counted = evolve(
        okr.RECOMMENDED,
        roll_up=okr.rulebook.RollUpRule(with_judged=okr.rulebook.OverrideDuration.ALWAYS),
    )
    assert card_of_entries(entries, TOP, child, day=DAY, rulebook=counted)["top"].score == 0.8
    lost = evolve(
        okr.RECOMMENDED,
        roll_up=okr.rulebook.RollUpRule(with_judged=okr.rulebook.OverrideDuration.UNTIL_READ),
    )
    own = okr.Judgement("o-k", DAY, score=0.8, because="late data")
    assert card_of_entries([entries[0], own], day=DAY, rulebook=lost)["o"].score == 0.8
    newer = [entries[0], own, read_on_day(400, date(2026, 8, 20))]
    assert card_of_entries(newer, rulebook=lost)["o"].score == 0.4
    # Of an objective it stands until one of its parts is read.
    assert card_of_entries(entries, TOP, child, day=DAY, rulebook=lost)["top"].score == 0.8
    newer = [*entries, read_on_day(400, date(2026, 8, 20))]
    assert card_of_entries(newer, TOP, child, rulebook=lost)["top"].score == 0.4


def test_the_last_judgement_counts() -> None:
    entries = [
        read_on_day(300, date(2026, 8, 1)),
        okr.Judgement("o", date(2026, 8, 2), score=0.5, because="first thought"),
        okr.Judgement("o", date(2026, 8, 3), status="at risk", because="no data"),
        okr.Closing("o", DAY, okr.ClosingDecision.CARRY, judged=0.6, because="second thought"),
    ]
    found = card_of_entries(entries, day=DAY)["o"].judged
    assert found is not None
    assert (found.score, found.because) == (0.6, "second thought")
    later = okr.Judgement("o", date(2026, 8, 20), score=0.7, because="third thought")
    again = card_of_entries([*entries, later])["o"].judged
    assert again is not None
    assert again.score == 0.6  # what is closed stays; a later judgement needs a reopening
    assert card_of_entries(entries[:3], day=DAY)["o"].judged is not None
    assert card_of_entries(entries[:1], day=DAY)["o"].judged is None


def test_a_judged_status_answers_like_a_declared_one() -> None:
    declared = evolve(okr.RECOMMENDED, status=[okr.rulebook.Declared()])
    entries = [okr.Judgement("o", DAY, status="at risk", because="a strike is coming")]
    assert card_of_entries(entries, day=DAY, rulebook=declared)["o"].status == "at risk"


def test_what_was_known_at_a_moment() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 8, 14, hour, tzinfo=UTC)

    journal = okr.Journal(
        [
            okr.CheckIn("o-k", DAY, 100),
            okr.CheckIn("o-k", DAY, 999, id="typo", recorded=at(9)),
            okr.Correction("typo", recorded=at(12)),
        ]
    )
    plan = okr.Plan([in_thousands()])

    def reading(known: okr.Journal) -> Any:
        return okr.evaluate(plan, known, as_of=DAY).key_result("o-k").reading

    assert [reading(journal.known_at(at(hour))) for hour in (8, 10, 13)] == [100, 999, 100]

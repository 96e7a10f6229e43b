"""Entries that a live scorecard takes without an evaluation: with ids and moments, several, judgements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import okrcore as okr
from build import Q3, day, goal, kr
from okrcore.rulebook import OverrideDuration

DAY = day(8, 14)
NOON = datetime(2026, 8, 14, 12, tzinfo=UTC)


def live_of(
    *objectives: okr.Objective,
    rulebook: okr.Rulebook = okr.RECOMMENDED,
    journal: okr.Journal | None = None,
) -> okr.LiveScorecard:
    plan = okr.Plan(objectives or [goal(kr("a"), kr("b"))])
    return okr.LiveScorecard(plan, journal or okr.Journal(), as_of=DAY, rulebook=rulebook)


def of(item: str, value: float, **fields: Any) -> okr.CheckIn:
    return okr.CheckIn(item, DAY, value, **fields)


# --- ids ---------------------------------------------------------------------------------------


def test_an_id_of_another_entry_is_refused_wherever_that_is() -> None:
    live = live_of(journal=okr.Journal([of("a", 10, id="first")]))
    live.record(of("a", 20, id="second"))
    for id in ("first", "second"):
        with pytest.raises(okr.InconsistentPlanError) as refused:
            live.record(of("a", 30, id=id))
        assert refused.value.code == "duplicate-id"
    with pytest.raises(okr.InconsistentPlanError):
        live.record(of("a", 30, id="third"), of("b", 30, id="third"))
    assert (live.score("a"), len(live.journal)) == (0.2, 2)
    live.record(of("a", 30, id="third"))
    assert live.score("a") == 0.3


def test_an_entry_that_was_taken_live_is_corrected() -> None:
    live = live_of(journal=okr.Journal([of("a", 10, id="first")]))
    live.record(of("a", 20, id="second"))
    assert live.record(okr.Correction("second")) == (
        okr.scorecard.ScoreChange("a", 0.2, 0.1),
        okr.scorecard.ScoreChange("o", 0.2, 0.1),
    )
    # The id of an entry that was taken out is still an id of the journal.
    with pytest.raises(okr.InconsistentPlanError):
        live.record(of("a", 30, id="second"))


def test_a_later_reading_of_a_total_is_held_against_others_of_its_day() -> None:
    total = okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)
    plan = okr.Plan([goal(kr("a", metric="m"))], metrics=[total])
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=DAY)
    tomorrow = okr.CheckIn("m", DAY + timedelta(days=1), 5)
    live.record(tomorrow)
    with pytest.raises(okr.InconsistentPlanError) as refused:
        live.record(tomorrow)
    assert refused.value.code == "reading-adds"


# --- several -----------------------------------------------------------------------------------


def test_several_entries_are_one_change_of_each_item() -> None:
    live = live_of()
    live.record(of("a", 10))
    found = live.record(of("a", 80), of("b", 60), of("a", 40), okr.CheckIn("a", DAY, note="half"))
    assert found == (
        okr.scorecard.ScoreChange("a", 0.1, 0.4),
        okr.scorecard.ScoreChange("b", None, 0.6),
        okr.scorecard.ScoreChange("o", 0.1, 0.5),
    )
    assert len(live.journal) == 5
    assert live.record(of("a", 90), of("a", 40)) == ()
    assert live.record() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        okr.CheckIn("a", DAY, "a label"),
        okr.CheckIn("nobody", DAY, 1),
        okr.Judgement("nobody", DAY, score=0.5, because="seen from near"),
        okr.Correction("unknown"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_nothing_changes_if_one_of_several_does_not_fit(wrong: Any, place: int) -> None:
    live = live_of(journal=okr.Journal([of("a", 10, id="first")]))
    entries: list[Any] = [of("a", 80, id="second"), of("b", 60, recorded=NOON)]
    entries.insert(place, wrong)
    with pytest.raises(okr.OkrError):
        live.record(*entries)
    assert (live.score("a"), live.score("b"), live.score("o")) == (0.1, None, 0.1)
    assert live.journal == okr.Journal([of("a", 10, id="first")])
    # Neither the id nor the moment of a refused entry is kept.
    live.record(of("a", 20, id="second"), of("b", 20, recorded=NOON - timedelta(hours=1)))
    assert (live.score("a"), live.score("b")) == (0.2, 0.2)


def test_several_entries_have_to_fit_those_before_them() -> None:
    live = live_of()
    closing = okr.Closing("o", DAY, okr.ClosingDecision.CARRY)
    with pytest.raises(okr.TransitionError) as refused:
        live.record(of("a", 10), closing, of("a", 20))
    assert refused.value.code == "after-closing"
    assert (len(live.journal), live.score("a")) == (0, None)
    cut = okr.Adjustment("a", DAY, measure=okr.Increase(0, 50), because="port closed")
    changes = live.record(of("a", 10), cut, of("a", 20), closing)
    assert changes == (
        okr.scorecard.ScoreChange("a", None, 0.4),
        okr.scorecard.ScoreChange("o", None, 0.4),
    )


def test_several_of_which_one_needs_an_evaluation_are_evaluated_together() -> None:
    derived = okr.Derived(okr.Aggregation.SUM, ["b", "c"])
    live = live_of(goal(kr("a"), kr("b"), kr("c"), kr("d", derived=derived)))
    live.record(of("c", 10))
    assert live.record(of("a", 50), of("b", 20)) == (
        okr.scorecard.ScoreChange("a", None, 0.5),
        okr.scorecard.ScoreChange("b", None, 0.2),
        okr.scorecard.ScoreChange("d", None, 0.3),
        okr.scorecard.ScoreChange("o", 0.1, 0.275),
    )


def test_other_values_are_no_entries() -> None:
    several: tuple[Any, ...] = (None, "a", [of("a", 1)])
    for wrong in several:
        with pytest.raises(okr.InvalidValueError):
            live_of().record(of("a", 1), wrong)


# --- judgements --------------------------------------------------------------------------------


def judge(id: str, score: float) -> okr.Judgement:
    return okr.Judgement(id, DAY, score=score, because="seen from near")


def test_a_judgement_stands_beside_scores() -> None:
    live = live_of()
    live.record(of("a", 10))
    assert live.record(judge("a", 0.9), okr.PostMortem("o", DAY, cause="rain")) == ()
    assert live.score("a") == 0.1
    judged = live.card.key_result("a").judged
    assert judged is not None
    assert judged.score == 0.9


def test_a_judgement_enters_a_score_if_a_rulebook_lets_it() -> None:
    entering = okr.rulebook.RollUpRule(with_judged=OverrideDuration.ALWAYS)
    for rulebook in (
        okr.Rulebook(name="judged", roll_up=entering),
        okr.Rulebook(name="main", methods=[okr.Rulebook(name="judged", roll_up=entering)]),
    ):
        method = "judged" if rulebook.methods else None
        live = live_of(goal(kr("a"), cycle=Q3, method=method), rulebook=rulebook)
        live.record(of("a", 10))
        assert live.record(judge("a", 0.9)) == (okr.scorecard.ScoreChange("o", 0.1, 0.9),)

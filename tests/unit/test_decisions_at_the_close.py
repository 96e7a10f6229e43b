"""Decisions at the close: a success that is carried on, and experiments that are scaled, iterated or stopped."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from okrcore.review import suggest_closing
from okrcore.review.closing_advice import carried_because
from okrcore.rulebook import CarriedUntil, GuardrailRule

END = Q3.end
C, A, L = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL, okr.Ambition.LEARNING
D = okr.ClosingDecision
WEEKS = okr.Cycle.starting(day(8, 3), okr.Cadence.MICRO_TWO_WEEKS)
EXPERIMENT = okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="people buy what they can touch")
TICKETS = okr.Guardrail("tickets", "Tickets", okr.AtMost(85))


def plan(*rails: okr.Guardrail, ambition: Any = A, measure: Any = None, **more: Any) -> okr.Plan:
    key_results = [okr.KeyResult("k", "K", measure or okr.Reach(10))]
    given = {"cycle": Q3, "ambition": ambition, "guardrails": rails, **more}
    return okr.Plan([okr.Objective("o", "O", key_results=key_results, **given)])


def pilot(*rails: okr.Guardrail, **more: Any) -> okr.Plan:
    return plan(*rails, **{"cycle": WEEKS, "trigger": EXPERIMENT, **more})


def log(*entries: Any) -> okr.Journal:
    return okr.Journal().add(*entries)


def card(
    plan: okr.Plan, journal: okr.Journal, on: date, rulebook: okr.Rulebook = okr.RECOMMENDED
) -> okr.Scorecard:
    return okr.evaluate(plan, journal, as_of=on, rulebook=rulebook)


def carried(until: CarriedUntil) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, closing=evolve(okr.RECOMMENDED.closing, carried_until=until))


UNTIL_SUCCESS = carried(CarriedUntil.SUCCESS)


# --- S18: a success is carried on, or is not ---------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "book", "decision", "because", "carries"),
    [
        (
            6.6 / 0.7,
            okr.RECOMMENDED,
            D.CARRY,
            "a score of 0.94 (succeeded; carried until 1.0, by the rulebook)",
            "succeeded; carried until 1.0, by the rulebook",
        ),
        (
            5,
            okr.RECOMMENDED,
            D.CARRY,
            "a score of 0.50",
            "progressed; carried until 1.0, by the rulebook",
        ),
        (
            1,
            okr.RECOMMENDED,
            D.MODIFY,
            "a score of 0.10",
            "fell short; carried until 1.0, by the rulebook",
        ),
        (10, okr.RECOMMENDED, D.ACHIEVED, "a score of 1.00", None),
        (
            7,
            UNTIL_SUCCESS,
            D.ACHIEVED,
            "a score of 0.70 (succeeded; carried until it succeeds, by the rulebook)",
            None,
        ),
        (
            6.9,
            UNTIL_SUCCESS,
            D.CARRY,
            "a score of 0.69",
            "progressed; carried until it succeeds, by the rulebook",
        ),
        (10, UNTIL_SUCCESS, D.ACHIEVED, "a score of 1.00", None),
    ],
)
def test_the_rulebook_says_how_long_work_is_carried(
    value: float, book: okr.Rulebook, decision: D, because: str, carries: str | None
) -> None:
    found = card(plan(), log(okr.CheckIn("k", END, value)), END, book)
    advice = suggest_closing(found, "o")
    assert (advice.decision, advice.because) == (decision, because)
    assert carried_because(found, "o") == carries


def test_before_the_end_there_is_no_verdict_to_name() -> None:
    found = card(plan(), log(okr.CheckIn("k", day(9, 1), 8)), day(9, 1))
    assert suggest_closing(found, "o").because == "a score of 0.80"
    assert carried_because(found, "o") == "carried until 1.0, by the rulebook"
    found = card(plan(), log(okr.CheckIn("k", day(9, 1), 8)), day(9, 1), UNTIL_SUCCESS)
    assert suggest_closing(found, "o").decision is D.ACHIEVED


def test_a_promise_is_never_carried_by_default() -> None:
    for book in (okr.RECOMMENDED, UNTIL_SUCCESS):
        found = card(plan(ambition=C), log(okr.CheckIn("k", END, 9.9)), END, book)
        assert (suggest_closing(found, "o").decision, carried_because(found, "o")) == (
            D.CARRY,
            None,
        )


def test_without_a_verdict_the_bands_decide() -> None:
    found = card(plan(ambition=None), log(okr.CheckIn("k", END, 8)), END, UNTIL_SUCCESS)
    assert suggest_closing(found, "o").decision is D.CARRY


def test_a_withheld_success_is_settled_first() -> None:
    journal = log(okr.CheckIn("k", END, 8), okr.CheckIn("tickets", END, 92))
    found = card(plan(TICKETS), journal, END, UNTIL_SUCCESS)
    assert (suggest_closing(found, "o").decision, carried_because(found, "o")) == (None, None)
    settled = journal.add(okr.Judgement("tickets", END, status="held", because="an outage"))
    found = card(plan(TICKETS), settled, END, UNTIL_SUCCESS)
    assert suggest_closing(found, "o").decision is D.ACHIEVED


def test_what_is_open_may_lead_to_another_decision() -> None:
    key_results = [okr.KeyResult(id, id, okr.Reach(10)) for id in "ab"]
    two = okr.Plan([okr.Objective("o", "O", cycle=Q3, ambition=A, key_results=key_results)])
    advice = suggest_closing(card(two, log(okr.CheckIn("a", END, 8)), END, UNTIL_SUCCESS), "o")
    assert advice.because == "unmeasured key results decide between carry and achieved"


# --- S19: whoever follows the advice is not accused ------------------------------------------------


@pytest.mark.parametrize("value", [8, 7, 5, 1])
@pytest.mark.parametrize("decision", [D.CARRY, D.MODIFY, D.DEFER])
def test_work_that_goes_on_was_not_judged(value: float, decision: D) -> None:
    journal = log(okr.CheckIn("k", day(7, 6), 1), okr.CheckIn("k", END, value))
    journal = okr.admit(plan(), journal, okr.Closing("o", END, decision, because="go on"))
    assert okr.review.look_back(card(plan(), journal, day(10, 2))) == ()


# --- S23: experiments ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ambition", "value", "decision"),
    [
        (A, 8, D.SCALE),  # succeeded
        (A, 7, D.SCALE),
        (A, 6.9, D.ITERATE),  # progressed
        (A, 4, D.ITERATE),
        (A, 3.9, D.STOP),  # fell short
        (C, 10, D.SCALE),  # delivered
        (C, 9.9, D.ITERATE),  # missed by little
        (C, 3.9, D.STOP),
        (None, 10, D.SCALE),
        (None, 9.9, D.ITERATE),
        (None, 3.9, D.STOP),
    ],
)
def test_an_experiment_is_scaled_iterated_or_stopped(
    ambition: Any, value: float, decision: D
) -> None:
    found = card(pilot(ambition=ambition), log(okr.CheckIn("k", WEEKS.end, value)), WEEKS.end)
    advice = suggest_closing(found, "o")
    assert (advice.decision, advice.carries) == (decision, False)
    assert advice.because.endswith("; an experiment ends with scale, iterate or stop")
    assert carried_because(found, "o") is None


def test_other_micro_okrs_are_advised_as_before() -> None:
    event = pilot(trigger=okr.Trigger(okr.TriggerKind.EVENT))
    found = card(event, log(okr.CheckIn("k", WEEKS.end, 8)), WEEKS.end)
    assert suggest_closing(found, "o").decision is D.CARRY


def test_an_experiment_with_an_open_guardrail_is_not_scaled() -> None:
    journal = log(okr.CheckIn("k", WEEKS.end, 8), okr.CheckIn("tickets", WEEKS.end, 92))
    for entries in (journal, log(okr.CheckIn("k", WEEKS.end, 8))):
        advice = suggest_closing(card(pilot(TICKETS), entries, WEEKS.end), "o")
        assert (advice.decision, advice.unsettled) == (None, ("tickets",))
        assert advice.because == "a guardrail to be settled first: Tickets"
    settled = journal.add(okr.Judgement("tickets", WEEKS.end, status="held", because="a fair"))
    assert suggest_closing(card(pilot(TICKETS), settled, WEEKS.end), "o").decision is D.SCALE


def test_one_whose_guardrail_nobody_settles_is_iterated() -> None:
    firm = evolve(okr.RECOMMENDED, guardrails=GuardrailRule(settles_hard=False))
    hard = pilot(evolve(TICKETS, hard=True))
    journal = log(okr.CheckIn("k", WEEKS.end, 8), okr.CheckIn("tickets", WEEKS.end, 92))
    advice = suggest_closing(card(hard, journal, WEEKS.end, firm), "o")
    assert (advice.decision, advice.unsettled) == (D.ITERATE, ("tickets",))


def test_a_learning_experiment_is_left_to_people() -> None:
    found = card(pilot(ambition=L), log(okr.CheckIn("k", WEEKS.end, 8)), WEEKS.end)
    advice = suggest_closing(found, "o")
    assert (advice.decision, advice.because) == (
        None,
        "what was learnt decides: scale, iterate or stop",
    )
    found = card(plan(ambition=L), log(okr.CheckIn("k", END, 8)), END)
    assert suggest_closing(found, "o").because == "what was learnt decides"


def test_an_undecided_experiment_is_not_carried_over() -> None:
    journal = log(okr.CheckIn("k", WEEKS.end, 8))
    following = okr.Cycle.starting(day(8, 17), okr.Cadence.MICRO_TWO_WEEKS)
    rolled = okr.review.roll_over(pilot(), journal, as_of=day(8, 17), cycle=following)
    [item] = rolled.undecided
    assert (item.id, item.suggestion) == ("o", D.SCALE)


@pytest.mark.parametrize("decision", list(D))
def test_the_door_takes_three_decisions_about_an_experiment(decision: D) -> None:
    journal = log(okr.CheckIn("k", WEEKS.end, 8))
    closing = okr.Closing("o", WEEKS.end, decision)
    live = okr.LiveScorecard(pilot(), journal, as_of=WEEKS.end)
    if decision in (D.SCALE, D.ITERATE, D.STOP):
        okr.admit(pilot(), journal, closing)
        live.record(closing)
        return
    for door in (lambda: okr.admit(pilot(), journal, closing), lambda: live.record(closing)):
        with pytest.raises(okr.InconsistentPlanError) as caught:
            door()
        assert caught.value.code == "decision-does-not-fit"
        assert caught.value.path == "Closing('o', 2026-08-16).decision"
        assert caught.value.hint == "an experiment closes with scale, iterate or stop"
    # A journal that has it from before stays readable.
    found = card(pilot(), journal.add(closing), WEEKS.end).objective("o")
    assert found.lifecycle.state is okr.Lifecycle.CLOSED


@pytest.mark.parametrize("decision", list(D))
def test_other_work_takes_any_decision(decision: D) -> None:
    okr.admit(plan(), okr.Journal(), okr.Closing("o", END, decision))


def test_work_that_joined_or_became_an_experiment_is_one() -> None:
    bare, made = okr.Plan([]), pilot().objective("o")
    joins = okr.Adjustment("o", day(8, 3), adds=[made], because="a chance")
    closing = okr.Closing("o", WEEKS.end, D.CARRY)
    with pytest.raises(okr.InconsistentPlanError, match="decision-does-not-fit"):
        okr.admit(bare, okr.Journal(), joins, closing)
    event = pilot(trigger=okr.Trigger(okr.TriggerKind.EVENT))
    turns = okr.Adjustment("o", day(8, 5), sets={"trigger": EXPERIMENT}, because="a chance")
    with pytest.raises(okr.InconsistentPlanError, match="decision-does-not-fit"):
        okr.admit(event, okr.Journal(), turns, closing)
    okr.admit(event, okr.Journal(), closing)

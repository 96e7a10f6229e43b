"""What is suggested at a close, post-mortems, the not-now list, and money to move; numbers by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, card_of, objective, read
from okrcore.plan import AtLeast
from okrcore.rulebook import OTHERWISE

ASPIRATIONAL, COMMITTED, LEARNING = (
    okr.Ambition.ASPIRATIONAL,
    okr.Ambition.COMMITTED,
    okr.Ambition.LEARNING,
)


# --- suggestions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decision"),
    [
        (100, okr.ClosingDecision.ACHIEVED),
        (99.99, okr.ClosingDecision.CARRY),
        (40, okr.ClosingDecision.CARRY),
        (39.99, okr.ClosingDecision.MODIFY),
        (-10, okr.ClosingDecision.MODIFY),
    ],
)
@pytest.mark.parametrize("ambition", [COMMITTED, ASPIRATIONAL, None])
def test_suggestions_by_score(ambition: Any, value: float, decision: okr.ClosingDecision) -> None:
    found = okr.review.suggest_closing(
        # The grace is over, so that a miss is final.
        card_of(objective(ambition=ambition), entries=[read(value)], on=date(2026, 10, 15)),
        "o",
    )
    score = {100: "1.00", 99.99: "0.9999", 40: "0.40", 39.99: "0.3999", -10: "0.00"}[value]
    is_success = ambition is ASPIRATIONAL and value == 99.99
    rule = " (succeeded; carried until 1.0, by the rulebook)" if is_success else ""
    assert found == okr.review.ClosingSuggestion(
        of="o",
        decision=decision,
        because=f"a score of {score}{rule}",
        unsettled=(),
        carries=ambition is ASPIRATIONAL,
        asks_for="a post-mortem" if ambition is COMMITTED and value < 100 else "",
    )


def test_what_is_not_suggested() -> None:
    def because(made: okr.Objective, *entries: Any, **given: Any) -> str:
        found = okr.review.suggest_closing(card_of(made, entries=entries, **given), "o")
        assert found.decision is None
        return found.because

    assert because(objective(ambition=LEARNING), read(100)) == "what was learnt decides"
    assert because(objective()) == "its one key result: no reading"
    silent = evolve(okr.RECOMMENDED, name="silent", closing=okr.rulebook.ClosingRule())
    assert because(objective(), rulebook=silent) == "silent suggests nothing"
    two = [okr.KeyResult(id, id, okr.Reach(100)) for id in ("k", "l")]
    # 0.5 with half of the weight read: 0.25 to 0.75 with what is open.
    assert because(objective("o", *two), read(50, "k")) == (
        "unmeasured key results decide between modify and carry"
    )


def test_a_guardrail_is_settled_first() -> None:
    guarded = objective(guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(85))])
    for entries in ([read(100)], [read(100), read(92, "g")]):
        found = okr.review.suggest_closing(card_of(guarded, entries=entries), "o")
        assert (found.decision, found.unsettled) == (None, ("g",))
        assert found.because == "a guardrail to be settled first: Tickets"
    # Below 1.0 there is nothing that it could withhold.
    found = okr.review.suggest_closing(card_of(guarded, entries=[read(50), read(92, "g")]), "o")
    assert (found.decision, found.unsettled) == (okr.ClosingDecision.CARRY, ())
    assert okr.review.suggest_closing(
        card_of(guarded, entries=[read(100), read(80, "g")]), "o"
    ).decision == ("achieved")


def test_a_suggestion_can_have_holes_and_a_method() -> None:
    holes = okr.rulebook.SuggestionRule(COMMITTED, okr.rulebook.Bands([(AtLeast(1), "achieved")]))
    mine = evolve(
        okr.RECOMMENDED, name="mine", closing=okr.rulebook.ClosingRule(suggestions=[holes])
    )
    book = evolve(okr.RECOMMENDED, methods=[mine])
    found = okr.review.suggest_closing(
        card_of(objective(method="mine"), entries=[read(50)], rulebook=book), "o"
    )
    assert (found.decision, found.because) == (None, "a score of 0.50")


def test_suggestions_are_decisions() -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.rulebook.SuggestionRule(None, okr.rulebook.Bands([(OTHERWISE, "celebrate")]))
    assert caught.value.path == "SuggestionRule.bands[0][1]"
    assert "achieved, carry, modify, defer, abandon, scale, iterate, stop" in str(caught.value)
    rule = okr.rulebook.SuggestionRule(None, okr.rulebook.Bands([(AtLeast(0.5), "carry")]))
    assert (rule.decision_for(0.5), rule.decision_for(0.4)) == (okr.ClosingDecision.CARRY, None)


# --- post-mortems ------------------------------------------------------------------------------


def test_a_post_mortem_knows_what_the_journal_knows() -> None:
    late = okr.Dependency("data", escalated=date(2026, 9, 10))
    early = okr.Dependency("people", escalated=date(2026, 9, 2))
    made = objective(
        "o",
        okr.KeyResult("k", "Errors", okr.Decrease(90, 10), unit="errors"),
        okr.KeyResult("watched", "Watched", okr.Reach(5), weight=0),
        profile=okr.ObjectiveProfile(dependencies=[late, early, okr.Dependency("more")]),
    )
    # 30 July: 0.25 of 29/91 = 0.32 expected, 78%: at risk. The day before, 40% of 0.31: ahead.
    entries = [
        read(58, "k", date(2026, 7, 20)),
        read(70, "k", date(2026, 7, 30)),
        read(50, "k", date(2026, 8, 10)),
        read(30, "k", date(2026, 9, 28)),
    ]
    draft = okr.review.draft_post_mortem(card_of(made, entries=entries), "o")
    assert draft == okr.PostMortem(
        "o",
        Q3.end,
        outcomes=[
            okr.journal.PlannedActual(
                "k", "90 to 10 errors", "30 errors is 75% of the way from 90 to 10"
            )
        ],
        first_signal=date(2026, 7, 30),
        escalated=date(2026, 9, 2),
    )
    assert not draft.is_complete
    assert evolve(draft, cause="the vendor left", changes="two vendors").is_complete
    assert (
        okr.review.draft_post_mortem(card_of(objective(), entries=[read(100)]), "o").first_signal
        is None
    )
    cut = okr.Adjustment("k", date(2026, 8, 20), measure=okr.Decrease(90, 20), because="a fact")
    (outcome,) = okr.review.draft_post_mortem(card_of(made, entries=[*entries, cut]), "o").outcomes
    assert outcome.planned == "90 to 10 errors, adjusted to 90 to 20 errors"


def test_a_signal_without_a_cycle() -> None:
    # Without a cycle there is no pace; confidence speaks, on the days on which something was written.
    made = objective(cycle=None)
    entries = [
        read(10, day=date(2026, 7, 1), confidence=0.8),
        read(20, day=date(2026, 7, 8), confidence=0.5),
        read(30, day=date(2026, 7, 15), confidence=0.9),
    ]
    card = card_of(made, entries=entries, on=date(2026, 8, 1))
    assert okr.review.draft_post_mortem(card, "o").first_signal == date(2026, 7, 8)
    before = card_of(made, entries=entries, on=date(2026, 7, 5))
    assert okr.review.draft_post_mortem(before, "o").first_signal is None


def test_a_post_mortem_is_an_entry() -> None:
    plan = okr.Plan([objective()])
    held = okr.PostMortem("o", Q3.end, cause="the vendor left", changes="two vendors")
    assert okr.admit(plan, okr.Journal(), held).in_force == (held,)
    with pytest.raises(okr.InconsistentPlanError, match="hold a post-mortem of an objective"):
        okr.admit(plan, okr.Journal(), evolve(held, of="o-k"))
    assert okr.evaluate(plan, okr.Journal([held]), as_of=Q3.end)["o"].score is None


# --- not now -----------------------------------------------------------------------------------


def parked(because: str, revisit: date | None = None, **given: Any) -> okr.ObjectiveProfile:
    return okr.ObjectiveProfile(parked=okr.Parked(because, revisit), **given)


def test_the_not_now_list() -> None:
    objectives = [
        objective("a", profile=parked("no team")),
        objective("b", profile=parked("no data", date(2026, 9, 30))),
        objective("c", profile=parked("no money", date(2026, 10, 1))),
        objective("d"),
        objective("e"),
        objective("f"),
        objective("old", profile=parked("taken up again")),
        objective("new", continues="old"),
    ]
    card = card_of(
        *objectives,
        entries=[
            okr.Closing(
                "d", date(2026, 9, 1), okr.ClosingDecision.DEFER, because="after the launch"
            ),
            okr.Closing("e", date(2026, 9, 2), okr.ClosingDecision.DEFER),
            okr.Closing("f", date(2026, 9, 2), okr.ClosingDecision.ABANDON),
        ],
    )
    assert okr.review.list_parked(card) == (
        okr.review.ParkedObjective(
            of="b", because="no data", revisit=date(2026, 9, 30), is_due=True
        ),
        okr.review.ParkedObjective(
            of="c", because="no money", revisit=date(2026, 10, 1), is_due=False
        ),
        okr.review.ParkedObjective(of="a", because="no team", revisit=None, is_due=False),
        okr.review.ParkedObjective(of="d", because="after the launch", revisit=None, is_due=False),
        okr.review.ParkedObjective(
            of="e", because="deferred on 2026-09-02", revisit=None, is_due=False
        ),
    )


def test_what_is_parked_counts_nowhere() -> None:
    top = okr.Objective("top", "Top", cycle=Q3)
    kept = objective("kept", supports=["top"])
    waits = objective("waits", supports=["top"], profile=parked("no team until spring"))
    card = card_of(top, kept, waits, entries=[read(60, "kept-k"), read(10, "waits-k")])
    assert (card["top"].score, card["top"].coverage) == (0.6, 1)
    for id in ("waits", "waits-k"):
        assert (card[id].score, card[id].coverage) == (None, None)
    assert (card["waits"].no_score_reason, card["waits"].why) == (
        okr.scorecard.NoScoreReason.PARKED,
        "parked: no team until spring",
    )
    assert card["waits-k"].no_score_reason is okr.scorecard.NoScoreReason.PARKED
    assert card["waits-k"].why == "its objective is not active"


# --- the reallocation window -------------------------------------------------------------------


def test_a_little_of_the_budget_moves() -> None:
    day = date(2026, 8, 15)  # 45 of 91 days: 0.49 expected
    objectives = [
        objective("ahead"),
        objective("behind"),
        objective("on-track"),
        objective("later", cycle=okr.FiscalCalendar().quarter(2026, 4)),
        objective("waits", profile=parked("no team")),
        objective("paused"),
    ]
    card = card_of(
        *objectives,
        entries=[
            read(90, "ahead-k", day),
            read(10, "behind-k", day),
            read(49, "on-track-k", day),
            read(90, "waits-k", day),
            read(90, "paused-k", day),
            okr.Transition("paused", day, okr.Lifecycle.PAUSED),
        ],
        on=day,
    )
    found = okr.review.find_reallocation_window(card, budget=3_000_000)
    assert found == okr.review.ReallocationWindow(
        on=day, amount=60_000, stronger=("ahead",), weaker=("behind",)
    )
    assert okr.review.find_reallocation_window(card, budget=200, share=0.1).amount == 20
    with pytest.raises(
        okr.InvalidValueError, match=r"find_reallocation_window.budget: must be >= 0"
    ):
        okr.review.find_reallocation_window(card, budget=-1)
    with pytest.raises(okr.InvalidValueError, match=r"find_reallocation_window.share"):
        okr.review.find_reallocation_window(card, budget=1, share=2)


@pytest.mark.parametrize(
    "ask",
    [
        lambda card: okr.review.suggest_closing(card, "o"),
        lambda card: okr.review.draft_post_mortem(card, "o"),
        okr.review.list_parked,
        okr.review.look_back,
        lambda card: okr.review.find_reallocation_window(card, budget=1),
    ],
)
def test_a_scorecard_is_asked_for(ask: Any) -> None:
    with pytest.raises(okr.InvalidValueError, match="give a Scorecard"):
        ask(okr.Plan([]))


# --- statements --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "unit", "words"),
    [
        (okr.Increase(112, 128), "USD", "$112 to $128"),
        (okr.Increase(None, 128), "USD", "from a baseline to be found to $128"),
        (okr.Decrease(7, 2), "days", "7 to 2 days"),
        (okr.FromTo(5, 5), None, "5 to 5"),
        (okr.Reach(10), "interviews", "10 interviews"),
        (okr.Relative(percent=5), "%", "+5%"),
        (okr.Relative(percent=-10, baseline=20), "days", "-10%: 20 to 18 days"),
        (okr.Points(5), "points", "+5 points"),
        (okr.Points(-5, baseline=26), None, "-5: 26 to 21"),
        (okr.Multiple(2), None, "2 times the baseline"),
        (okr.Multiple(2, baseline=12), None, "2 times the baseline: 12 to 24"),
        (okr.AtMost(85), "tickets", "at most 85 tickets"),
        (okr.Between(72, 78), "%", "between 72% and 78%"),
        (okr.PassFail(), None, "yes or no"),
        (okr.Milestones("design", "build", "launch"), None, "design, build and launch"),
        (okr.Evidence(required=5, what="signed partners"), None, "5 signed partners"),
        (okr.Evidence(required=5), None, "5 pieces of evidence"),
        (okr.EstablishBaseline(), None, "a baseline to be found"),
        (okr.Exactly(5, 0), "days", "exactly 5 days"),
        (okr.Budget(15), "points", "at most 15 points spent"),
        (okr.Anchors({0.7: 10, 1.0: 15}), None, "10 for 0.7 and 15 for 1"),
        (okr.Steps([(okr.Below(5), 1), (None, 0)]), None, "below 5: 1; else: 0"),
        (okr.Zones({"fail": 0, "target": 1}), None, "target"),
        (okr.Judged(), None, "judged at the end"),
        (
            okr.Compound({"shipped": okr.PassFail(), "posts": okr.Reach(75)}),
            None,
            "shipped: yes or no and posts: 75",
        ),
    ],
)
def test_a_statement_says_what_is_measured(measure: Any, unit: Any, words: str) -> None:
    made = okr.Objective("o", "Grow", key_results=[okr.KeyResult("k", "KR", measure, unit=unit)])
    assert okr.review.describe_objective(okr.Plan([made]), "o") == (
        f'We will achieve "Grow", as measured by KR ({words}).'
    )


def test_a_whole_statement() -> None:
    full = okr.Objective(
        "o",
        "Earn more per account",
        owner="Ana Ruiz",
        key_results=[
            okr.KeyResult("arpa", "revenue", okr.Increase(112, 128), unit="USD"),
            okr.KeyResult("conv", "conversion", okr.Increase(3.1, 3.8), unit="%"),
            okr.KeyResult("seen", "watched only", okr.Reach(5), weight=0),
        ],
        guardrails=[okr.Guardrail("g", "tickets", okr.AtMost(85))],
        initiatives=[okr.Initiative("a", "bundles"), okr.Initiative("b", "a price page")],
    )
    plan = okr.Plan([full, okr.Objective("bare", "Bare", owner=okr.Team("Growth"))])
    assert okr.review.describe_objective(plan, "o") == (
        'I will achieve "Earn more per account", as measured by revenue ($112 to $128) and conversion'
        " (3.1% to 3.8%), while holding tickets (at most 85), via bundles and a price page."
    )
    assert okr.review.describe_objective(plan, "bare") == 'We will achieve "Bare".'
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        okr.review.describe_objective(plan, "x")

"""Sentences of cut scopes, maxima, promises, pauses and decisions. Numbers and words by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, card_of, day, goal, kr, read_on
from okrcore import display
from okrcore.rulebook import AttainmentRule, LearningVerdict

END = Q3.end
ANA = okr.Person("Ana Ruiz")


def section(
    ritual: str,
    topic: okr.review.AgendaTopic,
    *objectives: okr.Objective,
    entries: Sequence[Any] = (),
    on: date = END,
) -> okr.review.AgendaSection:
    plan = okr.Plan(objectives)
    return okr.review.make_agenda(plan, okr.Journal(entries), as_of=on, ritual=ritual).section(
        topic
    )


# --- a scope that was cut ----------------------------------------------------------------------


def cut(factor: float, of: str = "k") -> okr.Adjustment:
    return okr.Adjustment(of, day(8, 8), rescale=factor, because="scope cut", by=ANA)


def test_a_cut_scope_is_in_the_sentence_of_its_score() -> None:
    entries = [*read_on(day(7, 10), k=50), cut(0.5)]
    before = card_of(goal(kr("k", okr.Reach(100))), entries=entries, on=day(8, 7))
    assert before["k"].why == "50 is 50% of the way from 0 to 100"
    card = card_of(goal(kr("k", okr.Reach(100))), entries=entries, on=day(8, 14))
    assert card["k"].score == 0.25
    assert card["k"].why == "50 is 50% of the way from 0 to 100, times 0.5"
    assert card.explain("k").words == (
        "50 is 50% of the way from 0 to 100, times 0.5, read on 2026-07-10;"
        " adjusted on 2026-08-08 by Ana Ruiz to progress times 0.5: scope cut"
    )


def test_two_cuts_are_multiplied() -> None:
    entries = [*read_on(day(7, 10), k=140), cut(0.5), evolve(cut(0.8), on=day(8, 9))]
    card = card_of(goal(kr("k", okr.Reach(250))), entries=entries, on=day(8, 14))
    assert card["k"].score == pytest.approx(0.224)
    assert card["k"].why == "140 is 56% of the way from 0 to 250, times 0.4"


@pytest.mark.parametrize(
    ("measure", "value", "why"),
    [
        (okr.AtMost(85), 80, "80 is at most 85, times 0.5"),
        (okr.Milestones("a", "b"), ["a"], "50% of the weight done: a, times 0.5"),
        (okr.Evidence(required=4), ["a", "b"], "2 of 4: a, b, times 0.5"),
        (okr.PassFail(), True, "met, times 0.5"),
        (okr.Judged(), 0.6, "credit 0.6, times 0.5"),
        (okr.Anchors({0.7: 10, 1: 20}, baseline=0), 10, "10 is worth 0.70, times 0.5"),
        (
            okr.Decrease(90, 45),
            99,
            "99 is -20% of the way from 90 to 45, above where it began, times 0.5",
        ),
    ],
)
def test_every_measure_is_told_before_its_factor(measure: Any, value: Any, why: str) -> None:
    entries = [*read_on(day(7, 10), k=value), cut(0.5)]
    card = card_of(goal(kr("k", measure)), entries=entries, on=day(8, 14))
    assert card["k"].why == why


def test_what_stands_for_no_reading_is_told_before_its_factor() -> None:
    half = evolve(okr.RECOMMENDED, attainment=AttainmentRule(missing=0.5))
    unread = card_of(goal(kr("k", okr.Reach(10))), entries=[cut(0.5)], rulebook=half)
    assert unread["k"].score == 0.25
    assert unread["k"].why == "nothing read counts as 0.5, times 0.5"
    entries = [*read_on(day(7, 10), k=5), cut(0.5)]
    no_start = card_of(goal(kr("k", okr.Increase(None, 10))), entries=entries, rulebook=half)
    assert no_start["k"].score == 0.25
    assert no_start["k"].why == "no baseline yet, which counts as 0.5, times 0.5"


def test_a_share_before_its_factor_is_written_beside_the_edges_of_the_score() -> None:
    entries = [*read_on(day(7, 10), k=66.664), cut(1.5)]
    card = card_of(goal(kr("k", okr.Reach(100)), ambition=okr.Ambition.COMMITTED), entries=entries)
    assert card["k"].score == pytest.approx(0.99996)
    assert card["k"].why == "66.66 is 66.66% of the way from 0 to 100, times 1.5"


# --- readings beside a share -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "why"),
    [
        (okr.Reach(100), 69.996, "69.996 is 69.996% of the way from 0 to 100"),
        (okr.Reach(100), 70.004, "70.004 is 70.004% of the way from 0 to 100"),
        (okr.Reach(100), 70, "70 is 70% of the way from 0 to 100"),
        (okr.Decrease(90, 80), 83.0004, "83.0004 is 69.996% of the way from 90 to 80"),
    ],
)
def test_a_reading_is_on_its_side_of_what_an_edge_asks(
    measure: Any, value: float, why: str
) -> None:
    objective = goal(kr("k", measure), ambition=okr.Ambition.ASPIRATIONAL)
    assert card_of(objective, entries=read_on(END, k=value))["k"].why == why


def test_a_small_change_is_not_written_as_none() -> None:
    entries = [*read_on(day(8, 1), k=995), *read_on(day(8, 10), k=996)]
    earlier, later = (
        card_of(goal(kr("k", okr.Reach(1000))), entries=entries, on=day(8, n)) for n in (5, 12)
    )
    moved = okr.compare(later, earlier)
    for page in (
        display.comparison_text(moved),
        display.comparison_markdown(moved),
        display.comparison_html(moved),
    ):
        assert "+0.001, to 0.996" in page
        assert "+0.00," not in page
    lowered = [*entries, *read_on(day(8, 11), k=994.9)]
    fell = okr.compare(
        card_of(goal(kr("k", okr.Reach(1000))), entries=lowered, on=day(8, 12)), earlier
    )
    assert "reading -0.0001, to 0.99: 994.9 is 99% of the way from 0 to 1,000" in str(fell)
    low = [*read_on(day(8, 1), k=301), *read_on(day(8, 10), k=302)]
    slight = okr.compare(
        *(card_of(goal(kr("k", okr.Reach(1000))), entries=low, on=day(8, n)) for n in (12, 5))
    )
    assert " 0.301  0.302 +0.001" in str(slight)
    assert "reading +0.001, to 0.302: 302 is 30% of the way from 0 to 1,000" in str(slight)


def test_two_readings_that_differ_are_not_written_alike() -> None:
    entries = [*read_on(day(8, 3), k=60.001), *read_on(day(8, 12), k=60.002)]
    objective = goal(kr("k", okr.Reach(100)))
    found = section(
        "weekly", okr.review.AgendaTopic.MOVEMENTS, objective, entries=entries, on=day(8, 14)
    )
    assert [item.text for item in found.items] == ["60.001 to 60.002; score 0.60"]


# --- breaches of a maximum ---------------------------------------------------------------------


def watched(reads: okr.Aggregation, bound: Any, *values: tuple[date, float]) -> okr.Scorecard:
    rail = okr.Guardrail("g", "G", bound, metric="m")
    entries = [entry for on, value in values for entry in read_on(on, m=value)]
    metrics = [okr.Metric("m", "M", aggregation=reads)]
    objective = goal(kr("a", okr.Reach(10)), guardrails=[rail])
    return card_of(objective, entries=entries, on=day(8, 25), metrics=metrics)


@pytest.mark.parametrize(
    ("reads", "bound", "values", "why"),
    [
        (
            okr.Aggregation.MAXIMUM,
            okr.AtMost(5),
            (2, 9, 4, 4),
            "9, outside its limit (at most 5), first on 2026-08-02",
        ),
        (
            okr.Aggregation.MAXIMUM,
            okr.AtMost(5),
            (6, 4, 9, 9),
            "9 on 2026-08-03, outside its limit (at most 5), first on 2026-08-01",
        ),
        (
            okr.Aggregation.MINIMUM,
            okr.AtLeast(5),
            (6, 2, 7, 8),
            "2, outside its limit (at least 5), first on 2026-08-02",
        ),
        (
            okr.Aggregation.MINIMUM,
            okr.AtLeast(5),
            (4, 6, 3, 8),
            "3 on 2026-08-03, outside its limit (at least 5), first on 2026-08-01",
        ),
        (
            okr.Aggregation.SUM,
            okr.AtMost(5),
            (2, 9, 4, 0),
            "15 on 2026-08-04, outside its limit (at most 5), first on 2026-08-02",
        ),
        (
            okr.Aggregation.MEAN,
            okr.AtMost(5),
            (9, 3, 9, 9),
            "7.5 on 2026-08-04, outside its limit (at most 5), first on 2026-08-01",
        ),
        (
            okr.Aggregation.LATEST,
            okr.AtMost(5),
            (9, 2, 9, 9),
            "9 on 2026-08-04, outside its limit (at most 5), first on 2026-08-01",
        ),
    ],
)
def test_a_breach_has_the_day_of_the_reading_that_breached(
    reads: okr.Aggregation, bound: Any, values: Sequence[float], why: str
) -> None:
    card = watched(reads, bound, *((day(8, n), value) for n, value in enumerate(values, 1)))
    found = card.guardrail("g")
    assert (found.status_why, found.read_on) == (why, day(8, 4))
    made = "" if reads is okr.Aggregation.LATEST else f"; {reads} of 4 readings"
    # Held or breached, an explanation has how many readings made the number.
    assert f"guardrail G (g): {why}{made}" in card.explain("o").remarks


# --- promises and scopes -----------------------------------------------------------------------

RAIL = okr.Guardrail("g", "G", okr.AtMost(5))


@pytest.mark.parametrize(
    ("ambition", "words"),
    [
        (okr.Ambition.COMMITTED, "no promise was missed without a post-mortem"),
        (okr.Ambition.ASPIRATIONAL, "no promises"),
        (okr.Ambition.LEARNING, "no promises"),
        (None, "no promises"),
    ],
)
def test_no_promise_is_missed_where_none_was_made(ambition: Any, words: str) -> None:
    objective = goal(kr("k", okr.Reach(10)), ambition=ambition)
    found = section(
        "close", okr.review.AgendaTopic.POST_MORTEMS, objective, entries=read_on(END, k=10)
    )
    assert (found.items, found.empty) == ((), words)


def test_a_missed_promise_with_a_post_mortem_is_not_denied() -> None:
    objective = goal(kr("k", okr.Reach(10)), ambition=okr.Ambition.COMMITTED)
    told = okr.PostMortem("o", END, cause="a storm", changes="a second site")
    entries = [*read_on(END, k=4), told]
    found = section("close", okr.review.AgendaTopic.POST_MORTEMS, objective, entries=entries)
    assert (found.items, found.empty) == ((), "no promise was missed without a post-mortem")


@pytest.mark.parametrize("topic", ["guardrails that do not hold", "stale"])
def test_nothing_is_said_of_objectives_that_do_not_run(topic: str) -> None:
    objective = goal(kr("k", okr.Reach(10)), guardrails=[RAIL])
    found = section(
        "weekly",
        okr.review.AgendaTopic(topic),
        objective,
        entries=read_on(END, k=10, g=9),
        on=day(10, 6),
    )
    assert (found.items, found.empty) == ((), "no objective is running")


@pytest.mark.parametrize(
    ("ritual", "topic", "on", "words"),
    [
        ("close", "guardrails that do not hold", END, "no objective is to be closed"),
        ("close", "decisions", END, "no objective is to be closed"),
        ("close", "post-mortems", END, "no objective is to be closed"),
        ("mid-cycle review", "stalled", day(10, 6), "no objective is running"),
        ("retrospective", "links without a contribution", day(8, 14), "no objective has ended"),
    ],
)
def test_what_is_out_of_scope_is_not_told_as_missing(
    ritual: str, topic: str, on: date, words: str
) -> None:
    objective = goal(kr("k", okr.Reach(10)), guardrails=[RAIL], ambition=okr.Ambition.COMMITTED)
    entries = [*read_on(day(8, 3), k=1, g=9), okr.Closing("o", END, okr.ClosingDecision.ABANDON)]
    found = section(ritual, okr.review.AgendaTopic(topic), objective, entries=entries, on=on)
    assert (found.items, found.empty) == ((), words)


# --- pauses and decisions ----------------------------------------------------------------------


def test_an_explanation_names_who_paused_and_why() -> None:
    pause = okr.Transition("o", day(8, 5), okr.Lifecycle.PAUSED, because="no people", by=ANA)
    plan = [goal(id="top"), goal(kr("k", okr.Reach(10)), supports=["top"])]
    entries = [*read_on(day(8, 1), k=5), pause]
    card = card_of(*plan, entries=entries, on=day(8, 10))
    words = "paused since 2026-08-05 by Ana Ruiz: no people"
    assert card.explain("o").words == words
    assert card["o"].why == "paused since 2026-08-05"
    for page in card.explain("top")._repr_mimebundle_().values():
        assert words in " ".join(page.split())
    resumed = [*entries, okr.Transition("o", day(8, 7), okr.Lifecycle.ACTIVE, because="hired")]
    again = card_of(*plan, entries=resumed, on=day(8, 10))
    assert again.explain("o").words == "its one key result"
    bare = card_of(*plan, entries=[evolve(pause, because="", by=None)], on=day(8, 10))
    assert bare.explain("o").words == "paused since 2026-08-05"


def test_an_explanation_names_the_adjustment_that_paused() -> None:
    board = okr.Team("board")
    pause = okr.Adjustment(
        "k", day(8, 5), kind=okr.AdjustmentKind.PAUSE, because="no data", by=ANA, decided_by=board
    )
    objective = goal(kr("k", okr.Reach(10)), kr("l", okr.Reach(10)))
    card = card_of(objective, entries=[*read_on(day(8, 1), k=5, l=4), pause], on=day(8, 10))
    assert card.explain("k").words == f"paused since 2026-08-05 by {board}: no data"
    whole = card_of(objective, entries=[evolve(pause, of="o", decided_by=None)], on=day(8, 10))
    assert whole.explain("o").words == "paused since 2026-08-05 by Ana Ruiz: no data"
    assert whole.explain("k").words == "its objective is not active"


def test_a_key_result_that_goes_on_has_no_day_of_the_pause_above_it() -> None:
    entries = [
        okr.Adjustment("k", day(8, 1), kind=okr.AdjustmentKind.PAUSE, because="no data"),
        okr.Transition("k", day(8, 3), okr.Lifecycle.ACTIVE),
        okr.Transition("o", day(8, 5), okr.Lifecycle.PAUSED),
    ]
    card = card_of(goal(kr("k", okr.Reach(10))), entries=entries, on=day(8, 10))
    assert card["k"].why == "its objective is not active"


def test_what_is_parked_or_deferred_has_its_own_words() -> None:
    later = okr.Closing("o", day(8, 5), okr.ClosingDecision.DEFER, because="not now", by=ANA)
    card = card_of(goal(kr("k", okr.Reach(10))), entries=[later], on=day(8, 10))
    assert card.explain("o").words == (
        "deferred since 2026-08-05; closed on 2026-08-05 by Ana Ruiz, decided to defer: not now"
    )
    profile = okr.ObjectiveProfile(parked=okr.Parked("no budget"))
    pause = okr.Transition("o", day(8, 5), okr.Lifecycle.PAUSED, because="no people", by=ANA)
    parked = card_of(goal(kr("k", okr.Reach(10)), profile=profile), entries=[pause])
    assert parked.explain("o").words == "parked: no budget"


def test_an_objective_is_closed_as_achieved() -> None:
    done = okr.Closing("o", day(8, 5), okr.ClosingDecision.ACHIEVED, because="done", by=ANA)
    objective = goal(kr("k", okr.Reach(10)))
    card = card_of(objective, entries=[*read_on(day(8, 1), k=10), done], on=day(8, 10))
    assert card.explain("o").words == (
        "its one key result; closed on 2026-08-05 by Ana Ruiz, taken as achieved: done"
    )
    (onward,) = section(
        "planning",
        okr.review.AgendaTopic.NEXT,
        objective,
        entries=[evolve(done, on=END)],
        on=day(10, 1),
    ).items
    assert onward.text == "taken as achieved"
    learning = evolve(
        okr.RECOMMENDED,
        learning=LearningVerdict({okr.ClosingDecision.ACHIEVED: "learnt"}, "inconclusive"),
    )
    closed = card_of(
        evolve(objective, ambition=okr.Ambition.LEARNING), entries=[done], rulebook=learning
    )
    assert closed["o"].status_why == "learnt, taken as achieved"

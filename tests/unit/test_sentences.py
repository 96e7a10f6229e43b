"""Sentences agree with their numbers: edges, breaches, weights, milestones, adjustments.

Numbers and words by hand.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, card_of, day, goal, kr, read_on
from okrcore._arith import written_beside
from okrcore.display.text import bar
from okrcore.rulebook import BoundReading, BoundRule, BreachEffect, ByBands, Stale, ZeroWeights

END = Q3.end
#: The day on which a miss is final: the grace ends on 14 October.
AFTER_GRACE = day(10, 15)
COMMITTED, ASPIRATIONAL = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL


# --- just under the target ---------------------------------------------------------------------


def test_a_promise_missed_by_four_is_not_written_as_reached() -> None:
    one = goal(kr("k", okr.Reach(1000)), ambition=COMMITTED)
    card = card_of(one, entries=read_on(END, k=996), on=AFTER_GRACE)
    assert card["k"].why == "996 is 99.6% of the way from 0 to 1,000"
    assert card["k"].status_why == "99.6%: short of the 100% that a commitment asks for"
    assert card["o"].status_why == "missed with 0.996, as committed objectives close"
    assert repr(card["o"]) == "ObjectiveResult('o', 0.996, over)"
    assert okr.review.suggest_closing(card, "o").because == "a score of 0.996"
    words = [
        found.words
        for found in okr.review.look_back(card)
        if found.code == "committed miss needs post-mortem"
    ]
    assert words == ["missed, with a score of 0.996"]
    outcome = okr.review.draft_post_mortem(card, "o").outcomes[0]
    assert outcome.actual == "996 is 99.6% of the way from 0 to 1,000"
    pages = [
        *card._repr_mimebundle_().values(),
        *card.explain("o")._repr_mimebundle_().values(),
        *okr.review.make_agenda(card.plan, card.journal, as_of=AFTER_GRACE, ritual="close")
        ._repr_mimebundle_()
        .values(),
    ]
    for page in pages:
        assert "0.996" in page or "99.6%" in page
        assert "100%" not in page.replace("short of the 100% that", "")
        # What was expected, and nothing that was reached.
        assert "score 1" not in page
    assert str(card).count("1.00") == 2
    assert "█" * 10 not in str(card)


def test_an_edge_of_an_aspirational_objective_is_its_own() -> None:
    one = goal(kr("k", okr.Reach(1000)), ambition=ASPIRATIONAL)
    card = card_of(one, entries=read_on(END, k=699), on=AFTER_GRACE)
    assert card["o"].status_why == "progressed with 0.699, as aspirational objectives close"
    assert card["k"].status_why == "69.9%: short of the 70% that a stretch asks for"
    committed = card_of(goal(kr("k", okr.Reach(1000)), ambition=None), entries=read_on(END, k=604))
    assert committed["k"].status_why == "60%: no ambition, so no outcome"


@pytest.mark.parametrize(
    ("measure", "value", "why"),
    [
        (okr.AtMost(85), 85.004, "85.004 is not at most 85"),
        (okr.AtMost(85), 84.996, "84.996 is at most 85"),
        (okr.AtMost(85), 85.0000000000001, "85 is at most 85"),
        (okr.AtLeast(84.996), 84.9951, "84.995 is not at least 84.996"),
        (okr.Between(1.001, 1.004), 1.0049, "1.005 is not between 1.001 and 1.004"),
        (okr.Judged(), 0.996, "credit 0.996"),
        (okr.PassFail(), 0.9999, "credit 0.9999"),
        (okr.Reach(1000), 999.999, "999.999 is 99.9999% of the way from 0 to 1,000"),
        (okr.Exactly(5, 0), 4.999, "4.999 is worth 0.9998"),
        (okr.Exactly(5, 4), 6.5, "6.5 is worth -0.50, further away than at the start"),
        (okr.Budget(15), 15.001, "15.001 is worth 0.9999"),
        (okr.Steps([(okr.AtMost(7), 1), (None, 0.5)]), 7.004, "7.004 is worth 0.50"),
        (okr.Anchors({0.7: 10, 1: 20}, baseline=0), 9.999, "9.999 is worth 0.6999"),
        (okr.Anchors({0.7: 10, 1: 20}, baseline=0), -1, "-1 is worth -0.07, below where it began"),
        (okr.Anchors({0.7: 10, 1: 20}), -20, "-20 is worth -0.20"),
        (okr.Milestones("a", "b"), ["a"], "50% of the weight done: a"),
        (okr.Milestones("write", "try", "go"), ["try", "write"], "67% of the weight done: write, try"),
        (okr.Evidence(required=3), ["a"], "1 of 3: a"),
        (
            okr.Compound({"x": okr.AtMost(7), "y": okr.PassFail()}),
            {"x": 7.004, "y": True},
            "x: 7.004, y: yes is worth 0.50",
        ),
    ],
)  # fmt: skip
def test_readings_are_written_beside_their_edges(measure: Any, value: Any, why: str) -> None:
    card = card_of(goal(kr("k", measure)), entries=read_on(day(8, 14), k=value), on=day(8, 14))
    assert card["k"].why == why


def test_a_share_by_counts_is_written_beside_its_limit() -> None:
    card = card_of(
        goal(kr("k", okr.AtMost(0.05))), entries=read_on(day(8, 14), k=okr.Ratio(5001, 100_000))
    )
    assert card["k"].why == "0.05001 (5,001 of 100,000) is not at most 0.05"


def test_the_share_of_a_status_is_written_beside_the_edges_of_its_bands() -> None:
    cycle = okr.Cycle(day(7, 1), day(9, 29))  # half of 90 days is over on 15 August
    objective = okr.Objective("o", "O", cycle=cycle, key_results=[kr("k", okr.Reach(10_000))])
    card = card_of(objective, entries=read_on(day(8, 15), k=4499), on=day(8, 15))
    why = "progress 0.45, expected 0.50 by now (0.8998 of it)"
    assert (card["k"].status, card["k"].status_why) == ("at risk", why)
    even = card_of(objective, entries=read_on(day(8, 15), k=4996), on=day(8, 15))
    assert even["k"].status_why == "progress 0.4996, expected 0.50 by now (0.999 of it)"
    table = str(even)
    assert "0.4996" in table
    assert "0.50" in table


def test_too_early_and_too_thin_are_written_beside_their_edges() -> None:
    cycle = okr.Cycle(day(1, 1), day(1, 1) + timedelta(days=1000))
    objective = okr.Objective("o", "O", cycle=cycle, key_results=[kr("k", okr.Reach(10))])
    rules = [rule for rule in okr.RECOMMENDED.status if type(rule) is not Stale]
    early = card_of(
        objective,
        entries=read_on(day(1, 2), k=1),
        on=day(1, 1) + timedelta(days=149),
        rulebook=evolve(okr.RECOMMENDED, status=rules),
    )
    assert early["k"].status_why == "too early: 14.9% of the cycle is over"
    strict = evolve(okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(least_coverage=0.5))
    parts = [kr("a", okr.Reach(10), weight=499), kr("b", okr.Reach(10), weight=501)]
    thin = card_of(goal(*parts), entries=read_on(day(8, 14), a=5), rulebook=strict)
    assert thin["o"].why == "too little of it is read: 49.9%"


def test_rounded_bands_say_what_they_rounded() -> None:
    bands = okr.rulebook.Bands([(okr.AtLeast(0.7), "green"), (None, "red")], digits=1)
    rules = evolve(okr.RECOMMENDED, status=[ByBands(okr.rulebook.Axis.SCORE, bands)])
    found = {
        value: card_of(
            goal(kr("k", okr.Reach(10_000))), entries=read_on(END, k=value), rulebook=rules
        )["k"]
        for value in (6500, 6499, 7000)
    }
    assert {v: (f.status, f.status_why) for v, f in found.items()} == {
        6500: ("green", "score 0.65, rounded to 0.7"),
        6499: ("red", "score 0.6499, rounded to 0.6"),
        7000: ("green", "score 0.70"),
    }


@pytest.mark.parametrize(
    ("bound", "edge"),
    [
        (okr.AtLeast(0.7), 0.65),
        (okr.Below(0.7), 0.65),
        (okr.Above(0.7), 0.75),
        (okr.AtMost(0.7), 0.75),
        (okr.AtLeast(0.72), 0.75),
        (okr.AtMost(0.78), 0.75),
    ],
)
def test_rounding_moves_the_edge_of_a_band(bound: Any, edge: float) -> None:
    rules = okr.Rulebook(
        name="x",
        scales=[
            okr.rulebook.Scale(
                "s", okr.rulebook.Axis.SCORE, okr.rulebook.Bands([(bound, "a")], digits=1)
            )
        ],
    )
    assert set(rules.edges()) == {0, 1, 0.85, bound.limit, edge}


def test_numbers_that_differ_under_rulebooks_do_not_look_alike() -> None:
    other = evolve(
        okr.RECOMMENDED,
        name="other",
        attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(digits=4)),
    )
    plan, journal = (
        okr.Plan([goal(kr("k", okr.Reach(1_000_000)))]),
        okr.Journal(read_on(END, k=999_996)),
    )
    beside = okr.compare_rulebooks(plan, journal, as_of=END, rulebooks=[okr.RECOMMENDED, other])
    text = " ".join(str(beside).split())
    assert "k: score 1, not 0.999996" in text
    assert "0.999996 over" in text


def test_a_clip_is_written_beside_what_it_cut() -> None:
    card = card_of(goal(kr("k", okr.Reach(100_000))), entries=read_on(END, k=100_001))
    words = "progress 1.00001, at least 0, at most 1"
    assert card.explain("k").words == words
    assert repr(card.explain("k")) == f"Explanation('k', score 1: {words})"


# --- no minus zero -----------------------------------------------------------------------------


def test_nothing_is_shown_as_minus_zero() -> None:
    raw = evolve(okr.RECOMMENDED, attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip()))
    for rulebook in (
        okr.RECOMMENDED,
        raw,
        evolve(raw, attainment=okr.rulebook.AttainmentRule(clip=okr.rulebook.Clip(digits=2))),
    ):
        card = card_of(
            goal(kr("k", okr.Decrease(90, 45))),
            entries=read_on(day(8, 14), k=90),
            rulebook=rulebook,
        )
        result = card.key_result("k")
        assert str(result.score) == str(result.progress) == str(card["o"].score) == "0.0"
        assert result.why == "90 is 0% of the way from 90 to 45"
        assert "-0" not in str(card).replace("2026-0", "")
    slight = card_of(
        goal(kr("k", okr.Increase(30, 45))), entries=read_on(day(8, 14), k=29.97), rulebook=raw
    )
    assert repr(slight["k"]).startswith("KeyResultResult('k', -0.002, ")
    assert slight["k"].why == "29.97 is -0.2% of the way from 30 to 45, below where it began"


# --- units -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "value", "edges", "text"),
    [
        (okr.Unit("%"), 84.998, [85], "84.998%"),
        (okr.Unit("%"), 84.998, [80], "85%"),
        (okr.Unit("USD", shown_in="M"), 1_250_004, [1_250_000], "$1.250004M"),
        (okr.Unit("USD", shown_in="B"), 1e9 + 1e-4, [1e9], "$1,000,000,000.0001"),
        (okr.Unit("mm:ss"), 157.3, [157], "2:37.3"),
        (okr.Unit("mm:ss"), 157, [157.3], "2:37"),
        (okr.Unit("mm:ss"), -0.3, [0.2], "-0:00.3"),
        (okr.Unit("h:mm:ss"), 3599.9, [3600], "0:59:59.9"),
        (okr.Unit("people", per="week"), 1.001, [1], "1.001 people per week"),
        (okr.Unit("people"), 1e-13, [0], "0 people"),
        (okr.Unit("people"), 0.00016004, [0.00016], "0.00016004 people"),
    ],
)
def test_units_write_beside_edges(
    unit: okr.Unit, value: float, edges: list[float], text: str
) -> None:
    assert unit.format(value, *edges) == text


# --- breaches ----------------------------------------------------------------------------------

UPTIME = okr.Guardrail("up", "Uptime", okr.AtLeast(99.5), hard=True, unit="%")
TICKETS = okr.Guardrail("t", "Tickets", okr.AtMost(85, tolerated_to=90))


def guarded(rail: okr.Guardrail, **more: Any) -> okr.Objective:
    return goal(kr("a", okr.Reach(10)), guardrails=[rail], ambition=COMMITTED, **more)


def test_a_breach_that_healed_is_told_by_the_reading_that_breached() -> None:
    entries = [
        *read_on(day(8, 3), up=99.9),
        *read_on(day(8, 10), up=99.1),
        *read_on(END, a=10, up=99.9),
    ]
    card = card_of(guarded(UPTIME), entries=entries)
    why = (
        "99.1% on 2026-08-10 was outside its limit (at least 99.5%); within it since 2026-09-30;"
        " hard, so it counts"
    )
    up = card.guardrail("up")
    assert up.status_why == why
    assert (up.first_breach_reading, up.within_since) == (99.1, END)
    found = [each.words for each in okr.review.look_back(card) if each.code == "guardrail breached"]
    assert found == [f"Uptime: {why}"]
    assert f"breached: {why}" in " ".join(
        str(okr.review.make_agenda(card.plan, card.journal, as_of=END, ritual="close")).split()
    )


def test_a_remembered_breach_says_that_it_counts() -> None:
    ever = evolve(
        okr.RECOMMENDED,
        guardrails=okr.rulebook.GuardrailRule(memory=okr.rulebook.BreachMemory.EVER),
    )
    entries = [
        entry
        for n, value in enumerate((92, 80, 95, 96, 80, 79))
        for entry in read_on(day(8, 3) + timedelta(days=7 * n), t=value)
    ]
    card = card_of(guarded(TICKETS), entries=entries, on=day(9, 10), rulebook=ever)
    assert card.guardrail("t").status_why == (
        "92 on 2026-08-03 was outside its limit (at most 85), and 2 more after it;"
        " within it since 2026-08-31; every breach counts"
    )
    tolerated = card_of(
        guarded(TICKETS), entries=[*entries[:1], *read_on(day(8, 10), t=88)], rulebook=ever
    )
    assert tolerated.guardrail("t").status_why == (
        "92 on 2026-08-03 was outside its limit (at most 85); just outside it since 2026-08-10;"
        " every breach counts"
    )


def test_a_breach_that_lasts_has_the_day_of_its_last_reading() -> None:
    entries = [*read_on(day(8, 3), t=92), *read_on(day(8, 10), t=95)]
    card = card_of(guarded(TICKETS), entries=entries, on=day(8, 14))
    assert card.guardrail("t").status_why == (
        "95 on 2026-08-10, outside its limit (at most 85), first on 2026-08-03"
    )
    assert card.guardrail("t").within_since is None


def test_a_limit_is_written_beside_the_reading_that_breached() -> None:
    card = card_of(guarded(UPTIME), entries=read_on(day(8, 3), up=99.499), on=day(8, 14))
    assert card.guardrail("up").status_why == (
        "99.499%, outside its limit (at least 99.5%), first on 2026-08-03"
    )
    fine = card_of(guarded(UPTIME), entries=read_on(day(8, 3), up=99.5000001), on=day(8, 14))
    assert fine.guardrail("up").status_why == "99.5000001%, within its limit (at least 99.5%)"


def test_the_first_signal_is_a_breach() -> None:
    mondays = [day(7, 6) + timedelta(days=7 * week) for week in range(13)]
    holes = dict(zip(mondays, (12, 10, 8, 7, 6, 4, 3, 2, 1, 1, 1, 1, 1), strict=True))
    safe = goal(
        kr("holes", okr.Decrease(14, 0)), id="safe", ambition=COMMITTED, guardrails=[UPTIME]
    )
    entries = [
        entry
        for on in mondays
        for entry in read_on(on, holes=holes[on], up=99.0 if on == day(8, 10) else 99.9)
    ]
    card = card_of(safe, entries=entries, on=day(10, 1))
    assert okr.review.draft_post_mortem(card, "safe").first_signal == day(8, 10)


# --- nothing is said of all of nothing ---------------------------------------------------------

#: Sentences about everything, with what is said where there is nothing.
OF_NOTHING = {
    ("close", "guardrails that do not hold"): "no guardrails",
    ("weekly", "guardrails that do not hold"): "no guardrails",
    ("check-in", "guardrails that do not hold"): "no guardrails",
    ("weekly", "stale"): "no key results",
    ("mid-cycle review", "stalled"): "nothing that moves has been read",
    ("team drafts", "not measurable yet"): "no key results",
    ("adjustment review", "records that miss something"): "no adjustments",
    ("close", "decisions"): "no objectives",
    ("retrospective", "links without a contribution"): "no alignments",
}


@pytest.mark.parametrize(("ritual", "topic"), OF_NOTHING)
def test_nothing_is_said_of_all_of_nothing(ritual: str, topic: str) -> None:
    ritual_of = next(each for each in okr.calendar.Ritual if each.value.replace("_", " ") == ritual)
    for objectives in ([], [okr.Objective("o", "O", cycle=Q3)]):
        if objectives and topic == "decisions":
            continue
        plan = okr.Plan(objectives)
        found = okr.review.make_agenda(plan, okr.Journal(), as_of=END, ritual=ritual_of)
        section = found.section(okr.review.AgendaTopic(topic))
        assert (section.items, section.empty) == ((), OF_NOTHING[ritual, topic])


def test_all_guardrails_hold_where_there_are_some() -> None:
    card = card_of(guarded(UPTIME), entries=read_on(END, a=10, up=99.9))
    found = okr.review.make_agenda(card.plan, card.journal, as_of=END, ritual="close")
    assert found.section(okr.review.AgendaTopic.GUARDRAILS).empty == "all guardrails hold"
    mid = okr.review.make_agenda(card.plan, card.journal, as_of=END, ritual="weekly")
    assert mid.section(okr.review.AgendaTopic.GUARDRAILS).empty == "all hold"


# --- weight 0 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "read_ones", "why", "no_score_reason"),
    [
        ([0], "a", "its one key result has weight 0: tracked, not counted", "NO_WEIGHT"),
        ([0, 0], "ab", "both have weight 0: tracked, not counted", "NO_WEIGHT"),
        ([0, 0], "", "both have weight 0: tracked, not counted", "NO_WEIGHT"),
        ([0, 0, 0], "abc", "all 3 have weight 0: tracked, not counted", "NO_WEIGHT"),
        (
            [0, 1],
            "a",
            "its one key result that counts: no reading; 1 more has weight 0: tracked, not counted",
            "NOTHING_MEASURED",
        ),
        (
            [0, 1],
            "b",
            "its one key result that counts; 1 more has weight 0: tracked, not counted",
            None,
        ),
        (
            [0, 0, 1, 1],
            "ab",
            "none of its 2 key results is measured; 2 more have weight 0: tracked, not counted",
            "NOTHING_MEASURED",
        ),
        (
            [0, 1, 1],
            "abc",
            "mean of 2 of 2 key results; 1 more has weight 0: tracked, not counted",
            None,
        ),
        ([1, 2], "ab", "weighted mean of 2 of 2 key results", None),
    ],
)
def test_weight_0_is_tracked_and_not_unmeasured(
    weights: list[float], read_ones: str, why: str, no_score_reason: str | None
) -> None:
    parts = [kr(id, okr.Reach(10), weight=w) for id, w in zip("abcd", weights, strict=False)]
    card = card_of(goal(*parts), entries=read_on(day(8, 14), **dict.fromkeys(read_ones, 8)))
    expected = None if no_score_reason is None else okr.scorecard.NoScoreReason[no_score_reason]
    assert (card["o"].why, card["o"].no_score_reason) == (why, expected)
    if no_score_reason == "NO_WEIGHT":
        assert card["o"].score is None
        assert why in str(card)


def test_weights_of_0_that_a_rulebook_scores() -> None:
    zero = evolve(okr.RECOMMENDED, roll_up=okr.rulebook.RollUpRule(zero_weights=ZeroWeights.ZERO))
    card = card_of(goal(kr("a", okr.Reach(10), weight=0)), rulebook=zero)
    assert card["o"].why == (
        "its one key result has weight 0: tracked, not counted; that makes 0.00"
    )
    below = goal(id="top"), goal(
        kr("a", okr.Reach(10)), id="low", supports=[okr.Alignment("top", weight=0)]
    )  # fmt: skip
    assert card_of(*below)["top"].why == (
        "its one objective below has weight 0: tracked, not counted"
    )


# --- milestones and original scores ------------------------------------------------------------


def test_a_dropped_milestone_is_named_no_more() -> None:
    steps = kr("k", okr.Milestones("a", "b", "c"))
    dropped = okr.Adjustment(
        "k", day(8, 1), measure=okr.Milestones("a", "c"), because="b is not needed"
    )
    entries = [*read_on(day(7, 5), k=["a", "b"]), dropped]
    card = card_of(goal(steps), entries=entries, on=day(8, 15))
    assert card["k"].why == "50% of the weight done: a"
    all_gone = [*read_on(day(7, 5), k=["b"]), dropped]
    assert card_of(goal(steps), entries=all_gone, on=day(8, 15))["k"].why == (
        "0% of the weight done: none"
    )
    later = card.journal.add(*read_on(day(8, 14), k=["c"]))
    weekly = okr.review.make_agenda(card.plan, later, as_of=day(8, 15))
    (moved,) = weekly.section(okr.review.AgendaTopic.MOVEMENTS).items
    assert moved.text == "new: c; taken back: a; score 0.50"


def test_original_scores_are_told_of_what_was_adjusted() -> None:
    plan = [
        goal(kr("a", okr.Reach(10)), kr("b", okr.Reach(10)), id="o", supports=["top"]),
        goal(kr("c", okr.Reach(10)), id="x", supports=["top"]),
        goal(id="top"),
        goal(id="apart", supports=["o"]),
    ]
    more = okr.Adjustment("a", on=day(7, 20), measure=okr.Reach(20), because="more")
    entries = [*read_on(day(7, 10), a=5, b=6, c=7), more]
    card = card_of(*plan, entries=entries, on=day(8, 1))
    ids = ("a", "b", "o", "c", "x", "top", "apart")
    assert {id: (card[id].original_score, card[id].adjusted_score) for id in ids} == {
        "a": (0.5, 0.25),
        "b": (None, None),
        "o": (pytest.approx(0.55), pytest.approx(0.425)),
        "c": (None, None),
        "x": (None, None),
        "top": (pytest.approx(0.625), pytest.approx(0.5625)),
        "apart": (None, None),
    }


def test_adjustments_that_reach_no_score_leave_no_original_score() -> None:
    owner = okr.Adjustment("a", on=day(7, 20), owner="Ana Ruiz", because="she leads")
    card = card_of(
        goal(kr("a", okr.Reach(10))), entries=[*read_on(day(7, 10), a=5), owner], on=day(8, 1)
    )
    assert (card["a"].original_score, card["o"].adjusted_score) == (None, None)
    # A key result that was tracked, and counts from now on, enters by the adjustment.
    counts = okr.Adjustment("a", on=day(7, 20), weight=1, because="it counts")
    parts = [kr("a", okr.Reach(10), weight=0), kr("b", okr.Reach(10))]
    card = card_of(goal(*parts), entries=[*read_on(day(7, 10), a=5, b=10), counts], on=day(8, 1))
    assert (card["o"].original_score, card["o"].adjusted_score) == (1.0, 0.75)
    closed = [
        *read_on(day(7, 10), a=5, b=10),
        okr.Closing("o", day(8, 1), okr.ClosingDecision.CARRY),
        evolve(counts, on=day(8, 5)),
    ]
    card = card_of(goal(*parts), entries=closed, on=day(8, 10))
    assert (card["a"].original_score, card["o"].adjusted_score) == (None, None)


def test_equal_grades_are_not_told_in_a_close() -> None:
    def results(**change: Any) -> str:
        entry = okr.Adjustment("a", on=day(7, 20), because="why", **change)
        card = card_of(goal(kr("a", okr.Reach(10))), entries=[*read_on(day(7, 10), a=5), entry])
        found = okr.review.make_agenda(card.plan, card.journal, as_of=END, ritual="close")
        return found.section(okr.review.AgendaTopic.RESULTS).items[0].text

    assert "original" not in results(due=day(9, 1))
    assert results(measure=okr.Reach(10.01)).endswith(
        "; 0.50 by the original plan, 0.4995 as adjusted"
    )


# --- explanations name their entries -----------------------------------------------------------

ANA = okr.Person("Ana Ruiz")


def test_an_explanation_names_the_adjustment() -> None:
    entries = [
        *read_on(day(7, 31), kr=100),
        okr.Adjustment("kr", on=day(8, 16), measure=okr.Reach(250), because="it was too easy", decided_by=ANA),
    ]  # fmt: skip
    before = card_of(goal(kr("kr", okr.Reach(100))), entries=entries, on=day(8, 15))
    assert "adjusted" not in str(before.explain("kr"))
    card = card_of(goal(kr("kr", okr.Reach(100))), entries=entries, on=day(8, 16))
    words = (
        "100 is 40% of the way from 0 to 250, read on 2026-07-31; target 100 until 2026-08-15,"
        " adjusted on 2026-08-16 by Ana Ruiz to target 250: it was too easy"
    )
    assert card.explain("kr").words == words
    for id in ("kr", "o"):
        for page in card.explain(id)._repr_mimebundle_().values():
            shown = " ".join(page.split())
            assert words in shown
            assert "1.00 by the original plan, 0.40 as adjusted" in shown


def test_an_explanation_names_each_change() -> None:
    steps = [
        okr.Adjustment("k", on=day(7, 20), weight=2, due=day(9, 1), because="one", by=ANA),
        okr.Adjustment("k", on=day(7, 25), rescale=2 / 3, because="two"),
        okr.Adjustment("k", on=day(8, 1), due=day(9, 15), weight=2, because="three"),
        okr.Adjustment("k", on=day(8, 2), owner=ANA, because="four"),
        okr.Adjustment(
            "k",
            on=day(8, 3),
            measure=okr.Reach(20),
            trigger=okr.AdjustmentTrigger.DIFFICULTY,
            because="five",
        ),
    ]
    parts = [kr("k", okr.Reach(10)), kr("other", okr.Reach(10))]
    card = card_of(goal(*parts), entries=[*read_on(day(8, 10), k=3), *steps])
    assert card.explain("k").words.split("; ")[1:] == [
        "weight 1 and no deadline of its own until 2026-07-19, adjusted on 2026-07-20 by Ana Ruiz to"
        " weight 2 and due on 2026-09-01: one",
        "adjusted on 2026-07-25 to progress times 0.6667: two",
        "due on 2026-09-01 until 2026-07-31, adjusted on 2026-08-01 to due on 2026-09-15: three",
        "target 10 until 2026-08-02, adjusted on 2026-08-03 to target 20: five"
        " (does not govern this score)",
    ]


def test_an_explanation_names_baseline_judgement_projection_and_closing() -> None:
    entries = [
        okr.BaselineSet("k", day(7, 3), 20, because="two weeks of data", by=ANA),
        okr.BaselineSet("n", day(7, 3), 1),
        okr.CheckIn("k", day(8, 10), 30, projected=55, by=ANA),
        okr.CheckIn("k", day(8, 11), 30),
        okr.Judgement("k", day(8, 12), score=0.9, because="better than it looks", by=ANA),
        okr.Closing(
            "o",
            day(8, 14),
            okr.ClosingDecision.CARRY,
            judged=0.7,
            because="the market fell",
            by=ANA,
        ),
    ]
    parts = [kr("k", okr.Increase(None, 60), unit="%"), kr("n", okr.Increase(None, 3))]
    card = card_of(goal(*parts), entries=entries, on=day(9, 1))
    explained = card.explain("k")
    assert explained.words == (
        "30% is 25% of the way from 20% to 60%, read on 2026-08-11;"
        " baseline 20% found on 2026-07-03 by Ana Ruiz: two weeks of data"
    )
    assert explained.remarks[:2] == (
        "55% projected on 2026-08-10 by Ana Ruiz",
        "judged 0.90 on 2026-08-12 by Ana Ruiz: better than it looks",
    )
    assert "; baseline 1 found on 2026-07-03" in card.explain("n").words
    whole = card.explain("o")
    assert whole.words == (
        "mean of 1 of 2 key results; closed on 2026-08-14 by Ana Ruiz, decided to carry:"
        " the market fell"
    )
    assert "judged 0.70 on 2026-08-14 by Ana Ruiz: the market fell" in whole.remarks
    unnamed = [
        evolve(entry, by=None, because="") if isinstance(entry, okr.BaselineSet) else entry
        for entry in entries[:3]
    ]
    again = card_of(
        goal(*parts), entries=[*unnamed, okr.CheckIn("o", day(8, 11), projected=1)], on=day(9, 1)
    )
    assert again.explain("k").words.endswith("; baseline 20% found on 2026-07-03")
    assert "1 projected on 2026-08-11" in again.explain("o").remarks


def test_a_supposed_score_has_no_entries_behind_it() -> None:
    more = okr.Adjustment("k", on=day(7, 20), measure=okr.Reach(20), because="more")
    card = card_of(
        goal(kr("k", okr.Reach(10))), entries=[*read_on(day(7, 10), k=5), more], on=day(8, 1)
    )
    assert card.what_if({"k": 0.996}).explain("k").words == "supposed to score 0.996"
    assert "if k were 0.996" in str(card.what_if({"k": 0.996}))


@pytest.mark.parametrize(
    ("reads", "words"),
    [
        (okr.Aggregation.SUM, "; sum of 2 readings"),
        (okr.Aggregation.MEAN, "; mean of 2 readings"),
        (okr.Aggregation.LATEST, ""),
    ],
)
def test_an_explanation_says_how_many_readings_a_value_is_of(
    reads: okr.Aggregation, words: str
) -> None:
    rail = okr.Guardrail("g", "G", okr.AtMost(90), metric="m")
    objective = goal(kr("k", okr.Reach(100), metric="m"), guardrails=[rail])
    entries = [*read_on(day(7, 10), m=20), *read_on(day(8, 10), m=30), *read_on(day(6, 10), m=70)]
    card = card_of(
        objective, entries=entries, on=day(8, 14), metrics=[okr.Metric("m", "M", aggregation=reads)]
    )
    assert card.explain("k").words.split(", read on 2026-08-10")[1] == words
    (guardrail,) = [each for each in card.explain("o").remarks if each.startswith("guardrail G")]
    assert guardrail.endswith(f"within its limit (at most 90){words}")


def test_an_explanation_says_what_a_bound_was_held_against() -> None:
    rules = evolve(
        okr.RECOMMENDED,
        attainment=okr.rulebook.AttainmentRule(bounds=BoundRule(reading=BoundReading.MEAN)),
    )
    entries = [*read_on(day(7, 10), k=80), *read_on(day(8, 10), k=100)]
    card = card_of(goal(kr("k", okr.AtMost(90))), entries=entries, on=day(8, 14), rulebook=rules)
    assert card["k"].score == 1
    assert card.explain("k").words.endswith("; held against the mean of 2 readings")
    one = card_of(goal(kr("k", okr.AtMost(90))), entries=entries[:1], on=day(8, 14), rulebook=rules)
    assert one.explain("k").words.endswith("; held against the mean of 1 reading")
    unread = card_of(goal(kr("k", okr.AtMost(90))), on=day(8, 14), rulebook=rules)
    assert unread.explain("k").words == "no reading"


# --- worse than at the start -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "line"),
    [
        (okr.Increase(30, 45), 25, "25 is -33% of the way from 30 to 45, below where it began"),
        (okr.Decrease(90, 45), 99, "99 is -20% of the way from 90 to 45, above where it began"),
    ],
)
def test_worse_than_at_the_start_is_told_from_nothing_yet(
    measure: Any, value: float, line: str
) -> None:
    def shown(number: float) -> okr.Scorecard:
        return card_of(goal(kr("k", measure)), entries=read_on(day(8, 14), k=number), on=day(8, 14))

    assert shown(value)["k"].why == line
    for page in shown(value)._repr_mimebundle_().values():
        assert "where it began" in page
    late = card_of(goal(kr("k", measure)), entries=read_on(day(10, 2), k=value), on=day(10, 2))
    assert "where it began" in " ".join(str(late).split())
    assert "read late, on 2026-10-02" in str(late)
    assert "where it began" not in str(shown(measure.baseline))
    assert "began" not in shown(measure.baseline)["k"].why


def test_the_bar_of_a_part_is_neither_empty_nor_full() -> None:
    assert bar(0.9999) == "█████████▉"
    assert bar(0.0001) == "▏░░░░░░░░░"
    assert bar(0.5, 0) == ""
    assert (bar(1.0), bar(0.0)) == ("█" * 10, "░" * 10)


def test_guardrails_that_enter_a_mean_beside_weights_of_0() -> None:
    rules = evolve(
        okr.RECOMMENDED, guardrails=okr.rulebook.GuardrailRule(effect=BreachEffect.AVERAGE)
    )
    objective = goal(kr("a", okr.Reach(10), weight=0), guardrails=[UPTIME])
    card = card_of(
        objective, entries=read_on(day(8, 14), a=5, up=99.9), on=day(8, 14), rulebook=rules
    )
    assert card["o"].score == 1
    assert card["o"].why.endswith("tracked, not counted; with guardrail Uptime (up) held as 1")


def test_a_number_set_apart_from_one_edge_is_apart_from_the_others() -> None:
    # 0.33 is that of 0.333, and one decimal more would be 0.335.
    assert written_beside(0.3349, 0.333, 0.335) == "0.3349"

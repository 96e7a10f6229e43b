"""Sentences of shares that are read, of parts that count, and of the guardrails that make a score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import goal, kr, read_on
from okrcore.display.table_rows import rows_of

PAUSED = okr.Lifecycle.PAUSED


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def ruled(**rule: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, roll_up=evolve(okr.RECOMMENDED.roll_up, **rule))


def card_in_august(
    *objectives: okr.Objective,
    entries: Sequence[Any] = (),
    on: date = date(2026, 8, 3),
    rulebook: okr.Rulebook = okr.RECOMMENDED,
) -> okr.Scorecard:
    return okr.evaluate(okr.Plan(objectives), okr.Journal(entries), as_of=on, rulebook=rulebook)


# --- the share that is read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read_one", "score", "shown", "in_table"),
    [("a", None, "49.96%", "too little of it is read: 49.96%"), ("b", 0.5, "50.04%", "50.04%")],
)
def test_the_share_that_is_read_is_on_its_side_of_the_least_coverage(
    read_one: str, score: float | None, shown: str, in_table: str
) -> None:
    parts = [kr("a", okr.Reach(10), weight=4996), kr("b", okr.Reach(10), weight=5004)]
    card = card_in_august(
        goal(*parts),
        entries=read_on(day(8, 1), **{read_one: 5}),
        rulebook=ruled(least_coverage=0.5),
    )
    assert card["o"].score == score
    assert f"{shown} measured; final score between 0.25 and 0.75" in card.explain("o").remarks
    assert in_table in str(card)


# --- parts that count --------------------------------------------------------------------------

NOT_YET = okr.Timing(observable_from=day(9, 1))


@pytest.mark.parametrize(
    ("read_ones", "why"),
    [
        ("a", "its one key result that counts; 2 more are excluded on the day"),
        ("", "its one key result that counts: no reading; 2 more are excluded on the day"),
    ],
)
def test_one_of_several_counts(read_ones: str, why: str) -> None:
    parts = [
        kr("a", okr.Reach(10)),
        kr("b", okr.EstablishBaseline()),
        kr("c", okr.Reach(10), timing=NOT_YET),
    ]
    card = card_in_august(goal(*parts), entries=read_on(day(8, 1), **dict.fromkeys(read_ones, 5)))
    assert card["o"].why == why
    assert card["o"].coverage == float(bool(read_ones))


@pytest.mark.parametrize(
    ("missing", "read_ones", "why"),
    [
        (None, "ab", "mean of 2 of 2 key results; 1 more is excluded on the day"),
        (None, "a", "mean of 1 of 2 key results; 1 more is excluded on the day"),
        (
            None,
            "",
            "none of its 2 key results is measured; 1 more is excluded on the day",
        ),
        (
            0,
            "a",
            "mean of 1 of 2 key results; 1 without a score counts as 0;"
            " 1 more is excluded on the day",
        ),
        (
            0,
            "",
            "none of its 2 key results is measured; 2 without a score count as 0;"
            " 1 more is excluded on the day",
        ),
    ],
)
def test_a_paused_key_result_is_no_unmeasured_one(
    missing: float | None, read_ones: str, why: str
) -> None:
    # Of weight 3: without it the mean has no weights.
    parts = [kr("a", okr.Reach(10)), kr("b", okr.Reach(10)), kr("c", okr.Reach(10), weight=3)]
    entries = [
        *read_on(day(8, 1), c=5, **dict.fromkeys(read_ones, 5)),
        okr.Transition("c", day(8, 2), PAUSED),
    ]
    card = card_in_august(goal(*parts), entries=entries, rulebook=ruled(missing=missing))
    assert card["o"].why == why


def test_what_counts_for_nothing_is_named_beside_weight_0() -> None:
    parts = [
        kr("a", okr.Reach(10)),
        kr("b", okr.Reach(10)),
        kr("c", okr.EstablishBaseline()),
        kr("d", okr.Reach(10), weight=0),
    ]
    card = card_in_august(goal(*parts), entries=read_on(day(8, 1), a=5, b=5))
    assert card["o"].why == (
        "mean of 2 of 2 key results; 1 more is excluded on the day;"
        " 1 more has weight 0: tracked, not counted"
    )


def test_an_objective_in_which_nothing_counts_yet_has_all_its_key_results() -> None:
    card = card_in_august(goal(kr("a", okr.EstablishBaseline()), kr("b", okr.EstablishBaseline())))
    assert card["o"].why == "none of its 2 key results counts yet"


def test_paused_objectives_below_are_no_unmeasured_ones() -> None:
    low = [goal(kr(f"{id}k", okr.Reach(10)), id=id, supports=["top"]) for id in "abc"]
    entries = [*read_on(day(8, 1), ak=5, bk=5), okr.Transition("c", day(8, 2), PAUSED)]
    card = card_in_august(goal(id="top"), *low, entries=entries)
    assert card["top"].why == ("mean of 2 of 2 objectives below; 1 more is excluded on the day")


# --- guardrails that make a score --------------------------------------------------------------


def limited(effect: okr.rulebook.BreachEffect) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, guardrails=okr.rulebook.GuardrailRule(effect=effect))


def guarded_pair(
    effect: okr.rulebook.BreachEffect, *, tickets: float = 9, reading: float = 8
) -> okr.Scorecard:
    """Return a card of an objective below another, with a guardrail at most 5."""
    low = goal(
        kr("k", okr.Reach(10)),
        supports=["top"],
        guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(5))],
    )
    entries = read_on(day(8, 1), k=reading, g=tickets)
    return card_in_august(goal(id="top"), low, entries=entries, rulebook=limited(effect))


CAP, AVERAGE, VETO = (
    okr.rulebook.BreachEffect.CAP,
    okr.rulebook.BreachEffect.AVERAGE,
    okr.rulebook.BreachEffect.VETO,
)
BELOW = "its one objective below; scores below are moved by guardrail Tickets (g) in o"


@pytest.mark.parametrize(
    ("effect", "score", "words", "steps"),
    [
        (
            CAP,
            0.69,
            "guardrail Tickets (g) breached: at most 0.69",
            [
                "O (o): score 0.69, its one key result; guardrail Tickets (g) breached: at most",
                "0.69",
                "O (o): progress 0.8, its one key result",
            ],
        ),
        (
            AVERAGE,
            0.4,
            "with guardrail Tickets (g) breached as 0",
            [
                "O (o): score 0.4, its one key result; with guardrail Tickets (g) breached as 0",
            ],
        ),
        (
            VETO,
            0.0,
            "guardrail Tickets (g) breached: 0",
            [
                "O (o): score 0, its one key result; guardrail Tickets (g) breached: 0",
                "O (o): progress 0.8, its one key result",
            ],
        ),
    ],
)
def test_the_guardrail_that_made_a_score_is_named_beside_it(
    effect: okr.rulebook.BreachEffect, score: float, words: str, steps: list[str]
) -> None:
    card = guarded_pair(effect)
    assert (card["o"].score, card["top"].score) == (score, score)
    assert card["o"].why == f"its one key result; {words}"
    assert card["top"].why == BELOW
    lines = [line.strip() for line in str(card.explain("o")).splitlines()]
    assert lines[: len(steps)] == steps
    assert lines[len(steps)].startswith("K (k): score 0.8, ")
    rows = {row.title: row.note for row in rows_of(card)}
    assert rows["O"].endswith(words)
    assert rows[card["top"].title].endswith("scores below are moved by guardrail Tickets (g) in o")
    earlier = okr.evaluate(card.plan, okr.Journal(), as_of=day(7, 20), rulebook=card.rulebook)
    causes = {moved.id: moved.causes[-1].why for moved in okr.compare(card, earlier)}
    assert (causes["o"], causes["top"]) == (card["o"].why, BELOW)


@pytest.mark.parametrize(
    ("effect", "tickets", "reading", "why"),
    [
        (okr.rulebook.BreachEffect.SEPARATE, 9, 8, "its one key result"),
        (CAP, 3, 8, "its one key result"),
        (CAP, 9, 5, "its one key result"),  # 0.5 is below the cap of 0.69
        (VETO, 3, 8, "its one key result"),
        (AVERAGE, 3, 8, "its one key result; with guardrail Tickets (g) held as 1"),
    ],
)
def test_a_guardrail_is_named_only_where_it_made_the_score(
    effect: okr.rulebook.BreachEffect, tickets: float, reading: float, why: str
) -> None:
    card = guarded_pair(effect, tickets=tickets, reading=reading)
    assert card["o"].why == why
    assert card["top"].why == (BELOW if effect is AVERAGE else "its one objective below")


def test_unread_guardrails_and_unread_objectives_are_named_by_none() -> None:
    rails = [okr.Guardrail(id, id.upper(), okr.AtMost(5)) for id in ("g", "h")]
    objective = goal(kr("k", okr.Reach(10)), guardrails=rails)
    for effect in (CAP, VETO):
        unread = card_in_august(
            objective, entries=read_on(day(8, 1), g=9), rulebook=limited(effect)
        )
        assert (unread["o"].score, unread["o"].why) == (None, "its one key result: no reading")
        assert "breached:" not in str(unread)
    unwatched = card_in_august(
        objective, entries=read_on(day(8, 1), k=5), rulebook=limited(AVERAGE)
    )
    assert unwatched["o"].why == "its one key result"
    both = card_in_august(
        objective, entries=read_on(day(8, 1), k=5, g=9, h=3), rulebook=limited(AVERAGE)
    )
    assert both["o"].score == 0.5
    assert (
        both["o"].why == "its one key result; with guardrails G (g) breached as 0, H (h) held as 1"
    )


def test_guardrails_alone_may_make_a_score() -> None:
    rails = [okr.Guardrail("g", "G", okr.AtMost(5))]
    entries = read_on(day(8, 1), g=9)
    bare = card_in_august(goal(guardrails=rails), entries=entries, rulebook=limited(AVERAGE))
    assert (bare["o"].score, bare["o"].why) == (
        0.0,
        "no key results; with guardrail G (g) breached as 0",
    )
    parts = [kr("a", okr.Reach(10)), kr("b", okr.Reach(10))]
    unread = card_in_august(
        goal(*parts, guardrails=rails), entries=entries, rulebook=limited(AVERAGE)
    )
    assert (unread["o"].score, unread["o"].why) == (
        0.0,
        "none of its 2 key results is measured; with guardrail G (g) breached as 0",
    )


def test_the_number_for_nothing_read_is_written_beside_it() -> None:
    book = ruled(empty=0.3)
    parts = [kr("a", okr.Reach(10)), kr("b", okr.Reach(10))]
    both = card_in_august(goal(*parts), rulebook=book)
    assert (both["o"].score, both["o"].why) == (
        0.3,
        "none of its 2 key results is measured; that makes 0.30",
    )
    one = card_in_august(goal(*parts[:1]), rulebook=book)
    assert one["o"].why == "its one key result: no reading; that makes 0.30"


def test_guardrails_far_below_are_named_three_at_most() -> None:
    low = [
        goal(
            kr(f"k{n}", okr.Reach(10)),
            id=f"o{n}",
            supports=["mid"],
            guardrails=[okr.Guardrail(f"g{n}", f"G{n}", okr.AtMost(5))],
        )
        for n in range(5)
    ]
    readings = {f"{kind}{n}": 9 for n in range(5) for kind in "kg"}
    objectives = [goal(id="top"), goal(id="mid", supports=["top"]), *low]
    card = card_in_august(
        *objectives, entries=read_on(day(8, 1), **readings), rulebook=limited(VETO)
    )
    assert card["top"].why == (
        "its one objective below; scores below are moved by guardrails"
        " G0 (g0) in o0, G1 (g1) in o1, G2 (g2) in o2 and 2 more"
    )


def test_guardrails_below_what_counts_for_nothing_or_twice_are_named_once_or_not() -> None:
    rails = [okr.Guardrail("g", "G", okr.AtMost(5))]
    low = goal(kr("k", okr.Reach(10)), id="low", supports=["a", "b"], guardrails=rails)
    objectives = [
        goal(id="top"),
        goal(id="a", supports=["top"]),
        goal(id="b", supports=["top"]),
        low,
    ]
    entries = [*read_on(day(8, 1), k=9, g=9)]
    card = card_in_august(*objectives, entries=entries, rulebook=limited(VETO))
    assert card["top"].why == (
        "mean of 2 of 2 objectives below; scores below are moved by guardrail G (g) in low"
    )
    other = goal(kr("l", okr.Reach(10)), id="c", supports=["top"])
    paused = [*entries, *read_on(day(8, 1), l=5), okr.Transition("low", day(8, 2), PAUSED)]
    idle = card_in_august(*objectives, other, entries=paused, rulebook=limited(VETO))
    assert "moved by" not in idle["top"].why


def test_a_closed_objective_below_is_told_of_as_of_its_closing() -> None:
    rails = [okr.Guardrail("g", "G", okr.AtMost(5))]
    low = goal(kr("k", okr.Reach(10)), supports=["top"], guardrails=rails)
    entries = [
        *read_on(day(7, 20), k=8, g=9),
        okr.Closing("o", day(7, 21), okr.ClosingDecision.STOP, because="no room"),
        *read_on(day(8, 1), g=1),
    ]
    card = card_in_august(goal(id="top"), low, entries=entries, rulebook=limited(VETO))
    assert card["top"].score == 0
    assert card["top"].why == (
        "its one objective below; scores below are moved by guardrail G (g) in o"
    )

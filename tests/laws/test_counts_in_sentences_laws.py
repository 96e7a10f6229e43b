"""Laws of shares and counts in sentences.

- a share that is read is on its own side of the least coverage, in each sentence that has it
- the counts in a sentence of a mean are those of what counts, and the rest is counted apart
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.rulebook import RollUpPart, RollUpSource

Q3 = okr.FiscalCalendar().quarter(2026, 3)
TODAY = date(2026, 8, 3)
RULE = okr.RECOMMENDED.roll_up


@given(st.sampled_from([0.5, 0.25, 0.3, 0.75]), st.integers(-60, 60))
def test_shares_that_are_read_are_on_their_side_of_the_least_coverage(
    least: float, steps: int
) -> None:
    weight = round(least * 10_000) + steps
    assume(steps)
    parts = [
        okr.KeyResult("a", "A", okr.Reach(10), weight=weight),
        okr.KeyResult("b", "B", okr.Reach(10), weight=10_000 - weight),
    ]
    card = okr.evaluate(
        okr.Plan([okr.Objective("o", "O", key_results=parts, cycle=Q3)]),
        okr.Journal(okr.check_ins(TODAY, {"a": 5})),
        as_of=TODAY,
        rulebook=evolve(okr.RECOMMENDED, roll_up=evolve(RULE, least_coverage=least)),
    )
    shown = re.findall(r"([0-9.]+)% measured|is read: ([0-9.]+)%", f"{card}\n{card.explain('o')}")
    assert len(shown) >= 2
    for each in map("".join, shown):
        assert (Decimal(each) < Decimal(str(least * 100))) == (steps < 0)
        assert Decimal(each) != Decimal(str(least * 100))


def counts(pattern: str, words: str) -> tuple[int, ...]:
    """Return the numbers in a sentence by a pattern; of none, none."""
    found = re.search(pattern, words)
    return () if found is None else tuple(map(int, found.groups()))


@given(
    st.lists(
        st.sampled_from(["read", "unread", "searched", "paused", "hidden", "tracked"]),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from([None, 0.0]),
)
def test_counts_in_a_sentence_are_of_what_counts(kinds: list[str], missing: float | None) -> None:
    ids = [f"k{n}" for n in range(len(kinds))]
    hidden = okr.Timing(observable_from=date(2026, 9, 1))
    parts = [
        okr.KeyResult(
            id,
            id,
            okr.EstablishBaseline() if kind == "searched" else okr.Reach(10),
            weight=float(kind != "tracked"),
            timing=hidden if kind == "hidden" else None,
        )
        for id, kind in zip(ids, kinds, strict=True)
    ]
    found = [id for id, kind in zip(ids, kinds, strict=True) if kind in ("read", "paused")]
    paused = [id for id, kind in zip(ids, kinds, strict=True) if kind == "paused"]
    card = okr.evaluate(
        okr.Plan([okr.Objective("o", "O", key_results=parts, cycle=Q3)]),
        okr.Journal(
            [
                *okr.check_ins(date(2026, 8, 1), dict.fromkeys(found, 5)),
                *(okr.Transition(id, date(2026, 8, 2), okr.Lifecycle.PAUSED) for id in paused),
            ]
        ),
        as_of=TODAY,
        rulebook=evolve(okr.RECOMMENDED, roll_up=evolve(RULE, missing=missing)),
    )
    there, unread, tracked = (kinds.count(kind) for kind in ("read", "unread", "tracked"))
    counted, away = there + unread, len(kinds) - there - unread - tracked
    assume(counted)
    why = card["o"].why
    of = counts(r"mean of (\d+) of (\d+) key results", why)
    assert of == ((there, counted) if there and counted > 1 else ())
    assert counts(r"none of its (\d+) key results", why) == (
        (counted,) if not there and counted > 1 else ()
    )
    assert ("its one key result" in why) == (counted == 1)
    assert counts(r"(\d+) more (?:is|are) excluded", why) == ((away,) if away else ())
    assert counts(r"(\d+) more (?:has|have) weight 0", why) == ((tracked,) if tracked else ())
    assert counts(r"(\d+) without a score counts? as 0", why) == (
        (unread,) if unread and missing is not None else ()
    )


@given(
    st.sampled_from(okr.rulebook.BreachEffect),
    st.lists(
        st.tuples(st.sampled_from([None, 0, 3, 7, 10]), st.sampled_from([None, 3, 9])),
        min_size=3,
        max_size=3,
    ),
)
def test_guardrails_that_move_a_score_are_named_beside_it(
    effect: okr.rulebook.BreachEffect, read: list[tuple[int | None, int | None]]
) -> None:
    ids = ["top", "mid", "low"]
    objectives = [
        okr.Objective(
            id,
            id.upper(),
            key_results=[okr.KeyResult(f"{id}-k", "KR", okr.Reach(10))],
            guardrails=[okr.Guardrail(f"{id}-g", "G", okr.AtMost(5))],
            cycle=Q3,
            supports=ids[n - 1 : n],
        )
        for n, id in enumerate(ids)
    ]
    given = {
        f"{id}-{kind}": value
        for id, pair in zip(ids, read, strict=True)
        for kind, value in zip("kg", pair, strict=True)
        if value is not None
    }
    both = [RollUpPart(RollUpSource.KEY_RESULTS), RollUpPart(RollUpSource.OBJECTIVES)]
    rules = evolve(okr.RECOMMENDED, roll_up=evolve(RULE, parts=both))
    plan, journal = okr.Plan(objectives), okr.Journal(okr.check_ins(date(2026, 8, 1), given))
    guards = okr.rulebook.GuardrailRule(effect=effect)
    card = okr.evaluate(plan, journal, as_of=TODAY, rulebook=evolve(rules, guardrails=guards))
    apart = okr.evaluate(plan, journal, as_of=TODAY, rulebook=rules)
    earlier = okr.evaluate(plan, okr.Journal(), as_of=Q3.start, rulebook=card.rulebook)
    causes = {moved.id: moved.causes[-1].why for moved in okr.compare(card, earlier)}
    for id in ids:
        why, moves = card[id].why, card[id].score != apart[id].score
        named = set(re.findall(r"\((\w+-g)\)", why))
        assert moves <= bool(named)
        assert causes.get(id, why) == why
        # Those above have no part in it.
        assert {name[:3] for name in named} <= set(ids[ids.index(id) :])
        breached = {f"{one}-g" for one in ids if given.get(f"{one}-g") == 9}
        assert named <= breached or effect is okr.rulebook.BreachEffect.AVERAGE
        assert not named or effect is not okr.rulebook.BreachEffect.SEPARATE
        for _, step in card.explain(id).walk():
            assert step.recompute() == step.result

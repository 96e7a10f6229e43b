"""The package against an evaluator that shares no code with it, on whole organisations.

`by_hand.py` was written from the documentation before anybody looked at the code. Where the two differ, the
documentation decides which of them is wrong.
"""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import okrcore as okr
from effort import examples
from oracles.by_hand import words
from oracles.by_hand.figures import Answer
from oracles.by_hand.history import Point
from oracles.by_hand.measures import Facts
from oracles.by_hand.words import ByHand
from oracles.organisations import organisations
from oracles.records_of import RULE_SETS, journal_of, plan_of, rulebook_of

BOOKS = st.sampled_from(["RECOMMENDED", *RULE_SETS])
NEAR = 1e-9


def test_the_evaluator_by_hand_shares_no_code_with_the_package() -> None:
    sources = sorted(Path(words.__file__).parent.glob("*.py"))
    nodes = [node for source in sources for node in ast.walk(ast.parse(source.read_text("utf-8")))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in modules} == {
        "__future__",
        "collections",
        "datetime",
        "fractions",
        "itertools",
        "oracles",
        "typing",
    }
    assert {module for module in modules if module.startswith("oracles")} == {
        f"oracles.by_hand.{source.stem}" for source in sources if source.stem != "words"
    }


def check(what: str, found: Any, wanted: Any) -> None:
    """The same word, or numbers that lie within 1e-9 of each other."""
    if isinstance(found, float) and wanted is not None:
        assert abs(found - float(wanted)) <= NEAR, f"{what}: {found}, by hand {float(wanted)}"
    else:
        assert found == wanted, f"{what}: {found}, by hand {wanted}"


def check_objective(card: okr.Scorecard, hand: ByHand, id: str, point: Point) -> None:
    found, wanted = card.objective(id), hand.objective(id, point)
    check(f"{id} score", found.score, wanted.score)
    check(f"{id} progress", found.progress, wanted.progress)
    check(f"{id} coverage", found.coverage, wanted.coverage)
    check(f"{id} expected", found.expected, wanted.expected)
    check(f"{id} pace", found.pace, wanted.pace)
    check(f"{id} verdict", found.verdict, hand.verdict(id, point))
    if found.score_range is not None:
        check(f"{id} at least", found.score_range[0], wanted.ends[0])
        check(f"{id} at most", found.score_range[1], wanted.ends[1])
    original, adjusted = (
        hand.objective(id, point, "original"),
        hand.objective(id, point, "adjusted"),
    )
    is_touched = hand.is_touched(id, point)
    check(f"{id} original", found.original_score, original.score if is_touched else None)
    check(f"{id} adjusted", found.adjusted_score, adjusted.score if is_touched else None)


def check_key_result(card: okr.Scorecard, hand: ByHand, id: str, point: Point) -> None:
    found, wanted = card.key_result(id), hand.key_result(id, point)
    check(f"{id} score", found.score, wanted.score)
    check(f"{id} progress", found.progress, wanted.progress)
    check(f"{id} coverage", found.coverage, wanted.coverage)
    # "Excluded: weight 0; ..."
    is_tracked = not hand.terms(id, point, "governing").weight
    check(f"{id} excluded", found.excluded, wanted.excluded or is_tracked)
    check(f"{id} expected", found.expected, wanted.expected)
    check(f"{id} pace", found.pace, wanted.pace)
    check(f"{id} outcome", found.outcome, hand.outcome(id, point))
    original, adjusted = (
        hand.key_result(id, point, "original"),
        hand.key_result(id, point, "adjusted"),
    )
    is_touched = hand.is_touched(id, point)
    check(f"{id} original", found.original_score, original.score if is_touched else None)
    check(f"{id} adjusted", found.adjusted_score, adjusted.score if is_touched else None)


def check_card(card: okr.Scorecard, hand: ByHand, day: date) -> None:
    point = hand.at(day)
    for id in hand.objectives:
        check_objective(card, hand, id, point)
    for id in hand.key_results:
        check_key_result(card, hand, id, point)
    for id in hand.guardrails:
        check(f"{id} state", card.guardrail(id).state, hand.guardrail(id, point))
    for id in [*hand.objectives, *hand.key_results]:
        if hand.has_status(id, point):
            check(f"{id} status", card[id].status, hand.status(id, point))


def answer(hand: ByHand, id: str, point: Point) -> Answer:
    return hand.key_result(id, point) if id in hand.home else hand.objective(id, point)


@settings(max_examples=examples(gate=500, explore=20_000))
@given(organisations(), BOOKS)
def test_every_figure_of_an_organisation_is_that_worked_by_hand(
    organisation: Facts, name: str
) -> None:
    book, rules = rulebook_of(name)
    plan, journal, day = plan_of(organisation), journal_of(organisation), organisation["day"]
    card = okr.evaluate(plan, journal, as_of=day, rulebook=book)
    check_card(card, ByHand(organisation, rules), day)


def recorded(live: okr.LiveScorecard, organisation: Facts, taken: list[Facts], count: int) -> None:
    """Record entries up to a place; those that come after a closing are refused, and left out.

    So are those that take out an entry left out, or build on an adjustment left out, and readings without an
    id that add to one of their day.
    """
    entries = journal_of(organisation).entries
    for place in range(len(taken), count):
        fact = organisation["journal"][place]
        try:
            live.record(entries[place])
        except okr.OkrError as error:
            refused = [each["refused"] for each in taken if "refused" in each]
            if (
                error.code not in ("after-closing", "reading-adds")
                and fact["kind"] != "correction"
                and fact["of"] not in refused
            ):
                raise
            refused_of = fact["of"] if fact["kind"] == "adjustment" else ""
            fact = {"kind": "none", "of": "", "on": date.max, "refused": refused_of}
        taken.append(fact)


@settings(max_examples=examples(gate=300, explore=20_000))
@given(organisations(), BOOKS, st.integers(0, 40), st.integers(0, 30))
def test_live_and_in_series_an_organisation_is_that_worked_by_hand(
    organisation: Facts, name: str, count: int, days: int
) -> None:
    book, rules = rulebook_of(name)
    plan, day, taken = plan_of(organisation), organisation["day"], list[Facts]()
    earlier = date.fromordinal(day.toordinal() - days)
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=earlier, rulebook=book)
    recorded(live, organisation, taken, min(count, len(organisation["journal"])))
    hand = ByHand({**organisation, "journal": taken}, rules)
    check_card(live.card, hand, earlier)
    live.advance(day)
    check_card(live.card, hand, day)
    recorded(live, organisation, taken, len(organisation["journal"]))
    check_card(live.card, ByHand({**organisation, "journal": taken}, rules), day)
    hand = ByHand(organisation, rules)
    for row in okr.evaluate_series(plan, journal_of(organisation), [day, earlier], rulebook=book):
        if row.kind == "guardrail":
            check(f"{row.day} {row.id}", row.status, hand.guardrail(row.id, hand.at(row.day)))
        if row.kind == "initiative":  # no entry is about one
            assert (row.score, row.progress, row.reading) == (None, None, None)
        if row.kind in ("guardrail", "initiative", "metric"):
            continue
        wanted = answer(hand, row.id, hand.at(row.day))
        check(f"{row.day} {row.id} score", row.score, wanted.score)
        check(f"{row.day} {row.id} progress", row.progress, wanted.progress)
        check(f"{row.day} {row.id} expected", row.expected, wanted.expected)
        check(f"{row.day} {row.id} coverage", row.coverage, wanted.coverage)


UNDER = "progress under its guardrails"


def check_steps(
    step: okr.scorecard.Explanation,
    hand: ByHand,
    point: Point,
    *,
    is_before_guardrails: bool = False,
) -> None:
    """A step and those below it, each as of the day that counts for what stands above it."""
    check(f"{step.id} {step.what}", step.recompute(), step.result)
    wanted = answer(hand, step.id, point)
    # An average has guardrails among its parts, so there is no progress before them.
    if is_before_guardrails and hand.rules_of(step.id)["effect"] != "average":
        wanted = hand.rolled_up(step.id, point, "governing", [])
    if step.what in ("score", "progress", UNDER):
        name = "progress" if step.what == UNDER else step.what
        check(f"{step.id} {step.what} explained", step.result, getattr(wanted, name))
    known = hand.settled(hand.home.get(step.id, step.id), point)
    below = {} if step.id in hand.home else hand.all_below(step.id, point)
    for part in step.parts:
        if part.what == "state":
            continue  # of a guardrail, see below
        stays = part.id == step.id or hand.home.get(part.id) == step.id
        is_before = step.what == UNDER and part.id == step.id and part.what == "progress"
        then = point if stays else below.get(part.id, known)
        check_steps(part, hand, then, is_before_guardrails=is_before)


@settings(max_examples=examples(gate=300, explore=20_000))
@given(organisations(), BOOKS, st.integers(0, 40))
def test_causes_and_explanations_are_of_the_figures_worked_by_hand(
    organisation: Facts, name: str, days: int
) -> None:
    book, rules = rulebook_of(name)
    plan, journal, day = plan_of(organisation), journal_of(organisation), organisation["day"]
    hand, earlier = ByHand(organisation, rules), date.fromordinal(day.toordinal() - days)
    card = okr.evaluate(plan, journal, as_of=day, rulebook=book)
    before = okr.evaluate(plan, journal, as_of=earlier, rulebook=book)
    comparison = okr.compare(card, before)
    for id in [*hand.objectives, *hand.key_results]:
        then, now = answer(hand, id, hand.at(earlier)).score, answer(hand, id, hand.at(day)).score
        movement = comparison.of(id)
        if movement is None:
            check(f"{id} stayed", then and float(then), now)
        else:
            ends = [movement.before, *(cause.after for cause in movement.causes)]
            check(f"{id} before", ends[0], then)
            check(f"{id} after", ends[-1], now)
            assert [cause.before for cause in movement.causes] == ends[:-1]
        check_steps(card.explain(id), hand, hand.at(day))


@settings(max_examples=examples(gate=100, explore=20_000))
@given(organisations(), BOOKS)
def test_states_of_organisations_explain_themselves(organisation: Facts, name: str) -> None:
    book, _ = rulebook_of(name)
    plan, journal, day = plan_of(organisation), journal_of(organisation), organisation["day"]
    card = okr.evaluate(plan, journal, as_of=day, rulebook=book)
    for id, item in card.plan_in_force.items.items():
        if isinstance(item, (okr.Guardrail, okr.Metric)):
            top = card.explain(id)
            check(f"{id} state", top.result, card[id].status)
            for _, step in top.walk(20):
                check(f"{id} {step.what}", step.recompute(), step.result)

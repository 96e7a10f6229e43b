"""Explanations of diamonds: an item is told in full once, and named afterwards."""

from __future__ import annotations

from datetime import date

import okrcore as okr
from okrcore import display

DAY = date(2026, 8, 14)


def supporting(id: str, *supports: str, krs: int = 0) -> okr.Objective:
    key_results = [okr.KeyResult(f"{id}-k{n}", f"K{n}", okr.Reach(10)) for n in range(krs)]
    return okr.Objective(id, id.title(), supports=supports, key_results=key_results)


def card_of_fives(*goals: okr.Objective) -> okr.Scorecard:
    plan = okr.Plan(goals)
    readings = {kr.id: 5 for each in goals for kr in each.own_key_results}
    return okr.evaluate(plan, okr.Journal(okr.check_ins(DAY, readings)), as_of=DAY)


def test_an_item_is_named_where_it_was_told_before() -> None:
    card = card_of_fives(
        supporting("top"),
        supporting("left", "top"),
        supporting("right", "top"),
        supporting("foot", "left", "right", krs=1),
    )
    assert str(card.explain("top")).splitlines()[:7] == [
        "Top (top): score 0.5, mean of 2 of 2 objectives below",
        "  Left (left): score 0.5, its one objective below",
        "    Foot (foot): score 0.5, its one key result",
        "      K0 (foot-k0): score 0.5, 5 is 50% of the way from 0 to 10, read on",
        "          2026-08-14",
        "  Right (right): score 0.5, its one objective below",
        "    Foot (foot): score 0.5, see above",
    ]


def test_an_item_that_the_depth_cut_is_told_again_at_a_higher_level() -> None:
    # `foot` is at level 2 by way of `left`, and at level 1 under `top`.
    card = card_of_fives(
        supporting("top"), supporting("left", "top"), supporting("foot", "left", "top", krs=1)
    )
    lines = display.explanation_text(card.explain("top"), 2).splitlines()
    assert lines[:5] == [
        "Top (top): score 0.5, mean of 2 of 2 objectives below",
        "  Left (left): score 0.5, its one objective below",
        "    Foot (foot): score 0.5, its one key result",
        "  Foot (foot): score 0.5, its one key result",
        "    K0 (foot-k0): score 0.5, 5 is 50% of the way from 0 to 10, read on",
    ]
    uncut = display.explanation_text(card.explain("top")).splitlines()
    assert uncut[5] == "  Foot (foot): score 0.5, see above"


def test_layers_of_diamonds_are_told_in_lines_for_items_and_alignments() -> None:
    width, layers = 8, 6
    goals, above = [supporting("top")], ["top"]
    for layer in range(layers):
        ids = [f"o{layer}-{n}" for n in range(width)]
        goals += [supporting(id, *above, krs=int(layer == layers - 1)) for id in ids]
        above = ids
    explanation = card_of_fives(*goals).explain("top")
    alignments = sum(len(each.supports) for each in goals)
    told = display.explanation_text(explanation, 100).splitlines()
    assert len(told) <= len(goals) + alignments + 2 * width
    assert sum(1 for _ in explanation.walk(100)) <= 3 * (len(goals) + alignments + width)

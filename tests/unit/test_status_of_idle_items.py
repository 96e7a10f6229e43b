"""Statuses of what is not pursued: unknown for this reason, whatever anybody believes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pytest

import okrcore as okr
from build import Q3
from okrcore.rulebook import ByBands, FromParts
from okrcore.rulebook.dialects import DIALECTS, VIVA

SINCE = date(2026, 8, 3)
BELIEVED = date(2026, 8, 2)
TODAY = date(2026, 8, 4)
STATES: Final = ("draft", "proposed", "paused", "archived")
RULEBOOKS: Final = (okr.RECOMMENDED, *DIALECTS.values())


def card_of_two_levels(
    *entries: Any, rulebook: okr.Rulebook = okr.RECOMMENDED, on: date = TODAY
) -> okr.Scorecard:
    parts = [okr.KeyResult(id, id, okr.Reach(10), weight=0.5) for id in ("k", "l")]
    low = okr.Objective(
        "low", "L", key_results=[okr.KeyResult("m", "M", okr.Reach(10))], cycle=Q3, supports=["o"]
    )
    plan = okr.Plan([okr.Objective("o", "O", key_results=parts, cycle=Q3), low])
    return okr.evaluate(plan, okr.Journal(entries), as_of=on, rulebook=rulebook)


def believed(confidence: float, *ids: str, on: date = BELIEVED) -> Sequence[okr.CheckIn]:
    return [okr.CheckIn(id, on, confidence=confidence) for id in ids]


@pytest.mark.parametrize("state", STATES)
def test_a_confidence_in_what_is_not_pursued_is_no_status(state: str) -> None:
    entries = [
        okr.CheckIn("k", date(2026, 8, 1), 5),
        *believed(0.2, "o", "k"),
        okr.Transition("o", SINCE, okr.Lifecycle(state)),
    ]
    card = card_of_two_levels(*entries)
    assert (card["o"].status, card["o"].status_why) == ("unknown", f"{state} since 2026-08-03")
    assert (card["k"].status, card["k"].status_why) == ("unknown", "its objective is not active")
    assert (card["o"].confidence, card["k"].confidence) == (0.2, 0.2)
    before = card_of_two_levels(*entries, on=BELIEVED)
    # 32 of 91 days: 0.3516; the unread key result is left out.
    paced = "progress 0.50, expected 0.35 by now (1.42 of it)"
    assert (before["o"].status_why, before["k"].status_why) == (paced, paced)


def test_a_paused_key_result_has_no_status_by_confidence() -> None:
    card = card_of_two_levels(
        *believed(0.2, "k", "l"), okr.Transition("k", SINCE, okr.Lifecycle.PAUSED)
    )
    assert (card["k"].status, card["k"].status_why) == ("unknown", "paused since 2026-08-03")
    assert (card["l"].status, card["l"].status_why) == ("off track", "confidence 0.20")


def test_a_deferred_key_result_has_no_status_by_confidence() -> None:
    card = card_of_two_levels(
        *believed(0.2, "k"), okr.Closing("o", SINCE, okr.ClosingDecision.DEFER)
    )
    assert card["k"].status == "closed"


def test_a_pause_that_is_over_leaves_the_status_to_confidence() -> None:
    moves = [
        okr.Transition("l", date(2026, 8, 2), okr.Lifecycle.PAUSED),
        okr.Transition("l", SINCE, okr.Lifecycle.ACTIVE),
    ]
    assert card_of_two_levels(*believed(0.2, "l"), *moves)["l"].status == "off track"


def test_a_declared_status_of_what_is_paused_stays() -> None:
    entries = [
        okr.CheckIn("k", BELIEVED, 5, status="at risk"),
        okr.Transition("k", SINCE, okr.Lifecycle.PAUSED),
    ]
    assert card_of_two_levels(*entries, rulebook=VIVA)["k"].status == "at risk"


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda each: each.name)
@pytest.mark.parametrize("state", STATES)
def test_no_number_and_no_part_moves_the_status_of_what_is_not_pursued(
    state: str, rulebook: okr.Rulebook
) -> None:
    """Law: readings and confidence move no status of what is not pursued, under any rulebook."""
    found: set[tuple[str, str]] = set()
    for confidence in (0.1, 0.5, 0.9):
        for value in (0, 5, 10):
            entries = [
                *okr.check_ins(BELIEVED, {"k": value, "l": value, "m": value}),
                *believed(confidence, "o", "k", "low", "m"),
                okr.Transition("o", SINCE, okr.Lifecycle(state)),
            ]
            card = card_of_two_levels(*entries, rulebook=rulebook)
            found.add((card["o"].status, card["k"].status))
    assert len(found) == 1


def test_rulebooks_have_bands_and_parts_to_be_held_back() -> None:
    kinds = {type(rule) for each in RULEBOOKS for rule in each.status}
    assert {ByBands, FromParts} <= kinds

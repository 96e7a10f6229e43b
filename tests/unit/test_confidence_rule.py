"""Confidence of an objective under a rule with a clip of its own."""

from __future__ import annotations

from attrs import evolve

import okrcore as okr
from build import card_of, day, kr, objective


def test_a_rolled_up_confidence_is_clipped_and_a_stated_one_is_not() -> None:
    rule = evolve(okr.RECOMMENDED.confidence, result=okr.rulebook.Clip(digits=1))
    book = evolve(okr.RECOMMENDED, name="rounded", confidence=rule)
    card = card_of(
        objective("rolled", kr("a"), kr("b")),
        objective("stated", kr("c")),
        entries=[
            okr.CheckIn("a", day(8, 3), 1, confidence=0.62),
            okr.CheckIn("b", day(8, 3), 1, confidence=0.71),
            okr.CheckIn("c", day(8, 3), 1, confidence=0.5),
            okr.CheckIn("stated", day(8, 3), confidence=0.83),
        ],
        on=day(8, 4),
        rulebook=book,
    )
    assert card.objective("rolled").confidence == 0.7  # 0.665, rounded
    assert card.objective("stated").confidence == 0.83

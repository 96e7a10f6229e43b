"""Objectives of which too little was read for a score: they have a pace of their own, and enter none."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import okrcore as okr

QUARTER = okr.Cycle(date(2026, 7, 1), date(2026, 9, 30), cadence=okr.Cadence.QUARTERLY)
DAY = date(2026, 8, 15)
#: Days that are over, the first not counted.
OVER = 45 / 91


def _card() -> okr.Scorecard:
    def goal(id: str, *ids: str, supports: tuple[str, ...] = ()) -> okr.Objective:
        parts = [okr.KeyResult(each, each, okr.Reach(10)) for each in ids]
        return okr.Objective(id, id, key_results=parts, supports=supports, cycle=QUARTER)

    plan = okr.Plan(
        [
            goal("top"),
            goal("thin", "a", "b", "c", supports=("top",)),
            goal("whole", "d", supports=("top",)),
        ]
    )
    journal = okr.Journal(okr.check_ins(DAY, {"a": 9, "d": 5}))
    rule = evolve(okr.RECOMMENDED.roll_up, least_coverage=0.5)
    return okr.evaluate(plan, journal, as_of=DAY, rulebook=evolve(okr.RECOMMENDED, roll_up=rule))


def test_a_thin_objective_has_a_pace_and_leaves_that_above_it() -> None:
    card = _card()
    assert card.objective("thin").score is None
    assert card.objective("thin").expected == pytest.approx(OVER)
    assert card.objective("top").score == 0.5
    assert card.objective("top").expected == pytest.approx(OVER)
    # 0.5 of "whole", and not 0.7 of both.
    assert card.objective("top").pace == pytest.approx(0.5 / OVER)

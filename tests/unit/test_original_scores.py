"""Original and adjusted scores: only of what an adjustment enters."""

from __future__ import annotations

from datetime import date
from typing import Any

import okrcore as okr

AUGUST_3 = okr.Cycle(date(2026, 8, 3), date(2026, 8, 3))
Q3 = okr.Cycle(date(2026, 7, 1), date(2026, 9, 30), cadence=okr.Cadence.QUARTERLY)


def scores_of(card: okr.Scorecard, *ids: str) -> list[Any]:
    return [(card[id].original_score, card[id].adjusted_score) for id in ids]


def halved(on: date) -> okr.Adjustment:
    return okr.Adjustment("k", on, measure=okr.Reach(5), because="the market halved")


def parent_of(cycle: okr.Cycle) -> okr.Plan:
    key_result = okr.KeyResult("k", "Win ten customers", okr.Reach(10))
    below = okr.Objective(
        "below", "Be chosen", key_results=[key_result], cycle=cycle, supports=["above"]
    )
    return okr.Plan([okr.Objective("above", "Grow", cycle=Q3), below])


def test_an_adjustment_after_the_end_of_an_unclosed_cycle_touches_nothing() -> None:
    journal = okr.Journal([okr.CheckIn("k", date(2026, 8, 3), 5), halved(date(2026, 8, 10))])
    card = okr.evaluate(parent_of(AUGUST_3), journal, as_of=date(2026, 8, 12))
    assert card["k"].score == 0.5
    assert scores_of(card, "k", "below", "above") == [(None, None)] * 3


def test_an_adjustment_within_its_cycle_touches_all_above_it() -> None:
    journal = okr.Journal([okr.CheckIn("k", date(2026, 8, 3), 5), halved(date(2026, 8, 3))])
    card = okr.evaluate(parent_of(AUGUST_3), journal, as_of=date(2026, 8, 12))
    assert scores_of(card, "k", "below", "above") == [(0.5, 1.0)] * 3


def test_an_adjustment_written_after_the_closing_of_its_day_touches_nothing() -> None:
    closing = okr.Closing("below", date(2026, 8, 14), okr.Decision.STOP)
    read = okr.CheckIn("k", date(2026, 8, 3), 5)
    after = okr.Journal([read, closing, halved(date(2026, 8, 14))])
    before = okr.Journal([read, halved(date(2026, 8, 14)), closing])
    for day in (date(2026, 8, 14), date(2026, 8, 20)):
        card = okr.evaluate(parent_of(Q3), after, as_of=day)
        assert card["k"].score == 0.5
        assert scores_of(card, "k", "below", "above") == [(None, None)] * 3
        card = okr.evaluate(parent_of(Q3), before, as_of=day)
        assert scores_of(card, "k", "below", "above") == [(0.5, 1.0)] * 3


def test_a_part_below_a_closed_objective_touches_it_no_more() -> None:
    closing = okr.Closing("above", date(2026, 8, 14), okr.Decision.STOP)
    journal = okr.Journal(
        [okr.CheckIn("k", date(2026, 8, 3), 5), closing, halved(date(2026, 8, 14))]
    )
    card = okr.evaluate(parent_of(Q3), journal, as_of=date(2026, 8, 20))
    assert scores_of(card, "k", "below", "above") == [(0.5, 1.0), (0.5, 1.0), (None, None)]

"""Original and adjusted scores: only of what an adjustment enters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr

#: A cycle with a day after its first, up to which a change is planning.
AUGUST_3 = okr.Cycle(date(2026, 8, 2), date(2026, 8, 3))
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
    closing = okr.Closing("below", date(2026, 8, 14), okr.ClosingDecision.STOP)
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
    closing = okr.Closing("above", date(2026, 8, 14), okr.ClosingDecision.STOP)
    journal = okr.Journal(
        [okr.CheckIn("k", date(2026, 8, 3), 5), closing, halved(date(2026, 8, 14))]
    )
    card = okr.evaluate(parent_of(Q3), journal, as_of=date(2026, 8, 20))
    assert scores_of(card, "k", "below", "above") == [(0.5, 1.0), (0.5, 1.0), (None, None)]


# --- adjustments that repeat the terms in force -------------------------------------------------


def adjusted_by(*terms: dict[str, Any], measure: Any = okr.Reach(10), **more: Any) -> list[Any]:  # noqa: B008  # frozen
    """Return original and adjusted score of a key result that reads 3, and of its objective."""
    key_result = okr.KeyResult("k", "Win ten customers", measure, **more)
    plan = okr.Plan([okr.Objective("o", "Be chosen", key_results=[key_result], cycle=Q3)])
    day = date(2026, 8, 3)
    adjustments = [okr.Adjustment("k", day, because="confirmed", **each) for each in terms]
    found = [okr.BaselineSet("k", day, 1)] if okr.Increase(None, 10) == measure else []
    entries: list[Any] = [*found, okr.CheckIn("k", day, 3), *adjustments]
    return scores_of(okr.evaluate(plan, okr.Journal(entries), as_of=day), "k", "o")


@pytest.mark.parametrize(
    ("terms", "more"),
    [
        ({"weight": 1}, {}),
        ({"weight": 2.5}, {"weight": 2.5}),
        ({"measure": okr.Reach(10)}, {}),
        ({"due": date(2026, 9, 1)}, {"due": date(2026, 9, 1)}),
        ({"due": Q3.end}, {}),
        ({"rescale": 1}, {}),
        ({"owner": "Ana Ruiz"}, {}),
    ],
)
def test_an_adjustment_that_changes_nothing_touches_nothing(
    terms: dict[str, Any], more: dict[str, Any]
) -> None:
    assert adjusted_by(terms, **more) == [(None, None)] * 2
    assert adjusted_by(terms, {"weight": 3}, **more) == [(0.3, 0.3)] * 2


def test_terms_that_are_changed_back_are_touched() -> None:
    there_and_back = {"measure": okr.Reach(20)}, {"measure": okr.Reach(10)}
    assert adjusted_by(*there_and_back) == [(0.3, 0.3)] * 2


def test_a_line_begins_anew_without_its_baseline() -> None:
    """The baseline that was found belongs to the measure that was in force; an equal one has none."""
    same = {"measure": okr.Increase(None, 10)}
    found = adjusted_by(same, measure=okr.Increase(None, 10))
    assert found == [(pytest.approx(2 / 9), None)] * 2


def test_an_equal_due_date_without_a_cycle_touches_nothing() -> None:
    due = date(2026, 9, 1)
    key_result = okr.KeyResult("k", "K", okr.Reach(10), due=due)
    plan = okr.Plan([okr.Objective("o", "O", key_results=[key_result])])
    for on, found in ((due, None), (date(2026, 9, 2), 0.3)):
        entry = okr.Adjustment("k", date(2026, 8, 3), due=on, because="confirmed")
        journal = okr.Journal([okr.CheckIn("k", date(2026, 8, 3), 3), entry])
        card = okr.evaluate(plan, journal, as_of=date(2026, 8, 3))
        assert scores_of(card, "k", "o") == [(found, found)] * 2


def test_a_key_result_whose_weight_was_planned_as_0_touches_no_score() -> None:
    """Its weight was set before the cycle, so it enters neither the original nor the adjusted score."""
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                key_results=[
                    okr.KeyResult("a", "A", okr.Reach(10)),
                    okr.KeyResult("b", "B", okr.Reach(10), weight=2),
                ],
                cycle=okr.FiscalCalendar().quarter(2026, 3),
            )
        ]
    )
    planned = okr.Adjustment("b", date(2026, 6, 1), weight=0, because="tracked alone")
    cut = okr.Adjustment("b", date(2026, 8, 1), rescale=2, because="half of the scope")
    journal = okr.Journal([planned, cut, *okr.check_ins(date(2026, 8, 2), {"a": 4, "b": 3})])
    found = okr.evaluate(plan, journal, as_of=date(2026, 8, 3)).objective("o")
    assert (found.score, found.original_score, found.adjusted_score) == (0.4, None, None)

"""A direction without a target: no score, and better is told from worse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from okrcore.plan import Measure
from okrcore.review import carried_measures
from okrcore.rulebook import CarriedBaseline
from okrcore.scorecard import Movement, NoScoreReason

Q3 = okr.FiscalCalendar().quarter(2026, 3)
Q4 = okr.FiscalCalendar().quarter(2026, 4)


def on(month: int, day: int) -> date:
    return date(2026, month, day)


def kr(id: str, measure: Measure, **more: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, measure, **more)


def plan_of(*key_results: okr.KeyResult, **more: Any) -> okr.Plan:
    return okr.Plan([okr.Objective("o", "O", key_results=key_results, cycle=Q3, **more)])


def read(**values: tuple[tuple[int, int], float]) -> okr.Journal:
    return okr.Journal([okr.CheckIn(of, on(*day), value) for of, (day, value) in values.items()])


def test_it_has_a_state_and_no_score() -> None:
    plan = plan_of(kr("r", okr.Increase(None, None)), kr("k", okr.Reach(10)))
    card = okr.evaluate(plan, read(r=((8, 1), 31), k=((8, 1), 5)), as_of=on(8, 1))
    found = card.key_result("r")
    assert (found.score, found.no_score_reason) == (None, NoScoreReason.NO_TARGET)
    assert found.no_score_reason == "no target yet"
    assert found.why == "no target yet; 31"
    # It is excluded: the objective is measured in full by the other.
    assert (found.coverage, found.score_range, found.excluded) == (None, None, True)
    objective = card.objective("o")
    assert (objective.score, objective.coverage, objective.score_range) == (0.5, 1.0, (0.5, 0.5))


def test_an_objective_of_it_alone_has_nothing_that_counts() -> None:
    card = okr.evaluate(plan_of(kr("r", okr.Increase(1, None))), read(r=((8, 1), 2)), as_of=Q3.end)
    assert card.objective("o").no_score_reason is NoScoreReason.NOTHING_COUNTS
    assert card.key_result("r").status == "over"


@pytest.mark.parametrize(
    ("measure", "first", "then", "against_baseline", "against_before", "why"),
    [
        (okr.Increase(80, None), 86, 84, "better", "worse",
         "84, better than 80 at the start, worse than 86 on 2026-08-01"),
        (okr.Increase(80, None), 70, 70, "worse", "unchanged",
         "70, worse than 80 at the start, unchanged from 70 on 2026-08-01"),
        (okr.Decrease(90, None), 95, 84, "better", "better",
         "84, better than 90 at the start, better than 95 on 2026-08-01"),
        (okr.Decrease(None, None), 80, 84, None, "worse", "84, worse than 80 on 2026-08-01"),
        (okr.Increase(80, None), 79, 80, "unchanged", "better",
         "80, unchanged from 80 at the start, better than 79 on 2026-08-01"),
    ],
)  # fmt: skip
def test_better_is_told_from_worse(
    measure: Measure,
    first: float,
    then: float,
    against_baseline: str | None,
    against_before: str | None,
    why: str,
) -> None:
    journal = read(r=((8, 1), first)).add(okr.CheckIn("r", on(8, 20), then))
    found = okr.evaluate(plan_of(kr("r", measure)), journal, as_of=on(8, 21)).key_result("r")
    assert (found.against_baseline, found.against_before) == (against_baseline, against_before)
    assert found.why == f"no target yet; {why}"


def test_a_line_with_a_target_has_its_movements_too() -> None:
    def found(measure: Measure, **more: Any) -> tuple[Movement | None, Movement | None]:
        journal = read(r=((8, 1), 5)).add(okr.CheckIn("r", on(8, 20), 7))
        plan = plan_of(kr("r", measure, **more), kr("d", okr.Reach(5)))
        result = okr.evaluate(plan, journal, as_of=on(8, 21)).key_result("r")
        return result.against_baseline, result.against_before

    better, worse = Movement.BETTER, Movement.WORSE
    assert found(okr.Reach(10)) == (better, better)
    assert found(okr.FromTo(10, 0)) == (better, worse)
    assert found(okr.FromTo(10, 10)) == (None, None)
    assert found(okr.FromTo(None, 10)) == (None, None)
    assert found(okr.Points(-5)) == (None, worse)
    assert found(okr.Relative(percent=5, baseline=8)) == (worse, better)
    assert found(okr.AtLeast(3)) == (None, None)


def test_an_unread_or_derived_one() -> None:
    plan = plan_of(
        kr("r", okr.Increase(1, None)),
        kr("d", okr.Increase(1, None), derived=okr.Derived(okr.Aggregation.SUM, ["r"])),
    )
    card = okr.evaluate(plan, okr.Journal(), as_of=on(8, 1))
    assert card["r"].why == "no target yet"
    assert card["d"].why == "no target yet; unread: r"
    journal = read(r=((8, 1), 0)).add(okr.CheckIn("r", on(8, 2), 3))
    card = okr.evaluate(plan, journal, as_of=on(8, 2))
    assert card["d"].why == "no target yet; 3, better than 1 at the start"


def test_of_a_metric_the_value_before_is_aggregated_alike() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o", "O", cycle=Q3, key_results=[kr("r", okr.Increase(5, None), metric="m")]
            )
        ],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.MEAN)],
    )
    journal = read(m=((8, 1), 4)).add(okr.CheckIn("m", on(8, 2), 10))
    card = okr.evaluate(plan, journal, as_of=on(8, 2))
    assert card["r"].why == (
        "no target yet; 7, better than 5 at the start, better than 4 on 2026-08-01"
    )


def test_a_baseline_is_established_and_an_adjustment_sets_the_target() -> None:
    plan = plan_of(kr("r", okr.Increase(None, None)))
    journal = okr.admit(plan, read(r=((7, 20), 84)), okr.BaselineSet("r", on(7, 10), 80))
    card = okr.evaluate(plan, journal, as_of=on(7, 20))
    assert card["r"].why == "no target yet; 84, better than 80 at the start"
    assert card.key_result("r").baseline == 80.0
    change = okr.Adjustment(
        "r", on(8, 1), measure=okr.Increase(80, 100), because="we know how far now"
    )
    journal = okr.admit(plan, journal, change)
    assert okr.evaluate(plan, journal, as_of=on(7, 31))["r"].score is None
    card = okr.evaluate(plan, journal, as_of=on(8, 1))
    assert (card["r"].score, card.objective("o").score) == (0.2, 0.2)
    assert "up, no target yet" in str(card.explain("r"))


def test_a_target_may_be_taken_back() -> None:
    plan = plan_of(kr("r", okr.Increase(80, 100)))
    change = okr.Adjustment("r", on(8, 1), measure=okr.Increase(80, None), because="unknown")
    card = okr.evaluate(plan, okr.admit(plan, read(r=((7, 20), 90)), change), as_of=on(8, 1))
    assert card["r"].why == "no target yet; 90, better than 80 at the start"


def test_live_and_what_if() -> None:
    plan = plan_of(kr("r", okr.Increase(80, None)), kr("k", okr.Reach(10)))
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=on(8, 1))
    live.record(okr.CheckIn("r", on(8, 1), 90))
    live.record(okr.CheckIn("k", on(8, 1), 5))
    assert live.score("o") == 0.5
    card = okr.evaluate(plan, okr.Journal(), as_of=on(8, 1))
    with pytest.raises(okr.OkrError, match="no target yet"):
        card.what_if({"r": 0.5})


def test_other_lines_need_a_target() -> None:
    with pytest.raises(okr.InvalidValueError, match=r"FromTo\.target: must be a finite number"):
        okr.FromTo(5, None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(okr.InvalidValueError, match=r"measure\.target: .* give the target"):
        okr.Compound({"a": okr.Increase(1, None), "b": okr.PassFail()})


def test_it_goes_on_into_the_next_cycle() -> None:
    for start, restart in ((80.0, "BASELINE"), (84.0, "LAST"), (0.0, "ZERO")):
        made = carried_measures.carried_measure(
            okr.Increase(80, None), None, 84.0, CarriedBaseline[restart]
        )
        assert made is not None
        assert made.measure == okr.Increase(start, None)
    plan = plan_of(kr("r", okr.Increase(None, None)), ambition=okr.Ambition.ASPIRATIONAL)
    journal = okr.Journal([okr.BaselineSet("r", on(7, 10), 80)]).add(okr.CheckIn("r", on(9, 1), 84))
    rolled = okr.review.roll_over(plan, journal, as_of=on(10, 5), cycle=Q4)
    (item,) = [each for each in rolled.items if each.id == "r"]
    assert (item.fate, item.because) == ("carried", "goes with its objective; no target yet")
    assert rolled.plan.key_result("r@2026-Q4").measure == okr.Increase(80, None)


def test_planning_and_mid_cycle_ask_for_the_target() -> None:
    plan, ritual = plan_of(kr("r", okr.Increase(80, None))), okr.calendar.Ritual
    mid = okr.review.make_agenda(
        plan, read(r=((8, 1), 9)), ritual=ritual.MID_CYCLE_REVIEW, as_of=on(8, 15)
    )
    assert "no target yet" in str(mid)
    draft = okr.review.make_agenda(plan, okr.Journal(), ritual=ritual.TEAM_DRAFT, as_of=on(6, 15))
    assert "no target yet" in str(draft)


def test_target_words_and_text() -> None:
    plan = plan_of(
        kr("a", okr.Increase(80, None), unit="%"),
        kr("b", okr.Decrease(None, None)),
        kr("c", okr.Decrease(5, None)),
        kr("d", okr.Increase(None, None)),
    )
    assert okr.review.describe_objective(plan, "o") == (
        'We will achieve "O", as measured by a (up from 80%, no target yet), b (down, no target yet),'
        " c (down from 5, no target yet) and d (up, no target yet)."
    )
    text = okr.codec.write_text(plan)
    assert "KR: a 80% -> up" in text
    again = okr.codec.read_text(text, cycle=Q3).plan
    assert [each.measure for each in again.objective("o").own_key_results] == [
        each.measure for each in plan.objective("o").own_key_results
    ]

"""What a refusal leaves behind: everything as it was. The messages stand in tests/contract/refusals.py."""

from __future__ import annotations

from datetime import date

import pytest

import okrcore as okr

DAY = date(2026, 8, 14)
PLAN = okr.Plan(
    [
        okr.Objective(
            "grow",
            "Grow",
            key_results=[
                okr.KeyResult("arpa", "Revenue", okr.Increase(112, 128)),
                okr.KeyResult("conv", "Conversion", okr.Increase(3.1, 3.8), metric="rate"),
                okr.KeyResult("ship", "Shipped", okr.PassFail()),
            ],
            guardrails=[okr.Guardrail("tickets", "Tickets", okr.AtMost(85))],
            initiatives=[okr.Initiative("test", "Test pages", drives=["arpa"])],
        )
    ],
    metrics=[okr.Metric("rate", "Conversion rate")],
    outside=[okr.Outside("co-1")],
)


def test_nothing_is_half_applied() -> None:
    journal = okr.Journal([okr.CheckIn("arpa", DAY, 120)])
    before = journal.entries
    with pytest.raises(okr.InconsistentPlanError):
        okr.admit(PLAN, journal, okr.CheckIn("ship", DAY, 7))
    assert journal.entries == before


def test_misfits_can_be_left_out_and_are_named() -> None:
    journal = okr.Journal([okr.CheckIn("ship", DAY, 7), okr.CheckIn("arpa", DAY, 120)])
    card = okr.evaluate(PLAN, journal, as_of=DAY, strict=False)
    assert [problem.code for problem in card.problems] == ["reading-does-not-fit"]
    assert card.key_result("ship").score is None
    assert card.key_result("arpa").score == 0.5


def test_misfits_of_later_days_change_nothing() -> None:
    journal = okr.Journal([okr.CheckIn("ship", date(2026, 9, 1), 7)])
    assert okr.evaluate(PLAN, journal, as_of=DAY).problems == ()


#: Everything that does not take just any number, however it comes by what it reads.
SPECIAL = okr.Plan(
    [
        okr.Objective(
            "o",
            "O",
            key_results=[
                okr.KeyResult("plain", "Plain", okr.Reach(10)),
                okr.KeyResult(
                    "sum", "Sum", okr.Reach(10), derived=okr.Derived(okr.Aggregation.SUM, ["plain"])
                ),
                okr.KeyResult("of-metric", "Read elsewhere", okr.Reach(10), metric="rate"),
                okr.KeyResult("ship", "Shipped", okr.PassFail()),
            ],
            guardrails=[okr.Guardrail("watched", "Watched", okr.AtMost(9), metric="rate")],
            initiatives=[okr.Initiative("work", "Work")],
            supports=["co"],
        )
    ],
    metrics=[okr.Metric("rate", "Rate")],
    outside=[okr.Outside("co")],
)


@pytest.mark.parametrize("others", [(), ("plain",), ("plain", "rate")])
@pytest.mark.parametrize("id", ["sum", "of-metric", "ship", "watched", "work", "o", "co"])
def test_a_number_that_does_not_fit_is_refused_among_others_as_alone(
    id: str, others: tuple[str, ...]
) -> None:
    entry = okr.CheckIn(id, DAY, 7)
    with pytest.raises(okr.InconsistentPlanError) as alone:
        okr.admit(SPECIAL, okr.Journal(), entry)
    for made in ([entry], list(okr.check_ins(DAY, {id: 7}))):
        journal = okr.Journal([*okr.check_ins(DAY, dict.fromkeys(others, 5)), *made])
        card = okr.evaluate(SPECIAL, journal, as_of=DAY, strict=False)
        assert list(map(str, card.problems)) == [str(alone.value)]


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("grwo", "unknown-id"),
        ("arpa", "wrong-kind"),
        ("tickets", "wrong-kind"),
        (["grow"], "unknown-id"),
        (7, "unknown-id"),
    ],
)
def test_what_is_no_objective_is_refused_by_plan_and_scorecard_alike(id: str, code: str) -> None:
    card = okr.evaluate(PLAN, okr.Journal(), as_of=DAY)
    with pytest.raises(okr.InconsistentPlanError) as of_plan:
        PLAN.objective(id)
    with pytest.raises(okr.InconsistentPlanError) as of_card:
        card.objective(id)
    assert str(of_card.value) == str(of_plan.value)
    assert of_card.value.code == code

"""What a user gets wrong, and what the library answers: one clear message each, with a way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

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


def kr(**changes: Any) -> okr.KeyResult:
    given: dict[str, Any] = {"id": "arpa", "title": "Revenue", "measure": okr.Increase(112, 128)}
    return okr.KeyResult(**(given | changes))


def evaluated(*entries: Any) -> okr.Scorecard:
    return okr.evaluate(PLAN, okr.Journal(entries), as_of=DAY)


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "negative weight": (
        lambda: kr(weight=-1),
        "KeyResult('arpa').weight: must be >= 0, got -1.0 [weight-negative]",
    ),
    "NaN": (
        lambda: okr.Increase(float("nan"), 128),
        "Increase.baseline: must be a finite number, got nan [not-a-number]",
    ),
    "infinity": (
        lambda: okr.CheckIn("arpa", DAY, float("inf")),
        "CheckIn.value: must be a finite number, got inf [not-a-number]",
    ),
    "a huge number": (
        lambda: okr.Reach(Decimal("1e200")),
        "Reach.target: must lie between -1e100 and 1e100, got 1e+200 [too-large]",
    ),
    "bool as number": (
        lambda: okr.Increase(True, 128),
        "Increase.baseline: must be a finite number, got True [not-a-number]",
    ),
    "text as number": (
        lambda: okr.Reach("10"),  # type: ignore[arg-type]
        "Reach.target: must be a finite number, got '10' [not-a-number]",
    ),
    "baseline equal to target": (
        lambda: okr.Increase(5, 5),
        "Increase.target: must differ from the baseline, got 5.0; write AtLeast or AtMost to hold a"
        " level [target-equals-baseline]",
    ),
    "target against the direction": (
        lambda: okr.Increase(128, 112),
        "Increase.target: must lie in the direction of the measure, got 112.0; write"
        " Decrease(128, 112) [target-against-direction]",
    ),
    "unknown id": (
        lambda: evaluated().key_result("arpo"),
        "Plan.KeyResult: must name something in the plan, got 'arpo'; did you mean 'arpa'?"
        " [unknown-id]",
    ),
    "an id of another kind": (
        lambda: evaluated().key_result("grow"),
        "Plan.KeyResult: must name something of another kind, got 'grow'; it is an objective"
        " [wrong-kind]",
    ),
    "duplicate id": (
        lambda: okr.Plan([okr.Objective("a", "A", key_results=[kr(id="a")])]),
        "KeyResult('a').id: must be used once in a plan, got 'a'; an objective already has it"
        " [duplicate-id]",
    ),
    "alignment circle": (
        lambda: okr.Plan(
            [
                okr.Objective("a", "A", supports=["b"]),
                okr.Objective("b", "B", supports=["c"]),
                okr.Objective("c", "C", supports=["a"]),
            ]
        ),
        "Objective('a').supports: must not lead back to itself, got 'a -> b -> c -> a'; take one of"
        " these alignments out [circle]",
    ),
    "alignment to nothing": (
        lambda: okr.Plan([okr.Objective("a", "A", supports=["co-2"])]),
        "Objective('a').supports[0]: must name something in the plan, got 'co-2' [unknown-id]",
    ),
    "a check-in for an unknown id": (
        lambda: evaluated(okr.CheckIn("arpo", DAY, 1)),
        "CheckIn.of: must name something in the plan, got 'arpo'; did you mean 'arpa'?"
        " [unknown-id]",
    ),
    "every culprit at once": (
        lambda: evaluated(
            okr.CheckIn("arpo", DAY, 1), okr.CheckIn("ship", DAY, 7), okr.CheckIn("conv", DAY, 1)
        ),
        "CheckIn.of: must name something in the plan, got 'arpo'; did you mean 'arpa'?"
        " [unknown-id]\n"
        "CheckIn('ship', 2026-08-14).value: must be a reading that its measure takes, got 7.0; it"
        " takes True, False, or a credit from 0 to 1 [reading-does-not-fit]\n"
        "CheckIn('conv', 2026-08-14).value: must be checked in through its metric, got 1.0; check in"
        " 'rate' [own-reading-of-metric]",
    ),
    "an empty title": (
        lambda: kr(title=" "),
        "KeyResult('arpa').title: must be a non-empty text, got ' ' [not-text]",
    ),
    "a text for a sequence": (
        lambda: okr.Initiative("i", "I", drives="conv"),
        "Initiative('i').drives: must be a list or tuple, got 'conv'; write ['conv']"
        " [not-a-sequence]",
    ),
    "one for many": (
        lambda: okr.Plan(okr.Objective("a", "A")),  # type: ignore[arg-type]
        "Plan.objectives: must be a list or tuple, got Objective('a', 'A', 0 key results); write"
        " [Objective('a', 'A', 0 key results)] [not-a-sequence]",
    ),
    "a class for a measure": (
        lambda: kr(measure=okr.PassFail),
        "KeyResult('arpa').measure: must be of the right kind, got"
        " <class 'okrcore.plan.deliverables.PassFail'>; write PassFail(...) [wrong-type]",
    ),
    "a number for a measure": (
        lambda: kr(measure=128),
        "KeyResult('arpa').measure: must be of the right kind, got 128; give a measure such as"
        " Increase(112, 128) [wrong-type]",
    ),
    "a reading of the wrong kind": (
        lambda: evaluated(okr.CheckIn("arpa", DAY, True)),
        "CheckIn('arpa', 2026-08-14).value: must be a reading that its measure takes, got True; it"
        " takes a number or a Ratio [reading-does-not-fit]",
    ),
    "a date for a reading": (
        lambda: okr.CheckIn("arpa", DAY, DAY),  # type: ignore[arg-type]
        "CheckIn.value: must be of the right kind, got datetime.date(2026, 8, 14); give a number, a"
        " Ratio, True or False, a label, names, or a mapping of parts [wrong-type]",
    ),
    "a check-in of what reads a metric": (
        lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("conv", DAY, 3.2)),
        "CheckIn('conv', 2026-08-14).value: must be checked in through its metric, got 3.2; check in"
        " 'rate' [own-reading-of-metric]",
    ),
    "a value for an objective": (
        lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("grow", DAY, 0.5)),
        "CheckIn('grow', 2026-08-14).value: must be a reading that its measure takes, got 0.5; it"
        " takes no value: an objective is measured by its key results [reading-does-not-fit]",
    ),
    "a label for a guardrail": (
        lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("tickets", DAY, "many")),
        "CheckIn('tickets', 2026-08-14).value: must be a reading that its measure takes, got 'many';"
        " it takes a number or a Ratio [reading-does-not-fit]",
    ),
    "a check-in of what is outside": (
        lambda: okr.admit(PLAN, okr.Journal(), okr.CheckIn("co-1", DAY, 1)),
        "CheckIn.of: must name something of another kind, got 'co-1'; check in a key result,"
        " guardrail, metric, objective or initiative, not outside the plan [wrong-kind]",
    ),
    "a baseline for a deliverable": (
        lambda: okr.admit(PLAN, okr.Journal(), okr.BaselineSet("ship", DAY, 1)),
        "BaselineSet('ship', 2026-08-14).of: must name something of another kind, got 'ship';"
        " PassFail has no baseline [wrong-kind]",
    ),
    "a baseline beyond the target": (
        lambda: okr.admit(PLAN, okr.Journal(), okr.BaselineSet("arpa", DAY, 130)),
        "BaselineSet('arpa', 2026-08-14).value: must lie in the direction of the measure, got 130.0;"
        " KeyResult('arpa') has Increase(baseline=112.0, target=128.0); adjust its target"
        " [target-against-direction]",
    ),
    "a measure for an objective": (
        lambda: okr.admit(
            PLAN,
            okr.Journal(),
            okr.Adjustment("grow", DAY, measure=okr.PassFail(), because="new"),
        ),
        "Adjustment.measure: must name something of another kind, got 'grow'; an objective has no"
        " measure [wrong-kind]",
    ),
    "confidence 6": (
        lambda: okr.CheckIn("arpa", DAY, 120, confidence=6),
        "CheckIn.confidence: must lie between 0 and 1, got 6.0; write 0.6 [confidence-range]",
    ),
    "confidence 60": (
        lambda: okr.CheckIn("arpa", DAY, 120, confidence=60),
        "CheckIn.confidence: must lie between 0 and 1, got 60.0; write 0.6 [confidence-range]",
    ),
    "confidence -1": (
        lambda: okr.CheckIn("arpa", DAY, 120, confidence=-1),
        "CheckIn.confidence: must lie between 0 and 1, got -1.0 [confidence-range]",
    ),
    "a datetime for a day": (
        lambda: okr.CheckIn("arpa", datetime(2026, 8, 14), 120),  # noqa: DTZ001
        "CheckIn.on: must be a date without a time, got datetime.datetime(2026, 8, 14, 0, 0); use"
        " its .date() [not-a-date]",
    ),
    "a moment without a zone": (
        lambda: okr.CheckIn("arpa", DAY, 120, recorded=datetime(2026, 8, 14)),  # noqa: DTZ001
        "CheckIn.recorded: must be a datetime with a time zone, got"
        " datetime.datetime(2026, 8, 14, 0, 0) [not-a-moment]",
    ),
    "a set for a sequence": (
        lambda: okr.ObjectiveProfile(tags={"a", "b"} - {"b"}),
        "ObjectiveProfile.tags: must be a list or tuple, got {'a'} [not-a-sequence]",
    ),
    "a day missing": (
        lambda: okr.evaluate(PLAN, okr.Journal(), as_of=None),  # type: ignore[arg-type]
        "evaluate.as_of: must be a date without a time, got None [not-a-date]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message


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

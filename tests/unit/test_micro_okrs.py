"""Micro-OKRs: an overlay on what they serve, with a trigger, and fed back through a metric alone."""

from __future__ import annotations

from datetime import date

import pytest

import okrcore as okr

QUARTER = okr.FiscalCalendar().quarter(2026, 3)
STALLED = okr.Trigger(okr.TriggerKind.STALLED_KEY_RESULT)


def sprint(
    id: str,
    start: date,
    *serves: str,
    cadence: okr.Cadence = okr.Cadence.MICRO_WEEK,
    key_results: tuple[okr.KeyResult, ...] = (),
) -> okr.Objective:
    return okr.Objective(
        id,
        "Unblock trials",
        supports=serves,
        cycle=okr.Cycle.starting(start, cadence),
        trigger=STALLED,
        key_results=key_results,
    )


def grow(*key_results: okr.KeyResult, id: str = "grow") -> okr.Objective:
    return okr.Objective(id, "Grow", cycle=QUARTER, key_results=key_results)


TRIALS = okr.KeyResult("trials", "Trials", okr.Increase(100, 200), metric="m")
OTHER = okr.KeyResult("other", "Other", okr.Increase(0, 10))
METRIC = okr.Metric("m", "Trials")


def test_overlays_of_a_key_result_and_its_objective_in_order_of_days() -> None:
    plan = okr.Plan(
        [
            grow(TRIALS, OTHER),
            sprint("second", date(2026, 8, 17), "trials"),
            sprint("first", date(2026, 8, 10), "trials"),
            sprint("longer", date(2026, 8, 10), "grow", cadence=okr.Cadence.MICRO_TWO_WEEKS),
            okr.Objective("team", "Team", supports=["grow"], cycle=QUARTER),
            okr.Objective("whenever", "Whenever", supports=["grow"]),
        ],
        metrics=[METRIC],
    )
    assert [one.id for one in plan.micro_okrs("trials")] == ["first", "second"]
    assert [one.id for one in plan.micro_okrs("grow")] == ["first", "longer", "second"]
    assert plan.micro_okrs("other") == ()
    assert {one.id for one in plan.children("grow")} >= {"team", "whenever", "first"}
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        plan.micro_okrs("nothing")


def test_an_overlay_enters_no_number_of_what_it_serves() -> None:
    done = okr.KeyResult("done", "Done", okr.PassFail())
    quarter = grow(okr.KeyResult("arpa", "Revenue", okr.Increase(0, 10)))
    micro = sprint("week", date(2026, 8, 10), "arpa", key_results=(done,))
    entries = okr.check_ins(date(2026, 8, 12), {"arpa": 5, "done": False})
    journal = okr.Journal(entries)
    with_it = okr.evaluate(okr.Plan([quarter, micro]), journal, as_of=date(2026, 8, 14))
    without = okr.evaluate(okr.Plan([quarter]), okr.Journal(entries[:1]), as_of=date(2026, 8, 14))
    found, alone = with_it.objective("grow"), without.objective("grow")
    assert (found.score, found.coverage, found.status, found.score_range) == (
        alone.score,
        alone.coverage,
        alone.status,
        alone.score_range,
    )
    assert with_it.objective("week").score == 0


def test_it_feeds_the_quarter_through_a_shared_metric_alone() -> None:
    reads_it = okr.KeyResult("micro-trials", "Trials", okr.Increase(120, 140), metric="m")
    micro = sprint("week", date(2026, 8, 10), "trials", key_results=(reads_it,))
    plan = okr.Plan([grow(TRIALS), micro], metrics=[METRIC])
    journal = okr.Journal(okr.check_ins(date(2026, 8, 12), {"m": 130}))
    card = okr.evaluate(plan, journal, as_of=date(2026, 8, 14))
    assert card.key_result("micro-trials").score == 0.5
    assert card.objective("grow").score == pytest.approx(0.3)


def test_what_leaves_the_cycle_of_what_it_supports() -> None:
    plan = okr.Plan(
        [
            grow(OTHER),
            grow(id="none"),
            sprint("inside", date(2026, 8, 10), "grow"),
            sprint("straddling", date(2026, 9, 28), "other", "none"),
            okr.Objective("whenever", "Whenever", supports=["grow"]),
            sprint("of whenever", date(2026, 12, 1), "whenever"),
        ]
    )
    assert [(one.id, parent.id) for one, parent in plan.straddling()] == [
        ("straddling", "grow"),
        ("straddling", "none"),
    ]


def test_a_micro_okr_says_why_now() -> None:
    experiment = okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="Fewer fields, more trials")
    objective = okr.Objective(
        "week",
        "Try a shorter form",
        cycle=okr.Cycle.starting(date(2026, 8, 10), okr.Cadence.MICRO_MONTH),
        trigger=experiment,
    )
    assert objective.is_micro
    assert objective.trigger == experiment
    assert [str(one) for one in okr.TriggerKind] == [
        "stalled key result",
        "unhealthy metric",
        "event",
        "cross-team need",
        "experiment",
    ]


def test_it_pivots_with_a_note_and_ends_with_a_decision() -> None:
    plan = okr.Plan([sprint("week", date(2026, 8, 10), key_results=(OTHER,))])
    journal = okr.Journal()
    pivot = okr.Adjustment(
        "other", date(2026, 8, 12), measure=okr.Increase(0, 5), because="the form went live late"
    )
    closing = okr.Closing("week", date(2026, 8, 16), okr.ClosingDecision.SCALE, learned="it works")
    for entry in (pivot, closing):
        journal = okr.admit(plan, journal, entry)
    assert len(journal) == 2

"""KPIs and causes that do not fit their plan, and recoveries of what is not sick: codes, paths, hints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import okrcore as okr

Kind = okr.TriggerKind
Q4 = okr.FiscalCalendar().quarter(2026, 4)
METRICS = [okr.Metric("up", "Uptime", health=okr.AtLeast(99)), okr.Metric("nps", "NPS")]
OTHER = okr.Objective("other", "Other", key_results=[okr.KeyResult("ok", "K", okr.Reach(10))])


def plan(**more: Any) -> okr.Plan:
    key_results = [okr.KeyResult("k", "K", okr.Reach(10))]
    return okr.Plan(
        [okr.Objective("o", "O", key_results=key_results, **more), OTHER],
        metrics=METRICS,
        outside=[okr.Outside("storm", title="Port closed")],
    )


def recovery(id: Any, cycle: Any = Q4, **readings: float) -> object:
    journal = okr.Journal(okr.check_ins(date(2026, 8, 1), readings))
    card = okr.evaluate(plan(), journal, as_of=date(2026, 8, 1))
    return okr.review.draft_recovery(card, id, cycle=cycle)


def caused(kind: okr.TriggerKind, of: Any) -> okr.Plan:
    return plan(trigger=okr.Trigger(kind, of, hypothesis="An effect"))


CARD = okr.evaluate(plan(), okr.Journal(), as_of=date(2026, 8, 1))
_KIND = "must be an item of the right kind"
REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "an unknown KPI": (
        lambda: plan(kpis=["upp"]),
        "Objective('o').kpis[0]: must be a known id, got 'upp'; did you mean 'up'? [unknown-id]",
    ),
    "a key result as a KPI": (
        lambda: plan(kpis=["up", "k"]),
        f"Objective('o').kpis[1]: {_KIND}, got 'k'; it is a key result [wrong-kind]",
    ),
    "an item outside as a KPI": (
        lambda: plan(kpis=["storm"]),
        f"Objective('o').kpis[0]: {_KIND}, got 'storm'; it is outside the plan [wrong-kind]",
    ),
    "one KPI as a text": (
        lambda: plan(kpis="up"),
        "Objective('o').kpis: must be a list or tuple, got 'up'; write ['up'] [not-a-sequence]",
    ),
    "a KPI twice": (
        lambda: plan(kpis=["up", "up"]),
        "Objective('o').kpis: must not have the same name twice, got 'up' [repeated]",
    ),
    "an unknown cause": (
        lambda: caused(Kind.UNHEALTHY_METRIC, "upp"),
        "Objective('o').trigger.of: must be a known id, got 'upp'; did you mean 'up'? [unknown-id]",
    ),
    "a metric as a stalled key result": (
        lambda: caused(Kind.STALLED_KEY_RESULT, "up"),
        f"Objective('o').trigger.of: {_KIND}, got 'up'; it is a metric [wrong-kind]",
    ),
    "a key result as an unhealthy metric": (
        lambda: caused(Kind.UNHEALTHY_METRIC, "ok"),
        f"Objective('o').trigger.of: {_KIND}, got 'ok'; it is a key result [wrong-kind]",
    ),
    "a metric as an event": (
        lambda: caused(Kind.EVENT, "up"),
        f"Objective('o').trigger.of: {_KIND}, got 'up'; it is a metric [wrong-kind]",
    ),
    "a metric as a need": (
        lambda: caused(Kind.CROSS_TEAM_NEED, "up"),
        f"Objective('o').trigger.of: {_KIND}, got 'up'; it is a metric [wrong-kind]",
    ),
    "an objective as its own cause": (
        lambda: caused(Kind.CROSS_TEAM_NEED, "o"),
        "Objective('o').trigger.of: must not lead back to itself, got 'o'; name an item that was there before"
        " it, or leave it out [circle]",
    ),
    "its own key result as a cause": (
        lambda: caused(Kind.EXPERIMENT, "k"),
        "Objective('o').trigger.of: must not lead back to itself, got 'k'; name an item that was there before"
        " it, or leave it out [circle]",
    ),
    "a cause that is no text": (
        lambda: okr.Trigger(Kind.EVENT, 5),  # type: ignore[arg-type]
        "Trigger.of: must be a non-empty text, got 5 [not-text]",
    ),
    "a scope that is no text": (
        lambda: okr.Trigger(Kind.EVENT, scope=5),  # type: ignore[arg-type]
        "Trigger.scope: must have the right type, got 5; give a str [wrong-type]",
    ),
    "the recovery of a healthy metric": (
        lambda: recovery("up", up=99),
        "draft_recovery.id: must be outside its limit, got 'up'; it is held [not-breached]",
    ),
    "the recovery of a metric without a limit": (
        lambda: recovery("nps", nps=9),
        "draft_recovery.id: must be outside its limit, got 'nps'; it is unknown [not-breached]",
    ),
    "the recovery of a key result": (
        lambda: recovery("k"),
        f"Plan.metric: {_KIND}, got 'k'; it is a key result [wrong-kind]",
    ),
    "a recovery without a cycle": (
        lambda: recovery("up", "Q4", up=90),
        "draft_recovery.cycle: must have the right type, got 'Q4'; give a Cycle [wrong-type]",
    ),
    "a recovery without a scorecard": (
        lambda: okr.review.draft_recovery(plan(), "up", cycle=Q4),  # type: ignore[arg-type]
        "draft_recovery.card: must have the right type, got Plan(2 objectives, 7 items); give a Scorecard"
        " [wrong-type]",
    ),
    "a recovery in words of no table": (
        lambda: okr.review.draft_recovery(CARD, "up", cycle=Q4, words="de"),  # type: ignore[arg-type]
        "draft_recovery.words: must have the right type, got 'de'; give a Words [wrong-type]",
    ),
    "sick KPIs of a plan": (
        lambda: okr.review.list_sick_kpis(plan()),  # type: ignore[arg-type]
        "list_sick_kpis.card: must have the right type, got Plan(2 objectives, 7 items); give a Scorecard"
        " [wrong-type]",
    ),
    "objectives without a KPI of a plan": (
        lambda: okr.review.list_without_kpis(plan()),  # type: ignore[arg-type]
        "list_without_kpis.card: must have the right type, got Plan(2 objectives, 7 items); give a Scorecard"
        " [wrong-type]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_where_what_and_the_hint(name: str) -> None:
    wrong, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        wrong()
    assert str(caught.value) == message

"""Agendas and retrospectives of several adjustments and objectives; words and numbers by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import okrcore as okr
from build import Q3


def to_100(id: str, **more: Any) -> okr.Objective:
    kr = okr.KeyResult(f"{id}-k", "K", okr.Increase(0, 100))
    return okr.Objective(id, id, key_results=[kr], cycle=Q3, **more)


def adjusted(of: str, on: date, **more: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, because="a storm", **more)


def texts(
    topic: okr.review.AgendaTopic, goals: list[okr.Objective], *entries: Any, day: date
) -> list[str]:
    rite = okr.review.AgendaTemplate(
        "Test",
        5,
        okr.review.AgendaScope.RUNNING,
        60,
        [okr.review.TemplateSection(topic, "Section")],
    )
    found = okr.review.make_agenda(
        okr.Plan(goals), okr.Journal(entries), as_of=day, rites={okr.calendar.Ritual.WEEKLY: rite}
    )
    return [f"{item.ids[0]}: {item.text}" for item in found.section(topic).items]


def test_each_adjustment_names_the_measure_that_it_replaced() -> None:
    eased = [
        adjusted("a-k", date(2026, 7, 10), measure=okr.Increase(0, 80)),
        adjusted("b-k", date(2026, 7, 20), measure=okr.Increase(0, 70)),
        adjusted("a-k", date(2026, 7, 30), owner="Ana Ruiz"),
        adjusted("a-k", date(2026, 8, 3), measure=okr.Increase(0, 60)),
        adjusted("a-k", date(2026, 8, 20), measure=okr.Increase(0, 50)),
    ]
    found = texts(
        okr.review.AgendaTopic.ADJUSTED, [to_100("a"), to_100("b")], *eased, day=date(2026, 8, 14)
    )
    assert found == [
        "a-k: pivot on 2026-07-10, 0 to 100 became 0 to 80: a storm",
        "b-k: pivot on 2026-07-20, 0 to 100 became 0 to 70: a storm",
        "a-k: pivot on 2026-07-30, owner none became Ana Ruiz: a storm",
        "a-k: pivot on 2026-08-03, 0 to 80 became 0 to 60: a storm",
    ]


def test_a_measure_that_comes_after_the_cycle_replaces_none() -> None:
    entries = [
        adjusted("a-k", date(2026, 9, 10), measure=okr.Increase(0, 80)),
        adjusted("a-k", date(2026, 10, 5), measure=okr.Increase(0, 60)),
        adjusted("a-k", date(2026, 10, 6), measure=okr.Increase(0, 50)),
    ]
    rite = okr.review.AgendaTemplate(
        "T",
        5,
        okr.review.AgendaScope.ENDED,
        60,
        [okr.review.TemplateSection(okr.review.AgendaTopic.ADJUSTED, "S")],
    )
    found = okr.review.make_agenda(
        okr.Plan([to_100("a")]),
        okr.Journal(entries),
        as_of=date(2026, 10, 8),
        rites={okr.calendar.Ritual.WEEKLY: rite},
    )
    assert [item.text for item in found.section(okr.review.AgendaTopic.ADJUSTED).items] == [
        "pivot on 2026-09-10, 0 to 100 became 0 to 80: a storm",
        "pivot on 2026-10-05, 0 to 80 became 0 to 60: a storm",
        "pivot on 2026-10-06, 0 to 80 became 0 to 50: a storm",
    ]


def test_a_pause_has_the_reason_of_its_day() -> None:
    entries = [
        okr.Adjustment("a", date(2026, 7, 10), owner="Ana Ruiz", because="she is back"),
        adjusted("a", date(2026, 8, 10), kind=okr.AdjustmentKind.PAUSE),
    ]
    found = texts(
        okr.review.AgendaTopic.PAUSED, [to_100("a"), to_100("b")], *entries, day=date(2026, 8, 14)
    )
    assert found == ["a: paused since 2026-08-10: a storm"]


def test_objectives_of_one_cycle_are_full_early_together() -> None:
    goals = [to_100(id, ambition=okr.Ambition.ASPIRATIONAL) for id in ("a", "b", "c")]
    read = [
        okr.CheckIn(f"{id}-k", date(2026, 7, 2), value, confidence=0.95)
        for id, value in zip("abc", (100, 100, 9), strict=True)
    ]
    card = okr.evaluate(okr.Plan(goals), okr.Journal(read), as_of=Q3.end)
    early = [
        found
        for found in okr.review.look_back(card, of=["a", "b", "c"])
        if found.code is okr.review.CyclePattern.SANDBAGGED
    ]
    assert [found.of for found in early] == ["a", "b"]


def test_drafts_have_the_first_signal_of_each() -> None:
    goals = [to_100(id, ambition=okr.Ambition.COMMITTED) for id in ("a", "b")]
    read = [
        okr.CheckIn("a-k", date(2026, 7, 3), 50.0),
        okr.CheckIn("b-k", date(2026, 7, 3), 1.0),
        *[okr.CheckIn(f"{id}-k", Q3.end, 50.0) for id in "ab"],
    ]
    rite = okr.review.AgendaTemplate(
        "T",
        5,
        okr.review.AgendaScope.ENDED,
        60,
        [okr.review.TemplateSection(okr.review.AgendaTopic.POST_MORTEMS, "S")],
    )
    plan, journal, day = okr.Plan(goals), okr.Journal(read), date(2026, 10, 20)
    found = okr.review.make_agenda(
        plan, journal, as_of=day, rites={okr.calendar.Ritual.WEEKLY: rite}
    )
    card = okr.evaluate(plan, journal, as_of=day)
    drafts = {id: okr.review.draft_post_mortem(card, id).first_signal for id in "ab"}
    # 1 of 100 from the first day that is not silent any more: 14 of 91 days, the 15th of July.
    # 50 of 100 is ahead, then stale, and too little on the last day: no signal before the end.
    assert drafts == {"a": None, "b": date(2026, 7, 15)}
    items = {
        item.ids[0]: item.text for item in found.section(okr.review.AgendaTopic.POST_MORTEMS).items
    }
    assert items == {
        "a": "missed; asks for a post-mortem; no signal, not escalated",
        "b": "missed; asks for a post-mortem; first signal on 2026-07-15, not escalated",
    }

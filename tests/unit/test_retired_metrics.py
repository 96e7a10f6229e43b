"""Metrics that end on a day, for a reason: no entries from then on, and the same past."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import okrcore as okr
from build import Q3, day, goal, kr, read_on
from okrcore.journal import Entry
from okrcore.review import list_due

AUGUST = day(8, 31)
ABANDON = okr.ClosingDecision.ABANDON
END = okr.Closing("nps", day(8, 1), ABANDON, because="replaced by ces")


def _plan(**fields: Any) -> okr.Plan:
    guard = okr.Guardrail("g", "G", okr.AtLeast(20), metric="nps")
    metrics = [
        okr.Metric("nps", "NPS", health=okr.AtLeast(30)),
        okr.Metric("double", "D", derived=okr.Derived(okr.Aggregation.SUM, ["nps"])),
    ]
    objective = goal(kr("k", okr.Increase(0, 100), metric="nps"), guardrails=[guard], **fields)
    return okr.Plan([objective], metrics=metrics)


def _card(*entries: Any, on: date = AUGUST, **options: Any) -> okr.Scorecard:
    return okr.evaluate(_plan(), okr.Journal().add(*entries), as_of=on, **options)


def test_a_retired_metric_is_closed_with_its_reason() -> None:
    card = _card(read_on(day(7, 10), nps=40), END)
    found = card.metric("nps")
    assert (found.status, found.retired_on) == ("closed", day(8, 1))
    assert found.status_why == (
        "retired on 2026-08-01: replaced by ces; 40, within its limit (at least 30)"
    )
    assert found.state == okr.plan.BoundState.HELD
    before = _card(read_on(day(7, 10), nps=40), END, on=day(7, 12)).metric("nps")
    assert (before.status, before.retired_on) == ("held", None)


def test_it_takes_no_more_entries() -> None:
    journal = okr.Journal().add(read_on(day(7, 10), nps=40), END)
    for entry in (
        okr.CheckIn("nps", day(8, 2), 50),
        okr.CheckIn("nps", day(8, 1), 50),
        okr.Adjustment("nps", day(8, 3), measure=okr.AtLeast(10), because="b"),
    ):
        with pytest.raises(okr.TransitionError) as caught:
            okr.admit(_plan(), journal, entry)
        assert caught.value.code == "after-closing"
        assert caught.value.hint == (
            "'nps' closed on 2026-08-01; reopen it first, by a Transition to active"
        )
    okr.admit(_plan(), journal, okr.CheckIn("nps", day(7, 20), 50))
    with pytest.raises(okr.TransitionError, match="no-such-move"):
        okr.admit(_plan(), journal, okr.Closing("nps", day(8, 9), ABANDON, because="again"))


def test_its_limit_is_no_longer_to_be_established() -> None:
    plan = okr.Plan([], metrics=[okr.Metric("nps", "NPS", health=okr.AtLeast(None))])
    journal = okr.Journal().add(END)
    (due,) = list_due(plan, journal, as_of=day(7, 31))
    assert (due.of, due.what) == ("nps", okr.calendar.Ritual.BASELINE)
    assert list_due(plan, journal, as_of=day(8, 1)) == ()


def test_check_ins_after_it_count_nowhere() -> None:
    card = _card(read_on(day(7, 10), nps=40), END, read_on(day(8, 5), nps=90))
    assert card["k"].score == 0.4
    assert card.metric("nps").reading == card.metric("double").reading == 40
    assert card.guardrail("g").reading == 40
    (left_out,) = card.metric("nps").uncounted
    assert (left_out.on, str(left_out.reason)) == (day(8, 5), "after the closing")


def test_a_check_in_of_its_day_counts_if_it_was_written_before() -> None:
    early = okr.CheckIn("nps", day(8, 1), 50)
    assert _card(early, END)["k"].score == 0.5
    assert _card(END, early)["k"].score is None


def test_readers_keep_the_last_value_with_the_reason() -> None:
    card = _card(read_on(day(7, 10), nps=40), END, on=day(8, 2))
    assert card["k"].score == 0.4
    assert card["k"].why == (
        "40 is 40% of the way from 0 to 100; its metric nps was retired on 2026-08-01: replaced by ces"
    )
    assert card.guardrail("g").status_why == (
        "40, within its limit (at least 20); its metric nps was retired on 2026-08-01: replaced by ces"
    )
    assert _card(read_on(day(7, 10), nps=40), END, on=day(9, 1))["k"].status == "stale"


def test_readers_without_a_reading_are_unknown_for_that_reason() -> None:
    card = _card(END)
    assert card["k"].score is None
    assert card["k"].why == "no reading; its metric nps was retired on 2026-08-01: replaced by ces"
    assert card.guardrail("g").state == okr.plan.BoundState.UNKNOWN
    assert card.guardrail("g").status_why.startswith("no reading; its metric nps was retired")


def test_a_reader_of_a_derived_metric_names_the_part() -> None:
    plan = okr.Plan([goal(kr("k", metric="double"))], metrics=_plan().metrics)
    card = okr.evaluate(plan, okr.Journal().add(read_on(day(7, 10), nps=40), END), as_of=day(8, 2))
    assert card["k"].why.endswith(
        "nps, of which its metric is made, was retired on 2026-08-01: replaced by ces"
    )


def test_a_derived_metric_ends_while_its_parts_go_on() -> None:
    end = okr.Closing("double", day(8, 1), ABANDON, because="of no use")
    plan = okr.Plan([goal(kr("k", metric="double"))], metrics=_plan().metrics)
    journal = okr.Journal().add(read_on(day(7, 10), nps=40), end, read_on(day(8, 5), nps=90))
    card = okr.evaluate(plan, journal, as_of=day(8, 31))
    assert (card.metric("double").reading, card.metric("nps").reading) == (40, 90)
    assert card["k"].score == 0.4
    assert [
        item.of for item in list_due(plan, journal, as_of=day(8, 31)) if item.what == "check-in"
    ] == []


def test_it_is_not_due() -> None:
    journal = okr.Journal().add(read_on(day(7, 10), nps=40), END)

    def due(on: date) -> list[str]:
        found = list_due(_plan(), journal, as_of=on)
        return [item.of for item in found if item.what == "check-in"]

    assert due(day(7, 31)) == ["nps"]
    assert due(day(8, 31)) == []


def test_its_end_has_a_reason_and_one_decision() -> None:
    def refused(**fields: Any) -> okr.OkrError:
        given = {"decision": ABANDON, "because": "b"} | fields
        with pytest.raises(okr.OkrError) as caught:
            okr.admit(_plan(), okr.Journal(), okr.Closing("nps", day(8, 1), **given))
        return caught.value

    fault = refused(decision=okr.ClosingDecision.CARRY)
    assert (fault.code, fault.path) == (
        "decision-does-not-fit",
        "Closing('nps', 2026-08-01).decision",
    )
    assert refused(because="").path == "Closing('nps', 2026-08-01).because"
    assert refused(judged=0.5).path == "Closing('nps', 2026-08-01).judged"
    pause = okr.Transition("nps", day(8, 1), okr.Lifecycle.PAUSED)
    with pytest.raises(okr.InconsistentPlanError, match="wrong-kind"):
        okr.admit(_plan(), okr.Journal(), pause)


def test_it_may_be_taken_up_again() -> None:
    again = okr.Transition("nps", day(8, 20), okr.Lifecycle.ACTIVE)
    entries = read_on(day(7, 10), nps=40), END, again, read_on(day(8, 21), nps=60)
    okr.admit(_plan(), okr.Journal().add(*entries[:-1]), *entries[-1])
    assert _card(*entries)["k"].score == 0.6
    assert _card(*entries).metric("nps").retired_on is None
    assert _card(*entries, on=day(8, 19)).metric("nps").status == "closed"


def test_live_equals_evaluate() -> None:
    live = okr.LiveScorecard(_plan(), okr.Journal(), as_of=day(8, 31))
    entries: list[Entry] = [
        *read_on(day(7, 10), nps=40),
        END,
        okr.Transition("nps", day(8, 20), okr.Lifecycle.ACTIVE),
        *read_on(day(8, 21), nps=60),
    ]
    for n, entry in enumerate(entries, 1):
        live.record(entry)
        card = _card(entries[:n])
        assert live.score("k") == card["k"].score
        assert live.status("o") == card["o"].status
        assert live.card.metric("nps") == card.metric("nps")
        assert live.card["k"].why == card["k"].why


def test_a_closed_quarter_is_as_it_was() -> None:
    closing = okr.Closing("o", Q3.end, okr.ClosingDecision.CARRY)
    end = okr.Closing("nps", day(10, 5), ABANDON, because="replaced by ces")
    entries = [*read_on(day(9, 10), nps=40), closing]
    before, after = (_card(entries, *more, on=day(10, 9)) for more in ([], [end]))
    for id in ("o", "k"):
        assert before[id] == after[id]
    assert before.guardrail("g") == after.guardrail("g")
    # Not closed, but over before the metric ended.
    open_before, open_after = (_card(entries[:-1], *more, on=day(10, 9)) for more in ([], [end]))
    assert open_before["k"] == open_after["k"]
    assert open_before.guardrail("g") == open_after.guardrail("g")

"""What does not count has its reason wherever one looks: the result, its sentence, the page, the explanation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day, kr
from okrcore import codec, rulebook

AUGUST = date(2026, 8, 14)
REACH = okr.Reach(100)
NEVER = okr.Rulebook(name="0 for nothing", attainment=okr.rulebook.AttainmentRule(missing=0))


def card_with_metric(
    *key_results: Any,
    entries: Any,
    on: date = AUGUST,
    cycle: Any = Q3,
    book: Any = None,
    **more: Any,
) -> okr.Scorecard:
    plan = okr.Plan(
        [okr.Objective("o", "O", cycle=cycle, key_results=key_results, **more)],
        metrics=[okr.Metric("m", "M")],
    )
    return okr.evaluate(plan, okr.Journal(entries), as_of=on, rulebook=book or okr.RECOMMENDED)


def read_20(on: date, value: Any = 20, of: str = "k") -> okr.CheckIn:
    return okr.CheckIn(of, on, value)


def listed(result: okr.scorecard.Result) -> list[tuple[date, object, str, str]]:
    return [(one.on, one.reading, one.reason, one.why) for one in result.uncounted]


EARLY = "before the cycle starts on 2026-07-01"
DUE = day(8, 1)
SEEN_FROM = okr.Timing(observable_from=day(12, 1))
CLOSING = okr.Closing("o", Q3.end, okr.ClosingDecision.ABANDON)


@pytest.mark.parametrize(
    ("item", "entries", "on", "found"),
    [
        pytest.param(
            kr(measure=REACH),
            [read_20(day(6, 20))],
            AUGUST,
            (day(6, 20), "before the cycle", EARLY),
            id="P06",
        ),
        pytest.param(
            # A result that shows before its cycle counts from its cycle on.
            kr(measure=REACH, timing=okr.Timing(observable_from=day(6, 1))),
            [read_20(day(6, 20))],
            AUGUST,
            (day(6, 20), "before the cycle", EARLY),
            id="shown before the cycle",
        ),
        (
            kr(measure=REACH),
            [read_20(day(10, 15))],
            day(10, 20),
            (
                day(10, 15),
                "after the grace",
                "more than 14 days after its cycle ended on 2026-09-30",
            ),
        ),
        (
            kr(measure=REACH, due=DUE),
            [read_20(day(8, 16))],
            day(8, 20),
            (day(8, 16), "after the grace", "more than 14 days after it was due on 2026-08-01"),
        ),
        (
            kr(measure=REACH, timing=SEEN_FROM),
            [read_20(day(8, 16))],
            day(12, 20),
            (
                day(8, 16),
                "before it can be seen",
                "before its result can be seen, from 2026-12-01",
            ),
        ),
        (
            kr(measure=REACH, metric="m"),
            [read_20(day(6, 20), of="m")],
            AUGUST,
            (day(6, 20), "before the cycle", EARLY),
        ),
        (
            kr(measure=REACH, metric="m"),
            [read_20(day(10, 1), of="m")],
            day(10, 20),
            (day(10, 1), "after the deadline", "after its cycle ended on 2026-09-30"),
        ),
        (
            kr(measure=REACH, metric="m", due=DUE),
            [read_20(day(8, 2), of="m")],
            AUGUST,
            (day(8, 2), "after the deadline", "after it was due on 2026-08-01"),
        ),
        pytest.param(
            kr(measure=REACH),
            [CLOSING, read_20(day(10, 2))],
            day(10, 20),
            (day(10, 2), "after the closing", "after the closing on 2026-09-30"),
            id="P07",
        ),
        (
            kr(measure=REACH, metric="m"),
            [CLOSING, read_20(day(10, 2), of="m")],
            day(10, 20),
            (day(10, 2), "after the closing", "after the closing on 2026-09-30"),
        ),
    ],
)
def test_the_only_reading_of_a_key_result_does_not_count(
    item: okr.KeyResult, entries: Any, on: date, found: tuple[date, str, str]
) -> None:
    """It is listed, and `why` tells of it: never "no reading" where there is one."""
    card = card_with_metric(item, entries=entries, on=on)
    result = card.key_result("k")
    assert (result.score, result.reading) == (None, None)
    assert listed(result) == [(found[0], 20.0, *found[1:])]
    assert result.why == f"one reading, of {found[0]}, {found[2]}"
    shown = " ".join(str(card).split())
    assert result.why in shown
    assert "no reading" not in shown.split("M ")[0].replace("no reading by the closing on", "")
    explained = " ".join(str(card.explain("k")).split())
    assert result.why in explained
    standing = card_with_metric(item, entries=entries, on=on, book=NEVER).key_result("k")
    assert standing.why.endswith("counts as 0")
    (one,) = result.uncounted
    assert (one.of, one.entry, str(one)) == (item.metric or "k", "reading", result.why)
    assert repr(one) == f"Uncounted({one.of!r}, {one.on}, 20.0, {one.reason.value})"


@pytest.mark.parametrize(
    ("rail", "entries", "on", "why"),
    [
        ({}, [read_20(day(6, 20), 3, "g")], AUGUST, f"one reading, of 2026-06-20, {EARLY}"),
        (
            {},
            [read_20(day(10, 15), 3, "g")],
            day(10, 20),
            "one reading, of 2026-10-15, more than 14 days after its cycle ended on 2026-09-30",
        ),
        (
            {"metric": "m"},
            [read_20(day(10, 1), 3, "m")],
            day(10, 20),
            "one reading, of 2026-10-01, after its cycle ended on 2026-09-30",
        ),
        (
            {},
            [CLOSING, read_20(day(10, 2), 3, "g")],
            day(10, 20),
            "one reading, of 2026-10-02, after the closing on 2026-09-30",
        ),
    ],
)
def test_the_only_reading_of_a_guardrail_does_not_count(
    rail: dict[str, Any], entries: Any, on: date, why: str
) -> None:
    guardrail = okr.Guardrail("g", "G", okr.AtMost(5), **rail)
    card = card_with_metric(entries=entries, on=on, guardrails=[guardrail])
    result = card.guardrail("g")
    assert (result.state, result.reading, result.status_why) == ("unknown", None, why)
    assert [str(one) for one in result.uncounted] == [why]
    assert f"? G: {why}" in " ".join(str(card).split())
    assert f"guardrail G (g): {why}" in " ".join(str(card.explain("o")).split())


def test_without_a_cycle_a_reading_after_the_deadline_counts_and_is_late() -> None:
    """R06: it was "no reading", 15 days after the deadline."""
    for number in (1, 2, 15, 16, 20, 31):
        for item, of in (
            (kr(measure=REACH, due=day(7, 1)), "k"),
            (kr(measure=REACH, due=day(7, 1), metric="m"), "m"),
        ):
            entries = [read_20(day(7, number), 50, of)]
            card = card_with_metric(item, entries=entries, on=day(7, 31), cycle=None)
            result = card.key_result("k")
            assert (result.score, result.late, result.uncounted) == (0.5, number > 1, ())
            assert (f"read late, on 2026-07-{number:02}" in str(card)) is (number > 1)
            live = okr.LiveScorecard(card.plan, okr.Journal(), as_of=day(7, 31))
            live.record(entries[0])
            assert live.card == card


def test_a_total_without_a_cycle_goes_on_after_the_deadline() -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[kr(measure=REACH, due=day(7, 1), metric="m")])],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)],
    )
    journal = okr.Journal([read_20(day(7, 1), 20, "m"), read_20(day(7, 20), 30, "m")])
    result = okr.evaluate(plan, journal, as_of=day(7, 31)).key_result("k")
    assert (result.reading, result.score, result.late) == (50.0, 0.5, True)


def test_of_one_day_the_last_reading_counts_and_the_others_are_superseded() -> None:
    entries = [read_20(day(8, 1), 10), *(read_20(day(8, 7), value) for value in (20, 30, 40))]
    result = card_with_metric(kr(measure=REACH), entries=entries).key_result("k")
    assert result.reading == 40.0
    why = "superseded by a later one of the day"
    assert listed(result) == [
        (day(8, 7), 20.0, "superseded", why),
        (day(8, 7), 30.0, "superseded", why),
    ]
    assert "superseded" not in str(card_with_metric(kr(measure=REACH), entries=entries))
    explained = " ".join(
        str(card_with_metric(kr(measure=REACH), entries=entries).explain("k")).split()
    )
    assert f"not counted: 2 readings, of 2026-08-07, {why}" in explained


def test_what_is_totalled_or_looked_at_in_full_supersedes_nothing() -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", cycle=Q3, key_results=[kr(measure=REACH, metric="m")])],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.SUM)],
    )
    journal = okr.Journal([read_20(day(8, 7), 20, "m"), read_20(day(8, 7), 30, "m")])
    result = okr.evaluate(plan, journal, as_of=AUGUST).key_result("k")
    assert (result.reading, result.uncounted) == (50.0, ())
    rule = rulebook.BoundRule(reading=rulebook.BoundReading.MEAN)
    book = evolve(okr.RECOMMENDED, attainment=okr.rulebook.AttainmentRule(bounds=rule))
    twice = [read_20(day(8, 7), 20), read_20(day(8, 7), 30)]
    result = card_with_metric(kr(measure=okr.AtMost(25)), entries=twice, book=book).key_result("k")
    assert (result.score, result.uncounted) == (1.0, ())


def test_readings_of_one_reason_are_summed_up() -> None:
    entries = [
        read_20(day(6, 18)),
        read_20(day(6, 20)),
        read_20(day(10, 15)),
        read_20(day(8, 1), 50),
    ]
    card = card_with_metric(kr(measure=REACH), entries=entries, on=day(10, 20))
    result = card.key_result("k")
    early = "2 readings, of 2026-06-18 to 2026-06-20, before the cycle starts on 2026-07-01"
    late = "one reading, of 2026-10-15, more than 14 days after its cycle ended on 2026-09-30"
    assert result.why == "50 is 50% of the way from 0 to 100"
    assert f"not counted: {early}; {late}" in " ".join(str(card).split())
    explained = " ".join(str(card.explain("k")).split())
    assert f"not counted: {early}" in explained
    assert f"not counted: {late}" in explained
    unread = card_with_metric(kr(measure=REACH), entries=entries[:3], on=day(10, 20)).key_result(
        "k"
    )
    assert unread.why == f"{early}; {late}"


def test_a_page_is_silent_on_readings_of_a_metric_outside_the_cycle_if_others_count() -> None:
    entries = [read_20(day(6, 20), of="m"), read_20(day(8, 1), 50, of="m")]
    rail = okr.Guardrail("g", "G", okr.AtMost(60), metric="m")
    card = card_with_metric(kr(measure=REACH, metric="m"), entries=entries, guardrails=[rail])
    assert "not counted" not in str(card)
    assert [one.on for one in card["k"].uncounted] == [day(6, 20)]
    assert [one.on for one in card["g"].uncounted] == [day(6, 20)]
    assert card["m"].uncounted == ()


def test_what_comes_after_a_closing_is_on_the_page() -> None:
    rail = okr.Guardrail("g", "G", okr.AtMost(5))
    late = day(10, 2)
    entries = [
        *(read_20(day(9, 1), 50), read_20(day(9, 28), 3, "g"), CLOSING),
        *(read_20(late, 80), read_20(late, 9, "g"), read_20(late, True, "i")),
        okr.Judgement("o", late, score=1, because="we went on"),
        okr.CheckIn("k", late, note="we went on"),
    ]
    card = card_with_metric(
        kr(measure=REACH),
        entries=entries,
        on=day(10, 20),
        guardrails=[rail],
        initiatives=[okr.Initiative("i", "I")],
    )
    shown = " ".join(str(card).split())
    after = "of 2026-10-02, after the closing on 2026-09-30"
    assert f"not counted: one judgement, {after} K" in shown
    closed = "its objective closed on 2026-09-30, decided to abandon"
    assert f"not counted: one reading, {after}; one check-in, {after}" in shown
    assert f"I: not begun; {closed}; one reading, {after}" in shown
    assert f"G: 3, within its limit (at most 5); not counted: one reading, {after}" in shown
    assert (card["k"].reading, card["g"].reading) == (50.0, 3.0)  # type: ignore[attr-defined]
    explained = " ".join(str(card.explain("o")).split())
    assert f"guardrail g, not counted: one reading, {after}" in explained
    assert f"not counted: one judgement, {after}" in explained
    assert [one.reading for one in card["o"].uncounted] == [None]
    assert [one.reading for one in card["i"].uncounted] == [True]
    earlier = okr.evaluate(card.plan, card.journal, as_of=day(10, 1))
    assert all(earlier[id].uncounted == () for id in ("o", "k", "g", "i"))


def test_what_is_written_after_a_closing_and_dated_before_it_does_not_count() -> None:
    def at(month: int, number: int) -> datetime:
        return datetime(2026, month, number, 17, tzinfo=UTC)

    entries = [
        okr.CheckIn("k", day(9, 1), 50, recorded=at(9, 1)),
        evolve(CLOSING, recorded=at(9, 30)),
        okr.CheckIn("k", day(9, 20), 80, recorded=at(10, 2)),
        okr.CheckIn("l", day(9, 20), 30, recorded=at(10, 2)),
        okr.PostMortem("o", day(9, 29), recorded=at(10, 2)),
        okr.Judgement("o", day(9, 29), score=1, because="we went on", recorded=at(10, 2)),
    ]
    card = card_with_metric(
        kr(measure=REACH), kr("l", measure=REACH), entries=entries, on=day(10, 20)
    )
    why = "written after the closing on 2026-09-30"
    assert card.key_result("k").reading == 50.0
    assert listed(card["k"]) == [(day(9, 20), 80.0, "after the closing", why)]
    assert card["l"].why == f"one reading, of 2026-09-20, {why}"
    assert listed(card["o"]) == [(day(9, 29), None, "after the closing", why)]


def test_a_target_that_changes_after_the_cycle_does_not_count() -> None:
    change = okr.Adjustment("k", day(10, 5), measure=okr.Reach(50), because="it would have done")
    card = card_with_metric(
        kr(measure=REACH), entries=[read_20(day(9, 30), 50), change], on=day(10, 20)
    )
    assert card["k"].score == 0.5
    (one,) = card["k"].uncounted
    assert str(one) == "one adjustment, of 2026-10-05, after its cycle ended on 2026-09-30"
    assert str(one) in " ".join(str(card).split())
    owned = okr.Adjustment("k", day(10, 5), owner="Bo", because="Ana left")
    meant = okr.Adjustment("k", day(9, 5), weight=2, because="it matters more")
    given = [
        read_20(day(9, 30), 50),
        owned,
        meant,
        okr.Judgement("k", AUGUST, score=1, because="x"),
    ]
    assert card_with_metric(kr(measure=REACH), entries=given, on=day(10, 20))["k"].uncounted == ()


def test_a_baseline_that_was_found_too_early_is_told() -> None:
    item = kr(measure=okr.EstablishBaseline())
    assert card_with_metric(item, entries=[]).key_result("k").why == "baseline not found yet"
    early = card_with_metric(item, entries=[read_20(day(6, 20))]).key_result("k")
    assert early.why == f"one reading, of 2026-06-20, {EARLY}"
    assert (
        card_with_metric(item, entries=[read_20(day(7, 20))]).key_result("k").why
        == "baseline found: 20"
    )


def test_what_is_derived_names_the_parts_that_are_unread() -> None:
    summed = kr("d", measure=REACH, derived=okr.Derived(okr.Aggregation.SUM, ["k", "l"]))
    shared = kr("d", measure=REACH, derived=okr.Derived(okr.Aggregation.RATIO, ["k", "l"]))
    assert (
        card_with_metric(
            kr(measure=REACH), kr("l", measure=REACH), summed, entries=[read_20(AUGUST)]
        )["d"].why
        == "unread: l"
    )
    both = [read_20(AUGUST), read_20(AUGUST, 0, "l")]
    assert (
        card_with_metric(kr(measure=REACH), kr("l", measure=REACH), shared, entries=both)["d"].why
        == "l is 0"
    )


def test_a_report_has_what_does_not_count() -> None:
    data = codec.report(card_with_metric(kr(measure=REACH), entries=[read_20(day(6, 20))]))["data"]
    assert data["key_results"][0]["uncounted"] == [
        {
            "of": "k",
            "on": "2026-06-20",
            "entry": "reading",
            "reading": 20.0,
            "reason": "before the cycle",
            "why": EARLY,
        }
    ]

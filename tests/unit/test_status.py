"""How it stands today, and why (METHOD.md 2.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from okrcore.rulebook import (
    OTHERWISE,
    Always,
    Axis,
    ByBands,
    Declared,
    FromParts,
    OverrideDuration,
    Stale,
    StatusCombination,
)

YEAR_DAYS = okr.Cycle(date(2026, 1, 1), date(2026, 4, 11), cadence=okr.Cadence.QUARTERLY)
DAY_60 = date(2026, 3, 2)  # 60 of 100 days


def result_of(
    *parts: tuple[Any, Any],
    day: date = DAY_60,
    ambition: Any = okr.Ambition.COMMITTED,
    cycle: Any = YEAR_DAYS,
    read_on: date | None = None,
    confidence: float | None = None,
    rulebook: okr.Rulebook = okr.RECOMMENDED,
) -> okr.scorecard.ObjectiveResult:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "Objective",
                cycle=cycle,
                ambition=ambition,
                key_results=[
                    okr.KeyResult(f"k{n}", "KR", measure) for n, (measure, _) in enumerate(parts)
                ],
            )
        ]
    )
    entries = [
        okr.CheckIn(f"k{n}", read_on or day, value, confidence=confidence)
        for n, (_, value) in enumerate(parts)
        if value is not None or confidence is not None
    ]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=day, rulebook=rulebook)
    return card.objective("o")


def test_a_bound_that_holds_does_not_hide_a_lag() -> None:
    # Bound held 1.0, moving metric at 0.4, 60% elapsed: progress 0.70, expected 0.80, ratio 0.875.
    result = result_of((okr.AtMost(5), 4), (okr.Reach(10), 4))
    assert result.elapsed == 0.6
    assert result.score == pytest.approx(0.7)
    assert result.expected == pytest.approx(0.8)
    assert result.pace == pytest.approx(0.875)
    assert result.status == "at risk"
    assert result.status_why == "progress 0.70, expected 0.80 by now (0.88 of it)"


@pytest.mark.parametrize(
    ("value", "ambition", "status"),
    [
        (6.6, "committed", "ahead"),
        (6.5, "committed", "on track"),
        (5.4, "committed", "on track"),
        (5.39, "committed", "at risk"),
        (4.5, "committed", "at risk"),
        (4.49, "committed", "off track"),
        (3.78, "aspirational", "on track"),  # 0.9 of 0.7 of 0.6
        (3.77, "aspirational", "at risk"),
    ],
)
def test_edges_of_the_ratio(value: float, ambition: str, status: str) -> None:
    assert result_of((okr.Reach(10), value), ambition=okr.Ambition(ambition)).status == status


def test_milestones_are_expected_when_due() -> None:
    steps = okr.Milestones(
        okr.Milestone("a", 0.2, date(2026, 2, 1)),
        okr.Milestone("b", 0.3, date(2026, 3, 1)),
        okr.Milestone("c", 0.5, date(2026, 3, 31)),
    )
    quarter = okr.FiscalCalendar().quarter(2026, 1)
    result = result_of((steps, ["a", "b"]), day=date(2026, 3, 1), cycle=quarter)
    assert result.expected == 0.5
    assert result.status == "on track"  # along a line 0.663 would be expected


def test_early_days_are_silent() -> None:
    young = date(2026, 1, 10)
    assert result_of((okr.Reach(10), 0.1), day=young).status == "unknown"
    assert result_of((okr.Reach(10), 0.1), day=young).status_why == (
        "too early: 9% of the cycle is over"
    )
    assert result_of((okr.Reach(10), None), day=young).status == "not started"
    assert result_of((okr.Reach(10), 0.1), day=date(2026, 1, 16)).status == "off track"


def test_before_the_start() -> None:
    result = result_of((okr.Reach(10), None), day=date(2025, 12, 31))
    assert (result.status, result.status_why) == ("not started", "starts on 2026-01-01")
    assert result.coverage is None
    assert result.why == "starts on 2026-01-01"


def test_old_readings_are_stale() -> None:
    result = result_of((okr.Reach(10), 6), read_on=date(2026, 2, 15))
    assert (result.status, result.status_why) == (
        "stale",
        "last check-in 15 days ago, on 2026-02-15",
    )
    assert result_of((okr.Reach(10), 6), read_on=date(2026, 2, 16)).status == "on track"
    assert result_of((okr.Reach(10), None)).status_why == "nothing read in 60 days"


def test_without_a_line_confidence_speaks() -> None:
    assert result_of((okr.PassFail(), False), confidence=0.8).status == "on track"
    assert result_of((okr.PassFail(), False), confidence=0.4).status == "at risk"
    low = result_of((okr.PassFail(), False), confidence=0.39)
    assert (low.status, low.status_why) == ("off track", "confidence 0.39")
    assert result_of((okr.PassFail(), False)).status_why == (
        "no expected progress for this measure, and no confidence given"
    )


def test_what_is_delivered_stays_delivered() -> None:
    card = okr.evaluate(
        okr.Plan(
            [
                okr.Objective(
                    "o",
                    "O",
                    cycle=YEAR_DAYS,
                    key_results=[okr.KeyResult("k", "Shipped", okr.PassFail())],
                )
            ]
        ),
        okr.Journal([okr.CheckIn("k", date(2026, 1, 5), True)]),
        as_of=DAY_60,
    )
    result = card.key_result("k")
    assert (result.status, result.status_why) == ("ahead", "done: met")


def test_without_a_cycle_there_is_no_pace() -> None:
    result = result_of((okr.Reach(10), 5), cycle=None)
    assert (result.status, result.status_why) == ("unknown", "no cycle, so no pace")
    assert result.elapsed is None


def test_a_cycle_of_one_day_is_over_on_it() -> None:
    day = date(2026, 1, 1)
    result = result_of((okr.Reach(10), 10), day=day, cycle=okr.Cycle(day, day))
    assert (result.elapsed, result.verdict) == (1.0, "delivered")


def test_the_owner_s_confidence_in_the_objective_comes_first() -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "KR", okr.PassFail())])]
    )
    entries = [okr.CheckIn("k", DAY_60, confidence=0.4)]
    card = okr.evaluate(plan, okr.Journal(entries), as_of=DAY_60)
    assert (card["o"].confidence, card["o"].status) == (0.4, "at risk")
    stated = okr.Journal([*entries, okr.CheckIn("o", DAY_60, confidence=0.9)])
    assert okr.evaluate(plan, stated, as_of=DAY_60)["o"].confidence == 0.9


def test_schemes_are_data() -> None:
    # Viva: the gap in points; on track to 0, behind to 25, at risk beyond (METHOD.md 2.7).
    viva = evolve(
        okr.RECOMMENDED,
        name="points",
        status=[
            ByBands(
                Axis.GAP,
                okr.rulebook.Bands(
                    [
                        (okr.AtMost(0), "on track"),
                        (okr.AtMost(0.25), "behind"),
                        (OTHERWISE, "at risk"),
                    ]
                ),
            )
        ],
    )
    behind = result_of((okr.Reach(10), 4.5), rulebook=viva)
    assert (behind.status, behind.status_why) == (
        "behind",
        "progress 0.45, expected 0.60 by now (gap 0.15)",
    )
    assert result_of((okr.Reach(10), 6), rulebook=viva).status == "on track"
    assert result_of((okr.PassFail(), True), rulebook=viva).status == "unknown"
    assert result_of((okr.Reach(10), 3.4), rulebook=viva).status == "at risk"
    only_scores = evolve(
        viva, status=[ByBands(Axis.SCORE, okr.rulebook.Bands([(okr.AtLeast(1), "done")]))]
    )
    assert result_of((okr.Reach(10), 3), rulebook=only_scores).status == "unknown"
    by_progress = evolve(
        viva, status=[ByBands(Axis.PROGRESS, okr.rulebook.Bands([(OTHERWISE, "in progress")]))]
    )
    assert result_of((okr.Reach(10), 3), rulebook=by_progress).status_why == "progress 0.30"


def test_a_key_result_has_its_own_end() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                cycle=YEAR_DAYS,
                ambition=okr.Ambition.COMMITTED,
                key_results=[
                    okr.KeyResult("k", "KR", okr.Reach(10), due=date(2026, 2, 20)),
                    okr.KeyResult("l", "KR", okr.Reach(10)),
                    okr.KeyResult("e", "KR", okr.EstablishBaseline()),
                ],
            )
        ]
    )
    journal = okr.Journal(okr.check_ins(date(2026, 2, 20), {"k": 5, "l": 10, "e": 3}))
    late = journal.add(okr.CheckIn("k", date(2026, 2, 25), 9))
    card = okr.evaluate(plan, late, as_of=DAY_60)
    assert card.key_result("k").expected == 1.0
    assert (card.key_result("k").reading, card.key_result("k").late) == (9.0, True)
    over = okr.evaluate(plan, late, as_of=YEAR_DAYS.end)
    assert [over.key_result(id).status for id in "kle"] == ["over"] * 3
    assert [over.key_result(id).outcome for id in "kle"] == ["short", "reached", None]
    assert over.key_result("k").status_why == "90%: short of the 100% that a commitment asks for"
    assert over.key_result("e").why == "baseline found: 3"
    assert over.objective("o").coverage == 1.0


def test_key_results_at_the_close() -> None:
    def close(value: Any, ambition: Any) -> str | None:
        plan = okr.Plan(
            [
                okr.Objective(
                    "o",
                    "O",
                    cycle=YEAR_DAYS,
                    ambition=ambition,
                    key_results=[okr.KeyResult("k", "KR", okr.Reach(10))],
                )
            ]
        )
        read = {} if value is None else {"k": value}
        journal = okr.Journal(okr.check_ins(YEAR_DAYS.end, read))
        found = okr.evaluate(plan, journal, as_of=YEAR_DAYS.end).key_result("k")
        assert found.status == "over"
        return found.outcome

    assert close(10, okr.Ambition.ASPIRATIONAL) == "reached"
    assert close(7, okr.Ambition.ASPIRATIONAL) == "as far as a stretch asks"
    assert close(6, okr.Ambition.ASPIRATIONAL) == "short"
    assert close(9, okr.Ambition.COMMITTED) == "short"
    assert close(10, None) == "reached"
    assert close(9, None) is None
    assert close(None, None) is None


# --- schemes -----------------------------------------------------------------------------------


def scheme(*rules: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, name="scheme", status=rules)


def stand_of(
    rules: Any, *entries: Any, day: date = DAY_60, parts: int = 1, below: bool = False
) -> okr.scorecard.Result:
    key_results = [okr.KeyResult(f"k{n}", "KR", okr.Reach(10)) for n in range(parts)]
    objective = okr.Objective(
        "o", "O", key_results=key_results, cycle=YEAR_DAYS, ambition=okr.Ambition.COMMITTED
    )
    above = [okr.Objective("top", "Top", cycle=YEAR_DAYS)] if below else []
    plan = okr.Plan([*above, evolve(objective, supports=["top"] if below else [])])
    card = okr.evaluate(plan, okr.Journal(entries), as_of=day, rulebook=scheme(*rules))
    return card["top" if below else "o"]


CODES = [("off track", 0), ("at risk", 1), ("on track", 2)]
SAID = [
    okr.CheckIn("k0", DAY_60, 6, status="on track"),
    okr.CheckIn("k1", DAY_60, 5, status="at risk"),
    okr.CheckIn("k2", DAY_60, 6, status="on track"),
    okr.CheckIn("k3", DAY_60, 6, status="parked"),
]


@pytest.mark.parametrize(
    ("how", "options", "status", "why"),
    [
        ("worst", {}, "at risk", "the worst of 1 at risk, 2 on track"),
        ("same", {}, "on track", "of 1 at risk, 2 on track"),  # the last name says "mixed"
        # (1 + 2 + 2) / 3 = 1.67, which is nearest to 2
        ("mean", {}, "on track", "mean 1.67 of 1 at risk, 2 on track"),
        (
            "mean",
            {"rounding": okr.rulebook.Rounding.FLOOR},
            "at risk",
            "mean 1.67 of 1 at risk, 2 on track",
        ),
        (
            "mean",
            {"bands": okr.rulebook.Bands([(okr.AtLeast(1.5), "fine")])},
            "fine",
            "mean 1.67 of 1 at risk, 2 on track",
        ),
        ("mean", {"bands": okr.rulebook.Bands([(okr.AtLeast(1.7), "fine")])}, "unknown", None),
    ],
)
def test_the_parts_make_a_status(how: str, options: Any, status: str, why: str | None) -> None:
    rule = FromParts(StatusCombination(how), CODES, **options)
    found = stand_of([okr.rulebook.Declared(), rule], *SAID, parts=4)
    assert found.status == status
    assert why is None or found.status_why == why


def test_parts_without_a_status_of_the_codes_say_nothing() -> None:
    worst = FromParts(StatusCombination.WORST, CODES)
    assert stand_of([worst], *SAID, parts=4).status == "unknown"
    same = FromParts(StatusCombination.SAME, CODES)
    assert stand_of([okr.rulebook.Declared(), same], SAID[0]).status_why == "of 1 on track"


def test_statuses_of_objectives_below_are_parts_too() -> None:
    worst = FromParts(StatusCombination.WORST, CODES)
    found = stand_of([okr.rulebook.Declared(), worst], *SAID[:2], parts=2, below=True)
    assert (found.status, found.status_why) == ("at risk", "the worst of 1 at risk")


def test_a_declared_status_stands_as_long_as_the_rulebook_keeps_it() -> None:
    week_ago, ratio = date(2026, 2, 23), okr.RECOMMENDED.status[-2]
    said = okr.CheckIn("o", week_ago, status="on track")
    before, after = okr.CheckIn("k0", week_ago, 4), okr.CheckIn("k0", DAY_60, 4)
    kept, until_read = (
        okr.rulebook.Declared(),
        okr.rulebook.Declared(keep=okr.rulebook.OverrideDuration.UNTIL_READ),
    )
    for rule, entries, status in [
        (kept, [said, before], "on track"),
        (kept, [said, before, after], "on track"),
        (until_read, [before, said], "on track"),
        (until_read, [said, before], "off track"),  # read later on the day on which it was declared
        (until_read, [before, said, after], "off track"),
    ]:
        found = stand_of([rule, ratio], *entries)
        # Progress 0.4 of an expected 0.6 is 0.67 of it.
        assert (found.status, found.computed_status) == (status, "off track")
        assert found.declared is not None
        assert found.declared.status == "on track"


def test_what_is_judged_counts_as_declared_with_its_reason() -> None:
    judged = okr.Judgement("o", DAY_60, status="on track", because="the big one has signed")
    read = okr.CheckIn("k0", DAY_60, 4)
    found = stand_of([okr.rulebook.Declared(), *okr.RECOMMENDED.status], judged, read)
    assert (found.status, found.computed_status) == ("on track", "off track")
    assert found.status_why == "judged on 2026-03-02: the big one has signed"
    beside = stand_of(okr.RECOMMENDED.status, judged, read)
    assert (beside.status, beside.computed_status) == ("off track", "off track")
    assert beside.declared == found.declared
    declared = okr.CheckIn("o", DAY_60, status="at risk")
    for both, why in [
        ((judged, declared), "declared on 2026-03-02"),
        ((declared, judged), "judged on 2026-03-02: the big one has signed"),
    ]:
        assert stand_of([okr.rulebook.Declared()], *both).status_why == why


def test_precedence_is_the_order_of_the_tuple() -> None:
    said = okr.CheckIn("o", date(2026, 1, 5), status="at risk")
    stale, declared = Stale(name="outdated"), okr.rulebook.Declared()
    assert stand_of([stale, declared], said).status == "outdated"
    assert stand_of([declared, stale], said).status == "at risk"
    always = okr.rulebook.Always("running")
    assert (
        stand_of([always, declared], said).status_why == "the same for every item by the rulebook"
    )


def test_overdue_is_what_was_due_and_is_not_done() -> None:
    cycle = YEAR_DAYS

    def stand(due: date, value: float | None, day: date) -> tuple[str, str]:
        kr = okr.KeyResult("k", "KR", okr.Reach(10), due=due)
        plan = okr.Plan([okr.Objective("o", "O", key_results=[kr], cycle=cycle)])
        entries = [] if value is None else [okr.CheckIn("k", due, value)]
        book = scheme(okr.rulebook.Overdue("late"))
        result = okr.evaluate(plan, okr.Journal(entries), as_of=day, rulebook=book)["k"]
        return result.status, result.status_why

    due = date(2026, 2, 20)
    assert stand(due, 9, date(2026, 2, 21)) == ("late", "was due on 2026-02-20")
    assert stand(due, None, date(2026, 2, 21))[0] == "late"
    assert stand(due, 9, due) == (
        "unknown",
        "no rule of the rulebook applies: progress 0.90, expected 1.00 by now (0.90 of it)",
    )
    assert stand(due, 10, date(2026, 2, 21))[0] == "unknown"


def test_silence_of_a_pause_is_not_counted() -> None:
    moves = [
        okr.Transition("o", date(2026, 1, 21), okr.Lifecycle.PAUSED),
        okr.Transition("o", date(2026, 1, 31), okr.Lifecycle.ACTIVE),
    ]
    read = okr.CheckIn("k0", date(2026, 1, 20), 3)
    # 24 days, 10 of them paused.
    assert stand_of([Stale()], read, *moves, day=date(2026, 2, 13)).status == "unknown"
    late = stand_of([Stale()], read, *moves, day=date(2026, 2, 14))
    assert late.status_why == "last check-in 15 days ago, 10 paused ones aside, on 2026-01-20"
    paused = stand_of(okr.RECOMMENDED.status, read, *moves, day=date(2026, 1, 25))
    assert (paused.status, paused.status_why) == ("unknown", "paused since 2026-01-21")


def test_nothing_is_expected_on_the_first_day() -> None:
    ratio = ByBands(Axis.RATIO, okr.rulebook.Bands([(okr.AtLeast(0.9), "on track")]))
    found = stand_of([ratio], okr.CheckIn("k0", YEAR_DAYS.start, 0), day=YEAR_DAYS.start)
    assert (found.status, found.status_why) == ("on track", "nothing is expected yet")


def test_the_ambition_enters_once() -> None:
    # 0.7 of 0.6 is asked: 0.39 of it is 0.93, on track; entered twice it would be 1.33, ahead.
    found = result_of((okr.Reach(10), 3.9), ambition=okr.Ambition.ASPIRATIONAL)
    assert found.pace == pytest.approx(0.39 / 0.42)
    assert found.status_why == "progress 0.39, expected 0.42 by now (0.93 of it)"


# --- metrics -----------------------------------------------------------------------------------


def metric_of(
    *readings: tuple[int, float],
    day: int = 60,
    cadence: Any = None,
    cycle: Any = None,
    health: Any = None,
    rulebook: okr.Rulebook = okr.RECOMMENDED,
    guarded: bool = False,
) -> okr.scorecard.MetricResult:
    metric = okr.Metric("m", "M", health=health, check_in_days=cadence, unit="points")
    parts: dict[str, Any] = {"key_results": [okr.KeyResult("k", "K", okr.Reach(10), metric="m")]}
    if guarded:
        parts = {"guardrails": [okr.Guardrail("g", "G", okr.AtMost(9), metric="m")]}
    quarter = [okr.Objective("o", "O", cycle=cycle, **parts)] if cycle else []
    plan = okr.Plan([*quarter, okr.Objective("other", "Other", cycle=YEAR_DAYS)], metrics=[metric])
    start = YEAR_DAYS.start.toordinal()
    entries = [okr.CheckIn("m", date.fromordinal(start + on), value) for on, value in readings]
    as_of = date.fromordinal(start + day)
    card = okr.evaluate(plan, okr.Journal(entries), as_of=as_of, rulebook=rulebook)
    return card.metric("m")


def test_a_metric_is_as_healthy_as_its_bound() -> None:
    assert metric_of((55, 45), health=okr.AtLeast(50)).health == 0.9
    assert metric_of((55, 60), health=okr.AtMost(45)).health == 0.75
    assert metric_of((55, 0), health=okr.AtMost(0)).health == 1
    corridor = okr.Between(30, 70, warn_at=(35, 65), tolerated_to=(25, 75))
    for value, state, health in [
        (50, "held", 1),
        (32, "warning", 1),
        (26, "warning", 0),
        (20, "breached", 0),
    ]:
        found = metric_of((55, value), health=corridor)
        assert (found.status, found.health) == (state, health)
    assert metric_of(health=corridor).health is None
    assert metric_of((55, 3)).health is None


def test_a_metric_that_was_not_read_lately_is_stale() -> None:
    floor = okr.AtLeast(50)
    on_time = metric_of((46, 60), cadence=7, health=floor)
    assert (on_time.status, on_time.state) == ("held", "held")
    late = metric_of((45, 60), cadence=7, health=floor)
    assert (late.status, late.state) == ("stale", "held")
    assert late.status_why == (
        "last read 15 days ago, on 2026-02-15, due every 7 days: 60 points, within its limit"
        " (at least 50)"
    )
    assert metric_of(cadence=7, health=floor).status == "unknown"
    no_rule = evolve(okr.RECOMMENDED, name="none", status=[])
    assert metric_of((1, 60), cadence=7, health=floor, rulebook=no_rule).status == "held"


def test_the_rhythm_of_a_metric_is_its_own_or_that_of_what_reads_it_now() -> None:
    floor = okr.AtLeast(5)
    assert metric_of((1, 6), health=floor).status == "held"  # nobody reads it, nothing is due
    assert metric_of((1, 6), health=floor, cycle=YEAR_DAYS).status == "stale"
    assert metric_of((1, 6), health=floor, cycle=YEAR_DAYS, guarded=True).status == "stale"
    assert metric_of((1, 6), health=floor, cycle=YEAR_DAYS, cadence=30).status == "held"
    assert metric_of((1, 6), day=120, health=floor, cycle=YEAR_DAYS).status == "held"  # over


def test_what_is_derived_is_heard_of_through_its_parts() -> None:
    quarter = okr.FiscalCalendar(start_month=1).quarter(2026, 3)
    half = okr.Derived(okr.Aggregation.SUM, ["a", "b"])
    key_results = [
        okr.KeyResult("a", "A", okr.Reach(10)),
        okr.KeyResult("b", "B", okr.Reach(10)),
        okr.KeyResult("half", "Half", okr.Reach(20), derived=half),
        okr.KeyResult(
            "all", "All", okr.Reach(20), derived=okr.Derived(okr.Aggregation.MEAN, ["half"])
        ),
    ]
    plan = okr.Plan([okr.Objective("o", "O", cycle=quarter, key_results=key_results)])
    journal = okr.Journal(okr.check_ins(date(2026, 8, 14), {"a": 8, "b": 8}))
    card = okr.evaluate(plan, journal, as_of=date(2026, 8, 15))
    assert {id: card[id].status for id in ("half", "all")} == {"half": "ahead", "all": "ahead"}


def test_a_declared_status_stands_until_what_is_made_of_readings_is_read() -> None:
    plan = okr.Plan(
        [
            okr.Objective(
                "o",
                "O",
                key_results=[okr.KeyResult("k", "K", okr.Reach(10), metric="m")],
                cycle=okr.FiscalCalendar(start_month=1).quarter(2026, 3),
            )
        ],
        metrics=[okr.Metric("m", "M", aggregation=okr.Aggregation.MEAN)],
    )
    said = okr.CheckIn("k", date(2026, 8, 10), status="at risk")
    book = evolve(
        okr.RECOMMENDED, status=(Declared(keep=OverrideDuration.UNTIL_READ), Always("computed"))
    )

    def status_of(*entries: okr.CheckIn) -> str:
        journal = okr.Journal([said, *entries])
        card = okr.evaluate(plan, journal, as_of=date(2026, 8, 20), rulebook=book)
        return card.key_result("k").status

    assert status_of() == "at risk"
    assert status_of(okr.CheckIn("m", date(2026, 8, 7), 4)) == "at risk"
    assert status_of(okr.CheckIn("m", date(2026, 8, 14), 6)) == "computed"


def test_what_is_supposed_to_be_delivered_is_done() -> None:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.PassFail())])]
    )
    card = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 20))
    assert card.objective("o").status == "unknown"
    assert card.what_if({"k": 1.0}).objective("o").status == "ahead"

"""Findings of a retrospective, each at the edge where it begins; numbers by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import kr
from host_texts import texts_not_given

CALENDAR = okr.FiscalCalendar(start_month=1)
Q3 = CALENDAR.quarter(2026, 3)  # 1 July to 30 September
START = Q3.start
ASPIRATIONAL, COMMITTED = okr.Ambition.ASPIRATIONAL, okr.Ambition.COMMITTED
Pattern = okr.review.CyclePattern


def aspiration(*key_results: Any, id: str = "o", **given: Any) -> okr.Objective:
    fields: dict[str, Any] = {"cycle": Q3, "ambition": ASPIRATIONAL}
    return okr.Objective(id, "Objective", key_results=key_results or [kr("k")], **(fields | given))


def read_k(value: Any, id: str = "k", day: date = Q3.end, **said: Any) -> okr.CheckIn:
    return okr.CheckIn(id, day, value, **said)


#: The day on which a miss is final: the grace ends on 14 October.
AFTER_GRACE = date(2026, 10, 15)


def early(*ids: str) -> list[okr.CheckIn]:
    """First readings, so that nothing is instrumented late."""
    return [read_k(0, id, START) for id in ids]


def found(
    objectives: Any, *entries: Any, day: date = date(2026, 10, 7), **given: Any
) -> list[okr.review.CycleFinding]:
    outside = [okr.Outside(id) for id in given.pop("outside", ())]
    plan = okr.Plan(
        [objectives] if isinstance(objectives, okr.Objective) else objectives, outside=outside
    )
    journal = okr.Journal(entries)
    made = list(okr.review.look_back(okr.evaluate(plan, journal, as_of=day, **given)))
    sentences = [text for each in made for text in (each.words, each.advice)]
    assert texts_not_given(sentences, plan, journal) == set()
    return made


def codes(*given: Any, **options: Any) -> list[str]:
    return [one.code.name for one in found(*given, **options)]


def closed(decision: str, **given: Any) -> okr.Closing:
    return okr.Closing("o", Q3.end, okr.ClosingDecision(decision), **given)


# --- key results and their objective -----------------------------------------------------------


@pytest.mark.parametrize(
    ("reached", "decision", "code"),
    [
        # Reached is 0.7 for an aspirational objective.
        # To carry a success on, or to change it, is no judgement that it failed.
        ((70, 70, 70), "carry", None),
        ((70, 70, 70), "modify", None),
        ((70, 70, 70), "iterate", None),
        ((70, 70, 70), "abandon", "WRONG_KEY_RESULTS"),
        ((70, 70, 70), "stop", "WRONG_KEY_RESULTS"),
        ((70, 70, 70), "achieved", None),
        ((70, 70, 70), "defer", None),
        ((70, 70, 69), "carry", None),
        ((69, 69, 70), "achieved", "UNNECESSARY_KEY_RESULTS"),
        ((69, 69, 69), "scale", "UNNECESSARY_KEY_RESULTS"),
        ((69, 70, 70), "achieved", None),
        ((69, 69, 70), "carry", None),
    ],
)
def test_key_results_against_what_people_judged(
    reached: tuple[int, ...], decision: str, code: str | None
) -> None:
    ids = ["a", "b", "c"]
    readings = [read_k(value, id) for id, value in zip(ids, reached, strict=True)]
    made = aspiration(*map(kr, ids))
    end = closed(decision, because="nobody noticed")
    assert codes(made, *early(*ids), *readings, end) == ([code] if code else [])


@pytest.mark.parametrize("decision", ["abandon", "stop"])
def test_work_given_up_without_a_reason_was_not_judged(decision: str) -> None:
    entries = [*early("a"), read_k(100, "a")]
    assert codes(aspiration(kr("a")), *entries, closed(decision)) == []


def test_half_of_the_key_results_are_not_most() -> None:
    made = aspiration(kr("a"), kr("b"), kr("seen", weight=0))
    entries = [*early("a", "b", "seen"), read_k(100, "a"), read_k(10, "b"), closed("achieved")]
    assert codes(made, *entries) == []


def test_what_is_unread_says_nothing_of_the_key_results() -> None:
    made = aspiration(kr("a"), kr("b"))
    entries = [*early("a"), read_k(100, "a"), closed("stop", because="nobody noticed")]
    assert codes(made, *entries) == ["LATE_INSTRUMENTATION"]
    # What was to be found has no score, and does not stand in the way.
    made = aspiration(kr("a"), kr("b", okr.EstablishBaseline()))
    assert codes(made, *entries) == ["WRONG_KEY_RESULTS"]


def test_a_judged_score_judges() -> None:
    made = aspiration(kr("a"))
    entries = [*early("a"), read_k(100, "a")]
    below = okr.Judgement("o", Q3.end, score=0.69, because="nobody noticed")
    assert codes(made, *entries, below) == ["WRONG_KEY_RESULTS"]
    assert codes(made, *entries, evolve(below, score=0.7)) == []
    judged = closed("carry", judged=0.9, because="it shows")
    assert codes(made, *early("a"), read_k(50, "a"), judged) == ["UNNECESSARY_KEY_RESULTS"]
    # A judged score comes before the decision.
    judged = closed("achieved", judged=0.5, because="nobody noticed")
    assert codes(made, *entries, judged) == ["WRONG_KEY_RESULTS"]
    judged = closed("stop", judged=0.7, because="it is enough")
    assert codes(made, *entries, judged) == []
    # Without an ambition a judged score has no success to meet: the decision remains.
    plain = evolve(made, ambition=None)
    assert codes(plain, *entries, closed("stop", judged=0.9, because="x")) == ["WRONG_KEY_RESULTS"]
    assert codes(plain, *entries, closed("carry", judged=0.1, because="x")) == []
    assert codes(plain, *entries, below) == []


def test_words_and_ids_of_the_key_results() -> None:
    made = aspiration(kr("a"), kr("b"), kr("c"))
    entries = [*early("a", "b", "c"), read_k(10, "a"), read_k(10, "b"), read_k(90, "c")]
    (one,) = found(made, *entries, closed("achieved"))
    assert one == okr.review.CycleFinding(
        code=Pattern.UNNECESSARY_KEY_RESULTS,
        of="o",
        ids=("o", "a", "b"),
        words="taken as achieved, while 2 of 3 key results were short",
        advice="take key results without which the objective cannot come true",
    )


@pytest.mark.parametrize(
    ("value", "end", "words"),
    [
        (
            100,
            closed("abandon", because="nobody noticed"),
            "every key result was reached, and it was decided to abandon: nobody noticed",
        ),
        (
            80,
            closed("stop", because="nobody noticed"),
            "every key result came as far as its ambition expects, and it was decided to stop: nobody noticed",
        ),
        (
            100,
            closed("carry", judged=0.3, because="nobody noticed"),
            "every key result was reached, and it was judged 0.30 on 2026-09-30: nobody noticed",
        ),
        (
            10,
            closed("carry", judged=0.9, because="it shows"),
            "judged 0.90 on 2026-09-30, while 1 of 1 key results was short",
        ),
        (10, closed("scale"), "decided to scale, while 1 of 1 key results was short"),
    ],
)
def test_a_finding_names_the_judgement_or_the_decision(
    value: float, end: okr.Closing, words: str
) -> None:
    (one,) = found(aspiration(kr("a")), *early("a"), read_k(value, "a"), end)
    assert one.words == words


# --- easy and hard -----------------------------------------------------------------------------

MIDDLE = date(2026, 8, 15)  # 45.5 of 91 days are half; the 45th day after the start


@pytest.mark.parametrize(
    ("confidence", "full_on", "ambition", "is_found"),
    [
        (0.8, MIDDLE, ASPIRATIONAL, True),
        (0.79, MIDDLE, ASPIRATIONAL, False),
        (0.8, MIDDLE + timedelta(days=1), ASPIRATIONAL, False),
        (0.8, MIDDLE, COMMITTED, False),
        (0.8, MIDDLE, None, False),
        (None, MIDDLE, ASPIRATIONAL, False),
    ],
)
def test_safe_from_the_start_and_full_early(
    confidence: Any, full_on: date, ambition: Any, *, is_found: bool
) -> None:
    entries = [read_k(0, day=START, confidence=confidence), read_k(100, day=full_on)]
    later = read_k(100, day=date(2026, 9, 1), confidence=0.1)
    assert ("SANDBAGGED" in codes(aspiration(ambition=ambition), *entries, later)) is is_found


def test_confidence_in_the_objective_comes_before_that_in_its_key_results() -> None:
    made = aspiration(kr("a"), kr("b"))
    entries = [
        read_k(100, "a", START, confidence=0.9),
        read_k(100, "b", START, confidence=0.6),
        read_k(100, "a", MIDDLE, confidence=0.1),
    ]
    # (0.9 + 0.6) / 2 = 0.75
    assert codes(made, *entries) == []
    said = okr.CheckIn("o", date(2026, 7, 3), confidence=0.8)
    (one,) = found(made, *entries, said)
    assert one.words == (
        "confidence 0.80 at the start, and full on 2026-08-15: the target may have been easy"
    )
    # What was said before the cycle was said of another one.
    assert codes(made, *entries, evolve(said, on=date(2026, 6, 30))) == []


def test_without_a_cycle_nothing_is_early_and_nothing_late() -> None:
    made = aspiration(cycle=None)
    entries = [read_k(100, day=date(2026, 8, 1), confidence=0.9)]
    assert codes(made, *entries, closed("achieved")) == []


def chain(scores: list[Any], ambition: Any = ASPIRATIONAL) -> tuple[list[okr.Objective], list[Any]]:
    """Objectives that continue each other, the last one in Q3, with their final readings."""
    cycles = [CALENDAR.quarter(2026, 3)]
    while len(cycles) < len(scores):
        end = cycles[0].start - timedelta(days=1)
        cycles.insert(0, CALENDAR.cycle_of(end, okr.Cadence.QUARTERLY))
    made, entries = [], []
    for number, (cycle, score) in enumerate(zip(cycles, scores, strict=True)):
        before = f"o{number - 1}" if number else None
        made.append(
            aspiration(
                kr(f"k{number}"),
                id=f"o{number}",
                cycle=cycle,
                ambition=ambition,
                continues=before,
            )
        )
        entries += [read_k(0, f"k{number}", cycle.start)]
        if score is not None:
            entries.append(read_k(score, f"k{number}", cycle.end))
    return made, entries


@pytest.mark.parametrize(
    ("scores", "is_found"),
    [
        ([100], False),  # one full aspirational score is no alarm
        ([100, 100], False),
        ([100, 100, 100], True),
        ([86, 86, 86], True),
        ([86, 85, 86], False),
        ([85, 86, 86, 86], True),
        ([100, 100, 100, 50], False),
        ([50, 100, 100, 100, 100], True),
    ],
)
def test_a_run_of_full_scores(scores: list[Any], *, is_found: bool) -> None:
    made, entries = chain(scores)
    assert ("SANDBAGGED" in codes(made, *entries)) is is_found


def test_a_run_names_what_is_in_it() -> None:
    made, entries = chain([100, 100, 100])
    (one,) = found(made, *entries)
    assert one.ids == ("o2", "o1", "o0")
    assert one.words == "full in 3 cycles in a row: the targets may have been easy"
    # It ends where the chain leaves the plan, where an ambition changes, and at the rulebook's number.
    assert codes(made[1:], *entries[2:], outside=["o0"]) == []
    other = [evolve(made[0], ambition=COMMITTED), *made[1:]]
    assert "SANDBAGGED" not in codes(other, *entries)
    two = evolve(okr.RECOMMENDED, review=okr.rulebook.ReviewRule(full_run=2))
    assert codes(made[1:], *entries[2:], rulebook=two, outside=["o0"]) == ["SANDBAGGED"]


@pytest.mark.parametrize(
    ("confidence", "value", "ambition", "is_found"),
    [
        (0.2, 39, ASPIRATIONAL, True),
        (0.21, 39, ASPIRATIONAL, False),
        (0.2, 40, ASPIRATIONAL, False),
        (0.2, 99, COMMITTED, True),
        (0.2, 39, None, False),
        (0.2, None, ASPIRATIONAL, False),
        (None, 39, ASPIRATIONAL, False),
    ],
)
def test_doubted_from_the_start_and_far_from_reached(
    confidence: Any, value: Any, ambition: Any, *, is_found: bool
) -> None:
    entries: list[Any] = [okr.CheckIn("k", START, confidence=confidence)]
    if value is not None:
        entries += [*early("k"), read_k(value)]
    assert ("TOO_HARD" in codes(aspiration(ambition=ambition), *entries)) is is_found


def test_an_eased_target_was_too_hard() -> None:
    eased = okr.Adjustment(
        "k",
        date(2026, 8, 15),
        measure=okr.Increase(0, 50),
        because="half is all we can do",
        trigger=okr.AdjustmentTrigger.DIFFICULTY,
    )
    (one,) = found(aspiration(), *early("k"), read_k(45), eased)
    assert (one.code, one.ids) == (Pattern.TOO_HARD, ("o", "k"))
    assert one.words == "eased on 2026-08-15 because it was too hard: half is all we can do"
    for other in okr.AdjustmentTrigger:
        entry = evolve(eased, trigger=other)
        is_eased = other is okr.AdjustmentTrigger.DIFFICULTY
        assert (codes(aspiration(), *early("k"), read_k(45), entry) == ["TOO_HARD"]) is is_eased
    later = evolve(eased, on=date(2026, 10, 20))
    assert codes(aspiration(), *early("k"), read_k(45), later) == []


# --- guardrails --------------------------------------------------------------------------------

GUARDED = aspiration(guardrails=[okr.Guardrail("g", "Tickets", okr.AtMost(85))])


@pytest.mark.parametrize(
    ("tickets", "code"),
    [
        ([80, 84], None),
        ([80, 92], "GUARDRAIL_BREACHED"),
        ([92, 80], "GUARDRAIL_SAVED_US"),
        ([], None),
    ],
)
def test_guardrails(tickets: list[int], code: str | None) -> None:
    days = [date(2026, 8, 14), date(2026, 9, 28)]
    readings = [read_k(value, "g", day) for value, day in zip(tickets, days, strict=False)]
    assert codes(GUARDED, *early("k"), read_k(50), *readings) == ([code] if code else [])


def test_what_a_guardrail_said() -> None:
    days = [date(2026, 8, 14), date(2026, 9, 28)]
    readings = [read_k(value, "g", day) for value, day in zip((92, 80), days, strict=True)]
    (saved,) = found(GUARDED, *early("k"), read_k(50), *readings)
    assert saved.words == (
        "Tickets: 92 on 2026-08-14 was outside its limit (at most 85); within it since 2026-09-28"
    )
    assert saved.ids == ("o", "g")
    (breached,) = found(
        GUARDED, *early("k"), read_k(50), readings[0], evolve(readings[1], value=90)
    )
    assert breached.words == (
        "Tickets: 90 on 2026-09-28, outside its limit (at most 85), first on 2026-08-14"
    )
    # A breach long ago of which nothing is known since: unknown, and no saving.
    assert codes(GUARDED, *early("k"), read_k(50), readings[0], evolve(readings[1], value=80)) == [
        "GUARDRAIL_SAVED_US"
    ]
    once = [read_k(92, "g", date(2026, 7, 14)), read_k(80, "g", date(2026, 7, 21))]
    assert codes(GUARDED, *early("k"), read_k(50), *once) == []


# --- instruments and signals -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "day", "is_late"),
    [
        (okr.Increase(0, 100), START + timedelta(days=14), False),
        (okr.Increase(0, 100), START + timedelta(days=15), True),
        (okr.Increase(0, 100), date(2026, 6, 1), False),  # the instrument was there before
        (okr.AtMost(200), START + timedelta(days=15), True),
        (okr.PassFail(), START + timedelta(days=60), False),  # it comes when it is done
        (okr.EstablishBaseline(), START + timedelta(days=60), False),  # it is the search itself
    ],
)
def test_late_instruments(measure: Any, day: date, *, is_late: bool) -> None:
    value: Any = True if isinstance(measure, okr.PassFail) else 10
    entries = [read_k(value, day=day), read_k(value)]
    assert ("LATE_INSTRUMENTATION" in codes(aspiration(kr("k", measure)), *entries)) is is_late


def test_words_of_late_instruments() -> None:
    made = aspiration(
        kr("k"),
        kr("never"),
        kr("later", timing=okr.Timing(observable_from=date(2026, 12, 1))),
        kr("sum", okr.Reach(5), derived=okr.Derived(okr.Aggregation.SUM, ["k", "k2"])),
        kr("k2", okr.Increase(None, 100)),
        kr("relative", okr.Relative(percent=5)),
    )
    entries = [
        read_k(5, day=date(2026, 8, 1)),
        *early("k2", "relative"),
        okr.BaselineSet("relative", date(2026, 7, 20), 5),
        okr.BaselineSet("k2", date(2026, 7, 10), 5),
    ]
    late = [f for f in found(made, *entries) if f.code is Pattern.LATE_INSTRUMENTATION]
    assert [(f.ids[1], f.words) for f in late] == [
        ("k", "K: first read on 2026-08-01, 31 days into the cycle"),
        ("never", "NEVER: never read"),
        ("relative", "RELATIVE: baseline found on 2026-07-20, 19 days into the cycle"),
    ]


def test_a_metric_that_was_read_before_is_no_new_instrument() -> None:
    made = aspiration(kr("k", metric="nps"))
    plan = okr.Plan([made], metrics=[okr.Metric("nps", "NPS")])
    journal = okr.Journal([read_k(5, "nps", date(2026, 5, 1)), read_k(90, "nps")])
    assert okr.review.look_back(okr.evaluate(plan, journal, as_of=Q3.end)) == ()


def marked(id: str, indicator: okr.plan.Indicator, **given: Any) -> okr.KeyResult:
    return kr(id, profile=okr.KeyResultProfile(indicator=indicator, **given))


LEADING, LAGGING = okr.plan.Indicator.LEADING, okr.plan.Indicator.LAGGING


@pytest.mark.parametrize(
    ("key_results", "values", "code"),
    [
        ([marked("a", LAGGING)], [10], "NO_LEADING_SIGNAL"),
        ([marked("a", LAGGING)], [70], None),
        ([marked("a", LAGGING), kr("b")], [10, 10], "NO_LEADING_SIGNAL"),
        ([marked("a", LAGGING, early_warning="b"), kr("b")], [10, 10], None),
        ([marked("a", LAGGING), marked("b", LEADING)], [10, 10], None),
        ([marked("a", LAGGING), marked("b", LEADING)], [10, 70], "WEAK_LEADING_SIGNAL"),
        ([marked("a", LAGGING), marked("b", LEADING)], [70, 70], None),
        ([kr("a")], [10], None),
    ],
)
def test_leading_signals(key_results: list[Any], values: list[int], code: str | None) -> None:
    ids = [key_result.id for key_result in key_results]
    readings = [read_k(value, id) for id, value in zip(ids, values, strict=True)]
    assert codes(aspiration(*key_results), *early(*ids), *readings) == ([code] if code else [])


def test_words_of_leading_signals() -> None:
    made = aspiration(marked("a", LAGGING), marked("b", LEADING))
    (one,) = found(made, *early("a", "b"), read_k(10, "a"), read_k(70, "b"))
    assert (one.words, one.ids) == ("no warning from B; short: A", ("o", "b", "a"))
    (one,) = found(aspiration(marked("a", LAGGING)), *early("a"), read_k(10, "a"))
    assert one.words == "A showed too late to act on, and nothing measured could have warned"


# --- post-mortems ------------------------------------------------------------------------------


def test_a_committed_miss_needs_a_post_mortem_until_there_is_one() -> None:
    promise = aspiration(ambition=COMMITTED)
    entries = [*early("k"), read_k(90)]
    (one,) = found(promise, *entries, day=AFTER_GRACE)
    assert one.code is Pattern.COMMITTED_MISS_NEEDS_POST_MORTEM
    assert one.words == "missed, with a score of 0.90"
    assert codes(promise, *early("k"), read_k(100), day=AFTER_GRACE) == []
    assert codes(promise, *entries, day=date(2026, 10, 14)) == []
    draft = okr.PostMortem("o", date(2026, 10, 6))
    held = evolve(draft, cause="the vendor left", changes="two vendors")
    assert codes(promise, *entries, draft, day=AFTER_GRACE) == [one.code.name]
    later = evolve(held, on=date(2026, 10, 16))
    assert codes(promise, *entries, later, day=AFTER_GRACE) == [one.code.name]
    assert codes(promise, *entries, held, day=AFTER_GRACE) == []


# --- what is looked back at --------------------------------------------------------------------


def test_the_last_cycle_that_ended_is_looked_back_at() -> None:
    week = okr.Cycle.starting(date(2026, 9, 7), okr.Cadence.MICRO_WEEK)
    objectives = [
        aspiration(kr("k-q2"), id="q2", cycle=CALENDAR.quarter(2026, 2)),
        aspiration(kr("k-q3"), id="q3"),
        aspiration(kr("k-week"), id="week", cycle=week),
        aspiration(kr("k-year"), id="year", cycle=CALENDAR.year(2026)),
        aspiration(kr("k-q4"), id="q4", cycle=CALENDAR.quarter(2026, 4)),
        aspiration(kr("k-free"), id="free", cycle=None),
        aspiration(kr("k-open"), id="open", cycle=None),
        aspiration(
            kr("k-waits"),
            id="waits",
            profile=okr.ObjectiveProfile(parked=okr.Parked("no team")),
        ),
    ]
    eased = [
        okr.Adjustment(
            o.id, date(2026, 7, 1), because="x", trigger=okr.AdjustmentTrigger.DIFFICULTY
        )
        for o in objectives
    ]
    closing = okr.Closing("free", date(2026, 9, 1), okr.ClosingDecision.ACHIEVED)
    plan, journal = okr.Plan(objectives), okr.Journal([*eased, closing])

    def hard(day: date, **given: Any) -> list[str]:
        card = okr.evaluate(plan, journal, as_of=day)
        return [f.of for f in okr.review.look_back(card, **given) if f.code is Pattern.TOO_HARD]

    assert hard(date(2026, 10, 7)) == ["q3", "week", "free"]
    assert hard(date(2026, 7, 5)) == ["q2"]
    # The year ends with its last quarter, and is looked back at with it.
    assert hard(date(2027, 1, 7)) == ["year", "q4", "free"]
    assert hard(date(2026, 3, 1)) == []
    assert hard(date(2026, 10, 7), of=["year"]) == ["year"]
    with pytest.raises(okr.InconsistentPlanError, match="unknown-id"):
        hard(date(2026, 10, 7), of=["x"])

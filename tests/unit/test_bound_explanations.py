"""Guardrails and metrics explain themselves: reading, limit, breaches, judgement, close, and the effect.

States, days and sentences are worked out by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from made_up import MADE_UP, codes_in, english_in
from okrcore.plan import Aggregation
from okrcore.rulebook import BreachEffect, BreachMemory, GuardrailRule
from okrcore.words import Reason
from okrcore.words.english.bound_rows import BOUNDS

AUGUST = day(8, 20)
TICKETS = okr.Guardrail("t", "Tickets", okr.AtMost(85))
UPTIME = okr.Metric("up", "Uptime", health=okr.AtLeast(99.5), unit="%")


def plan(*rails: okr.Guardrail, metrics: Any = (), **more: Any) -> okr.Plan:
    key_results = [okr.KeyResult("a", "A", okr.Reach(10))]
    given = {"cycle": Q3, **more}
    grow = okr.Objective("grow", "Grow", key_results=key_results, guardrails=rails, **given)
    return okr.Plan([grow], metrics=metrics)


def read(month: int, number: int, **values: float) -> Iterator[okr.CheckIn]:
    return iter(okr.check_ins(day(month, number), values))


def card(
    made: okr.Plan, *entries: Any, on: Any = AUGUST, book: okr.Rulebook = okr.RECOMMENDED
) -> okr.Scorecard:
    return okr.evaluate(made, okr.Journal(entries), as_of=on, rulebook=book)


def under(**fields: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, guardrails=GuardrailRule(**fields))


def steps(top: okr.scorecard.Explanation) -> dict[str, Any]:
    """Return the results of all steps by name, each of which recomputes."""
    every = [step for _, step in top.walk(20)]
    assert [step.recompute() for step in every] == [step.result for step in every]
    return {step.what: step.result for step in every if step.id == top.id}


# --- the case ----------------------------------------------------------------------------------


def test_a_breached_guardrail_explains_itself() -> None:
    found = card(plan(TICKETS), *read(8, 1, t=91, a=4), on=day(8, 2))
    top = found.explain("t")
    assert steps(top) == {
        "state": "breached",
        "reading": 91,
        "margin": -6,
        "first breach": day(8, 1),
    }
    assert str(top) == (
        "Tickets (t): state breached, 91, outside its limit (at most 85), first on\n"
        "    2026-08-01\n"
        "  Tickets (t): reading 91, read on 2026-08-01\n"
        "  Tickets (t): margin -6, 6 beyond its limit (at most 85)\n"
        "  Tickets (t): first breach 2026-08-01, 91, outside its limit (at most 85)\n"
        "  a breach lowers no score of grow; it withholds success at the close\n"
        "  a breach counts until a reading is within the limit again"
    )
    assert (top.inputs[0].value, top.inputs[0].on, top.rule) == (91, day(8, 1), okr.AtMost(85))
    assert repr(top).startswith("Explanation('t', state breached: 91, outside")
    assert "state breached" in top._repr_mimebundle_()["text/markdown"]
    assert "state breached" in top._repr_mimebundle_()["text/html"]


def test_an_unhealthy_metric_explains_itself() -> None:
    found = card(plan(metrics=[UPTIME]), *read(8, 1, up=99.1), on=day(8, 2))
    top = found.explain("up")
    assert steps(top) == {
        "state": "breached",
        "reading": 99.1,
        "margin": pytest.approx(-0.4),
        "health": pytest.approx(0.99598, abs=1e-5),
        "first breach": day(8, 1),
    }
    assert "99.1%, outside its limit (at least 99.5%)" in str(top)


def test_no_reading_and_no_bound_are_unknown() -> None:
    found = card(plan(TICKETS, metrics=[okr.Metric("n", "N"), UPTIME]), *read(8, 1, n=3))
    assert steps(found.explain("t")) == {"state": "unknown"}
    assert steps(found.explain("up")) == {"state": "unknown"}
    assert steps(found.explain("n")) == {"state": "unknown", "reading": 3}
    assert found.explain("n").words == "3; no health bound"


# --- breaches, judgements, the close -----------------------------------------------------------


@pytest.mark.parametrize(
    ("rail", "book", "state", "rule"),
    [
        (TICKETS, under(), "held", "memory/now"),
        (TICKETS, under(memory=BreachMemory.EVER), "breached", "memory/ever"),
        (evolve(TICKETS, hard=True), under(), "breached", "memory/hard"),
    ],
)
def test_a_healed_breach_counts_by_the_rule_of_memory(
    rail: okr.Guardrail, book: okr.Rulebook, state: str, rule: str
) -> None:
    entries = [*read(7, 8, t=91), *read(7, 15, t=80)]
    top = card(plan(rail), *entries, book=book).explain("t")
    assert steps(top) == {
        "state": state,
        "state of the last reading": "held",
        "reading": 80,
        "margin": 5,
        "first breach": day(7, 8),
    }
    assert top.remarks[1].code == rule


def test_a_limit_of_a_later_day_is_breached_on_that_day() -> None:
    tighter = okr.Adjustment("t", day(8, 1), measure=okr.AtMost(75), because="new contract")
    top = card(plan(TICKETS), *read(7, 8, t=80), tighter).explain("t")
    assert steps(top)["first breach"] == day(8, 1)
    assert top.remarks[-1] == (
        "bound at most 85 until 2026-07-31, adjusted on 2026-08-01 to bound at most 75: new contract"
    )
    (breach,) = [part for part in top.parts if part.what == "first breach"]
    assert breach.words == "80, outside its limit (at most 75), the limit since 2026-08-01"


def test_a_judgement_settles_and_a_later_breach_does_not_fit_it() -> None:
    settled = okr.Judgement("t", day(7, 10), status="held", because="a test")
    entries = [*read(7, 8, t=91), settled]
    top = card(plan(TICKETS), *entries).explain("t")
    assert steps(top) == {
        "state": "held",
        "state of the last reading": "breached",
        "reading": 91,
        "margin": -6,
        "first breach": day(7, 8),
    }
    again = card(plan(TICKETS), *entries, *read(7, 15, t=92)).explain("t")
    assert steps(again)["first breach after the judgement"] == day(7, 15)
    assert again.result == "breached"
    unread = card(plan(TICKETS), settled).explain("t")
    assert steps(unread) == {"state": "held", "state of the last reading": "unknown"}


def test_a_stale_guardrail_is_unknown_at_the_close() -> None:
    found = card(plan(TICKETS), *read(7, 8, t=80), on=Q3.end)
    top = found.explain("t")
    assert steps(top) == {
        "state": "unknown",
        "state of the last reading": "held",
        "reading": 80,
        "margin": 5,
    }
    # Two check-ins of a week before 30 September.
    values = {entered.name: entered.value for entered in top.inputs}
    assert values["last seen"] == day(7, 8)
    assert values["oldest day that counts"] == day(9, 16)
    healed = card(plan(TICKETS), *read(7, 1, t=91), *read(7, 8, t=80), on=Q3.end).explain("t")
    assert steps(healed)["state with earlier breaches"] == "held"
    judged = okr.Judgement("t", day(7, 10), status="held", because="a test")
    settled = card(plan(TICKETS), *read(7, 8, t=91), judged, on=Q3.end).explain("t")
    assert steps(settled)["state as settled"] == "held"
    assert settled.result == "unknown"


def test_rules_that_reach_back_beyond_all_days_make_nothing_stale() -> None:
    book = under(stale_after_intervals=36_500)
    yearly = okr.Metric("m", "M", check_in_days=366)
    rail = evolve(TICKETS, metric="m")
    top = card(plan(rail, metrics=[yearly]), *read(7, 8, m=80), on=Q3.end, book=book).explain("t")
    assert steps(top) == {"state": "held", "reading": 80, "margin": 5}


def test_a_stale_metric_has_its_age() -> None:
    weekly = evolve(UPTIME, check_in_days=7)
    top = card(plan(metrics=[weekly]), *read(7, 8, up=99.7)).explain("up")
    assert (top.result, top.rule) == ("stale", okr.rulebook.Stale(intervals=2))
    assert [(i.name, i.value) for i in top.inputs] == [
        ("state of the last reading", "held"),
        ("days since the last reading", 43),
        ("days between readings", 7),
    ]
    assert steps(top)["state of the last reading"] == "held"


# --- readings ----------------------------------------------------------------------------------


def test_a_total_has_its_last_readings_and_the_number_of_earlier_ones() -> None:
    incidents = okr.Metric("inc", "Incidents", aggregation=Aggregation.SUM)
    rail = okr.Guardrail("g", "Incidents", okr.AtMost(10), metric="inc")
    entries = [each for n in range(1, 10) for each in read(7, n, inc=n)]
    (reading, *_) = card(plan(rail, metrics=[incidents]), *entries).explain("g").parts
    assert (reading.result, reading.recompute()) == (45, 45)
    assert [(i.name, i.on and i.on.day, i.weight) for i in reading.inputs] == [
        ("earlier readings", None, 3),
        *(("reading", n, 1) for n in range(4, 10)),
    ]
    assert reading.words == (
        "sum of 9 readings: 3 earlier readings, 4 on 2026-07-04, 5 on 2026-07-05, 6 on 2026-07-06,"
        " 7 on 2026-07-07, 8 on 2026-07-08, 9 on 2026-07-09, of metric inc"
    )


def test_a_value_kept_from_before_the_cycle_is_marked() -> None:
    rail = okr.Guardrail("g", "Uptime", okr.AtLeast(99.5), metric="up")
    top = card(plan(rail, metrics=[UPTIME]), *read(6, 29, up=99.7), on=day(7, 2)).explain("g")
    assert top.parts[0].words == "read on 2026-06-29, before the cycle, of metric up"


# --- the effect on the objective ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (
            BreachEffect.CAP,
            "a breach leaves grow a score of at most 0.5, and withholds success at the close:"
            " progress 0.9 became 0.5",
        ),
        (
            BreachEffect.VETO,
            "a breach leaves grow a score of 0, and withholds success at the close:"
            " progress 0.9 became 0",
        ),
        (
            BreachEffect.AVERAGE,
            "it enters the mean of grow as 1, breached as 0, and a breach withholds success at the"
            " close: it entered as 0",
        ),
        (
            BreachEffect.SEPARATE,
            "a breach lowers no score of grow; it withholds success at the close",
        ),
    ],
)
def test_the_effect_names_the_number_that_it_changed(effect: BreachEffect, words: str) -> None:
    found = card(plan(TICKETS), *read(8, 1, t=91, a=9), book=under(effect=effect, cap=0.5))
    assert found.explain("t").remarks[0] == words


def test_an_objective_leads_to_the_explanation_of_its_guardrails() -> None:
    found = card(
        plan(TICKETS), *read(8, 1, t=91, a=9), book=under(effect=BreachEffect.CAP, cap=0.5)
    )
    guarded = found.explain("grow").parts[0]
    assert [(part.id, part.what, part.result) for part in guarded.parts] == [
        ("grow", "progress", 0.9),
        ("t", "state", "breached"),
    ]
    assert guarded.parts[1] == evolve(found.explain("t"), remarks=())
    plain = card(plan(TICKETS), *read(8, 1, t=91, a=9)).explain("grow")
    assert "guardrail Tickets (t): 91, outside its limit (at most 85), first on 2026-08-01" in (
        plain.remarks
    )


def test_success_that_is_withheld_is_named() -> None:
    made = plan(TICKETS, ambition=okr.Ambition.COMMITTED)
    found = card(made, *read(9, 29, t=91, a=10), on=day(10, 20))
    assert found.explain("t").remarks[0] == (
        "a breach lowers no score of grow; it withholds success at the close: success withheld"
    )


# --- words -------------------------------------------------------------------------------------


def cards() -> Iterator[okr.Scorecard]:
    """Yield scorecards whose titles and ids are digits."""
    rail = okr.Guardrail("1", "1", okr.AtMost(5), unit="%")
    grow = okr.Objective(
        "2", "2", key_results=[okr.KeyResult("3", "3", okr.Reach(10))], guardrails=[rail], cycle=Q3
    )
    logs: list[list[Any]] = [
        [*read(8, 1, **{"1": 5, "3": 9})],
        [*read(8, 1, **{"1": 4})],
        [*read(7, 1, **{"1": 6, "3": 10}), *read(8, 1, **{"1": 4})],
        [
            *read(8, 1, **{"1": 6, "3": 10}),
            okr.Judgement("1", day(8, 2), status="held", because="7"),
        ],
        [
            *read(8, 1, **{"1": 4}),
            okr.Adjustment("1", day(8, 9), measure=okr.AtMost(3), because="7"),
        ],
        [*read(8, 1, **{"1": 6, "3": 10})],
    ]
    books = [
        *(under(effect=effect) for effect in BreachEffect),
        under(memory=BreachMemory.EVER),
    ]
    committed = evolve(grow, ambition=okr.Ambition.COMMITTED)
    for entries in logs:
        for book in books:
            for on in (day(8, 20), day(10, 20)):
                yield card(okr.Plan([committed]), *entries, book=book, on=on)
    hard = evolve(grow, guardrails=[evolve(rail, hard=True)])
    yield card(okr.Plan([hard]), *logs[2])
    total = okr.Metric("4", "4", aggregation=Aggregation.SUM, health=okr.AtMost(5), check_in_days=7)
    level = okr.Metric("5", "5", health=okr.AtMost(5))
    of_metrics = [okr.Guardrail("6", "6", okr.AtMost(5), metric="4"), evolve(rail, metric="5")]
    both = okr.Plan([evolve(grow, guardrails=of_metrics)], metrics=[total, level])
    entries = [each for n in range(1, 9) for each in read(7, n, **{"4": n})]
    yield card(both, *entries, *read(6, 29, **{"5": 4}), on=day(7, 9))
    yield card(both, *entries[:7])


def sentences(found: okr.Scorecard) -> Iterator[Reason]:
    for id, item in found.plan_in_force.items.items():
        if isinstance(item, (okr.Guardrail, okr.Metric)):
            top = found.explain(id)
            yield from (step.words for _, step in top.walk(20))
            yield from top.remarks


def test_no_english_is_left_in_another_language() -> None:
    found = list({each: None for made in cards() for each in sentences(made)})
    for sentence in found:
        assert not english_in(MADE_UP.write(sentence)), sentence
    assert BOUNDS.keys() - {code for each in found for code in codes_in(each)} == set()


# --- history -----------------------------------------------------------------------------------


def test_a_history_has_each_reading_with_the_state_of_its_day() -> None:
    tighter = okr.Adjustment("t", day(8, 1), measure=okr.AtMost(75), because="new contract")
    incidents = okr.Metric("inc", "Incidents", aggregation=Aggregation.SUM, health=okr.AtMost(4))
    rail = okr.Guardrail("g", "Incidents", okr.AtMost(5), metric="inc")
    made = plan(TICKETS, rail, metrics=[incidents, okr.Metric("n", "N")])
    entries = [
        *read(7, 8, t=80, inc=3, n=1),
        *read(7, 15, t=91, inc=3),
        tighter,
        *read(8, 3, t=76),
        *read(8, 30, t=70),
    ]
    found = card(made, *entries)
    assert [(each.on, each.value, each.state, each.margin) for each in found.history("t")] == [
        (day(7, 8), 80, "held", 5),
        (day(7, 15), 91, "breached", -6),
        (day(8, 3), 76, "breached", -1),
    ]
    assert [each.bound for each in found.history("t")] == [
        okr.AtMost(85),
        okr.AtMost(85),
        okr.AtMost(75),
    ]
    totals = [(each.reading, each.value, each.state) for each in found.history("g")]
    assert totals == [(3, 3, "held"), (3, 6, "breached")]
    single = [(each.reading, each.value, each.state) for each in found.history("inc")]
    assert single == [(3, 3, "held"), (3, 3, "held")]
    assert [(each.state, each.margin, each.bound) for each in found.history("n")] == [
        ("unknown", None, None)
    ]
    with pytest.raises(okr.OkrError, match="give the id of a guardrail or metric"):
        found.history("a")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"owner": "Cy"}, "owner none until 2026-07-09, adjusted on 2026-07-10 to owner Cy: 7"),
        (
            {"sets": {"hard": True}},
            "hard no until 2026-07-09, adjusted on 2026-07-10 to hard yes: 7",
        ),
        (
            {"sets": {"protects": "a"}},
            "protects none until 2026-07-09, adjusted on 2026-07-10 to protects a: 7",
        ),
        (
            {"sets": {"metric": "up"}},
            "metric none until 2026-07-09, adjusted on 2026-07-10 to metric up: 7",
        ),
    ],
)
def test_an_adjustment_is_named_with_its_day(entry: dict[str, Any], words: str) -> None:
    made = plan(TICKETS, metrics=[UPTIME])
    top = card(made, okr.Adjustment("t", day(7, 10), because="7", **entry)).explain("t")
    assert words in top.remarks


def test_an_adjusted_metric_names_its_changes() -> None:
    changed = okr.Adjustment(
        "up", day(7, 10), sets={"check_in_days": 1, "aggregation": Aggregation.MEAN}, because="7"
    )
    top = card(plan(metrics=[evolve(UPTIME, check_in_days=7)]), changed).explain("up")
    (remark,) = top.remarks
    for words in ("check in days 7", "check in days 1", "aggregation latest", "aggregation mean"):
        assert words in remark


# --- agendas -----------------------------------------------------------------------------------


def section(made: okr.Plan, *entries: Any, on: Any, topic: okr.review.AgendaTopic) -> list[str]:
    agenda = okr.review.make_agenda(made, okr.Journal(entries), as_of=on)
    return [item.ids[0] for part in agenda.sections if part.topic is topic for item in part.items]


def test_a_stale_metric_is_on_the_agenda_once() -> None:
    weekly = evolve(UPTIME, check_in_days=7)
    topic = okr.review.AgendaTopic.STALE
    made = plan(TICKETS, metrics=[weekly])
    assert section(made, *read(7, 6, up=99.9, a=1), on=day(7, 20), topic=topic) == []
    entries = [*read(7, 6, up=99.9), *read(7, 20, a=1)]
    assert section(made, *entries, on=day(7, 21), topic=topic) == ["up"]
    (grow,) = made.objectives
    reader = okr.KeyResult("b", "B", okr.Reach(100), metric="up")
    both = okr.Plan([evolve(grow, key_results=[*grow.key_results, reader])], metrics=[weekly])
    assert section(both, *entries, on=day(7, 21), topic=topic) == ["b"]


def test_a_blocker_of_a_guardrail_or_metric_is_on_the_agenda() -> None:
    made, on = plan(TICKETS, metrics=[UPTIME]), day(7, 6)
    blocked = [
        okr.CheckIn("t", on, 80, blocker="no access"),
        okr.CheckIn("up", on, 99.9, blocker="the probe is down"),
    ]
    topic = okr.review.AgendaTopic.BLOCKERS
    assert section(made, *blocked, on=day(7, 8), topic=topic) == ["t", "up"]


# --- other inputs, open limits -----------------------------------------------------------------


def test_a_step_with_another_input_has_another_result() -> None:
    top = card(plan(TICKETS), *read(8, 1, t=91)).explain("t")
    within = [evolve(entered, value=80.0) for entered in top.inputs]
    assert evolve(top, inputs=tuple(within)).recompute() == "held"
    (breach,) = [part for part in top.parts if part.what == "first breach"]
    assert evolve(breach, inputs=tuple(within)).recompute() is None


def test_an_open_limit_has_readings_of_unknown_state() -> None:
    rail = okr.Guardrail("t", "Tickets", okr.AtMost(None))
    found = card(plan(rail), *read(8, 1, t=91))
    assert [(each.value, each.state, each.bound) for each in found.history("t")] == [
        (91, "unknown", None)
    ]
    assert steps(found.explain("t")) == {"state": "unknown", "reading": 91}


def test_a_few_readings_of_a_mean_are_all_listed() -> None:
    mean = okr.Metric("m", "M", aggregation=Aggregation.MEAN)
    rail = okr.Guardrail("g", "G", okr.AtMost(10), metric="m")
    top = card(plan(rail, metrics=[mean]), *read(7, 1, m=4), *read(7, 2, m=6)).explain("g")
    assert steps(top) == {"state": "held", "reading": 5, "margin": 5}
    assert top.parts[0].words == (
        "mean of 2 readings: 4 on 2026-07-01, 6 on 2026-07-02, of metric m"
    )

"""Explanations and comparisons are data: no English word is left in another language.

Host texts are digits here, so that any letter is English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from made_up import MADE_UP, codes_in, english_in
from okrcore.journal.adjustment import SETTABLE
from okrcore.rulebook import BoundReading, BreachEffect, Clip, OverrideDuration
from okrcore.scorecard.adjustment_words import became_words, field_changes
from okrcore.words import TABLE, Reason, Words
from okrcore.words.english.entry_rows import ENTRIES
from okrcore.words.english.status_rows import STATUSES

CYCLE = okr.Cycle(Q3.start, Q3.end, name="3")
NEXT = okr.Cycle(day(10, 1), day(12, 31), name="4")
LONG = okr.Cycle(Q3.start, NEXT.end, name="5")
EARLY, AUGUST = day(8, 3), day(8, 14)


def kr(id: str = "11", measure: Any = None, **fields: Any) -> okr.KeyResult:
    return okr.KeyResult(id, id, okr.Increase(0, 100) if measure is None else measure, **fields)


def goal(*key_results: Any, id: str = "1", **fields: Any) -> okr.Objective:
    return okr.Objective(id, id, key_results=key_results, **({"cycle": CYCLE} | fields))


def adjusted(of: str, on: date = EARLY, **given: Any) -> okr.Adjustment:
    return okr.Adjustment(of, on, **({"because": "8"} | given))


def card_of(
    *objectives: okr.Objective,
    entries: Iterable[Any] = (),
    on: date = AUGUST,
    metrics: Iterable[okr.Metric] = (),
    **options: Any,
) -> okr.Scorecard:
    plan = okr.Plan(objectives, metrics=list(metrics))
    return okr.evaluate(plan, okr.Journal(entries), as_of=on, **options)


def book(**fields: Any) -> okr.Rulebook:
    return evolve(okr.RECOMMENDED, **fields)


def rolled_up(**fields: Any) -> okr.Rulebook:
    return book(roll_up=okr.rulebook.RollUpRule(**fields))


def read_on(on: date, **values: Any) -> Iterator[okr.CheckIn]:
    """Yield check-ins of key results by their digits: `_11`."""
    return (okr.CheckIn(id.lstrip("_"), on, value) for id, value in values.items())


def sentences_of(card: okr.Scorecard) -> Iterator[Reason]:
    """Yield the steps and remarks of all items."""
    for id, item in card.plan_in_force.items.items():
        if not isinstance(item, (okr.Outside, okr.plan.Priority)):
            top = card.explain(id)
            yield from (step.words for _, step in top.walk(20))
            yield from top.remarks


def cards() -> Iterator[okr.Scorecard]:
    yield card_of(goal(kr(), kr("12")), entries=read_on(AUGUST, _11=50))
    # adjustments of every kind
    plan = goal(kr(), kr("12", due=day(9, 1)), ambition=okr.Ambition.COMMITTED)
    yield card_of(
        plan,
        entries=[
            adjusted("1", removes=["12"], adds=[kr("13"), kr("14")], decided_by="7"),
            adjusted("1", day(8, 4), cycle=LONG, by="7"),
            adjusted("1", day(8, 5), cycle=NEXT),
            adjusted("1", day(8, 6), cycle=CYCLE, ambition=okr.Ambition.ASPIRATIONAL),
            adjusted("11", day(8, 6), measure=okr.Increase(0, 50), weight=2, due=day(9, 1)),
            adjusted("11", day(8, 7), sets={"timing.waypoints": [okr.Waypoint(day(8, 30), 0.5)]}),
            adjusted("13", rescale=0.5, by="7"),
            *read_on(AUGUST, _11=20, _13=4),
        ],
    )
    eased = adjusted("11", measure=okr.Increase(0, 50), trigger=okr.AdjustmentTrigger.DIFFICULTY)
    yield card_of(
        goal(kr(), ambition=okr.Ambition.COMMITTED),
        entries=[eased, *read_on(Q3.end, _11=50)],
        on=day(10, 20),
    )
    yield card_of(
        goal(kr()),
        entries=[
            adjusted("1", ambition=okr.Ambition.COMMITTED),
            adjusted("11", measure=okr.Increase(0, 50)),
            adjusted("11", AUGUST, sets={"timing.observable_from": day(8, 1)}),
            *read_on(Q3.end, _11=50),
        ],
        on=day(10, 20),
    )
    # readings
    metrics = [okr.Metric("21", "21", aggregation=okr.Aggregation.SUM, unit="%")]
    watched = okr.Guardrail("31", "31", okr.AtMost(5), metric="21")
    yield card_of(
        goal(kr(metric="21"), guardrails=[watched]),
        metrics=metrics,
        entries=[okr.CheckIn("21", day(8, n), 3) for n in (3, 4)],
    )
    means = okr.rulebook.BoundRule(reading=BoundReading.MEAN)
    yield card_of(
        goal(kr(measure=okr.AtMost(5))),
        entries=[*read_on(day(8, 3), _11=4), *read_on(day(8, 4), _11=6)],
        rulebook=book(attainment=okr.rulebook.AttainmentRule(bounds=means)),
    )
    yield card_of(
        goal(kr(measure=okr.Increase(None, 100))),
        entries=[
            okr.BaselineSet("11", day(8, 3), 40, because="8", by="7"),
            *read_on(AUGUST, _11=50),
        ],
    )
    both = kr("13", derived=okr.Derived(okr.Aggregation.SUM, ["11", "12"]))
    yield card_of(goal(kr(), kr("12"), both), entries=read_on(AUGUST, _11=3, _12=4))
    yield card_of(goal(kr(), kr("12"), both), entries=read_on(AUGUST, _11=3))
    # closings, judgements and projections
    yield card_of(
        goal(kr()),
        entries=[
            okr.Judgement("11", AUGUST, score=0.5, because="8", by="7"),
            okr.CheckIn("11", day(8, 3), 4, projected=80, by="7"),
            okr.CheckIn("11", day(6, 3), 4),
        ],
        rulebook=rolled_up(with_judged=OverrideDuration.ALWAYS),
    )
    yield card_of(
        goal(kr(), kr("12")),
        entries=[
            okr.Judgement("11", AUGUST, score=0.5, because="8"),
            *read_on(AUGUST, _11=4),
            okr.Transition("12", AUGUST, okr.Lifecycle.PAUSED, because="8", by="7"),
        ],
        rulebook=rolled_up(missing=0, entry=Clip(ceiling=0.9, full_from=0.7, digits=1)),
    )
    yield card_of(
        goal(kr(), initiatives=[okr.Initiative("41", "41")]),
        entries=[okr.CheckIn("41", AUGUST, 0.5)],
        rulebook=rolled_up(
            parts=[okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.INITIATIVES)],
            result=Clip(digits=2, floor=0),
        ),
    )
    yield card_of(
        goal(kr(), initiatives=[okr.Initiative("41", "41")]),
        entries=[
            okr.CheckIn("41", day(8, 1), 0.25),
            okr.Closing("41", day(8, 3), okr.ClosingDecision.STOP, because="8"),
            okr.CheckIn("41", AUGUST, 0.5),
        ],
    )
    yield card_of(
        goal(kr(), kr("12")),
        entries=read_on(AUGUST, _11=55),
        rulebook=rolled_up(missing=0, result=Clip(digits=1)),
    )
    yield card_of(
        goal(id="2"),
        goal(kr("11"), supports=["2"]),
        entries=[
            *read_on(AUGUST, _11=55),
            okr.Closing("1", AUGUST, okr.ClosingDecision.ACHIEVED, by="7"),
            okr.Transition("1", AUGUST, okr.Lifecycle.ARCHIVED),
        ],
        rulebook=rolled_up(with_archived=False),
    )
    # guardrails
    limit = okr.Guardrail("31", "31", okr.AtMost(5))
    for effect in BreachEffect:
        yield card_of(
            goal(kr(), guardrails=[limit]),
            entries=[
                *read_on(AUGUST, _11=90, _31=6),
                *read_on(day(6, 1), _31=6),
                okr.Judgement("31", day(8, 3), status="held", because="8"),
            ],
            rulebook=book(guardrails=okr.rulebook.GuardrailRule(effect=effect)),
        )
    # metrics
    measured = okr.plan.Measurement(
        numerator="51", denominator="52", event="53", source="54", method="55", least_answers=30
    )
    described = okr.Metric("33", "33", definition="56", measurement=measured, drives=["32"])
    yield card_of(
        goal(kr(metric="33")),
        metrics=[described, okr.Metric("32", "32")],
        entries=[okr.CheckIn("33", AUGUST, 4, source="57", link="58/59")],
    )
    counted = okr.Metric("34", "34", measurement=okr.plan.Measurement(numerator="51"))
    yield card_of(goal(kr(metric="34")), metrics=[counted])
    # usual growth
    growing = okr.Metric("32", "32", growth=okr.plan.Growth(5))
    yield card_of(goal(kr(metric="32")), metrics=[growing])
    # carried work
    old = goal(kr(), kr("12"), id="1", cycle=CYCLE)
    new = goal(
        kr("13", okr.Increase(0, 200), continues="11", weight=2),
        kr("14", continues="12"),
        id="2",
        cycle=NEXT,
        continues="1",
        supports=["3"],
    )
    above = goal(id="3", cycle=LONG)
    undated = [evolve(each, cycle=None, supports=["3"]) for each in (old, new)]
    yield card_of(*undated, above, entries=read_on(AUGUST, _11=50, _13=50))
    yield card_of(
        evolve(old, supports=["3"]),
        new,
        above,
        entries=[
            *read_on(AUGUST, _11=50),
            okr.Closing("1", Q3.end, okr.ClosingDecision.CARRY, because="8"),
            *read_on(day(10, 14), _13=50),
        ],
        on=day(10, 14),
    )


def cards_that_are_over() -> Iterator[okr.Scorecard]:
    committed, aspirational, learning = okr.Ambition
    grace = day(10, 5)
    yield card_of(
        goal(kr(), kr("12", weight=0), ambition=committed),
        entries=read_on(Q3.end, _11=50, _12=50),
        on=grace,
    )
    yield card_of(goal(kr(), ambition=aspirational), entries=read_on(Q3.end, _11=50), on=grace)
    yield card_of(goal(kr(), ambition=learning), entries=read_on(Q3.end, _11=50), on=grace)
    learned = okr.Closing("1", grace, okr.ClosingDecision.SCALE, learned="8")
    yield card_of(goal(kr(), ambition=learning), entries=[learned], on=grace)
    yield card_of(
        goal(kr(), ambition=committed),
        entries=read_on(Q3.end, _11=50),
        on=grace,
        rulebook=book(verdicts=[]),
    )
    half = goal(kr(), kr("12"), ambition=aspirational)
    yield card_of(half, entries=read_on(Q3.end, _11=80), on=grace)
    closed = okr.Closing("1", grace, okr.ClosingDecision.CARRY)
    yield card_of(half, entries=[*read_on(Q3.end, _11=80), closed], on=grace)
    for is_hard in (False, True):
        limit = okr.Guardrail("31", "31", okr.AtMost(5), hard=is_hard)
        yield card_of(
            goal(kr(), guardrails=[limit], ambition=committed),
            entries=read_on(Q3.end, _11=100, _31=6),
            on=grace,
            rulebook=book(guardrails=okr.rulebook.GuardrailRule(settles_hard=False)),
        )
    settled = okr.Judgement("31", Q3.end, status="held", because="8", by="7")
    yield card_of(
        goal(kr(), guardrails=[okr.Guardrail("31", "31", okr.AtMost(5))], ambition=committed),
        entries=[*read_on(Q3.end, _11=100, _31=6), settled],
        on=grace,
    )


def cards_by_status_rules() -> Iterator[okr.Scorecard]:
    rules = okr.rulebook
    yield card_of(goal(kr()), rulebook=book(status=[rules.Always("6")]))
    done = kr(measure=okr.Milestones("6", "7"))
    yield card_of(goal(done), entries=read_on(AUGUST, _11=["6", "7"]))
    pause = [
        okr.Transition("1", day(7, 10), okr.Lifecycle.PAUSED),
        okr.Transition("1", day(7, 12), okr.Lifecycle.ACTIVE),
    ]
    weekly = [*read_on(day(7, 6), _11=4), *read_on(day(8, 12), _11=4)]
    still = book(status=[rules.Stale(intervals=9, still_intervals=1)])
    for more in ((), pause):
        yield card_of(goal(kr()), entries=[*read_on(day(7, 6), _11=4), *more])
        yield card_of(goal(kr()), entries=[*weekly, *more], rulebook=still)
    steps = [okr.CheckIn("11", day(8, n), value) for n, value in enumerate((40, 60, 70, 75), 3)]
    shrinking = book(status=[rules.Stale(intervals=9, shrinking_steps=3)])
    yield card_of(goal(kr()), entries=steps, rulebook=shrinking)
    yield card_of(
        goal(kr(due=day(8, 1))),
        entries=read_on(day(8, 1), _11=50),
        rulebook=book(status=[rules.Overdue("6")]),
    )
    bands = rules.Bands([(okr.AtLeast(0.5), "6"), (None, "7")])
    for rule in (
        rules.ByBands(rules.Axis.SCORE, evolve(bands, digits=1)),
        rules.ByBands(rules.Axis.GAP, bands),
        rules.ByBands(rules.Axis.RATIO, rules.Bands([(okr.AtLeast(9), "6")])),
    ):
        yield card_of(goal(kr()), entries=read_on(AUGUST, _11=54), rulebook=book(status=[rule]))
    late = kr(timing=okr.Timing(waypoints=[okr.Waypoint(day(9, 1), 0)]))
    yield card_of(
        goal(late),
        entries=read_on(AUGUST, _11=54),
        rulebook=book(status=[rules.ByBands(rules.Axis.RATIO, bands)]),
    )
    for how in rules.StatusCombination:
        combined = rules.FromParts(how, [("7", 0), ("6", 1)])
        yield card_of(
            goal(kr(), kr("12")),
            entries=read_on(AUGUST, _11=54, _12=4),
            rulebook=book(status=[combined, rules.ByBands(rules.Axis.SCORE, bands)]),
        )


def cards_of_metrics() -> Iterator[okr.Scorecard]:
    """Yield a scorecard of metrics with all that describes them, derived and retired ones."""
    survey = okr.plan.Measurement(
        numerator="1", denominator="2", event="3", source="4", method="5", least_answers=6
    )
    metrics = [
        okr.Metric("7", "7", definition="8", measurement=survey, drives=["9"]),
        okr.Metric("9", "9", derived=okr.Derived(okr.Aggregation.SUM, ["7"])),
    ]
    ends = [
        okr.Closing(id, day(8, 9), okr.ClosingDecision.ABANDON, because="10") for id in ("7", "9")
    ]
    for entries in ([], ends):
        yield card_of(
            goal(kr("11", metric="9"), kr("12", metric="7")),
            entries=[*read_on(day(8, 3), _7=54), *entries],
            metrics=metrics,
        )


ALL_CARDS = [*cards(), *cards_that_are_over(), *cards_by_status_rules(), *cards_of_metrics()]


@pytest.mark.parametrize("card", ALL_CARDS)
def test_no_english_word_is_left_in_an_explanation(card: okr.Scorecard) -> None:
    left = {
        str(each): english_in(MADE_UP.write(each), "RECOMMENDED") for each in sentences_of(card)
    }
    assert {sentence: words for sentence, words in left.items() if words} == {}


def test_the_cards_above_have_every_sentence_of_statuses_and_explanations() -> None:
    found = {code for card in ALL_CARDS for each in sentences_of(card) for code in codes_in(each)}
    rooms = {"field/target", "field/weight"}
    of_reviews = {"adjustment/changed", "adjustment/end-moved", "adjustment/became"}
    of_reviews |= {"adjustment/field-became", "value/no-bound"}
    rows = {code for code in ENTRIES if not code.startswith(("field/", "cause/", "status/"))}
    assert (rows | STATUSES.keys()) - of_reviews - found == set()
    assert rooms <= found


@pytest.mark.parametrize("name", SETTABLE)
def test_every_field_that_an_adjustment_sets_has_a_row(name: str) -> None:
    noun = {"derived": "derivation", "measure": "target", "health": "bound"}.get(
        name.rpartition(".")[2], name.rpartition(".")[2]
    )
    assert name == "due" or f"field/{noun.replace('_', '-')}" in TABLE


@pytest.mark.parametrize(
    ("item", "given", "words"),
    [
        (goal(), {"cycle": LONG}, "end moved from 2026-09-30 to 2026-12-31"),
        (goal(), {"cycle": NEXT}, "cycle 3 became 4"),
        (goal(), {"ambition": okr.Ambition.LEARNING}, "ambition none became learning"),
        (
            kr(unit=okr.Unit("people", per="week")),
            {"sets": {"unit": okr.Unit("points", per="1,000 people")}},
            "unit people per week became points per 1,000 people",
        ),
        (kr("1"), {"due": day(9, 1)}, "no deadline of its own became due on 2026-09-01"),
        (kr("1"), {"measure": okr.AtMost(5)}, "0 to 100 became at most 5"),
        (kr("1"), {"sets": {"timing.observable_from": EARLY}}, "observable from none became 2026-08-03"),
        (kr("1"), {"sets": {"profile.tags": ["6", "7"]}}, "tags none became 6 and 7"),
        (kr("1"), {"sets": {"timing.waypoints": [okr.Waypoint(EARLY, 0.5)]}}, "waypoints changed"),
        (okr.Metric("1", "1"), {"measure": okr.AtMost(5)}, "no bound became at most 5"),
        (okr.Guardrail("1", "1", okr.AtMost(5)), {"sets": {"hard": True}}, "hard no became yes"),
        (okr.plan.Priority("1", "1"), {"sets": {"period": CYCLE}}, "period none became 3"),
        (
            okr.plan.Priority("1", "1"),
            {"sets": {"metrics": [okr.plan.Threshold("21", okr.AtLeast(40))]}},
            "metrics changed",
        ),
    ],
)  # fmt: skip
def test_changes_of_fields_are_written_in_any_words(item: Any, given: Any, words: str) -> None:
    (change,) = field_changes(adjusted("1", **given), item, None)
    assert became_words(change) == words
    assert not english_in(MADE_UP.write(became_words(change)))


def test_causes_of_a_movement_are_data() -> None:
    plan = okr.Plan([goal(kr(), kr("12"))])
    joined = okr.Journal([adjusted("1", day(8, 10), removes=["12"]), *read_on(EARLY, _11=5, _12=5)])
    first, last = (okr.evaluate(plan, joined, as_of=day(8, n)) for n in (9, 14))
    causes = [cause for moved in okr.scorecard.compare(last, first) for cause in moved.causes]
    assert {cause.why.code for cause in causes} == {"cause/not-in-plan"}
    for cause in causes:
        assert not english_in(MADE_UP.write(cause.why))
        assert f"cause kind: {cause.by}" in TABLE


def test_words_of_a_step_come_in_the_order_of_the_language() -> None:
    card = card_of(goal(kr()), entries=[adjusted("11", weight=2, by="Ana")])
    words = card.explain("11").words
    assert words == (
        "no reading; weight 1 until 2026-08-02, adjusted on 2026-08-03 by Ana to weight 2: 8"
    )
    german = Words(
        {
            "no-score/no-reading": "keine Messung",
            "field/weight": "Gewicht",
            "adjustment/until": "bis {day} {before: und }",
            "adjustment/by-to": "von {by} am {day} angepasst auf {after: und }",
        },
        day="{day}.{month}.{year}",
    )
    assert german.write(words) == (
        "keine Messung; bis 02.08.2026 Gewicht 1, von Ana am 03.08.2026 angepasst auf Gewicht 2: 8"
    )


def test_a_declared_status_has_its_reason_as_data() -> None:
    entries = [
        okr.Judgement("11", AUGUST, status="at risk", because="8"),
        okr.CheckIn("12", AUGUST, 4, status="on track"),
    ]
    card = card_of(goal(kr(), kr("12")), entries=entries)
    found = [card.key_result(id).declared for id in ("11", "12")]
    codes = [None if each is None else each.why.code for each in found]
    assert codes == ["status/judged", "status/declared"]
    assert [str(each.why) for each in found if each is not None] == [
        "judged on 2026-08-14: 8",
        "declared on 2026-08-14",
    ]

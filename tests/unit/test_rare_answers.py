"""Answers that few plans need: faults in documents, words of a dialect at the end, stated confidence while live."""

from __future__ import annotations

import json

from attrs import evolve

import okrcore as okr
from build import Q3, day, goal, kr, read
from okrcore import codec


def test_an_unknown_field_of_a_fault_in_a_scorecard_is_kept() -> None:
    journal = okr.Journal([read(5, "k"), read(5, "gone")])
    card = okr.evaluate(okr.Plan([goal(kr())]), journal, as_of=Q3.end, strict=False)
    document = json.loads(json.dumps(codec.dump(card)))
    document["data"]["left_out"][0]["extra"] = 1
    (unknown,) = codec.load_document(document).unknown
    assert (unknown.path, unknown.json) == ("$.data.left_out[0].extra", "1")


def test_an_excluded_key_result_has_no_word_of_success_at_the_end() -> None:
    closed = okr.rulebook.Closed(success="achieved", failure="missed")
    book = evolve(okr.RECOMMENDED, status=(closed,))
    plan = okr.Plan([goal(kr("k"), kr("b", okr.EstablishBaseline()))])
    card = okr.evaluate(plan, okr.Journal([read(100, "k")]), as_of=Q3.end, rulebook=book)
    assert card["k"].status != card["b"].status


def test_confidence_that_was_stated_for_an_objective_stays_when_its_parts_are_read() -> None:
    plan = okr.Plan([goal(kr("a"), kr("b"))])
    live = okr.LiveScorecard(plan, okr.Journal(), as_of=day(8, 10))
    entries = [
        okr.CheckIn("o", day(8, 3), confidence=0.9),
        okr.CheckIn("a", day(8, 4), 10, confidence=0.2),
    ]
    for entry in entries:
        live.record(entry)
        assert live.status("o")
    card = okr.evaluate(plan, okr.Journal(entries), as_of=day(8, 10))
    assert card["o"].confidence == 0.9
    assert live.status("o") == card["o"].status


def test_decisions_on_initiatives_and_guardrails_change_no_score_of_a_live_scorecard() -> None:
    guardrail = okr.Guardrail("g", "Tickets", okr.AtMost(5))
    work = okr.Initiative("i", "A faster page")
    plan = okr.Plan([goal(kr("a"), guardrails=[guardrail], initiatives=[work])])
    journal = okr.Journal([read(9, "g", day=day(8, 3)), read(30, "a", day=day(8, 3))])
    live = okr.LiveScorecard(plan, journal, as_of=day(8, 10))
    before = live.score("o")
    for entry in (
        okr.CheckIn("a", day(8, 4), 30),
        okr.Judgement("g", day(8, 5), status="held", because="the provider's outage"),
        okr.Closing("i", day(8, 6), okr.ClosingDecision.STOP, because="it helped nobody"),
    ):
        live.record(entry)
        journal = journal.add(entry)
        card = okr.evaluate(plan, journal, as_of=day(8, 10))
        assert (live.score("o"), live.status("o")) == (before, card["o"].status)

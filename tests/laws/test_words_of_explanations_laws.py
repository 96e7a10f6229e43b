"""Laws of the words of results, explanations and comparisons.

- a score, a status and an entry that does not count have no text but those of the table, plan, journal and rulebook
- a step, a remark and a cause have no text but those of the table and those of plan, journal and rulebook
- a changed unit is in the words of the reader, with its nouns
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.rulebook import dialects
from okrcore.scorecard.adjustment_words import became_words, field_changes
from okrcore.testing.values import units
from okrcore.words import Reason
from reason_texts import english_left, host_texts
from strategies import CYCLE, Quarter, quarters

_AVERAGED = okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect.AVERAGE)
_CAPPED = okr.rulebook.GuardrailRule(effect=okr.rulebook.BreachEffect.CAP)
BOOKS = st.sampled_from(
    [
        okr.RECOMMENDED,
        evolve(okr.RECOMMENDED, guardrails=_AVERAGED),
        evolve(okr.RECOMMENDED, guardrails=_CAPPED),
        evolve(
            okr.RECOMMENDED,
            roll_up=okr.rulebook.RollUpRule(
                missing=0, entry=okr.rulebook.Clip(full_from=0.7, digits=1)
            ),
        ),
        dialects.VIVA,
        dialects.QUANTIVE,
        dialects.SERVICENOW,
        dialects.TABILITY,
    ]
)


def sentences_of(card: okr.Scorecard) -> Iterator[Reason]:
    for id, item in card.plan_in_force.items.items():
        if not isinstance(item, (okr.Outside, okr.plan.Priority)):
            top = card.explain(id)
            yield from (step.words for _, step in top.walk(20))
            yield from top.remarks


@given(quarters(), BOOKS)
def test_an_explanation_has_no_text_of_its_own(quarter: Quarter, book: okr.Rulebook) -> None:
    host = host_texts(quarter, book)
    for sentence in sentences_of(quarter.evaluate(rulebook=book)):
        assert not english_left(sentence, host), sentence


@given(quarters(), BOOKS)
def test_a_result_has_no_text_of_its_own(quarter: Quarter, book: okr.Rulebook) -> None:
    host = host_texts(quarter, book)
    card = quarter.evaluate(rulebook=book)
    for id, item in card.plan_in_force.items.items():
        if isinstance(item, (okr.Outside, okr.plan.Priority)):
            continue
        result = card[id]
        uncounted = [each.why for each in result.uncounted]
        for sentence in (result.why, result.status_why, *uncounted):
            assert not english_left(sentence, host), sentence


@given(quarters(), BOOKS)
def test_a_comparison_has_no_text_of_its_own(quarter: Quarter, book: okr.Rulebook) -> None:
    host = host_texts(quarter, book)
    later = quarter.evaluate(rulebook=book)
    earlier = okr.evaluate(quarter.plan, okr.Journal(), as_of=quarter.day)
    for movement in okr.scorecard.compare(later, earlier):
        for cause in movement.causes:
            assert not english_left(cause.why, host), cause.why


@given(units(), units() | st.none())
def test_a_changed_unit_has_no_text_of_its_own(first: okr.Unit, then: okr.Unit | None) -> None:
    key_result = okr.KeyResult("k", "K", okr.Reach(5), unit=first)
    entry = okr.Adjustment("k", CYCLE.start, sets={"unit": then}, because="a fact")
    (change,) = field_changes(entry, key_result, first)
    assert not english_left(became_words(change), host_texts(key_result, entry)), change

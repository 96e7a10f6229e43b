"""Laws of words: every sentence is made from the table, and words change nothing else.

- a view in the made-up language has no English word but those of the host
- words change no digit: each number of a view is there in any words
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from html import unescape
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore import display
from okrcore.calendar import Ritual
from okrcore.rulebook import dialects
from okrcore.words import ENGLISH, Words
from strategies import Quarter, quarters

#: The made-up language with English signs and dates.
SAME_SIGNS = attrs.evolve(
    MADE_UP,
    decimal=ENGLISH.decimal,
    thousands=ENGLISH.thousands,
    percent=ENGLISH.percent,
    day=ENGLISH.day,
)
#: Rules that differ from the recommended ones in many fields.
OTHER = dialects.GITLAB
#: Marks of units, scales and guardrails, which are the same in any words.
MARKS = ("USD", "EUR", "x", "k", "M", "B")


def texts_of(value: Any) -> Iterator[str]:
    """Yield the texts that a host wrote in a value."""
    if type(value) is str:
        yield value
    elif isinstance(value, (tuple, list)):
        for member in value:
            yield from texts_of(member)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if not isinstance(found := getattr(value, field.name), Enum):
                yield from texts_of(found)


def seen(html: str) -> str:
    """Return the text that a browser shows."""
    return unescape(re.sub(r"<[^>]*>", "\n", html))


def sentences(card: okr.Scorecard) -> Iterator[str]:
    """Yield the sentences of a scorecard, each alone."""
    for objective in card.plan_in_force.objectives:
        for _, step in card.explain(objective.id).walk():
            yield step.words
            yield from step.remarks
    for result in results(card):
        yield result.why
        yield result.status_why
        yield from (each.why for each in result.uncounted)


def results(card: okr.Scorecard) -> Iterator[okr.scorecard.Result]:
    """Yield each result of a scorecard."""
    for objective in card:
        yield objective
        yield from map(card.key_result, objective.key_results)
        yield from map(card.guardrail, objective.guardrails)
    yield from (card.metric(metric.id) for metric in card.plan_in_force.metrics)


def views(quarter: Quarter, ritual: Ritual, words: Words) -> Iterator[str]:
    """Yield each view, with the agenda of one ritual, as a browser shows it."""
    card = quarter.evaluate()
    week_ago = card.as_of - timedelta(days=7)
    before = okr.evaluate(card.plan, card.journal, as_of=week_ago, rulebook=card.rulebook)
    yield seen(display.scorecard_html(card, words=words))
    yield seen(display.comparison_html(okr.compare(card, before), words=words))
    beside = okr.compare_rulebooks(
        card.plan, card.journal, as_of=card.as_of, rulebooks=[card.rulebook, OTHER]
    )
    yield seen(display.rulebooks_html(beside, words=words))
    agenda = okr.review.make_agenda(
        card.plan, card.journal, as_of=card.as_of, ritual=ritual, rulebook=card.rulebook
    )
    yield seen(display.agenda_html(agenda, words=words))


rituals = st.sampled_from(sorted(okr.review.AGENDA_TEMPLATES))


@given(quarters(), rituals)
def test_every_sentence_is_made_from_the_table(quarter: Quarter, ritual: Ritual) -> None:
    card = quarter.evaluate()
    host = {
        *texts_of(card.plan),
        *texts_of(card.journal.entries),
        card.rulebook.name,
        OTHER.name,
        *MARKS,
    }
    host |= {" ".join(text.split()) for text in host}
    for sentence in sentences(card):
        assert not english_in(MADE_UP.write(sentence), *host), sentence
    for view in views(quarter, ritual, MADE_UP):
        assert not english_in(view, *host)


@given(quarters(), rituals)
def test_words_change_no_digit(quarter: Quarter, ritual: Ritual) -> None:
    both = (views(quarter, ritual, words) for words in (ENGLISH, SAME_SIGNS))
    for english, other in zip(*both, strict=True):
        assert re.findall(r"[0-9]+", english) == re.findall(r"[0-9]+", other)

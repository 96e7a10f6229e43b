"""Refusals of words: unknown codes, templates that lose a value, percentages without a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import okrcore

# What is refused here, types forbid too.
okr: Any = okrcore


def words(sentences: Any) -> Callable[[], object]:
    return lambda: okr.words.Words(sentences)


#: Plural forms of one count alone.
FORMS = {1: "one"}.__getitem__

#: Name: (act, whole message).
REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "sentences that are no mapping": (
        words(7),
        "Words.sentences: must have the right type, got 7; give a Mapping [wrong-type]",
    ),
    "an unknown code": (
        words({"list/pear": "{first}"}),
        "Words.sentences: must be one of the known words, got 'list/pear'; did you mean 'list/pair'? [unknown-word]",
    ),
    "a code like no other": (
        words({7: "{first}"}),
        "Words.sentences: must be one of the known words, got 7; give a code of `TABLE` [unknown-word]",
    ),
    "a code given twice": (
        words([("score/met", "erreicht"), ("score/met", "getan")]),
        "Words.sentences: must not have the same name twice, got 'score/met' [repeated]",
    ),
    "a template that loses a value": (
        words({"list/pair": "{first} und"}),
        "Words.sentences['list/pair']: must have only known placeholders, got '{first} und'; write it with"
        " {first} and {last} [placeholder-unknown]",
    ),
    "a placeholder too many": (
        words({"score/met": "{score}"}),
        "Words.sentences['score/met']: must have only known placeholders, got '{score}'; write it with"
        " no placeholder [placeholder-unknown]",
    ),
    "an open brace": (
        words({"score/met": "{"}),
        "Words.sentences['score/met']: must have only known placeholders, got '{'; Single '{' encountered in"
        " format string [placeholder-unknown]",
    ),
    "forms without one for other counts": (
        words({"parts/mixed": {"one": "Teil"}}),
        "Words.sentences['parts/mixed']: must be given, got {'one': 'Teil'}; give a template for 'other'"
        " [missing-field]",
    ),
    "forms without a count": (
        words({"score/met": {"other": "erreicht"}}),
        "Words.sentences['score/met']: must have the right type, got {'other': 'erreicht'}; give one template:"
        " it has no plural forms [wrong-type]",
    ),
    "a form with another placeholder": (
        words({"parts/mixed": {"one": "{n} Teil", "other": "{count} Teile"}}),
        "Words.sentences['parts/mixed']: must have only known placeholders, got '{n} Teil'; write it with"
        " {count} [placeholder-unknown]",
    ),
    "a template that is no text": (
        words({"score/met": 5}),
        "Words.sentences['score/met']: must have the right type, got 5; give a str [wrong-type]",
    ),
    "a form that is no text": (
        words({"parts/mixed": {1: "Teil", "other": "{count} Teile"}}),
        "Words.sentences['parts/mixed']: must have the right type, got 1; give a str [wrong-type]",
    ),
    "a conversion": (
        words({"list/pair": "{first!r} {last}"}),
        "Words.sentences['list/pair']: must have only known placeholders, got '{first!r} {last}'; leave out"
        " !r [placeholder-unknown]",
    ),
    "a day with a format": (
        lambda: okr.words.Words(day="{year:d}"),
        "Words.day: must have only known placeholders, got '{year:d}'; write it with {day} and {month} and"
        " {month_name} and {year} [placeholder-unknown]",
    ),
    "a percentage with a format": (
        lambda: okr.words.Words(percent="{number:>5}"),
        "Words.percent: must have only known placeholders, got '{number:>5}'; write it with {number}"
        " [placeholder-unknown]",
    ),
    "a plural form that is missing for some counts": (
        lambda: okr.words.Words(plural=FORMS).phrase("parts/mixed", count=2),
        f"Words.plural: must have the right type, got {FORMS!r}; give a function from a count to a text;"
        " it has none for 2 [wrong-type]",
    ),
    "a count that is no count": (
        lambda: okr.words.Reason("parts/mixed", count="two"),
        "Words.phrase: must have the right type, got {'count': 'two'}; give texts, counts, days, or lists of"
        " them [wrong-type]",
    ),
    "a reason of an unknown code": (
        lambda: okr.words.Reason("score/mett"),
        "Words.phrase: must be one of the known words, got 'score/mett'; did you mean 'score/met'? [unknown-word]",
    ),
    "a reason without a value": (
        lambda: okr.words.Reason("parts/mixed"),
        "Words.phrase.count: must be given, got 'parts/mixed' [missing-field]",
    ),
    "a reason with a number that is no count": (
        lambda: okr.words.Reason("list/pair", first=0.5, last="B"),
        "Words.phrase: must have the right type, got {'first': 0.5, 'last': 'B'}; give texts, counts, days,"
        " or lists of them [wrong-type]",
    ),
    "a sentence that is no text": (
        lambda: okr.words.ENGLISH.write(5),
        "Words.write: must have the right type, got 5; give a str [wrong-type]",
    ),
    "a number that is no text": (
        lambda: okr.words.ENGLISH.number(5),
        "Words.number: must have the right type, got 5; give a str [wrong-type]",
    ),
    "a term of no vocabulary": (
        lambda: okr.words.ENGLISH.term(None, "at risk"),
        "Words.term.kind: must have the right type, got None; give a str [wrong-type]",
    ),
    "a term without a word": (
        lambda: okr.words.Term("status", None),
        "Term.text: must have the right type, got None; give a str [wrong-type]",
    ),
    "a figure that is no text": (
        lambda: okr.words.Figure(5),
        "Figure.text: must have the right type, got 5; give a str [wrong-type]",
    ),
    "a percentage without its number": (
        lambda: okr.words.Words(percent="%"),
        "Words.percent: must have only known placeholders, got '%'; write it with {number} [placeholder-unknown]",
    ),
    "plural forms without a function": (
        lambda: okr.words.Words(plural="one"),
        "Words.plural: must have the right type, got 'one'; give a function from a count to a text; it has none for 1 [wrong-type]",
    ),
    "a date with another placeholder": (
        lambda: okr.words.Words(day="{weekday}"),
        "Words.day: must have only known placeholders, got '{weekday}'; write it with {day} and {month} and"
        " {month_name} and {year} [placeholder-unknown]",
    ),
    "a sign that is no text": (
        lambda: okr.words.Words(decimal=5),
        "Words.decimal: must have the right type, got 5; give a str [wrong-type]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_with_its_whole_message(name: str) -> None:
    act, message = REFUSALS[name]
    with pytest.raises(okr.OkrError) as caught:
        act()
    assert str(caught.value) == message

"""Reasons are data: a code with its values, and words that write them in any language."""

from __future__ import annotations

import ast
import copy
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import okrcore as okr
from made_up import MADE_UP, english_in
from okrcore.words import ENGLISH, TABLE, Figure, Reason, Term, Words
from okrcore.words.reason import as_reason, clauses, listed, noted
from okrcore.words.templates import placeholders

SOURCES = Path(okr.__file__).parent
GERMAN = Words(
    {
        "score/on-line": "{reading} sind {share} des Weges von {baseline} nach {target}",
        "uncounted/reading": {
            "one": "eine Messung, {why}",
            "other": "{count} Messungen vom {days}, {why}",
        },
        "list/pair": "{first} und {last}",
    },
    decimal=",",
    thousands=".",
    percent="{number} %",
    day="{day}.{month}.{year}",
)


def _why() -> Reason:
    plan = okr.Plan(
        [okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Reach(4000))])]
    )
    journal = okr.Journal(okr.check_ins(date(2026, 8, 1), {"k": 1250.5}))
    return okr.evaluate(plan, journal, as_of=date(2026, 8, 1))["k"].why


def test_a_reason_is_its_english_sentence_with_code_and_values() -> None:
    why = _why()
    assert why == "1,250.5 is 31% of the way from 0 to 4,000"
    assert why.code == "score/on-line"
    assert dict(why.values) == {
        "reading": "1,250.5", "share": "31%", "baseline": "0", "target": "4,000"
    }  # fmt: skip


def test_words_change_sentences_and_signs_and_no_digit() -> None:
    assert GERMAN.write(_why()) == "1.250,5 sind 31 % des Weges von 0 nach 4.000"


def _pickled(by: int) -> Callable[[Any], Any]:
    return lambda value: pickle.loads(pickle.dumps(value, by))  # noqa: S301  # made a moment ago


_COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *map(_pickled, range(pickle.HIGHEST_PROTOCOL + 1)),
]


@pytest.mark.parametrize("copied", _COPIES)
def test_a_copy_has_code_and_values(copied: Callable[[Any], Any]) -> None:
    again = copied(_why())
    assert (again, again.code, again.values) == (_why(), _why().code, _why().values)
    term = copied(Term("status", "at risk"))
    assert (term, term.kind) == ("at risk", "status")


def test_reasons_within_reasons_are_written_in_the_same_words() -> None:
    both = clauses(["", _why(), Reason("text", text="Ana: 1,5")])
    assert both == "1,250.5 is 31% of the way from 0 to 4,000; Ana: 1,5"
    assert GERMAN.write(both) == "1.250,5 sind 31 % des Weges von 0 nach 4.000; Ana: 1,5"


def test_lists() -> None:
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c"
    ]  # fmt: skip
    assert GERMAN.write(listed(["a", "b", "c"])) == "a, b und c"
    assert noted(["a", "", "b"]) == "a, b"
    assert as_reason("a").code == "text"
    assert as_reason(_why()).code == "score/on-line"


def test_forms_follow_the_count() -> None:
    one, three = (
        Reason("uncounted/reading", count=n, days=date(2026, 7, 1), why="late") for n in (1, 3)
    )
    assert (one, three) == (
        "one reading, of 2026-07-01, late",
        "3 readings, of 2026-07-01, late",
    )
    assert GERMAN.write(one) == "eine Messung, late"
    assert GERMAN.write(three) == "3 Messungen vom 01.07.2026, late"
    polish = Words(
        {
            "parts/key-results": {
                "few": "{count} wyniki",
                "one": "wynik",
                "other": "{count} wyników",
            }
        },
        plural=lambda n: (
            "one" if n == 1 else "few" if 1 < n % 10 < 5 and n % 100 // 10 != 1 else "other"
        ),
    )
    shown = [polish.phrase("parts/key-results", count=n) for n in (1, 3, 12, 22)]
    assert shown == ["wynik", "3 wyniki", "12 wyników", "22 wyniki"]


def test_terms_of_dialects_are_written_as_they_are() -> None:
    assert MADE_UP.write(Term("status", "flagged by Acme")) == "flagged by Acme"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$1,250.5", "$1.250,5"),
        ("-0.25", "-0,25"),
        ("2:37", "2:37"),
        ("62.5%", "62,5 %"),
        ("+5%", "+5 %"),
        ("1,000 accounts", "1.000 accounts"),
        ("1.5 days per week", "1,5 days per week"),
        ("85 tickets per 1,000 users", "85 tickets per 1.000 users"),
    ],
)
def test_numbers_have_the_signs_of_the_words(text: str, written: str) -> None:
    assert GERMAN.write(Figure(text)) == written
    assert ENGLISH.write(Figure(text)) == text
    assert GERMAN.write(text) == text


def _nodes() -> Iterator[ast.AST]:
    for path in sorted(SOURCES.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_every_row_of_the_table_is_written_somewhere() -> None:
    texts = {
        node.value
        for node in _nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    beginnings = tuple(text for text in texts if text.endswith(("/", "-")) and "/" in text)
    rows = [code for code in TABLE if ":" not in code]
    assert not [each for each in rows if each not in texts and not each.startswith(beginnings)]


def test_no_code_has_two_rows() -> None:
    found: list[str] = []
    for path in sorted((SOURCES / "words" / "english").glob("*_rows.py")):
        room = import_module(f"okrcore.words.english.{path.stem}")
        (name,) = room.__all__
        found += getattr(room, name)
    assert sorted(found) == sorted(TABLE)


def test_every_reason_gives_the_values_of_its_row() -> None:
    for node in _nodes():
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Reason":
            continue
        code, given = node.args[0], {keyword.arg for keyword in node.keywords}
        if isinstance(code, ast.Constant) and None not in given:
            template = TABLE[str(code.value)]
            whole = template if isinstance(template, str) else dict(template)["other"]
            counted = set() if isinstance(template, str) else {"count"}
            assert given == placeholders(whole) | counted, code.value


def test_four_plural_forms() -> None:
    forms = ("one", "two", "few", "other")
    slovene = Words(
        {"parts/mixed": {form: f"{{count}} {form}" for form in forms}},
        plural=lambda n: forms[n % 100 - 1] if 0 < n % 100 < 4 else "other",
    )
    written = [slovene.phrase("parts/mixed", count=n) for n in (0, 1, 2, 3, 104, 1102)]
    assert written == ["0 other", "1 one", "2 two", "3 few", "104 other", "1,102 two"]


def test_an_empty_row_writes_nothing() -> None:
    """It is no missing row, which would be English."""
    assert Words({"score/met": ""}).phrase("score/met") == ""
    goal = okr.Objective("o", "Ziel", key_results=[okr.KeyResult("k", "Teil", okr.Reach(5))])
    card = okr.evaluate(okr.Plan([goal]), okr.Journal(), as_of=date(2026, 8, 1))
    words = Words({"status: unknown": "", "no-score/no-reading": "ohne Messung"})
    (row,) = (
        line
        for line in okr.display.scorecard_markdown(card, words=words).splitlines()
        if "Teil" in line
    )
    assert row == "| &emsp;Teil | – |  |  | ohne Messung |"


def test_a_long_title_of_a_comparison_has_lines_as_wide_as_the_table() -> None:
    journal = okr.Journal(okr.check_ins(date(2026, 8, 2), {"k": 1}))
    goal = okr.Objective("o", "O", key_results=[okr.KeyResult("k", "K", okr.Reach(4))])
    later, earlier = (
        okr.evaluate(okr.Plan([goal]), journal, as_of=date(2026, 8, n)) for n in (2, 1)
    )
    words = Words({"comparison/title": f"{'sehr ' * 20}lange her: {{since}} bis {{until}}"})
    lines = okr.display.comparison_text(okr.compare(later, earlier), words=words).splitlines()
    assert max(map(len, lines)) <= 79
    assert " ".join(lines[:2]).endswith("her: 2026-08-01 bis 2026-08-02")


def test_braces_of_signs_and_of_host_texts_stay() -> None:
    words = Words({"list/pair": "{last} {{}} {first}"}, day="{{{day}}}", percent="{{{number}}}")
    pair = Reason("list/pair", first="{last} %s {x", last="}{0}")
    assert words.write(pair) == "}{0} {} {last} %s {x"
    assert words.write(Figure("5%")) == "{5}"
    assert words.phrase("list/pair", first=date(2026, 8, 1), last="") == " {} {01}"


@pytest.mark.parametrize("code", TABLE)
def test_every_row_is_whole(code: str) -> None:
    template = TABLE[code]
    if not isinstance(template, str):
        assert set(dict(template)) == {"one", "other"}
        assert placeholders(dict(template)["one"]) <= placeholders(dict(template)["other"])
        template = dict(template)["other"]
    assert template == template.strip() or code == "list/separator"


def test_the_made_up_language_shows_a_sentence_that_is_not_from_the_table() -> None:
    assert not english_in(MADE_UP.write(_why()))
    assert english_in(f"{MADE_UP.write(_why())}; late") == ["late"]

"""Faces of records: each kind that is printed has functions registered, and any other has its repr."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from html import escape

import pytest

import okrcore as okr
from okrcore import _shown
from okrcore.display import explanation_html, explanation_markdown, explanation_text

KINDS = [
    okr.Scorecard,
    okr.scorecard.Explanation,
    okr.scorecard.Comparison,
    okr.scorecard.RulebookComparison,
    okr.review.Agenda,
]


def test_records_that_are_printed_have_a_text() -> None:
    assert set(_shown.Shown.__subclasses__()) == set(KINDS)
    for kind in KINDS:
        assert _shown.text.dispatch(kind) is not _shown.text.dispatch(object)


@pytest.mark.parametrize("face", [_shown.markdown, _shown.html], ids=["markdown", "html"])
def test_all_but_explanations_have_markdown_and_html_of_their_own(face: object) -> None:
    dispatch = getattr(face, "dispatch", None)
    assert callable(dispatch)
    plain = {kind for kind in KINDS if dispatch(kind) is dispatch(object)}
    assert plain == {okr.scorecard.Explanation}


def test_any_other_record_is_shown_by_its_repr() -> None:
    person = okr.Person("<```>")
    assert _shown.text(person) == "Person(name='<```>')"
    assert _shown.markdown(person) == "```text\nPerson(name='<`` `>')\n```"
    assert _shown.html(person) == "<pre>Person(name=&#x27;&lt;```&gt;&#x27;)</pre>"


def test_a_scorecard_prints_after_an_import_of_its_room_alone() -> None:
    script = """
from datetime import date
from okrcore.scorecard import evaluate
from okrcore.plan import Plan
from okrcore.journal import Journal
print(evaluate(Plan(()), Journal(), as_of=date(2026, 8, 15)))
"""
    done = subprocess.run(  # noqa: S603  # this Python, this script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("As of 2026-08-15")


def test_an_explanation_has_its_text_in_a_block() -> None:
    plan = okr.Plan([okr.Objective("o", "<O>")])
    explained = okr.evaluate(plan, okr.Journal(), as_of=date(2026, 8, 15)).explain("o")
    text = explanation_text(explained)
    assert "<O> (o)" in text
    assert explanation_markdown(explained) == f"```text\n{text}\n```"
    assert explanation_html(explained) == f"<pre>{escape(text)}</pre>"
    assert explained._repr_mimebundle_() == {
        "text/plain": text,
        "text/markdown": explanation_markdown(explained),
        "text/html": explanation_html(explained),
    }

"""HTML for notebooks: tables and meters, no scripts and no SVG, every text escaped.

Notebook sanitisers let tables, `<meter>` and inline styles pass, and strip the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from okrcore import _shown
from okrcore._arith import short_beside
from okrcore._checks import must_be_a
from okrcore.display.comparison_rows import (
    COMPARISON_HEADINGS,
    DifferentFigures,
    Line,
    causes_of,
    comparison_title,
    headings,
    lines_of,
    moved_numbers,
    moved_states,
    title_of_rulebooks,
)
from okrcore.display.table_rows import SCORECARD_HEADINGS, Row, rows_of, title_of
from okrcore.display.text import explanation_text, heading_of_agenda, owners_in
from okrcore.plan import Person, Team
from okrcore.review import Agenda, AgendaItem, AgendaSection
from okrcore.scorecard import Comparison, Explanation, RulebookComparison, Scorecard, ScoreMovement
from okrcore.words import ENGLISH, Words

__all__ = ["agenda_html", "comparison_html", "explanation_html", "rulebooks_html", "scorecard_html"]


_CELL = 'style="text-align:left"'
_NUMBER = 'style="text-align:right;font-variant-numeric:tabular-nums"'

_STYLE: Final = {
    "objective": "font-weight:600",
    "key result": "padding-left:2em",
    "micro": "padding-left:4em",
    "guardrail": "padding-left:2em",
    "initiative": "padding-left:2em",
    "kpi": "padding-left:2em;font-style:italic",
    "metric": "font-style:italic",
    "priority": "font-style:italic",
}


def scorecard_html(card: Scorecard, *, words: Words = ENGLISH) -> str:
    """Return a scorecard as an HTML table.

    Args:
        card: Scorecard to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(scorecard_html, "card", card, Scorecard)
    must_be_a(scorecard_html, "words", words, Words)
    score, expected, status = (escape(words.phrase(code)) for code in SCORECARD_HEADINGS)
    head = (
        f"<th {_CELL}></th><th {_NUMBER}>{score}</th><th {_CELL}></th>"
        f"<th {_NUMBER}>{expected}</th><th {_CELL}>{status}</th>"
    )
    body = "".join(_row(row, words) for row in rows_of(card))
    caption = f"<caption {_CELL}>{escape(words.write(title_of(card)))}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: Row, words: Words) -> str:
    style = _STYLE[row.kind]
    meter = (
        "" if row.score is None else f'<meter min="0" max="1" value="{_share(row.score)}"></meter>'
    )
    note = f"<br><small>{escape(words.write(row.note))}</small>" if row.note else ""
    return (
        f'<tr><td style="text-align:left;{style}">{escape(words.write(row.title))}</td>'
        f"<td {_NUMBER}>{escape(words.write(row.shown_score))}</td><td>{meter}</td>"
        f"<td {_NUMBER}>{escape(words.write(row.shown_expected))}</td>"
        f"<td {_CELL}>{escape(words.write(row.status))}{note}</td></tr>"
    )


def _share(score: float) -> str:
    return short_beside(min(max(score, 0.0), 1.0), 0.0, 1.0)


def explanation_html(explanation: Explanation, *, words: Words = ENGLISH) -> str:
    """Return an explanation as preformatted text.

    Args:
        explanation: Explanation to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(explanation_html, "explanation", explanation, Explanation)
    must_be_a(explanation_html, "words", words, Words)
    return _shown.as_preformatted(explanation_text(explanation, words=words))


def comparison_html(comparison: Comparison, *, words: Words = ENGLISH) -> str:
    """Return a comparison as an HTML table.

    Args:
        comparison: Comparison to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(comparison_html, "comparison", comparison, Comparison)
    must_be_a(comparison_html, "words", words, Words)
    caption = f"<caption {_CELL}>{escape(words.write(comparison_title(comparison)))}</caption>"
    *numbers, causes = (escape(words.phrase(code)) for code in COMPARISON_HEADINGS)
    heads = "".join(f"<th {_NUMBER}>{name}</th>" for name in numbers)
    head = f"<th {_CELL}></th>{heads}<th {_CELL}>{causes}</th>"
    body = "".join(_movement_row(moved, words) for moved in comparison)
    states = "".join(f"<li>{escape(words.write(each))}</li>" for each in moved_states(comparison))
    listed = f"<ul>{states}</ul>" if states else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{listed}"


def _movement_row(moved: ScoreMovement, words: Words) -> str:
    numbers = map(words.write, moved_numbers(moved))
    causes = "<br>".join(escape(words.write(cause)) for cause in causes_of(moved))
    return (
        f"<tr><td {_CELL}>{escape(moved.title)}</td>"
        + "".join(f"<td {_NUMBER}>{number}</td>" for number in numbers)
        + f"<td {_CELL}>{causes}</td></tr>"
    )


def rulebooks_html(comparison: RulebookComparison, *, words: Words = ENGLISH) -> str:
    """Return rulebooks side by side as an HTML table, and their differences as lists.

    Args:
        comparison: Rulebooks to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(rulebooks_html, "comparison", comparison, RulebookComparison)
    must_be_a(rulebooks_html, "words", words, Words)
    names = ["", *(card.rulebook.name for card in comparison.cards)]
    head = "".join(f"<th {_CELL}>{escape(name)}</th>" for name in names)
    body = "".join(_beside(line, words) for line in lines_of(comparison.cards))
    caption = f"<caption {_CELL}>{escape(words.write(title_of_rulebooks(comparison)))}</caption>"
    lists = "".join(
        f"<p>{escape(words.write(heading))}</p>"
        f"<ul>{''.join(_figures(reason, words) for reason in reasons)}</ul>"
        for heading, reasons in headings(comparison)
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{lists}"


def _beside(line: Line, words: Words) -> str:
    style = "font-weight:600" if line.is_objective else "padding-left:2em"
    cells = "".join(f"<td {_CELL}>{escape(words.write(cell))}</td>" for cell in line.cells)
    return f'<tr><td style="text-align:left;{style}">{escape(line.title)}</td>{cells}</tr>'


def _figures(different: DifferentFigures, words: Words) -> str:
    rules = "".join(f"<li>{escape(words.write(rule))}</li>" for rule in different.rules)
    return f"<li>{escape(words.write(different.figures))}<ul>{rules}</ul></li>"


_shown.html.register(Scorecard, scorecard_html)
_shown.html.register(Comparison, comparison_html)
_shown.html.register(RulebookComparison, rulebooks_html)

_LEFT = 'style="text-align:left;vertical-align:top"'


# --- HTML --------------------------------------------------------------------------------------


def agenda_html(agenda: Agenda, *, words: Words = ENGLISH) -> str:
    """Return an agenda as an HTML table of sections, in as many columns as its ritual has.

    Args:
        agenda: Agenda to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(agenda_html, "agenda", agenda, Agenda)
    must_be_a(agenda_html, "words", words, Words)
    owners = owners_in(agenda)
    cells = [f"<td {_LEFT}>{_section_html(each, words, owners)}</td>" for each in agenda.sections]
    rows = [cells[at : at + agenda.columns] for at in range(0, len(cells), agenda.columns)]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    caption = f'<caption style="text-align:left">{escape(words.write(heading_of_agenda(agenda)))}</caption>'
    return f"<table>{caption}<tbody>{body}</tbody></table>"


def _section_html(section: AgendaSection, words: Words, owners: Mapping[Person | Team, str]) -> str:
    asked = "".join(f"<em>{escape(words.write(each))}</em><br>" for each in section.questions)
    items = "".join(_item_html(item, words, owners) for item in section.items)
    items = items or f"<li>{escape(words.write(section.empty))}</li>"
    return f"<strong>{escape(words.write(section.title))}</strong><br>{asked}<ul>{items}</ul>"


def _item_html(item: AgendaItem, words: Words, owners: Mapping[Person | Team, str]) -> str:
    owner = "" if item.owner is None else f" ({escape(owners[item.owner])})"
    title, text = (escape(words.write(each)) for each in (item.title, item.text))
    notes = "".join(f"<br><small>{escape(words.write(note))}</small>" for note in item.notes)
    return f"<li><strong>{title}</strong>{owner}: {text}{notes}</li>"


_shown.html.register(Agenda, agenda_html)

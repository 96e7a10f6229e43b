"""HTML for notebooks: tables and meters, no scripts and no SVG, every text escaped.

Notebook sanitisers let tables, `<meter>` and inline styles pass, and strip the rest.
"""

from __future__ import annotations

from html import escape
from typing import Final

from okrcore import _shown
from okrcore._arith import short_beside
from okrcore._checks import must_be_a
from okrcore.display.table_rows import (
    Line,
    Reason,
    Row,
    causes_of,
    comparison_title,
    headings,
    lines_of,
    moved_numbers,
    rows_of,
    title_of,
    title_of_rulebooks,
)
from okrcore.display.text import heading_of_agenda
from okrcore.review import Agenda, AgendaItem, AgendaSection
from okrcore.scorecard import Comparison, Explanation, RulebookComparison, Scorecard, ScoreMovement

__all__ = ["agenda_html", "comparison_html", "explanation_html", "rulebooks_html", "scorecard_html"]


_CELL = 'style="text-align:left"'
_NUMBER = 'style="text-align:right;font-variant-numeric:tabular-nums"'

_STYLE: Final = {
    "objective": "font-weight:600",
    "key result": "padding-left:2em",
    "micro": "padding-left:4em",
    "guardrail": "padding-left:2em",
    "metric": "font-style:italic",
}


def scorecard_html(card: Scorecard) -> str:
    """Return a scorecard as an HTML table."""
    must_be_a(scorecard_html, "card", card, Scorecard)
    head = "".join(
        f"<th {_NUMBER if name in ('score', 'expected') else _CELL}>{name}</th>"
        for name in ("", "score", "", "expected", "status")
    )
    body = "".join(_row(row) for row in rows_of(card))
    caption = f"<caption {_CELL}>{escape(title_of(card))}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: Row) -> str:
    style = _STYLE[row.kind]
    meter = (
        "" if row.score is None else f'<meter min="0" max="1" value="{_share(row.score)}"></meter>'
    )
    note = f"<br><small>{escape(row.note)}</small>" if row.note else ""
    return (
        f'<tr><td style="text-align:left;{style}">{escape(row.title)}</td>'
        f"<td {_NUMBER}>{row.shown_score}</td><td>{meter}</td>"
        f"<td {_NUMBER}>{row.shown_expected}</td>"
        f"<td {_CELL}>{escape(row.status)}{note}</td></tr>"
    )


def _share(score: float) -> str:
    return short_beside(min(max(score, 0.0), 1.0), 0.0, 1.0)


def explanation_html(explanation: Explanation) -> str:
    """Return an explanation as preformatted text."""
    must_be_a(explanation_html, "explanation", explanation, Explanation)
    return _shown.html(explanation)


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison as an HTML table."""
    must_be_a(comparison_html, "comparison", comparison, Comparison)
    caption = f"<caption {_CELL}>{escape(comparison_title(comparison))}</caption>"
    head = "".join(
        f"<th {_CELL if name in ('', 'moved by') else _NUMBER}>{name}</th>"
        for name in ("", "before", "after", "change", "moved by")
    )
    body = "".join(map(_movement_row, comparison))
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _movement_row(moved: ScoreMovement) -> str:
    numbers = moved_numbers(moved)
    causes = "<br>".join(map(escape, causes_of(moved)))
    return (
        f"<tr><td {_CELL}>{escape(moved.title)}</td>"
        + "".join(f"<td {_NUMBER}>{number}</td>" for number in numbers)
        + f"<td {_CELL}>{causes}</td></tr>"
    )


def rulebooks_html(comparison: RulebookComparison) -> str:
    """Return rulebooks side by side as an HTML table, and their differences as lists."""
    must_be_a(rulebooks_html, "comparison", comparison, RulebookComparison)
    names = ["", *(card.rulebook.name for card in comparison.cards)]
    head = "".join(f"<th {_CELL}>{escape(name)}</th>" for name in names)
    body = "".join(map(_beside, lines_of(comparison.cards)))
    caption = f"<caption {_CELL}>{escape(title_of_rulebooks(comparison))}</caption>"
    lists = "".join(
        f"<p>{escape(heading)}</p><ul>{''.join(map(_reason, reasons))}</ul>"
        for heading, reasons in headings(comparison)
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{lists}"


def _beside(line: Line) -> str:
    style = "font-weight:600" if line.is_objective else "padding-left:2em"
    cells = "".join(f"<td {_CELL}>{escape(cell)}</td>" for cell in line.cells)
    return f'<tr><td style="text-align:left;{style}">{escape(line.title)}</td>{cells}</tr>'


def _reason(reason: Reason) -> str:
    rules = "".join(f"<li>{escape(f'{joint} {rule}'.strip())}</li>" for joint, rule in reason.rules)
    return f"<li>{escape(reason.figures)}<ul>{rules}</ul></li>"


_shown.html.register(Scorecard, scorecard_html)
_shown.html.register(Comparison, comparison_html)
_shown.html.register(RulebookComparison, rulebooks_html)

_LEFT = 'style="text-align:left;vertical-align:top"'


# --- HTML --------------------------------------------------------------------------------------


def agenda_html(agenda: Agenda) -> str:
    """Return an agenda as an HTML table of sections, in as many columns as its ritual has."""
    must_be_a(agenda_html, "agenda", agenda, Agenda)
    cells = [f"<td {_LEFT}>{_section_html(section)}</td>" for section in agenda.sections]
    rows = [cells[at : at + agenda.columns] for at in range(0, len(cells), agenda.columns)]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    caption = f'<caption style="text-align:left">{escape(heading_of_agenda(agenda))}</caption>'
    return f"<table>{caption}<tbody>{body}</tbody></table>"


def _section_html(section: AgendaSection) -> str:
    questions = "".join(f"<em>{escape(question)}</em><br>" for question in section.questions)
    items = "".join(map(_item_html, section.items)) or f"<li>{escape(section.empty)}</li>"
    return f"<strong>{escape(section.title)}</strong><br>{questions}<ul>{items}</ul>"


def _item_html(item: AgendaItem) -> str:
    owner = "" if item.owner is None else f" ({escape(str(item.owner))})"
    notes = "".join(f"<br><small>{escape(note)}</small>" for note in item.notes)
    return f"<li><strong>{escape(item.title)}</strong>{owner}: {escape(item.text)}{notes}</li>"


_shown.html.register(Agenda, agenda_html)

"""Agendas as pages: text, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from okrcore import _shown
from okrcore._checks import must_be_a
from okrcore.display.markdown import plain_markdown
from okrcore.display.text import wrapped
from okrcore.review import Agenda, AgendaItem, AgendaSection

__all__ = ["agenda_html", "agenda_markdown", "agenda_text"]

_LEFT = 'style="text-align:left;vertical-align:top"'


def _heading(agenda: Agenda) -> str:
    return f"{agenda.title}, {agenda.as_of} ({agenda.minutes} minutes)"


# --- text --------------------------------------------------------------------------------------


def agenda_text(agenda: Agenda) -> str:
    """Return an agenda as text of at most 79 columns."""
    must_be_a(agenda_text, "agenda", agenda, Agenda)
    lines = wrapped(_heading(agenda))
    for section in agenda.sections:
        lines += ["", *wrapped(section.title.upper()), *_section_lines(section)]
    return "\n".join(lines)


def _section_lines(section: AgendaSection) -> Iterator[str]:
    for question in section.questions:
        yield from wrapped(question, "  ? ", "    ")
    for item in section.items:
        yield from wrapped(_item_words(item), "  - ", "    ")
        for note in item.notes:
            yield from wrapped(note, "      ", "        ")
    if not section.items:
        yield from wrapped(section.empty, "  - ", "    ")


def _item_words(item: AgendaItem) -> str:
    owner = "" if item.owner is None else f" [{item.owner}]"
    return f"{item.title}: {item.text}{owner}"


# --- Markdown ----------------------------------------------------------------------------------


def agenda_markdown(agenda: Agenda) -> str:
    """Return an agenda as Markdown: headings, questions as quotes, items as a list."""
    must_be_a(agenda_markdown, "agenda", agenda, Agenda)
    lines = [f"## {plain_markdown(_heading(agenda))}"]
    for section in agenda.sections:
        lines += ["", f"### {plain_markdown(section.title)}", ""]
        lines += [f"> {plain_markdown(question)}  " for question in section.questions]
        if section.questions:
            lines.append("")
        for item in section.items:
            owner = "" if item.owner is None else f" ({plain_markdown(str(item.owner))})"
            lines.append(f"- **{plain_markdown(item.title)}**{owner}: {plain_markdown(item.text)}")
            lines += [f"  - {plain_markdown(note)}" for note in item.notes]
        if not section.items:
            lines.append(f"- {plain_markdown(section.empty)}")
    return "\n".join(lines)


# --- HTML --------------------------------------------------------------------------------------


def agenda_html(agenda: Agenda) -> str:
    """Return an agenda as an HTML table of sections, in as many columns as its ritual has."""
    must_be_a(agenda_html, "agenda", agenda, Agenda)
    cells = [f"<td {_LEFT}>{_section_html(section)}</td>" for section in agenda.sections]
    rows = [cells[at : at + agenda.columns] for at in range(0, len(cells), agenda.columns)]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    caption = f'<caption style="text-align:left">{escape(_heading(agenda))}</caption>'
    return f"<table>{caption}<tbody>{body}</tbody></table>"


def _section_html(section: AgendaSection) -> str:
    questions = "".join(f"<em>{escape(question)}</em><br>" for question in section.questions)
    items = "".join(map(_item_html, section.items)) or f"<li>{escape(section.empty)}</li>"
    return f"<strong>{escape(section.title)}</strong><br>{questions}<ul>{items}</ul>"


def _item_html(item: AgendaItem) -> str:
    owner = "" if item.owner is None else f" ({escape(str(item.owner))})"
    notes = "".join(f"<br><small>{escape(note)}</small>" for note in item.notes)
    return f"<li><strong>{escape(item.title)}</strong>{owner}: {escape(item.text)}{notes}</li>"


_shown.text.register(Agenda, agenda_text)
_shown.markdown.register(Agenda, agenda_markdown)
_shown.html.register(Agenda, agenda_html)

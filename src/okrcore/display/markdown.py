"""Markdown, for pull requests, chats and documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from okrcore import _shown
from okrcore._checks import must_be_a
from okrcore.display.table_rows import (
    causes_of,
    comparison_title,
    headings,
    lines_of,
    moved_numbers,
    rows_of,
    title_of,
    title_of_rulebooks,
)
from okrcore.display.text import bar, heading_of_agenda
from okrcore.review import Agenda
from okrcore.scorecard import Comparison, Explanation, RulebookComparison, Scorecard

__all__ = [
    "agenda_markdown",
    "comparison_markdown",
    "explanation_markdown",
    "plain_markdown",
    "rulebooks_markdown",
    "scorecard_markdown",
]


_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>()#+!|~"})
_AROUND: Final = {
    "objective": ("**", "**"),
    "key result": ("&emsp;", ""),
    "micro": ("&emsp;&emsp;", ""),
    "guardrail": ("&emsp;", ""),
    "metric": ("*", "*"),
}


def scorecard_markdown(card: Scorecard) -> str:
    """Return a scorecard as a Markdown table."""
    must_be_a(scorecard_markdown, "card", card, Scorecard)
    lines = [
        f"**{plain_markdown(title_of(card))}**",
        "",
        "| | score | | expected | status |",
        "|---|---:|---|---:|---|",
    ]
    for row in rows_of(card):
        before, after = _AROUND[row.kind]
        title = f"{before}{plain_markdown(row.title)}{after}"
        shown = "" if row.score is None else bar(row.score)
        status = " · ".join(plain_markdown(text) for text in (row.status, row.note) if text)
        numbers = f"{row.shown_score} | {shown} | {row.shown_expected}"
        lines.append(f"| {title} | {numbers} | {status} |")
    return "\n".join(lines)


def explanation_markdown(explanation: Explanation) -> str:
    """Return an explanation as a block of text."""
    must_be_a(explanation_markdown, "explanation", explanation, Explanation)
    return _shown.markdown(explanation)


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as a Markdown table."""
    must_be_a(comparison_markdown, "comparison", comparison, Comparison)
    lines = [f"**{plain_markdown(comparison_title(comparison))}**"]
    if comparison.movements:
        lines += ["", "| | before | after | change | moved by |", "|---|---:|---:|---:|---|"]
    for moved in comparison:
        numbers = " | ".join(moved_numbers(moved))
        causes = "<br>".join(map(plain_markdown, causes_of(moved)))
        lines.append(f"| {plain_markdown(moved.title)} | {numbers} | {causes} |")
    return "\n".join(lines)


def rulebooks_markdown(comparison: RulebookComparison) -> str:
    """Return rulebooks side by side as a Markdown table, and their differences as lists."""
    must_be_a(rulebooks_markdown, "comparison", comparison, RulebookComparison)
    names = [plain_markdown(card.rulebook.name) for card in comparison.cards]
    lines = [f"**{plain_markdown(title_of_rulebooks(comparison))}**", ""]
    lines += [_cells(["", *names]), "|---" * (len(names) + 1) + "|"]
    for line in lines_of(comparison.cards):
        title = plain_markdown(line.title)
        title = f"**{title}**" if line.is_objective else f"&emsp;{title}"
        lines.append(_cells([title, *map(plain_markdown, line.cells)]))
    for heading, reasons in headings(comparison):
        lines += ["", f"{plain_markdown(heading)}:", ""]
        for reason in reasons:
            lines.append(f"- {plain_markdown(reason.figures)}")
            lines += [f"  - {plain_markdown(f'{joint} {rule}')}" for joint, rule in reason.rules]
    return "\n".join(lines)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain_markdown(text: str) -> str:
    """Return a text on one line, with all marks of Markdown escaped."""
    return " ".join(text.split()).translate(_SPECIAL)


_shown.markdown.register(Scorecard, scorecard_markdown)
_shown.markdown.register(Comparison, comparison_markdown)
_shown.markdown.register(RulebookComparison, rulebooks_markdown)


# --- Markdown ----------------------------------------------------------------------------------


def agenda_markdown(agenda: Agenda) -> str:
    """Return an agenda as Markdown: headings, questions as quotes, items as a list."""
    must_be_a(agenda_markdown, "agenda", agenda, Agenda)
    lines = [f"## {plain_markdown(heading_of_agenda(agenda))}"]
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


_shown.markdown.register(Agenda, agenda_markdown)

"""Markdown, for pull requests, chats and documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from okrcore import _shown
from okrcore._checks import must_be_a
from okrcore.display.comparison_rows import (
    COMPARISON_HEADINGS,
    causes_of,
    comparison_title,
    headings,
    lines_of,
    moved_numbers,
    moved_states,
    title_of_rulebooks,
)
from okrcore.display.table_rows import SCORECARD_HEADINGS, rows_of, title_of
from okrcore.display.text import bar, explanation_text, heading_of_agenda, owners_in
from okrcore.review import Agenda
from okrcore.scorecard import Comparison, Explanation, RulebookComparison, Scorecard
from okrcore.words import ENGLISH, Words

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
    "initiative": ("&emsp;", ""),
    "kpi": ("&emsp;*", "*"),
    "metric": ("*", "*"),
    "priority": ("*", "*"),
}


def scorecard_markdown(card: Scorecard, *, words: Words = ENGLISH) -> str:
    """Return a scorecard as a Markdown table.

    Args:
        card: Scorecard to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(scorecard_markdown, "card", card, Scorecard)
    must_be_a(scorecard_markdown, "words", words, Words)
    score, expected, status = (plain_markdown(words.phrase(code)) for code in SCORECARD_HEADINGS)
    lines = [
        f"**{plain_markdown(words.write(title_of(card)))}**",
        "",
        f"| | {score} | | {expected} | {status} |",
        "|---|---:|---|---:|---|",
    ]
    for row in rows_of(card):
        before, after = _AROUND[row.kind]
        title = f"{before}{plain_markdown(words.write(row.title))}{after}"
        shown = "" if row.score is None else bar(row.score)
        texts = [words.write(text) for text in (row.status, row.note)]
        status = " · ".join(plain_markdown(text) for text in texts if text)
        score, expected = map(words.write, (row.shown_score, row.shown_expected))
        numbers = f"{score} | {shown} | {expected}"
        lines.append(f"| {title} | {numbers} | {status} |")
    return "\n".join(lines)


def explanation_markdown(explanation: Explanation, *, words: Words = ENGLISH) -> str:
    """Return an explanation as a block of text.

    Args:
        explanation: Explanation to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(explanation_markdown, "explanation", explanation, Explanation)
    must_be_a(explanation_markdown, "words", words, Words)
    return _shown.as_block(explanation_text(explanation, words=words))


def comparison_markdown(comparison: Comparison, *, words: Words = ENGLISH) -> str:
    """Return a comparison as a Markdown table.

    Args:
        comparison: Comparison to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(comparison_markdown, "comparison", comparison, Comparison)
    must_be_a(comparison_markdown, "words", words, Words)
    lines = [f"**{plain_markdown(words.write(comparison_title(comparison)))}**"]
    if comparison.movements:
        heads = [plain_markdown(words.phrase(code)) for code in COMPARISON_HEADINGS]
        lines += ["", f"| {_cells(heads)}", "|---|---:|---:|---:|---|"]
    for moved in comparison:
        numbers = " | ".join(map(words.write, moved_numbers(moved)))
        causes = "<br>".join(plain_markdown(words.write(cause)) for cause in causes_of(moved))
        lines.append(f"| {plain_markdown(moved.title)} | {numbers} | {causes} |")
    for n, state in enumerate(moved_states(comparison)):
        lines += ["", f"- {plain_markdown(words.write(state))}"][n > 0 :]
    return "\n".join(lines)


def rulebooks_markdown(comparison: RulebookComparison, *, words: Words = ENGLISH) -> str:
    """Return rulebooks side by side as a Markdown table, and their differences as lists.

    Args:
        comparison: Rulebooks to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(rulebooks_markdown, "comparison", comparison, RulebookComparison)
    must_be_a(rulebooks_markdown, "words", words, Words)
    names = [plain_markdown(card.rulebook.name) for card in comparison.cards]
    lines = [f"**{plain_markdown(words.write(title_of_rulebooks(comparison)))}**", ""]
    lines += [_cells(["", *names]), "|---" * (len(names) + 1) + "|"]
    for line in lines_of(comparison.cards):
        title = plain_markdown(line.title)
        title = f"**{title}**" if line.is_objective else f"&emsp;{title}"
        cells = [plain_markdown(words.write(cell)) for cell in line.cells]
        lines.append(_cells([title, *cells]))
    for heading, reasons in headings(comparison):
        lines += ["", f"{plain_markdown(words.write(heading))}:", ""]
        for reason in reasons:
            lines.append(f"- {plain_markdown(words.write(reason.figures))}")
            lines += [f"  - {plain_markdown(words.write(rule))}" for rule in reason.rules]
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


def agenda_markdown(agenda: Agenda, *, words: Words = ENGLISH) -> str:
    """Return an agenda as Markdown: headings, questions as quotes, items as a list.

    Args:
        agenda: Agenda to show.
        words: Words of headings, sentences and numbers.
    """
    must_be_a(agenda_markdown, "agenda", agenda, Agenda)
    must_be_a(agenda_markdown, "words", words, Words)
    lines = [f"## {plain_markdown(words.write(heading_of_agenda(agenda)))}"]
    owners = owners_in(agenda)
    for section in agenda.sections:
        lines += ["", f"### {plain_markdown(words.write(section.title))}", ""]
        lines += [f"> {plain_markdown(words.write(question))}  " for question in section.questions]
        if section.questions:
            lines.append("")
        for item in section.items:
            owner = "" if item.owner is None else f" ({plain_markdown(owners[item.owner])})"
            title, text = (plain_markdown(words.write(each)) for each in (item.title, item.text))
            lines.append(f"- **{title}**{owner}: {text}")
            lines += [f"  - {plain_markdown(words.write(note))}" for note in item.notes]
        if not section.items:
            lines.append(f"- {plain_markdown(words.write(section.empty))}")
    return "\n".join(lines)


_shown.markdown.register(Agenda, agenda_markdown)

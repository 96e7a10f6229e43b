"""Markdown, for pull requests, chats and documents."""

from __future__ import annotations

from typing import Final

from okrcore.display.rows import (
    causes_of,
    changed,
    comparison_title,
    rows_of,
    scored,
    title_of,
)
from okrcore.display.text import bar, explanation_text
from okrcore.scorecard import Comparison, Explanation, Scorecard

__all__ = ["comparison_markdown", "explanation_markdown", "plain_markdown", "scorecard_markdown"]

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
    return f"```text\n{explanation_text(explanation).replace('```', '`` `')}\n```"


def comparison_markdown(comparison: Comparison) -> str:
    """Return what moved as a Markdown table."""
    lines = [f"**{plain_markdown(comparison_title(comparison))}**"]
    if comparison.movements:
        lines += ["", "| | before | after | change | moved by |", "|---|---:|---:|---:|---|"]
    for moved in comparison:
        numbers = f"{scored(moved.before)} | {scored(moved.after)} | {changed(moved.change)}"
        causes = "<br>".join(map(plain_markdown, causes_of(moved)))
        lines.append(f"| {plain_markdown(moved.title)} | {numbers} | {causes} |")
    return "\n".join(lines)


def plain_markdown(text: str) -> str:
    """Return a text on one line in which nothing is taken for Markdown."""
    return " ".join(text.split()).translate(_SPECIAL)

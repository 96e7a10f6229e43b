"""Display: text, Markdown and HTML of scorecards, explanations, comparisons and agendas.

Each is what `print` and notebooks show; `format_shares` rounds shares so that they add up.
"""

from okrcore.display.html import (
    agenda_html,
    comparison_html,
    explanation_html,
    rulebooks_html,
    scorecard_html,
)
from okrcore.display.markdown import (
    agenda_markdown,
    comparison_markdown,
    explanation_markdown,
    rulebooks_markdown,
    scorecard_markdown,
)
from okrcore.display.text import (
    agenda_text,
    comparison_text,
    explanation_text,
    format_shares,
    rulebooks_text,
    scorecard_text,
)

__all__ = [
    "agenda_html",
    "agenda_markdown",
    "agenda_text",
    "comparison_html",
    "comparison_markdown",
    "comparison_text",
    "explanation_html",
    "explanation_markdown",
    "explanation_text",
    "format_shares",
    "rulebooks_html",
    "rulebooks_markdown",
    "rulebooks_text",
    "scorecard_html",
    "scorecard_markdown",
    "scorecard_text",
]

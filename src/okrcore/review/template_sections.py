"""Sections and templates of rituals, made from the codes of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from okrcore.review.agenda_templates import AgendaTemplate, AgendaTopic, TemplateSection
from okrcore.review.scopes import AgendaScope
from okrcore.words.reason import Reason

__all__ = ["section_on", "template_of"]

#: Codes of words for a topic without any items to list: "all hold" would mislead without guardrails.
_NONE: Final[Mapping[AgendaTopic, str]] = MappingProxyType(
    {
        AgendaTopic.MOVEMENTS: "nothing/key-results",
        AgendaTopic.CONFIDENCE: "nothing/confidence",
        AgendaTopic.CONTRIBUTIONS: "nothing/shared",
        AgendaTopic.GUARDRAILS: "nothing/guardrails",
        AgendaTopic.STALE: "nothing/key-results",
        AgendaTopic.STALLED: "nothing/moving",
        AgendaTopic.INSTRUMENTS: "nothing/key-results",
        AgendaTopic.RECORDS: "nothing/adjustments",
        AgendaTopic.DECISIONS: "nothing/objectives",
        AgendaTopic.LINKS: "nothing/alignments",
        AgendaTopic.POST_MORTEMS: "nothing/promises",
        AgendaTopic.KPIS: "nothing/objectives",
    }
)


def section_on(
    topic: AgendaTopic, title: str, *questions: str, empty: str = "nothing/all"
) -> TemplateSection:
    """Return a section of a topic; its texts are given by their codes."""
    none = _NONE.get(topic)
    return TemplateSection(
        topic,
        Reason(title),
        map(Reason, questions),
        empty=Reason(empty),
        none="" if none is None else Reason(none),
    )


def template_of(
    title: str,
    minutes: int,
    scope: AgendaScope,
    back_days: int | None,
    *sections: TemplateSection,
    columns: int = 1,
) -> AgendaTemplate:
    """Return the template of a ritual; its title is given by its code."""
    return AgendaTemplate(Reason(title), minutes, scope, back_days, sections, columns=columns)

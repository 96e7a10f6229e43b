"""Templates of agendas: sections, each with a topic and questions."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from okrcore._checks import (
    MOST_DAYS,
    as_tuple,
    is_tuple,
    must_be_a,
    must_be_all,
    must_be_positive_count,
)
from okrcore._texts import must_be_name, must_be_note, must_be_text, must_be_texts
from okrcore.review.scopes import AgendaScope
from okrcore.words.reason import Reason, as_reason, as_reasons, text_of

__all__ = ["AgendaTemplate", "AgendaTopic", "TemplateSection"]


@unique
class AgendaTopic(StrEnum):
    """Kind of the items in a section of an agenda."""

    QUESTIONS = "questions alone"
    MOVEMENTS = "movements"
    WINS = "wins"
    CONFIDENCE = "confidence that moved"
    GUARDRAILS = "guardrails that do not hold"
    BLOCKERS = "blockers"
    DEPENDENCIES = "dependencies"
    STALE = "stale"
    DUE = "due"
    PAUSED = "paused"
    NOT_NOW = "not now"
    STANDING = "how objectives stand"
    BEHIND = "behind"
    STALLED = "stalled"
    WORK = "initiatives"
    PRIORITIES = "priorities of the week"
    BELIEFS = "confidence"
    NEXT_WEEKS = "the next weeks"
    HEALTH = "health"
    SHARED = "shared key results"
    CONTRIBUTIONS = "contributions"
    REALLOCATION = "reallocation"
    EFFECTS = "effects"
    OWNERS = "owners"
    ADJUSTED = "adjustments"
    RECORDS = "records that miss something"
    RESULTS = "results"
    DECISIONS = "decisions"
    POST_MORTEMS = "post-mortems"
    FINDINGS = "findings"
    LEARNED = "what was learnt"
    LINKS = "links without a contribution"
    NEXT = "what goes on"
    STATEMENTS = "statements"
    INSTRUMENTS = "not measurable yet"
    #: Objectives without a KPI, and sick KPIs that no objective attends to.
    KPIS = "kpis"


@final
@frozen(repr=False)
class TemplateSection:
    """Section of a ritual.

    Texts of your own are shown as they are; those of `AGENDA_TEMPLATES` are sentences that `Words` translates.

    Args:
        topic: Kind of its items.
        title: Heading.
        questions: Questions to talk about.
        empty: Words if there are no items, such as "all hold".
        none: Words if the plan has nothing to list, such as "no guardrails"; `empty` without them. If the
            plan has objectives and none is in scope, the words are "no objective is running" or the like.
    """

    topic: AgendaTopic
    title: Reason = field(converter=as_reason)
    questions: tuple[Reason, ...] = field(default=(), converter=as_reasons)
    empty: Reason = field(default=Reason("nothing/all"), kw_only=True, converter=as_reason)
    none: Reason = field(default=Reason("text", text=""), kw_only=True, converter=as_reason)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "topic", self.topic, AgendaTopic)
        must_be_name(self, "title", text_of(self.title))
        questions = self.questions
        given = tuple(map(text_of, questions)) if is_tuple(questions) else questions
        must_be_texts(self, "questions", given)
        must_be_text(self, "empty", text_of(self.empty))
        must_be_note(self, "none", text_of(self.none))

    def __repr__(self) -> str:
        return f"TemplateSection({self.topic.value!r}, {self.title!r}, {len(self.questions)} questions)"


def _as_sections(values: Iterable[TemplateSection]) -> tuple[TemplateSection, ...]:
    return as_tuple(values)


@final
@frozen(repr=False)
class AgendaTemplate:
    """Template of a ritual's agenda.

    Args:
        title: Title of the agenda.
        minutes: Longest duration in minutes, above 0.
        scope: Objectives in it.
        back_days: Days back to the last time, above 0; None for the start of the cycle.
        sections: Sections in order.
        columns: Columns of sections on a page, above 0.
    """

    title: Reason = field(converter=as_reason)
    minutes: int
    scope: AgendaScope
    back_days: int | None
    sections: tuple[TemplateSection, ...] = field(converter=_as_sections)
    columns: int = field(default=1, kw_only=True)  # library default

    def __attrs_post_init__(self) -> None:
        must_be_name(self, "title", text_of(self.title))
        must_be_positive_count(self, "minutes", self.minutes)
        must_be_a(self, "scope", self.scope, AgendaScope)
        if self.back_days is not None:
            must_be_positive_count(self, "back_days", self.back_days, MOST_DAYS)
        must_be_all(self, "sections", self.sections, TemplateSection)
        must_be_positive_count(self, "columns", self.columns)

    def __repr__(self) -> str:
        return f"AgendaTemplate({self.title!r}, {len(self.sections)} sections)"

"""`agenda`: items to talk about in a ritual on a day.

1. An agenda is data; `display` makes text, Markdown and HTML of it.
2. Sections and questions are data in `AGENDA_TEMPLATES`; the items of a topic come from a function in `WEEK_TOPICS`,
   `WORK_TOPICS` or `CYCLE_TOPICS`. No code branches on a ritual.
3. Owners are named as contacts; nobody has a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import (
    as_text,
    as_tuple,
    given_day,
    given_mapping,
    member_of,
    must_be_a,
    must_be_positive_count,
    path_of,
)
from okrcore._made import must_fit
from okrcore._shown import Shown
from okrcore._texts import must_be_ids
from okrcore.calendar import Ritual
from okrcore.errors import InvalidValueError
from okrcore.journal import Journal
from okrcore.journal.plan_in_force import must_be_in_force
from okrcore.plan import KeyResult, Objective, Plan, Scope
from okrcore.plan.item import refusal
from okrcore.review.agenda_context import AgendaSection, Desk
from okrcore.review.agenda_templates import AgendaTemplate, AgendaTopic, TemplateSection
from okrcore.review.cycle_topics import CYCLE_TOPICS, exists, out_of_scope
from okrcore.review.ritual_templates import AGENDA_TEMPLATES
from okrcore.review.week_topics import WEEK_TOPICS, Lists
from okrcore.review.work_topics import WORK_TOPICS
from okrcore.rulebook import RECOMMENDED, Rulebook
from okrcore.scorecard import Scorecard, evaluate
from okrcore.scorecard.scorecard import evaluation_of, narrowed
from okrcore.words.reason import Reason, as_reason

__all__ = ["Agenda", "make_agenda"]

_TOPICS: Final[Mapping[AgendaTopic, Lists]] = MappingProxyType(
    {**WEEK_TOPICS, **WORK_TOPICS, **CYCLE_TOPICS}
)


@final
@frozen(kw_only=True, repr=False)
class Agenda(Shown):
    """Agenda of a ritual on a day. Made by `make_agenda`; printed, it is a page.

    Its titles, questions and items are reasons, which `Words` translates. Texts of your own templates, titles and
    notes stay as they are.

    Args:
        ritual: The ritual.
        title: Title of the page.
        as_of: Day of the ritual.
        minutes: Longest duration in minutes, above 0.
        sections: Sections in order.
        columns: Columns of sections on a page, above 0.
    """

    ritual: Ritual
    title: Reason = field(converter=as_reason)
    as_of: date
    minutes: int
    sections: tuple[AgendaSection, ...]
    columns: int

    def __attrs_post_init__(self) -> None:
        must_fit(self)
        must_be_positive_count(self, "minutes", self.minutes)
        must_be_positive_count(self, "columns", self.columns)

    def section(self, topic: AgendaTopic | str) -> AgendaSection:
        """Return the section of a topic.

        Raises:
            InvalidValueError: There is no such topic, or the agenda has no section of it.
        """
        wanted = member_of(self, "topic", topic, AgendaTopic)
        for section in self.sections:
            if section.topic is wanted:
                return section
        known = ", ".join(section.topic for section in self.sections)
        raise InvalidValueError("not-in-agenda", path_of(self, "topic"), topic, f"it has {known}")

    def __repr__(self) -> str:
        count = sum(len(section.items) for section in self.sections)
        return f"Agenda({self.title!r}, {self.as_of}, {len(self.sections)} sections, {count} items)"


def make_agenda(
    plan: Plan,
    journal: Journal,
    *,
    as_of: date,
    ritual: Ritual | str = Ritual.WEEKLY,
    of: str | Iterable[str] | None = None,
    scope: Scope | None = None,
    rulebook: Rulebook = RECOMMENDED,
    rites: Mapping[Ritual, AgendaTemplate] | None = None,
) -> Agenda:
    """Make the agenda of a ritual on a day.

    Without `of`, a weekly check-in has the running objectives, a close those that end within two weeks or
    should have been closed, a retrospective those of the last cycle that ended, and so on.

    Args:
        plan: The plan.
        journal: Its entries.
        as_of: Evaluation date; entries dated on it are included.
        ritual: A `Ritual` or its word, such as "weekly", "mid-cycle review", "close" or "retrospective".
        of: Id, or several ids, of objectives or key results; the agenda has them and their children.
        scope: Objectives among which the ritual has its own; None for all. It changes no number.
        rulebook: Rules of scores and statuses.
        rites: Templates by ritual, to change sections or words; None for `AGENDA_TEMPLATES`.

    Raises:
        InvalidValueError: There is no such ritual.
        InconsistentPlanError: An id of `of` or of the scope is unknown, or not in the plan on the day, or entries do not fit it.

    Laws: test_items_name_what_is_in_the_plan, test_no_number_is_about_a_person,
    test_an_agenda_fits_80_columns.
    Source: METHOD.md 2.9; founding document E.

    >>> from datetime import date
    >>> import okrcore as okr
    >>> plan = okr.Plan([okr.Objective("grow", "Grow", owner="Ana Ruiz",
    ...     cycle=okr.FiscalCalendar().quarter(2026, 3),
    ...     key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Increase(112, 128))])])
    >>> journal = okr.Journal([*okr.check_ins(date(2026, 8, 3), {"arpa": 117}),
    ...                        *okr.check_ins(date(2026, 8, 10), {"arpa": 120})])
    >>> found = make_agenda(plan, journal, as_of=date(2026, 8, 10))
    >>> [moved] = found.section(okr.review.AgendaTopic.MOVEMENTS).items
    >>> print(moved.owner, "-", moved.title, "-", moved.text)
    Ana Ruiz - Revenue per account - 117 to 120; score 0.31 to 0.50
    """
    must_be_a(make_agenda, "plan", plan, Plan)
    must_be_a(make_agenda, "journal", journal, Journal)
    as_of = given_day(make_agenda, "as_of", as_of)
    must_be_a(make_agenda, "rulebook", rulebook, Rulebook)
    rows = AGENDA_TEMPLATES if rites is None else given_mapping(make_agenda, "rites", rites)
    for each in rows:
        member_of(make_agenda, "rites", each, Ritual)
    chosen = _as_ritual(ritual, rows)
    rite = rows[chosen]
    must_be_a(make_agenda, f"rites[{chosen}]", rite, AgendaTemplate)
    must_be_a(make_agenda, "scope", scope, Scope, type(None))
    card = evaluate(plan, journal, as_of=as_of, rulebook=rulebook)
    if scope is not None:
        card = narrowed(card, scope)
    desk = Desk(card, chosen, rite, _as_named(card, of))
    return Agenda(
        ritual=chosen,
        title=rite.title,
        as_of=as_of,
        minutes=rite.minutes,
        sections=tuple(
            AgendaSection(
                topic=section.topic,
                title=section.title,
                questions=_questions(section, desk),
                items=tuple(_TOPICS[section.topic](desk)),
                empty=_words_for_nothing(section, desk),
            )
            for section in rite.sections
        ),
        columns=rite.columns,
    )


def _questions(section: TemplateSection, desk: Desk) -> tuple[Reason, ...]:
    """Return the questions of a section; experiments close with decisions of their own."""
    kinds = {objective.is_experiment for objective in desk.objectives}
    found: list[Reason] = []
    for question in section.questions:
        is_on_decision = question.code == "question/decision"
        if not is_on_decision or kinds != {True}:
            found.append(question)
        if is_on_decision and True in kinds:
            found.append(Reason("question/decision-on-experiment"))
    return tuple(found)


def _words_for_nothing(section: TemplateSection, desk: Desk) -> Reason:
    if not section.none or exists(section.topic, desk):
        return section.empty
    return out_of_scope(section.topic, desk) or section.none


def _as_ritual(ritual: Ritual | str, rites: Mapping[Ritual, AgendaTemplate]) -> Ritual:
    must_be_a(make_agenda, "ritual", ritual, str)
    ritual = as_text(ritual)
    if ritual not in set(rites):
        known = ", ".join(sorted(rites))
        raise InvalidValueError(
            "ritual-unknown", path_of(make_agenda, "ritual"), ritual, f"give {known}"
        )
    return Ritual(ritual)


def _as_named(card: Scorecard, of: str | Iterable[str] | None) -> tuple[str, ...]:
    if of is None:
        return ()
    named = (of,) if isinstance(of, str) else as_tuple(of)
    must_be_ids(make_agenda, "of", named)
    named, facts = tuple(map(as_text, named)), evaluation_of(card).facts
    for id in named:
        must_be_in_force(facts.in_force, facts.history, id)
        if not isinstance(facts.plan.items.get(id), (Objective, KeyResult)):
            raise refusal(
                facts.plan.items, "make_agenda.of", id, "give an objective or a key result"
            )
    return named

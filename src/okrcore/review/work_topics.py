"""Topics of work and of the weeks ahead: initiatives, priorities, deadlines.

A topic is a row in `WORK_TOPICS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from okrcore.plan import Milestones, Objective
from okrcore.review.agenda_context import AgendaItem, Desk
from okrcore.review.agenda_templates import AgendaTopic
from okrcore.review.week_topics import Lists
from okrcore.scorecard import InitiativeResult, InitiativeState
from okrcore.scorecard.initiative_results import due_words, state_words
from okrcore.words.reason import Reason, clauses

__all__ = ["WORK_TOPICS"]


def _work(desk: Desk) -> Iterator[AgendaItem]:
    for work in desk.works:
        yield desk.item(work.id, _work_words(desk, work), notes=desk.notes_on(work.id))


def _work_words(desk: Desk, work: InitiativeResult) -> str:
    driven = [desk.plan.items[id] for id in work.drives]
    titles = [item.title or item.id for item in driven]
    return clauses(
        [
            state_words(work.state, work.share_done, work.ended_on, work.lifecycle),
            *([Reason("work/drives", titles=titles)] if titles else ()),
            due_words(work.state, work.due, work.days_late),
        ]
    )


def _is_left(work: InitiativeResult) -> bool:
    """Return whether work is neither done nor dropped."""
    return work.state in (InitiativeState.PLANNED, InitiativeState.DOING)


def _priorities(desk: Desk) -> Iterator[AgendaItem]:
    """Yield the next open work, that for key results at risk first."""

    def rank(work: InitiativeResult) -> tuple[bool, date]:
        is_urgent = any(id in desk.card and desk.in_alarm(id) for id in work.drives)
        return (not is_urgent, work.due or date.max)

    for work in sorted(filter(_is_left, desk.works), key=rank)[: desk.rule.priorities]:
        yield desk.item(work.id, _work_words(desk, work))


def _next_weeks(desk: Desk) -> Iterator[AgendaItem]:
    today = desk.card.as_of
    last = today + timedelta(days=desk.rule.looks_ahead_days)
    coming = [one for o in desk.objectives for one in _dated(desk, o) if today <= one[0] <= last]
    for day, (id, event) in sorted(coming, key=lambda one: one[0]):
        yield desk.item(id, Reason("coming/on", day=day, event=event))


def _dated(desk: Desk, objective: Objective) -> Iterator[tuple[date, tuple[str, str]]]:
    for work in objective.initiatives:
        if work.due is not None and _is_left(desk.card.initiative(work.id)):
            yield work.due, (work.id, Reason("coming/work"))
    for kr in objective.own_key_results:
        if kr.due is not None:
            yield kr.due, (kr.id, Reason("coming/deadline"))
        if isinstance(kr.measure, Milestones):
            read = desk.card.key_result(kr.id).reading
            names = read if isinstance(read, tuple) else ()
            for step in kr.measure.milestones:
                if step.due is not None and step.name not in names:
                    yield step.due, (kr.id, step.name)
    dependencies = () if objective.profile is None else objective.profile.dependencies
    for dependency in dependencies:
        if dependency.needed_by is not None:
            event = Reason("coming/dependency", dependency=dependency.what)
            yield dependency.needed_by, (objective.id, event)


WORK_TOPICS: Final[Mapping[AgendaTopic, Lists]] = MappingProxyType(
    {
        AgendaTopic.WORK: _work,
        AgendaTopic.PRIORITIES: _priorities,
        AgendaTopic.NEXT_WEEKS: _next_weeks,
    }
)

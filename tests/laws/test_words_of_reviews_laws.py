"""Laws of the words of agendas, closings and roll-overs, on whole quarters that were closed in any way.

- every text in a sentence is one of the host's, or a word of a vocabulary; all else is a row of the table
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from host_texts import texts_not_given
from okrcore.calendar import Ritual
from okrcore.words import Reason
from strategies import CYCLE, Quarter, closed_quarters, quarters

DAY = CYCLE.end + timedelta(days=5)
Q4 = okr.FiscalCalendar(start_month=1).quarter(2026, 4)


def foreign(sentences: Iterable[str], quarter: Quarter, on: date = DAY) -> set[str]:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=on)
    results = [card[id] for id in card.plan_in_force.items if id in card]
    # Reasons of statuses have laws of their own.
    of_statuses = {str(each.status_why) for each in results if each.status_why.code == "text"}
    return texts_not_given(sentences, quarter.plan, quarter.journal) - of_statuses


def texts(agenda: okr.review.Agenda) -> list[str]:
    found: list[str] = [agenda.title]
    for section in agenda.sections:
        found += [section.title, section.empty, *section.questions]
        for item in section.items:
            found += [item.title, item.text, *item.notes]
    return found


@given(st.one_of(closed_quarters(), quarters(max_objectives=4)), st.integers(-90, 20))
def test_every_text_of_an_agenda_is_a_row_or_a_text_of_the_host(
    quarter: Quarter, days: int
) -> None:
    on = CYCLE.end + timedelta(days=days)
    found = [
        text
        for ritual in Ritual
        for text in texts(
            okr.review.make_agenda(quarter.plan, quarter.journal, as_of=on, ritual=ritual)
        )
    ]
    assert all(type(each) is Reason for each in found)
    assert foreign(found, quarter, on) == set()


@given(closed_quarters())
def test_every_text_of_a_close_is_a_row_or_a_text_of_the_host(quarter: Quarter) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=DAY)
    for objective in card.plan_in_force.objectives:
        because = okr.review.suggest_closing(card, objective.id).because
        statement = okr.review.describe_objective(card.plan_in_force, objective.id)
        draft = okr.review.draft_post_mortem(card, objective.id)
        outcomes = [text for each in draft.outcomes for text in (each.planned, each.actual)]
        assert foreign([because, statement, *outcomes], quarter) == set()
    for finding in okr.review.look_back(card):
        assert foreign([finding.words, finding.advice], quarter) == set()
    rolled = okr.review.roll_over(quarter.plan, quarter.journal, as_of=DAY, cycle=Q4)
    assert foreign([item.because for item in rolled.items], quarter) == set()
    later = okr.evaluate(rolled.plan, quarter.journal, as_of=Q4.start)
    assert foreign([each.because for each in okr.review.list_parked(later)], quarter) == set()

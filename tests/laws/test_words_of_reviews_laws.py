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


def foreign(sentences: Iterable[str], quarter: Quarter) -> set[str]:
    return texts_not_given(sentences, quarter.plan, quarter.journal)


@given(closed_quarters(), st.sampled_from(Ritual), st.integers(-20, 20))
def test_every_text_of_an_agenda_is_a_row_or_a_text_of_the_host(
    quarter: Quarter, ritual: Ritual, days: int
) -> None:
    on = date.fromordinal(CYCLE.end.toordinal() + days)
    agenda = okr.review.make_agenda(quarter.plan, quarter.journal, as_of=on, ritual=ritual)
    assert foreign([agenda.title], quarter) == set()
    for section in agenda.sections:
        texts = [section.title, section.empty, *section.questions]
        for item in section.items:
            texts += [item.title, item.text, *item.notes]
        assert all(type(each) is Reason for each in texts)
        assert foreign(texts, quarter) == set(), (section.topic, texts)


@given(quarters(max_objectives=4), st.sampled_from(Ritual), st.integers(0, 80))
def test_every_text_of_an_agenda_on_the_way_is_a_row_or_a_text_of_the_host(
    quarter: Quarter, ritual: Ritual, days: int
) -> None:
    on = date.fromordinal(CYCLE.start.toordinal() + days)
    agenda = okr.review.make_agenda(quarter.plan, quarter.journal, as_of=on, ritual=ritual)
    for section in agenda.sections:
        for item in section.items:
            assert foreign([item.title, item.text, *item.notes], quarter) == set(), section.topic


@given(closed_quarters())
def test_every_text_of_a_close_is_a_row_or_a_text_of_the_host(quarter: Quarter) -> None:
    card = okr.evaluate(quarter.plan, quarter.journal, as_of=DAY)
    for objective in card.plan_in_force.objectives:
        because = okr.review.suggest_closing(card, objective.id).because
        statement = okr.review.describe_objective(card.plan_in_force, objective.id)
        draft = okr.review.draft_post_mortem(card, objective.id)
        outcomes = [text for each in draft.outcomes for text in (each.planned, each.actual)]
        for each in [because, statement, *outcomes]:
            assert foreign([each], quarter) == set(), (
                each,
                each.values if isinstance(each, Reason) else "",
            )
    findings = okr.review.look_back(card)
    assert (
        foreign([text for each in findings for text in (each.words, each.advice)], quarter) == set()
    )
    rolled = okr.review.roll_over(quarter.plan, quarter.journal, as_of=DAY, cycle=Q4)
    assert foreign([item.because for item in rolled.items], quarter) == set()
    later = okr.evaluate(rolled.plan, quarter.journal, as_of=Q4.start)
    assert foreign([each.because for each in okr.review.list_parked(later)], quarter) == set()

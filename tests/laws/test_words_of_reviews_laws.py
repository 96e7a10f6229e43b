"""Laws of the words of agendas, closings and roll-overs, on whole quarters that were closed in any way.

- every text in a sentence is one of the host's, or a word of a vocabulary; all else is a row of the table
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from attrs import fields, has
from hypothesis import given
from hypothesis import strategies as st

import okrcore as okr
from okrcore.calendar import Ritual
from okrcore.words import TABLE, Figure, Reason, Term
from strategies import CYCLE, Quarter, closed_quarters, quarters

DAY = CYCLE.end + timedelta(days=5)
Q4 = okr.FiscalCalendar(start_month=1).quarter(2026, 4)
SKIP = {"stale", "behind", "findings", "adjustments", "guardrails that do not hold", "health"}


def leaves(value: Any) -> Iterator[str]:
    """Yield the texts in a sentence that no row of the table has."""
    if isinstance(value, Reason):
        for each in value.values.values():
            yield from leaves(each)
    elif isinstance(value, (Term, StrEnum)):
        kind = value.kind if isinstance(value, Term) else _vocabulary(value)
        if f"{kind}: {value}" not in TABLE:
            yield f"{kind}: {value}"
    elif isinstance(value, str):
        if not isinstance(value, Figure) and value:
            yield value
    elif not isinstance(value, (int, date)):
        for each in value:
            yield from leaves(each)


def _vocabulary(word: StrEnum) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in type(word).__name__).strip()


def texts_of(record: Any) -> Iterator[str]:
    """Yield the texts of a record, as they may be written in a sentence."""
    if isinstance(record, str):
        seen = " ".join(record.split())
        yield from (record, record.strip(), seen, record.rstrip("."))
    elif isinstance(record, (tuple, frozenset)):
        for each in record:
            yield from texts_of(each)
    elif has(type(record)):
        for each in fields(type(record)):
            yield from texts_of(getattr(record, each.name))


def host_texts(quarter: Quarter) -> set[str]:
    entries = quarter.journal.entries
    return {*texts_of(quarter.plan.objectives), *texts_of(quarter.plan.metrics),
            *texts_of(quarter.plan.outside), *texts_of(tuple(entries)), okr.RECOMMENDED.name}  # fmt: skip


def foreign(sentences: Iterable[str], quarter: Quarter) -> set[str]:
    return {leaf for each in sentences for leaf in leaves(each)} - host_texts(quarter)


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
        if section.topic in SKIP:
            continue
        assert foreign(texts, quarter) == set(), (section.topic, texts)


@given(quarters(max_objectives=4), st.sampled_from(Ritual), st.integers(0, 80))
def test_every_text_of_an_agenda_on_the_way_is_a_row_or_a_text_of_the_host(
    quarter: Quarter, ritual: Ritual, days: int
) -> None:
    on = date.fromordinal(CYCLE.start.toordinal() + days)
    agenda = okr.review.make_agenda(quarter.plan, quarter.journal, as_of=on, ritual=ritual)
    for section in agenda.sections:
        for item in section.items:
            if section.topic in SKIP:
                continue
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
    rolled = okr.review.roll_over(quarter.plan, quarter.journal, as_of=DAY, cycle=Q4)
    assert foreign([item.because for item in rolled.items], quarter) == set()
    later = okr.evaluate(rolled.plan, quarter.journal, as_of=Q4.start)
    assert foreign([each.because for each in okr.review.list_parked(later)], quarter) == set()

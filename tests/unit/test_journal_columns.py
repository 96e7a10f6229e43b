"""Journals of columns: what they take, and what stays in columns."""

from __future__ import annotations

from array import array
from collections import UserList
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import okrcore as okr
from okrcore.journal.check_in_columns import CheckIns
from okrcore.journal.journal import history_of

DAY, WEEK_AFTER = date(2026, 8, 14), date(2026, 8, 21)
MOMENT = datetime(2026, 8, 14, 12, tzinfo=UTC)
PLAN = okr.Plan(
    [
        okr.Objective(
            "o",
            "O",
            key_results=[
                okr.KeyResult("a", "A", okr.Reach(10)),
                okr.KeyResult("b", "B", okr.Reach(10)),
            ],
        )
    ]
)
CLOSING = okr.Closing("o", WEEK_AFTER, okr.ClosingDecision.CARRY)


def history() -> okr.Journal:
    return okr.Journal.from_columns(["a", "b", "a"], [WEEK_AFTER, DAY, DAY], [5, 3, 4])


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the check-ins that are made of columns, each time that all of some columns are."""
    counts: list[int] = []
    plain = CheckIns.__iter__

    def counted(columns: CheckIns) -> Iterator[okr.CheckIn]:
        counts.append(len(columns))
        return plain(columns)

    monkeypatch.setattr(CheckIns, "__iter__", counted)
    return counts


def test_what_evaluation_asks_makes_no_entries(made: list[int]) -> None:
    journal = history().add(CLOSING)
    card = okr.evaluate(PLAN, journal, as_of=WEEK_AFTER)
    assert (card.key_result("a").reading, card.objective("o").score) == (5, 0.4)
    assert card.key_result("a").last_check_in == okr.CheckIn("a", WEEK_AFTER, 5)
    assert (len(journal), repr(journal)) == (4, "Journal(4 entries)")
    for same in (journal.as_of(DAY), journal.only(PLAN), journal.known_at(MOMENT)):
        assert len(same) <= len(journal)
    assert made == []
    assert journal.entries[0] == okr.CheckIn("a", WEEK_AFTER, 5)
    assert journal.entries[1] is journal.entries[1]
    assert made == [3]


def test_entries_equal_a_tuple_of_them() -> None:
    entries = history().add(CLOSING).entries
    same = tuple(entries)
    assert (entries, same) == (same, entries)
    assert (hash(entries), repr(entries), entries[1:]) == (hash(same), repr(same), same[1:])
    assert entries == okr.Journal(same).entries
    assert entries != list(same)


def test_a_live_scorecard_makes_no_entries(made: list[int]) -> None:
    live = okr.LiveScorecard(PLAN, history(), as_of=WEEK_AFTER)
    assert [change.after for change in live.record(okr.CheckIn("b", WEEK_AFTER, 8))] == [0.8, 0.65]
    assert live.card.objective("o").score == 0.65
    assert live.card.key_result("b").last_check_in == okr.CheckIn("b", WEEK_AFTER, 8)
    assert len(live.journal) == 4
    assert made == []


def test_order_is_day_and_position() -> None:
    days = [WEEK_AFTER, DAY, WEEK_AFTER, DAY]
    journal = okr.Journal.from_columns(["a"] * 4, days, [1, 2, 3, 4])
    assert [entry.value for entry in journal.entries] == [1, 2, 3, 4]  # type: ignore[union-attr]
    assert [entry.value for entry in journal.in_force] == [2, 4, 1, 3]  # type: ignore[union-attr]
    assert okr.evaluate(PLAN, journal, as_of=WEEK_AFTER).key_result("a").reading == 3
    assert okr.evaluate(PLAN, journal, as_of=DAY).key_result("a").reading == 4


def test_of_one_day_what_is_written_after_the_columns_counts() -> None:
    late = okr.CheckIn("a", WEEK_AFTER, 9)
    for journal in (history().add(late), history().add(okr.CheckIn("b", DAY, 0), late)):
        assert okr.evaluate(PLAN, journal, as_of=WEEK_AFTER).key_result("a").reading == 9


def test_none_is_a_check_in_at_which_nothing_was_read() -> None:
    for days in ([DAY, WEEK_AFTER, DAY], [WEEK_AFTER, DAY, DAY]):
        journal = okr.Journal.from_columns(["a", "a", "b"], days, [4, None, 2])
        result = okr.evaluate(PLAN, journal, as_of=WEEK_AFTER).key_result("a")
        heard = max(days[:2])
        value = 4 if days[0] == heard else None
        assert (result.reading, result.last_check_in) == (4, okr.CheckIn("a", heard, value))


@pytest.mark.parametrize(
    "values",
    [
        (1, 2.5, True + 1),
        array("d", [1, 2.5, 2]),
        array("f", [1, 2.5, 2]),
        UserList([Decimal(1), Fraction(5, 2), 2]),
        iter([1, 2.5, 2]),
        {"x": 1, "y": 2.5, "z": 2}.values(),
    ],
)
def test_any_real_numbers_will_do(values: Any) -> None:
    journal = okr.Journal.from_columns(iter("abc"), (day for day in [DAY] * 3), values)
    assert journal == okr.Journal(okr.check_ins(DAY, {"a": 1, "b": 2.5, "c": 2}))
    assert {type(entry.value) for entry in journal.entries} == {float}  # type: ignore[union-attr]


def test_a_journal_keeps_no_column_of_its_caller() -> None:
    of, on, values = ["a"], [DAY], array("d", [1])
    journal = okr.Journal.from_columns(of, on, values)
    of[0], on[0], values[0] = "b", WEEK_AFTER, 2
    assert journal.entries == (okr.CheckIn("a", DAY, 1),)


def test_subclasses_of_texts_and_days_are_as_good() -> None:
    class Name(str):
        __slots__ = ()

    class Day(date):
        pass

    journal = okr.Journal.from_columns([Name("a")], [Day(2026, 8, 14)], [1])
    assert journal == okr.Journal([okr.CheckIn("a", DAY, 1)])


def test_columns_without_rows_are_a_journal_without_entries() -> None:
    assert okr.Journal.from_columns([], [], []) == okr.Journal()
    assert okr.Journal.from_columns(["a"], [DAY], [1]).as_of(date(2026, 1, 1)) == okr.Journal()


def test_a_journal_takes_the_check_ins_of_a_day_as_they_are(made: list[int]) -> None:
    read = okr.check_ins(DAY, {"a": 4, "b": True})
    later = okr.check_ins(WEEK_AFTER, {"a": 5})
    assert (len(read), repr(read)) == (2, "CheckIns(2 check-ins)")
    assert repr(later) == "CheckIns(1 check-in)"
    assert read != list(read)
    made.clear()
    journal = okr.Journal(read).add(later)
    assert made == []
    assert [entry.value for entry in journal.entries] == [4, True, 5]  # type: ignore[union-attr]
    # What is written before them stays before them, of one day.
    corrected = okr.Journal([okr.CheckIn("a", DAY, 1)]).add(read)
    assert made == [3, 2]
    assert [entry.value for entry in corrected.entries] == [1, 4, True]  # type: ignore[union-attr]


def test_check_ins_of_a_moment_are_written_one_by_one() -> None:
    read = okr.check_ins(DAY, {"a": 4, "b": 5}, recorded=MOMENT, by="Ana Ruiz")
    assert read == tuple(
        okr.CheckIn(id, DAY, value, recorded=MOMENT, by=okr.Person("Ana Ruiz"))
        for id, value in (("a", 4), ("b", 5))
    )


@pytest.mark.parametrize(
    ("on", "values", "code", "path"),
    [
        (MOMENT, {"a": 1}, "not-a-date", "check_ins.on"),
        (DAY, [("a", 1)], "wrong-type", "check_ins.values"),
        (DAY, {"a": 1, " ": 2}, "not-text", "check_ins.values"),
        (DAY, {"a": 1.0, 3: 2.0}, "not-text", "check_ins.values"),
        (DAY, {"a": 1.0, "b": float("nan")}, "not-a-number", "check_ins.values['b']"),
        (DAY, {"a": 1.0, "b": 1e101}, "too-large", "check_ins.values['b']"),
        (DAY, {"a": 1.0, "b": DAY}, "wrong-type", "check_ins.values['b']"),
        (DAY, {"a": 1.0, "b": {"p": "x"}}, "wrong-type", "check_ins.values['b'][0]"),
    ],
)
def test_what_no_check_in_of_a_day_can_hold_is_refused(
    on: Any, values: Any, code: str, path: str
) -> None:
    with pytest.raises(okr.InvalidValueError) as caught:
        okr.check_ins(on, values)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_rows_are_those_of_the_ids_that_ask() -> None:
    readings = history_of(okr.Journal(okr.check_ins(DAY, {"a": 4, "b": 5}))).readings
    first, second = ["b", "nobody"], ["a"]
    for ids, rows in ((first, [1, -1]), (second, [0]), (first, [1, -1]), (first, [1, -1])):
        assert readings.last_of(ids) == rows

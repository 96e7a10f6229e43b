"""Odd arguments that went through some door, or broke inside it; found by `tests/fuzz`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

import pytest

import okrcore
import okrcore.codec

okr: Any = okrcore
codec: Any = okrcore.codec

DAY = date(2026, 8, 1)
JOURNAL = okr.Journal([okr.CheckIn("k", DAY, 5), okr.CheckIn("j", DAY, 6)])
COLUMNS = okr.Journal.from_columns(["k", "j"], [DAY, DAY], [5, 6])


class Missing:
    """As pandas.NA: neither true nor false, whatever it is compared with."""

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("neither true nor false")

    __hash__ = object.__hash__


class Text(str):
    """As a text of another library: it has no hash, and compares with nothing."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError


class Sour:
    def __iter__(self) -> Any:
        raise ZeroDivisionError

    def __hash__(self) -> int:
        raise ZeroDivisionError


class NoZone(tzinfo):
    def utcoffset(self, _: datetime | None, /) -> Any:
        raise OverflowError("no zone")

    def tzname(self, _: datetime | None, /) -> Any:
        raise OverflowError("no zone")

    def dst(self, _: datetime | None, /) -> Any:
        raise OverflowError("no zone")


def rows_that_break_off() -> Iterator[Any]:
    yield {"Objective": "Grow"}
    raise ZeroDivisionError


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(okr.OkrError) as caught:
        act()
    return caught.value.code, caught.value.path


# --- the test of Journal.keep ------------------------------------------------------------------


@pytest.mark.parametrize("journal", [JOURNAL, COLUMNS])
@pytest.mark.parametrize("found", [None, 1, "yes", [], Missing()])
def test_a_test_of_entries_returns_true_or_false(journal: Any, found: object) -> None:
    act = lambda: journal.keep(lambda _: found)  # noqa: E731
    assert refused(act) == ("not-true-or-false", "Journal.keep")


@pytest.mark.parametrize("kind", [okr.KeyResult, bool, object])
def test_a_class_is_no_test_of_entries(kind: type) -> None:
    assert refused(lambda: JOURNAL.keep(kind)) == ("wrong-type", "Journal.keep")


@pytest.mark.parametrize("journal", [JOURNAL, COLUMNS])
def test_an_error_of_a_test_of_entries_goes_on_to_the_caller(journal: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        journal.keep(lambda _: 1 / 0)


@pytest.mark.parametrize("journal", [JOURNAL, COLUMNS])
def test_entries_are_kept_by_a_flag_of_numpy(journal: Any) -> None:
    flag = type("bool", (), {"__module__": "numpy", "__init__": lambda *_: None})
    flag.__bool__ = lambda _: True  # type: ignore[attr-defined]
    assert journal.keep(lambda _: flag()) == journal


# --- edges of a rulebook -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "ambition", [{}, Sour(), Missing(), Decimal("sNaN"), datetime(2026, 8, 1, tzinfo=NoZone()), 1]
)
def test_edges_are_of_an_ambition(ambition: object) -> None:
    wanted = ("wrong-type", "Rulebook.edges.ambition")
    assert refused(lambda: okr.RECOMMENDED.edges(ambition)) == wanted


def test_edges_are_of_an_ambition_that_there_is() -> None:
    wanted = ("unknown-word", "Rulebook.edges.ambition")
    assert refused(lambda: okr.RECOMMENDED.edges("x")) == wanted


def test_edges_are_the_same_by_the_word_of_an_ambition() -> None:
    edges = (0.0, 0.35, 0.4, 0.65, 0.7, 0.85, 1.0)
    assert okr.RECOMMENDED.edges("committed") == edges
    assert okr.RECOMMENDED.edges(Text("committed")) == edges
    assert okr.RECOMMENDED.edges(okr.Ambition.COMMITTED) == edges


# --- names of shares -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [pytest.param(10**5000, id="5000 digits"), None, ("a",), "", "\x1b"]
)
def test_shares_are_by_name(name: object) -> None:
    code = "unsafe-text" if name == "\x1b" else "not-text"
    assert refused(lambda: okr.display.format_shares({name: 1})) == (code, "format_shares.shares")


def test_a_name_of_a_share_becomes_a_plain_text() -> None:
    class Name(str):
        __slots__ = ()

    shown = okr.display.format_shares({Name("a"): 0.25, "b": 0.75})
    assert shown == {"a": 25.0, "b": 75.0}
    assert {type(name) for name in shown} == {str}


# --- kind before comparing ---------------------------------------------------------------------


@pytest.mark.parametrize("initiatives", [Missing(), Sour(), None, 0])
def test_initiatives_that_are_missing_are_no_sequence(initiatives: object) -> None:
    act = lambda: okr.Objective("o", "O", initiatives=initiatives)  # noqa: E731
    assert refused(act) == ("not-a-sequence", "Objective('o').initiatives")


@pytest.mark.parametrize("decimal", [Missing(), Sour(), None, "", "·", ["."]])
def test_a_decimal_is_a_point_or_a_comma(decimal: object) -> None:
    assert refused(lambda: codec.ColumnMap(decimal=decimal)) == (
        "out-of-range",
        "ColumnMap.decimal",
    )


def test_a_decimal_of_a_subclass_becomes_a_plain_text() -> None:
    columns = codec.ColumnMap(decimal=Text(","))
    assert type(columns.decimal) is str
    assert columns == codec.ColumnMap(decimal=",")


def test_words_for_nothing_are_plain_and_safe() -> None:
    topic = okr.review.AgendaTopic.GUARDRAILS
    section = okr.review.TemplateSection(topic, "Limits", none=Text("no limits"))
    assert type(section.none.values["text"]) is str
    assert hash(section) == hash(okr.review.TemplateSection(topic, "Limits", none="no limits"))
    act = lambda: okr.review.TemplateSection(topic, "Limits", none="\x1b[31m")  # noqa: E731
    assert refused(act) == ("unsafe-text", "TemplateSection.none")


@pytest.mark.parametrize("rows", [Sour(), rows_that_break_off(), "x", {"Objective": "Grow"}, 5])
def test_rows_that_cannot_be_gone_through_are_no_sequence(rows: object) -> None:
    assert refused(lambda: okr.read_rows(rows)) == ("not-a-sequence", "read_rows.rows")


class Broken(dict[Any, Any]):
    def items(self) -> Any:
        raise ZeroDivisionError


class Heading:
    def __str__(self) -> str:
        raise ZeroDivisionError


def test_a_row_that_breaks_is_a_problem_of_its_own() -> None:
    good = {"Objective": "Grow", "Key Result": "Revenue", "Target": "5"}
    loaded = okr.read_rows([Broken(good), good])
    assert [(p.row, p.code) for p in loaded.problems] == [(1, "row-unreadable")]
    assert [o.title for o in loaded.plan.objectives] == ["Grow"]


def test_a_heading_that_cannot_be_written_is_unknown() -> None:
    row = {Heading(): "x", "Objective": "Grow", "Key Result": "Revenue", "Target": "5"}
    (problem,) = okr.read_rows([row]).problems
    assert (problem.code, problem.column) == ("column-unknown", "<Heading>")


@pytest.mark.parametrize("kind", [str, Text])
def test_cells_of_any_text_are_read_without_control_characters(kind: type[str]) -> None:
    row = {"Objective": kind("Gr\x1bow"), "Key Result": "Revenue", "Target": kind("5")}
    loaded = okr.read_rows([row])
    assert [o.title for o in loaded.plan.objectives] == ["Grow"]
    assert [p.code for p in loaded.problems] == ["characters-left-out"]


class LyingText(str):
    __slots__ = ()

    def strip(self, *_: object) -> Any:
        return 5


def test_a_date_in_a_text_of_a_subclass_is_read() -> None:
    row = {"Objective": "Grow", "Start Date": LyingText("2026-07-01"), "End Date": "2026-09-30"}
    (objective,) = okr.read_rows([row]).plan.objectives
    assert objective.cycle.start == date(2026, 7, 1)


def test_rows_may_come_one_by_one() -> None:
    rows = iter([{"Objective": "Grow", "Key Result": "Revenue", "Target": "5"}])
    assert [o.title for o in okr.read_rows(rows).plan.objectives] == ["Grow"]
